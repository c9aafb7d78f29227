# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""What the kernel holds of a firewall is what nft would have made of it.

nft itself is the judge: the script's block, read by the real nft in a namespace of its own, and the
node that nslab built must list the same.
"""
import json
import re

import pytest
from support import firewall
from support.host import ROOT

pytestmark = pytest.mark.kernel
SHIPPED = [p for p in sorted((ROOT / "topologies").glob("*.yaml")) if "firewall:" in p.read_text()]


def listed_by_nft(nslab, block):
    """What nft makes of BLOCK in an empty namespace."""
    return nslab.sh("unshare -Urn sh -c 'nft -f - && nft -j list ruleset'", input=block).ok().out


def compare(nslab, file):
    """Every node of FILE against its block; {node: comments of its rules}."""
    blocks = firewall.blocks(nslab.run("plan", "--format", "sh", file).ok().out)
    seen = {}
    with nslab.lab(file) as lab:
        for node, block in blocks.items():
            ours = nslab.exec(lab, node, "nft", "-j", "list", "ruleset").ok().out
            theirs = listed_by_nft(nslab, block)
            assert firewall.comparable(ours) == firewall.comparable(theirs), node
            seen[node] = firewall.comments(ours)
            assert seen[node] == firewall.comments(theirs)
    return seen


# --- compared with nft -----------------------------------------------------------------------


def test_generated_rules(nslab):
    rules = firewall.all_rules()
    firewalls = firewall.nodes(rules)
    text = firewall.topology(firewalls)
    file = nslab.file(text)
    comments = compare(nslab, file)
    assert set(comments) == set(firewalls)
    # Each comment is the place of the rule that made it: no line of ours is without one.
    lines = {i for i, line in enumerate(text.splitlines(), 1) if line.startswith("          - {")}
    chains = {i for i, line in enumerate(text.splitlines(), 1) if line.startswith("      chains:")}
    found = {tuple(c.rsplit(":", 1)) for node in comments.values() for c in node}
    assert {name for name, _ in found} == {file.name}
    assert lines <= {int(line) for _, line in found} <= lines | chains


def find_enum(part):
    """The first list of words in a part of the schema."""
    if "enum" in part:
        return part["enum"]
    return next(filter(None, map(find_enum, part.get("anyOf", []))), None)


def test_generated_rules_are_all_there_is():
    """Every key that a rule can have, every action, every hook, in both families."""
    rules = firewall.all_rules()
    assert len(rules) >= 300
    schema = json.loads((ROOT / "schema/nslab.schema.json").read_text())["$defs"]
    given = [set(rule) for _, rule in rules]
    keys = set(schema["firewall-rule"]["properties"])
    assert keys == set().union(*given)
    negated = set().union(*(rule.get("not", {}) for _, rule in rules))
    assert negated == set(schema["firewall-not"]["properties"])
    actions = [rule.get("action") for _, rule in rules]
    assert set(schema["firewall-action"]["properties"]) == {
        word for action in actions if isinstance(action, dict) for word in action
    }
    words = find_enum(schema["firewall-rule"]["properties"]["action"])
    assert set(words) == {action for action in actions if isinstance(action, str)}
    assert {hook for hook, _ in rules} == set(firewall.HOOKS)


@pytest.mark.parametrize("path", SHIPPED, ids=[p.stem for p in SHIPPED])
def test_shipped(nslab, path):
    assert compare(nslab, nslab.file(path.read_text(), path.name))


# --- raw text --------------------------------------------------------------------------------

RAW = """\
nodes:
  h1:
    firewall:
      sets: {friends: [10.0.0.1]}
      input: [{from: "@friends", action: accept}]
      nft: |
        # the node's own table is there already
        add rule inet nslab input ip saddr @friends counter drop

        table netdev early {
          set seen { type ether_addr; }
        }
  h2:
links: [[h1, h2]]
"""


def test_raw_text_comes_after_the_rest(nslab):
    file = nslab.file(RAW)
    with nslab.lab(file) as lab:
        text = nslab.exec(lab, "h1", "nft", "list", "ruleset").ok().out
        assert re.search(r"ip saddr @friends counter.* accept.*\n\s*ip saddr @friends counter"
                         r" packets 0 bytes 0 drop", text)
        assert "table netdev early" in text and "set seen" in text
        shown = nslab.run("firewall", "-l", lab, "h1").ok().out
        assert "nft text from line 6" in shown
        ours = nslab.exec(lab, "h1", "nft", "-j", "list", "ruleset").ok().out
    block = firewall.blocks(nslab.run("plan", "--format", "sh", file).ok().out)["h1"]
    assert firewall.comparable(ours) == firewall.comparable(listed_by_nft(nslab, block))


# What is written, and what is complained of: the line and column of the file, and nft's words.
RAW_ERRORS = {
    "block": ("nft: |\n        table inet x {\n          chain c { acccept }\n        }\n",
              (6, 29), "syntax error"),
    "indented block": ("nft: |4\n            table inet x {\n              chäin c { }\n"
                       "            }\n", (6, 15), "syntax error"),
    "quoted": ('nft: "add rule inet none c accept"\n', (4, 27), "No such file or directory"),
    "plain": ("nft: add rule inet none c accept\n", (4, 26), "No such file or directory"),
    "unicode": ('nft: |\n        # größe\n        add rule inet none c log prefix "ö" acccept\n',
                (6, 51), "syntax error"),
    "folded": ("nft: >-\n        add rule\n        inet none c accept\n", (4, 12),
               "No such file or directory"),
    "too short": ("nft: |\n        table inet x {\n          chain c {\n", (6, 19), "end of file"),
}


@pytest.mark.parametrize("case", RAW_ERRORS)
def test_raw_errors_have_the_files_place(nslab, case):
    raw, (line, col), says = RAW_ERRORS[case]
    file = nslab.file(f"nodes:\n  h1:\n    firewall:\n      {raw}")
    result = nslab.run("up", file)
    assert result.status == 2, result
    first = result.err.splitlines()[0]
    assert first.startswith(f"{file}:{line}:{col}: error: loading the nft text of h1: "), result
    assert says in first


# --- what `nslab firewall` shows -------------------------------------------------------------

SHOWN = """\
nodes:
  h1:
    firewall:
      sets:
        nets: [10.0.0.0/8, 192.168.0.1]
        seen: {type: ipv4_addr, timeout: 1h, elements: [10.0.0.9]}
      chains:
        web: [{proto: tcp, dport: [80, 443], action: accept}]
      input:
        - {iif: [lo, eth0], dscp: ef, action: accept}
        - {from: [10.0.0.77, fd00::77], counter: false, action: accept}
        - {action: {jump: web}}
        - {proto: icmp, icmp-type: echo-request, log: ping, action: accept}
      output:
        - proto: tcp
          dport: 80
          action: {set-mark: 0x10}
  h2:
  s1: {kind: switch}
links:
  - {endpoints: [h1, h2], subnets: [10.0.0.0/24]}
