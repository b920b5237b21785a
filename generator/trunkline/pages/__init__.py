"""Pages about APIs: what an integrator needs first, and below it where each fact is from."""

from trunkline.pages.page import api_page

__all__ = ["api_page"]
