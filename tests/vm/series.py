# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Runs the tests that are meant for a machine: python3 -m vm.series FOLDER

What FOLDER's command.json says, in the sort of time that FOLDER is called after. How it ended is
said in its file `over`.
"""
import json
import os
import pathlib
import signal
import sys

from vm import machine

LIMIT = 2700  # seconds


def environment():
    """Ours, without what a run of pytest told itself."""
    mine = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_") and k != "TMPDIR"}
    return mine | {"NSLAB_VM": "/run/vm", "PYTHONDONTWRITEBYTECODE": "1"}


def run(folder):
    command = json.loads((folder / "command.json").read_text())
    os.chdir(command["cwd"])
    with open(folder / "preparation", "w") as log:
        try:
            status = machine.run(
                command["words"],
                folder,
                folder.name,
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
folder = pathlib.Path(sys.argv[1])
(folder / "over.new").write_text(run(folder))
(folder / "over.new").rename(folder / "over")
