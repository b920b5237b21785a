"""The suite's own tests see the mistakes that would matter most: each is made, and one fails."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import trunkline

SOURCE = Path(trunkline.__file__).resolve().parent
HERE = Path(__file__).parent

MUTATIONS = {
    "the guard lets through what is foreign": (
        "contract/session/safety.py",
        "if effect is not Effect.FOREIGN or self.includes(",
        "if True or self.includes(",
        "test_safety.py",
    ),
    "the guard takes every object for one of this run": (
        "contract/session/safety.py",
        "return all(self._is_ours(place, template, path, look) for place in places)",
        "return True",
        "test_safety.py",
    ),
    "the guard believes that nothing is there": (
        "contract/session/sender.py",
        "return shown.status in {404, 410}",
        "return True",
        "test_safety.py",
    ),
    "fuzzing does not ask the guard": (
        "contract/fuzzing/hooks.py",
        "            self._make_own(case)\n",
        "            pass\n",
        "test_safety.py",
    ),
    "a walk ends one page short": (
        "contract/engine/lists.py",
        "            if after is None:\n                return\n",
        "            if after is None or len(page.items) < (wanted or 1):\n                return\n"
        "            if before is not None and step:\n                return\n",
        "test_paging_walk.py",
    ),
    "a walk never sees that a page comes again": (
        "contract/engine/lists.py",
        "if before is not None and page.items and page.items == before.items:",
        "if False:",
        "test_paging_walk.py",
    ),
    "a call without credentials that is answered is not judged": (
        "contract/checks/security.py",
        '            not exchange.ok,\n            operation,\n            f"a call {label}',
        '            True,\n            operation,\n            f"a call {label}',
        "test_credentials.py",
    ),
    "a key of the query is sent as a header": (
        "semantics/credentials.py",
        "return CredentialParts(query=((scheme.key, value),))",
        "return CredentialParts({scheme.key: value})",
        "test_credentials.py",
    ),
    "JSON's relatives are not JSON": (
        "semantics/media.py",
        '        or sub.endswith("+json")\n',
        "",
        "test_media_types.py",
    ),
}


def mutated(folder, name, old, new):
    """The package with one file changed; everything else is linked to."""
    text = (SOURCE / name).read_text()
    assert text.count(old) == 1, f"{name} has changed: {old!r}"
    here, there = folder / "trunkline", SOURCE
    here.mkdir()
    for part in Path(name).parts:
        for entry in there.iterdir():
            if entry.name not in {part, "__pycache__"}:
                (here / entry.name).symlink_to(entry)
        here, there = here / part, there / part
        if there.is_dir():
            here.mkdir()
    here.write_text(text.replace(old, new))


ALWAYS = ("the guard lets through what is foreign", "JSON's relatives are not JSON")
"""Made in every run: one of the suite, one of what it stands on."""


@pytest.mark.parametrize(
    "mutation",
    [pytest.param(m, marks=() if m in ALWAYS else pytest.mark.exhaustive) for m in MUTATIONS],
)
def test_a_mistake_is_seen(tmp_path, mutation):
    name, old, new, test = MUTATIONS[mutation]
    mutated(tmp_path, name, old, new)
    path = os.pathsep.join([str(tmp_path), str(HERE.parents[1] / "support")])
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", str(HERE / test)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 1, done.stdout[-2000:]
    assert "1 failed" in done.stdout
