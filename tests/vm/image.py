# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""What the machine boots into: an archive with busybox, modules, /init, and copies of hot files.

Opening one of the host's files from inside costs about a millisecond. So copies of those that most
tests open (commands with their libraries, the Python modules of a test run) are in the machine's
own memory, under /hot, in front of the host's tree.
"""
import hashlib
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PARTS = "init", "image.py", "machine.py"
COMMANDS = (
    "bash sh env true false cat ls cp mv rm ln mkdir rmdir chmod sleep timeout date stat head tail"
    " wc sort cut tr grep sed awk mawk id uname nsenter unshare setpriv mount umount sysctl kill"
    " ps ip tc bridge nft ping"
).split()
FOLDERS = "/usr/lib/locale/C.utf8", "/etc/iproute2"
FILES = "ld.so.cache nsswitch.conf passwd group protocols services hosts localtime".split()
# What a run of pytest imports, with the caches of it that Python will look for.
IMPORTS = """
import ctypes, json, sys, pytest, xdist.plugin, _pytest.main, yaml
for m in list(sys.modules.values()):
    for name in "__file__", "__cached__":
        if getattr(m, name, None):
            print(getattr(m, name))
"""


def run(*words):
    return subprocess.run(words, capture_output=True, text=True).stdout


def with_libraries(path):
    return {path, *re.findall(r"(/\S+)", run("ldd", path))}


def hot_names():
    """The files worth having, by any of their names."""
    for command in COMMANDS:
        if found := shutil.which(command):
            yield from with_libraries(found)
    yield from with_libraries(sys.executable)
    for name in run(sys.executable, "-c", IMPORTS).split():
        yield from with_libraries(name) if name.endswith(".so") else {name}
    yield from (f"/etc/{name}" for name in FILES)
    for folder in FOLDERS:
        yield from (str(path) for path in pathlib.Path(folder).rglob("*"))


def hot_files():
    """The files, and the links that lead to them; each path free of links but for its last part."""
    found = set()
    for name in {"/bin", "/sbin", "/lib", "/lib64", *hot_names()}:
        path = os.path.join(os.path.realpath(os.path.dirname(name)), os.path.basename(name))
        both = path, os.path.realpath(path)
        found |= {p for p in both if os.path.islink(p) or os.path.isfile(p)}
    return sorted(found)


def fingerprint(hot, *more):
    """Of all that an image and the states saved from it depend on."""
    sums = hashlib.sha256(repr(more).encode())
    for path in hot:
        status = os.lstat(path) if os.path.lexists(path) else None
        sums.update(f"{path} {status and (status.st_size, status.st_mtime_ns)}\n".encode())
    for name in PARTS:
        sums.update((HERE / name).read_bytes())
    return sums.hexdigest()


class Archive:
    """A cpio archive as Linux unpacks it at boot."""

    def __init__(self, file):
        self.file, self.number, self.folders = file, 0, {"."}

    def _add(self, name, mode, content=b"", mtime=0):
        self.number += 1
        encoded = name.encode() + b"\0"
        fields = self.number, mode, 0, 0, 1, mtime, len(content), 0, 0, 0, 0, len(encoded), 0
        header = b"070701" + b"".join(b"%08x" % field for field in fields)
        for part in header + encoded, content:
            self.file.write(part + b"\0" * (-len(part) % 4))

    def folder(self, name):
        if name not in self.folders:
            self.folder(os.path.dirname(name) or ".")
            self.folders.add(name)
            self._add(name, stat.S_IFDIR | 0o755)

    def link(self, name, target):
        self.folder(os.path.dirname(name) or ".")
        self._add(name, stat.S_IFLNK | 0o777, target.encode())

    def copy(self, name, path, mode=None):
        """The time of a file counts: Python compiles anew what seems to have changed."""
        status = os.stat(path)
        mode = stat.S_IFREG | (mode or stat.S_IMODE(status.st_mode))
        self.folder(os.path.dirname(name) or ".")
        self._add(name, mode, pathlib.Path(path).read_bytes(), int(status.st_mtime))

    def close(self):
        self._add("TRAILER!!!", 0)


def make(kernel, hot, target):
    """Writes the archive, whole or not at all."""
    work = target.with_suffix(".new")
    with open(work, "wb") as file:
        archive = Archive(file)
        for name in "bin dev host hot new proc rw sys vm".split():
            archive.folder(name)
        archive.copy("init", HERE / "init", 0o755)
        archive.copy("bin/busybox", kernel / "busybox", 0o755)
        for path in sorted((kernel / "lib").rglob("*")):
            if path.is_file():
                archive.copy(str(path.relative_to(kernel)), path)
        for path in hot:
            if os.path.islink(path):
                archive.link(f"hot{path}", os.readlink(path))
            else:
                archive.copy(f"hot{path}", path)
        if not shutil.which("modprobe"):
            archive.copy("hot/usr/sbin/modprobe", kernel / "busybox", 0o755)
        archive.close()
    work.rename(target)
