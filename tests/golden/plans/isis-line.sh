#!/bin/sh
# Builds the lab isis-line by hand: what nslab does with isis-line.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    state=/run/isis-line.script
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
    stop isis-line.r4 isisd TERM
    stop isis-line.r3 isisd TERM
    stop isis-line.r2 isisd TERM
    stop isis-line.r1 isisd TERM
    stop isis-line.r4 zebra TERM
    stop isis-line.r3 zebra TERM
    stop isis-line.r2 zebra TERM
    stop isis-line.r1 zebra TERM
    kill "$(cat "$state"/isis-line.r1/holder)"
    kill "$(cat "$state"/isis-line.r2/holder)"
    kill "$(cat "$state"/isis-line.r3/holder)"
    kill "$(cat "$state"/isis-line.r4/holder)"
    umount -l "$state"
    rmdir "$state"
    for node in \
        isis-line.h1 \
        isis-line.r1 \
        isis-line.r2 \
        isis-line.r3 \
        isis-line.r4 \
        isis-line.h2
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
state=/run/isis-line.script
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
new_host isis-line.h1
new_router isis-line.r1
own_files isis-line.r1 /etc
put_directory isis-line.r1 /etc/frr 0755 root:root
put_file isis-line.r1 /etc/frr/isisd.conf 0644 root:root <<'EOF'
! `routing` of the topology says what is here.
hostname r1
log stdout
!
router isis lab
 is-type level-2-only
 lsp-gen-interval 1
 spf-interval 1
!
log stdout
router isis lab
 net 49.0001.0102.5500.0001.00
!
interface eth0
 ip router isis lab
 ipv6 router isis lab
 isis metric 1
 isis passive
!
interface eth1
 ip router isis lab
 ipv6 router isis lab
 isis metric 1
 isis hello-interval 1
 isis hello-multiplier 4
 isis network point-to-point
!
interface lo
 ip router isis lab
 ipv6 router isis lab
 isis passive
EOF
put_file isis-line.r1 /etc/frr/vtysh.conf 0644 root:root <<'EOF'
no service integrated-vtysh-config
EOF
put_file isis-line.r1 /etc/frr/zebra.conf 0644 root:root <<'EOF'
! `routing` of the topology says what is here.
hostname r1
log stdout
!
EOF
put_file isis-line.r1 /etc/group 0644 root:root <<'EOF'
root:x:0:
daemon:x:1:
tty:x:5:
www-data:x:33:
frr:x:0:root
frrvty:x:0:root
nogroup:x:65534:
EOF
put_directory isis-line.r1 /run/frr 0755 root:root
new_router isis-line.r2
own_files isis-line.r2 /etc
put_directory isis-line.r2 /etc/frr 0755 root:root
put_file isis-line.r2 /etc/frr/isisd.conf 0644 root:root <<'EOF'
! `routing` of the topology says what is here.
hostname r2
log stdout
!
router isis lab
 is-type level-2-only
 lsp-gen-interval 1
 spf-interval 1
!
log stdout
router isis lab
 net 49.0001.0102.5500.0002.00
!
interface eth0
 ip router isis lab
 ipv6 router isis lab
 isis metric 1
 isis hello-interval 1
 isis hello-multiplier 4
 isis network point-to-point
!
interface eth1
 ip router isis lab
 ipv6 router isis lab
 isis metric 1
 isis hello-interval 1
 isis hello-multiplier 4
 isis network point-to-point
!
interface lo
 ip router isis lab
 ipv6 router isis lab
 isis passive
