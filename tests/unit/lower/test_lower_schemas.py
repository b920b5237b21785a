"""What schemas mean: null, merged `allOf`, unions, enumerations, arrays, objects."""

# ruff: noqa: E501  # descriptions read best with one thing on a line

from __future__ import annotations

import pytest

from trunkline import ir


@pytest.mark.parametrize(
    ("version", "written"),
    [
        ("3.0.3", "{type: string, nullable: true}"),
        ("3.0.3", "{type: string, nullable: true, maxLength: 3}"),
        ("3.1.0", "{type: [string, 'null']}"),
        ("3.1.0", "{type: ['null', string], maxLength: 3}"),
        ("3.1.0", "{oneOf: [{type: string}, {type: 'null'}]}"),
        ("3.1.0", "{anyOf: [{type: 'null'}, {type: string, maxLength: 3}]}"),
        ("3.1.0", "{anyOf: [{type: string}, {const: null}]}"),
        ("3.1.0", "{anyOf: [{type: string}, {enum: [null]}]}"),
    ],
)
def test_nullable_string_in_all_spellings(schemas, version, written):
    found = schemas(f"A: {written}", version)
    assert isinstance(found["A"].shape, ir.String)
    assert found["A"].nullable
    assert found.codes == []


@pytest.mark.parametrize(
    ("version", "written"),
    [
        ("3.0.3", "{$ref: '#/components/schemas/B', nullable: true}"),
        ("3.0.3", "{allOf: [{$ref: '#/components/schemas/B'}], nullable: true}"),
        ("3.0.3", "{allOf: [{$ref: '#/components/schemas/B'}, {nullable: true}]}"),
        ("3.1.0", "{oneOf: [{$ref: '#/components/schemas/B'}, {type: 'null'}]}"),
        ("3.1.0", "{anyOf: [{type: 'null'}, {$ref: '#/components/schemas/B'}]}"),
        ("3.1.0", "{anyOf: [{allOf: [{$ref: '#/components/schemas/B'}]}, {type: 'null'}]}"),
    ],
)
def test_reference_or_null(schemas, version, written):
    found = schemas(
        f"A: {{type: object, properties: {{b: {written}}}}}\nB: {{type: object, properties: {{x: {{}}}}}}",
        version,
    )
    member = found["A"].shape.property("b").schema
    assert member.shape == ir.Reference("B")
    assert member.nullable
    assert not found["B"].nullable
    assert set(found.api.schemas) == {"A", "B"}


@pytest.mark.parametrize(
    ("version", "written", "nullable"),
    [
        ("3.0.3", "{type: string, nullable: true, enum: [a, b, null]}", True),
        ("3.0.3", "{type: string, nullable: true, enum: [a, b]}", True),
        ("3.0.3", "{type: string, enum: [a, null, b]}", True),
        ("3.1.0", "{enum: [a, b, null]}", True),
        ("3.1.0", "{type: [string, 'null'], enum: [a, b, null]}", True),
        # By the letter the enum forbids null; whoever converted it from 3.0 forgot it there.
        ("3.1.0", "{type: [string, 'null'], enum: [a, b]}", True),
        ("3.1.0", "{type: string, enum: [a, b, null]}", False),
        ("3.1.0", "{anyOf: [{type: string, enum: [a, b]}, {type: 'null'}]}", True),
    ],
)
def test_enumerations_hold_no_null(schemas, version, written, nullable):
    found = schemas(f"A: {written}", version)["A"]
    assert isinstance(found.shape, ir.Enumeration)
    assert found.shape.values == ("a", "b")
    assert found.nullable is nullable


def test_null_alone_true_false_and_nothing_said(schemas):
    found = schemas("A: {type: 'null'}\nB: {const: null}\nC: true\nD: false\nE: {}")
    shapes = [found[n].shape for n in "ABCDE"]
    assert shapes == [ir.Null(), ir.Null(), ir.Anything(), ir.Nothing(), ir.Anything()]
    assert not any(found[n].nullable for n in "ABCDE")


