# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Shortest paths beside what a node has already: subnets in subnets, written routes, links that are
down. What was built is read back with ip, and walked with ping."""
import json

import pytest

pytestmark = pytest.mark.kernel

FAMILIES = "-4", "-6"


def table(nslab, lab, node, family="-4"):
    """{prefix: {gateway}} of what nslab put into the main table of NODE."""
    out = nslab.exec(lab, node, "ip", family, "-j", "route").ok().out
    found = {}
    for route in json.loads(out):
        if route.get("protocol") != "kernel":
            ways = route.get("nexthops") or [route]
            found[route["dst"]] = {way.get("gateway") for way in ways}
    return found


def reaches(nslab, lab, node, address):
    return nslab.exec(lab, node, "ping", "-n", "-c1", "-W2", address).status == 0


def bring_up(nslab, text):
    return nslab.lab(nslab.file("name: paths\nrouting: shortest-path\n" + text, "paths.yaml"))


def test_subnets_in_subnets(nslab):
    """The halves of a loopback's subnet are subnets elsewhere: a prefix has one route all the same,
    and what is narrower wins."""
    text = """\
nodes:
  r1: {kind: router}
  wide: {kind: router, loopback: [10.9.0.1/23, "fd09::2/126"]}
  narrow: {kind: router, loopback: [10.9.0.200/24, 10.9.1.200/24, "fd09::/127", "fd09::2/127"]}
  other: {kind: router, loopback: [10.8.0.1, "fd08::1"]}
links:
  - {endpoints: [r1, wide], subnets: [10.0.1.0/30, fd00:1::/64]}
  - {endpoints: [r1, narrow], subnets: [10.0.2.0/30, fd00:2::/64]}
  - {endpoints: [r1, other], subnets: [10.0.3.0/30, fd00:3::/64]}
"""
    with bring_up(nslab, text) as lab:
        assert table(nslab, lab, "r1") == {"10.8.0.1": {"10.0.3.2"}, "10.9.0.0/23": {"10.0.2.2"}}
        six = table(nslab, lab, "r1", "-6")
        assert six == {"fd08::1": {"fd00:3::2"}, "fd09::/126": {"fd00:2::2"}}
        assert reaches(nslab, lab, "other", "10.9.1.200")


WRITTEN = """\
nodes:
  r1: {kind: router, routes: [{to: 10.9.0.0/20, type: blackhole}]}
  h1: {routes: [{to: 10.0.0.0/8, type: blackhole}]}
  h2: {routes: [{to: default, via: 10.0.4.1}]}
  r2: {kind: router, loopback: [10.9.0.1/16, 10.9.1.1/32]}
links:
  - {endpoints: [r1, r2], subnets: [10.0.1.0/30]}
  - {endpoints: [r1, h1], subnets: [10.0.3.0/24]}
  - {endpoints: [r1, h2], subnets: [10.0.4.0/24]}
"""


def test_a_written_route_around_destinations_takes_nothing_from_them(nslab):
    with bring_up(nslab, WRITTEN) as lab:
        assert "10.9.1.1" in table(nslab, lab, "r1")
        assert reaches(nslab, lab, "r1", "10.9.1.1")
        assert "default" not in table(nslab, lab, "h1")
        assert reaches(nslab, lab, "h1", "10.9.1.1")
        assert not reaches(nslab, lab, "r1", "10.9.2.1")


def test_a_written_default_says_it_all(nslab):
    with bring_up(nslab, WRITTEN) as lab:
        assert table(nslab, lab, "h2") == {"default": {"10.0.4.1"}}
        assert reaches(nslab, lab, "h2", "10.9.1.1")


def test_a_written_default_elsewhere(nslab):
    """What goes another way than a written default keeps its routes, what goes there has none."""
    text = """\
nodes:
  h1: {routes: [{to: default, via: 10.0.1.2}]}
  r1: {kind: router, loopback: [10.9.0.1]}
  r2: {kind: router, loopback: [10.9.0.2]}
links:
  - {endpoints: [h1, r1], subnets: [10.0.1.0/24]}
  - {endpoints: [h1, r2], subnets: [10.0.2.0/24]}
"""
    with bring_up(nslab, text) as lab:
        assert table(nslab, lab, "h1") == {"default": {"10.0.1.2"}, "10.9.0.2": {"10.0.2.2"}}


def test_subnet_of_an_interface_without_carrier(nslab):
    """The kernel has a route to it, which stays: no second one is made."""
    text = """\
nodes:
  r1: {kind: router}
  r2: {kind: router}
  r3: {kind: router}
  r4: {kind: router, loopback: [10.9.0.4, "fd09::4"]}
  sw: {kind: switch}
