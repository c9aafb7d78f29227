// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * A binary tree of prefixes without its chains: destinations, and where two of them part. It is
 * made once and holds for all nodes. As it lies in memory in the order in which one walks down,
 * a table needs no more than to go over it twice: from the back, where children come before their
 * parents, to find what may be joined; from the front to give out what is not yet said.
 *
 * A prefix may be said in one route where both its halves may, with one set. The node's own nets go
 * with any, as their own routes are more specific. So no address is covered that was not before,
 * other than those of own nets, and none goes another way.
 *
 * What is kept stands between: a route of the node's that is no path's. Of its very prefix nothing
 * is said; what lies in it would be caught by it, were it left to a route that lies around.
 */
#include "model/paths_tree.h"

#include <string.h>
#include <sys/socket.h>

enum {
    KEPT = 1,  /* the place itself */
    ABOVE = 2, /* a prefix between the place and its parent */
    HALF = 4,  /* what may be said of all of it is said of one half, the other is the node's own */
};

static bool lies_in(const struct prefix *inner, const struct prefix *outer)
{
    return inner->len >= outer->len && prefix_contains(outer, &inner->addr);
}

/* --- The tree --------------------------------------------------------------------------------- */

/* The longest prefix that A and B lie in. */
static struct prefix common_prefix(const struct prefix *a, const struct prefix *b)
{
    uint8_t most = a->len < b->len ? a->len : b->len, len = 0;
    while (len + 8 <= most && a->addr.bytes[len / 8] == b->addr.bytes[len / 8])
        len = (uint8_t)(len + 8);
    while (len < most && !((a->addr.bytes[len / 8] ^ b->addr.bytes[len / 8]) & 0x80 >> len % 8))
        len++;
    struct prefix common = {a->addr, len};
    common.addr = prefix_network(&common);
    return common;
}

static int by_prefix(const void *a, const void *b)
{
    return prefix_compare(a, b);
}

/* Sorts what the tree is to hold and leaves out what is there twice. */
static void sort_places(struct paths_tree *tree, uint32_t n)
{
    struct prefix *v = tree->prefixes;
    qsort(v, n, sizeof(*v), by_prefix);
    for (uint32_t i = 0; i < n; i++) {
        if (!tree->n || prefix_compare(&v[tree->n - 1], &v[i]) != 0)
            v[tree->n++] = v[i];
    }
}

/* Notes place I in HALVES where it is half of its parent. */
static void link_place(struct paths_tree *tree, uint32_t (*halves)[2], uint32_t i)
{
    const struct prefix *p = &tree->prefixes[i];
    uint32_t up = i - 1, bit = p->len - 1u;
    while (!lies_in(p, &tree->prefixes[up]))
        up = tree->parents[up];
    tree->parents[i] = up;
    if (bit == tree->prefixes[up].len)
        halves[up][p->addr.bytes[bit / 8] >> (7 - bit % 8) & 1] = i;
}

static void link_places(struct paths_tree *tree, struct arena *arena)
{
    uint32_t(*halves)[2] = arena_alloc(arena, tree->n * sizeof(*halves));
    tree->joints = arena_alloc(arena, tree->n * sizeof(*tree->joints));
    for (uint32_t i = 1; i < tree->n; i++)
        link_place(tree, halves, i);
    for (uint32_t i = 0; i < tree->n; i++) {
        if (halves[i][0] && halves[i][1])
            tree->joints[tree->n_joints++] = (struct paths_joint){i, {halves[i][0], halves[i][1]}};
    }
}

void paths_tree_init(struct paths_tree *tree, struct arena *arena, int family,
                     const struct prefix *sorted, uint32_t n)
{
    uint32_t most = 2 * n + 1;
    *tree = (struct paths_tree){.prefixes = arena_alloc(arena, most * sizeof(*tree->prefixes)),
                                .parents = arena_alloc(arena, most * sizeof(*tree->parents))};
    tree->prefixes[0].addr.family = (uint8_t)family;
    for (uint32_t i = 0; i < n; i++) {
        tree->prefixes[2 * i + 1] = sorted[i];
        tree->prefixes[2 * i + 2] =
            i + 1 < n ? common_prefix(&sorted[i], &sorted[i + 1]) : sorted[i];
    }
    sort_places(tree, most);
    link_places(tree, arena);
}

