"""To which story words turn by what they name, while another is fresh here: the check of one's own child
(接着查我闺女算不算, 昨天测的结果 低保批了), or a list nobody says the name of (村里让我在这登记).

Any text is taken; nothing here raises."""

from __future__ import annotations

import re

from bot.reading.entrusted import leaving
from bot.reading.families import checking
from bot.reading.normalise import normalise
from bot.reading.reports import later, reporting
from bot.reading.talk import question_forms

LONGEST = 60
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s]+")
_OURS = "(?:给|帮|替)?(?:我们?|俺们?|咱们?)?(?:家)?(?:孩子|娃|闺女|姑娘|儿子|小子|孙子|孙女)?"
_GOES_ON = re.compile(
    f"(?<!们)(?:接着|继续|还是|回头|再|重新|往下){_OURS}(?:查|测|算|评)(?!账)|(?:接着|继续)(?:说|整|弄)?(?:刚才|那会儿|头前)[^,。]{{0,4}}(?:查|测|算)"
)
_BACK = re.compile(
    "(?:接着|继续|还是|回头)(?:说|问|办|整|弄|唠|聊|来)(?:说|问)?(?:刚才|那会儿|头前|前面|之前|上午|昨天|那个)"
    "|(?:刚才|头前|前面|之前|昨天)(?:那个|的|那事)[^,。]{0,3}(?:接着|继续|还差|没[问说办弄]完)|说回(?:刚才|前面|头前)"
    "|(?:我|俺|咱)[^,。]{0,6}(?:那个|的)(?:测的|算的)?结果"
)
_WHERE_WERE_WE = re.compile(
    "(?:整|说|唠|聊|问|办|弄|查|测|填|讲|记|算)到(?:哪|啥地方)"
    "|^(?:那|行|好|咱)*(?:接着|继续)(?:来|问|查|测|整|办|弄)(?:吧|呗|啊)*$"
)
"""刚才整到哪了, 接着来吧: of the talk before the report, which asks no such thing."""
_TO_TALK = re.compile("(?:接着|继续|还是|回头|再|先|说回)(?:说|问|办|整|弄|唠|聊|来)?")
_CARER = re.compile("委托|托付|托给|托(?:他|她|孩子|娃|人)|照护|照看|找人带")
_WANTS_CHECK = re.compile("(?:也|还|再|想|要|帮|给|能)[^,。]{0,4}(?:查查|测测|算算|(?:查|测|算)一下|查一查|测一测)")
_WANTS_AID = re.compile("(?:能|有没有|给不给|可以)[^,。]{0,8}(?:钱|补助|救助|补贴|待遇)[^,。]{0,2}[不吗没么]?$")
_REPORTED = re.compile(
    "(?:刚才|刚刚|昨天|昨儿|上午)那个?(?:孩子|丫头|小子|娃|小孩)|"
    "(?:刚才|刚刚|昨天|昨儿|上午|前面|之前|我)(?:举报|报|反映|报告|说)(?:的)?(?:那个|那事|那家|那孩子|那件)|(?:举报|报上去|反映)的?那(?:个|事|家|孩子)"
)
_HANDS = re.compile(
    "也[^,。]{0,6}(?:交|转|报|递)(?:给|到|上)[^,。]{0,2}(?:他|她|主任|儿童主任|村里|镇里|上头|工作人员)|也(?:交|转)(?:上去|过去)"
)
_OTHERS = re.compile("(?:你们|他们|警察|民警|派出所|公安|主任|干部)[^,。]{0,3}(?:接着|继续|再|重新)")
_CHECKED_BEFORE = re.compile(
    "(?:昨天|昨儿|前天|刚才|刚刚|上回|上次|之前|早上|上午|头前)[^,。]{0,5}(?:测|查|算)(?:的|过|完|出|了|那)[^,。]{0,4}"
    "|(?:测|算)(?:的|出来的?)(?:那个)?结果"
)
_GRANTED = re.compile("(?:低保|低收入|特困|五保|残疾证|孤儿证|事实无人)[^,。]{0,6}(?:批|办|下|拿到|评上|到手|有了)")
_LOOK_AGAIN = re.compile(f"(?:再|重新|重){_OURS}(?:看|瞧|算|测|评|判)|改成|改一下|改改")
_OF_OWN = re.compile(
    "(?:我|俺|咱)们?(?:自己)?(?:家|的|这|俩|大|小|老)*"
    "(?:孩子|娃|闺女|女儿|姑娘|儿子|小子|丫头|孙子|孙女|外孙|老大|老二|自己)"
    "|(?:我|俺|咱)们?(?:自己)?家"
)
_OF_US = re.compile("[我俺咱](?:们)?(?:俩|两口子|家|男人|老公|媳妇|老婆|对象|爱人|自己|也|要|得|打算|寻思|想|下|明)")
_STANDING = re.compile("我[^,。]{0,4}(?:离婚|离异|单亲|丧偶|再婚|残疾)|(?:我家?|俺家?)[^,。]{0,6}(?:低保|户口|特困)")
_OF_OTHERS = re.compile("(?:他|她|人)家|他们|那家|那孩子|[他她](?:爸|妈|爹|娘)")
_NEARBY = re.compile(
    "(?:村|屯|楼[上下里]?|[前后大东西南北]院|小区|班[上里]?|学校|[东西南北]头|街)[^,。]{0,4}(?:有个|有一?家|那家|[老小].家|那个|那户)"
)
_CHILD = re.compile("孩子?|娃|小子|丫头|闺女|姑娘|儿子|孙|老大|老二|大的|小的|学生|同桌|同学")
_WORRYING = re.compile(
    "哭|喊|嚎|叫唤|打|骂|揍|伤|青|饿|冻|瘦|脏|没人(?:管|看|照)|不管|不上学|不念|旷课|锁|跪|害怕|不敢|扔|偷|捡"
)
_LISTS = re.compile("登记|填(?:个|一?张|份)?表|报(?:个|一?下)?名")
_SENT_HERE = re.compile(
    "(?:村|屯|社区|主任|书记|干部|老师|学校|镇|人家|他们|上面)[^,。]{0,6}(?:让|叫|喊|通知|说)|让(?:我|俺|咱)|(?:在|上|到)(?:你)?(?:这|哪)"
)
_LIST_NAMED = re.compile(
    "委托|照看|照护|照顾|托(?:付|给)|留守|困境|走访|低保|残疾|打工|外出|户口|孩子|娃|情况|结婚|失业|求助|拐|报警|日志|档案|邀请码|码"
)


