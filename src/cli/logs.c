// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab logs: what the nodes of a lab log; so far, the packets that a firewall's `log` writes down.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "args.h"
#include "cli.h"
#include "table.h"
#include "target.h"

enum { LOOK_MS = 50, LINES_MAX = 1000000 };

#define CLEAN_LOG CLEAN(clean_log)

static void clean_log(nslab_log **log)
{
    nslab_log_close(*log);
}

/* --- Which there are ------------------------------------------------------------------------- */

static void print_logs(const json_t *logs, bool names)
{
    CLEAN_TABLE struct table *table = table_new(2, 0);
    char bytes[BYTES_TEXT_MAX];
    size_t i;
    json_t *log;
    table_add(table, "LOG");
    table_add(table, "SIZE");
    json_array_foreach(logs, i, log)
    {
        if (names)
            puts(get_text(log, "log"));
        table_add(table, "%s", get_text(log, "log"));
        table_add(table, "%s", bytes_text((double)get_int(log, "bytes"), bytes));
    }
    if (names)
        return;
    if (i)
        table_print(table, stdout);
    else
        fputs("nothing logs there: a firewall does where a rule has `log`\n", stderr);
}

static int list_logs(const struct args *args, const char *lab)
{
    struct nslab_error error;
    CLEAN_TEXT char *text = NULL;
    int status = nslab_logs(lab, &text, &error);
    if (status)
        return fail_error(status, NULL, &error);
    CLEAN_JSON json_t *logs = parse_json(text);
    if (args_has(args, OPT_JSON))
        return print_json(logs);
    print_logs(logs, args_has(args, OPT_QUIET));
    return NSLAB_OK;
}

/* --- One of them ----------------------------------------------------------------------------- */

static void print_time(double time)
{
    char text[32] = "";
    struct tm tm;
    time_t seconds = (time_t)time;
    localtime_r(&seconds, &tm);
    strftime(text, sizeof(text), "%H:%M:%S", &tm);
    printf("%s.%03d", text, (int)((time - (double)seconds) * 1000));
}

static void print_part(const char *word, const char *text)
{
    if (*text)
        printf(" %s %s", word, text);
}

/* "17:05:09.123 forward: dmz.yaml:41: in eth0 out eth1 10.0.0.1:4242 > 10.0.0.2:80 tcp syn, 60
 * bytes" */
static void print_packet(const json_t *entry)
{
    const char *prefix = get_text(entry, "prefix");
    size_t len = strlen(prefix);
    while (len && prefix[len - 1] == ' ')
        len--;
    printf(" %s: %.*s", get_text(entry, "hook"), (int)len, prefix);
    print_part("in", get_text(entry, "iif"));
    print_part("out", get_text(entry, "oif"));
    if (json_object_get(entry, "mark"))
        printf(" mark 0x%llx", get_int(entry, "mark"));
    printf(" %s", get_text(entry, "packet"));
    if (json_object_get(entry, "length"))
        printf(", %lld bytes", get_int(entry, "length"));
    putchar('\n');
}

static void print_entry(const struct args *args, const char *line)
{
    if (args_has(args, OPT_JSON)) {
        puts(line);
        return;
    }
    CLEAN_JSON json_t *entry = parse_json(line);
    print_time(json_real_value(json_object_get(entry, "time")));
    if (json_object_get(entry, "lost"))
        printf(" %lld more packets were logged, too fast to be written down\n",
               get_int(entry, "lost"));
    else
        print_packet(entry);
}

/* The last N of what there is, or all of it. *RET_OVER: there will be no more. */
static int print_last(const struct args *args, nslab_log *log, size_t n, bool *ret_over)
{
    char **lines = calloc(n + 1, sizeof(*lines)), *line;
    size_t seen = 0;
    if (!lines)
        return fail(NSLAB_FAILED, "out of memory");
    for (; (line = nslab_log_next(log, ret_over)); seen++) {
        size_t at = seen % (n ? n : 1);
        free(lines[at]);
        lines[at] = line;
    }
    for (size_t i = seen > n ? seen - n : 0; i < seen; i++)
        print_entry(args, lines[i % n]);
    for (size_t i = 0; i <= n; i++)
        free(lines[i]);
    free(lines);
    return NSLAB_OK;
}

static int print_all(const struct args *args, nslab_log *log, bool *ret_over)
{
    char *line;
    while ((line = nslab_log_next(log, ret_over))) {
        print_entry(args, line);
        free(line);
    }
    return fflush(stdout) ? fail(NSLAB_FAILED, "the log cannot be written") : NSLAB_OK;
}

static int follow(const struct args *args, nslab_log *log)
{
    bool over = false;
    int status = NSLAB_OK;
    while (!status && !over) {
        nanosleep(&(struct timespec){.tv_nsec = LOOK_MS * 1000000L}, NULL);
        status = print_all(args, log, &over);
    }
    return status;
}

static bool parse_lines(const char *text, size_t *ret)
{
    char *end;
    *ret = strtoul(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && *ret <= LINES_MAX;
}

static int show_log(const struct args *args, const char *lab, const char *what)
{
    const char *lines = args->values[OPT_LINES];
    struct nslab_error error;
    CLEAN_LOG nslab_log *log = NULL;
    size_t n = 0;
    bool over = false;
    if (lines && !parse_lines(lines, &n))
        return wrong_usage(args->command, "-n takes a number from 0 to %d, not '%s'", LINES_MAX,
                           lines);
    int status = nslab_log_open(lab, what, &log, &error);
    if (status)
        return fail_error(status, NULL, &error);
    status = lines ? print_last(args, log, n, &over) : print_all(args, log, &over);
    fflush(stdout);
    if (!status && !over && args_has(args, OPT_FOLLOW))
        status = follow(args, log);
    return status;
}

static int run_logs(const struct args *args)
{
    CLEAN_TEXT char *lab = NULL;
    int status = target_lab_option(args, &lab);
    if (status)
        return status;
    if (args->n)
        return show_log(args, lab, args->words[0]);
    if (args_has(args, OPT_FOLLOW) || args->values[OPT_LINES])
        return wrong_usage(args->command, "-f and -n need a log");
    return list_logs(args, lab);
}

static const struct option options[] = {
    OPTION_LAB,
    {OPT_FOLLOW, 'f', "follow", .summary = "print what comes, too, until the lab is gone"},
    {OPT_LINES, 'n', "lines", "N", OPERAND_TEXT, .summary = "print the last N entries only"},
    OPTION_QUIET("without a log: print the names of the logs only"),
    OPTION_JSON("print JSON, one entry a line"),
};

const struct command command_logs = {
    .name = "logs",
    .summary = "show what nodes log: packets that a firewall's `log` saw",
    .usage = "[NODE/firewall]",
    .about = "Without a log: lists those there are.\n",
    OPTIONS(options),
    .operand = OPERAND_LOG,
    .max = 1,
    .run = run_logs,
};
