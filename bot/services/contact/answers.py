"""What an answer about a week means for the records: contact confirmed, voices compared, moods and signals kept.

Nothing one voice says is ever shown to another: what differs becomes a gentle task of the child director.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, select

from bot.care import contact_data, parameters, weeks
from bot.reading.contact.weekly import Weekly
from bot.services.contact import plans as contact_plans
from bot.services.contact import rungs as contact_rungs
from bot.services.work import Work
from bot.storage.tables import ContactPlan, ContactRecord, ContactRung, Moment, Tie

HOW = ("life", "study", "mood")
MEANS = {
    "good": {"life": "good", "study": "good", "mood": "good"},
    "so_so": {"life": "so_so", "study": "so_so", "mood": "so_so"},
    "unsure": {"life": "unsure", "study": "unsure", "mood": "unsure"},
    "life_bad": {"life": "bad"},
    "study_bad": {"study": "bad"},
    "mood_low": {"mood": "low"},
    "holiday": {"study": "holiday"},
}
_AT_HOME = frozenset({"later", "stop", "contact", "carer", "concern", "access"})
NOT_OF = {"parent": frozenset({"later", "stop", "calls", "self"}), "carer": _AT_HOME, "child": _AT_HOME | {"self"}}
"""Items that are no answer of a voice: who is at home tells of the parents' calls, not of his own contact."""
OWN = "own"
"""A worry somebody keeps to himself: its words stay with him, and nobody is asked to do anything about it."""
NOT_FOR_LONG = timedelta(weeks=4)
NOT_LATELY = timedelta(weeks=1)
LOOKED_BACK = 8
"""So many weeks are counted at most of what was told week after week."""
# Built once, as every answer asks for them.
_KIND = (
    select(Tie.kind)
    .where(Tie.person == bindparam("whose"), Tie.child == bindparam("about"))
    .order_by(Tie.since.desc())
    .limit(1)
)
_AT_HOME_TOLD = select(ContactRecord).where(
    ContactRecord.child == bindparam("about"),
    ContactRecord.voice != contact_plans.PARENT,
    ContactRecord.week == bindparam("week"),
    ContactRecord.reported_at.is_not(None),
)
_SAID_CONTACTED = (
    select(ContactRecord.uid)
    .where(
        ContactRecord.person == bindparam("whose"),
        ContactRecord.child == bindparam("about"),
        ContactRecord.answer == "contacted",
        ContactRecord.reported_at > bindparam("since", type_=Moment),
    )
    .limit(1)
)


def tapped(told: dict[str, Any], question: str, value: str, touched: list[str]) -> None:
    """Put one tapped answer into the answers; `touched`: items of 怎么样 that were answered in this round."""
    if question == "how":
        for item, found in MEANS[value].items():
            if item not in touched:
                told[item] = found
                touched.append(item)
    elif question == "contact":
        told["contact"] = "no" if value == "no" else "yes"
        told["kinds"] = [] if value == "no" else sorted({*told.get("kinds", []), value})
    else:
        told[question] = value


def read_in(told: dict[str, Any], found: Weekly, voice: str) -> bool:
    """Put what a typed message tells into the answers of a voice. False: it tells nothing of them."""
    for item, value in found.items.items():
        if item not in NOT_OF[voice]:
            told[item] = value
    if found.kinds and voice == contact_plans.PARENT:
        told["kinds"] = sorted({*told.get("kinds", []), *found.kinds})
    if found.items.get("contact") == "no":
        told["kinds"] = []
    if found.general is not None:
        told.setdefault("life", found.general)
        told["general"] = found.general
    if found.signals:
        told["signals"] = sorted({*told.get("signals", []), *found.signals})
    if voice == contact_plans.CARER and any(name.startswith("carer_") for name in found.signals):
        told["self"] = "overwhelmed"
    return found.tells


def keep_words(told: dict[str, Any], *said: str) -> None:
    """Keep what somebody said in his own words, once; who may read them is `contact_staff.seen`."""
    if said:
        told["words"] = [*dict.fromkeys([*told.get("words", []), *(one.strip() for one in said)])]


def settle(work: Work, plan: ContactPlan, row: ContactRecord, told: dict[str, Any]) -> None:
    """Keep the answers of one record and draw what follows from them. Doing it twice changes nothing."""
    contact_plans.keep_answers(work, row, told)
    before, row.concern = row.concern, told.get("concern") in ("yes", "talk")
    if before and not row.concern:
        contact_rungs.taken_back(work, plan)
    if plan.voice == contact_plans.PARENT:
        _of_a_parent(work, plan, row, told)
    else:
        _of_a_voice_at_home(work, plan, row, told)
    signal = contact_data.gravest(tuple(told.get("signals", ())))
    if signal is not None and signal.level != "routine":
        contact_rungs.open_task(work, plan, f"signal_{signal.level}", signal.id, within_days=signal.within_days)
    if told.get("self") == "overwhelmed":
        contact_rungs.open_task(work, plan, "signal_carer", "carer_overwhelmed", within_days=2)
    if told.get("concern") == "yes" and not _with_the_director(work, plan):
        concern_told(work, plan)
    if told.get("access") == "no":
        contact_rungs.open_task(work, plan, "wants_talk", "kept_from_child")
    if told.get("concern") == "talk":
        contact_rungs.open_task(work, plan, "wants_talk", "wants_talk")
    contact_plans.look_again([plan], work.now)


