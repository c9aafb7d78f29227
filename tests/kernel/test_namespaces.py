# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""No network namespace outlives its lab, counted by the kernel.

A user namespace counts the network namespaces made in it. With its limit set to what one lab
needs, the next lab can only be built when the last one is gone to the end.
"""
import pathlib
import re
import time

import pytest
from support.host import IS_ROOT, Runner, children, finish, kill
from support.labs import ring

pytestmark = pytest.mark.kernel
NODES = 12
WAIT = 10.0  # the kernel takes namespaces away in the background


@pytest.fixture(scope="session")
def counted(counted_host, stage, uid):
    return {who: Runner(counted_host, stage, who, uid) for who in ("root", "user")}


def set_limit(host, n, kind="net"):
    process = host.popen(["sh", "-c", f"echo {n} > /proc/sys/user/max_{kind}_namespaces"])
    assert process.wait() == 0


def up_within(runner, path, name, seconds):
    """Whether `up` works within that time, trying again while the limit is in its way. Each try
    makes namespaces that are to go as well, so the pauses grow."""
    end, pause = time.monotonic() + seconds, 0.02
    while True:
        result = runner.run("up", "-q", "--name", name, path)
        if result.status == 0 or time.monotonic() > end:
            return result.status == 0
        assert "user.max_" in result.err, f"{result}"
        time.sleep(pause)
        pause = min(2 * pause, 1.0)


@pytest.fixture
def limited(counted, as_user):
    """A runner whose host has room for exactly one lab of NODES nodes, the path of such a lab, and
    a name. Beside the nodes there is the keeper's own namespace, and root made the host's."""
    runner = counted[as_user]
    set_limit(runner.host, NODES + (2 if as_user == "root" else 1))
    yield runner, runner.file(ring(NODES)), runner.name()
    left = runner.labs(), list(runner.host.processes().values())
    runner.sweep()
    set_limit(runner.host, 1000)
    assert left == ([], [])


def test_limit_is_named(limited):
    """One namespace too few is exit 3, naming the setting: also the proof that the limit bites."""
    runner, path, name = limited
    assert up_within(runner, path, name, WAIT)
    runner.run("down", "-q", name).ok()
    bigger = runner.file(ring(NODES + 1))
    assert not up_within(runner, bigger, name, 2.0)
    time.sleep(1.0)  # until those of the last try are gone
    result = runner.run("up", "--name", name, bigger)
    assert result.status == 3 and "user.max_net_namespaces" in result.err, f"{result}"


@pytest.mark.parametrize("kind", ["user", "mnt", "pid", "uts"])
def test_every_limit_is_named(counted, as_user, kind):
    """With ever more namespaces of another kind: each refusal names the setting, until there are
    enough to build the lab and to run a program in it."""
    runner, refused = counted[as_user], 0
    path, name = runner.file(ring(3)), runner.name()
    try:
        for n in range(10):
            set_limit(runner.host, n, kind)
            result = runner.run("up", "-q", "--name", name, path)
            if result.status == 0:
                result = runner.exec(name, "r1", "true")
                runner.run("down", "-q", name).ok()
            if result.status == 0:
                break
            refused += 1
            assert result.status == 3, f"{n}: {result}"
            assert f"user.max_{kind}_namespaces" in result.err, f"{n}: {result}"
            assert not runner.host.processes() and runner.labs() == []
        assert result.status == 0, f"{result}"
        assert refused or (kind == "user" and as_user == "root")
    finally:
        set_limit(runner.host, 1000, kind)


def test_down_leaves_no_namespace(limited):
    runner, path, name = limited
    for _ in range(10):
        assert up_within(runner, path, name, WAIT)
        runner.run("down", "-q", name).ok()
    assert up_within(runner, path, name, WAIT)
    runner.run("down", "-q", name).ok()


def test_kill_leaves_no_namespace(limited):
    """At ten moments of building, the keeper and its guard killed with up, or without."""
    runner, path, name = limited
    start = time.monotonic()
    assert up_within(runner, path, name, WAIT)
    whole = time.monotonic() - start
    runner.run("down", "-q", name).ok()
    for moment in range(10):
        env = runner.without_leak_checks
        process = runner.popen("up", "-q", "--name", name, path, env=env)
        time.sleep(whole * moment / 10)
        for guard in children(process.pid):
            for pid in children(guard) + [guard] * (moment % 2):
                kill(pid)
        process.kill()
        finish(process, ["up"])
        runner.run("ls")
        runner.run("down", "-q", name)
        assert up_within(runner, path, name, WAIT), f"namespaces are left after moment {moment}"
        runner.run("down", "-q", name).ok()


def slab_namespaces():
    text = pathlib.Path("/proc/slabinfo").read_text()
    return int(re.search(r"^net_namespace\s+(\d+)", text, re.M)[1])


@pytest.mark.one_user
@pytest.mark.alone
@pytest.mark.once
@pytest.mark.skipif(not IS_ROOT, reason="/proc/slabinfo is for root to read")
@pytest.mark.parametrize("how", ["down", "kill"])
def test_slab_does_not_grow(nslab, how):
    """The kernel's own count of all network namespaces. It is a little late and counts some free
    ones, so a leak must show over many labs: 20 times 24 nodes."""
    path, name = nslab.file(ring(24)), nslab.name()
    before = slab_namespaces()
    for _ in range(20):
        nslab.run("up", "-q", "--name", name, path).ok()
        if how == "kill":
            pids = [p for p, title in nslab.host.processes().items() if title.startswith("nslab:")]
            nslab.host.kill(" ".join(map(str, pids)))
            nslab.run("ls").ok()
        else:
            nslab.run("down", "-q", name).ok()
    end = time.monotonic() + WAIT
    while slab_namespaces() > before + 60 and time.monotonic() < end:
        time.sleep(0.05)
    assert slab_namespaces() <= before + 60
