# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Runs the tests that are meant for machines: python3 -m vm.series FOLDER

For each sort of time that FOLDER has a subfolder for, one machine after the other, as each keeps a
processor busy: what its command.json says. How it ended is said in its file `over`.
"""
import json
import os
import pathlib
import signal
import sys

from vm import machine

LIMIT = 1200  # seconds for each


def environment():
    """Ours, without what a run of pytest told itself."""
    mine = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_") and k != "TMPDIR"}
    return mine | {"NSLAB_VM": "/run/vm", "PYTHONDONTWRITEBYTECODE": "1"}


def run(when, folder):
    command = json.loads((folder / "command.json").read_text())
    os.chdir(command["cwd"])
    with open(folder / "preparation", "w") as log:
        try:
            status = machine.run(
                command["words"],
                folder,
                when,
                LIMIT,
                environment(),
                say=lambda text: print(text, file=log),
            )
        except (machine.Failure, OSError) as failure:
            return str(failure)
    if status == machine.STATUS_TOO_LONG:
        return f"it was ended after {LIMIT} seconds"
    return f"pytest ended with status {status} in there"


signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
for when in machine.TIMES:
    folder = pathlib.Path(sys.argv[1], when)
    if folder.exists():
        (folder / "over.new").write_text(run(when, folder))
        (folder / "over.new").rename(folder / "over")
