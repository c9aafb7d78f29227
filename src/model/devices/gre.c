// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* IP packets of both families in GRE, between two IPv4 addresses. */
#include <netinet/in.h>

#include <linux/if_tunnel.h>
#include <sys/socket.h>

#include "model/devices/tunnel.h"
#include "model/language_devices.h"

#define OVERHEAD 24 /* IPv4, GRE */

static const struct field fields[] = {TUNNEL_FIELDS, TUNNEL_KEY_FIELD};
static const struct table table = DEVICE_TABLE("a", "gre", fields);

static const struct device_option options[] = {
    TUNNEL_ENDS(GRE),
    {"ttl", IFLA_GRE_TTL, .form = OPTION_U8, .offset = offsetof(struct tunnel, ttl)},
    TUNNEL_GRE_KEY,
};

static void finish(struct loader *l, struct iface *iface)
{
    tunnel_finish(l, iface, AF_INET, OVERHEAD);
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
