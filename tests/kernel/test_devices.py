# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Devices and VLANs, by the packets that pass and by what iproute2 says of them.

That each is made as its plan and its script say is test_topologies.py's business, for
labs/devices.yaml as for the shipped ones.
"""
import contextlib
import json
import pathlib
import subprocess
import time

import pytest
from support.host import SLOWNESS

pytestmark = pytest.mark.kernel


def ping(nslab, lab, source, to, *options, wait=2):
    """Whether one packet is answered."""
    done = nslab.exec(lab, source, "ping", "-n", "-c1", f"-W{wait}", *options, to)
    return done.status == 0


def read(nslab, lab, node, *command):
    return json.loads(nslab.exec(lab, node, *command).ok().out)


def answers_within(nslab, lab, source, to, seconds):
    end = time.monotonic() + seconds * SLOWNESS
    while not ping(nslab, lab, source, to, wait=1):
        if time.monotonic() > end:
            return False
    return True


# --- VLANs -----------------------------------------------------------------------------------


@pytest.mark.oracle
@pytest.mark.needs("bridge-vlan")
def test_vlans_are_kept_apart(nslab):
    with nslab.lab(nslab.topology("vlan-trunk")) as lab:
        assert ping(nslab, lab, "office1", "office2")
        assert ping(nslab, lab, "guest1", "guest2")
        # With an address of the other subnet it still has no way into the other VLAN.
        nslab.exec(lab, "office1", "ip", "addr", "add", "10.0.1.99/24", "dev", "eth0").ok()
        assert not ping(nslab, lab, "office1", "10.0.1.1", "-I", "10.0.1.99")
        nslab.exec(lab, "sw1", "bridge", "vlan", "del", "dev", "eth0", "vid", "10").ok()
        nslab.exec(lab, "sw1", *"bridge vlan add dev eth0 vid 20 pvid untagged".split()).ok()
        assert answers_within(nslab, lab, "office1", "10.0.1.1", 10)


TRUNK = """
nodes:
  sw1: {kind: switch, interfaces: {br0: {addresses: [10.0.0.3/24]}, mgmt: {type: vlan, parent: br0, id: 9, addresses: [10.9.0.3/24]}}}
  h1: {interfaces: {v9: {type: vlan, parent: eth0, id: 9, addresses: [10.9.0.1/24]}, v8: {type: vlan, parent: eth0, id: 8, addresses: [10.8.0.1/24]}}}
  h2: {interfaces: {v8: {type: vlan, parent: eth0, id: 8, addresses: [10.8.0.2/24]}}}
  h3:
links:
  - {endpoints: [h1, sw1], vlan: {tagged: [8-12], untagged: 1}, addresses: [10.0.0.1/24, ~]}
  - {endpoints: [h2, sw1], vlan: {tagged: [8]}, addresses: [10.0.0.2/24, ~]}
  - {endpoints: [h3, sw1], addresses: [10.0.0.4/24, ~]}
