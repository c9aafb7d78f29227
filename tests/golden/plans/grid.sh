#!/bin/sh
# Builds the lab grid by hand: what nslab does with grid.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        grid.g1-1 \
        grid.g1-2 \
        grid.g1-3 \
        grid.g1-4 \
        grid.g1-5 \
        grid.g2-1 \
        grid.g2-2 \
        grid.g2-3 \
        grid.g2-4 \
        grid.g2-5 \
        grid.g3-1 \
        grid.g3-2 \
        grid.g3-3 \
        grid.g3-4 \
        grid.g3-5 \
        grid.g4-1 \
        grid.g4-2 \
        grid.g4-3 \
        grid.g4-4 \
        grid.g4-5
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
new_router grid.g1-1
new_router grid.g1-2
new_router grid.g1-3
new_router grid.g1-4
new_router grid.g1-5
new_router grid.g2-1
new_router grid.g2-2
new_router grid.g2-3
new_router grid.g2-4
new_router grid.g2-5
new_router grid.g3-1
new_router grid.g3-2
new_router grid.g3-3
new_router grid.g3-4
new_router grid.g3-5
new_router grid.g4-1
new_router grid.g4-2
new_router grid.g4-3
new_router grid.g4-4
new_router grid.g4-5

# The links
ip link add name eth0 netns grid.g1-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns grid.g1-2 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns grid.g1-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns grid.g2-1 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns grid.g1-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns grid.g1-3 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns grid.g1-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns grid.g2-2 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns grid.g1-3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns grid.g1-4 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns grid.g1-3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns grid.g2-3 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns grid.g1-4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns grid.g1-5 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns grid.g1-4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns grid.g2-4 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns grid.g1-5 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns grid.g2-5 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns grid.g2-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns grid.g2-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns grid.g2-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns grid.g3-1 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns grid.g2-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns grid.g2-3 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns grid.g2-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns grid.g3-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns grid.g2-3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns grid.g2-4 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns grid.g2-3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns grid.g3-3 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns grid.g2-4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns grid.g2-5 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns grid.g2-4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns grid.g3-4 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns grid.g2-5 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns grid.g3-5 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns grid.g3-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns grid.g3-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns grid.g3-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns grid.g4-1 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns grid.g3-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns grid.g3-3 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns grid.g3-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns grid.g4-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns grid.g3-3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns grid.g3-4 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns grid.g3-3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns grid.g4-3 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns grid.g3-4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns grid.g3-5 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns grid.g3-4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns grid.g4-4 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns grid.g3-5 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns grid.g4-5 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns grid.g4-1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns grid.g4-2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns grid.g4-2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns grid.g4-3 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns grid.g4-3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns grid.g4-4 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns grid.g4-4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns grid.g4-5 numtxqueues 1 numrxqueues 1

# g1-1 (line 21)
ip -n grid.g1-1 link set dev lo up
ip -n grid.g1-1 link set dev eth0 up
ip -n grid.g1-1 link set dev eth1 up
ip -n grid.g1-1 address add 10.255.0.1/32 dev lo
ip -n grid.g1-1 address add fd00:0:0:ff::1/128 dev lo nodad
ip -n grid.g1-1 address add 10.0.0.1/30 dev eth0
ip -n grid.g1-1 address add fd00::1/64 dev eth0 nodad
ip -n grid.g1-1 address add 10.0.0.5/30 dev eth1
ip -n grid.g1-1 address add fd00:0:0:1::1/64 dev eth1 nodad
ip -n grid.g1-1 route add 10.0.0.0/27 via 10.0.0.2 dev eth0
ip -n grid.g1-1 route add 10.0.0.32/30 via 10.0.0.2 dev eth0
ip -n grid.g1-1 route add 10.0.0.36/30 via 10.0.0.6 dev eth1
ip -n grid.g1-1 route add 10.0.0.40/30 via 10.0.0.6 dev eth1
ip -n grid.g1-1 route add 10.0.0.44/30 nexthop via 10.0.0.2 dev eth0 weight 1 nexthop via 10.0.0.6 dev eth1 weight 1
ip -n grid.g1-1 route add 10.0.0.48/28 nexthop via 10.0.0.2 dev eth0 weight 1 nexthop via 10.0.0.6 dev eth1 weight 1
ip -n grid.g1-1 route add 10.0.0.64/29 nexthop via 10.0.0.2 dev eth0 weight 1 nexthop via 10.0.0.6 dev eth1 weight 1
ip -n grid.g1-1 route add 10.0.0.72/29 via 10.0.0.6 dev eth1
ip -n grid.g1-1 route add 10.0.0.80/28 nexthop via 10.0.0.2 dev eth0 weight 1 nexthop via 10.0.0.6 dev eth1 weight 1
ip -n grid.g1-1 route add 10.0.0.96/29 nexthop via 10.0.0.2 dev eth0 weight 1 nexthop via 10.0.0.6 dev eth1 weight 1
ip -n grid.g1-1 route add 10.0.0.104/30 nexthop via 10.0.0.2 dev eth0 weight 1 nexthop via 10.0.0.6 dev eth1 weight 1
ip -n grid.g1-1 route add 10.0.0.108/30 via 10.0.0.6 dev eth1
ip -n grid.g1-1 route add 10.0.0.112/29 nexthop via 10.0.0.2 dev eth0 weight 1 nexthop via 10.0.0.6 dev eth1 weight 1
ip -n grid.g1-1 route add 10.0.0.120/30 nexthop via 10.0.0.2 dev eth0 weight 1 nexthop via 10.0.0.6 dev eth1 weight 1
ip -n grid.g1-1 route add 10.255.0.2/31 via 10.0.0.2 dev eth0
ip -n grid.g1-1 route add 10.255.0.4/31 via 10.0.0.2 dev eth0
ip -n grid.g1-1 route add 10.255.0.6/32 via 10.0.0.6 dev eth1
ip -n grid.g1-1 route add 10.255.0.7/32 nexthop via 10.0.0.2 dev eth0 weight 1 nexthop via 10.0.0.6 dev eth1 weight 1
ip -n grid.g1-1 route add 10.255.0.8/31 nexthop via 10.0.0.2 dev eth0 weight 1 nexthop via 10.0.0.6 dev eth1 weight 1
ip -n grid.g1-1 route add 10.255.0.10/32 nexthop via 10.0.0.2 dev eth0 weight 1 nexthop via 10.0.0.6 dev eth1 weight 1
ip -n grid.g1-1 route add 10.255.0.11/32 via 10.0.0.6 dev eth1
ip -n grid.g1-1 route add 10.255.0.12/30 nexthop via 10.0.0.2 dev eth0 weight 1 nexthop via 10.0.0.6 dev eth1 weight 1
ip -n grid.g1-1 route add 10.255.0.16/32 via 10.0.0.6 dev eth1
ip -n grid.g1-1 route add 10.255.0.17/32 nexthop via 10.0.0.2 dev eth0 weight 1 nexthop via 10.0.0.6 dev eth1 weight 1
ip -n grid.g1-1 route add 10.255.0.18/31 nexthop via 10.0.0.2 dev eth0 weight 1 nexthop via 10.0.0.6 dev eth1 weight 1
ip -n grid.g1-1 route add 10.255.0.20/32 nexthop via 10.0.0.2 dev eth0 weight 1 nexthop via 10.0.0.6 dev eth1 weight 1
ip -n grid.g1-1 -6 route add fd00::/61 via fd00::2 dev eth0
ip -n grid.g1-1 -6 route add fd00:0:0:8::/64 via fd00::2 dev eth0
ip -n grid.g1-1 -6 route add fd00:0:0:9::/64 via fd00:0:0:1::2 dev eth1
ip -n grid.g1-1 -6 route add fd00:0:0:a::/64 via fd00:0:0:1::2 dev eth1
ip -n grid.g1-1 -6 route add fd00:0:0:b::/64 nexthop via fd00::2 dev eth0 weight 1 nexthop via fd00:0:0:1::2 dev eth1 weight 1
ip -n grid.g1-1 -6 route add fd00:0:0:c::/62 nexthop via fd00::2 dev eth0 weight 1 nexthop via fd00:0:0:1::2 dev eth1 weight 1
ip -n grid.g1-1 -6 route add fd00:0:0:10::/63 nexthop via fd00::2 dev eth0 weight 1 nexthop via fd00:0:0:1::2 dev eth1 weight 1
ip -n grid.g1-1 -6 route add fd00:0:0:12::/63 via fd00:0:0:1::2 dev eth1
ip -n grid.g1-1 -6 route add fd00:0:0:14::/62 nexthop via fd00::2 dev eth0 weight 1 nexthop via fd00:0:0:1::2 dev eth1 weight 1
ip -n grid.g1-1 -6 route add fd00:0:0:18::/63 nexthop via fd00::2 dev eth0 weight 1 nexthop via fd00:0:0:1::2 dev eth1 weight 1
ip -n grid.g1-1 -6 route add fd00:0:0:1a::/64 nexthop via fd00::2 dev eth0 weight 1 nexthop via fd00:0:0:1::2 dev eth1 weight 1
ip -n grid.g1-1 -6 route add fd00:0:0:1b::/64 via fd00:0:0:1::2 dev eth1
ip -n grid.g1-1 -6 route add fd00:0:0:1c::/63 nexthop via fd00::2 dev eth0 weight 1 nexthop via fd00:0:0:1::2 dev eth1 weight 1
ip -n grid.g1-1 -6 route add fd00:0:0:1e::/64 nexthop via fd00::2 dev eth0 weight 1 nexthop via fd00:0:0:1::2 dev eth1 weight 1
ip -n grid.g1-1 -6 route add fd00:0:0:ff::2/127 via fd00::2 dev eth0
ip -n grid.g1-1 -6 route add fd00:0:0:ff::4/127 via fd00::2 dev eth0
ip -n grid.g1-1 -6 route add fd00:0:0:ff::6/128 via fd00:0:0:1::2 dev eth1
ip -n grid.g1-1 -6 route add fd00:0:0:ff::7/128 nexthop via fd00::2 dev eth0 weight 1 nexthop via fd00:0:0:1::2 dev eth1 weight 1
ip -n grid.g1-1 -6 route add fd00:0:0:ff::8/127 nexthop via fd00::2 dev eth0 weight 1 nexthop via fd00:0:0:1::2 dev eth1 weight 1
ip -n grid.g1-1 -6 route add fd00:0:0:ff::a/128 nexthop via fd00::2 dev eth0 weight 1 nexthop via fd00:0:0:1::2 dev eth1 weight 1
ip -n grid.g1-1 -6 route add fd00:0:0:ff::b/128 via fd00:0:0:1::2 dev eth1
ip -n grid.g1-1 -6 route add fd00:0:0:ff::c/126 nexthop via fd00::2 dev eth0 weight 1 nexthop via fd00:0:0:1::2 dev eth1 weight 1
ip -n grid.g1-1 -6 route add fd00:0:0:ff::10/128 via fd00:0:0:1::2 dev eth1
ip -n grid.g1-1 -6 route add fd00:0:0:ff::11/128 nexthop via fd00::2 dev eth0 weight 1 nexthop via fd00:0:0:1::2 dev eth1 weight 1
ip -n grid.g1-1 -6 route add fd00:0:0:ff::12/127 nexthop via fd00::2 dev eth0 weight 1 nexthop via fd00:0:0:1::2 dev eth1 weight 1
ip -n grid.g1-1 -6 route add fd00:0:0:ff::14/128 nexthop via fd00::2 dev eth0 weight 1 nexthop via fd00:0:0:1::2 dev eth1 weight 1

# g1-2 (line 21)
ip -n grid.g1-2 link set dev lo up
ip -n grid.g1-2 link set dev eth0 up
ip -n grid.g1-2 link set dev eth1 up
ip -n grid.g1-2 link set dev eth2 up
ip -n grid.g1-2 address add 10.255.0.2/32 dev lo
ip -n grid.g1-2 address add fd00:0:0:ff::2/128 dev lo nodad
ip -n grid.g1-2 address add 10.0.0.2/30 dev eth0
ip -n grid.g1-2 address add fd00::2/64 dev eth0 nodad
ip -n grid.g1-2 address add 10.0.0.9/30 dev eth1
ip -n grid.g1-2 address add fd00:0:0:2::1/64 dev eth1 nodad
ip -n grid.g1-2 address add 10.0.0.13/30 dev eth2
ip -n grid.g1-2 address add fd00:0:0:3::1/64 dev eth2 nodad
ip -n grid.g1-2 route add 10.0.0.4/30 via 10.0.0.1 dev eth0
ip -n grid.g1-2 route add 10.0.0.16/28 via 10.0.0.10 dev eth1
ip -n grid.g1-2 route add 10.0.0.32/30 via 10.0.0.10 dev eth1
ip -n grid.g1-2 route add 10.0.0.36/30 via 10.0.0.14 dev eth2
ip -n grid.g1-2 route add 10.0.0.40/30 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.14 dev eth2 weight 1
ip -n grid.g1-2 route add 10.0.0.44/30 via 10.0.0.14 dev eth2
ip -n grid.g1-2 route add 10.0.0.48/30 via 10.0.0.14 dev eth2
ip -n grid.g1-2 route add 10.0.0.52/30 nexthop via 10.0.0.10 dev eth1 weight 1 nexthop via 10.0.0.14 dev eth2 weight 1
ip -n grid.g1-2 route add 10.0.0.56/29 nexthop via 10.0.0.10 dev eth1 weight 1 nexthop via 10.0.0.14 dev eth2 weight 1
ip -n grid.g1-2 route add 10.0.0.64/29 nexthop via 10.0.0.10 dev eth1 weight 1 nexthop via 10.0.0.14 dev eth2 weight 1
ip -n grid.g1-2 route add 10.0.0.72/30 via 10.0.0.14 dev eth2
ip -n grid.g1-2 route add 10.0.0.76/30 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.14 dev eth2 weight 1
ip -n grid.g1-2 route add 10.0.0.80/29 via 10.0.0.14 dev eth2
ip -n grid.g1-2 route add 10.0.0.88/29 nexthop via 10.0.0.10 dev eth1 weight 1 nexthop via 10.0.0.14 dev eth2 weight 1
ip -n grid.g1-2 route add 10.0.0.96/29 nexthop via 10.0.0.10 dev eth1 weight 1 nexthop via 10.0.0.14 dev eth2 weight 1
ip -n grid.g1-2 route add 10.0.0.104/30 nexthop via 10.0.0.10 dev eth1 weight 1 nexthop via 10.0.0.14 dev eth2 weight 1
ip -n grid.g1-2 route add 10.0.0.108/30 via 10.0.0.14 dev eth2
ip -n grid.g1-2 route add 10.0.0.112/30 via 10.0.0.14 dev eth2
ip -n grid.g1-2 route add 10.0.0.116/30 nexthop via 10.0.0.10 dev eth1 weight 1 nexthop via 10.0.0.14 dev eth2 weight 1
ip -n grid.g1-2 route add 10.0.0.120/30 nexthop via 10.0.0.10 dev eth1 weight 1 nexthop via 10.0.0.14 dev eth2 weight 1
ip -n grid.g1-2 route add 10.255.0.1/32 via 10.0.0.1 dev eth0
ip -n grid.g1-2 route add 10.255.0.3/32 via 10.0.0.10 dev eth1
ip -n grid.g1-2 route add 10.255.0.4/31 via 10.0.0.10 dev eth1
ip -n grid.g1-2 route add 10.255.0.6/32 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.14 dev eth2 weight 1
ip -n grid.g1-2 route add 10.255.0.7/32 via 10.0.0.14 dev eth2
ip -n grid.g1-2 route add 10.255.0.8/31 nexthop via 10.0.0.10 dev eth1 weight 1 nexthop via 10.0.0.14 dev eth2 weight 1
ip -n grid.g1-2 route add 10.255.0.10/32 nexthop via 10.0.0.10 dev eth1 weight 1 nexthop via 10.0.0.14 dev eth2 weight 1
ip -n grid.g1-2 route add 10.255.0.11/32 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.14 dev eth2 weight 1
ip -n grid.g1-2 route add 10.255.0.12/32 via 10.0.0.14 dev eth2
ip -n grid.g1-2 route add 10.255.0.13/32 nexthop via 10.0.0.10 dev eth1 weight 1 nexthop via 10.0.0.14 dev eth2 weight 1
ip -n grid.g1-2 route add 10.255.0.14/31 nexthop via 10.0.0.10 dev eth1 weight 1 nexthop via 10.0.0.14 dev eth2 weight 1
ip -n grid.g1-2 route add 10.255.0.16/32 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.14 dev eth2 weight 1
ip -n grid.g1-2 route add 10.255.0.17/32 via 10.0.0.14 dev eth2
ip -n grid.g1-2 route add 10.255.0.18/31 nexthop via 10.0.0.10 dev eth1 weight 1 nexthop via 10.0.0.14 dev eth2 weight 1
ip -n grid.g1-2 route add 10.255.0.20/32 nexthop via 10.0.0.10 dev eth1 weight 1 nexthop via 10.0.0.14 dev eth2 weight 1
ip -n grid.g1-2 -6 route add fd00:0:0:1::/64 via fd00::1 dev eth0
ip -n grid.g1-2 -6 route add fd00:0:0:4::/62 via fd00:0:0:2::2 dev eth1
ip -n grid.g1-2 -6 route add fd00:0:0:8::/64 via fd00:0:0:2::2 dev eth1
ip -n grid.g1-2 -6 route add fd00:0:0:9::/64 via fd00:0:0:3::2 dev eth2
ip -n grid.g1-2 -6 route add fd00:0:0:a::/64 nexthop via fd00::1 dev eth0 weight 1 nexthop via fd00:0:0:3::2 dev eth2 weight 1
ip -n grid.g1-2 -6 route add fd00:0:0:b::/64 via fd00:0:0:3::2 dev eth2
ip -n grid.g1-2 -6 route add fd00:0:0:c::/64 via fd00:0:0:3::2 dev eth2
ip -n grid.g1-2 -6 route add fd00:0:0:d::/64 nexthop via fd00:0:0:2::2 dev eth1 weight 1 nexthop via fd00:0:0:3::2 dev eth2 weight 1
ip -n grid.g1-2 -6 route add fd00:0:0:e::/63 nexthop via fd00:0:0:2::2 dev eth1 weight 1 nexthop via fd00:0:0:3::2 dev eth2 weight 1
ip -n grid.g1-2 -6 route add fd00:0:0:10::/63 nexthop via fd00:0:0:2::2 dev eth1 weight 1 nexthop via fd00:0:0:3::2 dev eth2 weight 1
ip -n grid.g1-2 -6 route add fd00:0:0:12::/64 via fd00:0:0:3::2 dev eth2
ip -n grid.g1-2 -6 route add fd00:0:0:13::/64 nexthop via fd00::1 dev eth0 weight 1 nexthop via fd00:0:0:3::2 dev eth2 weight 1
ip -n grid.g1-2 -6 route add fd00:0:0:14::/63 via fd00:0:0:3::2 dev eth2
ip -n grid.g1-2 -6 route add fd00:0:0:16::/63 nexthop via fd00:0:0:2::2 dev eth1 weight 1 nexthop via fd00:0:0:3::2 dev eth2 weight 1
ip -n grid.g1-2 -6 route add fd00:0:0:18::/63 nexthop via fd00:0:0:2::2 dev eth1 weight 1 nexthop via fd00:0:0:3::2 dev eth2 weight 1
ip -n grid.g1-2 -6 route add fd00:0:0:1a::/64 nexthop via fd00:0:0:2::2 dev eth1 weight 1 nexthop via fd00:0:0:3::2 dev eth2 weight 1
ip -n grid.g1-2 -6 route add fd00:0:0:1b::/64 via fd00:0:0:3::2 dev eth2
ip -n grid.g1-2 -6 route add fd00:0:0:1c::/64 via fd00:0:0:3::2 dev eth2
ip -n grid.g1-2 -6 route add fd00:0:0:1d::/64 nexthop via fd00:0:0:2::2 dev eth1 weight 1 nexthop via fd00:0:0:3::2 dev eth2 weight 1
ip -n grid.g1-2 -6 route add fd00:0:0:1e::/64 nexthop via fd00:0:0:2::2 dev eth1 weight 1 nexthop via fd00:0:0:3::2 dev eth2 weight 1
ip -n grid.g1-2 -6 route add fd00:0:0:ff::1/128 via fd00::1 dev eth0
ip -n grid.g1-2 -6 route add fd00:0:0:ff::3/128 via fd00:0:0:2::2 dev eth1
ip -n grid.g1-2 -6 route add fd00:0:0:ff::4/127 via fd00:0:0:2::2 dev eth1
ip -n grid.g1-2 -6 route add fd00:0:0:ff::6/128 nexthop via fd00::1 dev eth0 weight 1 nexthop via fd00:0:0:3::2 dev eth2 weight 1
ip -n grid.g1-2 -6 route add fd00:0:0:ff::7/128 via fd00:0:0:3::2 dev eth2
ip -n grid.g1-2 -6 route add fd00:0:0:ff::8/127 nexthop via fd00:0:0:2::2 dev eth1 weight 1 nexthop via fd00:0:0:3::2 dev eth2 weight 1
ip -n grid.g1-2 -6 route add fd00:0:0:ff::a/128 nexthop via fd00:0:0:2::2 dev eth1 weight 1 nexthop via fd00:0:0:3::2 dev eth2 weight 1
ip -n grid.g1-2 -6 route add fd00:0:0:ff::b/128 nexthop via fd00::1 dev eth0 weight 1 nexthop via fd00:0:0:3::2 dev eth2 weight 1
ip -n grid.g1-2 -6 route add fd00:0:0:ff::c/128 via fd00:0:0:3::2 dev eth2
ip -n grid.g1-2 -6 route add fd00:0:0:ff::d/128 nexthop via fd00:0:0:2::2 dev eth1 weight 1 nexthop via fd00:0:0:3::2 dev eth2 weight 1
ip -n grid.g1-2 -6 route add fd00:0:0:ff::e/127 nexthop via fd00:0:0:2::2 dev eth1 weight 1 nexthop via fd00:0:0:3::2 dev eth2 weight 1
ip -n grid.g1-2 -6 route add fd00:0:0:ff::10/128 nexthop via fd00::1 dev eth0 weight 1 nexthop via fd00:0:0:3::2 dev eth2 weight 1
ip -n grid.g1-2 -6 route add fd00:0:0:ff::11/128 via fd00:0:0:3::2 dev eth2
ip -n grid.g1-2 -6 route add fd00:0:0:ff::12/127 nexthop via fd00:0:0:2::2 dev eth1 weight 1 nexthop via fd00:0:0:3::2 dev eth2 weight 1
ip -n grid.g1-2 -6 route add fd00:0:0:ff::14/128 nexthop via fd00:0:0:2::2 dev eth1 weight 1 nexthop via fd00:0:0:3::2 dev eth2 weight 1

