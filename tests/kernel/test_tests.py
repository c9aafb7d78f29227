# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""`nslab test`: tests in topologies hold where they should and fail where they should."""
import json
import os
import re
import signal
import xml.etree.ElementTree as xml

import pytest
import yaml
from support.host import ROOT, TIMEOUT, finish
from support.labs import PAIR
from test_topologies import NEEDS

pytestmark = pytest.mark.kernel
SHIPPED = sorted((ROOT / "topologies").glob("*.yaml"))

NETWORK = """\
addressing: {links: [10.0.0.0/16, "fd00::/48"]}
routing: shortest-path
nodes: {h(1..3): , r1: {kind: router}, r2: {kind: router}, r3: {kind: router}}
links: [[h(1..2), r1], [r1, r2], [r2, h3], {endpoints: [r1, r3], cost: 9}, [r3, h3]]
"""
LOGGED = NETWORK.replace(
    "r3: {kind: router}",
    "r3: {kind: router, services: {greet: {command: echo good morning, oneshot: true}}}",
)
# What answers: TCP with the name of who asks for it, UDP with what was sent.
SERVER = """\
import os, socket, threading
def serve(kind, family):
    s = socket.socket(family, kind)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6: s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    s.bind(('', 8080))
    if kind == socket.SOCK_STREAM: s.listen(9)
    while True:
        if kind == socket.SOCK_STREAM: s.accept()[0].close()
        else: s.sendto(*s.recvfrom(2000))
for kind in socket.SOCK_STREAM, socket.SOCK_DGRAM:
    for family in socket.AF_INET, socket.AF_INET6:
        threading.Thread(target=serve, args=(kind, family)).start()
"""
HOLD = [
    "{run: {node: h3, command: [sh, -c, 'exec python3 server.py > /dev/null 2>&1 &']}, name: start}",
    "{tcp: {from: h(1..2), to: 'h3:8080'}, within: 30s}",
    "ping: {from: h1, to: h2}",
    "ping: {from: all, to: all, family: ipv6}",
    "ping: {from: h1:eth0, to: 10.0.0.1, size: 1400, df: true, count: 20, interval: 1ms, loss: {max: 5%}}",
    "{ping: {from: [h1, h2], to: 10.99.0.1}, not: true}",
    "tcp: {from: h1, to: 'h3:eth0:9', expect: refused}",
    "tcp: {from: h1, to: ['[fd00:0:0:3::2]:8080', '10.0.3.2:8080']}",
    "udp: {from: h1, to: 'h3:8080', send: hello}",
    "udp: {from: h1, to: 'h3:9', expect: refused}",
    "path: {from: h1, to: h3, through: [r(1..3), 'r(2|3)']}",
    "route: {node: r1, to: 10.0.3.0/24, via: r2, dev: eth2}",
    "route: {node: h(1..2), to: default, via: r1}",
    "route: {node: r1, to: h3, via: r2:eth0}",
    "{route: {node: r1, to: 10.9.0.0/16}, not: true}",
    "rtt: {from: h1, to: h3, max: 1min}",
    "throughput: {from: h1, to: h3, min: 1kbit, for: 200ms}",
    "run: {node: [h1, h2], command: 'ip -br address show dev eth0', output: '^eth0.* 10\\.'}",
    "{run: {node: h1, command: cat, exit: 1}, not: true}",
]
# Each with what was expected, and what is seen.
FAIL = {
    "ping: {from: h1, to: 10.99.0.1}": ("an answer", "h1 to 10.99.0.1: .*(unreachable|no answer)"),
    "ping: {from: [h1, h2], to: h3, size: 1473, df: true, family: ipv4}": (
        "an answer",
        r"h1 to h3 \(10\.0\.3\.2\): larger than the MTU.*\nh2 to h3",
    ),
    "{ping: {from: h1, to: h2}, not: true}": ("not: an answer", "an answer after"),
    "tcp: {from: h1, to: 'h3:9'}": ("open", r"h1 to h3:9 \(10\.0\.3\.2:9\): refused\n.*\[fd00:"),
    "udp: {from: h1, to: 'h3:9', family: ipv6}": ("answer", "port unreachable|refused"),
    "path: {from: h1, to: h3, through: [r3]}": ("a way through r3", "by r1, r2, h3"),
    "route: {node: r1, to: 10.0.3.0/24, via: r3}": ("a route via r3", r"via r2 \(10\.0\.2\.2\) dev"),
    "route: {node: r2, to: 10.9.0.0/16}": ("a route", "no route"),
    "rtt: {from: h1, to: h2, min: 30s}": ("at least 30s", r"[\d.e+]+ [um]s"),
    "throughput: {from: h1, to: h2, max: 1kbit, for: 100ms}": ("at most 1kbit", r"[\d.]+[kmg]?bit"),
    "{run: {node: h1, command: [sh, -c, 'echo some; echo words; exit 3']}, name: a name}": (
        "exit status 0",
        r"h1: exit status 3; it printed:\n +some\n +words",
    ),
    "{run: {node: h1, command: echo some, output: '^words'}, within: 2s}": (
        "exit status 0, output that fits '^words', within 2s",
        r"exit status 0; it printed:\n +some",
    ),
}


