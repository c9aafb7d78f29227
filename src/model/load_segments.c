// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Segments: what one broadcast reaches. Links join their ends, bridges join their ports. Found by
 * union-find over all interfaces. `subnets` on any link of a segment numbers the whole of it.
 */
#include <string.h>
#include <sys/socket.h>

#include "model/load.h"

/* The root of I's set, halving the path on the way. */
static uint32_t find(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

/* The smaller number becomes the root, so that segments are numbered in file order. */
static void join(uint32_t *parent, uint32_t a, uint32_t b)
{
    a = find(parent, a);
    b = find(parent, b);
    if (a < b)
        parent[b] = a;
    else
        parent[a] = b;
}

/* A link between two switches that reach each other already. */
static void warn_loop(struct loader *l, const struct link *link, uint32_t *parent)
{
    const struct iface *a = link->ends[0], *b = link->ends[1];
    if (!a->master || !b->master || a->node == b->node ||
        find(parent, a->segment) != find(parent, b->segment))
        return;
    diag_warning(l->r.diags, link->pos,
                 "this link closes a loop: %s and %s reach each other already", a->node->name,
                 b->node->name);
    diag_help(l->r.diags, "switches have no spanning tree here: what is broadcast goes round for "
                          "ever");
}

static void find_segments(struct loader *l)
{
    struct topo *topo = l->topo;
    uint32_t n = 0;
    VEC_EACH (struct node *, node, &topo->nodes) {
        VEC_EACH (struct iface *, it, &(*node)->ifaces)
            (*it)->segment = n++;
    }
    uint32_t *parent = arena_alloc(l->r.arena, (n + 1) * sizeof(*parent));
    for (uint32_t i = 0; i < n; i++)
        parent[i] = i;
    VEC_EACH (struct node *, node, &topo->nodes) {
        VEC_EACH (struct iface *, it, &(*node)->ifaces) {
            if ((*it)->master)
                join(parent, (*it)->segment, (*it)->master->segment);
        }
    }
    VEC_EACH (struct link *, it, &topo->links) {
        warn_loop(l, *it, parent);
        join(parent, (*it)->ends[0]->segment, (*it)->ends[1]->segment);
    }
    VEC_EACH (struct node *, node, &topo->nodes) {
        VEC_EACH (struct iface *, it, &(*node)->ifaces)
            (*it)->segment = find(parent, (*it)->segment);
    }
}

/* --- Numbering by subnets --------------------------------------------------------------------- */

/* The ends to be numbered on one segment, in link order, and all addresses written there. */
struct members {
    VEC(struct iface *) ifaces;
    struct map taken; /* addresses, those that are written */
};

static void add_member(struct loader *l, struct members *m, struct iface *iface)
{
    VEC_EACH (struct ifaddr, it, &iface->addrs)
        map_put(&m->taken, &it->prefix.addr, sizeof(it->prefix.addr), it);
    if (!iface->master && !iface->unnumbered)
        vec_push(l->r.arena, &m->ifaces, iface);
}

static void collect_members(struct loader *l, uint32_t segment, struct members *m)
{
    VEC_EACH (struct link *, it, &l->topo->links) {
        if ((*it)->ends[0]->segment != segment)
            continue;
        add_member(l, m, (*it)->ends[0]);
        add_member(l, m, (*it)->ends[1]);
    }
}

static bool has_address_in(const struct iface *iface, const struct prefix *subnet)
{
    VEC_EACH (const struct ifaddr, it, &iface->addrs) {
        if (prefix_contains(subnet, &it->prefix.addr))
            return true;
    }
    return false;
}

/* How many host addresses SUBNET has, and the first of them. */
static uint64_t hosts_of(const struct prefix *subnet, struct addr *ret_first)
{
    unsigned bits = addr_bits(&subnet->addr) - subnet->len;
    bool whole = bits <= 1; /* a /31, /127 or single address: all of it are hosts */
    *ret_first = addr_add(&subnet->addr, whole ? 0 : 1);
    uint64_t all = bits >= 63 ? UINT64_MAX >> 1 : 1ull << bits;
    if (whole)
        return all;
    return subnet->addr.family == AF_INET ? all - 2 : all - 1;
}

/* Whether hosts can have addresses of SUBNET; reports it where not. */
static bool check_subnet(struct loader *l, const struct prefix_value *subnet)
{
    const struct addr *addr = &subnet->prefix.addr;
    char buf[ADDR_TEXT_MAX];
    if (!addr_is_unspecified(addr) && !addr_is_multicast(addr) && !addr_is_loopback(addr))
        return true;
    diag_error(l->r.diags, subnet->pos, "%s is no subnet that hosts can have addresses of",
               prefix_text(&subnet->prefix, buf));
    return false;
}

static void number_by(struct loader *l, const struct members *m, const struct prefix_value *subnet)
{
    struct addr next;
    uint64_t left = hosts_of(&subnet->prefix, &next), all = left;
    char buf[ADDR_TEXT_MAX];
    VEC_EACH (struct iface *, it, &m->ifaces) {
        struct iface *iface = *it;
        if (has_address_in(iface, &subnet->prefix))
            continue;
        while (left && map_get(&m->taken, &next, sizeof(next))) {
            next = addr_add(&next, 1);
            left--;
        }
        if (!left) {
            diag_error(l->r.diags, subnet->pos, "%s has addresses for %llu hosts; here are %u",
                       prefix_text(&subnet->prefix, buf), (unsigned long long)all, m->ifaces.n);
            return;
        }
        struct prefix prefix = {next, subnet->prefix.len};
        vec_push(l->r.arena, &iface->addrs,
                 ((struct ifaddr){.prefix = prefix, .pos = subnet->pos}));
        next = addr_add(&next, 1);
        left--;
    }
}

static void number_segment(struct loader *l, const struct numbering *numbering)
{
    const struct prefix_value *subnets = numbering->subnets->v;
    struct members m = {0};
    map_init(&m.taken, l->r.arena);
    collect_members(l, numbering->iface->segment, &m);
    for (uint32_t i = 0; i < numbering->subnets->n; i++) {
        if (subnets[i].pos.line && check_subnet(l, &subnets[i]))
            number_by(l, &m, &subnets[i]);
    }
}

void load_segments(struct loader *l)
{
    find_segments(l);
    VEC_EACH (struct numbering, it, &l->numberings)
        number_segment(l, it);
}
