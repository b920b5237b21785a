"""Random schemas and random edits, judged by a validator: what it refuses is never called safe."""

import copy
import json
from pathlib import Path

import jsonschema_rs
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trunkline.evolve import Area, Verdict, compare
from trunkline.pipeline import load_api

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
SPECS = Path(__file__).parents[3] / "specs"
NAMES = ("a", "b", "c")
SETTINGS = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

small = st.integers(0, 4)


def bounded(least, most):
    """Two bounds, either of which may be missing, the right way round."""
    both = st.tuples(small, small).map(lambda pair: {least: min(pair), most: max(pair)})
    one = st.tuples(st.sampled_from((least, most)), small).map(lambda pair: {pair[0]: pair[1]})
    return st.one_of(st.just({}), one, both)


strings = bounded("minLength", "maxLength").flatmap(
    lambda limits: st.sampled_from([{}, {"pattern": "^x"}, {"enum": ["x", "xy", "z"]}]).map(
        lambda more: {"type": "string", **limits, **more}
    )
)
numbers = st.tuples(st.sampled_from(["integer", "number"]), bounded("minimum", "maximum")).map(
    lambda pair: {"type": pair[0], **pair[1]}
)
leaves = st.one_of(strings, numbers, st.just({"type": "boolean"}), st.just({}))


def objects(inner):
    return st.tuples(
        st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
        st.lists(st.sampled_from(NAMES), unique=True, max_size=2),
        st.booleans(),
    ).map(
        lambda parts: {
            "type": "object",
            "properties": parts[0],
            "required": [name for name in parts[1] if name in parts[0]],
            **({"additionalProperties": False} if parts[2] else {}),
        }
    )


def arrays(inner):
    return st.tuples(inner, bounded("minItems", "maxItems")).map(
        lambda parts: {"type": "array", "items": parts[0], **parts[1]}
    )


def unions(inner):
    return st.lists(inner, min_size=2, max_size=3).map(lambda members: {"anyOf": members})


def nullable(schema):
    return st.just({"anyOf": [schema, {"type": "null"}]})


schemas = st.recursive(
    leaves,
    lambda inner: st.one_of(objects(inner), arrays(inner), unions(inner), inner.flatmap(nullable)),
    max_leaves=5,
)


def places(schema, path=()):
    """Every schema inside, with the way to it."""
    yield path
    for name, inner in schema.get("properties", {}).items():
        yield from places(inner, (*path, "properties", name))
    if "items" in schema:
        yield from places(schema["items"], (*path, "items"))
    for index, inner in enumerate(schema.get("anyOf", [])):
        yield from places(inner, (*path, "anyOf", index))


@st.composite
def edits(draw):
    """A schema, and the same with one to three schemas in it replaced or bent."""
    old = draw(schemas)
    new = copy.deepcopy(old)
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(list(places(new)))) or (None,)
        other = draw(schemas)
        if last is None:
            new = other if draw(st.booleans()) else {**new, **bend(draw, new)}
            continue
        holder = new
        for step in way:
            holder = holder[step]
        holder[last] = (
            other if draw(st.booleans()) else {**holder[last], **bend(draw, holder[last])}
        )
    return old, new


def bend(draw, schema):
    """One keyword changed to another value that makes sense there."""
    kind = schema.get("type")
    if kind == "object":
        names = sorted(schema["properties"])
        return draw(
            st.sampled_from(
                [
                    {"required": names},
                    {"required": []},
                    {"properties": {n: schema["properties"][n] for n in names[1:]}, "required": []},
                    {"additionalProperties": False},
                    {"additionalProperties": True},
                ]
            )
        )
    keyword = {
        "string": ("minLength", "maxLength"),
        "integer": ("minimum", "maximum"),
        "number": ("minimum", "maximum"),
        "array": ("minItems", "maxItems"),
    }.get(kind)
    return {draw(st.sampled_from(keyword)): draw(small)} if keyword else {}


SCALARS = st.sampled_from([None, True, 0, 1, 2, 3, 4, 5, -1, 0.5, 3.5, "", "x", "xy", "z", "xyzzy"])


def values(schema, depth=3):
    """Values that may well fit, and some that do not."""
    if depth == 0:
        return SCALARS
    options = [SCALARS]
    if "anyOf" in schema:
        options += [values(member, depth) for member in schema["anyOf"]]
    if schema.get("type") == "object":
        known = {n: values(s, depth - 1) for n, s in schema["properties"].items()}
        must = {n: v for n, v in known.items() if n in schema.get("required", [])}
        may = {n: v for n, v in known.items() if n not in must}
        options += [st.fixed_dictionaries(must, optional=may)] * 3
    if schema.get("type") == "array":
        options += [st.lists(values(schema["items"], depth - 1), max_size=5)] * 3
    return st.one_of(options)


