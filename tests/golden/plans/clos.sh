#!/bin/sh
# Builds the lab clos by hand: what nslab does with clos.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        clos.spine1 \
        clos.spine2 \
        clos.spine3 \
        clos.spine4 \
        clos.leaf1 \
        clos.leaf2 \
        clos.leaf3 \
        clos.leaf4 \
        clos.leaf5 \
        clos.leaf6 \
        clos.leaf7 \
        clos.leaf8 \
        clos.tor1 \
        clos.tor2 \
        clos.tor3 \
        clos.tor4 \
        clos.tor5 \
        clos.tor6 \
        clos.tor7 \
        clos.tor8 \
        clos.h1-1 \
        clos.h1-2 \
        clos.h1-3 \
        clos.h2-1 \
        clos.h2-2 \
        clos.h2-3 \
        clos.h3-1 \
        clos.h3-2 \
        clos.h3-3 \
        clos.h4-1 \
        clos.h4-2 \
        clos.h4-3 \
        clos.h5-1 \
        clos.h5-2 \
        clos.h5-3 \
        clos.h6-1 \
        clos.h6-2 \
        clos.h6-3 \
        clos.h7-1 \
        clos.h7-2 \
        clos.h7-3 \
        clos.h8-1 \
        clos.h8-2 \
        clos.h8-3
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

# A switch: one bridge, br0, over all its links.
new_switch() {
    new_node "$1"
    ip netns exec "$1" sysctl -q -w \
        net.ipv4.conf.all.forwarding=0 net.ipv4.conf.default.forwarding=0 \
        net.ipv4.conf.lo.forwarding=0 net.ipv4.conf.all.accept_redirects=1 \
        net.ipv4.conf.default.accept_redirects=1 net.ipv4.conf.lo.accept_redirects=1
    ip netns exec "$1" sysctl -q -e -w \
        net.ipv6.conf.all.forwarding=0 net.ipv6.conf.default.disable_ipv6=1 \
        net.ipv6.conf.default.accept_dad=0 net.bridge.bridge-nf-call-iptables=0 \
        net.bridge.bridge-nf-call-ip6tables=0 net.bridge.bridge-nf-call-arptables=0
}

# The nodes
new_router clos.spine1
new_router clos.spine2
new_router clos.spine3
new_router clos.spine4
new_router clos.leaf1
new_router clos.leaf2
new_router clos.leaf3
new_router clos.leaf4
new_router clos.leaf5
new_router clos.leaf6
new_router clos.leaf7
new_router clos.leaf8
new_switch clos.tor1
new_switch clos.tor2
new_switch clos.tor3
new_switch clos.tor4
new_switch clos.tor5
new_switch clos.tor6
new_switch clos.tor7
new_switch clos.tor8
new_host clos.h1-1
new_host clos.h1-2
new_host clos.h1-3
new_host clos.h2-1
new_host clos.h2-2
new_host clos.h2-3
new_host clos.h3-1
new_host clos.h3-2
new_host clos.h3-3
new_host clos.h4-1
new_host clos.h4-2
new_host clos.h4-3
new_host clos.h5-1
new_host clos.h5-2
new_host clos.h5-3
new_host clos.h6-1
new_host clos.h6-2
new_host clos.h6-3
new_host clos.h7-1
new_host clos.h7-2
new_host clos.h7-3
new_host clos.h8-1
new_host clos.h8-2
new_host clos.h8-3

# The links
ip link add name eth0 netns clos.leaf1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.tor1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns clos.leaf2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.tor2 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns clos.leaf3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.tor3 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns clos.leaf4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.tor4 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns clos.leaf5 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.tor5 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns clos.leaf6 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.tor6 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns clos.leaf7 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.tor7 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns clos.leaf8 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.tor8 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns clos.tor1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h1-1 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns clos.tor1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h1-2 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns clos.tor1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h1-3 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns clos.tor2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h2-1 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns clos.tor2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h2-2 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns clos.tor2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h2-3 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns clos.tor3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h3-1 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns clos.tor3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h3-2 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns clos.tor3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h3-3 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns clos.tor4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h4-1 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns clos.tor4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h4-2 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns clos.tor4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h4-3 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns clos.tor5 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h5-1 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns clos.tor5 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h5-2 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns clos.tor5 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h5-3 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns clos.tor6 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h6-1 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns clos.tor6 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h6-2 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns clos.tor6 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h6-3 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns clos.tor7 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h7-1 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns clos.tor7 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h7-2 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns clos.tor7 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h7-3 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns clos.tor8 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h8-1 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns clos.tor8 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h8-2 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns clos.tor8 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns clos.h8-3 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns clos.spine1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns clos.leaf1 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns clos.spine1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns clos.leaf2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns clos.spine1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns clos.leaf3 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns clos.spine1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns clos.leaf4 numtxqueues 1 numrxqueues 1
ip link add name eth4 netns clos.spine1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns clos.leaf5 numtxqueues 1 numrxqueues 1
ip link add name eth5 netns clos.spine1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns clos.leaf6 numtxqueues 1 numrxqueues 1
ip link add name eth6 netns clos.spine1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns clos.leaf7 numtxqueues 1 numrxqueues 1
ip link add name eth7 netns clos.spine1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns clos.leaf8 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns clos.spine2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns clos.leaf1 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns clos.spine2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns clos.leaf2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns clos.spine2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns clos.leaf3 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns clos.spine2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns clos.leaf4 numtxqueues 1 numrxqueues 1
ip link add name eth4 netns clos.spine2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns clos.leaf5 numtxqueues 1 numrxqueues 1
ip link add name eth5 netns clos.spine2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns clos.leaf6 numtxqueues 1 numrxqueues 1
ip link add name eth6 netns clos.spine2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns clos.leaf7 numtxqueues 1 numrxqueues 1
ip link add name eth7 netns clos.spine2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns clos.leaf8 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns clos.spine3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth3 netns clos.leaf1 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns clos.spine3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth3 netns clos.leaf2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns clos.spine3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth3 netns clos.leaf3 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns clos.spine3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth3 netns clos.leaf4 numtxqueues 1 numrxqueues 1
ip link add name eth4 netns clos.spine3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth3 netns clos.leaf5 numtxqueues 1 numrxqueues 1
ip link add name eth5 netns clos.spine3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth3 netns clos.leaf6 numtxqueues 1 numrxqueues 1
ip link add name eth6 netns clos.spine3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth3 netns clos.leaf7 numtxqueues 1 numrxqueues 1
ip link add name eth7 netns clos.spine3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth3 netns clos.leaf8 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns clos.spine4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth4 netns clos.leaf1 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns clos.spine4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth4 netns clos.leaf2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns clos.spine4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth4 netns clos.leaf3 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns clos.spine4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth4 netns clos.leaf4 numtxqueues 1 numrxqueues 1
ip link add name eth4 netns clos.spine4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth4 netns clos.leaf5 numtxqueues 1 numrxqueues 1
ip link add name eth5 netns clos.spine4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth4 netns clos.leaf6 numtxqueues 1 numrxqueues 1
ip link add name eth6 netns clos.spine4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth4 netns clos.leaf7 numtxqueues 1 numrxqueues 1
ip link add name eth7 netns clos.spine4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth4 netns clos.leaf8 numtxqueues 1 numrxqueues 1

