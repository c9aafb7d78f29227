# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""What a person would have written for nft: each sort of rule beside its words, by hand.

The kernel tests hold the words against what is loaded; here the meaning of the short form is held
against the words.
"""
import re

import pytest

SETS = """\
      sets:
        nets: [10.0.0.0/8]
        six: ["fd00::1"]
        ports: [22, 80]
        pairs: [10.0.0.1 . 80]
        macs: [52:54:00:00:00:01]
        ifs: [lo, eth0]
        marks: {type: mark, elements: [1]}
        seen: {type: ipv4_addr, timeout: 30s}
        seen6: {type: ipv6_addr, timeout: 1500ms}
        flows: {type: ipv4_addr . ipv4_addr . inet_service, timeout: 1h}
      chains:
        web: [{proto: tcp, action: accept}]
"""

# Hook, rule, the nft rule; without `counter` in front of what it does.
RULES = [
    ("input", "{iif: eth0}", 'iifname "eth0"'),
    ("input", "{iif: [lo, eth0]}", 'iifname { "lo", "eth0" }'),
    ("input", '{iif: "eth*"}', 'iifname "eth*"'),
    ("input", '{iif: "@ifs"}', "iifname @ifs"),
    ("forward", "{oif: eth0}", 'oifname "eth0"'),
    ("forward", "{not: {oif: eth0}}", 'oifname != "eth0"'),
    ("input", "{pkttype: broadcast}", "meta pkttype broadcast"),
    ("input", "{pkttype: unicast}", "meta pkttype host"),
    ("input", "{mac-from: 52:54:00:12:34:56}", "ether saddr 52:54:00:12:34:56"),
    ("input", '{mac-from: "@macs"}', "ether saddr @macs"),
    ("input", "{from: 10.0.0.1}", "ip saddr 10.0.0.1"),
    ("input", "{from: 10.0.0.0/8}", "ip saddr 10.0.0.0/8"),
    ("input", "{from: 10.0.0.1-10.0.0.9}", "ip saddr 10.0.0.1-10.0.0.9"),
    ("input", "{from: [10.0.0.9, 10.0.0.1]}", "ip saddr { 10.0.0.9, 10.0.0.1 }"),
    ("input", '{from: "@nets"}', "ip saddr @nets"),
    ("input", "{not: {from: 10.0.0.0/8}}", "ip saddr != 10.0.0.0/8"),
    ("input", "{from: fd00::1}", "ip6 saddr fd00::1"),
    ("input", '{from: "fd00::/16"}', "ip6 saddr fd00::/16"),
    ("input", '{from: "@six"}', "ip6 saddr @six"),
    ("input", "{to: 10.0.0.1}", "ip daddr 10.0.0.1"),
    ("input", "{to: fd00::1}", "ip6 daddr fd00::1"),
    ("input", "{from: 0.0.0.0/0}", "meta nfproto ipv4"),
    ("input", '{to: "::/0"}', "meta nfproto ipv6"),
    ("input", "{from: 10.0.0.1, to: 10.0.0.2}", "ip saddr 10.0.0.1 ip daddr 10.0.0.2"),
    ("input", "{to: 10.0.0.2, from: 10.0.0.1}", "ip saddr 10.0.0.1 ip daddr 10.0.0.2"),
    ("input", "{from: 10.0.0.1, dscp: ef}", "ip saddr 10.0.0.1 ip dscp ef"),
    ("input", "{from: fd00::1, ttl: 1-5}", "ip6 saddr fd00::1 ip6 hoplimit 1-5"),
    ("input", "{from: 10.0.0.1, ttl: [1, 64]}", "ip saddr 10.0.0.1 ip ttl { 1, 64 }"),
    ("input", "{length: 0-128}", "meta length 0-128"),
    ("input", "{proto: tcp}", "meta l4proto tcp"),
    ("input", "{proto: [tcp, udp]}", "meta l4proto { tcp, udp }"),
    ("input", "{proto: 47}", "meta l4proto gre"),
    ("input", "{proto: ospf}", "meta l4proto 89"),
    ("input", "{not: {proto: icmpv6}}", "meta l4proto != ipv6-icmp"),
    ("input", "{proto: tcp, dport: 22}", "tcp dport 22"),
    ("input", "{proto: udp, sport: 1024-65535}", "udp sport 1024-65535"),
    ("input", "{proto: sctp, dport: 22}", "sctp dport 22"),
    ("input", "{proto: dccp, dport: 22}", "dccp dport 22"),
    ("input", "{proto: udplite, dport: 22}", "udplite dport 22"),
    ("input", "{proto: [tcp, udp], dport: 53}", "meta l4proto { tcp, udp } th dport 53"),
    ("input", "{proto: tcp, dport: [80, 443], sport: 1-5}", "tcp sport 1-5 tcp dport { 80, 443 }"),
    ("input", "{proto: tcp, not: {dport: [80, 443]}}", "tcp dport != { 80, 443 }"),
    ("input", '{proto: tcp, dport: "@ports"}', "tcp dport @ports"),
    ("input", '{proto: tcp, not: {dport: "@ports"}}', "tcp dport != @ports"),
    ("input", '{proto: tcp, from: "@pairs", dport: "@pairs"}',
     "ip saddr . tcp dport @pairs"),
    ("input", '{proto: tcp, to: "@pairs", sport: "@pairs"}', "ip daddr . tcp sport @pairs"),
    ("input", "{tcp-flags: syn}", "tcp flags syn"),
    ("input", "{tcp-flags: [syn, ack]}", "tcp flags syn,ack"),
    ("input", "{tcp-flags: syn/syn|ack}", "tcp flags syn / syn,ack"),
    ("input", "{not: {tcp-flags: [fin, rst]}}", "tcp flags ! fin,rst"),
    ("input", "{icmp-type: echo-request}", "icmp type echo-request"),
    ("input", "{icmp-type: 42}", "icmp type 42"),
    ("input", "{icmpv6-type: [nd-neighbor-solicit, 133]}",
     "icmpv6 type { nd-neighbor-solicit, nd-router-solicit }"),
    ("input", "{icmp-type: destination-unreachable, icmp-code: frag-needed}",
     "icmp type destination-unreachable icmp code frag-needed"),
    ("input", "{proto: icmpv6, icmp-code: 1}", "icmpv6 code admin-prohibited"),
    ("input", "{proto: icmp, icmp-code: [port-unreachable, frag-needed]}",
     "icmp code { port-unreachable, frag-needed }"),
    ("input", "{proto: icmpv6, icmp-code: [port-unreachable, admin-prohibited, 3]}",
     "icmpv6 code { port-unreachable, admin-prohibited, addr-unreachable }"),
    ("input", "{ct: new}", "ct state new"),
    ("input", "{ct: [established, related]}", "ct state established,related"),
    ("input", "{not: {ct: new}}", "ct state != new"),
    ("input", "{ct-status: dnat}", "ct status dnat"),
    ("input", "{ct-status: [snat, dnat]}", "ct status snat,dnat"),
    ("input", "{mark: 16}", "meta mark 0x10"),
    ("input", "{mark: 0x10/0xff}", "meta mark & 0xff == 0x10"),
    ("input", "{not: {mark: 0x10/0xff}}", "meta mark & 0xff != 0x10"),
    ("input", '{mark: "@marks"}', "meta mark @marks"),
    ("input", "{limit: 5/second}", "limit rate 5/second"),
    ("input", "{limit: {rate: 5/minute, burst: 10}}", "limit rate 5/minute burst 10 packets"),
    ("input", "{limit: 10kB/second}", "limit rate 10000 bytes/second"),
    ("input", "{limit: 64KiB/hour}", "limit rate 65536 bytes/hour"),
    ("input", "{not: {limit: 5/day}}", "limit rate over 5/day"),
    ("input", "{ct: new, iif: eth0, proto: tcp, dport: 22, limit: 1/week}",
     'iifname "eth0" tcp dport 22 ct state new limit rate 1/week'),
]
ACTIONS = [
    ("input", "{action: drop}", "counter drop"),
    ("input", "{action: return}", "counter return"),
    ("input", "{action: accept, counter: false}", "accept"),
    ("input", "{log: 'in: '}", 'log prefix "in: " group 100 counter'),
    ("input", "{log: 'in: ', action: drop, counter: false}",
     'log prefix "in: " group 100 drop'),
    ("input", "{counter: true}", "counter"),
    ("input", "{action: reject}", "counter reject"),
    ("input", "{proto: tcp, action: {reject: tcp-reset}}",
     "meta l4proto tcp counter reject with tcp reset"),
    ("input", "{action: {reject: admin-prohibited}}",
     "counter reject with icmpx admin-prohibited"),
    ("input", "{from: 10.0.0.1, action: {reject: host-unreachable}}",
     "ip saddr 10.0.0.1 counter reject with icmp host-unreachable"),
    ("input", "{from: fd00::1, action: {reject: no-route}}",
     "ip6 saddr fd00::1 counter reject with icmpv6 no-route"),
    ("input", "{action: {reject: net-prohibited}}",
     "meta nfproto ipv4 counter reject with icmp net-prohibited"),
    ("input", "{action: {jump: web}}", "counter jump web"),
    ("input", "{action: {goto: web}}", "counter goto web"),
    ("prerouting-mangle", "{action: {set-mark: 7}}", "counter meta mark set 0x7"),
    ("forward", "{tcp-flags: syn, action: {set-mss: 1400}}",
     "tcp flags syn counter tcp option maxseg size set 1400"),
    ("forward", "{tcp-flags: syn, action: {set-mss: pmtu}}",
     "tcp flags syn counter tcp option maxseg size set rt mtu"),
    ("prerouting-raw", "{proto: udp, action: notrack}", "meta l4proto udp counter notrack"),
    ("postrouting-snat", "{oif: eth0, action: masquerade}", 'oifname "eth0" counter masquerade'),
    ("postrouting-snat", "{action: {snat: 10.0.0.9}}",
     "meta nfproto ipv4 counter snat ip to 10.0.0.9"),
    ("input-snat", "{from: 10.0.0.1, action: {snat: 10.0.0.9}}",
     "ip saddr 10.0.0.1 counter snat ip to 10.0.0.9"),
    ("postrouting-snat", "{proto: tcp, action: {snat: '[fd00::9]:99'}}",
     "meta nfproto ipv6 meta l4proto tcp counter snat ip6 to [fd00::9]:99"),
    ("prerouting-dnat", "{proto: tcp, dport: 8080, action: {dnat: '10.0.0.9:80'}}",
     "meta nfproto ipv4 tcp dport 8080 counter dnat ip to 10.0.0.9:80"),
    ("output-dnat", "{to: fd00::7, action: {dnat: fd00::9}}",
     "ip6 daddr fd00::7 counter dnat ip6 to fd00::9"),
    ("prerouting-dnat", "{proto: udp, dport: 53, action: {redirect: 5353}}",
     "udp dport 53 counter redirect to :5353"),
    ("input", "{proto: tcp, dport: 7, action: {add-to: seen}}",
     "meta nfproto ipv4 tcp dport 7 counter add @seen { ip saddr }"),
    ("input", "{action: {add-to: seen6}}", "meta nfproto ipv6 counter add @seen6 { ip6 saddr }"),
    ("input", "{proto: tcp, action: {add-to: flows}}",
     "meta nfproto ipv4 meta l4proto tcp counter add @flows { ip saddr . ip daddr . tcp dport }"),
]
BOTH = [  # one rule in the file, two in the kernel
    ("{from: [10.0.0.1, fd00::1], action: drop}",
     ["ip saddr 10.0.0.1 counter drop", "ip6 saddr fd00::1 counter drop"]),
    ("{dscp: cs1, action: accept}",
     ["ip dscp cs1 counter accept", "ip6 dscp cs1 counter accept"]),
    ("{ttl: 1, proto: udp, action: drop}",
     ["ip ttl 1 meta l4proto udp counter drop", "ip6 hoplimit 1 meta l4proto udp counter drop"]),
]


def words(plain, tmp_path, hook, rule):
    """The chain that RULE of HOOK is in, and its words."""
    file = tmp_path / "t.yaml"
    file.write_text(f"nodes:\n  h1:\n    firewall:\n{SETS}      {hook}: [{rule}]\n  h2:\n"
                    "links: [['h1:eth0', h2]]\n")
    script = plain("plan", "--format", "sh", file).ok().out
    chains = re.findall(r"    chain (\S+) \{\n        type [^\n]*\n(.*?)\n    \}", script, re.S)
    lines = [(name, line.strip()) for name, body in chains for line in body.splitlines()]
    return [(name, re.sub(r' comment "t\.yaml:\d+"$', "", line)) for name, line in lines]


@pytest.mark.parametrize("hook,rule,want", RULES, ids=[rule for _, rule, _ in RULES])
def test_matches(plain, tmp_path, hook, rule, want):
    rule = rule.removesuffix("}") + ", action: accept}"
    assert words(plain, tmp_path, hook, rule) == [(hook, f"{want} counter accept")]


@pytest.mark.parametrize("chain,rule,want", ACTIONS, ids=[rule for _, rule, _ in ACTIONS])
def test_actions(plain, tmp_path, chain, rule, want):
    hook = chain.split("-")[0]
    assert words(plain, tmp_path, hook, rule) == [(chain, want)]


@pytest.mark.parametrize("rule,want", BOTH, ids=[rule for rule, _ in BOTH])
def test_both_families(plain, tmp_path, rule, want):
    assert words(plain, tmp_path, "input", rule) == [("input", line) for line in want]


def test_chains_and_sets(plain, tmp_path):
    """Types, priorities and policies; what a set is made of."""
    file = tmp_path / "t.yaml"
    file.write_text("""\
