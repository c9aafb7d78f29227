// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Where keys come from. A private key is any 32 random bytes; the public one that belongs to it is
 * the kernel's business: an interface of WireGuard's that has the one tells the other. So there is
 * an interface for that, in a namespace of its own, before any of the lab's is made: all must be
 * known when the first peer is set.
 */
#include "lab/keyring.h"

#include <linux/if_link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "kernel/netns.h"
#include "netlink/rtnl.h"
#include "netlink/wg.h"

#define INDEX IFINDEX_FIRST

struct key_pair {
    uint8_t secret[WG_KEY_LEN], public[WG_KEY_LEN];
};

struct keyring {
    uint16_t family;
    uint32_t n;
    struct key_pair pairs[]; /* by the secrets' ids */
};

uint16_t keyring_family(const struct keyring *ring)
{
    return ring->family;
}

const uint8_t *keyring_secret(const struct keyring *ring, const struct wg_secret *secret)
{
    return ring->pairs[secret->id].secret;
}

const uint8_t *keyring_public(const struct keyring *ring, const struct wg_secret *secret)
{
    return ring->pairs[secret->id].public;
}

void keyring_free(struct keyring *ring)
{
    if (ring)
        explicit_bzero(ring->pairs, ring->n * sizeof(ring->pairs[0]));
    free(ring);
}

static int draw(uint8_t *key, struct err *err)
{
    ssize_t got = getrandom(key, WG_KEY_LEN, 0); /* so few are not interrupted */
    return got == WG_KEY_LEN ? 0 : err_sys(err, got < 0 ? -errno : -EIO, "drawing a key");
}

static int make_interface(struct err *err)
{
    CLEAN_NL struct nl *nl = NULL;
    int r = nl_open(&nl, err);
    if (r < 0)
        return r;
    struct nl_msg *m = rtnl_begin_link(nl, NLM_F_CREATE | NLM_F_EXCL, INDEX, 0);
    nl_put_str(m, IFLA_IFNAME, "wg0");
    NL_NEST (m, IFLA_LINKINFO)
        nl_put_str(m, IFLA_INFO_KIND, "wireguard");
    nl_queue(nl, 0);
    return nl_send(nl, err);
}

static int find_public(const struct keyring *ring, struct nl *nl, struct key_pair *pair,
                       struct err *err)
{
    wg_set_key(nl, ring->family, INDEX, pair->secret, 0, 0);
    int r = nl_send(nl, err);
    return r < 0 ? r : wg_get_public(nl, ring->family, INDEX, pair->public, err);
}

/* In the namespace that is thrown away. */
static int fill(struct keyring *ring, const struct topo *topo, struct err *err)
{
    CLEAN_NL struct nl *nl = NULL;
    int r = make_interface(err);
    if (r == 0)
        r = nl_open_protocol(NETLINK_GENERIC, &nl, err);
    if (r == 0)
        r = wg_find_family(nl, &ring->family, err);
    VEC_EACH (const struct wg_secret *, it, &topo->secrets) {
        struct key_pair *pair = &ring->pairs[(*it)->id];
        if ((*it)->text)
            memcpy(pair->secret, (*it)->key, WG_KEY_LEN);
        else if (r == 0)
            r = draw(pair->secret, err);
        if (r == 0 && !(*it)->shared)
            r = find_public(ring, nl, pair, err);
    }
    return r;
}

int keyring_new(const struct topo *topo, int home, struct keyring **ret, struct err *err)
{
    uint32_t n = topo->secrets.n;
    CLEAN_FD int aside = -1;
    struct err back;
    if (!n)
        return 0;
    struct keyring *ring = calloc(1, sizeof(*ring) + n * sizeof(ring->pairs[0]));
    if (!ring)
        return err_sys(err, -ENOMEM, "making keys");
    ring->n = n;
    int r = netns_new(&aside, err);
    if (r == 0) {
        r = fill(ring, topo, err);
        if (netns_enter(home, &back) < 0 && r == 0) {
            *err = back;
            r = back.code;
        }
    }
    if (r < 0) {
        keyring_free(ring);
        return err_context(err, "making the keys of WireGuard");
    }
    *ret = ring;
    return 0;
}
