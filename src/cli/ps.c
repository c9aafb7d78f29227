// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab ps: who is in which node, those that came in from outside (`ip netns exec`) too.
 */
#include "args.h"
#include "cli.h"
#include "table.h"
#include "target.h"

static json_t *pick(const json_t *processes, const json_t *nodes)
{
    json_t *picked = json_array();
    size_t i;
    json_t *process;
    json_array_foreach(processes, i, process)
    {
        if (has_text(nodes, get_text(process, "node")))
            json_array_append(picked, process);
    }
    return picked;
}

static void print_processes(const json_t *processes)
{
    static const char *const head[] = {"NODE", "PID", "USER", "FROM", "COMMAND"};
    CLEAN_TABLE struct table *table = table_new(COUNT(head), 0);
    for (size_t i = 0; i < COUNT(head); i++)
        table_add(table, "%s", head[i]);
    size_t i;
    json_t *process;
    json_array_foreach(processes, i, process)
    {
        bool stranger = json_is_true(json_object_get(process, "stranger"));
        table_add(table, "%s", get_text(process, "node"));
        table_add(table, "%lld", get_int(process, "pid"));
        table_add(table, "%s", get_text(process, "user"));
        table_add(table, "%s", stranger ? "outside" : "");
        table_add(table, "%s", get_text(process, "command"));
    }
    table_print(table, stdout);
}

static int run_ps(const struct args *args)
{
    CLEAN_TEXT char *lab = NULL;
    CLEAN_JSON json_t *nodes = NULL;
    int status = target_lab_option(args, &lab);
    if (!status && args->n)
        status = target_nodes(lab, args->words[0], &nodes);
    if (status)
        return status;

    struct nslab_error error;
    CLEAN_TEXT char *text = NULL;
    status = nslab_ps(lab, NULL, &text, &error);
    if (status)
        return fail_error(status, NULL, &error);

    CLEAN_JSON json_t *all = parse_json(text);
    CLEAN_JSON json_t *processes = pick(all, nodes);
    if (args_has(args, OPT_JSON))
        return print_json(processes);
    if (json_array_size(processes))
        print_processes(processes);
    else
        fputs("nothing runs there\n", stderr);
    return NSLAB_OK;
}

static const struct option options[] = {
    OPTION_LAB,
    OPTION_JSON("print JSON"),
};

const struct command command_ps = {
    .name = "ps",
    .summary = "show the programs that run in the nodes",
    .usage = "[NODE]",
    .about = "NODE may be a list (r1,r2) or a pattern ('r*'). FROM says 'outside' of a program\n"
             "that came in without nslab, as through ip netns exec.\n",
    OPTIONS(options),
    .operand = OPERAND_NODE,
    .max = 1,
    .run = run_ps,
};
