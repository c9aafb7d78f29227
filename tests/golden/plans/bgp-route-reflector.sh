#!/bin/sh
# Builds the lab bgp-route-reflector by hand: what nslab does with bgp-route-reflector.yaml,
# in the words of ip(8), bridge(8) and sysctl(8). Needs root.
# `sh SCRIPT` builds it, `sh SCRIPT down` takes it away.
set -e

if [ "$1" = down ]; then
    state=/run/bgp-route-reflector.script
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
    stop bgp-route-reflector.c3 bird TERM
    stop bgp-route-reflector.c1 bird TERM
    stop bgp-route-reflector.r4 bird TERM
    stop bgp-route-reflector.r3 bird TERM
    stop bgp-route-reflector.r2 bird TERM
    stop bgp-route-reflector.r1 bird TERM
    stop bgp-route-reflector.rr bird TERM
    kill "$(cat "$state"/bgp-route-reflector.rr/holder)"
    kill "$(cat "$state"/bgp-route-reflector.r1/holder)"
    kill "$(cat "$state"/bgp-route-reflector.r2/holder)"
    kill "$(cat "$state"/bgp-route-reflector.r3/holder)"
    kill "$(cat "$state"/bgp-route-reflector.r4/holder)"
    kill "$(cat "$state"/bgp-route-reflector.c1/holder)"
    kill "$(cat "$state"/bgp-route-reflector.c3/holder)"
    umount -l "$state"
    rmdir "$state"
    for node in \
        bgp-route-reflector.rr \
        bgp-route-reflector.r1 \
        bgp-route-reflector.r2 \
        bgp-route-reflector.r3 \
        bgp-route-reflector.r4 \
        bgp-route-reflector.c1 \
        bgp-route-reflector.c3
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
state=/run/bgp-route-reflector.script
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
new_router bgp-route-reflector.rr
own_files bgp-route-reflector.rr /etc
put_directory bgp-route-reflector.rr /etc/bird 0755 root:root
put_file bgp-route-reflector.rr /etc/bird/bird.conf 0644 root:root <<'EOF'
# rr: `routing` of the topology says what is here.
log stderr all;
router id 10.255.0.100;

protocol device {
}

protocol direct {
  ipv4;
  ipv6;
  interface "lo", "eth0";
}

protocol kernel kernel4 {
  ipv4 {
    import none;
    export where source !~ [ RTS_DEVICE, RTS_STATIC, RTS_INHERIT ] && dest != RTD_UNREACHABLE;
  };
  merge paths;
}

protocol ospf v2 ospf4 {
  ipv4 {
    import all;
    export where source ~ [ RTS_INHERIT ];
  };
  area 0 {
    stubnet 10.255.0.100/32;
    interface "eth0" { cost 1; type ptp; hello 1; dead 4; retransmit 2; };
  };
}

filter told4 {
  if net ~ [ 10.255.0.100/32, 10.0.20.0/30 ] then accept;
  if source ~ [ RTS_BGP, RTS_INHERIT ] then accept;
  reject;
}

protocol bgp bgp_r1 {
  local 10.255.0.100 as 65000;
  neighbor 10.255.0.1 as 65000;
  rr client;
  connect delay time 1;
  connect retry time 2;
  error wait time 1, 4;
  hold time 9;
  keepalive time 3;
  ipv4 {
    import all;
    export filter told4;
    next hop self ebgp;
  };
}

protocol bgp bgp_r2 {
  local 10.255.0.100 as 65000;
  neighbor 10.255.0.2 as 65000;
  rr client;
  connect delay time 1;
  connect retry time 2;
  error wait time 1, 4;
  hold time 9;
  keepalive time 3;
  ipv4 {
    import all;
    export filter told4;
    next hop self ebgp;
  };
}

protocol bgp bgp_r3 {
  local 10.255.0.100 as 65000;
  neighbor 10.255.0.3 as 65000;
  rr client;
  connect delay time 1;
  connect retry time 2;
  error wait time 1, 4;
  hold time 9;
  keepalive time 3;
  ipv4 {
    import all;
    export filter told4;
    next hop self ebgp;
  };
}

