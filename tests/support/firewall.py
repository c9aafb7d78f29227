# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Firewalls to test with: rules in every form that the language has, and what nft makes of them."""
import itertools
import json
import random
import re

HOOKS = ["prerouting", "input", "forward", "output", "postrouting"]

# Sets that every generated node has.
SETS = {
    "v4": ["10.0.0.1", "10.0.0.7"],
    "v4-nets": ["10.0.0.0/8", "192.168.0.1-192.168.0.9", "172.16.0.1"],
    "v6": ["fd00::1", "fd00::2"],
    "v6-nets": ["fd00::/8", "2001:db8::1-2001:db8::ff"],
    "ports": [22, 80],
    "port-ranges": ["1-5", "6-9", 443, "60000-65535"],
    "macs": ["52:54:00:00:00:01", "52:54:00:00:00:02"],
    "ifaces": ["lo", "eth0"],
    "marks": {"type": "mark", "elements": [1, 2]},
    "mark-ranges": {"type": "mark", "elements": ["1-3", "0xffffffff"]},
    "protos": {"type": "inet_proto", "elements": ["tcp", "udp"]},
    "knocked": {"type": "ipv4_addr", "timeout": "30s"},
    "knocked6": {"type": "ipv6_addr", "timeout": "1500ms", "size": 100},
    "seen-macs": {"type": "ether_addr", "timeout": "1h"},
    "seen-ports": {"type": "inet_service", "timeout": "2min"},
    "seen-ifaces": {"type": "ifname"},
    "seen-marks": {"type": "mark"},
    "seen-protos": {"type": "inet_proto"},
    "seen-flows": {"type": "ipv4_addr . ipv4_addr . inet_service . inet_service", "timeout": "5s"},
    "pairs": ["10.0.0.1 . 80", "10.0.0.2 . 443"],
    "pair-ranges": ["10.0.0.0/8 . 1-5", "192.168.0.0/16 . 80"],
    "six-pairs": ["fd00::/16 . 80"],
    "mixed": {"type": "ifname . ipv4_addr . inet_proto . inet_service . mark",
              "elements": ["eth0 . 10.0.0.1 . tcp . 80 . 7"]},
    "proto-ports": {"type": "inet_proto . inet_service", "elements": ["tcp . 80", "udp . 53"]},
    "both-ways": {"type": "ipv4_addr . ipv4_addr", "elements": ["10.0.0.1 . 10.0.0.2"]},
    "mac-ifaces": {"type": "ether_addr . ifname", "elements": ["52:54:00:00:00:01 . eth0"]},
    "held": {"type": "ipv6_addr", "elements": ["fd00::9"], "timeout": "1h"},
}
# To these a rule adds what comes by, the nodes' own talk with their neighbours for one.
GROWING = {name for name in SETS if name.startswith(("knocked", "seen-"))}
CHAINS = {"web": [{"proto": "tcp", "dport": [80, 443], "action": "accept"}],
          "end": [{"action": "return"}],
          "deep": [{"action": {"goto": "end"}}]}

