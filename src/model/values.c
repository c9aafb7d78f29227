// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The values that keys take: each with the words for what was expected, how it is read, and the
 * same said in JSON Schema.
 */
#include "model/values.h"

#include <limits.h>
#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <string.h>

#include "model/model.h"
#include "model/names.h"

/* --- Names, texts, numbers
 * ---------------------------------------------------------------------------------- */

const struct type type_lab_name = {
    .name = "lab-name",
    .expects = "a lab's name: a letter or digit, then those, '_' and '-', at most 32",
    .read = read_text,
    .describe = describe_text,
    .valid = lab_name_valid,
    .pattern = LAB_NAME_PATTERN,
    .looks = LOOKS_NATURAL,
};

const struct type type_node_name = {
    .name = "node-name",
    .names = true,
    .expects = "a node's name: a letter or digit, then those, '_', '.' and '-', at most 63",
    .read = read_text,
    .describe = describe_text,
    .valid = node_name_valid,
    .pattern = NODE_NAME_PATTERN,
    .looks = LOOKS_DECIMAL,
};

const struct type type_profile_name = {
    .expects = "a profile's name: a letter or digit, then those, '_', '.' and '-', at most 63",
    .read = read_text,
    .describe = describe_text,
    .valid = node_name_valid,
    .pattern = NODE_NAME_PATTERN,
    .looks = LOOKS_DECIMAL,
};

const struct type type_iface_name = {
    .name = "interface-name",
    .expects = "an interface's name: 1 to 15 bytes without '/', ':', '%', white space or "
               "control characters",
    .read = read_text,
    .describe = describe_text,
    .valid = iface_name_valid,
    .pattern = IFACE_NAME_PATTERN,
    .looks = LOOKS_NUMBER,
};

static const struct type type_sysctl_name = {
    .expects = "a sysctl below net, like net.ipv4.tcp_syncookies",
    .read = read_text,
    .describe = describe_text,
    .valid = sysctl_name_valid,
    .pattern = SYSCTL_NAME_PATTERN,
};

static const struct type type_iface_sysctl = {
    .expects = "a sysctl of the interface, like ipv4.rp_filter or ipv6.accept_ra",
    .read = read_text,
    .describe = describe_text,
    .valid = iface_sysctl_valid,
    .pattern = IFACE_SYSCTL_PATTERN,
};

static const struct type type_label_key = {
    .expects = "a label's name, without '=' and white space",
    .read = read_text,
    .describe = describe_text,
    .valid = label_valid,
    .pattern = LABEL_PATTERN,
    .looks = LOOKS_NUMBER,
};

static bool alias_valid(const char *text)
{
    return *text && strlen(text) <= 254;
}

const struct type type_alias = {
    .expects = "a text of at most 254 bytes",
    .read = read_text,
    .describe = describe_text,
    .valid = alias_valid,
    .pattern = "^[\\s\\S]{1,254}$",
    .looks = LOOKS_NUMBER,
};

static bool not_empty(const char *text)
{
    return *text != '\0';
}

static json_t *describe_value(const struct type *type, struct schema *s)
{
    (void)type, (void)s;
    return json_pack("{s:[s,s,s],s:i}", "type", "string", "number", "boolean", "minLength", 1);
}

static const struct type type_sysctl_value = {
    .expects = "a value",
    .read = read_text,
    .describe = describe_value,
    .valid = not_empty,
};

const struct type type_sysctls = {
    .name = "sysctls",
    .expects = "a map of sysctls, like {net.ipv4.conf.all.rp_filter: 0}",
    .read = read_map,
    .describe = describe_map,
    .key = &type_sysctl_name,
    .of = &type_sysctl_value,
    .size = sizeof(struct text_value),
};

const struct type type_iface_sysctls = {
    .name = "interface-sysctls",
    .expects = "a map of sysctls, like {ipv4.rp_filter: 0}",
    .read = read_map,
    .describe = describe_map,
    .key = &type_iface_sysctl,
    .of = &type_sysctl_value,
    .size = sizeof(struct text_value),
};

const struct type type_labels = {
    .name = "labels",
    .expects = "a map of labels, like {site: berlin}",
    .read = read_map,
    .describe = describe_map,
    .key = &type_label_key,
    .of = &type_any_text,
    .size = sizeof(struct text_value),
};

const struct type type_ifaddrs = {
    .name = "interface-addresses",
    .expects = "a list of addresses, like [10.0.0.1/24, fd00::1/64]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_ifaddr,
    .size = sizeof(struct prefix_value),
};

static json_t *describe_network(const struct type *type, struct schema *s)
{
    (void)type;
    return schema_type(s, &type_prefix);
}

