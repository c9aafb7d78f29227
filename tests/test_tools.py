# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""What programs that look at programs say: linters of the sources, readelf of what is installed."""
import os
import re
import subprocess

import pytest
from support import presets
from support.host import PROGRAM, ROOT

pytestmark = pytest.mark.once



def lint(*words):
    return subprocess.run(
        [ROOT / "scripts/lint", *words],
        env=os.environ | {"BUILD": str(PROGRAM.parent)},
        capture_output=True,
        text=True,
        timeout=presets.PATIENCE,
    )


def test_clang_tidy_has_nothing_to_say():
    done = lint("tidy")
    assert done.returncode == 0, done.stdout + done.stderr


def test_cppcheck_has_nothing_to_say():
    done = lint("cppcheck")
    assert done.returncode == 0, done.stdout + done.stderr


def test_clang_tidy_sees_what_is_wrong(tmp_path):
    file = tmp_path / "wrong.c"
    file.write_text("int f(int n);\nint f(int n)\n{\n    if (n);\n        n = 2;\n    return n;\n}\n")
    done = lint("tidy", file)
    assert done.returncode == 1 and "bugprone-suspicious-semicolon" in done.stdout


def test_cppcheck_sees_what_is_wrong(tmp_path):
    file = tmp_path / "wrong.c"
    file.write_text("int f(void);\nint f(void)\n{\n    int a[2] = {0};\n    return a[2];\n}\n")
    done = lint("cppcheck", file)
    assert done.returncode == 1 and "arrayIndexOutOfBounds" in done.stderr


@pytest.fixture(scope="module")
def release():
    """Where the preset `release` is built."""
    return presets.built("release", "nslab", "libnslab_shared")


def readelf(option, file):
    words = ["readelf", "--wide", option, file]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("name", ["nslab", "libnslab.so"])
def test_release_is_hardened(release, name):
    file = release / name
    assert re.search(r"Type:\s+DYN", readelf("-h", file)), "at addresses of its own choice"
    dynamic, segments, symbols = (readelf(o, file) for o in ("-d", "-l", "--dyn-syms"))
    assert re.search(r"FLAGS.*BIND_NOW|FLAGS_1.*\bNOW\b", dynamic)
    assert "GNU_RELRO" in segments
    assert re.search(r"GNU_STACK.*\bRW +0x", segments), "a stack that nothing runs on"
    assert not re.search(r"LOAD.*\bRWE\b", segments)
    assert "__stack_chk_fail" in symbols
    assert {"__memcpy_chk", "__vsnprintf_chk"} <= set(re.findall(r"__\w+_chk\b", symbols))


def test_release_program_is_position_independent(release):
    assert re.search(r"FLAGS_1.*\bPIE\b", readelf("-d", release / "nslab"))
