# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Tests in a network of their own: the fixture `lab` builds a topology, and nslab takes it down.

    pip install ./examples/pytest        # or: pytest -p nslab_pytest, with this file in PYTHONPATH

    def test_routes(lab):                # in test_office.py, beside test_office.yaml
        assert lab.ping("pc", "server")
        assert lab.node("r1").run("ip", "-j", "route").json()[0]["dst"] == "default"

The topology is the YAML file of the test module's name, or what the nearest marker says:

    pytestmark = pytest.mark.lab("net.yaml", set={"n": 4})    # relative to the test module

A lab is built once for all tests of a module that want the same file with the same variables, and
goes down after the last of them. No root is needed where users may have namespaces
(`nslab doctor`). Each lab has a name that nobody else has, so xdist's workers do not meet.

Nothing is left behind, whatever ends pytest: the lab is that of an `nslab run`, whose command reads
a pipe that only this process can write to, and ends with it.
"""
import json
import os
import pathlib
import secrets
import shlex
import subprocess
import tempfile

import pytest

TIMEOUT = 60  # seconds until a command counts as hanging
GRACE = 5  # seconds that a program has to end after SIGTERM


def pytest_addoption(parser):
    parser.addini("nslab", "the program nslab (default: $NSLAB, or the one in PATH)", default="")


def pytest_configure(config):
    config.addinivalue_line(
        "markers", "lab(file, set={}): the topology of the fixture `lab`, and its variables"
    )


class Failed(AssertionError):
    """A command ended with a status other than 0, where `check` was asked for."""


class Result:
    """How a command ended: `status`, and what it printed, `out` and `err`. True if status is 0."""

    def __init__(self, args, status, out, err):
        self.args, self.status, self.out, self.err = args, status, out, err

    def json(self):
        """What it printed, as JSON."""
        __tracebackhide__ = True
        try:
            return json.loads(self.out)
        except ValueError as wrong:
            raise Failed(f"no JSON ({wrong}):\n{self}") from None

    def __bool__(self):
        return self.status == 0

    def __repr__(self):
        parts = [f"$ {shlex.join(self.args)}", f"status {self.status}"]
        parts += [f"--- {name}\n{text.rstrip()}" for name, text in
                  (("stdout", self.out), ("stderr", self.err)) if text]
        return "\n".join(parts)


class Node:
    """A node of a lab, to run programs in."""

    def __init__(self, lab, name):
        self.lab, self.name = lab, name

    def run(self, *command, check=False, timeout=TIMEOUT, input=None):
        """Runs COMMAND to its end: a Result. With CHECK a status other than 0 fails the test."""
        __tracebackhide__ = True
        words = ["exec", "-l", self.lab.name, self.name, "--", *command]
        return self.lab.nslab(*words, check=check, timeout=timeout, input=input)

    def popen(self, *command, **options):
        """Starts COMMAND in the background: a subprocess.Popen, ended when the test ends. Output is
        text; what is not asked for (stdout=subprocess.PIPE) is pytest's own to show."""
        words = [self.lab.program, "exec", "-l", self.lab.name, self.name, "--", *command]
        options = {"stdin": subprocess.DEVNULL, "text": True} | options
        process = subprocess.Popen([str(word) for word in words], **options)
        self.lab.started.append(process)
        return process


class Link:
    """A link of a lab, or several: "h1-r1", or one end, "r1:eth0", or a pattern."""

    def __init__(self, lab, name):
        self.lab, self.name = lab, name

    def _do(self, verb, *values):
        __tracebackhide__ = True
        words = ["link", verb, "-l", self.lab.name, "--json", self.name, *values]
        return self.lab.nslab(*words, check=True).json()

    def set(self, **values):
        """Changes what the link does to packets: set(delay="50ms", loss="1%"); None takes away.
        What has a hyphen in nslab has a low line here."""
        said = {key.replace("_", "-"): "none" if v is None else v for key, v in values.items()}
        return self._do("set", *(f"{key}={value}" for key, value in said.items()))

    def down(self):
        return self._do("down")

    def up(self):
        return self._do("up")

    def show(self):
        """Both ends as they are."""
        return self._do("show")