static const struct type type_loopback = {
    .expects = "an address, like 10.255.0.1 or fd00:ff::1",
    .read = read_prefix,
    .describe = describe_network,
};

const struct type type_loopbacks = {
    .expects = "a list of addresses, like [10.255.0.1, fd00:ff::1]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_loopback,
    .size = sizeof(struct prefix_value),
};

const struct type type_mtu = {
    .expects = "a number of bytes from 68 to 65535",
    .read = read_int,
    .describe = describe_int,
    .min = 68,
    .max = 65535,
};

static const char *const state_words[] = {"up", "down", NULL};
const struct type type_state = {
    .expects = "up or down",
    .read = read_enum,
    .describe = describe_enum,
    .words = state_words,
};

const struct type type_queues = {
    .expects = "a number from 1 to 4096",
    .read = read_int,
    .describe = describe_int,
    .min = 1,
    .max = 4096,
};

const struct type type_cost = {
    .expects = "a number from 1 to 65535",
    .read = read_int,
    .describe = describe_int,
    .min = 1,
    .max = 65535,
};

const struct type type_u32 = {
    .expects = "a number from 0 to 4294967295",
    .read = read_int,
    .describe = describe_int,
    .min = 0,
    .max = UINT32_MAX,
};

const struct type type_priority = {
    .expects = "a number from 1 to 32765",
    .read = read_int,
    .describe = describe_int,
    .min = 1,
    .max = 32765,
};

const struct type type_route_mtu = {
    .expects = "a number of bytes from 68 to 65535",
    .read = read_int,
    .describe = describe_int,
    .min = 68,
    .max = 65535,
};

const struct type type_weight = {
    .expects = "a weight from 1 to 256",
    .read = read_int,
    .describe = describe_int,
    .min = 1,
    .max = 256,
};

/* --- Types of routes and rules --------------------------------------------------------------- */

const uint8_t route_type_values[] = {RTN_UNICAST,  RTN_BLACKHOLE, RTN_UNREACHABLE,
                                     RTN_PROHIBIT, RTN_THROW,     RTN_LOCAL};
static const char *const route_type_words[] = {"unicast", "blackhole", "unreachable", "prohibit",
                                               "throw",   "local",     NULL};
const struct type type_route_type = {
    .expects = "one of unicast, blackhole, unreachable, prohibit, throw, local",
    .read = read_enum,
    .describe = describe_enum,
    .words = route_type_words,
};

const uint8_t scope_values[] = {RT_SCOPE_UNIVERSE, RT_SCOPE_SITE, RT_SCOPE_LINK, RT_SCOPE_HOST};
static const char *const scope_words[] = {"global", "site", "link", "host", NULL};
const struct type type_scope = {
    .expects = "one of global, site, link, host",
    .read = read_enum,
    .describe = describe_enum,
    .words = scope_words,
};

const uint8_t rule_type_values[] = {RULE_BLACKHOLE, RULE_UNREACHABLE, RULE_PROHIBIT};
static const char *const rule_type_words[] = {"blackhole", "unreachable", "prohibit", NULL};
const struct type type_rule_type = {
    .expects = "one of blackhole, unreachable, prohibit",
    .read = read_enum,
    .describe = describe_enum,
    .words = rule_type_words,
};

static json_t *describe_name_for_address(const struct type *type, struct schema *s)
{
    (void)type;
    static const struct type text = {
        .pattern = "^(?![0-9]*\\.[0-9.]*$)(?![0-9a-fA-F.]*:[0-9a-fA-F:.]*$)" ENDPOINT_PATTERN,
        .looks = LOOKS_NATURAL,
    };
    return describe_text(&text, s);
}

const struct type type_name_for_address = {
    .name = "name-for-address",
    .expects = "the name of a node, or NODE:INTERFACE",
    .describe = describe_name_for_address,
};

/* A prefix, or the word in type->words[0], which leaves the family AF_UNSPEC. */
static bool read_prefix_or_word(struct reader *r, const struct type *type, const struct doc_node *n,
                                void *out)
{
    struct prefix_value *value = out;
    if (n->kind == DOC_SCALAR && type->words && strcmp(n->text, type->words[0]) == 0) {
        *value = (struct prefix_value){.pos = n->pos};
        return true;
    }
    if (type->words && n->kind == DOC_SCALAR && !doc_is_nothing(n) &&
        is_name_for_address(n->text)) {
        *value = (struct prefix_value){.pos = n->pos, .name = n->text};
        return true;
    }
    if (!read_prefix(r, type, n, out))
        return false;
    if (value->pos.line && prefix_has_host_bits(&value->prefix)) {
        char bad[ADDR_TEXT_MAX], good[ADDR_TEXT_MAX];
        struct prefix network = {prefix_network(&value->prefix), value->prefix.len};
        diag_error(r->diags, n->pos, "%s is an address in a prefix, not a prefix",
                   prefix_text(&value->prefix, bad));
        diag_help(r->diags, "its prefix is %s", prefix_text(&network, good));
        return false;
    }
    return true;
}

