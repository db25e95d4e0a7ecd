"""What a file is by its first bytes. A short list of what we take; names and what the sender claims count nothing."""

from __future__ import annotations

from dataclasses import dataclass

PHOTO, VOICE, FILE = "photo", "voice", "file"
LONGEST_TEXT = 1024 * 1024
_ZIP = b"PK\x03\x04"
_WORD = b"word/document.xml"
_MACROS = b"vbaProject.bin"
_APPLE_PHOTO = (b"heic", b"heix", b"hevc", b"mif1", b"msf1")


@dataclass(frozen=True)
class Found:
    """A kind we take (photo, voice or file) and its media type; or with kind None the reason it is refused."""

    kind: str | None
    media_type: str = ""
    refusal: str = ""


_STARTS: tuple[tuple[bytes, Found], ...] = (
    (b"\xff\xd8\xff", Found(PHOTO, "image/jpeg")),
    (b"\x89PNG\r\n\x1a\n", Found(PHOTO, "image/png")),
    (b"GIF87a", Found(PHOTO, "image/gif")),
    (b"GIF89a", Found(PHOTO, "image/gif")),
    (b"OggS", Found(VOICE, "audio/ogg")),
    (b"\x1aE\xdf\xa3", Found(VOICE, "audio/webm")),
    (b"#!AMR", Found(VOICE, "audio/amr")),
    (b"ID3", Found(VOICE, "audio/mpeg")),
    (b"%PDF-", Found(FILE, "application/pdf")),
)


def look(data: bytes) -> Found:
    """The kind and media type of a file. Nothing of it is unpacked or interpreted beyond fixed byte patterns."""
    for start, found in _STARTS:
        if data.startswith(start):
            return found
    if data[:4] == b"RIFF":
        by_form = {b"WEBP": Found(PHOTO, "image/webp"), b"WAVE": Found(VOICE, "audio/wav")}
        return by_form.get(data[8:12], Found(None, refusal="kind"))
    if data[4:8] == b"ftyp":
        return _boxes(data[8:12])
    if len(data) > 2 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0:
        # Layer bits 00 are AAC in ADTS frames, the others MPEG audio.
        return Found(VOICE, "audio/aac" if data[1] & 0x06 == 0 else "audio/mpeg")
    if data.startswith(_ZIP):
        word = _WORD in data and _MACROS not in data
        return Found(FILE, "application/vnd.openxmlformats-officedocument.wordprocessingml.document") if word else _no()
    charset = next((name for name in ("utf-8", "gb18030") if _is_text(data, name)), None)
    return Found(FILE, f"text/plain; charset={charset}") if charset else _no()


def _no() -> Found:
    return Found(None, refusal="kind")


def _boxes(brand: bytes) -> Found:
    """The ISO container: sound and video look alike here, the workshop refuses what has moving pictures."""
    if brand in _APPLE_PHOTO:
        return Found(None, refusal="heic")
    if brand == b"avif":
        return Found(PHOTO, "image/avif")
    return Found(VOICE, "audio/mp4")


def _is_text(data: bytes, charset: str) -> bool:
    """Plain text without control characters that is no markup (SVG and HTML are text too)."""
    if not data.strip() or len(data) > LONGEST_TEXT:
        return False
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode(charset)
    except UnicodeDecodeError:
        return False
    if text.lstrip().startswith("<"):
        return False
    return all(character.isprintable() or character in "\t\r\n\u3000" for character in text)
