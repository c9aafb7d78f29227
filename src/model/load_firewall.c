// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * A node's firewall, from what is written to sets, chains and rules (model/firewall.h). Rules of a
 * hook are dealt out to chains by what they do; own chains are known by name before any rule is
 * looked at, so that they may jump to each other.
 */
#include "model/load_firewall.h"

#include <string.h>

static const char *const sort_endings[FW_SORT_COUNT] = {
    [FW_SORT_RAW] = "-raw", [FW_SORT_MANGLE] = "-mangle", [FW_SORT_DNAT] = "-dnat",
    [FW_SORT_FILTER] = "",  [FW_SORT_SNAT] = "-snat",
};
static const int32_t sort_priorities[FW_SORT_COUNT] = {
    [FW_SORT_RAW] = -300, [FW_SORT_MANGLE] = -150, [FW_SORT_DNAT] = -100,
    [FW_SORT_FILTER] = 0, [FW_SORT_SNAT] = 100,
};

/* In the order that packets meet them. */
static const uint8_t hooks[] = {NF_INET_PRE_ROUTING, NF_INET_LOCAL_IN, NF_INET_FORWARD,
                                NF_INET_LOCAL_OUT, NF_INET_POST_ROUTING};

void fw_unknown(struct fw_loader *f, struct pos pos, const char *what, const char *name)
{
    bool set = strcmp(what, "set") == 0;
    const struct map_value *all = set ? &f->in->sets : &f->in->chains;
    const char **words = arena_alloc(f->arena, (all->n + 1) * sizeof(*words));
    for (uint32_t i = 0; i < all->n; i++)
        words[i] = all->keys[i].text;
    diag_error(f->d, pos, "%s has no %s '%s'", f->node->name, what, name);
    if (!diag_help_nearest(f->d, name, words, all->n))
        diag_help(f->d, "%ss are defined beside the hooks: firewall: {%ss: {%s: […]}}", what, what,
                  name);
}

static const char *base_name(struct fw_loader *f, unsigned hook, enum fw_sort sort)
{
    return arena_printf(f->arena, "%s%s", fw_hook_name(hook), sort_endings[sort]);
}

/* Whether NAME is one that a base chain has. */
static bool is_base_name(struct fw_loader *f, const char *name)
{
    for (size_t i = 0; i < ARRAY_SIZE(hooks); i++) {
        for (enum fw_sort sort = 0; sort < FW_SORT_COUNT; sort++) {
            if (strcmp(base_name(f, hooks[i], sort), name) == 0)
                return true;
        }
    }
    return false;
}

void fw_check_name(struct fw_loader *f, const struct text_value *name)
{
    if (!fw_name_reserved(name->text))
        return;
    diag_error(f->d, name->pos, "'%s' is a word of nft's, and no name", name->text);
    diag_help(f->d, "call it my-%s, say", name->text);
}

static void declare_chains(struct fw_loader *f)
{
    for (uint32_t i = 0; i < f->in->chains.n; i++) {
        const struct text_value *name = &f->in->chains.keys[i];
        if (!name->text)
            continue;
        fw_check_name(f, name);
        if (is_base_name(f, name->text)) {
            diag_error(f->d, name->pos, "a chain of one's own cannot be called '%s'", name->text);
            diag_help(f->d, "that is a hook's chain; rules for it stand under %.*s:",
                      (int)strcspn(name->text, "-"), name->text);
        }
        struct fw_chain *chain = arena_new_of(f->arena, struct fw_chain);
        *chain = (struct fw_chain){
            .name = name->text, .id = f->fw->chains.n, .sort = FW_SORT_FILTER, .pos = name->pos};
        map_put_str(&f->chains, chain->name, chain);
        vec_push(f->arena, &f->fw->chains, chain);
    }
}

static void load_own_rules(struct fw_loader *f)
{
    const struct chain_input *in = f->in->chains.v;
    for (uint32_t i = 0; i < f->in->chains.n; i++) {
        const char *name = f->in->chains.keys[i].text;
        struct fw_chain *chain = name ? map_get_str(&f->chains, name) : NULL;
        const struct fw_rule_input *rules = in[i].rules.v;
        for (uint32_t j = 0; chain && j < in[i].rules.n; j++)
            fw_load_rule(f, &rules[j], chain);
    }
}

static struct fw_chain *new_base(struct fw_loader *f, unsigned hook, enum fw_sort sort)
{
    const struct chain_input *in = &f->in->hooks[hook];
    struct fw_chain *chain = arena_new_of(f->arena, struct fw_chain);
    *chain = (struct fw_chain){
        .name = base_name(f, hook, sort),
        .base = true,
        .hook = (uint8_t)hook,
        .sort = sort,
        .priority = sort_priorities[sort],
        .pos = in->pos.line ? in->pos : f->fw->pos,
    };
    if (sort == FW_SORT_FILTER) {
        chain->priority = in->priority.priority;
        chain->drop = in->policy.value;
        chain->has_policy = in->policy.pos.line;
    }
    return chain;
}

