// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Interfaces. What a file says of one stands in its node's `interfaces` or in the endpoint of a
 * link, which is the same place said twice: saying a thing in both is an error.
 */
#include <arpa/inet.h>
#include <string.h>

#include "model/load.h"

#define LINEAR_MAX 16

static void index_iface(struct iface *iface)
{
    if (iface->node->iface_by_name.arena && iface->name)
        map_put_str(&iface->node->iface_by_name, iface->name, iface);
}

struct iface *load_add_iface(struct loader *l, struct node *node, const char *name, struct pos pos)
{
    struct arena *arena = l->r.arena;
    struct iface *iface = arena_new_of(arena, struct iface);
    *iface = (struct iface){.name = name,
                            .node = node,
                            .kind = IFACE_VETH,
                            .index = IFINDEX_FIRST + l->ifaces++,
                            .pos = pos};
    vec_push(arena, &node->ifaces, iface);
    if (node->ifaces.n == LINEAR_MAX) {
        map_init(&node->iface_by_name, arena);
        VEC_EACH (struct iface *, it, &node->ifaces)
            index_iface(*it);
    } else {
        index_iface(iface);
    }
    return iface;
}

void load_name_iface(struct iface *iface, const char *name)
{
    iface->name = name;
    index_iface(iface);
}

void load_add_bridge(struct loader *l, struct node *node)
{
    if (node->kind->bridges)
        load_add_iface(l, node, "br0", node->pos)->kind = IFACE_BRIDGE;
}

static void check_addr(struct loader *l, const struct iface *iface,
                       const struct prefix_value *value)
{
    const struct prefix *p = &value->prefix;
    const struct addr network = prefix_network(p), last = prefix_last(p);
    char buf[ADDR_TEXT_MAX];
    if (addr_is_unspecified(&p->addr) || addr_is_multicast(&p->addr) || addr_is_loopback(&p->addr))
        diag_error(l->r.diags, value->pos, "%s cannot be an interface's address",
                   addr_text(&p->addr, buf));
    else if (p->addr.family == AF_INET && p->len < 31 && addr_equal(&p->addr, &network))
        diag_warning(l->r.diags, value->pos, "%s is its subnet's own address, not a host's",
                     prefix_text(p, buf));
    else if (p->addr.family == AF_INET && p->len < 31 && addr_equal(&p->addr, &last))
        diag_warning(l->r.diags, value->pos, "%s is its subnet's broadcast address",
                     prefix_text(p, buf));
    if (iface->node->kind->bridges && iface->kind == IFACE_VETH) {
        diag_error(l->r.diags, value->pos, "%s is a port of a %s and has no addresses",
                   iface_label(l->r.arena, iface), iface->node->kind->name);
        diag_help(l->r.diags,
                  "give the %s its address on br0: interfaces: {br0: {addresses: "
                  "[%s]}}",
                  iface->node->kind->name, prefix_text(p, buf));
    }
}

void load_addrs(struct loader *l, struct iface *iface, const struct list_value *values)
{
    const struct prefix_value *v = values->v;
    char buf[ADDR_TEXT_MAX];
    for (uint32_t i = 0; i < values->n; i++) {
        if (!v[i].pos.line)
            continue;
        const struct ifaddr *twice = iface_find_addr(iface, &v[i].prefix.addr);
        if (twice) {
            diag_error(l->r.diags, v[i].pos, "%s has address %s twice",
                       iface_label(l->r.arena, iface), addr_text(&v[i].prefix.addr, buf));
            diag_note(l->r.diags, twice->pos, "first given here");
            continue;
        }
        check_addr(l, iface, &v[i]);
        vec_push(l->r.arena, &iface->addrs,
                 ((struct ifaddr){.prefix = v[i].prefix, .pos = v[i].pos}));
    }
}

void load_said_twice(struct loader *l, const struct iface *iface, const char *what, struct pos pos)
{
    diag_error(l->r.diags, pos, "%s of %s is given twice", what, iface_label(l->r.arena, iface));
    diag_help(l->r.diags, "the link, its endpoint and the node's `interfaces`: say it in one");
}

static void take_sysctls(struct loader *l, struct iface *iface, const struct map_value *sysctls)
{
    const struct text_value *values = sysctls->v;
    for (uint32_t i = 0; i < sysctls->n; i++) {
        const char *key = sysctls->keys[i].text;
        if (!key || !values[i].text)
            continue;
        bool neigh = strncmp(key + 4, ".neigh.", 7) == 0;
        const char *path =
            arena_printf(l->r.arena, "net/%.4s/%s/%s/%s", key, neigh ? "neigh" : "conf",
                         iface->name, key + (neigh ? 11 : 5));
        VEC_EACH (const struct sysctl, it, &iface->sysctls) {
            if (strcmp(it->path, path) == 0)
                load_said_twice(l, iface, key, sysctls->keys[i].pos);
        }
        struct sysctl sysctl = {.path = path, .value = values[i].text, .pos = sysctls->keys[i].pos};
        vec_push(l->r.arena, &iface->sysctls, sysctl);
    }
}

