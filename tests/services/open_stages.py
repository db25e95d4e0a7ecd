"""Talks of a family and of a child director in which one question is open, and trials of what is said to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from bot import jobs, texts
from bot.services import drafts
from bot.services.contact import plans as contact_plans
from bot.services.mail import mailbox
from bot.services.talk.meaning import Meant
from bot.services.work import Work
from bot.storage.tables import ContactRecord, Conversation, Outbox
from tests.builders import VILLAGE, World
from tests.services import family as homes
from tests.services import on_file

FILED = date(2026, 11, 1)
BOOKS = frozenset(
    ["times", "missed", "stuck", "at", "read", "shown", "read_back", "said", "offered", "reminds", "beside", "words"]
)
"""What a draft keeps of how a talk goes, and not of what was answered."""


class TakenBack(Exception):
    """The end of a trial."""


class Trials(World):
    """A world in which something may be said on trial, in one transaction that is taken back."""

    trying: Work | None = None

    @contextmanager
    def work(self) -> Iterator[Work]:
        """The transaction of the trial that is going on, else one of its own."""
        if self.trying is not None:
            yield self.trying
            return
        with super().work() as work:
            yield work

    def keys_to(self, inbox_id: int) -> list[str]:
        """Keys of what was said in answer to a message."""
        if self.trying is None:
            return super().keys_to(inbox_id)
        return [row.key for row in mailbox.replies_to(self.trying, inbox_id)]

    def tried(self, talk: str, flow: str, text: str) -> Tried:
        """What becomes of a sentence; nothing of it stays."""
        try:
            with self.database.begin() as session:
                self.trying = Work(session, self.vault, self.now())
                before, asked = _kept(self.trying, talk, flow)
                last = _last(self.trying, talk)
                keys = self.say(talk, text)
                after, now = _kept(self.trying, talk, flow)
                words = [one.text for one in self.said(talk)[-len(keys) :]] if keys else []
                found = Tried(keys, words, after != before, asked, now, self.flow(talk), last in words, after)
                raise TakenBack
        except TakenBack:
            return found
        finally:
            self.trying = None


@dataclass(frozen=True)
class Tried:
    """What was said back (`keys`, `words`), whether answers changed, which question was open and is, the flow that is
    open now, and whether the last question came again word for word; `kept`: the answers now."""

    keys: list[str]
    words: list[str]
    stored: bool
    asked: str | None
    now: str | None
    flow: str | None
    repeated: bool
    kept: Any


def _last(work: Work, talk: str) -> str:
    rows = work.session.scalars(select(Outbox).where(Outbox.conversation == talk).order_by(Outbox.id.desc()).limit(1))
    row = rows.first()
    return texts.render(row.key, mailbox.args_of(work, row)).text if row is not None else ""


def _kept(work: Work, talk: str, flow: str) -> tuple[Any, str | None]:
    draft = drafts.current(work, talk, flow)
    kept = drafts.contents(work, draft) if draft is not None else {}
    told: dict[str, Any] = {name: value for name, value in kept.items() if name not in BOOKS}
    person = contact_plans.speaker(work, talk)
    if flow == "contact" and person is not None:
        rows = work.session.scalars(select(ContactRecord).where(ContactRecord.person == person))
        told = {row.child: contact_plans.answers(work, row) for row in rows}
    return told, draft.asked if draft is not None else None


Stage = Callable[[World], str]


def father(world: World, *taps: str) -> str:
    """The week of a father of two, after these taps."""
    home = homes.make(world, "father", "carer")
    with world.work() as work:
        younger = homes.child(work, homes.BORN.replace(year=2018), VILLAGE)
        for kind in ("father", "carer"):
            homes.tie(work, younger, home.people[kind], kind)
    return _tapped(world, homes.join(world, home, "father"), "flow:contact", *taps)


def carer(world: World, *taps: str) -> str:
    """The week of a grandmother."""
    return _tapped(world, homes.join(world, homes.make(world, "father", "carer"), "carer"), "flow:contact", *taps)


def child(world: World, *taps: str) -> str:
    """The week of the child itself."""
    return _tapped(world, homes.join(world, homes.make(world, "father", "self"), "self"), "flow:contact", *taps)


def mother(world: World, *said: str) -> str:
    """A mother arranges who looks after her child; what is said has a button where it has a =."""
    talk = homes.join(world, homes.make(world, "mother"), "mother")
    world.means(talk, "我想办委托照护的手续", "entrusted", Meant("register_entrusted_care", 0.9))
    return _tapped(world, talk, *said)


def director(world: World, *said: str) -> str:
    """A child director records the visit of 孙一诺's home."""
    talk = world.staff("child_director")
    found = []
    with world.work() as work:
        for name in ("孙一诺", "马天佑", "曲明轩"):
            found.append(on_file.home(work, VILLAGE))
            on_file.child(work, name, household=found[-1], area=VILLAGE, filed=FILED, level="average")
    jobs.run(world.database, world.vault, "visit_plans", world.now())
    if said[:1] == ("which",):
        world.means(talk, "登记走访", "visit")
        return talk
    return _tapped(world, talk, *(one.replace("HOME", found[0]) for one in ("due:go:HOME", *said)))


