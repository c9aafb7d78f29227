// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The tables. A key is one line here: its name, its type, where it goes, what an editor says of it.
 * Keys of the language that this version does not have are listed too, so that they are known for
 * what they are.
 */
#include "model/language.h"

#include <string.h>

#include "model/kinds.h"
#include "model/language_devices.h"
#include "model/names.h"

#define FIELDS(array) .fields = (array), .n = ARRAY_SIZE(array)
#define LATER(name)                                                                                \
    {                                                                                              \
        .key = (name), .summary = "not yet supported", .flags = FIELD_LATER                        \
    }
/* --- Interfaces ------------------------------------------------------------------------------ */

/* What the interface entry of a node and the endpoint map of a link have in common. */
#define IFACE_FIELDS(of, member)                                                                   \
    {"addresses", "its addresses, each with the prefix length of its subnet", &type_ifaddrs,       \
     offsetof(of, member addresses)},                                                              \
        {"mac", "its MAC address; chosen by the kernel where not given", &type_mac,                \
         offsetof(of, member mac)},                                                                \
        {"mtu", "largest packet it sends, in bytes (default 1500)", &type_mtu,                     \
         offsetof(of, member mtu)},                                                                \
        {"state", "up (default), or down: made and left down", &type_state,                        \
         offsetof(of, member state)},                                                              \
        {"alias", "a free text that `ip link` shows as its alias", &type_alias,                    \
         offsetof(of, member alias)},                                                              \
        {"sysctls", "settings of this interface, like ipv4.rp_filter: 1", &type_iface_sysctls,     \
         offsetof(of, member sysctls)},                                                            \
        {"vlan", "of a switch's port: a number, or {tagged: [10-20], untagged: 1}", &type_vlans,   \
         offsetof(of, member vlan)},                                                               \
    {                                                                                              \
        "accept-ra", "whether it believes router advertisements, also where it forwards",          \
            &type_bool, offsetof(of, member accept_ra)                                             \
    }

static const struct field iface_fields[] = {
    {"type", "what it is, where it is not the end of a link", &type_device_type,
     offsetof(struct iface_input, type)},
    IFACE_FIELDS(struct iface_input, ),
    IMPAIR_FIELDS(struct iface_input, impair),
};
const struct table iface_table = {
    .name = "interface-of-link",
    .what = "an interface",
    FIELDS(iface_fields),
};
static const struct type type_ifaces = {
    .expects = "a map of interfaces, like {eth0: {mtu: 9000}}",
    .read = read_map,
    .describe = describe_map,
    .key = &type_iface_name,
    .of = &type_iface,
    .size = sizeof(struct iface_input),
};

/* --- Routes and rules ------------------------------------------------------------------------- */

static const struct field nexthop_fields[] = {
    {"via", "the neighbour's address, or its name", &type_via, offsetof(struct nexthop_input, via)},
    {"dev", "the interface that leads there", &type_iface_name,
     offsetof(struct nexthop_input, dev)},
    {"weight", "its share beside the others, from 1 (default) to 256", &type_weight,
     offsetof(struct nexthop_input, weight)},
    {"onlink", "true: take it for a neighbour though no subnet says so", &type_bool,
     offsetof(struct nexthop_input, onlink)},
    LATER("encap"),
};
/* The same as load_routes.c checks, for editors. */
#define ONLINK_NEEDS_DEV                                                                           \
    "{\"if\": {\"properties\": {\"onlink\": {\"enum\": [true, \"true\", \"yes\", \"on\"]}}, "      \
    "\"required\": [\"onlink\", \"via\"]}, \"then\": {\"required\": [\"dev\"]}}"
#define NO_WAY_TO_NOWHERE                                                                          \
    "{\"if\": {\"properties\": {\"type\": {\"enum\": [\"blackhole\", \"unreachable\", "            \
    "\"prohibit\", "                                                                               \
    "\"throw\"]}}, \"required\": [\"type\"]}, \"then\": {\"not\": {\"anyOf\": [{\"required\": "    \
    "[\"via\"]}, {\"required\": [\"dev\"]}, {\"required\": [\"nexthops\"]}]}}}"
