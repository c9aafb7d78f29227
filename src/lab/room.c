// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * What a machine has too little of is best heard before a lab of thousands of nodes is half built.
 * Open files are the keeper's own business (keeper.c); here is the rest.
 */
#include "lab/room.h"

#include <inttypes.h>
#include <string.h>

#include "base/str.h"
#include "kernel/numbers.h"
#include "lab/room_memory.h"
#include "lab/neighbours.h"

#define MAX_NAMESPACES "/proc/sys/user/max_net_namespaces"
#define CGROUPS "/sys/fs/cgroup"

struct check {
    const struct topo *topo;
    bool privileged;
    room_warn_fn *warn;
    void *arg;
};

PRINTF(2, 3) static void warn(const struct check *c, const char *fmt, ...)
{
    CLEAN_STR struct str text = {0};
    va_list ap;
    va_start(ap, fmt);
    str_addvf(&text, fmt, ap);
    va_end(ap);
    if (c->warn)
        c->warn(c->arg, text.text);
}

/* One a node, the one that the keeper stands in, and one for WireGuard's keys. */
static int check_namespaces(const struct check *c, struct err *err)
{
    uint64_t need = c->topo->nodes.n + (uint64_t)1 + (c->topo->secrets.n != 0), max;
    if (number_read(MAX_NAMESPACES, &max) || need <= max)
        return 0;
    return err_lacking(
        err, -ENOSPC,
        "A lab of %u nodes needs %" PRIu64 " network namespaces, and a user may have "
        "%" PRIu64 ".\nRaise it, as root: `sysctl -w user.max_net_namespaces=%" PRIu64 "`",
        c->topo->nodes.n, need, max, 2 * need);
}

/* Root's labs make room by themselves, where /proc/sys can be written. */
static int check_neighbours(const struct check *c, struct err *err)
{
    (void)err;
    uint32_t need = neighbours_lacking(c->topo);
    if (!need || (c->privileged && neighbours_can_raise()))
        return 0;
    CLEAN_STR struct str remedy = {0};
    neighbours_remedy(need, &remedy);
    warn(c,
         "the neighbour tables of this machine may become full: the lab's links need up to %u "
         "entries. As root: `%s`",
         need, remedy.text);
    return 0;
}

static double gib(uint64_t bytes)
{
    return (double)bytes / (1 << 30);
}

static int check_memory(const struct check *c, struct err *err)
{
    (void)err;
    uint64_t need = room_memory_need(c->topo), left;
    if (room_memory_available(&left) && need > left)
        warn(c,
             "the lab may take %.1f GiB of memory, and %.1f GiB are left: end other programs, or "
             "make the lab smaller (`free -h` shows what there is)",
             gib(need), gib(left));
    CLEAN_STR struct str group = {0};
    if (room_memory_group(CGROUPS, "/proc/self/cgroup", &group, &left) && need > left)
        warn(c,
             "the lab may take %.1f GiB of memory, and the control group has %.1f GiB left: `echo "
             "max >%s/memory.max` as root, or make the lab smaller",
             gib(need), gib(left), group.text);
    return 0;
}

int room_check(const struct topo *topo, bool privileged, room_warn_fn *fn, void *arg,
               struct err *err)
{
    static int (*const checks[])(const struct check *, struct err *) = {
        check_namespaces,
        check_neighbours,
        check_memory,
    };
    const struct check c = {topo, privileged, fn, arg};
    int r = 0;
    for (size_t i = 0; i < ARRAY_SIZE(checks) && !r; i++)
        r = checks[i](&c, err);
    return r;
}