class Lab:
    """A lab that is up."""

    def __init__(self, program, file, settings):
        self.program, self.file, self.settings = program, file, settings
        self.name = f"pytest-{os.getpid()}-{secrets.token_hex(4)}"
        self.started = []  # what the test that runs has in the background
        self.holder = None

    def __repr__(self):
        return f"<lab {self.name} of {self.file}>"

    def node(self, name):
        return Node(self, name)

    def link(self, name):
        return Link(self, name)

    def ping(self, source, to, *options, count=1, timeout=5):
        """Whether TO, a node or an address, answers SOURCE: a Result, to assert."""
        return self.node(source).run(
            "ping", "-n", f"-c{count}", "-i0.2", f"-W{timeout}", *options, to
        )

    def status(self):
        """The lab as `nslab status --json` tells it."""
        return self.nslab("status", "--json", self.name, check=True).json()

    def nslab(self, *words, check=False, timeout=TIMEOUT, input=None):
        """Runs nslab WORDS: a Result."""
        __tracebackhide__ = True
        words = [self.program, *map(str, words)]
        given = {"stdin": subprocess.DEVNULL} if input is None else {"input": input}
        try:
            done = subprocess.run(words, capture_output=True, text=True, timeout=timeout, **given)
        except subprocess.TimeoutExpired:
            raise Failed(f"still running after {timeout} s: {shlex.join(words)}") from None
        result = Result(words, done.returncode, done.stdout, done.stderr)
        if check and not result:
            raise Failed(f"{result!r}")
        return result

    # --- its life ------------------------------------------------------------------------------

    def build(self):
        """Brings the lab up, or fails the test with what nslab says."""
        words = [self.program, "run", "-q", "--name", self.name]
        words += [word for key, value in self.settings.items() for word in ("--set", f"{key}={value}")]
        words += [str(self.file), "--", "sh", "-c", "echo up; exec cat"]
        with tempfile.TemporaryFile("w+") as said:
            try:
                self.holder = subprocess.Popen(
                    words,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=said,
                    text=True,
                    start_new_session=True,  # Ctrl-C is pytest's, which then ends this
                )
            except OSError as wrong:
                pytest.fail(f"{self.program}: {wrong.strerror}: install nslab, or name the program "
                            "in $NSLAB or as `nslab` in pytest.ini", pytrace=False)
            if self.holder.stdout.readline() == "up\n":
                return self
            status = self.holder.wait()
            said.seek(0)
            pytest.fail(f"the lab cannot be built: nslab ended with status {status}\n"
                        f"$ {shlex.join(words[:words.index('--')])}\n{said.read()}", pytrace=False)

    def down(self):
        self.holder.stdin.close()
        self.holder.stdout.close()
        self.holder.wait(TIMEOUT)

    def end_programs(self):
        """Ends what the test left running."""
        for process in self.started:
            process.terminate()
        for process in self.started:
            try:
                process.wait(GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            for pipe in process.stdin, process.stdout, process.stderr:
                if pipe:
                    pipe.close()
        self.started.clear()


# --- fixtures ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def _labs():
    """The labs of a module, by file and variables."""
    labs = {}
    yield labs
    for lab in labs.values():
        lab.down()


def wanted(request):
    """The file and the variables of the lab that a test wants."""
    mark = request.node.get_closest_marker("lab")
    module = pathlib.Path(request.node.path)
    options = dict(mark.kwargs) if mark else {}
    settings = options.pop("set", {})
    if options or mark and len(mark.args) > 1:
        pytest.fail('the marker is lab("net.yaml", set={"n": 4}): no more', pytrace=False)
    file = module.parent / mark.args[0] if mark and mark.args else module.with_suffix(".yaml")
    if not file.exists():
        pytest.fail(f"no topology {file}: write it, or name another with "
                    f'@pytest.mark.lab("net.yaml")', pytrace=False)
    return file, settings


@pytest.fixture
def lab(request, _labs):
    """The lab of this test: up, and shared with the tests of the module that want the same."""
    file, settings = wanted(request)
    key = file, tuple(sorted((name, str(value)) for name, value in settings.items()))
    if key not in _labs:
        program = os.environ.get("NSLAB") or request.config.getini("nslab") or "nslab"
        _labs[key] = Lab(program, file, settings).build()
    yield _labs[key]
    _labs[key].end_programs()
