// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "lab/state.h"

#define NETNAMES_DIRECTORY "/run/netns"

/* What of lab STATE iproute2 is to see: NETNAMES_DIRECTORY/LAB.NODE for each of N nodes, which
 * points at descriptor FDS[i] of process KEEPER (its number outside). */
struct netnames {
    const struct state *state;
    pid_t keeper;
    const char *const *names;
    const int *fds;
    uint32_t n;
    uint32_t done; /* how many are there; to begin with 0 */
};

/* Makes the next names, MAX of them at most; journaled in the lab's state. A name that is taken is
 * an error, never replaced. */
int netnames_add(struct netnames *t, uint32_t max, struct err *err);
