// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * How a lab is right now: the interfaces of each node, asked of the kernel, beside what the lab
 * was made as.
 */
#include <linux/if.h>
#include <string.h>

#include "lab/find.h"
#include "lab/lab.h"
#include "lab/list.h"
#include "lab/look.h"
#include "lab/ps.h"
#include "netlink/rtnl.h"

/* A node's interfaces while they come in: the JSON and the numbers beside it. */
struct ifaces {
    json_t *list;
    json_t *by_index; /* borrowed by key, the index in text */
};

static void index_key(uint32_t index, char key[16])
{
    snprintf(key, 16, "%u", index);
}

static json_t *counters(const struct rtnl_counters *c)
{
    return json_pack("{s:I, s:I, s:I, s:I}", "packets", (json_int_t)c->packets, "bytes",
                     (json_int_t)c->bytes, "errors", (json_int_t)c->errors, "dropped",
                     (json_int_t)c->dropped);
}

static const char *link_state(const struct rtnl_link *link)
{
    if (!(link->flags & IFF_UP))
        return "down";
    return rtnl_link_runs(link) ? "up" : "no-carrier";
}

static const char *link_kind(const struct rtnl_link *link)
{
    if (link->kind)
        return link->kind;
    return link->flags & IFF_LOOPBACK ? "loopback" : "physical";
}

static int add_link(void *arg, const struct rtnl_link *link)
{
    struct ifaces *ifaces = arg;
    char key[16], mac[ADDR_TEXT_MAX] = "";
    if (link->has_mac)
        mac_text(&link->mac, mac);
    json_t *j = json_pack("{s:s, s:s, s:i, s:s, s:i, s:s, s:[], s:o, s:o}", "name", link->name,
                          "kind", link_kind(link), "index", (int)link->index, "state",
                          link_state(link), "mtu", (int)link->mtu, "mac", mac, "addresses", "rx",
                          counters(&link->rx), "tx", counters(&link->tx));
    if (link->alias)
        json_object_set_new(j, "alias", json_string(link->alias));
    if (link->master) /* its number, until all names are known */
        json_object_set_new(j, "master", json_integer(link->master));
    index_key(link->index, key);
    json_object_set(ifaces->by_index, key, j);
    json_array_append_new(ifaces->list, j);
    return 0;
}

static int add_addr(void *arg, const struct rtnl_addr *addr)
{
    struct ifaces *ifaces = arg;
    char key[16], text[ADDR_TEXT_MAX];
    index_key(addr->index, key);
    json_t *list = json_object_get(json_object_get(ifaces->by_index, key), "addresses");
    json_array_append_new(list, json_string(prefix_text(&addr->prefix, text)));
    return 0;
}

static void name_masters(struct ifaces *ifaces)
{
    char key[16];
    size_t i;
    json_t *iface;
    json_array_foreach(ifaces->list, i, iface)
    {
        const json_t *master = json_object_get(iface, "master");
        if (!master)
            continue;
        index_key((uint32_t)json_integer_value(master), key);
        json_t *name = json_object_get(json_object_get(ifaces->by_index, key), "name");
        if (name)
            json_object_set(iface, "master", name);
        else
            json_object_del(iface, "master");
    }
}

static int dump_node(struct nl *nl, uint32_t node, void *arg, json_t **ret, struct err *err)
{
    (void)node, (void)arg;
    struct ifaces ifaces = {.list = json_array(), .by_index = json_object()};
    int r = rtnl_dump_links(nl, add_link, &ifaces, err);
    if (!r)
        r = rtnl_dump_addrs(nl, add_addr, &ifaces, err);
    name_masters(&ifaces);
    json_decref(ifaces.by_index);
    if (!r)
        *ret = ifaces.list;
    else
        json_decref(ifaces.list);
    return r;
}

/* "r1:eth0" to "r2:eth0" and back, for all links. */
static json_t *map_peers(const json_t *lab)
{
    json_t *peers = json_object();
    size_t i;
    const json_t *link;
    json_array_foreach(json_object_get(lab, "links"), i, link)
    {
        json_t *ends = json_object_get(link, "ends");
        json_t *a = json_array_get(ends, 0), *b = json_array_get(ends, 1);
        json_object_set(peers, json_string_value(a), b);
        json_object_set(peers, json_string_value(b), a);
    }
    return peers;
}

static void add_peers(const json_t *peers, const char *node, json_t *ifaces)
{
    size_t i;
    json_t *iface;
    json_array_foreach(ifaces, i, iface)
    {
        CLEAN_STR struct str key = {0};
        str_addf(&key, "%s:%s", node, json_string_value(json_object_get(iface, "name")));
        json_t *peer = json_object_get(peers, key.text);
        if (peer)
            json_object_set(iface, "peer", peer);
    }
}

/* Each process to its node. */
static void add_processes(json_t *nodes, json_t *processes)
{
    size_t i;
    json_t *node, *process;
    json_t *by_name = json_object();
    json_array_foreach(nodes, i, node)
    {
        json_object_set_new(node, "processes", json_array());
        json_object_set(by_name, json_string_value(json_object_get(node, "name")), node);
    }
    json_array_foreach(processes, i, process)
    {
        const char *name = json_string_value(json_object_get(process, "node"));
        json_t *list = json_object_get(json_object_get(by_name, name), "processes");
        json_array_append(list, process);
    }
    json_decref(by_name);
}

/* What is, into LAB, what it was made as. Takes over IFACES, a list for each node, and
 * PROCESSES. */
static void add_status(json_t *lab, const struct roster *roster, json_t *ifaces, json_t *processes)
{
    json_t *nodes = json_object_get(lab, "nodes");
    json_t *peers = map_peers(lab), *node;
    size_t i;
    json_array_foreach(nodes, i, node)
    {
        if (i >= roster->n)
            break;
        json_t *own = json_array_get(ifaces, i);
        json_object_set_new(node, "netns", json_integer((json_int_t)roster->nodes[i].netns));
        json_object_set(node, "interfaces", own);
        add_peers(peers, roster->nodes[i].name, own);
    }
    add_processes(nodes, processes);
    json_decref(processes);
    json_decref(peers);
    json_decref(ifaces);
}

int lab_status(const char *name, json_t **ret, struct err *err)
{
    static const struct look look = {.protocol = NETLINK_ROUTE, .fn = dump_node};
    CLEAN_STATE struct state s = STATE_NONE;
    CLEAN_ROSTER struct roster roster = {0};
    json_t *lab = NULL, *ifaces = NULL, *processes;
    int r = find_lab(name, &s, err);
    if (!r)
        r = roster_read(&s, &roster, err);
    if (!r)
        r = list_describe(&s, &roster, &lab, err);
    if (!r)
        r = look_at_nodes(&s, &look, 0, roster.n, &ifaces, err);
    if (!r)
        r = ps_list(&roster, NULL, &processes, err);
    if (r) {
        json_decref(ifaces);
        json_decref(lab);
        return r;
    }
    add_status(lab, &roster, ifaces, processes);
    *ret = lab;
    return 0;
}
