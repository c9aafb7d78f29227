// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Tables are walked, not looked at: from every node to every destination, by longest prefix match,
 * along all equal ways, and what that costs is held against a plain all-pairs reference.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include <cmocka.h>

#include "base/arena.h"
#include "model/paths.h"

enum { NODES = 24, NETS = 80, ENDS = 400, ROUTES = 256, FAR = 1 << 28 };

/* A route of one node, in whichever form it was given. */
struct entry {
    struct prefix to;
    struct path_set set;
};

struct world {
    struct path_graph graph;
    struct path_net nets[NETS];
    struct path_end ends[ENDS];
    uint8_t flags[NODES];
    struct entry tables[NODES][ROUTES];
    uint32_t n[NODES];
    uint32_t node; /* whose table is being made */
    const struct prefix *kept;
    uint32_t n_kept;
    struct paths *paths;
    struct arena *arena;
    int near[NODES][NODES]; /* cost from node to node, through those that pass packets on */
};

static uint32_t seed;

static uint32_t chance(uint32_t n)
{
    seed = seed * 1664525 + 1013904223;
    return (uint32_t)((uint64_t)(seed >> 8) * n >> 24);
}

static void keep_set(struct world *w, struct path_set *set)
{
    struct path_hop *hops = arena_alloc(w->arena, (set->n + 1) * sizeof(*hops));
    memcpy(hops, set->hops, set->n * sizeof(*hops));
    set->hops = hops;
}

static void take_route(void *arg, const struct prefix *to, uint32_t number)
{
    struct world *w = arg;
    struct entry *entry = &w->tables[w->node][w->n[w->node]++];
    assert_true(w->n[w->node] <= ROUTES);
    entry->to = *to;
    paths_set(w->paths, number, &entry->set);
    keep_set(w, &entry->set);
}

static void make_tables(struct world *w)
{
    w->paths = paths_new(w->arena, &w->graph, NULL);
    for (w->node = 0; w->node < w->graph.nodes; w->node++) {
        paths_from(w->paths, w->node, w->kept, w->n_kept);
        paths_each_route(w->paths, PATHS_NOWHERE, take_route, w);
    }
}

/* --- Random worlds ---------------------------------------------------------------------------- */

static uint32_t add_net(struct world *w, uint32_t number, uint32_t cost)
{
    struct path_net *net = &w->nets[w->graph.n_nets];
    uint32_t at = 0x0a000000 + number * 4;
    *net = (struct path_net){.prefix = {{.family = AF_INET}, 30}, .cost = cost};
    for (int i = 0; i < 4; i++)
        net->prefix.addr.bytes[i] = (uint8_t)(at >> (24 - 8 * i));
    return w->graph.n_nets++;
}

static bool is_on(const struct world *w, uint32_t node, uint32_t net)
{
    for (uint32_t i = 0; i < w->graph.n_ends; i++) {
        if (w->ends[i].node == node && w->ends[i].net == net)
            return true;
    }
    return false;
}

static void add_end(struct world *w, uint32_t node, uint32_t net)
{
    if (!is_on(w, node, net))
        w->ends[w->graph.n_ends++] = (struct path_end){node, net};
}

/* Routers, hosts and others; wires, LANs, loopbacks; numbers in a row, or scattered. */
static void make_world(struct world *w, bool scattered)
{
    w->graph = (struct path_graph){.family = AF_INET,
                                   .nodes = 4 + chance(NODES - 4),
                                   .flags = w->flags,
                                   .nets = w->nets,
                                   .ends = w->ends};
    for (uint32_t i = 0; i < w->graph.nodes; i++) {
        uint32_t sort = chance(8);
        w->flags[i] = sort < 5 ? PATH_FORWARDS | PATH_TRANSIT : sort < 6 ? PATH_FORWARDS : 0;
    }
    uint32_t wires = w->graph.nodes + chance(w->graph.nodes), number = 0;
    for (uint32_t i = 0; i < wires; i++) {
        uint32_t net = add_net(w, number += scattered ? 1 + chance(9) : 1, 1 + chance(3));
        uint32_t members = chance(6) ? 2 : chance(6);
        for (uint32_t j = 0; j < members + 1; j++)
            add_end(w, i < w->graph.nodes && !j ? i : chance(w->graph.nodes), net);
    }
    for (uint32_t i = 0; i < w->graph.nodes; i++) {
        if (chance(2))
            add_end(w, i, add_net(w, number += 1, 0));
    }
}

