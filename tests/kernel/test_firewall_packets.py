# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""What firewalls do to packets, seen from both ends."""
import json
import re
import time

import pytest
from support.traffic import probe, probes, serving

pytestmark = pytest.mark.kernel
HOSTS = """\
  h1: {routes: [{to: default, via: 10.0.1.1}, {to: default, via: "fd00:1::1"}]}
  h2: {routes: [{to: default, via: 10.0.2.1}, {to: default, via: "fd00:2::1"}]}
links:
  - {endpoints: [h1, "fw:in"], addresses: [[10.0.1.2/24, "fd00:1::2/64"],
                                           [10.0.1.1/24, "fd00:1::1/64"]]}
  - {endpoints: ["fw:out", h2], addresses: [[10.0.2.1/24, "fd00:2::1/64"],
                                            [10.0.2.2/24, "fd00:2::2/64"]]}
"""
H2 = ["10.0.2.2", "fd00:2::2"]
FW = ["10.0.1.1", "fd00:1::1"]


def topology(nslab, firewall, more=""):
    """h1 - fw - h2, with FIREWALL (indented by 6) on fw."""
    return nslab.file(f"nodes:\n  fw:\n    kind: router\n{more}    firewall:\n{firewall}{HOSTS}")


def ping(nslab, lab, to, node="h1", *options):
    """What ping says of one echo request."""
    return nslab.exec(lab, node, "ping", "-n", "-c1", *options, to).out


def counts(nslab, lab, node="fw"):
    """{the rule as it is written: packets}."""
    told = nslab.run("firewall", "-l", lab, node, "--json").ok().json()
    return {rule["rule"]: rule.get("packets") for chain in told[0]["chains"]
            for rule in chain["rules"]}


# A host sends only so many ICMP errors a second, else.
TALKATIVE = "    sysctls: {net.ipv4.icmp_ratelimit: 0, net.ipv6.icmp.ratelimit: 0}\n"
VERDICTS = """\
      forward:
        - {proto: [tcp, udp], dport: 81, action: drop}
        - {proto: [tcp, udp], dport: 82, action: reject}
        - {proto: tcp, dport: 83, action: {reject: tcp-reset}}
        - {proto: [tcp, udp], dport: 84, action: {reject: admin-prohibited}}
        - {proto: [tcp, udp], dport: 85, action: {reject: no-route}}
        - {proto: [tcp, udp], dport: 86, action: {reject: host-unreachable}}
        - {proto: [tcp, udp], dport: 87, action: {jump: web}}
        - {proto: [tcp, udp], dport: 88, action: {goto: web}}
        - {proto: [tcp, udp], dport: [87, 88], action: drop}
        - {proto: [icmp, icmpv6], length: 500-599, action: drop}
        - {proto: [icmp, icmpv6], length: 600-699, action: reject}
      chains:
        web:
          - {sport: [4000, 4010], proto: [tcp, udp], action: accept}
          - {sport: [4001, 4011], proto: [tcp, udp], action: reject}
      input:
        policy: drop
        rules:
          - {icmpv6-type: [nd-neighbor-solicit, nd-neighbor-advert], action: accept}
          - {proto: icmp, action: accept}
"""


def test_accept_drop_and_reject(nslab):
    """Told apart by who asks: an answer, silence, a refusal, and what ICMP it was."""
    ports = range(80, 89)
    with nslab.lab(topology(nslab, VERDICTS, TALKATIVE)) as lab, serving(nslab, lab, "h2", ports, ports):
        wanted = {}
        for to in H2:
            six = ":" in to
            far = "fd00:1::2" if six else "10.0.1.2"
            for proto in "tcp", "udp":
                for port, comes in {
                    80: far,
                    81: "nothing",
                    82: "ECONNREFUSED",
                    84: "EACCES" if six else "EHOSTUNREACH",
                    85: "ENETUNREACH",
                    86: "EHOSTUNREACH",
                }.items():
                    wanted[proto, to, port, 0] = comes
                for port in 87, 88:
                    wanted[proto, to, port, 4000] = far
                    wanted[proto, to, port, 4001] = "ECONNREFUSED"
                    # neither: a jump comes back, to the drop; a goto does not, to the policy
                    wanted[proto, to, port, 4002] = "nothing" if port == 87 else far
            wanted["tcp", to, 83, 0] = "ECONNREFUSED"
        asked = [
            {"proto": proto, "to": to, "port": port, "sport": sport and sport + 10 * (port - 87),
             "wait": 1 if comes == "nothing" else 20}
            for (proto, to, port, sport), comes in wanted.items()
        ]
        found = probes(nslab, lab, "h1", asked)
        wrong = [f"{key}: {saw}, not {comes}" for (key, comes), saw in zip(wanted.items(), found)
                 if saw.split()[0] != comes]
        assert not wrong, "\n".join(wrong)


