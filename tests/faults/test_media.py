"""Guarantee 20: hostile photos and recordings break nothing but their own process; originals stay, sealed and equal."""

from __future__ import annotations

import asyncio
import io
import os
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import av
import pytest
from PIL import Image

from bot.gateway.media import remake, signatures, workshop
from bot.gateway.media.settling import Settling
from bot.gateway.media.workshop import PROGRAM, Workshop
from bot.services.mail import mailbox
from bot.services.reporting import attachments
from bot.storage.crypto import Vault
from bot.storage.tables import Attachment, Outbox
from tests import media_samples as samples
from tests.builders import World
from tests.faults.gateway_process import HUNG_SECONDS, running_gateway, wait_until
from tests.faults.sizes import size
from tests.faults.test_kills import Talker


async def test_a_photo_comes_out_upright_small_and_without_place_camera_or_comment() -> None:
    original = samples.photo_with_place()
    assert samples.CAMERA.encode() in original
    made = await Workshop().remake("photo", original)
    picture = Image.open(io.BytesIO(made.data))
    assert (picture.format, picture.size) == ("JPEG", (300, 400))
    assert dict(picture.getexif()) == {}
    assert picture.getexif().get_ifd(0x8825) == {}
    for trace in (samples.CAMERA.encode(), b"Exif", b"by Wang", b"GPS"):
        assert trace not in made.data


async def test_a_large_photo_is_made_smaller() -> None:
    made = await Workshop().remake("photo", samples.picture("PNG", (4000, 2000)))
    assert Image.open(io.BytesIO(made.data)).size == (1600, 800)


@pytest.mark.parametrize("name", ["PNG", "WEBP", "GIF", "AVIF"])
async def test_every_kind_of_picture_on_the_list_becomes_a_jpeg(name: str) -> None:
    original = samples.picture(name)
    assert signatures.look(original).kind == "photo"
    made = await Workshop().remake("photo", original)
    assert made.data.startswith(b"\xff\xd8\xff")


async def test_of_a_polyglot_only_the_picture_remains() -> None:
    original = samples.polyglot()
    assert b"index.html" in original
    made = await Workshop().remake("photo", original)
    assert made.data
    assert b"PK\x03\x04" not in made.data
    assert b"index.html" not in made.data


@pytest.mark.parametrize(
    ("original", "why"),
    [
        (samples.huge_png(), "big"),
        (samples.lying_png(), "big"),
        (samples.picture("PNG")[:2000], "damaged"),
        (samples.picture("JPEG", (2000, 1500))[:9000], "damaged"),
        (b"\xff\xd8\xff" + b"\0" * 5000, "damaged"),
    ],
    ids=["100 megapixels", "lying header", "cut png", "cut jpeg", "no jpeg at all"],
)
async def test_bombs_and_broken_photos_are_refused(original: bytes, why: str) -> None:
    made = await Workshop().remake("photo", original)
    assert (made.refusal, made.data, made.failed) == (why, b"", False)


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [
        ("ogg", "libopus", 48_000),
        ("webm", "libopus", 48_000),
        ("mp4", "aac", 44_100),
        ("mp3", "libmp3lame", 44_100),
        ("wav", "pcm_s16le", 16_000),
        ("adts", "aac", 44_100),
        ("amr", "libopencore_amrnb", 8_000),
    ],
)
async def test_every_kind_of_recording_becomes_mono_without_metadata(name: str, codec: str, rate: int) -> None:
    original = samples.sound(2, name, codec, rate)
    assert signatures.look(original).kind == "voice"
    made = await Workshop().remake("voice", original)
    assert made.media_type == "audio/mp4"
    assert b"SECRET-TITLE" not in made.data
    with av.open(io.BytesIO(made.data)) as heard:
        assert heard.streams.audio[0].codec_context.layout.name == "mono"
        assert float(heard.duration or 0) / 1_000_000 == pytest.approx(2, abs=0.2)


@pytest.mark.parametrize(
    ("original", "why"),
    [
        (samples.sound(605, "wav", "pcm_s16le", 8_000), "long"),
        (samples.sound(2)[:60], "damaged"),
        (samples.video(), "video"),
        (b"OggS" + os.urandom(20_000), "damaged"),
        (b"ID3" + b"#EXTM3U\nfile:///etc/passwd\n" * 50, "damaged"),
    ],
    ids=["over ten minutes", "cut", "a film", "noise", "a playlist"],
)
async def test_bombs_and_broken_recordings_are_refused(original: bytes, why: str) -> None:
    made = await Workshop().remake("voice", original)
    assert (made.refusal, made.data) == (why, b"")


