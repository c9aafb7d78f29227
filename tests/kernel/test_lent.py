# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Physical interfaces in nodes, and what they are when they come back: what they were.

The cards are the virtual machine's, two with a wire between them. One is given to the host of the
tests before each, the other to a namespace that nobody else knows of, the far end.
"""
import contextlib
import json
import signal
import subprocess
import time

import pytest
from support.host import IS_ROOT

MACS = "52:54:00:00:00:00", "52:54:00:00:00:01"
CARD = "card0"
FAR = "10.7.0.2"

of_root = pytest.mark.parametrize("as_user", ["root"])
of_user = pytest.mark.parametrize("as_user", ["user"])
with_cards = pytest.mark.stock_kernel
pytestmark = [
    pytest.mark.kernel,
    pytest.mark.skipif(not IS_ROOT, reason="needs a host of its own"),
]

LAB = """\
nodes:
  r:
    kind: router
    interfaces:
      wan: {type: physical, host-interface: %s, addresses: [10.7.0.1/24]%s}
  pc: {routes: [{to: default, via: r}]}
links: [{endpoints: [r, pc], subnets: [10.8.0.0/24]}]
"""
TEXT = LAB % (CARD, ", mac: 02:00:00:00:00:09, mtu: 1300, alias: borrowed")


def sh(script, pid=None):
    """What SCRIPT prints, run in the network of the machine, or in that of PID."""
    enter = ["nsenter", "-t", str(pid), "-n"] if pid else []
    done = subprocess.run([*enter, "sh", "-ec", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done
    return done.stdout


def find(mac, pid=None):
    """The name of the card with MAC, by its maker; None where it is not."""
    for link in json.loads(sh("ip -j link", pid)):
        if mac in (link["address"], link.get("permaddr")):
            return link["ifname"]
    return None


def wait_for(true, limit=20):
    end = time.monotonic() + limit
    while not (found := true()) and time.monotonic() < end:
        time.sleep(0.02)
    assert found
    return found


@pytest.fixture
def far():
    """The namespace of the other card: its pid."""
    sh("modprobe virtio_net")
    name = wait_for(lambda: find(MACS[1]))
    sleeper = subprocess.Popen(["unshare", "-n", "sh", "-c", "echo in; exec sleep 1000"],
                               stdout=subprocess.PIPE, text=True)
    assert sleeper.stdout.readline() == "in\n"
    sh(f"ip link set {name} netns {sleeper.pid} name far0")
    sh(f"ip link set far0 up; ip addr add {FAR}/24 dev far0; ip route add 10.8.0.0/16 via 10.7.0.1",
       sleeper.pid)
    yield sleeper.pid
    sh("ip link set far0 netns 1", sleeper.pid)
    sleeper.kill()
    sleeper.communicate()


def take_card(host):
    """From the machine to the host, as the kernel left it."""
    name = wait_for(lambda: find(MACS[0]))
    sh(f"ip link set {name} netns {host}")


@pytest.fixture
def card(nslab, far):
    """The card is the host's, who uses it."""
    host = nslab.host.init
    take_card(host)
    name = find(MACS[0], host)
    sh(f"ip link set {name} name {CARD} mtu 1400 alias ours", host)
    yield CARD
    for pid in host, None:
        if name := find(MACS[0], pid):
            sh(f"ip link set {name} down; ip addr flush dev {name}; ip link set {name} netns 1", pid)


USED = f"""
ip addr add 10.9.0.1/24 dev {CARD}
ip addr add 10.9.0.8/24 dev {CARD} label {CARD}:two
ip addr add fd00:9::1/64 dev {CARD} nodad
ip link set {CARD} up
ip route add 10.99.0.0/16 via 10.9.0.2 dev {CARD} metric 50 mtu 1200
ip route add 10.97.0.0/16 via 10.99.0.1 dev {CARD} onlink table 77
ip route add 10.10.0.0/24 dev {CARD} src 10.9.0.8
ip route add 10.98.0.0/16 via 10.10.0.7
ip route add 10.96.0.0/16 nexthop via 10.9.0.2 weight 3 nexthop via 10.9.0.3
ip -6 route add fd00:98::/32 via fd00:9::2 dev {CARD}
"""


