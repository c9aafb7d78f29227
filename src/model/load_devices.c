// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Devices: interfaces that are no link's end. First all are made, so that they can name each other
 * in any order; then each finds what it stands on and what it is the master of; then a node's
 * interfaces are brought into the order in which the kernel can make them, which is where a circle
 * shows.
 */
#include "model/load_devices.h"

#include "model/load_vlans.h"

#include <string.h>

static void add_device(struct loader *l, struct iface *iface, const struct device_type *type,
                       const void *own, struct pos pos)
{
    struct device *device = arena_new_of(l->r.arena, struct device);
    *device = (struct device){.type = type, .pos = pos};
    device->own = arena_alloc(l->r.arena, type->size);
    if (own) /* what was read may be that of many nodes */
        memcpy(device->own, own, type->size);
    iface->device = device;
    iface->kind = IFACE_DEVICE;
}

void load_add_switch_bridge(struct loader *l, struct iface *iface)
{
    const struct bridge *own = iface->node->hidden ? NULL : &load_input(l, iface->node)->bridge;
    add_device(l, iface, &device_type_bridge, own, iface->pos);
    iface->kind = IFACE_BRIDGE;
}

void load_add_uplink_device(struct loader *l, struct iface *iface, bool pair)
{
    add_device(l, iface, pair ? &device_type_uplink_pair : &device_type_tap, NULL, iface->pos);
    iface->kind = IFACE_UPLINK;
}

/* --- Entries ---------------------------------------------------------------------------------- */

/* What IFACE, which is there without an entry, is. */
static const char *what_it_is(const struct iface *iface)
{
    return iface->kind == IFACE_BRIDGE   ? "the bridge of its node"
           : iface->kind == IFACE_UPLINK ? "the uplink of its node"
                                         : "the end of a link";
}

/* An interface entry that no link answers for: br0 of a bridge, an uplink, or a device of its
 * type. */
static void load_entry(struct loader *l, struct node *node, const struct text_value *name,
                       const struct iface_input *in)
{
    struct diags *d = l->r.diags;
    struct iface *iface = node_find_iface(node, name->text);
    bool uplink = iface && iface->kind == IFACE_UPLINK;
    bool own = uplink || (iface && iface->kind == IFACE_BRIDGE);
    if (in->impair && (own || in->type.pos.line))
        load_refuse_impair(l, in->impair);
    if (in->type.pos.line && iface) {
        diag_error(d, in->type.pos, "%s is %s: it has no type", iface_label(l->scratch, iface),
                   what_it_is(iface));
        diag_note(d, iface->pos, own ? "its node is here" : "the link is here");
    } else if (strcmp(name->text, "lo") == 0) {
        diag_error(d, name->pos, "lo has no entry here");
        diag_help(d, "its addresses are the node's `loopback: […]`");
    } else if (uplink && in->addresses.pos.line) {
        diag_error(d, in->addresses.pos, "the addresses of an uplink follow from its subnets");
        diag_help(d, "uplink: {subnets: [100.127.1.0/24]} gives it the first of each");
    } else if (own) {
        load_iface_attrs(l, iface, in);
    } else if (in->type.pos.line) {
        iface = load_add_iface(l, node, name->text, name->pos);
        add_device(l, iface, device_types[in->type.value], in->own, in->type.pos);
        iface->bad = in->bad;
        load_iface_attrs(l, iface, in);
    } else if (!iface && !in->bad) {
        diag_error(d, name->pos, "no link ends at %s:%s", node->name, name->text);
        diag_help(d, "a device that is no link's end has a type: {type: dummy, …}");
    }
}

static void load_entries(struct loader *l, struct node *node)
{
    const struct map_value *entries = &load_input(l, node)->interfaces;
    const struct iface_input *inputs = entries->v;
    for (uint32_t i = 0; i < entries->n; i++) {
        if (entries->keys[i].text)
            load_entry(l, node, &entries->keys[i], &inputs[i]);
    }
}

