"""Matrix."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .._runtime import AsyncResource, SyncResource

if TYPE_CHECKING:
    from .matrix_label import AsyncMatrixLabel, MatrixLabel


class Matrix(SyncResource):
    """Matrix."""

    @cached_property
    def label(self) -> MatrixLabel:
        """Label."""
        from .matrix_label import MatrixLabel

        return MatrixLabel(self._client)


class AsyncMatrix(AsyncResource):
    """Matrix."""

    @cached_property
    def label(self) -> AsyncMatrixLabel:
        """Label."""
        from .matrix_label import AsyncMatrixLabel

        return AsyncMatrixLabel(self._client)
