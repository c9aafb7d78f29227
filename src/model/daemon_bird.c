// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * BIRD 2: one configuration, one service. What its interfaces are on comes from `direct`, so that
 * it does not put the kernel's own routes there once more; routes of the file's come from the
 * kernel (RTS_INHERIT), those alone that are announced. What BGP has heard of and nobody knows the
 * way to yet is not for the kernel, which would have a route then that leads nowhere.
 */
#include "model/routing.h"

#include "base/arena.h"
#include "model/load.h"

#define PROGRAM "/usr/sbin/bird" /* a folder that is not in every user's PATH */
#define CONF "/etc/bird/bird.conf"

static void add_direct(const struct speaker *s, struct str *out)
{
    str_add(out, "\nprotocol direct {\n");
    for (size_t i = 0; i < ARRAY_SIZE(routing_families); i++)
        str_addf(out, "  %s;\n", routing_families[i] == AF_INET ? "ipv4" : "ipv6");
    str_add(out, "  interface \"lo\"");
    VEC_EACH (const struct iface *, it, &s->ifaces)
        str_addf(out, ", \"%s\"", (*it)->name);
    str_add(out, ";\n}\n");
}

static void add_kernel(const struct speaker *s, int family, struct str *out)
{
    bool v4 = family == AF_INET, own = has_family(&s->statics, family);
    str_addf(out, "\nprotocol kernel %s {\n  %s {\n    import ", v4 ? "kernel4" : "kernel6",
             v4 ? "ipv4" : "ipv6");
    if (own) {
        str_add(out, "where net ~ [ ");
        add_prefixes(out, &s->statics, family);
        str_add(out, " ];\n");
    } else {
        str_add(out, "none;\n");
    }
    str_addf(out,
             "    export where source !~ [ RTS_DEVICE, RTS_STATIC, RTS_INHERIT ] && dest != "
             "RTD_UNREACHABLE;\n"
             "  };\n%s  merge paths;\n}\n",
             own ? "  learn;\n" : "");
}

static char *make_conf(const struct speaker *s)
{
    struct str out = {0};
    char buf[ADDR_TEXT_MAX];
    str_addf(&out,
             "# %s: `routing` of the topology says what is here.\n"
             "log stderr all;\n"
             "router id %s;\n\n"
             "protocol device {\n}\n",
             s->node->name, addr_text(&s->router_id, buf));
    add_direct(s, &out);
    for (size_t i = 0; i < ARRAY_SIZE(routing_families); i++) {
        if (speaks(s, routing_families[i]))
            add_kernel(s, routing_families[i], &out);
    }
    for (size_t i = 0; i < PROTOCOLS; i++) {
        if (s->talks[i].protocol)
            s->talks[i].protocol->bird(s, &out);
    }
    return str_take(&out);
}

void bird_make(struct loader *l, const struct speaker *s)
{
    static const char *const argv[] = {PROGRAM, "-f", "-c", CONF, NULL};
    struct daemon_service service = {.name = "bird", .argv = argv, .package = "bird2"};
    CLEAN_FREE char *conf = make_conf(s);
    routing_add_file(l, s, &(struct daemon_file){"/etc/bird", NULL, 0755});
    routing_add_file(l, s, &(struct daemon_file){"/run/bird", NULL, 0755});
    bool ours = routing_add_file(l, s, &(struct daemon_file){CONF, conf, 0644});
    for (size_t i = 0; ours && i < PROTOCOLS; i++) /* else nobody knows what it brings */
        service.routes[i] = &s->talks[i].expected;
    routing_add_service(l, s, &service);
}
