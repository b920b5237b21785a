"""Models printed by the process ahead are those that this one would print."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from trunkline import model_printing
from trunkline.diagnostics import Diagnostics, TrunklineError
from trunkline.generation import generate_package
from trunkline.ir import Api
from trunkline.names import default_package
from trunkline.pipeline.load import load_api

CASE = Path(__file__).parents[2] / "cases" / "unions" / "openapi.yaml"


@pytest.fixture
def described(monkeypatch: pytest.MonkeyPatch) -> Api:
    """A description, on a machine with processors to spare and nothing imported yet."""
    monkeypatch.setattr(model_printing, "_processors", lambda: 2)
    monkeypatch.setattr(model_printing, "_is_loaded", lambda: False)
    return load_api(CASE).api


def files(api: Api, templates: Path | None = None) -> dict[str, str]:
    found = generate_package(api, default_package("unions"), Diagnostics(), templates)
    return {str(path): text for path, text in found.items()}


def test_the_same_is_printed(described: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = files(described)
    monkeypatch.setattr(
        model_printing, "_print", lambda task: pytest.fail("printed in this process")
    )
    with model_printing.ahead():
        assert files(described) == expected


def test_a_process_that_dies_is_done_without(described: Api) -> None:
    expected = files(described)
    with model_printing.ahead():
        process = model_printing._AHEAD.get()
        assert process is not None
        os.kill(process.pid, 9)
        process.wait()
        assert files(described) == expected


def test_no_process_is_left_behind(described: Api) -> None:
    with model_printing.ahead():
        process = model_printing._AHEAD.get()
        assert process is not None
    assert process.returncode is not None


def test_a_fault_of_a_template_keeps_its_place(described: Api, tmp_path: Path) -> None:
    folder = tmp_path / "models" / "pydantic_v2"
    folder.mkdir(parents=True)
    (folder / "BaseModel.jinja2").write_text("class {{ class_name }}:\n    {{ nonsense.deep }}\n")
    with model_printing.ahead(), pytest.raises(TrunklineError) as caught:
        files(described, tmp_path)
    (only,) = caught.value.diagnostics
    assert only.position is not None
    assert only.position.line == 2


def test_one_processor_has_none_to_spare(described: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_printing, "_processors", lambda: 1)
    with model_printing.ahead():
        assert model_printing._AHEAD.get() is None
