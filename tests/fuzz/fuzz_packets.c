// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * What comes from a lab's network, in which anybody may send anything: packets that a firewall
 * logs, as the kernel hands them on; and what raw sockets read where pings wait for their answers.
 */
#include <sys/socket.h>

#include "check/icmp.h"
#include "fuzz.h"
#include "netlink/nflog.h"
#include "netlink/packet.h"

enum { TAG = 4 };

static void check_packet(const uint8_t *bytes, size_t len)
{
    struct str text CLEAN_STR = {0};
    struct packet p = packet_parse(bytes, len);
    packet_text(&text, &p);
    HOLDS(text.len && strlen(text.text) == text.len);
    fuzz_printable(text.text);
    HOLDS(p.from.family == p.to.family);
    HOLDS(p.from.family != AF_UNSPEC || (!p.has_ports && !p.has_icmp && !p.has_flags));
    HOLDS(!p.has_flags || p.has_ports);
}

static void check_icmp(int family, const uint8_t *bytes, size_t len)
{
    struct icmp_answer a = icmp_parse(family, bytes, len);
    HOLDS(a.sort == ICMP_ERROR || (!a.type && !a.code && !a.mtu && !a.to.family));
    HOLDS(a.sort != ICMP_ERROR || a.to.family == family);
    HOLDS(a.sort != ICMP_OTHER || (!a.has_tag && !a.id.id && !a.id.seq));
    HOLDS(*icmp_word(family, a.type, a.code));
}

/* A request that was built by us, sent back as the answer to it. */
static void check_echo(int family, const uint8_t *data, size_t size)
{
    uint8_t packet[20 + ICMP_HEADER + 255] = {0x45};
    uint8_t *at = family == AF_INET ? packet + 20 : packet;
    struct echo_id id = {.id = (uint16_t)size, .seq = 7, .tag = 0};
    size_t payload = size ? data[0] : 0;
    if (size >= 8)
        memcpy(&id.tag, data + 1, sizeof(id.tag));
    size_t len = echo_build(family, &id, payload, at);
    at[0] = family == AF_INET ? 0 : 129;
    struct icmp_answer a = icmp_parse(family, packet, len + (size_t)(at - packet));
    HOLDS(a.sort == ICMP_REPLY && a.id.id == id.id && a.id.seq == id.seq);
    HOLDS(a.has_tag == (payload >= TAG) && (!a.has_tag || a.id.tag == id.tag));
}

static void take_entry(void *arg, const struct nflog_entry *entry)
{
    unsigned *n = arg;
    ++*n;
    HOLDS(strlen(entry->prefix) <= UINT16_MAX);
    check_packet(entry->packet, entry->packet ? entry->len : 0);
}

/* As messages of NFLOG's. */
static void check_log(const uint8_t *data, size_t size)
{
    unsigned n = 0;
    char *messages = aligned_alloc(8, (size + 8) & ~(size_t)7);
    HOLDS(messages);
    memcpy(messages, data, size);
    nflog_parse(messages, size, take_entry, &n);
    HOLDS(n <= size / 16);
    free(messages);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_packet(data, size);
    check_icmp(AF_INET, data, size);
    check_icmp(AF_INET6, data, size);
    check_echo(AF_INET, data, size);
    check_echo(AF_INET6, data, size);
    check_log(data, size);
    return 0;
}
