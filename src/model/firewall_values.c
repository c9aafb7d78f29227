// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The values of the firewall section: what a match can look for, and what actions take. Every
 * type of value has one parser, for matches and for the elements of sets alike.
 */
#include "model/firewall_values.h"

#include <linux/netfilter/nf_tables.h>
#include <string.h>
#include <sys/socket.h>

#include "base/units.h"
#include "model/names.h"
#include "model/values.h"

/* --- One value ------------------------------------------------------------------------------- */

typedef bool parse_fn(struct arena *arena, const char *text, struct fw_written *ret);

struct value_type {
    const char *expects;
    parse_fn *parse;
    uint32_t min, max;
    bool no_ranges;
    const char *pattern; /* of what is not a word, for the schema; NULL: numbers and ranges */
};
#define ADDRS_PATTERN                                                                              \
    IPV4_PATTERN "(/" IPV4_LEN_PATTERN "|-" IPV4_PATTERN ")?|" IPV6_PATTERN "(/" IPV6_LEN_PATTERN  \
                 "|-" IPV6_PATTERN ")?"
#define FLAG_PATTERN "(fin|syn|rst|psh|ack|urg|ecn|cwr)"
#define FLAGS_PATTERN FLAG_PATTERN "([|]" FLAG_PATTERN ")*"

static const struct value_type value_types[FW_TYPE_COUNT];

static bool parse_name(struct arena *arena, const char *text, struct fw_written *ret)
{
    (void)arena;
    size_t len = strlen(text);
    bool prefix = len > 1 && text[len - 1] == '*';
    if (!iface_name_valid(text))
        return false;
    ret->value.form = prefix ? FW_PREFIX : FW_SINGLE;
    ret->value.prefix_len = (uint8_t)((len - prefix) * 8);
    memcpy(ret->value.first.bytes, text, len - prefix);
    ret->value.last = ret->value.first;
    return true;
}

static bool parse_mac(struct arena *arena, const char *text, struct fw_written *ret)
{
    (void)arena;
    struct mac mac;
    if (!mac_parse(text, &mac))
        return false;
    memcpy(ret->value.first.bytes, mac.bytes, sizeof(mac.bytes));
    ret->value.last = ret->value.first;
    return true;
}

static bool set_addrs(struct fw_written *ret, const struct addr *first, const struct addr *last)
{
    ret->type = first->family == AF_INET ? FW_TYPE_IPV4 : FW_TYPE_IPV6;
    memcpy(ret->value.first.bytes, first->bytes, sizeof(first->bytes));
    memcpy(ret->value.last.bytes, last->bytes, sizeof(last->bytes));
    return true;
}

/* A-B, with the dash at DASH. */
static bool parse_addr_range(struct arena *arena, const char *text, const char *dash,
                             struct fw_written *ret)
{
    struct addr first, last;
    const char *low = arena_strndup(arena, text, (size_t)(dash - text));
    if (!addr_parse(low, &first) || !addr_parse(dash + 1, &last))
        return false;
    if (first.family != last.family)
        return false;
    int order = addr_compare(&first, &last);
    if (order > 0) {
        ret->help = arena_printf(arena, "the lower end comes first: %s-%s", dash + 1, low);
        return false;
    }
    ret->value.form = order ? FW_RANGE : FW_SINGLE;
    return set_addrs(ret, &first, &last);
}

static bool parse_addr(struct arena *arena, const char *text, struct fw_written *ret)
{
    struct prefix prefix;
    bool bare;
    char buf[ADDR_TEXT_MAX];
    const char *dash = strchr(text, '-');
    if (dash && parse_addr_range(arena, text, dash, ret))
        return true;
    if (!prefix_parse(text, &prefix, &bare))
        return false;
    struct addr network = prefix_network(&prefix), last = prefix_last(&prefix);
    if (prefix_has_host_bits(&prefix)) {
        struct prefix whole = {network, prefix.len};
        ret->help = arena_printf(arena, "its prefix is %s", prefix_text(&whole, buf));
        return false;
    }
    ret->value.form = prefix.len == addr_bits(&prefix.addr) ? FW_SINGLE : FW_PREFIX;
    ret->value.prefix_len = prefix.len;
    return set_addrs(ret, &network, &last);
}

/* A word of TYPE, or a number, at TEXT up to END (NULL: to its end). */
static bool parse_one_number(enum fw_type type, const char *text, uint32_t *ret)
{
    const struct value_type *vt = &value_types[type];
    const struct fw_word *word = fw_word_named(fw_type_words(type, AF_INET), text);
    const char *end;
    if (word) {
        *ret = word->number;
        return true;
    }
    return vt->max && u32_parse(text, ret, &end) && !*end && *ret >= vt->min && *ret <= vt->max;
}

static bool set_numbers(struct fw_written *ret, uint32_t first, uint32_t last)
{
    ret->value.form = first == last ? FW_SINGLE : FW_RANGE;
    ret->value.first.number = first;
    ret->value.last.number = last;
    return true;
}

