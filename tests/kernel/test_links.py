# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Links that are changed while a lab runs: nslab link, partition and heal, as ip, tc and ping see
it."""
import itertools
import re
import signal
import time

import pytest
from support.host import SANITIZED, SLOWNESS

pytestmark = pytest.mark.kernel

# A triangle of routers with a host each, a host on two links to r1, and a LAN; both families.
LAB = """\
nodes:
  r(1..3): {kind: router}
  h(1..3):
  a-b: {interfaces: {to-b: }}
  a:
  b-c:
  twin:
addressing: {links: [10.0.0.0/16, fd00::/48]}
routing: shortest-path
links:
  - {endpoints: [r1, r2], labels: {site: berlin, medium: fibre}}
  - {endpoints: [r2, r3], labels: {site: berlin}}
  - {endpoints: [r3, r1], cost: 5}
  - [h(i=1..3), r$(i)]
  - [twin:x, r1:x]
  - [twin:y, r1:y]
  - {endpoints: [a-b:to-b, b-c], state: down}
  - [a, r3]
"""


class Lab:
    def __init__(self, nslab, name):
        self.nslab, self.name = nslab, name

    def run(self, *words):
        return self.nslab.run("link", "-l", self.name, *words)

    def ok(self, *words):
        return self.run(*words).ok()

    def links(self):
        """{name: its ends}"""
        told = self.ok("ls", "--json").json()
        return {link["link"]: link["ends"] for link in told}

    def states(self):
        """{end: state}"""
        return {end["end"]: end["state"] for ends in self.links().values() for end in ends}

    def changed(self, before):
        """The ends whose state is not as BEFORE."""
        after = self.states()
        return {end for end in before if before[end] != after[end]}

    def flags(self, node, interface):
        return self.ip(node, "link", "show", interface)[0]["flags"]

    def ip(self, node, *words):
        return self.nslab.exec(self.name, node, "ip", "-j", *words).ok().json()

    def qdiscs(self, node, interface):
        out = self.nslab.exec(self.name, node, "tc", "-j", "qdisc", "show", "dev", interface).ok()
        return {qdisc["kind"]: qdisc.get("options", {}) for qdisc in out.json()}

    def reaches(self, source, target, family="4", tries=1):
        """Whether one of TRIES pings is answered. Who does not know the other's MAC address asks for
        it once a second."""
        words = ["ping", f"-{family}", "-n", f"-c{tries}", f"-W{2 * SLOWNESS}", target]
        return self.nslab.exec(self.name, source, *words).status == 0

    def held(self, node):
        """What a node has of addresses and routes, as ip tells it."""
        shown = []
        for words in ["addr"], ["-4", "route"], ["-6", "route", "show", "table", "all"]:
            out = self.nslab.exec(self.name, node, "ip", *words).ok().out
            # the kernel's own multicast route comes again with another number
            shown += [re.sub(r" (pref|linkdown|dadfailed|tentative)\b( medium)?", "", line)
                      for line in out.splitlines() if "qdisc" not in line]
        return sorted(line.strip() for line in shown)


@pytest.fixture
def lab(nslab):
    with nslab.lab(LAB) as name:
        yield Lab(nslab, name)


# --- names -----------------------------------------------------------------------------------


def test_ls_tells_of_every_link(lab):
    links = lab.links()
    assert list(links) == [
        "r1:eth0-r2:eth0",
        "r2:eth1-r3:eth0",
        "r3:eth1-r1:eth1",
        "h1:eth0-r1:eth2",
        "h2:eth0-r2:eth2",
        "h3:eth0-r3:eth2",
        "twin:x-r1:x",
        "twin:y-r1:y",
        "a-b:to-b-b-c:eth0",
        "a:eth0-r3:eth3",
    ]
    assert all(end["mtu"] == 1500 for ends in links.values() for end in ends)
    table = lab.ok("ls").out
    assert "a-b:to-b-b-c:eth0  down" in table and "LINK" in table
    names = lab.ok("ls", "-q").out.split()
    assert names[:2] == ["r1-r2", "r2-r3"] and "twin:x-r1:x" in names and "twin-r1" not in names
    # each short name names its link alone
    for name, whole in zip(names, links):
        assert [link["link"] for link in lab.ok("show", "--json", name).json()] == [whole], name
    assert lab.nslab.run("link", lab.name, "ls").ok().out == table
    assert lab.nslab.run("link", "-l", lab.name).ok().out == table


NAMES = {
    "r1-r2": ["r1:eth0", "r2:eth0"],
    "r2-r1": ["r1:eth0", "r2:eth0"],
    "r1:eth0": ["r1:eth0"],
    "r2:eth0-r1:eth0": ["r1:eth0", "r2:eth0"],
    "r2:eth0-r1": ["r1:eth0", "r2:eth0"],
    "twin-r1": ["twin:x", "r1:x", "twin:y", "r1:y"],
    "twin:y-r1": ["twin:y", "r1:y"],
    "site=berlin": ["r1:eth0", "r2:eth0", "r2:eth1", "r3:eth0"],
    "medium=f*": ["r1:eth0", "r2:eth0"],
    "r1:*": ["r1:eth0", "r1:eth1", "r1:eth2", "r1:x", "r1:y"],
    "h*-r*": ["h1:eth0", "r1:eth2", "h2:eth0", "r2:eth2", "h3:eth0", "r3:eth2"],
    "h1-r1,r2:eth2": ["h1:eth0", "r1:eth2", "r2:eth2"],
    "a-b-b-c": ["a-b:to-b", "b-c:eth0"],
    "a-b:to-b": ["a-b:to-b"],
}


def test_names(lab):
    for name, wanted in NAMES.items():
        told = lab.ok("show", "--json", name).json()
        ends = [end["end"] for link in told for end in link["ends"]]
        assert sorted(ends) == sorted(wanted), name


def completions(lab, shell, line):
    """What SHELL offers for the last word of LINE, in which `nslab` is our program."""
    program = lab.nslab.stage.program
    words = line.split(" ")
    scripts = {
        "bash": f"eval \"$(nslab completion bash)\"; COMP_WORDS=({' '.join(words[:-1])} '{words[-1]}');"
        f" COMP_CWORD={len(words) - 1}; _nslab; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        "fish": f"nslab completion fish | source; complete -C '{line}'",
    }
    env = {"PATH": f"{program.parent}:{lab.nslab.env['PATH']}"}
    out = lab.nslab.run("-c", scripts[shell], program=f"/usr/bin/{shell}", env=env).ok().out
    return {line.split("\t")[0].strip() for line in out.splitlines()} - {""}


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_completion(lab, shell):
    begin = f"nslab link -l {lab.name}"
    assert completions(lab, shell, f"{begin} d") == {"down"}
    assert completions(lab, shell, f"{begin} down r1-") == {"r1-r2"}
    assert {"r1-r2", "h1-r1", "a-r3"} <= completions(lab, shell, f"{begin} down ")
    assert "r1" in completions(lab, shell, f"nslab partition -l {lab.name} ")


WRONG = {
    ("show", "r1-h2"): "has no link 'r1-h2'; did you mean",
    ("set", "r1-r9", "delay=1ms"): "did you mean 'r1-r",
    ("down", "r1:eth9"): "has no link 'r1:eth9'; did you mean 'r1:eth",
    ("up", "site=berln"): "did you mean 'site=berlin'",
    ("down", "x*-y*"): "has no link 'x*-y*'",
    ("down", "r1"): "r1 is a node; a link is r1-NODE",
    ("down", "r1-r2,r8-r9"): "has no link 'r8-r9'",
    ("down", ""): "has no link ''",
    ("flap", "r1-r9", "--for", "1s"): "has no link 'r1-r9'",
    ("flap", "r1-r2", "--every", "soon"): "--every takes a duration",
    ("down", "r1-r2", "--for", "1s"): "--every and --for are for flap",
    ("set", "r1-r2", "dely=1ms"): "did you mean 'delay'",
    ("set", "r1-r2", "delay=10"): "a time has a unit",
    ("set", "r1-r2", "jitter=1ms"): "'jitter' needs 'delay'",
    ("set", "r1-r2", "delay"): "'delay' is no setting, like delay=20ms",
    ("set", "r1-r2"): "a word is missing: nslab link set LINK KEY=VALUE",
    ("sho", "r1-r2"): "did you mean 'show'",
}


def test_wrong_words_change_nothing(lab):
    before = lab.links()
    for words, said in WRONG.items():
        result = lab.run(*words)
        assert result.status == 2 and said in result.err, f"{result}"
    assert lab.links() == before


def test_a_name_with_two_meanings(nslab):
    """a-b to c, or a to b-c."""
    with nslab.lab("nodes: {a: , a-b: , b-c: , c: }\nlinks: [[a, b-c], [a-b, c]]\n") as name:
        lab = Lab(nslab, name)
        result = lab.run("down", "a-b-c")
        assert result.status == 2 and "'a' and 'b-c', or 'a-b' and 'c'" in result.err, f"{result}"
        lab.ok("down", "a-b:eth0-c:eth0")
        assert lab.states() == {
            "a:eth0": "up",
            "b-c:eth0": "up",
            "a-b:eth0": "down",
            "c:eth0": "down",
        }
        assert lab.ok("ls", "-q").out.split() == ["a:eth0-b-c:eth0", "a-b:eth0-c:eth0"]


# --- down and up -----------------------------------------------------------------------------


def test_down_and_up(lab):
    """Up again everything is as it was: addresses of IPv6 and routes, too."""
    before, states = {node: lab.held(node) for node in ("r1", "r2", "h1")}, lab.states()
    assert lab.reaches("h1", "h2") and lab.reaches("h1", "h2", "6")
    lab.ok("down", "r1-r2")
    assert lab.changed(states) == {"r1:eth0", "r2:eth0"}
    assert "UP" not in lab.flags("r1", "eth0") and "UP" not in lab.flags("r2", "eth0")
    assert not lab.reaches("h1", "h2") and not lab.reaches("h1", "h2", "6")
    assert lab.reaches("h1", "twin") and lab.held("r1") != before["r1"]
    lab.ok("down", "r1-r2")  # once more takes nothing further
    lab.ok("up", "r1-r2")
    assert lab.changed(states) == set()
    assert lab.reaches("h1", "h2") and lab.reaches("h1", "h2", "6")
    assert {node: lab.held(node) for node in before} == before


@pytest.mark.one_user
@pytest.mark.once
def test_equal_paths_come_back_in_any_order(nslab):
    """Routes with several next hops, both families: down one by one, up in every order."""
    text = """\
