"""Departments without an account: a task for the county to call, open until somebody records who was reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, select

from bot.care import policy_data, roles
from bot.services.staff import accounts
from bot.services.staff.access import RESOURCE
from bot.services.work import Work
from bot.storage.once import insert_once
from bot.storage.tables import Account, CallTask, Report

SPOKE_WITH = "call_tasks.spoke_with"
BY_PHONE = ("medical_120",)


@dataclass(frozen=True)
class Call:
    """An open or done task as the page shows it: whom to call, the public number where there is one, since when."""

    target: str
    label: str
    phone: str | None
    opened_at: object
    done_at: object | None
    spoke_with: str | None


def department(target: str) -> bool:
    """Whether a route target is a department, reached through its contact or by phone (reports.yml#routing)."""
    entry = _routing().get(target, {})
    return entry.get("kind") == "department" or target in ("school", "institution", "village_committee")


def departments() -> tuple[str, ...]:
    """All departments of reports.yml#routing, in the order of the file."""
    return tuple(target for target in _routing() if department(target))


def people(work: Work, report: Report, target: str) -> list[tuple[Account, str, str]]:
    """The bound accounts behind a department for the report's place, each with role and area of its post."""
    entry = _routing().get(target, {})
    role = entry.get("role")
    if role is None or report.area is None or not {"assigned", "county"} & set(roles.may(role, RESOURCE, "read")):
        return []  # a post that may not read reports is told by phone
    areas = [report.area[:digits] for digits in roles.area_lengths(role) if len(report.area) >= digits]
    wanted = str(entry["dept"]) if entry.get("kind") == "department" else None
    held = [one for one in accounts.near(work, report.area) if one.role == role and wanted in (None, one.department)]
    return [(one.account, role, area) for area in areas for one in held if one.area == area]


def needs_call(target: str) -> bool:
    """Whether a route target must be called when it has no account, or always (reports.yml#routing)."""
    return department(target) or target in BY_PHONE


def open_for(work: Work, report: Report, target: str) -> bool:
    """Open the task to call a target about a report. False: it was opened before."""
    task = {"natural_key": f"{report.uid}:{target}", "report": report.uid, "target": target, "opened_at": work.now}
    opened = work.session.execute(insert_once(work.dialect, cast("Table", CallTask.__table__), "natural_key"), task)
    return bool(opened.rowcount)  # type: ignore[attr-defined]  # the result of an INSERT has it


def of(work: Work, report: Report) -> list[Call]:
    """All call tasks of a report in the order they were opened. For a caller who may see the report."""
    rows = work.session.scalars(
        select(CallTask).where(CallTask.report == report.uid).order_by(CallTask.opened_at, CallTask.target)
    )
    return [
        Call(
            row.target,
            roles.target_label(row.target),
            _routing()[row.target].get("phone"),
            row.opened_at,
            row.done_at,
            work.open(SPOKE_WITH, row.natural_key, row.spoke_with_sealed) if row.spoke_with_sealed else None,
        )
        for row in rows
    ]


def _routing() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = policy_data.read("reports")["routing"]
    return found
