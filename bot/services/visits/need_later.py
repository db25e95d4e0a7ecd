"""A need told in words after the visit was recorded: 炉子让镇民政办修 下周五前; 缺床被 帮我记一下.

It goes into the record of that visit, the former one kept, with who sees to it and until when; what was not said is
proposed and called a proposal. It never becomes the day of a visit, nor a report of a citizen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot import texts
from bot.reading import danger
from bot.reading.reports import reporting
from bot.reading.reports import told as tellings
from bot.reading.staff import staff_asides
from bot.reading.talk import question_forms
from bot.reading.visits import following, need_told, wants
from bot.reading.visits import needs as outcomes
from bot.reading.visits import visiting as reading
from bot.services import drafts
from bot.services.mail import mailbox
from bot.services.reporting import intake
from bot.services.staff.accounts import Member
from bot.services.visits import asking as visit_asking
from bot.services.visits import (
    days_taken_back,
    digests,
    need_asking,
    need_keeping,
    need_lines,
    need_talk,
    needs,
    recording,
    unfinished,
    visiting,
)
from bot.services.visits import homes as visit_homes
from bot.services.visits import words as visit_words
from bot.services.work import Work
from bot.storage.tables import Child, Conversation, Visit

EFFECT = "words"
JUST_NOW, TODAY, LOOKED_BACK = timedelta(hours=1), timedelta(hours=12), timedelta(days=31)
PUT_OFF = "visits.put_off"
SAVED = ("visit.saved", "visit.level", "visit.level.again", "visit.amended", "visit.put_right", *need_talk.KEPT)
"""What was said last where words that name no home are of the visit just recorded."""
MOST = 12


@dataclass(frozen=True)
class _Told:
    """One need as it was told: what, and who sees to it until when as far as that was said."""

    what: str
    plan: following.Follow


def takes(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """Take such a need, or what puts the one just kept right. False: none is told, it is of the record that is open, or
    it sounds of danger."""
    flow = work.session.get_one(Conversation, conversation).flow
    if flow not in (None, unfinished.FLOW) or len(text) > need_told.LONGEST or _sounds(text):
        return False
    if not visit_homes.of_member(work, member):
        return False
    home = visit_homes.named(work, member, text)
    if flow == unfinished.FLOW and home in (None, _open_home(work, conversation)):
        return False
    if flow is None and (
        need_talk.puts_right(work, conversation, inbox_id, text, member)
        or _no_visit_meant(work, conversation, inbox_id, text, member)
        or _of_a_known_need(work, conversation, inbox_id, text, member, home)
    ):
        return True
    said = _read(work, member, home, text)
    if not said or _of_a_visit(work, text) or (flow is None and _record_waits(work, conversation, home)):
        return False
    sure = any(one.plan.who for one in said) or need_told.wants_it_kept(text)
    row = _row(work, member, home, " ".join(one.what for one in said))
    if home is None and not (row is not None and (sure or _just_saved(work, conversation, inbox_id))):
        return row is None and sure and _ask_whose(work, conversation, inbox_id, said)
    if mailbox.take_effect(work, inbox_id, EFFECT):
        if row is not None:
            _keep(work, conversation, inbox_id, member, row, said, text)
        else:
            _put_down(work, conversation, inbox_id, member, str(home), said, text)
        if flow == unfinished.FLOW:
            visiting.start(work, conversation, inbox_id, told_rasa=True)
    return True


def _record_waits(work: Work, conversation: str, home: str | None) -> bool:
    """Whether a visit of this home is told and not saved yet: what is told goes on with that."""
    return home is not None and unfinished.waiting(work, conversation, home, visited=True) is not None


def _of_a_known_need(work: Work, conversation: str, inbox_id: int, text: str, member: Member, home: str | None) -> bool:
    """Take words about an open need that is named again (浩然家眼镜的事改到月底; 炉子修好了; 诉求还剩啥没办): its
    plan is changed, what became of it is asked with its buttons, or the list is shown. False: none is named, or more
    is told."""
    children = [child for child, _ in recording.household(work, member, home)] if home is not None else []
    if need_told.asks_for_needs(text):
        return _taken(work, inbox_id) and need_talk.tap(work, conversation, inbox_id, need_talk.TAP, "list:")
    plain = need_told.plain(visit_homes.without_name(work, member, home, text))
    if home is None and not _may_be_of_one(work, plain):
        return False
    found = [one for child in children for one in needs.of_child(work, member, child.uid)]
    found = found if home is not None else [one for one in needs.open_of(work, member) if one.may_settle]
    meant = [one for one in found if following.names(plain, one.what)]
    if not meant and home is not None and need_told.speaks_of_the_need(plain):
        meant, plain = found, need_told.without_the_need(plain)
    if len(meant) != 1:
        return False
    said = following.answer(plain, work.today, alone=True, needs=[meant[0].what])
    if said is not None and (home is not None or said.who):
        return _taken(work, inbox_id) and need_talk.gives_to(
            work, conversation, inbox_id, member, meant[0].need.uid, said
        )
    ended = any(outcomes.became(one) and following.names(one, meant[0].what) for one in need_told.clauses(plain))
    if not ended or question_forms.asks(text):
        return False
    return _taken(work, inbox_id) and need_talk.tap(
        work, conversation, inbox_id, need_talk.TAP, f"see:{meant[0].need.uid}"
    )


def _may_be_of_one(work: Work, plain: str) -> bool:
    """Whether words that name no home say at all who sees to something, or what became of it."""
    said = following.answer(plain, work.today)
    return (said is not None and bool(said.who)) or any(outcomes.became(one) for one in need_told.clauses(plain))


def _taken(work: Work, inbox_id: int) -> bool:
    mailbox.take_effect(work, inbox_id, EFFECT)
    return True


def _read(work: Work, member: Member, home: str | None, text: str) -> list[_Told]:
    """The needs a message tells."""
    plain = need_told.plain(visit_homes.without_name(work, member, home, text))
    heard = reading.read(plain, work.today)
    if heard.needs:
        return [_Told(one, heard.follow.get(one, following.Follow())) for one in heard.needs]
    what = next((one for one in need_told.clauses(plain) if wants.is_trouble(one)), "")
    what = what or next((following.bare(one) for one in need_told.clauses(plain) if wants.is_thing(one)), "")
    plan = following.answer(plain, work.today, alone=True, needs=[what] if what else []) or following.Follow()
    kept = need_told.wants_it_kept(text) and bool(what)
    return [_Told(what, plan)] if what and (kept or plan.who) else []


def _of_a_visit(work: Work, text: str) -> bool:
    """Whether a visit is told, or that somebody goes there again, or a question is asked."""
    heard = reading.read(need_told.plain(text), work.today)
    gives = any(one.who not in ("", following.ME) for one in heard.follow.values())
    goes = reading.puts_off(text, work.today) and not gives and not heard.needs
    asks = question_forms.asks(text) and not heard.follow
    done = outcomes.became(text) is not None and not heard.follow
    went = heard.told or reading.homes_gone_to(text) or reading.of_a_turn(text)
    return bool(went or heard.outcome or heard.child_says or goes or asks or done)


def _sounds(text: str) -> bool:
    """Whether there is danger in the words, other than what only sounds odd, or harm."""
    told = need_told.without_wants(text)
    return bool(set(danger.read(told).kinds) - {danger.HUNCH}) or intake.tells_harm(told)


def _open_home(work: Work, conversation: str) -> str | None:
    draft = drafts.current(work, conversation, unfinished.FLOW)
    return str(unfinished.contents(work, draft)["home"] or "") or None if draft is not None else None


def _just_saved(work: Work, conversation: str, inbox_id: int) -> bool:
    last = mailbox.last_said(work, conversation, inbox_id, work.now - JUST_NOW)
    return last is not None and last.key in SAVED


def _row(work: Work, member: Member, home: str | None, what: str) -> Visit | None:
    """The visit a need belongs to: the last one at the home named; else, of those this member recorded within the day,
    one that told of the same matter, else the last of them."""
    query = select(Visit).where(Visit.kind == "home_visit").order_by(Visit.on.desc(), Visit.changed_at.desc())
    if home is not None:
        within = Visit.on >= work.today - LOOKED_BACK
        of_home = query.join(Child, Child.uid == Visit.child).where(Child.household == home, within)
        return work.session.scalars(of_home.limit(1)).first()
    mine = query.where(Visit.by == member.account, Visit.changed_at >= work.now - TODAY).limit(MOST)
    rows = sorted(work.session.scalars(mine), key=lambda row: row.changed_at, reverse=True)
    return next((row for row in rows if _tells_of(work, row, what)), rows[0] if rows else None)


def _tells_of(work: Work, row: Visit, what: str) -> bool:
    return bool(what) and any(following.names(what, words) for words in _troubles(work, row))


def _troubles(work: Work, row: Visit) -> list[str]:
    """What was told at a visit of trouble and of needs, clause by clause."""
    record = work.open(recording.RECORD, row.uid, row.record_sealed)
    told = [one for words in record["notes"].values() for one in str(words).split("；")]
    return [*map(str, record["needs"]), *(need_told.opened(one) for one in told if wants.is_trouble(one))]


def _keep(
    work: Work, conversation: str, inbox_id: int, member: Member, row: Visit, said: Sequence[_Told], text: str
) -> None:
    """Write the needs into the record of that visit, each child's own, and read them back."""
    known = _troubles(work, row)
    before = {need_keeping.what(work, need) for need in need_keeping.of_visits(work, [row])}
    wanted = {_as_known(one.what, known): one.plan for one in said}
    rows = _meant(work, member, row, text)
    for one in rows:
        record = _with(work, member, one, wanted)
        made = recording.record(work, member, conversation, [one.child], one.on, record)
        if made.refusal is not None:
            mailbox.say(work, conversation, f"visits.refused.{made.refusal}", reply_to=inbox_id)
            return
    digests.refresh(work, member, digests.readers(work, [one.child for one in rows]))
    kept = [need for need in need_keeping.of_visits(work, rows) if need_keeping.what(work, need) in wanted]
    proposed = any(not (plan.who and plan.due) and what not in before for what, plan in wanted.items())
    args = {
        "names": visit_words.names(work, (work.session.get_one(Child, one.child) for one in rows)),
        "date": visit_words.day(row.on),
        "lines": "\n".join(dict.fromkeys(need_lines.line(work, need) for need in kept)),
        "rest": texts.phrase("needs.kept.proposed") if proposed else "",
        "needs": [need.uid for need in kept],
    }
    mailbox.say(work, conversation, need_talk.KEPT[0], args, reply_to=inbox_id)


