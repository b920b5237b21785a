"""Views: what a template receives. Strings in them are finished Python (or Markdown) text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingView:
    """`name=value`, the value being Python source."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """An entry of a dictionary: `key` and `value` are Python source."""

    key: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentView:
    """An argument: `text` is how the signature has it, with annotation and default."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendView:
    """What a method hands to the client: `entries` as a dictionary, or the one `value`."""

    name: str
    entries: tuple[EntryView, ...]
    value: str
    is_mapping: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodView:
    """A method: `prefix` is `async ` or nothing, `awaiting` is `await ` or nothing.

    `call` is the client's method (`call`, `list`, `stream`, `rpc`), `operation` the constant.
    """

    name: str
    prefix: str
    awaiting: str
    arguments: tuple[ArgumentView, ...]
    keywords: tuple[ArgumentView, ...]
    result: str
    doc: str
    call: str
    operation: str
    values: tuple[str, ...]
    sends: tuple[SendView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildView:
    """A resource inside a resource or client; `module` is its module in `resources/`."""

    attribute: str
    class_name: str
    module: str
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassView:
    """A resource's class, for synchronous or asynchronous code."""

    name: str
    base: str
    doc: str
    methods: tuple[MethodView, ...]
    children: tuple[ChildView, ...]
    is_empty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationView:
    """The constant that describes an operation: `factory` called with `values` and `settings`."""

    constant: str
    factory: str
    type: str
    values: tuple[str, ...]
    settings: tuple[SettingView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstantView:
    """A constant that several operations share."""

    name: str
    type: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceModuleView:
    """A module of `resources/`."""

    doc: str
    imports: tuple[str, ...]
    typing_imports: tuple[str, ...]
    constants: tuple[ConstantView, ...]
    operations: tuple[OperationView, ...]
    classes: tuple[ClassView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientClassView:
    """The client's class, for synchronous or asynchronous code."""

    name: str
    base: str
    doc: str
    http_client: str
    transport: str
    children: tuple[ChildView, ...]
    prefix: str
    """`async ` before a function, or nothing."""
    await_: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientModuleView:
    """`client.py`."""

    doc: str
    typing_imports: tuple[str, ...]
    arguments: tuple[str, ...]
    credentials: tuple[EntryView, ...]
    variables: tuple[EntryView, ...]
    credential_arguments: tuple[str, ...]
    classes: tuple[ClientClassView, ...]
    has_rpc: bool
    typing_names: str
    runtime_names: str
    """What is imported from `typing` and from the runtime."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceModuleView:
    """`_service.py`."""

    imports: tuple[str, ...]
    settings: tuple[SettingView, ...]
    schemes: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RpcModuleView:
    """`_rpc.py`: the operation that carries JSON-RPC calls."""

    imports: tuple[str, ...]
    constants: tuple[ConstantView, ...]
    operation: OperationView
    errors: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportView:
    """A name that a package offers, and the module it is in."""

    name: str
    module: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelModuleView:
    """A module of `models/` or `params/` with its classes."""

    module: str
    names: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelsInitView:
    """`models/__init__.py`, or `params/__init__.py`: `is_listed` with every name on a line,
    `is_long` with a table of them."""

    doc: str
    is_listed: bool
    is_long: bool
    exports: tuple[ExportView, ...]
    modules: tuple[ModelModuleView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedModuleView:
    """A module of models that stands in several files, in a folder of its name; `names` lists
    those."""

    module: str
    files: tuple[str, ...]
    names: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParamFieldView:
    """A key of a dictionary: `name` as it is, `key` as a literal; `type`, and that as a literal."""

    name: str
    key: str
    type: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParamView:
    """A dictionary that a request may hold, as a class (`is_class`), by a call for keys that are no
    attributes (`is_call`), or a union of several: then only `alias`, as a literal."""

    name: str
    doc: str
    fields: tuple[ParamFieldView, ...] = ()
    alias: str = ""
    is_class: bool = False
    is_call: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ParamsModuleView:
    """A module of `params/`."""

    imports: tuple[str, ...]
    typing_imports: tuple[str, ...]
    params: tuple[ParamView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookView:
    """A constant that parses one webhook's requests; `key` is its name as a literal."""

    name: str
    key: str
    result: str
    doc: str
    settings: tuple[SettingView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhooksModuleView:
    """`webhooks.py`."""

    doc: str
    imports: tuple[str, ...]
    webhooks: tuple[WebhookView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeView:
    """A class for what came of one command; `key` is the command's name as a literal."""

    name: str
    key: str
    result: str
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandView:
    """A function that builds one command.

    `members` are its members by wire name; `inner` are those of the member called `holder` (a
    literal, empty where there is none), which is left out when empty where `is_optional`.
    """

    name: str
    result: str
    arguments: tuple[ArgumentView, ...]
    keywords: tuple[ArgumentView, ...]
    members: tuple[EntryView, ...]
    holder: str
    inner: tuple[EntryView, ...]
    is_optional: bool
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandsModuleView:
    """The module of a webhook that is answered with commands."""

    doc: str
    imports: tuple[str, ...]
    webhook: str
    operation: str
    """The id of the webhook's operation; not for printing."""
    request: str
    settings: tuple[SettingView, ...]
    outcomes: tuple[OutcomeView, ...]
    commands: tuple[CommandView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogueView:
    """A module of commands: calls of two of its functions, to begin with and to end with."""

    module: str
    begin: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiMethodView:
    """A method in the reference page; Markdown."""

    call: str
    route: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiResourceView:
    """A resource in the reference page; Markdown."""

    title: str
    methods: tuple[ApiMethodView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialView:
    """A credential in the README; Markdown. `sources` are arguments of the client, each with the
    variable that it is read from."""

    sources: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentedCall:
    """Source text, indented as in a `with` block; `answer` is JSON, empty where none is shown."""

    imports: tuple[str, ...]
    call: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageView:
    """What the package is: for `pyproject.toml`, the README, the reference and the smoke tests.

    `title` and `api_version` are Markdown, members ending in `_literal` are literals (of TOML for
    the description), `authors` tables of TOML. `smoke_arguments` are arguments of the client.
    """

    title: str
    title_literal: str
    distribution: str
    module: str
    client: str
    async_client: str
    version: str
    api_version: str
    description_literal: str
    summary: str
    """What the package says of itself, in Markdown; empty without it."""
    unofficial: bool
    kind: str
    """`Client`, or that it is an unofficial one."""
    license: str
    """An SPDX expression; empty where none is given."""
    is_mit: bool
    holder: str
    authors: str
    urls: tuple[str, ...]
    """Lines of TOML."""
    credential: str
    environment: tuple[str, ...]
    """The variables that the credentials are read from."""
    address: str
    """Where requests go unless something else is said; Markdown."""
    address_variable: str
    example: str
    async_example: str
    is_list_example: bool
    creation: DocumentedCall | None
    """A creation with its answer, where the description has examples of them."""
    has_models: bool
    has_params: bool
    has_webhooks: bool
    has_credential: bool
    schemes: tuple[CredentialView, ...]
    resources: tuple[ApiResourceView, ...]
    smoke_arguments: str
    attributes: tuple[str, ...]
    signed_webhook: str
    """The constant of a webhook that is signed, empty without one."""
    dialogues: tuple[DialogueView, ...]
    has_rpc: bool
