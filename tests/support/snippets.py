# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Small topologies, each around one value, that parser and schema must judge alike."""
import collections
import functools
import json
import re

BASE = "nodes: {h1: , h2: , r1: {kind: router}}\n"
LINK = BASE + "links:\n  - {endpoints: ['h1:eth0', 'r1:eth0'], %s}\n"
NODE = "nodes:\n  h1: {%s}\n  h2: \n"
IFACE = "nodes:\n  h1: {interfaces: {d0: {type: dummy, %s}}}\n"
PHYSICAL = "nodes:\n  h1: {interfaces: {d0: {type: physical, %s}}}\n"
ROUTE = (
    "nodes:\n  h1: {routes: [{%s}]}\n  r1: {kind: router}\nlinks:\n  - {endpoints: ['h1:eth0', "
    "'r1:eth0'], subnets: [10.0.0.0/24, 'fd00::/64']}\n"
)
RULE = "nodes:\n  h1: {routing-policy: [{%s}]}\n"
TEST = BASE + "tests: [{%s: {from: h1, to: h2, %%s}}]\n"
RUN = BASE + "tests: [{run: {node: h1, %s}}]\n"
UPLINK = "nodes:\n  gw: {kind: nat, uplink: {%s}}\n"
VIA = "to: default, via: 10.0.0.2, "
TABLE = "from: 10.0.0.0/24, table: 100, "

