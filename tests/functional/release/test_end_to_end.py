"""A week of a package, through the command line alone: edit, compare, generate, test, build,
publish, install from the index, use."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
SCRIPTS = Path(sys.executable).parent
ROOT = Path(__file__).parents[3]
TOKEN = {"TRUNKLINE_INDEX_TOKEN": "any"}


@contextmanager
def serving(project: Path) -> Iterator[dict[str, str]]:
    """The emulator of the project's description; what it says of itself."""
    server = subprocess.Popen(
        [SCRIPTS / "trunkline", "serve", "shop", "--json"],
        cwd=project,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        said = json.loads(server.stdout.readline())
        yield {"url": said["url"], "token": said["credentials"]["token"]}
    finally:
        server.kill()
        server.communicate()


def install(uv: Path, folder: Path, index: str, version: str) -> Path:
    """An empty environment with the package from the index; its dependencies are those of the
    machine's own index."""
    subprocess.run([uv, "venv", "--quiet", folder], check=True)
    python = folder / "bin" / "python"
    into = [uv, "pip", "install", "--quiet", "--python", python]
    pins = ROOT / "constraints.txt"
    subprocess.run([*into, "--constraint", pins, "httpx2", "pydantic"], check=True)
    without = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("UV_INDEX", "UV_EXTRA", "UV_DEFAULT", "UV_FIND", "PIP_"))
    }
    only_there = ["--no-deps", "--no-cache", "--no-config", "--default-index", f"{index}simple/"]
    subprocess.run([*into, *only_there, f"trunkline-shop=={version}"], check=True, env=without)
    return python


