# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""What can be asked of a network: all tests here share one lab, of test_office.yaml."""
import subprocess

import pytest


def test_everyone_is_reached(lab):
    for source, to in ("pc", "server"), ("server", "pc"), ("pc", "r2"):
        assert lab.ping(source, to)


def test_the_fast_line_is_taken(lab):
    (route,) = lab.node("r1").run("ip", "-j", "route", "get", "10.0.2.1").json()
    assert route["dev"] == "fast"


def test_the_slow_line_takes_over(lab):
    lab.link("r1:fast-r2:fast").down()
    try:
        assert lab.ping("pc", "server")
        (route,) = lab.node("r1").run("ip", "-j", "route", "get", "10.0.2.1", check=True).json()
        assert route["dev"] == "slow"
    finally:
        lab.link("r1:fast-r2:fast").up()


def test_a_server_in_the_background(lab):
    """It ends with the test."""
    server = lab.node("server").popen(
        "python3", "-u", "-m", "http.server", "8000", stderr=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )
    assert "8000" in server.stdout.readline()
    page = lab.node("pc").run("python3", "-c", "import urllib.request as u;"
                              "print(u.urlopen('http://server:8000/', timeout=9).status)")
    assert page.out == "200\n", page


def test_nothing_runs_there_any_more(lab):
    assert not lab.node("server").run("sh", "-c", "ss -Htln | grep 8000")


@pytest.mark.lab("test_office.yaml", set={"mtu": 1300})
def test_large_packets_on_narrow_lines(lab):
    """Another lab, as its variables are others."""
    told = lab.ping("pc", "server", "-M", "do", "-s", "1400")
    assert not told and "mtu = 1300" in told.out


def test_status(lab):
    assert {node["name"] for node in lab.status()["nodes"]} == {"pc", "server", "r1", "r2"}
