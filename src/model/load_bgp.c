// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * BGP over the whole lab: whom each speaker has a session with, and whose networks come to it over
 * these. A neighbour of another AS is spoken to over the link that both share. Those of one AS
 * speak by their loopbacks where something else brings routes to these, else over a link too; all
 * with all, or with the route reflectors where there are any.
 */
#include <string.h>

#include "model/load.h"
#include "model/protocols/bgp.h"

/* Speakers of BGP. */
struct bgp_net {
    struct loader *l;
    VEC(struct speaker *) speakers;
    uint32_t *place; /* by node: in speakers, from 1 on; 0: not there */
};

static const struct bgp *bgp_of(const struct speaker *s)
{
    return s->talks[PROTOCOL_BGP].in;
}

static struct talk *talk_of(struct speaker *s)
{
    return &s->talks[PROTOCOL_BGP];
}

static struct speaker *speaker_of(const struct bgp_net *net, const struct node *node)
{
    uint32_t place = node ? net->place[node->id] : 0;
    return place ? net->speakers.v[place - 1] : NULL;
}

/* --- Addresses -------------------------------------------------------------------------------- */

/* The address of A, of FAMILY, that one of B's is in a subnet with. */
static const struct ifaddr *shared_addr(const struct iface *a, const struct iface *b, int family)
{
    VEC_EACH (const struct ifaddr, it, &a->addrs) {
        if (it->prefix.addr.family != family || addr_is_link_local(&it->prefix.addr))
            continue;
        VEC_EACH (const struct ifaddr, other, &b->addrs) {
            if (other->prefix.addr.family == family &&
                prefix_contains(&it->prefix, &other->prefix.addr))
                return it;
        }
    }
    return NULL;
}

static bool share_segment(const struct iface *a, const struct iface *b)
{
    return a != b && a->segment == b->segment && !iface_vrf(a) && !iface_vrf(b);
}

/* PEER's addresses on the first subnet that S and THEIRS share; IFACE is theirs, or NULL: any. */
static bool meet_on_link(const struct speaker *s, const struct node *theirs,
                         const struct iface *iface, int family, struct peer *peer)
{
    VEC_EACH (const struct iface *, mine, &s->ifaces) {
        VEC_EACH (struct iface *, it, &theirs->ifaces) {
            const struct ifaddr *local, *remote;
            if ((iface && iface != *it) || !share_segment(*mine, *it) ||
                !(local = shared_addr(*mine, *it, family)) ||
                !(remote = shared_addr(*it, *mine, family)))
                continue;
            peer->local = local->prefix.addr;
            peer->remote = remote->prefix.addr;
            peer->adjacent = true;
            return true;
        }
    }
    return false;
}

static const struct ifaddr *far_addr(const struct node *node, int family)
{
    const struct ifaddr *addr = iface_first_addr(node->lo, family);
    return addr ? addr : node_first_addr(node, family);
}

static bool meet_anywhere(const struct speaker *s, const struct node *theirs, int family,
                          struct peer *peer)
{
    const struct ifaddr *local = far_addr(s->node, family), *remote = far_addr(theirs, family);
    if (!local || !remote)
        return false;
    peer->local = local->prefix.addr;
    peer->remote = remote->prefix.addr;
    return true;
}

/* Whether something besides BGP brings S routes to its neighbours. */
static bool has_igp(const struct speaker *s)
{
    for (size_t i = 0; s && i < PROTOCOLS; i++) {
        if (i != PROTOCOL_BGP && s->talks[i].protocol)
            return true;
    }
    return !s;
}

static bool meet(const struct speaker *s, const struct node *theirs, int family, struct peer *peer)
{
    bool igp = has_igp(s) && has_igp(peer->speaker);
    if ((peer->external || !igp) && meet_on_link(s, theirs, NULL, family, peer))
        return true;
    return meet_anywhere(s, theirs, family, peer);
}

/* --- Neighbours of its own finding ------------------------------------------------------------ */

static void add_peer(struct bgp_net *net, struct speaker *s, const struct peer *peer)
{
    vec_push(net->l->scratch, &talk_of(s)->peers, *peer);
}

