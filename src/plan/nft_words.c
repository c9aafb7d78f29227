// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * A firewall as a person would have written it for nft(8): nothing that nft adds by itself, words
 * where it has them. What netlink/nft.c sends for the same rule lists the same in `nft list`.
 */
#include "plan/nft_words.h"

#include <linux/netfilter/nf_tables.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "base/addr.h"

/* --- Values ---------------------------------------------------------------------------------- */

static void add_addr(struct str *s, enum fw_type type, const struct fw_datum *datum)
{
    char buf[ADDR_TEXT_MAX];
    struct addr addr = {.family = type == FW_TYPE_IPV4 ? AF_INET : AF_INET6};
    memcpy(addr.bytes, datum->bytes, sizeof(addr.bytes));
    str_add(s, addr_text(&addr, buf));
}

static void add_mac(struct str *s, const struct fw_datum *datum)
{
    char buf[ADDR_TEXT_MAX];
    struct mac mac;
    memcpy(mac.bytes, datum->bytes, sizeof(mac.bytes));
    str_add(s, mac_text(&mac, buf));
}

/* Every bit's word, BETWEEN them. */
static void add_flags(struct str *s, enum fw_type type, uint32_t bits, const char *between)
{
    const char *next = "";
    for (const struct fw_word *w = fw_type_words(type, 0); w->word; w++) {
        if (!(bits & w->number))
            continue;
        str_addf(s, "%s%s", next, w->word);
        next = between;
    }
}

/* nft takes names of protocols from the system, which need not have them: those it knows itself,
 * or has always had. */
static void add_proto(struct str *s, uint32_t number)
{
    static const struct fw_word words[] = {
        {"icmp", 1}, {"tcp", 6},        {"udp", 17},   {"dccp", 33},     {"gre", 47}, {"esp", 50},
        {"ah", 51},  {"ipv6-icmp", 58}, {"sctp", 132}, {"udplite", 136}, {NULL, 0},
    };
    const char *word = fw_word_of(words, number);
    if (word)
        str_add(s, word);
    else
        str_addf(s, "%u", number);
}

/* A number in a word where there is one; but not where WORDLESS: nft reads none in ranges. */
static void add_number(struct str *s, enum fw_type type, int family, uint32_t number, bool wordless)
{
    const char *word = wordless ? NULL : fw_word_of(fw_type_words(type, family), number);
    if (word)
        str_add(s, word);
    else
        str_addf(s, "%u", number);
}

static void add_datum(struct str *s, enum fw_type type, int family, const struct fw_datum *datum,
                      bool wordless)
{
    switch (type) {
    case FW_TYPE_IFNAME:
        str_addf(s, "\"%s\"", (const char *)datum->bytes);
        return;
    case FW_TYPE_ETHER:
        add_mac(s, datum);
        return;
    case FW_TYPE_IPV4:
    case FW_TYPE_IPV6:
        add_addr(s, type, datum);
        return;
    case FW_TYPE_PROTO:
        add_proto(s, datum->number);
        return;
    case FW_TYPE_MARK:
        str_addf(s, "0x%x", datum->number);
        return;
    case FW_TYPE_TCP_FLAGS:
        add_flags(s, type, datum->number, ",");
        return;
    case FW_TYPE_PORT:
    case FW_TYPE_PKTTYPE:
    case FW_TYPE_DSCP:
    case FW_TYPE_TTL:
    case FW_TYPE_LENGTH:
    case FW_TYPE_ICMP_TYPE:
    case FW_TYPE_ICMPV6_TYPE:
    case FW_TYPE_ICMP_CODE:
    case FW_TYPE_CT_STATE:
    case FW_TYPE_CT_STATUS:
    case FW_TYPE_COUNT:
        break;
    }
    add_number(s, type, family, datum->number, wordless);
}

static void add_value(struct str *s, enum fw_type type, int family, const struct fw_value *value)
{
    if (type == FW_TYPE_IFNAME && value->form == FW_PREFIX) {
        str_addf(s, "\"%s*\"", (const char *)value->first.bytes);
        return;
    }
    add_datum(s, type, family, &value->first, value->form == FW_RANGE);
    if (value->form == FW_PREFIX)
        str_addf(s, "/%u", value->prefix_len);
    if (value->form != FW_RANGE)
        return;
    str_add(s, "-");
    add_datum(s, type, family, &value->last, true);
}

/* --- Matches --------------------------------------------------------------------------------- */

static const char *transport(const struct fw_rule *rule)
{
    switch (rule->proto) {
    case IPPROTO_TCP:
        return "tcp";
    case IPPROTO_UDP:
        return "udp";
    case IPPROTO_DCCP:
        return "dccp";
    case IPPROTO_SCTP:
        return "sctp";
    case IPPROTO_UDPLITE:
        return "udplite";
    default:
        return "th";
    }
}

