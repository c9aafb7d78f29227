// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/kinds.h"
#include "model/language.h"
#include "model/model.h"

/*
 * The steps from a document to a model, in order. Each reports what it finds and goes on; a step
 * that needs what an earlier one could not make is not run.
 */
struct loader {
    struct reader r;
    struct topo *topo;
    struct root_input root;
    struct node_input *nodes; /* as written, by node id; of the nodes in the file */
    VEC(struct numbering) numberings;
    uint64_t merged; /* values that nodes got by inheritance */
    uint32_t ifaces; /* made so far, for their indexes */
};

/* `subnets` of a link, for numbering once the segments are known. */
struct numbering {
    const struct iface *iface; /* any of the link's */
    const struct list_value *subnets;
};

/* load_nodes.c: the file's nodes with their own attributes, without interfaces. */
void load_nodes(struct loader *l);

/* load_links.c: links and LANs, the interfaces at their ends, and what is said of these. */
void load_links(struct loader *l);

/* load_ifaces.c: a new interface of NODE; NAME is not yet taken there, or NULL: named later. */
struct iface *load_add_iface(struct loader *l, struct node *node, const char *name, struct pos pos);
void load_name_iface(struct iface *iface, const char *name);

/* br0, where NODE's kind has a bridge. */
void load_add_bridge(struct loader *l, struct node *node);

/* What an interface entry or an endpoint's map says, taken into IFACE; what was said before of
 * the same thing is an error. */
void load_iface_attrs(struct loader *l, struct iface *iface, const struct iface_input *in);

/* VALUES (of prefix_value) become addresses of IFACE. */
void load_addrs(struct loader *l, struct iface *iface, const struct list_value *values);

/* Reports that WHAT of IFACE is said in both of its places. */
void load_said_twice(struct loader *l, const struct iface *iface, const char *what, struct pos pos);

/* Interface entries that describe no link end: devices, and the bridge of a switch. */
void load_devices(struct loader *l);

/* load_segments.c: which interfaces one broadcast reaches; then numbers by `subnets`. */
void load_segments(struct loader *l);

/* load_sysctls.c: what each node and interface sets. */
void load_sysctls(struct loader *l);

/* load_routes.c: routes with their next hops found, and rules. */
void load_routes(struct loader *l);

/* load_firewall.c: what each node lets through. */
void load_firewalls(struct loader *l);

/* check.c: what only the whole shows. */
void load_check(struct loader *l);
