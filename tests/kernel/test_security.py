# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Who may do what (docs/security.md): labs against other users, programs and planted links."""
import json
import os
import shutil
import signal

import pytest
from support import terminal
from support.host import FIRST_UID, IS_ROOT, Runner, only_as, recorded, root_of
from support.labs import PAIR

pytestmark = pytest.mark.kernel
two_users = pytest.mark.skipif(not IS_ROOT, reason="a second user is had by root alone")

PYTHON = "/usr/bin/python3"
SERVICE = PAIR.replace("h1: ", 'h1: {services: {tell: {command: [sh, -c, "%s"], oneshot: true}}}')


@pytest.fixture(scope="session")
def second(host, stage, uid):
    """Another ordinary user."""
    return Runner(host, stage, "user", (uid or FIRST_UID) + 500)


def python(runner, script, *args, **kw):
    return runner.run("-c", script, *args, program=PYTHON, **kw)


# --- Another user ----------------------------------------------------------------------------

ATTEMPTS = """
import ctypes, json, os, socket, sys
state, *pids = sys.argv[1:]
libc = ctypes.CDLL(None, use_errno=True)

def call(name, *args):
    if getattr(libc, name)(*args) < 0:
        raise OSError(ctypes.get_errno(), name)

def reach(path):
    socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET).connect(path)

tries = {
    "list": lambda: os.listdir(state),
    "plant": lambda: os.mkdir(f"{state}/x"),
    "replace": lambda: os.rename(state, f"{state}.x"),
    "socket": lambda: reach(f"{state}/sock"),
}
for name in "lock", "lab.json", "keeper", "nodes", "log", "links":
    tries["read " + name] = lambda name=name: os.open(f"{state}/{name}", os.O_RDONLY)
for pid in map(int, pids):
    tries[f"kill {pid}"] = lambda pid=pid: os.kill(pid, 15)
    tries[f"trace {pid}"] = lambda pid=pid: call("ptrace", 16, pid, 0, 0)
    tries[f"fds of {pid}"] = lambda pid=pid: os.listdir(f"/proc/{pid}/fd")
    tries[f"files of {pid}"] = lambda pid=pid: os.listdir(f"/proc/{pid}/root/")
    tries[f"memory of {pid}"] = lambda pid=pid: os.open(f"/proc/{pid}/mem", os.O_RDONLY)
    for kind in "net", "mnt", "pid", "user":
        tries[f"{kind} of {pid}"] = lambda pid=pid, kind=kind: call(
            "setns", os.open(f"/proc/{pid}/ns/{kind}", os.O_RDONLY), 0)
done = []
for name, attempt in tries.items():
    try:
        attempt()
        done.append(name)
    except PermissionError:
        pass
print(json.dumps({"tried": len(tries), "done": done}))
"""


@two_users
def test_second_user_is_kept_out(nslab, second):
    """Nothing of a lab is to be seen, joined or stopped by another user, by whatever command."""
    with nslab.lab(SERVICE % "echo said") as lab:
        commands = [
            ("status", lab),
            ("exec", "-l", lab, "h1", "true"),
            ("shell", "-l", lab, "h1"),
            ("ps", "-l", lab),
            ("logs", "-l", lab, "h1/tell"),
            ("link", "down", "-l", lab, "h1-h2"),
            ("service", "restart", "-l", lab, "h1/tell"),
            ("ping", "-l", lab),
            ("test", "--lab", lab),
            ("down", lab),
        ]
        led = {"XDG_RUNTIME_DIR": str(nslab.runtime)}
        for env in {}, led:
            for words in commands:
                result = second.run(*words, env=env)
                assert result.status == 1 and f"no lab '{lab}'" in result.out + result.err, f"{result}"
            assert second.run("ls", "--json", env=env).ok().json() == []
            second.run("down", "--all", env=env).ok()
        pids = [recorded(nslab, lab, who) for who in ("keeper", "guard")]
        state = f"/run/nslab/{lab}" if nslab.who == "root" else root_of(nslab) / lab
        said = python(second, ATTEMPTS, state, *pids).ok().json()
        assert said["done"] == [] and said["tried"] > 25
        nslab.sh(f"test -S {state}/sock && cat {state}/keeper").ok()  # there is what was tried
        assert nslab.exec(lab, "h1", "ping", "-c1", "-W2", "10.0.0.2").status == 0