nodes: {r1: {kind: router}, r2: {kind: router}, h: }
addressing: {links: [10.0.0.0/16, fd00::/48]}
routing: shortest-path
links: [[r1:x, r2:x], [r1:y, r2:y], [r1:z, r2:z], [h, r2]]
"""
    with nslab.lab(text) as name:
        lab = Lab(nslab, name)
        before = lab.held("r1"), lab.held("r2")
        assert sum(line.startswith("nexthop") for line in before[0]) >= 6
        for order in itertools.permutations("xyz"):
            for link in "yxz":
                lab.ok("down", f"r1:{link}-r2:{link}")
            for link in order:
                lab.ok("up", f"r1:{link}-r2:{link}")
            assert (lab.held("r1"), lab.held("r2")) == before, order
        lab.ok("down", "r1-r2")
        lab.ok("up", "r1:x,r2:z,r2:x")
        assert lab.reaches("r1", "h") and lab.reaches("r1", "h", "6")
        lab.ok("up", "r1-r2")
        assert (lab.held("r1"), lab.held("r2")) == before


def test_one_end_down(lab):
    lab.ok("down", "r2:eth0")
    states = lab.states()
    assert (states["r1:eth0"], states["r2:eth0"]) == ("no-carrier", "down")
    assert "UP" in lab.flags("r1", "eth0") and "NO-CARRIER" in lab.flags("r1", "eth0")
    assert "down at r2:eth0" in lab.ok("ls").out
    lab.ok("up", "r1:eth0")
    assert lab.states() == states
    lab.ok("up", "r1-r2")
    assert lab.reaches("h1", "h2", "6")


def test_what_was_down_comes_up(lab):
    """`state: down` of the file is a start, not a rule."""
    lab.ok("up", "a-b-b-c")
    assert "LOWER_UP" in lab.flags("b-c", "eth0")
    lab.ok("down", "a-b-b-c")


def test_a_link_that_was_set_by_hand(lab):
    """One truth: the kernel's. What it has lost by hand is not ours to give back."""
    lab.nslab.exec(lab.name, "r1", "ip", "link", "set", "eth0", "down").ok()
    assert lab.states()["r1:eth0"] == "down" and lab.states()["r2:eth0"] == "no-carrier"
    lab.ok("up", "r1-r2")
    assert lab.states()["r1:eth0"] == lab.states()["r2:eth0"] == "up"


