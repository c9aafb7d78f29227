// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Links. Ends are made in file order, named ones with their names; then the unnamed ones get eth0,
 * eth1, … around the names that are taken; then each end gets what its endpoint, its node's entry
 * and the link say of it, in this order of precedence. A LAN is a hidden switch with a link to each
 * member, so that nothing after this file knows of LANs.
 */
#include <string.h>

#include "model/load.h"
#include "model/load_vlans.h"

/* One link as written, with the ends it got. */
struct written {
    struct link_input in;
    const char *about;
    struct iface **ends; /* one for each endpoint or member; NULL where there is no such node */
};

static const struct list_value *endpoints_of(const struct link_input *in)
{
    return in->lan.pos.line ? &in->lan : &in->endpoints;
}

static struct iface *add_end(struct loader *l, const struct endpoint_input *endpoint)
{
    const struct text_value *written = &endpoint->node;
    struct node *node = written->text ? load_find_node(l, written->text, written->pos) : NULL;
    const char *name = endpoint->interface.text;
    if (!node)
        return NULL;
    const struct iface *twice = name ? node_find_iface(node, name) : NULL;
    if (name && strcmp(name, "lo") == 0) {
        diag_error(l->r.diags, endpoint->interface.pos,
                   "lo is every node's own: no link ends there");
        return NULL;
    }
    if (twice && twice->kind == IFACE_BRIDGE) {
        diag_error(l->r.diags, endpoint->interface.pos,
                   "br0 of %s is its bridge: a link ends at a port of it", node->name);
        diag_help(l->r.diags, "write the node alone: %s", node->name);
        return NULL;
    }
    if (twice) {
        bool uplink = twice->kind == IFACE_UPLINK;
        diag_error(l->r.diags, endpoint->interface.pos,
                   uplink ? "%s:%s is its uplink: no link ends there"
                          : "%s:%s is the end of two links",
                   node->name, name);
        diag_note(l->r.diags, twice->pos, uplink ? "the uplink is here" : "the first is here");
        return NULL;
    }
    return load_add_iface(l, node, name, endpoint->pos);
}

/* The entry NAME in NODE's `interfaces`, or NULL. */
static const struct iface_input *find_entry(const struct loader *l, const struct node *node,
                                            const char *name)
{
    const struct map_value *entries = &load_input(l, node)->interfaces;
    const struct iface_input *inputs = entries->v;
    for (uint32_t i = 0; i < entries->n; i++) {
        if (entries->keys[i].text && strcmp(entries->keys[i].text, name) == 0)
            return &inputs[i];
    }
    return NULL;
}

static bool is_device(const struct loader *l, const struct node *node, const char *name)
{
    const struct iface_input *entry = find_entry(l, node, name);
    return entry && entry->type.pos.line;
}

/* "ethN", one text for all that are called so. */
static const char *eth_name(struct loader *l, uint32_t n)
{
    while (l->eth_names.n <= n) {
        const char *name = arena_printf(l->r.arena, "eth%u", l->eth_names.n);
        vec_push(l->scratch, &l->eth_names, name);
    }
    return l->eth_names.v[n];
}

static void name_end(struct loader *l, struct iface *iface, uint32_t *next)
{
    const char *name;
    do
        name = eth_name(l, next[iface->node->id]++);
    while (node_find_iface(iface->node, name) || is_device(l, iface->node, name));
    load_name_iface(iface, name);
}

/* What the link says for its end number I. */
static void take_from_link(struct loader *l, struct iface *iface, const struct link_input *in,
                           uint32_t i)
{
    struct iface_source *source = load_source(l, iface);
    const struct list_value *slots = in->addresses.v;
    const struct int_value *mtu = &in->mtu;
    if (!mtu->pos.line && !iface->node->hidden)
        mtu = &load_input(l, iface->node)->mtu;
    if (!iface->mtu && mtu->pos.line) {
        iface->mtu = mtu->value;
        source->mtu = mtu->pos;
    }
    if (!source->state.line)
        iface->down = in->state.value != 0;
    if (in->addresses.pos.line && (i >= in->addresses.n || !slots[i].pos.line))
        iface->unnumbered = true;
    if (i >= in->addresses.n || !slots[i].pos.line)
        return;
    if (iface->addressed)
        load_said_twice(l, iface, "addresses", slots[i].pos);
    else
        load_addrs(l, iface, &slots[i]);
    iface->addressed = true;
}

