// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "lab/room_memory.h"

#include <inttypes.h>
#include <string.h>

#include "kernel/numbers.h"

/* Measured, see docs/performance.md. */
#define NODE_BYTES (160u << 10)
#define LINK_BYTES (190u << 10)

uint64_t room_memory_need(const struct topo *topo)
{
    return (uint64_t)topo->nodes.n * NODE_BYTES + (uint64_t)topo->links.n * LINK_BYTES;
}

bool room_memory_available(uint64_t *ret)
{
    if (!line_scan("/proc/meminfo", "MemAvailable: %" SCNu64, ret))
        return false;
    *ret <<= 10;
    return true;
}

static bool read_in_group(const char *group, const char *file, uint64_t *ret)
{
    CLEAN_STR struct str path = {0};
    str_addf(&path, "%s/%s", group, file);
    return !number_read(path.text, ret);
}

/* A limit of "max" is no number. */
static bool room_of_group(const char *group, uint64_t *ret)
{
    uint64_t max, used;
    if (!read_in_group(group, "memory.max", &max) || !read_in_group(group, "memory.current", &used))
        return false;
    *ret = max > used ? max - used : 0;
    return true;
}

bool room_memory_group(const char *root, const char *self, struct str *ret_path, uint64_t *ret)
{
    char below[4096];
    bool found = false;
    if (!line_scan(self, "0::%4095[^\n]", below))
        return false;
    CLEAN_STR struct str group = {0};
    str_addf(&group, "%s%s", root, below);
    for (size_t len = strlen(root); group.len > len;
         group.len = (size_t)(strrchr(group.text, '/') - group.text)) {
        uint64_t room;
        group.text[group.len] = '\0';
        if (!room_of_group(group.text, &room) || (found && room >= *ret))
            continue;
        found = true;
        *ret = room;
        str_done(ret_path);
        str_add(ret_path, group.text);
    }
    return found;
}
