// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/arena.h"

/*
 * A hash map from byte strings to pointers. Keys are borrowed and must outlive the map; there is
 * no removal. The memory is the arena's.
 */
struct map {
    struct arena *arena;
    struct map_slot *slots;
    size_t n, cap;
};

void map_init(struct map *map, struct arena *arena);

/* Moves it from an arena that is given back into ARENA. */
void map_settle(struct map *map, struct arena *arena);

/* The value of KEY (LEN bytes), or NULL. */
void *map_get(const struct map *map, const void *key, size_t len);

/* Sets KEY to VALUE unless it is there; gives the value there was before, or NULL if none. */
void *map_put(struct map *map, const void *key, size_t len, void *value);

/* Sets KEY to VALUE, whatever it was. */
void map_set(struct map *map, const void *key, size_t len, void *value);

/* The same for NUL-terminated keys. */
void *map_get_str(const struct map *map, const char *key);
void *map_put_str(struct map *map, const char *key, void *value);
