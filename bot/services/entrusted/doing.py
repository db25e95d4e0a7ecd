"""What comes of the answers in the talk about 委托照护: an arrangement, a screening, a hearing, a notice, a call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol

from bot import texts
from bot.care import entrusted, roles
from bot.reading.where import places
from bot.services.contact import plans as contact_plans
from bot.services.entrusted import arrangements, steps
from bot.services.entrusted import records as entrusted_records
from bot.services.entrusted import telling as entrusted_telling
from bot.services.entrusted.arrangements import By
from bot.services.entrusted.records import Outcome, data, keep
from bot.services.mail import mailbox
from bot.services.register import children
from bot.services.staff import accounts
from bot.services.staff.accounts import Member
from bot.services.tasks import care_tasks
from bot.services.work import Work
from bot.storage.tables import CareArrangement

DIRECTOR = "child_director"
CALL = "entrusted_call"


class Opener(Protocol):
    """Begins a talk about one arrangement: `doing` is a key of `entrusted_steps.ORDERS`."""

    def __call__(self, doing: str, uid: str, **more: Any) -> None: ...


def carer_words(kept: Mapping[str, Any]) -> str:
    """The carer as people say it: 奶奶李桂兰."""
    relation, name = str(kept.get("carer_relation") or ""), str(kept.get("carer") or "")
    return name if relation in name else f"{relation}{name}"


def party(told: Mapping[str, Any]) -> dict[str, Any]:
    """What an arrangement keeps of the answers: the parties, and what the family says of the person it chose."""
    carer = told.get("name") or told.get("carer", "")
    kept = {"carer": carer, "carer_relation": told.get("relation", ""), "carer_phone": told.get("carer_phone", "")}
    kept |= {name: told[name] for name in steps.ABOUT if told.get(name)}
    kept["said"] = {name: told[name] for name in (*steps.SCREEN, "child_says") if name in told}
    kept |= {name: told[name] for name in ("doubts", "stays") if name in told}
    return kept


def carer_told(told: Mapping[str, Any]) -> str:
    """The person named so far, as people say it; empty while nobody is."""
    return carer_words(party(told)) if told.get("carer") else ""


def recap(work: Work, kept: Mapping[str, Any]) -> str:
    """Everything told, to be looked over before it goes to anybody."""
    told, lines = kept["told"], []
    if kept.get("child"):
        name = children.profile(work, children.row(work, kept["child"])).get("name", "")
        lines.append(texts.phrase("entrusted.recap.child").format(value=name))
    if told.get("carer"):
        person = party(told)
        lines.append(texts.phrase("entrusted.recap.carer").format(value=carer_words(person)))
    for step in (*steps.order(kept), "where", "stays", "doubts"):
        if step in told and told[step] and step not in ("child", "carer", "carer_name", "send"):
            value = steps.label(step, told[step]) if told[step] in steps.CHOICES.get(step, ()) else told[step]
            line = f"entrusted.recap.{step}"
            if texts.known(line):
                lines.append(texts.phrase(line).format(value=value))
    return "\n".join(lines)


def place_told(kept: dict[str, Any], text: str) -> bool:
    """The place in words, where somebody asks to be called. False: none that we know is named."""
    found = places.find(text).best
    before = kept["told"].get("where_words", "")
    kept["told"]["where_words"] = f"{before} {text}".strip()[: steps.LONGEST]
    if found is None:
        return False
    kept["area"], kept["told"]["where"] = found.code, kept["told"].pop("where_words")
    return True


def carry_out(work: Work, conversation: str, inbox_id: int, kept: Mapping[str, Any]) -> None:
    """Do what a finished talk was for, and say what came of it."""
    _DOING[kept["doing"]](work, conversation, inbox_id, kept)


def say_outcome(work: Work, conversation: str, inbox_id: int, done: Outcome, key: str, **args: Any) -> None:
    """Say that it is done, or in plain words why not."""
    if done.allowed:
        mailbox.say(work, conversation, key, args, reply_to=inbox_id)
        return
    why = f"refusal.entrusted.{done.refusal}"
    reason = texts.phrase(why if texts.known(why) else f"refusal.{done.refusal}")
    mailbox.say(work, conversation, "entrusted.refused", {"reason": reason}, reply_to=inbox_id)


def _family(work: Work, conversation: str, inbox_id: int, kept: Mapping[str, Any]) -> None:
    told = kept["told"]
    child = kept["child"]
    if arrangements.of_child(work, child):
        mailbox.say(work, conversation, "entrusted.already", reply_to=inbox_id)
        return
    facts = {"candidate_named": "yes", **_enrolled(told, kept)}
    said = {**party(told), "school": kept.get("school") or told.get("school", ""), "facts": facts}
    said |= {"recap": recap(work, kept), "phone": told.get("phones", "")}
    row = arrangements.begin(work, conversation, kept["area"], said, child=child)
    somebody = bool(entrusted_telling.whose(work, row.area))
    mailbox.say(work, conversation, "entrusted.sent" if somebody else "entrusted.sent.nobody", reply_to=inbox_id)


def _enrolled(told: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, str]:
    """Whether the child is enrolled: only a plain no spares the school its notice, and only staff can say so."""
    return {"enrolled": "yes"} if kept.get("school") or told.get("school") else {}


def _staff(work: Work, conversation: str, inbox_id: int, kept: Mapping[str, Any]) -> None:
    """The director writes down what a family told, and at once what was found out about the carer."""
    member, told = accounts.member(work, conversation), kept["told"]
    child = children.reach(work, member, kept["child"], mode="write") if member is not None else None
    if member is None or child is None or arrangements.of_child(work, child.uid):
        mailbox.say(work, conversation, "entrusted.already" if child is not None else "child.gone", reply_to=inbox_id)
        return
    facts = {"candidate_named": "yes", **_enrolled(told, kept)}
    if not (kept.get("school") or told.get("school")):
        facts["enrolled"] = "no"
    said = {**party(told), "school": kept.get("school") or told.get("school", ""), "facts": facts}
    by = By(DIRECTOR, member.account, member.name)
    said.pop("said")  # the director's own answers are findings, not what a family says
    row = arrangements.begin(work, _parents_talk(work, child.uid), child.area, said, child=child.uid, by=by)
    _review_row(work, conversation, inbox_id, member, row, told)


def _parents_talk(work: Work, child: str) -> str | None:
    """Where a parent on file who joined is reached."""
    for plan in contact_plans.of_child(work, child, contact_plans.PARENT):
        if plan.allowed:
            for talk, reachable in contact_plans.channels(work, plan.person):
                if reachable:
                    return talk
    return None


def _review(work: Work, conversation: str, inbox_id: int, kept: Mapping[str, Any]) -> None:
    member, row = accounts.member(work, conversation), work.session.get(CareArrangement, kept["uid"])
    if member is None or row is None:
        mailbox.say(work, conversation, "entrusted.gone", reply_to=inbox_id)
        return
    _review_row(work, conversation, inbox_id, member, row, kept["told"])


def _review_row(
    work: Work, conversation: str, inbox_id: int, member: Member, row: CareArrangement, told: Mapping[str, Any]
) -> None:
    """Reason, candidate, screening, one move after the other as far as what is known leads."""
    done = _reason(work, member, row, told)
    if done.allowed and row.state != "rejected":
        done = _screened(work, member, row, told)
    if not done.allowed:
        say_outcome(work, conversation, inbox_id, done, "")
        return
    open_ones = [texts.phrase(f"entrusted.short.{one}") for one in steps.open_points(told)]
    key = {"assessed": "entrusted.passed", "rejected": "entrusted.not_passed"}.get(row.state, "entrusted.unknown")
    args = {"points": "、".join(open_ones), "arrangement": row.uid}
    mailbox.say(work, conversation, key, args, reply_to=inbox_id)


def _reason(work: Work, member: Member, row: CareArrangement, told: Mapping[str, Any]) -> Outcome:
    done = Outcome(True, None, row.uid)
    if told.get("good_reason") == "no":
        why = told.get("why_no_reason", "")
        return arrangements.step(work, member, row.uid, "no_good_reason", {"good_reason": "no"}, why)
    if row.state in ("need_identified", "rejected"):
        done = arrangements.step(work, member, row.uid, "reason_confirmed", {"good_reason": "yes"})
    if row.state == "reason_checked":
        done = arrangements.step(work, member, row.uid, "candidate_named", {"candidate_named": "yes"})
    return done


def _screened(work: Work, member: Member, row: CareArrangement, told: Mapping[str, Any]) -> Outcome:
    """Passed, refused with its ground, or kept open: what nobody knows is asked of police and village."""
    if row.state == "candidate_proposed":
        started = arrangements.step(work, member, row.uid, "screening_started")
        if not started.allowed:
            return started
    found = {name: told[name] for name in (*steps.SCREEN, steps.BAR) if name in told}
    factors = {name: told[name] for name in steps.FACTORS if name in told}
    kept = data(work, row)
    keep(work, row, {**kept, "factors": factors, "found": found})
    if len(factors) == len(steps.FACTORS):
        found["four_factors_recorded"] = "yes"
    if steps.barred(told):
        return arrangements.step(work, member, row.uid, "disqualified", found, told.get("why_bar", ""))
    if steps.open_points(told):
        return Outcome(True, None, row.uid)
    return arrangements.step(work, member, row.uid, "passed", found)


def _hear(work: Work, conversation: str, inbox_id: int, kept: Mapping[str, Any]) -> None:
    """What the child said, who listened, or why it could not be heard."""
    member, row = accounts.member(work, conversation), work.session.get(CareArrangement, kept["uid"])
    told = kept["told"]
    if member is None or row is None:
        mailbox.say(work, conversation, "entrusted.gone", reply_to=inbox_id)
        return
    if told["able"] == "no":
        facts = {"child_opinion": "not_able", "not_able_reason": "yes"}
    else:
        facts = {"child_opinion": told["opinion"], "heard_in_private": told["private"]}
    done = arrangements.step(work, member, row.uid, "child_opinion_recorded", facts)
    if done.allowed:
        hearing = {name: told[name] for name in steps.HEARING if told.get(name)}
        keep(work, row, {**data(work, row), "hearing": {**hearing, "on": work.today.isoformat()}})
    key = "entrusted.heard.objects" if told.get("opinion") == "objects" else "entrusted.heard"
    say_outcome(work, conversation, inbox_id, done, key, arrangement=row.uid)


def _another(work: Work, conversation: str, inbox_id: int, kept: Mapping[str, Any]) -> None:
    """A parent names somebody else: before care is in force for this arrangement, afterwards as its successor."""
    row, person = work.session.get_one(CareArrangement, kept["uid"]), party(kept["told"])
    done = _replace(work, conversation, row) if entrusted.in_force(row.state) else _renamed(work, conversation, row)
    if done.allowed:
        target = work.session.get_one(CareArrangement, done.successor or row.uid)
        keep(work, target, {**data(work, target), **person})
        entrusted_telling.office(work, target, f"named:{target.uid}:{target.candidate}")
        mailbox.say(work, conversation, "entrusted.another.sent", reply_to=inbox_id)
        return
    entrusted_telling.office(work, row, f"wants:{row.uid}:{work.today}")
    mailbox.say(work, conversation, "entrusted.another.director", reply_to=inbox_id)


def _renamed(work: Work, conversation: str, row: CareArrangement) -> Outcome:
    if row.state != "rejected":
        withdrawn = arrangements.step_of_family(work, conversation, row.uid, "candidate_withdraws")
        if not withdrawn.allowed:
            return withdrawn
    return arrangements.step_of_family(work, conversation, row.uid, "new_candidate", {"candidate_named": "yes"})


def _replace(work: Work, conversation: str, row: CareArrangement) -> Outcome:
    """The way from care in force to a successor, as far as a parent may go by himself (JL-3.5.g)."""
    told = {"parents_want_change": "yes", "candidate_named": "yes"}
    for state, event in (("active", "concern_raised"), ("notified", "concern_raised"), ("concern", "replace_at_once")):
        if row.state == state:
            arrangements.step_of_family(work, conversation, row.uid, event, told)
    event = "new_carer_agreed" if row.state == "replacement" else "improvement_agreed"
    return arrangements.step_of_family(work, conversation, row.uid, event, told)


def _notice(work: Work, conversation: str, inbox_id: int, kept: Mapping[str, Any]) -> None:
    """A parent gave the written notice on a day; when both are given the arrangement is notified (WBF-23)."""
    row = work.session.get_one(CareArrangement, kept["uid"])
    on = date.fromisoformat(kept["told"]["day"])
    done = entrusted_records.notice_of_family(work, conversation, row, kept["recipient"], on)
    say_outcome(work, conversation, inbox_id, done, f"entrusted.given.{kept['recipient']}")
    if done.allowed:
        whole = arrangements.step_of_family(work, conversation, row.uid, "written_notice_recorded")
        if whole.allowed:
            mailbox.say(work, conversation, "entrusted.given.both", reply_to=inbox_id)


def _ends(work: Work, conversation: str, inbox_id: int, kept: Mapping[str, Any]) -> None:
    """A parent stays or is back. Out of a concern the director sees first whether it is safe."""
    row = work.session.get_one(CareArrangement, kept["uid"])
    done = arrangements.step_of_family(work, conversation, row.uid, kept["event"], {"parent_capable": "yes"})
    if done.allowed:
        mailbox.say(work, conversation, "entrusted.ended", reply_to=inbox_id)
        return
    entrusted_telling.office(work, row, f"back:{row.uid}:{work.today}")
    mailbox.say(work, conversation, "entrusted.back.director", reply_to=inbox_id)


def _call(work: Work, conversation: str, inbox_id: int, kept: Mapping[str, Any]) -> None:
    """Somebody not on file asks to be called about 委托照护: a task of the office of the place."""
    told = kept["told"]
    payload = {"name": "", "contact": told["where"], "recap": texts.phrase("entrusted.call.recap"), "result": ""}
    key = f"{CALL}:{conversation}:{inbox_id}"
    role = care_tasks.make(work, CALL, kept["area"], payload, conversation, key)
    if role is None:
        mailbox.say(work, conversation, "entrusted.call.nobody", reply_to=inbox_id)
        return
    mailbox.say(work, conversation, "entrusted.call.done", {"who": roles.label_zh(role)}, reply_to=inbox_id)


_DOING: Mapping[str, Callable[[Work, str, int, Mapping[str, Any]], None]] = {
    "family": _family,
    "staff": _staff,
    "review": _review,
    "hear": _hear,
    "another": _another,
    "notice": _notice,
    "ends": _ends,
    "call": _call,
}