def test_all_of_is_merged_and_references_in_it_expanded(schemas):
    found = schemas(
        """
        Base: {type: object, required: [id], properties: {id: {type: string}, kind: {type: string, maxLength: 9}}}
        A:
          description: What A is
          allOf:
            - $ref: '#/components/schemas/Base'
            - {type: object, required: [n], properties: {n: {type: integer, minimum: 1}, kind: {enum: [x]}}}
            - {properties: {n: {maximum: 5}}}
          maxProperties: 4
        """
    )
    shape = found["A"].shape
    assert isinstance(shape, ir.Object)
    assert [(p.name, p.required) for p in shape.properties] == [
        ("id", True),
        ("kind", False),
        ("n", True),
    ]
    assert shape.property("n").schema.shape == ir.Integer(minimum=1, maximum=5)
    assert shape.property("kind").schema.shape == ir.Enumeration(
        values=("x",), base=ir.String(max_length=9)
    )
    assert shape.max_properties == 4
    assert found["A"].meta.description == "What A is"
    assert found.codes == []


def test_what_cannot_be_merged_is_left_to_validators(schemas):
    found = schemas(
        "A: {allOf: [{type: string, pattern: ^a}, {pattern: b$, minLength: 1}, {minLength: 2}], not: {const: ab}}"
    )["A"]
    assert found.shape == ir.String(min_length=2, pattern="^a")
    assert found.unmodelled == {"pattern": "b$", "not": {"const": "ab"}}


def test_all_of_in_a_circle_is_an_error_at_its_position(schemas):
    found = schemas(
        """
        A: {allOf: [{$ref: '#/components/schemas/B'}, {properties: {x: {}}}]}
        B: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {y: {}}}]}
        C: {allOf: [{$ref: '#/components/schemas/C'}]}
        D: {anyOf: [{$ref: '#/components/schemas/D'}, {type: string}]}
        """
    )
    assert set(found.codes) == {"CYCLIC_ALL_OF"}
    lines = [d.position.line for d in found.found]
    assert set(lines) == {7, 8, 9, 10}
    assert isinstance(found["C"].shape, ir.Anything)
    assert ir.Reference("D") not in [m.shape for m in found["D"].shape.members]


def test_recursion_through_members_is_no_circle(schemas):
    found = schemas(
        """
        Node: {type: object, properties: {next: {$ref: '#/components/schemas/Node'},
          kids: {type: array, items: {$ref: '#/components/schemas/Node'}},
          more: {allOf: [{$ref: '#/components/schemas/Node'}, {required: [next]}]}}}
        Odd: {type: array, items: {allOf: [{$ref: '#/components/schemas/Odd'}, {minItems: 1}]}}
        """
    )
    assert found.codes == []
    shape = found["Node"].shape
    assert shape.property("next").schema.shape == ir.Reference("Node")
    more = found[shape.property("more").schema.shape.name]
    assert more.shape.property("next").required
    assert more.shape.property("more").schema.shape == shape.property("more").schema.shape


@pytest.mark.parametrize(
    ("written", "shape"),
    [
        ("{type: integer, minimum: 1, exclusiveMinimum: true}", ir.Integer(exclusive_minimum=1)),
        ("{type: integer, minimum: 1, exclusiveMinimum: false}", ir.Integer(minimum=1)),
        ("{type: number, maximum: 2, exclusiveMaximum: true}", ir.Number(exclusive_maximum=2)),
        ("{type: integer, exclusiveMinimum: 3, minimum: 1}", ir.Integer(minimum=1, exclusive_minimum=3)),
        ("{type: string, format: binary}", ir.String(format="binary", binary=True)),
        ("{type: string, format: byte}", ir.String(format="byte")),
        ("{contentMediaType: image/png}", ir.String(content_media_type="image/png", binary=True)),
        (
            "{type: string, contentMediaType: image/png, contentEncoding: base64}",
            ir.String(content_media_type="image/png", content_encoding="base64"),
        ),
        ("{format: date-time}", ir.String(format="date-time")),
        ("{format: int64}", ir.Integer(format="int64")),
        ("{minLength: 2}", ir.String(min_length=2)),
        ("{multipleOf: 2}", ir.Number(multiple_of=2)),
        ("{const: 1}", ir.Enumeration(values=(1,))),
        ("{type: integer, enum: [1, 1.0, 2]}", ir.Enumeration(values=(1, 2), base=ir.Integer())),
        ("{enum: [1, true, '1']}", ir.Enumeration(values=(1, True, "1"))),
        ("{oneOf: [{const: 1, title: One}, {const: 2, title: Two}]}", ir.Enumeration(values=(1, 2), names=("One", "Two"))),
        ("{type: integer, enum: [1, 2], x-enum-varnames: [One, Two]}", ir.Enumeration(values=(1, 2), names=("One", "Two"), base=ir.Integer())),
        ("{type: [integer, number]}", None),
    ],
)  # fmt: skip
def test_scalars(schemas, written, shape):
    found = schemas(f"A: {written}")["A"]
    if shape is None:
        assert [type(m.shape) for m in found.shape.members] == [ir.Integer, ir.Number]
    else:
        assert found.shape == shape


