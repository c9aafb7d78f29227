# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""The examples do what their heads say."""
import os
import re
import shutil
import subprocess
import time
from xml.etree import ElementTree

import pytest
import yaml
from support.host import PROGRAM, ROOT, SANITIZED, TIMEOUT, only_as
from support.labs import PAIR

pytestmark = pytest.mark.kernel
EXAMPLES = ROOT / "examples"


def hand_over(nslab, name):
    """A copy of an example that belongs to the user who runs it."""
    folder = nslab.work / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(EXAMPLES / name, folder)
    if nslab.uid:
        for path in folder, *folder.rglob("*"):
            os.chown(path, nslab.uid, nslab.uid)
    return folder


def test_shell(nslab):
    folder = hand_over(nslab, "shell")
    nslab.sh(f"mkdir bin; ln -s {nslab.stage.program} bin/nslab").ok()
    done = nslab.sh(f'PATH="$PWD/bin:$PATH" {folder}/test.sh', timeout=60).ok()
    assert done.out == "ok: the file came through\n"
    assert nslab.labs() == []


@only_as("root", "as an ordinary user the same program does the same")
def test_c(nslab, tmp_path):
    if SANITIZED is not False:
        pytest.skip("needs a build without sanitizers")
    subprocess.run(["cmake", "--install", PROGRAM.parent, "--prefix", tmp_path / "prefix"],
                   check=True, capture_output=True)
    pc = next((tmp_path / "prefix").rglob("nslab.pc")).parent
    done = nslab.sh(f"make -f {EXAMPLES}/c/Makefile PKG_CONFIG_PATH={pc} run", timeout=60).ok()
    assert "1 received" in done.out, f"{done}"
    assert nslab.labs() == []


# --- the plugin for pytest -------------------------------------------------------------------


def pytest_of(nslab, folder, *args, env_more=None):
    """pytest as its user calls it in FOLDER, with the plugin and nothing of ours."""
    words = ["-m", "pytest", "-p", "no:cacheprovider", "-p", "nslab_pytest", "--rootdir", folder,
             "-c", "/dev/null", "--basetemp", folder / "temporary", *args]
    env = {"NSLAB": str(nslab.stage.program), "PYTHONPATH": str(folder),
           "PYTHONDONTWRITEBYTECODE": "1"} | (env_more or {})
    return nslab.run(*words, program="/usr/bin/python3", cwd=folder, env=env)


@pytest.mark.once
@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["one", "xdist"])
def test_pytest(nslab, workers):
    done = pytest_of(nslab, hand_over(nslab, "pytest"), "-q", *workers).ok()
    assert re.search(r"^7 passed", done.out, re.M), f"{done}"
    assert nslab.labs() == []


WRONG = """
import os, signal, subprocess
import pytest

@pytest.mark.lab("broken.yaml")
def test_broken(lab):
    pass

def test_without_a_file(lab):
    pass

@pytest.mark.lab("pair.yaml", sets={})
def test_mark(lab):
    pass

@pytest.mark.lab("pair.yaml")
def test_check(lab):
    lab.node("h1").run("sh", "-c", "echo so; echo sad >&2; exit 7", check=True)

@pytest.mark.lab("pair.yaml")
def test_hangs(lab):
    lab.node("h1").run("sleep", "1000", timeout=0.5)

@pytest.mark.lab("pair.yaml")
def test_text(lab):
    lab.node("h1").run("echo", "no", "object").json()

@pytest.mark.lab("pair.yaml")
def test_killed(lab):
    lab.node("h1").popen("sleep", "1000")
    if "KILLED" in os.environ:
        os.kill(os.getpid(), signal.SIGKILL)
"""


def wrong_tests(nslab):
    folder = hand_over(nslab, "pytest")
    nslab.file(WRONG, "pytest/test_wrong.py")
    nslab.file(PAIR, "pytest/pair.yaml")
    nslab.file("nodes: {h1: {kind: rooter}}\n", "pytest/broken.yaml")
    return folder