@pytest.mark.parametrize(
    "data",
    [
        samples.SVG,
        b"<html><script>1</script>",
        samples.zip_archive("a.txt"),
        samples.zip_archive("word/document.xml", "word/vbaProject.bin"),
        b"MZ\x90\0" + b"\0" * 500,
        b"\x7fELF" + b"\1" * 99,
        b"\0" * 1000,
        b"abc\x1b[31m",
        bytes(range(256)) * 8,
        b"",
    ],
)
def test_what_is_not_on_the_list_is_refused_whatever_its_name(data: bytes) -> None:
    assert signatures.look(data).kind is None


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (samples.PDF, "application/pdf"),
        ("老李家的孩子三天没上学了。\n".encode(), "text/plain; charset=utf-8"),
        ("老李家的孩子三天没上学了。".encode("gb18030"), "text/plain; charset=gb18030"),
        (
            samples.zip_archive("word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
)
def test_documents_are_known_by_their_bytes(data: bytes, media_type: str) -> None:
    assert (signatures.look(data).kind, signatures.look(data).media_type) == ("file", media_type)


PROBE = """
import os, runpy, socket, sys
module = runpy.run_path({program!r})
module["_prepare"]("photo")
module["give_up_rights"]()
def fails(act):
    try: act()
    except OSError: return "no"
    return "yes"
def eat():
    try: bytearray(3 << 30)
    except MemoryError: raise OSError
made = lambda: os.open("/tmp/x", os.O_CREAT)
print(fails(socket.socket), fails(lambda: open("/etc/hostname")), fails(made), fails(eat), sorted(os.environ))
"""


def test_the_process_can_open_nothing_reach_nobody_and_holds_no_variable_of_ours() -> None:
    probe = PROBE.format(program=str(PROGRAM))
    done = subprocess.run([sys.executable, "-I", "-c", probe], capture_output=True, text=True, env={}, check=True)
    assert done.stdout.split()[:4] == ["no"] * 4
    assert "HUTONG" not in done.stdout


async def test_the_environment_of_the_process_is_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUTONG_TELEGRAM_TOKEN", "secret")
    spy = tmp_path / "spy.py"
    picture = samples.picture()
    spy.write_text(
        "import os, sys\n"
        f"data = {picture!r}\n"
        "sys.stdout.buffer.write(data if 'HUTONG_TELEGRAM_TOKEN' not in os.environ else b'')\n"
    )
    assert (await Workshop(spy).remake("photo", picture)).data == picture


PROGRAMS = {
    "is killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "hangs": "import time; time.sleep(999)",
    "never reads and hangs": "import sys, time; sys.stdin.close(); time.sleep(999)",
    "crashes": "raise SystemExit(139)",
    "gives back something else": "import sys; sys.stdout.write('<html>')",
    "gives back without end": "import sys\nwhile True: sys.stdout.buffer.write(b'\\xff\\xd8\\xff' * 9999)",
}


def dying(folder: Path, how: str) -> Workshop:
    program = folder / "dying.py"
    program.write_text(PROGRAMS[how])
    return Workshop(program, patience=1.0)


@pytest.mark.parametrize("how", PROGRAMS)
async def test_when_the_process(how: str, world: World, tmp_path: Path) -> None:
    """… dies or misbehaves, the person hears it, the original is there to the byte, and the next one is served."""
    somebody, original = world.citizen(), samples.photo_with_place()
    uid = bring(world, somebody, original)
    settling = Settling(world.database, world.vault, world.now, dying(tmp_path, how))
    await asyncio.wait_for(settling.round(), HUNG_SECONDS)
    assert said(world, somebody)[-1] == "media.refused.unchecked"
    assert kept(world, uid) == original
    second = bring(world, somebody, original)
    await Settling(world.database, world.vault, world.now).round()
    with world.work() as work:
        assert work.session.get_one(Attachment, second).state == "ready"


async def test_a_process_whose_pipe_is_held_because_nobody_reads_on_is_ended_all_the_same(tmp_path: Path) -> None:
    program = tmp_path / "flood.py"
    program.write_text(PROGRAMS["gives back without end"])
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(program), stdin=pipe, stdout=pipe, start_new_session=True
    )
    held = process._transport.get_pipe_transport(1)  # type: ignore[attr-defined]
    while held.is_reading():
        await asyncio.sleep(0)
    await asyncio.wait_for(workshop.end(process), HUNG_SECONDS)
    assert process.returncode == -signal.SIGKILL