links:
  - endpoints:
      - {node: r1, interface: lan, addresses: [10.0.1.1/24, "fd00:1::1/64"]}
      - {node: sw, state: down}
  - {endpoints: [{node: r2, interface: lan, addresses: [10.0.1.2/24, "fd00:1::2/64"]}, sw]}
  - {endpoints: [{node: r3, interface: lan, addresses: [10.0.1.3/24, "fd00:1::3/64"]}, sw]}
  - {endpoints: [r1, r2], subnets: [10.0.2.0/24, fd00:2::/64]}
  - {endpoints: [r1, r4], subnets: [10.0.3.0/24, fd00:3::/64]}
"""
    with bring_up(nslab, text) as lab:
        for family, far in zip(FAMILIES, ("10.9.0.4", "fd09::4")):
            assert set(table(nslab, lab, "r1", family)) == {far}
            assert reaches(nslab, lab, "r2", far)


def test_a_link_between_switches_that_is_down(nslab):
    """One segment on paper, two wires: the way leads round."""
    text = """\
nodes:
  r1: {kind: router, loopback: [10.9.0.1, "fd09::1"]}
  r2: {kind: router, loopback: [10.9.0.2, "fd09::2"]}
  s1: {kind: switch}
  s2: {kind: switch}
links:
  - {endpoints: [r1, s1], subnets: [10.0.1.0/24, fd00:1::/64]}
  - [r2, s2]
  - {endpoints: [s1, s2], state: STATE}
  - {endpoints: [r1, r2], subnets: [10.0.2.0/24, fd00:2::/64], cost: 10}
"""
    for state, subnet in ("up", 1), ("down", 2):
        with bring_up(nslab, text.replace("STATE", state)) as lab:
            assert table(nslab, lab, "r1")["10.9.0.2"] == {f"10.0.{subnet}.2"}
            for far in "10.9.0.2", "fd09::2":
                assert reaches(nslab, lab, "r1", far)


def test_what_is_nobodys_does_not_go_to_and_fro(nslab):
    """r2's own default leads to r1, a stub: r1 gets no default that leads back."""
    text = """\
nodes:
  r1: {kind: router}
  r2: {kind: router, routes: [{to: default, via: 10.0.1.1}]}
  r3: {kind: router, loopback: [10.9.0.3]}
  h3:
  h4:
links:
  - {endpoints: [r1, r2], subnets: [10.0.1.0/30]}
  - {endpoints: [r2, h3], subnets: [10.0.2.0/30]}
  - {endpoints: [r1, h4], subnets: [10.0.3.0/30]}
  - {endpoints: [r2, r3], subnets: [10.0.8.0/30]}
"""
    with bring_up(nslab, text) as lab:
        assert set(table(nslab, lab, "r1")) == {"10.0.2.0/30", "10.0.8.0/30", "10.9.0.3"}
        said = nslab.exec(lab, "h3", "ping", "-n", "-c1", "-W2", "192.0.2.1").out
        assert "Destination Net Unreachable" in said
        assert reaches(nslab, lab, "h3", "10.0.3.2")


def test_no_default_route_through_a_host(nslab):
    """A neighbour's loopback is reached through it, and nothing else is."""
    text = """\
nodes:
  h1: {loopback: [10.9.0.1, "fd09::1"]}
  h2:
links:
  - {endpoints: [h1, h2], subnets: [10.0.1.0/30, fd00:1::/64]}
"""
    with bring_up(nslab, text) as lab:
        for family, far in zip(FAMILIES, ("10.9.0.1", "fd09::1")):
            assert set(table(nslab, lab, "h2", family)) == {far}
            assert reaches(nslab, lab, "h2", far)


def test_several_addresses_in_one_subnet(nslab):
    """One interface is one way, however many addresses it has; the first written one is the hop."""
    text = """\
nodes:
  r1: {kind: router}
  r2: {kind: router, loopback: [10.9.0.2]}
  r3: {kind: router, loopback: [10.9.0.3]}
links:
  - endpoints: [r1, r2]
    addresses: [[10.0.1.1/24, 10.1.1.1/24], [10.0.1.3/24, 10.1.1.2/24, 10.0.1.2/24]]
  - {endpoints: [r1, r3], subnets: [10.5.0.0/24]}
"""
    with bring_up(nslab, text) as lab:
        assert "10.0.1.3" in table(nslab, lab, "r1")["10.9.0.2"]
        assert "10.0.1.2" not in table(nslab, lab, "r1")["10.9.0.2"]


WIDE = """\
addressing: {links: [10.0.0.0/8, "fd00::/48"], loopbacks: [10.255.0.0/16, "fd00:0:1::/48"]}
defaults: {node: {kind: router}}
nodes: {a: , b: , s(1..700): }
links:
  - [a, s(1..700)]
  - [s(1..700), b]
"""


def test_hundreds_of_equal_ways(nslab):
    """All of them are there, in one route of each family."""
    with bring_up(nslab, WIDE) as lab:
        assert len(table(nslab, lab, "a")["10.255.0.2"]) == 700
        assert len(table(nslab, lab, "a", "-6")["fd00:0:1::2"]) == 700
