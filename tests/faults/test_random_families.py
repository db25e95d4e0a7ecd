"""Guarantee 15 for families: whoever of the staff does whatever with whichever family, arrangement of care, paper or
task learns nothing of one that is not for them: a forbidden one and an absent one answer alike, and nothing is moved,
written or journalled."""

from __future__ import annotations

import random
from dataclasses import dataclass, fields, replace
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.care import entrusted, roles
from bot.gateway.web import contact_acts
from bot.services.contact import conflicts as contact_conflicts
from bot.services.contact import plans as contact_plans
from bot.services.contact import rungs as contact_rungs
from bot.services.entrusted import acts as entrusted_acts
from bot.services.entrusted import arrangements, papers
from bot.services.entrusted import family as entrusted_family
from bot.services.entrusted import staff as entrusted_staff
from bot.services.tasks import care_tasks
from bot.services.work import Work
from bot.storage.crypto import opaque_id
from bot.storage.tables import (
    AbnormalNotice,
    Base,
    CareArrangement,
    CareTask,
    ContactPlan,
    ContactRung,
    JournalEntry,
    Outbox,
    Referral,
)
from tests.builders import World
from tests.faults.readers import POSTS, Reader, reader_of, tapped
from tests.faults.sizes import size
from tests.gateway.office import site_of
from tests.services import family as homes
from tests.services.cases import COUNTY, VILLAGE

SEED = 20261127
TRIPLES = size(120, 10_000)
FAMILIES = size(24, 200)
SECRET = "秘密照护人"
AREAS = (VILLAGE, VILLAGE, "220184104203", "220184105201", "220182101201", "220381101201")
ALL_POSTS = (*POSTS, ("village_committee", VILLAGE), ("school_focal", COUNTY))
CHOSEN = {"weekday": 4, "clock": "19:00", "zone": "Asia/Shanghai", "simple": False}
UNCOUNTED = {"inbox", "outbox", "conversations", "attempts"}
"""A form is answered and a tap is kept; of nothing else may the forbidden leave a trace."""
FORM = {
    **{"reached": "yes", "family": "yes", "ground": "suspected_harm", "reason": "孩子身上有伤", "apart": "yes"},
    **{"facts": "孩子总哭", "acted": "yes", "why": "talked", "level": "soon", "place": "县里的辅导站"},
    **{"agreed_by": "guardian", "relation": "mother", "answer": "yes", "how": "phone", "kind": "father", "name": "王"},
    **{"visit": "a" * 26, "recipient": "school", "on": "2026-11-20", "proof": "回执", "carer": "王丽"},
    **{"carer_relation": "姑姑", "carer_phone": "13900000009", "finding": "violence", "listener": "赵老师"},
    **{"child_words": "想妈妈", "why_not": "太小", "number": "NOBODY", "temporary_who": "大伯", "d1": "no"},
}
"""Everything any of the forms asks for."""


@dataclass(frozen=True)
class House:
    """A family as the readers might come to know it: what of it has an id."""

    child: str
    area: str
    plan: str
    rung: str
    notice: str
    referral: str
    arrangement: str
    join: str
    actor: str
    barred: frozenset[str]
    """The accounts that are of this family."""


