"""A page of its own: everything, with an address for every change."""

from __future__ import annotations

from html import escape
from typing import Final

from trunkline.evolve.change import Change, Verdict
from trunkline.evolve.render.report import Report, counted
from trunkline.evolve.render.words import plain, plural

_STYLE: Final = """
:root { color-scheme: light dark; --line: #8884; --bad: #b3261e; --care: #8a6100; --good: #1b6e3c; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; --care: #ffcf5c; --good: #7ddc9f; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.4rem; overflow-wrap: anywhere; }
code { font-size: .9em; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line);
  vertical-align: top; }
article { border-left: 4px solid; padding: .1rem 0 .1rem .8rem; margin: 1rem 0; }
article p { margin: .2rem 0; }
article:target { background: #ffd54f33; }
.breaking { border-color: var(--bad); } .dangerous { border-color: var(--care); }
.compatible { border-color: var(--good); }
.id { float: right; text-decoration: none; font-size: .8rem; }
summary { cursor: pointer; padding: .4rem 0; }
"""
_TITLES: Final = {
    Verdict.BREAKING: "Breaking",
    Verdict.DANGEROUS: "Dangerous",
    Verdict.COMPATIBLE: "Compatible",
}


def html(report: Report) -> str:
    """The page: the sum, the operations, then the changes, compatible ones folded away."""
    title = f"{_text(report.old)} → {_text(report.new)}"
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{title}</h1>",
    ]
    if not report.changes and not report.waived:
        return "".join([*parts, "<p>Nothing changed.</p></body></html>\n"])
    parts.append(f"<p><strong>{_text(report.summary)}</strong></p>")
    parts += _operations(report)
    for verdict in reversed(Verdict):
        changes = report.of(verdict)
        if not changes:
            continue
        shown = "".join(_change(report, change) for change in report.entries(verdict))
        if verdict is Verdict.COMPATIBLE:
            title = plural(len(changes), "compatible change")
            parts.append(f"<details><summary>{title}</summary>{shown}</details>")
        else:
            parts.append(f"<h2>{_TITLES[verdict]}</h2>{shown}")
    if report.waived:
        parts.append("<h2>Accepted</h2><ul>")
        for waived in report.waived:
            reason = _text(waived.waiver.reason)
            parts.append(f"<li>{_text(waived.change.message)}: {reason}</li>")
        parts.append("</ul>")
    return "".join([*parts, "</body></html>\n"])


def _operations(report: Report) -> list[str]:
    if not report.affected:
        return []
    rows = [
        f"<tr><td><code>{_text(report.shown(place))}</code></td><td>{counted(counts)}</td></tr>"
        for place, counts in report.affected
    ]
    head = "<table><thead><tr><th>where</th><th>changes</th></tr></thead><tbody>"
    table = f"{head}{''.join(rows)}</tbody></table>"
    if not report.is_long:
        return [table]
    title = plural(len(rows), "operation or other part", "operations and other parts")
    return [f"<details><summary>{title}, the worst first</summary>{table}</details>"]


def _change(report: Report, change: Change) -> str:
    places = "<br>".join(f"<code>{_text(report.shown(place))}</code>" for place in change.places)
    at = ", ".join(f"{side} {_text(str(p))}" for side, p in _positions(change))
    lines = [
        f'<article class="{change.verdict}" id="{change.id}">',
        f'<a class="id" href="#{change.id}" title="address of this change">{change.id}</a>',
        f"<p><strong>{_text(change.message)}</strong> <code>{change.rule.id}</code></p>",
        f"<p>{places}</p>",
    ]
    if at:
        lines.append(f"<p><small>{at}</small></p>")
    if change.verdict is not Verdict.COMPATIBLE:
        lines.append(f"<p>{_text(change.why)}<br>{_text(change.rule.remedy)}</p>")
    return "".join([*lines, "</article>"])


def _positions(change: Change) -> list[tuple[str, object]]:
    return [(side, at) for side, at in (("old", change.old), ("new", change.new)) if at]


def _text(text: str) -> str:
    return escape(plain(text))
