// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/socket.h>
// cmocka wants the four above first
#include <cmocka.h>

#include "model/kinds.h"
#include "model/model.h"
#include "model/names.h"

static struct diags diags;

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

static struct topo *load(void **state, const char *text)
{
    diags_init(&diags, *state, "dir/t.yaml", text);
    struct topo *topo = topo_load(&diags, NULL);
    if (!topo) {
        struct str s CLEAN_STR = {0};
        diags_print_text(&diags, false, &s);
        fail_msg("%s", s.text);
    }
    return topo;
}

static const struct diag *load_bad(void **state, const char *text)
{
    diags_init(&diags, *state, "dir/t.yaml", text);
    assert_null(topo_load(&diags, NULL));
    return &diags.list.v[0];
}

static struct iface *iface(struct topo *topo, const char *node, const char *name)
{
    struct node *n = topo_find_node(topo, node);
    assert_non_null(n);
    struct iface *i = node_find_iface(n, name);
    assert_non_null(i);
    return i;
}

static void assert_addr(const struct iface *i, unsigned at, const char *expected)
{
    char buf[ADDR_TEXT_MAX];
    assert_true(at < i->addrs.n);
    assert_string_equal(prefix_text(&i->addrs.v[at].prefix, buf), expected);
}

static void names_follow_the_rules(void **state)
{
    (void)state;
    assert_true(lab_name_valid("a1_-"));
    assert_false(lab_name_valid("a.b"));
    assert_false(lab_name_valid("-a"));
    assert_false(lab_name_valid("abcdefghijklmnopqrstuvwxyz1234567"));
    assert_true(node_name_valid("r1.site-2"));
    assert_false(node_name_valid("all"));
    assert_false(node_name_valid("_x"));
    assert_true(iface_name_valid("eth0.100"));
    assert_false(iface_name_valid("sixteen-bytes-xx"));
    assert_false(iface_name_valid("a b"));
    assert_false(iface_name_valid("eth%d"));
    assert_false(iface_name_valid("default"));
    assert_true(endpoint_valid("r1:eth0"));
    assert_false(endpoint_valid("r1:"));
    assert_true(sysctl_name_valid("net.ipv4.conf.eth0/100.rp_filter"));
    assert_true(sysctl_name_valid("net/ipv4/conf/eth0.100/rp_filter"));
    assert_false(sysctl_name_valid("net/../kernel/x"));
    assert_false(sysctl_name_valid("net.//.kernel.x"));
    assert_false(sysctl_name_valid("kernel.hostname"));
    assert_false(sysctl_name_valid("network.x"));
    assert_true(iface_sysctl_valid("ipv6.neigh.retrans_time_ms"));
    assert_false(iface_sysctl_valid("ipv5.x"));
    assert_false(iface_sysctl_valid("ipv4.a/b"));
}

static void the_files_name_names_the_lab(void **state)
{
    assert_string_equal(load(state, "nodes: {h1: }")->name, "t");
    assert_string_equal(load(state, "{name: my_lab, nodes: {h1: }}")->name, "my_lab");
    diags_init(&diags, *state, "bad name.yaml", "nodes: {h1: }");
    assert_null(topo_load(&diags, NULL));
    diags_init(&diags, *state, "bad name.yaml", "nodes: {h1: }");
    assert_string_equal(topo_load(&diags, &(struct topo_options){.name = "given"})->name, "given");
    diags_init(&diags, *state, "x/lab2.yaml", "nodes: [broken");
    assert_string_equal(topo_peek_name(&diags), "lab2");
}

