#!/bin/sh
# Builds the lab nsfnet by hand: what nslab does with nsfnet.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        nsfnet.wa \
        nsfnet.ca1 \
        nsfnet.ca2 \
        nsfnet.ut \
        nsfnet.co \
        nsfnet.tx \
        nsfnet.ne \
        nsfnet.il \
        nsfnet.mi \
        nsfnet.ga \
        nsfnet.pa \
        nsfnet.ny \
        nsfnet.nj \
        nsfnet.md \
        nsfnet.h-wa \
        nsfnet.h-ca1 \
        nsfnet.h-ca2 \
        nsfnet.h-ut \
        nsfnet.h-co \
        nsfnet.h-tx \
        nsfnet.h-ne \
        nsfnet.h-il \
        nsfnet.h-mi \
        nsfnet.h-ga \
        nsfnet.h-pa \
        nsfnet.h-ny \
        nsfnet.h-nj \
        nsfnet.h-md
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
new_router nsfnet.wa
new_router nsfnet.ca1
new_router nsfnet.ca2
new_router nsfnet.ut
new_router nsfnet.co
new_router nsfnet.tx
new_router nsfnet.ne
new_router nsfnet.il
new_router nsfnet.mi
new_router nsfnet.ga
new_router nsfnet.pa
new_router nsfnet.ny
new_router nsfnet.nj
new_router nsfnet.md
new_host nsfnet.h-wa
new_host nsfnet.h-ca1
new_host nsfnet.h-ca2
new_host nsfnet.h-ut
new_host nsfnet.h-co
new_host nsfnet.h-tx
new_host nsfnet.h-ne
new_host nsfnet.h-il
new_host nsfnet.h-mi
new_host nsfnet.h-ga
new_host nsfnet.h-pa
new_host nsfnet.h-ny
new_host nsfnet.h-nj
new_host nsfnet.h-md

# The links
ip link add name eth0 netns nsfnet.wa numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns nsfnet.h-wa numtxqueues 1 numrxqueues 1
ip link add name eth0 netns nsfnet.ca1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns nsfnet.h-ca1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns nsfnet.ca2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns nsfnet.h-ca2 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns nsfnet.ut numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns nsfnet.h-ut numtxqueues 1 numrxqueues 1
ip link add name eth0 netns nsfnet.co numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns nsfnet.h-co numtxqueues 1 numrxqueues 1
ip link add name eth0 netns nsfnet.tx numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns nsfnet.h-tx numtxqueues 1 numrxqueues 1
ip link add name eth0 netns nsfnet.ne numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns nsfnet.h-ne numtxqueues 1 numrxqueues 1
ip link add name eth0 netns nsfnet.il numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns nsfnet.h-il numtxqueues 1 numrxqueues 1
ip link add name eth0 netns nsfnet.mi numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns nsfnet.h-mi numtxqueues 1 numrxqueues 1
ip link add name eth0 netns nsfnet.ga numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns nsfnet.h-ga numtxqueues 1 numrxqueues 1
ip link add name eth0 netns nsfnet.pa numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns nsfnet.h-pa numtxqueues 1 numrxqueues 1
ip link add name eth0 netns nsfnet.ny numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns nsfnet.h-ny numtxqueues 1 numrxqueues 1
ip link add name eth0 netns nsfnet.nj numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns nsfnet.h-nj numtxqueues 1 numrxqueues 1
ip link add name eth0 netns nsfnet.md numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns nsfnet.h-md numtxqueues 1 numrxqueues 1
ip link add name eth1 netns nsfnet.wa numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns nsfnet.ca1 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns nsfnet.wa numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns nsfnet.ca2 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns nsfnet.wa numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns nsfnet.il numtxqueues 1 numrxqueues 1
ip link add name eth2 netns nsfnet.ca1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns nsfnet.ca2 numtxqueues 1 numrxqueues 1
ip link add name eth3 netns nsfnet.ca1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns nsfnet.ut numtxqueues 1 numrxqueues 1
ip link add name eth3 netns nsfnet.ca2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns nsfnet.tx numtxqueues 1 numrxqueues 1
ip link add name eth2 netns nsfnet.ut numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns nsfnet.co numtxqueues 1 numrxqueues 1
ip link add name eth3 netns nsfnet.ut numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns nsfnet.mi numtxqueues 1 numrxqueues 1
ip link add name eth2 netns nsfnet.co numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns nsfnet.ne numtxqueues 1 numrxqueues 1
ip link add name eth3 netns nsfnet.co numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns nsfnet.tx numtxqueues 1 numrxqueues 1
ip link add name eth3 netns nsfnet.tx numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns nsfnet.ga numtxqueues 1 numrxqueues 1
ip link add name eth4 netns nsfnet.tx numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns nsfnet.md numtxqueues 1 numrxqueues 1
ip link add name eth2 netns nsfnet.ne numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns nsfnet.il numtxqueues 1 numrxqueues 1
ip link add name eth3 netns nsfnet.il numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns nsfnet.pa numtxqueues 1 numrxqueues 1
ip link add name eth2 netns nsfnet.ga numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns nsfnet.pa numtxqueues 1 numrxqueues 1
ip link add name eth2 netns nsfnet.mi numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns nsfnet.ny numtxqueues 1 numrxqueues 1
ip link add name eth3 netns nsfnet.mi numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns nsfnet.nj numtxqueues 1 numrxqueues 1
ip link add name eth3 netns nsfnet.pa numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns nsfnet.ny numtxqueues 1 numrxqueues 1
ip link add name eth4 netns nsfnet.pa numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns nsfnet.nj numtxqueues 1 numrxqueues 1
ip link add name eth3 netns nsfnet.ny numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns nsfnet.md numtxqueues 1 numrxqueues 1
ip link add name eth3 netns nsfnet.nj numtxqueues 1 numrxqueues 1 type veth \
    peer name eth3 netns nsfnet.md numtxqueues 1 numrxqueues 1

# wa (line 21)
ip -n nsfnet.wa link set dev lo up
ip -n nsfnet.wa link set dev eth0 up
ip -n nsfnet.wa link set dev eth1 up
ip -n nsfnet.wa link set dev eth2 up
ip -n nsfnet.wa link set dev eth3 up
ip -n nsfnet.wa address add 10.0.0.1/24 dev eth0
ip -n nsfnet.wa address add fd00::1/64 dev eth0 nodad
ip -n nsfnet.wa address add 10.0.14.1/30 dev eth1
ip -n nsfnet.wa address add fd00:0:0:e::1/64 dev eth1 nodad
ip -n nsfnet.wa address add 10.0.14.5/30 dev eth2
ip -n nsfnet.wa address add fd00:0:0:f::1/64 dev eth2 nodad
ip -n nsfnet.wa address add 10.0.14.9/30 dev eth3
ip -n nsfnet.wa address add fd00:0:0:10::1/64 dev eth3 nodad
ip -n nsfnet.wa route add 10.0.1.0/24 via 10.0.14.2 dev eth1
ip -n nsfnet.wa route add 10.0.2.0/24 via 10.0.14.6 dev eth2
ip -n nsfnet.wa route add 10.0.3.0/24 via 10.0.14.2 dev eth1
ip -n nsfnet.wa route add 10.0.4.0/24 via 10.0.14.2 dev eth1
ip -n nsfnet.wa route add 10.0.5.0/24 via 10.0.14.6 dev eth2
ip -n nsfnet.wa route add 10.0.6.0/24 nexthop via 10.0.14.2 dev eth1 weight 1 nexthop via 10.0.14.10 dev eth3 weight 1
ip -n nsfnet.wa route add 10.0.7.0/24 via 10.0.14.10 dev eth3
ip -n nsfnet.wa route add 10.0.8.0/24 via 10.0.14.2 dev eth1
ip -n nsfnet.wa route add 10.0.9.0/24 via 10.0.14.10 dev eth3
ip -n nsfnet.wa route add 10.0.10.0/23 via 10.0.14.10 dev eth3
ip -n nsfnet.wa route add 10.0.12.0/23 via 10.0.14.10 dev eth3
ip -n nsfnet.wa route add 10.0.14.12/30 via 10.0.14.2 dev eth1
ip -n nsfnet.wa route add 10.0.14.16/30 via 10.0.14.2 dev eth1
ip -n nsfnet.wa route add 10.0.14.20/30 via 10.0.14.6 dev eth2
ip -n nsfnet.wa route add 10.0.14.24/29 via 10.0.14.2 dev eth1
ip -n nsfnet.wa route add 10.0.14.32/29 via 10.0.14.2 dev eth1
ip -n nsfnet.wa route add 10.0.14.40/29 via 10.0.14.6 dev eth2
ip -n nsfnet.wa route add 10.0.14.48/28 via 10.0.14.10 dev eth3
ip -n nsfnet.wa route add 10.0.14.64/28 via 10.0.14.10 dev eth3
ip -n nsfnet.wa route add 10.0.14.80/30 via 10.0.14.10 dev eth3
ip -n nsfnet.wa -6 route add fd00:0:0:1::/64 via fd00:0:0:e::2 dev eth1
ip -n nsfnet.wa -6 route add fd00:0:0:2::/64 via fd00:0:0:f::2 dev eth2
ip -n nsfnet.wa -6 route add fd00:0:0:3::/64 via fd00:0:0:e::2 dev eth1
ip -n nsfnet.wa -6 route add fd00:0:0:4::/64 via fd00:0:0:e::2 dev eth1
ip -n nsfnet.wa -6 route add fd00:0:0:5::/64 via fd00:0:0:f::2 dev eth2
ip -n nsfnet.wa -6 route add fd00:0:0:6::/64 nexthop via fd00:0:0:e::2 dev eth1 weight 1 nexthop via fd00:0:0:10::2 dev eth3 weight 1
ip -n nsfnet.wa -6 route add fd00:0:0:7::/64 via fd00:0:0:10::2 dev eth3
ip -n nsfnet.wa -6 route add fd00:0:0:8::/64 via fd00:0:0:e::2 dev eth1
ip -n nsfnet.wa -6 route add fd00:0:0:9::/64 via fd00:0:0:10::2 dev eth3
ip -n nsfnet.wa -6 route add fd00:0:0:a::/63 via fd00:0:0:10::2 dev eth3
ip -n nsfnet.wa -6 route add fd00:0:0:c::/63 via fd00:0:0:10::2 dev eth3
ip -n nsfnet.wa -6 route add fd00:0:0:11::/64 via fd00:0:0:e::2 dev eth1
ip -n nsfnet.wa -6 route add fd00:0:0:12::/64 via fd00:0:0:e::2 dev eth1
ip -n nsfnet.wa -6 route add fd00:0:0:13::/64 via fd00:0:0:f::2 dev eth2
ip -n nsfnet.wa -6 route add fd00:0:0:14::/62 via fd00:0:0:e::2 dev eth1
ip -n nsfnet.wa -6 route add fd00:0:0:18::/63 via fd00:0:0:f::2 dev eth2
ip -n nsfnet.wa -6 route add fd00:0:0:1a::/63 via fd00:0:0:10::2 dev eth3
ip -n nsfnet.wa -6 route add fd00:0:0:1c::/62 via fd00:0:0:10::2 dev eth3
ip -n nsfnet.wa -6 route add fd00:0:0:20::/63 via fd00:0:0:10::2 dev eth3
ip -n nsfnet.wa -6 route add fd00:0:0:22::/64 via fd00:0:0:10::2 dev eth3

