// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Any text as the `firewall` section of a node: checked, said in nft's words, and made into the
 * messages that the kernel gets. These are read back as the kernel's answers are: the same rules
 * by their numbers, and the same elements of sets.
 */
#include <libmnl/libmnl.h>
#include <libnftnl/batch.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <sys/uio.h>

#include "fuzz.h"
#include "model/firewall.h"
#include "model/model.h"
#include "netlink/nft.h"
#include "netlink/nft_build.h"
#include "plan/nft_words.h"

enum { PAGE = 128 * 1024 };

/* Two nodes with names and addresses for rules to name. */
static void add_topology(struct str *s, const char *section)
{
    str_add(s, "name: fuzz\n"
               "nodes:\n"
               "  r1: {kind: router, interfaces: {lan0: {type: dummy, addresses: [10.1.0.1/24]}}}\n"
               "  h1:\n"
               "    firewall:\n");
    while (*section) {
        size_t len = strcspn(section, "\n");
        str_add(s, "      ");
        str_addn(s, section, len);
        str_add(s, "\n");
        section += len + (section[len] == '\n');
    }
    str_add(s, "links:\n"
               "  - {endpoints: [h1, r1], subnets: [10.0.0.0/24, \"fd00::/64\"]}\n");
}

static void check_words(const struct firewall *fw)
{
    struct str text CLEAN_STR = {0};
    nft_words_table(&text, fw);
    HOLDS(text.len && !strchr(text.text, '\x1b'));
    VEC_EACH (struct fw_chain *, it, &fw->chains) {
        VEC_EACH (const struct fw_rule, rule, &(*it)->rules) {
            text.len = 0;
            nft_words_rule(&text, rule);
            HOLDS(text.len && !strchr(text.text, '\n'));
            HOLDS(strlen(rule->place) < 128 && *rule->text);
        }
    }
}

/* What is read back, in the order in which it was sent. */
struct back {
    const struct firewall *fw;
    uint32_t chain, rule;
    uint32_t set;   /* the named set whose elements come, from 1; 0: an anonymous one's */
    bool sets_done; /* named ones come before all chains */
    struct str elements;
};

static void add_element(void *arg, const char *text, int64_t expires_ms)
{
    struct back *back = arg;
    HOLDS(expires_ms == -1);
    str_addf(&back->elements, "%s\n", text);
}

static void take_rule(struct back *back, const struct nlmsghdr *msg)
{
    struct nft_count count;
    const struct fw_chain *chain = back->fw->chains.v[back->chain];
    while (back->rule == chain->rules.n) {
        HOLDS(back->chain + 1 < back->fw->chains.n);
        chain = back->fw->chains.v[++back->chain];
        back->rule = 0;
    }
    const struct fw_rule *rule = &chain->rules.v[back->rule++];
    HOLDS(nft_read_count(msg, &count));
    HOLDS(count.id == rule->id && count.counts == rule->counter);
    HOLDS(!count.packets && !count.bytes);
}

/* libnftnl numbers the elements of a request, which the kernel does not mind; its answers have each
 * as NFTA_LIST_ELEM, and no others are read. */
static void make_answer(struct nlmsghdr *msg)
{
    struct nlattr *list, *element;
    mnl_attr_for_each(list, msg, sizeof(struct nfgenmsg))
    {
        if (mnl_attr_get_type(list) != NFTA_SET_ELEM_LIST_ELEMENTS)
            continue;
        mnl_attr_for_each_nested(element, list) element->nla_type = NLA_F_NESTED | NFTA_LIST_ELEM;
    }
}

/* Elements of a named set whose elements are single values. */
static void take_elements(struct back *back, struct nlmsghdr *msg)
{
    uint32_t types[FW_PARTS_MAX];
    if (!back->set)
        return;
    const struct fw_set *set = back->fw->sets.v[back->set - 1];
    for (uint32_t i = 0; i < set->n_types; i++)
        types[i] = set->types[i];
    struct nft_listing listing = {types, set->n_types, add_element, back};
    make_answer(msg);
    if (!set->interval)
        HOLDS(nft_read_elements(&listing, msg) == 0);
}

static void end_set(struct back *back)
{
    struct str want CLEAN_STR = {0};
    if (!back->set)
        return;
    const struct fw_set *set = back->fw->sets.v[back->set - 1];
    VEC_EACH (const struct fw_element, element, &set->elements) {
        if (set->interval)
            break;
        nft_words_element(&want, set, element);
        str_add(&want, "\n");
    }
    HOLDS(want.len == back->elements.len);
    HOLDS(!want.len || strcmp(want.text, back->elements.text) == 0);
    back->elements.len = 0;
}

static void take(struct back *back, struct nlmsghdr *msg)
{
    switch (msg->nlmsg_type & 0xff) {
    case NFT_MSG_NEWSET:
        end_set(back);
        back->set = back->sets_done ? 0 : back->set + 1;
        break;
    case NFT_MSG_NEWSETELEM:
        take_elements(back, msg);
        break;
    case NFT_MSG_NEWCHAIN:
        end_set(back);
        back->set = 0;
        back->sets_done = true;
        break;
    case NFT_MSG_NEWRULE:
        take_rule(back, msg);
        break;
    default:
        break;
    }
}

static void take_all(struct back *back, struct nftnl_batch *batch)
{
    int parts = nftnl_batch_iovec_len(batch);
    struct iovec *iov = calloc((size_t)parts, sizeof(*iov));
    HOLDS(iov);
    nftnl_batch_iovec(batch, iov, (uint32_t)parts);
    for (int i = 0; i < parts; i++) {
        int left = (int)iov[i].iov_len;
        struct nlmsghdr *msg = iov[i].iov_base;
        for (; mnl_nlmsg_ok(msg, left); msg = mnl_nlmsg_next(msg, &left))
            take(back, msg);
        HOLDS(left == 0);
    }
    free(iov);
}

static void check_messages(const struct firewall *fw)
{
    struct err err = {0};
    struct back back = {.fw = fw};
    struct nft_batch b = {.fd = -1, .table = FW_TABLE, .room = SIZE_MAX, .err = &err};
    b.batch = nftnl_batch_alloc(PAGE, PAGE);
    HOLDS(b.batch);
    nft_add_firewall(&b, fw);
    HOLDS(b.code == 0);
    take_all(&back, b.batch);
    end_set(&back);
    HOLDS(!fw->rules || back.rule == fw->chains.v[back.chain]->rules.n);
    while (++back.chain < fw->chains.n)
        HOLDS(!fw->chains.v[back.chain]->rules.n);
    nftnl_batch_free(b.batch);
    str_done(&back.elements);
    free(b.pos);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str source CLEAN_STR = {0};
    struct diags diags;
    char *section = fuzz_text(data, size);
    struct arena *arena = arena_new();
    add_topology(&source, section);
    diags_init(&diags, arena, "fuzz.yaml", source.text);
    const struct topo *topo = topo_load(&diags, NULL);
    HOLDS(!topo == (diags.errors > 0));
    fuzz_diags(&diags);
    for (uint32_t i = 0; topo && i < topo->nodes.n; i++) {
        const struct firewall *fw = topo->nodes.v[i]->firewall;
        if (!fw || !fw->has_table)
            continue;
        check_words(fw);
        check_messages(fw);
    }
    arena_free(arena);
    free(section);
    return 0;
}
