#!/bin/sh
# Builds the lab abilene by hand: what nslab does with abilene.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        abilene.seattle \
        abilene.sunnyvale \
        abilene.losangeles \
        abilene.denver \
        abilene.kansascity \
        abilene.houston \
        abilene.chicago \
        abilene.indianapolis \
        abilene.atlanta \
        abilene.washington \
        abilene.newyork
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
new_router abilene.seattle
new_router abilene.sunnyvale
new_router abilene.losangeles
new_router abilene.denver
new_router abilene.kansascity
new_router abilene.houston
new_router abilene.chicago
new_router abilene.indianapolis
new_router abilene.atlanta
new_router abilene.washington
new_router abilene.newyork

# The links
ip link add name snva netns abilene.seattle numtxqueues 1 numrxqueues 1 type veth \
    peer name sttl netns abilene.sunnyvale numtxqueues 1 numrxqueues 1
ip link add name dnvr netns abilene.seattle numtxqueues 1 numrxqueues 1 type veth \
    peer name sttl netns abilene.denver numtxqueues 1 numrxqueues 1
ip link add name losa netns abilene.sunnyvale numtxqueues 1 numrxqueues 1 type veth \
    peer name snva netns abilene.losangeles numtxqueues 1 numrxqueues 1
ip link add name dnvr netns abilene.sunnyvale numtxqueues 1 numrxqueues 1 type veth \
    peer name snva netns abilene.denver numtxqueues 1 numrxqueues 1
ip link add name hstn netns abilene.losangeles numtxqueues 1 numrxqueues 1 type veth \
    peer name losa netns abilene.houston numtxqueues 1 numrxqueues 1
ip link add name kscy netns abilene.denver numtxqueues 1 numrxqueues 1 type veth \
    peer name dnvr netns abilene.kansascity numtxqueues 1 numrxqueues 1
ip link add name hstn netns abilene.kansascity numtxqueues 1 numrxqueues 1 type veth \
    peer name kscy netns abilene.houston numtxqueues 1 numrxqueues 1
ip link add name ipls netns abilene.kansascity numtxqueues 1 numrxqueues 1 type veth \
    peer name kscy netns abilene.indianapolis numtxqueues 1 numrxqueues 1
ip link add name atla netns abilene.houston numtxqueues 1 numrxqueues 1 type veth \
    peer name hstn netns abilene.atlanta numtxqueues 1 numrxqueues 1
ip link add name chin netns abilene.indianapolis numtxqueues 1 numrxqueues 1 type veth \
    peer name ipls netns abilene.chicago numtxqueues 1 numrxqueues 1
ip link add name atla netns abilene.indianapolis numtxqueues 1 numrxqueues 1 type veth \
    peer name ipls netns abilene.atlanta numtxqueues 1 numrxqueues 1
ip link add name nycm netns abilene.chicago numtxqueues 1 numrxqueues 1 type veth \
    peer name chin netns abilene.newyork numtxqueues 1 numrxqueues 1
ip link add name wash netns abilene.atlanta numtxqueues 1 numrxqueues 1 type veth \
    peer name atla netns abilene.washington numtxqueues 1 numrxqueues 1
ip link add name wash netns abilene.newyork numtxqueues 1 numrxqueues 1 type veth \
    peer name nycm netns abilene.washington numtxqueues 1 numrxqueues 1

# seattle (line 23)
ip -n abilene.seattle link set dev lo up
ip -n abilene.seattle link set dev snva up
ip -n abilene.seattle link set dev dnvr up
ip -n abilene.seattle address add 10.255.0.1/32 dev lo
ip -n abilene.seattle address add fd00:0:0:ff::1/128 dev lo nodad
ip -n abilene.seattle address add 10.0.0.1/30 dev snva
ip -n abilene.seattle address add fd00::1/64 dev snva nodad
ip -n abilene.seattle address add 10.0.0.5/30 dev dnvr
ip -n abilene.seattle address add fd00:0:0:1::1/64 dev dnvr nodad
ip -n abilene.seattle route add 10.0.0.8/29 via 10.0.0.2 dev snva
ip -n abilene.seattle route add 10.0.0.16/30 via 10.0.0.2 dev snva
ip -n abilene.seattle route add 10.0.0.20/30 via 10.0.0.6 dev dnvr
ip -n abilene.seattle route add 10.0.0.24/29 via 10.0.0.6 dev dnvr
ip -n abilene.seattle route add 10.0.0.32/28 via 10.0.0.6 dev dnvr
ip -n abilene.seattle route add 10.0.0.48/29 via 10.0.0.6 dev dnvr
ip -n abilene.seattle route add 10.255.0.2/31 via 10.0.0.2 dev snva
ip -n abilene.seattle route add 10.255.0.4/30 via 10.0.0.6 dev dnvr
ip -n abilene.seattle route add 10.255.0.8/30 via 10.0.0.6 dev dnvr
ip -n abilene.seattle -6 route add fd00:0:0:2::/63 via fd00::2 dev snva
ip -n abilene.seattle -6 route add fd00:0:0:4::/64 via fd00::2 dev snva
ip -n abilene.seattle -6 route add fd00:0:0:5::/64 via fd00:0:0:1::2 dev dnvr
ip -n abilene.seattle -6 route add fd00:0:0:6::/63 via fd00:0:0:1::2 dev dnvr
ip -n abilene.seattle -6 route add fd00:0:0:8::/62 via fd00:0:0:1::2 dev dnvr
ip -n abilene.seattle -6 route add fd00:0:0:c::/63 via fd00:0:0:1::2 dev dnvr
ip -n abilene.seattle -6 route add fd00:0:0:ff::2/127 via fd00::2 dev snva
ip -n abilene.seattle -6 route add fd00:0:0:ff::4/126 via fd00:0:0:1::2 dev dnvr
ip -n abilene.seattle -6 route add fd00:0:0:ff::8/126 via fd00:0:0:1::2 dev dnvr