# Each match in every form; what else the rule needs to have it.
FORMS = {
    "iif": [["eth0"], ["lo", "eth0"], "eth*", "@ifaces"],
    "oif": [["eth0"], ["lo", "eth0"], "eth*", "@ifaces"],
    "pkttype": ["host", "broadcast", ["broadcast", "multicast"], "other", "unicast"],
    "mac-from": ["52:54:00:12:34:56", ["52:54:00:00:00:01", "52:54:00:00:00:02"], "@macs"],
    "from": ["10.0.0.1", "10.0.0.0/8", "10.0.0.0/9", "10.0.0.1-10.0.0.9", "0.0.0.0/0", "::/0",
             ["10.0.0.1", "10.0.0.5"], ["10.0.0.0/8", "11.0.0.1-11.0.0.3", "12.0.0.1"],
             ["10.0.0.0/25", "10.0.0.128/25"], "fd00::1", "fd00::/16", "fc00::/7",
             "fd00::1-fd00::ff", ["fd00::/16", "2001:db8::1"],
             ["10.0.0.0/8", "fd00::/8"], ["255.255.255.255", "0.0.0.0"],
             ["224.0.0.0/4", "240.0.0.0/4"], "@v4", "@v4-nets", "@v6", "@v6-nets", "@held"],
    "to": ["10.0.0.1", "10.0.0.0/24", "fd00::/64", ["10.0.0.1", "fd00::1"], "@v4", "@v6-nets"],
    "dscp": ["ef", "cs1", 0, ["cs1", "ef"], "10-20", ["10-20", "ef"], 63, "be", 1, 44],
    "ttl": [1, "1-5", [1, 64], ["1-5", 64, 255]],
    "length": [100, "0-128", [100, 200], ["0-128", 1500]],
    "proto": ["tcp", "udp", "icmp", "icmpv6", "sctp", "gre", "ipip", "ospf", 47, 254, "igmp",
              ["tcp", "udp"], ["icmp", "icmpv6", 89], "@protos"],
    "sport": [22, "1024-65535", [22, 80], ["1-5", 80, "6-7"], "@ports", "@port-ranges"],
    "dport": [22, 65535, "1-65535", [80, 443], [80, "90-99"], "@ports", "@port-ranges"],
    "tcp-flags": ["syn", ["syn", "ack"], "syn/syn|ack", "syn|ack/fin|syn|rst|ack", "cwr",
                  ["fin", "psh", "urg", "ecn"]],
    "icmp-type": ["echo-request", "redirect", 42, ["echo-request", "echo-reply"], "3-5",
                  ["time-exceeded", "13-18"]],
    "icmpv6-type": ["echo-request", "packet-too-big", 200, "133-137",
                    ["nd-neighbor-solicit", "nd-neighbor-advert"], "mld-listener-done"],
    "icmp-code": ["port-unreachable", "admin-prohibited", 7, [0, 1], "0-5",
                  ["port-unreachable", "admin-prohibited"]],
    "ct": ["new", "established", "related", "invalid", "untracked", ["established", "related"],
           ["new", "invalid", "untracked"]],
    "ct-status": ["snat", "dnat", "assured", ["snat", "dnat"],
                  ["expected", "seen-reply", "confirmed", "dying"]],
    "mark": [1, "0x10/0xff", "1-9", [1, 2], [1, "5-9"], 0, 4294967295, "@marks", "@mark-ranges",
             ["0xfffffff0-0xffffffff", 3]],
    "limit": ["5/second", "1/minute", "100/hour", "9/day", "3/week", "10kB/second", "64KiB/minute",
              {"rate": "5/second", "burst": 10}, {"rate": "1MB/second", "burst": "2MB"},
              {"rate": "7/minute", "burst": 5}],
}
NEEDS = {"sport": ["tcp", "udp", ["tcp", "udp"], "sctp", "dccp", "udplite"],
         "dport": ["tcp", "udp", ["tcp", "udp"], "sctp", "dccp", "udplite"],
         "tcp-flags": ["tcp", None], "icmp-type": ["icmp", None], "icmpv6-type": ["icmpv6", None],
         "icmp-code": ["icmp", "icmpv6"]}
# Matches that go together: sets of several parts.
TUPLES = [
    {"proto": "tcp", "from": "@pairs", "dport": "@pairs"},
    {"proto": "udp", "to": "@pairs", "sport": "@pairs"},
    {"proto": "tcp", "from": "@pair-ranges", "dport": "@pair-ranges"},
    {"proto": ["tcp", "udp"], "from": "@pair-ranges", "dport": "@pair-ranges", "ct": "new"},
    {"proto": "tcp", "from": "@six-pairs", "sport": "@six-pairs"},
    {"proto": "@proto-ports", "dport": "@proto-ports"},
    {"from": "@both-ways", "to": "@both-ways"},
    {"iif": "@mixed", "from": "@mixed", "proto": "@mixed", "dport": "@mixed", "mark": "@mixed"},
    {"mac-from": "@mac-ifaces", "iif": "@mac-ifaces"},
]
ALL = frozenset(HOOKS)
MATCH_HOOKS = {"iif": ALL - {"output"}, "oif": ALL - {"prerouting", "input"},
               "mac-from": ALL - {"output", "postrouting"}}

