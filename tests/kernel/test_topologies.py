# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""What the kernel holds is what the topology says.

Every shipped topology, and some that try all of the language, is built, pinged, read back with ip
and bridge, compared with its plan, and compared with what its script builds with the real ip: all
over one lab, as to build it and to read it is what takes the time.
"""
import ipaddress
import pathlib
import re
import subprocess
import time

import pytest
from support import dump, share
from support.host import ROOT, SANITIZED
from support.labs import LIVE

pytestmark = pytest.mark.kernel
LABS = pathlib.Path(__file__).parent / "labs"
# The large one is tested by what it teaches, in test_path_labs.py: its script runs for minutes. And
# where programs change what is there, test_protocol_labs.py has them tested.
ELSEWHERE = {"ring-1000", *LIVE}
SHIPPED = [p for p in sorted((ROOT / "topologies").glob("*.yaml")) if p.stem not in ELSEWHERE]
OURS = sorted(LABS.glob("*.yaml"))
# What labs need of the kernel.
EVERY_DEVICE = "bond dummy geneve gre gretap ip6gre ip6tnl ipip macvlan sit vlan vrf vxlan wireguard".split()
NEEDS = {
    "bond-failover": ["bond"],
    "devices": [*EVERY_DEVICE, "bridge-vlan"],
    "dummy": ["dummy"],
    "gre-site-to-site": ["gre"],
    "impairments": ["netem", "tbf"],
    "lossy-wifi": ["netem"],
    "router-on-a-stick": ["vlan", "bridge-vlan"],
    "satellite": ["netem"],
    "vlan-trunk": ["bridge-vlan"],
    "vrf-overlap": ["vrf", "vlan"],
    "vxlan-fabric": ["vxlan"],
    "wireguard-mesh": ["wireguard"],
}

# Who does not reach whom: because the lab gives some routers no route to what is no one's
# destination, subnets between routers; or because a firewall is there to see to it. Every other
# pair must work.
SILENT = {
    "dmz": {("net", "pc"), ("net", "web"), ("web", "pc")},
    "stateful-firewall": {("net", "pc")},
    "double-nat": {
        ("carrier", "pc1"),
        ("carrier", "pc2"),
        ("net", "home1"),
        ("net", "home2"),
        ("net", "pc1"),
        ("net", "pc2"),
    },
    "asymmetric": {
        ("h1", "r3"),
        ("h2", "r3"),
        ("r1", "r3"),
        ("r2", "h1"),
        ("r2", "r1"),
        ("r3", "h2"),
        ("r3", "r2"),
    },
    "ecmp": {
        ("h2", "north"),
        ("h2", "south"),
        ("north", "south"),
        ("south", "north"),
        ("r1", "h2"),
        ("r1", "r2"),
        ("r2", "h1"),
        ("r2", "r1"),
        ("r2", "north"),
        ("r2", "south"),
    },
    "gre-site-to-site": {("h1", "isp"), ("h2", "isp"), ("isp", "h1"), ("isp", "h2")},
    "vlan-trunk": {
        pair
        for office in ("office1", "office2")
        for guest in ("guest1", "guest2")
        for pair in ((office, guest), (guest, office))
    },
    # What the routers send themselves is in no VRF.
    "vrf-overlap": {
        (router, node)
        for router in ("r1", "r2")
        for node in ("r1", "r2", "red1", "red2", "blue1", "blue2")
        if node != router
    },
    # Hosts are on a LAN of their own; leaves know of each other's loopbacks alone.
    "vxlan-fabric": {
        (source, node)
        for source in ("spine1", "spine2", "leaf1", "leaf2", "h1", "h2")
        for node in ("spine1", "spine2", "leaf1", "leaf2", "h1", "h2")
        if source != node
    }
    - {
        ("h1", "h2"),
        ("h2", "h1"),
        ("leaf1", "spine1"),
        ("leaf1", "spine2"),
        ("spine1", "leaf1"),
        ("spine1", "leaf2"),
    },
    # Of the networks behind the sites the provider knows nothing; and what comes out of a tunnel
    # has an address of the tunnel, or of what is behind it.
    "wireguard-mesh": {("isp", f"h{i}") for i in (1, 2, 3)}
    | {
        (f"h{i}", node)
        for i in (1, 2, 3)
        for node in ("isp", "laptop", "r1", "r2", "r3")
        if node != f"r{i}"
    },
    "policy-routing": {("fast", "slow"), ("net", "slow"), ("server", "slow")},
}
# Where packets are lost on purpose: one of so many is answered. A bad time there lasts for some
# packets, not for some seconds, so each question for a MAC address may be lost, too.
TRIES = {"lossy-wifi": 60}
# Labs that have addresses of one family alone.
ONE_FAMILY = {
    "double-nat": "4",
    "fat-tree": "4",
    "gre-site-to-site": "4",
    "internet-gateway": "4",
    "ipv6-firewall": "6",
    "port-knock": "4",
    "vrf-overlap": "4",
    "vxlan-fabric": "4",
    "wireguard-mesh": "4",
}


def with_needs(path):
    return pytest.param(path, marks=pytest.mark.needs(*NEEDS.get(path.stem, [])), id=path.stem)


@pytest.fixture(params=map(with_needs, SHIPPED + OURS))
def path(request):
    return request.param


# Those of which the kernel knows whether they are of any use; tunnels are UNKNOWN for ever.
SAY_UP = "veth", "bridge", "vlan", "bond", "macvlan"


def settled(nslab, name):
    """The lab's state once every interface that has carrier says UP (the kernel is a little late
    with that word, though not with the packets), and none looks for duplicates of the link-local
    address that the kernel gave it, which takes it a second or two."""
    for _ in range(100):
        await_link_locals(nslab, name)
        state = dump.lab(nslab, name)
        if not any(unsettled(parts) for parts in state.values()):
            return state
        time.sleep(0.05)
    raise AssertionError("links never say UP, or addresses stay tentative")


def await_link_locals(nslab, name):
    """By one command for all nodes: to read all of their state takes far longer."""
    for _ in range(100):
        shown = nslab.run("exec", "-l", name, "*", "ip", "-6", "-o", "addr", "show", "tentative")
        if not shown.ok().out.strip():
            break
        time.sleep(0.05)


def unsettled(parts):
    """Of a node: whether something is still on its way."""
    late = any(
        link["operstate"] != "UP" and kind_of(link) in SAY_UP
        for link in parts["link"]
        if "LOWER_UP" in link["flags"]
    )
    return late or any(a.get("tentative") for link in parts["addr"] for a in link["addr_info"])


def kind_of(link):
    return link.get("linkinfo", {}).get("info_kind", link["link_type"])


def path_of(nslab, path):
    return nslab.file(path.read_text(), path.name)


def plan_of(nslab, path):
    """The plan as JSON."""
    return nslab.run("plan", "--format", "json", path_of(nslab, path)).ok().json()


# --- compared with the plan ------------------------------------------------------------------


class Expected:
    """What the plan says a node must hold, checked off against what it holds."""

    def __init__(self, node, operations, parts):
        self.node, self.ops, self.parts = node, operations, parts
        self.links = {link["ifname"]: link for link in parts["link"]}
        self.wrong = []

    def want(self, is_so, what):
        if not is_so:
            self.wrong.append(f"{self.node}: {what}")

    def of(self, kind):
        return [op for op in self.ops if op["op"] == kind]

    def check(self):
        self.check_links()
        self.check_vlans()
        self.check_sysctls()
        self.check_addresses()
        self.check_routes()
        self.check_rules()
        return self.wrong

    def check_links(self):
        ends = [end for op in self.of("veth") for end in op["ends"] if end["node"] == self.node]
        made = ends + self.of("device")
        self.want(
            {"lo"} | {i["interface"] for i in made} == set(self.links),
            f"has interfaces {sorted(self.links)}",
        )
        for iface in made:
            link = self.links.get(iface["interface"], {})
            name = iface["interface"]
            self.want(
                link.get("ifindex") == iface["index"], f"{name} has index {link.get('ifindex')}"
            )
            self.want(
                "mtu" not in iface or link.get("mtu") == iface["mtu"],
                f"{name}: MTU {link.get('mtu')}",
            )
            self.want(
                "mac" not in iface or link.get("address") == iface["mac"],
                f"{name}: {link.get('address')}",
            )
        for op in self.of("veth"):
            for end in op["ends"]:
                if end["node"] == self.node and end["interface"] in self.links:
                    link = self.links[end["interface"]]
                    self.want(
                        link["linkinfo"]["info_kind"] == "veth", f"{end['interface']} is no veth"
                    )
                    self.want(
                        link["num_tx_queues"] == link["num_rx_queues"] == op["queues"],
                        f"{end['interface']} has {link['num_tx_queues']} queues",
                    )
        for op in self.of("device"):
            kind = self.links.get(op["interface"], {}).get("linkinfo", {}).get("info_kind")
            made = "tun" if op["kind"] == "tap" else op["kind"]
            self.want(kind == made, f"{op['interface']} is a {kind}")
        for op in self.of("set"):
            link = self.links.get(op["interface"], {"flags": []})
            self.want(
                ("UP" in link["flags"]) == (op["state"] == "up"),
                f"{op['interface']}: {link['flags']}",
            )
            self.want(
                link.get("ifalias") == op.get("alias"),
                f"{op['interface']}: alias {link.get('ifalias')}",
            )
            self.want(
                link.get("master") == op.get("master"),
                f"{op['interface']}: master {link.get('master')}",
            )
            port = next((p for p in self.parts["bridge"] if p["ifname"] == op["interface"]), {})
            self.want(
                not port or port.get("learning") == op.get("learning", True),
                f"{op['interface']}: learning is {port.get('learning')}",
            )
        self.want("UP" in self.links["lo"]["flags"], "lo is down")

    def check_vlans(self):
        found = {
            port["ifname"]: {
                (v["vlan"], v.get("vlanEnd", v["vlan"]), "PVID" in v.get("flags", []))
                for v in port["vlans"]
            }
            for port in self.parts["vlan"]
        }
        for op in self.of("vlans"):
            wanted = {(first, last, False) for first, last in op["tagged"]}
            if "untagged" in op:
                wanted.add((op["untagged"], op["untagged"], True))
            name = op["interface"]
            self.want(found.get(name) == wanted, f"{name} has VLANs {found.get(name)}")

    def check_sysctls(self):
        wanted = {op["path"].removeprefix("net/"): op["value"] for op in self.of("sysctl")}
        # Writing `all` moves the others, so the last word on each counts.
        for path, value in wanted.items():
            found = self.parts["sysctl"].get(path)
            there = not path.startswith("bridge/") or found is not None
            self.want(
                not there or found is not None and found.split() == value.split(),
                f"{path} is {found}, not {value}",
            )

    def check_addresses(self):
        wanted = sorted((op["interface"], op["address"]) for op in self.of("address"))
        found = sorted(
            (link["ifname"], f"{a['local']}/{a['prefixlen']}")
            for link in self.parts["addr"]
            for a in link["addr_info"]
            if not own(a)
        )
        self.want(found == wanted, f"has addresses {found}, not {wanted}")
        flags = [
            a
            for link in self.parts["addr"]
            for a in link["addr_info"]
            if a.get("tentative") and not own(a)
        ]
        self.want(not flags, f"is still looking for duplicates of {flags}")

    def check_routes(self):
        wanted = [
            (
                op["family"],
                op["to"],
                op["table"],
                op.get("metric"),
                sorted(hop(n) for n in op["nexthops"]),
            )
            for op in self.of("route")
        ]
        found = [
            route_of(route, family)
            for family in ("ipv4", "ipv6")
            for route in self.parts[f"route{family[-1]}"]
            if route.get("protocol") in ("static", "boot")
        ]
        found = [
            (
                f,
                to,
                table,
                metric if (f, to, table, metric) in {w[:4] for w in wanted} else None,
                hops,
            )
            for f, to, table, metric, hops in found
        ]
        self.want(
            sorted(map(str, found)) == sorted(map(str, wanted)),
            "has routes\n    "
            + "\n    ".join(map(str, found))
            + "\n  and not\n    "
            + "\n    ".join(map(str, wanted)),
        )

    def check_rules(self):
        wanted = sorted(
            (op["priority"], "-6" in command.split()[:2])
            for op in self.of("rule")
            for command in op["commands"]
        )
        found = sorted(
            (rule["priority"], family == "6")
            for family in "46"
            for rule in self.parts[f"rule{family}"]
            if rule["priority"] not in (0, 32766, 32767) and "l3mdev" not in rule
        )
        self.want(found == wanted, f"has rules {found}, not {wanted}")


# Of a MAC address; of a tunnel's IPv4 address.
OWN_LINK_LOCAL = re.compile(r"fe80::([0-9a-f:]*ff:fe[0-9a-f:]*|(200:|0:)?(5efe:)?[0-9a-f]+:[0-9a-f]+)")


def own(address):
    """Whether the kernel gave this address by itself."""
    return (
        address["local"] in ("127.0.0.1", "::1")
        or OWN_LINK_LOCAL.fullmatch(address["local"]) is not None
    )


def hop(nexthop):
    return nexthop.get("via", ""), nexthop["dev"]


TABLES = {"main": 254, "local": 255, "default": 253}


def route_of(route, family):
    """A route as ip tells it, in the plan's words."""
    bits, any_one = (32, "0.0.0.0/0") if family == "ipv4" else (128, "::/0")
    to = any_one if route["dst"] == "default" else route["dst"]
    to = to if "/" in to else f"{to}/{bits}"
    table = route.get("table", "main")
    hops = route.get("nexthops") or [route]
    hops = sorted(
        (h.get("gateway") or h.get("via", {}).get("host", ""), h.get("dev")) for h in hops
    )
    if route.get("type") in ("blackhole", "unreachable", "prohibit", "throw"):
        hops = []
    return family, to, TABLES.get(table) or int(table), route.get("metric"), hops


