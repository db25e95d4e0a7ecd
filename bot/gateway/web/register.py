"""The register on the staff page: my children, one file, who is late where, the quarterly update."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from bot import texts
from bot.care import children as rules
from bot.care import model as models
from bot.care import responsibility
from bot.gateway.web import showing
from bot.gateway.web.showing import NOTHING_BEFORE, After
from bot.gateway.web.signing import GONE, Form, Refused, Sessions, an_id, read_form
from bot.reading.where import places
from bot.services import journal
from bot.services.casework import child_links
from bot.services.contact import staff as contact_staff
from bot.services.register import (
    assessing,
    children,
    confidential,
    county_splits,
    finding,
    handovers,
    leaving,
    moving,
    quarterly,
    registering,
    reviewing,
    supervising,
    unclear,
)
from bot.services.register.children import Outcome
from bot.services.staff import accounts, signing_in
from bot.services.visits import needs as visit_needs
from bot.services.visits import plans as visit_plans
from bot.services.visits import work_logs
from bot.services.work import Work
from bot.storage.tables import Child, Household

SEE_OTHER, CONFLICT = 303, 409
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Act = Callable[[Work, accounts.Member, str, Form], Outcome]


def _move(work: Work, member: accounts.Member, uid: str, form: Form) -> Outcome:
    told = form.get("place", "")
    read = places.find(told)
    area = told if told.isdigit() else read.best.code if read.best is not None else ""
    return moving.ask(work, member, uid, area, form.get("note", ""), together=form.get("together") == "yes")


def _carer(work: Work, member: accounts.Member, uid: str, form: Form) -> Outcome:
    name, relation, phone = (form.get(field, "")[:60] for field in ("name", "relation", "phone"))
    return registering.new_carer(work, member, uid, name or relation, relation, phone)


def _split(work: Work, member: accounts.Member, uid: str, form: Form) -> Outcome:
    duties = {duty: form.get(duty, "") or responsibility.SPLIT[duty] for duty in responsibility.NEGOTIABLE}
    return county_splits.propose(work, member, uid, duties, form.get("letter", "")[:200])


def _handover(work: Work, member: accounts.Member, uid: str, form: Form) -> Outcome:
    refusal = handovers.record(work, member, form.get("task", ""), form.get("to", ""), form.get("words", "")[:200])
    return Outcome(refusal is None, refusal, children.reach(work, member, uid))


ACTS: dict[str, Act] = {
    "change": lambda work, member, uid, f: registering.change(
        work, member, uid, f.get("what", ""), f.get("value", "")[:200]
    ),
    "carer": _carer,
    "note": lambda work, member, uid, f: registering.note(
        work, member, uid, f.get("remark", ""), holds=f.get("holds") == "yes"
    ),
    "fact": lambda work, member, uid, f: assessing.set_fact(
        work, member, uid, f.get("fact", ""), f.get("value", ""), f.get("reason", "")
    ),
    "give": lambda work, member, uid, f: confidential.give(work, member, uid, f.get("account", "")),
    "confidential": lambda work, member, uid, f: confidential.write(
        work, member, uid, f.get("value", ""), f.get("reason", "")[:500]
    ),
    "review": lambda work, member, uid, _: registering.review(work, member, uid),
    "level_yes": lambda work, member, uid, _: reviewing.confirm(work, member, uid),
    "level_other": lambda work, member, uid, f: reviewing.refuse(
        work, member, uid, f.get("value", ""), f.get("reason", "")
    ),
    "end": lambda work, member, uid, f: registering.end(
        work, member, uid, f.get("end_reason", ""), f.get("reason", "")
    ),
    "move": _move,
    "take_back": lambda work, member, uid, _: moving.take_back(work, member, uid),
    "agree": lambda work, member, uid, f: moving.settle(work, member, f.get("move", ""), agree=True),
    "split": _split,
    "split_yes": lambda work, member, _, f: county_splits.settle(work, member, f.get("split", ""), agree=True),
    "split_no": lambda work, member, _, f: county_splits.settle(work, member, f.get("split", ""), agree=False),
    "handover": _handover,
    "leave": lambda work, member, uid, f: leaving.ask(work, member, uid, f.get("place", "")[:60]),
    "letter": lambda work, member, uid, f: leaving.sent(work, member, uid, f.get("words", "")[:200]),
    "receipt": lambda work, member, uid, f: leaving.received(work, member, uid, f.get("words", "")[:200]),
    "refuse": lambda work, member, uid, f: moving.settle(work, member, f.get("move", ""), agree=False),
}


class Register:
    """Routes of the register."""

    def __init__(self, sessions: Sessions, woken: Callable[[], None]) -> None:
        self._sessions, self._woken = sessions, woken

    def routes(self, router: APIRouter) -> None:
        """Add them to the staff page's routes."""
        router.add_api_route("/children", self.mine, methods=["GET"])
        router.add_api_route("/children/{uid}", self.one, methods=["GET"])
        router.add_api_route("/children/{uid}/do/{act}", self.act, methods=["POST"])
        router.add_api_route("/late", self.late, methods=["GET"])
        router.add_api_route("/quarter", self.quarter, methods=["GET"])
        router.add_api_route("/quarter/unclear", self.unclear, methods=["GET"])
        router.add_api_route("/quarter/sheet", self.sheet, methods=["POST"])
        router.add_api_route("/quarter/{uid}", self.tick, methods=["POST"])

    def mine(self, request: Request, by: str = "", q: str = "", done: str = "") -> Response:
        """The children I may see: filtered, or found by a part of the name."""
        with self._sessions.visit(request) as (work, visitor):
            member = visitor.member
            if not children.areas(work, member):
                raise Refused(*GONE)
            by = by if by in finding.FILTERS else ""
            found = finding.search(work, member, q) if q.strip() else finding.listed(work, member, [by] if by else [])
            return showing.page(
                "children",
                **showing.common(visitor),
                found=found,
                counts=finding.counts(work, member),
                filters=finding.FILTERS,
                by=by,
                q=q[: finding.LONGEST_NAME],
                today=work.today,
                moves=[
                    (move, finding.line(work, children.row(work, move.child)))
                    for move in moving.waiting_for(work, member)
                ],
                levels=reviewing.waiting(work, member, finding.MOST),
                supervises=bool(supervising.areas(work, member)),
                quarters=bool(quarterly.counties(work, member)),
                needs=visit_needs.count(work, member),
                logs=work_logs.keeps(member),
                said=showing.done(done),
            )

    def one(self, request: Request, uid: str, done: str = "") -> Response:
        """One file. Opening it is journalled."""
        with self._sessions.visit(request) as (work, visitor):
            return _file_page(work, visitor, an_id(uid), after=After(showing.done(done)))

    def act(self, request: Request, uid: str, act: str, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """One act on a file. Refused: the page again, with why and with what was written."""
        with self._sessions.act(request, form) as (work, visitor):
            member, child = visitor.member, an_id(uid)
            outcome = ACTS[act](work, member, child, form) if act in ACTS else children.ABSENT
            if outcome.refusal == "absent":
                raise Refused(*GONE)
            if not outcome.allowed:
                why = texts.phrase(f"child.refusal.{outcome.refusal}")
                response: Response = _file_page(work, visitor, child, after=After(why=why, tried=act, filled=form))
                response.status_code = CONFLICT
            else:
                stays = children.reach(work, member, child) is not None and outcome.child is not None
                where = f"/staff/children/{child}" if stays else "/staff/children"
                response = RedirectResponse(f"{where}?done={'child_waits' if outcome.waiting else 'saved'}", SEE_OTHER)
        self._woken()
        return response

    def late(self, request: Request) -> Response:
        """Who is late where, how much there is to do, who has not been seen for longest."""
        with self._sessions.visit(request) as (work, visitor):
            if not supervising.areas(work, visitor.member):
                raise Refused(*GONE)
            return showing.page(
                "late",
                **showing.common(visitor),
                townships=supervising.townships(work, visitor.member),
                unseen=supervising.unseen(work, visitor.member),
            )

    def quarter(self, request: Request, done: str = "") -> Response:
        """What changed this quarter and is to be typed into the national system."""
        with self._sessions.visit(request) as (work, visitor):
            counties = quarterly.counties(work, visitor.member)
            if not counties:
                raise Refused(*GONE)
            name = rules.quarter(work.today)
            return showing.page(
                "quarter",
                **showing.common(visitor),
                quarter=name,
                end=rules.quarter_end(name),
                counties=[
                    (area, quarterly.changes(work, area, name), quarterly.may_enter(work, visitor.member, area))
                    for area in counties
                ],
                said=showing.done(done),
            )

    def unclear(self, request: Request) -> Response:
        """Who was confirmed by nobody this quarter, and which files contradict themselves or each other."""
        with self._sessions.visit(request) as (work, visitor):
            counties = quarterly.counties(work, visitor.member)
            if not counties:
                raise Refused(*GONE)
            name = rules.quarter(work.today)
            found = [
                (area, unclear.never_confirmed(work, area, name), *unclear.conflicting(work, area)) for area in counties
            ]
            return showing.page("unclear", **showing.common(visitor), quarter=name, counties=found)

    def tick(self, request: Request, uid: str, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """已更新."""
        with self._sessions.act(request, form) as (work, visitor):
            county, name = form.get("county", ""), rules.quarter(work.today)
            if not quarterly.tick(work, visitor.member, county, name, an_id(uid)).allowed:
                raise Refused(*GONE)
        return RedirectResponse("/staff/quarter?done=saved", SEE_OTHER)

    def sheet(self, request: Request, form: Form = Depends(read_form)) -> Response:  # noqa: B008
        """The worksheet as XLSX; taking it is journalled."""
        with self._sessions.act(request, form) as (work, visitor):
            county, name = form.get("county", ""), rules.quarter(work.today)
            if not quarterly.may_enter(work, visitor.member, county):
                raise Refused(*GONE)
            journal.record(work, visitor.member.account, "quarter sheet taken", county, quarter=name)
            body = quarterly.worksheet(work, county, name)
        headers = {**showing.HEADERS, "Content-Disposition": f'attachment; filename="hutong-{county}-{name}.xlsx"'}
        return Response(body, media_type=XLSX, headers=headers)


def _by_name(work: Work, member: accounts.Member, child: Child) -> dict[str, Any]:
    """The confidential line, for the caseworker whose case it is; for who gives cases, to whom."""
    mine = confidential.may_read(work, member, child)
    given = confidential.given_to(work, child) if confidential.may_give(work, member, child) else None
    everybody = confidential.caseworkers(work, child) if confidential.may_give(work, member, child) else []
    return {
        "confidential": confidential.read(work, member, child) if mine else None,
        "confidential_asks": models.in_force(work.today).facts[confidential.FACT] if mine else None,
        "given_to": accounts.label(work, given.account) if given is not None else "",
        "caseworkers": [(one.uid, accounts.name_of(work, one)) for one in everybody],
    }


def _between_offices(work: Work, member: accounts.Member, child: Child) -> dict[str, Any]:
    """What is open between offices about a child: a move, who does what in two counties, the hand-over by age."""
    move, split = moving.open_of(work, child), county_splits.standing(work, child)
    shown = split.open or split.agreed if split is not None else None
    return {
        "move": move,
        "leaving": leaving.told(work, move) if move is not None and move.to_area == moving.OUTSIDE else "",
        "sends": any(role in leaving.SENDS for role, _ in children.posts(work, member)),
        "split": split,
        "split_side": county_splits.speaks_for(work, member, child),
        "split_duties": responsibility.split(county_splits.differing(shown.duties)) if shown is not None else {},
        "negotiable": responsibility.NEGOTIABLE,
        "usual": responsibility.SPLIT,
        "handover": handovers.open_of(work, child),
        "goes_on": handovers.TO,
    }


def _file_page(
    work: Work,
    visitor: signing_in.Visitor,
    uid: str,
    *,
    after: After = NOTHING_BEFORE,
) -> Response:
    member = visitor.member
    child = children.reach(work, member, uid)
    if child is None:
        raise Refused(*GONE)
    journal.record(work, member.account, "child read", uid, purpose="page")
    home = work.session.get_one(Household, child.household)
    may_set = assessing.may_set(work, member, child)
    return showing.page(
        "child",
        **showing.common(visitor),
        child=child,
        line=finding.line(work, child),
        profile=children.profile(work, child),
        address=children.address(work, home),
        around=children.around(work, child),
        reports=child_links.of_child(work, member, child),
        siblings=[finding.line(work, one) for one in registering.siblings(work, child)],
        standing=assessing.standing(work, [child])[uid],
        assessments=assessing.history(work, child, 5),
        facts=[(one, accounts.label(work, one.by)) for one in assessing.shown_facts(work, member, child)]
        if may_set
        else [],
        settable=assessing.settable(work.today) if may_set else {},
        **_by_name(work, member, child),
        family=contact_staff.may(work, member, child.uid),
        may_write=children.reach(work, member, uid, mode="write") is not None,
        confirms=reviewing.reviews(work, member, child),
        **_between_offices(work, member, child),
        spans=moving.spans(work, child, "visit"),
        plan=visit_plans.of(work, [child.uid]).get(child.uid),
        questions=supervising.questions(work, child),
        needs=visit_needs.of_child(work, member, uid),
        notes=rules.notes(),
        ends=registering.ENDS,
        **vars(after),
    )
