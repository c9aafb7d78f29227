# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""The labs about firewalls do what their first lines say, with real packets.

A server tells each client the address it sees; what a client is told, or how it fails, is one word:
that address, "refused", "unreachable" or "timeout". Wherever an answer is expected there is ample
time for it; only silence is waited for shortly.
"""
import contextlib
import json
import re
import time

import pytest
from support.host import ROOT

pytestmark = [pytest.mark.kernel, pytest.mark.oracle]
PYTHON = "/usr/bin/python3"
SHORT, AMPLE = 1, 20

SERVER = """
import select, socket, sys

sockets = []
for port in map(int, sys.argv[1:]):
    for kind in socket.SOCK_STREAM, socket.SOCK_DGRAM:
        s = socket.socket(socket.AF_INET6, kind)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind(("::", port))
        if kind == socket.SOCK_STREAM:
            s.listen()
        sockets.append(s)
print("ready", flush=True)
name = lambda peer: (peer[0].removeprefix("::ffff:") + " " + str(peer[1])).encode()
held = []
while True:
    for s in select.select(sockets + held, [], [])[0]:
        if s in held:
            said = s.recv(100)
            s.sendall(b"x" * int(said) if said.isdigit() else said)
            if not said:
                held.remove(s)
                s.close()
        elif s.type == socket.SOCK_STREAM:
            connection, peer = s.accept()
            connection.send(name(peer) + b"\\n")
            held.append(connection)
        else:
            said, peer = s.recvfrom(100)
            s.sendto(name(peer), peer)
"""

# ADDRESS PORT WAIT [tcp|udp [SOURCE-PORT [BYTES]]]: tries, and says how it went; BYTES more are
# asked for, and counted.
CLIENT = """
import socket, sys

address, port, wait, proto, source, size = sys.argv[1:] + ["tcp", 0, 0][len(sys.argv) - 4:]


def ask(s):
    s.settimeout(1)
    for tries in range(int(wait) - 1, -1, -1):
        s.send(b"?")
        try:
            return s.recv(100)
        except TimeoutError:
            if not tries:
                raise


family = socket.AF_INET6 if ":" in address else socket.AF_INET
kind = {"tcp": socket.SOCK_STREAM, "udp": socket.SOCK_DGRAM}[proto]
s = socket.socket(family, kind)
s.settimeout(float(wait))
s.bind(("", int(source)))
size = int(size)
try:
    s.connect((address, int(port)))
    print((ask(s) if proto == "udp" else s.recv(100)).decode().strip(), flush=True)
    if size:
        s.send(str(size).encode())
        s.shutdown(socket.SHUT_WR)
    while size > 0:
        part = s.recv(65536)
        if not part:
            sys.exit("the connection ended early")
        size -= len(part)
    if len(sys.argv) > 6:
        print("all")
except TimeoutError:
    print("timeout")
except ConnectionRefusedError:
    print("refused")
except OSError as e:
    print("unreachable", e)
