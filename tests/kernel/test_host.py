# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Labs are the same on every host: whatever it has for forwarding, rp_filter, br_netfilter.

New network namespaces copy IPv4 settings of the machine's first one, so these tests change
those for a moment, alone, and put them back.
"""
import contextlib
import pathlib

import pytest
from support import dump
from support.host import IS_ROOT, Host, Runner

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.alone,
    pytest.mark.skipif(
        not IS_ROOT, reason="needs root: the machine's own settings are changed for a moment"
    ),
]

SETTINGS = {
    "forwarding": {"net/ipv4/ip_forward": "1", "net/ipv4/conf/all/send_redirects": "0"},
    "rp_filter 1": {"net/ipv4/conf/all/rp_filter": "1", "net/ipv4/conf/default/rp_filter": "1"},
    "rp_filter 2": {
        "net/ipv4/conf/all/rp_filter": "2",
        "net/ipv4/conf/default/rp_filter": "2",
        "net/ipv4/ip_forward": "1",
    },
    "oddities": {
        "net/ipv4/conf/default/accept_redirects": "0",
        "net/ipv4/conf/all/log_martians": "1",
        "net/ipv4/conf/default/arp_ignore": "2",
        "net/ipv4/conf/all/arp_filter": "1",
        "net/ipv4/conf/default/accept_source_route": "0",
        "net/ipv4/conf/default/forwarding": "1",
    },
}


@contextlib.contextmanager
def machine(settings):
    """The machine's first network namespace with SETTINGS, for as long as the block runs."""
    paths = {pathlib.Path("/proc/sys", name): value for name, value in settings.items()}
    # ip_forward sets `forwarding` of all interfaces: what it changes along is put back too.
    kept = {
        p: p.read_text()
        for pattern in (
            "ip_forward",
            "conf/*/forwarding",
            "conf/*/rp_filter",
            "conf/*/*redirects",
            "conf/*/accept_source_route",
        )
        for p in pathlib.Path("/proc/sys/net/ipv4").glob(pattern)
    }
    kept |= {p: p.read_text() for p in paths}
    try:
        for path, value in paths.items():
            path.write_text(value)
        yield
    finally:
        for _ in range(2):  # twice: ip_forward, and then what it moved
            for path, value in kept.items():
                path.write_text(value)
        assert {p: p.read_text() for p in kept} == kept


def build(nslab, topology):
    """The comparable state of a shipped topology, built now."""
    with nslab.lab(nslab.topology(topology)) as name:
        state = dump.lab(nslab, name)
        for kind in "4", "6":
            if topology == "hello":
                nslab.exec(name, "h1", "ping", f"-{kind}", "-n", "-c1", "-W5", "h2").ok()
    return {node: dump.normal(parts)["sysctl"] for node, parts in state.items()}


@pytest.mark.oracle
@pytest.mark.parametrize("topology", ["hello", "lan", "asymmetric"])
def test_same_on_every_host(nslab, topology):
    wanted = build(nslab, topology)
    for name, settings in SETTINGS.items():
        with machine(settings):
            # The test's own proof: a plain new namespace does take these over.
            seen = nslab.host.popen(
                ["unshare", "-n", "cat", "/proc/sys/net/ipv4/conf/default/rp_filter"],
                stdout=-1,
                text=True,
            ).communicate()[0]
            if name.startswith("rp_filter"):
                assert seen.strip() == name[-1]
            found = build(nslab, topology)
        wrong = list(dump.differences(found, wanted))
        wrong = [line for line in wrong if not tolerated(line)]
        assert not wrong, f"on a host with {name}:\n" + "\n".join(wrong)


def tolerated(line):
    """Settings that are the machine's to have: they change nothing of what a lab teaches."""
    return any(word in line for word in ("log_martians",))


def test_asymmetric_paths_pass_on_a_strict_host(nslab):
    """The lab that reverse-path filtering would break."""
    with machine(SETTINGS["rp_filter 1"]), nslab.lab(nslab.topology("asymmetric")) as name:
        for kind in "4", "6":
            nslab.exec(name, "h1", "ping", f"-{kind}", "-n", "-c1", "-W5", "h2").ok()