static void add_external_over(struct bgp_net *net, struct speaker *s, const struct iface *mine,
                              const struct iface *theirs)
{
    const struct speaker *other = speaker_of(net, theirs->node);
    if (!other || !share_segment(mine, theirs) || bgp_of(other)->asn.value == bgp_of(s)->asn.value)
        return;
    for (size_t i = 0; i < ARRAY_SIZE(routing_families); i++) {
        const struct ifaddr *local = shared_addr(mine, theirs, routing_families[i]);
        const struct ifaddr *remote = shared_addr(theirs, mine, routing_families[i]);
        if (!local || !remote)
            continue;
        const struct peer peer = {.name = other->node->name,
                                  .speaker = other,
                                  .local = local->prefix.addr,
                                  .remote = remote->prefix.addr,
                                  .asn = bgp_of(other)->asn.value,
                                  .external = true,
                                  .adjacent = true};
        add_peer(net, s, &peer);
    }
}

static void add_external(struct bgp_net *net, struct speaker *s)
{
    VEC_EACH (const struct iface *, mine, &s->ifaces) {
        const struct segment *segment = &net->l->segments.v[(*mine)->segment];
        VEC_EACH (struct iface *, it, &segment->ifaces)
            add_external_over(net, s, *mine, *it);
    }
}

static bool has_reflector(const struct bgp_net *net, uint32_t asn)
{
    VEC_EACH (struct speaker *, it, &net->speakers) {
        if (bgp_of(*it)->asn.value == asn && bgp_of(*it)->reflector.value)
            return true;
    }
    return false;
}

static void add_internal(struct bgp_net *net, struct speaker *s)
{
    uint32_t asn = bgp_of(s)->asn.value;
    bool reflected = has_reflector(net, asn), mine = bgp_of(s)->reflector.value;
    VEC_EACH (struct speaker *, it, &net->speakers) {
        bool theirs = bgp_of(*it)->reflector.value;
        if (*it == s || bgp_of(*it)->asn.value != asn || (reflected && !mine && !theirs))
            continue;
        for (size_t i = 0; i < ARRAY_SIZE(routing_families); i++) {
            struct peer peer = {.name = (*it)->node->name,
                                .speaker = *it,
                                .asn = asn,
                                .client = mine && !theirs,
                                .next_hop_self = true};
            if (meet(s, (*it)->node, routing_families[i], &peer))
                add_peer(net, s, &peer);
        }
    }
}

/* --- Neighbours that are written -------------------------------------------------------------- */

static void add_address(struct bgp_net *net, struct speaker *s, const struct bgp_neighbor *in,
                        struct peer *peer)
{
    char buf[ADDR_TEXT_MAX];
    int family = in->address.addr.family;
    const struct ifaddr *local = far_addr(s->node, family);
    VEC_EACH (const struct iface *, it, &s->ifaces) {
        VEC_EACH (const struct ifaddr, addr, &(*it)->addrs) {
            if (prefix_contains(&addr->prefix, &in->address.addr)) {
                local = addr;
                peer->adjacent = true;
            }
        }
    }
    if (!local) {
        diag_error(net->l->r.diags, in->address.pos, "%s has no address of that family",
                   s->node->name);
        return;
    }
    peer->local = local->prefix.addr;
    peer->remote = in->address.addr;
    peer->name = arena_strdup(net->l->scratch, addr_text(&in->address.addr, buf));
    add_peer(net, s, peer);
}

static void add_named(struct bgp_net *net, struct speaker *s, const struct named *named,
                      struct peer *peer)
{
    peer->name = named->node->name;
    for (size_t i = 0; i < ARRAY_SIZE(routing_families); i++) {
        struct peer one = *peer;
        int family = routing_families[i];
        bool met = named->iface ? meet_on_link(s, named->node, named->iface, family, &one)
                                : meet(s, named->node, family, &one);
        if (met)
            add_peer(net, s, &one);
    }
}

/* The AS of a neighbour: written, or what its node says; 0 after an error was reported. */
static uint32_t asn_of(struct bgp_net *net, const struct bgp_neighbor *in, const struct peer *peer)
{
    if (in->asn.pos.line)
        return in->asn.value;
    if (peer->speaker)
        return bgp_of(peer->speaker)->asn.value;
    diag_error(net->l->r.diags, in->pos, "this neighbour needs 'asn': %s",
               in->node.text ? "its node has no bgp of its own" : "its AS number");
    return 0;
}

