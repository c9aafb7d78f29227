// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "lab/ends.h"

#include "lab/look.h"

#define NEAR 16 /* to look into so many nodes for nothing costs less than another child */

static int by_node(const void *a, const void *b)
{
    const struct end *x = a, *y = b;
    if (x->of->node != y->of->node)
        return x->of->node < y->of->node ? -1 : 1;
    return x->of->index < y->of->index ? -1 : x->of->index > y->of->index;
}

struct ends ends_list(const struct cables *cables, const uint8_t *picked)
{
    struct ends ends = {0};
    ends.v = arena_alloc(cables->arena, (2 * (size_t)cables->n + 1) * sizeof(*ends.v));
    for (uint32_t i = 0; i < 2 * cables->n; i++) {
        const struct cable *cable = &cables->v[i / 2];
        if (picked[i / 2] & (1u << (i % 2)))
            ends.v[ends.n++] = (struct end){.cable = cable, .of = &cable->ends[i % 2]};
    }
    qsort(ends.v, ends.n, sizeof(*ends.v), by_node);
    return ends;
}

const char *end_key(const struct end *end, char buf[16])
{
    snprintf(buf, 16, "%u", end->of->index);
    return buf;
}

struct visit {
    const struct ends *ends;
    ends_fn *fn;
    void *arg;
};

/* The first that is in NODE or behind it. */
static uint32_t find_node(const struct ends *ends, uint32_t node)
{
    uint32_t low = 0, high = ends->n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (ends->v[middle].of->node < node)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int visit_node(struct nl *nl, uint32_t node, void *arg, json_t **ret, struct err *err)
{
    const struct visit *visit = arg;
    uint32_t first = find_node(visit->ends, node), end = find_node(visit->ends, node + 1);
    *ret = json_object();
    return first < end ? visit->fn(nl, &visit->ends->v[first], end - first, visit->arg, *ret, err)
                       : 0;
}

/* Ends from FIRST on in nodes near one another: their end. */
static uint32_t run_end(const struct ends *ends, uint32_t first)
{
    uint32_t i = first + 1;
    while (i < ends->n && ends->v[i].of->node <= ends->v[i - 1].of->node + NEAR)
        i++;
    return i;
}

int ends_visit(const struct state *s, const struct ends *ends, ends_fn *fn, void *arg, json_t **ret,
               struct err *err)
{
    struct visit visit = {.ends = ends, .fn = fn, .arg = arg};
    const struct look look = {.protocol = NETLINK_ROUTE, .fn = visit_node, .arg = &visit};
    json_t *all = json_object(), *found, *one;
    int r = 0;
    for (uint32_t i = 0, end; !r && i < ends->n; i = end) {
        uint32_t first = ends->v[i].of->node;
        size_t k;
        end = run_end(ends, i);
        r = look_at_nodes(s, &look, first, ends->v[end - 1].of->node - first + 1, &found, err);
        if (r)
            break;
        json_array_foreach(found, k, one) json_object_update(all, one);
        json_decref(found);
    }
    if (!r && ret)
        *ret = json_incref(all);
    json_decref(all);
    return r;
}