static void add_key(struct str *s, const struct fw_rule *rule, enum fw_key key)
{
    static const char *const words[FW_KEY_COUNT][2] = {
        [FW_IIF] = {"iifname"},
        [FW_OIF] = {"oifname"},
        [FW_PKTTYPE] = {"meta pkttype"},
        [FW_MAC_FROM] = {"ether saddr"},
        [FW_FROM] = {"ip saddr", "ip6 saddr"},
        [FW_TO] = {"ip daddr", "ip6 daddr"},
        [FW_DSCP] = {"ip dscp", "ip6 dscp"},
        [FW_TTL] = {"ip ttl", "ip6 hoplimit"},
        [FW_LENGTH] = {"meta length"},
        [FW_PROTO] = {"meta l4proto"},
        [FW_SPORT] = {"sport"},
        [FW_DPORT] = {"dport"},
        [FW_TCP_FLAGS] = {"tcp flags"},
        [FW_ICMP_TYPE] = {"icmp type"},
        [FW_ICMPV6_TYPE] = {"icmpv6 type"},
        [FW_ICMP_CODE] = {"icmp code", "icmpv6 code"},
        [FW_CT] = {"ct state"},
        [FW_CT_STATUS] = {"ct status"},
        [FW_MARK] = {"meta mark"},
    };
    const char *word = rule->family == AF_INET6 ? words[key][1] : NULL;
    if (key == FW_SPORT || key == FW_DPORT)
        str_addf(s, "%s ", transport(rule));
    str_add(s, word ? word : words[key][0]);
}

static void add_keys(struct str *s, const struct fw_rule *rule, const enum fw_key *keys, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        str_add(s, i ? " . " : "");
        add_key(s, rule, keys[i]);
    }
}

static void add_values(struct str *s, const struct fw_rule *rule, const struct fw_match *match)
{
    bool many = match->values.n > 1;
    str_add(s, match->negate ? "!= " : "");
    str_add(s, many ? "{ " : "");
    for (uint32_t i = 0; i < match->values.n; i++) {
        str_add(s, i ? ", " : "");
        add_value(s, match->type, rule->family, &match->values.v[i]);
    }
    str_add(s, many ? " }" : "");
}

/* Any of some bits, or none of them. */
static void add_bits(struct str *s, const struct fw_match *match)
{
    uint32_t bits = 0;
    VEC_EACH (const struct fw_value, it, &match->values)
        bits |= it->first.number;
    str_add(s, match->negate ? "! " : "");
    add_flags(s, match->type, bits, ",");
}

/* Those of MASK that are set are exactly these. */
static void add_masked_flags(struct str *s, const struct fw_match *match)
{
    str_add(s, match->negate ? "!= " : "");
    add_flags(s, match->type, match->values.v[0].first.number, ",");
    str_add(s, " / ");
    add_flags(s, match->type, match->mask, ",");
}

static void add_match(struct str *s, const struct fw_rule *rule, const struct fw_match *match)
{
    bool flags = match->key == FW_TCP_FLAGS;
    bool states = match->key == FW_CT && !match->negate;
    add_keys(s, rule, match->keys, match->n_keys);
    str_add(s, " ");
    if (match->set)
        str_addf(s, "%s@%s", match->negate ? "!= " : "", match->set->name);
    else if (flags && match->mask)
        add_masked_flags(s, match);
    else if (flags || states || match->key == FW_CT_STATUS)
        add_bits(s, match);
    else if (match->mask)
        str_addf(s, "& 0x%x %s 0x%x", match->mask,
                 match->negate ? "!=" : "==", match->values.v[0].first.number);
    else
        add_values(s, rule, match);
    str_add(s, " ");
}

static void add_limit(struct str *s, const struct fw_limit *limit)
{
    static const struct fw_word periods[] = {{"second", 1},  {"minute", 60},   {"hour", 3600},
                                             {"day", 86400}, {"week", 604800}, {NULL, 0}};
    if (!limit->given)
        return;
    str_addf(s, "limit rate %s%llu%s/%s ", limit->negate ? "over " : "",
             (unsigned long long)limit->rate, limit->bytes ? " bytes" : "",
             fw_word_of(periods, limit->per));
    if (limit->bytes ? limit->burst != 0 : limit->burst != 5)
        str_addf(s, "burst %u %s ", limit->burst, limit->bytes ? "bytes" : "packets");
}

/* --- Actions --------------------------------------------------------------------------------- */