IDS = ("child", "plan", "rung", "notice", "referral", "arrangement", "join")
OF_THE_CHILD = ("plan", "rung", "notice", "referral")
EVENTS = sorted({event for state in entrusted.states() for event in entrusted.events(state)})
Operation = tuple[str, str, str]
"""What it is about (family, arrangement, task, entrusting), by which way, and which address or button."""
OPERATIONS: tuple[Operation, ...] = (
    ("family", "get", "/staff/contact/{child}"),
    ("family", "get", "/staff/contact/{child}/slip/{referral}"),
    *(("family", "post", f"/staff/contact/{{child}}/do/{act}") for act in (*contact_acts.ACTS, "invite", "nonsense")),
    *(("family", "beside", f"/staff/contact/{{own}}/do/{act}") for act in ("called", "decide", "down", "received")),
    ("arrangement", "get", "/staff/entrusted/{arrangement}"),
    *(("arrangement", "get", f"/staff/entrusted/{{arrangement}}/paper/{kind}") for kind in papers.STATES),
    *(
        ("arrangement", "post", f"/staff/entrusted/{{arrangement}}/do/{act}")
        for act in (*entrusted_acts.ACTS, entrusted_acts.CODE, *EVENTS, "nonsense")
    ),
    *(("arrangement", "tap", f"entrusted.{act}={{arrangement}}") for act in entrusted_staff.ACTS),
    *(("arrangement", "tap", f"entrusted.{act}={{arrangement}}") for act in entrusted_family.ACTS),
    *(("arrangement", "tap", f"duty:{what}:{{arrangement}}") for what in ("1", "accept", "refuse")),
    ("arrangement", "tap", "paper:{arrangement}"),
    ("entrusting", "tap", "entrusted.for={child}"),
    ("join", "post", "/staff/contact/joining/{join}"),
    *(("task", "tap", f"caretask:{what}:{{join}}") for what in ("see", "take", "done", "end")),
    *(("family", "tap", button) for button in ("join.child={child}", "join.child_out={child}")),
)


def _house(work: Work, dice: random.Random, accounts: list[str]) -> House:
    """A father and a carer who joined, an arrangement of care, something open of every kind."""
    area = dice.choice(AREAS)
    child = homes.child(work, homes.BORN, area)
    father, carer = homes.person(work, child, "father"), homes.person(work, child, "carer")
    plans = [plan for person in (father, carer) for plan in contact_plans.lay(work, person, CHOSEN)]
    level = dice.choice([contact_rungs.DIRECTOR, contact_rungs.SUPERVISOR, "county_caseworker"])
    barred = frozenset(dice.sample(accounts, 1)) if dice.random() < 0.3 else frozenset()
    for account in barred:
        contact_conflicts.declare(work, account, child)
    contact_rungs.open_rung(work, plans[0], f"t:{child}", "wants_help", "asked_for_a_person", level, work.today)
    rung = work.session.scalars(select(ContactRung).where(ContactRung.child == child)).one()
    about = {"child": child, "person": father, "by": accounts[0]}
    notice, referral, join = opaque_id(), opaque_id(), opaque_id()
    facts, place = work.seal("abnormal_notices.facts", notice, SECRET), work.seal("referrals.place", referral, SECRET)
    work.session.add(AbnormalNotice(uid=notice, facts_sealed=facts, sent_at=work.now, **about))
    row = Referral(uid=referral, level="soon", place_sealed=place, offered_at=work.now, **about)
    row.state, row.slip = "agreed", referral[:6]
    work.session.add(row)
    care_tasks.make(work, "contact_join", area, {"words": [SECRET]}, None, f"t:{join}")
    task = work.session.scalars(select(CareTask).where(CareTask.natural_key == f"t:{join}")).one()
    begun = arrangements.begin(work, None, area, {"carer": SECRET}, child=child)
    begun.state = dice.choice(sorted(set(entrusted.states()) - {"none"}))
    work.session.flush()
    return House(child, area, plans[0].uid, rung.uid, notice, referral, begun.uid, task.uid, rung.actor, barred)


def _allowed(reader: Reader, house: House, about: str) -> bool:
    """Who may, said anew from roles.yml: contact is the director's and the supervisor's of the place, the county's what
    came up to it, nobody's of the own family; entrusted care by area; a task whoever answers for the place."""
    around, role = house.area.startswith(reader.area), reader.role
    if about == "family":
        scope = set(roles.may(role, "contact_record", "read"))
        mine = bool(scope & {"village", "township"}) or ("assigned" in scope and house.actor == role)
        return around and mine and reader.account not in house.barred
    if about == "arrangement":
        return around and bool(set(roles.may(role, "entrusted_care", "read")) & {"village", "township", "county"})
    if about == "entrusting":
        return around and role == "child_director"
    above = ("prefecture_duty", "province_duty") if about == "task" else ()
    return around and role in ("child_director", "child_supervisor", "county_caseworker", *above)


def _absent(house: House) -> House:
    ids: dict[str, Any] = {name: opaque_id() for name in IDS}
    return replace(house, **ids)


