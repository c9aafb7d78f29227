# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Any blow at any process at any moment, drawn by lot: after the next command nothing is left, and
a lab beside it never notices.

NSLAB_KILLS=500 does as many rounds, NSLAB_KILLS_SEED=N the same ones again.
"""
import contextlib
import os
import pathlib
import random
import re
import select
import shutil
import signal
import statistics
import subprocess
import time

import pytest
from support import terminal
from support.host import SANITIZED, SLOWNESS, children, files_below, finish, root_of

pytestmark = pytest.mark.kernel

ROUNDS = int(os.environ.get("NSLAB_KILLS", 6 if SANITIZED else 15))
SEED = os.environ.get("NSLAB_KILLS_SEED")
PATIENCE = 20 * SLOWNESS  # seconds for one lab to end by itself on a busy machine
PROMISE = 5.0 if SANITIZED else 1.0  # seconds, usually

# What a lab can have outside of itself, and what can go on in it.
VICTIM = """\
nodes:
  gw: {kind: nat%s}
  r1:
    kind: router
    routes: [{to: default, via: gw}]
    firewall: {forward: {policy: drop, rules: [{log: true}, {action: accept}]}}
  h1:
    routes: [{to: default, via: r1}]
    files: {/srv/word: {content: hello}}
    services:
      chat: {command: "sh -c 'while echo a line; do sleep 0.01; done'"}
      quiet: {command: sleep infinity}
links:
  - {endpoints: [gw, "r1:out"], subnets: [192.168.1.0/24]}
  - {endpoints: ["r1:in", "h1:eth0"], subnets: [10.0.0.0/24]}
tests:
  - {ping: {from: h1, to: r1}}
  - {run: {node: h1, command: cat /srv/word, output: hello}}
  - {run: {node: h1, command: sleep 0.05}}
"""

BESIDE = """\
nodes: {h1: {services: {still: {command: sleep infinity}}}, h2: }
links:
  - {endpoints: ["h1:eth0", "h2:eth0"], subnets: [10.0.0.0/24, "fd00::/64"]}
"""

# What the user is doing: words behind "nslab", and whether that needs a lab that stands.
DOING = {
    "up": ["up", "-q", "--name", "{name}", "{path}"],
    "run": ["run", "-q", "--name", "{name}", "{path}", "--", "sleep", "0.1"],
    "exec": ["exec", "-l", "{name}", "h1", "--", "sleep", "0.1"],
    "test": ["test", "-q", "-l", "{name}", "--bundle", "none"],
    "link": ["link", "down", "-q", "-l", "{name}", "r1-h1"],
    "logs": ["logs", "-f", "-l", "{name}", "h1/chat"],
    "down": ["down", "-q", "{name}"],
}
STANDS = [what for what in DOING if what not in ("up", "run")]

KILL, TERM, INT, HUP = "SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"
BLOWS = [KILL, TERM, INT, HUP, "SIGSTOP, SIGKILL", "SIGSTOP, SIGCONT", "SIGSTOP", "closed terminal",
         "no directory"]
VICTIMS = ["client", "helper", "keeper", "guard"]


# --- The lab beside ------------------------------------------------------------------------------


class Beside:
    """A lab in use: its packets, its programs, its state. Nothing of it may change."""

    def __init__(self, nslab):
        self.nslab, self.name = nslab, nslab.name()
        nslab.run("up", "-q", "--name", self.name, nslab.file(BESIDE)).ok()
        self.ping = nslab.popen(
            "exec", "-l", self.name, "h1", "--", "ping", "-n", "-i", "0.02", "10.0.0.2"
        )
        self.before = self.state()

    def state(self):
        """Who runs in it, and what its interfaces have."""
        ask = "ip -j addr; ip -j route; ip -j -6 route"
        services = self.nslab.run("ps", "-l", self.name, "--json").ok().json()
        titles = [title for title in self.nslab.host.processes().values() if self.name in title]
        lists = self.nslab.exec(self.name, "h1", "sh", "-c", ask).ok().out
        kept = ("service", "state", "pid", "restarts")
        running = [{key: s[key] for key in kept} for s in services if "service" in s]
        return running, sorted(titles), lists

    def end(self):
        """It never noticed: not a packet was lost, nothing was started again."""
        assert self.ping.poll() is None, "its program has ended"
        assert self.state() == self.before
        self.ping.send_signal(signal.SIGINT)
        told = finish(self.ping, ["ping"]).ok().out
        counts = re.search(r"(\d+) packets transmitted, (\d+) received", told).groups()
        assert counts[0] == counts[1] != "0", told
        self.nslab.run("down", "-q", self.name).ok()


# --- Outside -------------------------------------------------------------------------------------


def outside(nslab):
    """What a lab of root's changes of the host, apart from processes."""
    host = nslab.host
    if not host.init:
        return None
    rules = host.popen(["nft", "list", "ruleset"], text=True, stdout=subprocess.PIPE)
    return {
        "network": host.network(),
        "rules": rules.communicate(timeout=PATIENCE)[0],
        "names": host.names(),
        "mounts": host.mounts(),
    }


