// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Requests as bytes, and how refusals find their way back. No privileges. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <libmnl/libmnl.h>
#include <linux/fib_rules.h>
#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/if_bridge.h>
#include <linux/veth.h>

#include "base/arena.h"
#include "model/kinds.h"
#include "netlink/rtnl.h"

#define NO_SUCH_INDEX 0x7ffffff0

static struct addr addr_of(const char *text)
{
    struct addr addr;
    assert_true(addr_parse(text, &addr));
    return addr;
}

static struct prefix prefix_of(const char *text)
{
    struct prefix prefix;
    bool bare;
    assert_true(prefix_parse(text, &prefix, &bare));
    return prefix;
}

/* The attribute TYPE among those that start at byte FROM of the request's payload, or NULL. */
static const struct nlattr *attr_of(const struct nlmsghdr *msg, size_t from, uint16_t type)
{
    const struct nlattr *attr;
    mnl_attr_for_each(attr, msg, from)
    {
        if (mnl_attr_get_type(attr) == type)
            return attr;
    }
    return NULL;
}

static const struct nlattr *nested_of(const struct nlattr *nest, uint16_t type)
{
    const struct nlattr *attr;
    assert_non_null(nest);
    mnl_attr_for_each_nested(attr, nest)
    {
        if (mnl_attr_get_type(attr) == type)
            return attr;
    }
    return NULL;
}

static uint32_t u32_of(const struct nlattr *attr)
{
    assert_non_null(attr);
    assert_int_equal(mnl_attr_get_payload_len(attr), sizeof(uint32_t));
    return mnl_attr_get_u32(attr);
}

static const char *str_of(const struct nlattr *attr)
{
    assert_non_null(attr);
    return mnl_attr_get_str(attr);
}

static struct nl *open_nl(void)
{
    struct err err;
    struct nl *nl = NULL;
    assert_int_equal(nl_open(&nl, &err), 0);
    return nl;
}

/* Request number I of those that are queued. */
static const struct nlmsghdr *queued(const struct nl *nl, unsigned i)
{
    size_t size;
    const struct nlmsghdr *msg = nl_queued(nl, &size);
    int len = (int)size;
    for (; mnl_nlmsg_ok(msg, len); msg = mnl_nlmsg_next(msg, &len)) {
        if (i-- == 0)
            return msg;
    }
    return NULL;
}

/* --- Building ------------------------------------------------------------------------------- */

static void test_layout(void **state)
{
    (void)state;
    _Alignas(4) unsigned char buf[64];
    static const unsigned char want[] = {
        44, 0, 0, 0, 16,  0,   1, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* header */
        7,  0, 0, 0,                                         /* the family's own */
        5,  0, 1, 0, 9,   0,   0, 0,                         /* u8 */
        7,  0, 2, 0, 'a', 'b', 0, 0,                         /* text with its NUL */
        8,  0, 3, 0, 4,   3,   2, 1,                         /* u32 */
    };
    struct nl_msg m;
    uint32_t family = 7;
    memset(buf, 0xee, sizeof(buf));
    nl_msg_init(&m, buf, sizeof(buf), RTM_NEWLINK, NLM_F_REQUEST);
    nl_put_header(&m, &family, sizeof(family));
    nl_put_u8(&m, 1, 9);
    nl_put_str(&m, 2, "ab");
    nl_put_u32(&m, 3, 0x01020304);
    assert_false(m.overflow);
    assert_int_equal(m.hdr->nlmsg_len, sizeof(want));
    assert_memory_equal(buf, want, sizeof(want));
}