@pytest.mark.once
def test_pytest_says_what_is_wrong(nslab):
    told = pytest_of(nslab, wrong_tests(nslab), "test_wrong.py")
    assert told.status == 1 and "3 failed, 1 passed, 3 errors" in told.out, f"{told}"
    for words in (
        "the lab cannot be built: nslab ended with status 2",
        "broken.yaml:1:20: error: ",
        "rooter",
        "test_wrong.yaml: write it, or name another",
        'the marker is lab("net.yaml", set={"n": 4})',
        "status 7",
        "so",
        "sad",
        "still running after 0.5 s",
        "no JSON",
    ):
        assert words in told.out, f"{words}: {told}"


@pytest.mark.once
def test_pytest_that_is_killed_leaves_nothing(nslab):
    """The fixture sees to it: neither the lab, nor what ran in it, nor a file."""
    folder = wrong_tests(nslab)
    told = pytest_of(nslab, folder, "test_wrong.py", "-k", "killed", env_more={"KILLED": "1"})
    assert told.status == 137, f"{told}"
    end = time.monotonic() + TIMEOUT
    while nslab.labs() and time.monotonic() < end:
        time.sleep(0.05)
    assert nslab.labs() == []


@pytest.mark.once
def test_pytest_without_nslab(nslab):
    folder = hand_over(nslab, "pytest")
    told = pytest_of(nslab, folder, "-k", "status", env_more={"NSLAB": "/nonexistent/nslab"})
    assert "/nonexistent/nslab: No such file or directory: install nslab" in told.out, f"{told}"


@pytest.mark.once
def test_pytest_can_be_installed():
    """What pip reads names what is there."""
    project = (EXAMPLES / "pytest/pyproject.toml").read_text()
    (module,) = re.findall(r'^py-modules = \["(.*)"\]', project, re.M)
    assert (EXAMPLES / f"pytest/{module}.py").exists()
    assert f'[project.entry-points.pytest11]\nnslab = "{module}"\n' in project


# --- continuous integration ------------------------------------------------------------------


def steps_of(name):
    """The shell scripts of a pipeline, in order, and what it keeps afterwards."""
    pipeline = yaml.safe_load((EXAMPLES / f"ci/{name}.yml").read_text())
    if name == "gitlab":
        job = pipeline["network"]
        assert job["artifacts"]["reports"]["junit"] in job["artifacts"]["paths"]
        return job["before_script"] + job["script"], job["artifacts"]["paths"]
    steps = pipeline["jobs"]["network"]["steps"]
    (kept,) = [s for s in steps if s.get("uses", "").startswith("actions/upload-artifact@")]
    return [step["run"] for step in steps if "run" in step], kept["with"]["path"].split()


NETWORK = """\
nodes: {h1: , h2: }
links:
  - {endpoints: [h1, h2], subnets: [10.0.0.0/24]}
tests:
  - ping: {from: h1, to: h2}
  - ping: {from: h2, to: %s}
"""


@pytest.mark.once
@pytest.mark.parametrize("name", ["github", "gitlab"])
def test_ci(nslab, name):
    """What installs runs elsewhere; what nslab is told there is told here, as a shell reads it."""
    scripts, kept = steps_of(name)
    for script in scripts:
        nslab.run("-n", "-c", script, program="/bin/sh").ok()
    ours = [script for script in scripts if script.startswith("nslab ")]
    assert [script.split()[1] for script in ours] == ["doctor", "check", "test"]
    nslab.sh("rm -rf ci && mkdir -p ci/bin ci/networks").ok()
    nslab.sh(f"ln -s {nslab.stage.program} ci/bin/nslab").ok()
    for good in True, False:
        nslab.file(NETWORK % ("h1" if good else "10.0.0.9"), "ci/networks/pair.yaml")
        for script in ours:
            done = nslab.sh(f'cd ci && PATH="$PWD/bin:$PATH"; {script}')
            assert (done.status == 0) == (good or " test " not in script), f"{done}"
        report = ElementTree.parse(nslab.work / "ci" / kept[0])
        assert len(list(report.iter("testcase"))) == 2
        assert len(list(report.iter("failure"))) == (0 if good else 1)
    assert (nslab.work / "ci" / kept[1]).is_dir(), "what failed is described there"
    assert nslab.labs() == []
