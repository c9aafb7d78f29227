// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/str.h"

/*
 * Quantities with their unit, as topologies write them. The whole text must be one; false where it
 * is not, where it lacks its unit, or is too large. Decimal fractions work: 1.5s.
 */
#define DECIMALS_MAX 18 /* behind the point */
#define DECIMAL_PATTERN "[0-9]+([.][0-9]{1,18})?"
#define TIME_PATTERN "^" DECIMAL_PATTERN "(us|ms|s|min|h)$"
#define BITRATE_PATTERN "^(?![0.]+[kmgt]?bit$)" DECIMAL_PATTERN "[kmgt]?bit$" /* not 0 */
#define SHARE_PATTERN "^(0*100([.]0{1,18})?|0*[0-9]{1,2}([.][0-9]{1,18})?)%$"

/* us, ms, s, min, h; in microseconds, rounded. */
bool duration_parse(const char *text, uint64_t *ret_us);

/* The same in nanoseconds. */
bool duration_parse_ns(const char *text, uint64_t *ret_ns);

/* B, kB (1000), KiB (1024), MB, MiB, GB, GiB; in bytes, rounded. */
bool size_parse(const char *text, uint64_t *ret_bytes);

/* bit, kbit (1000), mbit, gbit, tbit a second; in bits, rounded. */
bool rate_parse(const char *text, uint64_t *ret_bits);

/* A share from 0% to 100%, as a fraction of SHARE_WHOLE, rounded. */
#define SHARE_WHOLE UINT32_MAX
bool share_parse(const char *text, uint32_t *ret);

/*
 * And back: the shortest text that is read as the very same number, in the largest unit of which
 * there is one. Durations end at seconds, which tc(8) knows too.
 */
void units_add_duration(struct str *s, uint64_t ns);
void units_add_size(struct str *s, uint64_t bytes);
void units_add_rate(struct str *s, uint64_t bits);
void units_add_share(struct str *s, uint32_t share);
