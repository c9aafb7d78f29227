// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* The plan for people: what each node gets, in the words of ip(8), each with its line. */
#include "plan/print.h"

#include <string.h>

#include "model/device.h"
#include "model/firewall.h"
#include "model/impair.h"
#include "plan/device_words.h"
#include "plan/nft_words.h"
#include "plan/program_words.h"
#include "plan/uplink_words.h"
#include "plan/wireguard_words.h"
#include "plan/words.h"

char *plan_print(const struct plan *plan, enum plan_format format)
{
    switch (format) {
    case PLAN_TEXT:
        return plan_print_text(plan);
    case PLAN_SH:
        return plan_print_sh(plan);
    case PLAN_JSON:
        return plan_print_json(plan);
    }
    return NULL;
}

/* Fills up with blanks and says the line that asked for what stands there. */
static void end_line(struct str *s, size_t start, struct pos pos)
{
    if (pos.line) {
        size_t width = s->len - start;
        str_addf(s, "%*s # line %u", width < 62 ? (int)(62 - width) : 0, "", pos.line);
    }
    str_add(s, "\n");
}

static void print_node(struct str *s, const struct node *node)
{
    str_addf(s, "%s %s", node->hidden ? "lan" : node->kind->name, node->name);
}

static void print_set(struct str *s, const struct iface *iface)
{
    str_addf(s, "interface %s", iface->name);
    if (iface->master)
        str_addf(s, " master %s", iface->master->name);
    if (iface->no_learning)
        str_add(s, " learning off");
    if (iface_extra(iface)->alias) {
        str_add(s, " alias ");
        str_add_shell_word(s, iface->extra->alias);
    }
    str_add(s, iface->down ? " down" : " up");
}

static void print_veth(struct str *s, const struct link *link)
{
    for (unsigned i = 0; i < 2; i++) {
        str_addf(s, "%s%s:%s", i ? " - " : "", link->ends[i]->node->name, link->ends[i]->name);
        words_end(s, link->ends[i], 0);
    }
    if (link->queues > 1)
        str_addf(s, " queues %u", link->queues);
}

static void print_device(struct str *s, const struct iface *iface)
{
    str_addf(s, "%s %s", iface->device->type->name, iface->name);
    device_words_link(s, iface);
    if (iface_host_interface(iface))
        str_addf(s, " is %s of this machine", iface_host_interface(iface));
    words_end(s, iface, 0);
    device_words(s, iface);
}

static void print_vlans(struct str *s, const struct iface *iface)
{
    const struct vlans *vlans = iface_extra(iface)->vlans;
    str_addf(s, "vlans %s", iface->name);
    if (vlans->untagged)
        str_addf(s, " untagged %u", vlans->untagged);
    for (uint32_t i = 0; i < vlans->tagged.n; i++) {
        str_add(s, i ? ", " : " tagged ");
        words_vlan_range(s, &vlans->tagged.v[i]);
    }
}

static void print_wireguard(struct str *s, const struct iface *iface, const struct wg_peer *peer)
{
    const struct wireguard *wg = wireguard_of(iface);
    str_addf(s, "wg %s ", iface->name);
    if (!peer) {
        str_addf(s, "listen-port %u private-key (%s)", wg->listen_port.value,
                 wireguard_words_secret(wg->secret));
        return;
    }
    str_add(s, "peer ");
    if (peer->iface)
        str_addf(s, "%s:%s", peer->iface->node->name, peer->iface->name);
    else
        str_add(s, peer->public_text);
    wireguard_words_peer(s, peer);
    if (peer->preshared)
        str_addf(s, " preshared-key (%s)", wireguard_words_secret(peer->preshared));
}

static void print_rule(struct str *s, const struct rule *rule)
{
    int families[2];
    unsigned n = rule_families(rule, families);
    words_rule(s, rule, families[0]);
    if (n > 1)
        str_add(s, " (IPv4 and IPv6)");
}

static void print_firewall_head(struct str *s, const struct op *op)
{
    uint32_t rules = op->u.firewall->rules;
    if (op->kind == OP_NFT)
        str_add(s, "nft text");
    else
        str_addf(s, "firewall: %u rule%s", rules, rules == 1 ? "" : "s");
}

