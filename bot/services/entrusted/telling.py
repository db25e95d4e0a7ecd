"""Who hears of a step of 委托照护: the family, the carer, the office of the place. A push names nobody and no ground.

The ground of a refusal is never told to the other side: only that the person does not meet what the law wants.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from bot import texts
from bot.care import calendar, entrusted
from bot.services.casework import alerts
from bot.services.contact import plans as contact_plans
from bot.services.entrusted.records import PARENTS, of_a_parent
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import Account, CareArrangement, Tie

SYSTEM = "system"
OF_AGE = "child_turns_18"
OFFICE_KNOWS = ("absence_reported", "emergency")
"""The first step is a task of the office, an emergency a report: both have their own ways of telling."""
RAISED: Mapping[str, tuple[str, ...]] = {"all_refuse": ("child_supervisor", "county_caseworker")}
"""Steps with which an arrangement goes up: refusal is reported, civil affairs may ask for the admonition at once."""
MOVED = "entrusted.moved"
UP = ("child_director", "child_supervisor", "county_caseworker")
NEWS: Mapping[str, str] = {
    "no_good_reason": "no_reason",
    "passed": "passed",
    "disqualified": "rejected",
    "child_opinion_recorded": "heard",
    "child_objects": "objects",
    "agreement_concluded": "signed",
    "written_notice_recorded": "notified",
    "care_started": "started",
    "parent_returned": "ended",
    "parent_stays": "ended",
    "returned_to_guardian": "ended",
    "replaced": "replaced",
    "candidate_withdraws": "withdrawn",
}
"""Steps the family hears of, when staff or the carer made them, by the ending of the text's key."""
FOR_CARERS: Mapping[str, str] = {
    "care_started": "started",
    **dict.fromkeys(("parent_returned", "parent_stays", "replaced", "returned_to_guardian"), "ended"),
}


def after(work: Work, row: CareArrangement, event: str, actor: str, number: int) -> None:
    """Tell everybody whom a step concerns and who did not make it. Once per step."""
    once = f"arrangement:{row.uid}:{number}"
    if event in NEWS:
        for talk in _parents(work, row):
            if talk != actor:
                _push(work, talk, f"entrusted.news.{NEWS[event]}", {"arrangement": row.uid}, once)
    if row.carer_conversation is not None and event in FOR_CARERS and row.carer_conversation != actor:
        _push(work, row.carer_conversation, f"entrusted.carer.{FOR_CARERS[event]}", {}, once)
    if event in OFFICE_KNOWS or (actor == SYSTEM and event != OF_AGE):
        return
    if actor not in {account.uid for account in whose(work, row.area)}:
        office(work, row, once)
    for role in RAISED.get(event, ()):
        office(work, row, f"{once}:{role}", "entrusted.raised", role)


def office(work: Work, row: CareArrangement, once: str, key: str = MOVED, first: str = UP[0]) -> int:
    """Tell whoever answers for the place that there is something to look at, going up until somebody is bound.

    Returns how many were told who had not heard it yet.
    """
    if key == MOVED:  # several steps of one act, and of both arrangements of a child, are one thing to look at
        once = f"moved:{row.child or row.uid}:{work.now:%Y%m%dT%H%M%S}"
    talks = [account.conversation for account in whose(work, row.area, first) if account.conversation is not None]
    return sum(_push(work, talk, key, {"arrangement": row.uid}, once) for talk in talks)


def whose(work: Work, area: str, first: str = UP[0]) -> list[Account]:
    """The people of the first office, from `first` upward, that has somebody."""
    for role in UP[UP.index(first) :]:
        if people := alerts.holders(work, role, area):
            return people
    return []


def _parents(work: Work, row: CareArrangement) -> list[str]:
    """Where the parents are reached: the talk that asked, and those on file who joined and may be asked."""
    found = [row.conversation] if row.conversation is not None else []
    if row.child is not None:
        ties = select(Tie.person).where(Tie.child == row.child, Tie.kind.in_(PARENTS)).distinct()
        for person in work.session.scalars(ties.order_by(Tie.person)).all():
            found += [talk for talk, reachable in contact_plans.channels(work, person)[:1] if reachable]
    return [talk for talk in dict.fromkeys(found) if of_a_parent(work, row, talk)]


def parents(work: Work, row: CareArrangement, key: str, once: str) -> None:
    """Send the parents a reminder, at an hour at which nobody is woken."""
    for talk in _parents(work, row):
        _push(work, talk, key, {"arrangement": row.uid}, once)


def _push(work: Work, conversation: str, key: str, args: dict[str, object], once: str) -> bool:
    return mailbox.say(
        work,
        conversation,
        key,
        args,
        push=True,
        priority=mailbox.LATER,
        natural_key=f"{once}:{key}:{conversation}",
        not_before=calendar.next_allowed(work.now, contact_plans.zone_at(work, conversation)),
    )


def state_words(row: CareArrangement, whose_view: str) -> str:
    """The state of an arrangement in the words of whoever looks: staff read the policy's own name."""
    own = f"entrusted.state.{whose_view}.{row.state}"
    return texts.phrase(own) if texts.known(own) else entrusted.state_label(row.state)
