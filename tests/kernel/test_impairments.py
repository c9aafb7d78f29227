# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""What links do to packets: as tc tells it, and as packets see it, on a clock that nothing disturbs."""
import json
import pathlib
import statistics
import subprocess

import pytest
from support import stream

pytestmark = pytest.mark.kernel
LABS = pathlib.Path(__file__).parent / "labs"


def qdiscs(nslab, lab, node, interface):
    """{kind: options} of INTERFACE, as tc tells."""
    out = nslab.exec(lab, node, "tc", "-j", "-s", "qdisc", "show", "dev", interface).ok()
    return {qdisc["kind"]: qdisc.get("options", {}) for qdisc in out.json()}


def pair(keys, a="", b="", more=""):
    """A lab of two nodes: what their link has, and what either end."""
    return (
        "nodes: {a: , b: }\n"
        f"links: [{{endpoints: [{{node: a{a}}}, {{node: b{b}}}], subnets: [10.0.0.0/24]"
        f"{keys}{more}}}]\n"
    )


def introduce(nslab, lab):
    """The ends of a pair's link know each other's MAC addresses for good. What is learned over a link
    that corrupts packets may be a wrong one, which is believed for half a minute."""
    macs = {
        node: nslab.exec(lab, node, "ip", "-j", "link", "show", "eth0").ok().json()[0]["address"]
        for node in "ab"
    }
    for node, address, mac in ("a", "10.0.0.2", macs["b"]), ("b", "10.0.0.1", macs["a"]):
        known = ["ip", "neigh", "replace", address, "lladdr", mac, "dev", "eth0", "nud", "permanent"]
        nslab.exec(lab, node, *known).ok()


# --- as tc tells -----------------------------------------------------------------------------


# What is written, of which qdisc, and what tc reads. Times in seconds, rates in bytes a second. tc
# tells times in ticks of 64 ns, cut to whole microseconds: multiples of 8 us are told as they are.
EXACT = {
    "delay: 20ms": ("netem", {"delay": {"delay": 0.02, "jitter": 0, "correlation": 0}}),
    "delay: 96us, jitter: 8us, correlation: 25%": (
        "netem",
        {"delay": {"delay": 0.000096, "jitter": 0.000008, "correlation": 0.25}},
    ),
    "delay: 5s, jitter: 1s, distribution: pareto": (
        "netem",
        {"delay": {"delay": 5, "jitter": 1, "correlation": 0}},
    ),
    "loss: 0.01%": ("netem", {"loss-random": {"loss": 0.0001, "correlation": 0}}),
    "loss: 33.3%": ("netem", {"loss-random": {"loss": 0.333, "correlation": 0}}),
    "loss: {p: 0.5%, r: 10%, bad-loss: 75%, good-loss: 0.1%}": (
        "netem",
        {"loss-gemodel": {"p": 0.005, "r": 0.1, "1-h": 0.75, "1-k": 0.001}},
    ),
    "duplicate: 0.3%": ("netem", {"duplicate": {"duplicate": 0.003, "correlation": 0}}),
    "corrupt: 0.02%": ("netem", {"corrupt": {"corrupt": 0.0002, "correlation": 0}}),
    "delay: 1ms, reorder: 25%": (
        "netem",
        {"reorder": {"reorder": 0.25, "correlation": 0}, "gap": 1},
    ),
    "rate: 10mbit, queue: 50p": ("netem", {"rate": {"rate": 1250000}, "limit": 50}),
    "rate: 40gbit": ("netem", {"rate": {"rate": 5000000000}, "limit": 1000}),
    "rate: 64kbit, burst: 4kB, queue: 64KiB": (
        "tbf",
        {"rate": 8000, "burst": 4000, "limit": 65536},
    ),
}


def agrees(found, wanted):
    """Whether all of WANTED is in FOUND; numbers as tc prints them, to seven digits."""
    if isinstance(wanted, dict):
        return all(key in found and agrees(found[key], wanted[key]) for key in wanted)
    return found == pytest.approx(wanted, rel=1e-6)


