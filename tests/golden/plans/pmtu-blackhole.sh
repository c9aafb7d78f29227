#!/bin/sh
# Builds the lab pmtu-blackhole by hand: what nslab does with pmtu-blackhole.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        pmtu-blackhole.h1 \
        pmtu-blackhole.r1 \
        pmtu-blackhole.r2 \
        pmtu-blackhole.h2
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
new_host pmtu-blackhole.h1
new_router pmtu-blackhole.r1
new_router pmtu-blackhole.r2
new_host pmtu-blackhole.h2

# The links
ip link add name eth0 netns pmtu-blackhole.h1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns pmtu-blackhole.r1 numtxqueues 1 numrxqueues 1
ip link add name wan netns pmtu-blackhole.r1 mtu 1400 numtxqueues 1 numrxqueues 1 type veth \
    peer name wan netns pmtu-blackhole.r2 mtu 1400 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns pmtu-blackhole.h2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns pmtu-blackhole.r2 numtxqueues 1 numrxqueues 1

# h1 (line 34)
ip -n pmtu-blackhole.h1 link set dev lo up
ip -n pmtu-blackhole.h1 link set dev eth0 up
ip -n pmtu-blackhole.h1 address add 10.1.0.10/24 dev eth0
ip -n pmtu-blackhole.h1 address add fd00:1::10/64 dev eth0 nodad
ip -n pmtu-blackhole.h1 route add default via 10.1.0.1 dev eth0
ip -n pmtu-blackhole.h1 -6 route add default via fd00:1::1 dev eth0

# r1 (line 35)
ip -n pmtu-blackhole.r1 link set dev lo up
ip -n pmtu-blackhole.r1 link set dev eth0 up
ip -n pmtu-blackhole.r1 link set dev wan up
ip -n pmtu-blackhole.r1 address add 10.1.0.1/24 dev eth0
ip -n pmtu-blackhole.r1 address add fd00:1::1/64 dev eth0 nodad
ip -n pmtu-blackhole.r1 address add 10.0.0.1/30 dev wan
ip -n pmtu-blackhole.r1 address add fd00::1/64 dev wan nodad
ip -n pmtu-blackhole.r1 route add 10.2.0.0/24 via 10.0.0.2 dev wan
ip -n pmtu-blackhole.r1 -6 route add fd00:2::/64 via fd00::2 dev wan
ip netns exec pmtu-blackhole.r1 nft -f - <<'EOF'
table inet nslab {
    chain output {
        type filter hook output priority filter;
        icmp type destination-unreachable counter drop comment "pmtu-blackhole.yaml:39"
        icmpv6 type packet-too-big counter drop comment "pmtu-blackhole.yaml:40"
    }
}
EOF

# r2 (line 41)
ip -n pmtu-blackhole.r2 link set dev lo up
ip -n pmtu-blackhole.r2 link set dev wan up
ip -n pmtu-blackhole.r2 link set dev eth0 up
ip -n pmtu-blackhole.r2 address add 10.0.0.2/30 dev wan
ip -n pmtu-blackhole.r2 address add fd00::2/64 dev wan nodad
ip -n pmtu-blackhole.r2 address add 10.2.0.1/24 dev eth0
ip -n pmtu-blackhole.r2 address add fd00:2::1/64 dev eth0 nodad
ip -n pmtu-blackhole.r2 route add 10.1.0.0/24 via 10.0.0.1 dev wan
ip -n pmtu-blackhole.r2 -6 route add fd00:1::/64 via fd00::1 dev wan

# h2 (line 42)
ip -n pmtu-blackhole.h2 link set dev lo up
ip -n pmtu-blackhole.h2 link set dev eth0 up
ip -n pmtu-blackhole.h2 address add 10.2.0.10/24 dev eth0
ip -n pmtu-blackhole.h2 address add fd00:2::10/64 dev eth0 nodad
ip -n pmtu-blackhole.h2 route add default via 10.2.0.1 dev eth0
ip -n pmtu-blackhole.h2 -6 route add default via fd00:2::1 dev eth0
