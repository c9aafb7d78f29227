// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * `routing`: the topology as a graph for paths.c, once for each family, and its tables as routes.
 *
 * A net is a subnet on one segment. It costs what the dearest link of its segment costs, for all
 * that are on it: so a subnet of one's own is never reached better by a way round, which the kernel
 * would not take. Packets pass through nodes that forward and have shortest paths themselves; to
 * the nets that it is on any node that forwards passes them.
 */
#include <string.h>
#include <sys/socket.h>

#include "model/load.h"
#include "model/paths.h"

/* The address behind an end of the graph. */
struct end_address {
    struct iface *iface;
    const struct ifaddr *addr;
};

struct router {
    struct loader *l;
    int family;
    struct path_graph graph;
    uint8_t *flags; /* by node: PATH_* */
    VEC(struct path_net) nets;
    VEC(struct path_end) ends;
    VEC(struct end_address) addresses; /* by end */
    struct paths *paths, *others;      /* for the node at hand; for a look at its neighbours */
    uint8_t *stubs;                    /* by node: STUB_* */
    struct node *node;                 /* at hand */
    struct pos pos;                    /* of the `routing` that asks for its routes */
    nexthop_list *sets;                /* the hops of its sets, made once they are used */
};

enum { STUB_UNKNOWN, STUB_NO, STUB_YES };

static struct int_value routing_of(const struct loader *l, const struct node *node)
{
    if (node->hidden)
        return (struct int_value){ROUTING_NONE, {0}};
    const struct int_value *own = &load_input(l, node)->routing;
    return own->pos.line ? *own : l->root.routing;
}

/* --- The graph -------------------------------------------------------------------------------- */

static bool counts(const struct router *r, const struct ifaddr *addr)
{
    const struct addr *a = &addr->prefix.addr;
    return a->family == r->family && !addr_is_link_local(a) && !addr_is_loopback(a);
}

static void add_end(struct router *r, uint32_t net, struct iface *iface, const struct ifaddr *addr)
{
    struct arena *arena = r->l->scratch;
    vec_push(arena, &r->ends, ((struct path_end){iface->node->id, net}));
    vec_push(arena, &r->addresses, ((struct end_address){iface, addr}));
}

/* The net of NETWORK among those from FIRST on; a new one where there is none. */
static uint32_t find_net(struct router *r, uint32_t first, const struct prefix *network,
                         uint32_t cost)
{
    for (uint32_t i = first; i < r->nets.n; i++) {
        const struct prefix *p = &r->nets.v[i].prefix;
        if (p->len == network->len && addr_equal(&p->addr, &network->addr))
            return i;
    }
    vec_push(r->l->scratch, &r->nets, ((struct path_net){*network, cost}));
    return r->nets.n - 1;
}

static void add_segment(struct router *r, const struct segment *segment)
{
    uint32_t first = r->nets.n, cost = 1;
    VEC_EACH (struct iface *, it, &segment->ifaces) {
        if ((*it)->link && (*it)->link->cost > cost)
            cost = (*it)->link->cost;
    }
    VEC_EACH (struct iface *, it, &segment->ifaces) {
        VEC_EACH (const struct ifaddr, addr, &(*it)->addrs) {
            if (!iface_is_up(*it) || !counts(r, addr))
                continue;
            struct prefix network = {prefix_network(&addr->prefix), addr->prefix.len};
            uint32_t net = find_net(r, first, &network, cost);
            const struct end_address *last =
                r->addresses.n ? &r->addresses.v[r->addresses.n - 1] : NULL;
            if (last && last->iface == *it && r->ends.v[r->ends.n - 1].net == net)
                continue; /* a second address in one subnet */
            add_end(r, net, *it, addr);
        }
    }
}

static void add_loopbacks(struct router *r, struct node *node)
{
    VEC_EACH (const struct ifaddr, addr, &node->lo->addrs) {
        if (!counts(r, addr))
            continue;
        struct prefix network = {prefix_network(&addr->prefix), addr->prefix.len};
        vec_push(r->l->scratch, &r->nets, ((struct path_net){network, 0}));
        add_end(r, r->nets.n - 1, node->lo, addr);
    }
}

static void make_graph(struct router *r, const struct paths *twin)
{
    const struct topo *topo = r->l->topo;
    r->flags = arena_alloc(r->l->scratch, topo->nodes.n + 1);
    r->stubs = arena_alloc(r->l->scratch, topo->nodes.n + 1);
    VEC_EACH (struct segment, it, &r->l->segments)
        add_segment(r, it);
    VEC_EACH (struct node *, it, &topo->nodes) {
        bool forwards = node_forwards(*it, r->family);
        bool shortest = routing_of(r->l, *it).value == ROUTING_SHORTEST_PATH;
        r->flags[(*it)->id] =
            (uint8_t)((forwards ? PATH_FORWARDS : 0) | (forwards && shortest ? PATH_TRANSIT : 0));
        add_loopbacks(r, *it);
    }
    r->graph = (struct path_graph){.nodes = topo->nodes.n,
                                   .flags = r->flags,
                                   .nets = r->nets.v,
                                   .n_nets = r->nets.n,
                                   .ends = r->ends.v,
                                   .n_ends = r->ends.n};
    r->paths = paths_new(r->l->scratch, &r->graph, twin);
    r->others = paths_new(r->l->scratch, &r->graph, NULL);
}

/* --- Routes ----------------------------------------------------------------------------------- */

