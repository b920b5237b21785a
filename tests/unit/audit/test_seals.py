"""What no fact speaks of is sealed: altered, added or gone, it is named."""

import pytest

from trunkline.audit import load_material, record
from trunkline.diagnostics import Code, Diagnostics


@pytest.fixture
def sealed(pets):
    for path, text in record(load_material(pets.path, Diagnostics())).items():
        pets.write(str(path.relative_to(pets.path)), text)
    assert pets.codes() == []
    return pets


def only(report):
    (found,) = report.diagnostics
    assert found.code is Code.SEAL_BROKEN
    assert "--record" in found.hint
    return found


def test_prose_that_changes_is_named_by_its_part(sealed):
    sealed.replace("openapi.yaml", "title: ", "title: The ")
    found = only(sealed.audit())
    assert "#/info is not as it was recorded" in found.message
    assert str(found.position).startswith(sealed.line("openapi.yaml", "title:"))


def test_a_mark_that_creeps_in_is_named(sealed):
    sealed.write(
        "openapi.yaml", (sealed.path / "openapi.yaml").read_text("utf-8") + "x-internal: true\n"
    )
    assert "#/x-internal is not recorded" in only(sealed.audit()).message


def test_an_inventory_that_changes_is_named(sealed):
    name = next(p.name for p in (sealed.path / "sources").iterdir() if "beyond" not in p.name)
    text = (sealed.path / "sources" / name).read_text("utf-8")
    sealed.write(f"sources/{name}", f"{text}prose: [[1, 1]]\n")
    assert f"sources/{name} is not as it was recorded" in only(sealed.audit()).message


def test_what_is_gone_is_named_where_it_was_recorded(sealed):
    text = (sealed.path / "sources" / "beyond.yaml").read_text("utf-8")
    sealed.write("sources/beyond.yaml", f'{text}  - {{at: "#/servers", sha256: "00"}}\n')
    found = only(sealed.audit())
    assert "#/servers is recorded, and not there" in found.message
    assert str(found.position).startswith(sealed.line("sources/beyond.yaml", "#/servers"))


def test_layout_and_comments_do_not_count(sealed):
    text = (sealed.path / "openapi.yaml").read_text("utf-8")
    sealed.write("openapi.yaml", f"# A remark.\n\n{text}")
    assert sealed.codes() == []


def test_a_seal_tells_nothing_where_something_tells_what_is_wrong(sealed):
    sealed.replace("openapi.yaml", "          minLength: 2\n", "")
    assert Code.SEAL_BROKEN not in sealed.codes() != []