# Each action in every form: what else the rule needs, and the hooks that can have it.
ACTIONS = [
    ("accept", {}, ALL), ("drop", {}, ALL), ("return", {}, ALL),
    ("reject", {}, ALL - {"postrouting"}),
    ({"jump": "web"}, {}, ALL), ({"goto": "deep"}, {}, ALL),
    ({"set-mark": 0}, {}, ALL), ({"set-mark": 4294967295}, {}, ALL),
    ({"set-mss": 1400}, {"proto": "tcp"}, ALL),
    ({"set-mss": "pmtu"}, {"tcp-flags": "syn"}, {"forward", "output", "postrouting"}),
    ("notrack", {}, {"prerouting", "output"}),
    ("masquerade", {}, {"postrouting"}),
    ({"snat": "10.0.0.1"}, {}, {"postrouting", "input"}),
    ({"snat": "10.0.0.1:1024"}, {"proto": "tcp"}, {"postrouting", "input"}),
    ({"snat": "fd00::1"}, {}, {"postrouting", "input"}),
    ({"snat": "[fd00::1]:99"}, {"proto": "udp"}, {"postrouting", "input"}),
    ({"dnat": "10.0.0.1"}, {}, {"prerouting", "output"}),
    ({"dnat": "10.0.0.1:80"}, {"proto": ["tcp", "udp"]}, {"prerouting", "output"}),
    ({"dnat": "fd00::1"}, {}, {"prerouting", "output"}),
    ({"dnat": "[fd00::1]:80"}, {"proto": "tcp", "dport": 8080}, {"prerouting", "output"}),
    ({"redirect": 8080}, {"proto": "tcp"}, {"prerouting", "output"}),
    ({"redirect": 53}, {"proto": ["udp", "tcp"], "dport": 5353}, {"prerouting", "output"}),
    ({"add-to": "knocked"}, {}, ALL), ({"add-to": "knocked6"}, {}, ALL),
    ({"add-to": "seen-macs"}, {}, {"prerouting", "input", "forward"}),
    ({"add-to": "seen-ports"}, {"proto": "tcp"}, ALL),
    ({"add-to": "seen-ifaces"}, {}, {"prerouting", "input", "forward"}),
    ({"add-to": "seen-marks"}, {}, ALL), ({"add-to": "seen-protos"}, {}, ALL),
    ({"add-to": "seen-flows"}, {"proto": ["tcp", "udp"]}, ALL),
]
REJECTS = {
    "tcp-reset": [{"proto": "tcp"}, {"proto": "tcp", "dport": 80}, {"tcp-flags": "syn"}],
    "port-unreachable": [{}, {"from": "10.0.0.1"}, {"from": "fd00::1"}, {"icmp-type": 8}],
    "admin-prohibited": [{}, {"from": "10.0.0.1"}, {"from": "fd00::1"}],
    "no-route": [{}, {"from": "10.0.0.1"}, {"from": "fd00::1"}],
    "host-unreachable": [{}, {"from": "10.0.0.1"}, {"from": "fd00::1"}],
    "net-unreachable": [{}, {"from": "10.0.0.1"}], "prot-unreachable": [{}],
    "net-prohibited": [{"proto": "udp"}], "host-prohibited": [{}],
    "addr-unreachable": [{}, {"from": "fd00::1"}], "policy-fail": [{}], "reject-route": [{}],
}
ACTIONS += [({"reject": word}, also, ALL - {"postrouting"})
            for word, alsos in REJECTS.items() for also in alsos]


def families(value):
    """Of addresses: those that they have."""
    texts = value if isinstance(value, list) else [value]
    if isinstance(value, str) and value.startswith("@"):
        texts = SETS[value[1:]] if isinstance(SETS[value[1:]], list) else SETS[value[1:]]["elements"]
    return {6 if ":" in str(text) else 4 for text in texts}


def one_match_rules():
    """Every form of every match once, and once negated, in a hook that can have it."""
    hooks = itertools.cycle(HOOKS)
    for key, forms in FORMS.items():
        protos = itertools.cycle(NEEDS.get(key, [None]))
        for form, negate in itertools.product(forms, [False, True]):
            if negate and form in ("0.0.0.0/0", "::/0"):
                continue  # no packet is outside of these
            proto = next(protos)
            hook = next(h for h in hooks if h in MATCH_HOOKS.get(key, ALL))
            rule = {"proto": proto} if proto else {}
            rule.update({"not": {key: form}} if negate else {key: form})
            yield hook, rule | {"action": "accept"}
    for form, negate in itertools.product(TUPLES, [False, True]):
        names = {k: v for k, v in form.items() if isinstance(v, str) and v.startswith("@")}
        rest = {k: v for k, v in form.items() if k not in names}
        yield "input", rest | ({"not": names} if negate else names) | {"action": "drop"}


def action_rules():
    for action, also, hooks in ACTIONS:
        for hook in sorted(hooks):
            yield hook, also | {"action": action}


def log_rules():
    for i, hook in enumerate(HOOKS):
        yield hook, {"log": f"{hook} {i}: it's #1 x {{y}} "}
        yield hook, {"log": True, "action": "accept"}
        yield hook, {"log": "p" * 127, "counter": False}
        yield hook, {"log": "quiet", "counter": False, "action": "drop"}
        yield hook, {"counter": True}
        yield hook, {"log": False, "ct": "new", "action": "accept", "counter": False}


