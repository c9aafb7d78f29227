// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* The plan for programs: {"lab", "nodes": […], "operations": […]}, each operation with its line. */
#include <jansson.h>
#include <sys/socket.h>

#include "model/device.h"
#include "model/firewall.h"
#include "model/impair.h"
#include "plan/device_words.h"
#include "plan/nft_words.h"
#include "plan/program_words.h"
#include "plan/wireguard_words.h"
#include "plan/print.h"
#include "plan/uplink_words.h"
#include "plan/words.h"

static const char *const op_names[OP_KIND_COUNT] = {
    [OP_NODE] = "node",     [OP_SYSCTL] = "sysctl",   [OP_VETH] = "veth",
    [OP_DEVICE] = "device", [OP_SET] = "set",         [OP_ADDRESS] = "address",
    [OP_ROUTE] = "route",   [OP_RULE] = "rule",       [OP_FIREWALL] = "firewall",
    [OP_NFT] = "nft",       [OP_VLANS] = "vlans",     [OP_WIREGUARD] = "wireguard",
    [OP_IMPAIR] = "impair", [OP_UPLINK] = "uplink",   [OP_FILE] = "file",
    [OP_EXEC] = "exec",     [OP_SERVICE] = "service",
};

static void set_text(json_t *o, const char *key, const char *text)
{
    if (text)
        json_object_set_new(o, key, json_string(text));
}

static void set_number(json_t *o, const char *key, uint32_t number)
{
    json_object_set_new(o, key, json_integer(number));
}

static void put_iface(json_t *o, const struct iface *iface)
{
    char buf[ADDR_TEXT_MAX];
    set_text(o, "interface", iface->name);
    set_number(o, "index", iface->index);
    if (iface->mtu)
        set_number(o, "mtu", iface->mtu);
    if (iface_extra(iface)->has_mac)
        set_text(o, "mac", mac_text(&iface->extra->mac, buf));
}

static void put_device(json_t *o, const struct iface *iface)
{
    set_text(o, "host-interface", iface_host_interface(iface));
    struct str options CLEAN_STR = {0};
    device_words(&options, iface);
    set_text(o, "kind", iface->device->type->name);
    put_iface(o, iface);
    if (iface->device->parent)
        set_text(o, "parent", iface->device->parent->name);
    if (options.len)
        set_text(o, "options", options.text + 1);
}

static json_t *end_json(const struct iface *iface)
{
    json_t *o = json_object();
    set_text(o, "node", iface->node->name);
    put_iface(o, iface);
    return o;
}

static void put_veth(json_t *o, const struct link *link)
{
    json_object_set_new(o, "ends",
                        json_pack("[o,o]", end_json(link->ends[0]), end_json(link->ends[1])));
    set_number(o, "queues", link->queues);
}

static void put_set(json_t *o, const struct iface *iface)
{
    set_text(o, "interface", iface->name);
    set_text(o, "state", iface->down ? "down" : "up");
    set_text(o, "alias", iface_extra(iface)->alias);
    if (iface->master)
        set_text(o, "master", iface->master->name);
    if (iface->no_learning)
        json_object_set_new(o, "learning", json_false());
}

static void put_vlans(json_t *o, const struct iface *iface)
{
    const struct vlans *vlans = iface_extra(iface)->vlans;
    json_t *tagged = json_array();
    VEC_EACH (const struct vlan_range, it, &vlans->tagged)
        json_array_append_new(tagged, json_pack("[i,i]", it->first, it->last));
    set_text(o, "interface", iface->name);
    json_object_set_new(o, "tagged", tagged);
    if (vlans->untagged)
        set_number(o, "untagged", vlans->untagged);
}

static void put_peer(json_t *o, const struct wg_peer *peer)
{
    struct str options CLEAN_STR = {0};
    wireguard_words_peer(&options, peer);
    if (peer->iface)
        json_object_set_new(o, "peer",
                            json_sprintf("%s:%s", peer->iface->node->name, peer->iface->name));
    set_text(o, "public-key", peer->public_text);
    if (peer->preshared)
        set_text(o, "preshared-key", wireguard_words_secret(peer->preshared));
    if (options.len)
        set_text(o, "options", options.text + 1);
}

