// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Shortest paths for a random graph of routers, in both families, as load_paths.c asks for them,
 * with all equal ways and joined prefixes; and beside them all-pairs Floyd-Warshall, distances and
 * one next hop each: over the routers alone, which says nothing of subnets yet, and over routers
 * and subnets, which answers the same question (a hundredth of its rounds is run, as they all take
 * the same time). Prints seconds.
 *
 *     bench-paths NODES LINKS
 */
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>

#include "base/arena.h"
#include "model/paths.h"

#define FAR (1 << 28)

struct graph {
    uint32_t nodes, links;
    struct path_net *nets, *nets6; /* the same, with the numbers of each family */
    struct path_end *ends;
    uint8_t *flags;
};

static uint32_t seed = 1;

static uint32_t chance(uint32_t n)
{
    seed = seed * 1664525 + 1013904223;
    return (uint32_t)((uint64_t)(seed >> 8) * n >> 24);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Numbers in a row: a /30 or a /64 a link, a /32 or a /128 a loopback. */
static void number(struct graph *g, struct path_net *nets, int family)
{
    for (uint32_t i = 0; i < g->links + g->nodes; i++) {
        bool loopback = i >= g->links;
        uint32_t at = loopback ? 0x0aff0000 + i - g->links : 0x0a000000 + 4 * i;
        struct prefix *p = &nets[i].prefix;
        *p = (struct prefix){.addr.family = (uint8_t)family};
        if (family == AF_INET) {
            p->len = loopback ? 32 : 30;
            for (int k = 0; k < 4; k++)
                p->addr.bytes[k] = (uint8_t)(at >> (24 - 8 * k));
            continue;
        }
        p->len = loopback ? 128 : 64;
        p->addr.bytes[0] = 0xfd;
        for (int k = 0; k < 4; k++)
            p->addr.bytes[(loopback ? 12 : 4) + k] = (uint8_t)((loopback ? at : i) >> (24 - 8 * k));
    }
}

/* A ring, so that all is connected, then links between any two; and a loopback each. */
static void make_graph(struct arena *arena, struct graph *g)
{
    uint32_t n_nets = g->links + g->nodes;
    g->nets = arena_alloc(arena, n_nets * sizeof(*g->nets));
    g->ends = arena_alloc(arena, (2 * g->links + g->nodes) * sizeof(*g->ends));
    g->flags = arena_alloc(arena, g->nodes);
    memset(g->flags, PATH_FORWARDS | PATH_TRANSIT, g->nodes);
    for (uint32_t i = 0; i < n_nets; i++) {
        bool loopback = i >= g->links;
        g->nets[i].cost = loopback ? 0 : 1 + chance(10);
        g->ends[loopback ? g->links + i : 2 * i].net = i;
        g->ends[loopback ? g->links + i : 2 * i].node = loopback       ? i - g->links
                                                        : i < g->nodes ? i
                                                                       : chance(g->nodes);
        if (!loopback)
            g->ends[2 * i + 1] =
                (struct path_end){i < g->nodes ? (i + 1) % g->nodes : chance(g->nodes), i};
    }
    g->nets6 = arena_alloc(arena, n_nets * sizeof(*g->nets6));
    memcpy(g->nets6, g->nets, n_nets * sizeof(*g->nets6));
    number(g, g->nets, AF_INET);
    number(g, g->nets6, AF_INET6);
}

static void count_route(void *arg, const struct prefix *to, uint32_t set)
{
    (void)to, (void)set;
    ++*(uint64_t *)arg;
}

static uint64_t run_paths(const struct graph *g)
{
    struct arena *arena = arena_new();
    const uint32_t n_nets = g->links + g->nodes, n_ends = 2 * g->links + g->nodes;
    const struct path_graph v4 = {AF_INET, g->nodes, g->flags, g->nets, n_nets, g->ends, n_ends};
    const struct path_graph v6 = {AF_INET6, g->nodes, g->flags, g->nets6, n_nets, g->ends, n_ends};
    struct paths *paths4 = paths_new(arena, &v4, NULL), *paths6 = paths_new(arena, &v6, paths4);
    uint64_t routes = 0;
    for (uint32_t node = 0; node < g->nodes; node++) {
        paths_from(paths4, node, NULL, 0);
        paths_each_route(paths4, PATHS_NOWHERE, count_route, &routes);
        paths_from(paths6, node, NULL, 0);
        paths_each_route(paths6, PATHS_NOWHERE, count_route, &routes);
    }
    arena_free(arena);
    return routes;
}

/* Floyd and Warshall over N vertices: distances, and the first vertex on the way. */
struct floyd {
    uint32_t n;
    int *dist;
    uint32_t *next;
};

static void floyd_edge(const struct floyd *f, uint32_t a, uint32_t b, int cost)
{
    if (cost >= f->dist[(size_t)a * f->n + b])
        return;
    f->dist[(size_t)a * f->n + b] = cost;
    f->next[(size_t)a * f->n + b] = b;
}

/* Over routers alone, or over routers and subnets, as a subnet is to be reached at the least cost.
 */
static void floyd_init(struct floyd *f, const struct graph *g)
{
    for (size_t i = 0; i < (size_t)f->n * f->n; i++)
        f->dist[i] = i % (f->n + 1) ? FAR : 0;
    for (uint32_t i = 0; i < g->links; i++) {
        uint32_t a = g->ends[2 * i].node, b = g->ends[2 * i + 1].node, net = g->nodes + i;
        int cost = (int)g->nets[i].cost;
        if (f->n == g->nodes) {
            floyd_edge(f, a, b, cost);
            floyd_edge(f, b, a, cost);
            continue;
        }
        floyd_edge(f, a, net, cost);
        floyd_edge(f, b, net, cost);
        floyd_edge(f, net, a, 0);
        floyd_edge(f, net, b, 0);
    }
}

/* The first ROUNDS of N rounds, which all take the same time; seconds for all N. */
static double floyd_run(struct floyd *f, uint32_t rounds)
{
    double start = now();
    for (uint32_t k = 0; k < rounds; k++) {
        const int *from_k = f->dist + (size_t)k * f->n;
        for (uint32_t i = 0; i < f->n; i++) {
            int *dist = f->dist + (size_t)i * f->n, to_k = dist[k];
            uint32_t *next = f->next + (size_t)i * f->n, first = next[k];
            for (uint32_t j = 0; j < f->n; j++) {
                if (to_k + from_k[j] >= dist[j])
                    continue;
                dist[j] = to_k + from_k[j];
                next[j] = first;
            }
        }
    }
    return (now() - start) * f->n / rounds;
}

static struct floyd floyd_new(struct arena *arena, uint32_t n)
{
    return (struct floyd){n, arena_alloc(arena, (size_t)n * n * sizeof(int)),
                          arena_alloc(arena, (size_t)n * n * sizeof(uint32_t))};
}

int main(int argc, char **argv)
{
    struct graph g = {.nodes = argc > 2 ? (uint32_t)atoi(argv[1]) : 0,
                      .links = argc > 2 ? (uint32_t)atoi(argv[2]) : 0};
    if (g.nodes < 3 || g.links < g.nodes) {
        fprintf(stderr, "usage: %s NODES LINKS, at least as many links as nodes\n", argv[0]);
        return 2;
    }
    struct arena *arena = arena_new();
    make_graph(arena, &g);
    struct floyd routers = floyd_new(arena, g.nodes);
    struct floyd subnets = floyd_new(arena, g.nodes + g.links);
    double start = now();
    uint64_t routes = run_paths(&g);
    printf("paths %.7f\nroutes %llu\n", now() - start, (unsigned long long)routes);
    floyd_init(&routers, &g);
    printf("routers %.7f\n", 2 * floyd_run(&routers, routers.n));
    floyd_init(&subnets, &g);
    printf("subnets %.7f\n", 2 * floyd_run(&subnets, subnets.n / 100 + 1));
    arena_free(arena);
    return 0;
}
