// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The plan as the script that a person would write: ip, sysctl, bridge, tc and nft, in the order in
 * which nslab works. It shows what a lab is, and it is what the tests hold the executor against.
 * What all nodes of a kind start with is a function, so that the rest is the topology alone.
 */
#include <string.h>
#include <sys/socket.h>

#include "model/device.h"
#include "model/firewall.h"
#include "plan/device_words.h"
#include "plan/nft_words.h"
#include "plan/print.h"
#include "plan/script_programs.h"
#include "plan/uplink_words.h"
#include "plan/wireguard_words.h"
#include "plan/words.h"

struct script {
    struct str s;
    const struct plan *plan;
    const char *lab;
};

/* A node's namespace, as a word of the shell. */
static void add_netns(struct script *sh, const struct node *node)
{
    struct str name CLEAN_STR = {0};
    str_addf(&name, "%s.%s", sh->lab, node->name);
    str_add_shell_word(&sh->s, name.text);
}

/* "ip -n LAB.NODE " */
static void add_ip(struct script *sh, const struct node *node)
{
    str_add(&sh->s, "ip -n ");
    add_netns(sh, node);
    str_add(&sh->s, " ");
}

/* One command for those of SYSCTLS that must be there, or that need not; as wide as the page. */
static void add_sysctls(struct script *sh, const struct sysctl *sysctls, size_t n, bool if_there)
{
    size_t column = 0;
    for (size_t i = 0; i < n; i++) {
        struct str word CLEAN_STR = {0};
        if (sysctls[i].if_there != if_there)
            continue;
        words_sysctl(&word, &sysctls[i]);
        if (!column)
            str_addf(&sh->s, "    ip netns exec \"$1\" sysctl -q%s -w", if_there ? " -e" : "");
        if (!column || column + word.len > 96) {
            str_add(&sh->s, " \\\n       ");
            column = 7;
        }
        str_addf(&sh->s, " %s", word.text);
        column += word.len + 1;
    }
    if (column)
        str_add(&sh->s, "\n");
}

static bool uses_kind(const struct topo *topo, const struct node_kind *kind)
{
    VEC_EACH (struct node *, it, &topo->nodes) {
        if ((*it)->kind == kind)
            return true;
    }
    return false;
}

static void add_base(struct script *sh)
{
    str_add(&sh->s,
            "\n# A node: its namespace. A new one copies settings of this machine, so each that\n"
            "# matters is set (-e: where this kernel has it).\nnew_node() {\n"
            "    ip netns add \"$1\"\n");
    add_sysctls(sh, node_base_sysctls, node_base_sysctls_n, false);
    add_sysctls(sh, node_base_sysctls, node_base_sysctls_n, true);
    str_add(&sh->s, "}\n");
}

/* The function's name is not the kind's: `hub` or `host` may be a program's. */
static void add_kind(struct script *sh, const struct node_kind *kind)
{
    str_addf(&sh->s, "\n# A %s: %s.\nnew_%s() {\n    new_node \"$1\"\n", kind->name, kind->summary,
             kind->name);
    add_sysctls(sh, kind->sysctls, kind->n, false);
    add_sysctls(sh, kind->sysctls, kind->n, true);
    str_add(&sh->s, "}\n");
}

/* Where the script keeps the number of the node's slirp4netns. */
static void add_pid_file(struct script *sh, const struct node *node)
{
    str_addf(&sh->s, "/run/%s.%s.pid\n", sh->lab, node->name);
}

/* What does not end with its namespace. */
static void add_kills(struct script *sh)
{
    const struct firewall *table = uplink_host_table(sh->plan->topo);
    if (table)
        str_addf(&sh->s, "    nft delete table inet %s\n", table->table);
    VEC_EACH (struct node *, it, &sh->plan->topo->nodes) {
        if (!node_uplink(*it) || node_uplink(*it)->mode != UPLINK_SLIRP4NETNS)
            continue;
        str_add(&sh->s, "    xargs kill <");
        add_pid_file(sh, *it);
        str_add(&sh->s, "    rm ");
        add_pid_file(sh, *it);
    }
}

/* What was lent, before its namespace goes; its addresses and routes are not kept. */
static void add_returns(struct script *sh)
{
    VEC_EACH (struct node *, node, &sh->plan->topo->nodes) {
        VEC_EACH (struct iface *, it, &(*node)->ifaces) {
            if (!iface_host_interface(*it))
                continue;
            str_add(&sh->s, "    ");
            add_ip(sh, *node);
            str_add(&sh->s, "link set dev ");
            str_add_shell_word(&sh->s, (*it)->name);
            str_add(&sh->s, " netns $$ name ");
            str_add_shell_word(&sh->s, iface_host_interface(*it));
            str_add(&sh->s, "\n");
        }
    }
}