# spine1 (line 24)
ip -n clos.spine1 link set dev lo up
ip -n clos.spine1 link set dev eth0 up
ip -n clos.spine1 link set dev eth1 up
ip -n clos.spine1 link set dev eth2 up
ip -n clos.spine1 link set dev eth3 up
ip -n clos.spine1 link set dev eth4 up
ip -n clos.spine1 link set dev eth5 up
ip -n clos.spine1 link set dev eth6 up
ip -n clos.spine1 link set dev eth7 up
ip -n clos.spine1 address add 10.0.8.0/31 dev eth0
ip -n clos.spine1 address add fd00:0:0:8::/127 dev eth0 nodad
ip -n clos.spine1 address add 10.0.8.2/31 dev eth1
ip -n clos.spine1 address add fd00:0:0:8::2/127 dev eth1 nodad
ip -n clos.spine1 address add 10.0.8.4/31 dev eth2
ip -n clos.spine1 address add fd00:0:0:8::4/127 dev eth2 nodad
ip -n clos.spine1 address add 10.0.8.6/31 dev eth3
ip -n clos.spine1 address add fd00:0:0:8::6/127 dev eth3 nodad
ip -n clos.spine1 address add 10.0.8.8/31 dev eth4
ip -n clos.spine1 address add fd00:0:0:8::8/127 dev eth4 nodad
ip -n clos.spine1 address add 10.0.8.10/31 dev eth5
ip -n clos.spine1 address add fd00:0:0:8::a/127 dev eth5 nodad
ip -n clos.spine1 address add 10.0.8.12/31 dev eth6
ip -n clos.spine1 address add fd00:0:0:8::c/127 dev eth6 nodad
ip -n clos.spine1 address add 10.0.8.14/31 dev eth7
ip -n clos.spine1 address add fd00:0:0:8::e/127 dev eth7 nodad
ip -n clos.spine1 route add 10.0.0.0/24 via 10.0.8.1 dev eth0
ip -n clos.spine1 route add 10.0.1.0/24 via 10.0.8.3 dev eth1
ip -n clos.spine1 route add 10.0.2.0/24 via 10.0.8.5 dev eth2
ip -n clos.spine1 route add 10.0.3.0/24 via 10.0.8.7 dev eth3
ip -n clos.spine1 route add 10.0.4.0/24 via 10.0.8.9 dev eth4
ip -n clos.spine1 route add 10.0.5.0/24 via 10.0.8.11 dev eth5
ip -n clos.spine1 route add 10.0.6.0/24 via 10.0.8.13 dev eth6
ip -n clos.spine1 route add 10.0.7.0/24 via 10.0.8.15 dev eth7
ip -n clos.spine1 route add 10.0.8.16/31 via 10.0.8.1 dev eth0
ip -n clos.spine1 route add 10.0.8.18/31 via 10.0.8.3 dev eth1
ip -n clos.spine1 route add 10.0.8.20/31 via 10.0.8.5 dev eth2
ip -n clos.spine1 route add 10.0.8.22/31 via 10.0.8.7 dev eth3
ip -n clos.spine1 route add 10.0.8.24/31 via 10.0.8.9 dev eth4
ip -n clos.spine1 route add 10.0.8.26/31 via 10.0.8.11 dev eth5
ip -n clos.spine1 route add 10.0.8.28/31 via 10.0.8.13 dev eth6
ip -n clos.spine1 route add 10.0.8.30/31 via 10.0.8.15 dev eth7
ip -n clos.spine1 route add 10.0.8.32/31 via 10.0.8.1 dev eth0
ip -n clos.spine1 route add 10.0.8.34/31 via 10.0.8.3 dev eth1
ip -n clos.spine1 route add 10.0.8.36/31 via 10.0.8.5 dev eth2
ip -n clos.spine1 route add 10.0.8.38/31 via 10.0.8.7 dev eth3
ip -n clos.spine1 route add 10.0.8.40/31 via 10.0.8.9 dev eth4
ip -n clos.spine1 route add 10.0.8.42/31 via 10.0.8.11 dev eth5
ip -n clos.spine1 route add 10.0.8.44/31 via 10.0.8.13 dev eth6
ip -n clos.spine1 route add 10.0.8.46/31 via 10.0.8.15 dev eth7
ip -n clos.spine1 route add 10.0.8.48/31 via 10.0.8.1 dev eth0
ip -n clos.spine1 route add 10.0.8.50/31 via 10.0.8.3 dev eth1
ip -n clos.spine1 route add 10.0.8.52/31 via 10.0.8.5 dev eth2
ip -n clos.spine1 route add 10.0.8.54/31 via 10.0.8.7 dev eth3
ip -n clos.spine1 route add 10.0.8.56/31 via 10.0.8.9 dev eth4
ip -n clos.spine1 route add 10.0.8.58/31 via 10.0.8.11 dev eth5
ip -n clos.spine1 route add 10.0.8.60/31 via 10.0.8.13 dev eth6
ip -n clos.spine1 route add 10.0.8.62/31 via 10.0.8.15 dev eth7
ip -n clos.spine1 -6 route add fd00::/64 via fd00:0:0:8::1 dev eth0
ip -n clos.spine1 -6 route add fd00:0:0:1::/64 via fd00:0:0:8::3 dev eth1
ip -n clos.spine1 -6 route add fd00:0:0:2::/64 via fd00:0:0:8::5 dev eth2
ip -n clos.spine1 -6 route add fd00:0:0:3::/64 via fd00:0:0:8::7 dev eth3
ip -n clos.spine1 -6 route add fd00:0:0:4::/64 via fd00:0:0:8::9 dev eth4
ip -n clos.spine1 -6 route add fd00:0:0:5::/64 via fd00:0:0:8::b dev eth5
ip -n clos.spine1 -6 route add fd00:0:0:6::/64 via fd00:0:0:8::d dev eth6
ip -n clos.spine1 -6 route add fd00:0:0:7::/64 via fd00:0:0:8::f dev eth7
ip -n clos.spine1 -6 route add fd00:0:0:8::10/127 via fd00:0:0:8::1 dev eth0
ip -n clos.spine1 -6 route add fd00:0:0:8::12/127 via fd00:0:0:8::3 dev eth1
ip -n clos.spine1 -6 route add fd00:0:0:8::14/127 via fd00:0:0:8::5 dev eth2
ip -n clos.spine1 -6 route add fd00:0:0:8::16/127 via fd00:0:0:8::7 dev eth3
ip -n clos.spine1 -6 route add fd00:0:0:8::18/127 via fd00:0:0:8::9 dev eth4
ip -n clos.spine1 -6 route add fd00:0:0:8::1a/127 via fd00:0:0:8::b dev eth5
ip -n clos.spine1 -6 route add fd00:0:0:8::1c/127 via fd00:0:0:8::d dev eth6
ip -n clos.spine1 -6 route add fd00:0:0:8::1e/127 via fd00:0:0:8::f dev eth7
ip -n clos.spine1 -6 route add fd00:0:0:8::20/127 via fd00:0:0:8::1 dev eth0
ip -n clos.spine1 -6 route add fd00:0:0:8::22/127 via fd00:0:0:8::3 dev eth1
ip -n clos.spine1 -6 route add fd00:0:0:8::24/127 via fd00:0:0:8::5 dev eth2
ip -n clos.spine1 -6 route add fd00:0:0:8::26/127 via fd00:0:0:8::7 dev eth3
ip -n clos.spine1 -6 route add fd00:0:0:8::28/127 via fd00:0:0:8::9 dev eth4
ip -n clos.spine1 -6 route add fd00:0:0:8::2a/127 via fd00:0:0:8::b dev eth5
ip -n clos.spine1 -6 route add fd00:0:0:8::2c/127 via fd00:0:0:8::d dev eth6
ip -n clos.spine1 -6 route add fd00:0:0:8::2e/127 via fd00:0:0:8::f dev eth7
ip -n clos.spine1 -6 route add fd00:0:0:8::30/127 via fd00:0:0:8::1 dev eth0
ip -n clos.spine1 -6 route add fd00:0:0:8::32/127 via fd00:0:0:8::3 dev eth1
ip -n clos.spine1 -6 route add fd00:0:0:8::34/127 via fd00:0:0:8::5 dev eth2
ip -n clos.spine1 -6 route add fd00:0:0:8::36/127 via fd00:0:0:8::7 dev eth3
ip -n clos.spine1 -6 route add fd00:0:0:8::38/127 via fd00:0:0:8::9 dev eth4
ip -n clos.spine1 -6 route add fd00:0:0:8::3a/127 via fd00:0:0:8::b dev eth5
ip -n clos.spine1 -6 route add fd00:0:0:8::3c/127 via fd00:0:0:8::d dev eth6
ip -n clos.spine1 -6 route add fd00:0:0:8::3e/127 via fd00:0:0:8::f dev eth7