"""


@contextlib.contextmanager
def shipped(nslab, name, change=lambda text: text):
    """The lab NAME that ships, its text changed by CHANGE."""
    text = (ROOT / f"topologies/{name}.yaml").read_text()
    started = []
    with nslab.lab(nslab.file(change(text), f"{name}.yaml")) as lab:
        yield Lab(nslab, lab, started)
    for process in started:
        process.communicate(timeout=AMPLE)


def without(words):
    """Takes WORDS out of a text that has them once."""
    return replacing(words, "")


def replacing(words, others):
    def change(text):
        assert text.count(words) == 1, f"{words!r} stands {text.count(words)} times in the lab"
        return text.replace(words, others)

    return change


class Lab:
    """A lab that runs, and what its nodes do in it."""

    def __init__(self, nslab, name, started):
        self.nslab, self.name, self.started = nslab, name, started

    def exec(self, node, *command):
        return self.nslab.exec(self.name, node, *command)

    def popen(self, node, script, *args, **kw):
        words = "exec", "-l", self.name, node, "--", PYTHON, "-c", script
        self.started.append(self.nslab.popen(*words, *args, **kw))
        return self.started[-1]

    def serve(self, node, *ports):
        """A server in NODE, on these ports of TCP and UDP, until the lab ends."""
        process = self.popen(node, SERVER, *map(str, ports))
        assert process.stdout.readline() == "ready\n", process.stderr.read()

    def words(self, node, *args):
        return self.exec(node, PYTHON, "-c", CLIENT, *map(str, args)).ok().out.split()

    def reach(self, node, address, port, proto="tcp", wait=AMPLE):
        """What NODE is told there: its own address as the server sees it, or why not."""
        return self.words(node, address, port, wait, proto)[0]

    def silent(self, node, address, port, proto="tcp"):
        return self.reach(node, address, port, proto, SHORT) == "timeout"

    def load(self, node, address, port, size, wait=AMPLE):
        """Loads SIZE bytes over TCP; (whether a connection came to be, whether all came)."""
        said = self.words(node, address, port, wait, "tcp", 0, size)
        return len(said) > 1, said[-1] == "all"

    def ping(self, node, address, *options, wait=4):
        return self.exec(node, "ping", "-n", "-c1", f"-W{wait}", *options, address)

    def listed(self, node, *what):
        text = self.exec(node, "nft", "-j", "list", *what).ok().out
        return json.loads(text)["nftables"]

    def packets(self, node, chain):
        """How many packets each rule of CHAIN has counted, in order."""
        listed = self.listed(node, "chain", "inet", "nslab", chain)
        parts = [part for item in listed if "rule" in item for part in item["rule"]["expr"]]
        return [part["counter"]["packets"] for part in parts if "counter" in part]

    def members(self, node, name):
        """The elements of a set."""
        (found,) = [i["set"] for i in self.listed(node, "set", "inet", "nslab", name) if "set" in i]
        return {e["elem"]["val"] for e in found.get("elem", [])}


def until(is_so, what):
    end = time.monotonic() + AMPLE
    while not is_so():
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(0.05)


@pytest.mark.parametrize(
    "name", ["dmz", "stateful-firewall", "double-nat", "ipv6-firewall", "port-knock"]
)
def test_commands_name_what_there_is(plain, name):
    """Each `nslab exec` and `nslab firewall` in a lab's head names a node of it."""
    path = ROOT / f"topologies/{name}.yaml"
    head = [line for line in path.read_text().splitlines() if line.startswith("#     nslab ")]
    nodes = {n["name"] for n in plain("plan", "--format", "json", path).ok().json()["nodes"]}
    named = {word for line in head for word in re.findall(r"nslab (?:exec|firewall) (\S+)", line)}
    assert head[0] == f"#     nslab up topologies/{name}.yaml"
    assert head[-1] == f"#     nslab down {name}"
    assert named and named <= nodes


# --- dmz -------------------------------------------------------------------------------------


def test_dmz(nslab):
    with shipped(nslab, "dmz") as lab:
        for node in "pc", "web", "net":
            lab.serve(node, 80, 81)

        # From inside to everywhere: with its own address to the DMZ, with fw's to the outside.
        assert lab.reach("pc", "10.0.2.2", 80) == "10.0.1.2"
        assert lab.reach("pc", "10.0.2.2", 81, "udp") == "10.0.1.2"
        assert lab.reach("pc", "198.51.100.2", 80) == "198.51.100.1"
        assert lab.reach("pc", "198.51.100.2", 81, "udp") == "198.51.100.1"
        assert lab.reach("pc", "fd00:2::2", 81) == "fd00:1::2"
        assert lab.reach("pc", "fd00:9::2", 81) == "fd00:1::2", "IPv6 is not translated"
        lab.ping("pc", "198.51.100.2").ok()

        # From the outside to the one port, and web sees who it is.
        assert lab.reach("net", "198.51.100.1", 8080) == "198.51.100.2"
        assert lab.reach("net", "fd00:2::2", 80) == "fd00:9::2"
        assert lab.silent("net", "198.51.100.1", 80)
        assert lab.silent("net", "198.51.100.1", 8080, "udp")
        assert lab.silent("net", "fd00:2::2", 81)
        assert lab.silent("net", "fd00:2::2", 80, "udp")
        assert lab.silent("net", "fd00:1::2", 80)
        assert lab.ping("net", "fd00:1::2", wait=1).status == 1
        assert lab.reach("net", "10.0.2.2", 80) == "unreachable", "there is no route"

        # From the DMZ to the outside, and not to the inside: that it hears at once.
        assert lab.reach("web", "198.51.100.2", 80) == "198.51.100.1"
        for inside in "10.0.1.2", "fd00:1::2":
            assert lab.reach("web", inside, 80) == "refused"
            assert lab.reach("web", inside, 80, "udp") == "refused"
            until(lambda to=inside: "Port" in lab.ping("web", to).out, "ping is rejected")


