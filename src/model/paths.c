// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Dijkstra's algorithm from one node over the others. Two nodes on one net are an arc apart that
 * costs what the net costs. Where many are, that would be arcs between all of them: such a net is a
 * vertex of its own, a hub, which costs to enter and nothing to leave.
 *
 * Beside the distance every vertex gets the set of first hops that shortest paths to it begin with,
 * a row of bits, one for each (own end, neighbour's end). A shorter way to a vertex replaces its
 * row, an equally long one adds to it. A row is complete when its vertex is taken from the heap:
 * what adds to it is nearer, as nets cost something, or is a hub as near, and hubs have the lower
 * numbers, by which the heap orders what is equally far.
 *
 * Neighbours that are no last hop to anything and pass nothing on are left out of it all: most
 * hosts on most LANs.
 *
 * Nets with one prefix are one destination. What a node's table says of them, and which routes are
 * left of that, is paths_tree.c's.
 */
#include "model/paths.h"

#include <string.h>

#define FAR UINT32_MAX

/* An end as seen from its node, or from its net: its number, and what is on the other side. */
struct side {
    uint32_t end, other;
};

struct arc {
    uint32_t to, cost; /* a vertex */
};

/* A node that may be the last hop to a destination, and what the net there costs. */
struct last_hop {
    uint32_t vertex, cost;
};

/* Nets with one prefix. */
struct destination {
    uint32_t first, n; /* in paths.last_hops */
    uint32_t place;    /* in the tree */
};

/* What is found from one node. */
struct walk {
    uint32_t source;
    uint32_t *dist;            /* by vertex */
    VEC(uint64_t) heap;        /* distance << 32 | vertex */
    VEC(struct path_hop) hops; /* what the bits stand for */
    bool *is_hop;              /* by end: it is a neighbour's */
    size_t words;              /* of a row of bits */
    uint64_t *bits;            /* rows by vertex */
    size_t bits_cap;

    /* The different sets among the rows, and those that are needed besides. */
    uint32_t *set_of; /* by vertex */
    VEC(uint64_t) set_bits;
    uint32_t sets;
    uint32_t *buckets; /* set + 1 by hash; a power of two of them */
    uint32_t n_buckets;
    VEC(struct path_hop) shown; /* for paths_set, one after the other */
    VEC(uint32_t) shown_first;
};

struct paths {
    struct arena *arena;
    const struct path_graph *graph;
    uint32_t *node_first, *net_first;    /* rows of the next two: from [i] to [i + 1] */
    struct side *node_sides, *net_sides; /* ends of each node, of each net */
    uint32_t *hub_of;                    /* by net: its vertex; FAR: it is none */
    uint32_t hubs, vertices;             /* hubs, then nodes */
    uint32_t *arc_first;                 /* by vertex */
    struct arc *arcs;
    VEC(struct destination) dests;  /* sorted by prefix */
    VEC(struct last_hop) last_hops; /* of one destination after the other */
    bool *matters;                  /* by node: it is transit or a last hop */
    uint32_t *place_of;             /* by net */
    struct paths_tree tree;
    struct paths_table table;
    struct walk *walk; /* a twin may have the same */
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
        rows[first[own + 1]++] = (struct side){i, other};
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

static int by_prefix(const void *a, const void *b, void *nets)
{
    const struct path_net *v = nets;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    int order = prefix_compare(&v[x].prefix, &v[y].prefix);
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
    EACH_OF_NET (p, it, net) {
        if (!is_last_hop(p, net, it->other))
            continue;
        vec_push(p->arena, &p->last_hops, ((struct last_hop){it->other, p->graph->nets[net].cost}));
        p->matters[it->other] = true;
        d->n++;
    }
}

/* The numbers of all nets, sorted by prefix. */
static uint32_t *sort_nets(struct paths *p)
{
    const struct path_graph *g = p->graph;
    uint32_t *sorted = arena_alloc(p->arena, (g->n_nets + 1) * sizeof(*sorted));
    for (uint32_t i = 0; i < g->n_nets; i++)
        sorted[i] = i;
    qsort_r(sorted, g->n_nets, sizeof(*sorted), by_prefix, (void *)(uintptr_t)g->nets);
    return sorted;
}

static void make_destinations(struct paths *p)
{
    const struct path_graph *g = p->graph;
    const uint32_t *sorted = sort_nets(p);
    struct prefix *prefixes = arena_alloc(p->arena, (g->n_nets + 1) * sizeof(*prefixes));
    for (uint32_t i = 0; i < g->n_nets; i++) {
        const struct prefix *prefix = &g->nets[sorted[i]].prefix;
        if (!p->dests.n || prefix_compare(&prefixes[p->dests.n - 1], prefix) != 0) {
            prefixes[p->dests.n] = *prefix;
            vec_push(p->arena, &p->dests, ((struct destination){.first = p->last_hops.n}));
        }
        add_net(p, sorted[i]);
    }
    paths_tree_init(&p->tree, p->arena, g->family, prefixes, p->dests.n);
    paths_table_init(&p->table, p->arena, &p->tree);
    for (uint32_t i = 0; i < p->dests.n; i++)
        p->dests.v[i].place = paths_tree_find(&p->tree, &prefixes[i]);
    p->place_of = arena_alloc(p->arena, (g->n_nets + 1) * sizeof(*p->place_of));
    for (uint32_t i = 0; i < g->n_nets; i++)
        p->place_of[i] = paths_tree_find(&p->tree, &g->nets[i].prefix);
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

/* --- Arcs ------------------------------------------------------------------------------------- */

/* Adds an arc, or only counts it where there is no room yet. */
static void add_arc(struct paths *p, uint32_t from, uint32_t to, uint32_t cost)
{
    if (p->arcs)
        p->arcs[p->arc_first[from + 1]] = (struct arc){to, cost};
    p->arc_first[from + (p->arcs ? 1 : 2)]++;
}

static void add_hub_arcs(struct paths *p, uint32_t net)
{
    uint32_t hub = p->hub_of[net];
    EACH_OF_NET (p, it, net) {
        if (p->graph->flags[it->other] & PATH_TRANSIT)
            add_arc(p, p->hubs + it->other, hub, p->graph->nets[net].cost);
        if (p->matters[it->other])
            add_arc(p, hub, p->hubs + it->other, 0);
    }
}

static void add_arcs(struct paths *p, uint32_t net)
{
    EACH_OF_NET (p, from, net) {
        EACH_OF_NET (p, to, net) {
            if (p->graph->flags[from->other] & PATH_TRANSIT && p->matters[to->other] &&
                from->other != to->other)
                add_arc(p, p->hubs + from->other, p->hubs + to->other, p->graph->nets[net].cost);
        }
    }
}

static void add_all_arcs(struct paths *p)
{
    for (uint32_t net = 0; net < p->graph->n_nets; net++) {
        if (p->hub_of[net] == FAR)
            add_arcs(p, net);
        else
            add_hub_arcs(p, net);
    }
}

/* Whether NET takes fewer arcs as a hub. */
static bool is_hub(const struct paths *p, uint32_t net)
{
    uint64_t transit = 0, all = 0;
    EACH_OF_NET (p, it, net) {
        transit += p->graph->flags[it->other] & PATH_TRANSIT ? 1 : 0;
        all += p->matters[it->other];
    }
    return transit && transit * (all - 1) > transit + all;
}

static void make_arcs(struct paths *p)
{
    const struct path_graph *g = p->graph;
    p->hub_of = arena_alloc(p->arena, (g->n_nets + 1) * sizeof(*p->hub_of));
    for (uint32_t net = 0; net < g->n_nets; net++)
        p->hub_of[net] = is_hub(p, net) ? p->hubs++ : FAR;
    p->vertices = p->hubs + g->nodes;
    p->arc_first = arena_alloc(p->arena, (p->vertices + 2) * sizeof(*p->arc_first));
    add_all_arcs(p);
    for (uint32_t i = 2; i < p->vertices + 2; i++)
        p->arc_first[i] += p->arc_first[i - 1];
    p->arcs = arena_alloc(p->arena, (p->arc_first[p->vertices + 1] + 1) * sizeof(*p->arcs));
    add_all_arcs(p);
    VEC_EACH (struct last_hop, it, &p->last_hops)
        it->vertex += p->hubs;
}

static struct walk *make_walk(const struct paths *p)
{
    struct walk *w = arena_new_of(p->arena, struct walk);
    *w = (struct walk){.source = FAR, .n_buckets = 64};
    w->dist = arena_alloc(p->arena, (p->vertices + 1) * sizeof(*w->dist));
    w->set_of = arena_alloc(p->arena, (p->vertices + 1) * sizeof(*w->set_of));
    w->is_hop = arena_alloc(p->arena, p->graph->n_ends + 1);
    w->buckets = arena_alloc(p->arena, w->n_buckets * sizeof(*w->buckets));
    return w;
}

struct paths *paths_new(struct arena *arena, const struct path_graph *g, const struct paths *twin)
{
    struct paths *p = arena_new_of(arena, struct paths);
    *p = (struct paths){.arena = arena, .graph = g};
    p->node_sides = make_rows(arena, g, true, &p->node_first);
    p->net_sides = make_rows(arena, g, false, &p->net_first);
    p->matters = arena_alloc(arena, g->nodes + 1);
    for (uint32_t i = 0; i < g->nodes; i++)
        p->matters[i] = g->flags[i] & PATH_TRANSIT;
    make_destinations(p);
    make_arcs(p);
    p->walk = twin && same_shape(twin->graph, g) ? twin->walk : make_walk(p);
    return p;
}

/* --- The heap --------------------------------------------------------------------------------- */

static void heap_push(struct paths *p, uint64_t item)
{
    uint32_t at = p->walk->heap.n;
    vec_push(p->arena, &p->walk->heap, item);
    uint64_t *v = p->walk->heap.v;
    for (; at && v[(at - 1) / 2] > item; at = (at - 1) / 2)
        v[at] = v[(at - 1) / 2];
    v[at] = item;
}

static uint64_t heap_pop(struct walk *w)
{
    uint64_t *v = w->heap.v, top = v[0], last = v[--w->heap.n];
    uint32_t at = 0, n = w->heap.n;
    for (uint32_t child; (child = 2 * at + 1) < n; at = child) {
        child += child + 1 < n && v[child + 1] < v[child];
        if (v[child] >= last)
            break;
        v[at] = v[child];
    }
    v[at] = last;
    return top;
}

/* --- From one node ---------------------------------------------------------------------------- */

static uint64_t *bits_of(const struct walk *w, uint32_t vertex)
{
    return w->bits + vertex * w->words;
}

static void unite(const struct walk *w, uint64_t *bits, const uint64_t *with)
{
    for (size_t i = 0; i < w->words; i++)
        bits[i] |= with[i];
}

static void copy(const struct walk *w, uint64_t *bits, const uint64_t *from)
{
    for (size_t i = 0; i < w->words; i++)
        bits[i] = from[i];
}

/* A way to VERTEX: DIST long, its first hops in BITS. */
static void take_way(struct paths *p, uint32_t vertex, uint32_t dist, const uint64_t *bits)
{
    struct walk *w = p->walk;
    if (dist < w->dist[vertex]) {
        w->dist[vertex] = dist;
        copy(w, bits_of(w, vertex), bits);
        heap_push(p, (uint64_t)dist << 32 | vertex);
    } else if (dist == w->dist[vertex]) {
        unite(w, bits_of(w, vertex), bits);
    }
}

/* Numbers the hops: each end of a neighbour on a net of the source's. */
static void number_hops(struct paths *p)
{
    struct walk *w = p->walk;
    VEC_EACH (const struct path_hop, it, &w->hops)
        w->is_hop[it->theirs] = false;
    w->hops.n = 0;
    EACH_OF_NODE (p, mine, w->source) {
        EACH_OF_NET (p, theirs, mine->other) {
            if (theirs->other == w->source || !p->matters[theirs->other] || w->is_hop[theirs->end])
                continue;
            vec_push(p->arena, &w->hops, ((struct path_hop){mine->end, theirs->end}));
            w->is_hop[theirs->end] = true;
        }
    }
}

/* Room for a row of each vertex, and one more. */
static void make_room(struct paths *p)
{
    struct walk *w = p->walk;
    w->words = w->hops.n / 64 + 1;
    size_t size = (size_t)(p->vertices + 1) * w->words;
    if (size <= w->bits_cap)
        return;
    w->bits = arena_alloc(p->arena, 2 * size * sizeof(*w->bits));
    w->bits_cap = 2 * size;
}

/* The first hop of each way, in the spare row. */
static void start(struct paths *p)
{
    struct walk *w = p->walk;
    const struct path_graph *g = p->graph;
    uint64_t *bits = bits_of(w, p->vertices);
    memset(w->dist, 0xff, p->vertices * sizeof(*w->dist));
    memset(bits, 0, w->words * sizeof(*bits));
    w->dist[p->hubs + w->source] = 0;
    for (uint32_t i = 0; i < w->hops.n; i++) {
        const struct path_end *theirs = &g->ends[w->hops.v[i].theirs];
        bits[i / 64] = 1ull << i % 64;
        take_way(p, p->hubs + theirs->node, g->nets[theirs->net].cost, bits);
        bits[i / 64] = 0;
    }
}

static void walk(struct paths *p)
{
    struct walk *w = p->walk;
    while (w->heap.n) {
        uint64_t item = heap_pop(w);
        uint32_t vertex = (uint32_t)item, dist = (uint32_t)(item >> 32);
        if (dist != w->dist[vertex])
            continue; /* it was found nearer since */
        const struct arc *end = p->arcs + p->arc_first[vertex + 1];
        for (const struct arc *it = p->arcs + p->arc_first[vertex]; it < end; it++)
            take_way(p, it->to, dist + it->cost, bits_of(w, vertex));
    }
}

/* --- Sets ------------------------------------------------------------------------------------- */

static uint32_t hash_bits(const struct walk *w, const uint64_t *bits)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < w->words; i++)
        hash = (hash ^ bits[i]) * 0x9e3779b97f4a7c15u;
    return (uint32_t)(hash >> 32);
}

static uint32_t *find_bucket(const struct walk *w, const uint64_t *bits)
{
    for (uint32_t i = hash_bits(w, bits);; i++) {
        uint32_t *bucket = &w->buckets[i & (w->n_buckets - 1)];
        if (!*bucket ||
            memcmp(w->set_bits.v + (*bucket - 1) * w->words, bits, w->words * sizeof(*bits)) == 0)
            return bucket;
    }
}

static void widen_buckets(struct paths *p)
{
    struct walk *w = p->walk;
    w->n_buckets *= 2;
    w->buckets = arena_alloc(p->arena, w->n_buckets * sizeof(*w->buckets));
    for (uint32_t i = 0; i < w->sets; i++)
        *find_bucket(w, w->set_bits.v + i * w->words) = i + 1;
}

/* The number of the set that BITS are. */
static uint32_t intern(struct paths *p, const uint64_t *bits)
{
    struct walk *w = p->walk;
    uint32_t *bucket = find_bucket(w, bits);
    if (*bucket)
        return *bucket - 1;
    for (size_t i = 0; i < w->words; i++)
        vec_push(p->arena, &w->set_bits, bits[i]);
    *bucket = ++w->sets;
    if (w->sets * 2 > w->n_buckets)
        widen_buckets(p);
    return w->sets - 1;
}

/* The sets of all nodes that are reached. */
static void intern_rows(struct paths *p)
{
    struct walk *w = p->walk;
    w->sets = 0;
    w->set_bits.n = w->shown.n = w->shown_first.n = 0;
    vec_push(p->arena, &w->shown_first, 0);
    memset(w->buckets, 0, w->n_buckets * sizeof(*w->buckets));
    for (uint32_t i = p->hubs; i < p->vertices; i++) {
        if (w->dist[i] != FAR && i != p->hubs + w->source)
            w->set_of[i] = intern(p, bits_of(w, i));
    }
}

/* The set of all that are DIST from the destination, through one last hop or the other. */
static uint32_t unite_last_hops(struct paths *p, const struct destination *d, uint32_t dist)
{
    struct walk *w = p->walk;
    uint64_t *bits = bits_of(w, p->vertices);
    memset(bits, 0, w->words * sizeof(*bits));
    const struct last_hop *end = p->last_hops.v + d->first + d->n;
    for (const struct last_hop *it = p->last_hops.v + d->first; it < end; it++) {
        if (w->dist[it->vertex] != FAR && w->dist[it->vertex] + it->cost == dist)
            unite(w, bits, bits_of(w, it->vertex));
    }
    return intern(p, bits);
}

/* The set of first hops to one destination: those of the nearest nodes that may be the last. */
static uint32_t find_set(struct paths *p, const struct destination *d)
{
    const struct walk *w = p->walk;
    uint32_t nearest = FAR, set = PATHS_NOWHERE;
    bool several = false;
    const struct last_hop *end = p->last_hops.v + d->first + d->n;
    for (const struct last_hop *it = p->last_hops.v + d->first; it < end; it++) {
        uint32_t dist = w->dist[it->vertex];
        if (dist == FAR || dist + it->cost > nearest)
            continue;
        several = dist + it->cost == nearest && (several || w->set_of[it->vertex] != set);
        nearest = dist + it->cost;
        set = w->set_of[it->vertex];
    }
    return several ? unite_last_hops(p, d, nearest) : set;
}

/* The sets of all destinations; the node's own nets are its own, whatever else leads there. */
static void find_sets(struct paths *p)
{
    uint32_t *sets = p->table.sets;
    EACH_OF_NODE (p, it, p->walk->source)
        sets[p->place_of[it->other]] = PATHS_OWN;
    VEC_EACH (const struct destination, it, &p->dests) {
        if (sets[it->place] != PATHS_OWN)
            sets[it->place] = find_set(p, it);
    }
}

/* Lists the hops of sets that are new. */
static void show_sets(struct paths *p)
{
    struct walk *w = p->walk;
    for (uint32_t set = w->shown_first.n - 1; set < w->sets; set++) {
        const uint64_t *bits = w->set_bits.v + set * w->words;
        for (size_t i = 0; i < w->words; i++) {
            for (uint64_t rest = bits[i]; rest; rest &= rest - 1)
                vec_push(p->arena, &w->shown, w->hops.v[i * 64 + (size_t)__builtin_ctzll(rest)]);
        }
        vec_push(p->arena, &w->shown_first, w->shown.n);
    }
}

void paths_from(struct paths *p, uint32_t node, const struct prefix *kept, uint32_t n)
{
    if (p->walk->source != node) {
        p->walk->source = node;
        number_hops(p);
        make_room(p);
        start(p);
        walk(p);
        intern_rows(p);
    }
    paths_table_clear(&p->table);
    for (uint32_t i = 0; i < n; i++)
        paths_table_keep(&p->table, &kept[i]);
    find_sets(p);
    show_sets(p);
}

uint32_t paths_sets(const struct paths *p)
{
    return p->walk->sets;
}

void paths_set(const struct paths *p, uint32_t set, struct path_set *ret)
{
    const uint32_t *first = p->walk->shown_first.v + set;
    *ret = (struct path_set){p->walk->shown.v + first[0], first[1] - first[0]};
}

void paths_only_set(const struct paths *p, struct path_set *ret)
{
    uint32_t only = paths_table_only(&p->table);
    *ret = (struct path_set){0};
    if (only != PATHS_NOWHERE)
        paths_set(p, only, ret);
}

/* They are a set of their own. */
void paths_gateways(struct paths *p, struct path_set *ret)
{
    const struct path_graph *g = p->graph;
    struct walk *w = p->walk;
    uint64_t *bits = bits_of(w, p->vertices);
    uint32_t nearest = FAR;
    memset(bits, 0, w->words * sizeof(*bits));
    for (uint32_t i = 0; i < w->hops.n; i++) {
        const struct path_end *theirs = &g->ends[w->hops.v[i].theirs];
        uint32_t cost = g->nets[theirs->net].cost;
        if (!(g->flags[theirs->node] & PATH_FORWARDS) || cost > nearest)
            continue;
        if (cost < nearest)
            memset(bits, 0, w->words * sizeof(*bits));
        nearest = cost;
        bits[i / 64] |= 1ull << i % 64;
    }
    *ret = (struct path_set){0};
    if (nearest == FAR)
        return;
    uint32_t set = intern(p, bits);
    show_sets(p);
    paths_set(p, set, ret);
}

void paths_each_route(struct paths *p, uint32_t cover, path_route_fn *fn, void *arg)
{
    paths_table_each(&p->table, cover, fn, arg);
}
