#!/bin/sh
# Builds the lab fat-tree by hand: what nslab does with fat-tree.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        fat-tree.core1-1 \
        fat-tree.core1-2 \
        fat-tree.core2-1 \
        fat-tree.core2-2 \
        fat-tree.aggr1-1 \
        fat-tree.aggr1-2 \
        fat-tree.aggr2-1 \
        fat-tree.aggr2-2 \
        fat-tree.aggr3-1 \
        fat-tree.aggr3-2 \
        fat-tree.aggr4-1 \
        fat-tree.aggr4-2 \
        fat-tree.edge1-1 \
        fat-tree.edge1-2 \
        fat-tree.edge2-1 \
        fat-tree.edge2-2 \
        fat-tree.edge3-1 \
        fat-tree.edge3-2 \
        fat-tree.edge4-1 \
        fat-tree.edge4-2 \
        fat-tree.h1-1-1 \
        fat-tree.h1-1-2 \
        fat-tree.h1-2-1 \
        fat-tree.h1-2-2 \
        fat-tree.h2-1-1 \
        fat-tree.h2-1-2 \
        fat-tree.h2-2-1 \
        fat-tree.h2-2-2 \
        fat-tree.h3-1-1 \
        fat-tree.h3-1-2 \
        fat-tree.h3-2-1 \
        fat-tree.h3-2-2 \
        fat-tree.h4-1-1 \
        fat-tree.h4-1-2 \
        fat-tree.h4-2-1 \
        fat-tree.h4-2-2
    do
        ip netns del "$node"
    done
    exit
fi

# A node: its namespace. A new one copies settings of this machine, so each that
# matters is set (-e: where this kernel has it).
new_node() {
    ip netns add "$1"
    ip netns exec "$1" sysctl -q -e -w \
        net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0 \
        net.ipv4.conf.lo.rp_filter=0 net.ipv4.conf.all.send_redirects=1 \
        net.ipv4.conf.default.send_redirects=1 net.ipv4.conf.lo.send_redirects=1 \
        net.ipv4.conf.all.secure_redirects=1 net.ipv4.conf.default.secure_redirects=1 \
        net.ipv4.conf.lo.secure_redirects=1 net.ipv4.conf.all.shared_media=1 \
        net.ipv4.conf.default.shared_media=1 net.ipv4.conf.lo.shared_media=1 \
        net.ipv4.conf.all.accept_source_route=0 net.ipv4.conf.default.accept_source_route=1 \
        net.ipv4.conf.lo.accept_source_route=1 net.ipv4.conf.all.accept_local=0 \
        net.ipv4.conf.default.accept_local=0 net.ipv4.conf.lo.accept_local=0 \
        net.ipv4.conf.all.route_localnet=0 net.ipv4.conf.default.route_localnet=0 \
        net.ipv4.conf.lo.route_localnet=0 net.ipv4.conf.all.src_valid_mark=0 \
        net.ipv4.conf.default.src_valid_mark=0 net.ipv4.conf.lo.src_valid_mark=0 \
        net.ipv4.conf.all.proxy_arp=0 net.ipv4.conf.default.proxy_arp=0 \
        net.ipv4.conf.lo.proxy_arp=0 net.ipv4.conf.all.proxy_arp_pvlan=0 \
        net.ipv4.conf.default.proxy_arp_pvlan=0 net.ipv4.conf.lo.proxy_arp_pvlan=0 \
        net.ipv4.conf.all.arp_ignore=0 net.ipv4.conf.default.arp_ignore=0 \
        net.ipv4.conf.lo.arp_ignore=0 net.ipv4.conf.all.arp_announce=0 \
        net.ipv4.conf.default.arp_announce=0 net.ipv4.conf.lo.arp_announce=0 \
        net.ipv4.conf.all.arp_filter=0 net.ipv4.conf.default.arp_filter=0 \
        net.ipv4.conf.lo.arp_filter=0 net.ipv4.conf.all.arp_accept=0 \
        net.ipv4.conf.default.arp_accept=0 net.ipv4.conf.lo.arp_accept=0 \
        net.ipv4.conf.all.arp_notify=0 net.ipv4.conf.default.arp_notify=0 \
        net.ipv4.conf.lo.arp_notify=0 net.ipv4.conf.all.arp_evict_nocarrier=1 \
        net.ipv4.conf.default.arp_evict_nocarrier=1 net.ipv4.conf.lo.arp_evict_nocarrier=1 \
        net.ipv4.conf.all.drop_gratuitous_arp=0 net.ipv4.conf.default.drop_gratuitous_arp=0 \
        net.ipv4.conf.lo.drop_gratuitous_arp=0 net.ipv4.conf.all.drop_unicast_in_l2_multicast=0 \
        net.ipv4.conf.default.drop_unicast_in_l2_multicast=0 \
        net.ipv4.conf.lo.drop_unicast_in_l2_multicast=0 \
        net.ipv4.conf.all.ignore_routes_with_linkdown=0 \
        net.ipv4.conf.default.ignore_routes_with_linkdown=0 \
        net.ipv4.conf.lo.ignore_routes_with_linkdown=0 net.ipv4.conf.all.promote_secondaries=0 \
        net.ipv4.conf.default.promote_secondaries=0 net.ipv4.conf.lo.promote_secondaries=0 \
        net.ipv4.conf.all.bc_forwarding=0 net.ipv4.conf.default.bc_forwarding=0 \
        net.ipv4.conf.lo.bc_forwarding=0 net.ipv6.conf.all.disable_ipv6=0
}

# A host: sends and receives for itself.
new_host() {
    new_node "$1"
    ip netns exec "$1" sysctl -q -w \
        net.ipv4.conf.all.forwarding=0 net.ipv4.conf.default.forwarding=0 \
        net.ipv4.conf.lo.forwarding=0 net.ipv4.conf.all.accept_redirects=1 \
        net.ipv4.conf.default.accept_redirects=1 net.ipv4.conf.lo.accept_redirects=1
    ip netns exec "$1" sysctl -q -e -w \
        net.ipv6.conf.all.forwarding=0 net.ipv6.conf.default.disable_ipv6=0 \
        net.ipv6.conf.default.accept_dad=0
}

# A router: forwards IPv4 and IPv6.
new_router() {
    new_node "$1"
    ip netns exec "$1" sysctl -q -w \
        net.ipv4.conf.all.forwarding=1 net.ipv4.conf.default.forwarding=1 \
        net.ipv4.conf.lo.forwarding=1 net.ipv4.conf.all.accept_redirects=0 \
        net.ipv4.conf.default.accept_redirects=1 net.ipv4.conf.lo.accept_redirects=1
    ip netns exec "$1" sysctl -q -e -w \
        net.ipv6.conf.all.forwarding=1 net.ipv6.conf.default.disable_ipv6=0 \
        net.ipv6.conf.default.accept_dad=0
}

# The nodes
new_router fat-tree.core1-1
new_router fat-tree.core1-2
new_router fat-tree.core2-1
new_router fat-tree.core2-2
new_router fat-tree.aggr1-1
new_router fat-tree.aggr1-2
new_router fat-tree.aggr2-1
new_router fat-tree.aggr2-2
new_router fat-tree.aggr3-1
new_router fat-tree.aggr3-2
new_router fat-tree.aggr4-1
new_router fat-tree.aggr4-2
new_router fat-tree.edge1-1
new_router fat-tree.edge1-2
new_router fat-tree.edge2-1
new_router fat-tree.edge2-2
new_router fat-tree.edge3-1
new_router fat-tree.edge3-2
new_router fat-tree.edge4-1
new_router fat-tree.edge4-2
new_host fat-tree.h1-1-1
new_host fat-tree.h1-1-2
new_host fat-tree.h1-2-1
new_host fat-tree.h1-2-2
new_host fat-tree.h2-1-1
new_host fat-tree.h2-1-2
new_host fat-tree.h2-2-1
new_host fat-tree.h2-2-2
new_host fat-tree.h3-1-1
new_host fat-tree.h3-1-2
new_host fat-tree.h3-2-1
new_host fat-tree.h3-2-2
new_host fat-tree.h4-1-1
new_host fat-tree.h4-1-2
new_host fat-tree.h4-2-1
new_host fat-tree.h4-2-2

# The links
ip link add name eth0 netns fat-tree.core1-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.aggr1-1 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns fat-tree.core1-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.aggr2-1 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns fat-tree.core1-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.aggr3-1 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns fat-tree.core1-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.aggr4-1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns fat-tree.core1-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns fat-tree.aggr1-1 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns fat-tree.core1-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns fat-tree.aggr2-1 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns fat-tree.core1-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns fat-tree.aggr3-1 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns fat-tree.core1-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns fat-tree.aggr4-1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns fat-tree.core2-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.aggr1-2 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns fat-tree.core2-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.aggr2-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns fat-tree.core2-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.aggr3-2 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns fat-tree.core2-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.aggr4-2 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns fat-tree.core2-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns fat-tree.aggr1-2 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns fat-tree.core2-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns fat-tree.aggr2-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns fat-tree.core2-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns fat-tree.aggr3-2 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns fat-tree.core2-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns fat-tree.aggr4-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns fat-tree.aggr1-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.edge1-1 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns fat-tree.aggr1-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.edge1-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns fat-tree.aggr1-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns fat-tree.edge1-1 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns fat-tree.aggr1-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns fat-tree.edge1-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns fat-tree.aggr2-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.edge2-1 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns fat-tree.aggr2-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.edge2-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns fat-tree.aggr2-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns fat-tree.edge2-1 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns fat-tree.aggr2-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns fat-tree.edge2-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns fat-tree.aggr3-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.edge3-1 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns fat-tree.aggr3-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.edge3-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns fat-tree.aggr3-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns fat-tree.edge3-1 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns fat-tree.aggr3-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns fat-tree.edge3-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns fat-tree.aggr4-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.edge4-1 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns fat-tree.aggr4-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.edge4-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns fat-tree.aggr4-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns fat-tree.edge4-1 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns fat-tree.aggr4-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns fat-tree.edge4-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns fat-tree.edge1-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.h1-1-1 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns fat-tree.edge1-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.h1-1-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns fat-tree.edge1-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.h1-2-1 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns fat-tree.edge1-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.h1-2-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns fat-tree.edge2-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.h2-1-1 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns fat-tree.edge2-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.h2-1-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns fat-tree.edge2-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.h2-2-1 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns fat-tree.edge2-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.h2-2-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns fat-tree.edge3-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.h3-1-1 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns fat-tree.edge3-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.h3-1-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns fat-tree.edge3-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.h3-2-1 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns fat-tree.edge3-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.h3-2-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns fat-tree.edge4-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.h4-1-1 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns fat-tree.edge4-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.h4-1-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns fat-tree.edge4-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.h4-2-1 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns fat-tree.edge4-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns fat-tree.h4-2-2 numtxqueues 1 numrxqueues 1

# core1-1 (line 25)
ip -n fat-tree.core1-1 link set dev lo up
ip -n fat-tree.core1-1 link set dev eth0 up
ip -n fat-tree.core1-1 link set dev eth1 up
ip -n fat-tree.core1-1 link set dev eth2 up
ip -n fat-tree.core1-1 link set dev eth3 up
ip -n fat-tree.core1-1 address add 10.255.0.1/32 dev lo
ip -n fat-tree.core1-1 address add 10.0.0.1/30 dev eth0
ip -n fat-tree.core1-1 address add 10.0.0.5/30 dev eth1
ip -n fat-tree.core1-1 address add 10.0.0.9/30 dev eth2
ip -n fat-tree.core1-1 address add 10.0.0.13/30 dev eth3
ip -n fat-tree.core1-1 route add 10.0.0.16/30 via 10.0.0.2 dev eth0
ip -n fat-tree.core1-1 route add 10.0.0.20/30 via 10.0.0.6 dev eth1
ip -n fat-tree.core1-1 route add 10.0.0.24/30 via 10.0.0.10 dev eth2
ip -n fat-tree.core1-1 route add 10.0.0.28/30 via 10.0.0.14 dev eth3
ip -n fat-tree.core1-1 route add 10.0.0.32/30 via 10.0.0.2 dev eth0
ip -n fat-tree.core1-1 route add 10.0.0.36/30 via 10.0.0.6 dev eth1
ip -n fat-tree.core1-1 route add 10.0.0.40/30 via 10.0.0.10 dev eth2
ip -n fat-tree.core1-1 route add 10.0.0.44/30 via 10.0.0.14 dev eth3
ip -n fat-tree.core1-1 route add 10.0.0.48/30 via 10.0.0.2 dev eth0
ip -n fat-tree.core1-1 route add 10.0.0.52/30 via 10.0.0.6 dev eth1
ip -n fat-tree.core1-1 route add 10.0.0.56/30 via 10.0.0.10 dev eth2
ip -n fat-tree.core1-1 route add 10.0.0.60/30 via 10.0.0.14 dev eth3
ip -n fat-tree.core1-1 route add 10.0.0.64/28 via 10.0.0.2 dev eth0
ip -n fat-tree.core1-1 route add 10.0.0.80/28 via 10.0.0.6 dev eth1
ip -n fat-tree.core1-1 route add 10.0.0.96/28 via 10.0.0.10 dev eth2
ip -n fat-tree.core1-1 route add 10.0.0.112/28 via 10.0.0.14 dev eth3
ip -n fat-tree.core1-1 route add 10.0.1.0/24 via 10.0.0.2 dev eth0
ip -n fat-tree.core1-1 route add 10.0.2.0/23 via 10.0.0.2 dev eth0
ip -n fat-tree.core1-1 route add 10.0.4.0/24 via 10.0.0.2 dev eth0
ip -n fat-tree.core1-1 route add 10.0.5.0/24 via 10.0.0.6 dev eth1
ip -n fat-tree.core1-1 route add 10.0.6.0/23 via 10.0.0.6 dev eth1
ip -n fat-tree.core1-1 route add 10.0.8.0/24 via 10.0.0.6 dev eth1
ip -n fat-tree.core1-1 route add 10.0.9.0/24 via 10.0.0.10 dev eth2
ip -n fat-tree.core1-1 route add 10.0.10.0/23 via 10.0.0.10 dev eth2
ip -n fat-tree.core1-1 route add 10.0.12.0/24 via 10.0.0.10 dev eth2
ip -n fat-tree.core1-1 route add 10.0.13.0/24 via 10.0.0.14 dev eth3
ip -n fat-tree.core1-1 route add 10.0.14.0/23 via 10.0.0.14 dev eth3
ip -n fat-tree.core1-1 route add 10.0.16.0/24 via 10.0.0.14 dev eth3
ip -n fat-tree.core1-1 route add 10.255.0.2/31 nexthop via 10.0.0.2 dev eth0 weight 1 nexthop via 10.0.0.6 dev eth1 weight 1 nexthop via 10.0.0.10 dev eth2 weight 1 nexthop via 10.0.0.14 dev eth3 weight 1
ip -n fat-tree.core1-1 route add 10.255.0.4/32 nexthop via 10.0.0.2 dev eth0 weight 1 nexthop via 10.0.0.6 dev eth1 weight 1 nexthop via 10.0.0.10 dev eth2 weight 1 nexthop via 10.0.0.14 dev eth3 weight 1
ip -n fat-tree.core1-1 route add 10.255.0.5/32 via 10.0.0.2 dev eth0
ip -n fat-tree.core1-1 route add 10.255.0.6/32 via 10.0.0.2 dev eth0
ip -n fat-tree.core1-1 route add 10.255.0.7/32 via 10.0.0.6 dev eth1
ip -n fat-tree.core1-1 route add 10.255.0.8/32 via 10.0.0.6 dev eth1
ip -n fat-tree.core1-1 route add 10.255.0.9/32 via 10.0.0.10 dev eth2
ip -n fat-tree.core1-1 route add 10.255.0.10/32 via 10.0.0.10 dev eth2
ip -n fat-tree.core1-1 route add 10.255.0.11/32 via 10.0.0.14 dev eth3
ip -n fat-tree.core1-1 route add 10.255.0.12/32 via 10.0.0.14 dev eth3
ip -n fat-tree.core1-1 route add 10.255.0.13/32 via 10.0.0.2 dev eth0
ip -n fat-tree.core1-1 route add 10.255.0.14/32 via 10.0.0.2 dev eth0
ip -n fat-tree.core1-1 route add 10.255.0.15/32 via 10.0.0.6 dev eth1
ip -n fat-tree.core1-1 route add 10.255.0.16/32 via 10.0.0.6 dev eth1
ip -n fat-tree.core1-1 route add 10.255.0.17/32 via 10.0.0.10 dev eth2
ip -n fat-tree.core1-1 route add 10.255.0.18/32 via 10.0.0.10 dev eth2
ip -n fat-tree.core1-1 route add 10.255.0.19/32 via 10.0.0.14 dev eth3
ip -n fat-tree.core1-1 route add 10.255.0.20/32 via 10.0.0.14 dev eth3

