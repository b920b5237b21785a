"""A'"\\7*7."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset
from ..models.a_7_7 import Schema77XEnd77RawXImportOsOsSystemXEnd, T

_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({"key": ()},)

_RETRIEVE: Final[Operation[T]] = Operation(
    id='""" \'\'\' \\ {{ 7*7 }} {% raw %} ${x} \n import os; os.system("x") # \u202e\u2066 \x07 end\\',
    method="GET",
    path="/a'\"\\7*7/{p'\"}",
    responses={"200": T},
    security=_SECURITY,
)


class A7_7(SyncResource):
    """A'"\\7*7."""

    def retrieve(
        self,
        p: str,
        *,
        argument_7_7_raw_x_import_os_os_system_x_end: Schema77XEnd77RawXImportOsOsSystemXEnd
        | str
        | Unset = UNSET,
        x: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> T:
        """\"\"\" ''' \\ {{ 7*7 }} {% raw %} ${x}
         import os; os.system("x") #   end\\.

        Args:
            p: \"\"\" ''' \\ {{ 7*7 }} {% raw %} ${x} import os; os.system("x") # end\\. Default:
                `'\"\"\" \\'\\'\\' \\\\ {{ 7*7 }} {% raw %} ${x} \\n import os; os.system("x") #
                \\u202e\\u2066 \\x07 end\\\\'`.
            argument_7_7_raw_x_import_os_os_system_x_end: Default: `'\"\"\" \\'\\'\\' \\\\ {{ 7*7 }} {%
                raw %} ${x} \\n import os; os.system("x") # \\u202e\\u2066 \\x07 end\\\\'`.
        """
        return self._client.call(
            _RETRIEVE,
            path={
                "p'\"": p,
            },
            query={
                '""" \'\'\' \\ {{ 7*7 }} {% raw %} ${x} \n import os; os.system("x") # \u202e\u2066 \x07 end\\': argument_7_7_raw_x_import_os_os_system_x_end,
            },
            headers={
                "X-'\"": x,
            },
            options=options,
        )


class AsyncA7_7(AsyncResource):
    """A'"\\7*7."""

    async def retrieve(
        self,
        p: str,
        *,
        argument_7_7_raw_x_import_os_os_system_x_end: Schema77XEnd77RawXImportOsOsSystemXEnd
        | str
        | Unset = UNSET,
        x: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> T:
        """\"\"\" ''' \\ {{ 7*7 }} {% raw %} ${x}
         import os; os.system("x") #   end\\.

        Args:
            p: \"\"\" ''' \\ {{ 7*7 }} {% raw %} ${x} import os; os.system("x") # end\\. Default:
                `'\"\"\" \\'\\'\\' \\\\ {{ 7*7 }} {% raw %} ${x} \\n import os; os.system("x") #
                \\u202e\\u2066 \\x07 end\\\\'`.
            argument_7_7_raw_x_import_os_os_system_x_end: Default: `'\"\"\" \\'\\'\\' \\\\ {{ 7*7 }} {%
                raw %} ${x} \\n import os; os.system("x") # \\u202e\\u2066 \\x07 end\\\\'`.
        """
        return await self._client.call(
            _RETRIEVE,
            path={
                "p'\"": p,
            },
            query={
                '""" \'\'\' \\ {{ 7*7 }} {% raw %} ${x} \n import os; os.system("x") # \u202e\u2066 \x07 end\\': argument_7_7_raw_x_import_os_os_system_x_end,
            },
            headers={
                "X-'\"": x,
            },
            options=options,
        )
