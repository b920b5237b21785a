"""Templates: no logic in ours, positions for faults in anybody's."""

from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes

from trunkline.diagnostics import Code, Diagnostics, TrunklineError
from trunkline.render import Renderer, report_unused, templates_root

PYTHON = sorted((templates_root() / "python").glob("*.jinja"))
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Include,
    nodes.Name, nodes.Getattr, nodes.Const,
)  # fmt: skip


@pytest.mark.parametrize("path", PYTHON, ids=lambda p: p.name)
def test_templates_hold_no_logic(path: Path) -> None:
    tree = jinja2.Environment().parse(path.read_text("utf-8"))
    stack: list[nodes.Node] = [tree]
    while stack:
        node = stack.pop()
        assert isinstance(node, ALLOWED), f"{path.name}:{node.lineno}: {type(node).__name__}"
        if isinstance(node, nodes.Const):
            assert isinstance(node.value, str)
        if isinstance(node, nodes.For):
            assert not node.test
            assert not node.recursive
        stack.extend(node.iter_child_nodes())


def test_there_are_templates() -> None:
    assert {"resource.py.jinja", "client.py.jinja"} <= {p.name for p in PYTHON}


def test_a_template_of_the_users_comes_first(tmp_path: Path) -> None:
    (tmp_path / "python").mkdir()
    (tmp_path / "python" / "resources_init.py.jinja").write_text("# mine: {{ package.client }}\n")
    text = Renderer("python", tmp_path).render("resources_init.py", package={"client": "X"})
    assert text == "# mine: X\n"


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("fine\n{{ package.nonsense }}\n", 2),
        ("{% for x in package.client.y %}\n{% endfor %}", 1),
        ("a\nb\n{% if %}\n", 3),
        ("{% include 'nowhere' %}", None),
        ("x\n{{ package.client + 1 }}", 2),
    ],
)
def test_faults_have_a_position(tmp_path: Path, template: str, line: int | None) -> None:
    (tmp_path / "python").mkdir()
    path = tmp_path / "python" / "resources_init.py.jinja"
    path.write_text(template)
    with pytest.raises(TrunklineError) as raised:
        Renderer("python", tmp_path).render("resources_init.py", package={"client": "X"})
    (one,) = raised.value.diagnostics
    assert one.code is Code.TEMPLATE
    if line is not None:
        assert one.position is not None
        assert (one.position.file, one.position.line) == (str(path), line)


def test_templates_cannot_reach_python(tmp_path: Path) -> None:
    (tmp_path / "python").mkdir()
    (tmp_path / "python" / "x.jinja").write_text("{{ package.__class__.__mro__ }}")
    with pytest.raises(TrunklineError) as raised:
        Renderer("python", tmp_path).render("x", package=object())
    assert raised.value.diagnostics[0].code is Code.TEMPLATE


def test_a_folder_that_is_not_there_is_reported(tmp_path: Path) -> None:
    with pytest.raises(TrunklineError) as raised:
        Renderer("python", tmp_path / "nowhere")
    assert raised.value.diagnostics[0].code is Code.BAD_VALUE


def test_a_fault_in_a_template_of_models_has_a_position_too(tmp_path: Path) -> None:
    from trunkline.diagnostics import Diagnostics
    from trunkline.names import default_package, plan
    from trunkline.pipeline.load import load_api
    from trunkline.render import package_sources

    folder = tmp_path / "models" / "pydantic_v2"
    folder.mkdir(parents=True)
    (folder / "BaseModel.jinja2").write_text("class {{ class_name }}:\n    {{ trunkline.x.y }}\n")
    api = load_api(Path(__file__).parents[2] / "cases" / "nullable" / "openapi.yaml").api
    names = plan(api, default_package("x"), Diagnostics())
    with pytest.raises(TrunklineError) as raised:
        package_sources(api, names, tmp_path)
    (one,) = raised.value.diagnostics
    assert one.code is Code.TEMPLATE
    assert one.position is not None
    assert one.position.file.endswith("BaseModel.jinja2")
    assert one.position.line == 2


def test_a_template_that_nothing_uses_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "python"
    folder.mkdir()
    (folder / "README.md.jinja").write_text("{% include 'part.jinja' %}")
    (folder / "part.jinja").write_text("text")
    (folder / "notes.txt").write_text("of no concern")
    (folder / "REDME.md.jinja").write_text("never")
    (folder / "LICENSE").write_text("without its ending")
    found = Diagnostics()
    report_unused(tmp_path, found)
    assert [(d.code, d.position.file, d.hint) for d in found if d.position] == [
        (Code.UNUSED_TEMPLATE, str(folder / "LICENSE"), "did you mean 'python/LICENSE.jinja'?"),
        (
            Code.UNUSED_TEMPLATE,
            str(folder / "REDME.md.jinja"),
            "did you mean 'python/README.md.jinja'?",
        ),
    ]
