# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""What a test may need of the kernel: `@pytest.mark.needs("netem", "vrf")`.

Each feature is tried out by iproute2, in a network namespace that is thrown away.
"""
import functools
import os
import subprocess

LINKS = {
    "bond": "bond",
    "bridge": "bridge",
    "dummy": "dummy",
    "geneve": "geneve id 5 remote 10.0.0.2",
    "gre": "gre remote 10.0.0.2",
    "gretap": "gretap remote 10.0.0.2",
    "ip6gre": "ip6gre remote fd00::2",
    "ip6tnl": "ip6tnl remote fd00::2",
    "ipip": "ipip remote 10.0.0.2",
    "macvlan": "macvlan mode bridge",
    "sit": "sit remote 10.0.0.2",
    "vlan": "vlan id 5",
    "vrf": "vrf table 5",
    "vxlan": "vxlan id 5 dstport 4789",
    "wireguard": "wireguard",
}
ON_ANOTHER = {"macvlan", "vlan"}
QDISCS = {
    "fq_codel": "fq_codel",
    "htb": "htb",
    "ingress": "ingress",
    "netem": "netem delay 1ms",
    "prio": "prio",
    "sfq": "sfq",
    "tbf": "tbf rate 1mbit burst 10k latency 10ms",
}
OTHERS = {"br_netfilter": "test -d /proc/sys/net/bridge"}


def scripts():
    """{feature: what succeeds where it is there}"""
    yield from OTHERS.items()
    base = "ip link add base0 type veth peer name base1"
    for name, words in LINKS.items():
        on = "link base0" if name in ON_ANOTHER else ""
        yield name, f"{base} && ip link add {on} name probe0 type {words}"
    for name, words in QDISCS.items():
        where = "" if name == "ingress" else "root"
        yield name, f"{base} && tc qdisc add dev base0 {where} {words}"


SCRIPTS = dict(scripts())


@functools.cache
def is_there(feature):
    """Whether the running kernel has it, for whoever runs the tests."""
    options = "-n" if os.geteuid() == 0 else "-Urn"
    words = ["unshare", options, "sh", "-c", SCRIPTS[feature]]
    return subprocess.run(words, capture_output=True).returncode == 0


def missing(features):
    return sorted(feature for feature in features if not is_there(feature))
