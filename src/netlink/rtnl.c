// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * rtnetlink: the model's structs as requests of the kernel, and the kernel's answers as small
 * structs. Flags, scopes and protocols are those that iproute2 sends for the same words, so that a
 * lab and the script of `ip` commands for it cannot be told apart.
 *
 * Interfaces are made with the index that the model chose: no request here needs to look one up.
 */
#include "netlink/rtnl.h"

#include <netinet/in.h>

#include <libmnl/libmnl.h>
#include <linux/fib_rules.h>
#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/veth.h>
#include <string.h>

#include "model/device.h"

#define ADD_FLAGS (NLM_F_CREATE | NLM_F_EXCL)
#define LO_INDEX 1

static struct nl_msg *begin_link(struct nl *nl, uint16_t flags, const struct ifinfomsg *header)
{
    struct nl_msg *m = nl_begin(nl, RTM_NEWLINK, flags);
    nl_put_header(m, header, sizeof(*header));
    return m;
}

struct nl_msg *rtnl_begin_link(struct nl *nl, uint16_t flags, uint32_t index, unsigned if_flags)
{
    return begin_link(nl, flags,
                      &(struct ifinfomsg){
                          .ifi_index = (int)index, .ifi_flags = if_flags, .ifi_change = if_flags});
}

static struct nl_msg *begin_state(struct nl *nl, uint32_t index, bool up)
{
    return begin_link(nl, 0,
                      &(struct ifinfomsg){.ifi_index = (int)index,
                                          .ifi_flags = up ? IFF_UP : 0,
                                          .ifi_change = IFF_UP});
}

/* --- Links ---------------------------------------------------------------------------------- */

static void put_veth_end(struct nl_msg *m, const struct link *link, unsigned end, int netns)
{
    const struct iface *iface = link->ends[end];
    nl_put_str(m, IFLA_IFNAME, iface->name);
    nl_put_u32(m, IFLA_NET_NS_FD, (uint32_t)netns);
    nl_put_u32(m, IFLA_NUM_TX_QUEUES, link->queues ? link->queues : 1);
    nl_put_u32(m, IFLA_NUM_RX_QUEUES, link->queues ? link->queues : 1);
    if (iface->mtu)
        nl_put_u32(m, IFLA_MTU, iface->mtu);
    if (iface_extra(iface)->has_mac)
        nl_put_mac(m, IFLA_ADDRESS, &iface->extra->mac);
}

void rtnl_add_veth(struct nl *nl, const struct link *link, const int netns[2], uint32_t cookie)
{
    const struct ifinfomsg peer = {.ifi_index = (int)link->ends[1]->index};
    struct nl_msg *m = rtnl_begin_link(nl, ADD_FLAGS, link->ends[0]->index, 0);
    put_veth_end(m, link, 0, netns[0]);
    NL_NEST (m, IFLA_LINKINFO) {
        nl_put_str(m, IFLA_INFO_KIND, "veth");
        NL_NEST (m, IFLA_INFO_DATA) {
            NL_NEST (m, VETH_INFO_PEER) {
                nl_put_raw(m, &peer, sizeof(peer));
                put_veth_end(m, link, 1, netns[1]);
            }
        }
    }
    nl_queue(nl, cookie);
}

/* The kernel reads a port's settings by the bridge that it was in before the request, so this comes
 * in a request after the one that names the master. */
static void put_no_learning(struct nl_msg *m)
{
    NL_NEST (m, IFLA_LINKINFO) {
        nl_put_str(m, IFLA_INFO_SLAVE_KIND, "bridge");
        NL_NEST (m, IFLA_INFO_SLAVE_DATA) {
            nl_put_u8(m, IFLA_BRPORT_LEARNING, 0);
        }
    }
}

static bool is_made_bare(const struct iface *iface)
{
    return iface->device && iface->device->type->maker != MAKER_NETLINK;
}

/* A bridge keeps an MTU only if it is given after its creation, else it follows its ports. */
static bool sets_mtu(const struct iface *iface)
{
    return iface->mtu &&
           (iface->kind == IFACE_LO || iface_is(iface, &device_type_bridge) || is_made_bare(iface));
}

/* What only a request of its own can say, after the one that names the master: a bond takes nothing
 * that is up, and sets up what it takes. */
static void set_port(struct nl *nl, const struct iface *iface, uint32_t cookie)
{
    struct nl_msg *m = begin_state(nl, iface->index, !iface->down);
    if (iface->no_learning)
        put_no_learning(m);
    nl_queue(nl, cookie);
}

static bool is_set_twice(const struct iface *iface)
{
    return iface->master && (iface->no_learning || iface_is(iface->master, &device_type_bond));
}