static void test_addresses_and_macs(void **state)
{
    (void)state;
    _Alignas(4) char buf[128];
    struct nl_msg m;
    struct addr v4 = addr_of("10.1.2.3"), v6 = addr_of("fd00::5");
    struct mac mac = {{2, 0, 0, 0, 0, 9}};
    nl_msg_init(&m, buf, sizeof(buf), RTM_NEWADDR, 0);
    nl_put_addr(&m, 1, &v4);
    nl_put_addr(&m, 2, &v6);
    nl_put_mac(&m, 3, &mac);
    assert_int_equal(mnl_attr_get_payload_len(attr_of(m.hdr, 0, 1)), 4);
    assert_memory_equal(mnl_attr_get_payload(attr_of(m.hdr, 0, 1)), "\x0a\1\2\3", 4);
    assert_int_equal(mnl_attr_get_payload_len(attr_of(m.hdr, 0, 2)), 16);
    assert_memory_equal(mnl_attr_get_payload(attr_of(m.hdr, 0, 2)), v6.bytes, 16);
    assert_int_equal(mnl_attr_get_payload_len(attr_of(m.hdr, 0, 3)), 6);
}

static void test_overflow_sticks(void **state)
{
    (void)state;
    _Alignas(4) char buf[NLMSG_HDRLEN + 16];
    char large[64] = {0};
    struct nl_msg m;
    nl_msg_init(&m, buf, sizeof(buf), RTM_NEWLINK, 0);
    nl_put_u32(&m, 1, 1);
    nl_put(&m, 2, large, sizeof(large));
    assert_true(m.overflow);
    nl_put_u32(&m, 3, 3); /* would fit */
    assert_null(nl_put_raw(&m, "x", 1));
    assert_true(m.overflow);
    assert_int_equal(m.hdr->nlmsg_len, NLMSG_HDRLEN + 8);
}

static void test_fits_to_the_last_byte(void **state)
{
    (void)state;
    _Alignas(4) char buf[NLMSG_HDRLEN + 8];
    struct nl_msg m;
    nl_msg_init(&m, buf, sizeof(buf), RTM_NEWLINK, 0);
    nl_put_u32(&m, 1, 1);
    assert_false(m.overflow);
    nl_put(&m, 2, NULL, 0);
    assert_true(m.overflow);
}

static void test_nests(void **state)
{
    (void)state;
    _Alignas(4) char buf[128];
    struct nl_msg m;
    nl_msg_init(&m, buf, sizeof(buf), RTM_NEWLINK, 0);
    NL_NEST (&m, 10) {
        nl_put_u8(&m, 1, 1);
        NL_NEST (&m, 11) {
            nl_put_u32(&m, 2, 22);
        }
    }
    nl_put_u32(&m, 12, 3);
    const struct nlattr *outer = attr_of(m.hdr, 0, 10);
    assert_int_equal(mnl_attr_get_payload_len(outer), 8 + 4 + 8);
    assert_int_equal(u32_of(nested_of(nested_of(outer, 11), 2)), 22);
    assert_int_equal(u32_of(attr_of(m.hdr, 0, 12)), 3);
}

static void test_overflow_in_a_nest(void **state)
{
    (void)state;
    _Alignas(4) char buf[NLMSG_HDRLEN + 12];
    struct nl_msg m;
    unsigned rounds = 0;
    nl_msg_init(&m, buf, sizeof(buf), RTM_NEWLINK, 0);
    NL_NEST (&m, 10) {
        nl_put_u32(&m, 1, 1);
        NL_NEST (&m, 11) {
            rounds++;
        }
    }
    assert_true(m.overflow);
    assert_int_equal(rounds, 1);
    assert_true(m.hdr->nlmsg_len <= sizeof(buf));
}

/* --- Requests ------------------------------------------------------------------------------- */

