// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The walker: a table in hand, it goes through a document's map, reads each value by its type and
 * reports what does not fit, going on after each error so that one run shows them all. The other
 * walk over the same tables prints them as JSON Schema.
 */
#include "doc/schema.h"

#include <assert.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/memory.h"

#define FOUND_MAX 80 /* bytes of a wrong value that are said again */

/* --- Errors -------------------------------------------------------------------------------- */

const char *doc_found(struct reader *r, const struct doc_node *n)
{
    size_t shown = n->kind == DOC_SCALAR ? strcspn(n->text, "\n\r\t") : 0;
    if (shown > FOUND_MAX)
        shown = FOUND_MAX;
    switch (n->kind) {
    case DOC_NULL:
        return "nothing";
    case DOC_SCALAR:
        return arena_printf(r->arena, "'%.*s%s'", (int)shown, n->text, n->text[shown] ? "…" : "");
    case DOC_LIST:
        return arena_printf(r->arena, n->n ? "a list of %u" : "an empty list", n->n);
    case DOC_MAP:
        return "a map";
    }
    return "?";
}

/* [fd00::] is a map for YAML: the key `fd00:` with no value. */
static bool is_unquoted_colon(const struct doc_node *n)
{
    return n->kind == DOC_MAP && n->n == 1 && str_ends(n->entries[0].key, ":") &&
           n->entries[0].value->kind == DOC_NULL;
}

bool type_mismatch(struct reader *r, const struct type *type, const struct doc_node *n)
{
    diag_error(r->diags, n->pos, "expected %s, found %s", type->expects, doc_found(r, n));
    if (is_unquoted_colon(n))
        diag_help(r->diags, "quote it: \"%s:\"", n->entries[0].key);
    return false;
}

/* --- Scalars ------------------------------------------------------------------------------- */

bool read_text(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    struct text_value *value = out;
    if (doc_is_nothing(n))
        return true;
    if (n->kind != DOC_SCALAR || (type->valid && !type->valid(n->text)))
        return type_mismatch(r, type, n);
    *value = (struct text_value){n->text, n->pos};
    return true;
}

/* Decimal, or hexadecimal after 0x where it is not in quotes; no sign, no leading meaning of 0. */
static bool parse_number(const struct doc_node *n, unsigned long *ret)
{
    const char *text = n->text;
    bool hex = text[0] == '0' && text[1] == 'x' && !n->quoted;
    const char *digits = text + (hex ? 2 : 0);
    size_t len = strspn(digits, hex ? "0123456789abcdefABCDEF" : "0123456789");
    if (!len || digits[len] || len - strspn(digits, "0") > 15)
        return false;
    *ret = strtoul(digits, NULL, hex ? 16 : 10);
    return true;
}

bool read_int(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    struct int_value *value = out;
    unsigned long number;
    if (doc_is_nothing(n))
        return true;
    if (n->kind != DOC_SCALAR || !parse_number(n, &number) || number < (unsigned long)type->min ||
        number > (unsigned long)type->max)
        return type_mismatch(r, type, n);
    *value = (struct int_value){(uint32_t)number, n->pos};
    return true;
}

static const char *const bool_words[] = {"false", "true", "no", "yes", "off", "on", NULL};

bool read_bool(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    struct int_value *value = out;
    if (doc_is_nothing(n))
        return true;
    for (uint32_t i = 0; n->kind == DOC_SCALAR && bool_words[i]; i++) {
        if (strcasecmp(n->text, bool_words[i]) == 0) {
            *value = (struct int_value){i & 1, n->pos};
            return true;
        }
    }
    return type_mismatch(r, type, n);
}

static size_t count_words(const char *const *words)
{
    size_t n = 0;
    while (words && words[n])
        n++;
    return n;
}

bool read_enum(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    struct int_value *value = out;
    if (doc_is_nothing(n))
        return true;
    if (n->kind != DOC_SCALAR)
        return type_mismatch(r, type, n);
    size_t words = count_words(type->words);
    for (uint32_t i = 0; i < words; i++) {
        if (strcmp(n->text, type->words[i]) == 0) {
            *value = (struct int_value){i, n->pos};
            return true;
        }
    }
    for (size_t i = 0; type->later && type->later[i]; i++) {
        if (strcmp(n->text, type->later[i]) == 0) {
            diag_error(r->diags, n->pos, "'%s' is not yet supported", n->text);
            return false;
        }
    }
    type_mismatch(r, type, n);
    diag_help_nearest(r->diags, n->text, type->words, words);
    return false;
}

