"""The carer's part in 委托照护: comes in with a code, reads the duties one by one, accepts or refuses with a tap.

JL-3.5.c: the duties are explained before anything is signed. A carer who cannot go on is heard, and helped first.
"""

from __future__ import annotations

from sqlalchemy import select

from bot import texts
from bot.care import contact_data, entrusted
from bot.reading.contact import weekly
from bot.services import journal
from bot.services.contact import parents
from bot.services.contact import rungs as contact_rungs
from bot.services.entrusted import arrangements
from bot.services.entrusted import telling as entrusted_telling
from bot.services.entrusted.records import acknowledged, of_a_parent
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import CareAcknowledgement, CareArrangement

TAP = "duty"
DUTIES = 4
"""How many short messages explain the duties (entrusted.duty.1 …)."""
LATE = frozenset({"notified", "active"})
"""States in which a carer who cannot go on is a concern (JL-3.5.f); before them it is news for the office."""


def of_carer(work: Work, conversation: str) -> CareArrangement | None:
    """The arrangement whose carer came in here, the newest that has not ended."""
    query = select(CareArrangement).where(
        CareArrangement.carer_conversation == conversation, CareArrangement.state != entrusted.ENDED
    )
    return work.session.scalars(query.order_by(CareArrangement.created_at.desc()).limit(1)).first()


def begin(work: Work, conversation: str, inbox_id: int, person: str) -> str | None:
    """A code of an arrangement was given here: from now on its carer is reached here.

    Returns "in", or "not_you" (the parent who asked cannot be the carer); None: it is no such code.
    """
    query = select(CareArrangement).where(
        CareArrangement.carer_person == person, CareArrangement.state != entrusted.ENDED
    )
    row = work.session.scalars(query).first()
    if row is None or entrusted.in_force(row.state):
        return None
    if of_a_parent(work, row, conversation):
        mailbox.say(work, conversation, "entrusted.duty.not_you", reply_to=inbox_id)
        return "not_you"
    row.carer_conversation = conversation
    work.session.flush()
    journal.record(work, "system", "carer came in", row.uid)
    mailbox.say(work, conversation, "entrusted.duty.hello", {"arrangement": row.uid}, reply_to=inbox_id)
    return "in"


def tap(work: Work, conversation: str, inbox_id: int, name: str, rest: str) -> bool:
    """A button "duty:<what>:<arrangement>" under one of the messages. False: it belongs to nobody here."""
    what, _, uid = rest.partition(":")
    row = work.session.get(CareArrangement, uid)
    if row is None or row.carer_conversation != conversation or row.state == entrusted.ENDED:
        return False
    if what == "accept":
        _accept(work, conversation, inbox_id, row)
    elif what == "refuse":
        _refuse(work, conversation, inbox_id, row)
    elif what.isdigit() and 1 <= int(what) <= DUTIES:
        explain(work, conversation, inbox_id, row, int(what))
    else:
        return False
    return True


def explain(work: Work, conversation: str, inbox_id: int, row: CareArrangement, number: int) -> None:
    """One of the duties, with the way to the next; after the last the question."""
    if number < DUTIES:
        choices = [[texts.phrase("entrusted.duty.next"), f"{TAP}:{number + 1}:{row.uid}", "primary"]]
    else:
        choices = [
            [texts.phrase("entrusted.duty.yes"), f"{TAP}:accept:{row.uid}", "primary"],
            [texts.phrase("entrusted.duty.no"), f"{TAP}:refuse:{row.uid}", "quiet"],
        ]
    args = {"choices": choices, "number": number, "of": DUTIES}
    mailbox.say(work, conversation, f"entrusted.duty.{number}", args, reply_to=inbox_id)


def _accept(work: Work, conversation: str, inbox_id: int, row: CareArrangement) -> None:
    """Accepting counts once; its button stands under the last of the duties only."""
    if not acknowledged(work, row):
        uid = opaque_id()
        work.session.add(
            CareAcknowledgement(
                uid=uid, arrangement=row.uid, candidate=row.candidate, recorded_by=conversation, at=work.now
            )
        )
        work.session.flush()
        journal.record(work, conversation, "duties acknowledged", row.uid)
        entrusted_telling.office(work, row, f"accepted:{uid}")
    mailbox.say(work, conversation, "entrusted.duty.accepted", reply_to=inbox_id)


def _refuse(work: Work, conversation: str, inbox_id: int, row: CareArrangement) -> None:
    """Nobody is made to care: before it is in force the candidate is withdrawn, afterwards the office is told."""
    done = arrangements.step_of_carer(work, conversation, row.uid, "candidate_withdraws")
    if not done.allowed:
        arrangements.step_of_carer(work, conversation, row.uid, "concern_raised")
        entrusted_telling.office(work, row, f"refused:{row.uid}:{row.changed_at:%Y%m%d}")
    mailbox.say(work, conversation, "entrusted.duty.refused", reply_to=inbox_id)


def show(work: Work, conversation: str, inbox_id: int, row: CareArrangement) -> None:
    """What the carer sees of the arrangement: how far it is, the duties, that a person can be asked. No more."""
    args = {
        "state": entrusted_telling.state_words(row, "carer"),
        "choices": [
            [texts.phrase("entrusted.duty.read"), f"{TAP}:1:{row.uid}"],
            [texts.phrase("entrusted.do.papers"), f"paper:{row.uid}", "quiet"],
        ],
    }
    mailbox.say(work, conversation, "entrusted.carer.status", args, reply_to=inbox_id)


def eased(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Words of a parent at the end of his strength, in the middle of the talk: what helps at once is said, and a
    person is asked to call. False: nothing of the kind was said."""
    signal = contact_data.gravest(weekly.read(text).signals)
    plans = parents.plans_here(work, conversation)
    if signal is None or signal.level == "routine" or not plans:
        return False
    contact_rungs.open_task(work, plans[0], "wants_help", signal.id, within_days=2)
    mailbox.say(work, conversation, f"contact.signal.{signal.level}", reply_to=inbox_id)
    return True


def hears(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """管不了了想打他: the office hears that the carer needs help; the words that help at once are said.

    False: nothing of the kind was said, or the weekly talk of a carer who joined answers it.
    """
    signal = contact_data.gravest(weekly.read(text).signals)
    if signal is None or signal.level == "routine":
        return False
    row = of_carer(work, conversation)
    if row is None:
        return False
    joined = bool(parents.plans_here(work, conversation))
    if not joined and not mailbox.take_effect(work, inbox_id, TAP):
        return True
    if row.state in LATE:
        why = texts.phrase("entrusted.carer_said")
        arrangements.step_of_carer(work, conversation, row.uid, "concern_raised", reason=why)
    else:
        entrusted_telling.office(work, row, f"overwhelmed:{row.uid}:{work.now:%Y%m%d}", "entrusted.carer_calls")
    if not joined:
        key = f"contact.signal.{signal.level}"
        mailbox.say(work, conversation, key, reply_to=inbox_id)
    return not joined