def test_ping_is_dropped_and_rejected(nslab):
    with nslab.lab(topology(nslab, VERDICTS, TALKATIVE)) as lab:
        for to in H2:
            assert ", 0% packet loss" in ping(nslab, lab, to)
            dropped = ping(nslab, lab, to, "h1", "-s480", "-W1")
            assert "100% packet loss" in dropped and "+1 errors" not in dropped
            rejected = ping(nslab, lab, to, "h1", "-s580")
            assert re.search("Destination (unreachable: )?Port [Uu]nreachable", rejected)
        # its policy drops what is for fw itself, but for what ICMP is let through
        assert ", 0% packet loss" in ping(nslab, lab, FW[0])
        assert "100% packet loss" in ping(nslab, lab, FW[1], "h1", "-W1")
        seen = counts(nslab, lab)
        assert seen["{proto: [icmp, icmpv6], length: 500-599, action: drop}"] == 2
        assert seen["{proto: [icmp, icmpv6], length: 600-699, action: reject}"] == 2


NAT = """\
      prerouting:
        - {iif: in, proto: tcp, to: 10.0.1.1, dport: 8080, action: {dnat: "10.0.2.2:80"}}
        - {iif: in, proto: udp, to: "fd00:1::1", dport: 8080, action: {dnat: "[fd00:2::2]:80"}}
        - {iif: in, proto: tcp, dport: 9090, action: {redirect: 99}}
      postrouting:
        - {oif: out, proto: tcp, dport: 81, action: {snat: 10.0.2.77}}
        - {oif: out, proto: udp, dport: 81, action: {snat: "[fd00:2::1]:7777"}}
        - {oif: out, proto: [tcp, udp], dport: 82, action: masquerade}
      output:
        - {proto: tcp, to: 10.0.2.99, action: {dnat: "10.0.2.2:80"}}
"""


def test_nat(nslab):
    """Who each end believes to talk to, in both families."""
    file = topology(nslab, NAT, "    loopback: 10.0.2.77\n")
    with nslab.lab(file) as lab, serving(nslab, lab, "h2", [80, 81, 82], [80, 81, 82]):
        with serving(nslab, lab, "fw", [99]):
            asked = {
                ("tcp", "10.0.1.1", 8080): "10.0.1.2",  # dnat: h2 answers, to h1
                ("udp", "fd00:1::1", 8080): "fd00:1::2",
                ("tcp", "10.0.2.2", 9090): "10.0.1.2",  # redirect: fw answers
                ("tcp", "fd00:2::2", 9090): "fd00:1::2",
                ("tcp", "10.0.2.2", 81): "10.0.2.77",  # snat
                ("udp", "fd00:2::2", 81): "fd00:2::1 7777",
                ("tcp", "10.0.2.2", 82): "10.0.2.1",  # masquerade
                ("udp", "fd00:2::2", 82): "fd00:2::1",
                ("tcp", "fd00:2::2", 82): "fd00:2::1",
                ("udp", "10.0.2.2", 80): "10.0.1.2",  # none
            }
            found = dict(zip(asked, probes(nslab, lab, "h1", list(asked))))
            wrong = {k: v for k, v in found.items() if not f"{v} ".startswith(asked[k] + " ")}
            assert not wrong
            assert probe(nslab, lab, "fw", "tcp", "10.0.2.99", 1).startswith("10.0.2.1 ")


STATE = """\
      sets:
        friends: [10.0.1.0/24, 10.7.0.1-10.7.0.9]
        asked: {type: ipv4_addr . inet_service, timeout: 1h}
      forward:
        policy: drop
        rules:
          - {ct: [established, related], proto: tcp, action: accept}
          - {icmp-type: echo-reply, ct: established, action: accept}
          - {ct: new, iif: in, from: "@friends", proto: tcp, dport: 80, action: {add-to: asked}}
          - {ct: new, iif: in, from: "@friends", proto: tcp, dport: 80, action: accept}
          - {proto: icmp, icmp-type: echo-request, limit: {rate: 1/hour, burst: 3}, action: accept}
      prerouting:
        - {proto: udp, dport: 99, action: notrack}
      output:
        - {ct: untracked, proto: udp, counter: true}
      input:
        - {ct: untracked, proto: udp, dport: 99, action: drop}
"""


