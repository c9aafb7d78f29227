# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""A qemu machine on the host's files, by software emulation: it works wherever tests do.

The machine is booted once, up to where its init waits for the word to go on, and saved; a run
resumes it, in less than a second. Two such states are kept, for the two sorts of time: real, and
virtual, where the guest's clock counts its instructions and skips what it sleeps.
"""
import contextlib
import fcntl
import json
import os
import pathlib
import re
import shlex
import shutil
import socket
import subprocess
import tempfile
import time

from vm import image, packages
from vm.packages import Failure

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CACHE = pathlib.Path(os.environ.get("NSLAB_VM_CACHE", ROOT / "build/vm"))
QEMU = "qemu-system-x86_64"
MEMORY = 1024  # MiB
BOOT_LIMIT = 120  # seconds
STATUS_TOO_LONG, STATUS_FAILED = 124, 125

# Emulated string instructions, five levels of page tables and randomised addresses cost a lot; a
# guest that doubts its clock, or watches its own delays, suffers when the machine beneath is busy.
CPU = "max,-la57,-erms,-fsrm"
KERNEL_OPTIONS = (
    "console=ttyS0 loglevel=4 panic=-1 mitigations=off nokaslr no5lvl norandmaps audit=0"
    " init_on_alloc=0 clearcpuid=rep_good tsc=reliable nowatchdog rcupdate.rcu_expedited=1"
)
# In virtual time a tick every 4 ms bounds the leap while the guest waits for one of our files.
TIMES = {"real": ([], ""), "virtual": (["-icount", "shift=0,sleep=off"], " nohz=off")}


def share(name, folder, *options):
    path = str(folder).replace(",", ",,")
    words = f"local,id={name},path={path}", "security_model=none", *options
    return ["-fsdev", ",".join(words), "-device", f"virtio-9p-pci,fsdev={name},mount_tag={name}"]


def cards():
    """Two network cards with a wire between them. No driver of theirs is loaded: who wants them says
    `modprobe virtio_net`."""
    for n in 0, 1:
        yield from ("-netdev", f"hubport,id=wire{n},hubid=0")
        yield from ("-device", f"virtio-net-pci,netdev=wire{n},mac=52:54:00:00:00:0{n},romfile=")


def qemu_words(cache, when, exchange, line, monitor):
    """A machine with two serial ports (console, LINE), MONITOR, and two folders of the host's."""
    options, append = TIMES[when]
    return [
        *(QEMU, "-M", "pc", "-accel", "tcg", "-cpu", CPU, "-m", str(MEMORY)),
        *("-nodefaults", "-no-user-config", "-no-reboot", "-display", "none", "-nic", "none"),
        *("-kernel", cache / "kernel/vmlinuz", "-initrd", cache / "initrd"),
        *("-append", KERNEL_OPTIONS + append, *options),
        *("-serial", f"file:{exchange}/console"),
        *("-chardev", f"socket,id=line,fd={line.fileno()}", "-serial", "chardev:line"),
        *("-chardev", f"socket,id=monitor,fd={monitor.fileno()}"),
        *("-mon", "chardev=monitor,mode=control"),
        *cards(),
        *("-device", "vmgenid,guid=auto"),  # or two that resume would draw the same random numbers
        *share("host", "/", "readonly=on", "multidevs=remap"),
        *share("vm", exchange),
    ]


class Qemu:
    """A qemu that runs: its process, a line to the guest's second serial port, and its monitor."""

    def __init__(self, cache, when, exchange, *more, stdin=subprocess.DEVNULL):
        self.texts = exchange / "console", exchange / "qemu"
        self.line, line = socket.socketpair()
        self.monitor, monitor = socket.socketpair()
        with line, monitor, open(self.texts[1], "w") as log:
            words = qemu_words(cache, when, exchange, line, monitor)
            self.process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", *words, *more],
                stdin=stdin,
                stdout=log,
                stderr=log,
                pass_fds=[line.fileno(), monitor.fileno()],
            )
        self.line.settimeout(0.03)
        self.heard = b""  # a serial line hands on byte by byte

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.line.close()
        self.monitor.close()

    def is_over(self):
        return self.process.poll() is not None

    def wait_for(self, is_so, say=b""):
        """Until the machine IS_SO, telling it SAY again and again: one that does not listen yet
        loses it."""
        end = time.monotonic() + BOOT_LIMIT
        while not is_so():
            if self.is_over() or time.monotonic() > end:
                return False
            with contextlib.suppress(OSError):
                self.line.send(say)
            time.sleep(0.03)
        return True

    def hears(self, word):
        with contextlib.suppress(OSError):
            self.heard += self.line.recv(4096)
        return word in self.heard

    def command(self, name, **arguments):
        """One command to the monitor; its answer."""
        self.monitor.send(json.dumps({"execute": name, "arguments": arguments}).encode())
        with self.monitor.makefile() as answers:
            for answer in map(json.loads, answers):
                if "return" in answer:
                    return answer["return"]
                if "error" in answer:
                    raise Failure(f"qemu: {name}: {answer['error']['desc']}")
        raise Failure(f"qemu ended at the command {name}")

    def save(self, path):
        self.command("qmp_capabilities")
        limits = {"downtime-limit": 60000, "max-bandwidth": 1 << 40}
        self.command("migrate-set-parameters", **limits)
        self.command("migrate", uri=f"exec:cat >{shlex.quote(str(path))}")
        while (status := self.command("query-migrate")["status"]) != "completed":
            if status in ("failed", "cancelled"):
                raise Failure(f"qemu cannot save the machine: {status}")
            time.sleep(0.03)

    def last_words(self):
        texts = [path.read_text(errors="replace") for path in self.texts if path.exists()]
        return "\n".join(text[-3000:].strip() for text in texts)


