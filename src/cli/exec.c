// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab exec: a program in a node, or in several.
 *
 * One plain node goes straight through: the terminal, the streams and the signals are the
 * program's. Several run side by side, each in a child of its own whose output comes back
 * through pipes and is printed line by line behind the node's name (fanout.c).
 */
#include "args.h"
#include "cli.h"
#include "fanout.h"
#include "target.h"

static int exec_one(const char *lab, const char *node, char *const argv[])
{
    struct nslab_error error;
    int exit_status;
    int status = nslab_exec(lab, node, argv, NULL, &exit_status, &error);
    return status ? fail_error(status, NULL, &error) : exit_status;
}

static int run_exec(const struct args *args)
{
    const char *node = args->words[0];
    if (!args->rest)
        return wrong_usage(args->command, "what is to run in %s? (nslab shell %s gives a shell)",
                           node, node);

    CLEAN_TEXT char *lab = NULL;
    int status = target_lab_option(args, &lab);
    if (status)
        return status;
    if (!target_is_pattern(node))
        return exec_one(lab, node, args->rest);

    CLEAN_JSON json_t *nodes = NULL;
    status = target_nodes(lab, node, &nodes);
    return status ? status : fanout_exec(lab, nodes, args->rest);
}

static const struct option options[] = {
    OPTION_LAB,
};

const struct command command_exec = {
    .name = "exec",
    .summary = "run a program in a node",
    .usage = "NODE [--] CMD...",
    .about = "NODE may be a list (r1,r2) or a pattern ('r*'): the program then runs in all of\n"
             "them side by side, without input, each line of output behind the node's name.\n"
             "The exit status is the program's, of several the first that is not 0.\n",
    OPTIONS(options),
    .operand = OPERAND_NODE,
    .min = 1,
    .max = 1,
    .rest = REST_AFTER_WORD,
    .run = run_exec,
};
