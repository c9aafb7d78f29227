// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * netem and tbf, written and read back.
 *
 * Times go in the 64-bit attributes, in nanoseconds: the old fields count in ticks of 64, and in 32
 * bits. A netem that is changed keeps what the request does not speak of, so every request speaks
 * of everything. What netem never tells (its table of jitter, and whether the seed is its own)
 * stands in its handle.
 */
#include "netlink/qdisc.h"

#include <libmnl/libmnl.h>
#include <linux/pkt_sched.h>
#include <math.h>
#include <string.h>

#include "netlink/compat.h"

#define TICK_NS 64 /* of the kernel's scheduler */
#define MAJOR(handle) ((handle) >> 16)
#define HANDLE(major) ((major) << 16)

/* --- Writing -----------------------------------------------------------------------------------
 */

static struct nl_msg *begin(struct nl *nl, uint16_t type, uint16_t flags,
                            const struct tcmsg *header)
{
    struct nl_msg *m = nl_begin(nl, type, flags);
    nl_put_header(m, header, sizeof(*header));
    return m;
}

static void put_u64(struct nl_msg *m, uint16_t type, uint64_t value)
{
    nl_put(m, type, &value, sizeof(value));
}

/* A rate, in 32 bits as far as they reach. */
static uint32_t narrow(uint64_t rate)
{
    return rate < UINT32_MAX ? (uint32_t)rate : UINT32_MAX;
}

/* The kernel has it the other way round: of a bad time it wants to know what is not lost. */
static void put_loss(struct nl_msg *m, const struct impair_loss *loss)
{
    const struct tc_netem_gemodel model = {
        .p = loss->p, .r = loss->r, .h = SHARE_WHOLE - loss->bad, .k1 = loss->good};
    if (!loss->in_bursts)
        return;
    NL_NEST (m, TCA_NETEM_LOSS) {
        nl_put(m, NETEM_LOSS_GE, &model, sizeof(model));
    }
}

static void put_chances(struct nl_msg *m, const struct impair *impair)
{
    const struct tc_netem_corr correlation = {.delay_corr = impair->correlation};
    const struct tc_netem_reorder reorder = {.probability = impair->reorder};
    const struct tc_netem_corrupt corrupt = {.probability = impair->corrupt};
    nl_put(m, TCA_NETEM_CORR, &correlation, sizeof(correlation));
    nl_put(m, TCA_NETEM_REORDER, &reorder, sizeof(reorder));
    nl_put(m, TCA_NETEM_CORRUPT, &corrupt, sizeof(corrupt));
    put_loss(m, &impair->loss);
}

static void put_netem_rate(struct nl_msg *m, uint64_t bytes)
{
    const struct tc_netem_rate rate = {.rate = narrow(bytes)};
    nl_put(m, TCA_NETEM_RATE, &rate, sizeof(rate));
    if (bytes >= UINT32_MAX)
        put_u64(m, TCA_NETEM_RATE64, bytes);
}

static void put_netem(struct nl_msg *m, const struct qdisc_wish *wish)
{
    const struct impair *impair = wish->impair;
    const int16_t *table = netem_tables_get(wish->tables, impair->distribution);
    const struct tc_netem_qopt options = {
        .limit = impair_limit(impair),
        .loss = impair->loss.in_bursts ? 0 : impair->loss.p,
        .duplicate = impair->duplicate,
        .gap = impair->reorder ? 1 : 0, /* every packet may be reordered */
    };
    nl_put_str(m, TCA_KIND, "netem");
    NL_NEST (m, TCA_OPTIONS) {
        nl_put_raw(m, &options, sizeof(options));
        put_u64(m, TCA_NETEM_LATENCY64, impair->delay);
        put_u64(m, TCA_NETEM_JITTER64, impair->jitter);
        put_chances(m, impair);
        put_netem_rate(m, impair_has_tbf(impair) ? 0 : impair->rate);
        if (table)
            nl_put(m, TCA_NETEM_DELAY_DIST, table, NETEM_TABLE_SIZE * sizeof(*table));
        if (impair->seed.given)
            put_u64(m, COMPAT_TCA_NETEM_PRNG_SEED, impair->seed.value);
    }
}

