// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Looking things up in a model that is done. */
#include <string.h>
#include <sys/socket.h>

#include "model/device.h"
#include "model/kinds.h"
#include "model/programs.h"

const struct iface_extra *iface_extra(const struct iface *iface)
{
    static const struct iface_extra nothing;
    return iface->extra ? iface->extra : &nothing;
}

const struct node_extra *node_extra(const struct node *node)
{
    static const struct node_extra nothing;
    return node->extra ? node->extra : &nothing;
}

const struct programs *node_programs(const struct node *node)
{
    static const struct programs none = {0};
    const struct programs *programs = node_extra(node)->programs;
    return programs ? programs : &none;
}

bool node_has_files(const struct node *node)
{
    const struct programs *programs = node_programs(node);
    return programs->files.n || programs->services.n;
}

struct uplink *node_uplink(const struct node *node)
{
    return node_extra(node)->uplink;
}

struct node *topo_find_node(const struct topo *topo, const char *name)
{
    return map_get_str(&topo->by_name, name);
}

struct iface *node_find_iface(const struct node *node, const char *name)
{
    if (node_extra(node)->iface_by_name.arena)
        return map_get_str(&node->extra->iface_by_name, name);
    VEC_EACH (struct iface *, it, &node->ifaces) {
        if ((*it)->name && strcmp((*it)->name, name) == 0)
            return *it;
    }
    return NULL;
}

bool iface_is_port(const struct iface *iface)
{
    return iface->master && iface->master->device->type->ports;
}

struct iface *iface_vrf(const struct iface *iface)
{
    if (iface_is(iface, &device_type_vrf))
        return (struct iface *)iface;
    return iface->master && iface_is(iface->master, &device_type_vrf) ? iface->master : NULL;
}

uint32_t iface_untagged(const struct iface *iface)
{
    const struct vlans *vlans = iface_extra(iface)->vlans;
    return vlans ? vlans->untagged : VLAN_DEFAULT;
}

bool iface_is_tagged(const struct iface *iface, uint32_t vlan)
{
    const struct vlans *vlans = iface_extra(iface)->vlans;
    for (uint32_t i = 0; vlans && i < vlans->tagged.n; i++) {
        const struct vlan_range *range = &vlans->tagged.v[i];
        if (range->first <= vlan && vlan <= range->last)
            return true;
    }
    return false;
}

bool iface_is_numbered(const struct iface *iface)
{
    bool device = iface->kind == IFACE_DEVICE && iface->device->type->numbered;
    return (iface->link || device) && !iface_is_port(iface) && !iface->unnumbered;
}

#define MTU_DEFAULT 1500
#define MTU_LO 65536

/* A bridge takes the smallest of its ports'. */
static uint32_t bridge_mtu(const struct iface *bridge)
{
    uint32_t least = 0;
    VEC_EACH (struct iface *, it, &bridge->node->ifaces) {
        uint32_t mtu = (*it)->master == bridge ? iface_mtu(*it) : 0;
        if (mtu && (!least || mtu < least))
            least = mtu;
    }
    return least ? least : MTU_DEFAULT;
}

uint32_t iface_mtu(const struct iface *iface)
{
    if (iface->mtu)
        return iface->mtu;
    if (iface->kind == IFACE_LO)
        return MTU_LO;
    if (iface->master && iface_is(iface->master, &device_type_bond))
        return iface_mtu(iface->master);
    if (iface->device && iface->device->parent)
        return iface_mtu(iface->device->parent);
    return iface_is(iface, &device_type_bridge) ? bridge_mtu(iface) : MTU_DEFAULT;
}

const char *iface_label(struct arena *arena, const struct iface *iface)
{
    return arena_printf(arena, "%s:%s", iface->node->name, iface->name);
}

struct iface *iface_peer(const struct iface *iface)
{
    return iface->link->ends[!iface->end];
}

const struct iface *node_find_addr(const struct node *node, const struct addr *addr)
{
    VEC_EACH (struct iface *, it, &node->ifaces) {
        if (iface_find_addr(*it, addr))
            return *it;
    }
    return iface_find_addr(node->lo, addr) ? node->lo : NULL;
}

const struct ifaddr *iface_find_addr(const struct iface *iface, const struct addr *addr)
{
    VEC_EACH (const struct ifaddr, it, &iface->addrs) {
        if (addr_equal(&it->prefix.addr, addr))
            return it;
    }
    return NULL;
}

const struct ifaddr *iface_first_addr(const struct iface *iface, int family)
{
    VEC_EACH (const struct ifaddr, it, &iface->addrs) {
        if (it->prefix.addr.family == family && !addr_is_link_local(&it->prefix.addr))
            return it;
    }
    return NULL;
}

const struct ifaddr *node_first_addr(const struct node *node, int family)
{
    const struct ifaddr *addr = NULL;
    VEC_EACH (struct iface *, it, &node->ifaces) {
        if (!addr && (*it)->kind != IFACE_UPLINK)
            addr = iface_first_addr(*it, family);
    }
    if (!addr)
        addr = iface_first_addr(node->lo, family);
    return !addr && node_uplink(node) ? iface_first_addr(node_uplink(node)->iface, family) : addr;
}

bool iface_is_up(const struct iface *iface)
{
    return !iface->down && !(iface->link && iface_peer(iface)->down);
}

bool node_forwards(const struct node *node, int family)
{
    static const char *const v4[] = {"net/ipv4/ip_forward", "net/ipv4/conf/all/forwarding"};
    bool on = node->kind->forwards;
    VEC_EACH (const struct sysctl, it, &node_extra(node)->sysctls) {
        bool about = family == AF_INET
                         ? strcmp(it->path, v4[0]) == 0 || strcmp(it->path, v4[1]) == 0
                         : strcmp(it->path, "net/ipv6/conf/all/forwarding") == 0;
        if (about)
            on = strcmp(it->value, "0") != 0;
    }
    return on;
}
