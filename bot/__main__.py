"""`python -m bot`: run the gateway and clock until told to stop."""

from __future__ import annotations

import gc

gc.disable()  # what starting makes stays: looking for garbage in it took a fifth of a start (bot/app.py looks again)

import asyncio
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from socket import socket

import uvicorn

from bot import ending, logs
from bot.app import App
from bot.clock import utc_now
from bot.gateway.web.patience import PatientProtocol
from bot.settings import SettingsError, load
from bot.storage.crypto import KeyFileError
from bot.storage.migrate import DatabaseTooNew

DRAIN_SECONDS = 8
LOG = logging.getLogger("hutong")


class Server(uvicorn.Server):
    """uvicorn, with the rest of the application started before the first request and stopped after the last."""

    def __init__(self, config: uvicorn.Config, app: App) -> None:
        super().__init__(config)
        self._app = app

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn does, but being told to stop is a good end: it would raise the signal again, status -15."""
        with super().capture_signals():
            yield
            self._captured_signals.clear()

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Begin with the application, then listen."""
        await self._app.start()
        await super().startup(sockets)

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """End open streams first, or they would hold the server for the whole drain time.

        Requests and everything else come to their end at the same time: one after the other they may take too long.
        """
        ending.at_last()
        self._app.hub.close()
        finishing = asyncio.create_task(self._app.finish())
        await super().shutdown(sockets)
        await finishing
        await self._app.close()


def _with_roles(environ: Mapping[str, str], words: list[str]) -> Mapping[str, str]:
    """`--roles gateway,worker` says the same as HUTONG_ROLES. Raises SettingsError for any other word."""
    if not words:
        return environ
    if len(words) != 2 or words[0] != "--roles":
        raise SettingsError("usage: python -m bot [--roles gateway,worker,clock]")
    return {**environ, "HUTONG_ROLES": words[1]}


def main() -> int:
    """Run until SIGINT or SIGTERM. Exit status 1 with one clear sentence when it cannot start."""
    os.umask(0o077)  # what lies here is for this user alone
    for noisy in ("httpx", "httpcore", "apscheduler", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)  # of a batch that fails our own line tells more
    try:
        settings = load(_with_roles(os.environ, sys.argv[1:]))
        logs.begin(settings.log)
        app = App(settings, utc_now)
    except (SettingsError, KeyFileError, DatabaseTooNew) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    config = uvicorn.Config(
        app.site,
        http=PatientProtocol,
        host=settings.web_host,
        port=settings.web_port,
        access_log=False,  # addresses of people who report are not written down
        log_level="warning",
        lifespan="off",
        timeout_graceful_shutdown=DRAIN_SECONDS,
        server_header=False,
        proxy_headers=False,
    )
    if "gateway" in settings.roles:
        LOG.info("chat page: %s", settings.public_url)
        LOG.info(
            "danger, buttons and numbers work now; understanding of free text follows when Rasa is up (see /ready)"
        )
    else:
        roles = ", ".join(sorted(settings.roles))
        LOG.info("%s; health: http://%s:%d/health", roles, settings.web_host, settings.web_port)
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:  # uvloop where it is installed
        runner.run(Server(config, app).serve())
    return 0


if __name__ == "__main__":
    sys.exit(main())
