// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * What services wait for, asked of the kernel. Each question is a dump, as the kernel answers none
 * of them for a single thing in the way that it is meant here: a route to exactly this prefix, any
 * socket on this port.
 */
#include "netlink/presence.h"

#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/neighbour.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#include "netlink/rtnl.h"

struct search {
    const void *what;
    bool found;
};

static int result(int r, const struct search *search)
{
    return r < 0 ? r : search->found;
}

/* --- Sockets --------------------------------------------------------------------------------- */

static int take_socket(void *arg, const struct nlmsghdr *msg)
{
    struct search *search = arg;
    const uint16_t *port = search->what;
    const struct inet_diag_msg *socket = mnl_nlmsg_get_payload(msg);
    if (msg->nlmsg_type == SOCK_DIAG_BY_FAMILY &&
        mnl_nlmsg_get_payload_len(msg) >= sizeof(*socket) && ntohs(socket->id.idiag_sport) == *port)
        search->found = true;
    return 0;
}

int presence_listener(struct nl *nl, uint8_t protocol, uint16_t port, struct err *err)
{
    static const uint8_t families[] = {AF_INET, AF_INET6};
    struct search search = {.what = &port};
    int r = 0;
    for (size_t i = 0; i < ARRAY_SIZE(families) && r == 0 && !search.found; i++) {
        struct inet_diag_req_v2 request = {
            .sdiag_family = families[i],
            .sdiag_protocol = protocol,
            .idiag_states = 1U << (protocol == IPPROTO_TCP ? TCP_LISTEN : TCP_CLOSE),
        };
        nl_put_header(nl_begin(nl, SOCK_DIAG_BY_FAMILY, 0), &request, sizeof(request));
        r = nl_dump(nl, take_socket, &search, err);
    }
    return result(r, &search);
}

/* --- Routes and neighbours ------------------------------------------------------------------- */

/* Whether ATTR, NULL for none, is the address. */
static bool is_addr(const struct nlattr *attr, const struct addr *addr)
{
    return attr && mnl_attr_get_payload_len(attr) == addr_bytes(addr) &&
           !memcmp(mnl_attr_get_payload(attr), addr->bytes, addr_bytes(addr));
}

static const struct nlattr *find_attr(const struct nlmsghdr *msg, size_t header, uint16_t type)
{
    const struct nlattr *attr;
    mnl_attr_for_each(attr, msg, header)
    {
        if (mnl_attr_get_type(attr) == type)
            return attr;
    }
    return NULL;
}

static int take_route(void *arg, const struct nlmsghdr *msg)
{
    struct search *search = arg;
    const struct prefix *to = search->what;
    const struct rtmsg *route = mnl_nlmsg_get_payload(msg);
    if (msg->nlmsg_type != RTM_NEWROUTE || route->rtm_dst_len != to->len ||
        route->rtm_table != RT_TABLE_MAIN || route->rtm_family != to->addr.family ||
        route->rtm_flags & RTM_F_CLONED)
        return 0;
    if (!to->len || is_addr(find_attr(msg, sizeof(*route), RTA_DST), &to->addr))
        search->found = true;
    return 0;
}

int presence_route(struct nl *nl, const struct prefix *to, struct err *err)
{
    struct search search = {.what = to};
    const struct rtmsg header = {.rtm_family = to->addr.family};
    nl_put_header(nl_begin(nl, RTM_GETROUTE, 0), &header, sizeof(header));
    return result(nl_dump(nl, take_route, &search, err), &search);
}

static int take_neighbour(void *arg, const struct nlmsghdr *msg)
{
    struct search *search = arg;
    const struct ndmsg *entry = mnl_nlmsg_get_payload(msg);
    if (msg->nlmsg_type == RTM_NEWNEIGH && !(entry->ndm_state & (NUD_INCOMPLETE | NUD_FAILED)) &&
        is_addr(find_attr(msg, sizeof(*entry), NDA_DST), search->what) &&
        find_attr(msg, sizeof(*entry), NDA_LLADDR))
        search->found = true;
    return 0;
}

int presence_neighbour(struct nl *nl, const struct addr *addr, struct err *err)
{
    struct search search = {.what = addr};
    const struct ndmsg header = {.ndm_family = addr->family};
    nl_put_header(nl_begin(nl, RTM_GETNEIGH, 0), &header, sizeof(header));
    return result(nl_dump(nl, take_neighbour, &search, err), &search);
}

/* --- Interfaces ------------------------------------------------------------------------------ */

static int take_interface(void *arg, const struct rtnl_link *link)
{
    struct search *search = arg;
    if (!strcmp(link->name, search->what) && rtnl_link_runs(link))
        search->found = true;
    return 0;
}

int presence_interface(struct nl *nl, const char *name, struct err *err)
{
    struct search search = {.what = name};
    return result(rtnl_dump_links(nl, take_interface, &search, err), &search);
}