static bool parse_number(struct arena *arena, const char *text, struct fw_written *ret)
{
    uint32_t first, last;
    const char *dash = strchr(text, '-');
    if (parse_one_number(ret->type, text, &first))
        return set_numbers(ret, first, first);
    if (!dash || value_types[ret->type].no_ranges)
        return false;
    const char *low = arena_strndup(arena, text, (size_t)(dash - text));
    if (!parse_one_number(ret->type, low, &first) || !parse_one_number(ret->type, dash + 1, &last))
        return false;
    if (first > last) {
        ret->help = arena_printf(arena, "the lower end comes first: %s-%s", dash + 1, low);
        return false;
    }
    return set_numbers(ret, first, last);
}

/* N, N-M or N/MASK */
static bool parse_mark(struct arena *arena, const char *text, struct fw_written *ret)
{
    uint32_t mark;
    const char *end;
    if (!u32_parse(text, &mark, &end) || *end != '/')
        return parse_number(arena, text, ret);
    if (!u32_parse(end + 1, &ret->mask, &end) || *end || !ret->mask)
        return false;
    if (mark & ~ret->mask) {
        ret->help =
            arena_printf(arena, "0x%x has bits that the mask 0x%x takes away", mark, ret->mask);
        return false;
    }
    if (ret->mask == UINT32_MAX)
        ret->mask = 0;
    return set_numbers(ret, mark, mark);
}

/* Flags joined by `|`, up to END. */
static bool parse_flags(struct arena *arena, const char *text, const char *end, uint32_t *ret)
{
    *ret = 0;
    while (text < end) {
        size_t len = strcspn(text, "|/");
        uint32_t bit;
        if (!parse_one_number(FW_TYPE_TCP_FLAGS, arena_strndup(arena, text, len), &bit))
            return false;
        *ret |= bit;
        text += len + (text + len < end);
        if (text == end && text[-1] == '|')
            return false;
    }
    return *ret != 0;
}

static bool parse_tcp_flags(struct arena *arena, const char *text, struct fw_written *ret)
{
    const char *slash = strchr(text, '/'), *end = text + strlen(text);
    uint32_t flags;
    if (!parse_flags(arena, text, slash ? slash : end, &flags))
        return false;
    if (slash && !parse_flags(arena, slash + 1, end, &ret->mask))
        return false;
    if (slash && flags & ~ret->mask) {
        ret->help = "flags that are to be set stand behind the slash too: syn/syn|ack";
        return false;
    }
    return set_numbers(ret, flags, flags);
}

/* Words of both families; what one means in the rule's, or whether it is one there, only the whole
 * rule tells. */
static bool parse_icmp_code(struct arena *arena, const char *text, struct fw_written *ret)
{
    const struct fw_word *word = fw_word_named(fw_type_words(FW_TYPE_ICMP_CODE, AF_INET6), text);
    return word ? set_numbers(ret, word->number, word->number) : parse_number(arena, text, ret);
}

static const struct value_type value_types[FW_TYPE_COUNT] = {
    [FW_TYPE_IFNAME] = {"an interface's name, like eth0", parse_name, .no_ranges = true,
                        .pattern =
                            "(?!(\\.|\\.\\.|all|default)$)[^/:%\\s@\\x00-\\x1f\\x7f-\\x9f]{1,15}"},
    [FW_TYPE_ETHER] = {"a MAC address, like 52:54:00:12:34:56", parse_mac, .no_ranges = true,
                       .pattern = "[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}"},
    [FW_TYPE_IPV4] = {"an address, a prefix or a range, like 10.0.0.0/8 or 10.0.0.1-10.0.0.9",
                      parse_addr, .pattern = ADDRS_PATTERN},
    [FW_TYPE_IPV6] = {"an address, a prefix or a range, like fd00::/8 or fd00::1-fd00::9",
                      parse_addr, .pattern = ADDRS_PATTERN},
    [FW_TYPE_PROTO] = {"a protocol: tcp, udp, icmp, icmpv6, … or a number from 0 to 255",
                       parse_number, 0, 255, .no_ranges = true},
    [FW_TYPE_PORT] = {"a port from 1 to 65535, or a range like 1024-65535", parse_number, 1, 65535},
    [FW_TYPE_MARK] = {"a mark, like 1, 0x10/0xff or 1-9", parse_mark, 0, UINT32_MAX,
                      .pattern = U32_PATTERN "([-/]" U32_PATTERN ")?"},
    [FW_TYPE_PKTTYPE] = {"one of host, broadcast, multicast, other", parse_number,
                         .no_ranges = true},
    [FW_TYPE_DSCP] = {"a code point: cs0 to cs7, af11 to af43, ef, or a number from 0 to 63",
                      parse_number, 0, 63},
    [FW_TYPE_TTL] = {"a number of hops from 0 to 255, or a range like 1-5", parse_number, 0, 255},
    [FW_TYPE_LENGTH] = {"a number of bytes from 0 to 65535, or a range like 0-128", parse_number, 0,
                        65535},
    [FW_TYPE_TCP_FLAGS] = {"a flag (fin, syn, rst, psh, ack, urg, ecn, cwr), or flags and those "
                           "looked at, like syn/syn|ack",
                           parse_tcp_flags, .no_ranges = true,
                           .pattern = FLAGS_PATTERN "(/" FLAGS_PATTERN ")?"},
    [FW_TYPE_ICMP_TYPE] = {"a type of ICMP: echo-request, echo-reply, destination-unreachable, "
                           "time-exceeded, … or a number from 0 to 255",
                           parse_number, 0, 255},
    [FW_TYPE_ICMPV6_TYPE] = {"a type of ICMPv6: echo-request, echo-reply, packet-too-big, "
                             "nd-neighbor-solicit, … or a number from 0 to 255",
                             parse_number, 0, 255},
    [FW_TYPE_ICMP_CODE] = {"a code of ICMP: port-unreachable, admin-prohibited, … or a number from "
                           "0 to 255",
                           parse_icmp_code, 0, 255},
    [FW_TYPE_CT_STATE] = {"a state: new, established, related, untracked or invalid", parse_number,
                          .no_ranges = true},
    [FW_TYPE_CT_STATUS] = {"a status: expected, seen-reply, assured, confirmed, snat, dnat or "
                           "dying",
                           parse_number, 1, 0, .no_ranges = true},
};