def use(python: Path, server: dict[str, str], code: str) -> str:
    script = (
        "import sys\nfrom trunkline_shop import Shop\n"
        "with Shop(api_key=sys.argv[2], base_url=sys.argv[1]) as client:\n"
        + "".join(f"    {line}\n" for line in code.splitlines())
    )
    done = subprocess.run(
        [python, "-c", script, server["url"], server["token"]],
        capture_output=True,
        text=True,
        check=False,
        cwd=python.parent,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.exhaustive  # the reader's way from the README to a release is walked by default
def test_a_week_of_a_package(
    ready: Path,
    trunkline: Run,
    commit: Callable[[Path], None],
    index_url: str,
    uv: Path,
    tmp_path: Path,
) -> None:
    description = ready / "specs" / "shop" / "openapi.yaml"
    settings = ready / "specs" / "shop" / "package.toml"

    def ok(*arguments: str, **more: object) -> str:
        done = trunkline(*arguments, cwd=ready, **more)
        assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def publish() -> "subprocess.CompletedProcess[str]":
        return trunkline("publish", "shop", "--index", index_url, cwd=ready, env=TOKEN)

    # The first version.
    assert publish().returncode == 0
    commit(ready)

    # A new optional field: what that is, and that the old version does not do.
    description.write_text(
        re.sub(
            r"(name: \{type: string, minLength: 1, maxLength: 40\}\n)",
            r"\1        colour: {type: string, enum: [black, white]}\n",
            description.read_text(),
        )
    )
    told = ok("diff", "HEAD", "shop", "--format", "markdown")
    assert "colour" in told
    stale = trunkline("generate", "shop", "--check", cwd=ready)
    assert stale.returncode == 1
    assert "[G003]" in stale.stderr
    ok("generate", "shop")
    ok("test", "shop")
    commit(ready)
    refused = publish()
    assert refused.returncode == 1, refused.stdout
    assert "1.1.0" in refused.stderr

    # The version that the difference asks for.
    ok("version", "shop", "--write")
    assert 'version = "1.1.0"' in settings.read_text()
    ok("generate", "shop")
    ok("test", "shop")
    commit(ready)
    ok("build", "shop", "--out", str(tmp_path / "dist"))
    published = publish()
    assert published.returncode == 0, published.stderr
    commit(ready)

    # From the index into an empty environment, and against the emulator.
    python = install(uv, tmp_path / "empty", index_url, "1.1.0")
    make = "pet = client.pets.create(name='Tom', colour='black')\n"
    look = "print(pet.colour, client.pets.retrieve(pet.id).colour, 'trunkline' in sys.modules)"
    with serving(ready) as server:
        assert use(python, server, make + look) == "black black False"

    # A required field breaks callers: refused until the version says so.
    description.write_text(
        description.read_text().replace("required: [name]", "required: [name, colour]")
    )
    broken = trunkline("diff", "HEAD", "shop", cwd=ready)
    assert broken.returncode == 1
    assert "breaking" in broken.stdout
    for version in ("1.1.1", "1.2.0"):
        settings.write_text(f'version = "{version}"\n')
        ok("generate", "shop")
        ok("test", "shop")
        commit(ready)
        refused = publish()
        assert refused.returncode == 1
        assert "[P004]" in refused.stderr
        assert "2.0.0" in refused.stderr
    ok("version", "shop", "--write")
    assert 'version = "2.0.0"' in settings.read_text()
    ok("generate", "shop")
    ok("test", "shop")
    commit(ready)
    assert publish().returncode == 0
    files = sorted(path.name for path in (tmp_path / "index").iterdir() if path.is_file())
    assert [name for name in files if name.endswith(".whl")] == [
        f"trunkline_shop-{version}-py3-none-any.whl" for version in ("1.0.0", "1.1.0", "2.0.0")
    ]
    changelog = (ready / "specs" / "shop" / "CHANGELOG.md").read_text()
    headings = ("## 2.0.0", "### Breaking", "## 1.1.0", "### Added")
    assert sorted(headings, key=changelog.index) == list(headings)


@pytest.mark.exhaustive
def test_a_young_package(
    ready: Path,
    trunkline: Run,
    commit: Callable[[Path], None],
    index_url: str,
    tmp_path: Path,
) -> None:
    """Below 1.0, through a pre-release, with a record that got lost and a shard that broke off."""
    shop = ready / "specs" / "shop"
    description, settings = shop / "openapi.yaml", shop / "package.toml"

    def ok(*arguments: str) -> str:
        done = trunkline(*arguments, cwd=ready)
        assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def publish() -> "subprocess.CompletedProcess[str]":
        ok("generate", "shop")
        ok("test", "shop")
        commit(ready)
        return trunkline("publish", "shop", "--index", index_url, cwd=ready, env=TOKEN)

    settings.write_text('version = "0.4.0"\n')
    assert publish().returncode == 0
    commit(ready)

    # What breaks raises the second number below 1.0.
    text = description.read_text()
    description.write_text(text.replace("maxLength: 40", "maxLength: 30"))
    assert description.read_text() != text
    assert "0.5.0" in ok("version", "shop")

    # A pre-release of it is published, and is not what the next version is compared with.
    settings.write_text('version = "0.5.0rc1"\n')
    done = publish()
    assert done.returncode == 0, done.stderr
    commit(ready)
    assert "0.5.0" in ok("version", "shop")
    settings.write_text('version = "0.4.1"\n')
    refused = publish()
    assert refused.returncode == 1
    assert "0.5.0" in refused.stderr
    ok("version", "shop", "--write")
    assert 'version = "0.5.0"' in settings.read_text()

    # A run in two parts, one of which broke off.
    ok("generate", "shop")
    parts = [tmp_path / f"{number}.jsonl" for number in (1, 2)]
    for number, part in enumerate(parts, 1):
        ok("test", "shop", "--shard", f"{number}/2", "--json", str(part))
    whole = parts[1].read_text()
    ok("merge", *map(str, parts))
    broken = trunkline("merge", str(parts[0]), cwd=ready)
    assert broken.returncode == 2
    assert "2/2 is missing" in broken.stderr
    parts[1].write_text(whole[: len(whole) // 2])
    broken = trunkline("merge", *map(str, parts), cwd=ready)
    assert broken.returncode == 2
    assert str(parts[1]) in broken.stderr
    assert publish().returncode == 0
    commit(ready)

    # The record of what was published got lost: the index knows, and without it nothing is guessed.
    for record in (shop / "published").iterdir():
        record.unlink()
    subprocess.run(["git", "tag", "shop-v0.5.0"], cwd=ready, check=True)
    commit(ready)
    lost = trunkline("version", "shop", cwd=ready)
    assert lost.returncode == 1
    assert "has no record of it" in lost.stderr
    assert "0.5.0" in ok("version", "shop", "--index", index_url)
