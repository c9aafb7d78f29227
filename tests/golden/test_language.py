# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Short forms of the language mean what they mean written out: both give the same plan."""
import re

import pytest


def plan(plain, tmp_path, text, *words):
    (tmp_path / "lab.yaml").write_text(text)
    result = plain("plan", *words, "lab.yaml", cwd=tmp_path).ok()
    # Where it is written differs; so does whether a name is in quotes.
    return re.sub(r" *# line \d+$", "", result.out, flags=re.M)


def same(plain, tmp_path, short, long, *words):
    assert plan(plain, tmp_path, short, *words) == plan(plain, tmp_path, long)


PAIRS = {
    "ranges of nodes": (
        """
nodes:
  r(i=1..2): {kind: router, mtu: $(1400+i*10), loopback: [10.255.0.$1, "fd00::$($1+8)"]}
  h(a|b)-(01..02): {labels: {at: "$1/$2 of $(node)"}, interfaces: {d$2: {type: dummy, alias: $(node)}}}
""",
        """
nodes:
  r1: {kind: router, mtu: 1410, loopback: [10.255.0.1, "fd00::9"]}
  r2: {kind: router, mtu: 1420, loopback: [10.255.0.2, "fd00::10"]}
  ha-01: {labels: {at: "a/01 of ha-01"}, interfaces: {d01: {type: dummy, alias: ha-01}}}
  ha-02: {labels: {at: "a/02 of ha-02"}, interfaces: {d02: {type: dummy, alias: ha-02}}}
  hb-01: {labels: {at: "b/01 of hb-01"}, interfaces: {d01: {type: dummy, alias: hb-01}}}
  hb-02: {labels: {at: "b/02 of hb-02"}, interfaces: {d02: {type: dummy, alias: hb-02}}}
""",
    ),
    "an own entry over a range, profiles and defaults late": (
        """
vars: {base: 9000}
defaults: {node: {profile: p, description: "default of $(node)"}}
profiles: {p: {mtu: $(base-$1), sysctls: {net.ipv4.ip_default_ttl: $(10+$1)}}}
nodes:
  r(1..3): {kind: router}
  r2: {mtu: 1500, sysctls: {net.ipv4.tcp_ecn: $1}}
links:
  - {chain: r(1..3)}
""",
        """
nodes:
  r1: {kind: router, mtu: 8999, sysctls: {net.ipv4.ip_default_ttl: 11}}
  r2: {kind: router, mtu: 1500, sysctls: {net.ipv4.ip_default_ttl: 12, net.ipv4.tcp_ecn: 2}}
  r3: {kind: router, mtu: 8997, sysctls: {net.ipv4.ip_default_ttl: 13}}
links:
  - [r1, r2]
  - [r2, r3]
""",
    ),
    "endpoints that pair": (
        """
nodes: {h(1..3): , r(1..3): , sw: {kind: switch}}
links:
  - {endpoints: [h(1..3), r(1..3)], addresses: [10.0.$1.2/24, 10.0.$1.1/24], mtu: $(1400+$1)}
  - ["h(1..3):up", sw:p9$1]
  - {endpoints: [sw, {node: r(1..3), interface: lan, state: down}]}
""",
        """
nodes: {h1: , h2: , h3: , r1: , r2: , r3: , sw: {kind: switch}}
links:
  - {endpoints: [h1, r1], addresses: [10.0.1.2/24, 10.0.1.1/24], mtu: 1401}
  - {endpoints: [h2, r2], addresses: [10.0.2.2/24, 10.0.2.1/24], mtu: 1402}
  - {endpoints: [h3, r3], addresses: [10.0.3.2/24, 10.0.3.1/24], mtu: 1403}
  - ["h1:up", "sw:p91"]
  - ["h2:up", "sw:p92"]
  - ["h3:up", "sw:p93"]
  - [sw, {node: r1, interface: lan, state: down}]
  - [sw, {node: r2, interface: lan, state: down}]
  - [sw, {node: r3, interface: lan, state: down}]
""",
    ),
    "endpoints that refer to the first": (
        """
vars: {k: 4}
nodes: {agg(1..2)-(1..k/2): , edge(1..2)-(1..k/2): , leaf(1..2): , h(1..2)-(1..3): }
links:
  - [h(i=1..2)-(1..3), leaf$(i)]
  - [agg(p=1..2)-(1..k/2), edge$(p)-(1..k/2)]
""",
        """
nodes: {agg1-1: , agg1-2: , agg2-1: , agg2-2: , edge1-1: , edge1-2: , edge2-1: , edge2-2: , leaf1: ,
        leaf2: , h1-1: , h1-2: , h1-3: , h2-1: , h2-2: , h2-3: }
links: [[h1-1, leaf1], [h1-2, leaf1], [h1-3, leaf1], [h2-1, leaf2], [h2-2, leaf2], [h2-3, leaf2],
        [agg1-1, edge1-1], [agg1-1, edge1-2], [agg1-2, edge1-1], [agg1-2, edge1-2],
        [agg2-1, edge2-1], [agg2-1, edge2-2], [agg2-2, edge2-1], [agg2-2, edge2-2]]
""",
    ),
    "LANs": (
        """
nodes: {h(1..3): , s(a|b): , r1: {kind: router}}
links:
  - {lan: [h(1..3), r1:lan], addresses: [10.0.0.$1/24, 10.0.0.9/24]}
  - {lan: [h(i=1..2), {node: s(a|b), mac: "52:54:00:00:00:0$1"}], mtu: 1400}
  - {lan: [h1, {node: s(a|b), interface: x$1}], labels: {of: $(node)}}
""",
        """
nodes: {h1: , h2: , h3: , sa: , sb: , r1: {kind: router}}
links:
  - {lan: [h1, h2, h3, r1:lan], addresses: [10.0.0.1/24, 10.0.0.2/24, 10.0.0.3/24, 10.0.0.9/24]}
  - {lan: [h1, h2, {node: sa, mac: "52:54:00:00:00:0a"}, {node: sb, mac: "52:54:00:00:00:0b"}], mtu: 1400}
  - {lan: [h1, {node: sa, interface: xa}, {node: sb, interface: xb}], labels: {of: h1}}
""",
    ),
    "shapes": (
        """
nodes: {r(1..4): , sw1: , h(1..2): , g(1..2)-(1..3): }
links:
  - {chain: [h1, r(1..3), h2], mtu: 1400}
  - {ring: r(1..4), subnets: [10.0.$1.0/30]}
  - {mesh: r(1..3)}
  - {star: {center: sw1, leaves: [h(1..2), r4]}}
  - {bipartite: [h(1..2), [r1, r4]]}
  - {grid: g(1..2)-(1..3), labels: {row: $1}}
""",
        """
nodes: {r1: , r2: , r3: , r4: , sw1: , h1: , h2: , g1-1: , g1-2: , g1-3: , g2-1: , g2-2: , g2-3: }
links:
  - {endpoints: [h1, r1], mtu: 1400}
  - {endpoints: [r1, r2], mtu: 1400}
  - {endpoints: [r2, r3], mtu: 1400}
  - {endpoints: [r3, h2], mtu: 1400}
  - {endpoints: [r1, r2], subnets: [10.0.1.0/30]}
  - {endpoints: [r2, r3], subnets: [10.0.2.0/30]}
  - {endpoints: [r3, r4], subnets: [10.0.3.0/30]}
  - {endpoints: [r4, r1], subnets: [10.0.4.0/30]}
  - [r1, r2]
  - [r1, r3]
  - [r2, r3]
  - [sw1, h1]
  - [sw1, h2]
  - [sw1, r4]
  - [h1, r1]
  - [h1, r4]
  - [h2, r1]
  - [h2, r4]
  - [g1-1, g1-2]
  - [g1-1, g2-1]
  - [g1-2, g1-3]
  - [g1-2, g2-2]
  - [g1-3, g2-3]
  - [g2-1, g2-2]
  - [g2-2, g2-3]
""",
    ),
    "lists that add": (
        """
defaults: {node: {loopback: [10.9.0.1]}}
profiles: {a: {loopback+: [10.9.0.2]}, b: {loopback+: 10.9.0.3}}
nodes:
  h1: {profile: [a, b], loopback+: [10.9.0.4]}
  h2: {profile: [a], loopback: [10.9.0.5]}
  r(1..2): {loopback+: [10.8.0.$1]}
  r2: {loopback+: [10.7.0.$1]}
  x: {routes+: [{to: 10.0.0.0/8, type: blackhole}], loopback: }
""",
        """
nodes:
  h1: {loopback: [10.9.0.1, 10.9.0.2, 10.9.0.3, 10.9.0.4]}
  h2: {loopback: [10.9.0.5]}
  r1: {loopback: [10.9.0.1, 10.8.0.1]}
  r2: {loopback: [10.9.0.1, 10.8.0.2, 10.7.0.2]}
  x: {routes: [{to: 10.0.0.0/8, type: blackhole}]}
""",
    ),
    "names for addresses": (
        """
nodes:
  h1:
    routes:
      - {to: default, via: r1, metric: 5}
      - {to: h2, via: "r1:eth0"}
      - {to: 10.7.0.0/16, via: r1}
      - {to: fd00:7::/48, nexthops: [{via: r1}, {via: fd00::9}]}
      - {to: 10.6.0.0/16, via: r1, src: h1}
    routing-policy:
      - {from: h2, table: 100}
      - {to: r1:eth1, from: 10.0.0.0/8, table: 101}
  r1: {kind: router, loopback: [10.255.0.1]}
  h2:
    firewall:
      input: [{from: [h1, 10.0.9.9], action: drop}, {not: {from: r1}, proto: tcp, dport: 22, action: drop}]
      prerouting: [{proto: tcp, dport: 80, action: {dnat: "h1:8080"}}]
      postrouting: [{to: h1, action: {snat: h2}}]
links:
  - {endpoints: [h1, r1], subnets: [10.0.1.0/24, fd00::/64]}
  - {endpoints: [r1, h2], subnets: [10.0.2.0/24, fd00:2::/64]}
""",
        """
nodes:
  h1:
    routes:
      - {to: default, via: 10.0.1.2, metric: 5}
      - {to: default, via: "fd00::2", metric: 5}
      - {to: 10.0.2.2, via: 10.0.1.2}
      - {to: "fd00:2::2", via: "fd00::2"}
      - {to: 10.7.0.0/16, via: 10.0.1.2}
      - {to: "fd00:7::/48", nexthops: [{via: "fd00::2"}, {via: "fd00::9"}]}
      - {to: 10.6.0.0/16, via: 10.0.1.2, src: 10.0.1.1}
    routing-policy:
      - {from: 10.0.2.2, table: 100, priority: 10000}
      - {from: "fd00:2::2", table: 100, priority: 10000}
      - {to: 10.0.2.1, from: 10.0.0.0/8, table: 101, priority: 10001}
  r1: {kind: router, loopback: [10.255.0.1]}
  h2:
    firewall:
      input:
        - {from: [10.0.1.1, 10.0.9.9, "fd00::1"], action: drop}
        - {not: {from: [10.0.1.2, "fd00::2"]}, proto: tcp, dport: 22, action: drop}
      prerouting:
        - {proto: tcp, dport: 80, action: {dnat: "10.0.1.1:8080"}}
        - {proto: tcp, dport: 80, action: {dnat: "[fd00::1]:8080"}}
      postrouting:
        - {to: 10.0.1.1, action: {snat: 10.0.2.2}}
        - {to: "fd00::1", action: {snat: "fd00:2::2"}}
links:
  - {endpoints: [h1, r1], subnets: [10.0.1.0/24, fd00::/64]}
  - {endpoints: [r1, h2], subnets: [10.0.2.0/24, fd00:2::/64]}
""",
    ),
    "addressing": (
        """
addressing:
  links: [10.0.0.0/16, fd00::/48]
  loopbacks: [10.255.0.0/24, "fd00:0:0:ff::/64"]
nodes:
  h(1..3):
  r(1..3): {kind: router}
  r3: {loopback: [10.255.0.1]}
  sw: {kind: switch}
links:
  - {ring: r(1..3)}
  - [h(1..2), sw]
  - [sw, r1]
  - {endpoints: [h3, r2], addresses: [10.0.1.2/24, 10.0.1.1/24]}
  - {endpoints: [r2, r3], addresses: []}
  - {lan: [h3, r3], subnets: [10.0.4.0/24]}
  - {lan: [h3, {node: r1, addresses: [10.0.6.9/26]}]}
""",
        """
nodes:
  h1:
  h2:
  h3:
  r1: {kind: router, loopback: [10.255.0.2, "fd00:0:0:ff::1"]}
  r2: {kind: router, loopback: [10.255.0.3, "fd00:0:0:ff::2"]}
  r3: {kind: router, loopback: [10.255.0.1, "fd00:0:0:ff::3"]}
  sw: {kind: switch}
links:
  - {endpoints: [r1, r2], subnets: [10.0.0.0/30, "fd00::/64"]}
  - {endpoints: [r2, r3], subnets: [10.0.0.4/30, "fd00:0:0:1::/64"]}
  - {endpoints: [r3, r1], subnets: [10.0.0.8/30, "fd00:0:0:2::/64"]}
  - {endpoints: [h1, sw], subnets: [10.0.2.0/24, "fd00:0:0:3::/64"]}
  - [h2, sw]
  - [sw, r1]
  - {endpoints: [h3, r2], addresses: [10.0.1.2/24, 10.0.1.1/24]}
  - {endpoints: [r2, r3], addresses: []}
  - {lan: [h3, r3], subnets: [10.0.4.0/24]}
  - {lan: [h3, r1], addresses: [[10.0.6.1/26, "fd00:0:0:4::1/64"], 10.0.6.9/26]}
""",
    ),
    "lengths of prefixes": (
        """
addressing: {links: [10.0.0.0/8, "fd00::/32"], prefix: {p2p: [31, 127], lan: [~, 80]}}
nodes: {r(1..2): {kind: router}, h(1..300): , r9: {kind: router}}
links: [[r1, r2], {lan: [r9, h(1..300)]}, [r2, h1]]
""",
        """
nodes: {r(1..2): {kind: router}, h(1..300): , r9: {kind: router}}
links:
  - {endpoints: [r1, r2], subnets: [10.0.0.0/31, "fd00::/127"]}
  - {lan: [r9, h(1..300)], subnets: [10.0.2.0/23, "fd00:0:0:0:1::/80"]}
  - {endpoints: [r2, h1], subnets: [10.0.1.0/24, "fd00:0:0:0:2::/80"]}
""",
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_short_is_long(plain, tmp_path, name):
    short, long = PAIRS[name]
    same(plain, tmp_path, "name: x" + short, "name: x" + long)


def test_settings(plain, tmp_path):
    short = "name: x\nvars: {n: 1, m: $(n*2)}\nnodes: {r(1..n): {mtu: $(1000+m)}, s: }\n"
    short += "links: [[r(1..n), s]]\n"
    for words, n, mtu in (([], 1, 1002), (["--set", "n=3"], 3, 1006), (["--set", "m=7"], 1, 1007)):
        nodes = "".join(f"r{i + 1}: {{mtu: {mtu}}}, " for i in range(n))
        long = f"name: x\nnodes: {{{nodes}s: }}\nlinks: [{', '.join(f'[r{i + 1}, s]' for i in range(n))}]\n"
        same(plain, tmp_path, short, long, *words)


def test_numbers_are_the_same_every_time(plain, tmp_path):
    text = "name: x" + PAIRS["addressing"][0]
    assert len({plan(plain, tmp_path, text) for _ in range(5)}) == 1


def test_what_is_added_behind_leaves_numbers_before_alone(plain, tmp_path):
    short = "name: x" + PAIRS["addressing"][0]
    more = short.replace("nodes:\n", "nodes:\n  z(1..9):\n") + "  - {mesh: z(1..9)}\n"
    before, after = plan(plain, tmp_path, short), plan(plain, tmp_path, more)
    for node in "h1", "r1", "r3":
        section = re.search(rf"^{node}\n(  .*\n)+", before, re.M)[0]
        assert section in after


def test_nft_text_expands_where_asked(plain, tmp_path):
    text = """
name: x
nodes:
  r(1..2):
    firewall:
      expand: true
      nft: |
        table inet t$1 { comment "of $(node) costs $$5"; }
"""
    script = plan(plain, tmp_path, text, "--format", "sh")
    for i in 1, 2:
        assert f'table inet t{i} {{ comment "of r{i} costs $5"; }}' in script
    script = plan(plain, tmp_path, text.replace("      expand: true\n", ""), "--format", "sh")
    assert 'table inet t$1 { comment "of $(node) costs $$5"; }' in script
