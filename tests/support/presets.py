# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Builds beside the one under test, brought up to date where a test needs what is in them."""
import fcntl
import subprocess

from support.host import ROOT

PATIENCE = 1800  # seconds, for a build on a machine that is busy


def cmake(*words):
    words = ["cmake", *words]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]


def built(preset, *targets):
    """The folder of PRESET with TARGETS up to date. One worker builds, the others wait for it."""
    folder = ROOT / "build" / preset
    folder.parent.mkdir(exist_ok=True)
    with open(f"{folder}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "build.ninja").exists():
            cmake("--preset", preset)
        cmake("--build", folder, "--target", *targets)
    return folder
