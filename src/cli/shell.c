// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab shell: a shell in a node, the user's own.
 */
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli.h"
#include "target.h"

/* The lab's first node, saying so. */
static int first_node(const char *lab, char **ret)
{
    CLEAN_JSON json_t *nodes = NULL;
    int status = target_nodes(lab, "*", &nodes);
    if (status)
        return status;
    *ret = given(strdup(json_string_value(json_array_get(nodes, 0))));
    fprintf(stderr, "nslab: no node given: this is %s of %s\n", *ret, lab);
    return 0;
}

static int run_shell(const struct args *args)
{
    CLEAN_TEXT char *lab = NULL;
    CLEAN_TEXT char *node = NULL;
    int status = target_lab_option(args, &lab);
    if (status)
        return status;
    if (args->n)
        node = given(strdup(args->words[0]));
    else if ((status = first_node(lab, &node)))
        return status;

    char *shell = getenv("SHELL");
    char *argv[] = {shell && *shell ? shell : "/bin/sh", NULL};
    struct nslab_error error;
    int exit_status;
    status = nslab_exec(lab, node, argv, NULL, &exit_status, &error);
    return status ? fail_error(status, NULL, &error) : exit_status;
}

static const struct option options[] = {
    OPTION_LAB,
};

const struct command command_shell = {
    .name = "shell",
    .summary = "a shell in a node",
    .usage = "[NODE]",
    .about = "Runs $SHELL, or /bin/sh, in NODE, or in the lab's first node.\n",
    OPTIONS(options),
    .operand = OPERAND_NODE,
    .max = 1,
    .run = run_shell,
};
