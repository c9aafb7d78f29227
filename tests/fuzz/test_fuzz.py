# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""A short run of the fuzzer over all topologies that ship and all bad ones, so that it stays alive.

For a long one: `cmake --preset fuzz && cmake --build --preset fuzz`, then
`build/fuzz/tests/fuzz-fuzz_topology -dict=tests/fuzz/topology.dict FOLDER tests/golden/bad`.
"""
import os
import pathlib
import shutil
import subprocess

import pytest
from support.host import ROOT

pytestmark = pytest.mark.once

FOLDERS = [ROOT / "tests/golden/bad", ROOT / "topologies"]
SECONDS = 10


@pytest.fixture(scope="module")
def fuzzer(tmp_path_factory):
    """The fuzzer, from the build of that preset or compiled here."""
    built = ROOT / "build/fuzz/tests/fuzz-fuzz_topology"
    if built.exists():
        return built
    if not shutil.which("clang"):
        pytest.skip("needs clang, whose libFuzzer it is")
    folder = tmp_path_factory.mktemp("fuzz")
    flags = subprocess.run(
        ["pkg-config", "--cflags", "--libs", "jansson", "yaml-0.1"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    sources = [
        p for layer in ("base", "doc", "model", "plan") for p in (ROOT / "src" / layer).rglob("*.c")
    ]
    done = subprocess.run(
        [
            "clang",
            "-std=c17",
            "-D_GNU_SOURCE",
            "-O1",
            "-g",
            "-fsanitize=fuzzer,address,undefined",
            "-fno-sanitize-recover=undefined",
            f"-I{ROOT}/src",
            ROOT / "tests/fuzz/fuzz_topology.c",
            *sources,
            "-o",
            folder / "fuzzer",
            *flags,
        ],
        capture_output=True,
        text=True,
    )
    if "libclang_rt.fuzzer" in done.stderr and "No such file" in done.stderr:
        pytest.skip("this clang has no fuzzer runtime (libclang-rt-dev)")
    assert done.returncode == 0, done.stderr
    return folder / "fuzzer"


def run(fuzzer, *words, cwd):
    done = subprocess.run(
        [fuzzer, "-timeout=60", "-rss_limit_mb=2048", f"-artifact_prefix={cwd}/", *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=300,
        env=os.environ | {"UBSAN_OPTIONS": "print_stacktrace=1"},
    )
    left = "".join(
        f"\n--- {p.name}\n{p.read_bytes()!r}"
        for p in pathlib.Path(cwd).iterdir()
        if p.name.startswith(("crash", "leak", "timeout", "oom"))
    )
    assert done.returncode == 0, done.stderr[-6000:] + left


def test_every_file_once(fuzzer, tmp_path):
    run(fuzzer, *(p for folder in FOLDERS for p in sorted(folder.glob("*.yaml"))), cwd=tmp_path)


def test_some_seconds(fuzzer, tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    run(
        fuzzer,
        f"-max_total_time={SECONDS}",
        "-max_len=8192",
        f"-dict={ROOT}/tests/fuzz/topology.dict",
        corpus,
        *FOLDERS,
        cwd=tmp_path,
    )
