# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""The commands that need a lab that runs."""
import contextlib
import json
import os
import re
import signal
import subprocess
import time

import pytest
from support import terminal
from support.host import IS_ROOT, Runner, children, finish, kill, only_as
from support.labs import PAIR, ring

pytestmark = pytest.mark.kernel

FOUR = """\
nodes:
  r1: {kind: router, description: the first, labels: {site: north, rack: 3}}
  r2: {kind: router}
  sw1: {kind: switch}
  h1:
links:
  - endpoints: ["r1:eth0", "r2:eth0"]
    addresses: [[10.0.0.1/24, "fd00::1/64"], 10.0.0.2/24]
    mtu: 1400
  - {endpoints: ["h1:eth0", sw1], addresses: [10.0.1.2/24, ~]}
  - {lan: [r2, r1, h1], subnets: [10.0.2.0/24]}
"""


@pytest.fixture
def lab(nslab):
    with nslab.lab(PAIR) as name:
        yield name


@pytest.fixture
def four(nslab):
    with nslab.lab(FOUR) as name:
        yield name


# --- up, down, ls ----------------------------------------------------------------------------


def test_up_says_what_it_built(nslab):
    name = nslab.name()
    result = nslab.run("up", "--name", name, nslab.file(PAIR)).ok()
    assert re.match(rf"{name} is up: 2 nodes, 1 link, in [\d.]+ m?s\n", result.out)
    for line in result.out.splitlines()[1:]:
        words = line.split()
        assert words[0] == "nslab" and words[1] in ("shell", "exec", "status", "down"), line
    assert result.err == ""
    down = nslab.run("down", name).ok()
    assert name in down.out and down.err == ""


def test_up_twice(nslab, lab):
    result = nslab.run("up", "--name", lab, nslab.file(PAIR))
    assert result.status == 1
    assert lab in result.err and "runs already" in result.err.replace(
        "already runs", "runs already"
    )
    nslab.exec(lab, "h1", "true").ok()


def test_down_twice(nslab):
    with nslab.lab(PAIR) as name:
        pass
    result = nslab.run("down", name)
    assert (
        result.status == 1
        and name in result.err
        and "no such lab" in result.err.lower().replace("there is no lab", "no such lab")
    ), f"{result}"


def test_up_quiet_and_json(nslab):
    name = nslab.name()
    assert nslab.run("up", "-q", "--name", name, nslab.file(PAIR)).ok().out == ""
    assert nslab.run("down", "-q", name).ok().out == ""
    told = nslab.run("up", "--json", "--name", name, nslab.file(FOUR)).ok().out.splitlines()
    built = json.loads(told[-1])
    assert built["event"] == "ready" and built["name"] == name and built["nodes"] == 4
    down = nslab.run("down", "--json", name).ok().json()
    assert [lab["name"] for lab in down] == [name] and down[0]["strangers"] == []


def test_deploy_and_destroy(nslab):
    name = nslab.name()
    nslab.run("deploy", "--name", name, nslab.file(PAIR)).ok()
    assert nslab.labs() == [name]
    nslab.run("destroy", name).ok()
    assert nslab.labs() == []


def test_up_of_a_wrong_file_builds_nothing(nslab):
    path = nslab.file("nodes: {h1: {kind: ruoter}}\n")
    result = nslab.run("up", path)
    assert result.status == 2 and f"{path}:1:" in result.err and "router" in result.err
    assert nslab.labs() == []


def test_up_without_the_file(nslab):
    result = nslab.run("up", "/nonexistent/lab.yaml")
    assert result.status in (1, 2) and "/nonexistent/lab.yaml" in result.err
    assert "No such file" in result.err


def test_up_from_standard_input(nslab):
    name = nslab.name()
    nslab.run("up", "--name", name, "-", input=PAIR).ok()
    nslab.run("down", name).ok()


@pytest.mark.parametrize("default", ["nslab.yaml", "topology.yaml"])
def test_default_file(nslab, default):
    name = nslab.name()
    path = nslab.file(f"name: {name}\n{PAIR}", f"{name}/{default}")
    nslab.run("up", cwd=path.parent).ok()
    assert nslab.labs() == [name]
    nslab.run("down", path).ok()
    assert nslab.labs() == []


def test_default_file_first_is_nslab_yaml(nslab):
    name = nslab.name()
    path = nslab.file(f"name: {name}\n{PAIR}", f"{name}/nslab.yaml")
    nslab.file("nonsense", f"{name}/topology.yaml")
    nslab.run("up", cwd=path.parent).ok()
    nslab.run("down", name).ok()


def test_no_default_file(nslab):
    path = nslab.file("", f"{nslab.name()}/other.yaml")
    for command in "up", "run":
        result = nslab.run(command, cwd=path.parent)
        assert result.status == 2 and "nslab.yaml" in result.err and "topology.yaml" in result.err


def test_name_of_the_file(nslab):
    name = nslab.name()
    nslab.run("up", nslab.file(PAIR, f"{name}.yaml")).ok()
    assert nslab.labs() == [name]
    nslab.run("down", name).ok()


