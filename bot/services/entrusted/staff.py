"""委托照护 for the office in chat: the card of an arrangement, screening and hearing as talks, the carer's code.

Everything else an arrangement may need is on the staff page (`entrusted_desk`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot import texts
from bot.care import entrusted
from bot.reading.where import places
from bot.services import journal
from bot.services.contact import invites
from bot.services.entrusted import doing as entrusted_doing
from bot.services.entrusted import pair as entrusted_pair
from bot.services.entrusted import records as entrusted_records
from bot.services.entrusted import steps
from bot.services.entrusted.records import Outcome, acknowledged, data, reach
from bot.services.mail import mailbox
from bot.services.register import children
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import CareArrangement, Person

TO_REVIEW = ("need_identified", "reason_checked", "candidate_proposed", "screening")
WITH_CANDIDATE = ("candidate_proposed", "screening", "assessed", "child_heard")


def tap(work: Work, conversation: str, inbox_id: int, act: str, uid: str, opener: entrusted_doing.Opener) -> bool:
    """A button under an arrangement for staff; what is not theirs answers like none."""
    member = accounts.member(work, conversation)
    found = reach(work, member, uid) if member is not None else None
    if member is None or found is None:
        mailbox.say(work, conversation, "entrusted.gone", reply_to=inbox_id)
        return True
    row, held = found
    # Screening, hearing and inviting are the child director's; whoever only reads sees the card and the page.
    allowed = act if entrusted_doing.DIRECTOR in held else "open"
    ACTS[allowed](work, conversation, inbox_id, member, row, opener)
    return True


def _card(
    work: Work, conversation: str, inbox_id: int, member: Member, row: CareArrangement, _: entrusted_doing.Opener
) -> None:
    """One arrangement in words, with what comes next. Every look is journalled."""
    journal.record(work, member.account, "arrangement read", row.uid, purpose="chat")
    found = reach(work, member, row.uid)
    choices = _next(work, row) if found is not None and entrusted_doing.DIRECTOR in found[1] else []
    choices.append([texts.phrase("entrusted.do.page"), "page:", "quiet"])
    follower = entrusted_pair.successor(work, row)
    if follower is not None:
        choices.insert(0, [texts.phrase("entrusted.do.successor"), f"entrusted.open={follower.uid}"])
    args = {"words": words(work, row), "choices": choices}
    mailbox.say(work, conversation, "entrusted.card", args, reply_to=inbox_id)


def _next(work: Work, row: CareArrangement) -> list[list[str]]:
    """What the child director can do next in chat."""
    acts = [
        *(["review"] if row.state in TO_REVIEW else []),
        *(["hear"] if row.state == "assessed" else []),
        *(["code"] if row.state in WITH_CANDIDATE and not acknowledged(work, row) else []),
    ]
    return [[texts.phrase(f"entrusted.do.{act}"), f"entrusted.{act}={row.uid}"] for act in acts]


def words(work: Work, row: CareArrangement) -> str:
    """What stands in an arrangement, for those who may read it: who, how far, what the family says, what is open."""
    kept = data(work, row)
    lines = [f"{places.full_name(row.area)}　{entrusted.state_label(row.state)}"]
    if row.child is not None:
        name = children.profile(work, children.row(work, row.child)).get("name", "")
        lines.append(texts.phrase("entrusted.recap.child").format(value=name))
    lines.append(texts.phrase("entrusted.recap.carer").format(value=entrusted_doing.carer_words(kept) or "—"))
    for name in ("carer_phone", *steps.ABOUT):
        if kept.get(name):
            value = kept[name]
            value = steps.label(name, value) if value in steps.CHOICES.get(name, ()) else value
            lines.append(texts.phrase(f"entrusted.recap.{name}").format(value=value))
    said = {name: steps.label(name, value) for name, value in kept.get("said", {}).items()}
    if said:
        told = "；".join(f"{texts.phrase(f'entrusted.short.{name}')}：{value}" for name, value in said.items())
        lines.append(texts.phrase("entrusted.family_says").format(told=told))
    for name in ("stays", "doubts"):
        if kept.get(name):
            lines.append(texts.phrase(f"entrusted.recap.{name}").format(value=kept[name]))
    if row.ask_again_on is not None:
        day = f"{row.ask_again_on.month}月{row.ask_again_on.day}日"
        lines.append(texts.phrase("entrusted.card.ask_again").format(day=day))
    if acknowledged(work, row):
        lines.append(texts.phrase("entrusted.accepted"))
    return "\n".join(lines)


def _review(
    work: Work, conversation: str, inbox_id: int, member: Member, row: CareArrangement, opener: entrusted_doing.Opener
) -> None:
    """Begin the screening: what the family says stands first, what the office finds out decides."""
    if row.state not in TO_REVIEW:
        _card(work, conversation, inbox_id, member, row, opener)
        return
    journal.record(work, member.account, "arrangement read", row.uid, purpose="screening")
    mailbox.say(work, conversation, "entrusted.review", {"words": words(work, row)}, reply_to=inbox_id)
    opener("review", row.uid, carer=_carer(work, row), reasoned=row.state != "need_identified")


def _hear(
    work: Work, conversation: str, inbox_id: int, member: Member, row: CareArrangement, opener: entrusted_doing.Opener
) -> None:
    """Begin to write down what the child said."""
    if row.state != "assessed":
        _card(work, conversation, inbox_id, member, row, opener)
        return
    mailbox.say(work, conversation, "entrusted.hear", {"carer": _carer(work, row)}, reply_to=inbox_id)
    opener("hear", row.uid, carer=_carer(work, row))


def _carer(work: Work, row: CareArrangement) -> str:
    return str(data(work, row).get("carer") or texts.phrase("entrusted.carer"))


def _code(
    work: Work, conversation: str, inbox_id: int, member: Member, row: CareArrangement, _: entrusted_doing.Opener
) -> None:
    """A one-time code for the carer, to hand over in person or by phone."""
    made = invite(work, member, row.uid)
    if isinstance(made, Outcome):
        entrusted_doing.say_outcome(work, conversation, inbox_id, made, "")
        return
    args = {"code": made, "carer": _carer(work, row)}
    mailbox.say(work, conversation, "entrusted.code", args, reply_to=inbox_id)


def invite(work: Work, member: Member, uid: str) -> str | Outcome:
    """A fresh code with which the present candidate comes in and reads the duties; an earlier one stops working.

    Refusals: absent, no_candidate (nobody is named, or care has begun).
    """
    found = reach(work, member, uid, "write", lock=True)
    if found is None:
        return entrusted_records.ABSENT
    row = found[0]
    kept = data(work, row)
    if row.state not in WITH_CANDIDATE or not kept.get("carer"):
        return Outcome(False, "no_candidate", uid)
    if row.carer_person is None:
        row.carer_person = _person(work, kept)
    journal.record(work, member.account, "carer invited", uid)
    return invites.invite(work, row.carer_person)


def _person(work: Work, kept: Mapping[str, Any]) -> str:
    """Somebody in the register who is tied to no child yet: only care that has begun ties."""
    uid, phone = opaque_id(), str(kept.get("carer_phone") or "")
    profile = {"name": kept["carer"], **({"phone": phone} if phone else {})}
    sealed = work.seal(children.PERSON, uid, profile)
    key = work.vault.blind("phone", phone) if phone else None
    work.session.add(Person(uid=uid, profile_sealed=sealed, phone_key=key, created_at=work.now))
    work.session.flush()
    return uid


Act = Callable[[Work, str, int, Member, CareArrangement, entrusted_doing.Opener], None]
ACTS: Mapping[str, Act] = {"open": _card, "review": _review, "hear": _hear, "code": _code}
