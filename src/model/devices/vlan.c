// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* A VLAN on another interface: what that one carries with this number in its tag. */
#include <netinet/in.h>

#include <linux/if_ether.h>
#include <linux/if_link.h>

#include "model/language_devices.h"
#include "model/load_devices.h"

struct vlan {
    struct text_value parent;
    struct int_value id, protocol;
};

static const char *const protocol_words[] = {"802.1q", "802.1ad", NULL};
static const struct option_choice protocols[] = {{"802.1Q", ETH_P_8021Q},
                                                 {"802.1ad", ETH_P_8021AD}};
static const struct type type_protocol_word = {
    .expects = "802.1q or 802.1ad",
    .read = read_enum,
    .describe = describe_enum,
    .words = protocol_words,
};

static const struct field fields[] = {
    {"parent", "the interface that carries it", &type_other_iface, offsetof(struct vlan, parent),
     FIELD_REQUIRED},
    {"id", "its number", &type_vlan_id, offsetof(struct vlan, id), FIELD_REQUIRED},
    {"protocol", "of its tag: 802.1q (default), or 802.1ad for provider's VLANs",
     &type_protocol_word, offsetof(struct vlan, protocol)},
};
static const struct table table = DEVICE_TABLE("a", "vlan", fields);

static const struct device_option options[] = {
    {"protocol", IFLA_VLAN_PROTOCOL, .form = OPTION_CHOICE_BE16,
     .offset = offsetof(struct vlan, protocol), .choices = protocols},
    {"id", IFLA_VLAN_ID, .form = OPTION_U16, .offset = offsetof(struct vlan, id)},
};

uint32_t vlan_id(const struct iface *iface)
{
    return iface_is(iface, &device_type_vlan) ? ((const struct vlan *)iface->device->own)->id.value
                                              : 0;
}

static bool same(const struct iface *a, const struct iface *b)
{
    const struct vlan *x = a->device->own, *y = b->device->own;
    return a->device->parent == b->device->parent && x->id.value == y->id.value &&
           x->protocol.value == y->protocol.value;
}

static bool load(struct loader *l, struct iface *iface)
{
    const struct vlan *vlan = iface->device->own;
    return device_stand_on(l, iface, &vlan->parent) &&
           device_check_frames(l, iface, iface->device->parent, vlan->parent.pos) &&
           device_check_twin(l, iface, same, vlan->id.pos);
}

static void finish(struct loader *l, struct iface *iface)
{
    device_check_parent_mtu(l, iface);
}

const struct device_type device_type_vlan = {
    .name = "vlan",
    .summary = "a VLAN on another interface",
    .table = &table,
    .size = sizeof(struct vlan),
    DEVICE_OPTIONS(options),
    .on_parent = true,
    .numbered = true,
    .module = "8021q",
    .config = "VLAN_8021Q",
    .load = load,
    .finish = finish,
};