bool read_addr(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    struct addr_value value = {.pos = n->pos};
    if (doc_is_nothing(n))
        return true;
    if (n->kind != DOC_SCALAR || !addr_parse(n->text, &value.addr)) {
        type_mismatch(r, type, n);
        if (n->kind == DOC_SCALAR && strchr(n->text, '/'))
            diag_help(r->diags, "an address alone, without a prefix length");
        return false;
    }
    *(struct addr_value *)out = value;
    return true;
}

/* Why TEXT is no prefix, where that can be told. */
static void help_prefix(struct reader *r, const char *text)
{
    struct addr addr;
    char *slash = strchr(text, '/');
    if (!slash)
        return;
    if (addr_parse(arena_strndup(r->arena, text, (size_t)(slash - text)), &addr))
        diag_help(r->diags, "the length of an %s prefix is a number from 0 to %u",
                  addr.family == AF_INET ? "IPv4" : "IPv6", addr_bits(&addr));
}

bool read_prefix(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    struct prefix_value value = {.pos = n->pos};
    if (doc_is_nothing(n))
        return true;
    if (n->kind != DOC_SCALAR || !prefix_parse(n->text, &value.prefix, &value.bare)) {
        type_mismatch(r, type, n);
        if (n->kind == DOC_SCALAR)
            help_prefix(r, n->text);
        return false;
    }
    if (value.bare && type == &type_ifaddr) {
        type_mismatch(r, type, n);
        diag_help(r->diags, "add the length of its subnet: %s/%d", n->text,
                  value.prefix.addr.family == AF_INET ? 24 : 64);
        return false;
    }
    *(struct prefix_value *)out = value;
    return true;
}

bool read_mac(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    struct mac_value value = {.pos = n->pos};
    static const struct mac zero;
    if (doc_is_nothing(n))
        return true;
    if (n->kind != DOC_SCALAR || !mac_parse(n->text, &value.mac))
        return type_mismatch(r, type, n);
    if (value.mac.bytes[0] & 1 || memcmp(&value.mac, &zero, sizeof(zero)) == 0) {
        diag_error(r->diags, n->pos, "'%s' cannot be an interface's address", n->text);
        diag_help(r->diags, "the first byte must be even, and not all may be zero: "
                            "52:54:00:12:34:56");
        return false;
    }
    *(struct mac_value *)out = value;
    return true;
}

/* --- Lists, maps, tables ------------------------------------------------------------------- */

const struct doc_node *reader_expand(struct reader *r, const struct doc_node *n)
{
    return n->kind == DOC_SCALAR && r->scope ? expand_doc(r->diags, r->scope, n) : n;
}

/* What stands at N, unless it was wrong, is read the first time only. */
static bool read_once(struct reader *r, const struct type *type, const struct doc_node *n,
                      void *out)
{
    const struct doc_node **key = arena_new_of(r->arena, const struct doc_node *);
    const void *known = map_get(r->memory, &n, sizeof(n));
    if (known) {
        memcpy(out, known, type->size);
        return true;
    }
    if (!type->read(r, type, n, out))
        return false;
    void *copy = arena_alloc(r->arena, type->size);
    memcpy(copy, out, type->size);
    *key = n;
    map_put(r->memory, key, sizeof(*key), copy);
    return true;
}

bool type_read(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    if (n->refers && n->kind == DOC_SCALAR && (!type->verbatim || r->expand)) {
        if (r->unbound)
            return true;
        n = reader_expand(r, n);
    }
    if (n && type->remembers && r->memory && !n->refers)
        return read_once(r, type, n, out);
    return n && type->read(r, type, n, out);
}

/* Item I of a list; of one word that stands for a list of it, the word itself. */
static const struct doc_node *list_item(const struct doc_node *n, uint32_t i)
{
    return n->kind == DOC_LIST ? n->items[i] : n;
}

