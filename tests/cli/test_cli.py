# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) the nslab authors
"""The command line where no lab is needed."""
import json
import re
import shutil
import subprocess

import jsonschema
import pytest
from support.host import PROGRAM, ROOT
from support.labs import PAIR

COMMANDS = [
    "up",
    "down",
    "run",
    "exec",
    "shell",
    "ls",
    "status",
    "ps",
    "service",
    "ping",
    "firewall",
    "logs",
    "link",
    "partition",
    "heal",
    "check",
    "plan",
    "test",
    "schema",
    "doctor",
    "completion",
    "version",
    "help",
]
ALIASES = {"deploy": "up", "destroy": "down"}
BAD = "nodes:\n  h1: {kind: ruoter}\n  h2: {kinde: host}\n"
WARNS = (
    "nodes: {h1: , h2: }\nlinks:\n  - {endpoints: ['h1:eth0', 'h2:eth0'], addresses: "
    "[10.0.0.1/24, 10.0.1.2/24]}\n"
)


@pytest.fixture
def files(tmp_path):
    """A folder with a good, a bad and a doubtful topology."""
    for name, text in ("good", PAIR), ("bad", BAD), ("doubtful", WARNS):
        (tmp_path / f"{name}.yaml").write_text(text)
    return tmp_path


# --- the words -------------------------------------------------------------------------------


def test_help_lists_every_command(plain):
    for words in ["help"], ["--help"], ["-h"]:
        out = plain(*words).ok().out
        for command in COMMANDS:
            assert re.search(rf"^\s*{command}\b", out, re.M), command


@pytest.mark.parametrize("command", COMMANDS + list(ALIASES))
def test_help_of_a_command(plain, command):
    texts = {
        plain(*words).ok().out
        for words in (["help", command], [command, "--help"], [command, "-h"])
    }
    assert len(texts) == 1
    assert "usage: nslab " in texts.pop()


def test_no_command(plain):
    result = plain()
    assert result.status == 2 and "usage: nslab" in result.err and result.out == ""


def test_unknown_command(plain):
    for words in ["dwon"], ["help", "dwon"]:
        result = plain(*words)
        assert result.status == 2 and "dwon" in result.err and "'down'" in result.err
    assert plain("frobnicate").status == 2


def test_unknown_option(plain):
    for command in COMMANDS:
        result = plain(command, "--no-such-option")
        assert result.status == 2 and "--no-such-option" in result.err, f"{result}"
        assert plain(command, "-Z").status == 2
    assert "--name" in plain("up", "--nmae", "x").err


def test_wrong_values(plain):
    for words in (
        ["plan", "--format", "dot", "x.yaml"],
        ["check", "--format", "xml", "x.yaml"],
        ["completion", "tcsh"],
        ["down", "--grace", "5", "x"],
        ["up", "a", "b"],
        ["check"],
        ["completion"],
        ["exec"],
        ["exec", "h1"],
        ["up", "--name"],
        ["ls", "x"],
        ["schema", "x"],
        ["version", "x"],
        ["down", "--all", "x"],
        ["ls", "--json=yes"],
    ):
        result = plain(*words)
        assert result.status == 2 and result.err and result.out == "", f"{result}"


@pytest.mark.parametrize("name", ["-x", "a.b", "a/b", "", "x" * 33, "ä", "a b", "../x"])
def test_bad_lab_names(plain, files, name):
    for command in "up", "plan", "check":
        result = plain(command, f"--name={name}", "good.yaml", cwd=files)
        assert result.status == 2 and result.err, f"{result}"
    result = plain("status", "--", name, cwd=files)
    assert result.status in (1, 2) and result.err


def test_set(plain, tmp_path):
    (tmp_path / "v.yaml").write_text("vars: {k: 2, half: $(k/2)}\nname: v$(k)-$(half)\nnodes: {h(1..k): }\n")
    for words, name, nodes in (
        ([], "v2-1", 2),
        (["--set", "k=6"], "v6-3", 6),
        (["--set=k=6", "--set", "half=x"], "v6-x", 6),
    ):
        out = plain("plan", *words, "v.yaml", cwd=tmp_path).ok().out
        assert out.startswith(f"# lab {name}: {nodes} nodes")
        assert f"{nodes} nodes" in plain("check", *words, "v.yaml", cwd=tmp_path).ok().out
    for words, said in (
        (["--set", "kk=6"], "--set kk=6: the file has no variable 'kk'"),
        (["--set", "k"], "--set k: expected KEY=VALUE"),
        (["--set", "k=x"], "'x' in 'h(1..k)' is not a whole number"),
    ):
        result = plain("check", *words, "v.yaml", cwd=tmp_path)
        assert result.status == 2 and said in result.err
    assert "did you mean 'k'?" in plain("check", "--set", "kk=6", "v.yaml", cwd=tmp_path).err


