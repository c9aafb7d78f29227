# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""kill -9 of any process of nslab at any moment leaves nothing behind the next command."""
import contextlib
import os
import re
import signal
import statistics
import time

import pytest
from support.host import SANITIZED, children, finish, kill
from support.labs import ring

pytestmark = pytest.mark.kernel

NODES = 24
MOMENTS = 8 if SANITIZED else 12  # who is killed by SIGKILL has no time for a sanitizer's report
CROWD = 300

# Who is killed, in this order, out of: up (what the user started), guard, keeper.
VICTIMS = [
    ("keeper",),
    ("up",),
    ("guard",),
    ("up", "keeper"),
    ("guard", "keeper"),
    ("up", "guard", "keeper"),
]


def ids(victims):
    return "+".join(victims)


class Family:
    """The processes of one `nslab up` as they appear: it, the guard, the keeper."""

    def __init__(self, host, up, name):
        self.host, self.up, self.name = host, up, name
        self.pids = {"up": up}

    def find(self, who):
        """The pid of WHO, waiting for its birth; None if `up` has ended without it."""
        while who not in self.pids:
            last_look = ended(self.up)
            if who == "guard":
                self.find_guard()
            elif self.find("guard"):
                self.find_keeper()
            if last_look:
                break
        return self.pids.get(who)

    def find_guard(self):
        """Among what `up` forked and what lost its parent: the one of that title whose parent has
        another (the keeper has it too, for a moment)."""
        title = f"nslab: guard of {self.name}"
        found = [
            pid for pid in descendants(self.up) + self.host.orphans() if title_of(pid) == title
        ]
        if found:
            self.pids["guard"] = next(pid for pid in found if parent_of(pid) not in found)

    def find_keeper(self):
        """The guard's child that is in a PID namespace of its own; others map numbers of users."""
        guard = self.pids["guard"]
        for pid in children(guard):
            if pid_namespaces(pid) > pid_namespaces(guard):
                self.pids["keeper"] = pid

    def kill(self, victims):
        for who in victims:
            pid = self.find(who)
            if pid:
                kill(pid)


def descendants(pid):
    return [d for child in children(pid) for d in [child, *descendants(child)]]


def title_of(pid):
    with contextlib.suppress(OSError), open(f"/proc/{pid}/cmdline", "rb") as cmdline:
        return cmdline.read().rstrip(b"\0 ").decode(errors="replace")