def _as_known(what: str, known: Sequence[str]) -> str:
    """A need in the words in which the visit told of it already: 炉子 → 炉子坏了屋里冷."""
    return next((one for one in known if following.names(what, one) or what in one), what)


def _with(work: Work, member: Member, row: Visit, wanted: Mapping[str, following.Follow]) -> dict[str, Any]:
    """The record of a visit with these needs; the plans of the others as they stand now."""
    record: dict[str, Any] = {**work.open(recording.RECORD, row.uid, row.record_sealed)}
    plans = need_keeping.plans_now(work, member, row)
    record["needs"], record["follow"] = [*record["needs"]], {**record.get("follow", {}), **plans}
    for what, plan in wanted.items():
        need_asking.want(record, what, plan)
    return record


def _meant(work: Work, member: Member, row: Visit, text: str) -> list[Visit]:
    """The visit to the child a need is told of by name, else those to all children of the home on that day."""
    home = work.session.get_one(Child, row.child).household
    reached = {child.uid for child, _ in recording.household(work, member, home)}
    query = select(Visit).where(Visit.child.in_(reached), Visit.on == row.on, Visit.kind == row.kind)
    rows = list(work.session.scalars(query.order_by(Visit.uid)))
    named = [one for one in rows if visit_words.name(work, work.session.get_one(Child, one.child)) in text]
    return named if len(named) == 1 else rows


