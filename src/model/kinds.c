// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "model/kinds.h"

const struct node_kind *const node_kinds[] = {
    &node_kind_host, &node_kind_router, &node_kind_switch, &node_kind_hub, &node_kind_nat, NULL,
};