const char *fw_value_expects(enum fw_type type)
{
    return value_types[type].expects;
}

bool fw_value_parse(struct arena *arena, enum fw_type type, const char *text,
                    struct fw_written *ret)
{
    *ret = (struct fw_written){.type = type, .text = text, .pos = ret->pos};
    return value_types[type].parse(arena, text, ret);
}

/* --- Matches --------------------------------------------------------------------------------- */

static const enum fw_type key_types[FW_KEY_COUNT] = {
    [FW_IIF] = FW_TYPE_IFNAME,
    [FW_OIF] = FW_TYPE_IFNAME,
    [FW_PKTTYPE] = FW_TYPE_PKTTYPE,
    [FW_MAC_FROM] = FW_TYPE_ETHER,
    [FW_FROM] = FW_TYPE_IPV4,
    [FW_TO] = FW_TYPE_IPV4,
    [FW_DSCP] = FW_TYPE_DSCP,
    [FW_TTL] = FW_TYPE_TTL,
    [FW_LENGTH] = FW_TYPE_LENGTH,
    [FW_PROTO] = FW_TYPE_PROTO,
    [FW_SPORT] = FW_TYPE_PORT,
    [FW_DPORT] = FW_TYPE_PORT,
    [FW_TCP_FLAGS] = FW_TYPE_TCP_FLAGS,
    [FW_ICMP_TYPE] = FW_TYPE_ICMP_TYPE,
    [FW_ICMPV6_TYPE] = FW_TYPE_ICMPV6_TYPE,
    [FW_ICMP_CODE] = FW_TYPE_ICMP_CODE,
    [FW_CT] = FW_TYPE_CT_STATE,
    [FW_CT_STATUS] = FW_TYPE_CT_STATUS,
    [FW_MARK] = FW_TYPE_MARK,
};

/* Which of match_types TYPE is. */
static enum fw_key key_of(const struct type *type)
{
    return (enum fw_key)(type - match_types);
}

static void help_words(struct reader *r, const struct fw_word *words, const char *text)
{
    const char *list[32];
    size_t n = 0;
    for (; words && words->word && n < ARRAY_SIZE(list); words++)
        list[n++] = words->word;
    diag_help_nearest(r->diags, text, list, n);
}

/* A word that the key of the other ICMP has. */
static bool help_other_icmp(struct reader *r, enum fw_type type, const char *text)
{
    bool v4 = type == FW_TYPE_ICMP_TYPE;
    enum fw_type other = v4 ? FW_TYPE_ICMPV6_TYPE : FW_TYPE_ICMP_TYPE;
    if ((!v4 && type != FW_TYPE_ICMPV6_TYPE) || !fw_word_named(fw_type_words(other, 0), text))
        return false;
    diag_help(r->diags, "%s has it: %s: %s", v4 ? "ICMPv6" : "ICMP",
              fw_key_name(v4 ? FW_ICMPV6_TYPE : FW_ICMP_TYPE), text);
    return true;
}

static bool read_value(struct reader *r, const struct type *type, const struct doc_node *n,
                       struct fw_written *out)
{
    enum fw_type value = key_types[key_of(type)];
    out->pos = n->pos;
    const struct type one = {.expects = fw_value_expects(value)};
    if (n->kind != DOC_SCALAR || doc_is_nothing(n))
        return type_mismatch(r, &one, n);
    if (fw_value_parse(r->arena, value, n->text, out))
        return true;
    out->named = value == FW_TYPE_IPV4 && !out->help && is_name_for_address(n->text);
    if (out->named)
        return true;
    type_mismatch(r, &one, n);
    if (out->help)
        diag_help(r->diags, "%s", out->help);
    else if (n->text[0] == '@')
        diag_help(r->diags, "a set stands alone: %s: \"%s\"", fw_key_name(key_of(type)), n->text);
    else if (!help_other_icmp(r, value, n->text))
        help_words(r, fw_type_words(value, AF_INET), n->text);
    return false;
}

