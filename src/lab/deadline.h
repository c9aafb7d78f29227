// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "kernel/procs.h"

/* A moment until which something is waited for. */
struct deadline {
    int64_t start, end; /* procs_now_ms() */
};

static inline struct deadline deadline_in(unsigned ms)
{
    int64_t now = procs_now_ms();
    return (struct deadline){.start = now, .end = now + ms};
}

/* Milliseconds since it was set. */
static inline int64_t deadline_waited(const struct deadline *d)
{
    return procs_now_ms() - d->start;
}

/* Milliseconds that are left; 0 when it is over. */
static inline int deadline_left(const struct deadline *d)
{
    int64_t left = d->end - procs_now_ms();
    return left > 0 ? (int)left : 0;
}
