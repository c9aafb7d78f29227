# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Labs on a distribution's kernel: older than the newest, and with all that it has as modules."""
import os
import re

import pytest
from support import features

pytestmark = pytest.mark.kernel


@pytest.mark.oracle
@pytest.mark.stock_kernel
@pytest.mark.parametrize("topology", ["hello", "lan"])
def test_pings(nslab, topology):
    with nslab.lab(nslab.topology(topology)) as lab:
        for family in "4", "6":
            nslab.exec(lab, "h1", "ping", f"-{family}", "-n", "-c3", "-W9", "h2").ok()


def agreement(nslab):
    """What doctor says of each link and queueing discipline, beside what iproute2 finds."""
    checks = {check["check"]: check["ok"] for check in nslab.run("doctor", "--json").ok().json()}
    words = {f"link: {name}": name for name in features.LINKS}
    words |= {f"qdisc: {name}": name for name in features.QDISCS}
    both = {check: words[check] for check in checks.keys() & words.keys()}
    assert len(both) >= 15, f"{checks}"
    doctor = {check: checks[check] for check in both}
    return doctor, {check: features.is_there(name) for check, name in both.items()}


def test_doctor_agrees_with_iproute2(nslab):
    doctor, iproute2 = agreement(nslab)
    assert doctor == iproute2


@pytest.mark.stock_kernel
def test_doctor_finds_all_features(nslab):
    doctor, iproute2 = agreement(nslab)
    assert doctor == iproute2 and all(doctor.values())
    told = nslab.run("doctor").ok().out
    missing = re.findall(r"^missing +((?:link|qdisc): .*?)(?:  |$)", told, re.M)
    version = tuple(map(int, os.uname().release.split("-")[0].split(".")[:2]))
    assert missing == (["qdisc: netem, seed"] if version < (6, 6) else []), told


@pytest.mark.needs("dummy")
def test_dummy_comes_up(nslab):
    d0 = "{type: dummy, addresses: [10.7.0.1/24, fd00:7::1/64]}"
    with nslab.lab(f"nodes: {{h1: {{interfaces: {{d0: {d0}}}}}}}\n") as lab:
        link = nslab.exec(lab, "h1", "ip", "-j", "-d", "addr", "show", "d0").ok().json()[0]
        assert link["linkinfo"]["info_kind"] == "dummy" and "UP" in link["flags"]
        assert {a["local"] for a in link["addr_info"] if a["scope"] == "global"} == {
            "10.7.0.1",
            "fd00:7::1",
        }


@pytest.mark.virtual_time
@pytest.mark.needs("netem")
def test_delay_is_exact(nslab):
    """netem's 20 ms each way are 40 ms, whatever else keeps the processors busy."""
    with nslab.lab(nslab.topology("hello")) as lab:
        for node in "h1", "h2":
            nslab.exec(lab, node, *"tc qdisc add dev eth0 root netem delay 20ms".split()).ok()
        nslab.exec(lab, "h1", "ping", "-n", "-c1", "h2").ok()  # who is who takes delays of its own
        told = nslab.exec(lab, "h1", "ping", "-n", "-c50", "-i1", "h2").ok().out
    least, most = re.search(r"= ([\d.]+)/[\d.]+/([\d.]+)/", told).groups()
    assert 40 <= float(least) <= float(most) < 41, told