nodes:
  h1:
    firewall:
      sets:
        plain: [10.0.0.1]
        ranges: [1-5, 80]
        slow: {type: ether_addr, timeout: 90s, size: 5}
        both: {type: inet_proto . mark, elements: [tcp . 0x10]}
      chains: {own: [{proto: udp, action: return}]}
      prerouting: [{action: notrack}, {action: {set-mark: 1}}, {proto: tcp, action: {redirect: 1}}]
      output: {policy: drop, priority: mangle - 5, rules: [{action: {set-mark: 1}}]}
      postrouting: [{action: masquerade}, {proto: tcp, action: {jump: own}}]
      input: {priority: 7}
      forward: {policy: accept}
""")
    script = plain("plan", "--format", "sh", file).ok().out
    found = re.findall(r"^    (?:chain|set) (\S+) \{\n(.*?)^    \}", script, re.S | re.M)
    heads = {name: [line.strip() for line in body.splitlines() if "counter" not in line]
             for name, body in found}
    assert heads == {
        "plain": ["type ipv4_addr", "elements = { 10.0.0.1 }"],
        "ranges": ["type inet_service", "flags interval", "elements = { 1-5, 80 }"],
        "slow": ["type ether_addr", "flags timeout", "size 5", "timeout 90s"],
        "both": ["type inet_proto . mark", "elements = { tcp . 0x10 }"],
        "own": [],
        "prerouting-raw": ["type filter hook prerouting priority raw;"],
        "prerouting-mangle": ["type filter hook prerouting priority mangle;"],
        "prerouting-dnat": ["type nat hook prerouting priority dstnat;"],
        "output": ["type filter hook output priority -155; policy drop;"],
        "output-mangle": ["type route hook output priority mangle;"],
        "postrouting": ["type filter hook postrouting priority filter;"],
        "postrouting-snat": ["type nat hook postrouting priority srcnat;"],
        "input": ["type filter hook input priority 7;"],
        "forward": ["type filter hook forward priority filter; policy accept;"],
    }
