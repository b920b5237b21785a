"""Conversations with a user's server: it is asked what to do next, does it, and is told."""

from __future__ import annotations

import base64
import itertools
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from trunkline.emulator.behaviour.outbound_http import Reply
from trunkline.emulator.behaviour.pending import CONVERSATIONS, held_from, held_record
from trunkline.emulator.behaviour.script_interpreter import Effects, Environment, resume
from trunkline.emulator.behaviour.script_objects import HeldObject
from trunkline.emulator.behaviour.services import ScriptServices
from trunkline.emulator.behaviour.values import ScriptValues
from trunkline.emulator.http.jsontext import JsonTextError, dump, parse
from trunkline.ir import ABSENT, Json, Schema, Webhook
from trunkline.ir.behaviour import Conversation, Script

_KEPT = 200


@dataclass(slots=True)
class Talk:
    """One conversation. `turns` are (request, status, command or None, reason)."""

    id: int
    dialogue: str
    account: str
    values: dict[str, Json]
    held: dict[str, HeldObject]
    state: str = "going on"
    reason: str = ""
    turns: list[tuple[dict[str, Json], int, Json]] = field(
        default_factory=list[tuple[dict[str, Json], int, Json]]
    )
    hung_up: bool = False
    """Somebody ended it from outside."""

    def shown(self) -> Json:
        """For the admin surface."""
        return {
            "id": self.id,
            "conversation": self.dialogue,
            "account": self.account,
            "state": self.state,
            "reason": self.reason,
            "turns": [
                {"request": request, "status": status, "answer": response}
                for request, status, response in self.turns
            ],
        }


