"""Operations of an API that does not exist, for clients of the runtime alone."""

from __future__ import annotations

from typing import Any

from trunkline.runtime import Operation
from trunkline.runtime.models import Model


class Item(Model):
    id: str
    size: int = 1


BEARER = ({"bearer": ()},)


def operation(**changes: Any) -> Operation[Any]:
    given: dict[str, Any] = {
        "id": "op",
        "method": "GET",
        "path": "/thing",
        "responses": {"200": Item},
    }
    return Operation(**(given | changes))


GET = operation()
