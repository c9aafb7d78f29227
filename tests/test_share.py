# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Two builds that share the tests leave none out (support/share.py)."""
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


def test_everything_runs_somewhere(monkeypatch):
    everything = {item.nodeid for item in items()}
    for halves in False, True:
        plain, sanitized = (selected(monkeypatch, it, halves) for it in (False, True))
        assert plain | sanitized == everything
        assert plain - sanitized >= of("test_packets", everything)
        assert sanitized - plain >= of("test_leaks", everything)
        assert plain & sanitized >= of("test_of_root", everything) | of("test_alone", everything)
        shared = of("test_user", everything)
        assert (plain & sanitized).isdisjoint(shared) == halves


def test_halves_are_of_both_users_in_both_builds(monkeypatch):
    for sanitized in False, True:
        mine = of("test_user", selected(monkeypatch, sanitized, True))
        assert len(mine) == 40  # one of each pair
        assert 10 < len([nodeid for nodeid in mine if "[root" in nodeid]) < 30
