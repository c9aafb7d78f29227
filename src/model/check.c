// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * What only the whole topology shows: addresses that clash or do not meet, MTUs that differ,
 * routes that the kernel would take for another.
 */
#include <string.h>
#include <sys/socket.h>

#include "model/device.h"
#include "model/firewall.h"
#include "model/load.h"

#define MTU_IPV6_MIN 1280

/* --- One of a kind on a segment -----------------------------------------------------------------
 */

/* An address or MAC with its segment, as a key without gaps. */
struct claim {
    uint32_t segment;
    uint8_t family; /* 0: a MAC */
    uint8_t bytes[16];
} __attribute__((packed));

/* What holds a claim, for the message about the second one. */
struct holder {
    const struct iface *iface;
    struct pos pos;
};

static void claim(struct loader *l, struct map *claims, const struct claim *key,
                  struct holder holder, const char *text)
{
    struct claim *own = arena_new_of(l->scratch, struct claim);
    struct holder *held = arena_new_of(l->scratch, struct holder);
    *own = *key;
    *held = holder;
    const struct holder *first = map_put(claims, own, sizeof(*own), held);
    if (!first)
        return;
    diag_error(l->r.diags, holder.pos, "%s has %s, which %s on the same segment has too",
               iface_label(l->scratch, holder.iface), text, iface_label(l->scratch, first->iface));
    diag_note(l->r.diags, first->pos, "the other one is here");
}

static void claim_all_of(struct loader *l, struct map *claims, const struct iface *iface)
{
    char buf[ADDR_TEXT_MAX];
    struct claim key = {.segment = iface->segment};
    const struct mac *mac = &iface_extra(iface)->mac;
    if (iface_extra(iface)->has_mac) {
        memcpy(key.bytes, mac->bytes, sizeof(mac->bytes));
        claim(l, claims, &key, (struct holder){iface, load_source(l, iface)->mac},
              mac_text(mac, buf));
    }
    VEC_EACH (const struct ifaddr, it, &iface->addrs) {
        const struct addr *addr = &it->prefix.addr;
        key.family = addr->family;
        memset(key.bytes, 0, sizeof(key.bytes));
        memcpy(key.bytes, addr->bytes, addr_bytes(addr));
        claim(l, claims, &key, (struct holder){iface, it->pos}, addr_text(addr, buf));
    }
}

/* --- Subnets ------------------------------------------------------------------------------------
 */

/* One address's subnet, for looking at all of them in order. */
struct subnet {
    struct prefix prefix; /* its network */
    const struct ifaddr *addr;
    const struct iface *iface;
};

typedef VEC(struct subnet) subnet_list;

static bool counts_as_subnet(const struct ifaddr *addr)
{
    return addr->prefix.len < addr_bits(&addr->prefix.addr) &&
           !addr_is_link_local(&addr->prefix.addr);
}

static int compare_pos(struct pos a, struct pos b)
{
    if (a.line != b.line)
        return a.line < b.line ? -1 : 1;
    return a.col - b.col;
}

/* By network, wider before narrower, then by place. */
static int by_network(const void *x, const void *y)
{
    const struct subnet *a = x, *b = y;
    int order = prefix_compare(&a->prefix, &b->prefix);
    return order ? order : compare_pos(a->addr->pos, b->addr->pos);
}

static int by_segment(const void *x, const void *y)
{
    const struct subnet *a = x, *b = y;
    if (a->iface->segment != b->iface->segment)
        return a->iface->segment < b->iface->segment ? -1 : 1;
    return by_network(x, y);
}

static void warn_overlap(struct loader *l, const struct subnet *first, const struct subnet *second)
{
    char buf[ADDR_TEXT_MAX], other[ADDR_TEXT_MAX];
    if (compare_pos(first->addr->pos, second->addr->pos) > 0) {
        const struct subnet *swap = first;
        first = second;
        second = swap;
    }
    diag_warning(l->r.diags, second->addr->pos,
                 "subnet %s of %s overlaps %s of %s, on another link",
                 prefix_text(&second->prefix, buf), iface_label(l->scratch, second->iface),
                 prefix_text(&first->prefix, other), iface_label(l->scratch, first->iface));
    diag_note(l->r.diags, first->addr->pos, "the other one is here");
}

/* Whether NODE gives packets another source address. */
static bool translates(const struct node *node)
{
    if (!node->firewall)
        return false;
    VEC_EACH (struct fw_chain *, it, &node->firewall->chains) {
        if ((*it)->base && (*it)->sort == FW_SORT_SNAT && (*it)->rules.n)
            return true;
    }
    return false;
}