protocol bgp bgp_r4 {
  local 10.255.0.100 as 65000;
  neighbor 10.255.0.4 as 65000;
  rr client;
  connect delay time 1;
  connect retry time 2;
  error wait time 1, 4;
  hold time 9;
  keepalive time 3;
  ipv4 {
    import all;
    export filter told4;
    next hop self ebgp;
  };
}
EOF
put_directory bgp-route-reflector.rr /run/bird 0755 root:root
new_router bgp-route-reflector.r1
own_files bgp-route-reflector.r1 /etc
put_directory bgp-route-reflector.r1 /etc/bird 0755 root:root
put_file bgp-route-reflector.r1 /etc/bird/bird.conf 0644 root:root <<'EOF'
# r1: `routing` of the topology says what is here.
log stderr all;
router id 10.255.0.1;

protocol device {
}

protocol direct {
  ipv4;
  ipv6;
  interface "lo", "eth0", "eth1", "eth2";
}

protocol kernel kernel4 {
  ipv4 {
    import none;
    export where source !~ [ RTS_DEVICE, RTS_STATIC, RTS_INHERIT ] && dest != RTD_UNREACHABLE;
  };
  merge paths;
}

protocol ospf v2 ospf4 {
  ipv4 {
    import all;
    export where source ~ [ RTS_INHERIT ];
  };
  area 0 {
    stubnet 10.255.0.1/32;
    interface "eth0" { cost 1; type ptp; hello 1; dead 4; retransmit 2; };
    interface "eth1" { cost 1; type ptp; hello 1; dead 4; retransmit 2; };
    interface "eth2" { cost 1; stub; };
  };
}

filter told4 {
  if net ~ [ 10.255.0.1/32, 10.0.12.0/30, 10.0.41.0/30, 192.0.2.0/30 ] then accept;
  if source ~ [ RTS_BGP, RTS_INHERIT ] then accept;
  reject;
}

filter told_outside4 {
  if net ~ [ 10.255.0.100/32, 10.0.20.0/30, 10.255.0.1/32, 10.0.12.0/30, 10.0.41.0/30, 192.0.2.0/30, 10.255.0.2/32, 10.0.23.0/30, 10.255.0.3/32, 10.0.34.0/30, 192.0.2.4/30, 10.255.0.4/32 ] then accept;
  if source ~ [ RTS_BGP, RTS_INHERIT ] then accept;
  reject;
}

protocol bgp bgp_c1 {
  local 192.0.2.2 as 65000;
  neighbor 192.0.2.1 as 65101;
  connect delay time 1;
  connect retry time 2;
  error wait time 1, 4;
  hold time 9;
  keepalive time 3;
  ipv4 {
    import all;
    export filter told_outside4;
  };
}

protocol bgp bgp_rr {
  local 10.255.0.1 as 65000;
  neighbor 10.255.0.100 as 65000;
  connect delay time 1;
  connect retry time 2;
  error wait time 1, 4;
  hold time 9;
  keepalive time 3;
  ipv4 {
    import all;
    export filter told4;
    next hop self ebgp;
  };
}
EOF
put_directory bgp-route-reflector.r1 /run/bird 0755 root:root
new_router bgp-route-reflector.r2
own_files bgp-route-reflector.r2 /etc
put_directory bgp-route-reflector.r2 /etc/bird 0755 root:root
put_file bgp-route-reflector.r2 /etc/bird/bird.conf 0644 root:root <<'EOF'
# r2: `routing` of the topology says what is here.
log stderr all;
router id 10.255.0.2;

protocol device {
}

protocol direct {
  ipv4;
  ipv6;
  interface "lo", "eth0", "eth1", "eth2";
}

protocol kernel kernel4 {
  ipv4 {
    import none;
    export where source !~ [ RTS_DEVICE, RTS_STATIC, RTS_INHERIT ] && dest != RTD_UNREACHABLE;
  };
  merge paths;
}

protocol ospf v2 ospf4 {
  ipv4 {
    import all;
    export where source ~ [ RTS_INHERIT ];
  };
  area 0 {
    stubnet 10.255.0.2/32;
    interface "eth0" { cost 1; type ptp; hello 1; dead 4; retransmit 2; };
    interface "eth1" { cost 1; type ptp; hello 1; dead 4; retransmit 2; };
    interface "eth2" { cost 1; type ptp; hello 1; dead 4; retransmit 2; };
  };
}

