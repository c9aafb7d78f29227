// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * A rule as expressions. A match loads what it looks at into a register and compares it; what a
 * header's field means is sure only when the family or the protocol has been tested, so that test
 * comes first, once a rule. These are the expressions that nft makes of the same rule, which is
 * how `nft list` can read them.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <libnftnl/expr.h>
#include <libnftnl/udata.h>
#include <linux/if_arp.h>
#include <linux/netfilter/nf_log.h>
#include <linux/netfilter/nf_nat.h>
#include <linux/netfilter/nf_tables.h>
#include <string.h>
#include <sys/socket.h>

#include "base/memory.h"
#include "netlink/nft.h"
#include "netlink/nft_build.h"

#define REG NFT_REG_1
#define TCPOPT_MAXSEG 2 /* RFC 9293; the size stands behind kind and length */

struct maker {
    struct nft_batch *b;
    const struct fw_rule *rule;
    struct nftnl_rule *out;
    bool family_tested, proto_tested, ether_tested;
};

/* --- Expressions ----------------------------------------------------------------------------- */

static struct nftnl_expr *add(struct maker *m, const char *name)
{
    struct nftnl_expr *e = memory_given(nftnl_expr_alloc(name));
    nftnl_rule_add_expr(m->out, e);
    return e;
}

static void load_meta(struct maker *m, uint32_t key, uint32_t reg)
{
    struct nftnl_expr *e = add(m, "meta");
    nftnl_expr_set_u32(e, NFTNL_EXPR_META_KEY, key);
    nftnl_expr_set_u32(e, NFTNL_EXPR_META_DREG, reg);
}

static void load_ct(struct maker *m, uint32_t key, uint32_t reg)
{
    struct nftnl_expr *e = add(m, "ct");
    nftnl_expr_set_u32(e, NFTNL_EXPR_CT_KEY, key);
    nftnl_expr_set_u32(e, NFTNL_EXPR_CT_DREG, reg);
}

struct field {
    uint32_t base, offset, len;
};

static void load_payload(struct maker *m, struct field field, uint32_t reg)
{
    struct nftnl_expr *e = add(m, "payload");
    nftnl_expr_set_u32(e, NFTNL_EXPR_PAYLOAD_DREG, reg);
    nftnl_expr_set_u32(e, NFTNL_EXPR_PAYLOAD_BASE, field.base);
    nftnl_expr_set_u32(e, NFTNL_EXPR_PAYLOAD_OFFSET, field.offset);
    nftnl_expr_set_u32(e, NFTNL_EXPR_PAYLOAD_LEN, field.len);
}

static void compare(struct maker *m, uint32_t op, const void *data, uint32_t len)
{
    struct nftnl_expr *e = add(m, "cmp");
    nftnl_expr_set_u32(e, NFTNL_EXPR_CMP_SREG, REG);
    nftnl_expr_set_u32(e, NFTNL_EXPR_CMP_OP, op);
    memory_taken(nftnl_expr_set(e, NFTNL_EXPR_CMP_DATA, data, len));
}

static void mask(struct maker *m, const void *bits, uint32_t len)
{
    static const uint8_t zero[NFT_VALUE_MAX];
    struct nftnl_expr *e = add(m, "bitwise");
    nftnl_expr_set_u32(e, NFTNL_EXPR_BITWISE_SREG, REG);
    nftnl_expr_set_u32(e, NFTNL_EXPR_BITWISE_DREG, REG);
    nftnl_expr_set_u32(e, NFTNL_EXPR_BITWISE_OP, NFT_BITWISE_BOOL);
    nftnl_expr_set_u32(e, NFTNL_EXPR_BITWISE_LEN, len);
    memory_taken(nftnl_expr_set(e, NFTNL_EXPR_BITWISE_MASK, bits, len));
    memory_taken(nftnl_expr_set(e, NFTNL_EXPR_BITWISE_XOR, zero, len));
}

static void to_network_order(struct maker *m, uint32_t len)
{
    struct nftnl_expr *e = add(m, "byteorder");
    nftnl_expr_set_u32(e, NFTNL_EXPR_BYTEORDER_SREG, REG);
    nftnl_expr_set_u32(e, NFTNL_EXPR_BYTEORDER_DREG, REG);
    nftnl_expr_set_u32(e, NFTNL_EXPR_BYTEORDER_OP, NFT_BYTEORDER_HTON);
    nftnl_expr_set_u32(e, NFTNL_EXPR_BYTEORDER_LEN, len);
    nftnl_expr_set_u32(e, NFTNL_EXPR_BYTEORDER_SIZE, len);
}