def test_connection_tracking_limits_and_sets(nslab):
    with nslab.lab(topology(nslab, STATE)) as lab:
        with serving(nslab, lab, "h2", [80]), serving(nslab, lab, "h1", [80]):
            assert probe(nslab, lab, "h1", "tcp", "10.0.2.2", 80).startswith("10.0.1.2 ")
            assert probe(nslab, lab, "h2", "tcp", "10.0.1.2", 80, wait=1) == "nothing"
        told = nslab.run("firewall", "-l", lab, "--json").ok().json()[0]
        (element,) = told["sets"][1]["elements"]
        assert element["element"] == "10.0.1.2 . 80" and 3000 < element["expires"] <= 3600
        # three of five, and no more until the hour is over
        out = nslab.exec(lab, "h1", "ping", "-n", "-c5", "-i0.2", "-W1", "10.0.2.2").out
        assert "5 packets transmitted, 3 received" in out
        assert probe(nslab, lab, "h1", "udp", "10.0.1.1", 99, wait=0.5) == "nothing"
        seen = counts(nslab, lab)
        assert seen["{ct: untracked, proto: udp, dport: 99, action: drop}"] == 1
        assert seen['{proto: icmp, icmp-type: echo-request, limit: {rate: 1/hour, burst: 3}, '
                    'action: accept}'] == 3


MARKS = """\
nodes:
  fw:
    kind: router
    routes: [{to: 10.9.0.0/16, via: 10.0.3.2}, {to: 10.9.0.0/16, via: 10.0.4.2, table: 100}]
    routing-policy: [{fwmark: 7, table: 100}, {fwmark: 0x10/0xf0, table: 100}]
    firewall:
      prerouting:
        - {proto: tcp, dport: 81, action: {set-mark: 7}}
        - {proto: tcp, dport: 82, action: {set-mark: 0x1f}}
      output:
        - {proto: tcp, dport: 81, action: {set-mark: 7}}
      postrouting:
        - {mark: 7, counter: true}
  h1: {routes: [{to: default, via: 10.0.1.1}]}
  a: {loopback: 10.9.9.9, routes: [{to: default, via: 10.0.3.1}]}
  b: {loopback: 10.9.9.9, routes: [{to: default, via: 10.0.4.1}]}
links:
  - {endpoints: [h1, fw], addresses: [10.0.1.2/24, 10.0.1.1/24]}
  - {endpoints: [fw, a], addresses: [10.0.3.1/24, 10.0.3.2/24]}
  - {endpoints: [fw, b], addresses: [10.0.4.1/24, 10.0.4.2/24]}
"""


def test_marks_choose_the_way(nslab):
    """Two hosts with one address: a mark decides which is reached, forwarded and from fw itself."""
    with nslab.lab(nslab.file(MARKS)) as lab:
        with serving(nslab, lab, "a", [80]), serving(nslab, lab, "b", [81, 82]):
            asked = [("tcp", "10.9.9.9", port) for port in (80, 81, 82)]
            assert [a.split()[0] for a in probes(nslab, lab, "h1", asked)] == ["10.0.1.2"] * 3
            assert "10.0.3.1 " in probe(nslab, lab, "fw", "tcp", "10.9.9.9", 80)
            # its source address was chosen before the mark was set: the first way's
            assert "10.0.3.1 " in probe(nslab, lab, "fw", "tcp", "10.9.9.9", 81)
        assert counts(nslab, lab)["{mark: 7, counter: true}"] > 0


# --- logs ------------------------------------------------------------------------------------

LOGS = """\
      forward:
        - {proto: udp, dport: 81, log: "eighty-one ", action: drop}
        - {proto: [icmp, icmpv6], log: true, action: accept}
        - {proto: tcp, dport: 82, log: true, action: {reject: tcp-reset}}
      output:
        - {proto: udp, log: "mine", counter: false}
"""


def entries(nslab, lab, log="fw/firewall", enough=1):
    """The log's entries, when there are ENOUGH of them: the keeper writes a moment later."""
    end = time.monotonic() + 20
    while True:
        lines = nslab.run("logs", "-l", lab, log, "--json").ok().out.splitlines()
        if len(lines) >= enough or time.monotonic() > end:
            return [json.loads(line) for line in lines]
        time.sleep(0.02)


