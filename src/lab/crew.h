// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/err.h"

/*
 * Work on numbered items by as many threads as there are processors (at most CREW_THREADS_MAX).
 * No thread is left when crew_run returns.
 */
#define CREW_THREADS_MAX 8

struct crew;

/* What each thread does: take items until there are none, and say which are done. */
typedef void crew_body_fn(struct crew *crew, void *arg);

/* Called in the thread that called crew_run, at the start, at the end, and now and then between. */
typedef void crew_progress_fn(void *arg, uint32_t done);

/* Other work, done by the thread that called crew_run, a little at a time, while the crew works;
 * false when there is none left. */
typedef bool crew_aside_fn(void *arg);

struct crew_job {
    uint32_t items;
    uint32_t chunk; /* how many a thread takes at a time */
    crew_body_fn *body;
    void *arg;
    crew_progress_fn *progress; /* or NULL */
    void *progress_arg;
    crew_aside_fn *aside; /* or NULL */
    void *aside_arg;
};

/* What is left of the other work when the crew has ended is not done. Fails only when no thread at
 * all can be started. */
int crew_run(const struct crew_job *job, struct err *err);

/* The next items, *RET_FIRST to *RET_FIRST + *RET_N - 1; false when there are no more. */
bool crew_take(struct crew *crew, uint32_t *ret_first, uint32_t *ret_n);

/* N more items are done. */
void crew_done(struct crew *crew, uint32_t n);

/* No more items are given out, to any thread. */
void crew_stop(struct crew *crew);