static void test_veth(void **state)
{
    (void)state;
    struct node nodes[2] = {0};
    struct iface_extra extra = {.has_mac = true, .mac = {{2, 9}}};
    struct iface ends[2] = {
        {.name = "eth0", .node = &nodes[0], .index = 16, .mtu = 1400},
        {.name = "uplink", .node = &nodes[1], .index = 23, .extra = &extra},
    };
    struct link link = {.ends = {&ends[0], &ends[1]}, .queues = 4};
    CLEAN_NL struct nl *nl = open_nl();
    rtnl_add_veth(nl, &link, (const int[]){101, 102}, 7);
    const struct nlmsghdr *msg = queued(nl, 0);
    const struct ifinfomsg *header = mnl_nlmsg_get_payload(msg);
    assert_int_equal(msg->nlmsg_type, RTM_NEWLINK);
    assert_int_equal(msg->nlmsg_flags & (NLM_F_CREATE | NLM_F_EXCL), NLM_F_CREATE | NLM_F_EXCL);
    assert_int_equal(header->ifi_index, 16);
    assert_string_equal(str_of(attr_of(msg, sizeof(*header), IFLA_IFNAME)), "eth0");
    assert_int_equal(u32_of(attr_of(msg, sizeof(*header), IFLA_NET_NS_FD)), 101);
    assert_int_equal(u32_of(attr_of(msg, sizeof(*header), IFLA_NUM_TX_QUEUES)), 4);
    assert_int_equal(u32_of(attr_of(msg, sizeof(*header), IFLA_MTU)), 1400);
    assert_null(attr_of(msg, sizeof(*header), IFLA_ADDRESS));

    const struct nlattr *info = attr_of(msg, sizeof(*header), IFLA_LINKINFO);
    assert_string_equal(str_of(nested_of(info, IFLA_INFO_KIND)), "veth");
    const struct nlattr *peer = nested_of(nested_of(info, IFLA_INFO_DATA), VETH_INFO_PEER);
    const struct ifinfomsg *peer_header = mnl_attr_get_payload(peer);
    assert_int_equal(peer_header->ifi_index, 23);
    const struct nlattr *name = (const void *)(peer_header + 1);
    assert_int_equal(mnl_attr_get_type(name), IFLA_IFNAME);
    assert_string_equal(mnl_attr_get_str(name), "uplink");
    assert_int_equal(u32_of(mnl_attr_next(name)), 102);
}

static void test_hub_bridge_forgets(void **state)
{
    (void)state;
    struct node node = {.kind = &node_kind_hub};
    struct iface br0 = {.name = "br0", .node = &node, .kind = IFACE_BRIDGE, .index = 20};
    CLEAN_NL struct nl *nl = open_nl();
    rtnl_add_device(nl, &br0, 0);
    node.kind = &node_kind_switch;
    rtnl_add_device(nl, &br0, 0);
    for (unsigned i = 0; i < 2; i++) {
        const struct nlattr *info = attr_of(queued(nl, i), sizeof(struct ifinfomsg), IFLA_LINKINFO);
        const struct nlattr *data = nested_of(info, IFLA_INFO_DATA);
        assert_string_equal(str_of(nested_of(info, IFLA_INFO_KIND)), "bridge");
        assert_int_equal(u32_of(nested_of(data, IFLA_BR_FORWARD_DELAY)), 0);
        assert_int_equal(!!nested_of(data, IFLA_BR_AGEING_TIME), i == 0);
    }
}

static unsigned flags_of(const struct nlmsghdr *msg)
{
    const struct ifinfomsg *header = mnl_nlmsg_get_payload(msg);
    assert_int_equal(header->ifi_flags, header->ifi_change);
    return header->ifi_flags;
}

static void test_set_link(void **state)
{
    (void)state;
    struct iface br0 = {.index = 16};
    struct iface_extra extra = {.alias = "to h1"};
    struct iface port = {.index = 17, .master = &br0, .extra = &extra};
    CLEAN_NL struct nl *nl = open_nl();
    rtnl_set_link(nl, &port, 0);
    const struct nlmsghdr *msg = queued(nl, 0);
    assert_int_equal(flags_of(msg), IFF_UP);
    assert_int_equal(u32_of(attr_of(msg, sizeof(struct ifinfomsg), IFLA_MASTER)), 16);
    assert_string_equal(str_of(attr_of(msg, sizeof(struct ifinfomsg), IFLA_IFALIAS)), "to h1");
    assert_null(queued(nl, 1));
}

/* Learning goes off in a second request, and only that one brings the port up. */
static void test_set_port_of_hub(void **state)
{
    (void)state;
    struct iface br0 = {.index = 16};
    struct iface port = {.index = 17, .master = &br0, .no_learning = true};
    CLEAN_NL struct nl *nl = open_nl();
    rtnl_set_link(nl, &port, 0);
    assert_int_equal(flags_of(queued(nl, 0)), 0);
    assert_int_equal(flags_of(queued(nl, 1)), IFF_UP);
    const struct nlattr *info = attr_of(queued(nl, 1), sizeof(struct ifinfomsg), IFLA_LINKINFO);
    const struct nlattr *learning =
        nested_of(nested_of(info, IFLA_INFO_SLAVE_DATA), IFLA_BRPORT_LEARNING);
    assert_int_equal(mnl_attr_get_u8(learning), 0);
    port.down = true;
    rtnl_set_link(nl, &port, 0);
    assert_int_equal(flags_of(queued(nl, 3)), 0);
}

