"""How long the web door waits for a request to come in: who sends a byte a minute holds no place for ever."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADERS_WITHIN = 15.0
BODY_WITHIN = 180.0  # a photo of 12 MB over a slow village line


class PatientProtocol(HttpToolsProtocol):
    """uvicorn's protocol, which by itself waits without end for the first request of a connection."""

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A connection is open: its first request must begin and tell its headers."""
        super().connection_made(transport)
        self._wait(HEADERS_WITHIN)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more will come."""
        self._stop()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """A further request on the same connection begins."""
        super().on_message_begin()
        self._wait(HEADERS_WITHIN)

    def on_headers_complete(self) -> None:
        """The headers are here; now the body."""
        super().on_headers_complete()
        self._wait(BODY_WITHIN)

    def on_message_complete(self) -> None:
        """All of it is here: the answer, a stream too, takes what it takes."""
        super().on_message_complete()
        self._stop()

    def _wait(self, seconds: float) -> None:
        self._stop()
        self._timer = self.loop.call_later(seconds, self._close)

    def _stop(self, *_: Any) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _close(self) -> None:
        self._timer = None
        self.transport.close()