static void what_a_node_inherits(void **state)
{
    struct topo *topo = load(state, "defaults: {node: {kind: router, labels: {a: 1, b: 1}}}\n"
                                    "profiles: {p: {labels: {b: 2}, forwarding: false},\n"
                                    "           q: {labels: {c: 3}}}\n"
                                    "nodes:\n"
                                    "  n1: {profile: [p, q], labels: {d: 4}}\n"
                                    "  n2: {kind: host, labels: {a: }}\n"
                                    "  n3: {profile: p, forwarding: ~}\n");
    struct node *n1 = topo_find_node(topo, "n1"), *n2 = topo_find_node(topo, "n2"),
                *n3 = topo_find_node(topo, "n3");
    assert_ptr_equal(n1->kind, &node_kind_router);
    assert_ptr_equal(n2->kind, &node_kind_host);
    assert_int_equal(n1->extra->labels.n, 4);
    assert_string_equal(n1->extra->labels.v[1].value, "2");
    assert_int_equal(n2->extra->labels.n, 1);
    assert_int_equal(n1->extra->sysctls.n, 2);
    assert_string_equal(n1->extra->sysctls.v[0].path, "net/ipv4/ip_forward");
    assert_string_equal(n1->extra->sysctls.v[0].value, "0");
    assert_int_equal(node_extra(n3)->sysctls.n, 0);
}

static void interfaces_are_named_in_link_order(void **state)
{
    struct topo *topo = load(state, "nodes: {a: , b: {interfaces: {eth1: {alias: x}}}}\n"
                                    "links:\n"
                                    "  - [a, b]\n"
                                    "  - [a, b:eth0]\n"
                                    "  - [{node: a, interface: up0}, b]\n");
    assert_string_equal(topo->links.v[0]->ends[1]->name, "eth1");
    assert_string_equal(topo->links.v[1]->ends[1]->name, "eth0");
    assert_string_equal(topo->links.v[2]->ends[0]->name, "up0");
    assert_string_equal(topo->links.v[2]->ends[1]->name, "eth2");
    assert_string_equal(iface(topo, "b", "eth1")->extra->alias, "x");
    assert_int_equal(iface(topo, "a", "eth0")->index, IFINDEX_FIRST);
    assert_int_equal(iface(topo, "b", "eth1")->index, IFINDEX_FIRST + 1);
    assert_int_equal(iface(topo, "b", "eth2")->index, IFINDEX_FIRST + 5);
}

static void many_interfaces_are_found_by_name(void **state)
{
    struct str s CLEAN_STR = {0};
    str_add(&s, "nodes: {sw: {kind: switch}");
    for (int i = 0; i < 40; i++)
        str_addf(&s, ", h%d: ", i);
    str_add(&s, "}\nlinks:\n");
    for (int i = 0; i < 40; i++)
        str_addf(&s, "  - [h%d, sw%s]\n", i, i == 30 ? ":eth3" : "");
    struct topo *topo = load(state, s.text);
    assert_string_equal(topo->links.v[30]->ends[1]->name, "eth3");
    assert_string_equal(topo->links.v[3]->ends[1]->name, "eth4");
    for (uint32_t i = 0; i < topo->links.n; i++)
        assert_ptr_equal(iface(topo, "sw", topo->links.v[i]->ends[1]->name),
                         topo->links.v[i]->ends[1]);
}

static void the_nearest_word_on_an_interface_wins(void **state)
{
    struct topo *topo =
        load(state, "defaults: {link: {mtu: 4000, state: down}}\n"
                    "nodes: {a: {mtu: 2000}, b: {interfaces: {eth1: {mtu: 3000}}}}\n"
                    "links:\n"
                    "  - {endpoints: [a, {node: b, mtu: 5000, state: up}]}\n"
                    "  - {endpoints: [a, b], mtu: }\n");
    assert_int_equal(iface(topo, "a", "eth0")->mtu, 4000);
    assert_int_equal(iface(topo, "b", "eth0")->mtu, 5000);
    assert_int_equal(iface(topo, "a", "eth1")->mtu, 2000);
    assert_int_equal(iface(topo, "b", "eth1")->mtu, 3000);
    assert_true(iface(topo, "a", "eth0")->down);
    assert_false(iface(topo, "b", "eth0")->down);
    assert_int_equal(diags.warnings, 2);
}