bool read_list(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    struct list_value value = {.pos = n->pos};
    bool ok = true, word = n->kind == DOC_SCALAR && !type->of->table && !doc_is_nothing(n);
    if (n->kind != DOC_LIST && !word)
        return n->kind == DOC_NULL || doc_is_nothing(n) ? true : type_mismatch(r, type, n);
    value.n = word ? 1 : n->n;
    if (value.n < (uint32_t)type->min || (type->max && value.n > (uint32_t)type->max))
        return type_mismatch(r, type, n);
    value.v = arena_alloc(r->arena, value.n * type->size);
    for (uint32_t i = 0; i < value.n; i++) {
        const struct doc_node *item = list_item(n, i);
        if (doc_is_nothing(item) && !type->of->table && !type->of->optional)
            ok = type_mismatch(r, type->of, item);
        else
            ok = type_read(r, type->of, item, (char *)value.v + i * type->size) && ok;
    }
    *(struct list_value *)out = value;
    return ok;
}

static bool keys_refer(const struct doc_node *n)
{
    for (uint32_t i = 0; n->refers && i < n->n; i++) {
        if (strchr(n->entries[i].key, '$'))
            return true;
    }
    return false;
}

/* Keys that were different may refer to one thing: the later is passed over. */
static bool check_unique(struct reader *r, const struct map_value *map)
{
    struct map seen;
    bool ok = true;
    map_init(&seen, r->arena);
    for (uint32_t i = 0; i < map->n; i++) {
        struct text_value *key = &map->keys[i];
        const struct text_value *first = key->text ? map_put_str(&seen, key->text, key) : NULL;
        if (!first)
            continue;
        diag_error(r->diags, key->pos, "duplicate key '%s'", key->text);
        diag_note(r->diags, first->pos, "first given here");
        key->text = NULL;
        ok = false;
    }
    return ok;
}

bool read_map(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    struct map_value value = {.pos = n->pos};
    bool ok = true;
    if (n->kind == DOC_NULL)
        return true;
    if (n->kind != DOC_MAP)
        return doc_is_nothing(n) ? true : type_mismatch(r, type, n);
    value.n = n->n;
    value.v = arena_alloc(r->arena, value.n * type->size);
    value.keys = arena_alloc(r->arena, value.n * sizeof(*value.keys));
    for (uint32_t i = 0; i < value.n; i++) {
        const struct doc_entry *entry = &n->entries[i];
        const struct doc_node key = doc_key_of(entry);
        ok = type_read(r, type->key, &key, &value.keys[i]) && ok;
        ok = type_read(r, type->of, entry->value, (char *)value.v + i * type->size) && ok;
    }
    *(struct map_value *)out = value;
    return (!keys_refer(n) || check_unique(r, &value)) && ok;
}

bool read_table(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    return table_read(r, type->table, n, out);
}

bool read_doc(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    (void)r, (void)type;
    *(struct doc_value *)out = (struct doc_value){n, n->pos};
    return true;
}

static const struct field *find_key(const struct table *table, const char *key, size_t len)
{
    for (size_t i = 0; i < table->n; i++) {
        if (strncmp(table->fields[i].key, key, len) == 0 && !table->fields[i].key[len])
            return &table->fields[i];
    }
    return NULL;
}

/* What `KEY+` adds to. */
static const struct field *find_stem(const struct table *table, const char *key)
{
    return find_key(table, key, strlen(key) - 1);
}

const struct field *table_find(const struct table *table, const char *key)
{
    const struct field *field = find_key(table, key, strlen(key));
    if (field || !str_ends(key, "+"))
        return field;
    field = find_stem(table, key);
    return field && field->type->read == read_list ? field : NULL;
}

const char *table_list_keys(struct reader *r, const struct table *table)
{
    struct str keys CLEAN_STR = {0};
    for (size_t i = 0; i < table->n; i++) {
        if (!(table->fields[i].flags & FIELD_LATER))
            str_addf(&keys, "%s%s", keys.len ? ", " : "", table->fields[i].key);
    }
    return arena_strdup(r->arena, keys.text ? keys.text : "");
}

void table_report_unknown(struct reader *r, const struct table *table,
                          const struct doc_entry *entry)
{
    const char *words[64];
    size_t n = 0;
    for (const struct table *it = table; it; it = it->more)
        for (size_t i = 0; i < it->n && n < ARRAY_SIZE(words); i++)
            words[n++] = it->fields[i].key;
    if (str_ends(entry->key, "+") && find_stem(table, entry->key)) {
        diag_error(r->diags, entry->key_pos, "'%s': only to lists can be added", entry->key);
        return;
    }
    diag_error(r->diags, entry->key_pos, "unknown key '%.60s' in %s", entry->key, table->what);
    if (!diag_help_nearest(r->diags, entry->key, words, n))
        diag_help(r->diags, "%s has: %s", table->what, table_list_keys(r, table));
}

