"""Steps of scripts, carried out one after the other."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from trunkline.emulator.behaviour.pending import STEPS
from trunkline.emulator.behaviour.script_objects import HeldObject
from trunkline.emulator.behaviour.services import ScriptServices
from trunkline.emulator.behaviour.size_limit import SizeLimitExceeded, check_size
from trunkline.emulator.behaviour.values import ScriptValues
from trunkline.emulator.storage.records import AlreadyExists
from trunkline.ir import ABSENT, Absent, Json
from trunkline.ir import behaviour as b

_ENDLESS = b.Failure(code=-32603, status=500)
_MOST = 10_000
"""Steps of one script; loops over lists inside of lists end here."""


class ScriptFailed(Exception):  # noqa: N818  # a response, not a failure
    """The script ends with an error of the API's."""

    def __init__(self, failure: b.Failure, data: Json) -> None:
        super().__init__(failure, data)
        self.failure = failure
        self.data = data


@dataclass(slots=True)
class Environment:
    """What a script knows: bound values, the objects among them, and what it answers."""

    account: str
    bound: dict[str, Json]
    held: dict[str, HeldObject] = field(default_factory=dict[str, HeldObject])
    returned: Json | Absent = ABSENT
    steps: int = 0


class Effects(Protocol):
    """What a script sets going beside changing objects."""

    def emit(self, account: str, event: str, data: Json, to: Json) -> None:
        """Send an event to its subscribers, and to `to`."""

    def converse(
        self, name: str, account: str, values: Mapping[str, Json], held: Mapping[str, HeldObject]
    ) -> None:
        """Begin a conversation."""

    def hang_up(self, account: str, member: str, value: Json) -> None:
        """End conversations."""


class ScriptInterpreter:
    """Carries out steps in one environment."""

    def __init__(self, script: ScriptServices, effects: Effects, environment: Environment) -> None:
        self._script = script
        self._effects = effects
        self._objects = script.objects
        self._environment = environment

    def steps(self, script: b.Script) -> None:
        """All steps; raises `Failed`."""
        for step in script:
            self._environment.steps += 1
            if self._environment.steps > _MOST:
                raise ScriptFailed(_ENDLESS, "a script does not end")
            self._step(step)

    def _values(self) -> ScriptValues:
        return ScriptValues(self._objects, self._environment.account, self._script.timers.now())

    def _of(self, value: Json) -> Json:
        try:
            return check_size(self._values().of(value, self._environment.bound))
        except SizeLimitExceeded:
            raise ScriptFailed(_ENDLESS, "a script does not end") from None

    def _members(self, value: Json) -> dict[str, Json]:
        found = self._of(value)
        return found if isinstance(found, dict) else {}

    def _bind(self, name: str, held: HeldObject | None) -> None:
        self._environment.bound[name] = None if held is None else held.document
        if held is None:
            self._environment.held.pop(name, None)
        else:
            self._environment.held[name] = held

    def _step(self, step: b.Step) -> None:  # noqa: C901  # a closed union, one branch a member
        environment = self._environment
        match step:
            case b.Find():
                where = {k: self._of(v) for k, v in step.where.items()}
                found = self._objects.find(
                    environment.account, step.resource, self._of(step.id), where
                )
                if found is None and step.missing is not None:
                    raise ScriptFailed(step.missing, self._of(step.missing.data))
                self._bind(step.name, found)
            case b.Let():
                for name, value in step.values.items():
                    environment.bound[name] = self._of(value)
            case b.Need():
                if not self._of(step.value):
                    raise ScriptFailed(step.failure, self._of(step.failure.data))
            case b.When():
                self.steps(step.do if self._of(step.value) else step.otherwise)
            case b.Create():
                try:
                    made = self._objects.create(
                        environment.account, step.resource, self._members(step.values)
                    )
                except AlreadyExists:
                    raise ScriptFailed(b.Failure(code=-32602, status=409), "it exists") from None
                self._bind(step.name or step.resource, made)
            case b.Update():
                held = environment.held.get(step.name)
                if held is not None:
                    self._bind(step.name, self._objects.update(held, self._members(step.values)))
            case b.Delete():
                held = environment.held.get(step.name)
                hooks = self._script.services.hooks
                if held is not None and all(s.script_deleting(held.resource) for s in hooks):
                    self._objects.delete(held)
            case b.Each():
                found_all = self._of(step.value)
                for one in found_all if isinstance(found_all, list) else []:
                    environment.bound[step.name] = one
                    self.steps(step.do)
            case b.Later():
                self._later(step)
            case b.Emit():
                self._effects.emit(
                    environment.account, step.event, self._of(step.data), self._of(step.to)
                )
            case b.Converse():
                values = {k: self._of(v) for k, v in step.values.items()}
                held_now = {k: h for k, h in environment.held.items() if k in values}
                self._effects.converse(step.dialogue, environment.account, values, held_now)
            case b.HangUp():
                self._effects.hang_up(environment.account, step.by, self._of(step.value))
            case b.Return():
                environment.returned = self._of(step.value)

    def _later(self, step: b.Later) -> None:
        seconds = self._of(step.seconds)
        wait = float(seconds) if isinstance(seconds, (int, float)) else 0.0
        account = self._environment.account
        bound = dict(self._environment.bound)
        held = dict(self._environment.held)
        key = str(self._objects.tick()) if self._script.services.store.lasts else ""
        work = put_off(self._script, self._effects, step, account, bound, held, key)
        due = self._script.timers.after(wait, work)
        if due is not None:
            pending = self._script.pending
            record = pending.step_record(step, account, bound, held)
            pending.keep(STEPS, key, {**record, "due": due.isoformat()})


def put_off(
    services: ScriptServices,
    effects: Effects,
    step: b.Later,
    account: str,
    bound: Mapping[str, Json],
    held: Mapping[str, HeldObject],
    key: str,
) -> Callable[[], None]:
    """The work of a step when its time has come; `key`: what it is kept under until then."""

    def work() -> None:
        resume(services, effects, account, bound, held, step.do)
        services.pending.drop(STEPS, key)

    return work


def resume(
    services: ScriptServices,
    effects: Effects,
    account: str,
    bound: Mapping[str, Json],
    held: Mapping[str, HeldObject],
    script: b.Script,
) -> Environment:
    """Go on with a script after some time: objects are looked at again, and where one has gone the
    script is over."""
    environment = Environment(account, dict(bound))
    for name, old in held.items():
        now = services.objects.again(old)
        if now is None:
            return environment
        environment.bound[name] = now.document
        environment.held[name] = now
    with contextlib.suppress(ScriptFailed):
        ScriptInterpreter(services, effects, environment).steps(script)
    return environment
