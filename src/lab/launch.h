// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "lab/state.h"
#include "lab/uplinks.h"
#include "plan/plan.h"

/* What a lab's processes are started with. */
struct launch {
    const struct plan *plan;
    struct state *state; /* with its lock */
    int talk;            /* the lab's end; see talk.h */
    int log;
    bool privileged; /* else in a user namespace of its own */
    const struct uplink_programs *programs;
};
