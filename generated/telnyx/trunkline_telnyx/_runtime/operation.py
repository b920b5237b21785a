# Copied by Trunkline from its tested runtime; generating again replaces this file.
"""Operations as data: everything the client needs to know to make one call.

Generated modules hold one constant per operation; methods only hand their arguments over. Building
one does no work: paths are cut and decoders built when the operation is first called.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    import httpx2

T = TypeVar("T")

ResponseType: TypeAlias = Any
"""What a body is decoded to: a model, any type pydantic understands, `bytes`, `str`, or None."""

StyleName: TypeAlias = Literal[
    "form", "simple", "label", "matrix", "deepObject", "pipeDelimited", "spaceDelimited", "cookie"
]

_IDEMPOTENT: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY"})


class Style(NamedTuple):
    """How the value of a parameter becomes text, where it is not the default of its location.

    The defaults are `simple` for path and header, and `form` with `explode` for query and cookie.
    With `media_type` the value is printed as that media type and the style does not apply.
    """

    name: StyleName
    explode: bool = False
    allow_reserved: bool = False
    media_type: str | None = None


class PartEncoding(NamedTuple):
    """How one property of a form or multipart body is sent, where it is not the default."""

    content_type: str | None = None
    style: Style | None = None
    headers: Mapping[str, str] = {}


class Paging(NamedTuple):
    """How a list asks for the next page.

    `page` and `size` lead to arguments of the call: a query parameter, a header or a property of
    the body (`location`), and what is inside it. The others are paths into the response's body,
    `()` being the body itself; `item_token` is a path into the last item, `next_header` a header of
    the response. `style` `link` follows the `Link` header, or the address at `next`; `range` asks
    for what comes after the `Content-Range` of the response.
    """

    style: Literal["page", "offset", "cursor", "link", "range"]
    page: tuple[str, ...] | None = None
    size: tuple[str, ...] | None = None
    first: int = 1
    location: Literal["query", "header", "body"] = "query"
    next: tuple[str, ...] | None = None
    number: tuple[str, ...] | None = None
    page_size: tuple[str, ...] | None = None
    total_pages: tuple[str, ...] | None = None
    total_items: tuple[str, ...] | None = None
    has_more: tuple[str, ...] | None = None
    item_token: tuple[str, ...] | None = None
    next_header: str | None = None


class Operation(Generic[T]):
    """One method on one path; `T` is what the call returns.

    Of a list with `paging`, and of a stream, `T` is one item. `responses` maps a success status
    (`200`, `2XX`, `default`) to what its body is decoded to, `errors` does the same for the
    others. `payload` leads from a JSON body to the value that is returned. `body` is the media
    type sent. `security` lists alternatives, each a mapping from scheme to scopes: `{}` is "no
    credentials needed", an empty tuple means that none are ever sent.
    """

    __slots__ = (
        "_pieces",
        "accept",
        "body",
        "body_optional",
        "cookie_styles",
        "decoders",
        "encoding",
        "errors",
        "header_styles",
        "id",
        "idempotency_header",
        "idempotent",
        "method",
        "others",
        "paging",
        "path",
        "path_styles",
        "payload",
        "query_styles",
        "querystring",
        "responses",
        "security",
        "server",
        "stream",
        "stream_end",
    )

    def __init__(
        self,
        *,
        id: str,  # noqa: A002
        method: str,
        path: str,
        responses: Mapping[str, ResponseType],
        errors: Mapping[str, ResponseType] | None = None,
        payload: tuple[str, ...] = (),
        accept: str = "application/json",
        others: tuple[type[str] | type[bytes], ...] = (),
        body: str | None = None,
        body_optional: bool = False,
        encoding: Mapping[str, PartEncoding] | None = None,
        path_styles: Mapping[str, Style] | None = None,
        query_styles: Mapping[str, Style] | None = None,
        header_styles: Mapping[str, Style] | None = None,
        cookie_styles: Mapping[str, Style] | None = None,
        security: tuple[Mapping[str, tuple[str, ...]], ...] = (),
        paging: Paging | None = None,
        idempotent: bool | None = None,
        idempotency_header: str | None = None,
        stream: Literal["sse", "sse-event", "jsonl", "json-seq"] | None = None,
        stream_end: str | None = None,
        server: str | None = None,
        querystring: str = "application/x-www-form-urlencoded",
    ) -> None:
        """Describe an operation.

        `idempotent` is what the method says unless given: such a request may be repeated.
        `stream` says how a stream is cut: `sse` decodes the data of each event to `T`, `sse-event`
        the event itself (`event`, `data`, `id`, `retry`), `jsonl` each line, `json-seq` each text
        after a record separator. A stream ends early at an event whose data is `stream_end`.
        `others` are what a body that is not JSON is given as: `str` for text, `bytes`. With
        `body_optional` a request none of whose members are given has no body. `server` replaces the
        client's base URL unless the user has set one. `querystring` is the media type of a query
        that is one value.
        """
        self.id = id
        self.method = method
        self.path = path
        self.responses = responses
        self.errors = errors
        self.payload = payload
        self.accept = accept
        self.others = others
        self.body = body
        self.body_optional = body_optional
        self.encoding = encoding
        self.path_styles = path_styles
        self.query_styles = query_styles
        self.header_styles = header_styles
        self.cookie_styles = cookie_styles
        self.security = security
        self.paging = paging
        self.idempotent = method in _IDEMPOTENT if idempotent is None else idempotent
        self.idempotency_header = idempotency_header
        self.stream = stream
        self.stream_end = stream_end
        self.server = server
        self.querystring = querystring
        self.decoders: dict[object, Any] = {}
        self._pieces: tuple[str, ...] | None = None

    @property
    def pieces(self) -> tuple[str, ...]:
        """The path cut at its parameters: texts at even places, parameter names at odd ones."""
        if self._pieces is None:
            pieces: list[str] = []
            rest = self.path
            while True:
                before, brace, after = rest.partition("{")
                pieces.append(before)
                if not brace:
                    break
                name, _, rest = after.partition("}")
                pieces.append(name)
            self._pieces = tuple(pieces)
        return self._pieces

    def failure(self, response: httpx2.Response) -> Exception | None:
        """The exception that a success holds in its body; None for ordinary operations."""
        del response
        return None

    def __repr__(self) -> str:
        return f"<Operation {self.id} {self.method} {self.path}>"
