// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Settings are found, compared and refused. No privileges: nothing is changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/sysctl.h"

static void test_compare(void **state)
{
    (void)state;
    struct sysctl_door door = SYSCTL_DOOR_CLOSED;
    assert_int_equal(sysctl_is(&door, "kernel/ostype", "Linux"), 1);
    assert_int_equal(sysctl_is(&door, "kernel/ostype", " Linux\n"), 1);
    assert_int_equal(sysctl_is(&door, "kernel/ostype", "Linu"), 0);
    assert_int_equal(sysctl_is(&door, "kernel/ostype", "Linux 6"), 0);
    assert_int_equal(sysctl_is(&door, "kernel/ostype", ""), 0);
    sysctl_door_close(&door);
}

/* Of several numbers, whatever stands between them. */
static void test_compare_words(void **state)
{
    (void)state;
    struct sysctl_door door = SYSCTL_DOOR_CLOSED;
    char range[64] = "";
    CLEAN_FILE FILE *file = fopen("/proc/sys/net/ipv4/ip_local_port_range", "re");
    if (!file || !fgets(range, sizeof(range), file))
        skip();
    *strchr(range, '\t') = ' ';
    assert_int_equal(sysctl_is(&door, "net/ipv4/ip_local_port_range", range), 1);
    *strchr(range, ' ') = '\0';
    assert_int_equal(sysctl_is(&door, "net/ipv4/ip_local_port_range", range), 0);
    sysctl_door_close(&door);
}

static void test_refusals(void **state)
{
    (void)state;
    struct sysctl_door door = SYSCTL_DOOR_CLOSED;
    assert_int_equal(sysctl_is(&door, "net/ipv4/no_such_thing", "1"), -ENOENT);
    assert_int_equal(sysctl_write(&door, "net/ipv4/no_such_thing", "1"), -ENOENT);
    int r = sysctl_write(&door, "kernel/ostype", "Linux");
    assert_true(r == -EACCES || r == -EPERM || r == -EROFS);
    sysctl_door_close(&door);
}

/* The door is opened anew as it wears out, and goes on working. */
static void test_many_namespaces(void **state)
{
    (void)state;
    struct sysctl_door door = SYSCTL_DOOR_CLOSED;
    for (unsigned i = 0; i < 200; i++) {
        sysctl_door_moved(&door);
        assert_int_equal(sysctl_is(&door, "kernel/ostype", "Linux"), 1);
    }
    sysctl_door_close(&door);
    assert_int_equal(door.proc, -1);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_compare),
        cmocka_unit_test(test_compare_words),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_many_namespaces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
