# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""What the kernel holds in a node, as ip, bridge, tc and /proc/sys tell it, in a form to compare."""
import json
import os
import re
import subprocess

from support.host import CLONE_NEWNET, IS_ROOT, TIMEOUT, finish, setns

# Prints parts behind a line that names them, by as few programs as can be: they are what takes the
# time. Links come first: their states are what a reader waits for, and every part read after them
# has come as far.
SCRIPT = r"""
echo "@@link addr"; printf 'link show\naddr show\n' | ip -j -d -batch -
echo "@@route4 rule4"; printf 'route show table all\nrule\n' | ip -4 -j -d -batch -
echo "@@route6 rule6"; printf 'route show table all\nrule\n' | ip -6 -j -d -batch -
echo "@@bridge"; bridge -j -d link show
echo "@@vlan"; bridge -c -j vlan show
echo "@@qdisc"; tc -j -s qdisc show
echo "@@wg"; wg show all dump
echo "@@sysctl"; grep -asr "" /proc/sys/net
echo
"""
LINK_LOCAL = "kernel's own link-local"


def parse(text):
    """SCRIPT's output as a dict: the JSON of each part, sysctls as {path: value}."""
    parts = {}
    for part in text.split("@@")[1:]:
        names, _, body = part.partition("\n")
        if names == "sysctl":
            pairs = (line.partition(":") for line in body.splitlines() if line)
            parts[names] = {path.removeprefix("/proc/sys/net/"): value for path, _, value in pairs}
        elif names == "wg":
            parts[names] = [wireguard(line.split("\t")) for line in body.splitlines() if line]
        else:
            parts |= zip(names.split(), [*documents(body)] or [[]], strict=True)
    return parts


def documents(text):
    """What stands in TEXT, one JSON document after the other."""
    while text := text.lstrip():
        document, end = json.JSONDecoder().raw_decode(text)
        yield document
        text = text[end:]


def wireguard(words):
    """A line of `wg show all dump`, of an interface or a peer, without what is drawn or learnt."""
    if len(words) == 5:
        return {"ifname": words[0], "port": words[3], "fwmark": words[4]}
    return {
        "ifname": words[0],
        "shared": words[2] != "(none)",
        "allowed": sorted(words[4].split(",")),
        "keepalive": words[8],
    }


# --- reading a lab ---------------------------------------------------------------------------


def lab(runner, name):
    """{node: parts} of lab NAME; the bridges that stand for LANs are "@lan1", "@lan2", …,
    taken to be in the order of their sizes, the largest first."""
    status = runner.run("status", "--json", name).ok().json()
    nodes = {n["name"]: n["netns"] for n in status["nodes"]}
    found = {node: parse(runner.exec(name, node, "sh", "-c", SCRIPT).ok().out) for node in nodes}
    hidden = [parse(text) for text in hidden_bridges(runner, status["keeper"], nodes.values())]
    hidden.sort(key=lambda parts: -len(parts["link"]))
    return found | {f"@lan{i}": parts for i, parts in enumerate(hidden, 1)}


def keeper_namespaces(runner, keeper):
    """{inode: descriptor} of the network namespaces that the keeper holds, by descriptor."""
    folder = runner.host.root / f"proc/{keeper}/fd"
    found = {}
    for fd in sorted(os.listdir(folder), key=int):
        match = re.fullmatch(r"net:\[(\d+)\]", os.readlink(folder / fd))
        if match:
            found[int(match[1])] = int(fd)
    return found


def hidden_bridges(runner, keeper, known):
    """What is in the namespaces of nodes that are not shown: those with a bridge in them."""
    texts = (
        in_namespace(runner, keeper, fd)
        for inode, fd in keeper_namespaces(runner, keeper).items()
        if inode not in known
    )
    return [text for text in texts if '"br0"' in text]


def in_namespace(runner, keeper, fd):
    """SCRIPT's output in a namespace that only the keeper has."""
    if not IS_ROOT:
        words = [
            "nsenter",
            "-U",
            "--preserve-credentials",
            "-t",
            keeper,
            f"--net=/proc/{keeper}/fd/{fd}",
            "sh",
            "-c",
            SCRIPT,
        ]
        return runner.run(*words[1:], program="/usr/bin/nsenter").ok().out
    with open(runner.host.root / f"proc/{keeper}/fd/{fd}") as net:
        process = runner.host.popen(
            ["sh", "-c", SCRIPT],
            stdout=subprocess.PIPE,
            text=True,
            enter=lambda: setns(net.fileno(), CLONE_NEWNET),
        )
        return finish(process, ["hidden node"]).out


# --- reading what a script built -------------------------------------------------------------

# A way out, for what leads there.
HOST = r"""
ip link set lo up
ip link add host0 type veth peer name host1
ip link set host0 up
ip link set host1 up
ip addr add 192.0.2.1/24 dev host0
ip route add default via 192.0.2.254
"""
# What pasta says to each of its words where there is no /dev/log.
NO_SYSLOG = re.compile(r"^Failed to send \d+ bytes to syslog\n", re.M)