# sunnyvale (line 23)
ip -n abilene.sunnyvale link set dev lo up
ip -n abilene.sunnyvale link set dev sttl up
ip -n abilene.sunnyvale link set dev losa up
ip -n abilene.sunnyvale link set dev dnvr up
ip -n abilene.sunnyvale address add 10.255.0.2/32 dev lo
ip -n abilene.sunnyvale address add fd00:0:0:ff::2/128 dev lo nodad
ip -n abilene.sunnyvale address add 10.0.0.2/30 dev sttl
ip -n abilene.sunnyvale address add fd00::2/64 dev sttl nodad
ip -n abilene.sunnyvale address add 10.0.0.9/30 dev losa
ip -n abilene.sunnyvale address add fd00:0:0:2::1/64 dev losa nodad
ip -n abilene.sunnyvale address add 10.0.0.13/30 dev dnvr
ip -n abilene.sunnyvale address add fd00:0:0:3::1/64 dev dnvr nodad
ip -n abilene.sunnyvale route add 10.0.0.4/30 via 10.0.0.1 dev sttl
ip -n abilene.sunnyvale route add 10.0.0.16/30 via 10.0.0.10 dev losa
ip -n abilene.sunnyvale route add 10.0.0.20/30 via 10.0.0.14 dev dnvr
ip -n abilene.sunnyvale route add 10.0.0.24/29 via 10.0.0.14 dev dnvr
ip -n abilene.sunnyvale route add 10.0.0.32/30 via 10.0.0.10 dev losa
ip -n abilene.sunnyvale route add 10.0.0.36/30 via 10.0.0.14 dev dnvr
ip -n abilene.sunnyvale route add 10.0.0.40/29 via 10.0.0.14 dev dnvr
ip -n abilene.sunnyvale route add 10.0.0.48/29 via 10.0.0.14 dev dnvr
ip -n abilene.sunnyvale route add 10.255.0.1/32 via 10.0.0.1 dev sttl
ip -n abilene.sunnyvale route add 10.255.0.3/32 via 10.0.0.10 dev losa
ip -n abilene.sunnyvale route add 10.255.0.4/31 via 10.0.0.14 dev dnvr
ip -n abilene.sunnyvale route add 10.255.0.6/32 via 10.0.0.10 dev losa
ip -n abilene.sunnyvale route add 10.255.0.7/32 via 10.0.0.14 dev dnvr
ip -n abilene.sunnyvale route add 10.255.0.8/30 via 10.0.0.14 dev dnvr
ip -n abilene.sunnyvale -6 route add fd00:0:0:1::/64 via fd00::1 dev sttl
ip -n abilene.sunnyvale -6 route add fd00:0:0:4::/64 via fd00:0:0:2::2 dev losa
ip -n abilene.sunnyvale -6 route add fd00:0:0:5::/64 via fd00:0:0:3::2 dev dnvr
ip -n abilene.sunnyvale -6 route add fd00:0:0:6::/63 via fd00:0:0:3::2 dev dnvr
ip -n abilene.sunnyvale -6 route add fd00:0:0:8::/64 via fd00:0:0:2::2 dev losa
ip -n abilene.sunnyvale -6 route add fd00:0:0:9::/64 via fd00:0:0:3::2 dev dnvr
ip -n abilene.sunnyvale -6 route add fd00:0:0:a::/63 via fd00:0:0:3::2 dev dnvr
ip -n abilene.sunnyvale -6 route add fd00:0:0:c::/63 via fd00:0:0:3::2 dev dnvr
ip -n abilene.sunnyvale -6 route add fd00:0:0:ff::1/128 via fd00::1 dev sttl
ip -n abilene.sunnyvale -6 route add fd00:0:0:ff::3/128 via fd00:0:0:2::2 dev losa
ip -n abilene.sunnyvale -6 route add fd00:0:0:ff::4/127 via fd00:0:0:3::2 dev dnvr
ip -n abilene.sunnyvale -6 route add fd00:0:0:ff::6/128 via fd00:0:0:2::2 dev losa
ip -n abilene.sunnyvale -6 route add fd00:0:0:ff::7/128 via fd00:0:0:3::2 dev dnvr
ip -n abilene.sunnyvale -6 route add fd00:0:0:ff::8/126 via fd00:0:0:3::2 dev dnvr

