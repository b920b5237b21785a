"""Which of the documented responses is meant, and in which media type."""

from __future__ import annotations

from collections.abc import Sequence

from trunkline.emulator.http.negotiation import is_json
from trunkline.ir import Action, Content, Operation, Response


def find_response(operation: Operation, status: int) -> Response | None:
    """The documented response for a status: exact, else its range, else `default`."""
    by_status = {response.status.upper(): response for response in operation.responses}
    for key in (str(status), f"{status // 100}XX", "DEFAULT"):
        if key in by_status:
            return by_status[key]
    return None


def choose_status(operation: Operation | None, preferred: Sequence[int]) -> int:
    """The first status that the operation documents by number, else by range or default, else
    the first."""
    if operation is not None:
        documented = {response.status for response in operation.responses}
        for status in preferred:
            if str(status) in documented:
                return status
    return preferred[0]


def json_content(response: Response | None) -> Content | None:
    """The first JSON media type of a response that has a schema."""
    if response is None:
        return None
    return next((c for c in response.contents if is_json(c.media_type) and c.schema), None)


def success(operation: Operation) -> tuple[int, Response | None]:
    """The status and response with which the operation succeeds."""
    wanted = (201, 200, 202) if operation.action is Action.CREATE else (200, 201, 202, 204)
    documented = {response.status: response for response in operation.responses}
    for status in wanted:
        if str(status) in documented:
            return status, documented[str(status)]
    for response in operation.responses:
        if response.is_success:
            status = int(response.status) if response.status.isdigit() else 200
            return status, response
    for response in operation.responses:
        if response.status.startswith("3") and response.status.isdigit():
            return int(response.status), response
    return 200, find_response(operation, 200)


def best_content(response: Response | None) -> Content | None:
    """The media type an answer is written in when the client does not mind: JSON if there is
    one."""
    if response is None or not response.contents:
        return None
    return next((c for c in response.contents if is_json(c.media_type)), response.contents[0])
