"""What is brought instead of words: an invite code of a link, a contact card, a photo or file, a location pin."""

from __future__ import annotations

from bot.services import flows
from bot.services.mail import mailbox
from bot.services.reporting import cards, evidence
from bot.services.talk import redirecting
from bot.services.talk.urgency import urgent
from bot.services.work import Work

TAP = "tap"


def invited(work: Work, conversation: str, inbox_id: int, code: str) -> None:
    """An invite code that came with a link."""
    if mailbox.take_effect(work, inbox_id, TAP):
        flows.FLOWS["bind"].start(work, conversation, inbox_id, code)


def contact_shared(work: Work, conversation: str, inbox_id: int, phone: str) -> None:
    """A contact card: kept with the open report as how to reach the writer; without one it is not kept."""
    if mailbox.take_effect(work, inbox_id, TAP) and not redirecting.refuses(work, conversation, inbox_id):
        cards.contact(work, conversation, inbox_id, phone)


def evidence_shared(work: Work, conversation: str, inbox_id: int, brought: evidence.Brought, text: str) -> None:
    """A photo, recording or file, and the words beside it: danger in them first, then the thing itself."""
    said = bool(text) and urgent(work, conversation, inbox_id, text)
    if said or mailbox.take_effect(work, inbox_id, TAP):
        evidence.arrived(work, conversation, inbox_id, brought, "" if said else text)


def place_shared(work: Work, conversation: str, inbox_id: int, latitude: float, longitude: float) -> None:
    """A location pin: kept with the open report as where the child is; without one, a report is begun."""
    if not mailbox.take_effect(work, inbox_id, TAP) or redirecting.refuses(work, conversation, inbox_id):
        return
    cards.pin(work, conversation, inbox_id, latitude, longitude)