# losangeles (line 23)
ip -n abilene.losangeles link set dev lo up
ip -n abilene.losangeles link set dev snva up
ip -n abilene.losangeles link set dev hstn up
ip -n abilene.losangeles address add 10.255.0.3/32 dev lo
ip -n abilene.losangeles address add fd00:0:0:ff::3/128 dev lo nodad
ip -n abilene.losangeles address add 10.0.0.10/30 dev snva
ip -n abilene.losangeles address add fd00:0:0:2::2/64 dev snva nodad
ip -n abilene.losangeles address add 10.0.0.17/30 dev hstn
ip -n abilene.losangeles address add fd00:0:0:4::1/64 dev hstn nodad
ip -n abilene.losangeles route add 10.0.0.0/28 via 10.0.0.9 dev snva
ip -n abilene.losangeles route add 10.0.0.20/30 via 10.0.0.9 dev snva
ip -n abilene.losangeles route add 10.0.0.24/30 via 10.0.0.18 dev hstn
ip -n abilene.losangeles route add 10.0.0.28/30 via 10.0.0.9 dev snva
ip -n abilene.losangeles route add 10.0.0.32/30 via 10.0.0.18 dev hstn
ip -n abilene.losangeles route add 10.0.0.36/30 via 10.0.0.9 dev snva
ip -n abilene.losangeles route add 10.0.0.40/30 via 10.0.0.18 dev hstn
ip -n abilene.losangeles route add 10.0.0.44/30 via 10.0.0.9 dev snva
ip -n abilene.losangeles route add 10.0.0.48/29 via 10.0.0.18 dev hstn
ip -n abilene.losangeles route add 10.255.0.1/32 via 10.0.0.9 dev snva
ip -n abilene.losangeles route add 10.255.0.2/32 via 10.0.0.9 dev snva
ip -n abilene.losangeles route add 10.255.0.4/31 via 10.0.0.9 dev snva
ip -n abilene.losangeles route add 10.255.0.6/32 via 10.0.0.18 dev hstn
ip -n abilene.losangeles route add 10.255.0.7/32 via 10.0.0.9 dev snva
ip -n abilene.losangeles route add 10.255.0.8/32 via 10.0.0.9 dev snva
ip -n abilene.losangeles route add 10.255.0.9/32 via 10.0.0.18 dev hstn
ip -n abilene.losangeles route add 10.255.0.10/31 via 10.0.0.18 dev hstn
ip -n abilene.losangeles -6 route add fd00::/62 via fd00:0:0:2::1 dev snva
ip -n abilene.losangeles -6 route add fd00:0:0:5::/64 via fd00:0:0:2::1 dev snva
ip -n abilene.losangeles -6 route add fd00:0:0:6::/64 via fd00:0:0:4::2 dev hstn
ip -n abilene.losangeles -6 route add fd00:0:0:7::/64 via fd00:0:0:2::1 dev snva
ip -n abilene.losangeles -6 route add fd00:0:0:8::/64 via fd00:0:0:4::2 dev hstn
ip -n abilene.losangeles -6 route add fd00:0:0:9::/64 via fd00:0:0:2::1 dev snva
ip -n abilene.losangeles -6 route add fd00:0:0:a::/64 via fd00:0:0:4::2 dev hstn
ip -n abilene.losangeles -6 route add fd00:0:0:b::/64 via fd00:0:0:2::1 dev snva
ip -n abilene.losangeles -6 route add fd00:0:0:c::/63 via fd00:0:0:4::2 dev hstn
ip -n abilene.losangeles -6 route add fd00:0:0:ff::1/128 via fd00:0:0:2::1 dev snva
ip -n abilene.losangeles -6 route add fd00:0:0:ff::2/128 via fd00:0:0:2::1 dev snva
ip -n abilene.losangeles -6 route add fd00:0:0:ff::4/127 via fd00:0:0:2::1 dev snva
ip -n abilene.losangeles -6 route add fd00:0:0:ff::6/128 via fd00:0:0:4::2 dev hstn
ip -n abilene.losangeles -6 route add fd00:0:0:ff::7/128 via fd00:0:0:2::1 dev snva
ip -n abilene.losangeles -6 route add fd00:0:0:ff::8/128 via fd00:0:0:2::1 dev snva
ip -n abilene.losangeles -6 route add fd00:0:0:ff::9/128 via fd00:0:0:4::2 dev hstn
ip -n abilene.losangeles -6 route add fd00:0:0:ff::a/127 via fd00:0:0:4::2 dev hstn

# denver (line 23)
ip -n abilene.denver link set dev lo up
ip -n abilene.denver link set dev sttl up
ip -n abilene.denver link set dev snva up
ip -n abilene.denver link set dev kscy up
ip -n abilene.denver address add 10.255.0.4/32 dev lo
ip -n abilene.denver address add fd00:0:0:ff::4/128 dev lo nodad
ip -n abilene.denver address add 10.0.0.6/30 dev sttl
ip -n abilene.denver address add fd00:0:0:1::2/64 dev sttl nodad
ip -n abilene.denver address add 10.0.0.14/30 dev snva
ip -n abilene.denver address add fd00:0:0:3::2/64 dev snva nodad
ip -n abilene.denver address add 10.0.0.21/30 dev kscy
ip -n abilene.denver address add fd00:0:0:5::1/64 dev kscy nodad
ip -n abilene.denver route add 10.0.0.0/28 via 10.0.0.13 dev snva
ip -n abilene.denver route add 10.0.0.16/28 via 10.0.0.22 dev kscy
ip -n abilene.denver route add 10.0.0.32/28 via 10.0.0.22 dev kscy
ip -n abilene.denver route add 10.0.0.48/29 via 10.0.0.22 dev kscy
ip -n abilene.denver route add 10.255.0.1/32 via 10.0.0.5 dev sttl
ip -n abilene.denver route add 10.255.0.2/31 via 10.0.0.13 dev snva
ip -n abilene.denver route add 10.255.0.4/30 via 10.0.0.22 dev kscy
ip -n abilene.denver route add 10.255.0.8/30 via 10.0.0.22 dev kscy
ip -n abilene.denver -6 route add fd00::/62 via fd00:0:0:3::1 dev snva
ip -n abilene.denver -6 route add fd00:0:0:4::/62 via fd00:0:0:5::2 dev kscy
ip -n abilene.denver -6 route add fd00:0:0:8::/62 via fd00:0:0:5::2 dev kscy
ip -n abilene.denver -6 route add fd00:0:0:c::/63 via fd00:0:0:5::2 dev kscy
ip -n abilene.denver -6 route add fd00:0:0:ff::1/128 via fd00:0:0:1::1 dev sttl
ip -n abilene.denver -6 route add fd00:0:0:ff::2/127 via fd00:0:0:3::1 dev snva
ip -n abilene.denver -6 route add fd00:0:0:ff::4/126 via fd00:0:0:5::2 dev kscy
ip -n abilene.denver -6 route add fd00:0:0:ff::8/126 via fd00:0:0:5::2 dev kscy

