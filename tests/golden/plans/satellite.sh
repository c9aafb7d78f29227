#!/bin/sh
# Builds the lab satellite by hand: what nslab does with satellite.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        satellite.home \
        satellite.web \
        satellite.dish \
        satellite.gate
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
new_host satellite.home
new_host satellite.web
new_router satellite.dish
new_router satellite.gate

# The links
ip link add name lan netns satellite.dish numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns satellite.home numtxqueues 1 numrxqueues 1
ip link add name sky netns satellite.dish numtxqueues 1 numrxqueues 1 type veth \
    peer name sky netns satellite.gate numtxqueues 1 numrxqueues 1
ip link add name lan netns satellite.gate numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns satellite.web numtxqueues 1 numrxqueues 1

# home (line 30)
ip -n satellite.home link set dev lo up
ip -n satellite.home link set dev eth0 up
ip -n satellite.home address add 10.0.1.2/24 dev eth0
ip -n satellite.home address add fd00:1::2/64 dev eth0 nodad
ip -n satellite.home route add default via 10.0.1.1 dev eth0
ip -n satellite.home -6 route add default via fd00:1::1 dev eth0

# web (line 31)
ip -n satellite.web link set dev lo up
ip -n satellite.web link set dev eth0 up
ip -n satellite.web address add 10.0.3.2/24 dev eth0
ip -n satellite.web address add fd00:3::2/64 dev eth0 nodad
ip -n satellite.web route add default via 10.0.3.1 dev eth0
ip -n satellite.web -6 route add default via fd00:3::1 dev eth0

# dish (line 32)
ip -n satellite.dish link set dev lo up
ip -n satellite.dish link set dev lan up
ip -n satellite.dish link set dev sky up
ip -n satellite.dish address add 10.0.1.1/24 dev lan
ip -n satellite.dish address add fd00:1::1/64 dev lan nodad
ip -n satellite.dish address add 10.0.2.1/24 dev sky
ip -n satellite.dish address add fd00:2::1/64 dev sky nodad
ip -n satellite.dish route add default via 10.0.2.2 dev sky
ip -n satellite.dish -6 route add default via fd00:2::2 dev sky
tc -n satellite.dish qdisc add dev sky root handle 1: netem limit 200 delay 270ms rate 2mbit

# gate (line 33)
ip -n satellite.gate link set dev lo up
ip -n satellite.gate link set dev sky up
ip -n satellite.gate link set dev lan up
ip -n satellite.gate address add 10.0.2.2/24 dev sky
ip -n satellite.gate address add fd00:2::2/64 dev sky nodad
ip -n satellite.gate address add 10.0.3.1/24 dev lan
ip -n satellite.gate address add fd00:3::1/64 dev lan nodad
ip -n satellite.gate route add 10.0.1.0/24 via 10.0.2.1 dev sky
ip -n satellite.gate -6 route add fd00:1::/64 via fd00:2::1 dev sky
tc -n satellite.gate qdisc add dev sky root handle 1: netem limit 200 delay 270ms rate 20mbit
