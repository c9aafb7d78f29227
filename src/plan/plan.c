// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* From the model to the list of operations. All order is decided here. */
#include "plan/plan.h"

#include <string.h>
#include <sys/socket.h>

#include "model/device.h"
#include "model/firewall.h"
#include "model/impair.h"
#include "model/programs.h"
#include "model/wireguard.h"
#include "plan/program_words.h"
#include "plan/words.h"

struct planner {
    struct plan *plan;
    struct arena *arena;
    const struct node *node;
};

static struct op *add_op(struct planner *p, enum op_kind kind)
{
    struct op *op = vec_add(p->arena, &p->plan->ops);
    op->kind = kind;
    op->node = p->node->id;
    return op;
}

static void plan_setup(struct planner *p)
{
    add_op(p, OP_NODE);
    VEC_EACH (const struct sysctl, it, &node_extra(p->node)->sysctls)
        add_op(p, OP_SYSCTL)->u.sysctl = it;
    VEC_EACH (const struct node_file, it, &node_programs(p->node)->files)
        add_op(p, OP_FILE)->u.file = it;
}

static void plan_link(struct planner *p, const struct link *link)
{
    p->node = link->ends[0]->node;
    add_op(p, OP_VETH)->u.link = link;
}

/* IFACE is number N of op_iface. */
static void plan_addrs(struct planner *p, const struct iface *iface, uint32_t n)
{
    VEC_EACH (const struct ifaddr, it, &iface->addrs) {
        struct op *op = add_op(p, OP_ADDRESS);
        op->iface = n;
        op->u.addr = it;
    }
}

/* Number of op_iface. */
static uint32_t iface_number(const struct iface *iface)
{
    uint32_t i = 0;
    while (iface->node->ifaces.v[i] != iface)
        i++;
    return i + 1;
}

static void plan_wireguard(struct planner *p, const struct iface *iface)
{
    uint32_t number = iface_number(iface);
    struct op *own = add_op(p, OP_WIREGUARD);
    own->iface = number;
    own->u.peer = NULL;
    VEC_EACH (const struct wg_peer, it, &wireguard_of(iface)->peers) {
        struct op *op = add_op(p, OP_WIREGUARD);
        op->iface = number;
        op->u.peer = it;
    }
}

/* Settings of an interface come before it is up, so that they hold from its first packet on; what
 * stands on another or has members is made and set up after these; addresses come when all is up.
 */
static void plan_ifaces(struct planner *p)
{
    const struct node *node = p->node;
    const struct node_extra *extra = node_extra(node);
    struct iface *const *ifaces = extra->stack ? extra->stack : node->ifaces.v;
    for (uint32_t i = 0; i < node->ifaces.n; i++) {
        if (ifaces[i]->device)
            add_op(p, OP_DEVICE)->u.iface = ifaces[i];
        if (iface_is(ifaces[i], &device_type_wireguard))
            plan_wireguard(p, ifaces[i]);
    }
    VEC_EACH (const struct sysctl, it, &extra->late_sysctls)
        add_op(p, OP_SYSCTL)->u.sysctl = it;
    for (uint32_t i = 0; i < node->ifaces.n; i++) {
        VEC_EACH (const struct sysctl, it, &iface_extra(ifaces[i])->sysctls)
            add_op(p, OP_SYSCTL)->u.sysctl = it;
    }
    for (uint32_t i = 0; i < node->ifaces.n; i++) {
        add_op(p, OP_SET)->u.iface = ifaces[i];
        if (iface_extra(ifaces[i])->vlans)
            add_op(p, OP_VLANS)->u.iface = ifaces[i];
    }
}

static void plan_config(struct planner *p)
{
    const struct node *node = p->node;
    plan_ifaces(p);
    plan_addrs(p, node->lo, 0);
    for (uint32_t i = 0; i < node->ifaces.n; i++)
        plan_addrs(p, node->ifaces.v[i], i + 1);
    VEC_EACH (const struct route, it, &node->routes)
        add_op(p, OP_ROUTE)->u.route = it;
    VEC_EACH (const struct rule, it, &node_extra(node)->rules)
        add_op(p, OP_RULE)->u.rule = it;
    if (node->firewall && node->firewall->has_table)
        add_op(p, OP_FIREWALL)->u.firewall = node->firewall;
    if (node->firewall && node->firewall->raw.text)
        add_op(p, OP_NFT)->u.firewall = node->firewall;
    VEC_EACH (struct iface *, it, &node->ifaces) {
        if (iface_extra(*it)->impair)
            add_op(p, OP_IMPAIR)->u.iface = *it;
    }
    if (node_uplink(node))
        add_op(p, OP_UPLINK)->u.uplink = node_uplink(node);
}

