// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/err.h"

/* What one look at the machine found. */
struct probe_result {
    const char *check; /* "links: veth" */
    bool tried;
    bool ok;
    int code;         /* 0 or the negative errno that it failed with */
    bool needed;      /* by every lab; else only by some topologies */
    char detail[256]; /* a line: what was found, or why it failed */
    char remedy[384]; /* a line: what to type; "" where nothing is known to help */
};

/*
 * Finds out what this kernel and this user can do, by doing it in child processes in namespaces of
 * their own, of which nothing is left. *RET is an array of *RET_N, the caller's to free. Fails only
 * where not even a child can be started. Takes a few hundredths of a second, ten seconds at most.
 */
int probe_all(struct probe_result **ret, size_t *ret_n, struct err *err);

/* The same for CHECKS (NULL-terminated) of those inside, by their names; what is not among them is
 * not tried. */
int probe_some(const char *const *checks, struct probe_result **ret, size_t *ret_n,
               struct err *err);

#define PROBE_BRIDGE_VLANS "link: bridge, VLANs"
#define PROBE_NETEM "qdisc: netem"
#define PROBE_NETEM_SEED "qdisc: netem, seed"
#define PROBE_TBF "qdisc: tbf"
