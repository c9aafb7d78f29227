// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <limits.h>
#include <sys/types.h>

#include "lab/state.h"
#include "plan/plan.h"

/* The programs that can carry an uplink, by enum uplink_mode: their paths, "" where they are not
 * installed. */
struct uplink_programs {
    char path[UPLINK_VETH][PATH_MAX];
};

/* Finds them in PATH. 0, or STATUS_LACKING with the place in the file where an uplink of TOPO has
 * none, or this user has not what they need. */
int uplinks_check(const struct topo *topo, bool privileged, struct uplink_programs *ret,
                  struct err *err);

/*
 * A lab's uplinks. uplinks_prepare is called in the host's network namespace and the lab's PID
 * namespace: it starts a process for each, which waits there. uplinks_open lets them become the
 * programs, NETNS being the namespaces of all nodes by id; it returns when all of them carry
 * packets, in the network namespace that it was called in. What they say goes to the descriptor
 * LOG, a file. They end with the lab.
 */
struct uplinks;
int uplinks_prepare(const struct topo *topo, const struct uplink_programs *programs, int log,
                    struct uplinks **ret, struct err *err);
int uplinks_open(struct uplinks *uplinks, const struct state *state, const int *netns,
                 struct err *err);
void uplinks_free(struct uplinks *uplinks); /* NULL is fine */