static bool read_field(struct reader *r, const struct table *table, const struct doc_entry *entry,
                       void *out)
{
    const struct field *field = table_find(table, entry->key);
    if (!field) {
        table_report_unknown(r, table, entry);
        return false;
    }
    if (field->flags & FIELD_LATER) {
        diag_error(r->diags, entry->key_pos, "'%s' is not yet supported", entry->key);
        return false;
    }
    return type_read(r, field->type, entry->value, (char *)out + field->offset);
}

static bool has_value(const struct doc_node *map, const char *key)
{
    const struct doc_node *value = doc_get(map, key);
    return value && !doc_is_nothing(value);
}

/* "'a', 'b' or 'c'" */
static const char *join_keys(struct reader *r, const char *const *keys)
{
    struct str text CLEAN_STR = {0};
    for (size_t i = 0; keys[i]; i++)
        str_addf(&text, "%s'%s'", !i ? "" : keys[i + 1] ? ", " : " or ", keys[i]);
    return arena_strdup(r->arena, text.text);
}

/* How many of KEYS stand in N; each of them must have a value. */
static unsigned count_given(struct reader *r, const struct table *table, const struct doc_node *n,
                            const char *const *keys)
{
    unsigned count = 0;
    for (size_t i = 0; keys && keys[i]; i++) {
        const struct doc_node *value = doc_get(n, keys[i]);
        count += value != NULL;
        if (value && doc_is_nothing(value))
            type_mismatch(r, table_find(table, keys[i])->type, value);
    }
    return count;
}

static void check_excludes(struct reader *r, const struct table *table, const struct doc_node *n)
{
    const char *const *keys = table->excludes;
    const struct doc_node *first = keys ? doc_get(n, keys[0]) : NULL;
    for (size_t i = 1; first && keys[i]; i++) {
        if (doc_get(n, keys[i]))
            diag_error(r->diags, first->pos, "%s has '%s' or '%s', not both", table->what, keys[0],
                       keys[i]);
    }
}

/* What a table says of its keys together. */
static bool check_keys(struct reader *r, const struct table *table, const struct doc_node *n)
{
    unsigned errors = r->diags->errors;
    unsigned one = count_given(r, table, n, table->needs_one_of);
    unsigned any = count_given(r, table, n, table->needs_any_of);
    if (table->needs_one_of && one > 1)
        diag_error(r->diags, n->pos, "%s has %s, and only one of them", table->what,
                   join_keys(r, table->needs_one_of));
    if (table->needs_one_of && !one)
        diag_error(r->diags, n->pos, "%s needs %s", table->what, join_keys(r, table->needs_one_of));
    if (table->needs_any_of && !any)
        diag_error(r->diags, n->pos, "%s needs %s", table->what, join_keys(r, table->needs_any_of));
    check_excludes(r, table, n);
    return r->diags->errors == errors;
}

static bool check_required(struct reader *r, const struct table *table, const struct doc_node *n)
{
    bool ok = check_keys(r, table, n);
    for (size_t i = 0; i < table->n; i++) {
        const struct field *field = &table->fields[i];
        if (!(field->flags & FIELD_REQUIRED) || has_value(n, field->key))
            continue;
        diag_error(r->diags, n->pos, "%s needs '%s': %s", table->what, field->key, field->summary);
        ok = false;
    }
    return ok;
}

bool table_read(struct reader *r, const struct table *table, const struct doc_node *n, void *out)
{
    bool ok = true, known = true;
    if (n->kind != DOC_MAP && !doc_is_nothing(n)) {
        struct type type = {.expects = table->what};
        type_mismatch(r, &type, n);
        if (n->kind == DOC_SCALAR)
            diag_help(r->diags, "that is a map, like {%s: …}",
                      table->n ? table->fields[0].key : "key");
        return false;
    }
    for (uint32_t i = 0; n->kind == DOC_MAP && i < n->n; i++) {
        ok = read_field(r, table, &n->entries[i], out) && ok;
        const struct field *field = table_find(table, n->entries[i].key);
        known = known && field && !(field->flags & FIELD_LATER);
    }
    if (!known) /* a needed key may be misspelt, or one that is yet to come */
        return false;
    return check_required(r, table, n) && ok;
}

/* --- JSON Schema --------------------------------------------------------------------------- */

struct schema {
    json_t *defs;
};