@pytest.mark.needs("netem", "tbf")
def test_tc_reads_what_was_written(nslab):
    links = "".join(f"  - {{endpoints: [a, b], {keys}}}\n" for keys in EXACT)
    with nslab.lab(f"nodes: {{a: , b: }}\nlinks:\n{links}") as lab:
        for i, (kind, wanted) in enumerate(EXACT.values()):
            for node in "a", "b":
                found = qdiscs(nslab, lab, node, f"eth{i}")
                assert set(found) == {kind}
                options = found[kind]
                if kind == "tbf":
                    options["limit"] = options.get("limit") or round(
                        options["lat"] / 1e6 * options["rate"] + options["burst"]
                    )
                assert agrees(options, wanted), (wanted, options)


@pytest.mark.needs("netem", "tbf")
def test_link_show_tells_what_was_written(nslab):
    """Word by word, of both ends; all but tbf's burst is exact in the kernel to the last digit."""
    also = ["delay: 100us, jitter: 33us, correlation: 33.3%", "delay: 5s", "loss: 0.0001%"]
    keys = [*EXACT, *also]
    links = "".join(f"  - {{endpoints: [a, b], {text}}}\n" for text in keys)
    with nslab.lab(f"nodes: {{a: , b: }}\nlinks:\n{links}") as lab:
        told = nslab.run("link", "-l", lab, "--json").ok().json()
        for text, link in zip(keys, told):
            for end in link["ends"]:
                found = [f"{key}: {value}" for key, value in end["impairments"].items()]
                assert ", ".join(found) == text
        nslab.run("link", "-l", lab, "set", "a-b", "duplicate=1%").ok()
        again = nslab.run("link", "-l", lab, "--json").ok().json()
        for before, after in zip(told, again):
            for one, other in zip(before["ends"], after["ends"]):
                assert other["impairments"] == one["impairments"] | {"duplicate": "1%"}


@pytest.mark.needs("netem")
def test_an_end_has_its_own(nslab):
    """Key by key over the link's; none takes the link's away; the other end has the link's."""
    text = pair(", delay: 20ms, loss: 1%", a=", loss: none, rate: 1mbit", b=", delay: 5ms")
    with nslab.lab(text) as lab:
        a, b = (qdiscs(nslab, lab, node, "eth0")["netem"] for node in "ab")
        assert a["delay"]["delay"] == 0.02 and "loss-random" not in a
        assert a["rate"]["rate"] == 125000
        assert b["delay"]["delay"] == 0.005 and b["loss-random"]["loss"] == pytest.approx(0.01)
        assert "rate" not in b


# --- as packets see it -----------------------------------------------------------------------


def packets(test):
    """Packets fare the same whoever built the lab."""
    test = pytest.mark.parametrize("as_user", ["user"])(test)
    return pytest.mark.needs("netem", "tbf")(pytest.mark.virtual_time(test))


@packets
def test_delay_there_and_back(nslab):
    """A thousand pings; and each direction for itself, by packets that tell when they left."""
    text = pair("", a=", delay: 30ms, jitter: 5ms", b=", delay: 10ms, jitter: 2ms")
    with nslab.lab(text) as lab:
        stream.meet(nslab, lab, "a", "10.0.0.2")
        out = nslab.exec(lab, "a", "ping", "-n", "-c1000", "-i0.01", "10.0.0.2").ok().out
        times = [float(part.split()[0]) for part in out.split("time=")[1:]]
        assert len(times) == 1000
        assert statistics.median(times) == pytest.approx(40, rel=0.05)
        assert 40 - 7.1 <= min(times) and max(times) <= 40 + 7.1 + 1
        there = stream.send(nslab, lab, "a", "b", "10.0.0.2")
        back = stream.send(nslab, lab, "b", "a", "10.0.0.1")
        assert there.lost == back.lost == 0
        assert there.quantile(0.5) == pytest.approx(0.030, rel=0.05)
        assert back.quantile(0.5) == pytest.approx(0.010, rel=0.05)


# Where a quarter and three quarters of the packets have come, and the first and last hundredth, in
# jitters from the delay: of a uniform distribution by its definition, of the others as tc's tables
# have them (`maketable` is in iproute2; normal: 0.6745 and 2.326 sigmas).
QUANTILES = {
    "uniform": {0.01: -0.98, 0.25: -0.5, 0.5: 0, 0.75: 0.5, 0.99: 0.98},
    "normal": {0.01: -2.326, 0.25: -0.6745, 0.5: 0, 0.75: 0.6745, 0.99: 2.326},
}


