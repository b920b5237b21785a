"""Bodies of every kind, several media types of one operation, files from memory."""

import io
import sys
from datetime import UTC, datetime

from trunkline_bodies import Bodies

with Bodies(base_url=sys.argv[1]) as client:
    client.json.create(
        name="n", secret="s", parts=[{"size": 1}], when=datetime(2024, 5, 1, tzinfo=UTC)
    )
    client.array.create(body=[1, 2])
    client.form.create(to="+1 2", status_callback_event=["a", "b"])
    client.upload.create(
        file=("a.png", b"PNG", "image/png"), more=[b"one", io.BytesIO(b"two")], about={"a": "é"}
    )
    client.raw_.replace(body=b"raw\xff")
    client.text.replace(body="a,b\n")
    client.several.create(a="x y")
    client.several.create(a="x y", media_type="application/x-www-form-urlencoded")
    client.several.create_xml(body="<a>x</a>")
