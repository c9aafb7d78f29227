// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Reports of tests: text for people, TAP 14, JUnit's XML as GitLab and Jenkins read it, and JSON.
 * Text and TAP come as the tests do; the others are written at the end.
 */
#include "test_report.h"

#include <errno.h>
#include <string.h>

struct report_format {
    const char *name;
    void (*begin)(struct report *r);
    void (*suite)(struct report *r, const struct suite *suite);
    void (*result)(struct report *r, const struct suite *suite, const json_t *result);
    void (*over)(struct report *r, const struct suite *suite);
    void (*finish)(struct report *r, const struct suite *suites, size_t n, double seconds);
};

static bool is_ok(const json_t *result)
{
    return json_is_true(json_object_get(result, "ok"));
}

static const char *title_of(const json_t *result)
{
    const char *name = get_text(result, "name");
    return *name ? name : get_text(result, "words");
}

static double seconds_of(const json_t *result)
{
    return json_number_value(json_object_get(result, "seconds"));
}

/* TEXT with INDENT spaces before each line but the first. */
static void print_lines(FILE *out, const char *text, int indent)
{
    for (; *text; text++) {
        fputc(*text, out);
        if (*text == '\n')
            fprintf(out, "%*s", indent, "");
    }
}

/* --- Text ------------------------------------------------------------------------------------- */

static void text_suite(struct report *r, const struct suite *suite)
{
    if (!r->quiet)
        fprintf(r->out, "%s%s%s\n", bold(r->colour), suite->file, plain(r->colour));
}

static void text_result(struct report *r, const struct suite *suite, const json_t *said)
{
    (void)suite;
    CLEAN_JSON json_t *result = without_controls(said);
    char took[DURATION_TEXT_MAX];
    bool ok = is_ok(result);
    if (!r->quiet)
        fprintf(r->out, "  %s%-6s%s  %s  (%s)\n", ok ? green(r->colour) : red(r->colour),
                ok ? "ok" : "FAILED", plain(r->colour), title_of(result),
                duration_text(seconds_of(result), took));
    fflush(r->out);
}

static void text_over(struct report *r, const struct suite *suite)
{
    if (suite->error && !r->quiet)
        fprintf(r->out, "  %sFAILED%s  %s\n", red(r->colour), plain(r->colour),
                json_array_size(suite->results) ? "the lab" : "up");
    fflush(r->out);
}

static void explain(const struct report *r, const json_t *said)
{
    CLEAN_JSON json_t *result = without_controls(said);
    const char *words = get_text(result, "words");
    fprintf(r->out, "\n%s%s:%lld:%lld:%s %sfailed:%s %s\n", bold(r->colour),
            get_text(result, "file"), get_int(result, "line"), get_int(result, "column"),
            plain(r->colour), red(r->colour), plain(r->colour), title_of(result));
    if (*get_text(result, "name"))
        fprintf(r->out, "  test      %s\n", words);
    fprintf(r->out, "  expected  %s\n  seen      ", get_text(result, "expected"));
    print_lines(r->out, get_text(result, "seen"), 12);
    fputc('\n', r->out);
}

static void explain_suite(const struct report *r, const struct suite *suite)
{
    size_t i;
    json_t *result;
    json_array_foreach(suite->results, i, result)
    {
        if (!is_ok(result))
            explain(r, result);
    }
    CLEAN_TEXT char *error = suite->error ? given(strdup(suite->error)) : NULL;
    if (error) {
        blank_controls(error);
        fprintf(r->out, "\n%s\n", error);
    }
    if (suite->kept)
        fprintf(r->out,
                "\n%s is still up, as lab %s:\n  nslab shell -l %s %s\n  nslab test --lab %s\n"
                "  nslab down %s\n",
                suite->file, suite->lab, suite->lab, suite->node ? suite->node : "NODE", suite->lab,
                suite->lab);
}

static void text_finish(struct report *r, const struct suite *suites, size_t n, double seconds)
{
    char tests[COUNT_TEXT_MAX], took[DURATION_TEXT_MAX];
    for (size_t i = 0; i < n; i++)
        explain_suite(r, &suites[i]);
    bool good = !r->failed && !r->unbuilt;
    if (!r->quiet || !good)
        fprintf(r->out, "\n");
    fprintf(r->out, "%s%s%s: %u held, %u failed", good ? green(r->colour) : red(r->colour),
            count_text(r->n, "test", tests), plain(r->colour), r->n - r->failed, r->failed);
    if (r->unbuilt)
        fprintf(r->out, "; %s could not be tried", count_text(r->unbuilt, "lab", tests));
    fprintf(r->out, "; in %s\n", duration_text(seconds, took));
    for (size_t i = 0; i < n; i++) {
        if (suites[i].bundle)
            fprintf(r->out, "what %s looked like: %s\n", suites[i].file, suites[i].bundle);
    }
}

