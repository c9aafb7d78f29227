// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * `routing`: the topology as a graph for paths.c, once for each family, and its tables as routes.
 *
 * A net is a subnet on one wire: a segment, or what is left of it where links are down. It costs
 * what the dearest link of its wire costs, for all that are on it: so a subnet of one's own is
 * never reached better by a way round, which the kernel would not take. Packets pass through nodes
 * that forward and have shortest paths themselves; to the nets that it is on any node that forwards
 * passes them.
 */
#include <string.h>
#include <sys/socket.h>

#include "base/disjoint.h"
#include "model/load.h"
#include "model/paths.h"

/* The address behind an end of the graph. */
struct end_address {
    const struct iface *iface;
    const struct ifaddr *addr;
};

/* What really reaches what, by interface (its index - IFINDEX_FIRST). */
struct wires {
    uint32_t *sets;  /* disjoint */
    uint32_t *costs; /* by root */
};

/* A route, before it is known how many there are. */
struct found {
    struct prefix to;
    nexthop_list hops;
};

struct router {
    struct loader *l;
    int family;
    const struct wires *wires;
    struct path_graph graph;
    uint8_t *flags; /* by node: PATH_* */
    VEC(struct path_net) nets;
    VEC(uint32_t) wire_of; /* by net; of loopbacks 0 */
    VEC(struct path_end) ends;
    VEC(struct end_address) addresses; /* by end */
    struct paths *paths, *others; /* for the node at hand; to look at its neighbours, or NULL */
    uint8_t *leads_on;            /* by node: whether it has a default route, or would */
    struct node *node;            /* at hand */
    struct pos pos;               /* of the `routing` that asks for its routes */
    nexthop_list *sets;           /* the hops of its sets, made once they are used */
    VEC(struct found) found;      /* its routes */
};

enum { LEADS_UNKNOWN, LEADS_NOT, LEADS_ON };

static struct int_value routing_of(const struct loader *l, const struct node *node)
{
    return load_routing_of(l, node).word;
}

/* --- Wires ------------------------------------------------------------------------------------ */

static uint32_t wire_of(const struct wires *w, const struct iface *iface)
{
    return disjoint_find(w->sets, iface->index - IFINDEX_FIRST);
}

static void join_wires(const struct wires *w, const struct iface *a, const struct iface *b)
{
    disjoint_join(w->sets, a->index - IFINDEX_FIRST, b->index - IFINDEX_FIRST);
}

/* Ports are joined by their bridge, ends by their link; what is down by nothing. */
static void find_wires(struct loader *l, struct wires *w)
{
    w->sets = arena_alloc(l->scratch, (l->ifaces.n + 1) * sizeof(*w->sets));
    w->costs = arena_alloc(l->scratch, (l->ifaces.n + 1) * sizeof(*w->costs));
    for (uint32_t i = 0; i < l->ifaces.n; i++) {
        w->sets[i] = i;
        w->costs[i] = 1;
    }
    VEC_EACH (struct node *, node, &l->topo->nodes) {
        VEC_EACH (struct iface *, it, &(*node)->ifaces) {
            if ((*it)->master && iface_is_up(*it) && iface_is_up((*it)->master))
                join_wires(w, *it, (*it)->master);
            if ((*it)->link && iface_is_up(*it))
                join_wires(w, *it, iface_peer(*it));
        }
    }
    VEC_EACH (struct link *, it, &l->topo->links) {
        uint32_t *cost = &w->costs[wire_of(w, (*it)->ends[0])];
        if (iface_is_up((*it)->ends[0]) && (*it)->cost > *cost)
            *cost = (*it)->cost;
    }
}

/* --- The graph -------------------------------------------------------------------------------- */

static bool counts(const struct router *r, const struct ifaddr *addr)
{
    const struct addr *a = &addr->prefix.addr;
    return a->family == r->family && !addr_is_link_local(a) && !addr_is_loopback(a);
}

static void add_end(struct router *r, uint32_t net, const struct iface *iface,
                    const struct ifaddr *addr)
{
    struct arena *arena = r->l->scratch;
    vec_push(arena, &r->ends, ((struct path_end){iface->node->id, net}));
    vec_push(arena, &r->addresses, ((struct end_address){iface, addr}));
}

/* The net of NETWORK on WIRE among those from FIRST on; a new one where there is none. */
static uint32_t find_net(struct router *r, uint32_t first, const struct prefix *network,
                         uint32_t wire)
{
    for (uint32_t i = first; i < r->nets.n; i++) {
        if (r->wire_of.v[i] == wire && prefix_compare(&r->nets.v[i].prefix, network) == 0)
            return i;
    }
    vec_push(r->l->scratch, &r->nets, ((struct path_net){*network, r->wires->costs[wire]}));
    vec_push(r->l->scratch, &r->wire_of, wire);
    return r->nets.n - 1;
}

