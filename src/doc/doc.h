// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/diag.h"

/* A YAML file as a tree, every value with its place. Aliases are shared, merge keys done. */
enum doc_kind { DOC_NULL, DOC_SCALAR, DOC_LIST, DOC_MAP };

struct doc_node {
    enum doc_kind kind;
    bool quoted; /* a scalar in quotes or a block: never "nothing", never a number's look-alike */
    bool refers; /* it, or what is in it, has a `$`: see doc/expand.h */
    bool adds;   /* it, or what is in it, has a key like `routes+` */
    uint32_t n;  /* items of a list, entries of a map */
    uint32_t weight; /* nodes in this tree, those behind aliases counted each time */
    struct pos pos;
    union {
        const char *text;              /* scalar */
        const struct doc_node **items; /* list */
        struct doc_entry *entries;     /* map */
    };
};

struct doc_entry {
    const char *key;
    struct pos key_pos;
    const struct doc_node *value;
};

/*
 * Reads LEN bytes of YAML (libyaml 0.2.1 or later). One document, at most 64 deep and with at most
 * 2 million nodes, aliases counted each time they stand for something. Duplicate keys, tags and
 * keys that are not scalars are errors. *RET_ROOT (in DIAGS' arena) is set even after errors that
 * leave a tree to look at; NULL where there is none.
 */
void doc_read(const char *bytes, size_t len, struct diags *diags, const struct doc_node **ret_root);

/* The value of KEY in MAP, or NULL; MAP may be of any kind. */
const struct doc_node *doc_get(const struct doc_node *map, const char *key);

/* BASE with OVER laid on it: maps merge key by key, all else is replaced, but for `KEY+: [items]`,
 * which appends to the list at KEY. Either may be NULL. What results has no such keys left. */
const struct doc_node *doc_merge(struct arena *arena, const struct doc_node *base,
                                 const struct doc_node *over);

/* ENTRY's key as a text. */
struct doc_node doc_key_of(const struct doc_entry *entry);

/* A list of ITEMS, a map of ENTRIES, which are borrowed, with what follows from them. */
struct doc_node doc_list_of(const struct doc_node **items, uint32_t n, struct pos pos);
struct doc_node doc_map_of(struct doc_entry *entries, uint32_t n, struct pos pos);

/* Whether N takes an inherited value away: empty, `~` or `none`. */
bool doc_is_nothing(const struct doc_node *n);

/* Where each line of scalar N's text begins in SOURCE, *RET_N of them, in ARENA. LEN is the line's
 * length in bytes; where a line cannot be found again, in folded or escaped text, it is 0 and the
 * place is N's. */
const struct pos *doc_text_lines(struct arena *arena, const char *source, const struct doc_node *n,
                                 uint32_t *ret_n);

/* N on one line, as a person would write it: {iif: lo, dport: [80, 443]}. In the arena. */
char *doc_flow_text(struct arena *arena, const struct doc_node *n);
