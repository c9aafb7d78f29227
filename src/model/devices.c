// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "model/device.h"

const struct device_type device_type_uplink_pair = {.name = "veth"};

const struct device_type *const device_types[] = {
    &device_type_dummy,
    &device_type_vlan,
    &device_type_vrf,
    &device_type_bridge,
    &device_type_bond,
    &device_type_vxlan,
    &device_type_gre,
    &device_type_gretap,
    &device_type_ipip,
    &device_type_sit,
    &device_type_ip6gre,
    &device_type_ip6tnl,
    &device_type_geneve,
    &device_type_wireguard,
    &device_type_macvlan,
    &device_type_tun,
    &device_type_tap,
    &device_type_physical,
    NULL,
};
