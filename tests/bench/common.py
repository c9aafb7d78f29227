# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""What all benchmarks share: the ring of routers, running things against the clock, and waiting
until the kernel has taken namespaces away."""
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import time


class Times:
    """What was measured, by name, and how often."""

    def __init__(self):
        self.values = {}

    def note(self, name, value):
        self.values.setdefault(name, []).append(value)


def timed(command, **kwargs):
    """Runs COMMAND; the seconds that it took, and what it printed."""
    start = time.monotonic()
    done = subprocess.run(
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **kwargs
    )
    took = time.monotonic() - start
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: status {done.returncode}\n{done.stderr}")
    return took, done.stdout


def spawned(command):
    """Seconds for a short COMMAND whose output nobody wants, without Python's own share."""
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ)
    status = os.waitpid(pid, 0)[1]
    took = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{' '.join(command)}: wait status {status}")
    return took


# --- The ring of routers -------------------------------------------------------------------------


def v4(link, host):
    return f"10.{link >> 8}.{link & 255}.{host}"


def v6(link, host):
    return f"fd00:{link:x}::{host}"


def ring_yaml(lab, n, profile=""):
    """All of it written out. PROFILE is the text of a profile "guarded" that every router takes."""
    lines = [f"name: {lab}", "nodes:"]
    for i in range(n):
        lines += [
            f"  r{i}:",
            "    kind: router",
            "    routes:",
            f"      - {{to: default, via: {v4(i, 2)}}}",
            f"      - {{to: default, via: {v6(i, 2)}}}",
        ]
        if profile:
            lines.append("    profile: guarded")
    lines.append("links:")
    for i in range(n):
        lines += [
            f"  - endpoints: [r{i}:right, r{(i + 1) % n}:left]",
            f"    addresses: [[{v4(i, 1)}/24, {v6(i, 1)}/64], [{v4(i, 2)}/24, {v6(i, 2)}/64]]",
        ]
    return "\n".join(lines) + "\n" + profile


# --- The kernel ----------------------------------------------------------------------------------


def hold_namespace():
    """A process in a network namespace of its own."""
    process = subprocess.Popen(
        ["unshare", "-n", "sh", "-c", "echo; exec sleep 600"], stdout=subprocess.PIPE
    )
    process.stdout.readline()
    return process


def wait_for_teardown(seconds=300):
    """Namespaces are taken away in order: when a link into a last one is gone, all are. How long
    that took."""
    start = time.monotonic()
    held = [hold_namespace() for _ in range(2)]
    here = ["nsenter", "-n", "-t", str(held[0].pid), "ip", "link"]
    peer = ["peer", "name", "gone", "netns", str(held[1].pid)]
    subprocess.run(here + ["add", "canary", "type", "veth", *peer], check=True)
    held[1].kill()
    held[1].wait()
    shown = ["show", "canary"]
    while subprocess.run(here + shown, capture_output=True, check=False).returncode == 0:
        if time.monotonic() > start + seconds:
            sys.exit("the kernel does not let go of network namespaces")
        time.sleep(0.01)
    took = time.monotonic() - start
    held[0].kill()
    held[0].wait()
    time.sleep(0.3)
    return took


def available_kib():
    for line in pathlib.Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1])
    raise RuntimeError("/proc/meminfo has no MemAvailable")


# --- nslab ---------------------------------------------------------------------------------------


@contextlib.contextmanager
def lab(nslab, file, name):
    """The lab of FILE while the block runs; gives the seconds that `up` took."""
    took = timed([nslab, "up", "-q", file])[0]
    try:
        yield took
    finally:
        timed([nslab, "down", "-q", name])


def keeper_kib(nslab, name):
    labs = json.loads(timed([nslab, "ls", "--json"])[1])
    pid = next(entry["keeper"] for entry in labs if entry["name"] == name)
    rollup = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    sizes = {line.split(":")[0]: int(line.split()[1]) for line in rollup[1:]}
    return sizes["Pss_Anon"] + sizes["Pss_Shmem"]