# Where, the key, good values, bad values. A value is YAML as it stands; ~ takes a scalar away.
VALUES = [
    (
        BASE + "%s\n",
        "name",
        ["lab", "Lab-1_x", "9", "007", "'7'", "on", "1e3", "a" * 32, "~", ""],
        ["-lab", "_lab", "l.1", "a b", "é", "a" * 33, "''", "[lab]", "{a: b}", "1.5"],
    ),
    (
        BASE + "%s\n",
        "description",
        ["some words", "5", "1.5", "true", "''", "ünïcode", "~"],
        ["[a]", "{a: b}"],
    ),
    (
        BASE + "%s\n",
        "links",
        ["[]", "", "[[h1, h2]]", "[['h1:x', 'h2:y']]", "[{lan: [h1, h2, r1]}]"],
        ["{}", "text", "5", "[h1]", "[5]", "[[h1]]", "[[h1, h2, r1]]", "[{}]", "[[[h1], h2]]"],
    ),
    (
        NODE,
        "kind",
        ["host", "router", "switch", "hub", "nat", "~", "none", ""],
        ["Router", "nats", "rooter", "5", "[host]", "{}", "true"],
    ),
    (
        PHYSICAL,
        "host-interface",
        ["enp3s0", "5", "'7'"],
        ["~", "none", "", "'a b'", "[eth0]", "0123456789abcdef", "{}"],
    ),
    (
        RUN,
        "command",
        ["ip", "'ip route'", "[ip, route]", "[ping, -c, 1, h2]", "'a \"b | c\"'", "['', a]"][:-1]
        + ["\"a 'b $c' d\\\\$e\"", "5"],
        ["'a | b'", "'a; b'", "a $b", "'a > b'", "'a \"b'", "[]", "''", "' '", "['']", "[[a]]"]
        + ["{a: b}", "~"],
    ),
    (RUN, "command: x, exit", ["0", "255", "'3'", "~"], ["-1", "256", "fail", "[0]"]),
    (TEST % "ping", "count", ["1", "100000", "~"], ["0", "100001", "1.5", "many"]),
    (TEST % "ping", "family", ["ipv4", "ipv6", "~"], ["4", "inet", "[ipv4]"]),
    (TEST % "rtt", "max", ["20ms", "1.5s", "50us"], ["20", "0ms", "fast", "20 ms"]),
    (TEST % "throughput", "min", ["8mbit", "1.5gbit"], ["8", "0mbit", "8mbps", "8Mbit"]),
    (TEST % "path", "through", ["h1", "[r1, h2]", "[h(1..2)]"], ["[]", "~", "[[r1]]", "{}"]),
    (UPLINK, "mode", ["pasta", "slirp4netns", "veth", "~"], ["nat", "5", "[pasta]", "{}"]),
    (UPLINK, "interface", ["wan0", "5", "~"], ["'a b'", "[wan0]", "0123456789abcdef"]),
    (
        UPLINK,
        "subnets",
        ["[10.0.2.0/24]", "10.0.2.0/24", "[10.0.2.0/24, 'fd00:2::/64']", "~"],
        ["text", "[10.0.2.0]", "[]", "[10.0.2.0/24, 'fd00:2::/64', 'fd00:3::/64']"],
    ),
    (
        NODE,
        "forwarding",
        ["true", "false", "~", "on", "off", "yes", "no"],
        ["maybe", "2", "[true]", "{}", "'true '"],
    ),
    (NODE, "description", ["text", "5", "'quoted: text'"], ["[a]", "{a: b}"]),
    (
        NODE,
        "labels",
        ["{}", "{a: b, c: 5, d: true}", "{a: ''}", "", "{'ä': ü}"],
        ["[a]", "text", "{a: [b]}", "{a: {b: c}}", "{'a=b': c}", "{'a b': c}", "{'': c}"],
    ),
    (NODE, "routes+", ["[]", "[{to: 10.0.0.0/8, type: blackhole}]", "~"], ["text", "{}", "[5]"]),
    (NODE, "loopback+", ["10.0.0.1", "[10.0.0.1, 'fd00::1']"], ["{}", "[10.0.0.300]"]),
    (NODE, "kind+", [], ["router", "[router]"]),
    (
        NODE,
        "sysctls",
        [
            "{net.ipv4.ip_forward: 1}",
            "{net/ipv4/ip_forward: 1}",
            "{}",
            "",
            "{net.ipv4.tcp_rmem: '4096 131072 6291456'}",
            "{net.ipv4.conf.all.rp_filter: ~}",
        ],
        [
            "{kernel.panic: 1}",
            "{net: 1}",
            "{net.: 1}",
            "{net..ipv4: 1}",
            "{net.a/../b: 1}",
            "[a]",
            "5",
            "{net.ipv4.ip_forward: [1]}",
            "{net.ipv4.ip_forward: {a: 1}}",
            "{'net.ipv4 x': 1}",
            "{netfilter: 1}",
            "{net/../kernel/panic: 1}",
            "{net//ipv4: 1}",
            "{net.ipv4.ip_forward: ''}",
        ],
    ),
    (
        NODE,
        "loopback",
        [
            "[10.0.0.1]",
            "[10.0.0.1/24, 'fd00::1/128']",
            "10.0.0.1",
            "[]",
            "",
            "[\"::2\"]",
            "[\"::ffff:1.2.3.4\"]",
        ],
        [
            "[10.0.0]",
            "[10.0.0.1/33]",
            "[h1]",
            "5",
            "{}",
            "[[10.0.0.1]]",
            "[~]",
            "['']",
            "[10.0.0.01]",
            "[10.0.0.1/024]",
            "['fd00::1/129']",
            "['fd00:::1']",
            "['1:2:3:4:5:6:7:8:9']",
            "['12345::']",
            "[10.0.0.1/]",
            "[10.0.0.1.2]",
            "['fe80::1%eth0']",
            "['::1.2.3']",
        ],
    ),
    (
        NODE,
        "routes",
        ["[]", "", "[{to: 10.0.0.0/8, type: blackhole}]"],
        ["{}", "text", "[text]", "[[]]", "[5]", "[{}]"],
    ),
    (NODE, "routing-policy", ["[]", "", "[{table: 5}]"], ["{}", "text", "[text]", "[[]]", "[{}]"]),
    (
        NODE,
        "interfaces",
        ["{}", "", "{d0: {type: dummy}}", "{dummy-with.dot: {type: dummy}}", "{5: {type: dummy}}"],
        [
            "[]",
            "text",
            "{'': {type: dummy}}",
            "{a/b: {type: dummy}}",
            "{'a b': {type: dummy}}",
            "{.: {type: dummy}}",
            "{..: {type: dummy}}",
            "{'a:b': {type: dummy}}",
            '{"a\\e[31m": {type: dummy}}',
            '{"a\\x7f": {type: dummy}}',
            '{"a\\x9b": {type: dummy}}',
            "{abcdefghijklmnop: {type: dummy}}",
            "{d0: text}",
            "{d0: []}",
            "{d0: 5}",
        ],
    ),
    (
        IFACE,
        "addresses",
        ["[10.0.0.1/24]", "10.0.0.1/24", "[10.0.0.1/24, 'fd00::1/64']", "[]", "", "~"],
        ["[10.0.0.1]", "10.0.0.1", "[fd00]", "{}", "5", "[[10.0.0.1/24]]", "[~]"],
    ),
    (
        IFACE,
        "mac",
        ["52:54:00:12:34:56", "'02:00:00:00:00:01'", "02:aB:Cd:00:00:01", "~"],
        [
            "52:54:00:12:34",
            "01:00:00:00:00:01",
            "00:00:00:00:00:00",
            "5254.0012.3456",
            "52-54-00-12-34-56",
            "[a]",
            "5",
            "52:54:00:12:34:56:78",
            "52:54:0:12:34:56",
        ],
    ),
    (
        IFACE,
        "mtu",
        ["68", "1500", "9000", "65535", "~", "0x5dc"],
        [
            "67",
            "0",
            "-1",
            "65536",
            "1500B",
            "1500.5",
            "[1500]",
            "many",
            "1 500",
            "99999999999999999999",
            "''",
        ],
    ),
    (IFACE, "state", ["up", "down", "~"], ["UP", "on", "true", "5", "[up]"]),
    (IFACE, "alias", ["uplink", "two words", "5", "x" * 254], ["x" * 255, "[a]", "{}"]),
    (
        IFACE,
        "sysctls",
        ["{ipv4.rp_filter: 0}", "{ipv6.accept_ra: 2}", "{}"],
        [
            "{rp_filter: 0}",
            "{net.ipv4.conf.d0.rp_filter: 0}",
            "{ipv5.rp_filter: 0}",
            "{ipv4.: 0}",
            "[a]",
            "{ipv4.rp_filter: [0]}",
            "{ipv4/rp_filter: 0}",
        ],
    ),
    (
        "nodes:\n  h1: {interfaces: {d0: {%s}}}\n",
        "type",
        ["dummy"],
        ["dumy", "vlan", "5", "[dummy]"],
    ),
    (LINK, "mtu", ["1400", "~"], ["1", "many"]),
    (LINK, "queues", ["1", "4096"], ["0", "4097", "-1", "two", "[1]"]),
    (LINK, "state", ["up", "down"], ["broken"]),
    (LINK, "labels", ["{a: b}"], ["[a]"]),
    (
        LINK,
        "subnets",
        ["[10.0.0.0/24]", "10.0.0.0/24", "[10.0.0.0/24, 'fd00::/64']", "[]"],
        ["[10.0.0.0]", "[text]", "{}", "5", "[[10.0.0.0/24]]", "[10.0.0.0/33]"],
    ),
    (
        LINK,
        "addresses",
        [
            "[10.0.0.1/24, 10.0.0.2/24]",
            "[[10.0.0.1/24, 'fd00::1/64'], ~]",
            "[]",
            "[[], []]",
            "[~, ~]",
        ],
        ["[10.0.0.1, 10.0.0.2]", "{}", "5", "[{}, {}]", "[[[10.0.0.1/24]], ~]", "[h1, r1]"],
    ),
    (LINK, "lan", [], ["[h1, h2]"]),
    (
        BASE + "links:\n  - {%s}\n",
        "endpoints",
        [
            "[h1, h2]",
            "['h1:a', {node: h2, interface: b}]",
            "[{node: h1, mtu: 1400}, h2]",
            "[{node: h1, mac: 02:00:00:00:00:01, state: down, alias: x}, h2]",
        ],
        [
            "[h1]",
            "[h1, h2, r1]",
            "h1",
            "{}",
            "[]",
            "[h1, [h2]]",
            "[h1, {}]",
            "[h1, ~]",
            "[{interface: eth0}, h2]",
            "['h1:', h2]",
            "[':eth0', h2]",
            "['h1:a:b', h2]",
            "['h1:a/b', h2]",
            "['h1:abcdefghijklmnop', h2]",
            "['h 1', h2]",
            "[{node: h1, nodes: h2}, h2]",
            "[{node: h1, type: dummy}, h2]",
            "[{node: 'h1:eth0'}, h2]",
        ],
    ),
    (
        BASE + "links:\n  - {%s}\n",
        "lan",
        ["[h1, h2, r1]", "['h1:a', {node: h2, addresses: [10.0.0.1/24]}]", "h1"],
        ["[]", "{}", "[h1, []]", "~", ""],
    ),
    (
        ROUTE,
        "to",
        [
            "default, via: 10.0.0.2",
            "10.9.0.0/16, via: 10.0.0.2",
            "'::/0', via: 'fd00::2'",
            "10.9.9.9, via: 10.0.0.2",
            "0.0.0.0/0, via: 10.0.0.2",
            "r1, via: 10.0.0.2",
            "'r1:eth0', via: r1",
            "10.9.0.0/16, via: 'r1:eth0'",
        ],
        [
            "a/b, via: 10.0.0.2",
            "10.9.0.0/40, via: 10.0.0.2",
            "10.9.0, via: 10.0.0.2",
            "[default], via: 10.0.0.2",
            "~, via: 10.0.0.2",
            "default, via: 10.0.0.300",
        ],
    ),
    (
        ROUTE,
        VIA + "metric",
        ["0", "1", "4294967295", "0x10", "~"],
        ["-1", "4294967296", "low", "1.5"],
    ),
    (
        ROUTE,
        VIA + "table",
        ["1", "254", "4294967295", "main"],
        ["0", "-1", "4294967296", "mine", "[1]"],
    ),
    (ROUTE, VIA + "mtu", ["1400", "68", "65535"], ["67", "65536", "big"]),
    (ROUTE, VIA + "src", ["10.0.0.1", "h1"], ["10.0.0.1/24", "'h1:'", "10.1"]),
    (ROUTE, VIA + "dev", ["eth0"], ["eth/0", "[eth0]", "abcdefghijklmnop"]),
    (ROUTE, VIA + "onlink", ["false"], ["maybe", "2"]),
    (ROUTE, VIA + "scope", ["global", "site"], ["far", "300"]),
    (ROUTE, VIA + "type", ["unicast"], ["multipath", "5"]),
    (ROUTE, VIA + "encap", [], ["{mpls: [100]}"]),
    (
        ROUTE,
        "to: 10.9.0.0/16, type",
        ["blackhole", "unreachable", "prohibit", "throw"],
        ["drop", "nat"],
    ),
    (
        ROUTE,
        "to: default, nexthops",
        [
            "[{via: 10.0.0.2}]",
            "[{via: 10.0.0.2, weight: 256}]",
            "[{via: 10.0.0.2, dev: eth0, weight: 1}]",
        ],
        [
            "[]",
            "{via: 10.0.0.2}",
            "[10.0.0.2]",
            "[{}]",
            "[{weight: 2}]",
            "[{via: 10.0.0.2, weight: 0}]",
            "[{via: 10.0.0.2, weight: 257}]",
            "[{via: 10.0.0.2, metric: 1}]",
            "5",
        ],
    ),
    (
        RULE,
        "table",
        ["1", "main", "254, from: 10.0.0.0/8", "5, to: 'fd00::/8'", "5, from: all"],
        ["0", "mine", "5, from: 10.0.0.0/40", "5, from: h/1", "5, to: [10.0.0.0/8]"],
    ),
    (
        RULE,
        "type",
        ["blackhole", "unreachable", "prohibit"],
        ["drop", "unicast", "blackhole, table: 5"],
    ),
    (RULE, TABLE + "priority", ["1", "32765"], ["-1", "high", "4294967296"]),
    (
        RULE,
        TABLE + "fwmark",
        ["1", "0x10", "0x10/0xff", "1/1"],
        ["blue", "1/", "/1", "-1", "4294967296", "1/2/3"],
    ),
    (RULE, TABLE + "iif", ["lo"], ["eth/0", "abcdefghijklmnop", "[eth0]"]),
    (RULE, TABLE + "oif", ["lo"], ["eth/0"]),
    (RULE, TABLE + "ipproto", ["tcp", "udp", "icmp", "17"], ["tpc", "256", "-1", "[tcp]"]),
    (
        RULE,
        TABLE + "ipproto: tcp, dport",
        ["443", "1", "65535", "1000-2000"],
        ["65536", "-1", "http-alt-x", "1-", "1-2-3", "[80]"],
    ),
    (RULE, TABLE + "ipproto: udp, sport", ["443", "1000-2000"], ["70000"]),
    (
        BASE + "defaults: {%s}\n",
        "node",
        ["{kind: router}", "", "{}", "{labels: {a: b}}"],
        ["router", "[]", "{kind: rooter}", "{nodes: 5}"],
    ),
    (
        BASE + "defaults: {%s}\n",
        "link",
        ["{mtu: 1400}", "", "{queues: 2, state: up}"],
        ["1400", "[]", "{mtu: 1}", "{endpoints: [h1, h2]}", "{lan: [h1]}"],
    ),
    (
        BASE + "%s\n",
        "profiles",
        ["{}", "", "{edge: {kind: router}}", "{edge: }"],
        [
            "[]",
            "text",
            "{edge: router}",
            "{edge: {kind: rooter}}",
            "{edge: {profile: core}}",
            "{'a b': {}}",
        ],
    ),
    (
        "profiles: {edge: {kind: router}, core: }\nnodes: {r1: {%s}}\n",
        "profile",
        ["edge", "[edge, core]", "[]", "~"],
        ["{edge: }", "[[edge]]", "[5.5, {}]"],
    ),
]