#define DEFAULT_NEEDS_FAMILY                                                                       \
    "{\"if\": {\"properties\": {\"to\": {\"const\": \"default\"}}}, \"then\": {\"anyOf\": "        \
    "[{\"required\": "                                                                             \
    "[\"via\"]}, {\"required\": [\"nexthops\"]}, {\"required\": [\"src\"]}]}}"

static const char *const nexthop_needs[] = {"via", "dev", NULL};
static const struct table nexthop_table = {
    .name = "nexthop",
    .what = "a next hop",
    FIELDS(nexthop_fields),
    .needs_any_of = nexthop_needs,
    .keywords = "{\"allOf\": [" ONLINK_NEEDS_DEV "]}",
};

static bool read_nexthop(struct reader *r, const struct type *type, const struct doc_node *n,
                         void *out)
{
    ((struct nexthop_input *)out)->pos = n->pos;
    return read_table(r, type, n, out);
}

static const struct type type_nexthop = {
    .expects = "a next hop, like {via: 10.0.0.1}",
    .read = read_nexthop,
    .describe = describe_table,
    .table = &nexthop_table,
};
static const struct type type_nexthops = {
    .expects = "a list of next hops, like [{via: 10.0.0.1}, {via: 10.0.1.1, weight: 2}]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_nexthop,
    .size = sizeof(struct nexthop_input),
    .min = 1,
};

static const struct field route_fields[] = {
    {"to", "where to: a prefix, or default (the family is that of via)", &type_destination,
     offsetof(struct route_input, to), FIELD_REQUIRED},
    {"via", "the next hop's address, of the other family too; or its name", &type_via,
     offsetof(struct route_input, via)},
    {"dev", "the interface to leave by; needed only where via does not tell", &type_iface_name,
     offsetof(struct route_input, dev)},
    {"src", "the address that packets of this node's own leave with", &type_via,
     offsetof(struct route_input, src)},
    {"metric", "the lower wins among routes to one prefix", &type_u32,
     offsetof(struct route_input, metric)},
    {"table", "the routing table: a number, or main (default), local, default", &type_table_id,
     offsetof(struct route_input, table)},
    {"type", "unicast (default), or what to do with such packets instead", &type_route_type,
     offsetof(struct route_input, type)},
    {"mtu", "the path's MTU, in bytes", &type_route_mtu, offsetof(struct route_input, mtu)},
    {"onlink", "true: take via for a neighbour though no subnet says so; needs dev", &type_bool,
     offsetof(struct route_input, onlink)},
    {"scope", "global, site, link or host; as `ip route` chooses where not given", &type_scope,
     offsetof(struct route_input, scope)},
    {"nexthops", "several equal ways, in place of via and dev", &type_nexthops,
     offsetof(struct route_input, nexthops)},
    LATER("encap"),
};
static const char *const route_needs[] = {"via", "dev", "nexthops", "type", NULL};
static const char *const route_excludes[] = {"nexthops", "via", "dev", NULL};
static const struct table route_table = {
    .name = "route",
    .what = "a route",
    FIELDS(route_fields),
    .needs_any_of = route_needs,
    .excludes = route_excludes,
    .keywords =
        "{\"allOf\": [" ONLINK_NEEDS_DEV ", " NO_WAY_TO_NOWHERE ", " DEFAULT_NEEDS_FAMILY "]}",
};

static bool read_route(struct reader *r, const struct type *type, const struct doc_node *n,
                       void *out)
{
    struct route_input *route = out;
    route->pos = n->pos;
    route->bad = !read_table(r, type, n, out);
    return !route->bad;
}

