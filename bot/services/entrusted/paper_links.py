"""Papers of 委托照护 for the family: a parent, or the carer, asks for them in words or by a button and gets a link.

The link carries who may open it, sealed, and for how long (paper_link.life, PROPOSED); whether that person still may
is read anew each time. Each gets what is his: parents agreement and notices, the carer the agreement; nothing of a
refusal, and never where another parent is or what his number is (JTJY-20).
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from bot import texts
from bot.care import contact_data, entrusted
from bot.reading.entrusted import entrusting
from bot.services import journal
from bot.services.contact import plans as contact_plans
from bot.services.entrusted import duties as entrusted_duties
from bot.services.entrusted import family as entrusted_family
from bot.services.entrusted import papers as entrusted_papers
from bot.services.entrusted.papers import Paper
from bot.services.entrusted.records import of_a_parent
from bot.services.mail import mailbox
from bot.services.register.children import Around
from bot.services.work import Work
from bot.storage.crypto import SealBroken
from bot.storage.tables import CareArrangement

TAP, DOOR = "paper", "/paper/"
OF_PARENTS = ("agreement", "notice_school", "notice_committee", "ended_school", "ended_committee")
OF_CARERS = ("agreement",)
NOT_YET = ("assessed",)
"""Before the child was heard there is nothing to sign."""
PLACE, ROW = "paper_links", "link"
LONGEST = 2000


def asked(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """我们的协议在哪 of a parent or a carer: links to the papers. False: these words, or this person, want something
    else."""
    if not entrusting.asks_for_papers(text):
        return False
    rows = _rows(work, conversation)
    if not rows and not entrusted_family.wards(work, conversation):
        return False
    if mailbox.take_effect(work, inbox_id, TAP):
        if rows:
            _say(work, conversation, inbox_id, rows)
        else:
            mailbox.say(work, conversation, "entrusted.papers.no_care", reply_to=inbox_id)
    return True


def tap(work: Work, conversation: str, inbox_id: int, name: str, uid: str) -> bool:
    """A button "paper:<arrangement>". False: nothing of this person's."""
    rows = [row for row in _rows(work, conversation) if row.uid == uid]
    if rows:
        _say(work, conversation, inbox_id, rows)
    return bool(rows)


def of(work: Work, row: CareArrangement, conversation: str) -> tuple[str, ...]:
    """The papers this person may have of an arrangement now."""
    if of_a_parent(work, row, conversation):
        mine: Iterable[str] = OF_PARENTS
    elif row.carer_conversation == conversation and row.state != entrusted.ENDED:
        mine = OF_CARERS
    else:
        return ()
    if row.state in NOT_YET:
        return ()
    return tuple(kind for kind in entrusted_papers.offered(work, row, ()) if kind in mine)


def link(work: Work, row: CareArrangement, kind: str, conversation: str) -> str:
    """The address of one paper for one person."""
    until = work.now + timedelta(minutes=contact_data.amount("paper_link.life"))
    told = json.dumps([row.uid, kind, conversation, until.isoformat()])
    token = base64.urlsafe_b64encode(work.vault.seal(PLACE, ROW, told)).decode().rstrip("=")
    return f"{work.public_url}{DOOR}{token}"


def opened(work: Work, token: str) -> Paper | None:
    """The paper of a link, for whoever it was made for; taking it is journalled. None: no link, too late, or that
    person may not have it any more."""
    found = _read(work, token)
    if found is None:
        return None
    row, kind, conversation = found
    journal.record(work, conversation, "arrangement paper", row.uid, kind=kind)
    paper = entrusted_papers.of(work, row, kind, by="")
    parents = tuple(_shown(work, one, row, conversation) for one in paper.parents)
    if conversation in (row.conversation, row.carer_conversation):
        return replace(paper, parents=parents)
    return replace(paper, parents=parents, phones="", kept={**paper.kept, "away": ""})  # what the other parent told


def alive(work: Work, token: str) -> bool:
    """Whether a link would open now: chats fetch a preview of every link, which is no reading of the paper."""
    return _read(work, token) is not None


def _read(work: Work, token: str) -> tuple[CareArrangement, str, str] | None:
    try:
        sealed = base64.urlsafe_b64decode(token[:LONGEST] + "=" * (-len(token[:LONGEST]) % 4))
        uid, kind, conversation, until = json.loads(work.vault.open(PLACE, ROW, sealed))
    except (SealBroken, binascii.Error, ValueError):
        return None
    row = work.session.get(CareArrangement, uid)
    if row is None or datetime.fromisoformat(until) < work.now or kind not in of(work, row, conversation):
        return None
    return row, str(kind), str(conversation)


def _shown(work: Work, one: Around, row: CareArrangement, conversation: str) -> Around:
    """A parent on a paper as the reader may know him: the own number always; to the carer those of parents who are
    asked and do not live apart; no parent learns another's here."""
    if one.person == contact_plans.speaker(work, conversation):
        return one
    if row.carer_conversation == conversation and row.child is not None:
        plans = [plan for plan in contact_plans.of_child(work, row.child) if plan.person == one.person]
        if all(plan.allowed and not plan.apart for plan in plans):
            return one
    return replace(one, phone="")


def _rows(work: Work, conversation: str) -> list[CareArrangement]:
    """The arrangements this person has a part in; where none is open, the one that ended last."""
    found = entrusted_family.of_conversation(work, conversation)
    cares = entrusted_duties.of_carer(work, conversation)
    if cares is not None and cares not in found:
        found.append(cares)
    if found:
        return found
    mine = CareArrangement.child.in_(entrusted_family.wards(work, conversation))
    query = select(CareArrangement).where(
        or_(CareArrangement.conversation == conversation, mine), CareArrangement.state == entrusted.ENDED
    )
    last = work.session.scalars(query.order_by(CareArrangement.changed_at.desc()).limit(1)).first()
    return [last] if last is not None and of_a_parent(work, last, conversation) else []


def _say(work: Work, conversation: str, inbox_id: int, rows: list[CareArrangement]) -> None:
    papers = [(row, kind) for row in rows for kind in of(work, row, conversation)]
    if not papers or not work.public_url:
        key = "entrusted.papers.not_here" if papers else "entrusted.papers.none"
        mailbox.say(work, conversation, key, reply_to=inbox_id)
        return
    lines = [
        f"{texts.phrase(f'entrusted.paper.{kind}')}\n{link(work, row, kind, conversation)}" for row, kind in papers
    ]
    args = {"papers": "\n".join(lines), "minutes": int(contact_data.amount("paper_link.life"))}
    mailbox.say(work, conversation, "entrusted.papers", args, reply_to=inbox_id)
