// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* OSPF: version 2 for IPv4, version 3 for IPv6, with the same areas and costs. */
#include <string.h>

#include "model/load.h"
#include "model/routing.h"

#define HELLO_DEFAULT 1
#define DEAD_HELLOS 4
#define RETRANSMIT_S 2 /* what is lost while a lab comes up is soon said again */

struct ospf {
    struct int_value area, hello, dead;
    struct map_value interfaces; /* of ospf_port */
};

struct ospf_port {
    struct int_value area, cost, type, passive;
};

/* --- What is written -------------------------------------------------------------------------- */

static bool read_area(struct reader *r, const struct type *type, const struct doc_node *n,
                      void *out)
{
    struct int_value *value = out;
    struct addr addr;
    if (n->kind != DOC_SCALAR || !addr_parse(n->text, &addr) || addr_bits(&addr) != 32)
        return read_int(r, type, n, out);
    const uint8_t *b = addr.bytes;
    *value = (struct int_value){
        (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3], n->pos};
    return true;
}

static json_t *describe_area(const struct type *type, struct schema *s)
{
    return describe_either(describe_int(type, s), json_pack("{s:s,s:s}", "type", "string",
                                                            "pattern", "^" IPV4_PATTERN "$"));
}

static const struct type type_area = {
    .expects = "an area: a number from 0 to 4294967295, or 0.0.0.1",
    .read = read_area,
    .describe = describe_area,
    .max = UINT32_MAX,
};

enum { OSPF_BROADCAST, OSPF_POINT_TO_POINT };
static const char *const network_types[] = {"broadcast", "point-to-point", NULL};
static const struct type type_network_type = {
    .expects = "broadcast or point-to-point",
    .read = read_enum,
    .describe = describe_enum,
    .words = network_types,
};

static const struct field port_fields[] = {
    {"area", "the area that it is in", &type_area, offsetof(struct ospf_port, area)},
    {"cost", "what it costs to leave by it (default: its link's cost)", &type_cost,
     offsetof(struct ospf_port, cost)},
    {"type", "broadcast, or point-to-point (default where a link joins two routers)",
     &type_network_type, offsetof(struct ospf_port, type)},
    {"passive", "it is announced, and nothing is sent (default where no other router is)",
     &type_bool, offsetof(struct ospf_port, passive)},
};
static const struct table port_table = {
    .name = "ospf-interface",
    .what = "an interface of ospf",
    .fields = port_fields,
    .n = ARRAY_SIZE(port_fields),
};
static const struct type type_interface = {
    .expects = "what OSPF does there, like {area: 1}",
    .read = read_table,
    .describe = describe_table,
    .table = &port_table,
};
static const struct type type_ports_of_ospf = {
    .expects = "a map of interfaces, like {eth0: {area: 1}}",
    .read = read_map,
    .describe = describe_map,
    .key = &type_iface_name,
    .of = &type_interface,
    .size = sizeof(struct ospf_port),
};

static const struct field fields[] = {
    {"area", "the area that its interfaces are in (default 0)", &type_area,
     offsetof(struct ospf, area)},
    {"interfaces", "what is different on some of them", &type_ports_of_ospf,
     offsetof(struct ospf, interfaces)},
    {"hello", "how often neighbours hear of it (default 1s)", &type_seconds,
     offsetof(struct ospf, hello)},
    {"dead", "after how long without it is given up (default: four times hello)", &type_seconds,
     offsetof(struct ospf, dead)},
};
static const struct table table = {
    .name = "ospf",
    .what = "ospf",
    .fields = fields,
    .n = ARRAY_SIZE(fields),
};
const struct type type_ospf = {
    .expects = "nothing, or what OSPF does, like {area: 1}",
    .read = read_protocol,
    .describe = describe_table,
    .table = &table,
    .size = sizeof(struct ospf),
};

/* --- What follows ----------------------------------------------------------------------------- */

static uint32_t hello_of(const struct ospf *in)
{
    return in->hello.pos.line ? in->hello.value : HELLO_DEFAULT;
}

static uint32_t dead_of(const struct ospf *in)
{
    uint32_t dead = DEAD_HELLOS * hello_of(in);
    return in->dead.pos.line ? in->dead.value : dead > 65535 ? 65535 : dead;
}

static struct port *find_port(const struct talk *talk, const char *name)
{
    VEC_EACH (struct port, it, &talk->ports) {
        if (strcmp(it->iface->name, name) == 0)
            return it;
    }
    return NULL;
}

static void set_port(struct port *port, const struct ospf_port *in)
{
    if (in->area.pos.line)
        port->area = in->area.value;
    if (in->cost.pos.line)
        port->cost = in->cost.value;
    if (in->type.pos.line)
        port->pair = in->type.value == OSPF_POINT_TO_POINT;
    if (in->passive.pos.line)
        port->passive = in->passive.value;
}

static void report_port(struct loader *l, const struct speaker *s, const struct text_value *name)
{
    const struct iface *iface = load_find_iface(l, s->node, name->text, name->pos);
    if (iface)
        diag_error(l->r.diags, name->pos, "%s:%s takes no part in OSPF: it has no address",
                   s->node->name, name->text);
}