IMPOSTOR = """
import ctypes, os, sys, time
lock = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT, 0o666)
libc = ctypes.CDLL(None)
libc.prctl(15, b"nslab-keeper", 0, 0, 0)
libc.prctl(4, 0, 0, 0, 0)  # what is in /proc of one that cannot be dumped is root's
print("ready", flush=True)
time.sleep(600)
"""
IDENTIFY = "set -- $(cat /proc/$$/stat); echo $$ ${22} $(stat -Lc %i /proc/$$/ns/pid); exec sleep 600"


@two_users
@only_as("root", "root alone looks into everybody's processes")
def test_impostor(nslab, second):
    """A process that poses as a keeper does not lead root to a directory of another user's, from
    where it would kill and put back what it is told."""
    fake, precious = second.folder, nslab.host.root / "run/precious"
    victim = nslab.popen("-c", IDENTIFY, program="/bin/sh")
    identity = victim.stdout.readline()
    precious.symlink_to("elsewhere")
    files = {
        "keeper": identity,
        "lab.json": json.dumps({"name": fake.name, "file": "", "nodes": [{"name": "h1"}]}),
        "nodes": "1 1\n1 h1\n",
        "sock": "",
        "outside": "link\t/run/precious\telsewhere\t\n",
    }
    for name, text in files.items():
        (fake / name).write_text(text)
        os.chown(fake / name, second.uid, second.uid)
    impostor = second.popen("-c", IMPOSTOR, fake / "lock", program=PYTHON)
    try:
        assert impostor.stdout.readline() == "ready\n"
        assert nslab.labs() == []
        for words in ("status", fake.name), ("exec", "h1", "true"), ("down", fake.name):
            assert nslab.run(*words).status == 1
        nslab.run("down", "--all").ok()
        assert victim.poll() is None and precious.is_symlink() and (fake / "outside").exists()
    finally:
        precious.unlink(missing_ok=True)
        for process in impostor, victim:
            process.kill()
            process.communicate()
        for name in [*files, "lock"]:
            (fake / name).unlink(missing_ok=True)


# --- What programs in nodes may -------------------------------------------------------------

FORBIDDEN = """
cat {secret}; {suid} {secret}
echo x >/proc/sys/kernel/core_pattern
echo x >/proc/sys/vm/overcommit_memory
echo x >/etc/nslab-was-here
mknod /tmp/disk b 7 0; mount /dev/loop0 /mnt
chown 0 {own} && chown 12345 {own}
sysctl -qw user.max_net_namespaces=1000001
kill -9 {guard}
nsenter -t 1 -m cat {secret}
"""


@pytest.fixture(scope="session")
def guarded(stage):
    """A file that is root's alone, and a program with the set-user-ID bit that reads it."""
    secret, suid = stage.path / "secret", stage.path / "suid-cat"
    secret.write_text("precious\n")
    secret.chmod(0o600)
    shutil.copy("/bin/cat", suid)
    suid.chmod(0o4755)
    return secret, suid


