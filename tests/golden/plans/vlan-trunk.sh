#!/bin/sh
# Builds the lab vlan-trunk by hand: what nslab does with vlan-trunk.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        vlan-trunk.sw1 \
        vlan-trunk.sw2 \
        vlan-trunk.office1 \
        vlan-trunk.office2 \
        vlan-trunk.guest1 \
        vlan-trunk.guest2
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
new_switch vlan-trunk.sw1
new_switch vlan-trunk.sw2
new_host vlan-trunk.office1
new_host vlan-trunk.office2
new_host vlan-trunk.guest1
new_host vlan-trunk.guest2

# The links
ip link add name eth0 netns vlan-trunk.office1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns vlan-trunk.sw1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns vlan-trunk.office2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns vlan-trunk.sw2 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns vlan-trunk.guest1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns vlan-trunk.sw1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns vlan-trunk.guest2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns vlan-trunk.sw2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns vlan-trunk.sw1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns vlan-trunk.sw2 numtxqueues 1 numrxqueues 1

# sw1 (line 23)
ip -n vlan-trunk.sw1 link set dev lo up
ip -n vlan-trunk.sw1 link add name br0 type bridge forward_delay 0 vlan_filtering 1 mcast_snooping 0
ip -n vlan-trunk.sw1 link set eth0 master br0
ip -n vlan-trunk.sw1 link set dev eth0 up
bridge -n vlan-trunk.sw1 vlan del dev eth0 vid 1
bridge -n vlan-trunk.sw1 vlan add dev eth0 vid 10 pvid untagged
ip -n vlan-trunk.sw1 link set eth1 master br0
ip -n vlan-trunk.sw1 link set dev eth1 up
bridge -n vlan-trunk.sw1 vlan del dev eth1 vid 1
bridge -n vlan-trunk.sw1 vlan add dev eth1 vid 20 pvid untagged
ip -n vlan-trunk.sw1 link set eth2 master br0
ip -n vlan-trunk.sw1 link set dev eth2 up
bridge -n vlan-trunk.sw1 vlan del dev eth2 vid 1
bridge -n vlan-trunk.sw1 vlan add dev eth2 vid 10
bridge -n vlan-trunk.sw1 vlan add dev eth2 vid 20
ip -n vlan-trunk.sw1 link set dev br0 up

# sw2 (line 23)
ip -n vlan-trunk.sw2 link set dev lo up
ip -n vlan-trunk.sw2 link add name br0 type bridge forward_delay 0 vlan_filtering 1 mcast_snooping 0
ip -n vlan-trunk.sw2 link set eth0 master br0
ip -n vlan-trunk.sw2 link set dev eth0 up
bridge -n vlan-trunk.sw2 vlan del dev eth0 vid 1
bridge -n vlan-trunk.sw2 vlan add dev eth0 vid 10 pvid untagged
ip -n vlan-trunk.sw2 link set eth1 master br0
ip -n vlan-trunk.sw2 link set dev eth1 up
bridge -n vlan-trunk.sw2 vlan del dev eth1 vid 1
bridge -n vlan-trunk.sw2 vlan add dev eth1 vid 20 pvid untagged
ip -n vlan-trunk.sw2 link set eth2 master br0
ip -n vlan-trunk.sw2 link set dev eth2 up
bridge -n vlan-trunk.sw2 vlan del dev eth2 vid 1
bridge -n vlan-trunk.sw2 vlan add dev eth2 vid 10
bridge -n vlan-trunk.sw2 vlan add dev eth2 vid 20
ip -n vlan-trunk.sw2 link set dev br0 up

# office1 (line 24)
ip -n vlan-trunk.office1 link set dev lo up
ip -n vlan-trunk.office1 link set dev eth0 up
ip -n vlan-trunk.office1 address add 10.0.0.1/24 dev eth0
ip -n vlan-trunk.office1 address add fd00::1/64 dev eth0 nodad

# office2 (line 24)
ip -n vlan-trunk.office2 link set dev lo up
ip -n vlan-trunk.office2 link set dev eth0 up
ip -n vlan-trunk.office2 address add 10.0.0.2/24 dev eth0
ip -n vlan-trunk.office2 address add fd00::2/64 dev eth0 nodad

# guest1 (line 25)
ip -n vlan-trunk.guest1 link set dev lo up
ip -n vlan-trunk.guest1 link set dev eth0 up
ip -n vlan-trunk.guest1 address add 10.0.1.1/24 dev eth0
ip -n vlan-trunk.guest1 address add fd00:0:0:1::1/64 dev eth0 nodad

# guest2 (line 25)
ip -n vlan-trunk.guest2 link set dev lo up
ip -n vlan-trunk.guest2 link set dev eth0 up
ip -n vlan-trunk.guest2 address add 10.0.1.2/24 dev eth0
ip -n vlan-trunk.guest2 address add fd00:0:0:1::2/64 dev eth0 nodad
