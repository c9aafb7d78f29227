# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Programs of a topology: files that only one node sees, commands, services and their lives."""
import contextlib
import json
import os
import re
import signal
import subprocess
import time

import pytest
from support.host import IS_ROOT, TIMEOUT, only_as, recorded

pytestmark = pytest.mark.kernel

LAB = r"""
nodes:
  h1:
    env: {COLOUR: blue, KIND: node}
    exec:
      - [sh, -c, "echo first >/run/order"]
      - [sh, -c, "echo second >>/run/order; cat /run/order; echo $COLOUR $NSLAB_LAB $NSLAB_NODE"]
      - ip address show eth0
    files:
      /etc/nslab-test.conf: {content: "only here\n", mode: "0640"}
      /etc/nslab-test.d/deep/x: {content: "deep\n"}
      /etc/passwd: {content: "root:x:0:0::/root:/bin/sh\n"}
      /run/app/conf: {content: "run\n"}
      /srv/www/index.html: {content: "it works\n"}
    directories:
      /run/state: {mode: "0700"}
      /etc/ssl:
      /etc/ssl/own: {mode: "1777"}
    services:
      web:
        command: python3 -u -m http.server 80 --directory /srv/www
        ready: {listen: tcp/80}
        restart: on-failure
      told:
        command:
          - sh
          - -c
          - |
            trap 'echo bye; exit 0' HUP
            echo "$KIND $COLOUR $HOME $PWD $(umask) $(cat /etc/nslab-test.conf)"
            tty; kill -0 $$; echo prompt-is-here
            while :; do sleep 0.05; done
        env: {KIND: service}
        directory: /srv
        stop-signal: HUP
        ready: {output: "^prompt-.*here$"}
        after: [web]
  h2:
    services:
      client:
        command: curl -s http://10.0.0.1/
        oneshot: true
        after: [h1/told]
      last:
        command: [sh, -c, "trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done"]
        ready: {output: "^up$"}
        after: [client]
  h3:
links:
  - {endpoints: ["h1:eth0", "h2:eth0"], addresses: [10.0.0.1/24, 10.0.0.2/24]}
"""


@pytest.fixture
def lab(nslab):
    with nslab.lab(LAB) as name:
        yield name


def services(nslab, lab):
    """{"h1/web": what ps has of it}."""
    listed = nslab.run("ps", "-l", lab, "--json").ok().json()
    return {f"{s['node']}/{s['service']}": s for s in listed if "service" in s}


def wait_for(nslab, lab, which, wanted):
    """Until WANTED holds of service WHICH: that service."""
    end = time.monotonic() + TIMEOUT
    while True:
        found = services(nslab, lab)[which]
        if wanted(found):
            return found
        assert time.monotonic() < end, found
        time.sleep(0.02)


def log(nslab, lab, which):
    """What a program printed, by lines."""
    lines = nslab.run("logs", "-l", lab, which, "--json").ok().out.splitlines()
    return [entry["line"] for entry in map(json.loads, lines) if "line" in entry]


def see_files(nslab, lab):
    host = nslab.host.root

    def sh(node, script):
        return nslab.exec(lab, node, "sh", "-c", script)

    told = sh("h1", "cat /etc/nslab-test.conf /etc/nslab-test.d/deep/x /run/app/conf; id -un").ok()
    assert told.out == "only here\ndeep\nrun\nroot\n"
    stat = sh("h1", "stat -c '%a %u %n' /etc/nslab-test.conf /run/state /etc/ssl/own /tmp /run").ok()
    assert stat.out.splitlines() == [
        "640 0 /etc/nslab-test.conf",
        "700 0 /run/state",
        "1777 0 /etc/ssl/own",
        "1777 0 /tmp",
        "755 0 /run",
    ]
    assert sh("h1", "ls -A /etc/ssl /tmp /var/tmp").ok().out.split() == [
        "/etc/ssl:", "own", "/tmp:", "/var/tmp:",
    ]  # fmt: skip
    # the machine's own files and the lab's are there besides
    assert sh("h1", "cat /etc/group").ok().out == (host / "etc/group").read_text()
    assert "10.0.0.2\th2" in sh("h1", "cat /etc/hosts").ok().out
    assert "/etc/hosts" in sh("h1", "cat /etc/resolv.conf").ok().out

    # and nobody else sees what is there
    own = f"nslab-test.{lab}"
    sh("h1", f"echo mine >/tmp/{own}; echo mine >/etc/{own}; mkdir /run/{own}").ok()
    for path in "etc/nslab-test.conf", f"etc/{own}", f"tmp/{own}", f"run/{own}", "run/order":
        assert not (host / path).exists(), path
        for node in "h2", "h3":
            assert sh(node, f"ls /{path}").status == 2, (node, path)
    assert sh("h1", f"cat /tmp/{own}").ok().out == "mine\n"  # what runs later in the node does
    assert sh("h3", "cat /etc/passwd").ok().out == (host / "etc/passwd").read_text()