# ca1 (line 21)
ip -n nsfnet.ca1 link set dev lo up
ip -n nsfnet.ca1 link set dev eth0 up
ip -n nsfnet.ca1 link set dev eth1 up
ip -n nsfnet.ca1 link set dev eth2 up
ip -n nsfnet.ca1 link set dev eth3 up
ip -n nsfnet.ca1 address add 10.0.1.1/24 dev eth0
ip -n nsfnet.ca1 address add fd00:0:0:1::1/64 dev eth0 nodad
ip -n nsfnet.ca1 address add 10.0.14.2/30 dev eth1
ip -n nsfnet.ca1 address add fd00:0:0:e::2/64 dev eth1 nodad
ip -n nsfnet.ca1 address add 10.0.14.13/30 dev eth2
ip -n nsfnet.ca1 address add fd00:0:0:11::1/64 dev eth2 nodad
ip -n nsfnet.ca1 address add 10.0.14.17/30 dev eth3
ip -n nsfnet.ca1 address add fd00:0:0:12::1/64 dev eth3 nodad
ip -n nsfnet.ca1 route add 10.0.0.0/24 via 10.0.14.1 dev eth1
ip -n nsfnet.ca1 route add 10.0.2.0/24 via 10.0.14.14 dev eth2
ip -n nsfnet.ca1 route add 10.0.3.0/24 via 10.0.14.18 dev eth3
ip -n nsfnet.ca1 route add 10.0.4.0/24 via 10.0.14.18 dev eth3
ip -n nsfnet.ca1 route add 10.0.5.0/24 via 10.0.14.14 dev eth2
ip -n nsfnet.ca1 route add 10.0.6.0/23 via 10.0.14.18 dev eth3
ip -n nsfnet.ca1 route add 10.0.8.0/24 via 10.0.14.18 dev eth3
ip -n nsfnet.ca1 route add 10.0.9.0/24 via 10.0.14.14 dev eth2
ip -n nsfnet.ca1 route add 10.0.10.0/23 via 10.0.14.18 dev eth3
ip -n nsfnet.ca1 route add 10.0.12.0/23 via 10.0.14.18 dev eth3
ip -n nsfnet.ca1 route add 10.0.14.4/30 via 10.0.14.14 dev eth2
ip -n nsfnet.ca1 route add 10.0.14.8/30 via 10.0.14.1 dev eth1
ip -n nsfnet.ca1 route add 10.0.14.20/30 via 10.0.14.14 dev eth2
ip -n nsfnet.ca1 route add 10.0.14.24/29 via 10.0.14.18 dev eth3
ip -n nsfnet.ca1 route add 10.0.14.32/29 via 10.0.14.18 dev eth3
ip -n nsfnet.ca1 route add 10.0.14.40/29 via 10.0.14.14 dev eth2
ip -n nsfnet.ca1 route add 10.0.14.48/29 via 10.0.14.18 dev eth3
ip -n nsfnet.ca1 route add 10.0.14.56/30 via 10.0.14.14 dev eth2
ip -n nsfnet.ca1 route add 10.0.14.60/30 via 10.0.14.18 dev eth3
ip -n nsfnet.ca1 route add 10.0.14.64/28 via 10.0.14.18 dev eth3
ip -n nsfnet.ca1 route add 10.0.14.80/30 via 10.0.14.18 dev eth3
ip -n nsfnet.ca1 -6 route add fd00::/64 via fd00:0:0:e::1 dev eth1
ip -n nsfnet.ca1 -6 route add fd00:0:0:2::/64 via fd00:0:0:11::2 dev eth2
ip -n nsfnet.ca1 -6 route add fd00:0:0:3::/64 via fd00:0:0:12::2 dev eth3
ip -n nsfnet.ca1 -6 route add fd00:0:0:4::/64 via fd00:0:0:12::2 dev eth3
ip -n nsfnet.ca1 -6 route add fd00:0:0:5::/64 via fd00:0:0:11::2 dev eth2
ip -n nsfnet.ca1 -6 route add fd00:0:0:6::/63 via fd00:0:0:12::2 dev eth3
ip -n nsfnet.ca1 -6 route add fd00:0:0:8::/64 via fd00:0:0:12::2 dev eth3
ip -n nsfnet.ca1 -6 route add fd00:0:0:9::/64 via fd00:0:0:11::2 dev eth2
ip -n nsfnet.ca1 -6 route add fd00:0:0:a::/63 via fd00:0:0:12::2 dev eth3
ip -n nsfnet.ca1 -6 route add fd00:0:0:c::/63 via fd00:0:0:12::2 dev eth3
ip -n nsfnet.ca1 -6 route add fd00:0:0:f::/64 via fd00:0:0:11::2 dev eth2
ip -n nsfnet.ca1 -6 route add fd00:0:0:10::/64 via fd00:0:0:e::1 dev eth1
ip -n nsfnet.ca1 -6 route add fd00:0:0:13::/64 via fd00:0:0:11::2 dev eth2
ip -n nsfnet.ca1 -6 route add fd00:0:0:14::/62 via fd00:0:0:12::2 dev eth3
ip -n nsfnet.ca1 -6 route add fd00:0:0:18::/63 via fd00:0:0:11::2 dev eth2
ip -n nsfnet.ca1 -6 route add fd00:0:0:1a::/63 via fd00:0:0:12::2 dev eth3
ip -n nsfnet.ca1 -6 route add fd00:0:0:1c::/64 via fd00:0:0:11::2 dev eth2
ip -n nsfnet.ca1 -6 route add fd00:0:0:1d::/64 via fd00:0:0:12::2 dev eth3
ip -n nsfnet.ca1 -6 route add fd00:0:0:1e::/63 via fd00:0:0:12::2 dev eth3
ip -n nsfnet.ca1 -6 route add fd00:0:0:20::/63 via fd00:0:0:12::2 dev eth3
ip -n nsfnet.ca1 -6 route add fd00:0:0:22::/64 via fd00:0:0:12::2 dev eth3

# ca2 (line 21)
ip -n nsfnet.ca2 link set dev lo up
ip -n nsfnet.ca2 link set dev eth0 up
ip -n nsfnet.ca2 link set dev eth1 up
ip -n nsfnet.ca2 link set dev eth2 up
ip -n nsfnet.ca2 link set dev eth3 up
ip -n nsfnet.ca2 address add 10.0.2.1/24 dev eth0
ip -n nsfnet.ca2 address add fd00:0:0:2::1/64 dev eth0 nodad
ip -n nsfnet.ca2 address add 10.0.14.6/30 dev eth1
ip -n nsfnet.ca2 address add fd00:0:0:f::2/64 dev eth1 nodad
ip -n nsfnet.ca2 address add 10.0.14.14/30 dev eth2
ip -n nsfnet.ca2 address add fd00:0:0:11::2/64 dev eth2 nodad
ip -n nsfnet.ca2 address add 10.0.14.21/30 dev eth3
ip -n nsfnet.ca2 address add fd00:0:0:13::1/64 dev eth3 nodad
ip -n nsfnet.ca2 route add 10.0.0.0/24 via 10.0.14.5 dev eth1
ip -n nsfnet.ca2 route add 10.0.1.0/24 via 10.0.14.13 dev eth2
ip -n nsfnet.ca2 route add 10.0.3.0/24 via 10.0.14.13 dev eth2
ip -n nsfnet.ca2 route add 10.0.4.0/24 via 10.0.14.13 dev eth2
ip -n nsfnet.ca2 route add 10.0.5.0/24 via 10.0.14.22 dev eth3
ip -n nsfnet.ca2 route add 10.0.6.0/23 via 10.0.14.13 dev eth2
ip -n nsfnet.ca2 route add 10.0.8.0/24 via 10.0.14.13 dev eth2
ip -n nsfnet.ca2 route add 10.0.9.0/24 via 10.0.14.22 dev eth3
ip -n nsfnet.ca2 route add 10.0.10.0/23 via 10.0.14.22 dev eth3
ip -n nsfnet.ca2 route add 10.0.12.0/23 via 10.0.14.22 dev eth3
ip -n nsfnet.ca2 route add 10.0.14.0/30 via 10.0.14.13 dev eth2
ip -n nsfnet.ca2 route add 10.0.14.8/30 via 10.0.14.5 dev eth1
ip -n nsfnet.ca2 route add 10.0.14.16/28 via 10.0.14.13 dev eth2
ip -n nsfnet.ca2 route add 10.0.14.32/30 via 10.0.14.13 dev eth2
ip -n nsfnet.ca2 route add 10.0.14.36/30 via 10.0.14.22 dev eth3
ip -n nsfnet.ca2 route add 10.0.14.40/29 via 10.0.14.22 dev eth3
ip -n nsfnet.ca2 route add 10.0.14.48/29 via 10.0.14.13 dev eth2
ip -n nsfnet.ca2 route add 10.0.14.56/30 via 10.0.14.22 dev eth3
ip -n nsfnet.ca2 route add 10.0.14.60/30 via 10.0.14.13 dev eth2
ip -n nsfnet.ca2 route add 10.0.14.64/30 via 10.0.14.13 dev eth2
ip -n nsfnet.ca2 route add 10.0.14.68/30 via 10.0.14.22 dev eth3
ip -n nsfnet.ca2 route add 10.0.14.72/29 via 10.0.14.22 dev eth3
ip -n nsfnet.ca2 route add 10.0.14.80/30 via 10.0.14.22 dev eth3
ip -n nsfnet.ca2 -6 route add fd00::/64 via fd00:0:0:f::1 dev eth1
ip -n nsfnet.ca2 -6 route add fd00:0:0:1::/64 via fd00:0:0:11::1 dev eth2
ip -n nsfnet.ca2 -6 route add fd00:0:0:3::/64 via fd00:0:0:11::1 dev eth2
ip -n nsfnet.ca2 -6 route add fd00:0:0:4::/64 via fd00:0:0:11::1 dev eth2
ip -n nsfnet.ca2 -6 route add fd00:0:0:5::/64 via fd00:0:0:13::2 dev eth3
ip -n nsfnet.ca2 -6 route add fd00:0:0:6::/63 via fd00:0:0:11::1 dev eth2
ip -n nsfnet.ca2 -6 route add fd00:0:0:8::/64 via fd00:0:0:11::1 dev eth2
ip -n nsfnet.ca2 -6 route add fd00:0:0:9::/64 via fd00:0:0:13::2 dev eth3
ip -n nsfnet.ca2 -6 route add fd00:0:0:a::/63 via fd00:0:0:13::2 dev eth3
ip -n nsfnet.ca2 -6 route add fd00:0:0:c::/63 via fd00:0:0:13::2 dev eth3
ip -n nsfnet.ca2 -6 route add fd00:0:0:e::/64 via fd00:0:0:11::1 dev eth2
ip -n nsfnet.ca2 -6 route add fd00:0:0:10::/64 via fd00:0:0:f::1 dev eth1
ip -n nsfnet.ca2 -6 route add fd00:0:0:12::/64 via fd00:0:0:11::1 dev eth2
ip -n nsfnet.ca2 -6 route add fd00:0:0:14::/63 via fd00:0:0:11::1 dev eth2
ip -n nsfnet.ca2 -6 route add fd00:0:0:16::/64 via fd00:0:0:11::1 dev eth2
ip -n nsfnet.ca2 -6 route add fd00:0:0:17::/64 via fd00:0:0:13::2 dev eth3
ip -n nsfnet.ca2 -6 route add fd00:0:0:18::/63 via fd00:0:0:13::2 dev eth3
ip -n nsfnet.ca2 -6 route add fd00:0:0:1a::/63 via fd00:0:0:11::1 dev eth2
ip -n nsfnet.ca2 -6 route add fd00:0:0:1c::/64 via fd00:0:0:13::2 dev eth3
ip -n nsfnet.ca2 -6 route add fd00:0:0:1d::/64 via fd00:0:0:11::1 dev eth2
ip -n nsfnet.ca2 -6 route add fd00:0:0:1e::/64 via fd00:0:0:11::1 dev eth2
ip -n nsfnet.ca2 -6 route add fd00:0:0:1f::/64 via fd00:0:0:13::2 dev eth3
ip -n nsfnet.ca2 -6 route add fd00:0:0:20::/63 via fd00:0:0:13::2 dev eth3
ip -n nsfnet.ca2 -6 route add fd00:0:0:22::/64 via fd00:0:0:13::2 dev eth3

