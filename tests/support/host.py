# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""The host that labs are built on, the users who build them, and what the host holds.

Run by root, every pytest worker makes a host of its own (hostns.py): a network, mount and PID
namespace, so that "the same before and after" can be compared to the last process, and so that
`nslab down --all` ends nobody else's labs. Run by an ordinary user the host is the machine, and
only what is surely ours is looked at.
"""
import contextlib
import ctypes
import dataclasses
import json
import os
import pathlib
import re
import shutil
import signal
import struct
import subprocess
import sys
import time

import pytest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROGRAM = pathlib.Path(os.environ.get("NSLAB", ROOT / "build/dev/nslab")).resolve()
IS_ROOT = os.geteuid() == 0
USERS = ["root", "user"] if IS_ROOT else ["user"]
CLONE_NEWNS, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x20000, 0x10000000, 0x20000000, 0x40000000
FIRST_UID = 60900  # of no one on a usual machine
SLOWNESS = 5 if "NSLAB_VM" in os.environ else 1  # of a machine in emulation
TIMEOUT = 60 * SLOWNESS  # seconds until a command counts as hanging
LEAKS_SIZE = 1 << 20  # of struct report in tests/leaks/leaks.c

libc = ctypes.CDLL(None, use_errno=True)


def build_option(name):
    """Whether the build of the program under test has this CMake option on; None if nobody knows."""
    cache = PROGRAM.parent / "CMakeCache.txt"
    if not cache.exists():
        return None
    value = re.search(rf"^{name}:BOOL=(.*)$", cache.read_text(), re.M)
    return value is not None and value[1].upper() in ("ON", "TRUE", "1")


SANITIZED = build_option("NSLAB_SANITIZE")


def setns(fd, kind):
    if libc.setns(fd, kind) != 0:
        raise OSError(ctypes.get_errno(), f"setns: {os.strerror(ctypes.get_errno())}")


@dataclasses.dataclass
class Result:
    """How a command ended: its status (128+N for a signal), and what it printed."""

    args: list
    status: int
    out: str
    err: str

    def json(self):
        return json.loads(self.out)

    def ok(self):
        assert self.status == 0, f"{self}"
        return self

    def __str__(self):
        words = " ".join(map(str, self.args))
        return f"{words}\nstatus {self.status}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


class Host:
    """A host: ours alone (root), or the machine as it is."""

    def __init__(self, userns=False):
        self.userns = userns
        self.fds = {}
        self.init = None
        if IS_ROOT:
            self._make()

    def _make(self):
        words = [sys.executable, str(HERE / "hostns.py")] + ["--userns"] * self.userns
        self.keeper = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        assert self.keeper.stdout.readline() == "ready\n", "no host of our own can be made"
        self.init = children(self.keeper.pid)[0]
        kinds = {"mnt": CLONE_NEWNS, "net": CLONE_NEWNET}
        if self.userns:
            kinds = {"user": CLONE_NEWUSER} | kinds
        self.fds = {
            k: (os.open(f"/proc/{self.init}/ns/{k}", os.O_RDONLY), n) for k, n in kinds.items()
        }
        self.pid_fd = os.open(f"/proc/{self.init}/ns/pid", os.O_RDONLY)
        self.own_pid_fd = os.open("/proc/self/ns/pid", os.O_RDONLY)

    def close(self):
        if self.init:
            self.keeper.kill()
            self.keeper.wait()
            self.keeper.stdout.close()
            for fd in [self.pid_fd, self.own_pid_fd] + [fd for fd, _ in self.fds.values()]:
                os.close(fd)

    @property
    def root(self):
        """Where the host's files are, for us."""
        return pathlib.Path(f"/proc/{self.init}/root") if self.init else pathlib.Path("/")

    def popen(self, args, uid=None, cwd="/", terminal=None, own_group=False, enter=None, **kw):
        """Starts ARGS on this host as UID. ENTER is called in the child before it becomes ARGS."""

        def become():
            for fd, kind in self.fds.values():
                setns(fd, kind)
            if terminal is not None:
                os.setsid()
                import fcntl
                import termios

                fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
            elif own_group:
                os.setpgid(0, 0)
            if uid:
                os.setgroups([])
                os.setresgid(uid, uid, uid)
                os.setresuid(uid, uid, uid)
            os.chdir(cwd)
            if enter:
                enter()

        words = [str(a) for a in args]
        if not self.init:
            return subprocess.Popen(words, preexec_fn=become, **kw)
        setns(self.pid_fd, CLONE_NEWPID)
        try:
            return subprocess.Popen(words, preexec_fn=become, **kw)
        finally:
            setns(self.own_pid_fd, CLONE_NEWPID)

    # --- what the host holds -------------------------------------------------------------------

    def processes(self):
        """{pid as the host sees it: title}, without init and zombies."""
        found = {}
        for entry in (self.root / "proc").iterdir():
            if not entry.name.isdigit() or entry.name == "1":
                continue
            with contextlib.suppress(OSError):
                stat = (entry / "stat").read_text()
                if stat.rpartition(")")[2].split()[0] in "ZX":
                    continue
                if not self.init and not self._ours(entry):
                    continue
                title = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
                found[int(entry.name)] = title or stat.partition("(")[2].rpartition(")")[0]
        return found

    @staticmethod
    def _ours(entry):
        """Whether a process of this machine was surely started by these tests."""
        mark = f"t{os.geteuid()}-{os.getpid()}-".encode()
        return mark in (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()

    def orphans(self):
        """The pids, as we number them, of what lost its parent on this host."""
        if self.init:
            return children(self.init)
        return [int(p) for p in os.listdir("/proc") if p.isdigit()]

    def kill(self, pid, number=signal.SIGKILL):
        """Sends a signal to the process that is PID on this host."""
        self.popen(["sh", "-c", f"kill -{int(number)} {pid}"]).wait()

    def names(self):
        """What could be left in files: names in /run/netns, state directories."""
        found = []
        places = ["run/netns", "run/nslab", "run/user"]
        for place in places if self.init else []:
            top = self.root / place
            if top.exists():
                found.append(place)
                found += [f"{place}/{path.relative_to(top)}" for path in files_below(top)]
        return found

    def mounts(self):
        pid = self.init or "self"
        lines = pathlib.Path(f"/proc/{pid}/mountinfo").read_text().splitlines()
        return sorted(" ".join(line.split()[3:]) for line in lines)

    def network(self):
        """Interfaces, addresses, routes and rules, as ip prints them, and settings: by few programs,
        as every test asks twice."""
        script = (
            "printf 'link\\naddr\\nrule\\nroute show table all\\n' | ip -d -batch -;"
            " printf 'rule\\nroute show table all\\n' | ip -6 -batch -;"
            " grep -H . /proc/sys/net/ipv4/conf/*/rp_filter /proc/sys/net/ipv[46]/conf/*/forwarding"
        )
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        shown = self.popen(["sh", "-c", script], text=True, **pipes)
        return re.sub(r"\b\d+sec\b", "", shown.communicate(timeout=TIMEOUT)[0])

    def snapshot(self, also=()):
        """All that must be the same before and after. ALSO: more directories to look into."""
        files = [f"{d}: {[str(path) for path in files_below(d)]}" for d in also]
        return {
            "processes": sorted(self.processes().values()),
            "names": self.names(),
            "files": files,
            "mounts": self.mounts() if self.init else [],
            "network": self.network() if self.init else "",
        }

    def assert_same(self, before, also=(), wait=3.0 * SLOWNESS):
        """The host is as BEFORE again, at the latest in WAIT seconds (a process may still be
        on its way out)."""
        end = time.monotonic() + wait
        while True:
            after = self.snapshot(also)
            if after == before or time.monotonic() > end:
                break
            time.sleep(0.02)
        for what in before:
            assert after[what] == before[what], (
                f"the host's {what} changed: {changes(before[what], after[what])}"
            )


def files_below(top):
    """All paths below a folder. One may go while it is read: a lab's own last act."""
    return sorted(
        pathlib.Path(folder, name)
        for folder, folders, files in os.walk(top)
        for name in folders + files
    )


def changes(before, after):
    """The lines that are new and those that are gone, of a text or a list."""
    one, other = (v.splitlines() if isinstance(v, str) else v for v in (before, after))
    new, gone = [v for v in other if v not in one], [v for v in one if v not in other]
    return f"new: {new}, gone: {gone}" if new or gone else f"{after}, not {before}"


def children(pid):
    """The children of PID (all its threads'), as we number them."""
    found = []
    with contextlib.suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):
            text = pathlib.Path(f"/proc/{pid}/task/{task}/children").read_text()
            found += [int(c) for c in text.split()]
    return found


