# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""What a machine has too little of is said, or mended, before a lab is built.

The neighbour tables belong to the machine's own network namespace: here nslab runs in that one,
with all else of a host of its own.
"""
import contextlib
import copy
import json
import pathlib
import subprocess
import time

import pytest
from support.host import IS_ROOT, TIMEOUT, finish, only_as
from support.labs import PAIR

THRESHOLDS = [
    f"net.{family}.neigh.default.gc_thresh{i}" for family in ("ipv4", "ipv6") for i in (1, 2, 3)
]
USUAL = [128, 512, 1024] * 2
PHASES = ["namespaces", "links", "interfaces", "configuration"]
LINKS = 150  # 300 entries: more than a fourth of the usual 1,024

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.alone,
    pytest.mark.skipif(
        not pathlib.Path("/proc/sys/net/ipv4/neigh/default/gc_thresh3").exists(),
        reason="needs the machine's own network namespace, which alone has the tables' sizes",
    ),
]


def hosts(n):
    """A lab of N + 1 nodes and N links."""
    nodes = ", ".join(f"h{i}: " for i in range(n))
    links = "".join(f"  - [h{i}, sw]\n" for i in range(n))
    return f"nodes: {{{nodes}, sw: {{kind: switch}}}}\nlinks:\n{links}"


def thresholds():
    command = ["sysctl", "-n", *THRESHOLDS]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    return [int(word) for word in shown.stdout.split()]


def set_thresholds(values):
    words = [f"{name}={value}" for name, value in zip(THRESHOLDS, values)]
    subprocess.run(["sysctl", "-qw", *words], check=True)


@pytest.fixture
def machine(nslab):
    """nslab in the machine's own network namespace, with tables of the usual sizes."""
    host = copy.copy(nslab.host)
    host.fds = {kind: fd for kind, fd in host.fds.items() if kind != "net"}
    runner = copy.copy(nslab)
    runner.host = host
    before = thresholds()
    if IS_ROOT:
        set_thresholds(USUAL)
    expected = thresholds()
    yield runner
    after = thresholds()
    if IS_ROOT:
        set_thresholds(before)
    assert after == expected


root_only = only_as("root", "the sizes are for root to write")
user_only = only_as("user", "root's labs raise them by themselves")


@root_only
@pytest.mark.parametrize("first", [0, 1])
def test_tables_are_raised_and_given_back(machine, first):
    """Two labs at once: the last to go puts back what the first found."""
    usual = thresholds()
    path, names = machine.file(hosts(LINKS)), [machine.name(), machine.name()]
    for i, name in enumerate(names, 1):
        machine.run("up", "-q", "--name", name, path).ok()
        assert thresholds() == [n + 2 * LINKS * i for n in usual]
    machine.run("down", "-q", names[first]).ok()
    assert thresholds() == [n + 4 * LINKS for n in usual]
    machine.run("down", "-q", names[1 - first]).ok()
    assert thresholds() == usual


@root_only
def test_a_lan_may_have_an_entry_for_each_pair(machine):
    """And so all pairs of a hundred hosts answer, where the usual tables have room for a tenth."""
    usual, pairs = thresholds(), 100 * 99
    lan = "nodes: {h(1..100): }\nlinks: [{lan: [h(1..100)], subnets: [10.0.0.0/24, fd00::/64]}]"
    with machine.lab(lan) as name:
        assert thresholds() == [n + pairs for n in usual]
        told = machine.run("ping", "-l", name).ok().out.splitlines()
        assert [line.partition(",")[0] for line in told] == [
            f"{family}: {pairs} of {pairs} pairs answer" for family in ("IPv4", "IPv6")
        ]


@root_only
def test_tables_after_a_kill(machine):
    usual = thresholds()
    name = machine.name()
    machine.run("up", "-q", "--name", name, machine.file(hosts(LINKS))).ok()
    assert thresholds() != usual
    pids = [p for p, title in machine.host.processes().items() if title.startswith("nslab:")]
    assert len(pids) == 2
    machine.host.kill(" ".join(map(str, pids)))
    machine.run("ls").ok()
    assert thresholds() == usual


@root_only
def test_tables_that_somebody_else_changed(machine):
    """What is not as nslab left it stays as it is."""
    usual = thresholds()
    name = machine.name()
    machine.run("up", "-q", "--name", name, machine.file(hosts(LINKS))).ok()
    try:
        subprocess.run(["sysctl", "-qw", f"{THRESHOLDS[2]}=54321"], check=True)
        machine.run("down", "-q", name).ok()
        assert thresholds() == usual[:2] + [54321] + usual[3:]
    finally:
        set_thresholds(usual)


def test_small_lab_leaves_the_tables(machine):
    usual = thresholds()
    with machine.lab(hosts(10)):
        assert thresholds() == usual


def table_fulls():
    """How often the machine had no room for another IPv4 neighbour."""
    head, *rows = pathlib.Path("/proc/net/stat/arp_cache").read_text().splitlines()
    column = head.split().index("table_fulls")
    return sum(int(row.split()[column], 16) for row in rows)


