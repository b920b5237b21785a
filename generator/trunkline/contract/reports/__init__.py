"""A report as text, JUnit XML, JSON lines and one self-contained HTML page."""

from trunkline.contract.reports.baseline import Baseline, write
from trunkline.contract.reports.html import html
from trunkline.contract.reports.jsonlines import json_lines
from trunkline.contract.reports.junit import junit
from trunkline.contract.reports.read import is_of_receiver, merge, parse_report, read_report
from trunkline.contract.reports.tests import as_tests
from trunkline.contract.reports.text import block, summary, title

__all__ = [
    "Baseline",
    "as_tests",
    "block",
    "html",
    "is_of_receiver",
    "json_lines",
    "junit",
    "merge",
    "parse_report",
    "read_report",
    "summary",
    "title",
    "write",
]
