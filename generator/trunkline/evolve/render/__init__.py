"""A comparison as text: terminal, Markdown, JSON, JUnit, annotations of GitHub Actions."""

from trunkline.evolve.render.github import github
from trunkline.evolve.render.json_text import json_text
from trunkline.evolve.render.junit import junit
from trunkline.evolve.render.markdown import markdown
from trunkline.evolve.render.report import Report
from trunkline.evolve.render.terminal import terminal

__all__ = ["Report", "github", "json_text", "junit", "markdown", "terminal"]
