"""What a parent sees of an arrangement of 委托照护 and does with it: how far it is, signing, notices, another carer,
a worry, home again. Never the ground on which somebody was refused, never what the child or the carer said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import or_, select

from bot import texts
from bot.care import entrusted
from bot.services.contact import plans as contact_plans
from bot.services.entrusted import arrangements
from bot.services.entrusted import doing as entrusted_doing
from bot.services.entrusted import telling as entrusted_telling
from bot.services.entrusted.records import PARENTS, acknowledged, data, delivered, keep, of_a_parent
from bot.services.mail import mailbox
from bot.services.register import children
from bot.services.work import Work
from bot.storage.tables import CareArrangement, Child, Tie

MORE = "more"
BEFORE = ("candidate_proposed", "screening", "assessed", "child_heard", "agreement_signed")
CARING = ("notified", "active", "concern", "persuasion", "replacement")
BUTTONS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("need_identified", "reason_checked"), ("stays",)),
    **dict.fromkeys(BEFORE, ("another", "stays")),
    "rejected": ("another", "stays"),
    **dict.fromkeys(CARING, ("another", "worry", "back")),
    **dict.fromkeys(("refusal_reported", "temporary_care", "admonition_requested"), ("another", "back")),
}
"""What a parent may begin in each state; the director and the county have more on their page."""


def wards(work: Work, conversation: str) -> list[str]:
    """The children on file of the parent or guardian who joined here, in the order they were filed."""
    person = contact_plans.speaker(work, conversation)
    if person is None:
        return []
    still = or_(Tie.until.is_(None), Tie.until > work.today)
    query = (
        select(Child.uid)
        .join(Tie, Tie.child == Child.uid)
        .where(Tie.person == person, Tie.kind.in_(PARENTS), still, Child.state.in_(children.LISTED))
    )
    kept_away = {plan.child for plan in contact_plans.of_person(work, person) if not plan.allowed}
    return [uid for uid in work.session.scalars(query.order_by(Child.created_at, Child.uid)) if uid not in kept_away]


def of_conversation(work: Work, conversation: str) -> list[CareArrangement]:
    """The arrangements a parent sees here, the one in force before its successor."""
    query = select(CareArrangement).where(
        or_(CareArrangement.conversation == conversation, CareArrangement.child.in_(wards(work, conversation))),
        CareArrangement.state != entrusted.ENDED,
    )
    rows = work.session.scalars(query.order_by(CareArrangement.created_at, CareArrangement.uid))
    return [row for row in rows if of_a_parent(work, row, conversation)]


def show(work: Work, conversation: str, inbox_id: int, found: list[CareArrangement]) -> None:
    """How far each of them is, and what can be done now; a further child can be added."""
    more = [[texts.phrase("entrusted.do.more"), f"entrusted.{MORE}=yes"]] if without_one(work, conversation) else []
    for row in found:
        kept = data(work, row)
        args = {
            "child": _child_words(work, row, conversation),
            "carer": entrusted_doing.carer_words(kept) or texts.phrase("entrusted.nobody_yet"),
            "state": entrusted_telling.state_words(row, "parent"),
            "choices": [*_buttons(work, row), *(more if row is found[-1] else [])],
        }
        mailbox.say(work, conversation, "entrusted.status", args, reply_to=inbox_id)


def without_one(work: Work, conversation: str) -> list[str]:
    """The children of the parent here that have no arrangement."""
    return [uid for uid in wards(work, conversation) if not arrangements.of_child(work, uid)]


def _child_words(work: Work, row: CareArrangement, conversation: str) -> str:
    """The child's name for a parent with several of them."""
    if row.child is None or len(wards(work, conversation)) < 2:
        return ""
    name = children.profile(work, children.row(work, row.child)).get("name", "")
    return texts.render("entrusted.status.child", {"name": name}).text


def _buttons(work: Work, row: CareArrangement) -> list[list[str]]:
    acts = list(BUTTONS.get(row.state, ()))
    if row.state == "child_heard" and acknowledged(work, row):
        acts.insert(0, "signed")
    if row.state == "agreement_signed":
        given = delivered(work, row)
        acts = [*(one for one in ("school", "committee") if one not in given), *acts]
    found = [
        [texts.phrase(f"entrusted.do.{act}"), f"entrusted.{act}={row.uid}", *(["primary"] if not at else [])]
        for at, act in enumerate(acts)
    ]
    return [*found, [texts.phrase("entrusted.do.papers"), f"paper:{row.uid}", "quiet"]]


def tap(work: Work, conversation: str, inbox_id: int, act: str, uid: str, opener: entrusted_doing.Opener) -> bool:
    """A button under an arrangement. False: it is no arrangement of this parent any more."""
    row = work.session.get(CareArrangement, uid)
    if row is None or row.state == entrusted.ENDED or not of_a_parent(work, row, conversation):
        return False
    ACTS[act](work, conversation, inbox_id, row, opener)
    return True


def _see(work: Work, conversation: str, inbox_id: int, row: CareArrangement, _: entrusted_doing.Opener) -> None:
    show(work, conversation, inbox_id, [row])


def _another(
    work: Work, conversation: str, inbox_id: int, row: CareArrangement, opener: entrusted_doing.Opener
) -> None:
    opener("another", row.uid)


def _signed(work: Work, conversation: str, inbox_id: int, row: CareArrangement, _: entrusted_doing.Opener) -> None:
    """Both have signed, a parent says. Without the child heard and the duties accepted it does not count."""
    done = arrangements.step_of_family(work, conversation, row.uid, "agreement_concluded", {"both_signed": "yes"})
    entrusted_doing.say_outcome(work, conversation, inbox_id, done, "entrusted.signed")
    if done.allowed:
        keep(work, row, {**data(work, row), "signed_on": work.today.isoformat()})
        show(work, conversation, inbox_id, [row])


def _notice(recipient: str) -> Callable[..., None]:
    def give(
        work: Work, conversation: str, inbox_id: int, row: CareArrangement, opener: entrusted_doing.Opener
    ) -> None:
        opener("notice", row.uid, recipient=recipient)

    return give


def _worry(work: Work, conversation: str, inbox_id: int, row: CareArrangement, _: entrusted_doing.Opener) -> None:
    """A parent is worried: the office looks into it. Danger has its own way, which is said with it."""
    done = arrangements.step_of_family(work, conversation, row.uid, "concern_raised")
    entrusted_doing.say_outcome(work, conversation, inbox_id, done, "entrusted.worry")


def _sure(event: str) -> Callable[..., None]:
    def ask(work: Work, conversation: str, inbox_id: int, row: CareArrangement, opener: entrusted_doing.Opener) -> None:
        opener("ends", row.uid, event=event)

    return ask


Act = Callable[[Work, str, int, CareArrangement, entrusted_doing.Opener], None]
ACTS: Mapping[str, Act] = {
    "see": _see,
    "another": _another,
    "signed": _signed,
    "school": _notice("school"),
    "committee": _notice("committee"),
    "worry": _worry,
    "back": _sure("parent_returned"),
    "stays": _sure("parent_stays"),
}