static const struct type type_route = {
    .expects = "a route, like {to: default, via: 10.0.0.1}",
    .read = read_route,
    .describe = describe_table,
    .table = &route_table,
};
const struct type type_routes = {
    .expects = "a list of routes, like [{to: default, via: 10.0.0.1}]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_route,
    .size = sizeof(struct route_input),
};

/* The same as load_rule_ports checks, for editors. */
#define PORTS_NEED_PROTOCOL(key)                                                                   \
    "{\"if\": {\"properties\": {\"" key "\": {\"not\": {\"enum\": [null, \"none\"]}}}, "           \
    "\"required\": [\"" key "\"]}, \"then\": {\"required\": [\"ipproto\"], \"properties\": "       \
    "{\"ipproto\": {\"enum\": [\"tcp\", \"udp\", \"dccp\", \"sctp\", 6, 17, 33, 132, \"6\", "      \
    "\"17\", \"33\", \"132\"]}}}}"

static const struct field rule_fields[] = {
    {"from", "packets from this prefix", &type_selector, offsetof(struct rule_input, from)},
    {"to", "packets to this prefix", &type_selector, offsetof(struct rule_input, to)},
    {"iif", "packets that came in by this interface; lo: the node's own", &type_iface_name,
     offsetof(struct rule_input, iif)},
    {"oif", "packets of sockets bound to this interface", &type_iface_name,
     offsetof(struct rule_input, oif)},
    {"fwmark", "packets with this mark, or MARK/MASK", &type_mark,
     offsetof(struct rule_input, fwmark)},
    {"ipproto", "packets of this protocol: tcp, udp, icmp, … or a number", &type_protocol,
     offsetof(struct rule_input, ipproto)},
    {"sport", "packets from this port or range", &type_ports, offsetof(struct rule_input, sport)},
    {"dport", "packets to this port or range", &type_ports, offsetof(struct rule_input, dport)},
    {"priority", "the lower is looked at first; by default 10000 and up, in file order",
     &type_priority, offsetof(struct rule_input, priority)},
    {"table", "look in this routing table", &type_table_id, offsetof(struct rule_input, table)},
    {"type", "refuse them: blackhole, unreachable or prohibit", &type_rule_type,
     offsetof(struct rule_input, type)},
};
static const char *const rule_needs[] = {"table", "type", NULL};
static const struct table rule_table = {
    .name = "rule",
    .what = "a routing rule",
    FIELDS(rule_fields),
    .needs_one_of = rule_needs,
    .keywords = "{\"allOf\": [" PORTS_NEED_PROTOCOL("sport") ", " PORTS_NEED_PROTOCOL("dport") "]}",
};

static bool read_rule(struct reader *r, const struct type *type, const struct doc_node *n,
                      void *out)
{
    struct rule_input *rule = out;
    rule->pos = n->pos;
    rule->bad = !read_table(r, type, n, out);
    return !rule->bad;
}

static const struct type type_rule = {
    .expects = "a routing rule, like {from: 10.0.0.0/24, table: 100}",
    .read = read_rule,
    .describe = describe_table,
    .table = &rule_table,
};
static const struct type type_rules = {
    .expects = "a list of routing rules, like [{from: 10.0.0.0/24, table: 100}]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_rule,
    .size = sizeof(struct rule_input),
};

/* --- Nodes ------------------------------------------------------------------------------------ */

/* An enum whose words are the names in node_kinds. */
static bool read_kind(struct reader *r, const struct type *type, const struct doc_node *n,
                      void *out)
{
    const char *words[16] = {NULL};
    for (size_t i = 0; node_kinds[i]; i++)
        words[i] = node_kinds[i]->name;
    struct type named = *type;
    named.words = words;
    return read_enum(r, &named, n, out);
}

static json_t *describe_kind(const struct type *type, struct schema *s)
{
    (void)type, (void)s;
    json_t *words = json_array();
    for (size_t i = 0; node_kinds[i]; i++)
        json_array_append_new(words, json_string(node_kinds[i]->name));
    return json_pack("{s:o}", "enum", words);
}

