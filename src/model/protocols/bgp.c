// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * BGP: a session with each neighbour for each family, over that family. Whom a node speaks to and
 * what comes of it is load_bgp.c's matter.
 */
#include "model/protocols/bgp.h"

#include <string.h>

#include "model/load.h"
#include "model/names.h"

/* Sessions come up at once and are missed within seconds. */
#define HOLD_S 9
#define KEEPALIVE_S 3

/* --- What is written -------------------------------------------------------------------------- */

static const struct type type_asn = {
    .expects = "an AS number from 1 to 4294967294",
    .read = read_int,
    .describe = describe_int,
    .min = 1,
    .max = UINT32_MAX - 1,
};

static const struct type type_neighbor_name = {
    .expects = "NODE or NODE:INTERFACE",
    .read = read_text,
    .describe = describe_text,
    .valid = endpoint_valid,
    .pattern = ENDPOINT_PATTERN,
    .looks = LOOKS_NATURAL,
};

static const struct field neighbor_fields[] = {
    {"node", "who it is: a node, or NODE:INTERFACE", &type_neighbor_name,
     offsetof(struct bgp_neighbor, node)},
    {"address", "of one that is no node of the lab, or whose configuration is its own", &type_addr,
     offsetof(struct bgp_neighbor, address)},
    {"asn", "its AS (default: what its node says)", &type_asn, offsetof(struct bgp_neighbor, asn)},
    {"route-reflector-client", "whether routes are reflected to it", &type_bool,
     offsetof(struct bgp_neighbor, client)},
    {"next-hop-self", "whether it is to send here what another AS has said (default true)",
     &type_bool, offsetof(struct bgp_neighbor, next_hop_self)},
};
static const char *const neighbor_needs[] = {"node", "address", NULL};
static const struct table neighbor_table = {
    .name = "bgp-neighbor",
    .what = "a neighbour of bgp",
    .fields = neighbor_fields,
    .n = ARRAY_SIZE(neighbor_fields),
    .needs_one_of = neighbor_needs,
};

static bool read_neighbor(struct reader *r, const struct type *type, const struct doc_node *n,
                          void *out)
{
    ((struct bgp_neighbor *)out)->pos = n->pos;
    return read_table(r, type, n, out);
}

static const struct type type_neighbor = {
    .expects = "a neighbour, like {node: r2}",
    .read = read_neighbor,
    .describe = describe_table,
    .table = &neighbor_table,
};

/* `auto`, or a list. */
static bool read_auto(struct reader *r, const struct type *type, const struct doc_node *n,
                      void *out)
{
    if (n->kind == DOC_SCALAR && !n->quoted && strcmp(n->text, "auto") == 0) {
        *(struct list_value *)out = (struct list_value){0};
        return true;
    }
    return read_list(r, type, n, out);
}

static json_t *describe_auto(const struct type *type, struct schema *s)
{
    return describe_either(json_pack("{s:s}", "const", "auto"), describe_list(type, s));
}

static const struct type type_neighbors = {
    .expects = "auto, or a list of neighbours, like [{node: r2}]",
    .read = read_auto,
    .describe = describe_auto,
    .of = &type_neighbor,
    .size = sizeof(struct bgp_neighbor),
};

static const struct type type_networks = {
    .expects = "auto, or a list of prefixes, like [10.1.0.0/16]",
    .read = read_auto,
    .describe = describe_auto,
    .of = &type_network,
    .size = sizeof(struct prefix_value),
};

static const struct field fields[] = {
    {"asn", "its AS number, from 1 to 4294967294", &type_asn, offsetof(struct bgp, asn)},
    {"neighbors", "auto (default): links to other ASes, and all of its own AS; or a list",
     &type_neighbors, offsetof(struct bgp, neighbors)},
    {"networks", "auto (default): its subnets and loopbacks; or a list of prefixes", &type_networks,
     offsetof(struct bgp, networks)},
    {"route-reflector", "true: it reflects routes to all of its AS, who need no others", &type_bool,
     offsetof(struct bgp, reflector)},
};
static const struct table table = {
    .name = "bgp",
    .what = "bgp",
    .fields = fields,
    .n = ARRAY_SIZE(fields),
};
const struct type type_bgp = {
    .expects = "what BGP does, like {asn: 65001}",
    .read = read_protocol,
    .describe = describe_table,
    .table = &table,
    .size = sizeof(struct bgp),
};

