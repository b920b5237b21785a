"""What is worked out once about every resource and operation."""

from trunkline.emulator.resources.compiled import OperationCompiler

__all__ = ["OperationCompiler"]
