// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The machine's side of veth uplinks. A pair is made in the node, as its other interfaces are, and
 * one end of it moved out. Forwarding is looked at by the kernel for the interface that a packet
 * comes in by: for the lab's packets that is the end that was moved out, for the answers it is the
 * one that the default route leads to. Only these are switched on; `ip_forward` would change all
 * there are, and what else hangs on it, and nobody could put that back.
 */
#include "lab/uplink_host.h"

#include <ifaddrs.h>
#include <netinet/in.h>

#include <linux/if.h> /* after in.h: it brings the kernel's own otherwise */
#include <string.h>

#include "kernel/default_route.h"
#include "kernel/netns.h"
#include "kernel/numbers.h"
#include "lab/outside.h"
#include "model/firewall.h"
#include "netlink/nft.h"
#include "netlink/rtnl.h"
#include "plan/uplink_words.h"

#define NAME "nslab"
#define FORWARDING_SIZE 80

static bool is_veth(const struct node *node)
{
    return node_uplink(node) && node_uplink(node)->mode == UPLINK_VETH;
}

/* --- Before anything is built ---------------------------------------------------------------- */

static void add_remedy(const struct nft_dropper *d, struct str *text)
{
    static const struct {
        const char *owner, *remedy;
    } remedies[] = {
        {"Docker", "iptables -I DOCKER-USER -i " NAME "+ -j ACCEPT; "
                   "iptables -I DOCKER-USER -o " NAME "+ -j ACCEPT"},
        {"ufw", "ufw route allow in on " NAME "0"},
        {"firewalld", "firewall-cmd --zone=trusted --add-interface=" NAME "0"},
    };
    for (size_t i = 0; d->owner && i < ARRAY_SIZE(remedies); i++)
        if (!strcmp(remedies[i].owner, d->owner))
            str_add(text, remedies[i].remedy);
    if (d->owner)
        return;
    const char *const ways[] = {"iifname", "oifname"};
    for (size_t i = 0; i < ARRAY_SIZE(ways); i++)
        str_addf(text, "%snft insert rule %s %s %s %s '\"" NAME "*\"' accept", i ? "; " : "",
                 d->family, d->table, d->chain, ways[i]);
}

static int check_forward(struct err *err)
{
    struct nft_dropper d;
    CLEAN_STR struct str remedy = {0};
    int r = nft_find_dropper(NAME, &d, err);
    if (r <= 0)
        return r;
    add_remedy(&d, &remedy);
    return err_lacking(err, -EPERM,
                       "%s drops what this machine forwards: chain %s of table %s %s, by %s.\nLet "
                       "labs pass: `%s`; or take an uplink of another mode.",
                       d.owner ? d.owner : "The firewall", d.chain, d.family, d.table,
                       d.policy ? "its policy" : "a rule for all that gets there", remedy.text);
}

/* The machine's own subnet that IFA is of; false where it is not one of IPv4. */
static bool own_subnet(const struct ifaddrs *ifa, struct prefix *ret)
{
    if (!ifa->ifa_addr || !ifa->ifa_netmask || ifa->ifa_addr->sa_family != AF_INET)
        return false;
    const struct sockaddr_in *addr = (const void *)ifa->ifa_addr;
    const struct sockaddr_in *mask = (const void *)ifa->ifa_netmask;
    *ret = (struct prefix){.addr.family = AF_INET,
                           .len = (uint8_t)__builtin_popcount(mask->sin_addr.s_addr)};
    memcpy(ret->addr.bytes, &addr->sin_addr, sizeof(addr->sin_addr));
    return true;
}

static int check_subnet(const struct uplink *uplink, struct err *err)
{
    struct ifaddrs *all = NULL;
    char text[ADDR_TEXT_MAX], theirs[ADDR_TEXT_MAX];
    struct prefix own;
    int r = getifaddrs(&all) ? err_sys(err, -errno, "looking at this machine's addresses") : 0;
    for (const struct ifaddrs *it = all; !r && it; it = it->ifa_next) {
        if (own_subnet(it, &own) && prefix_overlaps(&own, &uplink->subnets[0]))
            r = err_set(err, -EEXIST,
                        "The uplink's subnet %s is in use here: %s has %s. Give it another: "
                        "uplink: {subnets: […]}",
                        prefix_text(&uplink->subnets[0], text), it->ifa_name,
                        prefix_text(&own, theirs));
    }
    freeifaddrs(all);
    return r;
}

static int check(const struct uplink *uplink, bool privileged, struct err *err)
{
    if (!privileged)
        return err_lacking(err, -EPERM,
                           "An uplink of mode veth is for root, as it changes this "
                           "machine; pasta and slirp4netns are for everybody.");
    int r = check_subnet(uplink, err);
    return r ? r : check_forward(err);
}

int uplink_host_check(const struct topo *topo, bool privileged, struct err *err)
{
    VEC_EACH (struct node *, it, &topo->nodes) {
        int r = is_veth(*it) ? check(node_uplink(*it), privileged, err) : 0;
        if (r) {
            err->pos = node_uplink(*it)->pos;
            return r;
        }
    }
    return 0;
}

