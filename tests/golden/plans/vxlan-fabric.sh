#!/bin/sh
# Builds the lab vxlan-fabric by hand: what nslab does with vxlan-fabric.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        vxlan-fabric.spine1 \
        vxlan-fabric.spine2 \
        vxlan-fabric.leaf1 \
        vxlan-fabric.leaf2 \
        vxlan-fabric.h1 \
        vxlan-fabric.h2
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
new_router vxlan-fabric.spine1
new_router vxlan-fabric.spine2
new_router vxlan-fabric.leaf1
ip netns exec vxlan-fabric.leaf1 sysctl -q -e -w net.bridge.bridge-nf-call-iptables=0
ip netns exec vxlan-fabric.leaf1 sysctl -q -e -w net.bridge.bridge-nf-call-ip6tables=0
ip netns exec vxlan-fabric.leaf1 sysctl -q -e -w net.bridge.bridge-nf-call-arptables=0
ip netns exec vxlan-fabric.leaf1 sysctl -q -w net.ipv4.conf.default.ignore_routes_with_linkdown=1
ip netns exec vxlan-fabric.leaf1 sysctl -q -w net.ipv4.conf.lo.ignore_routes_with_linkdown=1
new_router vxlan-fabric.leaf2
ip netns exec vxlan-fabric.leaf2 sysctl -q -e -w net.bridge.bridge-nf-call-iptables=0
ip netns exec vxlan-fabric.leaf2 sysctl -q -e -w net.bridge.bridge-nf-call-ip6tables=0
ip netns exec vxlan-fabric.leaf2 sysctl -q -e -w net.bridge.bridge-nf-call-arptables=0
ip netns exec vxlan-fabric.leaf2 sysctl -q -w net.ipv4.conf.default.ignore_routes_with_linkdown=1
ip netns exec vxlan-fabric.leaf2 sysctl -q -w net.ipv4.conf.lo.ignore_routes_with_linkdown=1
new_host vxlan-fabric.h1
new_host vxlan-fabric.h2

# The links
ip link add name up1 netns vxlan-fabric.leaf1 numtxqueues 1 numrxqueues 1 type veth \
    peer name leaf1 netns vxlan-fabric.spine1 numtxqueues 1 numrxqueues 1
ip link add name up1 netns vxlan-fabric.leaf2 numtxqueues 1 numrxqueues 1 type veth \
    peer name leaf2 netns vxlan-fabric.spine1 numtxqueues 1 numrxqueues 1
ip link add name up2 netns vxlan-fabric.leaf1 numtxqueues 1 numrxqueues 1 type veth \
    peer name leaf1 netns vxlan-fabric.spine2 numtxqueues 1 numrxqueues 1
ip link add name up2 netns vxlan-fabric.leaf2 numtxqueues 1 numrxqueues 1 type veth \
    peer name leaf2 netns vxlan-fabric.spine2 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns vxlan-fabric.h1 mtu 1450 numtxqueues 1 numrxqueues 1 type veth \
    peer name host netns vxlan-fabric.leaf1 mtu 1450 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns vxlan-fabric.h2 mtu 1450 numtxqueues 1 numrxqueues 1 type veth \
    peer name host netns vxlan-fabric.leaf2 mtu 1450 numtxqueues 1 numrxqueues 1

# spine1 (line 24)
ip -n vxlan-fabric.spine1 link set dev lo up
ip -n vxlan-fabric.spine1 link set dev leaf1 up
ip -n vxlan-fabric.spine1 link set dev leaf2 up
ip -n vxlan-fabric.spine1 address add 10.0.11.2/30 dev leaf1
ip -n vxlan-fabric.spine1 address add 10.0.12.2/30 dev leaf2
ip -n vxlan-fabric.spine1 route add 10.255.0.1/32 via 10.0.11.1 dev leaf1
ip -n vxlan-fabric.spine1 route add 10.255.0.2/32 via 10.0.12.1 dev leaf2

