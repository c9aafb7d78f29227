// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Impairments: as settings, as requests of netem and tbf, and back. No privileges. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <libmnl/libmnl.h>
#include <linux/pkt_sched.h>

#include "base/arena.h"
#include "model/language_impair.h"
#include "netlink/compat.h"
#include "netlink/qdisc.h"

static struct impair impair_of(const char *const *settings)
{
    struct arena *arena = arena_new();
    struct impair_input input = {0};
    struct err err = {0};
    assert_int_equal(impair_parse(arena, settings, &input, &err), 0);
    arena_free(arena);
    return input.value;
}

#define IMPAIR(...) impair_of((const char *const[]){__VA_ARGS__, NULL})

/* --- Settings -------------------------------------------------------------------------------- */

static void test_settings_say_the_same_back(void **state)
{
    (void)state;
    const struct impair impair =
        IMPAIR("delay=50ms", "jitter=10ms", "correlation=25%", "distribution=normal",
               "loss={p: 1%, r: 20%, bad-loss: 90%}", "duplicate=1%", "corrupt=0.1%", "reorder=25%",
               "rate=10mbit", "burst=32kB", "queue=64KiB", "seed=42");
    struct str text CLEAN_STR = {0};
    impair_add_text(&text, &impair);
    assert_string_equal(text.text,
                        " delay 50ms jitter 10ms correlation 25% distribution normal loss {p: 1%, "
                        "r: 20%, bad-loss: 90%, good-loss: 0%} duplicate 1% corrupt 0.1% reorder "
                        "25% rate 10mbit burst 32kB queue 64KiB seed 42");
}

static void refuse(const char *setting, const char *text)
{
    struct arena *arena = arena_new();
    struct impair_input input = {0};
    struct err err = {0};
    const char *const settings[] = {setting, NULL};
    assert_true(impair_parse(arena, settings, &input, &err) < 0);
    assert_int_equal(err.status, STATUS_WRONG);
    if (!strstr(err.text, text))
        fail_msg("%s: '%s' is not in: %s", setting, text, err.text);
    arena_free(arena);
}

static void test_wrong_settings(void **state)
{
    (void)state;
    refuse("delay=20", "a time has a unit: 20ms");
    refuse("dealy=20ms", "did you mean 'delay'?");
    refuse("loss={p: 1%}", "needs 'r'");
    refuse("loss=[1%", "loss=[1%: ");
    refuse("delay", "'delay' is no setting");
    refuse("=20ms", "=20ms");
    refuse("delay=1ms\nloss: 1%", "is no setting");
}

static void test_nothing_takes_away(void **state)
{
    (void)state;
    static const char *const none[] = {"delay=none", "delay=~", "delay="};
    for (size_t i = 0; i < ARRAY_SIZE(none); i++) {
        struct arena *arena = arena_new();
        struct impair_input input = {.value.delay = 5};
        struct err err = {0};
        assert_int_equal(impair_parse(arena, (const char *const[]){none[i], NULL}, &input, &err),
                         0);
        assert_int_equal(input.value.delay, 0);
        assert_int_not_equal(input.pos[IMPAIR_DELAY].line, 0);
        arena_free(arena);
    }
}

/* --- Requests -------------------------------------------------------------------------------- */

/* What is queued for IMPAIR: up to two requests. */
struct requests {
    struct nl *nl;
    struct netem_tables tables;
    const struct nlmsghdr *of[2];
};

static struct requests requests_of(const struct impair *impair)
{
    struct requests r = {0};
    struct err err;
    size_t size;
    const struct qdisc_wish wish = {.index = 17, .impair = impair, .tables = &r.tables};
    assert_int_equal(nl_open(&r.nl, &err), 0);
    qdisc_add(r.nl, &wish, 0);
    const struct nlmsghdr *msg = nl_queued(r.nl, &size);
    int len = (int)size;
    for (size_t i = 0; mnl_nlmsg_ok(msg, len); msg = mnl_nlmsg_next(msg, &len))
        r.of[i++] = msg;
    return r;
}

static void requests_done(struct requests *r)
{
    netem_tables_done(&r->tables);
    nl_close(r->nl);
}
#define CLEAN_REQUESTS CLEANUP(requests_done)