/* NFT_REJECT_ICMPX_* and the codes of each family. */
static const struct fw_word icmpx_words[] = {
    {"no-route", NFT_REJECT_ICMPX_NO_ROUTE},
    {"port-unreachable", NFT_REJECT_ICMPX_PORT_UNREACH},
    {"host-unreachable", NFT_REJECT_ICMPX_HOST_UNREACH},
    {"admin-prohibited", NFT_REJECT_ICMPX_ADMIN_PROHIBITED},
    {NULL, 0},
};

/* A lone `reject` is port unreachable, in the family that the rule says. */
static void add_reject(struct str *s, const struct fw_rule *rule)
{
    const struct fw_action *action = &rule->action;
    switch (action->reject) {
    case FW_REJECT_TCP_RESET:
        str_add(s, "reject with tcp reset");
        return;
    case FW_REJECT_ICMPX:
        if (action->reject_code == NFT_REJECT_ICMPX_PORT_UNREACH && rule->family == AF_UNSPEC) {
            str_add(s, "reject");
            return;
        }
        str_addf(s, "reject with icmpx %s", fw_word_of(icmpx_words, action->reject_code));
        return;
    case FW_REJECT_ICMP:
        str_addf(s, "reject with icmp %s",
                 fw_word_of(fw_type_words(FW_TYPE_ICMP_CODE, AF_INET), action->reject_code));
        return;
    case FW_REJECT_ICMPV6:
        str_addf(s, "reject with icmpv6 %s",
                 fw_word_of(fw_type_words(FW_TYPE_ICMP_CODE, AF_INET6), action->reject_code));
        return;
    }
}

static void add_nat(struct str *s, const char *word, const struct fw_action *action)
{
    char buf[ADDR_TEXT_MAX];
    bool v6 = action->addr.family == AF_INET6;
    const char *addr = addr_text(&action->addr, buf);
    str_addf(s, "%s %s to ", word, v6 ? "ip6" : "ip");
    if (!action->port)
        str_add(s, addr);
    else
        str_addf(s, v6 ? "[%s]:%u" : "%s:%u", addr, action->port);
}

static void add_set_mss(struct str *s, const struct fw_action *action)
{
    if (action->number)
        str_addf(s, "tcp option maxseg size set %u", action->number);
    else
        str_add(s, "tcp option maxseg size set rt mtu");
}

static void add_to_set(struct str *s, const struct fw_rule *rule)
{
    str_addf(s, "add @%s { ", rule->action.set->name);
    add_keys(s, rule, rule->action.keys, rule->action.set->n_types);
    str_add(s, " }");
}

/* Of those that are called the same in nft. */
static const char *const action_words[] = {
    [FW_ACCEPT] = "accept",
    [FW_DROP] = "drop",
    [FW_RETURN] = "return",
    [FW_NOTRACK] = "notrack",
    [FW_MASQUERADE] = "masquerade",
    [FW_JUMP] = "jump",
    [FW_GOTO] = "goto",
    [FW_DNAT] = "dnat",
    [FW_SNAT] = "snat",
};

static void add_action(struct str *s, const struct fw_rule *rule)
{
    const struct fw_action *action = &rule->action;
    switch (action->verdict) {
    case FW_NONE:
        return;
    case FW_ACCEPT:
    case FW_DROP:
    case FW_RETURN:
    case FW_NOTRACK:
    case FW_MASQUERADE:
        str_add(s, action_words[action->verdict]);
        return;
    case FW_REJECT:
        add_reject(s, rule);
        return;
    case FW_JUMP:
    case FW_GOTO:
        str_addf(s, "%s %s", action_words[action->verdict], action->chain->name);
        return;
    case FW_SET_MARK:
        str_addf(s, "meta mark set 0x%x", action->number);
        return;
    case FW_SET_MSS:
        add_set_mss(s, action);
        return;
    case FW_ADD_TO:
        add_to_set(s, rule);
        return;
    case FW_DNAT:
    case FW_SNAT:
        add_nat(s, action_words[action->verdict], action);
        return;
    case FW_REDIRECT:
        str_addf(s, "redirect to :%u", action->number);
        return;
    }
}

void nft_words_rule(struct str *s, const struct fw_rule *rule)
{
    if (rule->say_family)
        str_addf(s, "meta nfproto %s ", rule->family == AF_INET ? "ipv4" : "ipv6");
    VEC_EACH (const struct fw_match, it, &rule->matches)
        add_match(s, rule, it);
    add_limit(s, &rule->limit);
    if (rule->log)
        str_addf(s, "log prefix \"%s\" group %u ", rule->log, FW_LOG_GROUP);
    if (rule->counter)
        str_add(s, "counter ");
    add_action(s, rule);
    while (s->len && s->text[s->len - 1] == ' ')
        s->text[--s->len] = '\0';
}

