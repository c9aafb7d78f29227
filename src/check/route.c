// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Routes, as the node's kernel has them: `ip route get fibmatch ADDRESS`, `ip route show PREFIX`.
 * There is nothing to wait for, so it is all done while the node is open.
 */
#include <libmnl/libmnl.h>
#include <net/if.h>
#include <string.h>

#include "check/engine.h"
#include "netlink/hops.h"
#include "netlink/nl.h"

/* One answer of the kernel. */
struct found {
    const struct probe *probe;
    struct probe_outcome *out;
    uint32_t metric; /* of the best there is */
    bool any;
};

static bool get_addr(const struct nlattr *attr, int family, struct addr *ret)
{
    struct addr addr = {.family = (uint8_t)family};
    if (!attr || mnl_attr_get_payload_len(attr) != addr_bytes(&addr))
        return false;
    memcpy(addr.bytes, mnl_attr_get_payload(attr), addr_bytes(&addr));
    *ret = addr;
    return true;
}

/* RTA_VIA: a next hop of the other family. */
static void get_via(const struct nlattr *attr, struct addr *ret)
{
    const struct rtvia *via = mnl_attr_get_payload(attr);
    size_t len = mnl_attr_get_payload_len(attr);
    struct addr addr = {.family = (uint8_t)via->rtvia_family};
    if (len < sizeof(*via) + addr_bytes(&addr))
        return;
    memcpy(addr.bytes, via->rtvia_addr, addr_bytes(&addr));
    *ret = addr;
}

static struct probe_next *add_next(struct probe_outcome *out)
{
    static const struct probe_next none;
    if (out->n_next++ >= PROBE_NEXT_MAX)
        return NULL;
    out->next[out->n_next - 1] = none;
    return &out->next[out->n_next - 1];
}

static void name_device(uint32_t index, char dev[16])
{
    if (!index || !if_indextoname(index, dev))
        dev[0] = '\0';
}

static void take_hop(struct probe_outcome *out, int family, const struct rtnexthop *hop)
{
    struct probe_next *next = add_next(out);
    if (!next)
        return;
    name_device((uint32_t)hop->rtnh_ifindex, next->dev);
    next->weight = hop->rtnh_hops + 1u;
    const struct nlattr *attr = (const struct nlattr *)((const char *)hop + RTNH_LENGTH(0));
    const char *end = (const char *)hop + hop->rtnh_len;
    for (; mnl_attr_ok(attr, (int)(end - (const char *)attr)); attr = mnl_attr_next(attr)) {
        if (mnl_attr_get_type(attr) == RTA_GATEWAY)
            get_addr(attr, family, &next->via);
        else if (mnl_attr_get_type(attr) == RTA_VIA)
            get_via(attr, &next->via);
    }
}

static void take_only_hop(struct probe_outcome *out, int family, struct nlattr *const attrs[])
{
    struct probe_next *next = attrs[RTA_OIF] ? add_next(out) : NULL;
    if (!next)
        return;
    name_device(mnl_attr_get_u32(attrs[RTA_OIF]), next->dev);
    next->weight = 1;
    get_addr(attrs[RTA_GATEWAY], family, &next->via);
    if (attrs[RTA_VIA])
        get_via(attrs[RTA_VIA], &next->via);
}

static void take_attrs(const struct nlmsghdr *msg, struct nlattr *attrs[RTA_MAX + 1])
{
    struct nlattr *attr;
    memset(attrs, 0, (RTA_MAX + 1) * sizeof(*attrs));
    mnl_attr_for_each(attr, msg, sizeof(struct rtmsg))
    {
        if (mnl_attr_get_type(attr) <= RTA_MAX)
            attrs[mnl_attr_get_type(attr)] = attr;
    }
}