static void test_address(void **state)
{
    (void)state;
    struct iface eth0 = {.index = 16};
    struct ifaddr addrs[] = {{.prefix = prefix_of("fd00::1/64")},
                             {.prefix = prefix_of("127.0.5.1/8"), .dad = true}};
    CLEAN_NL struct nl *nl = open_nl();
    rtnl_add_addr(nl, &eth0, &addrs[0], 0);
    rtnl_add_addr(nl, &eth0, &addrs[1], 0);
    const struct ifaddrmsg *first = mnl_nlmsg_get_payload(queued(nl, 0));
    const struct ifaddrmsg *second = mnl_nlmsg_get_payload(queued(nl, 1));
    assert_int_equal(first->ifa_flags, IFA_F_NODAD);
    assert_int_equal(first->ifa_prefixlen, 64);
    assert_int_equal(first->ifa_scope, RT_SCOPE_UNIVERSE);
    assert_int_equal(first->ifa_index, 16);
    assert_int_equal(second->ifa_flags, 0);
    assert_int_equal(second->ifa_scope, RT_SCOPE_HOST);
}

static struct route route_to(const char *to, enum route_type type)
{
    return (struct route){.to = prefix_of(to), .type = type, .table = 254, .scope = -1};
}

static const struct rtmsg *add_route(struct nl *nl, const struct route *route, unsigned i)
{
    rtnl_add_route(nl, route, 0);
    return mnl_nlmsg_get_payload(queued(nl, i));
}

static void test_route_scopes(void **state)
{
    (void)state;
    struct iface eth0 = {.index = 16};
    struct nexthop direct = {.dev = &eth0, .weight = 1};
    struct nexthop via = {.dev = &eth0, .weight = 1, .via = addr_of("10.0.0.1")};
    struct route route = route_to("10.9.0.0/16", ROUTE_UNICAST);
    CLEAN_NL struct nl *nl = open_nl();
    route.hops.n = 1;
    route.hops.v = &direct;
    assert_int_equal(add_route(nl, &route, 0)->rtm_scope, RT_SCOPE_LINK);
    route.hops.v = &via;
    assert_int_equal(add_route(nl, &route, 1)->rtm_scope, RT_SCOPE_UNIVERSE);
    route.scope = RT_SCOPE_SITE;
    assert_int_equal(add_route(nl, &route, 2)->rtm_scope, RT_SCOPE_SITE);
    route = route_to("10.9.0.0/16", ROUTE_LOCAL);
    assert_int_equal(add_route(nl, &route, 3)->rtm_scope, RT_SCOPE_HOST);
    route = route_to("fd00::/16", ROUTE_LOCAL);
    assert_int_equal(add_route(nl, &route, 4)->rtm_scope, RT_SCOPE_UNIVERSE);
    route = route_to("10.9.0.0/16", ROUTE_BLACKHOLE);
    assert_int_equal(add_route(nl, &route, 5)->rtm_scope, RT_SCOPE_UNIVERSE);
}

static void test_route_tables(void **state)
{
    (void)state;
    struct route route = route_to("0.0.0.0/0", ROUTE_BLACKHOLE);
    CLEAN_NL struct nl *nl = open_nl();
    route.table = 255;
    assert_int_equal(add_route(nl, &route, 0)->rtm_table, 255);
    assert_null(attr_of(queued(nl, 0), sizeof(struct rtmsg), RTA_TABLE));
    assert_null(attr_of(queued(nl, 0), sizeof(struct rtmsg), RTA_DST));
    route.table = 256;
    assert_int_equal(add_route(nl, &route, 1)->rtm_table, RT_TABLE_UNSPEC);
    assert_int_equal(u32_of(attr_of(queued(nl, 1), sizeof(struct rtmsg), RTA_TABLE)), 256);
}

