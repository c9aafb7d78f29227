// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

struct topo;

/* What lab_firewall later needs of TOPO's firewalls, as JSON text (malloc'ed); NULL where there are
 * none. */
char *firewall_describe(const struct topo *topo);
