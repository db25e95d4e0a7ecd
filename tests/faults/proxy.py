"""A small TCP proxy to break on purpose: spreads connections over its backends, and can be cut like a cable."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from itertools import count

from tests.faults.gateway_process import free_port

Backend = tuple[str, int] | str
"""Host and port, or the path of a unix socket."""


class Proxy:
    """Listens on a loopback port. A backend that does not listen is passed over, as any balancer does."""

    def __init__(self, *backends: Backend) -> None:
        self._backends, self._turn = backends, count()
        self._cut, self._cutting = False, threading.Lock()
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", free_port()), backlog=128)
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Its address for HTTP."""
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Every open connection ends now and every new one at once, until `mend`."""
        with self._cutting:
            self._cut = True
            for one in list(self._open):
                _end(one)

    def mend(self) -> None:
        """Connections go through again."""
        self._cut = False

    def close(self) -> None:
        """Stop."""
        _end(self._listener)
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = None if self._cut else self._connect()
            with self._cutting:  # whoever is just being put through is cut as well
                ends = {near} if far is None else {near, far}
                if self._cut or far is None:
                    for one in ends:
                        _end(one)
                    continue
                self._open |= ends
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    def _connect(self) -> socket.socket | None:
        first = next(self._turn)
        for number in range(len(self._backends)):
            backend = self._backends[(first + number) % len(self._backends)]
            with suppress(OSError):
                if not isinstance(backend, str):
                    return socket.create_connection(backend, timeout=60)
                far = socket.socket(socket.AF_UNIX)
                far.connect(backend)
                return far
        return None

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        for one in (source, target):
            _end(one)
            self._open.discard(one)


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
