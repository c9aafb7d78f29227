// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Dijkstra's algorithm from one node over nodes and nets in turn: leaving a node into a net costs
 * what the net costs, coming out of it nothing. As a net costs the same for all that are on it, the
 * first node that reaches it (they come in order of distance) settles its distance, and each net is
 * walked once.
 *
 * Beside the distance every node gets the set of first hops that shortest paths to it begin with, a
 * row of bits, one for each (own end, neighbour's end). A node's set is made when it is taken from
 * the heap: all nets that lead to it at its distance were settled by nodes that are nearer, as
 * costs are positive.
 *
 * Nets with one prefix are one destination. Which of them are the halves of a wider prefix, and
 * which of those again, is found out once: a forest whose leaves are the destinations. For each
 * node its joints get the set of their two sides, where that is one, and of each tree what is
 * highest is given out.
 */
#include "model/paths.h"

#include <string.h>

#define FAR UINT32_MAX

/* Sets of destinations that are none of the numbers. */
#define SET_NONE UINT32_MAX
#define SET_OWN (UINT32_MAX - 1)

#define JOINT 0x80000000u

/* An end as seen from its node, or from its net: its number, what is on the other side, and what it
 * costs to leave into the net. */
struct side {
    uint32_t end, other, cost;
};

/* A node that may be the last hop to a destination, and what the net there costs. */
struct last_hop {
    uint32_t node, cost;
};

/* Nets with one prefix. */
struct destination {
    struct prefix prefix;
    uint32_t first, n; /* in paths.last_hops */
    uint32_t around;   /* the narrowest destination that this one lies in, + 1; 0: none */
};

/* A prefix whose two halves are destinations, or joints of them. */
struct joint {
    struct prefix prefix;
    uint32_t low, high; /* a destination's number, or JOINT + a joint's */
};

struct heap_item {
    uint32_t dist, node;
};

/* What is found from one node. */
struct walk {
    uint32_t source;
    uint32_t *node_dist, *net_dist;
    VEC(struct heap_item) heap;
    VEC(struct path_hop) hops; /* what the bits stand for */
    uint32_t *hop_of;          /* by end of a neighbour: its place in HOPS + 1; 0: none */
    size_t words;              /* of a row of bits */
    uint64_t *bits;            /* rows of nodes, then of nets */
    size_t bits_cap;
    bool *direct; /* by net: the source itself is among those that are nearest */
};

struct paths {
    struct arena *arena;
    const struct path_graph *graph;
    uint32_t *node_first, *net_first;    /* rows of the next two: from [i] to [i + 1] */
    struct side *node_sides, *net_sides; /* ends of each node, of each net */
    VEC(struct destination) dests;       /* sorted by prefix */
    VEC(struct last_hop) last_hops;      /* of one destination after the other */
    uint32_t *dest_of;                   /* by net */
    VEC(struct joint) joints;            /* children before parents */
    VEC(uint32_t) tops;                  /* of the trees; of those that lie in another's first */
    VEC(uint32_t) stack;                 /* of trees that are being joined */

    struct walk *walk; /* a twin may have the same */

    uint32_t *set_of;   /* by destination, then by joint */
    uint32_t *node_set; /* by node: the set of its bits + 1; 0: not asked for yet */
    VEC(uint64_t) set_bits;
    uint32_t sets;
    uint32_t *buckets; /* set + 1 by hash; a power of two of them */
    uint32_t n_buckets;
    VEC(struct path_hop) shown; /* for paths_set, one after the other */
    VEC(uint32_t) shown_first;
};

/* --- The graph, once -------------------------------------------------------------------------- */

/* Rows of ends by node, or by net, in the order of the ends. */
static struct side *make_rows(struct arena *arena, const struct path_graph *g, bool by_node,
                              uint32_t **ret_first)
{
    uint32_t n = by_node ? g->nodes : g->n_nets;
    uint32_t *first = arena_alloc(arena, (n + 2) * sizeof(*first));
    struct side *rows = arena_alloc(arena, (g->n_ends + 1) * sizeof(*rows));
    for (uint32_t i = 0; i < g->n_ends; i++)
        first[(by_node ? g->ends[i].node : g->ends[i].net) + 2]++;
    for (uint32_t i = 2; i < n + 2; i++)
        first[i] += first[i - 1];
    for (uint32_t i = 0; i < g->n_ends; i++) {
        uint32_t own = by_node ? g->ends[i].node : g->ends[i].net;
        uint32_t other = by_node ? g->ends[i].net : g->ends[i].node;
        rows[first[own + 1]++] = (struct side){i, other, g->nets[g->ends[i].net].cost};
    }
    *ret_first = first;
    return rows;
}

/* For each side of NODE, and of NET. */
#define EACH_OF_NODE(p, it, node)                                                                  \
    for (const struct side *it = (p)->node_sides + (p)->node_first[node],                          \
                           *it##_end = (p)->node_sides + (p)->node_first[(node) + 1];              \
         it < it##_end; it++)
#define EACH_OF_NET(p, it, net)                                                                    \
    for (const struct side *it = (p)->net_sides + (p)->net_first[net],                             \
                           *it##_end = (p)->net_sides + (p)->net_first[(net) + 1];                 \
         it < it##_end; it++)

static int compare_prefix(const struct prefix *a, const struct prefix *b)
{
    int order = addr_compare(&a->addr, &b->addr);
    return order ? order : a->len - b->len;
}

static int by_prefix(const void *a, const void *b, void *nets)
{
    const struct path_net *v = nets;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    int order = compare_prefix(&v[x].prefix, &v[y].prefix);
    return order ? order : x < y ? -1 : 1;
}

/* Whether the last hop to NET may be NODE: it passes on to it, or is all that is there. */
static bool is_last_hop(const struct paths *p, uint32_t net, uint32_t node)
{
    return p->graph->flags[node] & PATH_FORWARDS || p->net_first[net + 1] - p->net_first[net] == 1;
}

/* NET is, or is part of, the destination that was made last. */
static void add_net(struct paths *p, uint32_t net)
{
    struct destination *d = &p->dests.v[p->dests.n - 1];
    p->dest_of[net] = p->dests.n - 1;
    EACH_OF_NET (p, it, net) {
        if (!is_last_hop(p, net, it->other))
            continue;
        vec_push(p->arena, &p->last_hops, ((struct last_hop){it->other, it->cost}));
        d->n++;
    }
}

static void make_destinations(struct paths *p)
{
    const struct path_graph *g = p->graph;
    uint32_t *sorted = arena_alloc(p->arena, (g->n_nets + 1) * sizeof(*sorted));
    p->dest_of = arena_alloc(p->arena, (g->n_nets + 1) * sizeof(*p->dest_of));
    for (uint32_t i = 0; i < g->n_nets; i++)
        sorted[i] = i;
    qsort_r(sorted, g->n_nets, sizeof(*sorted), by_prefix, (void *)(uintptr_t)g->nets);
    for (uint32_t i = 0; i < g->n_nets; i++) {
        const struct prefix *prefix = &g->nets[sorted[i]].prefix;
        const struct destination *last = p->dests.n ? &p->dests.v[p->dests.n - 1] : NULL;
        if (!last || compare_prefix(&last->prefix, prefix) != 0)
            vec_push(p->arena, &p->dests,
                     ((struct destination){.prefix = *prefix, .first = p->last_hops.n}));
        add_net(p, sorted[i]);
    }
}

static const struct prefix *prefix_of(const struct paths *p, uint32_t at)
{
    return at & JOINT ? &p->joints.v[at & ~JOINT].prefix : &p->dests.v[at].prefix;
}

/* Whether LOW and HIGH are the two halves of a prefix. */
static bool are_halves(const struct prefix *low, const struct prefix *high, struct prefix *ret)
{
    if (low->len != high->len || low->len < 2)
        return false;
    *ret = (struct prefix){low->addr, (uint8_t)(low->len - 1)};
    struct addr network = prefix_network(ret);
    return addr_equal(&network, &low->addr) && prefix_contains(ret, &high->addr);
}

/* Puts tree AT on the stack of those that lie beside it, from BOTTOM on, joined to what it is a
 * half with. */
static void plant(struct paths *p, uint32_t bottom, uint32_t at)
{
    struct joint joint;
    while (p->stack.n > bottom &&
           are_halves(prefix_of(p, p->stack.v[p->stack.n - 1]), prefix_of(p, at), &joint.prefix)) {
        joint.low = p->stack.v[--p->stack.n];
        joint.high = at;
        at = JOINT | p->joints.n;
        vec_push(p->arena, &p->joints, joint);
    }
    vec_push(p->arena, &p->stack, at);
}

/* Plants destination FIRST and those beside it that lie in AROUND (+ 1; 0: in none); gives the
 * first that does not. What lies in one of them makes trees of its own. */
static uint32_t plant_level(struct paths *p, uint32_t first, uint32_t around)
{
    uint32_t bottom = p->stack.n, i = first;
    while (i < p->dests.n && (!around || prefix_contains(&p->dests.v[around - 1].prefix,
                                                         &p->dests.v[i].prefix.addr))) {
        p->dests.v[i].around = around;
        plant(p, bottom, i);
        uint32_t next = i + 1;
        if (next < p->dests.n &&
            prefix_contains(&p->dests.v[i].prefix, &p->dests.v[next].prefix.addr))
            next = plant_level(p, next, i + 1);
        i = next;
    }
    for (uint32_t j = bottom; j < p->stack.n; j++)
        vec_push(p->arena, &p->tops, p->stack.v[j]);
    p->stack.n = bottom;
    return i;
}

/* Whether what is found in A holds for B too: nodes, nets and costs are the same. */
static bool same_shape(const struct path_graph *a, const struct path_graph *b)
{
    if (a->nodes != b->nodes || a->n_nets != b->n_nets || a->n_ends != b->n_ends ||
        memcmp(a->flags, b->flags, a->nodes) != 0 ||
        (a->n_ends && memcmp(a->ends, b->ends, a->n_ends * sizeof(*a->ends)) != 0))
        return false;
    for (uint32_t i = 0; i < a->n_nets; i++) {
        if (a->nets[i].cost != b->nets[i].cost)
            return false;
    }
    return true;
}

static struct walk *make_walk(struct arena *arena, const struct path_graph *g)
{
    struct walk *walk = arena_new_of(arena, struct walk);
    walk->source = FAR;
    walk->node_dist = arena_alloc(arena, (g->nodes + 1) * sizeof(*walk->node_dist));
    walk->net_dist = arena_alloc(arena, (g->n_nets + 1) * sizeof(*walk->net_dist));
    walk->direct = arena_alloc(arena, g->n_nets + 1);
    walk->hop_of = arena_alloc(arena, (g->n_ends + 1) * sizeof(*walk->hop_of));
    vec_reserve(arena, &walk->heap, g->nodes + 1);
    return walk;
}

struct paths *paths_new(struct arena *arena, const struct path_graph *g, const struct paths *twin)
{
    struct paths *p = arena_new_of(arena, struct paths);
    *p = (struct paths){.arena = arena, .graph = g, .n_buckets = 64};
    p->node_sides = make_rows(arena, g, true, &p->node_first);
    p->net_sides = make_rows(arena, g, false, &p->net_first);
    make_destinations(p);
    plant_level(p, 0, 0);
    p->walk = twin && same_shape(twin->graph, g) ? twin->walk : make_walk(arena, g);
    p->set_of = arena_alloc(arena, (p->dests.n + p->joints.n + 1) * sizeof(*p->set_of));
    p->node_set = arena_alloc(arena, (g->nodes + 1) * sizeof(*p->node_set));
    p->buckets = arena_alloc(arena, p->n_buckets * sizeof(*p->buckets));
    return p;
}

/* --- The heap --------------------------------------------------------------------------------- */

static void heap_push(struct paths *p, uint32_t dist, uint32_t node)
{
    uint32_t at = p->walk->heap.n;
    vec_push(p->arena, &p->walk->heap, ((struct heap_item){dist, node}));
    struct heap_item *v = p->walk->heap.v;
    for (; at && v[(at - 1) / 2].dist > dist; at = (at - 1) / 2)
        v[at] = v[(at - 1) / 2];
    v[at] = (struct heap_item){dist, node};
}

static struct heap_item heap_pop(struct paths *p)
{
    struct heap_item *v = p->walk->heap.v, top = v[0], last = v[--p->walk->heap.n];
    uint32_t at = 0, n = p->walk->heap.n;
    for (uint32_t child; (child = 2 * at + 1) < n; at = child) {
        child += child + 1 < n && v[child + 1].dist < v[child].dist;
        if (v[child].dist >= last.dist)
            break;
        v[at] = v[child];
    }
    v[at] = last;
    return top;
}

/* --- From one node ---------------------------------------------------------------------------- */

static uint64_t *node_bits(const struct paths *p, uint32_t node)
{
    return p->walk->bits + node * p->walk->words;
}

static uint64_t *net_bits(const struct paths *p, uint32_t net)
{
    return p->walk->bits + (p->graph->nodes + net) * p->walk->words;
}

static void unite(const struct paths *p, uint64_t *bits, const uint64_t *with)
{
    for (size_t i = 0; i < p->walk->words; i++)
        bits[i] |= with[i];
}

static void set_bit(uint64_t *bits, uint32_t bit)
{
    bits[bit / 64] |= 1ull << bit % 64;
}

/* Numbers the hops: each end of a neighbour on a net of the source's. */
static void number_hops(struct paths *p)
{
    VEC_EACH (const struct path_hop, it, &p->walk->hops)
        p->walk->hop_of[it->theirs] = 0;
    p->walk->hops.n = 0;
    EACH_OF_NODE (p, mine, p->walk->source) {
        EACH_OF_NET (p, theirs, mine->other) {
            if (theirs->other == p->walk->source || p->walk->hop_of[theirs->end])
                continue;
            vec_push(p->arena, &p->walk->hops, ((struct path_hop){mine->end, theirs->end}));
            p->walk->hop_of[theirs->end] = p->walk->hops.n;
        }
    }
}

static void start(struct paths *p)
{
    const struct path_graph *g = p->graph;
    number_hops(p);
    p->walk->words = p->walk->hops.n / 64 + 1;
    size_t size = (size_t)(g->nodes + g->n_nets) * p->walk->words * sizeof(*p->walk->bits);
    if (size > p->walk->bits_cap) {
        p->walk->bits = arena_alloc(p->arena, 2 * size);
        p->walk->bits_cap = 2 * size;
    }
    memset(p->walk->bits, 0, size);
    memset(p->walk->node_dist, 0xff, g->nodes * sizeof(*p->walk->node_dist));
    memset(p->walk->net_dist, 0xff, g->n_nets * sizeof(*p->walk->net_dist));
    memset(p->walk->direct, 0, g->n_nets);
    p->walk->node_dist[p->walk->source] = 0;
    p->walk->heap.n = 0;
    heap_push(p, 0, p->walk->source);
}

/* The first hops of NODE: those of the nets that lead to it. */
static void settle_bits(struct paths *p, uint32_t node)
{
    EACH_OF_NODE (p, it, node) {
        if (p->walk->net_dist[it->other] != p->walk->node_dist[node])
            continue;
        unite(p, node_bits(p, node), net_bits(p, it->other));
        if (p->walk->direct[it->other])
            set_bit(node_bits(p, node), p->walk->hop_of[it->end] - 1);
    }
}

/* NODE leaves into NET, which is then DIST away. */
static void enter_net(struct paths *p, uint32_t node, uint32_t net, uint32_t dist)
{
    bool first = p->walk->net_dist[net] == FAR;
    p->walk->net_dist[net] = dist;
    if (node == p->walk->source)
        p->walk->direct[net] = true;
    else
        unite(p, net_bits(p, net), node_bits(p, node));
    if (!first)
        return;
    EACH_OF_NET (p, it, net) {
        if (dist >= p->walk->node_dist[it->other])
            continue;
        p->walk->node_dist[it->other] = dist;
        heap_push(p, dist, it->other);
    }
}

static void walk(struct paths *p)
{
    while (p->walk->heap.n) {
        struct heap_item item = heap_pop(p);
        uint32_t node = item.node;
        if (item.dist != p->walk->node_dist[node])
            continue; /* it was found nearer since */
        if (node != p->walk->source)
            settle_bits(p, node);
        if (node != p->walk->source && !(p->graph->flags[node] & PATH_TRANSIT))
            continue;
        EACH_OF_NODE (p, it, node) {
            if (item.dist + it->cost <= p->walk->net_dist[it->other])
                enter_net(p, node, it->other, item.dist + it->cost);
        }
    }
}

/* --- Sets ------------------------------------------------------------------------------------- */

static uint32_t hash_bits(const struct paths *p, const uint64_t *bits)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < p->walk->words; i++)
        hash = (hash ^ bits[i]) * 0x9e3779b97f4a7c15u;
    return (uint32_t)(hash >> 32);
}

static uint32_t *find_bucket(struct paths *p, const uint64_t *bits)
{
    for (uint32_t i = hash_bits(p, bits);; i++) {
        uint32_t *bucket = &p->buckets[i & (p->n_buckets - 1)];
        if (!*bucket || memcmp(p->set_bits.v + (*bucket - 1) * p->walk->words, bits,
                               p->walk->words * sizeof(*bits)) == 0)
            return bucket;
    }
}

static void widen_buckets(struct paths *p)
{
    p->n_buckets *= 2;
    p->buckets = arena_alloc(p->arena, p->n_buckets * sizeof(*p->buckets));
    for (uint32_t i = 0; i < p->sets; i++)
        *find_bucket(p, p->set_bits.v + i * p->walk->words) = i + 1;
}

/* The number of the set that BITS are. */
static uint32_t intern(struct paths *p, const uint64_t *bits)
{
    uint32_t *bucket = find_bucket(p, bits);
    if (*bucket)
        return *bucket - 1;
    for (size_t i = 0; i < p->walk->words; i++)
        vec_push(p->arena, &p->set_bits, bits[i]);
    *bucket = ++p->sets;
    if (p->sets * 2 > p->n_buckets)
        widen_buckets(p);
    return p->sets - 1;
}

static uint32_t set_of_node(struct paths *p, uint32_t node)
{
    if (!p->node_set[node])
        p->node_set[node] = intern(p, node_bits(p, node)) + 1;
    return p->node_set[node] - 1;
}

/* The nearest nodes that may be the last hop to a destination. */
struct nearest {
    uint32_t dist, node;
    uint64_t *bits; /* the first hops of all, where they are several */
    bool several;
};

static void take_last_hop(const struct paths *p, struct nearest *nearest, uint32_t node,
                          uint32_t dist)
{
    if (dist > nearest->dist || (dist == nearest->dist && node == nearest->node))
        return;
    if (dist < nearest->dist) {
        *nearest = (struct nearest){.dist = dist, .node = node, .bits = nearest->bits};
        return;
    }
    if (!nearest->several)
        memcpy(nearest->bits, node_bits(p, nearest->node), p->walk->words * sizeof(*nearest->bits));
    nearest->several = true;
    unite(p, nearest->bits, node_bits(p, node));
}

/* The set of first hops to one destination: those of the nearest nodes that may be the last. BITS
 * is room for a row. */
static uint32_t find_set(struct paths *p, const struct destination *d, uint64_t *bits)
{
    struct nearest nearest = {.dist = FAR, .bits = bits};
    const struct last_hop *end = p->last_hops.v + d->first + d->n;
    for (const struct last_hop *it = p->last_hops.v + d->first; it < end; it++) {
        if (p->walk->node_dist[it->node] != FAR)
            take_last_hop(p, &nearest, it->node, p->walk->node_dist[it->node] + it->cost);
    }
    if (nearest.dist == FAR)
        return SET_NONE;
    return nearest.several ? intern(p, bits) : set_of_node(p, nearest.node);
}

/* The sets of all destinations; the node's own nets are its own, whatever else leads there. */
static void find_sets(struct paths *p)
{
    uint64_t *bits = node_bits(p, p->walk->source); /* the source's own row is not used otherwise */
    memset(p->set_of, 0, p->dests.n * sizeof(*p->set_of));
    EACH_OF_NODE (p, it, p->walk->source)
        p->set_of[p->dest_of[it->other]] = SET_OWN;
    for (uint32_t i = 0; i < p->dests.n; i++) {
        if (p->set_of[i] != SET_OWN)
            p->set_of[i] = find_set(p, &p->dests.v[i], bits);
    }
}

void paths_from(struct paths *p, uint32_t node)
{
    if (p->walk->source != node) {
        p->walk->source = node;
        start(p);
        walk(p);
    }
    p->sets = 0;
    p->set_bits.n = 0;
    memset(p->buckets, 0, p->n_buckets * sizeof(*p->buckets));
    memset(p->node_set, 0, p->graph->nodes * sizeof(*p->node_set));
    p->shown.n = p->shown_first.n = 0;
    find_sets(p);
    for (uint32_t set = 0; set < p->sets; set++) {
        vec_push(p->arena, &p->shown_first, p->shown.n);
        for (uint32_t hop = 0; hop < p->walk->hops.n; hop++) {
            if (p->set_bits.v[set * p->walk->words + hop / 64] >> hop % 64 & 1)
                vec_push(p->arena, &p->shown, p->walk->hops.v[hop]);
        }
    }
    vec_push(p->arena, &p->shown_first, p->shown.n);
}

uint32_t paths_sets(const struct paths *p)
{
    return p->sets;
}

void paths_set(const struct paths *p, uint32_t set, struct path_set *ret)
{
    uint32_t first = p->shown_first.v[set];
    *ret = (struct path_set){p->shown.v + first, p->shown_first.v[set + 1] - first};
}

void paths_only_set(const struct paths *p, struct path_set *ret)
{
    *ret = (struct path_set){0};
    if (p->sets == 1)
        paths_set(p, 0, ret);
}

void paths_gateways(struct paths *p, struct path_set *ret)
{
    uint32_t nearest = FAR, first = p->shown.n;
    VEC_EACH (const struct path_hop, it, &p->walk->hops) {
        const struct path_end *theirs = &p->graph->ends[it->theirs];
        uint32_t cost = p->graph->nets[theirs->net].cost;
        if (!(p->graph->flags[theirs->node] & PATH_FORWARDS) || cost > nearest)
            continue;
        if (cost < nearest)
            p->shown.n = first;
        nearest = cost;
        vec_push(p->arena, &p->shown, *it);
    }
    *ret = (struct path_set){p->shown.v + first, p->shown.n - first};
}

/* --- Tables ----------------------------------------------------------------------------------- */

struct table {
    struct paths *p;
    const struct prefix *written;
    uint32_t n_written;
    path_route_fn *fn;
    void *arg;
};

static bool is_written(const struct table *t, const struct prefix *prefix)
{
    for (uint32_t i = 0; i < t->n_written; i++) {
        if (t->written[i].len == prefix->len && addr_equal(&t->written[i].addr, &prefix->addr))
            return true;
    }
    return false;
}

static uint32_t set_of(const struct paths *p, uint32_t at)
{
    return p->set_of[at & JOINT ? p->dests.n + (at & ~JOINT) : at];
}

/* The set that both sides of a joint have; the node's own nets have any. */
static uint32_t common_set(uint32_t low, uint32_t high)
{
    if (low == high || high == SET_OWN)
        return low;
    return low == SET_OWN ? high : SET_NONE;
}

static void fill_joints(const struct table *t)
{
    struct paths *p = t->p;
    for (uint32_t i = 0; t->n_written && i < p->dests.n; i++) {
        if (is_written(t, &p->dests.v[i].prefix))
            p->set_of[i] = SET_NONE;
    }
    for (uint32_t i = 0; i < p->joints.n; i++) {
        const struct joint *joint = &p->joints.v[i];
        uint32_t set = common_set(set_of(p, joint->low), set_of(p, joint->high));
        p->set_of[p->dests.n + i] = t->n_written && is_written(t, &joint->prefix) ? SET_NONE : set;
    }
}

/* Gives out tree AT, whose destinations lie in AROUND. */
static void give(const struct table *t, uint32_t at, uint32_t around)
{
    const struct paths *p = t->p;
    uint32_t set = set_of(p, at), cover = around ? p->set_of[around - 1] : SET_NONE;
    if (set < SET_OWN && set != cover) {
        t->fn(t->arg, prefix_of(p, at), set);
    } else if (set == SET_NONE && at & JOINT) {
        give(t, p->joints.v[at & ~JOINT].low, around);
        give(t, p->joints.v[at & ~JOINT].high, around);
    }
}

static uint32_t around_of(const struct paths *p, uint32_t at)
{
    while (at & JOINT)
        at = p->joints.v[at & ~JOINT].low;
    return p->dests.v[at].around;
}

void paths_each_route(struct paths *p, const struct prefix *written, uint32_t n, path_route_fn *fn,
                      void *arg)
{
    const struct table t = {.p = p, .written = written, .n_written = n, .fn = fn, .arg = arg};
    fill_joints(&t);
    VEC_EACH (const uint32_t, top, &p->tops)
        give(&t, *top, around_of(p, *top));
}
