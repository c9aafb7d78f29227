# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""The JSON Schema says the same as the parser, judged by an independent validator.

What only the whole topology shows (names that exist, addresses that fit each other) and what takes
arithmetic (a rate in whole bytes) is out of a schema's sight. Bad files of that sort carry `# cross-object` in their first line, those that a
YAML reader of the editor's would refuse or read otherwise `# yaml`.
"""
import json
import pathlib
import re

import jsonschema
import pytest
import yaml
from support import snippets

pytestmark = pytest.mark.once

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
SCHEMA = ROOT / "schema/nslab.schema.json"
PARTS = 4  # of what takes two minutes, for as many workers


class Loader(yaml.CSafeLoader):
    """YAML 1.2 with the core schema, and merge keys: what editors read."""

    yaml_implicit_resolvers = {}

    def construct_mapping(self, node, deep=False):
        if isinstance(node, yaml.MappingNode):
            self.flatten_mapping(node)
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}

    def core_int(self, node):
        text = node.value.replace("+", "")
        base = {"0o": 8, "0x": 16}.get(text[:2], 10)
        return int(text[2:] if base != 10 else text, base)


for tag, pattern, first in (
    ("merge", r"^<<$", "<"),
    ("null", r"^(~|null|Null|NULL|)$", "~nN\0"),
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", "-+0123456789"),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", "-+.0123456789"),
    ("float", r"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$", "-+."),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))
Loader.yaml_implicit_resolvers.setdefault("", []).append(
    ("tag:yaml.org,2002:null", re.compile("^$"))
)
Loader.add_constructor("tag:yaml.org,2002:int", Loader.core_int)
Loader.add_constructor("tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node))
Loader.add_constructor("tag:yaml.org,2002:bool", lambda _, node: node.value.lower() == "true")


def load(text):
    return yaml.load(text, Loader)


@pytest.fixture(scope="module")
def validator():
    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def why(validator, document):
    """What the schema has against DOCUMENT, or ""."""
    errors = sorted(validator.iter_errors(document), key=lambda e: list(map(str, e.path)))
    return "\n".join(f"{'/'.join(map(str, e.path))}: {e.message}"[:300] for e in errors)


def test_committed_schema_is_what_the_program_prints(plain):
    assert SCHEMA.read_text() == plain("schema").ok().out


def test_schema_explains_every_key():
    """Every property has a description, for the editor to show."""

    def walk(part, path):
        if isinstance(part, dict):
            for key, value in part.get("properties", {}).items():
                if re.search("/(if|then|else)", path):
                    continue  # a condition on a key that is explained where it is defined
                assert value.get("description"), f"{path}/{key} has no description"
            for key, value in part.items():
                walk(value, f"{path}/{key}")
        elif isinstance(part, list):
            for i, value in enumerate(part):
                walk(value, f"{path}/{i}")

    schema = json.loads(SCHEMA.read_text())
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["properties"]
    walk(schema, "")


@pytest.mark.parametrize("path", sorted((ROOT / "topologies").glob("*.yaml")), ids=lambda p: p.stem)
def test_topologies(validator, path):
    text = path.read_text()
    assert why(validator, load(text)) == ""
    assert text.startswith("# yaml-language-server: $schema=../schema/nslab.schema.json\n")


BAD = sorted((HERE / "bad").glob("*.yaml"))


@pytest.mark.parametrize("path", BAD, ids=lambda p: p.stem)
def test_bad(validator, path):
    text = path.read_bytes()
    says = (
        path.with_suffix(".txt")
        if path.stem.count(".") == 0
        else pathlib.Path(str(path).removesuffix(".yaml") + ".txt")
    )
    refused = ": error: " in says.read_text(errors="replace")
    if text.startswith(b"# yaml\n"):
        return
    said = why(validator, load(text.decode()))
    if text.startswith(b"# cross-object\n"):
        assert said == "", "the schema sees it: the comment is wrong"
    else:
        assert bool(said) == refused, f"the schema: {said or 'fine'}\n{says.read_text()}"


def verdicts(plain, tmp_path, texts):
    """What the parser says to each of TEXTS: its errors (without warnings), joined, or ""."""
    for i, text in enumerate(texts):
        (tmp_path / f"s{i}.yaml").write_text(text)
    names = [f"s{i}.yaml" for i in range(len(texts))]
    files = plain("check", "--format", "json", *names, cwd=tmp_path).json()["files"]
    assert [file["file"] for file in files] == names
    return [
        "\n".join(d["text"] for d in file["diagnostics"] if d["level"] == "error") for file in files
    ]


def test_snippets(plain, tmp_path, validator):
    """Values that are good and values that are bad, by hand: parser and schema both agree."""
    cases = list(snippets.CASES())
    wrong = []
    for (text, good), said in zip(cases, verdicts(plain, tmp_path, [c[0] for c in cases])):
        schema = why(validator, load(text))
        if (said == "") != good:
            wrong.append(f"--- the parser {'refuses' if good else 'accepts'}\n{text}{said}")
        if (schema == "") != good:
            wrong.append(f"--- the schema {'refuses' if good else 'accepts'}\n{text}{schema}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_key_with_every_sort_of_value(plain, tmp_path, validator, part):
    """All keys of the schema's tables with one value of each sort: never one verdict here and
    another there, cross-object rules aside."""
    cases = list(snippets.everything(json.loads(SCHEMA.read_text())))[part::PARTS]
    assert len(cases) > 500
    wrong = []
    for text, said in zip(cases, verdicts(plain, tmp_path, cases)):
        document = load(text)
        fits = validator.is_valid(document)  # and why not only if asked: there are many thousands
        if not fits and not said:
            wrong.append(f"--- the schema alone refuses\n{text}{why(validator, document)}")
        if said and fits and not snippets.CROSS_OBJECT.search(said):
            wrong.append(f"--- the parser alone refuses\n{text}{said}")
    assert not wrong, f"{len(wrong)} of {len(cases)}:\n" + "\n".join(wrong)