static const struct type type_kind = {
    .expects = "one of host, router, switch, hub, nat",
    .read = read_kind,
    .describe = describe_kind,
};

static const struct type type_profile_list = {
    .expects = "a profile's name, or a list of them",
    .read = read_list,
    .describe = describe_list,
    .of = &type_profile_name,
    .size = sizeof(struct text_value),
};

static const struct field node_fields[] = {
    {"profile", "the profiles it takes, in order", &type_profile_list,
     offsetof(struct node_input, profile)},
    {"kind", "host (default), router, switch (one bridge over its links), hub, nat", &type_kind,
     offsetof(struct node_input, kind)},
    {"interfaces", "its interfaces by name: link ends, and devices that have a type", &type_ifaces,
     offsetof(struct node_input, interfaces)},
    {"loopback", "addresses on lo besides 127.0.0.1 and ::1", &type_loopbacks,
     offsetof(struct node_input, loopback)},
    {"routes", "its static routes", &type_routes, offsetof(struct node_input, routes)},
    {"routing-policy", "its policy routing rules (`ip rule`)", &type_rules,
     offsetof(struct node_input, routing_policy)},
    {"forwarding", "whether it forwards packets; by default as its kind does", &type_bool,
     offsetof(struct node_input, forwarding)},
    {"bridge", "of a switch: its bridge's spanning tree, VLANs, ageing", &type_node_bridge,
     offsetof(struct node_input, bridge)},
    {"firewall", "its firewall: rules by hook, sets, chains, nft text", &type_firewall,
     offsetof(struct node_input, firewall)},
    {"uplink", "of a nat: what its way out is like", &type_uplink,
     offsetof(struct node_input, uplink)},
    {"sysctls", "settings below net, like net.ipv4.conf.all.rp_filter: 1", &type_sysctls,
     offsetof(struct node_input, sysctls)},
    {"mtu", "MTU of its link ends, where neither end nor link gives one", &type_mtu,
     offsetof(struct node_input, mtu)},
    {"labels", "free words to know it by", &type_labels, offsetof(struct node_input, labels)},
    {"description", "a free text", &type_any_text, offsetof(struct node_input, description)},
    {"routing", "where its routes come from, whatever the top level says", &type_routing,
     offsetof(struct node_input, routing)},
    {"exec", "commands that are run once, in order, when the network is up", &type_exec,
     offsetof(struct node_input, programs.exec)},
    {"services", "programs that run while the lab does, by name", &type_services,
     offsetof(struct node_input, programs.services)},
    {"files", "files that only this node sees, by path", &type_files,
     offsetof(struct node_input, programs.files)},
    {"directories", "empty directories that only this node sees, by path", &type_directories,
     offsetof(struct node_input, programs.directories)},
    {"env", "variables in the environment of everything that is run in it", &type_env,
     offsetof(struct node_input, programs.env)},
    LATER("position"),
};
const struct table node_table = {
    .name = "node",
    .what = "a node",
    FIELDS(node_fields),
};
/* A node's attributes but for `profile`, the first. */
const struct table profile_table = {
    .name = "profile",
    .what = "a profile",
    .fields = node_fields + 1,
    .n = ARRAY_SIZE(node_fields) - 1,
};
static const struct type type_profile = {
    .expects = "a node's attributes",
    .read = read_table,
    .describe = describe_table,
    .table = &profile_table,
};
static const struct type type_node = {
    .expects = "a node's attributes",
    .read = read_table,
    .describe = describe_table,
    .table = &node_table,
};

/* --- Links ------------------------------------------------------------------------------------ */