"""


def test_rules_are_shown_as_they_stand(nslab):
    file = nslab.file(SHOWN)
    lines = SHOWN.splitlines()
    with nslab.lab(file) as lab:
        nslab.exec(lab, "h2", "ping", "-c3", "-i0.2", "10.0.0.1").ok()
        told = nslab.run("firewall", "-l", lab, "--json").ok().json()
        (h1,) = told
        assert h1["node"] == "h1" and h1["nft"] == 0
        assert [(c["chain"], c["hook"], c["policy"]) for c in h1["chains"]] == [
            ("input", True, "accept"), ("output", True, "accept"), ("web", False, None)]
        for chain in h1["chains"]:
            for rule in chain["rules"]:
                assert rule["place"] == f"{file.name}:{rule['line']}" and not rule["gone"]
                written = lines[rule["line"] - 1].strip().removeprefix("web: ").strip("- []")
                assert written in rule["rule"] or written == "proto: tcp"
        inside, out, web = (c["rules"] for c in h1["chains"])
        assert out[0]["rule"] == "{proto: tcp, dport: 80, action: {set-mark: 0x10}}"
        assert [r.get("packets") for r in inside] == [0, None, 3, 3]
        assert inside[3]["bytes"] == 3 * 84 and web[0]["packets"] == 0
        assert h1["sets"] == [
            {"set": "nets", "type": "ipv4_addr",
             "elements": [{"element": "10.0.0.0/8"}, {"element": "192.168.0.1"}]},
            {"set": "seen", "type": "ipv4_addr",
             "elements": [{"element": "10.0.0.9", "expires": pytest.approx(3550, abs=51)}]},
        ]
        text = nslab.run("firewall", "-l", lab, "h1").ok().out
        assert re.search(rf"\n +3 +252 B +{file.name}:13 +{{proto: icmp, icmp-type: echo-request, "
                         r'log: "?ping"?, action: accept}\n', text)
        assert "\n  input, policy accept\n" in text and "\n  chain web\n" in text
        assert re.search(r"10\.0\.0\.9, for 3[56]\d\d s more", text)


def test_rules_that_are_gone(nslab):
    with nslab.lab(nslab.file(SHOWN)) as lab:
        nslab.exec(lab, "h1", "nft", "flush", "chain", "inet", "nslab", "web").ok()
        (h1,) = nslab.run("firewall", "-l", lab, "h1", "--json").ok().json()
        gone = {rule["rule"]: rule["gone"] for c in h1["chains"] for rule in c["rules"]}
        assert [text for text, is_so in gone.items() if is_so] == [
            "{proto: tcp, dport: [80, 443], action: accept}"]
        nslab.exec(lab, "h1", "nft", "flush", "ruleset").ok()
        text = nslab.run("firewall", "-l", lab, "h1").ok().out
        assert text.count("gone") == 6 and "set seen, of ipv4_addr, is empty" in text


def test_nodes_without_a_firewall(nslab):
    with nslab.lab(nslab.file(SHOWN)) as lab:
        for words in ("h2",), ("s1",), ("h2,s1",):
            result = nslab.run("firewall", "-l", lab, *words).ok()
            assert (result.out, result.err) == ("", "no firewall there\n")
            assert nslab.run("firewall", "-l", lab, *words, "--json").ok().json() == []
        assert nslab.run("firewall", "-l", lab, "h*", "--json").ok().json()[0]["node"] == "h1"
        assert nslab.run("firewall", "-l", lab, "h9").status == 2


# --- refusals, and size ----------------------------------------------------------------------


def test_all_or_nothing(nslab):
    """What the kernel refuses has the line of the rule, and nothing is left of the lab."""
    file = nslab.file("nodes:\n  h1:\n    firewall:\n      sets:\n"
                      "        s: {type: ipv4_addr, size: 1, elements: [10.0.0.1]}\n"
                      "      nft: |\n        add element inet nslab s { 10.0.0.2 }\n")
    result = nslab.run("up", file)
    assert result.status == 2 and f"{file}:7:" in result.err
    assert nslab.labs() == []


def test_large_firewalls(nslab):
    """More than one send may carry, for an ordinary user: 20,000 elements, 12,000 rules."""
    rules = "\n".join(f"        - {{from: 10.{i // 250}.{i % 250}.0/24, to: 10.0.0.0/8, proto: tcp,"
                      f" dport: {i + 1}, ct: new, log: some, action: accept}}"
                      for i in range(12000))
    elements = ", ".join(f"10.{i >> 8 & 255}.{i & 255}.1" for i in range(20000))
    file = nslab.file(f"nodes:\n  h1:\n    firewall:\n      sets: {{many: [{elements}]}}\n"
                      f"      input:\n        - {{from: \"@many\", action: drop}}\n{rules}\n")
    with nslab.lab(file) as lab:
        (h1,) = nslab.run("firewall", "-l", lab, "h1", "--json").ok().json()
        (chain,) = h1["chains"]
        assert len(chain["rules"]) == 12001
        assert not any(rule["gone"] for rule in chain["rules"])
        assert len(h1["sets"][0]["elements"]) == 20000
        listed = nslab.exec(lab, "h1", "nft", "-s", "list", "chain", "inet", "nslab", "input").ok()
        ports = re.findall(r"tcp dport (\d+) ", listed.out)
        assert ports == [str(i + 1) for i in range(12000)]
