// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab ping: who reaches whom. All of a small lab as a matrix, some pairs a line each, what is
 * too much for either as its failures.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli.h"
#include "table.h"
#include "target.h"

enum {
    MATRIX_NODES = 15,
    MATRIX_WIDTH = 110, /* columns */
    LINES_SHOWN = 200,
    REASONS_SHOWN = 30,
};

static const char *const families[] = {"ipv4", "ipv6"};
static const char *const family_words[] = {"IPv4", "IPv6"};

static bool is_answered(const json_t *pair)
{
    return json_is_true(json_object_get(pair, "answered"));
}

static double rtt(const json_t *pair, const char *key)
{
    return json_real_value(json_object_get(json_object_get(pair, "rtt"), key));
}

/* Milliseconds, to three digits that say something. */
static const char *rtt_text(double ms, char buf[32])
{
    snprintf(buf, 32, "%.*f", ms < 1 ? 3 : ms < 10 ? 2 : ms < 100 ? 1 : 0, ms);
    return buf;
}

/* --- A line a pair -------------------------------------------------------------------------- */

static void add_times(struct table *table, const json_t *pair)
{
    char least[32], mean[32], most[32];
    rtt_text(rtt(pair, "avg"), mean);
    if (!is_answered(pair))
        table_add(table, "%s", "");
    else if (get_int(pair, "sent") == 1)
        table_add(table, "%s ms", mean);
    else
        table_add(table, "%s/%s/%s ms", rtt_text(rtt(pair, "min"), least), mean,
                  rtt_text(rtt(pair, "max"), most));
}

static void add_line(struct table *table, const json_t *pair, bool colour)
{
    bool answered = is_answered(pair);
    table_add(table, "%s", get_text(pair, "from"));
    table_add(table, "%s", get_text(pair, "to"));
    table_add(table, "%s", get_text(pair, "address"));
    add_times(table, pair);
    table_add(table, "%s",
              answered && !json_object_get(pair, "reason") ? "answers" : get_text(pair, "reason"));
    table_colour(table, answered ? green(colour) : red(colour));
}

static void print_lines(const json_t *pairs)
{
    static const char *const head[] = {"FROM", "TO", "ADDRESS", "ROUND TRIP", "RESULT"};
    CLEAN_TABLE struct table *table = table_new(COUNT(head), 0);
    size_t i;
    json_t *pair;
    for (i = 0; i < COUNT(head); i++)
        table_add(table, "%s", head[i]);
    json_array_foreach(pairs, i, pair) add_line(table, pair, wants_colour(stdout));
    table_print(table, stdout);
}

/* --- Matrix --------------------------------------------------------------------------------- */

static json_t *by_ends(const json_t *pairs, const char *family)
{
    json_t *map = json_object(), *pair;
    size_t i;
    json_array_foreach(pairs, i, pair)
    {
        char *key;
        if (strcmp(get_text(pair, "family"), family) != 0)
            continue;
        if (asprintf(&key, "%s %s", get_text(pair, "from"), get_text(pair, "to")) < 0)
            out_of_memory();
        json_object_set(map, key, pair);
        free(key);
    }
    return map;
}

static void add_cell(struct table *table, const json_t *map, const char *from, const char *to)
{
    char text[32], *key;
    if (asprintf(&key, "%s %s", from, to) < 0)
        out_of_memory();
    const json_t *pair = json_object_get(map, key);
    free(key);
    if (!pair) {
        table_add(table, "%s", "-");
        return;
    }
    table_add(table, "%s", is_answered(pair) ? rtt_text(rtt(pair, "avg"), text) : "no");
    table_colour(table, is_answered(pair) ? "" : red(wants_colour(stdout)));
}

static void print_matrix(const json_t *nodes, const json_t *pairs, size_t family)
{
    CLEAN_JSON json_t *map = by_ends(pairs, families[family]);
    CLEAN_TABLE struct table *table = table_new(json_array_size(nodes) + 1, 0);
    size_t i, k;
    json_t *from, *to;
    if (!json_object_size(map))
        return;
    table_add(table, "%s", family_words[family]);
    json_array_foreach(nodes, i, to) table_add(table, "%s", json_string_value(to));
    json_array_foreach(nodes, i, from)
    {
        table_add(table, "%s", json_string_value(from));
        json_array_foreach(nodes, k, to)
            add_cell(table, map, json_string_value(from), json_string_value(to));
    }
    table_print(table, stdout);
    putchar('\n');
}

static bool fits_matrix(const json_t *nodes)
{
    size_t i, width = 0;
    json_t *node;
    json_array_foreach(nodes, i, node)
    {
        size_t len = strlen(json_string_value(node));
        width += (len > 5 ? len : 5) + 2;
    }
    return i <= MATRIX_NODES && width <= MATRIX_WIDTH;
}

/* --- In the end ----------------------------------------------------------------------------- */

static void print_reasons(const json_t *pairs)
{
    unsigned shown = 0, failed = 0;
    CLEAN_TABLE struct table *table = table_new(5, 0);
    size_t i;
    json_t *pair;
    json_array_foreach(pairs, i, pair)
    {
        if (is_answered(pair) && !json_object_get(pair, "reason"))
            continue;
        if (failed++ >= REASONS_SHOWN)
            continue;
        add_line(table, pair, wants_colour(stdout));
        shown++;
    }
    if (shown)
        table_print(table, stdout);
    if (failed > shown)
        printf("and %u more\n", failed - shown);
}

