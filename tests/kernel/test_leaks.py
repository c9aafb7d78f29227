# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""In the build `asan`: what a sanitizer finds is seen in every process of nslab's, wherever it stands
and however it ends. tests/leaks/leaks.c sees to that."""
import re
import signal
import time

import pytest
from support.host import TIMEOUT, finish

pytestmark = [pytest.mark.kernel, pytest.mark.sanitized]

LEAKED = 1  # status of a program that AddressSanitizer finds a leak in at exit
# A node with a service has a /tmp of its own, where the folder of the sanitizers' logs is not.
LAB = "nodes: {a: {services: {s: {command: sleep 1000, ready: {%s}}}}}"
SLOW = "nodes: {a: {exec: [sleep 1000]}}"


def ends(who):
    """The names of processes, and the calls that they end by."""
    yield "nslab", "_exit"  # the helper of `exec`
    yield "nslab-keeper", "_exit"
    yield "nslab-keeper", "execvp"  # on the way to be a service
    yield "nslab-watch", "_exit"
    yield "nslab-watch", "execvp"
    if who == "root":  # a user's has no way back into the PID namespace that it came from
        yield "nslab-guard", "_exit"


def plant(nslab, what):
    """In NSLAB's environment; reports without lines of the source, as these take a second each."""
    options = nslab.env["ASAN_OPTIONS"]
    return {"NSLAB_LEAKS_PLANT": what, "ASAN_OPTIONS": f"{options}:symbolize=0"}


def seen(said):
    return set(re.findall(r"^(\S+) leaks what it has at (\w+):$", said, re.M))


def wait_until(met, stage):
    """All that sanitizers say until MET: not every process is waited for by the command."""
    said, end = stage.complaints(), time.monotonic() + TIMEOUT
    while not met(said) and time.monotonic() < end:
        time.sleep(0.02)
        said += "\n" + stage.complaints()
    return said


def test_a_leak_is_seen(nslab, stage):
    env, name, file = plant(nslab, "leak"), nslab.name(), nslab.file(LAB % "command: test -d /tmp")
    assert nslab.run("up", "--name", name, file, env=env).status == LEAKED
    assert nslab.exec(name, "a", "true", env=env).status == LEAKED
    assert nslab.run("down", name, env=env).status == LEAKED
    wanted = set(ends(nslab.who))
    said = wait_until(lambda said: wanted <= seen(said), stage)
    assert wanted <= seen(said), f"{wanted - seen(said)} is not in\n{said}"
    assert "Direct leak of 77 byte" in said


def test_a_leak_is_seen_in_who_is_interrupted(nslab, stage):
    process = nslab.popen("up", nslab.file(SLOW), env=plant(nslab, "leak"))
    end = time.monotonic() + TIMEOUT
    while "sleep 1000" not in nslab.host.processes().values() and time.monotonic() < end:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    assert finish(process, ["up"]).status == 128 + signal.SIGINT
    said = wait_until(lambda said: ("nslab", "raise") in seen(said), stage)
    assert ("nslab", "raise") in seen(said)


def test_the_end_by_a_sanitizer_is_seen(nslab, stage):
    """Where nothing can be written into the sanitizers' logs, too."""
    env, name, file = plant(nslab, "nslab-watch"), nslab.name(), nslab.file(LAB % "file: /tmp")
    assert nslab.run("up", "--name", name, file, env=env).status == 1
    assert "nslab-watch: ended by a sanitizer" in stage.complaints()