def test_objects_arrays_tuples(schemas):
    found = schemas(
        """
        Map: {type: object, additionalProperties: {type: integer}}
        Open: {type: object, properties: {a: {}}}
        Any: {type: object, properties: {a: {}}, additionalProperties: true}
        Closed: {type: object, properties: {a: {}}, additionalProperties: false, required: [a]}
        Merged: {allOf: [{properties: {a: {}}}, {properties: {b: {}}}], unevaluatedProperties: false}
        Extra: {type: object, required: [z]}
        Patterns: {patternProperties: {^x: {type: string}}, minProperties: 1}
        Pair: {type: array, prefixItems: [{type: string}, {type: integer}], items: false, minItems: 2}
        Head: {prefixItems: [{type: string}], items: {type: boolean}}
        List: {items: {type: string}, uniqueItems: true, maxItems: 9}
        None: {type: array, items: false}
        """
    )
    assert found["Map"].shape.additional.shape == ir.Integer()
    assert (found["Map"].shape.open, found["Map"].shape.properties) == (False, ())
    assert found["Open"].shape.open
    assert isinstance(found["Open"].shape.additional.shape, ir.Anything)
    assert not found["Any"].shape.open
    assert isinstance(found["Any"].shape.additional.shape, ir.Anything)
    assert found["Closed"].shape.additional is None
    assert not found["Closed"].shape.open
    assert found["Merged"].shape.additional is None
    assert found["Merged"].unmodelled == {}
    assert found["Extra"].shape.property("z").required
    assert found["Patterns"].shape.pattern_properties[0][0] == "^x"
    assert [s.shape for s in found["Pair"].shape.prefix] == [ir.String(), ir.Integer()]
    assert found["Pair"].shape.rest is None
    assert found["Head"].shape.rest.shape == ir.Boolean()
    assert found["List"].shape.unique_items
    assert found["None"].shape.items.shape == ir.Nothing()


def test_types_in_a_list_are_a_union(schemas):
    found = schemas("A: {type: [string, integer, 'null'], maxLength: 3, minimum: 2}")["A"]
    assert [m.shape for m in found.shape.members] == [
        ir.String(max_length=3),
        ir.Integer(minimum=2),
    ]
    assert found.nullable
    assert not found.shape.exclusive


def test_conditions_on_an_object_do_not_make_it_a_union(schemas):
    found = schemas(
        "A: {type: object, properties: {a: {}, b: {}}, anyOf: [{required: [a]}, {required: [b]}]}"
    )["A"]
    assert isinstance(found.shape, ir.Object)
    assert found.unmodelled == {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}


def test_members_beside_alternatives_belong_to_each(schemas):
    found = schemas(
        """
        A:
          type: object
          required: [id]
          properties: {id: {type: string}}
          oneOf:
            - {$ref: '#/components/schemas/Cat'}
            - {properties: {kind: {const: dog}, bark: {type: boolean}}, required: [kind]}
        Cat: {type: object, properties: {kind: {const: cat}}, required: [kind]}
        """
    )
    union = found["A"].shape
    assert union.exclusive
    assert [m.shape.name for m in union.members] == ["ACat", "ADog"]
    for name, members in (("ACat", {"id", "kind"}), ("ADog", {"id", "kind", "bark"})):
        assert {p.name for p in found[name].shape.properties} == members
        assert found[name].shape.property("id").required
    assert union.discriminator == ir.Discriminator(
        property="kind", mapping={"cat": "ACat", "dog": "ADog"}
    )


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        ("", {"cat": "Cat", "dog": "Dog"}),
        ("mapping: {meow: Cat}", {"meow": "Cat", "dog": "Dog", "cat": "Cat"}),
        ("mapping: {meow: '#/components/schemas/Cat', purr: Cat}", {"meow": "Cat", "purr": "Cat", "dog": "Dog", "cat": "Cat"}),
    ],
)  # fmt: skip
def test_discriminators_are_complete(schemas, mapping, expected):
    found = schemas(
        f"""
        A: {{oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}],
             discriminator: {{propertyName: kind, {mapping}}}}}
        Cat: {{type: object, properties: {{kind: {{type: string, enum: [cat]}}}}, required: [kind]}}
        Dog: {{type: object, properties: {{kind: {{const: dog}}}}, required: [kind]}}
        """
    )
    assert found["A"].shape.discriminator.mapping == expected