/* --- For the types ---------------------------------------------------------------------------- */

struct iface *device_find(struct loader *l, const struct iface *of, const struct text_value *name)
{
    struct iface *found = load_find_iface(l, of->node, name->text, name->pos);
    if (found && found != of && found->kind != IFACE_LO)
        return found;
    if (found)
        diag_error(l->r.diags, name->pos, "%s cannot use %s", iface_label(l->scratch, of),
                   found == of ? "itself" : "lo");
    return NULL;
}

bool device_stand_on(struct loader *l, struct iface *iface, const struct text_value *name)
{
    iface->device->parent = device_find(l, iface, name);
    return iface->device->parent != NULL;
}

/* A switch's link ends are ports of br0 until something else has them. */
static bool is_free(const struct iface *member)
{
    return !member->master || (member->master->kind == IFACE_BRIDGE && member->link);
}

static bool take_member(struct loader *l, struct iface *iface, const struct text_value *name)
{
    struct iface *member = device_find(l, iface, name);
    if (!member)
        return false;
    if (!is_free(member)) {
        diag_error(l->r.diags, name->pos, "%s is in %s already", iface_label(l->scratch, member),
                   member->master == iface ? "it" : member->master->name);
        return false;
    }
    if (iface->device->type->ports && !device_check_frames(l, iface, member, name->pos))
        return false;
    member->master = iface;
    member->no_learning = false;
    return true;
}

bool device_take_members(struct loader *l, struct iface *iface, const struct list_value *names)
{
    const struct text_value *v = names->v;
    bool ok = true;
    for (uint32_t i = 0; i < names->n; i++)
        ok = v[i].text && take_member(l, iface, &v[i]) && ok;
    return ok;
}

bool device_check_frames(struct loader *l, const struct iface *iface, const struct iface *parent,
                         struct pos pos)
{
    if (!parent->device || !parent->device->type->no_mac)
        return true;
    diag_error(l->r.diags, pos, "%s carries no Ethernet frames, so there can be no %s on it",
               iface_label(l->scratch, parent), iface->device->type->name);
    return false;
}

bool device_check_twin(struct loader *l, const struct iface *iface, device_same_fn *same,
                       struct pos pos)
{
    VEC_EACH (struct iface *, it, &iface->node->ifaces) {
        if (*it == iface)
            break;
        if (!iface_is(*it, iface->device->type) || (*it)->bad || !same(*it, iface))
            continue;
        diag_error(l->r.diags, pos, "%s is the same as %s", iface_label(l->scratch, iface),
                   (*it)->name);
        diag_note(l->r.diags, (*it)->pos, "the other one is here");
        return false;
    }
    return true;
}

void device_check_parent_mtu(struct loader *l, const struct iface *iface)
{
    const struct iface *parent = iface->device->parent;
    if (iface->mtu > iface_mtu(parent))
        diag_error(l->r.diags, load_source(l, iface)->mtu,
                   "%s has MTU %u, but %s, which carries it, has %u",
                   iface_label(l->scratch, iface), iface->mtu, parent->name, iface_mtu(parent));
}

void device_default(const struct iface *iface, struct int_value *in, uint32_t value)
{
    if (!in->pos.line)
        *in = (struct int_value){value, iface->device->pos};
}

/* --- Order ------------------------------------------------------------------------------------ */

enum mark { MARK_NONE, MARK_OPEN, MARK_DONE };

/* A node's interfaces, as they come into order. */
struct order {
    struct loader *l;
    struct iface **next; /* where the next one goes in the node's stack */
};

/* Whether what BELOW is on leads back to it, here at IFACE. Then the circle is reported and, for
 * all that comes after, cut open. */
static bool closes_circle(struct loader *l, struct iface *iface, const struct iface *below)
{
    if (below->mark != MARK_OPEN)
        return false;
    diag_error(l->r.diags, iface->pos, "%s stands on itself, by way of %s",
               iface_label(l->scratch, iface), below->name);
    iface->bad = true;
    return true;
}