def test_version(plain):
    out = plain("version").ok().out
    assert re.match(r"nslab \d+\.\d+\.\d+", out)
    assert plain("--version").ok().out.splitlines()[0] == out.splitlines()[0]
    assert json.loads(plain("version", "--json").ok().out)["version"] in out


def test_help_as_json(plain):
    told = plain("help", "--json").ok().json()
    commands = told["commands"] if isinstance(told, dict) else told
    assert [c["name"] for c in commands] == COMMANDS
    assert {c["alias"]: c["name"] for c in commands if c.get("alias")} == ALIASES


def test_output_that_nobody_reads(plain):
    """A full disk or a closed pipe is not silently a success."""
    with open("/dev/full", "w") as full:
        done = subprocess.run([PROGRAM, "schema"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1 and done.stderr.startswith("nslab: ")


# --- check -----------------------------------------------------------------------------------


def test_check(plain, files):
    assert plain("check", "good.yaml", cwd=files).ok().err == ""
    result = plain("check", "bad.yaml", cwd=files)
    assert result.status == 2 and result.err.startswith("bad.yaml:2:14: error: ")
    assert "did you mean 'router'?" in result.err and "bad.yaml:3:8: error: " in result.err
    result = plain("check", "doubtful.yaml", cwd=files).ok()
    assert "doubtful.yaml:3:" in result.err and "warning: " in result.err


def test_check_several(plain, files):
    result = plain("check", "good.yaml", "bad.yaml", "doubtful.yaml", cwd=files)
    assert result.status == 2
    assert "bad.yaml:2:" in result.err and "doubtful.yaml:3:" in result.err
    result = plain("check", "good.yaml", "none.yaml", cwd=files)
    assert result.status in (1, 2) and "none.yaml" in result.err


def test_check_odd_files(plain, files):
    assert plain("check", ".", cwd=files).status in (1, 2)
    assert plain("check", "/dev/null").status == 2
    (files / "utf-16.yaml").write_bytes(PAIR.encode("utf-16"))
    assert plain("check", "utf-16.yaml", cwd=files).status in (1, 2)
    assert plain("check", "-", input=PAIR.encode(), cwd=files).status == 2  # no name to give
    assert plain("check", "--name", "x", "-", input=PAIR.encode()).status == 0
    result = plain("check", "-", input=f"name: x\n{BAD}".encode())
    assert result.status == 2 and ":3:14: error: " in result.err


def test_check_caret_is_under_the_value(plain, files):
    lines = plain("check", "bad.yaml", cwd=files).err.splitlines()
    shown = next(i for i, line in enumerate(lines) if "h1: {kind: ruoter}" in line)
    caret = lines[shown + 1]
    assert lines[shown].index("ruoter") == caret.index("^")
    assert caret.count("^") + caret.count("~") == len("ruoter")


def test_check_shows_twenty(plain, files):
    (files / "many.yaml").write_text(
        "nodes:\n" + "".join(f"  h{i}: {{x{i}z: 1}}\n" for i in range(30))
    )
    result = plain("check", "many.yaml", cwd=files)
    assert result.err.count(": error: ") == 20 and "10 more" in result.err
    (told,) = plain("check", "--format", "json", "many.yaml", cwd=files).json()["files"]
    assert told["errors"] == len(told["diagnostics"]) == 30


def test_check_json(plain, files):
    result = plain("check", "--format", "json", "good.yaml", "bad.yaml", "doubtful.yaml", cwd=files)
    assert result.status == 2
    good, bad, doubtful = result.json()["files"]
    assert good == {"file": "good.yaml", "ok": True, "errors": 0, "warnings": 0, "diagnostics": []}
    assert (bad["file"], bad["ok"], bad["errors"]) == ("bad.yaml", False, 2)
    assert [(d["line"], d["column"], d["length"], d["level"]) for d in bad["diagnostics"]] == [
        (2, 14, 6, "error"),
        (3, 8, 5, "error"),
    ]
    assert "ruoter" in bad["diagnostics"][0]["text"] and "router" in bad["diagnostics"][0]["help"]
    assert doubtful["ok"] is True and doubtful["warnings"] >= 1
    assert {d["level"] for d in doubtful["diagnostics"]} == {"warning"}
    assert plain("check", "--json", "good.yaml", cwd=files).ok().json()["files"] == [good]


def test_check_github(plain, files):
    """The workflow commands that GitHub turns into annotations."""
    result = plain("check", "--format", "github", "bad.yaml", "doubtful.yaml", cwd=files)
    assert result.status == 2
    lines = result.out.splitlines()
    assert len(lines) == 3
    assert re.match(
        r"::error file=bad\.yaml,line=2,col=14(,endColumn=\d+)?(,title=[^:]*)?::.*ruoter", lines[0]
    )
    assert lines[2].startswith("::warning file=doubtful.yaml,line=3,")


def test_check_github_escapes(plain, files):
    (files / "a,b%:c.yaml").write_text("name: x\nnodes: {h1: {kind: \"50%\\r\\n::x\"}}\n")
    out = plain("check", "--format", "github", "a,b%:c.yaml", cwd=files).out
    assert out.count("\n") == 1 and "file=a%2Cb%25%3Ac.yaml" in out
    assert "50%25" in out and "\r" not in out


SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {"driver": {"type": "object", "required": ["name"]}},
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message", "level", "locations"],
                            "properties": {
                                "level": {"enum": ["error", "warning", "note", "none"]},
                                "message": {"type": "object", "required": ["text"]},
                                "locations": {
                                    "type": "array",
                                    "items": {"type": "object", "required": ["physicalLocation"]},
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


def test_check_sarif(plain, files):
    result = plain("check", "--format", "sarif", "bad.yaml", "doubtful.yaml", cwd=files)
    assert result.status == 2
    log = result.json()
    jsonschema.validate(log, SARIF)
    run = log["runs"][0]
    assert run["tool"]["driver"]["name"] == "nslab"
    assert [r["level"] for r in run["results"]] == ["error", "error", "warning"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "bad.yaml"
    assert (place["region"]["startLine"], place["region"]["startColumn"]) == (2, 14)
    rules = {rule["id"] for rule in run["tool"]["driver"].get("rules", [])}
    assert {r["ruleId"] for r in run["results"] if "ruleId" in r} <= rules | {None} or not rules
    empty = plain("check", "--format", "sarif", "good.yaml", cwd=files).ok().json()
    assert empty["runs"][0]["results"] == []


# --- plan ------------------------------------------------------------------------------------


def test_plan_formats(plain, files):
    text = plain("plan", "good.yaml", cwd=files).ok().out
    assert text == plain("plan", "--format", "text", "good.yaml", cwd=files).out
    for word in "h1", "h2", "eth0", "10.0.0.1/24", "fd00::1/64":
        assert word in text
    script = plain("plan", "--format", "sh", "good.yaml", cwd=files).ok().out
    assert script.startswith("#!/bin/sh") and "\n#" in script and "ip " in script
    assert (
        plain("plan", "--json", "good.yaml", cwd=files).ok().json()
        == plain("plan", "--format=json", "good.yaml", cwd=files).ok().json()
    )


def test_plan_name(plain, files):
    assert "other" in plain("plan", "--name", "other", "good.yaml", cwd=files).ok().out


def test_plan_of_a_wrong_topology(plain, files):
    for kind in "text", "sh", "json":
        result = plain("plan", "--format", kind, "bad.yaml", cwd=files)
        assert result.status == 2 and result.out == "" and "ruoter" in result.err


def test_plan_default_file(plain, files):
    assert plain("plan", cwd=files).status == 2
    (files / "topology.yaml").write_text(PAIR)
    assert "eth0" in plain("plan", cwd=files).ok().out


def test_plan_with_odd_texts_is_safe_shell(plain, tmp_path):
    """What a file says never becomes words of the script's own."""
    (tmp_path / "odd.yaml").write_text(
        "nodes:\n  h1:\n    description: \"$$(touch pwned) `touch pwned` '; touch pwned #\\n"
        "touch pwned\"\n"
        "    interfaces:\n      \"$$(id)\": {type: dummy, alias: \"'; touch pwned; '\"}\n"
        "      \"a'b\": {type: dummy}\n"
        "    sysctls: {net.ipv4.ip_default_ttl: \"64; touch pwned\"}\n"
    )
    script = plain("plan", "--format", "sh", "odd.yaml", cwd=tmp_path).ok().out
    # Every command becomes a no-op that prints its words; what is left of the shell is quoting.
    fake = tmp_path / "bin"
    fake.mkdir()
    for tool in "ip", "sysctl", "bridge", "tc":
        (fake / tool).write_text("#!/bin/sh\nexit 0\n")
        (fake / tool).chmod(0o755)
    (tmp_path / "odd.sh").write_text(script)
    subprocess.run(
        ["/bin/sh", "odd.sh"],
        cwd=tmp_path,
        env={"PATH": f"{fake}:/usr/bin:/bin"},
        timeout=20,
        capture_output=True,
    )
    assert not (tmp_path / "pwned").exists()


# --- schema, completion ----------------------------------------------------------------------


def test_schema_is_a_schema(plain):
    jsonschema.Draft202012Validator.check_schema(plain("schema").ok().json())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_shell(plain, shell, tmp_path):
    script = plain("completion", shell).ok().out
    for command in COMMANDS:
        assert command in script
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed: its script was printed, not parsed")
    path = tmp_path / f"complete.{shell}"
    path.write_text(script)
    flag = "--no-execute" if shell == "fish" else "-n"
    subprocess.run([shell, flag, path], check=True)


def complete(plain, *words, cwd=None):
    """What bash offers for the last of WORDS."""
    script = plain("completion", "bash").ok().out
    line = " ".join(words)
    driver = (
        f"{script}\nCOMP_WORDS=({' '.join(repr(w) for w in words)}); COMP_CWORD={len(words) - 1};"
        f" COMP_LINE={line!r}; COMP_POINT={len(line)};"
        " f=$(complete -p nslab | sed 's/.*-F \\([^ ]*\\).*/\\1/'); $f nslab;"
        " printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", driver],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={"PATH": f"{PROGRAM.parent}:/usr/bin:/bin"},
    )
    assert done.stderr == "", done.stderr
    return {word.strip() for word in done.stdout.split("\n")} - {""}


def test_completion_in_bash(plain, files):
    assert {"up", "exec", "doctor"} <= complete(plain, "nslab", "")
    assert complete(plain, "nslab", "comp") == {"completion"}
    assert "--name" in complete(plain, "nslab", "up", "--")
    assert complete(plain, "nslab", "completion", "") == {"bash", "zsh", "fish"}
    assert {"text", "sh", "json"} == complete(plain, "nslab", "plan", "--format", "")
    assert "good.yaml" in complete(plain, "nslab", "up", "go", cwd=files)
    assert complete(plain, "nslab", "link", "") == {"ls", "show", "set", "down", "up", "flap"}
    assert complete(plain, "nslab", "link", "-q", "sh") == {"show"}
    assert "--every" in complete(plain, "nslab", "link", "flap", "--")


def test_completion_never_runs_names(plain, tmp_path):
    """Names of a lab may hold what a shell obeys: it is neither run nor put onto the line unquoted."""
    fake = tmp_path / "nslab"
    fake.write_text("#!/bin/sh\ncat <<'END'\nh1:$(>pwned)-h2:`>pwned`\nh1:a;b-h2:*\nplain\nEND\n")
    fake.chmod(0o755)
    quoted = {r"h1:\$\(\>pwned\)-h2:\`\>pwned\`", r"h1:a\;b-h2:\*"}
    for words in ("link", "down"), ("exec",), ("logs",), ("down",), ("service", "stop"):
        said = complete(plain, str(fake), *words, "", cwd=tmp_path)
        assert said - {"nslab"} == quoted | {"plain"}, words
    assert complete(plain, str(fake), "exec", "plain,p", cwd=tmp_path) == {"plain,plain"}
    assert [p.name for p in tmp_path.iterdir()] == ["nslab"]


# --- shape -----------------------------------------------------------------------------------


def test_schema_line_in_every_topology():
    for path in (ROOT / "topologies").glob("*.yaml"):
        assert path.read_text().startswith("# yaml-language-server: $schema=../schema/")
