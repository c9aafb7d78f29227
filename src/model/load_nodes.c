// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Nodes: defaults.node < profiles in order < the node's own, merged as documents, then read. */
#include <string.h>

#include "model/load.h"
#include "model/names.h"

#define MERGED_MAX (4u << 20)

/* Reads what stands by itself (defaults, a profile) once, so that a mistake in it shows even
 * where no node takes it. */
static void check_attributes(struct loader *l, const struct table *table, const struct doc_node *n)
{
    struct node_input scratch = {0};
    if (n)
        table_read(&l->r, table, n, &scratch);
}

static void check_profiles(struct loader *l)
{
    const struct doc_node *profiles = l->root.profiles.node;
    check_attributes(l, &node_table, l->root.defaults_node.node);
    if (profiles && profiles->kind != DOC_MAP && !doc_is_nothing(profiles))
        type_mismatch(&l->r, &type_profiles, profiles);
    for (uint32_t i = 0; profiles && profiles->kind == DOC_MAP && i < profiles->n; i++) {
        struct doc_entry *entry = &profiles->entries[i];
        struct text_value name;
        const struct doc_node key = {
            .kind = DOC_SCALAR, .quoted = true, .pos = entry->key_pos, .text = entry->key};
        type_read(&l->r, type_profiles.key, &key, &name);
        check_attributes(l, &profile_table, entry->value);
    }
}

static const struct doc_node *find_profile(struct loader *l, const struct doc_node *name)
{
    const struct doc_node *profiles = l->root.profiles.node;
    const struct doc_node *profile = doc_get(profiles, name->text);
    if (profile)
        return profile;
    diag_error(l->r.diags, name->pos, "unknown profile '%s'", name->text);
    size_t n = profiles && profiles->kind == DOC_MAP ? profiles->n : 0;
    const char **words = arena_alloc(l->r.arena, (n + 1) * sizeof(*words));
    for (size_t i = 0; i < n; i++)
        words[i] = profiles->entries[i].key;
    if (!diag_help_nearest(l->r.diags, name->text, words, n))
        diag_help(l->r.diags, "profiles are defined at the top: profiles: {%s: {…}}", name->text);
    return NULL;
}

/* BASE with the profiles that WANTED (a name or a list of names) asks for laid on it. */
static const struct doc_node *merge_profiles(struct loader *l, const struct doc_node *base,
                                             const struct doc_node *wanted)
{
    bool list = wanted && wanted->kind == DOC_LIST;
    uint32_t n = !wanted ? 0 : list ? wanted->n : 1;
    for (uint32_t i = 0; i < n; i++) {
        const struct doc_node *name = list ? wanted->items[i] : wanted;
        if (name->kind == DOC_SCALAR && !doc_is_nothing(name))
            base = doc_merge(l->r.arena, base, find_profile(l, name));
    }
    return base;
}

static const struct doc_node *merge_node(struct loader *l, const struct doc_node *own)
{
    const struct doc_node *base = l->root.defaults_node.node, *wanted = doc_get(own, "profile");
    if (!wanted)
        wanted = doc_get(base, "profile");
    if (base && base->kind != DOC_MAP)
        base = NULL;
    const struct doc_node *merged = doc_merge(l->r.arena, merge_profiles(l, base, wanted), own);
    l->merged += base || wanted ? merged->weight : 0;
    return merged;
}

static void load_labels(struct loader *l, struct node *node, const struct map_value *labels)
{
    const struct text_value *values = labels->v;
    for (uint32_t i = 0; i < labels->n; i++) {
        if (values[i].text)
            vec_push(l->r.arena, &node->labels,
                     ((struct label){labels->keys[i].text, values[i].text}));
    }
}

static void load_node(struct loader *l, const struct doc_entry *entry)
{
    struct topo *topo = l->topo;
    struct node *node = arena_new_of(l->r.arena, struct node);
    struct node_input *in = &l->nodes[topo->nodes.n];
    table_read(&l->r, &node_table, merge_node(l, entry->value), in);
    *node = (struct node){.name = entry->key,
                          .id = topo->nodes.n,
                          .kind = node_kinds[in->kind.value],
                          .description = in->description.text,
                          .pos = entry->key_pos};
    load_labels(l, node, &in->labels);
    vec_push(l->r.arena, &topo->nodes, node);
    map_put_str(&topo->by_name, node->name, node);
    node->lo = arena_new_of(l->r.arena, struct iface);
    *node->lo =
        (struct iface){.name = "lo", .node = node, .kind = IFACE_LO, .index = 1, .pos = node->pos};
    load_addrs(l, node->lo, &in->loopback);
    load_add_bridge(l, node);
}

static bool check_node_name(struct loader *l, const struct doc_entry *entry)
{
    if (node_name_valid(entry->key))
        return true;
    if (strpbrk(entry->key, "($"))
        diag_error(l->r.diags, entry->key_pos, "'%s': ranges and variables are not yet supported",
                   entry->key);
    else if (strcmp(entry->key, "all") == 0)
        diag_error(l->r.diags, entry->key_pos, "no node can be called 'all': it means all of them");
    else
        diag_error(l->r.diags, entry->key_pos, "expected %s, found '%.80s'",
                   type_nodes.key->expects, entry->key);
    return false;
}

void load_nodes(struct loader *l)
{
    const struct doc_node *nodes = l->root.nodes.node;
    check_profiles(l);
    if (nodes->kind != DOC_MAP) {
        if (!doc_is_nothing(nodes))
            type_mismatch(&l->r, &type_nodes, nodes);
        return;
    }
    if (!nodes->n && !l->r.diags->errors)
        diag_error(l->r.diags, nodes->pos, "a topology needs at least one node");
    l->nodes = arena_alloc(l->r.arena, nodes->n * sizeof(*l->nodes));
    for (uint32_t i = 0; i < nodes->n && l->merged <= MERGED_MAX; i++) {
        if (check_node_name(l, &nodes->entries[i]))
            load_node(l, &nodes->entries[i]);
    }
    if (l->merged > MERGED_MAX)
        diag_error(l->r.diags, nodes->pos,
                   "too large: defaults and profiles give these nodes more "
                   "than 4 million values");
}
