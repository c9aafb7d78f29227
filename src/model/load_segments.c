// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Segments: what one broadcast reaches. Links join their ends, bridges and bonds join their ports,
 * and where frames are tagged they do so for each VLAN apart; tunnels join their ends as links do.
 * Found by union-find over all interfaces, and over the VLANs that are somewhere on them. `subnets`
 * on any link of a segment numbers the whole of it; what is not numbered then gets a subnet of
 * `addressing` (load_addressing.c).
 */
#include <string.h>
#include <sys/socket.h>

#include "base/disjoint.h"
#include "model/device.h"
#include "model/devices/bridge.h"
#include "model/load.h"
#include "model/wireguard.h"

/* A frame on an interface: with the tag of a VLAN, or with none. */
struct place {
    struct iface *iface;
    uint32_t vlan; /* 0: untagged */
} __attribute__((packed));

/* Places, numbered, and which of them reach each other. Untagged ones are numbered as interfaces
 * are; others are made when something is found to be there. */
struct places {
    struct arena *arena;
    VEC(uint32_t) parent;
    struct map tagged;         /* struct place to struct tagged */
    VEC(struct tagged *) list; /* in the order in which they were found */
};

struct tagged {
    struct place place;
    uint32_t id;
};

static uint32_t find(const struct places *p, uint32_t i)
{
    return disjoint_find(p->parent.v, i);
}

/* Segments are numbered in file order, as the smaller number stands for both. */
static void join(const struct places *p, uint32_t a, uint32_t b)
{
    disjoint_join(p->parent.v, a, b);
}

/* The number of IFACE's place in VLAN. */
static uint32_t place_id(struct places *p, struct iface *iface, uint32_t vlan)
{
    const struct place place = {iface, vlan};
    if (!vlan)
        return iface->segment;
    const struct tagged *known = map_get(&p->tagged, &place, sizeof(place));
    if (known)
        return known->id;
    struct tagged *tagged = arena_new_of(p->arena, struct tagged);
    *tagged = (struct tagged){place, p->parent.n};
    vec_push(p->arena, &p->parent, tagged->id);
    vec_push(p->arena, &p->list, tagged);
    map_put(&p->tagged, &tagged->place, sizeof(tagged->place), tagged);
    return tagged->id;
}

static bool is_bridged(const struct iface *iface)
{
    return iface->master && iface_is(iface->master, &device_type_bridge);
}

static bool has_stp(const struct iface *bridge)
{
    return iface_is(bridge, &device_type_bridge) &&
           ((const struct bridge *)bridge->device->own)->stp.value;
}

