"""Hugging Face's sign-in on loopback: the OpenID provider of one person, as far as gradio asks it.

It serves the discovery document, the page where the person agrees, the exchange of the code for a token, and the key.
"""

import base64
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

ISSUER = "https://huggingface.co"
CLIENT_ID = "space-client"
CLIENT_SECRET = "space-client's own"
DISCOVERY = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/oauth/authorize",
    "token_endpoint": f"{ISSUER}/oauth/token",
    "userinfo_endpoint": f"{ISSUER}/oauth/userinfo",
    "jwks_uri": f"{ISSUER}/oauth/jwks",
    "id_token_signing_alg_values_supported": ["RS256"],
}


@dataclass
class Provider:
    """The provider; `asked` holds, by the code that it gave out, what the page was asked with."""

    person: str
    token: str
    address: str = ""
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))

    def page(self, query: dict[str, str]) -> str:
        """Return the page where the person agrees."""
        code = secrets.token_urlsafe(8)
        self.asked[code] = query
        back = f"{query['redirect_uri']}&{urlencode({'code': code, 'state': query['state']})}"
        return f'<!doctype html><title>Sign in</title><a href="{back.replace("&", "&amp;")}">Authorize</a>'

    def exchange(self, form: dict[str, str], client: str) -> dict:
        """Return what a code is exchanged for, once."""
        asked = self.asked.pop(form["code"])
        assert client == f"{CLIENT_ID}:{CLIENT_SECRET}"
        assert (form["grant_type"], form["redirect_uri"]) == ("authorization_code", asked["redirect_uri"])
        return {
            "access_token": self.token,
            "token_type": "bearer",
            "expires_in": 28_800,
            "scope": asked["scope"],
            "id_token": self._id_token(asked["nonce"]),
        }

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        times = {"iat": now, "exp": now + 3600, "auth_time": now}
        who = {"name": self.person.title(), "preferred_username": self.person, "profile": f"{ISSUER}/{self.person}"}
        claims = {"iss": ISSUER, "aud": CLIENT_ID, "sub": "0123456789ab", "nonce": nonce, "picture": "", **times, **who}
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)


@contextmanager
def openid_provider(person: str, token: str) -> Iterator[Provider]:
    """Serve a provider whose only person has this name and gets this token."""
    provider = Provider(person, token)
    handler = type("Handler", (_Handler,), {"provider": provider})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        provider.address = f"http://127.0.0.1:{http.server_port}"
        threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield provider
        http.shutdown()


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        match parts.path:
            case "/.well-known/openid-configuration":
                self._send(json.dumps(DISCOVERY))
            case "/oauth/jwks":
                self._send(json.dumps({"keys": [self.provider.key.as_dict(private=False)]}))
            case "/oauth/authorize":
                self._send(self.provider.page(_fields(parts.query)), "text/html")
            case _:
                self.send_error(404)

    def do_POST(self) -> None:
        form = _fields(self.rfile.read(int(self.headers["Content-Length"])).decode())
        client = base64.b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode()
        self._send(json.dumps(self.provider.exchange(form, client)))

    def _send(self, text: str, kind: str = "application/json") -> None:
        data = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


def _fields(text: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(text).items()}