static void add_written(struct bgp_net *net, struct speaker *s, const struct bgp_neighbor *in)
{
    struct diags *d = net->l->r.diags;
    struct named named = {0};
    if (in->node.text && !load_named(net->l, in->node.text, in->node.pos, &named))
        return;
    struct peer peer = {.speaker = speaker_of(net, named.node), .client = in->client.value};
    peer.next_hop_self = !in->next_hop_self.pos.line || in->next_hop_self.value;
    if (!(peer.asn = asn_of(net, in, &peer)))
        return;
    peer.external = peer.asn != bgp_of(s)->asn.value;
    if (peer.external && peer.client) {
        diag_error(d, in->client.pos,
                   "routes are reflected within an AS alone, and AS %u is not "
                   "AS %u",
                   peer.asn, bgp_of(s)->asn.value);
        return;
    }
    if (!named.node) {
        add_address(net, s, in, &peer);
        return;
    }
    uint32_t before = talk_of(s)->peers.n;
    if (named.node != s->node)
        add_named(net, s, &named, &peer);
    if (talk_of(s)->peers.n == before)
        diag_error(d, in->node.pos,
                   named.node == s->node ? "%s is no neighbour of itself"
                                         : "%s has no address that these two can speak by",
                   in->node.text);
}

static void find_peers(struct bgp_net *net, struct speaker *s)
{
    const struct bgp *in = bgp_of(s);
    const struct bgp_neighbor *written = in->neighbors.v;
    load_about(net->l, s->node);
    if (!in->neighbors.pos.line) {
        add_external(net, s);
        add_internal(net, s);
    }
    for (uint32_t i = 0; i < in->neighbors.n; i++)
        add_written(net, s, &written[i]);
    load_about(net->l, NULL);
}

/* --- What comes of it ------------------------------------------------------------------------- */

/* How a speaker has come to know of a network, which says to whom it may pass it on. */
enum heard { HEARD_ANYHOW, HEARD_FROM_CLIENT, HEARD_WITHIN, HEARD };

struct step {
    struct speaker *at;
    enum heard how;
    uint32_t from; /* the step before, in the queue */
};

struct spread {
    struct bgp_net *net;
    int family;
    uint8_t *known; /* by node: a bit for each way it was heard */
    VEC(struct step) queue;
};

/* What OTHER calls S, at the other end of PEER's session; NULL: it does not know of it. */
static const struct peer *other_end(const struct speaker *other, const struct peer *peer)
{
    const struct talk *talk = &other->talks[PROTOCOL_BGP];
    VEC_EACH (const struct peer, it, &talk->peers) {
        if (addr_equal(&it->remote, &peer->local) && addr_equal(&it->local, &peer->remote))
            return it;
    }
    return NULL;
}

static bool passed_through(const struct spread *spread, uint32_t at, uint32_t asn)
{
    for (;; at = spread->queue.v[at].from) {
        if (bgp_of(spread->queue.v[at].at)->asn.value == asn)
            return true;
        if (!at)
            return false;
    }
}

static void tell(struct spread *spread, uint32_t at, const struct peer *peer)
{
    enum heard how = spread->queue.v[at].how;
    struct speaker *other = peer->speaker ? speaker_of(spread->net, peer->speaker->node) : NULL;
    const struct peer *back = other ? other_end(other, peer) : NULL;
    if (!back || peer->remote.family != spread->family)
        return;
    if (peer->external ? passed_through(spread, at, peer->asn)
                       : how == HEARD_WITHIN && !peer->client)
        return;
    how = peer->external ? HEARD_ANYHOW : back->client ? HEARD_FROM_CLIENT : HEARD_WITHIN;
    if (spread->known[other->node->id] & 1 << how)
        return;
    spread->known[other->node->id] |= (uint8_t)(1 << how);
    vec_push(spread->net->l->scratch, &spread->queue, ((struct step){other, how, at}));
}