def not_the_plan(state, plan):
    """Where STATE, of all nodes, is not PLAN."""
    assert set(state) == {node["name"] for node in plan["nodes"]}
    wrong = []
    for node in plan["nodes"]:
        ops = [op for op in plan["operations"] if op["node"] == node["name"] or op["op"] == "veth"]
        wrong += Expected(node["name"], ops, state[node["name"]]).check()
    return wrong + list(wrong_peers(state, plan))


def wrong_peers(state, plan):
    """Each veth ends where the plan says, and nothing else is there to end at."""
    for op in plan["operations"]:
        if op["op"] == "veth":
            one, two = op["ends"]
            for end, peer in (one, two), (two, one):
                links = {link["ifname"]: link for link in state[end["node"]]["link"]}
                found = links.get(end["interface"], {}).get("link_index", peer["index"])
                if found != peer["index"]:
                    yield f"{end['node']}: the peer of {end['interface']} has index {found}"


# --- compared with the script ----------------------------------------------------------------


def macs_in(plan):
    """The MAC addresses that the plan asks for: all others are drawn."""
    return {op["mac"] for op in plan["operations"] if "mac" in op} | {
        end["mac"]
        for op in plan["operations"]
        if op["op"] == "veth"
        for end in op["ends"]
        if "mac" in end
    }


