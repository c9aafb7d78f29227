// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Sets. A set of intervals is for the kernel a sorted row of points: where one begins, and behind
 * its last value where it ends; the row begins at zero. Only concatenations have both ends in one
 * element.
 */
#include <arpa/inet.h>
#include <libnftnl/set.h>
#include <libnftnl/udata.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/memory.h"
#include "netlink/nft_build.h"

/* How nft calls a type (enum datatypes in its include/datatype.h); kept by the kernel for `nft
 * list` alone. */
static uint32_t type_number(enum fw_type type, int family)
{
    static const uint8_t numbers[FW_TYPE_COUNT] = {
        [FW_TYPE_IFNAME] = 41,    [FW_TYPE_ETHER] = 9,        [FW_TYPE_IPV4] = 7,
        [FW_TYPE_IPV6] = 8,       [FW_TYPE_PROTO] = 12,       [FW_TYPE_PORT] = 13,
        [FW_TYPE_MARK] = 19,      [FW_TYPE_PKTTYPE] = 31,     [FW_TYPE_DSCP] = 36,
        [FW_TYPE_TTL] = 4,        [FW_TYPE_LENGTH] = 4,       [FW_TYPE_TCP_FLAGS] = 15,
        [FW_TYPE_ICMP_TYPE] = 14, [FW_TYPE_ICMPV6_TYPE] = 29, [FW_TYPE_ICMP_CODE] = 32,
        [FW_TYPE_CT_STATE] = 26,  [FW_TYPE_CT_STATUS] = 28,
    };
    return numbers[type] + (type == FW_TYPE_ICMP_CODE && family == AF_INET6);
}

#define TYPE_BITS 6 /* of one type in a concatenation's number */

enum byteorder { NO_ORDER, HOST_ORDER, NETWORK_ORDER }; /* nft's enum byteorder */

/* NFTNL_UDATA_SET_* and NFTNL_UDATA_SET_ELEM_*, as libnftnl 1.2 has them. */
enum { UDATA_KEY_ORDER = 0, UDATA_MERGE = 2, UDATA_ELEMENT_FLAGS = 1, ELEMENT_OPEN = 1 };

bool nft_is_host_order(enum fw_type type)
{
    return type == FW_TYPE_MARK || type == FW_TYPE_LENGTH || type == FW_TYPE_CT_STATE ||
           type == FW_TYPE_CT_STATUS;
}

static struct nft_bytes encode_number(uint32_t number, uint32_t len)
{
    struct nft_bytes bytes = {.len = len};
    for (uint32_t i = len; i-- > 0; number >>= 8)
        bytes.v[i] = (uint8_t)number;
    return bytes;
}

struct nft_bytes nft_encode(enum fw_type type, int family, const struct fw_datum *datum, bool big)
{
    struct nft_bytes bytes = {.len = fw_type_size(type)};
    if (type == FW_TYPE_DSCP) /* the upper six bits of a byte; in IPv6 four bits later */
        return family == AF_INET6 ? encode_number(datum->number << 6, 2)
                                  : encode_number(datum->number << 2, 1);
    if (type < FW_TYPE_PROTO)
        memcpy(bytes.v, datum->bytes, bytes.len);
    else if (nft_is_host_order(type) && !big)
        memcpy(bytes.v, &datum->number, sizeof(datum->number));
    else
        return encode_number(datum->number, bytes.len);
    return bytes;
}

struct fw_datum nft_decode(enum fw_type type, const uint8_t *bytes)
{
    struct fw_datum datum = {0};
    if (type < FW_TYPE_PROTO)
        memcpy(datum.bytes, bytes, fw_type_size(type));
    else if (nft_is_host_order(type))
        memcpy(&datum.number, bytes, sizeof(datum.number));
    else
        for (unsigned i = 0; i < fw_type_size(type); i++)
            datum.number = datum.number << 8 | bytes[i];
    return datum;
}

bool nft_has_interval(const struct fw_value *values, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (values[i].form != FW_SINGLE)
            return true;
    }
    return false;
}

/* --- Elements -------------------------------------------------------------------------------- */

static struct nftnl_set_elem *add_element(struct nftnl_set *s, const struct nft_bytes *key,
                                          uint32_t flags)
{
    struct nftnl_set_elem *e = memory_given(nftnl_set_elem_alloc());
    memory_taken(nftnl_set_elem_set(e, NFTNL_SET_ELEM_KEY, key->v, key->len));
    if (flags)
        nftnl_set_elem_set_u32(e, NFTNL_SET_ELEM_FLAGS, flags);
    nftnl_set_elem_add(s, e);
    return e;
}

/* The one after KEY; false where it is the last. */
static bool next(struct nft_bytes *key)
{
    for (uint32_t i = key->len; i-- > 0;) {
        if (++key->v[i])
            return true;
    }
    return false;
}

