# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""The shipped labs with real daemons do what they teach: routes are learnt, links are cut, others
take over. Their own `tests` say so, with the programs that distributions have."""
import pytest
from support.host import SLOWNESS
from support.labs import LIVE

pytestmark = [pytest.mark.kernel, pytest.mark.oracle]
LONGEST = 300 * SLOWNESS  # what their tests may wait for


def test_live_labs(nslab):
    """All at once: what they do is mostly wait, for hellos and for time-outs."""
    files = [nslab.topology(lab) for lab in LIVE]
    options = "-j", len(LIVE), "--json", "--bundle", "none"
    suites = nslab.run("test", *options, *files, timeout=LONGEST).ok().json()["suites"]
    assert len(suites) == len(LIVE) and all(suite["tests"] for suite in suites)
