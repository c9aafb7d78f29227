#!/bin/sh
# Builds the lab vrf-overlap by hand: what nslab does with vrf-overlap.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        vrf-overlap.r1 \
        vrf-overlap.r2 \
        vrf-overlap.red1 \
        vrf-overlap.blue1 \
        vrf-overlap.red2 \
        vrf-overlap.blue2
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
new_router vrf-overlap.r1
new_router vrf-overlap.r2
new_host vrf-overlap.red1
new_host vrf-overlap.blue1
new_host vrf-overlap.red2
new_host vrf-overlap.blue2

# The links
ip link add name core netns vrf-overlap.r1 numtxqueues 1 numrxqueues 1 type veth \
    peer name core netns vrf-overlap.r2 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns vrf-overlap.red1 numtxqueues 1 numrxqueues 1 type veth \
    peer name red1 netns vrf-overlap.r1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns vrf-overlap.red2 numtxqueues 1 numrxqueues 1 type veth \
    peer name red2 netns vrf-overlap.r2 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns vrf-overlap.blue1 numtxqueues 1 numrxqueues 1 type veth \
    peer name blue1 netns vrf-overlap.r1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns vrf-overlap.blue2 numtxqueues 1 numrxqueues 1 type veth \
    peer name blue2 netns vrf-overlap.r2 numtxqueues 1 numrxqueues 1

# r1 (line 23)
ip -n vrf-overlap.r1 link set dev lo up
ip -n vrf-overlap.r1 link add link core name to-red type vlan id 10
ip -n vrf-overlap.r1 link add link core name to-blue type vlan id 20
ip -n vrf-overlap.r1 link add name red type vrf table 10
ip -n vrf-overlap.r1 link add name blue type vrf table 20
ip -n vrf-overlap.r1 link set dev core up
ip -n vrf-overlap.r1 link set red1 master red
ip -n vrf-overlap.r1 link set dev red1 up
ip -n vrf-overlap.r1 link set blue1 master blue
ip -n vrf-overlap.r1 link set dev blue1 up
ip -n vrf-overlap.r1 link set to-red master red
ip -n vrf-overlap.r1 link set dev to-red up
ip -n vrf-overlap.r1 link set to-blue master blue
ip -n vrf-overlap.r1 link set dev to-blue up
ip -n vrf-overlap.r1 link set dev red up
ip -n vrf-overlap.r1 link set dev blue up
ip -n vrf-overlap.r1 address add 10.1.0.1/24 dev red1
ip -n vrf-overlap.r1 address add 10.1.0.1/24 dev blue1
ip -n vrf-overlap.r1 address add 192.168.0.1/30 dev to-red
ip -n vrf-overlap.r1 address add 192.168.0.1/30 dev to-blue
ip -n vrf-overlap.r1 route add 10.2.0.0/24 table 10 via 192.168.0.2 dev to-red
ip -n vrf-overlap.r1 route add 10.2.0.0/24 table 20 via 192.168.0.2 dev to-blue

# r2 (line 30)
ip -n vrf-overlap.r2 link set dev lo up
ip -n vrf-overlap.r2 link add link core name to-red type vlan id 10
ip -n vrf-overlap.r2 link add link core name to-blue type vlan id 20
ip -n vrf-overlap.r2 link add name red type vrf table 10
ip -n vrf-overlap.r2 link add name blue type vrf table 20
ip -n vrf-overlap.r2 link set dev core up
ip -n vrf-overlap.r2 link set red2 master red
ip -n vrf-overlap.r2 link set dev red2 up
ip -n vrf-overlap.r2 link set blue2 master blue
ip -n vrf-overlap.r2 link set dev blue2 up
ip -n vrf-overlap.r2 link set to-red master red
ip -n vrf-overlap.r2 link set dev to-red up
ip -n vrf-overlap.r2 link set to-blue master blue
ip -n vrf-overlap.r2 link set dev to-blue up
ip -n vrf-overlap.r2 link set dev red up
ip -n vrf-overlap.r2 link set dev blue up
ip -n vrf-overlap.r2 address add 10.2.0.1/24 dev red2
ip -n vrf-overlap.r2 address add 10.2.0.1/24 dev blue2
ip -n vrf-overlap.r2 address add 192.168.0.2/30 dev to-red
ip -n vrf-overlap.r2 address add 192.168.0.2/30 dev to-blue
ip -n vrf-overlap.r2 route add 10.1.0.0/24 table 10 via 192.168.0.1 dev to-red
ip -n vrf-overlap.r2 route add 10.1.0.0/24 table 20 via 192.168.0.1 dev to-blue

# red1 (line 37)
ip -n vrf-overlap.red1 link set dev lo up
ip -n vrf-overlap.red1 link set dev eth0 up
ip -n vrf-overlap.red1 address add 10.1.0.10/24 dev eth0
ip -n vrf-overlap.red1 route add default via 10.1.0.1 dev eth0

# blue1 (line 37)
ip -n vrf-overlap.blue1 link set dev lo up
ip -n vrf-overlap.blue1 link set dev eth0 up
ip -n vrf-overlap.blue1 address add 10.1.0.10/24 dev eth0
ip -n vrf-overlap.blue1 route add default via 10.1.0.1 dev eth0

# red2 (line 38)
ip -n vrf-overlap.red2 link set dev lo up
ip -n vrf-overlap.red2 link set dev eth0 up
ip -n vrf-overlap.red2 address add 10.2.0.10/24 dev eth0
ip -n vrf-overlap.red2 route add default via 10.2.0.1 dev eth0

# blue2 (line 38)
ip -n vrf-overlap.blue2 link set dev lo up
ip -n vrf-overlap.blue2 link set dev eth0 up
ip -n vrf-overlap.blue2 address add 10.2.0.10/24 dev eth0
ip -n vrf-overlap.blue2 route add default via 10.2.0.1 dev eth0