/* So that nft lists the last value there is as a value, not as a range. */
static void mark_open(struct nftnl_set_elem *e)
{
    struct nftnl_udata_buf *buf = memory_given(nftnl_udata_buf_alloc(64));
    nftnl_udata_put_u32(buf, UDATA_ELEMENT_FLAGS, ELEMENT_OPEN);
    memory_taken(nftnl_set_elem_set(e, NFTNL_SET_ELEM_USERDATA, nftnl_udata_buf_data(buf),
                                    nftnl_udata_buf_len(buf)));
    nftnl_udata_buf_free(buf);
}

struct interval {
    struct nft_bytes first, last;
};

static int compare_intervals(const void *a, const void *b)
{
    return memcmp(((const struct interval *)a)->first.v, ((const struct interval *)b)->first.v,
                  NFT_VALUE_MAX);
}

static void add_intervals(struct nftnl_set *s, struct interval *intervals, uint32_t n)
{
    struct nft_bytes zero = {.len = n ? intervals[0].first.len : 0};
    qsort(intervals, n, sizeof(*intervals), compare_intervals);
    if (n && memcmp(intervals[0].first.v, zero.v, NFT_VALUE_MAX) != 0)
        add_element(s, &zero, NFT_SET_ELEM_INTERVAL_END);
    for (uint32_t i = 0; i < n; i++) {
        struct nft_bytes end = intervals[i].last;
        struct nftnl_set_elem *e = add_element(s, &intervals[i].first, 0);
        if (next(&end))
            add_element(s, &end, NFT_SET_ELEM_INTERVAL_END);
        else if (memcmp(intervals[i].first.v, intervals[i].last.v, NFT_VALUE_MAX) == 0)
            mark_open(e);
    }
}

/* The elements of S in one message or, as an attribute holds 64 KiB, several. */
static void send_elements(struct nft_batch *b, struct nftnl_set *s, struct pos pos, bool named)
{
    struct nftnl_set_elems_iter *iter = memory_given(nftnl_set_elems_iter_create(s));
    int more = 1;
    while (more > 0) {
        struct nlmsghdr *msg = nft_begin(b, NFT_MSG_NEWSETELEM, NLM_F_CREATE, pos);
        more = nftnl_set_elems_nlmsg_build_payload_iter(msg, iter);
        nft_end(b);
        if (named)
            nft_may_split(b);
    }
    nftnl_set_elems_iter_destroy(iter);
}

/* --- Sets ------------------------------------------------------------------------------------ */

static struct nftnl_set *new_set(struct nft_batch *b, const char *name, uint32_t flags)
{
    struct nftnl_set *s = memory_given(nftnl_set_alloc());
    nftnl_set_set_u32(s, NFTNL_SET_FAMILY, NFPROTO_INET);
    memory_taken(nftnl_set_set_str(s, NFTNL_SET_TABLE, b->table));
    memory_taken(nftnl_set_set_str(s, NFTNL_SET_NAME, name));
    nftnl_set_set_u32(s, NFTNL_SET_FLAGS, flags);
    nftnl_set_set_u32(s, NFTNL_SET_ID, ++b->set_id);
    return s;
}

static void send_set(struct nft_batch *b, struct nftnl_set *s, struct pos pos)
{
    nftnl_set_nlmsg_build_payload(nft_begin(b, NFT_MSG_NEWSET, NLM_F_CREATE, pos), s);
    nft_end(b);
}

/* What `nft list` needs to show the keys as they were written. */
static void put_userdata(struct nftnl_set *s, enum byteorder order, bool merge)
{
    struct nftnl_udata_buf *buf = memory_given(nftnl_udata_buf_alloc(64));
    nftnl_udata_put_u32(buf, UDATA_KEY_ORDER, order);
    if (merge)
        nftnl_udata_put_u32(buf, UDATA_MERGE, 1);
    memory_taken(nftnl_set_set_data(s, NFTNL_SET_USERDATA, nftnl_udata_buf_data(buf),
                                    nftnl_udata_buf_len(buf)));
    nftnl_udata_buf_free(buf);
}

static enum byteorder order_of(enum fw_type type)
{
    return nft_is_host_order(type) || type == FW_TYPE_IFNAME || type == FW_TYPE_PKTTYPE
               ? HOST_ORDER
               : NETWORK_ORDER;
}

static void put_values(struct nftnl_set *s, const struct fw_match *match, int family, bool interval)
{
    uint32_t n = match->values.n;
    struct interval *intervals = memory_zeroed(n, sizeof(*intervals));
    for (uint32_t i = 0; i < n; i++) {
        const struct fw_value *v = &match->values.v[i];
        intervals[i].first = nft_encode(match->type, family, &v->first, interval);
        intervals[i].last = nft_encode(match->type, family, &v->last, interval);
        if (!interval)
            add_element(s, &intervals[i].first, 0);
    }
    if (intervals && interval)
        add_intervals(s, intervals, n);
    free(intervals);
}

static int count_element(struct nftnl_set_elem *e, void *count)
{
    (void)e;
    ++*(uint32_t *)count;
    return 0;
}

