// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "netlink/keep.h"

#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/if_addr.h>
#include <string.h>

/* Flags that a request may have; the others say how it is right now. */
#define ROUTE_FLAGS (RTNH_F_ONLINK | RTNH_F_PERVASIVE)

struct dump {
    uint32_t index;
    keep_fn *fn;
    void *arg;
};

/* Not what came in by router advertisements: that comes again. */
static int take_addr(void *arg, const struct nlmsghdr *msg)
{
    const struct dump *dump = arg;
    const struct ifaddrmsg *header = mnl_nlmsg_get_payload(msg);
    if (msg->nlmsg_type == RTM_NEWADDR && header->ifa_family == AF_INET6 &&
        header->ifa_index == dump->index && (header->ifa_flags & IFA_F_PERMANENT))
        dump->fn(dump->arg, msg, msg->nlmsg_len);
    return 0;
}

static bool hops_use(const struct nlattr *multipath, uint32_t index)
{
    const struct rtnexthop *hop = mnl_attr_get_payload(multipath);
    int len = mnl_attr_get_payload_len(multipath);
    for (; RTNH_OK(hop, len); len -= (int)RTNH_ALIGN(hop->rtnh_len), hop = RTNH_NEXT(hop)) {
        if ((uint32_t)hop->rtnh_ifindex == index)
            return true;
    }
    return false;
}

static bool route_uses(const struct nlmsghdr *msg, uint32_t index)
{
    const struct nlattr *attr;
    mnl_attr_for_each(attr, msg, sizeof(struct rtmsg))
    {
        if (mnl_attr_get_type(attr) == RTA_OIF && mnl_attr_get_u32(attr) == index)
            return true;
        if (mnl_attr_get_type(attr) == RTA_MULTIPATH && hops_use(attr, index))
            return true;
    }
    return false;
}

/* Those that people and nslab add: the kernel and daemons see to theirs themselves. */
static int take_route(void *arg, const struct nlmsghdr *msg)
{
    const struct dump *dump = arg;
    const struct rtmsg *header = mnl_nlmsg_get_payload(msg);
    bool ours = header->rtm_protocol == RTPROT_BOOT || header->rtm_protocol == RTPROT_STATIC;
    if (msg->nlmsg_type == RTM_NEWROUTE && ours && !(header->rtm_flags & RTM_F_CLONED) &&
        route_uses(msg, dump->index))
        dump->fn(dump->arg, msg, msg->nlmsg_len);
    return 0;
}

int keep_dump(struct nl *nl, uint32_t index, keep_fn *fn, void *arg, struct err *err)
{
    static const int families[] = {AF_INET, AF_INET6};
    struct dump dump = {.index = index, .fn = fn, .arg = arg};
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

static void clear_hop_flags(void *hops, int len)
{
    struct rtnexthop *hop = hops;
    for (; RTNH_OK(hop, len); len -= (int)RTNH_ALIGN(hop->rtnh_len), hop = RTNH_NEXT(hop))
        hop->rtnh_flags &= ROUTE_FLAGS;
}

/* What a route says of itself that nobody may ask for. */
static void clear_route_flags(struct nlmsghdr *msg)
{
    struct rtmsg *header = mnl_nlmsg_get_payload(msg);
    struct nlattr *attr;
    header->rtm_flags &= ROUTE_FLAGS;
    mnl_attr_for_each(attr, msg, sizeof(*header))
    {
        if (mnl_attr_get_type(attr) == RTA_MULTIPATH)
            clear_hop_flags(mnl_attr_get_payload(attr), mnl_attr_get_payload_len(attr));
    }
}

bool keep_queue(struct nl *nl, const void *msg, size_t len, uint32_t cookie)
{
    _Alignas(struct nlmsghdr) char copy[NL_MSG_MAX];
    struct nlmsghdr *header = (void *)copy;
    if (len > sizeof(copy) || len < sizeof(*header))
        return false;
    memcpy(copy, msg, len);
    if (!mnl_nlmsg_ok(header, (int)len))
        return false;
    if (header->nlmsg_type == RTM_NEWROUTE)
        clear_route_flags(header);
    struct nl_msg *m = nl_begin(nl, header->nlmsg_type, NLM_F_CREATE | NLM_F_REPLACE);
    nl_put_header(m, mnl_nlmsg_get_payload(header), mnl_nlmsg_get_payload_len(header));
    nl_queue(nl, cookie);
    return true;
}

void keep_set_state(struct nl *nl, uint32_t index, bool up, uint32_t cookie)
{
    const struct ifinfomsg header = {
        .ifi_index = (int)index, .ifi_flags = up ? IFF_UP : 0, .ifi_change = IFF_UP};
    nl_put_header(nl_begin(nl, RTM_NEWLINK, 0), &header, sizeof(header));
    nl_queue(nl, cookie);
}