@packets
@pytest.mark.parametrize("distribution", QUANTILES)
def test_jitter_has_its_distribution(nslab, distribution):
    keys = f", delay: 100ms, jitter: 10ms, distribution: {distribution}"
    with nslab.lab(pair(keys)) as lab:
        seen = stream.send(nslab, lab, "a", "b", "10.0.0.2", count=2000)
        assert seen.lost == 0
        for share, jitters in QUANTILES[distribution].items():
            wanted = 0.100 + jitters * 0.010
            slack = 0.003 if share in (0.01, 0.99) else 0.0012
            assert abs(seen.quantile(share) - wanted) < slack, (share, seen.quantile(share))


@packets
def test_jitter_is_what_tc_makes_of_it(nslab):
    """tc's own table, of the same name, gives packets the same delays; another one does not."""
    seen = {}
    with nslab.lab(pair(", delay: 100ms, jitter: 10ms")) as lab:
        for name in "pareto", "paretonormal":
            nslab.run("link", "-l", lab, "set", "a:eth0", f"distribution={name}").ok()
            seen["ours", name] = stream.send(nslab, lab, "a", "b", "10.0.0.2", count=2000)
        nslab.exec(lab, "a", "tc", "qdisc", "del", "dev", "eth0", "root").ok()
        for name in "pareto", "paretonormal":
            words = f"tc qdisc replace dev eth0 root netem delay 100ms 10ms distribution {name}"
            nslab.exec(lab, "a", *words.split()).ok()
            seen["tc", name] = stream.send(nslab, lab, "a", "b", "10.0.0.2", count=2000)
    for ours in "pareto", "paretonormal":
        for theirs in "pareto", "paretonormal":
            alike = stream.may_be_alike(seen["ours", ours], seen["tc", theirs])
            how_far = stream.distance(seen["ours", ours], seen["tc", theirs])
            assert alike == (ours == theirs), (ours, theirs, how_far)


@packets
def test_loss(nslab):
    """One direction 2 %, the other 20 %."""
    with nslab.lab(pair(", loss: 2%", b=", loss: 20%")) as lab:
        there = stream.send(nslab, lab, "a", "b", "10.0.0.2", count=4000, every=50, pause=0.005)
        back = stream.send(nslab, lab, "b", "a", "10.0.0.1", count=4000, every=50, pause=0.005)
        assert stream.is_share(there.lost, 4000, 0.02), there.lost
        assert stream.is_share(back.lost, 4000, 0.20), back.lost


@packets
def test_loss_in_bursts(nslab):
    """A good time ends with one packet in fifty, a bad one with one in five: a bad time is five
    packets long, and of 55 packets 5 are in one."""
    with nslab.lab(pair(", loss: {p: 2%, r: 20%}")) as lab:
        seen = stream.send(nslab, lab, "a", "b", "10.0.0.2", count=10000, every=50, pause=0.005)
        runs = seen.lost_runs()
        # What follows one another is alike: the spread is three times that of single losses.
        assert abs(seen.lost / seen.count - 1 / 11) < 5 * 3 * (1 / 11 * 10 / 11 / seen.count) ** 0.5
        assert abs(statistics.mean(runs) - 5) < 5 * 4.5 / len(runs) ** 0.5, runs


@packets
def test_duplicates_and_corruption(nslab):
    """What comes twice is counted; what was corrupted has a wrong checksum, and is thrown away,
    unless it was in what nobody looks at (the sender's MAC: a fortieth of these packets)."""
    with nslab.lab(pair("", a=", duplicate: 10%", b=", corrupt: 10%")) as lab:
        introduce(nslab, lab)
        there = stream.send(nslab, lab, "a", "b", "10.0.0.2", count=3000, every=50, pause=0.005)
        assert there.lost == 0 and stream.is_share(there.twice, 3000, 0.10), there.twice
        back = stream.send(
            nslab, lab, "b", "a", "10.0.0.1", count=3000, size=200, every=50, pause=0.005
        )
        assert stream.is_share(back.lost, 3000, 0.10 * 39 / 40), back.lost


@packets
def test_reorder(nslab):
    """A quarter goes out at once, and overtakes what is on its way; the rest takes its time."""
    with nslab.lab(pair(", delay: 20ms, reorder: 25%")) as lab:
        seen = stream.send(nslab, lab, "a", "b", "10.0.0.2", count=2000, pause=0.002)
        early = sum(seconds < 0.010 for seconds in seen.delays)
        assert seen.lost == 0 and stream.is_share(early, 2000, 0.25), early
        assert seen.quantile(0.6) == pytest.approx(0.020, rel=0.05)
        late = sum(a > b for a, b in zip(seen.numbers, seen.numbers[1:]))
        assert late > 2000 * 0.25 * 0.5, late