void rtnl_set_link(struct nl *nl, const struct iface *iface, uint32_t cookie)
{
    bool twice = is_set_twice(iface);
    struct nl_msg *m = rtnl_begin_link(nl, 0, iface->index, twice || iface->down ? 0 : IFF_UP);
    if (iface->master)
        nl_put_u32(m, IFLA_MASTER, iface->master->index);
    if (iface_extra(iface)->alias)
        nl_put_str(m, IFLA_IFALIAS, iface->extra->alias);
    if (sets_mtu(iface))
        nl_put_u32(m, IFLA_MTU, iface->mtu);
    if (iface_extra(iface)->has_mac && is_made_bare(iface))
        nl_put_mac(m, IFLA_ADDRESS, &iface->extra->mac);
    nl_queue(nl, cookie);
    if (twice)
        set_port(nl, iface, cookie);
}

void rtnl_move_link(struct nl *nl, const struct rtnl_move *move, uint32_t cookie)
{
    struct nl_msg *m = rtnl_begin_link(nl, 0, move->index, 0);
    nl_put_u32(m, IFLA_NET_NS_FD, (uint32_t)move->netns);
    nl_put_str(m, IFLA_IFNAME, move->name);
    if (move->alias)
        nl_put_str(m, IFLA_IFALIAS, move->alias);
    if (move->new_index)
        nl_put_u32(m, IFLA_NEW_IFINDEX, move->new_index);
    nl_queue(nl, cookie);
}

void rtnl_delete_link(struct nl *nl, uint32_t index, uint32_t cookie)
{
    const struct ifinfomsg header = {.ifi_index = (int)index};
    nl_put_header(nl_begin(nl, RTM_DELLINK, 0), &header, sizeof(header));
    nl_queue(nl, cookie);
}

void rtnl_set_state(struct nl *nl, uint32_t index, bool up, uint32_t cookie)
{
    begin_state(nl, index, up);
    nl_queue(nl, cookie);
}

void rtnl_set_lo_up(struct nl *nl, uint32_t cookie)
{
    rtnl_set_state(nl, LO_INDEX, true, cookie);
}

/* --- Addresses ------------------------------------------------------------------------------ */

void rtnl_add_addr(struct nl *nl, const struct iface *iface, const struct ifaddr *addr,
                   uint32_t cookie)
{
    const struct addr *a = &addr->prefix.addr;
    bool host = a->family == AF_INET && a->bytes[0] == 127;
    const struct ifaddrmsg header = {
        .ifa_family = a->family,
        .ifa_prefixlen = addr->prefix.len,
        .ifa_flags = addr->dad ? 0 : IFA_F_NODAD,
        .ifa_scope = host ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE,
        .ifa_index = iface->index,
    };
    struct nl_msg *m = nl_begin(nl, RTM_NEWADDR, ADD_FLAGS);
    nl_put_header(m, &header, sizeof(header));
    nl_put_addr(m, IFA_LOCAL, a);
    nl_put_addr(m, IFA_ADDRESS, a);
    nl_queue(nl, cookie);
}

/* --- Routes --------------------------------------------------------------------------------- */

/* As `ip route` chooses it: IPv4 without a gateway reaches its own link only. */
static unsigned char route_scope(const struct route *route)
{
    if (route->scope >= 0)
        return (unsigned char)route->scope;
    if (route->to.addr.family != AF_INET)
        return RT_SCOPE_UNIVERSE;
    if (route->type == ROUTE_LOCAL)
        return RT_SCOPE_HOST;
    bool direct = route->hops.n == 1 && route->hops.v[0].via.family == AF_UNSPEC;
    return route->type == ROUTE_UNICAST && direct ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
}

static void put_gateway(struct nl_msg *m, const struct route *route, const struct addr *via)
{
    if (via->family == AF_UNSPEC)
        return;
    if (via->family == route->to.addr.family) {
        nl_put_addr(m, RTA_GATEWAY, via);
        return;
    }
    struct { /* struct rtvia, with room for the address */
        __kernel_sa_family_t family;
        uint8_t bytes[sizeof(via->bytes)];
    } other = {.family = via->family};
    memcpy(other.bytes, via->bytes, sizeof(other.bytes));
    nl_put(m, RTA_VIA, &other, sizeof(other.family) + addr_bytes(via));
}