NODE_NAMES = (
    ["h1", "1", "007", "a.b", "a_b-c", "x" * 63, "true", "on", "1.5", "r(1..3)", "h(a|b)"],
    ["all", "_a", "-a", ".a", "a b", "a/b", "x" * 64, "é", "''", "a,b", "'*'"],
)


def CASES():
    """(text, good) for every value above."""
    for where, key, good, bad in VALUES:
        for value in good:
            yield where % f"{key}: {value}", True
        for value in bad:
            yield where % f"{key}: {value}", False
    for names, verdict in zip(NODE_NAMES, (True, False)):
        for name in names:
            yield f"nodes:\n  {name}:\n", verdict


# --- every key of the schema, every sort of value --------------------------------------------

POOL = [
    None,
    True,
    False,
    0,
    1,
    -1,
    5,
    1500,
    65536,
    2**32,
    1.5,
    "",
    " ",
    "text",
    "none",
    "a b",
    "5",
    "0x10",
    "all",
    "default",
    "up",
    "10.0.0.1",
    "10.0.0.1/24",
    "fd00::1/64",
    "52:54:00:12:34:56",
    [],
    {},
    [None],
    ["text"],
    [1],
    [[]],
    [{}],
    {"a": None},
    {"a": 1},
    {"a": {}},
    {"a": []},
    ["h1", "r1"],
    ["h1:eth9", "r1:eth9"],
    ["10.0.0.0/24"],
    {"net.ipv4.ip_forward": 1},
    "10.0.0.1-10.0.0.9",
    "9-5",
    "@s",
    "tcp",
    ["tcp", "udp"],
    "syn",
    "new",
    "ef",
    "echo-request",
    "lo",
    "5/second",
    "64kB/minute",
    "30s",
    "accept",
    "masquerade",
    {"jump": "web"},
    {"set-mark": 7},
    "ipv4_addr . inet_service",
    "filter + 10",
]

