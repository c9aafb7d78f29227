// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/kinds.h"
#include "model/language.h"
#include "model/model.h"

/* What one broadcast reaches. */
struct segment {
    VEC(struct iface *) ifaces; /* ends of links in link order, then others */
    bool by_subnets;            /* `subnets` numbers it */
};

/* Where a node comes from. */
struct node_source {
    struct scope scope;         /* its name, and the parts of it */
    const struct doc_entry *of; /* an entry whose key is a pattern, and */
    const struct doc_entry *by; /* the entry of this name; one of both may be NULL */
    const struct node_input *in;
};

/*
 * The steps from a document to a model, in order. Each reports what it finds and goes on; a step
 * that needs what an earlier one could not make is not run.
 */
struct loader {
    struct reader r;       /* its arena is the topology's: what the model is made of */
    struct arena *scratch; /* what is given back when the model is made: all that is as written */
    struct topo *topo;
    struct root_input root;
    struct scope vars;
    VEC(struct node_source) nodes;   /* by node id; of the nodes in the file */
    VEC(struct iface_source) ifaces; /* by index - IFINDEX_FIRST */
    VEC(struct numbering) numberings;
    VEC(struct segment) segments; /* by iface->segment; those of links come first, in link order */
    struct map memory;            /* see struct reader */
    uint64_t merged;              /* values that nodes got by inheritance */
    uint64_t expanded;            /* values of links that patterns made */
    struct map lent;              /* names on the host of interfaces that are lent; to these */
    struct map sources;           /* paths of files that nodes have the content of; to these */
    struct map services;          /* by NODE/SERVICE */
    uint64_t files_size;          /* bytes of all nodes' files */
    VEC(const char *) eth_names;  /* by number */
    bool services_missing;        /* those of routing daemons are not made: others may mean these */
    bool nodes_missing; /* names of nodes are wrong, which was said: others may mean these */
};

/* Where things are written of an interface; line 0: nowhere. */
struct iface_source {
    struct pos mac, mtu, state;
};

/* `subnets` of a link, for numbering once the segments are known. */
struct numbering {
    const struct iface *iface; /* any of the link's */
    const struct list_value *subnets;
};

/* load_vars.c: the file's variables, and SET (NULL-terminated, or NULL) of `KEY=VALUE` over them.
 */
void load_vars(struct loader *l, const struct doc_node *root, const char *const *set);

/* For reading what is written: into the scratch arena, with the scope that is set. */
static inline struct reader load_reader(const struct loader *l)
{
    struct reader r = l->r;
    r.arena = l->scratch;
    return r;
}

/* From here on what is found is about NODE, whose place may be that of many (or NULL). */
void load_about(struct loader *l, const struct node *node);

/* What was written of NODE, which is one of the file's. */
static inline const struct node_input *load_input(const struct loader *l, const struct node *node)
{
    return l->nodes.v[node->id].in;
}

/* load_nodes.c: the file's nodes with their own attributes, without interfaces. */
void load_nodes(struct loader *l);

/* load_links.c: links and LANs, the interfaces at their ends, and what is said of these. */
void load_links(struct loader *l);

/* load_patterns.c: the links that ITEM of `links` stands for, each a document without patterns and
 * without references. False after the error that all of them together are too many. */
struct link_doc {
    const struct doc_node *doc;
    const char *about; /* "h7 - r1", where ITEM stands for several; "": a LAN whose members are
                        * several; else NULL */
};
typedef VEC(struct link_doc) link_docs;
bool load_link_docs(struct loader *l, const struct doc_node *item, link_docs *ret);

/* Where things are written of IFACE, which is not lo. */
static inline struct iface_source *load_source(const struct loader *l, const struct iface *iface)
{
    return &l->ifaces.v[iface->index - IFINDEX_FIRST];
}

/* What of it is apart, for writing, in the model's arena. */
struct iface_extra *load_iface_extra(struct loader *l, struct iface *iface);
struct node_extra *load_node_extra(struct loader *l, struct node *node);

/* OF's own lo. */
struct iface *load_lo(struct loader *l, const struct node *of);

/* load_ifaces.c: a new interface of NODE; NAME is not yet taken there, or NULL: named later. */
struct iface *load_add_iface(struct loader *l, struct node *node, const char *name, struct pos pos);
void load_name_iface(struct iface *iface, const char *name);

/* The lo of all nodes that have no addresses there. */
extern const struct iface load_plain_lo;

/* br0, where NODE's kind has a bridge. */
void load_add_bridge(struct loader *l, struct node *node);

/* load_uplinks.c: the interface of NODE's uplink, where its kind has one; then the addresses of all
 * of them, and default routes over them where the file gives none. */
void load_add_uplink(struct loader *l, struct node *node);
void load_uplinks(struct loader *l);
void load_uplink_routes(struct loader *l);

/* What an interface entry or an endpoint's map says, taken into IFACE; what was said before of
 * the same thing is an error. */
void load_iface_attrs(struct loader *l, struct iface *iface, const struct iface_input *in);

