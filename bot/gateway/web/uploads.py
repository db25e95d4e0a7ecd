"""A photo, recording or file that comes over the web: read in memory within bounds, never written to disk unsealed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from bot.gateway.media import signatures
from bot.gateway.web import limits
from bot.gateway.web.problems import Problem

FIELDS = (b"photo", b"voice", b"file")
MOST_PARTS = 4
SILENCE_SECONDS = 30.0


@dataclass(frozen=True)
class Upload:
    """What came. `kind` None: it is refused by its first bytes; `raw` is what the path sees, without the bytes."""

    raw: dict[str, Any]
    kind: str | None
    media_type: str
    data: bytes


def is_upload(request: Request) -> bool:
    """Whether a request carries a file rather than JSON."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == "multipart/form-data"


class Uploads:
    """Reads uploads; all that are on their way together may hold only so much memory."""

    def __init__(self, most_bytes: int = limits.MEDIA_BYTES_IN_ALL) -> None:
        self._most, self._held = most_bytes, 0

    async def read(self, request: Request) -> Upload:
        """One upload with exactly one file. Raises Problem with a sentence for anything else."""
        boundary = parse_options_header(request.headers["content-type"])[1].get(b"boundary")
        if not boundary or len(boundary) > 200:
            raise Problem(400, "web.not_json")
        form, held = _Form(), 0
        parser = MultipartParser(boundary, form.callbacks())
        stream = request.stream().__aiter__()
        try:
            while True:
                try:
                    piece = await asyncio.wait_for(anext(stream), SILENCE_SECONDS)
                except StopAsyncIteration:
                    break
                held += len(piece)
                self._held += len(piece)
                if held > limits.MEDIA_BYTES + limits.FORM_BYTES:
                    raise Problem(413, "web.too_big")
                if self._held > self._most:
                    raise Problem(503, "web.busy")
                parser.write(piece)
            parser.finalize()
            return form.upload()
        except MultipartParseError:
            raise Problem(400, "web.not_json") from None
        except (TimeoutError, ClientDisconnect):
            raise Problem(408, "web.upload_broken") from None
        finally:
            self._held -= held


@dataclass
class _Form:
    """The parts of a form as the parser finds them."""

    parts: list[tuple[bytes, bytearray]] = field(default_factory=list)
    _name: bytearray = field(default_factory=bytearray)
    _value: bytearray = field(default_factory=bytearray)

    def callbacks(self) -> Any:
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._name.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self._header,
            "on_part_data": lambda data, start, end: self.parts[-1][1].extend(data[start:end]),
        }

    def _begin(self) -> None:
        if len(self.parts) >= MOST_PARTS:
            raise Problem(400, "web.one_file")
        self.parts.append((b"", bytearray()))
        self._name.clear()
        self._value.clear()

    def _header(self) -> None:
        if bytes(self._name).lower() == b"content-disposition":
            name = parse_options_header(bytes(self._value))[1].get(b"name", b"")
            self.parts[-1] = (name, self.parts[-1][1])
        self._name.clear()
        self._value.clear()

    def upload(self) -> Upload:
        """The one file and the words beside it."""
        files = [(name, data) for name, data in self.parts if name in FIELDS]
        if len(files) != 1:
            raise Problem(400, "web.one_file")
        name, data = files[0]
        text = b"".join(bytes(value) for part, value in self.parts if part == b"text").decode("utf-8", "replace")
        if len(text) > limits.TEXT_CHARACTERS:
            raise Problem(413, "web.too_long")
        if not data:
            raise Problem(400, "web.empty")
        whole = bytes(data)
        found = signatures.look(whole)
        raw: dict[str, Any] = {"media": found.kind or name.decode()}
        if text.strip():
            raw["text"] = text
        if found.kind is None:
            return Upload({**raw, "refusal": found.refusal}, None, "", b"")
        return Upload(raw, found.kind, found.media_type, whole)
