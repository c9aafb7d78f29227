// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* An interface whose other end is a program that opens it: Ethernet frames. */
#include "model/device.h"
#include "model/language_devices.h"

static const struct table table = {
    .name = "interface-tap",
    .what = "a tap interface",
    .more = &iface_table,
};

const struct device_type device_type_tap = {
    .name = "tap",
    .summary = "Ethernet frames to and from a program",
    .table = &table,
    .maker = MAKER_TUN,
    .module = "tun",
    .config = "TUN",
};