def flap(lab):
    """How long it took."""
    start = time.monotonic()
    out = lab.ok("flap", "r1-r2", "--every", "400ms", "--for", "1.2s").out
    assert out == "1 link flapped 3 times\n"
    return time.monotonic() - start


def test_flap(lab):
    """Down and up as often as the time allows, and up at the end, with all that was there."""
    before, took = lab.held("r1"), [flap(lab) for _ in range(3)]  # of which a busy machine holds up one
    assert 1.2 <= min(took) < 1.2 + (15 if SANITIZED else 3) * SLOWNESS
    assert lab.held("r1") == before and lab.reaches("h1", "h2", "6")


def test_flap_until_a_signal(lab):
    """The link comes up even in the middle of a down time."""
    words = ["link", "-l", lab.name, "flap", "r1-r2", "--every", "1min"]
    process = lab.nslab.popen(*words)
    for _ in range(100 * SLOWNESS):
        if lab.states()["r1:eth0"] == "down":
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, "1 link flapped 1 time\n", "")
    assert lab.states()["r1:eth0"] == lab.states()["r2:eth0"] == "up"
    assert lab.reaches("h1", "h2")


# --- partition and heal ----------------------------------------------------------------------


def partition(lab, *words):
    return lab.nslab.run("partition", "-l", lab.name, *words)


