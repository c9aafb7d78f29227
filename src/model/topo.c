// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Looking things up in a model that is done. */
#include <string.h>
#include <sys/socket.h>

#include "model/kinds.h"

struct node *topo_find_node(const struct topo *topo, const char *name)
{
    return map_get_str(&topo->by_name, name);
}

struct iface *node_find_iface(const struct node *node, const char *name)
{
    if (node->iface_by_name.arena)
        return map_get_str(&node->iface_by_name, name);
    VEC_EACH (struct iface *, it, &node->ifaces) {
        if ((*it)->name && strcmp((*it)->name, name) == 0)
            return *it;
    }
    return NULL;
}

const char *iface_label(struct arena *arena, const struct iface *iface)
{
    return arena_printf(arena, "%s:%s", iface->node->name, iface->name);
}

struct iface *iface_peer(const struct iface *iface)
{
    return iface->link->ends[!iface->end];
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
    return !addr && node->uplink ? iface_first_addr(node->uplink->iface, family) : addr;
}

bool iface_is_up(const struct iface *iface)
{
    return !iface->down && !(iface->link && iface_peer(iface)->down);
}

bool node_forwards(const struct node *node, int family)
{
    static const char *const v4[] = {"net/ipv4/ip_forward", "net/ipv4/conf/all/forwarding"};
    bool on = node->kind->forwards;
    VEC_EACH (const struct sysctl, it, &node->sysctls) {
        bool about = family == AF_INET
                         ? strcmp(it->path, v4[0]) == 0 || strcmp(it->path, v4[1]) == 0
                         : strcmp(it->path, "net/ipv6/conf/all/forwarding") == 0;
        if (about)
            on = strcmp(it->value, "0") != 0;
    }
    return on;
}
