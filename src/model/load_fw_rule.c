// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * One rule of a firewall, from what is written to what the kernel gets: sets found, the protocol
 * and the family that all of it agrees on, and one rule for each family where both are meant.
 *
 * A match, an action, a word of ICMP may each settle the family. What is left of both at the end
 * decides: one family, or none said, or two rules.
 */
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "model/load_firewall.h"

enum { V4 = 1, V6 = 2, BOTH = V4 | V6 };

struct draft {
    struct fw_loader *f;
    const struct fw_rule_input *in;
    struct fw_rule rule;
    unsigned families;     /* those that are left */
    struct pos family_pos; /* of what took one away */
    struct addr nat[2];    /* where a NAT's address has a name: what that is in both families */
    bool say_family;       /* something other than a match relies on it */
    bool two;              /* with both families left it becomes two rules */
    bool ok;
};

static void wrong(struct draft *d, struct pos pos, const char *fmt, ...) PRINTF(3, 4);

static void wrong(struct draft *d, struct pos pos, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    diag_verror(d->f->d, pos, fmt, ap);
    va_end(ap);
    d->ok = false;
}

static const char *family_name(unsigned families)
{
    return families == V4 ? "IPv4" : "IPv6";
}

/* --- Actions --------------------------------------------------------------------------------- */

enum fw_verdict fw_verdict_of(const struct fw_rule_input *in)
{
    static const enum fw_verdict words[] = {
        [ACTION_ACCEPT] = FW_ACCEPT, [ACTION_DROP] = FW_DROP,
        [ACTION_REJECT] = FW_REJECT, [ACTION_MASQUERADE] = FW_MASQUERADE,
        [ACTION_RETURN] = FW_RETURN, [ACTION_NOTRACK] = FW_NOTRACK,
    };
    const struct action_input *a = &in->action;
    const struct {
        uint32_t given;
        enum fw_verdict verdict;
    } others[] = {
        {a->reject.pos.line, FW_REJECT},     {a->snat.pos.line, FW_SNAT},
        {a->dnat.pos.line, FW_DNAT},         {a->redirect.pos.line, FW_REDIRECT},
        {a->jump.pos.line, FW_JUMP},         {a->go_to.pos.line, FW_GOTO},
        {a->set_mark.pos.line, FW_SET_MARK}, {a->set_mss.pos.line, FW_SET_MSS},
        {a->add_to.pos.line, FW_ADD_TO},
    };
    if (a->word.pos.line)
        return words[a->word.value];
    for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
        if (others[i].given)
            return others[i].verdict;
    }
    return FW_NONE;
}

enum fw_sort fw_sort_of(const struct fw_rule_input *in)
{
    switch (fw_verdict_of(in)) {
    case FW_NOTRACK:
        return FW_SORT_RAW;
    case FW_SET_MARK:
        return FW_SORT_MANGLE;
    case FW_DNAT:
    case FW_REDIRECT:
        return FW_SORT_DNAT;
    case FW_SNAT:
    case FW_MASQUERADE:
        return FW_SORT_SNAT;
    case FW_NONE:
    case FW_ACCEPT:
    case FW_DROP:
    case FW_REJECT:
    case FW_JUMP:
    case FW_GOTO:
    case FW_RETURN:
    case FW_SET_MSS:
    case FW_ADD_TO:
        break;
    }
    return FW_SORT_FILTER;
}

/* Leaves FAMILIES alone; what says so stands at POS. */
static void restrict_family(struct draft *d, unsigned families, struct pos pos)
{
    unsigned left = d->families & families;
    if (!left) {
        wrong(d, pos, "this is %s, and the rule is %s", family_name(families),
              family_name(d->families));
        diag_note(d->f->d, d->family_pos, "%s because of this", family_name(d->families));
        return;
    }
    if (left != d->families)
        d->family_pos = pos;
    d->families = left;
}

static bool has_ports(uint32_t proto)
{
    return proto == IPPROTO_TCP || proto == IPPROTO_UDP || proto == IPPROTO_DCCP ||
           proto == IPPROTO_SCTP || proto == IPPROTO_UDPLITE;
}

