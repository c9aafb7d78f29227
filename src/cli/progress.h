// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <stdbool.h>
#include <stdio.h>

/* How the building of a lab is told of. */
enum {
    PROGRESS_BAR = 1,      /* on stderr, for what takes longer than half a second, on a terminal */
    PROGRESS_PHASES = 2,   /* a line for each phase, with how long it took */
    PROGRESS_JSON = 4,     /* on stdout, an object a line */
    PROGRESS_WARNINGS = 8, /* on stderr, but with PROGRESS_JSON on stdout */
};

struct progress {
    unsigned how;
    bool shown;
    double start; /* as of now() */
    double phase_start;
    char phase[32];
    unsigned done, all; /* of the phase */
};

void progress_start(struct progress *progress, unsigned how);

/* An nslab_progress_fn and an nslab_warning_fn; ARG is the struct progress. */
void progress_update(void *arg, const char *phase, unsigned done, unsigned all);
void progress_warn(void *arg, const char *text);

/* Takes the bar away; gives the seconds since the start. */
double progress_end(struct progress *progress);
