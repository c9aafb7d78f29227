#!/bin/sh
# Builds the lab bond-failover by hand: what nslab does with bond-failover.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        bond-failover.sw1 \
        bond-failover.sw2 \
        bond-failover.server \
        bond-failover.client
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
new_switch bond-failover.sw1
new_switch bond-failover.sw2
new_host bond-failover.server
new_host bond-failover.client

# The links
ip link add name eth0 netns bond-failover.server numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns bond-failover.sw1 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns bond-failover.server numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns bond-failover.sw2 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns bond-failover.sw1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns bond-failover.sw2 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns bond-failover.client numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns bond-failover.sw1 numtxqueues 1 numrxqueues 1

# sw1 (line 25)
ip -n bond-failover.sw1 link set dev lo up
ip -n bond-failover.sw1 link add name br0 type bridge forward_delay 0 mcast_snooping 0
ip -n bond-failover.sw1 link set eth0 master br0
ip -n bond-failover.sw1 link set dev eth0 up
ip -n bond-failover.sw1 link set eth1 master br0
ip -n bond-failover.sw1 link set dev eth1 up
ip -n bond-failover.sw1 link set eth2 master br0
ip -n bond-failover.sw1 link set dev eth2 up
ip -n bond-failover.sw1 link set dev br0 up

# sw2 (line 25)
ip -n bond-failover.sw2 link set dev lo up
ip -n bond-failover.sw2 link add name br0 type bridge forward_delay 0 mcast_snooping 0
ip -n bond-failover.sw2 link set eth0 master br0
ip -n bond-failover.sw2 link set dev eth0 up
ip -n bond-failover.sw2 link set eth1 master br0
ip -n bond-failover.sw2 link set dev eth1 up
ip -n bond-failover.sw2 link set dev br0 up

# server (line 26)
ip -n bond-failover.server link set dev lo up
ip -n bond-failover.server link add name bond0 type bond mode active-backup miimon 100
ip -n bond-failover.server link set eth0 master bond0
ip -n bond-failover.server link set dev eth0 up
ip -n bond-failover.server link set eth1 master bond0
ip -n bond-failover.server link set dev eth1 up
ip -n bond-failover.server link set dev bond0 up
ip -n bond-failover.server address add 10.0.0.1/24 dev bond0
ip -n bond-failover.server address add fd00::1/64 dev bond0 nodad

# client (line 33)
ip -n bond-failover.client link set dev lo up
ip -n bond-failover.client link set dev eth0 up
ip -n bond-failover.client address add 10.0.0.2/24 dev eth0
ip -n bond-failover.client address add fd00::2/64 dev eth0 nodad
