"""Secrets, mail addresses and telephone numbers out of a text, by shape and by value.

A shape is a pattern that hardly any other text has. A value is what an environment variable with a telling name
holds, and every secret of the settings. Not covered: secrets of other people that have no telling shape.
"""

import json
import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from pydantic import SecretStr

from alfred.settings import Settings

SECRET = "[secret]"
CONTACT = "[contact]"
# Shorter values of telling variables are words like "on", not secrets.
LEAST_CHARACTERS = 8

_TELLING_NAME = re.compile(r"KEYS?(?![A-Z])|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|AUTH(?!OR)", re.IGNORECASE)
# Each shape stands behind the words without one of which it cannot match: looking for them costs next to nothing.
# No shape may take longer than in proportion to a text, whatever the text is.
_SECRET_SHAPES = {
    ("hf_",): r"\bhf_(?:[A-Za-z0-9]{16,}|oauth_[\w.-]{16,})",  # Hugging Face
    ("k-lf-",): r"\b[ps]k-lf-[\w-]{8,}",  # Langfuse
    ("sk-",): r"\bsk-[\w-]{16,}",  # OpenAI, Anthropic
    ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"): r"\bgh[pousr]_[A-Za-z0-9]{20,}",
    ("github_pat_",): r"\bgithub_pat_\w{20,}",
    ("glpat-",): r"\bglpat-[\w-]{16,}",
    ("xox",): r"\bxox[abeprs]-[\w-]{10,}",  # Slack
    ("akia", "asia"): r"\bA(?:KIA|SIA)[A-Z0-9]{16}\b",  # Amazon
    ("aiza",): r"\bAIza[\w-]{30,}",  # Google
    ("eyj",): r"\beyJ[\w-]{8,}(?:\.[\w-]*){1,2}",  # JSON web token
    ("private key-",): r"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,20}PRIVATE KEY-----|\Z)",
    ("://",): r"(?<=://)[^\s/:@]{1,100}:[^\s/@]{1,200}(?=@)",  # name and password in an address
    ("basic ", "bearer "): r"(?i:(?<=bearer )|(?<=basic ))[A-Za-z0-9+/=._~-]{12,}",
    ("key", "token", "secret", "passw"): r"(?i:\b(?:api[_-]?key|access[_-]?token|secret|password|passwd)\b)"
    r"[\"'\\]{0,3}\s?[:=]\s?[\"'\\]{0,3}[^\s\"'\\,;&]{6,}",
}
_CONTACT_SHAPES = {
    ("@",): r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+",
    ("+",): r"(?<![\w.,:/-])\+\d[\d ().-]{7,18}\d(?![\w-])",  # international
    ("0",): r"(?<![\w.,:/-])\(?0\d{1,4}\)?[ ./-]\d[\d ./-]{4,12}\d(?![\w-])",  # national, with its leading 0
    ("2", "3", "4", "5", "6", "7", "8", "9"): r"(?<![\w.,:/-])\(?[2-9]\d{2}\)?[ .-][2-9]\d{2}[ .-]\d{4}(?![\w-])",
}

Shapes = list[tuple[tuple[str, ...], re.Pattern[str]]]


class Redactor:
    """Replaces what must not leave this process.

    Args:
        values: secrets by their value.
        contacts: whether mail addresses and telephone numbers go too.
    """

    def __init__(self, values: Iterable[str] = (), contacts: bool = True) -> None:
        self._values = sorted({form for value in values for form in _forms(value)}, key=len, reverse=True)
        self._secrets = _compiled(_SECRET_SHAPES)
        self._contacts = _compiled(_CONTACT_SHAPES) if contacts else []

    def __call__(self, text: str) -> str:
        """Return the text without secrets and, where wanted, without contacts."""
        for value in self._values:
            text = text.replace(value, SECRET)
        return _without(_without(text, self._secrets, SECRET), self._contacts, CONTACT)


def _compiled(shapes: dict[tuple[str, ...], str]) -> Shapes:
    return [(words, re.compile(shape)) for words, shape in shapes.items()]


def _without(text: str, shapes: Shapes, instead: str) -> str:
    lower = text.lower()
    for words, shape in shapes:
        if any(word in lower for word in words):
            text = shape.sub(instead, text)
    return text


def secret_values(settings: Settings, environment: Mapping[str, str]) -> set[str]:
    """Return the secrets that this process holds: those of the settings and those of telling variables."""
    ours = {value.get_secret_value() for _, value in settings if isinstance(value, SecretStr)}
    theirs = {value for name, value in environment.items() if _TELLING_NAME.search(name)}
    headers = settings.otel_headers.get_secret_value() if settings.otel_headers else ""
    in_headers = {unquote(pair.partition("=")[2]) for pair in headers.split(",")}
    return {value for value in ours | theirs | in_headers if len(value) >= LEAST_CHARACTERS}


def _forms(value: str) -> set[str]:
    """Return how a value can stand in a text: as it is and inside JSON."""
    return {value, json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]}
