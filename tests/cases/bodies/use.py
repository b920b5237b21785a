"""Bodies of every kind, several media types of one operation, files from memory."""

import io
import sys
from datetime import UTC, datetime

from trunkline_bodies import Bodies

with Bodies(base_url=sys.argv[1]) as client:
    client.json.send(
        name="n", secret="s", parts=[{"size": 1}], when=datetime(2024, 5, 1, tzinfo=UTC)
    )
    client.array.send(body=[1, 2])
    client.form.send(to="+1 2", status_callback_event=["a", "b"])
    client.upload.create(
        file=("a.png", b"PNG", "image/png"), more=[b"one", io.BytesIO(b"two")], about={"a": "é"}
    )
    client.raw.update(body=b"raw\xff")
    client.text.update(body="a,b\n")
    client.several.send(a="x y")
    client.several.send(a="x y", media_type="application/x-www-form-urlencoded")
    client.several.send_xml(body="<a>x</a>")
