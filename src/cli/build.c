// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * What `up` and `run` share. The library takes the half-built lab away when a signal comes, and
 * then raises it again. It is kept back until the bar is gone and the reason is told.
 */
#include "build.h"

#include <signal.h>

#include "progress.h"

static void hold_signals(sigset_t *before)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < COUNT(signals); i++)
        sigaddset(&set, signals[i]);
    sigprocmask(SIG_BLOCK, &set, before);
}

static unsigned how_to_tell(const struct args *args)
{
    unsigned how = args_has(args, OPT_VERBOSE) ? PROGRESS_PHASES : 0;
    if (!args_has(args, OPT_QUIET))
        how |= PROGRESS_BAR | PROGRESS_WARNINGS;
    return args_has(args, OPT_JSON) ? how | PROGRESS_JSON : how;
}

int build_lab(const struct args *args, const char *file, const nslab_topology *topology,
              int *ret_tie, double *ret_seconds)
{
    struct progress progress;
    struct nslab_up_options options = {
        .tied = ret_tie != NULL,
        .progress = progress_update,
        .warning = progress_warn,
        .arg = &progress,
    };
    struct nslab_error error;
    sigset_t before;
    progress_start(&progress, how_to_tell(args));
    hold_signals(&before);
    int status = nslab_up(topology, &options, ret_tie, &error);
    *ret_seconds = progress_end(&progress);
    if (status)
        fail_error(status, file, &error);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}
