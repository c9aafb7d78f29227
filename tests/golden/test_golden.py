# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Golden pairs: each shipped topology to its plan, each bad one to the exact words about it.

`pytest tests/golden --update-golden` writes them anew; read the difference as a user would.
"""
import hashlib
import pathlib
import subprocess

import pytest
from support.host import PROGRAM

HERE = pathlib.Path(__file__).parent
TOPOLOGIES = HERE.parent.parent / "topologies"
GOOD = sorted(p.stem for p in TOPOLOGIES.glob("*.yaml"))
BAD = sorted(p.name.removesuffix(".yaml") for p in (HERE / "bad").glob("*.yaml"))
FORMATS = {"text": "txt", "sh": "sh"}


LARGE = 500_000


def shortened(text):
    """Of a text that is too large to keep, its head, and a digest of all of it."""
    if len(text) < LARGE:
        return text
    head = "".join(text.splitlines(keepends=True)[:60])
    return f"{head}# and on, {len(text)} bytes: {hashlib.sha256(text.encode()).hexdigest()}\n"


def compare(request, path, text):
    if request.config.getoption("--update-golden"):
        path.write_text(text)
    assert path.exists(), f"no {path.name}: run with --update-golden, and read it"
    assert text == path.read_text(errors="backslashreplace")


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("kind", FORMATS)
def test_plan(request, plain, name, kind):
    result = plain("plan", "--format", kind, f"{name}.yaml", cwd=TOPOLOGIES).ok()
    assert result.err == "", "a shipped topology has warnings"
    compare(request, HERE / f"plans/{name}.{FORMATS[kind]}", shortened(result.out))


OURS = sorted((HERE.parent / "kernel/labs").glob("*.yaml"))


@pytest.mark.parametrize(
    "path", [TOPOLOGIES / f"{name}.yaml" for name in GOOD] + OURS, ids=lambda path: path.stem
)
def test_plan_knows_its_lines(plain, path):
    """Each operation that the file asked for carries its line."""
    lines = path.read_text().count("\n") + 1
    ops = plain("plan", "--format", "json", path).ok().json()["operations"]
    assert all(1 <= op["line"] <= lines for op in ops if "line" in op)
    asked = "veth", "address", "route", "rule", "node"
    assert all("line" in op for op in ops if op["op"] in asked)


def test_no_plan_without_topology():
    assert {p.stem for p in (HERE / "plans").iterdir()} == set(GOOD)


@pytest.mark.once
@pytest.mark.parametrize("name", GOOD)
def test_script_is_shell(plain, name):
    script = plain("plan", "-q", "--format", "sh", f"{name}.yaml", cwd=TOPOLOGIES).ok().out
    for shell in "sh", "bash":
        subprocess.run([shell, "-n"], input=script, text=True, check=True)


@pytest.mark.parametrize("name", BAD)
def test_bad(request, plain, name):
    result = plain("check", f"{name}.yaml", cwd=HERE / "bad")
    compare(request, HERE / f"bad/{name}.txt", result.err)
    assert result.err, "nothing is wrong with it"
    wrong = ": error: " in result.err
    assert result.status == (2 if wrong else 0)
    first = result.err.splitlines()[0]
    assert first.startswith(f"{name}.yaml:"), "the first line does not say where"


def test_jumps_without_end(tmp_path):
    """Forty thousand chains one below the other, on a stack that has no room for them all."""
    chains = "".join(f"        c{i}: [{{action: {{jump: c{i + 1}}}}}]\n" for i in range(40000))
    file = tmp_path / "deep.yaml"
    file.write_text(f"nodes:\n  h1:\n    firewall:\n      input: [{{action: {{jump: c0}}}}]\n"
                    f"      chains:\n{chains}        c40000: [{{action: drop}}]\n")
    result = subprocess.run(["sh", "-c", 'ulimit -s 768; exec "$@"', "-", PROGRAM, "check", file],
                            capture_output=True, text=True)
    assert result.returncode == 2, result
    assert "error: jumps from here go through more than 15 chains" in result.stderr


def test_enough_bad_ones():
    assert len(BAD) >= 60
    assert {p.name.removesuffix(".txt") for p in (HERE / "bad").glob("*.txt")} == set(BAD)
