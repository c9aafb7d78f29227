// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/impair.h"
#include "netlink/netem_table.h"
#include "netlink/nl.h"

/*
 * Queueing disciplines, as far as impairments are made of them: netem, tbf, or tbf inside of netem.
 * The socket must stand in the interface's network namespace.
 */

/* What an interface is to do to what it sends. */
struct qdisc_wish {
    uint32_t index, mtu; /* of the interface; mtu 0: the default */
    const struct impair *impair;
    struct netem_tables *tables;
};

/* On an interface that has none. */
void qdisc_add(struct nl *nl, const struct qdisc_wish *wish, uint32_t cookie);

/* What an interface has now. */
struct qdisc_found {
    char other[16];              /* the root's kind, where it is none of ours; else "" */
    uint32_t netem, tbf, parent; /* handles, the last of what tbf is in; 0: there is none */
    struct impair impair;
};

/* From FOUND to WISH. Packets that wait go on waiting, unless other disciplines are needed. */
void qdisc_change(struct nl *nl, const struct qdisc_found *found, const struct qdisc_wish *wish,
                  uint32_t cookie);

/* For interface INDEX of the namespace. */
int qdisc_find(struct nl *nl, uint32_t index, struct qdisc_found *ret, struct err *err);

/* All at once: FN gets each that is known of interface INDEX; to be summed up by qdisc_take. A
 * negative value ends it. */
struct qdisc;
typedef int qdisc_fn(void *arg, uint32_t index, const struct qdisc *qdisc);
int qdisc_dump(struct nl *nl, qdisc_fn *fn, void *arg, struct err *err);
void qdisc_take(const struct qdisc *qdisc, struct qdisc_found *found);
