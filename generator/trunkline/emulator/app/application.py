"""The ASGI application: one description, served."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from trunkline.emulator.admin.endpoints import PREFIX, Admin
from trunkline.emulator.admin.fault_rules import FaultRules
from trunkline.emulator.admin.request_log import RequestLog
from trunkline.emulator.admin.services import AdminServices
from trunkline.emulator.app.fault_injection import FaultInjector, break_off
from trunkline.emulator.app.handler import Handler
from trunkline.emulator.app.method_behaviour import DeclaredMethods
from trunkline.emulator.behaviour.engine import Engine
from trunkline.emulator.decoding.security import Security
from trunkline.emulator.defects import CATALOGUE as DEFECTS
from trunkline.emulator.defects import create as create_defects
from trunkline.emulator.hooks.hooks import Hooks
from trunkline.emulator.http.asgi import (
    MAX_BODY,
    SLOW_BODY,
    AsgiScope,
    Receive,
    Send,
    TooLarge,
    read,
    reply,
)
from trunkline.emulator.http.cors import cross_origin
from trunkline.emulator.http.messages import (
    ACCOUNTS,
    Account,
    HttpError,
    HttpRequest,
    HttpResponse,
    ValidationError,
)
from trunkline.emulator.http.routing import base_path
from trunkline.emulator.jsonrpc.server import RpcServer
from trunkline.emulator.operations.crud import Operations
from trunkline.emulator.operations.errors import ErrorResponses
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.compiled import OperationCompiler
from trunkline.emulator.resources.planning import ResourcePlanner
from trunkline.emulator.resources.projection import Projection
from trunkline.emulator.resources.relations import Relations
from trunkline.emulator.schemas.sampling import Sampler
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.emulator.storage.lasting_clock import lasting_clock
from trunkline.emulator.storage.store import Store
from trunkline.ir import Api


def services_of(
    api: Api, seed: int, store: Store, accounts: tuple[Account, ...], hooks: tuple[Hooks, ...] = ()
) -> Services:
    """What the parts of one server share."""
    schemas = Schemas(api)
    sampler = Sampler(api, schemas)
    return Services(
        api=api,
        accounts=accounts,
        base=base_path(api),
        seed=seed,
        clock=lasting_clock(store),
        store=store,
        schemas=schemas,
        sampler=sampler,
        projection=Projection(api, schemas, sampler),
        resources=Relations(api, ResourcePlanner(api, schemas, seed)),
        errors=ErrorResponses(api, schemas, sampler),
        hooks=list(hooks),
    )


class Emulator:
    """A stateful server for one API: an ASGI application.

    `seed` fixes identifiers and sampled values. `data`: a file that keeps every object across
    restarts. `defects`: names from `trunkline.emulator.defects.CATALOGUE`, each a mistake
    made on purpose.
    `reach`: hosts beside this machine that events are sent to. `cors`: origins beside this
    machine's whose pages may read responses.
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
        cors: Collection[str] = (),
        store: Store | None = None,
    ) -> None:
        seeded_defects = create_defects(defects) if defects else ()
        self.services = services_of(
            api, seed, store or Store(data), tuple(accounts), seeded_defects
        )
        self.api = api
        self.base = self.services.base
        self.accounts = self.services.accounts
        self.clock = self.services.clock
        self.store = self.services.store
        self.schemas = self.services.schemas
        self.errors = self.services.errors
        security = Security(api, self.accounts)
        self.compiler = OperationCompiler(
            api,
            self.schemas,
            self.services.sampler,
            security,
            self.errors.validation,
            self.services.resources,
        )
        self.operations = Operations(self.services)
        self.objects = self.operations.objects
        if self.store.lasts:
            self.objects.adapt_if_new(api.schemas)
        for defect in seeded_defects:
            defect.attach(self.services, self.objects)
        rpc = RpcServer(self.services, self.objects, api.rpc) if api.rpc is not None else None
        methods = rpc.plans() if rpc is not None else {}
        self.engine: Engine | None = None
        if api.behaviour is not None:
            self.engine = Engine(self.services, self.objects, api.behaviour, methods, reach=reach)
            security.tokens = self.engine.tokens
            if rpc is not None:
                rpc.behaviour = DeclaredMethods(self.services, self.engine)
        self._handler = Handler(
            self.services, self.compiler, self.operations, rpc, self.engine, cross_origin(cors)
        )
        self.on_exchange: Callable[[HttpRequest, HttpResponse], None] | None = None
        """Told of every exchange, beside the log."""
        self.handle = self._handler.handle
        self.request_log = RequestLog(api)
        self._faults = FaultRules()
        self._injector = FaultInjector(self._faults, self._handler, self._note)
        self._admin = Admin(
            AdminServices(
                self.services,
                self.objects,
                self.request_log,
                self._faults,
                self.engine,
                methods,
                self.reset,
                self.give_defects,
                functools.cache(functools.partial(_applying, api)),
            ),
            admin_token,
        )

    def give_defects(self, names: Collection[str]) -> None:
        """Make these mistakes on purpose from the next request on, and no others.

        `TrunklineError` for a name that is in no catalogue.
        """
        given = create_defects(names)
        for defect in given:
            defect.attach(self.services, self.objects)
        self.services.hooks[:] = given

    def reset(self) -> None:
        """Forget all objects and requests, stop all faults, and let the clock run."""
        if self.engine is not None:
            self.engine.reset()
        self.store.reset()
        self.clock.run()
        self.request_log.clear()
        self._faults.active = []
        self._handler.forget()

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def on_fast_path(self, path: bytes) -> bool:
        """Whether requests for a path can be answered by `respond`, because nothing must wait."""
        return not (self._faults.active or self.services.hooks or path.startswith(PREFIX))

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The response to a request whose body is complete, which is remembered. Never raises."""
        response = self.handle(request)
        self._note(request, response)
        if self.engine is not None:
            self.engine.wake()
        return response

    def _note(self, request: HttpRequest, response: HttpResponse) -> None:
        self.request_log.note(self.clock.seconds(), request, response)
        if self.on_exchange is not None:
            self.on_exchange(request, response)

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        """ASGI entry point; only HTTP is spoken."""
        if scope["type"] != "http":
            return
        request = HttpRequest(
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
            problem = ValidationError(f"Bodies are limited to {MAX_BODY} bytes", "size")
            response = self.errors.response(None, HttpError((413,), problem))
            response.headers.append((b"connection", b"close"))
        except TimeoutError:
            problem = ValidationError("The body did not arrive in time", "timeout")
            response = self.errors.response(None, HttpError((408,), problem))
            response.headers.append((b"connection", b"close"))
        except ConnectionError:
            return
        else:
            if request.raw_path.startswith(PREFIX):
                client = scope.get("client")
                self.operations.jobs.settle()
                response = self._admin.response(request, client[0] if client else None)
                if self.engine is not None and request.method != "GET":
                    await self.engine.settle()
                await reply(send, response)
                return
            await self._answer(request, scope, send)
            return
        await reply(send, response)

    async def _answer(self, request: HttpRequest, scope: AsgiScope, send: Send) -> None:
        """Respond to a complete request; faults come first, hooks may keep it waiting or keep the
        end of its response."""
        if self._faults.active:
            await self._injector.respond(request, scope, send)
            return
        hooks = self.services.hooks
        for hook in hooks:
            await hook.arrived(request)
        response = self.respond(request)
        if any(hook.breaks_off(request) for hook in hooks):
            await break_off(response, scope, send)
        else:
            await reply(send, response)


def _applying(api: Api) -> Mapping[str, str]:
    """The defects that can show on an API, with what each does."""
    return {name: defect.sentence for name, defect in DEFECTS.items() if defect.applies(api)}
