// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "model/pool.h"

/* The upper half of BLOCK. */
static struct addr upper_half(const struct prefix *block)
{
    struct addr addr = block->addr;
    addr.bytes[block->len / 8] |= (uint8_t)(0x80 >> block->len % 8);
    return addr;
}

/* Puts what is free of BLOCK into the lists, the highest first. USED are N prefixes, sorted; those
 * that do not overlap BLOCK are left aside. */
static void carve(struct pool *pool, struct prefix block, const struct prefix *used, uint32_t n)
{
    while (n && !prefix_overlaps(&used[0], &block)) {
        used++;
        n--;
    }
    while (n && !prefix_overlaps(&used[n - 1], &block))
        n--;
    if (!n) {
        vec_push(pool->arena, &pool->free[block.len], block.addr);
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (used[i].len <= block.len && prefix_overlaps(&used[i], &block))
            return;
    }
    struct prefix low = {block.addr, block.len + 1}, high = {upper_half(&block), block.len + 1};
    carve(pool, high, used, n);
    carve(pool, low, used, n);
}

void pool_init(struct pool *pool, struct arena *arena, const struct prefix *prefix,
               const struct prefix *used, uint32_t n)
{
    *pool = (struct pool){.arena = arena, .prefix = *prefix};
    carve(pool, *prefix, used, n);
}

/* The length of the lowest block that LEN fits into, -1 where there is none. */
static int find_block(const struct pool *pool, unsigned len)
{
    const struct addr *lowest = NULL;
    int found = -1;
    for (unsigned i = pool->prefix.len; i <= len; i++) {
        if (!pool->free[i].n)
            continue;
        const struct addr *addr = &pool->free[i].v[pool->free[i].n - 1];
        if (!lowest || addr_compare(addr, lowest) < 0) {
            lowest = addr;
            found = (int)i;
        }
    }
    return found;
}

bool pool_take(struct pool *pool, unsigned len, struct prefix *ret)
{
    int found = find_block(pool, len);
    if (found < 0)
        return false;
    struct prefix block = {pool->free[found].v[--pool->free[found].n], (uint8_t)found};
    while (block.len < len) {
        struct addr high = upper_half(&block);
        block.len++;
        vec_push(pool->arena, &pool->free[block.len], high);
    }
    *ret = block;
    return true;
}

uint32_t pool_room(const struct pool *pool, unsigned len)
{
    uint64_t room = 0;
    for (unsigned i = pool->prefix.len; i <= len; i++)
        room += len - i < 32      ? (uint64_t)pool->free[i].n << (len - i)
                : pool->free[i].n ? UINT32_MAX
                                  : 0;
    return room > UINT32_MAX ? UINT32_MAX : (uint32_t)room;
}