def topology(tests, text=NETWORK):
    return text + "tests:\n" + "".join(f"  - {test}\n" for test in tests)


def first_line(text):
    return text.count("\n") + 2


@pytest.fixture
def here(nslab):
    """A folder to run it in, with what the tests want beside them."""
    nslab.file(SERVER, "tests/server.py")
    nslab.file(topology(HOLD), "tests/good.yaml")
    nslab.file(topology(FAIL, LOGGED), "tests/bad.yaml")
    yield nslab.work / "tests"
    nslab.sh("rm -rf tests").ok()


def test_all_kinds(nslab, here):
    """Everything that should hold does, and everything else says why; nothing is left behind."""
    report = nslab.run("test", "--json", "-j2", "good.yaml", "bad.yaml", cwd=here)
    assert report.status == 1 and report.err == "", f"{report}"
    good, bad = report.json()["suites"]
    assert [t["seen"] for t in good["tests"] if not t["ok"]] == [] and len(good["tests"]) == len(HOLD)
    assert "bundle" in good and good["bundle"] is None and good["error"] is None
    lines = range(first_line(NETWORK), first_line(NETWORK) + len(HOLD))
    assert [(t["file"], t["line"], t["column"]) for t in good["tests"]] == [
        ("good.yaml", line, 5) for line in lines
    ]
    assert len(bad["tests"]) == len(FAIL) == bad["failed"]
    for test, (written, (expected, seen)) in zip(bad["tests"], FAIL.items()):
        assert not test["ok"] and test["expected"] == expected, written
        assert re.search(seen, test["seen"]), f"{written}\n{test['seen']}"
        assert test["nodes"] and test["test"] in written
    assert bad["tests"][3]["failed"][0] == {
        "from": "h1",
        "to": "h3:9 (10.0.3.2:9)",
        "seen": "refused",
    }
    assert bad["tests"][-2]["name"] == "a name"
    assert bad["tests"][-1]["tries"] > 1 and bad["tests"][-1]["seconds"] >= 2
    check_bundle(here / bad["bundle"], bad)
    assert nslab.labs() == []


def check_bundle(folder, suite):
    """What a person finds who was not there."""
    told = (folder / "failed.txt").read_text()
    for test in suite["tests"]:
        assert f":{test['line']}:5: {test.get('name', test['words'])}\n" in told
        for pair in test["failed"]:
            assert pair["seen"].splitlines()[0] in told
    assert json.loads((folder / "results.json").read_text())["failed"] == suite["failed"]
    assert len(json.loads((folder / "links.json").read_text())) == 6
    status = json.loads((folder / "status.json").read_text())
    assert {n["name"] for n in status["nodes"]} == {p.stem for p in folder.glob("nodes/*.txt")}
    logged = (folder / "logs/r3_greet.jsonl").read_text().splitlines()
    assert "good morning" in [json.loads(line).get("line") for line in logged]
    shown = (folder / "nodes/r1.txt").read_text()
    for command in "ip -d -s address", "ip -4 route show table all", "ip -s neighbour", "tc -s qdisc":
        assert f"# {command}" in shown
    assert re.search(r"^10\.0\.3\.0/24 (nhid \d+ )?via 10\.0\.2\.2 dev eth2", shown, re.M)


def test_labs_of_one_name_have_a_bundle_each(nslab, here):
    """Two files of one run may call their labs the same."""
    text = "name: same\nnodes: {a: }\ntests: [{run: {node: a, command: exit 1}, name: NAME}]\n"
    for name in "one", "two":
        nslab.file(text.replace("NAME", name), f"tests/{name}.yaml")
    suites = nslab.run("test", "--json", "one.yaml", "two.yaml", cwd=here).json()["suites"]
    told = [(here / suite["bundle"] / "failed.txt").read_text() for suite in suites]
    assert ": one\n" in told[0] and ": two\n" in told[1]