static void fill_end(struct loader *l, const struct written *w, uint32_t i)
{
    const struct endpoint_input *endpoints = endpoints_of(&w->in)->v;
    struct iface *iface = w->ends[i];
    if (!iface)
        return;
    const struct iface_input *entry = find_entry(l, iface->node, iface->name);
    load_iface_attrs(l, iface, &endpoints[i].attrs);
    if (entry)
        load_iface_attrs(l, iface, entry);
    take_from_link(l, iface, &w->in, i);
    const struct impair_inputs impair = {w->in.impair, endpoints[i].attrs.impair,
                                         entry ? entry->impair : NULL};
    load_impair(l, iface, &impair);
    if (iface->node->kind->bridges && !iface_extra(iface)->vlans)
        load_vlans(l, iface, &w->in.vlan);
    if (iface->node->kind->bridges) {
        iface->master = iface->node->ifaces.v[0];
        iface->no_learning = !iface->node->kind->learns;
    }
}

static struct link *add_link(struct loader *l, struct iface *a, struct iface *b,
                             const struct written *w)
{
    const struct link_input *in = &w->in;
    struct link *link = arena_new_of(l->r.arena, struct link);
    const struct text_value *labels = in->labels.v;
    *link = (struct link){.ends = {a, b},
                          .queues = in->queues.pos.line ? (uint16_t)in->queues.value : 1,
                          .cost = in->cost.pos.line ? in->cost.value : 1,
                          .ranged = w->about != NULL,
                          .pos = in->pos};
    for (uint32_t i = 0; i < in->labels.n; i++) {
        if (labels[i].text)
            vec_push(l->r.arena, &link->labels,
                     ((struct label){in->labels.keys[i].text, labels[i].text}));
    }
    a->link = b->link = link;
    b->end = 1;
    vec_push(l->scratch, &l->topo->links, link);
    return link;
}

/* The hidden switch that a LAN is, with a port for each of the members that there are. */
static void make_lan(struct loader *l, const struct written *w)
{
    struct topo *topo = l->topo;
    struct node *bridge = arena_new_of(l->r.arena, struct node);
    struct lan *lan = vec_add(l->r.arena, &topo->lans);
    *bridge = (struct node){.name = arena_printf(l->r.arena, "@lan%u", topo->lans.n),
                            .id = topo->nodes.n,
                            .kind = &node_kind_switch,
                            .lo = &load_plain_lo,
                            .hidden = true,
                            .pos = w->in.pos};
    vec_push(l->scratch, &topo->nodes, bridge);
    load_add_bridge(l, bridge);
    *lan = (struct lan){.bridge = bridge, .pos = w->in.pos};
    for (uint32_t i = 0; i < w->in.lan.n; i++) {
        if (!w->ends[i])
            continue;
        char name[16];
        snprintf(name, sizeof(name), "port%u", i + 1);
        struct iface *port =
            load_add_iface(l, bridge, arena_strdup(l->r.arena, name), w->ends[i]->pos);
        port->master = bridge->ifaces.v[0];
        port->mtu = w->in.mtu.value;
        load_impair(l, port, &(struct impair_inputs){.link = w->in.impair});
        vec_push(l->r.arena, &lan->members, w->ends[i]);
        add_link(l, w->ends[i], port, w);
    }
}

/* A link's `vlan` is that of its ends at switches. */
static void check_vlan(struct loader *l, const struct written *w)
{
    bool any = !w->in.vlan.pos.line;
    for (uint32_t i = 0; i < endpoints_of(&w->in)->n; i++)
        any = any || !w->ends[i] || w->ends[i]->node->kind->bridges;
    if (any)
        return;
    diag_error(l->r.diags, w->in.vlan.pos, "no end of this link is at a switch, which has VLANs");
    diag_help(l->r.diags, "elsewhere a VLAN is an interface: {type: vlan, parent: eth0, id: 10}");
}