def random_rules(count, seed=1):
    """Some of everything at once, as far as it goes together."""
    rng = random.Random(seed)
    while count:
        action, also, hooks = rng.choice(ACTIONS)
        hook = rng.choice(sorted(hooks))
        rule, negated = dict(also), {}
        for key in rng.sample(sorted(FORMS), 4):
            if hook not in MATCH_HOOKS.get(key, ALL) or key in ("icmp-code", "proto") or key in rule:
                continue
            if key in NEEDS:
                continue
            form = rng.choice(FORMS[key])
            (negated if rng.random() < 0.3 and form not in ("0.0.0.0/0", "::/0") else rule)[key] = form
        ports = isinstance(rule.get("proto"), str) and rule["proto"] in ("tcp", "udp")
        if ports and rng.random() < 0.6:
            rule.setdefault("dport", rng.choice(FORMS["dport"]))
        if not agree(rule, negated, action):
            continue
        count -= 1
        yield hook, rule | ({"not": negated} if negated else {}) | {"action": action}


def agree(rule, negated, action):
    """Whether all of a rule is of the same families, and what it looks at known where it is."""
    if action == "notrack" and {"ct", "ct-status"} & {*rule, *negated}:
        return False
    given = [families(group[key]) for group in (rule, negated) for key in ("from", "to")
             if key in group]
    if "icmp-type" in rule:
        given.append({4})
    if isinstance(action, dict):
        (word, value), = action.items()
        if word in ("snat", "dnat"):
            given.append({6 if value.count(":") > 1 else 4})
        if word == "reject" and value in ("net-unreachable", "prot-unreachable", "net-prohibited",
                                          "host-prohibited"):
            given.append({4})
        if word == "reject" and value in ("addr-unreachable", "policy-fail", "reject-route"):
            given.append({6})
        if word == "add-to" and value in ("knocked", "knocked6", "seen-flows"):
            given.append({6 if value == "knocked6" else 4})
    return all(f == given[0] for f in given)


def all_rules():
    return [*one_match_rules(), *action_rules(), *log_rules(), *random_rules(150)]


def nodes(rules, per_node=60):
    """{"fw0": firewall, …}: RULES dealt out to nodes, in order. Rules behind one that decides on
    everything are there too: `check` warns, nothing more."""
    result = {}
    for i in range(0, len(rules), per_node):
        firewall = {"sets": SETS, "chains": CHAINS}
        for hook, rule in rules[i:i + per_node]:
            firewall.setdefault(hook, {"rules": []})["rules"].append(rule)
        n = i // per_node
        for k, hook in enumerate(HOOKS):
            if hook in firewall and (n + k) % 2:
                firewall[hook]["policy"] = ["accept", "drop"][n // 2 % 2]
            if hook in firewall and (n + k) % 3 == 1:
                firewall[hook]["priority"] = [-10, "filter + 10", "mangle", 77, "security-1"][k]
        result[f"fw{n}"] = firewall
    return result


def topology(firewalls):
    """A file (JSON is YAML) with these firewalls, each on a node with an eth0 beside it."""
    lines = ["nodes:", "  sw: {kind: switch}"]
    for name, firewall in firewalls.items():
        lines += [f"  {name}:", "    firewall:"]
        for key, value in firewall.items():
            if key not in HOOKS:
                lines.append(f"      {key}: {json.dumps(value)}")
                continue
            lines.append(f"      {key}:")
            lines += [f"        {k}: {json.dumps(v)}" for k, v in value.items() if k != "rules"]
            lines += ["        rules:", *(f"          - {json.dumps(r)}" for r in value["rules"])]
    lines += ["links:", *(f"  - [{name}, sw]" for name in firewalls)]
    return "\n".join(lines) + "\n"


def blocks(script):
    """{node: text}: what a script gives to nft in each node."""
    found = {}
    pattern = r"^ip netns exec (\S+) nft -f - <<'(EOF_*)'\n(.*?)^\2$"
    for match in re.finditer(pattern, script, re.S | re.M):
        node = match[1].strip("'").split(".", 1)[1]
        found[node] = found.get(node, "") + match[3]
    return found


def comparable(ruleset):
    """`nft -j list ruleset` without what may differ: handles, comments, counts, and nft itself."""
    def clean(value):
        if isinstance(value, dict):
            drop = {"handle", "comment", "metainfo", "expires"}
            if str(value.get("name")) in GROWING:
                drop.add("elem")
            if "packets" in value and "bytes" in value:
                drop |= {"packets", "bytes"}
            return {k: clean(v) for k, v in value.items() if k not in drop}
        return [clean(v) for v in value] if isinstance(value, list) else value

    return [clean(v) for v in json.loads(ruleset)["nftables"] if "metainfo" not in v]


def comments(ruleset):
    """The comments of its rules, in order."""
    return [v["rule"].get("comment") for v in json.loads(ruleset)["nftables"] if "rule" in v]