static bool read_match(struct reader *r, const struct type *type, const struct doc_node *n,
                       void *out)
{
    struct match_value value = {.pos = n->pos, .n = n->kind == DOC_LIST ? n->n : 1};
    bool ok = true;
    if (doc_is_nothing(n))
        return true;
    if (n->kind == DOC_MAP || !value.n)
        return type_mismatch(r, type, n);
    if (n->kind == DOC_SCALAR && n->text[0] == '@' && fw_type_name(key_types[key_of(type)])) {
        value.set = n->text + 1;
        value.n = 0;
    }
    value.v = arena_alloc(r->arena, (value.n + 1) * sizeof(*value.v));
    for (uint32_t i = 0; i < value.n; i++) {
        const struct doc_node *item = n->kind == DOC_LIST ? reader_expand(r, n->items[i]) : n;
        ok = item && read_value(r, type, item, &value.v[i]) && ok;
    }
    *(struct match_value *)out = value;
    return ok;
}

/* In quotes; an editor reads the others itself. */
#define HEX_NUMBER "0x[0-9a-fA-F]{1,8}"

static json_t *describe_value(enum fw_type type)
{
    const struct value_type *vt = &value_types[type];
    const struct fw_word *words = fw_type_words(type, AF_INET);
    struct str pattern CLEAN_STR = {0};
    str_add(&pattern, "^(");
    for (const struct fw_word *w = words; w && w->word; w++)
        str_addf(&pattern, "%s|", w->word);
    words = type == FW_TYPE_ICMP_CODE ? fw_type_words(type, AF_INET6) : NULL;
    for (const struct fw_word *w = words; w && w->word; w++)
        str_addf(&pattern, "%s|", w->word);
    if (vt->pattern)
        str_add(&pattern, vt->pattern);
    else if (vt->max)
        str_add(&pattern, vt->no_ranges ? HEX_NUMBER : HEX_NUMBER "|" U32_PATTERN "-" U32_PATTERN);
    if (pattern.text[pattern.len - 1] == '|')
        pattern.text[--pattern.len] = '\0';
    str_add(&pattern, ")$");
    json_t *text = json_pack("{s:s,s:s}", "type", "string", "pattern", pattern.text);
    const struct type number = {.min = vt->min, .max = vt->max};
    return vt->max ? describe_either(text, describe_int(&number, NULL)) : text;
}

static json_t *describe_match(const struct type *type, struct schema *s)
{
    enum fw_type value = key_types[key_of(type)];
    json_t *also =
        value == FW_TYPE_IPV4 ? schema_type(s, &type_name_for_address) : describe_reference();
    json_t *one = describe_either(describe_value(value), also);
    json_t *list = json_pack("{s:s,s:O,s:i}", "type", "array", "items", one, "minItems", 1);
    json_t *either = describe_either(one, list);
    if (!fw_type_name(value))
        return either;
    return describe_either(
        either, json_pack("{s:s,s:s}", "type", "string", "pattern", "^@" FW_NAME_PATTERN "$"));
}

#define MATCH(key, what, also)                                                                     \
    [key] = {.name = "match-" what, .expects = also, .read = read_match, .describe = describe_match}

const struct type match_types[FW_KEY_COUNT] = {
    MATCH(FW_IIF, "iif", "an interface's name, a list of them, or \"@SET\""),
    MATCH(FW_OIF, "oif", "an interface's name, a list of them, or \"@SET\""),
    MATCH(FW_PKTTYPE, "pkttype", "host, broadcast, multicast or other, or a list of them"),
    MATCH(FW_MAC_FROM, "mac-from", "a MAC address, a list of them, or \"@SET\""),
    MATCH(FW_FROM, "from", "addresses, prefixes and ranges, like 10.0.0.0/8, or \"@SET\""),
    MATCH(FW_TO, "to", "addresses, prefixes and ranges, like 10.0.0.0/8, or \"@SET\""),
    MATCH(FW_DSCP, "dscp", "a code point, like ef or 46, or a list of them"),
    MATCH(FW_TTL, "ttl", "a number of hops, like 1 or 1-5, or a list of them"),
    MATCH(FW_LENGTH, "length", "a number of bytes, like 100 or 0-128, or a list of them"),
    MATCH(FW_PROTO, "proto", "a protocol, like tcp, a list of them, or \"@SET\""),
    MATCH(FW_SPORT, "sport", "a port, like 22 or 1024-65535, a list of them, or \"@SET\""),
    MATCH(FW_DPORT, "dport", "a port, like 22 or 1024-65535, a list of them, or \"@SET\""),
    MATCH(FW_TCP_FLAGS, "tcp-flags", "flags of TCP, like syn or syn/syn|ack"),
    MATCH(FW_ICMP_TYPE, "icmp-type", "a type of ICMP, like echo-request, or a list of them"),
    MATCH(FW_ICMPV6_TYPE, "icmpv6-type", "a type of ICMPv6, like echo-request, or a list of them"),
    MATCH(FW_ICMP_CODE, "icmp-code", "a code of ICMP, like port-unreachable, or a list of them"),
    MATCH(FW_CT, "ct", "a state, like new, or a list of them, like [established, related]"),
    MATCH(FW_CT_STATUS, "ct-status", "a status, like dnat, or a list of them"),
    MATCH(FW_MARK, "mark", "a mark, like 1 or 0x10/0xff, a list of them, or \"@SET\""),
};

