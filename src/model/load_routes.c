// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Routes and rules. Each next hop is found on a link here, by the kernel's own reading of the
 * tables, so that a route that the kernel would refuse is refused before anything is built, with
 * the reason in the user's words.
 */
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "model/load.h"

/* The routes of the node that is being read; `in` and `route` go together. */
struct routing {
    struct loader *l;
    struct node *node;
    const struct route_input *in;
    struct route *route;
};

static const char *family_name(int family)
{
    return family == AF_INET ? "IPv4" : "IPv6";
}

/* --- Next hops -------------------------------------------------------------------------------- */

static bool is_broadcast(const struct prefix *subnet, const struct addr *addr)
{
    struct addr last = prefix_last(subnet);
    return addr->family == AF_INET && subnet->len < 31 && addr_equal(&last, addr);
}

/* The length of the narrowest subnet by which VIA is a neighbour on IFACE, -1 where there is none.
 */
static int on_subnet(const struct iface *iface, const struct addr *via)
{
    int len = -1;
    VEC_EACH (const struct ifaddr, it, &iface->addrs) {
        const struct prefix *p = &it->prefix;
        if (p->len < addr_bits(via) && p->len > len && prefix_contains(p, via) &&
            !is_broadcast(p, via))
            len = p->len;
    }
    return len;
}

/* Whether IN, a route without a next hop, makes VIA a neighbour by its dev. */
static bool covers(const struct routing *r, const struct route_input *in, const struct addr *via)
{
    uint32_t table = in->table.pos.line ? in->table.value : ROUTE_TABLE_MAIN;
    return !in->bad && in->dev.text && !in->via.pos.line && !in->nexthops.n &&
           route_type_values[in->type.value] == RTN_UNICAST && in->to.prefix.addr.family &&
           (table == ROUTE_TABLE_MAIN || table == r->route->table) &&
           prefix_contains(&in->to.prefix, via);
}

static const struct iface *by_link_route(const struct routing *r, const struct addr *via)
{
    const struct list_value *routes = &load_input(r->l, r->node)->routes;
    const struct route_input *v = routes->v;
    for (uint32_t i = 0; i < routes->n; i++) {
        if (covers(r, &v[i], via))
            return node_find_iface(r->node, v[i].dev.text);
    }
    return NULL;
}

/* The node's subnets of VIA's family, for the one who wonders why VIA is not on-link. */
static const char *list_subnets(const struct routing *r, const struct addr *via)
{
    struct str list CLEAN_STR = {0};
    char buf[ADDR_TEXT_MAX];
    unsigned shown = 0;
    VEC_EACH (struct iface *, it, &r->node->ifaces) {
        VEC_EACH (const struct ifaddr, addr, &(*it)->addrs) {
            if (addr->prefix.addr.family != via->family || shown++ >= 6)
                continue;
            struct prefix subnet = {prefix_network(&addr->prefix), addr->prefix.len};
            str_addf(&list, "%s%s (%s)", list.len ? ", " : "", prefix_text(&subnet, buf),
                     (*it)->name);
        }
    }
    if (shown > 6)
        str_addf(&list, " and %u more", shown - 6);
    return arena_strdup(r->l->r.arena, list.len ? list.text : "");
}

static void report_off_link(const struct routing *r, const struct addr *via, struct pos pos)
{
    char buf[ADDR_TEXT_MAX];
    const char *subnets = list_subnets(r, via);
    diag_error(r->l->r.diags, pos, "next hop %s is not on a link of %s", addr_text(via, buf),
               r->node->name);
    if (*subnets)
        diag_help(r->l->r.diags, "%s is on %s; a next hop is a neighbour's address there",
                  r->node->name, subnets);
    else
        diag_help(r->l->r.diags, "%s has no %s subnet", r->node->name, family_name(via->family));
}

static bool node_has_addr(const struct node *node, const struct addr *addr)
{
    VEC_EACH (struct iface *, it, &node->ifaces) {
        if (iface_find_addr(*it, addr))
            return true;
    }
    return iface_find_addr(node->lo, addr) != NULL;
}

