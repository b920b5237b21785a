from __future__ import annotations

from typing import Any

import pytest

from trunkline.runtime import AsyncResource, Operation, SyncResource
from trunkline.runtime.errors import APIConnectionError, NotFoundError

DOWNLOAD: Operation[bytes] = Operation(
    id="download", method="GET", path="/file", responses={"200": bytes}, accept="audio/wav"
)
WAV = {"Content-Type": "audio/wav"}
CONTENT = bytes(range(256)) * 1000


class Files(SyncResource):
    def download(self) -> bytes:
        return self._client.call(DOWNLOAD)


class AsyncFiles(AsyncResource):
    async def download(self) -> bytes:
        return await self._client.call(DOWNLOAD)


def files(caller: Any) -> Any:
    return Files(caller.client) if caller.kind == "sync" else AsyncFiles(caller.client)


def streamed(caller: Any, use: str, *arguments: Any) -> Any:
    """Call the method `use` of the streamed answer to the download."""
    opening = caller.client.with_streaming_response(files(caller).download)()
    if caller.kind == "sync":
        with opening as response:
            return getattr(response, use)(*arguments)

    async def run() -> Any:
        async with opening as response:
            return await getattr(response, use)(*arguments)

    return caller.runner.run(run())


def test_a_download_is_bytes(connect, server, answer):
    server.answers = [answer(200, CONTENT, WAV)]
    caller = connect()
    assert caller.run(files(caller).download()) == CONTENT
    assert server.seen[0].headers["accept"] == "audio/wav"


def test_a_download_is_written_piece_by_piece(connect, server, answer, tmp_path):
    server.answers = [answer(200, headers=WAV, chunks=[CONTENT[:1000], CONTENT[1000:]])]
    streamed(connect(), "save", tmp_path / "tone.wav")
    assert (tmp_path / "tone.wav").read_bytes() == CONTENT


def test_a_streamed_answer_can_still_be_decoded(connect, server, answer):
    server.answers = [answer(200, CONTENT, WAV)]
    assert streamed(connect(), "parse") == CONTENT


def test_a_download_that_breaks_off_is_an_error(connect, server, answer, tmp_path):
    server.answers = [answer(200, CONTENT, WAV, cut=True)]
    with pytest.raises(APIConnectionError, match=r"GET http://127.0.0.1:\d+/file: "):
        streamed(connect(), "save", tmp_path / "half.wav")


def test_an_error_is_raised_before_the_answer_is_handed_out(connect, server, reply):
    server.answers = [reply({"message": "no such file"}, 404)]
    with pytest.raises(NotFoundError, match="no such file"):
        streamed(connect(), "read")


def test_a_raw_answer_reads_and_decodes_later(connect, server, reply):
    server.answers = [reply({"a": 1}, X_Request_Id="r-1")]
    caller = connect()
    response = caller.run(caller.client.with_raw_response(files(caller).download)())
    assert (response.status_code, response.request_id) == (200, "r-1")
    assert response.parse() == b'{"a": 1}'
    assert response.json() == {"a": 1}


def test_only_methods_of_resources_have_an_answer(connect):
    caller = connect()
    with pytest.raises(TypeError, match=r"client\.things\.create"):
        caller.client.with_raw_response(print)
