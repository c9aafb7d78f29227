// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The ends of tunnels: names become addresses of one family, and the MTU is what is left of that
 * below. The kernel finds out the latter when it makes a tunnel, but when it makes ours there is
 * neither an address nor a route yet.
 */
#include "model/devices/tunnel.h"

#include <string.h>
#include <netinet/in.h>

#include <sys/socket.h>

#define MTU_DEFAULT 1500
#define KEY_BYTES 4          /* RFC 2890 */
#define HOP_LIMIT_DEFAULT 64 /* as ip(8) has them */
#define ENCAP_LIMIT_DEFAULT 4

const struct device_ends tunnel_ends = {offsetof(struct tunnel, remote),
                                        offsetof(struct tunnel, key)};

const struct option_choice tunnel_key_flag[] = {{"key", 0x2000}}; /* GRE_KEY */

static const char *family_name(int family)
{
    return family == AF_INET ? "IPv4" : "IPv6";
}

bool tunnel_load(struct loader *l, struct iface *iface)
{
    struct tunnel *tunnel = iface->device->own;
    (void)l;
    if (iface_is(iface, &device_type_ip6gre) || iface_is(iface, &device_type_ip6tnl))
        device_default(iface, &tunnel->ttl, HOP_LIMIT_DEFAULT);
    if (iface_is(iface, &device_type_sit)) /* the kernel by itself has 64 for these alone */
        device_default(iface, &tunnel->ttl, 0);
    device_default(iface, &tunnel->encap_limit, ENCAP_LIMIT_DEFAULT);
    device_default(iface, &tunnel->protocol, 0);
    return true;
}

/* --- Addresses -------------------------------------------------------------------------------- */

/* The address of FAMILY that END stands for, or NULL. */
static const struct addr *addr_of(struct loader *l, const struct addr_value *end, int family)
{
    struct named named;
    if (!end->name)
        return end->addr.family == family ? &end->addr : NULL;
    if (!load_named(l, end->name, end->pos, &named))
        return NULL;
    const struct ifaddr *addr = named_addr(&named, family);
    return addr ? &addr->prefix.addr : NULL;
}

static bool is_given(const struct addr_value *end)
{
    return end->pos.line != 0;
}

static void report_family(struct loader *l, const struct iface *iface, const struct addr_value *end,
                          int family)
{
    if (end->name)
        diag_error(l->r.diags, end->pos, "%s has no %s address", end->name, family_name(family));
    else
        diag_error(l->r.diags, end->pos, "a %s is between %s addresses", iface->device->type->name,
                   family_name(family));
}

/* END's name as its address; false after an error. */
static bool fix(struct loader *l, const struct iface *iface, struct addr_value *end, int family)
{
    if (!is_given(end))
        return true;
    unsigned errors = l->r.diags->errors;
    const struct addr *addr = addr_of(l, end, family);
    if (!addr && l->r.diags->errors == errors)
        report_family(l, iface, end, family);
    if (!addr)
        return false;
    end->addr = *addr;
    end->name = NULL;
    return true;
}

static void check_ends(struct loader *l, const struct iface *iface, const struct addr_value *local,
                       const struct addr_value *remote)
{
    char buf[ADDR_TEXT_MAX];
    const struct node *node = iface->node;
    if (is_given(local) && !node_find_addr(node, &local->addr))
        diag_error(l->r.diags, local->pos, "%s has no address %s for a tunnel to start at",
                   node->name, addr_text(&local->addr, buf));
    if (is_given(remote) && node_find_addr(node, &remote->addr))
        diag_error(l->r.diags, remote->pos, "%s is %s itself: a tunnel has its other end elsewhere",
                   addr_text(&remote->addr, buf), node->name);
}

static void fix_both(struct loader *l, struct iface *iface, struct addr_value *local,
                     struct addr_value *remote, int family)
{
    iface->bad = !fix(l, iface, local, family) || !fix(l, iface, remote, family);
    if (!iface->bad)
        check_ends(l, iface, local, remote);
}

/* Whether END can be of FAMILY, as far as it is given. */
static bool can_be(struct loader *l, const struct addr_value *end, int family)
{
    return !is_given(end) || addr_of(l, end, family);
}

void tunnel_find_ends(struct loader *l, struct iface *iface, struct addr_value *local,
                      struct addr_value *remote)
{
    unsigned errors = l->r.diags->errors;
    bool v4 = can_be(l, local, AF_INET) && can_be(l, remote, AF_INET);
    bool v6 = can_be(l, local, AF_INET6) && can_be(l, remote, AF_INET6);
    iface->bad = l->r.diags->errors != errors;
    if (iface->bad)
        return;
    if (!v4 && !v6) {
        diag_error(l->r.diags, remote->pos, "local and remote are not of one family");
        iface->bad = true;
        return;
    }
    fix_both(l, iface, local, remote, v4 ? AF_INET : AF_INET6);
}

/* --- MTU -------------------------------------------------------------------------------------- */

/* The smallest of NODE's link ends that it routes over. */
static uint32_t least_mtu(const struct node *node)
{
    uint32_t least = 0;
    VEC_EACH (struct iface *, it, &node->ifaces) {
        uint32_t mtu = (*it)->link && !iface_is_port(*it) ? iface_mtu(*it) : 0;
        if (mtu && (!least || mtu < least))
            least = mtu;
    }
    return least ? least : MTU_DEFAULT;
}

static uint32_t mtu_below(const struct iface *iface, const struct addr *local)
{
    const struct iface *below = iface->device->parent;
    if (!below && local->family)
        below = node_find_addr(iface->node, local);
    return below && below->kind != IFACE_LO ? iface_mtu(below) : least_mtu(iface->node);
}

void tunnel_set_mtu(struct loader *l, struct iface *iface, const struct addr *local,
                    uint32_t overhead)
{
    uint32_t room = mtu_below(iface, local);
    uint32_t fits = room > overhead + 68 ? room - overhead : 68;
    if (!iface->mtu) {
        iface->mtu = fits;
    } else if (iface->mtu > fits) {
        diag_warning(l->r.diags, load_source(l, iface)->mtu,
                     "%s has MTU %u; below it there is room for %u", iface_label(l->scratch, iface),
                     iface->mtu, fits);
        diag_help(l->r.diags, "%u less %u for the tunnel; larger packets will be lost or in pieces",
                  room, overhead);
    }
}

/* --- Tunnels of one family -------------------------------------------------------------------- */

static bool same(const struct iface *a, const struct iface *b)
{
    const struct tunnel *x = a->device->own, *y = b->device->own;
    return addr_equal(&x->local.addr, &y->local.addr) &&
           addr_equal(&x->remote.addr, &y->remote.addr) && x->key.value == y->key.value;
}

void tunnel_finish(struct loader *l, struct iface *iface, int family, uint32_t overhead)
{
    struct tunnel *tunnel = iface->device->own;
    fix_both(l, iface, &tunnel->local, &tunnel->remote, family);
    if (iface->bad)
        return;
    device_check_twin(l, iface, same, iface->pos);
    tunnel_set_mtu(l, iface, &tunnel->local.addr,
                   overhead + (tunnel->key.pos.line ? KEY_BYTES : 0));
}
