"""Attacks on the network: connecting, listening, names, sockets of the machine.

Covered: every family of sockets that CPython offers by name. Not covered: what a tool sends when asked.
"""

import socket
import threading

import pytest


@pytest.fixture
def listener(attack):
    with socket.create_server(("127.0.0.1", 0)) as server:
        attack.names["PORT"] = server.getsockname()[1]
        threading.Thread(target=_greet, args=(server, attack.loot.encode()), daemon=True).start()
        yield server
        server.shutdown(socket.SHUT_RDWR)


def _greet(server, text):
    try:
        while True:
            server.accept()[0].sendall(text)
    except OSError:
        return


def test_it_cannot_connect(attack, listener):
    code = "import socket\ngot = socket.create_connection(('127.0.0.1', PORT)).recv(99).decode()"
    assert "PermissionError" in attack(code)


def test_it_cannot_connect_by_the_c_library(attack, listener):
    code = """
        import ctypes, socket, struct
        libc, text = ctypes.CDLL(None), ctypes.create_string_buffer(99)
        line = libc.socket(2, 1, 0)
        libc.connect(line, struct.pack("=HHL8x", 2, socket.htons(PORT), socket.htonl(0x7f000001)), 16)
        libc.recv(line, text, 98, 0)
        got = text.value.decode() or "nothing"
    """
    assert attack(code) == "nothing"


@pytest.mark.parametrize("kind", ["AF_INET, socket.SOCK_DGRAM", "AF_INET6, socket.SOCK_STREAM", "AF_UNIX"])
def test_it_cannot_make_a_socket(attack, kind):
    code = f"import socket\nsocket.socket(socket.{kind})\ngot = LOOT"
    assert "PermissionError" in attack(code)


def test_it_cannot_make_a_pair_of_sockets(attack):
    assert "PermissionError" in attack("import socket\nsocket.socketpair()\ngot = LOOT")


def test_it_cannot_listen(attack):
    assert "PermissionError" in attack("import socket\nsocket.create_server(('127.0.0.1', 0))\ngot = LOOT")


def test_it_cannot_look_up_a_name(attack):
    assert "gaierror" in attack("import socket\nsocket.gethostbyname('localhost')\ngot = LOOT")


def test_it_cannot_fetch_a_page(attack, listener):
    code = """
        import http.client
        line = http.client.HTTPConnection("127.0.0.1", PORT)
        line.connect()
        got = line.sock.recv(99).decode()
    """
    assert "PermissionError" in attack(code)


ITS_OWN_SOCKET = """
import gc, socket, struct
wire = next(o for o in gc.get_objects() if isinstance(o, socket.socket) and o.fileno() == 0)
frame = struct.pack("<I", 16) + b'{"op": "worked"}'
%s
wire.sendall(frame)
"""


@pytest.mark.parametrize(
    "misuse",
    {
        "take a name that others find": "wire.bind('\\0wire')",
        "pass descriptors": "socket.send_fds(wire, [frame], [0])",
        "change its options": "wire.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)",
        "be copied": "wire.dup()",
    }.items(),
    ids=lambda item: item[0],
)
def test_its_own_socket_cannot(attack, misuse):
    code = ITS_OWN_SOCKET % misuse[1]
    assert attack.believed(code)[0] == {"op": "worked"}
    assert "PermissionError" in attack.jailed(code)