def _put_down(
    work: Work, conversation: str, inbox_id: int, member: Member, home: str, said: Sequence[_Told], text: str
) -> None:
    """Of a home that was not visited yet a need waits in its record, which is begun for that and put aside, with what
    else was told of it."""
    draft = unfinished.of_home(work, conversation, home)
    kept = unfinished.contents(work, draft)
    children = [child for child, _ in recording.household(work, member, home)]
    kept["home"], kept["children"] = home, [child.uid for child in children]
    for one in said:
        need_asking.want(kept["record"], _as_known(one.what, kept["record"]["needs"]), one.plan)
    if (heard := reading.read(text, work.today)).sections:
        visit_asking.add(kept, replace(heard, needs=(), follow={}))
    drafts.keep(work, draft, kept, None)
    unfinished.put_aside(work, conversation)
    what = "；".join(one.what for one in said)
    choices = [[texts.phrase("needs.no_visit.button"), f"due:go:{home}", "primary"]]
    args = {"names": visit_words.names(work, children), "what": what, "choices": choices, "home": home}
    mailbox.say(work, conversation, "needs.no_visit", args, reply_to=inbox_id)


def _ask_whose(work: Work, conversation: str, inbox_id: int, said: Sequence[_Told]) -> bool:
    if not said or staff_asides.of_oneself(said[0].what):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        mailbox.say(work, conversation, "needs.whose", {"what": said[0].what}, reply_to=inbox_id)
    return True