# ut (line 21)
ip -n nsfnet.ut link set dev lo up
ip -n nsfnet.ut link set dev eth0 up
ip -n nsfnet.ut link set dev eth1 up
ip -n nsfnet.ut link set dev eth2 up
ip -n nsfnet.ut link set dev eth3 up
ip -n nsfnet.ut address add 10.0.3.1/24 dev eth0
ip -n nsfnet.ut address add fd00:0:0:3::1/64 dev eth0 nodad
ip -n nsfnet.ut address add 10.0.14.18/30 dev eth1
ip -n nsfnet.ut address add fd00:0:0:12::2/64 dev eth1 nodad
ip -n nsfnet.ut address add 10.0.14.25/30 dev eth2
ip -n nsfnet.ut address add fd00:0:0:14::1/64 dev eth2 nodad
ip -n nsfnet.ut address add 10.0.14.29/30 dev eth3
ip -n nsfnet.ut address add fd00:0:0:15::1/64 dev eth3 nodad
ip -n nsfnet.ut route add 10.0.0.0/22 via 10.0.14.17 dev eth1
ip -n nsfnet.ut route add 10.0.4.0/22 via 10.0.14.26 dev eth2
ip -n nsfnet.ut route add 10.0.8.0/24 via 10.0.14.30 dev eth3
ip -n nsfnet.ut route add 10.0.9.0/24 via 10.0.14.26 dev eth2
ip -n nsfnet.ut route add 10.0.10.0/24 via 10.0.14.26 dev eth2
ip -n nsfnet.ut route add 10.0.11.0/24 via 10.0.14.30 dev eth3
ip -n nsfnet.ut route add 10.0.12.0/23 via 10.0.14.30 dev eth3
ip -n nsfnet.ut route add 10.0.14.0/29 via 10.0.14.17 dev eth1
ip -n nsfnet.ut route add 10.0.14.8/30 nexthop via 10.0.14.17 dev eth1 weight 1 nexthop via 10.0.14.26 dev eth2 weight 1
ip -n nsfnet.ut route add 10.0.14.12/30 via 10.0.14.17 dev eth1
ip -n nsfnet.ut route add 10.0.14.20/30 via 10.0.14.17 dev eth1
ip -n nsfnet.ut route add 10.0.14.32/28 via 10.0.14.26 dev eth2
ip -n nsfnet.ut route add 10.0.14.48/29 via 10.0.14.26 dev eth2
ip -n nsfnet.ut route add 10.0.14.56/30 via 10.0.14.26 dev eth2
ip -n nsfnet.ut route add 10.0.14.60/30 via 10.0.14.30 dev eth3
ip -n nsfnet.ut route add 10.0.14.64/30 via 10.0.14.30 dev eth3
ip -n nsfnet.ut route add 10.0.14.68/30 via 10.0.14.26 dev eth2
ip -n nsfnet.ut route add 10.0.14.72/30 via 10.0.14.26 dev eth2
ip -n nsfnet.ut route add 10.0.14.76/30 via 10.0.14.30 dev eth3
ip -n nsfnet.ut route add 10.0.14.80/30 via 10.0.14.30 dev eth3
ip -n nsfnet.ut -6 route add fd00::/62 via fd00:0:0:12::1 dev eth1
ip -n nsfnet.ut -6 route add fd00:0:0:4::/62 via fd00:0:0:14::2 dev eth2
ip -n nsfnet.ut -6 route add fd00:0:0:8::/64 via fd00:0:0:15::2 dev eth3
ip -n nsfnet.ut -6 route add fd00:0:0:9::/64 via fd00:0:0:14::2 dev eth2
ip -n nsfnet.ut -6 route add fd00:0:0:a::/64 via fd00:0:0:14::2 dev eth2
ip -n nsfnet.ut -6 route add fd00:0:0:b::/64 via fd00:0:0:15::2 dev eth3
ip -n nsfnet.ut -6 route add fd00:0:0:c::/63 via fd00:0:0:15::2 dev eth3
ip -n nsfnet.ut -6 route add fd00:0:0:e::/63 via fd00:0:0:12::1 dev eth1
ip -n nsfnet.ut -6 route add fd00:0:0:10::/64 nexthop via fd00:0:0:12::1 dev eth1 weight 1 nexthop via fd00:0:0:14::2 dev eth2 weight 1
ip -n nsfnet.ut -6 route add fd00:0:0:11::/64 via fd00:0:0:12::1 dev eth1
ip -n nsfnet.ut -6 route add fd00:0:0:13::/64 via fd00:0:0:12::1 dev eth1
ip -n nsfnet.ut -6 route add fd00:0:0:16::/63 via fd00:0:0:14::2 dev eth2
ip -n nsfnet.ut -6 route add fd00:0:0:18::/62 via fd00:0:0:14::2 dev eth2
ip -n nsfnet.ut -6 route add fd00:0:0:1c::/64 via fd00:0:0:14::2 dev eth2
ip -n nsfnet.ut -6 route add fd00:0:0:1d::/64 via fd00:0:0:15::2 dev eth3
ip -n nsfnet.ut -6 route add fd00:0:0:1e::/64 via fd00:0:0:15::2 dev eth3
ip -n nsfnet.ut -6 route add fd00:0:0:1f::/64 via fd00:0:0:14::2 dev eth2
ip -n nsfnet.ut -6 route add fd00:0:0:20::/64 via fd00:0:0:14::2 dev eth2
ip -n nsfnet.ut -6 route add fd00:0:0:21::/64 via fd00:0:0:15::2 dev eth3
ip -n nsfnet.ut -6 route add fd00:0:0:22::/64 via fd00:0:0:15::2 dev eth3

# co (line 21)
ip -n nsfnet.co link set dev lo up
ip -n nsfnet.co link set dev eth0 up
ip -n nsfnet.co link set dev eth1 up
ip -n nsfnet.co link set dev eth2 up
ip -n nsfnet.co link set dev eth3 up
ip -n nsfnet.co address add 10.0.4.1/24 dev eth0
ip -n nsfnet.co address add fd00:0:0:4::1/64 dev eth0 nodad
ip -n nsfnet.co address add 10.0.14.26/30 dev eth1
ip -n nsfnet.co address add fd00:0:0:14::2/64 dev eth1 nodad
ip -n nsfnet.co address add 10.0.14.33/30 dev eth2
ip -n nsfnet.co address add fd00:0:0:16::1/64 dev eth2 nodad
ip -n nsfnet.co address add 10.0.14.37/30 dev eth3
ip -n nsfnet.co address add fd00:0:0:17::1/64 dev eth3 nodad
ip -n nsfnet.co route add 10.0.0.0/22 via 10.0.14.25 dev eth1
ip -n nsfnet.co route add 10.0.5.0/24 via 10.0.14.38 dev eth3
ip -n nsfnet.co route add 10.0.6.0/23 via 10.0.14.34 dev eth2
ip -n nsfnet.co route add 10.0.8.0/24 via 10.0.14.25 dev eth1
ip -n nsfnet.co route add 10.0.9.0/24 via 10.0.14.38 dev eth3
ip -n nsfnet.co route add 10.0.10.0/23 via 10.0.14.34 dev eth2
ip -n nsfnet.co route add 10.0.12.0/23 via 10.0.14.34 dev eth2
ip -n nsfnet.co route add 10.0.14.0/29 via 10.0.14.25 dev eth1
ip -n nsfnet.co route add 10.0.14.8/30 via 10.0.14.34 dev eth2
ip -n nsfnet.co route add 10.0.14.12/30 via 10.0.14.25 dev eth1
ip -n nsfnet.co route add 10.0.14.16/30 via 10.0.14.25 dev eth1
ip -n nsfnet.co route add 10.0.14.20/30 via 10.0.14.38 dev eth3
ip -n nsfnet.co route add 10.0.14.28/30 via 10.0.14.25 dev eth1
ip -n nsfnet.co route add 10.0.14.40/29 via 10.0.14.38 dev eth3
ip -n nsfnet.co route add 10.0.14.48/28 via 10.0.14.34 dev eth2
ip -n nsfnet.co route add 10.0.14.64/28 via 10.0.14.34 dev eth2
ip -n nsfnet.co route add 10.0.14.80/30 via 10.0.14.34 dev eth2
ip -n nsfnet.co -6 route add fd00::/62 via fd00:0:0:14::1 dev eth1
ip -n nsfnet.co -6 route add fd00:0:0:5::/64 via fd00:0:0:17::2 dev eth3
ip -n nsfnet.co -6 route add fd00:0:0:6::/63 via fd00:0:0:16::2 dev eth2
ip -n nsfnet.co -6 route add fd00:0:0:8::/64 via fd00:0:0:14::1 dev eth1
ip -n nsfnet.co -6 route add fd00:0:0:9::/64 via fd00:0:0:17::2 dev eth3
ip -n nsfnet.co -6 route add fd00:0:0:a::/63 via fd00:0:0:16::2 dev eth2
ip -n nsfnet.co -6 route add fd00:0:0:c::/63 via fd00:0:0:16::2 dev eth2
ip -n nsfnet.co -6 route add fd00:0:0:e::/63 via fd00:0:0:14::1 dev eth1
ip -n nsfnet.co -6 route add fd00:0:0:10::/64 via fd00:0:0:16::2 dev eth2
ip -n nsfnet.co -6 route add fd00:0:0:11::/64 via fd00:0:0:14::1 dev eth1
ip -n nsfnet.co -6 route add fd00:0:0:12::/64 via fd00:0:0:14::1 dev eth1
ip -n nsfnet.co -6 route add fd00:0:0:13::/64 via fd00:0:0:17::2 dev eth3
ip -n nsfnet.co -6 route add fd00:0:0:15::/64 via fd00:0:0:14::1 dev eth1
ip -n nsfnet.co -6 route add fd00:0:0:18::/63 via fd00:0:0:17::2 dev eth3
ip -n nsfnet.co -6 route add fd00:0:0:1a::/63 via fd00:0:0:16::2 dev eth2
ip -n nsfnet.co -6 route add fd00:0:0:1c::/62 via fd00:0:0:16::2 dev eth2
ip -n nsfnet.co -6 route add fd00:0:0:20::/63 via fd00:0:0:16::2 dev eth2
ip -n nsfnet.co -6 route add fd00:0:0:22::/64 via fd00:0:0:16::2 dev eth2

# tx (line 21)
ip -n nsfnet.tx link set dev lo up
ip -n nsfnet.tx link set dev eth0 up
ip -n nsfnet.tx link set dev eth1 up
ip -n nsfnet.tx link set dev eth2 up
ip -n nsfnet.tx link set dev eth3 up
ip -n nsfnet.tx link set dev eth4 up
ip -n nsfnet.tx address add 10.0.5.1/24 dev eth0
ip -n nsfnet.tx address add fd00:0:0:5::1/64 dev eth0 nodad
ip -n nsfnet.tx address add 10.0.14.22/30 dev eth1
ip -n nsfnet.tx address add fd00:0:0:13::2/64 dev eth1 nodad
ip -n nsfnet.tx address add 10.0.14.38/30 dev eth2
ip -n nsfnet.tx address add fd00:0:0:17::2/64 dev eth2 nodad
ip -n nsfnet.tx address add 10.0.14.41/30 dev eth3
ip -n nsfnet.tx address add fd00:0:0:18::1/64 dev eth3 nodad
ip -n nsfnet.tx address add 10.0.14.45/30 dev eth4
ip -n nsfnet.tx address add fd00:0:0:19::1/64 dev eth4 nodad
ip -n nsfnet.tx route add 10.0.0.0/23 via 10.0.14.21 dev eth1
ip -n nsfnet.tx route add 10.0.2.0/24 via 10.0.14.21 dev eth1
ip -n nsfnet.tx route add 10.0.3.0/24 via 10.0.14.37 dev eth2
ip -n nsfnet.tx route add 10.0.4.0/24 via 10.0.14.37 dev eth2
ip -n nsfnet.tx route add 10.0.6.0/24 via 10.0.14.37 dev eth2
ip -n nsfnet.tx route add 10.0.7.0/24 nexthop via 10.0.14.37 dev eth2 weight 1 nexthop via 10.0.14.42 dev eth3 weight 1
ip -n nsfnet.tx route add 10.0.8.0/24 via 10.0.14.46 dev eth4
ip -n nsfnet.tx route add 10.0.9.0/24 via 10.0.14.42 dev eth3
ip -n nsfnet.tx route add 10.0.10.0/24 via 10.0.14.42 dev eth3
ip -n nsfnet.tx route add 10.0.11.0/24 via 10.0.14.46 dev eth4
ip -n nsfnet.tx route add 10.0.12.0/23 via 10.0.14.46 dev eth4
ip -n nsfnet.tx route add 10.0.14.0/29 via 10.0.14.21 dev eth1
ip -n nsfnet.tx route add 10.0.14.8/30 nexthop via 10.0.14.37 dev eth2 weight 1 nexthop via 10.0.14.42 dev eth3 weight 1
ip -n nsfnet.tx route add 10.0.14.12/30 via 10.0.14.21 dev eth1
ip -n nsfnet.tx route add 10.0.14.16/28 via 10.0.14.37 dev eth2
ip -n nsfnet.tx route add 10.0.14.32/30 via 10.0.14.37 dev eth2
ip -n nsfnet.tx route add 10.0.14.48/30 via 10.0.14.37 dev eth2
ip -n nsfnet.tx route add 10.0.14.52/30 via 10.0.14.42 dev eth3
ip -n nsfnet.tx route add 10.0.14.56/30 via 10.0.14.42 dev eth3
ip -n nsfnet.tx route add 10.0.14.60/30 via 10.0.14.46 dev eth4
ip -n nsfnet.tx route add 10.0.14.64/30 via 10.0.14.46 dev eth4
ip -n nsfnet.tx route add 10.0.14.68/30 via 10.0.14.42 dev eth3
ip -n nsfnet.tx route add 10.0.14.72/30 via 10.0.14.42 dev eth3
ip -n nsfnet.tx route add 10.0.14.76/30 via 10.0.14.46 dev eth4
ip -n nsfnet.tx route add 10.0.14.80/30 via 10.0.14.46 dev eth4
ip -n nsfnet.tx -6 route add fd00::/63 via fd00:0:0:13::1 dev eth1
ip -n nsfnet.tx -6 route add fd00:0:0:2::/64 via fd00:0:0:13::1 dev eth1
ip -n nsfnet.tx -6 route add fd00:0:0:3::/64 via fd00:0:0:17::1 dev eth2
ip -n nsfnet.tx -6 route add fd00:0:0:4::/64 via fd00:0:0:17::1 dev eth2
ip -n nsfnet.tx -6 route add fd00:0:0:6::/64 via fd00:0:0:17::1 dev eth2
ip -n nsfnet.tx -6 route add fd00:0:0:7::/64 nexthop via fd00:0:0:17::1 dev eth2 weight 1 nexthop via fd00:0:0:18::2 dev eth3 weight 1
ip -n nsfnet.tx -6 route add fd00:0:0:8::/64 via fd00:0:0:19::2 dev eth4
ip -n nsfnet.tx -6 route add fd00:0:0:9::/64 via fd00:0:0:18::2 dev eth3
ip -n nsfnet.tx -6 route add fd00:0:0:a::/64 via fd00:0:0:18::2 dev eth3
ip -n nsfnet.tx -6 route add fd00:0:0:b::/64 via fd00:0:0:19::2 dev eth4
ip -n nsfnet.tx -6 route add fd00:0:0:c::/63 via fd00:0:0:19::2 dev eth4
ip -n nsfnet.tx -6 route add fd00:0:0:e::/63 via fd00:0:0:13::1 dev eth1
ip -n nsfnet.tx -6 route add fd00:0:0:10::/64 nexthop via fd00:0:0:17::1 dev eth2 weight 1 nexthop via fd00:0:0:18::2 dev eth3 weight 1
ip -n nsfnet.tx -6 route add fd00:0:0:11::/64 via fd00:0:0:13::1 dev eth1
ip -n nsfnet.tx -6 route add fd00:0:0:12::/64 via fd00:0:0:17::1 dev eth2
ip -n nsfnet.tx -6 route add fd00:0:0:14::/62 via fd00:0:0:17::1 dev eth2
ip -n nsfnet.tx -6 route add fd00:0:0:1a::/64 via fd00:0:0:17::1 dev eth2
ip -n nsfnet.tx -6 route add fd00:0:0:1b::/64 via fd00:0:0:18::2 dev eth3
ip -n nsfnet.tx -6 route add fd00:0:0:1c::/64 via fd00:0:0:18::2 dev eth3
ip -n nsfnet.tx -6 route add fd00:0:0:1d::/64 via fd00:0:0:19::2 dev eth4
ip -n nsfnet.tx -6 route add fd00:0:0:1e::/64 via fd00:0:0:19::2 dev eth4
ip -n nsfnet.tx -6 route add fd00:0:0:1f::/64 via fd00:0:0:18::2 dev eth3
ip -n nsfnet.tx -6 route add fd00:0:0:20::/64 via fd00:0:0:18::2 dev eth3
ip -n nsfnet.tx -6 route add fd00:0:0:21::/64 via fd00:0:0:19::2 dev eth4
ip -n nsfnet.tx -6 route add fd00:0:0:22::/64 via fd00:0:0:19::2 dev eth4

