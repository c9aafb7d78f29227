// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/language_devices.h"

struct vrf {
    struct int_value table;
    struct list_value members; /* of text_value */
    struct list_value routes;  /* of route_input, into its table */
};
