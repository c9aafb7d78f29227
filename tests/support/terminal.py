# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""A program on a terminal of its own, driven as a person would."""
import contextlib
import os
import select
import subprocess
import time

LIMIT = 15.0  # seconds to wait for any answer


class Terminal:
    def __init__(self, runner, words, env, program):
        self.master, slave = os.openpty()
        os.chmod(os.ttyname(slave), 0o666)
        self.process = runner.popen(
            *words,
            env=env,
            program=program,
            terminal=slave,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            text=False,
        )
        os.close(slave)
        self.seen = ""
        self.status = None

    def send(self, text):
        os.write(self.master, text.encode())

    def say(self, prompt, text):
        """Types TEXT once PROMPT was printed."""
        self.expect(prompt)
        self.send(text)

    def _read(self, until):
        """More of what was printed; "" at the end or when it takes too long."""
        ready, _, _ = select.select([self.master], [], [], max(0, until - time.monotonic()))
        if not ready:
            raise AssertionError(f"nothing more after:\n{self.seen}")
        try:
            return os.read(self.master, 4096).decode(errors="replace")
        except OSError:
            return ""

    def expect(self, text):
        """Reads until TEXT was printed; forgets all up to it."""
        until = time.monotonic() + LIMIT
        while text not in self.seen:
            more = self._read(until)
            assert more, f"it ended without {text!r}:\n{self.seen}"
            self.seen += more
        self.seen = self.seen.partition(text)[2]

    def read_all(self):
        until = time.monotonic() + LIMIT
        while more := self._read(until):
            self.seen += more
        self.wait()
        return self.seen

    def wait(self):
        """The exit status, 128+N for a signal."""
        if self.status is None:
            try:
                status = self.process.wait(timeout=LIMIT)
            except subprocess.TimeoutExpired:
                more = os.read(self.master, 65536).decode(errors="replace")
                raise AssertionError(f"does not end:\n{self.seen}{more}") from None
            self.status = status if status >= 0 else 128 - status
        return self.status


@contextlib.contextmanager
def open(runner, *words, env=None, program=None):
    terminal = Terminal(runner, words, env, program)
    try:
        yield terminal
        terminal.wait()
    finally:
        if terminal.process.poll() is None:
            terminal.process.kill()
            terminal.process.wait()
        os.close(terminal.master)