def test_dmz_guards_the_firewall_itself(nslab):
    with shipped(nslab, "dmz") as lab:
        lab.serve("fw", 22)
        lab.serve("web", 80)
        assert lab.reach("pc", "10.0.1.1", 22) == "10.0.1.2"
        assert lab.reach("fw", "10.0.2.2", 80) == "10.0.2.1"
        assert lab.silent("net", "198.51.100.1", 22)
        assert lab.silent("net", "fd00:9::1", 22)
        assert lab.silent("web", "10.0.2.1", 22)


def test_dmz_stays_shut_to_who_knows_the_way(nslab):
    """A stranger who has a route to the private addresses gets no further for it."""
    with shipped(nslab, "dmz") as lab:
        lab.serve("pc", 80)
        lab.serve("web", 80, 81)
        lab.exec("net", "ip", "route", "add", "10.0.0.0/8", "via", "198.51.100.1").ok()
        assert lab.silent("net", "10.0.1.2", 80)
        assert lab.silent("net", "10.0.2.2", 81)


# --- stateful-firewall -----------------------------------------------------------------------


def send_nonsense(lab, node, source, to):
    """An answer (SYN and ACK) to a TCP connection that nobody has opened."""
    script = f"""
import socket, struct
source, to = socket.inet_aton("{source}"), socket.inet_aton("{to}")
tcp = struct.pack("!HHIIBBHHH", 80, 4000, 1, 1, 5 << 4, 0x12, 1000, 0, 0)
data = source + to + struct.pack("!BBH", 0, 6, len(tcp)) + tcp
total = sum(struct.unpack(f"!{{len(data) // 2}}H", data))
total = (total >> 16) + (total & 0xffff)
tcp = tcp[:16] + struct.pack("!H", ~(total + (total >> 16)) & 0xffff) + tcp[18:]
socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_TCP).sendto(tcp, ("{to}", 0))
"""
    lab.exec(node, PYTHON, "-c", script).ok()


def test_stateful_firewall(nslab):
    with shipped(nslab, "stateful-firewall") as lab:
        lab.serve("pc", 80)
        lab.serve("net", 80)
        assert lab.packets("fw", "forward") == [0] * 5
        for mine, far in ("10.0.1.2", "10.0.2.2"), ("fd00:1::2", "fd00:2::2"):
            assert lab.reach("pc", far, 80) == mine
            assert lab.reach("pc", far, 80, "udp") == mine
            lab.ping("pc", far).ok()
            assert lab.silent("net", mine, 80)
            assert lab.silent("net", mine, 80, "udp")
            assert lab.ping("net", mine, wait=1).status == 1
            # What net's kernel says about a port without a server is related to the question.
            assert lab.reach("pc", far, 9, "udp") == "refused"
        established, invalid, new, rest, logged = lab.packets("fw", "forward")
        assert established >= 12 and invalid == 0 and new >= 8
        assert rest >= 6 and 1 <= logged <= rest


def test_stateful_firewall_drops_what_fits_nowhere(nslab):
    with shipped(nslab, "stateful-firewall") as lab:
        send_nonsense(lab, "pc", "10.0.1.2", "10.0.2.2")
        send_nonsense(lab, "net", "10.0.2.2", "10.0.1.2")
        until(lambda: lab.packets("fw", "forward") == [0, 2, 0, 0, 0], "both are invalid")


def test_stateful_firewall_needs_related(nslab):
    """Without that word net's error stays outside, and pc waits."""
    change = replacing("ct: [established, related]", "ct: established")
    with shipped(nslab, "stateful-firewall", change) as lab:
        lab.serve("net", 80)
        assert lab.reach("pc", "10.0.2.2", 80, "udp") == "10.0.1.2"
        assert lab.silent("pc", "10.0.2.2", 9, "udp")


def test_stateful_firewall_limits_its_log(nslab):
    with shipped(nslab, "stateful-firewall") as lab:
        lab.exec("net", "ping", "-n", "-c50", "-i0.01", "-W1", "10.0.1.2")
        *_, rest, logged = lab.packets("fw", "forward")
        assert rest == 50 and 10 <= logged <= 20, (rest, logged)


# --- double-nat ------------------------------------------------------------------------------


