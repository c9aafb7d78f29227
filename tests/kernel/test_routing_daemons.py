# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Routing daemons that the topology configures: BIRD and FRR speak to each other, as root and as an
ordinary user. A lab that is up has converged, so what is asked of it is asked at once.
"""
import json
import shlex
import time

import pytest
from support.host import PROGRAM, TIMEOUT

pytestmark = pytest.mark.kernel

HEAD = """
addressing: {links: [10.0.0.0/16, "fd00::/48"], loopbacks: [10.255.0.0/24, "fd00:0:0:ff::/64"]}
"""

# f2 comes after r1 and before r3; the way round is dearer.
OSPF = HEAD + """
routing: ospf
nodes:
  r1: {kind: router}
  f2: {kind: router, routing: {ospf: {hello: 1s}, daemon: frr, static: true}, routes: [{to: 10.77.0.0/16, type: blackhole}]}
  r3: {kind: router, routing: {ospf: , within: 2min}}
  h1:
  h2:
links:
  - {endpoints: [r1, f2], cost: 1}
  - {endpoints: [r1, r3], cost: 5}
  - {endpoints: [r3, f2], cost: 5}
  - [h1, r1]
  - [h2, f2]
"""

# AS 65001 reflects its routes, with one border; AS 65002 has a network that nobody is on.
BGP = HEAD + """
nodes:
  rr: {kind: router, routing: {ospf: , bgp: {asn: 65001, route-reflector: true}, daemon: frr}}
  c(1..2): {kind: router, routing: {ospf: , bgp: {asn: 65001}}}
  x1: {kind: router, routing: {bgp: {asn: 65002, networks: [10.99.0.0/16, "fd99::/32"]}, daemon: frr}}
  x2: {kind: router, routing: {bgp: {asn: 65003}}}
links:
  - [rr, c(1..2)]
  - [c2, x1]
  - [x1, x2]
"""

# Three labs in one, as they have nothing to do with each other.
OTHERS = HEAD + """
nodes:
  rip(1..3): {kind: router, routing: {rip: }}
  rip2: {routing: {daemon: frr}}
  isis(1..3): {kind: router, routing: isis}
  babel(1..3): {kind: router, routing: babel}
links:
  - {chain: rip(1..3)}
  - {chain: isis(1..3)}
  - {lan: [babel(1..2)]}
  - [babel2, babel3]
"""


def loopback(nslab, lab, node, family):
    """The address on NODE's lo that others know."""
    shown = nslab.exec(lab, node, "ip", f"-{family}", "-j", "address", "show", "dev", "lo").ok()
    found = [a["local"] for i in json.loads(shown.out) for a in i["addr_info"]]
    return next(a for a in found if a not in ("127.0.0.1", "::1"))


def ping(nslab, lab, node, to, **words):
    source = [word for key, value in words.items() for word in (f"-{key}", value)]
    return nslab.exec(lab, node, "ping", "-n", "-c1", "-W5", *source, to)


def routes(nslab, lab, node, family=4):
    """{"10.0.0.0/24": the route there}, of those that daemons brought."""
    shown = json.loads(nslab.exec(lab, node, "ip", f"-{family}", "-j", "route").ok().out)
    return {r["dst"]: r for r in shown if r.get("protocol") not in ("kernel", "boot", "static")}


def vtysh(nslab, lab, node, command):
    return json.loads(nslab.exec(lab, node, "vtysh", "-c", f"{command} json").ok().out)


def birdc(nslab, lab, node, *command):
    return nslab.exec(lab, node, "/usr/sbin/birdc", *command).ok().out


def assert_understood(nslab, lab, *services):
    """FRR goes on behind lines that it does not understand."""
    for service in services:
        said = nslab.run("logs", "-l", lab, service).ok().out
        assert "No such command" not in said, said


def until(what):
    end = time.monotonic() + TIMEOUT
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)


# b's link to c is set up later.
IDLE = """\
nodes:
  a: {kind: router, routing: {%(protocol)s}}
  b: {kind: router, routing: {%(protocol)s}}
  c:
links:
  - {endpoints: [a, b], subnets: [10.2.0.0/30]}
  - {endpoints: ["b:idle", c], subnets: [10.3.0.0/24], state: down}
"""


