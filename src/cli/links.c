// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "links.h"

#include <stdlib.h>
#include <string.h>

#include "table.h"

/* "delay 20ms loss 1%" */
static void add_impairments(struct table *table, const json_t *end)
{
    size_t size = 1;
    CLEAN_TEXT char *text = given(strdup(""));
    const char *key, *other = get_text(end, "qdisc");
    json_t *value;
    json_object_foreach(json_object_get(end, "impairments"), key, value)
    {
        const char *word = json_string_value(value);
        text = given(realloc(text, size += strlen(key) + strlen(word) + 2));
        sprintf(text + strlen(text), "%s%s %s", *text ? " " : "", key, word);
    }
    table_add(table, "%s%s%s", text, *other ? "made by hand: " : "", other);
}

static const char *state_colour(const char *state)
{
    bool colour = wants_colour(stdout);
    return strcmp(state, "up") ? red(colour) : green(colour);
}

/* That of both ends, or of the one that is down: the other has no carrier then. */
static void add_state(struct table *table, const json_t *ends)
{
    const json_t *one = json_array_get(ends, 0), *other = json_array_get(ends, 1);
    const json_t *worse = strcmp(get_text(one, "state"), "no-carrier") ? one : other;
    const char *state = get_text(worse, "state");
    if (strcmp(get_text(one, "state"), get_text(other, "state")))
        table_add(table, "%s at %s", state, get_text(worse, "end"));
    else
        table_add(table, "%s", state);
    table_colour(table, state_colour(state));
}

void links_print(const json_t *links)
{
    static const char *const head[] = {"LINK", "STATE", "THERE", "BACK"};
    CLEAN_TABLE struct table *table = table_new(COUNT(head), 0);
    size_t i;
    json_t *link;
    for (i = 0; i < COUNT(head); i++)
        table_add(table, "%s", head[i]);
    json_array_foreach(links, i, link)
    {
        const json_t *ends = json_object_get(link, "ends");
        table_add(table, "%s", get_text(link, "link"));
        add_state(table, ends);
        add_impairments(table, json_array_get(ends, 0));
        add_impairments(table, json_array_get(ends, 1));
    }
    if (i)
        table_print(table, stdout);
    else
        fputs("no links there\n", stderr);
}

static void add_end(struct table *table, const json_t *link, const json_t *end)
{
    const char *state = get_text(end, "state");
    table_add(table, "%s", get_text(end, "end"));
    table_add(table, "%s", get_text(link, "link"));
    table_add(table, "%s", state);
    table_colour(table, state_colour(state));
    table_add(table, "%lld", get_int(end, "mtu"));
    add_impairments(table, end);
}

void links_print_ends(const json_t *links)
{
    static const char *const head[] = {"END", "OF", "STATE", "MTU", "SENDS WITH"};
    CLEAN_TABLE struct table *table = table_new(COUNT(head), 0);
    size_t i, k;
    json_t *link, *end;
    for (i = 0; i < COUNT(head); i++)
        table_add(table, "%s", head[i]);
    json_array_foreach(links, i, link)
    {
        json_array_foreach(json_object_get(link, "ends"), k, end) add_end(table, link, end);
    }
    table_print(table, stdout);
}

/* "h1-r1": its nodes. The caller frees it. */
static char *pair_of(const json_t *link)
{
    const json_t *ends = json_object_get(link, "ends");
    const char *a = get_text(json_array_get(ends, 0), "end");
    const char *b = get_text(json_array_get(ends, 1), "end");
    char *text;
    if (asprintf(&text, "%.*s-%.*s", (int)strcspn(a, ":"), a, (int)strcspn(b, ":"), b) < 0)
        out_of_memory();
    return text;
}

void links_print_names(const json_t *links)
{
    CLEAN_JSON json_t *pairs = json_object();
    size_t i;
    json_t *link;
    json_array_foreach(links, i, link)
    {
        CLEAN_TEXT char *pair = pair_of(link);
        json_object_set_new(pairs, pair, json_boolean(json_object_get(pairs, pair) == NULL));
    }
    json_array_foreach(links, i, link)
    {
        CLEAN_TEXT char *pair = pair_of(link);
        puts(json_is_true(json_object_get(pairs, pair)) ? pair : get_text(link, "link"));
    }
}

int links_report(const struct args *args, const char *text, const char *done)
{
    CLEAN_JSON json_t *links = parse_json(text);
    char count[COUNT_TEXT_MAX];
    if (args_has(args, OPT_JSON))
        return print_json(links);
    if (!args_has(args, OPT_QUIET))
        printf("%s %s\n", count_text((unsigned)json_array_size(links), "link", count), done);
    return NSLAB_OK;
}