static void subnets_number_whole_segments(void **state)
{
    struct topo *topo = load(state, "nodes: {sw: {kind: switch}, h1: , h2: , h3: , r: }\n"
                                    "links:\n"
                                    "  - {endpoints: [h1, sw], subnets: [10.0.0.0/29, fd00::/64]}\n"
                                    "  - {endpoints: [h2, sw], addresses: [10.0.0.2/29, ~]}\n"
                                    "  - [h3, sw]\n"
                                    "  - {endpoints: [h3, r], subnets: 10.1.0.0/31}\n");
    assert_addr(iface(topo, "h1", "eth0"), 0, "10.0.0.1/29");
    assert_addr(iface(topo, "h1", "eth0"), 1, "fd00::1/64");
    assert_addr(iface(topo, "h2", "eth0"), 0, "10.0.0.2/29");
    assert_addr(iface(topo, "h2", "eth0"), 1, "fd00::2/64");
    assert_addr(iface(topo, "h3", "eth0"), 0, "10.0.0.3/29");
    assert_addr(iface(topo, "h3", "eth1"), 0, "10.1.0.0/31");
    assert_addr(iface(topo, "r", "eth0"), 0, "10.1.0.1/31");
    assert_int_equal(iface(topo, "sw", "eth0")->addrs.n, 0);
}

/* 10.0.0.1 and a00:1:: begin with the same bytes. */
static void an_address_takes_none_of_the_other_family(void **state)
{
    struct topo *topo = load(state, "nodes: {a: , b: }\nlinks:\n"
                                    "  - endpoints: [{node: a, addresses: [\"a00:1::/16\"]}, b]\n"
                                    "    subnets: 10.0.0.0/30\n");
    assert_addr(iface(topo, "a", "eth0"), 1, "10.0.0.1/30");
    assert_addr(iface(topo, "b", "eth0"), 0, "10.0.0.2/30");
}

static void a_lan_is_a_hidden_switch(void **state)
{
    struct topo *topo =
        load(state, "nodes: {a: , b: , c: }\nlinks: [{lan: [a, b:lan0, c], subnets: 10.0.0.0/24}]");
    assert_int_equal(topo->lans.n, 1);
    assert_int_equal(topo->lans.v[0].members.n, 3);
    assert_int_equal(topo->links.n, 3);
    assert_int_equal(topo->nodes.n, 4);
    assert_true(topo->nodes.v[3]->hidden);
    assert_null(topo_find_node(topo, topo->nodes.v[3]->name));
    assert_addr(iface(topo, "b", "lan0"), 0, "10.0.0.2/24");
    assert_int_equal(iface(topo, "a", "eth0")->segment, iface(topo, "c", "eth0")->segment);
}

static void next_hops_find_their_interface(void **state)
{
    struct topo *topo = load(
        state, "nodes:\n"
               "  a:\n"
               "    routes:\n"
               "      - {to: default, via: 10.0.0.2}\n"
               "      - {to: default, via: fd00::2}\n"
               "      - {to: 10.9.0.0/16, via: 10.5.0.1}\n"
               "      - {to: 10.5.0.1/32, dev: eth1}\n"
               "      - {to: 10.8.0.0/16, nexthops: [{via: 10.0.0.2, weight: 3}, {via: fd00::2}]}\n"
               "      - {to: 10.7.0.0/16, type: blackhole, table: 100}\n"
               "      - {to: fd01::/16, via: fe80::1, dev: eth1}\n"
               "      - {to: 10.6.0.0/16, via: 192.0.2.1, dev: eth1, onlink: true}\n"
               "      - {to: 10.4.0.1/32, type: local}\n"
               "  b:\n"
               "links:\n"
               "  - {endpoints: [a, b], addresses: [[10.0.0.1/24, fd00::1/64], [10.0.0.2/24, "
               "fd00::2/64]]}\n"
               "  - [a, b]\n");
    struct node *a = topo_find_node(topo, "a");
    const struct route *r = a->routes.v;
    assert_int_equal(a->routes.n, 9);
    /* without a next hop first */
    assert_string_equal(r[0].hops.v[0].dev->name, "eth1");
    assert_int_equal(r[1].type, ROUTE_BLACKHOLE);
    assert_int_equal(r[1].table, 100);
    assert_int_equal(r[1].hops.n, 0);
    assert_string_equal(r[2].hops.v[0].dev->name, "lo");
    assert_int_equal(r[3].to.addr.family, AF_INET);
    assert_string_equal(r[3].hops.v[0].dev->name, "eth0");
    assert_int_equal(r[4].to.addr.family, AF_INET6);
    assert_string_equal(r[5].hops.v[0].dev->name, "eth1");
    assert_int_equal(r[6].hops.n, 2);
    assert_int_equal(r[6].hops.v[0].weight, 3);
    assert_int_equal(r[6].hops.v[1].via.family, AF_INET6);
    assert_true(r[8].hops.v[0].onlink);
}