static void stack(struct order *order, struct iface *iface);

static void stack_members(struct order *order, struct iface *iface)
{
    VEC_EACH (struct iface *, it, &iface->node->ifaces) {
        if ((*it)->master != iface)
            continue;
        if (closes_circle(order->l, iface, *it))
            (*it)->master = NULL;
        else
            stack(order, *it);
    }
}

/* Puts IFACE behind what must be there before it. */
static void stack(struct order *order, struct iface *iface)
{
    struct device *device = iface->device;
    if (iface->mark != MARK_NONE)
        return;
    iface->mark = MARK_OPEN;
    if (device && device->parent && closes_circle(order->l, iface, device->parent))
        device->parent = NULL;
    if (device && device->parent)
        stack(order, device->parent);
    if (device)
        stack_members(order, iface);
    iface->mark = MARK_DONE;
    *order->next++ = iface;
}

static bool has_devices(const struct node *node)
{
    VEC_EACH (struct iface *, it, &node->ifaces) {
        if ((*it)->device)
            return true;
    }
    return false;
}

static void order_node(struct loader *l, struct node *node)
{
    if (!has_devices(node))
        return;
    struct node_extra *extra = load_node_extra(l, node);
    extra->stack = arena_alloc(l->r.arena, node->ifaces.n * sizeof(*extra->stack));
    struct order order = {l, extra->stack};
    VEC_EACH (struct iface *, it, &node->ifaces)
        stack(&order, *it);
}

/* --- Ports ------------------------------------------------------------------------------------ */

/* What a bridge or a bond has for a port carries its packets, and none of its own. */
static void check_port(struct loader *l, const struct iface *iface)
{
    char buf[ADDR_TEXT_MAX];
    bool told = iface->kind == IFACE_VETH && iface->node->kind->bridges; /* by load_addrs */
    if (!iface->addrs.n || !iface_is_port(iface) || told)
        return;
    const struct ifaddr *addr = &iface->addrs.v[0];
    diag_error(l->r.diags, addr->pos, "%s is in the %s %s and has no addresses",
               iface_label(l->scratch, iface), iface->master->device->type->name,
               iface->master->name);
    diag_help(l->r.diags, "give %s the address: {addresses: [%s]}", iface->master->name,
              prefix_text(&addr->prefix, buf));
}

static void check_mac(struct loader *l, const struct iface *iface)
{
    if (iface_extra(iface)->has_mac && iface->device && iface->device->type->no_mac)
        diag_error(l->r.diags, load_source(l, iface)->mac,
                   "%s carries no Ethernet frames, so it has no MAC",
                   iface_label(l->scratch, iface));
}

static void load_own(struct loader *l, struct node *node)
{
    VEC_EACH (struct iface *, it, &node->ifaces) {
        const struct device_type *type = (*it)->device ? (*it)->device->type : NULL;
        if (type && type->load && !(*it)->bad)
            (*it)->bad = !type->load(l, *it);
    }
}

void load_devices(struct loader *l)
{
    VEC_EACH (struct node *, it, &l->topo->nodes) {
        load_about(l, *it);
        if (!(*it)->hidden)
            load_entries(l, *it);
        load_own(l, *it);
        load_node_vlans(l, *it);
        order_node(l, *it);
        VEC_EACH (struct iface *, iface, &(*it)->ifaces) {
            check_port(l, *iface);
            check_mac(l, *iface);
        }
    }
    load_about(l, NULL);
}

void load_finish_devices(struct loader *l)
{
    VEC_EACH (struct node *, node, &l->topo->nodes) {
        load_about(l, *node);
        VEC_EACH (struct iface *, it, &(*node)->ifaces) {
            const struct device_type *type = (*it)->device ? (*it)->device->type : NULL;
            if (type && type->finish && !(*it)->bad)
                type->finish(l, *it);
        }
    }
    load_about(l, NULL);
}
