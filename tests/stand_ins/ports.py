"""Free ports of loopback, for servers that are told theirs."""

import socket
from contextlib import ExitStack


def free_ports(count: int) -> list[int]:
    """Return so many ports that nobody listens on."""
    with ExitStack() as probes:
        return [probes.enter_context(socket.create_server(("127.0.0.1", 0))).getsockname()[1] for _ in range(count)]


def free_port() -> int:
    """Return one of them."""
    return free_ports(1)[0]
