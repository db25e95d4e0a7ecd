"""What the first message after a start would wait for is read beside the start: word lists are made on first use."""

from __future__ import annotations

from bot import texts
from bot.reading.aftermath import after_topics
from bot.reading.reports import asides, told
from bot.reading.talk import no_answer, question_forms, replies
from bot.reading.where import places
from bot.services.reporting import intake

SAID = "隔壁孩子又挨打了 哭得厉害 在公主岭市范家屯镇 昨天晚上的事 我该咋办"
"""No text for users: it is read and forgotten."""


def read_once() -> None:
    """Read words as an urgent message is read; about half a second. Nothing is kept or said."""
    texts.known("danger.violence")
    for read in (told.read, places.find, no_answer.read, question_forms.asks, replies.withdraws, replies.question):
        read(SAID)
    asides.kinds(SAID)
    after_topics.topics(SAID, ("violence",))
    intake.reads_like_a_report(SAID)
