// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/util.h"

/*
 * Disjoint sets of numbers: PARENT[i] is i itself for the root that stands for a set. Each number
 * starts as its own.
 */

/* The root of I's set, halving the path on the way. */
static inline uint32_t disjoint_find(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

/* The smaller root becomes that of both. */
static inline void disjoint_join(uint32_t *parent, uint32_t a, uint32_t b)
{
    a = disjoint_find(parent, a);
    b = disjoint_find(parent, b);
    if (a < b)
        parent[b] = a;
    else
        parent[a] = b;
}
