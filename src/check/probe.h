// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/addr.h"
#include "base/str.h"
#include "lab/state.h"

struct book; /* check/book.h */

/*
 * Questions to a network that are asked from inside of its nodes, without other programs.
 *
 * A probe is a plain struct: zero what it does not use. Where a number is 0 that cannot mean
 * anything, its default (PROBE_*) is used.
 */
enum probe_kind {
    PROBE_PING,   /* ICMP or ICMPv6 echo requests to TO; the round trips of many, too */
    PROBE_TCP,    /* connects to TO, PORT, and closes the connection */
    PROBE_UDP,    /* sends PAYLOAD to TO, PORT, and waits for an answer */
    PROBE_PATH,   /* who is on the way to TO: echo requests with growing time to live */
    PROBE_ROUTE,  /* the route that NODE has for the address TO, or to exactly PREFIX */
    PROBE_STREAM, /* a TCP connection to TO, an address of PEER's: how much gets through */
};

#define PROBE_TIMEOUT_MS 2000
#define PROBE_INTERVAL_MS 200
#define PROBE_DURATION_MS 2000
#define PROBE_SIZE 56
#define PROBE_TABLE_MAIN 254
#define PROBE_HOPS_MAX 32 /* of a path */
#define PROBE_NEXT_MAX 16 /* of a route's next hops, those that are told of */

struct probe {
    enum probe_kind kind;
    uint32_t node;       /* who asks: its number in the lab's roster */
    struct addr from;    /* its address to use; AF_UNSPEC: the kernel chooses */
    struct addr to;      /* whose family is that of the probe */
    uint16_t port;       /* tcp, udp; stream: to listen on, 0: any */
    uint32_t timeout_ms; /* to wait for an answer, after the last packet */
    uint32_t tries;      /* ping, path, udp: a packet without an answer is sent so often,
                          * within its timeout; 0: once (path and udp: three times) */

    /* Of pings. */
    uint32_t count;       /* packets; 0: one */
    uint32_t interval_ms; /* between them */
    uint16_t size;        /* bytes behind the ICMP header; 0: PROBE_SIZE unless EMPTY */
    bool empty;           /* SIZE is meant to be 0 */
    bool df;              /* don't fragment, whatever was learned of the path before */

    /* Of udp: LEN bytes, borrowed. NULL: a DNS query for the root's name servers to port 53, else a
     * word. */
    const void *payload;
    size_t len;

    /* Of routes. Family AF_UNSPEC: the one that TO takes. */
    struct prefix prefix;
    uint32_t table; /* where PREFIX is looked for */

    /* Of streams. */
    uint32_t peer;        /* the node that receives */
    uint32_t duration_ms; /* of sending; the first quarter is not counted */
};

enum probe_verdict {
    PROBE_UNDONE,
    PROBE_ANSWERED,    /* at least once; tcp: open; path: reached; route: there is one */
    PROBE_REFUSED,     /* tcp, udp, stream: nobody listens there, or a firewall says so */
    PROBE_SILENT,      /* time went by */
    PROBE_UNREACHABLE, /* somebody on the way says so (BY), or the node's own kernel (CODE); route:
                        * there is none */
    PROBE_FAILED,      /* it could not be asked at all: CODE */
};

/* A next hop. */
struct probe_next {
    struct addr via; /* AF_UNSPEC: directly on DEV */
    char dev[16];
    uint32_t weight; /* 1 to 256 */
};

struct probe_outcome {
    enum probe_verdict verdict;
    int code;       /* negative errno, or 0 */
    struct addr by; /* whose ICMP error came, AF_UNSPEC: none did */
    uint8_t icmp_type, icmp_code;
    uint32_t mtu; /* that BY gives with "fragmentation needed"; else 0 */
    bool crowded; /* it had to wait for room in the machine's neighbour tables */

    uint64_t took; /* nanoseconds from the turn's beginning to the verdict */

    /* Of pings; the three in nanoseconds, of the round trips; tcp and udp: of their only one. */
    uint32_t sent, received;
    uint64_t rtt_min, rtt_avg, rtt_max;

    /* Of routes. TYPE is RTN_* (enum route_type): one that is not RTN_UNICAST or RTN_LOCAL is
     * PROBE_UNREACHABLE, as long as not exactly PREFIX was asked for. */
    struct prefix prefix;
    uint8_t type;
    uint32_t table;

    uint32_t n_hops, n_next;
    union {
        /* Of paths: who answered at each hop, AF_UNSPEC: nobody; the last is TO where it was
         * reached, else the last that answered. */
        struct addr hops[PROBE_HOPS_MAX];

        /* Of routes: the first of its N_NEXT next hops. */
        struct probe_next next[PROBE_NEXT_MAX];
    };

    /* Of streams: what the receiver's program read, payload alone. */
    uint64_t bits_per_second;
};

/*
 * Asks all N PROBES of lab S at once and gives an outcome of each, in RET (room for N,
 * overwritten). A child does it, which joins the lab as a stranger that is nobody's process there,
 * with one thread and as many sockets as it may have; more than that go in turns. Streams share
 * what is there: for their own sake ask them one by one.
 *
 * What the network does is an outcome, never an error; a lab that is not there, ends meanwhile, or
 * whose keeper does not answer is one.
 */
int probes_run(const struct state *s, const struct probe *probes, uint32_t n,
               struct probe_outcome *ret, struct err *err);

/* Why it is not PROBE_ANSWERED, in some words: "no answer", "no route to 10.0.0.2", "r1 (10.0.1.1)
 * says: host unreachable". Nothing where it is. BOOK (or NULL) has the names. */
void probe_reason(const struct probe *probe, const struct probe_outcome *outcome,
                  const struct book *book, struct str *out);