/* --- The reference ---------------------------------------------------------------------------- */

static bool passes(const struct world *w, uint32_t node, uint8_t flag)
{
    return w->flags[node] & flag;
}

/* Floyd and Warshall, through those alone that packets may pass through. */
static void measure(struct world *w)
{
    uint32_t n = w->graph.nodes;
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j < n; j++)
            w->near[i][j] = i == j ? 0 : FAR;
    }
    for (uint32_t i = 0; i < w->graph.n_ends; i++) {
        for (uint32_t j = 0; j < w->graph.n_ends; j++) {
            const struct path_end *a = &w->ends[i], *b = &w->ends[j];
            int cost = (int)w->nets[a->net].cost;
            if (a->net == b->net && a->node != b->node && cost < w->near[a->node][b->node])
                w->near[a->node][b->node] = cost;
        }
    }
    for (uint32_t k = 0; k < n; k++) {
        for (uint32_t i = 0; passes(w, k, PATH_TRANSIT) && i < n; i++) {
            for (uint32_t j = 0; j < n; j++) {
                int way = w->near[i][k] + w->near[k][j];
                if (way < w->near[i][j])
                    w->near[i][j] = way;
            }
        }
    }
}

static bool is_last(const struct world *w, uint32_t node, uint32_t net)
{
    uint32_t members = 0;
    for (uint32_t i = 0; i < w->graph.n_ends; i++)
        members += w->ends[i].net == net;
    return is_on(w, node, net) && (passes(w, node, PATH_FORWARDS) || members == 1);
}

/* What it costs to get from NODE to where NET is; FAR where no way leads there. */
static int cost_to(const struct world *w, uint32_t node, uint32_t net)
{
    int best = FAR;
    if (is_on(w, node, net))
        return (int)w->nets[net].cost;
    for (uint32_t i = 0; i < w->graph.nodes; i++) {
        int cost = w->near[node][i] + (int)w->nets[net].cost;
        if (is_last(w, i, net) && cost < best)
            best = cost;
    }
    return best;
}

/* --- Walking ---------------------------------------------------------------------------------- */

static const struct entry *look_up(const struct world *w, uint32_t node, const struct addr *addr)
{
    const struct entry *best = NULL;
    for (uint32_t i = 0; i < w->n[node]; i++) {
        const struct entry *entry = &w->tables[node][i];
        if (prefix_contains(&entry->to, addr) && (!best || entry->to.len > best->to.len))
            best = entry;
    }
    return best;
}

/* Follows all ways from NODE; each must cost what the reference says is left. */
static void walk(const struct world *w, uint32_t node, uint32_t net)
{
    int left = cost_to(w, node, net);
    if (is_on(w, node, net))
        return;
    const struct entry *entry = look_up(w, node, &w->nets[net].prefix.addr);
    if (left >= FAR) {
        assert_null(entry);
        return;
    }
    assert_non_null(entry);
    assert_true(entry->set.n > 0);
    for (uint32_t i = 0; i < entry->set.n; i++) {
        const struct path_end *mine = &w->ends[entry->set.hops[i].mine];
        const struct path_end *theirs = &w->ends[entry->set.hops[i].theirs];
        assert_int_equal(mine->node, node);
        assert_int_equal(mine->net, theirs->net);
        assert_int_not_equal(theirs->node, node);
        int rest = cost_to(w, theirs->node, net);
        assert_true(passes(w, theirs->node, PATH_TRANSIT) || is_last(w, theirs->node, net));
        assert_int_equal(left, (int)w->nets[mine->net].cost + rest);
        walk(w, theirs->node, net);
    }
}

