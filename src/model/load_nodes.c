// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Nodes: defaults.node < profiles in order < the entry of a pattern < the node's own entry, merged
 * as documents, then read, what they refer to in its place. What many nodes have from one entry
 * that refers to nothing is read once, for all of them.
 */
#include <string.h>

#include "model/load.h"
#include "model/names.h"

#define MERGED_MAX (4u << 20)
#define NODES_MAX MADE_MAX

/* Reads what stands by itself (defaults, a profile) once, so that a mistake in it shows even
 * where no node takes it. */
static void check_attributes(struct loader *l, const struct table *table, const struct doc_node *n)
{
    struct reader r = load_reader(l);
    struct node_input scratch = {0};
    r.unbound = true;
    if (n)
        table_read(&r, table, doc_merge(l->scratch, NULL, n), &scratch);
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
        const struct doc_node key = doc_key_of(entry);
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
        const struct doc_node *name = reader_expand(&l->r, list ? wanted->items[i] : wanted);
        if (name && name->kind == DOC_SCALAR && !doc_is_nothing(name))
            base = doc_merge(l->scratch, base, find_profile(l, name));
    }
    return base;
}

/* What the entries of a node say, on what it inherits. */
static const struct doc_node *merge_node(struct loader *l, const struct node_source *source)
{
    const struct doc_node *base = l->root.defaults_node.node;
    const struct doc_node *of = source->of ? source->of->value : NULL;
    const struct doc_node *by = source->by ? source->by->value : NULL;
    const struct doc_node *wanted = doc_get(by, "profile");
    if (base && base->kind != DOC_MAP)
        base = NULL;
    if (!wanted)
        wanted = doc_get(of, "profile");
    if (!wanted)
        wanted = doc_get(base, "profile");
    base = doc_merge(l->scratch, merge_profiles(l, base, wanted), of);
    const struct doc_node *merged = doc_merge(l->scratch, base, by);
    l->merged += merged != by ? merged->weight : 0;
    return merged;
}

static void load_labels(struct loader *l, struct node *node, const struct map_value *labels)
{
    const struct text_value *values = labels->v;
    for (uint32_t i = 0; i < labels->n; i++) {
        if (values[i].text)
            vec_push(l->r.arena, &load_node_extra(l, node)->labels,
                     ((struct label){labels->keys[i].text, values[i].text}));
    }
}

/* --- Which nodes there are -------------------------------------------------------------------- */

static const struct doc_entry *entry_of(const struct node_source *source)
{
    return source->by ? source->by : source->of;
}

static bool check_node_name(struct loader *l, const struct doc_entry *entry, const char *name)
{
    if (node_name_valid(name))
        return true;
    if (strcmp(name, "all") == 0) {
        diag_error(l->r.diags, entry->key_pos, "no node can be called 'all': it means all of them");
        return false;
    }
    diag_error(l->r.diags, entry->key_pos, "expected %s, found '%.80s'", type_node_name.expects,
               name);
    help_pattern(l->r.diags, name);
    return false;
}

/* ENTRY, whose key makes the name of NODE, says more of it, or says it a second time. */
static void add_to_node(struct loader *l, const struct node *node, const struct doc_entry *entry,
                        const struct made *made)
{
    struct node_source *source = &l->nodes.v[node->id];
    const struct doc_entry **place = made->n ? &source->of : &source->by;
    if (made->n) {
        source->scope.parts = made->parts;
        source->scope.n = made->n;
    }
    if (*place) {
        diag_error(l->r.diags, entry->key_pos, "'%s' makes %s, and so does '%s'", entry->key,
                   node->name, (*place)->key);
        diag_note(l->r.diags, (*place)->key_pos, "the other one is here");
    }
    *place = entry;
}

static struct node *add_node(struct loader *l, const struct made *made)
{
    struct topo *topo = l->topo;
    struct node *node = arena_new_of(l->r.arena, struct node);
    struct node_source *source = vec_add(l->scratch, &l->nodes);
    *node = (struct node){
        .name = made->name, .lo = &load_plain_lo, .id = topo->nodes.n, .ranged = made->n > 0};
    *source = (struct node_source){.scope = {.outer = &l->vars, .node = made->name}};
    vec_push(l->scratch, &topo->nodes, node);
    map_put_str(&topo->by_name, node->name, node);
    return node;
}

/* False after the error that all of them together are too many. */
static bool declare_nodes(struct loader *l, const struct doc_entry *entry)
{
    made_list made = {0};
    if (!expand_pattern(l->r.diags, &l->vars, entry->key, entry->key_pos, &made)) {
        l->nodes_missing = true;
        return true;
    }
    if (l->topo->nodes.n + made.n > NODES_MAX) {
        diag_error(l->r.diags, entry->key_pos, "too many nodes: %u is the limit", NODES_MAX);
        return false;
    }
    VEC_EACH (const struct made, it, &made) {
        if (!check_node_name(l, entry, it->name)) {
            l->nodes_missing = true;
            continue;
        }
        struct node *node = topo_find_node(l->topo, it->name);
        if (!node)
            node = add_node(l, it);
        add_to_node(l, node, entry, it);
    }
    return true;
}

/* --- What they are ---------------------------------------------------------------------------- */

/* The last entry of a pattern that was read, if what it gives refers to nothing. */
struct shared {
    const struct doc_entry *of;
    const struct node_input *in;
};

static const struct node_input *read_node(struct loader *l, const struct node_source *source,
                                          struct shared *shared)
{
    if (!source->by && source->of == shared->of)
        return shared->in;
    static const struct node_input none;
    if (l->merged > MERGED_MAX)
        return &none;
    struct node_input *in = arena_new_of(l->scratch, struct node_input);
    l->r.scope = &source->scope;
    const struct doc_node *merged = merge_node(l, source);
    struct reader r = load_reader(l);
    table_read(&r, &node_table, merged, in);
    l->r.scope = &l->vars;
    if (!source->by && !merged->refers)
        *shared = (struct shared){source->of, in};
    return in;
}

static void load_node(struct loader *l, struct node *node, struct shared *shared)
{
    struct node_source *source = &l->nodes.v[node->id];
    load_about(l, node);
    const struct node_input *in = source->in = read_node(l, source, shared);
    node->kind = node_kinds[in->kind.value];
    if (in->description.text)
        load_node_extra(l, node)->description = in->description.text;
    node->pos = entry_of(source)->key_pos;
    load_labels(l, node, &in->labels);
    if (in->loopback.n)
        load_addrs(l, load_lo(l, node), &in->loopback);
    load_add_bridge(l, node);
    load_add_uplink(l, node);
}

void load_nodes(struct loader *l)
{
    const struct doc_node *nodes = l->root.nodes.node;
    struct shared shared = {0};
    check_profiles(l);
    if (nodes->kind != DOC_MAP) {
        if (!doc_is_nothing(nodes))
            type_mismatch(&l->r, &type_nodes, nodes);
        return;
    }
    if (!nodes->n && !l->r.diags->errors)
        diag_error(l->r.diags, nodes->pos, "a topology needs at least one node");
    l->r.diags->about = "";
    for (uint32_t i = 0; i < nodes->n && declare_nodes(l, &nodes->entries[i]); i++)
        ;
    VEC_EACH (struct node *, it, &l->topo->nodes)
        load_node(l, *it, &shared);
    load_about(l, NULL);
    if (l->merged > MERGED_MAX)
        diag_error(l->r.diags, nodes->pos,
                   "too large: defaults and profiles give these nodes more "
                   "than 4 million values");
}
