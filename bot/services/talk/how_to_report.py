"""Somebody asks how to tell of a child in need, of no child there is (看见谁家孩子没人管 跟你说好使不): he hears how,
with the button that begins a report, and nothing is reported by the question. What is open goes on."""

from __future__ import annotations

from bot.reading import danger
from bot.reading.talk import question_forms
from bot.reading.where import places
from bot.services.mail import mailbox
from bot.services.reporting import intake
from bot.services.staff import accounts
from bot.services.talk import policy_answers, policy_talk
from bot.services.talk.opened import Open
from bot.services.work import Work

EFFECT, TOPIC = "words", "rep_how"
UNCARED = {"alone", danger.HUNCH}
"""What such a question may name; of anything graver it is asked whether it is so."""


def takes(work: Work, conversation: str, inbox_id: int, text: str, opened: Open) -> bool:
    """Answer such a question. False: it is none, somebody reports already, or a worker writes. The caller has seen that
    no danger is told."""
    if opened.flow == intake.FLOW or not question_forms.asks_how_to_report(text):
        return False
    hit = danger.read(text)
    told = hit.ask or set(hit.kinds) - UNCARED or places.find(text).best is not None
    if told or accounts.member(work, conversation) is not None:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        policy_answers.tapped(work, conversation, inbox_id, TOPIC)
        policy_talk.ask_open_question(work, conversation, inbox_id, opened.flow)
    return True