/* --- The pair -------------------------------------------------------------------------------- */

struct seen {
    uint32_t peer;
    char name[IFNAMSIZ];
};

static int take_link(void *arg, const struct rtnl_link *link)
{
    struct seen *seen = arg;
    seen->peer = link->peer;
    snprintf(seen->name, sizeof(seen->name), "%s", link->name ? link->name : "");
    return 0;
}

/* Moves the other end of UPLINK out; *RET is its index there. */
static int move_out(const struct uplink_host *h, const struct uplink *uplink, uint32_t *ret,
                    struct err *err)
{
    CLEAN_NL struct nl *nl = NULL;
    struct seen seen;
    uint32_t index = uplink->iface->index;
    int r = netns_enter(h->netns[uplink->iface->node->id], err);
    if (!r)
        r = nl_open(&nl, err);
    if (!r)
        r = rtnl_see_link(nl, index, take_link, &seen, err);
    if (r)
        return r;
    rtnl_move_link(
        nl,
        &(struct rtnl_move){
            .index = seen.peer, .netns = h->host, .name = NAME "%d", .alias = h->table->table},
        0);
    r = nl_send(nl, err);
    if (!r)
        r = rtnl_see_link(nl, index, take_link, &seen, err);
    *ret = seen.peer;
    return r;
}

static const char *forwarding_path(const char *iface, char path[FORWARDING_SIZE])
{
    snprintf(path, FORWARDING_SIZE, "/proc/sys/net/ipv4/conf/%s/forwarding", iface);
    return path;
}

/* Address, up, forwarding, for the end INDEX of the machine. */
static int set_up(const struct uplink *uplink, uint32_t index, struct err *err)
{
    CLEAN_NL struct nl *nl = NULL;
    struct seen seen;
    char path[FORWARDING_SIZE];
    const struct iface end = {.kind = IFACE_VETH, .index = index};
    const struct ifaddr addr = {
        .prefix = {uplink_addr(uplink, AF_INET, UPLINK_GATEWAY), uplink->subnets[0].len}};
    int r = nl_open(&nl, err);
    if (!r)
        r = rtnl_see_link(nl, index, take_link, &seen, err);
    if (r)
        return r;
    rtnl_add_addr(nl, &end, &addr, 0);
    rtnl_set_link(nl, &end, 0);
    r = nl_send(nl, err);
    if (!r && (r = number_write(forwarding_path(seen.name, path), 1)))
        return err_sys(err, r, "%s", path);
    return r;
}

static int open_pair(const struct uplink_host *h, const struct node *node, struct err *err)
{
    uint32_t index;
    int r = move_out(h, node_uplink(node), &index, err);
    if (!r)
        r = netns_enter(h->host, err);
    if (!r)
        r = set_up(node_uplink(node), index, err);
    if (!r)
        return 0;
    err->pos = node_uplink(node)->pos;
    return err_context(err, "opening the uplink of %s", node->name);
}

/* --- What is put back ------------------------------------------------------------------------ */

struct forwarding {
    const struct uplink_host *host;
    struct outside *journal;
};

/* Answers come in by IFACE, to which a default route leads: its forwarding, unless it was on before
 * any lab came. */
static int note_forwarding(void *arg, const char *iface)
{
    const struct forwarding *f = arg;
    char path[FORWARDING_SIZE];
    uint64_t is, was;
    int r = number_read(forwarding_path(iface, path), &is);
    if (r)
        return err_shortage(r);
    was = is;
    r = outside_find_number(f->host->state, path, is, &was);
    if (r < 0)
        return r;
    if (!was)
        outside_note_number(f->journal, path, 1, was);
    return 0;
}

static int open_host(const struct uplink_host *h, struct err *err)
{
    CLEAN_OUTSIDE struct outside journal = {.fd = -1};
    CLEAN_FD int lock = outside_lock(h->state->root);
    (void)lock;
    int r = outside_open(h->state->dir, STATE_OUTSIDE, &journal);
    outside_note(&journal, OUTSIDE_TABLE, h->table->table, "");
    outside_note(&journal, OUTSIDE_ENDS, h->table->table, "");
    if (!r)
        r = default_route_each(note_forwarding, &(struct forwarding){h, &journal});
    if (!r)
        r = outside_commit_numbers(&journal);
    return r ? err_sys(err, r, "writing to %s/%s", h->state->root, h->state->name)
             : nft_load(h->table, err);
}

int uplink_host_open(struct uplink_host *h, struct err *err)
{
    h->table = uplink_host_table(h->topo);
    if (!h->table)
        return 0;
    int r = netns_enter(h->host, err);
    if (!r)
        r = open_host(h, err);
    VEC_EACH (struct node *, it, &h->topo->nodes) {
        if (!r && is_veth(*it))
            r = open_pair(h, *it, err);
    }
    return r;
}