def heal(lab):
    return lab.nslab.run("heal", lab.name)


def test_partition_and_heal(lab):
    before, states = lab.held("r2"), lab.states()
    assert partition(lab, "r1", "/", "r2,r3").ok().out == "2 links down\n"
    cut = {"r1:eth0", "r2:eth0", "r1:eth1", "r3:eth1"}
    assert lab.changed(states) == cut
    assert lab.reaches("h2", "h3") and lab.reaches("h1", "r1")
    assert not lab.reaches("h1", "h2") and not lab.reaches("h3", "h1", "6")
    again = partition(lab, "r2 / r1,r3")
    assert again.status == 2 and "in parts already" in again.err, f"{again}"
    assert heal(lab).ok().out == "2 links up\n"
    assert lab.changed(states) == set() and lab.held("r2") == before
    assert lab.reaches("h1", "h2") and lab.reaches("h3", "h1", "6")
    nothing = heal(lab)
    assert nothing.status == 1 and "nothing to heal" in nothing.err, f"{nothing}"


def test_partition_in_three(lab):
    told = lab.nslab.run("partition", "-l", lab.name, "--json", "r1/r2/r3").ok().json()
    assert [link["link"] for link in told] == [
        "r1:eth0-r2:eth0",
        "r2:eth1-r3:eth0",
        "r3:eth1-r1:eth1",
    ]
    assert {end["state"] for link in told for end in link["ends"]} == {"down"}
    heal(lab).ok()


def test_heal_leaves_what_was_down_before(lab):
    lab.ok("down", "r1-r2")
    states = lab.states()
    partition(lab, "r1 / r[23]").ok()
    heal(lab).ok()
    assert lab.changed(states) == set() and lab.states()["r1:eth0"] == "down"
    lab.ok("up", "r1-r2")
    assert lab.reaches("h1", "h2", "6")


WRONG_SIDES = {
    "r1 / r2": "still join the sides: say on which side",
    "r1 / r2,r9,r3": "ends at a node 'r9'; did you mean 'r",
    "r1,r2 / r2,r3": "r2 is on two sides",
    "r1,r2,r3": "a partition has two sides",
    "r1 / ": "a side has no nodes",
    "h1 / h2": "still join the sides",
    "a / a-b": "no link joins these sides",
}


def test_wrong_sides_change_nothing(lab):
    before = lab.links()
    for sides, said in WRONG_SIDES.items():
        result = partition(lab, sides)
        assert result.status == 2 and said in result.err, f"{result}"
    assert lab.links() == before and heal(lab).status == 1


def test_lan_is_no_side(nslab):
    text = "nodes: {a: , b: , c: }\nlinks: [{lan: [a, b, c], subnets: [10.0.0.0/24]}]\n"
    with nslab.lab(text) as name:
        lab = Lab(nslab, name)
        result = partition(lab, "a / b,c")
        assert result.status == 2 and "a LAN joins the sides" in result.err, f"{result}"
        lab.ok("down", "a:eth0")
        assert not lab.reaches("b", "10.0.0.1") and lab.reaches("b", "10.0.0.3")
        lab.ok("up", "a:eth0")
        assert lab.reaches("b", "10.0.0.1", tries=4)  # who was silent is asked again in seconds


