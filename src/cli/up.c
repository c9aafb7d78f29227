// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab up: from a file to a lab that runs. Says what it built and what to type next; everything
 * else, the bar and the warnings, goes to stderr.
 */
#include <string.h>

#include "args.h"
#include "build.h"
#include "cli.h"
#include "target.h"

/* " -l LAB" where the lab must be named to be meant, "" where it is the only one. */
static const char *lab_flag(const char *lab, char *buf, size_t size)
{
    CLEAN_TEXT char *labs = NULL;
    buf[0] = '\0';
    if (nslab_list(&labs, NULL))
        return buf;
    CLEAN_JSON json_t *list = parse_json(labs);
    if (json_array_size(list) != 1)
        snprintf(buf, size, " -l %s", lab);
    return buf;
}

static void print_next_steps(const char *lab)
{
    char flag[64];
    CLEAN_TEXT char *text = NULL;
    if (nslab_describe(lab, &text, NULL))
        return;
    CLEAN_JSON json_t *described = parse_json(text);
    const char *node = get_text(json_array_get(json_object_get(described, "nodes"), 0), "name");
    if (*node)
        printf("  nslab shell%s %s\n", lab_flag(lab, flag, sizeof(flag)), node);
    printf("  nslab status %s\n  nslab down %s\n", lab, lab);
}

static int print_built_json(const char *file, const nslab_topology *topology, double seconds)
{
    CLEAN_JSON json_t *json = json_pack(
        "{s:s, s:s, s:s, s:i, s:i, s:i, s:o}", "event", "ready", "name",
        nslab_topology_name(topology), "file", file, "nodes", (int)nslab_topology_nodes(topology),
        "links", (int)nslab_topology_links(topology), "warnings",
        (int)nslab_topology_warnings(topology), "seconds", seconds_json(seconds));
    return print_json_line(json);
}

static int run_up(const struct args *args)
{
    const char *file;
    CLEAN_TOPOLOGY nslab_topology *topology = NULL;
    int status = target_file(args->words[0], &file);
    if (!status)
        status = target_topology(args, file, &topology);
    if (status)
        return status;

    double seconds;
    status = build_lab(args, file, topology, NULL, &seconds);
    if (status)
        return status;

    if (args_has(args, OPT_JSON))
        return print_built_json(file, topology, seconds);
    if (args_has(args, OPT_QUIET))
        return NSLAB_OK;
    char nodes[COUNT_TEXT_MAX], links[COUNT_TEXT_MAX], took[DURATION_TEXT_MAX];
    printf("%s is up: %s, %s, in %s\n", nslab_topology_name(topology),
           count_text(nslab_topology_nodes(topology), "node", nodes),
           count_text(nslab_topology_links(topology), "link", links), duration_text(seconds, took));
    print_next_steps(nslab_topology_name(topology));
    return NSLAB_OK;
}

static const struct option options[] = {
    OPTION_NAME,
    OPTION_SET,
    OPTION_QUIET("print nothing but errors"),
    OPTION_VERBOSE("print how long each phase takes"),
    OPTION_JSON("print progress and what was built as JSON, an object a line"),
};

const struct command command_up = {
    .name = "up",
    .alias = "deploy",
    .summary = "bring a lab up",
    .usage = "[FILE]",
    .about = "FILE is nslab.yaml or topology.yaml of this folder unless given; - is standard\n"
             "input. The lab runs until 'nslab down' or until the machine stops.\n",
    OPTIONS(options),
    .operand = OPERAND_FILE,
    .max = 1,
    .run = run_up,
};
