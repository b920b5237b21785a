"""The page about an API shows what the folder holds, and nothing that a description smuggles in."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from trunkline.pages import api_page

PETS = Path(__file__).parents[1] / "audit" / "pets"


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    """A small API with a source, a fact ruled on, and an erratum."""
    return shutil.copytree(PETS, tmp_path / "pets")


def replace(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_page_tells_operations_objects_sources_and_errata(pets: Path) -> None:
    page = api_page(pets / "openapi.yaml")
    assert page == api_page(pets / "openapi.yaml")
    for line in (
        "# Pets",
        "| `pets-doc` | Pets | 6 |",
        "| `openapi.yaml` | `pets-doc` | 12 | 11 | 1 | 0 |",
        "`POST /pets` · `createPet`",
        "- the operation: `pets-doc:1`",
        "- `name` (string, required)",
        "- `name`: `pets-doc:3`",
        "Type: string: `cat`, `dog`",
        "<summary>pets-001: A stray blank</summary>",
        "- Source: `pets-doc:4`",
        "None are known.",
    ):
        assert line in page.split("\n"), line


def test_differences_of_the_live_service_are_listed(pets: Path) -> None:
    replace(pets, "errata.yaml", "    reason:", "    live: It takes both.\n    reason:")
    assert "| pets-001 | It takes both. |" in api_page(pets / "openapi.yaml")


def test_text_of_a_description_stays_text(pets: Path) -> None:
    replace(
        pets,
        "openapi.yaml",
        "title: Pets, version",
        "title: 'P|<script>`x', description: 'a `b|<c>` [d](javascript:e)\n\n\n# F', version",
    )
    page = api_page(pets / "openapi.yaml")
    assert "<script>" not in page
    assert "[d](" not in page.replace("\\[d](", "")
    assert "\n# F" not in page
    assert "`b\\|<c>`" in page


def test_a_call_is_shown_in_python_and_curl_with_its_answer(pets: Path) -> None:
    body = "content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}"
    cited = "x-trunkline-source: {public"
    replace(pets, "openapi.yaml", cited, f"{body}\n          {cited}")
    page = api_page(pets / "openapi.yaml")
    (curl,) = re.findall(r"^```sh\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    words = shlex.split(curl)
    assert words[:4] == ["curl", "-X", "POST", "http://localhost/pets"]
    assert "Content-Type: application/json" in words
    program, call = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert "with Pets() as client:" in program
    assert call.startswith("client.pets.create(")
    compile(program, "program", "exec")
    assert page.index("```json") < page.index("## Objects") < page.index("## Sources")


def test_nothing_that_a_description_says_runs_in_a_shell(pets: Path) -> None:
    hostile = "/pets/$(touch x)`touch x`'; touch x;'"
    replace(pets, "openapi.yaml", "  /pets:", f'  "{hostile}":')
    (curl,) = re.findall(
        r"^```sh\n(.*?)^```$", api_page(pets / "openapi.yaml"), re.MULTILINE | re.DOTALL
    )
    assert shlex.split(curl)[3] == f"http://localhost{hostile}"


def test_a_description_without_sources_has_a_page_without_them(pets: Path) -> None:
    shutil.rmtree(pets / "sources")
    (pets / "errata.yaml").unlink()
    page = api_page(pets / "openapi.yaml")
    assert "## Objects" in page
    assert "## Sources" not in page
    assert "## Errata" not in page
