# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Many at once, long use, and machines without room, without descriptors, with odd places."""
import contextlib
import json
import pathlib
import re
import time

import pytest
from support.host import IS_ROOT, SANITIZED, TIMEOUT
from support.labs import PAIR, ring

pytestmark = pytest.mark.kernel

LABS = 40 if SANITIZED else 100
EXECS = {"root": 100, "user": 100} if SANITIZED else {"root": 1000, "user": 250}
CROWD = 60 if SANITIZED else 200
STAY = 300
PAGE = 4  # KiB

root_mounts = pytest.mark.skipif(not IS_ROOT, reason="needs root: it mounts what labs are kept on")

CHATTY = """\
nodes:
  r1: {kind: router}
  h1:
    routes: [{to: default, via: r1}]
    services:
      chat: {command: "sh -c 'while echo a line that says nothing much; do sleep 0.002; done'"}
  h2: {routes: [{to: default, via: r1}]}
links:
  - {endpoints: ["h1:eth0", "r1:eth0"], subnets: [10.0.0.0/24]}
  - {endpoints: ["h2:eth0", "r1:eth1"], subnets: [10.0.1.0/24]}
tests:
  - {ping: {from: h1, to: h2}}
  - {run: {node: h1, command: "false"}}
"""


def root_of(nslab):
    return pathlib.Path("/run/nslab") if nslab.who == "root" else nslab.runtime / "nslab"


def on_host(nslab, script):
    """SCRIPT as the host's root, whoever the runner is."""
    process = nslab.host.popen(["sh", "-ec", script])
    assert process.wait(TIMEOUT) == 0, script


def all_zero(nslab, script, timeout=TIMEOUT):
    """Runs SCRIPT, which prints exit statuses, a line each: how many, all of them 0."""
    result = nslab.sh(script, timeout=timeout).ok()
    statuses = result.out.split()
    assert set(statuses) == {"0"}, f"{result}"
    return len(statuses)


# --- Many at once --------------------------------------------------------------------------------


def test_a_hundred_labs_at_once(nslab):
    """All come up, each by itself; all are there; one command takes all away."""
    path, first = nslab.file(PAIR), nslab.name()
    name = f"{first}x$i"
    each = f"for i in $(seq {LABS}); do ({{}}; echo $?) & done; wait"
    up = f"{nslab.stage.program} up -q --name {name} {path}"
    assert all_zero(nslab, each.format(up), timeout=10 * TIMEOUT) == LABS
    names = [f"{first}x{i + 1}" for i in range(LABS)]
    try:
        assert sorted(nslab.labs()) == sorted(names)
        ask = f"test $({nslab.stage.program} exec -l {name} h1 sh -c 'echo $NSLAB_LAB') = {name}"
        assert all_zero(nslab, each.format(ask), timeout=10 * TIMEOUT) == LABS
    finally:
        down = nslab.run("down", "-q", *names, timeout=10 * TIMEOUT)
    assert down.ok().err == "" and nslab.labs() == []


def test_execs_in_a_row_and_at_once(nslab):
    """And twenty clients on one keeper's socket while other labs come and go."""
    path, other = nslab.file(PAIR), nslab.name()
    with nslab.lab(ring(4)) as name:
        run = f"{nslab.stage.program} exec -l {name}"
        row = f"for i in $(seq {EXECS[nslab.who]}); do {run} r$((i % 4)) true; echo $?; done"
        assert all_zero(nslab, row, timeout=10 * TIMEOUT) == EXECS[nslab.who]

        crowd = f"for i in $(seq {CROWD}); do ({run} r$((i % 4)) true; echo $?) & done; wait"
        assert all_zero(nslab, crowd, timeout=10 * TIMEOUT) == CROWD

        client = f"for i in 1 2 3 4 5; do {run} r$((i % 4)) true; echo $?; done"
        comes = f"{nslab.stage.program} up -q --name {other}$k {path}; echo $?"
        goes = f"{nslab.stage.program} down -q {other}$k; echo $?"
        come_and_go = f"for i in 1 2 3; do {comes}; {goes}; done"
        both = (
            f"for j in $(seq 20); do ({client}) & done;"
            f" for k in a b c; do ({come_and_go}) & done; wait"
        )
        assert all_zero(nslab, both, timeout=10 * TIMEOUT) == 20 * 5 + 3 * 2 * 3


