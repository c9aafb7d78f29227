# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""The build `coverage` counts what processes do that do not end by exit, of which there are many."""
import json
import pathlib
import shlex
import subprocess

import pytest
from support.host import ROOT, TIMEOUT

pytestmark = pytest.mark.once

PROGRAM = """\
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int n;
static void killed(void) { n++; kill(getpid(), SIGKILL); }
static void becoming(void) { n++; execlp("true", "true", NULL); }
static void quitting(void) { n++; _exit(0); }
static void never(void) { n++; }

int main(int argc, char **argv)
{
    void (*const ends[])(void) = {killed, becoming, quitting, argc > 9 ? never : quitting};
    for (int i = 0; i < 4; i++) {
        pid_t pid = i == 1 ? vfork() : fork();
        if (!pid) {
            ends[i]();
            _exit(1);
        }
        n++; /* all four */
        waitpid(pid, NULL, 0);
    }
    _exit(0);
}
"""


def run(*words, cwd=None):
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, timeout=TIMEOUT)
    assert done.returncode == 0, f"{words}\n{done.stdout}{done.stderr}"
    return done.stdout


def flags(build):
    """How the preset has a source compiled, without what is the source's own."""
    run("cmake", "--preset", "coverage", "-B", build, cwd=ROOT)
    commands = json.loads((build / "compile_commands.json").read_text())
    words = shlex.split(next(c["command"] for c in commands if c["file"].endswith("/main.c")))
    clang = next(i for i, word in enumerate(words) if pathlib.Path(word).name.startswith("clang"))
    return words[clang : words.index("-o")]


def llvm(tool):
    """As scripts/coverage finds it."""
    return run("clang", f"-print-prog-name=llvm-{tool}").strip()


def test_every_end_is_counted(tmp_path):
    source, program, profile = (tmp_path / name for name in ("ends.c", "ends", "profile"))
    source.write_text(PROGRAM)
    run(*flags(tmp_path), source, "-o", program)
    run(program)
    run(program)
    run(llvm("profdata"), "merge", "-o", profile, *(tmp_path / "counts").iterdir())
    shown = run(llvm("cov"), "show", program, f"-instr-profile={profile}")
    counts = dict(reversed(line.split("|")[1:]) for line in shown.splitlines() if "n++" in line)
    assert [int(count) for count in counts.values()] == [2, 2, 4, 0, 8], shown
