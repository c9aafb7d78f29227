// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/socket.h>
// cmocka wants the four above first
#include <cmocka.h>

#include "base/addr.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/regexp.h"
#include "base/str.h"
#include "base/units.h"
#include "base/vec.h"

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

static void arena_gives_zeroed_aligned_memory(void **state)
{
    struct arena *arena = *state;
    for (size_t size = 1; size < 3000000; size = size * 3 + 1) {
        char *p = arena_alloc(arena, size);
        assert_int_equal((uintptr_t)p % 8, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xff, size);
    }
}

static void vec_grows_and_keeps(void **state)
{
    VEC(int) v = {0};
    int sum = 0;
    VEC_EACH (int, it, &v)
        sum += *it;
    assert_int_equal(sum, 0);
    for (int i = 0; i < 1000; i++)
        vec_push(*state, &v, i);
    VEC_EACH (int, it, &v)
        sum += *it;
    assert_int_equal(v.n, 1000);
    assert_int_equal(sum, 499500);
}

static void map_finds_what_was_put(void **state)
{
    struct arena *arena = *state;
    struct map map;
    map_init(&map, arena);
    assert_null(map_get_str(&map, "x"));
    for (uintptr_t i = 1; i <= 5000; i++)
        assert_null(map_put_str(&map, arena_printf(arena, "key%lu", i), (void *)i));
    for (uintptr_t i = 1; i <= 5000; i++)
        assert_int_equal((uintptr_t)map_get_str(&map, arena_printf(arena, "key%lu", i)), i);
    assert_int_equal((uintptr_t)map_put_str(&map, "key7", (void *)9), 7);
    assert_int_equal((uintptr_t)map_get_str(&map, "key7"), 7);
    assert_null(map_get_str(&map, "key5001"));
}

static void nearest_finds_slips_and_no_more(void **state)
{
    static const char *const words[] = {"router", NULL, "host", "switch", "addresses"};
    (void)state;
    assert_string_equal(str_nearest("ruter", words, 5), "router");
    assert_string_equal(str_nearest("Router", words, 5), "router");
    assert_string_equal(str_nearest("hots", words, 5), "host");
    assert_string_equal(str_nearest("adresses", words, 5), "addresses");
    assert_null(str_nearest("firewall", words, 5));
    assert_null(str_nearest("x", words, 5));
    assert_null(str_nearest("", words, 5));
}

static void bytes_come_back_from_hex(void **state)
{
    (void)state;
    const char bytes[] = {0x00, 0x7f, (char)0xff, 0x0a};
    struct str hex CLEAN_STR = {0};
    struct str back CLEAN_STR = {0};
    str_add_hex(&hex, bytes, sizeof(bytes));
    assert_string_equal(hex.text, "007fff0a");
    assert_true(str_add_unhex(&back, hex.text));
    assert_int_equal(back.len, sizeof(bytes));
    assert_memory_equal(back.text, bytes, sizeof(bytes));
    assert_true(str_add_unhex(&back, ""));
    assert_false(str_add_unhex(&back, "0"));
    assert_false(str_add_unhex(&back, "0x"));
}

static void assert_shell_word(const char *word, const char *expected)
{
    struct str s CLEAN_STR = {0};
    str_add_shell_word(&s, word);
    assert_string_equal(s.text, expected);
}

static void shell_words_are_quoted_where_needed(void **state)
{
    (void)state;
    assert_shell_word("net.ipv4.ip_forward=1", "net.ipv4.ip_forward=1");
    assert_shell_word("a b", "'a b'");
    assert_shell_word("", "''");
    assert_shell_word("it's $HOME", "'it'\\''s $HOME'");
}

static void assert_prefix(const char *text, const char *network, const char *last, bool bare)
{
    struct prefix p;
    bool is_bare;
    char buf[ADDR_TEXT_MAX];
    assert_true(prefix_parse(text, &p, &is_bare));
    assert_int_equal(is_bare, bare);
    struct addr a = prefix_network(&p), b = prefix_last(&p);
    assert_string_equal(addr_text(&a, buf), network);
    assert_string_equal(addr_text(&b, buf), last);
}

