#!/bin/sh
# Builds the lab port-knock by hand: what nslab does with port-knock.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        port-knock.alice \
        port-knock.mallory \
        port-knock.server \
        port-knock.@lan1
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
new_host port-knock.alice
new_host port-knock.mallory
new_host port-knock.server
new_switch port-knock.@lan1

# The links
ip link add name eth0 netns port-knock.server numtxqueues 1 numrxqueues 1 type veth \
    peer name port1 netns port-knock.@lan1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns port-knock.alice numtxqueues 1 numrxqueues 1 type veth \
    peer name port2 netns port-knock.@lan1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns port-knock.mallory numtxqueues 1 numrxqueues 1 type veth \
    peer name port3 netns port-knock.@lan1 numtxqueues 1 numrxqueues 1

# alice (line 30)
ip -n port-knock.alice link set dev lo up
ip -n port-knock.alice link set dev eth0 up
ip -n port-knock.alice address add 10.0.0.2/24 dev eth0

# mallory (line 31)
ip -n port-knock.mallory link set dev lo up
ip -n port-knock.mallory link set dev eth0 up
ip -n port-knock.mallory address add 10.0.0.3/24 dev eth0

# server (line 32)
ip -n port-knock.server link set dev lo up
ip -n port-knock.server link set dev eth0 up
ip -n port-knock.server address add 10.0.0.1/24 dev eth0
ip netns exec port-knock.server nft -f - <<'EOF'
table inet nslab {
    set knocked-once {
        type ipv4_addr
        flags timeout,dynamic
        timeout 10s
    }

    set knocked-twice {
        type ipv4_addr
        flags timeout,dynamic
        timeout 10s
    }

    set opened {
        type ipv4_addr
        flags timeout,dynamic
        timeout 30s
    }

    chain input {
        type filter hook input priority filter; policy drop;
        ct state established,related counter accept comment "port-knock.yaml:41"
        iifname "lo" counter accept comment "port-knock.yaml:42"
        icmp type echo-request counter accept comment "port-knock.yaml:43"
        meta nfproto ipv4 udp dport 7000 counter add @knocked-once { ip saddr } comment "port-knock.yaml:44"
        ip saddr @knocked-once udp dport 9000 counter add @knocked-twice { ip saddr } comment "port-knock.yaml:45"
        ip saddr @knocked-twice udp dport 8000 counter add @opened { ip saddr } comment "port-knock.yaml:46"
        ip saddr @opened tcp dport 22 counter accept comment "port-knock.yaml:47"
    }
}
EOF

# @lan1: the bridge of a LAN (line 50)
ip -n port-knock.@lan1 link set dev lo up
ip -n port-knock.@lan1 link add name br0 type bridge forward_delay 0 mcast_snooping 0
ip -n port-knock.@lan1 link set port1 master br0
ip -n port-knock.@lan1 link set dev port1 up
ip -n port-knock.@lan1 link set port2 master br0
ip -n port-knock.@lan1 link set dev port2 up
ip -n port-knock.@lan1 link set port3 master br0
ip -n port-knock.@lan1 link set dev port3 up
ip -n port-knock.@lan1 link set dev br0 up