@pytest.mark.parametrize("database", ["sqlite", "postgres"], indirect=True)
async def test_random_triples_of_reader_family_and_operation_tell_a_forbidden_one_from_no_absent_one(
    world: World,
) -> None:
    dice, transport = random.Random(SEED), site_of(world)
    readers = [await reader_of(world, transport, *post) for post in ALL_POSTS]
    with world.work() as work:
        houses = [_house(work, dice, [one.account for one in readers]) for _ in range(FAMILIES)]
    before, kinds, done = _everything(world, houses), set(), 0
    while done < TRIPLES:
        reader, house, (about, way, what) = dice.choice(readers), dice.choice(houses), dice.choice(OPERATIONS)
        if _allowed(reader, house, about):
            continue
        own = next((one for one in houses if _allowed(reader, one, "family")), house)
        answers = [await _answer(world, reader, own, one, way, what) for one in (house, _absent(house))]
        assert answers[0] == answers[1], f"seed {SEED}: {reader.role} {way} {what}"
        assert SECRET not in answers[0]
        assert "测试娃" not in answers[0]
        done += 1
        kinds.add((about, way, what))
    assert len(kinds) >= min(TRIPLES // 3, len(OPERATIONS) - 1)
    assert _everything(world, houses) == before, "nothing was moved, written or journalled"
    pages = (("family", "/staff/contact/{child}", "测试娃"), ("arrangement", "/staff/entrusted/{arrangement}", SECRET))
    for about, page, words in pages:
        opened = [(reader, next((one for one in houses if _allowed(reader, one, about)), None)) for reader in readers]
        shown = [await _answer(world, reader, one, one, "get", page) for reader, one in opened if one is not None]
        assert len(shown) > 1
        assert all(words in one for one in shown), "whom it is for reads it"
    for reader in readers:
        await reader.office.client.aclose()


async def _answer(world: World, reader: Reader, own: House, house: House, way: str, what: str) -> str:
    """What is answered, with what names the family itself left out."""
    ids: dict[str, Any] = {name: getattr(house, name) for name in IDS}
    where = what.format(own=own.child, **ids)
    if way == "tap":
        said = tapped(world, reader.who.talk, where)
    elif way == "get":
        answer = await reader.office.get(where)
        said = f"{answer.status_code} {answer.headers.get('location', '')} {answer.text}"
    else:
        form = {**FORM, "form_key": reader.form_key, **{name: ids[name] for name in OF_THE_CHILD}}
        answer = await reader.office.post(where, **form)
        said = f"{answer.status_code} {answer.headers.get('location', '')} {answer.text}"
    for uid in ids.values():
        said = said.replace(uid, "*")
    return said


def _everything(world: World, houses: list[House]) -> list[object]:
    """How much there is of everything, how it stands, what was pushed and what was journalled about these families."""
    named = {str(getattr(one, part.name)) for one in houses for part in fields(House) if part.name in IDS}
    standing = (
        (ContactPlan.uid, ContactPlan.state, ContactPlan.allowed, ContactPlan.apart, ContactPlan.numbers_failed_at),
        (ContactRung.uid, ContactRung.closed_at, ContactRung.actor),
        (Referral.uid, Referral.state, Referral.receipt_at),
        (AbnormalNotice.uid, AbnormalNotice.called_at, AbnormalNotice.closed_at),
        (CareArrangement.uid, CareArrangement.state, CareArrangement.changed_at, CareArrangement.carer_person),
        (CareTask.uid, CareTask.state, CareTask.done_at),
    )
    with world.work() as work:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in {*UNCOUNTED, "journal"}]
        found: list[object] = [(one.name, work.session.scalar(select(func.count()).select_from(one))) for one in tables]
        for columns in standing:
            found.append([tuple(row) for row in work.session.execute(select(*columns).order_by(columns[0]))])
        found.append(work.session.scalar(select(func.count()).select_from(Outbox).where(Outbox.push.is_(True))))
        about = select(JournalEntry.subject).where(JournalEntry.subject.in_(named)).order_by(JournalEntry.subject)
        return [*found, work.session.scalars(about).all()]