/* --- limit ----------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    uint32_t seconds;
} periods[] = {
    {"second", 1}, {"minute", 60}, {"hour", 3600}, {"day", 86400}, {"week", 604800},
};

/* A count of packets, or a size, at most MAX. */
static bool parse_amount(const char *text, uint64_t max, uint64_t *ret, bool *ret_bytes)
{
    uint32_t packets;
    const char *end;
    *ret_bytes = false;
    if (u32_parse(text, &packets, &end) && !*end)
        *ret = packets;
    else if (size_parse(text, ret))
        *ret_bytes = true;
    else
        return false;
    return *ret && *ret <= max;
}

/* 5/second, 10kB/second */
static bool parse_rate(struct arena *arena, const char *text, struct fw_limit *limit)
{
    const char *slash = strchr(text, '/');
    if (!slash || !parse_amount(arena_strndup(arena, text, (size_t)(slash - text)), INT64_MAX,
                                &limit->rate, &limit->bytes))
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(periods); i++) {
        if (strcmp(slash + 1, periods[i].name) == 0)
            limit->per = periods[i].seconds;
    }
    limit->burst = limit->bytes ? 0 : 5;
    limit->given = true;
    return limit->per != 0;
}

#define AMOUNT_PATTERN "(" U32_PATTERN "|" DECIMAL_PATTERN "(B|kB|KiB|MB|MiB|GB|GiB))"
#define RATE_PATTERN "^(?!(0x)?0+/)" AMOUNT_PATTERN "/(second|minute|hour|day|week)$"

static bool read_rate(struct reader *r, const struct type *type, const struct doc_node *n,
                      void *out)
{
    struct limit_value *value = out;
    value->pos = n->pos;
    if (n->kind == DOC_SCALAR && parse_rate(r->arena, n->text, &value->limit))
        return true;
    type_mismatch(r, type, n);
    if (n->kind == DOC_SCALAR && strchr(n->text, '/') && strspn(n->text, "0123456789"))
        diag_help(r->diags, "per second, minute, hour, day or week; in packets, or in B, kB, KiB, "
                            "MB, MiB");
    return false;
}

static const struct type type_rate = {
    .expects = "a rate, like 5/second or 10kB/second",
    .read = read_rate,
    .describe = describe_text,
    .pattern = RATE_PATTERN,
};

struct limit_input {
    struct limit_value rate;
    struct text_value burst;
};

static json_t *describe_burst(const struct type *type, struct schema *s)
{
    (void)s;
    return describe_either(json_pack("{s:s,s:i,s:I}", "type", "integer", "minimum", 1, "maximum",
                                     (json_int_t)UINT32_MAX),
                           json_pack("{s:s,s:s}", "type", "string", "pattern", type->pattern));
}

static const struct type type_burst = {
    .expects = "a number of packets, or a size where the rate is one",
    .read = read_text,
    .describe = describe_burst,
    .pattern = "^(?!(0x)?0+$)" AMOUNT_PATTERN "$",
    .looks = LOOKS_NATURAL,
};

static const struct field limit_fields[] = {
    {"rate", "how many packets or bytes in what time: 5/second, 10kB/second", &type_rate,
     offsetof(struct limit_input, rate), FIELD_REQUIRED},
    {"burst", "how many at once before that: 5 packets, 0 bytes where not given", &type_burst,
     offsetof(struct limit_input, burst)},
};
static const struct table limit_table = {
    .name = "limit",
    .what = "a limit",
    .fields = limit_fields,
    .n = ARRAY_SIZE(limit_fields),
};

static bool read_burst(struct reader *r, const struct text_value *text, struct fw_limit *limit)
{
    uint64_t burst;
    bool bytes;
    if (!text->text)
        return true;
    if (!parse_amount(text->text, UINT32_MAX, &burst, &bytes)) {
        diag_error(r->diags, text->pos, "expected %s, found '%s'", type_burst.expects, text->text);
        return false;
    }
    if (bytes != limit->bytes) {
        diag_error(r->diags, text->pos, "a rate in %s has a burst in %s",
                   limit->bytes ? "bytes" : "packets", limit->bytes ? "bytes" : "packets");
        diag_help(r->diags, limit->bytes ? "like {rate: 10kB/second, burst: 20kB}"
                                         : "like {rate: 5/second, burst: 10}");
        return false;
    }
    limit->burst = (uint32_t)burst;
    return true;
}