static void prefixes_are_read(void **state)
{
    static const char *const bad[] = {
        "",           "10.0.0",      "10.0.0.1/",    "10.0.0.1/33", "10.0.0.01/24",
        "fd00::/129", "10.0.0.1/8x", "10.0.0.1/024", "fd00:::/64",  "10.0.0.256/24",
        "1.2.3.4/-1", "/24",
    };
    struct prefix p;
    bool bare;
    (void)state;
    assert_prefix("10.0.1.5/24", "10.0.1.0", "10.0.1.255", false);
    assert_prefix("10.0.1.5/0", "0.0.0.0", "255.255.255.255", false);
    assert_prefix("10.0.1.5", "10.0.1.5", "10.0.1.5", true);
    assert_prefix("10.0.1.5/31", "10.0.1.4", "10.0.1.5", false);
    assert_prefix("fd00:1::5/64", "fd00:1::", "fd00:1::ffff:ffff:ffff:ffff", false);
    assert_prefix("::ffff:1.2.3.4/128", "::ffff:1.2.3.4", "::ffff:1.2.3.4", false);
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
        assert_false(prefix_parse(bad[i], &p, &bare));
}

static struct prefix prefix(const char *text)
{
    struct prefix p;
    bool bare;
    assert_true(prefix_parse(text, &p, &bare));
    return p;
}

static void prefixes_overlap_whichever_is_wider(void **state)
{
    struct prefix a = prefix("10.0.0.0/8"), b = prefix("10.9.0.0/24"), c = prefix("11.0.0.0/8"),
                  d = prefix("::/0");
    (void)state;
    assert_true(prefix_overlaps(&a, &b));
    assert_true(prefix_overlaps(&b, &a));
    assert_false(prefix_overlaps(&a, &c));
    assert_false(prefix_overlaps(&a, &d));
}

static void addresses_add_with_carry(void **state)
{
    struct prefix p = prefix("10.0.255.254"), q = prefix("fd00::ffff:ffff");
    char buf[ADDR_TEXT_MAX];
    (void)state;
    struct addr a = addr_add(&p.addr, 3), b = addr_add(&q.addr, 1);
    assert_string_equal(addr_text(&a, buf), "10.1.0.1");
    assert_string_equal(addr_text(&b, buf), "fd00::1:0:0");
}

static void macs_are_read(void **state)
{
    static const char *const bad[] = {
        "52:54:00:12:34",    "52-54-00-12-34-56", "52:54:00:12:34:5g", "52:54:00:12:34:567", "",
        "5:54:00:12:34:56:7"};
    struct mac mac;
    char buf[ADDR_TEXT_MAX];
    (void)state;
    assert_true(mac_parse("52:54:00:AB:cd:ef", &mac));
    assert_string_equal(mac_text(&mac, buf), "52:54:00:ab:cd:ef");
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
        assert_false(mac_parse(bad[i], &mac));
}

static void errors_gain_context(void **state)
{
    struct err err;
    (void)state;
    assert_int_equal(err_sys(&err, -ENOENT, "opening %s", "x"), -ENOENT);
    assert_int_equal(err_context(&err, "lab %s", "y"), -ENOENT);
    assert_string_equal(err.text, "lab y: opening x: No such file or directory");
    assert_int_equal(err.status, STATUS_FAILED);
}

static void diagnostics_show_the_place(void **state)
{
    struct diags d;
    struct str s CLEAN_STR = {0};
    diags_init(&d, *state, "f.yaml", "one\ntwo: \xc3\xbc\xc3\xbc bad\n");
    diag_warning(&d, (struct pos){2, 6, 2}, "second");
    diag_error(&d, (struct pos){1, 1, 3}, "first");
    diag_help(&d, "do %s", "this");
    diag_error(&d, (struct pos){1, 1, 3}, "first");
    diags_sort(&d);
    diags_print_text(&d, false, &s);
    assert_string_equal(s.text, "f.yaml:1:1: error: first\n"
                                "    1 | one\n"
                                "      | ^~~\n"
                                "      = help: do this\n"
                                "f.yaml:2:6: warning: second\n"
                                "    2 | two: \xc3\xbc\xc3\xbc bad\n"
                                "      |      ^~\n");
    assert_int_equal(d.errors, 1);
    assert_int_equal(d.warnings, 1);
}

/* A terminal would obey what a file can have in a text: "\e[2J". */
static void diagnostics_show_no_controls(void **state)
{
    struct diags d;
    struct str s CLEAN_STR = {0};
    diags_init(&d, *state, "f.yaml", "one\n");
    diag_error(&d, (struct pos){1, 1, 3}, "'%s'", "a\033[2J\x7f\xc2\x9b");
    diag_help(&d, "not '%s'", "b\033[2J\x7f\xc2\x9b");
    diag_note(&d, (struct pos){1, 1, 3}, "but '%s'", "c\033[2J\x7f\xc2\x9b");
    diags_print_text(&d, false, &s);
    assert_string_equal(s.text, "f.yaml:1:1: error: 'a?[2J?\?\?'\n"
                                "    1 | one\n"
                                "      | ^~~\n"
                                "      = help: not 'b?[2J?\?\?'\n"
                                "f.yaml:1:1: note: but 'c?[2J?\?\?'\n"
                                "    1 | one\n"
                                "      | ^~~\n");
}

