"""What a transaction keeps in mind is never older than what it wrote itself."""

from __future__ import annotations

import pytest
from sqlalchemy import bindparam, event, select, update

from bot.storage.asked import Question, asked_once, asked_together, rows_once
from bot.storage.tables import Conversation, Report
from tests.builders import World

LANGUAGE = Question(select(Conversation.language).where(Conversation.uid == bindparam("whose")), (Conversation,))


def test_asked_twice_it_is_looked_up_once(world: World) -> None:
    talk, looked = world.citizen(), []
    with world.work() as work:
        event.listen(work.session.connection(), "before_cursor_execute", lambda *seen: looked.append(seen[2]))
        answers = [asked_once(work.session, LANGUAGE, {"whose": talk}) for _ in range(3)]
    assert answers == [None] * 3
    assert len(looked) == 1


def test_what_is_changed_and_not_written_yet_counts(world: World) -> None:
    talk = world.citizen()
    with world.work() as work:
        assert asked_once(work.session, LANGUAGE, {"whose": talk}) is None
        work.session.get_one(Conversation, talk).language = "en"
        assert asked_once(work.session, LANGUAGE, {"whose": talk}) == "en"


def test_what_a_statement_writes_counts(world: World) -> None:
    talk = world.citizen()
    with world.work() as work:
        assert asked_once(work.session, LANGUAGE, {"whose": talk}) is None
        work.session.execute(update(Conversation).where(Conversation.uid == talk).values(language="ch"))
        assert asked_once(work.session, LANGUAGE, {"whose": talk}) == "ch"


@pytest.mark.parametrize("way", ["execute", "scalar", "scalars"])
def test_what_a_statement_writes_and_returns_counts(way: str, world: World) -> None:
    talk = world.citizen()
    written = update(Conversation).where(Conversation.uid == talk).values(language="ch").returning(Conversation.uid)
    with world.work() as work:
        assert asked_once(work.session, LANGUAGE, {"whose": talk}) is None
        getattr(work.session, way)(written)
        assert asked_once(work.session, LANGUAGE, {"whose": talk}) == "ch"


def test_the_next_transaction_looks_anew(world: World) -> None:
    talk = world.citizen()
    with world.work() as work:
        assert asked_once(work.session, LANGUAGE, {"whose": talk}) is None
    with world.work() as other:
        other.session.get_one(Conversation, talk).language = "en"
    with world.work() as work:
        assert asked_once(work.session, LANGUAGE, {"whose": talk}) == "en"


def test_what_will_be_asked_is_looked_up_in_one_statement_and_forgotten_as_ever(world: World) -> None:
    talk, looked = world.citizen(), []
    filed = Question(select(Report.uid).where(Report.conversation == bindparam("whose")).limit(1), (Report,))
    with world.work() as work:
        event.listen(work.session.connection(), "before_cursor_execute", lambda *seen: looked.append(seen[2]))
        asked_together(work.session, (LANGUAGE, filed), {"whose": talk})
        assert asked_once(work.session, filed, {"whose": talk}) is None
        assert asked_once(work.session, LANGUAGE, {"whose": talk}) is None
        assert len(looked) == 1
        work.session.get_one(Conversation, talk).language = "en"
        assert asked_once(work.session, LANGUAGE, {"whose": talk}) == "en"


def test_many_rows_asked_twice_are_looked_up_once_and_forgotten_as_ever(world: World) -> None:
    talk, other, looked = world.citizen(), world.citizen(), []
    speaking = Question(select(Conversation.uid).where(Conversation.language == bindparam("which")), (Conversation,))
    with world.work() as work:
        event.listen(work.session.connection(), "before_cursor_execute", lambda *seen: looked.append(seen[2]))
        assert [rows_once(work.session, speaking, {"which": "en"}) for _ in range(3)] == [[]] * 3
        assert len(looked) == 1
        for one in (talk, other):
            work.session.get_one(Conversation, one).language = "en"
        assert {row.uid for row in rows_once(work.session, speaking, {"which": "en"})} == {talk, other}
        assert rows_once(work.session, speaking, {"which": "ch"}) == []
