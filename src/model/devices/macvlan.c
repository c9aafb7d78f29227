// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Another MAC address on another interface, as if it were one more on the same wire. */
#include <netinet/in.h>

#include <linux/if_link.h>

#include "model/language_devices.h"
#include "model/load_devices.h"

struct macvlan {
    struct text_value parent;
    struct int_value mode;
};

static const char *const mode_words[] = {"bridge", "private", "vepa", "passthru", NULL};
static const struct option_choice modes[] = {
    {"bridge", MACVLAN_MODE_BRIDGE},
    {"private", MACVLAN_MODE_PRIVATE},
    {"vepa", MACVLAN_MODE_VEPA},
    {"passthru", MACVLAN_MODE_PASSTHRU},
};
static const struct type type_mode = {
    .expects = "one of bridge, private, vepa, passthru",
    .read = read_enum,
    .describe = describe_enum,
    .words = mode_words,
};

static const struct field fields[] = {
    {"parent", "the interface that it shares", &type_other_iface, offsetof(struct macvlan, parent),
     FIELD_REQUIRED},
    {"mode", "whom on the same interface it reaches: bridge (default), private, vepa, passthru",
     &type_mode, offsetof(struct macvlan, mode)},
};
static const struct table table = DEVICE_TABLE("a", "macvlan", fields);

static const struct device_option options[] = {
    {"mode", IFLA_MACVLAN_MODE, .form = OPTION_CHOICE_U32, .offset = offsetof(struct macvlan, mode),
     .choices = modes},
};

static bool load(struct loader *l, struct iface *iface)
{
    struct macvlan *macvlan = iface->device->own;
    device_default(iface, &macvlan->mode, 0);
    return device_stand_on(l, iface, &macvlan->parent) &&
           device_check_frames(l, iface, iface->device->parent, macvlan->parent.pos);
}

static void finish(struct loader *l, struct iface *iface)
{
    device_check_parent_mtu(l, iface);
}

const struct device_type device_type_macvlan = {
    .name = "macvlan",
    .summary = "another MAC address on an interface",
    .table = &table,
    .size = sizeof(struct macvlan),
    DEVICE_OPTIONS(options),
    .on_parent = true,
    .numbered = true,
    .module = "macvlan",
    .config = "MACVLAN",
    .load = load,
    .finish = finish,
};