# ne (line 21)
ip -n nsfnet.ne link set dev lo up
ip -n nsfnet.ne link set dev eth0 up
ip -n nsfnet.ne link set dev eth1 up
ip -n nsfnet.ne link set dev eth2 up
ip -n nsfnet.ne address add 10.0.6.1/24 dev eth0
ip -n nsfnet.ne address add fd00:0:0:6::1/64 dev eth0 nodad
ip -n nsfnet.ne address add 10.0.14.34/30 dev eth1
ip -n nsfnet.ne address add fd00:0:0:16::2/64 dev eth1 nodad
ip -n nsfnet.ne address add 10.0.14.49/30 dev eth2
ip -n nsfnet.ne address add fd00:0:0:1a::1/64 dev eth2 nodad
ip -n nsfnet.ne route add 10.0.0.0/24 nexthop via 10.0.14.33 dev eth1 weight 1 nexthop via 10.0.14.50 dev eth2 weight 1
ip -n nsfnet.ne route add 10.0.1.0/24 via 10.0.14.33 dev eth1
ip -n nsfnet.ne route add 10.0.2.0/23 via 10.0.14.33 dev eth1
ip -n nsfnet.ne route add 10.0.4.0/23 via 10.0.14.33 dev eth1
ip -n nsfnet.ne route add 10.0.7.0/24 via 10.0.14.50 dev eth2
ip -n nsfnet.ne route add 10.0.8.0/22 via 10.0.14.50 dev eth2
ip -n nsfnet.ne route add 10.0.12.0/23 via 10.0.14.50 dev eth2
ip -n nsfnet.ne route add 10.0.14.0/29 via 10.0.14.33 dev eth1
ip -n nsfnet.ne route add 10.0.14.8/30 via 10.0.14.50 dev eth2
ip -n nsfnet.ne route add 10.0.14.12/30 via 10.0.14.33 dev eth1
ip -n nsfnet.ne route add 10.0.14.16/28 via 10.0.14.33 dev eth1
ip -n nsfnet.ne route add 10.0.14.32/28 via 10.0.14.33 dev eth1
ip -n nsfnet.ne route add 10.0.14.48/28 via 10.0.14.50 dev eth2
ip -n nsfnet.ne route add 10.0.14.64/28 via 10.0.14.50 dev eth2
ip -n nsfnet.ne route add 10.0.14.80/30 via 10.0.14.50 dev eth2
ip -n nsfnet.ne -6 route add fd00::/64 nexthop via fd00:0:0:16::1 dev eth1 weight 1 nexthop via fd00:0:0:1a::2 dev eth2 weight 1
ip -n nsfnet.ne -6 route add fd00:0:0:1::/64 via fd00:0:0:16::1 dev eth1
ip -n nsfnet.ne -6 route add fd00:0:0:2::/63 via fd00:0:0:16::1 dev eth1
ip -n nsfnet.ne -6 route add fd00:0:0:4::/63 via fd00:0:0:16::1 dev eth1
ip -n nsfnet.ne -6 route add fd00:0:0:7::/64 via fd00:0:0:1a::2 dev eth2
ip -n nsfnet.ne -6 route add fd00:0:0:8::/62 via fd00:0:0:1a::2 dev eth2
ip -n nsfnet.ne -6 route add fd00:0:0:c::/63 via fd00:0:0:1a::2 dev eth2
ip -n nsfnet.ne -6 route add fd00:0:0:e::/63 via fd00:0:0:16::1 dev eth1
ip -n nsfnet.ne -6 route add fd00:0:0:10::/64 via fd00:0:0:1a::2 dev eth2
ip -n nsfnet.ne -6 route add fd00:0:0:11::/64 via fd00:0:0:16::1 dev eth1
ip -n nsfnet.ne -6 route add fd00:0:0:12::/63 via fd00:0:0:16::1 dev eth1
ip -n nsfnet.ne -6 route add fd00:0:0:14::/62 via fd00:0:0:16::1 dev eth1
ip -n nsfnet.ne -6 route add fd00:0:0:18::/63 via fd00:0:0:16::1 dev eth1
ip -n nsfnet.ne -6 route add fd00:0:0:1b::/64 via fd00:0:0:1a::2 dev eth2
ip -n nsfnet.ne -6 route add fd00:0:0:1c::/62 via fd00:0:0:1a::2 dev eth2
ip -n nsfnet.ne -6 route add fd00:0:0:20::/63 via fd00:0:0:1a::2 dev eth2
ip -n nsfnet.ne -6 route add fd00:0:0:22::/64 via fd00:0:0:1a::2 dev eth2

# il (line 21)
ip -n nsfnet.il link set dev lo up
ip -n nsfnet.il link set dev eth0 up
ip -n nsfnet.il link set dev eth1 up
ip -n nsfnet.il link set dev eth2 up
ip -n nsfnet.il link set dev eth3 up
ip -n nsfnet.il address add 10.0.7.1/24 dev eth0
ip -n nsfnet.il address add fd00:0:0:7::1/64 dev eth0 nodad
ip -n nsfnet.il address add 10.0.14.10/30 dev eth1
ip -n nsfnet.il address add fd00:0:0:10::2/64 dev eth1 nodad
ip -n nsfnet.il address add 10.0.14.50/30 dev eth2
ip -n nsfnet.il address add fd00:0:0:1a::2/64 dev eth2 nodad
ip -n nsfnet.il address add 10.0.14.53/30 dev eth3
ip -n nsfnet.il address add fd00:0:0:1b::1/64 dev eth3 nodad
ip -n nsfnet.il route add 10.0.0.0/24 via 10.0.14.9 dev eth1
ip -n nsfnet.il route add 10.0.1.0/24 via 10.0.14.49 dev eth2
ip -n nsfnet.il route add 10.0.2.0/23 via 10.0.14.49 dev eth2
ip -n nsfnet.il route add 10.0.4.0/24 via 10.0.14.49 dev eth2
ip -n nsfnet.il route add 10.0.5.0/24 nexthop via 10.0.14.49 dev eth2 weight 1 nexthop via 10.0.14.54 dev eth3 weight 1
ip -n nsfnet.il route add 10.0.6.0/24 via 10.0.14.49 dev eth2
ip -n nsfnet.il route add 10.0.8.0/22 via 10.0.14.54 dev eth3
ip -n nsfnet.il route add 10.0.12.0/23 via 10.0.14.54 dev eth3
ip -n nsfnet.il route add 10.0.14.0/29 via 10.0.14.9 dev eth1
ip -n nsfnet.il route add 10.0.14.12/30 via 10.0.14.49 dev eth2
ip -n nsfnet.il route add 10.0.14.16/30 via 10.0.14.49 dev eth2
ip -n nsfnet.il route add 10.0.14.20/30 nexthop via 10.0.14.49 dev eth2 weight 1 nexthop via 10.0.14.54 dev eth3 weight 1
ip -n nsfnet.il route add 10.0.14.24/30 via 10.0.14.49 dev eth2
ip -n nsfnet.il route add 10.0.14.28/30 via 10.0.14.54 dev eth3
ip -n nsfnet.il route add 10.0.14.32/29 via 10.0.14.49 dev eth2
ip -n nsfnet.il route add 10.0.14.40/29 via 10.0.14.54 dev eth3
ip -n nsfnet.il route add 10.0.14.56/29 via 10.0.14.54 dev eth3
ip -n nsfnet.il route add 10.0.14.64/28 via 10.0.14.54 dev eth3
ip -n nsfnet.il route add 10.0.14.80/30 via 10.0.14.54 dev eth3
ip -n nsfnet.il -6 route add fd00::/64 via fd00:0:0:10::1 dev eth1
ip -n nsfnet.il -6 route add fd00:0:0:1::/64 via fd00:0:0:1a::1 dev eth2
ip -n nsfnet.il -6 route add fd00:0:0:2::/63 via fd00:0:0:1a::1 dev eth2
ip -n nsfnet.il -6 route add fd00:0:0:4::/64 via fd00:0:0:1a::1 dev eth2
ip -n nsfnet.il -6 route add fd00:0:0:5::/64 nexthop via fd00:0:0:1a::1 dev eth2 weight 1 nexthop via fd00:0:0:1b::2 dev eth3 weight 1
ip -n nsfnet.il -6 route add fd00:0:0:6::/64 via fd00:0:0:1a::1 dev eth2
ip -n nsfnet.il -6 route add fd00:0:0:8::/62 via fd00:0:0:1b::2 dev eth3
ip -n nsfnet.il -6 route add fd00:0:0:c::/63 via fd00:0:0:1b::2 dev eth3
ip -n nsfnet.il -6 route add fd00:0:0:e::/63 via fd00:0:0:10::1 dev eth1
ip -n nsfnet.il -6 route add fd00:0:0:11::/64 via fd00:0:0:1a::1 dev eth2
ip -n nsfnet.il -6 route add fd00:0:0:12::/64 via fd00:0:0:1a::1 dev eth2
ip -n nsfnet.il -6 route add fd00:0:0:13::/64 nexthop via fd00:0:0:1a::1 dev eth2 weight 1 nexthop via fd00:0:0:1b::2 dev eth3 weight 1
ip -n nsfnet.il -6 route add fd00:0:0:14::/64 via fd00:0:0:1a::1 dev eth2
ip -n nsfnet.il -6 route add fd00:0:0:15::/64 via fd00:0:0:1b::2 dev eth3
ip -n nsfnet.il -6 route add fd00:0:0:16::/63 via fd00:0:0:1a::1 dev eth2
ip -n nsfnet.il -6 route add fd00:0:0:18::/61 via fd00:0:0:1b::2 dev eth3
ip -n nsfnet.il -6 route add fd00:0:0:20::/63 via fd00:0:0:1b::2 dev eth3
ip -n nsfnet.il -6 route add fd00:0:0:22::/64 via fd00:0:0:1b::2 dev eth3

