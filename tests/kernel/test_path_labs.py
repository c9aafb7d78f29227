# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Shortest paths at work: what the labs about them teach, and what the language says of `routing`."""
import json
import re

import pytest

pytestmark = pytest.mark.kernel


def routes(nslab, lab, node, *words):
    """The routes of NODE as ip tells them, those that the kernel gave by itself left out."""
    out = nslab.exec(lab, node, "ip", "-j", *words).ok().out
    return [r for r in json.loads(out) if r.get("protocol") != "kernel" and r.get("dev") != "lo"]


def hops(route):
    """{(gateway, interface)} of a route."""
    ways = route.get("nexthops") or [route]
    return {(way.get("gateway"), way["dev"]) for way in ways}


def ttl(nslab, lab, node, to, *options):
    out = nslab.exec(lab, node, "ping", "-n", "-c1", "-W4", *options, to).ok().out
    return int(re.search(r"ttl=(\d+)", out)[1])


def test_fat_tree(nslab):
    with nslab.lab(nslab.topology("fat-tree")) as lab:
        assert ttl(nslab, lab, "h1-1-1", "h4-2-2") == 64 - 5
        assert ttl(nslab, lab, "h1-1-1", "h1-2-1") == 64 - 3
        far = [r for r in routes(nslab, lab, "edge1-1", "route") if "nexthops" in r]
        assert far and all(len(r["nexthops"]) == 2 for r in far)
        assert [r["dst"] for r in routes(nslab, lab, "h1-1-1", "route")] == ["default"]


def test_fat_tree_of_another_size(nslab):
    result = nslab.run("plan", "--set", "k=6", nslab.topology("fat-tree")).ok()
    assert result.out.startswith("# lab fat-tree: 99 nodes, 162 links")


def test_clos(nslab):
    with nslab.lab(nslab.topology("clos")) as lab:
        assert ttl(nslab, lab, "h1-1", "h8-3") == 61
        (route,) = routes(nslab, lab, "leaf1", "route", "show", "10.0.0.0/21")
        assert len(hops(route)) == 4
        (route,) = routes(nslab, lab, "leaf1", "-6", "route", "show", "fd00::/61")
        assert len(hops(route)) == 4


def test_ring_1000(nslab):
    with nslab.lab(nslab.topology("ring-1000")) as lab:
        assert ttl(nslab, lab, "r1", "r60") == 64 - 58
        result = nslab.exec(lab, "r1", "ping", "-c1", "-W4", "r100")
        assert result.status == 1 and "From r65" in result.out
        result = nslab.exec(lab, "r1", "ping", "-c1", "-W1", "-t255", "r100")
        assert result.status == 1 and "From" not in result.out
        assert len(routes(nslab, lab, "r500", "route")) < 60


def test_grid(nslab):
    with nslab.lab(nslab.topology("grid")) as lab:
        assert ttl(nslab, lab, "g1-1", "g4-5", "-4") == 58
        (route,) = routes(nslab, lab, "g1-1", "route", "show", "10.255.0.20")
        assert len(hops(route)) == 2


def test_abilene(nslab):
    with nslab.lab(nslab.topology("abilene")) as lab:
        out = nslab.exec(lab, "sunnyvale", "ip", "-j", "route", "get", "10.255.0.9").ok().out
        assert json.loads(out)[0]["dev"] == "dnvr"
        assert ttl(nslab, lab, "sunnyvale", "10.255.0.9") == 61
        before = len(routes(nslab, lab, "denver", "route"))
        nslab.exec(lab, "denver", "ip", "link", "set", "kscy", "down").ok()
        assert len(routes(nslab, lab, "denver", "route")) < before
        assert nslab.exec(lab, "denver", "ping", "-4", "-c1", "-W1", "kansascity").status != 0


