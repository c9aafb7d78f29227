// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/load_devices.h"

/* What tunnels between two addresses have in common. */
struct tunnel {
    struct addr_value local, remote;
    struct int_value ttl, key;
    struct int_value encap_limit, protocol; /* no keys of the file */
};

extern const struct device_ends tunnel_ends;

#define TUNNEL_FIELDS                                                                              \
    {"local", "this end's address, or who has it", &type_via, offsetof(struct tunnel, local)},     \
        {"remote", "the other end's address, or who has it", &type_via,                            \
         offsetof(struct tunnel, remote), FIELD_REQUIRED},                                         \
    {                                                                                              \
        "ttl", "of the packets that carry it; by default that of those carried", &type_ttl,        \
            offsetof(struct tunnel, ttl)                                                           \
    }

#define TUNNEL_KEY_FIELD                                                                           \
    {                                                                                              \
        "key", "a number that keeps tunnels between the same ends apart", &type_key,               \
            offsetof(struct tunnel, key)                                                           \
    }

/* How rtnetlink takes the ends, and GRE's key, which comes with a flag that says so. KIND: GRE, as
 * in IFLA_GRE_LOCAL, or IPTUN. */
#define TUNNEL_ENDS(kind)                                                                          \
    {"local", IFLA_##kind##_LOCAL, 0, OPTION_ADDR, offsetof(struct tunnel, local), NULL},          \
    {                                                                                              \
        "remote", IFLA_##kind##_REMOTE, 0, OPTION_ADDR, offsetof(struct tunnel, remote), NULL      \
    }
#define TUNNEL_GRE_KEY_(word, attr, form, choices)                                                 \
    {                                                                                              \
        word, attr, 0, form, offsetof(struct tunnel, key), choices                                 \
    }
#define TUNNEL_GRE_KEY                                                                             \
    TUNNEL_GRE_KEY_("key", IFLA_GRE_IKEY, OPTION_BE32, NULL),                                      \
        TUNNEL_GRE_KEY_(NULL, IFLA_GRE_OKEY, OPTION_BE32, NULL),                                   \
        TUNNEL_GRE_KEY_(NULL, IFLA_GRE_IFLAGS, OPTION_FLAG_BE16, tunnel_key_flag),                 \
        TUNNEL_GRE_KEY_(NULL, IFLA_GRE_OFLAGS, OPTION_FLAG_BE16, tunnel_key_flag)
extern const struct option_choice tunnel_key_flag[];

/* The ends' addresses as a tunnel of FAMILY's, and the MTU that is left by OVERHEAD bytes, and a
 * key's where it has one. */
void tunnel_finish(struct loader *l, struct iface *iface, int family, uint32_t overhead);

/* Of several tunnels of a node with the same ends; one type has no two. */
bool tunnel_load(struct loader *l, struct iface *iface);

/* For a device with ends of either family: what the names of both stand for. */
void tunnel_find_ends(struct loader *l, struct iface *iface, struct addr_value *local,
                      struct addr_value *remote);

/* The MTU of IFACE, whose packets leave from LOCAL (or whatever address) with OVERHEAD more bytes,
 * where the file says nothing. */
void tunnel_set_mtu(struct loader *l, struct iface *iface, const struct addr *local,
                    uint32_t overhead);
