"""Several statuses, ranges, `default`, bytes, text, events and lines; plain and asynchronous."""

import asyncio
import sys

from trunkline_responses import APIStatusError, AsyncResponses, Responses

with Responses(base_url=sys.argv[1], max_retries=0) as client:
    for _ in range(3):
        print(repr(client.json.retrieve()))
    try:
        client.json.retrieve()
    except APIStatusError as error:
        print(error.status_code, type(error.body).__name__)
    print(client.bytes.retrieve(), client.text.retrieve(), client.free.retrieve())
    with client.events.retrieve() as events:
        print([event.a for event in events])
    with client.lines.retrieve() as lines:
        print([line.a for line in lines])
    print(client.chat.create(text="hi").a)
    with client.chat.create_stream(text="hi") as pieces:
        print([piece.b for piece in pieces])
    print(client.default.retrieve().a)


async def main() -> None:
    async with AsyncResponses(base_url=sys.argv[1]) as client:
        print(await client.bytes.retrieve())
        async with await client.events.retrieve() as events:
            print([event.a async for event in events])


asyncio.run(main())
