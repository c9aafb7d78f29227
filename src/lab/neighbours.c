// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Room in the machine's neighbour tables. The kernel counts the entries of all namespaces together
 * and has one size for all (gc_thresh1 to 3, of IPv4 and of IPv6), which only the machine's own
 * namespace shows: made for a host's neighbours, too small for a thousand links. A full table
 * refuses packets, and nobody would look for the reason there.
 *
 * A lab adds what it needs to what it finds. Both ends of a link may come to know each other, and
 * where all of a LAN speak to each other, each knows all others. That seldom happens, and nobody is
 * warned of it; but who asks whether it is so (nslab ping) wants to hear of the network.
 */
#include "lab/neighbours.h"

#include <fcntl.h>
#include <inttypes.h>

#include "base/memory.h"
#include "kernel/numbers.h"

#define ENTRIES_A_LINK 2
#define ENTRIES_MAX (1u << 20) /* some hundred bytes each */
#define HOST_SHARE 4           /* up to a fourth of the table is taken without asking */
#define PATH_SIZE 64

static const char *const families[] = {"ipv4", "ipv6"};

enum { THRESHOLDS = 3 };

static void threshold_path(size_t family, int threshold, char path[PATH_SIZE])
{
    snprintf(path, PATH_SIZE, "/proc/sys/net/%s/neigh/default/gc_thresh%d", families[family],
             threshold);
}

static bool is_too_much(uint64_t need, uint64_t size)
{
    return need > size / HOST_SHARE;
}

static uint32_t entries_of(const struct topo *topo)
{
    return ENTRIES_A_LINK * topo->links.n;
}

/* How many interfaces with addresses there are on each segment; the caller frees it. */
static uint32_t *count_on_segments(const struct topo *topo, uint32_t *ret_n)
{
    uint32_t n = 0;
    VEC_EACH (struct node *, node, &topo->nodes) {
        VEC_EACH (struct iface *, it, &(*node)->ifaces)
            n = (*it)->segment >= n ? (*it)->segment + 1 : n;
    }
    uint32_t *counts = memory_zeroed(n, sizeof(*counts));
    VEC_EACH (struct node *, node, &topo->nodes) {
        VEC_EACH (struct iface *, it, &(*node)->ifaces) {
            counts[(*it)->segment] += (*it)->addrs.n != 0;
        }
    }
    *ret_n = n;
    return counts;
}

/* All that there may be of a family. */
static uint32_t most_entries_of(const struct topo *topo)
{
    uint64_t pairs = 0, links = entries_of(topo);
    uint32_t n;
    CLEAN_FREE uint32_t *counts = count_on_segments(topo, &n);
    for (uint32_t i = 0; i < n; i++)
        pairs += counts[i] ? (uint64_t)counts[i] * (counts[i] - 1) : 0;
    if (pairs > ENTRIES_MAX)
        pairs = ENTRIES_MAX;
    return (uint32_t)(pairs > links ? pairs : links);
}

uint32_t neighbours_lacking(const struct topo *topo)
{
    uint32_t need = entries_of(topo);
    for (size_t f = 0; f < ARRAY_SIZE(families); f++) {
        char path[PATH_SIZE];
        uint64_t size;
        threshold_path(f, THRESHOLDS, path);
        if (!number_read(path, &size) && is_too_much(need, size))
            return need;
    }
    return 0;
}

bool neighbours_can_raise(void)
{
    char path[PATH_SIZE];
    threshold_path(0, THRESHOLDS, path);
    return faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0;
}

void neighbours_remedy(uint32_t need, struct str *ret)
{
    str_add(ret, "sysctl -w");
    for (size_t f = 0; f < ARRAY_SIZE(families); f++) {
        for (int t = 1; t <= THRESHOLDS; t++) {
            char path[PATH_SIZE];
            uint64_t size;
            threshold_path(f, t, path);
            if (!number_read(path, &size))
                str_addf(ret, " net.%s.neigh.default.gc_thresh%d=%" PRIu64, families[f], t,
                         size + HOST_SHARE * (uint64_t)need);
        }
    }
}

/* What the file has now, and had before any lab came: whether there is one, or a negative errno. */
static int look(const struct state *s, const char *path, uint64_t *ret_is, uint64_t *ret_was)
{
    int r = number_read(path, ret_is);
    if (r)
        return err_shortage(r);
    *ret_was = *ret_is;
    r = outside_find_number(s, path, *ret_is, ret_was);
    return r < 0 ? r : 1;
}

static int note_family(const struct state *s, size_t family, uint32_t need,
                        struct outside *journal)
{
    char path[PATH_SIZE];
    uint64_t is, was;
    threshold_path(family, THRESHOLDS, path);
    int r = look(s, path, &is, &was);
    if (r <= 0 || !is_too_much(need, was) || is + need > INT32_MAX)
        return r < 0 ? r : 0;
    for (int t = 1; t <= THRESHOLDS && r >= 0; t++) {
        threshold_path(family, t, path);
        r = look(s, path, &is, &was);
        if (r > 0)
            outside_note_number(journal, path, is + need, was);
    }
    return r < 0 ? r : 0;
}

int neighbours_raise(const struct state *s, const struct topo *topo, struct outside *journal)
{
    CLEAN_FD int lock = outside_lock(s->root);
    (void)lock;
    int r = 0;
    for (size_t f = 0; f < ARRAY_SIZE(families) && !r; f++)
        r = note_family(s, f, most_entries_of(topo), journal);
    return r ? r : outside_commit_numbers(journal);
}