static void look_up(struct maker *m, const char *set, uint32_t id, bool negate)
{
    struct nftnl_expr *e = add(m, "lookup");
    nftnl_expr_set_u32(e, NFTNL_EXPR_LOOKUP_SREG, REG);
    memory_taken(nftnl_expr_set_str(e, NFTNL_EXPR_LOOKUP_SET, set));
    if (id)
        nftnl_expr_set_u32(e, NFTNL_EXPR_LOOKUP_SET_ID, id);
    if (negate)
        nftnl_expr_set_u32(e, NFTNL_EXPR_LOOKUP_FLAGS, NFT_LOOKUP_F_INV);
}

static void load_immediate(struct maker *m, uint32_t reg, const void *data, uint32_t len)
{
    struct nftnl_expr *e = add(m, "immediate");
    nftnl_expr_set_u32(e, NFTNL_EXPR_IMM_DREG, reg);
    memory_taken(nftnl_expr_set(e, NFTNL_EXPR_IMM_DATA, data, len));
}

static void decide(struct maker *m, int verdict, const char *chain)
{
    struct nftnl_expr *e = add(m, "immediate");
    nftnl_expr_set_u32(e, NFTNL_EXPR_IMM_DREG, NFT_REG_VERDICT);
    nftnl_expr_set_u32(e, NFTNL_EXPR_IMM_VERDICT, (uint32_t)verdict);
    if (chain)
        memory_taken(nftnl_expr_set_str(e, NFTNL_EXPR_IMM_CHAIN, chain));
}

/* --- What a field stands on ------------------------------------------------------------------ */

static void test_family(struct maker *m)
{
    uint8_t family = m->rule->family == AF_INET6 ? NFPROTO_IPV6 : NFPROTO_IPV4;
    if (m->family_tested || !m->rule->family)
        return;
    m->family_tested = true;
    load_meta(m, NFT_META_NFPROTO, REG);
    compare(m, NFT_CMP_EQ, &family, sizeof(family));
}

static void test_proto(struct maker *m)
{
    if (m->proto_tested || !m->rule->proto)
        return;
    m->proto_tested = true;
    load_meta(m, NFT_META_L4PROTO, REG);
    compare(m, NFT_CMP_EQ, &m->rule->proto, sizeof(m->rule->proto));
}

static void test_ether(struct maker *m)
{
    uint16_t type = ARPHRD_ETHER;
    if (m->ether_tested)
        return;
    m->ether_tested = true;
    load_meta(m, NFT_META_IIFTYPE, REG);
    compare(m, NFT_CMP_EQ, &type, sizeof(type));
}

static void test_for_key(struct maker *m, enum fw_key key)
{
    switch (key) {
    case FW_MAC_FROM:
        test_ether(m);
        return;
    case FW_FROM:
    case FW_TO:
    case FW_DSCP:
    case FW_TTL:
        test_family(m);
        return;
    case FW_ICMP_TYPE:
    case FW_ICMPV6_TYPE:
    case FW_ICMP_CODE:
        test_family(m);
        test_proto(m);
        return;
    case FW_SPORT:
    case FW_DPORT:
    case FW_TCP_FLAGS:
        test_proto(m);
        return;
    case FW_IIF:
    case FW_OIF:
    case FW_PKTTYPE:
    case FW_LENGTH:
    case FW_PROTO:
    case FW_CT:
    case FW_CT_STATUS:
    case FW_MARK:
    case FW_KEY_COUNT:
        return;
    }
}