filter told4 {
  if net ~ [ 10.255.0.2/32, 10.0.20.0/30, 10.0.12.0/30, 10.0.23.0/30 ] then accept;
  if source ~ [ RTS_BGP, RTS_INHERIT ] then accept;
  reject;
}

protocol bgp bgp_rr {
  local 10.255.0.2 as 65000;
  neighbor 10.255.0.100 as 65000;
  connect delay time 1;
  connect retry time 2;
  error wait time 1, 4;
  hold time 9;
  keepalive time 3;
  ipv4 {
    import all;
    export filter told4;
    next hop self ebgp;
  };
}
EOF
put_directory bgp-route-reflector.r2 /run/bird 0755 root:root
new_router bgp-route-reflector.r3
own_files bgp-route-reflector.r3 /etc
put_directory bgp-route-reflector.r3 /etc/bird 0755 root:root
put_file bgp-route-reflector.r3 /etc/bird/bird.conf 0644 root:root <<'EOF'
# r3: `routing` of the topology says what is here.
log stderr all;
router id 10.255.0.3;

protocol device {
}

protocol direct {
  ipv4;
  ipv6;
  interface "lo", "eth0", "eth1", "eth2";
}

protocol kernel kernel4 {
  ipv4 {
    import none;
    export where source !~ [ RTS_DEVICE, RTS_STATIC, RTS_INHERIT ] && dest != RTD_UNREACHABLE;
  };
  merge paths;
}

protocol ospf v2 ospf4 {
  ipv4 {
    import all;
    export where source ~ [ RTS_INHERIT ];
  };
  area 0 {
    stubnet 10.255.0.3/32;
    interface "eth0" { cost 1; type ptp; hello 1; dead 4; retransmit 2; };
    interface "eth1" { cost 1; type ptp; hello 1; dead 4; retransmit 2; };
    interface "eth2" { cost 1; stub; };
  };
}

filter told4 {
  if net ~ [ 10.255.0.3/32, 10.0.23.0/30, 10.0.34.0/30, 192.0.2.4/30 ] then accept;
  if source ~ [ RTS_BGP, RTS_INHERIT ] then accept;
  reject;
}

filter told_outside4 {
  if net ~ [ 10.255.0.100/32, 10.0.20.0/30, 10.255.0.1/32, 10.0.12.0/30, 10.0.41.0/30, 192.0.2.0/30, 10.255.0.2/32, 10.0.23.0/30, 10.255.0.3/32, 10.0.34.0/30, 192.0.2.4/30, 10.255.0.4/32 ] then accept;
  if source ~ [ RTS_BGP, RTS_INHERIT ] then accept;
  reject;
}

protocol bgp bgp_c3 {
  local 192.0.2.6 as 65000;
  neighbor 192.0.2.5 as 65103;
  connect delay time 1;
  connect retry time 2;
  error wait time 1, 4;
  hold time 9;
  keepalive time 3;
  ipv4 {
    import all;
    export filter told_outside4;
  };
}

protocol bgp bgp_rr {
  local 10.255.0.3 as 65000;
  neighbor 10.255.0.100 as 65000;
  connect delay time 1;
  connect retry time 2;
  error wait time 1, 4;
  hold time 9;
  keepalive time 3;
  ipv4 {
    import all;
    export filter told4;
    next hop self ebgp;
  };
}
EOF
put_directory bgp-route-reflector.r3 /run/bird 0755 root:root
new_router bgp-route-reflector.r4
own_files bgp-route-reflector.r4 /etc
put_directory bgp-route-reflector.r4 /etc/bird 0755 root:root
put_file bgp-route-reflector.r4 /etc/bird/bird.conf 0644 root:root <<'EOF'
# r4: `routing` of the topology says what is here.
log stderr all;
router id 10.255.0.4;

protocol device {
}

protocol direct {
  ipv4;
  ipv6;
  interface "lo", "eth0", "eth1";
}

protocol kernel kernel4 {
  ipv4 {
    import none;
    export where source !~ [ RTS_DEVICE, RTS_STATIC, RTS_INHERIT ] && dest != RTD_UNREACHABLE;
  };
  merge paths;
}