def not_the_script(nslab, path, state, plan):
    """The oracle: iproute2 itself, told the same in its own words; and it takes all away again."""
    text = nslab.run("plan", "-q", "--format", "sh", path_of(nslab, path)).ok().out
    theirs = {name.partition(".")[2]: parts for name, parts in dump.script(nslab, text).items()}
    assert set(state) == set(theirs)
    macs = macs_in(plan)
    for node in state:
        one, other = dump.normal(state[node], macs), dump.normal(theirs[node], macs)
        for line in dump.differences(one, other):
            yield f"{node}: not what the script builds: {line}"


# --- pings -----------------------------------------------------------------------------------


def addresses(plan, family):
    """{node: its first address of FAMILY}: of its loopback if it has no other."""
    ups = {(op["node"], op["interface"]) for op in plan["operations"] if op.get("state") == "up"}
    numbers = indexes(plan)
    given = [
        (op["interface"] == "lo", numbers.get((op["node"], op["interface"]), 0), op)
        for op in plan["operations"]
        if op["op"] == "address"
        and (op["interface"] == "lo" or (op["node"], op["interface"]) in ups)
    ]
    found = {}
    for _, _, op in sorted(given, key=lambda entry: entry[:2]):
        address = ipaddress.ip_interface(op["address"]).ip
        if address.version == int(family) and not address.is_link_local:
            found.setdefault(op["node"], str(address))
    return found


