"""A comparison as text: for terminals, pull requests, browsers, programs and CI systems."""

from trunkline.evolve.render.github import github
from trunkline.evolve.render.html import html
from trunkline.evolve.render.json_text import json_text
from trunkline.evolve.render.junit import junit
from trunkline.evolve.render.markdown import markdown
from trunkline.evolve.render.report import Report
from trunkline.evolve.render.sarif import sarif
from trunkline.evolve.render.terminal import terminal

__all__ = ["Report", "github", "html", "json_text", "junit", "markdown", "sarif", "terminal"]
