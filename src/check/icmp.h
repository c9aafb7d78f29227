// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/addr.h"
#include "base/str.h"

/*
 * Echo requests, and what comes back for them: ICMP (RFC 792) and ICMPv6 (RFC 4443) in one form.
 */
#define ICMP_HEADER 8

/* What tells an echo request from all others of a node. TAG is in its payload, where there is room
 * for it. */
struct echo_id {
    uint16_t id, seq;
    uint32_t tag;
};

/* Writes an echo request of FAMILY with SIZE bytes of payload to BUF, which has room for them and
 * the header; gives its length. The checksum of one of IPv6 is left to the kernel, which knows the
 * addresses. */
size_t echo_build(int family, const struct echo_id *id, size_t size, uint8_t *buf);

enum icmp_sort {
    ICMP_OTHER,
    ICMP_REPLY, /* to an echo request */
    ICMP_ERROR, /* about an echo request */
};

struct icmp_answer {
    enum icmp_sort sort;
    struct echo_id id;
    bool has_tag;
    uint8_t type, code; /* of an error */
    struct addr to;     /* of the request that an error is about */
    uint32_t mtu;       /* that the next link has, where the error says so; else 0 */
};

/* Reads LEN BYTES as a raw socket gives them: from the IP header on for IPv4, from the ICMPv6
 * header on for IPv6. */
struct icmp_answer icmp_parse(int family, const uint8_t *bytes, size_t len);

/* Whether an error says that a packet's time to live was over; that a packet was too large for a
 * link. */
bool icmp_is_expired(int family, uint8_t type);
bool icmp_is_too_big(int family, uint8_t type, uint8_t code);

/* "host unreachable", "fragmentation needed", … */
const char *icmp_word(int family, uint8_t type, uint8_t code);
