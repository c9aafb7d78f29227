// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Routing daemons: which nodes speak what on which interfaces, and what each has routes to when all
 * is well. That is found over the same graph that the daemons will find: speakers of one protocol
 * on one segment hear each other, and pass on what they hear. A daemon's service is ready when
 * these routes are there.
 */
#include "model/routing.h"

#include <string.h>

#include "model/device.h"
#include "model/load.h"
#include "model/programs.h"

#define WITHIN_MS 60000

/* Of one protocol and family; what is looked for first is furthest: what is near is there by then.
 */
#define EXPECTED_MAX 128

struct routing_input load_routing_of(const struct loader *l, const struct node *node)
{
    if (node->hidden)
        return (struct routing_input){0};
    const struct routing_input *own = &load_input(l, node)->routing;
    if (own->word.pos.line)
        return *own;
    const struct routing_input *top = &l->root.routing;
    if (top->word.value != ROUTING_DAEMON || node_forwards(node, AF_INET) ||
        node_forwards(node, AF_INET6))
        return *top;
    return (struct routing_input){{ROUTING_DEFAULT, top->word.pos}, NULL};
}

/* --- Speakers --------------------------------------------------------------------------------- */

void routing_add_once(struct loader *l, prefix_list *list, const struct prefix *prefix)
{
    VEC_EACH (const struct prefix, it, list) {
        if (prefix_compare(it, prefix) == 0)
            return;
    }
    vec_push(l->scratch, list, *prefix);
}

static void add_subnet(struct loader *l, struct speaker *s, const struct ifaddr *addr, bool runs)
{
    const struct prefix subnet = {prefix_network(&addr->prefix), addr->prefix.len};
    const struct addr *a = &addr->prefix.addr;
    if (addr_is_link_local(a) || addr_is_loopback(a))
        return;
    s->has[a->family == AF_INET6] = true;
    routing_add_once(l, &s->subnets, &subnet);
    if (runs)
        routing_add_once(l, &s->running, &subnet);
}

/* Whether it is up, and nobody has to come first who holds its other end. */
static bool runs(const struct iface *iface)
{
    return iface_is_up(iface) && !iface_is(iface, &device_type_tun) &&
           !iface_is(iface, &device_type_tap);
}

static bool takes_part(const struct iface *iface)
{
    return iface->kind != IFACE_UPLINK && !iface_is_port(iface) && !iface_vrf(iface) &&
           (iface_first_addr(iface, AF_INET) || iface_first_addr(iface, AF_INET6));
}

static void find_subnets(struct loader *l, struct speaker *s)
{
    VEC_EACH (const struct ifaddr, it, &s->node->lo->addrs)
        add_subnet(l, s, it, true);
    VEC_EACH (struct iface *, it, &s->node->ifaces) {
        if (!takes_part(*it))
            continue;
        vec_push(l->scratch, &s->ifaces, *it);
        VEC_EACH (const struct ifaddr, addr, &(*it)->addrs)
            add_subnet(l, s, addr, runs(*it));
    }
}

/* Routes of the file's, where `static` says so; over an uplink, the default route in any case. */
static void find_statics(struct loader *l, struct speaker *s)
{
    const struct node *node = s->node;
    const struct uplink *uplink = node_uplink(node);
    for (uint32_t i = 0; i < node->written; i++) {
        const struct route *route = &node->routes.v[i];
        bool out =
            uplink && !route->to.len && route->hops.n && route->hops.v[0].dev == uplink->iface;
        if (route->table == ROUTE_TABLE_MAIN && route->type != ROUTE_LOCAL &&
            (s->in->own_routes.value || out))
            vec_push(l->scratch, &s->statics, route->to);
    }
}

