"""Where a policy question may come in: by itself, in the middle of any flow, with Rasa away. None loses its place.

`decide` is the one place that says what becomes of words that Rasa took for something else and that may ask what the
plan says: the rule is answered instead, or told beside what was meant, or not at all.
"""

from __future__ import annotations

from bot.reading.entrusted import wishes
from bot.reading.families import checking, family, rule_wanted
from bot.reading.families.family_answers import denies_one_by_one, only_denies
from bot.reading.measures import codes
from bot.reading.policy import own_records, policy_words
from bot.reading.reports import fitting, reporting
from bot.reading.staff import work_asked
from bot.reading.talk import answers as short
from bot.reading.talk import question_forms, talk_words
from bot.services import drafts, flows
from bot.services.casework import reports
from bot.services.contact import joining
from bot.services.eligibility import talk as eligibility_talk
from bot.services.eligibility import told_beside
from bot.services.eligibility import wishes as eligibility_wishes
from bot.services.mail import mailbox
from bot.services.reporting import coming_back, doubting, intake, returning, worries
from bot.services.staff import accounts
from bot.services.talk import (
    open_question,
    policy_answers,
    policy_cases,
    policy_following,
    policy_situations,
    policy_telling,
    redirecting,
    rules_asked,
)
from bot.services.talk.meaning import LISTS, SURE, Meant
from bot.services.talk.opened import whats_open
from bot.services.talk.policy_needed import BY_NAME, FOR_A_STRANGER, FOR_STAFF, FOR_THE_JOINED, NEVER, needed
from bot.services.talk.policy_needed import STAFF as STAFF
from bot.services.talk.policy_situations import AKIN, OUT_OF_SCOPE, STRANGE, THEMES
from bot.services.talk.policy_situations import BESIDE as BESIDE
from bot.services.talk.policy_situations import INSTEAD as INSTEAD
from bot.services.talk.policy_situations import NO as NO
from bot.services.talk.policy_telling import MISTAKEN, UNSURE
from bot.services.work import Work

EFFECT, RULE = "words", "policy.beside"
SHORT_WISH, A_WISH = 10, 24
OF_ONES_WORK = frozenset({"mine_today", "visited", "phone_of"})
"""What staff ask of their own work and no rule answers: 今天该走访谁, 这个月走访了几家."""
MOST_TOLD = 2
"""Rules told beside words that ask nothing."""
HUMAN, BOT = "chat.human", "chat.bot"


MAY_ASK, TELLING, DOUBTED = 0.2, 0.3, 0.05
"""MAY_ASK: strength from which what sounds like a wish for 委托照护 waits for the classifier. TELLING: told harm or
grave concern is heard whatever is asked with it, the rule is told beside it at most. DOUBTED: how much less strongly
words must ask where the classifier was not sure of what it took them for."""
AFTER_A_RULE = (intake.FLOW, returning.STATUS, "entrusted")
"""Talks that nobody wants to begin who was just told a rule and asks for the next one, of nobody's child."""
PLACED = ("eligibility", "entrusted")
"""Talks that want the place, also where it stands beside a question about the rules."""
WISHED, RULED = 0.26, 0.12
"""RULED: from here who asks what is allowed (算不算, 犯法吗, 归谁管) hears the rule beside whatever else is said."""
RULES_BESIDE, NO_RULE = (eligibility_talk.FLOW, "visit"), ("emergency", "finding")
"""Flows in which a rule is asked for in the very words that answer, and questions to which only an answer counts."""
TOLD_BESIDE = ("place", "child_ref")
"""Questions of a report beside which other things are told."""
NO_ANSWER = ("chat.later.", OUT_OF_SCOPE, "chat.nothing_open")
"""Replies that would leave a question unanswered."""


