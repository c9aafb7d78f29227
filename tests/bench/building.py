# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""A ring of N routers, built in several ways: a veth pair each, an IPv4 and an IPv6 address on each
end, a route of each family, forwarding on."""
import contextlib
import sys

from common import (
    available_kib,
    keeper_kib,
    ring_yaml,
    timed,
    v4,
    v6,
    wait_for_teardown,
)

FIREWALL = """\
profiles:
  guarded:
    firewall:
      input: &rules
        policy: drop
        rules:
          - {ct: [established, related], action: accept}
          - {iif: lo, action: accept}
          - {proto: tcp, dport: [22, 80, 443], action: accept}
          - {from: 10.0.0.0/8, proto: udp, dport: 53, action: accept}
          - {icmp-type: echo-request, limit: 5/second, action: accept}
      forward: *rules
"""


class Ring:
    """nslab beside tests/bench/floor.c: only the system calls, by two threads."""

    goals = [
        ("up/floor", lambda v: v <= 1.25, "at most 1.25"),
        ("down/up", lambda v: v <= 0.1, "at most 0.1"),
        ("check/up", lambda v: v < 0.1, "under 0.1"),
        ("memory GiB", lambda v: v < 8, "under 8"),
        ("keeper KiB", lambda v: v < 4096, "under 4096"),
    ]

    def __init__(self, args, folder, times):
        self.args, self.times = args, times
        self.lab = f"bench-ring{args.tag}"
        self.file = folder / "ring.yaml"
        self.file.write_text(ring_yaml(self.lab, args.nodes))
        self.ways = [self.floor, self.nslab]

    def floor(self):
        out = timed([self.args.floor, self.args.nodes])[1]
        for line in out.splitlines():
            name, seconds = line.split()
            self.times.note("floor" if name == "total" else f"floor {name}", float(seconds))
        wait_for_teardown()

    def nslab(self):
        nslab, note = self.args.nslab, self.times.note
        note("check", timed([nslab, "check", self.file])[0])
        before = available_kib()
        note("up", timed([nslab, "up", "-q", self.file])[0])
        try:
            note("memory GiB", (before - available_kib()) / 2**20)
            note("keeper KiB", keeper_kib(nslab, self.lab))
        finally:
            down = timed([nslab, "down", "-q", self.lab])[0]
        note("down", down)
        note("down, all gone", down + wait_for_teardown())

    def ratios(self, median):
        return {
            "up/floor": median["up"] / median["floor"],
            "down/up": median["down"] / median["up"],
            "all gone/up": median["down, all gone"] / median["up"],
            "check/up": median["check"] / median["up"],
            "memory GiB": max(self.times.values["memory GiB"]), # the kernel keeps what it once took
            "keeper KiB": median["keeper KiB"],
        }


class Firewalls:
    """What the ring takes longer with FIREWALL on each router, beside tests/bench/floor_nft.c: only
    libnftnl and the kernel, for the same rules. `load` is without reading the file: it is what the
    configuration of the nodes takes longer."""

    goals = [
        ("firewalls/floor nft", lambda v: v <= 1.5, "at most 1.5"),
        ("load/floor nft", lambda v: v <= 1.5, "at most 1.5"),
    ]

    def __init__(self, args, folder, times):
        self.args, self.times = args, times
        self.lab = f"bench-wall{args.tag}"
        self.files = folder / "open.yaml", folder / "walled.yaml"
        for file, profile in zip(self.files, ("", FIREWALL)):
            file.write_text(ring_yaml(self.lab, args.nodes, profile))
        self.ways = [self.walled, self.floor]

    def build(self, file):
        """Seconds of all, and of reading the file."""
        read = timed([self.args.nslab, "check", "-q", file])[0]
        took = timed([self.args.nslab, "up", "-q", file])[0]
        timed([self.args.nslab, "down", "-q", self.lab])
        wait_for_teardown()
        return took, read

    def walled(self):
        """One right after the other, so that they find the machine the same."""
        (plain, plain_read), (walled, walled_read) = map(self.build, self.files)
        self.times.note("firewalls", walled - plain)
        self.times.note("load", walled - walled_read - (plain - plain_read))

    def floor(self):
        out = timed([self.args.floor + "_nft", self.args.nodes])[1]
        self.times.note("floor nft", float(out.split()[1]))
        wait_for_teardown()

    def ratios(self, median):
        floor = median["floor nft"]
        return {f"{name}/floor nft": median[name] / floor for name in ("firewalls", "load")}


# --- A script over ip ----------------------------------------------------------------------------


def node_batch(i, n):
    left = (i - 1) % n
    lines = [
        "link set lo up",
        "link set left up",
        "link set right up",
        f"addr add {v4(left, 2)}/24 dev left",
        f"addr add {v4(i, 1)}/24 dev right",
        f"addr add {v6(left, 2)}/64 dev left nodad",
        f"addr add {v6(i, 1)}/64 dev right nodad",
        f"route add default via {v4(i, 2)}",
        f"route add default via {v6(i, 2)}",
    ]
    return "\n".join(lines) + "\n"


PLAIN_NODE = """
    ip netns exec r$i sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
    ip -n r$i -batch r$i.batch
