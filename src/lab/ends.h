// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <jansson.h>

#include "lab/cables.h"
#include "netlink/qdisc.h"

/* Ends of links that a command is about, node by node. */
struct end {
    const struct cable *cable;
    const struct cable_end *of; /* one of the cable's */
    struct impair want;         /* what it is to have */
};

struct ends {
    struct end *v;
    uint32_t n;
};

/* Those that PICKED (as of cables_pick) marks, by node; in the cables' arena. */
struct ends ends_list(const struct cables *cables, const uint8_t *picked);

/*
 * Calls FN for the ends in each node, N from FIRST on, in a child: NL stands in the node. What it
 * puts into RET, an object, comes back to the parent, where the objects of all nodes are one.
 */
typedef int ends_fn(struct nl *nl, const struct end *first, uint32_t n, void *arg, json_t *ret,
                    struct err *err);
int ends_visit(const struct state *s, const struct ends *ends, ends_fn *fn, void *arg, json_t **ret,
               struct err *err);

/* The key of END in such an object: its interface's index as text. */
const char *end_key(const struct end *end, char buf[16]);