static void prepare(struct loader *l, struct speaker *s, struct talk *talk)
{
    const struct ospf *in = talk->in;
    const struct ospf_port *ports = in->interfaces.v;
    VEC_EACH (struct port, it, &talk->ports)
        it->area = in->area.value;
    for (uint32_t i = 0; i < in->interfaces.n; i++) {
        const struct text_value *name = &in->interfaces.keys[i];
        struct port *port = name->text ? find_port(talk, name->text) : NULL;
        if (port)
            set_port(port, &ports[i]);
        else if (name->text)
            report_port(l, s, name);
    }
    if (dead_of(in) <= hello_of(in)) {
        diag_error(l->r.diags, in->dead.pos.line ? in->dead.pos : in->hello.pos,
                   "dead, %us, must be longer than hello, %us", dead_of(in), hello_of(in));
        diag_help(l->r.diags, "four times as long is usual");
    }
}

/* --- BIRD ------------------------------------------------------------------------------------- */

static void bird_port(struct str *out, const struct port *port, const struct ospf *in)
{
    str_addf(out, "    interface \"%s\" { cost %u; ", port->iface->name, port->cost);
    if (port->passive)
        str_add(out, "stub; };\n");
    else
        str_addf(out, "type %s; hello %u; dead %u; retransmit %d; };\n",
                 port->pair ? "ptp" : "broadcast", hello_of(in), dead_of(in), RETRANSMIT_S);
}

/* The area of loopbacks. OSPFv3 takes no interface without a link-local address. */
static void bird_loopbacks(struct str *out, const struct speaker *s, int family)
{
    char buf[ADDR_TEXT_MAX];
    VEC_EACH (const struct ifaddr, it, &s->node->lo->addrs) {
        if (it->prefix.addr.family == family && !addr_is_loopback(&it->prefix.addr))
            str_addf(out, "    stubnet %s;\n", prefix_text(&it->prefix, buf));
    }
}

static bool area_done(const struct talk *talk, const struct port *port)
{
    for (const struct port *it = talk->ports.v; it < port; it++) {
        if (it->area == port->area)
            return true;
    }
    return false;
}

static void bird_area(const struct speaker *s, uint32_t area, int family, struct str *out)
{
    const struct talk *talk = &s->talks[PROTOCOL_OSPF];
    const struct ospf *in = talk->in;
    str_addf(out, "  area %u {\n", area);
    if (area == in->area.value)
        bird_loopbacks(out, s, family);
    VEC_EACH (const struct port, it, &talk->ports) {
        if (it->area == area && iface_first_addr(it->iface, family))
            bird_port(out, it, in);
    }
    str_add(out, "  };\n");
}

static bool has_area(const struct talk *talk, uint32_t area)
{
    VEC_EACH (const struct port, it, &talk->ports) {
        if (it->area == area)
            return true;
    }
    return false;
}

static void bird_version(const struct speaker *s, int family, struct str *out)
{
    const struct talk *talk = &s->talks[PROTOCOL_OSPF];
    const struct ospf *in = talk->in;
    str_addf(out, "\nprotocol ospf %s {\n", family == AF_INET ? "v2 ospf4" : "v3 ospf6");
    bird_add_channel(out, family, "RTS_INHERIT");
    VEC_EACH (const struct port, it, &talk->ports) {
        if (!area_done(talk, it))
            bird_area(s, it->area, family, out);
    }
    if (!has_area(talk, in->area.value))
        bird_area(s, in->area.value, family, out);
    str_add(out, "}\n");
}

static void bird(const struct speaker *s, struct str *out)
{
    for (size_t i = 0; i < ARRAY_SIZE(routing_families); i++) {
        if (speaks(s, routing_families[i]))
            bird_version(s, routing_families[i], out);
    }
}

/* --- FRR -------------------------------------------------------------------------------------- */

static void frr_port(const struct port *port, const struct ospf *in, const char *ospf,
                     struct str *out)
{
    str_addf(out, "interface %s\n %s area %u\n %s cost %u\n", port->iface->name, ospf, port->area,
             ospf, port->cost);
    if (port->passive)
        str_addf(out, " %s passive\n", ospf);
    else
        str_addf(out,
                 " %s network %s\n %s hello-interval %u\n %s dead-interval %u\n"
                 " %s retransmit-interval %d\n",
                 ospf, network_types[port->pair], ospf, hello_of(in), ospf, dead_of(in), ospf,
                 RETRANSMIT_S);
    str_add(out, "!\n");
}

static void frr_version(const struct speaker *s, int family, struct str *out)
{
    const struct talk *talk = &s->talks[PROTOCOL_OSPF];
    const struct ospf *in = talk->in;
    bool v4 = family == AF_INET;
    const char *ospf = v4 ? "ip ospf" : "ipv6 ospf6";
    char buf[ADDR_TEXT_MAX];
    VEC_EACH (const struct port, it, &talk->ports) {
        if (iface_first_addr(it->iface, family))
            frr_port(it, in, ospf, out);
    }
    str_addf(out, "interface lo\n %s area %u\n!\n", ospf, in->area.value);
    frr_add_own_routes(out, s, family);
    str_addf(out, "router %s\n %s router-id %s\n", v4 ? "ospf" : "ospf6", v4 ? "ospf" : "ospf6",
             addr_text(&s->router_id, buf));
    if (speaker_has_default(s, family))
        str_add(out, " default-information originate\n");
    frr_add_redistribute(out, s, family, " redistribute kernel");
}

static void frr_v2(const struct speaker *s, struct str *out)
{
    frr_version(s, AF_INET, out);
}

static void frr_v3(const struct speaker *s, struct str *out)
{
    frr_version(s, AF_INET6, out);
}

const struct protocol protocol_ospf = {
    .name = "ospf",
    .prepare = prepare,
    .bird = bird,
    .frr = {{"ospfd", AF_INET, frr_v2}, {"ospf6d", AF_INET6, frr_v3}},
};
