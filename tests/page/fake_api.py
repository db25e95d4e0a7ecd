"""A small stand-in for the chat API and the static files, to be broken at will. Standard library only."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

PAGE = Path(__file__).resolve().parents[2] / "bot" / "gateway" / "web" / "page"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)
KINDS = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css"}
MESSAGES = re.compile(r"/api/conversations/(\w+)/(messages|events)(?:\?after=(\d+))?$")
AT = "2026-11-23T04:00:00+00:00"
WELCOME: dict[str, Any] = {
    "text": "您好，我是护童，帮忙关心留守儿童和困境儿童。\n孩子有危险，请先打110；受伤打120。\n直接说事就行。",
    "choices": [
        {"label": "我要反映孩子的情况", "value": "flow:report", "style": "primary"},
        {"label": "查进度", "value": "flow:status"},
        {"label": "我有邀请码", "value": "flow:bind", "style": "quiet"},
    ],
}
Answer = Callable[[dict[str, Any]], list[dict[str, Any]]]


@dataclass
class Talk:
    """One conversation: what was said to it, and the answers already given by Idempotency-Key."""

    token: str
    messages: list[dict[str, Any]] = field(default_factory=list)
    answered: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


class FakeApi:
    """What the page talks to. `heard` are effects (once for each key), `keys` all attempts.

    `trouble`: None, a status to answer every message with, "cut" (the network fails), or "lost" (processed, then cut).
    `streams` False refuses event streams. `hold` cleared makes answers wait until it is set.
    """

    def __init__(self) -> None:
        self.talks: dict[str, Talk] = {}
        self.heard: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.asked: list[str] = []
        self.answer: Answer = lambda body: [{"text": "记下了。"}]
        self.trouble: int | str | None = None
        self.streams = True
        self.ready: dict[str, str] = {"database": "ok", "rasa": "ok"}
        self.hold = threading.Event()
        self.hold.set()
        self.news = threading.Condition()
        self._last = 0
        self._closing = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Door", (_Door,), {"api": self}))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Address of the page."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    def only(self) -> Talk:
        """The one conversation there is."""
        (talk,) = self.talks.values()
        return talk

    def open(self) -> dict[str, str]:
        """A new conversation with its welcome."""
        name = f"c{len(self.keys)}x{self._next()}"
        self.talks[name] = Talk(token=f"t-{name}")
        self.say(self.talks[name], WELCOME)
        return {"conversation": name, "token": self.talks[name].token}

    def say(self, talk: Talk, *said: dict[str, Any]) -> list[dict[str, Any]]:
        """Say something to a conversation, asked or unasked; gives the messages with their ids."""
        return self.deliver(talk, *(self.numbered(one) for one in said))

    def numbered(self, said: dict[str, Any]) -> dict[str, Any]:
        """A whole message with the next id, unless it has one already."""
        whole = {"choices": [], "kind": "plain", "at": AT, "from": "us", **said}
        return whole if "id" in whole else {**whole, "id": self._next()}

    def deliver(self, talk: Talk, *rows: dict[str, Any]) -> list[dict[str, Any]]:
        """Put whole messages into a conversation."""
        with self.news:
            talk.messages.extend(rows)
            self.news.notify_all()
        return list(rows)

    def take(self, talk: Talk, key: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        """One message of the person; the same key again gives the same replies and no second effect."""
        if key not in talk.answered:
            self.heard.append(body)
            talk.answered[key] = self.say(talk, *self.answer(body))
        return talk.answered[key]

    def wait_for_news(self, talk: Talk, after: int) -> list[dict[str, Any]]:
        """Messages after an id, waiting for them; empty when the server closes."""
        with self.news:
            self.news.wait_for(lambda: self._closing or any(row["id"] > after for row in talk.messages))
        return [] if self._closing else [row for row in talk.messages if row["id"] > after]

    def close(self) -> None:
        """End every stream and the server."""
        self._closing = True
        self.hold.set()
        with self.news:
            self.news.notify_all()
        self._server.shutdown()
        self._server.server_close()

    def _next(self) -> int:
        self._last += 1
        return self._last


class _Door(BaseHTTPRequestHandler):
    api: FakeApi

    def do_GET(self) -> None:
        self.api.asked.append(self.path)
        found = MESSAGES.match(self.path)
        if self.path == "/ready":
            up = all(state == "ok" for state in self.api.ready.values())
            self._json(200 if up else 503, self.api.ready)
        elif found:
            self._said(found)
        else:
            self._file("index.html" if self.path == "/" else self.path.removeprefix("/page/"))

    def do_POST(self) -> None:
        self.api.asked.append(self.path)
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        found = MESSAGES.match(self.path)
        if found:
            self.api.keys.append(self.headers["Idempotency-Key"])
        if self.api.trouble == "cut":
            self.close_connection = True
        elif isinstance(self.api.trouble, int):
            self._problem(self.api.trouble, "这条还没记上，请过几秒再发一次。")
        elif found is None:
            self._json(201, self.api.open())
        else:
            self._heard(found, raw)

    def _heard(self, found: re.Match[str], raw: bytes) -> None:
        talk = self._talk(found)
        if talk is None:
            return
        replies = self.api.take(talk, self.headers["Idempotency-Key"], self._body(raw))
        self.api.hold.wait()
        if self.api.trouble == "lost":
            self.close_connection = True
        else:
            self._json(200, {"replies": replies})

    def _body(self, raw: bytes) -> dict[str, Any]:
        kind = self.headers["Content-Type"]
        if kind == "application/json":
            return cast(dict[str, Any], json.loads(raw))
        form = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + raw)
        (part,) = form.iter_parts()
        name = part.get_param("name", header="content-disposition")
        return {"media": name, "type": part.get_content_type(), "bytes": part.get_payload(decode=True)}

    def _said(self, found: re.Match[str]) -> None:
        talk = self._talk(found)
        if talk is None:
            return
        if found[2] == "messages":
            after = int(found[3] or 0)
            self._json(200, {"messages": [row for row in talk.messages if row["id"] > after]})
        elif not self.api.streams:
            self._problem(503, "现在不行。")
        else:
            self._stream(talk, int(self.headers["Last-Event-ID"]))

    def _stream(self, talk: Talk, after: int) -> None:
        self._head(200, "text/event-stream")
        try:
            self.wfile.write(b": hello\n\n")
            while rows := self.api.wait_for_news(talk, after):
                for row in rows:
                    after = row["id"]
                    self.wfile.write(f"id: {after}\nevent: message\ndata: {json.dumps(row)}\n\n".encode())
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _talk(self, found: re.Match[str]) -> Talk | None:
        talk = self.api.talks.get(found[1])
        if talk and self.headers["Authorization"] == f"Bearer {talk.token}":
            return talk
        self._problem(404, "这次对话找不到了，重新开始就行。")
        return None

    def _file(self, name: str) -> None:
        path = PAGE / name
        if "/" in name or not path.is_file():
            self._problem(404, "没有这个页面。")
            return
        self._head(200, KINDS[path.suffix])
        self.wfile.write(path.read_bytes())

    def _problem(self, status: int, detail: str) -> None:
        self._json(status, {"status": status, "detail": detail}, "application/problem+json")

    def _json(self, status: int, value: object, kind: str = "application/json") -> None:
        self._head(status, kind)
        self.wfile.write(json.dumps(value).encode())

    def _head(self, status: int, kind: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Security-Policy": CSP, "Cache-Control": "no-store"}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output quiet."""