# g1-3 (line 21)
ip -n grid.g1-3 link set dev lo up
ip -n grid.g1-3 link set dev eth0 up
ip -n grid.g1-3 link set dev eth1 up
ip -n grid.g1-3 link set dev eth2 up
ip -n grid.g1-3 address add 10.255.0.3/32 dev lo
ip -n grid.g1-3 address add fd00:0:0:ff::3/128 dev lo nodad
ip -n grid.g1-3 address add 10.0.0.10/30 dev eth0
ip -n grid.g1-3 address add fd00:0:0:2::2/64 dev eth0 nodad
ip -n grid.g1-3 address add 10.0.0.17/30 dev eth1
ip -n grid.g1-3 address add fd00:0:0:4::1/64 dev eth1 nodad
ip -n grid.g1-3 address add 10.0.0.21/30 dev eth2
ip -n grid.g1-3 address add fd00:0:0:5::1/64 dev eth2 nodad
ip -n grid.g1-3 route add 10.0.0.0/28 via 10.0.0.9 dev eth0
ip -n grid.g1-3 route add 10.0.0.24/29 via 10.0.0.18 dev eth1
ip -n grid.g1-3 route add 10.0.0.32/30 via 10.0.0.18 dev eth1
ip -n grid.g1-3 route add 10.0.0.36/30 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.22 dev eth2 weight 1
ip -n grid.g1-3 route add 10.0.0.40/30 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.22 dev eth2 weight 1
ip -n grid.g1-3 route add 10.0.0.44/30 via 10.0.0.22 dev eth2
ip -n grid.g1-3 route add 10.0.0.48/30 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.22 dev eth2 weight 1
ip -n grid.g1-3 route add 10.0.0.52/30 via 10.0.0.22 dev eth2
ip -n grid.g1-3 route add 10.0.0.56/30 via 10.0.0.22 dev eth2
ip -n grid.g1-3 route add 10.0.0.60/30 nexthop via 10.0.0.18 dev eth1 weight 1 nexthop via 10.0.0.22 dev eth2 weight 1
ip -n grid.g1-3 route add 10.0.0.64/29 nexthop via 10.0.0.18 dev eth1 weight 1 nexthop via 10.0.0.22 dev eth2 weight 1
ip -n grid.g1-3 route add 10.0.0.72/29 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.22 dev eth2 weight 1
ip -n grid.g1-3 route add 10.0.0.80/30 via 10.0.0.22 dev eth2
ip -n grid.g1-3 route add 10.0.0.84/30 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.22 dev eth2 weight 1
ip -n grid.g1-3 route add 10.0.0.88/29 via 10.0.0.22 dev eth2
ip -n grid.g1-3 route add 10.0.0.96/29 nexthop via 10.0.0.18 dev eth1 weight 1 nexthop via 10.0.0.22 dev eth2 weight 1
ip -n grid.g1-3 route add 10.0.0.104/30 nexthop via 10.0.0.18 dev eth1 weight 1 nexthop via 10.0.0.22 dev eth2 weight 1
ip -n grid.g1-3 route add 10.0.0.108/30 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.22 dev eth2 weight 1
ip -n grid.g1-3 route add 10.0.0.112/29 via 10.0.0.22 dev eth2
ip -n grid.g1-3 route add 10.0.0.120/30 nexthop via 10.0.0.18 dev eth1 weight 1 nexthop via 10.0.0.22 dev eth2 weight 1
ip -n grid.g1-3 route add 10.255.0.1/32 via 10.0.0.9 dev eth0
ip -n grid.g1-3 route add 10.255.0.2/32 via 10.0.0.9 dev eth0
ip -n grid.g1-3 route add 10.255.0.4/31 via 10.0.0.18 dev eth1
ip -n grid.g1-3 route add 10.255.0.6/31 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.22 dev eth2 weight 1
ip -n grid.g1-3 route add 10.255.0.8/32 via 10.0.0.22 dev eth2
ip -n grid.g1-3 route add 10.255.0.9/32 nexthop via 10.0.0.18 dev eth1 weight 1 nexthop via 10.0.0.22 dev eth2 weight 1
ip -n grid.g1-3 route add 10.255.0.10/32 nexthop via 10.0.0.18 dev eth1 weight 1 nexthop via 10.0.0.22 dev eth2 weight 1
ip -n grid.g1-3 route add 10.255.0.11/32 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.22 dev eth2 weight 1
ip -n grid.g1-3 route add 10.255.0.12/32 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.22 dev eth2 weight 1
ip -n grid.g1-3 route add 10.255.0.13/32 via 10.0.0.22 dev eth2
ip -n grid.g1-3 route add 10.255.0.14/31 nexthop via 10.0.0.18 dev eth1 weight 1 nexthop via 10.0.0.22 dev eth2 weight 1
ip -n grid.g1-3 route add 10.255.0.16/31 nexthop via 10.0.0.9 dev eth0 weight 1 nexthop via 10.0.0.22 dev eth2 weight 1
ip -n grid.g1-3 route add 10.255.0.18/32 via 10.0.0.22 dev eth2
ip -n grid.g1-3 route add 10.255.0.19/32 nexthop via 10.0.0.18 dev eth1 weight 1 nexthop via 10.0.0.22 dev eth2 weight 1
ip -n grid.g1-3 route add 10.255.0.20/32 nexthop via 10.0.0.18 dev eth1 weight 1 nexthop via 10.0.0.22 dev eth2 weight 1
ip -n grid.g1-3 -6 route add fd00::/62 via fd00:0:0:2::1 dev eth0
ip -n grid.g1-3 -6 route add fd00:0:0:6::/63 via fd00:0:0:4::2 dev eth1
ip -n grid.g1-3 -6 route add fd00:0:0:8::/64 via fd00:0:0:4::2 dev eth1
ip -n grid.g1-3 -6 route add fd00:0:0:9::/64 nexthop via fd00:0:0:2::1 dev eth0 weight 1 nexthop via fd00:0:0:5::2 dev eth2 weight 1
ip -n grid.g1-3 -6 route add fd00:0:0:a::/64 nexthop via fd00:0:0:2::1 dev eth0 weight 1 nexthop via fd00:0:0:5::2 dev eth2 weight 1
ip -n grid.g1-3 -6 route add fd00:0:0:b::/64 via fd00:0:0:5::2 dev eth2
ip -n grid.g1-3 -6 route add fd00:0:0:c::/64 nexthop via fd00:0:0:2::1 dev eth0 weight 1 nexthop via fd00:0:0:5::2 dev eth2 weight 1
ip -n grid.g1-3 -6 route add fd00:0:0:d::/64 via fd00:0:0:5::2 dev eth2
ip -n grid.g1-3 -6 route add fd00:0:0:e::/64 via fd00:0:0:5::2 dev eth2
ip -n grid.g1-3 -6 route add fd00:0:0:f::/64 nexthop via fd00:0:0:4::2 dev eth1 weight 1 nexthop via fd00:0:0:5::2 dev eth2 weight 1
ip -n grid.g1-3 -6 route add fd00:0:0:10::/63 nexthop via fd00:0:0:4::2 dev eth1 weight 1 nexthop via fd00:0:0:5::2 dev eth2 weight 1
ip -n grid.g1-3 -6 route add fd00:0:0:12::/63 nexthop via fd00:0:0:2::1 dev eth0 weight 1 nexthop via fd00:0:0:5::2 dev eth2 weight 1
ip -n grid.g1-3 -6 route add fd00:0:0:14::/64 via fd00:0:0:5::2 dev eth2
ip -n grid.g1-3 -6 route add fd00:0:0:15::/64 nexthop via fd00:0:0:2::1 dev eth0 weight 1 nexthop via fd00:0:0:5::2 dev eth2 weight 1
ip -n grid.g1-3 -6 route add fd00:0:0:16::/63 via fd00:0:0:5::2 dev eth2
ip -n grid.g1-3 -6 route add fd00:0:0:18::/63 nexthop via fd00:0:0:4::2 dev eth1 weight 1 nexthop via fd00:0:0:5::2 dev eth2 weight 1
ip -n grid.g1-3 -6 route add fd00:0:0:1a::/64 nexthop via fd00:0:0:4::2 dev eth1 weight 1 nexthop via fd00:0:0:5::2 dev eth2 weight 1
ip -n grid.g1-3 -6 route add fd00:0:0:1b::/64 nexthop via fd00:0:0:2::1 dev eth0 weight 1 nexthop via fd00:0:0:5::2 dev eth2 weight 1
ip -n grid.g1-3 -6 route add fd00:0:0:1c::/63 via fd00:0:0:5::2 dev eth2
ip -n grid.g1-3 -6 route add fd00:0:0:1e::/64 nexthop via fd00:0:0:4::2 dev eth1 weight 1 nexthop via fd00:0:0:5::2 dev eth2 weight 1
ip -n grid.g1-3 -6 route add fd00:0:0:ff::1/128 via fd00:0:0:2::1 dev eth0
ip -n grid.g1-3 -6 route add fd00:0:0:ff::2/128 via fd00:0:0:2::1 dev eth0
ip -n grid.g1-3 -6 route add fd00:0:0:ff::4/127 via fd00:0:0:4::2 dev eth1
ip -n grid.g1-3 -6 route add fd00:0:0:ff::6/127 nexthop via fd00:0:0:2::1 dev eth0 weight 1 nexthop via fd00:0:0:5::2 dev eth2 weight 1
ip -n grid.g1-3 -6 route add fd00:0:0:ff::8/128 via fd00:0:0:5::2 dev eth2
ip -n grid.g1-3 -6 route add fd00:0:0:ff::9/128 nexthop via fd00:0:0:4::2 dev eth1 weight 1 nexthop via fd00:0:0:5::2 dev eth2 weight 1
ip -n grid.g1-3 -6 route add fd00:0:0:ff::a/128 nexthop via fd00:0:0:4::2 dev eth1 weight 1 nexthop via fd00:0:0:5::2 dev eth2 weight 1
ip -n grid.g1-3 -6 route add fd00:0:0:ff::b/128 nexthop via fd00:0:0:2::1 dev eth0 weight 1 nexthop via fd00:0:0:5::2 dev eth2 weight 1
ip -n grid.g1-3 -6 route add fd00:0:0:ff::c/128 nexthop via fd00:0:0:2::1 dev eth0 weight 1 nexthop via fd00:0:0:5::2 dev eth2 weight 1
ip -n grid.g1-3 -6 route add fd00:0:0:ff::d/128 via fd00:0:0:5::2 dev eth2
ip -n grid.g1-3 -6 route add fd00:0:0:ff::e/127 nexthop via fd00:0:0:4::2 dev eth1 weight 1 nexthop via fd00:0:0:5::2 dev eth2 weight 1
ip -n grid.g1-3 -6 route add fd00:0:0:ff::10/127 nexthop via fd00:0:0:2::1 dev eth0 weight 1 nexthop via fd00:0:0:5::2 dev eth2 weight 1
ip -n grid.g1-3 -6 route add fd00:0:0:ff::12/128 via fd00:0:0:5::2 dev eth2
ip -n grid.g1-3 -6 route add fd00:0:0:ff::13/128 nexthop via fd00:0:0:4::2 dev eth1 weight 1 nexthop via fd00:0:0:5::2 dev eth2 weight 1
ip -n grid.g1-3 -6 route add fd00:0:0:ff::14/128 nexthop via fd00:0:0:4::2 dev eth1 weight 1 nexthop via fd00:0:0:5::2 dev eth2 weight 1

# g1-4 (line 21)
ip -n grid.g1-4 link set dev lo up
ip -n grid.g1-4 link set dev eth0 up
ip -n grid.g1-4 link set dev eth1 up
ip -n grid.g1-4 link set dev eth2 up
ip -n grid.g1-4 address add 10.255.0.4/32 dev lo
ip -n grid.g1-4 address add fd00:0:0:ff::4/128 dev lo nodad
ip -n grid.g1-4 address add 10.0.0.18/30 dev eth0
ip -n grid.g1-4 address add fd00:0:0:4::2/64 dev eth0 nodad
ip -n grid.g1-4 address add 10.0.0.25/30 dev eth1
ip -n grid.g1-4 address add fd00:0:0:6::1/64 dev eth1 nodad
ip -n grid.g1-4 address add 10.0.0.29/30 dev eth2
ip -n grid.g1-4 address add fd00:0:0:7::1/64 dev eth2 nodad
ip -n grid.g1-4 route add 10.0.0.0/27 via 10.0.0.17 dev eth0
ip -n grid.g1-4 route add 10.0.0.32/30 via 10.0.0.26 dev eth1
ip -n grid.g1-4 route add 10.0.0.36/30 nexthop via 10.0.0.17 dev eth0 weight 1 nexthop via 10.0.0.30 dev eth2 weight 1
ip -n grid.g1-4 route add 10.0.0.40/29 nexthop via 10.0.0.17 dev eth0 weight 1 nexthop via 10.0.0.30 dev eth2 weight 1
ip -n grid.g1-4 route add 10.0.0.48/30 nexthop via 10.0.0.17 dev eth0 weight 1 nexthop via 10.0.0.30 dev eth2 weight 1
ip -n grid.g1-4 route add 10.0.0.52/30 via 10.0.0.30 dev eth2
ip -n grid.g1-4 route add 10.0.0.56/30 nexthop via 10.0.0.17 dev eth0 weight 1 nexthop via 10.0.0.30 dev eth2 weight 1
ip -n grid.g1-4 route add 10.0.0.60/30 via 10.0.0.30 dev eth2
ip -n grid.g1-4 route add 10.0.0.64/30 via 10.0.0.30 dev eth2
ip -n grid.g1-4 route add 10.0.0.68/30 nexthop via 10.0.0.26 dev eth1 weight 1 nexthop via 10.0.0.30 dev eth2 weight 1
ip -n grid.g1-4 route add 10.0.0.72/29 nexthop via 10.0.0.17 dev eth0 weight 1 nexthop via 10.0.0.30 dev eth2 weight 1
ip -n grid.g1-4 route add 10.0.0.80/29 nexthop via 10.0.0.17 dev eth0 weight 1 nexthop via 10.0.0.30 dev eth2 weight 1
ip -n grid.g1-4 route add 10.0.0.88/30 via 10.0.0.30 dev eth2
ip -n grid.g1-4 route add 10.0.0.92/30 nexthop via 10.0.0.17 dev eth0 weight 1 nexthop via 10.0.0.30 dev eth2 weight 1
ip -n grid.g1-4 route add 10.0.0.96/29 via 10.0.0.30 dev eth2
ip -n grid.g1-4 route add 10.0.0.104/30 nexthop via 10.0.0.26 dev eth1 weight 1 nexthop via 10.0.0.30 dev eth2 weight 1
ip -n grid.g1-4 route add 10.0.0.108/30 nexthop via 10.0.0.17 dev eth0 weight 1 nexthop via 10.0.0.30 dev eth2 weight 1
ip -n grid.g1-4 route add 10.0.0.112/30 nexthop via 10.0.0.17 dev eth0 weight 1 nexthop via 10.0.0.30 dev eth2 weight 1
ip -n grid.g1-4 route add 10.0.0.116/30 via 10.0.0.30 dev eth2
ip -n grid.g1-4 route add 10.0.0.120/30 via 10.0.0.30 dev eth2
ip -n grid.g1-4 route add 10.255.0.1/32 via 10.0.0.17 dev eth0
ip -n grid.g1-4 route add 10.255.0.2/31 via 10.0.0.17 dev eth0
ip -n grid.g1-4 route add 10.255.0.5/32 via 10.0.0.26 dev eth1
ip -n grid.g1-4 route add 10.255.0.6/31 nexthop via 10.0.0.17 dev eth0 weight 1 nexthop via 10.0.0.30 dev eth2 weight 1
ip -n grid.g1-4 route add 10.255.0.8/32 nexthop via 10.0.0.17 dev eth0 weight 1 nexthop via 10.0.0.30 dev eth2 weight 1
ip -n grid.g1-4 route add 10.255.0.9/32 via 10.0.0.30 dev eth2
ip -n grid.g1-4 route add 10.255.0.10/32 nexthop via 10.0.0.26 dev eth1 weight 1 nexthop via 10.0.0.30 dev eth2 weight 1
ip -n grid.g1-4 route add 10.255.0.11/32 nexthop via 10.0.0.17 dev eth0 weight 1 nexthop via 10.0.0.30 dev eth2 weight 1
ip -n grid.g1-4 route add 10.255.0.12/31 nexthop via 10.0.0.17 dev eth0 weight 1 nexthop via 10.0.0.30 dev eth2 weight 1
ip -n grid.g1-4 route add 10.255.0.14/32 via 10.0.0.30 dev eth2
ip -n grid.g1-4 route add 10.255.0.15/32 nexthop via 10.0.0.26 dev eth1 weight 1 nexthop via 10.0.0.30 dev eth2 weight 1
ip -n grid.g1-4 route add 10.255.0.16/31 nexthop via 10.0.0.17 dev eth0 weight 1 nexthop via 10.0.0.30 dev eth2 weight 1
ip -n grid.g1-4 route add 10.255.0.18/32 nexthop via 10.0.0.17 dev eth0 weight 1 nexthop via 10.0.0.30 dev eth2 weight 1
ip -n grid.g1-4 route add 10.255.0.19/32 via 10.0.0.30 dev eth2
ip -n grid.g1-4 route add 10.255.0.20/32 nexthop via 10.0.0.26 dev eth1 weight 1 nexthop via 10.0.0.30 dev eth2 weight 1
ip -n grid.g1-4 -6 route add fd00::/61 via fd00:0:0:4::1 dev eth0
ip -n grid.g1-4 -6 route add fd00:0:0:8::/64 via fd00:0:0:6::2 dev eth1
ip -n grid.g1-4 -6 route add fd00:0:0:9::/64 nexthop via fd00:0:0:4::1 dev eth0 weight 1 nexthop via fd00:0:0:7::2 dev eth2 weight 1
ip -n grid.g1-4 -6 route add fd00:0:0:a::/63 nexthop via fd00:0:0:4::1 dev eth0 weight 1 nexthop via fd00:0:0:7::2 dev eth2 weight 1
ip -n grid.g1-4 -6 route add fd00:0:0:c::/64 nexthop via fd00:0:0:4::1 dev eth0 weight 1 nexthop via fd00:0:0:7::2 dev eth2 weight 1
ip -n grid.g1-4 -6 route add fd00:0:0:d::/64 via fd00:0:0:7::2 dev eth2
ip -n grid.g1-4 -6 route add fd00:0:0:e::/64 nexthop via fd00:0:0:4::1 dev eth0 weight 1 nexthop via fd00:0:0:7::2 dev eth2 weight 1
ip -n grid.g1-4 -6 route add fd00:0:0:f::/64 via fd00:0:0:7::2 dev eth2
ip -n grid.g1-4 -6 route add fd00:0:0:10::/64 via fd00:0:0:7::2 dev eth2
ip -n grid.g1-4 -6 route add fd00:0:0:11::/64 nexthop via fd00:0:0:6::2 dev eth1 weight 1 nexthop via fd00:0:0:7::2 dev eth2 weight 1
ip -n grid.g1-4 -6 route add fd00:0:0:12::/63 nexthop via fd00:0:0:4::1 dev eth0 weight 1 nexthop via fd00:0:0:7::2 dev eth2 weight 1
ip -n grid.g1-4 -6 route add fd00:0:0:14::/63 nexthop via fd00:0:0:4::1 dev eth0 weight 1 nexthop via fd00:0:0:7::2 dev eth2 weight 1
ip -n grid.g1-4 -6 route add fd00:0:0:16::/64 via fd00:0:0:7::2 dev eth2
ip -n grid.g1-4 -6 route add fd00:0:0:17::/64 nexthop via fd00:0:0:4::1 dev eth0 weight 1 nexthop via fd00:0:0:7::2 dev eth2 weight 1
ip -n grid.g1-4 -6 route add fd00:0:0:18::/63 via fd00:0:0:7::2 dev eth2
ip -n grid.g1-4 -6 route add fd00:0:0:1a::/64 nexthop via fd00:0:0:6::2 dev eth1 weight 1 nexthop via fd00:0:0:7::2 dev eth2 weight 1
ip -n grid.g1-4 -6 route add fd00:0:0:1b::/64 nexthop via fd00:0:0:4::1 dev eth0 weight 1 nexthop via fd00:0:0:7::2 dev eth2 weight 1
ip -n grid.g1-4 -6 route add fd00:0:0:1c::/64 nexthop via fd00:0:0:4::1 dev eth0 weight 1 nexthop via fd00:0:0:7::2 dev eth2 weight 1
ip -n grid.g1-4 -6 route add fd00:0:0:1d::/64 via fd00:0:0:7::2 dev eth2
ip -n grid.g1-4 -6 route add fd00:0:0:1e::/64 via fd00:0:0:7::2 dev eth2
ip -n grid.g1-4 -6 route add fd00:0:0:ff::1/128 via fd00:0:0:4::1 dev eth0
ip -n grid.g1-4 -6 route add fd00:0:0:ff::2/127 via fd00:0:0:4::1 dev eth0
ip -n grid.g1-4 -6 route add fd00:0:0:ff::5/128 via fd00:0:0:6::2 dev eth1
ip -n grid.g1-4 -6 route add fd00:0:0:ff::6/127 nexthop via fd00:0:0:4::1 dev eth0 weight 1 nexthop via fd00:0:0:7::2 dev eth2 weight 1
ip -n grid.g1-4 -6 route add fd00:0:0:ff::8/128 nexthop via fd00:0:0:4::1 dev eth0 weight 1 nexthop via fd00:0:0:7::2 dev eth2 weight 1
ip -n grid.g1-4 -6 route add fd00:0:0:ff::9/128 via fd00:0:0:7::2 dev eth2
ip -n grid.g1-4 -6 route add fd00:0:0:ff::a/128 nexthop via fd00:0:0:6::2 dev eth1 weight 1 nexthop via fd00:0:0:7::2 dev eth2 weight 1
ip -n grid.g1-4 -6 route add fd00:0:0:ff::b/128 nexthop via fd00:0:0:4::1 dev eth0 weight 1 nexthop via fd00:0:0:7::2 dev eth2 weight 1
ip -n grid.g1-4 -6 route add fd00:0:0:ff::c/127 nexthop via fd00:0:0:4::1 dev eth0 weight 1 nexthop via fd00:0:0:7::2 dev eth2 weight 1
ip -n grid.g1-4 -6 route add fd00:0:0:ff::e/128 via fd00:0:0:7::2 dev eth2
ip -n grid.g1-4 -6 route add fd00:0:0:ff::f/128 nexthop via fd00:0:0:6::2 dev eth1 weight 1 nexthop via fd00:0:0:7::2 dev eth2 weight 1
ip -n grid.g1-4 -6 route add fd00:0:0:ff::10/127 nexthop via fd00:0:0:4::1 dev eth0 weight 1 nexthop via fd00:0:0:7::2 dev eth2 weight 1
ip -n grid.g1-4 -6 route add fd00:0:0:ff::12/128 nexthop via fd00:0:0:4::1 dev eth0 weight 1 nexthop via fd00:0:0:7::2 dev eth2 weight 1
ip -n grid.g1-4 -6 route add fd00:0:0:ff::13/128 via fd00:0:0:7::2 dev eth2
ip -n grid.g1-4 -6 route add fd00:0:0:ff::14/128 nexthop via fd00:0:0:6::2 dev eth1 weight 1 nexthop via fd00:0:0:7::2 dev eth2 weight 1

# g1-5 (line 21)
ip -n grid.g1-5 link set dev lo up
ip -n grid.g1-5 link set dev eth0 up
ip -n grid.g1-5 link set dev eth1 up
ip -n grid.g1-5 address add 10.255.0.5/32 dev lo
ip -n grid.g1-5 address add fd00:0:0:ff::5/128 dev lo nodad
ip -n grid.g1-5 address add 10.0.0.26/30 dev eth0
ip -n grid.g1-5 address add fd00:0:0:6::2/64 dev eth0 nodad
ip -n grid.g1-5 address add 10.0.0.33/30 dev eth1
ip -n grid.g1-5 address add fd00:0:0:8::1/64 dev eth1 nodad
ip -n grid.g1-5 route add 10.0.0.0/27 via 10.0.0.25 dev eth0
ip -n grid.g1-5 route add 10.0.0.32/28 nexthop via 10.0.0.25 dev eth0 weight 1 nexthop via 10.0.0.34 dev eth1 weight 1
ip -n grid.g1-5 route add 10.0.0.48/29 nexthop via 10.0.0.25 dev eth0 weight 1 nexthop via 10.0.0.34 dev eth1 weight 1
ip -n grid.g1-5 route add 10.0.0.56/30 nexthop via 10.0.0.25 dev eth0 weight 1 nexthop via 10.0.0.34 dev eth1 weight 1
ip -n grid.g1-5 route add 10.0.0.60/30 via 10.0.0.34 dev eth1
ip -n grid.g1-5 route add 10.0.0.64/30 nexthop via 10.0.0.25 dev eth0 weight 1 nexthop via 10.0.0.34 dev eth1 weight 1
ip -n grid.g1-5 route add 10.0.0.68/30 via 10.0.0.34 dev eth1
ip -n grid.g1-5 route add 10.0.0.72/29 nexthop via 10.0.0.25 dev eth0 weight 1 nexthop via 10.0.0.34 dev eth1 weight 1
ip -n grid.g1-5 route add 10.0.0.80/28 nexthop via 10.0.0.25 dev eth0 weight 1 nexthop via 10.0.0.34 dev eth1 weight 1
ip -n grid.g1-5 route add 10.0.0.96/30 via 10.0.0.34 dev eth1
ip -n grid.g1-5 route add 10.0.0.100/30 nexthop via 10.0.0.25 dev eth0 weight 1 nexthop via 10.0.0.34 dev eth1 weight 1
ip -n grid.g1-5 route add 10.0.0.104/30 via 10.0.0.34 dev eth1
ip -n grid.g1-5 route add 10.0.0.108/30 nexthop via 10.0.0.25 dev eth0 weight 1 nexthop via 10.0.0.34 dev eth1 weight 1
ip -n grid.g1-5 route add 10.0.0.112/29 nexthop via 10.0.0.25 dev eth0 weight 1 nexthop via 10.0.0.34 dev eth1 weight 1
ip -n grid.g1-5 route add 10.0.0.120/30 via 10.0.0.34 dev eth1
ip -n grid.g1-5 route add 10.255.0.1/32 via 10.0.0.25 dev eth0
ip -n grid.g1-5 route add 10.255.0.2/31 via 10.0.0.25 dev eth0
ip -n grid.g1-5 route add 10.255.0.4/32 via 10.0.0.25 dev eth0
ip -n grid.g1-5 route add 10.255.0.6/31 nexthop via 10.0.0.25 dev eth0 weight 1 nexthop via 10.0.0.34 dev eth1 weight 1
ip -n grid.g1-5 route add 10.255.0.8/31 nexthop via 10.0.0.25 dev eth0 weight 1 nexthop via 10.0.0.34 dev eth1 weight 1
ip -n grid.g1-5 route add 10.255.0.10/32 via 10.0.0.34 dev eth1
ip -n grid.g1-5 route add 10.255.0.11/32 nexthop via 10.0.0.25 dev eth0 weight 1 nexthop via 10.0.0.34 dev eth1 weight 1
ip -n grid.g1-5 route add 10.255.0.12/31 nexthop via 10.0.0.25 dev eth0 weight 1 nexthop via 10.0.0.34 dev eth1 weight 1
ip -n grid.g1-5 route add 10.255.0.14/32 nexthop via 10.0.0.25 dev eth0 weight 1 nexthop via 10.0.0.34 dev eth1 weight 1
ip -n grid.g1-5 route add 10.255.0.15/32 via 10.0.0.34 dev eth1
ip -n grid.g1-5 route add 10.255.0.16/30 nexthop via 10.0.0.25 dev eth0 weight 1 nexthop via 10.0.0.34 dev eth1 weight 1
ip -n grid.g1-5 route add 10.255.0.20/32 via 10.0.0.34 dev eth1
ip -n grid.g1-5 -6 route add fd00::/61 via fd00:0:0:6::1 dev eth0
ip -n grid.g1-5 -6 route add fd00:0:0:8::/62 nexthop via fd00:0:0:6::1 dev eth0 weight 1 nexthop via fd00:0:0:8::2 dev eth1 weight 1
ip -n grid.g1-5 -6 route add fd00:0:0:c::/63 nexthop via fd00:0:0:6::1 dev eth0 weight 1 nexthop via fd00:0:0:8::2 dev eth1 weight 1
ip -n grid.g1-5 -6 route add fd00:0:0:e::/64 nexthop via fd00:0:0:6::1 dev eth0 weight 1 nexthop via fd00:0:0:8::2 dev eth1 weight 1
ip -n grid.g1-5 -6 route add fd00:0:0:f::/64 via fd00:0:0:8::2 dev eth1
ip -n grid.g1-5 -6 route add fd00:0:0:10::/64 nexthop via fd00:0:0:6::1 dev eth0 weight 1 nexthop via fd00:0:0:8::2 dev eth1 weight 1
ip -n grid.g1-5 -6 route add fd00:0:0:11::/64 via fd00:0:0:8::2 dev eth1
ip -n grid.g1-5 -6 route add fd00:0:0:12::/63 nexthop via fd00:0:0:6::1 dev eth0 weight 1 nexthop via fd00:0:0:8::2 dev eth1 weight 1
ip -n grid.g1-5 -6 route add fd00:0:0:14::/62 nexthop via fd00:0:0:6::1 dev eth0 weight 1 nexthop via fd00:0:0:8::2 dev eth1 weight 1
ip -n grid.g1-5 -6 route add fd00:0:0:18::/64 via fd00:0:0:8::2 dev eth1
ip -n grid.g1-5 -6 route add fd00:0:0:19::/64 nexthop via fd00:0:0:6::1 dev eth0 weight 1 nexthop via fd00:0:0:8::2 dev eth1 weight 1
ip -n grid.g1-5 -6 route add fd00:0:0:1a::/64 via fd00:0:0:8::2 dev eth1
ip -n grid.g1-5 -6 route add fd00:0:0:1b::/64 nexthop via fd00:0:0:6::1 dev eth0 weight 1 nexthop via fd00:0:0:8::2 dev eth1 weight 1
ip -n grid.g1-5 -6 route add fd00:0:0:1c::/63 nexthop via fd00:0:0:6::1 dev eth0 weight 1 nexthop via fd00:0:0:8::2 dev eth1 weight 1
ip -n grid.g1-5 -6 route add fd00:0:0:1e::/64 via fd00:0:0:8::2 dev eth1
ip -n grid.g1-5 -6 route add fd00:0:0:ff::1/128 via fd00:0:0:6::1 dev eth0
ip -n grid.g1-5 -6 route add fd00:0:0:ff::2/127 via fd00:0:0:6::1 dev eth0
ip -n grid.g1-5 -6 route add fd00:0:0:ff::4/128 via fd00:0:0:6::1 dev eth0
ip -n grid.g1-5 -6 route add fd00:0:0:ff::6/127 nexthop via fd00:0:0:6::1 dev eth0 weight 1 nexthop via fd00:0:0:8::2 dev eth1 weight 1
ip -n grid.g1-5 -6 route add fd00:0:0:ff::8/127 nexthop via fd00:0:0:6::1 dev eth0 weight 1 nexthop via fd00:0:0:8::2 dev eth1 weight 1
ip -n grid.g1-5 -6 route add fd00:0:0:ff::a/128 via fd00:0:0:8::2 dev eth1
ip -n grid.g1-5 -6 route add fd00:0:0:ff::b/128 nexthop via fd00:0:0:6::1 dev eth0 weight 1 nexthop via fd00:0:0:8::2 dev eth1 weight 1
ip -n grid.g1-5 -6 route add fd00:0:0:ff::c/127 nexthop via fd00:0:0:6::1 dev eth0 weight 1 nexthop via fd00:0:0:8::2 dev eth1 weight 1
ip -n grid.g1-5 -6 route add fd00:0:0:ff::e/128 nexthop via fd00:0:0:6::1 dev eth0 weight 1 nexthop via fd00:0:0:8::2 dev eth1 weight 1
ip -n grid.g1-5 -6 route add fd00:0:0:ff::f/128 via fd00:0:0:8::2 dev eth1
ip -n grid.g1-5 -6 route add fd00:0:0:ff::10/126 nexthop via fd00:0:0:6::1 dev eth0 weight 1 nexthop via fd00:0:0:8::2 dev eth1 weight 1
ip -n grid.g1-5 -6 route add fd00:0:0:ff::14/128 via fd00:0:0:8::2 dev eth1

