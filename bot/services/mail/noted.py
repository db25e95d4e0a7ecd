"""What a transaction keeps in mind of the messages it takes and answers, so that it need not ask the database."""

from __future__ import annotations

from bot.services.work import Work


def effects(work: Work) -> dict[int, str | None]:
    """The effects of the inbox rows that this very transaction made and holds, while they are not written."""
    noted: dict[int, str | None] = work.session.info.setdefault("effects", {})
    return noted


def addressed(work: Work) -> set[str]:
    """The talks in which this transaction says something."""
    talks: set[str] = work.session.info.setdefault("addressed", set())
    return talks


def answered(work: Work) -> set[int]:
    """The messages to which this transaction says something."""
    messages: set[int] = work.session.info.setdefault("answered", set())
    return messages