static const struct field endpoint_fields[] = {
    {"node", "the node's name", &type_node_name, offsetof(struct endpoint_input, node),
     FIELD_REQUIRED},
    {"interface", "the interface's name; eth0, eth1, … where not given", &type_iface_name,
     offsetof(struct endpoint_input, interface)},
    IFACE_FIELDS(struct endpoint_input, attrs.),
    IMPAIR_FIELDS(struct endpoint_input, attrs.impair),
};
static const struct table endpoint_table = {
    .name = "endpoint",
    .what = "an endpoint",
    FIELDS(endpoint_fields),
};

/* NODE or NODE:INTERFACE, apart. */
static bool read_endpoint_text(struct reader *r, const struct type *type, const struct doc_node *n,
                               struct endpoint_input *endpoint)
{
    const char *colon = strchr(n->text, ':');
    if (!endpoint_valid(n->text)) {
        type_mismatch(r, type, n);
        if (colon)
            diag_help(r->diags, "an interface's name has 1 to 15 bytes, without '/', ':', '%%', "
                                "white space or control characters");
        else
            help_pattern(r->diags, n->text);
        return false;
    }
    size_t len = colon ? (size_t)(colon - n->text) : strlen(n->text);
    endpoint->node = (struct text_value){arena_strndup(r->arena, n->text, len), n->pos};
    if (!colon)
        return true;
    endpoint->interface = (struct text_value){colon + 1, n->pos};
    if (!n->quoted) {
        endpoint->node.pos.len = (uint16_t)len;
        endpoint->interface.pos.col = (uint16_t)(n->pos.col + len + 1);
        endpoint->interface.pos.len = (uint16_t)strlen(colon + 1);
    }
    return true;
}

static bool read_endpoint(struct reader *r, const struct type *type, const struct doc_node *n,
                          void *out)
{
    struct endpoint_input *endpoint = out;
    endpoint->pos = n->pos;
    if (n->kind == DOC_MAP)
        return table_read(r, &endpoint_table, n, out);
    if (n->kind != DOC_SCALAR || doc_is_nothing(n))
        return type_mismatch(r, type, n);
    return read_endpoint_text(r, type, n, endpoint);
}

static json_t *describe_endpoint_text(const struct type *type, struct schema *s)
{
    (void)type;
    static const struct type text = {.pattern = ENDPOINT_PATTERN, .looks = LOOKS_DECIMAL};
    return describe_text(&text, s);
}

static json_t *describe_endpoint(const struct type *type, struct schema *s)
{
    return describe_either(describe_endpoint_text(type, s), schema_ref(s, &endpoint_table));
}

static const struct type type_endpoint = {
    .name = "endpoint-or-name",
    .names = true,
    .expects = "an endpoint: NODE, NODE:INTERFACE, or {node: NODE, …}",
    .read = read_endpoint,
    .describe = describe_endpoint,
};
static bool read_endpoints(struct reader *r, const struct type *type, const struct doc_node *n,
                           void *out)
{
    if (read_list(r, type, n, out))
        return true;
    if (n->kind == DOC_LIST && n->n > 2)
        diag_help(r->diags, "more than two on one network are a LAN: {lan: [h1, h2, h3]}");
    return false;
}

static const struct type type_endpoints = {
    .expects = "a list of two endpoints, like [h1:eth0, r1:eth0]",
    .read = read_endpoints,
    .describe = describe_list,
    .of = &type_endpoint,
    .size = sizeof(struct endpoint_input),
    .min = 2,
    .max = 2,
};
static const struct type type_lan = {
    .expects = "a list of the LAN's members, like [h1, h2, r1:lan]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_endpoint,
    .size = sizeof(struct endpoint_input),
    .min = 1,
};

/* --- Shapes: read only to see that they are what is expected; load_patterns.c walks them -------
 */