# g2-1 (line 21)
ip -n grid.g2-1 link set dev lo up
ip -n grid.g2-1 link set dev eth0 up
ip -n grid.g2-1 link set dev eth1 up
ip -n grid.g2-1 link set dev eth2 up
ip -n grid.g2-1 address add 10.255.0.6/32 dev lo
ip -n grid.g2-1 address add fd00:0:0:ff::6/128 dev lo nodad
ip -n grid.g2-1 address add 10.0.0.6/30 dev eth0
ip -n grid.g2-1 address add fd00:0:0:1::2/64 dev eth0 nodad
ip -n grid.g2-1 address add 10.0.0.37/30 dev eth1
ip -n grid.g2-1 address add fd00:0:0:9::1/64 dev eth1 nodad
ip -n grid.g2-1 address add 10.0.0.41/30 dev eth2
ip -n grid.g2-1 address add fd00:0:0:a::1/64 dev eth2 nodad
ip -n grid.g2-1 route add 10.0.0.0/30 via 10.0.0.5 dev eth0
ip -n grid.g2-1 route add 10.0.0.8/30 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.38 dev eth1 weight 1
ip -n grid.g2-1 route add 10.0.0.12/30 via 10.0.0.38 dev eth1
ip -n grid.g2-1 route add 10.0.0.16/30 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.38 dev eth1 weight 1
ip -n grid.g2-1 route add 10.0.0.20/30 via 10.0.0.38 dev eth1
ip -n grid.g2-1 route add 10.0.0.24/30 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.38 dev eth1 weight 1
ip -n grid.g2-1 route add 10.0.0.28/30 via 10.0.0.38 dev eth1
ip -n grid.g2-1 route add 10.0.0.32/27 via 10.0.0.38 dev eth1
ip -n grid.g2-1 route add 10.0.0.64/29 via 10.0.0.38 dev eth1
ip -n grid.g2-1 route add 10.0.0.72/29 via 10.0.0.42 dev eth2
ip -n grid.g2-1 route add 10.0.0.80/28 nexthop via 10.0.0.38 dev eth1 weight 1 nexthop via 10.0.0.42 dev eth2 weight 1
ip -n grid.g2-1 route add 10.0.0.96/29 nexthop via 10.0.0.38 dev eth1 weight 1 nexthop via 10.0.0.42 dev eth2 weight 1
ip -n grid.g2-1 route add 10.0.0.104/30 nexthop via 10.0.0.38 dev eth1 weight 1 nexthop via 10.0.0.42 dev eth2 weight 1
ip -n grid.g2-1 route add 10.0.0.108/30 via 10.0.0.42 dev eth2
ip -n grid.g2-1 route add 10.0.0.112/29 nexthop via 10.0.0.38 dev eth1 weight 1 nexthop via 10.0.0.42 dev eth2 weight 1
ip -n grid.g2-1 route add 10.0.0.120/30 nexthop via 10.0.0.38 dev eth1 weight 1 nexthop via 10.0.0.42 dev eth2 weight 1
ip -n grid.g2-1 route add 10.255.0.1/32 via 10.0.0.5 dev eth0
ip -n grid.g2-1 route add 10.255.0.2/31 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.38 dev eth1 weight 1
ip -n grid.g2-1 route add 10.255.0.4/31 nexthop via 10.0.0.5 dev eth0 weight 1 nexthop via 10.0.0.38 dev eth1 weight 1
ip -n grid.g2-1 route add 10.255.0.7/32 via 10.0.0.38 dev eth1
ip -n grid.g2-1 route add 10.255.0.8/31 via 10.0.0.38 dev eth1
ip -n grid.g2-1 route add 10.255.0.10/32 via 10.0.0.38 dev eth1
ip -n grid.g2-1 route add 10.255.0.11/32 via 10.0.0.42 dev eth2
ip -n grid.g2-1 route add 10.255.0.12/30 nexthop via 10.0.0.38 dev eth1 weight 1 nexthop via 10.0.0.42 dev eth2 weight 1
ip -n grid.g2-1 route add 10.255.0.16/32 via 10.0.0.42 dev eth2
ip -n grid.g2-1 route add 10.255.0.17/32 nexthop via 10.0.0.38 dev eth1 weight 1 nexthop via 10.0.0.42 dev eth2 weight 1
ip -n grid.g2-1 route add 10.255.0.18/31 nexthop via 10.0.0.38 dev eth1 weight 1 nexthop via 10.0.0.42 dev eth2 weight 1
ip -n grid.g2-1 route add 10.255.0.20/32 nexthop via 10.0.0.38 dev eth1 weight 1 nexthop via 10.0.0.42 dev eth2 weight 1
ip -n grid.g2-1 -6 route add fd00::/64 via fd00:0:0:1::1 dev eth0
ip -n grid.g2-1 -6 route add fd00:0:0:2::/64 nexthop via fd00:0:0:1::1 dev eth0 weight 1 nexthop via fd00:0:0:9::2 dev eth1 weight 1
ip -n grid.g2-1 -6 route add fd00:0:0:3::/64 via fd00:0:0:9::2 dev eth1
ip -n grid.g2-1 -6 route add fd00:0:0:4::/64 nexthop via fd00:0:0:1::1 dev eth0 weight 1 nexthop via fd00:0:0:9::2 dev eth1 weight 1
ip -n grid.g2-1 -6 route add fd00:0:0:5::/64 via fd00:0:0:9::2 dev eth1
ip -n grid.g2-1 -6 route add fd00:0:0:6::/64 nexthop via fd00:0:0:1::1 dev eth0 weight 1 nexthop via fd00:0:0:9::2 dev eth1 weight 1
ip -n grid.g2-1 -6 route add fd00:0:0:7::/64 via fd00:0:0:9::2 dev eth1
ip -n grid.g2-1 -6 route add fd00:0:0:8::/61 via fd00:0:0:9::2 dev eth1
ip -n grid.g2-1 -6 route add fd00:0:0:10::/63 via fd00:0:0:9::2 dev eth1
ip -n grid.g2-1 -6 route add fd00:0:0:12::/63 via fd00:0:0:a::2 dev eth2
ip -n grid.g2-1 -6 route add fd00:0:0:14::/62 nexthop via fd00:0:0:9::2 dev eth1 weight 1 nexthop via fd00:0:0:a::2 dev eth2 weight 1
ip -n grid.g2-1 -6 route add fd00:0:0:18::/63 nexthop via fd00:0:0:9::2 dev eth1 weight 1 nexthop via fd00:0:0:a::2 dev eth2 weight 1
ip -n grid.g2-1 -6 route add fd00:0:0:1a::/64 nexthop via fd00:0:0:9::2 dev eth1 weight 1 nexthop via fd00:0:0:a::2 dev eth2 weight 1
ip -n grid.g2-1 -6 route add fd00:0:0:1b::/64 via fd00:0:0:a::2 dev eth2
ip -n grid.g2-1 -6 route add fd00:0:0:1c::/63 nexthop via fd00:0:0:9::2 dev eth1 weight 1 nexthop via fd00:0:0:a::2 dev eth2 weight 1
ip -n grid.g2-1 -6 route add fd00:0:0:1e::/64 nexthop via fd00:0:0:9::2 dev eth1 weight 1 nexthop via fd00:0:0:a::2 dev eth2 weight 1
ip -n grid.g2-1 -6 route add fd00:0:0:ff::1/128 via fd00:0:0:1::1 dev eth0
ip -n grid.g2-1 -6 route add fd00:0:0:ff::2/127 nexthop via fd00:0:0:1::1 dev eth0 weight 1 nexthop via fd00:0:0:9::2 dev eth1 weight 1
ip -n grid.g2-1 -6 route add fd00:0:0:ff::4/127 nexthop via fd00:0:0:1::1 dev eth0 weight 1 nexthop via fd00:0:0:9::2 dev eth1 weight 1
ip -n grid.g2-1 -6 route add fd00:0:0:ff::7/128 via fd00:0:0:9::2 dev eth1
ip -n grid.g2-1 -6 route add fd00:0:0:ff::8/127 via fd00:0:0:9::2 dev eth1
ip -n grid.g2-1 -6 route add fd00:0:0:ff::a/128 via fd00:0:0:9::2 dev eth1
ip -n grid.g2-1 -6 route add fd00:0:0:ff::b/128 via fd00:0:0:a::2 dev eth2
ip -n grid.g2-1 -6 route add fd00:0:0:ff::c/126 nexthop via fd00:0:0:9::2 dev eth1 weight 1 nexthop via fd00:0:0:a::2 dev eth2 weight 1
ip -n grid.g2-1 -6 route add fd00:0:0:ff::10/128 via fd00:0:0:a::2 dev eth2
ip -n grid.g2-1 -6 route add fd00:0:0:ff::11/128 nexthop via fd00:0:0:9::2 dev eth1 weight 1 nexthop via fd00:0:0:a::2 dev eth2 weight 1
ip -n grid.g2-1 -6 route add fd00:0:0:ff::12/127 nexthop via fd00:0:0:9::2 dev eth1 weight 1 nexthop via fd00:0:0:a::2 dev eth2 weight 1
ip -n grid.g2-1 -6 route add fd00:0:0:ff::14/128 nexthop via fd00:0:0:9::2 dev eth1 weight 1 nexthop via fd00:0:0:a::2 dev eth2 weight 1

# g2-2 (line 21)
ip -n grid.g2-2 link set dev lo up
ip -n grid.g2-2 link set dev eth0 up
ip -n grid.g2-2 link set dev eth1 up
ip -n grid.g2-2 link set dev eth2 up
ip -n grid.g2-2 link set dev eth3 up
ip -n grid.g2-2 address add 10.255.0.7/32 dev lo
ip -n grid.g2-2 address add fd00:0:0:ff::7/128 dev lo nodad
ip -n grid.g2-2 address add 10.0.0.14/30 dev eth0
ip -n grid.g2-2 address add fd00:0:0:3::2/64 dev eth0 nodad
ip -n grid.g2-2 address add 10.0.0.38/30 dev eth1
ip -n grid.g2-2 address add fd00:0:0:9::2/64 dev eth1 nodad
ip -n grid.g2-2 address add 10.0.0.45/30 dev eth2
ip -n grid.g2-2 address add fd00:0:0:b::1/64 dev eth2 nodad
ip -n grid.g2-2 address add 10.0.0.49/30 dev eth3
ip -n grid.g2-2 address add fd00:0:0:c::1/64 dev eth3 nodad
ip -n grid.g2-2 route add 10.0.0.0/30 via 10.0.0.13 dev eth0
ip -n grid.g2-2 route add 10.0.0.4/30 via 10.0.0.37 dev eth1
ip -n grid.g2-2 route add 10.0.0.8/30 via 10.0.0.13 dev eth0
ip -n grid.g2-2 route add 10.0.0.16/30 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.46 dev eth2 weight 1
ip -n grid.g2-2 route add 10.0.0.20/30 via 10.0.0.46 dev eth2
ip -n grid.g2-2 route add 10.0.0.24/30 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.46 dev eth2 weight 1
ip -n grid.g2-2 route add 10.0.0.28/30 via 10.0.0.46 dev eth2
ip -n grid.g2-2 route add 10.0.0.32/30 via 10.0.0.46 dev eth2
ip -n grid.g2-2 route add 10.0.0.40/30 via 10.0.0.37 dev eth1
ip -n grid.g2-2 route add 10.0.0.48/28 via 10.0.0.46 dev eth2
ip -n grid.g2-2 route add 10.0.0.64/29 via 10.0.0.46 dev eth2
ip -n grid.g2-2 route add 10.0.0.72/30 via 10.0.0.50 dev eth3
ip -n grid.g2-2 route add 10.0.0.76/30 nexthop via 10.0.0.37 dev eth1 weight 1 nexthop via 10.0.0.50 dev eth3 weight 1
ip -n grid.g2-2 route add 10.0.0.80/29 via 10.0.0.50 dev eth3
ip -n grid.g2-2 route add 10.0.0.88/29 nexthop via 10.0.0.46 dev eth2 weight 1 nexthop via 10.0.0.50 dev eth3 weight 1
ip -n grid.g2-2 route add 10.0.0.96/29 nexthop via 10.0.0.46 dev eth2 weight 1 nexthop via 10.0.0.50 dev eth3 weight 1
ip -n grid.g2-2 route add 10.0.0.104/30 nexthop via 10.0.0.46 dev eth2 weight 1 nexthop via 10.0.0.50 dev eth3 weight 1
ip -n grid.g2-2 route add 10.0.0.108/30 via 10.0.0.50 dev eth3
ip -n grid.g2-2 route add 10.0.0.112/30 via 10.0.0.50 dev eth3
ip -n grid.g2-2 route add 10.0.0.116/30 nexthop via 10.0.0.46 dev eth2 weight 1 nexthop via 10.0.0.50 dev eth3 weight 1
ip -n grid.g2-2 route add 10.0.0.120/30 nexthop via 10.0.0.46 dev eth2 weight 1 nexthop via 10.0.0.50 dev eth3 weight 1
ip -n grid.g2-2 route add 10.255.0.1/32 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.37 dev eth1 weight 1
ip -n grid.g2-2 route add 10.255.0.2/32 via 10.0.0.13 dev eth0
ip -n grid.g2-2 route add 10.255.0.3/32 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.46 dev eth2 weight 1
ip -n grid.g2-2 route add 10.255.0.4/31 nexthop via 10.0.0.13 dev eth0 weight 1 nexthop via 10.0.0.46 dev eth2 weight 1
ip -n grid.g2-2 route add 10.255.0.6/32 via 10.0.0.37 dev eth1
ip -n grid.g2-2 route add 10.255.0.8/31 via 10.0.0.46 dev eth2
ip -n grid.g2-2 route add 10.255.0.10/32 via 10.0.0.46 dev eth2
ip -n grid.g2-2 route add 10.255.0.11/32 nexthop via 10.0.0.37 dev eth1 weight 1 nexthop via 10.0.0.50 dev eth3 weight 1
ip -n grid.g2-2 route add 10.255.0.12/32 via 10.0.0.50 dev eth3
ip -n grid.g2-2 route add 10.255.0.13/32 nexthop via 10.0.0.46 dev eth2 weight 1 nexthop via 10.0.0.50 dev eth3 weight 1
ip -n grid.g2-2 route add 10.255.0.14/31 nexthop via 10.0.0.46 dev eth2 weight 1 nexthop via 10.0.0.50 dev eth3 weight 1
ip -n grid.g2-2 route add 10.255.0.16/32 nexthop via 10.0.0.37 dev eth1 weight 1 nexthop via 10.0.0.50 dev eth3 weight 1
ip -n grid.g2-2 route add 10.255.0.17/32 via 10.0.0.50 dev eth3
ip -n grid.g2-2 route add 10.255.0.18/31 nexthop via 10.0.0.46 dev eth2 weight 1 nexthop via 10.0.0.50 dev eth3 weight 1
ip -n grid.g2-2 route add 10.255.0.20/32 nexthop via 10.0.0.46 dev eth2 weight 1 nexthop via 10.0.0.50 dev eth3 weight 1
ip -n grid.g2-2 -6 route add fd00::/64 via fd00:0:0:3::1 dev eth0
ip -n grid.g2-2 -6 route add fd00:0:0:1::/64 via fd00:0:0:9::1 dev eth1
ip -n grid.g2-2 -6 route add fd00:0:0:2::/64 via fd00:0:0:3::1 dev eth0
ip -n grid.g2-2 -6 route add fd00:0:0:4::/64 nexthop via fd00:0:0:3::1 dev eth0 weight 1 nexthop via fd00:0:0:b::2 dev eth2 weight 1
ip -n grid.g2-2 -6 route add fd00:0:0:5::/64 via fd00:0:0:b::2 dev eth2
ip -n grid.g2-2 -6 route add fd00:0:0:6::/64 nexthop via fd00:0:0:3::1 dev eth0 weight 1 nexthop via fd00:0:0:b::2 dev eth2 weight 1
ip -n grid.g2-2 -6 route add fd00:0:0:7::/64 via fd00:0:0:b::2 dev eth2
ip -n grid.g2-2 -6 route add fd00:0:0:8::/64 via fd00:0:0:b::2 dev eth2
ip -n grid.g2-2 -6 route add fd00:0:0:a::/64 via fd00:0:0:9::1 dev eth1
ip -n grid.g2-2 -6 route add fd00:0:0:c::/62 via fd00:0:0:b::2 dev eth2
ip -n grid.g2-2 -6 route add fd00:0:0:10::/63 via fd00:0:0:b::2 dev eth2
ip -n grid.g2-2 -6 route add fd00:0:0:12::/64 via fd00:0:0:c::2 dev eth3
ip -n grid.g2-2 -6 route add fd00:0:0:13::/64 nexthop via fd00:0:0:9::1 dev eth1 weight 1 nexthop via fd00:0:0:c::2 dev eth3 weight 1
ip -n grid.g2-2 -6 route add fd00:0:0:14::/63 via fd00:0:0:c::2 dev eth3
ip -n grid.g2-2 -6 route add fd00:0:0:16::/63 nexthop via fd00:0:0:b::2 dev eth2 weight 1 nexthop via fd00:0:0:c::2 dev eth3 weight 1
ip -n grid.g2-2 -6 route add fd00:0:0:18::/63 nexthop via fd00:0:0:b::2 dev eth2 weight 1 nexthop via fd00:0:0:c::2 dev eth3 weight 1
ip -n grid.g2-2 -6 route add fd00:0:0:1a::/64 nexthop via fd00:0:0:b::2 dev eth2 weight 1 nexthop via fd00:0:0:c::2 dev eth3 weight 1
ip -n grid.g2-2 -6 route add fd00:0:0:1b::/64 via fd00:0:0:c::2 dev eth3
ip -n grid.g2-2 -6 route add fd00:0:0:1c::/64 via fd00:0:0:c::2 dev eth3
ip -n grid.g2-2 -6 route add fd00:0:0:1d::/64 nexthop via fd00:0:0:b::2 dev eth2 weight 1 nexthop via fd00:0:0:c::2 dev eth3 weight 1
ip -n grid.g2-2 -6 route add fd00:0:0:1e::/64 nexthop via fd00:0:0:b::2 dev eth2 weight 1 nexthop via fd00:0:0:c::2 dev eth3 weight 1
ip -n grid.g2-2 -6 route add fd00:0:0:ff::1/128 nexthop via fd00:0:0:3::1 dev eth0 weight 1 nexthop via fd00:0:0:9::1 dev eth1 weight 1
ip -n grid.g2-2 -6 route add fd00:0:0:ff::2/128 via fd00:0:0:3::1 dev eth0
ip -n grid.g2-2 -6 route add fd00:0:0:ff::3/128 nexthop via fd00:0:0:3::1 dev eth0 weight 1 nexthop via fd00:0:0:b::2 dev eth2 weight 1
ip -n grid.g2-2 -6 route add fd00:0:0:ff::4/127 nexthop via fd00:0:0:3::1 dev eth0 weight 1 nexthop via fd00:0:0:b::2 dev eth2 weight 1
ip -n grid.g2-2 -6 route add fd00:0:0:ff::6/128 via fd00:0:0:9::1 dev eth1
ip -n grid.g2-2 -6 route add fd00:0:0:ff::8/127 via fd00:0:0:b::2 dev eth2
ip -n grid.g2-2 -6 route add fd00:0:0:ff::a/128 via fd00:0:0:b::2 dev eth2
ip -n grid.g2-2 -6 route add fd00:0:0:ff::b/128 nexthop via fd00:0:0:9::1 dev eth1 weight 1 nexthop via fd00:0:0:c::2 dev eth3 weight 1
ip -n grid.g2-2 -6 route add fd00:0:0:ff::c/128 via fd00:0:0:c::2 dev eth3
ip -n grid.g2-2 -6 route add fd00:0:0:ff::d/128 nexthop via fd00:0:0:b::2 dev eth2 weight 1 nexthop via fd00:0:0:c::2 dev eth3 weight 1
ip -n grid.g2-2 -6 route add fd00:0:0:ff::e/127 nexthop via fd00:0:0:b::2 dev eth2 weight 1 nexthop via fd00:0:0:c::2 dev eth3 weight 1
ip -n grid.g2-2 -6 route add fd00:0:0:ff::10/128 nexthop via fd00:0:0:9::1 dev eth1 weight 1 nexthop via fd00:0:0:c::2 dev eth3 weight 1
ip -n grid.g2-2 -6 route add fd00:0:0:ff::11/128 via fd00:0:0:c::2 dev eth3
ip -n grid.g2-2 -6 route add fd00:0:0:ff::12/127 nexthop via fd00:0:0:b::2 dev eth2 weight 1 nexthop via fd00:0:0:c::2 dev eth3 weight 1
ip -n grid.g2-2 -6 route add fd00:0:0:ff::14/128 nexthop via fd00:0:0:b::2 dev eth2 weight 1 nexthop via fd00:0:0:c::2 dev eth3 weight 1