static void put_tbf(struct nl_msg *m, const struct qdisc_wish *wish)
{
    const struct impair *impair = wish->impair;
    const struct tc_tbf_qopt options = {
        .rate = {.rate = narrow(impair->rate), .linklayer = TC_LINKLAYER_ETHERNET},
        .limit = impair_queue_bytes(impair),
    };
    nl_put_str(m, TCA_KIND, "tbf");
    NL_NEST (m, TCA_OPTIONS) {
        nl_put(m, TCA_TBF_PARMS, &options, sizeof(options));
        nl_put_u32(m, TCA_TBF_BURST, impair_burst(impair, wish->mtu));
        if (impair->rate >= UINT32_MAX)
            put_u64(m, TCA_TBF_RATE64, impair->rate);
    }
}

/* FLAGS: to make them, or 0: to change them. */
static void send_netem(struct nl *nl, const struct qdisc_wish *wish, uint16_t flags,
                       uint32_t handle, uint32_t cookie)
{
    const struct tcmsg header = {
        .tcm_ifindex = (int)wish->index, .tcm_parent = TC_H_ROOT, .tcm_handle = handle};
    put_netem(begin(nl, RTM_NEWQDISC, flags, &header), wish);
    nl_queue(nl, cookie);
}

static void send_tbf(struct nl *nl, const struct qdisc_wish *wish, uint16_t flags,
                     const uint32_t place[2], uint32_t cookie)
{
    const struct tcmsg header = {
        .tcm_ifindex = (int)wish->index, .tcm_parent = place[0], .tcm_handle = place[1]};
    put_tbf(begin(nl, RTM_NEWQDISC, flags, &header), wish);
    nl_queue(nl, cookie);
}

void qdisc_add(struct nl *nl, const struct qdisc_wish *wish, uint32_t cookie)
{
    static const uint16_t flags = NLM_F_CREATE | NLM_F_EXCL;
    uint32_t netem = HANDLE(impair_handle(wish->impair));
    uint32_t tbf[2] = {TC_H_ROOT, HANDLE(IMPAIR_TBF_HANDLE)};
    if (impair_has_netem(wish->impair)) {
        send_netem(nl, wish, flags, netem, cookie);
        tbf[0] = netem | 1;
    }
    if (impair_has_tbf(wish->impair))
        send_tbf(nl, wish, flags, tbf, cookie);
}

static void remove_root(struct nl *nl, uint32_t index, uint32_t cookie)
{
    const struct tcmsg header = {.tcm_ifindex = (int)index, .tcm_parent = TC_H_ROOT};
    begin(nl, RTM_DELQDISC, 0, &header);
    nl_queue(nl, cookie);
}

/* Whether WISH is a matter of other numbers alone. */
static bool is_same_build(const struct qdisc_found *found, const struct impair *impair)
{
    const struct impair *now = &found->impair;
    return impair_has_netem(impair) == (found->netem != 0) &&
           impair_has_tbf(impair) == (found->tbf != 0) &&
           impair->distribution == now->distribution && impair->seed.given == now->seed.given;
}

void qdisc_change(struct nl *nl, const struct qdisc_found *found, const struct qdisc_wish *wish,
                  uint32_t cookie)
{
    const uint32_t tbf[2] = {found->parent, found->tbf};
    if (!is_same_build(found, wish->impair)) {
        if (found->netem || found->tbf)
            remove_root(nl, wish->index, cookie);
        qdisc_add(nl, wish, cookie);
        return;
    }
    if (found->netem)
        send_netem(nl, wish, 0, found->netem, cookie);
    if (found->tbf)
        send_tbf(nl, wish, 0, tbf, cookie);
}

