// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* IP packets of both families in GRE, between two IPv4 addresses. */
#include <netinet/in.h>

#include <linux/if_tunnel.h>
#include <sys/socket.h>

#include "model/devices/tunnel.h"
#include "model/language_devices.h"

#define OVERHEAD 24 /* IPv4, GRE */
#define KEY_BYTES 4

static const struct field fields[] = {TUNNEL_FIELDS, TUNNEL_KEY_FIELD};
static const struct table table = DEVICE_TABLE("a", "gre", fields);

static const struct option_choice key_flag[] = {{"key", 0x2000}}; /* GRE_KEY */
static const struct device_option options[] = {
    {"local", IFLA_GRE_LOCAL, .form = OPTION_ADDR, .offset = offsetof(struct tunnel, local)},
    {"remote", IFLA_GRE_REMOTE, .form = OPTION_ADDR, .offset = offsetof(struct tunnel, remote)},
    {"ttl", IFLA_GRE_TTL, .form = OPTION_U8, .offset = offsetof(struct tunnel, ttl)},
    {"key", IFLA_GRE_IKEY, .form = OPTION_BE32, .offset = offsetof(struct tunnel, key)},
    {NULL, IFLA_GRE_OKEY, .form = OPTION_BE32, .offset = offsetof(struct tunnel, key)},
    {NULL, IFLA_GRE_IFLAGS, .form = OPTION_FLAG_BE16, .offset = offsetof(struct tunnel, key),
     .choices = key_flag},
    {NULL, IFLA_GRE_OFLAGS, .form = OPTION_FLAG_BE16, .offset = offsetof(struct tunnel, key),
     .choices = key_flag},
};

static void finish(struct loader *l, struct iface *iface)
{
    const struct tunnel *tunnel = iface->device->own;
    tunnel_finish(l, iface, AF_INET, OVERHEAD + (tunnel->key.pos.line ? KEY_BYTES : 0));
}

const struct device_type device_type_gre = {
    .name = "gre",
    .summary = "IP packets in GRE over IPv4",
    .table = &table,
    .size = sizeof(struct tunnel),
    DEVICE_OPTIONS(options),
    .no_mac = true,
    .module = "ip_gre",
    .config = "NET_IPGRE",
    .ends = &tunnel_ends,
    .load = tunnel_load,
    .finish = finish,
};