class Conversations:
    """All conversations of a server."""

    def __init__(self, script: ScriptServices, effects: Effects) -> None:
        self._script = script
        self._effects = effects
        self._webhooks: dict[str, Webhook] = {w.name: w for w in script.services.api.webhooks}
        self.log: deque[Talk] = deque(maxlen=_KEPT)
        self._ids = itertools.count(1)

    def clear(self) -> None:
        """Forget them."""
        self.log.clear()

    def start(
        self, name: str, account: str, values: Mapping[str, Json], held: Mapping[str, HeldObject]
    ) -> Talk | None:
        """Begin one; None where nothing is declared about it."""
        rules = self._script.declared.conversations.get(name)
        if rules is None or name not in self._webhooks:
            return None
        talk = Talk(next(self._ids), name, account, dict(values), dict(held))
        self.log.append(talk)
        self._keep(talk)
        self._script.timers.after(0, lambda: self._script.tasks.start(self._go(talk, rules)))
        return talk

    def _keep(self, talk: Talk) -> None:
        self._script.pending.keep(
            CONVERSATIONS,
            str(talk.id),
            {
                "dialogue": talk.dialogue,
                "account": talk.account,
                "values": talk.values,
                "held": held_record(talk.held),
                "state": talk.state,
                "reason": talk.reason,
                "turns": [[request, status, told] for request, status, told in talk.turns],
            },
        )

    def restore(self) -> None:
        """Show the conversations that were kept; those that were going on are over, and the
        user's server is told."""
        for id_, record in self._script.pending.kept(CONVERSATIONS):
            values, turns = record.get("values"), record.get("turns")
            talk = Talk(
                int(id_) if id_.isdecimal() else 0,
                str(record.get("dialogue")),
                str(record.get("account")),
                values if isinstance(values, dict) else {},
                held_from(record.get("held")),
                str(record.get("state")),
                str(record.get("reason")),
            )
            for turn in turns if isinstance(turns, list) else []:
                if isinstance(turn, list) and len(turn) == 3 and isinstance(turn[0], dict):
                    status = turn[1] if isinstance(turn[1], int) else 0
                    talk.turns.append((turn[0], status, turn[2]))
            self.log.append(talk)
            self._ids = itertools.count(max(talk.id, next(self._ids) - 1) + 1)
            rules = self._script.declared.conversations.get(talk.dialogue)
            if talk.state == "going on" and rules is not None:
                self._resume_end(talk, rules)

    def _resume_end(self, talk: Talk, rules: Conversation) -> None:
        talk.reason = "the server was started again"
        self._script.timers.after(0, lambda: self._script.tasks.start(self._end(talk, rules, {})))

    def hang_up(self, account: str, member: str, value: Json) -> bool:
        """End those of an account in whose values `member` has this value."""
        found = [t for t in self.log if t.account == account and t.state == "going on"
                 and t.values.get(member) == value]  # fmt: skip
        for talk in found:
            talk.hung_up = True
        return bool(found)

    def _bound(self, talk: Talk, more: Mapping[str, Json]) -> dict[str, Json]:
        fresh = {}
        for name, held in talk.held.items():
            now = self._script.objects.again(held)
            if now is not None:
                fresh[name] = now.document
        nothing: dict[str, Json] = {
            "command": "", "id": 0, "result": None, "error": None, "variables": {},
            "arguments": {},
        }  # fmt: skip
        return {**talk.values, **fresh, **nothing, **more}

    def _values(self, talk: Talk) -> ScriptValues:
        return ScriptValues(self._script.objects, talk.account, self._script.timers.now())

    def _run(self, talk: Talk, bound: Mapping[str, Json], script: Script) -> Environment:
        return resume(self._script, self._effects, talk.account, bound, talk.held, script)

    async def _go(self, talk: Talk, rules: Conversation) -> None:
        bound = self._bound(talk, {})
        self._run(talk, bound, rules.begins)
        told: dict[str, Json] = {}
        variables: Json = {}
        for _ in range(rules.limit):
            if talk.hung_up or talk.values.get("_turns") == len(talk.turns):
                talk.reason = "hung up from outside"
                break
            reply, request = await self._post(talk, rules, told)
            command = self._command(talk, reply)
            talk.turns.append((request, reply.status, command))
            self._keep(talk)
            if command is None:
                break
            name = str(command.get("command"))
            given = command.get("variables")
            variables = given if isinstance(given, dict) else variables
            told = {
                "command": name,
                "id": command.get("command_id"),
                "variables": variables,
            }
            if name in rules.hangup:
                talk.reason = "asked to"
                break
            told.update(self._carried_out(talk, rules, command, told))
        else:
            talk.reason = f"more than {rules.limit} commands"
        last = {k: v for k, v in told.items() if k not in ("result", "error")}
        await self._end(talk, rules, last)

    async def _end(self, talk: Talk, rules: Conversation, last: Mapping[str, Json]) -> None:
        """Tell the user's server that it is over."""
        if all(hook.telling_end(talk.reason) for hook in self._script.services.hooks):
            reply, request = await self._post(talk, rules, last, rules.ended)
            talk.turns.append((request, reply.status, None))
            self._run(talk, self._bound(talk, last), rules.ends)
        talk.state = "over"
        self._keep(talk)

    async def _post(
        self,
        talk: Talk,
        rules: Conversation,
        told: Mapping[str, Json],
        ended: Mapping[str, Json] | None = None,
    ) -> tuple[Reply, dict[str, Json]]:
        values = self._values(talk)
        bound = self._bound(talk, told)
        members = {**rules.request, **(ended or {})}
        request = {name: values.of(value, bound) for name, value in members.items()}
        for hook in self._script.services.hooks:
            request = hook.conversation_request(request, ended is not None)
        url = values.of(rules.url, bound)
        login, password = values.of(rules.login, bound), values.of(rules.password, bound)
        headers = {"Content-Type": "application/json", "User-Agent": "trunkline-emulator"}
        if isinstance(login, str) and login:
            pair = f"{login}:{password if isinstance(password, str) else ''}".encode()
            headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        for hook in self._script.services.hooks:
            headers = hook.conversation_headers(headers)
        if not isinstance(url, str) or not url:
            return Reply(0, reason="there is no address"), request
        return await self._script.outbound.post(url, dump(request), headers, rules.timeout), request

    def _command(self, talk: Talk, reply: Reply) -> dict[str, Json] | None:
        """The command in a response; None, with the reason, where there is none."""
        if reply.status != 200:
            talk.reason = reply.reason or f"status {reply.status}"
            return None
        try:
            found = parse(reply.body)
        except JsonTextError as error:
            talk.reason = f"the answer is not JSON: {error}"
            return None
        if not isinstance(found, dict) or not isinstance(found.get("command"), str):
            talk.reason = "the answer names no command"
            return None
        return found

    def _schema(self, talk: Talk) -> Schema | None:
        for response in self._webhooks[talk.dialogue].operation.responses:
            for content in response.contents:
                if content.schema is not None:
                    return content.schema
        return None

    def _carried_out(
        self, talk: Talk, rules: Conversation, command: dict[str, Json], told: Mapping[str, Json]
    ) -> dict[str, Json]:
        """What came of a command: `result` or `error`."""
        schema = self._schema(talk)
        if schema is not None:
            schemas = self._script.services.schemas
            problems = schemas.problems(schema, command, "response")
            if problems:
                return {"error": f"{problems[0].pointer or 'command'}: {problems[0].detail}"}
        script = rules.commands.get(str(told["command"]), ())
        bound = self._bound(talk, {**told, "arguments": command.get("params") or {}})
        after = self._run(talk, bound, script)
        given = talk.values.get("_results")
        wishes = given.get(str(told["command"])) if isinstance(given, dict) else None
        if isinstance(wishes, list):
            return {"result": wishes.pop(0) if wishes else None}
        if wishes is not None:
            return {"result": wishes}
        return {"result": None if after.returned is ABSENT else after.returned}
