// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * What every node starts with. A new network namespace copies the machine's IPv4 settings (all of
 * net.ipv4.conf.all and default; lo gets default's), and machines differ: some forward, some filter
 * reverse paths, some are hardened. So all that changes what a node does with packets is said here,
 * as the kernel has it by itself; the builder writes what differs.
 */
#include "model/kinds.h"

/* One setting of net.ipv4.conf: in `all`, and in `default` and `lo`. */
#define CONF(name, all, others)                                                                    \
    {"net/ipv4/conf/all/" name, all, .if_there = true},                                            \
        {"net/ipv4/conf/default/" name, others, .if_there = true},                                 \
    {                                                                                              \
        "net/ipv4/conf/lo/" name, others, .if_there = true                                         \
    }

const struct sysctl node_base_sysctls[] = {
    CONF("rp_filter", "0", "0"), /* asymmetric paths are paths */
    CONF("send_redirects", "1", "1"),
    CONF("secure_redirects", "1", "1"),
    CONF("shared_media", "1", "1"),
    CONF("accept_source_route", "0", "1"), /* together: not accepted */
    CONF("accept_local", "0", "0"),
    CONF("route_localnet", "0", "0"),
    CONF("src_valid_mark", "0", "0"),
    CONF("proxy_arp", "0", "0"),
    CONF("proxy_arp_pvlan", "0", "0"),
    CONF("arp_ignore", "0", "0"),
    CONF("arp_announce", "0", "0"),
    CONF("arp_filter", "0", "0"),
    CONF("arp_accept", "0", "0"),
    CONF("arp_notify", "0", "0"),
    CONF("arp_evict_nocarrier", "1", "1"),
    CONF("drop_gratuitous_arp", "0", "0"),
    CONF("drop_unicast_in_l2_multicast", "0", "0"),
    CONF("ignore_routes_with_linkdown", "0", "0"),
    CONF("promote_secondaries", "0", "0"),
    CONF("bc_forwarding", "0", "0"),
    {"net/ipv6/conf/all/disable_ipv6", "0", .if_there = true},
};
const size_t node_base_sysctls_n = ARRAY_SIZE(node_base_sysctls);