"""

TUNED_NODE = """
    nsenter --net=/run/netns/r$i sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward
        echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
        exec ip -batch "$1"' sh r$i.batch
"""


def write_batches(folder, n):
    for i in range(n):
        (folder / f"r{i}.batch").write_text(node_batch(i, n))
    (folder / "netns.batch").write_text("".join(f"netns add r{i}\n" for i in range(n)))
    (folder / "links.batch").write_text(
        "".join(
            f"link add right netns r{i} numtxqueues 1 numrxqueues 1 type veth"
            f" peer name left netns r{(i + 1) % n} numtxqueues 1 numrxqueues 1\n"
            for i in range(n)
        )
    )


def write_ip_script(script, n, node):
    """The command to run it. Its /run/netns is its own, so that nothing is left when it ends."""
    script.write_text(
        f"""set -e
cd {script.parent}
mkdir -p /run/netns
mount -t tmpfs tmpfs /run/netns
ip -batch netns.batch
ip -batch links.batch
i=0
while [ $i -lt {n} ]; do{node}    i=$((i + 1))
done
"""
    )
    return ["unshare", "--net", "--mount", "sh", str(script)]


class Beside:
    """The ring by nslab, and by another program."""

    def __init__(self, args, folder, times):
        self.args, self.times = args, times
        self.lab = f"bench-beside{args.tag}"
        self.file = folder / "beside.yaml"
        self.file.write_text(ring_yaml(self.lab, args.nodes))
        self.ways = [self.nslab]

    def nslab(self):
        self.times.note("up", timed([self.args.nslab, "up", "-q", self.file])[0])
        self.times.note("down", timed([self.args.nslab, "down", "-q", self.lab])[0])
        wait_for_teardown()


class Scripts(Beside):
    """A shell script: `ip -batch` for all namespaces and all links, then for each node `ip -n NODE
    -batch` and a `sysctl`; and the same with as few programs started as a shell can do with."""

    goals = [("ip-batch/up", lambda v: v >= 5, "at least 5")]

    def __init__(self, args, folder, times):
        super().__init__(args, folder, times)
        write_batches(folder, args.nodes)
        self.plain = write_ip_script(folder / "plain.sh", args.nodes, PLAIN_NODE)
        self.tuned = write_ip_script(folder / "tuned.sh", args.nodes, TUNED_NODE)
        self.ways += [self.run_plain, self.run_tuned]

    def run_plain(self):
        self.times.note("ip-batch", timed(self.plain)[0])
        wait_for_teardown()

    def run_tuned(self):
        self.times.note("ip-batch-tuned", timed(self.tuned)[0])
        wait_for_teardown()

    def ratios(self, median):
        return {f"{way}/up": median[way] / median["up"] for way in ("ip-batch", "ip-batch-tuned")}


class Mininet(Beside):
    """Mininet from the distribution: nodes and links by its Python interface, addresses and routes
    by `ip` in each node, as it has no words for them."""

    goals = [("mininet up/up", lambda v: v >= 20, "at least 20")]

    def __init__(self, args, folder, times):
        super().__init__(args, folder, times)
        write_batches(folder, args.nodes)
        self.folder = folder
        self.ways += [self.mininet]

    def mininet(self):
        program = [sys.executable, __file__.replace("building.py", "mininet_ring.py")]
        words = timed([*program, self.args.nodes, self.folder])[1].split()
        for name, seconds in zip(words[::2], words[1::2]):
            self.times.note(f"mininet {name}", float(seconds))
        wait_for_teardown()

    def ratios(self, median):
        ways = ("up", "down")
        return {f"mininet {way}/{way}": median[f"mininet {way}"] / median[way] for way in ways}

    @staticmethod
    def missing():
        with contextlib.suppress(ImportError):
            import mininet.net

            return "" if mininet.net else None
        return "Mininet is not installed (package mininet)"
