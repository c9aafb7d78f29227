// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Small tables against the plain ones that they stand for: prefixes of one /24 at random, one
 * inside the other, sets at random, some of them the node's own, some kept; then every address is
 * looked up in both.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include <cmocka.h>

#include "base/arena.h"
#include "model/paths_tree.h"

enum { PREFIXES = 40, KEPT = 4, ENTRIES = 128, ROUNDS = 4000 };

#define NOTHING PATHS_NOWHERE
#define OWN PATHS_OWN
#define OTHER (PATHS_OWN - 1) /* what is kept */

struct entry {
    struct prefix to;
    uint32_t set;
};

struct world {
    struct arena *arena;
    struct paths_tree tree;
    struct paths_table table;
    struct prefix prefixes[PREFIXES];
    uint32_t n;
    struct entry plain[ENTRIES], small[ENTRIES];
    uint32_t n_plain, n_small, given;
};

static uint32_t seed;

static uint32_t chance(uint32_t n)
{
    seed = seed * 1664525 + 1013904223;
    return (uint32_t)((uint64_t)(seed >> 8) * n >> 24);
}

static int by_prefix(const void *a, const void *b)
{
    return prefix_compare(a, b);
}

static struct prefix random_prefix(void)
{
    struct prefix p = {{AF_INET, {10, 0, 0, (uint8_t)chance(256)}}, (uint8_t)(24 + chance(9))};
    p.addr = prefix_network(&p);
    return p;
}

static void make_tree(struct world *w)
{
    struct prefix all[PREFIXES];
    uint32_t n = 1 + chance(PREFIXES);
    for (uint32_t i = 0; i < n; i++)
        all[i] = random_prefix();
    qsort(all, n, sizeof(*all), by_prefix);
    for (uint32_t i = 0; i < n; i++) {
        if (!i || prefix_compare(&all[i - 1], &all[i]) != 0)
            w->prefixes[w->n++] = all[i];
    }
    paths_tree_init(&w->tree, w->arena, AF_INET, w->prefixes, w->n);
    paths_table_init(&w->table, w->arena, &w->tree);
    paths_table_clear(&w->table);
}

/* One more of what both tables have. */
static void add_other(struct world *w, const struct prefix *to, uint32_t set)
{
    w->plain[w->n_plain++] = (struct entry){*to, set};
    w->small[w->n_small++] = (struct entry){*to, set};
}

static bool is_kept(const struct world *w, const struct prefix *prefix)
{
    for (uint32_t i = 0; i < w->n_small; i++) {
        if (w->small[i].set == OTHER && prefix_compare(&w->small[i].to, prefix) == 0)
            return true;
    }
    return false;
}

/* Each destination has a set, most of them the same; or none, or is the node's own. */
static void say_sets(struct world *w, uint32_t sets)
{
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t place = paths_tree_find(&w->tree, &w->prefixes[i]), sort = chance(8);
        uint32_t set = sort == 0 ? NOTHING : sort == 1 ? OWN : chance(3) ? 0 : chance(sets);
        assert_int_equal(prefix_compare(&w->tree.prefixes[place], &w->prefixes[i]), 0);
        w->table.sets[place] = set;
        if (set == OWN)
            add_other(w, &w->prefixes[i], OWN);
        else if (set != NOTHING && !is_kept(w, &w->prefixes[i]))
            w->plain[w->n_plain++] = (struct entry){w->prefixes[i], set};
    }
}

static void keep_some(struct world *w)
{
    for (uint32_t i = chance(KEPT); i > 0; i--) {
        struct prefix kept = chance(2) ? random_prefix() : w->prefixes[chance(w->n)];
        paths_table_keep(&w->table, &kept);
        add_other(w, &kept, OTHER);
    }
}

static void take_route(void *arg, const struct prefix *to, uint32_t set)
{
    struct world *w = arg;
    for (uint32_t i = 0; i < w->n_small; i++)
        assert_int_not_equal(prefix_compare(&w->small[i].to, to), 0);
    w->small[w->n_small++] = (struct entry){*to, set};
    w->given++;
}

/* The node's own subnets win over what is kept for the same prefix, as the kernel's metric does. */
static uint32_t look_up(const struct entry *v, uint32_t n, uint8_t last)
{
    const struct addr addr = {AF_INET, {10, 0, 0, last}};
    const struct entry *best = NULL;
    for (uint32_t i = 0; i < n; i++) {
        bool longer =
            !best || v[i].to.len > best->to.len || (v[i].to.len == best->to.len && v[i].set == OWN);
        if (prefix_contains(&v[i].to, &addr) && longer)
            best = &v[i];
    }
    return best ? best->set : NOTHING;
}

static void begin(struct world *w, uint32_t round)
{
    memset(w, 0, sizeof(*w));
    seed = round;
    w->arena = arena_new();
    make_tree(w);
    keep_some(w);
}

