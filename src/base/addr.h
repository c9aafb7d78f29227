// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/util.h"

/* An IP address. FAMILY is AF_INET or AF_INET6, or AF_UNSPEC for none; network byte order. */
struct addr {
    uint8_t family;
    uint8_t bytes[16];
};

/* An address with a prefix length, as an interface has it (host bits kept) or a destination. */
struct prefix {
    struct addr addr;
    uint8_t len;
};

struct mac {
    uint8_t bytes[6];
};

#define ADDR_TEXT_MAX 64 /* "ADDRESS/LEN" with its NUL */

/* The whole text must be one (inet_pton(3), so no leading zeros); no errors but false. */
bool addr_parse(const char *text, struct addr *ret);
bool mac_parse(const char *text, struct mac *ret); /* 52:54:00:12:34:56 */

/* "A/LEN"; a bare A gets the full length and *RET_BARE true. */
bool prefix_parse(const char *text, struct prefix *ret, bool *ret_bare);

unsigned addr_bits(const struct addr *addr);  /* 32 or 128 */
unsigned addr_bytes(const struct addr *addr); /* 4 or 16 */
bool addr_equal(const struct addr *a, const struct addr *b);
int addr_compare(const struct addr *a, const struct addr *b); /* family, then value */
bool addr_is_link_local(const struct addr *addr);             /* fe80::/10, 169.254/16 */
bool addr_is_unspecified(const struct addr *addr);
bool addr_is_loopback(const struct addr *addr); /* 127.0.0.0/8, ::1 */
bool addr_is_multicast(const struct addr *addr);

/* ADDR + N, carrying; wraps silently. */
struct addr addr_add(const struct addr *addr, uint64_t n);

/* The subnet's own address (host bits 0), and its last one (host bits 1). */
struct addr prefix_network(const struct prefix *p);
struct addr prefix_last(const struct prefix *p);
int prefix_compare(const struct prefix *a, const struct prefix *b); /* address, then length */
bool prefix_contains(const struct prefix *p, const struct addr *addr);
bool prefix_overlaps(const struct prefix *a, const struct prefix *b);
bool prefix_has_host_bits(const struct prefix *p);

/* Into BUF of ADDR_TEXT_MAX bytes; BUF. */
const char *addr_text(const struct addr *addr, char *buf);
const char *prefix_text(const struct prefix *p, char *buf);
const char *mac_text(const struct mac *mac, char *buf);