static const struct type type_shape_end = {
    .name = "endpoint-name",
    .expects = "an endpoint: NODE or NODE:INTERFACE, or many of them: r(1..3)",
    .read = read_text,
    .describe = describe_endpoint_text,
    .names = true,
    .verbatim = true,
};
const struct type type_shape_ends = {
    .expects = "a list of nodes, like [r(1..5), h1]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_shape_end,
    .size = sizeof(struct text_value),
    .min = 1,
};
const struct type type_sides = {
    .expects = "a list of the two sides, like [spine(1..4), leaf(1..16)]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_shape_ends,
    .size = sizeof(struct list_value),
    .min = 2,
    .max = 2,
};
const struct type type_grid = {
    .expects = "a name of two parts, like g(1..4)-(1..6): 4 rows, 6 columns",
    .read = read_text,
    .describe = describe_text,
    .verbatim = true,
    .pattern = "[(].*[(]",
};
static const struct field star_fields[] = {
    {"center", "the node in the middle", &type_shape_end,
     offsetof(struct shape_input, u.star.center), FIELD_REQUIRED},
    {"leaves", "those around it", &type_shape_ends, offsetof(struct shape_input, u.star.leaves),
     FIELD_REQUIRED},
};
static const struct table star_table = {
    .name = "star",
    .what = "a star",
    FIELDS(star_fields),
};
const struct type type_star = {
    .expects = "a star, like {center: sw1, leaves: h(1..20)}",
    .read = read_table,
    .describe = describe_table,
    .table = &star_table,
};

/* What one end of a link gets: nothing, an address, a list of them. */
static json_t *describe_slot(const struct type *type, struct schema *s)
{
    return describe_either(describe_list(type, s), describe_nothing());
}

static const struct type type_slot = {
    .expects = "an address with its prefix length, like 10.0.0.1/24, a list of them, or ~",
    .read = read_list,
    .describe = describe_slot,
    .of = &type_ifaddr,
    .size = sizeof(struct prefix_value),
    .optional = true,
};
static const struct type type_slots = {
    .expects = "a list with one item per endpoint, like [10.0.0.1/24, 10.0.0.2/24]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_slot,
    .size = sizeof(struct list_value),
};

static const struct type type_subnets = {
    .expects = "a list of subnets, like [10.0.0.0/24, fd00:1::/64]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_subnet,
    .size = sizeof(struct prefix_value),
};

static const struct field link_fields[] = {
    {"endpoints", "the two ends: NODE, NODE:INTERFACE, or {node: NODE, …}", &type_endpoints,
     offsetof(struct link_input, endpoints)},
    {"lan", "the members of a LAN, in place of endpoints", &type_lan,
     offsetof(struct link_input, lan)},
    {"chain", "links from each of these nodes to the next", &type_shape_ends,
     offsetof(struct link_input, shape)},
    {"ring", "a chain whose last node is linked to its first", &type_shape_ends,
     offsetof(struct link_input, shape)},
    {"mesh", "links from every one of these nodes to every other", &type_shape_ends,
     offsetof(struct link_input, shape)},
    {"star", "links from one node in the middle to those around it", &type_star,
     offsetof(struct link_input, shape)},
    {"bipartite", "links from each node of one side to each of the other", &type_sides,
     offsetof(struct link_input, shape)},
    {"grid", "links to the right and down in rows and columns: g(1..4)-(1..6)", &type_grid,
     offsetof(struct link_input, shape)},
    {"addresses", "one item per endpoint, in order: an address, a list of them, or ~", &type_slots,
     offsetof(struct link_input, addresses)},
    {"subnets", "number the ends in order from these subnets' first host address", &type_subnets,
     offsetof(struct link_input, subnets)},
    {"mtu", "MTU of all its ends, in bytes (default 1500)", &type_mtu,
     offsetof(struct link_input, mtu)},
    {"state", "up (default), or down: both ends are left down", &type_state,
     offsetof(struct link_input, state)},
    {"queues", "transmit and receive queues of each end (default 1)", &type_queues,
     offsetof(struct link_input, queues)},
    {"labels", "free words to know it by", &type_labels, offsetof(struct link_input, labels)},
    {"cost", "what it costs to take it, for shortest paths (default 1)", &type_cost,
     offsetof(struct link_input, cost)},
    {"vlan", "of its ends at switches: a number, or {tagged: [10-20], untagged: 1}", &type_vlans,
     offsetof(struct link_input, vlan)},
    IMPAIR_FIELDS(struct link_input, impair),
};
static const char *const link_needs[] = {"endpoints", "lan",       "chain", "ring", "mesh",
                                         "star",      "bipartite", "grid",  NULL};
