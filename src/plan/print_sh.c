// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The plan as the script that a person would write: ip, sysctl and bridge, in the order in which
 * nslab works. It shows what a lab is, and it is what the tests hold the executor against. What
 * all nodes of a kind start with is a function, so that the rest is the topology alone.
 */
#include <string.h>
#include <sys/socket.h>

#include "model/firewall.h"
#include "plan/nft_words.h"
#include "plan/print.h"
#include "plan/uplink_words.h"
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
        if (!(*it)->uplink || (*it)->uplink->mode != UPLINK_SLIRP4NETNS)
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
            if (!(*it)->host_interface)
                continue;
            str_add(&sh->s, "    ");
            add_ip(sh, *node);
            str_add(&sh->s, "link set dev ");
            str_add_shell_word(&sh->s, (*it)->name);
            str_add(&sh->s, " netns $$ name ");
            str_add_shell_word(&sh->s, (*it)->host_interface);
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
}

static void add_node(struct script *sh, const struct op *op)
{
    str_addf(&sh->s, "new_%s ", op->node->kind->name);
    add_netns(sh, op->node);
    str_add(&sh->s, "\n");
}

static void add_sysctl(struct script *sh, const struct op *op)
{
    str_add(&sh->s, "ip netns exec ");
    add_netns(sh, op->node);
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
    if (!iface->mtu && !iface->has_mac)
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
    str_add_shell_word(&sh->s, iface->host_interface);
    str_add(&sh->s, " netns ");
    add_netns(sh, iface->node);
    str_add(&sh->s, " name ");
    str_add_shell_word(&sh->s, iface->name);
    str_add(&sh->s, "\n");
    add_end_words(sh, iface);
}

/* A tap to which a program comes later; or a pair whose other end stays in this namespace. */
static void add_uplink_device(struct script *sh, const struct iface *iface)
{
    if (iface->node->uplink->mode == UPLINK_VETH) {
        str_add(&sh->s, "ip link add name ");
        str_add_shell_word(&sh->s, iface->name);
        str_add(&sh->s, " netns ");
        add_netns(sh, iface->node);
        words_end(&sh->s, iface, 0);
        str_add(&sh->s, " type veth peer name ");
        add_host_end(sh, iface->node);
        str_add(&sh->s, "\n");
        return;
    }
    add_ip(sh, iface->node);
    str_add(&sh->s, "tuntap add mode tap name ");
    str_add_shell_word(&sh->s, iface->name);
    str_add(&sh->s, "\n");
    add_end_words(sh, iface);
}

static void add_device(struct script *sh, const struct iface *iface)
{
    if (iface->kind == IFACE_UPLINK) {
        add_uplink_device(sh, iface);
        return;
    }
    if (iface->kind == IFACE_PHYSICAL) {
        add_lent(sh, iface);
        return;
    }
    add_ip(sh, iface->node);
    str_add(&sh->s, "link add name ");
    str_add_shell_word(&sh->s, iface->name);
    words_end(&sh->s, iface, 0);
    if (iface->kind == IFACE_DUMMY)
        str_add(&sh->s, " type dummy\n");
    else
        str_addf(&sh->s, " type bridge stp_state 0 forward_delay 0 mcast_snooping 0%s\n",
                 iface->node->kind->learns ? "" : " ageing_time 0");
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
    if (iface->down && !iface->alias)
        return;
    add_ip(sh, iface->node);
    str_add(&sh->s, "link set dev ");
    str_add_shell_word(&sh->s, iface->name);
    if (iface->alias) {
        str_add(&sh->s, " alias ");
        str_add_shell_word(&sh->s, iface->alias);
    }
    str_add(&sh->s, iface->down ? "\n" : " up\n");
}

static void add_address(struct script *sh, const struct op *op)
{
    char buf[ADDR_TEXT_MAX];
    const struct prefix *p = &op->u.addr->prefix;
    add_ip(sh, op->node);
    str_addf(&sh->s, "address add %s dev ", prefix_text(p, buf));
    str_add_shell_word(&sh->s, op->iface->name);
    str_add(&sh->s, p->addr.family == AF_INET6 && !op->u.addr->dad ? " nodad\n" : "\n");
}

static void add_route(struct script *sh, const struct op *op)
{
    add_ip(sh, op->node);
    words_route(&sh->s, op->u.route);
    str_add(&sh->s, "\n");
}

static void add_rule(struct script *sh, const struct op *op)
{
    int families[2];
    unsigned n = rule_families(op->u.rule, families);
    for (unsigned i = 0; i < n; i++) {
        add_ip(sh, op->node);
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

static void add_firewall(struct script *sh, const struct op *op)
{
    struct str nft CLEAN_STR = {0};
    nft_words_table(&nft, op->u.firewall);
    add_nft(sh, op->node, nft.text);
}

static void add_host_side(struct script *sh, const struct node *node)
{
    char buf[ADDR_TEXT_MAX];
    const struct uplink *uplink = node->uplink;
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
    const char *netns =
        arena_printf(sh->plan->topo->arena, "/run/netns/%s.%s", sh->lab, op->node->name);
    if (uplink->mode == UPLINK_VETH) {
        add_host_side(sh, op->node);
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
        add_pid_file(sh, op->node);
}

static void add_op(struct script *sh, const struct op *op)
{
    switch (op->kind) {
    case OP_NODE:
        add_node(sh, op);
        return;
    case OP_SYSCTL:
        add_sysctl(sh, op);
        return;
    case OP_VETH:
        add_veth(sh, op->u.link);
        return;
    case OP_DEVICE:
        add_device(sh, op->u.iface);
        return;
    case OP_SET:
        add_set(sh, op->u.iface);
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
        add_firewall(sh, op);
        return;
    case OP_NFT:
        add_nft(sh, op->node, op->u.firewall->raw.text);
        return;
    case OP_UPLINK:
        add_uplink(sh, op);
        return;
    case OP_KIND_COUNT:
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
    return str_take(&sh.s);
}
