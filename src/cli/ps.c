// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab ps: the services, and who else is in which node, those that came in from outside (`ip netns
 * exec`) too.
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

static struct table *new_table(const char *const *head, size_t n)
{
    struct table *table = table_new(n, 0);
    for (size_t i = 0; i < n; i++)
        table_add(table, "%s", head[i]);
    return table;
}

static bool is_service(const json_t *process)
{
    return json_object_get(process, "service");
}

/* PID as text, "" where there is none. */
static void add_pid(struct table *table, const json_t *process)
{
    if (json_is_integer(json_object_get(process, "pid")))
        table_add(table, "%lld", get_int(process, "pid"));
    else
        table_add(table, "%s", "");
}

static size_t print_services(const json_t *processes)
{
    static const char *const head[] = {"NODE", "SERVICE", "STATE",    "FOR",
                                       "PID",  "USER",    "RESTARTS", "COMMAND"};
    CLEAN_TABLE struct table *table = new_table(head, COUNT(head));
    char age[DURATION_TEXT_MAX];
    size_t i, n = 0;
    json_t *service;
    json_array_foreach(processes, i, service)
    {
        if (!is_service(service))
            continue;
        const char *end = get_text(service, "end");
        n++;
        table_add(table, "%s", get_text(service, "node"));
        table_add(table, "%s", get_text(service, "service"));
        table_add(table, "%s", get_text(service, "state"));
        table_add(table, "%s", age_text(json_object_get(service, "since"), age));
        add_pid(table, service);
        table_add(table, "%s", get_text(service, "user"));
        table_add(table, "%lld", get_int(service, "restarts"));
        table_add(table, "%s%s%s%s", get_text(service, "command"), *end ? " (" : "", end,
                  *end ? ")" : "");
    }
    if (n)
        table_print(table, stdout);
    return n;
}

static int print_service_names(const json_t *processes)
{
    size_t i;
    json_t *service;
    json_array_foreach(processes, i, service)
    {
        if (is_service(service))
            printf("%s/%s\n", get_text(service, "node"), get_text(service, "service"));
    }
    return NSLAB_OK;
}

static size_t print_processes(const json_t *processes)
{
    static const char *const head[] = {"NODE", "PID", "USER", "FROM", "COMMAND"};
    CLEAN_TABLE struct table *table = new_table(head, COUNT(head));
    size_t i, n = 0;
    json_t *process;
    json_array_foreach(processes, i, process)
    {
        bool stranger = json_is_true(json_object_get(process, "stranger"));
        if (is_service(process))
            continue;
        n++;
        table_add(table, "%s", get_text(process, "node"));
        add_pid(table, process);
        table_add(table, "%s", get_text(process, "user"));
        table_add(table, "%s", stranger ? "outside" : "");
        table_add(table, "%s", get_text(process, "command"));
    }
    if (n && n < i)
        putchar('\n'); /* behind the services */
    if (n)
        table_print(table, stdout);
    return n;
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
    if (args_has(args, OPT_QUIET))
        return print_service_names(processes);
    if (print_services(processes) + print_processes(processes) == 0)
        fputs("nothing runs there\n", stderr);
    return NSLAB_OK;
}

static const struct option options[] = {
    OPTION_LAB,
    OPTION_QUIET("print the names of the services only, as NODE/SERVICE"),
    OPTION_JSON("print JSON"),
};

const struct command command_ps = {
    .name = "ps",
    .summary = "show the services, and other programs that run in the nodes",
    .usage = "[NODE]",
    .about = "NODE may be a list (r1,r2) or a pattern ('r*'). FROM says 'outside' of a program\n"
             "that came in without nslab, as through ip netns exec.\n",
    OPTIONS(options),
    .operand = OPERAND_NODE,
    .max = 1,
    .run = run_ps,
};
