# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""The lane of tests that run in the machine: what becomes of them is said out here."""
import os
import re
import subprocess
import sys

import pytest
from support.host import ROOT

pytestmark = pytest.mark.once

LIMIT = 600  # seconds until a run of pytest counts as hanging
CONFTEST = """
from support import lane

def pytest_configure(config):
    config.pluginmanager.register(lane.plugin(config), "lane")
"""
INI = """
[pytest]
addopts = -ra -p no:cacheprovider
markers = needs: see support/lane.py
    stock_kernel: see there
    virtual_time: see there
"""
HEAD = """
import os, pathlib, time
import pytest

def kernel():
    return os.uname().nodename
"""
OUTCOMES = """
@pytest.mark.needs("bridge")
def test_here():
    assert kernel() == {here!r}

@pytest.mark.stock_kernel
@pytest.mark.parametrize("text", ["a b", "it's é", "$(x)"])
def test_there(text):
    assert kernel() == "nslab-vm"

@pytest.mark.stock_kernel
def test_fails():
    print("printed there")
    assert kernel() == "elsewhere"

@pytest.mark.stock_kernel
def test_is_skipped():
    pytest.skip("not today")

@pytest.mark.stock_kernel
@pytest.mark.xfail
def test_is_expected_to_fail():
    assert False

@pytest.fixture
def broken():
    yield
    raise ValueError("at the end")

@pytest.mark.stock_kernel
def test_teardown(broken):
    pass

@pytest.mark.stock_kernel
def test_is_not_chosen():
    assert False

@pytest.mark.virtual_time
def test_virtual():
    before = time.monotonic()
    time.sleep(20)
    assert 20 <= time.monotonic() - before < 20.1
"""
CRASH = """
def test_here():
    pass

@pytest.mark.stock_kernel
def test_before():
    pass

@pytest.mark.stock_kernel
def test_crashes():
    pathlib.Path("/proc/sysrq-trigger").write_text("c")
    time.sleep(1000)

@pytest.mark.stock_kernel
def test_after():
    pass
"""


def outcomes(said):
    """[(name of a test, outcome)] of what pytest said, alone or with xdist."""
    words = "(PASSED|FAILED|ERROR|XFAIL|SKIPPED)"
    alone = re.findall(rf"^test_it\.py::(.*) {words} +\[", said, re.M)
    workers = re.findall(rf"^\[gw\d+\] \[ *\d+%\] {words} test_it\.py::(.*?) *$", said, re.M)
    return alone + [(name, word) for word, name in workers]


@pytest.fixture
def suite(tmp_path):
    """Runs pytest on a file of tests: their outcomes, and all that was said."""

    def run(text, *options, env=os.environ):
        (tmp_path / "conftest.py").write_text(CONFTEST)
        (tmp_path / "pytest.ini").write_text(INI)
        (tmp_path / "test_it.py").write_text(HEAD + text)
        env = {k: v for k, v in env.items() if not k.startswith("PYTEST_")}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-v", *options, "test_it.py"],
            cwd=tmp_path,
            env=env | {"PYTHONPATH": str(ROOT / "tests")},
            capture_output=True,
            text=True,
            timeout=LIMIT,
        )
        return outcomes(done.stdout), done.stdout + done.stderr

    return run


def test_outcomes_are_those_in_there(suite):
    """Of the same tests, those that were chosen out here."""
    found, said = suite(OUTCOMES.format(here=os.uname().nodename), "-k", "not chosen")
    assert found == [
        ("test_here", "PASSED"),
        ("test_there[a b]", "PASSED"),
        ("test_there[it's \\xe9]", "PASSED"),
        ("test_there[$(x)]", "PASSED"),
        ("test_fails", "FAILED"),
        ("test_is_skipped", "FAILED"),
        ("test_is_expected_to_fail", "XFAIL"),
        ("test_teardown", "PASSED"),
        ("test_teardown", "ERROR"),
        ("test_virtual", "PASSED"),
    ], said
    assert "assert 'nslab-vm' == 'elsewhere'" in said and "printed there" in said
    assert "ran nowhere" in said and "not today" in said
    assert "ValueError: at the end" in said
    assert "2 failed, 6 passed, 1 deselected, 1 xfailed, 1 error" in said


def test_crash_fails_what_has_no_result(suite):
    found, said = suite(CRASH, "-n", "2")
    assert dict(found) == {
        "test_here": "PASSED",
        "test_before": "PASSED",
        "test_crashes": "FAILED",
        "test_after": "FAILED",
    }, said
    assert said.count("no result from the virtual machine: the machine died") >= 2, said
    assert "Kernel panic" in said


def test_no_machine_fails_what_needs_one(suite, tmp_path):
    """And nothing else; there is just no qemu to be found."""
    for name in "sh", "unshare", "setpriv", "ip":
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")
    found, said = suite(CRASH, env=os.environ | {"PATH": str(tmp_path)})
    assert [word for _, word in found] == ["PASSED"] + ["FAILED"] * 3, said
    assert said.count("qemu-system-x86_64 is not installed") >= 3


def test_unknown_feature_is_told(suite):
    found, said = suite('@pytest.mark.needs("netme")\ndef test_it(): pass\n')
    assert found == [] and "netme" in said and "nobody knows" in said


def test_nothing_is_started_for_a_list(suite):
    found, said = suite(CRASH, "--collect-only", env=os.environ | {"PATH": "/nonexistent"})
    assert found == [] and "test_crashes" in said and "qemu" not in said
