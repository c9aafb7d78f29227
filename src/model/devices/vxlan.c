// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Ethernet frames in UDP, by number: one other end, or a group of them. */
#include <netinet/in.h>

#include <linux/if_link.h>
#include <sys/socket.h>

#include "model/devices/tunnel.h"
#include "model/language_devices.h"

#define PORT_DEFAULT 4789 /* IANA's; the kernel has 8472 where nothing is said */
#define OVERHEAD_V4 50    /* IP, UDP, VXLAN, Ethernet */
#define OVERHEAD_V6 70

struct vxlan {
    struct text_value parent;
    struct int_value id, port, learning;
    struct addr_value local, remote, group;
};

static const struct field fields[] = {
    {"id", "its number, the VNI", &type_vni, offsetof(struct vxlan, id), FIELD_REQUIRED},
    {"local", "this end's address, or who has it", &type_via, offsetof(struct vxlan, local)},
    {"remote", "the other end's address, or who has it", &type_via, offsetof(struct vxlan, remote)},
    {"group", "the multicast group of all ends, in place of remote; needs parent", &type_addr,
     offsetof(struct vxlan, group)},
    {"port", "the UDP port (default 4789)", &type_udp_port, offsetof(struct vxlan, port)},
    {"parent", "the interface that its packets leave by", &type_other_iface,
     offsetof(struct vxlan, parent)},
    {"learning", "whether it learns which end an address is behind (default true)", &type_bool,
     offsetof(struct vxlan, learning)},
};
static const char *const excludes[] = {"remote", "group", NULL};
static const struct table table = {
    .name = "interface-vxlan",
    .what = "a vxlan interface",
    .fields = fields,
    .n = ARRAY_SIZE(fields),
    .more = &iface_table,
    .excludes = excludes,
};

static const struct option_choice learning[] = {{"nolearning", 0}, {"learning", 1}};
static const struct device_option options[] = {
    {"id", IFLA_VXLAN_ID, .form = OPTION_U32, .offset = offsetof(struct vxlan, id)},
    {"dev", IFLA_VXLAN_LINK, .form = OPTION_PARENT},
    {"local", IFLA_VXLAN_LOCAL, IFLA_VXLAN_LOCAL6, OPTION_ADDR, offsetof(struct vxlan, local)},
    {"remote", IFLA_VXLAN_GROUP, IFLA_VXLAN_GROUP6, OPTION_ADDR, offsetof(struct vxlan, remote)},
    {"group", IFLA_VXLAN_GROUP, IFLA_VXLAN_GROUP6, OPTION_ADDR, offsetof(struct vxlan, group)},
    {"dstport", IFLA_VXLAN_PORT, .form = OPTION_BE16, .offset = offsetof(struct vxlan, port)},
    {NULL, IFLA_VXLAN_LEARNING, .form = OPTION_CHOICE_FLAG,
     .offset = offsetof(struct vxlan, learning), .choices = learning},
};

static bool same(const struct iface *a, const struct iface *b)
{
    const struct vxlan *x = a->device->own, *y = b->device->own;
    return x->id.value == y->id.value && x->port.value == y->port.value;
}

static bool load(struct loader *l, struct iface *iface)
{
    struct vxlan *vxlan = iface->device->own;
    device_default(iface, &vxlan->port, PORT_DEFAULT);
    if (vxlan->group.addr.family && !addr_is_multicast(&vxlan->group.addr)) {
        diag_error(l->r.diags, vxlan->group.pos, "group is a multicast address, like 239.1.1.1");
        return false;
    }
    if (vxlan->group.addr.family && !vxlan->parent.text) {
        diag_error(l->r.diags, vxlan->group.pos, "group needs 'parent': where its members are");
        return false;
    }
    return (!vxlan->parent.text || device_stand_on(l, iface, &vxlan->parent)) &&
           device_check_twin(l, iface, same, vxlan->id.pos);
}

static void finish(struct loader *l, struct iface *iface)
{
    struct vxlan *vxlan = iface->device->own;
    struct addr_value *other = vxlan->group.addr.family ? &vxlan->group : &vxlan->remote;
    tunnel_find_ends(l, iface, &vxlan->local, other);
    bool v6 = vxlan->local.addr.family == AF_INET6 || other->addr.family == AF_INET6;
    tunnel_set_mtu(l, iface, &vxlan->local.addr, v6 ? OVERHEAD_V6 : OVERHEAD_V4);
}

static const struct device_ends ends = {offsetof(struct vxlan, remote), offsetof(struct vxlan, id)};

const struct device_type device_type_vxlan = {
    .name = "vxlan",
    .summary = "Ethernet frames in UDP, by number",
    .table = &table,
    .size = sizeof(struct vxlan),
    DEVICE_OPTIONS(options),
    .module = "vxlan",
    .config = "VXLAN",
    .ends = &ends,
    .load = load,
    .finish = finish,
};
