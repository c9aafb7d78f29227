// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Each item is done once, by somebody; a stop is a stop; progress comes from the caller's thread.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>

#include "lab/crew.h"

#define ITEMS 10007

struct tally {
    atomic_uint times[ITEMS];
    atomic_uint taken;
    uint32_t stop_after; /* items; 0: never */
    pthread_t caller;
    uint32_t first_report, last_report;
    unsigned reports;
    bool foreign; /* a report came from another thread */
};

static void work(struct crew *crew, void *arg)
{
    struct tally *tally = arg;
    uint32_t first, n;
    while (crew_take(crew, &first, &n)) {
        for (uint32_t i = first; i < first + n; i++)
            atomic_fetch_add(&tally->times[i], 1);
        if (atomic_fetch_add(&tally->taken, n) + n >= tally->stop_after && tally->stop_after)
            crew_stop(crew);
        crew_done(crew, n);
    }
}

static void report(void *arg, uint32_t done)
{
    struct tally *tally = arg;
    if (!tally->reports++)
        tally->first_report = done;
    tally->last_report = done;
    tally->foreign |= !pthread_equal(pthread_self(), tally->caller);
}

static int run(struct tally *tally, uint32_t items, uint32_t chunk)
{
    struct err err;
    const struct crew_job job = {
        .items = items,
        .chunk = chunk,
        .body = work,
        .arg = tally,
        .progress = report,
        .progress_arg = tally,
    };
    tally->caller = pthread_self();
    return crew_run(&job, &err);
}

static void test_each_once(void **state)
{
    (void)state;
    static struct tally tally;
    assert_int_equal(run(&tally, ITEMS, 7), 0);
    for (uint32_t i = 0; i < ITEMS; i++)
        assert_int_equal(tally.times[i], 1);
    assert_int_equal(tally.first_report, 0);
    assert_int_equal(tally.last_report, ITEMS);
    assert_false(tally.foreign);
}

static void test_few(void **state)
{
    (void)state;
    for (uint32_t items = 0; items < 4; items++) {
        struct tally *tally = calloc(1, sizeof(*tally));
        assert_int_equal(run(tally, items, 16), 0);
        assert_int_equal(tally->taken, items);
        free(tally);
    }
}

/* No more than what the threads had in hand is done after a stop. */
static void test_stop(void **state)
{
    (void)state;
    static struct tally tally = {.stop_after = 20};
    assert_int_equal(run(&tally, ITEMS, 10), 0);
    assert_true(tally.taken >= 20);
    assert_true(tally.taken <= 20 + 10 * CREW_THREADS_MAX);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_once),
        cmocka_unit_test(test_few),
        cmocka_unit_test(test_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
