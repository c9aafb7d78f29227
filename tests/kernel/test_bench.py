# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Every benchmark still runs, on a small ring and once. What it measures is of no interest here."""
import json
import shutil
import sys

import pytest
from support.host import IS_ROOT, PROGRAM, ROOT

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.once,
    pytest.mark.skipif(not IS_ROOT, reason="needs root: the bare system calls are made in place"),
    pytest.mark.parametrize("as_user", ["root"]),
]

RATIOS = {
    "ring": {"up/floor", "down/up", "all gone/up"},
    "firewalls": {"firewalls/floor nft", "load/floor nft"},
    "scripts": {"ip-batch/up", "ip-batch-tuned/up"},
    "read": {"plan/events", "bytes a node"},
    "paths": {"routers and subnets/paths"},
    "routes": {"routes/floor"},
    "exec": {"exec/ip netns exec"},
    "packets": {"throughput/by hand", "round trip/by hand"},
    "pings": {"ping(8) a pair/pings", "IPv6/IPv4"},
    "mininet": {"mininet up/up"},
    "stay": {"keeper, last/first third", "descriptors, most/least", "threads, most"},
}
NEEDS = {"packets": "iperf3", "mininet": "mn"}


def of(name):
    program = NEEDS.get(name)
    lacks = program is not None and shutil.which(program) is None
    return pytest.param(name, marks=pytest.mark.skipif(lacks, reason=f"needs {program}"))


def bench(nslab, *args):
    script = ROOT / "tests/bench/run"
    return nslab.run(script, *args, "--nslab", PROGRAM, program=sys.executable)


@pytest.mark.one_user
@pytest.mark.parametrize("name", map(of, RATIOS))
def test_benchmark_runs(nslab, name):
    few = ["--nodes", "4", "--runs", "1", "--seconds", "1", "--minutes", "0.02", "--json"]
    ratios = bench(nslab, name, *few).ok().json()[name]["ratios"]
    assert RATIOS[name] <= set(ratios)
    assert name == "routes" or all(ratios[r] != 0 for r in RATIOS[name])  # so few take no time


def test_unknown_benchmark(nslab):
    ran = bench(nslab, "rings")
    assert ran.status == 2 and "ring" in ran.err
