// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* IP packets of both families in GRE, between two IPv6 addresses. */
#include <netinet/in.h>

#include <linux/if_tunnel.h>
#include <sys/socket.h>

#include "model/devices/tunnel.h"
#include "model/language_devices.h"

#define OVERHEAD 52 /* IPv6, its option for the encapsulation limit, GRE */

static const struct field fields[] = {TUNNEL_FIELDS, TUNNEL_KEY_FIELD};
static const struct table table = DEVICE_TABLE("an", "ip6gre", fields);

static const struct device_option options[] = {
    TUNNEL_ENDS(GRE),
    {"hoplimit", IFLA_GRE_TTL, .form = OPTION_U8, .offset = offsetof(struct tunnel, ttl)},
    {"encaplimit", IFLA_GRE_ENCAP_LIMIT, .form = OPTION_U8,
     .offset = offsetof(struct tunnel, encap_limit)},
    TUNNEL_GRE_KEY,
};

static void finish(struct loader *l, struct iface *iface)
{
    tunnel_finish(l, iface, AF_INET6, OVERHEAD);
}

const struct device_type device_type_ip6gre = {
    .name = "ip6gre",
    .summary = "IP packets in GRE over IPv6",
    .table = &table,
    .size = sizeof(struct tunnel),
    DEVICE_OPTIONS(options),
    .no_mac = true,
    .module = "ip6_gre",
    .config = "IPV6_GRE",
    .ends = &tunnel_ends,
    .load = tunnel_load,
    .finish = finish,
};
