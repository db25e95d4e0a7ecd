"""Any process of the set-up with many is killed at random while people write; then the books are checked.

`python -m tests.faults.daytime tests.faults.chaos --minutes 10 --seed 7` (or `make test-faults`) starts the lines of
deploy/Procfile.many, people on Telegram (by webhook, with acknowledgements) and on the web page, children whose day
comes in the workers' queue, and kills -9 one process every few seconds, the database's server among them;
deploy/keep.sh starts it again. Exit status 0 only with "0 lost, 0 doubled", every batch done once, and every duty taken
over within a minute. The last lines are the verdict and the row of docs/guarantees.md.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from tests.conversations import moved
from tests.faults.books_of_many import Books, Found, Takeovers
from tests.faults.fake_bot_api import FakeTelegram
from tests.faults.left_behind import LeftBehind
from tests.faults.many_processes import Many
from tests.faults.people_writing import DANGER, People
from tests.faults.proxy import Proxy
from tests.faults.shared_work import SharedWork

KILL_EVERY = (2.0, 6.0)
SETTLE_SECONDS = 300.0
"""What has not come to its end by then never will. How long it took is printed."""
TAKEOVER_SECONDS = 60.0


@dataclass
class Outcome:
    """The figures of one experiment."""

    seed: int
    kills: dict[str, int] = field(default_factory=dict)
    takeovers: dict[str, float] = field(default_factory=dict)
    slowest_answer: float = 0.0
    ended_after: float = 0.0
    found: Found = field(default_factory=lambda: Found(0))
    shared: str = ""
    figures: tuple[int, int] = (0, 0)
    wrong: list[str] = field(default_factory=list)
    minutes: float = 0.0

    def good(self) -> bool:
        """Whether every promise was kept."""
        quick = max([0.0, *self.takeovers.values()]) <= TAKEOVER_SECONDS
        return self.found.messages > 0 and self.found.good() and quick and not self.wrong

    def verdict(self) -> str:
        """All figures, what went wrong, and the row of the table."""
        took = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in sorted(self.takeovers.items())) or "none"
        found, killed = self.found, sum(self.kills.values())
        row = (self.seed, killed, found.messages, len(found.lost), len(found.doubled), len(found.disordered))
        row = (*row, found.sent_again, found.late, took, *self.figures, len(self.wrong))
        return "\n".join(
            [
                f"killed {killed}: " + ", ".join(f"{name} {times}" for name, times in sorted(self.kills.items())),
                found.sentence(),
                f"slowest takeover: {took} ({TAKEOVER_SECONDS:.0f} s allowed)",
                f"slowest web answer, repeats included: {self.slowest_answer:.1f} s; "
                f"all came to its end {self.ended_after:.0f} s after the last word; "
                f"load of the machine {os.getloadavg()[1]:.1f} on {os.cpu_count()} processors",
                self.shared,
                *self.wrong,
                f"| {' | '.join(str(one) for one in row)} |",
                f"{'GOOD' if self.good() else 'BAD'}: seed {self.seed}, {self.minutes:g} min, {len(found.lost)} lost, "
                f"{len(found.doubled)} doubled, slowest takeover {max([0.0, *self.takeovers.values()]):.1f} s",
            ]
        )


def run(minutes: float, seed: int, port: int, without: tuple[str, ...]) -> int:
    """One experiment. Returns the exit status."""
    print(f"seed {seed}, {minutes:g} minutes, without {', '.join(without) or 'nothing'}", flush=True)
    left_behind, good = LeftBehind(), False
    folder = Path(tempfile.mkdtemp(prefix="hutong-chaos-"))
    left_behind.folder(folder / "var")
    if moved.FILE in os.environ:
        left_behind.folder(Path(os.environ[moved.FILE]).parent)
    api, proxy = FakeTelegram(), Proxy(("127.0.0.1", port + 1), ("127.0.0.1", port + 2))
    many = Many(folder, port, api.url, proxy.url, left_behind)
    try:
        outcome = _experiment(many, folder / "var" / "keys.json", api, proxy, minutes, seed, without)
        good = outcome.good()
        print(outcome.verdict(), flush=True)
        return 0 if good else 1
    finally:
        many.stop()
        proxy.close()
        api.close()
        shutil.rmtree(folder if good else folder / "var", ignore_errors=True)
        left_behind.done()
        print("all stopped" if good else f"all stopped; what they wrote: {many.log}", flush=True)


def _experiment(
    many: Many, keys: Path, api: FakeTelegram, proxy: Proxy, minutes: float, seed: int, without: tuple[str, ...]
) -> Outcome:
    chance, outcome = random.Random(seed), Outcome(seed, minutes=minutes)
    database = many.prepare()
    shared = SharedWork(database, keys)
    many.start(without)
    shared.start()
    people, takeovers = People(api, proxy.url, chance), Takeovers(database)
    outcome.kills = dict.fromkeys(many.keepers, 0)
    takeovers.start()
    people.start()
    end = time.monotonic() + minutes * 60
    while time.monotonic() < end:
        threading.Event().wait(chance.uniform(*KILL_EVERY))
        name = chance.choice(sorted(many.keepers))
        outcome.kills[name] += many.kill(name, chance)
    began = time.monotonic()
    unanswered = people.stop(SETTLE_SECONDS)
    outcome.wrong += [f"{unanswered} people on the web page got no answer"] if unanswered else []
    shared.stop()
    books = Books(database, keys, proxy.url)
    outcome.wrong += _comes_to_an_end(began, "messages", lambda: api.pending() + books.unfinished(), books.open_ends)
    outcome.wrong += _comes_to_an_end(began, "the queue", shared.unfinished, shared.open_ends)
    outcome.wrong += _comes_to_an_end(began, "duties", lambda: len(books.duties_nobody_has()), books.duties_nobody_has)
    outcome.ended_after = time.monotonic() - began
    takeovers.stop()
    outcome.takeovers, outcome.slowest_answer = takeovers.slowest, people.slowest
    outcome.found = books.check(people.updates, people.answered, people.web_dangers, api.sent, DANGER)
    wrong, outcome.shared, outcome.figures = shared.check()
    outcome.wrong += wrong
    return outcome


def _comes_to_an_end(
    began: float, what: str, left: Callable[[], float], tell: Callable[[], list[str]], pause: float = 0.5
) -> list[str]:
    """Wait until nothing is left. Returns what is to be told when it does not come to that."""
    while True:
        try:
            if not left():
                return []
            over = time.monotonic() - began > SETTLE_SECONDS
            if over:
                return [f"{what} did not come to an end in {SETTLE_SECONDS:.0f} s", *tell()]
        except SQLAlchemyError as error:  # the server was the last to be killed
            if time.monotonic() - began > SETTLE_SECONDS:
                return [f"the database does not answer: {type(error).__name__}"]
        threading.Event().wait(pause)


if __name__ == "__main__":
    words = argparse.ArgumentParser()
    words.add_argument("--minutes", type=float, default=2.0)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--port", type=int, default=19140, help="this port and the ten after it")
    words.add_argument("--without", nargs="*", default=[], help="names of lines not to start, e.g. rasa actions")
    told = words.parse_args()
    for sign in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, lambda *_: sys.exit("told to stop"))  # through `finally`: nothing stays behind
    sys.exit(run(told.minutes, told.seed, told.port, tuple(told.without)))
