// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * How the command line speaks: errors to stderr behind "nslab: ", results to stdout, colour on a
 * terminal only. What labs, their programs and files say may hold anything, also codes that a
 * terminal obeys: none of them gets into a text for people.
 */
#include "cli.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "command.h"

void clean_text(char **text)
{
    free(*text);
}

void clean_json(json_t **json)
{
    json_decref(*json);
}

void clean_topology(nslab_topology **topology)
{
    nslab_topology_free(*topology);
}

void clean_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

void blank_controls(char *text)
{
    for (unsigned char *p = (unsigned char *)text; *p; p++) {
        if ((*p < ' ' && *p != '\n' && *p != '\t') || *p == 0x7f)
            *p = '?';
        else if (*p == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0) /* U+0080 to U+009F */
            p[0] = p[1] = '?';
    }
}

json_t *without_controls(const json_t *object)
{
    json_t *copy = json_object(), *value;
    const char *key;
    json_object_foreach((json_t *)object, key, value)
    {
        CLEAN_TEXT char *text =
            json_is_string(value) ? given(strdup(json_string_value(value))) : NULL;
        if (text)
            blank_controls(text);
        json_object_set_new(copy, key, text ? json_string(text) : json_incref(value));
    }
    return copy;
}

int fail(int status, const char *fmt, ...)
{
    CLEAN_TEXT char *text = NULL;
    va_list ap;
    va_start(ap, fmt);
    if (vasprintf(&text, fmt, ap) < 0)
        out_of_memory();
    va_end(ap);
    blank_controls(text);
    fprintf(stderr, "nslab: %s\n", text);
    return status;
}

void out_of_memory(void)
{
    static const char text[] = "nslab: out of memory\n";
    ssize_t n = write(STDERR_FILENO, text, sizeof(text) - 1);
    (void)n;
    _exit(NSLAB_FAILED);
}

void *given(void *p)
{
    if (!p)
        out_of_memory();
    return p;
}

int fail_error(int status, const char *file, const struct nslab_error *error)
{
    size_t len = file ? strlen(file) : 0;
    bool placed = file && !strncmp(error->text, file, len) && error->text[len] == ':' &&
                  isdigit((unsigned char)error->text[len + 1]);
    CLEAN_TEXT char *text = given(strdup(error->text));
    blank_controls(text);
    fprintf(stderr, "%s%s\n", placed ? "" : "nslab: ", text);
    if (status == NSLAB_LACKING && !strstr(error->text, "nslab doctor"))
        fputs("nslab: 'nslab doctor' says what this machine can do, and how to mend it\n", stderr);
    return status;
}

int wrong_usage(const struct command *command, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fprintf(stderr, "nslab %s: ", command->name);
    vfprintf(stderr, fmt, ap);
    fprintf(stderr, "\nTry 'nslab %s --help'.\n", command->name);
    va_end(ap);
    return NSLAB_WRONG;
}

