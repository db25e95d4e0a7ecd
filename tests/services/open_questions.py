"""Every question the report, the self-check and joining ask, as a talk in which it is open, and messages tried at it
that leave no trace: each is heard in a transaction that is rolled back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from bot import texts
from bot.services import drafts
from bot.services.mail import mailbox
from bot.services.reporting import readback
from bot.services.talk import doors, language
from bot.services.work import Work
from bot.storage.tables import Conversation, Draft, Outbox
from tests.builders import World
from tests.services import family as families
from tests.services.talking import PLACE, asked_for, begun

CHILD = "我是学生 同学总抢我钱 还骂我"
HARM = f"{PLACE}老王家的二小子总挨打 身上都是伤"
CHECK = {"child_age_years": "9", "father_away_status": "away_for_work", "mother_away_status": "away_for_work"}


@dataclass(frozen=True)
class Heard:
    """What became of messages said one after the other at an open question: the keys and words of each answer, what was
    shown before, what was kept before and after the first, and the flow that is open then."""

    keys: tuple[tuple[str, ...], ...]
    said: tuple[tuple[str, ...], ...]
    questions: tuple[tuple[str, ...], ...]
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    asked: tuple[str | None, ...]
    flow: str | None
    reports: int = field(default=0)


class _Undone(Exception):
    """Nothing of it stays."""


def tried(world: World, talk: str, *said: str) -> Heard:
    """Say these at what is open, and take all of it back."""
    found: list[Heard] = []
    try:
        with world.work() as work:
            found.append(_heard(work, talk, said))
            raise _Undone
    except _Undone:
        pass
    return found[0]


def _heard(work: Work, talk: str, said: tuple[str, ...]) -> Heard:
    flow = str(work.session.get_one(Conversation, talk).flow)
    before, last = _kept(work, talk, flow), _shown(_rows(work, talk)[-1:], work)
    keys, words, questions, asked = [], [("",), tuple(last)], [tuple(last)], [_asked(work, talk, flow)]
    after: dict[str, Any] = {}
    for number, text in enumerate(said):
        inbox_id = mailbox.keep(work, "web", f"tried:{number}", {"text": text}, talk).id
        language.notice(work, talk, text)
        heard = doors.for_people(work, talk, inbox_id, text) or doors.urgent(work, talk, inbox_id, text)
        heard = heard or doors.taken_up_again(work, talk, inbox_id, text)
        if not heard and not doors.plainly_answered(work, talk, inbox_id, text):
            doors.alone(work, talk, inbox_id, text, starting=False)
        rows = mailbox.replies_to(work, inbox_id)
        keys.append(tuple(row.key for row in rows))
        words.append(tuple(texts.render(row.key, mailbox.args_of(work, row)).text for row in rows))
        questions.append(tuple(_shown(rows, work)))
        asked.append(_asked(work, talk, flow))
        after = after or _kept(work, talk, flow)
    now = work.session.get_one(Conversation, talk).flow
    return Heard(tuple(keys), tuple(words[2:]), tuple(questions), before, after, tuple(asked), now)


def _rows(work: Work, talk: str) -> list[Outbox]:
    return list(work.session.scalars(select(Outbox).where(Outbox.conversation == talk).order_by(Outbox.id)))


def _shown(rows: list[Outbox], work: Work) -> list[str]:
    """The words of the questions among what was said: those with buttons, or that ask."""
    ours = (row for row in rows if not row.key.startswith("policy."))
    rendered = [texts.render(row.key, mailbox.args_of(work, row)) for row in ours]
    return [one.text for one in rendered if one.choices or one.text.rstrip("。").endswith(("？", "?"))]


def _asked(work: Work, talk: str, flow: str) -> str | None:
    draft = drafts.current(work, talk, flow)
    return draft.asked if draft is not None else None


def _kept(work: Work, talk: str, flow: str) -> dict[str, Any]:
    """What is kept as answers in the open draft, or in the newest where none is open; `words` apart."""
    query = select(Draft).where(Draft.conversation == talk, Draft.flow == flow)
    rows = work.session.scalars(query.order_by(Draft.created_at)).all()
    draft = max(rows, key=lambda row: (row.state == "open", row.created_at))
    if flow == "report":
        answers = drafts.answers(work, draft)
        words = [[name, text] for name, text in answers.words]
        kept: dict[str, Any] = {"facts": answers.facts, "given": answers.given, "area": answers.area}
        kept |= {"told": [one for one in words if one[0] != "what"], "shown": readback.recap(answers)}
        return kept | {"words": [text for name, text in words if name == "what"], "state": draft.state}
    held = drafts.contents(work, draft)
    names = ("facts", "hand", "home", "speaker", "mine") if flow == "eligibility" else ("said", "person")
    kept = {name: held.get(name) for name in names}
    words = [text for some in held.get("said", {}).values() for text in some] if flow == "eligibility" else []
    return {"told": kept, "words": words, "state": draft.state}


Questions = Iterator[tuple[str, str]]
"""Name of a question, and the talk in which it is open."""


def of_report(world: World) -> Questions:
    """The questions of a report: of a need, of harm, of a child, at the menu, of who must report."""
    for name in ("danger_now", "place", "when", "child_ref", "reporter_type", "follow_up", "confirm"):
        yield name, asked_for(world, name)
    talk = world.citizen()
    world.tap(talk, "flow:report")
    world.tap(talk, "report.danger_now=no")
    yield "what", talk
    world.say(talk, "说不上来，就是觉得不对劲")
    yield "kind", talk
    talk = asked_for(world, "place")
    world.say(talk, "公主岭市")
    yield "place_finer", talk
    talk = asked_for(world, "follow_up")
    world.tap(talk, "report.follow_up=yes")
    yield "safe_contact", talk
    talk = asked_for(world, "confirm")
    world.tap(talk, "report.confirm=more")
    yield "more", talk
    talk = asked_for(world, "confirm")
    world.tap(talk, "report.confirm=edit")
    yield "edit", talk
    for who, then in (("mandatory_reporter", "unit"), ("citizen_named", "safe_contact")):
        talk = asked_for(world, "reporter_type", HARM)
        world.tap(talk, f"report.reporter_type={who}")
        yield f"{then}.{who}", talk
    for name in ("danger_now", "follow_up"):
        yield f"{name}.harm", asked_for(world, name, HARM)
    yield from _of_a_child(world)


def _of_a_child(world: World) -> Questions:
    talk = begun(world, CHILD)
    for name, answer in (
        ("danger_now", "tap"),
        ("place", PLACE),
        ("child_ref", "我叫王小明 10岁"),
        ("follow_up", "tap"),
    ):
        with world.work() as work:
            draft = drafts.current(work, talk, "report")
            asked = draft.asked if draft is not None else None
        if asked == name:
            yield f"{name}.child", talk
            world.tap(talk, f"report.{name}=no") if answer == "tap" else world.say(talk, answer)


def of_check(world: World) -> Questions:
    """The questions of a self-check as they come, of a grandfather and of one whose father died; the result and the
    steps of handing over."""
    seen: set[str] = set()
    for begins, words in (("plain", "我是爷爷 孙子九岁 跟我过"), ("dead", "我是姥姥 他爸没了 外孙女七岁")):
        talk = world.citizen()
        world.tap(talk, "flow:eligibility")
        yield from ((f"{begins}.first", talk),) if begins == "plain" else ()
        world.say(talk, words)
        for _ in range(30):
            with world.work() as work:
                draft = drafts.current(work, talk, "eligibility")
                assert draft is not None
                asked, fact = str(draft.asked), drafts.contents(work, draft).get("fact")
            if str(fact or asked).partition("_")[2] not in seen:
                yield f"{begins}.{fact or asked}", talk
            seen.add(str(fact or asked).partition("_")[2])
            if asked == "result":
                break
            _answer(world, talk, str(fact or asked))
    world.tap(talk, "eligibility.hand=start")
    for step, said in (("place", PLACE), ("name", "姓王"), ("contact", "13812345678"), ("consent", "")):
        yield f"hand.{step}", talk
        if said:
            world.say(talk, said)
    talk = world.citizen()
    world.tap(talk, "flow:eligibility")
    world.say(talk, "我是爷爷 孙子九岁 他爸在外打工八个月")
    world.tap(talk, "eligibility.edit=menu")
    yield "edit", talk


def _answer(world: World, talk: str, asked: str) -> None:
    """Tap the first button that goes on with the check; a screen has none of it."""
    last = world.said(talk)[-1]
    values = [one.value for one in last.choices]
    wanted = [f"eligibility.{asked}={CHECK[asked]}"] if asked in CHECK else []
    wanted += ["eligibility.screen=none", f"eligibility.{asked}=none", f"eligibility.{asked}=no"]
    tap = next((one for one in wanted if one in values or one.endswith("=9")), None) or values[0]
    world.tap(talk, tap)


def of_joining(world: World) -> Questions:
    """The questions of a father, a carer and a child who join, of who has no code, and of whether a child may."""
    for kind in ("father", "carer", "self"):
        home, talk = families.make(world, kind), world.citizen()
        world.tap(talk, "flow:join")
        if kind == "father":
            yield "code", talk
        world.say(talk, families.code_for(world, home, kind))
        for step, tap in (("consent", "yes"), ("called", "usual"), ("day", "usual")):
            if kind == "father" or step == "consent":
                yield f"{step}.{kind}", talk
            world.tap(talk, f"join.{step}={tap}")
        if kind == "father":
            yield "hour", talk
            world.tap(talk, "join.hour=abroad")
            yield "country", talk
            world.say(talk, "不丹")
            yield "clock", talk
        elif kind == "carer":
            world.tap(talk, "join.hour=19:00")
            yield "simple", talk
    talk = world.citizen()
    world.tap(talk, "flow:join")
    world.tap(talk, "join.who=ask")
    yield "who", talk
    home = families.make(world, "father", "self")
    talk = families.join(world, home, "father")
    world.say(talk, "给孩子也加入")
    yield "guardian", talk


FLOWS: Mapping[str, Callable[[World], Questions]] = {
    "report": of_report,
    "eligibility": of_check,
    "join": of_joining,
}
