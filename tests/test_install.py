# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""What `cmake --install` lays down can be used: program, library, pages, data."""
import os
import re
import shlex
import subprocess

import pytest
from support.host import PROGRAM, ROOT, SANITIZED

pytestmark = pytest.mark.once

BUILD = PROGRAM.parent
SANITIZE = ["-fsanitize=address,undefined"] if SANITIZED else []

USES_IT = r"""
#include <nslab.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    nslab_topology *topology;
    struct nslab_error error;
    const struct nslab_read_options options = {.name = "mine"};
    if (argc < 2 || nslab_topology_read(argv[1], &options, &topology, &error))
        return 9;
    char *plan = nslab_topology_valid(topology) ? nslab_plan(topology, NSLAB_PLAN_TEXT) : NULL;
    printf("%s %s %u %u %d\n", nslab_version(), nslab_topology_name(topology),
           nslab_topology_nodes(topology), nslab_topology_links(topology), plan && *plan);
    free(plan);
    nslab_topology_free(topology);
    return 0;
}
"""


@pytest.fixture(scope="module")
def prefix(tmp_path_factory):
    if not os.access(BUILD, os.W_OK):
        pytest.skip(f"{BUILD} is someone else's, and cmake writes a list into it")
    path = tmp_path_factory.mktemp("installed")
    subprocess.run(["cmake", "--install", BUILD, "--prefix", path], check=True, capture_output=True)
    return path


def pkg_config(prefix, *words):
    folder = next(prefix.rglob("nslab.pc")).parent
    done = subprocess.run(
        ["pkg-config", "--define-prefix", *words, "nslab"],
        check=True,
        text=True,
        capture_output=True,
        env=os.environ | {"PKG_CONFIG_PATH": str(folder)},
    )
    return shlex.split(done.stdout)


def test_what_is_there(prefix):
    for pattern in (
        "bin/nslab",
        "include/nslab.h",
        "lib/**/libnslab.so*",
        "lib/**/libnslab.a",
        "lib/**/pkgconfig/nslab.pc",
        "share/man/man1/nslab.1",
        "share/man/man5/nslab-topology.5",
        "share/nslab/schema/nslab.schema.json",
        "share/nslab/topologies/hello.yaml",
    ):
        assert list(prefix.glob(pattern)), pattern


def test_installed_program(prefix):
    done = subprocess.run(
        [prefix / "bin/nslab", "check", prefix / "share/nslab/topologies/hello.yaml"],
        capture_output=True,
    )
    assert done.returncode == 0


@pytest.mark.parametrize("kind", ["shared", "static"])
@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_library(prefix, tmp_path, kind, compiler):
    if SANITIZE and compiler == "clang":
        pytest.skip("the library was built with gcc's sanitizers")
    source = tmp_path / "mine.c"
    source.write_text(USES_IT)
    folder = next(prefix.rglob("libnslab.a")).parent
    if kind == "shared":
        libs = pkg_config(prefix, "--libs") + [f"-Wl,-rpath,{folder}"]
    else:
        libs = [
            str(folder / "libnslab.a") if word == "-lnslab" else word
            for word in pkg_config(prefix, "--libs", "--static")
        ]
    subprocess.run(
        [
            compiler,
            "-Wall",
            "-Werror",
            *SANITIZE,
            source,
            "-o",
            tmp_path / "mine",
            *pkg_config(prefix, "--cflags"),
            *libs,
        ],
        check=True,
    )
    linked = subprocess.run(["ldd", tmp_path / "mine"], capture_output=True, text=True).stdout
    assert ("libnslab.so" in linked) == (kind == "shared")
    done = subprocess.run(
        [tmp_path / "mine", ROOT / "topologies/hello.yaml"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    version = pkg_config(prefix, "--modversion")[0]
    assert done.stdout == f"{version} mine 3 2 1\n"


def test_library_shows_its_api_only(prefix):
    library = next(p for p in prefix.rglob("libnslab.so*") if not p.is_symlink())
    out = subprocess.run(
        ["nm", "-D", "--defined-only", library], check=True, capture_output=True, text=True
    ).stdout
    names = {line.split()[2] for line in out.splitlines() if line.split()[1] in "TDBR"}
    header = (prefix / "include/nslab.h").read_text()
    promised = set(re.findall(r"NSLAB_EXPORT[^;]*?\b(nslab_\w+)\(", header))
    assert {n for n in names if not n.startswith("_")} - {"__odr_asan"} == promised


def test_header_is_c_and_cxx(prefix, tmp_path):
    for language, compiler in ("c", "gcc"), ("c++", "g++"):
        done = subprocess.run(
            [
                compiler,
                "-x",
                language,
                "-Wall",
                "-Wextra",
                "-Wpedantic",
                "-Werror",
                "-fsyntax-only",
                prefix / "include/nslab.h",
            ],
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