def tap(text):
    """[(ok, number, description, diagnostics)] of TAP 14."""
    lines = text.splitlines()
    assert lines[0] == "TAP version 14"
    points, block = [], None
    for line in lines[1:]:
        if block is not None:
            if line == "  ...":
                points[-1][3].update(yaml.safe_load("\n".join(block)))
                block = None
            else:
                block.append(line)
        elif line == "  ---":
            block = []
        elif match := re.fullmatch(r"(not )?ok (\d+) - (.*)", line):
            points.append((not match[1], int(match[2]), match[3], {}))
        elif match := re.fullmatch(r"1\.\.(\d+)", line):
            assert int(match[1]) == len(points)
        else:
            assert line.startswith("#"), line
    assert [point[1] for point in points] == list(range(1, len(points) + 1))
    return points


SHORT = [
    "{ping: {from: h1, to: h2}, name: 'there <&> \"back\" #1'}",
    "{tcp: {from: h1, to: 'h2:9'}, name: closed}",
    "ping: {from: h2, to: h1}",
]


def test_formats(nslab):
    """Every format says the same, and is read by those who know it."""
    path = nslab.file(topology(SHORT, PAIR), "short.yaml")
    bundle = nslab.work / "seen"
    with nslab.lab(path) as lab:
        run = lambda *words: nslab.run("test", "--lab", lab, "--bundle", "none", *words)
        text = run()
        assert text.status == 1 and text.err == ""
        assert re.search(r"^  ok +there <&> \"back\" #1  \([\d.]+ m?s\)$", text.out, re.M)
        assert re.search(r"^  FAILED  closed  ", text.out, re.M)
        line = first_line(PAIR) + 1
        assert f"{path}:{line}:5: failed: closed\n  test      tcp: {{from: h1" in text.out
        assert "  expected  open\n  seen      h1 to h2:9 (10.0.0.2:9): refused\n" in text.out
        assert re.search(r"^3 tests: 2 held, 1 failed; in ", text.out.splitlines()[-1])

        quiet = run("-q")
        assert "there" not in quiet.out and "failed: closed" in quiet.out

        points = tap(run("-f", "tap").out)
        assert [p[0] for p in points] == [True, False, True]
        assert points[0][2] == f'{lab}: there <&> "back" \\#1'
        assert points[1][3]["expected"] == "open" and points[1][3]["at"]["line"] == line

        report = nslab.work / "report.xml"
        beside = run("-f", "junit", "-o", report)
        assert "FAILED  closed" in beside.out
        suites = xml.fromstring(report.read_text())
        assert (suites.tag, suites.get("tests"), suites.get("failures")) == ("testsuites", "3", "1")
        cases = suites.findall("testsuite/testcase")
        assert [c.get("name") for c in cases][:2] == ['there <&> "back" #1', "closed"]
        assert [len(c.findall("failure")) for c in cases] == [0, 1, 0]
        assert "refused" in cases[1].find("failure").text and cases[1].get("line") == str(line)

        whole = run("--json").json()
        assert (whole["tests"], whole["failed"], whole["errors"]) == (3, 1, 0)

        assert run("-k", "^ping|back").status == 0
        none = run("-k", "nobody")
        assert none.status == 2 and "no test fits 'nobody'" in none.err
        for wrong, why in ("(", "is no regular expression"), ("((a{99}){99}){99}", "is too large"):
            refused = run("-k", wrong)
            assert refused.status == 2 and f"'{wrong}' {why}" in refused.out

        # the state of the lab stays as it is, and so does the lab
        last = nslab.run("test", "-l", lab, "--bundle", bundle).out.splitlines()[-1]
        assert re.fullmatch(rf"what {lab} looked like: {bundle}/{lab}-[\d-]+", last)
        nslab.exec(lab, "h1", "true").ok()
    nslab.sh(f"rm -rf {bundle} {report}").ok()


