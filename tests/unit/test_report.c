// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* What is wrong with topologies, in the formats of others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "report.h"

struct files {
    struct arena *arena;
    struct diags bad, fine;
    const struct diags *all[2];
};

static int set_up(void **state)
{
    struct files *f = calloc(1, sizeof(*f));
    f->arena = arena_new();
    diags_init(&f->bad, f->arena, "dir/a b:1,2%.yaml", "name: x\nnodes: 1\n");
    diags_init(&f->fine, f->arena, "/tmp/fine.yaml", "name: y\n");
    diag_error(&f->bad, (struct pos){2, 8, 1}, "a map is wanted,\nnot 50%%: '1'");
    diag_help(&f->bad, "write nodes: {}");
    diag_note(&f->bad, (struct pos){1, 1, 4}, "the lab begins here");
    diag_warning(&f->bad, (struct pos){0}, "caf\xe9 is not UTF-8");
    f->all[0] = &f->bad;
    f->all[1] = &f->fine;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct files *f = *state;
    arena_free(f->arena);
    free(f);
    return 0;
}

static json_t *load(char *text)
{
    json_error_t error;
    json_t *json = json_loads(text, 0, &error);
    free(text);
    assert_non_null(json);
    return json;
}

static void test_json(void **state)
{
    struct files *f = *state;
    json_t *json = load(report_json(f->all, 2));
    const char *file, *level, *text, *help, *note, *second, *fine;
    int ok, errors, warnings, line, column, length, note_line, fine_ok;
    assert_int_equal(
        0, json_unpack(json,
                       "{s:[{s:s, s:b, s:i, s:i, s:[{s:s, s:i, s:i, s:i, s:s, s:s, s:{s:i, s:s}}, "
                       "{s:s}]}, {s:s, s:b}]}",
                       "files", "file", &file, "ok", &ok, "errors", &errors, "warnings", &warnings,
                       "diagnostics", "level", &level, "line", &line, "column", &column, "length",
                       &length, "text", &text, "help", &help, "note", "line", &note_line, "text",
                       &note, "text", &second, "file", &fine, "ok", &fine_ok));
    assert_string_equal(file, "dir/a b:1,2%.yaml");
    assert_false(ok);
    assert_int_equal(errors, 1);
    assert_int_equal(warnings, 1);
    assert_string_equal(level, "error");
    assert_int_equal(line, 2);
    assert_int_equal(column, 8);
    assert_int_equal(length, 1);
    assert_string_equal(text, "a map is wanted,\nnot 50%: '1'");
    assert_string_equal(help, "write nodes: {}");
    assert_string_equal(note, "the lab begins here");
    assert_int_equal(note_line, 1);
    assert_string_equal(second, "caf? is not UTF-8");
    assert_string_equal(fine, "/tmp/fine.yaml");
    assert_true(fine_ok);
    json_decref(json);
}

static void test_github(void **state)
{
    struct files *f = *state;
    char *text = report_github(f->all, 2);
    assert_string_equal(text, "::error file=dir/a b%3A1%2C2%25.yaml,line=2,col=8,endColumn=9::"
                              "a map is wanted,%0Anot 50%25: '1'%0Awrite nodes: {}\n"
                              "::warning file=dir/a b%3A1%2C2%25.yaml::caf\xe9 is not UTF-8\n");
    free(text);
}

static void test_nothing_to_say(void **state)
{
    struct files *f = *state;
    const struct diags *fine[] = {&f->fine};
    char *text = report_github(fine, 1);
    assert_string_equal(text, "");
    free(text);
    json_t *json = load(report_json(NULL, 0));
    assert_int_equal(json_array_size(json_object_get(json, "files")), 0);
    json_decref(json);
}

static void test_sarif(void **state)
{
    struct files *f = *state;
    json_t *json = load(report_sarif(f->all, 2));
    const char *version, *name, *rule, *level, *text, *uri, *related;
    int line, from, to;
    json_t *unplaced;
    assert_int_equal(0, json_unpack(json,
                                    "{s:s, s:[{s:{s:{s:s}}, s:[{s:s, s:s, s:{s:s}, s:[{s:{s:{s:s}, "
                                    "s:{s:i, s:i, s:i}}}], s:[{s:{s:s}}]}, o]}]}",
                                    "version", &version, "runs", "tool", "driver", "name", &name,
                                    "results", "ruleId", &rule, "level", &level, "message", "text",
                                    &text, "locations", "physicalLocation", "artifactLocation",
                                    "uri", &uri, "region", "startLine", &line, "startColumn", &from,
                                    "endColumn", &to, "relatedLocations", "message", "text",
                                    &related, &unplaced));
    assert_string_equal(version, "2.1.0");
    assert_string_equal(name, "nslab");
    assert_string_equal(level, "error");
    assert_string_equal(uri, "dir/a%20b%3A1%2C2%25.yaml");
    assert_string_equal(text, "a map is wanted,\nnot 50%: '1' (write nodes: {})");
    assert_string_equal(related, "the lab begins here");
    assert_int_equal(line, 2);
    assert_int_equal(from, 8);
    assert_int_equal(to, 9);

    json_t *place = json_object_get(json_array_get(json_object_get(unplaced, "locations"), 0),
                                    "physicalLocation");
    assert_null(json_object_get(place, "region"));
    json_decref(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_json, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_github, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_to_say, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sarif, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
