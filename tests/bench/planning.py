# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Reading large files, shortest paths, and the routes that come of them."""
import random

from common import timed, wait_for_teardown


def note_all(times, out, names):
    """Notes those of the lines "NAME VALUE" of OUT that NAMES has."""
    for line in out.splitlines():
        name, value = line.split()
        if name in names:
            times.note(names[name], float(value))


class Read:
    """Reading, checking and planning a file of ten times --nodes and twice as many links, all written
    out, beside libyaml's bare event loop (load.c)."""

    goals = [
        ("plan/events", lambda v: v <= 3, "at most 3"),
        ("bytes a node", lambda v: v <= 1024, "at most 1024"),
    ]

    def __init__(self, args, folder, times):
        self.args, self.times, self.nodes = args, times, 10 * args.nodes
        self.file = folder / "written.yaml"
        lines = ["name: written", "nodes:"]
        lines += [f"  r{i}: {{kind: router}}" for i in range(self.nodes)]
        lines.append("links:")
        for number in range(2 * self.nodes):
            i, step = number // 2, (1, 7)[number % 2]
            ends = [f"10.{number >> 14}.{number >> 6 & 255}.{number % 64 * 4 + k}/30" for k in (1, 2)]
            j = (i + step) % self.nodes
            lines.append(f"  - {{endpoints: [r{i}, r{j}], addresses: [{', '.join(ends)}]}}")
        self.file.write_text("\n".join(lines) + "\n")
        self.ways = [self.read]

    def read(self):
        out = timed([self.args.floor.replace("-floor", "-load"), self.file])[1]
        names = {name: name for name in ("events", "document", "plan", "bytes")}
        note_all(self.times, out, names)

    def ratios(self, median):
        return {
            "plan/events": median["plan"] / median["events"],
            "bytes a node": median["bytes"] / self.nodes,
        }


class Paths:
    """Shortest paths for --nodes routers and four times as many links, beside Floyd-Warshall
    (paths.c)."""

    goals = [
        ("paths, seconds", lambda v: v < 1, "under 1"),
        ("routers and subnets/paths", lambda v: v >= 20, "at least 20"),
    ]

    def __init__(self, args, folder, times):
        self.args, self.times, self.ways = args, times, [self.paths]

    def paths(self):
        words = [self.args.floor.replace("-floor", "-paths"), self.args.nodes, 4 * self.args.nodes]
        names = {"paths": "paths", "routers": "Floyd, routers", "subnets": "Floyd, subnets"}
        note_all(self.times, timed(words)[1], names)

    def ratios(self, median):
        return {
            "paths, seconds": median["paths"],
            "routers alone/paths": median["Floyd, routers"] / median["paths"],
            "routers and subnets/paths": median["Floyd, subnets"] / median["paths"],
        }


class Routes:
    """Installing routes that cannot be joined, a million of them with the usual 1,000 nodes (of which
    six tenths are built), beside the bare sends of the same (floor_routes.c). What `up` takes longer
    in the configuration of the nodes than for the same lab without routes."""

    goals = [("routes/floor", lambda v: v <= 1.3, "at most 1.3")]

    def __init__(self, args, folder, times):
        self.args, self.times = args, times
        self.lab = f"bench-routes{args.tag}"
        n, draw = max(4, args.nodes * 6 // 10), random.Random(1)
        lines = [f"nodes: {{r(1..{n}): {{kind: router}}}}", "links:", f"  - {{ring: r(1..{n}), cost: 5}}"]
        for _ in range(3 * n):
            a, b = draw.sample(range(1, n + 1), 2)
            lines.append(f"  - {{endpoints: [r{a}, r{b}], cost: {draw.randint(1, 10)}}}")
        self.files = {}
        for routing in "none", "shortest-path":
            head = f"name: {self.lab}\naddressing: {{links: [10.0.0.0/12]}}\nrouting: {routing}\n"
            self.files[routing] = folder / f"{routing}.yaml"
            self.files[routing].write_text(head + "\n".join(lines) + "\n")
        self.ways = [self.nslab, self.floor]

    def configuration(self, file):
        """Seconds of that phase."""
        nslab = self.args.nslab
        took = {}
        out = timed(["sh", "-c", 'exec "$0" up -v "$1" 2>&1', nslab, file])[1]
        timed([nslab, "down", "-q", self.lab])
        wait_for_teardown()
        for line in out.splitlines():
            words = line.split()
            if len(words) == 4 and words[3] in ("ms", "s"):
                took[words[0]] = float(words[2]) / (1000 if words[3] == "ms" else 1)
        return took["configuration"]

    def nslab(self):
        with_routes = self.configuration(self.files["shortest-path"])
        self.times.note("routes", with_routes - self.configuration(self.files["none"]))

    def floor(self):
        out = timed([self.args.floor + "_routes", self.files["shortest-path"]])[1]
        note_all(self.times, out, {"send": "floor", "routes": "number"})
        wait_for_teardown()

    def ratios(self, median):
        return {"routes/floor": median["routes"] / median["floor"]}
