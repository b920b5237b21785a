"""A report as text, Markdown, JSON lines, one HTML page, and in the formats of others."""

from trunkline.contract.reports.allure import allure
from trunkline.contract.reports.baseline import Baseline, write
from trunkline.contract.reports.html import html
from trunkline.contract.reports.jsonlines import json_lines
from trunkline.contract.reports.junit import junit
from trunkline.contract.reports.markdown import markdown
from trunkline.contract.reports.read import is_of_receiver, merge, parse_report, read_report
from trunkline.contract.reports.sarif import sarif
from trunkline.contract.reports.since import Since, changed, since
from trunkline.contract.reports.tests import as_tests
from trunkline.contract.reports.text import block, summary, title
from trunkline.contract.reports.wfc import wfc

__all__ = [
    "Baseline",
    "Since",
    "allure",
    "as_tests",
    "block",
    "changed",
    "html",
    "is_of_receiver",
    "json_lines",
    "junit",
    "markdown",
    "merge",
    "parse_report",
    "read_report",
    "sarif",
    "since",
    "summary",
    "title",
    "wfc",
    "write",
]