static bool read_limit(struct reader *r, const struct type *type, const struct doc_node *n,
                       void *out)
{
    if (doc_is_nothing(n))
        return true;
    if (n->kind != DOC_MAP)
        return n->kind == DOC_LIST ? type_mismatch(r, type, n) : read_rate(r, type, n, out);
    struct limit_input in = {0};
    if (!table_read(r, &limit_table, n, &in) || !read_burst(r, &in.burst, &in.rate.limit))
        return false;
    *(struct limit_value *)out = in.rate;
    return true;
}

static json_t *describe_limit(const struct type *type, struct schema *s)
{
    (void)type;
    return describe_either(describe_text(&type_rate, s), schema_ref(s, &limit_table));
}

const struct type type_limit = {
    .name = "rate-limit",
    .expects = "a rate, like 5/second, or {rate: 5/second, burst: 10}",
    .read = read_limit,
    .describe = describe_limit,
};

/* --- log ------------------------------------------------------------------------------------- */

bool fw_char_quotable(char c)
{
    return (unsigned char)c >= ' ' && !strchr("\"\\$\x7f", c);
}

static bool prefix_valid(const char *text)
{
    size_t len = strlen(text);
    for (const char *p = text; *p; p++) {
        if (!fw_char_quotable(*p))
            return false;
    }
    return len && len <= FW_LOG_PREFIX_MAX;
}

static bool read_log(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    struct log_value value = {.on = true, .pos = n->pos};
    struct int_value word = {0};
    if (doc_is_nothing(n))
        return true;
    if (n->kind != DOC_SCALAR)
        return type_mismatch(r, type, n);
    if (!n->quoted && (strcmp(n->text, "true") == 0 || strcmp(n->text, "false") == 0)) {
        read_bool(r, &type_bool, n, &word);
        value.on = word.value;
    } else if (prefix_valid(n->text)) {
        value.prefix = n->text;
    } else {
        return type_mismatch(r, type, n);
    }
    *(struct log_value *)out = value;
    return true;
}

static json_t *describe_log(const struct type *type, struct schema *s)
{
    (void)type, (void)s;
    return json_pack("{s:[s,s,s],s:s}", "type", "string", "boolean", "number", "pattern",
                     "^[^\"$\\\\\\u0000-\\u001f\\u007f]{1,127}$");
}

const struct type type_log = {
    .expects = "a prefix of 1 to 127 bytes, without '\"', '\\' and '$', or true",
    .read = read_log,
    .describe = describe_log,
};

/* --- Actions --------------------------------------------------------------------------------- */

/* PORT behind a colon. */
static bool parse_port(const char *text, uint16_t *ret)
{
    uint32_t port;
    const char *end;
    if (!u32_parse(text, &port, &end) || *end || !port || port > 65535)
        return false;
    *ret = (uint16_t)port;
    return true;
}

/* NODE, NODE:PORT, NODE:INTERFACE, NODE:INTERFACE:PORT: a number at the end is a port. */
static bool parse_nat_name(struct arena *arena, const char *text, struct nat_value *ret)
{
    const char *colon = strrchr(text, ':');
    bool port = colon && parse_port(colon + 1, &ret->port);
    size_t len = port ? (size_t)(colon - text) : strlen(text);
    ret->name = arena_strndup(arena, text, len);
    return is_name_for_address(ret->name);
}

static bool parse_nat(struct arena *arena, const char *text, struct nat_value *ret)
{
    const char *close = strrchr(text, ']'), *colon = strrchr(text, ':');
    if (addr_parse(text, &ret->addr))
        return true;
    if (parse_nat_name(arena, text, ret))
        return true;
    *ret = (struct nat_value){.pos = ret->pos};
    if (text[0] == '[' && close)
        return addr_parse(arena_strndup(arena, text + 1, (size_t)(close - text - 1)), &ret->addr) &&
               ret->addr.family == AF_INET6 &&
               (!close[1] || (close[1] == ':' && parse_port(close + 2, &ret->port)));
    return colon && addr_parse(arena_strndup(arena, text, (size_t)(colon - text)), &ret->addr) &&
           ret->addr.family == AF_INET && parse_port(colon + 1, &ret->port);
}

static bool read_nat(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    struct nat_value value = {.pos = n->pos};
    if (doc_is_nothing(n))
        return true;
    if (n->kind == DOC_SCALAR && parse_nat(r->arena, n->text, &value)) {
        *(struct nat_value *)out = value;
        return true;
    }
    type_mismatch(r, type, n);
    if (n->kind == DOC_LIST)
        diag_help(r->diags, "quote it, brackets and all: \"[fd00::1]:80\"");
    return false;
}

static json_t *describe_nat(const struct type *type, struct schema *s)
{
    return describe_either(describe_text(type, s), schema_type(s, &type_name_for_address));
}