def test_default_lab(nslab):
    """The one lab that runs; with more than one an error that lists them, unless NSLAB_LAB."""
    if nslab.run("ls", "--json").ok().json():
        pytest.skip("this user has labs of their own")
    assert nslab.run("status").status == 1
    with nslab.lab(PAIR) as one:
        for words in ["status"], ["exec", "h1", "true"], ["ps"]:
            nslab.run(*words).ok()
        with nslab.lab(PAIR) as two:
            for words in ["status"], ["exec", "h1", "true"], ["ps"], ["down"], ["shell", "h1"]:
                result = nslab.run(*words)
                assert result.status == 2 and one in result.err and two in result.err, f"{result}"
                if words[0] != "down":
                    nslab.run(*words, env={"NSLAB_LAB": two}).ok()
            assert sorted(nslab.labs()) == sorted([one, two])


def test_unknown_lab(nslab, lab):
    for words in (
        ["status", "nope"],
        ["exec", "-l", "nope", "h1", "true"],
        ["down", "nope"],
        ["shell", "-l", "nope", "h1"],
        ["ps", "-l", "nope"],
    ):
        result = nslab.run(*words)
        assert result.status in (1, 2) and "nope" in result.err, f"{result}"


def test_ls(nslab):
    assert nslab.labs() == []
    with nslab.lab(PAIR) as one, nslab.lab(FOUR) as two:
        assert sorted(nslab.labs()) == sorted([one, two])
        listed = {lab["name"]: lab for lab in nslab.run("ls", "--json").ok().json()}
        assert listed[two]["nodes"] == 4 and abs(listed[two]["since"] - time.time()) < 60
        assert nslab.host.processes()[listed[one]["keeper"]].startswith("nslab: keeper of " + one)
        text = nslab.run("ls").ok().out
        assert one in text and two in text
        assert {one, two} <= set(nslab.run("ls", "-q").ok().out.split())


@pytest.mark.skipif(not IS_ROOT, reason="would end this user's own labs; root has a host for it")
def test_down_all(nslab):
    names = [nslab.name() for _ in range(3)]
    for name in names:
        nslab.run("up", "-q", "--name", name, nslab.file(PAIR)).ok()
    result = nslab.run("down", "--all").ok()
    assert all(name in result.out for name in names)
    assert nslab.labs() == []
    nslab.run("down", "--all").ok()


def test_down_several(nslab):
    names = [nslab.name() for _ in range(2)]
    for name in names:
        nslab.run("up", "-q", "--name", name, nslab.file(PAIR)).ok()
    result = nslab.run("down", names[0], "nope", names[1])
    assert result.status == 1 and "nope" in result.err
    assert nslab.labs() == []


def test_down_gives_programs_time(nslab):
    """SIGTERM first; a program that needs a moment to put things right gets it."""
    note = nslab.file("", "note.txt")
    with contextlib.suppress(FileNotFoundError):
        os.unlink(note)
    with nslab.lab(PAIR) as name:
        tidy = f"trap 'sleep 0.3; echo done > {note}; exit' TERM"
        script = f"{tidy}; echo here; while :; do sleep 0.02; done"
        started = nslab.popen("exec", "-l", name, "h1", "--", "sh", "-c", script)
        assert started.stdout.readline() == "here\n"
    finish(started, ["exec"])
    assert note.read_text() == "done\n"


def test_down_does_not_wait_for_ever(nslab):
    with nslab.lab(PAIR) as name:
        started = nslab.popen(
            "exec",
            "-l",
            name,
            "h1",
            "--",
            "sh",
            "-c",
            "trap '' TERM; echo here; while :; do sleep 1; done",
        )
        assert started.stdout.readline() == "here\n"
        begin = time.monotonic()
        nslab.run("down", "--grace", "200ms", name).ok()
        assert time.monotonic() - begin < 2
        assert finish(started, ["exec"]).status == 137
        nslab.run("up", "-q", "--name", name, nslab.file(PAIR)).ok()


@only_as("root", "names in /run/netns are root's")
def test_strangers(nslab):
    """Programs that came in through `ip netns exec`: ps shows them, down names them."""
    name = nslab.name()
    nslab.run("up", "-q", "--name", name, nslab.file(PAIR)).ok()
    stranger = nslab.popen("netns", "exec", f"{name}.h2", "sleep", "987", program="/usr/sbin/ip")
    with contextlib.closing(stranger.stdout), contextlib.closing(stranger.stderr):
        wait_until(lambda: "sleep 987" in nslab.run("ps", "-l", name).out)
        found = [
            p
            for p in nslab.run("ps", "-l", name, "--json").ok().json()
            if "sleep 987" in p["command"]
        ]
        assert len(found) == 1 and found[0]["node"] == "h2" and found[0]["stranger"] is True
        pid = found[0]["pid"]
        assert "sleep 987" in nslab.host.processes()[pid]
        result = nslab.run("down", name).ok()
        said = result.out + result.err
        assert str(pid) in said and "sleep 987" in said and "h2" in said
        assert stranger.poll() is None, "down must not end what is not the lab's"
        stranger.kill()
        stranger.wait()


def wait_until(condition, seconds=5.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.02)


def test_run_netns_names(nslab):
    """Root's nodes have names for iproute2, hidden bridges do not, and users' have none."""
    with nslab.lab(FOUR) as name:
        there = [n for n in nslab.host.names() if n.startswith("run/netns/")]
        if nslab.who != "root":
            assert there == []
            return
        assert there == sorted(f"run/netns/{name}.{node}" for node in ("r1", "r2", "sw1", "h1"))
        out = nslab.run("-j", "-n", f"{name}.r1", "addr", program="/usr/sbin/ip").ok().json()
        assert "10.0.0.1" in json.dumps(out)
        inside = nslab.run(
            "netns", "exec", f"{name}.h1", "ip", "-j", "addr", program="/usr/sbin/ip"
        ).ok()
        assert "10.0.1.2" in inside.out