def pid_namespaces(pid):
    """In how many it has a number; 0 where it is gone."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/status") as status:
        return next(len(line.split()) - 1 for line in status if line.startswith("NSpid:"))
    return 0


def parent_of(pid):
    with contextlib.suppress(OSError), open(f"/proc/{pid}/stat") as stat:
        return int(stat.read().rpartition(")")[2].split()[1])


def ended(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def build_seconds(nslab, path, name, victims=("up",)):
    """How long a build goes on once VICTIMS are there to be killed, the middle one of three."""

    def once():
        process = nslab.popen("up", "-q", "--name", name, path)
        start = born(nslab, process, name, victims)[1]
        finish(process, ["up"]).ok()
        took = time.monotonic() - start
        nslab.run("down", "-q", name).ok()
        return took

    return statistics.median(once() for _ in range(3))


def born(nslab, process, name, victims):
    """The family of an `up`, and the moment when the last of VICTIMS was there."""
    family = Family(nslab.host, process.pid, name)
    for who in victims:
        family.find(who)
    return family, time.monotonic()


def wait_until(moment):
    time.sleep(max(0, moment - time.monotonic()))


def assert_gone(nslab, name, before):
    """After one more nslab command nothing of the lab is there."""
    assert name not in nslab.labs()
    nslab.host.assert_same(before, also=[nslab.runtime])


@pytest.mark.once
@pytest.mark.parametrize("victims", VICTIMS, ids=ids)
def test_kill_while_building(nslab, victims):
    path, name = nslab.file(ring(NODES)), nslab.name()
    before = nslab.host.snapshot(also=[nslab.runtime])
    whole = build_seconds(nslab, path, name, victims)
    cut_short = 0
    for moment in range(MOMENTS):
        process = nslab.popen("up", "-q", "--name", name, path)
        family, start = born(nslab, process, name, victims)
        wait_until(start + whole * moment / MOMENTS)
        family.kill(victims)
        result = finish(process, ["up", "moment", moment])
        cut_short += result.status != 0
        # How fast this machine is just now shows as it goes: the moments follow it.
        whole *= 1.1 if result.status else 0.95
        if "up" in victims and result.status != 0:
            assert result.status == 137
        elif result.status != 0:
            assert result.status == 1 and result.err.startswith("nslab: "), f"{result}"
        if result.status == 0 or victims == ("up",):
            nslab.run("down", "-q", name)
        assert_gone(nslab, name, before)
    if victims != ("guard",):  # without its guard a lab is built all the same
        assert cut_short, "no moment was one of building"
    nslab.run("up", "-q", "--name", name, path).ok()
    nslab.run("down", "-q", name).ok()


def test_kill_whatever_up_starts(nslab):
    """The first process that `up` forks, at twenty moments: no hang, nothing left."""
    path, name = nslab.file(ring(4)), nslab.name()
    before = nslab.host.snapshot(also=[nslab.runtime])
    for moment in range(20):
        env = nslab.without_leak_checks
        process = nslab.popen("up", "-q", "--name", name, path, env=env)
        while not (found := children(process.pid)) and not ended(process.pid):
            pass
        time.sleep(0.0001 * (moment % 10))
        for pid in found:
            kill(pid)
        if finish(process, ["up"], timeout=15).status == 0:
            nslab.run("down", "-q", name).ok()
        assert_gone(nslab, name, before)


def test_empty_state_folder_is_swept(nslab):
    """What `up` leaves that is killed after its first system call."""
    before = nslab.host.snapshot(also=[nslab.runtime])
    nslab.sh(
        f"mkdir -m 700 {'/run/nslab' if nslab.who == 'root' else nslab.runtime / 'nslab'}"
    ).ok()
    assert_gone(nslab, "none", before)


def start_crowd(nslab, name, count=CROWD):
    """COUNT sleeping programs in the lab, some in each of four nodes; what started them."""
    script = f"for i in $(seq {count // 4}); do sleep 1000 & done; echo here; wait"
    started = [nslab.popen("exec", "-l", name, f"r{i}", "--", "sh", "-c", script) for i in range(4)]
    for process in started:
        assert process.stdout.readline() == "here\n"
    return started


def running(nslab, name):
    """{"guard": pid, "keeper": pid} of a lab that runs, as the host numbers them."""
    titles = {pid: title for pid, title in nslab.host.processes().items() if name in title}
    return {
        who: pid
        for pid, title in titles.items()
        for who in ("guard", "keeper")
        if re.match(rf"nslab: {who} of {re.escape(name)}\b", title)
    }


@pytest.mark.parametrize(
    "victims, crowd",
    [
        (("keeper",), 0),
        (("guard",), 0),
        (("guard", "keeper"), 0),
        (("keeper", "guard"), CROWD),
    ],
    ids=str,
)
def test_kill_while_running(nslab, victims, crowd):
    path, name = nslab.file(ring(NODES)), nslab.name()
    before = nslab.host.snapshot(also=[nslab.runtime])
    for moment in range(3):
        nslab.run("up", "-q", "--name", name, path).ok()
        started = start_crowd(nslab, name) if crowd else []
        family = running(nslab, name)
        assert set(family) == {"guard", "keeper"}
        time.sleep(0.01 * moment)
        nslab.host.kill(" ".join(str(family[who]) for who in victims))
        if victims == ("guard",):
            # The lab does without its guard; `down` is the second net.
            assert nslab.exec(name, "r1", "true").status == 0
            nslab.run("down", "-q", name).ok()
        assert_gone(nslab, name, before)
        for process in started:
            assert finish(process, ["exec"]).status != 0
    nslab.run("up", "-q", "--name", name, path).ok()
    nslab.run("down", "-q", name).ok()


def test_guard_clears_without_a_command(nslab):
    """While the guard lives nothing is left even if no other command follows."""
    name = nslab.name()
    before = nslab.host.snapshot(also=[nslab.runtime])
    nslab.run("up", "-q", "--name", name, nslab.file(ring(4))).ok()
    nslab.host.kill(running(nslab, name)["keeper"])
    nslab.host.assert_same(before, also=[nslab.runtime])


@pytest.mark.parametrize("node", ["r1", "nobody"])
def test_exec_clears_away_the_dead_too(nslab, node):
    """Of another lab while its program starts, and of the very one before it says that it is gone."""
    path, dead, alive = nslab.file(ring(3)), nslab.name(), nslab.name()
    nslab.run("up", "-q", "--name", alive, path).ok()
    for lab in alive, dead:
        before = nslab.host.snapshot(also=[nslab.runtime])
        nslab.run("up", "-q", "--name", dead, path).ok()
        kept = running(nslab, dead)
        nslab.host.kill(f"{kept['guard']} {kept['keeper']}")
        status = nslab.exec(lab, node, "true").status
        assert (status == 0) == (lab == alive and node == "r1")
        nslab.host.assert_same(before, also=[nslab.runtime])
    nslab.run("down", "-q", alive).ok()


def test_next_up_needs_no_other_command(nslab):
    """`up` itself sweeps what a killed lab of the same name left."""
    path, name = nslab.file(ring(NODES)), nslab.name()
    for _ in range(5):
        nslab.run("up", "-q", "--name", name, path).ok()
        family = running(nslab, name)
        nslab.host.kill(f"{family['guard']} {family['keeper']}")
    nslab.run("up", "-q", "--name", name, path).ok()
    nslab.run("down", "-q", name).ok()


@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL], ids=lambda n: n.name
)
def test_signal_while_building(nslab, number):
    """A build whose `up` is called off, or killed, ends without any other command. In the last
    moment of `up` the lab may stand already: then it stands whole."""
    path, name = nslab.file(ring(NODES)), nslab.name()
    before = nslab.host.snapshot(also=[nslab.runtime])
    whole = build_seconds(nslab, path, name)
    called_off = stands = 0
    for moment in range(MOMENTS):
        process = nslab.popen("up", "-q", "--name", name, path)
        time.sleep(whole * 0.9 * moment / MOMENTS)
        process.send_signal(number)
        result = finish(process, ["up"])
        assert result.status in (0, 128 + number), f"{result}"
        called_off += result.status != 0
        end = time.monotonic() + 1.5
        while result.status and nslab.host.processes() and time.monotonic() < end:
            time.sleep(0.01)
        if nslab.host.processes():
            stands += result.status != 0
            nslab.exec(name, "r1", "true").ok()
            nslab.run("down", "-q", name).ok()
        if number == signal.SIGKILL:
            nslab.labs()  # killed before it had a guard it leaves a file or two
        nslab.host.assert_same(before, also=[nslab.runtime])
    assert called_off > stands, "no more than those killed in their very last moment"


def test_sigterm_of_the_keeper_is_down(nslab):
    name = nslab.name()
    before = nslab.host.snapshot(also=[nslab.runtime])
    nslab.run("up", "-q", "--name", name, nslab.file(ring(4))).ok()
    nslab.host.kill(running(nslab, name)["keeper"], signal.SIGTERM)
    nslab.host.assert_same(before, also=[nslab.runtime])
    assert name not in nslab.labs()


def test_state_directory_taken_away(nslab):
    """A logout that clears the runtime directory ends the lab."""
    name = nslab.name()
    before = nslab.host.snapshot(also=[nslab.runtime])
    nslab.run("up", "-q", "--name", name, nslab.file(ring(4))).ok()
    state = "/run/nslab" if nslab.who == "root" else nslab.runtime / "nslab"
    nslab.sh(f"rm -rf {state}").ok()
    nslab.host.assert_same(before, also=[nslab.runtime])


@pytest.mark.parametrize("how", ["down", "keeper killed", "keeper and guard killed"])
def test_stopped_helper_hangs_nobody(nslab, how):
    """The process between an `exec` and its program, the only one to collect it when it has died."""
    name = nslab.name()
    nslab.run("up", "-q", "--name", name, nslab.file(ring(4))).ok()
    client = nslab.popen("exec", "-l", name, "r1", "--", "sh", "-c", "echo here; sleep 1000")
    assert client.stdout.readline() == "here\n"
    (helper,) = children(client.pid)
    os.kill(helper, signal.SIGSTOP)
    family = running(nslab, name)
    victims = [family[who] for who in ("guard", "keeper") if who in how]
    if victims:
        nslab.host.kill(" ".join(map(str, victims)))
    down = nslab.run("down", "-q", "--grace", "0s", name, timeout=10)
    assert down.status == 0 or (victims and "there is no lab" in down.err), f"{down}"
    assert finish(client, ["exec"]).status != 0


def test_stopped_keeper_hangs_nobody(nslab):
    name = nslab.name()
    nslab.run("up", "-q", "--name", name, nslab.file(ring(4))).ok()
    keeper = running(nslab, name)["keeper"]
    nslab.host.kill(keeper, signal.SIGSTOP)
    calls = ["status", name], ["exec", "-l", name, "r1", "--", "true"]
    for process, words in [(nslab.popen(*words), words) for words in calls]:
        result = finish(process, words, timeout=30)
        assert result.status == 1 and "does not answer" in result.err, f"{result}"
        assert str(keeper) in result.err
    assert name in nslab.labs()
    # `down` asks, then takes it by force.
    nslab.run("down", name, timeout=30).ok()
