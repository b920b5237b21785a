"""The client of CALLR."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from ._runtime import UNSET, AsyncClient, RequestOptions, SyncClient, Timeout, Unset
from ._service import SERVICE

if TYPE_CHECKING:
    import httpx2

    from .resources.account import Account, AsyncAccount
    from .resources.actions import Actions, AsyncActions
    from .resources.analytics import Analytics, AsyncAnalytics
    from .resources.api_key import ApiKey, AsyncApiKey
    from .resources.apps import Apps, AsyncApps
    from .resources.billing import AsyncBilling, Billing
    from .resources.calls import AsyncCalls, Calls
    from .resources.cdr import AsyncCdr, Cdr
    from .resources.clicktocall import AsyncClicktocall, Clicktocall
    from .resources.conference import AsyncConference, Conference
    from .resources.dialr import AsyncDialr, Dialr
    from .resources.did import AsyncDidResource, DidResource
    from .resources.jobs import AsyncJobs, Jobs
    from .resources.list import AsyncList, List
    from .resources.media import AsyncMedia, Media
    from .resources.sendr import AsyncSendr, Sendr
    from .resources.session import AsyncSession, Session
    from .resources.sms import AsyncSmsResource, SmsResource
    from .resources.system import AsyncSystem, System
    from .resources.webhooks import AsyncWebhooks, Webhooks


class Callr(SyncClient):
    """A client of CALLR.

    `username` is read from `CALLR_USERNAME` where it is not given.
    `password` is read from `CALLR_PASSWORD` where it is not given.
    `api_key` is read from `CALLR_API_KEY` where it is not given.
    `session` is read from `CALLR_SESSION` where it is not given.
    `login_as` is read from `CALLR_LOGIN_AS` where it is not given.
    """

    def __init__(
        self,
        *,
        username: str | None = None,
        password: str | None = None,
        api_key: str | None = None,
        session: str | None = None,
        login_as: str | None = None,
        base_url: str | None = None,
        timeout: Timeout | Unset = UNSET,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        strict: bool = False,
        http_client: httpx2.Client | None = None,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        super().__init__(
            SERVICE,
            credentials={
                "Basic": (username, password),
                "ApiKey": api_key,
                "Session": session,
                "LoginAs": login_as,
            },
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            headers=headers,
            strict=strict,
            http_client=http_client,
            transport=transport,
        )

    def with_options(
        self,
        *,
        username: str | None = None,
        password: str | None = None,
        api_key: str | None = None,
        session: str | None = None,
        login_as: str | None = None,
        base_url: str | None = None,
        timeout: Timeout | Unset = UNSET,
        max_retries: int | None = None,
        headers: Mapping[str, str] | None = None,
        strict: bool | None = None,
    ) -> Self:
        """A client with other options that shares this one's connections."""
        return self._copy(
            credentials={
                "Basic": (username, password),
                "ApiKey": api_key,
                "Session": session,
                "LoginAs": login_as,
            },
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            headers=headers,
            strict=strict,
        )

    def call_method(
        self, method: str, *params: object, options: RequestOptions | None = None
    ) -> Any:
        """Call a JSON-RPC method by its name, with positional parameters; its result as it comes.

        For methods that have no method here. Raises `RpcError`.
        """
        from ._rpc import ENDPOINT, ERRORS
        from ._runtime.rpc import RpcMethod

        raw: RpcMethod[Any] = RpcMethod(ENDPOINT, method, Any, errors=ERRORS)
        return self.rpc(raw, *params, options=options)

    @cached_property
    def account(self) -> Account:
        """Account."""
        from .resources.account import Account

        return Account(self)

    @cached_property
    def actions(self) -> Actions:
        """Actions."""
        from .resources.actions import Actions

        return Actions(self)

    @cached_property
    def analytics(self) -> Analytics:
        """Analytics."""
        from .resources.analytics import Analytics

        return Analytics(self)

    @cached_property
    def api_key(self) -> ApiKey:
        """Api key."""
        from .resources.api_key import ApiKey

        return ApiKey(self)

    @cached_property
    def session(self) -> Session:
        """Session."""
        from .resources.session import Session

        return Session(self)

    @cached_property
    def apps(self) -> Apps:
        """Apps."""
        from .resources.apps import Apps

        return Apps(self)

    @cached_property
    def billing(self) -> Billing:
        """Billing."""
        from .resources.billing import Billing

        return Billing(self)

    @cached_property
    def calls(self) -> Calls:
        """Calls."""
        from .resources.calls import Calls

        return Calls(self)

    @cached_property
    def dialr(self) -> Dialr:
        """Dialr."""
        from .resources.dialr import Dialr

        return Dialr(self)

    @cached_property
    def sendr(self) -> Sendr:
        """Sendr."""
        from .resources.sendr import Sendr

        return Sendr(self)

    @cached_property
    def cdr(self) -> Cdr:
        """Cdr."""
        from .resources.cdr import Cdr

        return Cdr(self)

    @cached_property
    def clicktocall(self) -> Clicktocall:
        """Clicktocall."""
        from .resources.clicktocall import Clicktocall

        return Clicktocall(self)

    @cached_property
    def conference(self) -> Conference:
        """Conference."""
        from .resources.conference import Conference

        return Conference(self)

    @cached_property
    def did(self) -> DidResource:
        """Did."""
        from .resources.did import DidResource

        return DidResource(self)

    @cached_property
    def jobs(self) -> Jobs:
        """Jobs."""
        from .resources.jobs import Jobs

        return Jobs(self)

    @cached_property
    def list_(self) -> List:
        """List."""
        from .resources.list import List

        return List(self)

    @cached_property
    def media(self) -> Media:
        """Media."""
        from .resources.media import Media

        return Media(self)

    @cached_property
    def sms(self) -> SmsResource:
        """Sms."""
        from .resources.sms import SmsResource

        return SmsResource(self)

    @cached_property
    def system(self) -> System:
        """System."""
        from .resources.system import System

        return System(self)

    @cached_property
    def webhooks(self) -> Webhooks:
        """Webhooks."""
        from .resources.webhooks import Webhooks

        return Webhooks(self)


