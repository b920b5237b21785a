"""A server that answers requests with commands: python realtime.py [PORT]"""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from trunkline_callr import realtime
from trunkline_callr.errors import WebhookError


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            request = realtime.parse(body)
        except WebhookError as error:
            self.send_error(400, str(error))
            return
        outcome = realtime.outcome(request)
        if outcome is None:  # the first request
            answer = realtime.encode(
                realtime.read(
                    media_id="TTS|TTS_EN-GB_SERENA|Please key in your number",
                    attempts=3,
                    max_digits=2,
                    timeout_ms=5000,
                    command_id=1,
                    variables={"menu": "main"},
                )
            )
        else:
            print(outcome, flush=True)
            answer = realtime.encode(realtime.hangup())
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if sys.argv[1:] else 8000), Handler)
    print(f"http://127.0.0.1:{server.server_port}/", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