static json_t *ref_to(const char *name)
{
    return json_pack("{s:s+}", "$ref", "#/$defs/", name);
}

json_t *describe_reference(void)
{
    return ref_to("reference");
}

json_t *describe_nothing(void)
{
    return ref_to("nothing");
}

json_t *describe_either(json_t *a, json_t *b)
{
    return json_pack("{s:[o,o]}", "anyOf", a, b);
}

json_t *describe_text(const struct type *type, struct schema *s)
{
    (void)s;
    /* A number or a word like `on` is a text too, where a text is wanted. */
    if (!type->pattern)
        return json_pack("{s:[s,s,s]}", "type", "string", "number", "boolean");
    if (type->looks != LOOKS_TEXT) {
        json_t *text = json_pack("{s:[s,s,s],s:s}", "type", "string",
                                 type->looks == LOOKS_NATURAL ? "integer" : "number", "boolean",
                                 "pattern", type->pattern);
        if (type->looks != LOOKS_NUMBER)
            json_object_set_new(text, "minimum", json_integer(0));
        return text;
    }
    return json_pack("{s:s,s:s}", "type", "string", "pattern", type->pattern);
}

static void add_any_digits(struct str *out, size_t n)
{
    str_add(out, "[0-9]");
    if (n > 1)
        str_addf(out, "{%zu}", n);
}

/* Adds the regular expression for numbers of as many digits as LOW and HIGH have, between them.
 * Both are digit strings; what comes before was equal. */
static void add_same_length(struct str *out, const char *low, const char *high)
{
    size_t len = strlen(low), rest = len - 1;
    if (strspn(low, "0") == len && strspn(high, "9") == len) {
        add_any_digits(out, len);
    } else if (!rest) {
        str_addf(out, "[%c-%c]", *low, *high);
    } else if (*low == *high) {
        str_addf(out, "%c(", *low);
        add_same_length(out, low + 1, high + 1);
        str_add(out, ")");
    } else {
        str_addf(out, "%c(", *low); /* LOW to the end of its first digit */
        add_same_length(out, low + 1, &"999999999"[9 - rest]);
        str_addf(out, ")|%c(", *high); /* from its beginning to HIGH */
        add_same_length(out, &"000000000"[9 - rest], high + 1);
        str_add(out, ")");
        if (*high - *low > 1) {
            str_addf(out, "|[%c-%c]", *low + 1, *high - 1);
            add_any_digits(out, rest);
        }
    }
}

/* The regular expression for decimal numbers from MIN to MAX (at most ten digits). */
static char *number_pattern(unsigned long min, unsigned long max)
{
    struct str out = {0};
    unsigned long low = min;
    str_add(&out, "^0*(");
    for (unsigned long top = 9; low <= max; top = top * 10 + 9) {
        char from[24], to[24];
        if (top < low)
            continue;
        snprintf(from, sizeof(from), "%lu", low);
        snprintf(to, sizeof(to), "%lu", top < max ? top : max);
        str_add(&out, low == min ? "" : "|");
        add_same_length(&out, from, to);
        low = top + 1;
    }
    str_add(&out, ")$");
    return str_take(&out);
}

json_t *describe_int(const struct type *type, struct schema *s)
{
    (void)s;
    CLEAN_FREE char *pattern = number_pattern((unsigned long)type->min, (unsigned long)type->max);
    return describe_either(json_pack("{s:s,s:I,s:I}", "type", "integer", "minimum",
                                     (json_int_t)type->min, "maximum", (json_int_t)type->max),
                           json_pack("{s:s,s:s}", "type", "string", "pattern", pattern));
}

json_t *describe_bool(const struct type *type, struct schema *s)
{
    (void)type, (void)s;
    json_t *words = json_pack("[b,b]", 0, 1);
    for (size_t i = 0; bool_words[i]; i++)
        json_array_append_new(words, json_string(bool_words[i]));
    return json_pack("{s:o}", "enum", words);
}

json_t *describe_enum(const struct type *type, struct schema *s)
{
    (void)s;
    json_t *words = json_array();
    for (size_t i = 0; type->words[i]; i++)
        json_array_append_new(words, json_string(type->words[i]));
    return json_pack("{s:o}", "enum", words);
}