static void put_wireguard(json_t *o, const struct iface *iface, const struct wg_peer *peer)
{
    const struct wireguard *wg = wireguard_of(iface);
    set_text(o, "interface", iface->name);
    if (peer) {
        put_peer(o, peer);
        return;
    }
    set_number(o, "listen-port", wg->listen_port.value);
    set_text(o, "private-key", wireguard_words_secret(wg->secret));
}

static json_t *hop_json(const struct nexthop *hop)
{
    char buf[ADDR_TEXT_MAX];
    json_t *o = json_object();
    if (hop->via.family)
        set_text(o, "via", addr_text(&hop->via, buf));
    set_text(o, "dev", hop->dev->name);
    set_number(o, "weight", hop->weight);
    if (hop->onlink)
        json_object_set_new(o, "onlink", json_true());
    return o;
}

static void put_route(json_t *o, const struct route *route)
{
    char buf[ADDR_TEXT_MAX];
    struct str command CLEAN_STR = {0};
    json_t *hops = json_array();
    set_text(o, "to", prefix_text(&route->to, buf));
    set_text(o, "family", route->to.addr.family == AF_INET ? "ipv4" : "ipv6");
    set_number(o, "table", route->table);
    if (route->metric)
        set_number(o, "metric", route->metric);
    VEC_EACH (const struct nexthop, it, &route->hops)
        json_array_append_new(hops, hop_json(it));
    json_object_set_new(o, "nexthops", hops);
    words_route(&command, route);
    set_text(o, "command", command.text);
}

static void put_rule(json_t *o, const struct rule *rule)
{
    int families[2];
    unsigned n = rule_families(rule, families);
    json_t *commands = json_array();
    set_number(o, "priority", rule->priority);
    for (unsigned i = 0; i < n; i++) {
        struct str command CLEAN_STR = {0};
        words_rule(&command, rule, families[i]);
        json_array_append_new(commands, json_string(command.text));
    }
    json_object_set_new(o, "commands", commands);
}

static json_t *fw_rule_json(const struct fw_rule *rule)
{
    struct str nft CLEAN_STR = {0};
    nft_words_rule(&nft, rule);
    json_t *o = json_object();
    set_number(o, "id", rule->id);
    set_number(o, "line", rule->pos.line);
    set_text(o, "text", rule->text);
    set_text(o, "nft", nft.text);
    return o;
}

static json_t *fw_chain_json(const struct fw_chain *chain)
{
    struct str head CLEAN_STR = {0};
    json_t *o = json_object(), *rules = json_array();
    nft_words_chain(&head, chain);
    set_text(o, "name", chain->name);
    set_number(o, "line", chain->pos.line);
    if (chain->base)
        set_text(o, "nft", head.text);
    VEC_EACH (const struct fw_rule, it, &chain->rules)
        json_array_append_new(rules, fw_rule_json(it));
    json_object_set_new(o, "rules", rules);
    return o;
}

static json_t *fw_set_json(const struct fw_set *set)
{
    struct str nft CLEAN_STR = {0};
    json_t *o = json_object();
    nft_words_set(&nft, set, "; ");
    set_text(o, "name", set->name);
    set_number(o, "line", set->pos.line);
    set_text(o, "nft", nft.text);
    return o;
}

static void put_firewall(json_t *o, const struct op *op)
{
    const struct firewall *fw = op->u.firewall;
    if (op->kind == OP_NFT) {
        set_text(o, "text", fw->raw.text);
        return;
    }
    json_t *sets = json_array(), *chains = json_array();
    VEC_EACH (struct fw_set *, it, &fw->sets)
        json_array_append_new(sets, fw_set_json(*it));
    VEC_EACH (struct fw_chain *, it, &fw->chains)
        json_array_append_new(chains, fw_chain_json(*it));
    json_object_set_new(o, "sets", sets);
    json_object_set_new(o, "chains", chains);
}

