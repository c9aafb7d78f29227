#!/bin/sh
# Builds the lab dhcp-relay by hand: what nslab does with dhcp-relay.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    state=/run/dhcp-relay.script
    stop() {
        pid=$(cat "$state/$1/$2.pid") || return 0
        kill -s "$3" -- "-$pid" || return 0
        tries=100
        while [ -e "/proc/$pid/exe" ] && [ $tries -gt 0 ]; do
            tries=$((tries - 1))
            sleep 0.1
        done
        kill -s KILL -- "-$pid" || return 0
    } 2>/dev/null
    stop dhcp-relay.pc3 client TERM
    stop dhcp-relay.pc2 client TERM
    stop dhcp-relay.pc1 client TERM
    stop dhcp-relay.dhcp server TERM
    stop dhcp-relay.r1 relay TERM
    kill "$(cat "$state"/dhcp-relay.pc1/holder)"
    kill "$(cat "$state"/dhcp-relay.pc2/holder)"
    kill "$(cat "$state"/dhcp-relay.pc3/holder)"
    kill "$(cat "$state"/dhcp-relay.r1/holder)"
    kill "$(cat "$state"/dhcp-relay.dhcp/holder)"
    umount -l "$state"
    rmdir "$state"
    for node in \
        dhcp-relay.pc1 \
        dhcp-relay.pc2 \
        dhcp-relay.pc3 \
        dhcp-relay.r1 \
        dhcp-relay.dhcp \
        dhcp-relay.@lan1 \
        dhcp-relay.@lan2
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

# What nodes have besides their network: a file system each, services.
state=/run/dhcp-relay.script
mkdir "$state"
mount -t tmpfs tmpfs "$state"
mount --make-private "$state"

# own_files NODE DIRECTORY…: what is changed in these directories, and in /run, /tmp and
# /var/tmp, is seen in the node alone.
own_files() {
    mkdir "$state/$1"
    mkfifo "$state/$1/made"
    nsenter --net="/run/netns/$1" unshare --mount --propagation slave sh -e -c '
        own=$1
        shift
        mount -t sysfs sysfs /sys
        for top; do
            mkdir -p "$own/upper$top" "$own/work$top"
            mount -t overlay overlay "$top" \
                -o "lowerdir=$top,upperdir=$own/upper$top,workdir=$own/work$top"
        done
        mount -t tmpfs -o mode=1777 tmpfs /var/tmp
        mount -t tmpfs -o mode=1777 tmpfs /tmp
        mount -t tmpfs -o mode=0755 tmpfs /run
        echo $$ >&3
        exec sleep infinity 2>/dev/null 3>&-
    ' - "$state/$@" </dev/null >/dev/null 3>"$state/$1/made" &
    read -r pid <"$state/$1/made"
    echo "$pid" >"$state/$1/holder"
}

# mounts NODE: its mount namespace, which a process of it holds.
mounts() {
    echo "/proc/$(cat "$state/$1/holder")/ns/mnt"
}

# run_in NODE COMMAND…: runs it in the node, and in the node's file system if it has one.
run_in() {
    node=$1
    shift
    if [ -e "$state/$node/holder" ]; then
        set -- nsenter --net="/run/netns/$node" --mount="$(mounts "$node")" "$@"
    else
        set -- ip netns exec "$node" "$@"
    fi
    (cd / && exec "$@")
}

# put_file NODE PATH MODE OWNER: a file with what it is handed.
put_file() {
    run_in "$1" sh -e -c '
        mkdir -p "$(dirname "$1")"
        cat >"$1"
        chown "$3" "$1"
        chmod "$2" "$1"
    ' - "$2" "$3" "$4"
}

# put_directory NODE PATH MODE OWNER: an empty directory.
put_directory() {
    run_in "$1" sh -e -c '
        mkdir -p "$1"
        mount -t tmpfs tmpfs "$1"
        chown "$3" "$1"
        chmod "$2" "$1"
    ' - "$2" "$3" "$4"
}

# start NODE SERVICE COMMAND…: starts it, as the leader of its own session.
start() {
    run=$state/$1/$2
    node=$1
    shift 2
    (cd / && exec setsid env --default-signal nsenter --net="/run/netns/$node" --mount="$(mounts "$node")" "$@") \
        </dev/null >"$run.log" 2>&1 &
    echo $! >"$run.pid"
}