@only_as("root", "names in /run/netns are root's")
def test_foreign_netns_name_is_kept(nslab):
    """A name in /run/netns that is not ours is an error, and stays what it is."""
    name = nslab.name()
    nslab.run("netns", "add", f"{name}.h2", program="/usr/sbin/ip").ok()
    try:
        inode = os.stat(nslab.host.root / f"run/netns/{name}.h2").st_ino
        result = nslab.run("up", "--name", name, nslab.file(PAIR))
        assert result.status == 1 and f"{name}.h2" in result.err, f"{result}"
        assert os.stat(nslab.host.root / f"run/netns/{name}.h2").st_ino == inode
        assert nslab.labs() == []
    finally:
        nslab.run("netns", "del", f"{name}.h2", program="/usr/sbin/ip").ok()
        nslab.sh("umount /run/netns; rmdir /run/netns")


@pytest.fixture(scope="module")
def bare(host, stage, uid):
    """An ordinary user without XDG_RUNTIME_DIR and without /run/user/UID."""
    if not IS_ROOT:
        pytest.skip("needs root to become a user without a runtime directory")
    return Runner(host, stage, "user", uid, runtime=False)


def test_without_runtime_directory(bare):
    """A folder in /tmp serves, and is gone again afterwards."""
    state = f"/tmp/nslab-{bare.uid}"
    with bare.lab(PAIR) as name:
        assert bare.labs() == [name]
        bare.exec(name, "h1", "ping", "-n", "-c1", "-W5", "10.0.0.2").ok()
        assert os.stat(state).st_mode & 0o777 == 0o700
    assert not os.path.exists(state)


@pytest.mark.parametrize("trap", ["folder", "link"])
def test_state_folder_of_someone_else(bare, trap):
    """What another user laid in its place in /tmp is not used."""
    state, path = f"/tmp/nslab-{bare.uid}", bare.file(PAIR)
    if trap == "folder":
        os.mkdir(state)
        os.chmod(state, 0o777)
    else:
        os.symlink(bare.work, state)
    try:
        result = bare.run("up", "--name", bare.name(), path)
        assert result.status != 0 and state in result.err, f"{result}"
        assert trap == "link" or os.listdir(state) == []
    finally:
        os.unlink(state) if trap == "link" else os.rmdir(state)


# --- exec ------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [0, 1, 2, 3, 42, 126, 127, 255])
def test_exec_status(nslab, lab, status):
    assert nslab.exec(lab, "h1", "sh", "-c", f"exit {status}").status == status


@pytest.mark.parametrize("number", [1, 2, 9, 11, 15])
def test_exec_of_what_a_signal_ends(nslab, lab, number):
    assert nslab.exec(lab, "h1", "sh", "-c", f"kill -{number} $$").status == 128 + number


def test_exec_not_found(nslab, lab):
    result = nslab.exec(lab, "h1", "no-such-program")
    assert result.status == 127 and "no-such-program" in result.err


def test_exec_not_executable(nslab, lab):
    path = nslab.file("#!/bin/sh\n", "not-executable")
    result = nslab.exec(lab, "h1", path)
    assert result.status == 126 and str(path) in result.err
    assert nslab.exec(lab, "h1", "/tmp").status == 126


def test_exec_options_are_the_commands_own(nslab, lab):
    """All behind the node is the command's, with and without --."""
    assert nslab.run("exec", "-l", lab, "h1", "echo", "-l", "-n", "--help").out == "-l -n --help\n"
    assert nslab.run("exec", "-l", lab, "h1", "--", "echo", "--", "x").out == "-- x\n"


def test_exec_streams(nslab, lab):
    text = "line\n" * 50000
    result = nslab.exec(lab, "h1", "cat", input=text).ok()
    assert result.out == text
    result = nslab.exec(lab, "h1", "sh", "-c", "echo to out; echo to err >&2")
    assert (result.out, result.err) == ("to out\n", "to err\n")


def test_exec_environment_and_folder(nslab, lab):
    path = nslab.file("", f"{nslab.name()}/x").parent
    script = "pwd; echo $NSLAB_LAB $NSLAB_NODE $MINE; ls"
    result = nslab.exec(lab, "h2", "sh", "-c", script, cwd=path, env={"MINE": "kept"}).ok()
    assert result.out == f"{path}\n{lab} h2 kept\nx\n"


def test_exec_finds_what_is_for_networks(nslab, lab):
    for path in "/usr/bin:/bin", "/sbin:/usr/bin:/bin:/usr/local/sbin":
        result = nslab.exec(lab, "h1", "/bin/sh", "-c", "echo $PATH", env={"PATH": path}).ok()
        found = sorted(f for f in result.out.strip().split(":") if f.endswith("sbin"))
        assert result.out.startswith(path)
        assert found == ["/sbin", "/usr/local/sbin", "/usr/sbin"]


def test_exec_hostname_and_hosts(nslab, four):
    assert nslab.exec(four, "r2", "hostname").out == "r2\n"
    hosts = nslab.exec(four, "h1", "cat", "/etc/hosts").ok().out
    table = {}
    for line in hosts.splitlines():
        words = line.partition("#")[0].split()
        for name in words[1:]:
            table.setdefault(name, []).append(words[0])
    assert table["r1"] == ["10.0.0.1", "fd00::1"]
    assert table["r2"] == ["10.0.0.2"] and table["h1"] == ["10.0.1.2"]
    assert "127.0.0.1" in table["localhost"] and "::1" in table["localhost"]
    assert "sw1" not in table
    assert nslab.exec(four, "r2", "getent", "ahostsv4", "r1").out.split()[0] == "10.0.0.1"


