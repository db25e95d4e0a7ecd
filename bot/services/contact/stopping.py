"""停止, a rest, 别问了 我上班去了, 接着发吧 of whoever joined: heard in every state, confirmed, with what still goes on
and how to come back (contact_prompts.md §2, §7). What is answered in the same breath is kept.
"""

from __future__ import annotations

from datetime import timedelta

from bot import texts
from bot.reading import danger
from bot.reading.contact import weekly_stopping
from bot.services import conversations, drafts
from bot.services.contact import plans as contact_plans
from bot.services.contact import told_aside
from bot.services.mail import mailbox
from bot.services.reporting import intake
from bot.services.work import Work
from bot.storage.tables import ContactPlan, Conversation

STOP, WEEKLY = "stop", "contact"
JUST_ASKED = timedelta(minutes=15)


def says(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """No more questions, or none for a time: outside a flow they end; inside one it is asked what to stop, and who has
    no time just now is let go. False: nobody joined here, or these words say something else."""
    plans = _plans(work, conversation)
    if not plans:
        return False
    chosen = _chosen(work, conversation, inbox_id, text)
    if chosen is not None:
        return not mailbox.take_effect(work, inbox_id, STOP) or tap(work, conversation, inbox_id, STOP, chosen)
    how, flow = weekly_stopping.read(text), work.session.get_one(Conversation, conversation).flow
    elsewhere = flow not in (None, WEEKLY)
    if how is None or intake.tells_harm(text) or (elsewhere and not weekly_stopping.of_messages(text)):
        return False
    if not mailbox.take_effect(work, inbox_id, STOP):
        return True
    told_aside.keep(work, plans, text)
    if flow == WEEKLY and how == weekly_stopping.NOT_NOW:
        shelve(work, conversation, flow)
        mailbox.say(work, conversation, "contact.stopped.later", reply_to=inbox_id)
    elif flow is not None:
        mailbox.say(work, conversation, "contact.stop_which", reply_to=inbox_id)
    elif how == weekly_stopping.NOT_NOW and any(plan.state == contact_plans.ACTIVE for plan in plans):
        mailbox.say(work, conversation, "contact.stopped.now", reply_to=inbox_id)
    else:
        _stop_weekly(work, conversation, inbox_id, plans, rests=how == weekly_stopping.RESTS)
    return True


def sounds_like_danger(work: Work, conversation: str, inbox_id: int, text: str, hit: danger.Danger) -> bool:
    """The same where the words only sound odd to us: 停一下 别问了 我上班去了 is no danger. False: read on."""
    return set(hit.kinds) == {danger.HUNCH} and says(work, conversation, inbox_id, text)


def wants_on(work: Work, conversation: str, text: str) -> bool:
    """Whether somebody whose questions stopped wants them again: 接着发吧."""
    stopped = any(plan.state != contact_plans.ACTIVE for plan in _plans(work, conversation))
    return stopped and weekly_stopping.goes_on(text)


def tap(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """Which to stop: this talk, the weekly questions, both. What was answered stays saved."""
    plans = _plans(work, conversation)
    if not plans or rest not in ("this", "weekly", "all"):
        return False
    if rest in ("this", "all"):
        shelve(work, conversation, work.session.get_one(Conversation, conversation).flow)
    if rest in ("weekly", "all"):
        _stop_weekly(work, conversation, inbox_id, plans, rests=False)
    else:
        mailbox.say(work, conversation, "contact.stopped.this", reply_to=inbox_id)
    return True


def _plans(work: Work, conversation: str) -> list[ContactPlan]:
    person = contact_plans.speaker(work, conversation)
    return contact_plans.of_person(work, person) if person is not None else []


def _chosen(work: Work, conversation: str, inbox_id: int, text: str) -> str | None:
    """Which to stop, typed as it stands on the button just shown (都停); None: it was not asked, or not answered."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - JUST_ASKED)
    if last is None or last.key != "contact.stop_which":
        return None
    said = text.strip(" 。.!！吧了")
    shown = texts.render(last.key, {}).choices
    return next((one.value.partition(":")[2] for one in shown if one.label == said), None)


def shelve(work: Work, conversation: str, flow: str | None) -> None:
    """Put aside what is open, with all that was answered."""
    draft = drafts.current(work, conversation, flow) if flow is not None else None
    if draft is not None:
        drafts.shelve(work, draft)
        conversations.enter(work, conversation, None, told_rasa=False)


def _stop_weekly(work: Work, conversation: str, inbox_id: int, plans: list[ContactPlan], *, rests: bool) -> None:
    """End the questions; of a rest is said that it ends only by a word of his."""
    stopped = contact_plans.stop(work, plans[0].person)
    of_voice = f"contact.{'rests' if rests else 'stopped'}.{plans[0].voice}"
    mailbox.say(work, conversation, of_voice if stopped else "contact.stopped.already", reply_to=inbox_id)