/* Reports WHAT, at POS, where the rule's protocol is not one with ports. */
static void need_ports(struct draft *d, const char *what, struct pos pos)
{
    const struct match_value *proto = &d->in->is.keys[FW_PROTO];
    bool ok = has_ports(d->rule.proto) || (!d->rule.proto && proto->n);
    for (uint32_t i = 0; !d->rule.proto && i < proto->n; i++)
        ok = ok && has_ports(proto->v[i].value.first.number);
    if (ok)
        return;
    wrong(d, pos, "%s needs a protocol with ports", what);
    diag_help(d->f->d, "write `proto: tcp` (or udp, sctp, dccp, udplite, or a list of these)");
}

static void need_tcp(struct draft *d, const char *what, struct pos pos)
{
    if (d->rule.proto == IPPROTO_TCP)
        return;
    wrong(d, pos, "%s is for TCP alone", what);
    diag_help(d->f->d, "write `proto: tcp`");
}

static void load_reject(struct draft *d, struct fw_action *action)
{
    const struct int_value *word = &d->in->action.reject;
    const struct fw_reject_word *reject = &fw_reject_words[word->pos.line ? word->value : 1];
    action->reject = reject->reject;
    action->reject_code = reject->code;
    if (reject->reject == FW_REJECT_TCP_RESET) {
        need_tcp(d, "tcp-reset", word->pos);
    } else if (reject->reject != FW_REJECT_ICMPX) {
        restrict_family(d, reject->reject == FW_REJECT_ICMP ? V4 : V6, word->pos);
        d->say_family = true;
    }
}

static void load_nat(struct draft *d, struct fw_action *action, const struct nat_value *nat)
{
    unsigned families = nat->addr.family == AF_INET ? V4 : V6;
    action->addr = nat->addr;
    action->port = nat->port;
    if (nat->name) {
        d->ok = fw_name_addrs(d->f, nat->name, nat->pos, d->nat) && d->ok;
        families = (d->nat[0].family ? V4 : 0) | (d->nat[1].family ? V6 : 0);
        d->two = true;
    }
    if (d->ok)
        restrict_family(d, families, nat->pos);
    d->say_family = true;
    if (nat->port)
        need_ports(d, "a port to translate to", nat->pos);
}

static void load_jump(struct draft *d, struct fw_action *action, const struct text_value *name)
{
    action->chain = map_get_str(&d->f->chains, name->text);
    if (action->chain)
        return;
    fw_unknown(d->f, name->pos, "chain", name->text);
    d->ok = false;
}

/* Part I of what is added to a set of these TYPES. */
static bool key_to_add(const enum fw_type *types, uint32_t i, enum fw_key *ret)
{
    static const struct {
        enum fw_key first, second;
    } keys[FW_TYPE_NAMED_COUNT] = {
        [FW_TYPE_IFNAME] = {FW_IIF, FW_OIF},    [FW_TYPE_ETHER] = {FW_MAC_FROM, FW_MAC_FROM},
        [FW_TYPE_IPV4] = {FW_FROM, FW_TO},      [FW_TYPE_IPV6] = {FW_FROM, FW_TO},
        [FW_TYPE_PROTO] = {FW_PROTO, FW_PROTO}, [FW_TYPE_PORT] = {FW_DPORT, FW_SPORT},
        [FW_TYPE_MARK] = {FW_MARK, FW_MARK},
    };
    unsigned before = 0;
    for (uint32_t j = 0; j < i; j++)
        before += types[j] == types[i];
    *ret = before ? keys[types[i]].second : keys[types[i]].first;
    return before < (keys[types[i]].first == keys[types[i]].second ? 1 : 2);
}

static void load_add_to(struct draft *d, struct fw_action *action, const struct text_value *name)
{
    struct fw_set *set = map_get_str(&d->f->sets, name->text);
    if (!set) {
        fw_unknown(d->f, name->pos, "set", name->text);
        d->ok = false;
        return;
    }
    if (set->interval) {
        wrong(d, name->pos, "set '%s' holds ranges: rules cannot add to it", name->text);
        diag_help(d->f->d, "use a set of its own, and match both");
    }
    set->dynamic = true;
    action->set = set;
    for (uint32_t i = 0; i < set->n_types; i++) {
        if (!key_to_add(set->types, i, &action->keys[i]))
            wrong(d, name->pos, "a packet has no more values of type %s to add",
                  fw_type_name(set->types[i]));
        if (set->types[i] == FW_TYPE_PORT)
            need_ports(d, "a set with ports", name->pos);
        if (set->types[i] != FW_TYPE_IPV4 && set->types[i] != FW_TYPE_IPV6)
            continue;
        restrict_family(d, set->types[i] == FW_TYPE_IPV4 ? V4 : V6, name->pos);
        d->say_family = true;
    }
}

