"""A report as text, JUnit XML, JSON lines and one self-contained HTML page."""

from trunkline.contract.report.html import html
from trunkline.contract.report.jsonlines import json_lines
from trunkline.contract.report.junit import junit
from trunkline.contract.report.read import merge, read_report
from trunkline.contract.report.text import summary

__all__ = ["html", "json_lines", "junit", "merge", "read_report", "summary"]
