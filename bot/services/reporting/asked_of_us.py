"""Questions to us in the middle of a report: which text answers them, in the voice for whoever writes."""

from __future__ import annotations

from bot import texts
from bot.care import intake
from bot.reading import danger
from bot.reading.reports import fitting, told
from bot.reading.talk import replies
from bot.reading.where import places
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import absorbing, filing
from bot.services.talk import policy_answers
from bot.services.work import Work

PATIENCE, NAME = "report.faq.patience", "report.faq.name"
OF_TIME = ("report.faq.how_long", "report.faq.news")
"""The days in such a question are no moment of the matter: 几天能有人来."""


def key_of(text: str) -> str | None:
    """Text key of the answer to a question to us; None where the words tell of harm: that is heard first."""
    if (asked := replies.question(text)) is None or told.read(text).signs or danger.read(text).level != "none":
        return None
    if asked == "process" and (policy_answers.strength(text) or 0.0) >= policy_answers.FAIRLY:
        return policy_answers.KEY  # 户口咋办啊
    if asked == "chat.elder":
        return "chat.elder.again"
    return asked if "." in asked else f"report.faq.{asked}"


def told_with(key: str, text: str) -> str:
    """What is told with such a question; empty: nothing. With one after our time only a place is: 平洋村快点."""
    if which := fitting.name_beside(text):
        return which
    if key not in OF_TIME:
        return text if absorbing.tells_something(text) else ""
    alone = told.read(text).when is None and places.find(text).best is not None
    return text if alone else fitting.place_beside(text)


def leave_the_name(answers: Answers, key: str) -> None:
    """A child that would rather not say its name is not asked for it again; what it tells of itself is kept."""
    if key == NAME and answers.childs and "child_ref" not in answers.given:
        answers.settle("child_ref", "skipped")


def voiced(answers: Answers, key: str) -> str:
    """The key as it is said to a child, or to somebody whose own duty it is to report harm (WBF-11, WBF-39)."""
    voices = ["child"] if answers.childs else []
    if not answers.childs and filing.must_report(answers) and filing.severity_of(answers) in filing.HARM:
        voices = ["school", "duty"] if answers.facts.get("unit") == "school" else ["duty"]
    return next((own for voice in voices if texts.known(own := f"{key}.{voice}")), key)


def say(work: Work, conversation: str, answers: Answers, inbox_id: int, key: str) -> None:
    """Say the answer; what was said before is said shorter."""
    again = key in answers.advised and texts.known(f"{key}.again")
    args = {"left": intake.left(answers.given, answers.facts)} if key == PATIENCE else None
    answers.advised += [key] if key not in answers.advised else []
    mailbox.say(work, conversation, f"{key}.again" if again else voiced(answers, key), args, reply_to=inbox_id)
