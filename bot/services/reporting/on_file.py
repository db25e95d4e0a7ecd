"""What is known of who writes before he says it: the village and the children of whoever joined, the place told in a
talk that the report came into. Nobody is asked for what stands on file."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot import texts
from bot.care import children as rules
from bot.reading.persons import kin
from bot.reading.reports import reporting
from bot.reading.staff import staff_asides
from bot.reading.visits import visiting
from bot.services import conversations, drafts
from bot.services.contact import plans as contact_plans
from bot.services.drafts import Answers
from bot.services.register import children as register
from bot.services.register import in_sight
from bot.services.staff import accounts
from bot.services.work import Work
from bot.storage.tables import Child

WHO = {contact_plans.PARENT: "guardian", contact_plans.CARER: "entrusted_carer"}
TOWNSHIP = 9
"""Digits of the code of a township."""
TALKS = ("eligibility", "entrusted")
GROWN_UPS = (kin.FATHER, kin.MOTHER, kin.PARENT, kin.PATERNAL, kin.MATERNAL)
DIRECTOR, ON_FILE = "child_director", "child_on_file"
DUTY_BOUND = "mandatory_reporter"
UNITS = ("residents_committee", "other_unit")
"""What stands for the unit of a worker; of whoever has none of them nobody looks whether he is one."""


def fill(work: Work, conversation: str, answers: Answers, text: str) -> None:
    """Take what is on file into a report that begins; what was told goes before it, and of other people's children
    nothing is known. In danger the place is still confirmed: the child may be elsewhere."""
    member = accounts.member(work, conversation)
    if member is not None:
        _of_the_worker(answers, member)
        take_child(work, conversation, answers, text)
    if reporting.of_others(text):
        return
    answers.grown = answers.grown or _spoke_for_a_child(work, conversation)
    conversations.speak(work, conversation, child=answers.childs)
    if answers.area is None:
        answers.area = contact_plans.area_of(work, conversation) or _told_elsewhere(work, conversation)
    if member is not None:
        answers.area = answers.area or _post(member)
    person = contact_plans.speaker(work, conversation)
    if person is None:
        return
    if answers.area is not None and not answers.urgent:
        answers.given["place"] = "given"
    voice = contact_plans.voice_of(work, person)
    answers.grown = answers.grown or voice in WHO
    if voice in WHO and "reporter_type" not in answers.given:
        answers.facts["reporter_type"], answers.given["reporter_type"] = WHO[voice], "given"
    if voice in WHO and "child_ref" not in answers.given:
        for plan in contact_plans.of_person(work, person):
            number = work.session.get_one(Child, plan.child).number
            answers.said("child_ref", texts.render("value.on_file", {"number": number}).text)


def take_child(work: Work, conversation: str, answers: Answers, text: str, asked: str = "what") -> None:
    """A child of the own register that a worker names in the report is taken from it: its name and age are not asked.
    Of several that may be meant none is."""
    bound = answers.facts.get("unit") in UNITS and ON_FILE not in answers.advised
    of_the_child = asked in ("what", "child_ref") or staff_asides.on_the_register(text)
    if not bound or not of_the_child or reporting.of_others(text):
        return
    member = accounts.member(work, conversation)
    if member is None or visiting.read(text, work.today).outcome is not None:
        return  # a home where nobody was is another matter
    found = in_sight.called(work, member, text)
    if len(found) != 1:
        return
    profile = register.profile(work, found[0])
    args = {"name": str(profile.get("name") or ""), "years": "", "number": found[0].number}
    if profile.get("birth_date"):
        age = rules.age(date.fromisoformat(str(profile["birth_date"])), work.today)
        answers.facts.setdefault("child_age_years", age)
        args["years"] = texts.phrase("value.on_file.years").format(age=age)
    answers.said("child_ref", texts.render("value.on_file.child", args).text)
    answers.area = answers.area or found[0].area
    answers.advised.append(ON_FILE)


def _of_the_worker(answers: Answers, member: accounts.Member) -> None:
    """Who writes is known, and is reached where he writes: neither what he is, nor in which kind of unit he works, nor
    how and whether he wants to hear again is asked."""
    answers.facts.setdefault("reporter_type", DUTY_BOUND)
    answers.given["reporter_type"] = "given"
    village = any(role == DIRECTOR for role, _ in member.posts)
    answers.facts.setdefault("unit", UNITS[0] if village else UNITS[1])
    answers.given["unit"] = "given"
    answers.given.setdefault("safe_contact", "skipped")
    answers.facts.setdefault("follow_up", "yes")
    answers.given.setdefault("follow_up", "given")


def _post(member: accounts.Member) -> str | None:
    """The one place a worker is posted to, where that is a township or a village."""
    areas = {area for _, area in member.posts}
    only = areas.pop() if len(areas) == 1 else ""
    return only if len(only) >= TOWNSHIP else None


def _spoke_for_a_child(work: Work, conversation: str) -> bool:
    """Whether who writes has spoken as one of the grown-ups of a child in the talk the report came into: whoever
    arranges its care, or a self-check said to be told by a parent or grandparent."""
    if drafts.current(work, conversation, "entrusted") is not None:
        return True
    draft = drafts.current(work, conversation, "eligibility")
    check = drafts.contents(work, draft) if draft is not None else {}
    of_a_parent = check.get("speaker") is None and bool(check.get("mine"))  # 我有残疾 孩子8岁: which one is asked
    return of_a_parent or check.get("speaker") in GROWN_UPS


def _told_elsewhere(work: Work, conversation: str) -> str | None:
    """The place told in the self-check or in the wish for 委托照护 that is open here beside the report."""
    for flow in TALKS:
        draft = drafts.current(work, conversation, flow)
        kept: dict[str, Any] = drafts.contents(work, draft) if draft is not None else {}
        place = kept.get("home") or kept.get("area") or (kept.get("told") or {}).get("where")
        if place:
            return str(place)
    return None
