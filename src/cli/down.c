// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab down: take labs down and say so. What came into a node from outside (through `ip netns
 * exec`) is not the lab's to end, but keeps the node's namespace alive: it is named.
 */
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli.h"
#include "table.h"
#include "target.h"

enum { GRACE_MS = 2000 };

struct down {
    const struct args *args;
    unsigned grace_ms;
    json_t *report; /* of --json */
};

static void print_strangers(const char *lab, const json_t *strangers)
{
    CLEAN_TABLE struct table *table = table_new(3, 2);
    size_t i;
    json_t *stranger;
    json_array_foreach(strangers, i, stranger)
    {
        table_add(table, "%lld", get_int(stranger, "pid"));
        table_add(table, "in %s:", get_text(stranger, "node"));
        table_add(table, "%s", get_text(stranger, "command"));
    }
    if (json_array_size(strangers))
        fprintf(stderr, "nslab: programs from outside still hold namespaces of %s:\n", lab);
    table_print(table, stderr);
}

static int take_down(const struct down *down, const char *lab)
{
    double start = now();
    struct nslab_error error;
    CLEAN_TEXT char *text = NULL;
    int status = nslab_down(lab, down->grace_ms, &text, &error);
    if (status)
        return fail_error(status, NULL, &error);

    double seconds = now() - start;
    CLEAN_JSON json_t *strangers = text ? parse_json(text) : json_array();
    if (down->report) {
        json_array_append_new(down->report, json_pack("{s:s, s:f, s:O}", "name", lab, "seconds",
                                                      seconds, "strangers", strangers));
        return NSLAB_OK;
    }
    char took[DURATION_TEXT_MAX];
    if (!args_has(down->args, OPT_QUIET))
        printf("%s is down, in %s\n", lab, duration_text(seconds, took));
    fflush(stdout);
    print_strangers(lab, strangers);
    return NSLAB_OK;
}

static int down_all(const struct down *down)
{
    struct nslab_error error;
    CLEAN_TEXT char *text = NULL;
    int status = nslab_list(&text, &error);
    if (status)
        return fail_error(status, NULL, &error);

    CLEAN_JSON json_t *labs = parse_json(text);
    size_t i;
    json_t *lab;
    json_array_foreach(labs, i, lab)
    {
        int one = take_down(down, get_text(lab, "name"));
        status = status ? status : one;
    }
    if (!json_array_size(labs) && !down->report && !args_has(down->args, OPT_QUIET))
        puts("no lab runs");
    return status;
}

/* All words are tried; the first failure is the exit status. */
static int down_words(const struct down *down)
{
    int status = NSLAB_OK;
    for (unsigned i = 0; i < down->args->n || !i; i++) {
        CLEAN_TEXT char *lab = NULL;
        int one = target_lab(down->args->words[i], &lab);
        if (!one)
            one = take_down(down, lab);
        status = status ? status : one;
    }
    return status;
}

static int run_down(const struct args *args)
{
    const char *grace = args->values[OPT_GRACE];
    CLEAN_JSON json_t *report = args_has(args, OPT_JSON) ? json_array() : NULL;
    struct down down = {.args = args, .grace_ms = GRACE_MS, .report = report};
    if (grace && !parse_duration(grace, &down.grace_ms))
        return wrong_usage(args->command, "--grace takes a duration like 500ms or 2s, not '%s'",
                           grace);
    if (args_has(args, OPT_ALL) && args->n)
        return wrong_usage(args->command, "--all takes no LAB");

    int status = args_has(args, OPT_ALL) ? down_all(&down) : down_words(&down);
    int printed = report ? print_json(report) : NSLAB_OK;
    return status ? status : printed;
}

static const struct option options[] = {
    {OPT_ALL, 'a', "all", .summary = "all labs of this user"},
    {OPT_GRACE, 0, "grace", "DURATION", OPERAND_TEXT,
     .summary = "how long programs have between SIGTERM and SIGKILL (default 2s)"},
    OPTION_QUIET("print nothing but errors, and what still holds a namespace"),
    OPTION_JSON("print what was taken down as JSON"),
};

const struct command command_down = {
    .name = "down",
    .alias = "destroy",
    .summary = "take labs down",
    .usage = "[LAB|FILE]...",
    .about = "Ends the lab's programs, gives back all that the lab took, and waits until it is\n"
             "gone. Programs that came in from outside (ip netns exec) are named, not ended.\n",
    OPTIONS(options),
    .operand = OPERAND_LAB,
    .max = (unsigned)-1,
    .run = run_down,
};
