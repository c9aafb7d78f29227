// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * An interface's entry: the keys that every interface has, and those of its type. The entry is
 * parted by these two tables, and each part is read by its own.
 */
#include "model/language_devices.h"

#include <string.h>

#include "model/device.h"
#include "model/names.h"


#define TYPES_MAX 32

/* An enum whose words are the names in device_types. */
static bool read_device_type(struct reader *r, const struct type *type, const struct doc_node *n,
                             void *out)
{
    const char *words[TYPES_MAX] = {NULL};
    struct str all CLEAN_STR = {0};
    for (size_t i = 0; device_types[i]; i++) {
        words[i] = device_types[i]->name;
        str_addf(&all, "%s%s", i ? ", " : "a type of interface: ", words[i]);
    }
    struct type named = *type;
    named.words = words;
    named.expects = arena_strdup(r->arena, all.text);
    return read_enum(r, &named, n, out);
}

static json_t *describe_device_type(const struct type *type, struct schema *s)
{
    (void)type, (void)s;
    json_t *words = json_array();
    for (size_t i = 0; device_types[i]; i++)
        json_array_append_new(words, json_string(device_types[i]->name));
    return json_pack("{s:o}", "enum", words);
}

const struct type type_device_type = {
    .expects = "a type of interface",
    .read = read_device_type,
    .describe = describe_device_type,
};

/* --- Entries ---------------------------------------------------------------------------------- */

/* The types that have KEY: "vlan, macvlan", or NULL. */
static const char *types_with(struct reader *r, const char *key)
{
    struct str all CLEAN_STR = {0};
    for (size_t i = 0; device_types[i]; i++) {
        if (table_find(device_types[i]->table, key))
            str_addf(&all, "%s%s", all.len ? ", " : "", device_types[i]->name);
    }
    return all.len ? arena_strdup(r->arena, all.text) : NULL;
}

static bool help_nearest(struct reader *r, const struct table *table, const char *key)
{
    const char *words[16];
    size_t n = 0;
    for (; n < table->n && n < ARRAY_SIZE(words); n++)
        words[n] = table->fields[n].key;
    return diag_help_nearest(r->diags, key, words, n);
}

/* A key that neither all interfaces have nor those of TABLE. */
static void report_key(struct reader *r, const struct table *table, const struct doc_entry *entry)
{
    const char *types = types_with(r, entry->key);
    if (!types) {
        table_report_unknown(r, table, entry);
        return;
    }
    diag_error(r->diags, entry->key_pos, "'%s' is no key of %s%s", entry->key, table->what,
               table == &iface_table ? " without a type" : "");
    if (table == &iface_table)
        diag_help(r->diags, "it belongs to the types %s", types);
    else if (!help_nearest(r, table, entry->key))
        diag_help(r->diags, "%s has %s; '%s' belongs to %s", table->what,
                  table->n ? table_list_keys(r, table) : "no keys of its own", entry->key, types);
}

/* An entry's keys, parted. */
struct parts {
    struct doc_entry *common, *own;
    uint32_t n_common, n_own;
};

/* Parts the keys of N; those that belong nowhere are reported, unless the type is one that nobody
 * knows, with keys that may be its own. */
static bool part(struct reader *r, const struct table *table, bool known, const struct doc_node *n,
                 struct parts *ret)
{
    bool ok = true;
    ret->common = arena_alloc(r->arena, (n->n + 1) * sizeof(*ret->common));
    ret->own = arena_alloc(r->arena, (n->n + 1) * sizeof(*ret->own));
    for (uint32_t i = 0; i < n->n; i++) {
        const struct doc_entry *entry = &n->entries[i];
        if (strcmp(entry->key, "type") == 0)
            continue;
        if (table_find(&iface_table, entry->key)) {
            ret->common[ret->n_common++] = *entry;
        } else if (table_find(table, entry->key)) {
            ret->own[ret->n_own++] = *entry;
        } else if (known) {
            report_key(r, table, entry);
            ok = false;
        }
    }
    return ok;
}

static bool read_parts(struct reader *r, const struct doc_node *n, struct iface_input *iface)
{
    const struct doc_node *type = doc_get(n, "type");
    bool ok = !type || type_read(r, &type_device_type, type, &iface->type);
    bool known = !type || doc_is_nothing(type) || iface->type.pos.line;
    const struct device_type *device =
        iface->type.pos.line ? device_types[iface->type.value] : NULL;
    struct parts parts = {0};
    ok = part(r, device ? device->table : &iface_table, known, n, &parts) && ok;
    const struct doc_node common = doc_map_of(parts.common, parts.n_common, n->pos);
    const struct doc_node own = doc_map_of(parts.own, parts.n_own, n->pos);
    ok = table_read(r, &iface_table, &common, iface) && ok;
    if (!device)
        return ok;
    iface->own = arena_alloc(r->arena, device->size);
    return table_read(r, device->table, &own, iface->own) && ok;
}

