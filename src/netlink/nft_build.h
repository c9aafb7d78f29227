// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <libnftnl/common.h>
#include <libnftnl/rule.h>

#include "model/firewall.h"

/*
 * One transaction in the making: messages, and for each the place in the file that asked for it.
 * The first thing that goes wrong is remembered; what follows then does nothing.
 */
struct nft_batch {
    int fd;
    const char *table;
    size_t room; /* bytes that one transaction may have */
    struct nftnl_batch *batch;
    struct nlmsghdr *msg; /* that was begun */
    struct pos *pos;      /* by sequence number */
    uint32_t n, cap;      /* messages so far */
    uint32_t first;       /* of them, of this transaction */
    size_t bytes;         /* of it */
    uint32_t set_id;      /* given out so far */
    int code;             /* 0, or what went wrong; then ERR says it */
    struct err *err;
};

/* Where the next message goes; its header is filled, of TYPE (NFT_MSG_*) with FLAGS (NLM_F_*). */
struct nlmsghdr *nft_begin(struct nft_batch *b, uint16_t type, uint16_t flags, struct pos pos);

/* The message that was begun is complete. */
void nft_end(struct nft_batch *b);

/* The transaction may end here and another follow, should it have grown too large for the socket:
 * an ordinary user may not have a buffer of any size. Nobody sees a node before all is loaded. */
void nft_may_split(struct nft_batch *b);

/* nft.c: FW's table with all that is in it. */
void nft_add_firewall(struct nft_batch *b, const struct firewall *fw);

/* nft_set.c: a named set with its elements. */
void nft_add_set(struct nft_batch *b, const struct fw_set *set);

/* An anonymous set of MATCH's values in FAMILY (of code points, which have a shape in each); its
 * id. */
uint32_t nft_add_values(struct nft_batch *b, const struct fw_match *match, int family);

/* nft_rule.c: RULE at the end of CHAIN. */
void nft_add_rule(struct nft_batch *b, const struct fw_chain *chain, const struct fw_rule *rule);

#define NFT_VALUE_MAX 16

/* DATUM as the kernel compares it, LEN bytes: network byte order where BIG is true or where the
 * packet has it. */
struct nft_bytes {
    uint8_t v[NFT_VALUE_MAX];
    uint32_t len;
};
struct nft_bytes nft_encode(enum fw_type type, int family, const struct fw_datum *datum, bool big);

/* The datum at BYTES, in the byte order of a set that is no interval; the inverse of nft_encode. */
struct fw_datum nft_decode(enum fw_type type, const uint8_t *bytes);

/* Whether the register holds TYPE in the byte order of the machine. */
bool nft_is_host_order(enum fw_type type);

/* Whether the values of N make an interval. */
bool nft_has_interval(const struct fw_value *values, uint32_t n);

/* nft_read.c: what an answer of the kernel's says. Of a rule its count, false where it is none that
 * nslab made; of a set's elements each, as of nft_each_element. */
struct nft_count;
bool nft_read_count(const struct nlmsghdr *msg, struct nft_count *ret);

struct nft_listing {
    const uint32_t *types;
    uint32_t n_types;
    void (*fn)(void *arg, const char *text, int64_t expires_ms);
    void *arg;
};
int nft_read_elements(void *listing, const struct nlmsghdr *msg);
