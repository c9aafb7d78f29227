// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/routing.h"

/* What the file says of a node's BGP. A list without a place is `auto`. */
struct bgp {
    struct int_value asn, reflector;
    struct list_value neighbors; /* of bgp_neighbor */
    struct list_value networks;  /* of prefix_value */
};

struct bgp_neighbor {
    struct text_value node;
    struct addr_value address;
    struct int_value asn, client, next_hop_self;
    struct pos pos;
};
