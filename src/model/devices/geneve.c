// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Ethernet frames in UDP, like VXLAN with options. */
#include <netinet/in.h>

#include <linux/if_link.h>
#include <sys/socket.h>

#include "model/devices/tunnel.h"
#include "model/language_devices.h"

#define PORT_DEFAULT 6081
#define OVERHEAD_V4 50 /* IP, UDP, GENEVE, Ethernet */
#define OVERHEAD_V6 70

struct geneve {
    struct int_value id, port;
    struct addr_value remote;
};

static const struct field fields[] = {
    {"id", "its number, the VNI", &type_vni, offsetof(struct geneve, id), FIELD_REQUIRED},
    {"remote", "the other end's address, or who has it", &type_via, offsetof(struct geneve, remote),
     FIELD_REQUIRED},
    {"port", "the UDP port (default 6081)", &type_udp_port, offsetof(struct geneve, port)},
};
static const struct table table = DEVICE_TABLE("a", "geneve", fields);

static const struct device_option options[] = {
    {"id", IFLA_GENEVE_ID, .form = OPTION_U32, .offset = offsetof(struct geneve, id)},
    {"remote", IFLA_GENEVE_REMOTE, IFLA_GENEVE_REMOTE6, OPTION_ADDR,
     offsetof(struct geneve, remote)},
    {"dstport", IFLA_GENEVE_PORT, .form = OPTION_BE16, .offset = offsetof(struct geneve, port)},
};

static bool load(struct loader *l, struct iface *iface)
{
    struct geneve *geneve = iface->device->own;
    (void)l;
    device_default(iface, &geneve->port, PORT_DEFAULT);
    return true;
}

/* The kernel wants each other end and number once; names are known only now. */
static bool same(const struct iface *a, const struct iface *b)
{
    const struct geneve *x = a->device->own, *y = b->device->own;
    return x->id.value == y->id.value && x->port.value == y->port.value &&
           addr_equal(&x->remote.addr, &y->remote.addr);
}

static void finish(struct loader *l, struct iface *iface)
{
    struct geneve *geneve = iface->device->own;
    struct addr_value local = {0};
    tunnel_find_ends(l, iface, &local, &geneve->remote);
    device_check_twin(l, iface, same, geneve->id.pos);
    tunnel_set_mtu(l, iface, &local.addr,
                   geneve->remote.addr.family == AF_INET6 ? OVERHEAD_V6 : OVERHEAD_V4);
}

static const struct device_ends ends = {offsetof(struct geneve, remote),
                                        offsetof(struct geneve, id)};

const struct device_type device_type_geneve = {
    .name = "geneve",
    .summary = "Ethernet frames in UDP, like VXLAN with options",
    .table = &table,
    .size = sizeof(struct geneve),
    DEVICE_OPTIONS(options),
    .module = "geneve",
    .config = "GENEVE",
    .ends = &ends,
    .load = load,
    .finish = finish,
};
