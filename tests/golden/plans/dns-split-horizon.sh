#!/bin/sh
# Builds the lab dns-split-horizon by hand: what nslab does with dns-split-horizon.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    state=/run/dns-split-horizon.script
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
    stop dns-split-horizon.web http TERM
    stop dns-split-horizon.gw dns-outside TERM
    stop dns-split-horizon.gw dns-inside TERM
    kill "$(cat "$state"/dns-split-horizon.gw/holder)"
    kill "$(cat "$state"/dns-split-horizon.web/holder)"
    kill "$(cat "$state"/dns-split-horizon.pc/holder)"
    kill "$(cat "$state"/dns-split-horizon.net/holder)"
    umount -l "$state"
    rmdir "$state"
    for node in \
        dns-split-horizon.gw \
        dns-split-horizon.web \
        dns-split-horizon.pc \
        dns-split-horizon.net \
        dns-split-horizon.@lan1
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
state=/run/dns-split-horizon.script
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
new_router dns-split-horizon.gw
own_files dns-split-horizon.gw /etc
put_file dns-split-horizon.gw /etc/dns-inside.conf 0644 root:root <<'EOF'
# What stands here, and nothing that this machine knows from elsewhere.
no-hosts
no-resolv
bind-interfaces
listen-address=10.0.1.1
host-record=www.example.org,10.0.1.80
host-record=db.example.org,10.0.1.80
EOF
put_file dns-split-horizon.gw /etc/dns-outside.conf 0644 root:root <<'EOF'
no-hosts
no-resolv
bind-interfaces
listen-address=203.0.113.1
host-record=www.example.org,203.0.113.1
# All else in this domain: no such name.
local=/example.org/
EOF
new_host dns-split-horizon.web
own_files dns-split-horizon.web /srv
put_file dns-split-horizon.web /srv/www/index.html 0644 root:root <<'EOF'
the one page of example.org
EOF
new_host dns-split-horizon.pc
own_files dns-split-horizon.pc /etc
put_file dns-split-horizon.pc /etc/resolv.conf 0644 root:root <<'EOF'
nameserver 10.0.1.1
EOF
new_host dns-split-horizon.net
own_files dns-split-horizon.net /etc
put_file dns-split-horizon.net /etc/resolv.conf 0644 root:root <<'EOF'
nameserver 203.0.113.1
EOF
new_switch dns-split-horizon.@lan1

# The links
ip link add name inside netns dns-split-horizon.gw numtxqueues 1 numrxqueues 1 type veth \
    peer name port1 netns dns-split-horizon.@lan1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns dns-split-horizon.pc numtxqueues 1 numrxqueues 1 type veth \
    peer name port2 netns dns-split-horizon.@lan1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns dns-split-horizon.web numtxqueues 1 numrxqueues 1 type veth \
    peer name port3 netns dns-split-horizon.@lan1 numtxqueues 1 numrxqueues 1
ip link add name outside netns dns-split-horizon.gw numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns dns-split-horizon.net numtxqueues 1 numrxqueues 1

# gw (line 34)
ip -n dns-split-horizon.gw link set dev lo up
ip -n dns-split-horizon.gw link set dev inside up
ip -n dns-split-horizon.gw link set dev outside up
ip -n dns-split-horizon.gw address add 10.0.1.1/24 dev inside
ip -n dns-split-horizon.gw address add 203.0.113.1/24 dev outside
ip netns exec dns-split-horizon.gw nft -f - <<'EOF'
table inet nslab {
    chain prerouting-dnat {
        type nat hook prerouting priority dstnat;
        meta nfproto ipv4 iifname "outside" tcp dport 80 counter dnat ip to 10.0.1.80 comment "dns-split-horizon.yaml:37"
    }

    chain forward {
        type filter hook forward priority filter; policy drop;
        ct state established,related counter accept comment "dns-split-horizon.yaml:41"
        iifname "inside" counter accept comment "dns-split-horizon.yaml:42"
        iifname "outside" ip daddr 10.0.1.80 tcp dport 80 counter accept comment "dns-split-horizon.yaml:43"
    }

    chain postrouting-snat {
        type nat hook postrouting priority srcnat;
        oifname "outside" counter masquerade comment "dns-split-horizon.yaml:44"
    }
}
EOF

# web (line 73)
ip -n dns-split-horizon.web link set dev lo up
ip -n dns-split-horizon.web link set dev eth0 up
ip -n dns-split-horizon.web address add 10.0.1.80/24 dev eth0
ip -n dns-split-horizon.web route add default via 10.0.1.1 dev eth0

# pc (line 80)
ip -n dns-split-horizon.pc link set dev lo up
ip -n dns-split-horizon.pc link set dev eth0 up
ip -n dns-split-horizon.pc address add 10.0.1.10/24 dev eth0
ip -n dns-split-horizon.pc route add default via 10.0.1.1 dev eth0

# net (line 83)
ip -n dns-split-horizon.net link set dev lo up
ip -n dns-split-horizon.net link set dev eth0 up
ip -n dns-split-horizon.net address add 203.0.113.10/24 dev eth0

# @lan1: the bridge of a LAN (line 87)
ip -n dns-split-horizon.@lan1 link set dev lo up
ip -n dns-split-horizon.@lan1 link add name br0 type bridge forward_delay 0 mcast_snooping 0
ip -n dns-split-horizon.@lan1 link set port1 master br0
ip -n dns-split-horizon.@lan1 link set dev port1 up
ip -n dns-split-horizon.@lan1 link set port2 master br0
ip -n dns-split-horizon.@lan1 link set dev port2 up
ip -n dns-split-horizon.@lan1 link set port3 master br0
ip -n dns-split-horizon.@lan1 link set dev port3 up
ip -n dns-split-horizon.@lan1 link set dev br0 up

# The programs
start dns-split-horizon.gw dns-inside env NSLAB_LAB=dns-split-horizon NSLAB_NODE=gw dnsmasq -d -q -C /etc/dns-inside.conf
await 30 gw/dns-inside \
    run_in dns-split-horizon.gw sh -c 'ss -Huln sport = :53 | grep -q .'
start dns-split-horizon.gw dns-outside env NSLAB_LAB=dns-split-horizon NSLAB_NODE=gw dnsmasq -d -q -C /etc/dns-outside.conf
await 30 gw/dns-outside \
    grep -qE -e started "$state"/dns-split-horizon.gw/dns-outside.log
start dns-split-horizon.web http env NSLAB_LAB=dns-split-horizon NSLAB_NODE=web busybox httpd -f -p 80 -h /srv/www
await 30 web/http \
    run_in dns-split-horizon.web sh -c 'ss -Htln sport = :80 | grep -q .'
