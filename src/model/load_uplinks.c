// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Uplinks: what a node of kind nat has beside its links. Its interface is there before links are,
 * so that none takes its name. Numbers follow from the file alone, whatever carries the packets:
 * of each subnet the node has the first address, the host's side the second, and the third is a
 * name server.
 */
#include <arpa/inet.h>
#include <string.h>

#include "model/load_devices.h"

#define NAME "uplink"
#define V4_LEN_MAX 29 /* the shortest that have three hosts */
#define V6_LEN_MAX 125
#define DEFAULT_SUBNETS                                                                            \
    255 /* 100.127.1.0/24 to 100.127.255.0/24, at the end of what RFC 6598 is                      \
         * about: nobody's own, and not where carriers begin */

struct addr uplink_addr(const struct uplink *uplink, int family, enum uplink_place place)
{
    struct addr network = prefix_network(&uplink->subnets[family == AF_INET6]);
    return addr_add(&network, place);
}

bool uplink_has(const struct uplink *uplink, int family)
{
    return uplink->subnets[family == AF_INET6].addr.family == family;
}

void load_add_uplink(struct loader *l, struct node *node)
{
    const struct uplink_input *in = &load_input(l, node)->uplink;
    if (!node->kind->uplink) {
        if (in->pos.line) {
            diag_error(l->r.diags, in->pos, "%s has no uplink, being a %s", node->name,
                       node->kind->name);
            diag_help(l->r.diags, "`kind: nat` is a router with a way out");
        }
        return;
    }
    struct pos pos = in->pos.line ? in->pos : node->pos;
    const char *name = in->interface.text ? in->interface.text : NAME;
    struct uplink *uplink = arena_new_of(l->r.arena, struct uplink);
    uplink->mode = in->mode.pos.line ? in->mode.value + UPLINK_PASTA : UPLINK_ANY;
    uplink->pos = pos;
    uplink->iface = load_add_iface(l, node, name, in->interface.text ? in->interface.pos : pos);
    load_add_uplink_device(l, uplink->iface, uplink->mode == UPLINK_VETH);
    load_node_extra(l, node)->uplink = uplink;
    if (strcmp(name, "lo") == 0)
        diag_error(l->r.diags, in->interface.pos, "lo is every node's own, and leads nowhere");
}

static bool check_subnet(struct loader *l, const struct uplink *uplink,
                         const struct prefix_value *value)
{
    const struct prefix *p = &value->prefix;
    bool v4 = p->addr.family == AF_INET;
    char buf[ADDR_TEXT_MAX];
    if (addr_is_unspecified(&p->addr) || addr_is_multicast(&p->addr) ||
        addr_is_loopback(&p->addr) || addr_is_link_local(&p->addr) ||
        p->len > (v4 ? V4_LEN_MAX : V6_LEN_MAX)) {
        diag_error(l->r.diags, value->pos, "%s is no subnet that an uplink can have",
                   prefix_text(p, buf));
        diag_help(l->r.diags, "it has three hosts: %s at most", v4 ? "a /29" : "a /125");
        return false;
    }
    if (v4 || uplink->mode == UPLINK_ANY || uplink->mode == UPLINK_PASTA)
        return true;
    diag_error(l->r.diags, value->pos, "an uplink of this mode has no IPv6");
    diag_help(l->r.diags, "`mode: pasta` has");
    return false;
}

static void take_subnets(struct loader *l, struct uplink *uplink, const struct list_value *subnets)
{
    const struct prefix_value *v = subnets->v;
    for (uint32_t i = 0; i < subnets->n; i++) {
        if (!v[i].pos.line || !check_subnet(l, uplink, &v[i]))
            continue;
        struct prefix *subnet = &uplink->subnets[v[i].prefix.addr.family == AF_INET6];
        if (subnet->addr.family)
            diag_error(l->r.diags, v[i].pos, "an uplink has one subnet of a family");
        *subnet = v[i].prefix;
    }
}

/* The Nth, from 1 on, of those that the file gives no subnet. */
static void choose_subnet(struct loader *l, struct uplink *uplink, uint32_t n)
{
    if (n > DEFAULT_SUBNETS) {
        diag_error(l->r.diags, uplink->pos, "more than %d uplinks: give them `subnets`",
                   DEFAULT_SUBNETS);
        return;
    }
    uplink->subnets[0] = (struct prefix){.addr = {AF_INET, {100, 127, (uint8_t)n, 0}}, .len = 24};
}

static void number_uplink(struct loader *l, struct uplink *uplink)
{
    static const int families[] = {AF_INET, AF_INET6};
    for (size_t i = 0; i < ARRAY_SIZE(families); i++) {
        if (!uplink_has(uplink, families[i]))
            continue;
        struct prefix own = {uplink_addr(uplink, families[i], UPLINK_OWN), uplink->subnets[i].len};
        vec_push(l->r.arena, &uplink->iface->addrs,
                 ((struct ifaddr){.prefix = own, .pos = uplink->pos}));
    }
}

void load_uplinks(struct loader *l)
{
    uint32_t n = 0;
    VEC_EACH (struct node *, it, &l->topo->nodes) {
        struct uplink *uplink = node_uplink(*it);
        if (!uplink)
            continue;
        load_about(l, *it);
        const struct list_value *subnets = &load_input(l, *it)->uplink.subnets;
        if (subnets->pos.line)
            take_subnets(l, uplink, subnets);
        else
            choose_subnet(l, uplink, ++n);
        number_uplink(l, uplink);
    }
    load_about(l, NULL);
}

static bool has_default(const struct node *node, int family)
{
    VEC_EACH (const struct route, it, &node->routes) {
        if (!it->to.len && it->to.addr.family == family && it->table == ROUTE_TABLE_MAIN)
            return true;
    }
    return false;
}

static void add_default(struct loader *l, struct node *node, int family)
{
    const struct uplink *uplink = node_uplink(node);
    struct route *route = vec_add(l->r.arena, &node->routes);
    *route = (struct route){.to = {.addr.family = (uint8_t)family},
                            .type = ROUTE_UNICAST,
                            .table = ROUTE_TABLE_MAIN,
                            .scope = -1,
                            .pos = uplink->pos};
    vec_push(l->r.arena, &route->hops,
             ((struct nexthop){.via = uplink_addr(uplink, family, UPLINK_GATEWAY),
                               .dev = uplink->iface,
                               .weight = 1,
                               .pos = uplink->pos}));
}

void load_uplink_routes(struct loader *l)
{
    static const int families[] = {AF_INET, AF_INET6};
    VEC_EACH (struct node *, it, &l->topo->nodes) {
        for (size_t i = 0; node_uplink(*it) && i < ARRAY_SIZE(families); i++) {
            if (uplink_has(node_uplink(*it), families[i]) && !has_default(*it, families[i]))
                add_default(l, *it, families[i]);
        }
        if (node_uplink(*it))
            (*it)->written = (*it)->routes.n; /* its kind says it, and so the file */
    }
}