/* "IPv4: 90 of 90 answer"; how long round trips take. */
static void print_sum(const json_t *pairs, size_t family)
{
    unsigned asked = 0, answered = 0;
    double sum = 0, most = 0;
    char mean_text[32], most_text[32];
    size_t i;
    json_t *pair;
    json_array_foreach(pairs, i, pair)
    {
        if (strcmp(get_text(pair, "family"), families[family]) != 0)
            continue;
        asked++;
        answered += is_answered(pair);
        sum += rtt(pair, "avg");
        most = rtt(pair, "max") > most ? rtt(pair, "max") : most;
    }
    if (asked)
        printf("%s: %u of %u pairs answer", family_words[family], answered, asked);
    if (answered)
        printf(", round trip %s ms, at most %s ms", rtt_text(sum / answered, mean_text),
               rtt_text(most, most_text));
    if (asked)
        putchar('\n');
}

static void print_left_out(const json_t *names)
{
    size_t i;
    json_t *name;
    json_array_foreach(names, i, name)
        fprintf(stderr, "nslab: %s has no address and is left out\n", json_string_value(name));
}

static void print_remedy(const json_t *result)
{
    if (json_object_get(result, "remedy"))
        fprintf(stderr,
                "nslab: some had to wait for room in this machine's neighbour tables. As root: "
                "`%s`\n",
                get_text(result, "remedy"));
}

static void print_all(const json_t *result, bool lines)
{
    const json_t *pairs = json_object_get(result, "pairs");
    const json_t *nodes = json_object_get(result, "nodes");
    print_left_out(json_object_get(result, "left_out"));
    print_remedy(result);
    if (lines && json_array_size(pairs) <= LINES_SHOWN) {
        print_lines(pairs);
        return;
    }
    for (size_t f = 0; !lines && f < COUNT(families) && fits_matrix(nodes); f++)
        print_matrix(nodes, pairs, f);
    print_reasons(pairs);
    for (size_t f = 0; f < COUNT(families); f++)
        print_sum(pairs, f);
}

/* --- Words ---------------------------------------------------------------------------------- */

static int read_options(const struct args *args, struct nslab_ping_options *ret)
{
    const char *packets = args->values[OPT_PACKETS], *timeout = args->values[OPT_TIMEOUT];
    char *end = NULL;
    errno = 0;
    unsigned long n = packets ? strtoul(packets, &end, 10) : 0;
    if (packets && (errno || *end || !n || n > 100000 || packets[0] == '-' || packets[0] == '+'))
        return wrong_usage(args->command, "--packets takes a number from 1 to 100000, not '%s'",
                           packets);
    if (timeout && (!parse_duration(timeout, &ret->timeout_ms) || !ret->timeout_ms))
        return wrong_usage(args->command, "--timeout takes a duration, like 2s, not '%s'", timeout);
    ret->packets = (unsigned)n;
    ret->ipv4 = args_has(args, OPT_IPV4);
    ret->ipv6 = args_has(args, OPT_IPV6);
    ret->from = args->n > 0 ? args->words[0] : NULL;
    ret->to = args->n > 1 ? args->words[1] : NULL;
    return 0;
}

static int run_ping(const struct args *args)
{
    struct nslab_ping_options options = {0};
    struct nslab_error error;
    CLEAN_TEXT char *lab = NULL, *text = NULL;
    int status = read_options(args, &options);
    if (!status)
        status = target_lab_option(args, &lab);
    if (status)
        return status;
    status = nslab_ping(lab, &options, &text, &error);
    if (status)
        return fail_error(status, NULL, &error);

    CLEAN_JSON json_t *result = parse_json(text);
    bool lines = options.from && strcmp(options.from, "all") != 0;
    if (args_has(args, OPT_JSON))
        status = print_json(result);
    else if (!get_int(result, "asked"))
        fputs("nobody to ask: no two nodes have addresses of one family\n", stderr);
    else if (!args_has(args, OPT_QUIET))
        print_all(result, lines);
    bool good = get_int(result, "asked") && get_int(result, "answered") == get_int(result, "asked");
    return status ? status : good ? NSLAB_OK : NSLAB_FAILED;
}

static const struct option options[] = {
    OPTION_LAB,
    {OPT_IPV4, '4', "ipv4", .summary = "IPv4 only (default: every family that both ends have)"},
    {OPT_IPV6, '6', "ipv6", .summary = "IPv6 only"},
    {OPT_PACKETS, 'c', "packets", "N", OPERAND_TEXT,
     .summary = "send N packets to each, five a second (default: one, again where it is lost)"},
    {OPT_TIMEOUT, 'W', "timeout", "DURATION", OPERAND_TEXT,
     .summary = "wait so long for an answer (default 4s)"},
    OPTION_QUIET("print nothing; the exit status tells"),
    OPTION_JSON("print JSON"),
};

const struct command command_ping = {
    .name = "ping",
    .summary = "see who reaches whom",
    .usage = "[FROM [TO]]",
    .about = "Without words, or with 'all': every host and router that has an address, to every\n"
             "other one. FROM and TO are nodes, interfaces (r1:eth0), lists (h1,h2) or patterns\n"
             "('h*'); TO may be an address. All are asked at once. Ends with 0 if all answered, 1\n"
             "if not.\n",
    OPTIONS(options),
    .operand = OPERAND_NODE,
    .max = 2,
    .run = run_ping,
};
