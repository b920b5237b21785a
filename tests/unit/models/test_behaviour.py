"""What generated models do: the models of golden cases, imported and used."""

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from trunkline.diagnostics import Diagnostics
from trunkline.generation import generate_package
from trunkline.names import default_package
from trunkline.output import plan_changes, write
from trunkline.pipeline.load import load_api

CASES = Path(__file__).parents[2] / "cases"


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], ModuleType]]:
    """Imports the models of a case."""
    root = tmp_path_factory.mktemp("models")

    def load(case: str) -> ModuleType:
        package = default_package(case)
        if not (root / case).exists():
            (description,) = (CASES / case).glob("openapi.*")
            files = generate_package(load_api(description).api, package, Diagnostics())
            write(plan_changes(files, root / case))
            sys.path.insert(0, str(root / case))
        return importlib.import_module(f"{package.module}.models")

    before = list(sys.path)
    yield load
    sys.path[:] = before


def dump(model: object) -> object:
    return model.model_dump(mode="json", by_alias=True, exclude_unset=True)


def test_a_union_is_resolved_by_its_tag_alone(models: Callable[[str], ModuleType]) -> None:
    from pydantic import TypeAdapter

    m = models("unions")
    pet = TypeAdapter(m.Pet)
    cat = pet.validate_json(b'{"petType": "cat", "name": "Tom", "tricks": ["a"]}')
    assert type(cat) is m.Cat
    assert type(pet.validate_python({"petType": "hound"})) is m.Dog
    assert type(pet.validate_python({"petType": "dog", "name": "Tom"})) is m.Dog


def test_an_unknown_tag_survives_a_round_trip(models: Callable[[str], ModuleType]) -> None:
    from pydantic import TypeAdapter

    m = models("unions")
    raw = {"petType": "fish", "fins": [1, {"b": None}]}
    fish = TypeAdapter(m.Pet).validate_python(raw)
    assert type(fish).__name__ == "UnknownVariant"
    assert fish.fins == [1, {"b": None}]
    assert dump(fish) == raw
    nested = m.Cat.model_validate({"petType": "cat", "name": "Tom", "friend": raw})
    assert dump(nested) == {"petType": "cat", "name": "Tom", "friend": raw}


def test_an_object_without_its_tag_stays_as_it_is(models: Callable[[str], ModuleType]) -> None:
    from pydantic import TypeAdapter

    m = models("unions")
    pet = TypeAdapter(m.Pet).validate_json(b'{"name": "Tom"}')
    assert type(pet) is m.Cat
    assert dump(pet) == {"name": "Tom"}


def test_a_constant_is_sent_without_being_given(models: Callable[[str], ModuleType]) -> None:
    m = models("unions")
    assert dump(m.Cat(name="Tom")) == {"petType": "cat", "name": "Tom"}


def test_a_union_takes_instances_of_its_members(models: Callable[[str], ModuleType]) -> None:
    m = models("unions")
    cat = m.Cat(name="Tom", friend=m.Dog(pet_type="hound"))
    assert dump(cat) == {"petType": "cat", "name": "Tom", "friend": {"petType": "hound"}}


def test_values_an_enumeration_does_not_know_survive(models: Callable[[str], ModuleType]) -> None:
    m = models("enums")
    raw = {"kind": "thing", "colour": "mauve", "level": 99, "new": {"a": 1}}
    thing = m.Thing.model_validate(raw)
    assert thing.colour == "mauve"
    assert thing.level == 99
    assert isinstance(thing.colour, m.Colour)
    assert dump(thing) == raw


def test_what_was_not_given_is_not_sent_and_none_is(models: Callable[[str], ModuleType]) -> None:
    m = models("nullable")
    assert dump(m.ThingUpdate()) == {}
    assert dump(m.ThingUpdate(note=None)) == {"note": None}
    assert dump(m.ThingUpdate(name="x", inner=m.Inner())) == {"name": "x", "inner": {}}
    changed = m.ThingUpdate(name="x")
    changed.note = None
    assert dump(changed) == {"name": "x", "note": None}


def test_recursive_models_hold_themselves(models: Callable[[str], ModuleType]) -> None:
    m = models("recursion")
    raw = {
        "value": "a",
        "children": [{"value": "b", "parent": {"value": "c"}}],
        "by_name": {"d": {"value": "d"}},
        "other": {"pong": {"ping": {}}},
        "data": {"x": [1.5, None, {"y": [True]}]},
    }
    node = m.Node.model_validate(raw)
    assert type(node.children[0].parent) is m.Node
    assert dump(node) == raw


def test_every_name_travels_as_the_description_has_it(
    models: Callable[[str], ModuleType],
) -> None:
    m = models("names")
    fields = m.From.model_fields
    wire = {name if info.alias is None else info.alias for name, info in fields.items()}
    assert {"class", "self", "json", "model_config", "page[size]", "page.size", "", "🚀"} <= wire
    raw: dict[str, object] = dict.fromkeys(wire, "1")
    raw |= {"list": ["a"], "date": "2020-01-02", "other_date": "2020-01-03", "2fa": True}
    raw |= {"datetime": "2020-01-02T03:04:05Z", "page[size]": 1, "page.size": 2}
    raw |= dict.fromkeys(("uuid", "UUID"), "9f0c5d9e-32a6-4e3a-9d86-4dbb3dfe7ec1")
    assert dump(m.From.model_validate(raw)) == raw


def test_fields_are_given_by_their_python_names(models: Callable[[str], ModuleType]) -> None:
    m = models("names")
    assert dump(m.From(class_="a", page_size=3, list_=["x"])) == {
        "class": "a",
        "page[size]": 3,
        "list": ["x"],
    }


def test_a_limit_is_documented_and_not_enforced(models: Callable[[str], ModuleType]) -> None:
    m = models("composition")
    derived = m.Derived.model_validate({"id": "1", "kind": "longer than five", "own": 0})
    assert derived.own == 0
    assert derived.kind == "longer than five"


def test_members_not_described_are_kept(models: Callable[[str], ModuleType]) -> None:
    m = models("composition")
    raw = {"id": "1", "kind": "k", "own": 1, "later": [1]}
    derived = m.Derived.model_validate(raw)
    assert derived.model_extra == {"later": [1]}
    assert dump(derived) == raw


def test_importing_models_imports_no_module_of_them(
    models: Callable[[str], ModuleType], tmp_path: Path
) -> None:
    import subprocess

    package = models("composition").__name__
    path = str(Path(models("composition").__file__).parents[2])
    code = (
        f"import sys; sys.path.insert(0, {path!r}); import {package} as m;"
        f"print([n for n in sys.modules if n.startswith('{package}.')]); m.Derived;"
        f"print([n for n in sys.modules if n.startswith('{package}.')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    first, second = done.stdout.splitlines()
    assert first == "[]"
    assert second == f"['{package}.things']"
