// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/model.h"

/*
 * What a lab is to do, as the file says it: names are nodes and, as far as the file gives them,
 * addresses. Of addresses that only a running lab has (SLAAC, DHCP) those who test look them up.
 */
enum test_kind {
    TEST_PING,
    TEST_TCP,
    TEST_UDP,
    TEST_PATH,
    TEST_ROUTE,
    TEST_RTT,
    TEST_THROUGHPUT,
    TEST_RUN,
    TEST_KINDS,
};

enum test_expect {
    EXPECT_OPEN, /* udp: an answer */
    EXPECT_REFUSED,
    EXPECT_TIMEOUT,
};

/* Where a test starts, or what it is about. */
struct test_end {
    const char *text;          /* as it is named: "h1", "h1:eth0", "10.0.0.1", without a port */
    const struct node *node;   /* NULL: an address that no node has in the file */
    const struct iface *iface; /* NULL: any */
    struct addr addrs[2];      /* of IPv4 and of IPv6; AF_UNSPEC: none that the file gives */
    uint16_t port;             /* of tcp and udp */
    bool of_all;               /* one of `all`: left out where it has no address that fits */
};
typedef VEC(struct test_end) test_ends;

/* One of these nodes is on the way. */
struct test_stop {
    const char *text;
    VEC(const char *) nodes;
};

struct test {
    enum test_kind kind;
    const char *name;  /* or NULL */
    const char *words; /* the probe as it is written: "ping: {from: h1, to: h2}", behind "not " */
    struct pos pos;
    uint32_t within_ms; /* 0: one try */
    bool inverted;      /* it is not to hold */
    uint8_t family;     /* AF_UNSPEC: every one that both ends have */

    test_ends from; /* of route and run: the nodes */
    test_ends to;   /* of each of these to each of those, but not to itself where there are several;
                     * none of run, and of a route to a prefix */

    uint32_t size, count, interval_ms; /* of ping (bytes of data), count of rtt too */
    bool df;
    uint32_t loss_max; /* a fraction of SHARE_WHOLE */

    enum test_expect expect;
    const char *send; /* what udp sends; NULL: what the port's protocol is asked with */

    VEC(struct test_stop) through;

    struct prefix prefix; /* of route: where to; family AF_UNSPEC: `default`, or TO */
    bool any_hop;         /* of route: it need only be there */
    struct test_end via;  /* of route; no text: any */
    const char *dev;      /* or NULL */

    uint64_t min, max; /* rtt: nanoseconds; throughput: bits a second; max 0: any */
    uint32_t for_ms;   /* of throughput */

    char *const *argv; /* of run, NULL-terminated */
    int exit;
    const char *output; /* a POSIX extended regular expression; NULL: any */
};

#define TEST_COUNT 1
#define TEST_RTT_COUNT 5
#define TEST_FOR_MS 1000
#define TEST_INTERVAL_MS 100

/* "ping", as the file has it. */
const char *test_kind_name(enum test_kind kind);
const char *test_expect_name(const struct test *test);
