// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka wants the three above first
#include <cmocka.h>

#include "doc/doc.h"

static int set_up(void **state)
{
    *state = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static const struct doc_node *read_yaml(struct arena *arena, const char *text, struct diags *d)
{
    const struct doc_node *root;
    diags_init(d, arena, "t.yaml", text);
    doc_read(text, strlen(text), d, &root);
    return root;
}

static void assert_error(struct arena *arena, const char *text, uint32_t line, const char *part)
{
    struct diags d;
    read_yaml(arena, text, &d);
    assert_int_equal(d.errors, 1);
    assert_int_equal(d.list.v[0].pos.line, line);
    if (!strstr(d.list.v[0].text, part))
        fail_msg("'%s' is not in '%s'", part, d.list.v[0].text);
}

static void values_have_places(void **state)
{
    struct diags d;
    const struct doc_node *root = read_yaml(*state, "a: [x, 'y']\nb:\n  c: 010\n", &d);
    const struct doc_node *a = doc_get(root, "a"), *c = doc_get(doc_get(root, "b"), "c");
    assert_int_equal(d.errors, 0);
    assert_int_equal(a->kind, DOC_LIST);
    assert_int_equal(a->n, 2);
    assert_int_equal(a->pos.line, 1);
    assert_int_equal(a->pos.col, 4);
    assert_int_equal(a->pos.len, 8);
    assert_false(a->items[0]->quoted);
    assert_true(a->items[1]->quoted);
    assert_string_equal(c->text, "010");
    assert_int_equal(c->pos.line, 3);
    assert_int_equal(c->pos.col, 6);
    assert_int_equal(c->pos.len, 3);
}

static void nothing_has_many_forms(void **state)
{
    struct diags d;
    const struct doc_node *root = read_yaml(*state, "[ ~, none, null, 'none', '', x]", &d);
    assert_true(doc_is_nothing(root->items[0]));
    assert_true(doc_is_nothing(root->items[1]));
    assert_true(doc_is_nothing(root->items[2]));
    assert_false(doc_is_nothing(root->items[3]));
    assert_false(doc_is_nothing(root->items[4]));
    assert_false(doc_is_nothing(root->items[5]));
    assert_true(doc_is_nothing(doc_get(read_yaml(*state, "a:", &d), "a")));
}

static void aliases_and_merge_keys_work(void **state)
{
    struct diags d;
    const struct doc_node *root = read_yaml(
        *state, "a: &x {k: 1, m: 2}\nb: *x\nc: {<<: *x, k: 3}\nd: {<<: [{k: 4}, *x]}\n", &d);
    assert_int_equal(d.errors, 0);
    assert_ptr_equal(doc_get(root, "a"), doc_get(root, "b"));
    assert_string_equal(doc_get(doc_get(root, "c"), "k")->text, "3");
    assert_string_equal(doc_get(doc_get(root, "c"), "m")->text, "2");
    assert_string_equal(doc_get(doc_get(root, "d"), "k")->text, "4");
}

static void broken_files_are_told_where(void **state)
{
    assert_error(*state, "a: 1\na: 2\n", 2, "duplicate key 'a'");
    assert_error(*state, "x: !t 1\n", 1, "tags are not used");
    assert_error(*state, "a: *b\n", 1, "unknown alias '*b'");
    assert_error(*state, "a: &a [*a]\n", 1, "inside what it names");
    assert_error(*state, "a: 1\n---\nb: 2\n", 2, "second document");
    assert_error(*state, "? [a]\n: b\n", 1, "a key must be");
    assert_error(*state, "<<: 3\n", 1, "'<<' takes a map");
    assert_error(*state, "a:\n  - {to: ::/0}\n", 2, "'::/0' needs quotes");
    assert_error(*state, "a: @b\n", 1, "'@b' needs quotes");
    assert_error(*state, "a: b: c\n", 1, "not valid YAML");
    assert_error(*state, "a: \xff\n", 1, "not readable as UTF-8");
    assert_error(*state, "a: [1\n", 2, "not valid YAML");
}

static void many_keys_are_still_compared(void **state)
{
    struct str s CLEAN_STR = {0};
    for (int i = 0; i < 100; i++)
        str_addf(&s, "k%d: 1\n", i);
    str_add(&s, "k3: 2\n");
    assert_error(*state, s.text, 101, "duplicate key 'k3'");
}

static void depth_and_size_are_limited(void **state)
{
    struct str deep CLEAN_STR = {0}, laughs CLEAN_STR = {0};
    for (int i = 0; i < 200; i++)
        str_add(&deep, "[");
    assert_error(*state, deep.text, 1, "too deep");
    str_add(&laughs, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++)
        str_addf(&laughs, "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i, i - 1, i - 1, i - 1,
                 i - 1, i - 1);
    struct diags d;
    read_yaml(*state, laughs.text, &d);
    assert_int_equal(d.errors, 1);
    assert_non_null(strstr(d.list.v[0].text, "too large"));
}

static void merging_goes_key_by_key(void **state)
{
    struct diags d;
    const struct doc_node *root = read_yaml(*state,
                                            "base: {a: 1, m: {x: 1, y: 2}, l: [1, 2], e: {k: 1}}\n"
                                            "over: {m: {y: 3}, l: [9], b: 4, e: }\n",
                                            &d);
    const struct doc_node *merged = doc_merge(*state, doc_get(root, "base"), doc_get(root, "over"));
    assert_int_equal(merged->n, 5);
    assert_string_equal(doc_get(merged, "a")->text, "1");
    assert_string_equal(doc_get(doc_get(merged, "m"), "x")->text, "1");
    assert_string_equal(doc_get(doc_get(merged, "m"), "y")->text, "3");
    assert_int_equal(doc_get(merged, "l")->n, 1);
    assert_string_equal(doc_get(merged, "b")->text, "4");
    assert_int_equal(doc_get(merged, "e")->n, 1);
}

static void texts_are_written_on_one_line(void **state)
{
    struct diags d;
    const struct doc_node *root = read_yaml(*state,
                                            "- {a: 1, b: [x, 'y z'], c: \"@s\", d: , e: {}}\n"
                                            "- it's: 'a: b'\n"
                                            "  more:\n    - \"p#q\"\n    - 'none'\n    - 's:?'\n",
                                            &d);
    assert_string_equal(doc_flow_text(*state, root->items[0]),
                        "{a: 1, b: [x, y z], c: \"@s\", d: , e: {}}");
    assert_string_equal(doc_flow_text(*state, root->items[1]),
                        "{it's: \"a: b\", more: [p#q, \"none\", \"s:?\"]}");
}

static void assert_lines(struct arena *arena, const char *text, uint32_t n, const struct pos *want)
{
    struct diags d;
    uint32_t found;
    const struct doc_node *value = doc_get(read_yaml(arena, text, &d), "k");
    const struct pos *lines = doc_text_lines(arena, text, value, &found);
    assert_int_equal(found, n);
    for (uint32_t i = 0; i < n; i++) {
        assert_int_equal(lines[i].line, want[i].line);
        assert_int_equal(lines[i].col, want[i].col);
        assert_int_equal(lines[i].len, want[i].len);
    }
}

static void lines_of_texts_have_places(void **state)
{
    assert_lines(*state, "k: |\n  one\n\n    two\n", 3,
                 (const struct pos[]){{2, 3, 3}, {3, 1, 0 + 0}, {4, 3, 5}});
    assert_lines(*state, "k: |2- # said\n     deep\n   x\n", 2,
                 (const struct pos[]){{2, 3, 7}, {3, 3, 2}});
    assert_lines(*state, "a: 1\nk:   \"one\"\n", 1, (const struct pos[]){{2, 7, 3}});
    assert_lines(*state, "k: one two\n", 1, (const struct pos[]){{1, 4, 7}});
    /* not to be found again: the value's own place */
    assert_lines(*state, "k: >\n  one\n  two\n", 1, (const struct pos[]){{1, 4, 0}});
    assert_lines(*state, "k: \"a\\tb\"\n", 1, (const struct pos[]){{1, 4, 0}});
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(values_have_places),           TEST(nothing_has_many_forms),
        TEST(aliases_and_merge_keys_work),  TEST(broken_files_are_told_where),
        TEST(many_keys_are_still_compared), TEST(depth_and_size_are_limited),
        TEST(merging_goes_key_by_key),      TEST(texts_are_written_on_one_line),
        TEST(lines_of_texts_have_places),
    };
    return cmocka_run_group_tests_name("doc", tests, NULL, NULL);
}
