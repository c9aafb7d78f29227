// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/err.h"

/* What a `log` of nftables sends for one packet, <linux/netfilter/nfnetlink_log.h>. Pointers are
 * into the message. */
struct nflog_entry {
    uint32_t seq;      /* counts every packet that was logged, those that got lost too */
    uint8_t hook;      /* NF_INET_* */
    uint32_t iif, oif; /* indexes, 0: none */
    uint32_t mark;
    const char *prefix;
    const uint8_t *packet; /* from its IP header on, the first LEN bytes of it */
    uint32_t len;
};

/* A socket that does not block, where the packets arrive that are logged to GROUP in the network
 * namespace that the calling thread stands in. One group has one reader: -EBUSY. */
int nflog_open(uint16_t group, int *ret, struct err *err);

typedef void nflog_fn(void *arg, const struct nflog_entry *entry);

/* Calls FN for each packet that LEN bytes of messages (aligned as such) tell of. */
void nflog_parse(const void *bytes, size_t len, nflog_fn *fn, void *arg);

/* Calls FN for what has arrived from the kernel, at most MAX messages. True if there may be more.
 */
bool nflog_read(int fd, unsigned max, nflog_fn *fn, void *arg);
