// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab logs: what the nodes of a lab log: what programs print and what becomes of them, and the
 * packets that a firewall's `log` writes down. Of several logs entries are shown by their time.
 * A terminal gets what they hold without what it would obey, a file or a program all of it.
 */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "args.h"
#include "cli.h"
#include "table.h"
#include "target.h"

enum { LOOK_MS = 50, LINES_MAX = 1000000 };

/* One log that is shown. */
struct source {
    const char *name; /* "r1/web" */
    nslab_log *log;
    char **kept; /* the last ones, with -n: KEPT_END of them, from KEPT_AT on */
    size_t kept_at, kept_end;
    char *line; /* the next one to show, or NULL */
    json_t *entry;
    bool over;
};

struct view {
    const struct args *args;
    struct source *sources;
    size_t n;
    int width; /* of the longest name; 0: names are not shown */
    bool terminal;
};

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
        fputs("nothing logs there: services do, and a firewall where a rule has `log`\n", stderr);
}

static int read_list(const char *lab, json_t **ret)
{
    struct nslab_error error;
    CLEAN_TEXT char *text = NULL;
    int status = nslab_logs(lab, &text, &error);
    if (status)
        return fail_error(status, NULL, &error);
    *ret = parse_json(text);
    return NSLAB_OK;
}

static int list_logs(const struct args *args, const char *lab)
{
    CLEAN_JSON json_t *logs = NULL;
    int status = read_list(lab, &logs);
    if (status)
        return status;
    if (args_has(args, OPT_JSON))
        return print_json(logs);
    print_logs(logs, args_has(args, OPT_QUIET));
    return NSLAB_OK;
}

/* --- Entries --------------------------------------------------------------------------------- */

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

/* "-- 17:05:09.123 started (process 17)" */
static void print_event(const json_t *entry)
{
    printf("-- ");
    print_time(json_real_value(json_object_get(entry, "time")));
    printf(" %s", get_text(entry, "event"));
    if (json_object_get(entry, "pid"))
        printf(" (process %lld in the lab)", get_int(entry, "pid"));
    putchar('\n');
}

/* "-- 17:05:09.123 12 more entries could not be written down: No space left on device" */
static void print_unwritten(const json_t *entry)
{
    printf("-- ");
    print_time(json_real_value(json_object_get(entry, "time")));
    printf(" %lld more entries could not be written down: %s\n", get_int(entry, "lost"),
           get_text(entry, "why"));
}

static void print_logged(const json_t *entry)
{
    print_time(json_real_value(json_object_get(entry, "time")));
    if (json_object_get(entry, "lost"))
        printf(" %lld more packets were logged, too fast to be written down\n",
               get_int(entry, "lost"));
    else
        print_packet(entry);
}

static void print_entry(const struct view *v, const struct source *source)
{
    if (args_has(v->args, OPT_JSON)) {
        if (v->n > 1)
            json_object_set_new(source->entry, "log", json_string(source->name));
        if (v->n > 1)
            print_json_line(source->entry);
        else
            puts(source->line);
        return;
    }
    if (v->width)
        printf("%-*s | ", v->width, source->name);
    CLEAN_JSON json_t *entry =
        v->terminal ? without_controls(source->entry) : json_incref(source->entry);
    if (json_object_get(entry, "line"))
        puts(get_text(entry, "line"));
    else if (json_object_get(entry, "event"))
        print_event(entry);
    else if (json_object_get(entry, "why"))
        print_unwritten(entry);
    else
        print_logged(entry);
}

/* --- Some of them ------------------------------------------------------------------------------
 */

/* Has the next entry ready, if there is one. */
static bool load(struct source *s)
{
    if (s->line)
        return true;
    if (s->kept_at < s->kept_end) {
        s->line = s->kept[s->kept_at];
        s->kept[s->kept_at++] = NULL;
    } else {
        s->line = nslab_log_next(s->log, &s->over);
    }
    s->entry = s->line ? parse_json(s->line) : NULL;
    return s->line;
}

static void unload(struct source *s)
{
    free(s->line);
    json_decref(s->entry);
    s->line = NULL;
    s->entry = NULL;
}

static double time_of(const struct source *s)
{
    return json_real_value(json_object_get(s->entry, "time"));
}

/* What there is of all, oldest first. */
static int print_all(const struct view *v)
{
    for (;;) {
        struct source *first = NULL;
        for (size_t i = 0; i < v->n; i++) {
            struct source *s = &v->sources[i];
            if (load(s) && (!first || time_of(s) < time_of(first)))
                first = s;
        }
        if (!first)
            break;
        print_entry(v, first);
        unload(first);
    }
    return fflush(stdout) ? fail(NSLAB_FAILED, "the log cannot be written") : NSLAB_OK;
}

static bool all_over(const struct view *v)
{
    for (size_t i = 0; i < v->n; i++)
        if (!v->sources[i].over)
            return false;
    return true;
}

static int follow(const struct view *v)
{
    int status = NSLAB_OK;
    while (!status && !all_over(v)) {
        nanosleep(&(struct timespec){.tv_nsec = LOOK_MS * 1000000L}, NULL);
        status = print_all(v);
    }
    return status;
}

/* The last N of what there is. */
static int keep_last(struct source *s, size_t n)
{
    char **ring = given(calloc(n + 1, sizeof(*ring))), *line;
    size_t seen = 0;
    s->kept = given(calloc(n + 1, sizeof(*s->kept)));
    for (; (line = nslab_log_next(s->log, &s->over)); seen++) {
        size_t at = seen % (n ? n : 1);
        free(ring[at]);
        ring[at] = line;
    }
    for (size_t i = seen > n ? seen - n : 0; i < seen; i++)
        s->kept[s->kept_end++] = ring[i % n];
    if (!n)
        free(ring[0]);
    free(ring);
    return NSLAB_OK;
}