/* Reports a next hop that is the node itself. */
static bool check_self(const struct routing *r, const struct addr *via, struct pos pos)
{
    char buf[ADDR_TEXT_MAX];
    if (!node_has_addr(r->node, via))
        return true;
    diag_error(r->l->r.diags, pos, "next hop %s is %s itself", addr_text(via, buf), r->node->name);
    diag_help(r->l->r.diags, "a next hop is a neighbour's address on a shared link");
    return false;
}

/* The interface through which VIA, not the node itself, is a neighbour: DEV if it is given, else
 * that with the narrowest subnet. */
static const struct iface *find_on_link(const struct routing *r, const struct addr *via,
                                        const struct iface *dev, struct pos pos)
{
    int longest = -1;
    const struct iface *found = NULL;
    VEC_EACH (struct iface *, it, &r->node->ifaces) {
        int len = on_subnet(*it, via);
        if (len < 0 || (dev && *it != dev))
            continue;
        if (!found || (found->down && !(*it)->down) || (len > longest && !(*it)->down)) {
            found = *it;
            longest = len;
        }
    }
    if (!found)
        found = by_link_route(r, via);
    if (!found || (dev && found != dev)) {
        report_off_link(r, via, pos);
        return NULL;
    }
    return found;
}

static bool check_families(const struct routing *r, const struct addr *via, struct pos pos)
{
    if (r->route->to.addr.family != AF_INET6 || via->family == AF_INET6)
        return true;
    diag_error(r->l->r.diags, pos, "an IPv6 route cannot have an IPv4 next hop");
    diag_help(r->l->r.diags, "the kernel has it the other way only: IPv4 via IPv6");
    return false;
}

/* What VIA needs where the tables do not tell its interface. */
static bool check_needs_dev(const struct routing *r, const struct nexthop_input *in)
{
    if (in->dev.text)
        return true;
    if (in->onlink.value) {
        diag_error(r->l->r.diags, in->onlink.pos, "onlink needs 'dev': the link that via is on");
        return false;
    }
    if (addr_is_link_local(&in->via.addr) && in->via.addr.family == AF_INET6) {
        diag_error(r->l->r.diags, in->via.pos, "a link-local next hop needs 'dev': its link");
        return false;
    }
    return true;
}

/* Finds the interface of IN and checks that the kernel will take it. */
static void load_nexthop(const struct routing *r, const struct nexthop_input *in)
{
    struct diags *d = r->l->r.diags;
    const struct addr *via = &in->via.addr;
    const struct iface *dev =
        in->dev.text ? load_find_iface(r->l, r->node, in->dev.text, in->dev.pos) : NULL;
    if (in->dev.text && !dev)
        return;
    if (in->onlink.value && !in->via.pos.line) {
        diag_error(d, in->onlink.pos, "onlink is about 'via', which is not here");
        return;
    }
    if (in->via.pos.line && (addr_is_unspecified(via) || addr_is_multicast(via))) {
        char buf[ADDR_TEXT_MAX];
        diag_error(d, in->via.pos, "%s is nobody's address: no next hop", addr_text(via, buf));
        return;
    }
    if (in->via.pos.line) {
        bool told = in->onlink.value || (addr_is_link_local(via) && via->family == AF_INET6);
        if (!check_families(r, via, in->via.pos) || !check_needs_dev(r, in) ||
            !check_self(r, via, in->via.pos))
            return;
        if (!told)
            dev = find_on_link(r, via, dev, in->via.pos);
    }
    if (!dev)
        return;
    if (dev->down) {
        diag_error(d, in->via.pos.line ? in->via.pos : in->dev.pos,
                   "%s is down (state: down), so no route can use it",
                   iface_label(r->l->r.arena, dev));
        return;
    }
    struct nexthop *hop = vec_add(r->l->r.arena, &r->route->hops);
    *hop = (struct nexthop){.via = in->via.addr,
                            .dev = dev,
                            .weight = in->weight.pos.line ? in->weight.value : 1,
                            .onlink = in->onlink.value,
                            .pos = in->pos};
}

