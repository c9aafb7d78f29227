// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * What only all chains of a firewall together show: jumps that come back to where they were, what
 * a hook cannot have, rules that no packet reaches. An own chain is looked at with all the hooks
 * that packets come to it from.
 */
#include <string.h>

#include "model/kinds.h"
#include "model/load_firewall.h"

#define PRE (1u << NF_INET_PRE_ROUTING)
#define IN (1u << NF_INET_LOCAL_IN)
#define FWD (1u << NF_INET_FORWARD)
#define OUT (1u << NF_INET_LOCAL_OUT)
#define POST (1u << NF_INET_POST_ROUTING)
#define ALL (PRE | IN | FWD | OUT | POST)

#define TRACKING (-200) /* NF_IP_PRI_CONNTRACK */
#define DEPTH_MAX 16    /* NFT_JUMP_STACK_SIZE */
#define WAY_MAX 1024    /* what is deeper is wrong already; the stack has an end */

/* Where a packet has what KEY looks at. */
static const unsigned key_hooks[FW_KEY_COUNT] = {
    [FW_IIF] = PRE | IN | FWD | POST,
    [FW_OIF] = FWD | OUT | POST,
    [FW_PKTTYPE] = ALL,
    [FW_MAC_FROM] = PRE | IN | FWD,
    [FW_FROM] = ALL,
    [FW_TO] = ALL,
    [FW_DSCP] = ALL,
    [FW_TTL] = ALL,
    [FW_LENGTH] = ALL,
    [FW_PROTO] = ALL,
    [FW_SPORT] = ALL,
    [FW_DPORT] = ALL,
    [FW_TCP_FLAGS] = ALL,
    [FW_ICMP_TYPE] = ALL,
    [FW_ICMPV6_TYPE] = ALL,
    [FW_ICMP_CODE] = ALL,
    [FW_CT] = ALL,
    [FW_CT_STATUS] = ALL,
    [FW_MARK] = ALL,
};

/* Where an action can be, what it is called, and whether an own chain can have it. */
static const struct {
    unsigned hooks;
    const char *name;
    bool base_only;
} verdicts[] = {
    [FW_NONE] = {ALL, NULL, false},
    [FW_ACCEPT] = {ALL, "accept", false},
    [FW_DROP] = {ALL, "drop", false},
    [FW_REJECT] = {PRE | IN | FWD | OUT, "reject", false},
    [FW_JUMP] = {ALL, "jump", false},
    [FW_GOTO] = {ALL, "goto", false},
    [FW_RETURN] = {ALL, "return", false},
    [FW_NOTRACK] = {PRE | OUT, "notrack", true},
    [FW_SET_MARK] = {ALL, "set-mark", false},
    [FW_SET_MSS] = {ALL, "set-mss", false},
    [FW_ADD_TO] = {ALL, "add-to", false},
    [FW_DNAT] = {PRE | OUT, "dnat", true},
    [FW_REDIRECT] = {PRE | OUT, "redirect", true},
    [FW_SNAT] = {POST | IN, "snat", true},
    [FW_MASQUERADE] = {POST, "masquerade", true},
};

/* What is known of one own chain. */
struct visit {
    struct fw_chain *chain;
    enum { NEW, OPEN, DONE } state;
    unsigned hooks;      /* that packets come from */
    struct pos hook_pos; /* of a jump that brings them */
    unsigned depth;      /* chains from here to the end of the longest way */
};

struct checker {
    struct fw_loader *f;
    struct visit *visits;
    uint32_t n;
    VEC(struct fw_chain *) order; /* those done */
    VEC(const struct fw_chain *) way;
};

static bool is_jump(const struct fw_rule *rule)
{
    return rule->action.verdict == FW_JUMP || rule->action.verdict == FW_GOTO;
}

static struct visit *find_visit(struct checker *c, const struct fw_chain *chain)
{
    return &c->visits[chain->id];
}

/* "a -> b -> a" for the way back to CHAIN. */
static void report_loop(struct checker *c, const struct fw_rule *rule)
{
    struct str way CLEAN_STR = {0};
    bool on = false;
    for (uint32_t i = 0; i < c->way.n; i++) {
        on = on || c->way.v[i] == rule->action.chain;
        if (on)
            str_addf(&way, "%s -> ", c->way.v[i]->name);
    }
    diag_error(c->f->d, rule->action.pos, "this jump goes round: %s%s", way.text,
               rule->action.chain->name);
}

/* Callees first. */
static void visit_chain(struct checker *c, struct visit *v)
{
    v->state = OPEN;
    vec_push(c->f->arena, &c->way, v->chain);
    VEC_EACH (const struct fw_rule, it, &v->chain->rules) {
        struct visit *to = is_jump(it) ? find_visit(c, it->action.chain) : NULL;
        if (to && to->state == OPEN)
            report_loop(c, it);
        else if (to && to->state == NEW && c->way.n < WAY_MAX)
            visit_chain(c, to);
        if (to && to->depth + 1 > v->depth)
            v->depth = to->depth + 1;
    }
    c->way.n--;
    v->state = DONE;
    vec_push(c->f->arena, &c->order, v->chain);
    if (v->depth == DEPTH_MAX - 1)
        diag_error(c->f->d, v->chain->pos, "jumps from here go through more than %d chains",
                   DEPTH_MAX - 1);
}