static bool parse_lines(const char *text, size_t *ret)
{
    char *end;
    *ret = strtoul(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && *ret <= LINES_MAX;
}

static int open_source(const struct args *args, const char *lab, const char *name, struct source *s)
{
    struct nslab_error error;
    size_t n = 0;
    s->name = name;
    int status = nslab_log_open(lab, name, &s->log, &error);
    if (status)
        return fail_error(status, NULL, &error);
    if (!args->values[OPT_LINES] || !parse_lines(args->values[OPT_LINES], &n))
        return NSLAB_OK;
    return keep_last(s, n);
}

static void close_sources(const struct view *v)
{
    for (size_t i = 0; i < v->n; i++) {
        struct source *s = &v->sources[i];
        unload(s);
        while (s->kept_at < s->kept_end)
            free(s->kept[s->kept_at++]);
        free(s->kept);
        nslab_log_close(s->log);
    }
    free(v->sources);
}

static int show_logs(const struct args *args, const char *lab, const json_t *names)
{
    struct view v = {
        .args = args, .n = json_array_size(names), .terminal = isatty(STDOUT_FILENO)};
    int status = NSLAB_OK;
    v.sources = given(calloc(v.n + 1, sizeof(*v.sources)));
    for (size_t i = 0; i < v.n && !status; i++) {
        const char *name = json_string_value(json_array_get(names, i));
        int width = v.n > 1 ? (int)strlen(name) : 0;
        v.width = width > v.width ? width : v.width;
        status = open_source(args, lab, name, &v.sources[i]);
    }
    if (!status)
        status = print_all(&v);
    if (!status && args_has(args, OPT_FOLLOW))
        status = follow(&v);
    close_sources(&v);
    return status;
}

/* Adds the names of those LOGS that WORD, a node's or a log's or a pattern of either, stands for.
 */
static size_t add_matches(const json_t *logs, const char *word, json_t *names)
{
    const char *key = strchr(word, '/') ? "log" : "node";
    size_t i, found = 0;
    json_t *log;
    json_array_foreach(logs, i, log)
    {
        if (fnmatch(word, get_text(log, key), FNM_PATHNAME))
            continue;
        found++;
        if (!has_text(names, get_text(log, "log")) || !json_array_size(names))
            json_array_append(names, json_object_get(log, "log"));
    }
    return found;
}

/* What ITEM stands for. One log that there is not the library knows to name. */
static int choose(const char *lab, const json_t *logs, const char *item, json_t *names)
{
    CLEAN_JSON json_t *nodes = NULL;
    if (add_matches(logs, item, names))
        return NSLAB_OK;
    if (strchr(item, '/') && !target_is_pattern(item))
        return json_array_append_new(names, json_string(item)) ? NSLAB_FAILED : NSLAB_OK;
    if (strchr(item, '/'))
        return fail(NSLAB_WRONG, "lab %s has no log that fits '%s' (nslab logs -l %s lists them)",
                    lab, item, lab);
    int status = target_nodes(lab, item, &nodes);
    return status ? status
                  : fail(NSLAB_WRONG,
                         "%s logs nothing: services do, and a firewall where a rule "
                         "has `log`",
                         item);
}

static int choose_all(const struct args *args, const char *lab, json_t *names)
{
    CLEAN_JSON json_t *logs = NULL;
    int status = read_list(lab, &logs);
    for (unsigned i = 0; i < args->n && !status; i++) {
        CLEAN_TEXT char *list = given(strdup(args->words[i]));
        char *left = list;
        for (char *item = strsep(&left, ","); item && !status; item = strsep(&left, ","))
            status = choose(lab, logs, item, names);
    }
    return status;
}

static int run_logs(const struct args *args)
{
    CLEAN_TEXT char *lab = NULL;
    CLEAN_JSON json_t *names = json_array();
    const char *lines = args->values[OPT_LINES];
    size_t n;
    if (lines && !parse_lines(lines, &n))
        return wrong_usage(args->command, "-n takes a number from 0 to %d, not '%s'", LINES_MAX,
                           lines);
    int status = target_lab_option(args, &lab);
    if (status)
        return status;
    if (!args->n && (args_has(args, OPT_FOLLOW) || lines))
        return wrong_usage(args->command, "-f and -n need a log");
    if (!args->n)
        return list_logs(args, lab);
    status = choose_all(args, lab, names);
    return status ? status : show_logs(args, lab, names);
}

static const struct option options[] = {
    OPTION_LAB,
    {OPT_FOLLOW, 'f', "follow", .summary = "print what comes, too, until the lab is gone"},
    {OPT_LINES, 'n', "lines", "N", OPERAND_TEXT,
     .summary = "print the last N entries only, of each log"},
    OPTION_QUIET("without a log: print the names of the logs only"),
    OPTION_JSON("print JSON, one entry a line"),
};

const struct command command_logs = {
    .name = "logs",
    .summary = "show what services print, and packets that a firewall's `log` saw",
    .usage = "[NODE[/SERVICE]]...",
    .about =
        "Without a word: lists the logs there are. NODE: all of that node's, with the name of\n"
        "each in front. NODE/firewall is what its firewall logs, NODE/exec what the commands of\n"
        "`exec` print. Lists (r1,r2) and patterns ('r*/web') name several.\n",
    OPTIONS(options),
    .operand = OPERAND_LOG,
    .max = (unsigned)-1,
    .run = run_logs,
};