static void load_action(struct draft *d)
{
    const struct action_input *in = &d->in->action;
    struct fw_action *action = &d->rule.action;
    *action = (struct fw_action){.verdict = fw_verdict_of(d->in), .pos = in->pos};
    switch (action->verdict) {
    case FW_REJECT:
        load_reject(d, action);
        break;
    case FW_JUMP:
    case FW_GOTO:
        load_jump(d, action, action->verdict == FW_JUMP ? &in->jump : &in->go_to);
        break;
    case FW_SET_MARK:
        action->number = in->set_mark.value;
        break;
    case FW_SET_MSS:
        action->number = in->set_mss.value;
        need_tcp(d, "set-mss", in->set_mss.pos);
        break;
    case FW_ADD_TO:
        load_add_to(d, action, &in->add_to);
        break;
    case FW_DNAT:
    case FW_SNAT:
        load_nat(d, action, action->verdict == FW_DNAT ? &in->dnat : &in->snat);
        break;
    case FW_REDIRECT:
        action->number = in->redirect.value;
        need_ports(d, "redirect", in->redirect.pos);
        break;
    case FW_NONE:
    case FW_ACCEPT:
    case FW_DROP:
    case FW_RETURN:
    case FW_NOTRACK:
    case FW_MASQUERADE:
        break;
    }
}

/* --- The protocol ---------------------------------------------------------------------------- */

/* Where KEY is matched, or matched not to be; line 0: nowhere. */
static struct pos key_pos(const struct draft *d, enum fw_key key)
{
    struct pos pos = d->in->is.keys[key].pos;
    return pos.line ? pos : d->in->is_not.keys[key].pos;
}

/* KEY is there only in packets of PROTO. */
static void imply_proto(struct draft *d, enum fw_key key, uint8_t proto)
{
    struct pos pos = key_pos(d, key);
    const struct match_value *written = &d->in->is.keys[FW_PROTO];
    if (!pos.line)
        return;
    bool fits = !written->pos.line || d->rule.proto == proto;
    if (!fits || (d->rule.proto && d->rule.proto != proto)) {
        wrong(d, pos, "%s is for %s alone", fw_key_name(key),
              fw_word_of(fw_type_words(FW_TYPE_PROTO, 0), proto));
        if (written->pos.line)
            diag_note(d->f->d, written->pos, "the rule's protocol");
        return;
    }
    d->rule.proto = proto;
}

static void load_proto(struct draft *d)
{
    const struct match_value *proto = &d->in->is.keys[FW_PROTO];
    if (proto->n == 1)
        d->rule.proto = (uint8_t)proto->v[0].value.first.number;
    imply_proto(d, FW_TCP_FLAGS, IPPROTO_TCP);
    imply_proto(d, FW_ICMP_TYPE, IPPROTO_ICMP);
    imply_proto(d, FW_ICMPV6_TYPE, IPPROTO_ICMPV6);
    struct pos icmp = key_pos(d, FW_ICMP_TYPE), icmpv6 = key_pos(d, FW_ICMPV6_TYPE);
    struct pos code = key_pos(d, FW_ICMP_CODE);
    if (icmp.line)
        restrict_family(d, V4, icmp);
    if (icmpv6.line && d->ok)
        restrict_family(d, V6, icmpv6);
    if (!code.line || !d->ok)
        return;
    if (d->rule.proto == IPPROTO_ICMP || d->rule.proto == IPPROTO_ICMPV6) {
        restrict_family(d, d->rule.proto == IPPROTO_ICMP ? V4 : V6, code);
        return;
    }
    wrong(d, code, "icmp-code needs to know which ICMP");
    diag_help(d->f->d, "write `proto: icmp` or `proto: icmpv6`, or the type that the code is of");
}

