// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "model/impair.h"

#include <inttypes.h>

#define SEEDED 8 /* beside the distribution, in a handle less one */
#define BURSTS_A_SECOND 250

static const char *const distributions[DISTRIBUTION_COUNT] = {
    [DISTRIBUTION_NONE] = "",
    [DISTRIBUTION_UNIFORM] = "uniform",
    [DISTRIBUTION_NORMAL] = "normal",
    [DISTRIBUTION_PARETO] = "pareto",
    [DISTRIBUTION_PARETONORMAL] = "paretonormal",
};

const char *impair_distribution_name(enum impair_distribution distribution)
{
    return distributions[distribution];
}

/* --- Printing: nothing where there is nothing --------------------------------------------------
 */

static void add_duration(struct str *s, const void *at)
{
    const uint64_t *ns = at;
    if (*ns)
        units_add_duration(s, *ns);
}

static void add_share(struct str *s, const void *at)
{
    const uint32_t *share = at;
    if (*share)
        units_add_share(s, *share);
}

static void add_distribution(struct str *s, const void *at)
{
    const uint32_t *distribution = at;
    str_add(s, distributions[*distribution]);
}

static void add_loss(struct str *s, const void *at)
{
    const struct impair_loss *loss = at;
    if (!loss->in_bursts) {
        add_share(s, &loss->p);
        return;
    }
    str_add(s, "{p: ");
    units_add_share(s, loss->p);
    str_add(s, ", r: ");
    units_add_share(s, loss->r);
    str_add(s, ", bad-loss: ");
    units_add_share(s, loss->bad);
    str_add(s, ", good-loss: ");
    units_add_share(s, loss->good);
    str_add(s, "}");
}

static void add_rate(struct str *s, const void *at)
{
    const uint64_t *rate = at;
    if (*rate)
        units_add_rate(s, *rate * 8);
}

static void add_size(struct str *s, const void *at)
{
    const uint32_t *size = at;
    if (*size)
        units_add_size(s, *size);
}

static void add_queue(struct str *s, const void *at)
{
    const struct impair_queue *queue = at;
    if (queue->in_bytes)
        add_size(s, &queue->size);
    else if (queue->size)
        str_addf(s, "%" PRIu32 "p", queue->size);
}

static void add_seed(struct str *s, const void *at)
{
    const struct impair_seed *seed = at;
    if (seed->given)
        str_addf(s, "%" PRIu64, seed->value);
}

static const struct {
    const char *name;
    size_t offset, size;
    void (*add)(struct str *s, const void *at);
} keys[IMPAIR_KEYS] = {
#define KEY(name, member, add)                                                                     \
    {                                                                                              \
        name, offsetof(struct impair, member), sizeof(((struct impair *)NULL)->member), add        \
    }
    [IMPAIR_DELAY] = KEY("delay", delay, add_duration),
    [IMPAIR_JITTER] = KEY("jitter", jitter, add_duration),
    [IMPAIR_CORRELATION] = KEY("correlation", correlation, add_share),
    [IMPAIR_DISTRIBUTION] = KEY("distribution", distribution, add_distribution),
    [IMPAIR_LOSS] = KEY("loss", loss, add_loss),
    [IMPAIR_DUPLICATE] = KEY("duplicate", duplicate, add_share),
    [IMPAIR_CORRUPT] = KEY("corrupt", corrupt, add_share),
    [IMPAIR_REORDER] = KEY("reorder", reorder, add_share),
    [IMPAIR_RATE] = KEY("rate", rate, add_rate),
    [IMPAIR_BURST] = KEY("burst", burst, add_size),
    [IMPAIR_QUEUE] = KEY("queue", queue, add_queue),
    [IMPAIR_SEED] = KEY("seed", seed, add_seed),
#undef KEY
};

const char *impair_key_name(enum impair_key key)
{
    return keys[key].name;
}

bool impair_add_value(struct str *s, const struct impair *impair, enum impair_key key)
{
    size_t before = s->len;
    keys[key].add(s, (const char *)impair + keys[key].offset);
    return s->len > before;
}

