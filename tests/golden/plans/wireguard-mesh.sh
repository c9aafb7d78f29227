#!/bin/sh
# Builds the lab wireguard-mesh by hand: what nslab does with wireguard-mesh.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    for node in \
        wireguard-mesh.isp \
        wireguard-mesh.r1 \
        wireguard-mesh.r2 \
        wireguard-mesh.r3 \
        wireguard-mesh.laptop \
        wireguard-mesh.h1 \
        wireguard-mesh.h2 \
        wireguard-mesh.h3
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

# WireGuard's keys. They are gone with this shell.
keys=$(mktemp -d)
trap 'rm -r "$keys"' EXIT
(
    umask 077
    wg genkey >"$keys"/r1:wg0
    wg genkey >"$keys"/r2:wg0
    wg genkey >"$keys"/r3:wg0
    wg genkey >"$keys"/laptop:wg0
)

# The nodes
new_router wireguard-mesh.isp
new_router wireguard-mesh.r1
new_router wireguard-mesh.r2
new_router wireguard-mesh.r3
new_host wireguard-mesh.laptop
new_host wireguard-mesh.h1
new_host wireguard-mesh.h2
new_host wireguard-mesh.h3

# The links
ip link add name wan netns wireguard-mesh.r1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns wireguard-mesh.isp numtxqueues 1 numrxqueues 1
ip link add name wan netns wireguard-mesh.r2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns wireguard-mesh.isp numtxqueues 1 numrxqueues 1
ip link add name wan netns wireguard-mesh.r3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns wireguard-mesh.isp numtxqueues 1 numrxqueues 1
ip link add name wlan netns wireguard-mesh.laptop numtxqueues 1 numrxqueues 1 type veth \
    peer name eth3 netns wireguard-mesh.isp numtxqueues 1 numrxqueues 1
ip link add name eth0 netns wireguard-mesh.h1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns wireguard-mesh.r1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns wireguard-mesh.h2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns wireguard-mesh.r2 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns wireguard-mesh.h3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns wireguard-mesh.r3 numtxqueues 1 numrxqueues 1

# isp (line 38)
ip -n wireguard-mesh.isp link set dev lo up
ip -n wireguard-mesh.isp link set dev eth0 up
ip -n wireguard-mesh.isp link set dev eth1 up
ip -n wireguard-mesh.isp link set dev eth2 up
ip -n wireguard-mesh.isp link set dev eth3 up
ip -n wireguard-mesh.isp address add 203.0.113.6/30 dev eth0
ip -n wireguard-mesh.isp address add 203.0.113.10/30 dev eth1
ip -n wireguard-mesh.isp address add 203.0.113.14/30 dev eth2
ip -n wireguard-mesh.isp address add 198.18.0.1/24 dev eth3

# r1 (line 50)
ip -n wireguard-mesh.r1 link set dev lo up
ip -n wireguard-mesh.r1 link add name wg0 mtu 1420 type wireguard
ip netns exec wireguard-mesh.r1 wg set wg0 listen-port 51820 private-key "$keys"/r1:wg0
ip netns exec wireguard-mesh.r1 wg set wg0 peer "$(wg pubkey <"$keys"/r2:wg0)" endpoint 203.0.113.9:51820 allowed-ips 10.9.0.2/32,10.2.0.0/24
ip netns exec wireguard-mesh.r1 wg set wg0 peer "$(wg pubkey <"$keys"/r3:wg0)" endpoint 203.0.113.13:51820 allowed-ips 10.9.0.3/32,10.3.0.0/24
ip netns exec wireguard-mesh.r1 wg set wg0 peer "$(wg pubkey <"$keys"/laptop:wg0)" allowed-ips 10.9.0.9/32
ip -n wireguard-mesh.r1 link set dev wan up
ip -n wireguard-mesh.r1 link set dev eth0 up
ip -n wireguard-mesh.r1 link set dev wg0 up
ip -n wireguard-mesh.r1 address add 203.0.113.5/30 dev wan
ip -n wireguard-mesh.r1 address add 10.1.0.1/24 dev eth0
ip -n wireguard-mesh.r1 address add 10.9.0.1/24 dev wg0
ip -n wireguard-mesh.r1 route add 10.0.0.0/8 dev wg0
ip -n wireguard-mesh.r1 route add default via 203.0.113.6 dev wan

