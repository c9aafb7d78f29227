// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/addr.h"
#include "base/vec.h"
#include "model/paths_tree.h"

/*
 * Shortest paths of one family over a graph of nodes and nets, and the small tables that say them.
 * Everything is numbers and arrays; what they stand for is the caller's business.
 */

/* A subnet on one segment, or a loopback address. */
struct path_net {
    struct prefix prefix; /* its network */
    uint32_t cost;        /* of leaving a node into it, at least 1; of a loopback 0 */
};

/* Node NODE has an address in net NET. */
struct path_end {
    uint32_t node, net;
};

enum {
    PATH_FORWARDS = 1, /* passes on to the nets that it is on */
    PATH_TRANSIT = 2,  /* has a table of paths itself, so others' packets may pass through it */
};

struct path_graph {
    int family;
    uint32_t nodes;
    const uint8_t *flags; /* by node: PATH_* */
    const struct path_net *nets;
    uint32_t n_nets;
    const struct path_end *ends; /* those of one node stand in the order of its interfaces */
    uint32_t n_ends;
};

/* One way on: out of a node's own end MINE to a neighbour's end THEIRS, on one net. */
struct path_hop {
    uint32_t mine, theirs;
};

/* Ways that are equal, in order of MINE, then THEIRS. */
struct path_set {
    const struct path_hop *hops;
    uint32_t n;
};

/* A workspace for one node at a time. GRAPH is borrowed; the memory is ARENA's. Where TWIN (or
 * NULL) has a graph of the same shape, as that of the other family mostly has, what the one finds
 * from a node serves the other, if that asks for the same node next. */
struct paths;
struct paths *paths_new(struct arena *arena, const struct path_graph *graph,
                        const struct paths *twin);

/* Finds the shortest paths from NODE; what follows is about it, until the next call. It has other
 * routes to the N networks in KEPT. */
void paths_from(struct paths *paths, uint32_t node, const struct prefix *kept, uint32_t n);

/* The set that a default route could have in place of the whole table; RET->n is 0 where none says
 * the same. Borrowed until the next paths_from. */
void paths_only_set(const struct paths *paths, struct path_set *ret);

/* Neighbours that forward, those that are reached at the least cost. Borrowed likewise. */
void paths_gateways(struct paths *paths, struct path_set *ret);

/*
 * Hands out a smallest-as-siblings-go table: destinations in order, two halves of a prefix with one
 * set as that prefix, none inside another of the same set. The node's own nets may lie in what is
 * joined, as their own routes are more specific; nothing else is covered that is no destination. A
 * prefix that is kept is never given. SET is a number for paths_set. COVER is the one that a kept
 * default route has (what says the same is left out), or PATHS_NOWHERE.
 */
void paths_each_route(struct paths *paths, uint32_t cover, path_route_fn *fn, void *arg);

/* Sets are numbered from 0, paths_sets of them. Borrowed until the next paths_from. */
uint32_t paths_sets(const struct paths *paths);
void paths_set(const struct paths *paths, uint32_t set, struct path_set *ret);