SHARE = 8  # of POOL, for a key that was tried with all of it elsewhere

# Words of errors that come from the whole topology, not from one value.
CROSS_OBJECT = re.compile(
    r"unknown (node|profile|interface)|has no (node|interface|address|service)|no link ends|is the end of|"
    r"not on-link|is not on a link|cannot be reached|is .* itself|twice|endpoints, but|not both|"
    r"overlap|has no uplink|uplink can have|leads nowhere|"
    r"is no element of a set|needs a type|word of nft's|unknown (set|chain)|nothing is in it|"
    r"has no (set|chain)|needs to know which ICMP|needs a protocol with ports|is for TCP alone|cannot be in|"
    r"found '(9-5|10\.0\.[0-9]+\.1/24|fd00:[0-9]*::?1/64)'|"  # the order of a range, a prefix with host bits
    r"expand is about|there is no name with parts|refers to nothing|is too small|has one center|needs [23] nodes|"
    r"the first is for IPv4|a name of two parts|link in common|"
    r"cannot use|has no bridge of its kind|carries no Ethernet|is between IPv|of one family|"
    r"the range 9-5 ends|is at a switch|is no port|no end of this link|is the untagged one|"
    r"group is a multicast|group needs|has no address|of the kernel|is the kernel's own|"
    r"'(jitter|correlation|distribution|reorder|burst|queue|seed)' needs|a queue in bytes needs|"
    r"no packet of full size|is for the ends of links|in whole us|"
    r"is no WireGuard|nobody but itself|its port is not|has (none|another key) for|"
    r"nobody at the other end|is behind another peer|is a peer already|"
    r"which is not here|cannot be read|can be in it|nothing can be put|"
    r"does not speak|names no protocol|needs 'asn'|must be longer than|FRR takes no time|IS-IS takes no|"
    r"within an AS alone|takes no part in|has no interface|unknown node|neighbour of itself|no address of that family|"
    r"at least one node|is nobody's address|means nothing without its link|is no IPv[46] (address|prefix)|"
    r"takes a `count`|more than this already|holds whatever|max is less than|"
    r"no regular expression|no node has the address|default, a prefix|"
    r"cannot be an interface's address|is an address in a prefix"
)