# core1-2 (line 25)
ip -n fat-tree.core1-2 link set dev lo up
ip -n fat-tree.core1-2 link set dev eth0 up
ip -n fat-tree.core1-2 link set dev eth1 up
ip -n fat-tree.core1-2 link set dev eth2 up
ip -n fat-tree.core1-2 link set dev eth3 up
ip -n fat-tree.core1-2 address add 10.255.0.2/32 dev lo
ip -n fat-tree.core1-2 address add 10.0.0.17/30 dev eth0
ip -n fat-tree.core1-2 address add 10.0.0.21/30 dev eth1
ip -n fat-tree.core1-2 address add 10.0.0.25/30 dev eth2
ip -n fat-tree.core1-2 address add 10.0.0.29/30 dev eth3
ip -n fat-tree.core1-2 route add 10.0.0.0/30 via 10.0.0.18 dev eth0
ip -n fat-tree.core1-2 route add 10.0.0.4/30 via 10.0.0.22 dev eth1
ip -n fat-tree.core1-2 route add 10.0.0.8/30 via 10.0.0.26 dev eth2
ip -n fat-tree.core1-2 route add 10.0.0.12/30 via 10.0.0.30 dev eth3
ip -n fat-tree.core1-2 route add 10.0.0.32/30 via 10.0.0.18 dev eth0
ip -n fat-tree.core1-2 route add 10.0.0.36/30 via 10.0.0.22 dev eth1
ip -n fat-tree.core1-2 route add 10.0.0.40/30 via 10.0.0.26 dev eth2
ip -n fat-tree.core1-2 route add 10.0.0.44/30 via 10.0.0.30 dev eth3
ip -n fat-tree.core1-2 route add 10.0.0.48/30 via 10.0.0.18 dev eth0
ip -n fat-tree.core1-2 route add 10.0.0.52/30 via 10.0.0.22 dev eth1
ip -n fat-tree.core1-2 route add 10.0.0.56/30 via 10.0.0.26 dev eth2
ip -n fat-tree.core1-2 route add 10.0.0.60/30 via 10.0.0.30 dev eth3
ip -n fat-tree.core1-2 route add 10.0.0.64/28 via 10.0.0.18 dev eth0
ip -n fat-tree.core1-2 route add 10.0.0.80/28 via 10.0.0.22 dev eth1
ip -n fat-tree.core1-2 route add 10.0.0.96/28 via 10.0.0.26 dev eth2
ip -n fat-tree.core1-2 route add 10.0.0.112/28 via 10.0.0.30 dev eth3
ip -n fat-tree.core1-2 route add 10.0.1.0/24 via 10.0.0.18 dev eth0
ip -n fat-tree.core1-2 route add 10.0.2.0/23 via 10.0.0.18 dev eth0
ip -n fat-tree.core1-2 route add 10.0.4.0/24 via 10.0.0.18 dev eth0
ip -n fat-tree.core1-2 route add 10.0.5.0/24 via 10.0.0.22 dev eth1
ip -n fat-tree.core1-2 route add 10.0.6.0/23 via 10.0.0.22 dev eth1
ip -n fat-tree.core1-2 route add 10.0.8.0/24 via 10.0.0.22 dev eth1
ip -n fat-tree.core1-2 route add 10.0.9.0/24 via 10.0.0.26 dev eth2
ip -n fat-tree.core1-2 route add 10.0.10.0/23 via 10.0.0.26 dev eth2
ip -n fat-tree.core1-2 route add 10.0.12.0/24 via 10.0.0.26 dev eth2
ip -n fat-tree.core1-2 route add 10.0.13.0/24 via 10.0.0.30 dev eth3
ip -n fat-tree.core1-2 route add 10.0.14.0/23 via 10.0.0.30 dev eth3
ip -n fat-tree.core1-2 route add 10.0.16.0/24 via 10.0.0.30 dev eth3
ip -n fat-tree.core1-2 route add 10.255.0.1/32 nexthop via 10.0.0.18 dev eth0 weight 1 nexthop via 10.0.0.22 dev eth1 weight 1 nexthop via 10.0.0.26 dev eth2 weight 1 nexthop via 10.0.0.30 dev eth3 weight 1
ip -n fat-tree.core1-2 route add 10.255.0.3/32 nexthop via 10.0.0.18 dev eth0 weight 1 nexthop via 10.0.0.22 dev eth1 weight 1 nexthop via 10.0.0.26 dev eth2 weight 1 nexthop via 10.0.0.30 dev eth3 weight 1
ip -n fat-tree.core1-2 route add 10.255.0.4/32 nexthop via 10.0.0.18 dev eth0 weight 1 nexthop via 10.0.0.22 dev eth1 weight 1 nexthop via 10.0.0.26 dev eth2 weight 1 nexthop via 10.0.0.30 dev eth3 weight 1
ip -n fat-tree.core1-2 route add 10.255.0.5/32 via 10.0.0.18 dev eth0
ip -n fat-tree.core1-2 route add 10.255.0.6/32 via 10.0.0.18 dev eth0
ip -n fat-tree.core1-2 route add 10.255.0.7/32 via 10.0.0.22 dev eth1
ip -n fat-tree.core1-2 route add 10.255.0.8/32 via 10.0.0.22 dev eth1
ip -n fat-tree.core1-2 route add 10.255.0.9/32 via 10.0.0.26 dev eth2
ip -n fat-tree.core1-2 route add 10.255.0.10/32 via 10.0.0.26 dev eth2
ip -n fat-tree.core1-2 route add 10.255.0.11/32 via 10.0.0.30 dev eth3
ip -n fat-tree.core1-2 route add 10.255.0.12/32 via 10.0.0.30 dev eth3
ip -n fat-tree.core1-2 route add 10.255.0.13/32 via 10.0.0.18 dev eth0
ip -n fat-tree.core1-2 route add 10.255.0.14/32 via 10.0.0.18 dev eth0
ip -n fat-tree.core1-2 route add 10.255.0.15/32 via 10.0.0.22 dev eth1
ip -n fat-tree.core1-2 route add 10.255.0.16/32 via 10.0.0.22 dev eth1
ip -n fat-tree.core1-2 route add 10.255.0.17/32 via 10.0.0.26 dev eth2
ip -n fat-tree.core1-2 route add 10.255.0.18/32 via 10.0.0.26 dev eth2
ip -n fat-tree.core1-2 route add 10.255.0.19/32 via 10.0.0.30 dev eth3
ip -n fat-tree.core1-2 route add 10.255.0.20/32 via 10.0.0.30 dev eth3

# core2-1 (line 25)
ip -n fat-tree.core2-1 link set dev lo up
ip -n fat-tree.core2-1 link set dev eth0 up
ip -n fat-tree.core2-1 link set dev eth1 up
ip -n fat-tree.core2-1 link set dev eth2 up
ip -n fat-tree.core2-1 link set dev eth3 up
ip -n fat-tree.core2-1 address add 10.255.0.3/32 dev lo
ip -n fat-tree.core2-1 address add 10.0.0.33/30 dev eth0
ip -n fat-tree.core2-1 address add 10.0.0.37/30 dev eth1
ip -n fat-tree.core2-1 address add 10.0.0.41/30 dev eth2
ip -n fat-tree.core2-1 address add 10.0.0.45/30 dev eth3
ip -n fat-tree.core2-1 route add 10.0.0.0/30 via 10.0.0.34 dev eth0
ip -n fat-tree.core2-1 route add 10.0.0.4/30 via 10.0.0.38 dev eth1
ip -n fat-tree.core2-1 route add 10.0.0.8/30 via 10.0.0.42 dev eth2
ip -n fat-tree.core2-1 route add 10.0.0.12/30 via 10.0.0.46 dev eth3
ip -n fat-tree.core2-1 route add 10.0.0.16/30 via 10.0.0.34 dev eth0
ip -n fat-tree.core2-1 route add 10.0.0.20/30 via 10.0.0.38 dev eth1
ip -n fat-tree.core2-1 route add 10.0.0.24/30 via 10.0.0.42 dev eth2
ip -n fat-tree.core2-1 route add 10.0.0.28/30 via 10.0.0.46 dev eth3
ip -n fat-tree.core2-1 route add 10.0.0.48/30 via 10.0.0.34 dev eth0
ip -n fat-tree.core2-1 route add 10.0.0.52/30 via 10.0.0.38 dev eth1
ip -n fat-tree.core2-1 route add 10.0.0.56/30 via 10.0.0.42 dev eth2
ip -n fat-tree.core2-1 route add 10.0.0.60/30 via 10.0.0.46 dev eth3
ip -n fat-tree.core2-1 route add 10.0.0.64/28 via 10.0.0.34 dev eth0
ip -n fat-tree.core2-1 route add 10.0.0.80/28 via 10.0.0.38 dev eth1
ip -n fat-tree.core2-1 route add 10.0.0.96/28 via 10.0.0.42 dev eth2
ip -n fat-tree.core2-1 route add 10.0.0.112/28 via 10.0.0.46 dev eth3
ip -n fat-tree.core2-1 route add 10.0.1.0/24 via 10.0.0.34 dev eth0
ip -n fat-tree.core2-1 route add 10.0.2.0/23 via 10.0.0.34 dev eth0
ip -n fat-tree.core2-1 route add 10.0.4.0/24 via 10.0.0.34 dev eth0
ip -n fat-tree.core2-1 route add 10.0.5.0/24 via 10.0.0.38 dev eth1
ip -n fat-tree.core2-1 route add 10.0.6.0/23 via 10.0.0.38 dev eth1
ip -n fat-tree.core2-1 route add 10.0.8.0/24 via 10.0.0.38 dev eth1
ip -n fat-tree.core2-1 route add 10.0.9.0/24 via 10.0.0.42 dev eth2
ip -n fat-tree.core2-1 route add 10.0.10.0/23 via 10.0.0.42 dev eth2
ip -n fat-tree.core2-1 route add 10.0.12.0/24 via 10.0.0.42 dev eth2
ip -n fat-tree.core2-1 route add 10.0.13.0/24 via 10.0.0.46 dev eth3
ip -n fat-tree.core2-1 route add 10.0.14.0/23 via 10.0.0.46 dev eth3
ip -n fat-tree.core2-1 route add 10.0.16.0/24 via 10.0.0.46 dev eth3
ip -n fat-tree.core2-1 route add 10.255.0.1/32 nexthop via 10.0.0.34 dev eth0 weight 1 nexthop via 10.0.0.38 dev eth1 weight 1 nexthop via 10.0.0.42 dev eth2 weight 1 nexthop via 10.0.0.46 dev eth3 weight 1
ip -n fat-tree.core2-1 route add 10.255.0.2/32 nexthop via 10.0.0.34 dev eth0 weight 1 nexthop via 10.0.0.38 dev eth1 weight 1 nexthop via 10.0.0.42 dev eth2 weight 1 nexthop via 10.0.0.46 dev eth3 weight 1
ip -n fat-tree.core2-1 route add 10.255.0.4/32 nexthop via 10.0.0.34 dev eth0 weight 1 nexthop via 10.0.0.38 dev eth1 weight 1 nexthop via 10.0.0.42 dev eth2 weight 1 nexthop via 10.0.0.46 dev eth3 weight 1
ip -n fat-tree.core2-1 route add 10.255.0.5/32 via 10.0.0.34 dev eth0
ip -n fat-tree.core2-1 route add 10.255.0.6/32 via 10.0.0.34 dev eth0
ip -n fat-tree.core2-1 route add 10.255.0.7/32 via 10.0.0.38 dev eth1
ip -n fat-tree.core2-1 route add 10.255.0.8/32 via 10.0.0.38 dev eth1
ip -n fat-tree.core2-1 route add 10.255.0.9/32 via 10.0.0.42 dev eth2
ip -n fat-tree.core2-1 route add 10.255.0.10/32 via 10.0.0.42 dev eth2
ip -n fat-tree.core2-1 route add 10.255.0.11/32 via 10.0.0.46 dev eth3
ip -n fat-tree.core2-1 route add 10.255.0.12/32 via 10.0.0.46 dev eth3
ip -n fat-tree.core2-1 route add 10.255.0.13/32 via 10.0.0.34 dev eth0
ip -n fat-tree.core2-1 route add 10.255.0.14/32 via 10.0.0.34 dev eth0
ip -n fat-tree.core2-1 route add 10.255.0.15/32 via 10.0.0.38 dev eth1
ip -n fat-tree.core2-1 route add 10.255.0.16/32 via 10.0.0.38 dev eth1
ip -n fat-tree.core2-1 route add 10.255.0.17/32 via 10.0.0.42 dev eth2
ip -n fat-tree.core2-1 route add 10.255.0.18/32 via 10.0.0.42 dev eth2
ip -n fat-tree.core2-1 route add 10.255.0.19/32 via 10.0.0.46 dev eth3
ip -n fat-tree.core2-1 route add 10.255.0.20/32 via 10.0.0.46 dev eth3

