// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/str.h"
#include "model/model.h"

/* What a lab of TOPO is, as JSON text (the caller frees it): lab_describe without what changes. */
char *describe_topo(const struct topo *topo);

/* The lab's /etc/hosts: every node that users see, by the first address of each family. */
void describe_hosts(const struct topo *topo, struct str *out);

/* Its /etc/resolv.conf: the name servers of its uplinks. */
int describe_resolv(const struct topo *topo, struct str *out, struct err *err);