# kansascity (line 23)
ip -n abilene.kansascity link set dev lo up
ip -n abilene.kansascity link set dev dnvr up
ip -n abilene.kansascity link set dev hstn up
ip -n abilene.kansascity link set dev ipls up
ip -n abilene.kansascity address add 10.255.0.5/32 dev lo
ip -n abilene.kansascity address add fd00:0:0:ff::5/128 dev lo nodad
ip -n abilene.kansascity address add 10.0.0.22/30 dev dnvr
ip -n abilene.kansascity address add fd00:0:0:5::2/64 dev dnvr nodad
ip -n abilene.kansascity address add 10.0.0.25/30 dev hstn
ip -n abilene.kansascity address add fd00:0:0:6::1/64 dev hstn nodad
ip -n abilene.kansascity address add 10.0.0.29/30 dev ipls
ip -n abilene.kansascity address add fd00:0:0:7::1/64 dev ipls nodad
ip -n abilene.kansascity route add 10.0.0.0/28 via 10.0.0.21 dev dnvr
ip -n abilene.kansascity route add 10.0.0.16/30 via 10.0.0.26 dev hstn
ip -n abilene.kansascity route add 10.0.0.32/30 via 10.0.0.26 dev hstn
ip -n abilene.kansascity route add 10.0.0.36/30 via 10.0.0.30 dev ipls
ip -n abilene.kansascity route add 10.0.0.40/29 via 10.0.0.30 dev ipls
ip -n abilene.kansascity route add 10.0.0.48/29 via 10.0.0.30 dev ipls
ip -n abilene.kansascity route add 10.255.0.1/32 via 10.0.0.21 dev dnvr
ip -n abilene.kansascity route add 10.255.0.2/31 via 10.0.0.21 dev dnvr
ip -n abilene.kansascity route add 10.255.0.4/32 via 10.0.0.21 dev dnvr
ip -n abilene.kansascity route add 10.255.0.6/32 via 10.0.0.26 dev hstn
ip -n abilene.kansascity route add 10.255.0.7/32 via 10.0.0.30 dev ipls
ip -n abilene.kansascity route add 10.255.0.8/30 via 10.0.0.30 dev ipls
ip -n abilene.kansascity -6 route add fd00::/62 via fd00:0:0:5::1 dev dnvr
ip -n abilene.kansascity -6 route add fd00:0:0:4::/64 via fd00:0:0:6::2 dev hstn
ip -n abilene.kansascity -6 route add fd00:0:0:8::/64 via fd00:0:0:6::2 dev hstn
ip -n abilene.kansascity -6 route add fd00:0:0:9::/64 via fd00:0:0:7::2 dev ipls
ip -n abilene.kansascity -6 route add fd00:0:0:a::/63 via fd00:0:0:7::2 dev ipls
ip -n abilene.kansascity -6 route add fd00:0:0:c::/63 via fd00:0:0:7::2 dev ipls
ip -n abilene.kansascity -6 route add fd00:0:0:ff::1/128 via fd00:0:0:5::1 dev dnvr
ip -n abilene.kansascity -6 route add fd00:0:0:ff::2/127 via fd00:0:0:5::1 dev dnvr
ip -n abilene.kansascity -6 route add fd00:0:0:ff::4/128 via fd00:0:0:5::1 dev dnvr
ip -n abilene.kansascity -6 route add fd00:0:0:ff::6/128 via fd00:0:0:6::2 dev hstn
ip -n abilene.kansascity -6 route add fd00:0:0:ff::7/128 via fd00:0:0:7::2 dev ipls
ip -n abilene.kansascity -6 route add fd00:0:0:ff::8/126 via fd00:0:0:7::2 dev ipls