SQUARE = """
name: square
addressing: {links: [10.0.0.0/16, fd00::/48], loopbacks: [10.255.0.0/24, fd00:0:0:ff::/64]}
routing: shortest-path
nodes:
  r(1..4): {kind: router}
  h1: {HOST}
  far:
links:
  - {endpoints: [r1:right, r2:left]}
  - {endpoints: [r1:down, r3:up], COST}
  - {endpoints: [r2:down, r4:up]}
  - {endpoints: [r3:right, r4:left], COST}
  - [h1, r1]
  - [far, r4]
"""


def square(nslab, host="", cost="", more=""):
    text = SQUARE.replace("HOST", host).replace(", COST", f", {cost}" if cost else "")
    return nslab.lab(nslab.file(text + more, "square.yaml"))


def to_far(nslab, lab, node, family="-4"):
    """The ways from NODE to the host far: what the kernel looks up."""
    out = nslab.exec(lab, "far", "ip", "-j", family, "addr", "show", "scope", "global").ok().out
    address = json.loads(out)[0]["addr_info"][0]["local"]
    found = nslab.exec(lab, node, "ip", "-j", family, "route", "get", "fibmatch", address).ok().out
    return {dev for _, dev in hops(json.loads(found)[0])}


def test_equal_paths_and_costs(nslab):
    with square(nslab) as lab:
        for family in "-4", "-6":
            assert to_far(nslab, lab, "r1", family) == {"right", "down"}
            assert ttl(nslab, lab, "h1", "far", family) == 61
    with square(nslab, cost="cost: 5") as lab:
        for family in "-4", "-6":
            assert to_far(nslab, lab, "r1", family) == {"right"}


def test_a_written_route_wins(nslab):
    nodes = "  r1: {routes: [{to: far, via: r3}]}\n"
    text = SQUARE.replace("HOST", "").replace(", COST", "").replace("  far:\n", nodes + "  far:\n")
    with nslab.lab(nslab.file(text, "square.yaml")) as lab:
        assert to_far(nslab, lab, "r1") == {"down"}
        assert to_far(nslab, lab, "r1", "-6") == {"down"}


def test_own_routing(nslab):
    with square(nslab, host="routing: none") as lab:
        assert routes(nslab, lab, "h1", "route") == []
        assert to_far(nslab, lab, "r1") == {"right", "down"}
    text = SQUARE.replace("HOST", "").replace(", COST", "").replace("routing: shortest-path", "")
    text = text.replace("  far:\n", "  far: {routing: default}\n").replace(
        "r(1..4): {kind: router}", "r(1..4): {kind: router, routing: shortest-path}"
    )
    with nslab.lab(nslab.file(text, "square.yaml")) as lab:
        assert routes(nslab, lab, "h1", "route") == []
        (route,) = routes(nslab, lab, "far", "route")
        assert route["dst"] == "default" and route["dev"] == "eth0"
        assert ttl(nslab, lab, "far", "r1") == 62


def test_no_path_leads_through_what_does_not_take_part(nslab):
    text = SQUARE.replace("HOST", "").replace(", COST", "")
    for words in "forwarding: false", "routing: none", "routing: default":
        own = f"  r2: {{{words}}}\n  far:\n"
        with nslab.lab(nslab.file(text.replace("  far:\n", own), "square.yaml")) as lab:
            assert to_far(nslab, lab, "r1") == {"down"}, words


def test_links_that_are_down_lead_nowhere(nslab):
    with square(nslab, cost="state: down") as lab:
        assert to_far(nslab, lab, "r1") == {"right"}
        assert to_far(nslab, lab, "r1", "-6") == {"right"}


def test_hosts_with_two_ways_out(nslab):
    """A host on two LANs gets a default where all lies one way, else one route each."""
    with square(nslab, more="  - [h1, r2]\n") as lab:
        found = {route["dst"] for route in routes(nslab, lab, "h1", "route")}
        assert "default" not in found and len(found) > 2
        assert ttl(nslab, lab, "h1", "far") == 62
