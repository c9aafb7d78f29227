// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "lab/program.h"

/*
 * Who waits until a service is ready: a process of its own in the service's node, so that the
 * keeper never has to. It ends with 0 when all of the service's conditions hold, each of which is
 * looked at until it first did; with 1 where it cannot look, and says why in OUT.
 */
struct watch_note {
    bool held;
    int status; /* of READY_COMMAND: of waitpid, when it was last run; -1: not yet */
};

struct watch {
    const struct program *program; /* of the service; its command apart, what conditions run as */
    const struct service *service;
    int printed;              /* a pipe that brings what the service prints; -1: none is needed */
    struct watch_note *notes; /* one for each condition, in memory that is shared with the keeper */
};

/* Whether a condition of SERVICE is about what it prints. */
bool watch_needs_output(const struct service *service);

/* Forks it: its number, or a negative errno. */
pid_t watch_start(const struct watch *w);

/* What a condition that does not hold yet misses: "no socket listens on tcp/80". */
void watch_missing(const struct ready *ready, const struct watch_note *note, struct str *out);