def test_exec_leaves_the_host_its_files(nslab, lab):
    """The node's /etc/hosts and hostname are seen in the node only."""
    ours = open("/etc/hosts").read(), os.uname().nodename
    nslab.exec(lab, "h1", "sh", "-c", "cat /etc/hosts; hostname").ok()
    assert (open("/etc/hosts").read(), os.uname().nodename) == ours
    assert nslab.sh("cat /etc/hosts").out == ours[0]


def test_exec_shares_mounts_within_a_node(nslab, lab):
    """What a program mounts is there for the next one in its node, and nowhere else."""
    nslab.exec(lab, "h1", "sh", "-c", "mount -t tmpfs mine /mnt && touch /mnt/here").ok()
    assert nslab.exec(lab, "h1", "ls", "/mnt").ok().out == "here\n"
    for place in nslab.exec(lab, "h2", "cat", "/proc/mounts"), nslab.sh("cat /proc/mounts"):
        assert "mine /mnt" not in place.ok().out


def test_exec_with_few_descriptors(nslab):
    """The keeper keeps no more views of nodes than it has descriptors for."""
    path, name = nslab.file(ring(130)), nslab.name()
    nslab.sh(f"ulimit -n 242; exec '{nslab.stage.program}' up -q --name {name} '{path}'").ok()
    for _ in range(2):
        seen = nslab.run("exec", "-l", name, "r*", "hostname").ok().out.splitlines()
        assert sorted(line.replace(" ", "") for line in seen) == sorted(
            f"r{i}|r{i}" for i in range(130)
        )
    nslab.run("down", "-q", name).ok()


def test_exec_sys(nslab, four):
    seen = nslab.exec(four, "r1", "ls", "/sys/class/net").ok().out.split()
    listed = nslab.exec(four, "r1", "ip", "-j", "link").ok().json()
    assert sorted(seen) == sorted(link["ifname"] for link in listed)
    assert nslab.exec(four, "r1", "cat", "/sys/class/net/eth0/mtu").out == "1400\n"


def test_exec_processes_are_the_labs_own(nslab, lab):
    out = (
        nslab.exec(lab, "h1", "sh", "-c", "cat /proc/1/comm; ls /proc | grep -c '^[0-9]'").ok().out
    )
    first, count = out.split("\n")[:2]
    assert int(count) < 12
    assert nslab.exec(lab, "h1", "sh", "-c", "tr '\\0' ' ' < /proc/1/cmdline").out.startswith(
        f"nslab: keeper of {lab}"
    )


def test_exec_unknown_node(nslab, four):
    for words in ["exec", "-l", four, "r3", "--", "true"], ["shell", "-l", four, "r3"]:
        result = nslab.run(*words)
        assert result.status == 2 and "'r3'" in result.err, f"{result}"
        assert re.search("did you mean '?(r1|r2)'?", result.err)
    result = nslab.exec(four, "r1,r3", "true")
    assert result.status == 2 and "r3" in result.err
    result = nslab.exec(four, "x*", "true")
    assert result.status == 2 and "x*" in result.err
    # A LAN's bridge is nobody's to enter.
    for hidden in "lan1", "br0", "lan-1", "":
        assert nslab.exec(four, hidden, "true").status == 2


def test_exec_in_several(nslab, four):
    result = nslab.exec(four, "r1,h1", "hostname").ok()
    assert sorted(re.split(r"[|:]", line)[0].strip() for line in result.out.splitlines()) == [
        "h1",
        "r1",
    ]
    for line in result.out.splitlines():
        node, _, said = line.partition("|")
        assert node.strip() == said.strip()
    result = nslab.exec(four, "r*", "sh", "-c", "echo $(hostname) out; echo $(hostname) err >&2")
    for stream, text in ("out", result.out), ("err", result.err):
        assert sorted(line.partition("| ")[2] for line in text.splitlines()) == [
            f"r1 {stream}",
            f"r2 {stream}",
        ]
    assert nslab.exec(four, "*", "hostname").ok().out.count("\n") == 4


def test_exec_in_several_status(nslab, four):
    script = "case $(hostname) in r1) exit 0;; r2) exit 5;; h1) exit 7;; esac"
    assert nslab.exec(four, "r1,r2,h1", "sh", "-c", script).status == 5
    assert nslab.exec(four, "r1,h1,r2", "sh", "-c", script).status == 7
    assert nslab.exec(four, "r1", "sh", "-c", script).status == 0


def test_exec_in_several_is_parallel_and_by_line(nslab, four):
    """Each waits until all four have begun."""
    here = nslab.file("").with_suffix(".meet")
    nslab.sh(f"mkdir {here}").ok()
    meet = (
        f"printf a; : > {here}/$(hostname);"
        f" until [ $(ls {here} | wc -l) = 4 ]; do sleep 0.01; done; echo b"
    )
    result = nslab.exec(four, "*", "sh", "-c", meet).ok()
    assert sorted(line.partition("| ")[2] for line in result.out.splitlines()) == ["ab"] * 4