const struct type type_nat = {
    .name = "nat-target",
    .expects = "an address or a node's name, with a port or without: 10.0.0.1, web1:80, "
               "\"[fd00::1]:80\"",
    .read = read_nat,
    .describe = describe_nat,
    .pattern =
        "^(" IPV4_PATTERN "(:[0-9]{1,5})?|" IPV6_PATTERN "|\\[" IPV6_PATTERN "\\](:[0-9]{1,5})?)$",
};

const struct type type_port = {
    .expects = "a port from 1 to 65535",
    .read = read_int,
    .describe = describe_int,
    .min = 1,
    .max = 65535,
};

const struct type type_set_mark = {
    .expects = "a mark, like 1 or 0x10",
    .read = read_int,
    .describe = describe_int,
    .min = 0,
    .max = UINT32_MAX,
};

static bool read_mss(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    if (n->kind == DOC_SCALAR && strcmp(n->text, "pmtu") == 0) {
        *(struct int_value *)out = (struct int_value){0, n->pos};
        return true;
    }
    return read_int(r, type, n, out);
}

static json_t *describe_mss(const struct type *type, struct schema *s)
{
    return describe_either(json_pack("{s:s}", "const", "pmtu"), describe_int(type, s));
}

const struct type type_mss = {
    .expects = "a number of bytes from 1 to 65535, or pmtu",
    .read = read_mss,
    .describe = describe_mss,
    .min = 1,
    .max = 65535,
};

static const char *const policy_words[] = {"accept", "drop", NULL};
const struct type type_policy = {
    .expects = "accept or drop",
    .read = read_enum,
    .describe = describe_enum,
    .words = policy_words,
};

/* Codes: RFC 792, RFC 1812, RFC 4443; NFT_REJECT_ICMPX_* of linux/netfilter/nf_tables.h. */
const struct fw_reject_word fw_reject_words[] = {
    {"tcp-reset", FW_REJECT_TCP_RESET, 0, 0, 0},
    {"port-unreachable", FW_REJECT_ICMPX, NFT_REJECT_ICMPX_PORT_UNREACH, 3, 4},
    {"admin-prohibited", FW_REJECT_ICMPX, NFT_REJECT_ICMPX_ADMIN_PROHIBITED, 13, 1},
    {"no-route", FW_REJECT_ICMPX, NFT_REJECT_ICMPX_NO_ROUTE, 0, 0},
    {"host-unreachable", FW_REJECT_ICMPX, NFT_REJECT_ICMPX_HOST_UNREACH, 1, 3},
    {"net-unreachable", FW_REJECT_ICMP, 0, 0, 0},
    {"prot-unreachable", FW_REJECT_ICMP, 2, 2, 0},
    {"net-prohibited", FW_REJECT_ICMP, 9, 9, 0},
    {"host-prohibited", FW_REJECT_ICMP, 10, 10, 0},
    {"addr-unreachable", FW_REJECT_ICMPV6, 3, 0, 3},
    {"policy-fail", FW_REJECT_ICMPV6, 5, 0, 5},
    {"reject-route", FW_REJECT_ICMPV6, 6, 0, 6},
};

static const char *const reject_words[] = {
    "tcp-reset",
    "port-unreachable",
    "admin-prohibited",
    "no-route",
    "host-unreachable",
    "net-unreachable",
    "prot-unreachable",
    "net-prohibited",
    "host-prohibited",
    "addr-unreachable",
    "policy-fail",
    "reject-route",
    NULL,
};
_Static_assert(ARRAY_SIZE(reject_words) == ARRAY_SIZE(fw_reject_words) + 1, "one is another's");

const struct type type_reject = {
    .expects = "an answer: tcp-reset, port-unreachable, admin-prohibited, host-unreachable, …",
    .read = read_enum,
    .describe = describe_enum,
    .words = reject_words,
};

/* --- Chains ---------------------------------------------------------------------------------- */

/* nft(8), "Standard priority names" */
static const struct fw_word priorities[] = {
    {"raw", (uint32_t)-300},
    {"mangle", (uint32_t)-150},
    {"dstnat", (uint32_t)-100},
    {"filter", 0},
    {"security", 50},
    {"srcnat", 100},
    {NULL, 0},
};

/* A number, or a sign and a number, blanks between them. */
static bool parse_signed(const char *text, int32_t *ret)
{
    uint32_t number;
    const char *end;
    bool minus = *text == '-';
    if (minus || *text == '+')
        text += 1 + strspn(text + 1, " ");
    if (!u32_parse(text, &number, &end) || *end || number > (uint32_t)INT32_MAX + minus)
        return false;
    *ret = minus ? (int32_t) - (int64_t)number : (int32_t)number;
    return true;
}

/* A word of nft's, a number, or a word and a number to add. */
static bool parse_priority(struct arena *arena, const char *text, int32_t *ret)
{
    size_t len = strcspn(text, " +-0123456789");
    const char *word = arena_strndup(arena, text, len);
    const struct fw_word *w = priorities;
    int32_t more = 0;
    if (!len)
        return parse_signed(text, ret);
    while (w->word && strcmp(w->word, word) != 0)
        w++;
    const char *rest = text + len + strspn(text + len, " ");
    if (!w->word || (*rest && ((*rest != '+' && *rest != '-') || !parse_signed(rest, &more))))
        return false;
    int64_t sum = (int64_t)(int32_t)w->number + more;
    *ret = (int32_t)sum;
    return sum >= INT32_MIN && sum <= INT32_MAX;
}