@pytest.mark.parametrize("protocol", ["ospf: {}", "rip: {}", "bgp: {asn: 65001}"], ids=lambda p: p[:3])
def test_nobody_waits_for_what_is_down(nslab, protocol):
    with nslab.lab(IDLE % {"protocol": protocol}) as lab:
        assert "10.3.0.0/24" not in routes(nslab, lab, "a")
        nslab.run("link", "up", "-l", lab, "b-c").ok()
        until(lambda: "10.3.0.0/24" in routes(nslab, lab, "a"))


def test_ospf(nslab):
    with nslab.lab(OSPF) as lab:
        assert_understood(nslab, lab, "f2/zebra", "f2/ospfd", "f2/ospf6d")
        for family in "4", "6":
            ping(nslab, lab, "h1", loopback(nslab, lab, "r3", family)).ok()
        ping(nslab, lab, "h1", "h2").ok()
        neighbours = vtysh(nslab, lab, "f2", "show ip ospf neighbor")["neighbors"]
        assert set(neighbours) == {
            loopback(nslab, lab, "r1", 4),
            loopback(nslab, lab, "r3", 4),
        }
        assert birdc(nslab, lab, "r1", "show", "ospf", "neighbors").count("Full/PtP") == 4
        found = routes(nslab, lab, "r1")
        assert "10.77.0.0/16" in found, "`static` is not announced"
        assert found["10.77.0.0/16"]["dev"] == "eth0"
        assert {r.get("dev") for r in routes(nslab, lab, "r1", 6).values()} == {"eth0", "eth1"}

        nslab.run("link", "down", "-l", lab, "r1-f2").ok()
        until(lambda: routes(nslab, lab, "r1").get("10.77.0.0/16", {}).get("dev") == "eth1")
        until(lambda: ping(nslab, lab, "h1", "h2").status == 0)
        nslab.run("link", "up", "-l", lab, "r1-f2").ok()
        until(lambda: routes(nslab, lab, "r1").get("10.77.0.0/16", {}).get("dev") == "eth0")


def test_bgp(nslab):
    with nslab.lab(BGP) as lab:
        assert_understood(nslab, lab, "rr/bgpd", "rr/ospfd", "x1/bgpd")
        summary = vtysh(nslab, lab, "rr", "show bgp summary")
        for family in "ipv4Unicast", "ipv6Unicast":
            assert [p["state"] for p in summary[family]["peers"].values()] == ["Established"] * 2
        sessions = [line.split() for line in birdc(nslab, lab, "c2", "show", "protocols").splitlines()]
        assert {s[0] for s in sessions if s[1:2] == ["BGP"] and s[-1] == "Established"} == {
            "bgp_rr",
            "bgp_rr_v6",
            "bgp_x1",
            "bgp_x1_v6",
        }
        for family, network in (4, "10.99.0.0/16"), (6, "fd99::/32"):
            assert network in routes(nslab, lab, "c1", family)
            assert network in routes(nslab, lab, "x2", family)
            far = loopback(nslab, lab, "c1", family)
            ping(nslab, lab, "x2", far, I=loopback(nslab, lab, "x2", family)).ok()
            path = vtysh(nslab, lab, "x1", f"show bgp ipv{family} unicast {far}")["paths"][0]
            assert path["aspath"]["string"] == "65001"


def test_others(nslab):
    with nslab.lab(OTHERS) as lab:
        assert_understood(nslab, lab, "rip2/ripd", "rip2/ripngd", "isis1/isisd")
        for name in "rip", "isis", "babel":
            for family in 4, 6:
                far = loopback(nslab, lab, f"{name}3", family)
                ping(nslab, lab, f"{name}1", far, I=loopback(nslab, lab, f"{name}1", family)).ok()
        neighbours = nslab.exec(lab, "isis2", "vtysh", "-c", "show isis neighbor").ok().out
        assert neighbours.count(" Up ") == 2, neighbours


def test_not_installed(nslab):
    """In a mount namespace in which there is no bird."""
    lab = nslab.file(OSPF)
    script = f"mount --bind /dev/null /usr/sbin/bird && exec {shlex.quote(str(PROGRAM))} up {lab}"
    refused = nslab.sh(f"exec unshare -rm sh -c {shlex.quote(script)}")
    assert refused.status == 3
    assert "r1/bird needs /usr/sbin/bird, which is not here" in refused.err
    assert "install the package bird2" in refused.err
    assert nslab.labs() == []