/* Where KEY is in a packet: RFC 791, RFC 8200, RFC 9293, RFC 792. */
static struct field field_of(const struct maker *m, enum fw_key key)
{
    static const struct field fields[FW_KEY_COUNT][2] = {
        [FW_MAC_FROM] = {{NFT_PAYLOAD_LL_HEADER, 6, 6}, {NFT_PAYLOAD_LL_HEADER, 6, 6}},
        [FW_FROM] = {{NFT_PAYLOAD_NETWORK_HEADER, 12, 4}, {NFT_PAYLOAD_NETWORK_HEADER, 8, 16}},
        [FW_TO] = {{NFT_PAYLOAD_NETWORK_HEADER, 16, 4}, {NFT_PAYLOAD_NETWORK_HEADER, 24, 16}},
        [FW_DSCP] = {{NFT_PAYLOAD_NETWORK_HEADER, 1, 1}, {NFT_PAYLOAD_NETWORK_HEADER, 0, 2}},
        [FW_TTL] = {{NFT_PAYLOAD_NETWORK_HEADER, 8, 1}, {NFT_PAYLOAD_NETWORK_HEADER, 7, 1}},
        [FW_SPORT] = {{NFT_PAYLOAD_TRANSPORT_HEADER, 0, 2}, {NFT_PAYLOAD_TRANSPORT_HEADER, 0, 2}},
        [FW_DPORT] = {{NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2}, {NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2}},
        [FW_TCP_FLAGS] = {{NFT_PAYLOAD_TRANSPORT_HEADER, 13, 1},
                          {NFT_PAYLOAD_TRANSPORT_HEADER, 13, 1}},
        [FW_ICMP_TYPE] = {{NFT_PAYLOAD_TRANSPORT_HEADER, 0, 1}, {0}},
        [FW_ICMPV6_TYPE] = {{0}, {NFT_PAYLOAD_TRANSPORT_HEADER, 0, 1}},
        [FW_ICMP_CODE] = {{NFT_PAYLOAD_TRANSPORT_HEADER, 1, 1},
                          {NFT_PAYLOAD_TRANSPORT_HEADER, 1, 1}},
    };
    return fields[key][m->rule->family == AF_INET6];
}

static void load_key(struct maker *m, enum fw_key key, uint32_t reg)
{
    static const uint32_t metas[FW_KEY_COUNT] = {
        [FW_IIF] = NFT_META_IIFNAME, [FW_OIF] = NFT_META_OIFNAME,   [FW_PKTTYPE] = NFT_META_PKTTYPE,
        [FW_LENGTH] = NFT_META_LEN,  [FW_PROTO] = NFT_META_L4PROTO, [FW_MARK] = NFT_META_MARK,
    };
    struct field field = field_of(m, key);
    if (key == FW_CT || key == FW_CT_STATUS)
        load_ct(m, key == FW_CT ? NFT_CT_STATE : NFT_CT_STATUS, reg);
    else if (field.len)
        load_payload(m, field, reg);
    else
        load_meta(m, metas[key], reg);
}

/* Keys one behind the other, each from a 32-bit register on. */
static void load_keys(struct maker *m, const enum fw_key *keys, const enum fw_type *types,
                      uint32_t n)
{
    uint32_t reg = NFT_REG32_00;
    for (uint32_t i = 0; i < n; i++)
        test_for_key(m, keys[i]);
    for (uint32_t i = 0; i < n; i++) {
        load_key(m, keys[i], i ? reg : REG);
        reg += (fw_type_size(types[i]) + 3) / 4;
    }
}

/* --- Matches --------------------------------------------------------------------------------- */

static struct nft_bytes encode(const struct maker *m, const struct fw_match *match,
                               const struct fw_datum *datum, bool big)
{
    return nft_encode(match->type, m->rule->family, datum, big);
}

/* The bits of a code point in what was loaded. */
static void mask_dscp(struct maker *m, const struct fw_match *match)
{
    struct fw_datum all = {.number = 0x3f};
    struct nft_bytes bits = encode(m, match, &all, true);
    if (match->key == FW_DSCP)
        mask(m, bits.v, bits.len);
}

static void match_range(struct maker *m, const struct fw_match *match, const struct fw_value *value)
{
    struct nft_bytes first = encode(m, match, &value->first, true);
    struct nft_bytes last = encode(m, match, &value->last, true);
    if (!match->negate) {
        compare(m, NFT_CMP_GTE, first.v, first.len);
        compare(m, NFT_CMP_LTE, last.v, last.len);
        return;
    }
    struct nftnl_expr *e = add(m, "range");
    nftnl_expr_set_u32(e, NFTNL_EXPR_RANGE_SREG, REG);
    nftnl_expr_set_u32(e, NFTNL_EXPR_RANGE_OP, NFT_RANGE_NEQ);
    memory_taken(nftnl_expr_set(e, NFTNL_EXPR_RANGE_FROM_DATA, first.v, first.len));
    memory_taken(nftnl_expr_set(e, NFTNL_EXPR_RANGE_TO_DATA, last.v, last.len));
}