# g2-3 (line 21)
ip -n grid.g2-3 link set dev lo up
ip -n grid.g2-3 link set dev eth0 up
ip -n grid.g2-3 link set dev eth1 up
ip -n grid.g2-3 link set dev eth2 up
ip -n grid.g2-3 link set dev eth3 up
ip -n grid.g2-3 address add 10.255.0.8/32 dev lo
ip -n grid.g2-3 address add fd00:0:0:ff::8/128 dev lo nodad
ip -n grid.g2-3 address add 10.0.0.22/30 dev eth0
ip -n grid.g2-3 address add fd00:0:0:5::2/64 dev eth0 nodad
ip -n grid.g2-3 address add 10.0.0.46/30 dev eth1
ip -n grid.g2-3 address add fd00:0:0:b::2/64 dev eth1 nodad
ip -n grid.g2-3 address add 10.0.0.53/30 dev eth2
ip -n grid.g2-3 address add fd00:0:0:d::1/64 dev eth2 nodad
ip -n grid.g2-3 address add 10.0.0.57/30 dev eth3
ip -n grid.g2-3 address add fd00:0:0:e::1/64 dev eth3 nodad
ip -n grid.g2-3 route add 10.0.0.0/30 nexthop via 10.0.0.21 dev eth0 weight 1 nexthop via 10.0.0.45 dev eth1 weight 1
ip -n grid.g2-3 route add 10.0.0.4/30 via 10.0.0.45 dev eth1
ip -n grid.g2-3 route add 10.0.0.8/30 via 10.0.0.21 dev eth0
ip -n grid.g2-3 route add 10.0.0.12/30 via 10.0.0.45 dev eth1
ip -n grid.g2-3 route add 10.0.0.16/30 via 10.0.0.21 dev eth0
ip -n grid.g2-3 route add 10.0.0.24/30 nexthop via 10.0.0.21 dev eth0 weight 1 nexthop via 10.0.0.54 dev eth2 weight 1
ip -n grid.g2-3 route add 10.0.0.28/30 via 10.0.0.54 dev eth2
ip -n grid.g2-3 route add 10.0.0.32/30 via 10.0.0.54 dev eth2
ip -n grid.g2-3 route add 10.0.0.36/30 via 10.0.0.45 dev eth1
ip -n grid.g2-3 route add 10.0.0.40/30 via 10.0.0.45 dev eth1
ip -n grid.g2-3 route add 10.0.0.48/30 via 10.0.0.45 dev eth1
ip -n grid.g2-3 route add 10.0.0.60/30 via 10.0.0.54 dev eth2
ip -n grid.g2-3 route add 10.0.0.64/29 via 10.0.0.54 dev eth2
ip -n grid.g2-3 route add 10.0.0.72/29 nexthop via 10.0.0.45 dev eth1 weight 1 nexthop via 10.0.0.58 dev eth3 weight 1
ip -n grid.g2-3 route add 10.0.0.80/30 via 10.0.0.58 dev eth3
ip -n grid.g2-3 route add 10.0.0.84/30 nexthop via 10.0.0.45 dev eth1 weight 1 nexthop via 10.0.0.58 dev eth3 weight 1
ip -n grid.g2-3 route add 10.0.0.88/29 via 10.0.0.58 dev eth3
ip -n grid.g2-3 route add 10.0.0.96/29 nexthop via 10.0.0.54 dev eth2 weight 1 nexthop via 10.0.0.58 dev eth3 weight 1
ip -n grid.g2-3 route add 10.0.0.104/30 nexthop via 10.0.0.54 dev eth2 weight 1 nexthop via 10.0.0.58 dev eth3 weight 1
ip -n grid.g2-3 route add 10.0.0.108/30 nexthop via 10.0.0.45 dev eth1 weight 1 nexthop via 10.0.0.58 dev eth3 weight 1
ip -n grid.g2-3 route add 10.0.0.112/29 via 10.0.0.58 dev eth3
ip -n grid.g2-3 route add 10.0.0.120/30 nexthop via 10.0.0.54 dev eth2 weight 1 nexthop via 10.0.0.58 dev eth3 weight 1
ip -n grid.g2-3 route add 10.255.0.1/32 nexthop via 10.0.0.21 dev eth0 weight 1 nexthop via 10.0.0.45 dev eth1 weight 1
ip -n grid.g2-3 route add 10.255.0.2/32 nexthop via 10.0.0.21 dev eth0 weight 1 nexthop via 10.0.0.45 dev eth1 weight 1
ip -n grid.g2-3 route add 10.255.0.3/32 via 10.0.0.21 dev eth0
ip -n grid.g2-3 route add 10.255.0.4/31 nexthop via 10.0.0.21 dev eth0 weight 1 nexthop via 10.0.0.54 dev eth2 weight 1
ip -n grid.g2-3 route add 10.255.0.6/31 via 10.0.0.45 dev eth1
ip -n grid.g2-3 route add 10.255.0.9/32 via 10.0.0.54 dev eth2
ip -n grid.g2-3 route add 10.255.0.10/32 via 10.0.0.54 dev eth2
ip -n grid.g2-3 route add 10.255.0.11/32 nexthop via 10.0.0.45 dev eth1 weight 1 nexthop via 10.0.0.58 dev eth3 weight 1
ip -n grid.g2-3 route add 10.255.0.12/32 nexthop via 10.0.0.45 dev eth1 weight 1 nexthop via 10.0.0.58 dev eth3 weight 1
ip -n grid.g2-3 route add 10.255.0.13/32 via 10.0.0.58 dev eth3
ip -n grid.g2-3 route add 10.255.0.14/31 nexthop via 10.0.0.54 dev eth2 weight 1 nexthop via 10.0.0.58 dev eth3 weight 1
ip -n grid.g2-3 route add 10.255.0.16/31 nexthop via 10.0.0.45 dev eth1 weight 1 nexthop via 10.0.0.58 dev eth3 weight 1
ip -n grid.g2-3 route add 10.255.0.18/32 via 10.0.0.58 dev eth3
ip -n grid.g2-3 route add 10.255.0.19/32 nexthop via 10.0.0.54 dev eth2 weight 1 nexthop via 10.0.0.58 dev eth3 weight 1
ip -n grid.g2-3 route add 10.255.0.20/32 nexthop via 10.0.0.54 dev eth2 weight 1 nexthop via 10.0.0.58 dev eth3 weight 1
ip -n grid.g2-3 -6 route add fd00::/64 nexthop via fd00:0:0:5::1 dev eth0 weight 1 nexthop via fd00:0:0:b::1 dev eth1 weight 1
ip -n grid.g2-3 -6 route add fd00:0:0:1::/64 via fd00:0:0:b::1 dev eth1
ip -n grid.g2-3 -6 route add fd00:0:0:2::/64 via fd00:0:0:5::1 dev eth0
ip -n grid.g2-3 -6 route add fd00:0:0:3::/64 via fd00:0:0:b::1 dev eth1
ip -n grid.g2-3 -6 route add fd00:0:0:4::/64 via fd00:0:0:5::1 dev eth0
ip -n grid.g2-3 -6 route add fd00:0:0:6::/64 nexthop via fd00:0:0:5::1 dev eth0 weight 1 nexthop via fd00:0:0:d::2 dev eth2 weight 1
ip -n grid.g2-3 -6 route add fd00:0:0:7::/64 via fd00:0:0:d::2 dev eth2
ip -n grid.g2-3 -6 route add fd00:0:0:8::/64 via fd00:0:0:d::2 dev eth2
ip -n grid.g2-3 -6 route add fd00:0:0:9::/64 via fd00:0:0:b::1 dev eth1
ip -n grid.g2-3 -6 route add fd00:0:0:a::/64 via fd00:0:0:b::1 dev eth1
ip -n grid.g2-3 -6 route add fd00:0:0:c::/64 via fd00:0:0:b::1 dev eth1
ip -n grid.g2-3 -6 route add fd00:0:0:f::/64 via fd00:0:0:d::2 dev eth2
ip -n grid.g2-3 -6 route add fd00:0:0:10::/63 via fd00:0:0:d::2 dev eth2
ip -n grid.g2-3 -6 route add fd00:0:0:12::/63 nexthop via fd00:0:0:b::1 dev eth1 weight 1 nexthop via fd00:0:0:e::2 dev eth3 weight 1
ip -n grid.g2-3 -6 route add fd00:0:0:14::/64 via fd00:0:0:e::2 dev eth3
ip -n grid.g2-3 -6 route add fd00:0:0:15::/64 nexthop via fd00:0:0:b::1 dev eth1 weight 1 nexthop via fd00:0:0:e::2 dev eth3 weight 1
ip -n grid.g2-3 -6 route add fd00:0:0:16::/63 via fd00:0:0:e::2 dev eth3
ip -n grid.g2-3 -6 route add fd00:0:0:18::/63 nexthop via fd00:0:0:d::2 dev eth2 weight 1 nexthop via fd00:0:0:e::2 dev eth3 weight 1
ip -n grid.g2-3 -6 route add fd00:0:0:1a::/64 nexthop via fd00:0:0:d::2 dev eth2 weight 1 nexthop via fd00:0:0:e::2 dev eth3 weight 1
ip -n grid.g2-3 -6 route add fd00:0:0:1b::/64 nexthop via fd00:0:0:b::1 dev eth1 weight 1 nexthop via fd00:0:0:e::2 dev eth3 weight 1
ip -n grid.g2-3 -6 route add fd00:0:0:1c::/63 via fd00:0:0:e::2 dev eth3
ip -n grid.g2-3 -6 route add fd00:0:0:1e::/64 nexthop via fd00:0:0:d::2 dev eth2 weight 1 nexthop via fd00:0:0:e::2 dev eth3 weight 1
ip -n grid.g2-3 -6 route add fd00:0:0:ff::1/128 nexthop via fd00:0:0:5::1 dev eth0 weight 1 nexthop via fd00:0:0:b::1 dev eth1 weight 1
ip -n grid.g2-3 -6 route add fd00:0:0:ff::2/128 nexthop via fd00:0:0:5::1 dev eth0 weight 1 nexthop via fd00:0:0:b::1 dev eth1 weight 1
ip -n grid.g2-3 -6 route add fd00:0:0:ff::3/128 via fd00:0:0:5::1 dev eth0
ip -n grid.g2-3 -6 route add fd00:0:0:ff::4/127 nexthop via fd00:0:0:5::1 dev eth0 weight 1 nexthop via fd00:0:0:d::2 dev eth2 weight 1
ip -n grid.g2-3 -6 route add fd00:0:0:ff::6/127 via fd00:0:0:b::1 dev eth1
ip -n grid.g2-3 -6 route add fd00:0:0:ff::9/128 via fd00:0:0:d::2 dev eth2
ip -n grid.g2-3 -6 route add fd00:0:0:ff::a/128 via fd00:0:0:d::2 dev eth2
ip -n grid.g2-3 -6 route add fd00:0:0:ff::b/128 nexthop via fd00:0:0:b::1 dev eth1 weight 1 nexthop via fd00:0:0:e::2 dev eth3 weight 1
ip -n grid.g2-3 -6 route add fd00:0:0:ff::c/128 nexthop via fd00:0:0:b::1 dev eth1 weight 1 nexthop via fd00:0:0:e::2 dev eth3 weight 1
ip -n grid.g2-3 -6 route add fd00:0:0:ff::d/128 via fd00:0:0:e::2 dev eth3
ip -n grid.g2-3 -6 route add fd00:0:0:ff::e/127 nexthop via fd00:0:0:d::2 dev eth2 weight 1 nexthop via fd00:0:0:e::2 dev eth3 weight 1
ip -n grid.g2-3 -6 route add fd00:0:0:ff::10/127 nexthop via fd00:0:0:b::1 dev eth1 weight 1 nexthop via fd00:0:0:e::2 dev eth3 weight 1
ip -n grid.g2-3 -6 route add fd00:0:0:ff::12/128 via fd00:0:0:e::2 dev eth3
ip -n grid.g2-3 -6 route add fd00:0:0:ff::13/128 nexthop via fd00:0:0:d::2 dev eth2 weight 1 nexthop via fd00:0:0:e::2 dev eth3 weight 1
ip -n grid.g2-3 -6 route add fd00:0:0:ff::14/128 nexthop via fd00:0:0:d::2 dev eth2 weight 1 nexthop via fd00:0:0:e::2 dev eth3 weight 1

# g2-4 (line 21)
ip -n grid.g2-4 link set dev lo up
ip -n grid.g2-4 link set dev eth0 up
ip -n grid.g2-4 link set dev eth1 up
ip -n grid.g2-4 link set dev eth2 up
ip -n grid.g2-4 link set dev eth3 up
ip -n grid.g2-4 address add 10.255.0.9/32 dev lo
ip -n grid.g2-4 address add fd00:0:0:ff::9/128 dev lo nodad
ip -n grid.g2-4 address add 10.0.0.30/30 dev eth0
ip -n grid.g2-4 address add fd00:0:0:7::2/64 dev eth0 nodad
ip -n grid.g2-4 address add 10.0.0.54/30 dev eth1
ip -n grid.g2-4 address add fd00:0:0:d::2/64 dev eth1 nodad
ip -n grid.g2-4 address add 10.0.0.61/30 dev eth2
ip -n grid.g2-4 address add fd00:0:0:f::1/64 dev eth2 nodad
ip -n grid.g2-4 address add 10.0.0.65/30 dev eth3
ip -n grid.g2-4 address add fd00:0:0:10::1/64 dev eth3 nodad
ip -n grid.g2-4 route add 10.0.0.0/30 nexthop via 10.0.0.29 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1
ip -n grid.g2-4 route add 10.0.0.4/30 via 10.0.0.53 dev eth1
ip -n grid.g2-4 route add 10.0.0.8/30 nexthop via 10.0.0.29 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1
ip -n grid.g2-4 route add 10.0.0.12/30 via 10.0.0.53 dev eth1
ip -n grid.g2-4 route add 10.0.0.16/30 via 10.0.0.29 dev eth0
ip -n grid.g2-4 route add 10.0.0.20/30 via 10.0.0.53 dev eth1
ip -n grid.g2-4 route add 10.0.0.24/30 via 10.0.0.29 dev eth0
ip -n grid.g2-4 route add 10.0.0.32/30 via 10.0.0.62 dev eth2
ip -n grid.g2-4 route add 10.0.0.36/30 via 10.0.0.53 dev eth1
ip -n grid.g2-4 route add 10.0.0.40/29 via 10.0.0.53 dev eth1
ip -n grid.g2-4 route add 10.0.0.48/28 via 10.0.0.53 dev eth1
ip -n grid.g2-4 route add 10.0.0.68/30 via 10.0.0.62 dev eth2
ip -n grid.g2-4 route add 10.0.0.72/29 nexthop via 10.0.0.53 dev eth1 weight 1 nexthop via 10.0.0.66 dev eth3 weight 1
ip -n grid.g2-4 route add 10.0.0.80/29 nexthop via 10.0.0.53 dev eth1 weight 1 nexthop via 10.0.0.66 dev eth3 weight 1
ip -n grid.g2-4 route add 10.0.0.88/30 via 10.0.0.66 dev eth3
ip -n grid.g2-4 route add 10.0.0.92/30 nexthop via 10.0.0.53 dev eth1 weight 1 nexthop via 10.0.0.66 dev eth3 weight 1
ip -n grid.g2-4 route add 10.0.0.96/29 via 10.0.0.66 dev eth3
ip -n grid.g2-4 route add 10.0.0.104/30 nexthop via 10.0.0.62 dev eth2 weight 1 nexthop via 10.0.0.66 dev eth3 weight 1
ip -n grid.g2-4 route add 10.0.0.108/30 nexthop via 10.0.0.53 dev eth1 weight 1 nexthop via 10.0.0.66 dev eth3 weight 1
ip -n grid.g2-4 route add 10.0.0.112/30 nexthop via 10.0.0.53 dev eth1 weight 1 nexthop via 10.0.0.66 dev eth3 weight 1
ip -n grid.g2-4 route add 10.0.0.116/30 via 10.0.0.66 dev eth3
ip -n grid.g2-4 route add 10.0.0.120/30 via 10.0.0.66 dev eth3
ip -n grid.g2-4 route add 10.255.0.1/32 nexthop via 10.0.0.29 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1
ip -n grid.g2-4 route add 10.255.0.2/31 nexthop via 10.0.0.29 dev eth0 weight 1 nexthop via 10.0.0.53 dev eth1 weight 1
ip -n grid.g2-4 route add 10.255.0.4/32 via 10.0.0.29 dev eth0
ip -n grid.g2-4 route add 10.255.0.5/32 nexthop via 10.0.0.29 dev eth0 weight 1 nexthop via 10.0.0.62 dev eth2 weight 1
ip -n grid.g2-4 route add 10.255.0.6/31 via 10.0.0.53 dev eth1
ip -n grid.g2-4 route add 10.255.0.8/32 via 10.0.0.53 dev eth1
ip -n grid.g2-4 route add 10.255.0.10/32 via 10.0.0.62 dev eth2
ip -n grid.g2-4 route add 10.255.0.11/32 nexthop via 10.0.0.53 dev eth1 weight 1 nexthop via 10.0.0.66 dev eth3 weight 1
ip -n grid.g2-4 route add 10.255.0.12/31 nexthop via 10.0.0.53 dev eth1 weight 1 nexthop via 10.0.0.66 dev eth3 weight 1
ip -n grid.g2-4 route add 10.255.0.14/32 via 10.0.0.66 dev eth3
ip -n grid.g2-4 route add 10.255.0.15/32 nexthop via 10.0.0.62 dev eth2 weight 1 nexthop via 10.0.0.66 dev eth3 weight 1
ip -n grid.g2-4 route add 10.255.0.16/31 nexthop via 10.0.0.53 dev eth1 weight 1 nexthop via 10.0.0.66 dev eth3 weight 1
ip -n grid.g2-4 route add 10.255.0.18/32 nexthop via 10.0.0.53 dev eth1 weight 1 nexthop via 10.0.0.66 dev eth3 weight 1
ip -n grid.g2-4 route add 10.255.0.19/32 via 10.0.0.66 dev eth3
ip -n grid.g2-4 route add 10.255.0.20/32 nexthop via 10.0.0.62 dev eth2 weight 1 nexthop via 10.0.0.66 dev eth3 weight 1
ip -n grid.g2-4 -6 route add fd00::/64 nexthop via fd00:0:0:7::1 dev eth0 weight 1 nexthop via fd00:0:0:d::1 dev eth1 weight 1
ip -n grid.g2-4 -6 route add fd00:0:0:1::/64 via fd00:0:0:d::1 dev eth1
ip -n grid.g2-4 -6 route add fd00:0:0:2::/64 nexthop via fd00:0:0:7::1 dev eth0 weight 1 nexthop via fd00:0:0:d::1 dev eth1 weight 1
ip -n grid.g2-4 -6 route add fd00:0:0:3::/64 via fd00:0:0:d::1 dev eth1
ip -n grid.g2-4 -6 route add fd00:0:0:4::/64 via fd00:0:0:7::1 dev eth0
ip -n grid.g2-4 -6 route add fd00:0:0:5::/64 via fd00:0:0:d::1 dev eth1
ip -n grid.g2-4 -6 route add fd00:0:0:6::/64 via fd00:0:0:7::1 dev eth0
ip -n grid.g2-4 -6 route add fd00:0:0:8::/64 via fd00:0:0:f::2 dev eth2
ip -n grid.g2-4 -6 route add fd00:0:0:9::/64 via fd00:0:0:d::1 dev eth1
ip -n grid.g2-4 -6 route add fd00:0:0:a::/63 via fd00:0:0:d::1 dev eth1
ip -n grid.g2-4 -6 route add fd00:0:0:c::/62 via fd00:0:0:d::1 dev eth1
ip -n grid.g2-4 -6 route add fd00:0:0:11::/64 via fd00:0:0:f::2 dev eth2
ip -n grid.g2-4 -6 route add fd00:0:0:12::/63 nexthop via fd00:0:0:d::1 dev eth1 weight 1 nexthop via fd00:0:0:10::2 dev eth3 weight 1
ip -n grid.g2-4 -6 route add fd00:0:0:14::/63 nexthop via fd00:0:0:d::1 dev eth1 weight 1 nexthop via fd00:0:0:10::2 dev eth3 weight 1
ip -n grid.g2-4 -6 route add fd00:0:0:16::/64 via fd00:0:0:10::2 dev eth3
ip -n grid.g2-4 -6 route add fd00:0:0:17::/64 nexthop via fd00:0:0:d::1 dev eth1 weight 1 nexthop via fd00:0:0:10::2 dev eth3 weight 1
ip -n grid.g2-4 -6 route add fd00:0:0:18::/63 via fd00:0:0:10::2 dev eth3
ip -n grid.g2-4 -6 route add fd00:0:0:1a::/64 nexthop via fd00:0:0:f::2 dev eth2 weight 1 nexthop via fd00:0:0:10::2 dev eth3 weight 1
ip -n grid.g2-4 -6 route add fd00:0:0:1b::/64 nexthop via fd00:0:0:d::1 dev eth1 weight 1 nexthop via fd00:0:0:10::2 dev eth3 weight 1
ip -n grid.g2-4 -6 route add fd00:0:0:1c::/64 nexthop via fd00:0:0:d::1 dev eth1 weight 1 nexthop via fd00:0:0:10::2 dev eth3 weight 1
ip -n grid.g2-4 -6 route add fd00:0:0:1d::/64 via fd00:0:0:10::2 dev eth3
ip -n grid.g2-4 -6 route add fd00:0:0:1e::/64 via fd00:0:0:10::2 dev eth3
ip -n grid.g2-4 -6 route add fd00:0:0:ff::1/128 nexthop via fd00:0:0:7::1 dev eth0 weight 1 nexthop via fd00:0:0:d::1 dev eth1 weight 1
ip -n grid.g2-4 -6 route add fd00:0:0:ff::2/127 nexthop via fd00:0:0:7::1 dev eth0 weight 1 nexthop via fd00:0:0:d::1 dev eth1 weight 1
ip -n grid.g2-4 -6 route add fd00:0:0:ff::4/128 via fd00:0:0:7::1 dev eth0
ip -n grid.g2-4 -6 route add fd00:0:0:ff::5/128 nexthop via fd00:0:0:7::1 dev eth0 weight 1 nexthop via fd00:0:0:f::2 dev eth2 weight 1
ip -n grid.g2-4 -6 route add fd00:0:0:ff::6/127 via fd00:0:0:d::1 dev eth1
ip -n grid.g2-4 -6 route add fd00:0:0:ff::8/128 via fd00:0:0:d::1 dev eth1
ip -n grid.g2-4 -6 route add fd00:0:0:ff::a/128 via fd00:0:0:f::2 dev eth2
ip -n grid.g2-4 -6 route add fd00:0:0:ff::b/128 nexthop via fd00:0:0:d::1 dev eth1 weight 1 nexthop via fd00:0:0:10::2 dev eth3 weight 1
ip -n grid.g2-4 -6 route add fd00:0:0:ff::c/127 nexthop via fd00:0:0:d::1 dev eth1 weight 1 nexthop via fd00:0:0:10::2 dev eth3 weight 1
ip -n grid.g2-4 -6 route add fd00:0:0:ff::e/128 via fd00:0:0:10::2 dev eth3
ip -n grid.g2-4 -6 route add fd00:0:0:ff::f/128 nexthop via fd00:0:0:f::2 dev eth2 weight 1 nexthop via fd00:0:0:10::2 dev eth3 weight 1
ip -n grid.g2-4 -6 route add fd00:0:0:ff::10/127 nexthop via fd00:0:0:d::1 dev eth1 weight 1 nexthop via fd00:0:0:10::2 dev eth3 weight 1
ip -n grid.g2-4 -6 route add fd00:0:0:ff::12/128 nexthop via fd00:0:0:d::1 dev eth1 weight 1 nexthop via fd00:0:0:10::2 dev eth3 weight 1
ip -n grid.g2-4 -6 route add fd00:0:0:ff::13/128 via fd00:0:0:10::2 dev eth3
ip -n grid.g2-4 -6 route add fd00:0:0:ff::14/128 nexthop via fd00:0:0:f::2 dev eth2 weight 1 nexthop via fd00:0:0:10::2 dev eth3 weight 1

# g2-5 (line 21)
ip -n grid.g2-5 link set dev lo up
ip -n grid.g2-5 link set dev eth0 up
ip -n grid.g2-5 link set dev eth1 up
ip -n grid.g2-5 link set dev eth2 up
ip -n grid.g2-5 address add 10.255.0.10/32 dev lo
ip -n grid.g2-5 address add fd00:0:0:ff::a/128 dev lo nodad
ip -n grid.g2-5 address add 10.0.0.34/30 dev eth0
ip -n grid.g2-5 address add fd00:0:0:8::2/64 dev eth0 nodad
ip -n grid.g2-5 address add 10.0.0.62/30 dev eth1
ip -n grid.g2-5 address add fd00:0:0:f::2/64 dev eth1 nodad
ip -n grid.g2-5 address add 10.0.0.69/30 dev eth2
ip -n grid.g2-5 address add fd00:0:0:11::1/64 dev eth2 nodad
ip -n grid.g2-5 route add 10.0.0.0/30 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1
ip -n grid.g2-5 route add 10.0.0.4/30 via 10.0.0.61 dev eth1
ip -n grid.g2-5 route add 10.0.0.8/30 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1
ip -n grid.g2-5 route add 10.0.0.12/30 via 10.0.0.61 dev eth1
ip -n grid.g2-5 route add 10.0.0.16/30 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1
ip -n grid.g2-5 route add 10.0.0.20/30 via 10.0.0.61 dev eth1
ip -n grid.g2-5 route add 10.0.0.24/30 via 10.0.0.33 dev eth0
ip -n grid.g2-5 route add 10.0.0.28/30 via 10.0.0.61 dev eth1
ip -n grid.g2-5 route add 10.0.0.32/27 via 10.0.0.61 dev eth1
ip -n grid.g2-5 route add 10.0.0.64/30 via 10.0.0.61 dev eth1
ip -n grid.g2-5 route add 10.0.0.72/29 nexthop via 10.0.0.61 dev eth1 weight 1 nexthop via 10.0.0.70 dev eth2 weight 1
ip -n grid.g2-5 route add 10.0.0.80/28 nexthop via 10.0.0.61 dev eth1 weight 1 nexthop via 10.0.0.70 dev eth2 weight 1
ip -n grid.g2-5 route add 10.0.0.96/30 via 10.0.0.70 dev eth2
ip -n grid.g2-5 route add 10.0.0.100/30 nexthop via 10.0.0.61 dev eth1 weight 1 nexthop via 10.0.0.70 dev eth2 weight 1
ip -n grid.g2-5 route add 10.0.0.104/30 via 10.0.0.70 dev eth2
ip -n grid.g2-5 route add 10.0.0.108/30 nexthop via 10.0.0.61 dev eth1 weight 1 nexthop via 10.0.0.70 dev eth2 weight 1
ip -n grid.g2-5 route add 10.0.0.112/29 nexthop via 10.0.0.61 dev eth1 weight 1 nexthop via 10.0.0.70 dev eth2 weight 1
ip -n grid.g2-5 route add 10.0.0.120/30 via 10.0.0.70 dev eth2
ip -n grid.g2-5 route add 10.255.0.1/32 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1
ip -n grid.g2-5 route add 10.255.0.2/31 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1
ip -n grid.g2-5 route add 10.255.0.4/32 nexthop via 10.0.0.33 dev eth0 weight 1 nexthop via 10.0.0.61 dev eth1 weight 1
ip -n grid.g2-5 route add 10.255.0.5/32 via 10.0.0.33 dev eth0
ip -n grid.g2-5 route add 10.255.0.6/31 via 10.0.0.61 dev eth1
ip -n grid.g2-5 route add 10.255.0.8/31 via 10.0.0.61 dev eth1
ip -n grid.g2-5 route add 10.255.0.11/32 nexthop via 10.0.0.61 dev eth1 weight 1 nexthop via 10.0.0.70 dev eth2 weight 1
ip -n grid.g2-5 route add 10.255.0.12/31 nexthop via 10.0.0.61 dev eth1 weight 1 nexthop via 10.0.0.70 dev eth2 weight 1
ip -n grid.g2-5 route add 10.255.0.14/32 nexthop via 10.0.0.61 dev eth1 weight 1 nexthop via 10.0.0.70 dev eth2 weight 1
ip -n grid.g2-5 route add 10.255.0.15/32 via 10.0.0.70 dev eth2
ip -n grid.g2-5 route add 10.255.0.16/30 nexthop via 10.0.0.61 dev eth1 weight 1 nexthop via 10.0.0.70 dev eth2 weight 1
ip -n grid.g2-5 route add 10.255.0.20/32 via 10.0.0.70 dev eth2
ip -n grid.g2-5 -6 route add fd00::/64 nexthop via fd00:0:0:8::1 dev eth0 weight 1 nexthop via fd00:0:0:f::1 dev eth1 weight 1
ip -n grid.g2-5 -6 route add fd00:0:0:1::/64 via fd00:0:0:f::1 dev eth1
ip -n grid.g2-5 -6 route add fd00:0:0:2::/64 nexthop via fd00:0:0:8::1 dev eth0 weight 1 nexthop via fd00:0:0:f::1 dev eth1 weight 1
ip -n grid.g2-5 -6 route add fd00:0:0:3::/64 via fd00:0:0:f::1 dev eth1
ip -n grid.g2-5 -6 route add fd00:0:0:4::/64 nexthop via fd00:0:0:8::1 dev eth0 weight 1 nexthop via fd00:0:0:f::1 dev eth1 weight 1
ip -n grid.g2-5 -6 route add fd00:0:0:5::/64 via fd00:0:0:f::1 dev eth1
ip -n grid.g2-5 -6 route add fd00:0:0:6::/64 via fd00:0:0:8::1 dev eth0
ip -n grid.g2-5 -6 route add fd00:0:0:7::/64 via fd00:0:0:f::1 dev eth1
ip -n grid.g2-5 -6 route add fd00:0:0:8::/61 via fd00:0:0:f::1 dev eth1
ip -n grid.g2-5 -6 route add fd00:0:0:10::/64 via fd00:0:0:f::1 dev eth1
ip -n grid.g2-5 -6 route add fd00:0:0:12::/63 nexthop via fd00:0:0:f::1 dev eth1 weight 1 nexthop via fd00:0:0:11::2 dev eth2 weight 1
ip -n grid.g2-5 -6 route add fd00:0:0:14::/62 nexthop via fd00:0:0:f::1 dev eth1 weight 1 nexthop via fd00:0:0:11::2 dev eth2 weight 1
ip -n grid.g2-5 -6 route add fd00:0:0:18::/64 via fd00:0:0:11::2 dev eth2
ip -n grid.g2-5 -6 route add fd00:0:0:19::/64 nexthop via fd00:0:0:f::1 dev eth1 weight 1 nexthop via fd00:0:0:11::2 dev eth2 weight 1
ip -n grid.g2-5 -6 route add fd00:0:0:1a::/64 via fd00:0:0:11::2 dev eth2
ip -n grid.g2-5 -6 route add fd00:0:0:1b::/64 nexthop via fd00:0:0:f::1 dev eth1 weight 1 nexthop via fd00:0:0:11::2 dev eth2 weight 1
ip -n grid.g2-5 -6 route add fd00:0:0:1c::/63 nexthop via fd00:0:0:f::1 dev eth1 weight 1 nexthop via fd00:0:0:11::2 dev eth2 weight 1
ip -n grid.g2-5 -6 route add fd00:0:0:1e::/64 via fd00:0:0:11::2 dev eth2
ip -n grid.g2-5 -6 route add fd00:0:0:ff::1/128 nexthop via fd00:0:0:8::1 dev eth0 weight 1 nexthop via fd00:0:0:f::1 dev eth1 weight 1
ip -n grid.g2-5 -6 route add fd00:0:0:ff::2/127 nexthop via fd00:0:0:8::1 dev eth0 weight 1 nexthop via fd00:0:0:f::1 dev eth1 weight 1
ip -n grid.g2-5 -6 route add fd00:0:0:ff::4/128 nexthop via fd00:0:0:8::1 dev eth0 weight 1 nexthop via fd00:0:0:f::1 dev eth1 weight 1
ip -n grid.g2-5 -6 route add fd00:0:0:ff::5/128 via fd00:0:0:8::1 dev eth0
ip -n grid.g2-5 -6 route add fd00:0:0:ff::6/127 via fd00:0:0:f::1 dev eth1
ip -n grid.g2-5 -6 route add fd00:0:0:ff::8/127 via fd00:0:0:f::1 dev eth1
ip -n grid.g2-5 -6 route add fd00:0:0:ff::b/128 nexthop via fd00:0:0:f::1 dev eth1 weight 1 nexthop via fd00:0:0:11::2 dev eth2 weight 1
ip -n grid.g2-5 -6 route add fd00:0:0:ff::c/127 nexthop via fd00:0:0:f::1 dev eth1 weight 1 nexthop via fd00:0:0:11::2 dev eth2 weight 1
ip -n grid.g2-5 -6 route add fd00:0:0:ff::e/128 nexthop via fd00:0:0:f::1 dev eth1 weight 1 nexthop via fd00:0:0:11::2 dev eth2 weight 1
ip -n grid.g2-5 -6 route add fd00:0:0:ff::f/128 via fd00:0:0:11::2 dev eth2
ip -n grid.g2-5 -6 route add fd00:0:0:ff::10/126 nexthop via fd00:0:0:f::1 dev eth1 weight 1 nexthop via fd00:0:0:11::2 dev eth2 weight 1
ip -n grid.g2-5 -6 route add fd00:0:0:ff::14/128 via fd00:0:0:11::2 dev eth2

