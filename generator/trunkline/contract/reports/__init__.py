"""A report as text, JUnit XML, JSON lines and one self-contained HTML page."""

from trunkline.contract.reports.baseline import Baseline, write
from trunkline.contract.reports.html import html
from trunkline.contract.reports.jsonlines import json_lines
from trunkline.contract.reports.junit import junit
from trunkline.contract.reports.read import merge, read_report
from trunkline.contract.reports.text import block, summary, title

__all__ = [
    "Baseline",
    "block",
    "html",
    "json_lines",
    "junit",
    "merge",
    "read_report",
    "summary",
    "title",
    "write",
]