static bool is_on(const struct node *node, uint32_t segment)
{
    VEC_EACH (struct iface *, it, &node->ifaces) {
        if ((*it)->segment == segment)
            return true;
    }
    return false;
}

/* Whether each of two segments lies behind a NAT of its own: then they may have the same subnet. */
static bool nat_between(const struct topo *topo, uint32_t a, uint32_t b)
{
    bool at_a = false, at_b = false;
    VEC_EACH (struct node *, it, &topo->nodes) {
        bool on_a = is_on(*it, a), on_b = is_on(*it, b);
        if (on_a && on_b)
            return false;
        at_a = at_a || (on_a && translates(*it));
        at_b = at_b || (on_b && translates(*it));
    }
    return at_a && at_b;
}

/* Whether a VRF keeps SEGMENT apart: there the same subnets may be. */
static bool in_vrf(const struct loader *l, uint32_t segment)
{
    VEC_EACH (struct iface *, it, &l->segments.v[segment].ifaces) {
        if (iface_vrf(*it))
            return true;
    }
    return false;
}

static bool kept_apart(const struct loader *l, uint32_t a, uint32_t b)
{
    return in_vrf(l, a) || in_vrf(l, b) || nat_between(l->topo, a, b);
}

/* Walks the subnets by network. OPEN holds those around the current one, each inside the one
 * before it; a pair of segments is warned of once for one network. */
static void check_overlaps(struct loader *l, subnet_list *all)
{
    const struct subnet *open[129];
    unsigned depth = 0;
    qsort(all->v, all->n, sizeof(*all->v), by_network);
    for (uint32_t i = 0; i < all->n; i++) {
        const struct subnet *it = &all->v[i];
        while (depth && !prefix_contains(&open[depth - 1]->prefix, &it->prefix.addr))
            depth--;
        const struct subnet *around = depth ? open[depth - 1] : NULL;
        bool same = around && prefix_compare(&around->prefix, &it->prefix) == 0;
        if (around && around->iface->segment != it->iface->segment &&
            !(i && prefix_compare(&all->v[i - 1].prefix, &it->prefix) == 0 &&
              all->v[i - 1].iface->segment == it->iface->segment) &&
            !kept_apart(l, around->iface->segment, it->iface->segment))
            warn_overlap(l, around, it);
        if (!same)
            open[depth++] = it;
    }
}

/* How many subnets, from I on, belong to the segment and family of subnet I. */
static uint32_t group_size(const subnet_list *all, uint32_t i)
{
    const struct subnet *first = &all->v[i];
    uint32_t n = 1;
    while (i + n < all->n && all->v[i + n].iface->segment == first->iface->segment &&
           all->v[i + n].prefix.addr.family == first->prefix.addr.family)
        n++;
    return n;
}

/* Whether another interface's subnet in the group holds IT; *RET_OTHER is one that does not. */
static bool has_company(const struct subnet *group, uint32_t n, const struct subnet *it,
                        const struct subnet **ret_other)
{
    *ret_other = NULL;
    for (uint32_t i = 0; i < n; i++) {
        if (group[i].iface == it->iface)
            continue;
        if (prefix_contains(&group[i].prefix, &it->addr->prefix.addr))
            return true;
        if (!*ret_other)
            *ret_other = &group[i];
    }
    return false;
}

static void warn_alone(struct loader *l, const struct subnet *it, const struct subnet *other)
{
    char buf[ADDR_TEXT_MAX], theirs[ADDR_TEXT_MAX];
    diag_warning(l->r.diags, it->addr->pos, "%s of %s is outside the subnet of its peer: %s has %s",
                 prefix_text(&it->addr->prefix, buf), iface_label(l->scratch, it->iface),
                 iface_label(l->scratch, other->iface), prefix_text(&other->addr->prefix, theirs));
}

/* Addresses that nobody else on their segment shares a subnet with. Neighbours in the sorted
 * group mostly share one, so the common case looks at two. */
static void check_company(struct loader *l, subnet_list *all)
{
    qsort(all->v, all->n, sizeof(*all->v), by_segment);
    for (uint32_t i = 0, n; i < all->n; i += n) {
        n = group_size(all, i);
        for (uint32_t j = 0; j < n; j++) {
            const struct subnet *other, *it = &all->v[i + j];
            uint32_t from = j ? j - 1 : 0, to = j + 2 < n ? j + 2 : n;
            if (has_company(it - j + from, to - from, it, &other) ||
                has_company(&all->v[i], n, it, &other))
                continue;
            if (other && !(n == 2 && j)) /* of two, one is enough */
                warn_alone(l, it, other);
        }
    }
}

