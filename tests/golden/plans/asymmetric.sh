#!/bin/sh
# Builds the lab asymmetric by hand: what nslab does with asymmetric.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        asymmetric.h1 \
        asymmetric.h2 \
        asymmetric.r1 \
        asymmetric.r2 \
        asymmetric.r3
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
new_host asymmetric.h1
new_host asymmetric.h2
new_router asymmetric.r1
new_router asymmetric.r2
new_router asymmetric.r3

# The links
ip link add name eth0 netns asymmetric.r1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns asymmetric.h1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns asymmetric.r2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns asymmetric.h2 numtxqueues 1 numrxqueues 1
ip link add name r2 netns asymmetric.r1 numtxqueues 1 numrxqueues 1 type veth \
    peer name r1 netns asymmetric.r2 numtxqueues 1 numrxqueues 1
ip link add name r3 netns asymmetric.r2 numtxqueues 1 numrxqueues 1 type veth \
    peer name r2 netns asymmetric.r3 numtxqueues 1 numrxqueues 1
ip link add name r1 netns asymmetric.r3 numtxqueues 1 numrxqueues 1 type veth \
    peer name r3 netns asymmetric.r1 numtxqueues 1 numrxqueues 1

# h1 (line 29)
ip -n asymmetric.h1 link set dev lo up
ip -n asymmetric.h1 link set dev eth0 up
ip -n asymmetric.h1 address add 10.0.1.2/24 dev eth0
ip -n asymmetric.h1 address add fd00:1::2/64 dev eth0 nodad
ip -n asymmetric.h1 route add default via 10.0.1.1 dev eth0
ip -n asymmetric.h1 -6 route add default via fd00:1::1 dev eth0

# h2 (line 30)
ip -n asymmetric.h2 link set dev lo up
ip -n asymmetric.h2 link set dev eth0 up
ip -n asymmetric.h2 address add 10.0.2.2/24 dev eth0
ip -n asymmetric.h2 address add fd00:2::2/64 dev eth0 nodad
ip -n asymmetric.h2 route add default via 10.0.2.1 dev eth0
ip -n asymmetric.h2 -6 route add default via fd00:2::1 dev eth0

# r1 (line 32)
ip -n asymmetric.r1 link set dev lo up
ip -n asymmetric.r1 link set dev eth0 up
ip -n asymmetric.r1 link set dev r2 up
ip -n asymmetric.r1 link set dev r3 up
ip -n asymmetric.r1 address add 10.0.1.1/24 dev eth0
ip -n asymmetric.r1 address add fd00:1::1/64 dev eth0 nodad
ip -n asymmetric.r1 address add 10.0.12.1/24 dev r2
ip -n asymmetric.r1 address add fd00:12::1/64 dev r2 nodad
ip -n asymmetric.r1 address add 10.0.13.1/24 dev r3
ip -n asymmetric.r1 address add fd00:13::1/64 dev r3 nodad
ip -n asymmetric.r1 route add 10.0.2.0/24 via 10.0.12.2 dev r2
ip -n asymmetric.r1 -6 route add fd00:2::/64 via fd00:12::2 dev r2

# r2 (line 35)
ip -n asymmetric.r2 link set dev lo up
ip -n asymmetric.r2 link set dev eth0 up
ip -n asymmetric.r2 link set dev r1 up
ip -n asymmetric.r2 link set dev r3 up
ip -n asymmetric.r2 address add 10.0.2.1/24 dev eth0
ip -n asymmetric.r2 address add fd00:2::1/64 dev eth0 nodad
ip -n asymmetric.r2 address add 10.0.12.2/24 dev r1
ip -n asymmetric.r2 address add fd00:12::2/64 dev r1 nodad
ip -n asymmetric.r2 address add 10.0.23.2/24 dev r3
ip -n asymmetric.r2 address add fd00:23::2/64 dev r3 nodad
ip -n asymmetric.r2 route add 10.0.1.0/24 via 10.0.23.3 dev r3
ip -n asymmetric.r2 -6 route add fd00:1::/64 via fd00:23::3 dev r3

# r3 (line 38)
ip -n asymmetric.r3 link set dev lo up
ip -n asymmetric.r3 link set dev r2 up
ip -n asymmetric.r3 link set dev r1 up
ip -n asymmetric.r3 address add 10.0.23.3/24 dev r2
ip -n asymmetric.r3 address add fd00:23::3/64 dev r2 nodad
ip -n asymmetric.r3 address add 10.0.13.3/24 dev r1
ip -n asymmetric.r3 address add fd00:13::3/64 dev r1 nodad
ip -n asymmetric.r3 route add 10.0.1.0/24 via 10.0.13.1 dev r1
ip -n asymmetric.r3 -6 route add fd00:1::/64 via fd00:13::1 dev r1
