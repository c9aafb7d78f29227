// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Segments: what one broadcast reaches. Links join their ends, bridges join their ports. Found by
 * union-find over all interfaces. `subnets` on any link of a segment numbers the whole of it; what
 * is not numbered then gets a subnet of `addressing` (load_addressing.c).
 */
#include <string.h>
#include <sys/socket.h>

#include "base/disjoint.h"
#include "model/load.h"

/* A link between two switches that reach each other already. */
static void warn_loop(struct loader *l, const struct link *link, uint32_t *parent)
{
    const struct iface *a = link->ends[0], *b = link->ends[1];
    if (!a->master || !b->master || a->node == b->node ||
        disjoint_find(parent, a->segment) != disjoint_find(parent, b->segment))
        return;
    diag_warning(l->r.diags, link->pos,
                 "this link closes a loop: %s and %s reach each other already", a->node->name,
                 b->node->name);
    diag_help(l->r.diags, "switches have no spanning tree here: what is broadcast goes round for "
                          "ever");
}

/* Numbers the segments: those that links make in link order, then those of other interfaces. */
static uint32_t segment_id(struct loader *l, uint32_t *ids, uint32_t root)
{
    if (!ids[root]) {
        *vec_add(l->scratch, &l->segments) = (struct segment){0};
        ids[root] = l->segments.n;
    }
    return ids[root] - 1;
}

/* IFACE, whose segment is still its place in PARENT, into its segment. */
static void place(struct loader *l, uint32_t *parent, uint32_t *ids, struct iface *iface)
{
    iface->segment = segment_id(l, ids, disjoint_find(parent, iface->segment));
    vec_push(l->scratch, &l->segments.v[iface->segment].ifaces, iface);
}

static void join_all(struct loader *l, uint32_t *parent)
{
    VEC_EACH (struct node *, node, &l->topo->nodes) {
        VEC_EACH (struct iface *, it, &(*node)->ifaces) {
            if ((*it)->master)
                disjoint_join(parent, (*it)->segment, (*it)->master->segment);
        }
    }
    VEC_EACH (struct link *, it, &l->topo->links) {
        warn_loop(l, *it, parent);
        disjoint_join(parent, (*it)->ends[0]->segment, (*it)->ends[1]->segment);
    }
}

static void find_segments(struct loader *l)
{
    uint32_t n = 0;
    VEC_EACH (struct node *, node, &l->topo->nodes) {
        VEC_EACH (struct iface *, it, &(*node)->ifaces)
            (*it)->segment = n++;
    }
    uint32_t *parent = arena_alloc(l->scratch, (n + 1) * sizeof(*parent));
    uint32_t *ids = arena_alloc(l->scratch, (n + 1) * sizeof(*ids));
    for (uint32_t i = 0; i < n; i++)
        parent[i] = i;
    join_all(l, parent);
    VEC_EACH (struct link *, it, &l->topo->links) {
        place(l, parent, ids, (*it)->ends[0]);
        place(l, parent, ids, (*it)->ends[1]);
    }
    VEC_EACH (struct node *, node, &l->topo->nodes) {
        VEC_EACH (struct iface *, it, &(*node)->ifaces) {
            if (!(*it)->link)
                place(l, parent, ids, *it);
        }
    }
}

/* --- Numbering by subnets --------------------------------------------------------------------- */

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
    struct addr network = prefix_network(subnet);
    *ret_first = addr_add(&network, whole ? 0 : 1);
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

uint32_t count_wanting(const struct segment *segment, wants_fn *wants)
{
    uint32_t n = 0;
    VEC_EACH (struct iface *, it, &segment->ifaces)
        n += wants(*it);
    return n;
}

/* Those that have an address of the subnet, or are to get one. */
static uint32_t count_hosts(const struct numbers *numbers)
{
    uint32_t n = 0;
    VEC_EACH (struct iface *, it, &numbers->segment->ifaces)
        n += numbers->wants(*it) || has_address_in(*it, &numbers->subnet);
    return n;
}

void number_by(struct loader *l, const struct numbers *numbers)
{
    struct map taken; /* addresses that are written there */
    struct addr next;
    uint64_t left = hosts_of(&numbers->subnet, &next), all = left;
    char buf[ADDR_TEXT_MAX];
    map_init(&taken, l->scratch);
    VEC_EACH (struct iface *, it, &numbers->segment->ifaces) {
        VEC_EACH (struct ifaddr, addr, &(*it)->addrs)
            map_put(&taken, &addr->prefix.addr, sizeof(addr->prefix.addr), addr);
    }
    VEC_EACH (struct iface *, it, &numbers->segment->ifaces) {
        struct iface *iface = *it;
        if (!numbers->wants(iface) || has_address_in(iface, &numbers->subnet))
            continue;
        for (; left && map_get(&taken, &next, sizeof(next)); left--)
            next = addr_add(&next, 1);
        if (!left) {
            diag_error(l->r.diags, numbers->pos, "%s has addresses for %llu hosts; here are %u",
                       prefix_text(&numbers->subnet, buf), (unsigned long long)all,
                       count_hosts(numbers));
            return;
        }
        struct prefix prefix = {next, numbers->subnet.len};
        struct pos pos = numbers->of_link ? iface->pos : numbers->pos;
        vec_push(l->r.arena, &iface->addrs, ((struct ifaddr){.prefix = prefix, .pos = pos}));
        next = addr_add(&next, 1);
        left--;
    }
}

static bool wants_subnet(const struct iface *iface)
{
    return iface->link && !iface->master && !iface->unnumbered;
}

static void number_segment(struct loader *l, const struct numbering *numbering)
{
    struct segment *segment = &l->segments.v[numbering->iface->segment];
    const struct prefix_value *subnets = numbering->subnets->v;
    segment->by_subnets = true;
    for (uint32_t i = 0; i < numbering->subnets->n; i++) {
        const struct numbers numbers = {.segment = segment,
                                        .subnet = subnets[i].prefix,
                                        .pos = subnets[i].pos,
                                        .wants = wants_subnet};
        if (subnets[i].pos.line && check_subnet(l, &subnets[i]))
            number_by(l, &numbers);
    }
}

void load_segments(struct loader *l)
{
    find_segments(l);
    VEC_EACH (struct numbering, it, &l->numberings)
        number_segment(l, it);
    load_addressing(l);
}
