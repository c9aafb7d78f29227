// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * `routing`: a word, or a map of protocols, each of which has its table in protocols/. A protocol's
 * name alone means that protocol, with nothing said of it.
 */
#include "model/language_routing.h"

#include <string.h>

#define FIELDS(array) .fields = (array), .n = ARRAY_SIZE(array)

/* --- Values ----------------------------------------------------------------------------------- */

static const struct type type_wait = {
    TIME("a time of at least 1ms, in whole ms, up to 1000h, like 30s", 1000,
         1000 * 3600 * 1000000L),
};

bool read_protocol(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    struct protocol_input *value = out;
    if (n->kind == DOC_SCALAR && doc_is_nothing(n))
        return true;
    void *in = arena_alloc(r->arena, type->size);
    *value = (struct protocol_input){in, n->pos};
    return table_read(r, type->table, n, in);
}

/* `static:` alone means yes. */
static bool read_static(struct reader *r, const struct type *type, const struct doc_node *n,
                        void *out)
{
    if (n->kind != DOC_NULL)
        return read_bool(r, type, n, out);
    *(struct int_value *)out = (struct int_value){true, n->pos};
    return true;
}

static const struct type type_static = {
    .expects = "true, false, or nothing, which means true",
    .read = read_static,
    .describe = describe_bool,
};

static const char *const daemon_words[] = {"bird", "frr", NULL};
static const struct type type_daemon = {
    .expects = "bird or frr",
    .read = read_enum,
    .describe = describe_enum,
    .words = daemon_words,
};

static bool read_router_id(struct reader *r, const struct type *type, const struct doc_node *n,
                           void *out)
{
    struct addr_value value = {0};
    if (doc_is_nothing(n))
        return true;
    if (n->kind != DOC_SCALAR || !addr_parse(n->text, &value.addr) ||
        addr_bits(&value.addr) != 32 || addr_is_unspecified(&value.addr))
        return type_mismatch(r, type, n);
    value.pos = n->pos;
    *(struct addr_value *)out = value;
    return true;
}

static const struct type type_router_id = {
    .expects = "a number like an IPv4 address, like 10.255.0.1",
    .read = read_router_id,
    .describe = describe_text,
    .pattern = "^(?!0\\.0\\.0\\.0$)" IPV4_PATTERN "$",
};

/* --- The map ---------------------------------------------------------------------------------- */

static const struct field fields[] = {
    {"ospf", "OSPFv2 for IPv4, OSPFv3 for IPv6", &type_ospf,
     offsetof(struct protocols_input, own[PROTOCOL_OSPF])},
    {"bgp", "BGP: {asn: 65001}", &type_bgp, offsetof(struct protocols_input, own[PROTOCOL_BGP])},
    {"rip", "RIPv2 for IPv4, RIPng for IPv6", &type_rip,
     offsetof(struct protocols_input, own[PROTOCOL_RIP])},
    {"isis", "IS-IS, which FRR speaks", &type_isis,
     offsetof(struct protocols_input, own[PROTOCOL_ISIS])},
    {"babel", "Babel", &type_babel, offsetof(struct protocols_input, own[PROTOCOL_BABEL])},
    {"static", "the node's own `routes` are announced too", &type_static,
     offsetof(struct protocols_input, own_routes)},
    {"daemon", "bird (default), or frr (default with isis)", &type_daemon,
     offsetof(struct protocols_input, daemon)},
    {"router-id", "its number (default: its first IPv4 loopback, else its first IPv4 address)",
     &type_router_id, offsetof(struct protocols_input, router_id)},
    {"within", "how long it may take to converge (default 60s)", &type_wait,
     offsetof(struct protocols_input, within)},
    {"wait", "whether the lab is up only when it has converged (default true)", &type_bool,
     offsetof(struct protocols_input, wait)},
};
static const struct table table = {
    .name = "routing-protocols",
    .what = "routing",
    FIELDS(fields),
};

/* Checked here and not by the table, for which a key without a value would not do, and which the
 * entry of one node among many has to satisfy as well. */
static bool check_spoken(struct reader *r, const struct doc_node *n,
                         const struct protocols_input *in)
{
    for (size_t i = 0; i < PROTOCOLS; i++) {
        if (in->own[i].pos.line)
            return true;
    }
    if (r->unbound)
        return true;
    diag_error(r->diags, n->pos, "routing names no protocol: one of ospf, bgp, rip, isis, babel");
    return false;
}

static bool read_protocols(struct reader *r, const struct doc_node *n, struct routing_input *out)
{
    struct protocols_input *in = arena_new_of(r->arena, struct protocols_input);
    *out = (struct routing_input){{ROUTING_DAEMON, n->pos}, in};
    return table_read(r, &table, n, in) && check_spoken(r, n, in);
}

/* --- The word --------------------------------------------------------------------------------- */

static const char *const words[] = {"none", "shortest-path", "default", "ospf",
                                    "rip",  "isis",          "babel",   NULL};

/* A protocol's name, alone. */
static bool read_alone(struct reader *r, const struct doc_node *n, struct routing_input *out)
{
    struct doc_node nothing = {.kind = DOC_NULL, .pos = n->pos};
    struct doc_entry entry = {n->text, n->pos, &nothing};
    const struct doc_node map = doc_map_of(&entry, 1, n->pos);
    return read_protocols(r, &map, out);
}

static bool refuse_alone(struct reader *r, const struct doc_node *n)
{
    if (strcmp(n->text, "bgp") == 0) {
        diag_error(r->diags, n->pos, "bgp needs an AS number");
        diag_help(r->diags, "routing: {bgp: {asn: 65001}}");
    } else {
        diag_error(r->diags, n->pos, "static stands beside a protocol, which announces them");
        diag_help(r->diags, "routing: {ospf: , static: true}");
    }
    return false;
}

/* `none` is a word of its own here: no routes but those that are written. */
static bool read_routing(struct reader *r, const struct type *type, const struct doc_node *n,
                         void *out)
{
    struct routing_input *routing = out;
    if (n->kind == DOC_MAP)
        return read_protocols(r, n, routing);
    if (n->kind == DOC_SCALAR && strcmp(n->text, words[ROUTING_NONE]) == 0) {
        *routing = (struct routing_input){{ROUTING_NONE, n->pos}, NULL};
        return true;
    }
    if (n->kind == DOC_SCALAR && (strcmp(n->text, "bgp") == 0 || strcmp(n->text, "static") == 0))
        return refuse_alone(r, n);
    struct int_value word = {0};
    if (!read_enum(r, type, n, &word))
        return false;
    if (word.value > ROUTING_DEFAULT)
        return read_alone(r, n, routing);
    if (word.pos.line)
        *routing = (struct routing_input){word, NULL};
    return true;
}

static json_t *describe_routing(const struct type *type, struct schema *s)
{
    return describe_either(describe_enum(type, s), schema_ref(s, &table));
}

const struct type type_routing = {
    .name = "routing",
    .expects = "none, shortest-path, default, ospf, rip, isis, babel, or a map of protocols",
    .read = read_routing,
    .describe = describe_routing,
    .words = words,
};