# r2 (line 39)
ip -n wireguard-mesh.r2 link set dev lo up
ip -n wireguard-mesh.r2 link add name wg0 mtu 1420 type wireguard
ip netns exec wireguard-mesh.r2 wg set wg0 listen-port 51820 private-key "$keys"/r2:wg0
ip netns exec wireguard-mesh.r2 wg set wg0 peer "$(wg pubkey <"$keys"/r1:wg0)" endpoint 203.0.113.5:51820 allowed-ips 10.9.0.1/32,10.9.0.9/32,10.1.0.0/24
ip netns exec wireguard-mesh.r2 wg set wg0 peer "$(wg pubkey <"$keys"/r3:wg0)" endpoint 203.0.113.13:51820 allowed-ips 10.9.0.3/32,10.3.0.0/24
ip -n wireguard-mesh.r2 link set dev wan up
ip -n wireguard-mesh.r2 link set dev eth0 up
ip -n wireguard-mesh.r2 link set dev wg0 up
ip -n wireguard-mesh.r2 address add 203.0.113.9/30 dev wan
ip -n wireguard-mesh.r2 address add 10.2.0.1/24 dev eth0
ip -n wireguard-mesh.r2 address add 10.9.0.2/24 dev wg0
ip -n wireguard-mesh.r2 route add 10.0.0.0/8 dev wg0
ip -n wireguard-mesh.r2 route add default via 203.0.113.10 dev wan

# r3 (line 39)
ip -n wireguard-mesh.r3 link set dev lo up
ip -n wireguard-mesh.r3 link add name wg0 mtu 1420 type wireguard
ip netns exec wireguard-mesh.r3 wg set wg0 listen-port 51820 private-key "$keys"/r3:wg0
ip netns exec wireguard-mesh.r3 wg set wg0 peer "$(wg pubkey <"$keys"/r1:wg0)" endpoint 203.0.113.5:51820 allowed-ips 10.9.0.1/32,10.9.0.9/32,10.1.0.0/24
ip netns exec wireguard-mesh.r3 wg set wg0 peer "$(wg pubkey <"$keys"/r2:wg0)" endpoint 203.0.113.9:51820 allowed-ips 10.9.0.2/32,10.2.0.0/24
ip -n wireguard-mesh.r3 link set dev wan up
ip -n wireguard-mesh.r3 link set dev eth0 up
ip -n wireguard-mesh.r3 link set dev wg0 up
ip -n wireguard-mesh.r3 address add 203.0.113.13/30 dev wan
ip -n wireguard-mesh.r3 address add 10.3.0.1/24 dev eth0
ip -n wireguard-mesh.r3 address add 10.9.0.3/24 dev wg0
ip -n wireguard-mesh.r3 route add 10.0.0.0/8 dev wg0
ip -n wireguard-mesh.r3 route add default via 203.0.113.14 dev wan

# laptop (line 52)
ip -n wireguard-mesh.laptop link set dev lo up
ip -n wireguard-mesh.laptop link add name wg0 mtu 1420 type wireguard
ip netns exec wireguard-mesh.laptop wg set wg0 listen-port 51820 private-key "$keys"/laptop:wg0
ip netns exec wireguard-mesh.laptop wg set wg0 peer "$(wg pubkey <"$keys"/r1:wg0)" endpoint 203.0.113.5:51820 persistent-keepalive 25 allowed-ips 10.0.0.0/8
ip -n wireguard-mesh.laptop link set dev wlan up
ip -n wireguard-mesh.laptop link set dev wg0 up
ip -n wireguard-mesh.laptop address add 198.18.0.9/24 dev wlan
ip -n wireguard-mesh.laptop address add 10.9.0.9/24 dev wg0
ip -n wireguard-mesh.laptop route add 10.0.0.0/8 dev wg0
ip -n wireguard-mesh.laptop route add default via 198.18.0.1 dev wlan

# h1 (line 59)
ip -n wireguard-mesh.h1 link set dev lo up
ip -n wireguard-mesh.h1 link set dev eth0 up
ip -n wireguard-mesh.h1 address add 10.1.0.10/24 dev eth0
ip -n wireguard-mesh.h1 route add default via 10.1.0.1 dev eth0

# h2 (line 59)
ip -n wireguard-mesh.h2 link set dev lo up
ip -n wireguard-mesh.h2 link set dev eth0 up
ip -n wireguard-mesh.h2 address add 10.2.0.10/24 dev eth0
ip -n wireguard-mesh.h2 route add default via 10.2.0.1 dev eth0

# h3 (line 59)
ip -n wireguard-mesh.h3 link set dev lo up
ip -n wireguard-mesh.h3 link set dev eth0 up
ip -n wireguard-mesh.h3 address add 10.3.0.10/24 dev eth0
ip -n wireguard-mesh.h3 route add default via 10.3.0.1 dev eth0
