// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/addr.h"
#include "base/arena.h"

/*
 * The destinations of one family as a tree of prefixes, and tables over it: what one node has to
 * say of each, in as few routes as joining halves gives.
 */

/* By place, in order: what lies around something stands before it. Place 0 is everything. Besides
 * destinations there is each prefix that two of them lie in different halves of. */
struct paths_tree {
    uint32_t n;
    struct prefix *prefixes;
    uint32_t *parents;
    struct paths_joint *joints; /* in order of their places */
    uint32_t n_joints;
};

/* A place whose two halves are places. */
struct paths_joint {
    uint32_t place, halves[2];
};

/* Over N networks of FAMILY, sorted as prefix_compare has it, no two the same. */
void paths_tree_init(struct paths_tree *tree, struct arena *arena, int family,
                     const struct prefix *sorted, uint32_t n);

/* The first place that stands not before PREFIX: PREFIX itself, or else the outermost that lies in
 * it, or one that does not; TREE->n where there is none. */
uint32_t paths_tree_find(const struct paths_tree *tree, const struct prefix *prefix);

/* What is said of a place, where it is not the number of a set of next hops. */
#define PATHS_NOWHERE UINT32_MAX   /* no destination, or none that is reached */
#define PATHS_OWN (UINT32_MAX - 1) /* the node is on it */

/* A workspace for the table of one node after the other. */
struct paths_table {
    const struct paths_tree *tree;
    uint32_t *sets;   /* by place, as all of these: what is said of it */
    bool keeps;       /* some routes are kept */
    uint8_t *marks;   /* what makes it special, if anything */
    uint32_t *joined; /* what may be said of all of it in one route */
    uint32_t *within; /* what routes so far say of what lies in it */
};

void paths_table_init(struct paths_table *table, struct arena *arena,
                      const struct paths_tree *tree);

/* Nothing is said of any place. */
void paths_table_clear(struct paths_table *table);

/* The node has a route to PREFIX, a network, already: none is given, and what lies inside is not
 * left to one that lies around. */
void paths_table_keep(struct paths_table *table, const struct prefix *prefix);

/* The set that a default route could have in place of the whole table; PATHS_NOWHERE if none. */
uint32_t paths_table_only(const struct paths_table *table);

typedef void path_route_fn(void *arg, const struct prefix *to, uint32_t set);

/* Hands out the routes in order. COVER is the set of a default route that is kept, or
 * PATHS_NOWHERE.
 */
void paths_table_each(struct paths_table *table, uint32_t cover, path_route_fn *fn, void *arg);
