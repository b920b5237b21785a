"""Path."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, Style, SyncResource
from ..models.shared import Rgb
from ..params.shared import RgbParam

_RETRIEVE: Final[Operation[None]] = Operation(
    id="getPath",
    method="GET",
    path="/path/{simple}/{simples}/{simplex}/{label}/{labels}/{labelx}/{labelso}/{matrix}/{matrices}/{matrixx}/{matrixo}/{matrixp}",
    responses={"204": None},
    path_styles={
        "simplex": Style("simple", explode=True),
        "label": Style("label"),
        "labels": Style("label"),
        "labelx": Style("label", explode=True),
        "labelso": Style("label", explode=True),
        "matrix": Style("matrix"),
        "matrices": Style("matrix"),
        "matrixx": Style("matrix", explode=True),
        "matrixo": Style("matrix"),
        "matrixp": Style("matrix", explode=True),
    },
)


class Path(SyncResource):
    """Path."""

    def retrieve(
        self,
        simple: str,
        simples: Sequence[str],
        simplex: Rgb | RgbParam,
        label: str,
        labels: Sequence[str],
        labelx: Sequence[str],
        labelso: Rgb | RgbParam,
        matrix: str,
        matrices: Sequence[str],
        matrixx: Sequence[str],
        matrixo: Rgb | RgbParam,
        matrixp: Rgb | RgbParam,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET
        /path/{simple}/{simples}/{simplex}/{label}/{labels}/{labelx}/{labelso}/{matrix}/{matrices}/{matrixx}/{matrixo}/{matrixp}.
        """
        return self._client.call(
            _RETRIEVE,
            path={
                "simple": simple,
                "simples": simples,
                "simplex": simplex,
                "label": label,
                "labels": labels,
                "labelx": labelx,
                "labelso": labelso,
                "matrix": matrix,
                "matrices": matrices,
                "matrixx": matrixx,
                "matrixo": matrixo,
                "matrixp": matrixp,
            },
            options=options,
        )


class AsyncPath(AsyncResource):
    """Path."""

    async def retrieve(
        self,
        simple: str,
        simples: Sequence[str],
        simplex: Rgb | RgbParam,
        label: str,
        labels: Sequence[str],
        labelx: Sequence[str],
        labelso: Rgb | RgbParam,
        matrix: str,
        matrices: Sequence[str],
        matrixx: Sequence[str],
        matrixo: Rgb | RgbParam,
        matrixp: Rgb | RgbParam,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET
        /path/{simple}/{simples}/{simplex}/{label}/{labels}/{labelx}/{labelso}/{matrix}/{matrices}/{matrixx}/{matrixo}/{matrixp}.
        """
        return await self._client.call(
            _RETRIEVE,
            path={
                "simple": simple,
                "simples": simples,
                "simplex": simplex,
                "label": label,
                "labels": labels,
                "labelx": labelx,
                "labelso": labelso,
                "matrix": matrix,
                "matrices": matrices,
                "matrixx": matrixx,
                "matrixo": matrixo,
                "matrixp": matrixp,
            },
            options=options,
        )
