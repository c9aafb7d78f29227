// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* From the model to the list of operations. All order is decided here. */
#include "plan/plan.h"

#include <string.h>
#include <sys/socket.h>

#include "model/firewall.h"
#include "plan/words.h"

struct planner {
    struct plan *plan;
    struct arena *arena;
    const struct node *node;
};

static struct op *add_op(struct planner *p, enum op_kind kind, struct pos pos)
{
    struct op *op = vec_add(p->arena, &p->plan->ops);
    op->kind = kind;
    op->pos = pos;
    op->node = p->node;
    return op;
}

static void plan_setup(struct planner *p)
{
    const struct node *node = p->node;
    add_op(p, OP_NODE, node->pos);
    VEC_EACH (const struct sysctl, it, &node->sysctls)
        add_op(p, OP_SYSCTL, it->pos)->u.sysctl = it;
}

static void plan_link(struct planner *p, const struct link *link)
{
    p->node = link->ends[0]->node;
    add_op(p, OP_VETH, link->pos)->u.link = link;
}

static void plan_addrs(struct planner *p, const struct iface *iface)
{
    VEC_EACH (const struct ifaddr, it, &iface->addrs) {
        struct op *op = add_op(p, OP_ADDRESS, it->pos);
        op->iface = iface;
        op->u.addr = it;
    }
}

static void plan_sysctls(struct planner *p, const struct iface *iface)
{
    VEC_EACH (const struct sysctl, it, &iface->sysctls) {
        struct op *op = add_op(p, OP_SYSCTL, it->pos);
        op->iface = iface;
        op->u.sysctl = it;
    }
}

static bool is_device(const struct iface *iface)
{
    return iface->kind >= IFACE_BRIDGE;
}

/* Settings of an interface come before it is up, so that they hold from its first packet on;
 * ports are up before their bridge; addresses come when all is up. */
static void plan_config(struct planner *p)
{
    const struct node *node = p->node;
    VEC_EACH (struct iface *, it, &node->ifaces) {
        if (is_device(*it))
            add_op(p, OP_DEVICE, (*it)->pos)->u.iface = *it;
    }
    VEC_EACH (const struct sysctl, it, &node->late_sysctls)
        add_op(p, OP_SYSCTL, it->pos)->u.sysctl = it;
    VEC_EACH (struct iface *, it, &node->ifaces)
        plan_sysctls(p, *it);
    VEC_EACH (struct iface *, it, &node->ifaces) {
        if ((*it)->kind != IFACE_BRIDGE)
            add_op(p, OP_SET, (*it)->pos)->u.iface = *it;
    }
    VEC_EACH (struct iface *, it, &node->ifaces) {
        if ((*it)->kind == IFACE_BRIDGE)
            add_op(p, OP_SET, (*it)->pos)->u.iface = *it;
    }
    plan_addrs(p, node->lo);
    VEC_EACH (struct iface *, it, &node->ifaces)
        plan_addrs(p, *it);
    VEC_EACH (const struct route, it, &node->routes)
        add_op(p, OP_ROUTE, it->pos)->u.route = it;
    VEC_EACH (const struct rule, it, &node->rules)
        add_op(p, OP_RULE, it->pos)->u.rule = it;
    if (node->firewall && node->firewall->has_table)
        add_op(p, OP_FIREWALL, node->firewall->pos)->u.firewall = node->firewall;
    if (node->firewall && node->firewall->raw.text)
        add_op(p, OP_NFT, node->firewall->raw.pos)->u.firewall = node->firewall;
    if (node->uplink)
        add_op(p, OP_UPLINK, node->uplink->pos)->u.uplink = node->uplink;
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

/* At least as many as there will be: a list that grows leaves its old blocks to the arena. */
static uint32_t most_ops(const struct topo *topo)
{
    uint32_t n = topo->links.n;
    VEC_EACH (struct node *, node, &topo->nodes) {
        n += 3 + (*node)->sysctls.n + (*node)->late_sysctls.n + (*node)->lo->addrs.n +
             (*node)->routes.n + (*node)->rules.n;
        VEC_EACH (struct iface *, it, &(*node)->ifaces)
            n += 1 + ((*it)->kind != IFACE_VETH) + (*it)->sysctls.n + (*it)->addrs.n;
    }
    return n;
}

struct plan *plan_new(const struct topo *topo)
{
    struct plan *plan = arena_new_of(topo->arena, struct plan);
    struct planner p = {.plan = plan, .arena = topo->arena};
    plan->topo = topo;
    vec_reserve(p.arena, &plan->ops, most_ops(topo));
    plan->setup = plan_nodes(&p, plan_setup);
    plan->links.first = plan->ops.n;
    VEC_EACH (struct link *, it, &topo->links)
        plan_link(&p, *it);
    plan->links.n = plan->ops.n - plan->links.first;
    plan->config = plan_nodes(&p, plan_config);
    return plan;
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

const char *op_text(struct arena *arena, const struct op *op)
{
    const char *node = op->node->name;
    char buf[ADDR_TEXT_MAX];
    switch (op->kind) {
    case OP_NODE:
        return arena_printf(arena, "creating node %s", node);
    case OP_SYSCTL:
        return arena_printf(arena, "setting %s in %s", sysctl_text(arena, op->u.sysctl), node);
    case OP_VETH:
        return arena_printf(arena, "creating link %s - %s", iface_label(arena, op->u.link->ends[0]),
                            iface_label(arena, op->u.link->ends[1]));
    case OP_DEVICE:
        return arena_printf(arena, "creating interface %s", iface_label(arena, op->u.iface));
    case OP_SET:
        return arena_printf(arena, "setting up interface %s", iface_label(arena, op->u.iface));
    case OP_ADDRESS:
        return arena_printf(arena, "adding address %s to %s", prefix_text(&op->u.addr->prefix, buf),
                            iface_label(arena, op->iface));
    case OP_ROUTE:
        return arena_printf(arena, "adding route to %s in %s", route_text(arena, op->u.route),
                            node);
    case OP_RULE:
        return arena_printf(arena, "adding rule %u in %s", op->u.rule->priority, node);
    case OP_FIREWALL:
        return arena_printf(arena, "loading the firewall of %s", node);
    case OP_NFT:
        return arena_printf(arena, "loading the nft text of %s", node);
    case OP_UPLINK:
        return arena_printf(arena, "opening the uplink of %s", node);
    case OP_KIND_COUNT:
        break;
    }
    return "?";
}
