"""A stand-in for Telegram's Bot API with its real acknowledgement semantics.

An update goes away only when getUpdates asks for a higher offset, or when a webhook answered 200 to it: until then
it is brought again, several at once and in any order, as Telegram does. Answers can be scripted (429, 5xx, a connection
dropped before or after the message was taken). Every call is recorded. Runs in a thread of the test, or as a program
of its own (`python -m tests.faults.fake_bot_api PORT`) that outlives a killed gateway; then the control door
`POST /control/<method>` takes the same calls as JSON.
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from heapq import nsmallest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

import httpx

from tests.faults.gateway_process import free_port

TOKEN = "123456:TEST-token_of_nobody"
LONGEST_POLL = 1.0
DELIVERIES_AT_ONCE = 8
REDELIVER_SECONDS = 0.2
SECOND_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass
class Script:
    """What happens to one coming call instead of the ordinary answer: a status with a body, and whether the message
    is taken all the same (`taken`) before the connection is cut (`cut`), or is left without an answer (`hangs`)."""

    status: int = 200
    body: dict[str, Any] = field(default_factory=dict)
    cut: bool = False
    taken: bool = False
    hangs: float = 0.0


class FakeTelegram:
    """The server. `user_*` methods are what people do; `sent_to` is what a chat received."""

    def __init__(self, port: int | None = None) -> None:
        self.port = port or free_port()
        self._lock = threading.Condition()
        self._ids, self._message_ids = count(1000), count(1)
        self._pending: dict[int, str] = {}
        self._seen: dict[int, str] = {}
        self.acknowledged: list[int] = []
        self.calls: list[tuple[float, str, dict[str, Any]]] = []
        self.sent: list[dict[str, Any]] = []
        self.files: dict[str, bytes] = {}
        self.scripts: dict[str, deque[Script]] = {}
        self.webhook: dict[str, str] = {}
        self._polls = 0
        self.longest_poll = LONGEST_POLL
        self._on_the_way: set[int] = set()
        self._carriers: ThreadPoolExecutor | None = None
        self._line: httpx.Client | None = None
        self._server = _Server(("127.0.0.1", self.port), _door(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Base address for HUTONG_TELEGRAM_API."""
        return f"http://127.0.0.1:{self.port}"

    # what people do

    def user_says(self, chat: int, text: str, **more: Any) -> int:
        """A text message in a private chat; returns the update id."""
        return self._put({"message": self._message(chat, text=text, **more)})

    def crowd_says(self, chats: int, messages: int, text: str) -> int:
        """So many messages of so many chats at once, in turn; returns the number of updates that wait."""
        for number in range(messages):
            self.user_says(1_000_000 + number % chats, text)
        return self.pending()

    def user_edits(self, chat: int, text: str) -> int:
        """An edited message."""
        return self._put({"edited_message": self._message(chat, text=text, edit_date=2)})

    def user_taps(self, chat: int, value: str) -> int:
        """A tapped button."""
        query = {"id": str(next(self._ids)), "from": _person(chat), "chat_instance": "1", "data": value}
        return self._put({"callback_query": {**query, "message": self._message(chat, text="?")}})

    def user_sends(self, chat: int, **content: Any) -> int:
        """A message without text: photo, voice, location, contact …"""
        return self._put({"message": self._message(chat, **content)})

    def user_sends_file(self, chat: int, kind: str, data: bytes, **more: Any) -> int:
        """A photo, voice, audio or document with these bytes behind its file id."""
        file_id = f"file-{next(self._ids)}"
        self.files[file_id] = data
        size = {"file_id": file_id, "file_unique_id": "u" + file_id, "file_size": len(data)}
        small = {**size, "file_id": "thumb", "file_size": 1}
        return self.user_sends(chat, **{kind: [small, size] if kind == "photo" else size}, **more)

    def raw(self, text: str) -> None:
        """A malformed update, given as raw JSON text; `%d` stands for its id."""
        with self._lock:
            update_id = next(self._ids)
            self._pending[update_id] = text.replace("%d", str(update_id))
            self._lock.notify_all()

    def again(self, update_id: int) -> None:
        """Telegram delivers an update once more under the same id."""
        with self._lock:
            self._pending[update_id] = self._seen[update_id]
            self._lock.notify_all()

    def sent_to(self, chat: int) -> list[str]:
        """Texts a chat received, in order."""
        return [str(one["text"]) for one in self.sent if str(one["chat_id"]) == str(chat)]

    def buttons(self, chat: int) -> list[str]:
        """Values of all buttons a chat received."""
        found: list[str] = []
        for one in self.sent:
            if str(one["chat_id"]) == str(chat):
                markup = one.get("reply_markup") or {}
                markup = json.loads(markup) if isinstance(markup, str) else markup
                found += [b["callback_data"] for row in markup.get("inline_keyboard", ()) for b in row]
        return found

    def script(self, method: str, *answers: Script) -> None:
        """The next calls of a method get these instead."""
        self.scripts.setdefault(method, deque()).extend(answers)

    def pending(self) -> int:
        """Updates not acknowledged yet."""
        with self._lock:
            return len(self._pending)

    def close(self) -> None:
        """Stop."""
        self.webhook = {}
        if self._carriers is not None:
            self._carriers.shutdown(cancel_futures=True)
        if self._line is not None:
            self._line.close()
        self._server.shutdown()
        self._server.server_close()

    # inside

    def _put(self, content: dict[str, Any]) -> int:
        with self._lock:
            update_id = next(self._ids)
            text = json.dumps({"update_id": update_id, **content})
            self._pending[update_id] = self._seen[update_id] = text
            self._lock.notify_all()
            return update_id

    def _message(self, chat: int, **content: Any) -> dict[str, Any]:
        kept = {"message_id": next(self._message_ids), "date": 1, "chat": {"id": chat, "type": "private"}}
        return {**kept, "from": _person(chat), **content}

    def handle(self, method: str, data: dict[str, Any]) -> Script | dict[str, Any] | str:
        """Answer one call: a script, a result, or for getUpdates the raw JSON text of the batch."""
        with self._lock:
            self.calls.append((time.monotonic(), method, data))
            waiting = self.scripts.get(method)
            scripted = waiting.popleft() if waiting else None
        if scripted is not None:
            if scripted.taken:
                self.sent.append(data)
            return scripted
        if method in ("setWebhook", "deleteWebhook"):
            self._hook(data if method == "setWebhook" else {})
        if method == "getUpdates" and self.webhook:
            return Script(409, {"error_code": 409, "description": "Conflict: webhook is set"})
        if method == "getUpdates":
            return self._updates(data)
        if method == "sendMessage":
            with self._lock:
                self.sent.append(data)
            chat = {"id": int(data["chat_id"]), "type": "private"}
            return {"message_id": next(self._message_ids), "date": 1, "chat": chat, "text": data["text"]}
        if method == "sendPhoto":
            with self._lock:
                self.sent.append({**data, "text": data.get("caption", "")})
            chat = {"id": int(data["chat_id"]), "type": "private"}
            return {"message_id": next(self._message_ids), "date": 1, "chat": chat, "photo": []}
        if method == "getFile":
            return self._file(str(data["file_id"]))
        if method == "getMe":
            return {"id": 123456, "is_bot": True, "first_name": "Hutong", "username": "hutong_test_bot"}
        return {"ok": True} if method == "getWebhookInfo" else {}

    def _hook(self, data: dict[str, str]) -> None:
        with self._lock:
            self.webhook = data
            if data and self._carriers is None:
                self._carriers = ThreadPoolExecutor(DELIVERIES_AT_ONCE)
                # One for all: making one takes the processor longer than a hundred deliveries. No line is kept open.
                self._line = httpx.Client(timeout=10, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))
                threading.Thread(target=self._deliver, daemon=True).start()

    def _deliver(self) -> None:
        """Hand what waits to the carriers, in a random order: webhooks overtake each other."""
        pause = threading.Event()
        while not pause.wait(0.02):
            with self._lock:
                ready = [one for one in self._pending if one not in self._on_the_way] if self.webhook else []
                self._on_the_way.update(ready)
            random.shuffle(ready)
            for update_id in ready:
                assert self._carriers is not None
                try:
                    self._carriers.submit(self._bring, update_id)
                except RuntimeError:
                    return  # closed

    def _bring(self, update_id: int) -> None:
        assert self._line is not None
        hook, text = dict(self.webhook), self._pending[update_id]
        secret = {"X-Telegram-Bot-Api-Secret-Token": hook.get("secret_token", "")}
        try:
            body = text.encode("utf-8", "surrogatepass")
            status = self._line.post(hook["url"], content=body, headers=secret).status_code
        except (httpx.HTTPError, KeyError):
            status = 0
        if status != 200:
            threading.Event().wait(REDELIVER_SECONDS)
        with self._lock:
            if status == 200 and self._pending.pop(update_id, None) is not None:
                self.acknowledged.append(update_id)
            self._on_the_way.discard(update_id)

    def _file(self, file_id: str) -> Script | dict[str, Any]:
        if file_id not in self.files:
            return Script(400, {"error_code": 400, "description": "Bad Request: wrong file_id or the file is gone"})
        return {"file_id": file_id, "file_unique_id": "u", "file_path": f"documents/{file_id}"}

    def _updates(self, data: dict[str, Any]) -> Script | str:
        """As Telegram does it, whoever asks later ends the asking of whoever asked before."""
        offset = int(data.get("offset") or 0)
        end = time.monotonic() + min(float(data.get("timeout") or 0), self.longest_poll)
        with self._lock:
            for update_id in [one for one in self._pending if one < offset]:
                del self._pending[update_id]
                self.acknowledged.append(update_id)
            self._polls += 1
            mine = self._polls
            self._lock.notify_all()
            while not self._pending and time.monotonic() < end and mine == self._polls:
                self._lock.wait(end - time.monotonic())
            if mine != self._polls:
                return Script(409, {"error_code": 409, "description": SECOND_POLLER})
            batch = [self._pending[one] for one in nsmallest(100, self._pending)]
        return '{"ok":true,"result":[' + ",".join(batch) + "]}"