WIRE = 1514 / 1448  # bytes of Ethernet to bytes of TCP in a full packet


def iperf(nslab, lab, *options):
    """Bits of Ethernet a second that a's connection to b had, from its third second on."""
    server = nslab.popen("exec", "-l", lab, "b", "--", "iperf3", "-s", "-1", "--forceflush")
    assert "listening" in server.stdout.readline() + server.stdout.readline()
    words = ["iperf3", "-J", "-c", "10.0.0.2", "-t", "6", "-O", "2", *options]
    told = nslab.exec(lab, "a", *words).ok().json()
    server.communicate(timeout=60)
    return told["end"]["sum_received"]["bits_per_second"] * WIRE


@packets
@pytest.mark.parametrize("burst", ["", ", burst: 20kB, queue: 100kB"], ids=["netem", "tbf"])
def test_rate_both_ways(nslab, burst):
    text = pair(f", rate: 10mbit{burst}", b=", rate: 4mbit")
    with nslab.lab(text) as lab:
        assert iperf(nslab, lab) == pytest.approx(10e6, rel=0.05)
        assert iperf(nslab, lab, "-R") == pytest.approx(4e6, rel=0.05)


@packets
def test_queue(nslab):
    """Of a hundred packets at once so many wait as the queue has room for; the others are lost."""
    text = pair("", a=", rate: 100kbit, queue: 20p", b=", rate: 100kbit, queue: 10kB")
    # what the kernel itself sends, of IPv6 or to learn a MAC address, would take places in the queue
    alone = "sysctls: {net.ipv6.conf.all.disable_ipv6: 1}"
    with nslab.lab(text.replace("{a: , b: }", f"{{a: {{{alone}}}, b: {{{alone}}}}}")) as lab:
        introduce(nslab, lab)
        there = stream.send(nslab, lab, "a", "b", "10.0.0.2", count=100, size=958, every=100)
        back = stream.send(nslab, lab, "b", "a", "10.0.0.1", count=100, size=958, every=100)
        assert 20 <= len(there.came) <= 23, len(there.came)
        assert 10 <= len(back.came) <= 13, len(back.came)


# --- what the kernel lacks -------------------------------------------------------------------


@pytest.mark.stock_kernel
def test_seed_is_lacking(nslab):
    """Before Linux 6.6 netem takes a seed, and forgets it."""
    file = nslab.file(pair(", loss: 1%, seed: 7"))
    result = nslab.run("up", file)
    assert result.status == 3, f"{result}"
    assert f"{file}:2:" in result.err and "seed for netem" in result.err, f"{result}"
    assert "Linux 6.6 or later" in result.err and "loss: 1%, seed: 7" in result.err, f"{result}"
    assert nslab.labs() == []
    nslab.run("check", file).ok()


@pytest.fixture(params=["netem", "tbf"])
def without(request):
    """A kernel that has no such queueing discipline: its module is out, and none is loaded."""
    helper = pathlib.Path("/proc/sys/kernel/modprobe")
    before = helper.read_text()
    subprocess.run(["modprobe", "-r", f"sch_{request.param}"], check=True)
    helper.write_text("/nonexistent")
    yield request.param
    helper.write_text(before)


@pytest.mark.stock_kernel
def test_qdisc_is_lacking(without, nslab):
    """Refused before anything is built, with the line, what is missing, and what brings it; a lab
    that does without is built."""
    keys = {"netem": ", loss: 1%", "tbf": ", rate: 1mbit, burst: 10kB"}[without]
    file = nslab.file(pair(keys))
    result = nslab.run("up", file)
    assert result.status == 3 and f"{file}:2:" in result.err, f"{result}"
    assert f"sch_{without}" in result.err, f"{result}"
    assert nslab.labs() == []
    with nslab.lab(pair("")) as lab:
        setting = {"netem": ["loss=1%"], "tbf": ["rate=1mbit", "burst=10kB"]}[without]
        result = nslab.run("link", "-l", lab, "set", "a-b", *setting)
        assert result.status == 3 and f"sch_{without}" in result.err, f"{result}"
        told = nslab.run("link", "-l", lab, "ls", "--json").ok().json()
        assert all(not end["impairments"] for end in told[0]["ends"]), json.dumps(told)