# g3-1 (line 21)
ip -n grid.g3-1 link set dev lo up
ip -n grid.g3-1 link set dev eth0 up
ip -n grid.g3-1 link set dev eth1 up
ip -n grid.g3-1 link set dev eth2 up
ip -n grid.g3-1 address add 10.255.0.11/32 dev lo
ip -n grid.g3-1 address add fd00:0:0:ff::b/128 dev lo nodad
ip -n grid.g3-1 address add 10.0.0.42/30 dev eth0
ip -n grid.g3-1 address add fd00:0:0:a::2/64 dev eth0 nodad
ip -n grid.g3-1 address add 10.0.0.73/30 dev eth1
ip -n grid.g3-1 address add fd00:0:0:12::1/64 dev eth1 nodad
ip -n grid.g3-1 address add 10.0.0.77/30 dev eth2
ip -n grid.g3-1 address add fd00:0:0:13::1/64 dev eth2 nodad
ip -n grid.g3-1 route add 10.0.0.0/29 via 10.0.0.41 dev eth0
ip -n grid.g3-1 route add 10.0.0.8/29 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.74 dev eth1 weight 1
ip -n grid.g3-1 route add 10.0.0.16/28 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.74 dev eth1 weight 1
ip -n grid.g3-1 route add 10.0.0.32/30 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.74 dev eth1 weight 1
ip -n grid.g3-1 route add 10.0.0.36/30 via 10.0.0.41 dev eth0
ip -n grid.g3-1 route add 10.0.0.44/30 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.74 dev eth1 weight 1
ip -n grid.g3-1 route add 10.0.0.48/30 via 10.0.0.74 dev eth1
ip -n grid.g3-1 route add 10.0.0.52/30 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.74 dev eth1 weight 1
ip -n grid.g3-1 route add 10.0.0.56/30 via 10.0.0.74 dev eth1
ip -n grid.g3-1 route add 10.0.0.60/30 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.74 dev eth1 weight 1
ip -n grid.g3-1 route add 10.0.0.64/27 via 10.0.0.74 dev eth1
ip -n grid.g3-1 route add 10.0.0.96/29 via 10.0.0.74 dev eth1
ip -n grid.g3-1 route add 10.0.0.104/30 via 10.0.0.74 dev eth1
ip -n grid.g3-1 route add 10.0.0.108/30 via 10.0.0.78 dev eth2
ip -n grid.g3-1 route add 10.0.0.112/29 nexthop via 10.0.0.74 dev eth1 weight 1 nexthop via 10.0.0.78 dev eth2 weight 1
ip -n grid.g3-1 route add 10.0.0.120/30 nexthop via 10.0.0.74 dev eth1 weight 1 nexthop via 10.0.0.78 dev eth2 weight 1
ip -n grid.g3-1 route add 10.255.0.1/32 via 10.0.0.41 dev eth0
ip -n grid.g3-1 route add 10.255.0.2/31 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.74 dev eth1 weight 1
ip -n grid.g3-1 route add 10.255.0.4/31 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.74 dev eth1 weight 1
ip -n grid.g3-1 route add 10.255.0.6/32 via 10.0.0.41 dev eth0
ip -n grid.g3-1 route add 10.255.0.7/32 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.74 dev eth1 weight 1
ip -n grid.g3-1 route add 10.255.0.8/30 nexthop via 10.0.0.41 dev eth0 weight 1 nexthop via 10.0.0.74 dev eth1 weight 1
ip -n grid.g3-1 route add 10.255.0.12/30 via 10.0.0.74 dev eth1
ip -n grid.g3-1 route add 10.255.0.16/32 via 10.0.0.78 dev eth2
ip -n grid.g3-1 route add 10.255.0.17/32 nexthop via 10.0.0.74 dev eth1 weight 1 nexthop via 10.0.0.78 dev eth2 weight 1
ip -n grid.g3-1 route add 10.255.0.18/31 nexthop via 10.0.0.74 dev eth1 weight 1 nexthop via 10.0.0.78 dev eth2 weight 1
ip -n grid.g3-1 route add 10.255.0.20/32 nexthop via 10.0.0.74 dev eth1 weight 1 nexthop via 10.0.0.78 dev eth2 weight 1
ip -n grid.g3-1 -6 route add fd00::/63 via fd00:0:0:a::1 dev eth0
ip -n grid.g3-1 -6 route add fd00:0:0:2::/63 nexthop via fd00:0:0:a::1 dev eth0 weight 1 nexthop via fd00:0:0:12::2 dev eth1 weight 1
ip -n grid.g3-1 -6 route add fd00:0:0:4::/62 nexthop via fd00:0:0:a::1 dev eth0 weight 1 nexthop via fd00:0:0:12::2 dev eth1 weight 1
ip -n grid.g3-1 -6 route add fd00:0:0:8::/64 nexthop via fd00:0:0:a::1 dev eth0 weight 1 nexthop via fd00:0:0:12::2 dev eth1 weight 1
ip -n grid.g3-1 -6 route add fd00:0:0:9::/64 via fd00:0:0:a::1 dev eth0
ip -n grid.g3-1 -6 route add fd00:0:0:b::/64 nexthop via fd00:0:0:a::1 dev eth0 weight 1 nexthop via fd00:0:0:12::2 dev eth1 weight 1
ip -n grid.g3-1 -6 route add fd00:0:0:c::/64 via fd00:0:0:12::2 dev eth1
ip -n grid.g3-1 -6 route add fd00:0:0:d::/64 nexthop via fd00:0:0:a::1 dev eth0 weight 1 nexthop via fd00:0:0:12::2 dev eth1 weight 1
ip -n grid.g3-1 -6 route add fd00:0:0:e::/64 via fd00:0:0:12::2 dev eth1
ip -n grid.g3-1 -6 route add fd00:0:0:f::/64 nexthop via fd00:0:0:a::1 dev eth0 weight 1 nexthop via fd00:0:0:12::2 dev eth1 weight 1
ip -n grid.g3-1 -6 route add fd00:0:0:10::/61 via fd00:0:0:12::2 dev eth1
ip -n grid.g3-1 -6 route add fd00:0:0:18::/63 via fd00:0:0:12::2 dev eth1
ip -n grid.g3-1 -6 route add fd00:0:0:1a::/64 via fd00:0:0:12::2 dev eth1
ip -n grid.g3-1 -6 route add fd00:0:0:1b::/64 via fd00:0:0:13::2 dev eth2
ip -n grid.g3-1 -6 route add fd00:0:0:1c::/63 nexthop via fd00:0:0:12::2 dev eth1 weight 1 nexthop via fd00:0:0:13::2 dev eth2 weight 1
ip -n grid.g3-1 -6 route add fd00:0:0:1e::/64 nexthop via fd00:0:0:12::2 dev eth1 weight 1 nexthop via fd00:0:0:13::2 dev eth2 weight 1
ip -n grid.g3-1 -6 route add fd00:0:0:ff::1/128 via fd00:0:0:a::1 dev eth0
ip -n grid.g3-1 -6 route add fd00:0:0:ff::2/127 nexthop via fd00:0:0:a::1 dev eth0 weight 1 nexthop via fd00:0:0:12::2 dev eth1 weight 1
ip -n grid.g3-1 -6 route add fd00:0:0:ff::4/127 nexthop via fd00:0:0:a::1 dev eth0 weight 1 nexthop via fd00:0:0:12::2 dev eth1 weight 1
ip -n grid.g3-1 -6 route add fd00:0:0:ff::6/128 via fd00:0:0:a::1 dev eth0
ip -n grid.g3-1 -6 route add fd00:0:0:ff::7/128 nexthop via fd00:0:0:a::1 dev eth0 weight 1 nexthop via fd00:0:0:12::2 dev eth1 weight 1
ip -n grid.g3-1 -6 route add fd00:0:0:ff::8/126 nexthop via fd00:0:0:a::1 dev eth0 weight 1 nexthop via fd00:0:0:12::2 dev eth1 weight 1
ip -n grid.g3-1 -6 route add fd00:0:0:ff::c/126 via fd00:0:0:12::2 dev eth1
ip -n grid.g3-1 -6 route add fd00:0:0:ff::10/128 via fd00:0:0:13::2 dev eth2
ip -n grid.g3-1 -6 route add fd00:0:0:ff::11/128 nexthop via fd00:0:0:12::2 dev eth1 weight 1 nexthop via fd00:0:0:13::2 dev eth2 weight 1
ip -n grid.g3-1 -6 route add fd00:0:0:ff::12/127 nexthop via fd00:0:0:12::2 dev eth1 weight 1 nexthop via fd00:0:0:13::2 dev eth2 weight 1
ip -n grid.g3-1 -6 route add fd00:0:0:ff::14/128 nexthop via fd00:0:0:12::2 dev eth1 weight 1 nexthop via fd00:0:0:13::2 dev eth2 weight 1

# g3-2 (line 21)
ip -n grid.g3-2 link set dev lo up
ip -n grid.g3-2 link set dev eth0 up
ip -n grid.g3-2 link set dev eth1 up
ip -n grid.g3-2 link set dev eth2 up
ip -n grid.g3-2 link set dev eth3 up
ip -n grid.g3-2 address add 10.255.0.12/32 dev lo
ip -n grid.g3-2 address add fd00:0:0:ff::c/128 dev lo nodad
ip -n grid.g3-2 address add 10.0.0.50/30 dev eth0
ip -n grid.g3-2 address add fd00:0:0:c::2/64 dev eth0 nodad
ip -n grid.g3-2 address add 10.0.0.74/30 dev eth1
ip -n grid.g3-2 address add fd00:0:0:12::2/64 dev eth1 nodad
ip -n grid.g3-2 address add 10.0.0.81/30 dev eth2
ip -n grid.g3-2 address add fd00:0:0:14::1/64 dev eth2 nodad
ip -n grid.g3-2 address add 10.0.0.85/30 dev eth3
ip -n grid.g3-2 address add fd00:0:0:15::1/64 dev eth3 nodad
ip -n grid.g3-2 route add 10.0.0.0/30 via 10.0.0.49 dev eth0
ip -n grid.g3-2 route add 10.0.0.4/30 nexthop via 10.0.0.49 dev eth0 weight 1 nexthop via 10.0.0.73 dev eth1 weight 1
ip -n grid.g3-2 route add 10.0.0.8/29 via 10.0.0.49 dev eth0
ip -n grid.g3-2 route add 10.0.0.16/28 nexthop via 10.0.0.49 dev eth0 weight 1 nexthop via 10.0.0.82 dev eth2 weight 1
ip -n grid.g3-2 route add 10.0.0.32/30 nexthop via 10.0.0.49 dev eth0 weight 1 nexthop via 10.0.0.82 dev eth2 weight 1
ip -n grid.g3-2 route add 10.0.0.36/30 via 10.0.0.49 dev eth0
ip -n grid.g3-2 route add 10.0.0.40/30 via 10.0.0.73 dev eth1
ip -n grid.g3-2 route add 10.0.0.44/30 via 10.0.0.49 dev eth0
ip -n grid.g3-2 route add 10.0.0.52/30 nexthop via 10.0.0.49 dev eth0 weight 1 nexthop via 10.0.0.82 dev eth2 weight 1
ip -n grid.g3-2 route add 10.0.0.56/30 via 10.0.0.82 dev eth2
ip -n grid.g3-2 route add 10.0.0.60/30 nexthop via 10.0.0.49 dev eth0 weight 1 nexthop via 10.0.0.82 dev eth2 weight 1
ip -n grid.g3-2 route add 10.0.0.64/29 via 10.0.0.82 dev eth2
ip -n grid.g3-2 route add 10.0.0.76/30 via 10.0.0.73 dev eth1
ip -n grid.g3-2 route add 10.0.0.88/29 via 10.0.0.82 dev eth2
ip -n grid.g3-2 route add 10.0.0.96/29 via 10.0.0.82 dev eth2
ip -n grid.g3-2 route add 10.0.0.104/30 via 10.0.0.82 dev eth2
ip -n grid.g3-2 route add 10.0.0.108/30 via 10.0.0.86 dev eth3
ip -n grid.g3-2 route add 10.0.0.112/30 via 10.0.0.86 dev eth3
ip -n grid.g3-2 route add 10.0.0.116/30 nexthop via 10.0.0.82 dev eth2 weight 1 nexthop via 10.0.0.86 dev eth3 weight 1
ip -n grid.g3-2 route add 10.0.0.120/30 nexthop via 10.0.0.82 dev eth2 weight 1 nexthop via 10.0.0.86 dev eth3 weight 1
ip -n grid.g3-2 route add 10.255.0.1/32 nexthop via 10.0.0.49 dev eth0 weight 1 nexthop via 10.0.0.73 dev eth1 weight 1
ip -n grid.g3-2 route add 10.255.0.2/32 via 10.0.0.49 dev eth0
ip -n grid.g3-2 route add 10.255.0.3/32 nexthop via 10.0.0.49 dev eth0 weight 1 nexthop via 10.0.0.82 dev eth2 weight 1
ip -n grid.g3-2 route add 10.255.0.4/31 nexthop via 10.0.0.49 dev eth0 weight 1 nexthop via 10.0.0.82 dev eth2 weight 1
ip -n grid.g3-2 route add 10.255.0.6/32 nexthop via 10.0.0.49 dev eth0 weight 1 nexthop via 10.0.0.73 dev eth1 weight 1
ip -n grid.g3-2 route add 10.255.0.7/32 via 10.0.0.49 dev eth0
ip -n grid.g3-2 route add 10.255.0.8/31 nexthop via 10.0.0.49 dev eth0 weight 1 nexthop via 10.0.0.82 dev eth2 weight 1
ip -n grid.g3-2 route add 10.255.0.10/32 nexthop via 10.0.0.49 dev eth0 weight 1 nexthop via 10.0.0.82 dev eth2 weight 1
ip -n grid.g3-2 route add 10.255.0.11/32 via 10.0.0.73 dev eth1
ip -n grid.g3-2 route add 10.255.0.12/30 via 10.0.0.82 dev eth2
ip -n grid.g3-2 route add 10.255.0.16/32 nexthop via 10.0.0.73 dev eth1 weight 1 nexthop via 10.0.0.86 dev eth3 weight 1
ip -n grid.g3-2 route add 10.255.0.17/32 via 10.0.0.86 dev eth3
ip -n grid.g3-2 route add 10.255.0.18/31 nexthop via 10.0.0.82 dev eth2 weight 1 nexthop via 10.0.0.86 dev eth3 weight 1
ip -n grid.g3-2 route add 10.255.0.20/32 nexthop via 10.0.0.82 dev eth2 weight 1 nexthop via 10.0.0.86 dev eth3 weight 1
ip -n grid.g3-2 -6 route add fd00::/64 via fd00:0:0:c::1 dev eth0
ip -n grid.g3-2 -6 route add fd00:0:0:1::/64 nexthop via fd00:0:0:c::1 dev eth0 weight 1 nexthop via fd00:0:0:12::1 dev eth1 weight 1
ip -n grid.g3-2 -6 route add fd00:0:0:2::/63 via fd00:0:0:c::1 dev eth0
ip -n grid.g3-2 -6 route add fd00:0:0:4::/62 nexthop via fd00:0:0:c::1 dev eth0 weight 1 nexthop via fd00:0:0:14::2 dev eth2 weight 1
ip -n grid.g3-2 -6 route add fd00:0:0:8::/64 nexthop via fd00:0:0:c::1 dev eth0 weight 1 nexthop via fd00:0:0:14::2 dev eth2 weight 1
ip -n grid.g3-2 -6 route add fd00:0:0:9::/64 via fd00:0:0:c::1 dev eth0
ip -n grid.g3-2 -6 route add fd00:0:0:a::/64 via fd00:0:0:12::1 dev eth1
ip -n grid.g3-2 -6 route add fd00:0:0:b::/64 via fd00:0:0:c::1 dev eth0
ip -n grid.g3-2 -6 route add fd00:0:0:d::/64 nexthop via fd00:0:0:c::1 dev eth0 weight 1 nexthop via fd00:0:0:14::2 dev eth2 weight 1
ip -n grid.g3-2 -6 route add fd00:0:0:e::/64 via fd00:0:0:14::2 dev eth2
ip -n grid.g3-2 -6 route add fd00:0:0:f::/64 nexthop via fd00:0:0:c::1 dev eth0 weight 1 nexthop via fd00:0:0:14::2 dev eth2 weight 1
ip -n grid.g3-2 -6 route add fd00:0:0:10::/63 via fd00:0:0:14::2 dev eth2
ip -n grid.g3-2 -6 route add fd00:0:0:13::/64 via fd00:0:0:12::1 dev eth1
ip -n grid.g3-2 -6 route add fd00:0:0:16::/63 via fd00:0:0:14::2 dev eth2
ip -n grid.g3-2 -6 route add fd00:0:0:18::/63 via fd00:0:0:14::2 dev eth2
ip -n grid.g3-2 -6 route add fd00:0:0:1a::/64 via fd00:0:0:14::2 dev eth2
ip -n grid.g3-2 -6 route add fd00:0:0:1b::/64 via fd00:0:0:15::2 dev eth3
ip -n grid.g3-2 -6 route add fd00:0:0:1c::/64 via fd00:0:0:15::2 dev eth3
ip -n grid.g3-2 -6 route add fd00:0:0:1d::/64 nexthop via fd00:0:0:14::2 dev eth2 weight 1 nexthop via fd00:0:0:15::2 dev eth3 weight 1
ip -n grid.g3-2 -6 route add fd00:0:0:1e::/64 nexthop via fd00:0:0:14::2 dev eth2 weight 1 nexthop via fd00:0:0:15::2 dev eth3 weight 1
ip -n grid.g3-2 -6 route add fd00:0:0:ff::1/128 nexthop via fd00:0:0:c::1 dev eth0 weight 1 nexthop via fd00:0:0:12::1 dev eth1 weight 1
ip -n grid.g3-2 -6 route add fd00:0:0:ff::2/128 via fd00:0:0:c::1 dev eth0
ip -n grid.g3-2 -6 route add fd00:0:0:ff::3/128 nexthop via fd00:0:0:c::1 dev eth0 weight 1 nexthop via fd00:0:0:14::2 dev eth2 weight 1
ip -n grid.g3-2 -6 route add fd00:0:0:ff::4/127 nexthop via fd00:0:0:c::1 dev eth0 weight 1 nexthop via fd00:0:0:14::2 dev eth2 weight 1
ip -n grid.g3-2 -6 route add fd00:0:0:ff::6/128 nexthop via fd00:0:0:c::1 dev eth0 weight 1 nexthop via fd00:0:0:12::1 dev eth1 weight 1
ip -n grid.g3-2 -6 route add fd00:0:0:ff::7/128 via fd00:0:0:c::1 dev eth0
ip -n grid.g3-2 -6 route add fd00:0:0:ff::8/127 nexthop via fd00:0:0:c::1 dev eth0 weight 1 nexthop via fd00:0:0:14::2 dev eth2 weight 1
ip -n grid.g3-2 -6 route add fd00:0:0:ff::a/128 nexthop via fd00:0:0:c::1 dev eth0 weight 1 nexthop via fd00:0:0:14::2 dev eth2 weight 1
ip -n grid.g3-2 -6 route add fd00:0:0:ff::b/128 via fd00:0:0:12::1 dev eth1
ip -n grid.g3-2 -6 route add fd00:0:0:ff::c/126 via fd00:0:0:14::2 dev eth2
ip -n grid.g3-2 -6 route add fd00:0:0:ff::10/128 nexthop via fd00:0:0:12::1 dev eth1 weight 1 nexthop via fd00:0:0:15::2 dev eth3 weight 1
ip -n grid.g3-2 -6 route add fd00:0:0:ff::11/128 via fd00:0:0:15::2 dev eth3
ip -n grid.g3-2 -6 route add fd00:0:0:ff::12/127 nexthop via fd00:0:0:14::2 dev eth2 weight 1 nexthop via fd00:0:0:15::2 dev eth3 weight 1
ip -n grid.g3-2 -6 route add fd00:0:0:ff::14/128 nexthop via fd00:0:0:14::2 dev eth2 weight 1 nexthop via fd00:0:0:15::2 dev eth3 weight 1