def test_discriminator_by_name_where_no_constant_tells(schemas):
    found = schemas(
        """
        A: {anyOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}],
            discriminator: {propertyName: kind}}
        Cat: {type: object, properties: {kind: {type: string}}}
        Dog: {type: object, properties: {kind: {type: string}}}
        """
    )
    assert found["A"].shape.discriminator.mapping == {"Cat": "Cat", "Dog": "Dog"}


def test_contradictions_are_warned_of(schemas):
    found = schemas(
        """
        A: {allOf: [{type: string}, {type: integer}]}
        B: {type: string, enum: []}
        C: {type: string, enum: [1, 2]}
        D: {allOf: [{enum: [a]}, {enum: [b]}]}
        """
    )
    assert set(found.codes) == {"CONTRADICTION"}
    assert {d.position.line for d in found.found} == {7, 8, 9, 10}
    assert found["A"].shape == ir.Nothing()
    assert found["B"].shape == ir.Nothing()
    assert found["C"].shape.values == (1, 2)
    assert found["D"].shape == ir.Nothing()


def test_a_closed_part_of_all_of_closes_the_whole_with_a_warning(schemas):
    found = schemas(
        """
        A:
          allOf:
            - {type: object, properties: {a: {}}, additionalProperties: false}
            - {type: object, properties: {b: {}}, required: [b]}
        """
    )
    assert [p.name for p in found["A"].shape.properties] == ["a", "b"]
    assert found["A"].shape.additional is None
    assert found.codes == ["CONTRADICTION"]
    assert next(iter(found.found)).position.line == 9


def test_rest_names_schemas_and_speaks_2020_12(schemas):
    found = schemas(
        """
        A: {type: object, not: {$ref: '#/components/schemas/B'}, properties: {x: {}},
            x-if: 1}
        B: {type: integer, minimum: 1, exclusiveMinimum: true, nullable: true, description: b}
        C: {type: array, items: {}, not: {type: string, nullable: true, minLength: 1}}
        """,
        "3.0.3",
    )
    assert found["A"].unmodelled == {"not": {"$ref": "#/$defs/B"}}
    assert found["C"].unmodelled == {"not": {"type": ["string", "null"], "minLength": 1}}


def test_annotations_stay_with_the_place_or_the_class(schemas):
    found = schemas(
        """
        A:
          type: object
          properties:
            kind:
              type: string
              enum: [a, b]
              title: ignored because two have it
              description: Which kind
              default: a
              readOnly: true
              deprecated: true
              x-note: n
              example: b
            other: {type: integer, title: ignored because two have it, writeOnly: true, examples: [1, 2]}
            ref: {$ref: '#/components/schemas/B', description: Why B}
        B: {type: string, description: About B}
        """
    )
    member = found["A"].shape.property("kind").schema
    assert member.shape == ir.Reference("AKind")
    assert (member.meta.read_only, member.meta.deprecated, member.meta.default) == (True, True, "a")
    hoisted = found["AKind"]
    assert hoisted.meta.description == "Which kind"
    assert not hoisted.meta.read_only
    assert hoisted.meta.default is ir.ABSENT
    assert hoisted.meta.extensions == {"x-note": "n"}
    assert member.meta.origin.pointer == "/components/schemas/A/properties/kind"
    other = found["A"].shape.property("other").schema
    assert other.meta.write_only
    assert other.meta.examples == (1, 2)
    ref = found["A"].shape.property("ref").schema
    assert ref.shape == ir.Reference("B")
    assert ref.meta.description == "Why B"


def test_what_is_not_a_schema_is_told_and_not_a_crash(schemas):
    found = schemas("A: {type: object, properties: {x: 3, y: [1]}}\nB: {type: wat}\nC: {$ref: 7}")
    assert found.codes.count("NONCONFORMING") == 3
    assert "REF_UNRESOLVED" in found.codes


def test_expansion_bombs_end(schemas):
    wide = "\n".join(
        f"A{i}: {{allOf: [{{$ref: '#/components/schemas/A{i + 1}'}}, "
        f"{{$ref: '#/components/schemas/A{i + 1}'}}, {{properties: {{p{i}: {{}}}}}}]}}"
        for i in range(60)
    )
    found = schemas(wide + "\nA60: {type: object, properties: {end: {}}}")
    assert len(found["A0"].shape.properties) == 61
