"""Turning what the services say into pages: templates with autoescape, and the Chinese names of things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from bot import texts
from bot.care import calendar, catalogue, clauses, entrusted, parameters, roles
from bot.care import children as register_rules
from bot.care import model as models
from bot.reading.where import places
from bot.services import journal
from bot.services.casework import glass, timeline
from bot.services.contact import staff as contact_staff
from bot.services.entrusted import records as entrusted_records
from bot.services.register import children
from bot.services.staff import roster
from bot.services.staff.signing_in import Visitor
from bot.services.tasks import care_tasks

PAGES = Path(__file__).parent / "staff_pages"
FILES = PAGES / "files"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; media-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# Not no-referrer: browsers then hide from us, too, which page a form was sent from (Origin: null).
HEADERS = {"Content-Security-Policy": CSP, "Referrer-Policy": "same-origin", "Cache-Control": "no-store"}

NO_ACCOUNTS = (timeline.SYSTEM, timeline.REPORTER, journal.OPERATOR)
"""Who acts in a timeline without being a member of staff."""
CONTACT = frozenset({*contact_staff.DECIDES, "county_caseworker"})
"""Posts that have a desk of contact."""


@dataclass(frozen=True)
class After:
    """What a page says of the act before it: that it was done, or why not, which act it was and what was written."""

    said: str = ""
    why: str = ""
    tried: str = ""
    filled: Mapping[str, str] = field(default_factory=dict)


NOTHING_BEFORE = After()


def page(name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page from its template. Raises jinja2.UndefinedError when a value is missing."""
    return HTMLResponse(render(name, **values), status, HEADERS)


def render(name: str, **values: Any) -> str:
    """The text of a page."""
    return _templates().get_template(f"{name}.html").render(**values)


def common(visitor: Visitor) -> dict[str, Any]:
    """What every page of a signed-in person needs."""
    held = {role for role, _ in visitor.member.posts}
    return {
        "me": visitor.member,
        "form_key": visitor.form_key,
        "reviews": glass.REVIEWER in held,
        "file_looks": glass.opens_files(visitor.member),
        "duties": bool(held & set(roster.SEES)),
        "entrusts": any(children.BY_AREA & set(roles.may(role, entrusted_records.RESOURCE, "read")) for role in held),
        "desk": bool(held & CONTACT),
        "tasks": bool(care_tasks.answering_for(visitor.member)),
        "register": any(children.BY_AREA & set(roles.may(role, children.BASIC, "read")) for role in held),
    }


def named(group: str, key: str | None, otherwise: str = "other") -> str:
    """The Chinese name of a thing of the page; the group's own word for what has none."""
    full = f"page.{group}.{key}"
    if not texts.known(full):
        full = f"page.{group}.{otherwise}"
    return texts.phrase(full) if texts.known(full) else str(key or "")


def refusal(code: str | None) -> str:
    """Why something was refused, in plain words."""
    return texts.phrase(f"refusal.{code}" if texts.known(f"refusal.{code}") else "refusal.other")


def _week(monday: date) -> str:
    """A week as people say it, by its days; its number says nothing to anybody."""
    sunday = monday + timedelta(days=6)
    return f"{monday.month}.{monday.day}–{sunday.month}.{sunday.day}"


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        link_minutes=parameters.number("staff.page_link.life"),
        idle_minutes=parameters.value("staff.page_login.length").value["idle"],
        glass_hours=parameters.number("access.break_glass.duration"),
    )
    made.filters.update(
        named=lambda key, group: named(group, key),
        word=lambda key, group: texts.phrase(f"{group}.{key or 'none'}"),
        tag=register_rules.tag_label,
        ground=_ground,
        moment=calendar.spoken,
        until=_until,
        week=lambda name: _week(date.fromisocalendar(int(name[:4]), int(name[6:]), 1)),
        day=lambda moment: f"{moment.month}月{moment.day}日",
        place=lambda area: places.full_name(area) if area else texts.phrase("value.unknown"),
        near=_near,
        severity=catalogue.severity_label,
        status=catalogue.public_status,
        category=catalogue.category_label,
        role=lambda role: roles.label_zh(role) if role else named("who", "colleague"),
        who=_who,
        value=lambda value: texts.phrase(f"value.{value}") if texts.known(f"value.{value}") else str(value),
        clause=_clause,
        notice=_notice,
        party=lambda name: named("who", name) if name in NO_ACCOUNTS else name,
        happening=lambda entry: _happening(entry.kind, entry.what, entry.details),
        by=_by,
        refusal=refusal,
        input_moment=_input_moment,
        iso=lambda written: f"{calendar.local(datetime.fromisoformat(written)):%Y-%m-%d %H:%M:%S}",
        happened=_happened,
        journalled=_journalled,
        title=lambda cited: clauses.source(cited).title_zh,
        quotable=clauses.quotable,
        target=roles.target_label,
        care_state=entrusted.state_label,
        told=_told,
        date_of=lambda moment: calendar.local(moment).date().isoformat(),
    )
    return made


