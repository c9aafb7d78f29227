# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""The lane for tests that the running kernel cannot serve: they run in a virtual machine.

Of three markers

    needs("netem", "vrf")   the kernel has these (support/features.py); else: the machine
    stock_kernel            always the machine: a distribution's kernel, and ours to play with
    virtual_time            always the machine, with a clock that no load of the host disturbs

the first decides by trying, where the tests are collected. All tests for a machine are run by one
pytest inside it (two at once, where there are both sorts of time), started once the collection
is known and goes on beside the others here. It hands out each report as it comes (Inside); here the
same test of the same name takes them for its own (Lane). With xdist the controller owns the
machines, and whichever worker is given a test waits for its reports, last of all tests.

A test without a result is a failure: where the machine does not start, dies, or takes too long, and
where a test is skipped in there too.
"""
import fcntl
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import pytest

from support import features
from support.host import PROGRAM, ROOT

INSIDE = os.environ.get("NSLAB_VM")
TIMES = "real", "virtual"
COUNTS = PROGRAM.parent / "counts"  # what a build that counts its lines has counted


def needed(item):
    """The features that a test needs."""
    found = {name for mark in item.iter_markers("needs") for name in mark.args}
    if unknown := found - features.SCRIPTS.keys():
        raise pytest.UsageError(f"{item.nodeid} needs {sorted(unknown)}, of which nobody knows")
    return found


def machine_for(item):
    """The sort of time of the machine that a test must run in; None if it can run here."""
    if item.get_closest_marker("virtual_time"):
        return "virtual"
    if item.get_closest_marker("stock_kernel") or features.missing(needed(item)):
        return "real"
    return None


def plugin(config):
    """The lane as this process sees it."""
    if INSIDE:
        return Inside(config, pathlib.Path(INSIDE))
    if hasattr(config, "workerinput"):
        return Lane(config, pathlib.Path(config.workerinput["vm_folder"]))
    return Owner(config)


class Inside:
    """In the machine: every report goes into a file, as a line."""

    def __init__(self, config, folder):
        self.config, self.folder = config, folder
        self.file = open(folder / "reports", "w")

    def pytest_runtest_setup(self, item):
        if lacking := features.missing(needed(item)):
            pytest.fail(f"the machine's kernel lacks {', '.join(lacking)} too", pytrace=False)

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_teardown(self, nextitem):
        if not nextitem and COUNTS.is_dir():
            shutil.copytree(COUNTS, self.folder / "counts")

    def pytest_runtest_logreport(self, report):
        data = self.config.hook.pytest_report_to_serializable(config=self.config, report=report)
        self.file.write(json.dumps(data) + "\n")
        self.file.flush()


class Machine:
    """What comes out of one machine: a file of reports that grows until the machine is over."""

    def __init__(self, config, folder):
        self.config, self.folder = config, folder
        self.file, self.rest, self.found = None, "", {}

    def read(self):
        """Takes in the reports that are new."""
        path = self.folder / "reports"
        if not self.file and path.exists():
            self.file = open(path)
        *lines, self.rest = (self.rest + (self.file.read() if self.file else "")).split("\n")
        for line in lines:
            data = json.loads(line)
            hook = self.config.hook.pytest_report_from_serializable
            report = hook(config=self.config, data=data)
            self.found.setdefault(report.nodeid, []).append(report)

    def is_over(self):
        """Whether nothing can come any more: who runs the machine holds a lock meanwhile."""
        if (self.folder / "over").exists():
            return True
        with open(self.folder.with_suffix(".lock")) as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
        return True

    def has_all(self, nodeid):
        return any(report.when == "teardown" for report in self.found.get(nodeid, []))

    def reports_of(self, item):
        """The reports of a test, waited for; a failure takes the place of what is missing."""
        over = False
        while not over and not self.has_all(item.nodeid):
            over = self.is_over()
            self.read()
            time.sleep(0.02)
        reports = [no_skip(report) for report in self.found.get(item.nodeid, [])]
        return reports if self.has_all(item.nodeid) else [*reports, self.failure(item)]

    def failure(self, item):
        return pytest.TestReport(
            nodeid=item.nodeid,
            location=item.location,
            keywords={},
            when="call",
            outcome="failed",
            longrepr=f"no result from the virtual machine: {self.why()}",
        )

    def why(self):
        """What is known of a machine that ended early."""
        texts = []
        for name in "over", "out", "err":
            path = self.folder / name
            texts += [path.read_text(errors="replace")[-4000:].strip()] if path.exists() else []
        return "\n".join(filter(None, texts)) or "whoever runs the machine was killed"


def no_skip(report):
    """A test that needs the machine and is skipped there ran nowhere."""
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        why = report.longrepr[-1]
        report.longrepr = f"skipped in the virtual machine too, so it ran nowhere: {why}"
    return report


class Lane:
    """Outside the machine: its tests come last, and their reports from there."""

    def __init__(self, config, folder):
        self.config, self.folder = config, folder
        self.machines = {when: Machine(config, folder / when) for when in TIMES}
        self.wanted = {}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items):
        items.sort(key=lambda item: machine_for(item) is not None)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session):
        self.wanted = {item.nodeid: when for item in session.items if (when := machine_for(item))}
        path = self.folder / f"wanted-{os.getpid()}"
        path.write_text(json.dumps(self.wanted))
        path.rename(self.folder / "wanted")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item):
        when = self.wanted.get(item.nodeid)
        if not when:
            return None
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        for report in self.machines[when].reports_of(item):
            item.ihook.pytest_runtest_logreport(report=report)
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        return True


class Owner(Lane):
    """Who starts the machines and ends them: xdist's controller, or pytest itself."""

    def __init__(self, config):
        super().__init__(config, pathlib.Path(tempfile.mkdtemp(prefix="nslab-lane-")))
        self.processes = []
        self.locks = {when: open(self.folder / f"{when}.lock", "w") for when in TIMES}
        for lock in self.locks.values():
            fcntl.flock(lock, fcntl.LOCK_EX)

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node):
        node.workerinput["vm_folder"] = str(self.folder)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session):
        super().pytest_collection_finish(session)
        self.start()

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self):
        self.start()

    def start(self):
        """Runs what the collection wants run, once; the locks go over to who does it."""
        if not self.locks or self.config.option.collectonly:
            return
        wanted = json.loads((self.folder / "wanted").read_text())
        for when in sorted(set(wanted.values())):
            self.write_command(when, [nodeid for nodeid in wanted if wanted[nodeid] == when])
            words = [sys.executable, "-m", "vm.series", self.folder / when]
            process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "TERM", *words],
                cwd=ROOT / "tests",
                stdin=subprocess.DEVNULL,
                pass_fds=[self.locks[when].fileno()],
            )
            self.processes.append(process)
        self.close_locks()

    def close_locks(self):
        for lock in self.locks.values():
            lock.close()
        self.locks = {}

    def write_command(self, when, nodeids):
        """The run of pytest inside: a command line, and the folder to call it in."""
        config, option, folder = self.config, self.config.option, self.folder / when
        words = [sys.executable, "-m", "pytest", "-c", str(config.inipath)]
        words += ["--rootdir", str(config.rootpath), "--tb", option.tbstyle]
        words += ["-v"] * option.verbose + ["-l"] * option.showlocals
        words += [f"{config.rootpath}/{nodeid}" for nodeid in nodeids]
        folder.mkdir()
        command = {"words": words, "cwd": str(config.invocation_params.dir)}
        (folder / "command.json").write_text(json.dumps(command))

    def pytest_unconfigure(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait()
        for path in self.folder.glob("*/counts/*"):
            shutil.copy(path, COUNTS / f"{self.folder.name}-{path.parts[-3]}-{path.name}")
        self.close_locks()
        shutil.rmtree(self.folder, ignore_errors=True)
