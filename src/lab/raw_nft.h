// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/err.h"
struct firewall; /* model/firewall.h */
struct topo;     /* model/model.h */

/* 0, or -EOPNOTSUPP with ERR and its place where TOPO has raw nft text and this build has not
 * libnftables, which reads it. */
int raw_nft_check(const struct topo *topo, struct err *err);

/*
 * Loads FW's raw text into the network namespace that the calling thread stands in, as `nft -f`
 * would, with libnftables(3) in a child: the library may end its process. 0, or a negative errno;
 * ERR has the place in the file of what nft complains of, STATUS_WRONG, or STATUS_LACKING where the
 * kernel or this build does not have what it takes.
 */
int raw_nft_load(const struct firewall *fw, struct err *err);
