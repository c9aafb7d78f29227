# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Topologies that several tests build."""

PAIR = """\
nodes: {h1: , h2: }
links:
  - {endpoints: ["h1:eth0", "h2:eth0"], subnets: [10.0.0.0/24, "fd00::/64"]}
"""


def ring(n):
    """N routers in a ring, each with an address on both sides, a loopback and a route."""
    lines = ["nodes:"]
    for i in range(n):
        lines.append(
            f"  r{i}: {{kind: router, loopback: [10.255.{i // 250}.{i % 250 + 1}],"
            f" routes: [{{to: default, via: 10.{i // 250}.{i % 250}.2}}]}}"
        )
    lines.append("links:")
    for i in range(n):
        lines.append(
            f"  - {{endpoints: [\"r{i}:right\", \"r{(i + 1) % n}:left\"],"
            f" subnets: [10.{i // 250}.{i % 250}.0/24]}}"
        )
    return "\n".join(lines) + "\n"


# Shipped labs in which programs number hosts, learn routes, or answer for others: what the plan
# says is not all that is there. What must hold say their own `tests`.
LIVE = [
    "babel-mesh",
    "bgp-route-reflector",
    "bgp-two-as",
    "dhcp-relay",
    "dns-split-horizon",
    "http-load-balancer",
    "isis-line",
    "ospf-50",
    "ospf-triangle",
    "rip-count-to-infinity",
    "vrrp",
]
