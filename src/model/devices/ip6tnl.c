// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* IP packets of both families in IPv6. */
#include <netinet/in.h>

#include <linux/if_tunnel.h>
#include <sys/socket.h>

#include "model/devices/tunnel.h"
#include "model/language_devices.h"

#define OVERHEAD 48 /* IPv6, its option for the encapsulation limit */

static const struct field fields[] = {TUNNEL_FIELDS};
static const struct table table = DEVICE_TABLE("an", "ip6tnl", fields);

/* Both families in one tunnel. */
static const struct option_choice any[] = {{"any", 0}};
static const struct device_option options[] = {
    {"mode", IFLA_IPTUN_PROTO, .form = OPTION_CHOICE_U8,
     .offset = offsetof(struct tunnel, protocol), .choices = any},
    TUNNEL_ENDS(IPTUN),
    {"hoplimit", IFLA_IPTUN_TTL, .form = OPTION_U8, .offset = offsetof(struct tunnel, ttl)},
    {"encaplimit", IFLA_IPTUN_ENCAP_LIMIT, .form = OPTION_U8,
     .offset = offsetof(struct tunnel, encap_limit)},
};

static void finish(struct loader *l, struct iface *iface)
{
    tunnel_finish(l, iface, AF_INET6, OVERHEAD);
}

const struct device_type device_type_ip6tnl = {
    .name = "ip6tnl",
    .summary = "IP packets in IPv6",
    .table = &table,
    .size = sizeof(struct tunnel),
    DEVICE_OPTIONS(options),
    .no_mac = true,
    .module = "ip6_tunnel",
    .config = "IPV6_TUNNEL",
    .ends = &tunnel_ends,
    .load = tunnel_load,
    .finish = finish,
};
