# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""ThreadSanitizer has nothing to say of what has threads: the crew that builds a lab with everything
in it, and the views of its nodes. What it says is in the stage's logs, which fail the test."""
import shutil
import subprocess

import pytest
from support import presets
from support.host import ROOT, TIMEOUT

pytestmark = [pytest.mark.kernel, pytest.mark.once]

LAB = ROOT / "tests/faults/lab.yaml"

# The sanitizer has a thread of its own in each process, and whoever has one makes no user
# namespace and joins none: for an ordinary user all of it happens in one that is there already.
ENTER = {"root": [], "user": ["unshare", "-Urm"]}
USE = """\
set -e
"$1" up -q --name "$3" "$2"
trap '"$1" down -q "$3"' EXIT
"$1" exec -l "$3" '*' sh -c 'hostname'
"$1" exec -l "$3" h1 cat /etc/nslab-lab/word
"$1" link down -l "$3" r1-r2
"$1" link up -l "$3" r1-r2
"$1" service restart -l "$3" h1/web
"$1" test --lab "$3" --bundle none
"""


@pytest.fixture(scope="module")
def build():
    """Where the preset `tsan` is built. A few targets of it will do."""
    return presets.built("tsan", "nslab", "test_crew")


@pytest.fixture
def program(build, stage):
    """Where every user can read it."""
    path = stage.path / "nslab-tsan"
    shutil.copy(build / "nslab", path)
    path.chmod(0o755)
    return path


def test_crew(build):
    done = subprocess.run(
        [build / "tests/test_crew"], capture_output=True, text=True, timeout=TIMEOUT
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_lab(nslab, program):
    file = nslab.file(LAB.read_text())
    first, *rest = [*ENTER[nslab.who], "sh", "-c", USE, "sh", program, file, nslab.name()]
    result = nslab.run(*rest, program=first).ok()
    for text in "r2 | r2\n", "of this node\n", "3 tests: 3 held":
        assert text in result.out, result