static void add_head(struct script *sh)
{
    const struct topo *topo = sh->plan->topo;
    str_addf(&sh->s,
             "#!/bin/sh\n# Builds the lab %s by hand: what nslab does with %s,\n"
             "# in the words of ip(8), bridge(8) and sysctl(8). Needs root.\n"
             "# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.\nset -e\n\n"
             "if [ \"$1\" = down ]; then\n",
             topo->name, topo->file);
    add_returns(sh);
    script_programs_down(&sh->s, topo);
    str_add(&sh->s, "    for node in");
    VEC_EACH (struct node *, it, &topo->nodes) {
        str_add(&sh->s, " \\\n        ");
        add_netns(sh, *it);
    }
    str_add(&sh->s, "\n    do\n        ip netns del \"$node\"\n    done\n");
    add_kills(sh);
    str_add(&sh->s, "    exit\nfi\n");
    add_base(sh);
    for (size_t i = 0; node_kinds[i]; i++) {
        if (uses_kind(topo, node_kinds[i]))
            add_kind(sh, node_kinds[i]);
    }
    script_programs_functions(&sh->s, topo);
}

static void add_node(struct script *sh, const struct op *op)
{
    str_addf(&sh->s, "new_%s ", op_node(sh->plan, op)->kind->name);
    add_netns(sh, op_node(sh->plan, op));
    str_add(&sh->s, "\n");
    script_own_files(&sh->s, sh->plan->topo, op_node(sh->plan, op));
}

static void add_sysctl(struct script *sh, const struct op *op)
{
    str_add(&sh->s, "ip netns exec ");
    add_netns(sh, op_node(sh->plan, op));
    str_addf(&sh->s, " sysctl -q%s -w ", op->u.sysctl->if_there ? " -e" : "");
    words_sysctl(&sh->s, op->u.sysctl);
    str_add(&sh->s, "\n");
}

static void add_veth(struct script *sh, const struct link *link)
{
    str_add(&sh->s, "ip link add name ");
    str_add_shell_word(&sh->s, link->ends[0]->name);
    str_add(&sh->s, " netns ");
    add_netns(sh, link->ends[0]->node);
    words_end(&sh->s, link->ends[0], link->queues);
    str_add(&sh->s, " type veth \\\n    peer name ");
    str_add_shell_word(&sh->s, link->ends[1]->name);
    str_add(&sh->s, " netns ");
    add_netns(sh, link->ends[1]->node);
    words_end(&sh->s, link->ends[1], link->queues);
    str_add(&sh->s, "\n");
}

/* The machine's end of a veth uplink, for the script alone: nslab takes the first that is free. */
static void add_host_end(struct script *sh, const struct node *node)
{
    str_addf(&sh->s, "nslab%u", node->id);
}

/* What is not said when it is made. */
static void add_end_words(struct script *sh, const struct iface *iface)
{
    if (!iface->mtu && !iface_extra(iface)->has_mac)
        return;
    add_ip(sh, iface->node);
    str_add(&sh->s, "link set dev ");
    str_add_shell_word(&sh->s, iface->name);
    words_end(&sh->s, iface, 0);
    str_add(&sh->s, "\n");
}

static void add_lent(struct script *sh, const struct iface *iface)
{
    str_add(&sh->s, "ip link set dev ");
    str_add_shell_word(&sh->s, iface_host_interface(iface));
    str_add(&sh->s, " netns ");
    add_netns(sh, iface->node);
    str_add(&sh->s, " name ");
    str_add_shell_word(&sh->s, iface->name);
    str_add(&sh->s, "\n");
    add_end_words(sh, iface);
}

/* One end of a pair whose other end stays in this namespace. */
static void add_uplink_pair(struct script *sh, const struct iface *iface)
{
    str_add(&sh->s, "ip link add name ");
    str_add_shell_word(&sh->s, iface->name);
    str_add(&sh->s, " netns ");
    add_netns(sh, iface->node);
    words_end(&sh->s, iface, 0);
    str_add(&sh->s, " type veth peer name ");
    add_host_end(sh, iface->node);
    str_add(&sh->s, "\n");
}

static void add_tun(struct script *sh, const struct iface *iface)
{
    add_ip(sh, iface->node);
    str_addf(&sh->s, "tuntap add mode %s dev ", iface->device->type->name);
    str_add_shell_word(&sh->s, iface->name);
    str_add(&sh->s, "\n");
    add_end_words(sh, iface);
}

