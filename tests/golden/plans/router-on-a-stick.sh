#!/bin/sh
# Builds the lab router-on-a-stick by hand: what nslab does with router-on-a-stick.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        router-on-a-stick.sw1 \
        router-on-a-stick.r1 \
        router-on-a-stick.web \
        router-on-a-stick.db \
        router-on-a-stick.pc
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
new_switch router-on-a-stick.sw1
new_router router-on-a-stick.r1
new_host router-on-a-stick.web
new_host router-on-a-stick.db
new_host router-on-a-stick.pc

# The links
ip link add name eth0 netns router-on-a-stick.web numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns router-on-a-stick.sw1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns router-on-a-stick.db numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns router-on-a-stick.sw1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns router-on-a-stick.pc numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns router-on-a-stick.sw1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns router-on-a-stick.r1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth3 netns router-on-a-stick.sw1 numtxqueues 1 numrxqueues 1

# sw1 (line 23)
ip -n router-on-a-stick.sw1 link set dev lo up
ip -n router-on-a-stick.sw1 link add name br0 type bridge forward_delay 0 vlan_filtering 1 mcast_snooping 0
ip -n router-on-a-stick.sw1 link set eth0 master br0
ip -n router-on-a-stick.sw1 link set dev eth0 up
bridge -n router-on-a-stick.sw1 vlan del dev eth0 vid 1
bridge -n router-on-a-stick.sw1 vlan add dev eth0 vid 10 pvid untagged
ip -n router-on-a-stick.sw1 link set eth1 master br0
ip -n router-on-a-stick.sw1 link set dev eth1 up
bridge -n router-on-a-stick.sw1 vlan del dev eth1 vid 1
bridge -n router-on-a-stick.sw1 vlan add dev eth1 vid 20 pvid untagged
ip -n router-on-a-stick.sw1 link set eth2 master br0
ip -n router-on-a-stick.sw1 link set dev eth2 up
bridge -n router-on-a-stick.sw1 vlan del dev eth2 vid 1
bridge -n router-on-a-stick.sw1 vlan add dev eth2 vid 30 pvid untagged
ip -n router-on-a-stick.sw1 link set eth3 master br0
ip -n router-on-a-stick.sw1 link set dev eth3 up
bridge -n router-on-a-stick.sw1 vlan del dev eth3 vid 1
bridge -n router-on-a-stick.sw1 vlan add dev eth3 vid 10
bridge -n router-on-a-stick.sw1 vlan add dev eth3 vid 20
bridge -n router-on-a-stick.sw1 vlan add dev eth3 vid 30
ip -n router-on-a-stick.sw1 link set dev br0 up

# r1 (line 24)
ip -n router-on-a-stick.r1 link set dev lo up
ip -n router-on-a-stick.r1 link add link eth0 name eth0.10 type vlan id 10
ip -n router-on-a-stick.r1 link add link eth0 name eth0.20 type vlan id 20
ip -n router-on-a-stick.r1 link add link eth0 name eth0.30 type vlan id 30
ip -n router-on-a-stick.r1 link set dev eth0 up
ip -n router-on-a-stick.r1 link set dev eth0.10 up
ip -n router-on-a-stick.r1 link set dev eth0.20 up
ip -n router-on-a-stick.r1 link set dev eth0.30 up
ip -n router-on-a-stick.r1 address add 10.0.0.2/24 dev eth0.10
ip -n router-on-a-stick.r1 address add fd00::2/64 dev eth0.10 nodad
ip -n router-on-a-stick.r1 address add 10.0.1.2/24 dev eth0.20
ip -n router-on-a-stick.r1 address add fd00:0:0:1::2/64 dev eth0.20 nodad
ip -n router-on-a-stick.r1 address add 10.0.2.2/24 dev eth0.30
ip -n router-on-a-stick.r1 address add fd00:0:0:2::2/64 dev eth0.30 nodad

# web (line 31)
ip -n router-on-a-stick.web link set dev lo up
ip -n router-on-a-stick.web link set dev eth0 up
ip -n router-on-a-stick.web address add 10.0.0.1/24 dev eth0
ip -n router-on-a-stick.web address add fd00::1/64 dev eth0 nodad
ip -n router-on-a-stick.web route add default via 10.0.0.2 dev eth0
ip -n router-on-a-stick.web -6 route add default via fd00::2 dev eth0

# db (line 32)
ip -n router-on-a-stick.db link set dev lo up
ip -n router-on-a-stick.db link set dev eth0 up
ip -n router-on-a-stick.db address add 10.0.1.1/24 dev eth0
ip -n router-on-a-stick.db address add fd00:0:0:1::1/64 dev eth0 nodad
ip -n router-on-a-stick.db route add default via 10.0.1.2 dev eth0
ip -n router-on-a-stick.db -6 route add default via fd00:0:0:1::2 dev eth0

# pc (line 33)
ip -n router-on-a-stick.pc link set dev lo up
ip -n router-on-a-stick.pc link set dev eth0 up
ip -n router-on-a-stick.pc address add 10.0.2.1/24 dev eth0
ip -n router-on-a-stick.pc address add fd00:0:0:2::1/64 dev eth0 nodad
ip -n router-on-a-stick.pc route add default via 10.0.2.2 dev eth0
ip -n router-on-a-stick.pc -6 route add default via fd00:0:0:2::2 dev eth0