def indexes(plan):
    """{(node, interface): its number}"""
    ends = [end for op in plan["operations"] if op["op"] == "veth" for end in op["ends"]]
    made = ends + [op for op in plan["operations"] if op["op"] == "device"]
    return {(end["node"], end["interface"]): end["index"] for end in made}


def unanswered(nslab, lab, nodes, family, silent, tries=1):
    """Who got no answer from whom, TRIES each, all from a node at once; SILENT are expected. By
    fping: a process for each pair is most of what a test of fifty nodes would cost."""
    found = set()
    for source in nodes:
        for is_silent in False, True:
            asked = {
                node: address
                for node, address in nodes.items()
                if node != source and ((source, node) in silent) == is_silent
            }
            if not asked:
                continue
            # in ms; WireGuard greets again after five seconds
            wait = 1000 if tries > 1 or is_silent else 10000
            options = f"-{family}", "-u", "-i1", "-B1", f"-r{tries - 1}", f"-t{wait}"
            result = nslab.exec(lab, source, "fping", *options, *set(asked.values()))
            assert result.status in (0, 1), result  # all answered, some did not
            silence = result.out.split()
            found |= {(source, node) for node, address in asked.items() if address in silence}
    return found


def wrong_pings(nslab, lab, name, plan):
    """At once after `up`, with one packet each: everyone reaches everyone."""
    for family in "6", "4":
        nodes = addresses(plan, family)
        if name in ONE_FAMILY and family != ONE_FAMILY[name]:
            assert not nodes
            continue
        assert len(nodes) >= 2
        wanted = SILENT.get(name, set())
        found = unanswered(nslab, lab, nodes, family, wanted, TRIES.get(name, 1))
        for source, node in sorted(found ^ wanted):
            says = "reaches" if (source, node) in wanted else "does not reach"
            yield f"{source} {says} {node} by IPv{family}"


