"""Conversations: requests that do not come, or tell the receiver something else."""

from __future__ import annotations

from trunkline.emulator.defects.base import Defect
from trunkline.ir import Api, Json


class _Talk(Defect):
    @classmethod
    def applies(cls, api: Api) -> bool:
        behaviour = api.behaviour
        return behaviour is not None and any(c.triggers for c in behaviour.conversations.values())


class TheEndNeverTold(_Talk):
    """Nobody is told that a conversation is over."""

    rule = "A conversation ends with one request that says so"
    caught_by = ("talk-ended",)

    def telling_end(self, reason: str) -> bool:
        return False


class TheEndNotMarked(_Talk):
    """The last request of a conversation looks like one in the middle."""

    rule = "A conversation ends with one request that says so"
    caught_by = ("talk-ended",)

    def __init__(self) -> None:
        super().__init__()
        self._before: dict[str, Json] = {}

    def conversation_request(self, request: dict[str, Json], last: bool) -> dict[str, Json]:
        if not last:
            self._before = request
            return request
        behaviour = self.services.api.behaviour
        rules = behaviour.conversations.values() if behaviour is not None else ()
        marks = {name for rule in rules for name in rule.ended}
        return {k: self._before.get(k, v) if k in marks else v for k, v in request.items()}


class LoginLeftOut(_Talk):
    """Requests of conversations come without the login."""

    rule = "A request of a conversation carries the login agreed on"
    caught_by = ("talk-request",)

    def conversation_headers(self, headers: dict[str, str]) -> dict[str, str]:
        return {k: v for k, v in headers.items() if k != "Authorization"}


class _Told(_Talk):
    """Changes a member of each request that tells of a command."""

    def members(self) -> dict[str, str | None]:
        """Which member is which."""
        for webhook in self.services.api.webhooks:
            if webhook.commands is not None:
                names = webhook.commands
                return {"command": names.command, "id": names.id, "error": names.error}
        return {}


class CommandNotTold(_Told):
    """Requests never tell which command they are about."""

    rule = "The request after a command tells which it was"
    caught_by = ("talk-outcome",)

    def conversation_request(self, request: dict[str, Json], last: bool) -> dict[str, Json]:
        return {**request, str(self.members().get("command")): ""}


class CommandIdsCounted(_Told):
    """Requests have a number of the server's own instead of the command's id."""

    rule = "The id of a command comes back"
    caught_by = ("talk-outcome",)

    def conversation_request(self, request: dict[str, Json], last: bool) -> dict[str, Json]:
        name = str(self.members().get("id"))
        return {**request, name: 1000} if request.get(name) else request


class FailuresKeptBack(_Told):
    """Commands that cannot be carried out are told like those that were."""

    rule = "The request after a command tells what came of it"
    caught_by = ("talk-outcome",)

    def conversation_request(self, request: dict[str, Json], last: bool) -> dict[str, Json]:
        return {**request, str(self.members().get("error")): None}


class VariablesForgotten(_Talk):
    """Variables do not come back."""

    rule = "Variables come back unchanged"
    caught_by = ("talk-outcome",)

    def conversation_request(self, request: dict[str, Json], last: bool) -> dict[str, Json]:
        return {**request, "variables": {}} if "variables" in request else request


class RequestsMisspelt(_Talk):
    """Requests of conversations have numbers as text."""

    rule = "Every request of a conversation fits its schema"
    caught_by = ("talk-request",)

    def conversation_request(self, request: dict[str, Json], last: bool) -> dict[str, Json]:
        return {
            k: str(v) if isinstance(v, int) and not isinstance(v, bool) else v
            for k, v in request.items()
        }
