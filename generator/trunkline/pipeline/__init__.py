"""Puts the stages together; the only layer that stops a run.

Its parts are imported by name, so that a command pays only for the stages it uses:
`pipeline.load`, `pipeline.generate`, `pipeline.testing`, `pipeline.build`, `pipeline.run`.
"""

from trunkline.pipeline.load import Loaded, find_spec, load_api, spec_name, spec_names, specs_root

__all__ = ["Loaded", "find_spec", "load_api", "spec_name", "spec_names", "specs_root"]
