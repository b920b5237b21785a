"""Views through templates; templates of a user's own come first."""

from trunkline.render.engine import Renderer, model_templates, report_unused, templates_root
from trunkline.render.package import package_sources

__all__ = ["Renderer", "model_templates", "package_sources", "report_unused", "templates_root"]
