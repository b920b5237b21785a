"""Every block of the README and of the documentation's walkthroughs is run as it is printed.

The README's is the way of a stranger: a clean checkout, and Python 3 beside the system's own tools.

- A `console` block holds commands behind `$ ` and what they print. A line `...` stands for any
  lines, `…` for any text within a line. Commands without printed lines must only succeed; one
  whose block ends in `# exit code N` must end with it.
- A block with `title="FILE"` is written to that file first, in the folder that the page's commands
  have gone to; a `diff` block is applied to it with `patch`.
- A `python` block without a title is run by the interpreter.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [DOCS / "tutorial.md", *sorted((DOCS / "how-to").glob("*.md"))]
FENCE = re.compile(r"^( *)```(\w+)([^\n]*)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
SECONDS = 120


@dataclass(frozen=True)
class Block:
    """One fenced block: language, the rest of its first line, text, line in the page."""

    language: str
    info: str
    text: str
    line: int


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        indent = len(found[1])
        body = "".join(line[indent:] for line in found[4].splitlines(keepends=True))
        yield Block(found[2], found[3], body, text[: found.start()].count("\n") + 1)


class Shell:
    """One bash that lives as long as the page; every command's output and exit code are read."""

    END = "__end_of_command__"

    def __init__(self, folder: Path, path: str, home: Path) -> None:
        environment = {
            "PATH": path,
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "NO_COLOR": "1",
            "COLUMNS": "100",
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        # Where packages come from is the machine's business.
        environment |= {
            k: v for k, v in os.environ.items() if k.startswith(("PIP_", "UV_", "SSL_"))
        }
        self.process = subprocess.Popen(
            ["bash", "--norc", "--noprofile"],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, command: str) -> tuple[str, int]:
        """What one command printed, and its exit code."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{command}\nprintf '\\n%s %s\\n' {self.END} $?\n")
        self.process.stdin.flush()
        printed = []
        for line in self.process.stdout:
            if line.startswith(self.END):
                return "".join(printed).rstrip("\n"), int(line.split()[1])
            printed.append(line)
        raise AssertionError(f"the shell ended in `{command}`:\n{''.join(printed)}")

    def where(self) -> Path:
        """The folder that commands have gone to."""
        return Path(self.run("pwd")[0])

    def close(self) -> None:
        subprocess.run(["pkill", "-s", str(self.process.pid)], check=False)
        self.process.communicate()


def commands(text: str) -> Iterator[tuple[str, list[str], int]]:
    """A console block's commands, what each is said to print, and its exit code."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        lines = part.rstrip("\n").split("\n")
        command = [lines.pop(0)]
        while command[-1].endswith("\\"):
            command.append(lines.pop(0))
        code = 0
        if lines and (ending := re.fullmatch(r"# exit code (\d+)", lines[-1])):
            code = int(ending[1])
            lines.pop()
        yield "\n".join(command), lines, code


def fits(expected: list[str], printed: str) -> bool:
    """Whether what was printed is what the page says."""
    lines = [
        r"(?:.*\n)*?" if line == "..." else re.escape(line).replace("…", ".*?") + r" *\n"
        for line in expected
    ]
    return re.fullmatch("".join(lines), printed + "\n") is not None


def walk(page: Path, shell: Shell, skipped: frozenset[str] = frozenset()) -> None:
    """Do what the page says, in order."""
    try:
        for block in blocks(page):
            at = f"{page.name}:{block.line}"
            title = re.search(r'title="([^"]+)"', block.info)
            if block.language == "diff":
                applied = subprocess.run(
                    ["patch", "-p1", "--fuzz=0"],
                    input=block.text,
                    cwd=shell.where(),
                    capture_output=True,
                    text=True,
                    check=False,
                )
                assert applied.returncode == 0, f"{at}: {applied.stdout}"
            elif title:
                path = shell.where() / title[1]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.text, encoding="utf-8")
            elif block.language == "python":
                printed, code = shell.run(f"python -c {shlex.quote(block.text)}")
                assert code == 0, f"{at}: {printed}"
            elif block.language == "console":
                for command, expected, wanted in commands(block.text):
                    if command in skipped:
                        continue
                    printed, code = shell.run(command)
                    assert code == wanted, f"{at}: `{command}` ended with {code}:\n{printed}"
                    if expected:
                        assert fits(expected, printed), f"{at}: `{command}` printed\n{printed}"
    finally:
        shell.close()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_works_as_printed(page: Path, tmp_path: Path) -> None:
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    walk(page, Shell(tmp_path, path, tmp_path))


@pytest.mark.timeout(900)
def test_stranger_follows_the_readme(tmp_path: Path) -> None:
    checkout, home, programs = (tmp_path / name for name in ("checkout", "home", "programs"))
    for folder in (checkout, home, programs):
        folder.mkdir()
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (checkout / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, checkout / name)
    (programs / "python3").symlink_to(sys.base_prefix + "/bin/python3")

    shell = Shell(checkout, f"{programs}:/usr/bin:/bin", home)
    # These tests are what `make test` runs.
    walk(checkout / "README.md", shell, frozenset({"make test"}))
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_a_wrong_page_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ echo one; echo 2\none\n3\n```\n", encoding="utf-8")
    (block,) = blocks(page)
    ((command, expected, code),) = commands(block.text)
    assert (command, expected, code) == ("echo one; echo 2", ["one", "3"], 0)
    assert not fits(expected, "one\n2")
    assert fits(["one", "..."], "one\n2\n3")
    assert fits(["o…", "2"], "one\n2")
    assert not fits(["o…"], "one\n2")
