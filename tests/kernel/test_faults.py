# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""When the Nth system call of a kind fails, nslab says so once, and the host is as before.

Of each kind of call some N are tried: FEW_BUILT of them, spread evenly, while a lab is built; the
middle one of every THIRDth kind while something is done with it, other kinds for each command and
user; or all those that NSLAB_FAULTS names (docs/testing.md). What may come of it is one clear error
and nothing left behind, or a success that is one: a lab that is what it would have been.
"""
import collections
import contextlib
import errno
import os
import pathlib
import re
import time

import pytest
from support.faults import Faults
from support.host import ROOT, SLOWNESS, changes, files_below

pytestmark = [pytest.mark.kernel, pytest.mark.once]

LAB = ROOT / "tests/faults/lab.yaml"
OF_ROOT = "  out: {kind: nat, uplink: {mode: veth}}\n"  # changes the host
IMPAIRED = """\
  - endpoints: [{node: h1, interface: slow, rate: 10mbit}, "r1:slow"]
    addresses: []
    delay: 20ms
    loss: 1%
"""
with_impairments = pytest.mark.needs("netem", "tbf")
FEW_BUILT, THIRD = 2, 3
HANGS = 20 * SLOWNESS  # seconds that a command has, with a fault or without
PATIENCE = 5  # seconds that an observation may take to be what it was before

# What stands behind "nslab: " without being its error; glibc's name service aborts where it has no
# memory, in a child that asks for a user's name.
NO_ERRORS = "nslab: warning: ", "nslab: 'nslab doctor' says ", "nslab: nss_database.c:"

CAUSES = {os.strerror(number) for number in errno.errorcode}  # none of them is a whole error

# What the nodes hold that `nslab status` does not tell.
LOOK = """\
ip -o -4 route show table all
ip -6 -o route show proto static
ip rule
nft -s list ruleset 2>/dev/null
sysctl net.ipv4.ip_default_ttl net.ipv4.conf.eth0.proxy_arp 2>&1
cat /etc/hosts /etc/resolv.conf /etc/nslab-lab/word 2>&1; true
"""

# What is done with a lab that runs; what has to be done before, and what makes it whole again.
LINK = ["-l", "@", "r1-r2"]
UP, DOWN = ["link", "up", *LINK], ["link", "down", *LINK]
PART = ["partition", "-l", "@", "r1,sw,h1", "/", "r2,h2,gw"]
HEAL = ["heal", "@"]
SLOWER = ["link", "set", "-l", "@", "h1:slow", "delay=30ms", "loss=none", "rate=5mbit"]
AS_IT_WAS = ["link", "set", "-l", "@", "h1:slow", "delay=20ms", "loss=1%", "rate=10mbit"]
WEB = ["-l", "@", "h1/web"]
START, STOP = ["service", "start", *WEB], ["service", "stop", *WEB]
COMMANDS = {
    "exec": (["exec", "-l", "@", "h1", "cat", "/etc/nslab-lab/word"],),
    "shell": (["shell", "-l", "@", "h1"],),
    "exec-all": (["exec", "-l", "@", "*", "true"],),
    "link-down": (DOWN, [], [UP]),
    "link-up": (UP, [DOWN], [DOWN, UP]),
    "link-flap": (["link", "flap", *LINK, "--every", "20ms", "--for", "40ms"], [], [UP]),
    "link-set": (SLOWER, [], [AS_IT_WAS]),
    "partition": (PART, [HEAL], [HEAL]),
    "heal": (HEAL, [PART], [HEAL]),
    "test": (["test", "--lab", "@", "--bundle", "none"],),
    "status": (["status", "--json", "@"],),
    "ls": (["ls", "--json"],),
    "ps": (["ps", "--json", "-l", "@"],),
    "logs": (["logs", *WEB],),
    "stop": (STOP, [], [START]),
    "start": (START, [STOP], [START]),
    "restart": (["service", "restart", *WEB], [], [START]),
    "firewall": (["firewall", "--json", "-l", "@"],),
    "ping": (["ping", "-l", "@", "h1", "r1"],),
}
COMMANDS_MARKED = [
    pytest.param(name, marks=with_impairments) if name == "link-set" else name for name in COMMANDS
]


def chosen(total, firsts, few):
    """Those of 1..TOTAL that are tried: FEW, or what NSLAB_FAULTS says. FIRSTS are from each place
    the first."""
    how = os.environ.get("NSLAB_FAULTS", "")
    if how == "every":
        return range(1, total + 1)
    if how == "places":
        return firsts
    if "-" in how:
        first, last = map(int, how.split("-"))
        return range(first, min(last, total) + 1)
    few = min(int(how) if how else few, total)
    return sorted({1 + (2 * i + 1) * (total - 1) // (2 * few) for i in range(few)})


def some(trials, start):
    """Every THIRDth from the one of number START on, unless NSLAB_FAULTS asks for more."""
    return trials if "NSLAB_FAULTS" in os.environ else trials[start % THIRD :: THIRD]


def errors(text):
    """The errors that stderr tells; lines that go on with one, and warnings, do not count."""
    lines = [re.sub(r"^\S+ +\| ", "", line) for line in text.splitlines()]  # "h2  | " of exec
    return [
        line
        for line in lines
        if re.match(r"nslab: |\S+:\d+:\d+: error: ", line) and not line.startswith(NO_ERRORS)
    ]


def plain(text):
    """Without what is another each time: numbers of processes, counters, times."""
    text = re.sub(r'"(netns|keeper|since|pid|packets|bytes|errors|dropped)": [\d.]+', r'"\1": 0', text)
    text = re.sub(r"\b\d+(\.\d+)? (ms|s)\b", "0 s", text)
    text = re.sub(r"\b[0-9a-f]{2}(:[0-9a-f]{2}){5}\b", "a MAC", text)
    text = re.sub(r'\n *"fe80::.*', "", text)  # made of a MAC; an idle bridge has one or not
    # what nobody is connected to has carrier until the kernel looks
    text = re.sub(r",$", "", text.replace('"no-carrier"', '"up"').replace(" linkdown", ""), flags=re.M)
    return re.sub(r"\d\d:\d\d:\d\d\.\d+", "00:00:00", text)


class Rig:
    """A lab that calls are made to fail in."""

    def __init__(self, nslab, impaired):
        self.nslab = nslab
        self.faults = Faults(nslab.stage.path, nslab.uid)
        text = LAB.read_text()
        if nslab.who == "root":
            text = text.replace("links:\n", OF_ROOT + "links:\n", 1)
        if impaired:
            text = text.replace("tests:\n", IMPAIRED + "tests:\n", 1)
        self.name = nslab.name()
        self.file = nslab.file(text, f"{self.name}.yaml")
        self.findings = []
        self.tried = collections.Counter()
        self.before = self.snapshot()
        self.whole = None

    def snapshot(self):
        """What of the host can be read at little cost; the fixture compares the whole at the end."""
        host = self.nslab.host
        net = pathlib.Path(f"/proc/{host.init or 'self'}/net")
        return {
            "processes": sorted(host.processes().values()),
            "names": host.names(),
            "files": files_below(self.nslab.runtime),
            "mounts": host.mounts() if host.init else [],
            "links": [line.split(":")[0] for line in (net / "dev").read_text().splitlines()],
            "routes": (net / "fib_trie").read_text(),
            "addresses": sorted((net / "if_inet6").read_text().splitlines()),
        }

    def run(self, *words, **kw):
        return self.nslab.run(*(self.name if w == "@" else w for w in words), **kw)

    def faulty(self, kind, nth, words):
        """Runs WORDS with the NTH call of KIND failing: how it ended, and the Fault or None."""
        self.faults.arm(kind, nth)
        try:
            result = self.run(*words, env=self.faults.env)
        finally:
            fault = self.faults.disarm()
        return result, fault

    def choose(self, words, few=1):
        """What to try while WORDS run, of all kinds or of the one that NSLAB_FAULTS_KIND names:
        [(kind, N)]. Runs them to see how many calls there are."""
        result, fault = self.faulty("fork", 0, words)
        result.ok()
        assert fault is None
        only = os.environ.get("NSLAB_FAULTS_KIND")
        calls, firsts = self.faults.calls(), self.faults.firsts()
        kinds = [kind for kind in calls if calls[kind] and (not only or kind == only)]
        counts = ", ".join(f"{kind} {calls[kind]} ({len(firsts[kind])} places)" for kind in kinds)
        print(f"{words[0]} {words[1]}: {counts}", flush=True)
        return [(kind, nth) for kind in kinds for nth in chosen(calls[kind], firsts[kind], few)]

    def also(self, commands):
        for words in commands:
            result = self.run(*words)
            assert not result.status or "nothing to heal" in result.err, result

    def up(self):
        return ["up", "-q", "--name", self.name, self.file]

    def observe(self):
        """What the lab is, as one can see it from outside and inside."""
        seen = [self.run(*words).ok().out for words in (
            ["status", "--json", "@"],
            ["firewall", "--json", "-l", "@"],
            ["ps", "--json", "-l", "@"],
            ["link", "--json", "-l", "@", "ls"],
            ["exec", "-l", "@", "*", "sh", "-c", LOOK],
        )]
        return "\n".join(plain(text) for text in seen)

    def changed(self):
        """What the lab is and was not, and the other way round."""
        old, new = self.whole.splitlines(), self.observe().splitlines()
        return [f"-{v}" for v in old if v not in new] + [f"+{v}" for v in new if v not in old]

    def assert_whole(self):
        """It is what it was, at the latest in a moment."""
        end = time.monotonic() + PATIENCE
        while (differ := self.changed()) and time.monotonic() < end:
            pass
        assert not differ, "the lab is not what it should be:\n" + "\n".join(differ)

    def is_there(self):
        """Whether it has a directory still."""
        places = self.nslab.host.root / "run/nslab", self.nslab.runtime / "nslab"
        return any((place / self.name).exists() for place in places)

    def is_clean(self, wait):
        """The host is as before, at the latest in WAIT seconds; else what differs."""
        end = time.monotonic() + wait * SLOWNESS
        while (now := self.snapshot()) != self.before and time.monotonic() < end:
            time.sleep(0.01)
        return [f"{k}: {changes(v, now[k])}" for k, v in self.before.items() if v != now[k]]

    def assert_clean(self):
        """Nothing is left of it, at the latest after the next command."""
        if self.is_clean(0.5):
            self.run("ls").ok()
            left = self.is_clean(3)
            assert not left, f"the host changed: {left}"

    @staticmethod
    def assert_told(result):
        """One error, on stderr, that says what failed; tests and pings may tell it in their report.
        What the machine ran out of is not taken for what its kernel lacks."""
        assert result.status in (0, 1, 2, 3), f"it ended with {result.status}"
        told = errors(result.err)
        assert not CAUSES.intersection(re.sub("^.*?: (error: )?", "", line) for line in told)
        assert "this kernel has no" not in result.err
        n = len(told)
        reported = result.args[0] in ("test", "ping") and result.out
        assert n == (result.status != 0) or (n == 0 and reported), f"told {n} errors"

    @contextlib.contextmanager
    def trial(self, kind, nth, words):
        """One fault while WORDS run; what the block finds is noted."""
        result, fault = "", None
        try:
            start = time.monotonic()
            result, fault = self.faulty(kind, nth, words)
            assert time.monotonic() < start + HANGS, "it took too long"
            self.tried[result.status if fault else "not reached"] += 1
            yield result
        except AssertionError as error:
            self.findings.append(f"{fault or f'{kind} {nth}, not reached'}\n{error}\n{result}")
            print(self.findings[-1], flush=True)
            self.nslab.sweep()

    def over(self):
        print(f"tried: {dict(self.tried)}, by exit status")
        self.faults.close()
        if self.findings:
            text = "\n\n".join(self.findings)
            pytest.fail(f"{len(self.findings)} findings:\n\n{text}", pytrace=False)


@pytest.fixture
def rig(nslab, request):
    rig = Rig(nslab, request.node.get_closest_marker("needs"))
    yield rig
    if rig.is_there():
        rig.run("down", "@").ok()
    rig.over()


@pytest.mark.parametrize(
    "lab", ["plain", pytest.param("impaired", marks=[with_impairments, pytest.mark.one_user])]
)
def test_building(rig, lab):
    trials = rig.choose(rig.up(), FEW_BUILT)
    rig.whole = rig.observe()
    rig.run("down", "@").ok()
    for kind, nth in trials:
        with rig.trial(kind, nth, rig.up()) as result:
            rig.assert_told(result)
            if result.status == 0:
                rig.assert_whole()
                rig.run("down", "@").ok()
            rig.assert_clean()


def test_run(rig):
    words = ["run", "-q", "--name", rig.name, rig.file, "--", "echo", "it ran"]
    for kind, nth in rig.choose(words):
        with rig.trial(kind, nth, words) as result:
            rig.assert_told(result)
            assert result.status or result.out == "it ran\n"
            rig.assert_clean()


@pytest.mark.one_user
@pytest.mark.parametrize("command", COMMANDS_MARKED)
def test_running(rig, command):
    words, before, after = (*COMMANDS[command], [], [])[:3]
    rig.run(*rig.up()).ok()
    rig.whole = rig.observe()
    rig.also(before)
    trials = rig.choose(words)
    rig.also(before)
    expected = plain(rig.run(*words).ok().out)
    rig.also(after)
    start = list(COMMANDS).index(command) + (rig.nslab.who == "user")
    for kind, nth in some(trials, start):
        rig.also(before)
        with rig.trial(kind, nth, words) as result:
            rig.assert_told(result)
            assert result.status or plain(result.out) == expected
            if result.status and not rig.is_there():
                rig.assert_clean()
            elif after:
                rig.also(after)
                rig.assert_whole()
        if not rig.is_there():
            rig.run(*rig.up()).ok()
    rig.also(before)
    assert plain(rig.run(*words).ok().out) == expected
    rig.also(after)
    rig.assert_whole()


def test_taking_down(rig):
    down = ["down", "-q", "@"]
    rig.run(*rig.up()).ok()
    for kind, nth in rig.choose(down):
        rig.run(*rig.up()).ok()
        with rig.trial(kind, nth, down) as result:
            rig.assert_told(result)
            if result.status and rig.is_there():
                again = rig.run(*down)
                assert not again.status or "there is no lab" in again.err, f"then: {again}"
            rig.assert_clean()
