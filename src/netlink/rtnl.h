// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/model.h"
#include "netlink/nl.h"

/*
 * One function a request. The first group queues; COOKIE comes back when the kernel refuses it (at
 * nl_flush). Their socket must stand in the node's network namespace, that of rtnl_add_veth in any.
 */

/* Both ends in place: NETNS[i] is a descriptor of the network namespace of LINK's end i. */
void rtnl_add_veth(struct nl *nl, const struct link *link, const int netns[2], uint32_t cookie);

/* Starts an RTM_NEWLINK of the interface INDEX; IF_FLAGS are those to set. For rtnl*.c. */
struct nl_msg *rtnl_begin_link(struct nl *nl, uint16_t flags, uint32_t index, unsigned if_flags);

/* A device that netlink makes. */
void rtnl_add_device(struct nl *nl, const struct iface *iface, uint32_t cookie);

/* What iface asks for beyond what it was created with (master, learning, alias; the MTU of `lo` and
 * of bridges), and up unless it is to stay down. */
void rtnl_set_link(struct nl *nl, const struct iface *iface, uint32_t cookie);

/* The VLANs of a port, or of a bridge itself, in place of the one that it starts with. */
void rtnl_set_vlans(struct nl *nl, const struct iface *iface, uint32_t cookie);

/* Moves link INDEX into NETNS, there to be called NAME (a %d in it becomes the first number that is
 * free). */
struct rtnl_move {
    uint32_t index;
    int netns;
    const char *name;
    const char *alias;  /* NULL: as it was */
    uint32_t new_index; /* 0: as it was, or the next; kernels before 5.12 pass it over */
};
void rtnl_move_link(struct nl *nl, const struct rtnl_move *move, uint32_t cookie);
void rtnl_delete_link(struct nl *nl, uint32_t index, uint32_t cookie);

/* Sets the interface INDEX up or down. */
void rtnl_set_state(struct nl *nl, uint32_t index, bool up, uint32_t cookie);

/* `lo` up. */
void rtnl_set_lo_up(struct nl *nl, uint32_t cookie);

void rtnl_add_addr(struct nl *nl, const struct iface *iface, const struct ifaddr *addr,
                   uint32_t cookie);
void rtnl_add_route(struct nl *nl, const struct route *route, uint32_t cookie);

/* One request, or two where the rule is for both families. */
void rtnl_add_rule(struct nl *nl, const struct rule *rule, uint32_t cookie);

/* Asks for one link, without its counters: the answer (see rtnl_parse_link) goes to nl_on_reply's
 * function. At most RTNL_GET_MAX of them before an nl_flush, or the socket's buffer runs over. */
void rtnl_get_link(struct nl *nl, uint32_t index, uint32_t cookie);
#define RTNL_GET_MAX 16

/*
 * Looking. Texts point into the message and live as long as the callback.
 */
struct rtnl_counters {
    uint64_t packets, bytes, errors, dropped;
};

struct rtnl_link {
    uint32_t index;
    unsigned flags;    /* IFF_* */
    uint8_t operstate; /* IF_OPER_* */
    uint32_t mtu;      /* bytes */
    bool has_mac;
    struct mac mac;
    const char *name;
    const char *alias;  /* or NULL */
    const char *kind;   /* "veth", "bridge", …; NULL for lo and physical ones */
    uint32_t master;    /* index, 0: none */
    uint8_t port_state; /* of a bridge's port, BR_STATE_*; else 0 */
    uint32_t peer;      /* of a veth the other end's index, in its own namespace; else 0 */
    uint32_t lower;     /* what it stands on, in the same namespace; 0: nothing */
    bool has_perm;      /* whether its maker gave it a MAC, and which */
    struct mac perm;
    struct rtnl_counters rx, tx; /* 0 in answers to rtnl_get_link */
};

struct rtnl_addr {
    uint32_t index;       /* of the interface */
    struct prefix prefix; /* the interface's own address */
    uint8_t scope;        /* RT_SCOPE_* */
    uint32_t flags;       /* IFA_F_* */
};

/* Whether packets pass: up, with carrier, and the kernel has acted on it; a port of a bridge has
 * found out whether it is to pass them. */
bool rtnl_link_runs(const struct rtnl_link *link);

/* An RTM_NEWLINK; false for any other message. */
bool rtnl_parse_link(const struct nlmsghdr *msg, struct rtnl_link *ret);

/* A negative value ends the dump and is handed on. */
typedef int rtnl_link_fn(void *arg, const struct rtnl_link *link);
typedef int rtnl_addr_fn(void *arg, const struct rtnl_addr *addr);

/* Asks for one link and waits for the answer. No such link is an error, of -ENODEV. */
int rtnl_see_link(struct nl *nl, uint32_t index, rtnl_link_fn *fn, void *arg, struct err *err);

/* All links, and all addresses of both families, of the socket's namespace. */
int rtnl_dump_links(struct nl *nl, rtnl_link_fn *fn, void *arg, struct err *err);
int rtnl_dump_addrs(struct nl *nl, rtnl_addr_fn *fn, void *arg, struct err *err);
