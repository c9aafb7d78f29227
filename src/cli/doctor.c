// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab doctor: what this kernel and this user can do. The library tries; this shows.
 */
#include "args.h"
#include "cli.h"
#include "table.h"

static const char *verdict(const json_t *probe)
{
    if (json_is_true(json_object_get(probe, "ok")))
        return "ok";
    return json_is_true(json_object_get(probe, "needed")) ? "MISSING" : "missing";
}

static void print_probes(const json_t *probes)
{
    bool colour = wants_colour(stdout);
    CLEAN_TABLE struct table *table = table_new(3, 0);
    size_t i;
    json_t *probe;
    json_array_foreach(probes, i, probe)
    {
        bool ok = json_is_true(json_object_get(probe, "ok"));
        table_add(table, "%s", verdict(probe));
        bool needed = json_is_true(json_object_get(probe, "needed"));
        table_colour(table, ok ? green(colour) : needed ? red(colour) : bold(colour));
        table_add(table, "%s", get_text(probe, "check"));
        table_add(table, "%s", get_text(probe, "detail"));
        const char *remedy = get_text(probe, "remedy");
        if (ok || !*remedy)
            continue;
        table_add(table, "%s", "");
        table_add(table, "%s", "");
        table_add(table, "-> %s", remedy);
    }
    table_print(table, stdout);
}

/* How many of what is NEEDED (or else of the rest) fail. */
static unsigned count_missing(const json_t *probes, bool needed)
{
    unsigned n = 0;
    size_t i;
    json_t *probe;
    json_array_foreach(probes, i, probe)
    {
        n += !json_is_true(json_object_get(probe, "ok")) &&
             json_is_true(json_object_get(probe, "needed")) == needed;
    }
    return n;
}

static void print_sum(unsigned needed, unsigned rest)
{
    char text[COUNT_TEXT_MAX];
    if (needed)
        puts("\nLabs do not run here: every lab needs what is MISSING.");
    else if (rest)
        printf("\nLabs run here. %s that only some topologies need %s missing.\n",
               count_text(rest, "thing", text), rest == 1 ? "is" : "are");
    else
        printf("\nLabs run here, and nothing is missing.\n");
}

static int run_doctor(const struct args *args)
{
    struct nslab_error error;
    CLEAN_TEXT char *text = NULL;
    int status = nslab_doctor(&text, &error);
    if (status)
        return fail_error(status, NULL, &error);

    CLEAN_JSON json_t *probes = parse_json(text);
    unsigned needed = count_missing(probes, true);
    if (args_has(args, OPT_JSON)) {
        status = print_json(probes);
    } else if (!args_has(args, OPT_QUIET)) {
        print_probes(probes);
        print_sum(needed, count_missing(probes, false));
    }
    return needed ? NSLAB_LACKING : status;
}

static const struct option options[] = {
    OPTION_QUIET("print nothing: the exit status says it"),
    OPTION_JSON("print JSON"),
};

const struct command command_doctor = {
    .name = "doctor",
    .summary = "say what this kernel and this user can do, and how to mend it",
    .usage = "",
    .about = "Tries everything in a child that leaves nothing behind. Exit status 3 where\n"
             "something is missing that every lab needs.\n",
    OPTIONS(options),
    .run = run_doctor,
};