"""


@pytest.mark.oracle
@pytest.mark.needs("vlan", "bridge-vlan")
def test_a_trunk_carries_what_it_says(nslab):
    with nslab.lab(TRUNK) as lab:
        ports = {p["ifname"]: p["vlans"] for p in read(nslab, lab, "sw1", "bridge", "-j", "vlan")}
        pvid = {"vlan": 1, "flags": ["PVID", "Egress Untagged"]}
        assert ports["eth0"] == [pvid, *({"vlan": number} for number in range(8, 13))]
        assert ports["eth1"] == [{"vlan": 8}]
        assert ports["eth2"] == [pvid]
        assert ports["br0"] == [pvid, {"vlan": 9}]
        assert ping(nslab, lab, "h1", "10.8.0.2")  # tagged to tagged
        assert ping(nslab, lab, "h1", "10.0.0.4")  # untagged: both are in VLAN 1
        assert ping(nslab, lab, "h1", "10.0.0.3")  # and so is the switch itself
        assert ping(nslab, lab, "h1", "10.9.0.3")  # which is in VLAN 9 too
        assert not ping(nslab, lab, "h2", "10.0.0.4", wait=1)  # untagged is dropped there


@pytest.mark.oracle
@pytest.mark.needs("vlan", "bridge-vlan")
def test_router_on_a_stick_tags(nslab):
    with nslab.lab(nslab.topology("router-on-a-stick")) as lab:
        details = read(nslab, lab, "r1", "ip", "-d", "-j", "link", "show", "eth0.20")[0]["linkinfo"]
        assert details["info_kind"] == "vlan"
        assert details["info_data"]["id"] == 20
        assert ping(nslab, lab, "pc", "db")
        nslab.exec(lab, "r1", "ip", "link", "set", "eth0.20", "down").ok()
        assert not ping(nslab, lab, "pc", "db", wait=1)
        assert ping(nslab, lab, "pc", "web")


# --- VRFs ------------------------------------------------------------------------------------


@pytest.mark.oracle
@pytest.mark.needs("vrf", "vlan")
def test_vrfs_with_the_same_addresses(nslab):
    with nslab.lab(nslab.topology("vrf-overlap")) as lab:
        for customer in "red", "blue":
            assert ping(nslab, lab, f"{customer}1", "10.2.0.10")
        nslab.exec(lab, "blue2", "ip", "link", "set", "eth0", "down").ok()
        assert ping(nslab, lab, "red1", "10.2.0.10")
        assert not ping(nslab, lab, "blue1", "10.2.0.10", wait=1)
        members = read(nslab, lab, "r1", "ip", "-j", "link", "show", "master", "red")
        assert {link["ifname"] for link in members} == {"red1", "to-red"}


# --- tunnels ---------------------------------------------------------------------------------

# The MTU that fits into 1500 bytes, and the family that is carried.
TUNNELS = {
    "gre": (1476, "4", ""),
    "gre, key: 7": (1472, "4", ""),
    "gretap": (1462, "4", ""),
    "ipip": (1480, "4", ""),
    "sit": (1480, "6", ""),
    "ip6gre": (1448, "4", "6"),
    "ip6tnl": (1452, "6", "6"),
    "vxlan, id: 7": (1450, "4", ""),
    "vxlan, id: 8": (1430, "4", "6"),
    "geneve, id: 7": (1450, "4", ""),
    "geneve, id: 8": (1430, "6", "6"),
}


def tunnel_lab(kind, carried, over):
    inner = {"4": "10.9.0.{}/24", "6": "fd09::{}/64"}[carried]
    outer = {"": "10.0.0.{}", "6": "fd00::{}"}[over]

    def end(own, other):
        local = "" if kind.startswith("geneve") else f"local: '{outer.format(own)}', "
        keys = f"type: {kind}, {local}remote: '{outer.format(other)}', "
        return f"{{t0: {{{keys}addresses: ['{inner.format(own)}']}}}}"

    return f"""
nodes:
  h1: {{interfaces: {end(1, 2)}}}
  h2: {{interfaces: {end(2, 1)}}}
links:
  - endpoints: [h1, h2]
    addresses: [[10.0.0.1/24, fd00::1/64], [10.0.0.2/24, fd00::2/64]]