# spine2 (line 24)
ip -n clos.spine2 link set dev lo up
ip -n clos.spine2 link set dev eth0 up
ip -n clos.spine2 link set dev eth1 up
ip -n clos.spine2 link set dev eth2 up
ip -n clos.spine2 link set dev eth3 up
ip -n clos.spine2 link set dev eth4 up
ip -n clos.spine2 link set dev eth5 up
ip -n clos.spine2 link set dev eth6 up
ip -n clos.spine2 link set dev eth7 up
ip -n clos.spine2 address add 10.0.8.16/31 dev eth0
ip -n clos.spine2 address add fd00:0:0:8::10/127 dev eth0 nodad
ip -n clos.spine2 address add 10.0.8.18/31 dev eth1
ip -n clos.spine2 address add fd00:0:0:8::12/127 dev eth1 nodad
ip -n clos.spine2 address add 10.0.8.20/31 dev eth2
ip -n clos.spine2 address add fd00:0:0:8::14/127 dev eth2 nodad
ip -n clos.spine2 address add 10.0.8.22/31 dev eth3
ip -n clos.spine2 address add fd00:0:0:8::16/127 dev eth3 nodad
ip -n clos.spine2 address add 10.0.8.24/31 dev eth4
ip -n clos.spine2 address add fd00:0:0:8::18/127 dev eth4 nodad
ip -n clos.spine2 address add 10.0.8.26/31 dev eth5
ip -n clos.spine2 address add fd00:0:0:8::1a/127 dev eth5 nodad
ip -n clos.spine2 address add 10.0.8.28/31 dev eth6
ip -n clos.spine2 address add fd00:0:0:8::1c/127 dev eth6 nodad
ip -n clos.spine2 address add 10.0.8.30/31 dev eth7
ip -n clos.spine2 address add fd00:0:0:8::1e/127 dev eth7 nodad
ip -n clos.spine2 route add 10.0.0.0/24 via 10.0.8.17 dev eth0
ip -n clos.spine2 route add 10.0.1.0/24 via 10.0.8.19 dev eth1
ip -n clos.spine2 route add 10.0.2.0/24 via 10.0.8.21 dev eth2
ip -n clos.spine2 route add 10.0.3.0/24 via 10.0.8.23 dev eth3
ip -n clos.spine2 route add 10.0.4.0/24 via 10.0.8.25 dev eth4
ip -n clos.spine2 route add 10.0.5.0/24 via 10.0.8.27 dev eth5
ip -n clos.spine2 route add 10.0.6.0/24 via 10.0.8.29 dev eth6
ip -n clos.spine2 route add 10.0.7.0/24 via 10.0.8.31 dev eth7
ip -n clos.spine2 route add 10.0.8.0/31 via 10.0.8.17 dev eth0
ip -n clos.spine2 route add 10.0.8.2/31 via 10.0.8.19 dev eth1
ip -n clos.spine2 route add 10.0.8.4/31 via 10.0.8.21 dev eth2
ip -n clos.spine2 route add 10.0.8.6/31 via 10.0.8.23 dev eth3
ip -n clos.spine2 route add 10.0.8.8/31 via 10.0.8.25 dev eth4
ip -n clos.spine2 route add 10.0.8.10/31 via 10.0.8.27 dev eth5
ip -n clos.spine2 route add 10.0.8.12/31 via 10.0.8.29 dev eth6
ip -n clos.spine2 route add 10.0.8.14/31 via 10.0.8.31 dev eth7
ip -n clos.spine2 route add 10.0.8.32/31 via 10.0.8.17 dev eth0
ip -n clos.spine2 route add 10.0.8.34/31 via 10.0.8.19 dev eth1
ip -n clos.spine2 route add 10.0.8.36/31 via 10.0.8.21 dev eth2
ip -n clos.spine2 route add 10.0.8.38/31 via 10.0.8.23 dev eth3
ip -n clos.spine2 route add 10.0.8.40/31 via 10.0.8.25 dev eth4
ip -n clos.spine2 route add 10.0.8.42/31 via 10.0.8.27 dev eth5
ip -n clos.spine2 route add 10.0.8.44/31 via 10.0.8.29 dev eth6
ip -n clos.spine2 route add 10.0.8.46/31 via 10.0.8.31 dev eth7
ip -n clos.spine2 route add 10.0.8.48/31 via 10.0.8.17 dev eth0
ip -n clos.spine2 route add 10.0.8.50/31 via 10.0.8.19 dev eth1
ip -n clos.spine2 route add 10.0.8.52/31 via 10.0.8.21 dev eth2
ip -n clos.spine2 route add 10.0.8.54/31 via 10.0.8.23 dev eth3
ip -n clos.spine2 route add 10.0.8.56/31 via 10.0.8.25 dev eth4
ip -n clos.spine2 route add 10.0.8.58/31 via 10.0.8.27 dev eth5
ip -n clos.spine2 route add 10.0.8.60/31 via 10.0.8.29 dev eth6
ip -n clos.spine2 route add 10.0.8.62/31 via 10.0.8.31 dev eth7
ip -n clos.spine2 -6 route add fd00::/64 via fd00:0:0:8::11 dev eth0
ip -n clos.spine2 -6 route add fd00:0:0:1::/64 via fd00:0:0:8::13 dev eth1
ip -n clos.spine2 -6 route add fd00:0:0:2::/64 via fd00:0:0:8::15 dev eth2
ip -n clos.spine2 -6 route add fd00:0:0:3::/64 via fd00:0:0:8::17 dev eth3
ip -n clos.spine2 -6 route add fd00:0:0:4::/64 via fd00:0:0:8::19 dev eth4
ip -n clos.spine2 -6 route add fd00:0:0:5::/64 via fd00:0:0:8::1b dev eth5
ip -n clos.spine2 -6 route add fd00:0:0:6::/64 via fd00:0:0:8::1d dev eth6
ip -n clos.spine2 -6 route add fd00:0:0:7::/64 via fd00:0:0:8::1f dev eth7
ip -n clos.spine2 -6 route add fd00:0:0:8::/127 via fd00:0:0:8::11 dev eth0
ip -n clos.spine2 -6 route add fd00:0:0:8::2/127 via fd00:0:0:8::13 dev eth1
ip -n clos.spine2 -6 route add fd00:0:0:8::4/127 via fd00:0:0:8::15 dev eth2
ip -n clos.spine2 -6 route add fd00:0:0:8::6/127 via fd00:0:0:8::17 dev eth3
ip -n clos.spine2 -6 route add fd00:0:0:8::8/127 via fd00:0:0:8::19 dev eth4
ip -n clos.spine2 -6 route add fd00:0:0:8::a/127 via fd00:0:0:8::1b dev eth5
ip -n clos.spine2 -6 route add fd00:0:0:8::c/127 via fd00:0:0:8::1d dev eth6
ip -n clos.spine2 -6 route add fd00:0:0:8::e/127 via fd00:0:0:8::1f dev eth7
ip -n clos.spine2 -6 route add fd00:0:0:8::20/127 via fd00:0:0:8::11 dev eth0
ip -n clos.spine2 -6 route add fd00:0:0:8::22/127 via fd00:0:0:8::13 dev eth1
ip -n clos.spine2 -6 route add fd00:0:0:8::24/127 via fd00:0:0:8::15 dev eth2
ip -n clos.spine2 -6 route add fd00:0:0:8::26/127 via fd00:0:0:8::17 dev eth3
ip -n clos.spine2 -6 route add fd00:0:0:8::28/127 via fd00:0:0:8::19 dev eth4
ip -n clos.spine2 -6 route add fd00:0:0:8::2a/127 via fd00:0:0:8::1b dev eth5
ip -n clos.spine2 -6 route add fd00:0:0:8::2c/127 via fd00:0:0:8::1d dev eth6
ip -n clos.spine2 -6 route add fd00:0:0:8::2e/127 via fd00:0:0:8::1f dev eth7
ip -n clos.spine2 -6 route add fd00:0:0:8::30/127 via fd00:0:0:8::11 dev eth0
ip -n clos.spine2 -6 route add fd00:0:0:8::32/127 via fd00:0:0:8::13 dev eth1
ip -n clos.spine2 -6 route add fd00:0:0:8::34/127 via fd00:0:0:8::15 dev eth2
ip -n clos.spine2 -6 route add fd00:0:0:8::36/127 via fd00:0:0:8::17 dev eth3
ip -n clos.spine2 -6 route add fd00:0:0:8::38/127 via fd00:0:0:8::19 dev eth4
ip -n clos.spine2 -6 route add fd00:0:0:8::3a/127 via fd00:0:0:8::1b dev eth5
ip -n clos.spine2 -6 route add fd00:0:0:8::3c/127 via fd00:0:0:8::1d dev eth6
ip -n clos.spine2 -6 route add fd00:0:0:8::3e/127 via fd00:0:0:8::1f dev eth7

# spine3 (line 24)
ip -n clos.spine3 link set dev lo up
ip -n clos.spine3 link set dev eth0 up
ip -n clos.spine3 link set dev eth1 up
ip -n clos.spine3 link set dev eth2 up
ip -n clos.spine3 link set dev eth3 up
ip -n clos.spine3 link set dev eth4 up
ip -n clos.spine3 link set dev eth5 up
ip -n clos.spine3 link set dev eth6 up
ip -n clos.spine3 link set dev eth7 up
ip -n clos.spine3 address add 10.0.8.32/31 dev eth0
ip -n clos.spine3 address add fd00:0:0:8::20/127 dev eth0 nodad
ip -n clos.spine3 address add 10.0.8.34/31 dev eth1
ip -n clos.spine3 address add fd00:0:0:8::22/127 dev eth1 nodad
ip -n clos.spine3 address add 10.0.8.36/31 dev eth2
ip -n clos.spine3 address add fd00:0:0:8::24/127 dev eth2 nodad
ip -n clos.spine3 address add 10.0.8.38/31 dev eth3
ip -n clos.spine3 address add fd00:0:0:8::26/127 dev eth3 nodad
ip -n clos.spine3 address add 10.0.8.40/31 dev eth4
ip -n clos.spine3 address add fd00:0:0:8::28/127 dev eth4 nodad
ip -n clos.spine3 address add 10.0.8.42/31 dev eth5
ip -n clos.spine3 address add fd00:0:0:8::2a/127 dev eth5 nodad
ip -n clos.spine3 address add 10.0.8.44/31 dev eth6
ip -n clos.spine3 address add fd00:0:0:8::2c/127 dev eth6 nodad
ip -n clos.spine3 address add 10.0.8.46/31 dev eth7
ip -n clos.spine3 address add fd00:0:0:8::2e/127 dev eth7 nodad
ip -n clos.spine3 route add 10.0.0.0/24 via 10.0.8.33 dev eth0
ip -n clos.spine3 route add 10.0.1.0/24 via 10.0.8.35 dev eth1
ip -n clos.spine3 route add 10.0.2.0/24 via 10.0.8.37 dev eth2
ip -n clos.spine3 route add 10.0.3.0/24 via 10.0.8.39 dev eth3
ip -n clos.spine3 route add 10.0.4.0/24 via 10.0.8.41 dev eth4
ip -n clos.spine3 route add 10.0.5.0/24 via 10.0.8.43 dev eth5
ip -n clos.spine3 route add 10.0.6.0/24 via 10.0.8.45 dev eth6
ip -n clos.spine3 route add 10.0.7.0/24 via 10.0.8.47 dev eth7
ip -n clos.spine3 route add 10.0.8.0/31 via 10.0.8.33 dev eth0
ip -n clos.spine3 route add 10.0.8.2/31 via 10.0.8.35 dev eth1
ip -n clos.spine3 route add 10.0.8.4/31 via 10.0.8.37 dev eth2
ip -n clos.spine3 route add 10.0.8.6/31 via 10.0.8.39 dev eth3
ip -n clos.spine3 route add 10.0.8.8/31 via 10.0.8.41 dev eth4
ip -n clos.spine3 route add 10.0.8.10/31 via 10.0.8.43 dev eth5
ip -n clos.spine3 route add 10.0.8.12/31 via 10.0.8.45 dev eth6
ip -n clos.spine3 route add 10.0.8.14/31 via 10.0.8.47 dev eth7
ip -n clos.spine3 route add 10.0.8.16/31 via 10.0.8.33 dev eth0
ip -n clos.spine3 route add 10.0.8.18/31 via 10.0.8.35 dev eth1
ip -n clos.spine3 route add 10.0.8.20/31 via 10.0.8.37 dev eth2
ip -n clos.spine3 route add 10.0.8.22/31 via 10.0.8.39 dev eth3
ip -n clos.spine3 route add 10.0.8.24/31 via 10.0.8.41 dev eth4
ip -n clos.spine3 route add 10.0.8.26/31 via 10.0.8.43 dev eth5
ip -n clos.spine3 route add 10.0.8.28/31 via 10.0.8.45 dev eth6
ip -n clos.spine3 route add 10.0.8.30/31 via 10.0.8.47 dev eth7
ip -n clos.spine3 route add 10.0.8.48/31 via 10.0.8.33 dev eth0
ip -n clos.spine3 route add 10.0.8.50/31 via 10.0.8.35 dev eth1
ip -n clos.spine3 route add 10.0.8.52/31 via 10.0.8.37 dev eth2
ip -n clos.spine3 route add 10.0.8.54/31 via 10.0.8.39 dev eth3
ip -n clos.spine3 route add 10.0.8.56/31 via 10.0.8.41 dev eth4
ip -n clos.spine3 route add 10.0.8.58/31 via 10.0.8.43 dev eth5
ip -n clos.spine3 route add 10.0.8.60/31 via 10.0.8.45 dev eth6
ip -n clos.spine3 route add 10.0.8.62/31 via 10.0.8.47 dev eth7
ip -n clos.spine3 -6 route add fd00::/64 via fd00:0:0:8::21 dev eth0
ip -n clos.spine3 -6 route add fd00:0:0:1::/64 via fd00:0:0:8::23 dev eth1
ip -n clos.spine3 -6 route add fd00:0:0:2::/64 via fd00:0:0:8::25 dev eth2
ip -n clos.spine3 -6 route add fd00:0:0:3::/64 via fd00:0:0:8::27 dev eth3
ip -n clos.spine3 -6 route add fd00:0:0:4::/64 via fd00:0:0:8::29 dev eth4
ip -n clos.spine3 -6 route add fd00:0:0:5::/64 via fd00:0:0:8::2b dev eth5
ip -n clos.spine3 -6 route add fd00:0:0:6::/64 via fd00:0:0:8::2d dev eth6
ip -n clos.spine3 -6 route add fd00:0:0:7::/64 via fd00:0:0:8::2f dev eth7
ip -n clos.spine3 -6 route add fd00:0:0:8::/127 via fd00:0:0:8::21 dev eth0
ip -n clos.spine3 -6 route add fd00:0:0:8::2/127 via fd00:0:0:8::23 dev eth1
ip -n clos.spine3 -6 route add fd00:0:0:8::4/127 via fd00:0:0:8::25 dev eth2
ip -n clos.spine3 -6 route add fd00:0:0:8::6/127 via fd00:0:0:8::27 dev eth3
ip -n clos.spine3 -6 route add fd00:0:0:8::8/127 via fd00:0:0:8::29 dev eth4
ip -n clos.spine3 -6 route add fd00:0:0:8::a/127 via fd00:0:0:8::2b dev eth5
ip -n clos.spine3 -6 route add fd00:0:0:8::c/127 via fd00:0:0:8::2d dev eth6
ip -n clos.spine3 -6 route add fd00:0:0:8::e/127 via fd00:0:0:8::2f dev eth7
ip -n clos.spine3 -6 route add fd00:0:0:8::10/127 via fd00:0:0:8::21 dev eth0
ip -n clos.spine3 -6 route add fd00:0:0:8::12/127 via fd00:0:0:8::23 dev eth1
ip -n clos.spine3 -6 route add fd00:0:0:8::14/127 via fd00:0:0:8::25 dev eth2
ip -n clos.spine3 -6 route add fd00:0:0:8::16/127 via fd00:0:0:8::27 dev eth3
ip -n clos.spine3 -6 route add fd00:0:0:8::18/127 via fd00:0:0:8::29 dev eth4
ip -n clos.spine3 -6 route add fd00:0:0:8::1a/127 via fd00:0:0:8::2b dev eth5
ip -n clos.spine3 -6 route add fd00:0:0:8::1c/127 via fd00:0:0:8::2d dev eth6
ip -n clos.spine3 -6 route add fd00:0:0:8::1e/127 via fd00:0:0:8::2f dev eth7
ip -n clos.spine3 -6 route add fd00:0:0:8::30/127 via fd00:0:0:8::21 dev eth0
ip -n clos.spine3 -6 route add fd00:0:0:8::32/127 via fd00:0:0:8::23 dev eth1
ip -n clos.spine3 -6 route add fd00:0:0:8::34/127 via fd00:0:0:8::25 dev eth2
ip -n clos.spine3 -6 route add fd00:0:0:8::36/127 via fd00:0:0:8::27 dev eth3
ip -n clos.spine3 -6 route add fd00:0:0:8::38/127 via fd00:0:0:8::29 dev eth4
ip -n clos.spine3 -6 route add fd00:0:0:8::3a/127 via fd00:0:0:8::2b dev eth5
ip -n clos.spine3 -6 route add fd00:0:0:8::3c/127 via fd00:0:0:8::2d dev eth6
ip -n clos.spine3 -6 route add fd00:0:0:8::3e/127 via fd00:0:0:8::2f dev eth7