static void rules_get_numbers_and_families(void **state)
{
    struct topo *topo =
        load(state, "nodes:\n"
                    "  a:\n"
                    "    routing-policy:\n"
                    "      - {from: 10.0.0.0/8, table: 100}\n"
                    "      - {fwmark: 0x10/0xff, ipproto: tcp, dport: 80-90, type: prohibit}\n"
                    "      - {to: fd00::/8, priority: 5, table: main}\n");
    const struct rule *r = topo_find_node(topo, "a")->extra->rules.v;
    assert_int_equal(r[0].priority, 10000);
    assert_int_equal(r[0].family, AF_INET);
    assert_int_equal(r[0].table, 100);
    assert_int_equal(r[1].priority, 10001);
    assert_int_equal(r[1].family, AF_UNSPEC);
    assert_int_equal(r[1].mark, 0x10);
    assert_int_equal(r[1].mask, 0xff);
    assert_int_equal(r[1].dport[1], 90);
    assert_int_equal(r[1].action, RULE_PROHIBIT);
    assert_int_equal(r[2].priority, 5);
    assert_int_equal(r[2].table, 254);
}

static void sysctls_wait_for_their_interface(void **state)
{
    struct topo *topo = load(state, "nodes:\n"
                                    "  a:\n"
                                    "    sysctls: {net.ipv4.conf.eth0.rp_filter: 1,\n"
                                    "              net.ipv4.conf.all.rp_filter: 2,\n"
                                    "              net.ipv4.tcp_syncookies: 0}\n"
                                    "  b: {interfaces: {eth0: {sysctls: {ipv6.accept_dad: 1}}}}\n"
                                    "links: [{endpoints: [a, b], subnets: fd00::/64}]\n");
    struct node *a = topo_find_node(topo, "a"), *b = topo_find_node(topo, "b");
    assert_int_equal(a->extra->late_sysctls.n, 1);
    assert_string_equal(a->extra->late_sysctls.v[0].path, "net/ipv4/conf/eth0/rp_filter");
    assert_int_equal(a->extra->sysctls.n, 2);
    assert_int_equal(node_extra(b)->sysctls.n, 0);
    assert_true(iface(topo, "b", "eth0")->addrs.v[0].dad);
    assert_false(iface(topo, "a", "eth0")->addrs.v[0].dad);
}

static void errors_in_a_part_do_not_breed_others(void **state)
{
    load_bad(state,
             "nodes:\n"
             "  a: {routes: [{to: default, via: 10.0.0.300}, {to: default, via: 10.0.0.2}]}\n"
             "links: [[a, bb]]\n");
    assert_int_equal(diags.errors, 2);
    load_bad(state, "{nodes: {a: {position: 1}}, links: [[a]]}");
    assert_int_equal(diags.errors, 2);
}

static void one_mistake_in_a_default_is_said_once(void **state)
{
    const struct diag *d = load_bad(state, "defaults: {node: {kind: rooter}}\n"
                                           "nodes: {a: , b: , c: }\n");
    assert_int_equal(diags.errors, 1);
    assert_int_equal(d->pos.line, 1);
    assert_string_equal(d->help, "did you mean 'router'?");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(names_follow_the_rules),
        TEST(the_files_name_names_the_lab),
        TEST(what_a_node_inherits),
        TEST(interfaces_are_named_in_link_order),
        TEST(many_interfaces_are_found_by_name),
        TEST(the_nearest_word_on_an_interface_wins),
        TEST(subnets_number_whole_segments),
        TEST(an_address_takes_none_of_the_other_family),
        TEST(a_lan_is_a_hidden_switch),
        TEST(next_hops_find_their_interface),
        TEST(rules_get_numbers_and_families),
        TEST(sysctls_wait_for_their_interface),
        TEST(errors_in_a_part_do_not_breed_others),
        TEST(one_mistake_in_a_default_is_said_once),
    };
    return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}