bool impair_has(const struct impair *impair, enum impair_key key)
{
    struct str value CLEAN_STR = {0};
    return impair_add_value(&value, impair, key);
}

json_t *impair_json(const struct impair *impair)
{
    json_t *object = json_object();
    for (enum impair_key key = 0; key < IMPAIR_KEYS; key++) {
        struct str value CLEAN_STR = {0};
        if (impair_add_value(&value, impair, key))
            json_object_set_new(object, keys[key].name, json_string(value.text));
    }
    return object;
}

void impair_add_text(struct str *s, const struct impair *impair)
{
    for (enum impair_key key = 0; key < IMPAIR_KEYS; key++) {
        struct str value CLEAN_STR = {0};
        if (impair_add_value(&value, impair, key))
            str_addf(s, " %s %s", keys[key].name, value.text);
    }
}

bool impair_any(const struct impair *impair)
{
    enum impair_key key = 0;
    while (key < IMPAIR_KEYS && !impair_has(impair, key))
        key++;
    return key < IMPAIR_KEYS;
}

void impair_copy(struct impair *to, const struct impair *from, enum impair_key key)
{
    memcpy((char *)to + keys[key].offset, (const char *)from + keys[key].offset, keys[key].size);
}

/* --- What cannot work --------------------------------------------------------------------------
 */

#define BIT(key) (1u << (key))

/* Each needs one of some others. */
static const struct {
    enum impair_key key;
    unsigned needs;
    const char *words, *help;
} needs[] = {
    {IMPAIR_JITTER, BIT(IMPAIR_DELAY), "'delay'", "jitter is how far the delay strays"},
    {IMPAIR_CORRELATION, BIT(IMPAIR_JITTER), "'jitter'",
     "it is how much a packet's jitter is like that of the one before"},
    {IMPAIR_DISTRIBUTION, BIT(IMPAIR_JITTER), "'jitter'", "it is the jitter's distribution"},
    {IMPAIR_REORDER, BIT(IMPAIR_DELAY), "'delay'",
     "packets that are reordered go out at once, before those that are delayed"},
    {IMPAIR_BURST, BIT(IMPAIR_RATE), "'rate'", "it is what may go out faster than the rate"},
    {IMPAIR_QUEUE, BIT(IMPAIR_RATE) | BIT(IMPAIR_DELAY), "'rate' or 'delay'",
     "without one of them no packet ever waits"},
    {IMPAIR_SEED,
     BIT(IMPAIR_JITTER) | BIT(IMPAIR_LOSS) | BIT(IMPAIR_DUPLICATE) | BIT(IMPAIR_CORRUPT) |
         BIT(IMPAIR_REORDER),
     "'jitter', 'loss', 'duplicate', 'corrupt' or 'reorder'", "nothing else is drawn by lot"},
};

static unsigned given_keys(const struct impair *impair)
{
    unsigned given = 0;
    for (enum impair_key key = 0; key < IMPAIR_KEYS; key++) {
        if (impair_has(impair, key))
            given |= BIT(key);
    }
    return given;
}

static bool find_needs(const struct impair *impair, struct impair_fault *ret)
{
    unsigned given = given_keys(impair);
    for (size_t i = 0; i < ARRAY_SIZE(needs); i++) {
        if (!(given & BIT(needs[i].key)) || (given & needs[i].needs))
            continue;
        ret->key = needs[i].key;
        snprintf(ret->buf[0], sizeof(ret->buf[0]), "'%s' needs %s", keys[ret->key].name,
                 needs[i].words);
        ret->text = ret->buf[0];
        ret->help = needs[i].help;
        return true;
    }
    return false;
}

static uint32_t frame_of(uint32_t mtu)
{
    return (mtu ? mtu : 1500) + IMPAIR_FRAME;
}