def see_programs(nslab, lab):
    said = log(nslab, lab, "h1/exec")
    assert said[:3] == ["first", "second", f"blue {lab} h1"]
    assert any("inet 10.0.0.1/24" in line for line in said)
    assert log(nslab, lab, "h2/client") == ["it works"]
    assert log(nslab, lab, "h1/told") == [
        "service blue /root /srv 0022 only here",
        "not a tty",
        "prompt-is-here",
    ]
    found = services(nslab, lab)
    assert {name: s["state"] for name, s in found.items()} == {
        "h1/web": "ready",
        "h1/told": "ready",
        "h2/client": "ended",
        "h2/last": "ready",
    }
    assert nslab.run("ps", "-l", lab, "-q").ok().out.split() == list(found)
    assert found["h2/client"]["end"] == "ended with 0" and found["h2/client"]["pid"] is None
    title = nslab.host.processes()[found["h1/web"]["pid"]]
    assert title == found["h1/web"]["command"] == (
        "python3 -u -m http.server 80 --directory /srv/www"
    )
    # a session, and the limits and signals of a program that a user starts
    pid = nslab.exec(lab, "h1", "pgrep", "-f", "http.server").ok().out.strip()
    status = nslab.exec(lab, "h1", "cat", f"/proc/{pid}/status").ok().out
    assert re.search(r"^SigBlk:\s*0+$", status, re.M)
    assert nslab.exec(lab, "h1", "ps", "-o", "sid=", "-p", pid).ok().out.split() == [pid]
    limits = nslab.exec(lab, "h1", "sh", "-c", f"grep files /proc/{pid}/limits; ulimit -n").ok()
    assert limits.out.split()[3] == limits.out.split()[-1]
    listed = nslab.run("ps", "-l", lab).ok().out.splitlines()
    assert listed[0].split() == [
        "NODE", "SERVICE", "STATE", "FOR", "PID", "USER", "RESTARTS", "COMMAND",
    ]  # fmt: skip
    # in the order of their start
    several = nslab.run("logs", "-l", lab, "h1", "h2/*").ok().out
    order = [several.index(f"{name} ") for name in ("h1/exec", "h1/web", "h1/told", "h2/client")]
    assert order == sorted(order)
    assert re.search(r"^h2/client \| it works$", several, re.M)


def handle_services(nslab, lab):
    def service(*words):
        return nslab.run("service", *words, "-l", lab)

    before = services(nslab, lab)["h1/web"]
    assert service("kill", "h1/web").ok().out == "h1/web: signalled\n"
    after = wait_for(nslab, lab, "h1/web", lambda s: s["restarts"] == 1 and s["state"] == "ready")
    assert after["pid"] not in (None, before["pid"])
    assert "-- " in nslab.run("logs", "-l", lab, "h1/web").ok().out
    assert "was killed by SIGKILL" in nslab.run("logs", "-l", lab, "h1/web").ok().out

    assert service("stop", "h1/*").ok().out == "h1/web: stopped\nh1/told: stopped\n"
    found = services(nslab, lab)
    assert found["h1/web"]["state"] == found["h1/told"]["state"] == "stopped"
    assert log(nslab, lab, "h1/told")[-1] == "bye"  # its own signal
    assert nslab.exec(lab, "h2", "curl", "-s", "http://10.0.0.1/").status == 7
    service("start", "h1/web,h1/told").ok()
    assert nslab.exec(lab, "h2", "curl", "-s", "http://10.0.0.1/").ok().out == "it works\n"
    service("restart", "h1", "h2/client").status == 2
    service("restart", "h2/client", "h1/web", "-q").ok()
    assert log(nslab, lab, "h2/client") == ["it works", "it works"]

    for words, said in [
        (("stop", "h1/wbe"), "did you mean 'h1/web'?"),
        (("stop", "h11/web"), "did you mean 'h1'?"),
        (("stop", "h1"), "NODE/SERVICE"),
        (("stop", "x*"), "has no service that is 'x*'"),
        (("pause", "h1/web"), "start, stop, restart or kill"),
        (("kill", "h1/web", "-s", "NONE"), "there is no signal 'NONE'"),
        (("stop", "h1/web", "-s", "HUP"), "--signal is of kill"),
    ]:
        result = service(*words)
        assert result.status == 2 and said in result.err, result
    assert "does not run" in service("kill", "h2/client").err
    wrong = nslab.run("logs", "-l", lab, "h1/wbe")
    assert wrong.status == 2 and "did you mean 'h1/web'?" in wrong.err