# --- impairments -----------------------------------------------------------------------------

PAIR = """\
nodes: {a: , b: , c: }
links:
  - {endpoints: [a, b], subnets: [10.0.1.0/24], labels: {way: slow}}
  - {endpoints: [b, c], subnets: [10.0.2.0/24], delay: 8ms, loss: 2%}
"""


@pytest.fixture
def pair(nslab):
    with nslab.lab(PAIR) as name:
        yield Lab(nslab, name)


def netem(lab, node, interface="eth0"):
    found = lab.qdiscs(node, interface)
    assert set(found) == {"netem"}
    return found["netem"]


@pytest.mark.needs("netem", "tbf")
def test_set(pair):
    """Both directions, or one; each key by itself; nothing that is not named."""
    other = pair.qdiscs("b", "eth1"), pair.qdiscs("c", "eth0")
    pair.ok("set", "a-b", "delay=48ms", "loss=1%")
    for node in "ab":
        found = netem(pair, node)
        assert found["delay"]["delay"] == 0.048
        assert found["loss-random"]["loss"] == pytest.approx(0.01)
    pair.ok("set", "b:eth0", "delay=8ms")
    assert netem(pair, "a")["delay"]["delay"] == 0.048
    assert netem(pair, "b")["delay"]["delay"] == 0.008
    assert netem(pair, "b")["loss-random"]["loss"] == pytest.approx(0.01)
    pair.ok("set", "way=slow", "loss=none", "rate=10mbit")
    for node in "ab":
        found = netem(pair, node)
        assert "loss-random" not in found and found["rate"]["rate"] == 1250000
        assert found["delay"]["delay"]
    pair.ok("set", "a-b", "rate=none", "delay=none")
    assert all(set(pair.qdiscs(node, "eth0")) == {"noqueue"} for node in "ab")
    assert (pair.qdiscs("b", "eth1"), pair.qdiscs("c", "eth0")) == other


# Each step, and what both ends then have, as `link show` tells it: in the order of the language.
STEPS = [
    ("delay=20ms jitter=4ms", {"delay": "20ms", "jitter": "4ms"}),
    ("distribution=normal", {"delay": "20ms", "jitter": "4ms", "distribution": "normal"}),
    ("jitter=none distribution=none loss=0.01%", {"delay": "20ms", "loss": "0.01%"}),
    (
        "loss={p: 1%, r: 20%}",
        {"delay": "20ms", "loss": "{p: 1%, r: 20%, bad-loss: 100%, good-loss: 0%}"},
    ),
    ("loss=none rate=5mbit queue=50p", {"delay": "20ms", "rate": "5mbit", "queue": "50p"}),
    (
        "queue=none burst=20kB",
        {"delay": "20ms", "rate": "5mbit", "burst": "20kB"},
    ),
    ("delay=none rate=8mbit", {"rate": "8mbit", "burst": "20kB"}),
    ("burst=none queue=100kB", {"rate": "8mbit", "queue": "100kB"}),
    ("duplicate=3%", {"duplicate": "3%", "rate": "8mbit", "queue": "100kB"}),
    ("queue=none corrupt=1%", {"duplicate": "3%", "corrupt": "1%", "rate": "8mbit"}),
    ("rate=none duplicate=none corrupt=none", {}),
    ("delay=1ms reorder=25%", {"delay": "1ms", "reorder": "25%"}),
    ("delay=none reorder=none", {}),
]
KINDS = [
    {"netem"},
    {"netem"},
    {"netem"},
    {"netem"},
    {"netem"},
    {"netem", "tbf"},
    {"tbf"},
    {"tbf"},
    {"netem", "tbf"},
    {"netem"},
    {"noqueue"},
    {"netem"},
    {"noqueue"},
]


def words_of(settings):
    return re.findall(r"[a-z]+=(?:\{[^}]*\}|\S+)", settings)


@pytest.mark.needs("netem", "tbf")
def test_many_sets_one_after_the_other(pair):
    """What show tells after each is the sum of all, and what tc has."""
    for (settings, wanted), kinds in zip(STEPS, KINDS):
        pair.ok("set", "a-b", *words_of(settings))
        told = pair.ok("show", "--json", "a-b").json()
        assert [end["impairments"] for end in told[0]["ends"]] == [wanted, wanted], settings
        assert all(set(pair.qdiscs(node, "eth0")) == kinds for node in "ab"), settings
    other = pair.ok("show", "--json", "b-c").json()[0]["ends"]
    assert [end["impairments"] for end in other] == [{"delay": "8ms", "loss": "2%"}] * 2