static void bring_hooks(struct checker *c, const struct fw_chain *chain, unsigned hooks)
{
    VEC_EACH (const struct fw_rule, it, &chain->rules) {
        struct visit *to = is_jump(it) ? find_visit(c, it->action.chain) : NULL;
        if (!to || (to->hooks & hooks) == hooks)
            continue;
        to->hooks |= hooks;
        to->hook_pos = it->action.pos;
        bring_hooks(c, to->chain, to->hooks);
    }
}

/* --- What a hook can have -------------------------------------------------------------------- */

/* Names of HOOKS: "input, forward or output". */
static const char *hooks_text(struct checker *c, unsigned hooks)
{
    struct str text CLEAN_STR = {0};
    static const unsigned order[] = {NF_INET_PRE_ROUTING, NF_INET_LOCAL_IN, NF_INET_FORWARD,
                                     NF_INET_LOCAL_OUT, NF_INET_POST_ROUTING};
    for (size_t i = 0; i < ARRAY_SIZE(order); i++) {
        if (!(hooks & 1u << order[i]))
            continue;
        hooks &= ~(1u << order[i]);
        str_addf(&text, "%s%s", !text.len ? "" : hooks ? ", " : " or ", fw_hook_name(order[i]));
    }
    return arena_strdup(c->f->arena, text.text);
}

static void note_jump(struct checker *c, const struct fw_chain *chain)
{
    if (!chain->base)
        diag_note(c->f->d, find_visit(c, chain)->hook_pos, "packets come from there");
}

static void check_key(struct checker *c, const struct fw_chain *chain, enum fw_key key,
                      struct pos pos, unsigned hooks)
{
    if (!hooks || key_hooks[key] & hooks)
        return;
    diag_error(c->f->d, pos, "%s is not known in %s", fw_key_name(key), hooks_text(c, hooks));
    note_jump(c, chain);
    diag_help(c->f->d, "it is in %s", hooks_text(c, key_hooks[key]));
}

/* What is asked of connection tracking before it has seen the packet has no answer. */
static void check_tracked(struct checker *c, const struct fw_chain *chain, enum fw_key key,
                          struct pos pos)
{
    bool tracks = chain->base && 1u << chain->hook & (PRE | OUT);
    if (!tracks || chain->priority > TRACKING || (key != FW_CT && key != FW_CT_STATUS))
        return;
    diag_error(c->f->d, pos, "%s is not known yet at priority %d", fw_key_name(key),
               chain->priority);
    diag_help(c->f->d, chain->sort == FW_SORT_RAW
                           ? "notrack comes before connections are tracked; match addresses, ports"
                           : "connections are tracked at -200: take a higher priority");
}

/* Why an own chain, or one reached from HOOKS, cannot have RULE's action. */
static void check_action(struct checker *c, const struct fw_chain *chain,
                         const struct fw_rule *rule, unsigned hooks)
{
    enum fw_verdict verdict = rule->action.verdict;
    const char *name = verdicts[verdict].name;
    unsigned can = verdicts[verdict].hooks;
    if (verdict == FW_SET_MSS && !rule->action.number)
        can = FWD | OUT | POST;
    if (!chain->base && verdicts[verdict].base_only) {
        diag_error(c->f->d, rule->action.pos, "%s cannot be in a chain of one's own", name);
        diag_help(c->f->d,
                  "such chains are called by filters, which come too early or too late: "
                  "write it under %s itself",
                  hooks_text(c, can));
    } else if (hooks & ~can) {
        diag_error(c->f->d, rule->action.pos, "%s cannot be in %s", name,
                   hooks_text(c, hooks & ~can));
        note_jump(c, chain);
        diag_help(c->f->d, "it can be in %s", hooks_text(c, can));
    } else if (!chain->base && verdict == FW_SET_MARK && hooks & OUT) {
        diag_error(c->f->d, rule->action.pos,
                   "set-mark in a chain of one's own comes too late to route output by it");
        note_jump(c, chain);
        diag_help(c->f->d, "write it under output itself");
    }
}

static bool decides_all(const struct fw_rule *rule)
{
    switch (rule->action.verdict) {
    case FW_ACCEPT:
    case FW_DROP:
    case FW_REJECT:
    case FW_GOTO:
    case FW_RETURN:
    case FW_DNAT:
    case FW_REDIRECT:
    case FW_SNAT:
    case FW_MASQUERADE:
        return !rule->matches.n && !rule->limit.given && !rule->say_family;
    case FW_NONE:
    case FW_JUMP:
    case FW_NOTRACK:
    case FW_SET_MARK:
    case FW_SET_MSS:
    case FW_ADD_TO:
        break;
    }
    return false;
}