def test_hosts_do_not_forward_on_a_router(nslab):
    """A host is a host even where everything forwards."""
    text = """\
nodes:
  h1: {routes: [{to: default, via: 10.0.1.1}]}
  mid:
  h2: {routes: [{to: default, via: 10.0.2.1}]}
links:
  - {endpoints: [mid, h1], subnets: [10.0.1.0/24]}
  - {endpoints: [mid, h2], subnets: [10.0.2.0/24]}
"""
    with machine(SETTINGS["forwarding"] | {"net/ipv4/conf/default/forwarding": "1"}), nslab.lab(
        text
    ) as name:
        assert nslab.exec(name, "h1", "ping", "-n", "-c1", "-W5", "10.0.1.1").status == 0
        assert nslab.exec(name, "h1", "ping", "-n", "-c1", "-W1", "10.0.2.2").status == 1
        assert nslab.exec(name, "mid", "cat", "/proc/sys/net/ipv4/ip_forward").out == "0\n"


@pytest.mark.needs("br_netfilter")
def test_bridges_do_not_filter(nslab):
    """Where bridged frames would pass an IP firewall: not in a switch, not in a LAN."""
    with nslab.lab(nslab.topology("lan")) as name:
        state = dump.lab(nslab, name)
        bridges = {
            node: parts
            for node, parts in state.items()
            if any(link["ifname"] == "br0" for link in parts["link"])
        }
        assert set(bridges) == {"sw1", "@lan1"}
        for parts in bridges.values():
            for table in "iptables", "ip6tables", "arptables":
                assert parts["sysctl"][f"bridge/bridge-nf-call-{table}"] == "0"
        chain = "chain f {\n type filter hook forward priority 0; policy drop;\n }"
        rules = f"table inet t {{\n {chain}\n}}\n"
        nslab.exec(name, "sw1", "nft", "-f", "-", input=rules).ok()
        nslab.exec(name, "h1", "ping", "-n", "-c1", "-W5", "h3").ok()
        # And the rule does bite where the setting is on.
        nslab.exec(name, "sw1", "sysctl", "-w", "net.bridge.bridge-nf-call-iptables=1").ok()
        assert nslab.exec(name, "h1", "ping", "-4", "-n", "-c1", "-W1", "h3").status == 1


def test_real_host(nslab, real_host_runner):
    """Once without a host of our own: on the machine as it is, which is left as it was."""
    runner = real_host_runner
    paths = ["/run/netns", "/run/nslab"]

    def look():
        text = (
            runner.sh(
                "ip -o link; ip -o addr; ip route show table all; ip -6 route; ip rule;"
                "sysctl net.ipv4.ip_forward net.ipv4.neigh.default.gc_thresh1"
                " net.ipv4.neigh.default.gc_thresh3; cut -d' ' -f4- /proc/self/mountinfo"
            )
            .ok()
            .out
        )
        names = [
            str(p) for d in paths if pathlib.Path(d).exists() for p in pathlib.Path(d).iterdir()
        ]
        return [line for line in text.splitlines() if "valid_lft" not in line], names

    before = look()
    with runner.lab(runner.stage.topologies / "lan.yaml") as name:
        runner.exec(name, "h1", "ping", "-n", "-c1", "-W5", "h4").ok()
        during = look()
    after = look()
    assert [n for n in after[1] if name in n] == []
    assert set(after[0]) - set(before[0]) == set()
    if runner.who == "root":
        assert [n for n in during[1] if name in n], "the lab was not built on the machine itself"
    assert not [line for line in during[0] if name in line and "/run/nslab" not in line]


@pytest.fixture
def real_host_runner(request, as_user, stage, uid):
    class Machine(Host):
        """The machine itself: nothing of our own is made."""

        def _make(self):
            pass

    runner = Runner(Machine(), stage, as_user, uid, runtime=True, label="-machine")
    yield runner
