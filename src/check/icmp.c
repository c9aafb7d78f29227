// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "check/icmp.h"

#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <string.h>

enum { IP4_HEADER = 20, IP6_HEADER = 40, TAG_SIZE = 4, ANY = -1 };

static void put16(uint8_t *at, uint16_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static void put32(uint8_t *at, uint32_t value)
{
    put16(at, (uint16_t)(value >> 16));
    put16(at + 2, (uint16_t)value);
}

static uint16_t get16(const uint8_t *at)
{
    return (uint16_t)(at[0] << 8 | at[1]);
}

static uint32_t get32(const uint8_t *at)
{
    return (uint32_t)get16(at) << 16 | get16(at + 2);
}

/* RFC 1071. */
static uint16_t checksum(const uint8_t *bytes, size_t len)
{
    uint32_t sum = 0;
    for (size_t i = 0; i + 1 < len; i += 2)
        sum += get16(bytes + i);
    if (len % 2)
        sum += (uint32_t)bytes[len - 1] << 8;
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return (uint16_t)~sum;
}

size_t echo_build(int family, const struct echo_id *id, size_t size, uint8_t *buf)
{
    memset(buf, 0, ICMP_HEADER);
    buf[0] = family == AF_INET ? ICMP_ECHO : ICMP6_ECHO_REQUEST;
    put16(buf + 4, id->id);
    put16(buf + 6, id->seq);
    for (size_t i = 0; i < size; i++)
        buf[ICMP_HEADER + i] = (uint8_t)i;
    if (size >= TAG_SIZE)
        put32(buf + ICMP_HEADER, id->tag);
    if (family == AF_INET)
        put16(buf + 2, checksum(buf, ICMP_HEADER + size));
    return ICMP_HEADER + size;
}

/* The id of an echo request or reply, LEN bytes from its ICMP header on. */
static void parse_echo(const uint8_t *bytes, size_t len, struct icmp_answer *icmp)
{
    icmp->id.id = get16(bytes + 4);
    icmp->id.seq = get16(bytes + 6);
    icmp->has_tag = len >= ICMP_HEADER + TAG_SIZE;
    if (icmp->has_tag)
        icmp->id.tag = get32(bytes + ICMP_HEADER);
}

/* The packet that an error is about: whether it is an echo request. */
static bool parse_quoted4(const uint8_t *bytes, size_t len, struct icmp_answer *icmp)
{
    size_t header = len >= IP4_HEADER ? (size_t)(bytes[0] & 15) * 4 : 0;
    if (header < IP4_HEADER || len < header + ICMP_HEADER || bytes[9] != IPPROTO_ICMP ||
        bytes[header] != ICMP_ECHO)
        return false;
    icmp->to.family = AF_INET;
    memcpy(icmp->to.bytes, bytes + 16, 4);
    parse_echo(bytes + header, len - header, icmp);
    return true;
}

static bool parse_quoted6(const uint8_t *bytes, size_t len, struct icmp_answer *icmp)
{
    size_t header = IP6_HEADER;
    if (len < header)
        return false;
    uint8_t next = bytes[6];
    if (next == IPPROTO_FRAGMENT && len >= header + 8) {
        next = bytes[header];
        header += 8;
    }
    if (len < header + ICMP_HEADER || next != IPPROTO_ICMPV6 || bytes[header] != ICMP6_ECHO_REQUEST)
        return false;
    icmp->to.family = AF_INET6;
    memcpy(icmp->to.bytes, bytes + 24, 16);
    parse_echo(bytes + header, len - header, icmp);
    return true;
}

static bool is_error(int family, uint8_t type)
{
    if (family == AF_INET6)
        return type < 128;
    return type == ICMP_DEST_UNREACH || type == ICMP_TIME_EXCEEDED || type == ICMP_PARAMETERPROB;
}

static void parse_error(int family, const uint8_t *bytes, size_t len, struct icmp_answer *icmp)
{
    bool v4 = family == AF_INET;
    if (v4 ? !parse_quoted4(bytes + ICMP_HEADER, len - ICMP_HEADER, icmp)
           : !parse_quoted6(bytes + ICMP_HEADER, len - ICMP_HEADER, icmp))
        return;
    icmp->sort = ICMP_ERROR;
    icmp->type = bytes[0];
    icmp->code = bytes[1];
    if (icmp_is_too_big(family, icmp->type, icmp->code))
        icmp->mtu = v4 ? get16(bytes + 6) : get32(bytes + 4);
}

struct icmp_answer icmp_parse(int family, const uint8_t *bytes, size_t len)
{
    struct icmp_answer icmp = {.sort = ICMP_OTHER};
    size_t header = family == AF_INET6 ? 0 : len ? (size_t)(bytes[0] & 15) * 4 : 0;
    if ((family == AF_INET && header < IP4_HEADER) || len < header + ICMP_HEADER)
        return icmp;
    bytes += header;
    len -= header;
    if (bytes[0] == (family == AF_INET ? ICMP_ECHOREPLY : ICMP6_ECHO_REPLY)) {
        icmp.sort = ICMP_REPLY;
        parse_echo(bytes, len, &icmp);
    } else if (is_error(family, bytes[0])) {
        parse_error(family, bytes, len, &icmp);
    }
    return icmp;
}

bool icmp_is_expired(int family, uint8_t type)
{
    return type == (family == AF_INET ? ICMP_TIME_EXCEEDED : ICMP6_TIME_EXCEEDED);
}

bool icmp_is_too_big(int family, uint8_t type, uint8_t code)
{
    return family == AF_INET ? type == ICMP_DEST_UNREACH && code == ICMP_FRAG_NEEDED
                             : type == ICMP6_PACKET_TOO_BIG;
}

struct word {
    uint8_t type;
    int code;
    const char *text;
};

static const struct word words4[] = {
    {ICMP_DEST_UNREACH, ICMP_NET_UNREACH, "network unreachable"},
    {ICMP_DEST_UNREACH, ICMP_HOST_UNREACH, "host unreachable"},
    {ICMP_DEST_UNREACH, ICMP_PROT_UNREACH, "protocol unreachable"},
    {ICMP_DEST_UNREACH, ICMP_PORT_UNREACH, "port unreachable"},
    {ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, "fragmentation needed"},
    {ICMP_DEST_UNREACH, ICMP_NET_ANO, "network prohibited"},
    {ICMP_DEST_UNREACH, ICMP_HOST_ANO, "host prohibited"},
    {ICMP_DEST_UNREACH, ICMP_PKT_FILTERED, "prohibited"},
    {ICMP_DEST_UNREACH, ANY, "destination unreachable"},
    {ICMP_TIME_EXCEEDED, ICMP_EXC_FRAGTIME, "fragments missing"},
    {ICMP_TIME_EXCEEDED, ANY, "time to live exceeded"},
    {ICMP_PARAMETERPROB, ANY, "parameter problem"},
    {0, ANY, NULL},
};

static const struct word words6[] = {
    {ICMP6_DST_UNREACH, ICMP6_DST_UNREACH_NOROUTE, "no route to destination"},
    {ICMP6_DST_UNREACH, ICMP6_DST_UNREACH_ADMIN, "prohibited"},
    {ICMP6_DST_UNREACH, ICMP6_DST_UNREACH_BEYONDSCOPE, "beyond the scope of the source"},
    {ICMP6_DST_UNREACH, ICMP6_DST_UNREACH_ADDR, "address unreachable"},
    {ICMP6_DST_UNREACH, ICMP6_DST_UNREACH_NOPORT, "port unreachable"},
    {ICMP6_DST_UNREACH, 5, "source address failed policy"},
    {ICMP6_DST_UNREACH, 6, "route rejected"},
    {ICMP6_DST_UNREACH, ANY, "destination unreachable"},
    {ICMP6_PACKET_TOO_BIG, ANY, "packet too big"},
    {ICMP6_TIME_EXCEEDED, ICMP6_TIME_EXCEED_REASSEMBLY, "fragments missing"},
    {ICMP6_TIME_EXCEEDED, ANY, "hop limit exceeded"},
    {ICMP6_PARAM_PROB, ANY, "parameter problem"},
    {0, ANY, NULL},
};

const char *icmp_word(int family, uint8_t type, uint8_t code)
{
    const struct word *w = family == AF_INET ? words4 : words6;
    while (w->text && (w->type != type || (w->code != ANY && w->code != code)))
        w++;
    return w->text ? w->text : "an error";
}
