// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/addr.h"
#include "base/str.h"

/* The headers of an IP packet, as far as they were there to be read. */
struct packet {
    struct addr from, to; /* family AF_UNSPEC: this is no IP packet */
    uint8_t proto;        /* of what is behind the extension headers */
    uint8_t ttl;
    uint32_t length;   /* of the packet, from its IP header on */
    uint32_t fragment; /* its offset in bytes; 0: the first, or no fragment */
    bool has_ports;    /* of TCP, UDP, UDP-Lite, SCTP, DCCP */
    uint16_t sport, dport;
    bool has_flags; /* of TCP */
    uint8_t flags;
    bool has_icmp; /* of ICMP and ICMPv6 */
    uint8_t icmp_type, icmp_code;
};

/* Reads LEN bytes from the IP header on (RFC 791, RFC 8200); more may be missing at the end. */
struct packet packet_parse(const uint8_t *bytes, size_t len);

/* In nft's words: "10.0.0.1:4242 > 10.0.0.2:80 tcp syn", "fd00::1 > fd00::2 icmpv6 redirect". */
void packet_text(struct str *s, const struct packet *packet);

/* "tcp"; "" for one that nft has no word for. */
const char *packet_proto_word(uint8_t proto);
