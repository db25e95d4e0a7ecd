"""Putting a child on file in chat: a handful of questions, few words or a tap each, then one look back."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from bot import texts
from bot.care import children as rules
from bot.reading.measures import quantities
from bot.reading.persons import carers
from bot.reading.talk import answers as short
from bot.reading.where import places
from bot.services import drafts
from bot.services.mail import mailbox
from bot.services.register import children, finding, registering
from bot.services.register.registering import Entry, Kin
from bot.services.staff.accounts import Member
from bot.services.work import Work
from bot.storage.tables import Child, Draft

VILLAGE_DIGITS = 12
FIELDS = ("name", "birth", "sex", "area", "carer", "parents", "like", "home", "save")
SKIPPED = ("skip", "unsure", "no")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_SEX = {"男": "male", "女": "female"}
BOTH_AWAY, ONE_AWAY, BOTH_HOME, NOT_KNOWN = "both_away", "one_away", "both_home", "unknown"
_AWAY = {"life_status": "alive", "away_status": "away_for_work"}
_HOME = {"life_status": "alive", "away_status": "at_home"}
PARENTS: dict[str, dict[str, str]] = {
    BOTH_AWAY: {f"{who}_{what}": value for who in ("father", "mother") for what, value in _AWAY.items()},
    "father_away": {f"father_{what}": value for what, value in _AWAY.items()}
    | {f"mother_{what}": value for what, value in _HOME.items()},
    "mother_away": {f"mother_{what}": value for what, value in _AWAY.items()}
    | {f"father_{what}": value for what, value in _HOME.items()},
    BOTH_HOME: {f"{who}_{what}": value for who in ("father", "mother") for what, value in _HOME.items()},
    NOT_KNOWN: {},
}
LONGEST = 40


def begin(work: Work, member: Member, kept: dict[str, Any], text: str) -> None:
    """What the first sentence already tells."""
    kept["doing"] = "new"
    kept["name"] = carers.name(text, asked=False)
    _read_beside(work, kept, text)
    villages = [area for area in children.areas(work, member, mode="write") if len(area) == VILLAGE_DIGITS]
    if len(villages) == 1 and len(children.areas(work, member, mode="write")) == 1:
        kept["area"] = villages[0]


def _read_beside(work: Work, kept: dict[str, Any], text: str) -> None:
    """Birth date, age, sex, carer, parents away and where in the village, wherever they are said."""
    born = _birth(text, work.today)
    if born:
        kept["birth"] = born
    ages = [age.years for age in quantities.ages(text) if age.certain and age.years is not None]
    if ages and not kept.get("birth"):
        kept["age"] = ages[0]
    for word, sex in _SEX.items():
        if word in text and not kept.get("sex"):
            kept["sex"] = sex
    carer = carers.beside(text)
    if (carer.name or carer.relation) and "carer" not in kept:
        kept["carer"] = dict(carer.__dict__)
    if carers.both_away(text) and "parents" not in kept:
        kept["parents"] = BOTH_AWAY
    if (where := carers.lives(text)) and not kept.get("address"):
        kept["address"] = where


def _birth(text: str, today: date) -> str:
    hit = _DAY.search(text)
    try:
        born = date(*map(int, hit.groups())) if hit else None
    except ValueError:
        return ""
    return born.isoformat() if born is not None and born <= today else ""


def take(work: Work, member: Member, draft: Draft, kept: dict[str, Any], text: str) -> bool:
    """Take words as the answer to what was asked. False: they are no answer to it."""
    asked, said = draft.asked or "name", text.strip()[:LONGEST]
    skipped = short.short_answer(said) in SKIPPED
    before = dict(kept)
    _read_beside(work, kept, text)
    heard = kept != before
    if heard and asked in ("carer", "parents"):
        return True
    if asked == "name":
        kept["name"] = carers.name(said, asked=True)
        return bool(kept["name"])
    if asked == "birth":
        if skipped or "age" in kept:
            kept.setdefault("birth", "")
        return "birth" in kept
    if asked == "sex":
        return bool(kept.get("sex"))
    if asked == "area":
        read = places.find(said)
        kept["area"] = read.best.code if read.best is not None and read.best.level == "village" else ""
        return bool(kept["area"])
    if asked == "carer":
        told = carers.carer(said)
        nobody = carers.alone(said)
        kept["carer"] = {} if skipped or nobody else dict(told.__dict__)
        if not (skipped or nobody or told.name or told.relation):
            del kept["carer"]
        return "carer" in kept
    if asked in ("like", "home", "save"):
        answer = {"yes": "yes", "no": "no"}.get(short.short_answer(said) or "")
        return answer is not None and tap(kept, asked, answer)
    return False


def tap(kept: dict[str, Any], field: str, value: str) -> bool:
    """Settle a button. False: it is none of ours."""
    if field == "sex" and value in registering.SEXES:
        kept["sex"] = value
    elif field == "parents" and value in PARENTS:
        kept["parents"] = value
    elif field in ("like", "home", "save") and value in ("yes", "no"):
        kept[field] = value
    elif field in ("birth", "carer") and value == "skip":
        kept[field] = "" if field == "birth" else {}
    else:
        return False
    return True


def ask(work: Work, member: Member, draft: Draft, kept: dict[str, Any], inbox_id: int) -> str | None:
    """Ask the next thing; None: all is answered."""
    for field in FIELDS:
        # An empty birth date is one that was passed over; an empty name or village is none yet.
        if field in kept and (kept[field] != "" or field == "birth"):
            continue
        args = _asking(work, member, kept, field)
        if args is None:
            kept[field] = "none"
            continue
        drafts.keep(work, draft, kept, field)
        mailbox.say(work, draft.conversation, f"child.ask.{field}", args, reply_to=inbox_id)
        return field
    return None


def _asking(work: Work, member: Member, kept: dict[str, Any], field: str) -> dict[str, Any] | None:
    """What a question is asked with; None: it need not be asked."""
    if field == "like":
        like = _alike(work, member, kept)
        return None if like is None else {"name": like.name, "number": like.child.number, "child": like.child.uid}
    if field == "home":
        home = _same_carer(work, member, kept)
        if home is None:
            return None
        kept["household"] = home.child.household
        return {"name": home.name}
    if field == "save":
        return {"words": summary(kept)}
    return {"name": kept.get("name", "")}


def _alike(work: Work, member: Member, kept: dict[str, Any]) -> finding.Line | None:
    """A child this member may see that may be the same one: it is shown, a person decides."""
    known = finding.Known(work, children.areas(work, member))
    birth = date.fromisoformat(kept["birth"]) if kept.get("birth") else None
    like = known.like(kept["name"], birth, kept["area"])
    return finding.line(work, work.session.get_one(Child, like[0])) if like else None


def _same_carer(work: Work, member: Member, kept: dict[str, Any]) -> finding.Line | None:
    """A child of the village whose carer has the same name: perhaps a sibling."""
    name = (kept.get("carer") or {}).get("name")
    if not name:
        return None
    query = children.visible(work, member).where(Child.area == kept["area"], Child.state.in_(children.LISTED))
    for child in work.session.scalars(query):
        if any(one.name == name for one in children.around(work, child)):
            return finding.line(work, child)
    return None


def summary(kept: dict[str, Any]) -> str:
    """What is about to be filed, to look over."""
    carer = kept.get("carer") or {}
    told = [kept["name"], texts.phrase(f"child.sex.{kept['sex']}") if kept.get("sex") else ""]
    told.append(kept["birth"] if kept.get("birth") else f"{kept['age']}岁" if kept.get("age") is not None else "")
    lines = [
        "，".join(part for part in told if part),
        f"{places.full_name(kept['area'])} {kept.get('address', '')}".strip(),
    ]
    if carer.get("name") or carer.get("relation"):
        who = f"{carer.get('relation', '')}{carer.get('name', '')}"
        lines.append(texts.phrase("child.line.carer").format(who=who, phone=carer.get("phone", "")).strip())
    lines.append(texts.phrase(f"child.parents.{kept.get('parents', NOT_KNOWN)}"))
    return "\n".join(lines)


def entry(kept: dict[str, Any]) -> Entry:
    """What was told, as an entry of the register."""
    carer = kept.get("carer") or {}
    facts: dict[str, Any] = dict(PARENTS[kept.get("parents", NOT_KNOWN)])
    if not kept.get("birth") and kept.get("age") is not None:
        facts["child_age_years"] = kept["age"]
    named = carer.get("name") or carer.get("relation")
    return Entry(
        name=kept["name"],
        area=kept["area"],
        birth_date=date.fromisoformat(kept["birth"]) if kept.get("birth") else None,
        sex=kept.get("sex", ""),
        address=kept.get("address", ""),
        household=kept.get("household") if kept.get("home") == "yes" else None,
        kin=(Kin("carer", named, carer.get("relation", ""), carer.get("phone", "")),) if named else (),
        facts=facts,
    )


def too_old(kept: dict[str, Any]) -> bool:
    """Whether an age told is past the register's limit."""
    return int(kept.get("age") or 0) >= rules.AGE_LIMIT["hardship"]
