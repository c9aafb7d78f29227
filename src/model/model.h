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
    IFACE_BRIDGE, /* br0 of a switch or hub, a device too */
    IFACE_UPLINK, /* of a nat, a tap or one end of a veth, a device too */
    IFACE_DEVICE,
};

struct node_kind; /* model/kinds.h */
struct firewall;  /* model/firewall.h */
struct device;    /* model/device.h */
struct impair;    /* model/impair.h */
struct wg_secret; /* model/wireguard.h */
struct programs;  /* model/programs.h */
struct service;
struct test;      /* model/tests.h */

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
    bool dad; /* duplicate address detection, which is off unless a sysctl asks for it */
    struct pos pos;
};

/* The VLANs of a bridge's port. */
struct vlan_range {
    uint16_t first, last;
};
struct vlans {
    VEC(struct vlan_range) tagged;
    uint16_t untagged; /* 0: untagged frames are dropped */
    struct pos pos;
};

/* An interface of a node. Labs have tens of thousands: members leave no gaps, and what few have is
 * apart. */
struct iface {
    const char *name;
    struct node *node;         /* NULL of a lo without addresses: there is one for all nodes */
    struct link *link;         /* of a veth; else NULL */
    struct device *device;     /* what it is, of neither a veth nor lo; else NULL */
    struct iface *master;      /* the bridge, bond or VRF that it is in, or NULL */
    struct iface_extra *extra; /* NULL: nothing of it. Read with iface_extra */
    VEC(struct ifaddr) addrs;
    struct pos pos;
    uint32_t index;   /* the kernel's ifindex, chosen by us: no two of a lab are the same, as the
                       * kernel is slow to believe a link whose ends have one index; lo is 1 */
    uint32_t mtu;     /* bytes; 0: the kernel's default */
    uint32_t segment; /* what one broadcast reaches: interfaces with the same number */
    enum iface_kind_id kind : 8;
    uint8_t end;          /* of a veth: which end of its link this is */
    bool down : 1;        /* state: down */
    bool addressed : 1;   /* the file says its `addresses` */
    bool unnumbered : 1;  /* `addresses: []`: `subnets` elsewhere on the segment leave it out */
    bool no_learning : 1; /* a port of a hub: learns nothing */
    bool bad : 1;         /* what is said of it is wrong, and was reported */
    uint8_t mark;         /* of whoever walks over a node's interfaces */
};

struct iface_extra {
    const char *alias;           /* ifalias, or NULL */
    const struct vlans *vlans;   /* of a bridge's port, where the file says so; else NULL */
    const struct impair *impair; /* what it does to what it sends; NULL: nothing */
    struct mac mac;
    bool has_mac;
    VEC(struct sysctl) sysctls; /* written when the interface exists */
};

/* A pair of interfaces joined by a veth pair. */
struct link {
    struct iface *ends[2];
    VEC(struct label) labels;
    struct pos pos;
    uint32_t cost; /* for shortest paths */
    uint16_t queues;
    bool ranged; /* one of many that one place of the file makes */
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

/* As an interface: what few have is apart. */
struct node {
    const char *name;
    const struct node_kind *kind;
    const struct iface *lo;
    const struct firewall *firewall; /* NULL: none */
    struct node_extra *extra;        /* NULL: nothing of it. Read with node_extra */
    VEC(struct iface *) ifaces;      /* without lo, by index */
    VEC(struct route) routes;        /* in the order to install them */
    struct pos pos;
    uint32_t id;      /* its place in topo.nodes */
    uint32_t written; /* how many of its routes the file has; those behind are shortest paths */
    bool hidden;      /* made by nslab for a LAN: not named to the user, not in /run/netns */
    bool ranged;      /* one of many that one place of the file makes */
};

struct node_extra {
    const char *description;
    VEC(struct label) labels;
    /* Its interfaces in the order to make and to set them up in: what stands on another or has
     * members comes after these. NULL: any order will do. */
    struct iface **stack;
    /* What the file sets: before the node has interfaces, after what its kind starts with (see
     * model/kinds.h); and when they are there, where it names one. */
    VEC(struct sysctl) sysctls;
    VEC(struct sysctl) late_sysctls;
    VEC(struct rule) rules;
    struct uplink *uplink;     /* NULL: none; see node_uplink */
    struct programs *programs; /* NULL: none; see node_programs */
    struct map iface_by_name;  /* where there are many */
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
    VEC(const struct wg_secret *) secrets;
    VEC(struct service *) services; /* of all nodes, each behind those that it waits for */
    VEC(const struct test *) tests; /* in file order */
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

/* What of it is apart, for reading: never NULL. */
const struct iface_extra *iface_extra(const struct iface *iface);
const struct node_extra *node_extra(const struct node *node);

/* NODE's way out of the lab, or NULL. */
struct uplink *node_uplink(const struct node *node);

struct node *topo_find_node(const struct topo *topo, const char *name);
struct iface *node_find_iface(const struct node *node, const char *name);

/* Whether IFACE carries packets for its master alone, a bridge or a bond, and so has no addresses.
 */
bool iface_is_port(const struct iface *iface);

/* Of a port of a bridge that filters: the VLAN of its untagged frames (0: they are dropped), and
 * whether it carries VLAN tagged. */
#define VLAN_DEFAULT 1
uint32_t iface_untagged(const struct iface *iface);
bool iface_is_tagged(const struct iface *iface, uint32_t vlan);

/* The VRF that IFACE is in, or is; NULL: none, its routes are in the node's own tables. */
struct iface *iface_vrf(const struct iface *iface);

/* Its MTU, written or what follows from what it stands on. */
uint32_t iface_mtu(const struct iface *iface);

/* "NODE:INTERFACE" in the arena. */
const char *iface_label(struct arena *arena, const struct iface *iface);

/* Whether packets can come in and go out: it is up, and so is the other end of its link. */
bool iface_is_up(const struct iface *iface);

/* Whether NODE passes on packets of FAMILY: by its kind, or by what the file sets. */
bool node_forwards(const struct node *node, int family);

/* The other end of a veth. */
struct iface *iface_peer(const struct iface *iface);

/* Whether IFACE is one of those that are numbered together: of a link, or as good as one. */
bool iface_is_numbered(const struct iface *iface);

/* The interface of NODE that has address ADDR, or NULL. */
const struct iface *node_find_addr(const struct node *node, const struct addr *addr);

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