/* A prefix of whole bytes is a shorter address; of an interface's name, a shorter name. */
static void match_prefix(struct maker *m, const struct fw_match *match,
                         const struct fw_value *value)
{
    uint32_t op = match->negate ? NFT_CMP_NEQ : NFT_CMP_EQ, bits = value->prefix_len;
    struct nft_bytes bytes = encode(m, match, &value->first, true);
    struct field field = field_of(m, match->key);
    uint8_t netmask[NFT_VALUE_MAX] = {0};
    if (bits % 8 == 0) {
        field.len = bits / 8;
        if (match->type == FW_TYPE_IFNAME)
            load_key(m, match->key, REG);
        else
            load_payload(m, field, REG);
        compare(m, op, bytes.v, bits / 8);
        return;
    }
    for (uint32_t i = 0; i < bits; i++)
        netmask[i / 8] |= (uint8_t)(0x80 >> i % 8);
    load_payload(m, field, REG);
    mask(m, netmask, bytes.len);
    compare(m, op, bytes.v, bytes.len);
}

/* Several bits: any of them, or none. */
static void match_bits(struct maker *m, const struct fw_match *match)
{
    struct fw_datum bits = {0}, none = {0};
    VEC_EACH (const struct fw_value, it, &match->values)
        bits.number |= it->first.number;
    struct nft_bytes b = encode(m, match, &bits, false), zero = encode(m, match, &none, false);
    load_key(m, match->key, REG);
    mask(m, b.v, b.len);
    compare(m, match->negate ? NFT_CMP_EQ : NFT_CMP_NEQ, zero.v, zero.len);
}

static void match_masked(struct maker *m, const struct fw_match *match)
{
    struct fw_datum bits = {.number = match->mask};
    struct nft_bytes b = encode(m, match, &bits, false);
    struct nft_bytes value = encode(m, match, &match->values.v[0].first, false);
    load_key(m, match->key, REG);
    mask(m, b.v, b.len);
    compare(m, match->negate ? NFT_CMP_NEQ : NFT_CMP_EQ, value.v, value.len);
}

static void match_values(struct maker *m, const struct fw_match *match)
{
    const struct fw_value *value = match->values.v;
    bool many = match->values.n > 1;
    bool ordered = nft_has_interval(value, match->values.n);
    load_key(m, match->key, REG);
    mask_dscp(m, match);
    if (ordered && nft_is_host_order(match->type))
        to_network_order(m, fw_type_size(match->type));
    if (many) {
        uint32_t id = nft_add_values(m->b, match, m->rule->family);
        look_up(m, "__set%d", id, match->negate);
    } else if (value->form == FW_RANGE) {
        match_range(m, match, value);
    } else {
        struct nft_bytes bytes = encode(m, match, &value->first, false);
        compare(m, match->negate ? NFT_CMP_NEQ : NFT_CMP_EQ, bytes.v, bytes.len);
    }
}

static void match_set(struct maker *m, const struct fw_match *match)
{
    const struct fw_set *set = match->set;
    load_keys(m, match->keys, set->types, match->n_keys);
    if (set->interval && set->n_types == 1 && nft_is_host_order(set->types[0]))
        to_network_order(m, fw_type_size(set->types[0]));
    look_up(m, set->name, 0, match->negate);
}

static bool is_bits(const struct fw_match *match)
{
    return match->key == FW_TCP_FLAGS || match->key == FW_CT_STATUS ||
           (match->key == FW_CT && !match->negate);
}

static void add_match(struct maker *m, const struct fw_match *match)
{
    for (uint32_t i = 0; i < match->n_keys; i++)
        test_for_key(m, match->keys[i]);
    if (match->set)
        match_set(m, match);
    else if (match->mask)
        match_masked(m, match);
    else if (is_bits(match))
        match_bits(m, match);
    else if (match->values.n == 1 && match->values.v[0].form == FW_PREFIX)
        match_prefix(m, match, match->values.v);
    else
        match_values(m, match);
    if (match->key == FW_PROTO && !match->negate && !match->set && match->values.n == 1)
        m->proto_tested = true;
}

static void add_limit(struct maker *m, const struct fw_limit *limit)
{
    if (!limit->given)
        return;
    struct nftnl_expr *e = add(m, "limit");
    nftnl_expr_set_u64(e, NFTNL_EXPR_LIMIT_RATE, limit->rate);
    nftnl_expr_set_u64(e, NFTNL_EXPR_LIMIT_UNIT, limit->per);
    nftnl_expr_set_u32(e, NFTNL_EXPR_LIMIT_TYPE,
                       limit->bytes ? NFT_LIMIT_PKT_BYTES : NFT_LIMIT_PKTS);
    if (limit->burst)
        nftnl_expr_set_u32(e, NFTNL_EXPR_LIMIT_BURST, limit->burst);
    if (limit->negate)
        nftnl_expr_set_u32(e, NFTNL_EXPR_LIMIT_FLAGS, NFT_LIMIT_F_INV);
}

