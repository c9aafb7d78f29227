#!/bin/sh
# Builds the lab dmz by hand: what nslab does with dmz.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        dmz.pc \
        dmz.web \
        dmz.net \
        dmz.fw
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
new_host dmz.pc
new_host dmz.web
new_host dmz.net
new_router dmz.fw

# The links
ip link add name outside netns dmz.fw numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns dmz.net numtxqueues 1 numrxqueues 1
ip link add name inside netns dmz.fw numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns dmz.pc numtxqueues 1 numrxqueues 1
ip link add name dmz netns dmz.fw numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns dmz.web numtxqueues 1 numrxqueues 1

# pc (line 31)
ip -n dmz.pc link set dev lo up
ip -n dmz.pc link set dev eth0 up
ip -n dmz.pc address add 10.0.1.2/24 dev eth0
ip -n dmz.pc address add fd00:1::2/64 dev eth0 nodad
ip -n dmz.pc route add default via 10.0.1.1 dev eth0
ip -n dmz.pc -6 route add default via fd00:1::1 dev eth0

# web (line 32)
ip -n dmz.web link set dev lo up
ip -n dmz.web link set dev eth0 up
ip -n dmz.web address add 10.0.2.2/24 dev eth0
ip -n dmz.web address add fd00:2::2/64 dev eth0 nodad
ip -n dmz.web route add default via 10.0.2.1 dev eth0
ip -n dmz.web -6 route add default via fd00:2::1 dev eth0

# net (line 33)
ip -n dmz.net link set dev lo up
ip -n dmz.net link set dev eth0 up
ip -n dmz.net address add 198.51.100.2/24 dev eth0
ip -n dmz.net address add fd00:9::2/64 dev eth0 nodad
ip -n dmz.net -6 route add fd00::/16 via fd00:9::1 dev eth0

# fw (line 35)
ip -n dmz.fw link set dev lo up
ip -n dmz.fw link set dev outside up
ip -n dmz.fw link set dev inside up
ip -n dmz.fw link set dev dmz up
ip -n dmz.fw address add 198.51.100.1/24 dev outside
ip -n dmz.fw address add fd00:9::1/64 dev outside nodad
ip -n dmz.fw address add 10.0.1.1/24 dev inside
ip -n dmz.fw address add fd00:1::1/64 dev inside nodad
ip -n dmz.fw address add 10.0.2.1/24 dev dmz
ip -n dmz.fw address add fd00:2::1/64 dev dmz nodad
ip netns exec dmz.fw nft -f - <<'EOF'
table inet nslab {
    chain prerouting-dnat {
        type nat hook prerouting priority dstnat;
        meta nfproto ipv4 iifname "outside" tcp dport 8080 counter dnat ip to 10.0.2.2:80 comment "dmz.yaml:52"
    }

    chain input {
        type filter hook input priority filter; policy drop;
        ct state established,related counter accept comment "dmz.yaml:41"
        meta l4proto { icmp, ipv6-icmp } counter accept comment "dmz.yaml:42"
        iifname { "lo", "inside" } counter accept comment "dmz.yaml:43"
    }

    chain forward {
        type filter hook forward priority filter; policy drop;
        ct state established,related counter accept comment "dmz.yaml:47"
        iifname "inside" counter accept comment "dmz.yaml:48"
        iifname "dmz" oifname "outside" counter accept comment "dmz.yaml:49"
        iifname "outside" oifname "dmz" tcp dport 80 counter accept comment "dmz.yaml:50"
        iifname "dmz" counter reject comment "dmz.yaml:51"
    }

    chain postrouting-snat {
        type nat hook postrouting priority srcnat;
        oifname "outside" ip saddr 10.0.0.0/8 counter masquerade comment "dmz.yaml:53"
    }
}
EOF