static void load_nexthops(const struct routing *r)
{
    const struct route_input *in = r->in;
    const struct nexthop_input *v = in->nexthops.v;
    for (uint32_t i = 0; i < in->nexthops.n; i++) {
        struct nexthop_input hop = v[i];
        if (!hop.onlink.pos.line)
            hop.onlink = in->onlink;
        if (r->route->to.addr.family == AF_INET6 && in->nexthops.n > 1 && !hop.via.pos.line)
            diag_error(r->l->r.diags, hop.pos, "of several IPv6 next hops each needs 'via'");
        else
            load_nexthop(r, &hop);
    }
    if (in->nexthops.n)
        return;
    struct nexthop_input hop = {
        .via = in->via, .dev = in->dev, .onlink = in->onlink, .pos = in->pos};
    if (in->via.pos.line || in->dev.text)
        load_nexthop(r, &hop);
    else
        diag_error(r->l->r.diags, in->pos, "a route needs 'via', 'dev' or 'nexthops'");
}

/* --- Routes ----------------------------------------------------------------------------------- */

/* The family of `to: default`: that of the next hop. */
static int default_family(const struct route_input *in)
{
    const struct nexthop_input *hops = in->nexthops.v;
    if (in->via.pos.line)
        return in->via.addr.family;
    for (uint32_t i = 0; i < in->nexthops.n; i++) {
        if (hops[i].via.pos.line)
            return hops[i].via.addr.family;
    }
    return in->src.pos.line ? in->src.addr.family : AF_UNSPEC;
}

static bool load_destination(const struct routing *r)
{
    const struct prefix_value *to = &r->in->to;
    r->route->to = to->prefix;
    if (to->prefix.addr.family)
        return true;
    int family = default_family(r->in);
    r->route->to.addr.family = (uint8_t)family;
    if (family)
        return true;
    diag_error(r->l->r.diags, to->pos, "nothing here tells whether this default is IPv4 or IPv6");
    diag_help(r->l->r.diags, "write 0.0.0.0/0 or \"::/0\"");
    return false;
}

/* The kernel has scopes for IPv4 alone, and a next hop only where the scope is global. */
static void check_scope(const struct routing *r)
{
    const struct route_input *in = r->in;
    if (!in->scope.pos.line)
        return;
    if (r->route->to.addr.family == AF_INET6)
        diag_error(r->l->r.diags, in->scope.pos, "an IPv6 route has no scope");
    else if (in->via.pos.line && r->route->scope > RT_SCOPE_SITE)
        diag_error(r->l->r.diags, in->scope.pos, "a route with a next hop has scope global");
}

static void check_src(const struct routing *r)
{
    const struct addr_value *src = &r->in->src;
    char buf[ADDR_TEXT_MAX];
    if (!src->pos.line)
        return;
    if (src->addr.family != r->route->to.addr.family)
        diag_error(r->l->r.diags, src->pos, "src of an %s route is an %s address",
                   family_name(r->route->to.addr.family), family_name(src->addr.family));
    else if (!node_has_addr(r->node, &src->addr))
        diag_error(r->l->r.diags, src->pos, "%s has no address %s to send from", r->node->name,
                   addr_text(&src->addr, buf));
    r->route->src = src->addr;
}

/* Routes that go nowhere have no way to go. */
static void check_no_way(const struct routing *r)
{
    const struct route_input *in = r->in;
    struct pos pos = in->via.pos.line   ? in->via.pos
                     : in->dev.pos.line ? in->dev.pos
                                        : in->nexthops.pos;
    if (pos.line)
        diag_error(r->l->r.diags, pos, "a route of this type takes no 'via', 'dev' or 'nexthops'");
}

static void load_way(const struct routing *r)
{
    const struct route_input *in = r->in;
    bool no_way = !in->via.pos.line && !in->dev.text && !in->nexthops.n;
    if (r->route->type == ROUTE_LOCAL && (in->via.pos.line || in->nexthops.n)) {
        diag_error(r->l->r.diags, in->via.pos.line ? in->via.pos : in->nexthops.pos,
                   "what is local has no next hop: 'dev' at most");
        return;
    }
    if (r->route->type == ROUTE_LOCAL && no_way) {
        struct nexthop *hop = vec_add(r->l->r.arena, &r->route->hops);
        *hop = (struct nexthop){.dev = r->node->lo, .weight = 1, .pos = in->pos};
    } else if (r->route->type == ROUTE_UNICAST || r->route->type == ROUTE_LOCAL) {
        load_nexthops(r);
    } else {
        check_no_way(r);
    }
}

/* As in ip-route(8): local addresses live in a table of their own. */
static uint32_t route_home(enum route_type type)
{
    return type == ROUTE_LOCAL ? RT_TABLE_LOCAL : RT_TABLE_MAIN;
}

