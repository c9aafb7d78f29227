// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* The protocols, and the words of configurations that several of them have in common. */
#include "model/routing.h"

const struct protocol *const protocols[PROTOCOLS] = {
    [PROTOCOL_OSPF] = &protocol_ospf,   [PROTOCOL_BGP] = &protocol_bgp,
    [PROTOCOL_RIP] = &protocol_rip,     [PROTOCOL_ISIS] = &protocol_isis,
    [PROTOCOL_BABEL] = &protocol_babel,
};

bool has_family(const prefix_list *list, int family)
{
    VEC_EACH (const struct prefix, it, list) {
        if (it->addr.family == family)
            return true;
    }
    return false;
}

void add_prefixes(struct str *out, const prefix_list *list, int family)
{
    bool first = true;
    char buf[ADDR_TEXT_MAX];
    VEC_EACH (const struct prefix, it, list) {
        if (it->addr.family != family)
            continue;
        str_addf(out, "%s%s", first ? "" : ", ", prefix_text(it, buf));
        first = false;
    }
}

bool speaker_has_default(const struct speaker *s, int family)
{
    VEC_EACH (const struct prefix, it, &s->statics) {
        if (it->addr.family == family && !it->len)
            return true;
    }
    return false;
}

void bird_add_channel(struct str *out, int family, const char *sources)
{
    str_addf(out,
             "  %s {\n"
             "    import all;\n"
             "    export where source ~ [ %s ];\n"
             "  };\n",
             family == AF_INET ? "ipv4" : "ipv6", sources);
}

void frr_add_redistribute(struct str *out, const struct speaker *s, int family, const char *line)
{
    if (has_family(&s->statics, family))
        str_addf(out, "%s route-map " FRR_OWN_ROUTES "\n", line);
}

void frr_add_own_routes(struct str *out, const struct speaker *s, int family)
{
    const char *ip = family == AF_INET ? "ip" : "ipv6";
    char buf[ADDR_TEXT_MAX];
    if (!has_family(&s->statics, family))
        return;
    VEC_EACH (const struct prefix, it, &s->statics) {
        if (it->addr.family == family)
            str_addf(out, "%s prefix-list " FRR_OWN_ROUTES " permit %s\n", ip,
                     prefix_text(it, buf));
    }
    str_addf(out,
             "route-map " FRR_OWN_ROUTES " permit %d\n match %s address prefix-list " FRR_OWN_ROUTES
             "\n!\n",
             family == AF_INET ? 4 : 6, ip);
}
