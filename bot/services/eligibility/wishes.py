"""What a message wants of the check itself, whatever is asked: people, a paper, the result, how much is left."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.care import eligibility
from bot.services.eligibility import answer, asking, handing, keeping, page
from bot.services.eligibility.state import Check
from bot.services.mail import mailbox
from bot.services.work import Work
from bot.storage.tables import Draft

_DISAGREES = re.compile(
    "不同意|不服|不认可|算错了|不公平|你们?(?:弄|搞)错|(?:觉得|结果|算得|这个?)不[对准]|有问题"
    "|(?:do ?n.?t|do not|dis) ?agree",
    re.I,
)
_DISAGREES_PLAINLY = re.compile("不同意|不服|不认可|算错了|(?:do ?n.?t|do not|dis) ?agree", re.I)
"""Said so outside of a result too; 不对 there corrects what was told."""
_IMPATIENT = re.compile(
    "哪来(?:那么|这么)多|(?:这么|那么|咋这)多(?:问题|事)|问[个起来]?没完|还有(?:几个|多少)[^,，。]{0,2}(?:问|题)|还(?:要|得)问"
    "|磨叽|墨迹|啰嗦|罗嗦|啥时候(?:是个头|问完)|问完[没了吗]|(?:too|so|how) many (?:more )?question|how much longer",
    re.I,
)
TO_PEOPLE = re.compile(
    "(?<![别不没])(?<!不要)(?<!不想)(?:找|交给|转给)[^，。]{0,4}主任|(?:帮我|给我|给俺|替我)找个?人(?:问|看|说|办|$)"
    "|^(?:那|就)?谁(?:能|可以|来)(?:来)?帮"
)
_WANTS_RESULT = re.compile(
    "(?:够了|算了|算留守|算困境|符合|成了)[是吗]?吧|(?:你就说|到底|直接说)[^，。]{0,3}(?:能不能|算不算|够不够|行不行)|那就是(?:说不准|不算|算)|这[样么]算不算"
    "|给不给算|给个(?:结论|准话|痛快话|说法)|到底[^，。]{0,6}(?:算|够)|简单点?说|直接(?:告诉我|说)|(?:留守|困境)[^,，。]{0,5}(?:不算|算)了?(?:呗|吧|吗|不)|(?:啥时候|什么时候|哪天|多久)(?:才|就)?能算|能(?:给|享受)(?:点|个)?(?:啥|什么)"
)
"""Who wants to hear how it stands, though not everything is asked."""
_ON_PAPER = re.compile("打印|打一[张份]|给[我俺](?:打|印)|[存留]一[张份]|保存|(?<![a-z])print", re.I)
_THANKS = re.compile("^(?:好的?|行)?[，, ]*(?:谢谢|多谢|谢了|感谢|thank)", re.I)
_THANKS_AND_GOES = re.compile(
    "^(?:明白|知道|整明白|妥|行|好|中|好嘞|成|先这样)了?[,，。 ]*(?:谢谢|多谢|谢了|感谢)[^,，。？?]{0,5}[。!！]*$"
    "|^(?:妥了|行了|好了)?[,，。 ]*(?:整明白|弄明白|都?明白|清楚)了[,，。! ]*(?:谢谢[你您]?)?$"
)
"""Who has heard enough in the middle, and says goodbye."""
_COMES_BACK = re.compile("(?:等|过)(?!(?:一?下|一?会))[^,。]{1,6}再来?(?:问|测|看看)|到时候?(?:我)?再来?(?:问|测)")
INTERRUPTS = re.compile("影响|重新算|从头算|断没断|白算")
"""Whether a visit home interrupts the months away."""
_SAID_ALREADY = re.compile("不用(?:再)?从头|别从头|不用重来|(?:都|早|刚才|已经)(?:跟你)?(?:说|讲|答)过了")
_DUTIES = re.compile(
    "(?:[这那]|眼下|现在|还差|期间)[^,，。]{0,4}(?:个?月|阵子|段时间|期间|会儿)[^,，。]{0,6}(?:有[啥什]么?|还?[得该要]|需要)[^,，。]{0,4}(?:做|办|干|注意)"
)
"""What parents owe meanwhile, whatever the months come to."""
_SAY_IT_AGAIN = re.compile(
    "结果(?:呢|是啥|是什么|再|给)|再说一[遍次]|(?:看|要)(?:一下)?结果|(?:show|see|the) result", re.I
)
_HANDS_OVER = re.compile(
    "(?<![别不没])(?<!不要)(?<!不想)(?:递|转|交|报|送)(?:给|到)[^,，。？?]{0,5}(?:主任|村里|村上|社区|民政|镇上|乡里|街道)"
    "|(?:告诉|通知)(?:她|他|主任|村里)[^,，。]{0,2}一声"
    "|(?:让|请|叫)[^,，。？?]{0,5}主任(?:来|上门|过来|到家|去家里|来家)[^,，。？?]{0,5}(?:吧|呗|就行|$|[,，。 ])"
    "|(?:递|转|交|报)(?:上去|过去|一下)(?:吧|呗|得了|就行|$|[,，。 ])|(?:交|转|报)(?:上)?吧"
)
_NOT_YET = re.compile("[吗么?？]|能不能|要不要|用不用|先不|再说|怎么|咋|谁|哪")
SHORT = 24
"""Characters within which such words are all that is meant."""
Wish = Callable[[Work, Draft, Check, int], str | None]


def hands_over(text: str) -> bool:
    """Whether somebody says in so many words that what he told is to go to people: 你给递上去吧 找俺们村主任就行."""
    return _HANDS_OVER.search(text) is not None and _NOT_YET.search(text) is None


def wanted(text: str, asked: str) -> Wish | None:
    """What a message wishes, to be called with the check; None: it wishes nothing of that.

    `asked`: what is open, "result" once the result was given.
    """
    at_the_end, brief = asked == "result", len(text) <= SHORT * (2 if text.isascii() else 1)
    if at_the_end and _DISAGREES.search(text):
        return _review
    if not brief:
        return None
    wishes: tuple[tuple[re.Pattern[str], bool, Wish], ...] = (
        (TO_PEOPLE, True, _hand),
        (_DISAGREES_PLAINLY, True, _review),
        (_ON_PAPER, at_the_end, _paper),
        (_SAY_IT_AGAIN, at_the_end, asking.show),
        (_THANKS, at_the_end, _welcome),
        (_SAID_ALREADY, not at_the_end, _all_kept),
        (_DUTIES, True, _duties),
        (_THANKS_AND_GOES, not at_the_end, _goodbye),
        (_WANTS_RESULT, not at_the_end, _so_far),
        (_IMPATIENT, not at_the_end, _so_far),
    )
    return next((wish for words, now, wish in wishes if now and words.search(text)), None)


def _hand(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    return handing.begin(work, draft, check, inbox_id, handing.HANDED)


def _review(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    return handing.begin(work, draft, check, inbox_id, handing.REVIEW)


def _paper(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    page.say(work, draft.conversation, inbox_id)
    return draft.asked


def _welcome(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    mailbox.say(work, draft.conversation, "chat.thank", reply_to=inbox_id)
    return asking.again(work, draft, check, inbox_id)


def comes_back(text: str) -> bool:
    """Whether somebody means to ask again when the time has come: 再等俩月我再来问."""
    return len(text) <= SHORT and _COMES_BACK.search(text) is not None


def answers_itself(text: str, asked: str) -> bool:
    """Whether the check has an answer of its own to what is asked in it, so that no rule is told beside it."""
    return bool(wanted(text, asked)) or comes_back(text) or INTERRUPTS.search(text) is not None


def duties_asked(text: str) -> bool:
    """Whether somebody asks what parents owe meanwhile: 那这俩月我们有啥得做的不."""
    return len(text) <= SHORT and _DUTIES.search(text) is not None


def _duties(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    mailbox.say(work, draft.conversation, "eligibility.duties", reply_to=inbox_id)
    return asking.again(work, draft, check, inbox_id)


def _all_kept(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    mailbox.say(work, draft.conversation, "eligibility.all_kept", reply_to=inbox_id)
    return asking.again(work, draft, check, inbox_id)


def _goodbye(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """How it stands goes with the goodbye; what was told waits a day, or a week where the family agrees."""
    if check.facts:
        _tell_so_far(work, draft, check, inbox_id)
    if not keeping.offer(work, draft, inbox_id):
        mailbox.say(work, draft.conversation, "eligibility.done", reply_to=inbox_id)
        asking.back_to_idle(work, draft)
    return None


def _so_far(work: Work, draft: Draft, check: Check, inbox_id: int) -> str | None:
    """Who wants the result now hears how it stands and how much more there is; the open question stays."""
    _tell_so_far(work, draft, check, inbox_id)
    return asking.again(work, draft, check, inbox_id)


def _tell_so_far(work: Work, draft: Draft, check: Check, inbox_id: int) -> None:
    on = work.today
    args = {
        "outcomes": answer.so_far(check.facts, on, in_english=check.english),
        "n": eligibility.questions_left(check.facts, on),
    }
    mailbox.say(work, draft.conversation, "eligibility.so_far", args, reply_to=inbox_id)