static bool read_chain_priority(struct reader *r, const struct type *type, const struct doc_node *n,
                                void *out)
{
    struct priority_value value = {.pos = n->pos};
    if (doc_is_nothing(n))
        return true;
    if (n->kind != DOC_SCALAR || !parse_priority(r->arena, n->text, &value.priority)) {
        type_mismatch(r, type, n);
        if (n->kind == DOC_SCALAR)
            help_words(r, priorities, n->text);
        return false;
    }
    *(struct priority_value *)out = value;
    return true;
}

static json_t *describe_chain_priority(const struct type *type, struct schema *s)
{
    (void)type;
    static const struct type number = {.min = 0, .max = INT32_MAX};
    json_t *words = json_pack("{s:s,s:s}", "type", "string", "pattern",
                              "^((raw|mangle|dstnat|filter|security|srcnat)( *[+-] *" U32_PATTERN
                              ")?|[+-] *" U32_PATTERN "|" HEX_NUMBER ")$");
    json_t *negative = json_pack("{s:s,s:I,s:i}", "type", "integer", "minimum",
                                 (json_int_t)INT32_MIN, "maximum", 0);
    return describe_either(describe_int(&number, s), describe_either(negative, words));
}

const struct type type_chain_priority = {
    .expects = "a number, or raw, mangle, dstnat, filter, security, srcnat, like `filter + 10`",
    .read = read_chain_priority,
    .describe = describe_chain_priority,
};

/* --- Sets ------------------------------------------------------------------------------------ */

const struct type type_fw_name = {
    .expects = "a name: a letter, then letters, digits, '_', '.' and '-', at most 64",
    .read = read_text,
    .describe = describe_text,
    .valid = fw_name_valid,
    .pattern = "^" FW_NAME_PATTERN "$",
};

static bool element_valid(const char *text)
{
    return *text != '\0';
}

const struct type type_set_element = {
    .expects = "an element of a set, like 10.0.0.0/8, 22, eth0, or 10.0.0.1 . 22",
    .read = read_text,
    .describe = describe_text,
    .valid = element_valid,
    .pattern = "^[^\"]+$",
    .looks = LOOKS_NUMBER,
};

const char *fw_next_part(struct arena *arena, const char **text)
{
    if (!*text)
        return NULL;
    const char *from = *text + strspn(*text, " "), *dot = strstr(from, " . ");
    size_t len = dot ? (size_t)(dot - from) : strlen(from);
    *text = dot ? dot + 3 : NULL;
    while (len && from[len - 1] == ' ')
        len--;
    return arena_strndup(arena, from, len);
}

uint32_t fw_types_parse(const char *text, enum fw_type types[FW_PARTS_MAX])
{
    uint32_t n = 0;
    for (size_t len; *text; text += len + (text[len] == '.' ? 1 : 0)) {
        text += strspn(text, " ");
        len = strcspn(text, " .");
        enum fw_type type = 0;
        while (type < FW_TYPE_NAMED_COUNT &&
               (strlen(fw_type_name(type)) != len || strncmp(fw_type_name(type), text, len) != 0))
            type++;
        if (type == FW_TYPE_NAMED_COUNT || n == FW_PARTS_MAX)
            return 0;
        types[n++] = type;
        len += strspn(text + len, " ");
        if (text[len] && (text[len] != '.' || !text[len + 1]))
            return 0;
    }
    return n;
}

static bool set_type_valid(const char *text)
{
    enum fw_type types[FW_PARTS_MAX];
    return fw_types_parse(text, types) != 0;
}

static bool read_set_type(struct reader *r, const struct type *type, const struct doc_node *n,
                          void *out)
{
    const char *words[FW_TYPE_NAMED_COUNT];
    if (read_text(r, type, n, out))
        return true;
    for (enum fw_type i = 0; i < FW_TYPE_NAMED_COUNT; i++)
        words[i] = fw_type_name(i);
    if (n->kind == DOC_SCALAR)
        diag_help_nearest(r->diags, n->text, words, ARRAY_SIZE(words));
    return false;
}

#define SET_TYPE "(ipv4_addr|ipv6_addr|ether_addr|inet_proto|inet_service|mark|ifname)"
const struct type type_set_type = {
    .expects = "a type of set: ipv4_addr, ipv6_addr, ether_addr, inet_proto, inet_service, mark, "
               "ifname, or some joined by ' . '",
    .read = read_set_type,
    .describe = describe_text,
    .valid = set_type_valid,
    .pattern = "^ *" SET_TYPE "( *[.] *" SET_TYPE "){0,4} *$",
};

const struct type type_set_size = {
    .expects = "a number of elements from 1 to 4294967295",
    .read = read_int,
    .describe = describe_int,
    .min = 1,
    .max = UINT32_MAX,
};