def test_exec_passes_signals_on(nslab, lab):
    for number in signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGINT:
        script = (
            f"trap 'echo got; exit 9' {number.name[3:]}; echo here; while :; do sleep 0.02; done"
        )
        process = nslab.popen("exec", "-l", lab, "h1", "--", "sh", "-c", script)
        assert process.stdout.readline() == "here\n"
        process.send_signal(number)
        result = finish(process, [number.name])
        assert (result.out, result.status) == ("got\n", 9), f"{result}"


@pytest.mark.parametrize("victim", ["itself", "its helper"])
def test_exec_killed_takes_its_program_along(nslab, lab, victim):
    process = nslab.popen("exec", "-l", lab, "h1", "--", "sleep", "913")
    wait_until(lambda: "sleep 913" in nslab.host.processes().values())
    if victim == "itself":
        process.kill()
    else:  # whoever it started to stand between it and the program, if anyone
        for child in children(process.pid):
            kill(child)
    finish(process, ["exec"])
    wait_until(lambda: "sleep 913" not in nslab.host.processes().values())


def test_exec_when_the_lab_ends(nslab):
    with nslab.lab(PAIR) as name:
        process = nslab.popen("exec", "-l", name, "h1", "--", "sleep", "914")
        wait_until(lambda: "sleep 914" in nslab.host.processes().values())
    assert finish(process, ["exec"]).status in (128 + 15, 128 + 9)


def test_exec_limits_and_mask(nslab, lab):
    """The program finds the limits, mask and descriptors of the caller, not of the keeper."""
    script = "ulimit -Sn; grep -E 'SigBlk|SigIgn' /proc/self/status; ls /proc/self/fd"
    inside = nslab.exec(lab, "h1", "sh", "-c", script).ok().out
    outside = nslab.sh(script).ok().out
    assert inside == outside


def test_exec_background_program_stays(nslab, lab):
    """What a command leaves in the background runs on until the lab ends, and belongs to it."""
    nslab.exec(lab, "h1", "sh", "-c", "sleep 915 > /dev/null 2>&1 < /dev/null &").ok()
    assert "sleep 915" in nslab.run("ps", "-l", lab).ok().out
    nslab.run("down", lab).ok()
    assert "sleep 915" not in nslab.host.processes().values()
    nslab.run("up", "-q", "--name", lab, nslab.file(PAIR)).ok()


@pytest.mark.skipif(not IS_ROOT, reason="needs root: the host's mounts are changed")
def test_lab_does_not_hold_the_hosts_mounts(nslab, runners):
    """What the host unmounts is free, with programs in the lab too; what it mounts is seen."""
    root, folder = runners["root"], nslab.work / "mnt"
    folder.mkdir(exist_ok=True)
    root.sh(f"mount -t tmpfs -o size=1m before {folder}").ok()
    try:
        with nslab.lab(PAIR) as name:
            process = nslab.popen(
                "exec",
                "-l",
                name,
                "h1",
                "--",
                "sh",
                "-c",
                "echo here; read x; cat /proc/mounts",
                stdin=subprocess.PIPE,
            )
            assert process.stdout.readline() == "here\n"
            root.sh(f"umount {folder} && mount -t tmpfs -o size=1m after {folder}").ok()
            seen = finish(process, ["exec"], input="go\n").ok().out
            assert f"after {folder} " in seen and f"before {folder} " not in seen
            seen = nslab.exec(name, "h2", "cat", "/proc/mounts").ok().out
            assert f"after {folder} " in seen and f"before {folder} " not in seen
            root.sh(f"umount {folder}").ok()
            assert str(folder) not in nslab.exec(name, "h1", "cat", "/proc/mounts").ok().out
    finally:
        root.sh(f"umount {folder} 2>/dev/null")


# --- with a terminal -------------------------------------------------------------------------


def test_exec_terminal(nslab, lab):
    with terminal.open(
        nslab,
        "exec",
        "-l",
        lab,
        "h1",
        "--",
        "sh",
        "-c",
        "test -t 0 && test -t 1 && echo terminal $(tty) && stty size",
    ) as tty:
        assert "terminal /dev/pts/" in tty.read_all()
        assert tty.status == 0


PROMPT = "nslab-test> "


def bash(nslab):
    """An interactive bash that prints PROMPT and reads nobody's settings."""
    path = nslab.file(f"#!/bin/sh\nPS1='{PROMPT}' exec bash --norc --noprofile -i\n", "bash")
    path.chmod(0o755)
    return path


def test_shell_terminal(nslab, lab):
    """A shell in a node has job control, and Ctrl-C reaches what runs in it and not more."""
    with terminal.open(nslab, "shell", "-l", lab, "h1", env={"SHELL": str(bash(nslab))}) as tty:
        tty.say(PROMPT, "echo host=$(hostname)\n")
        tty.expect("host=h1")
        tty.say(PROMPT, "sleep 1000\n")
        wait_until(lambda: "sleep 1000" in nslab.host.processes().values())
        tty.send("\x03")
        tty.say(PROMPT, "echo status=$?\n")
        tty.expect("status=130")
        tty.say(PROMPT, "sleep 1001\n")
        wait_until(lambda: "sleep 1001" in nslab.host.processes().values())
        tty.send("\x1a")
        tty.expect("Stopped")
        tty.say(PROMPT, "fg\n")
        tty.expect("sleep 1001")
        time.sleep(0.1)  # until it has the terminal
        tty.send("\x03")
        tty.say(PROMPT, "exit 7\n")
        assert tty.wait() == 7


