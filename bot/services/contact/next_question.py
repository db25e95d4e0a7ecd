"""The next question of the week's talk: which comes first, in which words, and when one is passed over."""

from __future__ import annotations

from typing import Any

from bot.services import drafts
from bot.services.contact import hearing as contact_hearing
from bot.services.contact import plans as contact_plans
from bot.services.contact import questions as contact_questions
from bot.services.contact import reading_back
from bot.services.contact import sending as contact_sending
from bot.services.contact.reading_back import Told
from bot.services.mail import mailbox
from bot.services.talk import asking
from bot.services.work import Work
from bot.storage.tables import ContactPlan, Draft

REPEATED = {contact_plans.PARENT: 1, contact_plans.CARER: 1, contact_plans.CHILD: 0}
"""How often a question is said again to whoever answers something else; a child answers what it wants to."""


def carer_first(kept: dict[str, Any]) -> bool:
    """Put what is still to be asked of the carer before the rest. False: nothing of the carer is open.

    Child and carer count separately (WBF-23): a 没有 for the one says nothing of the other.
    """
    of_carer = [one for one in kept["left"] if one[0] == "carer"]
    kept["left"] = [*of_carer, *(one for one in kept["left"] if one[0] != "carer")]
    return bool(of_carer)


def ask(
    work: Work,
    draft: Draft,
    plans: list[ContactPlan],
    inbox_id: int,
    kept: dict[str, Any],
    told: Told,
    *,
    after_no: bool,
    answered: bool,
) -> str | None:
    """Ask the first of what is left. Returns the question; None: it was asked often enough, and is left no more.

    `kept`: what the draft holds; `after_no`: right after a 没有 of the child; `answered`: after words that should have
    been an answer.
    """
    question, uid = (str(part) for part in kept["left"][0])
    if question == contact_hearing.WORDS:
        asking.ask(work, draft.conversation, inbox_id, "contact.words")
        drafts.keep(work, draft, kept, question)
        return question
    plan = next(one for one in plans if one.uid == uid)
    touched, kept["reminds"] = kept["touched"].get(uid, []), after_no
    fresh = contact_questions.fresh(plans, told, kept.get("read", {}))
    stays = kept.get("at") == [question, uid, touched] and not fresh
    kept["stuck"] = kept.get("stuck", 0) + answered if stays else 0
    if kept["stuck"] > REPEATED[plan.voice]:
        drafts.keep(work, draft, {**kept, "left": kept["left"][1:], "at": None}, draft.asked)
        return None
    kept["at"] = [question, uid, touched]
    quiet = not mailbox.is_answered(work, inbox_id)
    if draft.asked == question and fresh and quiet and not contact_questions.is_simple(plan):
        back = reading_back.just_said(plans, told, kept.get("read", {})).strip()  # else the same question seems deaf
        mailbox.say(work, draft.conversation, "contact.heard", {"back": back}, reply_to=inbox_id) if back else None
    more = question == "how" and (touched or kept.get("general"))
    args = {
        "who": contact_sending.who([plan] if question in contact_questions.PER_CHILD else plans),
        "choices": contact_questions.choices(work, plan, question, touched),
        "back": reading_back.just_said(plans, told, kept.get("read", {})) if contact_questions.is_simple(plan) else "",
    }
    kept["read"] = reading_back.of_note(told)
    key = contact_questions.key(plan, question, "after_no" if after_no else "more" if more else "")
    asking.ask(work, draft.conversation, inbox_id, key, args)
    drafts.keep(work, draft, kept, question)
    return question
