// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "lab/launch.h"

enum { GUARD_END_MS = 1000 }; /* for a guard that has put all back: it has only to end */

/*
 * Starts lab L's guard, and through it the keeper, as nobody's children. What becomes of them is
 * told on L's talk, whose other end the caller reads; L's descriptors stay the caller's to close.
 */
int guard_start(const struct launch *l, struct err *err);
