from __future__ import annotations

from .._runtime.models import Model


class ErrorSource(Model):
    pointer: str | None = None
    parameter: str | None = None


class Error(Model):
    code: str
    title: str
    detail: str | None = None
    source: ErrorSource | None = None


class Errors(Model):
    """The body of an error."""

    errors: list[Error]
