// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "doc/schema.h"

/* The VLANs of a port, as written: a number, or {tagged: [10-20, 30], untagged: 1}. */
struct vlans_value {
    struct list_value tagged; /* of vlan_range_value */
    struct int_value untagged;
    struct pos pos;
};

struct vlan_range_value {
    uint16_t first, last;
    struct pos pos;
};

extern const struct type type_vlans;
