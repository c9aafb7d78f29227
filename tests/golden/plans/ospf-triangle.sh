#!/bin/sh
# Builds the lab ospf-triangle by hand: what nslab does with ospf-triangle.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    state=/run/ospf-triangle.script
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
    stop ospf-triangle.r2 ospfd TERM
    stop ospf-triangle.r2 zebra TERM
    stop ospf-triangle.r3 bird TERM
    stop ospf-triangle.r1 bird TERM
    kill "$(cat "$state"/ospf-triangle.r1/holder)"
    kill "$(cat "$state"/ospf-triangle.r3/holder)"
    kill "$(cat "$state"/ospf-triangle.r2/holder)"
    umount -l "$state"
    rmdir "$state"
    for node in \
        ospf-triangle.h1 \
        ospf-triangle.h2 \
        ospf-triangle.h3 \
        ospf-triangle.r1 \
        ospf-triangle.r3 \
        ospf-triangle.r2
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

# What nodes have besides their network: a file system each, services.
state=/run/ospf-triangle.script
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
new_host ospf-triangle.h1
new_host ospf-triangle.h2
new_host ospf-triangle.h3
new_router ospf-triangle.r1
own_files ospf-triangle.r1 /etc
put_file ospf-triangle.r1 /etc/bird/bird.conf 0644 root:root <<'EOF'
log stderr all;
router id 10.255.0.1;
# What there is of interfaces, from the kernel; what was learnt, into the kernel.
protocol device {}
protocol kernel { ipv4 { export where source = RTS_OSPF; }; }
protocol ospf v2 {
    area 0 {
        interface "r*" { type ptp; cost 10; hello 1; dead 4; retransmit 2; };
        # Others shall know of it, but nobody is there to speak to.
        interface "lan" { cost 10; stub; };
    };
}
EOF
put_directory ospf-triangle.r1 /run/bird 0755 root:root
new_router ospf-triangle.r3
own_files ospf-triangle.r3 /etc
put_file ospf-triangle.r3 /etc/bird/bird.conf 0644 root:root <<'EOF'
log stderr all;
router id 10.255.0.3;
# What there is of interfaces, from the kernel; what was learnt, into the kernel.
protocol device {}
protocol kernel { ipv4 { export where source = RTS_OSPF; }; }
protocol ospf v2 {
    area 0 {
        interface "r*" { type ptp; cost 10; hello 1; dead 4; retransmit 2; };
        # Others shall know of it, but nobody is there to speak to.
        interface "lan" { cost 10; stub; };
    };
}
EOF
put_directory ospf-triangle.r3 /run/bird 0755 root:root
new_router ospf-triangle.r2
own_files ospf-triangle.r2 /etc
put_directory ospf-triangle.r2 /etc/frr 0755 root:root
put_file ospf-triangle.r2 /etc/frr/ospfd.conf 0644 root:root <<'EOF'
interface r1
 ip ospf network point-to-point
 ip ospf cost 10
 ip ospf hello-interval 1
 ip ospf dead-interval 4
 ip ospf retransmit-interval 2
interface r3
 ip ospf network point-to-point
 ip ospf cost 10
 ip ospf hello-interval 1
 ip ospf dead-interval 4
 ip ospf retransmit-interval 2
interface lan
 ip ospf cost 10
 ip ospf passive
router ospf
 ospf router-id 10.255.0.2
 timers throttle spf 50 100 1000
 network 10.0.0.0/8 area 0
EOF
put_file ospf-triangle.r2 /etc/frr/vtysh.conf 0644 root:root <<'EOF'
no service integrated-vtysh-config
EOF
put_file ospf-triangle.r2 /etc/group 0644 root:root <<'EOF'
root:x:0:
frrvty:x:0:root
EOF
put_directory ospf-triangle.r2 /run/frr 0755 root:root

# The links
ip link add name lan netns ospf-triangle.r1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns ospf-triangle.h1 numtxqueues 1 numrxqueues 1
ip link add name lan netns ospf-triangle.r2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns ospf-triangle.h2 numtxqueues 1 numrxqueues 1
ip link add name lan netns ospf-triangle.r3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns ospf-triangle.h3 numtxqueues 1 numrxqueues 1
ip link add name r2 netns ospf-triangle.r1 numtxqueues 1 numrxqueues 1 type veth \
    peer name r1 netns ospf-triangle.r2 numtxqueues 1 numrxqueues 1
ip link add name r3 netns ospf-triangle.r2 numtxqueues 1 numrxqueues 1 type veth \
    peer name r2 netns ospf-triangle.r3 numtxqueues 1 numrxqueues 1
ip link add name r3 netns ospf-triangle.r1 numtxqueues 1 numrxqueues 1 type veth \
    peer name r1 netns ospf-triangle.r3 numtxqueues 1 numrxqueues 1

