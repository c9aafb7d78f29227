# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""What nslab keeps outside of its labs, and what is not its own there."""
import pathlib

import pytest
from support.labs import PAIR, ring

pytestmark = pytest.mark.kernel


def root_of(nslab):
    return pathlib.Path("/run/nslab") if nslab.who == "root" else nslab.runtime / "nslab"


def test_directories_of_others_are_left_alone(nslab):
    """Somebody's own folder beside the labs: no command takes anything out of it."""
    theirs = root_of(nslab) / "src"
    nslab.sh(f"umask 077; mkdir -p {theirs}/deep && echo precious | tee {theirs}/log {theirs}/deep/file").ok()
    keeps = f"cat {theirs}/log {theirs}/deep/file && test ! -e {theirs}/lock"
    try:
        for words in ("ls",), ("down", "src"), ("status", "src"):
            nslab.run(*words)
            assert nslab.sh(keeps).ok().out == "precious\n" * 2
        result = nslab.run("up", "-q", "--name", "src", nslab.file(PAIR))
        assert result.status == 1 and str(theirs) in result.err, f"{result}"
        assert nslab.sh(keeps).ok().out == "precious\n" * 2
    finally:
        nslab.sh(f"rm -rf {theirs}; rmdir {root_of(nslab)}")


def test_more_clients_than_places(nslab):
    """A keeper serves so many at a time; the others wait for their turn, and none is lost."""
    with nslab.lab(ring(150)) as name:
        assert nslab.run("exec", "-l", name, "*", "true", timeout=60).status == 0