static void diagnostics_stop_at_twenty(void **state)
{
    struct diags d;
    struct str s CLEAN_STR = {0};
    diags_init(&d, *state, "f", "x");
    for (unsigned i = 0; i < 25; i++)
        diag_error(&d, (struct pos){1, (uint16_t)(i + 1), 1}, "error %u", i);
    diags_print_text(&d, false, &s);
    assert_non_null(strstr(s.text, "error 19"));
    assert_null(strstr(s.text, "error 20"));
    assert_non_null(strstr(s.text, "f: and 5 more\n"));
}

static void quantities_need_their_unit(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool ok;
        uint64_t value;
    } durations[] =
        {
            {"30s", true, 30000000},
            {"1500ms", true, 1500000},
            {"2min", true, 120000000},
            {"1.5s", true, 1500000},
            {"1h", true, 3600000000},
            {"7us", true, 7},
            {"0.5us", true, 1},
            {"30", false, 0},
            {"30 s", false, 0},
            {"s", false, 0},
            {"-1s", false, 0},
            {"1.s", false, 0},
            {"30seconds", false, 0},
            {"", false, 0},
            {"99999999999999999h", false, 0},
        },
      sizes[] = {
          {"10B", true, 10},        {"10kB", true, 10000},   {"10KiB", true, 10240},
          {"1.5MB", true, 1500000}, {"1MiB", true, 1048576}, {"2GB", true, 2000000000},
          {"10", false, 0},         {"10KB", false, 0},      {"1 kB", false, 0},
          {"kB", false, 0},         {"0x10B", false, 0},     {"99999999999999999999B", false, 0},
      };
    for (size_t i = 0; i < ARRAY_SIZE(durations); i++) {
        uint64_t us = 0;
        assert_int_equal(duration_parse(durations[i].text, &us), durations[i].ok);
        assert_int_equal(durations[i].ok ? us : 0, durations[i].value);
    }
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        uint64_t bytes = 0;
        assert_int_equal(size_parse(sizes[i].text, &bytes), sizes[i].ok);
        assert_int_equal(sizes[i].ok ? bytes : 0, sizes[i].value);
    }
}

static void quantities_are_exact(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t ns;
    } durations[] = {{"1us", 1000},         {"100.5us", 100500},       {"20ms", 20000000},
                     {"1.5s", 1500000000u}, {"3600s", 3600000000000u}, {"0.5us", 500}};
    for (size_t i = 0; i < ARRAY_SIZE(durations); i++) {
        struct str back CLEAN_STR = {0};
        uint64_t ns;
        assert_true(duration_parse_ns(durations[i].text, &ns));
        assert_int_equal(ns, durations[i].ns);
        units_add_duration(&back, ns);
        assert_string_equal(back.text, durations[i].text);
    }
    uint64_t ns;
    assert_true(duration_parse_ns("2h", &ns));
    assert_int_equal(ns, 7200000000000u);
    assert_false(duration_parse_ns("999999999h", &ns)); /* more than 64 bits */
}

/* What is written is read as the very same, up to 64 bits; and one more is refused, not less. */
static void limits_come_back(void **state)
{
    (void)state;
    static const struct {
        void (*write)(struct str *s, uint64_t number);
        bool (*read)(const char *text, uint64_t *ret);
        const char *too_large;
    } kinds[] = {
        {units_add_duration, duration_parse_ns, "18446744073709551.616us"},
        {units_add_size, size_parse, "18446744073709551616B"},
        {units_add_rate, rate_parse, "18446744073709551616bit"},
    };
    static const uint64_t near[] = {0,          999,        1000,       1024,          1000000,
                                    UINT32_MAX, 1000000000, 1ull << 40, 1000000000000, 1ull << 63,
                                    UINT64_MAX};
    for (size_t i = 0; i < ARRAY_SIZE(kinds) * ARRAY_SIZE(near) * 3; i++) {
        uint64_t number = near[i / 3 % ARRAY_SIZE(near)] + i % 3 - 1, back = 0;
        size_t kind = i / 3 / ARRAY_SIZE(near);
        struct str text CLEAN_STR = {0};
        kinds[kind].write(&text, number);
        assert_true(kinds[kind].read(text.text, &back));
        assert_int_equal(back, number);
        assert_false(kinds[kind].read(kinds[kind].too_large, &back));
    }
    uint64_t number;
    assert_true(size_parse("00000000000000000000000007B", &number));
    assert_int_equal(number, 7);
    assert_false(size_parse("36893488147419103239B", &number)); /* 2^65 + 7 */
}