# spine4 (line 24)
ip -n clos.spine4 link set dev lo up
ip -n clos.spine4 link set dev eth0 up
ip -n clos.spine4 link set dev eth1 up
ip -n clos.spine4 link set dev eth2 up
ip -n clos.spine4 link set dev eth3 up
ip -n clos.spine4 link set dev eth4 up
ip -n clos.spine4 link set dev eth5 up
ip -n clos.spine4 link set dev eth6 up
ip -n clos.spine4 link set dev eth7 up
ip -n clos.spine4 address add 10.0.8.48/31 dev eth0
ip -n clos.spine4 address add fd00:0:0:8::30/127 dev eth0 nodad
ip -n clos.spine4 address add 10.0.8.50/31 dev eth1
ip -n clos.spine4 address add fd00:0:0:8::32/127 dev eth1 nodad
ip -n clos.spine4 address add 10.0.8.52/31 dev eth2
ip -n clos.spine4 address add fd00:0:0:8::34/127 dev eth2 nodad
ip -n clos.spine4 address add 10.0.8.54/31 dev eth3
ip -n clos.spine4 address add fd00:0:0:8::36/127 dev eth3 nodad
ip -n clos.spine4 address add 10.0.8.56/31 dev eth4
ip -n clos.spine4 address add fd00:0:0:8::38/127 dev eth4 nodad
ip -n clos.spine4 address add 10.0.8.58/31 dev eth5
ip -n clos.spine4 address add fd00:0:0:8::3a/127 dev eth5 nodad
ip -n clos.spine4 address add 10.0.8.60/31 dev eth6
ip -n clos.spine4 address add fd00:0:0:8::3c/127 dev eth6 nodad
ip -n clos.spine4 address add 10.0.8.62/31 dev eth7
ip -n clos.spine4 address add fd00:0:0:8::3e/127 dev eth7 nodad
ip -n clos.spine4 route add 10.0.0.0/24 via 10.0.8.49 dev eth0
ip -n clos.spine4 route add 10.0.1.0/24 via 10.0.8.51 dev eth1
ip -n clos.spine4 route add 10.0.2.0/24 via 10.0.8.53 dev eth2
ip -n clos.spine4 route add 10.0.3.0/24 via 10.0.8.55 dev eth3
ip -n clos.spine4 route add 10.0.4.0/24 via 10.0.8.57 dev eth4
ip -n clos.spine4 route add 10.0.5.0/24 via 10.0.8.59 dev eth5
ip -n clos.spine4 route add 10.0.6.0/24 via 10.0.8.61 dev eth6
ip -n clos.spine4 route add 10.0.7.0/24 via 10.0.8.63 dev eth7
ip -n clos.spine4 route add 10.0.8.0/31 via 10.0.8.49 dev eth0
ip -n clos.spine4 route add 10.0.8.2/31 via 10.0.8.51 dev eth1
ip -n clos.spine4 route add 10.0.8.4/31 via 10.0.8.53 dev eth2
ip -n clos.spine4 route add 10.0.8.6/31 via 10.0.8.55 dev eth3
ip -n clos.spine4 route add 10.0.8.8/31 via 10.0.8.57 dev eth4
ip -n clos.spine4 route add 10.0.8.10/31 via 10.0.8.59 dev eth5
ip -n clos.spine4 route add 10.0.8.12/31 via 10.0.8.61 dev eth6
ip -n clos.spine4 route add 10.0.8.14/31 via 10.0.8.63 dev eth7
ip -n clos.spine4 route add 10.0.8.16/31 via 10.0.8.49 dev eth0
ip -n clos.spine4 route add 10.0.8.18/31 via 10.0.8.51 dev eth1
ip -n clos.spine4 route add 10.0.8.20/31 via 10.0.8.53 dev eth2
ip -n clos.spine4 route add 10.0.8.22/31 via 10.0.8.55 dev eth3
ip -n clos.spine4 route add 10.0.8.24/31 via 10.0.8.57 dev eth4
ip -n clos.spine4 route add 10.0.8.26/31 via 10.0.8.59 dev eth5
ip -n clos.spine4 route add 10.0.8.28/31 via 10.0.8.61 dev eth6
ip -n clos.spine4 route add 10.0.8.30/31 via 10.0.8.63 dev eth7
ip -n clos.spine4 route add 10.0.8.32/31 via 10.0.8.49 dev eth0
ip -n clos.spine4 route add 10.0.8.34/31 via 10.0.8.51 dev eth1
ip -n clos.spine4 route add 10.0.8.36/31 via 10.0.8.53 dev eth2
ip -n clos.spine4 route add 10.0.8.38/31 via 10.0.8.55 dev eth3
ip -n clos.spine4 route add 10.0.8.40/31 via 10.0.8.57 dev eth4
ip -n clos.spine4 route add 10.0.8.42/31 via 10.0.8.59 dev eth5
ip -n clos.spine4 route add 10.0.8.44/31 via 10.0.8.61 dev eth6
ip -n clos.spine4 route add 10.0.8.46/31 via 10.0.8.63 dev eth7
ip -n clos.spine4 -6 route add fd00::/64 via fd00:0:0:8::31 dev eth0
ip -n clos.spine4 -6 route add fd00:0:0:1::/64 via fd00:0:0:8::33 dev eth1
ip -n clos.spine4 -6 route add fd00:0:0:2::/64 via fd00:0:0:8::35 dev eth2
ip -n clos.spine4 -6 route add fd00:0:0:3::/64 via fd00:0:0:8::37 dev eth3
ip -n clos.spine4 -6 route add fd00:0:0:4::/64 via fd00:0:0:8::39 dev eth4
ip -n clos.spine4 -6 route add fd00:0:0:5::/64 via fd00:0:0:8::3b dev eth5
ip -n clos.spine4 -6 route add fd00:0:0:6::/64 via fd00:0:0:8::3d dev eth6
ip -n clos.spine4 -6 route add fd00:0:0:7::/64 via fd00:0:0:8::3f dev eth7
ip -n clos.spine4 -6 route add fd00:0:0:8::/127 via fd00:0:0:8::31 dev eth0
ip -n clos.spine4 -6 route add fd00:0:0:8::2/127 via fd00:0:0:8::33 dev eth1
ip -n clos.spine4 -6 route add fd00:0:0:8::4/127 via fd00:0:0:8::35 dev eth2
ip -n clos.spine4 -6 route add fd00:0:0:8::6/127 via fd00:0:0:8::37 dev eth3
ip -n clos.spine4 -6 route add fd00:0:0:8::8/127 via fd00:0:0:8::39 dev eth4
ip -n clos.spine4 -6 route add fd00:0:0:8::a/127 via fd00:0:0:8::3b dev eth5
ip -n clos.spine4 -6 route add fd00:0:0:8::c/127 via fd00:0:0:8::3d dev eth6
ip -n clos.spine4 -6 route add fd00:0:0:8::e/127 via fd00:0:0:8::3f dev eth7
ip -n clos.spine4 -6 route add fd00:0:0:8::10/127 via fd00:0:0:8::31 dev eth0
ip -n clos.spine4 -6 route add fd00:0:0:8::12/127 via fd00:0:0:8::33 dev eth1
ip -n clos.spine4 -6 route add fd00:0:0:8::14/127 via fd00:0:0:8::35 dev eth2
ip -n clos.spine4 -6 route add fd00:0:0:8::16/127 via fd00:0:0:8::37 dev eth3
ip -n clos.spine4 -6 route add fd00:0:0:8::18/127 via fd00:0:0:8::39 dev eth4
ip -n clos.spine4 -6 route add fd00:0:0:8::1a/127 via fd00:0:0:8::3b dev eth5
ip -n clos.spine4 -6 route add fd00:0:0:8::1c/127 via fd00:0:0:8::3d dev eth6
ip -n clos.spine4 -6 route add fd00:0:0:8::1e/127 via fd00:0:0:8::3f dev eth7
ip -n clos.spine4 -6 route add fd00:0:0:8::20/127 via fd00:0:0:8::31 dev eth0
ip -n clos.spine4 -6 route add fd00:0:0:8::22/127 via fd00:0:0:8::33 dev eth1
ip -n clos.spine4 -6 route add fd00:0:0:8::24/127 via fd00:0:0:8::35 dev eth2
ip -n clos.spine4 -6 route add fd00:0:0:8::26/127 via fd00:0:0:8::37 dev eth3
ip -n clos.spine4 -6 route add fd00:0:0:8::28/127 via fd00:0:0:8::39 dev eth4
ip -n clos.spine4 -6 route add fd00:0:0:8::2a/127 via fd00:0:0:8::3b dev eth5
ip -n clos.spine4 -6 route add fd00:0:0:8::2c/127 via fd00:0:0:8::3d dev eth6
ip -n clos.spine4 -6 route add fd00:0:0:8::2e/127 via fd00:0:0:8::3f dev eth7

