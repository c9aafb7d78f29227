# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Two builds that share the tests leave none out (support/share.py)."""
import re
import types

import pytest
from support import share

pytestmark = pytest.mark.once


class Item:
    """As much of a pytest.Item as it takes to share it."""

    def __init__(self, nodeid, markers=(), **params):
        self.nodeid, self.markers, self.stash = nodeid, markers, pytest.Stash()
        if params:
            self.callspec = types.SimpleNamespace(params=params)

    def get_closest_marker(self, name):
        return name in self.markers or None


def items():
    for n in range(40):
        for who in "root", "user":
            yield Item(f"t.py::test_user[{who}-user-{n}]", as_user=who, n=n)
            yield Item(f"t.py::test_packets[{n}-{who}]", ["oracle"], as_user=who, n=n)
            yield Item(f"t.py::test_fault[{n}-{who}]", ["once", "one_user"], as_user=who, n=n)
            yield Item(f"t.py::test_kill[{n}-{who}]", ["once"], as_user=who, n=n)
            yield Item(f"t.py::test_leaks[{n}-{who}]", ["sanitized"], as_user=who, n=n)
        yield Item(f"t.py::test_of_root[root-{n}]", as_user="root", n=n)
    yield Item("t.py::test_alone")


def selected(monkeypatch, sanitized, halves):
    found = list(items())
    monkeypatch.setattr(share, "SANITIZED", sanitized)
    monkeypatch.setattr(share, "USERS", ["root", "user"])
    hook = types.SimpleNamespace(pytest_deselected=lambda items: None)
    share.select(types.SimpleNamespace(getoption=lambda name: halves, hook=hook), found)
    return {item.nodeid for item in found}


def of(name, nodeids):
    return {nodeid for nodeid in nodeids if f"::{name}" in nodeid}


def without_users(nodeids):
    """{nodeid without its user}"""
    return {re.sub("-?(root|user)(?=[^a-z])", "", nodeid, count=1) for nodeid in nodeids}


def test_everything_runs_somewhere(monkeypatch):
    everything = {item.nodeid for item in items()}
    one_is_enough = of("test_packets", everything) | of("test_fault", everything)
    for halves in False, True:
        plain, sanitized = (selected(monkeypatch, it, halves) for it in (False, True))
        assert plain | sanitized >= everything - one_is_enough
        assert without_users(plain | sanitized) == without_users(everything)
        assert (plain >= one_is_enough) != halves
        assert sanitized.isdisjoint(one_is_enough | of("test_kill", everything))
        assert sanitized - plain >= of("test_leaks", everything)
        assert plain & sanitized >= of("test_of_root", everything) | of("test_alone", everything)
        shared = of("test_user", everything)
        assert (plain & sanitized).isdisjoint(shared) == halves


def test_halves_are_of_both_users(monkeypatch):
    for sanitized in False, True:
        selection = selected(monkeypatch, sanitized, True)
        for name in ["test_user"] if sanitized else ["test_user", "test_packets", "test_fault"]:
            mine = of(name, selection)
            assert len(mine) == 40  # one of each pair
            assert 10 < len([nodeid for nodeid in mine if "root" in nodeid]) < 30