# The kernel tells of carrier a little late; a link that never has any is waited for in vain. A
# spanning tree takes four seconds.
AFTERWARDS = r"""
turns=26
grep -q "stp_state 1" "$PLAN" && turns=160
for i in $(seq $turns); do
    for ns in $(ip netns list | cut -d' ' -f1); do ip -n "$ns" -o link; done > /run/links
    grep -v lo: /run/links | grep -qE 'NO-CARRIER|[^-]UP.*state (DOWN|UNKNOWN)' || break
    sleep 0.05
done
for ns in $(ip netns list | cut -d' ' -f1); do
    echo "##$ns"
    ip netns exec "$ns" sh -c "$DUMP"
done
"""
# What the script must leave as it was: all that it could have changed where it ran.
AROUND = "ip netns; ip -br link | cut -d' ' -f1; ip -4 -o addr; ip -4 route; ip rule; ip -6 rule"


def script(runner, text):
    """{namespace: parts} of what the shell script TEXT builds, in namespaces of its own. Told to
    take it away it leaves nothing."""
    path = runner.file(text, "plan.sh")
    own = ["-mnpf"] if runner.who == "root" else ["-Urmnpf"]  # what it starts ends with it
    shell = (
        f"set -e; mount -t tmpfs tmpfs /run; {HOST} before=$({AROUND});"
        f"sh '{path}' >&2; {AFTERWARDS}"
        f"sh '{path}' down >&2; echo '##'; echo \"$before\"; echo '##'; {AROUND}"
    )
    result = runner.run(
        *own,
        "--mount-proc",
        "--propagation",
        "slave",
        "sh",
        "-c",
        shell,
        program="/usr/bin/unshare",
        env={"DUMP": SCRIPT, "PLAN": path},
        timeout=4 * TIMEOUT,  # a program for each line of it, and that while other tests run
    ).ok()
    assert not NO_SYSLOG.sub("", result.err), f"the script complains:\n{result}"
    *built, before, after = result.out.split("##")[1:]
    assert after == before, f"the script leaves {after}, not {before}"
    return {name: parse(body) for name, _, body in (part.partition("\n") for part in built)}


# --- making two of them comparable -----------------------------------------------------------

# Numbers that the kernel draws or that go with time or with the machine's other namespaces.
DRAWN = re.compile(
    r"(ifindex|link_index|link_netnsid|link|stats.*|.*_timer|bridge_id|root_id|"
    r"designated_.*|root_port|no|port_no|valid_life_time|preferred_life_time|"
    r"promiscuity|config_pending|parentbus|parentdev|permaddr|perm_hwaddr|topology_change.*|"
    r"root_path_cost|"
    # of queueing disciplines: what they have counted, and seeds that nobody gave
    r"bytes|packets|drops|overlimits|requeues|backlog|qlen|seed)"
)
DRAWN_SYSCTLS = re.compile(
    r".*(stable_secret|fastopen_key|random|_count|hash_seed|"
    r"ipv6/route/.*|nf_conntrack_.*|ipv4/ping_group_range|ipv4/tcp_.*hash.*|unix/.*|core/.*)$"
)
OWN_LINK_LOCAL = re.compile(r"^fe80::[0-9a-f:]*(ff:fe)[0-9a-f:]*")


def plain(value, macs):
    """VALUE without what is drawn anew each time: interface numbers, drawn MAC addresses, the
    link-local addresses that follow from them, timers; lists of flags in order."""
    if isinstance(value, dict):
        kept = {k: plain(v, macs) for k, v in value.items() if not DRAWN.fullmatch(k)}
        if "flags" in kept:
            kept["flags"] = sorted(kept["flags"])
        if "hairpin" in kept:  # a spanning tree goes by drawn addresses
            kept.pop("state", None)
        if kept.get("stp_state"):  # shorter while the tree changes
            kept.pop("ageing_time", None)
        if "address" in kept and "ifname" in kept and kept["address"] not in macs:
            kept["address"] = "drawn" if kept.get("link_type") == "ether" else kept["address"]
        return kept
    if isinstance(value, list):
        return [plain(v, macs) for v in value]
    if isinstance(value, str):
        return OWN_LINK_LOCAL.sub(LINK_LOCAL, value)
    return value


def in_order(items):
    return sorted(items, key=lambda i: (i.get("ifname", ""), json.dumps(i, sort_keys=True)))


def normal(parts, macs=()):
    """The parts of one node, comparable. MACS: addresses that the topology asks for."""
    result = {name: in_order(plain(parts[name], macs)) for name in parts if name != "sysctl"}
    for interface in result["addr"]:
        interface["addr_info"] = in_order(interface.get("addr_info", []))
    result["sysctl"] = {k: v for k, v in parts["sysctl"].items() if not DRAWN_SYSCTLS.match(k)}
    return result


def differences(one, other, path=""):
    """Where two comparable things differ, one line each."""
    if type(one) is type(other) and isinstance(one, dict):
        for key in sorted(set(one) | set(other)):
            yield from differences(one.get(key), other.get(key), f"{path}/{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for i, (a, b) in enumerate(zip(one, other)):
            yield from differences(a, b, f"{path}/{i}")
    elif one != other:
        yield f"{path}: {json.dumps(one)}\n    in place of {json.dumps(other)}"