static const struct nlattr *option_of(const struct nlmsghdr *msg, size_t head, uint16_t type)
{
    const struct nlattr *attr, *options = NULL;
    mnl_attr_for_each(attr, msg, sizeof(struct tcmsg))
    {
        if (mnl_attr_get_type(attr) == TCA_OPTIONS)
            options = attr;
    }
    assert_non_null(options);
    const char *payload = mnl_attr_get_payload(options);
    const char *end = payload + mnl_attr_get_payload_len(options);
    attr = (const void *)(payload + head);
    for (; mnl_attr_ok(attr, (int)(end - (const char *)attr)); attr = mnl_attr_next(attr)) {
        if (mnl_attr_get_type(attr) == type)
            return attr;
    }
    return NULL;
}

#define NETEM_HEAD sizeof(struct tc_netem_qopt)

static uint64_t netem_u64(const struct nlmsghdr *msg, uint16_t type)
{
    const struct nlattr *attr = option_of(msg, NETEM_HEAD, type);
    assert_non_null(attr);
    assert_int_equal(mnl_attr_get_payload_len(attr), sizeof(uint64_t));
    return mnl_attr_get_u64(attr);
}

static void test_times_have_64_bits(void **state)
{
    (void)state;
    const struct impair impair = IMPAIR("delay=10h", "jitter=2.147483s");
    struct requests r CLEAN_REQUESTS = requests_of(&impair);
    assert_int_equal(netem_u64(r.of[0], TCA_NETEM_LATENCY64), 36000000000000u);
    assert_int_equal(netem_u64(r.of[0], TCA_NETEM_JITTER64), 2147483000);
    assert_null(r.of[1]);
}

static void test_rates_beyond_32_bits(void **state)
{
    (void)state;
    const struct impair narrow = IMPAIR("rate=10mbit"), wide = IMPAIR("rate=40gbit");
    struct requests a CLEAN_REQUESTS = requests_of(&narrow);
    struct requests b CLEAN_REQUESTS = requests_of(&wide);
    const struct tc_netem_rate *rate =
        mnl_attr_get_payload(option_of(a.of[0], NETEM_HEAD, TCA_NETEM_RATE));
    assert_int_equal(rate->rate, 1250000);
    assert_null(option_of(a.of[0], NETEM_HEAD, TCA_NETEM_RATE64));
    assert_int_equal(netem_u64(b.of[0], TCA_NETEM_RATE64), 5000000000u);
}

/* A netem keeps what it is not told anew, so even what is not wanted is said. */
static void test_everything_is_said(void **state)
{
    (void)state;
    static const uint16_t types[] = {TCA_NETEM_LATENCY64, TCA_NETEM_JITTER64, TCA_NETEM_CORR,
                                     TCA_NETEM_REORDER,   TCA_NETEM_CORRUPT,  TCA_NETEM_RATE};
    const struct impair impair = IMPAIR("loss=1%");
    struct requests r CLEAN_REQUESTS = requests_of(&impair);
    for (size_t i = 0; i < ARRAY_SIZE(types); i++)
        assert_non_null(option_of(r.of[0], NETEM_HEAD, types[i]));
    assert_null(option_of(r.of[0], NETEM_HEAD, COMPAT_TCA_NETEM_PRNG_SEED));
    assert_null(option_of(r.of[0], NETEM_HEAD, TCA_NETEM_LOSS));
    assert_null(option_of(r.of[0], NETEM_HEAD, TCA_NETEM_DELAY_DIST));
}

static void test_seed(void **state)
{
    (void)state;
    const struct impair impair = IMPAIR("loss=1%", "seed=18446744073709551615");
    struct requests r CLEAN_REQUESTS = requests_of(&impair);
    assert_int_equal(netem_u64(r.of[0], 14), UINT64_MAX);
    const struct tcmsg *header = mnl_nlmsg_get_payload(r.of[0]);
    assert_int_equal(header->tcm_handle, 9 << 16);
    assert_int_equal(header->tcm_ifindex, 17);
    assert_int_equal(header->tcm_parent, TC_H_ROOT);
}

