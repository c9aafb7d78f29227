// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* A router: forwards IPv4 and IPv6, and so believes nobody's redirects. One of kind nat has a way
 * out to the host's network beside. */
#include "model/kinds.h"

static const struct sysctl sysctls[] = {
    {"net/ipv4/conf/all/forwarding", "1"},
    {"net/ipv4/conf/default/forwarding", "1"},
    {"net/ipv4/conf/lo/forwarding", "1"},
    {"net/ipv4/conf/all/accept_redirects", "0"},
    {"net/ipv4/conf/default/accept_redirects", "1"},
    {"net/ipv4/conf/lo/accept_redirects", "1"},
    {"net/ipv6/conf/all/forwarding", "1", .if_there = true},
    {"net/ipv6/conf/default/disable_ipv6", "0", .if_there = true},
    /* its addresses work at once: no duplicate address detection */
    {"net/ipv6/conf/default/accept_dad", "0", .if_there = true},
};

const struct node_kind node_kind_router = {
    .name = "router",
    .summary = "forwards IPv4 and IPv6",
    .forwards = true,
    .sysctls = sysctls,
    .n = ARRAY_SIZE(sysctls),
};

const struct node_kind node_kind_nat = {
    .name = "nat",
    .summary = "a router with a way out to the host's network",
    .forwards = true,
    .uplink = true,
    .sysctls = sysctls,
    .n = ARRAY_SIZE(sysctls),
};
