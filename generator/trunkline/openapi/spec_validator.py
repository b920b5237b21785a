"""openapi-spec-validator in full, its findings with the path they concern.

Its keyword validators know where they are but leave that out of their errors, so each is wrapped
to note it. Loaded only when asked for: the library and its dependencies take a while to import.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import openapi_spec_validator
from jsonschema_path.paths import SchemaPath
from openapi_spec_validator.validation.validators import SpecValidator

_VALIDATORS: dict[str, type[SpecValidator]] = {
    "2.0": openapi_spec_validator.OpenAPIV2SpecValidator,
    "3.0": openapi_spec_validator.OpenAPIV30SpecValidator,
    "3.1": openapi_spec_validator.OpenAPIV31SpecValidator,
    "3.2": openapi_spec_validator.OpenAPIV32SpecValidator,
}


def _located(validator: type[Any]) -> type[Any]:
    class Located(validator):  # type: ignore[misc]  # a base chosen at run time
        def __call__(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
            place = next((a for a in args if isinstance(a, SchemaPath)), None)
            for error in super().__call__(*args, **kwargs):
                if place is not None and not hasattr(error, "trunkline_path"):
                    error.trunkline_path = [*place.parts, *error.absolute_path]
                yield error

    return Located


def faults(data: Any, version: str) -> Iterator[tuple[list[str | int], str]]:
    """What it finds in a document that already fits the structural schema: (path, message)."""
    if isinstance(data, dict) and isinstance(data.get("paths"), dict):
        # Its validator of 2.0 takes extensions there for paths.
        paths = {key: item for key, item in data["paths"].items() if not key.startswith("x-")}
        data = {**data, "paths": paths}
    base = _VALIDATORS[version]
    wrapped = {name: _located(cls) for name, cls in base.keyword_validators.items()}
    validator = type("Located", (base,), {"keyword_validators": wrapped})(data)
    try:
        for error in validator.root_validator(validator.schema_path):
            if version == "2.0" and error.instance == "file":
                continue  # a type of responses and parts of forms that it does not know
            yield list(getattr(error, "trunkline_path", error.absolute_path)), error.message
    except Exception as error:  # whatever it trips over is a finding about the document
        yield [], f"openapi-spec-validator cannot read it: {type(error).__name__}: {error}"