uint32_t nft_add_values(struct nft_batch *b, const struct fw_match *match, int family)
{
    bool interval = nft_has_interval(match->values.v, match->values.n);
    uint32_t flags = NFT_SET_ANONYMOUS | NFT_SET_CONSTANT | (interval ? NFT_SET_INTERVAL : 0);
    struct nftnl_set *s = new_set(b, "__set%d", flags);
    struct nft_bytes one = nft_encode(match->type, family, &match->values.v[0].first, false);
    nftnl_set_set_u32(s, NFTNL_SET_KEY_TYPE, type_number(match->type, family));
    nftnl_set_set_u32(s, NFTNL_SET_KEY_LEN, one.len);
    put_userdata(s, order_of(match->type), interval);
    put_values(s, match, family, interval);
    uint32_t elements = 0;
    nftnl_set_elem_foreach(s, count_element, &elements);
    nftnl_set_set_u32(s, NFTNL_SET_DESC_SIZE, elements);
    send_set(b, s, match->pos);
    send_elements(b, s, match->pos, false);
    nftnl_set_free(s);
    return b->set_id;
}

/* Both ends of a concatenation's parts, each filled up to 32 bits. */
static void put_tuple(struct nftnl_set *s, const struct fw_set *set, const struct fw_value *parts)
{
    uint8_t first[FW_PARTS_MAX * NFT_VALUE_MAX] = {0}, last[sizeof(first)] = {0};
    uint32_t len = 0;
    for (uint32_t i = 0; i < set->n_types; i++) {
        struct nft_bytes low = nft_encode(set->types[i], 0, &parts[i].first, set->interval);
        struct nft_bytes high = nft_encode(set->types[i], 0, &parts[i].last, set->interval);
        memcpy(first + len, low.v, low.len);
        memcpy(last + len, high.v, high.len);
        len += (low.len + 3) & ~3u;
    }
    struct nftnl_set_elem *e = memory_given(nftnl_set_elem_alloc());
    memory_taken(nftnl_set_elem_set(e, NFTNL_SET_ELEM_KEY, first, len));
    if (set->interval)
        memory_taken(nftnl_set_elem_set(e, NFTNL_SET_ELEM_KEY_END, last, len));
    nftnl_set_elem_add(s, e);
}

static void put_elements(struct nftnl_set *s, const struct fw_set *set)
{
    struct interval *intervals = memory_zeroed(set->elements.n, sizeof(*intervals));
    for (uint32_t i = 0; i < set->elements.n; i++) {
        const struct fw_value *parts = set->elements.v[i].parts;
        if (set->n_types > 1) {
            put_tuple(s, set, parts);
            continue;
        }
        intervals[i].first = nft_encode(set->types[0], 0, &parts[0].first, set->interval);
        intervals[i].last = nft_encode(set->types[0], 0, &parts[0].last, set->interval);
        if (!set->interval)
            add_element(s, &intervals[i].first, 0);
    }
    if (intervals && set->interval && set->n_types == 1)
        add_intervals(s, intervals, set->elements.n);
    free(intervals);
}

static void put_key(struct nftnl_set *s, const struct fw_set *set)
{
    uint8_t lengths[FW_PARTS_MAX];
    uint32_t type = 0, len = 0;
    for (uint32_t i = 0; i < set->n_types; i++) {
        lengths[i] = (uint8_t)fw_type_size(set->types[i]);
        type = type << TYPE_BITS | type_number(set->types[i], 0);
        len += set->n_types > 1 ? (lengths[i] + 3u) & ~3u : lengths[i];
    }
    nftnl_set_set_u32(s, NFTNL_SET_KEY_TYPE, type);
    nftnl_set_set_u32(s, NFTNL_SET_KEY_LEN, len);
    if (set->interval && set->n_types > 1)
        memory_taken(nftnl_set_set_data(s, NFTNL_SET_DESC_CONCAT, lengths, set->n_types));
    put_userdata(s, set->n_types > 1 ? NO_ORDER : order_of(set->types[0]), false);
}

void nft_add_set(struct nft_batch *b, const struct fw_set *set)
{
    uint32_t flags = (set->interval ? NFT_SET_INTERVAL : 0) |
                     (set->interval && set->n_types > 1 ? NFT_SET_CONCAT : 0) |
                     (set->timeout_ms ? NFT_SET_TIMEOUT : 0) | (set->dynamic ? NFT_SET_EVAL : 0);
    struct nftnl_set *s = new_set(b, set->name, flags);
    put_key(s, set);
    if (set->timeout_ms)
        nftnl_set_set_u64(s, NFTNL_SET_TIMEOUT, set->timeout_ms);
    if (set->size)
        nftnl_set_set_u32(s, NFTNL_SET_DESC_SIZE, set->size);
    send_set(b, s, set->pos);
    put_elements(s, set);
    if (set->elements.n)
        send_elements(b, s, set->pos, true);
    nftnl_set_free(s);
}