static void add_hops(struct router *r, const struct path_set *set, struct route *route)
{
    vec_reserve(r->l->r.arena, &route->hops, set->n);
    for (uint32_t i = 0; i < set->n; i++) {
        const struct nexthop hop = {.via = r->addresses.v[set->hops[i].theirs].addr->prefix.addr,
                                    .dev = r->addresses.v[set->hops[i].mine].iface,
                                    .weight = 1,
                                    .pos = r->pos};
        vec_push(r->l->r.arena, &route->hops, hop);
    }
}

static struct route *add_route(struct router *r, const struct prefix *to)
{
    struct route *route = vec_add(r->l->r.arena, &r->node->routes);
    *route = (struct route){
        .to = *to, .type = ROUTE_UNICAST, .table = ROUTE_TABLE_MAIN, .scope = -1, .pos = r->pos};
    return route;
}

/* Routes with one set share their hops. */
static void take_route(void *arg, const struct prefix *to, uint32_t number)
{
    struct router *r = arg;
    struct route *route = add_route(r, to);
    struct path_set set;
    if (r->sets[number].n) {
        route->hops = r->sets[number];
        return;
    }
    paths_set(r->paths, number, &set);
    add_hops(r, &set, route);
    r->sets[number] = route->hops;
}

static void add_default(struct router *r, const struct path_set *set)
{
    const struct prefix all = {{.family = (uint8_t)r->family}, 0};
    add_hops(r, set, add_route(r, &all));
}

/* What is written in table main, *RET_N prefixes of the family, and the default among them. */
static const struct prefix *collect_written(const struct router *r, uint32_t *ret_n,
                                            const struct route **ret_default)
{
    struct prefix *written = arena_alloc(r->l->scratch, (r->node->written + 1) * sizeof(*written));
    *ret_n = 0;
    *ret_default = NULL;
    for (uint32_t i = 0; i < r->node->written; i++) {
        const struct route *route = &r->node->routes.v[i];
        if (route->table != ROUTE_TABLE_MAIN || route->to.addr.family != r->family)
            continue;
        written[(*ret_n)++] = route->to;
        if (!route->to.len && !*ret_default)
            *ret_default = route;
    }
    return written;
}

/* Whether ROUTE leads where SET does. */
static bool leads_to(const struct router *r, const struct route *route, const struct path_set *set)
{
    if (route->hops.n != set->n)
        return false;
    for (uint32_t i = 0; i < set->n; i++) {
        const struct end_address *theirs = &r->addresses.v[set->hops[i].theirs];
        if (!addr_equal(&route->hops.v[i].via, &theirs->addr->prefix.addr) ||
            route->hops.v[i].dev != r->addresses.v[set->hops[i].mine].iface)
            return false;
    }
    return true;
}

/* --- Stubs ------------------------------------------------------------------------------------ */

/* Whether all that NODE sends away goes one way. */
static bool is_stub(struct router *r, uint32_t node)
{
    if (r->stubs[node] == STUB_UNKNOWN) {
        struct path_set set;
        paths_from(r->others, node);
        paths_only_set(r->others, &set);
        r->stubs[node] = set.n ? STUB_YES : STUB_NO;
    }
    return r->stubs[node] == STUB_YES;
}

/* Whether a default route says what SET, the only one, says: a host's always does; a router's does
 * where the next ones know their ways, else two stubs would send to and fro what is nobody's. */
static bool default_will_do(struct router *r, const struct path_set *set)
{
    if (!set->n)
        return false;
    if (!(r->flags[r->node->id] & PATH_FORWARDS))
        return true;
    for (uint32_t i = 0; i < set->n; i++) {
        if (is_stub(r, r->ends.v[set->hops[i].theirs].node))
            return false;
    }
    return true;
}

static void route_shortest(struct router *r)
{
    struct path_set only;
    const struct route *own_default;
    uint32_t n;
    const struct prefix *written = collect_written(r, &n, &own_default);
    paths_from(r->paths, r->node->id);
    paths_only_set(r->paths, &only);
    r->stubs[r->node->id] = only.n ? STUB_YES : STUB_NO;
    if (default_will_do(r, &only)) {
        if (!own_default)
            add_default(r, &only);
        if (!own_default || leads_to(r, own_default, &only))
            return;
    }
    r->sets = arena_alloc(r->l->scratch, (paths_sets(r->paths) + 1) * sizeof(*r->sets));
    paths_each_route(r->paths, written, n, take_route, r);
}

static void route_default(struct router *r)
{
    struct path_set gateways;
    const struct route *own_default;
    uint32_t n;
    collect_written(r, &n, &own_default);
    paths_from(r->paths, r->node->id);
    paths_gateways(r->paths, &gateways);
    if (gateways.n && !own_default)
        add_default(r, &gateways);
}

static void route_node(struct router *r, struct node *node)
{
    struct int_value routing = routing_of(r->l, node);
    r->node = node;
    r->pos = routing.pos;
    if (routing.value == ROUTING_SHORTEST_PATH)
        route_shortest(r);
    else if (routing.value == ROUTING_DEFAULT)
        route_default(r);
}

static bool is_asked_for(const struct loader *l)
{
    VEC_EACH (struct node *, it, &l->topo->nodes) {
        if (routing_of(l, *it).value != ROUTING_NONE)
            return true;
    }
    return false;
}

void load_paths(struct loader *l)
{
    if (!is_asked_for(l))
        return;
    struct router v4 = {.l = l, .family = AF_INET}, v6 = {.l = l, .family = AF_INET6};
    make_graph(&v4, NULL);
    make_graph(&v6, v4.paths);
    VEC_EACH (struct node *, it, &l->topo->nodes) {
        route_node(&v4, *it);
        route_node(&v6, *it);
    }
}