"""


def feature(kind):
    return pytest.mark.needs(kind.partition(",")[0])


@pytest.mark.oracle
@pytest.mark.parametrize(
    "kind", [pytest.param(k, marks=feature(k), id=k.replace(", ", "-")) for k in TUNNELS]
)
def test_tunnel_carries_what_fits(nslab, kind):
    mtu, carried, over = TUNNELS[kind]
    headers = {"4": 28, "6": 48}[carried]
    with nslab.lab(tunnel_lab(kind, carried, over)) as lab:
        link = read(nslab, lab, "h1", "ip", "-d", "-j", "link", "show", "t0")[0]
        assert link["mtu"] == mtu
        assert link["linkinfo"]["info_kind"] == kind.partition(",")[0]
        far = {"4": "10.9.0.2", "6": "fd09::2"}[carried]
        assert ping(nslab, lab, "h1", far, "-M", "do", "-s", str(mtu - headers))
        assert not ping(nslab, lab, "h1", far, "-M", "do", "-s", str(mtu - headers + 1), wait=1)


@pytest.mark.needs("gre")
def test_tunnel_end_by_name(nslab):
    """Names stand for the ends, and for the next hop at the other one."""
    with nslab.lab(nslab.topology("gre-site-to-site")) as lab:
        info = read(nslab, lab, "r1", "ip", "-d", "-j", "link", "show", "gre1")[0]["linkinfo"]
        assert info["info_data"]["local"] == "203.0.113.1"
        assert info["info_data"]["remote"] == "198.51.100.1"
        assert ping(nslab, lab, "h1", "h2", "-M", "do", "-s", "1448")
        too_big = nslab.exec(lab, "h1", "ping", "-n", "-c1", "-W2", "-M", "do", "-s", "1449", "h2")
        assert "mtu = 1476" in too_big.out + too_big.err
        nslab.exec(lab, "isp", "ip", "link", "set", "eth0", "down").ok()
        assert not ping(nslab, lab, "h1", "h2", wait=1)


@pytest.mark.oracle
@pytest.mark.needs("vxlan")
def test_vxlan_joins_a_lan(nslab):
    with nslab.lab(nslab.topology("vxlan-fabric")) as lab:
        assert ping(nslab, lab, "h1", "h2", "-M", "do", "-s", "1422")
        mac = read(nslab, lab, "h2", "ip", "-j", "link", "show", "eth0")[0]["address"]
        neighbours = read(nslab, lab, "h1", "ip", "-j", "neigh")
        assert [n["lladdr"] for n in neighbours if n["dst"] == "10.9.0.2"] == [mac]
        nslab.exec(lab, "spine1", "ip", "link", "set", "leaf1", "down").ok()
        nslab.exec(lab, "spine1", "ip", "link", "set", "leaf2", "down").ok()
        assert answers_within(nslab, lab, "h1", "h2", 10)


# --- WireGuard -------------------------------------------------------------------------------


def shown(nslab, lab, node):
    """(the interface's own words, {public key: a peer's words}), as `wg show wg0 dump` has them."""
    own, *peers = nslab.exec(lab, node, "wg", "show", "wg0", "dump").ok().out.splitlines()
    names = "preshared", "endpoint", "allowed", "handshake", "received", "sent", "keepalive"
    found = {}
    for line in peers:
        key, *words = line.split("\t")
        found[key] = dict(zip(names, words))
    return dict(zip(("private", "public", "port", "fwmark"), own.split("\t"))), found


@pytest.mark.oracle
@pytest.mark.needs("wireguard")
def test_wireguard_sites(nslab):
    with nslab.lab(nslab.topology("wireguard-mesh")) as lab:
        nodes = {node: shown(nslab, lab, node) for node in ("r1", "r2", "r3", "laptop")}
        keys = {node: own["public"] for node, (own, _) in nodes.items()}
        assert len(set(keys.values())) == 4, "each has a key of its own"
        assert set(nodes["r1"][1]) == {keys["r2"], keys["r3"], keys["laptop"]}
        assert set(nodes["r3"][1]) == {keys["r1"], keys["r2"]}
        r2 = nodes["r3"][1][keys["r2"]]
        assert r2["endpoint"] == "203.0.113.9:51820"
        assert set(r2["allowed"].split(",")) == {"10.9.0.2/32", "10.2.0.0/24"}
        assert r2["handshake"] == "0", "nothing was to be said"
        assert nodes["laptop"][1][keys["r1"]]["keepalive"] == "25"

        assert answers_within(nslab, lab, "h2", "10.3.0.10", 20)
        assert shown(nslab, lab, "r3")[1][keys["r2"]]["handshake"] != "0"
        assert ping(nslab, lab, "h2", "10.3.0.10", "-M", "do", "-s", "1392")
        too_big = nslab.exec(lab, "h2", *"ping -n -c1 -W2 -M do -s 1393 10.3.0.10".split())
        assert "mtu = 1420" in too_big.out + too_big.err


@pytest.mark.needs("wireguard")
def test_wireguard_follows_who_moves(nslab):
    with nslab.lab(nslab.topology("wireguard-mesh")) as lab:
        key = shown(nslab, lab, "laptop")[0]["public"]
        assert answers_within(nslab, lab, "laptop", "10.1.0.10", 20)
        assert shown(nslab, lab, "r1")[1][key]["endpoint"] == "198.18.0.9:51820"
        assert ping(nslab, lab, "h2", "10.9.0.9"), "by way of r1"
        for command in (
            "ip addr del 198.18.0.9/24 dev wlan",
            "ip addr add 198.18.0.77/24 dev wlan",
            "ip route add default via 198.18.0.1",
        ):
            nslab.exec(lab, "laptop", *command.split()).ok()
        assert answers_within(nslab, lab, "laptop", "10.1.0.10", 20)
        assert shown(nslab, lab, "r1")[1][key]["endpoint"] == "198.18.0.77:51820"
        assert ping(nslab, lab, "h2", "10.9.0.9")


PRIVATE = "qHzXs7XFT2HsD61rrGzC1CbCX/ZFwvbONiAr65u0nGY="
PUBLIC = "UE5WDPChRBKkcAcaBLoYRP0zWHDdFVAYJ66XPCfmiDw="  # by `wg pubkey`
SHARED = "65pDbauSHbiRy+vDRgJPWo4heuAUZQUJ6qsiM+Mq97Q="
STRANGER = "2CZ6eN3nnAdVN4cK38EZyi5bdERS6ThLhWNIEQAKu1Y="
KEYS = f"""
addressing: {{links: ["fd00::/48"]}}
nodes:
  a:
    interfaces:
      wg0:
        type: wireguard
        private-key: {PRIVATE}
        listen-port: 7000
        addresses: ["fd09::1/64"]
        peers:
          - {{node: b, preshared-key: {SHARED}}}
          - {{node: c, preshared-key: generate}}
          - {{public-key: {STRANGER}, endpoint: "[fd00::99]:9", allowed-ips: ["fd07::/16"]}}
  b:
    interfaces:
      wg0:
        type: wireguard
        addresses: ["fd09::2/64"]
        peers: [{{node: a, preshared-key: {SHARED}}}]
  c:
    interfaces:
      wg0:
        type: wireguard
        private-key: generate
        addresses: ["fd09::3/64"]
        peers: [{{node: a, preshared-key: generate}}]
