#!/bin/sh
# Builds the lab stateful-firewall by hand: what nslab does with stateful-firewall.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        stateful-firewall.pc \
        stateful-firewall.net \
        stateful-firewall.fw
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
new_host stateful-firewall.pc
new_host stateful-firewall.net
new_router stateful-firewall.fw

# The links
ip link add name inside netns stateful-firewall.fw numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns stateful-firewall.pc numtxqueues 1 numrxqueues 1
ip link add name outside netns stateful-firewall.fw numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns stateful-firewall.net numtxqueues 1 numrxqueues 1

# pc (line 30)
ip -n stateful-firewall.pc link set dev lo up
ip -n stateful-firewall.pc link set dev eth0 up
ip -n stateful-firewall.pc address add 10.0.1.2/24 dev eth0
ip -n stateful-firewall.pc address add fd00:1::2/64 dev eth0 nodad
ip -n stateful-firewall.pc route add default via 10.0.1.1 dev eth0
ip -n stateful-firewall.pc -6 route add default via fd00:1::1 dev eth0

# net (line 31)
ip -n stateful-firewall.net link set dev lo up
ip -n stateful-firewall.net link set dev eth0 up
ip -n stateful-firewall.net address add 10.0.2.2/24 dev eth0
ip -n stateful-firewall.net address add fd00:2::2/64 dev eth0 nodad
ip -n stateful-firewall.net route add default via 10.0.2.1 dev eth0
ip -n stateful-firewall.net -6 route add default via fd00:2::1 dev eth0

# fw (line 33)
ip -n stateful-firewall.fw link set dev lo up
ip -n stateful-firewall.fw link set dev inside up
ip -n stateful-firewall.fw link set dev outside up
ip -n stateful-firewall.fw address add 10.0.1.1/24 dev inside
ip -n stateful-firewall.fw address add fd00:1::1/64 dev inside nodad
ip -n stateful-firewall.fw address add 10.0.2.1/24 dev outside
ip -n stateful-firewall.fw address add fd00:2::1/64 dev outside nodad
ip netns exec stateful-firewall.fw nft -f - <<'EOF'
table inet nslab {
    chain forward {
        type filter hook forward priority filter; policy drop;
        ct state established,related counter accept comment "stateful-firewall.yaml:39"
        ct state invalid counter drop comment "stateful-firewall.yaml:40"
        iifname "inside" ct state new counter accept comment "stateful-firewall.yaml:41"
        counter comment "stateful-firewall.yaml:42"
        limit rate 10/minute burst 10 packets log prefix "stateful-firewall.yaml:43: " group 100 counter comment "stateful-firewall.yaml:43"
    }
}
EOF
