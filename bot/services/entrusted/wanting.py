"""What is plain about 委托照护 where nothing is open: no classifier stands between the words and the talk."""

from __future__ import annotations

from bot.reading import entrusting, wishes
from bot.services.contact import plans as contact_plans
from bot.services.entrusted import family as entrusted_family
from bot.services.entrusted import talk
from bot.services.mail import mailbox
from bot.services.reporting import intake
from bot.services.staff import accounts
from bot.services.talk import opened
from bot.services.work import Work


def wanted_plainly(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """What is plain about 委托照护 where nothing is open: another carer, or a child to be left with somebody."""
    return wants_another(work, conversation, inbox_id, text) or wants_to_entrust(work, conversation, inbox_id, text)


def wants_another(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """A parent with an arrangement says in plain words that somebody else is to look after the child: no classifier,
    and no weekly question, stands between. False: nobody does, or something else is open."""
    plain = entrusting.wants_another(text) and not intake.tells_harm(text)
    if not plain or opened.whats_open(work, conversation).flow is not None:
        return False
    found = entrusted_family.of_conversation(work, conversation)
    if not found and accounts.member(work, conversation) is not None:
        return False
    if mailbox.take_effect(work, inbox_id, talk.FLOW):
        talk.start(work, conversation, inbox_id, text)
    return True


def wants_to_entrust(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Somebody who leaves wants the child to be with a person meanwhile (想把闺女放我大姐家), or cannot look after it
    any longer: no classifier stands between. False: nobody does, or something else is open."""
    plain = (wishes.entrusts(text) or wishes.tired(text)) and not intake.tells_harm(text)
    if not plain or opened.whats_open(work, conversation).flow is not None or accounts.member(work, conversation):
        return False
    if wishes.tired(text) and contact_plans.speaker(work, conversation) is not None:
        return False  # the talk of the week hears a carer who joined, and what else she says: 管不了了想打他
    if mailbox.take_effect(work, inbox_id, talk.FLOW):
        talk.start(work, conversation, inbox_id, text)
    return True