static void load_route(struct loader *l, struct node *node, const struct route_input *in)
{
    struct route *route = vec_add(l->r.arena, &node->routes);
    struct routing r = {.l = l, .node = node, .in = in, .route = route};
    enum route_type type = (enum route_type)route_type_values[in->type.value];
    *route = (struct route){.type = type,
                            .table = in->table.pos.line ? in->table.value : route_home(type),
                            .metric = in->metric.value,
                            .mtu = in->mtu.value,
                            .scope = in->scope.pos.line ? scope_values[in->scope.value] : -1,
                            .pos = in->pos};
    if (load_destination(&r)) {
        load_way(&r);
        check_src(&r);
        check_scope(&r);
    }
}

/* --- Names ------------------------------------------------------------------------------------ */

/* The hops of IN: `via` alone, or `nexthops`; *RET_N of them. */
static struct nexthop_input *hops_of(struct loader *l, const struct route_input *in,
                                     uint32_t *ret_n)
{
    struct nexthop_input *hops = arena_alloc(l->scratch, (in->nexthops.n + 1) * sizeof(*hops));
    *ret_n = in->nexthops.n ? in->nexthops.n : 1;
    if (in->nexthops.n)
        memcpy(hops, in->nexthops.v, in->nexthops.n * sizeof(*hops));
    else
        hops[0] = (struct nexthop_input){.via = in->via, .dev = in->dev, .onlink = in->onlink};
    return hops;
}

static bool has_names(const struct route_input *in)
{
    const struct nexthop_input *hops = in->nexthops.v;
    bool names = in->to.name || in->via.name || in->src.name;
    for (uint32_t i = 0; i < in->nexthops.n; i++)
        names = names || hops[i].via.name;
    return names;
}

/* The route as it is in one family: what names stand for in their place. */
struct meaning {
    struct loader *l;
    const struct node *node;
    int family;
    bool fits;
    bool ok;            /* false: an error was reported */
    struct pos lacking; /* the name that has no address of FAMILY, */
    const char *lacks;  /* and what it is that it does not have */
};

static void lack(struct meaning *m, struct pos pos, const char *text)
{
    m->fits = false;
    m->lacking = pos;
    m->lacks = text;
}

static struct addr mean_addr(struct meaning *m, const char *name, struct pos pos)
{
    struct named named;
    if (!load_named(m->l, name, pos, &named)) {
        m->ok = false;
        return (struct addr){0};
    }
    const struct ifaddr *addr = named_addr(&named, m->family);
    if (!addr)
        lack(m, pos, arena_printf(m->l->scratch, "%s has no address that fits", name));
    return addr ? addr->prefix.addr : (struct addr){0};
}

/* A next hop of the other family will do for an IPv4 route whose family is written. */
static void mean_hop(struct meaning *m, const struct route_input *in, struct nexthop_input *hop)
{
    const struct hop_wish wish = {hop->dev.text, hop->onlink.value || in->onlink.value};
    struct named named;
    if (!hop->via.name) {
        m->fits = m->fits && (!hop->via.pos.line || in->to.prefix.addr.family ||
                              hop->via.addr.family == m->family);
        return;
    }
    if (!load_named(m->l, hop->via.name, hop->via.pos, &named)) {
        m->ok = false;
        return;
    }
    const struct ifaddr *addr = named_neighbour(&named, m->node, &wish, m->family);
    if (!addr && m->family == AF_INET && in->to.prefix.addr.family)
        addr = named_neighbour(&named, m->node, &wish, AF_INET6);
    if (addr)
        hop->via = (struct addr_value){.addr = addr->prefix.addr, .pos = hop->via.pos};
    else if (!named_shares_segment(&named, m->node))
        lack(m, hop->via.pos,
             arena_printf(m->l->scratch, "%s and %s have no link in common", m->node->name,
                          named.node->name));
    else
        lack(m, hop->via.pos,
             arena_printf(m->l->scratch, "%s has no address that fits on a link of %s",
                          hop->via.name, m->node->name));
}

