# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Which tests a build runs.

The build with sanitizers leaves out what is not about nslab's own code, by the markers PLAIN, and
the other what is about sanitizers. All else they share where both are given `--halves`: of a test
that runs as root and as a user, the one runs what the other does not, in turns.
"""
import collections
import zlib

import pytest

from support.host import SANITIZED, USERS

PLAIN = "virtual_time", "oracle", "once"
SHARED = pytest.StashKey()  # True: a test that both builds can run, beside its twin of another user


def add_option(parser):
    parser.addoption(
        "--halves",
        action="store_true",
        help="run as root or as a user what a build with sanitizers runs as the other, and the reverse",
    )


def is_of_one_build(item):
    return any(map(item.get_closest_marker, (*PLAIN, "sanitized")))


def twins_name(item):
    """What a test of two users is called without its user; None where it has none."""
    params = item.callspec.params if hasattr(item, "callspec") else {}
    if "as_user" not in params:
        return None
    name, _, words = item.nodeid.rstrip("]").partition("[")
    words = words.split("-")
    words.remove(params["as_user"])
    return "-".join([name, *words])


def find_shared(items):
    count = collections.Counter(map(twins_name, items))
    for item in items:
        has_twin = twins_name(item) is not None and count[twins_name(item)] > 1
        item.stash[SHARED] = has_twin and not is_of_one_build(item)


def is_turn_of_plain(item):
    """Whether the build without sanitizers is to run ITEM; True for all that is not shared."""
    if not item.stash[SHARED]:
        return True
    turn = zlib.crc32(twins_name(item).encode()) % len(USERS)
    return item.callspec.params["as_user"] == USERS[turn]


def runs(item, halves):
    if is_of_one_build(item):
        return bool(item.get_closest_marker("sanitized")) == bool(SANITIZED)
    if not halves or not item.stash[SHARED]:
        return True
    return is_turn_of_plain(item) != bool(SANITIZED)


def select(config, items):
    """Drops from ITEMS what this build is not to run."""
    find_shared(items)
    halves, mine, others = config.getoption("--halves"), [], []
    for item in items:
        (mine if runs(item, halves) else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = mine
