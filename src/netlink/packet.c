// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "netlink/packet.h"

#include <string.h>
#include <sys/socket.h>

#include "model/firewall.h"

enum { IPV4_HEADER = 20, IPV6_HEADER = 40, EXTENSIONS_MAX = 8 };

struct cursor {
    const uint8_t *at;
    size_t left;
};

static uint16_t big16(const uint8_t *bytes)
{
    return (uint16_t)(bytes[0] << 8 | bytes[1]);
}

static void skip(struct cursor *c, size_t n)
{
    n = n < c->left ? n : c->left;
    c->at += n;
    c->left -= n;
}

static struct addr take_addr(int family, const uint8_t *bytes)
{
    struct addr addr = {.family = family};
    memcpy(addr.bytes, bytes, family == AF_INET ? 4 : 16);
    return addr;
}

static void parse_ipv4(struct packet *p, struct cursor *c)
{
    size_t header = (c->at[0] & 0xfu) * 4;
    if (c->left < IPV4_HEADER)
        return;
    p->from = take_addr(AF_INET, c->at + 12);
    p->to = take_addr(AF_INET, c->at + 16);
    p->proto = c->at[9];
    p->ttl = c->at[8];
    p->length = big16(c->at + 2);
    p->fragment = (big16(c->at + 6) & 0x1fffu) * 8;
    skip(c, header);
}

/* One extension header: true if another header, *PROTO, is behind it. */
static bool skip_extension(struct packet *p, struct cursor *c)
{
    size_t size;
    switch (p->proto) {
    case IPPROTO_HOPOPTS:
    case IPPROTO_ROUTING:
    case IPPROTO_DSTOPTS:
        size = c->left < 8 ? 0 : (c->at[1] + 1u) * 8;
        break;
    case IPPROTO_FRAGMENT:
        size = c->left < 8 ? 0 : 8;
        p->fragment = size ? big16(c->at + 2) & 0xfff8u : 0;
        break;
    default:
        return false;
    }
    if (!size)
        return false;
    p->proto = c->at[0];
    skip(c, size);
    return true;
}

static void parse_ipv6(struct packet *p, struct cursor *c)
{
    if (c->left < IPV6_HEADER)
        return;
    p->from = take_addr(AF_INET6, c->at + 8);
    p->to = take_addr(AF_INET6, c->at + 24);
    p->proto = c->at[6];
    p->ttl = c->at[7];
    p->length = big16(c->at + 4) + (uint32_t)IPV6_HEADER;
    skip(c, IPV6_HEADER);
    for (int i = 0; i < EXTENSIONS_MAX && !p->fragment && skip_extension(p, c);)
        i++;
}

static void parse_transport(struct packet *p, const struct cursor *c)
{
    switch (p->proto) {
    case IPPROTO_TCP:
        p->has_flags = c->left >= 14;
        p->flags = p->has_flags ? c->at[13] : 0;
        /* fall through */
    case IPPROTO_UDP:
    case IPPROTO_UDPLITE:
    case IPPROTO_SCTP:
    case IPPROTO_DCCP:
        p->has_ports = c->left >= 4;
        p->sport = p->has_ports ? big16(c->at) : 0;
        p->dport = p->has_ports ? big16(c->at + 2) : 0;
        break;
    case IPPROTO_ICMP:
    case IPPROTO_ICMPV6:
        p->has_icmp = c->left >= 2;
        p->icmp_type = p->has_icmp ? c->at[0] : 0;
        p->icmp_code = p->has_icmp ? c->at[1] : 0;
        break;
    default:
        break;
    }
}

struct packet packet_parse(const uint8_t *bytes, size_t len)
{
    struct packet p = {.from = {.family = AF_UNSPEC}, .length = (uint32_t)len};
    struct cursor c = {bytes, len};
    unsigned version = len ? bytes[0] >> 4 : 0;
    if (version == 4)
        parse_ipv4(&p, &c);
    else if (version == 6)
        parse_ipv6(&p, &c);
    if (p.from.family != AF_UNSPEC && !p.fragment)
        parse_transport(&p, &c);
    return p;
}

/* --- In words -------------------------------------------------------------------------------- */

const char *packet_proto_word(uint8_t proto)
{
    static const struct fw_word words[] = {
        {"icmp", IPPROTO_ICMP},
        {"igmp", IPPROTO_IGMP},
        {"ipip", IPPROTO_IPIP},
        {"tcp", IPPROTO_TCP},
        {"udp", IPPROTO_UDP},
        {"dccp", IPPROTO_DCCP},
        {"gre", IPPROTO_GRE},
        {"esp", IPPROTO_ESP},
        {"ah", IPPROTO_AH},
        {"icmpv6", IPPROTO_ICMPV6},
        {"ospf", 89},
        {"pim", IPPROTO_PIM},
        {"sctp", IPPROTO_SCTP},
        {"ipv6", IPPROTO_IPV6},
        {"udplite", IPPROTO_UDPLITE},
        {NULL, 0},
    };
    const char *word = fw_word_of(words, proto);
    return word ? word : "";
}

static void add_end(struct str *s, const struct addr *addr, const struct packet *p, uint16_t port)
{
    char text[ADDR_TEXT_MAX];
    bool brackets = p->has_ports && addr->family == AF_INET6;
    str_addf(s, brackets ? "[%s]" : "%s", addr_text(addr, text));
    if (p->has_ports)
        str_addf(s, ":%u", port);
}

static void add_flags(struct str *s, uint8_t flags)
{
    const char *between = " ";
    for (const struct fw_word *w = fw_type_words(FW_TYPE_TCP_FLAGS, 0); w->word; w++) {
        if (!(flags & w->number))
            continue;
        str_addf(s, "%s%s", between, w->word);
        between = ",";
    }
}

static void add_icmp(struct str *s, const struct packet *p)
{
    bool six = p->proto == IPPROTO_ICMPV6;
    enum fw_type type = six ? FW_TYPE_ICMPV6_TYPE : FW_TYPE_ICMP_TYPE;
    const char *word = fw_word_of(fw_type_words(type, AF_UNSPEC), p->icmp_type);
    if (word)
        str_addf(s, " %s", word);
    else
        str_addf(s, " type %u", p->icmp_type);
    if (p->icmp_code)
        str_addf(s, " code %u", p->icmp_code);
}

void packet_text(struct str *s, const struct packet *p)
{
    const char *word = packet_proto_word(p->proto);
    if (p->from.family == AF_UNSPEC) {
        str_add(s, "no IP packet");
        return;
    }
    add_end(s, &p->from, p, p->sport);
    str_add(s, " > ");
    add_end(s, &p->to, p, p->dport);
    if (*word)
        str_addf(s, " %s", word);
    else
        str_addf(s, " protocol %u", p->proto);
    if (p->has_flags)
        add_flags(s, p->flags);
    if (p->has_icmp)
        add_icmp(s, p);
    if (p->fragment)
        str_addf(s, " fragment at %u", p->fragment);
}
