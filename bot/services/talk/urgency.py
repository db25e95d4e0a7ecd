"""Danger first: what is answered or asked about before anybody says what the words mean."""

from __future__ import annotations

from datetime import timedelta

from bot.reading import danger
from bot.reading.aftermath import after_topics
from bot.reading.entrusted import wishes
from bot.reading.families import checking
from bot.reading.reports import asides, fitting, later, reporting, told
from bot.reading.staff import register
from bot.reading.talk import answers as short
from bot.reading.talk import courtesies, question_forms, replies
from bot.services import conversations, drafts
from bot.services.contact import calls as contact_calls
from bot.services.contact import stopping as contact_stopping
from bot.services.eligibility import talk as eligibility_talk
from bot.services.entrusted import planning as entrusted_planning
from bot.services.entrusted import wanting as entrusted_wanting
from bot.services.mail import mailbox
from bot.services.reporting import asked_back, doubting, intake, leading, leaving, returning, said_after, tonight
from bot.services.staff import accounts
from bot.services.talk import (
    advising,
    after_filing,
    after_harm,
    afterwards,
    besides,
    between,
    check_resumed,
    child_talk,
    confiding,
    emergencies,
    failing,
    false_alarm,
    interrupted,
    odd,
    office_harm,
    open_question,
    other_story,
    policy_cases,
    policy_following,
    policy_in_danger,
    policy_situations,
    policy_talk,
    redirecting,
    report_door,
    rules_asked,
    seeming,
    spoken_of,
)
from bot.services.talk.calm_telling import PARENTS_GONE, only_asks_or_tells, only_of_a_family, tells_of_the_week
from bot.services.talk.meaning import Meant
from bot.services.talk.opened import whats_open
from bot.services.visits import taps as visit_taps
from bot.services.work import Work
from bot.storage.tables import Draft

DANGER, ANSWERED = "danger", "answered"
WEEK = "contact"
OWN_STEP, VIOLENCE = "step_in", "violence"
HARM_HEARD = frozenset({"report_emergency", "report_concern"})
"""Intents whose own way begins with the question about danger."""
SURE_OF_ANOTHER = 0.8
"""Of 118 emergencies without a word of the lexicon (it learned from 75) the classifier took none for something harmless
with so much confidence (`hearing.understood` over the frozen, the strangers' and the training sentences)."""
BY_CODE = (returning.STATUS, returning.SUPPLEMENT, returning.WITHDRAW)
"""Talks that ask for a code: 码丢了 找不着了 is said of it there."""
JUST_TOLD = timedelta(hours=1)
"""So long after a report what is told of a family is told of the same child."""
REGISTER = "child"


