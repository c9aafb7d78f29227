// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Echo requests as they are built, answers as they are read, outcomes in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sys/socket.h>

#include "check/icmp.h"
#include "check/probe.h"

static const struct echo_id id = {.id = 0x1234, .seq = 0x00ff, .tag = 0xcafebabe};

static struct addr address(const char *text)
{
    struct addr addr;
    assert_true(addr_parse(text, &addr));
    return addr;
}

/* RFC 1071: all words of a packet with its checksum add up to ffff. */
static void test_checksum(void **state)
{
    (void)state;
    uint8_t bytes[64];
    for (size_t size = 0; size <= 33; size++) {
        size_t len = echo_build(AF_INET, &id, size, bytes);
        uint32_t sum = 0;
        assert_int_equal(len, ICMP_HEADER + size);
        bytes[len] = 0;
        for (size_t i = 0; i < len; i += 2)
            sum += (uint32_t)bytes[i] << 8 | bytes[i + 1];
        while (sum >> 16)
            sum = (sum & 0xffff) + (sum >> 16);
        assert_int_equal(sum, 0xffff);
    }
}

static void test_request(void **state)
{
    (void)state;
    const uint8_t want[] = {128, 0, 0, 0, 0x12, 0x34, 0, 0xff, 0xca, 0xfe, 0xba, 0xbe, 4, 5};
    uint8_t bytes[sizeof(want)];
    assert_int_equal(echo_build(AF_INET6, &id, 6, bytes), sizeof(want));
    assert_memory_equal(bytes, want, sizeof(want));
    echo_build(AF_INET, &id, 6, bytes);
    assert_int_equal(bytes[0], 8);
    assert_memory_equal(bytes + 4, want + 4, sizeof(want) - 4);
}

/* An IPv4 header, with OPTIONS bytes more than the usual, to 10.0.0.2; its length. */
static size_t header4(uint8_t *buf, size_t options)
{
    memset(buf, 0, 20 + options);
    buf[0] = (uint8_t)(0x40 | (20 + options) / 4);
    buf[9] = 1;
    memcpy(buf + 16, "\x0a\0\0\2", 4);
    return 20 + options;
}

static void assert_id(const struct icmp_answer *icmp)
{
    assert_int_equal(icmp->id.id, id.id);
    assert_int_equal(icmp->id.seq, id.seq);
    assert_true(icmp->has_tag);
    assert_int_equal(icmp->id.tag, id.tag);
}

static void test_reply(void **state)
{
    (void)state;
    uint8_t bytes[128];
    size_t at = header4(bytes, 8), len = at + echo_build(AF_INET, &id, 4, bytes + at);
    assert_int_equal(icmp_parse(AF_INET, bytes, len).sort, ICMP_OTHER); /* a request */
    bytes[at] = 0;
    struct icmp_answer icmp = icmp_parse(AF_INET, bytes, len);
    assert_int_equal(icmp.sort, ICMP_REPLY);
    assert_id(&icmp);
    assert_false(icmp_parse(AF_INET, bytes, len - 1).has_tag);

    len = echo_build(AF_INET6, &id, 4, bytes);
    bytes[0] = 129;
    icmp = icmp_parse(AF_INET6, bytes, len);
    assert_int_equal(icmp.sort, ICMP_REPLY);
    assert_id(&icmp);
}

/* An error about an echo request to 10.0.0.2, or fd00::2 behind a fragment header. */
static size_t error4(uint8_t *bytes, uint8_t type, uint8_t code)
{
    size_t at = header4(bytes, 0);
    memcpy(bytes + at, (uint8_t[]){type, code, 0, 0, 0, 0, 0x05, 0x14}, 8);
    at += 8;
    at += header4(bytes + at, 4);
    return at + echo_build(AF_INET, &id, 4, bytes + at);
}

static size_t error6(uint8_t *bytes, uint8_t type, uint8_t code, bool fragment)
{
    uint8_t header[40] = {0x60, [6] = fragment ? 44 : 58, [24] = 0xfd, [39] = 2};
    size_t at = 8 + sizeof(header);
    memcpy(bytes, (uint8_t[]){type, code, 0, 0, 0, 0, 0x05, 0x14}, 8);
    memcpy(bytes + 8, header, sizeof(header));
    if (fragment) {
        memcpy(bytes + at, (uint8_t[]){58, 0, 0, 1, 0, 0, 0, 1}, 8);
        at += 8;
    }
    return at + echo_build(AF_INET6, &id, 4, bytes + at);
}

