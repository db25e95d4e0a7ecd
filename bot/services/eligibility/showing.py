"""The first indication is shown: when enough is told, when it is wanted as it is, and again when it is out of sight."""

from __future__ import annotations

from typing import Any

from bot import texts
from bot.care import model
from bot.services import conversations, drafts
from bot.services.eligibility import answer, in_sight, recap, standing
from bot.services.eligibility.state import BESIDE, Check, keep
from bot.services.mail import mailbox
from bot.services.talk import language
from bot.services.work import Work
from bot.storage.tables import Draft


def show(work: Work, draft: Draft, check: Check, inbox_id: int, *, early: bool = False, followed: bool = False) -> str:
    """Give the first indication with what can be done next. `early`: not everything was asked.
    `followed`: it comes by itself, after what was told; whoever has seen one hears what is another one now."""
    on = work.today
    check.fact, check.screen = None, []
    if followed and check.judged == check.facts and check.facts and not check.more:
        return above(work, draft, check, inbox_id)
    if followed and not check.more and check.judged not in ({}, check.facts):
        return _what_changed(work, draft, check, inbox_id, early=early)
    found = answer.Indication(check.facts, on, in_english=check.english)
    rest = standing.Standing(check.facts, on, in_english=check.english).beside_what_fits() if early else []
    return _say(
        work, draft, check, inbox_id, found.begun(rest) if early else found.whole(), _to_go_on(work, check, early)
    )


def _to_go_on(work: Work, check: Check, early: bool) -> dict[str, Any]:
    """The button that leads on to what was not asked; nothing where all was, or nobody wants it."""
    if not early:
        return {}
    name = "more" if standing.settled(check.facts, work.today) else "go_on"
    label = texts.phrase(f"eligibility.button.{name}", language.of(check.english))
    return {"choices": [[label, "eligibility.more=yes"]]}


def _what_changed(work: Work, draft: Draft, check: Check, inbox_id: int, *, early: bool) -> str:
    """Something was put right or added after the result: only what is another result now is said, and how it stands in
    one sentence; the whole page is a word away."""
    on, spoken = work.today, check.english
    changed = answer.changed(check.facts, check.judged, on, in_english=spoken)
    said = standing.Standing(check.facts, on, in_english=spoken).one_sentence()
    key = "eligibility.result.changed" if changed else "eligibility.result.same"
    args = {"said": said, **({"changed": changed} if changed else {}), **_to_go_on(work, check, early)}
    mailbox.say(work, draft.conversation, key, args, reply_to=inbox_id)
    check.judged = dict(check.facts)
    return keep(work, draft, check, "result")


def show_as_it_is(work: Work, draft: Draft, check: Check, inbox_id: int) -> str:
    """The same for who wants to be asked nothing more: what was not asked stays open and is said to be (unknown is no
    "no"), and a button goes on with the questions."""
    return show(work, draft, check, inbox_id, early=True)


def above(work: Work, draft: Draft, check: Check, inbox_id: int, *, missed: bool = False) -> str:
    """Point to the result while it stands in sight; hours later it is shown again."""
    if mailbox.last_said(work, draft.conversation, inbox_id, work.now - in_sight.IN_SIGHT) is None and not missed:
        return show(work, draft, check, inbox_id)
    key = "eligibility.result.above.again" if missed else "eligibility.result.above"
    mailbox.say(work, draft.conversation, key, reply_to=inbox_id)
    return keep(work, draft, check, "result")


def _say(work: Work, draft: Draft, check: Check, inbox_id: int, result: str, button: dict[str, Any]) -> str:
    spoken = language.of(check.english)
    if check.stage:
        between = check.stage if check.english else check.stage.replace("-", "到")
        result += "\n" + texts.phrase("eligibility.by_school_year", spoken).format(between=between)
    if BESIDE in check.words():
        said = {BESIDE: check.words()[BESIDE]}
        result += "\n" + (recap.in_english if check.english else recap.recap)({}, work.today, said=said)
    day = answer.said_day(work.today, in_english=check.english)
    args = {"day": day, "version": model.in_force(work.today).version, "result": result, **button}
    check.judged = dict(check.facts)
    key = "eligibility.result.in_english" if check.english else "eligibility.result"
    mailbox.say(work, draft.conversation, key, args, reply_to=inbox_id)
    return keep(work, draft, check, "result")


def back_to_idle(work: Work, draft: Draft) -> None:
    """The self-check is over."""
    drafts.close(work, draft, "done")
    conversations.enter(work, draft.conversation, None, told_rasa=False)