/* IN in M's family into *RET, where it can be that. */
static void mean_route(struct meaning *m, const struct route_input *in, struct route_input *ret)
{
    uint32_t n;
    struct nexthop_input *hops = hops_of(m->l, in, &n);
    *ret = *in;
    m->fits = !in->to.prefix.addr.family || in->to.prefix.addr.family == m->family;
    for (uint32_t i = 0; i < n && m->ok && m->fits; i++)
        mean_hop(m, in, &hops[i]);
    if (in->nexthops.n)
        ret->nexthops.v = hops;
    else
        ret->via = hops[0].via;
    if (in->to.name && m->ok && m->fits) {
        struct addr addr = mean_addr(m, in->to.name, in->to.pos);
        ret->to.prefix = (struct prefix){addr, (uint8_t)addr_bits(&addr)};
        ret->to.name = NULL;
    }
    if (in->src.name && m->ok && m->fits)
        ret->src = (struct addr_value){.addr = mean_addr(m, in->src.name, in->src.pos),
                                       .pos = in->src.pos};
}

/* The route or the rule (WHAT) at POS was made MADE times: why not at all. */
static void check_made(const struct meaning *m, unsigned made, struct pos pos, const char *what)
{
    if (!m->ok || made)
        return;
    if (m->lacks)
        diag_error(m->l->r.diags, m->lacking, "%s", m->lacks);
    else
        diag_error(m->l->r.diags, pos, "what this %s is made of is not of one family", what);
}

/* A route with names in it: one in each family that all of it fits. */
static void load_named_route(struct loader *l, struct node *node, const struct route_input *in)
{
    struct meaning m = {.l = l, .node = node, .ok = true};
    unsigned made = 0;
    for (int i = 0; i < 2 && m.ok; i++) {
        struct route_input route;
        m.family = i ? AF_INET6 : AF_INET;
        mean_route(&m, in, &route);
        if (!m.ok || !m.fits)
            continue;
        load_route(l, node, &route);
        made++;
    }
    check_made(&m, made, in->pos, "route");
}

/* Routes without a gateway first: others may have their next hop by them. Else in file order. */
static void load_node_routes(struct loader *l, struct node *node)
{
    const struct list_value *routes = &load_input(l, node)->routes;
    const struct route_input *v = routes->v;
    for (int with_via = 0; with_via < 2; with_via++) {
        for (uint32_t i = 0; i < routes->n; i++) {
            bool has_via = v[i].via.pos.line || v[i].nexthops.n;
            if (has_via == with_via && !v[i].bad)
                (has_names(&v[i]) ? load_named_route : load_route)(l, node, &v[i]);
        }
    }
}

/* --- Rules ------------------------------------------------------------------------------------ */

#define RULE_PRIORITY_FIRST 10000

static void load_selectors(struct loader *l, const struct rule_input *in, struct rule *rule)
{
    const struct prefix_value *from = &in->from, *to = &in->to;
    rule->from = from->prefix;
    rule->to = to->prefix;
    rule->family = from->prefix.addr.family ? from->prefix.addr.family : to->prefix.addr.family;
    if (rule->to.addr.family && rule->to.addr.family != rule->family)
        diag_error(l->r.diags, to->pos, "from is %s and to is %s: no packet is both",
                   family_name(rule->family), family_name(to->prefix.addr.family));
}

static void load_rule_ifaces(struct loader *l, struct node *node, const struct rule_input *in,
                             struct rule *rule)
{
    if (in->iif.text && load_find_iface(l, node, in->iif.text, in->iif.pos))
        rule->iif = in->iif.text;
    if (in->oif.text && load_find_iface(l, node, in->oif.text, in->oif.pos))
        rule->oif = in->oif.text;
}