def seen(host):
    """The card as others' programs see it: all that must be the same again."""
    (link,) = json.loads(sh(f"ip -j -d addr show {CARD}", host))
    del link["ifindex"]
    link["addr_info"].sort(key=lambda a: a["local"])
    routes = sh("ip route show table all; ip -6 route show table all", host)
    return link, sorted(line for line in routes.splitlines() if CARD in line)


def settled(host):
    """The same, once it has carrier and no address is tentative."""
    def look():
        link, routes = seen(host)
        up = "UP" in link["flags"]
        tentative = any(a.get("tentative") for a in link["addr_info"])
        return not tentative and (not up or link["operstate"] == "UP") and (link, routes)

    return wait_for(look)


def is_same(host, before):
    """The kernel takes a moment for link-local addresses and their routes."""
    with contextlib.suppress(AssertionError):
        wait_for(lambda: settled(host) == before, 10)
    assert settled(host) == before


@pytest.fixture(params=["in use", "down"])
def before(request, nslab, card):
    """What the card is before it is lent."""
    host = nslab.host.init
    sh(USED if request.param == "in use" else f"ip addr add 10.9.0.1/24 dev {CARD}", host)
    return settled(host)


def kill(nslab, lab, *victims):
    titles = nslab.host.processes()
    for victim in victims:
        (pid,) = [p for p, t in titles.items() if t == f"nslab: {victim} of {lab}"]
        nslab.host.kill(pid, signal.SIGKILL)


@contextlib.contextmanager
def stranger(nslab, lab):
    """A program that holds the node's namespace and is nobody's of the lab."""
    words = f"--net=/run/netns/{lab}.r", "sh", "-c", "echo in; exec sleep 1000"
    process = nslab.popen(*words, program="/usr/bin/nsenter")
    try:
        assert process.stdout.readline() == "in\n"
        yield process
    finally:
        process.kill()
        process.communicate(timeout=20)


@with_cards
@of_root
def test_is_lent_and_given_back(nslab, before):
    host = nslab.host.init
    with nslab.lab(TEXT) as lab:
        assert find(MACS[0], host) is None
        nslab.exec(lab, "pc", "ping", "-n", "-c2", "-W9", FAR).ok()
        (wan,) = nslab.exec(lab, "r", "ip", "-j", "-d", "addr", "show", "wan").ok().json()
        assert (wan["address"], wan["mtu"], wan["ifalias"]) == ("02:00:00:00:00:09", 1300, "borrowed")
        assert [a["local"] for a in wan["addr_info"] if a["family"] == "inet"] == ["10.7.0.1"]
        again = nslab.run("up", "--name", nslab.name(), nslab.file(TEXT))
        assert again.status == 1 and f"lab '{lab}' has {CARD}" in again.err
    assert find(MACS[0], host) == CARD  # as soon as `down` is over
    is_same(host, before)


@with_cards
@of_root
@pytest.mark.parametrize("held", [False, True], ids=["free", "held"])
def test_the_guard_fetches_it(nslab, before, held):
    """Whoever holds the namespace, when the keeper is killed."""
    lab = nslab.name()
    nslab.run("up", "--name", lab, nslab.file(TEXT)).ok()
    with stranger(nslab, lab) if held else contextlib.nullcontext():
        kill(nslab, lab, "keeper")
        wait_for(lambda: nslab.host.names() == [])
        is_same(nslab.host.init, before)


@with_cards
@of_root
def test_down_does_not_wait_for_strangers(nslab, before):
    lab = nslab.name()
    nslab.run("up", "--name", lab, nslab.file(TEXT)).ok()
    with stranger(nslab, lab):
        assert "still hold" in nslab.run("down", lab).ok().err
        is_same(nslab.host.init, before)


@with_cards
@of_root
def test_the_next_command_makes_it_what_it_was(nslab, before):
    """Keeper and guard are killed. The kernel brings the card to the machine's first namespace; for
    the tests' host, which is another, it is carried over by hand."""
    lab, host = nslab.name(), nslab.host.init
    nslab.run("up", "--name", lab, nslab.file(TEXT)).ok()
    kill(nslab, lab, "guard", "keeper")
    take_card(host)
    assert find(MACS[0], host) == "wan"
    nslab.run("ls").ok()
    is_same(host, before)
    assert nslab.host.names() == []