/* --- Reading -----------------------------------------------------------------------------------
 */

struct qdisc {
    uint32_t parent, handle;
    const char *kind;
    const struct nlattr *options; /* or NULL */
};

/* The payload of ATTR in RET, as far as it reaches. */
static void get(const struct nlattr *attr, void *ret, size_t size)
{
    size_t len = mnl_attr_get_payload_len(attr);
    memcpy(ret, mnl_attr_get_payload(attr), len < size ? len : size);
}

static void read_loss(const struct nlattr *nest, struct impair_loss *ret)
{
    struct tc_netem_gemodel model = {0};
    const struct nlattr *attr;
    mnl_attr_for_each_nested(attr, nest)
    {
        if (mnl_attr_get_type(attr) != NETEM_LOSS_GE)
            continue;
        get(attr, &model, sizeof(model));
        *ret = (struct impair_loss){.p = model.p,
                                    .in_bursts = true,
                                    .r = model.r,
                                    .bad = SHARE_WHOLE - model.h,
                                    .good = model.k1};
    }
}

static void read_netem_rate(const struct nlattr *attr, struct impair *ret)
{
    struct tc_netem_rate rate = {0};
    get(attr, &rate, sizeof(rate));
    if (!ret->rate)
        ret->rate = rate.rate;
}

static void read_netem_attr(const struct nlattr *attr, struct impair *ret)
{
    uint32_t first = 0; /* what correlations, reordering and corruption begin with */
    uint64_t wide = 0;
    get(attr, &first, sizeof(first));
    get(attr, &wide, sizeof(wide));
    switch (mnl_attr_get_type(attr)) {
    case TCA_NETEM_LATENCY64:
        ret->delay = wide;
        break;
    case TCA_NETEM_JITTER64:
        ret->jitter = wide;
        break;
    case TCA_NETEM_CORR:
        ret->correlation = first;
        break;
    case TCA_NETEM_REORDER:
        ret->reorder = first;
        break;
    case TCA_NETEM_CORRUPT:
        ret->corrupt = first;
        break;
    case TCA_NETEM_LOSS:
        read_loss(attr, &ret->loss);
        break;
    case TCA_NETEM_RATE:
        read_netem_rate(attr, ret);
        break;
    case TCA_NETEM_RATE64:
        ret->rate = wide;
        break;
    case COMPAT_TCA_NETEM_PRNG_SEED:
        ret->seed.value = wide;
        break;
    }
}

static void take_netem(const struct qdisc *qdisc, struct qdisc_found *found)
{
    struct tc_netem_qopt options = {0};
    struct impair *impair = &found->impair;
    enum impair_distribution distribution = DISTRIBUTION_NONE;
    get(qdisc->options, &options, sizeof(options));
    impair->queue.size = options.limit == IMPAIR_QUEUE_PACKETS ? 0 : options.limit;
    impair->loss.p = options.loss;
    impair->duplicate = options.duplicate;
    const char *end = (const char *)mnl_attr_get_payload(qdisc->options) +
                      mnl_attr_get_payload_len(qdisc->options);
    const struct nlattr *attr =
        (const void *)((const char *)mnl_attr_get_payload(qdisc->options) + sizeof(options));
    for (; mnl_attr_ok(attr, (int)(end - (const char *)attr)); attr = mnl_attr_next(attr))
        read_netem_attr(attr, impair);
    impair_read_handle(MAJOR(qdisc->handle), &distribution, &impair->seed.given);
    impair->distribution = distribution;
    found->netem = qdisc->handle;
}

/* What the kernel tells of a burst is the time that it takes, in whole ticks, worked out with some
 * 30 bits: of all sizes that may take so long the roundest, as somebody will have written that. */