static json_t *describe_prefix_or_word(const struct type *type, struct schema *s)
{
    return describe_either(
        json_pack("{s:s}", "const", type->words[0]),
        describe_either(schema_type(s, &type_prefix), schema_type(s, &type_name_for_address)));
}

static const char *const default_word[] = {"default", NULL};
const struct type type_destination = {
    .expects = "a prefix, like 10.0.0.0/24 or fd00::/64, a node's name, or default",
    .read = read_prefix_or_word,
    .describe = describe_prefix_or_word,
    .words = default_word,
};

static const char *const all_word[] = {"all", NULL};
const struct type type_selector = {
    .expects = "a prefix, like 10.0.0.0/24 or fd00::/64, a node's name, or all",
    .read = read_prefix_or_word,
    .describe = describe_prefix_or_word,
    .words = all_word,
};

/* What looks like an address that is misspelt is taken for one: 10.0.0.300, fd00:1. */
bool is_name_for_address(const char *text)
{
    struct addr addr;
    size_t len = strlen(text);
    bool v4 = strchr(text, '.') && strspn(text, "0123456789.") == len;
    bool v6 = strchr(text, ':') && strspn(text, "0123456789abcdefABCDEF:.") == len;
    return !v4 && !v6 && !addr_parse(text, &addr) && endpoint_valid(text);
}

/* An address, or the name of what has it. */
static bool read_addr_or_name(struct reader *r, const struct type *type, const struct doc_node *n,
                              void *out)
{
    if (n->kind != DOC_SCALAR || doc_is_nothing(n) || !is_name_for_address(n->text))
        return read_addr(r, type, n, out);
    *(struct addr_value *)out = (struct addr_value){.pos = n->pos, .name = n->text};
    return true;
}

static json_t *describe_addr_or_name(const struct type *type, struct schema *s)
{
    (void)type;
    return describe_either(schema_type(s, &type_addr), schema_type(s, &type_name_for_address));
}

const struct type type_via = {
    .name = "address-or-name",
    .expects = "an IPv4 or IPv6 address, or the name of a node, or NODE:INTERFACE",
    .read = read_addr_or_name,
    .describe = describe_addr_or_name,
};

static const struct {
    const char *name;
    uint32_t table;
} table_names[] = {
    {"main", RT_TABLE_MAIN}, {"local", RT_TABLE_LOCAL}, {"default", RT_TABLE_DEFAULT}};

static bool read_table_id(struct reader *r, const struct type *type, const struct doc_node *n,
                          void *out)
{
    for (size_t i = 0; n->kind == DOC_SCALAR && i < ARRAY_SIZE(table_names); i++) {
        if (strcmp(n->text, table_names[i].name) == 0) {
            *(struct int_value *)out = (struct int_value){table_names[i].table, n->pos};
            return true;
        }
    }
    return read_int(r, type, n, out);
}

static json_t *describe_table_id(const struct type *type, struct schema *s)
{
    json_t *words = json_array();
    for (size_t i = 0; i < ARRAY_SIZE(table_names); i++)
        json_array_append_new(words, json_string(table_names[i].name));
    return describe_either(json_pack("{s:o}", "enum", words), describe_int(type, s));
}

const struct type type_table_id = {
    .name = "table-id",
    .expects = "a routing table: a number from 1 to 4294967295, or main, local, default",
    .read = read_table_id,
    .describe = describe_table_id,
    .min = 1,
    .max = UINT32_MAX,
};

static const struct {
    const char *name;
    uint8_t number;
} protocols[] = {
    {"icmp", 1},       {"igmp", 2},  {"ipip", 4},   {"tcp", 6},       {"udp", 17},
    {"dccp", 33},      {"gre", 47},  {"esp", 50},   {"ah", 51},       {"icmpv6", 58},
    {"ipv6-icmp", 58}, {"ospf", 89}, {"sctp", 132}, {"udplite", 136},
};

static bool read_protocol(struct reader *r, const struct type *type, const struct doc_node *n,
                          void *out)
{
    for (size_t i = 0; n->kind == DOC_SCALAR && i < ARRAY_SIZE(protocols); i++) {
        if (strcmp(n->text, protocols[i].name) == 0) {
            *(struct int_value *)out = (struct int_value){protocols[i].number, n->pos};
            return true;
        }
    }
    return read_int(r, type, n, out);
}

