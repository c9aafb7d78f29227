// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* IPv4 packets in IPv4. */
#include <netinet/in.h>

#include <linux/if_tunnel.h>
#include <sys/socket.h>

#include "model/devices/tunnel.h"
#include "model/language_devices.h"

#define OVERHEAD 20 /* IPv4 */

static const struct field fields[] = {TUNNEL_FIELDS};
static const struct table table = DEVICE_TABLE("an", "ipip", fields);

static const struct option_choice modes[] = {{"ipip", IPPROTO_IPIP}};
static const struct device_option options[] = {
    {"mode", IFLA_IPTUN_PROTO, .form = OPTION_CHOICE_U8,
     .offset = offsetof(struct tunnel, protocol), .choices = modes},
    TUNNEL_ENDS(IPTUN),
    {"ttl", IFLA_IPTUN_TTL, .form = OPTION_U8, .offset = offsetof(struct tunnel, ttl)},
};

static void finish(struct loader *l, struct iface *iface)
{
    tunnel_finish(l, iface, AF_INET, OVERHEAD);
}

const struct device_type device_type_ipip = {
    .name = "ipip",
    .summary = "IPv4 packets in IPv4",
    .table = &table,
    .size = sizeof(struct tunnel),
    DEVICE_OPTIONS(options),
    .no_mac = true,
    .module = "ipip",
    .config = "NET_IPIP",
    .ends = &tunnel_ends,
    .load = tunnel_load,
    .finish = finish,
};