# core2-2 (line 25)
ip -n fat-tree.core2-2 link set dev lo up
ip -n fat-tree.core2-2 link set dev eth0 up
ip -n fat-tree.core2-2 link set dev eth1 up
ip -n fat-tree.core2-2 link set dev eth2 up
ip -n fat-tree.core2-2 link set dev eth3 up
ip -n fat-tree.core2-2 address add 10.255.0.4/32 dev lo
ip -n fat-tree.core2-2 address add 10.0.0.49/30 dev eth0
ip -n fat-tree.core2-2 address add 10.0.0.53/30 dev eth1
ip -n fat-tree.core2-2 address add 10.0.0.57/30 dev eth2
ip -n fat-tree.core2-2 address add 10.0.0.61/30 dev eth3
ip -n fat-tree.core2-2 route add 10.0.0.0/30 via 10.0.0.50 dev eth0
ip -n fat-tree.core2-2 route add 10.0.0.4/30 via 10.0.0.54 dev eth1
ip -n fat-tree.core2-2 route add 10.0.0.8/30 via 10.0.0.58 dev eth2
ip -n fat-tree.core2-2 route add 10.0.0.12/30 via 10.0.0.62 dev eth3
ip -n fat-tree.core2-2 route add 10.0.0.16/30 via 10.0.0.50 dev eth0
ip -n fat-tree.core2-2 route add 10.0.0.20/30 via 10.0.0.54 dev eth1
ip -n fat-tree.core2-2 route add 10.0.0.24/30 via 10.0.0.58 dev eth2
ip -n fat-tree.core2-2 route add 10.0.0.28/30 via 10.0.0.62 dev eth3
ip -n fat-tree.core2-2 route add 10.0.0.32/30 via 10.0.0.50 dev eth0
ip -n fat-tree.core2-2 route add 10.0.0.36/30 via 10.0.0.54 dev eth1
ip -n fat-tree.core2-2 route add 10.0.0.40/30 via 10.0.0.58 dev eth2
ip -n fat-tree.core2-2 route add 10.0.0.44/30 via 10.0.0.62 dev eth3
ip -n fat-tree.core2-2 route add 10.0.0.64/28 via 10.0.0.50 dev eth0
ip -n fat-tree.core2-2 route add 10.0.0.80/28 via 10.0.0.54 dev eth1
ip -n fat-tree.core2-2 route add 10.0.0.96/28 via 10.0.0.58 dev eth2
ip -n fat-tree.core2-2 route add 10.0.0.112/28 via 10.0.0.62 dev eth3
ip -n fat-tree.core2-2 route add 10.0.1.0/24 via 10.0.0.50 dev eth0
ip -n fat-tree.core2-2 route add 10.0.2.0/23 via 10.0.0.50 dev eth0
ip -n fat-tree.core2-2 route add 10.0.4.0/24 via 10.0.0.50 dev eth0
ip -n fat-tree.core2-2 route add 10.0.5.0/24 via 10.0.0.54 dev eth1
ip -n fat-tree.core2-2 route add 10.0.6.0/23 via 10.0.0.54 dev eth1
ip -n fat-tree.core2-2 route add 10.0.8.0/24 via 10.0.0.54 dev eth1
ip -n fat-tree.core2-2 route add 10.0.9.0/24 via 10.0.0.58 dev eth2
ip -n fat-tree.core2-2 route add 10.0.10.0/23 via 10.0.0.58 dev eth2
ip -n fat-tree.core2-2 route add 10.0.12.0/24 via 10.0.0.58 dev eth2
ip -n fat-tree.core2-2 route add 10.0.13.0/24 via 10.0.0.62 dev eth3
ip -n fat-tree.core2-2 route add 10.0.14.0/23 via 10.0.0.62 dev eth3
ip -n fat-tree.core2-2 route add 10.0.16.0/24 via 10.0.0.62 dev eth3
ip -n fat-tree.core2-2 route add 10.255.0.1/32 nexthop via 10.0.0.50 dev eth0 weight 1 nexthop via 10.0.0.54 dev eth1 weight 1 nexthop via 10.0.0.58 dev eth2 weight 1 nexthop via 10.0.0.62 dev eth3 weight 1
ip -n fat-tree.core2-2 route add 10.255.0.2/31 nexthop via 10.0.0.50 dev eth0 weight 1 nexthop via 10.0.0.54 dev eth1 weight 1 nexthop via 10.0.0.58 dev eth2 weight 1 nexthop via 10.0.0.62 dev eth3 weight 1
ip -n fat-tree.core2-2 route add 10.255.0.5/32 via 10.0.0.50 dev eth0
ip -n fat-tree.core2-2 route add 10.255.0.6/32 via 10.0.0.50 dev eth0
ip -n fat-tree.core2-2 route add 10.255.0.7/32 via 10.0.0.54 dev eth1
ip -n fat-tree.core2-2 route add 10.255.0.8/32 via 10.0.0.54 dev eth1
ip -n fat-tree.core2-2 route add 10.255.0.9/32 via 10.0.0.58 dev eth2
ip -n fat-tree.core2-2 route add 10.255.0.10/32 via 10.0.0.58 dev eth2
ip -n fat-tree.core2-2 route add 10.255.0.11/32 via 10.0.0.62 dev eth3
ip -n fat-tree.core2-2 route add 10.255.0.12/32 via 10.0.0.62 dev eth3
ip -n fat-tree.core2-2 route add 10.255.0.13/32 via 10.0.0.50 dev eth0
ip -n fat-tree.core2-2 route add 10.255.0.14/32 via 10.0.0.50 dev eth0
ip -n fat-tree.core2-2 route add 10.255.0.15/32 via 10.0.0.54 dev eth1
ip -n fat-tree.core2-2 route add 10.255.0.16/32 via 10.0.0.54 dev eth1
ip -n fat-tree.core2-2 route add 10.255.0.17/32 via 10.0.0.58 dev eth2
ip -n fat-tree.core2-2 route add 10.255.0.18/32 via 10.0.0.58 dev eth2
ip -n fat-tree.core2-2 route add 10.255.0.19/32 via 10.0.0.62 dev eth3
ip -n fat-tree.core2-2 route add 10.255.0.20/32 via 10.0.0.62 dev eth3

# aggr1-1 (line 26)
ip -n fat-tree.aggr1-1 link set dev lo up
ip -n fat-tree.aggr1-1 link set dev eth0 up
ip -n fat-tree.aggr1-1 link set dev eth1 up
ip -n fat-tree.aggr1-1 link set dev eth2 up
ip -n fat-tree.aggr1-1 link set dev eth3 up
ip -n fat-tree.aggr1-1 address add 10.255.0.5/32 dev lo
ip -n fat-tree.aggr1-1 address add 10.0.0.2/30 dev eth0
ip -n fat-tree.aggr1-1 address add 10.0.0.18/30 dev eth1
ip -n fat-tree.aggr1-1 address add 10.0.0.65/30 dev eth2
ip -n fat-tree.aggr1-1 address add 10.0.0.69/30 dev eth3
ip -n fat-tree.aggr1-1 route add 10.0.0.0/28 via 10.0.0.1 dev eth0
ip -n fat-tree.aggr1-1 route add 10.0.0.16/28 via 10.0.0.17 dev eth1
ip -n fat-tree.aggr1-1 route add 10.0.0.32/27 nexthop via 10.0.0.66 dev eth2 weight 1 nexthop via 10.0.0.70 dev eth3 weight 1
ip -n fat-tree.aggr1-1 route add 10.0.0.72/30 via 10.0.0.66 dev eth2
ip -n fat-tree.aggr1-1 route add 10.0.0.76/30 via 10.0.0.70 dev eth3
ip -n fat-tree.aggr1-1 route add 10.0.0.80/28 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.17 dev eth1 weight 1
ip -n fat-tree.aggr1-1 route add 10.0.0.96/27 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.17 dev eth1 weight 1
ip -n fat-tree.aggr1-1 route add 10.0.1.0/24 via 10.0.0.66 dev eth2
ip -n fat-tree.aggr1-1 route add 10.0.2.0/24 via 10.0.0.66 dev eth2
ip -n fat-tree.aggr1-1 route add 10.0.3.0/24 via 10.0.0.70 dev eth3
ip -n fat-tree.aggr1-1 route add 10.0.4.0/24 via 10.0.0.70 dev eth3
ip -n fat-tree.aggr1-1 route add 10.0.5.0/24 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.17 dev eth1 weight 1
ip -n fat-tree.aggr1-1 route add 10.0.6.0/23 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.17 dev eth1 weight 1
ip -n fat-tree.aggr1-1 route add 10.0.8.0/21 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.17 dev eth1 weight 1
ip -n fat-tree.aggr1-1 route add 10.0.16.0/24 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.17 dev eth1 weight 1
ip -n fat-tree.aggr1-1 route add 10.255.0.1/32 via 10.0.0.1 dev eth0
ip -n fat-tree.aggr1-1 route add 10.255.0.2/32 via 10.0.0.17 dev eth1
ip -n fat-tree.aggr1-1 route add 10.255.0.3/32 nexthop via 10.0.0.66 dev eth2 weight 1 nexthop via 10.0.0.70 dev eth3 weight 1
ip -n fat-tree.aggr1-1 route add 10.255.0.4/32 nexthop via 10.0.0.66 dev eth2 weight 1 nexthop via 10.0.0.70 dev eth3 weight 1
ip -n fat-tree.aggr1-1 route add 10.255.0.6/32 nexthop via 10.0.0.66 dev eth2 weight 1 nexthop via 10.0.0.70 dev eth3 weight 1
ip -n fat-tree.aggr1-1 route add 10.255.0.7/32 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.17 dev eth1 weight 1
ip -n fat-tree.aggr1-1 route add 10.255.0.8/32 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.17 dev eth1 weight 1 nexthop via 10.0.0.66 dev eth2 weight 1 nexthop via 10.0.0.70 dev eth3 weight 1
ip -n fat-tree.aggr1-1 route add 10.255.0.9/32 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.17 dev eth1 weight 1
ip -n fat-tree.aggr1-1 route add 10.255.0.10/32 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.17 dev eth1 weight 1 nexthop via 10.0.0.66 dev eth2 weight 1 nexthop via 10.0.0.70 dev eth3 weight 1
ip -n fat-tree.aggr1-1 route add 10.255.0.11/32 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.17 dev eth1 weight 1
ip -n fat-tree.aggr1-1 route add 10.255.0.12/32 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.17 dev eth1 weight 1 nexthop via 10.0.0.66 dev eth2 weight 1 nexthop via 10.0.0.70 dev eth3 weight 1
ip -n fat-tree.aggr1-1 route add 10.255.0.13/32 via 10.0.0.66 dev eth2
ip -n fat-tree.aggr1-1 route add 10.255.0.14/32 via 10.0.0.70 dev eth3
ip -n fat-tree.aggr1-1 route add 10.255.0.15/32 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.17 dev eth1 weight 1
ip -n fat-tree.aggr1-1 route add 10.255.0.16/30 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.17 dev eth1 weight 1
ip -n fat-tree.aggr1-1 route add 10.255.0.20/32 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.17 dev eth1 weight 1

# aggr1-2 (line 26)
ip -n fat-tree.aggr1-2 link set dev lo up
ip -n fat-tree.aggr1-2 link set dev eth0 up
ip -n fat-tree.aggr1-2 link set dev eth1 up
ip -n fat-tree.aggr1-2 link set dev eth2 up
ip -n fat-tree.aggr1-2 link set dev eth3 up
ip -n fat-tree.aggr1-2 address add 10.255.0.6/32 dev lo
ip -n fat-tree.aggr1-2 address add 10.0.0.34/30 dev eth0
ip -n fat-tree.aggr1-2 address add 10.0.0.50/30 dev eth1
ip -n fat-tree.aggr1-2 address add 10.0.0.73/30 dev eth2
ip -n fat-tree.aggr1-2 address add 10.0.0.77/30 dev eth3
ip -n fat-tree.aggr1-2 route add 10.0.0.0/27 nexthop via 10.0.0.74 dev eth2 weight 1 nexthop via 10.0.0.78 dev eth3 weight 1
ip -n fat-tree.aggr1-2 route add 10.0.0.32/28 via 10.0.0.33 dev eth0
ip -n fat-tree.aggr1-2 route add 10.0.0.48/28 via 10.0.0.49 dev eth1
ip -n fat-tree.aggr1-2 route add 10.0.0.64/30 via 10.0.0.74 dev eth2
ip -n fat-tree.aggr1-2 route add 10.0.0.68/30 via 10.0.0.78 dev eth3
ip -n fat-tree.aggr1-2 route add 10.0.0.80/28 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.49 dev eth1 weight 1
ip -n fat-tree.aggr1-2 route add 10.0.0.96/27 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.49 dev eth1 weight 1
ip -n fat-tree.aggr1-2 route add 10.0.1.0/24 via 10.0.0.74 dev eth2
ip -n fat-tree.aggr1-2 route add 10.0.2.0/24 via 10.0.0.74 dev eth2
ip -n fat-tree.aggr1-2 route add 10.0.3.0/24 via 10.0.0.78 dev eth3
ip -n fat-tree.aggr1-2 route add 10.0.4.0/24 via 10.0.0.78 dev eth3
ip -n fat-tree.aggr1-2 route add 10.0.5.0/24 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.49 dev eth1 weight 1
ip -n fat-tree.aggr1-2 route add 10.0.6.0/23 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.49 dev eth1 weight 1
ip -n fat-tree.aggr1-2 route add 10.0.8.0/21 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.49 dev eth1 weight 1
ip -n fat-tree.aggr1-2 route add 10.0.16.0/24 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.49 dev eth1 weight 1
ip -n fat-tree.aggr1-2 route add 10.255.0.1/32 nexthop via 10.0.0.74 dev eth2 weight 1 nexthop via 10.0.0.78 dev eth3 weight 1
ip -n fat-tree.aggr1-2 route add 10.255.0.2/32 nexthop via 10.0.0.74 dev eth2 weight 1 nexthop via 10.0.0.78 dev eth3 weight 1
ip -n fat-tree.aggr1-2 route add 10.255.0.3/32 via 10.0.0.33 dev eth0
ip -n fat-tree.aggr1-2 route add 10.255.0.4/32 via 10.0.0.49 dev eth1
ip -n fat-tree.aggr1-2 route add 10.255.0.5/32 nexthop via 10.0.0.74 dev eth2 weight 1 nexthop via 10.0.0.78 dev eth3 weight 1
ip -n fat-tree.aggr1-2 route add 10.255.0.7/32 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.49 dev eth1 weight 1 nexthop via 10.0.0.74 dev eth2 weight 1 nexthop via 10.0.0.78 dev eth3 weight 1
ip -n fat-tree.aggr1-2 route add 10.255.0.8/32 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.49 dev eth1 weight 1
ip -n fat-tree.aggr1-2 route add 10.255.0.9/32 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.49 dev eth1 weight 1 nexthop via 10.0.0.74 dev eth2 weight 1 nexthop via 10.0.0.78 dev eth3 weight 1
ip -n fat-tree.aggr1-2 route add 10.255.0.10/32 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.49 dev eth1 weight 1
ip -n fat-tree.aggr1-2 route add 10.255.0.11/32 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.49 dev eth1 weight 1 nexthop via 10.0.0.74 dev eth2 weight 1 nexthop via 10.0.0.78 dev eth3 weight 1
ip -n fat-tree.aggr1-2 route add 10.255.0.12/32 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.49 dev eth1 weight 1
ip -n fat-tree.aggr1-2 route add 10.255.0.13/32 via 10.0.0.74 dev eth2
ip -n fat-tree.aggr1-2 route add 10.255.0.14/32 via 10.0.0.78 dev eth3
ip -n fat-tree.aggr1-2 route add 10.255.0.15/32 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.49 dev eth1 weight 1
ip -n fat-tree.aggr1-2 route add 10.255.0.16/30 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.49 dev eth1 weight 1
ip -n fat-tree.aggr1-2 route add 10.255.0.20/32 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.49 dev eth1 weight 1

