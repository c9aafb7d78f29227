// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* What the kernel holds of a firewall now: counts, and elements of sets. */
#include <errno.h>
#include <stdio.h> /* libnftnl uses FILE */

#include <libnftnl/expr.h>
#include <libnftnl/set.h>
#include <libnftnl/udata.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <string.h>

#include "base/memory.h"
#include "netlink/nft.h"
#include "netlink/nft_build.h"
#include "plan/nft_words.h"

/* Begins a request about FW_TABLE. */
static struct nl_msg *begin(struct nl *nl, uint16_t type)
{
    struct nfgenmsg header = {.nfgen_family = NFPROTO_INET, .version = NFNETLINK_V0};
    struct nl_msg *m = nl_begin(nl, (uint16_t)(NFNL_SUBSYS_NFTABLES << 8 | type), 0);
    nl_put_header(m, &header, sizeof(header));
    return m;
}

/* --- Counts ---------------------------------------------------------------------------------- */

struct counting {
    nft_count_fn *fn;
    void *arg;
};

static int find_id(const struct nftnl_udata *attr, void *id)
{
    if (nftnl_udata_type(attr) == NFT_UDATA_RULE_ID && nftnl_udata_len(attr) == sizeof(uint32_t))
        memcpy(id, nftnl_udata_get(attr), sizeof(uint32_t));
    return 0;
}

static int add_counter(struct nftnl_expr *expr, void *arg)
{
    struct nft_count *count = arg;
    if (strcmp(nftnl_expr_get_str(expr, NFTNL_EXPR_NAME), "counter") == 0) {
        count->counts = true;
        count->packets = nftnl_expr_get_u64(expr, NFTNL_EXPR_CTR_PACKETS);
        count->bytes = nftnl_expr_get_u64(expr, NFTNL_EXPR_CTR_BYTES);
    }
    return 0;
}

bool nft_read_count(const struct nlmsghdr *msg, struct nft_count *ret)
{
    struct nft_count count = {.id = UINT32_MAX};
    struct nftnl_rule *rule = memory_given(nftnl_rule_alloc());
    uint32_t len;
    errno = 0;
    if (memory_sufficed(nftnl_rule_nlmsg_parse(msg, rule))) {
        const void *data = nftnl_rule_get_data(rule, NFTNL_RULE_USERDATA, &len);
        if (data)
            nftnl_udata_parse(data, len, find_id, &count.id);
        nftnl_expr_foreach(rule, add_counter, &count);
    }
    nftnl_rule_free(rule);
    *ret = count;
    return count.id != UINT32_MAX;
}

static int take_rule(void *arg, const struct nlmsghdr *msg)
{
    const struct counting *counting = arg;
    struct nft_count count;
    if (nft_read_count(msg, &count))
        counting->fn(counting->arg, &count);
    return 0;
}

int nft_each_count(struct nl *nl, nft_count_fn *fn, void *arg, struct err *err)
{
    struct counting counting = {fn, arg};
    nl_put_str(begin(nl, NFT_MSG_GETRULE), NFTA_RULE_TABLE, FW_TABLE);
    return nl_dump(nl, take_rule, &counting, err);
}

/* --- Elements -------------------------------------------------------------------------------- */

static int take_element(struct nftnl_set_elem *e, void *arg)
{
    const struct nft_listing *l = arg;
    struct str text CLEAN_STR = {0};
    uint32_t len, at = 0;
    const uint8_t *key = nftnl_set_elem_get(e, NFTNL_SET_ELEM_KEY, &len);
    for (uint32_t i = 0; i < l->n_types; i++) {
        if (!key || at + fw_type_size(l->types[i]) > len)
            return 0;
        struct fw_datum datum = nft_decode(l->types[i], key + at);
        str_add(&text, i ? " . " : "");
        nft_words_datum(&text, l->types[i], &datum);
        at += (fw_type_size(l->types[i]) + 3) & ~3u;
    }
    int64_t expires = -1;
    if (nftnl_set_elem_is_set(e, NFTNL_SET_ELEM_EXPIRATION))
        expires = (int64_t)nftnl_set_elem_get_u64(e, NFTNL_SET_ELEM_EXPIRATION);
    l->fn(l->arg, text.text, expires);
    return 0;
}

int nft_read_elements(void *listing, const struct nlmsghdr *msg)
{
    struct nftnl_set *set = memory_given(nftnl_set_alloc());
    errno = 0;
    if (memory_sufficed(nftnl_set_elems_nlmsg_parse(msg, set)))
        nftnl_set_elem_foreach(set, take_element, listing);
    nftnl_set_free(set);
    return 0;
}

int nft_each_element(struct nl *nl, const char *name, const uint32_t *types, uint32_t n_types,
                     nft_element_fn *fn, void *arg, struct err *err)
{
    struct nft_listing listing = {types, n_types, fn, arg};
    struct nl_msg *m = begin(nl, NFT_MSG_GETSETELEM);
    nl_put_str(m, NFTA_SET_ELEM_LIST_TABLE, FW_TABLE);
    nl_put_str(m, NFTA_SET_ELEM_LIST_SET, name);
    int r = nl_dump(nl, nft_read_elements, &listing, err);
    return r == -ENOENT ? 0 : r;
}