static uint32_t burst_of(uint64_t rate, uint32_t ticks)
{
    double tick = (double)rate * TICK_NS / 1e9, least = ticks * tick * (1 - 1e-9),
           most = (ticks + 1.0) * tick * (1 + 1e-9);
    if (most >= UINT32_MAX)
        return UINT32_MAX;
    for (uint32_t step = 1000000000; step; step /= 10) {
        double size = ceil(least / step) * step;
        if (size <= most)
            return (uint32_t)size;
    }
    return (uint32_t)lround((least + most) / 2); /* less than a byte a tick */
}

static void take_tbf(const struct qdisc *qdisc, struct qdisc_found *found)
{
    struct tc_tbf_qopt options = {0};
    uint64_t rate = 0;
    const struct nlattr *attr;
    mnl_attr_for_each_nested(attr, qdisc->options)
    {
        if (mnl_attr_get_type(attr) == TCA_TBF_PARMS)
            get(attr, &options, sizeof(options));
        if (mnl_attr_get_type(attr) == TCA_TBF_RATE64)
            get(attr, &rate, sizeof(rate));
    }
    found->tbf = qdisc->handle;
    found->parent = qdisc->parent;
    found->impair.rate = rate ? rate : options.rate.rate;
    found->impair.burst = burst_of(found->impair.rate, options.buffer);
    found->impair.queue = (struct impair_queue){.size = options.limit, .in_bytes = true};
}

/* An interface's own: none is needed, or the kernel's choice. */
static bool is_default(const struct qdisc *qdisc)
{
    return qdisc->handle == 0;
}

void qdisc_take(const struct qdisc *qdisc, struct qdisc_found *found)
{
    bool root = qdisc->parent == TC_H_ROOT;
    bool inside = found->netem && MAJOR(qdisc->parent) == MAJOR(found->netem);
    if (root && strcmp(qdisc->kind, "netem") == 0 && qdisc->options)
        take_netem(qdisc, found);
    else if ((root || inside) && strcmp(qdisc->kind, "tbf") == 0 && qdisc->options)
        take_tbf(qdisc, found);
    else if ((root || inside) && !is_default(qdisc))
        snprintf(found->other, sizeof(found->other), "%s", qdisc->kind);
}

struct dump {
    qdisc_fn *fn;
    void *arg;
};

static int take_message(void *arg, const struct nlmsghdr *msg)
{
    const struct dump *dump = arg;
    const struct tcmsg *header = mnl_nlmsg_get_payload(msg);
    const struct nlattr *attr;
    struct qdisc qdisc = {.parent = header->tcm_parent, .handle = header->tcm_handle};
    if (msg->nlmsg_type != RTM_NEWQDISC)
        return 0;
    mnl_attr_for_each(attr, msg, sizeof(*header))
    {
        if (mnl_attr_get_type(attr) == TCA_KIND)
            qdisc.kind = mnl_attr_get_str(attr);
        if (mnl_attr_get_type(attr) == TCA_OPTIONS)
            qdisc.options = attr;
    }
    return qdisc.kind ? dump->fn(dump->arg, (uint32_t)header->tcm_ifindex, &qdisc) : 0;
}

int qdisc_dump(struct nl *nl, qdisc_fn *fn, void *arg, struct err *err)
{
    struct dump dump = {.fn = fn, .arg = arg};
    const struct tcmsg header = {.tcm_family = AF_UNSPEC};
    begin(nl, RTM_GETQDISC, 0, &header);
    return nl_dump(nl, take_message, &dump, err);
}

struct find {
    uint32_t index;
    struct qdisc_found *found;
};

static int take_if_found(void *arg, uint32_t index, const struct qdisc *qdisc)
{
    const struct find *find = arg;
    if (index == find->index)
        qdisc_take(qdisc, find->found);
    return 0;
}

int qdisc_find(struct nl *nl, uint32_t index, struct qdisc_found *ret, struct err *err)
{
    struct find find = {.index = index, .found = ret};
    *ret = (struct qdisc_found){0};
    return qdisc_dump(nl, take_if_found, &find, err);
}