static void plan_programs(struct planner *p)
{
    const struct topo *topo = p->plan->topo;
    VEC_EACH (struct node *, node, &topo->nodes) {
        p->node = *node;
        VEC_EACH (const struct command, it, &node_programs(*node)->exec)
            add_op(p, OP_EXEC)->u.command = it;
    }
    VEC_EACH (struct service *, it, &topo->services) {
        p->node = (*it)->node;
        add_op(p, OP_SERVICE)->u.service = *it;
    }
}

typedef void plan_node_fn(struct planner *p);

/* One part of the plan: what FN adds for each node. */
static struct op_range *plan_nodes(struct planner *p, plan_node_fn *fn)
{
    const struct topo *topo = p->plan->topo;
    struct op_range *ranges = arena_alloc(p->arena, (topo->nodes.n + 1) * sizeof(*ranges));
    VEC_EACH (struct node *, it, &topo->nodes) {
        struct op_range *range = &ranges[(*it)->id];
        range->first = p->plan->ops.n;
        p->node = *it;
        fn(p);
        range->n = p->plan->ops.n - range->first;
    }
    return ranges;
}

static uint32_t count_ops_of_iface(const struct iface *iface)
{
    const struct iface_extra *extra = iface_extra(iface);
    uint32_t n = 1 + (iface->device != NULL) + (extra->vlans != NULL) + (extra->impair != NULL);
    if (iface_is(iface, &device_type_wireguard))
        n += 1 + wireguard_of(iface)->peers.n;
    return n + extra->sysctls.n + iface->addrs.n;
}

/* As many as there will be: a list that grows leaves its old blocks to the arena. */
static uint32_t count_ops(const struct topo *topo)
{
    uint32_t n = topo->links.n + topo->services.n;
    VEC_EACH (struct node *, it, &topo->nodes) {
        const struct node *node = *it;
        const struct node_extra *extra = node_extra(node);
        n += 1 + (extra->uplink != NULL) + extra->sysctls.n + extra->late_sysctls.n +
             node->lo->addrs.n + node->routes.n + extra->rules.n;
        n += node_programs(node)->files.n + node_programs(node)->exec.n;
        if (node->firewall)
            n += node->firewall->has_table + (node->firewall->raw.text != NULL);
        VEC_EACH (struct iface *, iface, &node->ifaces)
            n += count_ops_of_iface(*iface);
    }
    return n;
}

struct plan *plan_new(const struct topo *topo)
{
    struct plan *plan = arena_new_of(topo->arena, struct plan);
    struct planner p = {.plan = plan, .arena = topo->arena};
    plan->topo = topo;
    vec_reserve(p.arena, &plan->ops, count_ops(topo));
    plan->setup = plan_nodes(&p, plan_setup);
    plan->links.first = plan->ops.n;
    VEC_EACH (struct link *, it, &topo->links)
        plan_link(&p, *it);
    plan->links.n = plan->ops.n - plan->links.first;
    plan->config = plan_nodes(&p, plan_config);
    plan->programs.first = plan->ops.n;
    plan_programs(&p);
    plan->programs.n = plan->ops.n - plan->programs.first;
    return plan;
}

static struct pos program_pos(const struct op *op)
{
    return op->kind == OP_FILE   ? op->u.file->pos
           : op->kind == OP_EXEC ? op->u.command->pos
                                 : op->u.service->pos;
}