# --- all of it -------------------------------------------------------------------------------


def is_judged(item, path):
    """Whether others judge the lab, too. Their verdict is on what a node holds, which the plan knows
    as well: of a shipped topology they see root's or a user's, in turns; of ours both. And what they
    do runs no code of nslab's that a sanitizer would look at."""
    return not SANITIZED and (path in OURS or share.is_first(item))


def test_lab(request, nslab, path):
    judged = is_judged(request.node, path)
    plan, wrong = plan_of(nslab, path), []
    with nslab.lab(path_of(nslab, path)) as lab:
        if path in SHIPPED and judged:
            wrong += wrong_pings(nslab, lab, path.stem, plan)
        state = settled(nslab, lab)
    wrong += not_the_plan(state, plan)
    if judged:
        wrong += not_the_script(nslab, path, state, plan)
    assert not wrong, "\n".join(wrong)


# --- what some of them teach -----------------------------------------------------------------


@pytest.mark.oracle
def test_ping_by_name(nslab):
    """The names in /etc/hosts lead to the nodes, in both families."""
    with nslab.lab(nslab.topology("triangle")) as lab:
        for family in "4", "6":
            for node in "h1", "h2", "h3", "r1", "r2", "r3":
                nslab.exec(lab, "h1", "ping", f"-{family}", "-n", "-c1", "-W4", node).ok()