/* Three next hops, the middle one of the other family. */
static void test_multipath(void **state)
{
    (void)state;
    struct iface eth0 = {.index = 16};
    struct nexthop hops[] = {
        {.dev = &eth0, .weight = 1, .via = addr_of("10.0.0.1")},
        {.dev = &eth0, .weight = 3, .via = addr_of("fe80::1"), .onlink = true},
        {.dev = &eth0, .weight = 256},
    };
    static const unsigned lens[] = {8 + 8, 8 + 24, 8};
    struct route route = route_to("10.9.0.0/16", ROUTE_UNICAST);
    CLEAN_NL struct nl *nl = open_nl();
    route.hops.v = hops;
    route.hops.n = 3;
    add_route(nl, &route, 0);
    const struct nlattr *paths = attr_of(queued(nl, 0), sizeof(struct rtmsg), RTA_MULTIPATH);
    const struct rtnexthop *hop = mnl_attr_get_payload(paths);
    assert_int_equal(mnl_attr_get_payload_len(paths), 16 + 32 + 8);
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(hop->rtnh_len, lens[i]);
        assert_int_equal(hop->rtnh_hops, hops[i].weight - 1);
        assert_int_equal(hop->rtnh_ifindex, 16);
        assert_int_equal(hop->rtnh_flags, hops[i].onlink ? RTNH_F_ONLINK : 0);
        hop = RTNH_NEXT(hop);
    }
}

static void test_rule_for_both_families(void **state)
{
    (void)state;
    struct rule rule = {.priority = 100, .table = 1000, .has_mark = true, .mark = 7, .mask = 0xff};
    CLEAN_NL struct nl *nl = open_nl();
    rtnl_add_rule(nl, &rule, 0);
    for (unsigned i = 0; i < 2; i++) {
        const struct nlmsghdr *msg = queued(nl, i);
        const struct fib_rule_hdr *header = mnl_nlmsg_get_payload(msg);
        assert_int_equal(header->family, i == 0 ? AF_INET : AF_INET6);
        assert_int_equal(header->action, FR_ACT_TO_TBL);
        assert_int_equal(u32_of(attr_of(msg, sizeof(*header), FRA_PRIORITY)), 100);
        assert_int_equal(u32_of(attr_of(msg, sizeof(*header), FRA_TABLE)), 1000);
        assert_int_equal(u32_of(attr_of(msg, sizeof(*header), FRA_FWMASK)), 0xff);
    }
    assert_null(queued(nl, 2));
    rule.family = AF_INET6;
    rtnl_add_rule(nl, &rule, 0);
    assert_null(queued(nl, 3));
}

/* --- The socket ----------------------------------------------------------------------------- */

static int count_links(void *arg, const struct nlmsghdr *msg)
{
    struct rtnl_link link;
    if (rtnl_parse_link(msg, &link))
        ++*(unsigned *)arg;
    return 0;
}

static void test_refusal_finds_its_cookie(void **state)
{
    (void)state;
    struct nl_refusal refusal = {0};
    unsigned links = 0;
    CLEAN_NL struct nl *nl = open_nl();
    nl_on_reply(nl, count_links, &links);
    rtnl_get_link(nl, 1, 10);
    rtnl_get_link(nl, NO_SUCH_INDEX, 11);
    rtnl_get_link(nl, NO_SUCH_INDEX, 12);
    rtnl_get_link(nl, 1, 13);
    assert_int_equal(nl_flush(nl, &refusal), -ENODEV);
    assert_int_equal(refusal.cookie, 11);
    assert_int_equal(refusal.code, -ENODEV);
    assert_int_equal(links, 2); /* those behind a refused one are carried out too */
    rtnl_get_link(nl, 1, 14);
    assert_int_equal(nl_flush(nl, &refusal), 0);
    assert_int_equal(links, 3);
    assert_int_equal(nl_flush(nl, &refusal), 0);
}

