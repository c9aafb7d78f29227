// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * A bridge: br0 of a switch or hub, or one that a node has of its own.
 *
 * It works from the first frame on: no listening for 15 s, and no multicast snooping unless it is
 * asked for. A spanning tree needs time to listen; it gets the least that the kernel grants. What
 * is off in a new bridge is not said, as a kernel that lacks it refuses to be told so.
 */
#include "model/devices/bridge.h"

#include <netinet/in.h>

#include <linux/if_link.h>

#include "model/kinds.h"
#include "model/language_devices.h"
#include "model/load_devices.h"

#define FORWARD_DELAY_MIN 200 /* BR_MIN_FORWARD_DELAY, in hundredths of a second */

/* The kernel counts hundredths of a second, in 32 bits. */
static const struct type type_ageing = {
    TIME("a time in steps of 10ms, up to 10000h, like 30s, 2min or 1h", 10000,
         10000 * 3600 * 1000000L),
};

#define BRIDGE_FIELDS                                                                              \
    {"stp", "whether it keeps loops apart, by the spanning tree protocol", &type_bool,             \
     offsetof(struct bridge, stp)},                                                                \
        {"vlan-filtering", "whether its ports are in VLANs, in VLAN 1 where not said", &type_bool, \
         offsetof(struct bridge, vlan_filtering)},                                                 \
        {"ageing", "how long it remembers where an address is (default 5min)", &type_ageing,       \
         offsetof(struct bridge, ageing)},                                                         \
    {                                                                                              \
        "multicast-snooping", "whether it learns who listens to which group (default false)",      \
            &type_bool, offsetof(struct bridge, snooping)                                          \
    }

static const struct field fields[] = {
    {"ports", "the interfaces that it joins", &type_other_ifaces, offsetof(struct bridge, ports)},
    BRIDGE_FIELDS,
};
static const struct table table = DEVICE_TABLE("a", "bridge", fields);

static const struct field switch_fields[] = {BRIDGE_FIELDS};
static const struct table switch_table = {
    .name = "bridge-of-switch",
    .what = "bridge",
    .fields = switch_fields,
    .n = ARRAY_SIZE(switch_fields),
};
static bool read_node_bridge(struct reader *r, const struct type *type, const struct doc_node *n,
                             void *out)
{
    if (!doc_is_nothing(n))
        ((struct bridge *)out)->pos = n->pos;
    return read_table(r, type, n, out);
}

const struct type type_node_bridge = {
    .expects = "what is said of a switch's bridge, like {stp: true}",
    .read = read_node_bridge,
    .describe = describe_table,
    .table = &switch_table,
};

static const struct device_option options[] = {
    {"stp_state", IFLA_BR_STP_STATE, .form = OPTION_U32, .offset = offsetof(struct bridge, stp)},
    {"forward_delay", IFLA_BR_FORWARD_DELAY, .form = OPTION_U32,
     .offset = offsetof(struct bridge, forward_delay)},
    {"vlan_filtering", IFLA_BR_VLAN_FILTERING, .form = OPTION_U8,
     .offset = offsetof(struct bridge, vlan_filtering)},
    {"mcast_snooping", IFLA_BR_MCAST_SNOOPING, .form = OPTION_U8,
     .offset = offsetof(struct bridge, snooping)},
    {"ageing_time", IFLA_BR_AGEING_TIME, .form = OPTION_CENTISECONDS,
     .offset = offsetof(struct bridge, ageing)},
};

static void take_off(struct int_value *in)
{
    if (!in->value)
        in->pos.line = 0;
}

/* What it bridges is not filtered, whatever the machine does with its own bridges. */
static void leave_unfiltered(struct loader *l, struct node *node)
{
    static const char *const paths[] = {"net/bridge/bridge-nf-call-iptables",
                                        "net/bridge/bridge-nf-call-ip6tables",
                                        "net/bridge/bridge-nf-call-arptables"};
    for (size_t i = 0; i < ARRAY_SIZE(paths); i++)
        load_set_sysctl(l, node, (struct sysctl){.path = paths[i], .value = "0", .if_there = true});
}

static bool load(struct loader *l, struct iface *iface)
{
    struct bridge *bridge = iface->device->own;
    const struct node_kind *kind = iface->node->kind;
    take_off(&bridge->stp);
    take_off(&bridge->vlan_filtering);
    device_default(iface, &bridge->forward_delay, bridge->stp.value ? FORWARD_DELAY_MIN : 0);
    device_default(iface, &bridge->snooping, 0);
    if (iface->kind == IFACE_BRIDGE && !kind->learns)
        bridge->ageing = (struct duration_value){0, iface->device->pos};
    if (iface->kind != IFACE_BRIDGE)
        leave_unfiltered(l, iface->node);
    return device_take_members(l, iface, &bridge->ports);
}

const struct device_type device_type_bridge = {
    .name = "bridge",
    .summary = "a switch inside a node",
    .table = &table,
    .size = sizeof(struct bridge),
    DEVICE_OPTIONS(options),
    .ports = true,
    .numbered = true,
    .module = "bridge",
    .config = "BRIDGE",
    .load = load,
};