links:
  - lan: [a, b, c]
"""


@pytest.mark.needs("wireguard")
def test_wireguard_keys(nslab):
    """Those of the file, those that are drawn, and that nobody is told who need not know."""
    drawn = set()
    for _ in range(2):
        with nslab.lab(KEYS) as lab:
            (a, of_a), (b, of_b), (c, of_c) = (shown(nslab, lab, node) for node in "abc")
            assert (a["private"], a["public"], a["port"]) == (PRIVATE, PUBLIC, "7000")
            assert set(of_a) == {b["public"], c["public"], STRANGER}
            assert of_a[b["public"]]["preshared"] == of_b[PUBLIC]["preshared"] == SHARED
            assert of_a[c["public"]]["preshared"] == of_c[PUBLIC]["preshared"] != "(none)"
            assert of_a[STRANGER]["preshared"] == "(none)"
            assert of_a[STRANGER]["endpoint"] == "[fd00::99]:9"
            assert of_b[PUBLIC]["endpoint"] == "[fd00::1]:7000"
            drawn |= {b["private"], c["private"], of_a[c["public"]]["preshared"]}
            assert answers_within(nslab, lab, "b", "fd09::1", 20)
            assert answers_within(nslab, lab, "a", "fd09::3", 20)
            state = "/run/nslab" if nslab.who == "root" else nslab.runtime / "nslab"
            told = nslab.sh(f"find {state} -type f -exec cat {{}} +").ok().out
            told += nslab.run("status", lab).ok().out + nslab.run("status", "--json", lab).ok().out
            assert "wg0" in told or lab in told
            for key in (PRIVATE, SHARED, *drawn):
                assert key not in told
    assert len(drawn) == 6, "drawn anew each time"


# --- bonds, spanning trees -------------------------------------------------------------------


@pytest.mark.oracle
@pytest.mark.needs("bond")
def test_bond_fails_over(nslab):
    with nslab.lab(nslab.topology("bond-failover")) as lab:
        show = ("ip", "-d", "-j", "link", "show", "bond0")
        details = read(nslab, lab, "server", *show)[0]["linkinfo"]["info_data"]
        assert (details["mode"], details["miimon"]) == ("active-backup", 100)
        active = details["active_slave"]
        assert active in ("eth0", "eth1")
        assert ping(nslab, lab, "client", "server")
        switch = {"eth0": "sw1", "eth1": "sw2"}[active]
        nslab.exec(lab, switch, "ip", "link", "set", "eth0", "down").ok()
        assert answers_within(nslab, lab, "client", "server", 5)
        details = read(nslab, lab, "server", *show)[0]["linkinfo"]["info_data"]
        assert details["active_slave"] != active


def port_states(nslab, lab):
    return [
        (switch, port["ifname"], port["state"])
        for switch in ("sw1", "sw2", "sw3")
        for port in read(nslab, lab, switch, "bridge", "-j", "link")
    ]


@pytest.mark.oracle
def test_spanning_tree(nslab):
    """Ready when `up` says so; one of the ring's six ports blocks; and it mends itself."""
    with nslab.lab(nslab.topology("stp-loop")) as lab:
        states = port_states(nslab, lab)
        assert {state for _, _, state in states} == {"forwarding", "blocking"}
        assert len([state for _, _, state in states if state == "blocking"]) == 1
        for source, to in ("h1", "h2"), ("h2", "h3"), ("h3", "h1"):
            assert ping(nslab, lab, source, to)
        nslab.exec(lab, "sw1", "ip", "link", "set", "eth1", "down").ok()
        assert answers_within(nslab, lab, "h1", "h2", 60)


