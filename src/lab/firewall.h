// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/str.h"
struct topo;

/* What lab_firewall later needs of TOPO's firewalls; nothing where there are none. */
void firewall_describe(const struct topo *topo, struct str *out);