def _no_visit_meant(work: Work, conversation: str, inbox_id: int, text: str, member: Member) -> bool:
    """不是下次走访 是炉子的事: the day set for a visit is taken back; it is the day by which that is to be
    seen to. False: nobody denies it, or no such day was set just now."""
    last = mailbox.last_under(work, conversation, inbox_id, work.now - JUST_NOW, PUT_OFF)
    if not need_told.denies_visit(text) or last is None:
        return False
    if not mailbox.take_effect(work, inbox_id, EFFECT):
        return True
    children, until = days_taken_back.take_back(work, member, work.now - JUST_NOW)
    home = work.session.get_one(Child, children[0]).household if children else None
    row = _row(work, member, home, need_told.matter(text))
    said = _read(work, member, home, text) or _named_only(work, row, text)
    if row is not None and said:
        said = [_Told(one.what, replace(one.plan, due=one.plan.due or until)) for one in said]
        _keep(work, conversation, inbox_id, member, row, said, text)
    else:
        mailbox.say(work, conversation, "needs.which", reply_to=inbox_id)
    return True


def _named_only(work: Work, row: Visit | None, text: str) -> list[_Told]:
    """The matter that is only named (是炉子的事), in the words in which the visit told of it."""
    known, matter = _troubles(work, row) if row is not None else [], need_told.matter(text)
    what = next((one for one in known if matter and following.names(matter, one)), matter)
    what = what or (known[0] if len(known) == 1 else "")
    return [_Told(what, following.Follow())] if what else []


def of_the_work(work: Work, member: Member, text: str) -> bool:
    """Whether a message speaks of a need of a home, or of something to be written down, and of no harm: whatever a
    classifier took it for, it begins no citizen's report of concern."""
    if _sounds(text) or tellings.read(need_told.without_wants(text)).signs or reporting.wants_to_report(text):
        return False
    home = visit_homes.named(work, member, text)
    return need_told.wants_it_kept(text) or bool(_read(work, member, home, text)) or bool(need_told.matter(text))
