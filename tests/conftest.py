# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Fixtures of all suites. The program under test is $NSLAB, build/dev/nslab unless set."""
import contextlib
import fcntl
import functools
import os
import pathlib
import shutil
import tempfile

import pytest
from support import lane, share
from support.host import FIRST_UID, IS_ROOT, PROGRAM, USERS, Host, Runner, Stage, run_plain


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files anew from what the program says now",
    )
    share.add_option(parser)


def pytest_collection_modifyitems(config, items):
    """Tests that run alone come first: the first worker has them while the others are busy with tests
    that build nothing. Later each of them would wait for what all others are in the middle of."""
    share.select(config, items)
    items.sort(key=lambda item: item.get_closest_marker("alone") is None)


def pytest_report_header():
    halves = (
        "as root and as an ordinary user"
        if IS_ROOT
        else "as an ordinary user only: run pytest as root for the other half"
    )
    kernel = f"{os.uname().release}; what it lacks is had in a virtual machine"
    return [f"nslab: {PROGRAM}", f"kernel tests: {halves}", f"kernel: {kernel}"]


def pytest_configure(config):
    if not PROGRAM.exists():
        raise pytest.UsageError(f"there is no {PROGRAM}: build it, or name one in NSLAB")
    config.pluginmanager.register(lane.plugin(config), "lane")


@pytest.fixture(scope="session")
def uid(worker_id):
    """An ordinary user of this worker's own."""
    return FIRST_UID + (0 if worker_id == "master" else int(worker_id[2:])) if IS_ROOT else None


@pytest.fixture(scope="session")
def stage():
    path = tempfile.mkdtemp(prefix="nslab-tests-")
    yield Stage(PROGRAM, path)
    shutil.rmtree(path, ignore_errors=True)


def make_host(**options):
    host = Host(**options)
    yield host
    host.close()


@pytest.fixture(scope="session")
def host():
    yield from make_host()


@pytest.fixture(scope="session")
def counted_host():
    """A host whose network namespaces are counted by a user namespace of its own."""
    if not IS_ROOT:
        pytest.skip("needs root: a user namespace in which the limit can be set from outside")
    yield from make_host(userns=True)


@pytest.fixture(scope="session")
def runners(host, stage, uid):
    return {who: Runner(host, stage, who, uid) for who in USERS}


@pytest.fixture(scope="session")
def plain():
    """Runs nslab ARGS without a host of its own: for what builds nothing."""
    return functools.partial(run_plain, PROGRAM)


@pytest.fixture(autouse=True)
def sane(request):
    """What a sanitizer said during a test fails it."""
    yield
    if "stage" in request.fixturenames:
        said = request.getfixturevalue("stage").complaints()
        assert not said, f"a sanitizer complains:\n{said}"


@contextlib.contextmanager
def machine_lock(alone):
    """Tests that change what the machine shares run alone; all others side by side."""
    name = pathlib.Path(tempfile.gettempdir(), f"nslab-tests-{os.geteuid()}")
    with open(f"{name}.gate", "w") as gate, open(f"{name}.lock", "w") as lock:
        fcntl.flock(gate, fcntl.LOCK_EX)
        fcntl.flock(lock, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        if not alone:
            fcntl.flock(gate, fcntl.LOCK_UN)
        yield


@pytest.fixture(params=USERS)
def as_user(request):
    return request.param


def unchanged(runner):
    """The host must be the same afterwards; what is left is cleared away for the next test."""
    before = runner.host.snapshot(also=[runner.runtime])
    yield runner
    try:
        runner.host.assert_same(before, also=[runner.runtime])
    except AssertionError:
        runner.sweep()
        raise


@pytest.fixture
def nslab(request, as_user, runners):
    """nslab as root and as an ordinary user, on a host that must be left as it was."""
    runner = runners[as_user]
    # Without a host of their own the workers would see each other's labs.
    with machine_lock(not IS_ROOT or request.node.get_closest_marker("alone") is not None):
        yield from unchanged(runner)