# mi (line 21)
ip -n nsfnet.mi link set dev lo up
ip -n nsfnet.mi link set dev eth0 up
ip -n nsfnet.mi link set dev eth1 up
ip -n nsfnet.mi link set dev eth2 up
ip -n nsfnet.mi link set dev eth3 up
ip -n nsfnet.mi address add 10.0.8.1/24 dev eth0
ip -n nsfnet.mi address add fd00:0:0:8::1/64 dev eth0 nodad
ip -n nsfnet.mi address add 10.0.14.30/30 dev eth1
ip -n nsfnet.mi address add fd00:0:0:15::2/64 dev eth1 nodad
ip -n nsfnet.mi address add 10.0.14.61/30 dev eth2
ip -n nsfnet.mi address add fd00:0:0:1d::1/64 dev eth2 nodad
ip -n nsfnet.mi address add 10.0.14.65/30 dev eth3
ip -n nsfnet.mi address add fd00:0:0:1e::1/64 dev eth3 nodad
ip -n nsfnet.mi route add 10.0.0.0/22 via 10.0.14.29 dev eth1
ip -n nsfnet.mi route add 10.0.4.0/24 via 10.0.14.29 dev eth1
ip -n nsfnet.mi route add 10.0.5.0/24 nexthop via 10.0.14.62 dev eth2 weight 1 nexthop via 10.0.14.66 dev eth3 weight 1
ip -n nsfnet.mi route add 10.0.6.0/23 nexthop via 10.0.14.62 dev eth2 weight 1 nexthop via 10.0.14.66 dev eth3 weight 1
ip -n nsfnet.mi route add 10.0.9.0/24 nexthop via 10.0.14.62 dev eth2 weight 1 nexthop via 10.0.14.66 dev eth3 weight 1
ip -n nsfnet.mi route add 10.0.10.0/24 nexthop via 10.0.14.62 dev eth2 weight 1 nexthop via 10.0.14.66 dev eth3 weight 1
ip -n nsfnet.mi route add 10.0.11.0/24 via 10.0.14.62 dev eth2
ip -n nsfnet.mi route add 10.0.12.0/24 via 10.0.14.66 dev eth3
ip -n nsfnet.mi route add 10.0.13.0/24 nexthop via 10.0.14.62 dev eth2 weight 1 nexthop via 10.0.14.66 dev eth3 weight 1
ip -n nsfnet.mi route add 10.0.14.0/29 via 10.0.14.29 dev eth1
ip -n nsfnet.mi route add 10.0.14.8/30 nexthop via 10.0.14.62 dev eth2 weight 1 nexthop via 10.0.14.66 dev eth3 weight 1
ip -n nsfnet.mi route add 10.0.14.12/30 via 10.0.14.29 dev eth1
ip -n nsfnet.mi route add 10.0.14.16/30 via 10.0.14.29 dev eth1
ip -n nsfnet.mi route add 10.0.14.20/30 nexthop via 10.0.14.62 dev eth2 weight 1 nexthop via 10.0.14.66 dev eth3 weight 1
ip -n nsfnet.mi route add 10.0.14.24/30 via 10.0.14.29 dev eth1
ip -n nsfnet.mi route add 10.0.14.32/30 nexthop via 10.0.14.62 dev eth2 weight 1 nexthop via 10.0.14.66 dev eth3 weight 1
ip -n nsfnet.mi route add 10.0.14.36/30 via 10.0.14.29 dev eth1
ip -n nsfnet.mi route add 10.0.14.40/29 nexthop via 10.0.14.62 dev eth2 weight 1 nexthop via 10.0.14.66 dev eth3 weight 1
ip -n nsfnet.mi route add 10.0.14.48/28 nexthop via 10.0.14.62 dev eth2 weight 1 nexthop via 10.0.14.66 dev eth3 weight 1
ip -n nsfnet.mi route add 10.0.14.68/30 via 10.0.14.62 dev eth2
ip -n nsfnet.mi route add 10.0.14.72/30 via 10.0.14.66 dev eth3
ip -n nsfnet.mi route add 10.0.14.76/30 via 10.0.14.62 dev eth2
ip -n nsfnet.mi route add 10.0.14.80/30 via 10.0.14.66 dev eth3
ip -n nsfnet.mi -6 route add fd00::/62 via fd00:0:0:15::1 dev eth1
ip -n nsfnet.mi -6 route add fd00:0:0:4::/64 via fd00:0:0:15::1 dev eth1
ip -n nsfnet.mi -6 route add fd00:0:0:5::/64 nexthop via fd00:0:0:1d::2 dev eth2 weight 1 nexthop via fd00:0:0:1e::2 dev eth3 weight 1
ip -n nsfnet.mi -6 route add fd00:0:0:6::/63 nexthop via fd00:0:0:1d::2 dev eth2 weight 1 nexthop via fd00:0:0:1e::2 dev eth3 weight 1
ip -n nsfnet.mi -6 route add fd00:0:0:9::/64 nexthop via fd00:0:0:1d::2 dev eth2 weight 1 nexthop via fd00:0:0:1e::2 dev eth3 weight 1
ip -n nsfnet.mi -6 route add fd00:0:0:a::/64 nexthop via fd00:0:0:1d::2 dev eth2 weight 1 nexthop via fd00:0:0:1e::2 dev eth3 weight 1
ip -n nsfnet.mi -6 route add fd00:0:0:b::/64 via fd00:0:0:1d::2 dev eth2
ip -n nsfnet.mi -6 route add fd00:0:0:c::/64 via fd00:0:0:1e::2 dev eth3
ip -n nsfnet.mi -6 route add fd00:0:0:d::/64 nexthop via fd00:0:0:1d::2 dev eth2 weight 1 nexthop via fd00:0:0:1e::2 dev eth3 weight 1
ip -n nsfnet.mi -6 route add fd00:0:0:e::/63 via fd00:0:0:15::1 dev eth1
ip -n nsfnet.mi -6 route add fd00:0:0:10::/64 nexthop via fd00:0:0:1d::2 dev eth2 weight 1 nexthop via fd00:0:0:1e::2 dev eth3 weight 1
ip -n nsfnet.mi -6 route add fd00:0:0:11::/64 via fd00:0:0:15::1 dev eth1
ip -n nsfnet.mi -6 route add fd00:0:0:12::/64 via fd00:0:0:15::1 dev eth1
ip -n nsfnet.mi -6 route add fd00:0:0:13::/64 nexthop via fd00:0:0:1d::2 dev eth2 weight 1 nexthop via fd00:0:0:1e::2 dev eth3 weight 1
ip -n nsfnet.mi -6 route add fd00:0:0:14::/64 via fd00:0:0:15::1 dev eth1
ip -n nsfnet.mi -6 route add fd00:0:0:16::/64 nexthop via fd00:0:0:1d::2 dev eth2 weight 1 nexthop via fd00:0:0:1e::2 dev eth3 weight 1
ip -n nsfnet.mi -6 route add fd00:0:0:17::/64 via fd00:0:0:15::1 dev eth1
ip -n nsfnet.mi -6 route add fd00:0:0:18::/62 nexthop via fd00:0:0:1d::2 dev eth2 weight 1 nexthop via fd00:0:0:1e::2 dev eth3 weight 1
ip -n nsfnet.mi -6 route add fd00:0:0:1c::/64 nexthop via fd00:0:0:1d::2 dev eth2 weight 1 nexthop via fd00:0:0:1e::2 dev eth3 weight 1
ip -n nsfnet.mi -6 route add fd00:0:0:1f::/64 via fd00:0:0:1d::2 dev eth2
ip -n nsfnet.mi -6 route add fd00:0:0:20::/64 via fd00:0:0:1e::2 dev eth3
ip -n nsfnet.mi -6 route add fd00:0:0:21::/64 via fd00:0:0:1d::2 dev eth2
ip -n nsfnet.mi -6 route add fd00:0:0:22::/64 via fd00:0:0:1e::2 dev eth3

# ga (line 21)
ip -n nsfnet.ga link set dev lo up
ip -n nsfnet.ga link set dev eth0 up
ip -n nsfnet.ga link set dev eth1 up
ip -n nsfnet.ga link set dev eth2 up
ip -n nsfnet.ga address add 10.0.9.1/24 dev eth0
ip -n nsfnet.ga address add fd00:0:0:9::1/64 dev eth0 nodad
ip -n nsfnet.ga address add 10.0.14.42/30 dev eth1
ip -n nsfnet.ga address add fd00:0:0:18::2/64 dev eth1 nodad
ip -n nsfnet.ga address add 10.0.14.57/30 dev eth2
ip -n nsfnet.ga address add fd00:0:0:1c::1/64 dev eth2 nodad
ip -n nsfnet.ga route add 10.0.0.0/24 via 10.0.14.58 dev eth2
ip -n nsfnet.ga route add 10.0.1.0/24 via 10.0.14.41 dev eth1
ip -n nsfnet.ga route add 10.0.2.0/23 via 10.0.14.41 dev eth1
ip -n nsfnet.ga route add 10.0.4.0/23 via 10.0.14.41 dev eth1
ip -n nsfnet.ga route add 10.0.6.0/23 via 10.0.14.58 dev eth2
ip -n nsfnet.ga route add 10.0.8.0/22 via 10.0.14.58 dev eth2
ip -n nsfnet.ga route add 10.0.12.0/23 via 10.0.14.58 dev eth2
ip -n nsfnet.ga route add 10.0.14.0/29 via 10.0.14.41 dev eth1
ip -n nsfnet.ga route add 10.0.14.8/30 via 10.0.14.58 dev eth2
ip -n nsfnet.ga route add 10.0.14.12/30 via 10.0.14.41 dev eth1
ip -n nsfnet.ga route add 10.0.14.16/29 via 10.0.14.41 dev eth1
ip -n nsfnet.ga route add 10.0.14.24/30 via 10.0.14.41 dev eth1
ip -n nsfnet.ga route add 10.0.14.28/30 via 10.0.14.58 dev eth2
ip -n nsfnet.ga route add 10.0.14.32/30 nexthop via 10.0.14.41 dev eth1 weight 1 nexthop via 10.0.14.58 dev eth2 weight 1
ip -n nsfnet.ga route add 10.0.14.36/30 via 10.0.14.41 dev eth1
ip -n nsfnet.ga route add 10.0.14.44/30 via 10.0.14.41 dev eth1
ip -n nsfnet.ga route add 10.0.14.48/28 via 10.0.14.58 dev eth2
ip -n nsfnet.ga route add 10.0.14.64/28 via 10.0.14.58 dev eth2
ip -n nsfnet.ga route add 10.0.14.80/30 via 10.0.14.58 dev eth2
ip -n nsfnet.ga -6 route add fd00::/64 via fd00:0:0:1c::2 dev eth2
ip -n nsfnet.ga -6 route add fd00:0:0:1::/64 via fd00:0:0:18::1 dev eth1
ip -n nsfnet.ga -6 route add fd00:0:0:2::/63 via fd00:0:0:18::1 dev eth1
ip -n nsfnet.ga -6 route add fd00:0:0:4::/63 via fd00:0:0:18::1 dev eth1
ip -n nsfnet.ga -6 route add fd00:0:0:6::/63 via fd00:0:0:1c::2 dev eth2
ip -n nsfnet.ga -6 route add fd00:0:0:8::/62 via fd00:0:0:1c::2 dev eth2
ip -n nsfnet.ga -6 route add fd00:0:0:c::/63 via fd00:0:0:1c::2 dev eth2
ip -n nsfnet.ga -6 route add fd00:0:0:e::/63 via fd00:0:0:18::1 dev eth1
ip -n nsfnet.ga -6 route add fd00:0:0:10::/64 via fd00:0:0:1c::2 dev eth2
ip -n nsfnet.ga -6 route add fd00:0:0:11::/64 via fd00:0:0:18::1 dev eth1
ip -n nsfnet.ga -6 route add fd00:0:0:12::/63 via fd00:0:0:18::1 dev eth1
ip -n nsfnet.ga -6 route add fd00:0:0:14::/64 via fd00:0:0:18::1 dev eth1
ip -n nsfnet.ga -6 route add fd00:0:0:15::/64 via fd00:0:0:1c::2 dev eth2
ip -n nsfnet.ga -6 route add fd00:0:0:16::/64 nexthop via fd00:0:0:18::1 dev eth1 weight 1 nexthop via fd00:0:0:1c::2 dev eth2 weight 1
ip -n nsfnet.ga -6 route add fd00:0:0:17::/64 via fd00:0:0:18::1 dev eth1
ip -n nsfnet.ga -6 route add fd00:0:0:19::/64 via fd00:0:0:18::1 dev eth1
ip -n nsfnet.ga -6 route add fd00:0:0:1a::/63 via fd00:0:0:1c::2 dev eth2
ip -n nsfnet.ga -6 route add fd00:0:0:1c::/62 via fd00:0:0:1c::2 dev eth2
ip -n nsfnet.ga -6 route add fd00:0:0:20::/63 via fd00:0:0:1c::2 dev eth2
ip -n nsfnet.ga -6 route add fd00:0:0:22::/64 via fd00:0:0:1c::2 dev eth2