static void test_error(void **state)
{
    (void)state;
    uint8_t bytes[160];
    struct addr to4 = address("10.0.0.2"), to6 = address("fd00::2");
    struct icmp_answer icmp = icmp_parse(AF_INET, bytes, error4(bytes, 3, 4));
    assert_int_equal(icmp.sort, ICMP_ERROR);
    assert_id(&icmp);
    assert_true(addr_equal(&icmp.to, &to4));
    assert_int_equal(icmp.mtu, 1300);
    assert_int_equal(icmp_parse(AF_INET, bytes, error4(bytes, 3, 1)).mtu, 0);
    assert_int_equal(icmp_parse(AF_INET, bytes, error4(bytes, 5, 1)).sort, ICMP_OTHER);

    for (int fragment = 0; fragment < 2; fragment++) {
        icmp = icmp_parse(AF_INET6, bytes, error6(bytes, 2, 0, fragment));
        assert_int_equal(icmp.sort, ICMP_ERROR);
        assert_id(&icmp);
        assert_true(addr_equal(&icmp.to, &to6));
        assert_int_equal(icmp.mtu, 1300);
    }
}

/* Whatever is cut off, nothing behind the end is read (the sanitizers would tell), and what is too
 * short to tell whose it is comes to nothing. */
static void test_cut(void **state)
{
    (void)state;
    uint8_t bytes[160];
    size_t all4 = error4(bytes, 3, 1);
    for (size_t len = 0; len <= all4; len++) {
        uint8_t *copy = malloc(len ? len : 1);
        memcpy(copy, bytes, len);
        bool whole = len >= all4 - 4;
        assert_int_equal(icmp_parse(AF_INET, copy, len).sort, whole ? ICMP_ERROR : ICMP_OTHER);
        free(copy);
    }
    size_t all6 = error6(bytes, 1, 0, true);
    for (size_t len = 0; len <= all6; len++) {
        uint8_t *copy = malloc(len ? len : 1);
        memcpy(copy, bytes, len);
        bool whole = len >= all6 - 4;
        assert_int_equal(icmp_parse(AF_INET6, copy, len).sort, whole ? ICMP_ERROR : ICMP_OTHER);
        free(copy);
    }
}

static void assert_reason(const struct probe *p, const struct probe_outcome *o, const char *want)
{
    CLEAN_STR struct str text = {0};
    probe_reason(p, o, NULL, &text);
    assert_string_equal(text.text ? text.text : "", want);
}

static void test_reasons(void **state)
{
    (void)state;
    const struct probe ping = {.kind = PROBE_PING, .to = address("10.0.0.2")};
    struct probe route = {.kind = PROBE_ROUTE, .to = ping.to};
    bool bare;
    prefix_parse("10.2.0.0/24", &route.prefix, &bare);
    const struct {
        const struct probe *probe;
        struct probe_outcome outcome;
        const char *want;
    } cases[] = {
        {&ping, {.verdict = PROBE_ANSWERED}, ""},
        {&ping, {.verdict = PROBE_SILENT}, "no answer"},
        {&ping, {.verdict = PROBE_REFUSED}, "refused"},
        {&ping, {.verdict = PROBE_UNREACHABLE, .code = -ENETUNREACH}, "no route to 10.0.0.2"},
        {&ping,
         {.verdict = PROBE_UNREACHABLE, .by = address("10.0.0.1"), .icmp_type = 3, .icmp_code = 1},
         "10.0.0.1 says: host unreachable"},
        {&ping,
         {.verdict = PROBE_UNREACHABLE,
          .by = address("10.0.0.1"),
          .icmp_type = 3,
          .icmp_code = 4,
          .mtu = 1300},
         "10.0.0.1 says: fragmentation needed, MTU 1300"},
        {&ping,
         {.verdict = PROBE_UNREACHABLE, .by = address("fd00::1"), .icmp_type = 1, .icmp_code = 1},
         "fd00::1 says: prohibited"},
        {&ping,
         {.verdict = PROBE_FAILED, .code = -EADDRNOTAVAIL},
         "cannot be asked: the node does not have the source address"},
        {&route, {.verdict = PROBE_UNREACHABLE}, "no route 10.2.0.0/24"},
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        assert_reason(cases[i].probe, &cases[i].outcome, cases[i].want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_checksum), cmocka_unit_test(test_request),
        cmocka_unit_test(test_reply),    cmocka_unit_test(test_error),
        cmocka_unit_test(test_cut),      cmocka_unit_test(test_reasons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
