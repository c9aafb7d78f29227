// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Any bytes as YAML: a tree whose parts fit together, or errors. What is written back of a tree is
 * read as the same tree.
 */
#include "doc/doc.h"
#include "fuzz.h"

enum { WRITE_MAX = 2000, DEPTH_MAX = 60 }; /* trees that are written back */

struct walk {
    struct diags *diags;
    bool plain; /* of printable ASCII, with nothing empty, and no key too long for YAML */
    unsigned depth, deepest;
};

static bool is_plain(const char *text)
{
    size_t len = strlen(text);
    for (const char *p = text; *p; p++) {
        if (*p < ' ' || *p > '~')
            return false;
    }
    return len && len < 1000;
}

static void check_text(struct walk *w, const struct doc_node *n)
{
    uint32_t lines;
    const struct pos *places = doc_text_lines(w->diags->arena, w->diags->source, n, &lines);
    HOLDS(n->refers == (strchr(n->text, '$') != NULL));
    for (uint32_t i = 0; i < lines; i++)
        fuzz_place(w->diags, places[i]);
    w->plain = w->plain && is_plain(n->text);
}

static void check_node(struct walk *w, const struct doc_node *n)
{
    uint64_t weight = 1;
    w->deepest = ++w->depth > w->deepest ? w->depth : w->deepest;
    fuzz_place(w->diags, n->pos);
    if (n->kind == DOC_NULL)
        w->plain = false;
    else if (n->kind == DOC_SCALAR)
        check_text(w, n);
    for (uint32_t i = 0; n->kind == DOC_LIST && i < n->n; i++) {
        check_node(w, n->items[i]);
        weight += n->items[i]->weight;
    }
    for (uint32_t i = 0; n->kind == DOC_MAP && i < n->n; i++) {
        HOLDS(doc_get(n, n->entries[i].key) == n->entries[i].value);
        w->plain = w->plain && is_plain(n->entries[i].key);
        check_node(w, n->entries[i].value);
        weight += n->entries[i].value->weight + 1u;
    }
    HOLDS(n->weight == weight);
    w->depth--;
}

static void write_back(struct arena *arena, const struct doc_node *root)
{
    struct diags diags;
    const struct doc_node *again;
    const char *text = doc_flow_text(arena, root);
    diags_init(&diags, arena, "again.yaml", text);
    doc_read(text, strlen(text), &diags, &again);
    HOLDS(again && !diags.errors);
    HOLDS(strcmp(text, doc_flow_text(arena, again)) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *source = fuzz_text(data, size);
    struct arena *arena = arena_new();
    struct diags diags;
    const struct doc_node *root;
    diags_init(&diags, arena, "fuzz.yaml", source);
    doc_read(source, size, &diags, &root);
    if (root) {
        struct walk walk = {.diags = &diags, .plain = true};
        if (root->weight <= WRITE_MAX * 10)
            check_node(&walk, root);
        if (walk.deepest && walk.plain && root->weight <= WRITE_MAX && walk.deepest < DEPTH_MAX &&
            !diags.errors)
            write_back(arena, root);
    }
    fuzz_diags(&diags);
    arena_free(arena);
    free(source);
    return 0;
}