static void put_uplink(json_t *o, const struct uplink *uplink)
{
    json_t *subnets = json_array();
    for (size_t i = 0; i < ARRAY_SIZE(uplink->subnets); i++) {
        char buf[ADDR_TEXT_MAX];
        struct prefix subnet = {prefix_network(&uplink->subnets[i]), uplink->subnets[i].len};
        if (uplink->subnets[i].addr.family)
            json_array_append_new(subnets, json_string(prefix_text(&subnet, buf)));
    }
    set_text(o, "interface", uplink->iface->name);
    set_text(o, "by", uplink_mode_word(uplink->mode));
    json_object_set_new(o, "subnets", subnets);
}

static void put_impair(json_t *o, const struct iface *iface)
{
    struct str qdiscs[2] = {{0}, {0}};
    json_t *commands = json_array();
    unsigned n = words_qdiscs(iface, qdiscs);
    for (unsigned i = 0; i < n; i++) {
        json_array_append_new(commands,
                              json_sprintf("qdisc add dev %s%s", iface->name, qdiscs[i].text));
        str_done(&qdiscs[i]);
    }
    set_text(o, "interface", iface->name);
    json_object_set_new(o, "impairments", impair_json(iface_extra(iface)->impair));
    json_object_set_new(o, "commands", commands);
}

static void put_address(json_t *o, const struct ifaddr *addr, const struct iface *iface)
{
    char buf[ADDR_TEXT_MAX];
    set_text(o, "interface", iface->name);
    set_text(o, "address", prefix_text(&addr->prefix, buf));
}

static void put_sysctl(json_t *o, const struct sysctl *sysctl)
{
    set_text(o, "path", sysctl->path);
    set_text(o, "value", sysctl->value);
}

/* A content that is no text is told by its size alone. */
static void put_file(json_t *o, const struct node_file *file)
{
    set_text(o, "path", file->path);
    set_text(o, "type", file->content ? "file" : "directory");
    json_object_set_new(o, "mode", json_sprintf("0%o", file->mode));
    set_text(o, "owner", file->owner);
    if (!file->content)
        return;
    json_t *content = json_stringn(file->content, file->len);
    json_object_set_new(o, "size", json_integer((json_int_t)file->len));
    if (content)
        json_object_set_new(o, "content", content);
}

static json_t *command_json(const struct command *command)
{
    json_t *words = json_array();
    for (char *const *it = command->argv; *it; it++)
        json_array_append_new(words, json_string(*it));
    return words;
}

static void add_env(json_t *o, const env_list *env)
{
    VEC_EACH (const struct env_var, it, env)
        set_text(o, it->name, it->value);
}

static void put_exec(json_t *o, const struct node *node, const struct command *command)
{
    json_t *env = json_object();
    add_env(env, &node_programs(node)->env);
    json_object_set_new(o, "command", command_json(command));
    json_object_set_new(o, "env", env);
}

static json_t *ready_json(const struct ready *ready)
{
    struct str text CLEAN_STR = {0};
    json_t *o = json_object();
    program_words_ready_value(&text, ready);
    if (ready->kind == READY_COMMAND)
        json_object_set_new(o, "command", command_json(&ready->command));
    else
        set_text(o, program_words_ready_key(ready), text.text);
    if (ready->kind == READY_COMMAND)
        json_object_set_new(o, "every", json_real(ready->every_ms / 1000.0));
    return o;
}

