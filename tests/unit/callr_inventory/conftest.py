"""The source text (outside the project), the inventory, the description, a tiny document."""

from pathlib import Path

import pytest
import yaml

REPOSITORY = Path(__file__).resolve().parents[3]
SPEC = REPOSITORY / "specs" / "callr"


@pytest.fixture(scope="session")
def text() -> str:
    path = REPOSITORY.parent / "shared" / "seeds" / "callr-objects.txt"
    if not path.is_file():
        pytest.skip("the source document is not part of the project and not beside it")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def committed() -> str:
    return (SPEC / "sources" / "callr-objects.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def inventory_data(committed: str) -> dict:
    return yaml.load(committed, Loader=yaml.CSafeLoader)


@pytest.fixture(scope="session")
def description() -> dict:
    text = (SPEC / "openapi.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


@pytest.fixture(scope="session")
def errata_data() -> list[dict]:
    return yaml.safe_load((SPEC / "errata.yaml").read_text(encoding="utf-8"))["errata"]


@pytest.fixture
def tiny() -> str:
    return Path(__file__).with_name("tiny.txt").read_text(encoding="utf-8").removesuffix("\n")