SAID = """
nodes:
  sw1: {kind: switch, bridge: {stp: true, vlan-filtering: true, ageing: 7s, multicast-snooping: true}}
  sw2: {kind: switch}
"""


@pytest.mark.needs("bridge-vlan")
def test_what_is_said_of_a_switch(nslab):
    with nslab.lab(SAID) as lab:
        for switch, wanted in ("sw1", (1, 1, 1, 700)), ("sw2", (0, 0, 0, 30000)):
            link = read(nslab, lab, switch, *"ip -d -j link show br0".split())[0]["linkinfo"]
            names = "stp_state", "vlan_filtering", "mcast_snooping", "ageing_time"
            assert tuple(link["info_data"][name] for name in names) == wanted


BRIDGED = """
nodes:
  r1: {kind: router, interfaces: {br: {type: bridge, ports: [eth0, eth1]}}}
  h1:
  h2:
links:
  - {endpoints: [h1, r1:eth0], addresses: [10.0.0.1/24, ~]}
  - {endpoints: [h2, r1:eth1], addresses: [10.0.0.2/24, ~]}
"""


@pytest.mark.oracle
@pytest.mark.needs("br_netfilter")
def test_bridge_in_a_router_does_not_filter(nslab):
    """Where the machine filters what its bridges pass on, as one with Docker does."""
    table = "table inet t { chain f { type filter hook forward priority 0; policy drop; }; }\n"
    with nslab.lab(BRIDGED) as lab:
        nslab.exec(lab, "r1", "nft", "-f", "-", input=table).ok()
        assert ping(nslab, lab, "h1", "10.0.0.2")
        nslab.exec(lab, "r1", "sysctl", "-w", "net.bridge.bridge-nf-call-iptables=1").ok()
        assert not ping(nslab, lab, "h1", "10.0.0.2", wait=1)