# aggr2-1 (line 26)
ip -n fat-tree.aggr2-1 link set dev lo up
ip -n fat-tree.aggr2-1 link set dev eth0 up
ip -n fat-tree.aggr2-1 link set dev eth1 up
ip -n fat-tree.aggr2-1 link set dev eth2 up
ip -n fat-tree.aggr2-1 link set dev eth3 up
ip -n fat-tree.aggr2-1 address add 10.255.0.7/32 dev lo
ip -n fat-tree.aggr2-1 address add 10.0.0.6/30 dev eth0
ip -n fat-tree.aggr2-1 address add 10.0.0.22/30 dev eth1
ip -n fat-tree.aggr2-1 address add 10.0.0.81/30 dev eth2
ip -n fat-tree.aggr2-1 address add 10.0.0.85/30 dev eth3
ip -n fat-tree.aggr2-1 route add 10.0.0.0/28 via 10.0.0.5 dev eth0
ip -n fat-tree.aggr2-1 route add 10.0.0.16/28 via 10.0.0.21 dev eth1
ip -n fat-tree.aggr2-1 route add 10.0.0.32/27 nexthop via 10.0.0.82 dev eth2 weight 1 nexthop via 10.0.0.86 dev eth3 weight 1
ip -n fat-tree.aggr2-1 route add 10.0.0.64/28 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.21 dev eth1 weight 1
ip -n fat-tree.aggr2-1 route add 10.0.0.88/30 via 10.0.0.82 dev eth2
ip -n fat-tree.aggr2-1 route add 10.0.0.92/30 via 10.0.0.86 dev eth3
ip -n fat-tree.aggr2-1 route add 10.0.0.96/27 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.21 dev eth1 weight 1
ip -n fat-tree.aggr2-1 route add 10.0.1.0/24 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.21 dev eth1 weight 1
ip -n fat-tree.aggr2-1 route add 10.0.2.0/23 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.21 dev eth1 weight 1
ip -n fat-tree.aggr2-1 route add 10.0.4.0/24 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.21 dev eth1 weight 1
ip -n fat-tree.aggr2-1 route add 10.0.5.0/24 via 10.0.0.82 dev eth2
ip -n fat-tree.aggr2-1 route add 10.0.6.0/24 via 10.0.0.82 dev eth2
ip -n fat-tree.aggr2-1 route add 10.0.7.0/24 via 10.0.0.86 dev eth3
ip -n fat-tree.aggr2-1 route add 10.0.8.0/24 via 10.0.0.86 dev eth3
ip -n fat-tree.aggr2-1 route add 10.0.9.0/24 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.21 dev eth1 weight 1
ip -n fat-tree.aggr2-1 route add 10.0.10.0/23 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.21 dev eth1 weight 1
ip -n fat-tree.aggr2-1 route add 10.0.12.0/22 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.21 dev eth1 weight 1
ip -n fat-tree.aggr2-1 route add 10.0.16.0/24 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.21 dev eth1 weight 1
ip -n fat-tree.aggr2-1 route add 10.255.0.1/32 via 10.0.0.5 dev eth0
ip -n fat-tree.aggr2-1 route add 10.255.0.2/32 via 10.0.0.21 dev eth1
ip -n fat-tree.aggr2-1 route add 10.255.0.3/32 nexthop via 10.0.0.82 dev eth2 weight 1 nexthop via 10.0.0.86 dev eth3 weight 1
ip -n fat-tree.aggr2-1 route add 10.255.0.4/32 nexthop via 10.0.0.82 dev eth2 weight 1 nexthop via 10.0.0.86 dev eth3 weight 1
ip -n fat-tree.aggr2-1 route add 10.255.0.5/32 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.21 dev eth1 weight 1
ip -n fat-tree.aggr2-1 route add 10.255.0.6/32 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.21 dev eth1 weight 1 nexthop via 10.0.0.82 dev eth2 weight 1 nexthop via 10.0.0.86 dev eth3 weight 1
ip -n fat-tree.aggr2-1 route add 10.255.0.8/32 nexthop via 10.0.0.82 dev eth2 weight 1 nexthop via 10.0.0.86 dev eth3 weight 1
ip -n fat-tree.aggr2-1 route add 10.255.0.9/32 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.21 dev eth1 weight 1
ip -n fat-tree.aggr2-1 route add 10.255.0.10/32 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.21 dev eth1 weight 1 nexthop via 10.0.0.82 dev eth2 weight 1 nexthop via 10.0.0.86 dev eth3 weight 1
ip -n fat-tree.aggr2-1 route add 10.255.0.11/32 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.21 dev eth1 weight 1
ip -n fat-tree.aggr2-1 route add 10.255.0.12/32 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.21 dev eth1 weight 1 nexthop via 10.0.0.82 dev eth2 weight 1 nexthop via 10.0.0.86 dev eth3 weight 1
ip -n fat-tree.aggr2-1 route add 10.255.0.13/32 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.21 dev eth1 weight 1
ip -n fat-tree.aggr2-1 route add 10.255.0.14/32 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.21 dev eth1 weight 1
ip -n fat-tree.aggr2-1 route add 10.255.0.15/32 via 10.0.0.82 dev eth2
ip -n fat-tree.aggr2-1 route add 10.255.0.16/32 via 10.0.0.86 dev eth3
ip -n fat-tree.aggr2-1 route add 10.255.0.17/32 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.21 dev eth1 weight 1
ip -n fat-tree.aggr2-1 route add 10.255.0.18/31 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.21 dev eth1 weight 1
ip -n fat-tree.aggr2-1 route add 10.255.0.20/32 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.21 dev eth1 weight 1

# aggr2-2 (line 26)
ip -n fat-tree.aggr2-2 link set dev lo up
ip -n fat-tree.aggr2-2 link set dev eth0 up
ip -n fat-tree.aggr2-2 link set dev eth1 up
ip -n fat-tree.aggr2-2 link set dev eth2 up
ip -n fat-tree.aggr2-2 link set dev eth3 up
ip -n fat-tree.aggr2-2 address add 10.255.0.8/32 dev lo
ip -n fat-tree.aggr2-2 address add 10.0.0.38/30 dev eth0
ip -n fat-tree.aggr2-2 address add 10.0.0.54/30 dev eth1
ip -n fat-tree.aggr2-2 address add 10.0.0.89/30 dev eth2
ip -n fat-tree.aggr2-2 address add 10.0.0.93/30 dev eth3
ip -n fat-tree.aggr2-2 route add 10.0.0.0/27 nexthop via 10.0.0.90 dev eth2 weight 1 nexthop via 10.0.0.94 dev eth3 weight 1
ip -n fat-tree.aggr2-2 route add 10.0.0.32/28 via 10.0.0.37 dev eth0
ip -n fat-tree.aggr2-2 route add 10.0.0.48/28 via 10.0.0.53 dev eth1
ip -n fat-tree.aggr2-2 route add 10.0.0.64/28 nexthop via 10.0.0.37 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1
ip -n fat-tree.aggr2-2 route add 10.0.0.80/30 via 10.0.0.90 dev eth2
ip -n fat-tree.aggr2-2 route add 10.0.0.84/30 via 10.0.0.94 dev eth3
ip -n fat-tree.aggr2-2 route add 10.0.0.96/27 nexthop via 10.0.0.37 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1
ip -n fat-tree.aggr2-2 route add 10.0.1.0/24 nexthop via 10.0.0.37 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1
ip -n fat-tree.aggr2-2 route add 10.0.2.0/23 nexthop via 10.0.0.37 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1
ip -n fat-tree.aggr2-2 route add 10.0.4.0/24 nexthop via 10.0.0.37 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1
ip -n fat-tree.aggr2-2 route add 10.0.5.0/24 via 10.0.0.90 dev eth2
ip -n fat-tree.aggr2-2 route add 10.0.6.0/24 via 10.0.0.90 dev eth2
ip -n fat-tree.aggr2-2 route add 10.0.7.0/24 via 10.0.0.94 dev eth3
ip -n fat-tree.aggr2-2 route add 10.0.8.0/24 via 10.0.0.94 dev eth3
ip -n fat-tree.aggr2-2 route add 10.0.9.0/24 nexthop via 10.0.0.37 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1
ip -n fat-tree.aggr2-2 route add 10.0.10.0/23 nexthop via 10.0.0.37 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1
ip -n fat-tree.aggr2-2 route add 10.0.12.0/22 nexthop via 10.0.0.37 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1
ip -n fat-tree.aggr2-2 route add 10.0.16.0/24 nexthop via 10.0.0.37 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1
ip -n fat-tree.aggr2-2 route add 10.255.0.1/32 nexthop via 10.0.0.90 dev eth2 weight 1 nexthop via 10.0.0.94 dev eth3 weight 1
ip -n fat-tree.aggr2-2 route add 10.255.0.2/32 nexthop via 10.0.0.90 dev eth2 weight 1 nexthop via 10.0.0.94 dev eth3 weight 1
ip -n fat-tree.aggr2-2 route add 10.255.0.3/32 via 10.0.0.37 dev eth0
ip -n fat-tree.aggr2-2 route add 10.255.0.4/32 via 10.0.0.53 dev eth1
ip -n fat-tree.aggr2-2 route add 10.255.0.5/32 nexthop via 10.0.0.37 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1 nexthop via 10.0.0.90 dev eth2 weight 1 nexthop via 10.0.0.94 dev eth3 weight 1
ip -n fat-tree.aggr2-2 route add 10.255.0.6/32 nexthop via 10.0.0.37 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1
ip -n fat-tree.aggr2-2 route add 10.255.0.7/32 nexthop via 10.0.0.90 dev eth2 weight 1 nexthop via 10.0.0.94 dev eth3 weight 1
ip -n fat-tree.aggr2-2 route add 10.255.0.9/32 nexthop via 10.0.0.37 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1 nexthop via 10.0.0.90 dev eth2 weight 1 nexthop via 10.0.0.94 dev eth3 weight 1
ip -n fat-tree.aggr2-2 route add 10.255.0.10/32 nexthop via 10.0.0.37 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1
ip -n fat-tree.aggr2-2 route add 10.255.0.11/32 nexthop via 10.0.0.37 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1 nexthop via 10.0.0.90 dev eth2 weight 1 nexthop via 10.0.0.94 dev eth3 weight 1
ip -n fat-tree.aggr2-2 route add 10.255.0.12/31 nexthop via 10.0.0.37 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1
ip -n fat-tree.aggr2-2 route add 10.255.0.14/32 nexthop via 10.0.0.37 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1
ip -n fat-tree.aggr2-2 route add 10.255.0.15/32 via 10.0.0.90 dev eth2
ip -n fat-tree.aggr2-2 route add 10.255.0.16/32 via 10.0.0.94 dev eth3
ip -n fat-tree.aggr2-2 route add 10.255.0.17/32 nexthop via 10.0.0.37 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1
ip -n fat-tree.aggr2-2 route add 10.255.0.18/31 nexthop via 10.0.0.37 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1
ip -n fat-tree.aggr2-2 route add 10.255.0.20/32 nexthop via 10.0.0.37 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1

# aggr3-1 (line 26)
ip -n fat-tree.aggr3-1 link set dev lo up
ip -n fat-tree.aggr3-1 link set dev eth0 up
ip -n fat-tree.aggr3-1 link set dev eth1 up
ip -n fat-tree.aggr3-1 link set dev eth2 up
ip -n fat-tree.aggr3-1 link set dev eth3 up
ip -n fat-tree.aggr3-1 address add 10.255.0.9/32 dev lo
ip -n fat-tree.aggr3-1 address add 10.0.0.10/30 dev eth0
ip -n fat-tree.aggr3-1 address add 10.0.0.26/30 dev eth1
ip -n fat-tree.aggr3-1 address add 10.0.0.97/30 dev eth2
ip -n fat-tree.aggr3-1 address add 10.0.0.101/30 dev eth3
ip -n fat-tree.aggr3-1 route add 10.0.0.0/28 via 10.0.0.9 dev eth0
ip -n fat-tree.aggr3-1 route add 10.0.0.16/28 via 10.0.0.25 dev eth1
ip -n fat-tree.aggr3-1 route add 10.0.0.32/27 nexthop via 10.0.0.98 dev eth2 weight 1 nexthop via 10.0.0.102 dev eth3 weight 1
ip -n fat-tree.aggr3-1 route add 10.0.0.64/27 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.25 dev eth1 weight 1
ip -n fat-tree.aggr3-1 route add 10.0.0.104/30 via 10.0.0.98 dev eth2
ip -n fat-tree.aggr3-1 route add 10.0.0.108/30 via 10.0.0.102 dev eth3
ip -n fat-tree.aggr3-1 route add 10.0.0.112/28 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.25 dev eth1 weight 1
ip -n fat-tree.aggr3-1 route add 10.0.1.0/24 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.25 dev eth1 weight 1
ip -n fat-tree.aggr3-1 route add 10.0.2.0/23 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.25 dev eth1 weight 1
ip -n fat-tree.aggr3-1 route add 10.0.4.0/22 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.25 dev eth1 weight 1
ip -n fat-tree.aggr3-1 route add 10.0.8.0/24 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.25 dev eth1 weight 1
ip -n fat-tree.aggr3-1 route add 10.0.9.0/24 via 10.0.0.98 dev eth2
ip -n fat-tree.aggr3-1 route add 10.0.10.0/24 via 10.0.0.98 dev eth2
ip -n fat-tree.aggr3-1 route add 10.0.11.0/24 via 10.0.0.102 dev eth3
ip -n fat-tree.aggr3-1 route add 10.0.12.0/24 via 10.0.0.102 dev eth3
ip -n fat-tree.aggr3-1 route add 10.0.13.0/24 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.25 dev eth1 weight 1
ip -n fat-tree.aggr3-1 route add 10.0.14.0/23 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.25 dev eth1 weight 1
ip -n fat-tree.aggr3-1 route add 10.0.16.0/24 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.25 dev eth1 weight 1
ip -n fat-tree.aggr3-1 route add 10.255.0.1/32 via 10.0.0.9 dev eth0
ip -n fat-tree.aggr3-1 route add 10.255.0.2/32 via 10.0.0.25 dev eth1
ip -n fat-tree.aggr3-1 route add 10.255.0.3/32 nexthop via 10.0.0.98 dev eth2 weight 1 nexthop via 10.0.0.102 dev eth3 weight 1
ip -n fat-tree.aggr3-1 route add 10.255.0.4/32 nexthop via 10.0.0.98 dev eth2 weight 1 nexthop via 10.0.0.102 dev eth3 weight 1
ip -n fat-tree.aggr3-1 route add 10.255.0.5/32 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.25 dev eth1 weight 1
ip -n fat-tree.aggr3-1 route add 10.255.0.6/32 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.25 dev eth1 weight 1 nexthop via 10.0.0.98 dev eth2 weight 1 nexthop via 10.0.0.102 dev eth3 weight 1
ip -n fat-tree.aggr3-1 route add 10.255.0.7/32 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.25 dev eth1 weight 1
ip -n fat-tree.aggr3-1 route add 10.255.0.8/32 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.25 dev eth1 weight 1 nexthop via 10.0.0.98 dev eth2 weight 1 nexthop via 10.0.0.102 dev eth3 weight 1
ip -n fat-tree.aggr3-1 route add 10.255.0.10/32 nexthop via 10.0.0.98 dev eth2 weight 1 nexthop via 10.0.0.102 dev eth3 weight 1
ip -n fat-tree.aggr3-1 route add 10.255.0.11/32 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.25 dev eth1 weight 1
ip -n fat-tree.aggr3-1 route add 10.255.0.12/32 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.25 dev eth1 weight 1 nexthop via 10.0.0.98 dev eth2 weight 1 nexthop via 10.0.0.102 dev eth3 weight 1
ip -n fat-tree.aggr3-1 route add 10.255.0.13/32 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.25 dev eth1 weight 1
ip -n fat-tree.aggr3-1 route add 10.255.0.14/31 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.25 dev eth1 weight 1
ip -n fat-tree.aggr3-1 route add 10.255.0.16/32 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.25 dev eth1 weight 1
ip -n fat-tree.aggr3-1 route add 10.255.0.17/32 via 10.0.0.98 dev eth2
ip -n fat-tree.aggr3-1 route add 10.255.0.18/32 via 10.0.0.102 dev eth3
ip -n fat-tree.aggr3-1 route add 10.255.0.19/32 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.25 dev eth1 weight 1
ip -n fat-tree.aggr3-1 route add 10.255.0.20/32 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.25 dev eth1 weight 1

