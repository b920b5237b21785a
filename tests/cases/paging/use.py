"""Page after page, by number and by cursor."""

import asyncio
import sys

from trunkline_paging import AsyncPaging, Paging

with Paging(base_url=sys.argv[1]) as client:
    print([order.id for order in client.orders.list(page_size=2)])


async def main() -> None:
    async with AsyncPaging(base_url=sys.argv[1]) as client:
        print([line async for line in client.orders.lines.list("1")])


asyncio.run(main())