def _with_the_director(work: Work, plan: ContactPlan) -> bool:
    """Whether a sign in his words, or his call for somebody, is with the child director already: one task is enough."""
    return any(rung.step in ("signal_soon", "wants_help") for rung in contact_rungs.open_of(work, plan))


def concern_told(work: Work, plan: ContactPlan) -> None:
    """Somebody is worried, whether or not the words for it come: the child director gets in touch."""
    contact_rungs.open_task(work, plan, "concern", "concern_told")


def _confirm(work: Work, plan: ContactPlan, row: ContactRecord, opened: list[ContactRung], by: str) -> None:
    """Somebody confirmed that this parent is in touch this week: what stood open about the silence is closed."""
    row.confirmed_by = row.confirmed_by or by
    contact_rungs.close_silence(work, opened, "confirmed")
    contact_plans.look_again([plan], work.now)


def _of_a_parent(work: Work, plan: ContactPlan, row: ContactRecord, told: dict[str, Any]) -> None:
    said = told.get("contact")
    row.answer = {"yes": "contacted", "no": "not_contacted"}.get(str(said), "half_done")
    plan.numbers_failed_at, plan.family_reaches = None, True
    opened = contact_rungs.open_of(work, plan)
    contact_rungs.close_unreachable(work, opened, "answered")
    if said == "yes":
        of_now = row if row.week == weeks.named(work.now) else contact_plans.keep_record(work, plan)
        _confirm(work, plan, of_now, opened, contact_plans.PARENT)
        _compare_with_home(work, plan, row)
    elif row.confirmed_by == contact_plans.PARENT:
        row.confirmed_by = None  # corrected by himself within the week


def _of_a_voice_at_home(work: Work, plan: ContactPlan, row: ContactRecord, told: dict[str, Any]) -> None:
    row.answer = "half_done"
    calls = told.get("calls")
    if calls is None:
        return
    row.answer = "contacted"
    for parent in contact_plans.of_child(work, plan.child, contact_plans.PARENT):
        kind = kind_of(work, parent)
        if calls == "yes" or calls == kind:
            opened = contact_rungs.open_of(work, parent)
            _confirm(work, parent, contact_plans.keep_record(work, parent), opened, plan.voice)
        elif _differs(work, parent, calls):
            contact_rungs.voices_differ(work, parent)
        elif calls == "long":
            contact_rungs.told_of_silence(work, parent)


def kind_of(work: Work, plan: ContactPlan) -> str:
    """What this person is to the child: father, mother, guardian, carer or self."""
    return work.session.scalar(_KIND, {"whose": plan.person, "about": plan.child}) or "guardian"


def _differs(work: Work, parent: ContactPlan, calls: str) -> bool:
    """Whether a parent said of lately that he was in touch, while somebody at home says that he was not."""
    if calls not in ("no", "long"):
        return False
    since = work.now - (NOT_FOR_LONG if calls == "long" else NOT_LATELY)
    asked = {"whose": parent.person, "about": parent.child, "since": since}
    return work.session.scalar(_SAID_CONTACTED, asked) is not None


def _compare_with_home(work: Work, parent: ContactPlan, row: ContactRecord) -> None:
    """The same the other way round: who at home said of this very week that nobody called."""
    rows = work.session.scalars(_AT_HOME_TOLD, {"about": parent.child, "week": weeks.named(work.now)})
    if any(contact_plans.answers(work, one).get("calls") in ("no", "long") for one in rows):
        contact_rungs.voices_differ(work, parent)


def without_carer(work: Work, plan: ContactPlan) -> int:
    """In how many weeks in a row, this or the last one the newest, a parent told of no contact with the carer: counted
    by itself, whatever was told of the child (contact.parent_carer.at_least_every). A week of which nothing is known
    ends it."""
    rows = work.session.scalars(
        select(ContactRecord)
        .where(
            ContactRecord.person == plan.person,
            ContactRecord.child == plan.child,
            ContactRecord.reported_at.is_not(None),
        )
        .order_by(ContactRecord.week.desc())
        .limit(LOOKED_BACK)
    ).all()
    week = weeks.begin(work.now)
    if not rows or rows[0].week != weeks.named(week):
        week -= timedelta(weeks=1)
    missed = 0
    for row in rows:
        if row.week != weeks.named(week - timedelta(weeks=missed)) or with_carer(work, row) != "no":
            break
        missed += 1
    return missed


def with_carer(work: Work, row: ContactRecord) -> str:
    """Whether a parent said to have been in touch with the carer in a week: yes, no, unknown."""
    return str(contact_plans.answers(work, row).get("carer", "unknown"))


def only_text(work: Work, plan: ContactPlan) -> bool:
    """Whether the last weeks were text only, this one among them (contact.text_only.nudge_after): a gentle nudge."""
    many = int(parameters.number("contact.text_only.nudge_after"))
    rows = work.session.scalars(
        select(ContactRecord)
        .where(
            ContactRecord.person == plan.person,
            ContactRecord.child == plan.child,
            ContactRecord.answer == "contacted",
        )
        .order_by(ContactRecord.week.desc())
        .limit(many)
    ).all()
    kinds = [contact_plans.answers(work, row).get("kinds") for row in rows]
    return len(kinds) == many and all(found == ["text"] for found in kinds)
