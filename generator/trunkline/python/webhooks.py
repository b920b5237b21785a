"""Views of `webhooks.py`: one constant per webhook, which parses and verifies requests."""

from __future__ import annotations

from trunkline.ir import Api, Schema, Webhook
from trunkline.names import NamePlan
from trunkline.names.describe import paragraphs, source
from trunkline.python.imports import Imports
from trunkline.python.types import TypePrinter
from trunkline.python.views import SettingView, WebhooksModuleView, WebhookView
from trunkline.semantics.media import is_json
from trunkline.text import docstring, literal, sentence


def incoming(api: Api) -> tuple[Webhook, ...]:
    """What the service asks of its user's server: webhooks, then the callbacks of operations."""
    callbacks = (hook for operation in api.operations for hook in operation.callbacks)
    return (*api.webhooks, *callbacks)


def webhooks_module(api: Api, plan: NamePlan) -> WebhooksModuleView | None:
    """`webhooks.py`, None where the description has neither webhooks nor callbacks."""
    hooks = incoming(api)
    if not hooks:
        return None
    imports = Imports()
    imports.add("typing", "Final")
    imports.add("._runtime.webhooks", "Webhook")
    types = TypePrinter(api, plan, imports, models=".models", runtime="._runtime")
    views = tuple(_view(plan, hook, imports, types) for hook in hooks)
    return WebhooksModuleView(
        doc=docstring(f"Requests that {sentence(api.title)} makes."),
        imports=imports.lines(),
        webhooks=views,
    )


def _schema(hook: Webhook) -> Schema | None:
    body = hook.operation.body
    for content in body.contents if body is not None else ():
        if is_json(content.media_type):
            return content.schema
    return None


def _view(plan: NamePlan, hook: Webhook, imports: Imports, types: TypePrinter) -> WebhookView:
    schema = _schema(hook)
    if schema is None:
        imports.add("typing", "Any")
    result = types.result(schema) if schema is not None else "Any"
    settings: list[SettingView] = []
    signature = hook.signature
    if signature is not None:
        imports.add("._runtime.webhooks", "Signature")
        parts = [literal(signature.header)]
        if signature.algorithm != "sha256":
            parts.append(f"algorithm={literal(signature.algorithm)}")
        if signature.encoding != "base64":
            parts.append(f"encoding={literal(signature.encoding)}")
        settings.append(SettingView(name="signature", value=f"Signature({', '.join(parts)})"))
    operation = hook.operation
    kind = "webhook" if hook.expression is None else "callback"
    paragraph = paragraphs(
        operation.summary, operation.description, f"The {kind} {sentence(hook.name)}."
    )
    if hook.expression is not None:
        paragraph.append(f"Sent to `{sentence(hook.expression)}`.")
    cited = source(operation.origin)
    if cited:
        paragraph.append(f"Source: {cited}.")
    return WebhookView(
        name=plan.webhooks[hook.operation.id],
        key=literal(hook.name),
        result=result,
        doc=docstring("\n\n".join(paragraph)),
        settings=tuple(settings),
    )
