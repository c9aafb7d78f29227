#!/bin/sh
# Builds the lab triangle by hand: what nslab does with triangle.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        triangle.h1 \
        triangle.h2 \
        triangle.h3 \
        triangle.r1 \
        triangle.r2 \
        triangle.r3
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
new_host triangle.h1
new_host triangle.h2
new_host triangle.h3
new_router triangle.r1
ip netns exec triangle.r1 sysctl -q -w net.ipv4.conf.default.ignore_routes_with_linkdown=1
ip netns exec triangle.r1 sysctl -q -w net.ipv4.conf.lo.ignore_routes_with_linkdown=1
ip netns exec triangle.r1 sysctl -q -w net.ipv6.conf.default.ignore_routes_with_linkdown=1
new_router triangle.r2
ip netns exec triangle.r2 sysctl -q -w net.ipv4.conf.default.ignore_routes_with_linkdown=1
ip netns exec triangle.r2 sysctl -q -w net.ipv4.conf.lo.ignore_routes_with_linkdown=1
ip netns exec triangle.r2 sysctl -q -w net.ipv6.conf.default.ignore_routes_with_linkdown=1
new_router triangle.r3
ip netns exec triangle.r3 sysctl -q -w net.ipv4.conf.default.ignore_routes_with_linkdown=1
ip netns exec triangle.r3 sysctl -q -w net.ipv4.conf.lo.ignore_routes_with_linkdown=1
ip netns exec triangle.r3 sysctl -q -w net.ipv6.conf.default.ignore_routes_with_linkdown=1

# The links
ip link add name eth0 netns triangle.r1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns triangle.h1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns triangle.r2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns triangle.h2 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns triangle.r3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns triangle.h3 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns triangle.r1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns triangle.r2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns triangle.r2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns triangle.r3 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns triangle.r3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns triangle.r1 numtxqueues 1 numrxqueues 1

# h1 (line 43)
ip -n triangle.h1 link set dev lo up
ip -n triangle.h1 link set dev eth0 up
ip -n triangle.h1 address add 10.0.1.2/24 dev eth0
ip -n triangle.h1 address add fd00:1::2/64 dev eth0 nodad
ip -n triangle.h1 route add default via 10.0.1.1 dev eth0
ip -n triangle.h1 -6 route add default via fd00:1::1 dev eth0

# h2 (line 44)
ip -n triangle.h2 link set dev lo up
ip -n triangle.h2 link set dev eth0 up
ip -n triangle.h2 address add 10.0.2.2/24 dev eth0
ip -n triangle.h2 address add fd00:2::2/64 dev eth0 nodad
ip -n triangle.h2 route add default via 10.0.2.1 dev eth0
ip -n triangle.h2 -6 route add default via fd00:2::1 dev eth0

# h3 (line 45)
ip -n triangle.h3 link set dev lo up
ip -n triangle.h3 link set dev eth0 up
ip -n triangle.h3 address add 10.0.3.2/24 dev eth0
ip -n triangle.h3 address add fd00:3::2/64 dev eth0 nodad
ip -n triangle.h3 route add default via 10.0.3.1 dev eth0
ip -n triangle.h3 -6 route add default via fd00:3::1 dev eth0

# r1 (line 47)
ip -n triangle.r1 link set dev lo up
ip -n triangle.r1 link set dev eth0 up
ip -n triangle.r1 link set dev eth1 up
ip -n triangle.r1 link set dev eth2 up
ip -n triangle.r1 address add 10.0.1.1/24 dev eth0
ip -n triangle.r1 address add fd00:1::1/64 dev eth0 nodad
ip -n triangle.r1 address add 10.0.12.1/24 dev eth1
ip -n triangle.r1 address add fd00:12::1/64 dev eth1 nodad
ip -n triangle.r1 address add 10.0.13.1/24 dev eth2
ip -n triangle.r1 address add fd00:13::1/64 dev eth2 nodad
ip -n triangle.r1 route add 10.0.2.0/24 metric 10 via 10.0.12.2 dev eth1
ip -n triangle.r1 route add 10.0.2.0/24 metric 20 via 10.0.13.3 dev eth2
ip -n triangle.r1 route add 10.0.3.0/24 metric 10 via 10.0.13.3 dev eth2
ip -n triangle.r1 route add 10.0.3.0/24 metric 20 via 10.0.12.2 dev eth1
ip -n triangle.r1 -6 route add fd00:2::/64 metric 10 via fd00:12::2 dev eth1
ip -n triangle.r1 -6 route add fd00:2::/64 metric 20 via fd00:13::3 dev eth2
ip -n triangle.r1 -6 route add fd00:3::/64 metric 10 via fd00:13::3 dev eth2
ip -n triangle.r1 -6 route add fd00:3::/64 metric 20 via fd00:12::2 dev eth1

