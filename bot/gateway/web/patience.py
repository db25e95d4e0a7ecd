"""How long the web door waits for a request to come in: who sends a byte a minute holds no place for ever.

Between two requests a connection is kept for longer than clients and proxies keep it (mostly a minute): who writes in
the moment in which it is closed hears only that it was reset, and cannot know whether the words arrived.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

IDLE_SECONDS = 75
HEADERS_WITHIN = 15.0
BODY_WITHIN = 180.0  # a photo of 12 MB over a slow village line


class PatientProtocol(HttpToolsProtocol):
    """uvicorn's protocol, which by itself waits without end for the first request of a connection."""

    _timer: asyncio.TimerHandle | None = None

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.timeout_keep_alive = IDLE_SECONDS  # uvicorn's own five are less than one thinks before writing

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
