// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab plan: what `up` would do, without doing it.
 */
#include <string.h>

#include "args.h"
#include "cli.h"
#include "target.h"

static enum nslab_plan_format format_of(const struct args *args)
{
    const char *format = args->values[OPT_FORMAT];
    if (args_has(args, OPT_JSON) || (format && !strcmp(format, "json")))
        return NSLAB_PLAN_JSON;
    return format && !strcmp(format, "sh") ? NSLAB_PLAN_SH : NSLAB_PLAN_TEXT;
}

static int run_plan(const struct args *args)
{
    const char *file;
    CLEAN_TOPOLOGY nslab_topology *topology = NULL;
    int status = target_file(args->words[0], &file);
    if (!status)
        status = target_topology(args, file, &topology);
    if (status)
        return status;

    CLEAN_TEXT char *text = nslab_plan(topology, format_of(args));
    return print_text(text);
}

static const char *const formats[] = {"text", "sh", "json", NULL};

static const struct option options[] = {
    {OPT_FORMAT, 'f', "format", "FORMAT", OPERAND_WORDS, formats,
     "text (default), sh (a script of ip, sysctl and bridge) or json"},
    OPTION_JSON("the same as --format json"),
    OPTION_NAME,
    OPTION_SET,
    OPTION_QUIET("leave out the topology's warnings"),
};

const struct command command_plan = {
    .name = "plan",
    .summary = "show what would be built, as text, shell script or JSON",
    .usage = "[FILE]",
    .about =
        "Builds nothing. The script builds the same lab by hand, with ip, sysctl and bridge.\n",
    OPTIONS(options),
    .operand = OPERAND_FILE,
    .max = 1,
    .run = run_plan,
};