static bool is_too_small(uint32_t size, uint32_t mtu, enum impair_key key, struct impair_fault *ret)
{
    if (!size || size >= frame_of(mtu))
        return false;
    ret->key = key;
    ret->text = "no packet of full size fits in";
    snprintf(ret->buf[1], sizeof(ret->buf[1]), "at least %" PRIu32 "B: the MTU and %d of Ethernet",
             frame_of(mtu), IMPAIR_FRAME);
    ret->help = ret->buf[1];
    return true;
}

static bool find_queue_fault(const struct impair *impair, struct impair_fault *ret)
{
    ret->key = IMPAIR_QUEUE;
    if (impair->queue.in_bytes && !impair->rate) {
        ret->text = "a queue in bytes needs 'rate'";
        ret->help = "what only delays counts packets, like 100p";
        return true;
    }
    if (impair->queue.size && !impair->queue.in_bytes && impair->burst) {
        ret->text = "beside 'burst' a queue is counted in bytes";
        ret->help = "a size, like 64kB";
        return true;
    }
    return false;
}

bool impair_find_fault(const struct impair *impair, uint32_t mtu, struct impair_fault *ret)
{
    if (find_needs(impair, ret) || find_queue_fault(impair, ret))
        return true;
    if (is_too_small(impair->burst, mtu, IMPAIR_BURST, ret))
        return true;
    return impair->queue.in_bytes && is_too_small(impair->queue.size, mtu, IMPAIR_QUEUE, ret);
}

/* --- What it is made of ------------------------------------------------------------------------
 */

bool impair_has_tbf(const struct impair *impair)
{
    return impair->rate && (impair->burst || impair->queue.in_bytes);
}

bool impair_has_netem(const struct impair *impair)
{
    struct impair rest = *impair;
    if (impair_has_tbf(impair)) {
        static const enum impair_key tbf[] = {IMPAIR_RATE, IMPAIR_BURST, IMPAIR_QUEUE};
        for (size_t i = 0; i < ARRAY_SIZE(tbf); i++)
            impair_copy(&rest, &(struct impair){0}, tbf[i]);
    }
    return impair_any(&rest);
}

uint32_t impair_limit(const struct impair *impair)
{
    return impair->queue.size && !impair->queue.in_bytes ? impair->queue.size
                                                         : IMPAIR_QUEUE_PACKETS;
}

/* What goes out in four milliseconds, and one packet at least. */
uint32_t impair_burst(const struct impair *impair, uint32_t mtu)
{
    uint64_t burst = impair->rate / BURSTS_A_SECOND, least = frame_of(mtu);
    if (impair->burst)
        return impair->burst;
    burst = burst > least ? burst : least;
    return burst < UINT32_MAX ? (uint32_t)burst : UINT32_MAX;
}

uint32_t impair_queue_bytes(const struct impair *impair)
{
    return impair->queue.in_bytes ? impair->queue.size : IMPAIR_QUEUE_PACKETS * frame_of(0);
}

/* The kernel tells a burst as a time, to some 64 ns. A queue in bytes stays where nothing else
 * would say that there is a tbf. */
void impair_drop_defaults(struct impair *impair, uint32_t mtu)
{
    const struct impair plain = {.rate = impair->rate};
    uint32_t burst = impair_burst(&plain, mtu), slack = (uint32_t)(impair->rate / 10000000);
    bool usual = impair->burst <= burst + slack && impair->burst + slack >= burst;
    if (usual)
        impair->burst = 0;
    else if (impair_queue_bytes(&plain) == impair->queue.size)
        impair->queue = plain.queue;
}

uint32_t impair_handle(const struct impair *impair)
{
    return 1 + impair->distribution + (impair->seed.given ? SEEDED : 0);
}

bool impair_read_handle(uint32_t major, enum impair_distribution *ret, bool *ret_seeded)
{
    uint32_t value = major - 1;
    if (!major || (value & ~SEEDED) >= DISTRIBUTION_COUNT)
        return false;
    *ret = value & ~SEEDED;
    *ret_seeded = value & SEEDED;
    return true;
}