# g3-3 (line 21)
ip -n grid.g3-3 link set dev lo up
ip -n grid.g3-3 link set dev eth0 up
ip -n grid.g3-3 link set dev eth1 up
ip -n grid.g3-3 link set dev eth2 up
ip -n grid.g3-3 link set dev eth3 up
ip -n grid.g3-3 address add 10.255.0.13/32 dev lo
ip -n grid.g3-3 address add fd00:0:0:ff::d/128 dev lo nodad
ip -n grid.g3-3 address add 10.0.0.58/30 dev eth0
ip -n grid.g3-3 address add fd00:0:0:e::2/64 dev eth0 nodad
ip -n grid.g3-3 address add 10.0.0.82/30 dev eth1
ip -n grid.g3-3 address add fd00:0:0:14::2/64 dev eth1 nodad
ip -n grid.g3-3 address add 10.0.0.89/30 dev eth2
ip -n grid.g3-3 address add fd00:0:0:16::1/64 dev eth2 nodad
ip -n grid.g3-3 address add 10.0.0.93/30 dev eth3
ip -n grid.g3-3 address add fd00:0:0:17::1/64 dev eth3 nodad
ip -n grid.g3-3 route add 10.0.0.0/29 nexthop via 10.0.0.57 dev eth0 weight 1 nexthop via 10.0.0.81 dev eth1 weight 1
ip -n grid.g3-3 route add 10.0.0.8/30 via 10.0.0.57 dev eth0
ip -n grid.g3-3 route add 10.0.0.12/30 nexthop via 10.0.0.57 dev eth0 weight 1 nexthop via 10.0.0.81 dev eth1 weight 1
ip -n grid.g3-3 route add 10.0.0.16/29 via 10.0.0.57 dev eth0
ip -n grid.g3-3 route add 10.0.0.24/29 nexthop via 10.0.0.57 dev eth0 weight 1 nexthop via 10.0.0.90 dev eth2 weight 1
ip -n grid.g3-3 route add 10.0.0.32/30 nexthop via 10.0.0.57 dev eth0 weight 1 nexthop via 10.0.0.90 dev eth2 weight 1
ip -n grid.g3-3 route add 10.0.0.36/30 nexthop via 10.0.0.57 dev eth0 weight 1 nexthop via 10.0.0.81 dev eth1 weight 1
ip -n grid.g3-3 route add 10.0.0.40/30 via 10.0.0.81 dev eth1
ip -n grid.g3-3 route add 10.0.0.44/30 via 10.0.0.57 dev eth0
ip -n grid.g3-3 route add 10.0.0.48/30 via 10.0.0.81 dev eth1
ip -n grid.g3-3 route add 10.0.0.52/30 via 10.0.0.57 dev eth0
ip -n grid.g3-3 route add 10.0.0.60/30 nexthop via 10.0.0.57 dev eth0 weight 1 nexthop via 10.0.0.90 dev eth2 weight 1
ip -n grid.g3-3 route add 10.0.0.64/29 via 10.0.0.90 dev eth2
ip -n grid.g3-3 route add 10.0.0.72/29 via 10.0.0.81 dev eth1
ip -n grid.g3-3 route add 10.0.0.84/30 via 10.0.0.81 dev eth1
ip -n grid.g3-3 route add 10.0.0.96/29 via 10.0.0.90 dev eth2
ip -n grid.g3-3 route add 10.0.0.104/30 via 10.0.0.90 dev eth2
ip -n grid.g3-3 route add 10.0.0.108/30 nexthop via 10.0.0.81 dev eth1 weight 1 nexthop via 10.0.0.94 dev eth3 weight 1
ip -n grid.g3-3 route add 10.0.0.112/29 via 10.0.0.94 dev eth3
ip -n grid.g3-3 route add 10.0.0.120/30 nexthop via 10.0.0.90 dev eth2 weight 1 nexthop via 10.0.0.94 dev eth3 weight 1
ip -n grid.g3-3 route add 10.255.0.1/32 nexthop via 10.0.0.57 dev eth0 weight 1 nexthop via 10.0.0.81 dev eth1 weight 1
ip -n grid.g3-3 route add 10.255.0.2/32 nexthop via 10.0.0.57 dev eth0 weight 1 nexthop via 10.0.0.81 dev eth1 weight 1
ip -n grid.g3-3 route add 10.255.0.3/32 via 10.0.0.57 dev eth0
ip -n grid.g3-3 route add 10.255.0.4/31 nexthop via 10.0.0.57 dev eth0 weight 1 nexthop via 10.0.0.90 dev eth2 weight 1
ip -n grid.g3-3 route add 10.255.0.6/31 nexthop via 10.0.0.57 dev eth0 weight 1 nexthop via 10.0.0.81 dev eth1 weight 1
ip -n grid.g3-3 route add 10.255.0.8/32 via 10.0.0.57 dev eth0
ip -n grid.g3-3 route add 10.255.0.9/32 nexthop via 10.0.0.57 dev eth0 weight 1 nexthop via 10.0.0.90 dev eth2 weight 1
ip -n grid.g3-3 route add 10.255.0.10/32 nexthop via 10.0.0.57 dev eth0 weight 1 nexthop via 10.0.0.90 dev eth2 weight 1
ip -n grid.g3-3 route add 10.255.0.11/32 via 10.0.0.81 dev eth1
ip -n grid.g3-3 route add 10.255.0.12/32 via 10.0.0.81 dev eth1
ip -n grid.g3-3 route add 10.255.0.14/31 via 10.0.0.90 dev eth2
ip -n grid.g3-3 route add 10.255.0.16/31 nexthop via 10.0.0.81 dev eth1 weight 1 nexthop via 10.0.0.94 dev eth3 weight 1
ip -n grid.g3-3 route add 10.255.0.18/32 via 10.0.0.94 dev eth3
ip -n grid.g3-3 route add 10.255.0.19/32 nexthop via 10.0.0.90 dev eth2 weight 1 nexthop via 10.0.0.94 dev eth3 weight 1
ip -n grid.g3-3 route add 10.255.0.20/32 nexthop via 10.0.0.90 dev eth2 weight 1 nexthop via 10.0.0.94 dev eth3 weight 1
ip -n grid.g3-3 -6 route add fd00::/63 nexthop via fd00:0:0:e::1 dev eth0 weight 1 nexthop via fd00:0:0:14::1 dev eth1 weight 1
ip -n grid.g3-3 -6 route add fd00:0:0:2::/64 via fd00:0:0:e::1 dev eth0
ip -n grid.g3-3 -6 route add fd00:0:0:3::/64 nexthop via fd00:0:0:e::1 dev eth0 weight 1 nexthop via fd00:0:0:14::1 dev eth1 weight 1
ip -n grid.g3-3 -6 route add fd00:0:0:4::/63 via fd00:0:0:e::1 dev eth0
ip -n grid.g3-3 -6 route add fd00:0:0:6::/63 nexthop via fd00:0:0:e::1 dev eth0 weight 1 nexthop via fd00:0:0:16::2 dev eth2 weight 1
ip -n grid.g3-3 -6 route add fd00:0:0:8::/64 nexthop via fd00:0:0:e::1 dev eth0 weight 1 nexthop via fd00:0:0:16::2 dev eth2 weight 1
ip -n grid.g3-3 -6 route add fd00:0:0:9::/64 nexthop via fd00:0:0:e::1 dev eth0 weight 1 nexthop via fd00:0:0:14::1 dev eth1 weight 1
ip -n grid.g3-3 -6 route add fd00:0:0:a::/64 via fd00:0:0:14::1 dev eth1
ip -n grid.g3-3 -6 route add fd00:0:0:b::/64 via fd00:0:0:e::1 dev eth0
ip -n grid.g3-3 -6 route add fd00:0:0:c::/64 via fd00:0:0:14::1 dev eth1
ip -n grid.g3-3 -6 route add fd00:0:0:d::/64 via fd00:0:0:e::1 dev eth0
ip -n grid.g3-3 -6 route add fd00:0:0:f::/64 nexthop via fd00:0:0:e::1 dev eth0 weight 1 nexthop via fd00:0:0:16::2 dev eth2 weight 1
ip -n grid.g3-3 -6 route add fd00:0:0:10::/63 via fd00:0:0:16::2 dev eth2
ip -n grid.g3-3 -6 route add fd00:0:0:12::/63 via fd00:0:0:14::1 dev eth1
ip -n grid.g3-3 -6 route add fd00:0:0:15::/64 via fd00:0:0:14::1 dev eth1
ip -n grid.g3-3 -6 route add fd00:0:0:18::/63 via fd00:0:0:16::2 dev eth2
ip -n grid.g3-3 -6 route add fd00:0:0:1a::/64 via fd00:0:0:16::2 dev eth2
ip -n grid.g3-3 -6 route add fd00:0:0:1b::/64 nexthop via fd00:0:0:14::1 dev eth1 weight 1 nexthop via fd00:0:0:17::2 dev eth3 weight 1
ip -n grid.g3-3 -6 route add fd00:0:0:1c::/63 via fd00:0:0:17::2 dev eth3
ip -n grid.g3-3 -6 route add fd00:0:0:1e::/64 nexthop via fd00:0:0:16::2 dev eth2 weight 1 nexthop via fd00:0:0:17::2 dev eth3 weight 1
ip -n grid.g3-3 -6 route add fd00:0:0:ff::1/128 nexthop via fd00:0:0:e::1 dev eth0 weight 1 nexthop via fd00:0:0:14::1 dev eth1 weight 1
ip -n grid.g3-3 -6 route add fd00:0:0:ff::2/128 nexthop via fd00:0:0:e::1 dev eth0 weight 1 nexthop via fd00:0:0:14::1 dev eth1 weight 1
ip -n grid.g3-3 -6 route add fd00:0:0:ff::3/128 via fd00:0:0:e::1 dev eth0
ip -n grid.g3-3 -6 route add fd00:0:0:ff::4/127 nexthop via fd00:0:0:e::1 dev eth0 weight 1 nexthop via fd00:0:0:16::2 dev eth2 weight 1
ip -n grid.g3-3 -6 route add fd00:0:0:ff::6/127 nexthop via fd00:0:0:e::1 dev eth0 weight 1 nexthop via fd00:0:0:14::1 dev eth1 weight 1
ip -n grid.g3-3 -6 route add fd00:0:0:ff::8/128 via fd00:0:0:e::1 dev eth0
ip -n grid.g3-3 -6 route add fd00:0:0:ff::9/128 nexthop via fd00:0:0:e::1 dev eth0 weight 1 nexthop via fd00:0:0:16::2 dev eth2 weight 1
ip -n grid.g3-3 -6 route add fd00:0:0:ff::a/128 nexthop via fd00:0:0:e::1 dev eth0 weight 1 nexthop via fd00:0:0:16::2 dev eth2 weight 1
ip -n grid.g3-3 -6 route add fd00:0:0:ff::b/128 via fd00:0:0:14::1 dev eth1
ip -n grid.g3-3 -6 route add fd00:0:0:ff::c/128 via fd00:0:0:14::1 dev eth1
ip -n grid.g3-3 -6 route add fd00:0:0:ff::e/127 via fd00:0:0:16::2 dev eth2
ip -n grid.g3-3 -6 route add fd00:0:0:ff::10/127 nexthop via fd00:0:0:14::1 dev eth1 weight 1 nexthop via fd00:0:0:17::2 dev eth3 weight 1
ip -n grid.g3-3 -6 route add fd00:0:0:ff::12/128 via fd00:0:0:17::2 dev eth3
ip -n grid.g3-3 -6 route add fd00:0:0:ff::13/128 nexthop via fd00:0:0:16::2 dev eth2 weight 1 nexthop via fd00:0:0:17::2 dev eth3 weight 1
ip -n grid.g3-3 -6 route add fd00:0:0:ff::14/128 nexthop via fd00:0:0:16::2 dev eth2 weight 1 nexthop via fd00:0:0:17::2 dev eth3 weight 1

# g3-4 (line 21)
ip -n grid.g3-4 link set dev lo up
ip -n grid.g3-4 link set dev eth0 up
ip -n grid.g3-4 link set dev eth1 up
ip -n grid.g3-4 link set dev eth2 up
ip -n grid.g3-4 link set dev eth3 up
ip -n grid.g3-4 address add 10.255.0.14/32 dev lo
ip -n grid.g3-4 address add fd00:0:0:ff::e/128 dev lo nodad
ip -n grid.g3-4 address add 10.0.0.66/30 dev eth0
ip -n grid.g3-4 address add fd00:0:0:10::2/64 dev eth0 nodad
ip -n grid.g3-4 address add 10.0.0.90/30 dev eth1
ip -n grid.g3-4 address add fd00:0:0:16::2/64 dev eth1 nodad
ip -n grid.g3-4 address add 10.0.0.97/30 dev eth2
ip -n grid.g3-4 address add fd00:0:0:18::1/64 dev eth2 nodad
ip -n grid.g3-4 address add 10.0.0.101/30 dev eth3
ip -n grid.g3-4 address add fd00:0:0:19::1/64 dev eth3 nodad
ip -n grid.g3-4 route add 10.0.0.0/28 nexthop via 10.0.0.65 dev eth0 weight 1 nexthop via 10.0.0.89 dev eth1 weight 1
ip -n grid.g3-4 route add 10.0.0.16/30 via 10.0.0.65 dev eth0
ip -n grid.g3-4 route add 10.0.0.20/30 nexthop via 10.0.0.65 dev eth0 weight 1 nexthop via 10.0.0.89 dev eth1 weight 1
ip -n grid.g3-4 route add 10.0.0.24/29 via 10.0.0.65 dev eth0
ip -n grid.g3-4 route add 10.0.0.32/30 nexthop via 10.0.0.65 dev eth0 weight 1 nexthop via 10.0.0.98 dev eth2 weight 1
ip -n grid.g3-4 route add 10.0.0.36/30 nexthop via 10.0.0.65 dev eth0 weight 1 nexthop via 10.0.0.89 dev eth1 weight 1
ip -n grid.g3-4 route add 10.0.0.40/30 via 10.0.0.89 dev eth1
ip -n grid.g3-4 route add 10.0.0.44/30 nexthop via 10.0.0.65 dev eth0 weight 1 nexthop via 10.0.0.89 dev eth1 weight 1
ip -n grid.g3-4 route add 10.0.0.48/30 via 10.0.0.89 dev eth1
ip -n grid.g3-4 route add 10.0.0.52/30 via 10.0.0.65 dev eth0
ip -n grid.g3-4 route add 10.0.0.56/30 via 10.0.0.89 dev eth1
ip -n grid.g3-4 route add 10.0.0.60/30 via 10.0.0.65 dev eth0
ip -n grid.g3-4 route add 10.0.0.68/30 via 10.0.0.98 dev eth2
ip -n grid.g3-4 route add 10.0.0.72/29 via 10.0.0.89 dev eth1
ip -n grid.g3-4 route add 10.0.0.80/28 via 10.0.0.89 dev eth1
ip -n grid.g3-4 route add 10.0.0.104/30 via 10.0.0.98 dev eth2
ip -n grid.g3-4 route add 10.0.0.108/30 nexthop via 10.0.0.89 dev eth1 weight 1 nexthop via 10.0.0.102 dev eth3 weight 1
ip -n grid.g3-4 route add 10.0.0.112/30 nexthop via 10.0.0.89 dev eth1 weight 1 nexthop via 10.0.0.102 dev eth3 weight 1
ip -n grid.g3-4 route add 10.0.0.116/30 via 10.0.0.102 dev eth3
ip -n grid.g3-4 route add 10.0.0.120/30 via 10.0.0.102 dev eth3
ip -n grid.g3-4 route add 10.255.0.1/32 nexthop via 10.0.0.65 dev eth0 weight 1 nexthop via 10.0.0.89 dev eth1 weight 1
ip -n grid.g3-4 route add 10.255.0.2/31 nexthop via 10.0.0.65 dev eth0 weight 1 nexthop via 10.0.0.89 dev eth1 weight 1
ip -n grid.g3-4 route add 10.255.0.4/32 via 10.0.0.65 dev eth0
ip -n grid.g3-4 route add 10.255.0.5/32 nexthop via 10.0.0.65 dev eth0 weight 1 nexthop via 10.0.0.98 dev eth2 weight 1
ip -n grid.g3-4 route add 10.255.0.6/31 nexthop via 10.0.0.65 dev eth0 weight 1 nexthop via 10.0.0.89 dev eth1 weight 1
ip -n grid.g3-4 route add 10.255.0.8/32 nexthop via 10.0.0.65 dev eth0 weight 1 nexthop via 10.0.0.89 dev eth1 weight 1
ip -n grid.g3-4 route add 10.255.0.9/32 via 10.0.0.65 dev eth0
ip -n grid.g3-4 route add 10.255.0.10/32 nexthop via 10.0.0.65 dev eth0 weight 1 nexthop via 10.0.0.98 dev eth2 weight 1
ip -n grid.g3-4 route add 10.255.0.11/32 via 10.0.0.89 dev eth1
ip -n grid.g3-4 route add 10.255.0.12/31 via 10.0.0.89 dev eth1
ip -n grid.g3-4 route add 10.255.0.15/32 via 10.0.0.98 dev eth2
ip -n grid.g3-4 route add 10.255.0.16/31 nexthop via 10.0.0.89 dev eth1 weight 1 nexthop via 10.0.0.102 dev eth3 weight 1
ip -n grid.g3-4 route add 10.255.0.18/32 nexthop via 10.0.0.89 dev eth1 weight 1 nexthop via 10.0.0.102 dev eth3 weight 1
ip -n grid.g3-4 route add 10.255.0.19/32 via 10.0.0.102 dev eth3
ip -n grid.g3-4 route add 10.255.0.20/32 nexthop via 10.0.0.98 dev eth2 weight 1 nexthop via 10.0.0.102 dev eth3 weight 1
ip -n grid.g3-4 -6 route add fd00::/62 nexthop via fd00:0:0:10::1 dev eth0 weight 1 nexthop via fd00:0:0:16::1 dev eth1 weight 1
ip -n grid.g3-4 -6 route add fd00:0:0:4::/64 via fd00:0:0:10::1 dev eth0
ip -n grid.g3-4 -6 route add fd00:0:0:5::/64 nexthop via fd00:0:0:10::1 dev eth0 weight 1 nexthop via fd00:0:0:16::1 dev eth1 weight 1
ip -n grid.g3-4 -6 route add fd00:0:0:6::/63 via fd00:0:0:10::1 dev eth0
ip -n grid.g3-4 -6 route add fd00:0:0:8::/64 nexthop via fd00:0:0:10::1 dev eth0 weight 1 nexthop via fd00:0:0:18::2 dev eth2 weight 1
ip -n grid.g3-4 -6 route add fd00:0:0:9::/64 nexthop via fd00:0:0:10::1 dev eth0 weight 1 nexthop via fd00:0:0:16::1 dev eth1 weight 1
ip -n grid.g3-4 -6 route add fd00:0:0:a::/64 via fd00:0:0:16::1 dev eth1
ip -n grid.g3-4 -6 route add fd00:0:0:b::/64 nexthop via fd00:0:0:10::1 dev eth0 weight 1 nexthop via fd00:0:0:16::1 dev eth1 weight 1
ip -n grid.g3-4 -6 route add fd00:0:0:c::/64 via fd00:0:0:16::1 dev eth1
ip -n grid.g3-4 -6 route add fd00:0:0:d::/64 via fd00:0:0:10::1 dev eth0
ip -n grid.g3-4 -6 route add fd00:0:0:e::/64 via fd00:0:0:16::1 dev eth1
ip -n grid.g3-4 -6 route add fd00:0:0:f::/64 via fd00:0:0:10::1 dev eth0
ip -n grid.g3-4 -6 route add fd00:0:0:11::/64 via fd00:0:0:18::2 dev eth2
ip -n grid.g3-4 -6 route add fd00:0:0:12::/63 via fd00:0:0:16::1 dev eth1
ip -n grid.g3-4 -6 route add fd00:0:0:14::/62 via fd00:0:0:16::1 dev eth1
ip -n grid.g3-4 -6 route add fd00:0:0:1a::/64 via fd00:0:0:18::2 dev eth2
ip -n grid.g3-4 -6 route add fd00:0:0:1b::/64 nexthop via fd00:0:0:16::1 dev eth1 weight 1 nexthop via fd00:0:0:19::2 dev eth3 weight 1
ip -n grid.g3-4 -6 route add fd00:0:0:1c::/64 nexthop via fd00:0:0:16::1 dev eth1 weight 1 nexthop via fd00:0:0:19::2 dev eth3 weight 1
ip -n grid.g3-4 -6 route add fd00:0:0:1d::/64 via fd00:0:0:19::2 dev eth3
ip -n grid.g3-4 -6 route add fd00:0:0:1e::/64 via fd00:0:0:19::2 dev eth3
ip -n grid.g3-4 -6 route add fd00:0:0:ff::1/128 nexthop via fd00:0:0:10::1 dev eth0 weight 1 nexthop via fd00:0:0:16::1 dev eth1 weight 1
ip -n grid.g3-4 -6 route add fd00:0:0:ff::2/127 nexthop via fd00:0:0:10::1 dev eth0 weight 1 nexthop via fd00:0:0:16::1 dev eth1 weight 1
ip -n grid.g3-4 -6 route add fd00:0:0:ff::4/128 via fd00:0:0:10::1 dev eth0
ip -n grid.g3-4 -6 route add fd00:0:0:ff::5/128 nexthop via fd00:0:0:10::1 dev eth0 weight 1 nexthop via fd00:0:0:18::2 dev eth2 weight 1
ip -n grid.g3-4 -6 route add fd00:0:0:ff::6/127 nexthop via fd00:0:0:10::1 dev eth0 weight 1 nexthop via fd00:0:0:16::1 dev eth1 weight 1
ip -n grid.g3-4 -6 route add fd00:0:0:ff::8/128 nexthop via fd00:0:0:10::1 dev eth0 weight 1 nexthop via fd00:0:0:16::1 dev eth1 weight 1
ip -n grid.g3-4 -6 route add fd00:0:0:ff::9/128 via fd00:0:0:10::1 dev eth0
ip -n grid.g3-4 -6 route add fd00:0:0:ff::a/128 nexthop via fd00:0:0:10::1 dev eth0 weight 1 nexthop via fd00:0:0:18::2 dev eth2 weight 1
ip -n grid.g3-4 -6 route add fd00:0:0:ff::b/128 via fd00:0:0:16::1 dev eth1
ip -n grid.g3-4 -6 route add fd00:0:0:ff::c/127 via fd00:0:0:16::1 dev eth1
ip -n grid.g3-4 -6 route add fd00:0:0:ff::f/128 via fd00:0:0:18::2 dev eth2
ip -n grid.g3-4 -6 route add fd00:0:0:ff::10/127 nexthop via fd00:0:0:16::1 dev eth1 weight 1 nexthop via fd00:0:0:19::2 dev eth3 weight 1
ip -n grid.g3-4 -6 route add fd00:0:0:ff::12/128 nexthop via fd00:0:0:16::1 dev eth1 weight 1 nexthop via fd00:0:0:19::2 dev eth3 weight 1
ip -n grid.g3-4 -6 route add fd00:0:0:ff::13/128 via fd00:0:0:19::2 dev eth3
ip -n grid.g3-4 -6 route add fd00:0:0:ff::14/128 nexthop via fd00:0:0:18::2 dev eth2 weight 1 nexthop via fd00:0:0:19::2 dev eth3 weight 1

# g3-5 (line 21)
ip -n grid.g3-5 link set dev lo up
ip -n grid.g3-5 link set dev eth0 up
ip -n grid.g3-5 link set dev eth1 up
ip -n grid.g3-5 link set dev eth2 up
ip -n grid.g3-5 address add 10.255.0.15/32 dev lo
ip -n grid.g3-5 address add fd00:0:0:ff::f/128 dev lo nodad
ip -n grid.g3-5 address add 10.0.0.70/30 dev eth0
ip -n grid.g3-5 address add fd00:0:0:11::2/64 dev eth0 nodad
ip -n grid.g3-5 address add 10.0.0.98/30 dev eth1
ip -n grid.g3-5 address add fd00:0:0:18::2/64 dev eth1 nodad
ip -n grid.g3-5 address add 10.0.0.105/30 dev eth2
ip -n grid.g3-5 address add fd00:0:0:1a::1/64 dev eth2 nodad
ip -n grid.g3-5 route add 10.0.0.0/28 nexthop via 10.0.0.69 dev eth0 weight 1 nexthop via 10.0.0.97 dev eth1 weight 1
ip -n grid.g3-5 route add 10.0.0.16/29 nexthop via 10.0.0.69 dev eth0 weight 1 nexthop via 10.0.0.97 dev eth1 weight 1
ip -n grid.g3-5 route add 10.0.0.24/30 via 10.0.0.69 dev eth0
ip -n grid.g3-5 route add 10.0.0.28/30 nexthop via 10.0.0.69 dev eth0 weight 1 nexthop via 10.0.0.97 dev eth1 weight 1
ip -n grid.g3-5 route add 10.0.0.32/30 via 10.0.0.69 dev eth0
ip -n grid.g3-5 route add 10.0.0.36/30 nexthop via 10.0.0.69 dev eth0 weight 1 nexthop via 10.0.0.97 dev eth1 weight 1
ip -n grid.g3-5 route add 10.0.0.40/30 via 10.0.0.97 dev eth1
ip -n grid.g3-5 route add 10.0.0.44/30 nexthop via 10.0.0.69 dev eth0 weight 1 nexthop via 10.0.0.97 dev eth1 weight 1
ip -n grid.g3-5 route add 10.0.0.48/30 via 10.0.0.97 dev eth1
ip -n grid.g3-5 route add 10.0.0.52/30 nexthop via 10.0.0.69 dev eth0 weight 1 nexthop via 10.0.0.97 dev eth1 weight 1
ip -n grid.g3-5 route add 10.0.0.56/30 via 10.0.0.97 dev eth1
ip -n grid.g3-5 route add 10.0.0.60/30 via 10.0.0.69 dev eth0
ip -n grid.g3-5 route add 10.0.0.64/27 via 10.0.0.97 dev eth1
ip -n grid.g3-5 route add 10.0.0.100/30 via 10.0.0.97 dev eth1
ip -n grid.g3-5 route add 10.0.0.108/30 nexthop via 10.0.0.97 dev eth1 weight 1 nexthop via 10.0.0.106 dev eth2 weight 1
ip -n grid.g3-5 route add 10.0.0.112/29 nexthop via 10.0.0.97 dev eth1 weight 1 nexthop via 10.0.0.106 dev eth2 weight 1
ip -n grid.g3-5 route add 10.0.0.120/30 via 10.0.0.106 dev eth2
ip -n grid.g3-5 route add 10.255.0.1/32 nexthop via 10.0.0.69 dev eth0 weight 1 nexthop via 10.0.0.97 dev eth1 weight 1
ip -n grid.g3-5 route add 10.255.0.2/31 nexthop via 10.0.0.69 dev eth0 weight 1 nexthop via 10.0.0.97 dev eth1 weight 1
ip -n grid.g3-5 route add 10.255.0.4/32 nexthop via 10.0.0.69 dev eth0 weight 1 nexthop via 10.0.0.97 dev eth1 weight 1
ip -n grid.g3-5 route add 10.255.0.5/32 via 10.0.0.69 dev eth0
ip -n grid.g3-5 route add 10.255.0.6/31 nexthop via 10.0.0.69 dev eth0 weight 1 nexthop via 10.0.0.97 dev eth1 weight 1
ip -n grid.g3-5 route add 10.255.0.8/31 nexthop via 10.0.0.69 dev eth0 weight 1 nexthop via 10.0.0.97 dev eth1 weight 1
ip -n grid.g3-5 route add 10.255.0.10/32 via 10.0.0.69 dev eth0
ip -n grid.g3-5 route add 10.255.0.11/32 via 10.0.0.97 dev eth1
ip -n grid.g3-5 route add 10.255.0.12/30 via 10.0.0.97 dev eth1
ip -n grid.g3-5 route add 10.255.0.16/30 nexthop via 10.0.0.97 dev eth1 weight 1 nexthop via 10.0.0.106 dev eth2 weight 1
ip -n grid.g3-5 route add 10.255.0.20/32 via 10.0.0.106 dev eth2
ip -n grid.g3-5 -6 route add fd00::/62 nexthop via fd00:0:0:11::1 dev eth0 weight 1 nexthop via fd00:0:0:18::1 dev eth1 weight 1
ip -n grid.g3-5 -6 route add fd00:0:0:4::/63 nexthop via fd00:0:0:11::1 dev eth0 weight 1 nexthop via fd00:0:0:18::1 dev eth1 weight 1
ip -n grid.g3-5 -6 route add fd00:0:0:6::/64 via fd00:0:0:11::1 dev eth0
ip -n grid.g3-5 -6 route add fd00:0:0:7::/64 nexthop via fd00:0:0:11::1 dev eth0 weight 1 nexthop via fd00:0:0:18::1 dev eth1 weight 1
ip -n grid.g3-5 -6 route add fd00:0:0:8::/64 via fd00:0:0:11::1 dev eth0
ip -n grid.g3-5 -6 route add fd00:0:0:9::/64 nexthop via fd00:0:0:11::1 dev eth0 weight 1 nexthop via fd00:0:0:18::1 dev eth1 weight 1
ip -n grid.g3-5 -6 route add fd00:0:0:a::/64 via fd00:0:0:18::1 dev eth1
ip -n grid.g3-5 -6 route add fd00:0:0:b::/64 nexthop via fd00:0:0:11::1 dev eth0 weight 1 nexthop via fd00:0:0:18::1 dev eth1 weight 1
ip -n grid.g3-5 -6 route add fd00:0:0:c::/64 via fd00:0:0:18::1 dev eth1
ip -n grid.g3-5 -6 route add fd00:0:0:d::/64 nexthop via fd00:0:0:11::1 dev eth0 weight 1 nexthop via fd00:0:0:18::1 dev eth1 weight 1
ip -n grid.g3-5 -6 route add fd00:0:0:e::/64 via fd00:0:0:18::1 dev eth1
ip -n grid.g3-5 -6 route add fd00:0:0:f::/64 via fd00:0:0:11::1 dev eth0
ip -n grid.g3-5 -6 route add fd00:0:0:10::/61 via fd00:0:0:18::1 dev eth1
ip -n grid.g3-5 -6 route add fd00:0:0:19::/64 via fd00:0:0:18::1 dev eth1
ip -n grid.g3-5 -6 route add fd00:0:0:1b::/64 nexthop via fd00:0:0:18::1 dev eth1 weight 1 nexthop via fd00:0:0:1a::2 dev eth2 weight 1
ip -n grid.g3-5 -6 route add fd00:0:0:1c::/63 nexthop via fd00:0:0:18::1 dev eth1 weight 1 nexthop via fd00:0:0:1a::2 dev eth2 weight 1
ip -n grid.g3-5 -6 route add fd00:0:0:1e::/64 via fd00:0:0:1a::2 dev eth2
ip -n grid.g3-5 -6 route add fd00:0:0:ff::1/128 nexthop via fd00:0:0:11::1 dev eth0 weight 1 nexthop via fd00:0:0:18::1 dev eth1 weight 1
ip -n grid.g3-5 -6 route add fd00:0:0:ff::2/127 nexthop via fd00:0:0:11::1 dev eth0 weight 1 nexthop via fd00:0:0:18::1 dev eth1 weight 1
ip -n grid.g3-5 -6 route add fd00:0:0:ff::4/128 nexthop via fd00:0:0:11::1 dev eth0 weight 1 nexthop via fd00:0:0:18::1 dev eth1 weight 1
ip -n grid.g3-5 -6 route add fd00:0:0:ff::5/128 via fd00:0:0:11::1 dev eth0
ip -n grid.g3-5 -6 route add fd00:0:0:ff::6/127 nexthop via fd00:0:0:11::1 dev eth0 weight 1 nexthop via fd00:0:0:18::1 dev eth1 weight 1
ip -n grid.g3-5 -6 route add fd00:0:0:ff::8/127 nexthop via fd00:0:0:11::1 dev eth0 weight 1 nexthop via fd00:0:0:18::1 dev eth1 weight 1
ip -n grid.g3-5 -6 route add fd00:0:0:ff::a/128 via fd00:0:0:11::1 dev eth0
ip -n grid.g3-5 -6 route add fd00:0:0:ff::b/128 via fd00:0:0:18::1 dev eth1
ip -n grid.g3-5 -6 route add fd00:0:0:ff::c/126 via fd00:0:0:18::1 dev eth1
ip -n grid.g3-5 -6 route add fd00:0:0:ff::10/126 nexthop via fd00:0:0:18::1 dev eth1 weight 1 nexthop via fd00:0:0:1a::2 dev eth2 weight 1
ip -n grid.g3-5 -6 route add fd00:0:0:ff::14/128 via fd00:0:0:1a::2 dev eth2

