# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""The sources are built in layers: a folder includes only what stands to its left."""
import re
import shlex
import shutil
import subprocess

import pytest
from support.host import ROOT

pytestmark = pytest.mark.once

SRC = ROOT / "src"
LAYERS = [
    "base",
    "doc",
    "model",
    "plan",
    "netlink",
    "kernel",
    "lab",
    "check",
    "trace",
    "render",
    "cli",
]
SIDE_BY_SIDE = {"check", "trace", "render"}  # these three do not see each other
FILES = sorted(p for p in SRC.rglob("*") if p.suffix in (".c", ".h"))
HEADERS = [p for p in FILES if p.suffix == ".h"]
ALL_C = FILES + sorted(p for p in (ROOT / "tests").rglob("*") if p.suffix in (".c", ".h"))
MARK = ["// SPDX-License-Identifier: GPL-2.0-or-later", "// Copyright (C) the nslab authors"]


def name(path):
    return str(path.relative_to(ROOT))


def layer(path):
    return path.relative_to(SRC).parts[0] if path.parent != SRC else None


def includes(path):
    return re.findall(r'^\s*#\s*include\s+"([^"]+)"', path.read_text(), re.M)


def resolve(path, include):
    """Where an include leads: beside the file, or from src."""
    beside = path.parent / include
    return beside.resolve() if beside.exists() else (SRC / include).resolve()


def wrong_includes(path, text_of=includes):
    """The includes of PATH that look to the right."""
    mine = layer(path)
    for include in text_of(path):
        target = resolve(path, include)
        assert target.exists(), f"{name(path)} includes {include}, which is nowhere"
        theirs = layer(target)
        if mine is None:  # nslab.c sees all but the command line
            if theirs == "cli":
                yield include
        elif mine == "cli":
            if theirs not in ("cli", None) or target.name not in ("nslab.h",) and theirs is None:
                yield include
        elif (
            theirs is None
            or LAYERS.index(theirs) > LAYERS.index(mine)
            or {mine, theirs} <= SIDE_BY_SIDE
            and mine != theirs
        ):
            yield include


def test_there_are_sources():
    assert len(FILES) > 40
    assert {layer(p) for p in FILES} - {None} <= set(LAYERS), "a folder that is not a layer"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_includes_look_left(path):
    assert list(wrong_includes(path)) == []


def test_this_test_sees_a_wrong_include():
    assert list(wrong_includes(SRC / "base/str.c", lambda _: ["doc/doc.h"])) == ["doc/doc.h"]
    assert list(wrong_includes(SRC / "cli/up.c", lambda _: ["lab/lab.h"])) == ["lab/lab.h"]
    assert list(wrong_includes(SRC / "cli/up.c", lambda _: ["nslab.h", "args.h"])) == []


@pytest.mark.parametrize("path", HEADERS, ids=name)
def test_header_compiles_alone(path, tmp_path):
    compiler = shutil.which("gcc") or shutil.which("clang")
    flags = subprocess.run(
        ["pkg-config", "--cflags", "jansson", "libmnl", "libnftnl", "yaml-0.1"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    source = tmp_path / "alone.c"
    source.write_text(f'#include "{path.relative_to(SRC)}"\n')
    words = [
        compiler,
        "-std=c17",
        "-D_GNU_SOURCE",
        "-DNSLAB_VERSION=\"x\"",
        "-fsyntax-only",
        "-Wall",
        "-Wextra",
        "-Werror",
        f"-I{SRC}",
        f"-I{path.parent}",
        *shlex.split(flags),
    ]
    done = subprocess.run([*words, source], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", ALL_C, ids=name)
def test_marks(path):
    assert path.read_text().splitlines()[:2] == MARK


@pytest.mark.parametrize("path", FILES, ids=name)
def test_shape(path):
    """100 columns, no tabs, no function of more than 40 lines."""
    lines = path.read_text().splitlines()
    for number, line in enumerate(lines, 1):
        assert len(line) <= 100, f"line {number} has {len(line)} columns"
        assert "\t" not in line, f"line {number} has a tab"
    begin = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            begin = number
        elif line == "}" and begin:
            assert number - begin - 1 <= 40, f"the function at line {begin} is too long"
            begin = None


def test_folders_of_the_layers_are_in_the_architecture_page():
    page = (ROOT / "docs/architecture.md").read_text()
    for folder in {layer(p) for p in FILES} - {None}:
        assert f"src/{folder}" in page or f"`{folder}`" in page or folder in page.split()