json_t *describe_list(const struct type *type, struct schema *s)
{
    json_t *list = json_pack("{s:s,s:o}", "type", "array", "items", schema_type(s, type->of));
    if (type->min)
        json_object_set_new(list, "minItems", json_integer(type->min));
    if (type->max)
        json_object_set_new(list, "maxItems", json_integer(type->max));
    if (type->of->table || type->min > 1)
        return list;
    return describe_either(list, schema_type(s, type->of));
}

json_t *describe_map(const struct type *type, struct schema *s)
{
    json_t *names = schema_type(s, type->key);
    json_t *of = schema_type(s, type->of);
    of = describe_either(describe_nothing(), of);
    return json_pack("{s:s,s:o,s:o}", "type", "object", "propertyNames", names,
                     "additionalProperties", of);
}

json_t *describe_table(const struct type *type, struct schema *s)
{
    return schema_ref(s, type->table);
}

/* What a text may be besides: a pattern, or one that refers to something. */
static const char *other_text(const struct type *type)
{
    if (type->names)
        return "pattern";
    return type->of || type->table || type->verbatim ? NULL : "reference";
}

static json_t *describe_titled(struct schema *s, const struct type *type)
{
    json_t *described = type->describe(type, s);
    if (json_object_get(described, "$ref"))
        return described;
    if (other_text(type))
        described = describe_either(described, ref_to(other_text(type)));
    if (type->expects)
        json_object_set_new(described, "title", json_string(type->expects));
    return described;
}

json_t *schema_type(struct schema *s, const struct type *type)
{
    if (!type->name)
        return describe_titled(s, type);
    if (!json_object_get(s->defs, type->name))
        json_object_set_new(s->defs, type->name, describe_titled(s, type));
    return ref_to(type->name);
}

static bool names_key(const char *const *keys, const char *key)
{
    for (; keys && *keys; keys++) {
        if (strcmp(*keys, key) == 0)
            return true;
    }
    return false;
}

static bool needs_value(const struct table *table, const struct field *field)
{
    return (field->flags & FIELD_REQUIRED) || names_key(table->needs_one_of, field->key) ||
           names_key(table->needs_any_of, field->key);
}

/* A key's value; nothing will do too, unless the key is needed. */
static json_t *describe_field(struct schema *s, const struct table *table,
                              const struct field *field)
{
    json_t *value = schema_type(s, field->type);
    if (needs_value(table, field))
        json_object_set_new(value, "not", json_pack("{s:s}", "const", "none"));
    else
        value = describe_either(value, describe_nothing());
    json_object_set_new(value, "description", json_string(field->summary));
    return value;
}

static json_t *describe_choice(const char *const *keys)
{
    json_t *choices = json_array();
    for (size_t i = 0; keys[i]; i++)
        json_array_append_new(choices, json_pack("{s:[s]}", "required", keys[i]));
    return choices;
}

static json_t *describe_excludes(const char *const *keys)
{
    json_t *pairs = json_array();
    for (size_t i = 1; keys[i]; i++)
        json_array_append_new(pairs, json_pack("{s:[s,s]}", "required", keys[0], keys[i]));
    return json_pack("{s:o}", "anyOf", pairs);
}

static void add_keywords(json_t *object, const char *keywords)
{
    json_t *more = json_loads(keywords, 0, NULL);
    assert(more);
    json_object_update(object, more);
    json_decref(more);
}

/* `KEY+`, which adds to what is inherited. */
static void add_appending(struct schema *s, json_t *properties, const struct field *field)
{
    char key[64], summary[160];
    json_t *value = schema_type(s, field->type);
    snprintf(key, sizeof(key), "%s+", field->key);
    snprintf(summary, sizeof(summary), "added to what is inherited of %s", field->key);
    value = describe_either(value, describe_nothing());
    json_object_set_new(value, "description", json_string(summary));
    json_object_set_new(properties, key, value);
}

static void add_field(struct schema *s, const struct table *table, const struct field *field,
                      json_t *properties, json_t *required)
{
    if (field->flags & FIELD_LATER)
        return;
    json_object_set_new(properties, field->key, describe_field(s, table, field));
    if (field->type->read == read_list)
        add_appending(s, properties, field);
    if (field->flags & FIELD_REQUIRED)
        json_array_append_new(required, json_string(field->key));
}