protocol ospf v2 ospf4 {
  ipv4 {
    import all;
    export where source ~ [ RTS_INHERIT ];
  };
  area 0 {
    stubnet 10.255.0.4/32;
    interface "eth0" { cost 1; type ptp; hello 1; dead 4; retransmit 2; };
    interface "eth1" { cost 1; type ptp; hello 1; dead 4; retransmit 2; };
  };
}

filter told4 {
  if net ~ [ 10.255.0.4/32, 10.0.34.0/30, 10.0.41.0/30 ] then accept;
  if source ~ [ RTS_BGP, RTS_INHERIT ] then accept;
  reject;
}

protocol bgp bgp_rr {
  local 10.255.0.4 as 65000;
  neighbor 10.255.0.100 as 65000;
  connect delay time 1;
  connect retry time 2;
  error wait time 1, 4;
  hold time 9;
  keepalive time 3;
  ipv4 {
    import all;
    export filter told4;
    next hop self ebgp;
  };
}
EOF
put_directory bgp-route-reflector.r4 /run/bird 0755 root:root
new_router bgp-route-reflector.c1
own_files bgp-route-reflector.c1 /etc
put_directory bgp-route-reflector.c1 /etc/bird 0755 root:root
put_file bgp-route-reflector.c1 /etc/bird/bird.conf 0644 root:root <<'EOF'
# c1: `routing` of the topology says what is here.
log stderr all;
router id 10.101.0.1;

protocol device {
}

protocol direct {
  ipv4;
  ipv6;
  interface "lo", "eth0";
}

protocol kernel kernel4 {
  ipv4 {
    import none;
    export where source !~ [ RTS_DEVICE, RTS_STATIC, RTS_INHERIT ] && dest != RTD_UNREACHABLE;
  };
  merge paths;
}

filter told4 {
  if net ~ [ 10.101.0.1/32, 192.0.2.0/30 ] then accept;
  if source ~ [ RTS_BGP, RTS_INHERIT ] then accept;
  reject;
}

filter told_outside4 {
  if net ~ [ 10.101.0.1/32, 192.0.2.0/30 ] then accept;
  if source ~ [ RTS_BGP, RTS_INHERIT ] then accept;
  reject;
}

protocol bgp bgp_r1 {
  local 192.0.2.1 as 65101;
  neighbor 192.0.2.2 as 65000;
  connect delay time 1;
  connect retry time 2;
  error wait time 1, 4;
  hold time 9;
  keepalive time 3;
  ipv4 {
    import all;
    export filter told_outside4;
  };
}
EOF
put_directory bgp-route-reflector.c1 /run/bird 0755 root:root
new_router bgp-route-reflector.c3
own_files bgp-route-reflector.c3 /etc
put_directory bgp-route-reflector.c3 /etc/bird 0755 root:root
put_file bgp-route-reflector.c3 /etc/bird/bird.conf 0644 root:root <<'EOF'
# c3: `routing` of the topology says what is here.
log stderr all;
router id 10.103.0.1;

protocol device {
}

protocol direct {
  ipv4;
  ipv6;
  interface "lo", "eth0";
}

protocol kernel kernel4 {
  ipv4 {
    import none;
    export where source !~ [ RTS_DEVICE, RTS_STATIC, RTS_INHERIT ] && dest != RTD_UNREACHABLE;
  };
  merge paths;
}

filter told4 {
  if net ~ [ 10.103.0.1/32, 192.0.2.4/30 ] then accept;
  if source ~ [ RTS_BGP, RTS_INHERIT ] then accept;
  reject;
}

filter told_outside4 {
  if net ~ [ 10.103.0.1/32, 192.0.2.4/30 ] then accept;
  if source ~ [ RTS_BGP, RTS_INHERIT ] then accept;
  reject;
}

protocol bgp bgp_r3 {
  local 192.0.2.5 as 65103;
  neighbor 192.0.2.6 as 65000;
  connect delay time 1;
  connect retry time 2;
  error wait time 1, 4;
  hold time 9;
  keepalive time 3;
  ipv4 {
    import all;
    export filter told_outside4;
  };
}
EOF
put_directory bgp-route-reflector.c3 /run/bird 0755 root:root

