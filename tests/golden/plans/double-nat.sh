#!/bin/sh
# Builds the lab double-nat by hand: what nslab does with double-nat.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        double-nat.pc1 \
        double-nat.pc2 \
        double-nat.home1 \
        double-nat.home2 \
        double-nat.carrier \
        double-nat.net \
        double-nat.@lan1
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
new_host double-nat.pc1
new_host double-nat.pc2
new_router double-nat.home1
new_router double-nat.home2
new_router double-nat.carrier
new_host double-nat.net
new_switch double-nat.@lan1

# The links
ip link add name net netns double-nat.carrier numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns double-nat.net numtxqueues 1 numrxqueues 1
ip link add name homes netns double-nat.carrier numtxqueues 1 numrxqueues 1 type veth \
    peer name port1 netns double-nat.@lan1 numtxqueues 1 numrxqueues 1
ip link add name wan netns double-nat.home1 numtxqueues 1 numrxqueues 1 type veth \
    peer name port2 netns double-nat.@lan1 numtxqueues 1 numrxqueues 1
ip link add name wan netns double-nat.home2 numtxqueues 1 numrxqueues 1 type veth \
    peer name port3 netns double-nat.@lan1 numtxqueues 1 numrxqueues 1
ip link add name lan netns double-nat.home1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns double-nat.pc1 numtxqueues 1 numrxqueues 1
ip link add name lan netns double-nat.home2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns double-nat.pc2 numtxqueues 1 numrxqueues 1

# pc1 (line 32)
ip -n double-nat.pc1 link set dev lo up
ip -n double-nat.pc1 link set dev eth0 up
ip -n double-nat.pc1 address add 192.168.1.2/24 dev eth0
ip -n double-nat.pc1 route add default via 192.168.1.1 dev eth0

# pc2 (line 33)
ip -n double-nat.pc2 link set dev lo up
ip -n double-nat.pc2 link set dev eth0 up
ip -n double-nat.pc2 address add 192.168.1.2/24 dev eth0
ip -n double-nat.pc2 route add default via 192.168.1.1 dev eth0

# home1 (line 35)
ip -n double-nat.home1 link set dev lo up
ip -n double-nat.home1 link set dev wan up
ip -n double-nat.home1 link set dev lan up
ip -n double-nat.home1 address add 100.64.0.2/24 dev wan
ip -n double-nat.home1 address add 192.168.1.1/24 dev lan
ip -n double-nat.home1 route add default via 100.64.0.1 dev wan
ip netns exec double-nat.home1 nft -f - <<'EOF'
table inet nslab {
    chain prerouting-dnat {
        type nat hook prerouting priority dstnat;
        meta nfproto ipv4 iifname "wan" tcp dport 8080 counter dnat ip to 192.168.1.2:80 comment "double-nat.yaml:39"
    }

    chain postrouting-snat {
        type nat hook postrouting priority srcnat;
        oifname "wan" counter masquerade comment "double-nat.yaml:40"
    }
}
EOF

# home2 (line 42)
ip -n double-nat.home2 link set dev lo up
ip -n double-nat.home2 link set dev wan up
ip -n double-nat.home2 link set dev lan up
ip -n double-nat.home2 address add 100.64.0.3/24 dev wan
ip -n double-nat.home2 address add 192.168.1.1/24 dev lan
ip -n double-nat.home2 route add default via 100.64.0.1 dev wan
ip netns exec double-nat.home2 nft -f - <<'EOF'
table inet nslab {
    chain prerouting-dnat {
        type nat hook prerouting priority dstnat;
        meta nfproto ipv4 iifname "wan" tcp dport 8080 counter dnat ip to 192.168.1.2:80 comment "double-nat.yaml:39"
    }

    chain postrouting-snat {
        type nat hook postrouting priority srcnat;
        oifname "wan" counter masquerade comment "double-nat.yaml:40"
    }
}
EOF

# carrier (line 44)
ip -n double-nat.carrier link set dev lo up
ip -n double-nat.carrier link set dev net up
ip -n double-nat.carrier link set dev homes up
ip -n double-nat.carrier address add 203.0.113.1/24 dev net
ip -n double-nat.carrier address add 100.64.0.1/24 dev homes
ip netns exec double-nat.carrier nft -f - <<'EOF'
table inet nslab {
    chain postrouting-snat {
        type nat hook postrouting priority srcnat;
        meta nfproto ipv4 oifname "net" counter snat ip to 203.0.113.1 comment "double-nat.yaml:48"
    }
}
EOF

# net (line 50)
ip -n double-nat.net link set dev lo up
ip -n double-nat.net link set dev eth0 up
ip -n double-nat.net address add 203.0.113.2/24 dev eth0

# @lan1: the bridge of a LAN (line 54)
ip -n double-nat.@lan1 link set dev lo up
ip -n double-nat.@lan1 link add name br0 type bridge forward_delay 0 mcast_snooping 0
ip -n double-nat.@lan1 link set port1 master br0
ip -n double-nat.@lan1 link set dev port1 up
ip -n double-nat.@lan1 link set port2 master br0
ip -n double-nat.@lan1 link set dev port2 up
ip -n double-nat.@lan1 link set port3 master br0
ip -n double-nat.@lan1 link set dev port3 up
ip -n double-nat.@lan1 link set dev br0 up
