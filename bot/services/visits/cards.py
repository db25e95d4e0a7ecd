"""What a worker is shown of the visits owed: the list of homes, and one home with the reason for its day."""

from __future__ import annotations

from bot import texts
from bot.care.visit_days import Owed
from bot.services.mail import mailbox
from bot.services.register import finding, supervising
from bot.services.staff.accounts import Member
from bot.services.visits import homes as visit_homes
from bot.services.visits import lists as visit_lists
from bot.services.visits import plans as visit_plans
from bot.services.visits import reasons as visit_reasons
from bot.services.visits import recording
from bot.services.visits import words as visit_words
from bot.services.visits.lists import Stop
from bot.services.work import Work
from bot.storage.tables import Child

PAGE = 8
MOST_LINES = 20


def asked_for(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Somebody asks what is to be visited. Once per message."""
    if mailbox.take_effect(work, inbox_id, "words"):
        tell(work, conversation, inbox_id)


def tell(work: Work, conversation: str, inbox_id: int) -> None:
    """The list, to whoever may read it."""
    member = visit_homes.reader_or_say(work, conversation, inbox_id)
    if member is not None:
        show_list(work, conversation, inbox_id, member)


def show_list(work: Work, conversation: str, inbox_id: int, member: Member) -> None:
    """The homes to go to, the most urgent first, with a button for each of the first."""
    stops, on = visit_lists.mine(work, member), work.today
    if not stops:
        late = finding.counts(work, member)["overdue"] if supervising.areas(work, member) else 0
        key = "visits.list_empty.above" if late else "visits.list_empty"
        mailbox.say(work, conversation, key, {"count": late}, reply_to=inbox_id)
        return
    if len(stops) == 1:
        show_card(work, conversation, inbox_id, member, stops[0].household)
        return
    lines = [visit_words.line(work, number, stop, on) for number, stop in enumerate(stops[:MOST_LINES], 1)]
    if len(stops) > MOST_LINES:
        lines.append(texts.phrase("visits.line.more").format(count=len(stops) - MOST_LINES))
    args = {
        "head": _head(stops),
        "lines": "\n".join(lines),
        "choices": [_button(work, number, stop) for number, stop in enumerate(stops[:PAGE], 1)],
    }
    mailbox.say(work, conversation, "visits.list", args, reply_to=inbox_id)


def _head(stops: list[Stop]) -> str:
    head = texts.phrase("visits.list.head").format(homes=len(stops))
    raised = sum(stop.late for stop in stops)
    return head + (texts.phrase("visits.list.head.raised").format(count=raised) if raised else "")


def _button(work: Work, number: int, stop: Stop) -> list[str]:
    children = [work.session.get_one(Child, line.child) for line in stop.lines]
    return [f"{number} {visit_words.names(work, children)}", f"due:home:{stop.household}"]


def show_card(work: Work, conversation: str, inbox_id: int, member: Member, home: str) -> None:
    """One home: who, where, when and why that day; buttons for whoever may write. Forbidden and absent look alike."""
    writes = [child for child, _ in recording.household(work, member, home)]
    children = writes or visit_lists.read_at_home(work, member, home)
    plans = visit_plans.of(work, [child.uid for child in children])
    first = min((plan for plan in plans.values() if plan.due is not None), key=lambda plan: str(plan.due), default=None)
    if first is None or first.due is None:
        mailbox.say(work, conversation, "visits.gone", reply_to=inbox_id)
        return
    on = work.today
    owed = Owed(first.tier, first.due, first.planned_for, first.paused_until)
    args = {
        "home": home,
        "names": visit_words.names(work, children),
        "address": visit_words.address(work, home),
        "when": visit_words.when(owed, on),
        "why": visit_words.why(first),
    }
    if writes and first.due < on and not visit_reasons.told(work, list(plans)):
        args["why"] += "\n" + texts.phrase("visits.card.late")
    over = [plan.handover_on for plan in plans.values() if plan.handover_on is not None and plan.handover_on <= on]
    if over:
        args["why"] += "\n" + texts.phrase("visits.card.handover").format(date=visit_words.day(min(over)))
    key = "visits.card" if writes else "visits.card.read"
    if writes and visit_lists.seen_on(work, [child.uid for child in writes], on):
        key = "visits.card.done"
    mailbox.say(work, conversation, key, args, reply_to=inbox_id)