void load_iface_attrs(struct loader *l, struct iface *iface, const struct iface_input *in)
{
    if (in->mac.pos.line) {
        if (iface->has_mac)
            load_said_twice(l, iface, "mac", in->mac.pos);
        iface->has_mac = true;
        iface->mac = in->mac.mac;
        iface->mac_pos = in->mac.pos;
    }
    if (in->mtu.pos.line) {
        if (iface->mtu)
            load_said_twice(l, iface, "mtu", in->mtu.pos);
        iface->mtu = in->mtu.value;
        iface->mtu_pos = in->mtu.pos;
    }
    if (in->state.pos.line) {
        if (iface->state_pos.line)
            load_said_twice(l, iface, "state", in->state.pos);
        iface->down = in->state.value != 0;
        iface->state_pos = in->state.pos;
    }
    if (in->alias.text) {
        if (iface->alias)
            load_said_twice(l, iface, "alias", in->alias.pos);
        iface->alias = in->alias.text;
    }
    if (in->addresses.pos.line) {
        if (iface->addrs_pos.line)
            load_said_twice(l, iface, "addresses", in->addresses.pos);
        else
            load_addrs(l, iface, &in->addresses);
        iface->addrs_pos = in->addresses.pos;
    }
    take_sysctls(l, iface, &in->sysctls);
}

/* What IFACE, which is there without an entry, is; and what made it. */
static const char *what_it_is(const struct iface *iface)
{
    switch (iface->kind) {
    case IFACE_BRIDGE:
        return "the bridge of its node";
    case IFACE_UPLINK:
        return "the uplink of its node";
    case IFACE_LO:
    case IFACE_VETH:
    case IFACE_DUMMY:
    case IFACE_PHYSICAL:
        break;
    }
    return "the end of a link";
}

/* LENT: the interfaces of the host that are lent, by their names there. */
static void load_device(struct loader *l, struct node *node, const struct text_value *name,
                        const struct iface_input *in, struct map *lent)
{
    struct diags *d = l->r.diags;
    struct iface *iface = load_add_iface(l, node, name->text, name->pos);
    const struct text_value *host = &in->host_interface;
    iface->kind = IFACE_DUMMY + in->type.value;
    load_iface_attrs(l, iface, in);
    if (iface->kind != IFACE_PHYSICAL)
        return;
    iface->host_interface = host->text;
    if (!host->pos.line && !in->bad) {
        diag_error(d, in->type.pos, "%s does not say which interface of this machine it is",
                   iface_label(l->r.arena, iface));
        diag_help(d, "{type: physical, host-interface: enp3s0}; `ip link` shows what there is");
    }
    struct iface *first = host->text ? map_get_str(lent, host->text) : NULL;
    if (first) {
        diag_error(d, host->pos, "%s is lent twice", host->text);
        diag_note(d, first->pos, "%s has it", iface_label(l->r.arena, first));
    } else if (host->text) {
        map_put_str(lent, host->text, iface);
    }
}

/* An interface entry that no link answers for: br0 of a bridge, an uplink, or a device of its
 * type. */
static void load_entry(struct loader *l, struct node *node, const struct text_value *name,
                       const struct iface_input *in, struct map *lent)
{
    struct diags *d = l->r.diags;
    struct iface *iface = node_find_iface(node, name->text);
    bool own = iface && (iface->kind == IFACE_BRIDGE || iface->kind == IFACE_UPLINK);
    bool physical = in->type.pos.line && IFACE_DUMMY + in->type.value == IFACE_PHYSICAL;
    if (in->host_interface.pos.line && !physical && !in->bad) {
        diag_error(d, in->host_interface.pos, "host-interface is for type: physical");
        return;
    }
    if (in->type.pos.line && iface) {
        diag_error(d, in->type.pos, "%s is %s: it has no type", iface_label(l->r.arena, iface),
                   what_it_is(iface));
        diag_note(d, iface->pos, own ? "its node is here" : "the link is here");
    } else if (strcmp(name->text, "lo") == 0) {
        diag_error(d, name->pos, "lo has no entry here");
        diag_help(d, "its addresses are the node's `loopback: […]`");
    } else if (own && iface->kind == IFACE_UPLINK && in->addresses.pos.line) {
        diag_error(d, in->addresses.pos, "the addresses of an uplink follow from its subnets");
        diag_help(d, "uplink: {subnets: [100.127.1.0/24]} gives it the first of each");
    } else if (own) {
        load_iface_attrs(l, iface, in);
    } else if (in->type.pos.line) {
        load_device(l, node, name, in, lent);
    } else if (!iface && !in->bad) {
        diag_error(d, name->pos, "no link ends at %s:%s", node->name, name->text);
        diag_help(d, "a device that is no link's end has a type: {type: dummy, …}");
    }
}

void load_devices(struct loader *l)
{
    struct map lent;
    map_init(&lent, l->scratch);
    for (uint32_t i = 0; i < l->topo->nodes.n && !l->topo->nodes.v[i]->hidden; i++) {
        struct node *node = l->topo->nodes.v[i];
        const struct map_value *entries = &load_input(l, node)->interfaces;
        const struct iface_input *inputs = entries->v;
        load_about(l, node);
        for (uint32_t j = 0; j < entries->n; j++) {
            if (entries->keys[j].text)
                load_entry(l, node, &entries->keys[j], &inputs[j], &lent);
        }
    }
    load_about(l, NULL);
}
