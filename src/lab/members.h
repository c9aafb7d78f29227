// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "lab/roster.h"

/* A process in a node. */
struct member {
    struct proc_id id;
    const struct roster_node *node;
    bool stranger; /* not of the lab's PID namespace: the keeper cannot end it */
};

typedef int members_fn(void *arg, const struct member *member);

/* Calls FN for every process in a node of R that the caller may see; what it gives other than 0
 * ends it and is returned, as is a shortage. */
int members_each(const struct roster *r, members_fn *fn, void *arg);