def test_terminal_comes_back(nslab, lab):
    """After `nslab exec` in a shell with job control the shell has its terminal again."""
    command = f"{nslab.stage.program} exec -l {lab} h1 --"
    with terminal.open(nslab, program=bash(nslab)) as tty:
        tty.say(PROMPT, f"{command} cat /proc/sys/kernel/hostname\n")
        tty.expect("h1\r")
        tty.say(PROMPT, f"{command} sleep 1002\n")
        # Stopped by the terminal and continued, like any other program.
        wait_until(lambda: "sleep 1002" in nslab.host.processes().values())
        tty.send("\x1a")
        tty.expect("Stopped")
        tty.say(PROMPT, "fg\n")
        tty.expect("sleep 1002")
        time.sleep(0.1)  # until it has the terminal
        tty.send("\x03")
        tty.say(PROMPT, "echo status=$?\n")
        tty.expect("status=130")
        # In the background it does not take the terminal away.
        tty.say(PROMPT, f"{command} sleep 1004 & sleep 0.2; echo sum=$((40+2)); kill %1; wait\n")
        tty.expect("sum=42")
        tty.say(PROMPT, "exit 0\n")
        assert tty.wait() == 0


def test_run_terminal_interrupt(nslab):
    """Ctrl-C in `run` reaches the command; the lab goes with it."""
    name = nslab.name()
    with terminal.open(
        nslab, "run", "-q", "--name", name, nslab.file(PAIR), "--", "sleep", "1003"
    ) as tty:
        wait_until(lambda: "sleep 1003" in nslab.host.processes().values())
        tty.send("\x03")
        assert tty.wait() == 130
    assert nslab.labs() == []