@two_users
@only_as("user", "")
def test_rootless_labs_hold_nothing_outside(nslab, guarded):
    """Root in an ordinary user's node is that user, to everything outside of the lab."""
    secret, suid = guarded
    assert nslab.run(secret, program=suid).ok().out == "precious\n"  # the bit counts on the host
    own = nslab.file("mine\n")
    with nslab.lab(PAIR) as lab:
        guard = recorded(nslab, lab, "guard")
        script = FORBIDDEN.format(secret=secret, suid=suid, own=own, guard=guard)
        result = nslab.exec(lab, "h1", "sh", "-c", script)
        assert result.out == "" and "precious" not in result.err, f"{result}"
        assert not (nslab.host.root / "etc/nslab-was-here").exists()
        assert own.stat().st_uid == nslab.number
        identity = nslab.exec(lab, "h1", "sh", "-c", "id -u; cat /proc/self/uid_map").ok().out.split()
        assert identity[:4] == ["0", "0", str(nslab.number), "1"]
        script = "grep -h -e ^CapEff -e ^Uid /proc/%d/status; readlink /proc/%d/ns/user /proc/self/ns/user"
        keeper = recorded(nslab, lab, "keeper")
        guard_has = nslab.sh(script % (guard, keeper)).ok().out.split()
        assert guard_has[:5] == ["Uid:"] + [str(nslab.number)] * 4, guard_has
        assert guard_has[-2] != guard_has[-1], "the keeper is in the host's user namespace"
        # the guard's capabilities, if any, are of the lab's user namespace
        spaces = nslab.sh(f"readlink /proc/{guard}/ns/user /proc/self/ns/user").ok().out.split()
        assert guard_has[6] == "0" * 16 or spaces[0] != spaces[1]


def test_programs_get_nothing_of_nslab(nslab):
    """No descriptor but the three, and to services no variable of who brought the lab up."""
    tell = "ls /proc/self/fd | tr '\\\\n' ' '; env"
    env = {"SECRET": "of the caller"}
    file = nslab.file(SERVICE % tell)
    lab = nslab.name()
    nslab.run("up", "-q", "--name", lab, file, env=env).ok()
    try:
        said = nslab.run("logs", "-l", lab, "h1/tell").ok().out
        assert "0 1 2 3 " in said and "4" not in said.partition("0 1 2 3 ")[2].split("\n")[0]
        assert "SECRET" not in said and "NSLAB_NODE=h1" in said
        fds = nslab.exec(lab, "h1", "ls", "/proc/self/fd").ok().out.split()
        assert fds == ["0", "1", "2", "3"], "3 is the folder that ls reads"
    finally:
        nslab.run("down", lab).ok()


USER = """
nodes:
  h1:
    services:
      who: {command: [grep, -e, ^Uid, -e, ^Cap, /proc/self/status], user: games, oneshot: true}
"""


@only_as("root", "root gives capabilities away")
def test_service_of_a_user_has_no_capability(nslab):
    """Neither where nslab is root by its capabilities alone, which outlast a change of user."""
    caps = ",".join(f"+{c}" for c in "sys_admin net_admin setuid setgid sys_chroot dac_override chown kill".split())
    by_caps = ["setpriv", "--reuid=61999", "--clear-groups", f"--inh-caps={caps}", f"--ambient-caps={caps}"]
    for prefix in [], by_caps:
        lab = nslab.name()
        words = [*prefix, nslab.stage.program, "run", "-q", "--name", lab, nslab.file(USER), "--"]
        words += [nslab.stage.program, "logs", "-l", lab, "h1/who"]
        said = nslab.run(*words[1:], program=words[0]).ok().out
        has = dict(line.split(None, 1) for line in said.splitlines() if line.startswith(("Uid", "Cap")))
        assert has["Uid:"].split()[0] not in ("0", "61999"), said
        assert {has[f"Cap{kind}:"].strip("0") for kind in ("Prm", "Eff", "Amb")} == {""}, said


# --- Links, names, files that others put in the way -----------------------------------------


def test_planted_links_in_the_state(nslab):
    """A link where the root, a lab's directory or its lock would be: `up` says so, and what it leads
    to stays as it is."""
    root = "/run/nslab" if nslab.who == "root" else str(root_of(nslab))
    target = nslab.work / "target"
    nslab.sh(f"mkdir -m 700 {target}; echo precious | tee {target}/lock >{target}/log").ok()
    lab, plants = nslab.name(), []
    plants.append((f"ln -s {target} {root}", root))
    plants.append((f"mkdir -m 700 {root}; ln -s {target} {root}/{lab}", f"{root}/{lab}"))
    plants.append((f"mkdir -p -m 700 {root}/{lab}; ln -s {target}/lock {root}/{lab}/lock", lab))
    before = nslab.sh(f"ls -ln {target}; cat {target}/*").ok().out
    for plant, named in plants:
        nslab.sh(plant).ok()
        try:
            result = nslab.run("up", "-q", "--name", lab, nslab.file(PAIR))
            assert result.status in (1, 3) and named in result.err, f"{plant}: {result}"
            nslab.run("ls")
            nslab.run("down", lab)
            assert nslab.sh(f"ls -ln {target}; cat {target}/*").ok().out == before, plant
        finally:
            nslab.sh(f"rm -rf {root}").ok()
    nslab.sh(f"rm -r {target}").ok()


