# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""The man pages say all that the program has, and render clean."""
import fnmatch
import json
import re
import shutil
import subprocess

import pytest
from support.host import ROOT

pytestmark = pytest.mark.once

PAGES = {page: ROOT / f"docs/man/{page}" for page in ("nslab.1", "nslab-topology.5")}


def plain_text(page):
    """A page as a reader sees it, without bold and line breaks."""
    shown = (
        subprocess.run(
            ["mandoc", "-Tutf8", "-Owidth=200", PAGES[page]],
            capture_output=True,
            text=True,
            check=True,
        )
        if shutil.which("mandoc")
        else subprocess.run(
            ["man", "-l", PAGES[page]],
            capture_output=True,
            text=True,
            check=True,
            env={"MANWIDTH": "200", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        )
    )
    text = re.sub(r".\x08", "", shown.stdout)
    return text.replace("‐", "-").replace("−", "-").replace("‘", "'").replace("’", "'")


@pytest.fixture(scope="module")
def texts():
    if not shutil.which("mandoc") and not shutil.which("man"):
        pytest.skip("neither mandoc nor man is there to render the pages")
    return {page: plain_text(page) for page in PAGES}


@pytest.mark.parametrize("page", PAGES)
def test_page_renders_clean(page):
    if shutil.which("mandoc"):
        done = subprocess.run(
            ["mandoc", "-Tlint", "-Wwarning", PAGES[page]], capture_output=True, text=True
        )
        assert done.stdout == "" and done.returncode == 0, done.stdout
    if shutil.which("groff"):
        done = subprocess.run(
            ["groff", "-man", "-Tutf8", "-ww", "-z", PAGES[page]], capture_output=True, text=True
        )
        assert done.stderr == "", done.stderr


def commands(plain):
    told = plain("help", "--json").ok().json()
    return told["commands"] if isinstance(told, dict) else told


def test_every_command_and_option(plain, texts):
    text = texts["nslab.1"]
    for command in commands(plain):
        for name in filter(None, (command["name"], command.get("alias"))):
            assert re.search(rf"\b{name}\b", text), f"no command {name} in nslab.1"
        section = section_of(text, command["name"])
        for option in command["options"]:
            place = text if option["name"] == "help" else section  # what all have is said once
            where = f"under {command['name']} in nslab.1"
            assert re.search(rf"--{option['name']}\b", place), f"no --{option['name']} {where}"
            if option.get("letter"):
                found = re.search(rf"(?<![\w-])-{option['letter']}\b", place)
                assert found, f"no -{option['letter']} {where}"


def section_of(text, command):
    """What the page says from a command's entry to the next one's; where it says "those of up",
    what it says there too."""
    entries = re.split(r"^     (?=nslab )", text, flags=re.M)
    own = [entry for entry in entries if re.match(rf"nslab {command}\b", entry)]
    assert own, f"no entry for {command} in nslab.1"
    other = re.search(r"Options\s+are\s+those\s+of\s+(\w+)", own[0])
    return own[0] + (section_of(text, other[1]) if other else "")


def test_every_key(texts):
    text = texts["nslab-topology.5"]
    schema = json.loads((ROOT / "schema/nslab.schema.json").read_text())
    tables = {"topology": schema} | schema["$defs"]
    count = 0
    for name, table in tables.items():
        for key in table.get("properties", {}):
            count += 1
            key = key.removesuffix("+")  # adding to a list is said once, for all
            assert re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", text), f"no {key} of {name}"
    assert count > 40


def test_every_word_of_an_enum(texts):
    """Kinds, route types, states: each value is in the page too."""
    text = texts["nslab-topology.5"]
    schema = json.loads((ROOT / "schema/nslab.schema.json").read_text())

    def walk(part):
        if isinstance(part, dict):
            yield from (w for w in part.get("enum", []) if isinstance(w, str) and w[0].isalpha())
            for key, value in part.items():
                if key not in ("if", "then"):  # conditions: the words are defined elsewhere
                    yield from walk(value)
        elif isinstance(part, list):
            for value in part:
                yield from walk(value)

    for word in set(walk(schema)):
        assert re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text), f"no {word} in the page"


