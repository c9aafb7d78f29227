// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/arena.h"

/*
 * A growing array in an arena: VEC(struct route) routes; then routes.v[i], routes.n. Growing
 * doubles and leaves the old block to the arena.
 */
#define VEC(type)                                                                                  \
    struct {                                                                                       \
        type *v;                                                                                   \
        uint32_t n, cap;                                                                           \
    }

/* Room for one more at the end: a pointer to the new, zeroed element. */
#define vec_add(arena, vec)                                                                        \
    ((vec)->v = vec_grow((arena), (vec)->v, (vec)->n, &(vec)->cap, sizeof(*(vec)->v)),             \
     &(vec)->v[(vec)->n++])

#define vec_push(arena, vec, value) (*vec_add(arena, vec) = (value))

/* Room for N elements in all, in one block. */
#define vec_reserve(arena, vec, wanted)                                                            \
    ((vec)->v = vec_widen((arena), (vec)->v, (vec)->n, &(vec)->cap, (wanted), sizeof(*(vec)->v)))

/* What grew in an arena that is given back: into one block of its size in another one. */
#define vec_settle(arena, vec)                                                                     \
    ((vec)->v = vec_copy((arena), (vec)->v, (vec)->n, sizeof(*(vec)->v)), (vec)->cap = (vec)->n)

/* For each element there is at the start, by pointer. */
#define VEC_EACH(type, it, vec)                                                                    \
    for (__typeof__(type) *it = (vec)->v, *it##_end = it ? it + (vec)->n : it; it < it##_end; it++)

/* V, or a wider copy of it where N elements of SIZE bytes fill *CAP. */
void *vec_grow(struct arena *arena, void *v, uint32_t n, uint32_t *cap, size_t size);

/* A copy of N elements; NULL of none. */
void *vec_copy(struct arena *arena, const void *v, uint32_t n, size_t size);

/* V, or a copy of its N elements with room for WANTED of them, where *CAP is less. */
void *vec_widen(struct arena *arena, void *v, uint32_t n, uint32_t *cap, uint32_t wanted,
                size_t size);