@two_users
def test_planted_folder_for_what_failed(nslab, second):
    """`nslab test` in a folder of another user's, who has laid a link out."""
    shared, target = second.work.parent / "shared", nslab.work / "target"
    nslab.sh(f"mkdir -m 755 {target}").ok()
    second.sh(f"mkdir {shared}; chmod 777 {shared}; ln -s {target} {shared}/nslab-failed").ok()
    file = nslab.file(PAIR + 'tests: [{tcp: {from: h1, to: "h2:9"}}]\n')
    try:
        result = nslab.run("test", file, cwd=shared)
        assert result.status == 1 and "nslab-failed" in result.out + result.err, f"{result}"
        assert list(target.iterdir()) == []
    finally:
        shutil.rmtree(shared)
        shutil.rmtree(target)


@only_as("root", "names in /run/netns are root's")
def test_netns_names_of_others(nslab):
    """What has a lab's name in /run/netns and is not that lab's stays: a file, a mount, a link."""
    lab = nslab.name()
    name = f"/run/netns/{lab}.h1"
    plants = {
        f"echo precious >{name}": f"rm {name}",
        f"ip netns add {lab}.h1": f"ip netns delete {lab}.h1",
        f"ln -s /proc/1/fd/3 {name}": f"rm {name}",
    }
    look = f"ls -ln --time-style=+ {name}; stat -Lc '%i %s' {name}; cat {name} 2>/dev/null; true"
    nslab.sh("mkdir -p /run/netns").ok()
    for plant, away in plants.items():
        nslab.sh(plant).ok()
        before = nslab.sh(look).ok().out
        result = nslab.run("up", "-q", "--name", lab, nslab.file(PAIR))
        assert result.status == 1 and name in result.err, f"{result}"
        assert nslab.sh(look).ok().out == before, plant
        nslab.sh(away).ok()
        for end in ("down",) if "add" in plant else ("down", "kill"):
            nslab.run("up", "-q", "--name", lab, nslab.file(PAIR)).ok()
            nslab.sh(f"rm {name}; {plant}").ok()
            before = nslab.sh(look).ok().out
            if end == "kill":
                for who in "guard", "keeper":
                    nslab.host.kill(recorded(nslab, lab, who), signal.SIGKILL)
                assert lab not in nslab.labs()
            else:
                nslab.run("down", lab).ok()
            assert nslab.sh(look).ok().out == before, f"{plant}, then {end}"
            nslab.sh(away).ok()
    nslab.sh("umount /run/netns; umount /run/netns; rmdir /run/netns")


def test_files_stay_in_the_node(nslab):
    """`files` and `directories` make nothing on the host, by whatever path."""
    work = nslab.work
    nslab.sh(f"cd {work}; mkdir folder; ln -s folder link; ln -s /etc etc; echo host >mine").ok()
    refused = ["/srv/../etc/x", "/tmp/../../etc/x", "etc/x", "../x", "/proc/sys/kernel/x", "/sys/x", "/dev/x"]
    refused += ["/var/run/x", "/proc/self/root/etc/x", f"{work}/link/../../x", "/tmp//x", "/tmp/./x"]
    for path in refused:
        for key, value in ("files", "{content: planted}"), ("directories", "{mode: '0777'}"):
            file = nslab.file(f"nodes: {{h1: {{{key}: {{'{path}': {value}}}}}}}\n", "escape.yaml")
            result = nslab.run("up", "-q", "--name", nslab.name(), file)
            assert result.status in (2, 3), f"{path}: {result}"
    (work / "escape.yaml").unlink()
    own = [work / p for p in ("mine", "deep/new", "link/x", "etc/nslab-x")] + ["/etc/nslab-x"]
    text = ", ".join(f"{path}: {{content: node}}" for path in own)
    with nslab.lab(f"nodes: {{h1: {{files: {{{text}}}}}}}\n") as lab:
        assert nslab.exec(lab, "h1", "cat", *own).ok().out == "node" * len(own)
        nslab.exec(lab, "h1", "sh", "-c", f"echo more >>{own[0]}; ln -s /etc {work}/deep/out").ok()
        assert (work / "mine").read_text() == "host\n" and not (work / "deep").exists()
    assert list((work / "folder").iterdir()) == [] and not os.path.exists("/etc/nslab-x")
    nslab.sh(f"cd {work}; rm -r folder link etc mine").ok()