/* --- Sets, chains, the table ----------------------------------------------------------------- */

static void add_flags_of_set(struct str *s, const struct fw_set *set, const char *between)
{
    const char *next = "flags ";
    const struct {
        bool on;
        const char *word;
    } flags[] = {
        {set->interval, "interval"}, {set->timeout_ms, "timeout"}, {set->dynamic, "dynamic"}};
    if (!set->interval && !set->timeout_ms && !set->dynamic)
        return;
    str_add(s, between);
    for (size_t i = 0; i < ARRAY_SIZE(flags); i++) {
        if (!flags[i].on)
            continue;
        str_addf(s, "%s%s", next, flags[i].word);
        next = ",";
    }
}

void nft_words_datum(struct str *s, enum fw_type type, const struct fw_datum *datum)
{
    add_datum(s, type, 0, datum, false);
}

void nft_words_element(struct str *s, const struct fw_set *set, const struct fw_element *element)
{
    for (uint32_t i = 0; i < set->n_types; i++) {
        str_add(s, i ? " . " : "");
        add_value(s, set->types[i], 0, &element->parts[i]);
    }
}

void nft_words_set(struct str *s, const struct fw_set *set, const char *between)
{
    str_add(s, "type ");
    for (uint32_t i = 0; i < set->n_types; i++)
        str_addf(s, "%s%s", i ? " . " : "", fw_type_name(set->types[i]));
    add_flags_of_set(s, set, between);
    if (set->size)
        str_addf(s, "%ssize %u", between, set->size);
    if (set->timeout_ms % 1000)
        str_addf(s, "%stimeout %llums", between, (unsigned long long)set->timeout_ms);
    else if (set->timeout_ms)
        str_addf(s, "%stimeout %llus", between, (unsigned long long)set->timeout_ms / 1000);
    if (!set->elements.n)
        return;
    str_addf(s, "%selements = { ", between);
    for (uint32_t i = 0; i < set->elements.n; i++) {
        str_add(s, i ? ", " : "");
        nft_words_element(s, set, &set->elements.v[i]);
    }
    str_add(s, " }");
}

static void add_priority(struct str *s, const struct fw_chain *chain)
{
    static const struct {
        const char *word;
        int32_t priority;
        int hook; /* -1: any */
    } words[] = {
        {"raw", -300, -1}, {"mangle", -150, -1}, {"dstnat", -100, NF_INET_PRE_ROUTING},
        {"filter", 0, -1}, {"security", 50, -1}, {"srcnat", 100, NF_INET_POST_ROUTING},
    };
    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        if (words[i].priority == chain->priority &&
            (words[i].hook < 0 || words[i].hook == chain->hook)) {
            str_add(s, words[i].word);
            return;
        }
    }
    str_addf(s, "%d", chain->priority);
}

static const char *chain_type(const struct fw_chain *chain)
{
    if (chain->sort == FW_SORT_DNAT || chain->sort == FW_SORT_SNAT)
        return "nat";
    return chain->sort == FW_SORT_MANGLE && chain->hook == NF_INET_LOCAL_OUT ? "route" : "filter";
}

void nft_words_chain(struct str *s, const struct fw_chain *chain)
{
    if (!chain->base)
        return;
    str_addf(s, "type %s hook %s priority ", chain_type(chain), fw_hook_name(chain->hook));
    add_priority(s, chain);
    str_add(s, ";");
    if (chain->has_policy)
        str_addf(s, " policy %s;", chain->drop ? "drop" : "accept");
}

static void add_set(struct str *s, const struct fw_set *set)
{
    str_addf(s, "    set %s {\n        ", set->name);
    nft_words_set(s, set, "\n        ");
    str_add(s, "\n    }\n\n");
}

static void add_chain(struct str *s, const struct fw_chain *chain)
{
    str_addf(s, "    chain %s {\n", chain->name);
    if (chain->base) {
        str_add(s, "        ");
        nft_words_chain(s, chain);
        str_add(s, "\n");
    }
    VEC_EACH (const struct fw_rule, it, &chain->rules) {
        str_add(s, "        ");
        nft_words_rule(s, it);
        str_addf(s, " comment \"%s\"\n", it->place);
    }
    str_add(s, "    }\n");
}

void nft_words_table(struct str *s, const struct firewall *fw)
{
    str_addf(s, "table inet %s {\n", fw->table ? fw->table : FW_TABLE);
    VEC_EACH (struct fw_set *, it, &fw->sets)
        add_set(s, *it);
    for (uint32_t i = 0; i < fw->chains.n; i++) {
        str_add(s, i ? "\n" : "");
        add_chain(s, fw->chains.v[i]);
    }
    str_add(s, "}\n");
}