# aggr3-2 (line 26)
ip -n fat-tree.aggr3-2 link set dev lo up
ip -n fat-tree.aggr3-2 link set dev eth0 up
ip -n fat-tree.aggr3-2 link set dev eth1 up
ip -n fat-tree.aggr3-2 link set dev eth2 up
ip -n fat-tree.aggr3-2 link set dev eth3 up
ip -n fat-tree.aggr3-2 address add 10.255.0.10/32 dev lo
ip -n fat-tree.aggr3-2 address add 10.0.0.42/30 dev eth0
ip -n fat-tree.aggr3-2 address add 10.0.0.58/30 dev eth1
ip -n fat-tree.aggr3-2 address add 10.0.0.105/30 dev eth2
ip -n fat-tree.aggr3-2 address add 10.0.0.109/30 dev eth3
ip -n fat-tree.aggr3-2 route add 10.0.0.0/27 nexthop via 10.0.0.106 dev eth2 weight 1 nexthop via 10.0.0.110 dev eth3 weight 1
ip -n fat-tree.aggr3-2 route add 10.0.0.32/28 via 10.0.0.41 dev eth0
ip -n fat-tree.aggr3-2 route add 10.0.0.48/28 via 10.0.0.57 dev eth1
ip -n fat-tree.aggr3-2 route add 10.0.0.64/27 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.57 dev eth1 weight 1
ip -n fat-tree.aggr3-2 route add 10.0.0.96/30 via 10.0.0.106 dev eth2
ip -n fat-tree.aggr3-2 route add 10.0.0.100/30 via 10.0.0.110 dev eth3
ip -n fat-tree.aggr3-2 route add 10.0.0.112/28 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.57 dev eth1 weight 1
ip -n fat-tree.aggr3-2 route add 10.0.1.0/24 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.57 dev eth1 weight 1
ip -n fat-tree.aggr3-2 route add 10.0.2.0/23 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.57 dev eth1 weight 1
ip -n fat-tree.aggr3-2 route add 10.0.4.0/22 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.57 dev eth1 weight 1
ip -n fat-tree.aggr3-2 route add 10.0.8.0/24 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.57 dev eth1 weight 1
ip -n fat-tree.aggr3-2 route add 10.0.9.0/24 via 10.0.0.106 dev eth2
ip -n fat-tree.aggr3-2 route add 10.0.10.0/24 via 10.0.0.106 dev eth2
ip -n fat-tree.aggr3-2 route add 10.0.11.0/24 via 10.0.0.110 dev eth3
ip -n fat-tree.aggr3-2 route add 10.0.12.0/24 via 10.0.0.110 dev eth3
ip -n fat-tree.aggr3-2 route add 10.0.13.0/24 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.57 dev eth1 weight 1
ip -n fat-tree.aggr3-2 route add 10.0.14.0/23 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.57 dev eth1 weight 1
ip -n fat-tree.aggr3-2 route add 10.0.16.0/24 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.57 dev eth1 weight 1
ip -n fat-tree.aggr3-2 route add 10.255.0.1/32 nexthop via 10.0.0.106 dev eth2 weight 1 nexthop via 10.0.0.110 dev eth3 weight 1
ip -n fat-tree.aggr3-2 route add 10.255.0.2/32 nexthop via 10.0.0.106 dev eth2 weight 1 nexthop via 10.0.0.110 dev eth3 weight 1
ip -n fat-tree.aggr3-2 route add 10.255.0.3/32 via 10.0.0.41 dev eth0
ip -n fat-tree.aggr3-2 route add 10.255.0.4/32 via 10.0.0.57 dev eth1
ip -n fat-tree.aggr3-2 route add 10.255.0.5/32 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.57 dev eth1 weight 1 nexthop via 10.0.0.106 dev eth2 weight 1 nexthop via 10.0.0.110 dev eth3 weight 1
ip -n fat-tree.aggr3-2 route add 10.255.0.6/32 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.57 dev eth1 weight 1
ip -n fat-tree.aggr3-2 route add 10.255.0.7/32 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.57 dev eth1 weight 1 nexthop via 10.0.0.106 dev eth2 weight 1 nexthop via 10.0.0.110 dev eth3 weight 1
ip -n fat-tree.aggr3-2 route add 10.255.0.8/32 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.57 dev eth1 weight 1
ip -n fat-tree.aggr3-2 route add 10.255.0.9/32 nexthop via 10.0.0.106 dev eth2 weight 1 nexthop via 10.0.0.110 dev eth3 weight 1
ip -n fat-tree.aggr3-2 route add 10.255.0.11/32 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.57 dev eth1 weight 1 nexthop via 10.0.0.106 dev eth2 weight 1 nexthop via 10.0.0.110 dev eth3 weight 1
ip -n fat-tree.aggr3-2 route add 10.255.0.12/30 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.57 dev eth1 weight 1
ip -n fat-tree.aggr3-2 route add 10.255.0.16/32 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.57 dev eth1 weight 1
ip -n fat-tree.aggr3-2 route add 10.255.0.17/32 via 10.0.0.106 dev eth2
ip -n fat-tree.aggr3-2 route add 10.255.0.18/32 via 10.0.0.110 dev eth3
ip -n fat-tree.aggr3-2 route add 10.255.0.19/32 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.57 dev eth1 weight 1
ip -n fat-tree.aggr3-2 route add 10.255.0.20/32 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.57 dev eth1 weight 1

# aggr4-1 (line 26)
ip -n fat-tree.aggr4-1 link set dev lo up
ip -n fat-tree.aggr4-1 link set dev eth0 up
ip -n fat-tree.aggr4-1 link set dev eth1 up
ip -n fat-tree.aggr4-1 link set dev eth2 up
ip -n fat-tree.aggr4-1 link set dev eth3 up
ip -n fat-tree.aggr4-1 address add 10.255.0.11/32 dev lo
ip -n fat-tree.aggr4-1 address add 10.0.0.14/30 dev eth0
ip -n fat-tree.aggr4-1 address add 10.0.0.30/30 dev eth1
ip -n fat-tree.aggr4-1 address add 10.0.0.113/30 dev eth2
ip -n fat-tree.aggr4-1 address add 10.0.0.117/30 dev eth3
ip -n fat-tree.aggr4-1 route add 10.0.0.0/28 via 10.0.0.13 dev eth0
ip -n fat-tree.aggr4-1 route add 10.0.0.16/28 via 10.0.0.29 dev eth1
ip -n fat-tree.aggr4-1 route add 10.0.0.32/27 nexthop via 10.0.0.114 dev eth2 weight 1 nexthop via 10.0.0.118 dev eth3 weight 1
ip -n fat-tree.aggr4-1 route add 10.0.0.64/27 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.29 dev eth1 weight 1
ip -n fat-tree.aggr4-1 route add 10.0.0.96/28 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.29 dev eth1 weight 1
ip -n fat-tree.aggr4-1 route add 10.0.0.120/30 via 10.0.0.114 dev eth2
ip -n fat-tree.aggr4-1 route add 10.0.0.124/30 via 10.0.0.118 dev eth3
ip -n fat-tree.aggr4-1 route add 10.0.1.0/24 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.29 dev eth1 weight 1
ip -n fat-tree.aggr4-1 route add 10.0.2.0/23 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.29 dev eth1 weight 1
ip -n fat-tree.aggr4-1 route add 10.0.4.0/22 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.29 dev eth1 weight 1
ip -n fat-tree.aggr4-1 route add 10.0.8.0/22 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.29 dev eth1 weight 1
ip -n fat-tree.aggr4-1 route add 10.0.12.0/24 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.29 dev eth1 weight 1
ip -n fat-tree.aggr4-1 route add 10.0.13.0/24 via 10.0.0.114 dev eth2
ip -n fat-tree.aggr4-1 route add 10.0.14.0/24 via 10.0.0.114 dev eth2
ip -n fat-tree.aggr4-1 route add 10.0.15.0/24 via 10.0.0.118 dev eth3
ip -n fat-tree.aggr4-1 route add 10.0.16.0/24 via 10.0.0.118 dev eth3
ip -n fat-tree.aggr4-1 route add 10.255.0.1/32 via 10.0.0.13 dev eth0
ip -n fat-tree.aggr4-1 route add 10.255.0.2/32 via 10.0.0.29 dev eth1
ip -n fat-tree.aggr4-1 route add 10.255.0.3/32 nexthop via 10.0.0.114 dev eth2 weight 1 nexthop via 10.0.0.118 dev eth3 weight 1
ip -n fat-tree.aggr4-1 route add 10.255.0.4/32 nexthop via 10.0.0.114 dev eth2 weight 1 nexthop via 10.0.0.118 dev eth3 weight 1
ip -n fat-tree.aggr4-1 route add 10.255.0.5/32 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.29 dev eth1 weight 1
ip -n fat-tree.aggr4-1 route add 10.255.0.6/32 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.29 dev eth1 weight 1 nexthop via 10.0.0.114 dev eth2 weight 1 nexthop via 10.0.0.118 dev eth3 weight 1
ip -n fat-tree.aggr4-1 route add 10.255.0.7/32 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.29 dev eth1 weight 1
ip -n fat-tree.aggr4-1 route add 10.255.0.8/32 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.29 dev eth1 weight 1 nexthop via 10.0.0.114 dev eth2 weight 1 nexthop via 10.0.0.118 dev eth3 weight 1
ip -n fat-tree.aggr4-1 route add 10.255.0.9/32 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.29 dev eth1 weight 1
ip -n fat-tree.aggr4-1 route add 10.255.0.10/32 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.29 dev eth1 weight 1 nexthop via 10.0.0.114 dev eth2 weight 1 nexthop via 10.0.0.118 dev eth3 weight 1
ip -n fat-tree.aggr4-1 route add 10.255.0.12/32 nexthop via 10.0.0.114 dev eth2 weight 1 nexthop via 10.0.0.118 dev eth3 weight 1
ip -n fat-tree.aggr4-1 route add 10.255.0.13/32 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.29 dev eth1 weight 1
ip -n fat-tree.aggr4-1 route add 10.255.0.14/31 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.29 dev eth1 weight 1
ip -n fat-tree.aggr4-1 route add 10.255.0.16/31 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.29 dev eth1 weight 1
ip -n fat-tree.aggr4-1 route add 10.255.0.18/32 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.29 dev eth1 weight 1
ip -n fat-tree.aggr4-1 route add 10.255.0.19/32 via 10.0.0.114 dev eth2
ip -n fat-tree.aggr4-1 route add 10.255.0.20/32 via 10.0.0.118 dev eth3

