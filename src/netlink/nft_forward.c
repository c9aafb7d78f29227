// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Who drops what this machine forwards. A packet has to be let pass by every chain of the forward
 * hook, so one that drops is enough, whoever made it; and no chain of ours could help. Looked at
 * are the policies, and rules that hold for every packet; what a chain does packet by packet is
 * beyond this. iptables' rules are seen where iptables is the kind that speaks nftables.
 */
#include <errno.h>
#include <stdio.h> /* libnftnl uses FILE */

#include <libnftnl/chain.h>
#include <libnftnl/expr.h>
#include <libnftnl/rule.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/vec.h"
#include "netlink/nft.h"

struct chain {
    uint32_t family;
    const char *table, *name;
    bool forward, by_policy, by_rule; /* of the hook; how it drops all */
};

struct table {
    uint32_t family;
    const char *name;
    bool allows; /* a rule of it is about the interfaces that are asked for */
};

struct look {
    struct arena *arena;
    const char *allowed;
    VEC(struct chain) chains;
    VEC(struct table) tables; /* that allow */
};

/* --- Chains ---------------------------------------------------------------------------------- */

static bool is_forward(const struct nftnl_chain *c, uint32_t family)
{
    return nftnl_chain_is_set(c, NFTNL_CHAIN_HOOKNUM) &&
           nftnl_chain_get_u32(c, NFTNL_CHAIN_HOOKNUM) == NF_INET_FORWARD &&
           (family == NFPROTO_IPV4 || family == NFPROTO_INET);
}

static int take_chain(void *arg, const struct nlmsghdr *msg)
{
    struct look *look = arg;
    struct nftnl_chain *c = memory_given(nftnl_chain_alloc());
    errno = 0;
    if (memory_sufficed(nftnl_chain_nlmsg_parse(msg, c))) {
        uint32_t family = nftnl_chain_get_u32(c, NFTNL_CHAIN_FAMILY);
        struct chain chain = {
            .family = family,
            .table = arena_strdup(look->arena, nftnl_chain_get_str(c, NFTNL_CHAIN_TABLE)),
            .name = arena_strdup(look->arena, nftnl_chain_get_str(c, NFTNL_CHAIN_NAME)),
            .forward = is_forward(c, family),
        };
        chain.by_policy = chain.forward && nftnl_chain_get_u32(c, NFTNL_CHAIN_POLICY) == NF_DROP;
        vec_push(look->arena, &look->chains, chain);
    }
    nftnl_chain_free(c);
    return 0;
}

/* --- Rules ----------------------------------------------------------------------------------- */

struct rule {
    const char *allowed;
    bool drops, conditional, allows;
};

/* A comparison with a name that begins as ALLOWED does. */
static bool compares_name(const struct nftnl_expr *e, const char *allowed)
{
    uint32_t len = 0;
    const char *data = nftnl_expr_get(e, NFTNL_EXPR_CMP_DATA, &len);
    return data && len >= strlen(allowed) && !memcmp(data, allowed, strlen(allowed));
}

static bool is_refusal(const struct nftnl_expr *e, const char *name)
{
    if (!strcmp(name, "reject"))
        return true;
    if (!strcmp(name, "target"))
        return !strcmp(nftnl_expr_get_str(e, NFTNL_EXPR_TG_NAME), "REJECT");
    return !strcmp(name, "immediate") && nftnl_expr_is_set(e, NFTNL_EXPR_IMM_VERDICT) &&
           nftnl_expr_get_u32(e, NFTNL_EXPR_IMM_VERDICT) == NF_DROP;
}

static int take_expr(struct nftnl_expr *e, void *arg)
{
    struct rule *rule = arg;
    const char *name = nftnl_expr_get_str(e, NFTNL_EXPR_NAME);
    if (is_refusal(e, name))
        rule->drops = true;
    else if (strcmp(name, "counter") != 0)
        rule->conditional = true;
    if (!strcmp(name, "cmp") && compares_name(e, rule->allowed))
        rule->allows = true;
    return 0;
}