uint32_t paths_tree_find(const struct paths_tree *tree, const struct prefix *prefix)
{
    uint32_t from = 0, to = tree->n;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (prefix_compare(&tree->prefixes[middle], prefix) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* --- Tables ----------------------------------------------------------------------------------- */

void paths_table_init(struct paths_table *t, struct arena *arena, const struct paths_tree *tree)
{
    *t = (struct paths_table){.tree = tree,
                              .sets = arena_alloc(arena, tree->n * sizeof(*t->sets)),
                              .marks = arena_alloc(arena, tree->n),
                              .joined = arena_alloc(arena, tree->n * sizeof(*t->joined)),
                              .within = arena_alloc(arena, tree->n * sizeof(*t->within))};
}

void paths_table_clear(struct paths_table *t)
{
    memset(t->sets, 0xff, t->tree->n * sizeof(*t->sets));
    memset(t->marks, 0, t->tree->n);
    t->keeps = false;
}

/* What lies in a prefix that is no place hangs on one place, as else it would be one. */
void paths_table_keep(struct paths_table *t, const struct prefix *prefix)
{
    uint32_t at = paths_tree_find(t->tree, prefix);
    t->keeps = true;
    if (at < t->tree->n && lies_in(&t->tree->prefixes[at], prefix))
        t->marks[at] |= t->tree->prefixes[at].len == prefix->len ? KEPT : ABOVE;
}

/* The node has a route of its own to place I, or a kept one. */
static bool has_other(const struct paths_table *t, uint32_t i)
{
    return t->sets[i] == PATHS_OWN || t->marks[i] & KEPT;
}

uint32_t paths_table_only(const struct paths_table *t)
{
    uint32_t only = PATHS_NOWHERE;
    uint32_t *caught = t->joined; /* by a route that is no path's, and not the default */
    caught[0] = false;
    for (uint32_t i = 0; i < t->tree->n; i++) {
        uint32_t up = t->tree->parents[i];
        if (i)
            caught[i] = caught[up] || (up && has_other(t, up)) || t->marks[i] & ABOVE;
        if (t->sets[i] == PATHS_NOWHERE || has_other(t, i))
            continue;
        if (caught[i] || (only != PATHS_NOWHERE && only != t->sets[i]))
            return PATHS_NOWHERE;
        only = t->sets[i];
    }
    return only;
}

/* What both sides have in common; an own net goes with any. */
static uint32_t common_set(uint32_t a, uint32_t b)
{
    if (a == b || b == PATHS_OWN)
        return a;
    return a == PATHS_OWN ? b : PATHS_NOWHERE;
}

static void join(struct paths_table *t)
{
    const struct paths_tree *tree = t->tree;
    memcpy(t->joined, t->sets, tree->n * sizeof(*t->joined));
    for (uint32_t i = 0; t->keeps && i < tree->n; i++) {
        if (t->marks[i] & KEPT && t->sets[i] != PATHS_OWN)
            t->joined[i] = PATHS_NOWHERE;
    }
    for (const struct paths_joint *it = tree->joints + tree->n_joints; it-- > tree->joints;) {
        uint32_t low = t->joined[it->halves[0]], high = t->joined[it->halves[1]];
        uint32_t set = common_set(low, high);
        if (set == PATHS_NOWHERE || has_other(t, it->place))
            continue;
        if (set < PATHS_OWN || t->sets[it->place] == PATHS_NOWHERE)
            t->joined[it->place] = set;
        if (set < PATHS_OWN && low != high)
            t->marks[it->place] |= HALF;
    }
}

void paths_table_each(struct paths_table *t, uint32_t cover, path_route_fn *fn, void *arg)
{
    join(t);
    for (uint32_t i = 0; i < t->tree->n; i++) {
        uint32_t set = t->joined[i], said = i ? t->within[t->tree->parents[i]] : cover;
        if (t->marks[i] & ABOVE || (i && has_other(t, i)))
            said = PATHS_NOWHERE;
        bool silent = set >= PATHS_OWN || set == said || t->marks[i] & (KEPT | HALF);
        t->within[i] = silent ? said : set;
        if (!silent)
            fn(arg, &t->tree->prefixes[i], set);
    }
}