# aggr4-2 (line 26)
ip -n fat-tree.aggr4-2 link set dev lo up
ip -n fat-tree.aggr4-2 link set dev eth0 up
ip -n fat-tree.aggr4-2 link set dev eth1 up
ip -n fat-tree.aggr4-2 link set dev eth2 up
ip -n fat-tree.aggr4-2 link set dev eth3 up
ip -n fat-tree.aggr4-2 address add 10.255.0.12/32 dev lo
ip -n fat-tree.aggr4-2 address add 10.0.0.46/30 dev eth0
ip -n fat-tree.aggr4-2 address add 10.0.0.62/30 dev eth1
ip -n fat-tree.aggr4-2 address add 10.0.0.121/30 dev eth2
ip -n fat-tree.aggr4-2 address add 10.0.0.125/30 dev eth3
ip -n fat-tree.aggr4-2 route add 10.0.0.0/27 nexthop via 10.0.0.122 dev eth2 weight 1 nexthop via 10.0.0.126 dev eth3 weight 1
ip -n fat-tree.aggr4-2 route add 10.0.0.32/28 via 10.0.0.45 dev eth0
ip -n fat-tree.aggr4-2 route add 10.0.0.48/28 via 10.0.0.61 dev eth1
ip -n fat-tree.aggr4-2 route add 10.0.0.64/27 nexthop via 10.0.0.45 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1
ip -n fat-tree.aggr4-2 route add 10.0.0.96/28 nexthop via 10.0.0.45 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1
ip -n fat-tree.aggr4-2 route add 10.0.0.112/30 via 10.0.0.122 dev eth2
ip -n fat-tree.aggr4-2 route add 10.0.0.116/30 via 10.0.0.126 dev eth3
ip -n fat-tree.aggr4-2 route add 10.0.1.0/24 nexthop via 10.0.0.45 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1
ip -n fat-tree.aggr4-2 route add 10.0.2.0/23 nexthop via 10.0.0.45 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1
ip -n fat-tree.aggr4-2 route add 10.0.4.0/22 nexthop via 10.0.0.45 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1
ip -n fat-tree.aggr4-2 route add 10.0.8.0/22 nexthop via 10.0.0.45 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1
ip -n fat-tree.aggr4-2 route add 10.0.12.0/24 nexthop via 10.0.0.45 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1
ip -n fat-tree.aggr4-2 route add 10.0.13.0/24 via 10.0.0.122 dev eth2
ip -n fat-tree.aggr4-2 route add 10.0.14.0/24 via 10.0.0.122 dev eth2
ip -n fat-tree.aggr4-2 route add 10.0.15.0/24 via 10.0.0.126 dev eth3
ip -n fat-tree.aggr4-2 route add 10.0.16.0/24 via 10.0.0.126 dev eth3
ip -n fat-tree.aggr4-2 route add 10.255.0.1/32 nexthop via 10.0.0.122 dev eth2 weight 1 nexthop via 10.0.0.126 dev eth3 weight 1
ip -n fat-tree.aggr4-2 route add 10.255.0.2/32 nexthop via 10.0.0.122 dev eth2 weight 1 nexthop via 10.0.0.126 dev eth3 weight 1
ip -n fat-tree.aggr4-2 route add 10.255.0.3/32 via 10.0.0.45 dev eth0
ip -n fat-tree.aggr4-2 route add 10.255.0.4/32 via 10.0.0.61 dev eth1
ip -n fat-tree.aggr4-2 route add 10.255.0.5/32 nexthop via 10.0.0.45 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1 nexthop via 10.0.0.122 dev eth2 weight 1 nexthop via 10.0.0.126 dev eth3 weight 1
ip -n fat-tree.aggr4-2 route add 10.255.0.6/32 nexthop via 10.0.0.45 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1
ip -n fat-tree.aggr4-2 route add 10.255.0.7/32 nexthop via 10.0.0.45 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1 nexthop via 10.0.0.122 dev eth2 weight 1 nexthop via 10.0.0.126 dev eth3 weight 1
ip -n fat-tree.aggr4-2 route add 10.255.0.8/32 nexthop via 10.0.0.45 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1
ip -n fat-tree.aggr4-2 route add 10.255.0.9/32 nexthop via 10.0.0.45 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1 nexthop via 10.0.0.122 dev eth2 weight 1 nexthop via 10.0.0.126 dev eth3 weight 1
ip -n fat-tree.aggr4-2 route add 10.255.0.10/32 nexthop via 10.0.0.45 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1
ip -n fat-tree.aggr4-2 route add 10.255.0.11/32 nexthop via 10.0.0.122 dev eth2 weight 1 nexthop via 10.0.0.126 dev eth3 weight 1
ip -n fat-tree.aggr4-2 route add 10.255.0.12/30 nexthop via 10.0.0.45 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1
ip -n fat-tree.aggr4-2 route add 10.255.0.16/31 nexthop via 10.0.0.45 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1
ip -n fat-tree.aggr4-2 route add 10.255.0.18/32 nexthop via 10.0.0.45 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1
ip -n fat-tree.aggr4-2 route add 10.255.0.19/32 via 10.0.0.122 dev eth2
ip -n fat-tree.aggr4-2 route add 10.255.0.20/32 via 10.0.0.126 dev eth3

# edge1-1 (line 27)
ip -n fat-tree.edge1-1 link set dev lo up
ip -n fat-tree.edge1-1 link set dev eth0 up
ip -n fat-tree.edge1-1 link set dev eth1 up
ip -n fat-tree.edge1-1 link set dev eth2 up
ip -n fat-tree.edge1-1 link set dev eth3 up
ip -n fat-tree.edge1-1 address add 10.255.0.13/32 dev lo
ip -n fat-tree.edge1-1 address add 10.0.0.66/30 dev eth0
ip -n fat-tree.edge1-1 address add 10.0.0.74/30 dev eth1
ip -n fat-tree.edge1-1 address add 10.0.1.1/24 dev eth2
ip -n fat-tree.edge1-1 address add 10.0.2.1/24 dev eth3
ip -n fat-tree.edge1-1 route add 10.0.0.0/27 via 10.0.0.65 dev eth0
ip -n fat-tree.edge1-1 route add 10.0.0.32/27 via 10.0.0.73 dev eth1
ip -n fat-tree.edge1-1 route add 10.0.0.68/30 via 10.0.0.65 dev eth0
ip -n fat-tree.edge1-1 route add 10.0.0.76/30 via 10.0.0.73 dev eth1
ip -n fat-tree.edge1-1 route add 10.0.0.80/29 via 10.0.0.65 dev eth0
ip -n fat-tree.edge1-1 route add 10.0.0.88/29 via 10.0.0.73 dev eth1
ip -n fat-tree.edge1-1 route add 10.0.0.96/29 via 10.0.0.65 dev eth0
ip -n fat-tree.edge1-1 route add 10.0.0.104/29 via 10.0.0.73 dev eth1
ip -n fat-tree.edge1-1 route add 10.0.0.112/29 via 10.0.0.65 dev eth0
ip -n fat-tree.edge1-1 route add 10.0.0.120/29 via 10.0.0.73 dev eth1
ip -n fat-tree.edge1-1 route add 10.0.3.0/24 nexthop via 10.0.0.65 dev eth0 weight 1 nexthop via 10.0.0.73 dev eth1 weight 1
ip -n fat-tree.edge1-1 route add 10.0.4.0/22 nexthop via 10.0.0.65 dev eth0 weight 1 nexthop via 10.0.0.73 dev eth1 weight 1
ip -n fat-tree.edge1-1 route add 10.0.8.0/21 nexthop via 10.0.0.65 dev eth0 weight 1 nexthop via 10.0.0.73 dev eth1 weight 1
ip -n fat-tree.edge1-1 route add 10.0.16.0/24 nexthop via 10.0.0.65 dev eth0 weight 1 nexthop via 10.0.0.73 dev eth1 weight 1
ip -n fat-tree.edge1-1 route add 10.255.0.1/32 via 10.0.0.65 dev eth0
ip -n fat-tree.edge1-1 route add 10.255.0.2/32 via 10.0.0.65 dev eth0
ip -n fat-tree.edge1-1 route add 10.255.0.3/32 via 10.0.0.73 dev eth1
ip -n fat-tree.edge1-1 route add 10.255.0.4/32 via 10.0.0.73 dev eth1
ip -n fat-tree.edge1-1 route add 10.255.0.5/32 via 10.0.0.65 dev eth0
ip -n fat-tree.edge1-1 route add 10.255.0.6/32 via 10.0.0.73 dev eth1
ip -n fat-tree.edge1-1 route add 10.255.0.7/32 via 10.0.0.65 dev eth0
ip -n fat-tree.edge1-1 route add 10.255.0.8/32 via 10.0.0.73 dev eth1
ip -n fat-tree.edge1-1 route add 10.255.0.9/32 via 10.0.0.65 dev eth0
ip -n fat-tree.edge1-1 route add 10.255.0.10/32 via 10.0.0.73 dev eth1
ip -n fat-tree.edge1-1 route add 10.255.0.11/32 via 10.0.0.65 dev eth0
ip -n fat-tree.edge1-1 route add 10.255.0.12/32 via 10.0.0.73 dev eth1
ip -n fat-tree.edge1-1 route add 10.255.0.14/31 nexthop via 10.0.0.65 dev eth0 weight 1 nexthop via 10.0.0.73 dev eth1 weight 1
ip -n fat-tree.edge1-1 route add 10.255.0.16/30 nexthop via 10.0.0.65 dev eth0 weight 1 nexthop via 10.0.0.73 dev eth1 weight 1
ip -n fat-tree.edge1-1 route add 10.255.0.20/32 nexthop via 10.0.0.65 dev eth0 weight 1 nexthop via 10.0.0.73 dev eth1 weight 1

# edge1-2 (line 27)
ip -n fat-tree.edge1-2 link set dev lo up
ip -n fat-tree.edge1-2 link set dev eth0 up
ip -n fat-tree.edge1-2 link set dev eth1 up
ip -n fat-tree.edge1-2 link set dev eth2 up
ip -n fat-tree.edge1-2 link set dev eth3 up
ip -n fat-tree.edge1-2 address add 10.255.0.14/32 dev lo
ip -n fat-tree.edge1-2 address add 10.0.0.70/30 dev eth0
ip -n fat-tree.edge1-2 address add 10.0.0.78/30 dev eth1
ip -n fat-tree.edge1-2 address add 10.0.3.1/24 dev eth2
ip -n fat-tree.edge1-2 address add 10.0.4.1/24 dev eth3
ip -n fat-tree.edge1-2 route add 10.0.0.0/27 via 10.0.0.69 dev eth0
ip -n fat-tree.edge1-2 route add 10.0.0.32/27 via 10.0.0.77 dev eth1
ip -n fat-tree.edge1-2 route add 10.0.0.64/30 via 10.0.0.69 dev eth0
ip -n fat-tree.edge1-2 route add 10.0.0.72/30 via 10.0.0.77 dev eth1
ip -n fat-tree.edge1-2 route add 10.0.0.80/29 via 10.0.0.69 dev eth0
ip -n fat-tree.edge1-2 route add 10.0.0.88/29 via 10.0.0.77 dev eth1
ip -n fat-tree.edge1-2 route add 10.0.0.96/29 via 10.0.0.69 dev eth0
ip -n fat-tree.edge1-2 route add 10.0.0.104/29 via 10.0.0.77 dev eth1
ip -n fat-tree.edge1-2 route add 10.0.0.112/29 via 10.0.0.69 dev eth0
ip -n fat-tree.edge1-2 route add 10.0.0.120/29 via 10.0.0.77 dev eth1
ip -n fat-tree.edge1-2 route add 10.0.1.0/24 nexthop via 10.0.0.69 dev eth0 weight 1 nexthop via 10.0.0.77 dev eth1 weight 1
ip -n fat-tree.edge1-2 route add 10.0.2.0/24 nexthop via 10.0.0.69 dev eth0 weight 1 nexthop via 10.0.0.77 dev eth1 weight 1
ip -n fat-tree.edge1-2 route add 10.0.4.0/22 nexthop via 10.0.0.69 dev eth0 weight 1 nexthop via 10.0.0.77 dev eth1 weight 1
ip -n fat-tree.edge1-2 route add 10.0.8.0/21 nexthop via 10.0.0.69 dev eth0 weight 1 nexthop via 10.0.0.77 dev eth1 weight 1
ip -n fat-tree.edge1-2 route add 10.0.16.0/24 nexthop via 10.0.0.69 dev eth0 weight 1 nexthop via 10.0.0.77 dev eth1 weight 1
ip -n fat-tree.edge1-2 route add 10.255.0.1/32 via 10.0.0.69 dev eth0
ip -n fat-tree.edge1-2 route add 10.255.0.2/32 via 10.0.0.69 dev eth0
ip -n fat-tree.edge1-2 route add 10.255.0.3/32 via 10.0.0.77 dev eth1
ip -n fat-tree.edge1-2 route add 10.255.0.4/32 via 10.0.0.77 dev eth1
ip -n fat-tree.edge1-2 route add 10.255.0.5/32 via 10.0.0.69 dev eth0
ip -n fat-tree.edge1-2 route add 10.255.0.6/32 via 10.0.0.77 dev eth1
ip -n fat-tree.edge1-2 route add 10.255.0.7/32 via 10.0.0.69 dev eth0
ip -n fat-tree.edge1-2 route add 10.255.0.8/32 via 10.0.0.77 dev eth1
ip -n fat-tree.edge1-2 route add 10.255.0.9/32 via 10.0.0.69 dev eth0
ip -n fat-tree.edge1-2 route add 10.255.0.10/32 via 10.0.0.77 dev eth1
ip -n fat-tree.edge1-2 route add 10.255.0.11/32 via 10.0.0.69 dev eth0
ip -n fat-tree.edge1-2 route add 10.255.0.12/32 via 10.0.0.77 dev eth1
ip -n fat-tree.edge1-2 route add 10.255.0.13/32 nexthop via 10.0.0.69 dev eth0 weight 1 nexthop via 10.0.0.77 dev eth1 weight 1
ip -n fat-tree.edge1-2 route add 10.255.0.15/32 nexthop via 10.0.0.69 dev eth0 weight 1 nexthop via 10.0.0.77 dev eth1 weight 1
ip -n fat-tree.edge1-2 route add 10.255.0.16/30 nexthop via 10.0.0.69 dev eth0 weight 1 nexthop via 10.0.0.77 dev eth1 weight 1
ip -n fat-tree.edge1-2 route add 10.255.0.20/32 nexthop via 10.0.0.69 dev eth0 weight 1 nexthop via 10.0.0.77 dev eth1 weight 1

