// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/err.h"

/* Makes the tun device NAME (of frames: a tap device) with INDEX in the calling thread's network
 * namespace. It stays when nobody has it open. STATUS_LACKING where this user may not, or the
 * kernel has none. */
int tun_make(const char *name, uint32_t index, bool frames, struct err *err);

/* Whether this user may use /dev/net/tun at all; the same errors. */
int tun_check(struct err *err);