# The links
ip link add name eth0 netns bgp-route-reflector.rr numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns bgp-route-reflector.r2 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns bgp-route-reflector.r1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns bgp-route-reflector.r2 numtxqueues 1 numrxqueues 1
ip link add name eth2 netns bgp-route-reflector.r2 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns bgp-route-reflector.r3 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns bgp-route-reflector.r3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth0 netns bgp-route-reflector.r4 numtxqueues 1 numrxqueues 1
ip link add name eth1 netns bgp-route-reflector.r4 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth1 netns bgp-route-reflector.r1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns bgp-route-reflector.c1 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns bgp-route-reflector.r1 numtxqueues 1 numrxqueues 1
ip link add name eth0 netns bgp-route-reflector.c3 numtxqueues 1 numrxqueues 1 type veth \
    peer name eth2 netns bgp-route-reflector.r3 numtxqueues 1 numrxqueues 1

# rr (line 39)
ip -n bgp-route-reflector.rr link set dev lo up
ip -n bgp-route-reflector.rr link set dev eth0 up
ip -n bgp-route-reflector.rr address add 10.255.0.100/32 dev lo
ip -n bgp-route-reflector.rr address add 10.0.20.1/30 dev eth0

# r1 (line 43)
ip -n bgp-route-reflector.r1 link set dev lo up
ip -n bgp-route-reflector.r1 link set dev eth0 up
ip -n bgp-route-reflector.r1 link set dev eth1 up
ip -n bgp-route-reflector.r1 link set dev eth2 up
ip -n bgp-route-reflector.r1 address add 10.255.0.1/32 dev lo
ip -n bgp-route-reflector.r1 address add 10.0.12.1/30 dev eth0
ip -n bgp-route-reflector.r1 address add 10.0.41.2/30 dev eth1
ip -n bgp-route-reflector.r1 address add 192.0.2.2/30 dev eth2

# r2 (line 43)
ip -n bgp-route-reflector.r2 link set dev lo up
ip -n bgp-route-reflector.r2 link set dev eth0 up
ip -n bgp-route-reflector.r2 link set dev eth1 up
ip -n bgp-route-reflector.r2 link set dev eth2 up
ip -n bgp-route-reflector.r2 address add 10.255.0.2/32 dev lo
ip -n bgp-route-reflector.r2 address add 10.0.20.2/30 dev eth0
ip -n bgp-route-reflector.r2 address add 10.0.12.2/30 dev eth1
ip -n bgp-route-reflector.r2 address add 10.0.23.1/30 dev eth2

# r3 (line 43)
ip -n bgp-route-reflector.r3 link set dev lo up
ip -n bgp-route-reflector.r3 link set dev eth0 up
ip -n bgp-route-reflector.r3 link set dev eth1 up
ip -n bgp-route-reflector.r3 link set dev eth2 up
ip -n bgp-route-reflector.r3 address add 10.255.0.3/32 dev lo
ip -n bgp-route-reflector.r3 address add 10.0.23.2/30 dev eth0
ip -n bgp-route-reflector.r3 address add 10.0.34.1/30 dev eth1
ip -n bgp-route-reflector.r3 address add 192.0.2.6/30 dev eth2

# r4 (line 43)
ip -n bgp-route-reflector.r4 link set dev lo up
ip -n bgp-route-reflector.r4 link set dev eth0 up
ip -n bgp-route-reflector.r4 link set dev eth1 up
ip -n bgp-route-reflector.r4 address add 10.255.0.4/32 dev lo
ip -n bgp-route-reflector.r4 address add 10.0.34.2/30 dev eth0
ip -n bgp-route-reflector.r4 address add 10.0.41.1/30 dev eth1

# c1 (line 44)
ip -n bgp-route-reflector.c1 link set dev lo up
ip -n bgp-route-reflector.c1 link set dev eth0 up
ip -n bgp-route-reflector.c1 address add 10.101.0.1/32 dev lo
ip -n bgp-route-reflector.c1 address add 192.0.2.1/30 dev eth0

# c3 (line 45)
ip -n bgp-route-reflector.c3 link set dev lo up
ip -n bgp-route-reflector.c3 link set dev eth0 up
ip -n bgp-route-reflector.c3 address add 10.103.0.1/32 dev lo
ip -n bgp-route-reflector.c3 address add 192.0.2.5/30 dev eth0

