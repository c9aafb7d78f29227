// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/addr.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/vec.h"

/*
 * A topology as a graph of plain structs, everything resolved: what the plan is made from. It
 * lives in one arena and never changes once topo_load has given it out. A model is valid, or it
 * does not exist.
 */
enum iface_kind_id {
    IFACE_LO,
    IFACE_VETH,
    IFACE_BRIDGE,
    IFACE_UPLINK,
    IFACE_DUMMY,
    IFACE_PHYSICAL, /* lent by the host */
};

struct node_kind; /* model/kinds.h */
struct firewall;  /* model/firewall.h */

struct sysctl {
    const char *path; /* below /proc/sys: "net/ipv4/ip_forward" */
    const char *value;
    struct pos pos;
    bool if_there; /* passed over where this kernel has no such file */
};

struct label {
    const char *key, *value;
};

struct ifaddr {
    struct prefix prefix; /* host bits kept */
    struct pos pos;
    bool dad; /* duplicate address detection, which is off unless a sysctl asks for it */
};

/* An interface of a node. */
struct iface {
    const char *name;
    struct node *node;
    enum iface_kind_id kind;
    bool down;        /* state: down */
    bool unnumbered;  /* `addresses: []`: `subnets` elsewhere on the segment leave it out */
    bool no_learning; /* a port of a hub: learns nothing */
    bool has_mac;
    struct mac mac;
    uint32_t index;    /* the kernel's ifindex, chosen by us: no two of a lab are the same, as the
                        * kernel    is slow to believe a link whose ends have one index; lo is 1 */
    uint32_t mtu;      /* bytes; 0: the kernel's default */
    const char *alias; /* ifalias, or NULL */
    const char *host_interface; /* of a physical one: its name on the host; else NULL */
    struct link *link;          /* of a veth: its link, and which end this is; else NULL */
    uint32_t end;
    uint32_t segment;     /* what one broadcast reaches: interfaces with the same number */
    struct iface *master; /* the bridge it is a port of, or NULL */
    struct pos pos;
    struct pos mac_pos, mtu_pos, state_pos, addrs_pos; /* where these are written, if they are */
    VEC(struct ifaddr) addrs;
    VEC(struct sysctl) sysctls; /* written when the interface exists */
};

/* A pair of interfaces joined by a veth pair. */
struct link {
    struct iface *ends[2];
    uint32_t queues;
    uint32_t cost; /* for shortest paths */
    bool ranged;   /* one of many that one place of the file makes */
    struct pos pos;
    VEC(struct label) labels;
};

enum route_type { /* rtnetlink's numbers: RTN_* */
                  ROUTE_UNICAST = 1,
                  ROUTE_LOCAL = 2,
                  ROUTE_BLACKHOLE = 6,
                  ROUTE_UNREACHABLE = 7,
                  ROUTE_PROHIBIT = 8,
                  ROUTE_THROW = 9,
};

struct nexthop {
    struct addr via;         /* AF_UNSPEC: directly on dev */
    const struct iface *dev; /* always set for a unicast route */
    uint32_t weight;         /* 1 to 256 */
    bool onlink;
    struct pos pos;
};

typedef VEC(struct nexthop) nexthop_list;

struct route {
    struct prefix to; /* network address; length 0 for default */
    enum route_type type;
    uint32_t table;  /* 254 main */
    uint32_t metric; /* 0: the kernel's (IPv6: 1024) */
    uint32_t mtu;    /* 0: none */
    int scope;       /* RT_SCOPE_*, -1: as `ip route` chooses */
    struct addr src;
    struct pos pos;
    nexthop_list hops; /* none for blackhole and such */
};

enum rule_action { RULE_TABLE, RULE_BLACKHOLE, RULE_UNREACHABLE, RULE_PROHIBIT };

/* A policy routing rule; one with neither from nor to is made for both families. */
struct rule {
    uint8_t family;
    uint32_t priority;
    struct prefix from, to; /* AF_UNSPEC: any */
    const char *iif, *oif;  /* NULL: any */
    bool has_mark, has_ipproto, has_sport, has_dport;
    uint32_t mark, mask;
    uint8_t ipproto;
    uint16_t sport[2], dport[2]; /* first and last */
    enum rule_action action;
    uint32_t table;
    struct pos pos;
};

