// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "netlink/rtnl_saved.h"

#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <string.h>

#include "netlink/hops.h"

/* --- Saving ---------------------------------------------------------------------------------- */

struct save {
    uint32_t index;
    struct str *out;
};

static void keep(const struct save *save, const struct nlmsghdr *msg)
{
    str_addn(save->out, (const char *)msg, NLMSG_ALIGN(msg->nlmsg_len));
}

static int keep_link(void *arg, const struct nlmsghdr *msg)
{
    const struct ifinfomsg *header = mnl_nlmsg_get_payload(msg);
    const struct save *save = arg;
    if (msg->nlmsg_type == RTM_NEWLINK && (uint32_t)header->ifi_index == save->index)
        keep(save, msg);
    return 0;
}

static int keep_addr(void *arg, const struct nlmsghdr *msg)
{
    const struct ifaddrmsg *header = mnl_nlmsg_get_payload(msg);
    const struct save *save = arg;
    if (msg->nlmsg_type == RTM_NEWADDR && header->ifa_index == save->index)
        keep(save, msg);
    return 0;
}

static int keep_route(void *arg, const struct nlmsghdr *msg)
{
    const struct rtmsg *header = mnl_nlmsg_get_payload(msg);
    const struct save *save = arg;
    if (msg->nlmsg_type != RTM_NEWROUTE || header->rtm_protocol == RTPROT_KERNEL ||
        header->rtm_protocol == RTPROT_RA || header->rtm_flags & RTM_F_CLONED)
        return 0;
    if (hops_lead_over(msg, save->index))
        keep(save, msg);
    return 0;
}

static int dump(struct nl *nl, uint16_t type, nl_reply_fn *fn, struct save *save, struct err *err)
{
    const struct ifinfomsg header = {.ifi_family = AF_UNSPEC}; /* as long as any of the headers */
    nl_put_header(nl_begin(nl, type, 0), &header, sizeof(header));
    return nl_dump(nl, fn, save, err);
}

int rtnl_save(struct nl *nl, uint32_t index, struct str *ret, struct err *err)
{
    struct save save = {index, ret};
    int r = dump(nl, RTM_GETLINK, keep_link, &save, err);
    if (!r)
        r = dump(nl, RTM_GETADDR, keep_addr, &save, err);
    return r ? r : dump(nl, RTM_GETROUTE, keep_route, &save, err);
}

/* --- Restoring ------------------------------------------------------------------------------- */

struct restore {
    struct nl *nl;
    const char *saved;
    size_t len;
    uint32_t was, index; /* its index then and now */
};

bool rtnl_saved_link(const char *saved, size_t len, struct rtnl_link *ret)
{
    const struct nlmsghdr *msg = (const void *)saved;
    return mnl_nlmsg_ok(msg, (int)len) && rtnl_parse_link(msg, ret);
}

static void flush(struct nl *nl)
{
    struct nl_refusal left_out;
    nl_flush(nl, &left_out);
}

/* Starts a request that changes something of the link, but not whether it is up. */
static struct nl_msg *begin(const struct restore *r)
{
    return rtnl_begin_link(r->nl, 0, r->index, 0);
}

static bool same_mac(const struct rtnl_link *a, const struct rtnl_link *b)
{
    return a->has_mac == b->has_mac && !memcmp(&a->mac, &b->mac, sizeof(a->mac));
}

/* Each in a request of its own, as one that is refused takes the rest along; and only what differs,
 * as a driver may mind to be told what it knows while it is up. */
static void restore_link(const struct restore *r, const struct rtnl_link *is,
                         const struct rtnl_link *was)
{
    if (strcmp(is->name, was->name) != 0) {
        nl_put_str(begin(r), IFLA_IFNAME, was->name);
        nl_queue(r->nl, 0);
    }
    if (was->has_mac && !same_mac(is, was)) {
        nl_put_mac(begin(r), IFLA_ADDRESS, &was->mac);
        nl_queue(r->nl, 0);
    }
    if (is->mtu != was->mtu) {
        nl_put_u32(begin(r), IFLA_MTU, was->mtu);
        nl_queue(r->nl, 0);
    }
    nl_put_str(begin(r), IFLA_IFALIAS, was->alias ? was->alias : "");
    nl_queue(r->nl, 0);
    flush(r->nl);
}

/* The messages of TYPE, said again with the index of now: by CHANGE, in a copy. */
typedef void change_fn(const struct restore *r, struct nlmsghdr *msg);

static void say_again(const struct restore *r, uint16_t type, uint16_t flags, change_fn *change)
{
    int left = (int)r->len;
    const struct nlmsghdr *msg = (const void *)r->saved;
    for (; mnl_nlmsg_ok(msg, left); msg = mnl_nlmsg_next(msg, &left)) {
        if (msg->nlmsg_type != type)
            continue;
        struct nlmsghdr *copy = malloc(msg->nlmsg_len);
        if (!copy)
            continue;
        memcpy(copy, msg, msg->nlmsg_len);
        change(r, copy);
        nl_put_raw(nl_begin(r->nl, type, flags), mnl_nlmsg_get_payload(copy),
                   mnl_nlmsg_get_payload_len(copy));
        nl_queue(r->nl, 0);
        free(copy);
    }
    flush(r->nl);
}

static void change_addr(const struct restore *r, struct nlmsghdr *msg)
{
    struct ifaddrmsg *header = mnl_nlmsg_get_payload(msg);
    header->ifa_index = r->index;
}

static void change_hops(const struct restore *r, const struct nlattr *multipath)
{
    HOPS_EACH (hop, multipath) {
        hop->rtnh_flags &= RTNH_F_ONLINK; /* the others are the kernel's */
        if ((uint32_t)hop->rtnh_ifindex == r->was)
            hop->rtnh_ifindex = (int)r->index;
    }
}

static void change_route(const struct restore *r, struct nlmsghdr *msg)
{
    struct rtmsg *header = mnl_nlmsg_get_payload(msg);
    struct nlattr *attr;
    header->rtm_flags &= RTNH_F_ONLINK;
    mnl_attr_for_each(attr, msg, sizeof(*header))
    {
        if (mnl_attr_get_type(attr) == RTA_OIF && mnl_attr_get_u32(attr) == r->was)
            memcpy(mnl_attr_get_payload(attr), &r->index, sizeof(r->index));
        else if (mnl_attr_get_type(attr) == RTA_MULTIPATH)
            change_hops(r, attr);
    }
}

void rtnl_restore(struct nl *nl, const struct rtnl_link *link, const char *saved, size_t len)
{
    struct rtnl_link was;
    struct restore r = {.nl = nl, .saved = saved, .len = len, .index = link->index};
    if (!rtnl_saved_link(saved, len, &was))
        return;
    r.was = was.index;
    restore_link(&r, link, &was);
    say_again(&r, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, change_addr);
    rtnl_set_state(nl, link->index, was.flags & IFF_UP, 0);
    flush(nl);
    /* twice: a gateway may be reached by a route that comes behind its own */
    for (int i = 0; i < 2; i++)
        say_again(&r, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, change_route);
}
