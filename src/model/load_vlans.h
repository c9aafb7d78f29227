// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/load.h"

/* What the file says of IFACE's VLANs, if it does. */
void load_vlans(struct loader *l, struct iface *iface, const struct vlans_value *in);

/* When NODE's bridges have their ports: those with VLANs filter. */
void load_node_vlans(struct loader *l, struct node *node);
