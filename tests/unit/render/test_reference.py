"""docs/templates.md is what the code says."""

from pathlib import Path

from trunkline.render.reference import templates_reference

PAGE = Path(__file__).parents[3] / "docs" / "templates.md"


def test_the_page_is_what_the_code_says(*, regenerate: bool) -> None:
    text = templates_reference()
    if regenerate:
        PAGE.write_text(text, "utf-8")
    assert PAGE.read_text("utf-8") == text


def test_every_view_and_template_is_on_it() -> None:
    text = templates_reference()
    assert "### MethodView" in text
    assert "| `awaiting` | `str` |" in text
    assert "`resource.py.jinja` | `module`: ResourceModuleView" in text
