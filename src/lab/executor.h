// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "plan/plan.h"

/* How far a build is. PHASE is one of a few fixed words: "namespaces", "links",
 * "interfaces", "configuration". */
typedef void executor_progress_fn(void *arg, const char *phase, uint32_t done, uint32_t all);

struct executor_hooks {
    /* Called from the calling thread only, a few times a phase. */
    executor_progress_fn *progress;
    /* Called from the calling thread as well, again and again until it gives false or the build has
     * ended: what else can be done once all namespaces are there. It must not change its own. */
    bool (*aside)(void *arg);
    /* Called from any thread, maybe from several at once: brings the host's interface that IFACE is
     * into NETNS, its node's. */
    int (*lend)(void *arg, const struct iface *iface, int netns, struct err *err);
    void *arg;
};

/*
 * Carries out PLAN, inside the keeper: the caller has the capabilities for it, stands in a network
 * namespace of the lab's own (never the host's), and has /proc of its PID namespace mounted.
 * Spreads the work over as many threads as there are processors; none is left when it returns.
 *
 * RET_NETNS and RET_LOGS have room for plan->topo->nodes.n descriptors: one for each node's network
 * namespace, and one for what its firewall logs (nflog.h), -1 where it logs nothing; both
 * O_CLOEXEC, -1 where the build did not get that far (also after an error, for the caller to
 * close). HOOKS and what it holds may be NULL.
 *
 * When 0 is returned every link that is to be up on both sides carries packets.
 * A refusal of the kernel comes back with the position of the operation and the kernel's own
 * extended-ack text: "creating link r1:eth0 - r2:eth1: File exists". A sysctl that is not there or
 * may not be written is STATUS_LACKING.
 */
int executor_run(const struct plan *plan, const struct executor_hooks *hooks, int *ret_netns,
                 int *ret_logs, struct err *err);
