"""The ASGI application: one description, served."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from trunkline.emulator.admin.endpoints import PREFIX, Admin
from trunkline.emulator.admin.fault_rules import FaultRule
from trunkline.emulator.admin.request_log import Journal
from trunkline.emulator.app.fault_injection import with_faults
from trunkline.emulator.app.handler import Handler
from trunkline.emulator.decoding.bodies import MAX_BODY, SLOW_BODY
from trunkline.emulator.decoding.security import Security
from trunkline.emulator.hooks.hooks import Seam
from trunkline.emulator.http.asgi import Receive, Scope, Send, TooLarge, read, reply
from trunkline.emulator.http.messages import ACCOUNTS, Account, Answer, Fault, Refusal, Request
from trunkline.emulator.jsonrpc.server import RpcServer
from trunkline.emulator.operations.crud import Actions
from trunkline.emulator.operations.errors import Errors
from trunkline.emulator.operations.objects import Objects
from trunkline.emulator.operations.responses import Answers
from trunkline.emulator.resources.compiled import OperationPlan, OperationPlanner
from trunkline.emulator.resources.projection import Documents
from trunkline.emulator.resources.relations import Relations
from trunkline.emulator.resources.resource_plan import Planner, ResourcePlan
from trunkline.emulator.schemas.sampling import Sampler
from trunkline.emulator.schemas.validation import Validators
from trunkline.emulator.storage.clock import Clock
from trunkline.emulator.storage.store import Store
from trunkline.ir import Api, Operation, Resource

if TYPE_CHECKING:
    from trunkline.emulator.behaviour.engine import Engine


def base_path(api: Api) -> str:
    """The path of the first server's address, its variables at their defaults; no trailing
    slash."""
    if not api.servers:
        return ""
    server = api.servers[0]
    url = server.url
    for variable in server.variables:
        url = url.replace(f"{{{variable.name}}}", variable.default)
    return urlsplit(url).path.rstrip("/")


class Emulator:
    """A stateful server for one API: an ASGI application.

    `seed` fixes identifiers and sampled values. `data`: a file that keeps every object across
    restarts. `defects`: names from `trunkline.emulator.defects.CATALOGUE`, or ready seams.
    `reach`: hosts beside this machine that events are sent to.
    """

    def __init__(
        self,
        api: Api,
        *,
        seed: int = 0,
        data: Path | None = None,
        defects: Collection[str] = (),
        accounts: Sequence[Account] = ACCOUNTS,
        admin_token: str | None = None,
        reach: Collection[str] = (),
    ) -> None:
        self.api = api
        self.base = base_path(api)
        self.accounts = tuple(accounts)
        self.seed = seed
        self.clock = Clock()
        self.store = Store(data)
        self.validators = Validators(api)
        self.sampler = Sampler(api, self.validators)
        self.errors = Errors(api, self.validators, self.sampler)
        self._security = Security(api, self.accounts)
        self.planner = Planner(api, self.validators, seed)
        self.relations = Relations(api, self.planner)
        self._operation_plans: dict[str, OperationPlan] = {}
        self._operation_planner = OperationPlanner(
            api, self.validators, self.sampler, self._security, self.errors, self.relations.of
        )
        self.seams: tuple[Seam, ...] = self._defects(defects)
        documents = Documents(api, self.validators, self.sampler)
        objects = Objects(
            api,
            documents,
            self.validators,
            self.sampler,
            self.store,
            self.clock,
            self.errors,
            self.relations,
            seed=seed,
            seams=self.seams,
        )
        answers = Answers(documents, self.validators, self.sampler, seed=seed, base=self.base)
        self.actions = Actions(api, objects, answers, self.errors)
        self._rpc = RpcServer(self) if api.rpc is not None else None
        self.engine: Engine | None = self._behave(reach) if api.behaviour is not None else None
        self._handler = Handler(self, self._rpc)
        self.handle = self._handler.handle
        self.matched = self._handler.matched
        self.journal = Journal(api)
        self.faults: list[FaultRule] = []
        self._admin = Admin(self, admin_token)

    def _defects(self, names: Collection[str]) -> tuple[Seam, ...]:
        if not names:
            return ()
        from trunkline.emulator.defects import seams

        return seams(names, self)

    def _behave(self, reach: Collection[str]) -> Engine:
        from trunkline.emulator.behaviour.engine import Engine
        from trunkline.emulator.behaviour.token_registry import Issued

        assert self.api.behaviour is not None
        engine = Engine(self, self.api.behaviour, self.rpc_plans(), reach=reach)
        self._security.issued = Issued(engine)
        return engine

    def reset(self) -> None:
        """Forget all objects and requests, stop all faults, and let the clock run."""
        if self.engine is not None:
            self.engine.reset()
        self.store.reset()
        self.clock.run()
        self.journal.clear()
        self.faults = []
        self._handler.forget()

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    # Plans.

    def plan_resource(self, resource: Resource) -> ResourcePlan | None:
        """The plan of a resource, made at the first call."""
        return self.relations.plan(resource)

    def rpc_plans(self) -> dict[str, ResourcePlan]:
        """The plans of what JSON-RPC methods keep, by the name of the resource."""
        return {} if self._rpc is None else self._rpc.plans()

    def plan(self, operation: Operation) -> OperationPlan:
        """The plan of an operation, made at the first call."""
        plan = self._operation_plans.get(operation.id)
        if plan is None:
            plan = self._operation_planner.plan(operation)
            self._operation_plans[operation.id] = plan
        return plan

    # Requests.

    def direct(self, path: bytes) -> bool:
        """Whether requests for a path can be answered by `respond`, because nothing must wait."""
        return not (self.faults or self.seams or path.startswith(PREFIX))

    def respond(self, request: Request) -> Answer:
        """The answer to a request whose body is complete, which is remembered. Never raises."""
        answer = self.handle(request)
        self.journal.note(self.clock.now(), request, answer)
        if self.engine is not None:
            self.engine.wake()
        return answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point; only HTTP is spoken."""
        if scope["type"] != "http":
            return
        request = Request(
            scope["method"],
            scope.get("raw_path") or scope["path"].encode(),
            scope["query_string"],
            scope["headers"],
        )
        try:
            body_announced = False
            for name, value in request.headers:
                if name == b"content-length":
                    body_announced = value != b"0"
                    if len(value) > 12 or (value.isdigit() and int(value) > MAX_BODY):
                        raise TooLarge
                elif name == b"transfer-encoding":
                    body_announced = True
            if body_announced:
                async with asyncio.timeout(SLOW_BODY):
                    request.body = await read(receive)
        except TooLarge:
            fault = Fault(f"Bodies are limited to {MAX_BODY} bytes", "size")
            answer = self.errors.answer(None, Refusal((413,), fault))
            answer.headers.append((b"connection", b"close"))
        except TimeoutError:
            fault = Fault("The body did not arrive in time", "timeout")
            answer = self.errors.answer(None, Refusal((408,), fault))
            answer.headers.append((b"connection", b"close"))
        except ConnectionError:
            return
        else:
            if request.raw_path.startswith(PREFIX):
                client = scope.get("client")
                answer = self._admin.answer(request, client[0] if client else None)
                if self.engine is not None and request.method != "GET":
                    await self.engine.settle()
                await reply(send, answer)
                return
            if self.faults:
                await with_faults(self, request, scope, send)
                return
            answer = self.respond(request)
        await reply(send, answer)


__all__ = ["Emulator", "base_path"]
