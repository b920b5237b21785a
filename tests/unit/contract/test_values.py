"""Values at the edge of a schema and beyond it, judged by JSON Schema itself."""

import itertools
import random

import pytest

from trunkline import ir
from trunkline.contract.model import BoundaryValues, UnbuildableError, bounds, matching
from trunkline.position import Position
from trunkline.semantics.validators import Validators

ORIGIN = ir.Origin(position=Position("made.yaml", 1, 1), pointer="")


def schema(shape, **more):
    return ir.Schema(shape=shape, meta=ir.Meta(origin=ORIGIN), **more)


@pytest.fixture
def values():
    api = ir.Api(title="t", version="1", openapi="3.1.0", origin=ORIGIN)
    numbers = itertools.count()
    return BoundaryValues(
        api, Validators(api), random.Random(1), lambda: f"fresh{next(numbers):06d}"
    )


def labels(found, rule):
    return [invalid.value for invalid in found if invalid.rule == rule]


def test_numbers_at_and_beyond_their_bounds(values):
    number = schema(ir.Integer(minimum=1, maximum=250))
    valid = [g.value for g in values.valid_examples(number)]
    assert {1, 250, 2, 249} == set(valid)
    assert set(labels(values.invalid_examples(number), "range-enforced")) == {0, 251}
    assert "1" in labels(values.invalid_examples(number), "type-enforced")
    assert None in labels(values.invalid_examples(number), "null-rejected")


def test_exclusive_bounds_are_beyond(values):
    number = ir.Integer(exclusive_minimum=0, exclusive_maximum=10)
    assert bounds(number) == (1, 9)
    assert {0, 10} <= set(labels(values.invalid_examples(schema(number)), "range-enforced"))


def test_lengths_count_code_points(values):
    text = schema(ir.String(min_length=3, max_length=5))
    sizes = {len(g.value) for g in values.valid_examples(text)}
    assert sizes == {3, 5}
    assert any(len(g.value.encode()) > 5 for g in values.valid_examples(text))
    assert {len(v) for v in labels(values.invalid_examples(text), "length-enforced")} == {2, 6}


def test_null_is_good_where_allowed(values):
    text = schema(ir.String(), nullable=True)
    assert None in [g.value for g in values.valid_examples(text)]
    assert labels(values.invalid_examples(text), "null-rejected") == []


def test_patterns_are_tried_around_and_behind(values):
    text = schema(ir.String(pattern="^[A-Z]{2}$"))
    broken = labels(values.invalid_examples(text), "pattern-enforced")
    sample = matching("^[A-Z]{2}$", None, None)
    assert {f"{sample}\n", f"~{sample}", f"{sample}~", sample.lower()} <= set(broken)


def test_an_unanchored_pattern_is_not_held_to_its_ends(values):
    text = schema(ir.String(pattern="[A-Z]{2}"))
    broken = labels(values.invalid_examples(text), "pattern-enforced")
    assert not any("US" in value for value in broken)


def test_enumerations_in_the_other_case(values):
    word = schema(ir.Enumeration(values=("wav", "mp3")))
    assert {"WAV", "MP3", ""} <= set(labels(values.invalid_examples(word), "enum-enforced"))
    assert [g.value for g in values.valid_examples(word)] == ["wav", "mp3"]


def test_lists_of_every_size_that_counts(values):
    many = schema(ir.Array(items=schema(ir.String(min_length=1)), min_items=1, max_items=3))
    assert {len(g.value) for g in values.valid_examples(many)} == {1, 3}
    assert {len(v) for v in labels(values.invalid_examples(many), "items-enforced")} == {0, 4}
    assert [None] in labels(values.invalid_examples(many), "null-rejected")


def test_what_the_oracle_accepts_is_never_bad(values):
    anything = schema(ir.Anything())
    assert values.invalid_examples(anything) == []
    either = schema(ir.Union(members=(schema(ir.String()), schema(ir.Integer()))))
    assert all(not isinstance(b.value, str) for b in values.invalid_examples(either))


def test_the_same_seed_gives_the_same_values():
    api = ir.Api(title="t", version="1", openapi="3.1.0", origin=ORIGIN)
    number = schema(ir.Integer(minimum=0, maximum=10**9))

    def draw(seed):
        made = BoundaryValues(api, Validators(api), random.Random(seed), lambda: "x")
        return [made.one(number) for _ in range(5)]

    assert draw(1) == draw(1)
    assert draw(1) != draw(2)


@pytest.mark.parametrize(
    "pattern", [r"^\d{19}$", r"^[a-f0-9]{8}-[a-z]+$", "^x|y$", r"^\+[1-9]\d{1,14}$"]
)
def test_texts_are_found_for_patterns(pattern):
    import re

    found = matching(pattern, None, None)
    assert found is not None
    assert re.search(pattern, found)
    assert matching(pattern, None, None) == found


@pytest.mark.parametrize(
    "shape",
    [
        ir.String(min_length=10**9),
        ir.String(min_length=10**9, max_length=2 * 10**9),
        ir.String(pattern="a{1000000000}"),
        ir.String(pattern="(?:a{9000}){9000}$"),
        ir.Array(items=schema(ir.Integer()), min_items=10**9),
        ir.Array(
            items=schema(ir.Array(items=schema(ir.Integer()), min_items=9000)), min_items=9000
        ),
    ],
    ids=["text", "text between", "pattern", "nested pattern", "list", "list of lists"],
)
def test_bounds_that_nobody_can_fill_cost_nothing(values, shape):
    """A value of a thousand million characters or items would end the run, not test a server."""
    with pytest.raises(UnbuildableError):
        values.one(schema(shape))
    assert not [g for g in values.valid_examples(schema(shape)) if g.value]
    assert all(len(str(g.value)) < 10**6 for g in values.invalid_examples(schema(shape)))
