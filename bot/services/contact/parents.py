"""What people who have joined ask and tell beside the weekly talk: 停止, help, how the child is, home again, a new
number, a heavy heart. People who have not joined hear what the service is and how to join.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot import texts
from bot.reading.contact import weekly, weekly_asked
from bot.services.contact import cards as contact_cards
from bot.services.contact import notices, referrals, stopping
from bot.services.contact import plans as contact_plans
from bot.services.contact import rungs as contact_rungs
from bot.services.contact import safety as contact_safety
from bot.services.mail import mailbox
from bot.services.reporting import intake
from bot.services.visits import news as visit_news
from bot.services.work import Work
from bot.storage.tables import Child, ContactPlan

STOP: str = "stop"
JUST_HEARD = timedelta(days=2)
TAIL = 4
"""Digits by which somebody knows his own number."""
HEAVY_HEART: str = "heavy_heart"
HOME = ("back", "soon", "leaving")


def plans_here(work: Work, conversation: str) -> list[ContactPlan]:
    """What is planned for whoever joined in this conversation; empty: nobody did."""
    person = contact_plans.speaker(work, conversation)
    return contact_plans.of_person(work, person) if person is not None else []


def says_card(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """安全提示 of somebody who joined, in so many words: the card of the season. False: they say something else."""
    said = text.strip(" 。.!！?？")
    if said not in texts.phrase("contact.card.asked").split() or not plans_here(work, conversation):
        return False
    return not mailbox.take_effect(work, inbox_id, STOP) or contact_cards.shown(
        work, conversation, inbox_id, contact_cards.CARD, "season"
    )


def says_help(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """叫人帮我 in so many words, in the middle of whatever: as good as the button. False: they say something else."""
    if text.strip(" 。.!！~～") not in texts.phrase("contact.help.asked").split() or not plans_here(work, conversation):
        return False
    return not mailbox.take_effect(work, inbox_id, STOP) or _help(work, conversation, inbox_id, "help", "me")


def asks_status(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """我家孩子最近咋样 in so many words of somebody who joined. False: these words say something else."""
    if not weekly.asks_about_child(text) or not plans_here(work, conversation):
        return False
    if mailbox.take_effect(work, inbox_id, STOP):
        child_status(work, conversation, inbox_id, text)
    return True


def asks_about_other(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """A parent asks what the other parent does or where he is: nothing of it is told, to nobody (JTJY-20). False: these
    words say something else."""
    if not weekly.asks_about_other(text) or intake.tells_harm(text):
        return False
    plans = plans_here(work, conversation)
    if not plans or plans[0].voice != contact_plans.PARENT:
        return False
    if mailbox.take_effect(work, inbox_id, STOP):
        say_once(work, conversation, inbox_id, "contact.other_parent")
    return True


def say_once(work: Work, conversation: str, inbox_id: int, key: str) -> None:
    """Say it; in other words to whoever just heard it: the same answer word for word is no answer at all."""
    again = f"{key}.again"
    heard = mailbox.keys_said(work, conversation, inbox_id, work.now - JUST_HEARD)
    last = next((one for one in heard if one in (key, again)), None)
    mailbox.say(work, conversation, again if last == key else key, reply_to=inbox_id)


def _help(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """叫人帮我: a person is asked to get in touch the next working days; the numbers for now are said at once."""
    plans = plans_here(work, conversation)
    if not plans:
        return False
    contact_rungs.open_task(work, plans[0], "wants_help", "asked_for_a_person", within_days=1)
    voice = plans[0].voice
    mailbox.say(work, conversation, f"contact.help.{voice}", reply_to=inbox_id)
    return True


def _mood(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """Whether the child director should talk about the low mood."""
    plans = plans_here(work, conversation)
    if not plans or rest not in ("talk", "no"):
        return False
    if rest == "talk":
        contact_rungs.open_task(work, plans[0], "wants_talk", "mood_low", within_days=2)
    mailbox.say(work, conversation, f"contact.mood_answer.{rest}", reply_to=inbox_id)
    return True


def _home(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """Home again, soon, or leaving once more: a task of the child director, who keeps the file."""
    plans = plans_here(work, conversation)
    if not plans or rest not in HOME:
        return False
    for plan in plans:
        contact_rungs.open_task(work, plan, "family_news", f"parent_{rest}")
    mailbox.say(work, conversation, f"contact.home.{rest}", reply_to=inbox_id)
    return True


def comes_home(work: Work, conversation: str, inbox_id: int, *, for_good: bool) -> None:
    """Said in words: the director is told of who comes at last, as by the button; of a few days only the week is."""
    if for_good:
        _home(work, conversation, inbox_id, "home", "soon")
    else:
        mailbox.say(work, conversation, "contact.home.visit", reply_to=inbox_id)


def _news(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """What the last visit saw, as confirmed for the parents; or why there is nothing to show (any more)."""
    if not plans_here(work, conversation):
        return False
    child_status(work, conversation, inbox_id, "")
    return True


TAPS: Mapping[str, Callable[[Work, str, int, str, str], bool]] = {
    STOP: stopping.tap,
    "help": _help,
    "mood": _mood,
    "home": _home,
    "notice": notices.tap,
    "referral": referrals.tap,
    "news": _news,
    **contact_cards.TAPS,
}


def child_status(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """我家孩子最近咋样: what the last visit saw, as confirmed and agreed to, and the month of the next; nothing that
    another voice said."""
    plans = [plan for plan in plans_here(work, conversation) if plan.voice != contact_plans.CHILD]
    if not plans:
        mailbox.say(work, conversation, "contact.not_joined", reply_to=inbox_id)
        return
    shown = [plan for plan in plans if contact_safety.may_be_asked(work, plan)]
    lines = [_status(work, plan, len(plans) > 1) for plan in shown]
    if not lines:
        mailbox.say(work, conversation, "contact.ask_director", reply_to=inbox_id)
        return
    if shown[0].voice == contact_plans.PARENT:
        lines.append(_own_week(work, shown[0]))
    mailbox.say(work, conversation, "contact.status", {"lines": "\n".join(lines)}, reply_to=inbox_id)


def _status(work: Work, plan: ContactPlan, several: bool) -> str:
    child = work.session.get_one(Child, plan.child)
    last = f"{child.last_visit.month}月" if child.last_visit is not None else texts.phrase("contact.status.no_visit")
    due = f"{child.next_due.month}月" if child.next_due is not None else texts.phrase("contact.status.not_set")
    seen = visit_news.told(work, plan)
    line = texts.render("contact.status.line", {"last": last, "due": due}).text
    if seen is not None:
        line = "\n".join([seen, texts.render("contact.status.next", {"due": due}).text])
    return texts.phrase(f"contact.place.{min(plan.place, 6)}") + "：" + line if several else line


def _own_week(work: Work, plan: ContactPlan) -> str:
    """What the parent himself told of this week: of the child and of the carer, who count separately (WBF-23)."""
    row = contact_plans.record(work, plan)
    told = contact_plans.answers(work, row) if row is not None else {}
    said = {}
    for item, name in (("contact", "child"), ("carer", "carer")):
        noted = f"contact.noted.{item}.{told.get(item)}"
        said[name] = texts.phrase(noted if texts.known(noted) else f"contact.status.own.{item}.unknown")
    return texts.render("contact.status.own", said).text


def return_home(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """返乡: which of the three it is; no pressure, no moralising."""
    key = "contact.home" if plans_here(work, conversation) else "contact.not_joined"
    mailbox.say(work, conversation, key, reply_to=inbox_id)


def new_details(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """A new number or place of work: the director notes it; on a new phone a new code goes on where one was."""
    plans = plans_here(work, conversation)
    if not plans:
        mailbox.say(work, conversation, "contact.not_joined", reply_to=inbox_id)
        return
    row = contact_plans.keep_record(work, plans[0])
    told = contact_plans.answers(work, row)
    contact_plans.keep_answers(work, row, {**told, "words": [*told.get("words", []), text]})
    contact_rungs.open_task(work, plans[0], "family_news", "new_details")
    number = weekly_asked.number(text)
    if number and not weekly_asked.of_another(text):
        contact_plans.tell_phone(work, plans[0].person, number)
    args = {"tail": number[-TAIL:]} if number else None
    mailbox.say(work, conversation, f"contact.details{'.number' if number else ''}", args, reply_to=inbox_id)


def heavy_heart(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Somebody asks for help with a heavy heart: what can be done today, who can be asked, no diagnosis."""
    plans = plans_here(work, conversation)
    if not plans:
        mailbox.say(work, conversation, "chat.mental_health", reply_to=inbox_id)
        return
    mailbox.say(work, conversation, f"contact.heavy_heart.{plans[0].voice}", reply_to=inbox_id)


MATTERS: Mapping[str, Callable[[Work, str, int, str], None]] = {
    "child_status": child_status,
    "return_home": return_home,
    "new_details": new_details,
    HEAVY_HEART: heavy_heart,
}
BY_INTENT: Mapping[str, str] = {
    "ask_child_status": "child_status",
    "report_return_home": "return_home",
    "update_contact_details": "new_details",
    "seek_mental_health_support": HEAVY_HEART,
}
"""What Rasa's intents ask for."""