def turns_to_check(text: str, *, waits: bool, made: bool) -> bool:
    """Whether words turn to the check of one's own child. `waits`: one is half done here, so that 接着查 is enough;
    `made`: one was done here of late, so that 低保批下来了 再给看看 is."""
    said = normalise(text).text
    if len(text) > LONGEST or _OTHERS.search(said):
        return False
    own = _OF_OWN.search(said) is not None and question_forms.own_case(text)
    if own and (checking.asks(text) or _WANTS_CHECK.search(said) or _WANTS_AID.search(said)):
        return True
    if waits and checking.asks(text) and not _OF_OTHERS.search(said):
        return True
    if waits and (any(one.search(said) for one in (_GOES_ON, _BACK, _CHECKED_BEFORE)) or _asks_where(text)):
        return True
    granted = _GRANTED.search(said) is not None and _LOOK_AGAIN.search(said) is not None
    return (granted and (made or waits or own)) or (made and _CHECKED_BEFORE.search(said) is not None)


def plans_to_leave(text: str) -> bool:
    """Whether somebody is about to leave a child of his own with another (我男人要出去打工 孩子能不能托给我婆婆): a new
    matter, whatever was reported before."""
    return _OF_US.search(normalise(text[:LONGEST]).text) is not None and leaving.wants_care(text)


def turns_to_carer(text: str) -> bool:
    """Whether somebody goes back to the half-done wish for a carer: 接着说托他二姨的事."""
    said = normalise(text).text
    back = _TO_TALK.search(said) is not None and _CARER.search(said) is not None
    back = back or _BACK.search(said) is not None or _asks_where(text)
    return len(text) <= LONGEST and not _OTHERS.search(said) and back


def _asks_where(text: str) -> bool:
    """Whether a clause asks where the talk stood, or only says that it goes on."""
    return any(_WHERE_WERE_WE.search(normalise(one).text) for one in _CLAUSES.findall(text))


def names_report(text: str) -> bool:
    """Whether somebody tells more of what he reported, by that name: 刚才举报那个 他爷爷叫张有福."""
    said = normalise(text).text
    return len(text) <= LONGEST and _REPORTED.search(said) is not None and not question_forms.asks(text)


def asks_of_report(text: str) -> bool:
    """Whether somebody asks how it is with what he reported, or presses for it: 昨天我报的那事 谁去他家了."""
    said = normalise(text).text
    named = _REPORTED.search(said) is not None and (question_forms.asks(text) or later.presses(text))
    return len(text) <= LONGEST and (named or (later.presses(text) and later.scolds(text)))


def hands_over_another(text: str) -> bool:
    """Whether another child is to be handed over like the one before: 大孙子那个也交给他啊."""
    said = normalise(text).text
    return len(text) <= LONGEST and _HANDS.search(said) is not None and _CHILD.search(said) is not None


def may_be_of_check(text: str) -> bool:
    """Whether words that are added to a report may be of the check of one's own child as well: 低保今天批下来了."""
    said = normalise(text).text
    of_check = any(one.search(said) for one in (_GRANTED, _CHECKED_BEFORE)) or _STANDING.search(said) is not None
    return of_check and len(text) <= LONGEST and _OF_OTHERS.search(said) is None


def beside_the_check(text: str) -> str:
    """What such words say besides: 没有 不想 就是累 刚才那个接着查吧 → 没有，不想，就是累."""
    every = _CLAUSES.findall(text[:LONGEST])
    first = next((at for at, one in enumerate(every) if _turns(one)), len(every))
    return "，".join(every[:first])


def worries_for_others(text: str) -> bool:
    """Whether something worrying is told of other people's child, and nothing asked: 隔壁那家孩子天天哭."""
    said = normalise(text).text
    others = reporting.of_others(said) or _NEARBY.search(said) is not None
    told = others and _CHILD.search(said) is not None and _WORRYING.search(said) is not None
    return told and not question_forms.asks(text) and _OF_OWN.search(said) is None


def names_no_list(text: str) -> bool:
    """Whether somebody was sent to be put on a list and does not say on which: 村里让我在这登记, 让填个表 在哪填."""
    said = normalise(text).text
    sent = _LISTS.search(said) is not None and _SENT_HERE.search(said) is not None
    return sent and len(text) <= LONGEST and _LIST_NAMED.search(said) is None


def _turns(clause: str) -> bool:
    said = normalise(clause).text
    if any(one.search(said) for one in (_GOES_ON, _BACK, _CHECKED_BEFORE, _GRANTED, _LOOK_AGAIN)) or checking.asks(
        clause
    ):
        return True
    if _WHERE_WERE_WE.search(said) or re.fullmatch("(?:那|行|好|咱)*(?:接着|继续)(?:说|唠|来)?(?:吧|呗|啊)*", said):
        return True
    return re.search("^(?:昨天|昨儿|前天|刚才|上回|上次)(?:的|那个|那事)$", said) is not None