/* Whether IFACE, whose ends are the last ones, has one in NET. */
static bool has_end(const struct router *r, const struct iface *iface, uint32_t net)
{
    for (uint32_t i = r->ends.n; i-- > 0 && r->addresses.v[i].iface == iface;) {
        if (r->ends.v[i].net == net)
            return true;
    }
    return false;
}

static void add_iface(struct router *r, uint32_t first, const struct iface *iface)
{
    VEC_EACH (const struct ifaddr, addr, &iface->addrs) {
        if (!iface_is_up(iface) || !counts(r, addr))
            continue;
        struct prefix network = {prefix_network(&addr->prefix), addr->prefix.len};
        uint32_t net = find_net(r, first, &network, wire_of(r->wires, iface));
        if (!has_end(r, iface, net))
            add_end(r, net, iface, addr);
    }
}

static void add_segment(struct router *r, const struct segment *segment)
{
    uint32_t first = r->nets.n;
    VEC_EACH (struct iface *, it, &segment->ifaces)
        add_iface(r, first, *it);
}

static void add_loopbacks(struct router *r, struct node *node)
{
    VEC_EACH (const struct ifaddr, addr, &node->lo->addrs) {
        if (!counts(r, addr))
            continue;
        struct prefix network = {prefix_network(&addr->prefix), addr->prefix.len};
        vec_push(r->l->scratch, &r->nets, ((struct path_net){network, 0}));
        vec_push(r->l->scratch, &r->wire_of, 0);
        add_end(r, r->nets.n - 1, node->lo, addr);
    }
}

static bool leads_out(const struct router *r, const struct node *node)
{
    for (uint32_t i = 0; node_uplink(node) && i < node->written; i++) {
        const struct route *route = &node->routes.v[i];
        if (route->table == ROUTE_TABLE_MAIN && route->to.addr.family == r->family &&
            !route->to.len && route->hops.n && route->hops.v[0].dev == node_uplink(node)->iface)
            return true;
    }
    return false;
}

/* A node whose default route leads over its uplink is on a net that is all the rest: of its own, as
 * nothing passes from one uplink to another. */
static void add_world(struct router *r, struct node *node)
{
    const struct prefix all = {.addr.family = (uint8_t)r->family};
    const struct ifaddr *addr;
    if (!leads_out(r, node) || !(addr = iface_first_addr(node_uplink(node)->iface, r->family)))
        return;
    vec_push(r->l->scratch, &r->nets, ((struct path_net){all, 1}));
    vec_push(r->l->scratch, &r->wire_of, 0);
    add_end(r, r->nets.n - 1, node_uplink(node)->iface, addr);
}

static void make_graph(struct router *r, const struct paths *twin)
{
    const struct topo *topo = r->l->topo;
    r->flags = arena_alloc(r->l->scratch, topo->nodes.n + 1);
    r->leads_on = arena_alloc(r->l->scratch, topo->nodes.n + 1);
    VEC_EACH (struct segment, it, &r->l->segments)
        add_segment(r, it);
    VEC_EACH (struct node *, it, &topo->nodes) {
        bool forwards = node_forwards(*it, r->family);
        bool shortest = routing_of(r->l, *it).value == ROUTING_SHORTEST_PATH;
        r->flags[(*it)->id] =
            (uint8_t)((forwards ? PATH_FORWARDS : 0) | (forwards && shortest ? PATH_TRANSIT : 0));
        add_loopbacks(r, *it);
        add_world(r, *it);
    }
    r->graph = (struct path_graph){.family = r->family,
                                   .nodes = topo->nodes.n,
                                   .flags = r->flags,
                                   .nets = r->nets.v,
                                   .n_nets = r->nets.n,
                                   .ends = r->ends.v,
                                   .n_ends = r->ends.n};
    r->paths = paths_new(r->l->scratch, &r->graph, twin);
}

/* --- Routes ----------------------------------------------------------------------------------- */

static nexthop_list make_hops(const struct router *r, const struct path_set *set)
{
    nexthop_list hops = {0};
    vec_reserve(r->l->r.arena, &hops, set->n);
    for (uint32_t i = 0; i < set->n; i++) {
        const struct nexthop hop = {.via = r->addresses.v[set->hops[i].theirs].addr->prefix.addr,
                                    .dev = r->addresses.v[set->hops[i].mine].iface,
                                    .weight = 1,
                                    .pos = r->pos};
        vec_push(r->l->r.arena, &hops, hop);
    }
    return hops;
}

/* Routes with one set share their hops. */
static void take_route(void *arg, const struct prefix *to, uint32_t number)
{
    struct router *r = arg;
    nexthop_list *hops = &r->sets[number];
    if (!hops->n) {
        struct path_set set;
        paths_set(r->paths, number, &set);
        *hops = make_hops(r, &set);
    }
    vec_push(r->l->scratch, &r->found, ((struct found){*to, *hops}));
}