static void load_rule_ports(struct loader *l, const struct rule_input *in, struct rule *rule)
{
    const struct ports_value *ports = in->sport.pos.line ? &in->sport : &in->dport;
    bool has_ports =
        rule->ipproto == 6 || rule->ipproto == 17 || rule->ipproto == 33 || rule->ipproto == 132;
    rule->has_sport = in->sport.pos.line;
    rule->has_dport = in->dport.pos.line;
    rule->sport[0] = in->sport.first;
    rule->sport[1] = in->sport.last;
    rule->dport[0] = in->dport.first;
    rule->dport[1] = in->dport.last;
    if (ports->pos.line && !has_ports) {
        diag_error(l->r.diags, ports->pos, "ports belong to a protocol that has them");
        diag_help(l->r.diags, "add `ipproto: tcp` (or udp, sctp, dccp) to the rule");
    }
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_prefix(const struct prefix *a, const struct prefix *b)
{
    if (!a->len && !b->len)
        return true; /* all, or 0.0.0.0/0 */
    return a->len == b->len && addr_equal(&a->addr, &b->addr);
}

/* Whether the kernel would take A and B for one: a family in common, and all else the same. */
static bool same_rule(const struct rule *a, const struct rule *b)
{
    return a->priority == b->priority && (a->family == b->family || !a->family || !b->family) &&
           same_prefix(&a->from, &b->from) && same_prefix(&a->to, &b->to) &&
           same_text(a->iif, b->iif) && same_text(a->oif, b->oif) && a->mark == b->mark &&
           a->mask == b->mask && a->ipproto == b->ipproto &&
           memcmp(a->sport, b->sport, sizeof(a->sport)) == 0 &&
           memcmp(a->dport, b->dport, sizeof(a->dport)) == 0 && a->action == b->action &&
           a->table == b->table;
}

static void check_rule_twice(struct loader *l, const struct node *node, const struct rule *rule)
{
    for (const struct rule *it = node_extra(node)->rules.v; it < rule; it++) {
        if (!same_rule(it, rule))
            continue;
        diag_error(l->r.diags, rule->pos, "%s has this rule twice", node->name);
        diag_note(l->r.diags, it->pos, "the first is here");
    }
}

static void load_rule(struct loader *l, struct node *node, const struct rule_input *in,
                      uint32_t number)
{
    struct rule *rule = vec_add(l->r.arena, &load_node_extra(l, node)->rules);
    *rule = (struct rule){
        .priority = in->priority.pos.line ? in->priority.value : RULE_PRIORITY_FIRST + number,
        .has_mark = in->fwmark.pos.line,
        .mark = in->fwmark.mark,
        .mask = in->fwmark.mask,
        .has_ipproto = in->ipproto.pos.line,
        .ipproto = (uint8_t)in->ipproto.value,
        .action =
            in->type.pos.line ? (enum rule_action)rule_type_values[in->type.value] : RULE_TABLE,
        .table = in->table.value,
        .pos = in->pos};
    load_selectors(l, in, rule);
    load_rule_ifaces(l, node, in, rule);
    load_rule_ports(l, in, rule);
    check_rule_twice(l, node, rule);
}

static void mean_selector(struct meaning *m, struct prefix_value *value)
{
    int family = value->prefix.addr.family;
    if (!value->name) {
        m->fits = m->fits && (!family || family == m->family);
        return;
    }
    struct addr addr = mean_addr(m, value->name, value->pos);
    *value = (struct prefix_value){.prefix = {addr, (uint8_t)(addr.family ? addr_bits(&addr) : 0)},
                                   .pos = value->pos};
}

/* A rule with names in it: one in each family that they have addresses of. */
static void load_named_rule(struct loader *l, struct node *node, const struct rule_input *in,
                            uint32_t number)
{
    struct meaning m = {.l = l, .node = node, .ok = true};
    unsigned made = 0;
    for (int i = 0; i < 2 && m.ok; i++) {
        struct rule_input rule = *in;
        struct prefix_value *const values[] = {&rule.from, &rule.to};
        m.family = i ? AF_INET6 : AF_INET;
        m.fits = true;
        for (size_t j = 0; j < ARRAY_SIZE(values); j++)
            mean_selector(&m, values[j]);
        if (m.ok && m.fits)
            load_rule(l, node, &rule, number);
        made += m.fits;
    }
    check_made(&m, made, in->pos, "rule");
}

void load_routes(struct loader *l)
{
    VEC_EACH (struct node *, it, &l->topo->nodes) {
        if ((*it)->hidden)
            break;
        load_about(l, *it);
        const struct list_value *rules = &load_input(l, *it)->routing_policy;
        const struct rule_input *v = rules->v;
        load_node_routes(l, *it);
        for (uint32_t i = 0; i < rules->n; i++) {
            if (!v[i].bad)
                (v[i].from.name || v[i].to.name ? load_named_rule : load_rule)(l, *it, &v[i], i);
        }
        (*it)->written = (*it)->routes.n;
    }
    load_about(l, NULL);
}
