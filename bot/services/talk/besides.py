"""What people say beside a report: is somebody coming, whom do you tell, keep him out of it, it was a joke, never mind.

Answered before Rasa reads it, in a report talk and for a day after filing (emergencies.SAME_MATTER): truthfully, from
delivery records and the report's own state, in the voice of whoever writes.
"""

from __future__ import annotations

from collections.abc import Collection

from bot import texts
from bot.reading import danger
from bot.reading.aftermath import police_told
from bot.reading.measures import codes, numbers_of
from bot.reading.persons import suspects
from bot.reading.reports import asides, corrections, reporting, told
from bot.reading.talk import answers as short
from bot.reading.talk import courtesies, question_forms, replies
from bot.services import conversations, drafts
from bot.services.casework import alerts, police, reports
from bot.services.drafts import Answers
from bot.services.mail import mailbox
from bot.services.reporting import (
    absorbing,
    adding,
    belonging,
    coming_back,
    filing,
    intake,
    proofs,
    receipts,
    returning,
    standing,
    worries,
    written,
)
from bot.services.reporting.asked_of_us import voiced
from bot.services.talk import advising, emergencies, failing, own_records, policy_answers, rules_asked
from bot.services.talk.meaning import Meant
from bot.services.work import Work
from bot.storage.tables import Conversation, Draft, Report

EFFECT = "beside"
AFTER_FILING = (
    *receipts.KEYS[1:],
    "report.after_receipt",
    "report.police_duty",
    "report.police_known",
    "report.written",
    "report.settled",
)
SHORT_WORD, LONGEST_WISH = 8, 30
VISITS = ("visits", "visiting")  # themes of rules about who comes, and how often
LONGING = frozenset({danger.HUNCH, "alone"})  # what 我爸我妈都走了 就我跟我爷 sounds like
AFTER_WITHDRAWAL = "after_withdraw"
ELDER = "chat.elder"
"""Who sees badly or types slowly wants one thing at a time."""
QUESTIONS = (asides.WORTH, asides.TOLD, asides.COMING, asides.NO_CALL, asides.AFRAID, asides.UNWELL)

CALMLY = {
    asides.NO_CALL: "beside.no_call.nothing",
    **{kind: f"chat.{kind}" for kind in (asides.JOKE, asides.JOURNALIST, asides.CREATURE)},
}
"""What is answered where no child was told of."""


def takes(work: Work, conversation: str, inbox_id: int, text: str, beside: Collection[str]) -> bool:
    """Take a message that is said beside a report, or belongs to the one filed here. Once per message.

    `beside`: kinds of asides in the text. False: it is for others.
    """
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is None and work.session.get_one(Conversation, conversation).flow is not None:
        return False
    if draft is None and any(found.kind == "report_code" for found in codes.find(text)):
        return False  # whoever gives his code hears how that report stands
    left_out = suspects.left_out(text)
    question = next((kind for kind in QUESTIONS if kind in beside), None)
    nothing = question is None and not left_out and asides.JOKE not in beside
    if draft is not None and (nothing or police_told.read(text) is not None):
        return False  # of the police: when they come (说明天派人来) is no question with it
    own = emergencies.recent(work, conversation, text)
    # Who asks another day whether anybody cares wants to know how it stands.
    held = proofs.proved(work, conversation) is not None
    if draft is None and (own is None or (question == asides.COMING and emergencies.is_old(work, own) and not held)):
        return _nothing_told(work, conversation, inbox_id, text, beside)
    text_wanted = own is not None and asides.WRITTEN in beside and written.is_for(work, own)
    if draft is None and own is not None and (nothing or text_wanted):
        return _after_filing(work, conversation, inbox_id, text, beside, own, text_wanted=text_wanted)
    if asides.JOKE in beside and (draft is not None and draft.asked in ("danger_now", "kind") and "没" in text):
        return False  # 没有这事 answers what was asked
    if not mailbox.take_effect(work, inbox_id, EFFECT):
        return True
    if left_out:
        _leave_out(work, conversation, inbox_id, draft, own, text)
    elif question is not None:
        _answer(work, conversation, inbox_id, question, draft, own)
        _worry_beside(work, conversation, inbox_id, question, _told(work, draft, own), text)
        _go_on(work, conversation, inbox_id, draft, text)
    else:
        _joke(work, conversation, inbox_id, draft)
    return True


