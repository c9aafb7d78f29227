// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Any bytes as YAML, and each map in it as what the language's tables describe: read, or refused
 * with an error. Besides, what inherits and what refers: merged and expanded.
 */
#include "fuzz.h"
#include "model/language.h"

enum {
    MAPS_MAX = 12,     /* of one file that are looked at */
    WEIGHT_MAX = 4000, /* values of one map */
    ROOM = 1 << 14,    /* bytes; more than any struct that a table fills */
};

static const struct table *const tables[] = {&root_table, &node_table, &profile_table, &link_table,
                                             &iface_table};

static void read_as(struct arena *arena, const char *source, const struct table *table,
                    const struct doc_node *map, unsigned how)
{
    static const struct part parts[] = {{"n", "3"}, {NULL, "b"}};
    static const struct scope scope = {.parts = parts, .n = 2, .node = "r3-b"};
    _Alignas(max_align_t) static char out[ROOM];
    struct diags diags;
    struct map memory;
    map_init(&memory, arena);
    diags_init(&diags, arena, "fuzz.yaml", source);
    struct reader reader = {.diags = &diags,
                            .arena = arena,
                            .scope = &scope,
                            .expand = how & 1,
                            .unbound = how & 2,
                            .memory = &memory};
    memset(out, 0, sizeof(out));
    bool good = table_read(&reader, table, map, out);
    HOLDS(good == !diags.errors);
    fuzz_diags(&diags);
}

static void merge(struct arena *arena, const struct doc_node *map)
{
    const struct doc_node *once = doc_merge(arena, NULL, map);
    const struct doc_node *twice = doc_merge(arena, once, once);
    if (!once->adds) /* what could not be appended stays as it is */
        HOLDS(strcmp(doc_flow_text(arena, once), doc_flow_text(arena, twice)) == 0);
}

static void expand(struct diags *diags, const struct doc_node *map)
{
    static const struct part parts[] = {{"n", "3"}};
    static const struct scope scope = {.parts = parts, .n = 1, .node = "r3"};
    unsigned before = diags->errors;
    const struct doc_node *expanded = expand_doc(diags, &scope, map);
    HOLDS(!expanded == (diags->errors > before) || diags->list.n);
    HOLDS(!expanded || !expanded->refers);
}

static void walk(struct diags *diags, const struct doc_node *n, unsigned *left)
{
    if (!*left || n->weight > WEIGHT_MAX)
        return;
    for (uint32_t i = 0; n->kind == DOC_LIST && i < n->n; i++)
        walk(diags, n->items[i], left);
    if (n->kind != DOC_MAP)
        return;
    --*left;
    for (size_t i = 0; i < ARRAY_SIZE(tables); i++)
        read_as(diags->arena, diags->source, tables[i], n, *left);
    merge(diags->arena, n);
    expand(diags, n);
    for (uint32_t i = 0; i < n->n; i++)
        walk(diags, n->entries[i].value, left);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *source = fuzz_text(data, size);
    struct arena *arena = arena_new();
    struct diags diags;
    const struct doc_node *root;
    unsigned left = MAPS_MAX;
    diags_init(&diags, arena, "fuzz.yaml", source);
    doc_read(source, strlen(source), &diags, &root);
    if (root)
        walk(&diags, root, &left);
    fuzz_diags(&diags);
    arena_free(arena);
    free(source);
    return 0;
}
