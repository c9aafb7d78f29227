// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "netlink/nl.h"

/*
 * What an interface loses when it is set down (its IPv6 addresses, and routes over it), as messages
 * that give it back. The socket must stand in its network namespace.
 */

/* Calls FN for each such message, LEN bytes, of the interface INDEXES[I], of N; a route over two of
 * them is each's. */
typedef void keep_fn(void *arg, uint32_t i, const void *msg, size_t len);
int keep_dump(struct nl *nl, const uint32_t *indexes, uint32_t n, keep_fn *fn, void *arg,
              struct err *err);

/* To whom something is given back. */
struct keep {
    uint32_t index;
    bool (*is_up)(void *arg, uint32_t index); /* of the node's interfaces */
    void *arg;
};

/* Queues MSG (aligned, LEN bytes), as keep_dump gave it; false where it is none, or none of its
 * next hops is to be had yet. What is there already may be refused with -EEXIST. */
bool keep_queue(struct nl *nl, const struct keep *keep, const void *msg, size_t len);
