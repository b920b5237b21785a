"""Write docs/reference/ and the schema of configurations from the code, so that neither goes stale.

    python tools/reference.py [--check]

`--check` writes nothing and fails if a page is not what the code says.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from typer.core import TyperGroup
from typer.main import get_command

from trunkline.cli.configuration import json_schema
from trunkline.cli.main import EPILOG, application, run
from trunkline.cli.topics import STAGES, Topic, changes, defects, diagnostics, rules

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
SCHEMA = ROOT / "generator" / "trunkline" / "schemas" / "configuration.json"


def cell(text: str) -> str:
    """Text that stays in one cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str) -> str:
    """A placeholder-bearing message as Markdown: braces become italics."""
    return text.replace("{", "*").replace("}", "*")


def grouped(found: Iterable[Topic]) -> Iterator[tuple[str, list[Topic]]]:
    """By group, groups and ids in order."""
    ordered = sorted(found, key=lambda topic: (topic.group, topic.id))
    for group, members in groupby(ordered, key=lambda topic: topic.group):
        yield group, list(members)


def heading(text: str, anchor: str, level: int = 3) -> str:
    """A heading with an anchor that does not depend on its text."""
    return f"{'#' * level} {text} {{#{anchor.lower()}}}"


def commands_page() -> str:
    """Every command with its help, arguments and options."""
    lines = [
        "# Commands",
        "",
        "`trunkline COMMAND --help` prints the same. Results go to stdout, everything else to "
        "stderr; colours only on a terminal and never with `NO_COLOR` set.",
        "",
        EPILOG + ".",
    ]
    for name in command_names():
        anchor = name.replace(" ", "-")
        lines += ["", heading(f"trunkline {name}", anchor, 2), "", "```text"]
        lines += help_of(name).rstrip().splitlines()
        lines += ["```"]
    return "\n".join(lines) + "\n"


def command_names() -> list[str]:
    """In the order of `trunkline --help`; those of a group behind its name."""
    group = get_command(application())
    assert isinstance(group, TyperGroup)
    names: list[str] = []
    for name, command in group.commands.items():
        names.append(name)
        if isinstance(command, TyperGroup):
            names += [f"{name} {inner}" for inner in command.commands]
    return names


def help_of(name: str) -> str:
    """What `trunkline NAME --help` prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        run([*name.split(), "--help"])
    return printed.getvalue()


def diagnostics_page() -> str:
    """Every code with its cause and remedy."""
    lines = [
        "# Diagnostics",
        "",
        "What commands print, by the code in square brackets behind the message.",
    ]
    order = {stage: number for number, stage in enumerate(STAGES.values())}
    for stage, members in sorted(grouped(diagnostics()), key=lambda pair: order[pair[0]]):
        lines += ["", f"## {stage}"]
        for topic in members:
            lines += ["", heading(f"{topic.id}: {topic.title}", topic.id), ""]
            lines += [
                f"*{topic.verdicts[0]}*",
                "",
                topic.why,
                "",
                f"**What to do.** {topic.remedy}",
            ]
    return "\n".join(lines) + "\n"


def rules_page() -> str:
    """Every rule that servers are held to."""
    lines = [
        "# Rules",
        "",
        "What `trunkline test` holds a server to. A violation names its rule and, where the "
        "description cites its documents, the lines that say so; `--only RULE` tries one alone. "
        "Mend the server; or the description, where the server is what was meant.",
    ]
    for family, members in grouped(rules()):
        lines += ["", f"## {family.capitalize()}"]
        for topic in members:
            lines += ["", heading(topic.id, topic.id), "", f"**{topic.title}.** {topic.why}"]
            lines += ["", f"*How it is tried:* {topic.tried}", "", f"*What to do:* {topic.remedy}"]
    return "\n".join(lines) + "\n"


def faults_page() -> str:
    """The fault categories of Web Fuzzing Commons, and what finds each."""
    from trunkline.contract.engine import FAULTS, WFC_VERSION

    covered = sum(bool(fault.rules) for fault in FAULTS.values())
    lines = [
        "# Fault categories",
        "",
        "The categories of [Web Fuzzing Commons](https://github.com/WebFuzzing/Commons) "
        f"{WFC_VERSION}, which `trunkline test --wfc FILE` reports by: {covered} of {len(FAULTS)} "
        "are found by the rules beside them. Findings of other rules have codes from 900 on, one "
        "for each family of rules.",
        "",
        "| code | category | found by | |",
        "| --- | --- | --- | --- |",
    ]
    for fault in FAULTS.values():
        found = ", ".join(f"[{rule}](rules.md#{rule})" for rule in fault.rules) or "not looked for"
        lines.append(f"| {fault.code} | {cell(fault.title)} | {found} | {cell(fault.note)} |")
    return "\n".join(lines) + "\n"


def defects_page() -> str:
    """Every defect that the emulator can be given."""
    lines = [
        "# Defects",
        "",
        "Single mistakes that the emulator can be given, to see whether a suite notices: "
        "`trunkline test SPEC --defect NAME`, `trunkline serve SPEC --defect NAME`.",
    ]
    for area, members in grouped(defects()):
        lines += ["", f"## {area.capitalize()}", "", "| defect | what the server does | breaks |"]
        lines += ["| --- | --- | --- |"]
        lines += [
            f"| `{topic.id}` | {cell(topic.title)} | {cell(topic.why)} |" for topic in members
        ]
    return "\n".join(lines) + "\n"


def changes_page() -> str:
    """Every kind of change that a comparison tells."""
    lines = [
        "# Changes",
        "",
        "What `trunkline diff` tells, with its verdict for whoever speaks HTTP and for whoever "
        "calls the generated Python client. `trunkline explain ID` says why and what to do.",
    ]
    for area, members in grouped(changes()):
        lines += ["", f"## {area.replace('-', ' ').capitalize()}", ""]
        lines += ["| id | change | verdicts | |", "| --- | --- | --- | --- |"]
        lines += [
            f"| `{topic.id}` | {cell(code(topic.title))} | {' | '.join(topic.verdicts)} |"
            for topic in members
        ]
    return "\n".join(lines) + "\n"


PAGES = {
    "commands.md": commands_page,
    "diagnostics.md": diagnostics_page,
    "rules.md": rules_page,
    "faults.md": faults_page,
    "defects.md": defects_page,
    "changes.md": changes_page,
}


def main() -> int:
    """Write the pages, or tell which are out of date; returns the exit code."""
    parser = argparse.ArgumentParser(description="Write docs/reference/ from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail on a difference")
    check = parser.parse_args().check
    stale = []
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        path, text = FOLDER / name, page()
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not check:
                path.write_text(text, encoding="utf-8")
    schema = json.dumps(json_schema(get_command(application())), indent=2, ensure_ascii=False)
    if not SCHEMA.is_file() or SCHEMA.read_text(encoding="utf-8") != f"{schema}\n":
        stale.append(SCHEMA.name)
        if not check:
            SCHEMA.write_text(f"{schema}\n", encoding="utf-8")
    for name in stale:
        print(f"{name} {'is out of date' if check else 'written'}", file=sys.stderr)
    return 1 if check and stale else 0


if __name__ == "__main__":
    os.environ.update(COLUMNS="80", NO_COLOR="1")
    sys.exit(main())
