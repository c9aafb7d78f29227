// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/times.h"

/* What is said of a bridge: of one of its own, or of a switch's br0 in its node's `bridge`. */
struct bridge {
    struct list_value ports; /* of text_value */
    struct int_value stp, vlan_filtering, snooping;
    struct int_value forward_delay; /* hundredths of a second; no key of the file */
    struct duration_value ageing;
    struct pos pos; /* of a switch's */
};

extern const struct type type_node_bridge; /* a switch's */