/* --- TAP 14 ----------------------------------------------------------------------------------- */

static void tap_begin(struct report *r)
{
    fputs("TAP version 14\n", r->out);
}

/* Of a description: '#' and '\\' mean something there. */
static void tap_words(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '#' || *text == '\\')
            fputc('\\', out);
        fputc(*text == '\n' ? ' ' : *text, out);
    }
}

static void tap_point(const struct report *r, bool ok, const char *file, const char *title)
{
    fprintf(r->out, "%sok %u - ", ok ? "" : "not ", r->n + r->unbuilt);
    tap_words(r->out, file);
    fputs(": ", r->out);
    tap_words(r->out, title);
    fputc('\n', r->out);
}

/* JSON's texts are YAML's, too. */
static void tap_text(const struct report *r, const char *key, const char *text)
{
    CLEAN_JSON json_t *json = json_string(text);
    CLEAN_TEXT char *quoted = json_dumps(json, JSON_ENCODE_ANY);
    fprintf(r->out, "  %s: %s\n", key, quoted ? quoted : "\"\"");
}

static void tap_result(struct report *r, const struct suite *suite, const json_t *result)
{
    tap_point(r, is_ok(result), suite->file, title_of(result));
    if (!is_ok(result)) {
        fputs("  ---\n", r->out);
        tap_text(r, "test", get_text(result, "words"));
        tap_text(r, "expected", get_text(result, "expected"));
        tap_text(r, "seen", get_text(result, "seen"));
        fprintf(r->out, "  at:\n");
        fputs("  ", r->out);
        tap_text(r, "file", get_text(result, "file"));
        fprintf(r->out, "    line: %lld\n    column: %lld\n  duration_ms: %.0f\n  ...\n",
                get_int(result, "line"), get_int(result, "column"), seconds_of(result) * 1000);
    }
    fflush(r->out);
}

static void tap_over(struct report *r, const struct suite *suite)
{
    if (!suite->error)
        return;
    tap_point(r, false, suite->file, json_array_size(suite->results) ? "the lab" : "up");
    fputs("  ---\n", r->out);
    tap_text(r, "message", suite->error);
    fputs("  ...\n", r->out);
}

static void tap_finish(struct report *r, const struct suite *suites, size_t n, double seconds)
{
    (void)seconds;
    fprintf(r->out, "1..%u\n", r->n + r->unbuilt);
    for (size_t i = 0; i < n; i++) {
        if (suites[i].bundle)
            fprintf(r->out, "# what %s looked like: %s\n", suites[i].file, suites[i].bundle);
    }
}

/* --- JUnit ------------------------------------------------------------------------------------ */

/* What XML 1.0 has no character for becomes '?'. */
static void xml_text(FILE *out, const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '&' || c == '<' || c == '>' || c == '"' || c == '\n')
            fprintf(out, "&#%d;", c);
        else
            fputc(c < 0x20 && c != '\t' ? '?' : c, out);
    }
}

static void xml_attribute(FILE *out, const char *name, const char *text)
{
    fprintf(out, " %s=\"", name);
    xml_text(out, text);
    fputc('"', out);
}

/* The name of a file without folder and ending, as a class's name: dots part packages. */
static void xml_class(FILE *out, const char *file)
{
    char name[256];
    const char *slash = strrchr(file, '/');
    snprintf(name, sizeof(name), "%s", slash ? slash + 1 : file);
    char *dot = strrchr(name, '.');
    if (dot && dot != name)
        *dot = '\0';
    xml_attribute(out, "classname", name);
}

static void junit_case(FILE *out, const struct suite *suite, const json_t *result)
{
    fputs("    <testcase", out);
    xml_class(out, suite->file);
    xml_attribute(out, "name", title_of(result));
    xml_attribute(out, "file", get_text(result, "file"));
    fprintf(out, " line=\"%lld\" time=\"%.3f\"", get_int(result, "line"), seconds_of(result));
    if (is_ok(result)) {
        fputs("/>\n", out);
        return;
    }
    fputs(">\n      <failure type=\"failed\"", out);
    xml_attribute(out, "message", get_text(result, "seen"));
    fputc('>', out);
    xml_text(out, get_text(result, "file"));
    fprintf(out, ":%lld:%lld: ", get_int(result, "line"), get_int(result, "column"));
    xml_text(out, get_text(result, "words"));
    fputs("\nexpected: ", out);
    xml_text(out, get_text(result, "expected"));
    fputs("\nseen: ", out);
    xml_text(out, get_text(result, "seen"));
    if (suite->bundle) {
        fputs("\nwhat the lab looked like: ", out);
        xml_text(out, suite->bundle);
    }
    fputs("</failure>\n    </testcase>\n", out);
}