/* --- What follows ----------------------------------------------------------------------------- */

static void take_networks(struct loader *l, struct talk *talk)
{
    const struct bgp *in = talk->in;
    const struct prefix_value *values = in->networks.v;
    if (!in->networks.pos.line)
        return;
    talk->networks = (prefix_list){0};
    for (uint32_t i = 0; i < in->networks.n; i++) {
        vec_push(l->scratch, &talk->networks, values[i].prefix);
        vec_push(l->scratch, &talk->unrouted, values[i].prefix);
    }
    talk->heard_of = talk->networks;
}

static void prepare(struct loader *l, struct speaker *s, struct talk *talk)
{
    const struct bgp *in = talk->in;
    take_networks(l, talk);
    if (!in->asn.pos.line) {
        diag_error(l->r.diags, s->in->own[PROTOCOL_BGP].pos, "bgp needs 'asn': its AS number");
        diag_help(l->r.diags, "bgp: {asn: 65001}; 64512 to 65534 are for private use");
    }
}

/* --- BIRD ------------------------------------------------------------------------------------- */

/* A name of its own for the session with PEER: bgp_r2, bgp_r2_v6, bgp_r2_2. */
static void add_session_name(const struct talk *talk, const struct peer *peer, struct str *out)
{
    unsigned before = 0;
    size_t from = out->len;
    for (const struct peer *it = talk->peers.v; it < peer; it++)
        before += it->remote.family == peer->remote.family && strcmp(it->name, peer->name) == 0;
    str_addf(out, "bgp_%s%s", peer->name, peer->remote.family == AF_INET ? "" : "_v6");
    for (char *p = out->text + from; *p; p++)
        *p = strchr(".:-", *p) ? '_' : *p;
    if (before)
        str_addf(out, "_%u", before + 1);
}

/* What it announces of its own: each in its place, whether it has a route there or not. */
static void bird_networks(const struct talk *talk, int family, struct str *out)
{
    bool v4 = family == AF_INET;
    char buf[ADDR_TEXT_MAX];
    if (!has_family(&talk->unrouted, family))
        return;
    str_addf(out, "\nprotocol static %s {\n  %s { preference 110; };\n",
             v4 ? "networks4" : "networks6", v4 ? "ipv4" : "ipv6");
    VEC_EACH (const struct prefix, it, &talk->unrouted) {
        if (it->addr.family == family)
            str_addf(out, "  route %s unreachable;\n", prefix_text(it, buf));
    }
    str_add(out, "}\n");
}

static void bird_accept(const prefix_list *list, int family, struct str *out)
{
    if (!has_family(list, family))
        return;
    str_add(out, "  if net ~ [ ");
    add_prefixes(out, list, family);
    str_add(out, " ] then accept;\n");
}

/* What is told to neighbours of its AS, and to those of others. BIRD tells of the one best route
 * that it has, and to a network of its AS that is not BGP's where there is an IGP. */
static void bird_told(const struct talk *talk, int family, struct str *out)
{
    char digit = family == AF_INET ? '4' : '6';
    str_addf(out, "\nfilter told%c {\n", digit);
    bird_accept(&talk->networks, family, out);
    str_add(out, "  if source ~ [ RTS_BGP, RTS_INHERIT ] then accept;\n  reject;\n}\n");
    if (!talk->of_as.n)
        return;
    str_addf(out, "\nfilter told_outside%c {\n", digit);
    bird_accept(&talk->of_as, family, out);
    str_add(out, "  if source ~ [ RTS_BGP, RTS_INHERIT ] then accept;\n  reject;\n}\n");
}

