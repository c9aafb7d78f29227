// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * One document laid on another. Trees are never changed, as aliases share them; what differs from
 * both is made anew.
 */
#include <string.h>

#include "doc/doc.h"

typedef VEC(struct doc_entry) entry_list;

static const struct doc_node nothing = {.kind = DOC_MAP, .weight = 1};

static struct doc_entry *find_entry(const entry_list *entries, const char *key, size_t len)
{
    VEC_EACH (struct doc_entry, it, entries) {
        if (strncmp(it->key, key, len) == 0 && !it->key[len])
            return it;
    }
    return NULL;
}

static void lay(struct arena *arena, entry_list *entries, const struct doc_entry *over)
{
    struct doc_entry *entry = find_entry(entries, over->key, strlen(over->key));
    const struct doc_node *value = doc_merge(arena, entry ? entry->value : NULL, over->value);
    if (!entry)
        entry = vec_add(arena, entries);
    *entry = (struct doc_entry){over->key, over->key_pos, value};
}

/* Lists, or one word that stands for a list of it. */
static const struct doc_node *join_lists(struct arena *arena, const struct doc_node *a,
                                         const struct doc_node *b)
{
    VEC(const struct doc_node *) items = {0};
    const struct doc_node *lists[] = {a, b};
    for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
        const struct doc_node *list = lists[i];
        if (list->kind == DOC_SCALAR)
            vec_push(arena, &items, list);
        for (uint32_t j = 0; list->kind == DOC_LIST && j < list->n; j++)
            vec_push(arena, &items, list->items[j]);
    }
    struct doc_node *joined = arena_new_of(arena, struct doc_node);
    *joined = doc_list_of(items.v, items.n, b->pos);
    return joined;
}

/* `KEY+`: what cannot be appended stays as it is, for the reader to report. */
static void append(struct arena *arena, entry_list *entries, const struct doc_entry *over)
{
    size_t len = strlen(over->key) - 1;
    struct doc_entry *entry = find_entry(entries, over->key, len);
    bool list = over->value->kind == DOC_LIST, onto = entry && entry->value->kind == DOC_LIST;
    if (entry && (onto || (list && entry->value->kind != DOC_MAP)))
        entry->value = join_lists(arena, entry->value, over->value);
    else if (!entry && list)
        vec_push(
            arena, entries,
            ((struct doc_entry){arena_strndup(arena, over->key, len), over->key_pos, over->value}));
    else
        vec_push(arena, entries, *over);
}

static const struct doc_node *merge_maps(struct arena *arena, const struct doc_node *base,
                                         const struct doc_node *over)
{
    entry_list entries = {0};
    for (uint32_t i = 0; i < base->n; i++)
        vec_push(arena, &entries, base->entries[i]);
    for (int adding = 0; adding < 2; adding++) {
        for (uint32_t i = 0; i < over->n; i++) {
            if (str_ends(over->entries[i].key, "+") == adding)
                (adding ? append : lay)(arena, &entries, &over->entries[i]);
        }
    }
    struct doc_node *merged = arena_new_of(arena, struct doc_node);
    *merged = doc_map_of(entries.v, entries.n, over->pos);
    return merged;
}

const struct doc_node *doc_merge(struct arena *arena, const struct doc_node *base,
                                 const struct doc_node *over)
{
    if (base && base->kind == DOC_MAP && base->adds)
        base = merge_maps(arena, &nothing, base);
    if (!over || (base && base->kind == DOC_MAP && over->kind == DOC_NULL))
        return base;
    if (over->kind != DOC_MAP)
        return over;
    if (base && base->kind == DOC_MAP)
        return merge_maps(arena, base, over);
    return over->adds ? merge_maps(arena, &nothing, over) : over;
}
