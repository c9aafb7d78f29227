#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""The words of the language as a dictionary for libFuzzer, from the schema that is written out of
the tables: keys, words of enums, types of devices. So no word can be missing that the program knows.

    tests/fuzz/dictionary.py > words.dict
"""
import json
import pathlib

SCHEMA = pathlib.Path(__file__).parent.parent.parent / "schema/nslab.schema.json"

# What is no word of the schema: YAML's and the language's own signs, and values of each sort.
SIGNS = """- |: |[|]|{|}|"|'|&a |*a|<<: *a|+: |$1|$(|$(i)|$(node)|$$|(1..3)|(a/b)|(i=1..2)|~|"@|..|0x10/0xff
10.0.0.1|10.0.0.0/8|fd00::1|fd00::/64|52:54:00:00:00:01|1-5|20ms|10mbit|1%|64KiB|5/second|r1:eth0
ipv4_addr . inet_service|10.0.0.1 . 80""".replace("\n", "|").split("|")


def words(schema):
    """Keys of all maps, and values of all enums."""
    if isinstance(schema, list):
        return set().union(*map(words, schema))
    if not isinstance(schema, dict):
        return set()
    found = set().union(*map(words, schema.values()))
    properties = schema.get("properties")
    found |= set(properties) if isinstance(properties, dict) else set()
    return found | {str(word) for word in schema.get("enum", []) if isinstance(word, str | int)}


def dictionary():
    every = sorted(words(json.loads(SCHEMA.read_text()))) + SIGNS + ["\n  ", "\n    "]
    quoted = (word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\x0a") for word in every)
    return "".join(f'"{word}"\n' for word in quoted if word)


if __name__ == "__main__":
    print(dictionary(), end="")