static void print_impair(struct str *s, const struct iface *iface)
{
    str_addf(s, "impair %s", iface->name);
    impair_add_text(s, iface_extra(iface)->impair);
}

static void print_sysctl(struct str *s, const struct sysctl *sysctl)
{
    str_add(s, "sysctl ");
    words_sysctl(s, sysctl);
}

static void print_address(struct str *s, const struct ifaddr *addr, const struct iface *iface)
{
    char buf[ADDR_TEXT_MAX];
    str_addf(s, "address %s dev %s", prefix_text(&addr->prefix, buf), iface->name);
}

static void print_file(struct str *s, const struct node_file *file)
{
    str_add(s, file->content ? "file " : "directory ");
    str_add_shell_word(s, file->path);
    if (file->content)
        str_addf(s, " of %zu byte%s", file->len, file->len == 1 ? "" : "s");
    str_addf(s, " mode 0%o", file->mode);
    if (file->owner)
        str_addf(s, " owner %s", file->owner);
}

/* COMMAND of NODE, for its SERVICE (or NULL). */
static void print_command(struct str *s, const struct plan *plan, const struct node *node,
                          const struct service *service, const struct command *command)
{
    if (service)
        str_addf(s, "service %s/%s: ", node->name, service->name);
    else
        str_addf(s, "exec %s: ", node->name);
    program_words_env(s, node, service, " ");
    str_add(s, program_words_command(plan->topo->arena, command));
}

static void (*const of_iface[OP_KIND_COUNT])(struct str *s, const struct iface *iface) = {
    [OP_DEVICE] = print_device,
    [OP_SET] = print_set,
    [OP_VLANS] = print_vlans,
    [OP_IMPAIR] = print_impair,
};

/* What is of one interface, or a program. */
static void print_by_kind(struct str *s, const struct plan *plan, const struct op *op)
{
    if (of_iface[op->kind])
        of_iface[op->kind](s, op->u.iface);
    else if (op->kind == OP_FILE)
        print_file(s, op->u.file);
    else if (op->kind == OP_EXEC)
        print_command(s, plan, op_node(plan, op), NULL, op->u.command);
    else
        print_command(s, plan, op_node(plan, op), op->u.service, &op->u.service->command);
}

static void print_op(struct str *s, const struct plan *plan, const struct op *op)
{
    switch (op_kind(op)) {
    case OP_NODE:
        print_node(s, op_node(plan, op));
        return;
    case OP_SYSCTL:
        print_sysctl(s, op->u.sysctl);
        return;
    case OP_VETH:
        print_veth(s, op->u.link);
        return;
    case OP_WIREGUARD:
        print_wireguard(s, op_iface(plan, op), op->u.peer);
        return;
    case OP_ADDRESS:
        print_address(s, op->u.addr, op_iface(plan, op));
        return;
    case OP_ROUTE:
        words_route(s, op->u.route);
        return;
    case OP_RULE:
        print_rule(s, op->u.rule);
        return;
    case OP_FIREWALL:
    case OP_NFT:
        print_firewall_head(s, op);
        return;
    case OP_UPLINK:
        str_addf(s, "uplink by %s", uplink_mode_word(op->u.uplink->mode));
        return;
    case OP_DEVICE:
    case OP_SET:
    case OP_VLANS:
    case OP_IMPAIR:
    case OP_FILE:
    case OP_EXEC:
    case OP_SERVICE:
    case OP_KIND_COUNT:
        print_by_kind(s, plan, op);
        return;
    }
}

static void print_chain(struct str *s, const struct fw_chain *chain, const char *indent)
{
    size_t start = s->len;
    str_addf(s, "%s  chain %s %s", indent, chain->name, chain->base ? "{ " : "");
    nft_words_chain(s, chain);
    str_add(s, chain->base ? " }" : "");
    end_line(s, start, chain->pos);
    VEC_EACH (const struct fw_rule, it, &chain->rules) {
        start = s->len;
        str_addf(s, "%s    ", indent);
        nft_words_rule(s, it);
        end_line(s, start, it->pos);
    }
}