def _after_filing(
    work: Work, conversation: str, inbox_id: int, text: str, beside: Collection[str], own: Report, *, text_wanted: bool
) -> bool:
    """The written text for whoever must report, or words that may belong to what was filed."""
    if not text_wanted:
        return _belongs(work, conversation, inbox_id, text, beside)
    if mailbox.take_effect(work, inbox_id, EFFECT):
        written.say(work, conversation, inbox_id, own)
    return True


def _nothing_told(work: Work, conversation: str, inbox_id: int, text: str, beside: Collection[str]) -> bool:
    """A joke, a journalist, a beaten dog, where no child was told of: a calm sentence and nothing filed."""
    found, hit = told.read(text), danger.read(text)
    if replies.question(text) == ELDER and not found.signs and set(hit.kinds) <= {danger.HUNCH}:
        return _calmly(work, conversation, inbox_id, text, beside)
    if (
        {asides.ANIMAL, asides.CREATURE} & set(beside) == {asides.ANIMAL}
        and not found.signs
        and set(hit.kinds) <= {danger.HUNCH}
        and hit.level != "emergency"
    ):
        if mailbox.take_effect(work, inbox_id, EFFECT):
            mailbox.say(work, conversation, "danger.animal", reply_to=inbox_id)
        return True
    longs = hit.level != "emergency" and set(hit.kinds) <= LONGING and asides.sad_child(text)
    if longs and _confided(work, conversation, inbox_id, text):
        return True
    if found.signs or found.child_ref or hit.level != "none":
        return False
    if _confided(work, conversation, inbox_id, text):
        return True
    if asides.COMING in beside and proofs.spoken_of(work, conversation) is not None:
        return False  # an older report of theirs: how it stands is told where that is asked
    # 12338几点有人接, 登记完了头一回啥时候来家看, 多长时间来一趟有准数吗
    theme = policy_answers.theme(text)
    rule = theme == "hotlines" or rules_asked.strongly_asked(text)
    rule = rule or (theme in VISITS and question_forms.asks_for_rule(text))
    if asides.COMING in beside and not rule and own_records.coming(work, conversation, inbox_id, text):
        return True
    return _calmly(work, conversation, inbox_id, text, beside)


def _calmly(work: Work, conversation: str, inbox_id: int, text: str, beside: Collection[str]) -> bool:
    key = next((key for kind, key in CALMLY.items() if kind in beside), None)
    if courtesies.no_harm_meant(text):
        key = "chat.no_harm"
    if replies.question(text) == AFTER_WITHDRAWAL:
        key = f"report.faq.{AFTER_WITHDRAWAL}"
    if key is None and replies.question(text) == ELDER:
        key = ELDER if work.session.get_one(Conversation, conversation).flow is None else None
    if key is not None and mailbox.take_effect(work, inbox_id, EFFECT):
        if key == ELDER:
            failing.in_turn(work, conversation, inbox_id, ELDER)
        else:
            mailbox.say(work, conversation, key, reply_to=inbox_id)
    return key is not None