struct pos op_pos(const struct plan *plan, const struct op *op)
{
    switch (op_kind(op)) {
    case OP_NODE:
        return op_node(plan, op)->pos;
    case OP_SYSCTL:
        return op->u.sysctl->pos;
    case OP_VETH:
        return op->u.link->pos;
    case OP_DEVICE:
    case OP_SET:
        return op->u.iface->pos;
    case OP_WIREGUARD:
        return op->u.peer ? op->u.peer->pos : op_iface(plan, op)->pos;
    case OP_VLANS:
        return iface_extra(op->u.iface)->vlans->pos;
    case OP_ADDRESS:
        return op->u.addr->pos;
    case OP_ROUTE:
        return op->u.route->pos;
    case OP_RULE:
        return op->u.rule->pos;
    case OP_FIREWALL:
        return op->u.firewall->pos;
    case OP_NFT:
        return op->u.firewall->raw.pos;
    case OP_UPLINK:
        return op->u.uplink->pos;
    case OP_IMPAIR:
        return iface_extra(op->u.iface)->impair->pos;
    case OP_FILE:
    case OP_EXEC:
    case OP_SERVICE:
        return program_pos(op);
    case OP_KIND_COUNT:
        break;
    }
    return (struct pos){0};
}

static const char *route_text(struct arena *arena, const struct route *route)
{
    char buf[ADDR_TEXT_MAX];
    if (!route->to.len)
        return route->to.addr.family == AF_INET ? "default" : "default (IPv6)";
    return arena_strdup(arena, prefix_text(&route->to, buf));
}

static const char *sysctl_text(struct arena *arena, const struct sysctl *sysctl)
{
    struct str words CLEAN_STR = {0};
    words_sysctl(&words, sysctl);
    return arena_strdup(arena, words.text);
}

static const char *wireguard_text(struct arena *arena, const struct plan *plan, const struct op *op)
{
    const char *iface = iface_label(arena, op_iface(plan, op));
    if (!op->u.peer)
        return arena_printf(arena, "setting the key of %s", iface);
    return arena_printf(arena, "adding peer %s to %s", wg_peer_label(arena, op->u.peer), iface);
}

static const char *program_text(struct arena *arena, const struct op *op, const char *node)
{
    if (op->kind == OP_FILE)
        return arena_printf(arena, "making %s in %s", op->u.file->path, node);
    if (op->kind == OP_SERVICE)
        return arena_printf(arena, "starting service %s/%s", node, op->u.service->name);
    return arena_printf(arena, "running `%s` in %s", program_words_command(arena, op->u.command),
                        node);
}

static const char *const of_node[OP_KIND_COUNT] = {
    [OP_NODE] = "creating node",
    [OP_FIREWALL] = "loading the firewall of",
    [OP_NFT] = "loading the nft text of",
    [OP_UPLINK] = "opening the uplink of",
};
static const char *const of_iface[OP_KIND_COUNT] = {
    [OP_DEVICE] = "creating interface",
    [OP_SET] = "setting up interface",
    [OP_VLANS] = "setting the VLANs of",
    [OP_IMPAIR] = "impairing",
};

const char *op_text(struct arena *arena, const struct plan *plan, const struct op *op)
{
    const char *node = op_node(plan, op)->name;
    char buf[ADDR_TEXT_MAX];
    switch (op_kind(op)) {
    case OP_NODE:
    case OP_FIREWALL:
    case OP_NFT:
    case OP_UPLINK:
        return arena_printf(arena, "%s %s", of_node[op->kind], node);
    case OP_SYSCTL:
        return arena_printf(arena, "setting %s in %s", sysctl_text(arena, op->u.sysctl), node);
    case OP_VETH:
        return arena_printf(arena, "creating link %s - %s", iface_label(arena, op->u.link->ends[0]),
                            iface_label(arena, op->u.link->ends[1]));
    case OP_DEVICE:
    case OP_SET:
    case OP_VLANS:
    case OP_IMPAIR:
        return arena_printf(arena, "%s %s", of_iface[op->kind], iface_label(arena, op->u.iface));
    case OP_WIREGUARD:
        return wireguard_text(arena, plan, op);
    case OP_ADDRESS:
        return arena_printf(arena, "adding address %s to %s", prefix_text(&op->u.addr->prefix, buf),
                            iface_label(arena, op_iface(plan, op)));
    case OP_ROUTE:
        return arena_printf(arena, "adding route to %s in %s", route_text(arena, op->u.route),
                            node);
    case OP_RULE:
        return arena_printf(arena, "adding rule %u in %s", op->u.rule->priority, node);
    case OP_FILE:
    case OP_EXEC:
    case OP_SERVICE:
        return program_text(arena, op, node);
    case OP_KIND_COUNT:
        break;
    }
    return "?";
}