# The programs
start bgp-route-reflector.rr bird env NSLAB_LAB=bgp-route-reflector NSLAB_NODE=rr /usr/sbin/bird -f -c /etc/bird/bird.conf
await 60 rr/bird \
    run_in bgp-route-reflector.rr sh -c 'ip route show exact 10.255.0.4/32 | grep -q .'
await 60 rr/bird \
    run_in bgp-route-reflector.rr sh -c 'ip route show exact 10.0.34.0/30 | grep -q .'
await 60 rr/bird \
    run_in bgp-route-reflector.rr sh -c 'ip route show exact 10.0.41.0/30 | grep -q .'
await 60 rr/bird \
    run_in bgp-route-reflector.rr sh -c 'ip route show exact 10.255.0.3/32 | grep -q .'
await 60 rr/bird \
    run_in bgp-route-reflector.rr sh -c 'ip route show exact 10.0.23.0/30 | grep -q .'
await 60 rr/bird \
    run_in bgp-route-reflector.rr sh -c 'ip route show exact 192.0.2.4/30 | grep -q .'
await 60 rr/bird \
    run_in bgp-route-reflector.rr sh -c 'ip route show exact 10.255.0.1/32 | grep -q .'
await 60 rr/bird \
    run_in bgp-route-reflector.rr sh -c 'ip route show exact 10.0.12.0/30 | grep -q .'
await 60 rr/bird \
    run_in bgp-route-reflector.rr sh -c 'ip route show exact 192.0.2.0/30 | grep -q .'
await 60 rr/bird \
    run_in bgp-route-reflector.rr sh -c 'ip route show exact 10.255.0.2/32 | grep -q .'
await 60 rr/bird \
    run_in bgp-route-reflector.rr sh -c 'ip route show exact 10.101.0.1/32 | grep -q .'
await 60 rr/bird \
    run_in bgp-route-reflector.rr sh -c 'ip route show exact 10.103.0.1/32 | grep -q .'
start bgp-route-reflector.r1 bird env NSLAB_LAB=bgp-route-reflector NSLAB_NODE=r1 /usr/sbin/bird -f -c /etc/bird/bird.conf
await 60 r1/bird \
    run_in bgp-route-reflector.r1 sh -c 'ip route show exact 10.255.0.3/32 | grep -q .'
await 60 r1/bird \
    run_in bgp-route-reflector.r1 sh -c 'ip route show exact 10.0.23.0/30 | grep -q .'
await 60 r1/bird \
    run_in bgp-route-reflector.r1 sh -c 'ip route show exact 10.0.34.0/30 | grep -q .'
await 60 r1/bird \
    run_in bgp-route-reflector.r1 sh -c 'ip route show exact 192.0.2.4/30 | grep -q .'
await 60 r1/bird \
    run_in bgp-route-reflector.r1 sh -c 'ip route show exact 10.255.0.100/32 | grep -q .'
await 60 r1/bird \
    run_in bgp-route-reflector.r1 sh -c 'ip route show exact 10.0.20.0/30 | grep -q .'
await 60 r1/bird \
    run_in bgp-route-reflector.r1 sh -c 'ip route show exact 10.255.0.4/32 | grep -q .'
await 60 r1/bird \
    run_in bgp-route-reflector.r1 sh -c 'ip route show exact 10.255.0.2/32 | grep -q .'
await 60 r1/bird \
    run_in bgp-route-reflector.r1 sh -c 'ip route show exact 10.101.0.1/32 | grep -q .'
await 60 r1/bird \
    run_in bgp-route-reflector.r1 sh -c 'ip route show exact 10.103.0.1/32 | grep -q .'
start bgp-route-reflector.r2 bird env NSLAB_LAB=bgp-route-reflector NSLAB_NODE=r2 /usr/sbin/bird -f -c /etc/bird/bird.conf
await 60 r2/bird \
    run_in bgp-route-reflector.r2 sh -c 'ip route show exact 10.255.0.4/32 | grep -q .'
await 60 r2/bird \
    run_in bgp-route-reflector.r2 sh -c 'ip route show exact 10.0.34.0/30 | grep -q .'
await 60 r2/bird \
    run_in bgp-route-reflector.r2 sh -c 'ip route show exact 10.0.41.0/30 | grep -q .'