static void put_service(json_t *o, const struct service *service)
{
    json_t *after = json_array(), *ready = json_array();
    set_text(o, "service", service->name);
    put_exec(o, service->node, &service->command);
    add_env(json_object_get(o, "env"), &service->env);
    VEC_EACH (const struct service *, it, &service->after)
        json_array_append_new(after, json_sprintf("%s/%s", (*it)->node->name, (*it)->name));
    VEC_EACH (const struct ready, it, &service->ready)
        json_array_append_new(ready, ready_json(it));
    json_object_set_new(o, "after", after);
    json_object_set_new(o, "ready", ready);
    json_object_set_new(o, "within", json_real(service->within_ms / 1000.0));
    set_text(o, "user", service->user);
    set_text(o, "directory", service->directory);
    set_text(o, "restart", program_words_restart(service->restart));
    json_object_set_new(o, "oneshot", json_boolean(service->oneshot));
    set_number(o, "stop-signal", (uint32_t)service->stop_signal);
    set_text(o, "log", service->silent ? "none" : "output");
}

static void (*const of_iface[OP_KIND_COUNT])(json_t *o, const struct iface *iface) = {
    [OP_DEVICE] = put_device,
    [OP_SET] = put_set,
    [OP_VLANS] = put_vlans,
    [OP_IMPAIR] = put_impair,
};

/* What is of one interface, or a program. */
static void put_by_kind(json_t *o, const struct node *node, const struct op *op)
{
    if (of_iface[op->kind])
        of_iface[op->kind](o, op->u.iface);
    else if (op->kind == OP_FILE)
        put_file(o, op->u.file);
    else if (op->kind == OP_EXEC)
        put_exec(o, node, op->u.command);
    else
        put_service(o, op->u.service);
}

static void put_op(json_t *o, const struct plan *plan, const struct op *op)
{
    switch (op_kind(op)) {
    case OP_NODE:
        set_text(o, "kind", op_node(plan, op)->kind->name);
        return;
    case OP_SYSCTL:
        put_sysctl(o, op->u.sysctl);
        return;
    case OP_VETH:
        put_veth(o, op->u.link);
        return;
    case OP_WIREGUARD:
        put_wireguard(o, op_iface(plan, op), op->u.peer);
        return;
    case OP_ADDRESS:
        put_address(o, op->u.addr, op_iface(plan, op));
        return;
    case OP_ROUTE:
        put_route(o, op->u.route);
        return;
    case OP_RULE:
        put_rule(o, op->u.rule);
        return;
    case OP_FIREWALL:
    case OP_NFT:
        put_firewall(o, op);
        return;
    case OP_UPLINK:
        put_uplink(o, op->u.uplink);
        return;
    case OP_DEVICE:
    case OP_SET:
    case OP_VLANS:
    case OP_IMPAIR:
    case OP_FILE:
    case OP_EXEC:
    case OP_SERVICE:
    case OP_KIND_COUNT:
        put_by_kind(o, op_node(plan, op), op);
        return;
    }
}

static json_t *op_json(const struct plan *plan, const struct op *op)
{
    json_t *o = json_object();
    set_text(o, "op", op_names[op->kind]);
    set_text(o, "node", op_node(plan, op)->name);
    struct pos pos = op_pos(plan, op);
    if (pos.line)
        set_number(o, "line", pos.line);
    put_op(o, plan, op);
    return o;
}

static json_t *node_json(const struct node *node)
{
    json_t *o = json_object();
    set_text(o, "name", node->name);
    set_text(o, "kind", node->kind->name);
    json_object_set_new(o, "hidden", json_boolean(node->hidden));
    return o;
}

char *plan_print_json(const struct plan *plan)
{
    json_t *nodes = json_array(), *ops = json_array();
    VEC_EACH (struct node *, it, &plan->topo->nodes)
        json_array_append_new(nodes, node_json(*it));
    VEC_EACH (const struct op, it, &plan->ops)
        json_array_append_new(ops, op_json(plan, it));
    json_t *o = json_pack("{s:s,s:s,s:o,s:o}", "lab", plan->topo->name, "file", plan->topo->file,
                          "nodes", nodes, "operations", ops);
    char *text = json_dumps(o, JSON_INDENT(1));
    json_decref(o);
    struct str s = {0};
    str_addf(&s, "%s\n", text ? text : "{}");
    free(text);
    return str_take(&s);
}