# pa (line 21)
ip -n nsfnet.pa link set dev lo up
ip -n nsfnet.pa link set dev eth0 up
ip -n nsfnet.pa link set dev eth1 up
ip -n nsfnet.pa link set dev eth2 up
ip -n nsfnet.pa link set dev eth3 up
ip -n nsfnet.pa link set dev eth4 up
ip -n nsfnet.pa address add 10.0.10.1/24 dev eth0
ip -n nsfnet.pa address add fd00:0:0:a::1/64 dev eth0 nodad
ip -n nsfnet.pa address add 10.0.14.54/30 dev eth1
ip -n nsfnet.pa address add fd00:0:0:1b::2/64 dev eth1 nodad
ip -n nsfnet.pa address add 10.0.14.58/30 dev eth2
ip -n nsfnet.pa address add fd00:0:0:1c::2/64 dev eth2 nodad
ip -n nsfnet.pa address add 10.0.14.69/30 dev eth3
ip -n nsfnet.pa address add fd00:0:0:1f::1/64 dev eth3 nodad
ip -n nsfnet.pa address add 10.0.14.73/30 dev eth4
ip -n nsfnet.pa address add fd00:0:0:20::1/64 dev eth4 nodad
ip -n nsfnet.pa route add 10.0.0.0/23 via 10.0.14.53 dev eth1
ip -n nsfnet.pa route add 10.0.2.0/24 via 10.0.14.57 dev eth2
ip -n nsfnet.pa route add 10.0.3.0/24 via 10.0.14.53 dev eth1
ip -n nsfnet.pa route add 10.0.4.0/24 via 10.0.14.53 dev eth1
ip -n nsfnet.pa route add 10.0.5.0/24 via 10.0.14.57 dev eth2
ip -n nsfnet.pa route add 10.0.6.0/23 via 10.0.14.53 dev eth1
ip -n nsfnet.pa route add 10.0.8.0/24 nexthop via 10.0.14.70 dev eth3 weight 1 nexthop via 10.0.14.74 dev eth4 weight 1
ip -n nsfnet.pa route add 10.0.9.0/24 via 10.0.14.57 dev eth2
ip -n nsfnet.pa route add 10.0.11.0/24 via 10.0.14.70 dev eth3
ip -n nsfnet.pa route add 10.0.12.0/24 via 10.0.14.74 dev eth4
ip -n nsfnet.pa route add 10.0.13.0/24 nexthop via 10.0.14.70 dev eth3 weight 1 nexthop via 10.0.14.74 dev eth4 weight 1
ip -n nsfnet.pa route add 10.0.14.0/28 via 10.0.14.53 dev eth1
ip -n nsfnet.pa route add 10.0.14.16/30 via 10.0.14.53 dev eth1
ip -n nsfnet.pa route add 10.0.14.20/30 via 10.0.14.57 dev eth2
ip -n nsfnet.pa route add 10.0.14.24/30 via 10.0.14.53 dev eth1
ip -n nsfnet.pa route add 10.0.14.28/30 nexthop via 10.0.14.70 dev eth3 weight 1 nexthop via 10.0.14.74 dev eth4 weight 1
ip -n nsfnet.pa route add 10.0.14.32/30 via 10.0.14.53 dev eth1
ip -n nsfnet.pa route add 10.0.14.36/30 via 10.0.14.57 dev eth2
ip -n nsfnet.pa route add 10.0.14.40/30 via 10.0.14.57 dev eth2
ip -n nsfnet.pa route add 10.0.14.44/30 nexthop via 10.0.14.70 dev eth3 weight 1 nexthop via 10.0.14.74 dev eth4 weight 1
ip -n nsfnet.pa route add 10.0.14.48/30 via 10.0.14.53 dev eth1
ip -n nsfnet.pa route add 10.0.14.60/30 via 10.0.14.70 dev eth3
ip -n nsfnet.pa route add 10.0.14.64/30 via 10.0.14.74 dev eth4
ip -n nsfnet.pa route add 10.0.14.76/30 via 10.0.14.70 dev eth3
ip -n nsfnet.pa route add 10.0.14.80/30 via 10.0.14.74 dev eth4
ip -n nsfnet.pa -6 route add fd00::/63 via fd00:0:0:1b::1 dev eth1
ip -n nsfnet.pa -6 route add fd00:0:0:2::/64 via fd00:0:0:1c::1 dev eth2
ip -n nsfnet.pa -6 route add fd00:0:0:3::/64 via fd00:0:0:1b::1 dev eth1
ip -n nsfnet.pa -6 route add fd00:0:0:4::/64 via fd00:0:0:1b::1 dev eth1
ip -n nsfnet.pa -6 route add fd00:0:0:5::/64 via fd00:0:0:1c::1 dev eth2
ip -n nsfnet.pa -6 route add fd00:0:0:6::/63 via fd00:0:0:1b::1 dev eth1
ip -n nsfnet.pa -6 route add fd00:0:0:8::/64 nexthop via fd00:0:0:1f::2 dev eth3 weight 1 nexthop via fd00:0:0:20::2 dev eth4 weight 1
ip -n nsfnet.pa -6 route add fd00:0:0:9::/64 via fd00:0:0:1c::1 dev eth2
ip -n nsfnet.pa -6 route add fd00:0:0:b::/64 via fd00:0:0:1f::2 dev eth3
ip -n nsfnet.pa -6 route add fd00:0:0:c::/64 via fd00:0:0:20::2 dev eth4
ip -n nsfnet.pa -6 route add fd00:0:0:d::/64 nexthop via fd00:0:0:1f::2 dev eth3 weight 1 nexthop via fd00:0:0:20::2 dev eth4 weight 1
ip -n nsfnet.pa -6 route add fd00:0:0:e::/63 via fd00:0:0:1b::1 dev eth1
ip -n nsfnet.pa -6 route add fd00:0:0:10::/63 via fd00:0:0:1b::1 dev eth1
ip -n nsfnet.pa -6 route add fd00:0:0:12::/64 via fd00:0:0:1b::1 dev eth1
ip -n nsfnet.pa -6 route add fd00:0:0:13::/64 via fd00:0:0:1c::1 dev eth2
ip -n nsfnet.pa -6 route add fd00:0:0:14::/64 via fd00:0:0:1b::1 dev eth1
ip -n nsfnet.pa -6 route add fd00:0:0:15::/64 nexthop via fd00:0:0:1f::2 dev eth3 weight 1 nexthop via fd00:0:0:20::2 dev eth4 weight 1
ip -n nsfnet.pa -6 route add fd00:0:0:16::/64 via fd00:0:0:1b::1 dev eth1
ip -n nsfnet.pa -6 route add fd00:0:0:17::/64 via fd00:0:0:1c::1 dev eth2
ip -n nsfnet.pa -6 route add fd00:0:0:18::/64 via fd00:0:0:1c::1 dev eth2
ip -n nsfnet.pa -6 route add fd00:0:0:19::/64 nexthop via fd00:0:0:1f::2 dev eth3 weight 1 nexthop via fd00:0:0:20::2 dev eth4 weight 1
ip -n nsfnet.pa -6 route add fd00:0:0:1a::/64 via fd00:0:0:1b::1 dev eth1
ip -n nsfnet.pa -6 route add fd00:0:0:1d::/64 via fd00:0:0:1f::2 dev eth3
ip -n nsfnet.pa -6 route add fd00:0:0:1e::/64 via fd00:0:0:20::2 dev eth4
ip -n nsfnet.pa -6 route add fd00:0:0:21::/64 via fd00:0:0:1f::2 dev eth3
ip -n nsfnet.pa -6 route add fd00:0:0:22::/64 via fd00:0:0:20::2 dev eth4

# ny (line 21)
ip -n nsfnet.ny link set dev lo up
ip -n nsfnet.ny link set dev eth0 up
ip -n nsfnet.ny link set dev eth1 up
ip -n nsfnet.ny link set dev eth2 up
ip -n nsfnet.ny link set dev eth3 up
ip -n nsfnet.ny address add 10.0.11.1/24 dev eth0
ip -n nsfnet.ny address add fd00:0:0:b::1/64 dev eth0 nodad
ip -n nsfnet.ny address add 10.0.14.62/30 dev eth1
ip -n nsfnet.ny address add fd00:0:0:1d::2/64 dev eth1 nodad
ip -n nsfnet.ny address add 10.0.14.70/30 dev eth2
ip -n nsfnet.ny address add fd00:0:0:1f::2/64 dev eth2 nodad
ip -n nsfnet.ny address add 10.0.14.77/30 dev eth3
ip -n nsfnet.ny address add fd00:0:0:21::1/64 dev eth3 nodad
ip -n nsfnet.ny route add 10.0.0.0/24 via 10.0.14.69 dev eth2
ip -n nsfnet.ny route add 10.0.1.0/24 via 10.0.14.61 dev eth1
ip -n nsfnet.ny route add 10.0.2.0/24 via 10.0.14.78 dev eth3
ip -n nsfnet.ny route add 10.0.3.0/24 via 10.0.14.61 dev eth1
ip -n nsfnet.ny route add 10.0.4.0/24 via 10.0.14.69 dev eth2
ip -n nsfnet.ny route add 10.0.5.0/24 via 10.0.14.78 dev eth3
ip -n nsfnet.ny route add 10.0.6.0/23 via 10.0.14.69 dev eth2
ip -n nsfnet.ny route add 10.0.8.0/24 via 10.0.14.61 dev eth1
ip -n nsfnet.ny route add 10.0.9.0/24 via 10.0.14.69 dev eth2
ip -n nsfnet.ny route add 10.0.10.0/24 via 10.0.14.69 dev eth2
ip -n nsfnet.ny route add 10.0.12.0/23 via 10.0.14.78 dev eth3
ip -n nsfnet.ny route add 10.0.14.0/29 via 10.0.14.69 dev eth2
ip -n nsfnet.ny route add 10.0.14.8/30 via 10.0.14.69 dev eth2
ip -n nsfnet.ny route add 10.0.14.12/30 via 10.0.14.61 dev eth1
ip -n nsfnet.ny route add 10.0.14.16/30 via 10.0.14.61 dev eth1
ip -n nsfnet.ny route add 10.0.14.20/30 via 10.0.14.78 dev eth3
ip -n nsfnet.ny route add 10.0.14.24/30 via 10.0.14.69 dev eth2
ip -n nsfnet.ny route add 10.0.14.28/30 via 10.0.14.61 dev eth1
ip -n nsfnet.ny route add 10.0.14.32/30 via 10.0.14.69 dev eth2
ip -n nsfnet.ny route add 10.0.14.36/30 via 10.0.14.78 dev eth3
ip -n nsfnet.ny route add 10.0.14.40/30 via 10.0.14.69 dev eth2
ip -n nsfnet.ny route add 10.0.14.44/30 via 10.0.14.78 dev eth3
ip -n nsfnet.ny route add 10.0.14.48/28 via 10.0.14.69 dev eth2
ip -n nsfnet.ny route add 10.0.14.64/30 via 10.0.14.78 dev eth3
ip -n nsfnet.ny route add 10.0.14.72/30 via 10.0.14.69 dev eth2
ip -n nsfnet.ny route add 10.0.14.80/30 via 10.0.14.78 dev eth3
ip -n nsfnet.ny -6 route add fd00::/64 via fd00:0:0:1f::1 dev eth2
ip -n nsfnet.ny -6 route add fd00:0:0:1::/64 via fd00:0:0:1d::1 dev eth1
ip -n nsfnet.ny -6 route add fd00:0:0:2::/64 via fd00:0:0:21::2 dev eth3
ip -n nsfnet.ny -6 route add fd00:0:0:3::/64 via fd00:0:0:1d::1 dev eth1
ip -n nsfnet.ny -6 route add fd00:0:0:4::/64 via fd00:0:0:1f::1 dev eth2
ip -n nsfnet.ny -6 route add fd00:0:0:5::/64 via fd00:0:0:21::2 dev eth3
ip -n nsfnet.ny -6 route add fd00:0:0:6::/63 via fd00:0:0:1f::1 dev eth2
ip -n nsfnet.ny -6 route add fd00:0:0:8::/64 via fd00:0:0:1d::1 dev eth1
ip -n nsfnet.ny -6 route add fd00:0:0:9::/64 via fd00:0:0:1f::1 dev eth2
ip -n nsfnet.ny -6 route add fd00:0:0:a::/64 via fd00:0:0:1f::1 dev eth2
ip -n nsfnet.ny -6 route add fd00:0:0:c::/63 via fd00:0:0:21::2 dev eth3
ip -n nsfnet.ny -6 route add fd00:0:0:e::/63 via fd00:0:0:1f::1 dev eth2
ip -n nsfnet.ny -6 route add fd00:0:0:10::/64 via fd00:0:0:1f::1 dev eth2
ip -n nsfnet.ny -6 route add fd00:0:0:11::/64 via fd00:0:0:1d::1 dev eth1
ip -n nsfnet.ny -6 route add fd00:0:0:12::/64 via fd00:0:0:1d::1 dev eth1
ip -n nsfnet.ny -6 route add fd00:0:0:13::/64 via fd00:0:0:21::2 dev eth3
ip -n nsfnet.ny -6 route add fd00:0:0:14::/64 via fd00:0:0:1f::1 dev eth2
ip -n nsfnet.ny -6 route add fd00:0:0:15::/64 via fd00:0:0:1d::1 dev eth1
ip -n nsfnet.ny -6 route add fd00:0:0:16::/64 via fd00:0:0:1f::1 dev eth2
ip -n nsfnet.ny -6 route add fd00:0:0:17::/64 via fd00:0:0:21::2 dev eth3
ip -n nsfnet.ny -6 route add fd00:0:0:18::/64 via fd00:0:0:1f::1 dev eth2
ip -n nsfnet.ny -6 route add fd00:0:0:19::/64 via fd00:0:0:21::2 dev eth3
ip -n nsfnet.ny -6 route add fd00:0:0:1a::/63 via fd00:0:0:1f::1 dev eth2
ip -n nsfnet.ny -6 route add fd00:0:0:1c::/64 via fd00:0:0:1f::1 dev eth2
ip -n nsfnet.ny -6 route add fd00:0:0:1e::/64 via fd00:0:0:21::2 dev eth3
ip -n nsfnet.ny -6 route add fd00:0:0:20::/64 via fd00:0:0:1f::1 dev eth2
ip -n nsfnet.ny -6 route add fd00:0:0:22::/64 via fd00:0:0:21::2 dev eth3

