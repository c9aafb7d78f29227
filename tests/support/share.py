# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Which tests a build runs.

The build with sanitizers leaves out what is not about nslab's own code, by the markers PLAIN, and
the other what is about sanitizers. All else they share where both are given `--halves`: of a test
that runs as root and as a user, the one runs what the other does not, in turns. Then, too, what one
build runs and one user is enough for, by the markers ONE_USER, is run as the one or the other.
"""
import collections
import zlib

import pytest

from support.host import SANITIZED, USERS

PLAIN = "virtual_time", "oracle", "once"
ONE_USER = "virtual_time", "oracle", "one_user"
HAS_TWIN = pytest.StashKey()  # True: the same test is there as another user


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


def find_twins(items):
    count = collections.Counter(map(twins_name, items))
    for item in items:
        item.stash[HAS_TWIN] = twins_name(item) is not None and count[twins_name(item)] > 1


def is_first(item):
    """Whether of twins ITEM is the one that the build without sanitizers is to run; it is of all
    that have none."""
    if not item.stash[HAS_TWIN]:
        return True
    turn = zlib.crc32(twins_name(item).encode()) % len(USERS)
    return item.callspec.params["as_user"] == USERS[turn]


def runs(item, halves):
    if is_of_one_build(item):
        needs_both = not halves or not any(map(item.get_closest_marker, ONE_USER))
        is_mine = bool(item.get_closest_marker("sanitized")) == bool(SANITIZED)
        return is_mine and (needs_both or is_first(item))
    return not halves or not item.stash[HAS_TWIN] or is_first(item) != bool(SANITIZED)


def select(config, items):
    """Drops from ITEMS what this build is not to run."""
    find_twins(items)
    halves, mine, others = config.getoption("--halves"), [], []
    for item in items:
        (mine if runs(item, halves) else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = mine