const struct table link_table = {
    .name = "link",
    .what = "a link",
    FIELDS(link_fields),
    .needs_one_of = link_needs,
};

/* A map, or the bare list of its two endpoints. */
static bool read_link(struct reader *r, const struct type *type, const struct doc_node *n,
                      void *out)
{
    struct link_input *link = out;
    link->pos = n->pos;
    if (n->kind == DOC_LIST)
        return type_read(r, &type_endpoints, n, &link->endpoints);
    if (n->kind == DOC_MAP)
        return table_read(r, &link_table, n, out);
    return type_mismatch(r, type, n);
}

static json_t *describe_link(const struct type *type, struct schema *s)
{
    (void)type;
    return describe_either(schema_ref(s, &link_table), schema_type(s, &type_endpoints));
}

const struct type type_link = {
    .expects = "a link, like {endpoints: [h1, r1]}, or its two endpoints, like [h1, r1]",
    .read = read_link,
    .describe = describe_link,
    .table = &link_table,
};

/* --- The file --------------------------------------------------------------------------------- */

/* What inherits is merged as a document first, and read by the caller. */
const struct type type_nodes = {
    .expects = "a map of nodes, like {h1: , r1: {kind: router}}",
    .read = read_doc,
    .describe = describe_map,
    .key = &type_node_name,
    .of = &type_node,
};
const struct type type_profiles = {
    .expects = "a map of profiles, each with a node's attributes",
    .read = read_doc,
    .describe = describe_map,
    .key = &type_profile_name,
    .of = &type_profile,
};
const struct type type_links = {
    .expects = "a list of links, like [[h1, r1], [r1, r2]]",
    .read = read_doc,
    .describe = describe_list,
    .of = &type_link,
};

/* A link's attributes without what only one link can have. */
#define LINK_OWN_FIELDS 10
static const struct table link_defaults_table = {
    .name = "link-defaults",
    .what = "defaults.link",
    .fields = link_fields + LINK_OWN_FIELDS,
    .n = ARRAY_SIZE(link_fields) - LINK_OWN_FIELDS,
};
const struct type type_default_node = {
    .expects = "a node's attributes",
    .read = read_doc,
    .describe = describe_table,
    .table = &node_table,
};
const struct type type_default_link = {
    .expects = "a link's attributes",
    .read = read_doc,
    .describe = describe_table,
    .table = &link_defaults_table,
};

static const struct field defaults_fields[] = {
    {"node", "what every node starts from", &type_default_node,
     offsetof(struct root_input, defaults_node)},
    {"link", "what every link starts from", &type_default_link,
     offsetof(struct root_input, defaults_link)},
};
static const struct table defaults_table = {
    .name = "defaults",
    .what = "defaults",
    FIELDS(defaults_fields),
};

/* Reads into the root itself: two levels of the file, one struct. */
static const struct type type_defaults = {
    .expects = "a map of defaults, like {link: {mtu: 9000}}",
    .read = read_table,
    .describe = describe_table,
    .table = &defaults_table,
};

/* --- Addressing ------------------------------------------------------------------------------- */

static json_t *describe_prefix_len(const struct type *type, struct schema *s)
{
    return describe_either(describe_int(type, s), describe_nothing());
}