# houston (line 23)
ip -n abilene.houston link set dev lo up
ip -n abilene.houston link set dev losa up
ip -n abilene.houston link set dev kscy up
ip -n abilene.houston link set dev atla up
ip -n abilene.houston address add 10.255.0.6/32 dev lo
ip -n abilene.houston address add fd00:0:0:ff::6/128 dev lo nodad
ip -n abilene.houston address add 10.0.0.18/30 dev losa
ip -n abilene.houston address add fd00:0:0:4::2/64 dev losa nodad
ip -n abilene.houston address add 10.0.0.26/30 dev kscy
ip -n abilene.houston address add fd00:0:0:6::2/64 dev kscy nodad
ip -n abilene.houston address add 10.0.0.33/30 dev atla
ip -n abilene.houston address add fd00:0:0:8::1/64 dev atla nodad
ip -n abilene.houston route add 10.0.0.0/30 via 10.0.0.17 dev losa
ip -n abilene.houston route add 10.0.0.4/30 via 10.0.0.25 dev kscy
ip -n abilene.houston route add 10.0.0.8/30 via 10.0.0.17 dev losa
ip -n abilene.houston route add 10.0.0.12/30 via 10.0.0.25 dev kscy
ip -n abilene.houston route add 10.0.0.16/28 via 10.0.0.25 dev kscy
ip -n abilene.houston route add 10.0.0.36/30 via 10.0.0.25 dev kscy
ip -n abilene.houston route add 10.0.0.40/30 via 10.0.0.34 dev atla
ip -n abilene.houston route add 10.0.0.44/30 via 10.0.0.25 dev kscy
ip -n abilene.houston route add 10.0.0.48/29 via 10.0.0.34 dev atla
ip -n abilene.houston route add 10.255.0.1/32 via 10.0.0.25 dev kscy
ip -n abilene.houston route add 10.255.0.2/31 via 10.0.0.17 dev losa
ip -n abilene.houston route add 10.255.0.4/30 via 10.0.0.25 dev kscy
ip -n abilene.houston route add 10.255.0.8/32 via 10.0.0.25 dev kscy
ip -n abilene.houston route add 10.255.0.9/32 via 10.0.0.34 dev atla
ip -n abilene.houston route add 10.255.0.10/31 via 10.0.0.34 dev atla
ip -n abilene.houston -6 route add fd00::/64 via fd00:0:0:4::1 dev losa
ip -n abilene.houston -6 route add fd00:0:0:1::/64 via fd00:0:0:6::1 dev kscy
ip -n abilene.houston -6 route add fd00:0:0:2::/64 via fd00:0:0:4::1 dev losa
ip -n abilene.houston -6 route add fd00:0:0:3::/64 via fd00:0:0:6::1 dev kscy
ip -n abilene.houston -6 route add fd00:0:0:4::/62 via fd00:0:0:6::1 dev kscy
ip -n abilene.houston -6 route add fd00:0:0:9::/64 via fd00:0:0:6::1 dev kscy
ip -n abilene.houston -6 route add fd00:0:0:a::/64 via fd00:0:0:8::2 dev atla
ip -n abilene.houston -6 route add fd00:0:0:b::/64 via fd00:0:0:6::1 dev kscy
ip -n abilene.houston -6 route add fd00:0:0:c::/63 via fd00:0:0:8::2 dev atla
ip -n abilene.houston -6 route add fd00:0:0:ff::1/128 via fd00:0:0:6::1 dev kscy
ip -n abilene.houston -6 route add fd00:0:0:ff::2/127 via fd00:0:0:4::1 dev losa
ip -n abilene.houston -6 route add fd00:0:0:ff::4/126 via fd00:0:0:6::1 dev kscy
ip -n abilene.houston -6 route add fd00:0:0:ff::8/128 via fd00:0:0:6::1 dev kscy
ip -n abilene.houston -6 route add fd00:0:0:ff::9/128 via fd00:0:0:8::2 dev atla
ip -n abilene.houston -6 route add fd00:0:0:ff::a/127 via fd00:0:0:8::2 dev atla

# chicago (line 23)
ip -n abilene.chicago link set dev lo up
ip -n abilene.chicago link set dev ipls up
ip -n abilene.chicago link set dev nycm up
ip -n abilene.chicago address add 10.255.0.7/32 dev lo
ip -n abilene.chicago address add fd00:0:0:ff::7/128 dev lo nodad
ip -n abilene.chicago address add 10.0.0.38/30 dev ipls
ip -n abilene.chicago address add fd00:0:0:9::2/64 dev ipls nodad
ip -n abilene.chicago address add 10.0.0.45/30 dev nycm
ip -n abilene.chicago address add fd00:0:0:b::1/64 dev nycm nodad
ip -n abilene.chicago route add 10.0.0.0/27 via 10.0.0.37 dev ipls
ip -n abilene.chicago route add 10.0.0.32/28 via 10.0.0.37 dev ipls
ip -n abilene.chicago route add 10.0.0.48/30 via 10.0.0.37 dev ipls
ip -n abilene.chicago route add 10.0.0.52/30 via 10.0.0.46 dev nycm
ip -n abilene.chicago route add 10.255.0.1/32 via 10.0.0.37 dev ipls
ip -n abilene.chicago route add 10.255.0.2/31 via 10.0.0.37 dev ipls
ip -n abilene.chicago route add 10.255.0.4/30 via 10.0.0.37 dev ipls
ip -n abilene.chicago route add 10.255.0.8/31 via 10.0.0.37 dev ipls
ip -n abilene.chicago route add 10.255.0.10/31 via 10.0.0.46 dev nycm
ip -n abilene.chicago -6 route add fd00::/61 via fd00:0:0:9::1 dev ipls
ip -n abilene.chicago -6 route add fd00:0:0:8::/62 via fd00:0:0:9::1 dev ipls
ip -n abilene.chicago -6 route add fd00:0:0:c::/64 via fd00:0:0:9::1 dev ipls
ip -n abilene.chicago -6 route add fd00:0:0:d::/64 via fd00:0:0:b::2 dev nycm
ip -n abilene.chicago -6 route add fd00:0:0:ff::1/128 via fd00:0:0:9::1 dev ipls
ip -n abilene.chicago -6 route add fd00:0:0:ff::2/127 via fd00:0:0:9::1 dev ipls
ip -n abilene.chicago -6 route add fd00:0:0:ff::4/126 via fd00:0:0:9::1 dev ipls
ip -n abilene.chicago -6 route add fd00:0:0:ff::8/127 via fd00:0:0:9::1 dev ipls
ip -n abilene.chicago -6 route add fd00:0:0:ff::a/127 via fd00:0:0:b::2 dev nycm