def test_double_nat(nslab):
    with shipped(nslab, "double-nat") as lab:
        for node in "pc1", "pc2", "net":
            lab.serve(node, 80)

        # Out: everyone has the carrier's address, and neighbours the home's.
        for pc in "pc1", "pc2":
            for proto in "tcp", "udp":
                assert lab.reach(pc, "203.0.113.2", 80, proto) == "203.0.113.1"
            lab.ping(pc, "203.0.113.2").ok()
        assert lab.reach("home1", "203.0.113.2", 80) == "203.0.113.1"

        # In: the forward of a home works for who is at the same carrier, and for nobody outside.
        assert lab.reach("pc2", "100.64.0.2", 8080) == "100.64.0.3"
        assert lab.reach("pc1", "100.64.0.3", 8080) == "100.64.0.2"
        assert lab.reach("carrier", "100.64.0.2", 8080) == "100.64.0.1"
        assert lab.reach("net", "203.0.113.1", 8080) == "refused"
        assert lab.reach("net", "100.64.0.2", 8080) == "unreachable"
        assert lab.reach("carrier", "192.168.1.2", 80) == "unreachable"


@pytest.mark.parametrize("proto", ["tcp", "udp"])
def test_double_nat_tells_the_homes_apart(nslab, proto):
    """Both PCs have one address and take one port: outside there are two ports."""
    with shipped(nslab, "double-nat") as lab:
        lab.serve("net", 80)
        seen = [lab.words(pc, "203.0.113.2", 80, AMPLE, proto, 5000) for pc in ("pc1", "pc2")]
        assert [s[0] for s in seen] == ["203.0.113.1"] * 2
        assert seen[0][1] != seen[1][1], seen


def test_double_nat_can_be_mended(nslab):
    """As its last comment says."""
    with shipped(nslab, "double-nat", replacing("# prerouting:", "prerouting:")) as lab:
        lab.serve("pc1", 80)
        assert lab.reach("net", "203.0.113.1", 8080) == "203.0.113.2"


# --- ipv6-firewall ---------------------------------------------------------------------------

WEB, PC = "fd00:1::2", "fd00:4::2"


def test_ipv6_firewall(nslab):
    with shipped(nslab, "ipv6-firewall") as lab:
        lab.serve("web", 80, 81)
        lab.serve("pc", 80)
        assert lab.reach("web", PC, 80) == WEB
        assert lab.reach("pc", WEB, 80) == PC
        assert lab.silent("pc", WEB, 81)
        assert lab.silent("pc", WEB, 80, "udp")
        assert lab.silent("pc", "fd00:1::1", 80)
        lab.ping("pc", WEB).ok()
        lab.ping("pc", "fd00:1::1").ok()

        # The errors come through: too big, too far, and nobody there.
        result = lab.ping("web", PC, "-M", "do", "-s", "1400")
        assert "Packet too big: mtu=1280" in result.out and "From fd00:2::2" in result.out, result
        assert "mtu 1280" in lab.exec("web", "ip", "-6", "route", "get", PC).ok().out
        lab.ping("web", PC, "-M", "do", "-s", "1232").ok()
        until(lambda: "From fd00:2::2" in lab.ping("web", PC, "-t2").out, "ping hears of its end")
        assert lab.reach("web", PC, 9, "udp") == "refused"


def test_ipv6_firewall_as_a_host(nslab):
    """What it starts itself is answered, and it hears of errors like everyone."""
    with shipped(nslab, "ipv6-firewall") as lab:
        lab.serve("pc", 80)
        assert lab.reach("fw", PC, 80) == "fd00:2::1"
        assert "Packet too big: mtu=1280" in lab.ping("fw", PC, "-M", "do", "-s", "1400").out
        assert lab.reach("fw", PC, 9, "udp") == "refused"


def test_ipv6_firewall_large_pages(nslab):
    with shipped(nslab, "ipv6-firewall") as lab:
        lab.serve("web", 80)
        assert lab.load("pc", WEB, 80, 300000) == (True, True)
        assert "mtu 1280" in lab.exec("web", "ip", "-6", "route", "get", PC).ok().out


def test_ipv6_firewall_without_packet_too_big(nslab):
    """The black hole: connections open, small pages come, large ones do not."""
    with shipped(nslab, "ipv6-firewall", without("packet-too-big, ")) as lab:
        lab.serve("web", 80)
        assert lab.load("pc", WEB, 80, 1000) == (True, True)
        assert lab.load("pc", WEB, 80, 300000, wait=SHORT) == (True, False)
        result = lab.ping("web", PC, "-M", "do", "-s", "1400", wait=1)
        assert result.status == 1 and "too big" not in result.out, result