def document(schema):
    content = {"application/json": {"schema": schema}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {
            "/things": {
                "post": {
                    "operationId": "make",
                    "requestBody": {"required": True, "content": content},
                    "responses": {"200": {"description": "ok", "content": content}},
                }
            }
        },
    }


def names_unknown_to(schema, value):
    """Whether an object somewhere in the value has a member that no schema there names.

    Adding an optional property to an open object is called compatible, though a caller could have
    sent something else under that name before: nobody promised it a meaning.
    """
    text = json.dumps(schema)
    if isinstance(value, dict):
        return any(f'"{k}": ' not in text or names_unknown_to(schema, v) for k, v in value.items())
    return isinstance(value, list) and any(names_unknown_to(schema, v) for v in value)


def verdicts(changes, area):
    return {c.http for c in changes if c.rule.area is area}


@SETTINGS
@given(data=st.data(), pair=edits())
def test_what_a_validator_refuses_is_never_called_compatible(tmp_path_factory, data, pair):
    old, new = pair
    folder = tmp_path_factory.mktemp("edit")
    apis = []
    for name, schema in (("old", old), ("new", new)):
        path = folder / f"{name}.yaml"
        path.write_text(yaml.safe_dump(document(schema), sort_keys=False))
        apis.append(load_api(path, strict=False).api)
    changes = compare(*apis)
    before = jsonschema_rs.Draft202012Validator(old)
    after = jsonschema_rs.Draft202012Validator(new)
    for schema in (old, new):
        for _ in range(12):
            value = data.draw(values(schema))
            was, now = before.is_valid(value), after.is_valid(value)
            if was and not now and not names_unknown_to(old, value):
                assert verdicts(changes, Area.REQUEST) - {Verdict.COMPATIBLE}, (value, changes)
            if now and not was:
                assert verdicts(changes, Area.RESPONSE) - {Verdict.COMPATIBLE}, (value, changes)


@SETTINGS
@given(schema=schemas, data=st.data())
def test_the_same_in_other_words_is_no_change(tmp_path_factory, schema, data):
    """Order of members, names of components and spelling of null mean nothing."""
    folder = tmp_path_factory.mktemp("same")
    shuffle = data.draw(st.randoms(use_true_random=False))
    old, new = document(schema), document(respelled(schema, shuffle))
    apis = []
    for name, content in (("old", old), ("new", new)):
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(content, sort_keys=False))
        apis.append(load_api(folder / f"{name}.yaml", strict=False).api)
    assert [c.rule.id for c in compare(*apis)] == []


def respelled(schema, shuffle):
    out = {}
    for key in sorted(schema, key=lambda _: shuffle.random()):
        value = schema[key]
        if key == "properties":
            names = sorted(value, key=lambda _: shuffle.random())
            out[key] = {name: respelled(value[name], shuffle) for name in names}
        elif key == "items":
            out[key] = respelled(value, shuffle)
        elif key == "anyOf":
            out[key] = [respelled(member, shuffle) for member in value]
        elif key in {"enum", "required"}:
            out[key] = sorted(value, key=lambda _: shuffle.random())
        else:
            out[key] = value
    members = out.get("anyOf", [])
    null = {"type": "null"}
    if len(members) == 2 and null in members and out.keys() == {"anyOf"}:
        other = next((m for m in members if m != null), null)
        if isinstance(other.get("type"), str) and "enum" not in other and other != null:
            spellings = [out, {"anyOf": [null, other]}, {**other, "type": [other["type"], "null"]}]
            return shuffle.choice(spellings)
    return out


@pytest.mark.parametrize("name", ["telnyx", "opentact", "callr"])
def test_a_description_does_not_differ_from_itself(name):
    path = SPECS / name / "openapi.yaml"
    assert compare(load_api(path).api, load_api(path).api) == ()


@pytest.mark.parametrize("name", ["discord.json", "xero-accounting.yaml", "resend.yaml"])
def test_nor_do_those_of_others(name):
    path = CORPUS / name
    if not path.exists():
        pytest.skip("the corpus of public descriptions is not beside the project")
    old, new = (load_api(path, strict=False).api for _ in range(2))
    assert compare(old, new) == ()