# indianapolis (line 23)
ip -n abilene.indianapolis link set dev lo up
ip -n abilene.indianapolis link set dev kscy up
ip -n abilene.indianapolis link set dev chin up
ip -n abilene.indianapolis link set dev atla up
ip -n abilene.indianapolis address add 10.255.0.8/32 dev lo
ip -n abilene.indianapolis address add fd00:0:0:ff::8/128 dev lo nodad
ip -n abilene.indianapolis address add 10.0.0.30/30 dev kscy
ip -n abilene.indianapolis address add fd00:0:0:7::2/64 dev kscy nodad
ip -n abilene.indianapolis address add 10.0.0.37/30 dev chin
ip -n abilene.indianapolis address add fd00:0:0:9::1/64 dev chin nodad
ip -n abilene.indianapolis address add 10.0.0.41/30 dev atla
ip -n abilene.indianapolis address add fd00:0:0:a::1/64 dev atla nodad
ip -n abilene.indianapolis route add 10.0.0.0/27 via 10.0.0.29 dev kscy
ip -n abilene.indianapolis route add 10.0.0.32/30 via 10.0.0.42 dev atla
ip -n abilene.indianapolis route add 10.0.0.44/30 via 10.0.0.38 dev chin
ip -n abilene.indianapolis route add 10.0.0.48/30 via 10.0.0.42 dev atla
ip -n abilene.indianapolis route add 10.0.0.52/30 via 10.0.0.38 dev chin
ip -n abilene.indianapolis route add 10.255.0.1/32 via 10.0.0.29 dev kscy
ip -n abilene.indianapolis route add 10.255.0.2/31 via 10.0.0.29 dev kscy
ip -n abilene.indianapolis route add 10.255.0.4/31 via 10.0.0.29 dev kscy
ip -n abilene.indianapolis route add 10.255.0.6/32 via 10.0.0.29 dev kscy
ip -n abilene.indianapolis route add 10.255.0.7/32 via 10.0.0.38 dev chin
ip -n abilene.indianapolis route add 10.255.0.9/32 via 10.0.0.42 dev atla
ip -n abilene.indianapolis route add 10.255.0.10/32 via 10.0.0.42 dev atla
ip -n abilene.indianapolis route add 10.255.0.11/32 via 10.0.0.38 dev chin
ip -n abilene.indianapolis -6 route add fd00::/61 via fd00:0:0:7::1 dev kscy
ip -n abilene.indianapolis -6 route add fd00:0:0:8::/64 via fd00:0:0:a::2 dev atla
ip -n abilene.indianapolis -6 route add fd00:0:0:b::/64 via fd00:0:0:9::2 dev chin
ip -n abilene.indianapolis -6 route add fd00:0:0:c::/64 via fd00:0:0:a::2 dev atla
ip -n abilene.indianapolis -6 route add fd00:0:0:d::/64 via fd00:0:0:9::2 dev chin
ip -n abilene.indianapolis -6 route add fd00:0:0:ff::1/128 via fd00:0:0:7::1 dev kscy
ip -n abilene.indianapolis -6 route add fd00:0:0:ff::2/127 via fd00:0:0:7::1 dev kscy
ip -n abilene.indianapolis -6 route add fd00:0:0:ff::4/127 via fd00:0:0:7::1 dev kscy
ip -n abilene.indianapolis -6 route add fd00:0:0:ff::6/128 via fd00:0:0:7::1 dev kscy
ip -n abilene.indianapolis -6 route add fd00:0:0:ff::7/128 via fd00:0:0:9::2 dev chin
ip -n abilene.indianapolis -6 route add fd00:0:0:ff::9/128 via fd00:0:0:a::2 dev atla
ip -n abilene.indianapolis -6 route add fd00:0:0:ff::a/128 via fd00:0:0:a::2 dev atla
ip -n abilene.indianapolis -6 route add fd00:0:0:ff::b/128 via fd00:0:0:9::2 dev chin

