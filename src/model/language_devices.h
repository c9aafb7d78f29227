// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/language.h"

/* An interface's entry in its node: an iface_input. Which keys it has depends on its type. */
extern const struct type type_iface;

/* struct int_value: a place in device_types */
extern const struct type type_device_type;

/* For the tables of device types (model/devices/). */

/* struct text_value: the name of another interface of the node */
extern const struct type type_other_iface;

/* struct list_value of text_value */
extern const struct type type_other_ifaces;

/* struct list_value of route_input */
extern const struct type type_routes;

/* struct int_value */
extern const struct type type_vlan_id, type_vni, type_ttl, type_key, type_udp_port, type_vrf_table;

#define DEVICE_TABLE(a, of, array)                                                                 \
    {                                                                                              \
        .name = "interface-" of, .what = a " " of " interface", .fields = (array),                 \
        .n = ARRAY_SIZE(array), .more = &iface_table                                               \
    }