static void check_subnets(struct loader *l)
{
    subnet_list all = {0};
    VEC_EACH (struct node *, node, &l->topo->nodes) {
        VEC_EACH (struct iface *, iface, &(*node)->ifaces) {
            VEC_EACH (const struct ifaddr, it, &(*iface)->addrs) {
                struct prefix network = {prefix_network(&it->prefix), it->prefix.len};
                if (counts_as_subnet(it))
                    vec_push(l->scratch, &all, ((struct subnet){network, it, *iface}));
            }
        }
    }
    if (!all.n)
        return;
    check_overlaps(l, &all);
    check_company(l, &all);
}

/* --- MTUs ---------------------------------------------------------------------------------------
 */

static void check_link_mtu(struct loader *l, const struct link *link)
{
    const struct iface *a = link->ends[0], *b = link->ends[1];
    struct pos pos = load_source(l, a)->mtu;
    if (!pos.line)
        pos = load_source(l, b)->mtu;
    if (iface_mtu(a) == iface_mtu(b) || !pos.line)
        return;
    if (b->node->hidden)
        diag_warning(l->r.diags, pos, "%s has MTU %u, but its LAN has %u",
                     iface_label(l->scratch, a), iface_mtu(a), iface_mtu(b));
    else
        diag_warning(l->r.diags, pos, "the two ends differ in MTU: %s has %u, %s has %u",
                     iface_label(l->scratch, a), iface_mtu(a), iface_label(l->scratch, b),
                     iface_mtu(b));
    diag_help(l->r.diags, "large packets will be lost in one direction");
}

static void check_ipv6_mtu(struct loader *l, const struct iface *iface)
{
    VEC_EACH (const struct ifaddr, it, &iface->addrs) {
        if (it->prefix.addr.family != AF_INET6 || iface_mtu(iface) >= MTU_IPV6_MIN)
            continue;
        diag_error(l->r.diags, it->pos, "%s has MTU %u; IPv6 needs 1280 at least",
                   iface_label(l->scratch, iface), iface_mtu(iface));
    }
}

static void check_own_link(struct loader *l, const struct link *link)
{
    const struct node *node = link->ends[0]->node;
    if (node != link->ends[1]->node)
        return;
    diag_warning(l->r.diags, link->pos, "both ends of this link are on %s", node->name);
    if (node->kind->bridges)
        diag_help(l->r.diags, "a loop: what is broadcast there goes round for ever");
    else
        diag_help(l->r.diags, "what a node sends to itself stays inside: it never takes the link");
}

/* BR_MAX_PORTS of net/bridge/br_private.h, less the number 0. */
#define BRIDGE_PORTS_MAX 1023

static void check_ports(struct loader *l, const struct node *node)
{
    uint32_t ports = 0;
    VEC_EACH (struct iface *, it, &node->ifaces) {
        if ((*it)->master && ++ports == BRIDGE_PORTS_MAX + 1) {
            diag_error(l->r.diags, (*it)->pos, "%s has more than %d ports",
                       node->hidden ? "this LAN" : node->name, BRIDGE_PORTS_MAX);
            diag_help(l->r.diags, "a Linux bridge takes no more: join several switches by links");
        }
    }
}

/* --- Routes -------------------------------------------------------------------------------------
 */

/* IP6_RT_PRIO_USER and IP6_RT_PRIO_ADDRCONF of include/uapi/linux/ipv6_route.h */
#define IPV6_METRIC_DEFAULT 1024
#define IPV6_METRIC_SUBNET 256

static uint32_t metric_of(const struct route *route)
{
    return !route->metric && route->to.addr.family == AF_INET6 ? IPV6_METRIC_DEFAULT
                                                               : route->metric;
}

static int compare_route(const struct route *a, const struct route *b)
{
    if (a->table != b->table)
        return a->table < b->table ? -1 : 1;
    if (metric_of(a) != metric_of(b))
        return metric_of(a) < metric_of(b) ? -1 : 1;
    return prefix_compare(&a->to, &b->to);
}

static int by_route(const void *x, const void *y)
{
    const struct route *a = *(const struct route *const *)x, *b = *(const struct route *const *)y;
    int order = compare_route(a, b);
    return order ? order : compare_pos(a->pos, b->pos);
}

/* The kernel has a route of its own for each subnet. */
static const struct ifaddr *subnet_route(const struct node *node, const struct route *route)
{
    bool v4 = route->to.addr.family == AF_INET;
    if (route->table != ROUTE_TABLE_MAIN || metric_of(route) != (v4 ? 0 : IPV6_METRIC_SUBNET))
        return NULL;
    VEC_EACH (struct iface *, iface, &node->ifaces) {
        VEC_EACH (const struct ifaddr, it, &(*iface)->addrs) {
            struct addr network = prefix_network(&it->prefix);
            if (!(*iface)->down && !iface_vrf(*iface) && it->prefix.len == route->to.len &&
                it->prefix.len < (v4 ? 32 : 128) && addr_equal(&network, &route->to.addr))
                return it;
        }
    }
    return NULL;
}