@with_cards
@of_root
def test_who_holds_it_is_named(nslab, before):
    lab, host = nslab.name(), nslab.host.init
    file = nslab.file(TEXT)
    nslab.run("up", "--name", lab, file).ok()
    with stranger(nslab, lab) as process:
        kill(nslab, lab, "guard", "keeper")
        down = nslab.run("down", lab)
        assert down.status == 1 and f"{CARD}, which was lent" in down.err, f"{down}"
        assert "(sleep 1000) still is in" in down.err and process.poll() is None
        again = nslab.run("up", "--name", nslab.name(), file)
        assert again.status == 1 and f"`nslab down {lab}` says why" in again.err, f"{again}"
    take_card(host)
    nslab.run("ls").ok()
    is_same(host, before)
    assert nslab.host.names() == []


@with_cards
@of_root
def test_a_failed_up_gives_it_back(nslab, before):
    text = LAB % (CARD, ", sysctls: {ipv4.nonsense: 1}")
    assert nslab.run("up", nslab.file(text)).status == 3
    is_same(nslab.host.init, before)


@with_cards
@of_root
def test_a_killed_up_gives_it_back(nslab, card):
    host = nslab.host.init
    sh(USED, host)
    before = settled(host)
    file = nslab.file(TEXT)
    for delay in range(0, 600, 60):
        up = nslab.popen("up", "--name", nslab.name(), file)
        time.sleep(delay / 1000)
        up.kill()
        up.communicate()
        nslab.run("down", "--all")  # it was ready before the kill
        wait_for(lambda: nslab.host.names() == [])
        is_same(host, before)


@with_cards
@of_root
def test_what_else_hangs_on_it(nslab, card):
    """A port, or what something stands on, could not be given back as it was."""
    host, file = nslab.host.init, nslab.file(TEXT)
    for make, undo, said in (
        ("link add sw0 type bridge; ip link set card0 master sw0", "link del sw0", "nomaster"),
        ("link add link card0 name up0 type vlan id 5", "link del up0", "up0 stands on it"),
    ):
        sh(f"ip {make}", host)
        result = nslab.run("up", file)
        sh(f"ip {undo}", host)
        assert result.status == 1 and said in result.err, f"{result}"
    assert find(MACS[0], host) == CARD and nslab.labs() == []


@with_cards
@of_root
def test_a_default_route_is_warned_of(nslab, card):
    host = nslab.host.init
    sh(f"ip addr add 10.9.0.1/24 dev {CARD}; ip link set {CARD} up; ip route add default via 10.9.0.2"
       " metric 9", host)
    lab = nslab.name()
    assert f"default route leads over {CARD}" in nslab.run("up", "--name", lab, nslab.file(TEXT)).ok().err
    nslab.run("down", lab).ok()
    assert "default via 10.9.0.2" in sh("ip route", host)


@of_root
@pytest.mark.parametrize("kind", ["veth", "bridge", pytest.param("dummy", marks=pytest.mark.needs("dummy"))])
def test_virtual_ones_are_refused(nslab, kind):
    """With a way to have what was wanted: it works."""
    name = "host0"
    if kind != "veth":
        name = "virt0"
        nslab.sh(f"ip link add virt0 type {kind}").ok()
    try:
        result = nslab.run("up", "--name", "x", nslab.file(LAB % (name, "")))
        assert result.status == 2 and f"but a {kind} of the kernel's" in result.err, f"{result}"
        assert f"ip link add link {name} name wan netns x.r type macvlan" in result.err
        assert nslab.labs() == []
    finally:
        if kind != "veth":
            nslab.sh("ip link del virt0").ok()


@of_root
@pytest.mark.parametrize("name, said", [("lo", "every namespace's own"), ("nix", "no interface nix")])
def test_nothing_to_lend(nslab, name, said):
    result = nslab.run("up", nslab.file(LAB % (name, "")))
    assert result.status in (1, 2) and said in result.err and nslab.labs() == []


@of_user
def test_root_alone_lends(nslab):
    file = nslab.file(LAB % ("host0", ""))
    result = nslab.run("up", file)
    assert result.status == 3 and f"{file}:5:7: error: A physical interface is lent by root" in result.err
    assert nslab.labs() == []