static unsigned count_failed(const struct suite *suite)
{
    size_t i;
    unsigned n = 0;
    json_t *result;
    json_array_foreach(suite->results, i, result) n += !is_ok(result);
    return n;
}

static void junit_suite(FILE *out, const struct suite *suite)
{
    size_t i, n = json_array_size(suite->results);
    json_t *result;
    fputs("  <testsuite", out);
    xml_attribute(out, "name", suite->file);
    fprintf(out, " tests=\"%zu\" failures=\"%u\" errors=\"%d\" skipped=\"0\" time=\"%.3f\">\n",
            n + !!suite->error, count_failed(suite), !!suite->error, suite->seconds);
    json_array_foreach(suite->results, i, result) junit_case(out, suite, result);
    if (suite->error) {
        fputs("    <testcase", out);
        xml_class(out, suite->file);
        fprintf(out, " name=\"%s\">\n      <error type=\"error\"", n ? "the lab" : "up");
        xml_attribute(out, "message", suite->error);
        fputs("/>\n    </testcase>\n", out);
    }
    fputs("  </testsuite>\n", out);
}

static void junit_finish(struct report *r, const struct suite *suites, size_t n, double seconds)
{
    fprintf(r->out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"nslab\" tests=\"%u\" "
            "failures=\"%u\" errors=\"%u\" time=\"%.3f\">\n",
            r->n + r->unbuilt, r->failed, r->unbuilt, seconds);
    for (size_t i = 0; i < n; i++)
        junit_suite(r->out, &suites[i]);
    fputs("</testsuites>\n", r->out);
}

/* --- JSON ------------------------------------------------------------------------------------- */

static json_t *text_or_null(const char *text)
{
    return text ? json_string(text) : json_null();
}

static json_t *suite_json(const struct suite *suite)
{
    return json_pack("{s:s, s:s, s:O, s:i, s:o, s:o, s:b, s:o}", "file", suite->file, "lab",
                     suite->lab, "tests", suite->results, "failed", (int)count_failed(suite),
                     "error", text_or_null(suite->error), "bundle", text_or_null(suite->bundle),
                     "up", suite->kept, "seconds", seconds_json(suite->seconds));
}

static void json_finish(struct report *r, const struct suite *suites, size_t n, double seconds)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, suite_json(&suites[i]));
    CLEAN_JSON json_t *json =
        json_pack("{s:o, s:i, s:i, s:i, s:o}", "suites", list, "tests", (int)r->n, "failed",
                  (int)r->failed, "errors", (int)r->unbuilt, "seconds", seconds_json(seconds));
    CLEAN_TEXT char *text = json_dumps(json, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
    fprintf(r->out, "%s\n", text ? text : "{}");
}

/* --- All of them ------------------------------------------------------------------------------ */

static const struct report_format formats[] = {
    {"text", NULL, text_suite, text_result, text_over, text_finish},
    {"tap", tap_begin, NULL, tap_result, tap_over, tap_finish},
    {"junit", NULL, NULL, NULL, NULL, junit_finish},
    {"json", NULL, NULL, NULL, NULL, json_finish},
};
const char *const report_formats[] = {"text", "tap", "junit", "json", NULL};

void report_start(struct report *report, const char *format, FILE *out, bool quiet)
{
    *report =
        (struct report){.format = formats, .out = out, .quiet = quiet, .colour = wants_colour(out)};
    for (size_t i = 0; i < COUNT(formats); i++) {
        if (!strcmp(formats[i].name, format))
            report->format = &formats[i];
    }
    if (report->format->begin)
        report->format->begin(report);
}

void report_suite_begins(struct report *report, const struct suite *suite)
{
    if (report->format->suite)
        report->format->suite(report, suite);
    fflush(report->out);
}

void report_result(struct report *report, const struct suite *suite, size_t i)
{
    const json_t *result = json_array_get(suite->results, i);
    report->n++;
    report->failed += !is_ok(result);
    if (report->format->result)
        report->format->result(report, suite, result);
}

void report_suite_over(struct report *report, const struct suite *suite)
{
    report->unbuilt += !!suite->error;
    if (report->format->over)
        report->format->over(report, suite);
}

int report_finish(struct report *report, const struct suite *suites, size_t n, double seconds)
{
    report->format->finish(report, suites, n, seconds);
    if (!fflush(report->out) && !ferror(report->out))
        return NSLAB_OK;
    return fail(NSLAB_FAILED, "the report cannot be written: %s", strerror(errno));
}
