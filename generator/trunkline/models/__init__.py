"""Models: the normalised schema into datamodel-code-generator, rendered by our templates."""

from trunkline.models.files import model_files
from trunkline.models.schema import document

__all__ = ["document", "model_files"]
