# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""The usual day of a lab under valgrind, which sees what AddressSanitizer does not: the use of what
was never set, and descriptors that are open when a command ends. Leaks it looks for however a
process ends, in the keeper and the guard too."""
import re
import shutil
import subprocess
import time

import pytest
from support.host import TIMEOUT, only_as

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.once,
    pytest.mark.skipif(not shutil.which("valgrind"), reason="needs valgrind"),
]

VALGRIND = [
    "--quiet",
    "--vgdb=no",
    "--trace-children=yes",
    "--trace-children-skip=*/bin/*,*/sbin/*",
    "--leak-check=full",
    "--show-leak-kinds=definite",
    "--track-fds=yes",
]
LAB = """
nodes:
  a:
    files: {/etc/greeting: hello}
    exec: [mkdir /tmp/seen]
    services:
      s:
        command: sleep 1000
        ready: {file: /tmp/seen, command: test -f /etc/greeting}
        within: 5min
  b: {kind: router}
links: [{endpoints: [a, b], subnets: [10.0.0.0/24, "fd00::/64"]}]
tests:
  - ping: {from: a, to: b}
"""


def blocks(text):
    """(pid, [line, …]) of each thing that valgrind says: processes may speak at the same time."""
    open_ones = {}
    for pid, line in re.findall(r"^==(\d+)== ?(.*)$", text, re.M):
        if line.strip():
            open_ones.setdefault(pid, []).append(line)
        elif pid in open_ones:
            yield pid, open_ones.pop(pid)
    yield from open_ones.items()


def findings(text, command):
    """What is wrong: of descriptors only those that process COMMAND opened itself, as whoever ends
    by _exit leaves them to the kernel."""
    for pid, lines in blocks(text):
        if lines[0].startswith("Open "):
            if pid != command or "<inherited from parent>" in lines[1]:
                continue
        elif lines[0].startswith("FILE DESCRIPTORS"):
            lines = lines[1:]  # the first descriptor stands right below
            if not lines or pid != command or "<inherited from parent>" in lines[1]:
                continue
        yield "\n".join(lines)


class Watched:
    """Runs PROGRAM under valgrind, and keeps what valgrind says of it and of all that it forks."""

    def __init__(self, nslab, program):
        self.nslab, self.program = nslab, program
        self.logs = []  # [(path, pid of the command)]

    def run(self, *words):
        log = self.nslab.work / f"valgrind-{len(self.logs)}"
        options = [*VALGRIND, f"--log-file={log}", self.program, *words]
        result = self.nslab.run(
            "-c",
            'echo $$; exec valgrind "$@"',
            "sh",
            *options,
            program="/bin/sh",
            timeout=10 * TIMEOUT,
        )
        command, _, result.out = result.out.partition("\n")
        self.logs.append((log, command))
        return result

    def out(self, *words):
        return self.run(*words).ok().out

    def findings(self):
        """When all have ended."""
        while any("valgrind" in title for title in self.nslab.host.processes().values()):
            time.sleep(0.05)
        return [text for log, command in self.logs for text in findings(log.read_text(), command)]


@only_as("root", "needs root: once is enough of what takes so long")
def test_a_day_of_a_lab(nslab):
    watched, lab = Watched(nslab, nslab.stage.program), nslab.name()
    file = nslab.file(LAB)
    assert "ok" in watched.out("check", file)
    assert "ip -n" in watched.out("plan", "--format", "sh", file)
    assert f"{lab} is up" in watched.out("up", "--name", lab, file)
    assert watched.out("exec", "-l", lab, "a", "cat", "/etc/greeting") == "hello"
    assert "1 held" in watched.out("test", "-l", lab)
    watched.out("link", "-l", lab, "down", "a-b")
    watched.out("link", "-l", lab, "up", "a-b")
    watched.out("link", "-l", lab, "set", "a-b", "rate=none")  # every kernel has that
    assert "10.0.0.1" in watched.out("status", lab)
    assert "sleep 1000" in watched.out("ps", "-l", lab)
    assert "is down" in watched.out("down", lab)
    assert watched.findings() == []


WRONG = """
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
    int fd = open("/dev/null", O_RDONLY), unset[4];
    if (!fork()) {
        char *volatile lost = malloc(77);
        lost = NULL;
        _exit(fd < 0);
    }
    wait(NULL);
    return *(volatile int *)&unset[2] ? 0 : 1;
}
"""


@only_as("root", "needs root: as above")
def test_what_is_wrong_is_seen(nslab):
    source, program = nslab.file(WRONG, "wrong.c"), nslab.work / "wrong"
    subprocess.run(["gcc", "-g", "-O0", "-w", "-o", program, source], check=True)
    watched = Watched(nslab, program)
    watched.run()
    found = "\n".join(watched.findings())
    assert "77 bytes in 1 blocks are definitely lost" in found
    assert "uninitialised" in found
    assert "Open file descriptor" in found