static void add_device(struct script *sh, const struct iface *iface)
{
    if (iface->device->type->maker == MAKER_TUN) {
        add_tun(sh, iface);
        return;
    }
    if (iface->device->type->maker == MAKER_LENT) {
        add_lent(sh, iface);
        return;
    }
    if (iface_is(iface, &device_type_uplink_pair)) {
        add_uplink_pair(sh, iface);
        return;
    }
    add_ip(sh, iface->node);
    str_add(&sh->s, "link add");
    device_words_link(&sh->s, iface);
    str_add(&sh->s, " name ");
    str_add_shell_word(&sh->s, iface->name);
    words_end(&sh->s, iface, 0);
    str_addf(&sh->s, " type %s", iface->device->type->name);
    device_words(&sh->s, iface);
    str_add(&sh->s, "\n");
}

/* "$keys"/r1:wg0 */
static void add_key_file(struct script *sh, const struct wg_secret *secret)
{
    str_add(&sh->s, "\"$keys\"/");
    str_add_shell_word(&sh->s, secret->name);
}

static void add_keys(struct script *sh)
{
    str_add(&sh->s, "\n# WireGuard's keys. They are gone with this shell.\n"
                    "keys=$(mktemp -d)\ntrap 'rm -r \"$keys\"' EXIT\n(\n    umask 077\n");
    VEC_EACH (const struct wg_secret *, it, &sh->plan->topo->secrets) {
        if ((*it)->text)
            str_addf(&sh->s, "    echo %s", (*it)->text);
        else
            str_add(&sh->s, (*it)->shared ? "    wg genpsk" : "    wg genkey");
        str_add(&sh->s, " >");
        add_key_file(sh, *it);
        str_add(&sh->s, "\n");
    }
    str_add(&sh->s, ")\n");
}

static void add_peer(struct script *sh, const struct wg_peer *peer)
{
    str_add(&sh->s, " peer ");
    if (peer->iface) {
        str_add(&sh->s, "\"$(wg pubkey <");
        add_key_file(sh, wireguard_of(peer->iface)->secret);
        str_add(&sh->s, ")\"");
    } else {
        str_add(&sh->s, peer->public_text);
    }
    if (peer->preshared) {
        str_add(&sh->s, " preshared-key ");
        add_key_file(sh, peer->preshared);
    }
    wireguard_words_peer(&sh->s, peer);
}

static void add_wireguard(struct script *sh, const struct op *op)
{
    const struct iface *iface = op_iface(sh->plan, op);
    const struct wireguard *wg = wireguard_of(iface);
    str_add(&sh->s, "ip netns exec ");
    add_netns(sh, op_node(sh->plan, op));
    str_add(&sh->s, " wg set ");
    str_add_shell_word(&sh->s, iface->name);
    if (op->u.peer) {
        add_peer(sh, op->u.peer);
    } else {
        str_addf(&sh->s, " listen-port %u private-key ", wg->listen_port.value);
        add_key_file(sh, wg->secret);
    }
    str_add(&sh->s, "\n");
}

static void add_set(struct script *sh, const struct iface *iface)
{
    if (iface->master) {
        add_ip(sh, iface->node);
        str_add(&sh->s, "link set ");
        str_add_shell_word(&sh->s, iface->name);
        str_addf(&sh->s, " master %s\n", iface->master->name);
    }
    if (iface->no_learning) {
        str_add(&sh->s, "bridge -n ");
        add_netns(sh, iface->node);
        str_add(&sh->s, " link set dev ");
        str_add_shell_word(&sh->s, iface->name);
        str_add(&sh->s, " learning off\n");
    }
    bool bonded = iface->master && iface_is(iface->master, &device_type_bond);
    if (iface->down && !iface_extra(iface)->alias && !bonded)
        return;
    add_ip(sh, iface->node);
    str_add(&sh->s, "link set dev ");
    str_add_shell_word(&sh->s, iface->name);
    if (iface_extra(iface)->alias) {
        str_add(&sh->s, " alias ");
        str_add_shell_word(&sh->s, iface_extra(iface)->alias);
    }
    str_add(&sh->s, !iface->down ? " up\n" : bonded ? " down\n" : "\n");
}

/* "bridge -n LAB.NODE vlan WHAT dev IFACE vid " */
static void add_vlan(struct script *sh, const struct iface *iface, const char *what)
{
    str_add(&sh->s, "bridge -n ");
    add_netns(sh, iface->node);
    str_addf(&sh->s, " vlan %s dev ", what);
    str_add_shell_word(&sh->s, iface->name);
    str_add(&sh->s, iface_is_port(iface) ? " vid " : " self vid ");
}