static struct chain *find_chain(struct look *look, const struct nftnl_rule *r)
{
    VEC_EACH (struct chain, it, &look->chains) {
        if (it->family == nftnl_rule_get_u32(r, NFTNL_RULE_FAMILY) &&
            !strcmp(it->table, nftnl_rule_get_str(r, NFTNL_RULE_TABLE)) &&
            !strcmp(it->name, nftnl_rule_get_str(r, NFTNL_RULE_CHAIN)))
            return it;
    }
    return NULL;
}

static int take_rule(void *arg, const struct nlmsghdr *msg)
{
    struct look *look = arg;
    struct rule rule = {.allowed = look->allowed};
    struct nftnl_rule *r = memory_given(nftnl_rule_alloc());
    errno = 0;
    bool known = memory_sufficed(nftnl_rule_nlmsg_parse(msg, r));
    struct chain *chain = known ? find_chain(look, r) : NULL;
    if (chain) {
        nftnl_expr_foreach(r, take_expr, &rule);
        if (rule.drops && !rule.conditional)
            chain->by_rule = true;
        if (rule.allows && !rule.drops)
            vec_push(look->arena, &look->tables,
                     ((struct table){chain->family, chain->table, true}));
    }
    nftnl_rule_free(r);
    return 0;
}

/* --- Who it is ------------------------------------------------------------------------------- */

static bool has_chain(const struct look *look, const struct chain *of, const char *name)
{
    VEC_EACH (const struct chain, it, &look->chains) {
        if (it->family == of->family && !strcmp(it->table, of->table) && !strcmp(it->name, name))
            return true;
    }
    return false;
}

static const char *owner_of(const struct look *look, const struct chain *chain)
{
    static const struct {
        const char *chain, *owner;
    } signs[] = {{"ufw-before-forward", "ufw"}, {"DOCKER-USER", "Docker"}};
    for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
        if (has_chain(look, chain, signs[i].chain))
            return signs[i].owner;
    return strcmp(chain->table, "firewalld") ? NULL : "firewalld";
}

static bool is_allowed(const struct look *look, const struct chain *chain)
{
    VEC_EACH (const struct table, it, &look->tables) {
        if (it->family == chain->family && !strcmp(it->name, chain->table))
            return true;
    }
    return false;
}

static bool drops(const struct look *look, const struct chain *chain, struct nft_dropper *ret)
{
    if (!chain->forward || !(chain->by_policy || chain->by_rule) || is_allowed(look, chain))
        return false;
    *ret = (struct nft_dropper){.policy = chain->by_policy, .owner = owner_of(look, chain)};
    snprintf(ret->family, sizeof(ret->family), "%s", chain->family == NFPROTO_INET ? "inet" : "ip");
    snprintf(ret->table, sizeof(ret->table), "%s", chain->table);
    snprintf(ret->chain, sizeof(ret->chain), "%s", chain->name);
    return true;
}

static int dump(struct nl *nl, uint16_t type, nl_reply_fn *fn, struct look *look, struct err *err)
{
    struct nfgenmsg header = {.nfgen_family = NFPROTO_UNSPEC, .version = NFNETLINK_V0};
    nl_put_header(nl_begin(nl, (uint16_t)(NFNL_SUBSYS_NFTABLES << 8 | type), 0), &header,
                  sizeof(header));
    return nl_dump(nl, fn, look, err);
}

int nft_find_dropper(const char *allowed, struct nft_dropper *ret, struct err *err)
{
    CLEAN_NL struct nl *nl = NULL;
    struct look look = {.arena = arena_new(), .allowed = allowed};
    int r = nl_open_protocol(NETLINK_NETFILTER, &nl, err);
    if (!r)
        r = dump(nl, NFT_MSG_GETCHAIN, take_chain, &look, err);
    if (!r)
        r = dump(nl, NFT_MSG_GETRULE, take_rule, &look, err);
    for (uint32_t i = 0; !r && i < look.chains.n; i++)
        r = drops(&look, &look.chains.v[i], ret);
    arena_free(look.arena);
    return r;
}
