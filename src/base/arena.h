// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <stdarg.h>
#include <stddef.h>

#include "base/util.h"

/*
 * Memory that is given back all at once. Chunks come straight from mmap, so that what a lab's
 * description took really leaves the process when the lab stands. Running out of memory ends the
 * program (base/memory.h): no caller could go on.
 */
struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is fine */

/* Bytes that were given out. */
size_t arena_size(const struct arena *arena);

/* SIZE bytes, zeroed, aligned for pointers and 64-bit numbers; never NULL. */
void *arena_alloc(struct arena *arena, size_t size);
char *arena_strdup(struct arena *arena, const char *s);
char *arena_strndup(struct arena *arena, const char *s, size_t len);
char *arena_printf(struct arena *arena, const char *fmt, ...) PRINTF(2, 3);
char *arena_vprintf(struct arena *arena, const char *fmt, va_list ap) PRINTF(2, 0);

#define arena_new_of(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
