"""Photos and recordings made for tests, harmless and hostile."""

from __future__ import annotations

import array
import io
import math
import struct
import zipfile
import zlib

import av
from PIL import Image

CAMERA = "SPYCAM-7"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def picture(name: str = "JPEG", size: tuple[int, int] = (400, 300)) -> bytes:
    """An ordinary picture."""
    out = io.BytesIO()
    Image.radial_gradient("L").resize(size).convert("RGB").save(out, name)
    return out.getvalue()


def photo_with_place() -> bytes:
    """A JPEG from a phone: lying on its side, with camera, GPS position and a comment in it."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = CAMERA, 6
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (43.0, 53.0, 11.5), "E", (125.0, 19.0, 7.5)
    out = io.BytesIO()
    Image.radial_gradient("L").resize((400, 300)).convert("RGB").save(out, "JPEG", exif=exif, comment=b"by Wang")
    return out.getvalue()


def polyglot() -> bytes:
    """A JPEG that is also a zip archive with a page and a script in it."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("index.html", "<script>alert('POLYGLOT')</script>")
    return photo_with_place() + archive.getvalue()


def zip_archive(*names: str) -> bytes:
    """A zip archive, whatever its name says."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


def huge_png(width: int = 10_000, height: int = 10_000) -> bytes:
    """A few kilobytes that unpack to a picture of 100 megapixels."""
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


def lying_png() -> bytes:
    """A PNG whose header promises 60,000 by 60,000 pixels of 8 bytes each."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 16, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def sound(seconds: int, name: str = "ogg", codec: str = "libopus", rate: int = 48_000) -> bytes:
    """A recording of a tone with a title in its metadata."""
    out = io.BytesIO()
    with av.open(out, "w", format=name) as made:
        made.metadata["title"] = "SECRET-TITLE"
        stream = made.add_stream(codec, rate=rate, layout="mono")
        turned = av.AudioResampler(
            format=stream.format, layout="mono", rate=rate, frame_size=stream.codec_context.frame_size or 1024
        )
        tone = array.array("h", [int(8000 * math.sin(n / 20)) for n in range(rate)]).tobytes()
        for _ in range(seconds):
            frame = av.AudioFrame(format="s16", layout="mono", samples=rate)
            frame.rate = rate
            frame.planes[0].update(tone)
            for piece in turned.resample(frame):
                made.mux(stream.encode(piece))
        for piece in turned.resample(None):
            made.mux(stream.encode(piece))
        made.mux(stream.encode(None))
    return out.getvalue()


def video() -> bytes:
    """A film without sound."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as made:
        stream = made.add_stream("mpeg4", rate=5, width=64, height=64, pix_fmt="yuv420p")
        for _ in range(5):
            made.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        made.mux(stream.encode(None))
    return out.getvalue()