# h1 (line 100)
ip -n ospf-triangle.h1 link set dev lo up
ip -n ospf-triangle.h1 link set dev eth0 up
ip -n ospf-triangle.h1 address add 10.0.1.2/24 dev eth0
ip -n ospf-triangle.h1 route add default via 10.0.1.1 dev eth0

# h2 (line 100)
ip -n ospf-triangle.h2 link set dev lo up
ip -n ospf-triangle.h2 link set dev eth0 up
ip -n ospf-triangle.h2 address add 10.0.2.2/24 dev eth0
ip -n ospf-triangle.h2 route add default via 10.0.2.1 dev eth0

# h3 (line 100)
ip -n ospf-triangle.h3 link set dev lo up
ip -n ospf-triangle.h3 link set dev eth0 up
ip -n ospf-triangle.h3 address add 10.0.3.2/24 dev eth0
ip -n ospf-triangle.h3 route add default via 10.0.3.1 dev eth0

# r1 (line 101)
ip -n ospf-triangle.r1 link set dev lo up
ip -n ospf-triangle.r1 link set dev lan up
ip -n ospf-triangle.r1 link set dev r2 up
ip -n ospf-triangle.r1 link set dev r3 up
ip -n ospf-triangle.r1 address add 10.0.1.1/24 dev lan
ip -n ospf-triangle.r1 address add 10.0.12.1/24 dev r2
ip -n ospf-triangle.r1 address add 10.0.13.1/24 dev r3

# r3 (line 101)
ip -n ospf-triangle.r3 link set dev lo up
ip -n ospf-triangle.r3 link set dev lan up
ip -n ospf-triangle.r3 link set dev r2 up
ip -n ospf-triangle.r3 link set dev r1 up
ip -n ospf-triangle.r3 address add 10.0.3.1/24 dev lan
ip -n ospf-triangle.r3 address add 10.0.23.2/24 dev r2
ip -n ospf-triangle.r3 address add 10.0.13.2/24 dev r1

# r2 (line 102)
ip -n ospf-triangle.r2 link set dev lo up
ip -n ospf-triangle.r2 link set dev lan up
ip -n ospf-triangle.r2 link set dev r1 up
ip -n ospf-triangle.r2 link set dev r3 up
ip -n ospf-triangle.r2 address add 10.0.2.1/24 dev lan
ip -n ospf-triangle.r2 address add 10.0.12.2/24 dev r1
ip -n ospf-triangle.r2 address add 10.0.23.1/24 dev r3

# The programs
start ospf-triangle.r1 bird env NSLAB_LAB=ospf-triangle NSLAB_NODE=r1 bird -f -c /etc/bird/bird.conf
await 30 r1/bird \
    run_in ospf-triangle.r1 sh -c 'ip route show exact 10.0.1.0/24 | grep -q .'
await 30 r1/bird \
    run_in ospf-triangle.r1 sh -c 'ip route show exact 10.0.2.0/24 | grep -q .'
await 30 r1/bird \
    run_in ospf-triangle.r1 sh -c 'ip route show exact 10.0.3.0/24 | grep -q .'
start ospf-triangle.r3 bird env NSLAB_LAB=ospf-triangle NSLAB_NODE=r3 bird -f -c /etc/bird/bird.conf
await 30 r3/bird \
    run_in ospf-triangle.r3 sh -c 'ip route show exact 10.0.1.0/24 | grep -q .'
await 30 r3/bird \
    run_in ospf-triangle.r3 sh -c 'ip route show exact 10.0.2.0/24 | grep -q .'
await 30 r3/bird \
    run_in ospf-triangle.r3 sh -c 'ip route show exact 10.0.3.0/24 | grep -q .'
start ospf-triangle.r2 zebra env NSLAB_LAB=ospf-triangle NSLAB_NODE=r2 /usr/lib/frr/zebra -u root -g root -f /dev/null
await 30 r2/zebra \
    run_in ospf-triangle.r2 test -e /run/frr/zserv.api
start ospf-triangle.r2 ospfd env NSLAB_LAB=ospf-triangle NSLAB_NODE=r2 /usr/lib/frr/ospfd -u root -g root -f /etc/frr/ospfd.conf
await 30 r2/ospfd \
    run_in ospf-triangle.r2 sh -c 'ip route show exact 10.0.1.0/24 | grep -q .'
await 30 r2/ospfd \
    run_in ospf-triangle.r2 sh -c 'ip route show exact 10.0.2.0/24 | grep -q .'
await 30 r2/ospfd \
    run_in ospf-triangle.r2 sh -c 'ip route show exact 10.0.3.0/24 | grep -q .'