# g4-1 (line 21)
ip -n grid.g4-1 link set dev lo up
ip -n grid.g4-1 link set dev eth0 up
ip -n grid.g4-1 link set dev eth1 up
ip -n grid.g4-1 address add 10.255.0.16/32 dev lo
ip -n grid.g4-1 address add fd00:0:0:ff::10/128 dev lo nodad
ip -n grid.g4-1 address add 10.0.0.78/30 dev eth0
ip -n grid.g4-1 address add fd00:0:0:13::2/64 dev eth0 nodad
ip -n grid.g4-1 address add 10.0.0.109/30 dev eth1
ip -n grid.g4-1 address add fd00:0:0:1b::1/64 dev eth1 nodad
ip -n grid.g4-1 route add 10.0.0.0/29 via 10.0.0.77 dev eth0
ip -n grid.g4-1 route add 10.0.0.8/29 nexthop via 10.0.0.77 dev eth0 weight 1 nexthop via 10.0.0.110 dev eth1 weight 1
ip -n grid.g4-1 route add 10.0.0.16/28 nexthop via 10.0.0.77 dev eth0 weight 1 nexthop via 10.0.0.110 dev eth1 weight 1
ip -n grid.g4-1 route add 10.0.0.32/30 nexthop via 10.0.0.77 dev eth0 weight 1 nexthop via 10.0.0.110 dev eth1 weight 1
ip -n grid.g4-1 route add 10.0.0.36/30 via 10.0.0.77 dev eth0
ip -n grid.g4-1 route add 10.0.0.40/30 via 10.0.0.77 dev eth0
ip -n grid.g4-1 route add 10.0.0.44/30 nexthop via 10.0.0.77 dev eth0 weight 1 nexthop via 10.0.0.110 dev eth1 weight 1
ip -n grid.g4-1 route add 10.0.0.48/28 nexthop via 10.0.0.77 dev eth0 weight 1 nexthop via 10.0.0.110 dev eth1 weight 1
ip -n grid.g4-1 route add 10.0.0.64/29 nexthop via 10.0.0.77 dev eth0 weight 1 nexthop via 10.0.0.110 dev eth1 weight 1
ip -n grid.g4-1 route add 10.0.0.72/30 via 10.0.0.77 dev eth0
ip -n grid.g4-1 route add 10.0.0.80/30 nexthop via 10.0.0.77 dev eth0 weight 1 nexthop via 10.0.0.110 dev eth1 weight 1
ip -n grid.g4-1 route add 10.0.0.84/30 via 10.0.0.110 dev eth1
ip -n grid.g4-1 route add 10.0.0.88/30 nexthop via 10.0.0.77 dev eth0 weight 1 nexthop via 10.0.0.110 dev eth1 weight 1
ip -n grid.g4-1 route add 10.0.0.92/30 via 10.0.0.110 dev eth1
ip -n grid.g4-1 route add 10.0.0.96/30 nexthop via 10.0.0.77 dev eth0 weight 1 nexthop via 10.0.0.110 dev eth1 weight 1
ip -n grid.g4-1 route add 10.0.0.100/30 via 10.0.0.110 dev eth1
ip -n grid.g4-1 route add 10.0.0.104/30 via 10.0.0.110 dev eth1
ip -n grid.g4-1 route add 10.0.0.112/29 via 10.0.0.110 dev eth1
ip -n grid.g4-1 route add 10.0.0.120/30 via 10.0.0.110 dev eth1
ip -n grid.g4-1 route add 10.255.0.1/32 via 10.0.0.77 dev eth0
ip -n grid.g4-1 route add 10.255.0.2/31 nexthop via 10.0.0.77 dev eth0 weight 1 nexthop via 10.0.0.110 dev eth1 weight 1
ip -n grid.g4-1 route add 10.255.0.4/31 nexthop via 10.0.0.77 dev eth0 weight 1 nexthop via 10.0.0.110 dev eth1 weight 1
ip -n grid.g4-1 route add 10.255.0.6/32 via 10.0.0.77 dev eth0
ip -n grid.g4-1 route add 10.255.0.7/32 nexthop via 10.0.0.77 dev eth0 weight 1 nexthop via 10.0.0.110 dev eth1 weight 1
ip -n grid.g4-1 route add 10.255.0.8/31 nexthop via 10.0.0.77 dev eth0 weight 1 nexthop via 10.0.0.110 dev eth1 weight 1
ip -n grid.g4-1 route add 10.255.0.10/32 nexthop via 10.0.0.77 dev eth0 weight 1 nexthop via 10.0.0.110 dev eth1 weight 1
ip -n grid.g4-1 route add 10.255.0.11/32 via 10.0.0.77 dev eth0
ip -n grid.g4-1 route add 10.255.0.12/30 nexthop via 10.0.0.77 dev eth0 weight 1 nexthop via 10.0.0.110 dev eth1 weight 1
ip -n grid.g4-1 route add 10.255.0.16/30 via 10.0.0.110 dev eth1
ip -n grid.g4-1 route add 10.255.0.20/32 via 10.0.0.110 dev eth1
ip -n grid.g4-1 -6 route add fd00::/63 via fd00:0:0:13::1 dev eth0
ip -n grid.g4-1 -6 route add fd00:0:0:2::/63 nexthop via fd00:0:0:13::1 dev eth0 weight 1 nexthop via fd00:0:0:1b::2 dev eth1 weight 1
ip -n grid.g4-1 -6 route add fd00:0:0:4::/62 nexthop via fd00:0:0:13::1 dev eth0 weight 1 nexthop via fd00:0:0:1b::2 dev eth1 weight 1
ip -n grid.g4-1 -6 route add fd00:0:0:8::/64 nexthop via fd00:0:0:13::1 dev eth0 weight 1 nexthop via fd00:0:0:1b::2 dev eth1 weight 1
ip -n grid.g4-1 -6 route add fd00:0:0:9::/64 via fd00:0:0:13::1 dev eth0
ip -n grid.g4-1 -6 route add fd00:0:0:a::/64 via fd00:0:0:13::1 dev eth0
ip -n grid.g4-1 -6 route add fd00:0:0:b::/64 nexthop via fd00:0:0:13::1 dev eth0 weight 1 nexthop via fd00:0:0:1b::2 dev eth1 weight 1
ip -n grid.g4-1 -6 route add fd00:0:0:c::/62 nexthop via fd00:0:0:13::1 dev eth0 weight 1 nexthop via fd00:0:0:1b::2 dev eth1 weight 1
ip -n grid.g4-1 -6 route add fd00:0:0:10::/63 nexthop via fd00:0:0:13::1 dev eth0 weight 1 nexthop via fd00:0:0:1b::2 dev eth1 weight 1
ip -n grid.g4-1 -6 route add fd00:0:0:12::/64 via fd00:0:0:13::1 dev eth0
ip -n grid.g4-1 -6 route add fd00:0:0:14::/64 nexthop via fd00:0:0:13::1 dev eth0 weight 1 nexthop via fd00:0:0:1b::2 dev eth1 weight 1
ip -n grid.g4-1 -6 route add fd00:0:0:15::/64 via fd00:0:0:1b::2 dev eth1
ip -n grid.g4-1 -6 route add fd00:0:0:16::/64 nexthop via fd00:0:0:13::1 dev eth0 weight 1 nexthop via fd00:0:0:1b::2 dev eth1 weight 1
ip -n grid.g4-1 -6 route add fd00:0:0:17::/64 via fd00:0:0:1b::2 dev eth1
ip -n grid.g4-1 -6 route add fd00:0:0:18::/64 nexthop via fd00:0:0:13::1 dev eth0 weight 1 nexthop via fd00:0:0:1b::2 dev eth1 weight 1
ip -n grid.g4-1 -6 route add fd00:0:0:19::/64 via fd00:0:0:1b::2 dev eth1
ip -n grid.g4-1 -6 route add fd00:0:0:1a::/64 via fd00:0:0:1b::2 dev eth1
ip -n grid.g4-1 -6 route add fd00:0:0:1c::/63 via fd00:0:0:1b::2 dev eth1
ip -n grid.g4-1 -6 route add fd00:0:0:1e::/64 via fd00:0:0:1b::2 dev eth1
ip -n grid.g4-1 -6 route add fd00:0:0:ff::1/128 via fd00:0:0:13::1 dev eth0
ip -n grid.g4-1 -6 route add fd00:0:0:ff::2/127 nexthop via fd00:0:0:13::1 dev eth0 weight 1 nexthop via fd00:0:0:1b::2 dev eth1 weight 1
ip -n grid.g4-1 -6 route add fd00:0:0:ff::4/127 nexthop via fd00:0:0:13::1 dev eth0 weight 1 nexthop via fd00:0:0:1b::2 dev eth1 weight 1
ip -n grid.g4-1 -6 route add fd00:0:0:ff::6/128 via fd00:0:0:13::1 dev eth0
ip -n grid.g4-1 -6 route add fd00:0:0:ff::7/128 nexthop via fd00:0:0:13::1 dev eth0 weight 1 nexthop via fd00:0:0:1b::2 dev eth1 weight 1
ip -n grid.g4-1 -6 route add fd00:0:0:ff::8/127 nexthop via fd00:0:0:13::1 dev eth0 weight 1 nexthop via fd00:0:0:1b::2 dev eth1 weight 1
ip -n grid.g4-1 -6 route add fd00:0:0:ff::a/128 nexthop via fd00:0:0:13::1 dev eth0 weight 1 nexthop via fd00:0:0:1b::2 dev eth1 weight 1
ip -n grid.g4-1 -6 route add fd00:0:0:ff::b/128 via fd00:0:0:13::1 dev eth0
ip -n grid.g4-1 -6 route add fd00:0:0:ff::c/126 nexthop via fd00:0:0:13::1 dev eth0 weight 1 nexthop via fd00:0:0:1b::2 dev eth1 weight 1
ip -n grid.g4-1 -6 route add fd00:0:0:ff::10/126 via fd00:0:0:1b::2 dev eth1
ip -n grid.g4-1 -6 route add fd00:0:0:ff::14/128 via fd00:0:0:1b::2 dev eth1

# g4-2 (line 21)
ip -n grid.g4-2 link set dev lo up
ip -n grid.g4-2 link set dev eth0 up
ip -n grid.g4-2 link set dev eth1 up
ip -n grid.g4-2 link set dev eth2 up
ip -n grid.g4-2 address add 10.255.0.17/32 dev lo
ip -n grid.g4-2 address add fd00:0:0:ff::11/128 dev lo nodad
ip -n grid.g4-2 address add 10.0.0.86/30 dev eth0
ip -n grid.g4-2 address add fd00:0:0:15::2/64 dev eth0 nodad
ip -n grid.g4-2 address add 10.0.0.110/30 dev eth1
ip -n grid.g4-2 address add fd00:0:0:1b::2/64 dev eth1 nodad
ip -n grid.g4-2 address add 10.0.0.113/30 dev eth2
ip -n grid.g4-2 address add fd00:0:0:1c::1/64 dev eth2 nodad
ip -n grid.g4-2 route add 10.0.0.0/30 via 10.0.0.85 dev eth0
ip -n grid.g4-2 route add 10.0.0.4/30 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.109 dev eth1 weight 1
ip -n grid.g4-2 route add 10.0.0.8/29 via 10.0.0.85 dev eth0
ip -n grid.g4-2 route add 10.0.0.16/28 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.114 dev eth2 weight 1
ip -n grid.g4-2 route add 10.0.0.32/30 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.114 dev eth2 weight 1
ip -n grid.g4-2 route add 10.0.0.36/30 via 10.0.0.85 dev eth0
ip -n grid.g4-2 route add 10.0.0.40/30 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.109 dev eth1 weight 1
ip -n grid.g4-2 route add 10.0.0.44/30 via 10.0.0.85 dev eth0
ip -n grid.g4-2 route add 10.0.0.48/30 via 10.0.0.85 dev eth0
ip -n grid.g4-2 route add 10.0.0.52/30 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.114 dev eth2 weight 1
ip -n grid.g4-2 route add 10.0.0.56/29 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.114 dev eth2 weight 1
ip -n grid.g4-2 route add 10.0.0.64/29 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.114 dev eth2 weight 1
ip -n grid.g4-2 route add 10.0.0.72/30 via 10.0.0.85 dev eth0
ip -n grid.g4-2 route add 10.0.0.76/30 via 10.0.0.109 dev eth1
ip -n grid.g4-2 route add 10.0.0.80/30 via 10.0.0.85 dev eth0
ip -n grid.g4-2 route add 10.0.0.88/30 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.114 dev eth2 weight 1
ip -n grid.g4-2 route add 10.0.0.92/30 via 10.0.0.114 dev eth2
ip -n grid.g4-2 route add 10.0.0.96/30 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.114 dev eth2 weight 1
ip -n grid.g4-2 route add 10.0.0.100/30 via 10.0.0.114 dev eth2
ip -n grid.g4-2 route add 10.0.0.104/30 via 10.0.0.114 dev eth2
ip -n grid.g4-2 route add 10.0.0.116/30 via 10.0.0.114 dev eth2
ip -n grid.g4-2 route add 10.0.0.120/30 via 10.0.0.114 dev eth2
ip -n grid.g4-2 route add 10.255.0.1/32 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.109 dev eth1 weight 1
ip -n grid.g4-2 route add 10.255.0.2/32 via 10.0.0.85 dev eth0
ip -n grid.g4-2 route add 10.255.0.3/32 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.114 dev eth2 weight 1
ip -n grid.g4-2 route add 10.255.0.4/31 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.114 dev eth2 weight 1
ip -n grid.g4-2 route add 10.255.0.6/32 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.109 dev eth1 weight 1
ip -n grid.g4-2 route add 10.255.0.7/32 via 10.0.0.85 dev eth0
ip -n grid.g4-2 route add 10.255.0.8/31 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.114 dev eth2 weight 1
ip -n grid.g4-2 route add 10.255.0.10/32 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.114 dev eth2 weight 1
ip -n grid.g4-2 route add 10.255.0.11/32 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.109 dev eth1 weight 1
ip -n grid.g4-2 route add 10.255.0.12/32 via 10.0.0.85 dev eth0
ip -n grid.g4-2 route add 10.255.0.13/32 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.114 dev eth2 weight 1
ip -n grid.g4-2 route add 10.255.0.14/31 nexthop via 10.0.0.85 dev eth0 weight 1 nexthop via 10.0.0.114 dev eth2 weight 1
ip -n grid.g4-2 route add 10.255.0.16/32 via 10.0.0.109 dev eth1
ip -n grid.g4-2 route add 10.255.0.18/31 via 10.0.0.114 dev eth2
ip -n grid.g4-2 route add 10.255.0.20/32 via 10.0.0.114 dev eth2
ip -n grid.g4-2 -6 route add fd00::/64 via fd00:0:0:15::1 dev eth0
ip -n grid.g4-2 -6 route add fd00:0:0:1::/64 nexthop via fd00:0:0:15::1 dev eth0 weight 1 nexthop via fd00:0:0:1b::1 dev eth1 weight 1
ip -n grid.g4-2 -6 route add fd00:0:0:2::/63 via fd00:0:0:15::1 dev eth0
ip -n grid.g4-2 -6 route add fd00:0:0:4::/62 nexthop via fd00:0:0:15::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::2 dev eth2 weight 1
ip -n grid.g4-2 -6 route add fd00:0:0:8::/64 nexthop via fd00:0:0:15::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::2 dev eth2 weight 1
ip -n grid.g4-2 -6 route add fd00:0:0:9::/64 via fd00:0:0:15::1 dev eth0
ip -n grid.g4-2 -6 route add fd00:0:0:a::/64 nexthop via fd00:0:0:15::1 dev eth0 weight 1 nexthop via fd00:0:0:1b::1 dev eth1 weight 1
ip -n grid.g4-2 -6 route add fd00:0:0:b::/64 via fd00:0:0:15::1 dev eth0
ip -n grid.g4-2 -6 route add fd00:0:0:c::/64 via fd00:0:0:15::1 dev eth0
ip -n grid.g4-2 -6 route add fd00:0:0:d::/64 nexthop via fd00:0:0:15::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::2 dev eth2 weight 1
ip -n grid.g4-2 -6 route add fd00:0:0:e::/63 nexthop via fd00:0:0:15::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::2 dev eth2 weight 1
ip -n grid.g4-2 -6 route add fd00:0:0:10::/63 nexthop via fd00:0:0:15::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::2 dev eth2 weight 1
ip -n grid.g4-2 -6 route add fd00:0:0:12::/64 via fd00:0:0:15::1 dev eth0
ip -n grid.g4-2 -6 route add fd00:0:0:13::/64 via fd00:0:0:1b::1 dev eth1
ip -n grid.g4-2 -6 route add fd00:0:0:14::/64 via fd00:0:0:15::1 dev eth0
ip -n grid.g4-2 -6 route add fd00:0:0:16::/64 nexthop via fd00:0:0:15::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::2 dev eth2 weight 1
ip -n grid.g4-2 -6 route add fd00:0:0:17::/64 via fd00:0:0:1c::2 dev eth2
ip -n grid.g4-2 -6 route add fd00:0:0:18::/64 nexthop via fd00:0:0:15::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::2 dev eth2 weight 1
ip -n grid.g4-2 -6 route add fd00:0:0:19::/64 via fd00:0:0:1c::2 dev eth2
ip -n grid.g4-2 -6 route add fd00:0:0:1a::/64 via fd00:0:0:1c::2 dev eth2
ip -n grid.g4-2 -6 route add fd00:0:0:1d::/64 via fd00:0:0:1c::2 dev eth2
ip -n grid.g4-2 -6 route add fd00:0:0:1e::/64 via fd00:0:0:1c::2 dev eth2
ip -n grid.g4-2 -6 route add fd00:0:0:ff::1/128 nexthop via fd00:0:0:15::1 dev eth0 weight 1 nexthop via fd00:0:0:1b::1 dev eth1 weight 1
ip -n grid.g4-2 -6 route add fd00:0:0:ff::2/128 via fd00:0:0:15::1 dev eth0
ip -n grid.g4-2 -6 route add fd00:0:0:ff::3/128 nexthop via fd00:0:0:15::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::2 dev eth2 weight 1
ip -n grid.g4-2 -6 route add fd00:0:0:ff::4/127 nexthop via fd00:0:0:15::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::2 dev eth2 weight 1
ip -n grid.g4-2 -6 route add fd00:0:0:ff::6/128 nexthop via fd00:0:0:15::1 dev eth0 weight 1 nexthop via fd00:0:0:1b::1 dev eth1 weight 1
ip -n grid.g4-2 -6 route add fd00:0:0:ff::7/128 via fd00:0:0:15::1 dev eth0
ip -n grid.g4-2 -6 route add fd00:0:0:ff::8/127 nexthop via fd00:0:0:15::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::2 dev eth2 weight 1
ip -n grid.g4-2 -6 route add fd00:0:0:ff::a/128 nexthop via fd00:0:0:15::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::2 dev eth2 weight 1
ip -n grid.g4-2 -6 route add fd00:0:0:ff::b/128 nexthop via fd00:0:0:15::1 dev eth0 weight 1 nexthop via fd00:0:0:1b::1 dev eth1 weight 1
ip -n grid.g4-2 -6 route add fd00:0:0:ff::c/128 via fd00:0:0:15::1 dev eth0
ip -n grid.g4-2 -6 route add fd00:0:0:ff::d/128 nexthop via fd00:0:0:15::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::2 dev eth2 weight 1
ip -n grid.g4-2 -6 route add fd00:0:0:ff::e/127 nexthop via fd00:0:0:15::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::2 dev eth2 weight 1
ip -n grid.g4-2 -6 route add fd00:0:0:ff::10/128 via fd00:0:0:1b::1 dev eth1
ip -n grid.g4-2 -6 route add fd00:0:0:ff::12/127 via fd00:0:0:1c::2 dev eth2
ip -n grid.g4-2 -6 route add fd00:0:0:ff::14/128 via fd00:0:0:1c::2 dev eth2

