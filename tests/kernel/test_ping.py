# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Who reaches whom, as nslab says it: ping(8), ip and the firewall's own words are the judge."""
import re
import time

import pytest
from support.host import SLOWNESS, TIMEOUT, finish
from support.labs import PAIR

pytestmark = pytest.mark.kernel

# h1 - r1 - r2 - h2, with a narrow link in the middle; alone has no address, old IPv4 alone. What r2
# forwards to the loopbacks of h2 its firewall has something to say about.
LAB = """\
nodes:
  r1:
    kind: router
    routes:
      - {to: 10.2.0.0/24, via: 10.3.0.2}
      - {to: 10.5.0.0/24, via: 10.3.0.2}
      - {to: fd02::/64, via: fd03::2}
  r2:
    kind: router
    routes:
      - {to: 10.1.0.0/24, via: 10.3.0.1}
      - {to: 10.5.0.0/24, via: 10.2.0.2}
      - {to: fd01::/64, via: fd03::1}
    firewall:
      forward:
        - {to: 10.5.0.1, action: {reject: admin-prohibited}}
        - {to: 10.5.0.2, action: drop}
  h1:
    routes:
      - {to: default, via: 10.1.0.1}
      - {to: default, via: fd01::1}
      - {to: 10.66.0.0/24, type: blackhole}
      - {to: 10.68.0.0/24, type: prohibit}
      - {to: fd66::/64, type: blackhole}
  h2:
    loopback: [10.5.0.1/32, 10.5.0.2/32, 10.5.0.3/32]
    routes: [{to: default, via: 10.2.0.1}, {to: default, via: fd02::1}]
  old: {routes: [{to: default, via: 10.4.0.1}]}
  alone:
  sw: {kind: switch}
links:
  - endpoints: [h1, r1]
    addresses: [[10.1.0.2/24, fd01::2/64], [10.1.0.1/24, fd01::1/64]]
  - endpoints: [r1, r2]
    mtu: 1300
    addresses: [[10.3.0.1/24, fd03::1/64], [10.3.0.2/24, fd03::2/64]]
  - endpoints: [r2, h2]
    addresses: [[10.2.0.1/24, fd02::1/64], [10.2.0.2/24, fd02::2/64]]
  - endpoints: [old, sw]
    addresses: [10.4.0.2/24, ~]
  - endpoints: [r2, sw]
    addresses: [10.4.0.1/24, ~]
  - [alone, sw]
"""


@pytest.fixture
def lab(nslab):
    with nslab.lab(LAB) as name:
        yield Lab(nslab, name)


class Lab:
    def __init__(self, nslab, name):
        self.nslab, self.name = nslab, name

    def run(self, *words):
        return self.nslab.run("ping", "-l", self.name, *words)

    def one(self, *words):
        """The only pair that is asked."""
        told = self.run("--json", *words)
        pairs = told.json()["pairs"]
        assert len(pairs) == 1, f"{told}"
        assert told.status == (0 if pairs[0]["answered"] else 1), f"{told}"
        return pairs[0]

    def reason(self, *words):
        pair = self.one(*words)
        assert not pair["answered"], f"{pair}"
        return pair["reason"]

    def inside(self, node, *command):
        return self.nslab.run("exec", "-l", self.name, node, *command)


def test_all_of_a_lab(lab):
    told = lab.run("--json", "-W", "1s")
    all_ = told.json()
    assert all_["nodes"] == ["r1", "r2", "h1", "h2", "old"] and all_["left_out"] == ["alone"]
    asked = {(p["from"], p["to"], p["family"]): p for p in all_["pairs"]}
    assert all_["asked"] == len(asked) == 5 * 4 + 4 * 3
    for (source, to, family), pair in asked.items():
        flag = {"ipv4": "-4", "ipv6": "-6"}[family]
        oracle = lab.inside(source, "ping", flag, "-c1", "-W1", pair["address"]).status == 0
        assert pair["answered"] == oracle, f"{pair}"
        if pair["answered"]:
            rtt = pair["rtt"]
            assert 0 < rtt["min"] == rtt["avg"] == rtt["max"] < 1000 * SLOWNESS
    missing = {key for key, pair in asked.items() if not pair["answered"]}
    # r1 and h1 have no way to old's subnet or it has none to theirs, whoever asks.
    assert missing and all("old" in key[:2] for key in missing)
    assert told.status == 1 and all_["answered"] == len(asked) - len(missing)

    text = lab.run("-W", "1s")
    assert text.status == 1 and "alone has no address" in text.err
    lines = [line.split() for line in text.out.splitlines()]
    assert ["IPv4", "r1", "r2", "h1", "h2", "old"] in lines
    assert ["IPv6", "r1", "r2", "h1", "h2", "old"] in lines
    assert "IPv6: 12 of 12 pairs answer" in text.out


