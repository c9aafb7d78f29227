// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/err.h"
#include "netlink/nl.h"
struct firewall; /* model/firewall.h */

/* Beside nft's own comment (type 0) in a rule's userdata: its fw_rule.id, 32 bits in host order.
 * nft passes over types that it does not know. */
#define NFT_UDATA_RULE_ID 200

/*
 * Loads FW's table into the network namespace that the calling thread stands in, as one
 * transaction: all of it or nothing. 0, or the code of what the kernel refused first; ERR has the
 * place in the file of that rule, chain or set, and STATUS_LACKING where the kernel does not have
 * what it needs.
 */
int nft_load(const struct firewall *fw, struct err *err);

/* Takes table NAME of the same namespace away. -ENOENT: there is none. */
int nft_delete_table(const char *name, struct err *err);

/* What would drop packets that this namespace forwards, unless somebody lets those of interfaces
 * pass whose names begin with ALLOWED. */
struct nft_dropper {
    char family[8], table[64], chain[64];
    bool policy;       /* by its policy; else by a rule for all */
    const char *owner; /* "Docker", "ufw", "firewalld", or NULL: who knows */
};

/* 1 and *RET, 0 where there is none, or a negative errno. */
int nft_find_dropper(const char *allowed, struct nft_dropper *ret, struct err *err);

/* What the kernel has counted for one of its rules that nslab made. */
struct nft_count {
    uint32_t id; /* fw_rule.id */
    bool counts; /* it has a counter */
    uint64_t packets, bytes;
};
typedef void nft_count_fn(void *arg, const struct nft_count *count);

/* Calls FN for each rule of table FW_TABLE that has an ID, in no order. NL is a socket of
 * NETLINK_NETFILTER. A table that is gone has no rules. */
int nft_each_count(struct nl *nl, nft_count_fn *fn, void *arg, struct err *err);

/* An element as nft(8) writes it ("10.0.0.1 . 80"), and how long it will stay; -1: for ever. */
typedef void nft_element_fn(void *arg, const char *text, int64_t expires_ms);

/* Calls FN for each element of set NAME in FW_TABLE, of N_TYPES parts (TYPES: enum fw_type). Not
 * for sets of intervals. A set that is gone has none. */
int nft_each_element(struct nl *nl, const char *name, const uint32_t *types, uint32_t n_types,
                     nft_element_fn *fn, void *arg, struct err *err);