static void nothing_goes_another_way(void **state)
{
    struct world *w = *state;
    uint32_t plain = 0, given = 0;
    for (uint32_t round = 1; round <= ROUNDS; round++) {
        begin(w, round);
        say_sets(w, 1 + round % 3);
        paths_table_each(&w->table, PATHS_NOWHERE, take_route, w);
        for (unsigned last = 0; last < 256; last++)
            assert_int_equal(look_up(w->small, w->n_small, (uint8_t)last),
                             look_up(w->plain, w->n_plain, (uint8_t)last));
        plain += w->n_plain - (w->n_small - w->given);
        given += w->given;
        arena_free(w->arena);
    }
    print_message("%u routes in place of %u\n", given, plain);
    assert_true(given < plain * 3 / 4);
}

/* With a default route of set 0 that is kept: what it says need not be said again. */
static void a_kept_default_covers(void **state)
{
    struct world *w = *state;
    const struct prefix all = {.addr.family = AF_INET};
    for (uint32_t round = 1; round <= ROUNDS; round++) {
        begin(w, round);
        say_sets(w, 1 + round % 3);
        w->plain[w->n_plain++] = (struct entry){all, 0};
        w->small[w->n_small++] = (struct entry){all, 0};
        paths_table_keep(&w->table, &all);
        paths_table_each(&w->table, 0, take_route, w);
        for (unsigned last = 0; last < 256; last++)
            assert_int_equal(look_up(w->small, w->n_small, (uint8_t)last),
                             look_up(w->plain, w->n_plain, (uint8_t)last));
        arena_free(w->arena);
    }
}

/* Whether a default route of SET, beside what is the node's own and what is kept, sends all that
 * the plain table sends the same way. */
static bool default_says_it(struct world *w, uint32_t set)
{
    const struct prefix all = {.addr.family = AF_INET};
    w->small[w->n_small++] = (struct entry){all, set};
    bool same = true;
    for (unsigned last = 0; last < 256; last++) {
        uint32_t plain = look_up(w->plain, w->n_plain, (uint8_t)last);
        same = same && (plain == NOTHING || plain == look_up(w->small, w->n_small, (uint8_t)last));
    }
    w->n_small--;
    return same;
}

static void a_default_stands_for_all(void **state)
{
    struct world *w = *state;
    uint32_t does = 0;
    for (uint32_t round = 1; round <= ROUNDS; round++) {
        begin(w, round);
        say_sets(w, 1 + round % 2);
        uint32_t only = paths_table_only(&w->table);
        if (only != PATHS_NOWHERE)
            assert_true(default_says_it(w, only));
        does += only != PATHS_NOWHERE;
        arena_free(w->arena);
    }
    print_message("a default route in %u of %u tables\n", does, ROUNDS);
    assert_true(does > ROUNDS / 20);
}

/* 10.0.0.0/24 and so on, N of them, all behind one, but for one of the node's own. */
static void make_row(struct world *w, uint8_t n, uint8_t own)
{
    memset(w, 0, sizeof(*w));
    w->arena = arena_new();
    for (uint8_t i = 0; i < n; i++)
        w->prefixes[w->n++] = (struct prefix){{AF_INET, {10, 0, i}}, 24};
    paths_tree_init(&w->tree, w->arena, AF_INET, w->prefixes, w->n);
    paths_table_init(&w->table, w->arena, &w->tree);
    paths_table_clear(&w->table);
    for (uint8_t i = 0; i < n; i++)
        w->table.sets[paths_tree_find(&w->tree, &w->prefixes[i])] = i == own ? OWN : 0;
}

static void own_nets_go_with_any(void **state)
{
    struct world *w = *state;
    make_row(w, 8, 5);
    paths_table_each(&w->table, PATHS_NOWHERE, take_route, w);
    assert_int_equal(w->given, 1);
    assert_int_equal(w->small[0].to.len, 21);
    arena_free(w->arena);
}

/* Joined with an own net alone, a route would only be wider. */
static void no_route_is_wide_for_nothing(void **state)
{
    struct world *w = *state;
    make_row(w, 2, 0);
    paths_table_each(&w->table, PATHS_NOWHERE, take_route, w);
    assert_int_equal(w->given, 1);
    assert_int_equal(prefix_compare(&w->small[0].to, &w->prefixes[1]), 0);
    arena_free(w->arena);
}

static void kept_ones_are_joined_with_nothing(void **state)
{
    struct world *w = *state;
    make_row(w, 8, 8);
    paths_table_keep(&w->table, &w->prefixes[5]);
    paths_table_each(&w->table, PATHS_NOWHERE, take_route, w);
    assert_int_equal(w->given, 3);
    assert_int_equal(w->small[0].to.len, 22);
    assert_int_equal(prefix_compare(&w->small[1].to, &w->prefixes[4]), 0);
    assert_int_equal(w->small[2].to.len, 23);
    arena_free(w->arena);
}

int main(void)
{
    static struct world world;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(nothing_goes_another_way, &world),
        cmocka_unit_test_prestate(a_kept_default_covers, &world),
        cmocka_unit_test_prestate(a_default_stands_for_all, &world),
        cmocka_unit_test_prestate(own_nets_go_with_any, &world),
        cmocka_unit_test_prestate(no_route_is_wide_for_nothing, &world),
        cmocka_unit_test_prestate(kept_ones_are_joined_with_nothing, &world),
    };
    return cmocka_run_group_tests_name("paths_tree", tests, NULL, NULL);
}