def _told(value: str, group: str) -> str:
    """An answer by its own name in a group, by the name all questions share, else as it was written."""
    keys = (f"{group}.{value}", f"entrusted.v.{value}")
    return next((texts.phrase(key) for key in keys if texts.known(key)), value)


def _near(area: str | None) -> str:
    """A place as short as a list needs it: township and village where they are known, else the county."""
    if not area:
        return texts.phrase("value.unknown")
    names = [part.name for part in places.path(area)]
    return "".join(names[-2:])


def _ground(code: str) -> str:
    """What an assessment or a tag rests on: the name of a rule, a fact or a remark of the file."""
    rule = models.in_force(date.max).rules.get(code)
    if rule is not None:
        return rule.label
    return texts.phrase(f"child.{'note' if texts.known(f'child.note.{code}') else 'ground'}.{code}")


def _who(person: Any) -> str:
    """A colleague as the others know them: post and name."""
    if person is None:
        return named("who", "system")
    post = roles.label_zh(person.role) if person.role else ""
    return f"{post} {person.name}".strip()


def _clause(cited: str) -> str:
    """The number of an article or clause as people say it."""
    document, _, article = cited.partition("-")
    if document == clauses.PLAN_DOCUMENT:
        return f"第{article}条" if article else ""
    return f"第{article}条" if article.isdigit() else ""


def _notice(key: str) -> str:
    """What kind of thing was said, by its text key."""
    return named("notice", key, "reporter" if key.startswith(("reporter.", "result.")) else "other")


def _until(last: datetime, first: datetime) -> str:
    """The last of several moments, as short as it can be said beside the first."""
    same_day = calendar.local(last).date() == calendar.local(first).date()
    return f"{calendar.local(last):%H:%M}" if same_day else calendar.spoken(last)


def _happening(kind: str, what: str, details: Mapping[str, str]) -> str:
    """What happened, from an entry of the timeline: its kind, what, and the codes that came with it."""
    if kind == "move":
        return named("act", what)
    if kind == "note":
        return named("note", what)
    said = named("happened", f"{kind}.{what.replace(' ', '_')}", kind)
    if kind == "transfer" and (details.get("department") or details.get("role")):
        return f"{said}（{roles.target_label(details.get('department') or details['role'])}）"
    if kind == "call" and "target" in details:
        return f"{said}（{roles.target_label(details['target'])}）"
    if kind == "escalation" and "role" in details:
        return f"{said}{roles.label_zh(details['role'])}（{_time_over(details.get('reason', ''))}）"
    if kind == "closing" and "reason" in details:
        return f"{said}（{named('close', details['reason'])}）"
    if kind == "police" and "number" in details:
        return f"{said}（回执号 {details['number']}）"
    if kind == timeline.CHILD:
        return f"{said}（{details['number']}）"
    return said


def _time_over(deadline: str) -> str:
    """Which time for taking it on was over when a report went up a level."""
    level = deadline.removeprefix("ack_")
    return (
        named("time_over", "level").format(role=roles.label_zh(level)) if level != deadline else named("time_over", "")
    )


def _happened(entry: Mapping[str, str]) -> str:
    """The same from an entry of an archive."""
    kind, _, what = entry["what"].partition(".")
    return _happening(kind, what, _details(entry))


def _details(entry: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix("with_"): value for name, value in entry.items() if name.startswith("with_")}


def _by(at: datetime) -> str:
    """A deadline: a day that ends is just that day."""
    here = calendar.local(at)
    return f"{here.month}月{here.day}日" if (here.hour, here.minute) == (23, 59) else calendar.spoken(at)


def _journalled(act: str) -> str:
    """A row of the journal by its act: "report accept", "identity read"."""
    if texts.known(f"page.act.{act}"):
        return texts.phrase(f"page.act.{act}")
    return named("act", act.removeprefix("report "))


def _input_moment(moment: datetime) -> str:
    """A moment as an input of type datetime-local wants it."""
    return calendar.local(moment).strftime("%Y-%m-%dT%H:%M")


def done(what: str) -> str:
    """The sentence that says what was done, from the address a form led to; nothing for any other word."""
    return texts.phrase(f"page.done.{what}") if texts.known(f"page.done.{what}") else ""
