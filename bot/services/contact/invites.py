"""Invitations of a family: a one-time code of the child director, or a door that opens in one conversation.

A child is invited only from the age at which it is asked, and once a guardian agreed (services.contact.consents).
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import select, update

from bot.care import parameters, receipt
from bot.reading.measures import codes
from bot.services import journal
from bot.services.contact import consents as contact_consents
from bot.services.contact import plans as contact_plans
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import ContactInvite

LENGTH = 12


def invite(work: Work, person: str, *, by: str = "system") -> str:
    """A fresh one-time code for a person of the register; an earlier one stops working (parent.invite_code.expiry).

    Raises ValueError for a child who may not be asked: too_young, no_guardian_consent.
    """
    _check(work, person)
    work.session.execute(
        update(ContactInvite)
        .where(ContactInvite.person == person, ContactInvite.closed_at.is_(None))
        .values(closed_at=work.now)
    )
    code = receipt.new_code(secrets.token_bytes, length=LENGTH)
    _open_invitation(work, person, work.vault.blind("contact invite", code))
    journal.record(work, by, "contact invited", person)
    return receipt.shown(code)


def confirm(work: Work, person: str, conversation: str, *, by: str) -> str:
    """Whoever asked to join in a conversation is this person: an invitation that opens only there. Returns its uid.

    Raises ValueError for a child who may not be asked: too_young, no_guardian_consent.
    """
    _check(work, person)
    uid = _open_invitation(work, person, work.vault.blind("contact confirmed", opaque_id()), conversation)
    journal.record(work, by, "contact joining confirmed", person)
    return uid


def _open_invitation(work: Work, person: str, key: str, conversation: str | None = None) -> str:
    days = int(parameters.number("parent.invite_code.expiry"))
    row = ContactInvite(
        uid=opaque_id(),
        person=person,
        code_key=key,
        conversation=conversation,
        created_at=work.now,
        expires_at=work.now + timedelta(days=days),
    )
    work.session.add(row)
    work.session.flush()
    return row.uid


def _check(work: Work, person: str) -> None:
    if contact_plans.voice_of(work, person) != contact_plans.CHILD:
        return
    child = contact_plans.own_file(work, person)
    if child is None or contact_consents.too_young(work, child):
        raise ValueError("too_young")
    if not contact_consents.stands(work, child):
        raise ValueError("no_guardian_consent")


def knows(work: Work, text: str) -> bool:
    """Whether a code in these words invites somebody of a family (and not a member of staff)."""
    return invited(work, text) is not None


def invited(work: Work, text: str) -> ContactInvite | None:
    """The invitation a code in these words belongs to, whether it still opens or not; None: there is no such code."""
    for found in codes.find(text):
        try:
            plain = receipt.read_code(found.value, LENGTH)
        except receipt.Miscopied:
            continue
        row = work.session.scalar(
            select(ContactInvite).where(ContactInvite.code_key == work.vault.blind("contact invite", plain))
        )
        if row is not None:
            return row
    return None
