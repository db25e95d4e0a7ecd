"""What can be done about a family's contact on the staff page: each act is one service call, which judges it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.gateway.web.signing import Form
from bot.services.casework.reports import Outcome
from bot.services.contact import consents, invites, referrals
from bot.services.contact import staff as contact_staff
from bot.services.staff.accounts import Member
from bot.services.visits import news as visit_news
from bot.services.work import Work
from bot.storage.tables import AbnormalNotice, Base, ContactPlan, ContactRung, Referral

ABSENT = Outcome(False, "absent")
Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class Done:
    """What came of an act; `code`: an invite code to hand over, shown once."""

    allowed: bool
    refusal: str | None = None
    code: str = ""


def _one(work: Work, kind: type[Row], uid: str, child: str) -> Row | None:
    """A row of this kind that belongs to the child; None for any other."""
    found = work.session.get(kind, uid) if uid else None
    return found if found is not None and getattr(found, "child", None) == child else None


def _with_plan(act: Callable[[Work, Member, ContactPlan, Form], Outcome]) -> Act:
    def do_it(work: Work, member: Member, child: str, form: Form) -> Outcome:
        plan = _one(work, ContactPlan, form.get("plan", ""), child)
        return act(work, member, plan, form) if plan is not None else ABSENT

    return do_it


def _with_referral(act: Callable[[Work, Member, Referral, Form], Outcome]) -> Act:
    def do_it(work: Work, member: Member, child: str, form: Form) -> Outcome:
        found = _one(work, Referral, form.get("referral", ""), child)
        return act(work, member, found, form) if found is not None else ABSENT

    return do_it


def _down(work: Work, member: Member, child: str, form: Form) -> Outcome:
    rung = _one(work, ContactRung, form.get("rung", ""), child)
    return contact_staff.take_down(work, member, rung, form.get("why", "")) if rung is not None else ABSENT


def _notice_called(work: Work, member: Member, child: str, form: Form) -> Outcome:
    found = _one(work, AbnormalNotice, form.get("notice", ""), child)
    acted = {"yes": True, "no": False}.get(form.get("acted", ""))
    return contact_staff.notice_called(work, member, found, acted=acted) if found is not None else ABSENT


def _summary(work: Work, member: Member, child: str, form: Form) -> Outcome:
    needs = {name.removeprefix("need_") for name, value in form.items() if name.startswith("need_") and value == "yes"}
    return visit_news.confirm(work, member, child, form.get("visit", ""), needs, form.get("from_child", ""))


Act = Callable[[Work, Member, str, Form], Outcome]
ACTS: dict[str, Act] = {
    "recorded": _with_plan(lambda work, member, plan, _: contact_staff.record_contact(work, member, plan)),
    "called": _with_plan(
        lambda work, member, plan, f: contact_staff.called(work, member, plan, reached=f.get("reached") == "yes")
    ),
    "failed": _with_plan(
        lambda work, member, plan, f: contact_staff.numbers_failed(
            work, member, plan, family_reaches=f.get("family") == "yes"
        )
    ),
    "decide": _with_plan(
        lambda work, member, plan, f: contact_staff.decide(work, member, plan, f.get("ground", ""), f.get("reason", ""))
    ),
    "apart": _with_plan(
        lambda work, member, plan, f: contact_staff.live_apart(work, member, plan, apart=f.get("apart") == "yes")
    ),
    "notice": _with_plan(
        lambda work, member, plan, f: contact_staff.notify_abnormal(work, member, plan, f.get("facts", ""))
    ),
    "notice_called": _notice_called,
    "down": _down,
    "refer": _with_plan(
        lambda work, member, plan, f: referrals.offer(work, member, plan, f.get("level", ""), f.get("place", ""))
    ),
    "received": _with_referral(lambda work, member, found, _: referrals.received(work, member, found)),
    "close_referral": _with_referral(
        lambda work, member, found, f: referrals.close(work, member, found, f.get("why", ""))
    ),
    "agree": lambda work, member, child, f: visit_news.agree(work, member, child, f.get("agreed_by", "")),
    "ask_guardians": lambda work, member, child, _: consents.ask(work, member, child),
    "guardian": lambda work, member, child, f: consents.take_down(
        work, member, child, f.get("relation", ""), f.get("answer", ""), f.get("how", "")
    ),
    "summary": _summary,
    "family": lambda work, member, child, _: contact_staff.of_the_family(work, member, child),
}


def do(work: Work, member: Member, child: str, act: str, form: Form) -> Done:
    """Do one act on a family the member may deal with. An act that does not exist is absent."""
    if act == "invite":
        try:
            person = contact_staff.person_of(work, child, form.get("kind", ""), form.get("name", "")[:20])
            return Done(True, code=invites.invite(work, person, by=member.account))
        except ValueError as error:
            return Done(False, str(error))
    found = ACTS.get(act)
    outcome = found(work, member, child, form) if found is not None else ABSENT
    return Done(outcome.allowed, outcome.refusal)
