// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <jansson.h>

#include "lab/state.h"
#include "netlink/nl.h"

/* Asks the kernel about node number NODE of a lab, through a socket that stands in the node.
 * *RET is a new reference. Called in a child: what it changes in ARG is lost. */
typedef int look_fn(struct nl *nl, uint32_t node, void *arg, json_t **ret, struct err *err);

struct look {
    int protocol; /* of the socket: NETLINK_* */
    look_fn *fn;
    void *arg;
};

/* A JSON array of what LOOK finds in nodes FIRST to FIRST + N - 1 of lab S; new reference. The
 * caller keeps its namespaces. */
int look_at_nodes(const struct state *s, const struct look *look, uint32_t first, uint32_t n,
                  json_t **ret, struct err *err);