def test_ipv6_firewall_without_neighbour_discovery(nslab):
    change = replacing("icmpv6-type: [nd-neighbor-solicit, nd-neighbor-advert]", "proto: esp")
    with shipped(nslab, "ipv6-firewall", change) as lab:
        lab.serve("web", 80)
        assert not lab.reach("pc", WEB, 80, wait=SHORT).startswith("fd00")


# --- port-knock ------------------------------------------------------------------------------

SETS = {7000: "knocked-once", 9000: "knocked-twice", 8000: "opened"}
ALICE, SSH = "10.0.0.2", ("10.0.0.1", 22)


def knock(lab, node, *ports):
    """One knock after the other, each on its way before the next."""
    for port in ports:
        before = lab.exec("server", "cat", "/sys/class/net/eth0/statistics/rx_packets").ok().out
        lab.exec(node, "bash", "-c", f"echo > /dev/udp/10.0.0.1/{port}").ok()
        until(
            lambda was=before: was
            != lab.exec("server", "cat", "/sys/class/net/eth0/statistics/rx_packets").ok().out,
            "the knock arrives",
        )


def test_port_knock(nslab):
    with shipped(nslab, "port-knock") as lab:
        lab.serve("server", 22)
        assert lab.silent("alice", *SSH)
        lab.ping("alice", "10.0.0.1").ok()
        for port, name in SETS.items():
            assert lab.members("server", name) == set()
            knock(lab, "alice", port)
            until(lambda n=name: lab.members("server", n) == {ALICE}, f"alice is in {name}")
        assert lab.reach("alice", *SSH) == ALICE
        assert lab.silent("mallory", *SSH)
        assert lab.silent("alice", *SSH, "udp")
        assert lab.reach("server", "127.0.0.1", 22) == "127.0.0.1"


def test_port_knock_as_the_head_says(nslab):
    """All three knocks in one go, as one would type it."""
    with shipped(nslab, "port-knock") as lab:
        lab.serve("server", 22)
        text = (ROOT / "topologies/port-knock.yaml").read_text()
        (script,) = re.findall(r"bash -c '(.*)'", text)

        def comes_in():
            lab.exec("alice", "bash", "-c", script).ok()
            return lab.reach("alice", *SSH, wait=4) == ALICE

        until(comes_in, "the door opens")


@pytest.mark.parametrize("ports", [(7000, 8000, 9000), (9000, 8000, 7000), (9000, 8000), (8000,)])
def test_port_knock_wants_the_right_order(nslab, ports):
    change = replacing("timeout: 30s", "timeout: 1h")
    with shipped(nslab, "port-knock", change) as lab:
        lab.serve("server", 22)
        knock(lab, "alice", *ports)
        assert lab.silent("alice", *SSH)
        assert lab.members("server", "opened") == set()


def test_port_knock_wants_one_knocker(nslab):
    """Half a knock of one and half of another open nothing."""
    with shipped(nslab, "port-knock") as lab:
        lab.serve("server", 22)
        knock(lab, "alice", 7000, 9000)
        knock(lab, "mallory", 8000)
        assert lab.silent("alice", *SSH)
        assert lab.silent("mallory", *SSH)


HELD = """
import socket, sys
s = socket.create_connection(("10.0.0.1", 22), 20)
print(s.recv(100).decode(), end="", flush=True)
for line in sys.stdin:
    s.send(line.strip().encode())
    print(s.recv(100).decode(), flush=True)
"""


def test_port_knock_shuts_again(nslab):
    """But not on who is in already."""
    with shipped(nslab, "port-knock", replacing("timeout: 30s", "timeout: 2s")) as lab:
        lab.serve("server", 22)
        for _ in range(5):  # a busy machine may need longer than the door is open
            knock(lab, "alice", *SETS)
            process = lab.popen("alice", HELD, stdin=-1)
            if process.stdout.readline().startswith(ALICE):
                break
        else:
            raise AssertionError("the door never opens")
        until(lambda: lab.members("server", "opened") == set(), "alice's time is over")
        assert lab.silent("alice", *SSH)
        out, err = process.communicate("still here\n", timeout=AMPLE)
        assert out == "still here\n", err