static void add_log(struct maker *m, const char *prefix)
{
    struct nftnl_expr *e = prefix ? add(m, "log") : NULL;
    if (!e)
        return;
    memory_taken(nftnl_expr_set_str(e, NFTNL_EXPR_LOG_PREFIX, prefix));
    nftnl_expr_set_u16(e, NFTNL_EXPR_LOG_GROUP, FW_LOG_GROUP);
}

/* --- Actions --------------------------------------------------------------------------------- */

static void add_reject(struct maker *m, const struct fw_action *action)
{
    static const uint32_t types[] = {
        [FW_REJECT_ICMPX] = NFT_REJECT_ICMPX_UNREACH,
        [FW_REJECT_ICMP] = NFT_REJECT_ICMP_UNREACH,
        [FW_REJECT_ICMPV6] = NFT_REJECT_ICMP_UNREACH,
        [FW_REJECT_TCP_RESET] = NFT_REJECT_TCP_RST,
    };
    if (action->reject == FW_REJECT_TCP_RESET)
        test_proto(m);
    struct nftnl_expr *e = add(m, "reject");
    nftnl_expr_set_u32(e, NFTNL_EXPR_REJECT_TYPE, types[action->reject]);
    nftnl_expr_set_u8(e, NFTNL_EXPR_REJECT_CODE, action->reject_code);
}

static void add_nat(struct maker *m, const struct fw_action *action)
{
    bool v6 = action->addr.family == AF_INET6;
    uint16_t port = htons(action->port);
    load_immediate(m, NFT_REG_1, action->addr.bytes, v6 ? 16 : 4);
    if (port)
        load_immediate(m, NFT_REG_2, &port, sizeof(port));
    struct nftnl_expr *e = add(m, "nat");
    nftnl_expr_set_u32(e, NFTNL_EXPR_NAT_TYPE,
                       action->verdict == FW_DNAT ? NFT_NAT_DNAT : NFT_NAT_SNAT);
    nftnl_expr_set_u32(e, NFTNL_EXPR_NAT_FAMILY, v6 ? NFPROTO_IPV6 : NFPROTO_IPV4);
    nftnl_expr_set_u32(e, NFTNL_EXPR_NAT_REG_ADDR_MIN, NFT_REG_1);
    if (!port)
        return;
    nftnl_expr_set_u32(e, NFTNL_EXPR_NAT_REG_PROTO_MIN, NFT_REG_2);
    nftnl_expr_set_u32(e, NFTNL_EXPR_NAT_FLAGS, NF_NAT_RANGE_PROTO_SPECIFIED);
}

static void add_redirect(struct maker *m, const struct fw_action *action)
{
    uint16_t port = htons((uint16_t)action->number);
    load_immediate(m, NFT_REG_1, &port, sizeof(port));
    struct nftnl_expr *e = add(m, "redir");
    nftnl_expr_set_u32(e, NFTNL_EXPR_REDIR_REG_PROTO_MIN, NFT_REG_1);
    nftnl_expr_set_u32(e, NFTNL_EXPR_REDIR_FLAGS, NF_NAT_RANGE_PROTO_SPECIFIED);
}

static void set_mark(struct maker *m, uint32_t mark)
{
    load_immediate(m, REG, &mark, sizeof(mark));
    struct nftnl_expr *e = add(m, "meta");
    nftnl_expr_set_u32(e, NFTNL_EXPR_META_KEY, NFT_META_MARK);
    nftnl_expr_set_u32(e, NFTNL_EXPR_META_SREG, REG);
}