static void check_own_subnet(struct loader *l, const struct node *node, const struct route *route)
{
    char buf[ADDR_TEXT_MAX];
    const struct ifaddr *own = subnet_route(node, route);
    if (!own)
        return;
    diag_error(l->r.diags, route->pos, "%s has a route to %s already: a subnet of its own",
               node->name, prefix_text(&route->to, buf));
    diag_note(l->r.diags, own->pos, "the subnet comes with this address");
}

static void report_two_routes(struct loader *l, const struct node *node, const struct route *first,
                              const struct route *second)
{
    char buf[ADDR_TEXT_MAX];
    diag_error(l->r.diags, second->pos, "%s has two routes to %s with one metric", node->name,
               prefix_text(&second->to, buf));
    diag_help(l->r.diags, "for two ways at once write one route with 'nexthops'; for a spare one "
                          "give it a higher 'metric'");
    diag_note(l->r.diags, first->pos, "the first is here");
}

static void check_routes(struct loader *l, const struct node *node)
{
    uint32_t n = 0;
    const struct route **sorted = arena_alloc(l->scratch, node->written * sizeof(*sorted));
    for (uint32_t i = 0; i < node->written; i++) {
        const struct route *it = &node->routes.v[i];
        if (!it->to.addr.family)
            continue;
        check_own_subnet(l, node, it);
        sorted[n++] = it;
    }
    if (n)
        qsort(sorted, n, sizeof(*sorted), by_route);
    for (uint32_t i = 1; i < n; i++) {
        if (compare_route(sorted[i - 1], sorted[i]) == 0)
            report_two_routes(l, node, sorted[i - 1], sorted[i]);
    }
}

static const struct holder *find_holder(const struct map *claims, uint32_t segment,
                                        const struct addr *addr)
{
    struct claim key = {.segment = segment, .family = addr->family};
    memcpy(key.bytes, addr->bytes, addr_bytes(addr));
    return map_get(claims, &key, sizeof(key));
}

/* A next hop that nobody is, or a default gateway that passes nothing on: legal, and mostly a
 * mistake. */
static void check_next_hop(struct loader *l, const struct map *claims, const struct route *route,
                           const struct nexthop *hop)
{
    char buf[ADDR_TEXT_MAX];
    if (!hop->via.family || hop->onlink || addr_is_link_local(&hop->via) ||
        (hop->dev->kind == IFACE_UPLINK || iface_is(hop->dev, &device_type_dummy) ||
         iface_is(hop->dev, &device_type_physical))) /* who else is there the file does not say */
        return;
    const struct holder *holder = find_holder(claims, hop->dev->segment, &hop->via);
    if (!holder) {
        diag_warning(l->r.diags, hop->pos,
                     "no node on the link of %s has the next hop's address %s",
                     iface_label(l->scratch, hop->dev), addr_text(&hop->via, buf));
    } else if (!route->to.len && !node_forwards(holder->iface->node, route->to.addr.family)) {
        diag_warning(l->r.diags, hop->pos, "next hop %s is %s, which does not forward packets",
                     addr_text(&hop->via, buf), holder->iface->node->name);
        diag_help(l->r.diags, "`kind: router` forwards");
    }
}

static void check_next_hops(struct loader *l, const struct map *claims, const struct node *node)
{
    for (uint32_t i = 0; i < node->written; i++) {
        const struct route *route = &node->routes.v[i];
        VEC_EACH (const struct nexthop, it, &route->hops)
            check_next_hop(l, claims, route, it);
    }
}

void load_check(struct loader *l)
{
    struct map claims;
    map_init(&claims, l->scratch);
    VEC_EACH (struct node *, node, &l->topo->nodes) {
        VEC_EACH (struct iface *, it, &(*node)->ifaces) {
            claim_all_of(l, &claims, *it);
            check_ipv6_mtu(l, *it);
        }
        load_about(l, *node);
        check_routes(l, *node);
        check_ports(l, *node);
    }
    VEC_EACH (struct node *, node, &l->topo->nodes) {
        load_about(l, *node);
        check_next_hops(l, &claims, *node);
    }
    load_about(l, NULL);
    VEC_EACH (struct link *, it, &l->topo->links) {
        l->r.diags->about = (*it)->ranged ? "" : NULL;
        check_link_mtu(l, *it);
        check_own_link(l, *it);
    }
    l->r.diags->about = ""; /* addresses of pools and of ranges have one place */
    check_subnets(l);
    l->r.diags->about = NULL;
}
