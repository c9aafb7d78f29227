// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* An interface with no other end, which swallows what it is sent. */
#include "model/device.h"
#include "model/language_devices.h"

static const struct table table = {
    .name = "interface-dummy",
    .what = "a dummy interface",
    .more = &iface_table,
};

const struct device_type device_type_dummy = {
    .name = "dummy",
    .summary = "an interface with no other end",
    .table = &table,
    .module = "dummy",
    .config = "DUMMY",
};
