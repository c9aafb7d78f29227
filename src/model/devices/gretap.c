// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Ethernet frames in GRE, between two IPv4 addresses: a long cable. */
#include <netinet/in.h>

#include <linux/if_tunnel.h>
#include <sys/socket.h>

#include "model/devices/tunnel.h"
#include "model/language_devices.h"

#define OVERHEAD 38 /* IPv4, GRE, Ethernet */

static const struct field fields[] = {TUNNEL_FIELDS, TUNNEL_KEY_FIELD};
static const struct table table = DEVICE_TABLE("a", "gretap", fields);

static const struct device_option options[] = {
    TUNNEL_ENDS(GRE),
    {"ttl", IFLA_GRE_TTL, .form = OPTION_U8, .offset = offsetof(struct tunnel, ttl)},
    TUNNEL_GRE_KEY,
};

static void finish(struct loader *l, struct iface *iface)
{
    tunnel_finish(l, iface, AF_INET, OVERHEAD);
}

const struct device_type device_type_gretap = {
    .name = "gretap",
    .summary = "Ethernet frames in GRE over IPv4",
    .table = &table,
    .size = sizeof(struct tunnel),
    DEVICE_OPTIONS(options),
    .module = "ip_gre",
    .config = "NET_IPGRE",
    .ends = &tunnel_ends,
    .load = tunnel_load,
    .finish = finish,
};