/* Numbers like an IPv4 address; of a node that has none, its place in the file. */
static struct addr choose_router_id(const struct speaker *s)
{
    const struct ifaddr *addr = iface_first_addr(s->node->lo, AF_INET);
    uint32_t n = s->node->id + 1;
    struct addr id = {AF_INET, {0, (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n}};
    if (s->in->router_id.pos.line)
        return s->in->router_id.addr;
    if (!addr)
        addr = node_first_addr(s->node, AF_INET);
    return addr ? addr->prefix.addr : id;
}

static bool can_speak(enum routing_daemon daemon, const struct protocol *protocol)
{
    return daemon == DAEMON_BIRD ? protocol->bird != NULL : protocol->frr[0].name != NULL;
}

/* The first protocol that DAEMON does not speak, or NULL. */
static const struct protocol *find_lacking(enum routing_daemon daemon,
                                           const struct protocols_input *in)
{
    for (size_t i = 0; i < PROTOCOLS; i++) {
        if (in->own[i].pos.line && !can_speak(daemon, protocols[i]))
            return protocols[i];
    }
    return NULL;
}

static enum routing_daemon choose_daemon(struct loader *l, const struct routing_input *routing)
{
    static const char *const names[] = {"BIRD", "FRR"};
    const struct protocols_input *in = routing->protocols;
    const struct protocol *beyond_bird = find_lacking(DAEMON_BIRD, in);
    bool given = in->daemon.pos.line;
    enum routing_daemon daemon = given         ? (enum routing_daemon)in->daemon.value
                                 : beyond_bird ? DAEMON_FRR
                                               : DAEMON_BIRD;
    const struct protocol *lacking = find_lacking(daemon, in);
    if (!lacking)
        return daemon;
    diag_error(l->r.diags, given ? in->daemon.pos : routing->word.pos, "%s does not speak %s here",
               names[daemon], lacking->name);
    if (beyond_bird && find_lacking(DAEMON_FRR, in))
        diag_help(l->r.diags, "%s is FRR's alone, and babel BIRD's", beyond_bird->name);
    else
        diag_help(l->r.diags, "leave `daemon` away: %s does", names[!daemon]);
    return daemon;
}

static struct speaker *make_speaker(struct loader *l, const struct node *node,
                                    const struct routing_input *routing)
{
    struct speaker *s = arena_new_of(l->scratch, struct speaker);
    *s = (struct speaker){.node = node, .in = routing->protocols, .pos = routing->word.pos};
    s->daemon = choose_daemon(l, routing);
    find_subnets(l, s);
    find_statics(l, s);
    s->router_id = choose_router_id(s);
    return s;
}

/* --- Ports ------------------------------------------------------------------------------------ */

/* Speakers by node, NULL where a node is none. */
struct routers {
    struct loader *l;
    struct speaker **of;
};

/* All but BGP find their neighbours by multicast, of which WireGuard carries none. */
static bool speaks_protocol(const struct routers *r, const struct iface *iface,
                            enum protocol_id protocol)
{
    const struct speaker *s = iface->node ? r->of[iface->node->id] : NULL;
    return s && s->in->own[protocol].pos.line && takes_part(iface) &&
           !iface_is(iface, &device_type_wireguard);
}

static struct port make_port(const struct routers *r, const struct iface *iface,
                             enum protocol_id protocol)
{
    const struct segment *segment = &r->l->segments.v[iface->segment];
    struct port port = {.iface = iface, .cost = iface->link ? iface->link->cost : 1};
    uint32_t others = 0;
    VEC_EACH (struct iface *, it, &segment->ifaces)
        others += *it != iface && speaks_protocol(r, *it, protocol);
    port.passive = !others || !speaks_protocol(r, iface, protocol);
    port.pair = others == 1 && segment->ifaces.n == 2;
    return port;
}

static void make_talk(const struct routers *r, struct speaker *s, enum protocol_id id)
{
    struct talk *talk = &s->talks[id];
    talk->protocol = protocols[id];
    talk->in = s->in->own[id].in;
    talk->networks = s->subnets;
    talk->heard_of = s->running;
    VEC_EACH (const struct iface *, it, &s->ifaces)
        vec_push(r->l->scratch, &talk->ports, make_port(r, *it, id));
    if (talk->protocol->prepare)
        talk->protocol->prepare(r->l, s, talk);
}

static void make_talks(const struct routers *r, struct speaker *s)
{
    load_about(r->l, s->node);
    for (size_t i = 0; i < PROTOCOLS; i++) {
        if (s->in->own[i].pos.line)
            make_talk(r, s, (enum protocol_id)i);
    }
    load_about(r->l, NULL);
}

/* --- Who hears whom --------------------------------------------------------------------------- */

/* Those who hear each other at once: on a segment, in an area. */
struct circle {
    VEC(struct speaker *) members;
    uint32_t seen_by; /* the search that was here last */
};

struct seat {
    uint32_t segment, area;
};

/* The circles of one protocol for one family. */
struct web {
    const struct routers *r;
    enum protocol_id protocol;
    int family;
    struct map by_seat;
    VEC(struct circle *) * circles_of; /* by node */
    uint32_t *seen_by, *hops;          /* by node */
    uint32_t search;
    VEC(struct speaker *) queue;
};

static struct circle *find_circle(struct web *w, const struct port *port)
{
    struct arena *arena = w->r->l->scratch;
    const struct seat seat = {port->iface->segment, port->area};
    struct circle *circle = map_get(&w->by_seat, &seat, sizeof(seat));
    if (circle)
        return circle;
    struct seat *key = arena_new_of(arena, struct seat);
    *key = seat;
    circle = arena_new_of(arena, struct circle);
    map_put(&w->by_seat, key, sizeof(*key), circle);
    return circle;
}

static void seat_speaker(struct web *w, struct speaker *s)
{
    struct arena *arena = w->r->l->scratch;
    VEC_EACH (const struct port, it, &s->talks[w->protocol].ports) {
        if (it->passive || !iface_is_up(it->iface) || !iface_first_addr(it->iface, w->family))
            continue;
        struct circle *circle = find_circle(w, it);
        vec_push(arena, &circle->members, s);
        vec_push(arena, &w->circles_of[s->node->id], circle);
    }
}

static void reach(struct web *w, struct speaker *s, uint32_t hops)
{
    if (w->seen_by[s->node->id] == w->search)
        return;
    w->seen_by[s->node->id] = w->search;
    w->hops[s->node->id] = hops;
    vec_push(w->r->l->scratch, &w->queue, s);
}

static void search_from(struct web *w, struct speaker *s)
{
    uint32_t max = protocols[w->protocol]->max_hops;
    w->search++;
    w->queue.n = 0;
    reach(w, s, 0);
    for (uint32_t i = 0; i < w->queue.n; i++) {
        uint32_t at = w->queue.v[i]->node->id;
        VEC_EACH (struct circle *, it, &w->circles_of[at]) {
            if ((*it)->seen_by == w->search || (max && w->hops[at] == max))
                continue;
            (*it)->seen_by = w->search;
            VEC_EACH (struct speaker *, member, &(*it)->members)
                reach(w, *member, w->hops[at] + 1);
        }
    }
}

/* --- What comes of it ------------------------------------------------------------------------- */

/* What one speaker has routes to, or has heard of already. */
struct expectation {
    struct loader *l;
    struct talk *talk;
    struct arena *arena;
    struct map known;
    uint32_t n[2]; /* of IPv4, of IPv6 */
};

/* Whether P is new there. */
static bool note(struct expectation *e, const struct prefix *p)
{
    struct prefix *key = arena_new_of(e->arena, struct prefix);
    key->addr.family = p->addr.family;
    key->len = p->len;
    memcpy(key->addr.bytes, p->addr.bytes, addr_bytes(&p->addr));
    return !map_put(&e->known, key, sizeof(*key), key);
}

struct expectation *routing_expectation(struct loader *l, struct speaker *s,
                                        enum protocol_id protocol)
{
    struct arena *arena = arena_new();
    struct expectation *e = arena_new_of(arena, struct expectation);
    *e = (struct expectation){.l = l, .talk = &s->talks[protocol], .arena = arena};
    map_init(&e->known, arena);
    VEC_EACH (const struct prefix, it, &s->subnets)
        note(e, it);
    VEC_EACH (const struct prefix, it, &s->statics)
        note(e, it);
    VEC_EACH (const struct prefix, it, &e->talk->networks)
        note(e, it);
    return e;
}

void routing_expect(struct expectation *e, const prefix_list *list, int family)
{
    uint32_t *n = &e->n[family == AF_INET6];
    VEC_EACH (const struct prefix, it, list) {
        if (*n == EXPECTED_MAX)
            return;
        if (it->addr.family != family || !note(e, it))
            continue;
        vec_push(e->l->scratch, &e->talk->expected, *it);
        ++*n;
    }
}

void routing_expectation_done(struct expectation *e)
{
    arena_free(e->arena);
}

static void expect_of(struct web *w, struct speaker *s)
{
    struct expectation *e = routing_expectation(w->r->l, s, w->protocol);
    search_from(w, s);
    for (uint32_t i = w->queue.n; i-- > 1;) {
        const struct speaker *other = w->queue.v[i];
        routing_expect(e, &other->talks[w->protocol].heard_of, w->family);
        routing_expect(e, &other->statics, w->family);
    }
    routing_expectation_done(e);
}

static void weave(const struct routers *r, enum protocol_id protocol, int family)
{
    struct arena *arena = r->l->scratch;
    const struct topo *topo = r->l->topo;
    struct web w = {.r = r, .protocol = protocol, .family = family};
    w.circles_of = arena_alloc(arena, (topo->nodes.n + 1) * sizeof(*w.circles_of));
    w.seen_by = arena_alloc(arena, (topo->nodes.n + 1) * sizeof(*w.seen_by));
    w.hops = arena_alloc(arena, (topo->nodes.n + 1) * sizeof(*w.hops));
    map_init(&w.by_seat, arena);
    for (uint32_t i = 0; i < topo->nodes.n; i++) {
        if (r->of[i] && r->of[i]->talks[protocol].protocol)
            seat_speaker(&w, r->of[i]);
    }
    for (uint32_t i = 0; i < topo->nodes.n; i++) {
        if (r->of[i] && r->of[i]->talks[protocol].protocol)
            expect_of(&w, r->of[i]);
    }
}

static void weave_all(const struct routers *r)
{
    for (size_t i = 0; i < PROTOCOLS; i++) {
        for (size_t j = 0; i != PROTOCOL_BGP && j < ARRAY_SIZE(routing_families); j++)
            weave(r, (enum protocol_id)i, routing_families[j]);
    }
    load_bgp(r->l, r->of);
}

/* --- Files and services ----------------------------------------------------------------------- */

bool routing_add_file(struct loader *l, const struct speaker *s, const struct daemon_file *file)
{
    struct node *node = (struct node *)s->node;
    VEC_EACH (const struct node_file, it, &node_programs(node)->files) {
        if (strcmp(it->path, file->path) == 0)
            return false;
    }
    struct node_file *made = load_add_file(l, node, arena_strdup(l->r.arena, file->path), s->pos);
    made->mode = file->mode;
    made->content = file->content ? arena_strdup(l->r.arena, file->content) : NULL;
    made->len = file->content ? strlen(file->content) : 0;
    return true;
}

static const struct service *find_service(const struct node *node, const char *name)
{
    const struct programs *programs = node_programs(node);
    for (uint32_t i = 0; name && i < programs->services.n; i++) {
        if (strcmp(programs->services.v[i]->name, name) == 0)
            return programs->services.v[i];
    }
    return NULL;
}

static char *const *copy_argv(struct arena *arena, const char *const *argv)
{
    size_t n = 0;
    while (argv[n])
        n++;
    char **copy = arena_alloc(arena, (n + 1) * sizeof(*copy));
    for (size_t i = 0; i < n; i++)
        copy[i] = arena_strdup(arena, argv[i]);
    return copy;
}

static void add_ready_route(struct loader *l, struct service *made, const struct prefix *to)
{
    VEC_EACH (const struct ready, it, &made->ready) {
        if (it->kind == READY_ROUTE && prefix_compare(&it->prefix, to) == 0)
            return;
    }
    vec_push(l->r.arena, &made->ready,
             ((struct ready){.kind = READY_ROUTE, .prefix = *to, .pos = made->pos}));
}

static void add_ready(struct loader *l, const struct speaker *s, struct service *made,
                      const struct daemon_service *service)
{
    bool wait = !s->in->wait.pos.line || s->in->wait.value;
    if (service->there)
        vec_push(l->r.arena, &made->ready,
                 ((struct ready){.kind = READY_FILE, .text = service->there, .pos = made->pos}));
    for (size_t i = 0; wait && i < PROTOCOLS; i++) {
        const prefix_list *routes = service->routes[i];
        for (uint32_t j = 0; routes && j < routes->n; j++) {
            const struct prefix *to = &routes->v[j];
            if (!service->family || service->family == to->addr.family)
                add_ready_route(l, made, to);
        }
    }
}

void routing_add_service(struct loader *l, const struct speaker *s,
                         const struct daemon_service *service)
{
    struct node *node = (struct node *)s->node;
    uint64_t within = s->in->within.pos.line ? s->in->within.us / 1000 : WITHIN_MS;
    if (find_service(node, service->name))
        return;
    struct service *made =
        load_add_service(l, node, arena_strdup(l->r.arena, service->name), s->pos);
    made->command = (struct command){copy_argv(l->r.arena, service->argv), s->pos};
    made->package = service->package;
    made->within_ms = (uint32_t)within; /* up to 1000h */
    const struct service *after = find_service(node, service->after);
    if (after)
        vec_push(l->r.arena, &made->after, after);
    add_ready(l, s, made, service);
}

static void make(struct loader *l, const struct speaker *s)
{
    switch (s->daemon) {
    case DAEMON_BIRD:
        bird_make(l, s);
        break;
    case DAEMON_FRR:
        frr_make(l, s);
        break;
    }
    load_sort_files(l, (struct node *)s->node);
}

/* --- All of it -------------------------------------------------------------------------------- */

/* Whether there are any; R->of is made then. */
static bool find_speakers(struct routers *r)
{
    struct loader *l = r->l;
    bool any = false;
    r->of = arena_alloc(l->scratch, (l->topo->nodes.n + 1) * sizeof(struct speaker *));
    VEC_EACH (struct node *, it, &l->topo->nodes) {
        struct routing_input routing = load_routing_of(l, *it);
        if (routing.word.value != ROUTING_DAEMON)
            continue;
        load_about(l, *it);
        r->of[(*it)->id] = make_speaker(l, *it, &routing);
        any = true;
    }
    load_about(l, NULL);
    return any;
}

/* Routers of one id take each other for themselves. */
static void check_router_ids(const struct routers *r)
{
    struct loader *l = r->l;
    struct map seen;
    char buf[ADDR_TEXT_MAX];
    map_init(&seen, l->scratch);
    for (uint32_t i = 0; i < l->topo->nodes.n; i++) {
        struct speaker *s = r->of[i];
        const struct speaker *first =
            s ? map_put(&seen, s->router_id.bytes, addr_bytes(&s->router_id), s) : NULL;
        if (!first)
            continue;
        load_about(l, s->node);
        diag_error(l->r.diags, s->in->router_id.pos.line ? s->in->router_id.pos : s->pos,
                   "%s and %s have one router id, %s", first->node->name, s->node->name,
                   addr_text(&s->router_id, buf));
        diag_help(l->r.diags, "give one of them another: `router-id: 10.255.0.%u`", i + 1);
        load_about(l, NULL);
    }
}

void load_routing(struct loader *l)
{
    struct routers r = {.l = l};
    uint32_t n = l->topo->nodes.n;
    if (!find_speakers(&r))
        return;
    check_router_ids(&r);
    for (uint32_t i = 0; i < n; i++) {
        if (r.of[i])
            make_talks(&r, r.of[i]);
    }
    if (l->r.diags->errors)
        return;
    weave_all(&r);
    for (uint32_t i = 0; i < n; i++) {
        if (r.of[i] && !l->r.diags->errors)
            make(l, r.of[i]);
    }
}
