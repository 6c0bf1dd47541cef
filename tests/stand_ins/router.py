"""Hugging Face's inference router on loopback: unmodified clients reach it by their proxy settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import huggingface_hub
import pytest

from tests.stand_ins.proxy import proxy


@contextmanager
def router(folder: Path, environment: pytest.MonkeyPatch, address: str) -> Iterator[None]:
    """Let every https request of the Hugging Face client end at the server with this address."""
    with proxy(folder, {"router.huggingface.co": address, "huggingface.co": address}) as variables:
        for name, value in variables.items():
            environment.setenv(name, value)
        huggingface_hub.close_session()
        yield
    huggingface_hub.close_session()