static json_t *describe_fields(struct schema *s, const struct table *table)
{
    json_t *properties = json_object(), *required = json_array();
    for (const struct table *it = table; it; it = it->more)
        for (size_t i = 0; i < it->n; i++)
            add_field(s, it, &it->fields[i], properties, required);
    json_t *object = json_pack("{s:s,s:o,s:b}", "type", "object", "properties", properties,
                               "additionalProperties", 0);
    if (json_array_size(required))
        json_object_set(object, "required", required);
    json_decref(required);
    if (table->needs_one_of)
        json_object_set_new(object, "oneOf", describe_choice(table->needs_one_of));
    if (table->needs_any_of)
        json_object_set_new(object, "anyOf", describe_choice(table->needs_any_of));
    if (table->excludes)
        json_object_set_new(object, "not", describe_excludes(table->excludes));
    if (table->keywords)
        add_keywords(object, table->keywords);
    return object;
}

json_t *schema_ref(struct schema *s, const struct table *table)
{
    if (!json_object_get(s->defs, table->name)) {
        json_object_set_new(s->defs, table->name, json_object()); /* ends recursion */
        json_object_set_new(s->defs, table->name, describe_fields(s, table));
    }
    return ref_to(table->name);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The definitions by name. Which came first is up to the compiler, which may call the functions in
 * a call's arguments in any order. */
static json_t *sorted(json_t *defs)
{
    json_t *all = json_object();
    size_t n = 0;
    const char **names = memory_zeroed(json_object_size(defs), sizeof(*names));
    for (void *def = json_object_iter(defs); def; def = json_object_iter_next(defs, def))
        names[n++] = json_object_iter_key(def);
    qsort(names, n, sizeof(*names), compare_names);
    for (size_t i = 0; i < n; i++)
        json_object_set(all, names[i], json_object_get(defs, names[i]));
    free(names);
    return all;
}

json_t *schema_describe(const struct table *root, const char *id, const char *title)
{
    struct schema s = {.defs = json_object()};
    json_object_set_new(s.defs, "nothing",
                        json_pack("{s:[n,s],s:s}", "enum", "none", "description",
                                  "nothing: takes an inherited value away"));
    json_object_set_new(s.defs, "reference",
                        json_pack("{s:s,s:s,s:s}", "type", "string", "pattern", "\\$",
                                  "description", "refers to something: $1, $(name), $(i+1)"));
    json_object_set_new(s.defs, "pattern",
                        json_pack("{s:s,s:s,s:s}", "type", "string", "pattern", "[$(]",
                                  "description", "stands for many: r(1..3), h(a|b)"));
    json_t *schema =
        json_pack("{s:s,s:s,s:s}", "$schema", "https://json-schema.org/draft/2020-12/schema", "$id",
                  id, "title", title);
    json_t *body = describe_fields(&s, root);
    json_object_update(schema, body);
    json_decref(body);
    json_object_set_new(schema, "$defs", sorted(s.defs));
    json_decref(s.defs);
    return schema;
}

/* --- Types that many tables share ----------------------------------------------------------- */

const struct type type_bool = {
    .expects = "true or false",
    .read = read_bool,
    .describe = describe_bool,
};

const struct type type_any_text = {
    .expects = "a text",
    .read = read_text,
    .describe = describe_text,
};

const struct type type_addr = {
    .name = "address",
    .expects = "an IPv4 or IPv6 address",
    .read = read_addr,
    .describe = describe_text,
    .pattern = "^(" IPV4_PATTERN "|" IPV6_PATTERN ")$",
};

const struct type type_prefix = {
    .name = "prefix",
    .expects = "a prefix, like 10.0.0.0/24 or fd00::/64",
    .read = read_prefix,
    .describe = describe_text,
    .pattern =
        "^(" IPV4_PATTERN "(/" IPV4_LEN_PATTERN ")?|" IPV6_PATTERN "(/" IPV6_LEN_PATTERN ")?)$",
};

const struct type type_ifaddr = {
    .name = "interface-address",
    .expects = "an address with its prefix length, like 10.0.0.1/24",
    .read = read_prefix,
    .describe = describe_text,
    .pattern = "^(" IPV4_PATTERN "/" IPV4_LEN_PATTERN "|" IPV6_PATTERN "/" IPV6_LEN_PATTERN ")$",
};

const struct type type_mac = {
    .name = "mac",
    .expects = "a MAC address, like 52:54:00:12:34:56",
    .read = read_mac,
    .describe = describe_text,
    .pattern = "^(?!00:00:00:00:00:00$)[0-9a-fA-F][02468aceACE](:[0-9a-fA-F]{2}){5}$",
};