# atlanta (line 23)
ip -n abilene.atlanta link set dev lo up
ip -n abilene.atlanta link set dev hstn up
ip -n abilene.atlanta link set dev ipls up
ip -n abilene.atlanta link set dev wash up
ip -n abilene.atlanta address add 10.255.0.9/32 dev lo
ip -n abilene.atlanta address add fd00:0:0:ff::9/128 dev lo nodad
ip -n abilene.atlanta address add 10.0.0.34/30 dev hstn
ip -n abilene.atlanta address add fd00:0:0:8::2/64 dev hstn nodad
ip -n abilene.atlanta address add 10.0.0.42/30 dev ipls
ip -n abilene.atlanta address add fd00:0:0:a::2/64 dev ipls nodad
ip -n abilene.atlanta address add 10.0.0.49/30 dev wash
ip -n abilene.atlanta address add fd00:0:0:c::1/64 dev wash nodad
ip -n abilene.atlanta route add 10.0.0.0/29 via 10.0.0.41 dev ipls
ip -n abilene.atlanta route add 10.0.0.8/30 via 10.0.0.33 dev hstn
ip -n abilene.atlanta route add 10.0.0.12/30 via 10.0.0.41 dev ipls
ip -n abilene.atlanta route add 10.0.0.16/30 via 10.0.0.33 dev hstn
ip -n abilene.atlanta route add 10.0.0.20/30 via 10.0.0.41 dev ipls
ip -n abilene.atlanta route add 10.0.0.24/30 via 10.0.0.33 dev hstn
ip -n abilene.atlanta route add 10.0.0.28/30 via 10.0.0.41 dev ipls
ip -n abilene.atlanta route add 10.0.0.32/28 via 10.0.0.41 dev ipls
ip -n abilene.atlanta route add 10.0.0.52/30 via 10.0.0.50 dev wash
ip -n abilene.atlanta route add 10.255.0.1/32 via 10.0.0.41 dev ipls
ip -n abilene.atlanta route add 10.255.0.2/32 via 10.0.0.41 dev ipls
ip -n abilene.atlanta route add 10.255.0.3/32 via 10.0.0.33 dev hstn
ip -n abilene.atlanta route add 10.255.0.4/31 via 10.0.0.41 dev ipls
ip -n abilene.atlanta route add 10.255.0.6/32 via 10.0.0.33 dev hstn
ip -n abilene.atlanta route add 10.255.0.7/32 via 10.0.0.41 dev ipls
ip -n abilene.atlanta route add 10.255.0.8/32 via 10.0.0.41 dev ipls
ip -n abilene.atlanta route add 10.255.0.10/31 via 10.0.0.50 dev wash
ip -n abilene.atlanta -6 route add fd00::/63 via fd00:0:0:a::1 dev ipls
ip -n abilene.atlanta -6 route add fd00:0:0:2::/64 via fd00:0:0:8::1 dev hstn
ip -n abilene.atlanta -6 route add fd00:0:0:3::/64 via fd00:0:0:a::1 dev ipls
ip -n abilene.atlanta -6 route add fd00:0:0:4::/64 via fd00:0:0:8::1 dev hstn
ip -n abilene.atlanta -6 route add fd00:0:0:5::/64 via fd00:0:0:a::1 dev ipls
ip -n abilene.atlanta -6 route add fd00:0:0:6::/64 via fd00:0:0:8::1 dev hstn
ip -n abilene.atlanta -6 route add fd00:0:0:7::/64 via fd00:0:0:a::1 dev ipls
ip -n abilene.atlanta -6 route add fd00:0:0:8::/62 via fd00:0:0:a::1 dev ipls
ip -n abilene.atlanta -6 route add fd00:0:0:d::/64 via fd00:0:0:c::2 dev wash
ip -n abilene.atlanta -6 route add fd00:0:0:ff::1/128 via fd00:0:0:a::1 dev ipls
ip -n abilene.atlanta -6 route add fd00:0:0:ff::2/128 via fd00:0:0:a::1 dev ipls
ip -n abilene.atlanta -6 route add fd00:0:0:ff::3/128 via fd00:0:0:8::1 dev hstn
ip -n abilene.atlanta -6 route add fd00:0:0:ff::4/127 via fd00:0:0:a::1 dev ipls
ip -n abilene.atlanta -6 route add fd00:0:0:ff::6/128 via fd00:0:0:8::1 dev hstn
ip -n abilene.atlanta -6 route add fd00:0:0:ff::7/128 via fd00:0:0:a::1 dev ipls
ip -n abilene.atlanta -6 route add fd00:0:0:ff::8/128 via fd00:0:0:a::1 dev ipls
ip -n abilene.atlanta -6 route add fd00:0:0:ff::a/127 via fd00:0:0:c::2 dev wash

# washington (line 23)
ip -n abilene.washington link set dev lo up
ip -n abilene.washington link set dev atla up
ip -n abilene.washington link set dev nycm up
ip -n abilene.washington address add 10.255.0.10/32 dev lo
ip -n abilene.washington address add fd00:0:0:ff::a/128 dev lo nodad
ip -n abilene.washington address add 10.0.0.50/30 dev atla
ip -n abilene.washington address add fd00:0:0:c::2/64 dev atla nodad
ip -n abilene.washington address add 10.0.0.54/30 dev nycm
ip -n abilene.washington address add fd00:0:0:d::2/64 dev nycm nodad
ip -n abilene.washington route add 10.0.0.0/27 via 10.0.0.49 dev atla
ip -n abilene.washington route add 10.0.0.32/30 via 10.0.0.49 dev atla
ip -n abilene.washington route add 10.0.0.36/30 via 10.0.0.53 dev nycm
ip -n abilene.washington route add 10.0.0.40/30 via 10.0.0.49 dev atla
ip -n abilene.washington route add 10.0.0.44/30 via 10.0.0.53 dev nycm
ip -n abilene.washington route add 10.255.0.1/32 via 10.0.0.49 dev atla
ip -n abilene.washington route add 10.255.0.2/31 via 10.0.0.49 dev atla
ip -n abilene.washington route add 10.255.0.4/31 via 10.0.0.49 dev atla
ip -n abilene.washington route add 10.255.0.6/32 via 10.0.0.49 dev atla
ip -n abilene.washington route add 10.255.0.7/32 via 10.0.0.53 dev nycm
ip -n abilene.washington route add 10.255.0.8/31 via 10.0.0.49 dev atla
ip -n abilene.washington route add 10.255.0.11/32 via 10.0.0.53 dev nycm
ip -n abilene.washington -6 route add fd00::/61 via fd00:0:0:c::1 dev atla
ip -n abilene.washington -6 route add fd00:0:0:8::/64 via fd00:0:0:c::1 dev atla
ip -n abilene.washington -6 route add fd00:0:0:9::/64 via fd00:0:0:d::1 dev nycm
ip -n abilene.washington -6 route add fd00:0:0:a::/64 via fd00:0:0:c::1 dev atla
ip -n abilene.washington -6 route add fd00:0:0:b::/64 via fd00:0:0:d::1 dev nycm
ip -n abilene.washington -6 route add fd00:0:0:ff::1/128 via fd00:0:0:c::1 dev atla
ip -n abilene.washington -6 route add fd00:0:0:ff::2/127 via fd00:0:0:c::1 dev atla
ip -n abilene.washington -6 route add fd00:0:0:ff::4/127 via fd00:0:0:c::1 dev atla
ip -n abilene.washington -6 route add fd00:0:0:ff::6/128 via fd00:0:0:c::1 dev atla
ip -n abilene.washington -6 route add fd00:0:0:ff::7/128 via fd00:0:0:d::1 dev nycm
ip -n abilene.washington -6 route add fd00:0:0:ff::8/127 via fd00:0:0:c::1 dev atla
ip -n abilene.washington -6 route add fd00:0:0:ff::b/128 via fd00:0:0:d::1 dev nycm