static void put_nexthop(struct nl_msg *m, const struct route *route, const struct nexthop *hop)
{
    const struct rtnexthop head = {
        .rtnh_flags = hop->onlink ? RTNH_F_ONLINK : 0,
        .rtnh_hops = (unsigned char)(hop->weight ? hop->weight - 1 : 0),
        .rtnh_ifindex = hop->dev ? (int)hop->dev->index : 0,
    };
    struct rtnexthop *at = nl_put_raw(m, &head, sizeof(head));
    put_gateway(m, route, &hop->via);
    if (!m->overflow)
        at->rtnh_len = (unsigned short)((char *)m->hdr + m->hdr->nlmsg_len - (char *)at);
}

static void put_hops(struct nl_msg *m, const struct route *route)
{
    if (route->hops.n == 1 && route->hops.v[0].weight == 1) {
        put_gateway(m, route, &route->hops.v[0].via);
        if (route->hops.v[0].dev)
            nl_put_u32(m, RTA_OIF, route->hops.v[0].dev->index);
    } else if (route->hops.n) {
        NL_NEST (m, RTA_MULTIPATH) {
            VEC_EACH (struct nexthop, hop, &route->hops)
                put_nexthop(m, route, hop);
        }
    }
}

void rtnl_add_route(struct nl *nl, const struct route *route, uint32_t cookie)
{
    const struct rtmsg header = {
        .rtm_family = route->to.addr.family,
        .rtm_dst_len = route->to.len,
        .rtm_table = route->table < 256 ? (unsigned char)route->table : RT_TABLE_UNSPEC,
        .rtm_protocol = RTPROT_BOOT,
        .rtm_scope = route_scope(route),
        .rtm_type = (unsigned char)route->type,
        .rtm_flags = route->hops.n == 1 && route->hops.v[0].onlink ? RTNH_F_ONLINK : 0,
    };
    struct nl_msg *m = nl_begin(nl, RTM_NEWROUTE, ADD_FLAGS);
    nl_put_header(m, &header, sizeof(header));
    if (route->to.len)
        nl_put_addr(m, RTA_DST, &route->to.addr);
    if (route->table > 255)
        nl_put_u32(m, RTA_TABLE, route->table);
    if (route->metric)
        nl_put_u32(m, RTA_PRIORITY, route->metric);
    if (route->src.family != AF_UNSPEC)
        nl_put_addr(m, RTA_PREFSRC, &route->src);
    if (route->mtu) {
        NL_NEST (m, RTA_METRICS) {
            nl_put_u32(m, RTAX_MTU, route->mtu);
        }
    }
    put_hops(m, route);
    nl_queue(nl, cookie);
}

/* --- Rules ---------------------------------------------------------------------------------- */

static uint8_t rule_action(enum rule_action action)
{
    switch (action) {
    case RULE_TABLE:
        return FR_ACT_TO_TBL;
    case RULE_BLACKHOLE:
        return FR_ACT_BLACKHOLE;
    case RULE_UNREACHABLE:
        return FR_ACT_UNREACHABLE;
    case RULE_PROHIBIT:
        return FR_ACT_PROHIBIT;
    }
    return FR_ACT_UNSPEC;
}

static void put_ports(struct nl_msg *m, uint16_t type, const uint16_t ports[2])
{
    const struct fib_rule_port_range range = {.start = ports[0], .end = ports[1]};
    nl_put(m, type, &range, sizeof(range));
}

static void put_rule_packet(struct nl_msg *m, const struct rule *rule)
{
    if (rule->has_mark)
        nl_put_u32(m, FRA_FWMARK, rule->mark);
    if (rule->has_mark) /* the kernel takes no mask for all ones */
        nl_put_u32(m, FRA_FWMASK, rule->mask);
    if (rule->has_ipproto)
        nl_put_u8(m, FRA_IP_PROTO, rule->ipproto);
    if (rule->has_sport)
        put_ports(m, FRA_SPORT_RANGE, rule->sport);
    if (rule->has_dport)
        put_ports(m, FRA_DPORT_RANGE, rule->dport);
}

static void put_rule(struct nl_msg *m, const struct rule *rule)
{
    if (rule->priority)
        nl_put_u32(m, FRA_PRIORITY, rule->priority);
    if (rule->from.addr.family != AF_UNSPEC && rule->from.len)
        nl_put_addr(m, FRA_SRC, &rule->from.addr);
    if (rule->to.addr.family != AF_UNSPEC && rule->to.len)
        nl_put_addr(m, FRA_DST, &rule->to.addr);
    if (rule->iif)
        nl_put_str(m, FRA_IIFNAME, rule->iif);
    if (rule->oif)
        nl_put_str(m, FRA_OIFNAME, rule->oif);
    put_rule_packet(m, rule);
    if (rule->action == RULE_TABLE && rule->table > 255)
        nl_put_u32(m, FRA_TABLE, rule->table);
}

