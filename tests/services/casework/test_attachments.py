"""What somebody brings: where it belongs, what is said, who may open it, when it goes. In the words of a talk."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from bot import jobs
from bot.services import journal
from bot.services.casework import handling
from bot.services.mail import mailbox
from bot.services.reporting import attachments, evidence
from bot.services.reporting.evidence import Brought
from bot.services.staff import accounts
from bot.services.talk import doors
from bot.storage.tables import Attachment, Draft, JournalEntry, Question, Takeover
from tests.builders import World
from tests.conftest import Hands

VILLAGE = "220184104201"
PLACE = "公主岭市响水镇姜家店村"
PHOTO = b"\xff\xd8\xff the original"


def bring(world: World, conversation: str, text: str = "", kind: str = "photo") -> tuple[list[str], str]:
    """Something comes over the web, is kept and taken up; keys said, and its id."""
    inbox_id = world.hear(conversation, {"media": kind, "text": text})
    with world.work() as work:
        uid = attachments.keep(work, conversation, inbox_id, kind, "image/jpeg", PHOTO)
        doors.evidence_shared(work, conversation, inbox_id, Brought(kind), text)
        held = mailbox.claim(work, inbox_id)
        assert held is not None
        mailbox.finish(work, held)
    return world.keys_to(inbox_id), uid


def checked(world: World, uid: str) -> bool:
    with world.work() as work:
        return evidence.settled(work, uid, b"working copy", "image/jpeg")


def row(world: World, uid: str) -> Attachment | None:
    with world.work() as work:
        return work.session.get(Attachment, uid)


def member(world: World, conversation: str) -> accounts.Member:
    with world.work() as work:
        found = accounts.member(work, conversation)
    assert found is not None
    return found


def report_filed(world: World) -> str:
    somebody = world.citizen()
    world.tap(somebody, "flow:report")
    world.tap(somebody, "report.danger_now=no")
    world.say(somebody, "孩子辍学了在家放牛")
    world.say(somebody, PLACE)
    for value in ("when=skip", "child_ref=skip", "reporter_type=citizen_anonymous", "follow_up=yes", "confirm=yes"):
        world.tap(somebody, f"report.{value}")
    return somebody


def test_with_nothing_open_it_opens_the_report_talk_and_asks_about_danger(world: World) -> None:
    somebody = world.citizen()
    keys, uid = bring(world, somebody)
    assert keys == ["media.taken.photo", "report.begin", "report.danger_now"]
    assert world.flow(somebody) == "report"
    found = row(world, uid)
    assert found is not None
    assert found.draft is not None


def test_in_an_open_talk_it_belongs_to_it_and_the_question_stays(world: World) -> None:
    somebody = world.citizen()
    world.tap(somebody, "flow:report")
    keys, uid = bring(world, somebody)
    assert keys == ["media.taken.photo"]
    world.tap(somebody, "report.danger_now=no")
    world.say(somebody, "孩子辍学了在家放牛")
    world.say(somebody, PLACE)
    for value in ("when=skip", "child_ref=skip", "reporter_type=citizen_anonymous", "follow_up=yes", "confirm=yes"):
        world.tap(somebody, f"report.{value}")
    found = row(world, uid)
    assert found is not None
    assert found.report == world.report().uid


def test_danger_in_the_words_beside_it_comes_before_everything(world: World) -> None:
    somebody = world.citizen()
    keys, uid = bring(world, somebody, "快来人 隔壁正拿棍子打孩子呢")
    assert keys[0] == "danger.violence"
    assert "media.taken.photo" in keys
    found = row(world, uid)
    assert found is not None
    assert found.report == world.report().uid


def test_words_beside_it_are_the_answer_to_the_open_question(world: World) -> None:
    somebody = world.citizen()
    world.tap(somebody, "flow:report")
    world.tap(somebody, "report.danger_now=no")
    keys, _ = bring(world, somebody, "孩子辍学半年了在家放牛")
    assert keys == ["media.taken.photo", "report.place"]


def test_words_beside_it_begin_the_report_when_nothing_is_open(world: World) -> None:
    somebody = world.citizen()
    keys, _ = bring(world, somebody, f"{PLACE}老李家孩子辍学半年了")
    assert keys[:2] == ["media.taken.photo", "report.begin"]
    with world.work() as work:
        draft = work.session.scalars(select(Draft)).one()
        assert "辍学" in str(work.open("drafts.fields", draft.uid, draft.fields_sealed)["words"])


def test_nobody_is_asked_for_photos_and_with_harm_told_it_is_said_once_that_injuries_need_none(world: World) -> None:
    somebody = world.citizen()
    world.say(somebody, "邻居家孩子总挨打身上都是伤")
    first, _ = bring(world, somebody)
    second, _ = bring(world, somebody)
    voice, _ = bring(world, world.citizen(), kind="voice")
    assert first == ["media.taken.photo", "media.no_injury"]
    assert second == ["media.taken.photo"]
    assert "media.no_injury" not in voice


def test_without_harm_told_injuries_are_not_mentioned(world: World) -> None:
    keys, _ = bring(world, world.citizen(), "老李家孩子没有户口")
    assert "media.no_injury" not in keys


def test_a_voice_note_is_taken_with_the_truth_that_nobody_listens_now(world: World) -> None:
    somebody = world.citizen()
    keys, _ = bring(world, somebody, kind="voice")
    assert keys[0] == "media.taken.voice"
    assert "110" in world.said(somebody)[0].text


def test_within_the_hour_after_filing_it_is_added_and_the_assigned_hear_of_it_when_it_can_be_seen(
    world: World, hands: Hands
) -> None:
    director = world.staff("child_director", VILLAGE)
    somebody = report_filed(world)
    hands.forward(minutes=30)
    keys, uid = bring(world, somebody)
    assert keys == ["media.taken.photo"]
    assert "staff.added" not in world.pushes(director)
    assert checked(world, uid)
    assert world.pushes(director).count("staff.added") == 1
    assert not checked(world, uid)
    assert world.pushes(director).count("staff.added") == 1
    assert world.flow(somebody) is None


def test_words_beside_it_are_added_to_the_filed_report(world: World) -> None:
    somebody = report_filed(world)
    keys, _ = bring(world, somebody, "他今天又没去学校")
    assert "report.added" in keys
    with world.work() as work:
        told = work.open("reports.told", world.report().uid, world.report().told_sealed)
    assert "他今天又没去学校" in str(told["words"])


def test_after_the_hour_it_begins_a_new_talk(world: World, hands: Hands) -> None:
    somebody = report_filed(world)
    hands.forward(hours=2)
    keys, _ = bring(world, somebody)
    assert "report.danger_now" in keys


@pytest.mark.parametrize("why", ["a question is open", "staff write here"])
def test_later_it_belongs_to_the_report_while(why: str, world: World, hands: Hands) -> None:
    director = world.staff("child_director", VILLAGE)
    somebody = report_filed(world)
    hands.forward(hours=5)
    account, uid = member(world, director).account, world.report().uid
    with world.work() as work:
        if why == "a question is open":
            sealed = work.seal("questions.text", "q", "?")
            work.session.add(Question(uid="q", report=uid, asked_by=account, text_sealed=sealed, asked_at=work.now))
        else:
            work.session.add(Takeover(uid="t", report=uid, conversation=somebody, account=account, began_at=work.now))
    keys, _ = bring(world, somebody)
    assert keys == ["media.taken.photo"]


def test_in_the_supplement_talk_it_is_added_to_that_report(world: World, hands: Hands) -> None:
    somebody = report_filed(world)
    hands.forward(hours=5)
    world.tap(somebody, "flow:supplement")
    keys, uid = bring(world, somebody)
    assert keys == ["media.taken.photo"]
    assert world.flow(somebody) == "supplement"
    found = row(world, uid)
    assert found is not None
    assert found.report == world.report().uid


@pytest.mark.parametrize("flow", ["status", "bind"])
def test_a_picture_of_a_code_is_declined_and_nothing_of_it_stays(flow: str, world: World) -> None:
    somebody = world.citizen()
    world.tap(somebody, f"flow:{flow}")
    keys, uid = bring(world, somebody)
    assert keys == ["media.refused.code"]
    assert row(world, uid) is None


def test_an_s0_report_that_is_still_being_told_shows_it_at_once(world: World) -> None:
    director = world.staff("child_director", VILLAGE)
    somebody = world.citizen()
    world.say(somebody, f"快来人 隔壁正拿棍子打孩子呢 {PLACE}")
    _, uid = bring(world, somebody)
    checked(world, uid)
    assert world.pushes(director) == ["staff.alert.S0"]
    world.tap(director, f"accept:{world.report().uid}")
    _, second = bring(world, somebody)
    checked(world, second)
    assert world.pushes(director) == ["staff.alert.S0", "staff.added"]


@pytest.mark.parametrize("ending", ["cancelled", "expired"])
def test_when_the_draft_is(ending: str, world: World, hands: Hands) -> None:
    """… what was brought goes with it."""
    somebody = world.citizen()
    _, uid = bring(world, somebody)
    if ending == "cancelled":
        world.tap(somebody, "report.cancel=yes")
    else:
        for _ in range(9):
            hands.forward(days=1)
            jobs.run(world.database, world.vault, "silence", hands())
    assert row(world, uid) is None
    assert not checked(world, uid)


def test_stopping_in_the_words_beside_it_takes_it_along(world: World) -> None:
    somebody = world.citizen()
    world.tap(somebody, "flow:report")
    world.tap(somebody, "report.danger_now=no")
    keys, uid = bring(world, somebody, "不报了")
    assert "report.cancelled" in keys
    assert row(world, uid) is None


def test_told_harm_that_is_cancelled_keeps_it_with_the_report(world: World) -> None:
    somebody = world.citizen()
    world.say(somebody, "邻居家孩子总挨打身上都是伤")
    _, uid = bring(world, somebody)
    world.tap(somebody, "report.cancel=yes")
    found = row(world, uid)
    assert found is not None
    assert found.report == world.report().uid


def test_it_goes_with_the_report_when_its_time_is_over(world: World) -> None:
    somebody = report_filed(world)
    _, uid = bring(world, somebody)
    report = world.report().uid
    with world.work() as work:
        assert attachments.erase_of_report(work, report) == 1
        assert attachments.erase_of_report(work, report) == 0
    assert row(world, uid) is None


def test_what_belongs_to_nothing_goes_after_a_day(world: World, hands: Hands) -> None:
    somebody = world.citizen()
    inbox_id = world.hear(somebody, {"media": "photo"})
    with world.work() as work:
        uid = attachments.keep(work, somebody, inbox_id, "photo", "image/jpeg", PHOTO)
    assert jobs.run(world.database, world.vault, "retention", hands())["attachments"] == 0
    hands.forward(hours=25)
    assert jobs.run(world.database, world.vault, "retention", hands())["attachments"] == 1
    assert row(world, uid) is None


def test_who_may_see_the_report_opens_the_working_copy_and_the_journal_tells_who(world: World) -> None:
    director = world.staff("child_director", VILLAGE)
    stranger = world.staff("child_director", "220104001001", "别处的")
    somebody = report_filed(world)
    _, uid = bring(world, somebody)
    ours, theirs = member(world, director), member(world, stranger)
    with world.work() as work:
        assert attachments.open_for(work, ours, uid) is None
    checked(world, uid)
    with world.work() as work:
        opened = attachments.open_for(work, ours, uid)
        assert opened == attachments.Opened(b"working copy", "image/jpeg", "photo-1.jpg")
        assert attachments.open_for(work, theirs, uid) is None
        assert attachments.open_for(work, ours, "made up") is None
        journal.write(work)
        (read,) = work.session.scalars(select(JournalEntry).where(JournalEntry.act == "attachment read"))
        (brought,) = work.session.scalars(select(JournalEntry).where(JournalEntry.act == "attachment brought"))
    assert (read.actor, read.subject) == (ours.account, world.report().uid)
    assert json.loads(read.detail) == {"attachment": uid, "kind": "photo", "purpose": "handling"}
    assert (brought.actor, brought.subject, brought.at) == ("reporter", world.report().uid, read.at)


def test_a_document_is_handed_out_as_it_came(world: World) -> None:
    director = world.staff("child_director", VILLAGE)
    somebody = report_filed(world)
    inbox_id, ours = world.hear(somebody, {"media": "file"}), member(world, director)
    with world.work() as work:
        uid = attachments.keep(work, somebody, inbox_id, "file", "application/pdf", b"%PDF-1.4 x")
        doors.evidence_shared(work, somebody, inbox_id, Brought("file"), "")
        evidence.settled(work, uid, None, "application/pdf")
        opened = attachments.open_for(work, ours, uid)
    assert opened == attachments.Opened(b"%PDF-1.4 x", "application/pdf", "file-1.pdf")


def test_the_list_of_a_report_tells_kinds_in_order_and_staff_read_of_it_in_chat(world: World, hands: Hands) -> None:
    director = world.staff("child_director", VILLAGE)
    somebody = report_filed(world)
    _, first = bring(world, somebody)
    hands.forward(minutes=1)
    bring(world, somebody, kind="voice")
    checked(world, first)
    report = world.report().uid
    with world.work() as work:
        entries = attachments.of_report(work, report)
    assert [(e.number, e.kind, e.viewable) for e in entries] == [(1, "photo", True), (1, "voice", False)]
    looks = world.hear(director, {"choice": "view"})
    with world.work() as work:
        handling.tap(work, director, looks, "view", report)
    assert "照片1张、语音1段" in world.said(director)[-1].text


def test_a_flood_ends_with_a_sentence(world: World) -> None:
    somebody = world.citizen()
    world.tap(somebody, "flow:report")
    for _ in range(attachments.MOST_EACH):
        assert bring(world, somebody)[0] == ["media.taken.photo"]
    keys, uid = bring(world, somebody)
    assert keys == ["media.refused.many"]
    assert row(world, uid) is None


def test_the_same_message_again_brings_it_once(world: World) -> None:
    somebody = world.citizen()
    inbox_id = world.hear(somebody, {"media": "photo"})
    for _ in range(2):
        with world.work() as work:
            doors.evidence_shared(work, somebody, inbox_id, Brought("photo", source={"id": "x"}), "")
    with world.work() as work:
        assert len(work.session.scalars(select(Attachment)).all()) == 1


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ({"media": "sticker"}, "kind"),
        ({"media": "video", "file": {"id": "x"}}, "video"),
        ({"media": "animation"}, "video"),
        ({"media": "photo", "file": {"id": "x", "size": 30_000_000}}, "big"),
        ({"media": "photo", "refusal": "heic"}, "heic"),
    ],
)
def test_what_cannot_be_taken_is_declined_in_kind_words(raw: dict[str, object], key: str, world: World) -> None:
    assert Brought.of(raw).refusal == key
    somebody = world.citizen()
    inbox_id = world.hear(somebody, raw)
    with world.work() as work:
        doors.evidence_shared(work, somebody, inbox_id, Brought.of(raw), "")
    assert world.keys_to(inbox_id) == [f"media.refused.{key}"]


def test_the_digest_is_sealed_and_tells_the_original(world: World) -> None:
    import hashlib

    _, uid = bring(world, world.citizen())
    with world.work() as work:
        found = work.session.get_one(Attachment, uid)
        assert found.digest_sealed is not None
        assert work.open("attachments.digest", uid, found.digest_sealed) == hashlib.sha256(PHOTO).hexdigest()