def test_exit_statuses(texts):
    text = texts["nslab.1"]
    section = text[text.upper().index("EXIT STATUS") :]
    for status in "0123":
        assert re.search(rf"^\s+{status}\s", section, re.M), f"exit status {status}"
    for variable in "NSLAB_LAB", "NSLAB_NODE", "NO_COLOR", "XDG_RUNTIME_DIR":
        assert variable in text


def test_readme():
    text = (ROOT / "README.md").read_text()
    assert "./scripts/quickstart" in text and "./scripts/test" in text
    for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
        assert (ROOT / link).exists(), f"README.md leads to {link}, which is nowhere"


@pytest.mark.parametrize(
    "page", ["architecture.md", "course.md", "kernel-notes.md", "performance.md", "testing.md"]
)
def test_links_of_pages(page):
    path = ROOT / "docs" / page
    for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text()):
        assert (path.parent / link).exists(), f"{page} leads to {link}, which is nowhere"


# --- the course --------------------------------------------------------------------------------

LESSON = re.compile(r"^### (\d+)\. .*: \[([\w-]+)\]\(\.\./topologies/([\w-]+)\.yaml\)$", re.M)


@pytest.fixture(scope="module")
def lessons():
    """[(number, lab, text)] of the course."""
    parts = LESSON.split((ROOT / "docs/course.md").read_text())
    found = list(zip(map(int, parts[1::4]), parts[2::4], parts[3::4], parts[4::4]))
    assert all(name == file for _, name, file, _ in found)
    return [(number, lab, text) for number, lab, _, text in found]


def test_course_has_every_lab(lessons):
    assert [number for number, _, _ in lessons] == list(range(1, len(lessons) + 1))
    shipped = sorted(path.stem for path in (ROOT / "topologies").glob("*.yaml"))
    assert sorted(lab for _, lab, _ in lessons) == shipped


def test_course_answers_its_questions(lessons):
    answers = re.findall(r"^(\d+)\. ", (ROOT / "docs/course.md").read_text(), re.M)
    assert [int(number) for number in answers] == [number for number, _, _ in lessons]
    assert all(text.count("*Question:*") == 1 for _, _, text in lessons)


def test_course_types_what_works(plain, lessons):
    """What is typed in a lesson is for its lab: the commands, nodes and links are there."""
    known = {command["name"] for command in commands(plain)}
    for number, lab, text in lessons:
        typed = [line.split() for line in re.findall(r"^    nslab (.*)$", text, re.M)]
        assert typed[0] == ["up", f"topologies/{lab}.yaml"], number
        shown = plain("plan", "--format", "json", ROOT / typed[0][1]).ok().json()
        nodes = [node["name"] for node in shown["nodes"]]
        for command, *words in typed:
            assert command in known, (number, command)
            for node in nodes_in(command, words):
                assert any(fnmatch.fnmatch(name, node) for name in nodes), (number, node)
            if command == "link" and words[0] != "ls":
                assert words[1] in links_of(shown), (number, words)


def nodes_in(command, words):
    """Which nodes a command is for: of `exec` one or several, of others that of NODE/SERVICE."""
    if command == "exec":
        return words[0].strip("'").split(",")
    return [word.partition("/")[0] for word in words if "/" in word and ".yaml" not in word]


def links_of(plan):
    """The names of links and of their ends."""
    ends = [op["ends"] for op in plan["operations"] if op["op"] == "veth"]
    names = {f"{one['node']}-{two['node']}" for pair in ends for one, two in (pair, pair[::-1])}
    return names | {f"{end['node']}:{end['interface']}" for pair in ends for end in pair}