def snapshot(nslab):
    files = [str(path) for folder in (nslab.runtime, nslab.work) for path in files_below(folder)]
    processes = sorted(nslab.host.processes().values())
    return {"processes": processes, "files": sorted(files), "outside": outside(nslab)}


def assert_same(nslab, before, what):
    """At the latest when everybody who is on the way out is gone."""
    end = time.monotonic() + PATIENCE
    while (after := snapshot(nslab)) != before and time.monotonic() < end:
        time.sleep(0.01)
    for kind in before:
        assert after[kind] == before[kind], f"{what}: {kind}"


def number_on(host, pid):
    """What number PID has on HOST."""
    with contextlib.suppress(OSError):
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        numbers = re.search(r"^NSpid:(.*)$", status, re.M)[1].split()
        return int(numbers[1 if host.init else 0])
    return None


def remove_folder(path):
    """As `rm -rf` does, as often as somebody puts something new into it meanwhile."""
    end = time.monotonic() + PATIENCE
    while path.exists() and time.monotonic() < end:
        shutil.rmtree(path, ignore_errors=True)


# --- One round -----------------------------------------------------------------------------------


class Round:
    """A blow, and who it met."""

    def __init__(self, nslab, lot, path, times, first):
        self.nslab, self.name, self.path = nslab, nslab.name(), path
        self.doing = lot.choice(list(DOING))
        self.blow = lot.choice(BLOWS)
        self.victim = lot.choice(VICTIMS)
        if first:  # so that there is one after which the guard clears away
            self.doing, self.blow, self.victim = "exec", KILL, "keeper"
        if self.blow == "closed terminal":
            self.victim = "client"
        if self.blow == "no directory":
            self.victim = "nobody"
        self.moment = lot.random() * times[self.doing]
        self.hit = None  # the pid, as we number it
        self.guard = None  # a pidfd, where one is to be waited for
        self.terminal = None
        self.over = False  # the client has ended

    def __str__(self):
        return f"{self.blow} for {self.victim} {self.moment * 1000:.0f} ms into {self.doing}"

    def start(self):
        """The client, on a terminal if that is to be closed."""
        words = [word.format(name=self.name, path=self.path) for word in DOING[self.doing]]
        if self.blow != "closed terminal":
            env = self.nslab.without_leak_checks if self.victim == "helper" else {}
            return self.nslab.popen(*words, env=env)
        self.terminal = terminal.Terminal(self.nslab, words, None, None)
        return self.terminal.process

    def named(self, who):
        """The pid of the lab's keeper or guard, as we number it, where there is one: the guard is
        an orphan, the keeper its child."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            number = int((root_of(self.nslab) / self.name / who).read_text().split()[0])
            for orphan in self.nslab.host.orphans():
                for pid in [orphan, *children(orphan)]:
                    if number_on(self.nslab.host, pid) == number:
                        return pid
        return None

    def find_victim(self, client):
        if self.victim == "client":
            return client.pid
        if self.victim == "helper":
            return next(iter(children(client.pid)), None)
        return self.named(self.victim)

    def strike(self, client):
        """The blow; before, the guard is held by a pidfd, to see its end."""
        pid = self.named("guard")
        with contextlib.suppress(OSError, TypeError):
            self.guard = os.pidfd_open(pid)
        if self.blow == "closed terminal":
            os.close(self.terminal.master)
            return
        if self.blow == "no directory":
            remove_folder(root_of(self.nslab) / self.name)
            return
        self.hit = self.find_victim(client)
        for name in self.blow.split(", ") if self.hit else []:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.hit, signal.Signals[name])

    def keeper_ends(self):
        """Whether the lab is over by this blow, with a guard that lives to clear away."""
        if self.guard is None:
            return False
        if self.blow == "no directory":
            return True
        if self.hit and self.blow in (TERM, INT):  # what is being built does not listen
            return self.victim in ("keeper", "guard") and self.doing in STANDS
        return self.hit and self.victim == "keeper" and self.blow in (KILL, "SIGSTOP, SIGKILL")

    def wait_for_guard(self):
        """The seconds until the guard has ended, by itself."""
        began = time.monotonic()
        ready, _, _ = select.select([self.guard], [], [], PATIENCE)
        assert ready, f"{self}: nobody clears away"
        return time.monotonic() - began

    def wake(self):
        if self.hit and self.blow == "SIGSTOP":
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.hit, signal.SIGCONT)

    def settle(self, client):
        """What is only beginning may go on, and then has made what the next command is to end."""
        stopped = self.blow == "SIGSTOP" and self.hit and self.victim in ("keeper", "guard")
        if self.doing not in STANDS and not stopped:
            self.wake()
            self.end(client)

    def end(self, client):
        """Every client ends when its lab has."""
        if self.over:
            return
        self.over = True
        try:
            client.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{self}: the client hangs") from None
        finally:
            if client.poll() is None:
                client.kill()
                client.communicate()
            if self.guard is not None:
                os.close(self.guard)
                self.guard = None


def play(nslab, lot, path, times, before, first):
    """A round; the seconds that the guard took, where it was its turn."""
    one, took = Round(nslab, lot, path, times, first), None
    if one.doing in STANDS:
        nslab.run("up", "-q", "--name", one.name, path).ok()
    client = one.start()
    time.sleep(one.moment)
    one.strike(client)
    if one.keeper_ends():
        took = one.wait_for_guard()
        # without any command; processes may be on their way out still
        assert outside(nslab) == before["outside"], str(one)
    one.settle(client)
    # The next command, which is the last one. It tells whether there was anything to take down.
    down = nslab.run("down", "-q", one.name, timeout=PATIENCE)
    assert down.status in (0, 1), f"{one}: {down}"
    one.wake()
    one.end(client)
    assert_same(nslab, before, str(one))
    return took


def usual_times(nslab, path):
    """How long each thing takes that a blow is to come into the middle of."""
    times, name = {}, nslab.name()
    for doing in "up", "exec", "test", "link", "down", "run":
        words = [word.format(name=name, path=path) for word in DOING[doing]]
        start = time.monotonic()
        nslab.run(*words).ok()
        times[doing] = 1.2 * (time.monotonic() - start)
    return times | {"logs": 0.1}


def test_any_blow_at_any_moment(nslab):
    seed = int(SEED or random.randrange(10**9))
    print(f"NSLAB_KILLS_SEED={seed} NSLAB_KILLS={ROUNDS}")
    lot, uplink = random.Random(seed), ", uplink: {mode: veth}" if nslab.who == "root" else ""
    path = nslab.file(VICTIM % uplink)
    beside = Beside(nslab)
    times = usual_times(nslab, path)
    before = snapshot(nslab)
    took = [play(nslab, lot, path, times, before, not i) for i in range(ROUNDS)]
    beside.end()
    cleared = [seconds for seconds in took if seconds is not None]
    usual = statistics.median(cleared)
    print(f"{len(cleared)} guards: {usual:.3f} s, the slowest {max(cleared):.3f} s")
    assert usual < PROMISE, cleared
