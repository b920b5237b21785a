"""`trunkline init`: a new folder that every command accepts as it is."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_what_is_begun_passes_every_command(trunkline: Run, tmp_path: Path) -> None:
    begun = trunkline("init", "my-shop", cwd=tmp_path)

    assert begun.returncode == 0, begun.stderr
    assert sorted(p.name for p in (tmp_path / "specs" / "my-shop").iterdir()) == [
        "errata.yaml", "openapi.yaml", "package.toml",
    ]  # fmt: skip
    assert "specs/my-shop/openapi.yaml" in begun.stdout
    for command in ("validate", "audit", "generate", "test"):
        done = trunkline(command, "my-shop", cwd=tmp_path, timeout=240)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        assert " warning: " not in done.stderr, command
    assert (tmp_path / "generated" / "my-shop" / "trunkline_my_shop" / "client.py").is_file()


def test_a_description_that_is_there_can_be_the_beginning(trunkline: Run, tmp_path: Path) -> None:
    text = "openapi: 3.1.0\ninfo: {title: Mine, version: '1'}\npaths: {}\n"
    (tmp_path / "mine.yaml").write_text(text)

    done = trunkline("init", "shop", "--from", "mine.yaml", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "specs" / "shop" / "openapi.yaml").read_text() == text
    assert trunkline("generate", "shop", cwd=tmp_path).returncode == 0


def test_nothing_is_overwritten(trunkline: Run, tmp_path: Path) -> None:
    assert trunkline("init", "shop", cwd=tmp_path).returncode == 0
    (tmp_path / "specs" / "shop" / "openapi.yaml").write_text("mine")

    again = trunkline("init", "shop", cwd=tmp_path)

    assert again.returncode == 2
    assert "is there already" in again.stderr
    assert (tmp_path / "specs" / "shop" / "openapi.yaml").read_text() == "mine"


@pytest.mark.parametrize("name", ["../x", "a/b", "Shop", "", "a b", ".hidden", "x" * 3 + "-"])
def test_names_that_are_no_folder_are_refused(trunkline: Run, tmp_path: Path, name: str) -> None:
    done = trunkline("init", "--", name, cwd=tmp_path)

    assert done.returncode == 2
    assert "[U002]" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_beginning_that_is_not_there_leaves_nothing(trunkline: Run, tmp_path: Path) -> None:
    done = trunkline("init", "shop", "--from", "nowhere.yaml", cwd=tmp_path)

    assert done.returncode == 2
    assert "nowhere.yaml" in done.stderr
    assert list(tmp_path.iterdir()) == []


CASES = Path(__file__).parents[2] / "cases"
SPLIT = "openapi: 3.1.0\ninfo: {title: Mine, version: '1'}\npaths:\n  /a: {$ref: %s}\n"
PART = "get: {operationId: getA, responses: {'204': {description: Done.}}}\n"


def test_files_that_a_beginning_refers_to_come_along(trunkline: Run, tmp_path: Path) -> None:
    done = trunkline(
        "init", "shop", "--from", str(CASES / "external" / "openapi.yaml"), cwd=tmp_path
    )

    assert done.returncode == 0, done.stderr
    shop = tmp_path / "specs" / "shop"
    for file in ("openapi.yaml", "parts/paths.yaml", "parts/schemas.yaml"):
        assert (shop / file).read_bytes() == (CASES / "external" / file).read_bytes()
        assert f"specs/shop/{file}" in done.stdout
    assert not (shop / "expected").exists()
    assert trunkline("generate", "shop", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("files", "message", "place"),
    [
        ({"mine.yaml": SPLIT % "gone.yaml"}, "Cannot read 'gone.yaml'", "mine.yaml:4:14"),
        ({"mine.yaml": SPLIT % "../a.yaml"}, "outside the description's folder", "mine.yaml:4:14"),
        (
            {"mine.yaml": SPLIT % "https://x.example.com/a.yaml"},
            "outside the description's folder",
            "mine.yaml:4:14",
        ),
        ({"mine.yaml": SPLIT % "a.yaml", "a.yaml": "get: ["}, "[S002]", "a.yaml:1:"),
        (
            {"mine.yaml": SPLIT % "errata.yaml", "errata.yaml": PART},
            "would be taken for the project's own errata.yaml",
            "mine.yaml:4:14",
        ),
        (
            {
                "mine.yaml": SPLIT % "parts/a.yaml",
                "parts/a.yaml": "get:\n  operationId: getA\n  responses:\n"
                "    '200': {$ref: '../mine.yaml#/components/responses/A'}\n",
            },
            "'../mine.yaml#/components/responses/A' leads to a file that becomes openapi.yaml",
            "parts/a.yaml:4:19",
        ),
    ],
    ids=["missing", "outside", "address", "broken", "taken", "back"],
)
def test_what_cannot_come_along_is_said_once_and_nothing_is_left(
    trunkline: Run, tmp_path: Path, files: dict[str, str], message: str, place: str
) -> None:
    there = tmp_path / "there"
    for name, text in files.items():
        (there / name).parent.mkdir(parents=True, exist_ok=True)
        (there / name).write_text(text)
    here = tmp_path / "here"
    here.mkdir()

    done = trunkline("init", "shop", "--from", "../there/mine.yaml", cwd=here)

    assert done.returncode in {1, 2}
    assert message in done.stderr
    assert place in done.stderr
    assert done.stderr.count(" error: ") == 1
    assert list(here.iterdir()) == []
