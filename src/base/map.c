// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Open addressing with linear probing, at most three quarters full; FNV-1a hashes, kept. */
#include "base/map.h"

#include <string.h>

struct map_slot {
    const void *key;
    void *value;
    uint32_t len;
    uint32_t hash; /* a part of it */
};

static uint32_t hash_bytes(const void *key, size_t len)
{
    const unsigned char *p = key;
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ p[i]) * 1099511628211u;
    return (uint32_t)(hash ^ hash >> 32);
}

void map_init(struct map *map, struct arena *arena)
{
    *map = (struct map){.arena = arena};
}

void map_settle(struct map *map, struct arena *arena)
{
    struct map_slot *slots = arena_alloc(arena, map->cap * sizeof(*slots));
    if (map->cap)
        memcpy(slots, map->slots, map->cap * sizeof(*slots));
    map->slots = slots;
    map->arena = arena;
}

/* The slot that holds KEY, or the empty one where it belongs. */
static struct map_slot *map_slot(const struct map *map, uint32_t hash, const void *key, size_t len)
{
    for (size_t i = hash & (map->cap - 1);; i = (i + 1) & (map->cap - 1)) {
        struct map_slot *slot = &map->slots[i];
        if (!slot->key)
            return slot;
        if (slot->hash == hash && slot->len == len && memcmp(slot->key, key, len) == 0)
            return slot;
    }
}

static void map_widen(struct map *map)
{
    struct map old = *map;
    map->cap = old.cap ? old.cap * 2 : 16;
    map->slots = arena_alloc(map->arena, map->cap * sizeof(*map->slots));
    for (size_t i = 0; i < old.cap; i++) {
        const struct map_slot *slot = &old.slots[i];
        if (slot->key)
            *map_slot(map, slot->hash, slot->key, slot->len) = *slot;
    }
}

void *map_get(const struct map *map, const void *key, size_t len)
{
    if (!map->n)
        return NULL;
    return map_slot(map, hash_bytes(key, len), key, len)->value;
}

void *map_put(struct map *map, const void *key, size_t len, void *value)
{
    if (4 * (map->n + 1) > 3 * map->cap)
        map_widen(map);
    uint32_t hash = hash_bytes(key, len);
    struct map_slot *slot = map_slot(map, hash, key, len);
    if (slot->key)
        return slot->value;
    *slot = (struct map_slot){.key = key, .value = value, .len = (uint32_t)len, .hash = hash};
    map->n++;
    return NULL;
}

void map_set(struct map *map, const void *key, size_t len, void *value)
{
    if (map_put(map, key, len, value))
        map_slot(map, hash_bytes(key, len), key, len)->value = value;
}

void *map_get_str(const struct map *map, const char *key)
{
    return map_get(map, key, strlen(key));
}

void *map_put_str(struct map *map, const char *key, void *value)
{
    return map_put(map, key, strlen(key), value);
}