@pytest.mark.needs("netem")
def test_set_prints_what_is_so(pair):
    assert pair.ok("set", "a-b", "delay=20ms").out == "1 link set\n"
    assert pair.ok("set", "-q", "*-*", "delay=2ms").out == ""
    told = pair.ok("set", "--json", "b:eth0", "loss=5%").json()
    assert told == [
        {
            "link": "a:eth0-b:eth0",
            "lan": False,
            "labels": {"way": "slow"},
            "ends": [
                {
                    "end": "b:eth0",
                    "state": "up",
                    "mtu": 1500,
                    "impairments": {"delay": "2ms", "loss": "5%"},
                }
            ],
        }
    ]
    assert "delay 2ms loss 5%" in pair.ok("show", "b:eth0").out
    assert re.search(r"a:eth0-b:eth0 +up +delay 2ms +delay 2ms loss 5%\n", pair.ok("ls").out)


@pytest.mark.needs("netem")
def test_what_cannot_be_is_refused_for_all(pair):
    """b-c has a delay, a-b has none: jitter for both is refused, and neither is touched."""
    before = pair.links()
    result = pair.run("set", "*-*", "jitter=1ms")
    assert result.status == 2 and "'jitter' needs 'delay'" in result.err, f"{result}"
    assert pair.links() == before


@pytest.mark.needs("netem")
def test_impairments_outlive_down_and_up(pair):
    pair.ok("down", "b-c")
    pair.ok("set", "b-c", "delay=16ms")
    pair.ok("up", "b-c")
    assert netem(pair, "c")["delay"]["delay"] == 0.016
    assert netem(pair, "c")["loss-random"]["loss"] == pytest.approx(0.02)


@pytest.mark.needs("netem")
def test_a_stranger_is_not_touched(pair):
    """A queueing discipline made by hand: told of, and left alone; a netem of theirs is read."""
    pair.nslab.exec(pair.name, "a", *"tc qdisc add dev eth0 root pfifo limit 7".split()).ok()
    assert "made by hand: pfifo" in pair.ok("ls").out
    result = pair.run("set", "a-b", "delay=2ms")
    assert result.status == 1 and "(pfifo)" in result.err, f"{result}"
    assert set(pair.qdiscs("b", "eth0")) == {"noqueue"}
    words = "tc qdisc replace dev eth0 root netem delay 5ms loss 10%"
    pair.nslab.exec(pair.name, "a", *words.split()).ok()
    pair.ok("set", "a:eth0", "loss=none")
    assert netem(pair, "a")["delay"]["delay"] == 0.005 and "loss-random" not in netem(pair, "a")


@pytest.mark.needs("netem")
@pytest.mark.virtual_time
@pytest.mark.parametrize("as_user", ["user"])
def test_packets_feel_it(pair):
    """A ping that runs all the time: 60 ms while both ends delay, then 30 ms, then nothing. What is
    under way is only lost where netem goes: one ping at most is."""
    words = ["exec", "-l", pair.name, "a", "--", "ping", "-n", "-i0.1", "-c100", "10.0.1.2"]
    process = pair.nslab.popen(*words)
    time.sleep(3)
    pair.ok("set", "a:eth0", "delay=40ms")
    pair.ok("set", "b:eth0", "delay=20ms")
    time.sleep(3)
    pair.ok("set", "a-b", "delay=15ms")
    time.sleep(2)
    pair.ok("set", "a-b", "delay=none")
    out, _ = process.communicate(timeout=120)
    times = [float(part.split()[0]) for part in out.split("time=")[1:]]
    slow = [ms for ms in times if 60 <= ms < 63]
    fair = [ms for ms in times if 30 <= ms < 33]
    fast = [ms for ms in times if ms < 5]
    assert len(slow) >= 20 and len(fair) >= 12 and len(fast) >= 30, times
    assert len(times) >= 99, times


@pytest.mark.stock_kernel
def test_set_seed_is_lacking(pair):
    result = pair.run("set", "b-c", "seed=7")
    assert result.status == 3 and "Linux 6.6 or later" in result.err, f"{result}"
    told = pair.ok("show", "--json", "b-c").json()[0]["ends"]
    assert [end["impairments"] for end in told] == [{"delay": "8ms", "loss": "2%"}] * 2
