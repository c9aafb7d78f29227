// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Packets in words: whole ones, and what is left of them after so many bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <sys/socket.h>

#include "netlink/nflog.h"
#include "netlink/packet.h"

/* Headers of a packet: IPv4 without options, or IPv6, then BEHIND. */
static size_t make4(uint8_t *buf, uint8_t proto, const void *behind, size_t len)
{
    const uint8_t header[20] = {
        0x45, 0, 0, (uint8_t)(20 + len), 0, 0, 0x40, 0, 63, proto, 0, 0, 10, 0, 0, 1, 10, 0, 2, 2};
    memcpy(buf, header, sizeof(header));
    memcpy(buf + sizeof(header), behind, len);
    return sizeof(header) + len;
}

static size_t make6(uint8_t *buf, uint8_t proto, const void *behind, size_t len)
{
    uint8_t header[40] = {0x60,  0,  0,    0,        0,           (uint8_t)len,
                          proto, 64, 0xfd, [23] = 1, [24] = 0xfd, [39] = 2};
    memcpy(buf, header, sizeof(header));
    memcpy(buf + sizeof(header), behind, len);
    return sizeof(header) + len;
}

static void assert_text(const uint8_t *bytes, size_t len, const char *want)
{
    struct str s CLEAN_STR = {0};
    struct packet p = packet_parse(bytes, len);
    packet_text(&s, &p);
    assert_string_equal(s.text, want);
}

static const uint8_t syn[20] = {0x10, 0x92, 0, 80, [12] = 0x50, [13] = 0x02};
static const uint8_t synack[20] = {0x10, 0x92, 0, 80, [12] = 0x50, [13] = 0x12};
static const uint8_t ping[8] = {8, 0};

static void test_ipv4(void **state)
{
    (void)state;
    uint8_t buf[128];
    assert_text(buf, make4(buf, 6, syn, 20), "10.0.0.1:4242 > 10.0.2.2:80 tcp syn");
    assert_text(buf, make4(buf, 6, synack, 20), "10.0.0.1:4242 > 10.0.2.2:80 tcp syn,ack");
    assert_text(buf, make4(buf, 17, syn, 8), "10.0.0.1:4242 > 10.0.2.2:80 udp");
    assert_text(buf, make4(buf, 1, ping, 8), "10.0.0.1 > 10.0.2.2 icmp echo-request");
    assert_text(buf, make4(buf, 1, (const uint8_t[]){3, 1}, 2),
                "10.0.0.1 > 10.0.2.2 icmp destination-unreachable code 1");
    assert_text(buf, make4(buf, 1, (const uint8_t[]){77, 0}, 2),
                "10.0.0.1 > 10.0.2.2 icmp type 77");
    assert_text(buf, make4(buf, 200, syn, 20), "10.0.0.1 > 10.0.2.2 protocol 200");
    size_t len = make4(buf, 17, syn, 8);
    buf[7] = 185; /* offset 1480 */
    assert_text(buf, len, "10.0.0.1 > 10.0.2.2 udp fragment at 1480");
}

static void test_ipv6(void **state)
{
    (void)state;
    uint8_t buf[128];
    assert_text(buf, make6(buf, 6, syn, 20), "[fd00::1]:4242 > [fd00::2]:80 tcp syn");
    assert_text(buf, make6(buf, 58, (const uint8_t[]){135, 0}, 2),
                "fd00::1 > fd00::2 icmpv6 nd-neighbor-solicit");
    uint8_t hop_by_hop[28] = {6};
    memcpy(hop_by_hop + 8, syn, 20);
    assert_text(buf, make6(buf, 0, hop_by_hop, 28), "[fd00::1]:4242 > [fd00::2]:80 tcp syn");
    uint8_t fragment[12] = {17, 0, 0x05, 0xa9};
    assert_text(buf, make6(buf, 44, fragment, 12), "fd00::1 > fd00::2 udp fragment at 1448");
}

static void test_numbers(void **state)
{
    (void)state;
    uint8_t buf[128];
    struct packet p = packet_parse(buf, make6(buf, 6, syn, 20));
    assert_int_equal(p.length, 60);
    assert_int_equal(p.ttl, 64);
    assert_int_equal(p.proto, 6);
    assert_int_equal(p.sport, 4242);
    assert_int_equal(p.dport, 80);
    p = packet_parse(buf, make4(buf, 6, syn, 20));
    assert_int_equal(p.length, 40);
    assert_int_equal(p.ttl, 63);
}

/* Cut off anywhere, and with any bytes: never beyond what is there (asan watches). */
static void test_cut_off(void **state)
{
    (void)state;
    uint8_t whole[128];
    size_t lens[] = {make4(whole, 6, syn, 20), make6(whole + 64, 0, syn, 20)};
    for (size_t k = 0; k < 2; k++) {
        for (size_t len = 0; len <= lens[k]; len++) {
            for (unsigned value = 0; value < 256; value += 15) {
                uint8_t *copy = malloc(len + 1);
                struct str s CLEAN_STR = {0};
                memcpy(copy, whole + 64 * k, len);
                if (len > 6)
                    copy[6 + value % (len - 6)] = (uint8_t)value;
                struct packet p = packet_parse(copy, len);
                packet_text(&s, &p);
                assert_non_null(s.text);
                free(copy);
            }
        }
    }
    assert_text(whole, 0, "no IP packet");
    assert_text(whole, 19, "no IP packet");
    assert_text(whole, 22, "10.0.0.1 > 10.0.2.2 tcp");
}

/* --- What NFLOG hands on -----------------------------------------------------------------------
 */

static void count_entry(void *arg, const struct nflog_entry *entry)
{
    assert_non_null(entry->prefix);
    ++*(unsigned *)arg;
}

static unsigned count_entries(const void *messages, size_t len)
{
    unsigned n = 0;
    nflog_parse(messages, len, count_entry, &n);
    return n;
}

/* Lengths that do not fit: beyond what came, below a header, negative to whom takes it for an int.
 */
static void test_torn_messages(void **state)
{
    (void)state;
    struct {
        struct nlmsghdr header;
        struct nfgenmsg family;
    } m[2] = {{.header = {.nlmsg_len = sizeof(m[0]), .nlmsg_type = NFNL_SUBSYS_ULOG << 8}}};
    m[1] = m[0];
    assert_int_equal(count_entries(m, sizeof(m)), 2);
    assert_int_equal(count_entries(m, sizeof(m) - 1), 1);
    static const uint32_t lengths[] = {0, 15, sizeof(m) + 1, INT32_MAX, 1u << 31, UINT32_MAX - 3};
    for (size_t i = 0; i < ARRAY_SIZE(lengths); i++) {
        m[0].header.nlmsg_len = lengths[i];
        assert_int_equal(count_entries(m, sizeof(m)), 0);
    }
    m[0].header.nlmsg_len = sizeof(m[0].header); /* without nfgenmsg */
    assert_int_equal(count_entries(m, sizeof(m[0].header)), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ipv4),          cmocka_unit_test(test_ipv6),
        cmocka_unit_test(test_numbers),       cmocka_unit_test(test_cut_off),
        cmocka_unit_test(test_torn_messages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