/* The table, in the words of nft(8). */
static void print_firewall(struct str *s, const struct firewall *fw, const char *indent)
{
    VEC_EACH (struct fw_set *, it, &fw->sets) {
        size_t start = s->len;
        str_addf(s, "%s  set %s { ", indent, (*it)->name);
        nft_words_set(s, *it, "; ");
        str_add(s, " }");
        end_line(s, start, (*it)->pos);
    }
    VEC_EACH (struct fw_chain *, it, &fw->chains)
        print_chain(s, *it, indent);
}

/* What is said of SERVICE besides its command, a line each. */
static void print_service(struct str *s, const struct service *service, const char *indent)
{
    struct str how CLEAN_STR = {0};
    VEC_EACH (const struct service *, it, &service->after)
        str_addf(s, "%s  after %s/%s\n", indent, (*it)->node->name, (*it)->name);
    VEC_EACH (const struct ready, it, &service->ready) {
        size_t start = s->len;
        str_addf(s, "%s  ready when ", indent);
        program_words_ready(s, it);
        end_line(s, start, it->pos);
    }
    program_words_how(&how, service);
    if (how.len)
        str_addf(s, "%s %s\n", indent, how.text);
}

static void print_ops(struct str *s, const struct plan *plan, struct op_range range,
                      const char *indent)
{
    for (uint32_t i = range.first; i < range.first + range.n; i++) {
        const struct op *op = &plan->ops.v[i];
        size_t start = s->len;
        str_add(s, op->kind == OP_NODE ? "  " : indent);
        print_op(s, plan, op);
        end_line(s, start, op_pos(plan, op));
        if (op->kind == OP_FIREWALL)
            print_firewall(s, op->u.firewall, indent);
        if (op->kind == OP_SERVICE)
            print_service(s, op->u.service, indent);
    }
}

static void print_start(struct str *s, const char *who, const struct sysctl *sysctls, size_t n)
{
    str_addf(s, "# Every %s starts with:", who);
    size_t column = 99;
    for (size_t i = 0; i < n; i++) {
        struct str word CLEAN_STR = {0};
        words_sysctl(&word, &sysctls[i]);
        if (column + word.len > 98) {
            str_add(s, "\n#  ");
            column = 4;
        }
        str_addf(s, " %s", word.text);
        column += word.len + 1;
    }
    str_add(s, "\n");
}

static bool topo_has_kind(const struct topo *topo, const struct node_kind *kind)
{
    VEC_EACH (struct node *, it, &topo->nodes) {
        if ((*it)->kind == kind)
            return true;
    }
    return false;
}

char *plan_print_text(const struct plan *plan)
{
    const struct topo *topo = plan->topo;
    struct str s = {0};
    uint32_t nodes = topo->nodes.n - topo->lans.n;
    str_addf(&s, "# lab %s: %u node%s, %u link%s, %u operations\n", topo->name, nodes,
             nodes == 1 ? "" : "s", topo->links.n, topo->links.n == 1 ? "" : "s", plan->ops.n);
    print_start(&s, "node", node_base_sysctls, node_base_sysctls_n);
    for (size_t i = 0; node_kinds[i]; i++) {
        if (topo_has_kind(topo, node_kinds[i]))
            print_start(&s, node_kinds[i]->name, node_kinds[i]->sysctls, node_kinds[i]->n);
    }
    str_add(&s, "\nnodes\n");
    for (uint32_t i = 0; i < topo->nodes.n; i++)
        print_ops(&s, plan, plan->setup[i], "    ");
    if (plan->links.n)
        str_add(&s, "\nlinks\n");
    print_ops(&s, plan, plan->links, "  ");
    for (uint32_t i = 0; i < topo->nodes.n; i++) {
        if (!plan->config[i].n)
            continue;
        str_addf(&s, "\n%s\n", topo->nodes.v[i]->name);
        print_ops(&s, plan, plan->config[i], "  ");
    }
    if (plan->programs.n)
        str_add(&s, "\nprograms\n");
    print_ops(&s, plan, plan->programs, "  ");
    return str_take(&s);
}