def ping(nslab, lab, node, address, *options):
    return nslab.exec(lab, node, "ping", "-n", "-c1", "-W1", *options, address)


@pytest.mark.oracle
def test_blackhole_says_no_in_all_ways(nslab):
    answers = {
        "1": (None, None),
        "2": ("Host Unreachable", "No route"),
        "3": ("filtered", "prohibited"),
        "6": ("Net Unreachable", "No route"),
    }
    with nslab.lab(nslab.topology("blackhole")) as lab:
        for number, words in answers.items():
            for address, word in zip((f"10.66.{number}.1", f"fd00:66:{number}::1"), words):
                for _ in range(4 if word else 1):  # the kernel may hold one such message back
                    result = ping(nslab, lab, "h1", address)
                    assert result.status == 1, f"{result}"
                    if "From" in result.out:
                        break
                assert (word or "100% packet loss") in result.out, f"{result}"
                assert bool(word) == ("From" in result.out), f"{result}"
        for address in "10.66.4.1", "fd00:66:4::1", "10.66.5.77", "fd00:66:5::77":
            ping(nslab, lab, "h1", address).ok()
        assert "filtered" in ping(nslab, lab, "h1", "10.66.4.200").out
        assert "prohibited" in ping(nslab, lab, "h1", "fd00:66:4:0:8000::1").out
        ping(nslab, lab, "r1", "10.66.4.200").ok()


@pytest.mark.oracle
def test_line_is_as_wide_as_its_narrowest_link(nslab):
    with nslab.lab(nslab.topology("line-5")) as lab:
        assert "ttl=59" in ping(nslab, lab, "h1", "10.0.5.2").ok().out
        result = ping(nslab, lab, "h1", "10.0.5.2", "-M", "do", "-s", "1472")
        assert result.status == 1 and "mtu = 1400" in result.out, f"{result}"
        assert "Time to live exceeded" in ping(nslab, lab, "h1", "10.0.5.2", "-t", "3").out
        ping(nslab, lab, "h1", "10.0.5.2", "-M", "do", "-s", "1372").ok()


@pytest.mark.oracle
def test_asymmetric_takes_two_ways(nslab):
    with nslab.lab(nslab.topology("asymmetric")) as lab:
        assert "ttl=61" in ping(nslab, lab, "h1", "10.0.2.2").ok().out
        assert "ttl=62" in ping(nslab, lab, "h2", "10.0.1.2").ok().out
        nslab.exec(lab, "r1", "sysctl", "-qw", "net.ipv4.conf.r3.rp_filter=1").ok()
        assert ping(nslab, lab, "h1", "10.0.2.2").status == 1


@pytest.mark.oracle
def test_triangle_goes_the_long_way(nslab):
    with nslab.lab(nslab.topology("triangle")) as lab:
        assert "ttl=62" in ping(nslab, lab, "h1", "10.0.2.2").ok().out
        nslab.exec(lab, "r1", "ip", "link", "set", "eth1", "down").ok()
        for _ in range(30):  # r2 learns of it within a second
            result = ping(nslab, lab, "h1", "10.0.2.2")
            if result.status == 0:
                break
        assert "ttl=61" in result.ok().out


@pytest.mark.oracle
def test_ecmp_uses_both_paths(nslab):
    with nslab.lab(nslab.topology("ecmp")) as lab:

        def sent(interface):
            (link,) = nslab.exec(lab, "r1", "ip", "-s", "-j", "link", "show", interface).ok().json()
            return link["stats64"]["tx"]["packets"]

        before = sent("north"), sent("south")
        script = "for p in $(seq 1001 1400); do echo > /dev/udp/10.0.2.2/$p; done"
        nslab.exec(lab, "h1", "bash", "-c", script).ok()
        north, south = sent("north") - before[0], sent("south") - before[1]
        assert north + south >= 400 and 250 < north < 350 and 50 < south < 150, (north, south)