# leaf1 (line 25)
ip -n clos.leaf1 link set dev lo up
ip -n clos.leaf1 link set dev eth0 up
ip -n clos.leaf1 link set dev eth1 up
ip -n clos.leaf1 link set dev eth2 up
ip -n clos.leaf1 link set dev eth3 up
ip -n clos.leaf1 link set dev eth4 up
ip -n clos.leaf1 address add 10.0.0.1/24 dev eth0
ip -n clos.leaf1 address add fd00::1/64 dev eth0 nodad
ip -n clos.leaf1 address add 10.0.8.1/31 dev eth1
ip -n clos.leaf1 address add fd00:0:0:8::1/127 dev eth1 nodad
ip -n clos.leaf1 address add 10.0.8.17/31 dev eth2
ip -n clos.leaf1 address add fd00:0:0:8::11/127 dev eth2 nodad
ip -n clos.leaf1 address add 10.0.8.33/31 dev eth3
ip -n clos.leaf1 address add fd00:0:0:8::21/127 dev eth3 nodad
ip -n clos.leaf1 address add 10.0.8.49/31 dev eth4
ip -n clos.leaf1 address add fd00:0:0:8::31/127 dev eth4 nodad
ip -n clos.leaf1 route add 10.0.0.0/21 nexthop via 10.0.8.0 dev eth1 weight 1 nexthop via 10.0.8.16 dev eth2 weight 1 nexthop via 10.0.8.32 dev eth3 weight 1 nexthop via 10.0.8.48 dev eth4 weight 1
ip -n clos.leaf1 route add 10.0.8.0/28 via 10.0.8.0 dev eth1
ip -n clos.leaf1 route add 10.0.8.16/28 via 10.0.8.16 dev eth2
ip -n clos.leaf1 route add 10.0.8.32/28 via 10.0.8.32 dev eth3
ip -n clos.leaf1 route add 10.0.8.48/28 via 10.0.8.48 dev eth4
ip -n clos.leaf1 -6 route add fd00::/61 nexthop via fd00:0:0:8:: dev eth1 weight 1 nexthop via fd00:0:0:8::10 dev eth2 weight 1 nexthop via fd00:0:0:8::20 dev eth3 weight 1 nexthop via fd00:0:0:8::30 dev eth4 weight 1
ip -n clos.leaf1 -6 route add fd00:0:0:8::/124 via fd00:0:0:8:: dev eth1
ip -n clos.leaf1 -6 route add fd00:0:0:8::10/124 via fd00:0:0:8::10 dev eth2
ip -n clos.leaf1 -6 route add fd00:0:0:8::20/124 via fd00:0:0:8::20 dev eth3
ip -n clos.leaf1 -6 route add fd00:0:0:8::30/124 via fd00:0:0:8::30 dev eth4

# leaf2 (line 25)
ip -n clos.leaf2 link set dev lo up
ip -n clos.leaf2 link set dev eth0 up
ip -n clos.leaf2 link set dev eth1 up
ip -n clos.leaf2 link set dev eth2 up
ip -n clos.leaf2 link set dev eth3 up
ip -n clos.leaf2 link set dev eth4 up
ip -n clos.leaf2 address add 10.0.1.1/24 dev eth0
ip -n clos.leaf2 address add fd00:0:0:1::1/64 dev eth0 nodad
ip -n clos.leaf2 address add 10.0.8.3/31 dev eth1
ip -n clos.leaf2 address add fd00:0:0:8::3/127 dev eth1 nodad
ip -n clos.leaf2 address add 10.0.8.19/31 dev eth2
ip -n clos.leaf2 address add fd00:0:0:8::13/127 dev eth2 nodad
ip -n clos.leaf2 address add 10.0.8.35/31 dev eth3
ip -n clos.leaf2 address add fd00:0:0:8::23/127 dev eth3 nodad
ip -n clos.leaf2 address add 10.0.8.51/31 dev eth4
ip -n clos.leaf2 address add fd00:0:0:8::33/127 dev eth4 nodad
ip -n clos.leaf2 route add 10.0.0.0/21 nexthop via 10.0.8.2 dev eth1 weight 1 nexthop via 10.0.8.18 dev eth2 weight 1 nexthop via 10.0.8.34 dev eth3 weight 1 nexthop via 10.0.8.50 dev eth4 weight 1
ip -n clos.leaf2 route add 10.0.8.0/28 via 10.0.8.2 dev eth1
ip -n clos.leaf2 route add 10.0.8.16/28 via 10.0.8.18 dev eth2
ip -n clos.leaf2 route add 10.0.8.32/28 via 10.0.8.34 dev eth3
ip -n clos.leaf2 route add 10.0.8.48/28 via 10.0.8.50 dev eth4
ip -n clos.leaf2 -6 route add fd00::/61 nexthop via fd00:0:0:8::2 dev eth1 weight 1 nexthop via fd00:0:0:8::12 dev eth2 weight 1 nexthop via fd00:0:0:8::22 dev eth3 weight 1 nexthop via fd00:0:0:8::32 dev eth4 weight 1
ip -n clos.leaf2 -6 route add fd00:0:0:8::/124 via fd00:0:0:8::2 dev eth1
ip -n clos.leaf2 -6 route add fd00:0:0:8::10/124 via fd00:0:0:8::12 dev eth2
ip -n clos.leaf2 -6 route add fd00:0:0:8::20/124 via fd00:0:0:8::22 dev eth3
ip -n clos.leaf2 -6 route add fd00:0:0:8::30/124 via fd00:0:0:8::32 dev eth4

# leaf3 (line 25)
ip -n clos.leaf3 link set dev lo up
ip -n clos.leaf3 link set dev eth0 up
ip -n clos.leaf3 link set dev eth1 up
ip -n clos.leaf3 link set dev eth2 up
ip -n clos.leaf3 link set dev eth3 up
ip -n clos.leaf3 link set dev eth4 up
ip -n clos.leaf3 address add 10.0.2.1/24 dev eth0
ip -n clos.leaf3 address add fd00:0:0:2::1/64 dev eth0 nodad
ip -n clos.leaf3 address add 10.0.8.5/31 dev eth1
ip -n clos.leaf3 address add fd00:0:0:8::5/127 dev eth1 nodad
ip -n clos.leaf3 address add 10.0.8.21/31 dev eth2
ip -n clos.leaf3 address add fd00:0:0:8::15/127 dev eth2 nodad
ip -n clos.leaf3 address add 10.0.8.37/31 dev eth3
ip -n clos.leaf3 address add fd00:0:0:8::25/127 dev eth3 nodad
ip -n clos.leaf3 address add 10.0.8.53/31 dev eth4
ip -n clos.leaf3 address add fd00:0:0:8::35/127 dev eth4 nodad
ip -n clos.leaf3 route add 10.0.0.0/21 nexthop via 10.0.8.4 dev eth1 weight 1 nexthop via 10.0.8.20 dev eth2 weight 1 nexthop via 10.0.8.36 dev eth3 weight 1 nexthop via 10.0.8.52 dev eth4 weight 1
ip -n clos.leaf3 route add 10.0.8.0/28 via 10.0.8.4 dev eth1
ip -n clos.leaf3 route add 10.0.8.16/28 via 10.0.8.20 dev eth2
ip -n clos.leaf3 route add 10.0.8.32/28 via 10.0.8.36 dev eth3
ip -n clos.leaf3 route add 10.0.8.48/28 via 10.0.8.52 dev eth4
ip -n clos.leaf3 -6 route add fd00::/61 nexthop via fd00:0:0:8::4 dev eth1 weight 1 nexthop via fd00:0:0:8::14 dev eth2 weight 1 nexthop via fd00:0:0:8::24 dev eth3 weight 1 nexthop via fd00:0:0:8::34 dev eth4 weight 1
ip -n clos.leaf3 -6 route add fd00:0:0:8::/124 via fd00:0:0:8::4 dev eth1
ip -n clos.leaf3 -6 route add fd00:0:0:8::10/124 via fd00:0:0:8::14 dev eth2
ip -n clos.leaf3 -6 route add fd00:0:0:8::20/124 via fd00:0:0:8::24 dev eth3
ip -n clos.leaf3 -6 route add fd00:0:0:8::30/124 via fd00:0:0:8::34 dev eth4