def test_two_nodes(lab):
    text = lab.run("h1", "h2").ok().out
    row = r"^h1 +h2 +{} +[0-9.]+ ms +answers$"
    assert re.search(row.format(r"10\.2\.0\.2"), text, re.M), text
    assert re.search(row.format("fd02::2"), text, re.M), text
    assert lab.one("-6", "h1", "h2")["address"] == "fd02::2"
    three = lab.one("-4", "-c3", "h1", "h2")
    assert (three["sent"], three["received"]) == (3, 3)
    assert 0 < three["rtt"]["min"] <= three["rtt"]["avg"] <= three["rtt"]["max"]
    assert lab.one("-4", "r2:eth1", "h1")["answered"]
    assert lab.one("-4", "h1", "r2:eth1")["address"] == "10.2.0.1"
    assert lab.run("-q", "h*", "h*").ok().out == ""
    assert lab.run("-q", "h1").status == 1  # old is among all


def test_why_not(lab):
    reasons = {
        "10.66.0.1": "a blackhole route to 10.66.0.1",
        "fd66::1": "a blackhole route to fd66::1",
        "10.68.0.1": "a route prohibits 10.68.0.1",
        "10.5.0.1": "r2 (10.3.0.2) says: prohibited",
        "10.99.0.1": "r1 (10.1.0.1) says: network unreachable",
        "fd99::1": "r1 (fd01::1) says: no route to destination",
        "alone": "alone has no address",
    }
    for to, why in reasons.items():
        assert lab.reason("h1", to) == why


def test_why_not_after_a_while(lab):
    """Nobody answers: a firewall drops it, or nobody is there, near or far."""
    told = lab.run("--json", "h1", "10.5.0.2,10.5.0.3,10.1.0.99,fd01::99,fd02::99").json()
    reasons = [pair.get("reason") for pair in told["pairs"]]
    assert reasons == [
        "no answer",
        None,
        "h1 (10.1.0.2) says: host unreachable",
        "h1 (fd01::2) says: address unreachable",
        "r2 (fd03::2) says: address unreachable",
    ]
    assert lab.reason("-6", "h1", "old") == "old has no IPv6 address"


def test_links_down_and_up(lab):
    link = lambda *words: lab.nslab.run("link", "-l", lab.name, "-q", *words).ok()
    link("down", "h1-r1")
    assert lab.reason("-4", "h1", "h2") == "no route to 10.2.0.2"
    assert lab.reason("-6", "h1", "h2") == "no route to fd02::2"
    link("up", "h1-r1")
    lab.run("h1", "h2").ok()


def test_words_and_what_is_left(lab):
    """What asks is nobody's program in a node, and no socket stays."""
    before = lab.nslab.run("ps", "-l", lab.name, "--json").ok().json()
    wrong = lab.run("h9")
    assert wrong.status == 2 and "did you mean" in wrong.err
    assert lab.run("-c", "0", "h1", "h2").status == 2
    assert lab.run("-W", "soon", "h1", "h2").status == 2
    assert lab.run("x*", "h2").status == 2
    lab.run("h1", "h2").ok()
    assert lab.nslab.run("ps", "-l", lab.name, "--json").ok().json() == before
    assert lab.inside("h1", "ss", "-Hanw").ok().out == ""


def test_a_lab_that_ends_meanwhile(nslab):
    """What would take a minute ends with the lab, and holds nothing of it."""
    with nslab.lab(PAIR) as name:
        asking = nslab.popen("ping", "-l", name, "-c", "300", "h1", "h2")
        wait_for_socket(nslab, name)
        nslab.run("down", "-q", name).ok()
        told = finish(asking, ["ping"])
        assert told.status == 1 and "the lab has ended meanwhile" in told.err, f"{told}"
        nslab.run("up", "-q", "--name", name, nslab.file(PAIR)).ok()  # for the block to end


def wait_for_socket(nslab, name):
    """Until somebody asks from inside of h1."""
    deadline = time.monotonic() + TIMEOUT
    while not nslab.run("exec", "-l", name, "h1", "ss", "-Hanw").ok().out:
        assert time.monotonic() < deadline, "nobody asks"


def test_all_pairs_of_a_lan(nslab):
    """Few enough for tables of the usual sizes; of more, see test_limits.py."""
    n = 20
    lan = f"nodes: {{h(1..{n}): }}\nlinks: [{{lan: [h(1..{n})], subnets: [10.0.0.0/24, fd00::/64]}}]"
    with nslab.lab(lan) as name:
        told = nslab.run("ping", "-l", name).ok().out.splitlines()
        pairs = n * (n - 1)
        assert [line.partition(",")[0] for line in told] == [
            f"{family}: {pairs} of {pairs} pairs answer" for family in ("IPv4", "IPv6")
        ]