# await SECONDS WHAT COMMAND…: waits until the command ends with 0.
await() {
    tries=$(($1 * 5))
    what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        if [ $tries -le 0 ]; then
            echo "$what is not ready in time" >&2
            exit 1
        fi
        sleep 0.2
    done
}

# The nodes
new_host dhcp-relay.pc1
own_files dhcp-relay.pc1 /etc
put_file dhcp-relay.pc1 /etc/udhcpc/script 0755 root:root <<'EOF'
#!/bin/sh
# udhcpc calls this with what has happened, and what it was given in variables.
case $1 in
deconfig)
    ip -4 addr flush dev $interface ;;
bound | renew)
    ip addr replace $ip/$mask dev $interface
    ip route replace default via $router
    echo $ip >/run/address ;;
esac
EOF
new_host dhcp-relay.pc2
own_files dhcp-relay.pc2 /etc
put_file dhcp-relay.pc2 /etc/udhcpc/script 0755 root:root <<'EOF'
#!/bin/sh
# udhcpc calls this with what has happened, and what it was given in variables.
case $1 in
deconfig)
    ip -4 addr flush dev $interface ;;
bound | renew)
    ip addr replace $ip/$mask dev $interface
    ip route replace default via $router
    echo $ip >/run/address ;;
esac
EOF
new_host dhcp-relay.pc3
own_files dhcp-relay.pc3 /etc
put_file dhcp-relay.pc3 /etc/udhcpc/script 0755 root:root <<'EOF'
#!/bin/sh
# udhcpc calls this with what has happened, and what it was given in variables.
case $1 in
deconfig)
    ip -4 addr flush dev $interface ;;
bound | renew)
    ip addr replace $ip/$mask dev $interface
    ip route replace default via $router
    echo $ip >/run/address ;;
esac
EOF
new_router dhcp-relay.r1
own_files dhcp-relay.r1 /etc
put_file dhcp-relay.r1 /etc/relay.conf 0644 root:root <<'EOF'
port=0
dhcp-relay=10.0.1.1,10.0.9.2
dhcp-relay=10.0.2.1,10.0.9.2
EOF
new_host dhcp-relay.dhcp
own_files dhcp-relay.dhcp /etc
put_file dhcp-relay.dhcp /etc/dhcp.conf 0644 root:root <<'EOF'
port=0
dhcp-leasefile=/run/leases
# Nobody else is there to have the address: do not ask first.
no-ping
# One range each: who asks through 10.0.1.1 is on 10.0.1.0/24.
dhcp-range=set:floor1,10.0.1.100,10.0.1.150,255.255.255.0,1h
dhcp-range=set:floor2,10.0.2.100,10.0.2.150,255.255.255.0,1h
dhcp-option=tag:floor1,option:router,10.0.1.1
dhcp-option=tag:floor2,option:router,10.0.2.1
EOF
new_switch dhcp-relay.@lan1
new_switch dhcp-relay.@lan2

# The links
ip link add name floor1 netns dhcp-relay.r1 numtxqueues 1 numrxqueues 1 type veth \
    peer name port1 netns dhcp-relay.@lan1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns dhcp-relay.pc1 numtxqueues 1 numrxqueues 1 type veth \
    peer name port2 netns dhcp-relay.@lan1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns dhcp-relay.pc2 numtxqueues 1 numrxqueues 1 type veth \
    peer name port3 netns dhcp-relay.@lan1 numtxqueues 1 numrxqueues 1
ip link add name floor2 netns dhcp-relay.r1 numtxqueues 1 numrxqueues 1 type veth \
    peer name port1 netns dhcp-relay.@lan2 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns dhcp-relay.pc3 numtxqueues 1 numrxqueues 1 type veth \
    peer name port2 netns dhcp-relay.@lan2 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns dhcp-relay.r1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns dhcp-relay.dhcp numtxqueues 1 numrxqueues 1

# pc1 (line 54)
ip -n dhcp-relay.pc1 link set dev lo up
ip -n dhcp-relay.pc1 link set dev eth0 up

