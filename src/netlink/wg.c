// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "netlink/wg.h"

#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/wireguard.h>
#include <string.h>
#include <sys/socket.h>

static struct nl_msg *begin(struct nl *nl, uint16_t type, uint8_t command, uint8_t version)
{
    const struct genlmsghdr header = {.cmd = command, .version = version};
    struct nl_msg *m = nl_begin(nl, type, 0);
    nl_put_header(m, &header, sizeof(header));
    return m;
}

/* --- The family ------------------------------------------------------------------------------- */

static int take_family(void *arg, const struct nlmsghdr *msg)
{
    const struct nlattr *attr;
    mnl_attr_for_each(attr, msg, GENL_HDRLEN)
    {
        if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID &&
            mnl_attr_validate(attr, MNL_TYPE_U16) == 0)
            *(uint16_t *)arg = mnl_attr_get_u16(attr);
    }
    return 0;
}

int wg_find_family(struct nl *nl, uint16_t *ret_family, struct err *err)
{
    struct nl_refusal refusal;
    uint16_t family = 0;
    nl_on_reply(nl, take_family, &family);
    nl_put_str(begin(nl, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 1), CTRL_ATTR_FAMILY_NAME, WG_GENL_NAME);
    nl_queue(nl, 0);
    int r = nl_flush(nl, &refusal);
    nl_on_reply(nl, NULL, NULL);
    if (r < 0 || !family)
        return err_lacking(err, r < 0 ? r : -ENOENT, "this kernel has no WireGuard");
    *ret_family = family;
    return 0;
}

/* --- Keys ------------------------------------------------------------------------------------- */

static struct nl_msg *begin_set(struct nl *nl, uint16_t family, uint32_t index)
{
    struct nl_msg *m = begin(nl, family, WG_CMD_SET_DEVICE, WG_GENL_VERSION);
    nl_put_u32(m, WGDEVICE_A_IFINDEX, index);
    return m;
}

void wg_set_key(struct nl *nl, uint16_t family, uint32_t index, const uint8_t *key, uint16_t port,
                uint32_t cookie)
{
    struct nl_msg *m = begin_set(nl, family, index);
    nl_put(m, WGDEVICE_A_PRIVATE_KEY, key, WG_KEY_LEN);
    if (port)
        nl_put_u16(m, WGDEVICE_A_LISTEN_PORT, port);
    nl_queue(nl, cookie);
}

struct found_key {
    uint8_t *key;
    bool found;
};

static int take_public(void *arg, const struct nlmsghdr *msg)
{
    struct found_key *found = arg;
    const struct nlattr *attr;
    mnl_attr_for_each(attr, msg, GENL_HDRLEN)
    {
        if (mnl_attr_get_type(attr) != WGDEVICE_A_PUBLIC_KEY ||
            mnl_attr_get_payload_len(attr) != WG_KEY_LEN)
            continue;
        memcpy(found->key, mnl_attr_get_payload(attr), WG_KEY_LEN);
        found->found = true;
    }
    return 0;
}

int wg_get_public(struct nl *nl, uint16_t family, uint32_t index, uint8_t *ret_key, struct err *err)
{
    struct found_key found = {.key = ret_key};
    nl_put_u32(begin(nl, family, WG_CMD_GET_DEVICE, WG_GENL_VERSION), WGDEVICE_A_IFINDEX, index);
    int r = nl_dump(nl, take_public, &found, err);
    if (r == 0 && !found.found)
        r = err_set(err, -ENODATA, "the kernel gives no public key");
    return r;
}

/* --- Peers ------------------------------------------------------------------------------------ */

static void put_endpoint(struct nl_msg *m, const struct addr *addr, uint16_t port)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    memcpy(&v4.sin_addr, addr->bytes, sizeof(v4.sin_addr));
    memcpy(&v6.sin6_addr, addr->bytes, sizeof(v6.sin6_addr));
    if (addr->family == AF_INET)
        nl_put(m, WGPEER_A_ENDPOINT, &v4, sizeof(v4));
    else
        nl_put(m, WGPEER_A_ENDPOINT, &v6, sizeof(v6));
}

static void put_allowed(struct nl_msg *m, const struct prefix *prefix)
{
    NL_NEST (m, 0) {
        nl_put_u16(m, WGALLOWEDIP_A_FAMILY, prefix->addr.family);
        nl_put_addr(m, WGALLOWEDIP_A_IPADDR, &prefix->addr);
        nl_put_u8(m, WGALLOWEDIP_A_CIDR_MASK, prefix->len);
    }
}

static void put_peer(struct nl_msg *m, const struct wg_peer *peer, const uint8_t *key,
                     const uint8_t *preshared)
{
    nl_put(m, WGPEER_A_PUBLIC_KEY, key, WG_KEY_LEN);
    if (preshared)
        nl_put(m, WGPEER_A_PRESHARED_KEY, preshared, WG_KEY_LEN);
    if (peer->endpoint.family)
        put_endpoint(m, &peer->endpoint, peer->port);
    if (peer->keepalive)
        nl_put_u16(m, WGPEER_A_PERSISTENT_KEEPALIVE_INTERVAL, peer->keepalive);
    NL_NEST (m, WGPEER_A_ALLOWEDIPS) {
        VEC_EACH (struct prefix, it, &peer->allowed)
            put_allowed(m, it);
    }
}

void wg_add_peer(struct nl *nl, uint16_t family, uint32_t index, const struct wg_peer *peer,
                 const uint8_t *key, const uint8_t *preshared, uint32_t cookie)
{
    struct nl_msg *m = begin_set(nl, family, index);
    NL_NEST (m, WGDEVICE_A_PEERS) {
        NL_NEST (m, 0)
            put_peer(m, peer, key, preshared);
    }
    nl_queue(nl, cookie);
}
