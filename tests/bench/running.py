# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""A lab that stands, beside one built by hand: going into a node, and packets."""
import json
import os
import re
import shutil
import subprocess
import sys
import time

from common import lab, ring_yaml, spawned, timed

EXECS_A_RUN = 40
PING_HOSTS = 100  # so many pairs: 9,900
PINGS_A_SECOND = 50000  # one after the other: ping says the time of all, in milliseconds


class Exec:
    """`nslab exec NODE true` beside `ip netns exec NODE true`, in turn."""

    goals = [("exec/ip netns exec", lambda v: v <= 1.1, "at most 1.1")]

    def __init__(self, args, folder, times):
        self.args, self.times = args, times
        self.lab = f"bench-exec{args.tag}"
        self.file = folder / "exec.yaml"
        self.file.write_text(ring_yaml(self.lab, 10))
        self.ways = [self.execs]

    def execs(self):
        true, ip = shutil.which("true"), shutil.which("ip")
        ours = [str(self.args.nslab), "exec", "-l", self.lab, "r3", true]
        theirs = [ip, "netns", "exec", f"{self.lab}.r3", true]
        with lab(self.args.nslab, self.file, self.lab):
            for _ in range(EXECS_A_RUN):
                self.times.note("exec", spawned(ours))
                self.times.note("ip netns exec", spawned(theirs))

    def ratios(self, median):
        return {"exec/ip netns exec": median["exec"] / median["ip netns exec"]}


class Pings:
    """All pairs of a LAN by `nslab ping`, beside a run of ping(8) for each: those of one host are
    done, and stand for all. Nobody knows anybody before, in either way."""

    goals = [("ping(8) a pair/pings", lambda v: v >= 10, "at least 10")]

    def __init__(self, args, folder, times):
        self.args, self.times = args, times
        self.hosts = min(args.nodes, PING_HOSTS)
        self.lab = f"bench-pings{args.tag}"
        self.file = folder / "pings.yaml"
        hosts = f"h(1..{self.hosts})"
        self.file.write_text(
            f"name: {self.lab}\nnodes: {{{hosts}: }}\n"
            f"links: [{{lan: [{hosts}], subnets: [10.0.0.0/24, 'fd00::/64']}}]\n"
        )
        self.ways = [self.ours, self.theirs]

    def ours(self):
        with lab(self.args.nslab, self.file, self.lab):
            for family in "4", "6":
                took = timed([self.args.nslab, "ping", "-q", f"-{family}", "-l", self.lab])[0]
                self.times.note(f"pings, IPv{family}", took)

    def theirs(self):
        loop = f"for i in $(seq 2 {self.hosts}); do ping -q -c1 -W5 10.0.0.$i; done"
        with lab(self.args.nslab, self.file, self.lab):
            took = timed(["ip", "netns", "exec", f"{self.lab}.h1", "sh", "-ec", loop])[0]
            self.times.note("ping(8), one host", took)

    def ratios(self, median):
        return {
            "ping(8) a pair/pings": self.hosts * median["ping(8), one host"] / median["pings, IPv4"],
            "IPv6/IPv4": median["pings, IPv6"] / median["pings, IPv4"],
        }


# --- Packets -------------------------------------------------------------------------------------

CHAIN = """\
name: {name}
nodes:
  a: {{routes: [{{to: default, via: 10.0.1.1}}]}}
  r: {{kind: router}}
  b: {{routes: [{{to: default, via: 10.0.2.1}}]}}
links:
  - {{endpoints: [a:eth0, r:eth0], addresses: [10.0.1.2/24, 10.0.1.1/24]}}
  - {{endpoints: [r:eth1, b:eth0], addresses: [10.0.2.1/24, 10.0.2.2/24]}}
"""

