// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Babel, for both families at once: a distance vector without loops. FRR's babeld 8.4 never speaks
 * on an interface that its file names before zebra does, so it is BIRD's alone.
 */
#include "model/routing.h"

#define HELLO_DEFAULT 1
#define UPDATE_HELLOS 4
#define RXCOST_WIRED 96 /* of a link that costs 1 */
#define RXCOST_MAX 65534

struct babel {
    struct int_value hello, update;
};

static const struct field fields[] = {
    {"hello", "how often neighbours hear of it (default 1s)", &type_seconds,
     offsetof(struct babel, hello)},
    {"update", "how often it tells all it knows (default: four times hello)", &type_seconds,
     offsetof(struct babel, update)},
};
static const struct table table = {
    .name = "babel",
    .what = "babel",
    .fields = fields,
    .n = ARRAY_SIZE(fields),
};
const struct type type_babel = {
    .expects = "nothing, or what Babel does, like {hello: 2s}",
    .read = read_protocol,
    .describe = describe_table,
    .table = &table,
    .size = sizeof(struct babel),
};

static uint32_t hello_of(const struct babel *in)
{
    return in->hello.pos.line ? in->hello.value : HELLO_DEFAULT;
}

static uint32_t update_of(const struct babel *in)
{
    return in->update.pos.line ? in->update.value : UPDATE_HELLOS * hello_of(in);
}

static uint32_t rxcost(const struct port *port)
{
    uint64_t cost = (uint64_t)RXCOST_WIRED * port->cost;
    return cost < RXCOST_MAX ? (uint32_t)cost : RXCOST_MAX;
}

static void bird(const struct speaker *s, struct str *out)
{
    const struct talk *talk = &s->talks[PROTOCOL_BABEL];
    const struct babel *in = talk->in;
    str_add(out, "\nprotocol babel babel1 {\n");
    for (size_t i = 0; i < ARRAY_SIZE(routing_families); i++) {
        if (speaks(s, routing_families[i]))
            bird_add_channel(out, routing_families[i], "RTS_DEVICE, RTS_INHERIT, RTS_BABEL");
    }
    VEC_EACH (const struct port, it, &talk->ports) {
        if (!it->passive)
            str_addf(out,
                     "  interface \"%s\" { type wired; rxcost %u; hello interval %u s; update "
                     "interval %u s; };\n",
                     it->iface->name, rxcost(it), hello_of(in), update_of(in));
    }
    str_add(out, "}\n");
}

const struct protocol protocol_babel = {.name = "babel", .bird = bird};