# newyork (line 23)
ip -n abilene.newyork link set dev lo up
ip -n abilene.newyork link set dev chin up
ip -n abilene.newyork link set dev wash up
ip -n abilene.newyork address add 10.255.0.11/32 dev lo
ip -n abilene.newyork address add fd00:0:0:ff::b/128 dev lo nodad
ip -n abilene.newyork address add 10.0.0.46/30 dev chin
ip -n abilene.newyork address add fd00:0:0:b::2/64 dev chin nodad
ip -n abilene.newyork address add 10.0.0.53/30 dev wash
ip -n abilene.newyork address add fd00:0:0:d::1/64 dev wash nodad
ip -n abilene.newyork route add 10.0.0.0/28 via 10.0.0.45 dev chin
ip -n abilene.newyork route add 10.0.0.16/30 via 10.0.0.54 dev wash
ip -n abilene.newyork route add 10.0.0.20/30 via 10.0.0.45 dev chin
ip -n abilene.newyork route add 10.0.0.24/29 via 10.0.0.45 dev chin
ip -n abilene.newyork route add 10.0.0.32/30 via 10.0.0.54 dev wash
ip -n abilene.newyork route add 10.0.0.36/30 via 10.0.0.45 dev chin
ip -n abilene.newyork route add 10.0.0.40/30 via 10.0.0.54 dev wash
ip -n abilene.newyork route add 10.0.0.48/30 via 10.0.0.54 dev wash
ip -n abilene.newyork route add 10.255.0.1/32 via 10.0.0.45 dev chin
ip -n abilene.newyork route add 10.255.0.2/32 via 10.0.0.45 dev chin
ip -n abilene.newyork route add 10.255.0.3/32 via 10.0.0.54 dev wash
ip -n abilene.newyork route add 10.255.0.4/31 via 10.0.0.45 dev chin
ip -n abilene.newyork route add 10.255.0.6/32 via 10.0.0.54 dev wash
ip -n abilene.newyork route add 10.255.0.7/32 via 10.0.0.45 dev chin
ip -n abilene.newyork route add 10.255.0.8/32 via 10.0.0.45 dev chin
ip -n abilene.newyork route add 10.255.0.9/32 via 10.0.0.54 dev wash
ip -n abilene.newyork route add 10.255.0.10/32 via 10.0.0.54 dev wash
ip -n abilene.newyork -6 route add fd00::/62 via fd00:0:0:b::1 dev chin
ip -n abilene.newyork -6 route add fd00:0:0:4::/64 via fd00:0:0:d::2 dev wash
ip -n abilene.newyork -6 route add fd00:0:0:5::/64 via fd00:0:0:b::1 dev chin
ip -n abilene.newyork -6 route add fd00:0:0:6::/63 via fd00:0:0:b::1 dev chin
ip -n abilene.newyork -6 route add fd00:0:0:8::/64 via fd00:0:0:d::2 dev wash
ip -n abilene.newyork -6 route add fd00:0:0:9::/64 via fd00:0:0:b::1 dev chin
ip -n abilene.newyork -6 route add fd00:0:0:a::/64 via fd00:0:0:d::2 dev wash
ip -n abilene.newyork -6 route add fd00:0:0:c::/64 via fd00:0:0:d::2 dev wash
ip -n abilene.newyork -6 route add fd00:0:0:ff::1/128 via fd00:0:0:b::1 dev chin
ip -n abilene.newyork -6 route add fd00:0:0:ff::2/128 via fd00:0:0:b::1 dev chin
ip -n abilene.newyork -6 route add fd00:0:0:ff::3/128 via fd00:0:0:d::2 dev wash
ip -n abilene.newyork -6 route add fd00:0:0:ff::4/127 via fd00:0:0:b::1 dev chin
ip -n abilene.newyork -6 route add fd00:0:0:ff::6/128 via fd00:0:0:d::2 dev wash
ip -n abilene.newyork -6 route add fd00:0:0:ff::7/128 via fd00:0:0:b::1 dev chin
ip -n abilene.newyork -6 route add fd00:0:0:ff::8/128 via fd00:0:0:b::1 dev chin
ip -n abilene.newyork -6 route add fd00:0:0:ff::9/128 via fd00:0:0:d::2 dev wash
ip -n abilene.newyork -6 route add fd00:0:0:ff::a/128 via fd00:0:0:d::2 dev wash