/* VALUES (of prefix_value) become addresses of IFACE. */
void load_addrs(struct loader *l, struct iface *iface, const struct list_value *values);

/* Reports that WHAT of IFACE is said in both of its places. */
void load_said_twice(struct loader *l, const struct iface *iface, const char *what, struct pos pos);

/* load_devices.c: interface entries that describe no link end: devices, and the bridge of a switch.
 */
void load_devices(struct loader *l);

/* What devices name that has to be numbered first. */
void load_finish_devices(struct loader *l);

/* load_impair.c: what IFACE, an end of a link, does to what it sends: what its link (or NULL) says
 * in IN, and over it its endpoint and its node's entry (NULL: there is none). */
struct impair_inputs {
    const struct impair_input *link, *endpoint, *entry;
};
void load_impair(struct loader *l, struct iface *iface, const struct impair_inputs *in);

/* Reports that IN stands where no link ends. */
void load_refuse_impair(struct loader *l, const struct impair_input *in);

/* load_segments.c: which interfaces one broadcast reaches; then numbers them all. */
void load_segments(struct loader *l);

/* Which interfaces of SEGMENT get addresses of SUBNET: the next free ones, in order. */
typedef bool wants_fn(const struct iface *iface);
struct numbers {
    const struct segment *segment;
    struct prefix subnet;
    struct pos pos; /* of what says so */
    bool of_link;   /* each address has the place of its link's end, not POS */
    wants_fn *wants;
};
void number_by(struct loader *l, const struct numbers *numbers);
uint32_t count_wanting(const struct segment *segment, wants_fn *wants);

/* load_addressing.c: subnets of the pools for segments that have none, loopbacks for routers. */
void load_addressing(struct loader *l);

/* load_sysctls.c: what each node and interface sets. */
void load_sysctls(struct loader *l);

/* SYSCTL at the end of what NODE starts with; what was said before of the same no more. */
void load_set_sysctl(struct loader *l, struct node *node, struct sysctl sysctl);

/* load_names.c: the node NAME; NULL after an error was reported. */
struct node *load_find_node(struct loader *l, const char *name, struct pos pos);

/* Reports that NODE has no interface NAME; true if one of nearly that name was offered. */
bool load_report_iface(struct loader *l, const struct node *node, const char *name, struct pos pos);

/* The interface NAME of NODE, `lo` too; NULL after an error was reported. */
struct iface *load_find_iface(struct loader *l, const struct node *node, const char *name,
                              struct pos pos);

/* What a name in place of an address names: a node, or one interface of it. */
struct named {
    const struct node *node;
    const struct iface *iface; /* NULL: any */
};

/* TEXT is NODE or NODE:INTERFACE; false after an error was reported. */
bool load_named(struct loader *l, const char *text, struct pos pos, struct named *ret);

/* Its first address of FAMILY, or NULL. */
const struct ifaddr *named_addr(const struct named *named, int family);

/* What else is known of a next hop that has a name. */
struct hop_wish {
    const char *dev;         /* the interface that leads there, or NULL */
    bool onlink;             /* it is a neighbour though no subnet says so */
    const struct iface *vrf; /* where no dev is given: the VRF whose route it is, or NULL */
};

/* Its first address of FAMILY that is on one of NODE's subnets, on a segment that both share; or
 * NULL. */
const struct ifaddr *named_neighbour(const struct named *named, const struct node *node,
                                     const struct hop_wish *wish, int family);
bool named_shares_segment(const struct named *named, const struct node *node);

/* load_routes.c: routes with their next hops found, and rules. */
void load_routes(struct loader *l);

/* load_paths.c: routes that `routing` asks for, behind those that are written. */
void load_paths(struct loader *l);

/* load_programs.c: what runs in nodes, and the files that they have. */
void load_programs(struct loader *l);

/* Of NODE, for writing. */
struct programs *load_node_programs(struct loader *l, struct node *node);

/* A new service of NODE, which has none of that NAME; a new file of it, at the end of its list. */
struct service *load_add_service(struct loader *l, struct node *node, const char *name,
                                 struct pos pos);
struct node_file *load_add_file(struct loader *l, struct node *node, const char *path,
                                struct pos pos);

/* NODE's files into their order, when all are there. */
void load_sort_files(struct loader *l, struct node *node);

/* load_service_order.c: topo.services, each behind those that it waits for, when all are there. */
void load_service_order(struct loader *l);

/* load_routing.c: where NODE's routes come from, by its own word or the top level's: there daemons
 * are for those that forward, others have default routes. */
struct routing_input load_routing_of(const struct loader *l, const struct node *node);

/* The files and services of routing daemons, beside a node's own. */
void load_routing(struct loader *l);

/* load_firewall.c: what each node lets through. */
void load_firewalls(struct loader *l);

/* load_tests.c: what the lab is to do. */
void load_tests(struct loader *l);

/* check.c: what only the whole shows. */
void load_check(struct loader *l);