EOF
put_file isis-line.r2 /etc/frr/vtysh.conf 0644 root:root <<'EOF'
no service integrated-vtysh-config
EOF
put_file isis-line.r2 /etc/frr/zebra.conf 0644 root:root <<'EOF'
! `routing` of the topology says what is here.
hostname r2
log stdout
!
EOF
put_file isis-line.r2 /etc/group 0644 root:root <<'EOF'
root:x:0:
daemon:x:1:
tty:x:5:
www-data:x:33:
frr:x:0:root
frrvty:x:0:root
nogroup:x:65534:
EOF
put_directory isis-line.r2 /run/frr 0755 root:root
new_router isis-line.r3
own_files isis-line.r3 /etc
put_directory isis-line.r3 /etc/frr 0755 root:root
put_file isis-line.r3 /etc/frr/isisd.conf 0644 root:root <<'EOF'
! `routing` of the topology says what is here.
hostname r3
log stdout
!
router isis lab
 is-type level-2-only
 lsp-gen-interval 1
 spf-interval 1
!
log stdout
router isis lab
 net 49.0001.0102.5500.0003.00
!
interface eth0
 ip router isis lab
 ipv6 router isis lab
 isis metric 1
 isis hello-interval 1
 isis hello-multiplier 4
 isis network point-to-point
!
interface eth1
 ip router isis lab
 ipv6 router isis lab
 isis metric 1
 isis hello-interval 1
 isis hello-multiplier 4
 isis network point-to-point
!
interface lo
 ip router isis lab
 ipv6 router isis lab
 isis passive
EOF
put_file isis-line.r3 /etc/frr/vtysh.conf 0644 root:root <<'EOF'
no service integrated-vtysh-config
EOF
put_file isis-line.r3 /etc/frr/zebra.conf 0644 root:root <<'EOF'
! `routing` of the topology says what is here.
hostname r3
log stdout
!
EOF
put_file isis-line.r3 /etc/group 0644 root:root <<'EOF'
root:x:0:
daemon:x:1:
tty:x:5:
www-data:x:33:
frr:x:0:root
frrvty:x:0:root
nogroup:x:65534:
EOF
put_directory isis-line.r3 /run/frr 0755 root:root
new_router isis-line.r4
own_files isis-line.r4 /etc
put_directory isis-line.r4 /etc/frr 0755 root:root
put_file isis-line.r4 /etc/frr/isisd.conf 0644 root:root <<'EOF'
! `routing` of the topology says what is here.
hostname r4
log stdout
!
router isis lab
 is-type level-2-only
 lsp-gen-interval 1
 spf-interval 1
!
log stdout
router isis lab
 net 49.0001.0102.5500.0004.00
!
interface eth0
 ip router isis lab
 ipv6 router isis lab
 isis metric 1
 isis hello-interval 1
 isis hello-multiplier 4
 isis network point-to-point
!
interface eth1
 ip router isis lab
 ipv6 router isis lab
 isis metric 1
 isis passive
!
interface lo
 ip router isis lab
 ipv6 router isis lab
 isis passive
EOF
put_file isis-line.r4 /etc/frr/vtysh.conf 0644 root:root <<'EOF'
no service integrated-vtysh-config
EOF
put_file isis-line.r4 /etc/frr/zebra.conf 0644 root:root <<'EOF'
! `routing` of the topology says what is here.
hostname r4
log stdout
!
EOF
put_file isis-line.r4 /etc/group 0644 root:root <<'EOF'
root:x:0:
daemon:x:1:
tty:x:5:
www-data:x:33:
frr:x:0:root
frrvty:x:0:root
nogroup:x:65534:
EOF
put_directory isis-line.r4 /run/frr 0755 root:root
new_host isis-line.h2

# The links
ip link add name eth0 netns isis-line.h1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns isis-line.r1 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns isis-line.r1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns isis-line.r2 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns isis-line.r2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns isis-line.r3 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns isis-line.r3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns isis-line.r4 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns isis-line.r4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns isis-line.h2 numtxqueues 1 numrxqueues 1

# h1 (line 30)
ip -n isis-line.h1 link set dev lo up
ip -n isis-line.h1 link set dev eth0 up
ip -n isis-line.h1 address add 10.0.0.1/24 dev eth0
ip -n isis-line.h1 address add fd00::1/64 dev eth0 nodad
ip -n isis-line.h1 route add default via 10.0.0.2 dev eth0
ip -n isis-line.h1 -6 route add default via fd00::2 dev eth0

