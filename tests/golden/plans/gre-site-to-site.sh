#!/bin/sh
# Builds the lab gre-site-to-site by hand: what nslab does with gre-site-to-site.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        gre-site-to-site.isp \
        gre-site-to-site.r1 \
        gre-site-to-site.r2 \
        gre-site-to-site.h1 \
        gre-site-to-site.h2
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
new_router gre-site-to-site.isp
new_router gre-site-to-site.r1
new_router gre-site-to-site.r2
new_host gre-site-to-site.h1
new_host gre-site-to-site.h2

# The links
ip link add name wan netns gre-site-to-site.r1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns gre-site-to-site.isp numtxqueues 1 numrxqueues 1
ip link add name wan netns gre-site-to-site.r2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns gre-site-to-site.isp numtxqueues 1 numrxqueues 1
ip link add name eth0 netns gre-site-to-site.h1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns gre-site-to-site.r1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns gre-site-to-site.h2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns gre-site-to-site.r2 numtxqueues 1 numrxqueues 1

# isp (line 25)
ip -n gre-site-to-site.isp link set dev lo up
ip -n gre-site-to-site.isp link set dev eth0 up
ip -n gre-site-to-site.isp link set dev eth1 up
ip -n gre-site-to-site.isp address add 203.0.113.2/30 dev eth0
ip -n gre-site-to-site.isp address add 198.51.100.2/30 dev eth1

# r1 (line 26)
ip -n gre-site-to-site.r1 link set dev lo up
ip -n gre-site-to-site.r1 link add name gre1 mtu 1476 type gre local 203.0.113.1 remote 198.51.100.1
ip -n gre-site-to-site.r1 link set dev wan up
ip -n gre-site-to-site.r1 link set dev eth0 up
ip -n gre-site-to-site.r1 link set dev gre1 up
ip -n gre-site-to-site.r1 address add 203.0.113.1/30 dev wan
ip -n gre-site-to-site.r1 address add 10.1.0.1/24 dev eth0
ip -n gre-site-to-site.r1 address add 172.16.0.1/30 dev gre1
ip -n gre-site-to-site.r1 route add default via 203.0.113.2 dev wan
ip -n gre-site-to-site.r1 route add 10.2.0.0/24 via 172.16.0.2 dev gre1

# r2 (line 30)
ip -n gre-site-to-site.r2 link set dev lo up
ip -n gre-site-to-site.r2 link add name gre1 mtu 1476 type gre local 198.51.100.1 remote 203.0.113.1
ip -n gre-site-to-site.r2 link set dev wan up
ip -n gre-site-to-site.r2 link set dev eth0 up
ip -n gre-site-to-site.r2 link set dev gre1 up
ip -n gre-site-to-site.r2 address add 198.51.100.1/30 dev wan
ip -n gre-site-to-site.r2 address add 10.2.0.1/24 dev eth0
ip -n gre-site-to-site.r2 address add 172.16.0.2/30 dev gre1
ip -n gre-site-to-site.r2 route add default via 198.51.100.2 dev wan
ip -n gre-site-to-site.r2 route add 10.1.0.0/24 via 172.16.0.1 dev gre1

# h1 (line 34)
ip -n gre-site-to-site.h1 link set dev lo up
ip -n gre-site-to-site.h1 link set dev eth0 up
ip -n gre-site-to-site.h1 address add 10.1.0.10/24 dev eth0
ip -n gre-site-to-site.h1 route add default via 10.1.0.1 dev eth0

# h2 (line 34)
ip -n gre-site-to-site.h2 link set dev lo up
ip -n gre-site-to-site.h2 link set dev eth0 up
ip -n gre-site-to-site.h2 address add 10.2.0.10/24 dev eth0
ip -n gre-site-to-site.h2 route add default via 10.2.0.1 dev eth0
