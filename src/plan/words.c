// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "plan/words.h"

#include <sys/socket.h>

void words_sysctl(struct str *s, const struct sysctl *sysctl)
{
    struct str name CLEAN_STR = {0};
    for (const char *p = sysctl->path; *p; p++)
        str_addn(&name, *p == '/' ? "." : *p == '.' ? "/" : p, 1);
    str_addf(&name, "=%s", sysctl->value);
    str_add_shell_word(s, name.text);
}

const char *device_word(const struct iface *iface)
{
    switch (iface->kind) {
    case IFACE_BRIDGE:
        return "bridge";
    case IFACE_DUMMY:
        return "dummy";
    case IFACE_UPLINK:
        return iface->node->uplink->mode == UPLINK_VETH ? "veth" : "tap";
    case IFACE_PHYSICAL:
        return "physical";
    case IFACE_LO:
    case IFACE_VETH:
        break;
    }
    return "";
}

void words_end(struct str *s, const struct iface *iface, uint32_t queues)
{
    char buf[ADDR_TEXT_MAX];
    if (iface->mtu)
        str_addf(s, " mtu %u", iface->mtu);
    if (iface->has_mac)
        str_addf(s, " address %s", mac_text(&iface->mac, buf));
    if (queues)
        str_addf(s, " numtxqueues %u numrxqueues %u", queues, queues);
}

static const char *type_word(enum route_type type)
{
    switch (type) {
    case ROUTE_UNICAST:
        return "";
    case ROUTE_LOCAL:
        return "local ";
    case ROUTE_BLACKHOLE:
        return "blackhole ";
    case ROUTE_UNREACHABLE:
        return "unreachable ";
    case ROUTE_PROHIBIT:
        return "prohibit ";
    case ROUTE_THROW:
        return "throw ";
    }
    return "";
}

static void words_hop(struct str *s, const struct route *route, const struct nexthop *hop)
{
    char buf[ADDR_TEXT_MAX];
    if (hop->via.family)
        str_addf(s, " via %s%s", hop->via.family == route->to.addr.family ? "" : "inet6 ",
                 addr_text(&hop->via, buf));
    str_add(s, " dev ");
    str_add_shell_word(s, hop->dev->name);
}

static void words_hops(struct str *s, const struct route *route)
{
    bool many = route->hops.n > 1 || (route->hops.n && route->hops.v[0].weight > 1);
    VEC_EACH (const struct nexthop, it, &route->hops) {
        if (many)
            str_add(s, " nexthop");
        words_hop(s, route, it);
        if (many)
            str_addf(s, " weight %u", it->weight);
        if (it->onlink)
            str_add(s, " onlink");
    }
}

static const char *scope_word(int scope)
{
    switch (scope) {
    case 0:
        return "global";
    case 200:
        return "site";
    case 253:
        return "link";
    default:
        return "host";
    }
}

void words_route(struct str *s, const struct route *route)
{
    char buf[ADDR_TEXT_MAX];
    bool v6 = route->to.addr.family == AF_INET6;
    str_addf(s, "%sroute add %s%s", v6 ? "-6 " : "", type_word(route->type),
             route->to.len ? prefix_text(&route->to, buf) : "default");
    if (route->table != ROUTE_TABLE_MAIN) /* said for `local` too, whose table is its own */
        str_addf(s, " table %u", route->table);
    if (route->metric)
        str_addf(s, " metric %u", route->metric);
    if (route->src.family)
        str_addf(s, " src %s", addr_text(&route->src, buf));
    if (route->scope >= 0)
        str_addf(s, " scope %s", scope_word(route->scope));
    if (route->mtu)
        str_addf(s, " mtu %u", route->mtu);
    words_hops(s, route);
}

static void words_ports(struct str *s, const char *word, const uint16_t ports[2])
{
    if (ports[0] == ports[1])
        str_addf(s, " %s %u", word, ports[0]);
    else
        str_addf(s, " %s %u-%u", word, ports[0], ports[1]);
}

static void words_action(struct str *s, const struct rule *rule)
{
    switch (rule->action) {
    case RULE_TABLE:
        str_addf(s, " lookup %u", rule->table);
        break;
    case RULE_BLACKHOLE:
        str_add(s, " blackhole");
        break;
    case RULE_UNREACHABLE:
        str_add(s, " unreachable");
        break;
    case RULE_PROHIBIT:
        str_add(s, " prohibit");
        break;
    }
}

void words_rule(struct str *s, const struct rule *rule, int family)
{
    char buf[ADDR_TEXT_MAX];
    str_addf(s, "%srule add priority %u", family == AF_INET6 ? "-6 " : "", rule->priority);
    str_addf(s, " from %s", rule->from.addr.family ? prefix_text(&rule->from, buf) : "all");
    if (rule->to.addr.family)
        str_addf(s, " to %s", prefix_text(&rule->to, buf));
    if (rule->iif)
        str_addf(s, " iif %s", rule->iif);
    if (rule->oif)
        str_addf(s, " oif %s", rule->oif);
    if (rule->has_mark && rule->mask == UINT32_MAX)
        str_addf(s, " fwmark 0x%x", rule->mark);
    else if (rule->has_mark)
        str_addf(s, " fwmark 0x%x/0x%x", rule->mark, rule->mask);
    if (rule->has_ipproto)
        str_addf(s, " ipproto %u", rule->ipproto);
    if (rule->has_sport)
        words_ports(s, "sport", rule->sport);
    if (rule->has_dport)
        words_ports(s, "dport", rule->dport);
    words_action(s, rule);
}

unsigned rule_families(const struct rule *rule, int ret_families[2])
{
    ret_families[0] = rule->family ? rule->family : AF_INET;
    ret_families[1] = AF_INET6;
    return rule->family ? 1 : 2;
}