def _confided(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """A wish that nobody hears of it, or a child that is sad: the truth, kindly, and an invitation to go on."""
    secret = asides.wants_secrecy(text)
    lonely = asides.lonely(text)
    if (
        not (secret or lonely or asides.sad_child(text))
        or work.session.get_one(Conversation, conversation).flow is not None
    ):
        return False
    if not mailbox.take_effect(work, inbox_id, EFFECT):
        return True
    if secret:
        voice = ".child" if asides.of_a_child(text) else ""
        mailbox.say(work, conversation, f"beside.secret{voice}", reply_to=inbox_id)
    else:
        failing.in_turn(work, conversation, inbox_id, "chat.lonely" if lonely else "beside.sad")
    return True


def _belongs(work: Work, conversation: str, inbox_id: int, text: str, beside: Collection[str]) -> bool:
    """After filing: 算了 stops nothing; what belongs to the report is added to it, doubtful words are asked about."""
    last = mailbox.last_said(work, conversation, inbox_id, work.now - emergencies.SAME_MATTER)
    if short.short_answer(text) == "yes" and last is not None and last.key in AFTER_FILING:
        if mailbox.take_effect(work, inbox_id, EFFECT):
            mailbox.say(work, conversation, "report.settled", reply_to=inbox_id)
        return True
    wishes = (_takes_leave, _corrects, _changes, _of_the_report, _wishes, _wants_people, _worries, _secretly)
    if any(one(work, conversation, inbox_id, text) for one in wishes):
        return True
    if short.short_answer(text) == "cancel":
        if mailbox.take_effect(work, inbox_id, EFFECT):
            mailbox.say(work, conversation, "report.filed_stays", reply_to=inbox_id)
        return True
    faq = f"report.faq.{replies.question(text)}"
    if texts.known(faq) and danger.read(text).level == "none":
        if mailbox.take_effect(work, inbox_id, EFFECT):
            all_told = _told(work, None, emergencies.recent(work, conversation, text))
            mailbox.say(work, conversation, voiced(all_told, faq), reply_to=inbox_id)
        return True
    doubtful = danger.read(text).ask
    wanted = doubtful or asides.SAME in beside or numbers_of.any_told(text)
    if not wanted or belonging.own_matter(work, conversation, text, meant=doubtful) is None:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        returning.add_to_own(work, conversation, inbox_id, text, meant=doubtful)
    return True


def _takes_leave(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """After filing: somebody only has to go now (谢谢你 我先写作业了): nothing of it belongs to the report."""
    own = emergencies.recent(work, conversation, text)
    asks = reporting.asks_how_it_stands(text) and "查" in text  # 今天就这些，查一下现在啥进度
    if own is None or asks or not asides.leaves(text) or danger.read(text).level != "none":
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        mailbox.say(work, conversation, voiced(_told(work, None, own), "report.leaving"), reply_to=inbox_id)
    return True


def _corrects(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """After filing: something told was wrong (说错了 是开原镇): it is put right and read back; doubt is asked about."""
    own = emergencies.recent(work, conversation, text)
    if own is None or not adding.corrects(work, own, text):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        returning.say_added(work, conversation, inbox_id, own, text)
        hit = danger.read(text)
        if hit.ask and not corrections.tells_only_this(text):
            emergencies.doubt(work, conversation, inbox_id, own, list(hit.signs))
    return True


def _changes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """After filing: somebody announces that he has more to say (我再补充一句), or wants something changed."""
    if emergencies.recent(work, conversation, text) is None:
        return False
    more = replies.announces_more(text)
    if not more and not (len(text) <= SHORT_WORD and replies.wants_change(text)):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        if more:
            returning.start(work, conversation, inbox_id, returning.SUPPLEMENT, text)
        else:
            mailbox.say(work, conversation, "report.change_after", reply_to=inbox_id)
    return True


def _wishes(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """After filing: how the writer wants to hear of it."""
    own = emergencies.recent(work, conversation, text)
    hit = danger.read(text)
    if own is None or replies.contact_wish(text) is None or not set(hit.kinds) <= {danger.HUNCH}:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        adding.change_contact(work, conversation, own, inbox_id, text)
    return True


def _wants_people(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """After filing: somebody is to come and talk with the writer (让人来跟我唠唠也行): whoever works on it reads it."""
    own = emergencies.recent(work, conversation, text)
    if own is None or not reporting.wants_visit(text) or danger.read(text).level != "none":
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        returning.add_to_own(work, conversation, inbox_id, text, meant=True)
    return True


def _worries(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """After filing: somebody is unsure of what to do himself; what he tells with it belongs to the report."""
    own = emergencies.recent(work, conversation, text)
    if own is None or worries.key(_told(work, None, own), text) is None:
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        worries.answer(work, conversation, inbox_id, _told(work, None, own), text)
        adding.add(work, own, text, notify=False)
    return True


def _secretly(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """After filing: nobody is to hear who told it; that no word back is wanted is kept with it."""
    own = emergencies.recent(work, conversation, text)
    if own is None or not asides.wants_secrecy(text) or len(text) > LONGEST_WISH or danger.read(text).level != "none":
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        adding.add(work, own, text, notify=False)
        mailbox.say(work, conversation, voiced(_told(work, None, own), "report.secret"), reply_to=inbox_id)
    return True


def agrees_after_filing(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """A short word of agreement (嗯我试试) where a report was filed within the day settles the talk. False: none."""
    own = emergencies.recent(work, conversation, text)
    no = short.short_answer(text) in ("correct", "back") or (short.short_answer(text) == "no" and text[:2] != "没了")
    if own is None or len(text) > SHORT_WORD or no:
        return False
    child = _told(work, None, own).childs
    mailbox.say(work, conversation, "report.settled.child" if child else "report.settled", reply_to=inbox_id)
    return True


def _of_the_report(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """After filing: the police were told of it, or it is handed over once more (交吧), which needs nothing."""
    own = emergencies.recent(work, conversation, text)
    if own is None or danger.read(text).level == "emergency":
        return False
    told = police_told.read(text) is not None
    if not told and not replies.submits(text) and not replies.no_more(text):
        return False
    if mailbox.take_effect(work, inbox_id, EFFECT):
        if told:
            police.heard(work, own, text)
            police.confirm(work, conversation, inbox_id, text)
        elif own.code_key is None:
            receipts.give(work, conversation, inbox_id, own)
        else:
            mailbox.say(work, conversation, "report.handed", reply_to=inbox_id)
    return True


def _answer(
    work: Work, conversation: str, inbox_id: int, question: str, draft: Draft | None, own: Report | None
) -> None:
    report = work.session.get(Report, draft.report) if draft is not None and draft.report else own
    key, all_told = f"beside.{question}", _told(work, draft, report)
    if question == asides.COMING:
        key = f"{key}.{standing.how_far(work, report)}"
    voice = ".child" if all_told.childs else ""
    key += voice if texts.known(f"{key}{voice}") else ""
    if question == asides.TOLD and all_told.childs:
        (key,), _ = standing.to_a_child(work, report, question)
        lately = mailbox.keys_said(work, conversation, inbox_id, work.now - advising.LATELY, most=advising.SOME)
        key = "beside.told.again.child" if key in lately else key
    args = standing.people(work, report) if report is not None else None
    mailbox.say(work, conversation, key, args, reply_to=inbox_id)
    if question == asides.NO_CALL and filing.severity_of(all_told) == "S0":
        mailbox.say(work, conversation, f"danger.silent{voice}", reply_to=inbox_id, priority=mailbox.URGENT)


def _worry_beside(work: Work, conversation: str, inbox_id: int, question: str, all_told: Answers, text: str) -> None:
    """What he is unsure of besides; who does not dare to telephone was just told that nobody has to."""
    if question != asides.NO_CALL:
        worries.answer(work, conversation, inbox_id, all_told, text)


def _told(work: Work, draft: Draft | None, report: Report | None) -> Answers:
    if draft is not None:
        return drafts.answers(work, draft)
    return filing.taken_up(reports.told_of(work, report)) if report is not None else Answers()


def _go_on(work: Work, conversation: str, inbox_id: int, draft: Draft | None, text: str) -> None:
    """The open talk goes on: what else the words tell is taken, else its question stands again."""
    if draft is not None:
        conversations.enter(work, conversation, intake.FLOW, told_rasa=False)
        if absorbing.tells_something(text):
            intake.turn(work, conversation, inbox_id, text, Meant())
        else:
            coming_back.ask_again(work, conversation, inbox_id)


def _leave_out(
    work: Work, conversation: str, inbox_id: int, draft: Draft | None, own: Report | None, text: str
) -> None:
    """An office of our chain is kept out (reports.md §1.7): it is bypassed, and the person hears it. What it was told
    before it was named is said, too."""
    report = work.session.get(Report, draft.report) if draft is not None and draft.report else own
    office = suspects.office_left_out(text)
    people = alerts.assigned_people(work, report) if report is not None else []
    if draft is not None:
        answers = drafts.answers(work, draft)
        roles = {*answers.facts.get("conflicted", ()), *suspects.left_out(text)}
        answers.facts["conflicted"] = sorted(roles)
        answers.said("what", text)
        drafts.save(work, draft, answers, draft.asked)
        if report is not None:
            reports.tell_more(work, report, filing.told_by(answers), notify=False)
    elif report is not None:
        adding.add(work, report, text)
    after = {who.uid for who in alerts.assigned_people(work, report)} if report is not None else set()
    late = report is not None and any(who.uid not in after and alerts.was_told(work, report, who.uid) for who in people)
    key = "report.left_out.late" if late else "report.left_out"
    mailbox.say(work, conversation, key, {"office": office}, reply_to=inbox_id)
    _go_on(work, conversation, inbox_id, draft, text)


def _joke(work: Work, conversation: str, inbox_id: int, draft: Draft | None) -> None:
    """It was not meant. What is reported stays (of self-harm above all), what told no harm is let go."""
    if draft is None or draft.report is not None:
        child = _told(work, draft, emergencies.recent(work, conversation)).childs
        mailbox.say(work, conversation, "report.joke_kept.child" if child else "report.joke_kept", reply_to=inbox_id)
        if draft is not None:
            coming_back.ask_again(work, conversation, inbox_id)
        return
    filing.cancel(work, draft, drafts.answers(work, draft), inbox_id)