/* Every neighbour that is on a cheapest way is among the hops. */
static void none_is_missing(const struct world *w, uint32_t node, uint32_t net)
{
    int left = cost_to(w, node, net);
    const struct entry *entry = look_up(w, node, &w->nets[net].prefix.addr);
    if (left >= FAR || is_on(w, node, net))
        return;
    for (uint32_t i = 0; i < w->graph.n_ends; i++) {
        for (uint32_t j = 0; j < w->graph.n_ends; j++) {
            const struct path_end *mine = &w->ends[i], *theirs = &w->ends[j];
            uint32_t next = theirs->node;
            bool on = passes(w, next, PATH_TRANSIT) || is_last(w, next, net);
            if (mine->node != node || mine->net != theirs->net || next == node || !on ||
                left != (int)w->nets[mine->net].cost + cost_to(w, next, net))
                continue;
            bool there = false;
            for (uint32_t k = 0; k < entry->set.n; k++)
                there = there || (entry->set.hops[k].mine == i && entry->set.hops[k].theirs == j);
            assert_true(there);
        }
    }
}

/* What is in no net is in no route. */
static void nothing_else_is_covered(const struct world *w)
{
    for (uint32_t number = 0; number < 512; number++) {
        bool known = false;
        uint32_t at = 0x0a000000 + number * 4 + 1;
        struct addr addr = {
            .family = AF_INET,
            .bytes = {(uint8_t)(at >> 24), (uint8_t)(at >> 16), (uint8_t)(at >> 8), (uint8_t)at}};
        for (uint32_t i = 0; i < w->graph.n_nets; i++)
            known = known || prefix_contains(&w->nets[i].prefix, &addr);
        for (uint32_t node = 0; !known && node < w->graph.nodes; node++)
            assert_null(look_up(w, node, &addr));
    }
}

static void tables_are_shortest_paths(void **state)
{
    struct world *w = *state;
    uint32_t routes = 0, destinations = 0;
    for (int round = 0; round < 300; round++) {
        seed = (uint32_t)round + 1;
        memset(w, 0, sizeof(*w));
        w->arena = arena_new();
        make_world(w, round % 2);
        make_tables(w);
        measure(w);
        for (uint32_t node = 0; node < w->graph.nodes; node++) {
            for (uint32_t net = 0; net < w->graph.n_nets; net++) {
                walk(w, node, net);
                none_is_missing(w, node, net);
                destinations += !is_on(w, node, net) && cost_to(w, node, net) < FAR;
            }
            routes += w->n[node];
        }
        nothing_else_is_covered(w);
        arena_free(w->arena);
    }
    print_message("%u routes to %u destinations\n", routes, destinations);
    assert_true(routes < destinations); /* joining does something */
}

/* --- By hand ---------------------------------------------------------------------------------- */

/* Routers in a ring, net I between I and I + 1. */
static void make_ring(struct world *w, uint32_t n)
{
    memset(w, 0, sizeof(*w));
    w->arena = arena_new();
    w->graph = (struct path_graph){
        .family = AF_INET, .nodes = n, .flags = w->flags, .nets = w->nets, .ends = w->ends};
    for (uint32_t i = 0; i < n; i++) {
        w->flags[i] = PATH_FORWARDS | PATH_TRANSIT;
        add_net(w, i, 1);
    }
    for (uint32_t i = 0; i < n; i++) {
        add_end(w, i, (i + n - 1) % n);
        add_end(w, i, i);
    }
}

static void contiguous_nets_become_few_routes(void **state)
{
    struct world *w = *state;
    make_ring(w, 16);
    make_tables(w);
    for (uint32_t i = 0; i < 16; i++)
        assert_true(w->n[i] <= 7);
    arena_free(w->arena);
}

