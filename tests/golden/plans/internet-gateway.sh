#!/bin/sh
# Builds the lab internet-gateway by hand: what nslab does with internet-gateway.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        internet-gateway.pc \
        internet-gateway.phone \
        internet-gateway.gw \
        internet-gateway.@lan1
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

# A nat: a router with a way out to the host's network.
new_nat() {
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
new_host internet-gateway.pc
new_host internet-gateway.phone
new_nat internet-gateway.gw
new_switch internet-gateway.@lan1

# The links
ip link add name lan netns internet-gateway.gw numtxqueues 1 numrxqueues 1 type veth \
    peer name port1 netns internet-gateway.@lan1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns internet-gateway.pc numtxqueues 1 numrxqueues 1 type veth \
    peer name port2 netns internet-gateway.@lan1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns internet-gateway.phone numtxqueues 1 numrxqueues 1 type veth \
    peer name port3 netns internet-gateway.@lan1 numtxqueues 1 numrxqueues 1

# pc (line 33)
ip -n internet-gateway.pc link set dev lo up
ip -n internet-gateway.pc link set dev eth0 up
ip -n internet-gateway.pc address add 192.168.1.2/24 dev eth0
ip -n internet-gateway.pc route add default via 192.168.1.1 dev eth0

# phone (line 34)
ip -n internet-gateway.phone link set dev lo up
ip -n internet-gateway.phone link set dev eth0 up
ip -n internet-gateway.phone address add 192.168.1.3/24 dev eth0
ip -n internet-gateway.phone route add default via 192.168.1.1 dev eth0

# gw (line 36)
ip -n internet-gateway.gw link set dev lo up
ip -n internet-gateway.gw tuntap add mode tap dev uplink
ip -n internet-gateway.gw link set dev uplink up
ip -n internet-gateway.gw link set dev lan up
ip -n internet-gateway.gw address add 100.127.1.1/24 dev uplink
ip -n internet-gateway.gw address add 192.168.1.1/24 dev lan
ip -n internet-gateway.gw route add default via 100.127.1.2 dev uplink
ip netns exec internet-gateway.gw nft -f - <<'EOF'
table inet nslab {
    chain input {
        type filter hook input priority filter; policy drop;
        ct state established,related counter accept comment "internet-gateway.yaml:42"
        iifname "lan" counter accept comment "internet-gateway.yaml:43"
        meta l4proto icmp counter accept comment "internet-gateway.yaml:44"
        meta l4proto ipv6-icmp counter accept comment "internet-gateway.yaml:45"
    }

    chain forward {
        type filter hook forward priority filter; policy drop;
        ct state established,related counter accept comment "internet-gateway.yaml:49"
        iifname "lan" oifname "uplink" counter accept comment "internet-gateway.yaml:50"
    }

    chain postrouting-snat {
        type nat hook postrouting priority srcnat;
        oifname "uplink" counter masquerade comment "internet-gateway.yaml:36"
    }
}
EOF
pasta --runas 0 --quiet --no-map-gw --tcp-ports none --udp-ports none --tcp-ns none --udp-ns none --ipv4-only --address 100.127.1.1 --gateway 100.127.1.2 --dns-forward 100.127.1.3 --netmask 24 --ns-ifname uplink --netns /run/netns/internet-gateway.gw

# @lan1: the bridge of a LAN (line 53)
ip -n internet-gateway.@lan1 link set dev lo up
ip -n internet-gateway.@lan1 link add name br0 type bridge forward_delay 0 mcast_snooping 0
ip -n internet-gateway.@lan1 link set port1 master br0
ip -n internet-gateway.@lan1 link set dev port1 up
ip -n internet-gateway.@lan1 link set port2 master br0
ip -n internet-gateway.@lan1 link set dev port2 up
ip -n internet-gateway.@lan1 link set port3 master br0
ip -n internet-gateway.@lan1 link set dev port3 up
ip -n internet-gateway.@lan1 link set dev br0 up
