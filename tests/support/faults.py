# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Makes the Nth call of a kind fail in nslab's processes: the other side of tests/faults/faults.c."""
import dataclasses
import errno
import mmap
import os
import pathlib
import shutil
import struct
import subprocess

from support.host import PROGRAM

LIBRARY = PROGRAM.parent / "tests" / "libfaults.so"

# In the order of `enum kind`, and what a call of it fails with.
KINDS = {
    "fork": errno.EAGAIN,
    "memory": errno.ENOMEM,
    "mount": errno.ENOMEM,
    "receive": errno.ENOBUFS,
    "send": errno.ENOBUFS,
    "open": errno.EMFILE,
    "setns": errno.ENOMEM,
    "socket": errno.EMFILE,
    "unshare": errno.ENOSPC,
}
NUMBERS = {kind: number for number, kind in enumerate(KINDS, start=1)}

FRAMES, PLACES = 24, 1 << 14
HEAD = struct.Struct("=IIQ")
CALLS = struct.Struct(f"={len(KINDS) + 1}Q")
FAILED = struct.Struct("=IiiI32s32s")
FRAME = struct.Struct("=64sQ")
PLACE = struct.Struct("=3Q")
PLACES_AT = HEAD.size + CALLS.size + FAILED.size + FRAMES * FRAME.size
SIZE = PLACES_AT + PLACES * PLACE.size


def text_of(field):
    return field.split(b"\0")[0].decode(errors="replace")


@dataclasses.dataclass
class Fault:
    """A call that was made to fail."""

    kind: str
    nth: int
    code: int
    call: str
    title: str
    frames: list

    def places(self):
        """From where: nslab's own functions by name, the others by their library."""
        ours = [hex(offset - 1) for file, offset in self.frames if file.startswith("nslab")]
        words = ["addr2line", "-spfe", PROGRAM, *ours]
        lines = iter(subprocess.run(words, capture_output=True, text=True).stdout.splitlines())
        return [
            next(lines, "?") if file.startswith("nslab") else f"{file}+{offset:#x}"
            for file, offset in self.frames
        ]

    def __str__(self):
        places = "\n    ".join(self.places())
        code = errno.errorcode[self.code]
        return f"{self.kind} {self.nth}: {self.call} in {self.title} failed: {code}\n    {places}"


class Faults:
    """The file that nslab's processes look into; which call is to fail, and which did."""

    def __init__(self, folder, uid=None):
        self.library = pathlib.Path(folder, LIBRARY.name)
        if not self.library.exists():
            shutil.copy(LIBRARY, self.library)
            self.library.chmod(0o755)
        self.path = pathlib.Path(folder, f"faults-{os.getpid()}-{uid}")
        self.path.write_bytes(bytes(SIZE))
        self.path.chmod(0o666)
        with open(self.path, "r+b") as file:
            self.shared = mmap.mmap(file.fileno(), SIZE)
        self.env = {"LD_PRELOAD": str(self.library), "NSLAB_FAULTS_FILE": str(self.path)}

    def close(self):
        self.shared.close()
        self.path.unlink()

    def arm(self, kind, nth, code=None):
        """From now on calls are counted, and the NTH of KIND fails; 0: none does."""
        self.kind, self.nth, self.code = kind, nth, code or KINDS[kind]
        self.shared[HEAD.size :] = bytes(SIZE - HEAD.size)
        self.shared[4 : HEAD.size] = HEAD.pack(0, self.code, nth)[4:]
        self.shared[:4] = struct.pack("=I", NUMBERS[kind])

    def disarm(self):
        """No more; the Fault that there was, or None."""
        self.shared[:4] = bytes(4)
        at = HEAD.size + CALLS.size
        failed, _, _, n, call, title = FAILED.unpack_from(self.shared, at)
        if not failed:
            return None
        frames = [FRAME.unpack_from(self.shared, at + FAILED.size + i * FRAME.size) for i in range(n)]
        frames = [(text_of(file), offset) for file, offset in frames]
        return Fault(self.kind, self.nth, self.code, text_of(call), text_of(title), frames)

    def calls(self):
        """{kind: how many there were since it was armed}"""
        return dict(zip(KINDS, CALLS.unpack_from(self.shared, HEAD.size)[1:]))

    def firsts(self):
        """{kind: the first N from each place, rising}, where calls were counted only"""
        found = [entry for entry in PLACE.iter_unpack(self.shared[PLACES_AT:]) if entry[0]]
        assert len(found) < PLACES / 2, "the table of places is too small"
        names = list(KINDS)
        firsts = {kind: [] for kind in KINDS}
        for _, kind, nth in sorted(found, key=lambda entry: entry[2]):
            firsts[names[kind - 1]].append(nth)
        return firsts