/* A link between two switches that reach each other already. */
static void warn_loop(struct loader *l, const struct link *link, const struct places *p)
{
    const struct iface *a = link->ends[0], *b = link->ends[1];
    if (!is_bridged(a) || !is_bridged(b) || a->node == b->node || has_stp(a->master) ||
        has_stp(b->master) || find(p, a->segment) != find(p, b->segment))
        return;
    diag_warning(l->r.diags, link->pos,
                 "this link closes a loop: %s and %s reach each other already", a->node->name,
                 b->node->name);
    diag_help(l->r.diags, "what is broadcast goes round for ever, unless one of them has "
                          "`bridge: {stp: true}`");
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

/* IFACE, whose segment is still its place's number, into its segment. */
static void place(struct loader *l, const struct places *p, uint32_t *ids, struct iface *iface)
{
    iface->segment = segment_id(l, ids, find(p, iface->segment));
    vec_push(l->scratch, &l->segments.v[iface->segment].ifaces, iface);
}

/* --- Who reaches whom ------------------------------------------------------------------------- */

static bool filters(const struct iface *bridge)
{
    return iface_is(bridge, &device_type_bridge) &&
           ((const struct bridge *)bridge->device->own)->vlan_filtering.value;
}

/* What comes untagged into the port IFACE, and what of tagged frames goes to its master: the VLAN
 * there, 0 for untagged. False: nothing does. */
static bool into_master(const struct iface *iface, uint32_t vlan, uint32_t *ret)
{
    *ret = vlan;
    if (!filters(iface->master))
        return true;
    *ret = vlan ? vlan : iface_untagged(iface);
    return vlan ? iface_is_tagged(iface, vlan) : *ret != 0;
}

static void join_untagged(struct places *p, struct iface *iface)
{
    uint32_t vlan;
    if (is_bridged(iface) && into_master(iface, 0, &vlan))
        join(p, iface->segment, place_id(p, iface->master, vlan));
    if (filters(iface))
        join(p, iface->segment, place_id(p, iface, VLAN_DEFAULT));
    if (iface_is(iface, &device_type_macvlan))
        join(p, iface->segment, iface->device->parent->segment);
    if (iface_is(iface, &device_type_vlan))
        join(p, iface->segment, place_id(p, iface->device->parent, vlan_id(iface)));
}

/* From a tagged place to all that it reaches in one step, by which more may be found. */
static void join_tagged(struct places *p, const struct tagged *at)
{
    struct iface *iface = at->place.iface;
    uint32_t vlan, from = at->place.vlan;
    if (iface->link)
        join(p, at->id, place_id(p, iface_peer(iface), from));
    if (iface_is_port(iface) && into_master(iface, from, &vlan))
        join(p, at->id, place_id(p, iface->master, vlan));
    if (!iface->device || !iface->device->type->ports)
        return;
    VEC_EACH (struct iface *, it, &iface->node->ifaces) {
        if ((*it)->master == iface && into_master(*it, from, &vlan))
            join(p, at->id, place_id(p, *it, from));
    }
}

/* --- Tunnels ---------------------------------------------------------------------------------- */

static const struct addr_value *remote_of(const struct iface *iface)
{
    return (const void *)((const char *)iface->device->own + iface->device->type->ends->remote);
}

static uint32_t number_of(const struct iface *iface)
{
    const struct device_ends *ends = iface->device->type->ends;
    return ((const struct int_value *)((const char *)iface->device->own + ends->number))->value;
}

static bool is_tunnel(const struct iface *iface)
{
    return iface->device && iface->device->type->ends && !iface->bad;
}

/* All addresses that are written, by whose they are. */
static void collect_owners(struct loader *l, struct map *owners)
{
    map_init(owners, l->scratch);
    VEC_EACH (struct node *, node, &l->topo->nodes) {
        VEC_EACH (struct ifaddr, addr, &(*node)->lo->addrs)
            map_put(owners, &addr->prefix.addr, sizeof(addr->prefix.addr), *node);
        VEC_EACH (struct iface *, it, &(*node)->ifaces) {
            VEC_EACH (struct ifaddr, addr, &(*it)->addrs)
                map_put(owners, &addr->prefix.addr, sizeof(addr->prefix.addr), *node);
        }
    }
}

/* The node at the other end of tunnel IFACE, or NULL where nothing tells yet. */
static struct node *far_node(struct loader *l, const struct map *owners, const struct iface *iface)
{
    const struct addr_value *remote = remote_of(iface);
    if (!remote->name)
        return map_get(owners, &remote->addr, sizeof(remote->addr));
    return topo_find_node(l->topo,
                          arena_strndup(l->scratch, remote->name, strcspn(remote->name, ":")));
}

/* Joins IFACE with the tunnel of the same type and number that leads back from its other end. */
static void join_tunnel(struct loader *l, struct places *p, const struct map *owners,
                        const struct iface *iface)
{
    const struct node *far = far_node(l, owners, iface);
    for (uint32_t i = 0; far && i < far->ifaces.n; i++) {
        const struct iface *other = far->ifaces.v[i];
        if (iface_is(other, iface->device->type) && !other->bad &&
            number_of(other) == number_of(iface) && far_node(l, owners, other) == iface->node)
            join(p, iface->segment, other->segment);
    }
}

static void join_peers(struct loader *l, struct places *p, const struct iface *iface)
{
    VEC_EACH (const struct wg_peer, it, &wireguard_of(iface)->peers) {
        const struct iface *peer = wireguard_find_peer(l->topo, it);
        if (peer)
            join(p, iface->segment, peer->segment);
    }
}

static void join_tunnels(struct loader *l, struct places *p)
{
    struct map owners = {0};
    VEC_EACH (struct node *, node, &l->topo->nodes) {
        VEC_EACH (struct iface *, it, &(*node)->ifaces) {
            if (iface_is(*it, &device_type_wireguard) && !(*it)->bad)
                join_peers(l, p, *it);
            if (!is_tunnel(*it))
                continue;
            if (!owners.arena)
                collect_owners(l, &owners);
            join_tunnel(l, p, &owners, *it);
        }
    }
}

/* --- All of them ------------------------------------------------------------------------------ */

/* After the links: a bond is where its members are, but closes no loop, as it hands nothing on from
 * one to the other. */
static void join_bonds(struct places *p, const struct node *node)
{
    VEC_EACH (struct iface *, it, &node->ifaces) {
        if (!(*it)->bad && (*it)->master && iface_is((*it)->master, &device_type_bond))
            join(p, (*it)->segment, (*it)->master->segment);
    }
}

static void join_all(struct loader *l, struct places *p)
{
    VEC_EACH (struct node *, node, &l->topo->nodes) {
        VEC_EACH (struct iface *, it, &(*node)->ifaces) {
            if (!(*it)->bad)
                join_untagged(p, *it);
        }
    }
    VEC_EACH (struct link *, it, &l->topo->links) {
        warn_loop(l, *it, p);
        join(p, (*it)->ends[0]->segment, (*it)->ends[1]->segment);
    }
    VEC_EACH (struct node *, node, &l->topo->nodes)
        join_bonds(p, *node);
    for (uint32_t i = 0; i < p->list.n; i++)
        join_tagged(p, p->list.v[i]);
    join_tunnels(l, p);
}

static void open_places(struct loader *l, struct places *p)
{
    *p = (struct places){.arena = l->scratch};
    map_init(&p->tagged, l->scratch);
    VEC_EACH (struct node *, node, &l->topo->nodes) {
        VEC_EACH (struct iface *, it, &(*node)->ifaces) {
            (*it)->segment = p->parent.n;
            vec_push(l->scratch, &p->parent, (*it)->segment);
        }
    }
}

static void number_segments(struct loader *l, const struct places *p)
{
    uint32_t *ids = arena_alloc(l->scratch, (p->parent.n + 1) * sizeof(*ids));
    VEC_EACH (struct link *, it, &l->topo->links) {
        place(l, p, ids, (*it)->ends[0]);
        place(l, p, ids, (*it)->ends[1]);
    }
    VEC_EACH (struct node *, node, &l->topo->nodes) {
        VEC_EACH (struct iface *, it, &(*node)->ifaces) {
            if (!(*it)->link)
                place(l, p, ids, *it);
        }
    }
}

/* What reaches nobody untagged gets no addresses of its own accord: the ends of a link that carries
 * tagged frames alone, a device with nobody else on its segment. */
static void leave_out(struct loader *l)
{
    VEC_EACH (struct link *, it, &l->topo->links) {
        struct iface *const *ends = (*it)->ends;
        for (unsigned i = 0; i < 2; i++) {
            const struct iface *peer = ends[!i];
            if (iface_is_port(peer) && filters(peer->master) && !iface_untagged(peer))
                ends[i]->unnumbered = true;
        }
    }
    VEC_EACH (struct segment, it, &l->segments) {
        if (it->ifaces.n == 1 && it->ifaces.v[0]->device)
            it->ifaces.v[0]->unnumbered = true;
    }
}

static void find_segments(struct loader *l)
{
    struct places places;
    open_places(l, &places);
    join_all(l, &places);
    number_segments(l, &places);
    leave_out(l);
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
    return iface_is_numbered(iface);
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