static void rates_and_sizes_are_exact(void **state)
{
    (void)state;
    static const char *const rates[] = {"8bit",   "64kbit", "1.5mbit", "9.999999999gbit",
                                        "40gbit", "1tbit"};
    static const char *const sizes[] = {"1B", "1514B", "4kB", "64KiB", "1MB", "4GiB", "1001B"};
    static const char *const not_rates[] = {"100", "10", "10mb", "10Mbit", "10 mbit", "mbit", ""};
    uint64_t number;
    for (size_t i = 0; i < ARRAY_SIZE(rates); i++) {
        struct str back CLEAN_STR = {0};
        assert_true(rate_parse(rates[i], &number));
        units_add_rate(&back, number);
        assert_string_equal(back.text, rates[i]);
    }
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        struct str back CLEAN_STR = {0};
        assert_true(size_parse(sizes[i], &number));
        units_add_size(&back, number);
        assert_string_equal(back.text, sizes[i]);
    }
    for (size_t i = 0; i < ARRAY_SIZE(not_rates); i++)
        assert_false(rate_parse(not_rates[i], &number));
}

/* 0.01% is not cut to nothing, and each of the 2^32 shares has a text of its own. */
static void shares_are_exact(void **state)
{
    (void)state;
    static const char *const texts[] = {"0.01%",   "0.1%", "1%",       "33.3%",
                                        "99.999%", "100%", "0.000001%"};
    static const char *const wrong[] = {"101%", "100.1%", "1", "1 %", "%", "-1%", "1percent"};
    uint32_t share;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        struct str back CLEAN_STR = {0};
        assert_true(share_parse(texts[i], &share));
        units_add_share(&back, share);
        assert_string_equal(back.text, texts[i]);
    }
    for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
        assert_false(share_parse(wrong[i], &share));
    assert_true(share_parse("0.01%", &share));
    assert_int_equal(share, 429497); /* of 4294967295, as tc rounds it */
    for (uint64_t one = 0; one <= UINT32_MAX; one += 7654321) {
        struct str back CLEAN_STR = {0};
        units_add_share(&back, (uint32_t)one);
        assert_true(share_parse(back.text, &share));
        assert_int_equal(share, one);
    }
}

static void regexes_fit_or_are_refused(void **state)
{
    char why[REGEX_WHY_MAX] = "";
    regex_t regex;
    (void)state;
    assert_int_equal(regex_compile(&regex, "^b+(c|d)$", 0, why), 0);
    assert_true(regex_fits(&regex, "bbd"));
    assert_false(regex_fits(&regex, "a\nbbd"));
    assert_false(regex_fits(&regex, ""));
    regfree(&regex);
    assert_int_equal(regex_compile(&regex, "^bd", REG_NEWLINE, why), 0);
    assert_true(regex_fits(&regex, "a\nbd"));
    regfree(&regex);
    assert_int_equal(regex_compile(&regex, "(", 0, why), -EINVAL);
    assert_string_not_equal(why, "");
    assert_int_equal(regex_compile(&regex, "((a{99}){99}){99}", 0, why), -E2BIG);
    assert_int_equal(regex_compile(&regex, "(((((((((((((((((a+)+)+)+)+)+)+)+)+)+)+)+)+)+)+)+)+)",
                                   0, why),
                     -E2BIG);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(arena_gives_zeroed_aligned_memory),
        TEST(vec_grows_and_keeps),
        TEST(map_finds_what_was_put),
        TEST(nearest_finds_slips_and_no_more),
        TEST(bytes_come_back_from_hex),
        TEST(shell_words_are_quoted_where_needed),
        TEST(prefixes_are_read),
        TEST(prefixes_overlap_whichever_is_wider),
        TEST(addresses_add_with_carry),
        TEST(macs_are_read),
        TEST(errors_gain_context),
        TEST(diagnostics_show_the_place),
        TEST(diagnostics_show_no_controls),
        TEST(diagnostics_stop_at_twenty),
        TEST(quantities_need_their_unit),
        TEST(quantities_are_exact),
        TEST(limits_come_back),
        TEST(rates_and_sizes_are_exact),
        TEST(shares_are_exact),
        TEST(regexes_fit_or_are_refused),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
