# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""tests/vm/run: a command in the machine is a command here, but for the kernel."""
import os
import pathlib
import shlex
import signal
import subprocess
import tempfile
import time

import pytest
from support import features
from support.host import IS_ROOT, children
from vm import machine

pytestmark = pytest.mark.once

RUN = pathlib.Path(__file__).parent / "run"
LIMIT = 300  # seconds until a run counts as hanging


def vm(*words, **kw):
    """Runs tests/vm/run WORDS."""
    return subprocess.run([RUN, *words], capture_output=True, text=True, timeout=LIMIT, **kw)


def inside(script, *options, **kw):
    return vm(*options, "--", "sh", "-c", script, **kw)


def test_command_has_what_it_would_have_here(tmp_path):
    folder = tmp_path / "it's a, folder"
    folder.mkdir()
    words = "printf", "%s|", "a b", "it's", "$HOME", "é\nn", "", "*"
    env = os.environ | {"ODD": 'x "y"\n$z'}
    done = inside(f'{shlex.join(words)}; pwd; echo "$ODD"; cat', cwd=folder, env=env)
    assert done.stdout == f"a b|it's|$HOME|é\nn||*|{folder}\n{env['ODD']}\n", done
    assert (done.stderr, done.returncode) == ("", 0)


@pytest.mark.parametrize(
    "script, status", [("exit 3", 3), ("kill -9 $$", 137), ("exec nothing", 127)]
)
def test_status_is_the_commands(script, status):
    assert inside(script).returncode == status


def test_output_is_whole():
    done = inside("seq 200000; seq 100000 >&2; printf end")
    assert done.stdout == "".join(f"{i}\n" for i in range(1, 200001)) + "end"
    assert done.stderr == "".join(f"{i}\n" for i in range(1, 100001))


def test_output_comes_at_once():
    with subprocess.Popen([RUN, "--", "sh", "-c", "echo first; sleep 1000"], stdout=-1) as process:
        assert process.stdout.readline() == b"first\n"
        process.terminate()
        assert process.wait(timeout=LIMIT) == 143


def test_files_are_thrown_away_but_for_the_exchange(tmp_path):
    (tmp_path / "exchange").mkdir()
    script = "echo x >gone && echo y >/etc/nslab-gone && echo z >/run/vm/kept && cat gone"
    done = inside(script, "-o", tmp_path / "exchange", cwd=tmp_path)
    assert done.stdout == "x\n", done
    assert (tmp_path / "exchange/kept").read_text() == "z\n"
    assert not (tmp_path / "gone").exists() and not pathlib.Path("/etc/nslab-gone").exists()


def test_clock_is_ours():
    before = time.time()
    told = float(inside("date +%s.%N").stdout)
    assert before - 0.1 < told < time.time() + 0.1


def test_no_two_runs_draw_the_same():
    assert len({inside("cat /proc/sys/kernel/random/uuid").stdout for _ in range(2)}) == 2


def test_virtual_time_is_not_waited_for():
    """What is slept is more than the run may take."""
    done = inside("date +%s; sleep 600; date +%s", "-v", "-t", "200")
    before, after = map(int, done.stdout.split())
    assert 600 <= after - before <= 601


def test_what_is_left_running_is_ended():
    script = "sleep 100000 & (setsid sleep 100000 &) ; exit 4"
    assert inside(script).returncode == 4


def test_too_long():
    """How soon a busy machine gets to the command is not what is tested."""
    for limit in ("2", "20", "200"):
        done = inside("echo before; sleep 100000", "-t", limit)
        assert done.returncode == 124
        if done.stdout:
            break
    assert done.stdout == "before\n"


def test_panic_is_told():
    done = inside("echo before; sleep 0.1; echo c >/proc/sysrq-trigger; sleep 100000")
    assert (done.stdout, done.returncode) == ("before\n", 125)
    assert "Kernel panic" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_machine_ends_with_its_run(number, tmp_path):
    """Killed it leaves a folder, and nothing that runs."""
    words, env = [RUN, "--", "sh", "-c", "echo up; sleep 100000"], {"TMPDIR": str(tmp_path)}
    process = subprocess.Popen(words, stdout=-1, env=os.environ | env)
    assert process.stdout.readline() == b"up\n"
    (qemu,) = children(process.pid)
    process.send_signal(number)
    process.wait(timeout=LIMIT)
    process.stdout.close()
    end = time.monotonic() + LIMIT
    while os.path.exists(f"/proc/{qemu}") and time.monotonic() < end:
        time.sleep(0.02)
    assert not os.path.exists(f"/proc/{qemu}")


def test_kernel_has_all_features():
    lines = [f"unshare -n sh -c {shlex.quote(s)} || echo {n}" for n, s in features.SCRIPTS.items()]
    done = inside("\n".join(lines))
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_user_namespaces_work():
    assert inside("setpriv --reuid 60999 --clear-groups unshare -Urn ip link").returncode == 0


@pytest.fixture
def cache():
    """A cache of this test's own, of what there is by now; everyone may enter it."""
    machine.prepare("real")
    with tempfile.TemporaryDirectory(prefix="nslab-vm-") as folder:
        os.chmod(folder, 0o755)
        for path in machine.CACHE.iterdir():
            if path.name != "lock":
                pathlib.Path(folder, path.name).symlink_to(path)
        yield pathlib.Path(folder)


def test_broken_state_is_made_anew(cache):
    state = cache / "state-real"
    start = machine.CACHE.joinpath("state-real").read_bytes()[:1000000]
    state.unlink()
    state.write_bytes(start)
    done = inside("echo fine", env=os.environ | {"NSLAB_VM_CACHE": str(cache)})
    assert done.stdout == "fine\n" and "booting" in done.stderr, done
    assert state.stat().st_size > len(start)


@pytest.mark.skipif(not IS_ROOT, reason="an ordinary user has run all of the above")
def test_ordinary_user(cache):
    os.chown(cache, 65534, 65534)
    user = {"user": 65534, "group": 65534, "extra_groups": []}
    done = inside("id -u", env=os.environ | {"NSLAB_VM_CACHE": str(cache)}, cwd="/", **user)
    assert (done.stdout, done.returncode) == ("0\n", 0), done


def test_no_qemu_is_told():
    done = inside("true", env=os.environ | {"PATH": "/nonexistent"})
    assert done.returncode == 125 and "install-deps" in done.stderr


@pytest.mark.parametrize("words", [[], ["--prepare", "true"]])
def test_usage(words):
    assert vm(*words).returncode == 2
