#!/bin/sh
# Builds the lab policy-routing by hand: what nslab does with policy-routing.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        policy-routing.staff \
        policy-routing.guest \
        policy-routing.server \
        policy-routing.gw \
        policy-routing.fast \
        policy-routing.slow \
        policy-routing.net
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
new_host policy-routing.staff
new_host policy-routing.guest
new_host policy-routing.server
new_router policy-routing.gw
new_router policy-routing.fast
new_router policy-routing.slow
new_router policy-routing.net

# The links
ip link add name staff netns policy-routing.gw numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns policy-routing.staff numtxqueues 1 numrxqueues 1
ip link add name guest netns policy-routing.gw numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns policy-routing.guest numtxqueues 1 numrxqueues 1
ip link add name fast netns policy-routing.gw numtxqueues 1 numrxqueues 1 type veth \
    peer name gw netns policy-routing.fast numtxqueues 1 numrxqueues 1
ip link add name slow netns policy-routing.gw numtxqueues 1 numrxqueues 1 type veth \
    peer name gw netns policy-routing.slow numtxqueues 1 numrxqueues 1
ip link add name fast netns policy-routing.net numtxqueues 1 numrxqueues 1 type veth \
    peer name net netns policy-routing.fast numtxqueues 1 numrxqueues 1
ip link add name slow netns policy-routing.net numtxqueues 1 numrxqueues 1 type veth \
    peer name net netns policy-routing.slow numtxqueues 1 numrxqueues 1
ip link add name server netns policy-routing.net numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns policy-routing.server numtxqueues 1 numrxqueues 1

# staff (line 34)
ip -n policy-routing.staff link set dev lo up
ip -n policy-routing.staff link set dev eth0 up
ip -n policy-routing.staff address add 10.0.1.2/24 dev eth0
ip -n policy-routing.staff address add fd00:1::2/64 dev eth0 nodad
ip -n policy-routing.staff route add default via 10.0.1.1 dev eth0
ip -n policy-routing.staff -6 route add default via fd00:1::1 dev eth0

# guest (line 35)
ip -n policy-routing.guest link set dev lo up
ip -n policy-routing.guest link set dev eth0 up
ip -n policy-routing.guest address add 10.0.2.2/24 dev eth0
ip -n policy-routing.guest address add fd00:2::2/64 dev eth0 nodad
ip -n policy-routing.guest route add default via 10.0.2.1 dev eth0
ip -n policy-routing.guest -6 route add default via fd00:2::1 dev eth0

# server (line 36)
ip -n policy-routing.server link set dev lo up
ip -n policy-routing.server link set dev eth0 up
ip -n policy-routing.server address add 10.0.9.2/24 dev eth0
ip -n policy-routing.server address add fd00:9::2/64 dev eth0 nodad
ip -n policy-routing.server route add default via 10.0.9.1 dev eth0
ip -n policy-routing.server -6 route add default via fd00:9::1 dev eth0

# gw (line 38)
ip -n policy-routing.gw link set dev lo up
ip -n policy-routing.gw link set dev staff up
ip -n policy-routing.gw link set dev guest up
ip -n policy-routing.gw link set dev fast up
ip -n policy-routing.gw link set dev slow up
ip -n policy-routing.gw address add 10.0.1.1/24 dev staff
ip -n policy-routing.gw address add fd00:1::1/64 dev staff nodad
ip -n policy-routing.gw address add 10.0.2.1/24 dev guest
ip -n policy-routing.gw address add fd00:2::1/64 dev guest nodad
ip -n policy-routing.gw address add 10.0.11.1/24 dev fast
ip -n policy-routing.gw address add fd00:11::1/64 dev fast nodad
ip -n policy-routing.gw address add 10.0.12.1/24 dev slow
ip -n policy-routing.gw address add fd00:12::1/64 dev slow nodad
ip -n policy-routing.gw route add default via 10.0.11.2 dev fast
ip -n policy-routing.gw -6 route add default via fd00:11::2 dev fast
ip -n policy-routing.gw route add 10.0.9.0/24 table 100 via 10.0.12.2 dev slow
ip -n policy-routing.gw -6 route add fd00:9::/64 table 100 via fd00:12::2 dev slow
ip -n policy-routing.gw rule add priority 1000 from 10.0.2.0/24 ipproto 6 dport 443 lookup 254
ip -n policy-routing.gw -6 rule add priority 1000 from fd00:2::/64 ipproto 6 dport 443 lookup 254
ip -n policy-routing.gw rule add priority 2000 from 10.0.2.0/24 lookup 100
ip -n policy-routing.gw -6 rule add priority 2000 from fd00:2::/64 lookup 100

# fast (line 50)
ip -n policy-routing.fast link set dev lo up
ip -n policy-routing.fast link set dev gw up
ip -n policy-routing.fast link set dev net up
ip -n policy-routing.fast address add 10.0.11.2/24 dev gw
ip -n policy-routing.fast address add fd00:11::2/64 dev gw nodad
ip -n policy-routing.fast address add 10.0.21.2/24 dev net
ip -n policy-routing.fast address add fd00:21::2/64 dev net nodad
ip -n policy-routing.fast route add default via 10.0.21.1 dev net
ip -n policy-routing.fast -6 route add default via fd00:21::1 dev net
ip -n policy-routing.fast route add 10.0.0.0/22 via 10.0.11.1 dev gw
ip -n policy-routing.fast -6 route add fd00:1::/64 via fd00:11::1 dev gw
ip -n policy-routing.fast -6 route add fd00:2::/64 via fd00:11::1 dev gw

# slow (line 57)
ip -n policy-routing.slow link set dev lo up
ip -n policy-routing.slow link set dev gw up
ip -n policy-routing.slow link set dev net up
ip -n policy-routing.slow address add 10.0.12.2/24 dev gw
ip -n policy-routing.slow address add fd00:12::2/64 dev gw nodad
ip -n policy-routing.slow address add 10.0.22.2/24 dev net
ip -n policy-routing.slow address add fd00:22::2/64 dev net nodad
ip -n policy-routing.slow route add default via 10.0.22.1 dev net
ip -n policy-routing.slow -6 route add default via fd00:22::1 dev net
ip -n policy-routing.slow route add 10.0.0.0/22 via 10.0.12.1 dev gw
ip -n policy-routing.slow -6 route add fd00:1::/64 via fd00:12::1 dev gw
ip -n policy-routing.slow -6 route add fd00:2::/64 via fd00:12::1 dev gw

# net (line 64)
ip -n policy-routing.net link set dev lo up
ip -n policy-routing.net link set dev fast up
ip -n policy-routing.net link set dev slow up
ip -n policy-routing.net link set dev server up
ip -n policy-routing.net address add 10.0.21.1/24 dev fast
ip -n policy-routing.net address add fd00:21::1/64 dev fast nodad
ip -n policy-routing.net address add 10.0.22.1/24 dev slow
ip -n policy-routing.net address add fd00:22::1/64 dev slow nodad
ip -n policy-routing.net address add 10.0.9.1/24 dev server
ip -n policy-routing.net address add fd00:9::1/64 dev server nodad
ip -n policy-routing.net route add default via 10.0.21.2 dev fast
ip -n policy-routing.net -6 route add default via fd00:21::2 dev fast
