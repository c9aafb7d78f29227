// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "netlink/keep.h"

#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/if_addr.h>
#include <string.h>

#include "netlink/hops.h"

/* Flags that a request may have; the others say how it is right now. */
#define ROUTE_FLAGS (RTNH_F_ONLINK | RTNH_F_PERVASIVE)

struct dump {
    const uint32_t *indexes;
    uint32_t n;
    keep_fn *fn;
    void *arg;
};

/* Not what came in by router advertisements: that comes again. */
static int take_addr(void *arg, const struct nlmsghdr *msg)
{
    const struct dump *dump = arg;
    const struct ifaddrmsg *header = mnl_nlmsg_get_payload(msg);
    bool kept = msg->nlmsg_type == RTM_NEWADDR && header->ifa_family == AF_INET6 &&
                (header->ifa_flags & IFA_F_PERMANENT);
    for (uint32_t i = 0; kept && i < dump->n; i++) {
        if (header->ifa_index == dump->indexes[i])
            dump->fn(dump->arg, i, msg, msg->nlmsg_len);
    }
    return 0;
}

/* Those that people and nslab add: the kernel and daemons see to theirs themselves. */
static int take_route(void *arg, const struct nlmsghdr *msg)
{
    const struct dump *dump = arg;
    const struct rtmsg *header = mnl_nlmsg_get_payload(msg);
    bool ours = header->rtm_protocol == RTPROT_BOOT || header->rtm_protocol == RTPROT_STATIC;
    bool kept = msg->nlmsg_type == RTM_NEWROUTE && ours && !(header->rtm_flags & RTM_F_CLONED);
    for (uint32_t i = 0; kept && i < dump->n; i++) {
        if (hops_lead_over(msg, dump->indexes[i]))
            dump->fn(dump->arg, i, msg, msg->nlmsg_len);
    }
    return 0;
}

int keep_dump(struct nl *nl, const uint32_t *indexes, uint32_t n, keep_fn *fn, void *arg,
              struct err *err)
{
    static const int families[] = {AF_INET, AF_INET6};
    struct dump dump = {.indexes = indexes, .n = n, .fn = fn, .arg = arg};
    const struct ifaddrmsg addresses = {.ifa_family = AF_INET6};
    nl_put_header(nl_begin(nl, RTM_GETADDR, 0), &addresses, sizeof(addresses));
    int r = nl_dump(nl, take_addr, &dump, err);
    for (size_t i = 0; !r && i < ARRAY_SIZE(families); i++) {
        const struct rtmsg routes = {.rtm_family = (unsigned char)families[i]};
        nl_put_header(nl_begin(nl, RTM_GETROUTE, 0), &routes, sizeof(routes));
        r = nl_dump(nl, take_route, &dump, err);
    }
    return r;
}

/* --- Giving back --------------------------------------------------------------------------------
 */

/* Of IPv4 a route is given back whole, as far as its interfaces are up; of IPv6 each hop is a route
 * of its own to the kernel, lost and given back for itself. */
static bool is_wanted(const struct keep *keep, int family, uint32_t index)
{
    return family == AF_INET6 ? index == keep->index : keep->is_up(keep->arg, index);
}

/* The hops that are wanted, into RET; gives how many bytes. */
static size_t pick_hops(const struct keep *keep, int family, const struct nlattr *multipath,
                        char *ret)
{
    size_t size = 0;
    HOPS_EACH (hop, multipath) {
        if (!is_wanted(keep, family, (uint32_t)hop->rtnh_ifindex))
            continue;
        memcpy(ret + size, hop, hop->rtnh_len);
        ((struct rtnexthop *)(void *)(ret + size))->rtnh_flags &= ROUTE_FLAGS;
        size += RTNH_ALIGN(hop->rtnh_len);
    }
    return size;
}

static bool put_route(struct nl_msg *m, const struct keep *keep, const struct nlmsghdr *msg)
{
    _Alignas(struct rtnexthop) char hops[NL_MSG_MAX] = {0};
    struct rtmsg header = *(const struct rtmsg *)mnl_nlmsg_get_payload(msg);
    const struct nlattr *attr;
    bool any = true;
    header.rtm_flags &= ROUTE_FLAGS; /* the others nobody may ask for */
    nl_put_header(m, &header, sizeof(header));
    mnl_attr_for_each(attr, msg, sizeof(header))
    {
        bool multipath = mnl_attr_get_type(attr) == RTA_MULTIPATH;
        size_t size = multipath ? pick_hops(keep, header.rtm_family, attr, hops) : 0;
        any = any && (size || !multipath);
        nl_put(m, attr->nla_type, multipath ? hops : mnl_attr_get_payload(attr),
               multipath ? size : mnl_attr_get_payload_len(attr));
    }
    return any;
}

static uint16_t flags_of(const struct nlmsghdr *msg)
{
    const struct rtgenmsg *header = mnl_nlmsg_get_payload(msg);
    bool hop = msg->nlmsg_type == RTM_NEWROUTE && header->rtgen_family == AF_INET6;
    return NLM_F_CREATE | (hop ? 0 : NLM_F_REPLACE);
}

bool keep_queue(struct nl *nl, const struct keep *keep, const void *msg, size_t len)
{
    const struct nlmsghdr *header = msg;
    bool wanted = true;
    if (len < sizeof(*header) || !mnl_nlmsg_ok(header, (int)len))
        return false;
    struct nl_msg *m = nl_begin(nl, header->nlmsg_type, flags_of(header));
    if (header->nlmsg_type == RTM_NEWROUTE)
        wanted = put_route(m, keep, header);
    else
        nl_put_header(m, mnl_nlmsg_get_payload(header), mnl_nlmsg_get_payload_len(header));
    if (wanted)
        nl_queue(nl, 0);
    return wanted;
}
