// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "doc/expand.h"

static const struct part vars[] = {{"k", "8"}, {"site", "berlin"}};
static const struct scope outer = {.parts = vars, .n = ARRAY_SIZE(vars)};
static const struct part parts[] = {{"i", "07"}, {NULL, "b"}};
static const struct scope scope = {
    .outer = &outer, .parts = parts, .n = ARRAY_SIZE(parts), .node = "leaf07b"};

static struct diags diags;

static int set_up(void **state)
{
    (void)state;
    diags_init(&diags, arena_new(), "t", NULL);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(diags.arena);
    return 0;
}

static void expands(const char *text, const char *want)
{
    const char *got = expand_text(&diags, &scope, text, (struct pos){1, 1, 1});
    assert_non_null(got);
    assert_string_equal(got, want);
    assert_int_equal(diags.errors, 0);
}

static void texts_refer(void **state)
{
    (void)state;
    expands("", "");
    expands("plain", "plain");
    expands("10.$1.0.1", "10.07.0.1");
    expands("$(i)-$2-$($2)-$(site)-$(node)", "07-b-b-berlin-leaf07b");
    expands("10.$(i).0.$(i+10)", "10.07.0.17");
    expands("$($1*4+1)", "29");
    expands("$(2+3*4)/$((2+3)*4)/$(k/3)/$(k%3)/$(-k+1)/$(0-7/2)", "14/20/2/2/-7/-3");
    expands("$( k - 1 )", "7");
    expands("$$1 and $$(i)", "$1 and $(i)");
    expands("(1..3)", "(1..3)"); /* a pattern is none where a text is wanted */
}

static void fails(const char *text, const char *what)
{
    diags.errors = 0;
    diags.list.n = 0;
    assert_null(expand_text(&diags, &scope, text, (struct pos){1, 1, 1}));
    assert_int_equal(diags.errors, 1);
    assert_non_null(strstr(diags.list.v[0].text, what));
}

static void what_refers_to_nothing_fails(void **state)
{
    (void)state;
    fails("$3", "the name has 2 parts");
    fails("$0", "the name has 2 parts");
    fails("$(x)", "unknown name 'x'");
    fails("$(k+x)", "unknown name 'x'");
    fails("$(k", "expected ')'");
    fails("$(k+", "expected a number or a name");
    fails("$()", "expected a number or a name");
    fails("$", "refers to nothing");
    fails("$x", "refers to nothing");
    fails("$(site+1)", "'berlin'");
    fails("$(k/0)", "division by zero");
    fails("$(k%(k-8))", "division by zero");
    fails("$(999999999999999999*2)", "too large");
    fails("$(1000000000000*1000000000000)", "too large");
    fails("$(1.5)", "expected ')'");
    fails("$($1x)", "expected a number or a name");
    fails("$(((((((((((((((((((((((((((((((((((((1)))))))))))))))))))))))))))))))))))))", "nested");
}

static void makes(const char *text, const char *want)
{
    made_list made = {0};
    struct str got CLEAN_STR = {0};
    assert_true(expand_pattern(&diags, &outer, text, (struct pos){1, 1, 1}, &made));
    VEC_EACH (const struct made, it, &made) {
        str_addf(&got, "%s%s", got.len ? " " : "", it->name);
        for (uint32_t i = 0; i < it->n; i++)
            str_addf(&got, "%s%s%s%s", i ? "," : "=", it->parts[i].name ? it->parts[i].name : "",
                     it->parts[i].name ? ":" : "", it->parts[i].text);
    }
    assert_string_equal(got.text, want);
}

static void patterns_make_names(void **state)
{
    (void)state;
    makes("h1", "h1");
    makes("r(1..3)", "r1=1 r2=2 r3=3");
    makes("leaf(09..11)", "leaf09=09 leaf10=10 leaf11=11");
    makes("h(a|bc|9)x", "hax=a hbcx=bc h9x=9");
    makes("h(one)", "hone=one");
    makes("g(1..2)-(a|b)", "g1-a=1,a g1-b=1,b g2-a=2,a g2-b=2,b");
    makes("l(i=3..4)", "l3=i:3 l4=i:4");
    makes("l(i=a|b)", "la=i:a lb=i:b");
    makes("e(p=1..k/4)", "e1=p:1 e2=p:2");
    makes("e(k-1..k)", "e7=7 e8=8");
    makes("x$(k)(1..2)", "x81=1 x82=2");
    makes("sw:p(1..2)", "sw:p1=1 sw:p2=2");
    makes("(1..2)", "1=1 2=2");
    makes("n(0..0)", "n0=0");
}

static void breaks(const char *text, const char *what)
{
    made_list made = {0};
    diags.errors = 0;
    diags.list.n = 0;
    assert_false(expand_pattern(&diags, &outer, text, (struct pos){1, 1, 1}, &made));
    assert_int_equal(diags.errors, 1);
    assert_non_null(strstr(diags.list.v[0].text, what));
}

static void bad_patterns_break(void **state)
{
    (void)state;
    breaks("r(3..1)", "empty");
    breaks("r(0-2..1)", "below 0");
    breaks("r(1..012)", "width");
    breaks("r(01..k)", "width");
    breaks("r(1..", "expected a number");
    breaks("r(1..2", "expected ')'");
    breaks("r(a|)", "a word is missing");
    breaks("r()", "a word is missing");
    breaks("r(1,2)", "expected FIRST..LAST");
    breaks("r(a=b=1..2)", "unknown name 'b'");
    breaks("r(1a=1..2)", "part's name");
    breaks("r(node=1..2)", "part's name");
    breaks("r(i=1..2)(i=1..2)", "two parts");
    breaks("r(1..1000000)", "too many");
    breaks("r(1..1000)(1..1000)", "too many");
    breaks("r$1", "no name with parts");
}

static void what_a_pattern_refers_to_is_told(void **state)
{
    (void)state;
    assert_true(pattern_refers_to("leaf$1", &scope));
    assert_true(pattern_refers_to("leaf$(i)-(1..2)", &scope));
    assert_true(pattern_refers_to("leaf(1..i)", &scope));
    assert_true(pattern_refers_to("x-$(node)", &scope));
    assert_false(pattern_refers_to("leaf(1..k)", &scope));
    assert_false(pattern_refers_to("leaf$(k)", &scope));
    assert_false(pattern_refers_to("leaf(i=1..3)", &scope));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(texts_refer),        TEST(what_refers_to_nothing_fails),     TEST(patterns_make_names),
        TEST(bad_patterns_break), TEST(what_a_pattern_refers_to_is_told),
    };
    return cmocka_run_group_tests_name("expand", tests, NULL, NULL);
}
