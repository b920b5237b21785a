"""`trunkline docs`: the committed pages are what the descriptions say."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., "subprocess.CompletedProcess[str]"]
ROOT = Path(__file__).parents[3]


def test_committed_pages_are_up_to_date(trunkline: Run) -> None:
    done = trunkline("docs", "--check")

    assert done.returncode == 0, done.stderr


def test_stale_page_is_named(trunkline: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs" / "apis", tmp_path / "apis")
    page = tmp_path / "apis" / "opentact.md"
    page.write_text(page.read_text() + "\nMine.\n")

    done = trunkline("docs", "--check", "--out", str(tmp_path / "apis"))

    assert done.returncode == 1
    assert f"{page}:1:1: error:" in done.stderr
    assert "telnyx.md" not in done.stderr


def test_any_description_has_a_page(trunkline: Run, tmp_path: Path) -> None:
    shop = tmp_path / "shop.yaml"
    shop.write_text(
        "openapi: 3.1.0\n"
        "info: {title: My Shop, version: '1'}\n"
        "paths: {/books: {get: {operationId: listBooks, responses: {'200': {description: ok}}}}}\n"
    )
    done = trunkline("docs", str(shop), "--out", str(tmp_path / "pages"))

    assert done.returncode == 0, done.stderr
    page = (tmp_path / "pages" / "my-shop.md").read_text()
    assert page.startswith("# My Shop\n")
    assert "curl http://localhost/books" in page
    assert trunkline("docs", "nosuch").returncode == 2