static bool read_iface(struct reader *r, const struct type *type, const struct doc_node *n,
                       void *out)
{
    struct iface_input *iface = out;
    (void)type;
    bool ok = n->kind == DOC_MAP ? read_parts(r, n, iface) : table_read(r, &iface_table, n, out);
    iface->bad = !ok;
    return ok;
}

static json_t *describe_case(const struct device_type *type, struct schema *s)
{
    return json_pack("{s:{s:{s:{s:s}},s:[s]},s:o}", "if", "properties", "type", "const", type->name,
                     "required", "type", "then", schema_ref(s, type->table));
}

/* The keys of TABLE, each also as what adds to a list, to NAMES; in OWN as needed ones. */
static void add_keys(const struct table *table, json_t *names, json_t *own)
{
    for (size_t i = 0; i < table->n; i++) {
        bool list = table->fields[i].type && table->fields[i].type->read == read_list;
        for (int add = 0; add < (list ? 2 : 1); add++) {
            json_t *key = json_sprintf("%s%s", table->fields[i].key, add ? "+" : "");
            json_array_append(names, key);
            if (own)
                json_array_append_new(own, json_pack("{s:[O]}", "required", key));
            json_decref(key);
        }
    }
}

/* An entry without a type may be merged over one that has it, and then have keys of that type. */
static json_t *describe_merged(struct schema *s)
{
    json_t *own = json_array(), *names = json_array();
    add_keys(&iface_table, names, NULL);
    for (size_t i = 0; device_types[i]; i++)
        add_keys(device_types[i]->table, names, own);
    return describe_either(schema_ref(s, &iface_table), json_pack("{s:o,s:{s:o}}", "anyOf", own,
                                                                  "propertyNames", "enum", names));
}

static json_t *describe_iface(const struct type *type, struct schema *s)
{
    (void)type;
    json_t *cases = json_array();
    for (size_t i = 0; device_types[i]; i++)
        json_array_append_new(cases, describe_case(device_types[i], s));
    json_array_append_new(cases, json_pack("{s:{s:{s:{s:[n,s]}},s:[s]},s:o}", "if", "properties",
                                           "type", "enum", "none", "required", "type", "then",
                                           schema_ref(s, &iface_table)));
    json_array_append_new(cases, json_pack("{s:{s:{s:[s]}},s:o}", "if", "not", "required", "type",
                                           "then", describe_merged(s)));
    json_t *known = describe_either(schema_type(s, &type_device_type), describe_reference());
    known = describe_either(json_pack("{s:s}", "$ref", "#/$defs/nothing"), known);
    json_object_set_new(known, "description", json_string("what it is, if no link's end"));
    return json_pack("{s:s,s:{s:o},s:o}", "type", "object", "properties", "type", known, "allOf",
                     cases);
}

const struct type type_iface = {
    .name = "interface",
    .expects = "an interface's attributes",
    .read = read_iface,
    .describe = describe_iface,
    .table = &iface_table,
};

/* --- Values of device tables ------------------------------------------------------------------ */

const struct type type_other_iface = {
    .expects = "the name of an interface of this node",
    .read = read_text,
    .describe = describe_text,
    .valid = iface_name_valid,
    .pattern = IFACE_NAME_PATTERN,
    .looks = LOOKS_NUMBER,
};

const struct type type_other_ifaces = {
    .expects = "a list of interfaces of this node, like [eth0, eth1]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_other_iface,
    .size = sizeof(struct text_value),
};

#define NUMBER(what, from, to)                                                                     \
    {                                                                                              \
        .expects = what " from " #from " to " #to, .read = read_int, .describe = describe_int,     \
        .min = (from), .max = (to)                                                                 \
    }

const struct type type_vlan_id = NUMBER("a VLAN's number", 1, 4094);
const struct type type_vni = NUMBER("a number", 0, 16777215);
const struct type type_ttl = NUMBER("a number of hops", 1, 255);
const struct type type_key = NUMBER("a number", 0, 4294967295);
const struct type type_udp_port = NUMBER("a port", 1, 65535);
const struct type type_vrf_table = NUMBER("a routing table's number", 1, 4294967295);
