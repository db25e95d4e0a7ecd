"""The shapes of the chat API for OpenAPI."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field


class Opened(BaseModel):
    """A new conversation and its secret."""

    conversation: str
    token: str


class ChoiceShape(BaseModel):
    """A button: show the label, send back the value."""

    label: str
    value: str
    style: str | None = Field(default=None, description="danger, primary or quiet")


class Message(BaseModel):
    """Something said to the person."""

    id: int
    text: str
    choices: list[ChoiceShape]
    kind: str = Field(description="plain, emergency, person, receipt, document, sheet or picture")
    at: str
    from_: str = Field(alias="from", description="us")
    edits: int | None = Field(default=None, description="The id of an earlier message that reads so from now")


class Replies(BaseModel):
    """What was said in answer."""

    replies: list[Message]


class Messages(BaseModel):
    """What was said since."""

    messages: list[Message]


class ProblemShape(BaseModel):
    """RFC 9457; `detail` is a Chinese sentence to show."""

    type: str
    title: str
    status: int
    detail: str
    errors: dict[str, str] | None = Field(default=None, description="What is wrong with which part")


def _file(description: str) -> dict[str, str]:
    return {"type": "string", "format": "binary", "description": description}


PROBLEM: dict[str, Any] = {"content": {"application/problem+json": {"schema": ProblemShape.model_json_schema()}}}
PROBLEMS: dict[int | str, dict[str, Any]] = {status: PROBLEM for status in (400, 404, 408, 413, 429, 503)}

KEY_CHARACTERS = 64
ID_DIGITS = 18  # every number of so many digits fits where databases keep an id


def _parameter(name: str, where: str, shape: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": where, "required": where == "path", "schema": {"type": "string", **shape}}


_OWN = [_parameter("conversation", "path", {})]
# Not as a parameter: OpenAPI tells tools to ignore one that is called Authorization.
SCHEMES = {"talk": {"type": "http", "scheme": "bearer", "description": "The token POST /api/conversations gave"}}
_WITH_TOKEN = [{"talk": list[str]()}]
SHEET: dict[str, Any] = {"security": _WITH_TOKEN, "parameters": _OWN}
OF_MESSAGE: dict[str, Any] = {
    "security": _WITH_TOKEN,
    "parameters": [*_OWN, _parameter("message", "path", {"pattern": f"^[0-9]{{1,{ID_DIGITS}}}$"})],
}
PICTURE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}, "description": "A PNG"}
}
SINCE: dict[str, Any] = {
    "security": _WITH_TOKEN,
    "parameters": [*_OWN, _parameter("after", "query", {"pattern": f"^[0-9]{{0,{ID_DIGITS}}}$"})],
}
EVENTS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}, "description": "One event a message"}
}
MESSAGE: dict[str, Any] = {
    "security": _WITH_TOKEN,
    "parameters": [
        *_OWN,
        _parameter("idempotency-key", "header", {"maxLength": KEY_CHARACTERS}),
    ],
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "text": {"type": "string", "maxLength": 4096},
                        "choice": {"type": "string", "maxLength": 120},
                        "location": {
                            "type": "object",
                            "properties": {"lat": {"type": "number"}, "lon": {"type": "number"}},
                            "required": ["lat", "lon"],
                        },
                    },
                }
            },
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "description": "Exactly one file of at most 12 MiB, and optional words beside it.",
                    "properties": {
                        "photo": _file("JPEG, PNG, WebP, GIF or AVIF; kept, and made anew without metadata"),
                        "voice": _file("Ogg, WebM, MP4, MP3, WAV, AAC or AMR sound of at most ten minutes"),
                        "file": _file("PDF, DOCX or plain text; kept as it came"),
                        "text": {"type": "string", "maxLength": 4096},
                    },
                }
            },
        },
    },
}


class Sheet(BaseModel):
    """The self-check on one page."""

    title: str
    note: str
    day: str
    version: str
    told: list[str]
    result: list[str]
    closing: str
