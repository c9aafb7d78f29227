// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * FRR: a configuration and a service for zebra and for each daemon that the protocols want; each
 * reads its own, so that none of them is ever there without. They run as the node's root, which an
 * ordinary user's lab has alone: FRR wants that to be a member of `frrvty` then, which the node's
 * own /etc/group says.
 */
#include "model/routing.h"

#include <string.h>

#include "base/arena.h"
#include "model/load.h"

#define DAEMONS "/usr/lib/frr/" /* where distributions have them */
#define CONFS "/etc/frr/"
#define ZEBRA_SOCKET "/run/frr/zserv.api"

static const char group[] = "root:x:0:\n"
                            "daemon:x:1:\n"
                            "tty:x:5:\n"
                            "www-data:x:33:\n"
                            "frr:x:0:root\n"
                            "frrvty:x:0:root\n"
                            "nogroup:x:65534:\n";

static void add_head(const struct speaker *s, struct str *out)
{
    str_addf(out, "! `routing` of the topology says what is here.\nhostname %s\nlog stdout\n!\n",
             s->node->name);
}

static void add_daemon(struct loader *l, const struct speaker *s, struct daemon_service *service,
                       const char *conf)
{
    struct arena *arena = l->scratch;
    const char *path = arena_printf(arena, CONFS "%s.conf", service->name);
    const char *program = arena_printf(arena, DAEMONS "%s", service->name);
    const char *const argv[] = {program, "-u", "root", "-g", "root", "-f", path, NULL};
    service->argv = argv;
    service->package = "frr";
    if (!routing_add_file(l, s, &(struct daemon_file){path, conf, 0644}))
        memset(service->routes, 0, sizeof(service->routes)); /* nobody knows what it brings */
    routing_add_service(l, s, service);
}

static void add_zebra(struct loader *l, const struct speaker *s)
{
    struct str conf CLEAN_STR = {0};
    struct daemon_service service = {.name = "zebra", .there = ZEBRA_SOCKET};
    add_head(s, &conf);
    add_daemon(l, s, &service, conf.text);
}

static void add_protocol(struct loader *l, const struct speaker *s, const struct talk *talk,
                         const struct frr_daemon *daemon)
{
    struct str conf CLEAN_STR = {0};
    struct daemon_service service = {
        .name = daemon->name, .after = "zebra", .routes = {&talk->expected}};
    if (!daemon->name || (daemon->family && !speaks(s, daemon->family)))
        return;
    service.family = daemon->family;
    add_head(s, &conf);
    daemon->write(s, &conf);
    add_daemon(l, s, &service, conf.text);
}

void frr_make(struct loader *l, const struct speaker *s)
{
    routing_add_file(l, s, &(struct daemon_file){"/etc/frr", NULL, 0755});
    routing_add_file(l, s, &(struct daemon_file){"/run/frr", NULL, 0755});
    routing_add_file(l, s, &(struct daemon_file){"/etc/group", group, 0644});
    routing_add_file(
        l, s,
        &(struct daemon_file){CONFS "vtysh.conf", "no service integrated-vtysh-config\n", 0644});
    add_zebra(l, s);
    for (size_t i = 0; i < PROTOCOLS; i++) {
        const struct talk *talk = &s->talks[i];
        for (size_t j = 0; talk->protocol && j < ARRAY_SIZE(talk->protocol->frr); j++)
            add_protocol(l, s, talk, &talk->protocol->frr[j]);
    }
}