# edge2-1 (line 27)
ip -n fat-tree.edge2-1 link set dev lo up
ip -n fat-tree.edge2-1 link set dev eth0 up
ip -n fat-tree.edge2-1 link set dev eth1 up
ip -n fat-tree.edge2-1 link set dev eth2 up
ip -n fat-tree.edge2-1 link set dev eth3 up
ip -n fat-tree.edge2-1 address add 10.255.0.15/32 dev lo
ip -n fat-tree.edge2-1 address add 10.0.0.82/30 dev eth0
ip -n fat-tree.edge2-1 address add 10.0.0.90/30 dev eth1
ip -n fat-tree.edge2-1 address add 10.0.5.1/24 dev eth2
ip -n fat-tree.edge2-1 address add 10.0.6.1/24 dev eth3
ip -n fat-tree.edge2-1 route add 10.0.0.0/27 via 10.0.0.81 dev eth0
ip -n fat-tree.edge2-1 route add 10.0.0.32/27 via 10.0.0.89 dev eth1
ip -n fat-tree.edge2-1 route add 10.0.0.64/29 via 10.0.0.81 dev eth0
ip -n fat-tree.edge2-1 route add 10.0.0.72/29 via 10.0.0.89 dev eth1
ip -n fat-tree.edge2-1 route add 10.0.0.84/30 via 10.0.0.81 dev eth0
ip -n fat-tree.edge2-1 route add 10.0.0.92/30 via 10.0.0.89 dev eth1
ip -n fat-tree.edge2-1 route add 10.0.0.96/29 via 10.0.0.81 dev eth0
ip -n fat-tree.edge2-1 route add 10.0.0.104/29 via 10.0.0.89 dev eth1
ip -n fat-tree.edge2-1 route add 10.0.0.112/29 via 10.0.0.81 dev eth0
ip -n fat-tree.edge2-1 route add 10.0.0.120/29 via 10.0.0.89 dev eth1
ip -n fat-tree.edge2-1 route add 10.0.1.0/24 nexthop via 10.0.0.81 dev eth0 weight 1 nexthop via 10.0.0.89 dev eth1 weight 1
ip -n fat-tree.edge2-1 route add 10.0.2.0/23 nexthop via 10.0.0.81 dev eth0 weight 1 nexthop via 10.0.0.89 dev eth1 weight 1
ip -n fat-tree.edge2-1 route add 10.0.4.0/22 nexthop via 10.0.0.81 dev eth0 weight 1 nexthop via 10.0.0.89 dev eth1 weight 1
ip -n fat-tree.edge2-1 route add 10.0.8.0/21 nexthop via 10.0.0.81 dev eth0 weight 1 nexthop via 10.0.0.89 dev eth1 weight 1
ip -n fat-tree.edge2-1 route add 10.0.16.0/24 nexthop via 10.0.0.81 dev eth0 weight 1 nexthop via 10.0.0.89 dev eth1 weight 1
ip -n fat-tree.edge2-1 route add 10.255.0.1/32 via 10.0.0.81 dev eth0
ip -n fat-tree.edge2-1 route add 10.255.0.2/32 via 10.0.0.81 dev eth0
ip -n fat-tree.edge2-1 route add 10.255.0.3/32 via 10.0.0.89 dev eth1
ip -n fat-tree.edge2-1 route add 10.255.0.4/32 via 10.0.0.89 dev eth1
ip -n fat-tree.edge2-1 route add 10.255.0.5/32 via 10.0.0.81 dev eth0
ip -n fat-tree.edge2-1 route add 10.255.0.6/32 via 10.0.0.89 dev eth1
ip -n fat-tree.edge2-1 route add 10.255.0.7/32 via 10.0.0.81 dev eth0
ip -n fat-tree.edge2-1 route add 10.255.0.8/32 via 10.0.0.89 dev eth1
ip -n fat-tree.edge2-1 route add 10.255.0.9/32 via 10.0.0.81 dev eth0
ip -n fat-tree.edge2-1 route add 10.255.0.10/32 via 10.0.0.89 dev eth1
ip -n fat-tree.edge2-1 route add 10.255.0.11/32 via 10.0.0.81 dev eth0
ip -n fat-tree.edge2-1 route add 10.255.0.12/32 via 10.0.0.89 dev eth1
ip -n fat-tree.edge2-1 route add 10.255.0.13/32 nexthop via 10.0.0.81 dev eth0 weight 1 nexthop via 10.0.0.89 dev eth1 weight 1
ip -n fat-tree.edge2-1 route add 10.255.0.14/32 nexthop via 10.0.0.81 dev eth0 weight 1 nexthop via 10.0.0.89 dev eth1 weight 1
ip -n fat-tree.edge2-1 route add 10.255.0.16/30 nexthop via 10.0.0.81 dev eth0 weight 1 nexthop via 10.0.0.89 dev eth1 weight 1
ip -n fat-tree.edge2-1 route add 10.255.0.20/32 nexthop via 10.0.0.81 dev eth0 weight 1 nexthop via 10.0.0.89 dev eth1 weight 1

# edge2-2 (line 27)
ip -n fat-tree.edge2-2 link set dev lo up
ip -n fat-tree.edge2-2 link set dev eth0 up
ip -n fat-tree.edge2-2 link set dev eth1 up
ip -n fat-tree.edge2-2 link set dev eth2 up
ip -n fat-tree.edge2-2 link set dev eth3 up
ip -n fat-tree.edge2-2 address add 10.255.0.16/32 dev lo
ip -n fat-tree.edge2-2 address add 10.0.0.86/30 dev eth0
ip -n fat-tree.edge2-2 address add 10.0.0.94/30 dev eth1
ip -n fat-tree.edge2-2 address add 10.0.7.1/24 dev eth2
ip -n fat-tree.edge2-2 address add 10.0.8.1/24 dev eth3
ip -n fat-tree.edge2-2 route add 10.0.0.0/27 via 10.0.0.85 dev eth0
ip -n fat-tree.edge2-2 route add 10.0.0.32/27 via 10.0.0.93 dev eth1
ip -n fat-tree.edge2-2 route add 10.0.0.64/29 via 10.0.0.85 dev eth0
ip -n fat-tree.edge2-2 route add 10.0.0.72/29 via 10.0.0.93 dev eth1
ip -n fat-tree.edge2-2 route add 10.0.0.80/30 via 10.0.0.85 dev eth0
ip -n fat-tree.edge2-2 route add 10.0.0.88/30 via 10.0.0.93 dev eth1
ip -n fat-tree.edge2-2 route add 10.0.0.96/29 via 10.0.0.85 dev eth0
ip -n fat-tree.edge2-2 route add 10.0.0.104/29 via 10.0.0.93 dev eth1
ip -n fat-tree.edge2-2 route add 10.0.0.112/29 via 10.0.0.85 dev eth0
ip -n fat-tree.edge2-2 route add 10.0.0.120/29 via 10.0.0.93 dev eth1
ip -n fat-tree.edge2-2 route add 10.0.1.0/24 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.93 dev eth1 weight 1
ip -n fat-tree.edge2-2 route add 10.0.2.0/23 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.93 dev eth1 weight 1
ip -n fat-tree.edge2-2 route add 10.0.4.0/22 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.93 dev eth1 weight 1
ip -n fat-tree.edge2-2 route add 10.0.8.0/21 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.93 dev eth1 weight 1
ip -n fat-tree.edge2-2 route add 10.0.16.0/24 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.93 dev eth1 weight 1
ip -n fat-tree.edge2-2 route add 10.255.0.1/32 via 10.0.0.85 dev eth0
ip -n fat-tree.edge2-2 route add 10.255.0.2/32 via 10.0.0.85 dev eth0
ip -n fat-tree.edge2-2 route add 10.255.0.3/32 via 10.0.0.93 dev eth1
ip -n fat-tree.edge2-2 route add 10.255.0.4/32 via 10.0.0.93 dev eth1
ip -n fat-tree.edge2-2 route add 10.255.0.5/32 via 10.0.0.85 dev eth0
ip -n fat-tree.edge2-2 route add 10.255.0.6/32 via 10.0.0.93 dev eth1
ip -n fat-tree.edge2-2 route add 10.255.0.7/32 via 10.0.0.85 dev eth0
ip -n fat-tree.edge2-2 route add 10.255.0.8/32 via 10.0.0.93 dev eth1
ip -n fat-tree.edge2-2 route add 10.255.0.9/32 via 10.0.0.85 dev eth0
ip -n fat-tree.edge2-2 route add 10.255.0.10/32 via 10.0.0.93 dev eth1
ip -n fat-tree.edge2-2 route add 10.255.0.11/32 via 10.0.0.85 dev eth0
ip -n fat-tree.edge2-2 route add 10.255.0.12/32 via 10.0.0.93 dev eth1
ip -n fat-tree.edge2-2 route add 10.255.0.13/32 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.93 dev eth1 weight 1
ip -n fat-tree.edge2-2 route add 10.255.0.14/31 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.93 dev eth1 weight 1
ip -n fat-tree.edge2-2 route add 10.255.0.16/30 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.93 dev eth1 weight 1
ip -n fat-tree.edge2-2 route add 10.255.0.20/32 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.93 dev eth1 weight 1

# edge3-1 (line 27)
ip -n fat-tree.edge3-1 link set dev lo up
ip -n fat-tree.edge3-1 link set dev eth0 up
ip -n fat-tree.edge3-1 link set dev eth1 up
ip -n fat-tree.edge3-1 link set dev eth2 up
ip -n fat-tree.edge3-1 link set dev eth3 up
ip -n fat-tree.edge3-1 address add 10.255.0.17/32 dev lo
ip -n fat-tree.edge3-1 address add 10.0.0.98/30 dev eth0
ip -n fat-tree.edge3-1 address add 10.0.0.106/30 dev eth1
ip -n fat-tree.edge3-1 address add 10.0.9.1/24 dev eth2
ip -n fat-tree.edge3-1 address add 10.0.10.1/24 dev eth3
ip -n fat-tree.edge3-1 route add 10.0.0.0/27 via 10.0.0.97 dev eth0
ip -n fat-tree.edge3-1 route add 10.0.0.32/27 via 10.0.0.105 dev eth1
ip -n fat-tree.edge3-1 route add 10.0.0.64/29 via 10.0.0.97 dev eth0
ip -n fat-tree.edge3-1 route add 10.0.0.72/29 via 10.0.0.105 dev eth1
ip -n fat-tree.edge3-1 route add 10.0.0.80/29 via 10.0.0.97 dev eth0
ip -n fat-tree.edge3-1 route add 10.0.0.88/29 via 10.0.0.105 dev eth1
ip -n fat-tree.edge3-1 route add 10.0.0.100/30 via 10.0.0.97 dev eth0
ip -n fat-tree.edge3-1 route add 10.0.0.108/30 via 10.0.0.105 dev eth1
ip -n fat-tree.edge3-1 route add 10.0.0.112/29 via 10.0.0.97 dev eth0
ip -n fat-tree.edge3-1 route add 10.0.0.120/29 via 10.0.0.105 dev eth1
ip -n fat-tree.edge3-1 route add 10.0.1.0/24 nexthop via 10.0.0.97 dev eth0 weight 1 nexthop via 10.0.0.105 dev eth1 weight 1
ip -n fat-tree.edge3-1 route add 10.0.2.0/23 nexthop via 10.0.0.97 dev eth0 weight 1 nexthop via 10.0.0.105 dev eth1 weight 1
ip -n fat-tree.edge3-1 route add 10.0.4.0/22 nexthop via 10.0.0.97 dev eth0 weight 1 nexthop via 10.0.0.105 dev eth1 weight 1
ip -n fat-tree.edge3-1 route add 10.0.8.0/21 nexthop via 10.0.0.97 dev eth0 weight 1 nexthop via 10.0.0.105 dev eth1 weight 1
ip -n fat-tree.edge3-1 route add 10.0.16.0/24 nexthop via 10.0.0.97 dev eth0 weight 1 nexthop via 10.0.0.105 dev eth1 weight 1
ip -n fat-tree.edge3-1 route add 10.255.0.1/32 via 10.0.0.97 dev eth0
ip -n fat-tree.edge3-1 route add 10.255.0.2/32 via 10.0.0.97 dev eth0
ip -n fat-tree.edge3-1 route add 10.255.0.3/32 via 10.0.0.105 dev eth1
ip -n fat-tree.edge3-1 route add 10.255.0.4/32 via 10.0.0.105 dev eth1
ip -n fat-tree.edge3-1 route add 10.255.0.5/32 via 10.0.0.97 dev eth0
ip -n fat-tree.edge3-1 route add 10.255.0.6/32 via 10.0.0.105 dev eth1
ip -n fat-tree.edge3-1 route add 10.255.0.7/32 via 10.0.0.97 dev eth0
ip -n fat-tree.edge3-1 route add 10.255.0.8/32 via 10.0.0.105 dev eth1
ip -n fat-tree.edge3-1 route add 10.255.0.9/32 via 10.0.0.97 dev eth0
ip -n fat-tree.edge3-1 route add 10.255.0.10/32 via 10.0.0.105 dev eth1
ip -n fat-tree.edge3-1 route add 10.255.0.11/32 via 10.0.0.97 dev eth0
ip -n fat-tree.edge3-1 route add 10.255.0.12/32 via 10.0.0.105 dev eth1
ip -n fat-tree.edge3-1 route add 10.255.0.13/32 nexthop via 10.0.0.97 dev eth0 weight 1 nexthop via 10.0.0.105 dev eth1 weight 1
ip -n fat-tree.edge3-1 route add 10.255.0.14/31 nexthop via 10.0.0.97 dev eth0 weight 1 nexthop via 10.0.0.105 dev eth1 weight 1
ip -n fat-tree.edge3-1 route add 10.255.0.16/30 nexthop via 10.0.0.97 dev eth0 weight 1 nexthop via 10.0.0.105 dev eth1 weight 1
ip -n fat-tree.edge3-1 route add 10.255.0.20/32 nexthop via 10.0.0.97 dev eth0 weight 1 nexthop via 10.0.0.105 dev eth1 weight 1

# edge3-2 (line 27)
ip -n fat-tree.edge3-2 link set dev lo up
ip -n fat-tree.edge3-2 link set dev eth0 up
ip -n fat-tree.edge3-2 link set dev eth1 up
ip -n fat-tree.edge3-2 link set dev eth2 up
ip -n fat-tree.edge3-2 link set dev eth3 up
ip -n fat-tree.edge3-2 address add 10.255.0.18/32 dev lo
ip -n fat-tree.edge3-2 address add 10.0.0.102/30 dev eth0
ip -n fat-tree.edge3-2 address add 10.0.0.110/30 dev eth1
ip -n fat-tree.edge3-2 address add 10.0.11.1/24 dev eth2
ip -n fat-tree.edge3-2 address add 10.0.12.1/24 dev eth3
ip -n fat-tree.edge3-2 route add 10.0.0.0/27 via 10.0.0.101 dev eth0
ip -n fat-tree.edge3-2 route add 10.0.0.32/27 via 10.0.0.109 dev eth1
ip -n fat-tree.edge3-2 route add 10.0.0.64/29 via 10.0.0.101 dev eth0
ip -n fat-tree.edge3-2 route add 10.0.0.72/29 via 10.0.0.109 dev eth1
ip -n fat-tree.edge3-2 route add 10.0.0.80/29 via 10.0.0.101 dev eth0
ip -n fat-tree.edge3-2 route add 10.0.0.88/29 via 10.0.0.109 dev eth1
ip -n fat-tree.edge3-2 route add 10.0.0.96/30 via 10.0.0.101 dev eth0
ip -n fat-tree.edge3-2 route add 10.0.0.104/30 via 10.0.0.109 dev eth1
ip -n fat-tree.edge3-2 route add 10.0.0.112/29 via 10.0.0.101 dev eth0
ip -n fat-tree.edge3-2 route add 10.0.0.120/29 via 10.0.0.109 dev eth1
ip -n fat-tree.edge3-2 route add 10.0.1.0/24 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.109 dev eth1 weight 1
ip -n fat-tree.edge3-2 route add 10.0.2.0/23 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.109 dev eth1 weight 1
ip -n fat-tree.edge3-2 route add 10.0.4.0/22 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.109 dev eth1 weight 1
ip -n fat-tree.edge3-2 route add 10.0.8.0/21 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.109 dev eth1 weight 1
ip -n fat-tree.edge3-2 route add 10.0.16.0/24 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.109 dev eth1 weight 1
ip -n fat-tree.edge3-2 route add 10.255.0.1/32 via 10.0.0.101 dev eth0
ip -n fat-tree.edge3-2 route add 10.255.0.2/32 via 10.0.0.101 dev eth0
ip -n fat-tree.edge3-2 route add 10.255.0.3/32 via 10.0.0.109 dev eth1
ip -n fat-tree.edge3-2 route add 10.255.0.4/32 via 10.0.0.109 dev eth1
ip -n fat-tree.edge3-2 route add 10.255.0.5/32 via 10.0.0.101 dev eth0
ip -n fat-tree.edge3-2 route add 10.255.0.6/32 via 10.0.0.109 dev eth1
ip -n fat-tree.edge3-2 route add 10.255.0.7/32 via 10.0.0.101 dev eth0
ip -n fat-tree.edge3-2 route add 10.255.0.8/32 via 10.0.0.109 dev eth1
ip -n fat-tree.edge3-2 route add 10.255.0.9/32 via 10.0.0.101 dev eth0
ip -n fat-tree.edge3-2 route add 10.255.0.10/32 via 10.0.0.109 dev eth1
ip -n fat-tree.edge3-2 route add 10.255.0.11/32 via 10.0.0.101 dev eth0
ip -n fat-tree.edge3-2 route add 10.255.0.12/32 via 10.0.0.109 dev eth1
ip -n fat-tree.edge3-2 route add 10.255.0.13/32 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.109 dev eth1 weight 1
ip -n fat-tree.edge3-2 route add 10.255.0.14/31 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.109 dev eth1 weight 1
ip -n fat-tree.edge3-2 route add 10.255.0.16/30 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.109 dev eth1 weight 1
ip -n fat-tree.edge3-2 route add 10.255.0.20/32 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.109 dev eth1 weight 1