# --- Long use ------------------------------------------------------------------------------------


def keeper_of(nslab, name):
    labs = nslab.run("ls", "--json").ok().json()
    return next(lab["keeper"] for lab in labs if lab["name"] == name)


def numbers_of(nslab, pid):
    """What process PID of the host holds: its descriptors (by what they are), its threads, and how
    much of its memory is its own, in KiB."""
    proc = nslab.host.root / f"proc/{pid}"
    fds = sorted(re.sub(r"\d+", "N", str(fd.readlink())) for fd in (proc / "fd").iterdir())
    rollup = (proc / "smaps_rollup").read_text()
    own = sum(int(n) for n in re.findall(r"^Private_Dirty:\s+(\d+)", rollup, re.M))
    return {"fds": fds, "threads": len(list((proc / "task").iterdir())), "KiB": own}


def children_of(nslab, pid):
    return (nslab.host.root / f"proc/{pid}/task/{pid}/children").read_text().split()


def use(nslab, name, rounds):
    """Every command that asks a keeper for something, ROUNDS of ten execs each."""
    here = f"{nslab.stage.program}"
    script = (
        f"set -e; for i in $(seq {rounds}); do"
        f" for n in h1 h2 r1 h1 h2 r1 h1 h2 r1 h1; do {here} exec -l {name} $n true; done;"
        f" {here} status -q {name};"
        f" {here} link down -q -l {name} h1-r1; {here} link up -q -l {name} h1-r1;"
        f" {here} logs -l {name} -n 5 h1/chat; {here} ps -q -l {name};"
        f" {here} service restart -q -l {name} h1/chat; {here} ping -q -l {name}; done"
    )
    nslab.sh(script, timeout=10 * TIMEOUT).ok()


