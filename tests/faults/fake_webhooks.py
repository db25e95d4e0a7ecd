"""How Telegram brings updates to a webhook: one after the other within a chat, each again until it is answered 200.

(After the published Bot API server: updates wait in a queue for each chat, and a queue has one on its way.)
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from typing import Any

import httpx

AT_ONCE = 40  # Telegram's own default of max_connections
TRY_AGAIN_SECONDS = 0.1


class Deliverer:
    """Brings what waits to the gateways in turn, until it is stopped. `took` is told which update was answered 200."""

    def __init__(
        self, gateways: list[str], secret: str, waiting: Callable[[], dict[int, str]], took: Callable[[int], None]
    ) -> None:
        self._gateways, self._waiting, self._took = cycle(gateways), waiting, took
        self._headers = {"X-Telegram-Bot-Api-Secret-Token": secret, "Content-Type": "application/json"}
        self._under_way: set[str] = set()
        self._stopped = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def stop(self) -> None:
        """Bring nothing more."""
        self._stopped.set()

    def _run(self) -> None:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while not self._stopped.wait(0.005):
                busy = set(self._under_way)
                for update_id, text in sorted(self._waiting().items()):
                    queue = _queue(text, update_id)
                    if queue not in busy:
                        busy.add(queue)
                        self._under_way.add(queue)
                        pool.submit(self._bring, queue, update_id, text)

    def _bring(self, queue: str, update_id: int, text: str) -> None:
        try:
            answer = httpx.post(
                next(self._gateways), content=text.encode(), headers=self._headers, timeout=30, trust_env=False
            )
            self.statuses.append(answer.status_code)
            if answer.status_code == 200:
                self._took(update_id)
            else:
                self._stopped.wait(TRY_AGAIN_SECONDS)
        except httpx.HTTPError:
            self._stopped.wait(TRY_AGAIN_SECONDS)
        finally:
            self._under_way.discard(queue)


def _queue(text: str, update_id: int) -> str:
    """The chat an update belongs to; what cannot be read has a queue of its own."""
    try:
        update: dict[str, Any] = json.loads(text)
        message = update.get("message") or update.get("edited_message") or update["callback_query"]["message"]
        return str(message["chat"]["id"])
    except (ValueError, LookupError, TypeError, AttributeError):
        return f"alone {update_id}"
