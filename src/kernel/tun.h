// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/err.h"

/* Makes a tap NAME with interface index INDEX, which stays without a program that holds it, in the
 * network namespace of the calling thread. STATUS_LACKING where this user may not, or the kernel
 * has none. */
int tun_add_tap(const char *name, uint32_t index, struct err *err);

/* Whether this user may use /dev/net/tun at all; the same errors. */
int tun_check(struct err *err);
