// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* A routing table of its own for some of a node's interfaces. Its members keep their addresses;
 * what comes in by them is routed by its table alone. */
#include "model/devices/vrf.h"

#include <netinet/in.h>

#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include "model/load_devices.h"

static const struct field fields[] = {
    {"table", "the number of its routing table", &type_vrf_table, offsetof(struct vrf, table),
     FIELD_REQUIRED},
    {"members", "the interfaces that are in it", &type_other_ifaces, offsetof(struct vrf, members)},
    {"routes", "static routes in its table", &type_routes, offsetof(struct vrf, routes)},
};
static const struct table table = DEVICE_TABLE("a", "vrf", fields);

static const struct device_option options[] = {
    {"table", IFLA_VRF_TABLE, .form = OPTION_U32, .offset = offsetof(struct vrf, table)},
};

static bool same(const struct iface *a, const struct iface *b)
{
    const struct vrf *x = a->device->own, *y = b->device->own;
    return x->table.value == y->table.value;
}

uint32_t vrf_table(const struct iface *iface)
{
    return ((const struct vrf *)iface->device->own)->table.value;
}

static bool load(struct loader *l, struct iface *iface)
{
    const struct vrf *vrf = iface->device->own;
    if (vrf->table.value >= RT_TABLE_DEFAULT && vrf->table.value <= RT_TABLE_LOCAL) {
        diag_error(l->r.diags, vrf->table.pos, "table %u is the kernel's own", vrf->table.value);
        return false;
    }
    return device_check_twin(l, iface, same, vrf->table.pos) &&
           device_take_members(l, iface, &vrf->members);
}

const struct device_type device_type_vrf = {
    .name = "vrf",
    .summary = "a routing table of its own for some interfaces",
    .table = &table,
    .size = sizeof(struct vrf),
    DEVICE_OPTIONS(options),
    .module = "vrf",
    .config = "NET_VRF",
    .load = load,
};