/* All who hear of what S announces, in the queue behind it. */
static void spread_from(struct spread *spread, struct speaker *s)
{
    spread->queue.n = 0;
    memset(spread->known, 0, spread->net->l->topo->nodes.n);
    spread->known[s->node->id] = 1 << HEARD;
    vec_push(spread->net->l->scratch, &spread->queue, ((struct step){s, HEARD_ANYHOW, 0}));
    for (uint32_t i = 0; i < spread->queue.n; i++) {
        struct talk *talk = talk_of(spread->queue.v[i].at);
        VEC_EACH (const struct peer, it, &talk->peers)
            tell(spread, i, it);
    }
}

static void expect_from(struct spread *spread, struct speaker *s, struct expectation **of)
{
    spread_from(spread, s);
    for (uint32_t i = 1; i < spread->queue.n; i++) {
        const struct speaker *other = spread->queue.v[i].at;
        if (other == s)
            continue;
        routing_expect(of[other->node->id], &talk_of(s)->heard_of, spread->family);
        routing_expect(of[other->node->id], &s->statics, spread->family);
    }
}

static void expect_all(struct bgp_net *net)
{
    uint32_t n = net->l->topo->nodes.n;
    struct expectation **of = arena_alloc(net->l->scratch, (n + 1) * sizeof(struct expectation *));
    struct spread spread = {.net = net, .known = arena_alloc(net->l->scratch, n + 1)};
    VEC_EACH (struct speaker *, it, &net->speakers)
        of[(*it)->node->id] = routing_expectation(net->l, *it, PROTOCOL_BGP);
    for (size_t i = 0; i < ARRAY_SIZE(routing_families); i++) {
        spread.family = routing_families[i];
        VEC_EACH (struct speaker *, it, &net->speakers)
            expect_from(&spread, *it, of);
    }
    VEC_EACH (struct speaker *, it, &net->speakers)
        routing_expectation_done(of[(*it)->node->id]);
}

static bool has_external(const struct talk *talk)
{
    VEC_EACH (const struct peer, it, &talk->peers) {
        if (it->external)
            return true;
    }
    return false;
}

/* What S tells those of other ASes besides what BGP brings. */
static void find_of_as(struct bgp_net *net, struct speaker *s)
{
    struct talk *talk = talk_of(s);
    if (!has_external(talk))
        return;
    VEC_EACH (struct speaker *, it, &net->speakers) {
        if (bgp_of(*it)->asn.value != bgp_of(s)->asn.value)
            continue;
        VEC_EACH (const struct prefix, p, &talk_of(*it)->networks)
            routing_add_once(net->l, &talk->of_as, p);
    }
}

/* A session that one end alone knows of comes never up. */
static void check_both_ends(struct bgp_net *net, const struct speaker *s)
{
    const struct talk *talk = &s->talks[PROTOCOL_BGP];
    VEC_EACH (const struct peer, it, &talk->peers) {
        if (!it->speaker || other_end(it->speaker, it))
            continue;
        load_about(net->l, s->node);
        diag_warning(net->l->r.diags, s->in->own[PROTOCOL_BGP].pos,
                     "%s speaks BGP to %s, which does not speak to it", s->node->name, it->name);
        load_about(net->l, NULL);
    }
}

void load_bgp(struct loader *l, struct speaker *const *speakers)
{
    uint32_t n = l->topo->nodes.n;
    struct bgp_net net = {.l = l, .place = arena_alloc(l->scratch, (n + 1) * sizeof(uint32_t))};
    for (uint32_t i = 0; i < n; i++) {
        if (!speakers[i] || !speakers[i]->talks[PROTOCOL_BGP].protocol)
            continue;
        vec_push(l->scratch, &net.speakers, speakers[i]);
        net.place[i] = net.speakers.n;
    }
    VEC_EACH (struct speaker *, it, &net.speakers)
        find_peers(&net, *it);
    if (l->r.diags->errors)
        return;
    VEC_EACH (struct speaker *, it, &net.speakers)
        find_of_as(&net, *it);
    VEC_EACH (struct speaker *, it, &net.speakers)
        check_both_ends(&net, *it);
    expect_all(&net);
}