/* What carries the packets of an uplink: a program in user space (either, as installed), or a veth
 * pair whose other end is the host's. */
enum uplink_mode { UPLINK_ANY, UPLINK_PASTA, UPLINK_SLIRP4NETNS, UPLINK_VETH };

/* Who is who in a subnet of an uplink: the host's number. */
enum uplink_place { UPLINK_OWN = 1, UPLINK_GATEWAY, UPLINK_DNS };

/* A node's way out of the lab. */
struct uplink {
    enum uplink_mode mode;
    struct iface *iface;
    struct prefix subnets[2]; /* of IPv4 and of IPv6; family AF_UNSPEC: none */
    struct pos pos;
};

struct node {
    const char *name;
    uint32_t id; /* its place in topo.nodes */
    const struct node_kind *kind;
    bool hidden; /* made by nslab for a LAN: not named to the user, not in /run/netns */
    bool ranged; /* one of many that one place of the file makes */
    const char *description;
    struct pos pos;
    struct iface *lo;
    VEC(struct iface *) ifaces; /* without lo, by index */
    struct map iface_by_name;   /* of nodes with many */
    /* What the file sets: before the node has interfaces, after what its kind starts with (see
     * model/kinds.h); and when they are there, where it names one. */
    VEC(struct sysctl) sysctls;
    VEC(struct sysctl) late_sysctls;
    VEC(struct route) routes; /* in the order to install them */
    uint32_t written;         /* how many of them the file has; those behind are shortest paths */
    VEC(struct rule) rules;
    const struct firewall *firewall; /* NULL: none */
    struct uplink *uplink;           /* NULL: none */
    VEC(struct label) labels;
};

/* A LAN as written, for those who show it: its members, and the hidden node that is its bridge. */
struct lan {
    struct node *bridge;
    VEC(struct iface *) members;
    struct pos pos;
};

struct topo {
    struct arena *arena;
    const char *file; /* as the user named it */
    const char *name;
    const char *description;
    VEC(struct node *) nodes; /* as in the file, then the hidden ones */
    VEC(struct link *) links; /* in file order; a LAN gives one for each member */
    VEC(struct lan) lans;
    struct map by_name;
};

#define ROUTE_TABLE_MAIN 254
#define IFINDEX_FIRST 16 /* leaves room for the kernel's own fallback devices (tunl0, sit0, …) */

/* What is said beside the file; it must live as long as the topology. */
struct topo_options {
    const char *name;       /* in place of the file's own, or NULL */
    const char *const *set; /* `KEY=VALUE` for variables of the file, NULL-terminated; or NULL */
};

/*
 * Reads the topology in DIAGS' source. OPTIONS may be NULL. NULL where there is an error in DIAGS;
 * warnings may be there either way. DIAGS' arena holds it all.
 */
struct topo *topo_load(struct diags *diags, const struct topo_options *options);

/* The name of the lab that a file describes, whatever else is wrong with it; NULL if it has none
 * that fits. */
const char *topo_peek_name(struct diags *diags);

struct node *topo_find_node(const struct topo *topo, const char *name);
struct iface *node_find_iface(const struct node *node, const char *name);

/* "NODE:INTERFACE" in the arena. */
const char *iface_label(struct arena *arena, const struct iface *iface);

/* Whether packets can come in and go out: it is up, and so is the other end of its link. */
bool iface_is_up(const struct iface *iface);

/* Whether NODE passes on packets of FAMILY: by its kind, or by what the file sets. */
bool node_forwards(const struct node *node, int family);

/* The other end of a veth. */
struct iface *iface_peer(const struct iface *iface);

/* IFACE's own address ADDR, or NULL. */
const struct ifaddr *iface_find_addr(const struct iface *iface, const struct addr *addr);

/* The first address of FAMILY that an interface has, link-local ones left out, or NULL. */
const struct ifaddr *iface_first_addr(const struct iface *iface, int family);

/* The first address of FAMILY that a node has (those of loopback and of an uplink come last), or
 * NULL. */
const struct ifaddr *node_first_addr(const struct node *node, int family);

bool uplink_has(const struct uplink *uplink, int family);
struct addr uplink_addr(const struct uplink *uplink, int family, enum uplink_place place);

/* The schema of the language, as JSON text; the caller frees it. */
char *topo_schema_text(void);