BY_HAND = """
for n in a r b; do ip netns add {name}.$n; ip -n {name}.$n link set lo up; done
ip link add eth0 netns {name}.a type veth peer name eth0 netns {name}.r
ip link add eth1 netns {name}.r type veth peer name eth0 netns {name}.b
ip -n {name}.a addr add 10.0.1.2/24 dev eth0
ip -n {name}.r addr add 10.0.1.1/24 dev eth0
ip -n {name}.r addr add 10.0.2.1/24 dev eth1
ip -n {name}.b addr add 10.0.2.2/24 dev eth0
for i in a:eth0 r:eth0 r:eth1 b:eth0; do ip -n {name}.${{i%:*}} link set ${{i#*:}} up; done
ip -n {name}.a route add default via 10.0.1.1
ip -n {name}.b route add default via 10.0.2.1
ip netns exec {name}.r sysctl -qw net.ipv4.ip_forward=1
"""


def inside(name, node, *command):
    """COMMAND in a node, on a processor that is always the same for that node."""
    cpus = sorted(os.sched_getaffinity(0))
    cpu = str(cpus[-1] if node == "b" else cpus[0])
    return ["ip", "netns", "exec", f"{name}.{node}", "taskset", "-c", cpu, *command]


def wait_until_listening(name):
    """Until iperf3 in b has its port."""
    for _ in range(200):
        if timed(inside(name, "b", "ss", "-Hltn", "sport = :5201"))[1]:
            return
        time.sleep(0.05)
    sys.exit("iperf3 does not listen")


class Packets:
    """TCP throughput and round trips through a router, of a lab and of the same built by hand."""

    goals = [
        ("throughput/by hand", lambda v: 0.97 <= v <= 1.03, "0.97 to 1.03"),
        ("round trip/by hand", lambda v: 0.97 <= v <= 1.03, "0.97 to 1.03"),
    ]
    def __init__(self, args, folder, times):
        self.args, self.times = args, times
        self.pairs = 8 if args.seconds > 1 else 1  # one second is for a look whether it runs
        self.labs = {"": f"bench-packets{args.tag}", " by hand": f"bench-hand{args.tag}"}
        self.file = folder / "packets.yaml"
        self.file.write_text(CHAIN.format(name=self.labs[""]))
        self.ways = [self.both]

    def measure(self, name, label):
        seconds = str(self.args.seconds)
        words = inside(name, "b", "iperf3", "-s", "-1")
        server = subprocess.Popen(words, stdout=subprocess.DEVNULL)
        try:
            wait_until_listening(name)
            client = inside(name, "a", "iperf3", "-J", "-t", seconds, "-O", "0.2", "-c", "10.0.2.2")
            report = json.loads(timed(client, timeout=60)[1])
        finally:
            server.kill()
            server.wait()
        speed = report["end"]["sum_received"]["bits_per_second"]
        self.times.note(f"Gbit/s{label}", speed / 1e9)
        n = PINGS_A_SECOND * self.args.seconds
        out = timed(inside(name, "a", "ping", "-q", "-f", "-c", str(n), "10.0.2.2"))[1]
        took = float(re.search(r"time (\d+)ms", out)[1])
        self.times.note(f"round trip us{label}", took * 1000 / n)

    def both(self):
        hand = self.labs[" by hand"]
        timed(["sh", "-ec", BY_HAND.format(name=hand)])
        try:
            with lab(self.args.nslab, self.file, self.labs[""]):
                for i in range(self.pairs):
                    for label in sorted(self.labs, reverse=bool(i % 2)):
                        self.measure(self.labs[label], label)
        finally:
            for node in "arb":
                timed(["ip", "netns", "delete", f"{hand}.{node}"])

    def ratios(self, median):
        """Round trips of a few microseconds are long for many reasons, and short for one."""
        least = {name: min(values) for name, values in self.times.values.items()}
        return {
            "throughput/by hand": median["Gbit/s"] / median["Gbit/s by hand"],
            "round trip/by hand": least["round trip us"] / least["round trip us by hand"],
        }

    @staticmethod
    def missing():
        return "" if shutil.which("iperf3") else "iperf3 is not installed"