static const struct type type_prefix_len = {
    .expects = "a prefix length from 1 to 127, or ~",
    .read = read_int,
    .describe = describe_prefix_len,
    .min = 1,
    .max = 127,
    .optional = true,
};
static const struct type type_prefix_lens = {
    .expects = "prefix lengths of IPv4 and of IPv6, like [31, 127]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_prefix_len,
    .size = sizeof(struct int_value),
    .min = 1,
    .max = 2,
};
static const struct field lens_fields[] = {
    {"p2p", "of a link between two routers: of IPv4 and IPv6 (default [30, 64])", &type_prefix_lens,
     offsetof(struct addressing_input, p2p)},
    {"lan", "of all others (default: what fits, a /24 or larger, and 64)", &type_prefix_lens,
     offsetof(struct addressing_input, lan)},
};
static const struct table lens_table = {
    .name = "addressing-prefix",
    .what = "addressing.prefix",
    FIELDS(lens_fields),
};

/* Reads into its parent: two levels of the file, one struct. */
static const struct type type_lens = {
    .expects = "a map of prefix lengths, like {p2p: [31, 127]}",
    .read = read_table,
    .describe = describe_table,
    .table = &lens_table,
};
static const struct field addressing_fields[] = {
    {"links", "pools of which each segment gets a subnet each, in link order", &type_subnets,
     offsetof(struct addressing_input, links)},
    {"loopbacks", "pools of which each router gets an address each", &type_subnets,
     offsetof(struct addressing_input, loopbacks)},
    {"prefix", "how long the prefixes of subnets are", &type_lens, 0},
};
static const struct table addressing_table = {
    .name = "addressing",
    .what = "addressing",
    FIELDS(addressing_fields),
};

static bool read_addressing(struct reader *r, const struct type *type, const struct doc_node *n,
                            void *out)
{
    ((struct addressing_input *)out)->pos = n->pos;
    return read_table(r, type, n, out);
}

static const struct type type_addressing = {
    .expects = "how links are numbered, like {links: [10.0.0.0/16, fd00::/48]}",
    .read = read_addressing,
    .describe = describe_table,
    .table = &addressing_table,
};

static bool read_var(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    return n->kind == DOC_SCALAR ? read_text(r, type, n, out) : type_mismatch(r, type, n);
}

static const struct type type_var_name = {
    .expects = "a variable's name: a letter, then letters, digits and '_', and not node",
    .read = read_text,
    .describe = describe_text,
    .valid = part_name_valid,
    .pattern = PART_NAME_PATTERN,
    .verbatim = true,
};
static const struct type type_var = {
    .expects = "a variable's value: a text or a number",
    .read = read_var,
    .describe = describe_text,
    .verbatim = true,
};
const struct type type_vars = {
    .expects = "a map of variables, like {k: 4, site: berlin}",
    .read = read_map,
    .describe = describe_map,
    .key = &type_var_name,
    .of = &type_var,
    .size = sizeof(struct text_value),
};

static const struct field root_fields[] = {
    {"name", "the lab's name; the file's own without its ending where not given", &type_lab_name,
     offsetof(struct root_input, name)},
    {"description", "a free text", &type_any_text, offsetof(struct root_input, description)},
    {"vars", "variables, for texts to refer to: $(k)", &type_vars,
     offsetof(struct root_input, vars)},
    {"defaults", "what every node and every link starts from", &type_defaults, 0},
    {"profiles", "named sets of node attributes, for nodes to take with `profile`", &type_profiles,
     offsetof(struct root_input, profiles)},
    {"nodes", "the nodes, by name", &type_nodes, offsetof(struct root_input, nodes),
     FIELD_REQUIRED},
    {"links", "the links between them", &type_links, offsetof(struct root_input, links)},
    {"addressing", "numbers for what has none: pools of subnets and loopbacks", &type_addressing,
     offsetof(struct root_input, addressing)},
    {"routing", "where routes come from, besides those that are written", &type_routing,
     offsetof(struct root_input, routing)},
    {"tests", "what the lab is to do: `nslab test` tries it", &type_tests,
     offsetof(struct root_input, tests)},
};
const struct table root_table = {
    .name = "topology",
    .what = "a topology",
    FIELDS(root_fields),
};
