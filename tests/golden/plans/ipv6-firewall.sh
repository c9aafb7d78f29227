#!/bin/sh
# Builds the lab ipv6-firewall by hand: what nslab does with ipv6-firewall.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        ipv6-firewall.web \
        ipv6-firewall.pc \
        ipv6-firewall.r1 \
        ipv6-firewall.r2 \
        ipv6-firewall.fw
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
new_host ipv6-firewall.web
new_host ipv6-firewall.pc
new_router ipv6-firewall.r1
new_router ipv6-firewall.r2
new_router ipv6-firewall.fw

# The links
ip link add name inside netns ipv6-firewall.fw numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns ipv6-firewall.web numtxqueues 1 numrxqueues 1
ip link add name outside netns ipv6-firewall.fw numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns ipv6-firewall.r1 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns ipv6-firewall.r1 mtu 1280 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns ipv6-firewall.r2 mtu 1280 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns ipv6-firewall.r2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns ipv6-firewall.pc numtxqueues 1 numrxqueues 1

# web (line 30)
ip -n ipv6-firewall.web link set dev lo up
ip -n ipv6-firewall.web link set dev eth0 up
ip -n ipv6-firewall.web address add fd00:1::2/64 dev eth0 nodad
ip -n ipv6-firewall.web -6 route add default via fd00:1::1 dev eth0

# pc (line 31)
ip -n ipv6-firewall.pc link set dev lo up
ip -n ipv6-firewall.pc link set dev eth0 up
ip -n ipv6-firewall.pc address add fd00:4::2/64 dev eth0 nodad
ip -n ipv6-firewall.pc -6 route add default via fd00:4::1 dev eth0

# r1 (line 32)
ip -n ipv6-firewall.r1 link set dev lo up
ip -n ipv6-firewall.r1 link set dev eth0 up
ip -n ipv6-firewall.r1 link set dev eth1 up
ip -n ipv6-firewall.r1 address add fd00:2::2/64 dev eth0 nodad
ip -n ipv6-firewall.r1 address add fd00:3::1/64 dev eth1 nodad
ip -n ipv6-firewall.r1 -6 route add default via fd00:3::2 dev eth1
ip -n ipv6-firewall.r1 -6 route add fd00:1::/64 via fd00:2::1 dev eth0

# r2 (line 33)
ip -n ipv6-firewall.r2 link set dev lo up
ip -n ipv6-firewall.r2 link set dev eth0 up
ip -n ipv6-firewall.r2 link set dev eth1 up
ip -n ipv6-firewall.r2 address add fd00:3::2/64 dev eth0 nodad
ip -n ipv6-firewall.r2 address add fd00:4::1/64 dev eth1 nodad
ip -n ipv6-firewall.r2 -6 route add default via fd00:3::1 dev eth0

# fw (line 35)
ip -n ipv6-firewall.fw link set dev lo up
ip -n ipv6-firewall.fw link set dev inside up
ip -n ipv6-firewall.fw link set dev outside up
ip -n ipv6-firewall.fw address add fd00:1::1/64 dev inside nodad
ip -n ipv6-firewall.fw address add fd00:2::1/64 dev outside nodad
ip -n ipv6-firewall.fw -6 route add default via fd00:2::2 dev outside
ip netns exec ipv6-firewall.fw nft -f - <<'EOF'
table inet nslab {
    chain errors {
        icmpv6 type { destination-unreachable, packet-too-big, time-exceeded, parameter-problem } counter accept comment "ipv6-firewall.yaml:41"
    }

    chain input {
        type filter hook input priority filter; policy drop;
        ct state established counter accept comment "ipv6-firewall.yaml:46"
        ip6 hoplimit 255 icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } counter accept comment "ipv6-firewall.yaml:47"
        icmpv6 type echo-request counter accept comment "ipv6-firewall.yaml:48"
        counter jump errors comment "ipv6-firewall.yaml:49"
    }

    chain forward {
        type filter hook forward priority filter; policy drop;
        ct state established counter accept comment "ipv6-firewall.yaml:53"
        iifname "inside" ct state new counter accept comment "ipv6-firewall.yaml:54"
        iifname "outside" tcp dport 80 ct state new counter accept comment "ipv6-firewall.yaml:55"
        iifname "outside" icmpv6 type echo-request limit rate 10/second counter accept comment "ipv6-firewall.yaml:56"
        counter jump errors comment "ipv6-firewall.yaml:57"
    }
}
EOF