def wait_until_full(since):
    deadline = time.monotonic() + TIMEOUT
    while table_fulls() == since:
        assert time.monotonic() < deadline, "the neighbour tables are not full"
        time.sleep(0.02)


@user_only
@pytest.mark.skipif(not IS_ROOT, reason="needs root: tables of the usual sizes")
def test_ping_waits_for_room(machine):
    """35 hosts want 1,190 entries where 1,024 fit. Who then asks waits, and calls nobody
    unreachable; when the 35 are gone there is room."""
    crowd = "nodes: {h(1..35): }\nlinks: [{lan: [h(1..35)], subnets: [10.0.0.0/24]}]"
    with machine.lab(PAIR) as pair, contextlib.ExitStack() as gone:
        many = gone.enter_context(machine.lab(crowd))
        fulls = table_fulls()
        with machine.popen("ping", "-l", many) as filling:
            wait_until_full(fulls)
            filling.kill()
        fulls = table_fulls()
        command = ("ping", "-4", "-l", pair)
        asking = machine.popen(*command)
        wait_until_full(fulls)
        gone.close()
        told = finish(asking, command).ok()
        assert "2 of 2 pairs answer" in told.out
        assert f"sysctl -w {THRESHOLDS[0]}=" in told.err, f"{told}"


@user_only
@pytest.mark.skipif(not IS_ROOT, reason="needs root: tables of the usual sizes")
def test_user_is_warned(machine):
    name, path = machine.name(), machine.file(hosts(LINKS))
    told = machine.run("up", "--name", name, path).ok()
    machine.run("down", "-q", name).ok()
    assert "warning" in told.err and f"sysctl -w {THRESHOLDS[0]}=" in told.err, f"{told}"
    events = machine.run("up", "--json", "--name", name, path).ok()
    machine.run("down", "-q", name).ok()
    assert events.err == ""
    warnings = [e for e in map(json.loads, events.out.splitlines()) if e["event"] == "warning"]
    assert len(warnings) == 1 and "neighbour tables" in warnings[0]["text"]
    assert machine.run("up", "-q", "--name", name, path).ok().err == ""
    machine.run("down", "-q", name).ok()
    remedy = told.err.partition("`")[2].partition("`")[0].split()[2:]
    assert len(remedy) == 6 and all(word.partition("=")[2].isdigit() for word in remedy)


@user_only
@pytest.mark.skipif(not IS_ROOT, reason="needs root to type it")
def test_remedy_helps(machine):
    """What the warning says to type silences it."""
    usual = thresholds()
    path = machine.file(hosts(LINKS))
    name = machine.name()
    told = machine.run("up", "--name", name, path).ok().err
    machine.run("down", "-q", name).ok()
    try:
        remedy = told.partition("`")[2].partition("`")[0]
        subprocess.run(remedy.replace("-w", "-qw"), shell=True, check=True)
        assert machine.run("up", "--name", name, path).ok().err == ""
        machine.run("down", "-q", name).ok()
    finally:
        set_thresholds(usual)


def test_progress_as_json(nslab):
    """Each phase is told from its beginning to its end, and the last line says that it is ready."""
    name = nslab.name()
    told = nslab.run("up", "--json", "--name", name, nslab.file(hosts(LINKS))).ok()
    nslab.run("down", "-q", name).ok()
    events = [json.loads(line) for line in told.out.splitlines()]
    progress = [e for e in events if e["event"] == "progress"]
    assert events[-1]["event"] == "ready" and events[-1]["nodes"] == LINKS + 1
    assert list(dict.fromkeys(e["phase"] for e in progress)) == PHASES
    for phase in PHASES:
        steps = [e for e in progress if e["phase"] == phase]
        done = [e["done"] for e in steps]
        assert done == sorted(done) and done[0] == 0 and done[-1] == steps[0]["all"]
    assert progress[0]["left"] is None and progress[-1]["left"] == 0


def test_no_ready_without_a_lab(nslab):
    name = nslab.name()
    with nslab.lab(hosts(2), name):
        result = nslab.run("up", "--json", "--name", name, nslab.file(hosts(2)))
    assert result.status == 1 and '"ready"' not in result.out and "already" in result.err


@root_only
def test_little_memory_is_warned_of(nslab):
    name, path = nslab.name(), nslab.file(hosts(10))
    file = nslab.file("MemAvailable: 100 kB\n", "meminfo")
    up = f"{nslab.stage.program} up --name {name} {path}"
    script = f"mount --bind {file} /proc/meminfo && exec {up}"
    told = nslab.run("-m", "sh", "-c", script, program="/usr/bin/unshare").ok()
    nslab.run("down", "-q", name).ok()
    assert "nslab: warning: the lab may take" in told.err and "free -h" in told.err
    assert nslab.run("up", "--name", name, path).ok().err == ""
    nslab.run("down", "-q", name).ok()
