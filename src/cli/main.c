// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The program: which command, its words, its exit status.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli.h"
#include "help.h"

/* A full disk must not look like success. */
static int finish(int status)
{
    errno = 0;
    if (!status && (fflush(stdout) || ferror(stdout)))
        return fail(NSLAB_FAILED, "standard output: %s", strerror(errno ? errno : EIO));
    return status;
}

/* What stands before any command. */
static const struct command *lone_option(const char *word)
{
    if (!strcmp(word, "--help") || !strcmp(word, "-h"))
        return command_find("help");
    if (!strcmp(word, "--version") || !strcmp(word, "-V"))
        return command_find("version");
    return NULL;
}

static int run_command(const struct command *command, char **words)
{
    struct args args;
    int status = args_parse(command, words, &args);
    if (!status && args_has(&args, OPT_HELP))
        help_print(command, stdout);
    else if (!status)
        status = command->run(&args);
    args_done(&args);
    return finish(status);
}

int main(int argc, char **argv)
{
    signal(SIGCHLD, SIG_DFL); /* ignored, children could not be waited for */
    if (argc < 2) {
        help_print_all(stderr);
        return NSLAB_WRONG;
    }
    const struct command *command = command_find(argv[1]);
    if (!command)
        command = lone_option(argv[1]);
    if (!command && argv[1][0] == '-')
        return fail(NSLAB_WRONG, "unknown option %s; the command comes first: nslab COMMAND %s",
                    argv[1], argv[1]);
    if (!command)
        return command_unknown(argv[1]);
    return run_command(command, argv + 2);
}
