# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""A short run of each fuzz target over its corpus, so that they stay alive.

The targets are those of the preset `fuzz`, which is brought up to date here. Long runs by hand are in
docs/testing.md. What was found stays in `corpus/TARGET`, small and by names that say nothing.
"""
import os
import shutil
import subprocess

import pytest
from dictionary import dictionary
from support import presets
from support.host import ROOT

pytestmark = pytest.mark.once

HERE = ROOT / "tests/fuzz"
YAML = [ROOT / "tests/golden/bad", ROOT / "topologies"]
SECONDS = 2
CORPORA = {
    "control": [],
    "firewall": [],
    "packets": [],
    "reader": YAML,
    "schema": YAML,
    "state": [],
    "topology": YAML,
    "values": [],
}


@pytest.fixture(scope="module")
def programs():
    """The folder of the targets."""
    assert shutil.which("clang"), "the fuzz targets need clang (scripts/install-deps --tests)"
    return presets.built("fuzz", "fuzzers") / "tests"


def test_every_target_runs():
    assert set(CORPORA) == {p.stem.removeprefix("fuzz_") for p in HERE.glob("fuzz_*.c")}


@pytest.mark.parametrize("target", CORPORA)
def test_some_seconds(programs, tmp_path, target):
    """Every file of the corpus once, and then what comes of them."""
    (tmp_path / "words.dict").write_text(dictionary())
    (tmp_path / "new").mkdir()
    seeds = [folder for folder in (HERE / "corpus" / target, *CORPORA[target]) if folder.exists()]
    done = subprocess.run(
        [programs / f"fuzz_{target}", "-timeout=60", "-rss_limit_mb=2048", "-max_len=4096",
         f"-max_total_time={SECONDS}", "-dict=words.dict", "-artifact_prefix=found-", "new", *seeds],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        env=os.environ | {"UBSAN_OPTIONS": "print_stacktrace=1"},
    )
    found = "".join(f"\n--- {p.name}\n{p.read_bytes()!r}" for p in tmp_path.glob("found-*")
                    if not p.name.startswith("found-slow"))
    assert done.returncode == 0, done.stderr[-6000:] + found
    assert "INFO: seed corpus: files:" in done.stderr, "it has nothing to begin with"
