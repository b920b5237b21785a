"""Views of dialogues: a function for every command, a class for every command's outcome."""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from trunkline.ir import (
    Api,
    Commands,
    Json,
    Object,
    Property,
    Reference,
    Schema,
    Union,
    Webhook,
)
from trunkline.names import Kind, NamePlan
from trunkline.names.describe import details, meaning, source
from trunkline.names.scope import Scope
from trunkline.names.words import pascal, snake
from trunkline.python.imports import Imports
from trunkline.python.types import TypePrinter
from trunkline.python.views import (
    ArgumentView,
    CommandsModuleView,
    CommandView,
    DialogueView,
    EntryView,
    OutcomeView,
    SettingView,
)
from trunkline.semantics.media import is_json
from trunkline.semantics.schemas import resolve
from trunkline.text import docstring, literal, sentence

_MODULES: Final = frozenset({"client", "models", "params", "resources", "webhooks"})
_NAMES: Final = frozenset(
    {
        "DIALOGUE",
        "UNSET",
        "Dialogue",
        "Final",
        "Outcome",
        "Unset",
        "build",
        "encode",
        "given",
        "outcome",
        "parse",
        *dir(builtins),
    }
)
"""What a generated module calls by name."""


@dataclass(frozen=True, slots=True)
class _Command:
    """A command: its value of the tag, its schema's name, and that schema."""

    value: str
    schema: str
    shape: Object
    about: Schema


def commands_modules(api: Api, plan: NamePlan, wanted: set[str]) -> dict[str, CommandsModuleView]:
    """A module for every webhook with commands, by module name.

    The schemas whose dictionaries the functions name are added to `wanted`.
    """
    scope = Scope(_MODULES)
    found: dict[str, CommandsModuleView] = {}
    for hook in api.webhooks:
        module = _Module(api, plan, hook, wanted).view() if hook.commands is not None else None
        if module is not None:
            found[scope.take(snake(hook.name, empty="dialogue"), hook.name)] = module
    return found


def dialogues(api: Api, modules: Mapping[str, CommandsModuleView]) -> tuple[DialogueView, ...]:
    """What documentation shows of the modules: calls that the description's examples make."""
    hooks = {hook.operation.id: hook for hook in api.webhooks}
    found: list[DialogueView] = []
    for name, module in modules.items():
        answers = [
            example
            for response in hooks[module.operation].operation.responses
            for content in response.contents
            for example in content.examples.values()
            if isinstance(example, dict)
        ]
        calls = [call for answer in answers if (call := _call(module, answer))]
        calls += [f"{c.name}()" for c in module.commands if not c.arguments][:1]
        if calls:
            last = min(calls, key=len)
            found.append(DialogueView(module=name, begin=calls[0], end=last))
    return tuple(found)


def _call(module: CommandsModuleView, answer: Mapping[str, Json]) -> str:
    """The call that builds an answer, "" where there is no function for it."""
    printed = {literal(key): value for key, value in answer.items()}
    for command in module.commands:
        constants = [e for e in command.members if e.value.startswith(("'", '"'))]
        if not all(literal(printed.get(e.key)) == e.value for e in constants):
            continue
        held = printed.get(command.holder)
        inner = held if isinstance(held, dict) else {}
        given = {**printed, **{literal(key): value for key, value in inner.items()}}
        names = [*command.inner, *command.members]
        parts = [
            f"{e.value}={literal(given[e.key])}"
            for e in names
            if e not in constants and e.key in given
        ]
        return f"{command.name}({', '.join(parts)})"
    return ""


