"""What a generated package says of itself: what its makers say, and nothing that they did not."""

import tomllib
from pathlib import Path

import pytest

DESCRIPTION = """
openapi: 3.1.0
info:
  title: Pets
  version: '1'
  contact: {name: Pets "Office", email: pets@example.com, url: 'https://example.com/pets'}
paths:
  /pets:
    get:
      operationId: listPets
      responses: {'200': {description: ok}}
"""


@pytest.fixture
def generated(trunkline, tmp_path: Path):
    """Generates the package of the description, beside a `package.toml` of the text given."""

    def run(settings: str = "", description: str = DESCRIPTION) -> Path:
        spec = tmp_path / "specs" / "pets" / "openapi.yaml"
        spec.parent.mkdir(parents=True, exist_ok=True)
        spec.write_text(description)
        (spec.parent / "package.toml").write_text(settings)
        done = trunkline("generate", "pets", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        return tmp_path / "generated" / "pets"

    return run


def project(folder: Path) -> dict:
    return tomllib.loads((folder / "pyproject.toml").read_text())["project"]


def test_without_settings_the_description_speaks(generated):
    folder = generated()
    said = project(folder)
    assert said["description"] == "Typed client of Pets."
    assert said["authors"] == [{"name": 'Pets "Office"', "email": "pets@example.com"}]
    assert said["urls"] == {"Contact": "https://example.com/pets"}
    assert "license" not in said
    texts = [path.read_text() for path in folder.rglob("*") if path.is_file()]
    assert not [text for text in texts if "nofficial" in text]
    license_ = (folder / "LICENSE").read_text()
    assert license_.startswith("The modules in trunkline_pets/_runtime are copied from Trunkline")


def test_settings_come_before_the_description(generated):
    folder = generated(
        'license = "Apache-2.0"\ndescription = "Pets for sale."\nauthors = ["Ann"]\n'
        '[urls]\nSource = "https://example.com/source"\n'
    )
    said = project(folder)
    assert said["description"] == "Pets for sale."
    assert said["license"] == "Apache-2.0"
    assert said["authors"] == [{"name": "Ann"}]
    assert said["urls"] == {"Source": "https://example.com/source"}
    assert "Pets for sale." in (folder / "README.md").read_text()
    assert "licensed under Apache-2.0" in (folder / "LICENSE").read_text()


def test_a_package_that_is_unofficial_says_so_and_claims_nobody(generated):
    folder = generated("unofficial = true\n")
    said = project(folder)
    assert said["description"] == "Unofficial typed client of Pets."
    assert "authors" not in said
    assert "not affiliated with the vendor" in (folder / "README.md").read_text()


def test_a_contact_that_is_hostile_stays_text(generated):
    name = r'"x\" }]\n[tool.evil]\nrun = \"1\u001b[31m"'
    contact = f"{{name: {name}, email: 'a b@c', url: 'javascript:x'}}"
    description = DESCRIPTION.replace(
        """{name: Pets "Office", email: pets@example.com, url: 'https://example.com/pets'}""",
        contact,
    )
    assert description != DESCRIPTION
    folder = generated(description=description)
    whole = tomllib.loads((folder / "pyproject.toml").read_text())
    assert "evil" not in whole["tool"]
    assert "urls" not in whole["project"]
    ((author),) = whole["project"]["authors"]
    assert set(author) == {"name"}
    assert author["name"].isprintable()