# nj (line 21)
ip -n nsfnet.nj link set dev lo up
ip -n nsfnet.nj link set dev eth0 up
ip -n nsfnet.nj link set dev eth1 up
ip -n nsfnet.nj link set dev eth2 up
ip -n nsfnet.nj link set dev eth3 up
ip -n nsfnet.nj address add 10.0.12.1/24 dev eth0
ip -n nsfnet.nj address add fd00:0:0:c::1/64 dev eth0 nodad
ip -n nsfnet.nj address add 10.0.14.66/30 dev eth1
ip -n nsfnet.nj address add fd00:0:0:1e::2/64 dev eth1 nodad
ip -n nsfnet.nj address add 10.0.14.74/30 dev eth2
ip -n nsfnet.nj address add fd00:0:0:20::2/64 dev eth2 nodad
ip -n nsfnet.nj address add 10.0.14.81/30 dev eth3
ip -n nsfnet.nj address add fd00:0:0:22::1/64 dev eth3 nodad
ip -n nsfnet.nj route add 10.0.0.0/24 via 10.0.14.73 dev eth2
ip -n nsfnet.nj route add 10.0.1.0/24 via 10.0.14.65 dev eth1
ip -n nsfnet.nj route add 10.0.2.0/24 via 10.0.14.82 dev eth3
ip -n nsfnet.nj route add 10.0.3.0/24 via 10.0.14.65 dev eth1
ip -n nsfnet.nj route add 10.0.4.0/24 via 10.0.14.73 dev eth2
ip -n nsfnet.nj route add 10.0.5.0/24 via 10.0.14.82 dev eth3
ip -n nsfnet.nj route add 10.0.6.0/23 via 10.0.14.73 dev eth2
ip -n nsfnet.nj route add 10.0.8.0/24 via 10.0.14.65 dev eth1
ip -n nsfnet.nj route add 10.0.9.0/24 via 10.0.14.73 dev eth2
ip -n nsfnet.nj route add 10.0.10.0/24 via 10.0.14.73 dev eth2
ip -n nsfnet.nj route add 10.0.11.0/24 via 10.0.14.82 dev eth3
ip -n nsfnet.nj route add 10.0.13.0/24 via 10.0.14.82 dev eth3
ip -n nsfnet.nj route add 10.0.14.0/29 via 10.0.14.73 dev eth2
ip -n nsfnet.nj route add 10.0.14.8/30 via 10.0.14.73 dev eth2
ip -n nsfnet.nj route add 10.0.14.12/30 via 10.0.14.65 dev eth1
ip -n nsfnet.nj route add 10.0.14.16/30 via 10.0.14.65 dev eth1
ip -n nsfnet.nj route add 10.0.14.20/30 via 10.0.14.82 dev eth3
ip -n nsfnet.nj route add 10.0.14.24/30 via 10.0.14.73 dev eth2
ip -n nsfnet.nj route add 10.0.14.28/30 via 10.0.14.65 dev eth1
ip -n nsfnet.nj route add 10.0.14.32/30 via 10.0.14.73 dev eth2
ip -n nsfnet.nj route add 10.0.14.36/30 via 10.0.14.82 dev eth3
ip -n nsfnet.nj route add 10.0.14.40/30 via 10.0.14.73 dev eth2
ip -n nsfnet.nj route add 10.0.14.44/30 via 10.0.14.82 dev eth3
ip -n nsfnet.nj route add 10.0.14.48/29 via 10.0.14.73 dev eth2
ip -n nsfnet.nj route add 10.0.14.56/30 via 10.0.14.73 dev eth2
ip -n nsfnet.nj route add 10.0.14.60/30 via 10.0.14.82 dev eth3
ip -n nsfnet.nj route add 10.0.14.68/30 via 10.0.14.73 dev eth2
ip -n nsfnet.nj route add 10.0.14.76/30 via 10.0.14.82 dev eth3
ip -n nsfnet.nj -6 route add fd00::/64 via fd00:0:0:20::1 dev eth2
ip -n nsfnet.nj -6 route add fd00:0:0:1::/64 via fd00:0:0:1e::1 dev eth1
ip -n nsfnet.nj -6 route add fd00:0:0:2::/64 via fd00:0:0:22::2 dev eth3
ip -n nsfnet.nj -6 route add fd00:0:0:3::/64 via fd00:0:0:1e::1 dev eth1
ip -n nsfnet.nj -6 route add fd00:0:0:4::/64 via fd00:0:0:20::1 dev eth2
ip -n nsfnet.nj -6 route add fd00:0:0:5::/64 via fd00:0:0:22::2 dev eth3
ip -n nsfnet.nj -6 route add fd00:0:0:6::/63 via fd00:0:0:20::1 dev eth2
ip -n nsfnet.nj -6 route add fd00:0:0:8::/64 via fd00:0:0:1e::1 dev eth1
ip -n nsfnet.nj -6 route add fd00:0:0:9::/64 via fd00:0:0:20::1 dev eth2
ip -n nsfnet.nj -6 route add fd00:0:0:a::/64 via fd00:0:0:20::1 dev eth2
ip -n nsfnet.nj -6 route add fd00:0:0:b::/64 via fd00:0:0:22::2 dev eth3
ip -n nsfnet.nj -6 route add fd00:0:0:d::/64 via fd00:0:0:22::2 dev eth3
ip -n nsfnet.nj -6 route add fd00:0:0:e::/63 via fd00:0:0:20::1 dev eth2
ip -n nsfnet.nj -6 route add fd00:0:0:10::/64 via fd00:0:0:20::1 dev eth2
ip -n nsfnet.nj -6 route add fd00:0:0:11::/64 via fd00:0:0:1e::1 dev eth1
ip -n nsfnet.nj -6 route add fd00:0:0:12::/64 via fd00:0:0:1e::1 dev eth1
ip -n nsfnet.nj -6 route add fd00:0:0:13::/64 via fd00:0:0:22::2 dev eth3
ip -n nsfnet.nj -6 route add fd00:0:0:14::/64 via fd00:0:0:20::1 dev eth2
ip -n nsfnet.nj -6 route add fd00:0:0:15::/64 via fd00:0:0:1e::1 dev eth1
ip -n nsfnet.nj -6 route add fd00:0:0:16::/64 via fd00:0:0:20::1 dev eth2
ip -n nsfnet.nj -6 route add fd00:0:0:17::/64 via fd00:0:0:22::2 dev eth3
ip -n nsfnet.nj -6 route add fd00:0:0:18::/64 via fd00:0:0:20::1 dev eth2
ip -n nsfnet.nj -6 route add fd00:0:0:19::/64 via fd00:0:0:22::2 dev eth3
ip -n nsfnet.nj -6 route add fd00:0:0:1a::/63 via fd00:0:0:20::1 dev eth2
ip -n nsfnet.nj -6 route add fd00:0:0:1c::/64 via fd00:0:0:20::1 dev eth2
ip -n nsfnet.nj -6 route add fd00:0:0:1d::/64 via fd00:0:0:22::2 dev eth3
ip -n nsfnet.nj -6 route add fd00:0:0:1f::/64 via fd00:0:0:20::1 dev eth2
ip -n nsfnet.nj -6 route add fd00:0:0:21::/64 via fd00:0:0:22::2 dev eth3

