"""What only Unix has is imported where it is used, if at all: the package loads without it."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "generator" / "trunkline"
UNIX = frozenset(
    {
        *("fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"),
        *("crypt", "nis", "spwd", "uvloop"),
    }
)
LOAD = """
import importlib, pkgutil, sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in UNIX:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

UNIX = set(sys.argv[1].split(",")) - {"posix"}
for name in UNIX & sys.modules.keys():
    del sys.modules[name]
sys.meta_path.insert(0, Missing())
import trunkline
for module in pkgutil.walk_packages(trunkline.__path__, "trunkline."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print("loaded")
"""


def at_import(body: list[ast.stmt]) -> Iterator[str]:
    """Modules that a block imports when it is run, functions and type checking left out."""
    for statement in body:
        match statement:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                continue
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), orelse=otherwise):
                yield from at_import(otherwise)
            case _:
                for name in ("body", "orelse", "finalbody"):
                    yield from at_import(getattr(statement, name, []))
                for handler in getattr(statement, "handlers", []):
                    yield from at_import(handler.body)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import fcntl", ["fcntl"]),
        ("if True:\n    from pwd import getpwnam", ["pwd"]),
        ("try:\n    import grp\nexcept ImportError:\n    import tty", ["grp", "tty"]),
        ("class A:\n    import pty", ["pty"]),
        ("def a():\n    import fcntl", []),
        ("if TYPE_CHECKING:\n    import fcntl", []),
    ],
)
def test_what_is_looked_for_is_found(source: str, found: list[str]) -> None:
    assert list(at_import(ast.parse(source).body)) == found


def test_no_module_imports_it_at_the_top() -> None:
    bad = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in PACKAGE.rglob("*.py")
        for name in at_import(ast.parse(path.read_text("utf-8")).body)
        if name.partition(".")[0] in UNIX
    ]
    assert bad == []


def test_every_module_loads_without_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOAD, ",".join(sorted(UNIX))],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.strip() == "loaded", done.stderr
