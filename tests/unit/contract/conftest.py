"""A description, a server in memory, and what a check needs to be tried on it."""

import json
import random
from urllib.parse import parse_qsl, urlsplit

import pytest
import yaml

from trunkline import contract
from trunkline.contract.engine import CheckContext
from trunkline.contract.model import Exchange, GivenCredentials
from trunkline.contract.session import CleanupLog, RequestMeter, Session
from trunkline.pipeline import load_api

BASE = "http://127.0.0.1:1/api"


class MemoryClient:
    """Hands requests to a function instead of a socket; has the interface of the suite's client."""

    def __init__(self, service):
        self.service = service
        self.observers = []
        self.sent = []

    def send(self, request):
        self.sent.append(request)
        parts = urlsplit(request.url)
        status, headers, body = self.service(
            request.method,
            parts.path.removeprefix("/api"),
            dict(parse_qsl(parts.query)),
            {name.lower(): value for name, value in request.headers.items()},
            request.body,
        )
        raw = (
            body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        )
        kind = {"content-type": "application/json"} if body is not None else {}
        exchange = Exchange(request, status, {**kind, **headers}, raw, 0.0)
        self.tell(exchange)
        return exchange

    def tell(self, exchange):
        for observe in self.observers:
            observe(exchange)

    @property
    def calls(self):
        return [(r.method, urlsplit(r.url).path.removeprefix("/api")) for r in self.sent]


@pytest.fixture
def described(tmp_path):
    """An API from the paths of a description, and perhaps more of it."""

    def make(paths, **more):
        document = {
            "openapi": "3.1.0",
            "info": {"title": "Probe", "version": "1"},
            "paths": paths,
            **more,
        }
        file = tmp_path / "openapi.yaml"
        file.write_text(yaml.safe_dump(document, sort_keys=False))
        return load_api(file).api

    return make


@pytest.fixture
def opened():
    """A session on a service in memory, as `open_session` makes one on a server."""

    def make(api, service, **settings):
        given = settings.pop("credentials", GivenCredentials())
        config = contract.RunConfig(
            api=api, name="probe", description={}, base_url=BASE, credentials=given, **settings
        )
        client = MemoryClient(service)
        return Session(config, client, CleanupLog(None, BASE), RequestMeter(config.budget))

    return make


@pytest.fixture
def context():
    """The context of a check in a session."""

    def make(session, check="answers"):
        return CheckContext.open(session, check, random.Random(1))

    return make