static void test_tbf_stands_in_netem(void **state)
{
    (void)state;
    const struct impair impair = IMPAIR("delay=8ms", "rate=40gbit", "burst=32kB", "queue=64kB");
    struct requests r CLEAN_REQUESTS = requests_of(&impair);
    const struct tcmsg *header = mnl_nlmsg_get_payload(r.of[1]);
    assert_int_equal(header->tcm_parent, 1 << 16 | 1);
    const struct tc_tbf_qopt *parms = mnl_attr_get_payload(option_of(r.of[1], 0, TCA_TBF_PARMS));
    assert_int_equal(parms->limit, 64000);
    assert_int_equal(parms->rate.rate, UINT32_MAX);
    assert_int_equal(mnl_attr_get_u64(option_of(r.of[1], 0, TCA_TBF_RATE64)), 5000000000u);
    assert_int_equal(mnl_attr_get_u32(option_of(r.of[1], 0, TCA_TBF_BURST)), 32000);
    const struct tc_netem_rate *rate =
        mnl_attr_get_payload(option_of(r.of[0], NETEM_HEAD, TCA_NETEM_RATE));
    assert_int_equal(rate->rate, 0); /* not twice */
}

static void test_tbf_alone(void **state)
{
    (void)state;
    const struct impair impair = IMPAIR("rate=1mbit", "queue=64kB");
    struct requests r CLEAN_REQUESTS = requests_of(&impair);
    const struct tcmsg *header = mnl_nlmsg_get_payload(r.of[0]);
    assert_int_equal(header->tcm_parent, TC_H_ROOT);
    assert_int_equal(mnl_attr_get_u32(option_of(r.of[0], 0, TCA_TBF_BURST)), 1514);
    assert_null(r.of[1]);
}

/* --- Distributions --------------------------------------------------------------------------- */

/* Values of iproute2's own tables at some places; hers of the normal distribution is a little less
 * exact than ours. */
static void test_tables_are_tcs(void **state)
{
    (void)state;
    static const struct {
        enum impair_distribution of;
        unsigned at;
        int value, within;
    } known[] = {
        {DISTRIBUTION_NORMAL, 410, -10493, 10},      {DISTRIBUTION_NORMAL, 2048, 0, 10},
        {DISTRIBUTION_NORMAL, 3446, 8192, 10},       {DISTRIBUTION_PARETO, 0, -5461, 0},
        {DISTRIBUTION_PARETO, 2048, -2622, 1},       {DISTRIBUTION_PARETO, 4095, 32767, 0},
        {DISTRIBUTION_PARETONORMAL, 2048, -1966, 5},
    };
    struct netem_tables tables CLEAN_NETEM_TABLES = {0};
    assert_null(netem_tables_get(&tables, DISTRIBUTION_UNIFORM));
    for (size_t i = 0; i < ARRAY_SIZE(known); i++) {
        int value = netem_tables_get(&tables, known[i].of)[known[i].at];
        assert_in_range(value - known[i].value + known[i].within, 0, 2 * known[i].within);
    }
}

static void test_tables_rise(void **state)
{
    (void)state;
    struct netem_tables tables CLEAN_NETEM_TABLES = {0};
    for (unsigned of = DISTRIBUTION_NORMAL; of < DISTRIBUTION_COUNT; of++) {
        const int16_t *table = netem_tables_get(&tables, of);
        for (unsigned i = 1; i < NETEM_TABLE_SIZE; i++)
            assert_true(table[i] >= table[i - 1]);
    }
}

static void test_handles_keep_what_netem_forgets(void **state)
{
    (void)state;
    for (unsigned of = 0; of < DISTRIBUTION_COUNT; of++) {
        for (unsigned seeded = 0; seeded < 2; seeded++) {
            const struct impair impair = {.distribution = of, .seed.given = seeded};
            enum impair_distribution found;
            bool found_seed;
            assert_true(impair_read_handle(impair_handle(&impair), &found, &found_seed));
            assert_int_equal(found, of);
            assert_int_equal(found_seed, seeded);
        }
    }
    enum impair_distribution found;
    bool seeded;
    assert_false(impair_read_handle(0x8001, &found, &seeded)); /* as tc chooses them */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settings_say_the_same_back),
        cmocka_unit_test(test_wrong_settings),
        cmocka_unit_test(test_nothing_takes_away),
        cmocka_unit_test(test_times_have_64_bits),
        cmocka_unit_test(test_rates_beyond_32_bits),
        cmocka_unit_test(test_everything_is_said),
        cmocka_unit_test(test_seed),
        cmocka_unit_test(test_tbf_stands_in_netem),
        cmocka_unit_test(test_tbf_alone),
        cmocka_unit_test(test_tables_are_tcs),
        cmocka_unit_test(test_tables_rise),
        cmocka_unit_test(test_handles_keep_what_netem_forgets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