# r1 (line 31)
ip -n isis-line.r1 link set dev lo up
ip -n isis-line.r1 link set dev eth0 up
ip -n isis-line.r1 link set dev eth1 up
ip -n isis-line.r1 address add 10.255.0.1/32 dev lo
ip -n isis-line.r1 address add fd00:ffff::1/128 dev lo nodad
ip -n isis-line.r1 address add 10.0.0.2/24 dev eth0
ip -n isis-line.r1 address add fd00::2/64 dev eth0 nodad
ip -n isis-line.r1 address add 10.0.1.1/30 dev eth1
ip -n isis-line.r1 address add fd00:0:0:1::1/64 dev eth1 nodad

# r2 (line 31)
ip -n isis-line.r2 link set dev lo up
ip -n isis-line.r2 link set dev eth0 up
ip -n isis-line.r2 link set dev eth1 up
ip -n isis-line.r2 address add 10.255.0.2/32 dev lo
ip -n isis-line.r2 address add fd00:ffff::2/128 dev lo nodad
ip -n isis-line.r2 address add 10.0.1.2/30 dev eth0
ip -n isis-line.r2 address add fd00:0:0:1::2/64 dev eth0 nodad
ip -n isis-line.r2 address add 10.0.1.5/30 dev eth1
ip -n isis-line.r2 address add fd00:0:0:2::1/64 dev eth1 nodad

# r3 (line 31)
ip -n isis-line.r3 link set dev lo up
ip -n isis-line.r3 link set dev eth0 up
ip -n isis-line.r3 link set dev eth1 up
ip -n isis-line.r3 address add 10.255.0.3/32 dev lo
ip -n isis-line.r3 address add fd00:ffff::3/128 dev lo nodad
ip -n isis-line.r3 address add 10.0.1.6/30 dev eth0
ip -n isis-line.r3 address add fd00:0:0:2::2/64 dev eth0 nodad
ip -n isis-line.r3 address add 10.0.1.9/30 dev eth1
ip -n isis-line.r3 address add fd00:0:0:3::1/64 dev eth1 nodad

# r4 (line 31)
ip -n isis-line.r4 link set dev lo up
ip -n isis-line.r4 link set dev eth0 up
ip -n isis-line.r4 link set dev eth1 up
ip -n isis-line.r4 address add 10.255.0.4/32 dev lo
ip -n isis-line.r4 address add fd00:ffff::4/128 dev lo nodad
ip -n isis-line.r4 address add 10.0.1.10/30 dev eth0
ip -n isis-line.r4 address add fd00:0:0:3::2/64 dev eth0 nodad
ip -n isis-line.r4 address add 10.0.2.1/24 dev eth1
ip -n isis-line.r4 address add fd00:0:0:4::1/64 dev eth1 nodad

# h2 (line 32)
ip -n isis-line.h2 link set dev lo up
ip -n isis-line.h2 link set dev eth0 up
ip -n isis-line.h2 address add 10.0.2.2/24 dev eth0
ip -n isis-line.h2 address add fd00:0:0:4::2/64 dev eth0 nodad
ip -n isis-line.h2 route add default via 10.0.2.1 dev eth0
ip -n isis-line.h2 -6 route add default via fd00:0:0:4::1 dev eth0

# The programs
start isis-line.r1 zebra env NSLAB_LAB=isis-line NSLAB_NODE=r1 /usr/lib/frr/zebra -u root -g root -f /etc/frr/zebra.conf
await 60 r1/zebra \
    run_in isis-line.r1 test -e /run/frr/zserv.api
start isis-line.r2 zebra env NSLAB_LAB=isis-line NSLAB_NODE=r2 /usr/lib/frr/zebra -u root -g root -f /etc/frr/zebra.conf
await 60 r2/zebra \
    run_in isis-line.r2 test -e /run/frr/zserv.api
start isis-line.r3 zebra env NSLAB_LAB=isis-line NSLAB_NODE=r3 /usr/lib/frr/zebra -u root -g root -f /etc/frr/zebra.conf
await 60 r3/zebra \
    run_in isis-line.r3 test -e /run/frr/zserv.api
