// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The VLANs of ports. Where one port of a bridge has VLANs the bridge filters, and each port of
 * which nothing is said is in VLAN 1. A VLAN of the bridge's own, a device on it, makes the bridge
 * a member.
 */
#include "model/load_vlans.h"

#include "model/device.h"
#include "model/devices/bridge.h"

static void add_range(struct loader *l, struct vlans *vlans, const struct vlan_range_value *in)
{
    if (in->first <= vlans->untagged && vlans->untagged <= in->last)
        diag_error(l->r.diags, in->pos, "VLAN %u is the untagged one here", vlans->untagged);
    for (uint32_t i = 0; i < vlans->tagged.n; i++) {
        const struct vlan_range *other = &vlans->tagged.v[i];
        if (in->first <= other->last && other->first <= in->last)
            diag_error(l->r.diags, in->pos, "VLAN %u is here twice",
                       in->first > other->first ? in->first : other->first);
    }
    vec_push(l->r.arena, &vlans->tagged, ((struct vlan_range){in->first, in->last}));
}

void load_vlans(struct loader *l, struct iface *iface, const struct vlans_value *in)
{
    const struct vlan_range_value *v = in->tagged.v;
    if (!in->pos.line)
        return;
    struct vlans *vlans = arena_new_of(l->r.arena, struct vlans);
    *vlans = (struct vlans){.untagged = (uint16_t)in->untagged.value, .pos = in->pos};
    for (uint32_t i = 0; i < in->tagged.n; i++) {
        if (v[i].first)
            add_range(l, vlans, &v[i]);
    }
    load_iface_extra(l, iface)->vlans = vlans;
}

static bool is_bridge(const struct iface *iface)
{
    return iface && iface_is(iface, &device_type_bridge);
}

/* The bridge that IFACE is a port of has VLANs then. */
static void switch_on(struct loader *l, const struct iface *iface)
{
    if (!is_bridge(iface->master)) {
        diag_error(l->r.diags, iface->extra->vlans->pos,
                   "%s is no port of a bridge, which has VLANs", iface_label(l->scratch, iface));
        diag_help(l->r.diags, "a VLAN on it is another interface: {type: vlan, parent: %s, id: 10}",
                  iface->name);
        return;
    }
    struct bridge *bridge = iface->master->device->own;
    if (!bridge->vlan_filtering.value)
        bridge->vlan_filtering = (struct int_value){1, iface->extra->vlans->pos};
}

/* IFACE is a VLAN on a bridge that filters. */
static void join_bridge(struct loader *l, const struct iface *iface)
{
    struct iface *bridge = iface->device->parent;
    uint16_t id = (uint16_t)vlan_id(iface);
    if (id == VLAN_DEFAULT || iface_is_tagged(bridge, id))
        return;
    struct vlans *vlans = arena_new_of(l->r.arena, struct vlans);
    *vlans = (struct vlans){.untagged = VLAN_DEFAULT, .pos = iface->pos};
    if (iface_extra(bridge)->vlans)
        *vlans = *bridge->extra->vlans;
    vec_push(l->r.arena, &vlans->tagged, ((struct vlan_range){id, id}));
    load_iface_extra(l, bridge)->vlans = vlans;
}

static bool filters(const struct iface *iface)
{
    return is_bridge(iface) && ((const struct bridge *)iface->device->own)->vlan_filtering.value;
}

void load_node_vlans(struct loader *l, struct node *node)
{
    VEC_EACH (struct iface *, it, &node->ifaces) {
        if (iface_extra(*it)->vlans)
            switch_on(l, *it);
    }
    VEC_EACH (struct iface *, it, &node->ifaces) {
        if (iface_is(*it, &device_type_vlan) && filters((*it)->device->parent))
            join_bridge(l, *it);
    }
}