static void take_default(struct router *r, const struct path_set *set)
{
    const struct prefix all = {.addr.family = (uint8_t)r->family};
    vec_push(r->l->scratch, &r->found, ((struct found){all, make_hops(r, set)}));
}

static void add_routes(const struct router *r)
{
    VEC_EACH (const struct found, it, &r->found) {
        const struct route route = {.to = it->to,
                                    .type = ROUTE_UNICAST,
                                    .table = ROUTE_TABLE_MAIN,
                                    .scope = -1,
                                    .pos = r->pos,
                                    .hops = it->hops};
        vec_push(r->l->r.arena, &r->node->routes, route);
    }
}

/* What a node has routes to already, and its own default route. */
struct kept {
    VEC(struct prefix) networks;
    const struct route *default_route;
    uint32_t defaults;
};

/* The kernel has a route to each subnet of an interface that is up, whether its link runs or not;
 * those that run are ends of the graph. */
static void keep_subnets(const struct router *r, const struct node *node, struct kept *kept)
{
    VEC_EACH (struct iface *, it, &node->ifaces) {
        VEC_EACH (const struct ifaddr, addr, &(*it)->addrs) {
            struct prefix network = {prefix_network(&addr->prefix), addr->prefix.len};
            if (!(*it)->down && !iface_is_up(*it) && counts(r, addr))
                vec_push(r->l->scratch, &kept->networks, network);
        }
    }
}

static struct kept find_kept(const struct router *r, const struct node *node)
{
    struct kept kept = {0};
    for (uint32_t i = 0; i < node->written; i++) {
        const struct route *route = &node->routes.v[i];
        if (route->table != ROUTE_TABLE_MAIN || route->to.addr.family != r->family)
            continue;
        vec_push(r->l->scratch, &kept.networks, route->to);
        if (!route->to.len && ++kept.defaults)
            kept.default_route = route;
    }
    keep_subnets(r, node, &kept);
    return kept;
}

/* Whether ROUTE does with packets what a route of SET would. */
static bool leads_to(const struct router *r, const struct route *route, const struct path_set *set)
{
    if (route->hops.n != set->n || route->mtu || route->src.family)
        return false;
    for (uint32_t i = 0; i < set->n; i++) {
        const struct nexthop *hop = &route->hops.v[i];
        const struct end_address *theirs = &r->addresses.v[set->hops[i].theirs];
        if (!addr_equal(&hop->via, &theirs->addr->prefix.addr) || hop->weight != 1 ||
            hop->dev != r->addresses.v[set->hops[i].mine].iface)
            return false;
    }
    return true;
}

/* The set that the node's own default route has. */
static uint32_t find_cover(const struct router *r, const struct kept *kept)
{
    if (kept->defaults != 1)
        return PATHS_NOWHERE;
    for (uint32_t i = 0; i < paths_sets(r->paths); i++) {
        struct path_set set;
        paths_set(r->paths, i, &set);
        if (leads_to(r, kept->default_route, &set))
            return i;
    }
    return PATHS_NOWHERE;
}

/* --- Default routes --------------------------------------------------------------------------- */

/* Whether NODE sends on what it knows no way for: it has a default route, or it is a stub, all of
 * whose paths go one way. */
static bool leads_on(struct router *r, uint32_t id)
{
    const struct node *node = r->l->topo->nodes.v[id];
    if (r->leads_on[id] == LEADS_UNKNOWN) {
        struct kept kept = find_kept(r, node);
        struct path_set only;
        if (!r->others)
            r->others = paths_new(r->l->scratch, &r->graph, NULL);
        paths_from(r->others, id, kept.networks.v, kept.networks.n);
        paths_only_set(r->others, &only);
        bool on = kept.defaults || only.n || routing_of(r->l, node).value == ROUTING_DEFAULT;
        r->leads_on[id] = on ? LEADS_ON : LEADS_NOT;
    }
    return r->leads_on[id] == LEADS_ON;
}

/* Whether a default route says what SET, the only one, says: it does where the next ones forward.
 * A router's must not lead on themselves, else two would send to and fro what is nobody's. */
static bool default_will_do(struct router *r, const struct path_set *set)
{
    bool forwards = r->flags[r->node->id] & PATH_FORWARDS;
    for (uint32_t i = 0; i < set->n; i++) {
        uint32_t next = r->ends.v[set->hops[i].theirs].node;
        if (!(r->flags[next] & PATH_FORWARDS) || (forwards && leads_on(r, next)))
            return false;
    }
    return set->n;
}

