// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab status: what is in each node, as the kernel has it now: interfaces, addresses, counters,
 * programs.
 */
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli.h"
#include "table.h"
#include "target.h"

struct view {
    bool colour, verbose;
};

/* "12 (1.1 kB)", and what was lost. */
static void add_counters(struct table *table, const json_t *counters)
{
    char bytes[BYTES_TEXT_MAX], lost[64] = "";
    long long bad = get_int(counters, "errors") + get_int(counters, "dropped");
    if (bad)
        snprintf(lost, sizeof(lost), ", %lld lost", bad);
    table_add(table, "%lld (%s%s)", get_int(counters, "packets"),
              bytes_text((double)get_int(counters, "bytes"), bytes), lost);
}

static char *join_addresses(const json_t *addresses)
{
    char *text = given(strdup(""));
    size_t i;
    json_t *address;
    json_array_foreach(addresses, i, address)
    {
        char *longer;
        if (asprintf(&longer, "%s%s%s", text, i ? " " : "", json_string_value(address)) < 0)
            out_of_memory();
        free(text);
        text = longer;
    }
    return text;
}

/* Where it leads: the other end of its link, or the bridge it is a port of, or both. */
static void add_peer(struct table *table, const json_t *iface)
{
    const char *peer = get_text(iface, "peer"), *master = get_text(iface, "master");
    const char *kind = get_text(iface, "kind");
    bool both = *peer && *master;
    if (!*peer && !*master && strcmp(kind, "veth"))
        table_add(table, "%s", strcmp(get_text(iface, "name"), "lo") ? kind : "");
    else
        table_add(table, "%s%s%s%s", peer, both ? ", " : "", *master ? "in " : "", master);
}

static void add_interface(struct table *table, const struct view *view, const json_t *iface)
{
    const char *state = get_text(iface, "state");
    CLEAN_TEXT char *addresses = join_addresses(json_object_get(iface, "addresses"));
    table_add(table, "%s", get_text(iface, "name"));
    table_add(table, "%s", state);
    table_colour(table, strcmp(state, "up") ? red(view->colour) : green(view->colour));
    table_add(table, "%lld", get_int(iface, "mtu"));
    table_add(table, "%s", view->verbose ? get_text(iface, "mac") : "");
    add_counters(table, json_object_get(iface, "rx"));
    add_counters(table, json_object_get(iface, "tx"));
    add_peer(table, iface);
    table_add(table, "%s", addresses);
}

static void print_interfaces(const struct view *view, const json_t *interfaces)
{
    static const char *const head[] = {"INTERFACE", "STATE", "MTU",  "MAC",
                                       "RECEIVED",  "SENT",  "PEER", "ADDRESSES"};
    CLEAN_TABLE struct table *table = table_new(COUNT(head), 2);
    for (size_t i = 0; i < COUNT(head); i++)
        table_add(table, "%s", head[i]);
    size_t i;
    json_t *iface;
    json_array_foreach(interfaces, i, iface) add_interface(table, view, iface);
    table_print(table, stdout);
}

static void print_processes(const json_t *processes)
{
    CLEAN_TABLE struct table *table = table_new(4, 2);
    size_t i;
    json_t *process;
    json_array_foreach(processes, i, process)
    {
        bool stranger = json_is_true(json_object_get(process, "stranger"));
        table_add(table, "%s", stranger ? "from outside:" : "runs:");
        table_add(table, "%lld", get_int(process, "pid"));
        table_add(table, "%s", get_text(process, "user"));
        table_add(table, "%s", get_text(process, "command"));
    }
    table_print(table, stdout);
}

static void print_node(const struct view *view, const json_t *node)
{
    const char *about = get_text(node, "description");
    printf("\n%s%s%s  %s, namespace %lld%s%s\n", bold(view->colour), get_text(node, "name"),
           plain(view->colour), get_text(node, "kind"), get_int(node, "netns"), *about ? ": " : "",
           about);
    print_interfaces(view, json_object_get(node, "interfaces"));
    print_processes(json_object_get(node, "processes"));
}

static void print_lab(const struct view *view, const json_t *lab)
{
    char nodes[COUNT_TEXT_MAX], links[COUNT_TEXT_MAX], age[DURATION_TEXT_MAX];
    const json_t *list = json_object_get(lab, "nodes");
    size_t n_links = json_array_size(json_object_get(lab, "links")) +
                     json_array_size(json_object_get(lab, "lans"));
    printf("%s%s%s: %s, %s, up for %s, from %s\n", bold(view->colour), get_text(lab, "name"),
           plain(view->colour), count_text((unsigned)json_array_size(list), "node", nodes),
           count_text((unsigned)n_links, "link", links),
           age_text(json_object_get(lab, "since"), age), get_text(lab, "file"));
    size_t i;
    json_t *node;
    json_array_foreach(list, i, node) print_node(view, node);
}

static int run_status(const struct args *args)
{
    CLEAN_TEXT char *lab = NULL;
    int status = target_lab(args->words[0], &lab);
    if (status)
        return status;

    struct nslab_error error;
    CLEAN_TEXT char *text = NULL;
    bool names = args_has(args, OPT_QUIET) && !args_has(args, OPT_JSON);
    status = names ? nslab_describe(lab, &text, &error) : nslab_status(lab, &text, &error);
    if (status)
        return fail_error(status, NULL, &error);

    CLEAN_JSON json_t *json = parse_json(text);
    struct view view = {.colour = wants_colour(stdout), .verbose = args_has(args, OPT_VERBOSE)};
    if (args_has(args, OPT_JSON))
        return print_json(json);
    if (names)
        print_names(json_object_get(json, "nodes"));
    else
        print_lab(&view, json);
    return NSLAB_OK;
}

static const struct option options[] = {
    OPTION_QUIET("print the names of the nodes only"),
    OPTION_VERBOSE("print MAC addresses too"),
    OPTION_JSON("print JSON"),
};

const struct command command_status = {
    .name = "status",
    .summary = "show the nodes of a lab, their interfaces and programs",
    .usage = "[LAB|FILE]",
    OPTIONS(options),
    .operand = OPERAND_LAB,
    .max = 1,
    .run = run_status,
};
