"""Puts the stages together; the only layer that stops a run."""

from trunkline.pipeline.load import Loaded, find_spec, load_api, spec_name, spec_names, specs_root

__all__ = ["Loaded", "find_spec", "load_api", "spec_name", "spec_names", "specs_root"]
