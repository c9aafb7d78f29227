// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <jansson.h>

#include "base/err.h"
#include "base/str.h"
#include "base/units.h"
#include "base/vec.h"

/*
 * What one end of a link does to what it sends, as it is written, as the kernel has it, and key by
 * key in between. Where a member is 0 there is nothing of the kind.
 */
enum impair_key {
    IMPAIR_DELAY,
    IMPAIR_JITTER,
    IMPAIR_CORRELATION,
    IMPAIR_DISTRIBUTION,
    IMPAIR_LOSS,
    IMPAIR_DUPLICATE,
    IMPAIR_CORRUPT,
    IMPAIR_REORDER,
    IMPAIR_RATE,
    IMPAIR_BURST,
    IMPAIR_QUEUE,
    IMPAIR_SEED,
    IMPAIR_KEYS,
};

enum impair_distribution {
    DISTRIBUTION_NONE, /* netem's own: uniform */
    DISTRIBUTION_UNIFORM,
    DISTRIBUTION_NORMAL,
    DISTRIBUTION_PARETO,
    DISTRIBUTION_PARETONORMAL,
    DISTRIBUTION_COUNT,
};

/* Shares of SHARE_WHOLE. In bursts: Gilbert's and Elliott's model of a good and a bad time. */
struct impair_loss {
    uint32_t p; /* of losing a packet; in bursts: of a good time's end, at each packet */
    uint32_t in_bursts;
    uint32_t r;         /* of a bad time's end, at each packet */
    uint32_t bad, good; /* of losing a packet in such a time */
};

struct impair_queue {
    uint32_t size; /* packets, or bytes */
    uint32_t in_bytes;
};

struct impair_seed {
    uint64_t value;
    bool given;
};

struct impair {
    uint64_t delay, jitter; /* nanoseconds */
    uint32_t correlation;   /* as the next: shares of SHARE_WHOLE */
    uint32_t duplicate, corrupt, reorder;
    uint32_t distribution; /* enum impair_distribution */
    struct impair_loss loss;
    uint64_t rate;  /* bytes a second */
    uint32_t burst; /* bytes */
    struct impair_queue queue;
    struct impair_seed seed;
    struct pos pos; /* of the first of them in the file; line 0: set while the lab runs */
};

#define IMPAIR_JITTER_MAX INT32_MAX                         /* the kernel counts on with 32 bits */
#define IMPAIR_DELAY_MAX (24 * 3600 * UINT64_C(1000000000)) /* a day */
#define IMPAIR_QUEUE_PACKETS 1000 /* where nothing is said, as tc has it */
#define IMPAIR_FRAME 14           /* bytes of Ethernet's header */

const char *impair_key_name(enum impair_key key);
const char *impair_distribution_name(enum impair_distribution distribution);

/* Adds what IMPAIR says for KEY, as it is written: "20ms"; false: it says nothing. */
bool impair_add_value(struct str *s, const struct impair *impair, enum impair_key key);

bool impair_has(const struct impair *impair, enum impair_key key);

/* Adds all of it: " delay 20ms loss 1%". */
void impair_add_text(struct str *s, const struct impair *impair);

/* The same as an object: {"delay": "20ms", "loss": "1%"}; new reference. */
json_t *impair_json(const struct impair *impair);

/* Whether there is anything. */
bool impair_any(const struct impair *impair);

/* Takes KEY of FROM into TO. */
void impair_copy(struct impair *to, const struct impair *from, enum impair_key key);

/* What cannot work, and what to do about it; TEXT and HELP (NULL: nothing to say) in BUF or in
 * constant memory. MTU of the interface; 0: the default. */
struct impair_fault {
    enum impair_key key;
    const char *text, *help;
    char buf[2][128];
};
bool impair_find_fault(const struct impair *impair, uint32_t mtu, struct impair_fault *ret);

/*
 * What the kernel makes it of. A rate is netem's own, which counts its queue in packets; tbf knows
 * bursts and queues in bytes. Where both are needed tbf stands inside of netem.
 */
bool impair_has_tbf(const struct impair *impair);
bool impair_has_netem(const struct impair *impair);

/* Of netem: its queue. Of tbf: its burst and its queue, in bytes. */
uint32_t impair_limit(const struct impair *impair);
uint32_t impair_burst(const struct impair *impair, uint32_t mtu);
uint32_t impair_queue_bytes(const struct impair *impair);

/* Takes out of IMPAIR, as read from the kernel, what a tbf has without being told. */
void impair_drop_defaults(struct impair *impair, uint32_t mtu);

/*
 * The major number of netem's handle. The kernel does not tell which distribution a netem has, nor
 * whether its seed was given or drawn; so the handle does. tbf's is IMPAIR_TBF_HANDLE always.
 */
uint32_t impair_handle(const struct impair *impair);
bool impair_read_handle(uint32_t major, enum impair_distribution *ret, bool *ret_seeded);
#define IMPAIR_TBF_HANDLE 0x20u