# edge4-1 (line 27)
ip -n fat-tree.edge4-1 link set dev lo up
ip -n fat-tree.edge4-1 link set dev eth0 up
ip -n fat-tree.edge4-1 link set dev eth1 up
ip -n fat-tree.edge4-1 link set dev eth2 up
ip -n fat-tree.edge4-1 link set dev eth3 up
ip -n fat-tree.edge4-1 address add 10.255.0.19/32 dev lo
ip -n fat-tree.edge4-1 address add 10.0.0.114/30 dev eth0
ip -n fat-tree.edge4-1 address add 10.0.0.122/30 dev eth1
ip -n fat-tree.edge4-1 address add 10.0.13.1/24 dev eth2
ip -n fat-tree.edge4-1 address add 10.0.14.1/24 dev eth3
ip -n fat-tree.edge4-1 route add 10.0.0.0/27 via 10.0.0.113 dev eth0
ip -n fat-tree.edge4-1 route add 10.0.0.32/27 via 10.0.0.121 dev eth1
ip -n fat-tree.edge4-1 route add 10.0.0.64/29 via 10.0.0.113 dev eth0
ip -n fat-tree.edge4-1 route add 10.0.0.72/29 via 10.0.0.121 dev eth1
ip -n fat-tree.edge4-1 route add 10.0.0.80/29 via 10.0.0.113 dev eth0
ip -n fat-tree.edge4-1 route add 10.0.0.88/29 via 10.0.0.121 dev eth1
ip -n fat-tree.edge4-1 route add 10.0.0.96/29 via 10.0.0.113 dev eth0
ip -n fat-tree.edge4-1 route add 10.0.0.104/29 via 10.0.0.121 dev eth1
ip -n fat-tree.edge4-1 route add 10.0.0.116/30 via 10.0.0.113 dev eth0
ip -n fat-tree.edge4-1 route add 10.0.0.124/30 via 10.0.0.121 dev eth1
ip -n fat-tree.edge4-1 route add 10.0.1.0/24 nexthop via 10.0.0.113 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n fat-tree.edge4-1 route add 10.0.2.0/23 nexthop via 10.0.0.113 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n fat-tree.edge4-1 route add 10.0.4.0/22 nexthop via 10.0.0.113 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n fat-tree.edge4-1 route add 10.0.8.0/21 nexthop via 10.0.0.113 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n fat-tree.edge4-1 route add 10.0.16.0/24 nexthop via 10.0.0.113 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n fat-tree.edge4-1 route add 10.255.0.1/32 via 10.0.0.113 dev eth0
ip -n fat-tree.edge4-1 route add 10.255.0.2/32 via 10.0.0.113 dev eth0
ip -n fat-tree.edge4-1 route add 10.255.0.3/32 via 10.0.0.121 dev eth1
ip -n fat-tree.edge4-1 route add 10.255.0.4/32 via 10.0.0.121 dev eth1
ip -n fat-tree.edge4-1 route add 10.255.0.5/32 via 10.0.0.113 dev eth0
ip -n fat-tree.edge4-1 route add 10.255.0.6/32 via 10.0.0.121 dev eth1
ip -n fat-tree.edge4-1 route add 10.255.0.7/32 via 10.0.0.113 dev eth0
ip -n fat-tree.edge4-1 route add 10.255.0.8/32 via 10.0.0.121 dev eth1
ip -n fat-tree.edge4-1 route add 10.255.0.9/32 via 10.0.0.113 dev eth0
ip -n fat-tree.edge4-1 route add 10.255.0.10/32 via 10.0.0.121 dev eth1
ip -n fat-tree.edge4-1 route add 10.255.0.11/32 via 10.0.0.113 dev eth0
ip -n fat-tree.edge4-1 route add 10.255.0.12/32 via 10.0.0.121 dev eth1
ip -n fat-tree.edge4-1 route add 10.255.0.13/32 nexthop via 10.0.0.113 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n fat-tree.edge4-1 route add 10.255.0.14/31 nexthop via 10.0.0.113 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n fat-tree.edge4-1 route add 10.255.0.16/30 nexthop via 10.0.0.113 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n fat-tree.edge4-1 route add 10.255.0.20/32 nexthop via 10.0.0.113 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1

# edge4-2 (line 27)
ip -n fat-tree.edge4-2 link set dev lo up
ip -n fat-tree.edge4-2 link set dev eth0 up
ip -n fat-tree.edge4-2 link set dev eth1 up
ip -n fat-tree.edge4-2 link set dev eth2 up
ip -n fat-tree.edge4-2 link set dev eth3 up
ip -n fat-tree.edge4-2 address add 10.255.0.20/32 dev lo
ip -n fat-tree.edge4-2 address add 10.0.0.118/30 dev eth0
ip -n fat-tree.edge4-2 address add 10.0.0.126/30 dev eth1
ip -n fat-tree.edge4-2 address add 10.0.15.1/24 dev eth2
ip -n fat-tree.edge4-2 address add 10.0.16.1/24 dev eth3
ip -n fat-tree.edge4-2 route add 10.0.0.0/27 via 10.0.0.117 dev eth0
ip -n fat-tree.edge4-2 route add 10.0.0.32/27 via 10.0.0.125 dev eth1
ip -n fat-tree.edge4-2 route add 10.0.0.64/29 via 10.0.0.117 dev eth0
ip -n fat-tree.edge4-2 route add 10.0.0.72/29 via 10.0.0.125 dev eth1
ip -n fat-tree.edge4-2 route add 10.0.0.80/29 via 10.0.0.117 dev eth0
ip -n fat-tree.edge4-2 route add 10.0.0.88/29 via 10.0.0.125 dev eth1
ip -n fat-tree.edge4-2 route add 10.0.0.96/29 via 10.0.0.117 dev eth0
ip -n fat-tree.edge4-2 route add 10.0.0.104/29 via 10.0.0.125 dev eth1
ip -n fat-tree.edge4-2 route add 10.0.0.112/30 via 10.0.0.117 dev eth0
ip -n fat-tree.edge4-2 route add 10.0.0.120/30 via 10.0.0.125 dev eth1
ip -n fat-tree.edge4-2 route add 10.0.1.0/24 nexthop via 10.0.0.117 dev eth0 weight 1 nexthop via 10.0.0.125 dev eth1 weight 1
ip -n fat-tree.edge4-2 route add 10.0.2.0/23 nexthop via 10.0.0.117 dev eth0 weight 1 nexthop via 10.0.0.125 dev eth1 weight 1
ip -n fat-tree.edge4-2 route add 10.0.4.0/22 nexthop via 10.0.0.117 dev eth0 weight 1 nexthop via 10.0.0.125 dev eth1 weight 1
ip -n fat-tree.edge4-2 route add 10.0.8.0/21 nexthop via 10.0.0.117 dev eth0 weight 1 nexthop via 10.0.0.125 dev eth1 weight 1
ip -n fat-tree.edge4-2 route add 10.255.0.1/32 via 10.0.0.117 dev eth0
ip -n fat-tree.edge4-2 route add 10.255.0.2/32 via 10.0.0.117 dev eth0
ip -n fat-tree.edge4-2 route add 10.255.0.3/32 via 10.0.0.125 dev eth1
ip -n fat-tree.edge4-2 route add 10.255.0.4/32 via 10.0.0.125 dev eth1
ip -n fat-tree.edge4-2 route add 10.255.0.5/32 via 10.0.0.117 dev eth0
ip -n fat-tree.edge4-2 route add 10.255.0.6/32 via 10.0.0.125 dev eth1
ip -n fat-tree.edge4-2 route add 10.255.0.7/32 via 10.0.0.117 dev eth0
ip -n fat-tree.edge4-2 route add 10.255.0.8/32 via 10.0.0.125 dev eth1
ip -n fat-tree.edge4-2 route add 10.255.0.9/32 via 10.0.0.117 dev eth0
ip -n fat-tree.edge4-2 route add 10.255.0.10/32 via 10.0.0.125 dev eth1
ip -n fat-tree.edge4-2 route add 10.255.0.11/32 via 10.0.0.117 dev eth0
ip -n fat-tree.edge4-2 route add 10.255.0.12/32 via 10.0.0.125 dev eth1
ip -n fat-tree.edge4-2 route add 10.255.0.13/32 nexthop via 10.0.0.117 dev eth0 weight 1 nexthop via 10.0.0.125 dev eth1 weight 1
ip -n fat-tree.edge4-2 route add 10.255.0.14/31 nexthop via 10.0.0.117 dev eth0 weight 1 nexthop via 10.0.0.125 dev eth1 weight 1
ip -n fat-tree.edge4-2 route add 10.255.0.16/30 nexthop via 10.0.0.117 dev eth0 weight 1 nexthop via 10.0.0.125 dev eth1 weight 1

# h1-1-1 (line 28)
ip -n fat-tree.h1-1-1 link set dev lo up
ip -n fat-tree.h1-1-1 link set dev eth0 up
ip -n fat-tree.h1-1-1 address add 10.0.1.2/24 dev eth0
ip -n fat-tree.h1-1-1 route add default via 10.0.1.1 dev eth0

# h1-1-2 (line 28)
ip -n fat-tree.h1-1-2 link set dev lo up
ip -n fat-tree.h1-1-2 link set dev eth0 up
ip -n fat-tree.h1-1-2 address add 10.0.2.2/24 dev eth0
ip -n fat-tree.h1-1-2 route add default via 10.0.2.1 dev eth0

# h1-2-1 (line 28)
ip -n fat-tree.h1-2-1 link set dev lo up
ip -n fat-tree.h1-2-1 link set dev eth0 up
ip -n fat-tree.h1-2-1 address add 10.0.3.2/24 dev eth0
ip -n fat-tree.h1-2-1 route add default via 10.0.3.1 dev eth0

# h1-2-2 (line 28)
ip -n fat-tree.h1-2-2 link set dev lo up
ip -n fat-tree.h1-2-2 link set dev eth0 up
ip -n fat-tree.h1-2-2 address add 10.0.4.2/24 dev eth0
ip -n fat-tree.h1-2-2 route add default via 10.0.4.1 dev eth0

# h2-1-1 (line 28)
ip -n fat-tree.h2-1-1 link set dev lo up
ip -n fat-tree.h2-1-1 link set dev eth0 up
ip -n fat-tree.h2-1-1 address add 10.0.5.2/24 dev eth0
ip -n fat-tree.h2-1-1 route add default via 10.0.5.1 dev eth0

# h2-1-2 (line 28)
ip -n fat-tree.h2-1-2 link set dev lo up
ip -n fat-tree.h2-1-2 link set dev eth0 up
ip -n fat-tree.h2-1-2 address add 10.0.6.2/24 dev eth0
ip -n fat-tree.h2-1-2 route add default via 10.0.6.1 dev eth0

# h2-2-1 (line 28)
ip -n fat-tree.h2-2-1 link set dev lo up
ip -n fat-tree.h2-2-1 link set dev eth0 up
ip -n fat-tree.h2-2-1 address add 10.0.7.2/24 dev eth0
ip -n fat-tree.h2-2-1 route add default via 10.0.7.1 dev eth0

# h2-2-2 (line 28)
ip -n fat-tree.h2-2-2 link set dev lo up
ip -n fat-tree.h2-2-2 link set dev eth0 up
ip -n fat-tree.h2-2-2 address add 10.0.8.2/24 dev eth0
ip -n fat-tree.h2-2-2 route add default via 10.0.8.1 dev eth0

# h3-1-1 (line 28)
ip -n fat-tree.h3-1-1 link set dev lo up
ip -n fat-tree.h3-1-1 link set dev eth0 up
ip -n fat-tree.h3-1-1 address add 10.0.9.2/24 dev eth0
ip -n fat-tree.h3-1-1 route add default via 10.0.9.1 dev eth0

# h3-1-2 (line 28)
ip -n fat-tree.h3-1-2 link set dev lo up
ip -n fat-tree.h3-1-2 link set dev eth0 up
ip -n fat-tree.h3-1-2 address add 10.0.10.2/24 dev eth0
ip -n fat-tree.h3-1-2 route add default via 10.0.10.1 dev eth0

# h3-2-1 (line 28)
ip -n fat-tree.h3-2-1 link set dev lo up
ip -n fat-tree.h3-2-1 link set dev eth0 up
ip -n fat-tree.h3-2-1 address add 10.0.11.2/24 dev eth0
ip -n fat-tree.h3-2-1 route add default via 10.0.11.1 dev eth0

# h3-2-2 (line 28)
ip -n fat-tree.h3-2-2 link set dev lo up
ip -n fat-tree.h3-2-2 link set dev eth0 up
ip -n fat-tree.h3-2-2 address add 10.0.12.2/24 dev eth0
ip -n fat-tree.h3-2-2 route add default via 10.0.12.1 dev eth0

# h4-1-1 (line 28)
ip -n fat-tree.h4-1-1 link set dev lo up
ip -n fat-tree.h4-1-1 link set dev eth0 up
ip -n fat-tree.h4-1-1 address add 10.0.13.2/24 dev eth0
ip -n fat-tree.h4-1-1 route add default via 10.0.13.1 dev eth0

# h4-1-2 (line 28)
ip -n fat-tree.h4-1-2 link set dev lo up
ip -n fat-tree.h4-1-2 link set dev eth0 up
ip -n fat-tree.h4-1-2 address add 10.0.14.2/24 dev eth0
ip -n fat-tree.h4-1-2 route add default via 10.0.14.1 dev eth0

# h4-2-1 (line 28)
ip -n fat-tree.h4-2-1 link set dev lo up
ip -n fat-tree.h4-2-1 link set dev eth0 up
ip -n fat-tree.h4-2-1 address add 10.0.15.2/24 dev eth0
ip -n fat-tree.h4-2-1 route add default via 10.0.15.1 dev eth0

# h4-2-2 (line 28)
ip -n fat-tree.h4-2-2 link set dev lo up
ip -n fat-tree.h4-2-2 link set dev eth0 up
ip -n fat-tree.h4-2-2 address add 10.0.16.2/24 dev eth0
ip -n fat-tree.h4-2-2 route add default via 10.0.16.1 dev eth0
