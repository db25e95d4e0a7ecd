"""Make a photo or a recording anew, without anything but its picture or sound. A program of its own, nothing of ours.

Run as `python -I remake.py photo|voice`: the original comes on standard input, the result goes to standard output.
Exit status: 0 done, else one of the reasons below. Before the first byte of a stranger's file is read the process
gives up memory beyond a bound, processor time, writing files, starting processes and opening anything at all, sockets
included: what breaks the decoder breaks only this process, which holds no secret.
"""

from __future__ import annotations

import io
import os
import resource
import sys

DAMAGED, TOO_BIG, TOO_LONG, VIDEO = 10, 11, 12, 13
MEMORY_BYTES = 1024 * 1024 * 1024
PROCESSOR_SECONDS = 20
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 1600
QUALITY = 82
LONGEST_SECONDS = 600
SOUND_RATE = 24_000
SOUND_BITS = 48_000
PICTURES = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
# The demuxer is named, never guessed: playlists and lists of other files are no sound.
DEMUXERS = (
    (b"OggS", "ogg"),
    (b"\x1aE\xdf\xa3", "matroska"),
    (b"#!AMR", "amr"),
    (b"RIFF", "wav"),
    (b"ID3", "mp3"),
)
# A WAV header (mono, 8 kHz, 16 bit) and a tenth of a second of nothing.
_SILENCE = b"RIFF\x64\x06\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10\0data\x40\x06\0\0" + bytes(1600)


class Refused(Exception):
    """Why there is no result: an exit status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def give_up_rights() -> None:
    """Bounds that hold from now on; the last open files are the three standard ones."""
    os.nice(10)
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 3),
    ):
        resource.setrlimit(what, (most, most))


def photo(data: bytes) -> bytes:
    """A JPEG of at most 1,600 pixels a side, upright, of the first frame, with no metadata at all."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=PICTURES) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise Refused(TOO_BIG)
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        turned = ImageOps.exif_transpose(opened)
        turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        seen = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    # A new sheet of paper: Pillow would carry comments and profiles over from the opened one.
    clean = Image.new("RGB", seen.size, "white")
    clean.paste(seen, mask=seen.getchannel("A") if seen.mode == "RGBA" else None)
    made = io.BytesIO()
    clean.save(made, "JPEG", quality=QUALITY)
    return made.getvalue()


def voice(data: bytes) -> bytes:
    """Mono AAC in MP4 without metadata, at most ten minutes."""
    import av

    made = io.BytesIO()
    with av.open(io.BytesIO(data), "r", format=_demuxer(data), metadata_errors="ignore") as source:
        if any(stream.type == "video" for stream in source.streams):
            raise Refused(VIDEO)
        if not source.streams.audio:
            raise Refused(DAMAGED)
        if (source.duration or 0) > LONGEST_SECONDS * 1_000_000:
            raise Refused(TOO_LONG)  # what it says of itself; what it really holds is counted below
        options = {"fflags": "+bitexact"}
        with av.open(made, "w", format="mp4", options=options) as sink:
            _resound(source, sink)
    return made.getvalue()


def _resound(source, sink) -> None:  # type: ignore[no-untyped-def]  # PyAV's containers, imported only in the child
    import av

    stream = sink.add_stream("aac", rate=SOUND_RATE, layout="mono")
    stream.bit_rate = SOUND_BITS
    stream.codec_context.flags |= av.codec.context.Flags.bitexact
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=SOUND_RATE)
    heard = 0
    for frame in source.decode(source.streams.audio[0]):
        frame.pts = None
        for piece in resampler.resample(frame):
            heard += piece.samples
            if heard > LONGEST_SECONDS * SOUND_RATE:
                raise Refused(TOO_LONG)
            sink.mux(stream.encode(piece))
    for piece in resampler.resample(None):
        sink.mux(stream.encode(piece))
    if heard == 0:
        raise Refused(DAMAGED)
    sink.mux(stream.encode(None))


def _demuxer(data: bytes) -> str:
    if data[4:8] == b"ftyp":
        return "mov"
    named = next((name for start, name in DEMUXERS if data.startswith(start)), None)
    return named or ("aac" if data[1] & 0x06 == 0 else "mp3")


def _prepare(kind: str) -> None:
    """Do it once with something of our own: both libraries load parts of themselves only when first needed."""
    if kind == "voice":
        voice(_SILENCE)
        return
    from PIL import Image, MpoImagePlugin, TiffImagePlugin  # noqa: F401

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    turned = Image.Exif()
    turned[0x0112] = 6
    for name in PICTURES:
        drawn = io.BytesIO()
        Image.new("RGB", (2, 2)).save(drawn, name, **({"exif": turned} if name in ("JPEG", "PNG") else {}))
        photo(drawn.getvalue())


def main() -> int:
    """Read, remake, write; see the top."""
    kind = sys.argv[1]
    _prepare(kind)
    give_up_rights()
    data = sys.stdin.buffer.read()
    try:
        made = voice(data) if kind == "voice" else photo(data)
    except Refused as refused:
        return refused.status
    except MemoryError:
        return TOO_BIG
    except Exception as error:  # noqa: BLE001 - decoders fail in every way there is; all of them mean the same
        bomb = type(error).__name__ in ("DecompressionBombError", "DecompressionBombWarning")
        return TOO_BIG if bomb else DAMAGED
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)  # nothing to tidy, and no destructor of a decoder that has just failed