# spine2 (line 24)
ip -n vxlan-fabric.spine2 link set dev lo up
ip -n vxlan-fabric.spine2 link set dev leaf1 up
ip -n vxlan-fabric.spine2 link set dev leaf2 up
ip -n vxlan-fabric.spine2 address add 10.0.21.2/30 dev leaf1
ip -n vxlan-fabric.spine2 address add 10.0.22.2/30 dev leaf2
ip -n vxlan-fabric.spine2 route add 10.255.0.1/32 via 10.0.21.1 dev leaf1
ip -n vxlan-fabric.spine2 route add 10.255.0.2/32 via 10.0.22.1 dev leaf2

# leaf1 (line 27)
ip -n vxlan-fabric.leaf1 link set dev lo up
ip -n vxlan-fabric.leaf1 link add name vx10 mtu 1450 type vxlan id 10 local 10.255.0.1 remote 10.255.0.2 dstport 4789
ip -n vxlan-fabric.leaf1 link add name br10 type bridge forward_delay 0 mcast_snooping 0
ip -n vxlan-fabric.leaf1 link set dev up1 up
ip -n vxlan-fabric.leaf1 link set dev up2 up
ip -n vxlan-fabric.leaf1 link set host master br10
ip -n vxlan-fabric.leaf1 link set dev host up
ip -n vxlan-fabric.leaf1 link set vx10 master br10
ip -n vxlan-fabric.leaf1 link set dev vx10 up
ip -n vxlan-fabric.leaf1 link set dev br10 up
ip -n vxlan-fabric.leaf1 address add 10.255.0.1/32 dev lo
ip -n vxlan-fabric.leaf1 address add 10.0.11.1/30 dev up1
ip -n vxlan-fabric.leaf1 address add 10.0.21.1/30 dev up2
ip -n vxlan-fabric.leaf1 route add 10.255.0.2/32 src 10.255.0.1 nexthop via 10.0.11.2 dev up1 weight 1 nexthop via 10.0.21.2 dev up2 weight 1

# leaf2 (line 27)
ip -n vxlan-fabric.leaf2 link set dev lo up
ip -n vxlan-fabric.leaf2 link add name vx10 mtu 1450 type vxlan id 10 local 10.255.0.2 remote 10.255.0.1 dstport 4789
ip -n vxlan-fabric.leaf2 link add name br10 type bridge forward_delay 0 mcast_snooping 0
ip -n vxlan-fabric.leaf2 link set dev up1 up
ip -n vxlan-fabric.leaf2 link set dev up2 up
ip -n vxlan-fabric.leaf2 link set host master br10
ip -n vxlan-fabric.leaf2 link set dev host up
ip -n vxlan-fabric.leaf2 link set vx10 master br10
ip -n vxlan-fabric.leaf2 link set dev vx10 up
ip -n vxlan-fabric.leaf2 link set dev br10 up
ip -n vxlan-fabric.leaf2 address add 10.255.0.2/32 dev lo
ip -n vxlan-fabric.leaf2 address add 10.0.12.1/30 dev up1
ip -n vxlan-fabric.leaf2 address add 10.0.22.1/30 dev up2
ip -n vxlan-fabric.leaf2 route add 10.255.0.1/32 src 10.255.0.2 nexthop via 10.0.12.2 dev up1 weight 1 nexthop via 10.0.22.2 dev up2 weight 1

# h1 (line 36)
ip -n vxlan-fabric.h1 link set dev lo up
ip -n vxlan-fabric.h1 link set dev eth0 up
ip -n vxlan-fabric.h1 address add 10.9.0.1/24 dev eth0

# h2 (line 36)
ip -n vxlan-fabric.h2 link set dev lo up
ip -n vxlan-fabric.h2 link set dev eth0 up
ip -n vxlan-fabric.h2 address add 10.9.0.2/24 dev eth0
