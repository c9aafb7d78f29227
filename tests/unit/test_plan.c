// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka wants the three above first
#include <cmocka.h>

#include "plan/plan.h"

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

static struct plan *plan(void **state, const char *text)
{
    struct diags *d = arena_new_of(*state, struct diags);
    diags_init(d, *state, "t.yaml", text);
    struct topo *topo = topo_load(d, NULL);
    assert_non_null(topo);
    return plan_new(topo);
}

static const char *const lab =
    "nodes:\n"
    "  sw: {kind: hub, interfaces: {br0: {addresses: [fd00::9/64]}}}\n"
    "  a: {interfaces: {d0: {type: dummy, addresses: [10.9.0.1/24]}},\n"
    "      routes: [{to: 10.8.0.0/16, via: 10.9.0.2}],\n"
    "      routing-policy: [{fwmark: 1, table: 9}],\n"
    "      sysctls: {net.ipv4.conf.eth0.rp_filter: 1}}\n"
    "links:\n"
    "  - {endpoints: [a, {node: sw, state: down, alias: it's}], addresses: [fd00::1/64, ~]}\n";

static void parts_come_in_order(void **state)
{
    struct plan *p = plan(state, lab);
    uint32_t next = 0;
    for (uint32_t i = 0; i < p->topo->nodes.n; i++) {
        assert_int_equal(p->setup[i].first, next);
        assert_int_equal(p->ops.v[next].kind, OP_NODE);
        for (uint32_t j = 1; j < p->setup[i].n; j++)
            assert_int_equal(p->ops.v[next + j].kind, OP_SYSCTL);
        next += p->setup[i].n;
    }
    assert_int_equal(p->links.first, next);
    assert_int_equal(p->links.n, 1);
    next += p->links.n;
    for (uint32_t i = 0; i < p->topo->nodes.n; i++) {
        assert_int_equal(p->config[i].first, next);
        for (uint32_t j = 0; j < p->config[i].n; j++)
            assert_ptr_equal(op_node(p, &p->ops.v[next + j]), p->topo->nodes.v[i]);
        next += p->config[i].n;
    }
    assert_int_equal(next, p->ops.n);
}

static void a_node_is_configured_from_the_ground_up(void **state)
{
    static const enum op_kind wanted[] = {OP_DEVICE,  OP_SYSCTL,  OP_SET,   OP_SET,
                                          OP_ADDRESS, OP_ADDRESS, OP_ROUTE, OP_RULE};
    struct plan *p = plan(state, lab);
    struct op_range range = p->config[topo_find_node(p->topo, "a")->id];
    assert_int_equal(range.n, ARRAY_SIZE(wanted));
    for (uint32_t i = 0; i < range.n; i++)
        assert_int_equal(p->ops.v[range.first + i].kind, wanted[i]);
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("'%s' is not in:\n%s", part, text);
}

static void the_script_says_it_in_ips_words(void **state)
{
    char *sh = plan_print(plan(state, lab), PLAN_SH);
    assert_has(sh, "new_hub t.sw\n");
    assert_has(sh, "ip link add name eth0 netns t.a numtxqueues 1 numrxqueues 1 type veth \\\n"
                   "    peer name eth0 netns t.sw numtxqueues 1 numrxqueues 1\n");
    assert_has(sh, "ip -n t.sw link add name br0 type bridge stp_state 0 forward_delay 0 "
                   "mcast_snooping 0 ageing_time 0\n");
    assert_has(sh, "bridge -n t.sw link set dev eth0 learning off\n");
    assert_has(sh, "ip -n t.sw link set dev eth0 alias 'it'\\''s'\n");
    assert_has(sh, "ip -n t.a address add fd00::1/64 dev eth0 nodad\n");
    assert_has(sh, "ip -n t.a route add 10.8.0.0/16 via 10.9.0.2 dev d0\n");
    assert_has(sh, "ip -n t.a rule add priority 10000 from all fwmark 0x1 lookup 9\n");
    assert_has(sh, "ip -n t.a -6 rule add priority 10000 from all fwmark 0x1 lookup 9\n");
    assert_has(sh, "ip netns exec t.a sysctl -q -w net.ipv4.conf.eth0.rp_filter=1\n");
    assert_has(sh, "ip netns exec t.sw sysctl -q -w net.ipv6.conf.br0.disable_ipv6=0\n");
    free(sh);
}

static void every_operation_has_words(void **state)
{
    struct plan *p = plan(state, lab);
    VEC_EACH (struct op, it, &p->ops) {
        const char *text = op_text(*state, p, it);
        assert_true(strlen(text) > 5);
    }
    assert_string_equal(op_text(*state, p, &p->ops.v[p->links.first]),
                        "creating link a:eth0 - sw:eth0");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(parts_come_in_order),
        TEST(a_node_is_configured_from_the_ground_up),
        TEST(the_script_says_it_in_ips_words),
        TEST(every_operation_has_words),
    };
    return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