/* Whether a match looks into a header of the rule's one protocol, which then need not be said. */
static bool proto_goes_without_saying(const struct draft *d)
{
    static const enum fw_key keys[] = {FW_SPORT,     FW_DPORT,       FW_TCP_FLAGS,
                                       FW_ICMP_TYPE, FW_ICMPV6_TYPE, FW_ICMP_CODE};
    for (size_t i = 0; d->rule.proto && i < ARRAY_SIZE(keys); i++) {
        if (key_pos(d, keys[i]).line)
            return true;
    }
    return false;
}

/* --- Matches --------------------------------------------------------------------------------- */

static bool is_address(enum fw_key key)
{
    return key == FW_FROM || key == FW_TO;
}

static enum fw_type key_type(enum fw_key key, int family)
{
    static const enum fw_type types[FW_KEY_COUNT] = {
        [FW_IIF] = FW_TYPE_IFNAME,
        [FW_OIF] = FW_TYPE_IFNAME,
        [FW_PKTTYPE] = FW_TYPE_PKTTYPE,
        [FW_MAC_FROM] = FW_TYPE_ETHER,
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
    if (is_address(key))
        return family == AF_INET6 ? FW_TYPE_IPV6 : FW_TYPE_IPV4;
    return types[key];
}

static bool type_fits(enum fw_key key, enum fw_type type)
{
    return type == key_type(key, AF_INET) || type == key_type(key, AF_INET6);
}

static const struct matches_input *group_of(const struct draft *d, bool negate)
{
    return negate ? &d->in->is_not : &d->in->is;
}

/* The keys of one group that name SET, for its parts in their order; false where they do not fit
 * it. */
static bool keys_of_set(const struct draft *d, bool negate, const struct fw_set *set,
                        enum fw_key keys[FW_PARTS_MAX])
{
    const struct matches_input *in = group_of(d, negate);
    bool taken[FW_KEY_COUNT] = {false};
    uint32_t named = 0;
    for (enum fw_key key = 0; key < FW_KEY_COUNT; key++)
        named += in->keys[key].set && strcmp(in->keys[key].set, set->name) == 0;
    for (uint32_t i = 0; i < set->n_types; i++) {
        enum fw_key key = 0;
        while (key < FW_KEY_COUNT &&
               (taken[key] || !in->keys[key].set || strcmp(in->keys[key].set, set->name) != 0 ||
                !type_fits(key, set->types[i])))
            key++;
        if (key == FW_KEY_COUNT)
            return false;
        taken[key] = true;
        keys[i] = key;
    }
    return named == set->n_types;
}

/* Whether the ports' protocol is part of the set that the ports are in. */
static bool proto_in_set(const struct draft *d, bool negate, const struct match_value *value)
{
    const char *proto = group_of(d, negate)->keys[FW_PROTO].set;
    return value->set && proto && strcmp(value->set, proto) == 0;
}

static void wrong_parts(struct draft *d, const struct fw_set *set, enum fw_key key, struct pos pos)
{
    struct str types CLEAN_STR = {0};
    for (uint32_t i = 0; i < set->n_types; i++)
        str_addf(&types, "%s%s", i ? " . " : "", fw_type_name(set->types[i]));
    if (set->n_types == 1)
        wrong(d, pos, "set '%s' is of type %s, which %s does not take", set->name, types.text,
              fw_key_name(key));
    else
        wrong(d, pos, "set '%s' is of type %s", set->name, types.text);
    if (set->n_types > 1)
        diag_help(d->f->d,
                  "name it in each match that has a part in it, and nowhere else: {from: \"@%s\", "
                  "dport: \"@%s\"}",
                  set->name, set->name);
}

static void check_set(struct draft *d, enum fw_key key, bool negate)
{
    const struct match_value *value = &group_of(d, negate)->keys[key];
    const struct fw_set *set = map_get_str(&d->f->sets, value->set);
    enum fw_key keys[FW_PARTS_MAX];
    if (!set) {
        fw_unknown(d->f, value->pos, "set", value->set);
        d->ok = false;
        return;
    }
    if (!keys_of_set(d, negate, set, keys)) {
        wrong_parts(d, set, key, value->pos);
        return;
    }
    for (uint32_t i = 0; i < set->n_types; i++) {
        if (keys[i] == key && is_address(key))
            restrict_family(d, set->types[i] == FW_TYPE_IPV4 ? V4 : V6, value->pos);
    }
}

static void check_alone(struct draft *d, const struct match_value *value, bool alone,
                        const char *what)
{
    if (!alone || value->n == 1)
        return;
    wrong(d, value->pos, "%s stands alone, not in a list", what);
}

static void check_addresses(struct draft *d, const struct match_value *value, bool negate)
{
    unsigned families = 0;
    for (uint32_t i = 0; i < value->n; i++) {
        const struct fw_written *v = &value->v[i];
        families |= v->type == FW_TYPE_IPV4 ? V4 : V6;
        if (negate && v->value.form == FW_PREFIX && !v->value.prefix_len)
            wrong(d, v->pos, "no packet is outside of %s", v->text);
    }
    d->two = true;
    restrict_family(d, families, value->pos);
}

/* "no-route, admin-prohibited, …" */
static const char *all_words(struct draft *d, const struct fw_word *words)
{
    struct str text CLEAN_STR = {0};
    for (; words->word; words++)
        str_addf(&text, "%s%s", text.len ? ", " : "", words->word);
    return arena_strdup(d->f->arena, text.text);
}

/* A code's word means one thing in ICMP and another, or nothing, in ICMPv6. */
static void settle_code(struct draft *d, struct fw_written *code)
{
    bool v6 = d->rule.proto == IPPROTO_ICMPV6;
    const struct fw_word *words = fw_type_words(FW_TYPE_ICMP_CODE, v6 ? AF_INET6 : AF_INET);
    const struct fw_word *word = fw_word_named(words, code->text);
    if (word) {
        code->value.first.number = code->value.last.number = word->number;
    } else if (!strspn(code->text, "0123456789")) {
        wrong(d, code->pos, "'%s' is no code of %s", code->text, v6 ? "ICMPv6" : "ICMP");
        diag_help(d->f->d, "there are %s", all_words(d, words));
    }
}

static void check_match(struct draft *d, enum fw_key key, bool negate)
{
    struct match_value *value = (struct match_value *)&group_of(d, negate)->keys[key];
    bool masked = false, starred = false;
    if (!value->pos.line)
        return;
    if ((key == FW_SPORT || key == FW_DPORT) && !proto_in_set(d, negate, value))
        need_ports(d, fw_key_name(key), value->pos);
    if (value->set) {
        check_set(d, key, negate);
        return;
    }
    for (uint32_t i = 0; i < value->n; i++) {
        masked = masked || value->v[i].mask;
        starred = starred || (value->v[i].type == FW_TYPE_IFNAME && value->v[i].value.form);
        if (value->v[i].type == FW_TYPE_IFNAME)
            d->ok = fw_check_iface(d->f, &value->v[i].value, value->v[i].pos, false) && d->ok;
        if (key == FW_ICMP_CODE)
            settle_code(d, &value->v[i]);
    }
    check_alone(d, value, masked, "a value with a mask");
    check_alone(d, value, starred, "a name with a `*`");
    if (is_address(key))
        check_addresses(d, value, negate);
    if (key == FW_DSCP || key == FW_TTL)
        d->two = true;
    if (d->ok && key != FW_TCP_FLAGS)
        d->ok = fw_check_values(d->f, value->v, &value->n, true);
}

/* Addresses of a family that something else of the rule rules out. */
static void check_left_out(struct draft *d, const struct match_value *value)
{
    for (uint32_t i = 0; i < value->n; i++) {
        unsigned family = value->v[i].type == FW_TYPE_IPV4 ? V4 : V6;
        if (family & d->families || value->v[i].named)
            continue;
        wrong(d, value->v[i].pos, "'%s' can never match: the rule is %s", value->v[i].text,
              family_name(d->families));
        diag_note(d->f->d, d->family_pos, "%s because of this", family_name(d->families));
    }
}

static void check_proto_family(struct draft *d)
{
    uint8_t proto = d->rule.proto;
    unsigned other = proto == IPPROTO_ICMP ? V6 : proto == IPPROTO_ICMPV6 ? V4 : 0;
    if (!other || d->families != other)
        return;
    wrong(d, d->in->is.keys[FW_PROTO].pos, "%s is not spoken over %s, and the rule is %s",
          proto == IPPROTO_ICMP ? "icmp" : "icmpv6", family_name(other), family_name(other));
    diag_note(d->f->d, d->family_pos, "%s because of this", family_name(other));
    diag_help(d->f->d, "write `proto: %s`", proto == IPPROTO_ICMP ? "icmpv6" : "icmp");
}

static void check_matches(struct draft *d)
{
    for (enum fw_key key = 0; key < FW_KEY_COUNT; key++) {
        check_match(d, key, false);
        check_match(d, key, true);
    }
    for (int negate = 0; negate < 2 && d->ok; negate++) {
        check_left_out(d, &group_of(d, negate)->keys[FW_FROM]);
        check_left_out(d, &group_of(d, negate)->keys[FW_TO]);
    }
    if (d->ok)
        check_proto_family(d);
    if (d->in->is.limit.pos.line && d->in->is_not.limit.pos.line)
        wrong(d, d->in->is_not.limit.pos, "a rule has one limit");
}

/* --- Into rules ------------------------------------------------------------------------------ */

static void add_values(struct draft *d, struct fw_match *match, const struct match_value *in)
{
    for (uint32_t i = 0; i < in->n; i++) {
        const struct fw_written *w = &in->v[i];
        if (is_address(match->key) && w->type != match->type)
            continue;
        if (match->key == FW_TCP_FLAGS && match->values.n) {
            match->values.v[0].first.number |= w->value.first.number;
            match->values.v[0].last = match->values.v[0].first;
            continue;
        }
        match->mask |= w->mask;
        vec_push(d->f->arena, &match->values, w->value);
    }
}

static bool is_any(const struct fw_match *match)
{
    return is_address(match->key) && match->values.n && match->values.v[0].form == FW_PREFIX &&
           !match->values.v[0].prefix_len;
}

static void add_match(struct draft *d, struct fw_rule *rule, enum fw_key key, bool negate)
{
    const struct match_value *in = &group_of(d, negate)->keys[key];
    struct fw_match match = {.key = key,
                             .type = key_type(key, rule->family),
                             .negate = negate,
                             .keys = {key},
                             .n_keys = 1,
                             .pos = in->pos};
    if (!in->pos.line || (key == FW_PROTO && !negate && !in->set && proto_goes_without_saying(d)))
        return;
    if (in->set) {
        match.set = map_get_str(&d->f->sets, in->set);
        match.n_keys = match.set->n_types;
        keys_of_set(d, negate, match.set, match.keys);
        for (uint32_t i = 0; i < match.n_keys; i++) {
            if (match.keys[i] < key) /* it stands there already */
                return;
        }
    } else {
        add_values(d, &match, in);
    }
    if (is_any(&match))
        rule->say_family = true;
    else
        vec_push(d->f->arena, &rule->matches, match);
}

/* Whether nft tests the family for this match without being told. */
static bool tells_family(const struct fw_match *match)
{
    for (uint32_t i = 0; i < match->n_keys; i++) {
        if (is_address(match->keys[i]) || match->keys[i] == FW_DSCP || match->keys[i] == FW_TTL)
            return true;
    }
    return false;
}

/* A refusal in a rule of one family is in that family's own words, as nft has it. */
static void settle_reject(struct draft *d, struct fw_rule *rule, bool told)
{
    struct fw_action *action = &rule->action;
    if (action->verdict != FW_REJECT || action->reject != FW_REJECT_ICMPX || !told)
        return;
    const struct int_value *word = &d->in->action.reject;
    const struct fw_reject_word *reject = &fw_reject_words[word->pos.line ? word->value : 1];
    bool v4 = rule->family == AF_INET;
    action->reject = v4 ? FW_REJECT_ICMP : FW_REJECT_ICMPV6;
    action->reject_code = v4 ? reject->code4 : reject->code6;
}

static void add_rule(struct draft *d, struct fw_chain *chain, uint8_t family)
{
    struct fw_rule rule = d->rule;
    rule.family = family;
    if (d->nat[0].family || d->nat[1].family)
        rule.action.addr = d->nat[family == AF_INET6];
    for (enum fw_key key = 0; key < FW_KEY_COUNT; key++) {
        add_match(d, &rule, key, false);
        add_match(d, &rule, key, true);
    }
    bool told = false;
    VEC_EACH (const struct fw_match, it, &rule.matches)
        told = told || tells_family(it);
    rule.say_family = family && !told && (rule.say_family || d->say_family);
    settle_reject(d, &rule, told || rule.say_family);
    vec_push(d->f->arena, &chain->rules, rule);
}

/* FILE:LINE for the rule's comment, in what nft takes between quotes. */
static const char *place_of(struct fw_loader *f, struct pos pos)
{
    char *place = arena_printf(f->arena, "%s:%u", f->base, pos.line);
    size_t len = strlen(place);
    char *end = place + (len > FW_LOG_PREFIX_MAX ? len - FW_LOG_PREFIX_MAX : 0);
    for (char *p = end; *p; p++) {
        if (!fw_char_quotable(*p))
            *p = '_';
    }
    return end;
}

static const char *log_prefix(struct fw_loader *f, const struct log_value *log, const char *place)
{
    if (!log->on || log->prefix)
        return log->prefix;
    size_t len = strlen(place), max = FW_LOG_PREFIX_MAX - 2;
    return arena_printf(f->arena, "%s: ", place + (len > max ? len - max : 0));
}

static void load_limit(struct draft *d)
{
    bool negate = d->in->is_not.limit.pos.line;
    d->rule.limit = group_of(d, negate)->limit.limit;
    d->rule.limit.negate = negate;
}

static void check_does_something(struct draft *d)
{
    if (d->rule.log || d->rule.action.verdict || d->rule.counter)
        return;
    wrong(d, d->in->pos, "this rule does nothing");
    diag_help(d->f->d, "give it an action, or a log");
}

void fw_load_rule(struct fw_loader *f, const struct fw_rule_input *in, struct fw_chain *chain)
{
    const struct fw_rule_input *meant = in->bad ? NULL : fw_mean_names(f, in);
    struct draft d = {.f = f, .in = meant, .families = BOTH, .ok = meant != NULL};
    if (!meant)
        return;
    d.rule.id = ++f->next_id;
    d.rule.pos = in->pos;
    d.rule.place = place_of(f, in->pos);
    d.rule.text = doc_flow_text(f->arena, in->node);
    d.rule.log = log_prefix(f, &in->log, d.rule.place);
    d.rule.counter = !in->counter.pos.line || in->counter.value;
    load_limit(&d);
    load_proto(&d);
    if (d.ok)
        load_action(&d);
    if (d.ok)
        check_matches(&d);
    check_does_something(&d);
    if (!d.ok)
        return;
    if (d.families != BOTH)
        add_rule(&d, chain, d.families == V4 ? AF_INET : AF_INET6);
    else if (!d.two)
        add_rule(&d, chain, AF_UNSPEC);
    else
        for (int i = 0; i < 2; i++)
            add_rule(&d, chain, i ? AF_INET6 : AF_INET);
}

void fw_add_masquerade(struct fw_loader *f, struct fw_chain *chain)
{
    const struct uplink *uplink = node_uplink(f->node);
    const char *name = uplink->iface->name;
    struct fw_value value = {.form = FW_SINGLE};
    struct fw_match oif = {.key = FW_OIF, .type = FW_TYPE_IFNAME, .n_keys = 1, .pos = uplink->pos};
    struct fw_rule rule = {.id = ++f->next_id,
                           .counter = true,
                           .action = {.verdict = FW_MASQUERADE, .pos = uplink->pos},
                           .place = place_of(f, uplink->pos),
                           .pos = uplink->pos};
    oif.keys[0] = FW_OIF;
    snprintf((char *)value.first.bytes, sizeof(value.first.bytes), "%s", name);
    value.last = value.first;
    vec_push(f->arena, &oif.values, value);
    vec_push(f->arena, &rule.matches, oif);
    rule.text = arena_printf(f->arena, "{oif: %s, action: masquerade}", name);
    vec_push(f->arena, &chain->rules, rule);
}
