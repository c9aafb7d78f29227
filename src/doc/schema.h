// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <jansson.h>

#include "base/addr.h"
#include "base/map.h"
#include "doc/doc.h"
#include "doc/expand.h"

/*
 * Tables that say what a map may hold. One walk over a table reads a document into structs, the
 * other prints the table as JSON Schema, so the two cannot differ.
 */

struct reader {
    struct diags *diags;
    struct arena *arena;
    const struct scope *scope; /* what texts may refer to; NULL: `$` is a character like others */
    bool expand;               /* texts that are verbatim refer too: `expand: true` stands beside */
    bool unbound;              /* what texts refer to is not known yet: those are passed over */
    struct map *memory;        /* of types that remember, by place in the document; or NULL */
};

struct schema;

/* What YAML may take for something else and is a text all the same: `1` as a node's name. */
enum look_alike {
    LOOKS_TEXT,
    LOOKS_NATURAL, /* 12 */
    LOOKS_DECIMAL, /* 1.5 too */
    LOOKS_NUMBER,  /* -1 too */
};

/* How one value is read and described. */
struct type {
    const char *name;    /* of its definition in the JSON Schema, or NULL: described in place */
    const char *expects; /* "an address with its prefix length, like 10.0.0.1/24" */

    /* Reads N into OUT (the struct's member); false after an error was reported. */
    bool (*read)(struct reader *r, const struct type *type, const struct doc_node *n, void *out);

    /* The JSON Schema of it, a new reference. */
    json_t *(*describe)(const struct type *type, struct schema *s);

    long min, max;             /* of numbers; of a list's length (max 0: any) */
    const char *const *words;  /* of enums, NULL-terminated */
    const char *const *later;  /* of enums: words that this version does not have */
    const struct type *key;    /* of maps: how their keys are read, a text */
    const struct type *of;     /* of lists, maps */
    size_t size;               /* sizeof one element of a list or map */
    const struct table *table; /* of maps with known keys */
    bool optional;             /* as an item of a list it may be nothing */
    bool verbatim;             /* `$` is a character like others, unless the reader expands */
    bool remembers;            /* what many maps inherit is read once; needs SIZE */
    bool names;                /* it may be a pattern, r(1..3), which the caller makes names of */

    /* Of texts: whether TEXT will do, and the same said as a regular expression of JSON Schema. */
    bool (*valid)(const char *text);
    const char *pattern;
    enum look_alike looks;
};

enum field_flags {
    FIELD_REQUIRED = 1,
    FIELD_LATER = 2, /* part of the language that this version does not have */
};

struct field {
    const char *key;
    const char *summary; /* one line, for editors and the man page */
    const struct type *type;
    size_t offset;
    unsigned flags;
};

struct table {
    const char *name; /* of the definition in the schema: "node" */
    const char *what; /* in errors: "a node" */
    const struct field *fields;
    size_t n;
    const struct table
        *more; /* whose keys stand in the same map, for the caller to read; or NULL */
    /* NULL-terminated keys; such a key, where it stands, has a value. */
    const char *const *needs_one_of; /* exactly one of these must be there */
    const char *const *needs_any_of; /* at least one of these */
    const char *const *excludes;     /* the first of these excludes the others */

    /* JSON Schema keywords for rules between values, which code checks; or NULL. */
    const char *keywords;
};

/* Reads map N into OUT by TABLE. Unknown, repeated, missing and not yet supported keys are
 * reported. An empty value where a scalar is wanted leaves the member as it was. */
bool table_read(struct reader *r, const struct table *table, const struct doc_node *n, void *out);

/* The field of KEY (also of `KEY+`, where a list is wanted), or NULL. */
const struct field *table_find(const struct table *table, const char *key);

/* Reports ENTRY's key, which TABLE does not have, with the nearest that it has. */
void table_report_unknown(struct reader *r, const struct table *table,
                          const struct doc_entry *entry);

/* The keys that TABLE has, as a list for a person, in R's arena. */
const char *table_list_keys(struct reader *r, const struct table *table);

/* One value by its type, what it refers to in its place. */
bool type_read(struct reader *r, const struct type *type, const struct doc_node *n, void *out);

/* N with what it refers to in its place, where N is a text; NULL after an error was reported. For
 * readers that look at items of their own. */
const struct doc_node *reader_expand(struct reader *r, const struct doc_node *n);

/* "expected X" at N, with what stands there. Always false. */
bool type_mismatch(struct reader *r, const struct type *type, const struct doc_node *n);

/* The whole JSON Schema (2020-12) for a file that ROOT describes. New reference. */
json_t *schema_describe(const struct table *root, const char *id, const char *title);