def test_files_that_cannot_be_tried(nslab):
    """A wrong file stops all before anything is built; one without tests is passed over."""
    good = nslab.file(topology(SHORT[:1], PAIR), "good.yaml")
    bare = nslab.file(PAIR, "bare.yaml")
    wrong = nslab.file(topology(["ping: {from: h1, to: h3}"], PAIR), "wrong.yaml")
    result = nslab.run("test", good, wrong)
    assert result.status == 2 and result.out == "" and "unknown node 'h3'" in result.err
    result = nslab.run("test", bare, good).ok()
    assert "bare.yaml: warning: it has no tests" in result.err and "1 test: 1 held" in result.out
    result = nslab.run("test", bare)
    assert result.status == 2 and "there are no tests" in result.err
    with nslab.lab(bare) as lab:
        assert nslab.run("test", "--lab", lab).status == 2
    for words in (["-j", "0", good], ["--lab", "x", good], ["--name", "x", good, bare]):
        assert nslab.run("test", *words).status == 2
    assert nslab.run("test", "--lab", "nobody").status != 0


LATE = """\
nodes: {h1: , h2: , h3: }
links: [[h1, h2], [h1, h3]]
tests:
  - {ping: {from: h1, to: h2}, not: true, name: nobody to ask}
  - run: {node: h1, command: ip address add 10.0.0.1/24 dev eth0}
  - run: {node: h2, command: ip address add 10.0.0.2/24 dev eth0}
  - ping: {from: h1, to: h2}
  - run: {node: h1, command: ip route add 10.8.0.0/16 via inet6 fe80::77 dev eth0}
  - route: {node: h1, to: 10.8.0.0/16, via: h2}
  - {route: {node: h1, to: 10.8.0.0/16, via: h3}, not: true}
"""


def test_what_only_a_running_lab_has(nslab):
    """Addresses that come later, and next hops that are known by their link alone."""
    result = nslab.run("test", "--json", "--bundle", "none", nslab.file(LATE))
    tests = result.json()["suites"][0]["tests"]
    assert [test["ok"] for test in tests] == [False] + 6 * [True], f"{result}"
    assert tests[0]["seen"] == "h1 to h2: h1 has no address"


def test_keep_failed(nslab):
    path = nslab.file(topology(SHORT, PAIR), "short.yaml")
    result = nslab.run("test", "--keep-failed", "--bundle", "none", path)
    assert result.status == 1
    lab = re.search(r"^  nslab down (\S+)$", result.out, re.M)[1]
    try:
        assert f"nslab shell -l {lab} h1" in result.out
        nslab.exec(lab, "h1", "ping", "-c1", "-W5", "10.0.0.2").ok()
    finally:
        nslab.run("down", lab).ok()
    kept = nslab.run("test", "--keep-failed", "-k", "back", path).ok()
    assert "still up" not in kept.out


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_interrupted(nslab, number):
    """Whatever ends it, no lab is left, and no program in one."""
    path = nslab.file(
        topology(["run: {node: h1, command: [sh, -c, 'echo here > began; sleep 1000']}"], PAIR)
    )
    process = nslab.popen("test", path, path, "-j2", own_group=True)
    nslab.sh("until test -e began; do sleep 0.05; done").ok()
    os.killpg(process.pid, number) if number == signal.SIGINT else process.kill()
    result = finish(process, ["test"])
    assert result.status == 128 + number
    if number == signal.SIGINT:  # it has waited until they were gone
        assert nslab.labs() == []
    nslab.sh("rm began").ok()


def suites_of(nslab, names, jobs):
    words = "test", "--json", f"-j{jobs}", *map(nslab.topology, names)
    return nslab.run(*words, timeout=10 * TIMEOUT).json()["suites"]


def what_failed(suite):
    return [test for test in suite["tests"] if not test["ok"]] or suite["error"]


def try_shipped(nslab, names):
    """Six at a time, as they wait, mostly. All labs of the machine share its neighbour tables: who
    fails in that crowd is tried once more alone, and has to hold there."""
    crowd = suites_of(nslab, names, 6)
    assert len(crowd) == len(names)
    failed = [name for name, suite in zip(names, crowd) if what_failed(suite)]
    alone = suites_of(nslab, failed, 1) if failed else []
    assert [what_failed(suite) for suite in alone if what_failed(suite)] == []


def test_shipped(nslab):
    """Every lab that ships tests itself."""
    try_shipped(nslab, [p.stem for p in SHIPPED if p.stem not in NEEDS])


@pytest.mark.needs(*sorted({f for p in SHIPPED for f in NEEDS.get(p.stem, [])}))
def test_shipped_that_need_more(nslab):
    try_shipped(nslab, [p.stem for p in SHIPPED if p.stem in NEEDS])


def test_every_shipped_lab_has_tests():
    assert [p.stem for p in SHIPPED if "\ntests:\n" not in p.read_text()] == []