static void make_link(struct loader *l, const struct written *w)
{
    check_vlan(l, w);
    if (w->in.lan.n)
        make_lan(l, w);
    else if (w->ends[0] && w->ends[1])
        add_link(l, w->ends[0], w->ends[1], w);
    for (uint32_t i = 0; i < endpoints_of(&w->in)->n; i++) {
        if (w->ends[i] && w->ends[i]->link && w->in.subnets.n)
            vec_push(l->scratch, &l->numberings, ((struct numbering){w->ends[i], &w->in.subnets}));
        if (w->ends[i] && w->ends[i]->link && w->in.subnets.n)
            break;
    }
}

static void check_written(struct loader *l, const struct link_input *in)
{
    uint32_t ends = endpoints_of(in)->n;
    if (in->addresses.n && in->addresses.n != ends)
        diag_error(l->r.diags, in->addresses.pos, "%u endpoints, but addresses for %u", ends,
                   in->addresses.n);
    if (in->addresses.n && in->addresses.n != ends)
        diag_help(l->r.diags, "one item per endpoint, in order; ~ for an end without");
    if (in->addresses.pos.line && in->subnets.n)
        diag_error(l->r.diags, in->subnets.pos, "a link has 'addresses' or 'subnets', not both");
}

static void read_link(struct loader *l, const struct link_doc *link, struct written *w)
{
    l->r.diags->about = link->about;
    w->about = link->about;
    struct reader r = load_reader(l);
    type_read(&r, &type_link, link->doc, &w->in);
    const struct list_value *endpoints = endpoints_of(&w->in);
    const struct endpoint_input *v = endpoints->v;
    check_written(l, &w->in);
    w->ends = arena_alloc(l->scratch, (endpoints->n + 2) * sizeof(*w->ends));
    for (uint32_t i = 0; i < endpoints->n; i++)
        w->ends[i] = add_end(l, &v[i]);
}

/* ITEM of `links` on what every link starts from. */
static const struct doc_node *merge_defaults(struct loader *l, const struct doc_node *item)
{
    const struct doc_node *defaults = l->root.defaults_link.node;
    if (!defaults || defaults->kind != DOC_MAP)
        return doc_merge(l->scratch, NULL, item);
    if (item->kind == DOC_LIST) {
        struct doc_entry *entry = arena_new_of(l->scratch, struct doc_entry);
        struct doc_node *map = arena_new_of(l->scratch, struct doc_node);
        *entry = (struct doc_entry){.key = "endpoints", .key_pos = item->pos, .value = item};
        *map = doc_map_of(entry, 1, item->pos);
        item = map;
    }
    return doc_merge(l->scratch, defaults, item);
}

static void check_defaults(struct loader *l)
{
    const struct doc_node *defaults = l->root.defaults_link.node;
    struct link_input scratch = {0};
    struct reader r = load_reader(l);
    r.unbound = true;
    if (defaults)
        table_read(&r, type_default_link.table, doc_merge(l->scratch, NULL, defaults), &scratch);
}

static void finish_link(struct loader *l, const struct written *w, uint32_t *next)
{
    uint32_t ends = endpoints_of(&w->in)->n;
    l->r.diags->about = w->about;
    for (uint32_t i = 0; i < ends; i++) {
        if (w->ends[i] && !w->ends[i]->name)
            name_end(l, w->ends[i], next);
    }
    for (uint32_t i = 0; i < ends; i++)
        fill_end(l, w, i);
    make_link(l, w);
}

void load_links(struct loader *l)
{
    const struct doc_node *links = l->root.links.node;
    check_defaults(l);
    if (!links || doc_is_nothing(links) || l->root.nodes.node->kind != DOC_MAP)
        return;
    if (links->kind != DOC_LIST) {
        type_mismatch(&l->r, &type_links, links);
        return;
    }
    link_docs docs = {0};
    for (uint32_t i = 0; i < links->n; i++) {
        if (!load_link_docs(l, merge_defaults(l, links->items[i]), &docs))
            return;
    }
    uint32_t *next = arena_alloc(l->scratch, (l->topo->nodes.n + 1) * sizeof(*next));
    struct written *written = arena_alloc(l->scratch, (docs.n + 1) * sizeof(*written));
    for (uint32_t i = 0; i < docs.n; i++)
        read_link(l, &docs.v[i], &written[i]);
    for (uint32_t i = 0; i < docs.n; i++)
        finish_link(l, &written[i], next);
    l->r.diags->about = NULL;
}
