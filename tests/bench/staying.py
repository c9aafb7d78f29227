# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""A lab that is left alone for long, with packets and programs coming and going in it."""
import contextlib
import json
import pathlib
import re
import shutil
import subprocess
import time

from common import lab, ring_yaml, timed

NODES = 200
SAMPLES = 24
TALKERS = 8  # nodes that send a ping each hundredth of a second
EXEC_A_TURN = 40  # in nodes one after the other; then each other command that asks the keeper once

SERVICE = """\
  printer:
    services:
      chat: {command: sh -c 'while echo a line that says nothing much; do sleep 0.01; done'}
"""


def processes_of(nslab, name):
    """{"keeper": pid, "guard": pid}"""
    labs = json.loads(timed([nslab, "ls", "--json"])[1])
    keeper = next(entry["keeper"] for entry in labs if entry["name"] == name)
    status = pathlib.Path(f"/proc/{keeper}/status").read_text()
    return {"keeper": keeper, "guard": int(re.search(r"^PPid:\s+(\d+)", status, re.M)[1])}


def own_kib(pid):
    """Memory that is the process's alone, and written to."""
    rollup = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Private_Dirty:\s+(\d+)", rollup, re.M)[1])


def entries(pid, what):
    return len(list(pathlib.Path(f"/proc/{pid}/{what}").iterdir()))


def children(pid):
    return pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def zombies(pids):
    found = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
            found += stat.rpartition(")")[2].split()[0] == "Z"
    return found


def slab_mib():
    meminfo = pathlib.Path("/proc/meminfo").read_text()
    return int(re.search(r"^SUnreclaim:\s+(\d+)", meminfo, re.M)[1]) / 1024


class Stay:
    """Samples of what keeper and guard hold, from the first minute to the last."""

    goals = [
        ("keeper, last/first third", lambda v: v <= 1.02, "at most 1.02"),
        ("guard, last/first third", lambda v: v <= 1.02, "at most 1.02"),
        ("descriptors, most/least", lambda v: v == 1, "1"),
        ("threads, most", lambda v: v == 1, "1"),
    ]

    def __init__(self, args, folder, times):
        self.args, self.times = args, times
        self.nodes = min(args.nodes, NODES)
        self.lab = f"bench-stay{args.tag}"
        self.file = folder / "stay.yaml"
        text = ring_yaml(self.lab, self.nodes)
        self.file.write_text(text.replace("nodes:\n", "nodes:\n" + SERVICE, 1))
        self.ways = [self.stay]

    def turn(self, number):
        """Every node is entered now and then, and every sort of question asked."""
        true = shutil.which("true")
        for i in range(EXEC_A_TURN):
            node = f"r{(number * EXEC_A_TURN + i) % self.nodes}"
            timed([self.args.nslab, "exec", "-l", self.lab, node, true])
        for words in (
            ["status", "-q", self.lab],
            ["link", "down", "-q", "-l", self.lab, "r1:right"],
            ["link", "up", "-q", "-l", self.lab, "r1:right"],
            ["ps", "-q", "-l", self.lab],
            ["service", "restart", "-q", "-l", self.lab, "printer/chat"],
            ["logs", "-n", "3", "-l", self.lab, "printer/chat"],
            ["ping", "-q", "-4", "-l", self.lab, "r0", "r1"],
        ):
            timed([self.args.nslab, *words])

    def sample(self, pids):
        for who, pid in pids.items():
            self.times.note(f"{who} KiB", own_kib(pid))
            self.times.note(f"{who} descriptors", entries(pid, "fd"))
            self.times.note(f"{who} threads", entries(pid, "task"))
        below = children(pids["keeper"])
        self.times.note("keeper children", len(below))
        self.times.note("zombies", zombies([*below, *children(pids["guard"])]))
        self.times.note("kernel slab MiB", slab_mib())

    def talk(self):
        """Packets through the lab for as long as it stands."""
        return [
            subprocess.Popen(
                [self.args.nslab, "exec", "-l", self.lab, f"r{i % self.nodes}", "--",
                 "ping", "-q", "-i", "0.01", f"10.0.{i % self.nodes}.2"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
            for i in range(TALKERS)
        ]

    def stay(self):
        seconds, number = self.args.minutes * 60, 0
        with lab(self.args.nslab, self.file, self.lab):
            pids, talkers = processes_of(self.args.nslab, self.lab), self.talk()
            for number in range(-(-self.nodes // EXEC_A_TURN)):
                self.turn(number)  # each node's view of files is made when it is first entered
            start = time.monotonic()
            for i in range(SAMPLES):
                self.sample(pids)
                while time.monotonic() < start + seconds * (i + 1) / SAMPLES:
                    number += 1
                    self.turn(number)
            self.times.note("turns", number)
            self.sample(pids)
        for talker in talkers:
            talker.wait()

    def third(self, what):
        values = self.times.values[what]
        part = len(values) // 3
        return max(values[-part:]) / max(values[:part])

    def ratios(self, _median):
        values = self.times.values
        fds = [values[f"{who} descriptors"] for who in ("keeper", "guard")]
        threads = values["keeper threads"] + values["guard threads"]
        return {
            "keeper, last/first third": self.third("keeper KiB"),
            "guard, last/first third": self.third("guard KiB"),
            "descriptors, most/least": max(max(n) / min(n) for n in fds),
            "threads, most": max(threads),
        }