class AsyncCallr(AsyncClient):
    """A client of CALLR for asynchronous code.

    `username` is read from `CALLR_USERNAME` where it is not given.
    `password` is read from `CALLR_PASSWORD` where it is not given.
    `api_key` is read from `CALLR_API_KEY` where it is not given.
    `session` is read from `CALLR_SESSION` where it is not given.
    `login_as` is read from `CALLR_LOGIN_AS` where it is not given.
    """

    def __init__(
        self,
        *,
        username: str | None = None,
        password: str | None = None,
        api_key: str | None = None,
        session: str | None = None,
        login_as: str | None = None,
        base_url: str | None = None,
        timeout: Timeout | Unset = UNSET,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        strict: bool = False,
        http_client: httpx2.AsyncClient | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        super().__init__(
            SERVICE,
            credentials={
                "Basic": (username, password),
                "ApiKey": api_key,
                "Session": session,
                "LoginAs": login_as,
            },
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            headers=headers,
            strict=strict,
            http_client=http_client,
            transport=transport,
        )

    def with_options(
        self,
        *,
        username: str | None = None,
        password: str | None = None,
        api_key: str | None = None,
        session: str | None = None,
        login_as: str | None = None,
        base_url: str | None = None,
        timeout: Timeout | Unset = UNSET,
        max_retries: int | None = None,
        headers: Mapping[str, str] | None = None,
        strict: bool | None = None,
    ) -> Self:
        """A client with other options that shares this one's connections."""
        return self._copy(
            credentials={
                "Basic": (username, password),
                "ApiKey": api_key,
                "Session": session,
                "LoginAs": login_as,
            },
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            headers=headers,
            strict=strict,
        )

    async def call_method(
        self, method: str, *params: object, options: RequestOptions | None = None
    ) -> Any:
        """Call a JSON-RPC method by its name, with positional parameters; its result as it comes.

        For methods that have no method here. Raises `RpcError`.
        """
        from ._rpc import ENDPOINT, ERRORS
        from ._runtime.rpc import RpcMethod

        raw: RpcMethod[Any] = RpcMethod(ENDPOINT, method, Any, errors=ERRORS)
        return await self.rpc(raw, *params, options=options)

    @cached_property
    def account(self) -> AsyncAccount:
        """Account."""
        from .resources.account import AsyncAccount

        return AsyncAccount(self)

    @cached_property
    def actions(self) -> AsyncActions:
        """Actions."""
        from .resources.actions import AsyncActions

        return AsyncActions(self)

    @cached_property
    def analytics(self) -> AsyncAnalytics:
        """Analytics."""
        from .resources.analytics import AsyncAnalytics

        return AsyncAnalytics(self)

    @cached_property
    def api_key(self) -> AsyncApiKey:
        """Api key."""
        from .resources.api_key import AsyncApiKey

        return AsyncApiKey(self)

    @cached_property
    def session(self) -> AsyncSession:
        """Session."""
        from .resources.session import AsyncSession

        return AsyncSession(self)

    @cached_property
    def apps(self) -> AsyncApps:
        """Apps."""
        from .resources.apps import AsyncApps

        return AsyncApps(self)

    @cached_property
    def billing(self) -> AsyncBilling:
        """Billing."""
        from .resources.billing import AsyncBilling

        return AsyncBilling(self)

    @cached_property
    def calls(self) -> AsyncCalls:
        """Calls."""
        from .resources.calls import AsyncCalls

        return AsyncCalls(self)

    @cached_property
    def dialr(self) -> AsyncDialr:
        """Dialr."""
        from .resources.dialr import AsyncDialr

        return AsyncDialr(self)

    @cached_property
    def sendr(self) -> AsyncSendr:
        """Sendr."""
        from .resources.sendr import AsyncSendr

        return AsyncSendr(self)

    @cached_property
    def cdr(self) -> AsyncCdr:
        """Cdr."""
        from .resources.cdr import AsyncCdr

        return AsyncCdr(self)

    @cached_property
    def clicktocall(self) -> AsyncClicktocall:
        """Clicktocall."""
        from .resources.clicktocall import AsyncClicktocall

        return AsyncClicktocall(self)

    @cached_property
    def conference(self) -> AsyncConference:
        """Conference."""
        from .resources.conference import AsyncConference

        return AsyncConference(self)

    @cached_property
    def did(self) -> AsyncDidResource:
        """Did."""
        from .resources.did import AsyncDidResource

        return AsyncDidResource(self)

    @cached_property
    def jobs(self) -> AsyncJobs:
        """Jobs."""
        from .resources.jobs import AsyncJobs

        return AsyncJobs(self)

    @cached_property
    def list_(self) -> AsyncList:
        """List."""
        from .resources.list import AsyncList

        return AsyncList(self)

    @cached_property
    def media(self) -> AsyncMedia:
        """Media."""
        from .resources.media import AsyncMedia

        return AsyncMedia(self)

    @cached_property
    def sms(self) -> AsyncSmsResource:
        """Sms."""
        from .resources.sms import AsyncSmsResource

        return AsyncSmsResource(self)

    @cached_property
    def system(self) -> AsyncSystem:
        """System."""
        from .resources.system import AsyncSystem

        return AsyncSystem(self)

    @cached_property
    def webhooks(self) -> AsyncWebhooks:
        """Webhooks."""
        from .resources.webhooks import AsyncWebhooks

        return AsyncWebhooks(self)
