// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "model/device.h"

const struct device_type *const device_types[] = {
    &device_type_dummy,
    &device_type_bridge,
    NULL,
};