start isis-line.r4 zebra env NSLAB_LAB=isis-line NSLAB_NODE=r4 /usr/lib/frr/zebra -u root -g root -f /etc/frr/zebra.conf
await 60 r4/zebra \
    run_in isis-line.r4 test -e /run/frr/zserv.api
start isis-line.r1 isisd env NSLAB_LAB=isis-line NSLAB_NODE=r1 /usr/lib/frr/isisd -u root -g root -f /etc/frr/isisd.conf
await 60 r1/isisd \
    run_in isis-line.r1 sh -c 'ip route show exact 10.255.0.4/32 | grep -q .'
await 60 r1/isisd \
    run_in isis-line.r1 sh -c 'ip route show exact 10.0.1.8/30 | grep -q .'
await 60 r1/isisd \
    run_in isis-line.r1 sh -c 'ip route show exact 10.0.2.0/24 | grep -q .'
await 60 r1/isisd \
    run_in isis-line.r1 sh -c 'ip route show exact 10.255.0.3/32 | grep -q .'
await 60 r1/isisd \
    run_in isis-line.r1 sh -c 'ip route show exact 10.0.1.4/30 | grep -q .'
await 60 r1/isisd \
    run_in isis-line.r1 sh -c 'ip route show exact 10.255.0.2/32 | grep -q .'
await 60 r1/isisd \
    run_in isis-line.r1 sh -c 'ip -6 route show exact fd00:ffff::4/128 | grep -q .'
await 60 r1/isisd \
    run_in isis-line.r1 sh -c 'ip -6 route show exact fd00:0:0:3::/64 | grep -q .'
await 60 r1/isisd \
    run_in isis-line.r1 sh -c 'ip -6 route show exact fd00:0:0:4::/64 | grep -q .'
await 60 r1/isisd \
    run_in isis-line.r1 sh -c 'ip -6 route show exact fd00:ffff::3/128 | grep -q .'
await 60 r1/isisd \
    run_in isis-line.r1 sh -c 'ip -6 route show exact fd00:0:0:2::/64 | grep -q .'
await 60 r1/isisd \
    run_in isis-line.r1 sh -c 'ip -6 route show exact fd00:ffff::2/128 | grep -q .'
start isis-line.r2 isisd env NSLAB_LAB=isis-line NSLAB_NODE=r2 /usr/lib/frr/isisd -u root -g root -f /etc/frr/isisd.conf
await 60 r2/isisd \
    run_in isis-line.r2 sh -c 'ip route show exact 10.255.0.4/32 | grep -q .'
await 60 r2/isisd \
    run_in isis-line.r2 sh -c 'ip route show exact 10.0.1.8/30 | grep -q .'
await 60 r2/isisd \
    run_in isis-line.r2 sh -c 'ip route show exact 10.0.2.0/24 | grep -q .'
await 60 r2/isisd \
    run_in isis-line.r2 sh -c 'ip route show exact 10.255.0.3/32 | grep -q .'
await 60 r2/isisd \
    run_in isis-line.r2 sh -c 'ip route show exact 10.255.0.1/32 | grep -q .'
await 60 r2/isisd \
    run_in isis-line.r2 sh -c 'ip route show exact 10.0.0.0/24 | grep -q .'
await 60 r2/isisd \
    run_in isis-line.r2 sh -c 'ip -6 route show exact fd00:ffff::4/128 | grep -q .'
await 60 r2/isisd \
    run_in isis-line.r2 sh -c 'ip -6 route show exact fd00:0:0:3::/64 | grep -q .'
await 60 r2/isisd \
    run_in isis-line.r2 sh -c 'ip -6 route show exact fd00:0:0:4::/64 | grep -q .'
await 60 r2/isisd \
    run_in isis-line.r2 sh -c 'ip -6 route show exact fd00:ffff::3/128 | grep -q .'
await 60 r2/isisd \
    run_in isis-line.r2 sh -c 'ip -6 route show exact fd00:ffff::1/128 | grep -q .'
