#!/bin/sh
# Builds the lab http-load-balancer by hand: what nslab does with http-load-balancer.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    state=/run/http-load-balancer.script
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
    stop http-load-balancer.lb balancer TERM
    stop http-load-balancer.web3 http TERM
    stop http-load-balancer.web2 http TERM
    stop http-load-balancer.web1 http TERM
    kill "$(cat "$state"/http-load-balancer.lb/holder)"
    kill "$(cat "$state"/http-load-balancer.web1/holder)"
    kill "$(cat "$state"/http-load-balancer.web2/holder)"
    kill "$(cat "$state"/http-load-balancer.web3/holder)"
    umount -l "$state"
    rmdir "$state"
    for node in \
        http-load-balancer.client \
        http-load-balancer.lb \
        http-load-balancer.web1 \
        http-load-balancer.web2 \
        http-load-balancer.web3 \
        http-load-balancer.@lan1
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

# What nodes have besides their network: a file system each, services.
state=/run/http-load-balancer.script
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
new_host http-load-balancer.client
new_host http-load-balancer.lb
own_files http-load-balancer.lb /etc
put_file http-load-balancer.lb /etc/haproxy/haproxy.cfg 0644 root:root <<'EOF'
global
    log stdout format raw daemon notice
defaults
    mode http
    log global
    timeout connect 1s
    timeout client 10s
    timeout server 10s
frontend http
    bind :80
    stats enable
    stats uri /stats
    default_backend web
backend web
    balance roundrobin
    option redispatch
    option httpchk GET /
    default-server check inter 500ms fall 2 rise 2
    server web1 10.0.2.1:80
    server web2 10.0.2.2:80
    server web3 10.0.2.3:80
EOF
new_host http-load-balancer.web1
own_files http-load-balancer.web1 /srv
put_file http-load-balancer.web1 /srv/www/index.html 0644 root:root <<'EOF'
web1
EOF
new_host http-load-balancer.web2
own_files http-load-balancer.web2 /srv
put_file http-load-balancer.web2 /srv/www/index.html 0644 root:root <<'EOF'
web2
EOF
new_host http-load-balancer.web3
own_files http-load-balancer.web3 /srv
put_file http-load-balancer.web3 /srv/www/index.html 0644 root:root <<'EOF'
web3
EOF
new_switch http-load-balancer.@lan1

# The links
ip link add name eth0 netns http-load-balancer.client numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns http-load-balancer.lb numtxqueues 1 numrxqueues 1
ip link add name eth0 netns http-load-balancer.web1 numtxqueues 1 numrxqueues 1 type veth \
    peer name port1 netns http-load-balancer.@lan1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns http-load-balancer.web2 numtxqueues 1 numrxqueues 1 type veth \
    peer name port2 netns http-load-balancer.@lan1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns http-load-balancer.web3 numtxqueues 1 numrxqueues 1 type veth \
    peer name port3 netns http-load-balancer.@lan1 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns http-load-balancer.lb numtxqueues 1 numrxqueues 1 type veth \
    peer name port4 netns http-load-balancer.@lan1 numtxqueues 1 numrxqueues 1

# client (line 32)
ip -n http-load-balancer.client link set dev lo up
ip -n http-load-balancer.client link set dev eth0 up
ip -n http-load-balancer.client address add 10.0.1.1/24 dev eth0

# lb (line 33)
ip -n http-load-balancer.lb link set dev lo up
ip -n http-load-balancer.lb link set dev eth0 up
ip -n http-load-balancer.lb link set dev eth1 up
ip -n http-load-balancer.lb address add 10.0.1.2/24 dev eth0
ip -n http-load-balancer.lb address add 10.0.2.4/24 dev eth1

# web1 (line 64)
ip -n http-load-balancer.web1 link set dev lo up
ip -n http-load-balancer.web1 link set dev eth0 up
ip -n http-load-balancer.web1 address add 10.0.2.1/24 dev eth0

# web2 (line 64)
ip -n http-load-balancer.web2 link set dev lo up
ip -n http-load-balancer.web2 link set dev eth0 up
ip -n http-load-balancer.web2 address add 10.0.2.2/24 dev eth0

# web3 (line 64)
ip -n http-load-balancer.web3 link set dev lo up
ip -n http-load-balancer.web3 link set dev eth0 up
ip -n http-load-balancer.web3 address add 10.0.2.3/24 dev eth0

# @lan1: the bridge of a LAN (line 72)
ip -n http-load-balancer.@lan1 link set dev lo up
ip -n http-load-balancer.@lan1 link add name br0 type bridge forward_delay 0 mcast_snooping 0
ip -n http-load-balancer.@lan1 link set port1 master br0
ip -n http-load-balancer.@lan1 link set dev port1 up
ip -n http-load-balancer.@lan1 link set port2 master br0
ip -n http-load-balancer.@lan1 link set dev port2 up
ip -n http-load-balancer.@lan1 link set port3 master br0
ip -n http-load-balancer.@lan1 link set dev port3 up
ip -n http-load-balancer.@lan1 link set port4 master br0
ip -n http-load-balancer.@lan1 link set dev port4 up
ip -n http-load-balancer.@lan1 link set dev br0 up

# The programs
start http-load-balancer.web1 http env NSLAB_LAB=http-load-balancer NSLAB_NODE=web1 busybox httpd -f -p 80 -h /srv/www
await 30 web1/http \
    run_in http-load-balancer.web1 sh -c 'ss -Htln sport = :80 | grep -q .'
start http-load-balancer.web2 http env NSLAB_LAB=http-load-balancer NSLAB_NODE=web2 busybox httpd -f -p 80 -h /srv/www
await 30 web2/http \
    run_in http-load-balancer.web2 sh -c 'ss -Htln sport = :80 | grep -q .'
start http-load-balancer.web3 http env NSLAB_LAB=http-load-balancer NSLAB_NODE=web3 busybox httpd -f -p 80 -h /srv/www
await 30 web3/http \
    run_in http-load-balancer.web3 sh -c 'ss -Htln sport = :80 | grep -q .'
start http-load-balancer.lb balancer env NSLAB_LAB=http-load-balancer NSLAB_NODE=lb haproxy -db -f /etc/haproxy/haproxy.cfg
await 30 lb/balancer \
    run_in http-load-balancer.lb sh -c 'ss -Htln sport = :80 | grep -q .'