def test_programs(nslab):
    """All of a lab's life: what it sees, what runs, by hand, and how it ends."""
    name = nslab.name()
    nslab.run("up", "--name", name, nslab.file(LAB)).ok()
    see_files(nslab, name)
    see_programs(nslab, name)
    handle_services(nslab, name)
    follower = nslab.popen("logs", "-l", name, "-f", "-n", "1", "h2/last", "h1/told", "h1/web")
    shown = iter(follower.stdout.readline, "")
    for _ in range(3):
        next(shown)
    nslab.run("down", name).ok()
    rest = list(shown)
    follower.wait()
    # last waits for client, which waits for told: each ends when those that need it have
    byes = [line.split()[0] for line in rest if line.rstrip().endswith("| bye")]
    assert byes == ["h2/last", "h1/told"], rest
    killed = [line.split()[0] for line in rest if "killed by" in line]
    assert killed == ["h1/web"] and "SIGTERM" in "".join(rest)


# What becomes true a moment after it is waited for, each by the kernel's own means.
CONDITIONS = {
    "file": ("mkdir -p /run/a/b; sleep 0.2; mkdir /run/a/b/c; touch /run/a/b/c/d", "file: /run/a/b/c/d"),
    "route": ("sleep 0.2; ip route add 10.2.0.0/24 via 10.0.0.2", "route: 10.2.0.0/24"),
    "default6": ("sleep 0.2; ip -6 route add default dev eth0", 'route: "::/0"'),
    "neighbour": (
        "sleep 0.2; ip neigh add 10.0.0.77 lladdr 52:54:00:00:00:01 dev eth0",
        "neighbour: 10.0.0.77",
    ),
    "interface": ("sleep 0.2; ip link set late0 up", "interface: late0"),
    "udp": (
        "exec python3 -c 'import socket, time; time.sleep(0.2); s = socket.socket(socket.AF_INET,"
        ' socket.SOCK_DGRAM); s.bind(("", 53)); time.sleep(1000)\'',
        "listen: udp/53",
    ),
    "command": (
        "sleep 0.2; touch /run/commanded",
        "{command: test -e /run/commanded, every: 20ms}",
    ),
}


def test_conditions(nslab):
    """Each kind of `ready` holds when it does, and not before."""
    text = "nodes:\n  h1:\n    services:\n"
    for name, (script, ready) in CONDITIONS.items():
        command = json.dumps(["sh", "-c", f"{script}; exec sleep 1000"])
        ready = ready if ready.startswith("{") else f"{{{ready}}}"
        text += f"      {name}: {{command: {command}, ready: {ready}}}\n"
        text += f"      {name}-then: {{command: date +%s%N, oneshot: true, after: [{name}]}}\n"
    text += "  h2:\nlinks:\n  - {endpoints: [h1, h2], addresses: [10.0.0.1/24, 10.0.0.2/24]}\n"
    text += "  - [{node: h1, interface: late0, state: down}, h2]\n"
    with nslab.lab(text) as lab:
        for name in CONDITIONS:
            lines = nslab.run("logs", "-l", lab, f"h1/{name}", "--json").ok().out.splitlines()
            times = {e["event"]: e["time"] for e in map(json.loads, lines) if "event" in e}
            assert times["ready"] - times["started"] >= 0.2, name
            then = int(log(nslab, lab, f"h1/{name}-then")[0]) / 1e9
            assert then >= times["ready"], name