await 60 r2/bird \
    run_in bgp-route-reflector.r2 sh -c 'ip route show exact 10.255.0.3/32 | grep -q .'
await 60 r2/bird \
    run_in bgp-route-reflector.r2 sh -c 'ip route show exact 192.0.2.4/30 | grep -q .'
await 60 r2/bird \
    run_in bgp-route-reflector.r2 sh -c 'ip route show exact 10.255.0.1/32 | grep -q .'
await 60 r2/bird \
    run_in bgp-route-reflector.r2 sh -c 'ip route show exact 192.0.2.0/30 | grep -q .'
await 60 r2/bird \
    run_in bgp-route-reflector.r2 sh -c 'ip route show exact 10.255.0.100/32 | grep -q .'
await 60 r2/bird \
    run_in bgp-route-reflector.r2 sh -c 'ip route show exact 10.101.0.1/32 | grep -q .'
await 60 r2/bird \
    run_in bgp-route-reflector.r2 sh -c 'ip route show exact 10.103.0.1/32 | grep -q .'
start bgp-route-reflector.r3 bird env NSLAB_LAB=bgp-route-reflector NSLAB_NODE=r3 /usr/sbin/bird -f -c /etc/bird/bird.conf
await 60 r3/bird \
    run_in bgp-route-reflector.r3 sh -c 'ip route show exact 10.255.0.1/32 | grep -q .'
await 60 r3/bird \
    run_in bgp-route-reflector.r3 sh -c 'ip route show exact 10.0.12.0/30 | grep -q .'
await 60 r3/bird \
    run_in bgp-route-reflector.r3 sh -c 'ip route show exact 10.0.41.0/30 | grep -q .'
await 60 r3/bird \
    run_in bgp-route-reflector.r3 sh -c 'ip route show exact 192.0.2.0/30 | grep -q .'
await 60 r3/bird \
    run_in bgp-route-reflector.r3 sh -c 'ip route show exact 10.255.0.100/32 | grep -q .'
await 60 r3/bird \
    run_in bgp-route-reflector.r3 sh -c 'ip route show exact 10.0.20.0/30 | grep -q .'
await 60 r3/bird \
    run_in bgp-route-reflector.r3 sh -c 'ip route show exact 10.255.0.4/32 | grep -q .'
await 60 r3/bird \
    run_in bgp-route-reflector.r3 sh -c 'ip route show exact 10.255.0.2/32 | grep -q .'
await 60 r3/bird \
    run_in bgp-route-reflector.r3 sh -c 'ip route show exact 10.101.0.1/32 | grep -q .'
await 60 r3/bird \
    run_in bgp-route-reflector.r3 sh -c 'ip route show exact 10.103.0.1/32 | grep -q .'
start bgp-route-reflector.r4 bird env NSLAB_LAB=bgp-route-reflector NSLAB_NODE=r4 /usr/sbin/bird -f -c /etc/bird/bird.conf
await 60 r4/bird \
    run_in bgp-route-reflector.r4 sh -c 'ip route show exact 10.255.0.100/32 | grep -q .'
await 60 r4/bird \
    run_in bgp-route-reflector.r4 sh -c 'ip route show exact 10.0.20.0/30 | grep -q .'
await 60 r4/bird \
    run_in bgp-route-reflector.r4 sh -c 'ip route show exact 10.255.0.2/32 | grep -q .'
await 60 r4/bird \
    run_in bgp-route-reflector.r4 sh -c 'ip route show exact 10.0.12.0/30 | grep -q .'
await 60 r4/bird \
    run_in bgp-route-reflector.r4 sh -c 'ip route show exact 10.0.23.0/30 | grep -q .'
await 60 r4/bird \
    run_in bgp-route-reflector.r4 sh -c 'ip route show exact 10.255.0.1/32 | grep -q .'
await 60 r4/bird \
    run_in bgp-route-reflector.r4 sh -c 'ip route show exact 192.0.2.0/30 | grep -q .'
await 60 r4/bird \
    run_in bgp-route-reflector.r4 sh -c 'ip route show exact 10.255.0.3/32 | grep -q .'
await 60 r4/bird \
    run_in bgp-route-reflector.r4 sh -c 'ip route show exact 192.0.2.4/30 | grep -q .'
