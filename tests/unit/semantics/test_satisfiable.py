"""Schemas that nothing fits are told from those that something does."""

import pytest
import yaml

from trunkline.pipeline import load_api
from trunkline.semantics.satisfiable import impossible

SELF = "{$ref: '#/components/schemas/It'}"
IMPOSSIBLE = {
    "every It needs another It inside": "{type: object, required: [a], properties: {a: %s}}",
    "every Other needs another Other inside": "{type: object, required: [a], properties:"
    " {a: {$ref: '#/components/schemas/Other'}}}",
    "no whole number is between 3 and 4": "{type: integer, exclusiveMinimum: 3,"
    " exclusiveMaximum: 4}",
    "no number is above 4 and below 4": "{type: number, exclusiveMinimum: 4, maximum: 4}",
    "no multiple of 5 is between 6 and 9": "{type: integer, minimum: 6, maximum: 9, multipleOf: 5}",
    "minLength 5 is above maxLength 2": "{allOf: [{type: string, minLength: 5}, {maxLength: 2}]}",
    "none of the values of enum is within the bounds beside it": "{type: string,"
    " enum: [long, longer], maxLength: 3}",
    "3 different items are asked for, and there are 2 values": "{type: array, minItems: 3,"
    " uniqueItems: true, items: {type: string, enum: [a, b]}}",
    "2 properties are required, and maxProperties is 1": "{type: object, maxProperties: 1,"
    " required: [a, b], properties: {a: {}, b: {}}}",
}
POSSIBLE = [
    "{type: object, properties: {a: %s}}",
    "{type: object, required: [a], properties: {a: {type: array, items: %s}}}",
    "{type: object, required: [a], properties: {a: {anyOf: [%s, {type: 'null'}]}}}",
    "{oneOf: [{type: string}, {type: object, required: [a], properties: {a: %s}}]}",
    "{type: [integer, 'null'], minimum: 5, maximum: 3}",
    "{type: integer, minimum: 5, maximum: 5}",
    "{type: number, exclusiveMinimum: 3, exclusiveMaximum: 4}",
    "{type: number, minimum: 0.1, maximum: 0.3, multipleOf: 0.1}",
    "{type: string, enum: [long, to], maxLength: 3}",
    "{type: array, minItems: 2, items: {type: string, enum: [a]}}",
    "{type: object, maxProperties: 1, required: [a], properties: {a: {}, b: {}}}",
]


def reasons(tmp_path, schema):
    path = tmp_path / "it.yaml"
    it = yaml.safe_load(schema.replace("%s", SELF))
    other = yaml.safe_load(
        "{type: object, required: [a], properties: {a: {$ref: '#/components/schemas/Other'}}}"
    )
    components = {"It": it, "Other": other} if "Other" in schema else {"It": it}
    whole = {"openapi": "3.1.0", "info": {"title": "It", "version": "1"}, "paths": {}}
    path.write_text(yaml.safe_dump({**whole, "components": {"schemas": components}}))
    return [(one.schema, one.reason) for one in impossible(load_api(path).api, iter(()))]


@pytest.mark.parametrize("reason", IMPOSSIBLE)
def test_it_is_told_why(reason, tmp_path):
    found = reasons(tmp_path, IMPOSSIBLE[reason])
    assert [told for _, told in found] == [reason], "once, where it begins"


@pytest.mark.parametrize("schema", POSSIBLE)
def test_what_something_fits_is_let_be(schema, tmp_path):
    assert reasons(tmp_path, schema) == []