enum { WORD_MAX = 32 }; /* letters of a word that is compared */

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static bool same_letter(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* Optimal string alignment: how many letters to add, drop, change or swap to get from A to B. */
static unsigned distance(const char *a, const char *b)
{
    unsigned d[WORD_MAX + 1][WORD_MAX + 1];
    size_t la = strlen(a), lb = strlen(b);
    if (la > WORD_MAX || lb > WORD_MAX)
        return WORD_MAX;
    for (size_t j = 0; j <= lb; j++)
        d[0][j] = (unsigned)j;
    for (size_t i = 1; i <= la; i++) {
        d[i][0] = (unsigned)i;
        for (size_t j = 1; j <= lb; j++) {
            unsigned change = d[i - 1][j - 1] + !same_letter(a[i - 1], b[j - 1]);
            d[i][j] = least(change, 1 + least(d[i - 1][j], d[i][j - 1]));
            if (i > 1 && j > 1 && same_letter(a[i - 1], b[j - 2]) &&
                same_letter(a[i - 2], b[j - 1]))
                d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
        }
    }
    return d[la][lb];
}

const char *nearest_word(const char *word, const char *const *words, size_t n)
{
    unsigned best = (unsigned)(strlen(word) + 2) / 3 + 1;
    const char *ret = NULL;
    for (size_t i = 0; i < n; i++) {
        unsigned d = words[i] ? distance(word, words[i]) : best;
        if (d < best) {
            best = d;
            ret = words[i];
        }
    }
    return ret;
}

void join_words(char *buf, size_t size, const char *const *words, const char *last)
{
    size_t len = 0;
    buf[0] = '\0';
    for (size_t i = 0; words[i] && len < size; i++) {
        const char *between = !i ? "" : words[i + 1] ? ", " : last;
        len += (size_t)snprintf(buf + len, size - len, "%s%s", between, words[i]);
    }
}

bool wants_colour(FILE *file)
{
    const char *no = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    return !(no && *no) && !(term && !strcmp(term, "dumb")) && isatty(fileno(file));
}

const char *green(bool colour)
{
    return colour ? "\033[32m" : "";
}

const char *red(bool colour)
{
    return colour ? "\033[31m" : "";
}

const char *bold(bool colour)
{
    return colour ? "\033[1m" : "";
}

const char *plain(bool colour)
{
    return colour ? "\033[0m" : "";
}

int print_text(const char *text)
{
    if (fputs(text, stdout) >= 0 && !fflush(stdout))
        return NSLAB_OK;
    return fail(NSLAB_FAILED, "standard output: %s", strerror(errno));
}

static int dump_json(const json_t *json, size_t flags)
{
    CLEAN_TEXT char *text = json_dumps(json, flags | JSON_REAL_PRECISION(6));
    CLEAN_TEXT char *line = NULL;
    if (!text || asprintf(&line, "%s\n", text) < 0)
        out_of_memory();
    return print_text(line);
}

int print_json(const json_t *json)
{
    return dump_json(json, JSON_INDENT(2));
}

int print_json_line(const json_t *json)
{
    return dump_json(json, 0);
}

json_t *parse_json(const char *text)
{
    return json_loads(text, 0, NULL);
}

const char *get_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

bool has_text(const json_t *texts, const char *text)
{
    size_t i;
    json_t *one;
    json_array_foreach(texts, i, one)
    {
        if (!strcmp(json_string_value(one), text))
            return true;
    }
    return !texts;
}

const char *bytes_text(double bytes, char *buf)
{
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB", "PB"};
    size_t unit = 0;
    for (; bytes >= 1000 && unit + 1 < COUNT(units); unit++)
        bytes /= 1000;
    snprintf(buf, BYTES_TEXT_MAX, unit && bytes < 10 ? "%.1f %s" : "%.0f %s", bytes, units[unit]);
    return buf;
}

long long get_int(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

json_t *seconds_json(double seconds)
{
    return json_real((double)(long)(seconds * 1000 + 0.5) / 1000);
}

const char *duration_text(double seconds, char *buf)
{
    long s = (long)(seconds + 0.5);
    if (seconds < 1)
        snprintf(buf, DURATION_TEXT_MAX, "%.0f ms", seconds * 1000);
    else if (seconds < 60)
        snprintf(buf, DURATION_TEXT_MAX, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    else if (s < 3600)
        snprintf(buf, DURATION_TEXT_MAX, "%ld min", s / 60);
    else if (s < 48 * 3600)
        snprintf(buf, DURATION_TEXT_MAX, "%ld h %ld min", s / 3600, s / 60 % 60);
    else
        snprintf(buf, DURATION_TEXT_MAX, "%ld days", s / 86400);
    return buf;
}

const char *count_text(unsigned n, const char *noun, char *buf)
{
    snprintf(buf, COUNT_TEXT_MAX, "%u %s%s", n, noun, n == 1 ? "" : "s");
    return buf;
}

const char *age_text(const json_t *since, char *buf)
{
    double then = json_number_value(since), seconds = (double)time(NULL) - then;
    if (then <= 0)
        return strcpy(buf, "");
    if (seconds >= 60)
        return duration_text(seconds, buf);
    snprintf(buf, DURATION_TEXT_MAX, "%.0f s", seconds < 0 ? 0 : seconds);
    return buf;
}

void print_names(const json_t *objects)
{
    size_t i;
    json_t *object;
    json_array_foreach(objects, i, object) puts(get_text(object, "name"));
}

bool parse_duration(const char *text, unsigned *ret_ms)
{
    static const struct {
        const char *name;
        double ms;
    } units[] = {{"us", 0.001}, {"ms", 1}, {"s", 1000}, {"min", 60000}, {"h", 3600000}};

    char *end;
    double value = strtod(text, &end);
    if (!isdigit((unsigned char)text[0]) || strspn(text, "0123456789.") != (size_t)(end - text))
        return false;
    for (size_t i = 0; i < COUNT(units); i++) {
        if (strcmp(units[i].name, end))
            continue;
        if (value * units[i].ms > 1e9)
            return false;
        *ret_ms = (unsigned)(value * units[i].ms + 0.5);
        return true;
    }
    return false;
}
