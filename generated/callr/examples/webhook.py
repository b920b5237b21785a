"""A server that checks who sent a webhook, then prints it: python webhook.py [PORT]

The secret is read from the variable WEBHOOK_SECRET.
"""

import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from trunkline_callr import webhooks
from trunkline_callr.errors import SignatureError, WebhookError


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            event = webhooks.BILLING_CREDIT.parse(
                body, dict(self.headers), os.environ["WEBHOOK_SECRET"]
            )
        except SignatureError as error:
            self.send_error(401, str(error))
            return
        except WebhookError as error:
            self.send_error(400, str(error))
            return
        print(event, flush=True)
        self.send_response(204)
        self.end_headers()


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if sys.argv[1:] else 8000), Handler)
    print(f"http://127.0.0.1:{server.server_port}/", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