# --- paths that are narrower in the middle ---------------------------------------------------


@pytest.mark.oracle
@pytest.mark.parametrize("family, fits", [("4", 1372), ("6", 1352)])
def test_path_mtu_that_nobody_tells(nslab, family, fits):
    with nslab.lab(nslab.topology("pmtu-blackhole")) as lab:

        def send(source, to, size):
            words = f"ping -{family} -n -c1 -W1 -M do -s {size} {to}".split()
            done = nslab.exec(lab, source, *words)
            return done.status == 0, "mtu" in done.out + done.err

        assert send("h1", "h2", fits) == (True, False)
        assert send("h1", "h2", fits + 1) == (False, False), "not a word"
        assert send("h2", "h1", fits + 1) == (False, True), "the other router says it"
        nslab.exec(lab, "r1", *"nft flush chain inet nslab output".split()).ok()
        assert send("h1", "h2", fits + 1) == (False, True)


# --- tun and tap -----------------------------------------------------------------------------

PROGRAMS = """
nodes:
  h1:
    interfaces:
      t0: {type: tun, addresses: [10.7.0.1/24], mtu: 1400}
      t1: {type: tap, mac: 52:54:00:00:00:07}
"""


@pytest.mark.stock_kernel  # where everyone may open /dev/net/tun
def test_tun_and_tap_wait_for_a_program(nslab):
    with nslab.lab(PROGRAMS) as lab:
        links = {i["ifname"]: i for i in read(nslab, lab, "h1", "ip", "-d", "-j", "link")}
        for name, kind in ("t0", "tun"), ("t1", "tap"):
            assert links[name]["linkinfo"]["info_kind"] == "tun"
            assert links[name]["linkinfo"]["info_data"]["type"] == kind
            assert links[name]["linkinfo"]["info_data"]["persist"] is True
        assert links["t0"]["mtu"] == 1400
        assert links["t1"]["address"] == "52:54:00:00:00:07"


# --- what the kernel lacks -------------------------------------------------------------------


@contextlib.contextmanager
def kernel_without(module):
    """No MODULE, and none that the kernel could load by itself. It must be one that can go, unlike
    vrf and 8021q, and that is looked for by trying."""
    helper = pathlib.Path("/proc/sys/kernel/modprobe")
    before = helper.read_text()
    end = time.monotonic() + 10 * SLOWNESS  # those of labs before are taken away in the background
    while f"\n{module} " in "\n" + pathlib.Path("/proc/modules").read_text():
        # it fails also where it is gone, but something else needs what it needed
        subprocess.run(["/sbin/modprobe", "-q", "-r", module])
        assert time.monotonic() < end, f"{module} is in use"
        time.sleep(0.1)
    helper.write_text("/bin/false")
    try:
        yield
    finally:
        helper.write_text(before)


GENEVE = """
nodes:
  h1:
  r1: {interfaces: {g1: {type: geneve, id: 7, remote: 10.0.0.9}}}
"""


@pytest.mark.stock_kernel
def test_lab_is_refused_before_it_is_built(nslab):
    file = nslab.file(GENEVE, "v.yaml")
    with kernel_without("geneve"):
        refused = nslab.run("up", file)
        plain = nslab.run("up", nslab.file("nodes: {h1: }\n", "plain.yaml"))
    assert refused.status == 3
    assert "v.yaml:4:32: error: this kernel has no geneve interfaces" in refused.err
    assert "modprobe geneve" in refused.err
    assert plain.status == 0, "what needs none is not refused"
    nslab.run("down", "plain").ok()
    assert nslab.labs() == []
