"""What HTTP says of a response, whatever a description says."""

import pytest

from trunkline.contract.model import Exchange, Request
from trunkline.contract.model.http_rules import http_problems


def problems(method, status, headers=None, body=b"", sent=None, payload=None):
    request = Request(method=method, url="http://x/", headers=sent or {}, body=payload)
    return [(r, s) for r, s, _ in http_problems(Exchange(request, status, headers or {}, body, 0))]


CONDITION = {"If-None-Match": '"1"'}


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (problems("GET", 200), []),
        (problems("GET", 600), [("status-consistent", "status")]),
        (problems("GET", 99), [("status-consistent", "status")]),
        (problems("DELETE", 204), []),
        (problems("DELETE", 204, {"content-length": "0"}), []),
        (problems("DELETE", 204, {"content-length": "2"}), [("status-consistent", "204")]),
        (problems("POST", 205), []),
        (problems("POST", 205, body=b"x"), [("status-consistent", "205")]),
        (problems("GET", 206, sent={"Range": "bytes=0-1"}), []),
        (problems("GET", 206), [("status-consistent", "206")]),
        (problems("GET", 304, sent=CONDITION), []),
        (problems("HEAD", 304, sent={"If-Modified-Since": "x"}), []),
        (problems("GET", 304), [("status-consistent", "304")]),
        (problems("PUT", 304, sent=CONDITION), [("status-consistent", "304")]),
        (problems("GET", 426, {"upgrade": "TLS/1.2"}), []),
        (problems("GET", 426), [("status-consistent", "426")]),
        (problems("GET", 413), [("status-consistent", "413")]),
        (problems("DELETE", 415), [("status-consistent", "415")]),
        (problems("POST", 415), []),
        (problems("GET", 415, payload=b"x"), []),
        *(
            (problems("GET", 200, {"content-type": f"text/plain; charset={named}"}, body), found)
            for named, body, found in (
                ("utf-8", "é".encode(), []),
                ("utf-8", "é".encode("latin-1"), [("headers-formed", "content-type")]),
                ("us-ascii", b"e", []),
                ("us-ascii", "é".encode(), [("headers-formed", "content-type")]),
                ("iso-8859-1", "é".encode("latin-1"), []),
                ("iso-8859-1", b"e", []),
                ("ISO-8859-1", "é".encode(), [("headers-formed", "content-type")]),
                ("hex", b"\xff", []),
                ("unheard-of", b"\xff", []),
            )
        ),
        (problems("GET", 401, {"www-authenticate": "Bearer"}), []),
        (problems("GET", 401), [("challenge-sent", "")]),
        (problems("GET", 200, {"date": "Sun, 06 Nov 1994 08:49:37 GMT"}), []),
        (problems("GET", 200, {"last-modified": "Sunday, 06-Nov-94 08:49:37 GMT"}), []),
        (problems("GET", 200, {"last-modified": "Sun Nov  6 08:49:37 1994"}), []),
        (problems("GET", 200, {"date": "a while ago"}), [("headers-formed", "date")]),
        (problems("GET", 429, {"retry-after": "120"}), []),
        (problems("GET", 503, {"retry-after": "Sun, 06 Nov 1994 08:49:37 GMT"}), []),
        (problems("GET", 429, {"retry-after": "soon"}), [("headers-formed", "retry-after")]),
        (problems("GET", 200, {"etag": '"a"'}), []),
        (problems("GET", 200, {"etag": 'W/"a"'}), []),
        (problems("GET", 200, {"etag": '""'}), []),
        (problems("GET", 200, {"etag": "a"}), [("headers-formed", "etag")]),
    ],
)  # fmt: skip
def test_rules_of_http(found, wanted):
    assert found == wanted