# leaf4 (line 25)
ip -n clos.leaf4 link set dev lo up
ip -n clos.leaf4 link set dev eth0 up
ip -n clos.leaf4 link set dev eth1 up
ip -n clos.leaf4 link set dev eth2 up
ip -n clos.leaf4 link set dev eth3 up
ip -n clos.leaf4 link set dev eth4 up
ip -n clos.leaf4 address add 10.0.3.1/24 dev eth0
ip -n clos.leaf4 address add fd00:0:0:3::1/64 dev eth0 nodad
ip -n clos.leaf4 address add 10.0.8.7/31 dev eth1
ip -n clos.leaf4 address add fd00:0:0:8::7/127 dev eth1 nodad
ip -n clos.leaf4 address add 10.0.8.23/31 dev eth2
ip -n clos.leaf4 address add fd00:0:0:8::17/127 dev eth2 nodad
ip -n clos.leaf4 address add 10.0.8.39/31 dev eth3
ip -n clos.leaf4 address add fd00:0:0:8::27/127 dev eth3 nodad
ip -n clos.leaf4 address add 10.0.8.55/31 dev eth4
ip -n clos.leaf4 address add fd00:0:0:8::37/127 dev eth4 nodad
ip -n clos.leaf4 route add 10.0.0.0/21 nexthop via 10.0.8.6 dev eth1 weight 1 nexthop via 10.0.8.22 dev eth2 weight 1 nexthop via 10.0.8.38 dev eth3 weight 1 nexthop via 10.0.8.54 dev eth4 weight 1
ip -n clos.leaf4 route add 10.0.8.0/28 via 10.0.8.6 dev eth1
ip -n clos.leaf4 route add 10.0.8.16/28 via 10.0.8.22 dev eth2
ip -n clos.leaf4 route add 10.0.8.32/28 via 10.0.8.38 dev eth3
ip -n clos.leaf4 route add 10.0.8.48/28 via 10.0.8.54 dev eth4
ip -n clos.leaf4 -6 route add fd00::/61 nexthop via fd00:0:0:8::6 dev eth1 weight 1 nexthop via fd00:0:0:8::16 dev eth2 weight 1 nexthop via fd00:0:0:8::26 dev eth3 weight 1 nexthop via fd00:0:0:8::36 dev eth4 weight 1
ip -n clos.leaf4 -6 route add fd00:0:0:8::/124 via fd00:0:0:8::6 dev eth1
ip -n clos.leaf4 -6 route add fd00:0:0:8::10/124 via fd00:0:0:8::16 dev eth2
ip -n clos.leaf4 -6 route add fd00:0:0:8::20/124 via fd00:0:0:8::26 dev eth3
ip -n clos.leaf4 -6 route add fd00:0:0:8::30/124 via fd00:0:0:8::36 dev eth4

# leaf5 (line 25)
ip -n clos.leaf5 link set dev lo up
ip -n clos.leaf5 link set dev eth0 up
ip -n clos.leaf5 link set dev eth1 up
ip -n clos.leaf5 link set dev eth2 up
ip -n clos.leaf5 link set dev eth3 up
ip -n clos.leaf5 link set dev eth4 up
ip -n clos.leaf5 address add 10.0.4.1/24 dev eth0
ip -n clos.leaf5 address add fd00:0:0:4::1/64 dev eth0 nodad
ip -n clos.leaf5 address add 10.0.8.9/31 dev eth1
ip -n clos.leaf5 address add fd00:0:0:8::9/127 dev eth1 nodad
ip -n clos.leaf5 address add 10.0.8.25/31 dev eth2
ip -n clos.leaf5 address add fd00:0:0:8::19/127 dev eth2 nodad
ip -n clos.leaf5 address add 10.0.8.41/31 dev eth3
ip -n clos.leaf5 address add fd00:0:0:8::29/127 dev eth3 nodad
ip -n clos.leaf5 address add 10.0.8.57/31 dev eth4
ip -n clos.leaf5 address add fd00:0:0:8::39/127 dev eth4 nodad
ip -n clos.leaf5 route add 10.0.0.0/21 nexthop via 10.0.8.8 dev eth1 weight 1 nexthop via 10.0.8.24 dev eth2 weight 1 nexthop via 10.0.8.40 dev eth3 weight 1 nexthop via 10.0.8.56 dev eth4 weight 1
ip -n clos.leaf5 route add 10.0.8.0/28 via 10.0.8.8 dev eth1
ip -n clos.leaf5 route add 10.0.8.16/28 via 10.0.8.24 dev eth2
ip -n clos.leaf5 route add 10.0.8.32/28 via 10.0.8.40 dev eth3
ip -n clos.leaf5 route add 10.0.8.48/28 via 10.0.8.56 dev eth4
ip -n clos.leaf5 -6 route add fd00::/61 nexthop via fd00:0:0:8::8 dev eth1 weight 1 nexthop via fd00:0:0:8::18 dev eth2 weight 1 nexthop via fd00:0:0:8::28 dev eth3 weight 1 nexthop via fd00:0:0:8::38 dev eth4 weight 1
ip -n clos.leaf5 -6 route add fd00:0:0:8::/124 via fd00:0:0:8::8 dev eth1
ip -n clos.leaf5 -6 route add fd00:0:0:8::10/124 via fd00:0:0:8::18 dev eth2
ip -n clos.leaf5 -6 route add fd00:0:0:8::20/124 via fd00:0:0:8::28 dev eth3
ip -n clos.leaf5 -6 route add fd00:0:0:8::30/124 via fd00:0:0:8::38 dev eth4

# leaf6 (line 25)
ip -n clos.leaf6 link set dev lo up
ip -n clos.leaf6 link set dev eth0 up
ip -n clos.leaf6 link set dev eth1 up
ip -n clos.leaf6 link set dev eth2 up
ip -n clos.leaf6 link set dev eth3 up
ip -n clos.leaf6 link set dev eth4 up
ip -n clos.leaf6 address add 10.0.5.1/24 dev eth0
ip -n clos.leaf6 address add fd00:0:0:5::1/64 dev eth0 nodad
ip -n clos.leaf6 address add 10.0.8.11/31 dev eth1
ip -n clos.leaf6 address add fd00:0:0:8::b/127 dev eth1 nodad
ip -n clos.leaf6 address add 10.0.8.27/31 dev eth2
ip -n clos.leaf6 address add fd00:0:0:8::1b/127 dev eth2 nodad
ip -n clos.leaf6 address add 10.0.8.43/31 dev eth3
ip -n clos.leaf6 address add fd00:0:0:8::2b/127 dev eth3 nodad
ip -n clos.leaf6 address add 10.0.8.59/31 dev eth4
ip -n clos.leaf6 address add fd00:0:0:8::3b/127 dev eth4 nodad
ip -n clos.leaf6 route add 10.0.0.0/21 nexthop via 10.0.8.10 dev eth1 weight 1 nexthop via 10.0.8.26 dev eth2 weight 1 nexthop via 10.0.8.42 dev eth3 weight 1 nexthop via 10.0.8.58 dev eth4 weight 1
ip -n clos.leaf6 route add 10.0.8.0/28 via 10.0.8.10 dev eth1
ip -n clos.leaf6 route add 10.0.8.16/28 via 10.0.8.26 dev eth2
ip -n clos.leaf6 route add 10.0.8.32/28 via 10.0.8.42 dev eth3
ip -n clos.leaf6 route add 10.0.8.48/28 via 10.0.8.58 dev eth4
ip -n clos.leaf6 -6 route add fd00::/61 nexthop via fd00:0:0:8::a dev eth1 weight 1 nexthop via fd00:0:0:8::1a dev eth2 weight 1 nexthop via fd00:0:0:8::2a dev eth3 weight 1 nexthop via fd00:0:0:8::3a dev eth4 weight 1
ip -n clos.leaf6 -6 route add fd00:0:0:8::/124 via fd00:0:0:8::a dev eth1
ip -n clos.leaf6 -6 route add fd00:0:0:8::10/124 via fd00:0:0:8::1a dev eth2
ip -n clos.leaf6 -6 route add fd00:0:0:8::20/124 via fd00:0:0:8::2a dev eth3
ip -n clos.leaf6 -6 route add fd00:0:0:8::30/124 via fd00:0:0:8::3a dev eth4

# leaf7 (line 25)
ip -n clos.leaf7 link set dev lo up
ip -n clos.leaf7 link set dev eth0 up
ip -n clos.leaf7 link set dev eth1 up
ip -n clos.leaf7 link set dev eth2 up
ip -n clos.leaf7 link set dev eth3 up
ip -n clos.leaf7 link set dev eth4 up
ip -n clos.leaf7 address add 10.0.6.1/24 dev eth0
ip -n clos.leaf7 address add fd00:0:0:6::1/64 dev eth0 nodad
ip -n clos.leaf7 address add 10.0.8.13/31 dev eth1
ip -n clos.leaf7 address add fd00:0:0:8::d/127 dev eth1 nodad
ip -n clos.leaf7 address add 10.0.8.29/31 dev eth2
ip -n clos.leaf7 address add fd00:0:0:8::1d/127 dev eth2 nodad
ip -n clos.leaf7 address add 10.0.8.45/31 dev eth3
ip -n clos.leaf7 address add fd00:0:0:8::2d/127 dev eth3 nodad
ip -n clos.leaf7 address add 10.0.8.61/31 dev eth4
ip -n clos.leaf7 address add fd00:0:0:8::3d/127 dev eth4 nodad
ip -n clos.leaf7 route add 10.0.0.0/21 nexthop via 10.0.8.12 dev eth1 weight 1 nexthop via 10.0.8.28 dev eth2 weight 1 nexthop via 10.0.8.44 dev eth3 weight 1 nexthop via 10.0.8.60 dev eth4 weight 1
ip -n clos.leaf7 route add 10.0.8.0/28 via 10.0.8.12 dev eth1
ip -n clos.leaf7 route add 10.0.8.16/28 via 10.0.8.28 dev eth2
ip -n clos.leaf7 route add 10.0.8.32/28 via 10.0.8.44 dev eth3
ip -n clos.leaf7 route add 10.0.8.48/28 via 10.0.8.60 dev eth4
ip -n clos.leaf7 -6 route add fd00::/61 nexthop via fd00:0:0:8::c dev eth1 weight 1 nexthop via fd00:0:0:8::1c dev eth2 weight 1 nexthop via fd00:0:0:8::2c dev eth3 weight 1 nexthop via fd00:0:0:8::3c dev eth4 weight 1
ip -n clos.leaf7 -6 route add fd00:0:0:8::/124 via fd00:0:0:8::c dev eth1
ip -n clos.leaf7 -6 route add fd00:0:0:8::10/124 via fd00:0:0:8::1c dev eth2
ip -n clos.leaf7 -6 route add fd00:0:0:8::20/124 via fd00:0:0:8::2c dev eth3
ip -n clos.leaf7 -6 route add fd00:0:0:8::30/124 via fd00:0:0:8::3c dev eth4

