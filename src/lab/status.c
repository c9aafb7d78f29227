// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * How a lab is right now: the interfaces of each node, asked of the kernel, beside what the lab
 * was made as.
 *
 * A child joins the lab for it, as the caller must not change. It stands in the keeper's network
 * namespace and steps into a node only to open a socket there, so that nobody who looks at the
 * same time takes it for a program of the node. Descriptors come from the keeper some at a time:
 * a lab may have more nodes than the caller may have files open.
 */
#include <fcntl.h>
#include <linux/if.h>
#include <sched.h>
#include <string.h>
#include <sys/wait.h>

#include "lab/control.h"
#include "lab/door.h"
#include "lab/find.h"
#include "lab/lab.h"
#include "lab/list.h"
#include "lab/ps.h"
#include "netlink/rtnl.h"

enum { CHUNK = 128 }; /* nodes whose descriptors are held at once */

struct look {
    const struct state *state;
    const struct roster *roster;
    int connection;
    struct door door; /* the keeper's */
};

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

static int dump_node(struct nl *nl, json_t **ret, struct err *err)
{
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

/* A socket in NETNS, without staying there. */
static int open_in(const struct look *look, int netns, struct nl **ret, struct err *err)
{
    if (setns(netns, CLONE_NEWNET))
        return err_sys(err, -errno, "joining a node's network namespace");
    int r = nl_open(ret, err);
    if (setns(look->door.net, CLONE_NEWNET) && !r)
        r = err_sys(err, -errno, "leaving a node's network namespace");
    return r;
}

static int look_at_node(const struct look *look, int netns, json_t *list, struct err *err)
{
    CLEAN_NL struct nl *nl = NULL;
    json_t *ifaces;
    int r = open_in(look, netns, &nl, err);
    if (!r)
        r = dump_node(nl, &ifaces, err);
    if (!r)
        json_array_append_new(list, ifaces);
    return r;
}

static int look_at_chunk(const struct look *look, uint32_t first, json_t *list, struct err *err)
{
    struct control_request request = {.verb = CONTROL_NODES, .first = first, .count = CHUNK};
    int fds[CONTROL_FDS_MAX];
    err->code = 0;
    int n = control_ask(look->connection, look->state, &request, fds, err);
    int r = n > 0 || err->code ? n : err_set(err, -EPROTO, "the keeper does not know its nodes");
    for (int i = 0; i < n; i++) {
        if (r >= 0)
            r = look_at_node(look, fds[i], list, err);
        close(fds[i]);
    }
    return r < 0 ? r : n;
}

/* In the child: an array of what each node has, as JSON text in OUT; or why not. */
static json_t *look_at_all(const struct look *look, struct err *err)
{
    json_t *list = json_array();
    int r = 0;
    if (look->door.user >= 0 && setns(look->door.user, CLONE_NEWUSER))
        r = err_sys(err, -errno, "joining the lab's user namespace");
    for (uint32_t i = 0; r >= 0 && i < look->roster->n; i += (uint32_t)r)
        r = look_at_chunk(look, i, list, err);
    if (r >= 0)
        return list;
    json_decref(list);
    return json_pack("{s:i, s:s}", "code", err->code, "text", err->text);
}

static _Noreturn void child_main(const struct look *look, int out)
{
    struct err err = {0};
    json_t *answer = look_at_all(look, &err);
    _exit(json_dumpfd(answer, out, JSON_COMPACT) ? 1 : 0);
}

static int read_answer(int in, json_t **ret, struct err *err)
{
    json_t *answer = json_loadfd(in, 0, NULL);
    if (json_is_array(answer)) {
        *ret = answer;
        return 0;
    }
    const char *text = json_string_value(json_object_get(answer, "text"));
    int code = (int)json_integer_value(json_object_get(answer, "code"));
    int r = err_set(err, code < 0 ? code : -EIO, "%s", text ? text : "looking at the nodes failed");
    json_decref(answer);
    return r;
}

static int ask_child(const struct look *look, json_t **ret, struct err *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC))
        return err_sys(err, -errno, "looking at the nodes");
    pid_t pid = fork();
    if (!pid)
        child_main(look, ends[1]);
    int code = -errno;
    close(ends[1]);
    int r = pid < 0 ? err_sys(err, code, "looking at the nodes") : read_answer(ends[0], ret, err);
    close(ends[0]);
    while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
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

/* What is, into LAB, what it was made as. Takes over IFACES, a list for each node. */
static void add_status(json_t *lab, const struct roster *roster, json_t *ifaces)
{
    json_t *nodes = json_object_get(lab, "nodes");
    json_t *peers = map_peers(lab), *processes = ps_list(roster, NULL), *node;
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

static int look_at_lab(const struct state *s, const struct roster *roster, json_t **ret,
                       struct err *err)
{
    struct look look = {.state = s, .roster = roster, .connection = -1, .door = DOOR_NONE};
    int r = control_connect(s, &look.connection, err);
    if (!r)
        r = door_open(look.connection, s, NULL, &look.door, err);
    if (!r)
        r = ask_child(&look, ret, err);
    door_close(&look.door);
    fd_close(&look.connection);
    return r;
}

int lab_status(const char *name, json_t **ret, struct err *err)
{
    CLEAN_STATE struct state s = STATE_NONE;
    CLEAN_ROSTER struct roster roster = {0};
    json_t *lab = NULL, *ifaces = NULL;
    int r = find_lab(name, &s, err);
    if (!r)
        r = roster_read(&s, &roster, err);
    if (!r)
        r = list_describe(&s, &roster, &lab, err);
    if (!r)
        r = look_at_lab(&s, &roster, &ifaces, err);
    if (r) {
        json_decref(lab);
        return r;
    }
    add_status(lab, &roster, ifaces);
    *ret = lab;
    return 0;
}
