// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/arena.h"
#include "base/str.h"
#include "lab/state.h"

struct topo; /* model/model.h */

/*
 * The links of a lab that stands, for commands that change one: which interfaces they join, as they
 * were made, in the order of the file. A LAN has one for each member, whose other end is a port of
 * the LAN's bridge: "@lan1:port1".
 */
struct cable_end {
    uint32_t node;  /* its number, as of CONTROL_NODES */
    uint32_t index; /* of the interface: no two of a lab have the same */
    const char *name;
    const char *node_name;
};

struct cable {
    struct cable_end ends[2];
    bool lan;
    char *labels; /* "KEY=VALUE", each followed by a NUL, and one more at the end */
};

struct cables {
    struct cable *v;
    uint32_t n;
    struct arena *arena; /* of all of it */
};

/* What cables_read reads, into ARENA. */
void cables_describe(const struct topo *topo, struct str *out);
int cables_read(const struct state *s, struct arena *arena, struct cables *ret, struct err *err);

/*
 * Which ends WHICH names: PICKED[i] has bit 0 for the first end of cable I, bit 1 for the second.
 * Of ends (`h1-r1`, `h1:eth0-r1:eth1`: both; `r1:eth0`: that one), by label (`site=berlin`),
 * patterns of these (`r*-r*`), or some of all that, with commas between. Naming none that exists,
 * or what may be read in two ways, is STATUS_WRONG.
 */
int cables_pick(const struct cables *c, const char *lab, const char *which, uint8_t *picked,
                struct err *err);