static void load_hook(struct fw_loader *f, unsigned hook)
{
    const struct chain_input *in = &f->in->hooks[hook];
    const struct fw_rule_input *rules = in->rules.v;
    struct fw_chain *chains[FW_SORT_COUNT] = {NULL};
    if (in->policy.pos.line || in->priority.pos.line)
        chains[FW_SORT_FILTER] = new_base(f, hook, FW_SORT_FILTER);
    for (uint32_t i = 0; i < in->rules.n; i++) {
        enum fw_sort sort = fw_sort_of(&rules[i]);
        if (!chains[sort])
            chains[sort] = new_base(f, hook, sort);
        fw_load_rule(f, &rules[i], chains[sort]);
    }
    if (hook == NF_INET_POST_ROUTING && node_uplink(f->node)) {
        if (!chains[FW_SORT_SNAT])
            chains[FW_SORT_SNAT] = new_base(f, hook, FW_SORT_SNAT);
        fw_add_masquerade(f, chains[FW_SORT_SNAT]);
    }
    for (enum fw_sort sort = 0; sort < FW_SORT_COUNT; sort++) {
        if (chains[sort])
            vec_push(f->arena, &f->fw->chains, chains[sort]);
    }
}

static void load_raw(struct fw_loader *f)
{
    const struct doc_value *nft = &f->in->nft;
    struct fw_raw *raw = &f->fw->raw;
    if (f->in->expand.value && !nft->node)
        diag_error(f->d, f->in->expand.pos, "expand is about 'nft', which is not here");
    if (!nft->node)
        return;
    const char *text = nft->node->text;
    f->of_node = f->of_node || f->in->expand.value;
    if (f->in->expand.value)
        text = expand_text(f->d, &f->l->nodes.v[f->node->id].scope, text, nft->pos);
    *raw = (struct fw_raw){.text = text, .pos = nft->pos};
    raw->lines = doc_text_lines(f->arena, f->d->source, nft->node, &raw->n_lines);
}

static void sum_up(struct firewall *fw)
{
    fw->has_table = fw->sets.n || fw->chains.n;
    VEC_EACH (struct fw_chain *, it, &fw->chains) {
        fw->rules += (*it)->rules.n;
        VEC_EACH (struct fw_rule, rule, &(*it)->rules)
            fw->logs = fw->logs || rule->log;
    }
}

static const char *file_base(const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash ? slash + 1 : file;
}

/* One that nothing of a node is in serves all nodes that have it from one place of the file:
 * SHARED, by that place. What a bridge never sees is said of each node, and the rule of an uplink
 * is not in the file. */
static void load_firewall(struct loader *l, struct node *node, struct map *shared)
{
    const struct firewall_input *in = &load_input(l, node)->firewall;
    bool own = node->kind->bridges || node_uplink(node);
    node->firewall = own ? NULL : map_get(shared, &in->node, sizeof(in->node));
    if (node->firewall)
        return;
    struct firewall *fw = arena_new_of(l->r.arena, struct firewall);
    struct fw_loader f = {.l = l,
                          .d = l->r.diags,
                          .arena = l->r.arena,
                          .node = node,
                          .in = in,
                          .fw = fw,
                          .base = file_base(l->r.diags->file)};
    fw->pos = in->pos.line || !node_uplink(node) ? in->pos : node_uplink(node)->pos;
    map_init(&f.sets, f.arena);
    map_init(&f.chains, f.arena);
    fw_load_sets(&f);
    declare_chains(&f);
    load_own_rules(&f);
    for (size_t i = 0; i < ARRAY_SIZE(hooks); i++)
        load_hook(&f, hooks[i]);
    load_raw(&f);
    sum_up(fw);
    if (!in->bad)
        fw_check(&f);
    if (fw->has_table || fw->raw.text)
        node->firewall = fw;
    if (node->firewall && !f.of_node && !own)
        map_put(shared, &in->node, sizeof(in->node), fw);
}

void load_firewalls(struct loader *l)
{
    struct map shared;
    map_init(&shared, l->scratch);
    VEC_EACH (struct node *, it, &l->topo->nodes) {
        load_about(l, *it);
        if (!(*it)->hidden && (load_input(l, *it)->firewall.pos.line || node_uplink(*it)))
            load_firewall(l, *it, &shared);
    }
    load_about(l, NULL);
}
