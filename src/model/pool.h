// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/addr.h"
#include "base/vec.h"

/*
 * A prefix out of which smaller ones are given, each time the lowest that is still free. What is
 * free are blocks, kept by length; one that is too large is halved until it fits.
 */
struct pool {
    struct arena *arena;
    struct prefix prefix;
    VEC(struct addr) free[129]; /* blocks by length, the lowest last */
};

/* PREFIX without the N prefixes of USED, which are sorted by address; they may overlap, and lie
 * outside of PREFIX. */
void pool_init(struct pool *pool, struct arena *arena, const struct prefix *prefix,
               const struct prefix *used, uint32_t n);

/* The lowest free prefix of length LEN, at least the pool's; false where there is none. */
bool pool_take(struct pool *pool, unsigned len, struct prefix *ret);

/* How many prefixes of length LEN could be taken; UINT32_MAX: that many or more. */
uint32_t pool_room(const struct pool *pool, unsigned len);
