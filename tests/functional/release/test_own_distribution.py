"""Trunkline's own sdist and wheel: strictly checked, with a page that an index can show."""

import importlib.util
import re
import subprocess
import sys
import zipfile
from email.parser import BytesParser
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[3]
RELATIVE = re.compile(r"\]\((?!https?://|#|mailto:)")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("dist")
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(folder)))
    sdist = next(SdistBuilder(str(ROOT)).build(directory=str(folder)))
    return Path(wheel), Path(sdist)


def page_of(wheel: Path) -> str:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        message = BytesParser().parsebytes(archive.read(name))
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode("utf-8")


def test_twine_finds_nothing(built: tuple[Path, Path]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "twine", "check", "--strict", *built],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("PASSED") == 2


def test_the_page_has_no_link_that_leads_nowhere(built: tuple[Path, Path]) -> None:
    page = page_of(built[0])
    assert page.startswith("# Trunkline")
    assert RELATIVE.search((ROOT / "README.md").read_text("utf-8")), "there would be nothing to do"
    assert RELATIVE.findall(page) == []


def test_the_wheel_is_the_same_from_the_sdist(built: tuple[Path, Path], tmp_path: Path) -> None:
    """Somebody who builds from the sdist has all that the wheel needs."""
    subprocess.run(["tar", "-xzf", built[1], "-C", tmp_path], check=True)
    (source,) = tmp_path.iterdir()
    again = Path(next(WheelBuilder(str(source)).build(directory=str(tmp_path / "dist"))))
    with zipfile.ZipFile(built[0]) as one, zipfile.ZipFile(again) as other:
        kept = [n for n in one.namelist() if "__pycache__" not in n]
        assert sorted(kept) == sorted(n for n in other.namelist() if "__pycache__" not in n)
    assert page_of(again) == page_of(built[0])


@pytest.mark.parametrize(
    ("address", "page"),
    [
        (
            "https://h.example/r/blob/main/",
            "![A](https://h.example/r/blob/main/docs/a.svg?raw=true)\n\n"
            "[b](https://h.example/r/blob/main/docs/b.md#c) [d](https://d.example) [e](#e)\n",
        ),
        ("", "b [d](https://d.example) [e](#e)\n"),
    ],
)
def test_links_become_absolute_where_there_is_an_address(address: str, page: str) -> None:
    found = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    readme = "![A](docs/a.svg)\n\n[b](docs/b.md#c) [d](https://d.example) [e](#e)\n"
    assert module.page(readme, address).lstrip("\n") == page
