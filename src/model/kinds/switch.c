// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* A switch and a hub: one Linux bridge, br0, over all link ends; a hub's learns nothing. They have
 * no need of IP, so their ports have no IPv6; br0 gets it where the file gives br0 an IPv6 address.
 * What is bridged is not filtered, whatever the machine does with its own bridges. */
#include "model/kinds.h"

static const struct sysctl sysctls[] = {
    {"net/ipv4/conf/all/forwarding", "0"},
    {"net/ipv4/conf/default/forwarding", "0"},
    {"net/ipv4/conf/lo/forwarding", "0"},
    {"net/ipv4/conf/all/accept_redirects", "1"},
    {"net/ipv4/conf/default/accept_redirects", "1"},
    {"net/ipv4/conf/lo/accept_redirects", "1"},
    {"net/ipv6/conf/all/forwarding", "0", .if_there = true},
    {"net/ipv6/conf/default/disable_ipv6", "1", .if_there = true},
    {"net/ipv6/conf/default/accept_dad", "0", .if_there = true},
    {"net/bridge/bridge-nf-call-iptables", "0", .if_there = true},
    {"net/bridge/bridge-nf-call-ip6tables", "0", .if_there = true},
    {"net/bridge/bridge-nf-call-arptables", "0", .if_there = true},
};

const struct node_kind node_kind_switch = {
    .name = "switch",
    .summary = "one bridge, br0, over all its links",
    .bridges = true,
    .learns = true,
    .sysctls = sysctls,
    .n = ARRAY_SIZE(sysctls),
};

const struct node_kind node_kind_hub = {
    .name = "hub",
    .summary = "a bridge that learns nothing",
    .bridges = true,
    .sysctls = sysctls,
    .n = ARRAY_SIZE(sysctls),
};