static void equal_ways_are_one_set(void **state)
{
    struct world *w = *state;
    make_ring(w, 3); /* the net opposite of a router is one hop away, both ways round */
    make_tables(w);
    const struct entry *entry = look_up(w, 0, &w->nets[1].prefix.addr);
    assert_non_null(entry);
    assert_int_equal(entry->set.n, 2);
    arena_free(w->arena);
}

/* 0 - 1 - 2; 2 has 10.0.1.0/24 on its loopback, and 1 an address out of it. */
static void what_lies_inside_is_an_exception(void **state)
{
    struct world *w = *state;
    make_ring(w, 3);
    w->graph.n_ends = 0;
    for (uint32_t i = 0; i < 2; i++) {
        add_end(w, i, i);
        add_end(w, i + 1, i);
    }
    uint32_t wide = add_net(w, 64, 0), narrow = add_net(w, 65, 0);
    w->nets[2].cost = 1; /* nobody is on it */
    w->nets[wide].prefix.len = 24;
    w->nets[narrow].prefix.len = 32;
    add_end(w, 2, wide);
    add_end(w, 1, narrow);
    make_tables(w);
    const struct addr *at = &w->nets[narrow].prefix.addr;
    assert_int_equal(look_up(w, 0, at)->to.len, 24); /* both lie behind 1: one route says it */
    assert_int_equal(look_up(w, 1, at)->to.len, 24); /* its own is no route of the table */
    assert_int_equal(look_up(w, 2, at)->to.len, 32);
    assert_int_equal(w->ends[look_up(w, 2, at)->set.hops[0].theirs].node, 1);
    arena_free(w->arena);
}

static void written_prefixes_are_left_alone(void **state)
{
    struct world *w = *state;
    make_ring(w, 8);
    w->paths = paths_new(w->arena, &w->graph, NULL);
    const struct prefix written[] = {w->nets[2].prefix,
                                     {w->nets[0].prefix.addr, 29}}; /* what 0 and 1 would become */
    w->node = 0;
    paths_from(w->paths, 0, written, 2);
    paths_each_route(w->paths, PATHS_NOWHERE, take_route, w);
    for (uint32_t i = 0; i < w->n[0]; i++) {
        for (int j = 0; j < 2; j++)
            assert_false(w->tables[0][i].to.len == written[j].len &&
                         addr_equal(&w->tables[0][i].to.addr, &written[j].addr));
    }
    assert_non_null(look_up(w, 0, &w->nets[1].prefix.addr));
    assert_null(look_up(w, 0, &w->nets[2].prefix.addr));
    arena_free(w->arena);
}

static void gateways_are_near_and_forward(void **state)
{
    struct world *w = *state;
    struct path_set set;
    make_ring(w, 4);
    w->nets[0].cost = 3;
    w->paths = paths_new(w->arena, &w->graph, NULL);
    paths_from(w->paths, 0, NULL, 0);
    paths_gateways(w->paths, &set);
    assert_int_equal(set.n, 1);
    assert_int_equal(w->ends[set.hops[0].theirs].node, 3);
    w->flags[3] = 0;
    paths_gateways(w->paths, &set);
    assert_int_equal(set.n, 1);
    assert_int_equal(w->ends[set.hops[0].theirs].node, 1);
    w->flags[1] = 0;
    paths_gateways(w->paths, &set);
    assert_int_equal(set.n, 0);
    arena_free(w->arena);
}

int main(void)
{
    static struct world world;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(tables_are_shortest_paths, &world),
        cmocka_unit_test_prestate(contiguous_nets_become_few_routes, &world),
        cmocka_unit_test_prestate(equal_ways_are_one_set, &world),
        cmocka_unit_test_prestate(what_lies_inside_is_an_exception, &world),
        cmocka_unit_test_prestate(written_prefixes_are_left_alone, &world),
        cmocka_unit_test_prestate(gateways_are_near_and_forward, &world),
    };
    return cmocka_run_group_tests_name("paths", tests, NULL, NULL);
}
