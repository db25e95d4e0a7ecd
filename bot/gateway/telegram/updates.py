"""What one raw update of the Bot API means to us: which chat, and a small dict the path understands.

Defensive by design: whatever is missing or of another type makes the update malformed, never an exception.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

LONGEST_ID = 2**53
# In this order: an animation is also called a document by Telegram, a venue also a location.
MEDIA = ("photo", "voice", "audio", "video", "video_note", "animation", "document", "sticker", "poll", "dice", "venue")
OUR_KINDS = {"audio": "voice", "document": "file"}
LONGEST_FILE_ID = 256
_INVITE = re.compile(r"^/start(?:@\w+)?\s+invite_([0-9A-Za-z]{12})$")
_COMMAND = re.compile(r"^/(\w+)(?:@\w+)?(?:\s+(.*))?$", re.DOTALL)
_HELP = frozenset({"help", "settings", "menu"})


@dataclass(frozen=True)
class Incoming:
    """One update made small. `chat`: a private chat's id; `raw`: for the path; `callback`: a tap to answer.

    `chat` is None for what has no private chat (groups, channels, polls): kept, and done at once.
    """

    update_id: int
    chat: str | None
    raw: dict[str, Any]
    callback: str | None = None


def boil_down(update: Any) -> Incoming | None:
    """The meaning of an update; None when it is malformed. `update` is parsed JSON of any shape."""
    if not isinstance(update, dict):
        return None
    update_id = usable_id(update)
    if update_id is None or "unparsed" in update:
        return None
    if "callback_query" in update:
        return _tap(update_id, update["callback_query"])
    for name in ("message", "edited_message"):  # what was changed is read anew, as if it had just been said
        if name in update:
            return _message(update_id, update[name], edited=name != "message")
    return Incoming(update_id, None, {})


def usable_id(update: Any) -> int | None:
    """The update's id when it can serve as an offset, else None."""
    found = update.get("update_id") if isinstance(update, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) and 0 <= found < LONGEST_ID else None


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < LONGEST_ID


def _private(chat: Any) -> str | None:
    """Id of a private chat, "" for another kind of chat, None for rubbish."""
    if not isinstance(chat, dict) or not _is_id(chat.get("id")) or not isinstance(chat.get("type"), str):
        return None
    return str(chat["id"]) if chat["type"] == "private" else ""


def _tap(update_id: int, query: Any) -> Incoming | None:
    if not isinstance(query, dict) or not isinstance(query.get("id"), str):
        return None
    data, message = query.get("data"), query.get("message")
    if not isinstance(data, str) or not data or not isinstance(message, dict):
        return None
    chat = _private(message.get("chat"))
    if chat is None:
        return None
    return Incoming(update_id, chat or None, {"choice": data[:120]}, query["id"])


def _message(update_id: int, message: Any, *, edited: bool) -> Incoming | None:
    if not isinstance(message, dict):
        return None
    chat = _private(message.get("chat"))
    if chat is None:
        return None
    raw = _content(message)
    if raw is None:
        return None
    if edited and "media" in raw:
        # Only the words beside it can have become others; the thing itself has been taken already.
        raw = {"text": raw["text"]} if "text" in raw else {}
        chat = chat if raw else ""
    return Incoming(update_id, chat or None, raw)


def _content(message: dict[str, Any]) -> dict[str, Any] | None:
    text = message.get("text", message.get("caption"))
    if text is not None and not isinstance(text, str):
        return None
    raw: dict[str, Any] = {}
    if text:
        raw = _words(text)
    if "location" in message:
        pin = message["location"]
        if not isinstance(pin, dict) or not (_degrees(pin.get("latitude"), 90) and _degrees(pin.get("longitude"), 180)):
            return None
        raw["location"] = {"lat": float(pin["latitude"]), "lon": float(pin["longitude"])}
    if isinstance(message.get("contact"), dict) and isinstance(message["contact"].get("phone_number"), str):
        raw["contact"] = message["contact"]["phone_number"][:40]
    media = next((kind for kind in MEDIA if kind in message), None)
    if media is not None:
        raw["media"] = OUR_KINDS.get(media, media)
        if raw["media"] in ("photo", "voice", "file"):
            file = _file(message[media], message.get("media_group_id"))
            if file is None:
                return None
            raw["file"] = file
    return raw


def _degrees(value: Any, most: int) -> bool:
    """Whether it is a number on the globe: an integer of a thousand digits would not even become a float."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -most <= value <= most


def _file(told: Any, group: Any) -> dict[str, Any] | None:
    """Where a file is to be fetched from; of a photo the largest size. None: malformed."""
    found = told[-1] if isinstance(told, list) and told else told
    if not isinstance(found, dict) or not isinstance(found.get("file_id"), str):
        return None
    size = found.get("file_size")
    return {
        "id": found["file_id"][:LONGEST_FILE_ID],
        "size": size if _is_id(size) else 0,
        "group": group[:64] if isinstance(group, str) else "",
    }


def _words(text: str) -> dict[str, Any]:
    invite = _INVITE.match(text)
    if invite:
        return {"invite": invite[1]}
    command = _COMMAND.match(text)
    if command is None:
        return {"text": text}
    if command[1] == "start":
        return {"welcome": True}
    if command[1] in _HELP:
        return {"choice": "say:chat.help"}
    return {"text": command[2] or command[1]}