# leaf8 (line 25)
ip -n clos.leaf8 link set dev lo up
ip -n clos.leaf8 link set dev eth0 up
ip -n clos.leaf8 link set dev eth1 up
ip -n clos.leaf8 link set dev eth2 up
ip -n clos.leaf8 link set dev eth3 up
ip -n clos.leaf8 link set dev eth4 up
ip -n clos.leaf8 address add 10.0.7.1/24 dev eth0
ip -n clos.leaf8 address add fd00:0:0:7::1/64 dev eth0 nodad
ip -n clos.leaf8 address add 10.0.8.15/31 dev eth1
ip -n clos.leaf8 address add fd00:0:0:8::f/127 dev eth1 nodad
ip -n clos.leaf8 address add 10.0.8.31/31 dev eth2
ip -n clos.leaf8 address add fd00:0:0:8::1f/127 dev eth2 nodad
ip -n clos.leaf8 address add 10.0.8.47/31 dev eth3
ip -n clos.leaf8 address add fd00:0:0:8::2f/127 dev eth3 nodad
ip -n clos.leaf8 address add 10.0.8.63/31 dev eth4
ip -n clos.leaf8 address add fd00:0:0:8::3f/127 dev eth4 nodad
ip -n clos.leaf8 route add 10.0.0.0/21 nexthop via 10.0.8.14 dev eth1 weight 1 nexthop via 10.0.8.30 dev eth2 weight 1 nexthop via 10.0.8.46 dev eth3 weight 1 nexthop via 10.0.8.62 dev eth4 weight 1
ip -n clos.leaf8 route add 10.0.8.0/28 via 10.0.8.14 dev eth1
ip -n clos.leaf8 route add 10.0.8.16/28 via 10.0.8.30 dev eth2
ip -n clos.leaf8 route add 10.0.8.32/28 via 10.0.8.46 dev eth3
ip -n clos.leaf8 route add 10.0.8.48/28 via 10.0.8.62 dev eth4
ip -n clos.leaf8 -6 route add fd00::/61 nexthop via fd00:0:0:8::e dev eth1 weight 1 nexthop via fd00:0:0:8::1e dev eth2 weight 1 nexthop via fd00:0:0:8::2e dev eth3 weight 1 nexthop via fd00:0:0:8::3e dev eth4 weight 1
ip -n clos.leaf8 -6 route add fd00:0:0:8::/124 via fd00:0:0:8::e dev eth1
ip -n clos.leaf8 -6 route add fd00:0:0:8::10/124 via fd00:0:0:8::1e dev eth2
ip -n clos.leaf8 -6 route add fd00:0:0:8::20/124 via fd00:0:0:8::2e dev eth3
ip -n clos.leaf8 -6 route add fd00:0:0:8::30/124 via fd00:0:0:8::3e dev eth4

# tor1 (line 26)
ip -n clos.tor1 link set dev lo up
ip -n clos.tor1 link add name br0 type bridge forward_delay 0 mcast_snooping 0
ip -n clos.tor1 link set eth0 master br0
ip -n clos.tor1 link set dev eth0 up
ip -n clos.tor1 link set eth1 master br0
ip -n clos.tor1 link set dev eth1 up
ip -n clos.tor1 link set eth2 master br0
ip -n clos.tor1 link set dev eth2 up
ip -n clos.tor1 link set eth3 master br0
ip -n clos.tor1 link set dev eth3 up
ip -n clos.tor1 link set dev br0 up

# tor2 (line 26)
ip -n clos.tor2 link set dev lo up
ip -n clos.tor2 link add name br0 type bridge forward_delay 0 mcast_snooping 0
ip -n clos.tor2 link set eth0 master br0
ip -n clos.tor2 link set dev eth0 up
ip -n clos.tor2 link set eth1 master br0
ip -n clos.tor2 link set dev eth1 up
ip -n clos.tor2 link set eth2 master br0
ip -n clos.tor2 link set dev eth2 up
ip -n clos.tor2 link set eth3 master br0
ip -n clos.tor2 link set dev eth3 up
ip -n clos.tor2 link set dev br0 up

# tor3 (line 26)
ip -n clos.tor3 link set dev lo up
ip -n clos.tor3 link add name br0 type bridge forward_delay 0 mcast_snooping 0
ip -n clos.tor3 link set eth0 master br0
ip -n clos.tor3 link set dev eth0 up
ip -n clos.tor3 link set eth1 master br0
ip -n clos.tor3 link set dev eth1 up
ip -n clos.tor3 link set eth2 master br0
ip -n clos.tor3 link set dev eth2 up
ip -n clos.tor3 link set eth3 master br0
ip -n clos.tor3 link set dev eth3 up
ip -n clos.tor3 link set dev br0 up

# tor4 (line 26)
ip -n clos.tor4 link set dev lo up
ip -n clos.tor4 link add name br0 type bridge forward_delay 0 mcast_snooping 0
ip -n clos.tor4 link set eth0 master br0
ip -n clos.tor4 link set dev eth0 up
ip -n clos.tor4 link set eth1 master br0
ip -n clos.tor4 link set dev eth1 up
ip -n clos.tor4 link set eth2 master br0
ip -n clos.tor4 link set dev eth2 up
ip -n clos.tor4 link set eth3 master br0
ip -n clos.tor4 link set dev eth3 up
ip -n clos.tor4 link set dev br0 up

# tor5 (line 26)
ip -n clos.tor5 link set dev lo up
ip -n clos.tor5 link add name br0 type bridge forward_delay 0 mcast_snooping 0
ip -n clos.tor5 link set eth0 master br0
ip -n clos.tor5 link set dev eth0 up
ip -n clos.tor5 link set eth1 master br0
ip -n clos.tor5 link set dev eth1 up
ip -n clos.tor5 link set eth2 master br0
ip -n clos.tor5 link set dev eth2 up
ip -n clos.tor5 link set eth3 master br0
ip -n clos.tor5 link set dev eth3 up
ip -n clos.tor5 link set dev br0 up

# tor6 (line 26)
ip -n clos.tor6 link set dev lo up
ip -n clos.tor6 link add name br0 type bridge forward_delay 0 mcast_snooping 0
ip -n clos.tor6 link set eth0 master br0
ip -n clos.tor6 link set dev eth0 up
ip -n clos.tor6 link set eth1 master br0
ip -n clos.tor6 link set dev eth1 up
ip -n clos.tor6 link set eth2 master br0
ip -n clos.tor6 link set dev eth2 up
ip -n clos.tor6 link set eth3 master br0
ip -n clos.tor6 link set dev eth3 up
ip -n clos.tor6 link set dev br0 up

# tor7 (line 26)
ip -n clos.tor7 link set dev lo up
ip -n clos.tor7 link add name br0 type bridge forward_delay 0 mcast_snooping 0
ip -n clos.tor7 link set eth0 master br0
ip -n clos.tor7 link set dev eth0 up
ip -n clos.tor7 link set eth1 master br0
ip -n clos.tor7 link set dev eth1 up
ip -n clos.tor7 link set eth2 master br0
ip -n clos.tor7 link set dev eth2 up
ip -n clos.tor7 link set eth3 master br0
ip -n clos.tor7 link set dev eth3 up
ip -n clos.tor7 link set dev br0 up

# tor8 (line 26)
ip -n clos.tor8 link set dev lo up
ip -n clos.tor8 link add name br0 type bridge forward_delay 0 mcast_snooping 0
ip -n clos.tor8 link set eth0 master br0
ip -n clos.tor8 link set dev eth0 up
ip -n clos.tor8 link set eth1 master br0
ip -n clos.tor8 link set dev eth1 up
ip -n clos.tor8 link set eth2 master br0
ip -n clos.tor8 link set dev eth2 up
ip -n clos.tor8 link set eth3 master br0
ip -n clos.tor8 link set dev eth3 up
ip -n clos.tor8 link set dev br0 up

# h1-1 (line 27)
ip -n clos.h1-1 link set dev lo up
ip -n clos.h1-1 link set dev eth0 up
ip -n clos.h1-1 address add 10.0.0.2/24 dev eth0
ip -n clos.h1-1 address add fd00::2/64 dev eth0 nodad
ip -n clos.h1-1 route add default via 10.0.0.1 dev eth0
ip -n clos.h1-1 -6 route add default via fd00::1 dev eth0

# h1-2 (line 27)
ip -n clos.h1-2 link set dev lo up
ip -n clos.h1-2 link set dev eth0 up
ip -n clos.h1-2 address add 10.0.0.3/24 dev eth0
ip -n clos.h1-2 address add fd00::3/64 dev eth0 nodad
ip -n clos.h1-2 route add default via 10.0.0.1 dev eth0
ip -n clos.h1-2 -6 route add default via fd00::1 dev eth0

# h1-3 (line 27)
ip -n clos.h1-3 link set dev lo up
ip -n clos.h1-3 link set dev eth0 up
ip -n clos.h1-3 address add 10.0.0.4/24 dev eth0
ip -n clos.h1-3 address add fd00::4/64 dev eth0 nodad
ip -n clos.h1-3 route add default via 10.0.0.1 dev eth0
ip -n clos.h1-3 -6 route add default via fd00::1 dev eth0