@pytest.mark.one_user
@pytest.mark.once
def test_a_keeper_does_not_grow(nslab):
    """A lab in use for long: after the first third of it, which opens what is opened once, keeper
    and guard have the same descriptors and threads to the end, and no more memory."""
    with nslab.lab(CHATTY) as name:
        keeper = keeper_of(nslab, name)
        pids = [pid for pid, title in nslab.host.processes().items() if f"guard of {name}" in title]
        use(nslab, name, STAY // 30)
        first = [numbers_of(nslab, pid) for pid in [keeper, *pids]]
        use(nslab, name, STAY // 15)
        last = [numbers_of(nslab, pid) for pid in [keeper, *pids]]
        assert len(first) == 2
        for one, other in zip(first, last):
            assert one["threads"] == other["threads"] == 1
            assert one["fds"] == other["fds"]
            # a sanitizer keeps what was freed for long, to see whether somebody uses it
            assert SANITIZED or other["KiB"] <= one["KiB"] + 4 * PAGE, (one, other)
        assert len(children_of(nslab, keeper)) == 1  # the service's: nobody is left uncollected


# --- No room -------------------------------------------------------------------------------------


@contextlib.contextmanager
def small_disk(nslab, kib):
    """The place of labs is a disk of so much room; gives functions to fill it and to make room."""
    root = root_of(nslab)
    owner = f"uid={nslab.number},gid={nslab.number}"
    on_host(nslab, f"mkdir {root}; mount -t tmpfs -o size={kib}k,mode=700,{owner} tmpfs {root}")

    def fill(but=0):
        on_host(nslab, f"cat /dev/zero >{root}/fill 2>/dev/null || truncate -s -{but} {root}/fill")

    def free():
        on_host(nslab, f"rm {root}/fill")

    try:
        yield fill, free
    finally:
        on_host(nslab, f"umount {root} && rmdir {root}")


def left_on_disk(nslab):
    return nslab.sh(f"ls -A {root_of(nslab)}").ok().out.split()


@root_mounts
def test_up_on_a_full_disk(nslab):
    """With ever more room: an error of one line, and nothing left, until there is enough."""
    path, name = nslab.file(CHATTY), nslab.name()
    with small_disk(nslab, 256) as (fill, free):
        refused = 0
        for room in range(0, 100 * 1024, 4096):
            fill(room)
            result = nslab.run("up", "-q", "--name", name, path)
            if result.status == 0:
                break
            refused += 1
            assert result.status == 1 and "No space left on device" in result.err, f"{result}"
            assert len(result.err.splitlines()) == 1 and result.out == "", f"{result}"
            assert left_on_disk(nslab) == ["fill"]
            free()
        assert refused >= 5 and result.status == 0
        nslab.exec(name, "h1", "true").ok()
        nslab.run("down", "-q", name).ok()
        assert left_on_disk(nslab) == ["fill"]


def log_entries(nslab, name):
    shown = nslab.run("logs", "-l", name, "--json", "h1/chat").ok().out
    return [json.loads(line) for line in shown.splitlines()]


def wait_for_log(nslab, name, condition, what):
    end = time.monotonic() + TIMEOUT
    while not condition(entries := log_entries(nslab, name)):
        assert time.monotonic() < end, f"{what}: {entries[-5:]}"
        time.sleep(0.02)
    return entries


@root_mounts
def test_a_disk_that_fills_up_under_a_lab(nslab):
    """What has to be written fails in words, all else goes on, and the log tells what it lacks."""
    with small_disk(nslab, 512) as (fill, free), nslab.lab(CHATTY) as name:
        wait_for_log(nslab, name, lambda entries: len(entries) > 5, "the service prints")
        fill()
        nslab.exec(name, "h1", "ping", "-n", "-c1", "-W5", "10.0.1.2").ok()
        down = nslab.run("link", "down", "-l", name, "h1-r1")
        assert down.status == 1 and "No space left on device" in down.err, f"{down}"
        link = nslab.run("link", "show", "-l", name, "h1-r1", "--json").ok().json()[0]
        assert [end["state"] for end in link["ends"]] == ["up", "up"]
        bundle = root_of(nslab) / "bundle"
        tested = nslab.run("test", "-l", name, "--bundle", bundle)
        said = tested.out + tested.err
        assert tested.status == 1 and "No space left on device" in said, f"{tested}"
        nslab.run("service", "restart", "-l", name, "h1/chat").ok()
        nslab.run("status", name).ok()

        free()
        entries = wait_for_log(nslab, name, lambda found: any("why" in e for e in found), "a word")
        at, gap = next((i, e) for i, e in enumerate(entries) if "why" in e)
        assert gap["lost"] > 0 and gap["why"] == "No space left on device"
        assert set(entries[at - 1]) & {"line", "event"} and gap["time"] >= entries[at - 1]["time"]
        shown = nslab.run("logs", "-l", name, "h1/chat").ok().out
        assert f"{gap['lost']} more entries could not be written down: No space left" in shown
        for verb in "down", "up":
            nslab.run("link", verb, "-l", name, "h1-r1").ok()
        nslab.exec(name, "h1", "ping", "-n", "-c1", "-W5", "10.0.1.2").ok()
        nslab.sh(f"rm -rf {bundle}").ok()
        assert left_on_disk(nslab) == [name]


# --- No descriptors ------------------------------------------------------------------------------


def with_files(nslab, n, *words):
    command = [f"--nofile={n}:{n}", nslab.stage.program, *words]
    return nslab.run(*command, program="/usr/bin/prlimit")


def names_files(text):
    return re.search("open files|open [0-9]+ more files|open more files", text) is not None


@pytest.mark.once  # a sanitizer needs descriptors itself
@pytest.mark.parametrize("words", ["ls", "status", "exec", "link ls", "ping", "up"])
def test_commands_without_descriptors(nslab, words):
    """With ever more of them: an error that says what is missing, and never one that says anything
    else, until there are enough. Too few are no reason to see no lab where one runs."""
    path, other = nslab.file(PAIR), nslab.name()
    with nslab.lab(PAIR) as name:
        command = {
            "ls": ["ls"],
            "status": ["status", name],
            "exec": ["exec", "-l", name, "h1", "true"],
            "link ls": ["link", "ls", "-l", name],
            "ping": ["ping", "-l", name],
            "up": ["up", "-q", "--name", other, path],
        }[words]
        refused = 0
        for n in [4, 5, 6, *range(7, 40, 3), 200]:
            result = with_files(nslab, n, *command)
            if result.status == 0:
                break
            refused += 1
            said = result.out if words == "ping" and result.out else result.err
            assert result.status in (1, 3) and names_files(said), f"{n}: {result}"
        assert refused >= 3 and result.status == 0, f"{result}"
        assert words != "ls" or name in result.out
        if words == "up":
            nslab.run("down", "-q", other).ok()


def test_a_keeper_without_descriptors(nslab):
    """Its clients are told, with a remedy; that helps, and the lab goes on."""
    with nslab.lab(CHATTY) as name:
        keeper, told = keeper_of(nslab, name), 0
        for n in 9, 12, 15, 18, 21:
            nslab.sh(f"prlimit --pid {keeper} --nofile={n}:").ok()
            for words in ["exec", "-l", name, "h2", "true"], ["ps", "-l", name]:
                result = nslab.run(*words)
                if result.status:
                    told += 1
                    assert result.status == 3 and names_files(result.err), f"{n}: {result}"
                    remedy = result.err.partition("`")[2].partition("`")[0]
        assert told and remedy.startswith(f"prlimit --pid {keeper} --nofile=")
        nslab.sh(f"{remedy}:").ok()
        nslab.exec(name, "h1", "ping", "-n", "-c1", "-W5", "10.0.1.2").ok()
        assert nslab.run("ps", "-l", name, "--json").ok().json()


# --- Odd places ----------------------------------------------------------------------------------

ODD = {
    "link": ("mkdir {0}.to && ln -s {0}.to {0}", "rmdir {0}.to && rm {0}", "symbolic link"),
    "dangling": ("ln -s {0}.nowhere {0}", "rm {0}", "symbolic link"),
    "file": ("echo precious >{0}", "grep -q precious {0} && rm {0}", "no directory"),
    "fifo": ("mkfifo {0}", "rm {0}", "no directory"),
    "others": ("mkdir -m 755 {0} && chown 12345 {0}", "rmdir {0}", "belongs to user 12345"),
    "open": ("mkdir {0} && chown {1} {0} && chmod 777 {0}", "rmdir {0}", "open to others (mode"),
    "read-only": (
        "mkdir -m 700 {0} && chown {1} {0} && mount --bind {0} {0} && mount -o remount,bind,ro {0}",
        "umount {0} && rmdir {0}",
        "read-only",
    ),
}


@root_mounts
@pytest.mark.parametrize("odd", ODD)
def test_odd_state_directory(nslab, odd):
    """It is not used, not changed, and its path and what is wrong with it are named."""
    root = root_of(nslab)
    make, clear, fault = (text.format(root, nslab.number) for text in ODD[odd])
    name, path = nslab.name(), nslab.file(PAIR)
    on_host(nslab, make)
    try:
        commands = [["up", "-q", "--name", name, path]]
        if odd != "read-only":  # it may be looked into
            commands += [["ls"], ["exec", "-l", name, "h1", "true"], ["down", name]]
        for words in commands:
            result = nslab.run(*words)
            assert result.status == 3 and result.out == "", f"{result}"
            assert str(root) in result.err and fault in result.err, f"{result}"
            assert "Remove it" in result.err or "Mount it" in result.err
    finally:
        on_host(nslab, clear)
    with nslab.lab(path, name):
        pass


@root_mounts
@pytest.mark.parametrize("odd", ["link", "file"])
def test_odd_directory_of_a_lab(nslab, odd):
    """The same of what bears a lab's name."""
    root, name = root_of(nslab), nslab.name()
    place = root / name
    make, clear, _ = (text.format(place, nslab.number) for text in ODD[odd])
    on_host(nslab, f"mkdir -m 700 {root} && chown {nslab.number} {root} && {make}")
    try:
        result = nslab.run("up", "-q", "--name", name, nslab.file(PAIR))
        assert result.status == 1 and str(place) in result.err, f"{result}"
        assert "Remove it" in result.err
        assert nslab.run("down", name).status == 1
    finally:
        on_host(nslab, f"{clear}; rmdir {root}")
