# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""The JSON Schema says the same as the parser, judged by an independent validator.

What only the whole topology shows (names that exist, addresses that fit each other), what one key
says of another (`onlink` without `via`) and what takes arithmetic (a rate in whole bytes) is out of
the schema's sight. Bad files of that sort carry `# cross-object` in their first line, those that a
YAML reader of the editor's would refuse or read otherwise `# yaml`.
"""
import json
import pathlib
import re

import jsonschema
import pytest
import yaml
from support import snippets, together

pytestmark = pytest.mark.once

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
SCHEMA = ROOT / "schema/nslab.schema.json"
PARTS = 2  # of what is checked for each key, for as many workers


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
def schema():
    return json.loads(SCHEMA.read_text())


@pytest.fixture(scope="module")
def validator(schema):
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def why(validator, document):
    """What the schema has against DOCUMENT, or ""."""
    errors = sorted(validator.iter_errors(document), key=lambda e: list(map(str, e.path)))
    return "\n".join(f"{'/'.join(map(str, e.path))}: {e.message}"[:300] for e in errors)


def test_committed_schema_is_what_the_program_prints(plain):
    assert SCHEMA.read_text() == plain("schema").ok().out


def test_definitions_are_sorted(schema):
    """Whichever compiler it was that chose the order in which they were come by."""
    names = list(schema["$defs"])
    assert names == sorted(names)


def test_schema_explains_every_key(schema):
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


class Judge:
    """The schema's verdicts on keys, each in the frame of a topology that is right.

    Only the map that the key stands in is looked at for each value. That the schema goes there is seen
    in whole topologies, one that it takes and one that it refuses.
    """

    def __init__(self, schema, validator):
        self.definitions = schema["$defs"]
        self.whole = validator
        self.tables = {"topology": validator}

    def table(self, name):
        if name not in self.tables:
            part = {"$ref": f"#/$defs/{name}", "$defs": self.definitions}
            self.tables[name] = jsonschema.Draft202012Validator(part)
        return self.tables[name]

    def verdicts(self, table, key, documents):
        # What type an interface has decides by which table it is judged.
        dispatched = table.startswith("interface-") and key == "type"
        judge = self.table("interface" if dispatched else table)
        within = snippets.within_frame(table, key)
        return [judge.is_valid(within(document)) for document in documents]

    def fits(self, table, key, documents):
        verdicts = self.verdicts(table, key, documents)
        for verdict in set(verdicts):
            assert self.whole.is_valid(documents[verdicts.index(verdict)]) == verdict
        return verdicts


def test_pool_is_as_an_editor_reads_it():
    assert load(together.write(snippets.POOL)) == snippets.POOL


@pytest.mark.parametrize("part", range(PARTS))
def test_every_key_with_every_sort_of_value(plain, tmp_path, schema, validator, part):
    """All keys of the schema's tables with one value of each sort: never one verdict here and
    another there, cross-object rules aside."""
    judge = Judge(schema, validator)
    keys = list(snippets.keys_of(schema))[part::PARTS]
    groups = [snippets.framed(*key) for key in keys]
    assert sum(map(len, groups)) > 20_000 // PARTS
    wrong = []
    for (table, key, _), group, said in zip(keys, groups, together.check(plain, tmp_path, groups)):
        for document, fits, found in zip(group, judge.fits(table, key, group), said):
            errors = "\n".join(error["text"] for error in found)
            if not fits and not errors:
                wrong.append(f"--- the schema alone refuses\n{why(validator, document)}")
            elif fits and errors and not snippets.CROSS_OBJECT.search(errors):
                wrong.append(f"--- the parser alone refuses\n{errors}")
            else:
                continue
            wrong.append(together.write(document))
    assert not wrong, "\n".join(wrong)


def test_every_key_misspelt(plain, tmp_path, schema):
    """Two letters the wrong way round: the error names what was written, and what was meant."""
    tables = snippets.tables_of(schema)
    keys = {
        name: [key for key in table["properties"] if re.search(r"..([a-z])(?!\1)[a-z]$", key)]
        for name, table in tables.items()
        if name != "loss-in-bursts"  # the frame of which needs all that it has
    }
    keys = {name: of for name, of in keys.items() if of}
    assert sum(map(len, keys.values())) > 500
    swapped = {name: [key[:-2] + key[-1] + key[-2] for key in of] for name, of in keys.items()}
    groups = [[snippets.FRAMES[name]({key: 5}) for key in of] for name, of in swapped.items()]
    wrong = []
    for name, said in zip(keys, together.check(plain, tmp_path, groups)):
        for key, bad, errors in zip(keys[name], swapped[name], said):
            found = [e for e in errors if e["text"].startswith(f"unknown key '{bad}' in ")]
            if not found or found[0].get("help") != f"did you mean '{key}'?":
                wrong.append(f"{name}: {bad}: {errors}")
    assert not wrong, "\n".join(wrong)