# h2-1 (line 27)
ip -n clos.h2-1 link set dev lo up
ip -n clos.h2-1 link set dev eth0 up
ip -n clos.h2-1 address add 10.0.1.2/24 dev eth0
ip -n clos.h2-1 address add fd00:0:0:1::2/64 dev eth0 nodad
ip -n clos.h2-1 route add default via 10.0.1.1 dev eth0
ip -n clos.h2-1 -6 route add default via fd00:0:0:1::1 dev eth0

# h2-2 (line 27)
ip -n clos.h2-2 link set dev lo up
ip -n clos.h2-2 link set dev eth0 up
ip -n clos.h2-2 address add 10.0.1.3/24 dev eth0
ip -n clos.h2-2 address add fd00:0:0:1::3/64 dev eth0 nodad
ip -n clos.h2-2 route add default via 10.0.1.1 dev eth0
ip -n clos.h2-2 -6 route add default via fd00:0:0:1::1 dev eth0

# h2-3 (line 27)
ip -n clos.h2-3 link set dev lo up
ip -n clos.h2-3 link set dev eth0 up
ip -n clos.h2-3 address add 10.0.1.4/24 dev eth0
ip -n clos.h2-3 address add fd00:0:0:1::4/64 dev eth0 nodad
ip -n clos.h2-3 route add default via 10.0.1.1 dev eth0
ip -n clos.h2-3 -6 route add default via fd00:0:0:1::1 dev eth0

# h3-1 (line 27)
ip -n clos.h3-1 link set dev lo up
ip -n clos.h3-1 link set dev eth0 up
ip -n clos.h3-1 address add 10.0.2.2/24 dev eth0
ip -n clos.h3-1 address add fd00:0:0:2::2/64 dev eth0 nodad
ip -n clos.h3-1 route add default via 10.0.2.1 dev eth0
ip -n clos.h3-1 -6 route add default via fd00:0:0:2::1 dev eth0

# h3-2 (line 27)
ip -n clos.h3-2 link set dev lo up
ip -n clos.h3-2 link set dev eth0 up
ip -n clos.h3-2 address add 10.0.2.3/24 dev eth0
ip -n clos.h3-2 address add fd00:0:0:2::3/64 dev eth0 nodad
ip -n clos.h3-2 route add default via 10.0.2.1 dev eth0
ip -n clos.h3-2 -6 route add default via fd00:0:0:2::1 dev eth0

# h3-3 (line 27)
ip -n clos.h3-3 link set dev lo up
ip -n clos.h3-3 link set dev eth0 up
ip -n clos.h3-3 address add 10.0.2.4/24 dev eth0
ip -n clos.h3-3 address add fd00:0:0:2::4/64 dev eth0 nodad
ip -n clos.h3-3 route add default via 10.0.2.1 dev eth0
ip -n clos.h3-3 -6 route add default via fd00:0:0:2::1 dev eth0

# h4-1 (line 27)
ip -n clos.h4-1 link set dev lo up
ip -n clos.h4-1 link set dev eth0 up
ip -n clos.h4-1 address add 10.0.3.2/24 dev eth0
ip -n clos.h4-1 address add fd00:0:0:3::2/64 dev eth0 nodad
ip -n clos.h4-1 route add default via 10.0.3.1 dev eth0
ip -n clos.h4-1 -6 route add default via fd00:0:0:3::1 dev eth0

# h4-2 (line 27)
ip -n clos.h4-2 link set dev lo up
ip -n clos.h4-2 link set dev eth0 up
ip -n clos.h4-2 address add 10.0.3.3/24 dev eth0
ip -n clos.h4-2 address add fd00:0:0:3::3/64 dev eth0 nodad
ip -n clos.h4-2 route add default via 10.0.3.1 dev eth0
ip -n clos.h4-2 -6 route add default via fd00:0:0:3::1 dev eth0

# h4-3 (line 27)
ip -n clos.h4-3 link set dev lo up
ip -n clos.h4-3 link set dev eth0 up
ip -n clos.h4-3 address add 10.0.3.4/24 dev eth0
ip -n clos.h4-3 address add fd00:0:0:3::4/64 dev eth0 nodad
ip -n clos.h4-3 route add default via 10.0.3.1 dev eth0
ip -n clos.h4-3 -6 route add default via fd00:0:0:3::1 dev eth0

# h5-1 (line 27)
ip -n clos.h5-1 link set dev lo up
ip -n clos.h5-1 link set dev eth0 up
ip -n clos.h5-1 address add 10.0.4.2/24 dev eth0
ip -n clos.h5-1 address add fd00:0:0:4::2/64 dev eth0 nodad
ip -n clos.h5-1 route add default via 10.0.4.1 dev eth0
ip -n clos.h5-1 -6 route add default via fd00:0:0:4::1 dev eth0

# h5-2 (line 27)
ip -n clos.h5-2 link set dev lo up
ip -n clos.h5-2 link set dev eth0 up
ip -n clos.h5-2 address add 10.0.4.3/24 dev eth0
ip -n clos.h5-2 address add fd00:0:0:4::3/64 dev eth0 nodad
ip -n clos.h5-2 route add default via 10.0.4.1 dev eth0
ip -n clos.h5-2 -6 route add default via fd00:0:0:4::1 dev eth0

# h5-3 (line 27)
ip -n clos.h5-3 link set dev lo up
ip -n clos.h5-3 link set dev eth0 up
ip -n clos.h5-3 address add 10.0.4.4/24 dev eth0
ip -n clos.h5-3 address add fd00:0:0:4::4/64 dev eth0 nodad
ip -n clos.h5-3 route add default via 10.0.4.1 dev eth0
ip -n clos.h5-3 -6 route add default via fd00:0:0:4::1 dev eth0

# h6-1 (line 27)
ip -n clos.h6-1 link set dev lo up
ip -n clos.h6-1 link set dev eth0 up
ip -n clos.h6-1 address add 10.0.5.2/24 dev eth0
ip -n clos.h6-1 address add fd00:0:0:5::2/64 dev eth0 nodad
ip -n clos.h6-1 route add default via 10.0.5.1 dev eth0
ip -n clos.h6-1 -6 route add default via fd00:0:0:5::1 dev eth0

# h6-2 (line 27)
ip -n clos.h6-2 link set dev lo up
ip -n clos.h6-2 link set dev eth0 up
ip -n clos.h6-2 address add 10.0.5.3/24 dev eth0
ip -n clos.h6-2 address add fd00:0:0:5::3/64 dev eth0 nodad
ip -n clos.h6-2 route add default via 10.0.5.1 dev eth0
ip -n clos.h6-2 -6 route add default via fd00:0:0:5::1 dev eth0

# h6-3 (line 27)
ip -n clos.h6-3 link set dev lo up
ip -n clos.h6-3 link set dev eth0 up
ip -n clos.h6-3 address add 10.0.5.4/24 dev eth0
ip -n clos.h6-3 address add fd00:0:0:5::4/64 dev eth0 nodad
ip -n clos.h6-3 route add default via 10.0.5.1 dev eth0
ip -n clos.h6-3 -6 route add default via fd00:0:0:5::1 dev eth0

# h7-1 (line 27)
ip -n clos.h7-1 link set dev lo up
ip -n clos.h7-1 link set dev eth0 up
ip -n clos.h7-1 address add 10.0.6.2/24 dev eth0
ip -n clos.h7-1 address add fd00:0:0:6::2/64 dev eth0 nodad
ip -n clos.h7-1 route add default via 10.0.6.1 dev eth0
ip -n clos.h7-1 -6 route add default via fd00:0:0:6::1 dev eth0

# h7-2 (line 27)
ip -n clos.h7-2 link set dev lo up
ip -n clos.h7-2 link set dev eth0 up
ip -n clos.h7-2 address add 10.0.6.3/24 dev eth0
ip -n clos.h7-2 address add fd00:0:0:6::3/64 dev eth0 nodad
ip -n clos.h7-2 route add default via 10.0.6.1 dev eth0
ip -n clos.h7-2 -6 route add default via fd00:0:0:6::1 dev eth0

# h7-3 (line 27)
ip -n clos.h7-3 link set dev lo up
ip -n clos.h7-3 link set dev eth0 up
ip -n clos.h7-3 address add 10.0.6.4/24 dev eth0
ip -n clos.h7-3 address add fd00:0:0:6::4/64 dev eth0 nodad
ip -n clos.h7-3 route add default via 10.0.6.1 dev eth0
ip -n clos.h7-3 -6 route add default via fd00:0:0:6::1 dev eth0

# h8-1 (line 27)
ip -n clos.h8-1 link set dev lo up
ip -n clos.h8-1 link set dev eth0 up
ip -n clos.h8-1 address add 10.0.7.2/24 dev eth0
ip -n clos.h8-1 address add fd00:0:0:7::2/64 dev eth0 nodad
ip -n clos.h8-1 route add default via 10.0.7.1 dev eth0
ip -n clos.h8-1 -6 route add default via fd00:0:0:7::1 dev eth0

# h8-2 (line 27)
ip -n clos.h8-2 link set dev lo up
ip -n clos.h8-2 link set dev eth0 up
ip -n clos.h8-2 address add 10.0.7.3/24 dev eth0
ip -n clos.h8-2 address add fd00:0:0:7::3/64 dev eth0 nodad
ip -n clos.h8-2 route add default via 10.0.7.1 dev eth0
ip -n clos.h8-2 -6 route add default via fd00:0:0:7::1 dev eth0

# h8-3 (line 27)
ip -n clos.h8-3 link set dev lo up
ip -n clos.h8-3 link set dev eth0 up
ip -n clos.h8-3 address add 10.0.7.4/24 dev eth0
ip -n clos.h8-3 address add fd00:0:0:7::4/64 dev eth0 nodad
ip -n clos.h8-3 route add default via 10.0.7.1 dev eth0
ip -n clos.h8-3 -6 route add default via fd00:0:0:7::1 dev eth0
