from __future__ import annotations

import inspect
import re

import httpx2
import pytest

from trunkline.runtime import errors, rpc


def classes(module: object) -> dict[str, type[BaseException]]:
    found = inspect.getmembers(module, inspect.isclass)
    return {
        n: c for n, c in found if issubclass(c, BaseException) and c.__module__ == module.__name__
    }


@pytest.mark.parametrize("module", [errors, rpc])
def test_the_tree_in_the_docstring_is_the_tree_in_the_code(module):
    drawn: dict[str, str | None] = {}
    stack: list[tuple[int, str]] = []
    for line in (module.__doc__ or "").splitlines():
        found = re.match(r"^( *)[*x+-] (\w+Error)\b", line)
        if found is None:
            continue
        depth = len(found[1])
        while stack and stack[-1][0] >= depth:
            stack.pop()
        drawn[found[2]] = stack[-1][1] if stack else None
        stack.append((depth, found[2]))
    defined = classes(module)
    drawn.pop("RpcError", None) if module is errors else None
    assert set(drawn) == set(defined)
    for name, parent in drawn.items():
        if parent is not None:
            assert parent in [base.__name__ for base in defined[name].__bases__]
        else:
            assert issubclass(defined[name], errors.APIError)


@pytest.mark.parametrize(
    "status", [400, 401, 402, 403, 404, 405, 408, 409, 410, 412, 413, 415, 422, 429]
)
def test_each_client_error_has_a_class_of_its_own(status):
    found = errors.status_class(status)
    assert found is not errors.ClientError
    assert issubclass(found, errors.ClientError)
    assert (found.__doc__ or "").startswith(f"{status}:")


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_each_server_error_has_a_class_of_its_own(status):
    found = errors.status_class(status)
    assert issubclass(found, errors.ServerError)
    assert (found.__doc__ or "").startswith(f"{status}:")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (418, errors.ClientError),
        (599, errors.ServerError),
        (304, errors.RedirectError),
        (700, errors.APIStatusError),
        (101, errors.APIStatusError),
    ],
)
def test_other_statuses_have_the_class_of_their_range(status, expected):
    assert errors.status_class(status) is expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"errors": [{"code": "10005", "title": "Not found", "detail": "no such"}]}, "no such"),
        ({"error": {"message": "bad", "type": "x"}}, "bad"),
        ({"error": "invalid_grant", "error_description": "expired"}, "expired"),
        ({"message": "m"}, "m"),
        (["first", "second"], "first"),
        ({"a": 1}, ""),
        (None, ""),
        (3, ""),
        ({"message": None, "title": "t"}, "t"),
        ("x" * 600, "x" * 500 + "…"),
    ],
)
def test_the_sentence_a_person_would_quote(body, expected):
    assert errors.summary(body) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (-32700, rpc.RpcParseError),
        (-32600, rpc.RpcInvalidRequestError),
        (-32601, rpc.RpcMethodNotFoundError),
        (-32602, rpc.RpcInvalidParamsError),
        (-32603, rpc.RpcInternalError),
        (-32000, rpc.RpcServerError),
        (-32099, rpc.RpcServerError),
        (-32100, rpc.RpcApplicationError),
        (115, rpc.RpcApplicationError),
        (0, rpc.RpcApplicationError),
    ],
)
def test_rpc_codes(code, expected):
    assert rpc.code_class(code) is expected


def test_connection_errors_carry_their_request():
    request = httpx2.Request("GET", "https://h/")
    error = errors.APITimeoutError("late", request=request, attempts=3)
    assert isinstance(error, errors.APIConnectionError)
    assert (error.request, error.attempts) == (request, 3)
