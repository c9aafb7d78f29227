// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Looking at the machine: every probe gives a verdict, and the looker stays as it was. Which
 * verdicts is for the machine to say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "kernel/probe.h"

static ino_t inode(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return st.st_ino;
}

static void test_verdicts(void **state)
{
    (void)state;
    struct probe_result *results;
    size_t n;
    struct err err;
    assert_int_equal(probe_all(&results, &n, &err), 0);
    assert_true(n > 30);
    for (size_t i = 0; i < n; i++) {
        assert_true(*results[i].check);
        if (!results[i].ok)
            assert_true(*results[i].detail);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(results[i].check, results[k].check);
        assert_null(strchr(results[i].detail, '\n'));
        assert_null(strchr(results[i].remedy, '\n'));
    }
    free(results);
}

static void test_nothing_is_left(void **state)
{
    (void)state;
    static const char *const spaces[] = {"/proc/self/ns/user", "/proc/self/ns/mnt",
                                         "/proc/self/ns/net", "/proc/self/ns/pid_for_children"};
    ino_t before[ARRAY_SIZE(spaces)];
    for (size_t i = 0; i < ARRAY_SIZE(spaces); i++)
        before[i] = inode(spaces[i]);
    struct probe_result *results;
    size_t n;
    struct err err;
    assert_int_equal(probe_all(&results, &n, &err), 0);
    free(results);
    for (size_t i = 0; i < ARRAY_SIZE(spaces); i++)
        assert_int_equal(inode(spaces[i]), before[i]);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verdicts),
        cmocka_unit_test(test_nothing_is_left),
    };
    return cmocka_run_group_tests_name("probe", tests, NULL, NULL);
}
