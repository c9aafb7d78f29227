// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/util.h"

/*
 * Quantities with their unit, as topologies write them. The whole text must be one; false where it
 * is not, where it lacks its unit, or is too large. Decimal fractions work: 1.5s.
 */

/* us, ms, s, min, h; in microseconds, rounded. */
bool duration_parse(const char *text, uint64_t *ret_us);

/* B, kB (1000), KiB (1024), MB, MiB, GB, GiB; in bytes, rounded. */
bool size_parse(const char *text, uint64_t *ret_bytes);
