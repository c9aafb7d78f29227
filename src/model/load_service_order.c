// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The order in which services start: each behind those that it waits for, else as in the file.
 * What is left when no more can start waits in a circle.
 */
#include <string.h>

#include "model/load.h"
#include "model/programs.h"

#define SHOWN_MAX 8 /* services of a circle that are named */

/* While they are ordered `id` is a service's place in ALL. */
struct ordering {
    struct loader *l;
    VEC(struct service *) all;
    uint32_t *missing;        /* how many that each waits for have not started */
    uint32_t *first, *others; /* of each, from FIRST on in OTHERS: who waits for it */
};

static void collect(struct ordering *o)
{
    VEC_EACH (struct node *, it, &o->l->topo->nodes) {
        VEC_EACH (const struct service *, service, &node_programs(*it)->services) {
            ((struct service *)*service)->id = o->all.n;
            vec_push(o->l->scratch, &o->all, (struct service *)*service);
        }
    }
}

/* Turns `after` round. */
static void link_up(struct ordering *o)
{
    uint32_t n = o->all.n, edges = 0;
    o->missing = arena_alloc(o->l->scratch, (n + 1) * sizeof(*o->missing));
    o->first = arena_alloc(o->l->scratch, (n + 2) * sizeof(*o->first));
    for (uint32_t i = 0; i < n; i++) {
        o->missing[i] = o->all.v[i]->after.n;
        edges += o->missing[i];
        VEC_EACH (const struct service *, it, &o->all.v[i]->after)
            o->first[(*it)->id + 2]++;
    }
    for (uint32_t i = 2; i < n + 2; i++)
        o->first[i] += o->first[i - 1];
    o->others = arena_alloc(o->l->scratch, (edges + 1) * sizeof(*o->others));
    for (uint32_t i = 0; i < n; i++) {
        VEC_EACH (const struct service *, it, &o->all.v[i]->after)
            o->others[o->first[(*it)->id + 1]++] = i;
    }
}

/* The first of SERVICE's `after` that never starts. */
static const struct service *stuck_on(const struct ordering *o, const struct service *service)
{
    VEC_EACH (const struct service *, it, &service->after) {
        if (o->missing[(*it)->id])
            return *it;
    }
    return NULL;
}

/* The first in the file of those of a circle: from any that never starts back to one that was
 * passed, and once round. */
static const struct service *find_circle(const struct ordering *o)
{
    uint32_t i = 0;
    while (!o->missing[i])
        i++;
    const struct service *any = o->all.v[i];
    for (uint32_t steps = 0; steps < o->all.n; steps++)
        any = stuck_on(o, any);
    const struct service *first = any;
    for (const struct service *it = stuck_on(o, any); it != any; it = stuck_on(o, it)) {
        if (it->id < first->id)
            first = it;
    }
    return first;
}

static void report_circle(struct ordering *o)
{
    struct str path CLEAN_STR = {0};
    const struct service *first = find_circle(o), *it = first;
    unsigned n = 0;
    do {
        it = stuck_on(o, it);
        if (n++ < SHOWN_MAX)
            str_addf(&path, "%s%s/%s", path.len ? ", which waits for " : "", it->node->name,
                     it->name);
    } while (it != first);
    if (n > SHOWN_MAX)
        str_addf(&path, ", and so on, %u services in all", n);
    load_about(o->l, first->node);
    diag_error(o->l->r.diags, first->pos, "%s/%s waits for %s: none of them can start",
               first->node->name, first->name, path.text);
    load_about(o->l, NULL);
}

void load_service_order(struct loader *l)
{
    struct ordering o = {.l = l};
    struct topo *topo = l->topo;
    collect(&o);
    link_up(&o);
    vec_reserve(l->r.arena, &topo->services, o.all.n);
    for (uint32_t i = 0; i < o.all.n; i++) {
        if (!o.missing[i])
            vec_push(l->r.arena, &topo->services, o.all.v[i]);
    }
    for (uint32_t at = 0; at < topo->services.n; at++) {
        uint32_t id = topo->services.v[at]->id;
        for (uint32_t i = o.first[id]; i < o.first[id + 1]; i++) {
            if (!--o.missing[o.others[i]])
                vec_push(l->r.arena, &topo->services, o.all.v[o.others[i]]);
        }
    }
    if (topo->services.n < o.all.n)
        report_circle(&o);
    for (uint32_t i = 0; i < topo->services.n; i++)
        topo->services.v[i]->id = i;
}