static void add_vlans(struct script *sh, const struct iface *iface)
{
    const struct vlans *vlans = iface_extra(iface)->vlans;
    if (vlans->untagged != VLAN_DEFAULT) {
        add_vlan(sh, iface, "del");
        str_addf(&sh->s, "%u\n", VLAN_DEFAULT);
    }
    if (vlans->untagged && vlans->untagged != VLAN_DEFAULT) {
        add_vlan(sh, iface, "add");
        str_addf(&sh->s, "%u pvid untagged\n", vlans->untagged);
    }
    VEC_EACH (const struct vlan_range, it, &vlans->tagged) {
        add_vlan(sh, iface, "add");
        words_vlan_range(&sh->s, it);
        str_add(&sh->s, "\n");
    }
}

static void add_address(struct script *sh, const struct op *op)
{
    char buf[ADDR_TEXT_MAX];
    const struct prefix *p = &op->u.addr->prefix;
    add_ip(sh, op_node(sh->plan, op));
    str_addf(&sh->s, "address add %s dev ", prefix_text(p, buf));
    str_add_shell_word(&sh->s, op_iface(sh->plan, op)->name);
    str_add(&sh->s, p->addr.family == AF_INET6 && !op->u.addr->dad ? " nodad\n" : "\n");
}

static void add_route(struct script *sh, const struct op *op)
{
    add_ip(sh, op_node(sh->plan, op));
    words_route(&sh->s, op->u.route);
    str_add(&sh->s, "\n");
}

static void add_rule(struct script *sh, const struct op *op)
{
    int families[2];
    unsigned n = rule_families(op->u.rule, families);
    for (unsigned i = 0; i < n; i++) {
        add_ip(sh, op_node(sh->plan, op));
        words_rule(&sh->s, op->u.rule, families[i]);
        str_add(&sh->s, "\n");
    }
}

/* Whether a line of TEXT is WORD. */
static bool has_line(const char *text, const char *word)
{
    size_t len = strlen(word);
    for (const char *p = text; (p = strstr(p, word)); p += len) {
        if ((p == text || p[-1] == '\n') && (!p[len] || p[len] == '\n'))
            return true;
    }
    return false;
}

/* TEXT for nft, up to a line that does not occur in it. */
static void add_nft(struct script *sh, const struct node *node, const char *text)
{
    struct str end CLEAN_STR = {0};
    str_add(&end, "EOF");
    while (has_line(text, end.text))
        str_add(&end, "_");
    str_add(&sh->s, "ip netns exec ");
    add_netns(sh, node);
    str_addf(&sh->s, " nft -f - <<'%s'\n%s%s%s\n", end.text, text, str_ends(text, "\n") ? "" : "\n",
             end.text);
}

static void add_impair(struct script *sh, const struct iface *iface)
{
    struct str qdiscs[2] = {{0}, {0}};
    unsigned n = words_qdiscs(iface, qdiscs);
    for (unsigned i = 0; i < n; i++) {
        str_add(&sh->s, "tc -n ");
        add_netns(sh, iface->node);
        str_add(&sh->s, " qdisc add dev ");
        str_add_shell_word(&sh->s, iface->name);
        str_addf(&sh->s, "%s\n", qdiscs[i].text);
        str_done(&qdiscs[i]);
    }
}

static void add_firewall(struct script *sh, const struct op *op)
{
    struct str nft CLEAN_STR = {0};
    if (op->kind == OP_NFT)
        str_add(&nft, op->u.firewall->raw.text);
    else
        nft_words_table(&nft, op->u.firewall);
    add_nft(sh, op_node(sh->plan, op), nft.text);
}

static void add_host_side(struct script *sh, const struct node *node)
{
    char buf[ADDR_TEXT_MAX];
    const struct uplink *uplink = node_uplink(node);
    const struct prefix gateway = {uplink_addr(uplink, AF_INET, UPLINK_GATEWAY),
                                   uplink->subnets[0].len};
    str_addf(&sh->s, "ip address add %s dev ", prefix_text(&gateway, buf));
    add_host_end(sh, node);
    str_add(&sh->s, "\nip link set up dev ");
    add_host_end(sh, node);
    str_add(&sh->s, "\nsysctl -q -w net.ipv4.conf.");
    add_host_end(sh, node);
    str_add(&sh->s, ".forwarding=1\n");
}

