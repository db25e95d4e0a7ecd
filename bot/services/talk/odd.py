"""What only sounds odd, said in the middle of a talk: asked about beside it, in one line with a button.

The learned hunch asks about one harmless sentence in seven. A talk that stops for each of them is not answered; so the
words go where they belong, and the question stands above with a way to say yes.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import select

from bot import texts
from bot.reading import danger
from bot.reading.contact import joining_asked
from bot.reading.reports import reporting
from bot.reading.talk import answers as short
from bot.reading.talk import question_forms, replies
from bot.services import drafts, flows
from bot.services.contact import plans as contact_plans
from bot.services.mail import mailbox, withholding
from bot.services.reporting import doubting, intake
from bot.services.talk import emergencies
from bot.services.work import Work
from bot.storage.tables import Conversation, Outbox

ASKED, APART = "report.danger_doubt.beside", "report.apart"
JOINING = "join"
TAP = "odd"
EFFECT = "danger"
WORDS = "words"
"""What the draft beside the open talk keeps: the words asked about, for a day."""
LATELY = 6
"""So many things said ago the line still stands in sight and is not said again."""
_DANGER = "危险"
STILL_MEANT = timedelta(hours=1)
"""So long the next message may answer it in words."""


def ask_beside(work: Work, conversation: str, inbox_id: int, text: str, flow: str | None) -> bool:
    """Ask beside the open talk whether there is danger; the words go on to it. False: they do not only sound odd, or
    tell of harm, or a child writes, who is asked before anything else."""
    if flow not in flows.FLOWS or set(danger.read(text).kinds) != {danger.HUNCH} or intake.tells_harm(text):
        return False
    person = contact_plans.speaker(work, conversation)
    if person is not None and contact_plans.voice_of(work, person) == contact_plans.CHILD:
        return False
    if not (flow == JOINING and joining_asked.hurries(text)):  # 我加班呢快点 to our own question is no danger
        say(work, conversation, inbox_id, text)
    return True


def say(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Say the line, unless it stands in sight, and keep the words for whoever says yes; once for each message."""
    draft = drafts.current(work, conversation, TAP) or drafts.begin(work, conversation, TAP)
    before = drafts.contents(work, draft).get(WORDS, {})
    drafts.keep(work, draft, {WORDS: {**before, str(inbox_id): text}}, None)
    if all(row.key != ASKED for row in _said(work, conversation, LATELY)):
        mailbox.say(work, conversation, ASKED, reply_to=inbox_id, natural_key=f"{TAP}:{inbox_id}")


def affirmed(work: Work, conversation: str, inbox_id: int) -> bool:
    """There is danger, somebody says or taps: the odd words are an emergency, of the report that stands or of a new
    one. Without the words when a day has passed. False: the line is gone."""
    if all(row.key != ASKED for row in _said(work, conversation)):
        return False
    draft = drafts.current(work, conversation, TAP)
    words = "，".join(drafts.contents(work, draft).get(WORDS, {}).values()) if draft is not None else ""
    if draft is not None:
        drafts.close(work, draft, "done")
    report = emergencies.recent(work, conversation)
    if drafts.current(work, conversation, intake.FLOW) is None and report is not None:
        emergencies.join(work, conversation, report, urgent=True)
    doubting.hold(work, conversation, inbox_id, words)
    return intake.tap(work, conversation, inbox_id, "danger_now", "yes")


def heard(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Take a message that answers the line in words, right after it. A bare 有 belongs to the question that came after
    the line if that can be answered so. False: it answers something else."""
    flow = work.session.get_one(Conversation, conversation).flow
    last = mailbox.last_said(work, conversation, inbox_id, work.now - STILL_MEANT)
    if (flow is not None and flow not in flows.FLOWS) or last is None or last.reply_to is None:
        return False
    if all(row.key != ASKED for row in mailbox.replies_to(work, last.reply_to)):
        return False
    calm = reporting.no_danger(text) and not _more(text)
    if not calm and not _says_yes(work, text, last):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        if not calm:
            affirmed(work, conversation, inbox_id)
        elif flow is None:
            mailbox.say(work, conversation, "report.settled", reply_to=inbox_id)
        else:
            flows.FLOWS[flow].start(work, conversation, inbox_id, told_rasa=True)
    return True


def _says_yes(work: Work, text: str, last: mailbox.Said) -> bool:
    """Whether a message affirms danger: 有危险, or a bare yes to which the last question gives no other sense."""
    if question_forms.asks(text):
        return False
    lead = replies.lead(text)
    yes = (short.short_answer(text) == "yes" and not short.only_agrees(text)) or (
        lead is not None and lead.kind == "yes" and not lead.agrees
    )
    if not yes or _DANGER in text:
        return yes
    choices = texts.render(last.key, mailbox.args_of(work, last)).choices
    return not _more(text) and all(choice.value.rpartition("=")[2] != "yes" for choice in choices)


def _more(text: str) -> bool:
    lead = replies.lead(text)
    return lead is not None and bool(lead.rest)


def answers(said: Collection[Outbox]) -> bool:
    """Whether a message was answered: neither the line beside, nor that it is another matter, is an answer to it."""
    return any(row.key not in (ASKED, APART) for row in said)


def _said(work: Work, conversation: str, most: int = 200) -> list[Outbox]:
    """So many things said last, the last first."""
    said = (
        select(Outbox)
        .where(Outbox.conversation == conversation, Outbox.state.not_in(withholding.UNSAID))
        .order_by(Outbox.id.desc())
        .limit(most)
    )
    return list(work.session.scalars(said))