# pc2 (line 54)
ip -n dhcp-relay.pc2 link set dev lo up
ip -n dhcp-relay.pc2 link set dev eth0 up

# pc3 (line 54)
ip -n dhcp-relay.pc3 link set dev lo up
ip -n dhcp-relay.pc3 link set dev eth0 up

# r1 (line 55)
ip -n dhcp-relay.r1 link set dev lo up
ip -n dhcp-relay.r1 link set dev floor1 up
ip -n dhcp-relay.r1 link set dev floor2 up
ip -n dhcp-relay.r1 link set dev eth0 up
ip -n dhcp-relay.r1 address add 10.0.1.1/24 dev floor1
ip -n dhcp-relay.r1 address add 10.0.2.1/24 dev floor2
ip -n dhcp-relay.r1 address add 10.0.9.1/24 dev eth0

# dhcp (line 65)
ip -n dhcp-relay.dhcp link set dev lo up
ip -n dhcp-relay.dhcp link set dev eth0 up
ip -n dhcp-relay.dhcp address add 10.0.9.2/24 dev eth0
ip -n dhcp-relay.dhcp route add default via 10.0.9.1 dev eth0

# @lan1: the bridge of a LAN (line 83)
ip -n dhcp-relay.@lan1 link set dev lo up
ip -n dhcp-relay.@lan1 link add name br0 type bridge forward_delay 0 mcast_snooping 0
ip -n dhcp-relay.@lan1 link set port1 master br0
ip -n dhcp-relay.@lan1 link set dev port1 up
ip -n dhcp-relay.@lan1 link set port2 master br0
ip -n dhcp-relay.@lan1 link set dev port2 up
ip -n dhcp-relay.@lan1 link set port3 master br0
ip -n dhcp-relay.@lan1 link set dev port3 up
ip -n dhcp-relay.@lan1 link set dev br0 up

# @lan2: the bridge of a LAN (line 84)
ip -n dhcp-relay.@lan2 link set dev lo up
ip -n dhcp-relay.@lan2 link add name br0 type bridge forward_delay 0 mcast_snooping 0
ip -n dhcp-relay.@lan2 link set port1 master br0
ip -n dhcp-relay.@lan2 link set dev port1 up
ip -n dhcp-relay.@lan2 link set port2 master br0
ip -n dhcp-relay.@lan2 link set dev port2 up
ip -n dhcp-relay.@lan2 link set dev br0 up

# The programs
start dhcp-relay.r1 relay env NSLAB_LAB=dhcp-relay NSLAB_NODE=r1 dnsmasq -d -C /etc/relay.conf
await 30 r1/relay \
    run_in dhcp-relay.r1 sh -c 'ss -Huln sport = :67 | grep -q .'
start dhcp-relay.dhcp server env NSLAB_LAB=dhcp-relay NSLAB_NODE=dhcp dnsmasq -d -C /etc/dhcp.conf
await 30 dhcp/server \
    run_in dhcp-relay.dhcp sh -c 'ss -Huln sport = :67 | grep -q .'
start dhcp-relay.pc1 client env NSLAB_LAB=dhcp-relay NSLAB_NODE=pc1 busybox udhcpc -f -i eth0 -t 100 -T 1 -s /etc/udhcpc/script
await 30 pc1/client \
    run_in dhcp-relay.pc1 sh -c 'ip route show exact 0.0.0.0/0 | grep -q .'
start dhcp-relay.pc2 client env NSLAB_LAB=dhcp-relay NSLAB_NODE=pc2 busybox udhcpc -f -i eth0 -t 100 -T 1 -s /etc/udhcpc/script
await 30 pc2/client \
    run_in dhcp-relay.pc2 sh -c 'ip route show exact 0.0.0.0/0 | grep -q .'
start dhcp-relay.pc3 client env NSLAB_LAB=dhcp-relay NSLAB_NODE=pc3 busybox udhcpc -f -i eth0 -t 100 -T 1 -s /etc/udhcpc/script
await 30 pc3/client \
    run_in dhcp-relay.pc3 sh -c 'ip route show exact 0.0.0.0/0 | grep -q .'
