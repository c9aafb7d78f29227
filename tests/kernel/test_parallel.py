# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Labs side by side do not meet."""
import pytest
from support.host import finish
from support.labs import PAIR, ring

pytestmark = pytest.mark.kernel
LABS, ROUNDS = 8, 10


def together(nslab, *calls):
    """Runs nslab with each of CALLS at the same moment; all must work."""
    started = [nslab.popen(*words) for words in calls]
    for process, words in zip(started, calls):
        finish(process, words).ok()


def test_eight_labs_ten_rounds(nslab):
    path = nslab.file(ring(8))
    names = [nslab.name() for _ in range(LABS)]
    for _ in range(ROUNDS):
        together(nslab, *(("up", "-q", "--name", name, path) for name in names))
        assert sorted(nslab.labs()) == sorted(names)
        together(nslab, *(("down", "-q", name) for name in names))
        assert nslab.labs() == []


def test_ups_and_downs_cross(nslab):
    """One half comes up while the other goes down, and back."""
    path = nslab.file(ring(8))
    odd, even = ([nslab.name() for _ in range(LABS // 2)] for _ in range(2))
    together(nslab, *(("up", "-q", "--name", name, path) for name in odd))
    for _ in range(ROUNDS // 2):
        for down, up in (odd, even), (even, odd):
            together(
                nslab,
                *(("down", "-q", name) for name in down),
                *(("up", "-q", "--name", name, path) for name in up),
            )
            assert sorted(nslab.labs()) == sorted(up)
    together(nslab, *(("down", "-q", name) for name in odd))


def test_same_name_at_once(nslab):
    """Of many `up` of one name exactly one wins; the others say that it runs."""
    path, name = nslab.file(ring(8)), nslab.name()
    for _ in range(5):
        started = [nslab.popen("up", "-q", "--name", name, path) for _ in range(6)]
        results = [finish(process, ["up"]) for process in started]
        assert sorted(r.status for r in results) == [0, 1, 1, 1, 1, 1], "\n".join(map(str, results))
        assert all(name in r.err for r in results if r.status)
        nslab.exec(name, "r1", "true").ok()
        nslab.run("down", "-q", name).ok()


def test_same_down_at_once(nslab):
    path, name = nslab.file(ring(8)), nslab.name()
    for _ in range(5):
        nslab.run("up", "-q", "--name", name, path).ok()
        started = [nslab.popen("down", name) for _ in range(4)]
        statuses = sorted(finish(process, ["down"]).status for process in started)
        assert statuses[0] == 0 and set(statuses) <= {0, 1}
        assert nslab.run("down", name).status == 1


def test_twins_do_not_see_each_other(nslab):
    """Two labs with the same nodes and addresses: each talks to its own."""
    path = nslab.file(PAIR)
    mark = "ip link set eth0 alias {}; cat /sys/class/net/eth0/ifalias; hostname"
    with nslab.lab(path) as one, nslab.lab(path) as two:
        for lab in one, two:
            assert nslab.exec(lab, "h1", "sh", "-c", mark.format(lab)).out == f"{lab}\nh1\n"
        for lab in one, two:
            assert nslab.exec(lab, "h1", "cat", "/sys/class/net/eth0/ifalias").out == f"{lab}\n"
            for address in "10.0.0.2", "fd00::2":
                nslab.exec(lab, "h1", "ping", "-n", "-c1", "-W5", address).ok()
        nslab.exec(one, "h2", "ip", "link", "set", "eth0", "down").ok()
        assert nslab.exec(one, "h1", "ping", "-n", "-c1", "-W1", "10.0.0.2").status == 1
        nslab.exec(two, "h1", "ping", "-n", "-c1", "-W5", "10.0.0.2").ok()
        ids = [
            {n["netns"] for n in nslab.run("status", "--json", lab).ok().json()["nodes"]}
            for lab in (one, two)
        ]
        assert len(ids[0] | ids[1]) == 4


def test_root_and_user_at_once(nslab, runners):
    """The same lab name as root and as an ordinary user: two labs, and neither sees the other."""
    if len(runners) < 2:
        pytest.skip("needs root: both users at once")
    other = runners["user" if nslab.who == "root" else "root"]
    path, name = nslab.file(PAIR), nslab.name()
    theirs = other.file(PAIR)
    nslab.run("up", "-q", "--name", name, path).ok()
    other.run("up", "-q", "--name", name, theirs).ok()
    assert nslab.labs() == other.labs() == [name]
    nslab.run("down", "-q", name).ok()
    assert other.labs() == [name]
    other.exec(name, "h1", "true").ok()
    other.run("down", "-q", name).ok()
