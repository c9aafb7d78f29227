# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""What routing daemons are given to read, word by word, and what each waits for.

`pytest tests/golden --update-golden` writes the texts anew; read the difference as one who knows
these daemons would. BIRD itself says whether it understands its own.
"""
import pathlib
import shutil
import subprocess

import pytest

HERE = pathlib.Path(__file__).parent / "routing"
LABS = sorted(path.stem for path in HERE.glob("*.yaml"))


def operations(plain, name):
    result = plain("plan", "--json", f"{name}.yaml", cwd=HERE).ok()
    return result.json()["operations"]


def described(op):
    if op["op"] == "file":
        return f"=== {op['node']}:{op['path']}\n{op.get('content', '')}"
    head = f"=== {op['node']}/{op['service']}: {' '.join(op['command'])}\n"
    waits = [f"after {name}\n" for name in op["after"]]
    waits += [f"until {kind} {what}\n" for ready in op["ready"] for kind, what in ready.items()]
    return head + "".join(waits)


@pytest.mark.parametrize("name", LABS)
def test_texts(request, plain, name):
    ops = operations(plain, name)
    text = "".join(described(op) for op in ops if op["op"] in ("file", "service"))
    path = HERE / f"{name}.txt"
    if request.config.getoption("--update-golden"):
        path.write_text(text)
    assert text == path.read_text()


@pytest.mark.skipif(not shutil.which("bird", path="/usr/sbin:/usr/bin"), reason="there is no bird")
@pytest.mark.parametrize("name", LABS)
def test_bird_understands(plain, tmp_path, name):
    files = [op for op in operations(plain, name) if op.get("path") == "/etc/bird/bird.conf"]
    assert files
    for file in files:
        (tmp_path / "bird.conf").write_text(file["content"])
        done = subprocess.run(
            ["/usr/sbin/bird", "-p", "-c", tmp_path / "bird.conf"], capture_output=True, text=True
        )
        assert done.returncode == 0 and not done.stderr, f"{file['node']}: {done.stderr}"
