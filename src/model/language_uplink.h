// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/values.h"

struct uplink_input {
    struct int_value mode; /* an enum uplink_mode, less one */
    struct text_value interface;
    struct list_value subnets; /* of prefix_value */
    struct pos pos;
};

extern const struct type type_uplink; /* struct uplink_input */