static json_t *describe_protocol(const struct type *type, struct schema *s)
{
    json_t *words = json_array();
    for (size_t i = 0; i < ARRAY_SIZE(protocols); i++)
        json_array_append_new(words, json_string(protocols[i].name));
    return describe_either(json_pack("{s:o}", "enum", words), describe_int(type, s));
}

const struct type type_protocol = {
    .name = "protocol",
    .expects = "a protocol: tcp, udp, icmp, icmpv6, … or a number from 1 to 255",
    .read = read_protocol,
    .describe = describe_protocol,
    .min = 1,
    .max = 255,
};

bool u32_parse(const char *text, uint32_t *ret, const char **ret_end)
{
    bool hex = str_starts(text, "0x");
    const char *digits = text + (hex ? 2 : 0);
    size_t len = strspn(digits, hex ? "0123456789abcdefABCDEF" : "0123456789");
    size_t zeros = strspn(digits, "0");
    unsigned long number =
        len && len - zeros <= 10 ? strtoul(digits, NULL, hex ? 16 : 10) : ULONG_MAX;
    if (number > UINT32_MAX)
        return false;
    *ret = (uint32_t)number;
    *ret_end = digits + len;
    return true;
}

static bool read_mark(struct reader *r, const struct type *type, const struct doc_node *n,
                      void *out)
{
    struct mark_value value = {.mask = UINT32_MAX, .pos = n->pos};
    const char *end = NULL;
    if (doc_is_nothing(n))
        return true;
    bool ok = n->kind == DOC_SCALAR && u32_parse(n->text, &value.mark, &end);
    if (ok && *end == '/')
        ok = u32_parse(end + 1, &value.mask, &end);
    if (!ok || *end)
        return type_mismatch(r, type, n);
    *(struct mark_value *)out = value;
    return true;
}

static json_t *describe_mark(const struct type *type, struct schema *s)
{
    (void)type;
    return describe_either(describe_int(&type_u32, s),
                           json_pack("{s:s,s:s}", "type", "string", "pattern",
                                     "^" U32_PATTERN "(/" U32_PATTERN ")?$"));
}

const struct type type_mark = {
    .name = "mark",
    .expects = "a mark, like 1 or 0x10/0xff",
    .read = read_mark,
    .describe = describe_mark,
};

static bool read_ports(struct reader *r, const struct type *type, const struct doc_node *n,
                       void *out)
{
    struct ports_value value = {.pos = n->pos};
    uint32_t first = 0, last = 0;
    const char *end = NULL;
    if (doc_is_nothing(n))
        return true;
    bool ok =
        n->kind == DOC_SCALAR && !str_starts(n->text, "0x") && u32_parse(n->text, &first, &end);
    last = first;
    if (ok && *end == '-')
        ok = !str_starts(end + 1, "0x") && u32_parse(end + 1, &last, &end);
    if (!ok || *end || last > 65535 || !first)
        return type_mismatch(r, type, n);
    if (first > last) {
        diag_error(r->diags, n->pos, "the range %s ends before it begins", n->text);
        diag_help(r->diags, "write it as %u-%u", last, first);
        return false;
    }
    value.first = (uint16_t)first;
    value.last = (uint16_t)last;
    *(struct ports_value *)out = value;
    return true;
}

static json_t *describe_ports(const struct type *type, struct schema *s)
{
    static const struct type port = {.min = 1, .max = 65535};
    (void)type;
    json_t *number = describe_int(&port, s);
    return describe_either(number,
                           json_pack("{s:s,s:s}", "type", "string", "pattern",
                                     "^0*" PORT_PATTERN "(-0*" PORT_PATTERN ")?$"));
}

const struct type type_ports = {
    .name = "ports",
    .expects = "a port from 1 to 65535, or a range like 1024-65535",
    .read = read_ports,
    .describe = describe_ports,
};

static bool read_subnet(struct reader *r, const struct type *type, const struct doc_node *n,
                        void *out)
{
    struct prefix_value value = {0};
    if (n->kind == DOC_SCALAR && prefix_parse(n->text, &value.prefix, &value.bare) && value.bare)
        return type_mismatch(r, type, n);
    return read_prefix_or_word(r, type, n, out);
}

static json_t *describe_subnet(const struct type *type, struct schema *s)
{
    (void)type;
    return schema_type(s, &type_ifaddr);
}

const struct type type_subnet = {
    .expects = "a subnet with its length, like 10.0.0.0/24 or fd00:1::/64",
    .read = read_subnet,
    .describe = describe_subnet,
};

const struct type type_network = {
    .expects = "a prefix, like 10.1.0.0/16 or fd00:1::/48",
    .read = read_prefix_or_word,
    .describe = describe_network,
};