await 60 r2/isisd \
    run_in isis-line.r2 sh -c 'ip -6 route show exact fd00::/64 | grep -q .'
start isis-line.r3 isisd env NSLAB_LAB=isis-line NSLAB_NODE=r3 /usr/lib/frr/isisd -u root -g root -f /etc/frr/isisd.conf
await 60 r3/isisd \
    run_in isis-line.r3 sh -c 'ip route show exact 10.255.0.1/32 | grep -q .'
await 60 r3/isisd \
    run_in isis-line.r3 sh -c 'ip route show exact 10.0.0.0/24 | grep -q .'
await 60 r3/isisd \
    run_in isis-line.r3 sh -c 'ip route show exact 10.0.1.0/30 | grep -q .'
await 60 r3/isisd \
    run_in isis-line.r3 sh -c 'ip route show exact 10.255.0.4/32 | grep -q .'
await 60 r3/isisd \
    run_in isis-line.r3 sh -c 'ip route show exact 10.0.2.0/24 | grep -q .'
await 60 r3/isisd \
    run_in isis-line.r3 sh -c 'ip route show exact 10.255.0.2/32 | grep -q .'
await 60 r3/isisd \
    run_in isis-line.r3 sh -c 'ip -6 route show exact fd00:ffff::1/128 | grep -q .'
await 60 r3/isisd \
    run_in isis-line.r3 sh -c 'ip -6 route show exact fd00::/64 | grep -q .'
await 60 r3/isisd \
    run_in isis-line.r3 sh -c 'ip -6 route show exact fd00:0:0:1::/64 | grep -q .'
await 60 r3/isisd \
    run_in isis-line.r3 sh -c 'ip -6 route show exact fd00:ffff::4/128 | grep -q .'
await 60 r3/isisd \
    run_in isis-line.r3 sh -c 'ip -6 route show exact fd00:0:0:4::/64 | grep -q .'
await 60 r3/isisd \
    run_in isis-line.r3 sh -c 'ip -6 route show exact fd00:ffff::2/128 | grep -q .'
start isis-line.r4 isisd env NSLAB_LAB=isis-line NSLAB_NODE=r4 /usr/lib/frr/isisd -u root -g root -f /etc/frr/isisd.conf
await 60 r4/isisd \
    run_in isis-line.r4 sh -c 'ip route show exact 10.255.0.1/32 | grep -q .'
await 60 r4/isisd \
    run_in isis-line.r4 sh -c 'ip route show exact 10.0.0.0/24 | grep -q .'
await 60 r4/isisd \
    run_in isis-line.r4 sh -c 'ip route show exact 10.0.1.0/30 | grep -q .'
await 60 r4/isisd \
    run_in isis-line.r4 sh -c 'ip route show exact 10.255.0.2/32 | grep -q .'
await 60 r4/isisd \
    run_in isis-line.r4 sh -c 'ip route show exact 10.0.1.4/30 | grep -q .'
await 60 r4/isisd \
    run_in isis-line.r4 sh -c 'ip route show exact 10.255.0.3/32 | grep -q .'
await 60 r4/isisd \
    run_in isis-line.r4 sh -c 'ip -6 route show exact fd00:ffff::1/128 | grep -q .'
await 60 r4/isisd \
    run_in isis-line.r4 sh -c 'ip -6 route show exact fd00::/64 | grep -q .'
await 60 r4/isisd \
    run_in isis-line.r4 sh -c 'ip -6 route show exact fd00:0:0:1::/64 | grep -q .'
await 60 r4/isisd \
    run_in isis-line.r4 sh -c 'ip -6 route show exact fd00:ffff::2/128 | grep -q .'
await 60 r4/isisd \
    run_in isis-line.r4 sh -c 'ip -6 route show exact fd00:0:0:2::/64 | grep -q .'
await 60 r4/isisd \
    run_in isis-line.r4 sh -c 'ip -6 route show exact fd00:ffff::3/128 | grep -q .'
