// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "model/pool.h"

static struct prefix prefix(const char *text)
{
    struct prefix p;
    bool bare;
    assert_true(prefix_parse(text, &p, &bare));
    return p;
}

static void takes(struct pool *pool, unsigned len, const char *want)
{
    struct prefix got;
    char buf[ADDR_TEXT_MAX];
    assert_true(pool_take(pool, len, &got));
    assert_string_equal(prefix_text(&got, buf), want);
}

static void the_lowest_that_fits_is_taken(void **state)
{
    struct pool pool;
    struct prefix all = prefix("10.0.0.0/16"), none;
    pool_init(&pool, *state, &all, NULL, 0);
    assert_int_equal(pool_room(&pool, 24), 256);
    takes(&pool, 24, "10.0.0.0/24");
    takes(&pool, 24, "10.0.1.0/24");
    takes(&pool, 30, "10.0.2.0/30");
    takes(&pool, 24, "10.0.3.0/24");
    takes(&pool, 30, "10.0.2.4/30");
    takes(&pool, 17, "10.0.128.0/17");
    assert_int_equal(pool_room(&pool, 24), 124);
    assert_false(pool_take(&pool, 16, &none));
    takes(&pool, 32, "10.0.2.8/32");
}

static void what_is_used_is_not_given(void **state)
{
    struct pool pool;
    struct prefix all = prefix("fd00::/62"), got;
    const struct prefix used[] = {prefix("fc00::/8"), prefix("fd00::5/128"),
                                  prefix("fd00:0:0:2::/64"), prefix("fd00:0:0:2::/96"),
                                  prefix("fd00:1::/64")};
    pool_init(&pool, *state, &all, used, ARRAY_SIZE(used));
    assert_int_equal(pool_room(&pool, 64), 2);
    takes(&pool, 64, "fd00:0:0:1::/64");
    takes(&pool, 64, "fd00:0:0:3::/64");
    assert_false(pool_take(&pool, 64, &got));
    takes(&pool, 126, "fd00::/126");
    takes(&pool, 126, "fd00::8/126");
}

static void a_pool_that_is_used_up_gives_nothing(void **state)
{
    struct pool pool;
    struct prefix all = prefix("10.0.0.0/24"), wide = prefix("10.0.0.0/8"), got;
    pool_init(&pool, *state, &all, &wide, 1);
    assert_int_equal(pool_room(&pool, 32), 0);
    assert_false(pool_take(&pool, 32, &got));
}

/* Against a table of all 1024 addresses. */
static void random_pools_never_overlap(void **state)
{
    uint32_t seed = 1;
    for (int round = 0; round < 200; round++) {
        struct prefix all = prefix("10.0.0.0/22"), used[8], got;
        bool taken[1024] = {false};
        struct pool pool;
        for (int i = 0; i < 8; i++) {
            seed = seed * 1664525 + 1013904223;
            used[i] =
                (struct prefix){addr_add(&all.addr, seed >> 22), (uint8_t)(26 + (seed & 3) * 2)};
            used[i].addr = prefix_network(&used[i]);
            struct addr at = used[i].addr;
            for (unsigned j = 0; j < 1u << (32 - used[i].len); j++)
                taken[(at.bytes[2] << 8 | at.bytes[3]) + j] = true;
        }
        for (int i = 0; i < 8; i++) { /* sorted by address, then length */
            for (int j = 0; j < i; j++) {
                int order = addr_compare(&used[i].addr, &used[j].addr);
                if (order < 0 || (!order && used[i].len < used[j].len)) {
                    struct prefix swap = used[i];
                    used[i] = used[j];
                    used[j] = swap;
                }
            }
        }
        pool_init(&pool, *state, &all, used, 8);
        for (;;) {
            seed = seed * 1664525 + 1013904223;
            unsigned len = 27 + (seed >> 20) % 6, size = 1u << (32 - len), first = 0;
            bool free = false;
            for (; first < 1024 && !free; first += size) {
                free = true;
                for (unsigned j = 0; j < size; j++)
                    free = free && !taken[first + j];
                if (free)
                    break;
            }
            assert_int_equal(pool_take(&pool, len, &got), free);
            if (!free)
                break;
            assert_int_equal(got.addr.bytes[2] << 8 | got.addr.bytes[3], first);
            for (unsigned j = 0; j < size; j++)
                taken[first + j] = true;
        }
    }
}

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

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_lowest_that_fits_is_taken),
        TEST(what_is_used_is_not_given),
        TEST(a_pool_that_is_used_up_gives_nothing),
        TEST(random_pools_never_overlap),
    };
    return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