def bring(world: World, conversation: str, data: bytes) -> str:
    """A photo that came over the web in an open talk, taken up and not checked yet."""
    from bot.services.reporting import evidence

    if world.flow(conversation) is None:
        world.tap(conversation, "flow:report")
    inbox_id = world.hear(conversation, {"media": "photo"})
    with world.work() as work:
        uid = attachments.keep(work, conversation, inbox_id, "photo", "image/jpeg", data)
        evidence.arrived(work, conversation, inbox_id, evidence.Brought("photo"), "")
        held = mailbox.claim(work, inbox_id)
        assert held is not None
        mailbox.finish(work, held)
    return uid


def said(world: World, conversation: str) -> list[str]:
    from sqlalchemy import select

    with world.work() as work:
        rows = select(Outbox.key).where(Outbox.conversation == conversation).order_by(Outbox.id)
        return list(work.session.scalars(rows))


def kept(world: World, uid: str) -> bytes:
    with world.work() as work:
        row = work.session.get_one(Attachment, uid)
        assert row.original_sealed is not None
        return work.vault.open_bytes("attachments.original", uid, row.original_sealed)


async def test_the_original_is_kept_sealed_and_equal_and_the_working_copy_beside_it(world: World) -> None:
    original = samples.photo_with_place()
    uid = bring(world, world.citizen(), original)
    await Settling(world.database, world.vault, world.now).round()
    assert kept(world, uid) == original
    with world.work() as work:
        row = work.session.get_one(Attachment, uid)
        assert row.original_sealed is not None
        assert row.working_sealed is not None
        for trace in (samples.CAMERA.encode(), original[:12]):  # three bytes alone come up by chance in what is sealed
            assert trace not in row.original_sealed
            assert trace not in row.working_sealed
        assert b"Exif" not in work.vault.open_bytes("attachments.working", uid, row.working_sealed)


async def test_two_who_settle_the_same_say_it_once(world: World) -> None:
    somebody = world.citizen()
    bring(world, somebody, samples.picture()[:3000])
    both = [Settling(world.database, world.vault, world.now) for _ in range(2)]
    await asyncio.gather(*(one.round() for one in both))
    assert said(world, somebody).count("media.refused.damaged") == 1


async def test_what_was_waiting_when_everything_stopped_is_settled_afterwards(world: World) -> None:
    somebody = world.citizen()
    uid = bring(world, somebody, samples.picture())
    first = Settling(world.database, world.vault, world.now)
    first.begin([uid])
    await first.close()
    await Settling(world.database, world.vault, world.now).round()
    with world.work() as work:
        assert work.session.get_one(Attachment, uid).state == "ready"


def test_the_workshop_program_needs_nothing_of_ours() -> None:
    assert "from bot" not in Path(remake.__file__).read_text()


async def test_killed_while_photos_come_in_each_is_kept_once_to_the_byte_and_nothing_lies_about(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print("seed", seed)  # noqa: T201 - shown when the test fails
    chance = random.Random(seed)
    photo = samples.photo_with_place()
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with running_gateway(tmp_path, {"TMPDIR": str(scratch)}) as (gateway, _):
        talker = Talker(gateway, seed)
        await talker.open()

        async def send(key: str) -> None:
            files = {"photo": ("a.jpg", photo, "image/jpeg")}
            headers = {**talker.headers, "Idempotency-Key": key}
            await talker._until_done("POST", talker.where, files=files, headers=headers)

        async def kill() -> None:
            for _ in range(size(2, 8)):
                await asyncio.sleep(chance.uniform(0.0, 0.4))
                await asyncio.to_thread(gateway.kill)
                await asyncio.to_thread(gateway.start)

        keys = [f"photo-{number}" for number in range(6)]
        await asyncio.gather(kill(), *(send(key) for key in keys))
        data = gateway.folder / "var" / "hutong.db"

        def states() -> list[str]:
            with closing(sqlite3.connect(data)) as database:
                return [state for (state,) in database.execute("select state from attachments")]

        await asyncio.to_thread(wait_until, lambda: states() == ["ready"] * len(keys), "not all were settled")
        gateway.terminate()
        vault = Vault.load(gateway.folder / "var" / "keys.json")
        with closing(sqlite3.connect(data)) as database:
            for uid, sealed in database.execute("select uid, original_sealed from attachments"):
                assert vault.open_bytes("attachments.original", uid, sealed) == photo
    everything = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert samples.CAMERA.encode() not in everything
    assert list(scratch.iterdir()) == []
