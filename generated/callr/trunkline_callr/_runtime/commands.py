# Copied by Trunkline from its tested runtime; generating again replaces this file.
"""Dialogues: requests of the service that are answered with commands.

    request = DIALOGUE.parse(body)
    outcome = DIALOGUE.outcome(request)     # of the command before; None in the first request
    return DIALOGUE.encode(some_command)

Commands are models; the functions that build them are generated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from .decode import construct, problems
from .errors import ParameterError
from .unset import UNSET
from .webhooks import Webhook

M = TypeVar("M", bound=BaseModel)
R = TypeVar("R", bound=BaseModel)
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Outcome(Generic[T]):
    """What came of a command; of one that this version does not know, as it came.

    `result` and `error` are None where the request has neither, or an empty text.
    """

    TYPE: ClassVar[Any] = Any
    """The type of `result`."""

    command: str
    command_id: Any = None
    result: T | None = None
    error: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the command did not fail."""
        return self.error is None


class Dialogue(Generic[R]):
    """A webhook that is answered with commands; `R` is the type of its requests.

    `command`, `result`, `error` and `id` are attributes of a request.
    """

    __slots__ = ("_command", "_error", "_id", "_outcomes", "_result", "_webhook")

    def __init__(
        self,
        webhook: Webhook[R],
        outcomes: Mapping[str, type[Outcome[Any]]],
        *,
        command: str,
        result: str,
        id: str | None = None,  # noqa: A002
        error: str | None = None,
    ) -> None:
        self._webhook = webhook
        self._outcomes = outcomes
        self._command = command
        self._result = result
        self._id = id
        self._error = error

    def __repr__(self) -> str:
        return f"<Dialogue {self._webhook.name}>"

    def parse(
        self,
        payload: bytes | str,
        headers: Mapping[str, str] | None = None,
        *,
        login: tuple[str, str] | None = None,
    ) -> R:
        """A request; with `login` (name and password) only one that carries it.

        Names and passwords are compared in constant time. Raises `SignatureError` where they are
        missing or wrong, and `WebhookError` for a body that is not JSON.
        """
        if login is not None:
            return self._webhook.parse_basic(payload, headers or {}, *login)
        return self._webhook.parse_unverified(payload)

    def outcome(self, request: R) -> Outcome[Any] | None:
        """What came of the last command, of the command's own class; None before the first one."""
        command = getattr(request, self._command, None)
        if not command:
            return None
        kind = self._outcomes.get(command, Outcome)
        result = getattr(request, self._result, None)
        if result == "":
            result = None
        if result is not None and kind.TYPE is not Any:
            result = construct(kind.TYPE, result)
        return kind(
            command=command,
            command_id=None if self._id is None else getattr(request, self._id, None),
            result=result,
            error=None if self._error is None else getattr(request, self._error, None) or None,
        )

    def encode(self, command: BaseModel) -> bytes:
        """The body of the answer: JSON, `Content-Type: application/json`."""
        return command.model_dump_json(by_alias=True, exclude_unset=True).encode()


def given(members: Mapping[str, object]) -> dict[str, object]:
    """The members that were given."""
    return {name: value for name, value in members.items() if value is not UNSET}


def build(cls: type[M], members: Mapping[str, object]) -> M:
    """A command of its members, by their names on the wire.

    Raises `ParameterError` for a value of another type than described.
    """
    try:
        return cls.model_validate(given(members))
    except ValidationError as error:
        listed = "; ".join(f"{place}: {what}" for place, what in problems(error)[:5])
        raise ParameterError(f"{cls.__name__}: {listed}") from None