def _tapped(world: World, talk: str, *said: str) -> str:
    for one in said:
        if "=" in one or one.startswith(("due:", "flow:")):
            world.tap(talk, one)
        else:
            world.say(talk, one)
    return talk


_SCREENED = [f"entrusted.{one}" for one in ("d1=no", "d2=no", "d3=no", "d4=no", "full_capacity=yes", "care_ability=yes")]
_ARRANGING = [
    ("carer", "奶奶李桂兰"),
    ("carer_phone", "13900001111"),
    ("reason", "entrusted.reason=work"),
    ("away", "下个月去韩国打工 两年"),
    ("phones", "他爸没有手机 我的13911112222"),
    ("school", "实验小学"),
    *((one.removeprefix("entrusted.").partition("=")[0], one) for one in _SCREENED),
    ("child_says", "entrusted.child_says=agrees"),
]


def _arranging(asked: str) -> list[str]:
    steps = [step for step, _ in _ARRANGING]
    return [said for _, said in _ARRANGING[: steps.index(asked) if asked in steps else None]]


FATHER = ["contact.contact=video", "contact.carer=yes", "contact.how=good", "contact.how=good", "contact.concern=yes"]
NORMAL = "visit.how=all_normal"
STAGES: Mapping[tuple[str, str], Stage] = {
    ("contact", "contact"): father,
    ("contact", "carer"): lambda world: father(world, *FATHER[:1]),
    ("contact", "how"): lambda world: father(world, *FATHER[:2]),
    ("contact", "concern"): lambda world: father(world, *FATHER[:4]),
    ("contact", "words"): lambda world: father(world, *FATHER),
    ("contact", "remind"): lambda world: father(world, "contact.contact=no", "contact.carer=no"),
    ("contact", "how of a carer"): carer,
    ("contact", "calls of a carer"): lambda world: carer(world, "contact.how=good"),
    ("contact", "self of a carer"): lambda world: carer(world, "contact.how=good", "contact.calls=yes"),
    ("contact", "mood of a child"): child,
    ("contact", "safe of a child"): lambda world: child(world, "contact.mood=good", "contact.calls=yes"),
    ("entrusted", "carer_name"): lambda world: mother(world, "我弟弟"),
    ("entrusted", "unfit"): lambda world: mother(world, *_arranging("d1"), "entrusted.d1=yes"),
    **{
        ("entrusted", step): lambda world, step=step: mother(world, *_arranging(step))
        for step in (*(one for one, _ in _ARRANGING), "send")
    },
    ("visit", "which"): lambda world: director(world, "which"),
    ("visit", "how"): director,
    ("visit", "section"): lambda world: director(world, "visit.how=each"),
    ("visit", "words"): lambda world: director(world, "visit.how=each", "visit.section=living:difficulty"),
    ("visit", "day"): lambda world: director(world, "visit.how=day"),
    ("visit", "voice"): lambda world: director(world, NORMAL),
    ("visit", "emergency"): lambda world: director(world, NORMAL, "visit.voice=seen"),
    ("visit", "finding"): lambda world: director(world, NORMAL, "visit.voice=seen", "visit.emergency=some"),
    ("visit", "fix"): lambda world: director(world, NORMAL, "visit.voice=seen", "visit.emergency=edit"),
    ("visit", "off"): lambda world: director(world, "due:off:HOME"),
}
"""Flow and open question, and how a talk comes to it."""
