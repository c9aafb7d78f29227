// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <stdbool.h>
#include <stdio.h>

/* A bar on stderr for work that takes longer than half a second; nothing where that is no
 * terminal. With VERBOSE a line for each phase too, with how long it took. */
struct progress {
    bool enabled, verbose, shown;
    double start; /* as of now() */
    double phase_start;
    char phase[32];
    unsigned all; /* of the phase */
};

void progress_start(struct progress *progress, bool enabled, bool verbose);

/* An nslab_progress_fn; ARG is the struct progress. */
void progress_update(void *arg, const char *phase, unsigned done, unsigned all);

/* Takes the bar away; gives the seconds since the start. */
double progress_end(struct progress *progress);
