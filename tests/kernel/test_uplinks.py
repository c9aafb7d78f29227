# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Ways out of a lab: what gets out, what does not, and what stays of it on the host: nothing.

The host of these tests has a network of its own, 192.0.2.1 and 2001:db8:ffff::1; what a lab reaches
of it is all that it reaches.
"""
import contextlib
import json
import os
import signal
import subprocess
import time

import pytest
from support import dump
from support.host import IS_ROOT
from support.traffic import PYTHON, SERVER, probe, probes

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.skipif(not IS_ROOT, reason="needs a host of its own, with a network"),
]
HOST = "192.0.2.1"
HOST6 = "2001:db8:ffff::1"
PROGRAMS = ["pasta", "slirp4netns"]

LAB = """\
nodes:
  gw: {kind: nat%s}
  pc: {routes: [{to: default, via: gw}]}
links: [{endpoints: [gw, pc], subnets: [192.168.1.0/24]}]
"""


def lab_text(mode=None, more=""):
    uplink = f", uplink: {{mode: {mode}}}" if mode else ""
    return LAB % (uplink + more)


@contextlib.contextmanager
def serving(nslab, tcp=(), udp=(), where=None):
    """A server on the host, which says who asked."""
    ports = json.dumps({"tcp": list(tcp), "udp": list(udp)})
    text = SERVER.replace("AF_INET6", "AF_INET").replace('"::"', repr(where)) if where else SERVER
    if where:
        text = text.replace("s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)", "pass")
    server = nslab.popen("-c", text, ports, program=PYTHON, stderr=subprocess.STDOUT)
    try:
        line = server.stdout.readline()
        assert line == "ready\n", line + server.stdout.read()
        yield
    finally:
        server.kill()
        server.communicate(timeout=20)


def parent(nslab, pid):
    with contextlib.suppress(OSError):
        return int((nslab.host.root / f"proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return None


def carriers(nslab):
    """The pids of the programs that carry uplinks, as the host has them, without the helpers that
    they have for a moment."""
    found = [
        pid
        for pid, title in nslab.host.processes().items()
        if title.split()[0].rpartition("/")[2] in PROGRAMS
    ]
    return [pid for pid in found if parent(nslab, pid) not in found]


@pytest.mark.parametrize("mode", PROGRAMS)
def test_a_lab_gets_out_and_nobody_gets_in(nslab, mode):
    """TCP and UDP to the host's own address, which takes them for its own user's."""
    with serving(nslab, tcp=[8001], udp=[8002]), nslab.lab(lab_text(mode)) as lab:
        found = probes(nslab, lab, "pc", [("tcp", HOST, 8001), ("udp", HOST, 8002)])
        assert [answer.split()[0] for answer in found] == [HOST, HOST]
        assert probe(nslab, lab, "gw", "tcp", HOST, 8001).startswith(HOST)


@pytest.mark.parametrize("mode", PROGRAMS)
def test_what_listens_for_the_host_alone_is_not_reached(nslab, mode):
    with serving(nslab, tcp=[8001], where="127.0.0.1"), nslab.lab(lab_text(mode)) as lab:
        for address in "100.127.1.2", "100.127.1.3":
            answer = probe(nslab, lab, "pc", "tcp", address, 8001, wait=2)
            assert answer in ("nothing", "ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH")


@pytest.mark.parametrize("mode", PROGRAMS)
def test_nothing_is_opened_on_the_host(nslab, mode):
    """A server in the lab is not one of the host's."""
    with nslab.lab(lab_text(mode)) as lab:
        server = nslab.popen("exec", "-l", lab, "gw", "--", PYTHON, "-c", SERVER,
                             json.dumps({"tcp": [8005], "udp": []}))
        assert server.stdout.readline() == "ready\n"
        for _ in range(20):
            assert ":8005" not in nslab.sh("ss -Hltn").ok().out
            time.sleep(0.1)
        server.terminate()
        server.communicate(timeout=20)