static void check_reached(struct checker *c, const struct fw_chain *chain)
{
    for (uint32_t i = 0; i + 1 < chain->rules.n; i++) {
        if (!decides_all(&chain->rules.v[i]))
            continue;
        diag_warning(c->f->d, chain->rules.v[i + 1].pos, "no packet ever gets to this rule");
        diag_note(c->f->d, chain->rules.v[i].pos, "this one decides on all of them");
        return;
    }
}

static bool stands_before(struct pos a, struct pos b)
{
    return a.line < b.line || (a.line == b.line && a.col < b.col);
}

/* The next rule after POS of the same hook that is not in CHAIN, or NULL. */
static const struct fw_rule *next_elsewhere(struct checker *c, const struct fw_chain *chain,
                                            struct pos pos)
{
    const struct fw_rule *next = NULL;
    VEC_EACH (struct fw_chain *, it, &c->f->fw->chains) {
        if (!(*it)->base || (*it)->hook != chain->hook || *it == chain)
            continue;
        VEC_EACH (const struct fw_rule, rule, &(*it)->rules) {
            if (stands_before(pos, rule->pos) && (!next || stands_before(rule->pos, next->pos)))
                next = rule;
        }
    }
    return next;
}

/* A rule that lets packets pass where they would anyway may be meant to keep them from what stands
 * below it, which is in another chain. */
static void check_shields(struct checker *c, const struct fw_chain *chain)
{
    if (!chain->base || chain->sort != FW_SORT_FILTER || chain->drop)
        return;
    for (uint32_t i = chain->rules.n; i-- > 0;) {
        const struct fw_rule *rule = &chain->rules.v[i];
        if (rule->action.verdict != FW_ACCEPT && rule->action.verdict != FW_RETURN)
            return;
        const struct fw_rule *next = next_elsewhere(c, chain, rule->pos);
        if (!next)
            continue;
        const char *name = verdicts[next->action.verdict].name;
        diag_warning(c->f->d, rule->pos, "this keeps no packet from the %s below it", name);
        diag_note(c->f->d, next->pos, "%s is in another chain, whatever this one decides", name);
        diag_help(c->f->d, "say there what it is not for: not: {…}");
    }
}

/* Frames that a bridge passes on never come to its firewall. */
static void check_bridge(struct checker *c, const struct fw_chain *chain)
{
    const struct node *node = c->f->node;
    if (!node->kind->bridges || chain->hook != NF_INET_FORWARD ||
        load_input(c->f->l, node)->forwarding.value)
        return;
    diag_warning(c->f->d, chain->pos, "what a %s passes on does not come to forward",
                 node->kind->name);
    diag_help(c->f->d, "frames are for nft's family bridge: nft: table bridge … { … }");
}

static void check_chain(struct checker *c, const struct fw_chain *chain, unsigned hooks)
{
    VEC_EACH (const struct fw_rule, rule, &chain->rules) {
        VEC_EACH (const struct fw_match, it, &rule->matches) {
            for (uint32_t i = 0; i < it->n_keys; i++)
                check_key(c, chain, it->keys[i], it->pos, hooks);
            check_tracked(c, chain, it->key, it->pos);
        }
        for (uint32_t i = 0; rule->action.set && i < rule->action.set->n_types; i++)
            check_key(c, chain, rule->action.keys[i], rule->action.pos, hooks);
        check_action(c, chain, rule, hooks);
    }
    check_reached(c, chain);
}

static void check_unused(struct checker *c, const struct visit *v)
{
    if (v->hooks || c->f->fw->raw.text)
        return;
    diag_warning(c->f->d, v->chain->pos, "no hook's rules get to chain '%s'", v->chain->name);
    diag_help(c->f->d, "an own chain is called by a rule: action: {jump: %s}", v->chain->name);
}

void fw_check(struct fw_loader *f)
{
    struct firewall *fw = f->fw;
    struct checker c = {.f = f};
    unsigned errors = f->d->errors;
    c.visits = arena_alloc(f->arena, (fw->chains.n + 1) * sizeof(*c.visits));
    for (; c.n < fw->chains.n && !fw->chains.v[c.n]->base; c.n++)
        c.visits[c.n].chain = fw->chains.v[c.n];
    for (uint32_t i = 0; i < c.n; i++) {
        if (c.visits[i].state == NEW)
            visit_chain(&c, &c.visits[i]);
    }
    if (f->d->errors > errors)
        return;
    for (uint32_t i = 0; i < c.n; i++)
        fw->chains.v[i] = c.order.v[i];
    for (uint32_t i = c.n; i < fw->chains.n; i++) {
        bring_hooks(&c, fw->chains.v[i], 1u << fw->chains.v[i]->hook);
        check_chain(&c, fw->chains.v[i], 1u << fw->chains.v[i]->hook);
        check_shields(&c, fw->chains.v[i]);
        check_bridge(&c, fw->chains.v[i]);
    }
    for (uint32_t i = 0; i < c.n; i++) {
        check_chain(&c, c.visits[i].chain, c.visits[i].hooks);
        check_unused(&c, &c.visits[i]);
    }
}
