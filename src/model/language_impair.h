// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "doc/schema.h"
#include "model/impair.h"

/* Impairments as written. A key is given where its POS.line is not 0, and then may say nothing,
 * which takes away what is inherited. */
struct impair_input {
    struct impair value;
    struct pos pos[IMPAIR_KEYS];
    bool bad; /* errors in it were reported */
};

/* The type of each key's value. All fill one `struct impair_input *`, which is made by the first:
 * most ends of links have none. */
extern const struct type impair_types[IMPAIR_KEYS];

/* The keys of a table whose struct OF has such a pointer as MEMBER. */
#define IMPAIR_FIELD(of, member, key, name, summary)                                               \
    {                                                                                              \
        name, summary, &impair_types[key], offsetof(of, member)                                    \
    }
#define IMPAIR_FIELDS(of, member)                                                                  \
    IMPAIR_FIELD(of, member, IMPAIR_DELAY, "delay", "how long every packet is under way"),         \
        IMPAIR_FIELD(of, member, IMPAIR_JITTER, "jitter", "how far the delay strays, both ways"),  \
        IMPAIR_FIELD(of, member, IMPAIR_CORRELATION, "correlation",                                \
                     "how much a packet's jitter is like that of the one before"),                 \
        IMPAIR_FIELD(of, member, IMPAIR_DISTRIBUTION, "distribution",                              \
                     "of the jitter: uniform (default), normal, pareto, paretonormal"),            \
        IMPAIR_FIELD(of, member, IMPAIR_LOSS, "loss",                                              \
                     "how many packets are lost, or in which bursts: {p, r, …}"),                  \
        IMPAIR_FIELD(of, member, IMPAIR_DUPLICATE, "duplicate", "how many packets come twice"),    \
        IMPAIR_FIELD(of, member, IMPAIR_CORRUPT, "corrupt", "how many packets have a wrong bit"),  \
        IMPAIR_FIELD(of, member, IMPAIR_REORDER, "reorder",                                        \
                     "how many packets are not delayed, and overtake others"),                     \
        IMPAIR_FIELD(of, member, IMPAIR_RATE, "rate", "how much goes out in a second"),            \
        IMPAIR_FIELD(of, member, IMPAIR_BURST, "burst", "how much may go out faster than that"),   \
        IMPAIR_FIELD(of, member, IMPAIR_QUEUE, "queue",                                            \
                     "how much may wait, in packets or bytes (default 1000p)"),                    \
        IMPAIR_FIELD(of, member, IMPAIR_SEED, "seed", "what the lots are drawn from (Linux 6.6)")

/* Reads SETTINGS ("delay=20ms", NULL-terminated) into *RET, in ARENA. An error is STATUS_WRONG. */
int impair_parse(struct arena *arena, const char *const *settings, struct impair_input *ret,
                 struct err *err);