def test_log_arrives(nslab):
    file = topology(nslab, LOGS)
    line = {text: i for i, whole in enumerate(file.read_text().splitlines(), 1)
            for text in ("eighty-one", "[icmp, icmpv6]", "dport: 82") if text in whole}
    with nslab.lab(file) as lab:
        assert nslab.run("logs", "-l", lab, "-q").ok().out == "fw/firewall\n"
        assert nslab.run("logs", "-l", lab, "fw/firewall").ok().out == ""
        probe(nslab, lab, "h1", "udp", "10.0.2.2", 81, wait=0.1)
        assert len(entries(nslab, lab)) == 1
        probe(nslab, lab, "h1", "tcp", "fd00:2::2", 82)
        assert len(entries(nslab, lab, enough=2)) == 2
        ping(nslab, lab, "10.0.2.2")
        probe(nslab, lab, "fw", "udp", "10.0.2.2", 7777)
        udp, tcp, request, reply, mine = entries(nslab, lab, enough=5)
        assert udp["prefix"] == "eighty-one " and udp["hook"] == "forward"
        assert (udp["iif"], udp["oif"]) == ("in", "out")
        assert (udp["from"], udp["to"], udp["proto"], udp["dport"]) == \
            ("10.0.1.2", "10.0.2.2", "udp", 81)
        assert udp["length"] == 20 + 8 + len("hello") and abs(udp["time"] - time.time()) < 100
        assert tcp["prefix"] == f"{file.name}:{line['dport: 82']}: "
        assert re.fullmatch(r"\[fd00:1::2\]:\d+ > \[fd00:2::2\]:82 tcp syn", tcp["packet"])
        assert request["packet"] == "10.0.1.2 > 10.0.2.2 icmp echo-request"
        assert reply["packet"] == "10.0.2.2 > 10.0.1.2 icmp echo-reply"
        assert (reply["iif"], reply["oif"]) == ("out", "in")
        assert mine["hook"] == "output" and mine["oif"] == "out" and "iif" not in mine

        text = nslab.run("logs", "-l", lab, "fw/firewall").ok().out.splitlines()
        assert len(text) == 5
        assert re.fullmatch(
            r"\d\d:\d\d:\d\d\.\d\d\d forward: eighty-one in in out out "
            r"10\.0\.1\.2:\d+ > 10\.0\.2\.2:81 udp, 33 bytes", text[0])
        assert text[-1].endswith(":7777 udp, 33 bytes")
        assert nslab.run("logs", "-l", lab, "fw/firewall", "-n2").ok().out.splitlines() == text[3:]


def test_log_is_followed_until_the_lab_is_gone(nslab):
    with nslab.lab(topology(nslab, LOGS)) as lab:
        process = nslab.popen("logs", "-l", lab, "-f", "fw/firewall")
        ping(nslab, lab, "10.0.2.2")
        assert "echo-request" in process.stdout.readline()
        assert "echo-reply" in process.stdout.readline()
    out, err = process.communicate(timeout=20)
    assert (out, err, process.returncode) == ("", "", 0)


def test_a_flood_is_bounded_and_what_got_lost_is_told(nslab):
    """Faster than it can be written down: the log does not grow without end, the keeper answers
    all the same, and written and lost make up what was sent."""
    flood = ("import socket, sys\n"
             "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
             "s.connect(('10.0.2.2', 81))\n"
             "for _ in range(40000): s.send(b'x')\n")
    with nslab.lab(topology(nslab, LOGS)) as lab:
        nslab.exec(lab, "h1", "/usr/bin/python3", "-c", flood).ok()
        nslab.run("status", lab).ok()
        rule = '{proto: udp, dport: 81, log: "eighty-one ", action: drop}'
        sent = counts(nslab, lab)[rule]
        assert 0 < sent <= 40000
        ping(nslab, lab, "10.0.2.2")  # its number tells of those lost before
        end = time.monotonic() + 20
        while "echo-reply" not in nslab.run("logs", "-l", lab, "fw/firewall", "-n1").ok().out:
            assert time.monotonic() < end
        (log,) = nslab.run("logs", "-l", lab, "--json").ok().json()
        assert log["bytes"] <= 1 << 20
        kept = entries(nslab, lab)
        times = [entry["time"] for entry in kept]
        assert times == sorted(times) and len(kept) > 1000


def test_logs_that_are_not_there(nslab):
    with nslab.lab(topology(nslab, LOGS)) as lab:
        for words, says in {
            ("fw/firewal",): "did you mean 'fw/firewall'",
            ("h1/firewall",): "has no log 'h1/firewall'",
            ("../x/firewall",): "has no log",
            ("h1",): "h1 logs nothing",
        }.items():
            result = nslab.run("logs", "-l", lab, *words)
            assert result.status == 2 and says in result.err, result
        assert nslab.run("logs", "-l", lab, "-f").status == 2
        assert nslab.run("logs", "-l", lab, "fw/firewall", "-n", "x").status == 2