# What fails `up`: of a node, what is said, and the exit status.
FAILURES = [
    (
        "exec: [[sh, -c, 'echo one; echo two >&2; exit 3'], 'false']",
        ["4:12: error: running `sh -c", "in h1: it ended with 3. It printed:\n  one\n  two\n"],
        1,
    ),
    ("exec: [nonesuch -x]", ["there is no such program in PATH"], 3),
    (
        "services: {s: {command: [sh, -c, 'echo bad config; exit 2'], ready: {listen: tcp/1}}}",
        ["service s of h1: it ended with 2 before it was ready. It printed:\n  bad config\n"],
        1,
    ),
    (
        "services: {s: {command: sleep 100, within: 3s, ready: [{listen: tcp/80},"
        " {output: 'a+'}, {command: 'false', every: 20ms}, {interface: lo}]}}",
        [
            "4:16: error: service s of h1: it was not ready within 3 s: no socket listens on"
            " tcp/80, and it printed nothing that matches a+, and `false` ended with 1\n"
        ],
        1,
    ),
    (
        "services: {s: {command: [sh, -c, 'kill -9 $$'], restart: always, within: 2s,"
        " ready: {route: 10.0.0.0/24}}}",
        ["there is no route to 10.0.0.0/24; it was started ", " times, because it was killed by SIGKILL"],
        1,
    ),
    (
        "services: {s: {command: [sh, -c, 'test -e /run/x && sleep 100; touch /run/x; exit 3'],"
        " restart: always, within: 3s, ready: {route: 10.0.0.0/24}}}",
        ["there is no route to 10.0.0.0/24; it was started 2 times, because it ended with 3"],
        1,
    ),
    ("services: {s: {command: sleep 1, user: nobody-here}}", ["there is no user 'nobody-here'"], 3),
    ("services: {s: {command: sleep 1, directory: /nonesuch}}", ["/nonesuch: No such file"], 1),
    ("files: {/nonesuch/x: {content: a}}", ["4:13: error: ", "this machine has no folder /nonesuch"], 2),
    ("files: {/x: {content: a}}", ["straight in /"], 2),
    ("files: {/var/run/x: {content: a}}", ["/var/run is a link to /run"], 2),
    ("files: {/etc/ssl: {content: a}}", ["/etc/ssl is a folder on this machine"], 2),
    ("directories: {/etc/passwd: }", ["/etc/passwd is no folder on this machine"], 2),
    ("files: {/etc/passwd/x: {content: a}}", ["/etc/passwd is no folder on this machine"], 2),
    ("files: {/tmp/x: {content: a, owner: nobody-here}}", ["there is no user 'nobody-here'"], 3),
]  # fmt: skip


def test_failures(nslab):
    """What does not come up says why, with its place in the file, and leaves nothing."""
    for keys, said, status in FAILURES:
        result = nslab.run("up", nslab.file(f"nodes:\n\n  h1:\n    {keys}\n"))
        assert result.status == status, result
        for text in said:
            assert text in result.err, result
    assert nslab.labs() == []


WAITING = """
nodes:
  h1:
    services:
      slow: {command: [sh, -c, "sleep 1000 & echo begun; sleep 1000"], ready: {file: /run/never}}
"""


def test_an_end_while_it_waits(nslab):
    """Ctrl-C, and a keeper that is killed: nothing is left (the fixture looks)."""
    for by_keeper in False, True:
        name = nslab.name()
        up = nslab.popen("up", "--name", name, nslab.file(WAITING))
        end = time.monotonic() + TIMEOUT
        while "begun" not in nslab.run("logs", "-l", name, "h1/slow").out:
            assert time.monotonic() < end and up.poll() is None
            time.sleep(0.02)
        if by_keeper:
            nslab.host.kill(recorded(nslab, name, "keeper"))
        else:
            up.send_signal(signal.SIGINT)
        up.communicate(timeout=TIMEOUT)
        assert up.returncode == (1 if by_keeper else -signal.SIGINT)