def in_routing(part):
    return {
        "nodes": {"h1": {"routing": part}, "r1": {}},
        "links": [{"endpoints": ["h1", "r1"], "subnets": ["10.0.0.0/24"]}],
    }


FRAMES = {
    "routing-protocols": lambda part: in_routing({"ospf": {}} | part),
    "ospf": lambda part: in_routing({"ospf": part}),
    "ospf-interface": lambda part: in_routing({"ospf": {"interfaces": {"eth0": part}}}),
    "rip": lambda part: in_routing({"rip": part}),
    "isis": lambda part: in_routing({"isis": part}),
    "babel": lambda part: in_routing({"babel": part}),
    "bgp": lambda part: in_routing({"bgp": {"asn": 65001} | part}),
    "bgp-neighbor": lambda part: in_routing(
        {
            "bgp": {
                "asn": 65001,
                "neighbors": [
                    ({} if part.keys() & {"node", "address"} else {"node": "r1"})
                    | {"asn": 65002}
                    | part
                ],
            }
        }
    ),
    "topology": lambda part: {"nodes": {"h1": {}}} | part,
    "node": lambda part: {"nodes": {"h1": part, "r1": {}}},
    "uplink": lambda part: {"nodes": {"gw": {"kind": "nat", "uplink": part}}},
    "interface": lambda part: {"nodes": {"h1": {"interfaces": {"d0": {"type": "dummy"} | part}}}},
    "interface-of-link": lambda part: {
        "nodes": {"h1": {"interfaces": {"eth0": part}}, "r1": {}},
        "links": [["h1:eth0", "r1:eth0"]],
    },
    "vlan": lambda part: {
        "nodes": {"h1": {}, "sw1": {"kind": "switch"}},
        "links": [{"endpoints": ["h1", "sw1"], "vlan": {"untagged": 7} | part}],
    },
    "bridge-of-switch": lambda part: {"nodes": {"sw1": {"kind": "switch", "bridge": part}}},
    "link": lambda part: {
        "nodes": {"h1": {}, "r1": {"kind": "switch"} if "vlan" in part else {}},
        "links": [({} if SHAPES & set(part) else {"endpoints": ["h1:eth0", "r1:eth0"]}) | part],
    },
    "endpoint": lambda part: {
        "nodes": {"h1": {"kind": "switch"} if "vlan" in part else {}, "r1": {}},
        "links": [{"endpoints": [{"node": "h1"} | part, "r1"]}],
    },
    "loss-in-bursts": lambda part: {
        "nodes": {"h1": {}, "r1": {}},
        "links": [{"endpoints": ["h1", "r1"], "loss": {"p": "1%", "r": "20%"} | part}],
    },
    "route": lambda part: {
        "nodes": {"h1": {"routes": [{"to": "10.9.0.0/16", "type": "blackhole"} | part]}}
    },
    "nexthop": lambda part: {
        "nodes": {
            "h1": {"routes": [{"to": "default", "nexthops": [{"via": "10.0.0.2"} | part]}]},
            "r1": {},
        },
        "links": [{"endpoints": ["h1:eth0", "r1:eth0"], "subnets": ["10.0.0.0/24"]}],
    },
    "rule": lambda part: {"nodes": {"h1": {"routing-policy": [{"table": 100} | part]}}},
    "defaults": lambda part: {"nodes": {"h1": {}}, "defaults": part},
    "link-defaults": lambda part: {"nodes": {"h1": {}}, "defaults": {"link": part}},
    "profile": lambda part: {"nodes": {"h1": {}}, "profiles": {"p": part}},
    "firewall": lambda part: {"nodes": {"h1": {"firewall": part}}},
    "firewall-set": lambda part: in_firewall({"sets": {"s": {"type": "ipv4_addr"} | part}}),
    "firewall-hook": lambda part: in_firewall({"input": part}),
    "firewall-rule": lambda part: in_firewall({"forward": [{"action": "accept"} | part]}),
    "firewall-not": lambda part: in_firewall({"forward": [{"not": part, "action": "accept"}]}),
    "firewall-action": lambda part: in_firewall({"prerouting": [{"proto": "tcp", "action": part}]}),
    "addressing": lambda part: {"nodes": {"h1": {}}, "addressing": part},
    "addressing-prefix": lambda part: {"nodes": {"h1": {}}, "addressing": {"prefix": part}},
    "wireguard-peer": lambda part: {
        "nodes": {
            node: {
                "interfaces": {
                    "wg0": {
                        "type": "wireguard",
                        "addresses": [f"10.9.0.{number}/24"],
                        "peers": [peer],
                    }
                }
            }
            for node, number, peer in (
                ("h1", 1, part if "public-key" in part else {"node": "r1"} | part),
                ("r1", 2, {"node": "h1"}),
            )
        },
        "links": [{"endpoints": ["h1", "r1"], "subnets": ["10.0.0.0/24"]}],
    },
    "star": lambda part: {
        "nodes": {"h1": {}, "r1": {}},
        "links": [{"star": {"center": "r1", "leaves": "h1"} | part}],
    },
    "test": lambda part: in_tests(part if PROBES & set(part) else PINGED | part),
    "test-ping": lambda part: in_tests({"ping": ENDS | {"count": 9} | part}),
    "test-loss": lambda part: in_tests({"ping": ENDS | {"count": 9, "loss": part}}),
    "test-tcp": lambda part: in_tests({"tcp": ENDS | {"to": "r1:80"} | part}),
    "test-udp": lambda part: in_tests({"udp": ENDS | {"to": "r1:53"} | part}),
    "test-path": lambda part: in_tests({"path": ENDS | {"through": "r1"} | part}),
    "test-route": lambda part: in_tests({"route": {"node": "h1", "to": "default"} | part}),
    "test-rtt": lambda part: in_tests({"rtt": ENDS | {"max": "1s"} | part}),
    "test-throughput": lambda part: in_tests({"throughput": ENDS | {"min": "1bit"} | part}),
    "test-run": lambda part: in_tests({"run": {"node": "h1", "command": "true"} | part}),
    "service": lambda part: in_node({"services": {"web": {"command": "httpd"} | part}}),
    "ready": lambda part: in_node(
        {"services": {
                "web": {
                    "command": "httpd",
                    "ready": {"command": "true"} | part if "every" in part else {"listen": 80} | part,
                }
            }}
    ),
    "file": lambda part: in_node(
        {"files": {"/etc/x": ({} if {"content", "source"} & set(part) else {"content": ""}) | part}}
    ),
    "directory": lambda part: in_node({"directories": {"/srv/x": part}}),
    "exec-command": lambda part: in_node({"exec": [{"command": "true"} | part]}),
    "limit": lambda part: in_firewall({"input": [{"counter": True, "limit": LIMIT | part}]}),
}
# What an interface of a type has to say.
DEVICES = {
    "dummy": {},
    "bridge": {},
    "vlan": {"parent": "eth0", "id": 7},
    "vrf": {"table": 70},
    "bond": {"members": []},
    "vxlan": {"id": 7},
    "gre": {"remote": "10.0.0.2"},
    "gretap": {"remote": "10.0.0.2"},
    "ipip": {"remote": "10.0.0.2"},
    "sit": {"remote": "10.0.0.2"},
    "ip6gre": {"remote": "fd00::2"},
    "ip6tnl": {"remote": "fd00::2"},
    "geneve": {"id": 7, "remote": "10.0.0.2"},
    "macvlan": {"parent": "eth0"},
    "wireguard": {},
    "tun": {},
    "tap": {},
    "physical": {"host-interface": "enp3s0"},
}