@pytest.mark.oracle
def test_policy_routing_sends_guests_the_slow_way(nslab):
    with nslab.lab(nslab.topology("policy-routing")) as lab:

        def way(*words):
            (found,) = (
                nslab.exec(lab, "gw", "ip", "-j", "route", "get", "10.0.9.2", "from", *words)
                .ok()
                .json()
            )
            return found["dev"]

        assert way("10.0.2.2", "iif", "guest") == "slow"
        assert way("10.0.2.2", "iif", "guest", "ipproto", "tcp", "dport", "443") == "fast"
        assert way("10.0.1.2", "iif", "staff") == "fast"


@pytest.mark.oracle
def test_lan_switches_and_routes(nslab):
    with nslab.lab(nslab.topology("lan")) as lab:
        assert "ttl=64" in ping(nslab, lab, "h1", "10.0.1.4").ok().out
        assert "ttl=63" in ping(nslab, lab, "h1", "10.0.2.2").ok().out
        assert "ttl=64" in ping(nslab, lab, "h4", "10.0.2.3").ok().out
        fdb = nslab.exec(lab, "sw1", "bridge", "-j", "fdb", "show", "br", "br0").ok().json()
        mac = nslab.exec(lab, "h3", "cat", "/sys/class/net/eth0/address").out.strip()
        assert [entry["ifname"] for entry in fdb if entry["mac"] == mac] == ["eth3"]
        nslab.exec(lab, "sw1", "ip", "link", "set", "eth3", "down").ok()
        assert ping(nslab, lab, "h1", "10.0.1.4").status == 1
        ping(nslab, lab, "h1", "10.0.1.3").ok()


@pytest.mark.oracle
def test_hub_learns_nothing(nslab):
    """Everyone on a hub sees what two others say to each other; behind a switch nobody does."""
    text = """\
nodes: {h1: , h2: , h3: , box: {kind: %s}}
links:
  - {endpoints: [h1, box], subnets: [10.0.0.0/24]}
  - [h2, box]
  - [h3, box]
"""
    for kind, heard in ("hub", True), ("switch", False):
        with nslab.lab(text % kind) as lab:
            nslab.exec(lab, "h1", "ping", "-n", "-c3", "-i0.05", "-W4", "10.0.0.2").ok()

            def received():
                return int(
                    nslab.exec(lab, "h3", "cat", "/sys/class/net/eth0/statistics/rx_packets").out
                )

            before = received()
            nslab.exec(lab, "h1", "ping", "-n", "-c20", "-i0.01", "-W4", "10.0.0.2").ok()
            assert (received() - before >= 40) == heard, kind


def test_forwarding_is_the_kinds(nslab):
    with nslab.lab(
        "nodes: {h: , r: {kind: router}, s: {kind: switch}, x: {forwarding: true}}\n"
    ) as lab:
        for node, forwards in ("h", "0"), ("r", "1"), ("x", "1"):
            for path in "ipv4/ip_forward", "ipv6/conf/all/forwarding":
                assert (
                    nslab.exec(lab, node, "cat", f"/proc/sys/net/{path}").out.strip() == forwards
                ), (node, path)


@pytest.fixture
def without_dummy():
    """A kernel that has no dummy devices: it finds no modules, and that one is not loaded."""
    helper = pathlib.Path("/proc/sys/kernel/modprobe")
    before = helper.read_text()
    subprocess.run(["modprobe", "-r", "dummy"], check=True)
    helper.write_text("/nonexistent")
    yield
    helper.write_text(before)


@pytest.mark.stock_kernel
def test_dummy_is_lacking(without_dummy, nslab):
    """A kind of device that this kernel does not have: exit 3, with the line."""
    file = nslab.file((LABS / "dummy.yaml").read_text())
    result = nslab.run("up", file)
    assert result.status == 3 and f"{file}:6:" in result.err and "dummy" in result.err, f"{result}"
    assert "d0: {type: dummy" in result.err
    assert nslab.labs() == []