static void add_rule(struct nl *nl, const struct rule *rule, uint8_t family, uint32_t cookie)
{
    bool table = rule->action == RULE_TABLE && rule->table < 256;
    const struct fib_rule_hdr header = {
        .family = family,
        .src_len = rule->from.addr.family != AF_UNSPEC ? rule->from.len : 0,
        .dst_len = rule->to.addr.family != AF_UNSPEC ? rule->to.len : 0,
        .table = table ? (uint8_t)rule->table : RT_TABLE_UNSPEC,
        .action = rule_action(rule->action),
    };
    struct nl_msg *m = nl_begin(nl, RTM_NEWRULE, ADD_FLAGS);
    nl_put_header(m, &header, sizeof(header));
    put_rule(m, rule);
    nl_queue(nl, cookie);
}

void rtnl_add_rule(struct nl *nl, const struct rule *rule, uint32_t cookie)
{
    if (rule->family != AF_INET6)
        add_rule(nl, rule, AF_INET, cookie);
    if (rule->family != AF_INET)
        add_rule(nl, rule, AF_INET6, cookie);
}

/* --- Looking -------------------------------------------------------------------------------- */

void rtnl_get_link(struct nl *nl, uint32_t index, uint32_t cookie)
{
    struct nl_msg *m = nl_begin(nl, RTM_GETLINK, 0);
    const struct ifinfomsg header = {.ifi_index = (int)index};
    nl_put_header(m, &header, sizeof(header));
    nl_put_u32(m, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
    nl_queue(nl, cookie);
}

bool rtnl_link_runs(const struct rtnl_link *link)
{
    unsigned want = IFF_UP | IFF_RUNNING | IFF_LOWER_UP;
    bool settled = link->port_state != BR_STATE_LISTENING && link->port_state != BR_STATE_LEARNING;
    return (link->flags & want) == want && settled;
}

static void parse_port(const struct nlattr *data, struct rtnl_link *link)
{
    const struct nlattr *attr;
    mnl_attr_for_each_nested(attr, data)
    {
        if (mnl_attr_get_type(attr) == IFLA_BRPORT_STATE)
            link->port_state = mnl_attr_get_u8(attr);
    }
}

static void parse_info(const struct nlattr *info, struct rtnl_link *link)
{
    const struct nlattr *attr, *port = NULL;
    bool bridge = false;
    mnl_attr_for_each_nested(attr, info)
    {
        if (mnl_attr_get_type(attr) == IFLA_INFO_KIND)
            link->kind = mnl_attr_get_str(attr);
        if (mnl_attr_get_type(attr) == IFLA_INFO_SLAVE_KIND)
            bridge = strcmp(mnl_attr_get_str(attr), "bridge") == 0;
        if (mnl_attr_get_type(attr) == IFLA_INFO_SLAVE_DATA)
            port = attr;
    }
    if (bridge && port)
        parse_port(port, link);
}

static void parse_counters(const struct nlattr *attr, struct rtnl_link *link)
{
    struct rtnl_link_stats64 s = {0};
    size_t len = mnl_attr_get_payload_len(attr);
    memcpy(&s, mnl_attr_get_payload(attr), len < sizeof(s) ? len : sizeof(s));
    link->rx = (struct rtnl_counters){s.rx_packets, s.rx_bytes, s.rx_errors, s.rx_dropped};
    link->tx = (struct rtnl_counters){s.tx_packets, s.tx_bytes, s.tx_errors, s.tx_dropped};
}

static bool parse_mac(const struct nlattr *attr, struct mac *ret)
{
    if (mnl_attr_get_payload_len(attr) != sizeof(ret->bytes))
        return false;
    memcpy(ret->bytes, mnl_attr_get_payload(attr), sizeof(ret->bytes));
    return true;
}

/* *ELSEWHERE: what it stands on is in another namespace. */
static void parse_link_attr(const struct nlattr *attr, struct rtnl_link *link, bool *elsewhere)
{
    switch (mnl_attr_get_type(attr)) {
    case IFLA_IFNAME:
        link->name = mnl_attr_get_str(attr);
        break;
    case IFLA_IFALIAS:
        link->alias = mnl_attr_get_str(attr);
        break;
    case IFLA_MTU:
        link->mtu = mnl_attr_get_u32(attr);
        break;
    case IFLA_MASTER:
        link->master = mnl_attr_get_u32(attr);
        break;
    case IFLA_LINK:
        link->lower = mnl_attr_get_u32(attr);
        break;
    case IFLA_LINK_NETNSID:
        *elsewhere = true;
        break;
    case IFLA_PERM_ADDRESS:
        link->has_perm = parse_mac(attr, &link->perm);
        break;
    case IFLA_OPERSTATE:
        link->operstate = mnl_attr_get_u8(attr);
        break;
    case IFLA_ADDRESS:
        link->has_mac = parse_mac(attr, &link->mac);
        break;
    case IFLA_LINKINFO:
        parse_info(attr, link);
        break;
    case IFLA_STATS64:
        parse_counters(attr, link);
        break;
    }
}

bool rtnl_parse_link(const struct nlmsghdr *msg, struct rtnl_link *ret)
{
    if (msg->nlmsg_type != RTM_NEWLINK)
        return false;
    const struct ifinfomsg *header = mnl_nlmsg_get_payload(msg);
    struct rtnl_link link = {.index = (uint32_t)header->ifi_index, .flags = header->ifi_flags};
    const struct nlattr *attr;
    bool elsewhere = false;
    mnl_attr_for_each(attr, msg, sizeof(*header)) parse_link_attr(attr, &link, &elsewhere);
    if (link.kind && !strcmp(link.kind, "veth"))
        link.peer = link.lower;
    if (link.peer || elsewhere)
        link.lower = 0;
    *ret = link;
    return true;
}

struct link_dump {
    rtnl_link_fn *fn;
    void *arg;
};

static int take_link(void *arg, const struct nlmsghdr *msg)
{
    const struct link_dump *dump = arg;
    struct rtnl_link link;
    return rtnl_parse_link(msg, &link) ? dump->fn(dump->arg, &link) : 0;
}

int rtnl_see_link(struct nl *nl, uint32_t index, rtnl_link_fn *fn, void *arg, struct err *err)
{
    struct link_dump dump = {.fn = fn, .arg = arg};
    nl_on_reply(nl, take_link, &dump);
    rtnl_get_link(nl, index, 0);
    int r = nl_send(nl, err);
    nl_on_reply(nl, NULL, NULL);
    return r;
}

int rtnl_dump_links(struct nl *nl, rtnl_link_fn *fn, void *arg, struct err *err)
{
    struct link_dump dump = {.fn = fn, .arg = arg};
    const struct ifinfomsg header = {.ifi_family = AF_UNSPEC};
    nl_put_header(nl_begin(nl, RTM_GETLINK, 0), &header, sizeof(header));
    return nl_dump(nl, take_link, &dump, err);
}

struct addr_dump {
    rtnl_addr_fn *fn;
    void *arg;
};

static void parse_addr_attr(const struct nlattr *attr, struct rtnl_addr *addr, bool *has_local)
{
    size_t len = mnl_attr_get_payload_len(attr);
    struct addr *a = &addr->prefix.addr;
    switch (mnl_attr_get_type(attr)) {
    case IFA_LOCAL: /* with a peer, IFA_ADDRESS is the peer's */
    case IFA_ADDRESS:
        if (len != addr_bytes(a) || (*has_local && mnl_attr_get_type(attr) == IFA_ADDRESS))
            break;
        memcpy(a->bytes, mnl_attr_get_payload(attr), len);
        *has_local = mnl_attr_get_type(attr) == IFA_LOCAL;
        break;
    case IFA_FLAGS:
        addr->flags = mnl_attr_get_u32(attr);
        break;
    }
}

static int take_addr(void *arg, const struct nlmsghdr *msg)
{
    const struct addr_dump *dump = arg;
    const struct ifaddrmsg *header = mnl_nlmsg_get_payload(msg);
    bool ip = header->ifa_family == AF_INET || header->ifa_family == AF_INET6;
    if (msg->nlmsg_type != RTM_NEWADDR || !ip)
        return 0;
    struct rtnl_addr addr = {
        .index = header->ifa_index,
        .prefix = {.addr.family = header->ifa_family, .len = header->ifa_prefixlen},
        .scope = header->ifa_scope,
        .flags = header->ifa_flags,
    };
    bool has_local = false;
    const struct nlattr *attr;
    mnl_attr_for_each(attr, msg, sizeof(*header)) parse_addr_attr(attr, &addr, &has_local);
    return dump->fn(dump->arg, &addr);
}

int rtnl_dump_addrs(struct nl *nl, rtnl_addr_fn *fn, void *arg, struct err *err)
{
    struct addr_dump dump = {.fn = fn, .arg = arg};
    const struct ifaddrmsg header = {.ifa_family = AF_UNSPEC};
    nl_put_header(nl_begin(nl, RTM_GETADDR, 0), &header, sizeof(header));
    return nl_dump(nl, take_addr, &dump, err);
}