def test_a_run_with_services(nslab):
    """`nslab run` has them as long as its command runs; one that must be killed is."""
    text = LAB.replace("trap 'echo bye; exit 0' TERM", "trap '' TERM")
    done = nslab.run("run", nslab.file(text), "--", "sh", "-c", "nslab=$0; echo ran", cwd="/")
    assert done.ok().out.endswith("ran\n")


# --- users -----------------------------------------------------------------------------------

AS_USER = """
nodes:
  h1:
    files:
      /run/games/x: {content: "x", owner: "games:games", mode: "0600"}
      /etc/nslab-test/conf: {content: "conf", owner: games}
    services:
      who: {command: [sh, -c, "id -un; id -gn; echo $HOME; cat /run/games/x"], user: games, oneshot: true}
      dump: {command: tcpdump -i lo -U -w /tmp/x, ready: {output: "listening on lo"}}
"""


@contextlib.contextmanager
def granted(nslab):
    """The host grants the user numbers, as a system does that has uidmap installed."""
    passwd = (nslab.host.root / "etc/passwd").read_text()
    texts = {
        "passwd": f"{passwd}tester:x:{nslab.uid}:{nslab.uid}::/tmp:/bin/sh\n",
        "subuid": "tester:300000:65536\n",
        "subgid": "tester:300000:65536\n",
    }
    mounted = []
    try:
        for name, text in texts.items():
            path = nslab.file(text, f"etc-{name}")
            path.chmod(0o644)
            os.chown(path, 0, 0)
            words = ["mount", "--bind", path, f"/etc/{name}"]
            assert nslab.host.popen(words).wait() == 0
            mounted.append(name)
        yield
    finally:
        for name in mounted:
            nslab.host.popen(["umount", f"/etc/{name}"]).wait()


def see_users(nslab, lab):
    said = log(nslab, lab, "h1/who")
    assert said[:2] == ["games", "games"] and said[-1] == "x"
    stat = nslab.exec(lab, "h1", "stat", "-c", "%U:%G %a", "/run/games/x").ok()
    assert stat.out == "games:games 600\n"
    assert nslab.exec(lab, "h1", "stat", "-c", "%U", "/tmp/x").ok().out == "tcpdump\n"
    # where the numbers are granted, there are mounts in /etc, and an overlay would hide them
    stat = nslab.exec(lab, "h1", "stat", "-c", "%U %a", "/etc/nslab-test/conf", "/etc/group").ok()
    assert stat.out.split()[:2] == ["games", "644"]
    for file in "passwd", "subuid", "group":
        seen = nslab.exec(lab, "h1", "cat", f"/etc/{file}").ok()
        assert seen.out == (nslab.host.root / "etc" / file).read_text()


@only_as("root", "needs root: to be another user")
def test_users_of_root(nslab):
    with nslab.lab(AS_USER) as lab:
        see_users(nslab, lab)


@pytest.mark.skipif(not IS_ROOT, reason="needs root: a host whose /etc/subuid can be another one")
@only_as("user", "")
def test_users_that_are_granted(nslab):
    with granted(nslab), nslab.lab(AS_USER) as lab:
        see_users(nslab, lab)
        mapped = nslab.exec(lab, "h1", "cat", "/proc/self/uid_map").ok().out.split()
        assert mapped == ["0", str(nslab.uid), "1", "1", "300000", "65535"]
        checks = {c["check"]: c for c in nslab.run("doctor", "--json").json()}
        assert checks["newuidmap"]["ok"] and not checks["newuidmap"]["needed"]


@pytest.mark.skipif(not IS_ROOT, reason="needs root: a user who surely is granted nothing")
@only_as("user", "")
def test_users_that_are_not_granted(nslab):
    only_file = AS_USER[: AS_USER.index("    services")]
    files = AS_USER[AS_USER.index("    files") : AS_USER.index("    services")]
    for text, line in (only_file, 6), (AS_USER.replace(files, ""), 5):
        result = nslab.run("up", nslab.file(text))
        assert result.status == 3 and f":{line}:" in result.err, result
        assert "usermod --add-subuids" in result.err and "uidmap" in result.err
    checks = {c["check"]: c for c in nslab.run("doctor", "--json").json()}
    assert not checks["newuidmap"]["ok"] and "usermod" in checks["newuidmap"]["remedy"]