# --- No shell --------------------------------------------------------------------------------

CANARY = "$$(>canary)`>canary`;>canary|>canary&'\\\"\\n>canary\\n"
HOSTILE = f"""
description: "{CANARY}"
nodes:
  h1:
    description: "{CANARY}"
    labels: {{"a;>canary": "{CANARY}"}}
    env: {{A: "{CANARY}"}}
    files: {{"/run/a;>canary `>canary`": {{content: "{CANARY}", expand: false}}}}
    exec: [[echo, "{CANARY}", ";", ">canary"]]
    services:
      tell: {{command: [echo, "{CANARY}"], env: {{B: "{CANARY}"}}, oneshot: true}}
  h2:
links:
  - ["h1:`>canary`", "h2:a;>canary|b"]
  - ["h1:$$'>canary'", "h2:-rf&>canary"]
"""
STUBS = "ip nft sysctl unshare nsenter mount umount setsid mkdir chmod chown cat rm ln sleep kill dirname".split()


def test_no_shell(nslab):
    """What a topology says is never a shell's to read: neither in the lab nor in the script that
    `plan` prints of it."""
    folder = nslab.work / "hostile"
    file = nslab.file(HOSTILE, "hostile/lab.yaml")
    lab = nslab.name()
    nslab.run("up", "-q", "--name", lab, file, cwd=folder).ok()
    try:
        for words in ("status", lab), ("ps", "-l", lab), ("link", "-l", lab), ("logs", "-l", lab, "h1"):
            nslab.run(*words, cwd=folder).ok()
        nslab.run("link", "down", "-l", lab, "h1:`>canary`", cwd=folder).ok()
        said = nslab.run("logs", "-l", lab, "h1/tell").ok().out
        assert "`>canary`;>canary|>canary&'\"" in said, said
    finally:
        nslab.run("down", lab, cwd=folder).ok()
    script = nslab.file(nslab.run("plan", "--format", "sh", file).ok().out, "hostile/script")
    stubs = folder / "stubs"
    nslab.sh(f"mkdir {stubs}; cd {stubs}; printf '#!/bin/sh\\n' >ip; chmod 755 ip; "
             f"for s in {' '.join(STUBS[1:])}; do ln ip $s; done").ok()  # fmt: skip
    nslab.run(script, program="/bin/sh", cwd=folder, env={"PATH": str(stubs)})
    assert sorted(p.name for p in folder.iterdir()) == ["lab.yaml", "script", "stubs"]
    shutil.rmtree(folder)


def test_terminals_are_not_obeyed(nslab):
    """What a program printed reaches a terminal without what it would obey, and a pipe as it is."""
    tell = "printf 'a\\\\033]0;b\\\\007c\\\\302\\\\233d\\\\n'"
    with nslab.lab(SERVICE % tell) as lab:
        raw = nslab.run("logs", "-l", lab, "h1/tell").ok().out
        assert "a\033]0;b\007c\u009bd\n" in raw, repr(raw)
        with terminal.open(nslab, "logs", "-l", lab, "h1/tell") as shown:
            said = shown.read_all()
        assert "a?]0;b?c??d" in said, repr(said)
    said = nslab.run("down", "\033[31m").err
    assert "\033" not in said and "?[31m" in said
