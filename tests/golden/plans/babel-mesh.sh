#!/bin/sh
# Builds the lab babel-mesh by hand: what nslab does with babel-mesh.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    state=/run/babel-mesh.script
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
    stop babel-mesh.dairy bird TERM
    stop babel-mesh.chimney bird TERM
    stop babel-mesh.barn bird TERM
    stop babel-mesh.attic bird TERM
    kill "$(cat "$state"/babel-mesh.attic/holder)"
    kill "$(cat "$state"/babel-mesh.barn/holder)"
    kill "$(cat "$state"/babel-mesh.chimney/holder)"
    kill "$(cat "$state"/babel-mesh.dairy/holder)"
    umount -l "$state"
    rmdir "$state"
    for node in \
        babel-mesh.attic \
        babel-mesh.barn \
        babel-mesh.chimney \
        babel-mesh.dairy
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

# What nodes have besides their network: a file system each, services.
state=/run/babel-mesh.script
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
new_router babel-mesh.attic
own_files babel-mesh.attic /etc
put_file babel-mesh.attic /etc/bird/bird.conf 0644 root:root <<'EOF'
log stderr all;
protocol device {}
protocol direct { ipv4; }
protocol kernel { ipv4 { export where source = RTS_BABEL; }; }
protocol babel {
    ipv4 { import all; export all; };
    # Wireless: what a link costs is what it loses.
    interface "*" { type wireless; hello interval 200 ms; update interval 1 s; };
}
EOF
put_directory babel-mesh.attic /run/bird 0755 root:root
new_router babel-mesh.barn
own_files babel-mesh.barn /etc
put_file babel-mesh.barn /etc/bird/bird.conf 0644 root:root <<'EOF'
log stderr all;
protocol device {}
protocol direct { ipv4; }
protocol kernel { ipv4 { export where source = RTS_BABEL; }; }
protocol babel {
    ipv4 { import all; export all; };
    # Wireless: what a link costs is what it loses.
    interface "*" { type wireless; hello interval 200 ms; update interval 1 s; };
}
EOF
put_directory babel-mesh.barn /run/bird 0755 root:root
new_router babel-mesh.chimney
own_files babel-mesh.chimney /etc
put_file babel-mesh.chimney /etc/bird/bird.conf 0644 root:root <<'EOF'
log stderr all;
protocol device {}
protocol direct { ipv4; }
protocol kernel { ipv4 { export where source = RTS_BABEL; }; }
protocol babel {
    ipv4 { import all; export all; };
    # Wireless: what a link costs is what it loses.
    interface "*" { type wireless; hello interval 200 ms; update interval 1 s; };
}
EOF
put_directory babel-mesh.chimney /run/bird 0755 root:root
new_router babel-mesh.dairy
own_files babel-mesh.dairy /etc
put_file babel-mesh.dairy /etc/bird/bird.conf 0644 root:root <<'EOF'
log stderr all;
protocol device {}
protocol direct { ipv4; }
protocol kernel { ipv4 { export where source = RTS_BABEL; }; }
protocol babel {
    ipv4 { import all; export all; };
    # Wireless: what a link costs is what it loses.
    interface "*" { type wireless; hello interval 200 ms; update interval 1 s; };
}
EOF
put_directory babel-mesh.dairy /run/bird 0755 root:root

# The links
ip link add name barn netns babel-mesh.attic numtxqueues 1 numrxqueues 1 type veth \
    peer name attic netns babel-mesh.barn numtxqueues 1 numrxqueues 1
ip link add name chimney netns babel-mesh.attic numtxqueues 1 numrxqueues 1 type veth \
    peer name attic netns babel-mesh.chimney numtxqueues 1 numrxqueues 1
ip link add name dairy netns babel-mesh.attic numtxqueues 1 numrxqueues 1 type veth \
    peer name attic netns babel-mesh.dairy numtxqueues 1 numrxqueues 1
ip link add name chimney netns babel-mesh.barn numtxqueues 1 numrxqueues 1 type veth \
    peer name barn netns babel-mesh.chimney numtxqueues 1 numrxqueues 1
ip link add name dairy netns babel-mesh.barn numtxqueues 1 numrxqueues 1 type veth \
    peer name barn netns babel-mesh.dairy numtxqueues 1 numrxqueues 1
