"""Two counties agree in chat who does what for a child: what waits, a proposal, the answer to one."""

from __future__ import annotations

from bot import texts
from bot.care import responsibility
from bot.services.mail import mailbox
from bot.services.register import children, county_splits
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.tables import Child

TAP = "childsplit"
OFFERS: dict[str, dict[str, str]] = {
    "usual": {},
    "residence": dict.fromkeys(responsibility.NEGOTIABLE, responsibility.RESIDENCE),
}
"""What is proposed with one tap; everything else is put together on the staff page."""


def show_waiting(work: Work, member: Member, conversation: str, inbox_id: int) -> None:
    """The children for whom a county of this member has not agreed with the other one."""
    found = county_splits.waiting(work, member)
    choices = [
        [texts.phrase("child.split.button").format(number=child.number), f"{TAP}:see:{child.uid}"] for child in found
    ]
    key = "child.split.list" if found else "child.split.none"
    mailbox.say(work, conversation, key, {"choices": choices}, reply_to=inbox_id)


def tap(work: Work, member: Member | None, conversation: str, inbox_id: int, what: str, rest: str) -> None:
    """A button "childsplit:list:", "childsplit:see|usual|residence:<child>" or "childsplit:yes|no:<split>"."""
    if member is None:
        mailbox.say(work, conversation, "child.staff_only", reply_to=inbox_id)
    elif what == "list":
        show_waiting(work, member, conversation, inbox_id)
    elif what == "see":
        _show(work, member, conversation, inbox_id, rest)
    elif what in OFFERS:
        outcome = county_splits.propose(work, member, rest, OFFERS[what])
        done = "child.split.proposed" if outcome.allowed else f"child.split.{outcome.refusal}"
        key = "child.gone" if outcome.refusal == "absent" else done
        mailbox.say(work, conversation, key, reply_to=inbox_id)
    else:
        outcome = county_splits.settle(work, member, rest, agree=what == "yes")
        done = "child.split.settled" if what == "yes" else "child.split.refused"
        key = {"absent": "child.gone", "already": "child.already"}.get(outcome.refusal or "", done)
        mailbox.say(work, conversation, key, reply_to=inbox_id)


def _show(work: Work, member: Member, conversation: str, inbox_id: int, uid: str) -> None:
    """One child: who does what now, and what can be done about it. The number stands for the child."""
    child = work.session.get(Child, uid)
    side = county_splits.speaks_for(work, member, child) if child is not None else None
    now = county_splits.standing(work, child) if child is not None else None
    if child is None or side is None or now is None or child.state not in children.LISTED:
        mailbox.say(work, conversation, "child.gone", reply_to=inbox_id)
        return
    two = (now.sides[responsibility.RESIDENCE], now.sides[responsibility.REGISTERED])
    args = {"number": child.number, "duties": county_splits.in_words(now.duties, *two), "child": uid}
    key = "child.split.card"
    if now.agreed is not None:
        key = "child.split.card.agreed"
    elif now.open is not None:
        args["duties"] = county_splits.in_words(responsibility.split(county_splits.differing(now.open.duties)), *two)
        args["split"] = now.open.uid
        key = "child.split.card.mine" if now.open.side == side else "child.split.card.theirs"
    mailbox.say(work, conversation, key, args, reply_to=inbox_id)
