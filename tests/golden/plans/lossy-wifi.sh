#!/bin/sh
# Builds the lab lossy-wifi by hand: what nslab does with lossy-wifi.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        lossy-wifi.phone \
        lossy-wifi.laptop \
        lossy-wifi.tv \
        lossy-wifi.ap \
        lossy-wifi.router \
        lossy-wifi.web
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
new_host lossy-wifi.phone
new_host lossy-wifi.laptop
new_host lossy-wifi.tv
new_switch lossy-wifi.ap
new_router lossy-wifi.router
new_host lossy-wifi.web

# The links
ip link add name lan netns lossy-wifi.router numtxqueues 1 numrxqueues 1 type veth \
    peer name router netns lossy-wifi.ap numtxqueues 1 numrxqueues 1
ip link add name eth0 netns lossy-wifi.phone numtxqueues 1 numrxqueues 1 type veth \
    peer name phone netns lossy-wifi.ap numtxqueues 1 numrxqueues 1
ip link add name eth0 netns lossy-wifi.laptop numtxqueues 1 numrxqueues 1 type veth \
    peer name laptop netns lossy-wifi.ap numtxqueues 1 numrxqueues 1
ip link add name eth0 netns lossy-wifi.tv numtxqueues 1 numrxqueues 1 type veth \
    peer name tv netns lossy-wifi.ap numtxqueues 1 numrxqueues 1
ip link add name wan netns lossy-wifi.router numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns lossy-wifi.web numtxqueues 1 numrxqueues 1

# phone (line 35)
ip -n lossy-wifi.phone link set dev lo up
ip -n lossy-wifi.phone link set dev eth0 up
ip -n lossy-wifi.phone address add 10.0.1.2/24 dev eth0
ip -n lossy-wifi.phone address add fd00:1::2/64 dev eth0 nodad
ip -n lossy-wifi.phone route add default via 10.0.1.1 dev eth0
ip -n lossy-wifi.phone -6 route add default via fd00:1::1 dev eth0
tc -n lossy-wifi.phone qdisc add dev eth0 root handle 4: netem limit 1000 delay 3ms 2ms distribution pareto loss gemodel 1% 20% 100% 0% rate 30mbit

# laptop (line 36)
ip -n lossy-wifi.laptop link set dev lo up
ip -n lossy-wifi.laptop link set dev eth0 up
ip -n lossy-wifi.laptop address add 10.0.1.3/24 dev eth0
ip -n lossy-wifi.laptop address add fd00:1::3/64 dev eth0 nodad
ip -n lossy-wifi.laptop route add default via 10.0.1.1 dev eth0
ip -n lossy-wifi.laptop -6 route add default via fd00:1::1 dev eth0
tc -n lossy-wifi.laptop qdisc add dev eth0 root handle 4: netem limit 1000 delay 3ms 2ms distribution pareto loss gemodel 1% 20% 100% 0% rate 30mbit

# tv (line 37)
ip -n lossy-wifi.tv link set dev lo up
ip -n lossy-wifi.tv link set dev eth0 up
ip -n lossy-wifi.tv address add 10.0.1.4/24 dev eth0
ip -n lossy-wifi.tv address add fd00:1::4/64 dev eth0 nodad
ip -n lossy-wifi.tv route add default via 10.0.1.1 dev eth0
ip -n lossy-wifi.tv -6 route add default via fd00:1::1 dev eth0

# ap (line 38)
ip -n lossy-wifi.ap link set dev lo up
ip -n lossy-wifi.ap link add name br0 type bridge forward_delay 0 mcast_snooping 0
ip -n lossy-wifi.ap link set router master br0
ip -n lossy-wifi.ap link set dev router up
ip -n lossy-wifi.ap link set phone master br0
ip -n lossy-wifi.ap link set dev phone up
ip -n lossy-wifi.ap link set laptop master br0
ip -n lossy-wifi.ap link set dev laptop up
ip -n lossy-wifi.ap link set tv master br0
ip -n lossy-wifi.ap link set dev tv up
ip -n lossy-wifi.ap link set dev br0 up
tc -n lossy-wifi.ap qdisc add dev phone root handle 4: netem limit 1000 delay 3ms 2ms distribution pareto loss gemodel 1% 20% 100% 0% rate 30mbit
tc -n lossy-wifi.ap qdisc add dev laptop root handle 4: netem limit 1000 delay 3ms 2ms distribution pareto loss gemodel 1% 20% 100% 0% rate 30mbit

# router (line 39)
ip -n lossy-wifi.router link set dev lo up
ip -n lossy-wifi.router link set dev lan up
ip -n lossy-wifi.router link set dev wan up
ip -n lossy-wifi.router address add 10.0.1.1/24 dev lan
ip -n lossy-wifi.router address add fd00:1::1/64 dev lan nodad
ip -n lossy-wifi.router address add 10.0.2.1/24 dev wan
ip -n lossy-wifi.router address add fd00:2::1/64 dev wan nodad
tc -n lossy-wifi.router qdisc add dev wan root handle 1: netem limit 1000 delay 10ms rate 100mbit

# web (line 40)
ip -n lossy-wifi.web link set dev lo up
ip -n lossy-wifi.web link set dev eth0 up
ip -n lossy-wifi.web address add 10.0.2.2/24 dev eth0
ip -n lossy-wifi.web address add fd00:2::2/64 dev eth0 nodad
ip -n lossy-wifi.web route add default via 10.0.2.1 dev eth0
ip -n lossy-wifi.web -6 route add default via fd00:2::1 dev eth0
tc -n lossy-wifi.web qdisc add dev eth0 root handle 1: netem limit 1000 delay 10ms rate 100mbit