/* More than one batch, and more refusals than a socket's buffer would hold at once. */
static void test_many_refusals(void **state)
{
    (void)state;
    struct nl_refusal refusal = {0};
    CLEAN_NL struct nl *nl = open_nl();
    rtnl_get_link(nl, 1, 0);
    for (uint32_t i = 1; i < 5 * NL_BATCH_MAX; i++)
        rtnl_get_link(nl, NO_SUCH_INDEX, i);
    assert_int_equal(nl_flush(nl, &refusal), -ENODEV);
    assert_int_equal(refusal.cookie, 1);
}

static void test_kernel_text(void **state)
{
    (void)state;
    struct nl_refusal refusal = {0};
    struct err err;
    CLEAN_NL struct nl *nl = open_nl();
    struct nl_msg *m = nl_begin(nl, RTM_GETLINK, 0);
    const struct ifinfomsg header = {.ifi_index = 1};
    nl_put_header(m, &header, sizeof(header));
    nl_put(m, IFLA_EXT_MASK, "x", 1); /* too short */
    nl_queue(nl, 5);
    assert_true(nl_flush(nl, &refusal) < 0);
    assert_int_equal(refusal.cookie, 5);
    assert_true(refusal.text[0]);
    assert_int_equal(nl_refusal_err(&refusal, &err), refusal.code);
    assert_non_null(strstr(err.text, refusal.text));
    assert_non_null(strstr(err.text, strerror(-refusal.code)));
}

static void test_too_large(void **state)
{
    (void)state;
    static const char large[NL_MSG_MAX];
    struct nl_refusal refusal = {0};
    CLEAN_NL struct nl *nl = open_nl();
    rtnl_get_link(nl, 1, 1);
    struct nl_msg *m = nl_begin(nl, RTM_NEWLINK, 0);
    nl_put(m, IFLA_IFALIAS, large, sizeof(large));
    nl_queue(nl, 2);
    rtnl_get_link(nl, 1, 3);
    assert_null(queued(nl, 2)); /* it is not sent */
    assert_int_equal(nl_flush(nl, &refusal), -EMSGSIZE);
    assert_int_equal(refusal.cookie, 2);
}

static int find_lo(void *arg, const struct rtnl_link *link)
{
    if (link->index == 1) {
        assert_string_equal(link->name, "lo");
        assert_true(link->flags & IFF_LOOPBACK);
        assert_null(link->kind);
        *(bool *)arg = true;
    }
    return 0;
}

static int stop(void *arg, const struct rtnl_link *link)
{
    (void)arg;
    (void)link;
    return -ECANCELED;
}

static int check_addr(void *arg, const struct rtnl_addr *addr)
{
    ++*(unsigned *)arg;
    assert_true(addr->index > 0);
    assert_true(addr->prefix.len <= addr_bits(&addr->prefix.addr));
    return 0;
}

static void test_dumps(void **state)
{
    (void)state;
    struct err err;
    bool found = false;
    unsigned addrs = 0;
    CLEAN_NL struct nl *nl = open_nl();
    assert_int_equal(rtnl_dump_links(nl, stop, NULL, &err), -ECANCELED);
    assert_int_equal(rtnl_dump_links(nl, find_lo, &found, &err), 0);
    assert_true(found);
    assert_int_equal(rtnl_dump_addrs(nl, check_addr, &addrs, &err), 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_addresses_and_macs),
        cmocka_unit_test(test_overflow_sticks),
        cmocka_unit_test(test_fits_to_the_last_byte),
        cmocka_unit_test(test_nests),
        cmocka_unit_test(test_overflow_in_a_nest),
        cmocka_unit_test(test_veth),
        cmocka_unit_test(test_hub_bridge_forgets),
        cmocka_unit_test(test_set_link),
        cmocka_unit_test(test_set_port_of_hub),
        cmocka_unit_test(test_address),
        cmocka_unit_test(test_route_scopes),
        cmocka_unit_test(test_route_tables),
        cmocka_unit_test(test_multipath),
        cmocka_unit_test(test_rule_for_both_families),
        cmocka_unit_test(test_refusal_finds_its_cookie),
        cmocka_unit_test(test_many_refusals),
        cmocka_unit_test(test_kernel_text),
        cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_dumps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
