// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* IS-IS, for both families at once. BIRD does not speak it. */
#include <ctype.h>
#include <string.h>

#include "model/load.h"
#include "model/routing.h"

#define AREA_DEFAULT "49.0001"
#define HELLO_DEFAULT 1
#define HELLO_MAX 600 /* of FRR */
#define INSTANCE "lab"

struct isis {
    struct text_value area;
    struct int_value level, hello;
};

#define AREA_GROUPS_MAX 6

static bool is_hex(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!isxdigit((unsigned char)text[i]))
            return false;
    }
    return true;
}

/* 49.0001 */
static bool area_valid(const char *text)
{
    size_t groups = 0;
    if (!is_hex(text, 2))
        return false;
    for (text += 2; text[0] == '.' && is_hex(text + 1, 4); text += 5)
        groups++;
    return !*text && groups <= AREA_GROUPS_MAX;
}

/* To YAML 49.0001 is a number. */
static json_t *describe_isis_area(const struct type *type, struct schema *s)
{
    return describe_either(
        describe_text(type, s),
        json_pack("{s:s,s:i,s:i}", "type", "number", "minimum", 10, "exclusiveMaximum", 100));
}

static const struct type type_isis_area = {
    .expects = "an area, like 49.0001: two hexadecimal digits, then groups of four, at most six",
    .read = read_text,
    .describe = describe_isis_area,
    .valid = area_valid,
    .pattern = "^[0-9a-fA-F]{2}(\\.[0-9a-fA-F]{4}){0,6}$",
};

static const char *const level_words[] = {"1", "2", "1-2", NULL};
static const char *const is_types[] = {"level-1", "level-2-only", "level-1-2"};
static const char *const into_levels[] = {"level-1", "level-2", "level-2"};

static json_t *describe_level(const struct type *type, struct schema *s)
{
    (void)type, (void)s;
    return json_pack("{s:[i,i,s,s,s]}", "enum", 1, 2, "1", "2", "1-2");
}

static const struct type type_level = {
    .expects = "1, 2 or 1-2",
    .read = read_enum,
    .describe = describe_level,
    .words = level_words,
};
enum { LEVEL_DEFAULT = 1 /* its place in the words: 2 */ };

static const struct field fields[] = {
    {"level", "1, 2 (default) or 1-2", &type_level, offsetof(struct isis, level)},
    {"area", "its area (default 49.0001)", &type_isis_area, offsetof(struct isis, area)},
    {"hello", "how often neighbours hear of it (default 1s)", &type_seconds,
     offsetof(struct isis, hello)},
};
static const struct table table = {
    .name = "isis",
    .what = "isis",
    .fields = fields,
    .n = ARRAY_SIZE(fields),
};
const struct type type_isis = {
    .expects = "nothing, or what IS-IS does, like {level: 1}",
    .read = read_protocol,
    .describe = describe_table,
    .table = &table,
    .size = sizeof(struct isis),
};

static uint32_t hello_of(const struct isis *in)
{
    return in->hello.pos.line ? in->hello.value : HELLO_DEFAULT;
}

static uint32_t level_of(const struct isis *in)
{
    return in->level.pos.line ? in->level.value : LEVEL_DEFAULT;
}

static void prepare(struct loader *l, struct speaker *s, struct talk *talk)
{
    const struct isis *in = talk->in;
    (void)s;
    if (hello_of(in) > HELLO_MAX)
        diag_error(l->r.diags, in->hello.pos, "IS-IS takes no time above %ds here", HELLO_MAX);
}

/* The router id in twelve decimal digits, as one usually does: 10.255.0.1 is 0102.5500.0001. */
static void add_net(const struct isis *in, const struct addr *id, struct str *out)
{
    char digits[16];
    snprintf(digits, sizeof(digits), "%03u%03u%03u%03u", id->bytes[0], id->bytes[1], id->bytes[2],
             id->bytes[3]);
    str_addf(out, "%s.%.4s.%.4s.%.4s.00", in->area.text ? in->area.text : AREA_DEFAULT, digits,
             digits + 4, digits + 8);
}

static void frr_families(const struct iface *iface, struct str *out)
{
    if (iface_first_addr(iface, AF_INET))
        str_add(out, " ip router isis " INSTANCE "\n");
    if (iface_first_addr(iface, AF_INET6))
        str_add(out, " ipv6 router isis " INSTANCE "\n");
}

static void frr_port(const struct port *port, const struct isis *in, struct str *out)
{
    str_addf(out, "interface %s\n", port->iface->name);
    frr_families(port->iface, out);
    str_addf(out, " isis metric %u\n", port->cost);
    if (port->passive)
        str_add(out, " isis passive\n");
    else
        str_addf(out, " isis hello-interval %u\n isis hello-multiplier 4\n", hello_of(in));
    if (port->pair)
        str_add(out, " isis network point-to-point\n");
    str_add(out, "!\n");
}

static void frr_default(const struct speaker *s, const struct isis *in, struct str *out)
{
    for (size_t i = 0; i < ARRAY_SIZE(routing_families); i++) {
        const char *family = routing_families[i] == AF_INET ? "ipv4" : "ipv6";
        if (speaker_has_default(s, routing_families[i]))
            str_addf(out, " default-information originate %s %s always\n", family,
                     into_levels[level_of(in)]);
        if (has_family(&s->statics, routing_families[i]))
            str_addf(out, " redistribute %s kernel %s route-map " FRR_OWN_ROUTES "\n", family,
                     into_levels[level_of(in)]);
    }
}

/* A line that is not of isisd's own puts into force what stands before it: with the interval set
 * when the first LSP is made, the next has not to wait for half a minute. */
static void frr_instance(const struct speaker *s, const struct isis *in, struct str *out)
{
    str_addf(out,
             "router isis " INSTANCE "\n is-type %s\n lsp-gen-interval 1\n spf-interval 1\n!\n"
             "log stdout\nrouter isis " INSTANCE "\n net ",
             is_types[level_of(in)]);
    add_net(in, &s->router_id, out);
    str_add(out, "\n");
    frr_default(s, in, out);
    str_add(out, "!\n");
}

static void frr(const struct speaker *s, struct str *out)
{
    const struct talk *talk = &s->talks[PROTOCOL_ISIS];
    const struct isis *in = talk->in;
    for (size_t i = 0; i < ARRAY_SIZE(routing_families); i++)
        frr_add_own_routes(out, s, routing_families[i]);
    frr_instance(s, in, out);
    VEC_EACH (const struct port, it, &talk->ports)
        frr_port(it, in, out);
    str_add(out, "interface lo\n");
    frr_families(s->node->lo, out);
    str_add(out, " isis passive\n");
}

const struct protocol protocol_isis = {
    .name = "isis", .prepare = prepare, .frr = {{"isisd", 0, frr}}};
