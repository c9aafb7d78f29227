// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* RIP: version 2 for IPv4, RIPng for IPv6. It counts hops, whatever a link costs. */
#include <string.h>

#include "model/load.h"
#include "model/routing.h"

#define UPDATE_DEFAULT 5
#define TIMEOUT_UPDATES 6
#define GARBAGE_UPDATES 4
#define FRR_TIMER_MIN 5
#define HOPS_MAX 14 /* what is further has a metric of 16, which is no way at all */

enum { SPLIT_FALSE, SPLIT_TRUE, SPLIT_POISON };

struct rip {
    struct int_value update, timeout, garbage, split_horizon;
};

/* --- What is written -------------------------------------------------------------------------- */

static bool read_split(struct reader *r, const struct type *type, const struct doc_node *n,
                       void *out)
{
    if (n->kind != DOC_SCALAR || strcmp(n->text, "poison") != 0)
        return read_bool(r, type, n, out);
    *(struct int_value *)out = (struct int_value){SPLIT_POISON, n->pos};
    return true;
}

static json_t *describe_split(const struct type *type, struct schema *s)
{
    return describe_either(describe_bool(type, s), json_pack("{s:s}", "const", "poison"));
}

static const struct type type_split = {
    .expects = "true, false or poison",
    .read = read_split,
    .describe = describe_split,
};

static const struct field fields[] = {
    {"update", "how often it tells all it knows (default 5s)", &type_seconds,
     offsetof(struct rip, update)},
    {"timeout", "after how long without it a route is no more (default: six times update)",
     &type_seconds, offsetof(struct rip, timeout)},
    {"garbage", "how long it is then told that there is none (default: four times update)",
     &type_seconds, offsetof(struct rip, garbage)},
    {"split-horizon", "true (default): not told where it comes from; poison: told as unreachable",
     &type_split, offsetof(struct rip, split_horizon)},
};
static const struct table table = {
    .name = "rip",
    .what = "rip",
    .fields = fields,
    .n = ARRAY_SIZE(fields),
};
const struct type type_rip = {
    .expects = "nothing, or what RIP does, like {update: 10s}",
    .read = read_protocol,
    .describe = describe_table,
    .table = &table,
    .size = sizeof(struct rip),
};

/* --- What follows ----------------------------------------------------------------------------- */

static uint32_t update_of(const struct rip *in)
{
    return in->update.pos.line ? in->update.value : UPDATE_DEFAULT;
}

static uint32_t timeout_of(const struct rip *in)
{
    return in->timeout.pos.line ? in->timeout.value : TIMEOUT_UPDATES * update_of(in);
}

static uint32_t garbage_of(const struct rip *in)
{
    return in->garbage.pos.line ? in->garbage.value : GARBAGE_UPDATES * update_of(in);
}

static uint32_t split_of(const struct rip *in)
{
    return in->split_horizon.pos.line ? in->split_horizon.value : SPLIT_TRUE;
}

static void prepare(struct loader *l, struct speaker *s, struct talk *talk)
{
    const struct rip *in = talk->in;
    const struct int_value *timers[] = {&in->update, &in->timeout, &in->garbage};
    for (size_t i = 0; s->daemon == DAEMON_FRR && i < ARRAY_SIZE(timers); i++) {
        if (timers[i]->pos.line && timers[i]->value < FRR_TIMER_MIN)
            diag_error(l->r.diags, timers[i]->pos, "FRR takes no time below %ds here",
                       FRR_TIMER_MIN);
    }
    if (timeout_of(in) <= update_of(in))
        diag_error(l->r.diags, in->timeout.pos.line ? in->timeout.pos : in->update.pos,
                   "timeout, %us, must be longer than update, %us", timeout_of(in), update_of(in));
}

/* --- BIRD ------------------------------------------------------------------------------------- */

static const char *yes_no(bool yes)
{
    return yes ? "yes" : "no";
}

static void bird_version(const struct speaker *s, int family, struct str *out)
{
    const struct talk *talk = &s->talks[PROTOCOL_RIP];
    const struct rip *in = talk->in;
    str_addf(out, "\nprotocol rip %s {\n", family == AF_INET ? "rip4" : "ng rip6");
    bird_add_channel(out, family, "RTS_DEVICE, RTS_INHERIT, RTS_RIP");
    VEC_EACH (const struct port, it, &talk->ports) {
        if (!it->passive && iface_first_addr(it->iface, family))
            str_addf(out,
                     "  interface \"%s\" { update time %u; timeout time %u; garbage time %u; "
                     "split horizon %s; poison reverse %s; };\n",
                     it->iface->name, update_of(in), timeout_of(in), garbage_of(in),
                     yes_no(split_of(in) != SPLIT_FALSE), yes_no(split_of(in) == SPLIT_POISON));
    }
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

static void frr_split(const struct port *port, const char *rip, uint32_t split, struct str *out)
{
    if (split == SPLIT_TRUE)
        return;
    str_addf(out, "interface %s\n %s%s split-horizon%s\n!\n", port->iface->name,
             split == SPLIT_FALSE ? "no " : "", rip,
             split == SPLIT_POISON ? " poisoned-reverse" : "");
}

static void frr_version(const struct speaker *s, int family, struct str *out)
{
    const struct talk *talk = &s->talks[PROTOCOL_RIP];
    const struct rip *in = talk->in;
    bool v4 = family == AF_INET;
    VEC_EACH (const struct port, it, &talk->ports) {
        if (!it->passive && iface_first_addr(it->iface, family))
            frr_split(it, v4 ? "ip rip" : "ipv6 ripng", split_of(in), out);
    }
    frr_add_own_routes(out, s, family);
    str_addf(out, "router %s\n timers basic %u %u %u\n redistribute connected\n",
             v4 ? "rip" : "ripng", update_of(in), timeout_of(in), garbage_of(in));
    frr_add_redistribute(out, s, family, " redistribute kernel");
    if (speaker_has_default(s, family))
        str_add(out, " default-information originate\n");
    VEC_EACH (const struct port, it, &talk->ports) {
        if (!it->passive && iface_first_addr(it->iface, family))
            str_addf(out, " network %s\n", it->iface->name);
    }
}

static void frr_v2(const struct speaker *s, struct str *out)
{
    frr_version(s, AF_INET, out);
}

static void frr_ng(const struct speaker *s, struct str *out)
{
    frr_version(s, AF_INET6, out);
}

const struct protocol protocol_rip = {
    .name = "rip",
    .max_hops = HOPS_MAX,
    .prepare = prepare,
    .bird = bird,
    .frr = {{"ripd", AF_INET, frr_v2}, {"ripngd", AF_INET6, frr_ng}},
};