def test_ipv6_by_pasta(nslab):
    text = LAB.replace("192.168.1.0/24", '192.168.1.0/24, "fd00:1::/64"')
    text %= ', uplink: {subnets: [10.1.2.0/28, "fd00:7::/64"], interface: wan0}'
    with serving(nslab, tcp=[8001]), nslab.lab(text) as lab:
        assert probe(nslab, lab, "pc", "tcp", HOST6, 8001).split()[0] == HOST6
        assert probe(nslab, lab, "pc", "tcp", HOST, 8001).split()[0] == HOST
        addresses = nslab.exec(lab, "gw", "ip", "-j", "addr", "show", "wan0").ok().json()[0]
        found = {f"{a['local']}/{a['prefixlen']}" for a in addresses["addr_info"]}
        assert {"10.1.2.1/28", "fd00:7::1/64"} < found
        resolv = nslab.exec(lab, "pc", "cat", "/etc/resolv.conf").ok().out
        assert resolv == "nameserver 10.1.2.3\nnameserver fd00:7::3\n"


def test_names_are_the_hosts_business(nslab):
    """What is sent to the third address comes to the host's name server."""
    ask = (
        "import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\ns.settimeout(10)\n"
        "s.sendto(bytes.fromhex('abcd01000001000000000000046e616d650000010001'),"
        " ('100.127.1.3', 53))\nprint(s.recv(512).hex())"
    )
    answer = (
        "import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        f"s.bind(('{HOST}', 53))\nprint('ready', flush=True)\nwhile True:\n"
        "    data, who = s.recvfrom(512)\n    s.sendto(data[:2] + b'\\x81\\x83' + data[4:], who)\n"
    )
    root = nslab.host.root
    nslab.host.popen(
        ["sh", "-c", f"echo nameserver {HOST} >/run/resolv; mount --bind /run/resolv /etc/resolv.conf"]
    ).wait()
    server = nslab.host.popen([PYTHON, "-c", answer], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout.readline() == "ready\n"
        for mode in PROGRAMS:
            with nslab.lab(lab_text(mode)) as lab:
                hosts = nslab.exec(lab, "pc", "cat", "/etc/resolv.conf").ok().out
                assert hosts == "nameserver 100.127.1.3\n"
                said = nslab.exec(lab, "pc", PYTHON, "-c", ask).ok().out
                assert said.startswith("abcd8183"), mode
    finally:
        server.kill()
        server.communicate()
        nslab.host.popen(["sh", "-c", "umount /etc/resolv.conf; rm /run/resolv"]).wait()
        assert not (root / "run/resolv").exists()


def test_the_gateway_is_known_by_its_lan(nslab):
    """A node's name is its address in the lab, not the one on its uplink."""
    with nslab.lab(lab_text()) as lab:
        hosts = nslab.exec(lab, "pc", "cat", "/etc/hosts").ok().out
        assert "192.168.1.1\tgw\n" in hosts and "100.127" not in hosts


def test_a_firewall_beside(nslab):
    """The node's own rules come first, and the masquerade is the last of them."""
    more = (
        ", firewall: {forward: [{proto: tcp, dport: 8004, action: reject}], postrouting: ["
        "{oif: uplink, proto: tcp, dport: 8001, action: {snat: 100.127.1.9}}]}"
    )
    with serving(nslab, tcp=[8001, 8004], udp=[8002]), nslab.lab(lab_text("pasta", more)) as lab:
        assert probe(nslab, lab, "pc", "tcp", HOST, 8004) == "ECONNREFUSED"
        assert probe(nslab, lab, "pc", "udp", HOST, 8002).startswith(HOST)
        table = nslab.exec(lab, "gw", "nft", "-j", "list", "table", "inet", "nslab").ok().json()
        rules = [r["rule"] for r in table["nftables"] if "rule" in r]
        snat, masquerade = [r["expr"] for r in rules if r["chain"] == "postrouting-snat"]
        assert "snat" in snat[-1] and "masquerade" in masquerade[-1]
        assert nslab.run("firewall", "-l", lab, "gw").ok().out.count("action: masquerade") == 1


def test_the_files_own_default_wins(nslab):
    text = LAB % ", routes: [{to: default, via: 192.168.1.2}]"
    with nslab.lab(text.replace("via: gw", "via: 192.168.1.1")) as lab:
        (route,) = nslab.exec(lab, "gw", "ip", "-j", "route", "show", "default").ok().json()
        assert route["dev"] == "eth0"


def test_shortest_paths_lead_out(nslab):
    """Of two uplinks to the nearer one, and without a second default route for the gateways."""
    text = (
        "addressing: {links: [10.0.0.0/16]}\nrouting: shortest-path\n"
        "nodes: {gw(1|2): {kind: nat}, r(1..3): {kind: router}, pc: }\n"
        "links: [[gw1, r1], {chain: r(1..3)}, [r3, gw2], [pc, r1]]\n"
    )
    with serving(nslab, tcp=[8001]), nslab.lab(text) as lab:
        assert probe(nslab, lab, "pc", "tcp", HOST, 8001).startswith(HOST)
        for node, ways in {"gw1": 1, "gw2": 1, "r1": 1, "r2": 2, "r3": 1}.items():
            (route,) = nslab.exec(lab, node, "ip", "-j", "route", "show", "default").ok().json()
            assert len(route.get("nexthops", [route])) == ways, (node, route)


def test_two_uplinks_have_two_subnets(nslab):
    with nslab.lab("nodes: {a: {kind: nat}, b: {kind: nat}}\n") as lab:
        for node, number in ("a", 1), ("b", 2):
            (link,) = nslab.exec(lab, node, "ip", "-j", "-4", "addr", "show", "uplink").ok().json()
            assert link["addr_info"][0]["local"] == f"100.127.{number}.1"
        assert len(carriers(nslab)) == 2


@pytest.mark.parametrize("mode", PROGRAMS)
@pytest.mark.parametrize("victims", [("keeper",), ("guard", "keeper"), ("carrier",)], ids="+".join)
def test_kills_leave_nothing(nslab, mode, victims):
    """The fixture compares the host before and after, to the last process."""
    name = nslab.name()
    nslab.run("up", "--name", name, nslab.file(lab_text(mode))).ok()
    (carrier,) = carriers(nslab)
    titles = nslab.host.processes()
    for victim in victims:
        if victim == "carrier":
            nslab.host.kill(carrier)
            continue
        (pid,) = [p for p, t in titles.items() if t == f"nslab: {victim} of {name}"]
        nslab.host.kill(pid, signal.SIGKILL)
    if victims == ("carrier",):
        nslab.run("status", name).ok()  # the lab lives on, without a way out
        nslab.run("down", name).ok()
    end = time.monotonic() + 10
    while carriers(nslab) and time.monotonic() < end:
        time.sleep(0.01)
    assert carriers(nslab) == []
    assert nslab.labs() == []


def test_up_that_is_killed_leaves_nothing(nslab):
    file = nslab.file(lab_text())
    for delay in range(0, 60, 3):
        up = nslab.popen("up", "--name", nslab.name(), file)
        time.sleep(delay / 1000)
        up.kill()
        up.communicate()
    end = time.monotonic() + 10
    while (carriers(nslab) or nslab.labs()) and time.monotonic() < end:
        time.sleep(0.02)
        for lab in nslab.labs():  # it was ready before the kill
            nslab.run("down", lab)
    assert carriers(nslab) == []


# --- where something is missing --------------------------------------------------------------


def refused(nslab, text, **kw):
    file = nslab.file(text)
    result = nslab.run("up", file, **kw)
    assert result.status == 3 and nslab.labs() == []
    assert f"{file}:2:3: error: " in result.err, f"{result}"
    return result.err


def without(nslab, *programs):
    """A PATH that has all but PROGRAMS."""
    folder = nslab.work / f"without-{'-'.join(programs)}"
    folder.mkdir(exist_ok=True)
    for program in set(PROGRAMS) - set(programs):
        with contextlib.suppress(FileExistsError):
            os.symlink(f"/usr/bin/{program}", folder / program)
    return {"PATH": f"{folder}"}


def test_without_any_program(nslab):
    said = refused(nslab, lab_text(), env=without(nslab, *PROGRAMS))
    assert "install passt or slirp4netns" in said


def test_the_other_program_does(nslab):
    for program in PROGRAMS:
        other = next(p for p in PROGRAMS if p != program)
        file, name = nslab.file(lab_text()), nslab.name()
        nslab.run("up", "--name", name, file, env=without(nslab, program)).ok()
        titles = [nslab.host.processes()[pid] for pid in carriers(nslab)]
        nslab.run("down", name).ok()
        assert [title.split()[0] for title in titles] == [other]


def test_ipv6_needs_pasta(nslab):
    text = LAB % ', uplink: {subnets: ["fd00:7::/64"]}'
    said = nslab.run("up", nslab.file(text), env=without(nslab, "pasta"))
    assert said.status == 3 and "install passt" in said.err


def test_without_a_tap(nslab):
    """A machine without /dev/net/tun, seen by this test's programs alone."""
    hide = "mount -t tmpfs t /dev/net && exec setpriv --reuid {0} --regid {0} --clear-groups {1} up {2}"
    uid = nslab.uid or 0
    file = nslab.file(lab_text())
    words = ["unshare", "-m", "sh", "-c", hide.format(uid, nslab.stage.program, file)]
    process = nslab.host.popen(
        words, env=nslab.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    out, err = process.communicate(timeout=60)
    assert process.returncode == 3, out + err
    assert "The uplink of gw needs a tap: " in err  # found before anything was built
    assert "modprobe tun" in err and nslab.labs() == []


def test_a_host_that_leads_nowhere(nslab):
    """pasta says why, and so does `up`."""
    nslab.host.popen(["ip", "route", "del", "default"]).wait()
    nslab.host.popen(["ip", "-6", "route", "del", "default"]).wait()
    try:
        result = nslab.run("up", nslab.file(lab_text("pasta")))
        if result.status == 0:  # later versions of pasta do without
            nslab.run("down", "--all").ok()
            return
        assert result.status == 1 and "interface" in result.err.lower(), f"{result}"
        assert "opening the uplink of gw: pasta ended: " in result.err
    finally:
        nslab.host.popen(["ip", "route", "add", "default", "via", "192.0.2.254"]).wait()
        words = ["ip", "-6", "route", "add", "default", "via", "2001:db8:ffff::fe"]
        nslab.host.popen([*words, "dev", "host0"]).wait()


# --- veth ------------------------------------------------------------------------------------

FAR = "203.0.113.9"
WORLD = """\
echo $$; read go
ip link set lo up; ip addr add %s/32 dev lo
ip addr add 198.51.100.2/24 dev out1; ip link set out1 up
echo up; read go
exec %s -c "$0" '{"tcp": [8001], "udp": [8002]}'
"""


of_root = pytest.mark.parametrize("as_user", ["root"])
of_user = pytest.mark.parametrize("as_user", ["user"])


@pytest.fixture
def root(nslab):
    return nslab


@contextlib.contextmanager
def world(nslab):
    """A server that the host reaches over its default route, and nobody else does."""

    def sh(script):
        nslab.host.popen(["sh", "-ec", script]).wait()

    server = nslab.host.popen(
        ["unshare", "-n", "sh", "-c", WORLD % (FAR, PYTHON), SERVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    pid = server.stdout.readline().strip()
    sh(f"ip link add out0 type veth peer name out1 netns {pid}; ip addr add 198.51.100.1/24 dev out0")
    server.stdin.write("\n")
    assert server.stdout.readline() == "up\n"
    sh("ip link set out0 up; ip route replace default via 198.51.100.2 dev out0")
    server.stdin.write("\n")
    assert server.stdout.readline() == "ready\n"
    try:
        yield
    finally:
        sh("ip link del out0; ip route add default via 192.0.2.254")
        server.kill()
        server.communicate(timeout=20)


def forwarding(nslab):
    """The host's interfaces that forward."""
    out = nslab.sh("grep -l 1 /proc/sys/net/ipv4/conf/*/forwarding || true").ok().out
    return {path.split("/")[6] for path in out.split()}


def tables(nslab):
    return nslab.sh("nft list tables").ok().out.splitlines()


VETH = lab_text("veth")
VETH2 = LAB % ", uplink: {mode: veth, subnets: [100.64.9.0/29]}"


@of_root
def test_veth_gets_out(root):
    """Through the host, with the host's address, and everything is given back."""
    with world(root):
        before = root.host.snapshot()
        with root.lab(VETH) as lab:
            found = probes(root, lab, "pc", [("tcp", FAR, 8001), ("udp", "198.51.100.2", 8002)])
            assert [answer.split()[0] for answer in found] == ["198.51.100.1"] * 2
            root.exec(lab, "pc", "ping", "-n", "-c1", "-W4", FAR).ok()
            assert forwarding(root) == {"out0", "nslab0"}
            assert tables(root) == [f"table inet nslab-{lab}"]
            (end,) = json.loads(root.sh("ip -j -d addr show nslab0").ok().out)
            assert end["ifalias"] == f"nslab-{lab}" and end["linkinfo"]["info_kind"] == "veth"
            assert end["addr_info"][0]["local"] == "100.127.1.2"
            assert not carriers(root)
        root.host.assert_same(before, wait=0)  # it does not wait for the namespaces
        assert forwarding(root) == set() and tables(root) == []


@of_root
@pytest.mark.parametrize("first", [0, 1])
def test_veth_of_two_labs(root, first):
    """What both need stays until the last of them goes."""
    with world(root), contextlib.ExitStack() as one, contextlib.ExitStack() as two:
        labs = [one.enter_context(root.lab(VETH)), two.enter_context(root.lab(VETH2))]
        assert forwarding(root) == {"out0", "nslab0", "nslab1"}
        (one, two)[first].close()
        assert forwarding(root) == {"out0", f"nslab{1 - first}"}
        assert tables(root) == [f"table inet nslab-{labs[1 - first]}"]
        assert probe(root, labs[1 - first], "pc", "tcp", FAR, 8001).startswith("198.51.100.1")
        (one, two)[1 - first].close()
        assert forwarding(root) == set() and tables(root) == []


@of_root
def test_veth_leaves_what_was_on(root):
    with world(root):
        root.sh("echo 1 >/proc/sys/net/ipv4/conf/out0/forwarding").ok()
        with root.lab(VETH) as lab:
            assert probe(root, lab, "pc", "tcp", FAR, 8001).startswith("198.51.100.1")
        assert forwarding(root) == {"out0"}


@of_root
@pytest.mark.parametrize("victims", [("keeper",), ("guard", "keeper")], ids="+".join)
def test_veth_kills_leave_nothing(root, victims):
    with world(root):
        name = root.name()
        root.run("up", "--name", name, root.file(VETH)).ok()
        titles = root.host.processes()
        for victim in victims:
            (pid,) = [p for p, t in titles.items() if t == f"nslab: {victim} of {name}"]
            root.host.kill(pid, signal.SIGKILL)
        end = time.monotonic() + 10
        while tables(root) and time.monotonic() < end:
            root.run("ls").ok()  # the next command is the second net
        assert tables(root) == [] and forwarding(root) == set()


@of_root
def test_veth_end_goes_at_once(root):
    """Not with the node's namespace, which a stranger keeps."""
    name = root.name()
    root.run("up", "--name", name, root.file(VETH)).ok()
    stranger = root.popen(
        f"--net=/run/netns/{name}.gw", "sh", "-c", "echo in; exec sleep 100", program="/usr/bin/nsenter"
    )
    try:
        assert stranger.stdout.readline() == "in\n"
        root.run("down", name)
        assert "nslab0" not in root.sh("ip -br link").ok().out
        with root.lab(VETH):
            pass
    finally:
        stranger.kill()
        stranger.communicate(timeout=20)


@of_root
def test_veth_finds_a_subnet_in_use(root):
    with root.lab(VETH):
        result = root.run("up", "--name", root.name(), root.file(VETH))
        assert result.status == 1 and "nslab0 has 100.127.1.2/24" in result.err, f"{result}"
        assert len(root.labs()) == 1


DROPPERS = {
    "Docker": "table ip filter {\nchain DOCKER-USER { }\nchain FORWARD {\n"
    "type filter hook forward priority 0; policy drop;\njump DOCKER-USER\n}\n}",
    "ufw": "table ip filter {\nchain ufw-before-forward { }\nchain FORWARD {\n"
    "type filter hook forward priority 0; policy drop;\njump ufw-before-forward\n}\n}",
    "firewalld": "table inet firewalld {\nchain filter_FORWARD {\n"
    "type filter hook forward priority 10; policy accept;\nct state established accept\n"
    "reject with icmpx admin-prohibited\n}\n}",
    "The firewall": "table inet mine {\nchain through {\ntype filter hook forward priority 0;\n"
    "counter drop\n}\n}",
}


@of_root
@pytest.mark.parametrize("owner", DROPPERS)
def test_veth_names_who_drops(root, owner):
    """Who drops what the host forwards is named; who lets labs pass is not."""
    table = " ".join(DROPPERS[owner].split()[1:3])
    chain = {"Docker": "DOCKER-USER", "ufw": "FORWARD", "firewalld": "filter_FORWARD"}.get(owner, "through")
    ruleset = root.file(DROPPERS[owner] + "\n", "ruleset.nft")
    root.sh(f"nft -f {ruleset}").ok()
    try:
        result = root.run("up", root.file(VETH))
        assert result.status == 3 and f": error: {owner} drops" in result.err, f"{result}"
        assert f"of table {table}" in result.err and root.labs() == []
        root.sh(f"nft insert rule {table} {chain} iifname 'nslab*' accept").ok()
        with root.lab(VETH):
            pass
    finally:
        root.sh(f"nft delete table {table}").ok()


@of_root
def test_veth_does_not_mind_others(root):
    """Chains that let pass, or that drop some."""
    text = (
        "table ip filter {\nchain FORWARD {\ntype filter hook forward priority 0; policy accept;\n"
        "ip saddr 10.9.9.9 drop\n}\nchain INPUT {\n"
        "type filter hook input priority 0; policy drop;\niifname lo accept\n}\n}\n"
    )
    root.sh(f"nft -f {root.file(text, 'ruleset.nft')}").ok()
    try:
        with root.lab(VETH):
            pass
    finally:
        root.sh("nft delete table ip filter").ok()


@of_user
def test_veth_is_for_root(nslab):
    result = nslab.run("up", nslab.file(VETH))
    assert result.status == 3 and "for root" in result.err and nslab.labs() == []


@of_root
def test_veth_script(root):
    """What the script builds in the nodes is what nslab builds."""
    with world(root), root.lab(VETH) as lab:
        script = root.run("plan", "--format", "sh", "--name", lab, root.file(VETH, "veth.yaml")).ok()
        theirs = {n.partition(".")[2]: p for n, p in dump.script(root, script.out).items()}
        ours = dump.lab(root, lab)
        assert set(ours) == set(theirs)
        for node in ours:
            one, other = dump.normal(ours[node]), dump.normal(theirs[node])
            assert not list(dump.differences(one, other)), node
