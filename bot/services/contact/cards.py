"""Cards beside the weekly question: safety by season, news of work near home; asked for, seldom, easy to end.

Sources: contact.return_info.* and contact.tip.* (PROPOSED), JL-3.5.e, contact_prompts.md §5. No card names a child.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from bot import texts
from bot.care import calendar, contact_data, parameters
from bot.services import journal
from bot.services.contact import plans as contact_plans
from bot.services.contact import rungs as contact_rungs
from bot.services.contact import safety as contact_safety
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import ContactPlan, ContactWish, Conversation

AT_ONCE = 500
ON, OFF = "on", "off"


def wish(work: Work, person: str) -> ContactWish:
    """What a person wants beside the question, made if there is nothing yet."""
    row = work.session.get(ContactWish, person)
    if row is None:
        row = ContactWish(person=person, home=False, tips=False)
        work.session.add(row)
        work.session.flush()
    return row


def tick(work: Work) -> int:
    """Cards of work near home that are due: to who asked for them, at most one in 30 days, never in the night."""
    every = timedelta(days=int(parameters.number("contact.return_info.at_most_every")))
    today = work.today
    due = work.session.scalars(
        select(ContactWish)
        .where(
            ContactWish.home.is_(True),
            or_(ContactWish.home_off_until.is_(None), ContactWish.home_off_until <= today),
            or_(ContactWish.home_sent_at.is_(None), ContactWish.home_sent_at <= work.now - every),
        )
        .order_by(ContactWish.person)
        .limit(AT_ONCE)
    ).all()
    sent = 0
    for row in due:
        plans = _open(work, row.person)
        if not plans or calendar.is_quiet(work.now, ZoneInfo(plans[0].zone)) or _talks(work, row.person):
            continue
        row.home_sent_at = work.now
        sent += _push(work, plans[0], "contact.card.home", f"home_card:{row.person}:{today.isoformat()}")
    work.session.flush()
    return sent


def with_question(work: Work, plan: ContactPlan, week: str) -> None:
    """The safety card of the season beside the question of the week, for who asked for it: once a week."""
    row = work.session.get(ContactWish, plan.person)
    every = timedelta(days=int(parameters.number("contact.tip.at_most_every")))
    if row is None or not row.tips or (row.tip_sent_at is not None and row.tip_sent_at > work.now - every):
        return
    row.tip_sent_at = work.now
    _push(work, plan, season(work, plan), f"tip:{plan.person}:{week}")


def season(work: Work, plan: ContactPlan) -> str:
    """The card that fits the child's age and the month; each week another one goes round."""
    here = calendar.local(work.now)
    card = contact_data.card(contact_plans.age(work, plan.child), here.month, int(here.strftime("%V")))
    return f"contact.card.{card}"


def _open(work: Work, person: str) -> list[ContactPlan]:
    """The plans of somebody who may be written to: none if anything stands against it with any of the children."""
    plans = contact_plans.of_person(work, person)
    free = all(plan.state == contact_plans.ACTIVE and contact_safety.may_be_asked(work, plan) for plan in plans)
    return plans if free else []


def _talks(work: Work, person: str) -> bool:
    return any(work.session.get_one(Conversation, uid).flow for uid, _ in contact_plans.channels(work, person))


def _push(work: Work, plan: ContactPlan, key: str, natural_key: str) -> int:
    to = next((uid for uid, reachable in contact_plans.channels(work, plan.person) if reachable), None)
    if to is None:
        return 0
    allowed = calendar.next_allowed(work.now, ZoneInfo(plan.zone))
    said = mailbox.say(work, to, key, push=True, priority=mailbox.LATER, natural_key=natural_key, not_before=allowed)
    return int(said)


def wanted(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """A button: cards from home or safety cards wanted, or not any more. 不用了 is respected for half a year."""
    person = contact_plans.speaker(work, conversation)
    which, _, how = rest.partition("=")
    if person is None or which not in ("home", "tips") or how not in (ON, OFF):
        return False
    row = wish(work, person)
    if which == "tips":
        row.tips = how == ON
    else:
        row.home = how == ON
        months = int(parameters.number("contact.return_info.optout_respected"))
        row.home_off_until = None if how == ON else calendar.add_months(work.today, months)[0]
    journal.record(work, "family", f"contact {which} {how}", person)
    mailbox.say(work, conversation, f"contact.wish.{which}.{how}", reply_to=inbox_id)
    return True


def shown(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """The safety card of the season on asking, for everybody."""
    person = contact_plans.speaker(work, conversation)
    plans = contact_plans.of_person(work, person) if person is not None else []
    if rest != "season" or not plans or plans[0].voice == contact_plans.CHILD:
        return False
    row = work.session.get(ContactWish, plans[0].person)
    on = row is not None and row.tips
    button = [] if on else [[texts.phrase("contact.card.weekly"), f"{WISH}:tips={ON}", "quiet"]]
    mailbox.say(work, conversation, season(work, plans[0]), {"choices": button}, reply_to=inbox_id)
    return True


def asked_about_home(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """请儿童主任帮我问问: a task of the child director."""
    person = contact_plans.speaker(work, conversation)
    plans = contact_plans.of_person(work, person) if person is not None else []
    if rest != "ask" or not plans:
        return False
    contact_rungs.open_task(work, plans[0], "family_news", "work_near_home")
    mailbox.say(work, conversation, "contact.card.home.asked", reply_to=inbox_id)
    return True


WISH, CARD, WORK_HOME = "wish", "card", "workhome"
TAPS: Mapping[str, Callable[[Work, str, int, str, str], bool]] = {
    WISH: wanted,
    CARD: shown,
    WORK_HOME: asked_about_home,
}
