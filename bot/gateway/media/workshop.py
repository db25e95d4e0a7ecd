"""Making photos and recordings anew in a process apart: bounded in time and result, without our environment.

The process bounds itself (see `remake`); here it gets no variable of ours, no working folder, a time limit, and what
it gives back must look like what was asked for.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.gateway.media import remake, signatures

PROGRAM = Path(remake.__file__)
PATIENCE_SECONDS = 30.0
LARGEST_RESULT = 16 * 1024 * 1024
AT_ONCE = 2
REASONS = {remake.DAMAGED: "damaged", remake.TOO_BIG: "big", remake.TOO_LONG: "long", remake.VIDEO: "video"}
RESULTS = {signatures.PHOTO: "image/jpeg", signatures.VOICE: "audio/mp4"}


@dataclass(frozen=True)
class Made:
    """A working copy with its media type, or why there is none; `failed` when that is no fault of the file's as far
    as we know: the process was killed, or took too long."""

    data: bytes = b""
    media_type: str = ""
    refusal: str = ""
    failed: bool = False


class Workshop:
    """Runs at most two processes at once. `program` is replaced in tests that want it to die."""

    def __init__(self, program: Path = PROGRAM, patience: float = PATIENCE_SECONDS) -> None:
        self._program, self._patience = program, patience
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def remake(self, kind: str, original: bytes) -> Made:
        """The working copy of a photo or recording."""
        async with self._gate:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-I",
                str(self._program),
                kind,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={},
                cwd="/",
                start_new_session=True,
            )
            try:
                async with asyncio.timeout(self._patience):
                    result = await _exchange(process, original)
                    status = await process.wait()
            except TimeoutError:
                return Made(failed=True)
            finally:
                await end(process)
        if status in REASONS:
            return Made(refusal=REASONS[status])
        found = signatures.look(result)
        if status != 0 or (found.kind, found.media_type) != (kind, RESULTS[kind]):
            return Made(failed=True)
        return Made(result, found.media_type)


async def end(process: asyncio.subprocess.Process) -> None:
    """Kill it with all it may have started, and wait until it is gone. What it still gives back is read and dropped:
    asyncio's wait() does not come back while a pipe is held because its reader had enough, whoever is dead (CPython
    gh-119710), and the place at the gate would be taken for good."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    await process.communicate()


async def _exchange(process: asyncio.subprocess.Process, original: bytes) -> bytes:
    """Give the original and read the result, at most so much of it, at the same time."""
    feeding = asyncio.create_task(_feed(process, original))
    pieces, size = [], 0
    try:
        assert process.stdout is not None  # noqa: S101 - opened as a pipe above
        while piece := await process.stdout.read(256 * 1024):
            size += len(piece)
            if size > LARGEST_RESULT:
                raise TimeoutError
            pieces.append(piece)
    finally:
        feeding.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await feeding
    return b"".join(pieces)


async def _feed(process: asyncio.subprocess.Process, original: bytes) -> None:
    assert process.stdin is not None  # noqa: S101 - opened as a pipe above
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(original)
        await process.stdin.drain()
        process.stdin.close()