def only_as(who, reason):
    """A mark: the test is for one of the users that `nslab` stands for, "root" or "user"."""
    lacks = who == "root" and not IS_ROOT
    given = pytest.param(who, marks=pytest.mark.skipif(lacks, reason=reason))
    return pytest.mark.parametrize("as_user", [given], indirect=True)


def root_of(nslab):
    """Where this user's labs have their folders, as we see it."""
    return nslab.host.root / "run/nslab" if nslab.who == "root" else nslab.runtime / "nslab"


def recorded(nslab, lab, who):
    """The pid, as the host has it, that is written down of a lab's keeper or guard."""
    return int((root_of(nslab) / lab / who).read_text().split()[0])


def kill(pid):
    """SIGKILL for PID, unless it has ended by itself."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


class Stage:
    """A folder that every user can read: the program, the topologies, folders to write in."""

    def __init__(self, program, base):
        self.path = pathlib.Path(base)
        self.path.chmod(0o755)
        self.program = self.path / "nslab"
        shutil.copy(program, self.program)
        self.program.chmod(0o755)
        self.topologies = self.path / "topologies"
        shutil.copytree(ROOT / "topologies", self.topologies)
        self.logs = self.path / "sanitizer"
        self.logs.mkdir()
        self.logs.chmod(0o1777)
        self.leaks = self.path / "leaks"
        self.leaks.touch()
        self.leaks.chmod(0o666)
        os.truncate(self.leaks, LEAKS_SIZE)
        self.leaks_read = 0

    def read_leaks(self):
        """What tests/leaks/leaks.c wrote since the last time."""
        with open(self.leaks, "rb") as file:
            (used,) = struct.unpack("=Q", file.read(8))
            file.seek(8 + self.leaks_read)
            text = file.read(max(used - self.leaks_read, 0))
        self.leaks_read = used
        return text.replace(b"\0", b"").decode(errors="replace")

    def complaints(self):
        """What sanitizers wrote since the last time, then forgotten."""
        texts = self.read_leaks().splitlines()
        for path in sorted(self.logs.iterdir()):
            # A thread that was just killed is no complaint.
            texts += [
                line
                for line in path.read_text(errors="replace").splitlines()
                if "Unable to get registers from thread" not in line
            ]
            path.unlink()
        return "\n".join(texts)


class Runner:
    """Someone who runs nslab on a host: "root" or "user"."""

    def __init__(self, host, stage, who, uid=None, runtime=True, label=""):
        self.host, self.stage, self.who = host, stage, who
        self.uid = uid if who == "user" and IS_ROOT else None
        self.number = uid if self.uid else os.geteuid()
        self.folder = pathlib.Path(
            stage.path / f"{who}-{self.number}{'' if runtime else '-bare'}"
            f"{'-counted' if host.userns else ''}{label}"
        )
        self.runtime = self.folder / "run"
        self.work = self.folder / "work"
        for folder in self.folder, self.runtime, self.work:
            folder.mkdir(mode=0o700, exist_ok=True)
            folder.chmod(0o755 if folder == self.folder else 0o700)
            if self.uid:
                os.chown(folder, uid, uid)
        self.env = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": str(self.work),
            "LANG": "C.UTF-8",
            "TERM": "xterm",
            "ASAN_OPTIONS": f"log_path={stage.logs}/asan",
            "UBSAN_OPTIONS": f"log_path={stage.logs}/ubsan:print_stacktrace=1",
            "LSAN_OPTIONS": f"log_path={stage.logs}/lsan",
            "NSLAB_LEAKS_FILE": str(stage.leaks),
            "TSAN_OPTIONS": f"log_path={stage.logs}/tsan",
        }
        if runtime:
            self.env["XDG_RUNTIME_DIR"] = str(self.runtime)
        self.count = 0

    def __repr__(self):
        return f"<{self.who}>"

    @property
    def without_leak_checks(self):
        """What to give `env` where a test kills by the tree of processes: a check for leaks
        (tests/leaks/leaks.c) is a child of who is checked, who waits for it for ever."""
        return {"ASAN_OPTIONS": f"{self.env['ASAN_OPTIONS']}:detect_leaks=0"}

    def _options(self, env, cwd):
        return {"uid": self.uid, "cwd": str(cwd or self.work), "env": self.env | (env or {})}

    def popen(self, *args, env=None, cwd=None, program=None, **kw):
        """Starts nslab ARGS (or PROGRAM ARGS); pipes for output unless told otherwise."""
        kw = {
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "text": True,
        } | kw
        words = [program or self.stage.program, *args]
        return self.host.popen(words, **self._options(env, cwd), **kw)

    def run(self, *args, input=None, timeout=TIMEOUT, **kw):
        """Runs nslab ARGS to its end."""
        if input is not None:
            kw["stdin"] = subprocess.PIPE
        process = self.popen(*args, **kw)
        return finish(process, args, input, timeout)

    def sh(self, script, **kw):
        """Runs a shell script as this user, on the host."""
        return self.run("-c", script, program="/bin/sh", **kw)

    def name(self):
        """A lab's name that nobody else has."""
        self.count += 1
        return f"t{self.number}-{os.getpid()}-{self.count}"

    def file(self, text, name=None):
        """A topology file of TEXT; its path."""
        path = self.work / (name or f"{self.name()}.yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        if self.uid:
            os.chown(path, self.uid, self.uid)
            os.chown(path.parent, self.uid, self.uid)
        return path

    def topology(self, name):
        return self.stage.topologies / f"{name}.yaml"

    @contextlib.contextmanager
    def lab(self, file, name=None):
        """A lab of FILE (a path, or the text itself) while the block runs: its name."""
        path = self.file(file) if isinstance(file, str) else file
        name = name or self.name()
        self.run("up", "--name", name, path).ok()
        try:
            yield name
        finally:
            down = self.run("down", name)
        down.ok()

    def exec(self, lab, node, *command, **kw):
        return self.run("exec", "-l", lab, node, "--", *command, **kw)

    def labs(self):
        """The names of the labs that run: on a machine that is not ours alone, of ours."""
        names = [lab["name"] for lab in self.run("ls", "--json").ok().json()]
        return [
            n for n in names if self.host.init or n.startswith(f"t{self.number}-{os.getpid()}-")
        ]

    def sweep(self):
        """The last resort after a failed test: end every lab and process of the host."""
        for name in self.labs():
            self.run("down", name)
        if self.host.init:
            for pid in self.host.processes():
                self.host.kill(pid)
            shutil.rmtree(self.host.root / "run/netns", ignore_errors=True)
            shutil.rmtree(self.host.root / "run/nslab", ignore_errors=True)
        shutil.rmtree(self.runtime / "nslab", ignore_errors=True)


def finish(process, args, input=None, timeout=TIMEOUT):
    """Waits for PROCESS's end and output."""
    try:
        out, err = process.communicate(input, timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate(timeout=10)
        raise AssertionError(f"hangs: {' '.join(map(str, args))}\n{out}\n{err}") from None
    status = process.returncode if process.returncode >= 0 else 128 - process.returncode
    return Result(list(args), status, out or "", err or "")


def run_plain(program, *args, cwd=None, env=None, input=None):
    """Runs PROGRAM as whoever runs the tests, on the machine as it is: for what builds nothing."""
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": "/nonexistent"} | (env or {})
    done = subprocess.run(
        [program, *args], cwd=cwd, env=env, input=input, capture_output=True, timeout=TIMEOUT
    )
    status = done.returncode if done.returncode >= 0 else 128 - done.returncode
    out, err = (text.decode(errors="backslashreplace") for text in (done.stdout, done.stderr))
    return Result(list(args), status, out, err)
