"""The parent's side of a notice of an abnormal state: it is read behind a button, and answered by a tap or in words
(WBF-23(2), contact_prompts.md §4: a reply within 24 hours). Whoever may meanwhile be the source of the harm reads it no
more.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.reading.contact import noticed, weekly
from bot.services.contact import answers as contact_answers
from bot.services.contact import plans as contact_plans
from bot.services.contact import rungs as contact_rungs
from bot.services.contact import safety as contact_safety
from bot.services.mail import mailbox
from bot.services.reporting import intake
from bot.services.work import Work
from bot.storage.tables import AbnormalNotice, ContactPlan

ASKED = ("contact.notice", "contact.notice.facts", "contact.notice.later")
ANSWERED_WITHIN = timedelta(days=4)
"""So long words under a notice, if nothing else was said since, are taken for an answer to it."""
WORDS = "words"


def tap(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """The notice of an abnormal state: read it, or answer that the call was made."""
    found = _open(work, conversation)
    if found is None or rest not in ("show", "done"):
        return False
    notice, plan = found
    if not contact_safety.may_be_asked(work, plan):
        mailbox.say(work, conversation, "contact.ask_director", reply_to=inbox_id)
        return True
    if rest == "show":
        facts = work.open("abnormal_notices.facts", notice.uid, notice.facts_sealed)
        mailbox.say(work, conversation, "contact.notice.facts", {"facts": facts}, reply_to=inbox_id)
        return True
    _tell_contact(work, plan, "yes", "")
    _called(work, conversation, inbox_id, notice, plan)
    return True


def says(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Words written under a notice that answer it. False: they tell of something else too, or of something else only,
    and are read on."""
    answer = noticed.answer(text)
    found = _open(work, conversation) if answer is not None and not intake.tells_harm(text) else None
    if found is None or not contact_safety.may_be_asked(work, found[1]):
        return False
    last = mailbox.last_said(work, conversation, inbox_id, work.now - ANSWERED_WITHIN)
    if last is None or last.key not in ASKED:
        return False
    notice, plan = found
    if answer == noticed.LATER:
        if mailbox.take_effect(work, inbox_id, WORDS):
            mailbox.say(work, conversation, "contact.notice.later", reply_to=inbox_id)
        return True
    alone = not weekly.read(text).tells
    if alone and not mailbox.take_effect(work, inbox_id, WORDS):
        return True
    if alone:
        _tell_contact(work, plan, "yes" if answer == noticed.CALLED else "no", text)
    if answer == noticed.CALLED:
        _called(work, conversation, inbox_id, notice, plan)
    elif notice.replied_at is None:
        notice.replied_at = work.now
        contact_rungs.open_task(work, plan, "wants_help", "notice_not_reached", within_days=1)
        mailbox.say(work, conversation, "contact.notice.not_reached", reply_to=inbox_id)
    return alone


def _open(work: Work, conversation: str) -> tuple[AbnormalNotice, ContactPlan] | None:
    """The newest open notice to whoever joined here, with what is planned about that child."""
    person = contact_plans.speaker(work, conversation)
    if person is None:
        return None
    row = work.session.execute(
        select(AbnormalNotice, ContactPlan)
        .join(
            ContactPlan,
            (ContactPlan.person == AbnormalNotice.person) & (ContactPlan.child == AbnormalNotice.child),
        )
        .where(
            AbnormalNotice.person == person,
            AbnormalNotice.closed_at.is_(None),
            ContactPlan.state != contact_plans.ENDED,
        )
        .order_by(AbnormalNotice.sent_at.desc())
        .limit(1)
    ).first()
    return (row[0], row[1]) if row is not None else None


def _called(work: Work, conversation: str, inbox_id: int, notice: AbnormalNotice, plan: ContactPlan) -> None:
    notice.replied_at, notice.acted, notice.closed_at = work.now, True, work.now
    contact_rungs.close_notice(work, notice.uid, "replied")
    contact_plans.look_again([plan], work.now)
    mailbox.say(work, conversation, "contact.notice.thanks", reply_to=inbox_id)


def _tell_contact(work: Work, plan: ContactPlan, contact: str, text: str) -> None:
    """What is told here of the week is not asked again this week; a 没打通 takes no earlier call away."""
    row = contact_plans.keep_record(work, plan)
    told = contact_plans.answers(work, row)
    if contact == "yes" or "contact" not in told:
        told["contact"] = contact
    if text:
        told["words"] = [*told.get("words", []), text]
    contact_answers.settle(work, plan, row, told)
