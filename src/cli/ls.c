// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab ls: the labs that run.
 */
#include <time.h>

#include "args.h"
#include "cli.h"
#include "table.h"

static void print_labs(const json_t *labs)
{
    CLEAN_TABLE struct table *table = table_new(5, 0);
    const char *const head[] = {"LAB", "NODES", "LINKS", "AGE", "FILE"};
    for (size_t i = 0; i < COUNT(head); i++)
        table_add(table, "%s", head[i]);

    size_t i;
    json_t *lab;
    json_array_foreach(labs, i, lab)
    {
        char age[DURATION_TEXT_MAX];
        table_add(table, "%s", get_text(lab, "name"));
        table_add(table, "%lld", get_int(lab, "nodes"));
        table_add(table, "%lld", get_int(lab, "links"));
        table_add(table, "%s", age_text(json_object_get(lab, "since"), age));
        table_add(table, "%s", get_text(lab, "file"));
    }
    table_print(table, stdout);
}

static int run_ls(const struct args *args)
{
    struct nslab_error error;
    CLEAN_TEXT char *text = NULL;
    int status = nslab_list(&text, &error);
    if (status)
        return fail_error(status, NULL, &error);

    CLEAN_JSON json_t *labs = parse_json(text);
    if (args_has(args, OPT_JSON))
        return print_json(labs);
    if (args_has(args, OPT_QUIET)) {
        print_names(labs);
        return NSLAB_OK;
    }
    if (json_array_size(labs))
        print_labs(labs);
    else
        fputs("no lab runs\n", stderr);
    return NSLAB_OK;
}

static const struct option options[] = {
    OPTION_QUIET("print the names only"),
    OPTION_JSON("print JSON"),
};

const struct command command_ls = {
    .name = "ls",
    .summary = "list the labs that run",
    .usage = "",
    .about = "Shows the labs of this user: root's labs are seen by root only.\n",
    OPTIONS(options),
    .run = run_ls,
};