# r2 (line 58)
ip -n triangle.r2 link set dev lo up
ip -n triangle.r2 link set dev eth0 up
ip -n triangle.r2 link set dev eth1 up
ip -n triangle.r2 link set dev eth2 up
ip -n triangle.r2 address add 10.0.2.1/24 dev eth0
ip -n triangle.r2 address add fd00:2::1/64 dev eth0 nodad
ip -n triangle.r2 address add 10.0.12.2/24 dev eth1
ip -n triangle.r2 address add fd00:12::2/64 dev eth1 nodad
ip -n triangle.r2 address add 10.0.23.2/24 dev eth2
ip -n triangle.r2 address add fd00:23::2/64 dev eth2 nodad
ip -n triangle.r2 route add 10.0.1.0/24 metric 10 via 10.0.12.1 dev eth1
ip -n triangle.r2 route add 10.0.1.0/24 metric 20 via 10.0.23.3 dev eth2
ip -n triangle.r2 route add 10.0.3.0/24 metric 10 via 10.0.23.3 dev eth2
ip -n triangle.r2 route add 10.0.3.0/24 metric 20 via 10.0.12.1 dev eth1
ip -n triangle.r2 -6 route add fd00:1::/64 metric 10 via fd00:12::1 dev eth1
ip -n triangle.r2 -6 route add fd00:1::/64 metric 20 via fd00:23::3 dev eth2
ip -n triangle.r2 -6 route add fd00:3::/64 metric 10 via fd00:23::3 dev eth2
ip -n triangle.r2 -6 route add fd00:3::/64 metric 20 via fd00:12::1 dev eth1

# r3 (line 69)
ip -n triangle.r3 link set dev lo up
ip -n triangle.r3 link set dev eth0 up
ip -n triangle.r3 link set dev eth1 up
ip -n triangle.r3 link set dev eth2 up
ip -n triangle.r3 address add 10.0.3.1/24 dev eth0
ip -n triangle.r3 address add fd00:3::1/64 dev eth0 nodad
ip -n triangle.r3 address add 10.0.23.3/24 dev eth1
ip -n triangle.r3 address add fd00:23::3/64 dev eth1 nodad
ip -n triangle.r3 address add 10.0.13.3/24 dev eth2
ip -n triangle.r3 address add fd00:13::3/64 dev eth2 nodad
ip -n triangle.r3 route add 10.0.1.0/24 metric 10 via 10.0.13.1 dev eth2
ip -n triangle.r3 route add 10.0.1.0/24 metric 20 via 10.0.23.2 dev eth1
ip -n triangle.r3 route add 10.0.2.0/24 metric 10 via 10.0.23.2 dev eth1
ip -n triangle.r3 route add 10.0.2.0/24 metric 20 via 10.0.13.1 dev eth2
ip -n triangle.r3 -6 route add fd00:1::/64 metric 10 via fd00:13::1 dev eth2
ip -n triangle.r3 -6 route add fd00:1::/64 metric 20 via fd00:23::2 dev eth1
ip -n triangle.r3 -6 route add fd00:2::/64 metric 10 via fd00:23::2 dev eth1
ip -n triangle.r3 -6 route add fd00:2::/64 metric 20 via fd00:13::1 dev eth2