def test_colour_on_a_terminal_only(nslab):
    path = nslab.file("nodes: {h1: {kind: ruoter}}\n")
    for env, coloured in ({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False):
        with terminal.open(nslab, "check", path, env=env) as tty:
            assert ("\x1b[" in tty.read_all()) == coloured, env
    assert "\x1b" not in nslab.run("check", path).err


# --- run -------------------------------------------------------------------------------------


def test_run(nslab):
    name = nslab.name()
    path = nslab.file(PAIR)
    script = f"echo $NSLAB_LAB; hostname; '{nslab.stage.program}' exec h1 hostname"
    result = nslab.run("run", "--name", name, path, "--", "sh", "-c", script).ok()
    assert result.out == f"{name}\n{nslab.sh('hostname').out}h1\n"
    assert nslab.labs() == []


@pytest.mark.parametrize("status", [0, 3, 42])
def test_run_status(nslab, status):
    path = nslab.file(PAIR)
    assert nslab.run("run", "-q", path, "--", "sh", "-c", f"exit {status}").status == status
    assert nslab.labs() == []


def test_run_status_of_a_signal_and_not_found(nslab):
    path = nslab.file(PAIR)
    assert nslab.run("run", path, "--", "sh", "-c", "kill -9 $$").status == 137
    assert nslab.run("run", path, "--", "no-such-program").status == 127
    assert nslab.run("run", path, "--", "/tmp").status == 126


def test_run_wrong_topology_runs_nothing(nslab):
    note = nslab.work / "ran"
    result = nslab.run("run", nslab.file("nodes: [h1]\n"), "--", "touch", note)
    assert result.status == 2 and not note.exists()


def test_run_shell_without_command(nslab):
    result = nslab.run(
        "run", nslab.file(PAIR), input="echo lab=$NSLAB_LAB\n", env={"SHELL": "/bin/sh"}
    ).ok()
    assert "lab=t" in result.out
    assert nslab.labs() == []


@pytest.mark.parametrize(
    "number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP], ids=lambda n: n.name
)
def test_run_that_is_killed_takes_its_lab_along(nslab, number):
    name = nslab.name()
    before = nslab.host.snapshot(also=[nslab.runtime])
    process = nslab.popen("run", "-q", "--name", name, nslab.file(PAIR), "--", "sleep", "916")
    wait_until(lambda: "sleep 916" in nslab.host.processes().values())
    nslab.exec(name, "h1", "true").ok()
    process.send_signal(number)
    finish(process, ["run"])
    nslab.host.assert_same(before, also=[nslab.runtime])
    assert nslab.labs() == []


def test_run_keeps_signals_for_its_command(nslab):
    script = "trap 'echo got; exit 5' TERM; echo here; while :; do sleep 0.02; done"
    process = nslab.popen("run", "-q", nslab.file(PAIR), "--", "sh", "-c", script)
    assert process.stdout.readline() == "here\n"
    process.terminate()
    result = finish(process, ["run"])
    assert (result.out, result.status) == ("got\n", 5)
    assert nslab.labs() == []


def test_run_command_may_take_the_lab_down(nslab):
    result = nslab.run("run", nslab.file(PAIR), "--", nslab.stage.program, "down").ok()
    assert result.err == "" or "nslab: t" in result.err
    assert nslab.labs() == []


# --- status, ps ------------------------------------------------------------------------------


def test_status_agrees_with_ip(nslab, four):
    nslab.exec(four, "r1", "ping", "-n", "-c3", "-i0.05", "-W5", "10.0.0.2").ok()
    nslab.exec(four, "r2", "ip", "link", "set", "eth0", "down").ok()
    status = nslab.run("status", four, "--json").ok().json()
    assert status["name"] == four
    assert [n["name"] for n in status["nodes"]] == ["r1", "r2", "sw1", "h1"]
    assert status["nodes"][0]["description"] == "the first"
    assert status["nodes"][0]["labels"] == {"site": "north", "rack": "3"}
    for node in status["nodes"]:
        told = {i["name"]: i for i in node["interfaces"]}
        links = nslab.exec(four, node["name"], "ip", "-s", "-j", "addr").ok().json()
        assert set(told) == {link["ifname"] for link in links}
        for link in links:
            one = told[link["ifname"]]
            assert one["index"] == link["ifindex"] and one["mtu"] == link["mtu"]
            assert one["mac"] == link["address"] or link["link_type"] == "loopback"
            addresses = [f"{a['local']}/{a['prefixlen']}" for a in link["addr_info"]]
            assert sorted(one["addresses"]) == sorted(addresses)
            assert one.get("master") == link.get("master")
            for way in "rx", "tx":
                ours, theirs = one[way], link["stats64"][way]
                assert ours["bytes"] <= theirs["bytes"] <= ours["bytes"] + 2000
            up = "UP" in link["flags"]
            carrier = "LOWER_UP" in link["flags"]
            assert one["state"] == ("down" if not up else "up" if carrier else "no-carrier")
        inode = nslab.exec(four, node["name"], "readlink", "/proc/self/ns/net").out.strip()
        assert inode == f"net:[{node['netns']}]"
    told = {n["name"]: {i["name"]: i for i in n["interfaces"]} for n in status["nodes"]}
    assert told["r1"]["eth0"]["peer"] == "r2:eth0"
    assert told["r1"]["eth0"]["state"] == "no-carrier" and told["r2"]["eth0"]["state"] == "down"
    assert told["r1"]["eth0"]["tx"]["packets"] >= 3
    assert told["sw1"]["eth0"]["master"] == "br0"


def test_status_text(nslab, four):
    text = nslab.run("status", four).ok().out
    for word in four, "r1", "h1", "sw1", "eth0", "10.0.0.1/24", "fd00::1/64", "1400":
        assert word in text, word


def test_ps(nslab, four):
    started = [
        nslab.popen("exec", "-l", four, node, "--", "sleep", str(917 + i))
        for i, node in enumerate(["r1", "h1"])
    ]
    wait_until(lambda: len(nslab.run("ps", "-l", four, "--json").json()) == 2)
    found = nslab.run("ps", "-l", four, "--json").ok().json()
    assert {(p["node"], p["command"]) for p in found} == {("r1", "sleep 917"), ("h1", "sleep 918")}
    for one in found:
        assert nslab.host.processes()[one["pid"]] == one["command"]
        assert one["stranger"] is False
    found = nslab.run("ps", "-l", four, "h1", "--json").ok().json()
    assert [p["node"] for p in found] == ["h1"]
    text = nslab.run("ps", "-l", four).ok().out
    assert "sleep 917" in text and "r1" in text and "nslab: keeper" not in text
    result = nslab.run("ps", "-l", four, "h9")
    assert result.status == 2 and "h1" in result.err
    status = nslab.run("status", four, "--json").ok().json()
    running = {n["name"]: [p["command"] for p in n["processes"]] for n in status["nodes"]}
    assert running == {"r1": ["sleep 917"], "r2": [], "sw1": [], "h1": ["sleep 918"]}
    for process in started:
        process.kill()
        finish(process, ["exec"])


# --- what the machine lacks ------------------------------------------------------------------


def test_sysctl_that_does_not_exist(nslab):
    path = nslab.file("nodes:\n  h1:\n    sysctls:\n      net.ipv4.no_such_switch: 1\n")
    assert nslab.run("check", path).status == 0
    result = nslab.run("up", path)
    assert result.status == 3, f"{result}"
    assert f"{path}:4:" in result.err and "no_such_switch" in result.err
    assert "net.ipv4.no_such_switch: 1" in result.err, "the line is not shown"
    assert nslab.labs() == []


def test_sysctl_with_a_value_that_the_kernel_refuses(nslab):
    path = nslab.file("nodes:\n  h1:\n    sysctls:\n      net.ipv4.ip_default_ttl: many\n")
    result = nslab.run("up", path)
    assert result.status in (1, 2) and f"{path}:4:" in result.err, f"{result}"
    assert nslab.labs() == []


def test_too_few_descriptors(nslab):
    """Checked before anything is built, with what to do."""
    path = nslab.file(ring(60))
    script = f"ulimit -n 64; exec '{nslab.stage.program}' up '{path}'"
    result = nslab.sh(script)
    assert result.status == 3 and re.search(
        "RLIMIT_NOFILE|ulimit|descriptors|open files", result.err
    )
    assert nslab.labs() == []


@only_as("user", "root needs no user namespace")
def test_without_user_namespaces(nslab):
    """Where user namespaces are refused the setting is named, and what to do about it."""
    drop = "setpriv --bounding-set=-all --inh-caps=-all"
    script = f"echo 0 > /proc/sys/user/max_user_namespaces && {drop} \"$0\" up \"$1\""
    result = nslab.run(
        "-Ur",
        "sh",
        "-ec",
        script,
        nslab.stage.program,
        nslab.file(PAIR),
        program="/usr/bin/unshare",
    )
    assert result.status == 3 and "user.max_user_namespaces" in result.err, f"{result}"
    assert "doctor" in result.err


# --- doctor ----------------------------------------------------------------------------------


def test_doctor(nslab):
    result = nslab.run("doctor")
    checks = nslab.run("doctor", "--json").json()
    assert result.status == 0, f"{result}"
    assert all({"check", "ok", "detail"} <= set(c) for c in checks)
    assert all(c["ok"] for c in checks if c["needed"])
    assert all(c.get("remedy") for c in checks if not c["ok"])
    said = " ".join(c["check"] for c in checks).lower()
    for word in "proc", "sysfs", "sysctl", "namespace", "veth", "bridge", "netem", "nft", "file":
        assert word in said, f"{word} is not looked at: {said}"


def test_doctor_names_what_is_missing(nslab):
    """Where a limit refuses what nslab needs: not ok, exit 3, and how to mend it."""
    script = f"ulimit -Hn 20; exec '{nslab.stage.program}' doctor"
    result = nslab.sh(script)
    assert result.status in (0, 3)
    assert "RLIMIT_NOFILE" in result.out or "descriptor" in result.out or "open files" in result.out


# --- the keeper ------------------------------------------------------------------------------


def keeper_of(nslab, lab):
    found = [one["keeper"] for one in nslab.run("ls", "--json").ok().json() if one["name"] == lab]
    return nslab.host.root / f"proc/{found[0]}"


def test_keeper_is_a_proper_daemon(nslab, lab):
    """No folder, terminal, descriptor, signal or thread of the one who called for it."""
    here = keeper_of(nslab, lab)
    status = (here / "status").read_text()
    assert re.search(r"^Threads:\s+1$", status, re.M)
    assert os.readlink(here / "cwd") == "/"
    fields = (here / "stat").read_text().rpartition(")")[2].split()
    assert fields[4] == "0", "it has a terminal"
    for fd in (here / "fd").iterdir():
        target = os.readlink(fd)
        assert not target.startswith(("/dev/pts", "/dev/tty", str(nslab.work))), target
    assert os.readlink(here / "fd/0") == "/dev/null"
    user = str(nslab.number)
    assert re.search(rf"^Uid:\s+{user}\s+{user}", status, re.M)


def test_lab_outlives_its_terminal(nslab):
    name = nslab.name()
    with terminal.open(nslab, "up", "--name", name, nslab.file(PAIR)) as tty:
        assert f"{name} is up" in tty.read_all()
    nslab.exec(name, "h1", "ping", "-n", "-c1", "-W5", "10.0.0.2").ok()
    nslab.run("down", name).ok()


def test_state_is_the_users_own(nslab, lab):
    state = nslab.host.root / "run/nslab" if nslab.who == "root" else nslab.runtime / "nslab"
    for folder in state, state / lab:
        assert folder.stat().st_mode & 0o777 == 0o700
        assert folder.stat().st_uid == nslab.number


STALL = r"""
import socket, sys, time
path, count = sys.argv[1], int(sys.argv[2])
clients = []
for i in range(count):
    client = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    client.settimeout(1)
    try:
        client.connect(path)
        if i % 3 == 1:
            client.send(bytes(range(256)) * (i % 7 + 1))
        if i % 3 == 2:
            client.send(b"\xff" * (i % 65))
    except OSError:
        pass
    clients.append(client)
print("stalls", flush=True)
time.sleep(1000)
"""


def test_stalled_clients_stall_nobody(nslab, lab):
    """Clients that connect and say nothing, or nonsense, and never read."""
    state = "/run/nslab" if nslab.who == "root" else nslab.runtime / "nslab"
    idle = nslab.popen("-c", STALL, f"{state}/{lab}/sock", "200", program="/usr/bin/python3")
    assert idle.stdout.readline() == "stalls\n"
    for _ in range(3):
        assert nslab.exec(lab, "h1", "hostname", timeout=20).ok().out == "h1\n"
    nslab.run("status", lab, timeout=20).ok()
    idle.kill()
    finish(idle, ["stall"])
    assert nslab.exec(lab, "h1", "hostname").ok().out == "h1\n"


def test_another_user_has_no_way_in(nslab, lab, runners):
    """Neither root's lab by a user nor the other way by chance: each has their own."""
    if len(runners) < 2:
        pytest.skip("needs root: both users at once")
    other = runners["user" if nslab.who == "root" else "root"]
    assert lab not in other.labs()
    for words in ["exec", "-l", lab, "h1", "true"], ["down", lab], ["status", lab]:
        assert other.run(*words).status in (1, 2)
    nslab.exec(lab, "h1", "true").ok()


def seconds_told(text):
    """How long `up` says that it took."""
    number, unit = re.search(r"in ([\d.]+) (m?s)\b", text).groups()
    return float(number) * (0.001 if unit == "ms" else 1)


def test_progress_bar(nslab):
    """On a terminal, when it takes longer than half a second; never elsewhere."""
    small, large, name = nslab.file(PAIR), nslab.file(ring(1000)), nslab.name()
    with terminal.open(nslab, "up", "--name", name, small) as tty:
        text = tty.read_all()
    assert seconds_told(text) > 0.4 or "%" not in text
    nslab.run("down", name).ok()
    quick = nslab.run("up", "--name", name, small).ok()
    assert "\r" not in quick.out + quick.err
    nslab.run("down", name).ok()
    with terminal.open(nslab, "up", "--name", name, large) as tty:
        text = tty.read_all()
        assert tty.status == 0
    nslab.run("down", name).ok()
    assert seconds_told(text) < 0.8 or re.search(r"\r.*\b\d+%", text), text


def test_shell_without_a_node(nslab, lab):
    result = nslab.run("shell", "-l", lab, input="hostname\n", env={"SHELL": "/bin/sh"}).ok()
    assert result.out == "h1\n" and "h1" in result.err