def _person(chat: int) -> dict[str, Any]:
    return {"id": abs(chat), "is_bot": False, "first_name": "某人"}


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who called was killed: nothing to tell. Anything else is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Door(BaseHTTPRequestHandler):
    telegram: FakeTelegram

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if len(body) < length:
            return  # who called was killed in the middle of its words
        if self.path.startswith("/control/"):
            self._control(self.path.rpartition("/")[2], json.loads(body or b"{}"))
            return
        self._answer(self.telegram.handle(self.path.rpartition("/")[2], _data(self.headers, body)))

    def do_GET(self) -> None:
        if not self.path.startswith(f"/file/bot{TOKEN}/"):
            self.do_POST()
            return
        with self.telegram._lock:
            self.telegram.calls.append((time.monotonic(), "download", {}))
            waiting = self.telegram.scripts.get("download")
            scripted = waiting.popleft() if waiting else None
        if scripted is not None:
            self._answer(scripted)
            return
        self._write(200, self.telegram.files[self.path.rpartition("/")[2]], "application/octet-stream")

    def _control(self, name: str, words: dict[str, Any]) -> None:
        found = getattr(self.telegram, name)
        result = found(**words) if callable(found) else found
        self._write(200, json.dumps(result).encode())

    def _answer(self, answer: Script | dict[str, Any] | str) -> None:
        if isinstance(answer, Script):
            if answer.hangs:
                threading.Event().wait(answer.hangs)
            if answer.cut:
                self.close_connection = True
                self.connection.close()
                return
            self._write(answer.status, json.dumps({"ok": answer.status == 200, **answer.body}).encode())
        elif isinstance(answer, str):
            self._write(200, answer.encode("utf-8", "surrogatepass"))
        else:
            result = answer or True
            self._write(200, json.dumps({"ok": True, "result": result}).encode())

    def _write(self, status: int, data: bytes, kind: str = "application/json") -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except OSError:
            self.close_connection = True  # the gateway was killed while we answered

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output quiet."""


def _door(telegram: FakeTelegram) -> type[_Door]:
    return type("Door", (_Door,), {"telegram": telegram})


def _data(headers: Any, body: bytes) -> dict[str, Any]:
    if "json" in (headers.get("Content-Type") or ""):
        return dict(json.loads(body or b"{}"))
    if "multipart" in (headers.get("Content-Type") or ""):
        parts = message_from_bytes(f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode() + body, policy=HTTP)
        fields = [one for one in parts.iter_parts() if not one.get_filename()]
        found = {one.get_param("name", header="content-disposition"): one.get_payload(decode=True) for one in fields}
        return {str(name): content.decode() for name, content in found.items() if isinstance(content, bytes)}
    return dict(parse_qsl(body.decode()))


if __name__ == "__main__":
    FakeTelegram(int(sys.argv[1]))
    threading.Event().wait()