await 60 r4/bird \
    run_in bgp-route-reflector.r4 sh -c 'ip route show exact 10.101.0.1/32 | grep -q .'
await 60 r4/bird \
    run_in bgp-route-reflector.r4 sh -c 'ip route show exact 10.103.0.1/32 | grep -q .'
start bgp-route-reflector.c1 bird env NSLAB_LAB=bgp-route-reflector NSLAB_NODE=c1 /usr/sbin/bird -f -c /etc/bird/bird.conf
await 60 c1/bird \
    run_in bgp-route-reflector.c1 sh -c 'ip route show exact 10.255.0.100/32 | grep -q .'
await 60 c1/bird \
    run_in bgp-route-reflector.c1 sh -c 'ip route show exact 10.0.20.0/30 | grep -q .'
await 60 c1/bird \
    run_in bgp-route-reflector.c1 sh -c 'ip route show exact 10.255.0.1/32 | grep -q .'
await 60 c1/bird \
    run_in bgp-route-reflector.c1 sh -c 'ip route show exact 10.0.12.0/30 | grep -q .'
await 60 c1/bird \
    run_in bgp-route-reflector.c1 sh -c 'ip route show exact 10.0.41.0/30 | grep -q .'
await 60 c1/bird \
    run_in bgp-route-reflector.c1 sh -c 'ip route show exact 10.255.0.2/32 | grep -q .'
await 60 c1/bird \
    run_in bgp-route-reflector.c1 sh -c 'ip route show exact 10.0.23.0/30 | grep -q .'
await 60 c1/bird \
    run_in bgp-route-reflector.c1 sh -c 'ip route show exact 10.255.0.3/32 | grep -q .'
await 60 c1/bird \
    run_in bgp-route-reflector.c1 sh -c 'ip route show exact 10.0.34.0/30 | grep -q .'
await 60 c1/bird \
    run_in bgp-route-reflector.c1 sh -c 'ip route show exact 192.0.2.4/30 | grep -q .'
await 60 c1/bird \
    run_in bgp-route-reflector.c1 sh -c 'ip route show exact 10.255.0.4/32 | grep -q .'
await 60 c1/bird \
    run_in bgp-route-reflector.c1 sh -c 'ip route show exact 10.103.0.1/32 | grep -q .'
start bgp-route-reflector.c3 bird env NSLAB_LAB=bgp-route-reflector NSLAB_NODE=c3 /usr/sbin/bird -f -c /etc/bird/bird.conf
await 60 c3/bird \
    run_in bgp-route-reflector.c3 sh -c 'ip route show exact 10.255.0.100/32 | grep -q .'
await 60 c3/bird \
    run_in bgp-route-reflector.c3 sh -c 'ip route show exact 10.0.20.0/30 | grep -q .'
await 60 c3/bird \
    run_in bgp-route-reflector.c3 sh -c 'ip route show exact 10.255.0.1/32 | grep -q .'
await 60 c3/bird \
    run_in bgp-route-reflector.c3 sh -c 'ip route show exact 10.0.12.0/30 | grep -q .'
await 60 c3/bird \
    run_in bgp-route-reflector.c3 sh -c 'ip route show exact 10.0.41.0/30 | grep -q .'
await 60 c3/bird \
    run_in bgp-route-reflector.c3 sh -c 'ip route show exact 192.0.2.0/30 | grep -q .'
await 60 c3/bird \
    run_in bgp-route-reflector.c3 sh -c 'ip route show exact 10.255.0.2/32 | grep -q .'
await 60 c3/bird \
    run_in bgp-route-reflector.c3 sh -c 'ip route show exact 10.0.23.0/30 | grep -q .'
await 60 c3/bird \
    run_in bgp-route-reflector.c3 sh -c 'ip route show exact 10.255.0.3/32 | grep -q .'
await 60 c3/bird \
    run_in bgp-route-reflector.c3 sh -c 'ip route show exact 10.0.34.0/30 | grep -q .'
await 60 c3/bird \
    run_in bgp-route-reflector.c3 sh -c 'ip route show exact 10.255.0.4/32 | grep -q .'
await 60 c3/bird \
    run_in bgp-route-reflector.c3 sh -c 'ip route show exact 10.101.0.1/32 | grep -q .'