# g4-3 (line 21)
ip -n grid.g4-3 link set dev lo up
ip -n grid.g4-3 link set dev eth0 up
ip -n grid.g4-3 link set dev eth1 up
ip -n grid.g4-3 link set dev eth2 up
ip -n grid.g4-3 address add 10.255.0.18/32 dev lo
ip -n grid.g4-3 address add fd00:0:0:ff::12/128 dev lo nodad
ip -n grid.g4-3 address add 10.0.0.94/30 dev eth0
ip -n grid.g4-3 address add fd00:0:0:17::2/64 dev eth0 nodad
ip -n grid.g4-3 address add 10.0.0.114/30 dev eth1
ip -n grid.g4-3 address add fd00:0:0:1c::2/64 dev eth1 nodad
ip -n grid.g4-3 address add 10.0.0.117/30 dev eth2
ip -n grid.g4-3 address add fd00:0:0:1d::1/64 dev eth2 nodad
ip -n grid.g4-3 route add 10.0.0.0/29 nexthop via 10.0.0.93 dev eth0 weight 1 nexthop via 10.0.0.113 dev eth1 weight 1
ip -n grid.g4-3 route add 10.0.0.8/30 via 10.0.0.93 dev eth0
ip -n grid.g4-3 route add 10.0.0.12/30 nexthop via 10.0.0.93 dev eth0 weight 1 nexthop via 10.0.0.113 dev eth1 weight 1
ip -n grid.g4-3 route add 10.0.0.16/29 via 10.0.0.93 dev eth0
ip -n grid.g4-3 route add 10.0.0.24/29 nexthop via 10.0.0.93 dev eth0 weight 1 nexthop via 10.0.0.118 dev eth2 weight 1
ip -n grid.g4-3 route add 10.0.0.32/30 nexthop via 10.0.0.93 dev eth0 weight 1 nexthop via 10.0.0.118 dev eth2 weight 1
ip -n grid.g4-3 route add 10.0.0.36/30 nexthop via 10.0.0.93 dev eth0 weight 1 nexthop via 10.0.0.113 dev eth1 weight 1
ip -n grid.g4-3 route add 10.0.0.40/30 nexthop via 10.0.0.93 dev eth0 weight 1 nexthop via 10.0.0.113 dev eth1 weight 1
ip -n grid.g4-3 route add 10.0.0.44/30 via 10.0.0.93 dev eth0
ip -n grid.g4-3 route add 10.0.0.48/30 nexthop via 10.0.0.93 dev eth0 weight 1 nexthop via 10.0.0.113 dev eth1 weight 1
ip -n grid.g4-3 route add 10.0.0.52/30 via 10.0.0.93 dev eth0
ip -n grid.g4-3 route add 10.0.0.56/30 via 10.0.0.93 dev eth0
ip -n grid.g4-3 route add 10.0.0.60/30 nexthop via 10.0.0.93 dev eth0 weight 1 nexthop via 10.0.0.118 dev eth2 weight 1
ip -n grid.g4-3 route add 10.0.0.64/29 nexthop via 10.0.0.93 dev eth0 weight 1 nexthop via 10.0.0.118 dev eth2 weight 1
ip -n grid.g4-3 route add 10.0.0.72/30 nexthop via 10.0.0.93 dev eth0 weight 1 nexthop via 10.0.0.113 dev eth1 weight 1
ip -n grid.g4-3 route add 10.0.0.76/30 via 10.0.0.113 dev eth1
ip -n grid.g4-3 route add 10.0.0.80/30 via 10.0.0.93 dev eth0
ip -n grid.g4-3 route add 10.0.0.84/30 via 10.0.0.113 dev eth1
ip -n grid.g4-3 route add 10.0.0.88/30 via 10.0.0.93 dev eth0
ip -n grid.g4-3 route add 10.0.0.96/30 nexthop via 10.0.0.93 dev eth0 weight 1 nexthop via 10.0.0.118 dev eth2 weight 1
ip -n grid.g4-3 route add 10.0.0.100/30 via 10.0.0.118 dev eth2
ip -n grid.g4-3 route add 10.0.0.104/30 via 10.0.0.118 dev eth2
ip -n grid.g4-3 route add 10.0.0.108/30 via 10.0.0.113 dev eth1
ip -n grid.g4-3 route add 10.0.0.120/30 via 10.0.0.118 dev eth2
ip -n grid.g4-3 route add 10.255.0.1/32 nexthop via 10.0.0.93 dev eth0 weight 1 nexthop via 10.0.0.113 dev eth1 weight 1
ip -n grid.g4-3 route add 10.255.0.2/32 nexthop via 10.0.0.93 dev eth0 weight 1 nexthop via 10.0.0.113 dev eth1 weight 1
ip -n grid.g4-3 route add 10.255.0.3/32 via 10.0.0.93 dev eth0
ip -n grid.g4-3 route add 10.255.0.4/31 nexthop via 10.0.0.93 dev eth0 weight 1 nexthop via 10.0.0.118 dev eth2 weight 1
ip -n grid.g4-3 route add 10.255.0.6/31 nexthop via 10.0.0.93 dev eth0 weight 1 nexthop via 10.0.0.113 dev eth1 weight 1
ip -n grid.g4-3 route add 10.255.0.8/32 via 10.0.0.93 dev eth0
ip -n grid.g4-3 route add 10.255.0.9/32 nexthop via 10.0.0.93 dev eth0 weight 1 nexthop via 10.0.0.118 dev eth2 weight 1
ip -n grid.g4-3 route add 10.255.0.10/32 nexthop via 10.0.0.93 dev eth0 weight 1 nexthop via 10.0.0.118 dev eth2 weight 1
ip -n grid.g4-3 route add 10.255.0.11/32 nexthop via 10.0.0.93 dev eth0 weight 1 nexthop via 10.0.0.113 dev eth1 weight 1
ip -n grid.g4-3 route add 10.255.0.12/32 nexthop via 10.0.0.93 dev eth0 weight 1 nexthop via 10.0.0.113 dev eth1 weight 1
ip -n grid.g4-3 route add 10.255.0.13/32 via 10.0.0.93 dev eth0
ip -n grid.g4-3 route add 10.255.0.14/31 nexthop via 10.0.0.93 dev eth0 weight 1 nexthop via 10.0.0.118 dev eth2 weight 1
ip -n grid.g4-3 route add 10.255.0.16/31 via 10.0.0.113 dev eth1
ip -n grid.g4-3 route add 10.255.0.19/32 via 10.0.0.118 dev eth2
ip -n grid.g4-3 route add 10.255.0.20/32 via 10.0.0.118 dev eth2
ip -n grid.g4-3 -6 route add fd00::/63 nexthop via fd00:0:0:17::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::1 dev eth1 weight 1
ip -n grid.g4-3 -6 route add fd00:0:0:2::/64 via fd00:0:0:17::1 dev eth0
ip -n grid.g4-3 -6 route add fd00:0:0:3::/64 nexthop via fd00:0:0:17::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::1 dev eth1 weight 1
ip -n grid.g4-3 -6 route add fd00:0:0:4::/63 via fd00:0:0:17::1 dev eth0
ip -n grid.g4-3 -6 route add fd00:0:0:6::/63 nexthop via fd00:0:0:17::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::2 dev eth2 weight 1
ip -n grid.g4-3 -6 route add fd00:0:0:8::/64 nexthop via fd00:0:0:17::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::2 dev eth2 weight 1
ip -n grid.g4-3 -6 route add fd00:0:0:9::/64 nexthop via fd00:0:0:17::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::1 dev eth1 weight 1
ip -n grid.g4-3 -6 route add fd00:0:0:a::/64 nexthop via fd00:0:0:17::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::1 dev eth1 weight 1
ip -n grid.g4-3 -6 route add fd00:0:0:b::/64 via fd00:0:0:17::1 dev eth0
ip -n grid.g4-3 -6 route add fd00:0:0:c::/64 nexthop via fd00:0:0:17::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::1 dev eth1 weight 1
ip -n grid.g4-3 -6 route add fd00:0:0:d::/64 via fd00:0:0:17::1 dev eth0
ip -n grid.g4-3 -6 route add fd00:0:0:e::/64 via fd00:0:0:17::1 dev eth0
ip -n grid.g4-3 -6 route add fd00:0:0:f::/64 nexthop via fd00:0:0:17::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::2 dev eth2 weight 1
ip -n grid.g4-3 -6 route add fd00:0:0:10::/63 nexthop via fd00:0:0:17::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::2 dev eth2 weight 1
ip -n grid.g4-3 -6 route add fd00:0:0:12::/64 nexthop via fd00:0:0:17::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::1 dev eth1 weight 1
ip -n grid.g4-3 -6 route add fd00:0:0:13::/64 via fd00:0:0:1c::1 dev eth1
ip -n grid.g4-3 -6 route add fd00:0:0:14::/64 via fd00:0:0:17::1 dev eth0
ip -n grid.g4-3 -6 route add fd00:0:0:15::/64 via fd00:0:0:1c::1 dev eth1
ip -n grid.g4-3 -6 route add fd00:0:0:16::/64 via fd00:0:0:17::1 dev eth0
ip -n grid.g4-3 -6 route add fd00:0:0:18::/64 nexthop via fd00:0:0:17::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::2 dev eth2 weight 1
ip -n grid.g4-3 -6 route add fd00:0:0:19::/64 via fd00:0:0:1d::2 dev eth2
ip -n grid.g4-3 -6 route add fd00:0:0:1a::/64 via fd00:0:0:1d::2 dev eth2
ip -n grid.g4-3 -6 route add fd00:0:0:1b::/64 via fd00:0:0:1c::1 dev eth1
ip -n grid.g4-3 -6 route add fd00:0:0:1e::/64 via fd00:0:0:1d::2 dev eth2
ip -n grid.g4-3 -6 route add fd00:0:0:ff::1/128 nexthop via fd00:0:0:17::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::1 dev eth1 weight 1
ip -n grid.g4-3 -6 route add fd00:0:0:ff::2/128 nexthop via fd00:0:0:17::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::1 dev eth1 weight 1
ip -n grid.g4-3 -6 route add fd00:0:0:ff::3/128 via fd00:0:0:17::1 dev eth0
ip -n grid.g4-3 -6 route add fd00:0:0:ff::4/127 nexthop via fd00:0:0:17::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::2 dev eth2 weight 1
ip -n grid.g4-3 -6 route add fd00:0:0:ff::6/127 nexthop via fd00:0:0:17::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::1 dev eth1 weight 1
ip -n grid.g4-3 -6 route add fd00:0:0:ff::8/128 via fd00:0:0:17::1 dev eth0
ip -n grid.g4-3 -6 route add fd00:0:0:ff::9/128 nexthop via fd00:0:0:17::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::2 dev eth2 weight 1
ip -n grid.g4-3 -6 route add fd00:0:0:ff::a/128 nexthop via fd00:0:0:17::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::2 dev eth2 weight 1
ip -n grid.g4-3 -6 route add fd00:0:0:ff::b/128 nexthop via fd00:0:0:17::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::1 dev eth1 weight 1
ip -n grid.g4-3 -6 route add fd00:0:0:ff::c/128 nexthop via fd00:0:0:17::1 dev eth0 weight 1 nexthop via fd00:0:0:1c::1 dev eth1 weight 1
ip -n grid.g4-3 -6 route add fd00:0:0:ff::d/128 via fd00:0:0:17::1 dev eth0
ip -n grid.g4-3 -6 route add fd00:0:0:ff::e/127 nexthop via fd00:0:0:17::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::2 dev eth2 weight 1
ip -n grid.g4-3 -6 route add fd00:0:0:ff::10/127 via fd00:0:0:1c::1 dev eth1
ip -n grid.g4-3 -6 route add fd00:0:0:ff::13/128 via fd00:0:0:1d::2 dev eth2
ip -n grid.g4-3 -6 route add fd00:0:0:ff::14/128 via fd00:0:0:1d::2 dev eth2

# g4-4 (line 21)
ip -n grid.g4-4 link set dev lo up
ip -n grid.g4-4 link set dev eth0 up
ip -n grid.g4-4 link set dev eth1 up
ip -n grid.g4-4 link set dev eth2 up
ip -n grid.g4-4 address add 10.255.0.19/32 dev lo
ip -n grid.g4-4 address add fd00:0:0:ff::13/128 dev lo nodad
ip -n grid.g4-4 address add 10.0.0.102/30 dev eth0
ip -n grid.g4-4 address add fd00:0:0:19::2/64 dev eth0 nodad
ip -n grid.g4-4 address add 10.0.0.118/30 dev eth1
ip -n grid.g4-4 address add fd00:0:0:1d::2/64 dev eth1 nodad
ip -n grid.g4-4 address add 10.0.0.121/30 dev eth2
ip -n grid.g4-4 address add fd00:0:0:1e::1/64 dev eth2 nodad
ip -n grid.g4-4 route add 10.0.0.0/28 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.117 dev eth1 weight 1
ip -n grid.g4-4 route add 10.0.0.16/30 via 10.0.0.101 dev eth0
ip -n grid.g4-4 route add 10.0.0.20/30 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.117 dev eth1 weight 1
ip -n grid.g4-4 route add 10.0.0.24/29 via 10.0.0.101 dev eth0
ip -n grid.g4-4 route add 10.0.0.32/30 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.122 dev eth2 weight 1
ip -n grid.g4-4 route add 10.0.0.36/30 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.117 dev eth1 weight 1
ip -n grid.g4-4 route add 10.0.0.40/29 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.117 dev eth1 weight 1
ip -n grid.g4-4 route add 10.0.0.48/30 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.117 dev eth1 weight 1
ip -n grid.g4-4 route add 10.0.0.52/30 via 10.0.0.101 dev eth0
ip -n grid.g4-4 route add 10.0.0.56/30 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.117 dev eth1 weight 1
ip -n grid.g4-4 route add 10.0.0.60/30 via 10.0.0.101 dev eth0
ip -n grid.g4-4 route add 10.0.0.64/30 via 10.0.0.101 dev eth0
ip -n grid.g4-4 route add 10.0.0.68/30 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.122 dev eth2 weight 1
ip -n grid.g4-4 route add 10.0.0.72/30 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.117 dev eth1 weight 1
ip -n grid.g4-4 route add 10.0.0.76/30 via 10.0.0.117 dev eth1
ip -n grid.g4-4 route add 10.0.0.80/30 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.117 dev eth1 weight 1
ip -n grid.g4-4 route add 10.0.0.84/30 via 10.0.0.117 dev eth1
ip -n grid.g4-4 route add 10.0.0.88/30 via 10.0.0.101 dev eth0
ip -n grid.g4-4 route add 10.0.0.92/30 via 10.0.0.117 dev eth1
ip -n grid.g4-4 route add 10.0.0.96/30 via 10.0.0.101 dev eth0
ip -n grid.g4-4 route add 10.0.0.104/30 via 10.0.0.122 dev eth2
ip -n grid.g4-4 route add 10.0.0.108/30 via 10.0.0.117 dev eth1
ip -n grid.g4-4 route add 10.0.0.112/30 via 10.0.0.117 dev eth1
ip -n grid.g4-4 route add 10.255.0.1/32 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.117 dev eth1 weight 1
ip -n grid.g4-4 route add 10.255.0.2/31 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.117 dev eth1 weight 1
ip -n grid.g4-4 route add 10.255.0.4/32 via 10.0.0.101 dev eth0
ip -n grid.g4-4 route add 10.255.0.5/32 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.122 dev eth2 weight 1
ip -n grid.g4-4 route add 10.255.0.6/31 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.117 dev eth1 weight 1
ip -n grid.g4-4 route add 10.255.0.8/32 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.117 dev eth1 weight 1
ip -n grid.g4-4 route add 10.255.0.9/32 via 10.0.0.101 dev eth0
ip -n grid.g4-4 route add 10.255.0.10/32 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.122 dev eth2 weight 1
ip -n grid.g4-4 route add 10.255.0.11/32 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.117 dev eth1 weight 1
ip -n grid.g4-4 route add 10.255.0.12/31 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.117 dev eth1 weight 1
ip -n grid.g4-4 route add 10.255.0.14/32 via 10.0.0.101 dev eth0
ip -n grid.g4-4 route add 10.255.0.15/32 nexthop via 10.0.0.101 dev eth0 weight 1 nexthop via 10.0.0.122 dev eth2 weight 1
ip -n grid.g4-4 route add 10.255.0.16/30 via 10.0.0.117 dev eth1
ip -n grid.g4-4 route add 10.255.0.20/32 via 10.0.0.122 dev eth2
ip -n grid.g4-4 -6 route add fd00::/62 nexthop via fd00:0:0:19::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::1 dev eth1 weight 1
ip -n grid.g4-4 -6 route add fd00:0:0:4::/64 via fd00:0:0:19::1 dev eth0
ip -n grid.g4-4 -6 route add fd00:0:0:5::/64 nexthop via fd00:0:0:19::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::1 dev eth1 weight 1
ip -n grid.g4-4 -6 route add fd00:0:0:6::/63 via fd00:0:0:19::1 dev eth0
ip -n grid.g4-4 -6 route add fd00:0:0:8::/64 nexthop via fd00:0:0:19::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::2 dev eth2 weight 1
ip -n grid.g4-4 -6 route add fd00:0:0:9::/64 nexthop via fd00:0:0:19::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::1 dev eth1 weight 1
ip -n grid.g4-4 -6 route add fd00:0:0:a::/63 nexthop via fd00:0:0:19::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::1 dev eth1 weight 1
ip -n grid.g4-4 -6 route add fd00:0:0:c::/64 nexthop via fd00:0:0:19::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::1 dev eth1 weight 1
ip -n grid.g4-4 -6 route add fd00:0:0:d::/64 via fd00:0:0:19::1 dev eth0
ip -n grid.g4-4 -6 route add fd00:0:0:e::/64 nexthop via fd00:0:0:19::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::1 dev eth1 weight 1
ip -n grid.g4-4 -6 route add fd00:0:0:f::/64 via fd00:0:0:19::1 dev eth0
ip -n grid.g4-4 -6 route add fd00:0:0:10::/64 via fd00:0:0:19::1 dev eth0
ip -n grid.g4-4 -6 route add fd00:0:0:11::/64 nexthop via fd00:0:0:19::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::2 dev eth2 weight 1
ip -n grid.g4-4 -6 route add fd00:0:0:12::/64 nexthop via fd00:0:0:19::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::1 dev eth1 weight 1
ip -n grid.g4-4 -6 route add fd00:0:0:13::/64 via fd00:0:0:1d::1 dev eth1
ip -n grid.g4-4 -6 route add fd00:0:0:14::/64 nexthop via fd00:0:0:19::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::1 dev eth1 weight 1
ip -n grid.g4-4 -6 route add fd00:0:0:15::/64 via fd00:0:0:1d::1 dev eth1
ip -n grid.g4-4 -6 route add fd00:0:0:16::/64 via fd00:0:0:19::1 dev eth0
ip -n grid.g4-4 -6 route add fd00:0:0:17::/64 via fd00:0:0:1d::1 dev eth1
ip -n grid.g4-4 -6 route add fd00:0:0:18::/64 via fd00:0:0:19::1 dev eth0
ip -n grid.g4-4 -6 route add fd00:0:0:1a::/64 via fd00:0:0:1e::2 dev eth2
ip -n grid.g4-4 -6 route add fd00:0:0:1b::/64 via fd00:0:0:1d::1 dev eth1
ip -n grid.g4-4 -6 route add fd00:0:0:1c::/64 via fd00:0:0:1d::1 dev eth1
ip -n grid.g4-4 -6 route add fd00:0:0:ff::1/128 nexthop via fd00:0:0:19::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::1 dev eth1 weight 1
ip -n grid.g4-4 -6 route add fd00:0:0:ff::2/127 nexthop via fd00:0:0:19::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::1 dev eth1 weight 1
ip -n grid.g4-4 -6 route add fd00:0:0:ff::4/128 via fd00:0:0:19::1 dev eth0
ip -n grid.g4-4 -6 route add fd00:0:0:ff::5/128 nexthop via fd00:0:0:19::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::2 dev eth2 weight 1
ip -n grid.g4-4 -6 route add fd00:0:0:ff::6/127 nexthop via fd00:0:0:19::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::1 dev eth1 weight 1
ip -n grid.g4-4 -6 route add fd00:0:0:ff::8/128 nexthop via fd00:0:0:19::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::1 dev eth1 weight 1
ip -n grid.g4-4 -6 route add fd00:0:0:ff::9/128 via fd00:0:0:19::1 dev eth0
ip -n grid.g4-4 -6 route add fd00:0:0:ff::a/128 nexthop via fd00:0:0:19::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::2 dev eth2 weight 1
ip -n grid.g4-4 -6 route add fd00:0:0:ff::b/128 nexthop via fd00:0:0:19::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::1 dev eth1 weight 1
ip -n grid.g4-4 -6 route add fd00:0:0:ff::c/127 nexthop via fd00:0:0:19::1 dev eth0 weight 1 nexthop via fd00:0:0:1d::1 dev eth1 weight 1
ip -n grid.g4-4 -6 route add fd00:0:0:ff::e/128 via fd00:0:0:19::1 dev eth0
ip -n grid.g4-4 -6 route add fd00:0:0:ff::f/128 nexthop via fd00:0:0:19::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::2 dev eth2 weight 1
ip -n grid.g4-4 -6 route add fd00:0:0:ff::10/126 via fd00:0:0:1d::1 dev eth1
ip -n grid.g4-4 -6 route add fd00:0:0:ff::14/128 via fd00:0:0:1e::2 dev eth2

# g4-5 (line 21)
ip -n grid.g4-5 link set dev lo up
ip -n grid.g4-5 link set dev eth0 up
ip -n grid.g4-5 link set dev eth1 up
ip -n grid.g4-5 address add 10.255.0.20/32 dev lo
ip -n grid.g4-5 address add fd00:0:0:ff::14/128 dev lo nodad
ip -n grid.g4-5 address add 10.0.0.106/30 dev eth0
ip -n grid.g4-5 address add fd00:0:0:1a::2/64 dev eth0 nodad
ip -n grid.g4-5 address add 10.0.0.122/30 dev eth1
ip -n grid.g4-5 address add fd00:0:0:1e::2/64 dev eth1 nodad
ip -n grid.g4-5 route add 10.0.0.0/28 nexthop via 10.0.0.105 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n grid.g4-5 route add 10.0.0.16/29 nexthop via 10.0.0.105 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n grid.g4-5 route add 10.0.0.24/30 via 10.0.0.105 dev eth0
ip -n grid.g4-5 route add 10.0.0.28/30 nexthop via 10.0.0.105 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n grid.g4-5 route add 10.0.0.32/30 via 10.0.0.105 dev eth0
ip -n grid.g4-5 route add 10.0.0.36/30 nexthop via 10.0.0.105 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n grid.g4-5 route add 10.0.0.40/29 nexthop via 10.0.0.105 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n grid.g4-5 route add 10.0.0.48/29 nexthop via 10.0.0.105 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n grid.g4-5 route add 10.0.0.56/30 nexthop via 10.0.0.105 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n grid.g4-5 route add 10.0.0.60/30 via 10.0.0.105 dev eth0
ip -n grid.g4-5 route add 10.0.0.64/30 nexthop via 10.0.0.105 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n grid.g4-5 route add 10.0.0.68/30 via 10.0.0.105 dev eth0
ip -n grid.g4-5 route add 10.0.0.72/30 nexthop via 10.0.0.105 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n grid.g4-5 route add 10.0.0.76/30 via 10.0.0.121 dev eth1
ip -n grid.g4-5 route add 10.0.0.80/30 nexthop via 10.0.0.105 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n grid.g4-5 route add 10.0.0.84/30 via 10.0.0.121 dev eth1
ip -n grid.g4-5 route add 10.0.0.88/30 nexthop via 10.0.0.105 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n grid.g4-5 route add 10.0.0.92/30 via 10.0.0.121 dev eth1
ip -n grid.g4-5 route add 10.0.0.96/30 via 10.0.0.105 dev eth0
ip -n grid.g4-5 route add 10.0.0.100/30 via 10.0.0.121 dev eth1
ip -n grid.g4-5 route add 10.0.0.108/30 via 10.0.0.121 dev eth1
ip -n grid.g4-5 route add 10.0.0.112/29 via 10.0.0.121 dev eth1
ip -n grid.g4-5 route add 10.255.0.1/32 nexthop via 10.0.0.105 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n grid.g4-5 route add 10.255.0.2/31 nexthop via 10.0.0.105 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n grid.g4-5 route add 10.255.0.4/32 nexthop via 10.0.0.105 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n grid.g4-5 route add 10.255.0.5/32 via 10.0.0.105 dev eth0
ip -n grid.g4-5 route add 10.255.0.6/31 nexthop via 10.0.0.105 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n grid.g4-5 route add 10.255.0.8/31 nexthop via 10.0.0.105 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n grid.g4-5 route add 10.255.0.10/32 via 10.0.0.105 dev eth0
ip -n grid.g4-5 route add 10.255.0.11/32 nexthop via 10.0.0.105 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n grid.g4-5 route add 10.255.0.12/31 nexthop via 10.0.0.105 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n grid.g4-5 route add 10.255.0.14/32 nexthop via 10.0.0.105 dev eth0 weight 1 nexthop via 10.0.0.121 dev eth1 weight 1
ip -n grid.g4-5 route add 10.255.0.15/32 via 10.0.0.105 dev eth0
ip -n grid.g4-5 route add 10.255.0.16/30 via 10.0.0.121 dev eth1
ip -n grid.g4-5 -6 route add fd00::/62 nexthop via fd00:0:0:1a::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::1 dev eth1 weight 1
ip -n grid.g4-5 -6 route add fd00:0:0:4::/63 nexthop via fd00:0:0:1a::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::1 dev eth1 weight 1
ip -n grid.g4-5 -6 route add fd00:0:0:6::/64 via fd00:0:0:1a::1 dev eth0
ip -n grid.g4-5 -6 route add fd00:0:0:7::/64 nexthop via fd00:0:0:1a::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::1 dev eth1 weight 1
ip -n grid.g4-5 -6 route add fd00:0:0:8::/64 via fd00:0:0:1a::1 dev eth0
ip -n grid.g4-5 -6 route add fd00:0:0:9::/64 nexthop via fd00:0:0:1a::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::1 dev eth1 weight 1
ip -n grid.g4-5 -6 route add fd00:0:0:a::/63 nexthop via fd00:0:0:1a::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::1 dev eth1 weight 1
ip -n grid.g4-5 -6 route add fd00:0:0:c::/63 nexthop via fd00:0:0:1a::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::1 dev eth1 weight 1
ip -n grid.g4-5 -6 route add fd00:0:0:e::/64 nexthop via fd00:0:0:1a::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::1 dev eth1 weight 1
ip -n grid.g4-5 -6 route add fd00:0:0:f::/64 via fd00:0:0:1a::1 dev eth0
ip -n grid.g4-5 -6 route add fd00:0:0:10::/64 nexthop via fd00:0:0:1a::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::1 dev eth1 weight 1
ip -n grid.g4-5 -6 route add fd00:0:0:11::/64 via fd00:0:0:1a::1 dev eth0
ip -n grid.g4-5 -6 route add fd00:0:0:12::/64 nexthop via fd00:0:0:1a::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::1 dev eth1 weight 1
ip -n grid.g4-5 -6 route add fd00:0:0:13::/64 via fd00:0:0:1e::1 dev eth1
ip -n grid.g4-5 -6 route add fd00:0:0:14::/64 nexthop via fd00:0:0:1a::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::1 dev eth1 weight 1
ip -n grid.g4-5 -6 route add fd00:0:0:15::/64 via fd00:0:0:1e::1 dev eth1
ip -n grid.g4-5 -6 route add fd00:0:0:16::/64 nexthop via fd00:0:0:1a::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::1 dev eth1 weight 1
ip -n grid.g4-5 -6 route add fd00:0:0:17::/64 via fd00:0:0:1e::1 dev eth1
ip -n grid.g4-5 -6 route add fd00:0:0:18::/64 via fd00:0:0:1a::1 dev eth0
ip -n grid.g4-5 -6 route add fd00:0:0:19::/64 via fd00:0:0:1e::1 dev eth1
ip -n grid.g4-5 -6 route add fd00:0:0:1b::/64 via fd00:0:0:1e::1 dev eth1
ip -n grid.g4-5 -6 route add fd00:0:0:1c::/63 via fd00:0:0:1e::1 dev eth1
ip -n grid.g4-5 -6 route add fd00:0:0:ff::1/128 nexthop via fd00:0:0:1a::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::1 dev eth1 weight 1
ip -n grid.g4-5 -6 route add fd00:0:0:ff::2/127 nexthop via fd00:0:0:1a::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::1 dev eth1 weight 1
ip -n grid.g4-5 -6 route add fd00:0:0:ff::4/128 nexthop via fd00:0:0:1a::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::1 dev eth1 weight 1
ip -n grid.g4-5 -6 route add fd00:0:0:ff::5/128 via fd00:0:0:1a::1 dev eth0
ip -n grid.g4-5 -6 route add fd00:0:0:ff::6/127 nexthop via fd00:0:0:1a::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::1 dev eth1 weight 1
ip -n grid.g4-5 -6 route add fd00:0:0:ff::8/127 nexthop via fd00:0:0:1a::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::1 dev eth1 weight 1
ip -n grid.g4-5 -6 route add fd00:0:0:ff::a/128 via fd00:0:0:1a::1 dev eth0
ip -n grid.g4-5 -6 route add fd00:0:0:ff::b/128 nexthop via fd00:0:0:1a::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::1 dev eth1 weight 1
ip -n grid.g4-5 -6 route add fd00:0:0:ff::c/127 nexthop via fd00:0:0:1a::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::1 dev eth1 weight 1
ip -n grid.g4-5 -6 route add fd00:0:0:ff::e/128 nexthop via fd00:0:0:1a::1 dev eth0 weight 1 nexthop via fd00:0:0:1e::1 dev eth1 weight 1
ip -n grid.g4-5 -6 route add fd00:0:0:ff::f/128 via fd00:0:0:1a::1 dev eth0
ip -n grid.g4-5 -6 route add fd00:0:0:ff::10/126 via fd00:0:0:1e::1 dev eth1
