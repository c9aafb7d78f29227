// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "check/book.h"

#include <string.h>
#include <sys/socket.h>

#include "base/memory.h"
#include "base/vec.h"
#include "lab/look.h"
#include "netlink/rtnl.h"

struct entry {
    uint32_t node;
    const char *iface; /* NULL: the file's word for the node as a whole */
    struct addr addr;
};

/* Of each node together, those of the file in front. */
struct book {
    struct arena *arena;
    const struct roster *roster;
    VEC(struct entry) entries;
};

/* --- From the kernel ------------------------------------------------------------------------ */

static int add_link(void *arg, const struct rtnl_link *link)
{
    char key[16];
    snprintf(key, sizeof(key), "%u", link->index);
    json_object_set_new(arg, key, json_pack("{s:s, s:[]}", "name", link->name, "addresses"));
    return 0;
}

static bool counts(const struct rtnl_addr *a)
{
    return a->scope != RT_SCOPE_LINK && a->scope != RT_SCOPE_HOST &&
           !addr_is_loopback(&a->prefix.addr);
}

/* Those of IPv6 the kernel lists from the latest on. */
static int add_addr(void *arg, const struct rtnl_addr *addr)
{
    char key[16], text[ADDR_TEXT_MAX];
    snprintf(key, sizeof(key), "%u", addr->index);
    json_t *list = json_object_get(json_object_get(arg, key), "addresses");
    json_t *j = json_string(addr_text(&addr->prefix.addr, text));
    if (!counts(addr))
        json_decref(j);
    else if (addr->prefix.addr.family == AF_INET6)
        json_array_insert_new(list, 0, j);
    else
        json_array_append_new(list, j);
    return 0;
}

static int dump_node(struct nl *nl, uint32_t node, void *arg, json_t **ret, struct err *err)
{
    (void)node, (void)arg;
    json_t *links = json_object();
    int r = rtnl_dump_links(nl, add_link, links, err);
    if (!r)
        r = rtnl_dump_addrs(nl, add_addr, links, err);
    if (!r)
        *ret = links;
    else
        json_decref(links);
    return r;
}

static bool add(struct book *book, uint32_t node, const char *iface, const char *text)
{
    struct entry entry = {.node = node};
    if (!addr_parse(text, &entry.addr))
        return false;
    if (iface)
        entry.iface = arena_strdup(book->arena, iface);
    vec_push(book->arena, &book->entries, entry);
    return true;
}

static void add_iface(struct book *book, uint32_t node, const json_t *iface)
{
    size_t i;
    const json_t *addr;
    json_array_foreach(json_object_get(iface, "addresses"), i, addr)
        add(book, node, json_string_value(json_object_get(iface, "name")), json_string_value(addr));
}

/* By index, `lo` last: a loopback is what a node has where its interfaces have nothing. */
static void add_ifaces(struct book *book, uint32_t node, json_t *links)
{
    const char *key;
    json_t *link, *lo = NULL;
    json_object_foreach(links, key, link)
    {
        if (!strcmp(json_string_value(json_object_get(link, "name")), "lo"))
            lo = link;
        else
            add_iface(book, node, link);
    }
    add_iface(book, node, lo);
}

/* --- From the file -------------------------------------------------------------------------- */

/* The lab's /etc/hosts has nodes in the order of the roster. */
static void add_hosts(struct book *book, const char *text)
{
    uint32_t node = 0;
    char addr[ADDR_TEXT_MAX], name[256];
    for (const char *line = text; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        bool is_entry = sscanf(line, "%63[^\t]\t%255[^\n]", addr, name) == 2;
        uint32_t next = node;
        while (is_entry && next < book->roster->n && strcmp(book->roster->nodes[next].name, name))
            next++;
        if (!is_entry || next == book->roster->n)
            continue;
        node = next;
        add(book, node, NULL, addr);
    }
}

int book_read(const struct state *s, const struct roster *roster, struct book **ret,
              struct err *err)
{
    static const struct look look = {.protocol = NETLINK_ROUTE, .fn = dump_node};
    json_t *nodes = NULL, *links;
    CLEAN_STR struct str hosts = {0};
    size_t i;
    int r = look_at_nodes(s, &look, 0, roster->n, &nodes, err);
    if (r)
        return r;
    struct book *book = memory_get(sizeof(*book));
    *book = (struct book){.arena = arena_new(), .roster = roster};
    if (!state_read(s, STATE_HOSTS, &hosts) && hosts.text)
        add_hosts(book, hosts.text);
    json_array_foreach(nodes, i, links) add_ifaces(book, (uint32_t)i, links);
    json_decref(nodes);
    *ret = book;
    return 0;
}

void book_free(struct book *book)
{
    if (book)
        arena_free(book->arena);
    free(book);
}

/* --- Looking up ----------------------------------------------------------------------------- */

bool book_find(const struct book *book, uint32_t node, const char *iface, int family,
               struct addr *ret)
{
    VEC_EACH (const struct entry, it, &book->entries) {
        bool fits = !iface || (it->iface && !strcmp(it->iface, iface));
        if (it->node != node || !fits || it->addr.family != family)
            continue;
        *ret = it->addr;
        return true;
    }
    return false;
}

bool book_owner(const struct book *book, const struct addr *addr, uint32_t *ret_node)
{
    VEC_EACH (const struct entry, it, &book->entries) {
        if (addr_equal(&it->addr, addr)) {
            *ret_node = it->node;
            return true;
        }
    }
    return false;
}

void book_add_name(const struct book *book, const struct addr *addr, struct str *out)
{
    char text[ADDR_TEXT_MAX];
    uint32_t node;
    if (book && book_owner(book, addr, &node))
        str_addf(out, "%s (%s)", book->roster->nodes[node].name, addr_text(addr, text));
    else
        str_add(out, addr_text(addr, text));
}
