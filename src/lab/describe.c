// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * What is written down of a topology when its lab is made: for commands that come later and have
 * no model any more, and for the programs in the nodes.
 */
#include "lab/describe.h"

#include <jansson.h>
#include <limits.h>
#include <sys/socket.h>

#include "model/kinds.h"

static json_t *describe_node(const struct node *node)
{
    json_t *labels = json_object();
    VEC_EACH (struct label, label, &node_extra(node)->labels)
        json_object_set_new(labels, label->key, json_string(label->value));
    json_t *j = json_pack("{s:s, s:s, s:o}", "name", node->name, "kind", node->kind->name, "labels",
                          labels);
    if (node_extra(node)->description)
        json_object_set_new(j, "description", json_string(node->extra->description));
    return j;
}

static json_t *end_name(const struct iface *iface)
{
    return json_sprintf("%s:%s", iface->node->name, iface->name);
}

static json_t *describe_link(const struct link *link)
{
    return json_pack("{s:[o, o]}", "ends", end_name(link->ends[0]), end_name(link->ends[1]));
}

static json_t *describe_lan(const struct lan *lan)
{
    json_t *members = json_array();
    VEC_EACH (struct iface *, member, &lan->members)
        json_array_append_new(members, end_name(*member));
    return members;
}

/* A full path, so that it means the same to whoever asks from elsewhere. */
static json_t *describe_file(const char *file)
{
    char path[PATH_MAX];
    return json_string(file && realpath(file, path) ? path : file ? file : "");
}

static bool is_seen(const struct link *link)
{
    return !link->ends[0]->node->hidden && !link->ends[1]->node->hidden;
}

char *describe_topo(const struct topo *topo)
{
    json_t *nodes = json_array(), *links = json_array(), *lans = json_array();
    VEC_EACH (struct node *, node, &topo->nodes)
        if (!(*node)->hidden)
            json_array_append_new(nodes, describe_node(*node));
    VEC_EACH (struct link *, link, &topo->links)
        if (is_seen(*link))
            json_array_append_new(links, describe_link(*link));
    VEC_EACH (struct lan, lan, &topo->lans)
        json_array_append_new(lans, describe_lan(lan));
    json_t *lab = json_pack("{s:s, s:o, s:s, s:o, s:o, s:o}", "name", topo->name, "file",
                            describe_file(topo->file), "description",
                            topo->description ? topo->description : "", "nodes", nodes, "links",
                            links, "lans", lans);
    char *text = json_dumps(lab, JSON_COMPACT);
    json_decref(lab);
    return text;
}

void describe_hosts(const struct topo *topo, struct str *out)
{
    static const int families[] = {AF_INET, AF_INET6};
    char text[ADDR_TEXT_MAX];
    str_add(out, "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n");
    VEC_EACH (struct node *, node, &topo->nodes) {
        for (size_t i = 0; !(*node)->hidden && i < ARRAY_SIZE(families); i++) {
            const struct ifaddr *addr = node_first_addr(*node, families[i]);
            if (addr)
                str_addf(out, "%s\t%s\n", addr_text(&addr->prefix.addr, text), (*node)->name);
        }
    }
}

/* What resolv.conf takes of those that there are; MAXNS of resolv.h. */
#define NAME_SERVERS_MAX 3

/* A name server that nodes can ask too. */
static bool is_server(const char *line, char ret[ADDR_TEXT_MAX])
{
    struct addr addr;
    return sscanf(line, "nameserver %63s", ret) == 1 && addr_parse(ret, &addr) &&
           addr.family == AF_INET && !addr_is_loopback(&addr);
}

/* The machine's own, for veth uplinks: those of the first file that has any. */
static int add_host_servers(struct str *out, unsigned *n, struct err *err)
{
    static const char *const files[] = {"/etc/resolv.conf", "/run/systemd/resolve/resolv.conf"};
    unsigned before = *n;
    for (size_t i = 0; i < ARRAY_SIZE(files) && *n == before; i++) {
        char line[512], server[ADDR_TEXT_MAX];
        CLEAN_FILE FILE *file = fopen(files[i], "re");
        if (!file && err_is_shortage(-errno))
            return err_sys(err, -errno, "%s", files[i]);
        while (file && fgets(line, sizeof(line), file))
            if (is_server(line, server) && ++*n <= NAME_SERVERS_MAX)
                str_addf(out, "nameserver %s\n", server);
    }
    return 0;
}

static int add_servers(const struct uplink *uplink, struct str *out, unsigned *n, struct err *err)
{
    static const int families[] = {AF_INET, AF_INET6};
    if (uplink->mode == UPLINK_VETH)
        return add_host_servers(out, n, err);
    for (size_t i = 0; i < ARRAY_SIZE(families); i++) {
        char text[ADDR_TEXT_MAX];
        if (!uplink_has(uplink, families[i]) || ++*n > NAME_SERVERS_MAX)
            continue;
        struct addr addr = uplink_addr(uplink, families[i], UPLINK_DNS);
        str_addf(out, "nameserver %s\n", addr_text(&addr, text));
    }
    return 0;
}

int describe_resolv(const struct topo *topo, struct str *out, struct err *err)
{
    unsigned n = 0;
    VEC_EACH (struct node *, node, &topo->nodes) {
        int r = node_uplink(*node) ? add_servers(node_uplink(*node), out, &n, err) : 0;
        if (r)
            return r;
    }
    if (!n)
        str_add(out, "# This lab has no name server; /etc/hosts knows its nodes.\n");
    return 0;
}
