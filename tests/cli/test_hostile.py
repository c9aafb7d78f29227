# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Files that mean harm: each is an error that says where, within bounds of time and memory.

Time is that of the processor, so a busy machine does not matter; memory is that of the address space,
which the program may not go beyond. A sanitizer takes terabytes of that for itself and several times
the rest, which it keeps from being used again: its own limit holds, of what is in use.
"""
import os
import resource
import subprocess

import pytest
from support.host import PROGRAM, SANITIZED

CPU_LIMIT = 16 if SANITIZED else 4  # seconds; each takes less than one, but machines differ
MEMORY = 512 << 20
SANITIZER = "quarantine_size_mb=16:hard_rss_limit_mb=2048"
OUTPUT = 20_000


def limits():
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT, CPU_LIMIT))
    if not SANITIZED:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def check(path, *words, status=2, **options):
    """What `nslab check` says of PATH."""
    done = subprocess.run([PROGRAM, "check", *words, path], capture_output=True, preexec_fn=limits,
                          env=os.environ | {"ASAN_OPTIONS": SANITIZER}, timeout=120, **options)
    text = done.stderr.decode(errors="replace")
    assert done.returncode == status, (done.returncode, text[:2000])
    assert len(text) < OUTPUT
    assert not any(c < " " and c != "\n" for c in text)
    return text


def wrong(tmp_path, data, *words):
    file = tmp_path / "lab.yaml"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    text = check("lab.yaml", *words, cwd=tmp_path)
    assert text.startswith("lab.yaml:"), text[:500]
    return text


@pytest.mark.parametrize("start", ["nodes: ", "- ", ""])
@pytest.mark.parametrize("level", ["[", "{a: ", "? ", "- ", "[{a: "])
def test_deep(tmp_path, start, level):
    text = wrong(tmp_path, start + level * 100_000)
    assert ("nested too deep: 64 levels is the limit" in text) != ("not valid YAML" in text)


def test_deep_blocks(tmp_path):
    text = "".join(" " * i + "a:\n" for i in range(2000))
    assert "nested too deep: 64 levels" in wrong(tmp_path, text)


TEN = range(10)
BOMBS = {
    "lists": lambda i: f"[{', '.join(f'*a{i}' for _ in TEN)}]",
    "maps": lambda i: f"{{{', '.join(f'k{k}: *a{i}' for k in TEN)}}}",
    "merge keys": lambda i: f"{{<<: [{', '.join(f'*a{i}' for _ in TEN)}]}}",
}


@pytest.mark.parametrize("sort", BOMBS)
def test_alias_bomb(tmp_path, sort):
    lines = "".join(f"  a{i + 1}: &a{i + 1} {BOMBS[sort](i)}\n" for i in range(40))
    text = wrong(tmp_path, f"vars:\n  a0: &a0 {{k: v}}\n{lines}nodes: *a40\n")
    # What is merged has each key once, so nothing grows.
    assert ("too large: 2 million values is the limit" in text) == (sort != "merge keys")


def test_one_behind_the_other(tmp_path):
    """Each level is in the next: deeper than any stack of brackets may be."""
    lines = "".join(f"  a{i + 1}: &a{i + 1} [*a{i}]\n" for i in range(20_000))
    assert "too large" in wrong(tmp_path, f"vars:\n  a0: &a0 [x]\n{lines}nodes: *a20000\n")


@pytest.mark.parametrize("size", [17 << 20, 100 << 20, 1 << 40])
def test_large(tmp_path, size):
    with open(tmp_path / "lab.yaml", "wb") as file:
        file.write(b"nodes:\n")
        file.truncate(size)
    text = check("lab.yaml", cwd=tmp_path, status=1)
    assert text == "nslab: lab.yaml: too large a file: 16 MiB is the limit\n"


@pytest.mark.parametrize("path", ["/dev/zero", "-"])
def test_without_end(path):
    with open("/dev/zero", "rb") as zero:
        assert "too large a file" in check(path, status=1, stdin=zero)


def test_no_file(tmp_path):
    assert "Is a directory" in check(tmp_path, status=1)


LARGE = {
    "a text": "nodes: \"" + "a" * 10_000_000,
    "a plain text": "nodes: " + "a" * 10_000_000,
    "a list": "nodes: [" + "a," * 3_000_000,
    "lines": "nodes:" + "\n" * 10_000_000 + "  - 5",
    "comments": "nodes: 5\n" + "# x\n" * 3_000_000 + "[",
    "errors": "nodes:\n" + "".join(f"  h{i}: {{kidn: x}}\n" for i in range(50_000)),
    "keys": "nodes: {h1: {" + ",".join(f"k{i}: v" for i in range(20_000)) + "}}",
    "one key": "nodes:\n" + "  h1:\n" * 300_000,
    "one line": "nodes: {" + "h1: {kidn: x}, " * 100_000 + "}",
}


@pytest.mark.parametrize("what", LARGE)
def test_much_of(tmp_path, what):
    wrong(tmp_path, LARGE[what])


def test_maps_that_are_merged(tmp_path):
    """Three of tens of thousands of keys: as long as they are, not as their square."""
    labels = "{labels: {" + ",".join(f"k{i}: v" for i in range(30_000)) + "}}"
    (tmp_path / "lab.yaml").write_text(
        f"defaults: {{node: {labels}}}\nprofiles: {{p: {labels}}}\nnodes: {{h1: {labels[:-1]}, profile: p}}}}\n")
    assert check("lab.yaml", "-q", cwd=tmp_path, status=0) == ""


def test_much_that_nodes_inherit(tmp_path):
    """What is the same for all of a pattern is kept once; here each has its own."""
    env = ", ".join(f"V{i}: x" for i in range(100))
    text = wrong(tmp_path, f"defaults: {{node: {{env: {{{env}, OWN: $(i)}}}}}}\n"
                 "nodes: {\"h(i=1..50000)\": }\n")
    assert "too large: defaults and profiles give these nodes more than 4 million values" in text


def test_many_files(tmp_path):
    (tmp_path / "motd").write_bytes(b"x" * (1 << 20))
    text = wrong(tmp_path, "nodes: {h(1..300): {files: {/etc/motd: {source: motd}}}}\n")
    assert "the files of all nodes together are larger than 256 MiB (in h257)" in text


def test_source_that_is_no_text(tmp_path):
    (tmp_path / "motd").write_bytes(b"you are at $(node)\0")
    text = wrong(tmp_path, "nodes: {h1: {files: {/etc/motd: {source: motd, expand: true}}}}\n")
    assert "motd is no text, as it has a zero byte: nothing in it can refer to something" in text


RANGES = ["h(1..999999999)", "h(1..999)-(1..999)-(1..999)", "h(1..99999999999999999999)", "h(-9..1)",
          "h(1..$(9*9*9*9*9*9*9*9*9))", "h" + "(a|b)" * 40, "h(" + "(" * 5000, "h(1.." + "9" * 5000 + ")"]


@pytest.mark.parametrize("name", RANGES, ids=range(len(RANGES)))
def test_range(tmp_path, name):
    wrong(tmp_path, f"nodes:\n  \"{name}\":\n")


@pytest.mark.parametrize("shape", ["mesh", "ring", "chain"])
def test_many_links(tmp_path, shape):
    links = ", ".join([f"{{{shape}: h(1..60000)}}"] * 4)
    assert "131072" in wrong(tmp_path, f"nodes: {{h(1..60000): }}\nlinks: [{links}]\n")


def test_many_paths(tmp_path):
    text = wrong(tmp_path, "name: x\nrouting: shortest-path\naddressing: {links: [10.0.0.0/8]}\n"
                 "nodes: {r(1..17000): {kind: router}}\nlinks: [{ring: r(1..17000)}]\n")
    assert text.startswith("lab.yaml:2:10: error: too many shortest paths: of 17000 nodes to 17000 subnets")


VALUES = ["1=2", "n", "n=" + "9" * 5000, "n=-1", "n=1e400", "n=$(n)", "n=65537", "n=\x1b[2J"]


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_settings(tmp_path, value):
    (tmp_path / "lab.yaml").write_text("vars: {n: 2}\nnodes: {h(1..n): }\n")
    assert "lab.yaml:" in check("lab.yaml", "--set", value, cwd=tmp_path)


BYTES = {
    "NUL": (b"nodes: {h1: \0}\n", 1),
    "overlong": (b"nodes: {h\xc0\xaf: }\n", 2),
    "overlong of three": (b"nodes: {h\xe0\x80\xaf: }\n", 2),
    "surrogate": (b"nodes: {h\xed\xa0\x80: }\n", 2),
    "beyond Unicode": (b"nodes: {h\xf4\x90\x80\x80: }\n", 2),
    "cut off": (b"nodes: {h1: {description: \xe2\x82}}\n", 2),
    "cut off by the end": (b"nodes: {h1: {description: \xe2\x82", 2),
    "alone": (b"nodes: {h1: {description: \xbf}}\n", 2),
    "Latin-1": (b"nodes: {h1: {description: Stra\xdfe}}\n", 2),
    "never": (b"nodes: {h1: {description: \xff\xfe}}\n", 2),
    "an escape": (b"nodes: {h1: {description: \x1b[2J}}\n", 2),
    "an escape that is written": (b'nodes: {"\\e[2J": }\n', 2),
    "tabs": (b"nodes:\n\th1:\n", 2),
    "UTF-16": ("\ufeffnodes: {h1: }\n".encode("utf-16-le"), 1),
}


@pytest.mark.parametrize("what", BYTES)
def test_bytes(tmp_path, what):
    data, status = BYTES[what]
    (tmp_path / "lab.yaml").write_bytes(data)
    text = check("lab.yaml", cwd=tmp_path, status=status)
    assert "lab.yaml:" in text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_ends_of_lines(tmp_path, end):
    text = wrong(tmp_path, end.join(["nodes:", "  h1: {kind: rooter}", ""]))
    assert text.startswith("lab.yaml:2:14: error: ") and "rooter" in text


def test_mark_of_byte_order(tmp_path):
    (tmp_path / "lab.yaml").write_bytes(b"\xef\xbb\xbfnodes: {h1: }\n")
    assert check("lab.yaml", "-q", cwd=tmp_path, status=0) == ""


def test_pipe(tmp_path):
    """One that nobody writes to holds nothing up but its reader, which says so when it is closed."""
    os.mkfifo(tmp_path / "lab.yaml")
    with subprocess.Popen(["sh", "-c", ": > lab.yaml"], cwd=tmp_path):
        assert "empty" in check("lab.yaml", cwd=tmp_path)
