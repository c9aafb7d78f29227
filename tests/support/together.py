# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""Many small topologies in one file, so that thousands of them are checked in one go.

Each keeps to itself: its nodes and addresses bear its number, and its lines are its own, so an error's
line says whose it is. nslab looks at what belongs together only once all else is right: a file is
checked again without those that were wrong, until nothing is.
"""
import itertools
import json
import re

NODES = r"\b(h1|h2|r1|sw1|gw)"
SECTIONS = {"nodes": dict, "links": list, "tests": list}


def write(value):
    """VALUE as YAML. In quotes `none` is a word like any other, which a schema cannot see."""
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("null", "~").replace('"none"', "none")


def numbered(document, number):
    """DOCUMENT with its names and addresses made its own."""
    text = re.sub(rf"{NODES}\b", rf"\1x{number}", json.dumps(document))
    text = text.replace("10.0.0.", f"10.{number >> 8}.{number & 255}.").replace("fd00::", f"fd00:{number}::")
    return json.loads(text)


def without_number(text, number):
    """What nslab says of document NUMBER, as of one that is alone."""
    text = re.sub(rf"{NODES}x{number}\b", r"\1", text)
    text = text.replace(f"10.{number >> 8}.{number & 255}.", "10.0.0.")
    return text.replace(f"fd00:{number}:", "fd00:")


def can_join(document):
    return all(isinstance(part, SECTIONS.get(key, ())) for key, part in document.items())


class File:
    """One file of DOCUMENTS, and what is wrong with each."""

    def __init__(self, documents):
        assert len(documents) == 1 or all(map(can_join, documents))
        self.said = [[] for _ in documents]
        self.clean = False
        self.parts = list(self.cut(documents)) if len(documents) > 1 else [("", 0, write(documents[0]))]

    @staticmethod
    def cut(documents):
        """(section, number of the document, line)"""
        for number, document in enumerate(documents):
            for section, content in numbered(document, number).items():
                entries = [f"- {write(item)}" for item in content] if isinstance(content, list) else [
                    f"{write(name)}: {write(item)}" for name, item in content.items()]
                yield from ((section, number, f"  {entry}") for entry in entries)

    def lines(self):
        """(number of the document or None, line) of those that nothing is wrong with so far."""
        for section in ("", *SECTIONS):
            parts = [(n, line) for its, n, line in self.parts if its == section and not self.said[n]]
            if section and parts:
                yield None, f"{section}:"
            yield from parts

    def text(self):
        return "".join(f"{line}\n" for _, line in self.lines())

    def take(self, errors):
        lines = list(self.lines())
        for error in errors:
            owner, line = lines[error["line"] - 1]
            self.said[owner].append(error | {"at": line[error["column"] - 1 :]})
        self.clean = not errors

    def open(self):
        return not self.clean and not all(self.said)


def check(plain, folder, groups):
    """What `nslab check` says of each document of each of GROUPS: a list of errors, and where each is,
    as the text that begins there."""
    apart = [[[d] for d in group] if not all(map(can_join, group)) else [group] for group in groups]
    files = {f"s{i}.yaml": File(part) for i, part in enumerate(itertools.chain(*apart))}
    while names := [name for name, file in files.items() if file.open()]:
        for name in names:
            (folder / name).write_text(files[name].text())
        reports = plain("check", "--format", "json", *names, cwd=folder).json()["files"]
        assert [report["file"] for report in reports] == names
        for name, report in zip(names, reports):
            files[name].take([d for d in report["diagnostics"] if d["level"] == "error"])
    said = itertools.chain(*(file.said for file in files.values()))
    return [list(itertools.islice(said, len(group))) for group in groups]