def take(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """What the classifier took for a policy question. Told harm is a report all the same; once per message."""
    if not mailbox.take_effect(work, inbox_id, EFFECT):
        return
    if rule_wanted.asks_for_own(text) and not intake.tells_harm(text):
        if not redirecting.refuses(work, conversation, inbox_id):
            eligibility_talk.start(work, conversation, inbox_id, text)
        return
    plainly = policy_answers.plainly_asked(text) or policy_situations.only_of_a_rule(text)
    plainly = plainly or policy_following.puts_into_the_rule(work, conversation, text)  # 爹妈也不管呢
    if not plainly and returning.add_to_own(work, conversation, inbox_id, text):
        return
    if intake.tells_harm(text) and not plainly:
        if not redirecting.refuses(work, conversation, inbox_id):
            doubting.begin(work, conversation, inbox_id, text)
            tell_beside(work, conversation, inbox_id, text, intake.FLOW)
        return
    policy_answers.answer(work, conversation, inbox_id, text)


def decide(work: Work, conversation: str, text: str, otherwise: str, meant: Meant | None = None) -> str:
    """INSTEAD, BESIDE or NO: what becomes of a policy question in words taken for `otherwise`: a flow, the text key
    of a reply, or one thing families or staff ask for. What a told family counts as is told beside its
    own check, what a finder owes beside the report."""
    if otherwise == eligibility_talk.FLOW and rule_wanted.only_wants_check(text):
        return NO  # 看看算不算吧 小子十岁: the check begins, and whoever tells of his family reads no rule
    of_staff = otherwise in STAFF and accounts.member(work, conversation) is None
    if of_staff and (wanted := work_asked.read(text)) is not None and wanted.kind in OF_ONES_WORK:
        return NO  # 今天该走访谁 is asked of one's work: that it is for staff is all there is to say
    own = own_records.read(text) is not None
    if own and needed(work, conversation, otherwise) is FOR_A_STRANGER:
        return policy_telling.of_an_own_matter(work, conversation, otherwise, meant)
    if own or talk_words.of_the_talk(text):
        return NO
    of_a_rule = policy_situations.of_a_rule(text) or policy_telling.of_nobody_there(text)
    of_a_rule = of_a_rule or policy_following.narrows(work, conversation, text)
    if of_a_rule and needed(work, conversation, otherwise) not in (FOR_STAFF, FOR_THE_JOINED):
        return INSTEAD
    decided = _decide(work, conversation, text, otherwise, meant)
    if decided == NO and policy_telling.tells_of_a_rule(work, text, otherwise):
        return BESIDE
    if otherwise == intake.FLOW and policy_telling.only_counts(work, text):
        return INSTEAD
    if decided == NO and not otherwise.startswith("chat.") and policy_situations.in_doubt(text):
        return NO if needed(work, conversation, otherwise) in (FOR_STAFF, FOR_THE_JOINED) else BESIDE
    if decided == BESIDE and (of_staff or otherwise == OUT_OF_SCOPE):
        return INSTEAD  # nothing of staff's is done for a citizen, and whoever was told a rule was helped
    return (
        policy_situations.decide(work, conversation, text, otherwise, meant, of_staff=of_staff)
        if decided == NO
        else decided
    )


def _decide(work: Work, conversation: str, text: str, otherwise: str, meant: Meant | None) -> str:
    """The same by what is asked alone, however a family was told."""
    only_wished = otherwise == returning.SUPPLEMENT and len(text) <= SHORT_WISH  # 我再补两句行不 asks no rule
    only_wished = only_wished or (otherwise == returning.STATUS and bool(codes.find(text)))
    only_wished = only_wished or (otherwise == returning.STATUS and _own_one(work, conversation, text))
    only_wished = only_wished or (otherwise in ("chat.greet", BOT) and len(text) <= SHORT_WISH)  # 你是真人还是机器
    strength = None if only_wished else policy_answers.strength(text)
    agree = strength is not None and policy_answers.theme(text) in THEMES.get(otherwise, ())
    agree = agree or (otherwise in MISTAKEN and policy_answers.nearest_is_meant(work, text))
    if otherwise == HUMAN and (strength or 0.0) >= policy_answers.FAIRLY and not question_forms.wants_somebody(text):
        return INSTEAD
    of_us = otherwise.startswith("chat.") and otherwise not in NO_ANSWER and question_forms.to_us(text)
    ruled = question_forms.asks_for_rule(text)
    if of_us and not ruled:
        return BESIDE if agree and (strength or 0.0) >= policy_answers.STRONGLY else NO
    if _goes_on(work, conversation, text, otherwise):
        return INSTEAD
    if strength is None:
        return NO
    if otherwise == eligibility_talk.FLOW and (decided := _in_a_check(work, text, agree, meant)) is not None:
        return decided
    if otherwise == OUT_OF_SCOPE and strength < STRANGE and not (ruled or policy_answers.may_be_asked(text)):
        return NO
    strong = needed(work, conversation, otherwise)
    own = question_forms.own_case(text) or eligibility_talk.tells_much(work, text)
    doubted = meant is not None and meant.confidence < UNSURE
    trouble = intake.tells_trouble(text)
    unanswered = otherwise == OUT_OF_SCOPE and strength >= STRANGE  # 我家是辽宁的 这个好使不
    if (
        (unanswered or not own)
        and not trouble
        and strength >= min(strong.instead, strong.doubted if doubted else NEVER)
    ):
        return INSTEAD
    beside = min(strong.beside, TELLING) if trouble else strong.beside
    if own and otherwise not in BY_NAME and strong is not FOR_A_STRANGER:
        beside = max(beside, policy_answers.VERY_STRONGLY)
    if agree and (not own or otherwise == eligibility_talk.FLOW):  # 我报的那个事怎么还没结果 wants no rule
        beside = min(beside, AKIN)
    beside = _by_its_form(beside, text, ruled=ruled and not (otherwise == eligibility_talk.FLOW and own))
    return BESIDE if strength >= beside - (DOUBTED if doubted else 0.0) else NO


def _own_one(work: Work, conversation: str, text: str) -> bool:
    """Whether who reported here asks how that stands and nothing of the rules: 有人去看了吗."""
    of_rules = policy_words.speaks_of_the_plan(text) or question_forms.asks_for_rule(text)
    theirs = talk_words.of_an_own_report(text) or reports.of_conversation(work, conversation) is not None
    return theirs and not of_rules


def _by_its_form(beside: float, text: str, *, ruled: bool) -> float:
    """How strongly words must ask, when it is seen whether they ask at all."""
    if not question_forms.asks(text):
        return max(beside, WISHED)  # 我要办委托照护 wants something done and asks nothing
    return min(beside, RULED) if ruled else beside


def _in_a_check(work: Work, text: str, agree: bool, meant: Meant | None) -> str | None:
    """Words taken for the self-check of one's own child. 孩子交给我妹带了 跟老师说一声够不够: our own reading is sure
    that what is asked is not what the child counts as. None: nothing is decided by that."""
    if agree and policy_telling.of_nobodys_child(work, text):
        return INSTEAD
    if not agree and question_forms.asks_for_rule(text) and policy_answers.plainly_asked(text):
        sure = policy_answers.nearest_is_meant(work, text) and not question_forms.own_case(text)
        return INSTEAD if sure or (meant is not None and meant.confidence < UNSURE) else BESIDE
    own = question_forms.own_case(text) and len(text) <= A_WISH and checking.asks_what_it_counts_as(text)
    if own and not agree and not family.read(text, work.today).found:
        return NO  # 帮我看看我们家算哪档
    if _ruled_at_length(text, agree=agree):
        return BESIDE  # 二级的够不够“三级以上” asks for the rule, whoever it is asked for
    return NO if eligibility_talk.asks_only_for_own(work, text) else None


def _ruled_at_length(text: str, *, agree: bool) -> bool:
    """Whether words ask for a rule with so much of what it is about that they do not only wish for a check."""
    long = len(text) > A_WISH and question_forms.asks_for_rule(text)
    enough = policy_answers.FAIRLY if agree else policy_answers.STRONGLY
    return long and (policy_answers.strength(text) or 0.0) >= enough


def _goes_on(work: Work, conversation: str, text: str, otherwise: str) -> bool:
    """Whether a short question goes on from the policy answer just given, where nothing else is likelier."""
    of_nobody_here = needed(work, conversation, otherwise) is FOR_A_STRANGER  # 我俩就去俩月呢 plans no visit
    likely = otherwise.startswith((*NO_ANSWER, "chat.greet")) or otherwise == eligibility_talk.FLOW or of_nobody_here
    on_the_matter = otherwise in MISTAKEN or (of_nobody_here and not question_forms.own_case(text))
    if on_the_matter and policy_following.stays_on_the_matter(work, conversation, text):
        return True
    if otherwise == eligibility_talk.FLOW and policy_following.goes_on_asking(work, conversation, text):
        return not eligibility_talk.asks_for_own(text) and not eligibility_talk.tells_much(work, text)
    if otherwise in AFTER_A_RULE and not intake.tells_harm(text) and policy_following.carries_on(text):
        theirs = otherwise == returning.STATUS and reports.of_conversation(work, conversation) is not None
        if not theirs and policy_following.follows(work, conversation, text):
            return True
    if otherwise in AFTER_A_RULE and policy_following.goes_on_asking(work, conversation, text):
        theirs = otherwise == returning.STATUS and reports.of_conversation(work, conversation) is not None
        return not (theirs or question_forms.own_case(text) or intake.tells_trouble(text))
    return likely and not intake.tells_trouble(text) and policy_following.follows(work, conversation, text)


def serve(work: Work, conversation: str, inbox_id: int, text: str, otherwise: str, meant: Meant | None = None) -> bool:
    """Answer a policy question instead of `otherwise`, or tell the rule before it, where it need not wait
    (`waits_for_danger`). True: nothing else is to be done.

    The caller has claimed the message's one effect.
    """
    what = decide(work, conversation, text, otherwise, meant)
    what = INSTEAD if what == BESIDE and otherwise == intake.FLOW and _only_asks(text, meant) else what
    if what == INSTEAD:
        policy_answers.answer(work, conversation, inbox_id, text)
    elif what == BESIDE and not waits_for_danger(otherwise, text):
        most = 1 if otherwise == eligibility_talk.FLOW else MOST_TOLD  # the check itself says what it comes to
        policy_answers.beside(work, conversation, inbox_id, text, most=most)
    return what == INSTEAD


def _only_asks(text: str, meant: Meant | None) -> bool:
    """Whether words doubtfully taken for a report only ask what a parent owes: 听说得每周联系是吧."""
    told_of = intake.tells_trouble(text) or reporting.of_others(text) or reporting.wants_to_report(text)
    return meant is not None and meant.confidence < SURE and question_forms.asks(text) and not told_of


def waits_for_danger(otherwise: str, text: str) -> bool:
    """Whether these words begin a report, or tell without asking: danger is asked about first (`tell_beside` after)."""
    if otherwise != intake.FLOW:
        return False
    return intake.tells_harm(text) or policy_cases.duty(text) is not None or not question_forms.asks(text)


def tell_beside(
    work: Work, conversation: str, inbox_id: int, text: str, otherwise: str, meant: Meant | None = None
) -> None:
    """Tell the rule beside what words were taken for, where they ask for it as well."""
    if decide(work, conversation, text, otherwise, meant) == BESIDE:
        most = 1 if otherwise == intake.FLOW else None  # whoever tells of a child in trouble reads no list of rules
        policy_answers.beside(work, conversation, inbox_id, text, most=most, begun=True)


def may_ask(text: str) -> bool:
    """Whether words may ask one of ours as well as wish for something; then somebody must say which of the two."""
    if policy_situations.of_a_rule(text):
        return True
    return question_forms.asks(text) and (policy_answers.strength(text) or 0.0) >= MAY_ASK


def tell_of_a_wish(work: Work, conversation: str, inbox_id: int, text: str) -> None:
    """Who plainly wants another carer and tells what a rule speaks of (两头都不改) hears it, once per message."""
    of_a_rule = not wishes.tired(text) and decide(work, conversation, text, "entrusted") == BESIDE
    if of_a_rule and all(one.key != RULE for one in mailbox.replies_to(work, inbox_id)):
        policy_answers.beside(work, conversation, inbox_id, text, most=1, begun=True)


def asks(text: str) -> bool:
    """Whether our own reading is sure of a policy question that tells no trouble, or of a situation of a rule."""
    return policy_situations.of_a_rule(text) or (policy_answers.plainly_asked(text) and not intake.tells_trouble(text))


def asks_or_follows(work: Work, conversation: str, text: str) -> bool:
    """The same, or a short question that goes on from an answer just given here."""
    return asks(text) or policy_following.follows(work, conversation, text)


def asks_on(work: Work, conversation: str, flow: str, text: str, meant: Meant) -> bool:
    """Whether who was just told a rule asks for the next one in a self-check (得重病的就算没有监护能力呗): nobody of a
    family is named, so that it tells nothing of one. The classifier must be sure that it asks."""
    if flow != eligibility_talk.FLOW or meant.aside_while("") != policy_answers.KEY:
        return False
    if eligibility_wishes.answers_itself(text, "fact"):
        return False  # 那到底算不算呢
    of_somebody = question_forms.own_case(text) or question_forms.names_somebody(text)
    return (
        not of_somebody
        and question_forms.asks_for_rule(text)
        and policy_following.goes_on_asking(work, conversation, text)
    )


def aside(work: Work, conversation: str, inbox_id: int, flow: str, text: str, meant: Meant) -> bool:
    """Answer a policy question asked in the middle of a flow. The caller asks the open question again. False: none."""
    draft = drafts.current(work, conversation, flow)
    lists = meant.intent in LISTS and meant.confidence >= SURE
    if draft is None or lists or short.short_answer(text) is not None or talk_words.of_the_talk(text):
        return False
    if policy_answers.no_question(text) or (flow == eligibility_talk.FLOW and not rule_wanted.asked(text)):
        return False  # 就四月底吧 answers, whatever it was taken for
    sure = meant.aside_while(draft.asked or "") == policy_answers.KEY
    if not sure and not asks_or_follows(work, conversation, text):
        return False
    policy_answers.answer(work, conversation, inbox_id, text)
    return True


def go_on(work: Work, conversation: str, inbox_id: int, flow: str, text: str) -> str | None:
    """After `aside`: the open question comes again; a place told beside the question (我在延吉 能补助多少) is taken."""
    where = fitting.place_beside(text) if flow in PLACED else ""
    if flow == eligibility_talk.FLOW and (answer := told_beside.answer_in(work, conversation, text)):
        where = answer
    if where:
        return flows.FLOWS[flow].turn(work, conversation, inbox_id, where, Meant())
    if flow == joining.FLOW and open_question.shortly(work, conversation, inbox_id, flow):
        return whats_open(work, conversation).asked
    return flows.FLOWS[flow].start(work, conversation, inbox_id, told_rasa=True)


def beside_answer(work: Work, conversation: str, inbox_id: int, flow: str, text: str) -> None:
    """Words that answer an open question and plainly ask one of ours as well hear the rule, then the talk goes on."""
    draft = drafts.current(work, conversation, flow)
    if flow not in RULES_BESIDE or draft is None or draft.asked in NO_RULE:
        return
    if flow == eligibility_talk.FLOW and _beside_supposed(work, conversation, inbox_id, text):
        return
    if flow == eligibility_talk.FLOW and eligibility_wishes.answers_itself(text, draft.asked or "fact"):
        return
    if not question_forms.asks(text) or question_forms.wants_no_answer(text) or only_denies(text):
        return
    if denies_one_by_one(text) or (flow == eligibility_talk.FLOW and not rule_wanted.asked(text)):
        return  # 没残疾 低保没有
    parts = [text, *question_forms.asking_parts(text, together=1)]
    asked = max(parts, key=lambda part: policy_answers.strength(part) or 0.0)
    if (policy_answers.strength(asked) or 0.0) >= policy_answers.STRONGLY:
        policy_answers.beside(work, conversation, inbox_id, asked)


def _beside_supposed(work: Work, conversation: str, inbox_id: int, text: str) -> bool:
    """Who supposes another family in a check (那要是他妈也走了呢) hears its rule beside what that would come to."""
    if eligibility_wishes.asks_money(text):
        return False
    supposed = policy_situations.supposed(work, conversation, text)
    rules = policy_cases.of_facts(supposed)[:1] if supposed else ()
    if rules:
        policy_answers.tell(work, conversation, inbox_id, rules)
    return bool(rules)


def beside_told(work: Work, conversation: str, inbox_id: int, text: str, meant: Meant) -> None:
    """In a report: words that tell nothing that was asked for, and ask one of ours (要是不报有没有事), hear the rule.

    What is surely a question is answered in its place (`aside`), and not here as well.
    """
    draft = drafts.current(work, conversation, intake.FLOW)
    if draft is None or draft.asked not in TOLD_BESIDE or not question_forms.asks(text):
        return
    answered = meant.aside_while(draft.asked) is not None or fitting.asks_us(text)
    answered = answered or worries.of_duty(drafts.answers(work, draft), text)
    if answered or asks_or_follows(work, conversation, text) or rules_asked.asked(text):
        return
    elsewhere = fitting.target(draft.asked, text) not in (None, draft.asked)
    if elsewhere and (policy_answers.strength(text) or 0.0) >= policy_answers.FAIRLY and not intake.tells_harm(text):
        policy_answers.beside(work, conversation, inbox_id, text)


def ask_open_question(work: Work, conversation: str, inbox_id: int, flow: str | None) -> None:
    """Something was answered beside an open flow: its question comes again, its place is not lost."""
    if flow == intake.FLOW:
        coming_back.come_back(work, conversation, inbox_id)
    elif flow == joining.FLOW and open_question.shortly(work, conversation, inbox_id, flow):
        return
    elif flow is not None and flow in flows.FLOWS:
        flows.FLOWS[flow].start(work, conversation, inbox_id, told_rasa=True)
    elif flow in (returning.STATUS, returning.SUPPLEMENT):
        returning.ask_again(work, conversation, inbox_id, flow)