static void set_mss(struct maker *m, uint32_t mss)
{
    uint16_t size = htons((uint16_t)mss);
    struct nftnl_expr *e;
    if (mss) {
        load_immediate(m, REG, &size, sizeof(size));
    } else {
        e = add(m, "rt");
        nftnl_expr_set_u32(e, NFTNL_EXPR_RT_KEY, NFT_RT_TCPMSS);
        nftnl_expr_set_u32(e, NFTNL_EXPR_RT_DREG, REG);
        to_network_order(m, sizeof(size));
    }
    e = add(m, "exthdr");
    nftnl_expr_set_u32(e, NFTNL_EXPR_EXTHDR_SREG, REG);
    nftnl_expr_set_u8(e, NFTNL_EXPR_EXTHDR_TYPE, TCPOPT_MAXSEG);
    nftnl_expr_set_u32(e, NFTNL_EXPR_EXTHDR_OFFSET, 2);
    nftnl_expr_set_u32(e, NFTNL_EXPR_EXTHDR_LEN, sizeof(size));
    nftnl_expr_set_u32(e, NFTNL_EXPR_EXTHDR_OP, NFT_EXTHDR_OP_TCPOPT);
}

static void add_to_set(struct maker *m, const struct fw_action *action)
{
    load_keys(m, action->keys, action->set->types, action->set->n_types);
    struct nftnl_expr *e = add(m, "dynset");
    nftnl_expr_set_u32(e, NFTNL_EXPR_DYNSET_SREG_KEY, REG);
    nftnl_expr_set_u32(e, NFTNL_EXPR_DYNSET_OP, NFT_DYNSET_OP_ADD);
    memory_taken(nftnl_expr_set_str(e, NFTNL_EXPR_DYNSET_SET_NAME, action->set->name));
}

static void add_verdict(struct maker *m, const struct fw_action *action)
{
    static const int verdicts[] = {
        [FW_ACCEPT] = NF_ACCEPT, [FW_DROP] = NF_DROP,  [FW_RETURN] = NFT_RETURN,
        [FW_JUMP] = NFT_JUMP,    [FW_GOTO] = NFT_GOTO,
    };
    decide(m, verdicts[action->verdict], action->chain ? action->chain->name : NULL);
}

static void add_action(struct maker *m, const struct fw_action *action)
{
    switch (action->verdict) {
    case FW_NONE:
        return;
    case FW_ACCEPT:
    case FW_DROP:
    case FW_RETURN:
    case FW_JUMP:
    case FW_GOTO:
        add_verdict(m, action);
        return;
    case FW_REJECT:
        add_reject(m, action);
        return;
    case FW_NOTRACK:
        add(m, "notrack");
        return;
    case FW_MASQUERADE:
        add(m, "masq");
        return;
    case FW_SET_MARK:
        set_mark(m, action->number);
        return;
    case FW_SET_MSS:
        set_mss(m, action->number);
        return;
    case FW_ADD_TO:
        add_to_set(m, action);
        return;
    case FW_DNAT:
    case FW_SNAT:
        add_nat(m, action);
        return;
    case FW_REDIRECT:
        add_redirect(m, action);
        return;
    }
}

/* --- The rule -------------------------------------------------------------------------------- */

static void put_userdata(struct nftnl_rule *rule, const struct fw_rule *in)
{
    struct nftnl_udata_buf *buf = memory_given(nftnl_udata_buf_alloc(NFT_USERDATA_MAXLEN));
    nftnl_udata_put_strz(buf, NFTNL_UDATA_RULE_COMMENT, in->place);
    nftnl_udata_put_u32(buf, NFT_UDATA_RULE_ID, in->id);
    memory_taken(nftnl_rule_set_data(rule, NFTNL_RULE_USERDATA, nftnl_udata_buf_data(buf),
                                     nftnl_udata_buf_len(buf)));
    nftnl_udata_buf_free(buf);
}

void nft_add_rule(struct nft_batch *b, const struct fw_chain *chain, const struct fw_rule *rule)
{
    struct maker m = {.b = b, .rule = rule, .out = memory_given(nftnl_rule_alloc())};
    memory_taken(nftnl_rule_set_str(m.out, NFTNL_RULE_TABLE, b->table));
    memory_taken(nftnl_rule_set_str(m.out, NFTNL_RULE_CHAIN, chain->name));
    if (rule->say_family)
        test_family(&m);
    VEC_EACH (const struct fw_match, it, &rule->matches)
        add_match(&m, it);
    add_limit(&m, &rule->limit);
    add_log(&m, rule->log);
    if (rule->counter)
        add(&m, "counter");
    add_action(&m, &rule->action);
    put_userdata(m.out, rule);
    nftnl_rule_nlmsg_build_payload(
        nft_begin(b, NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND, rule->pos), m.out);
    nftnl_rule_free(m.out);
    nft_end(b);
}
