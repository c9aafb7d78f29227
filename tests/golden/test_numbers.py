# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Every key that takes a number, with numbers at, below and beyond every limit there is in computers.

Which keys these are, and with which units, the schema tells: they take some number, and no word. Each
is a number for nslab or an error at its very place. What is taken lies between two limits, so that none
comes round from the other end; and each number makes a plan of its own, whatever unit it is written in.
"""
import itertools
import json
import re

import jsonschema
import pytest
from support import snippets, together
from test_schema import SCHEMA, Judge

pytestmark = pytest.mark.once

PARTS = 2  # for as many workers
POWERS = (6, 8, 12, 16, 24, 31, 32, 53, 63, 64)
EDGES = (
    {2**power + more for power in POWERS for more in (-1, 0, 1)}
    | {10**power for power in (1, 2, 3, 6, 9, 10, 15, 16, 19, 30)}
    | {0, 1, 2, 24, 48, 67, 68, 100, 101, 4094, 65_535_000, 2_147_483_648, 99_999_999_999}
)
US = {"us": 1, "ms": 1000, "s": 10**6, "min": 60 * 10**6, "h": 3600 * 10**6}
BYTES = {"B": 1, "kB": 1000, "KiB": 1024, "MB": 10**6, "MiB": 2**20, "GB": 10**9, "GiB": 2**30}
BITS = {"bit": 1, "kbit": 10**3, "mbit": 10**6, "gbit": 10**9, "tbit": 10**12}
# How a number is written that has a unit or stands beside something, and what it amounts to. What
# amounts to the same in two of the forms of one row is the same.
FORMS = (
    {"{}": 1},
    {f"{{}}{unit}": factor for unit, factor in US.items()},
    {f"{{}}{unit}": factor for unit, factor in BYTES.items()},
    {f"{{}}{unit}": factor for unit, factor in BITS.items()},
    {f"{{}}{unit}/second": factor for unit, factor in BYTES.items()},
    {"{}/second": 1},
    {"{}/week": 1},
    {"{}%": 1},
    {"{}p": 1},
    {"1-{}": 1},
    {"0/{}": 1},
    {"tcp/{}": 1},
    {"r1:{}": 1},
    {"10.0.0.9:{}": 1},
    {"10.0.0.0/{}": 1},
    {"fd00::/{}": 1},
    {"10.0.0.9/{}": 1},
    {"fd00::9/{}": 1},
    {"filter + {}": 1},
    {"filter - {}": 1},
)
FEW = (24, 1, 5, 100, 1500)  # some of these a key takes, whatever its limits are
WORD = "nonumber"
FIRST = "link", "endpoint", "firewall-rule"  # of those that share a key

# What is not a number, though a C library or a YAML reader may think so; N stands for one.
SPELLINGS = (
    ["-N", "+N", " N", "N ", "N.", ".N", "N,N", "N_0", "Ne0", "N..", "N-", "--N", "N.N.N", "1e400"]
    + ["nan", "inf", "-inf", ".inf", "0x", "0XN", "0xg", "0oN", "0bN", "Nx", "٥", "５", "N\u00a0"]
    + ["", " ", "0x" + "f" * 20, "1" + "0" * 400, "N" * 40, "NL", "N'", "0N", "0" * 30 + "N"]
)
# What a key needs beside it to be taken.
BESIDE = {
    ("link", "jitter"): {"delay": "1s"},
    ("link", "correlation"): {"delay": "1s", "jitter": "1ms"},
    ("link", "reorder"): {"delay": "1s"},
    ("link", "burst"): {"rate": "1gbit"},
    ("link", "queue"): {"rate": "1gbit"},
    ("link", "seed"): {"loss": "1%"},
    ("rule", "sport"): {"ipproto": "tcp"},
    ("rule", "dport"): {"ipproto": "tcp"},
    ("firewall-rule", "sport"): {"proto": "tcp"},
    ("firewall-rule", "dport"): {"proto": "tcp"},
    ("service", "within"): {"ready": {"listen": 80}},
    ("firewall-rule", "icmp-code"): {"icmp-type": "destination-unreachable"},
}


NEEDS_MORE = {("link", "addresses")}  # of which there are two
UNPLANNED = re.compile(  # tests, what asks for more nodes, and what is written in octal
    "test|link cost|node mtu|ospf (hello|dead)|rip|isis|babel|(file|directory) mode"
)
NAMED = re.compile("firewall-rule (proto|icmp|dscp)")  # numbers that nft(8) has names for

# What a schema cannot see: what takes arithmetic, 64 bits, or a look at others.
STEPS = {"whole ms": 1000, "steps of 10ms": 10_000, "whole seconds": 10**6, "whole bytes (8bit)": 8}
BEYOND = re.compile(f"in octal|18446744073709551615|{snippets.CROSS_OBJECT.pattern}")


def limits_of(described, definitions, seen=()):
    """The numbers that a description names as limits."""
    if isinstance(described, list):
        for part in described:
            yield from limits_of(part, definitions, seen)
    elif isinstance(described, dict):
        name = described.get("$ref", "").rpartition("/")[2]
        if name and name not in seen:
            yield from limits_of(definitions[name], definitions, (*seen, name))
        yield from (described[word] for word in ("minimum", "maximum") if word in described)
        yield from limits_of(list(described.values()), definitions, seen)


def values_of(form, factor, fitting, limits, all):
    """(value, what it amounts to or None) to try a form of a number with; some of them, or all."""
    around = {limit + more for limit in limits for more in (-1, 0, 1)}
    for number in sorted(n for n in EDGES | around if n >= 0)[:: 1 if all else 3]:
        if form == "{}":
            yield number, number
        yield form.format(number), number * factor
    for spelling in SPELLINGS if all else ():
        yield form.format(spelling.replace("N", str(fitting))), None


class Key:
    """A key of a table with all numbers in all forms that the schema takes there."""

    def __init__(self, judge, table, key, limits):
        self.table, self.key, self.judge = table, key, judge
        self.rows = []  # (row of FORMS, value, amount)
        for row, forms in enumerate(FORMS):
            for i, (form, factor) in enumerate(forms.items()):
                few = FEW if form == "{}" else FEW[:1]
                fitting = next((n for n in few if self.fits([form.format(n)])[0]), None)
                if fitting is not None:
                    values = values_of(form, factor, fitting, limits, not i)
                    self.rows += [(row, value, amount) for value, amount in values]
        self.values = [value for _, value, _ in self.rows]
        self.documents = self.framed(self.values)
        self.joined = all(map(together.can_join, self.documents))

    def framed(self, values):
        beside = BESIDE.get((self.table, self.key), {})
        return snippets.framed(self.table, self.key, values, beside)

    def fits(self, values):
        return self.judge.verdicts(self.table, self.key, self.framed(values))


def numeric_keys(part):
    schema = json.loads(SCHEMA.read_text())
    judge = Judge(schema, jsonschema.Draft202012Validator(schema))
    keys, seen = [], set()
    tables = snippets.tables_of(schema)
    first = {table: tables[table] for table in FIRST}
    for table, described in (first | tables).items():
        for name, value in described["properties"].items():
            once = name, json.dumps(value)
            if name.endswith("+") or once in seen:
                continue
            seen.add(once)
            if len(seen) % PARTS != part:
                continue
            key = Key(judge, table, name, set(limits_of(value, schema["$defs"])))
            if key.rows and not key.fits([WORD])[0]:
                keys.append(key)
    return keys


def disagreements(key, said):
    for i, ((row, value, _), fits, errors) in enumerate(zip(key.rows, key.fits(key.values), said)):
        written = together.numbered(value, i) if key.joined else value
        texts = "\n".join(error["text"] for error in errors)
        if not fits and not errors:
            yield f"{value!r}: the schema alone refuses it"
        # Where a number has a unit, its limits take arithmetic: for them see `limits`.
        if fits and errors and FORMS[row].keys() == {"{}"} and not BEYOND.search(texts):
            yield f"{value!r}: the parser alone refuses it: {texts}"
        for error in errors:
            # Where it stands, or, for what is about all of it, where the map begins.
            if not BEYOND.search(texts) and not error["at"].startswith((together.write(written), "{", key.key)):
                yield f"{value!r}: {error['text']}: points at {error['at'][:40]}"


def limits(key, said):
    """What is taken in each form must lie between two limits."""
    for row in {row for row, _, _ in key.rows}:
        taken = {}
        for (its, value, amount), errors in zip(key.rows, said):
            texts = "\n".join(error["text"] for error in errors)
            step = next((step for words, step in STEPS.items() if words in texts), 1)
            others = "in octal" in texts or snippets.CROSS_OBJECT.search(texts)
            if its == row and amount is not None and amount % step == 0 and not others:
                taken.setdefault(amount, set()).add(not errors)
        order = [verdict for amount in sorted(taken) for verdict in [taken[amount]]]
        runs = [next(iter(verdict)) for verdict, _ in itertools.groupby(order)]
        if any(len(verdict) > 1 for verdict in order) or sum(runs) > 1:
            yield f"{FORMS[row]}: {[(int(a), *v) for a, v in sorted(taken.items())]}"


def plan_of(plain, folder, key, said):
    """What is planned for each value that is taken, {number: operations}, without names of its own."""
    taken = [i for i, errors in enumerate(said) if not errors]
    file = together.File([key.documents[i] for i in taken])
    (folder / "taken.yaml").write_text(file.text())
    found = {i: [] for i in taken}
    for op in plain("plan", "--json", "taken.yaml", cwd=folder).ok().json()["operations"]:
        text = re.sub(r'"(line|index|size)": \d+,? ?|"text": "[^"]*", ', "", json.dumps(op))
        number = re.search(rf"{together.NODES}x(\d+)", text)
        if number:
            found[taken[int(number[2])]].append(together.without_number(text, int(number[2])))
    return found


def written(key, plans):
    """Each number has a plan of its own, in which it stands, in whatever form it was written."""
    of = {}
    for i, operations in plans.items():
        row, value, amount = key.rows[i]
        if amount is None:
            continue
        of.setdefault(row, {}).setdefault(amount, set()).add("\n".join(operations))
        number = rf"(?<![0-9a-f.])0*{value}(?![0-9])|(?i:0x0*{int(amount):x}\b)"
        shown = value and not NAMED.match(f"{key.table} {key.key}")
        if isinstance(value, int) and shown and not re.search(number, "\n".join(operations)):
            yield f"{value} is not in what is planned: {operations}"
    for row, amounts in of.items():
        plans = list(amounts.values())
        if len(FORMS[row]) > 1 and any(len(plan) > 1 for plan in plans):
            yield f"the same in two forms is not the same: {amounts}"
        if len(set(map(frozenset, plans))) < len(plans):
            yield f"{len(plans)} numbers, {len(set(map(frozenset, plans)))} plans"


@pytest.mark.parametrize("part", range(PARTS))
def test_numbers(plain, tmp_path, part):
    keys = numeric_keys(part)
    assert len(keys) > 100 // PARTS - 10
    wrong = []
    for key, said in zip(keys, together.check(plain, tmp_path, [key.documents for key in keys])):
        found = [*disagreements(key, said), *limits(key, said)]
        if all(said):
            found += [f"nothing is taken: {said[0]}"] if (key.table, key.key) not in NEEDS_MORE else []
        elif key.joined and not UNPLANNED.match(f"{key.table} {key.key}"):
            found += written(key, plan_of(plain, tmp_path, key, said))
        wrong += [f"{key.table}: {key.key}: {what}" for what in found]
    assert not wrong, "\n".join(wrong)