static void route_shortest(struct router *r)
{
    struct path_set only;
    struct kept kept = find_kept(r, r->node);
    paths_from(r->paths, r->node->id, kept.networks.v, kept.networks.n);
    paths_only_set(r->paths, &only);
    r->leads_on[r->node->id] = kept.defaults || only.n ? LEADS_ON : LEADS_NOT;
    if (!kept.defaults && default_will_do(r, &only)) {
        take_default(r, &only);
        return;
    }
    r->sets = arena_alloc(r->l->scratch, (paths_sets(r->paths) + 1) * sizeof(*r->sets));
    paths_each_route(r->paths, find_cover(r, &kept), take_route, r);
}

static void route_default(struct router *r)
{
    struct path_set gateways;
    struct kept kept = find_kept(r, r->node);
    if (kept.defaults)
        return;
    paths_from(r->paths, r->node->id, NULL, 0);
    paths_gateways(r->paths, &gateways);
    if (gateways.n)
        take_default(r, &gateways);
}

static void find_routes(struct router *r, struct node *node)
{
    struct int_value routing = routing_of(r->l, node);
    r->node = node;
    r->pos = routing.pos;
    r->found.n = 0;
    if (routing.value == ROUTING_SHORTEST_PATH)
        route_shortest(r);
    else if (routing.value == ROUTING_DEFAULT)
        route_default(r);
}

static bool has_default(const struct node *node)
{
    VEC_EACH (const struct route, it, &node->routes) {
        if (it->table == ROUTE_TABLE_MAIN && !it->to.len)
            return true;
    }
    return false;
}

static bool has_links(const struct node *node)
{
    VEC_EACH (struct iface *, it, &node->ifaces) {
        if ((*it)->link && !(*it)->master)
            return true;
    }
    return false;
}

/* `default` where there is nobody to send to. A router between hosts is well without, where it is
 * the top level that asks for all. */
static void check_default(struct loader *l, const struct node *node)
{
    struct int_value routing = routing_of(l, node);
    bool forwards = node_forwards(node, AF_INET) || node_forwards(node, AF_INET6);
    if (routing.value != ROUTING_DEFAULT || has_default(node) || !has_links(node) ||
        (forwards && !load_input(l, node)->routing.word.pos.line))
        return;
    load_about(l, node);
    diag_warning(l->r.diags, routing.pos, "%s gets no default route: no neighbour of it forwards",
                 node->name);
    load_about(l, NULL);
}

static bool is_asked_for(const struct loader *l)
{
    VEC_EACH (struct node *, it, &l->topo->nodes) {
        if (routing_of(l, *it).value != ROUTING_NONE)
            return true;
    }
    return false;
}

/* Both are bounds of time and memory: what is beyond no kernel would be told in an hour. */
#define PATHS_MAX (1u << 28)  /* ways from a node to a subnet that are looked for */
#define ROUTES_MAX (1u << 22) /* routes that they make, of all nodes */

/* Whether the ways to N_NETS subnets can all be looked for. */
static bool can_look_for(struct loader *l, uint32_t n_nets)
{
    uint64_t nodes = 0;
    struct pos pos = {0};
    VEC_EACH (struct node *, it, &l->topo->nodes) {
        struct int_value routing = routing_of(l, *it);
        if (routing.value != ROUTING_SHORTEST_PATH)
            continue;
        pos = nodes++ ? pos : routing.pos;
    }
    if (nodes * n_nets <= PATHS_MAX)
        return true;
    diag_error(l->r.diags, pos,
               "too many shortest paths: of %u nodes to %u subnets, and %u is the limit",
               (unsigned)nodes, n_nets, PATHS_MAX);
    diag_help(l->r.diags, "`routing: default` on nodes that have one way out saves most of them");
    return false;
}

void load_paths(struct loader *l)
{
    struct wires wires;
    uint64_t routes = 0;
    if (!is_asked_for(l))
        return;
    find_wires(l, &wires);
    struct router v4 = {.l = l, .family = AF_INET, .wires = &wires};
    struct router v6 = {.l = l, .family = AF_INET6, .wires = &wires};
    make_graph(&v4, NULL);
    make_graph(&v6, v4.paths);
    if (!can_look_for(l, v4.nets.n + v6.nets.n))
        return;
    VEC_EACH (struct node *, it, &l->topo->nodes) {
        find_routes(&v4, *it);
        find_routes(&v6, *it);
        routes += v4.found.n + v6.found.n;
        if (routes > ROUTES_MAX) {
            diag_error(l->r.diags, v4.pos, "too many routes: %u is the limit", ROUTES_MAX);
            return;
        }
        vec_reserve(l->r.arena, &(*it)->routes, (*it)->routes.n + v4.found.n + v6.found.n);
        add_routes(&v4);
        add_routes(&v6);
        check_default(l, *it);
    }
}
