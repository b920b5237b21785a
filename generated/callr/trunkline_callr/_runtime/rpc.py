# Copied by Trunkline from its tested runtime; generating again replaces this file.
"""JSON-RPC 2.0: methods as data, and its errors as exceptions.

* RpcError (an APIError)
  x RpcParseError               -32700: the server could not read the request
  x RpcInvalidRequestError      -32600: the request is not a JSON-RPC request
  x RpcMethodNotFoundError      -32601: there is no such method
  x RpcInvalidParamsError       -32602: the parameters are wrong
  x RpcInternalError            -32603: the server failed
  x RpcServerError              -32099 to -32000: the server failed in its own way
  x RpcApplicationError         any other code: what the service itself reports
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

from .decode import load_json
from .errors import APIError
from .guards import is_object
from .operation import Operation, ResponseType
from .unset import UNSET

if TYPE_CHECKING:
    import httpx2

T = TypeVar("T")

_IDS: Final = itertools.count(1)


class RpcError(APIError):
    """The service answered with an error object.

    `data` is its `data` member, None without one; `meaning` is what the description says of the
    code, None where it says nothing.
    """

    def __init__(
        self,
        message: str,
        *,
        method: str,
        code: int,
        data: Any,
        meaning: str | None,
        response: httpx2.Response,
    ) -> None:
        told = f" ({meaning})" if meaning is not None and meaning != message else ""
        super().__init__(f"{method}: {message or 'no message'}{told} [{code}]")
        self.method = method
        self.code = code
        self.message = message
        self.data: Any = data
        self.meaning = meaning
        self.response = response
        self.request = response.request


class RpcParseError(RpcError):
    """-32700: the server could not read the request."""


class RpcInvalidRequestError(RpcError):
    """-32600: the request is not a JSON-RPC request."""


class RpcMethodNotFoundError(RpcError):
    """-32601: there is no such method."""


class RpcInvalidParamsError(RpcError):
    """-32602: the parameters are wrong."""


class RpcInternalError(RpcError):
    """-32603: the server failed."""


class RpcServerError(RpcError):
    """-32099 to -32000: the server failed in its own way."""


class RpcApplicationError(RpcError):
    """Any other code: what the service itself reports."""


_BY_CODE: Final[dict[int, type[RpcError]]] = {
    -32700: RpcParseError,
    -32600: RpcInvalidRequestError,
    -32601: RpcMethodNotFoundError,
    -32602: RpcInvalidParamsError,
    -32603: RpcInternalError,
}


def code_class(code: int) -> type[RpcError]:
    """The exception class for an error code."""
    if -32099 <= code <= -32000:
        return RpcServerError
    return _BY_CODE.get(code, RpcApplicationError)


class RpcMethod(Operation[T]):
    """One JSON-RPC method, reached through an endpoint; `T` is its result."""

    __slots__ = ("meanings", "name")

    def __init__(
        self,
        endpoint: Operation[Any],
        name: str,
        result: ResponseType,
        *,
        idempotent: bool = False,
        errors: Mapping[int, str] | None = None,
    ) -> None:
        """Describe a method: `errors` says what codes mean, `idempotent` lets it be repeated."""
        super().__init__(
            id=name,
            method=endpoint.method,
            path=endpoint.path,
            responses={"2XX": result},
            errors=endpoint.errors,
            payload=("result",),
            accept=endpoint.accept,
            body=endpoint.body or "application/json",
            security=endpoint.security,
            idempotent=idempotent,
            server=endpoint.server,
        )
        self.name = name
        self.meanings: Mapping[int, str] = errors or {}

    def message(self, params: tuple[object, ...]) -> dict[str, object]:
        """The request object: positional parameters, those not given at the end left out."""
        given = list(params)
        while given and given[-1] is UNSET:
            given.pop()
        listed = [None if value is UNSET else value for value in given]
        return {"jsonrpc": "2.0", "id": next(_IDS), "method": self.name, "params": listed}

    def failure(self, response: httpx2.Response) -> APIError | None:
        """The exception for an error object in the answer, None where there is none."""
        try:
            document: object = load_json(response.content)
        except ValueError:
            return None
        error = document.get("error") if is_object(document) else None
        if not is_object(error):
            return None
        code = error.get("code")
        number = code if isinstance(code, int) else 0
        return code_class(number)(
            str(error.get("message") or ""),
            method=self.name,
            code=number,
            data=error.get("data"),
            meaning=self.meanings.get(number),
            response=response,
        )