/* pasta goes into the background by itself, and ends with the namespace's name. */
static void add_uplink(struct script *sh, const struct op *op)
{
    const struct uplink *uplink = op->u.uplink;
    const char *netns = arena_printf(sh->plan->topo->arena, "/run/netns/%s.%s", sh->lab,
                                     op_node(sh->plan, op)->name);
    if (uplink->mode == UPLINK_VETH) {
        add_host_side(sh, op_node(sh->plan, op));
        return;
    }
    bool slirp4netns = uplink->mode == UPLINK_SLIRP4NETNS;
    enum uplink_mode mode = slirp4netns ? UPLINK_SLIRP4NETNS : UPLINK_PASTA;
    const char **words = uplink_words(sh->plan->topo->arena, uplink, mode, netns);
    for (unsigned i = 0; words[i]; i++) {
        str_add(&sh->s, i ? " " : "");
        str_add_shell_word(&sh->s, words[i]);
    }
    str_add(&sh->s, slirp4netns ? " &\necho $! >" : "\n");
    if (slirp4netns)
        add_pid_file(sh, op_node(sh->plan, op));
}

static void (*const of_iface[OP_KIND_COUNT])(struct script *sh, const struct iface *iface) = {
    [OP_DEVICE] = add_device,
    [OP_SET] = add_set,
    [OP_VLANS] = add_vlans,
    [OP_IMPAIR] = add_impair,
};

/* What is of one interface, or a program. */
static void add_by_kind(struct script *sh, const struct op *op)
{
    if (of_iface[op->kind])
        of_iface[op->kind](sh, op->u.iface);
    else
        script_program(&sh->s, sh->plan, op);
}

static void add_op(struct script *sh, const struct op *op)
{
    switch (op_kind(op)) {
    case OP_NODE:
        add_node(sh, op);
        return;
    case OP_SYSCTL:
        add_sysctl(sh, op);
        return;
    case OP_VETH:
        add_veth(sh, op->u.link);
        return;
    case OP_WIREGUARD:
        add_wireguard(sh, op);
        return;
    case OP_ADDRESS:
        add_address(sh, op);
        return;
    case OP_ROUTE:
        add_route(sh, op);
        return;
    case OP_RULE:
        add_rule(sh, op);
        return;
    case OP_FIREWALL:
    case OP_NFT:
        add_firewall(sh, op);
        return;
    case OP_UPLINK:
        add_uplink(sh, op);
        return;
    case OP_DEVICE:
    case OP_SET:
    case OP_VLANS:
    case OP_IMPAIR:
    case OP_FILE:
    case OP_EXEC:
    case OP_SERVICE:
    case OP_KIND_COUNT:
        add_by_kind(sh, op);
        return;
    }
}

static void add_ops(struct script *sh, struct op_range range)
{
    for (uint32_t i = range.first; i < range.first + range.n; i++)
        add_op(sh, &sh->plan->ops.v[i]);
}

/* "# r1: a router (line 12)" */
static void add_node_comment(struct script *sh, const struct node *node)
{
    str_addf(&sh->s, "\n# %s", node->name);
    if (node->hidden)
        str_add(&sh->s, ": the bridge of a LAN");
    str_addf(&sh->s, " (line %u)\n", node->pos.line);
}

/* The machine's part in veth uplinks, which has to be put back by hand: forwarding. */
static void add_host(struct script *sh)
{
    struct str nft CLEAN_STR = {0};
    const struct firewall *table = uplink_host_table(sh->plan->topo);
    if (!table)
        return;
    nft_words_table(&nft, table);
    str_addf(&sh->s,
             "\n# This machine: it forwards what comes in by the interface of its default route.\n"
             "nft -f - <<'EOF'\n%sEOF\nfor dev in $(ip -4 route show default | sed 's/.* dev //; "
             "s/ .*//'); do\n    sysctl -q -w \"net/ipv4/conf/$dev/forwarding=1\"\ndone\n",
             nft.text);
}

char *plan_print_sh(const struct plan *plan)
{
    const struct topo *topo = plan->topo;
    struct script sh = {.plan = plan, .lab = topo->name};
    add_head(&sh);
    if (topo->secrets.n)
        add_keys(&sh);
    str_add(&sh.s, "\n# The nodes\n");
    for (uint32_t i = 0; i < topo->nodes.n; i++)
        add_ops(&sh, plan->setup[i]);
    if (plan->links.n)
        str_add(&sh.s, "\n# The links\n");
    add_ops(&sh, plan->links);
    for (uint32_t i = 0; i < topo->nodes.n; i++) {
        add_node_comment(&sh, topo->nodes.v[i]);
        add_ip(&sh, topo->nodes.v[i]);
        str_add(&sh.s, "link set dev lo up\n");
        add_ops(&sh, plan->config[i]);
    }
    add_host(&sh);
    if (plan->programs.n)
        str_add(&sh.s, "\n# The programs\n");
    add_ops(&sh, plan->programs);
    return str_take(&sh.s);
}
