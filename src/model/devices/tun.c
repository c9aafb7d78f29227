// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* An interface whose other end is a program that opens it: IP packets. */
#include "model/device.h"
#include "model/language_devices.h"

static const struct table table = {
    .name = "interface-tun",
    .what = "a tun interface",
    .more = &iface_table,
};

const struct device_type device_type_tun = {
    .name = "tun",
    .summary = "IP packets to and from a program",
    .table = &table,
    .maker = MAKER_TUN,
    .no_mac = true,
    .module = "tun",
    .config = "TUN",
};
