"""The content security policy."""

import re
import urllib.request

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from alfred.ui.policy import ContentPolicy


@pytest.fixture
def client():
    routes = [
        Route("/", lambda _: HTMLResponse("<html><script>a()</script><script src=b.js></script><p>ö</p></html>")),
        Route("/data", lambda _: JSONResponse({"a": "<script>"})),
    ]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(ContentPolicy)]))


def test_every_script_of_a_page_has_the_nonce_of_its_policy(client):
    answer = client.get("/")
    nonce = re.search(r"'nonce-([^']+)'", answer.headers["content-security-policy"])[1]
    assert re.findall(r'<script nonce="([^"]+)"', answer.text) == [nonce, nonce]
    assert "<p>ö</p>" in answer.text


def test_no_two_pages_have_the_same_nonce(client):
    policies = {client.get("/").headers["content-security-policy"] for _ in range(5)}
    assert len(policies) == 5


def test_what_is_no_page_passes_as_it_is(client):
    answer = client.get("/data")
    assert answer.json() == {"a": "<script>"}
    assert "content-security-policy" not in answer.headers


def test_the_real_page_is_served_under_the_policy(address):
    with urllib.request.urlopen(address, timeout=20) as answer:
        policy = answer.headers["content-security-policy"]
    for rule in ("img-src 'self' data: blob:", "frame-src 'none'", "form-action 'self'", "object-src 'none'"):
        assert rule in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
