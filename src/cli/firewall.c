// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab firewall: the rules of nodes as the file has them, each with its place and with what it
 * counted; and what is in the sets now.
 */
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli.h"
#include "table.h"
#include "target.h"

enum { ELEMENTS_SHOWN = 20 };

static void add_count(struct table *table, const json_t *rule, const char *key)
{
    char text[BYTES_TEXT_MAX];
    bool gone = json_is_true(json_object_get(rule, "gone"));
    if (gone)
        table_add(table, "%s", strcmp(key, "packets") ? "" : "gone");
    else if (!json_object_get(rule, key))
        table_add(table, "-");
    else if (!strcmp(key, "bytes"))
        table_add(table, "%s", bytes_text((double)get_int(rule, key), text));
    else
        table_add(table, "%lld", get_int(rule, key));
}

static void add_rules(struct table *table, const json_t *rules, bool colour)
{
    size_t i;
    json_t *rule;
    json_array_foreach(rules, i, rule)
    {
        add_count(table, rule, "packets");
        table_colour(table, json_is_true(json_object_get(rule, "gone")) ? red(colour) : "");
        add_count(table, rule, "bytes");
        table_add(table, "%s", get_text(rule, "place"));
        table_add(table, "%s", get_text(rule, "rule"));
    }
}

static void print_chain(const json_t *chain, bool colour)
{
    static const char *const head[] = {"PACKETS", "BYTES", "PLACE", "RULE"};
    CLEAN_TABLE struct table *table = table_new(COUNT(head), 4);
    const json_t *rules = json_object_get(chain, "rules");
    if (json_is_true(json_object_get(chain, "hook")))
        printf("  %s, policy %s\n", get_text(chain, "chain"), get_text(chain, "policy"));
    else
        printf("  chain %s\n", get_text(chain, "chain"));
    if (!json_array_size(rules))
        return;
    for (size_t i = 0; i < COUNT(head); i++)
        table_add(table, "%s", head[i]);
    add_rules(table, rules, colour);
    table_print(table, stdout);
}

static void print_element(const json_t *element)
{
    const json_t *expires = json_object_get(element, "expires");
    printf("    %s", get_text(element, "element"));
    if (expires)
        printf(", for %.0f s more", json_real_value(expires));
    putchar('\n');
}

static void print_set(const json_t *set)
{
    const json_t *elements = json_object_get(set, "elements");
    size_t n = json_array_size(elements), i;
    printf("  set %s, of %s%s\n", get_text(set, "set"), get_text(set, "type"),
           n ? "" : ", is empty");
    json_t *element;
    json_array_foreach(elements, i, element)
    {
        if (i < ELEMENTS_SHOWN)
            print_element(element);
    }
    if (n > ELEMENTS_SHOWN)
        printf("    and %zu more\n", n - ELEMENTS_SHOWN);
}

static void print_firewall(const json_t *firewall)
{
    bool colour = wants_colour(stdout);
    size_t i;
    json_t *chain, *set;
    printf("%s%s%s\n", bold(colour), get_text(firewall, "node"), plain(colour));
    json_array_foreach(json_object_get(firewall, "chains"), i, chain) print_chain(chain, colour);
    json_array_foreach(json_object_get(firewall, "sets"), i, set) print_set(set);
    if (get_int(firewall, "nft"))
        printf("  nft text from line %lld: `nslab exec %s nft list ruleset` shows it\n",
               get_int(firewall, "nft"), get_text(firewall, "node"));
}

/* The firewalls of NODES (names; NULL: all), in their order. */
static json_t *pick(const json_t *firewalls, const json_t *nodes)
{
    json_t *picked = json_array(), *firewall;
    size_t i;
    json_array_foreach(firewalls, i, firewall)
    {
        if (has_text(nodes, get_text(firewall, "node")))
            json_array_append(picked, firewall);
    }
    return picked;
}

static void print_firewalls(const json_t *firewalls)
{
    size_t i;
    json_t *firewall;
    json_array_foreach(firewalls, i, firewall)
    {
        if (i)
            putchar('\n');
        print_firewall(firewall);
    }
    if (!json_array_size(firewalls))
        fputs("no firewall there\n", stderr);
}

static int run_firewall(const struct args *args)
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
    bool one = json_array_size(nodes) == 1;
    const char *node = one ? json_string_value(json_array_get(nodes, 0)) : NULL;
    status = nslab_firewall(lab, node, &text, &error);
    if (status)
        return fail_error(status, NULL, &error);

    CLEAN_JSON json_t *all = parse_json(text);
    CLEAN_JSON json_t *firewalls = pick(all, nodes);
    if (args_has(args, OPT_JSON))
        return print_json(firewalls);
    print_firewalls(firewalls);
    return NSLAB_OK;
}

static const struct option options[] = {
    OPTION_LAB,
    OPTION_JSON("print JSON"),
};

const struct command command_firewall = {
    .name = "firewall",
    .summary = "show the rules of nodes, with what each has counted",
    .usage = "[NODE]",
    .about = "NODE may be a list (r1,r2) or a pattern ('r*'). Each rule stands there as in the\n"
             "topology file, with its place; 'gone' says that it is not in the kernel any more.\n"
             "Elements of sets are those of this moment.\n",
    OPTIONS(options),
    .operand = OPERAND_NODE,
    .max = 1,
    .run = run_firewall,
};