def urgent(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Answer danger at once, or ask about doubtful words (while no report talk is open: there the danger question comes
    anyway). False: there is neither, read on."""
    hit, beside = danger.read(text), asides.kinds(text)
    if _called_or_seeming(work, conversation, inbox_id, text, hit):
        return True
    only_supposed = hit.level == "emergency" and _only_supposed(work, conversation, text, hit)
    if hit.level == "emergency" and not only_supposed:
        _answer_at_once(work, conversation, inbox_id, text, beside)
        return True
    if child_talk.takes(work, conversation, inbox_id, text):
        return True
    if office_harm.asked(work, conversation, inbox_id, text) or _passed_over(work, conversation, inbox_id, text, hit):
        return True
    if redirecting.applies(work, conversation) and not redirecting.emergency_open(work, conversation):
        told = redirecting.describes_a_child(text) and not policy_situations.asks_in_general(text)
        return told and _send_to_the_page(work, conversation, inbox_id)
    if _about_what_is_told(work, conversation, inbox_id, text, beside):
        return True
    draft = drafts.current(work, conversation, intake.FLOW)
    busy = draft is not None and not _tells_of_anger(work, draft, hit)
    doubtful = (hit.ask or only_supposed) and not busy and emergencies.being_added_to(work, conversation) is None
    if doubtful and not only_supposed and _told_elsewhere(work, conversation, inbox_id, text, hit):
        doubtful = False
    doubtful = doubtful or other_story.of_another_family(work, conversation, text)
    english = whats_open(work, conversation).flow is None and asides.in_english(text)
    if not (doubtful or english):
        return _in_korean_or_anger(work, conversation, inbox_id, text) or between.shows_question(
            work, conversation, inbox_id, text
        )
    if mailbox.take_effect(work, inbox_id, DANGER):
        _ask_about(work, conversation, inbox_id, text, doubtful=doubtful)
    return True


def _answer_at_once(work: Work, conversation: str, inbox_id: int, text: str, beside: frozenset[str]) -> None:
    """Danger: what to do, in other words to who only calls once more (快来); kept, and people are alarmed."""
    if set(danger.read(text).kinds) <= {"help"} and emergencies.again(work, conversation, inbox_id, text, beside):
        return
    if emergencies.past_blow(work, conversation, inbox_id, text):
        return
    if mailbox.take_effect(work, inbox_id, DANGER):
        _in_english_first(work, conversation, inbox_id, text)
        emergencies.answer(work, conversation, inbox_id, text)
        if OWN_STEP not in after_topics.topics(text, (VIOLENCE,)):  # 我进去把孩子抢出来行不 asks for no rule
            policy_in_danger.beside_danger(work, conversation, inbox_id, text)


def _called_or_seeming(work: Work, conversation: str, inbox_id: int, text: str, hit: danger.Danger) -> bool:
    """A call for help now, and what only looks like danger: answered for what it is."""
    if entrusted_planning.answered(work, conversation, inbox_id, text, hit):
        return open_question.shortly(work, conversation, inbox_id, entrusted_planning.FLOW) or True
    return (
        entrusted_planning.only_sounds_so(work, conversation, inbox_id, text, hit)
        or visit_taps.typed(work, conversation, inbox_id, text)
        or check_resumed.takes(work, conversation, inbox_id, text)
        or tonight.takes(work, conversation, inbox_id, text)
        or tonight.supposed(work, conversation, inbox_id, text)
        or contact_calls.told(work, conversation, inbox_id, text, hit)
        or contact_stopping.sounds_like_danger(work, conversation, inbox_id, text, hit)
        or entrusted_wanting.leaves_ahead(work, conversation, inbox_id, text, hit)
        or entrusted_wanting.instead_of_a_report(work, conversation, inbox_id, text)
        or emergencies.calls_now(work, conversation, inbox_id, text)
        or seeming.answered(work, conversation, inbox_id, text, hit)
        or afterwards.needs_no_card(work, conversation, inbox_id, text)
    )


def _tells_of_anger(work: Work, draft: Draft, hit: danger.Danger) -> bool:
    """Whether a grown-up tells of his own anger while the danger question is open, not heard in it yet."""
    advised = drafts.answers(work, draft).advised
    return advising.URGE in hit.kinds and draft.asked == "danger_now" and advising.URGE not in advised


def _minds_us(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """A grown-up who told of his own trouble fears the police, or is sorry for his words: what was open goes on."""
    draft = drafts.current(work, conversation, intake.FLOW)
    own = draft is not None and drafts.answers(work, draft).childs
    fears = None if own else courtesies.fears_us(text)  # 警察会抓我爸吗: a child fears for another
    key = "chat.forgiven" if courtesies.apologises(text) else None
    if fears is not None:
        key = "report.worry.away" if fears == courtesies.TAKEN_AWAY else "chat.fears_us"
    if key is None or not set(danger.read(text).kinds) <= {danger.HUNCH}:
        return False
    if mailbox.take_effect(work, inbox_id, ANSWERED):
        mailbox.say(work, conversation, key, reply_to=inbox_id)
        policy_talk.ask_open_question(work, conversation, inbox_id, whats_open(work, conversation).flow)
    return True


def _only_supposed(work: Work, conversation: str, text: str, hit: danger.Danger) -> bool:
    """Whether a cry for help is only supposed by who was just told a rule, with nothing told before: then the rule is
    told and the one question about danger asked. In an open talk it counts as it stands."""
    nothing_open = whats_open(work, conversation).flow is None
    nothing_open = nothing_open and emergencies.being_added_to(work, conversation) is None
    return nothing_open and set(hit.kinds) <= {"help"} and policy_following.supposes_on(work, conversation, text)


def _passed_over(work: Work, conversation: str, inbox_id: int, text: str, hit: danger.Danger) -> bool:
    """The question about words that only sounded odd is passed over by who asks or tells of something we know: the
    report that nobody began is let go, and the words go where they belong. Who only presses us stays asked. True: both
    together told of a family."""
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is None or draft.report is not None or draft.asked != "danger_now":
        return False
    answers = drafts.answers(work, draft)
    signs = {*answers.facts.get("signs", ()), *told.read(text).signs} - PARENTS_GONE - interrupted.NO_HARM
    no_harm = not (signs or answers.doubtful or set(hit.kinds) - {danger.HUNCH})
    in_check = drafts.current(work, conversation, eligibility_talk.FLOW) is not None
    again = in_check and hit.ask and not only_asks_or_tells(work, conversation, text, hit)
    odd = intake.ODD in answers.advised and no_harm and not again  # what sounds odd twice in a check stays asked
    if odd and interrupted.go_back(work, conversation, inbox_id, text):
        return True
    replied = short.short_answer(text) or replies.lead(text) or replies.is_safe(text) or replies.gives_up(text)
    together = "，".join([*answers.words_of("what"), text])
    odd = intake.ODD in answers.advised or _family_story(work, together, hit)
    denied = replies.lead(text)
    if denied is not None and denied.kind == "no" and checking.asks(denied.rest):
        replied = False  # 不是 没人打 我问他算不算留守
    asked_on = leaving.told_nothing(draft, answers) and not (told.read(text).signs or set(hit.kinds) - {danger.HUNCH})
    if not ((odd and no_harm) or asked_on) or replied or fitting.is_only_a_place(text):
        return False
    asks = rules_asked.strongly_asked(text) or (asked_on and policy_following.follows(work, conversation, text))
    if not (asks or tells_of_the_week(work, conversation, text) or eligibility_talk.reads_like_one(work, together)):
        return False
    drafts.close(work, draft, "cancelled")
    conversations.enter(work, conversation, None, told_rasa=False)
    return asks_eligibility(work, conversation, inbox_id, together) and mailbox.take_effect(work, inbox_id, DANGER)


def _family_story(work: Work, together: str, hit: danger.Danger) -> bool:
    """Whether all that was told so far is one of the family telling who lives and works where, no harm, and no wish to
    report it: 我孙子他爸妈都上天津打工去了 走了一年半了."""
    calm = hit.level == "none" and not reporting.wants_to_report(together)
    return calm and eligibility_talk.told_by_the_family(work, together)


def sounds_odd(work: Work, conversation: str, text: str) -> bool:
    """Whether words that nobody could say the meaning of sound like danger. Of staff nobody is asked about that."""
    hit = danger.read(text)
    if not hit.ask or drafts.current(work, conversation, intake.FLOW) is not None:
        return False
    if emergencies.just_doubted(work, conversation):
        return False
    return accounts.member(work, conversation) is None and not only_asks_or_tells(work, conversation, text, hit)


def ask_about_odd(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Ask the one question about such words. False: they are none."""
    odd = sounds_odd(work, conversation, text)
    if odd:
        _ask_about(work, conversation, inbox_id, text, doubtful=True)
    return odd


def ask_if_unsure(work: Work, conversation: str, inbox_id: int, text: str, meant: Meant) -> bool:
    """Ask the one question about words that only sound odd, with nothing open, when the classifier had a look and is
    not sure that they are something else. True: this message has had its answer."""
    harm = meant.intent in HARM_HEARD
    if harm or meant.confidence >= SURE_OF_ANOTHER or whats_open(work, conversation).flow is not None:
        return False
    if not sounds_odd(work, conversation, text):
        return False
    return not mailbox.take_effect(work, inbox_id, DANGER) or ask_about_odd(work, conversation, inbox_id, text)


def _told_elsewhere(work: Work, conversation: str, inbox_id: int, text: str, hit: danger.Danger) -> bool:
    """Whether doubtful words go where they belong: to others first, or to the open talk with the question beside."""
    flow = whats_open(work, conversation).flow
    return _others_first(work, conversation, text, hit) or odd.ask_beside(work, conversation, inbox_id, text, flow)


def _others_first(work: Work, conversation: str, text: str, hit: danger.Danger) -> bool:
    """Whether what only sounds odd, without a word of danger in it, waits until others had a look: the classifier
    where nothing is open, and whatever an open talk asks for. Of staff nobody asks it: they write of their work."""
    if only_asks_or_tells(work, conversation, text, hit):
        return True
    flow = whats_open(work, conversation).flow
    of_nobody = flow is None and set(hit.kinds) <= {"alone", danger.HUNCH} and question_forms.of_nobody(text)
    if of_nobody and question_forms.from_what_age(text) and rules_asked.strongly_asked(text):
        return True  # 孩子多大可以一个人过夜
    if flow == WEEK and set(hit.kinds) <= {danger.HUNCH} and intake.tells_harm(text):
        return True  # what is told there of one's own children is a report at once
    of_the_wish = flow == entrusted_planning.FLOW and entrusted_planning.only_of_the_wish(text, hit)
    waits = flow is None or (flow in BY_CODE and short.short_answer(text) == "lost")
    waits = waits or accounts.member(work, conversation) is not None
    return of_the_wish or (set(hit.kinds) <= {danger.HUNCH} and waits)


def _ask_about(work: Work, conversation: str, inbox_id: int, text: str, *, doubtful: bool) -> None:
    """Ask whether there is danger; who writes English without any is led to the self-check or the report."""
    if not doubtful and asks_eligibility(work, conversation, inbox_id, text):
        return
    _in_english_first(work, conversation, inbox_id, text)
    (doubting.ask if doubtful else intake.start)(work, conversation, inbox_id, text)
    of_a_rule = OWN_STEP not in after_topics.topics(text, (VIOLENCE,))  # 我进去把孩子抢出来行不
    if doubtful and of_a_rule:  # whether there is danger comes first; what the rules say can be read after it
        policy_in_danger.beside_danger(work, conversation, inbox_id, text, doubtful=True)
    if asides.SILENT in asides.kinds(text):
        mailbox.say(work, conversation, "danger.silent", reply_to=inbox_id, priority=mailbox.URGENT)


def _in_korean_or_anger(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Who writes Korean reads the numbers and the way to a person; who only abuses us hears it calmly. Not in a flow:
    there the words are kept as they are."""
    if whats_open(work, conversation).flow is not None:
        return False
    key = "danger.korean" if asides.korean(text) else None
    if key is None and asides.abuses_us(text) and not intake.reads_like_a_report(text):
        key = "chat.abuse"
    if key is not None and mailbox.take_effect(work, inbox_id, ANSWERED):
        failing.in_turn(work, conversation, inbox_id, key, urgent=key == "danger.korean")
    return key is not None


def _about_what_is_told(work: Work, conversation: str, inbox_id: int, text: str, beside: frozenset[str]) -> bool:
    """News of the danger told, a late yes to the danger question, or what is said beside a report."""
    leading.take(work, conversation, text)
    if (apart := after_filing.turns_away(work, conversation, inbox_id, text)) is not None:
        return apart
    return (
        false_alarm.takes(work, conversation, inbox_id, text)
        or report_door.leaves(work, conversation, inbox_id, text)
        or _minds_us(work, conversation, inbox_id, text)
        or emergencies.gone_quiet(work, conversation, inbox_id, text, beside)
        or emergencies.found_again(work, conversation, inbox_id, text, beside)
        or open_question.comes_in_again(work, conversation, inbox_id, text)
        or emergencies.again(work, conversation, inbox_id, text, beside)
        or emergencies.late_yes(work, conversation, inbox_id, text)
        or other_story.takes(work, conversation, inbox_id, text)
        or confiding.takes(work, conversation, inbox_id, text, beside)
        or asked_back.takes(work, conversation, inbox_id, text)
        or after_filing.takes(work, conversation, inbox_id, text)
        or spoken_of.takes(work, conversation, inbox_id, text)
        or afterwards.takes(work, conversation, inbox_id, text, beside)
        or after_harm.takes(work, conversation, inbox_id, text, beside)
        or said_after.takes(work, conversation, inbox_id, text)
        or odd.heard(work, conversation, inbox_id, text)
        or besides.takes(work, conversation, inbox_id, text, beside)
    )


def _in_english_first(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Who writes English reads the numbers in English before the talk goes on; once, when it begins."""
    if drafts.current(work, conversation, intake.FLOW) is None and asides.in_english(text):
        mailbox.say(work, conversation, "danger.english", reply_to=inbox_id, priority=mailbox.URGENT)


def asks_eligibility(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Words that ask whether a child is eligible, or tell of a family and of no harm, open the self-check."""
    signs = set(told.read(text).signs)
    harm = intake.tells_harm(text) and not (signs <= PARENTS_GONE and eligibility_talk.told_by_the_family(work, text))
    if harm or not (eligibility_talk.reads_like_one(work, text) or eligibility_talk.tells_of_an_illness(work, text)):
        return False
    return _begin_check(work, conversation, inbox_id, text)


def taken_for_another(
    work: Work, conversation: str, inbox_id: int, flow: str, text: str, meant: Meant | None = None
) -> bool:
    """Whether the classifier took the words of a citizen for what staff ask of their register (俺家情况一般), or those
    of a family for more of a report that nobody made here (还有个大的 九岁 白血病). Served for what it is."""
    if flow == eligibility_talk.FLOW and asides.of_grown_life(text):
        failing.in_turn(work, conversation, inbox_id, "chat.grown")
        return True
    if flow in (eligibility_talk.FLOW, returning.SUPPLEMENT) and _tells_on(work, conversation, inbox_id, text):
        return True
    if (
        flow == intake.FLOW
        and meant is not None
        and meant.confidence < SURE_OF_ANOTHER
        and only_of_a_family(work, text)
    ):
        return _begin_check(work, conversation, inbox_id, text)
    a_citizen = accounts.member(work, conversation) is None
    if flow == entrusted_planning.FLOW and a_citizen and _tells_harm_only(text):
        doubting.begin(work, conversation, inbox_id, text)
        policy_talk.tell_beside(work, conversation, inbox_id, text, intake.FLOW)
        return True
    of_staff = flow == REGISTER and a_citizen
    if not (of_staff or flow == returning.SUPPLEMENT):
        return False
    if asks_eligibility(work, conversation, inbox_id, text):
        return True
    if of_staff and policy_cases.told_without_asking(work, text):  # 我家建档立卡的 孩子念书费劲
        return _begin_check(work, conversation, inbox_id, text)
    if not of_staff or register.of_the_register(text):
        return False
    if intake.tells_harm(text):
        doubting.begin(work, conversation, inbox_id, text)
        policy_talk.tell_beside(work, conversation, inbox_id, text, intake.FLOW)
        return True
    failing.say(work, conversation, inbox_id, failing.UNCLEAR)
    return True


def _begin_check(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Open the self-check with what was told, the rule of it beside it."""
    if not redirecting.refuses(work, conversation, inbox_id):
        policy_talk.tell_beside(work, conversation, inbox_id, text, eligibility_talk.FLOW)
        eligibility_talk.start(work, conversation, inbox_id, text)
    return True


def _tells_harm_only(text: str) -> bool:
    """Whether harm is told and no carer is wished for: 换衣服的时候看见身上有青的."""
    return entrusted_planning.tells_harm(text) and not wishes.asks_to_arrange(text)


def _tells_on(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Whether who reported here just now only tells more of that child's family: 平时跟姥爷过 爸妈在外地打工. It is
    added; nobody begins a self-check for it. Who asks whether a child counts, or tells of his own, begins one."""
    own = emergencies.recent(work, conversation, text)
    asks = checking.asks(text) or question_forms.asks(text) or question_forms.own_case(text)
    if own is None or asks or not later.of_it(text):
        return False
    if own.received_at < work.now - JUST_TOLD and not emergencies.looked_up(work, conversation):
        return False
    return returning.add_to_own(work, conversation, inbox_id, text, meant=True)


def _send_to_the_page(work: Work, conversation: str, inbox_id: int) -> bool:
    if mailbox.take_effect(work, inbox_id, ANSWERED):
        redirecting.say(work, conversation, inbox_id)
    return True