static bool is_wanted(const struct found *f, const struct rtmsg *header, uint32_t table,
                      const struct prefix *prefix)
{
    const struct probe *p = f->probe;
    if (p->prefix.addr.family == AF_UNSPEC)
        return true;
    return table == (p->table ? p->table : PROBE_TABLE_MAIN) &&
           !(header->rtm_flags & RTM_F_CLONED) && prefix_compare(prefix, &p->prefix) == 0;
}

static void take_route(struct found *f, const struct rtmsg *header, uint32_t table,
                       const struct prefix *prefix, struct nlattr *const attrs[])
{
    struct probe_outcome *out = f->out;
    out->prefix = *prefix;
    out->table = table;
    out->type = header->rtm_type;
    out->n_next = 0;
    if (attrs[RTA_MULTIPATH]) {
        HOPS_EACH (hop, attrs[RTA_MULTIPATH])
            take_hop(out, header->rtm_family, hop);
    } else {
        take_only_hop(out, header->rtm_family, attrs);
    }
}

static int take_message(void *arg, const struct nlmsghdr *msg)
{
    struct found *f = arg;
    const struct rtmsg *header = mnl_nlmsg_get_payload(msg);
    struct nlattr *attrs[RTA_MAX + 1];
    if (msg->nlmsg_type != RTM_NEWROUTE)
        return 0;
    take_attrs(msg, attrs);
    uint32_t table = attrs[RTA_TABLE] ? mnl_attr_get_u32(attrs[RTA_TABLE]) : header->rtm_table;
    uint32_t metric = attrs[RTA_PRIORITY] ? mnl_attr_get_u32(attrs[RTA_PRIORITY]) : 0;
    struct prefix prefix = {.addr.family = header->rtm_family, .len = header->rtm_dst_len};
    get_addr(attrs[RTA_DST], header->rtm_family, &prefix.addr);
    if (!is_wanted(f, header, table, &prefix) || (f->any && metric >= f->metric))
        return 0;
    f->any = true;
    f->metric = metric;
    take_route(f, header, table, &prefix, attrs);
    return 0;
}

/* `ip route get fibmatch` */
static int look_up(struct nl *nl, const struct probe *p, struct found *f, struct err *err)
{
    const struct rtmsg header = {.rtm_family = p->to.family,
                                 .rtm_dst_len = (uint8_t)addr_bits(&p->to),
                                 .rtm_flags = RTM_F_LOOKUP_TABLE | RTM_F_FIB_MATCH};
    nl_on_reply(nl, take_message, f);
    struct nl_msg *m = nl_begin(nl, RTM_GETROUTE, 0);
    nl_put_header(m, &header, sizeof(header));
    nl_put_addr(m, RTA_DST, &p->to);
    nl_queue(nl, 0);
    return nl_send(nl, err);
}

/* `ip route show` */
static int find_prefix(struct nl *nl, const struct probe *p, struct found *f, struct err *err)
{
    const struct rtmsg header = {.rtm_family = p->prefix.addr.family};
    nl_put_header(nl_begin(nl, RTM_GETROUTE, 0), &header, sizeof(header));
    return nl_dump(nl, take_message, f, err);
}

static int open_route(struct engine *e, struct job *job)
{
    CLEAN_NL struct nl *nl = NULL;
    struct err err;
    struct found found = {.probe = job->probe, .out = job->out};
    bool exact = job->probe->prefix.addr.family != AF_UNSPEC;
    int r = nl_open(&nl, &err);
    if (r)
        return r;
    r = exact ? find_prefix(nl, job->probe, &found, &err) : look_up(nl, job->probe, &found, &err);
    job->out->code = r;
    engine_finish(e, job, !r && found.any ? PROBE_ANSWERED : PROBE_UNREACHABLE);
    return 0;
}

/* Never, as it is done by then. */
static void tick_route(struct engine *e, struct job *job)
{
    engine_finish(e, job, PROBE_UNREACHABLE);
}

const struct probe_ops probe_route = {
    .fds = 1,
    .open = open_route,
    .tick = tick_route,
};
