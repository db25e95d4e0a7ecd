"""没有: no blame, and a friendly reminder at an hour of this week that the parent picks."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot import texts
from bot.care import calendar, weeks
from bot.reading.contact import weekly
from bot.services.contact import plans as contact_plans
from bot.services.mail import mailbox
from bot.services.talk import asking
from bot.services.work import Work
from bot.storage.tables import ContactPlan

REMIND, FIELD = "remind", "contact.remind"
AN_EVENING = 6
EVENING = time(20)
DAYS = ("tonight", "tomorrow", "saturday", "sunday")
SATURDAY, SUNDAY = 5, 6


def hours(work: Work, plan: ContactPlan) -> list[list[str]]:
    """Buttons for the evenings that are left of this week at the parent's place, and for none."""
    found = [[texts.phrase(f"contact.remind.{day}"), f"{FIELD}={day}"] for day in DAYS if moment(work, plan, day)]
    return [*found, [texts.phrase("contact.remind.none"), f"{FIELD}=none", "quiet"]]


def ask(work: Work, plan: ContactPlan, conversation: str, inbox_id: int, key: str) -> None:
    """Ask when to be reminded, with the evenings that are left under it."""
    asking.ask(work, conversation, inbox_id, key, {"choices": hours(work, plan)})


def said(work: Work, plan: ContactPlan, text: str) -> str | None:
    """The evening typed (周六吧), or none; None: neither is said, or that evening is none of those left."""
    days = [day for day in DAYS if any(word in text for word in texts.phrase(f"contact.said.remind.{day}").split())]
    if len(days) == 1:
        return days[0] if moment(work, plan, days[0], named=True) else None
    plain = text.strip(" 。.!！~～")
    return "none" if not days and plain in texts.phrase("contact.said.remind.none").split() else None


def moment(work: Work, plan: ContactPlan, day: str, *, named: bool = False) -> datetime | None:
    """When that evening is; None when it is past, in another week, or has a nearer name than the one `named`."""
    here = calendar.local(work.now).astimezone(ZoneInfo(plan.zone))
    ahead = {"tonight": 0, "tomorrow": 1, "saturday": SATURDAY - here.weekday(), "sunday": SUNDAY - here.weekday()}[day]
    if day in ("saturday", "sunday") and ahead <= 1 and not named:
        return None
    at = datetime.combine(here.date() + timedelta(days=ahead), EVENING, here.tzinfo)
    return None if at <= work.now or at >= weeks.end(work.now) else at


def settle(work: Work, plans: list[ContactPlan], conversation: str, inbox_id: int, day: str) -> None:
    """Keep the evening picked (or none) with every record of the week, and say so."""
    at = moment(work, plans[0], day, named=True) if day in DAYS else None
    for plan in plans:
        contact_plans.keep_record(work, plan).remind_at = at
    contact_plans.look_again(plans, work.now)
    said: dict[str, Any] = {"at": calendar.spoken(at)} if at is not None else {}
    if "carer" not in contact_plans.answers(work, contact_plans.keep_record(work, plans[0])):
        # Child and carer count separately: a talk with grandmother while the child slept is one of them.
        said["choices"] = [[texts.phrase("contact.carer.now"), "contact.carer=yes", "quiet"]]
    key = "contact.will_remind" if at is not None else "contact.no_reminder"
    mailbox.say(work, conversation, key, said, reply_to=inbox_id)


def named(work: Work, plan: ContactPlan, asked: str, text: str) -> str | None:
    """The evening named for a reminder: where that is asked, and 明天晚上吧 where it is asked whether they talked; a
    bare 没有 is an answer there, and names none. 今晚又视频了二十分钟 is the call itself."""
    if asked == REMIND and weekly.read(text).items.get("contact") != "yes":
        return said(work, plan, text)
    if asked not in ("contact", "carer") or len(text) > AN_EVENING or weekly.read(text).items.keys() - {"later"}:
        return None
    evening = said(work, plan, text)
    return evening if evening in DAYS else None