/* For describe functions: {"$ref": …} to TABLE, described once. */
json_t *schema_ref(struct schema *s, const struct table *table);
json_t *schema_type(struct schema *s, const struct type *type);

/*
 * Members that these types fill. Set where POS.line is not 0.
 */
struct text_value {
    const char *text;
    struct pos pos;
};
struct int_value {
    uint32_t value;
    struct pos pos;
};
struct addr_value {
    struct addr addr;
    struct pos pos;
    const char *name; /* NODE or NODE:INTERFACE, which stands for the address; else NULL */
};
struct prefix_value {
    struct prefix prefix;
    struct pos pos;
    bool bare;        /* written without a length */
    const char *name; /* as of addr_value */
};
struct mac_value {
    struct mac mac;
    struct pos pos;
};
struct list_value {
    void *v; /* N elements of type->size bytes, zeroed before they are read */
    uint32_t n;
    struct pos pos;
};
struct map_value { /* names to elements; V is an array of elements, KEYS of their names */
    void *v;
    struct text_value *keys;
    uint32_t n;
    struct pos pos;
};
struct doc_value { /* looked at by the caller */
    const struct doc_node *node;
    struct pos pos;
};

/* Readers, by what they fill. A member stays as it is where the value is nothing (empty, `~`,
 * `none`). */
typedef bool read_fn(struct reader *r, const struct type *type, const struct doc_node *n,
                     void *out);
read_fn read_text;                      /* struct text_value */
read_fn read_int, read_bool, read_enum; /* struct int_value; of an enum the place in its words */
read_fn read_addr;                      /* struct addr_value */
read_fn read_prefix;                    /* struct prefix_value */
read_fn read_mac;                       /* struct mac_value */
read_fn read_list;                      /* struct list_value */
read_fn read_map;                       /* struct map_value */
read_fn read_table;                     /* the table's own struct */
read_fn read_doc;                       /* struct doc_value: whatever stands there, unread */

typedef json_t *describe_fn(const struct type *type, struct schema *s);
describe_fn describe_text; /* also of addresses */
describe_fn describe_int, describe_bool, describe_enum, describe_list, describe_map, describe_table;

/* A text that refers to something; what takes an inherited value away. */
json_t *describe_reference(void);
json_t *describe_nothing(void);

/* {"anyOf": [A, B]}; takes both references. */
json_t *describe_either(json_t *a, json_t *b);

/* Regular expressions of addresses, and of the lengths of their prefixes. */
#define IPV4_PATTERN                                                                               \
    "((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\\.){3}"                                        \
    "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
#define HEX_PATTERN "[0-9a-fA-F]{1,4}"
#define IPV6_PATTERN                                                                               \
    "((" HEX_PATTERN ":){7}(" HEX_PATTERN "|:)|(" HEX_PATTERN ":){6}(:" HEX_PATTERN                \
    "|" IPV4_PATTERN "|:)"                                                                         \
    "|(" HEX_PATTERN ":){5}((:" HEX_PATTERN "){1,2}|:" IPV4_PATTERN "|:)"                          \
    "|(" HEX_PATTERN ":){4}((:" HEX_PATTERN "){1,3}|(:" HEX_PATTERN ")?:" IPV4_PATTERN "|:)"       \
    "|(" HEX_PATTERN ":){3}((:" HEX_PATTERN "){1,4}|(:" HEX_PATTERN "){0,2}:" IPV4_PATTERN "|:)"   \
    "|(" HEX_PATTERN ":){2}((:" HEX_PATTERN "){1,5}|(:" HEX_PATTERN "){0,3}:" IPV4_PATTERN "|:)"   \
    "|" HEX_PATTERN ":((:" HEX_PATTERN "){1,6}|(:" HEX_PATTERN "){0,4}:" IPV4_PATTERN "|:)"        \
    "|:((:" HEX_PATTERN "){1,7}|(:" HEX_PATTERN "){0,5}:" IPV4_PATTERN "|:))"
#define IPV4_LEN_PATTERN "([0-9]|[12][0-9]|3[0-2])"
#define IPV6_LEN_PATTERN "([0-9]|[1-9][0-9]|1[01][0-9]|12[0-8])"

/* Types that many tables share. */
extern const struct type type_bool, type_addr, type_mac, type_any_text;
extern const struct type type_prefix; /* bare or with a length */
extern const struct type type_ifaddr; /* with a length */

/* "'TEXT'" or "a map", "a list", "nothing": what stands at N, for errors. In R's arena. */
const char *doc_found(struct reader *r, const struct doc_node *n);
