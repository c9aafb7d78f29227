// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * One document laid on another. Trees are never changed, as aliases share them; what differs from
 * both is made anew.
 */
#include <string.h>

#include "base/map.h"
#include "doc/doc.h"

#define LINEAR_MAX 16 /* entries that are looked through */

/* The entries of a map that is being made. */
struct laid {
    VEC(struct doc_entry) entries;
    struct map places; /* by key, from 1, of the first N_KNOWN of them, where there are many */
    uint32_t n_known;
};

static const struct doc_node nothing = {.kind = DOC_MAP, .weight = 1};

/* The first of several that have the same key. */
static struct doc_entry *find_among_many(struct laid *laid, const char *key, size_t len)
{
    for (; laid->n_known < laid->entries.n; laid->n_known++)
        map_put_str(&laid->places, laid->entries.v[laid->n_known].key,
                    (void *)(uintptr_t)(laid->n_known + 1));
    uintptr_t place = (uintptr_t)map_get(&laid->places, key, len);
    return place ? &laid->entries.v[place - 1] : NULL;
}

static struct doc_entry *find_entry(struct laid *laid, const char *key, size_t len)
{
    if (laid->entries.n > LINEAR_MAX)
        return find_among_many(laid, key, len);
    VEC_EACH (struct doc_entry, it, &laid->entries) {
        if (strncmp(it->key, key, len) == 0 && !it->key[len])
            return it;
    }
    return NULL;
}

static void lay(struct arena *arena, struct laid *laid, const struct doc_entry *over)
{
    struct doc_entry *entry = find_entry(laid, over->key, strlen(over->key));
    const struct doc_node *value = doc_merge(arena, entry ? entry->value : NULL, over->value);
    if (!entry)
        entry = vec_add(arena, &laid->entries);
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
static void append(struct arena *arena, struct laid *laid, const struct doc_entry *over)
{
    size_t len = strlen(over->key) - 1;
    struct doc_entry *entry = find_entry(laid, over->key, len);
    bool list = over->value->kind == DOC_LIST, onto = entry && entry->value->kind == DOC_LIST;
    if (entry && (onto || (list && entry->value->kind != DOC_MAP)))
        entry->value = join_lists(arena, entry->value, over->value);
    else if (!entry && list)
        vec_push(
            arena, &laid->entries,
            ((struct doc_entry){arena_strndup(arena, over->key, len), over->key_pos, over->value}));
    else
        vec_push(arena, &laid->entries, *over);
}

static const struct doc_node *merge_maps(struct arena *arena, const struct doc_node *base,
                                         const struct doc_node *over)
{
    struct laid laid = {0};
    map_init(&laid.places, arena);
    for (uint32_t i = 0; i < base->n; i++)
        vec_push(arena, &laid.entries, base->entries[i]);
    for (int adding = 0; adding < 2; adding++) {
        for (uint32_t i = 0; i < over->n; i++) {
            if (str_ends(over->entries[i].key, "+") == adding)
                (adding ? append : lay)(arena, &laid, &over->entries[i]);
        }
    }
    struct doc_node *merged = arena_new_of(arena, struct doc_node);
    *merged = doc_map_of(laid.entries.v, laid.entries.n, over->pos);
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
