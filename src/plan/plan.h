// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/kinds.h"
#include "model/model.h"

/*
 * What has to be done to make a topology real, as one ordered list of operations. The executor,
 * the dry run, the shell script and the golden files are uses of this one list. An operation
 * points into the model, which must outlive the plan.
 *
 * The list has four parts, in this order:
 *   1. for each node: OP_NODE, which brings what every node and its kind start with
 *      (model/kinds.h), then OP_SYSCTLs for what the file sets, and OP_FILEs; all before it has any
 *      interface;
 *   2. OP_VETH for each link;
 *   3. for each node: what configures it: devices, interface settings, late sysctls, addresses,
 *      routes, rules, the firewall, impairments, the uplink. Within a node order matters; between
 *      nodes it does not.
 *      From its routes on, a node's configuration waits until its links run.
 *   4. OP_EXECs, node by node, then OP_SERVICEs, each behind those that it waits for.
 */
enum op_kind {
    OP_NODE,      /* make the namespace, with what its kind starts with */
    OP_SYSCTL,    /* u.sysctl: write it in the node */
    OP_FILE,      /* u.file: a file or directory that only the node sees */
    OP_VETH,      /* u.link: both ends, named, numbered, in their nodes, with MAC, MTU, queues */
    OP_DEVICE,    /* u.iface: one that has a type: name, index, MAC, MTU, options */
    OP_WIREGUARD, /* iface: its key and port; or, where it is not NULL, u.peer of it */
    OP_SET,       /* u.iface: master, learning, alias of an interface that exists; then up, unless
                   * state: down */
    OP_VLANS,     /* u.iface: the VLANs of a port, or of a bridge itself */
    OP_ADDRESS,   /* u.addr on iface */
    OP_ROUTE,     /* u.route */
    OP_RULE,      /* u.rule */
    OP_FIREWALL,  /* u.firewall: its table, as one transaction */
    OP_NFT,       /* u.firewall: its raw text, after everything else of the node */
    OP_IMPAIR,    /* u.iface: queueing disciplines that impair what it sends */
    OP_UPLINK,    /* u.uplink: what carries its packets, when all nodes are configured */
    OP_EXEC,      /* u.command: run it; the rest waits until it has ended with 0 */
    OP_SERVICE,   /* u.service: start it, and see it ready */
    OP_KIND_COUNT,
};

/* Large labs have millions: what it is about is found through the plan. */
struct op {
    uint32_t node;       /* where: op_node */
    uint32_t kind : 8;   /* enum op_kind */
    uint32_t iface : 24; /* which of the node's: op_iface */
    union {
        const struct sysctl *sysctl;
        const struct link *link;
        const struct iface *iface;
        const struct ifaddr *addr;
        const struct route *route;
        const struct rule *rule;
        const struct firewall *firewall;
        const struct wg_peer *peer;
        const struct uplink *uplink;
        const struct node_file *file;
        const struct command *command;
        const struct service *service;
    } u;
};

/* Ops FIRST to FIRST + N - 1. */
struct op_range {
    uint32_t first, n;
};

struct plan {
    const struct topo *topo;
    VEC(struct op) ops;
    struct op_range links;    /* part 2 */
    struct op_range *setup;   /* part 1, by node id */
    struct op_range *config;  /* part 3, by node id */
    struct op_range programs; /* part 4 */
};

static inline enum op_kind op_kind(const struct op *op)
{
    return (enum op_kind)op->kind;
}

/* Where it is; of a veth the node of its first end. */
static inline const struct node *op_node(const struct plan *plan, const struct op *op)
{
    return plan->topo->nodes.v[op->node];
}

/* The interface of an OP_ADDRESS or OP_WIREGUARD. */
static inline const struct iface *op_iface(const struct plan *plan, const struct op *op)
{
    const struct node *node = op_node(plan, op);
    return op->iface ? node->ifaces.v[op->iface - 1] : node->lo;
}

/* Of what asked for it; line 0: nothing in the file did. */
struct pos op_pos(const struct plan *plan, const struct op *op);

/* In the model's arena. Cannot fail: what cannot be planned is not a valid model. */
struct plan *plan_new(const struct topo *topo);

enum plan_format { PLAN_TEXT, PLAN_SH, PLAN_JSON };

/* The plan for people, as a script of ip, sysctl and bridge commands, or for programs. The caller
 * frees it. */
char *plan_print(const struct plan *plan, enum plan_format format);

/* One operation in a few words, for errors and progress: "creating link r1:eth0 - r2:eth1". */
const char *op_text(struct arena *arena, const struct plan *plan, const struct op *op);