static void bird_peer(const struct speaker *s, const struct peer *peer, struct str *out)
{
    const struct talk *talk = &s->talks[PROTOCOL_BGP];
    const struct bgp *in = talk->in;
    bool v4 = peer->remote.family == AF_INET;
    char buf[ADDR_TEXT_MAX];
    str_add(out, "\nprotocol bgp ");
    add_session_name(talk, peer, out);
    str_addf(out, " {\n  local %s as %u;\n", addr_text(&peer->local, buf), in->asn.value);
    str_addf(out, "  neighbor %s as %u;\n", addr_text(&peer->remote, buf), peer->asn);
    if (peer->external && !peer->adjacent)
        str_add(out, "  multihop;\n");
    if (peer->client)
        str_add(out, "  rr client;\n");
    str_addf(out,
             "  connect delay time 1;\n  connect retry time 2;\n  error wait time 1, 4;\n"
             "  hold time %d;\n  keepalive time %d;\n"
             "  %s {\n    import all;\n    export filter %s%c;\n%s  };\n}\n",
             HOLD_S, KEEPALIVE_S, v4 ? "ipv4" : "ipv6", peer->external ? "told_outside" : "told",
             v4 ? '4' : '6', peer->next_hop_self ? "    next hop self ebgp;\n" : "");
}

static void bird(const struct speaker *s, struct str *out)
{
    const struct talk *talk = &s->talks[PROTOCOL_BGP];
    for (size_t i = 0; i < ARRAY_SIZE(routing_families); i++) {
        if (!speaks(s, routing_families[i]))
            continue;
        bird_networks(talk, routing_families[i], out);
        bird_told(talk, routing_families[i], out);
    }
    VEC_EACH (const struct peer, it, &talk->peers)
        bird_peer(s, it, out);
}

/* --- FRR -------------------------------------------------------------------------------------- */

static void frr_peer(const struct peer *peer, struct str *out)
{
    char remote[ADDR_TEXT_MAX], local[ADDR_TEXT_MAX];
    addr_text(&peer->remote, remote);
    str_addf(out, " neighbor %s remote-as %u\n neighbor %s description %s\n", remote, peer->asn,
             remote, peer->name);
    str_addf(out, " neighbor %s timers %d %d\n neighbor %s timers connect 1\n", remote, KEEPALIVE_S,
             HOLD_S, remote);
    str_addf(out, " neighbor %s advertisement-interval 0\n", remote);
    if (!peer->external || !peer->adjacent)
        str_addf(out, " neighbor %s update-source %s\n", remote, addr_text(&peer->local, local));
    if (peer->external && !peer->adjacent)
        str_addf(out, " neighbor %s ebgp-multihop\n", remote);
}

static void frr_networks(const prefix_list *list, int family, struct str *out)
{
    char buf[ADDR_TEXT_MAX];
    VEC_EACH (const struct prefix, it, list) {
        if (it->addr.family == family)
            str_addf(out, "  network %s\n", prefix_text(it, buf));
    }
}

static void frr_family(const struct speaker *s, int family, struct str *out)
{
    const struct talk *talk = &s->talks[PROTOCOL_BGP];
    char buf[ADDR_TEXT_MAX];
    str_addf(out, " address-family %s unicast\n", family == AF_INET ? "ipv4" : "ipv6");
    frr_networks(&talk->networks, family, out);
    frr_networks(&s->statics, family, out);
    VEC_EACH (const struct peer, it, &talk->peers) {
        if (it->remote.family != family)
            continue;
        addr_text(&it->remote, buf);
        str_addf(out, "  neighbor %s activate\n", buf);
        if (it->next_hop_self)
            str_addf(out, "  neighbor %s next-hop-self\n", buf);
        if (it->client)
            str_addf(out, "  neighbor %s route-reflector-client\n", buf);
    }
    str_add(out, " exit-address-family\n");
}

static void frr(const struct speaker *s, struct str *out)
{
    const struct talk *talk = &s->talks[PROTOCOL_BGP];
    const struct bgp *in = talk->in;
    char buf[ADDR_TEXT_MAX];
    str_addf(out,
             "router bgp %u\n bgp router-id %s\n no bgp ebgp-requires-policy\n"
             " no bgp default ipv4-unicast\n no bgp network import-check\n",
             in->asn.value, addr_text(&s->router_id, buf));
    VEC_EACH (const struct peer, it, &talk->peers)
        frr_peer(it, out);
    for (size_t i = 0; i < ARRAY_SIZE(routing_families); i++) {
        if (speaks(s, routing_families[i]))
            frr_family(s, routing_families[i], out);
    }
}

const struct protocol protocol_bgp = {
    .name = "bgp", .prepare = prepare, .bird = bird, .frr = {{"bgpd", 0, frr}}};