class _Module:
    def __init__(self, api: Api, plan: NamePlan, hook: Webhook, wanted: set[str]) -> None:
        self._api = api
        self._plan = plan
        self._hook = hook
        self._imports = Imports()
        self._types = TypePrinter(
            api, plan, self._imports, models=".models", runtime="._runtime", wanted=wanted
        )
        self._scope = Scope({*_NAMES, *(c.name for c in plan.classes.values())})

    def view(self) -> CommandsModuleView | None:
        hook, says = self._hook, self._hook.commands
        request = self._request()
        tag, listed = self._commands()
        if says is None or request is None or tag is None or not listed:
            return None
        attributes = self._plan.classes[request].fields
        if says.command not in attributes or says.result not in attributes:
            return None
        constant = self._plan.webhooks[hook.operation.id]
        self._imports.add("typing", "Final")
        self._imports.add("._runtime.commands", "Dialogue", "Outcome", "build", "given")
        self._imports.add(".webhooks", constant)
        self._types.result(Schema(shape=Reference(request), meta=self._api.schemas[request].meta))
        outcomes, functions = [], []
        for command in listed:
            outcomes.append(self._outcome(command, says))
            functions.append(self._function(command, says, tag))
        settings = [
            SettingView(name=name, value=literal(attributes[member]))
            for name, member in (
                ("command", says.command),
                ("result", says.result),
                ("id", says.id),
                ("error", says.error),
            )
            if member is not None and member in attributes
        ]
        text = (
            f"Commands that answer `{sentence(hook.name)}` requests of {sentence(self._api.title)}."
            "\n\n`parse` reads a request, `outcome` says what came of the command before, the"
            " functions named like commands build the next one, and `encode` prints it."
        )
        return CommandsModuleView(
            doc=docstring(text),
            imports=self._imports.lines(),
            webhook=constant,
            operation=hook.operation.id,
            request=self._plan.classes[request].name,
            settings=tuple(settings),
            outcomes=tuple(outcomes),
            commands=tuple(functions),
        )

    def _request(self) -> str | None:
        """The named schema of the request's body."""
        body = self._hook.operation.body
        for content in body.contents if body is not None else ():
            if is_json(content.media_type) and content.schema is not None:
                shape = content.schema.shape
                if isinstance(shape, Reference) and self._is_model(shape.name):
                    return shape.name
        return None

    def _is_model(self, name: str) -> bool:
        cls = self._plan.classes.get(name)
        return cls is not None and cls.kind is Kind.MODEL

    def _commands(self) -> tuple[str | None, list[_Command]]:
        """The tag of the answer's union, and its members in the order of their names."""
        for response in self._hook.operation.responses:
            for content in response.contents if response.is_success else ():
                if is_json(content.media_type) and content.schema is not None:
                    shape = resolve(self._api.schemas, content.schema).shape
                    if isinstance(shape, Union) and shape.discriminator is not None:
                        mapping = shape.discriminator.mapping
                        return shape.discriminator.property, list(self._members(mapping))
        return None, []

    def _members(self, mapping: Mapping[str, str]) -> Iterator[_Command]:
        for value, name in sorted(mapping.items()):
            about = self._api.schemas[name]
            if isinstance(about.shape, Object) and self._is_model(name):
                yield _Command(value, name, about.shape, about)

    def _outcome(self, command: _Command, says: Commands) -> OutcomeView:
        schema = says.results.get(command.value)
        if schema is None:
            body = self._api.schemas[self._request() or ""].shape
            prop = body.property(says.result) if isinstance(body, Object) else None
            schema = prop.schema if prop is not None else None
        kind = self._types.result(schema).removesuffix(" | None") if schema is not None else "Any"
        if kind == "Any":
            self._imports.add("typing", "Any")
        parts = [f"What came of `{sentence(command.value)}`."]
        if command.value in says.results and schema is not None:
            told = sentence(meaning(self._api, schema))
            cited = source(schema.meta.origin)
            parts.append(f"`result`: {told}" if told else "")
            parts.append(f"Source: {cited}." if cited else "")
        name = f"{pascal(command.value)}Outcome"
        return OutcomeView(
            name=self._scope.take(name, name),
            key=literal(command.value),
            result=kind,
            doc=docstring("\n\n".join(p for p in parts if p), 4),
        )

    def _function(self, command: _Command, says: Commands, tag: str) -> CommandView:
        own = Scope({"self"})
        positional: list[ArgumentView] = []
        keywords: list[ArgumentView] = []
        lines: list[str] = []
        members: list[EntryView] = [EntryView(key=literal(tag), value=literal(command.value))]
        inner: list[EntryView] = []
        needs = False
        for prop in sorted(command.shape.properties, key=lambda p: p.name != says.arguments):
            if prop.name == tag:
                continue
            shape = resolve(self._api.schemas, prop.schema).shape
            if prop.name == says.arguments and isinstance(shape, Object):
                needs = prop.required
                for argument in shape.properties:
                    name = own.take(snake(argument.name, empty="argument"), argument.name)
                    self._argument(argument, name, positional, keywords, lines)
                    inner.append(EntryView(key=literal(argument.name), value=name))
                continue
            name = own.take(snake(prop.name, empty="argument"), prop.name)
            self._argument(prop, name, positional, keywords, lines)
            members.append(EntryView(key=literal(prop.name), value=name))
        text = [meaning(self._api, command.about) or f"The command `{sentence(command.value)}`."]
        cited = source(command.about.meta.origin)
        if cited:
            text.append(f"Source: {cited}.")
        if lines:
            text.append("\n".join(["Args:", *lines]))
        cls = self._plan.classes[command.schema]
        self._imports.add(f".models.{cls.module}", cls.name)
        return CommandView(
            name=self._scope.take(snake(command.value, empty="command"), command.value),
            result=cls.name,
            arguments=tuple(positional),
            keywords=tuple(keywords),
            members=tuple(members),
            holder=literal(says.arguments) if inner else "",
            inner=tuple(inner),
            is_optional=not needs,
            doc=docstring("\n\n".join(text), 4),
        )

    def _argument(
        self,
        prop: Property,
        name: str,
        positional: list[ArgumentView],
        keywords: list[ArgumentView],
        lines: list[str],
    ) -> None:
        annotation = self._types.argument(prop.schema)
        if prop.required:
            positional.append(ArgumentView(name=name, text=f"{name}: {annotation}"))
        else:
            self._imports.add("._runtime", "UNSET", "Unset")
            text = f"{name}: {annotation} | Unset = UNSET"
            keywords.append(ArgumentView(name=name, text=text))
        about = " ".join(
            p
            for p in (
                sentence(meaning(self._api, prop.schema)),
                details(self._api, prop.schema),
            )
            if p
        )
        if about:
            lines.append(f"    {name}: {about}")
