// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "plan/uplink_words.h"

#include <string.h>
#include <sys/socket.h>

#include "model/firewall.h"

struct words {
    struct arena *arena;
    const char **v;
    unsigned n;
};

static void add(struct words *w, const char *word)
{
    w->v[w->n++] = word;
}

static void add_option(struct words *w, const char *option, const char *value)
{
    add(w, option);
    add(w, value);
}

static void add_addr(struct words *w, const char *option, const struct uplink *uplink, int family,
                     enum uplink_place place)
{
    char buf[ADDR_TEXT_MAX];
    struct addr addr = uplink_addr(uplink, family, place);
    add_option(w, option, arena_strdup(w->arena, addr_text(&addr, buf)));
}

static void add_family(struct words *w, const struct uplink *uplink, int family)
{
    if (!uplink_has(uplink, family))
        return;
    add_addr(w, "--address", uplink, family, UPLINK_OWN);
    add_addr(w, "--gateway", uplink, family, UPLINK_GATEWAY);
    add_addr(w, "--dns-forward", uplink, family, UPLINK_DNS);
    if (family == AF_INET)
        add_option(w, "--netmask", arena_printf(w->arena, "%u", uplink->subnets[0].len));
}

static void add_pasta(struct words *w, const struct uplink *uplink, const char *netns)
{
    static const char *const ports[] = {"--tcp-ports", "--udp-ports", "--tcp-ns", "--udp-ns"};
    add_option(w, "--runas", "0"); /* of the namespace's owner: else it may not enter it */
    add(w, "--quiet");
    add(w, "--no-map-gw");
    for (size_t i = 0; i < ARRAY_SIZE(ports); i++)
        add_option(w, ports[i], "none");
    if (!uplink_has(uplink, AF_INET6))
        add(w, "--ipv4-only");
    if (!uplink_has(uplink, AF_INET))
        add(w, "--ipv6-only");
    add_family(w, uplink, AF_INET);
    add_family(w, uplink, AF_INET6);
    add_option(w, "--ns-ifname", uplink->iface->name);
    add_option(w, "--netns", netns);
}

static void add_slirp4netns(struct words *w, const struct uplink *uplink, const char *netns)
{
    char buf[ADDR_TEXT_MAX];
    struct prefix subnet = {prefix_network(&uplink->subnets[0]), uplink->subnets[0].len};
    add(w, "--enable-seccomp");
    add(w, "--disable-host-loopback");
    add_option(w, "--cidr", arena_strdup(w->arena, prefix_text(&subnet, buf)));
    if (uplink->iface->mtu)
        add_option(w, "--mtu", arena_printf(w->arena, "%u", uplink->iface->mtu));
    add_option(w, "--netns-type", "path");
    add(w, "--"); /* an interface's name may begin with a dash */
    add_option(w, netns, uplink->iface->name);
}

const char *uplink_mode_word(enum uplink_mode mode)
{
    switch (mode) {
    case UPLINK_ANY:
        return "pasta or slirp4netns";
    case UPLINK_PASTA:
        return "pasta";
    case UPLINK_SLIRP4NETNS:
        return "slirp4netns";
    case UPLINK_VETH:
        return "veth";
    }
    return "";
}

const char **uplink_words(struct arena *arena, const struct uplink *uplink, enum uplink_mode mode,
                          const char *netns)
{
    struct words w = {.arena = arena, .v = arena_alloc(arena, UPLINK_WORDS_MAX * sizeof(*w.v))};
    bool slirp4netns = mode == UPLINK_SLIRP4NETNS;
    add(&w, uplink_mode_word(slirp4netns ? mode : UPLINK_PASTA));
    (slirp4netns ? add_slirp4netns : add_pasta)(&w, uplink, netns);
    add(&w, NULL);
    return w.v;
}

/* --- The machine's side of veth pairs -------------------------------------------------------- */

static struct fw_match from_subnet(struct arena *arena, const struct uplink *uplink)
{
    const struct prefix *subnet = &uplink->subnets[0];
    struct addr first = prefix_network(subnet), last = prefix_last(subnet);
    struct fw_value value = {.form = FW_PREFIX, .prefix_len = subnet->len};
    struct fw_match match = {.key = FW_FROM, .type = FW_TYPE_IPV4, .n_keys = 1, .pos = uplink->pos};
    match.keys[0] = FW_FROM;
    memcpy(value.first.bytes, first.bytes, sizeof(first.bytes));
    memcpy(value.last.bytes, last.bytes, sizeof(last.bytes));
    vec_push(arena, &match.values, value);
    return match;
}

static void add_masquerade(const struct topo *topo, struct fw_chain *chain, const struct node *node)
{
    struct fw_rule rule = {.id = node->id,
                           .family = AF_INET,
                           .counter = true,
                           .action.verdict = FW_MASQUERADE,
                           .place = node->name,
                           .pos = node_uplink(node)->pos};
    vec_push(topo->arena, &rule.matches, from_subnet(topo->arena, node_uplink(node)));
    vec_push(topo->arena, &chain->rules, rule);
}

const struct firewall *uplink_host_table(const struct topo *topo)
{
    struct firewall *fw = arena_new_of(topo->arena, struct firewall);
    struct fw_chain *chain = arena_new_of(topo->arena, struct fw_chain);
    fw->table = arena_printf(topo->arena, "nslab-%s", topo->name);
    *chain = (struct fw_chain){.name = "postrouting",
                               .base = true,
                               .hook = NF_INET_POST_ROUTING,
                               .sort = FW_SORT_SNAT,
                               .priority = 100};
    vec_push(topo->arena, &fw->chains, chain);
    VEC_EACH (struct node *, it, &topo->nodes) {
        if (node_uplink(*it) && node_uplink(*it)->mode == UPLINK_VETH)
            add_masquerade(topo, chain, *it);
    }
    return chain->rules.n ? fw : NULL;
}
