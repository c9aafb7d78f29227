// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Names where addresses are used: a node's name, or NODE:INTERFACE. They are looked up when all is
 * numbered, and mean an address of each family that fits.
 */
#include <string.h>
#include <sys/socket.h>

#include "model/load.h"

struct node *load_find_node(struct loader *l, const char *name, struct pos pos)
{
    struct topo *topo = l->topo;
    struct node *node = topo_find_node(topo, name);
    if (node || l->nodes_missing)
        return node;
    diag_error(l->r.diags, pos, "unknown node '%s'", name);
    if (!l->r.diags->last || l->r.diags->errors > DIAG_SHOWN_MAX) /* a look costs */
        return NULL;
    const char **words = arena_alloc(l->scratch, (topo->nodes.n + 1) * sizeof(*words));
    for (uint32_t i = 0; i < topo->nodes.n; i++)
        words[i] = topo->nodes.v[i]->hidden ? NULL : topo->nodes.v[i]->name;
    if (!diag_help_nearest(l->r.diags, name, words, topo->nodes.n))
        diag_help(l->r.diags, "add it to the nodes: `%s:`", name);
    return NULL;
}

bool load_report_iface(struct loader *l, const struct node *node, const char *name, struct pos pos)
{
    const char **words = arena_alloc(l->scratch, (node->ifaces.n + 1) * sizeof(*words));
    for (uint32_t i = 0; i < node->ifaces.n; i++)
        words[i] = node->ifaces.v[i]->name;
    diag_error(l->r.diags, pos, "%s has no interface '%s'", node->name, name);
    return diag_help_nearest(l->r.diags, name, words, node->ifaces.n);
}

struct iface *load_find_iface(struct loader *l, const struct node *node, const char *name,
                              struct pos pos)
{
    struct iface *iface = strcmp(name, "lo") == 0 ? load_lo(l, node) : node_find_iface(node, name);
    if (iface)
        return iface;
    struct str all CLEAN_STR = {0};
    VEC_EACH (struct iface *, it, &node->ifaces)
        str_addf(&all, "%s%s", all.len ? ", " : "", (*it)->name);
    if (!load_report_iface(l, node, name, pos))
        diag_help(l->r.diags, "it has: %s", all.len ? all.text : "none, as no link ends at it");
    return NULL;
}

bool load_named(struct loader *l, const char *text, struct pos pos, struct named *ret)
{
    const char *colon = strchr(text, ':');
    const char *name =
        arena_strndup(l->scratch, text, colon ? (size_t)(colon - text) : strlen(text));
    *ret = (struct named){.node = load_find_node(l, name, pos)};
    if (ret->node && colon)
        ret->iface = load_find_iface(l, ret->node, colon + 1, pos);
    return ret->node && (ret->iface || !colon);
}

const struct ifaddr *named_addr(const struct named *named, int family)
{
    if (!named->iface)
        return node_first_addr(named->node, family);
    return iface_first_addr(named->iface, family);
}

/* The first address of FAMILY at THEIRS that one of OURS has in its subnet. */
static const struct ifaddr *common_addr(const struct iface *ours, const struct iface *theirs,
                                        int family, bool onlink)
{
    VEC_EACH (const struct ifaddr, addr, &theirs->addrs) {
        if (addr->prefix.addr.family != family || addr_is_link_local(&addr->prefix.addr))
            continue;
        if (onlink)
            return addr;
        VEC_EACH (const struct ifaddr, own, &ours->addrs) {
            if (prefix_contains(&own->prefix, &addr->prefix.addr))
                return addr;
        }
    }
    return NULL;
}

const struct ifaddr *named_neighbour(const struct named *named, const struct node *node,
                                     const struct hop_wish *wish, int family)
{
    VEC_EACH (struct iface *, ours, &node->ifaces) {
        if (wish->dev && strcmp(wish->dev, (*ours)->name) != 0)
            continue;
        VEC_EACH (struct iface *, theirs, &named->node->ifaces) {
            if ((*theirs)->segment != (*ours)->segment || *theirs == *ours ||
                (named->iface && named->iface != *theirs))
                continue;
            const struct ifaddr *addr = common_addr(*ours, *theirs, family, wish->onlink);
            if (addr)
                return addr;
        }
    }
    return NULL;
}

bool named_shares_segment(const struct named *named, const struct node *node)
{
    VEC_EACH (struct iface *, ours, &node->ifaces) {
        VEC_EACH (struct iface *, theirs, &named->node->ifaces) {
            if ((*theirs)->segment == (*ours)->segment)
                return true;
        }
    }
    return false;
}