def device_frame(kind):
    return lambda part: {
        "nodes": {
            "h1": {"interfaces": {"d0": {"type": kind} | DEVICES[kind] | part}},
            "r1": {},
        },
        "links": [["h1:eth0", "r1:eth0"]],
    }


FRAMES |= {f"interface-{kind}": device_frame(kind) for kind in DEVICES}
SHAPES = {"lan", "chain", "ring", "mesh", "star", "bipartite", "grid"}
LIMIT = {"rate": "5/second"}
PROBES = {"ping", "tcp", "udp", "path", "route", "rtt", "throughput", "run"}
ENDS = {"from": "h1", "to": "r1"}
PINGED = {"ping": ENDS}


def in_tests(part):
    return {
        "nodes": {"h1": {}, "r1": {}},
        "links": [{"endpoints": ["h1:eth0", "r1:eth0"], "subnets": ["10.0.0.0/24", "fd00::/64"]}],
        "tests": [part],
    }


def in_firewall(part):
    return {"nodes": {"h1": {"firewall": part}}}


def in_node(part):
    return {"nodes": {"h1": part}}


def tables_of(schema):
    tables = {"topology": schema} | {n: d for n, d in schema["$defs"].items() if "properties" in d}
    assert set(tables) <= set(FRAMES), f"say where these go: {set(tables) - set(FRAMES)}"
    return tables


def keys_of(schema):
    """(table, key, values to try) of all of SCHEMA. A key that many tables share, as interfaces of all
    types do, is tried with each value in the first, and with some, ever others, in the rest."""
    seen = collections.Counter()
    for name, table in tables_of(schema).items():
        for key, described in table["properties"].items():
            if key.endswith("+"):  # what it adds to is in the table too
                continue
            times = seen[key, json.dumps(described)]
            seen[key, json.dumps(described)] += 1
            yield name, key, POOL[times % SHARE :: SHARE] if times else POOL


def framed(table, key, values, beside={}):
    """A topology for KEY of TABLE with each of VALUES, and with what is BESIDE it."""
    return [FRAMES[table](beside | {key: value}) for value in values]


def within_frame(table, key):
    """How to get from such a topology to the map that KEY stands in."""
    mark = object()

    def paths(part, path):
        if isinstance(part, dict) and part.get(key) is mark:
            yield path
        entries = part.items() if isinstance(part, dict) else enumerate(part)
        for step, inner in entries:
            if isinstance(inner, (dict, list)):
                yield from paths(inner, [*path, step])

    path = next(paths(FRAMES[table]({key: mark}), []))
    return lambda document: functools.reduce(lambda part, step: part[step], path, document)
