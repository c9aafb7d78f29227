// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "lab/state.h"
#include "model/model.h"

/*
 * The machine's side of uplinks that are veth pairs: an end called nslab0, nslab1, … with the
 * gateway's address, a table of the firewall that masquerades, and forwarding switched on where the
 * default routes lead. Ends go with the lab; the rest is in its journal.
 */

/* 0, or why this machine or this user cannot have the veth uplinks of TOPO, with the place of the
 * first of them. Called in the host's network namespace. */
int uplink_host_check(const struct topo *topo, bool privileged, struct err *err);

/* Where and for what. */
struct uplink_host {
    const struct state *state;
    const struct topo *topo;
    const int *netns;             /* of all nodes, by id */
    int host;                     /* the host's network namespace */
    const struct firewall *table; /* uplink_host_open's own */
};

/* Makes it all. Leaves the calling thread in the host's network namespace, or in a node's. */
int uplink_host_open(struct uplink_host *h, struct err *err);
