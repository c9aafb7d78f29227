// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Raw nft text in a build that has not libnftables. */
#undef HAVE_LIBNFTABLES
#include "lab/raw_nft.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_refused_before_anything_is_built(void **state)
{
    (void)state;
    struct firewall plain = {0}, raw = {.raw = {.text = "", .pos = {7, 9, 3}}};
    struct node a = {0}, b = {.firewall = &plain}, c = {.firewall = &raw};
    struct node *nodes[] = {&a, &b, &c};
    struct topo topo = {0};
    struct err err = {0};
    topo.nodes.v = nodes;
    topo.nodes.n = 2;
    assert_int_equal(raw_nft_check(&topo, &err), 0);
    topo.nodes.n = 3;
    assert_int_equal(raw_nft_check(&topo, &err), -EOPNOTSUPP);
    assert_int_equal(err.status, STATUS_LACKING);
    assert_int_equal(err.pos.line, 7);
    assert_non_null(strstr(err.text, "libnftables"));
    assert_int_equal(raw_nft_load(&raw, &err), -EOPNOTSUPP);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused_before_anything_is_built),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