# md (line 21)
ip -n nsfnet.md link set dev lo up
ip -n nsfnet.md link set dev eth0 up
ip -n nsfnet.md link set dev eth1 up
ip -n nsfnet.md link set dev eth2 up
ip -n nsfnet.md link set dev eth3 up
ip -n nsfnet.md address add 10.0.13.1/24 dev eth0
ip -n nsfnet.md address add fd00:0:0:d::1/64 dev eth0 nodad
ip -n nsfnet.md address add 10.0.14.46/30 dev eth1
ip -n nsfnet.md address add fd00:0:0:19::2/64 dev eth1 nodad
ip -n nsfnet.md address add 10.0.14.78/30 dev eth2
ip -n nsfnet.md address add fd00:0:0:21::2/64 dev eth2 nodad
ip -n nsfnet.md address add 10.0.14.82/30 dev eth3
ip -n nsfnet.md address add fd00:0:0:22::2/64 dev eth3 nodad
ip -n nsfnet.md route add 10.0.0.0/23 nexthop via 10.0.14.77 dev eth2 weight 1 nexthop via 10.0.14.81 dev eth3 weight 1
ip -n nsfnet.md route add 10.0.2.0/24 via 10.0.14.45 dev eth1
ip -n nsfnet.md route add 10.0.3.0/24 nexthop via 10.0.14.77 dev eth2 weight 1 nexthop via 10.0.14.81 dev eth3 weight 1
ip -n nsfnet.md route add 10.0.4.0/24 nexthop via 10.0.14.77 dev eth2 weight 1 nexthop via 10.0.14.81 dev eth3 weight 1
ip -n nsfnet.md route add 10.0.5.0/24 via 10.0.14.45 dev eth1
ip -n nsfnet.md route add 10.0.6.0/23 nexthop via 10.0.14.77 dev eth2 weight 1 nexthop via 10.0.14.81 dev eth3 weight 1
ip -n nsfnet.md route add 10.0.8.0/23 nexthop via 10.0.14.77 dev eth2 weight 1 nexthop via 10.0.14.81 dev eth3 weight 1
ip -n nsfnet.md route add 10.0.10.0/24 nexthop via 10.0.14.77 dev eth2 weight 1 nexthop via 10.0.14.81 dev eth3 weight 1
ip -n nsfnet.md route add 10.0.11.0/24 via 10.0.14.77 dev eth2
ip -n nsfnet.md route add 10.0.12.0/24 via 10.0.14.81 dev eth3
ip -n nsfnet.md route add 10.0.14.0/30 nexthop via 10.0.14.77 dev eth2 weight 1 nexthop via 10.0.14.81 dev eth3 weight 1
ip -n nsfnet.md route add 10.0.14.4/30 via 10.0.14.45 dev eth1
ip -n nsfnet.md route add 10.0.14.8/30 nexthop via 10.0.14.77 dev eth2 weight 1 nexthop via 10.0.14.81 dev eth3 weight 1
ip -n nsfnet.md route add 10.0.14.12/30 via 10.0.14.45 dev eth1
ip -n nsfnet.md route add 10.0.14.16/30 nexthop via 10.0.14.77 dev eth2 weight 1 nexthop via 10.0.14.81 dev eth3 weight 1
ip -n nsfnet.md route add 10.0.14.20/30 via 10.0.14.45 dev eth1
ip -n nsfnet.md route add 10.0.14.24/29 nexthop via 10.0.14.77 dev eth2 weight 1 nexthop via 10.0.14.81 dev eth3 weight 1
ip -n nsfnet.md route add 10.0.14.32/30 nexthop via 10.0.14.77 dev eth2 weight 1 nexthop via 10.0.14.81 dev eth3 weight 1
ip -n nsfnet.md route add 10.0.14.36/30 via 10.0.14.45 dev eth1
ip -n nsfnet.md route add 10.0.14.40/30 nexthop via 10.0.14.77 dev eth2 weight 1 nexthop via 10.0.14.81 dev eth3 weight 1
ip -n nsfnet.md route add 10.0.14.48/29 nexthop via 10.0.14.77 dev eth2 weight 1 nexthop via 10.0.14.81 dev eth3 weight 1
ip -n nsfnet.md route add 10.0.14.56/30 nexthop via 10.0.14.77 dev eth2 weight 1 nexthop via 10.0.14.81 dev eth3 weight 1
ip -n nsfnet.md route add 10.0.14.60/30 via 10.0.14.77 dev eth2
ip -n nsfnet.md route add 10.0.14.64/30 via 10.0.14.81 dev eth3
ip -n nsfnet.md route add 10.0.14.68/30 via 10.0.14.77 dev eth2
ip -n nsfnet.md route add 10.0.14.72/30 via 10.0.14.81 dev eth3
ip -n nsfnet.md -6 route add fd00::/63 nexthop via fd00:0:0:21::1 dev eth2 weight 1 nexthop via fd00:0:0:22::1 dev eth3 weight 1
ip -n nsfnet.md -6 route add fd00:0:0:2::/64 via fd00:0:0:19::1 dev eth1
ip -n nsfnet.md -6 route add fd00:0:0:3::/64 nexthop via fd00:0:0:21::1 dev eth2 weight 1 nexthop via fd00:0:0:22::1 dev eth3 weight 1
ip -n nsfnet.md -6 route add fd00:0:0:4::/64 nexthop via fd00:0:0:21::1 dev eth2 weight 1 nexthop via fd00:0:0:22::1 dev eth3 weight 1
ip -n nsfnet.md -6 route add fd00:0:0:5::/64 via fd00:0:0:19::1 dev eth1
ip -n nsfnet.md -6 route add fd00:0:0:6::/63 nexthop via fd00:0:0:21::1 dev eth2 weight 1 nexthop via fd00:0:0:22::1 dev eth3 weight 1
ip -n nsfnet.md -6 route add fd00:0:0:8::/63 nexthop via fd00:0:0:21::1 dev eth2 weight 1 nexthop via fd00:0:0:22::1 dev eth3 weight 1
ip -n nsfnet.md -6 route add fd00:0:0:a::/64 nexthop via fd00:0:0:21::1 dev eth2 weight 1 nexthop via fd00:0:0:22::1 dev eth3 weight 1
ip -n nsfnet.md -6 route add fd00:0:0:b::/64 via fd00:0:0:21::1 dev eth2
ip -n nsfnet.md -6 route add fd00:0:0:c::/64 via fd00:0:0:22::1 dev eth3
ip -n nsfnet.md -6 route add fd00:0:0:e::/64 nexthop via fd00:0:0:21::1 dev eth2 weight 1 nexthop via fd00:0:0:22::1 dev eth3 weight 1
ip -n nsfnet.md -6 route add fd00:0:0:f::/64 via fd00:0:0:19::1 dev eth1
ip -n nsfnet.md -6 route add fd00:0:0:10::/64 nexthop via fd00:0:0:21::1 dev eth2 weight 1 nexthop via fd00:0:0:22::1 dev eth3 weight 1
ip -n nsfnet.md -6 route add fd00:0:0:11::/64 via fd00:0:0:19::1 dev eth1
ip -n nsfnet.md -6 route add fd00:0:0:12::/64 nexthop via fd00:0:0:21::1 dev eth2 weight 1 nexthop via fd00:0:0:22::1 dev eth3 weight 1
ip -n nsfnet.md -6 route add fd00:0:0:13::/64 via fd00:0:0:19::1 dev eth1
ip -n nsfnet.md -6 route add fd00:0:0:14::/63 nexthop via fd00:0:0:21::1 dev eth2 weight 1 nexthop via fd00:0:0:22::1 dev eth3 weight 1
ip -n nsfnet.md -6 route add fd00:0:0:16::/64 nexthop via fd00:0:0:21::1 dev eth2 weight 1 nexthop via fd00:0:0:22::1 dev eth3 weight 1
ip -n nsfnet.md -6 route add fd00:0:0:17::/64 via fd00:0:0:19::1 dev eth1
ip -n nsfnet.md -6 route add fd00:0:0:18::/62 nexthop via fd00:0:0:21::1 dev eth2 weight 1 nexthop via fd00:0:0:22::1 dev eth3 weight 1
ip -n nsfnet.md -6 route add fd00:0:0:1c::/64 nexthop via fd00:0:0:21::1 dev eth2 weight 1 nexthop via fd00:0:0:22::1 dev eth3 weight 1
ip -n nsfnet.md -6 route add fd00:0:0:1d::/64 via fd00:0:0:21::1 dev eth2
ip -n nsfnet.md -6 route add fd00:0:0:1e::/64 via fd00:0:0:22::1 dev eth3
ip -n nsfnet.md -6 route add fd00:0:0:1f::/64 via fd00:0:0:21::1 dev eth2
ip -n nsfnet.md -6 route add fd00:0:0:20::/64 via fd00:0:0:22::1 dev eth3

# h-wa (line 22)
ip -n nsfnet.h-wa link set dev lo up
ip -n nsfnet.h-wa link set dev eth0 up
ip -n nsfnet.h-wa address add 10.0.0.2/24 dev eth0
ip -n nsfnet.h-wa address add fd00::2/64 dev eth0 nodad
ip -n nsfnet.h-wa route add default via 10.0.0.1 dev eth0
ip -n nsfnet.h-wa -6 route add default via fd00::1 dev eth0

# h-ca1 (line 22)
ip -n nsfnet.h-ca1 link set dev lo up
ip -n nsfnet.h-ca1 link set dev eth0 up
ip -n nsfnet.h-ca1 address add 10.0.1.2/24 dev eth0
ip -n nsfnet.h-ca1 address add fd00:0:0:1::2/64 dev eth0 nodad
ip -n nsfnet.h-ca1 route add default via 10.0.1.1 dev eth0
ip -n nsfnet.h-ca1 -6 route add default via fd00:0:0:1::1 dev eth0

# h-ca2 (line 22)
ip -n nsfnet.h-ca2 link set dev lo up
ip -n nsfnet.h-ca2 link set dev eth0 up
ip -n nsfnet.h-ca2 address add 10.0.2.2/24 dev eth0
ip -n nsfnet.h-ca2 address add fd00:0:0:2::2/64 dev eth0 nodad
ip -n nsfnet.h-ca2 route add default via 10.0.2.1 dev eth0
ip -n nsfnet.h-ca2 -6 route add default via fd00:0:0:2::1 dev eth0

# h-ut (line 22)
ip -n nsfnet.h-ut link set dev lo up
ip -n nsfnet.h-ut link set dev eth0 up
ip -n nsfnet.h-ut address add 10.0.3.2/24 dev eth0
ip -n nsfnet.h-ut address add fd00:0:0:3::2/64 dev eth0 nodad
ip -n nsfnet.h-ut route add default via 10.0.3.1 dev eth0
ip -n nsfnet.h-ut -6 route add default via fd00:0:0:3::1 dev eth0

# h-co (line 22)
ip -n nsfnet.h-co link set dev lo up
ip -n nsfnet.h-co link set dev eth0 up
ip -n nsfnet.h-co address add 10.0.4.2/24 dev eth0
ip -n nsfnet.h-co address add fd00:0:0:4::2/64 dev eth0 nodad
ip -n nsfnet.h-co route add default via 10.0.4.1 dev eth0
ip -n nsfnet.h-co -6 route add default via fd00:0:0:4::1 dev eth0

# h-tx (line 22)
ip -n nsfnet.h-tx link set dev lo up
ip -n nsfnet.h-tx link set dev eth0 up
ip -n nsfnet.h-tx address add 10.0.5.2/24 dev eth0
ip -n nsfnet.h-tx address add fd00:0:0:5::2/64 dev eth0 nodad
ip -n nsfnet.h-tx route add default via 10.0.5.1 dev eth0
ip -n nsfnet.h-tx -6 route add default via fd00:0:0:5::1 dev eth0

# h-ne (line 22)
ip -n nsfnet.h-ne link set dev lo up
ip -n nsfnet.h-ne link set dev eth0 up
ip -n nsfnet.h-ne address add 10.0.6.2/24 dev eth0
ip -n nsfnet.h-ne address add fd00:0:0:6::2/64 dev eth0 nodad
ip -n nsfnet.h-ne route add default via 10.0.6.1 dev eth0
ip -n nsfnet.h-ne -6 route add default via fd00:0:0:6::1 dev eth0

# h-il (line 22)
ip -n nsfnet.h-il link set dev lo up
ip -n nsfnet.h-il link set dev eth0 up
ip -n nsfnet.h-il address add 10.0.7.2/24 dev eth0
ip -n nsfnet.h-il address add fd00:0:0:7::2/64 dev eth0 nodad
ip -n nsfnet.h-il route add default via 10.0.7.1 dev eth0
ip -n nsfnet.h-il -6 route add default via fd00:0:0:7::1 dev eth0

# h-mi (line 22)
ip -n nsfnet.h-mi link set dev lo up
ip -n nsfnet.h-mi link set dev eth0 up
ip -n nsfnet.h-mi address add 10.0.8.2/24 dev eth0
ip -n nsfnet.h-mi address add fd00:0:0:8::2/64 dev eth0 nodad
ip -n nsfnet.h-mi route add default via 10.0.8.1 dev eth0
ip -n nsfnet.h-mi -6 route add default via fd00:0:0:8::1 dev eth0

# h-ga (line 22)
ip -n nsfnet.h-ga link set dev lo up
ip -n nsfnet.h-ga link set dev eth0 up
ip -n nsfnet.h-ga address add 10.0.9.2/24 dev eth0
ip -n nsfnet.h-ga address add fd00:0:0:9::2/64 dev eth0 nodad
ip -n nsfnet.h-ga route add default via 10.0.9.1 dev eth0
ip -n nsfnet.h-ga -6 route add default via fd00:0:0:9::1 dev eth0

# h-pa (line 22)
ip -n nsfnet.h-pa link set dev lo up
ip -n nsfnet.h-pa link set dev eth0 up
ip -n nsfnet.h-pa address add 10.0.10.2/24 dev eth0
ip -n nsfnet.h-pa address add fd00:0:0:a::2/64 dev eth0 nodad
ip -n nsfnet.h-pa route add default via 10.0.10.1 dev eth0
ip -n nsfnet.h-pa -6 route add default via fd00:0:0:a::1 dev eth0

# h-ny (line 22)
ip -n nsfnet.h-ny link set dev lo up
ip -n nsfnet.h-ny link set dev eth0 up
ip -n nsfnet.h-ny address add 10.0.11.2/24 dev eth0
ip -n nsfnet.h-ny address add fd00:0:0:b::2/64 dev eth0 nodad
ip -n nsfnet.h-ny route add default via 10.0.11.1 dev eth0
ip -n nsfnet.h-ny -6 route add default via fd00:0:0:b::1 dev eth0

# h-nj (line 22)
ip -n nsfnet.h-nj link set dev lo up
ip -n nsfnet.h-nj link set dev eth0 up
ip -n nsfnet.h-nj address add 10.0.12.2/24 dev eth0
ip -n nsfnet.h-nj address add fd00:0:0:c::2/64 dev eth0 nodad
ip -n nsfnet.h-nj route add default via 10.0.12.1 dev eth0
ip -n nsfnet.h-nj -6 route add default via fd00:0:0:c::1 dev eth0

# h-md (line 22)
ip -n nsfnet.h-md link set dev lo up
ip -n nsfnet.h-md link set dev eth0 up
ip -n nsfnet.h-md address add 10.0.13.2/24 dev eth0
ip -n nsfnet.h-md address add fd00:0:0:d::2/64 dev eth0 nodad
ip -n nsfnet.h-md route add default via 10.0.13.1 dev eth0
ip -n nsfnet.h-md -6 route add default via fd00:0:0:d::1 dev eth0