@contextlib.contextmanager
def exchange_folder():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="nslab-vm-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# --- prepared once -----------------------------------------------------------------------------


def clock():
    """What the guest's clock is made of: a state that was saved beside another one is no good."""
    text = pathlib.Path("/proc/cpuinfo").read_text()
    return re.findall(r"^(?:model name|bogomips).*", text, re.M)[:2]


def boot_and_save(cache, when, state):
    work = state.with_suffix(".new")
    with exchange_folder() as folder, Qemu(cache, when, folder) as qemu:
        if not qemu.wait_for(lambda: qemu.hears(b"ready")):
            raise Failure(f"the machine does not boot:\n{qemu.last_words()}")
        qemu.save(work)
    work.rename(state)


def update_image(cache):
    """Makes the image anew, and has states saved anew, where something that is in it changed."""
    release = (cache / "kernel/release").read_text()
    beside = release, clock(), packages.output_of(QEMU, "--version")
    made = cache / "made"  # the fingerprint, and below it the hot files that it is about
    if made.exists():
        sums, *hot = made.read_text().split("\n")
        if sums == image.fingerprint(hot, *beside):
            return
    for old in (made, *cache.glob("state-*")):
        old.unlink(missing_ok=True)
    hot = image.hot_files()
    image.make(cache / "kernel", hot, cache / "initrd")
    made.write_text("\n".join([image.fingerprint(hot, *beside), *hot]))


def prepare(when, say=lambda text: None):
    """Makes what is missing of the kernel, the image and the saved state; says where that is."""
    CACHE.mkdir(parents=True, exist_ok=True)
    state = CACHE / f"state-{when}"
    with open(CACHE / "lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (CACHE / "kernel").exists():
            say("fetching a kernel")
            packages.fetch_kernel(CACHE / "kernel")
        update_image(CACHE)
        if not state.exists():
            say(f"booting the machine once, for {when} time")
            boot_and_save(CACHE, when, state)
    return state


# --- a run -------------------------------------------------------------------------------------


def script(command, cwd, env):
    """What the machine runs: COMMAND as it would run here.

    The guest's clock was saved with it. A file that it writes to the host gets the host's time; the
    second time it knows how to ask, and the clock is right to some milliseconds.
    """
    names = {name: value for name, value in env.items() if re.fullmatch(r"[A-Za-z_]\w*", name)}
    lines = ["for i in 1 2; do", "echo >/run/vm/now"]
    lines += ['date -s "@$(stat -c %.9Y /run/vm/now)" >/dev/null', "done"]
    lines += [f"export {name}={shlex.quote(value)}" for name, value in names.items()]
    lines += [f"cd {shlex.quote(str(cwd))} || exit 126", f"exec {shlex.join(map(str, command))}"]
    return "\n".join(lines) + "\n"


class Output:
    """A file that grows, handed on as it does."""

    def __init__(self, path, sink):
        path.touch()
        self.file, self.sink = open(path, "rb"), sink

    def pump(self):
        if text := self.file.read():
            self.sink.write(text)
            self.sink.flush()


def start(when, folder, state):
    """A machine that resumed from STATE and was told to go on."""
    with open(state, "rb") as file:
        qemu = Qemu(CACHE, when, folder, "-incoming", "fd:0", stdin=file)
    if not qemu.wait_for((folder / "started").exists, say=b"go\n"):
        with qemu:
            raise Failure(f"the machine does not start:\n{qemu.last_words()}")
    return qemu


def resume(when, folder, say):
    """A machine that runs the command in FOLDER."""
    state = prepare(when, say)
    try:
        return start(when, folder, state)
    except Failure:  # the state may be broken; a fresh one is not
        state.unlink(missing_ok=True)
        return start(when, folder, prepare(when, say))


def run(command, folder, when="real", limit=1800, env=os.environ, sinks=(), say=lambda text: None):
    """Runs COMMAND in a machine that shares FOLDER as /run/vm. Returns its status; its output is in
    FOLDER's out and err, and goes to SINKS on the way."""
    (folder / "command").write_text(script(command, os.getcwd(), env))
    outputs = [Output(folder / name, sink) for name, sink in zip(("out", "err"), sinks)]
    with resume(when, folder, say) as qemu:
        end, over = time.monotonic() + limit, False
        while not over:
            time.sleep(0.03)
            over = qemu.is_over() or time.monotonic() > end
            for output in outputs:
                output.pump()
        return verdict(qemu, folder)


def verdict(qemu, folder):
    status = folder / "status"
    if status.exists() and (text := status.read_text()):
        return int(text)
    if not qemu.is_over():
        return STATUS_TOO_LONG
    raise Failure(f"the machine died; the end of its console:\n{qemu.last_words()}")
