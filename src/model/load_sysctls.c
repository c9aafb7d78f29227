// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * What the file sets, after what the node's kind starts with. A sysctl that names an interface
 * waits until that exists.
 */
#include <string.h>
#include <sys/socket.h>

#include "model/load.h"

/* As in sysctl(8): where the first separator is a dot, dots and slashes change places. */
static const char *sysctl_path(struct loader *l, const char *name)
{
    char *path = arena_strdup(l->r.arena, name);
    if (name[3] != '.')
        return path;
    for (char *p = path; *p; p++) {
        if (*p == '.')
            *p = '/';
        else if (*p == '/')
            *p = '.';
    }
    return path;
}

/* Whether SYSCTL is about an interface (net/FAMILY/{conf,neigh}/NAME/…) other than lo, which is
 * there from the start; then *RET is that, or NULL after an error: the node has none of that name.
 */
static bool names_iface(struct loader *l, const struct node *node, const struct sysctl *sysctl,
                        const struct iface **ret)
{
    char family[16], what[16], name[16];
    if (sscanf(sysctl->path, "net/%15[^/]/%15[^/]/%15[^/]/", family, what, name) != 3 ||
        (strcmp(what, "conf") != 0 && strcmp(what, "neigh") != 0) || strcmp(name, "all") == 0 ||
        strcmp(name, "default") == 0 || strcmp(name, "lo") == 0)
        return false;
    *ret = node_find_iface(node, name);
    if (!*ret)
        diag_error(l->r.diags, sysctl->pos, "%s has no interface '%s'", node->name, name);
    return true;
}

/* SYSCTL at the end, and what was said of the same before no more: setting one may change others
 * (ip_forward does), so the last word comes last. */
void load_set_sysctl(struct loader *l, struct node *node, struct sysctl sysctl)
{
    struct node_extra *extra = load_node_extra(l, node);
    uint32_t kept = 0;
    VEC_EACH (struct sysctl, it, &extra->sysctls) {
        if (strcmp(it->path, sysctl.path) != 0)
            extra->sysctls.v[kept++] = *it;
    }
    extra->sysctls.n = kept;
    vec_push(l->r.arena, &extra->sysctls, sysctl);
}

static void take_forwarding(struct loader *l, struct node *node, const struct int_value *forwarding)
{
    static const char *const paths[] = {"net/ipv4/ip_forward", "net/ipv6/conf/all/forwarding"};
    if (!forwarding->pos.line)
        return;
    for (size_t i = 0; i < ARRAY_SIZE(paths); i++)
        load_set_sysctl(l, node,
                        (struct sysctl){.path = paths[i],
                                        .value = forwarding->value ? "1" : "0",
                                        .pos = forwarding->pos,
                                        .if_there = i == 1});
}

static bool has_sysctl(const struct node *node, const char *path)
{
    VEC_EACH (const struct sysctl, it, &node_extra(node)->sysctls) {
        if (strcmp(it->path, path) == 0)
            return true;
    }
    return false;
}

/* What is set for `default` is meant for lo too, which is there already. Whether the kernel hands
 * it on depends on what was ever written on this machine, so it is said. */
static void take_for_lo(struct loader *l, struct node *node, const struct sysctl *sysctl)
{
    static const char prefix[] = "net/ipv4/conf/default/";
    struct sysctl lo = *sysctl;
    if (!str_starts(sysctl->path, prefix))
        return;
    lo.path = arena_printf(l->r.arena, "net/ipv4/conf/lo/%s", sysctl->path + strlen(prefix));
    if (!has_sysctl(node, lo.path))
        load_set_sysctl(l, node, lo);
}

static void check_said_once(struct loader *l, const struct iface *iface,
                            const struct sysctl *sysctl)
{
    VEC_EACH (const struct sysctl, it, &iface_extra(iface)->sysctls) {
        if (strcmp(it->path, sysctl->path) != 0)
            continue;
        diag_error(l->r.diags, sysctl->pos, "this sysctl of %s is given twice",
                   iface_label(l->scratch, iface));
        diag_note(l->r.diags, it->pos, "the other one is here");
    }
}

static void take_sysctls(struct loader *l, struct node *node, const struct map_value *sysctls)
{
    const struct text_value *values = sysctls->v;
    for (uint32_t i = 0; i < sysctls->n; i++) {
        if (!sysctls->keys[i].text || !values[i].text)
            continue;
        struct sysctl sysctl = {.path = sysctl_path(l, sysctls->keys[i].text),
                                .value = values[i].text,
                                .pos = sysctls->keys[i].pos};
        const struct iface *iface = NULL;
        if (names_iface(l, node, &sysctl, &iface)) {
            if (iface)
                check_said_once(l, iface, &sysctl);
            vec_push(l->r.arena, &load_node_extra(l, node)->late_sysctls, sysctl);
            continue;
        }
        load_set_sysctl(l, node, sysctl);
        take_for_lo(l, node, &sysctl);
    }
}

static bool asks_for_dad(const struct sysctl *sysctls, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (str_ends(sysctls[i].path, "/accept_dad") && strcmp(sysctls[i].value, "0") != 0)
            return true;
    }
    return false;
}

/* Duplicate address detection is off for what a lab numbers, unless the node asks for it. */
static void take_dad(struct node *node)
{
    const struct node_extra *extra = node_extra(node);
    bool all = asks_for_dad(extra->sysctls.v, extra->sysctls.n) ||
               asks_for_dad(extra->late_sysctls.v, extra->late_sysctls.n);
    VEC_EACH (struct iface *, it, &node->ifaces) {
        const struct iface_extra *own = iface_extra(*it);
        bool dad = all || asks_for_dad(own->sysctls.v, own->sysctls.n);
        VEC_EACH (struct ifaddr, addr, &(*it)->addrs)
            addr->dad = dad && addr->prefix.addr.family == AF_INET6;
    }
}

/* br0 of a switch speaks IPv6 where it has an address for it; its ports never do. */
static void take_bridge_ipv6(struct loader *l, struct node *node)
{
    struct iface *bridge = node->kind->bridges ? node->ifaces.v[0] : NULL;
    bool wanted = false;
    for (uint32_t i = 0; bridge && i < bridge->addrs.n; i++)
        wanted = wanted || bridge->addrs.v[i].prefix.addr.family == AF_INET6;
    if (!wanted)
        return;
    struct iface_extra *extra = load_iface_extra(l, bridge);
    vec_add(l->r.arena, &extra->sysctls);
    struct sysctl *first = extra->sysctls.v;
    memmove(first + 1, first, (extra->sysctls.n - 1) * sizeof(*first));
    *first = (struct sysctl){.path = "net/ipv6/conf/br0/disable_ipv6", .value = "0"};
}

void load_sysctls(struct loader *l)
{
    VEC_EACH (struct node *, it, &l->topo->nodes) {
        struct node *node = *it;
        load_about(l, node);
        if (!node->hidden) {
            take_forwarding(l, node, &load_input(l, node)->forwarding);
            take_sysctls(l, node, &load_input(l, node)->sysctls);
        }
        take_bridge_ipv6(l, node);
        take_dad(node);
    }
    load_about(l, NULL);
}
