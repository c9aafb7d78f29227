// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "base/addr.h"

#include <arpa/inet.h>
#include <string.h>

unsigned addr_bytes(const struct addr *addr)
{
    return addr->family == AF_INET ? 4 : 16;
}

unsigned addr_bits(const struct addr *addr)
{
    return addr_bytes(addr) * 8;
}

bool addr_parse(const char *text, struct addr *ret)
{
    struct addr addr = {.family = strchr(text, ':') ? AF_INET6 : AF_INET};
    if (inet_pton(addr.family, text, addr.bytes) != 1)
        return false;
    *ret = addr;
    return true;
}

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c ? strchr(digits, c | 0x20) : NULL;
    return at && (c <= '9' || c >= 'A') ? (int)(at - digits) : -1;
}

bool mac_parse(const char *text, struct mac *ret)
{
    struct mac mac;
    if (strlen(text) != 17)
        return false;
    for (unsigned i = 0; i < 6; i++) {
        int high = hex_digit(text[3 * i]), low = hex_digit(text[3 * i + 1]);
        if (high < 0 || low < 0 || (i < 5 && text[3 * i + 2] != ':'))
            return false;
        mac.bytes[i] = (uint8_t)(high << 4 | low);
    }
    *ret = mac;
    return true;
}

bool prefix_parse(const char *text, struct prefix *ret, bool *ret_bare)
{
    char buf[ADDR_TEXT_MAX];
    struct prefix p;
    const char *slash = strchr(text, '/');
    size_t len = slash ? (size_t)(slash - text) : strlen(text);
    if (len >= sizeof(buf))
        return false;
    memcpy(buf, text, len);
    buf[len] = '\0';
    if (!addr_parse(buf, &p.addr))
        return false;
    p.len = (uint8_t)addr_bits(&p.addr);
    if (slash) {
        const char *digits = slash + 1;
        size_t n = strspn(digits, "0123456789");
        if (!n || n > 3 || digits[n] || (n > 1 && *digits == '0') || atoi(digits) > p.len)
            return false;
        p.len = (uint8_t)atoi(digits);
    }
    *ret = p;
    *ret_bare = !slash;
    return true;
}

bool addr_equal(const struct addr *a, const struct addr *b)
{
    return addr_compare(a, b) == 0;
}

int addr_compare(const struct addr *a, const struct addr *b)
{
    if (a->family != b->family)
        return a->family < b->family ? -1 : 1;
    return memcmp(a->bytes, b->bytes, addr_bytes(a));
}

bool addr_is_link_local(const struct addr *addr)
{
    const uint8_t *b = addr->bytes;
    if (addr->family == AF_INET)
        return b[0] == 169 && b[1] == 254;
    return b[0] == 0xfe && (b[1] & 0xc0) == 0x80;
}

bool addr_is_unspecified(const struct addr *addr)
{
    static const uint8_t zero[16];
    return memcmp(addr->bytes, zero, addr_bytes(addr)) == 0;
}

bool addr_is_loopback(const struct addr *addr)
{
    static const uint8_t one[16] = {[15] = 1};
    if (addr->family == AF_INET)
        return addr->bytes[0] == 127;
    return memcmp(addr->bytes, one, sizeof(one)) == 0;
}

bool addr_is_multicast(const struct addr *addr)
{
    return addr->family == AF_INET ? (addr->bytes[0] & 0xf0) == 0xe0 : addr->bytes[0] == 0xff;
}

struct addr addr_add(const struct addr *addr, uint64_t n)
{
    struct addr sum = *addr;
    for (unsigned i = addr_bytes(addr); i-- > 0 && n;) {
        n += sum.bytes[i];
        sum.bytes[i] = (uint8_t)n;
        n >>= 8;
    }
    return sum;
}

/* The bits of byte I that belong to the network part of a prefix of LEN bits. */
static uint8_t network_mask(unsigned i, unsigned len)
{
    if (len >= 8 * (i + 1))
        return 0xff;
    return len <= 8 * i ? 0 : (uint8_t)(0xff << (8 * (i + 1) - len));
}

struct addr prefix_network(const struct prefix *p)
{
    struct addr network = p->addr;
    for (unsigned i = 0; i < addr_bytes(&network); i++)
        network.bytes[i] &= network_mask(i, p->len);
    return network;
}

struct addr prefix_last(const struct prefix *p)
{
    struct addr last = p->addr;
    for (unsigned i = 0; i < addr_bytes(&last); i++)
        last.bytes[i] |= (uint8_t)~network_mask(i, p->len);
    return last;
}

int prefix_compare(const struct prefix *a, const struct prefix *b)
{
    int order = addr_compare(&a->addr, &b->addr);
    return order ? order : a->len - b->len;
}

bool prefix_contains(const struct prefix *p, const struct addr *addr)
{
    if (p->addr.family != addr->family)
        return false;
    for (unsigned i = 0; i < addr_bytes(addr); i++) {
        if ((p->addr.bytes[i] ^ addr->bytes[i]) & network_mask(i, p->len))
            return false;
    }
    return true;
}

bool prefix_overlaps(const struct prefix *a, const struct prefix *b)
{
    return prefix_contains(a->len < b->len ? a : b, a->len < b->len ? &b->addr : &a->addr);
}

bool prefix_has_host_bits(const struct prefix *p)
{
    struct addr network = prefix_network(p);
    return !addr_equal(&network, &p->addr);
}

const char *addr_text(const struct addr *addr, char *buf)
{
    if (!inet_ntop(addr->family, addr->bytes, buf, ADDR_TEXT_MAX))
        snprintf(buf, ADDR_TEXT_MAX, "none");
    return buf;
}

const char *prefix_text(const struct prefix *p, char *buf)
{
    addr_text(&p->addr, buf);
    size_t len = strlen(buf);
    snprintf(buf + len, ADDR_TEXT_MAX - len, "/%u", p->len);
    return buf;
}

const char *mac_text(const struct mac *mac, char *buf)
{
    const uint8_t *b = mac->bytes;
    snprintf(buf, ADDR_TEXT_MAX, "%02x:%02x:%02x:%02x:%02x:%02x", b[0], b[1], b[2], b[3], b[4],
             b[5]);
    return buf;
}
