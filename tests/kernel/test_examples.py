# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""The examples do what their heads say."""
import os
import shutil
import subprocess

import pytest
import yaml
from support.host import PROGRAM, ROOT, SANITIZED, only_as

pytestmark = pytest.mark.kernel
EXAMPLES = ROOT / "examples"


def hand_over(nslab, name):
    """A copy of an example that belongs to the user who runs it."""
    folder = nslab.work / name
    shutil.copytree(EXAMPLES / name, folder)
    if nslab.uid:
        for path in folder, *folder.rglob("*"):
            os.chown(path, nslab.uid, nslab.uid)
    return folder


def test_shell(nslab):
    folder = hand_over(nslab, "shell")
    nslab.sh(f"mkdir bin; ln -s {nslab.stage.program} bin/nslab").ok()
    done = nslab.sh(f'PATH="$PWD/bin:$PATH" {folder}/test.sh', timeout=60).ok()
    assert done.out == "ok: the file came through\n"
    assert nslab.labs() == []


@only_as("root", "as an ordinary user the same program does the same")
def test_c(nslab, tmp_path):
    if SANITIZED is not False:
        pytest.skip("needs a build without sanitizers")
    subprocess.run(["cmake", "--install", PROGRAM.parent, "--prefix", tmp_path / "prefix"],
                   check=True, capture_output=True)
    pc = next((tmp_path / "prefix").rglob("nslab.pc")).parent
    done = nslab.sh(f"make -f {EXAMPLES}/c/Makefile PKG_CONFIG_PATH={pc} run", timeout=60).ok()
    assert "1 received" in done.out, f"{done}"
    assert nslab.labs() == []


def test_ci_workflow_is_yaml():
    """It runs elsewhere; here it is read, and the commands in it are ours."""
    workflow = yaml.safe_load((EXAMPLES / "ci/nslab.yml").read_text())
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert any("nslab run" in step.get("run", "") or "nslab check" in step.get("run", "")
               for step in steps)