ip link add name dairy netns babel-mesh.chimney numtxqueues 1 numrxqueues 1 type veth \
    peer name chimney netns babel-mesh.dairy numtxqueues 1 numrxqueues 1

# attic (line 68)
ip -n babel-mesh.attic link set dev lo up
ip -n babel-mesh.attic link set dev barn up
ip -n babel-mesh.attic link set dev chimney up
ip -n babel-mesh.attic link set dev dairy up
ip -n babel-mesh.attic address add 10.255.0.1/32 dev lo
ip -n babel-mesh.attic address add 10.0.0.1/30 dev barn
ip -n babel-mesh.attic address add 10.0.0.5/30 dev chimney
ip -n babel-mesh.attic address add 10.0.0.9/30 dev dairy
ip netns exec babel-mesh.attic nft -f - <<'EOF'
table inet radio {
    chain hear {
        type filter hook prerouting priority raw
        iifname { "attic", "barn" } numgen random mod 2 0 drop
    }
}
EOF

# barn (line 69)
ip -n babel-mesh.barn link set dev lo up
ip -n babel-mesh.barn link set dev attic up
ip -n babel-mesh.barn link set dev chimney up
ip -n babel-mesh.barn link set dev dairy up
ip -n babel-mesh.barn address add 10.255.0.2/32 dev lo
ip -n babel-mesh.barn address add 10.0.0.2/30 dev attic
ip -n babel-mesh.barn address add 10.0.0.13/30 dev chimney
ip -n babel-mesh.barn address add 10.0.0.17/30 dev dairy
ip netns exec babel-mesh.barn nft -f - <<'EOF'
table inet radio {
    chain hear {
        type filter hook prerouting priority raw
        iifname { "attic", "barn" } numgen random mod 2 0 drop
    }
}
EOF

# chimney (line 70)
ip -n babel-mesh.chimney link set dev lo up
ip -n babel-mesh.chimney link set dev attic up
ip -n babel-mesh.chimney link set dev barn up
ip -n babel-mesh.chimney link set dev dairy up
ip -n babel-mesh.chimney address add 10.255.0.3/32 dev lo
ip -n babel-mesh.chimney address add 10.0.0.6/30 dev attic
ip -n babel-mesh.chimney address add 10.0.0.14/30 dev barn
ip -n babel-mesh.chimney address add 10.0.0.21/30 dev dairy

# dairy (line 71)
ip -n babel-mesh.dairy link set dev lo up
ip -n babel-mesh.dairy link set dev attic up
ip -n babel-mesh.dairy link set dev barn up
ip -n babel-mesh.dairy link set dev chimney up
ip -n babel-mesh.dairy address add 10.255.0.4/32 dev lo
ip -n babel-mesh.dairy address add 10.0.0.10/30 dev attic
ip -n babel-mesh.dairy address add 10.0.0.18/30 dev barn
ip -n babel-mesh.dairy address add 10.0.0.22/30 dev chimney

# The programs
start babel-mesh.attic bird env NSLAB_LAB=babel-mesh NSLAB_NODE=attic bird -f -c /etc/bird/bird.conf
await 30 attic/bird \
    run_in babel-mesh.attic env NSLAB_LAB=babel-mesh NSLAB_NODE=attic sh -c 'birdc show babel neighbors | grep -w 16'
start babel-mesh.barn bird env NSLAB_LAB=babel-mesh NSLAB_NODE=barn bird -f -c /etc/bird/bird.conf
await 30 barn/bird \
    run_in babel-mesh.barn env NSLAB_LAB=babel-mesh NSLAB_NODE=barn sh -c 'birdc show babel neighbors | grep -w 16'
start babel-mesh.chimney bird env NSLAB_LAB=babel-mesh NSLAB_NODE=chimney bird -f -c /etc/bird/bird.conf
await 30 chimney/bird \
    run_in babel-mesh.chimney env NSLAB_LAB=babel-mesh NSLAB_NODE=chimney sh -c 'birdc show babel neighbors | grep -w 16'
start babel-mesh.dairy bird env NSLAB_LAB=babel-mesh NSLAB_NODE=dairy bird -f -c /etc/bird/bird.conf
await 30 dairy/bird \
    run_in babel-mesh.dairy env NSLAB_LAB=babel-mesh NSLAB_NODE=dairy sh -c 'birdc show babel neighbors | grep -w 16'
