"""What people answer beside a plain yes and no: a yes or no with more behind it, words that answer nothing, giving up
and going on, and questions to us. The words are in `data/lexicon/replies.txt` and `questions.txt`.
Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.reading.lexicon import lines, regex
from bot.reading.normalise import FRESH, normalise
from bot.reading.reports import told, why_not
from bot.reading.talk.answers import LONGEST_OPENER, only_agrees, short_answer

LONGEST_QUESTION, LONGEST_IN_ENGLISH = 26, 90
LONGEST_CLAUSE = 20
LONGEST_WORRY = 120
WORRY = "worry."
"""Keys of `questions.txt` that are found in a longer message too, and beside whatever else it tells."""
ASKS_AGAIN = "(?:等|过)(?!(?:一?下|一?会))[^,。]{1,6}再来?(?:问|测|看看)"
"""Words of who means to ask again after some time: 再等俩月我再来问."""
LONGEST_LATER = 20
"""Characters within which words of breaking off are all that is meant."""
_CODE_WANTED = re.compile(
    "(?:查询码|码|号码?)(?:呢|给我|给俺|发我|是多少|多少|发一下|发过来)|给(?:我|俺|个)[^,。]{0,3}(?:查询)?码"
    "|(?:查询码|码|号)(?:我|俺)?(?:都|已经|给)?(?:抄|记|存|截图?|拍)(?:下|住|好|上)?(?:了|来了)"
    "|给(?:我|俺)个?号(?=我|俺|自己|$|[,。!])|get a (?:number|code)"
)
_REPORT = "(?:举报|报告|反映|上报|报的|那个?(?:事|条|份)|那件事|申诉|投诉)"
_NO_MORE = (
    "[^,。他她你们人给孩]{0,3}(?:不(?:想|打算|愿意)再?(?:弄|报|整|办|追究|查|管|举报|反映|告)|(?:不|别)再?(?:弄|报|整|追究|继续|举报|反映)了)"
    "了?[吧啊呗]*(?:$|[,。!~ ])"
)
_TAKE_BACK = "(?:撤回|撤销|撤掉|撤下来|撤了|撤)"
_WANTS_TO = "(?:这个|那个|这事儿?|对|嗯|我|俺|要|想|帮|给|请|麻烦|先|还是|就|快|把|能不能|能|可以|那|你们?|您)*"
_WITHDRAWS = re.compile(
    f"^{_WANTS_TO}{_TAKE_BACK}[^,。 ]{{0,6}}{_REPORT}|{_REPORT}{_WANTS_TO}{_TAKE_BACK}"
    f"|(?:那个|那条|那份|之前|上次|上回|昨天|昨儿|前天|前几天)[^,。]{{0,4}}(?:举报|报告|反映|报)的?[^,。]{{0,5}}{_NO_MORE}"
    f"|(?:我|俺)的?(?:举报|报告)[^,。]{{0,5}}{_NO_MORE}"
)
_TAKES_IT_BACK = re.compile(f"^{_WANTS_TO}(?:撤回|撤销|撤掉|撤了吧)(?:它|一下)?[吧啊呗]*(?=$|[,。!;~ ])")
"""我撤了 is said by who only goes."""
_WANTS_IT_BACK = re.compile(
    f"{_WANTS_TO}(?:(?:撤回来?|撤销|撤掉|撤了?吧|(?<=[想要能把])撤了)|(?:我|俺)?说撤就撤|撤了(?=行|可以|成|好))(?:行不行|行[吗不]|可以吗|成不|好不好)?[吧啊呗]*"
)
_KEEPS_IT = re.compile("(?:先别|别|不|不用|先不|就不)(?:撤|撤回|撤销|撤了)")
"""Of a report that is asked about: 那先别撤了."""
_NO_REPORT = re.compile("^(?:那|就|我|俺|还是|算了|,|。)*(?:不想|不|别)再?(?:举报|报)了[吧啊呗]*(?:算了)?[吧了。!]*$")
_HOW = re.compile("怎么|怎样|咋|如何|[?？]")
LONGEST_BACK = 28
LONGEST_TALE = 40
_MORE_TO_COME = re.compile(
    "(?:那|我|俺|还|再|想|要|能|能不能|得|需要|,)*(?:补充|加|补|多说|再说)(?:一|两|几|个|点)*(?:句|下|点|条|个事|情况)?(?:话|情况)?"
)
_NO_NAME = re.compile(
    "(?<![他她孩娃])(?:不想|不愿意?|不敢|不能|不方便|别|不要|能不|可以不|就不|先不|不)(?:留|写|说|报|透露|提|登)(?:我的?|俺的?|自己的?|真)*(?:大?名字?|姓名|身份)(?!不)"
    "|^(?:我|俺|就|那|想|要)*匿名(?:吧|的|行不行?|行吗|举报|反映)*$"
)
_NO_NUMBER = re.compile(
    "(?:电话|号码?|微信|联系方式|手机)[^。]{0,24}(?:不留|不给|(?:别|不想|不敢|不愿意?|不能|没法|不方便)[留给])|(?:电话|手机|号码?)(?:就|那|还是|可)*(?:算了|免了)"
    "|(?:不|不想|不敢|不愿意?|不能|没法|不方便)[留给](?:你们?|您)?(?:我的?|个)?(?:电话|号码?|微信|联系方式|手机)"
)
_NEWS = re.compile("(?:有(?:了)?(?:信儿?|消息|进展|结果|动静))[^,。]{0,4}(?:告诉|通知|回|跟我|吱|说)(?!不用)")
_BEGINS = re.compile(
    "(?:那个啥?|那啥|你好|您好|同志|行了|不跟你[贫闹逗]了|真|我|俺|想|要|来|跟你们?|向你们?|得)*(?:报告|举报|反映|反应|上报|报|说)(?:一下|一个|个|点|件)*"
    "(?:孩子的?)?(?:事儿?|情况|问题)(?:吧|啊|呗|儿)?|(?:我?要)?(?:报告|举报)"
    "|(?:行了|不跟你[贫闹逗]了|说正经的|正经的|我|,)*真有(?:个|件)?事儿?(?:要?(?:跟|和|向)你们?)?(?:说|讲|反映)?"
)
_ONLY_HERE = re.compile(
    "(?:别|不用|不要|甭)(?:再|给我|给俺|往我这)?打(?:我)?电话|电话(?:就)?(?:别|不用|不要)打(?!我?(?:手机|座机|家))"
    "|(?<![他她人])(?:在|就|用)(?:这儿|这里|这上面|这上头|这)(?:儿|里)?(?:回|说|告诉|联系|找|通知)[^,。]{0,4}(?:就行|就好|就成|就中|行了|吧)?$"
    "|^(?:就|那|还是|行)*(?:这儿|这里|这上面|这上头)(?:回|说|告诉|联系|通知)(?:我|俺)?(?:就)?(?:行|中|好|成|吧|呗|了)*$"
)
_HERE = re.compile("(?:就|那|还是|行|在)*(?:这儿|这里|这上面|这上头)(?:吧|呗|就行|就中|行)?")
_RESUMES = re.compile(
    "^(?:那|行|好|来|咱们?|我|俺)*(?:继续|接着)[吧呗啊]*$|^(?:那|行|好|来|咱们?|我|俺|闺女|姑娘)*,?(?:接着|继续)(?:说|办|整|弄|来|测|问|聊|唠|答|填|查|往下|昨天|上回|上次|刚才|前天)"
    "|^(?:我|俺)?(?:又)?(?:回来|忙完|下班|下工|歇着|有空)了?[, ]*(?:咱们?|你|我|那)?(?:(?:接着"
    "|继续)(?:说|问|答|测|来|聊|唠)?|(?:刚才)?(?:说|问|答)到哪儿?了?|你?问吧)[吧呗了?]*$"
    "|^(?:那|咱|刚才|前面|上回)?(?:说|问|答|聊|测|唠)(?:到)哪儿?了[?]?$|^(?:那|你)?往下(?:问|说|测)[吧呗]?$"
    "|^(?:刚才|上回|上次|昨天|前面)(?:那个|的)?[, ]*(?:接着|继续)(?:来|测|说|问|答)?[吧呗]?$"
    "|(?:刚才|刚刚|上午|下午|早上|中午|昨天|上回|上次)[^,。!?;]{0,4}(?:测|查|那个|的|算)[^,。!?;]{0,3}(?:的)?结果(?![^,。]{0,3}(?:单|报告))"
    "|(?:昨天|昨儿|上回|上次|刚才|前天|那)[^,。!?;]{0,8}(?:事儿?|孩子|娃|丫头|小子|姑娘),?(?:咱|我|还|再)?(?:接着|继续)(?:说|唠|聊|报|往下|来|讲)?"
    "|(?:昨天|昨儿|上回|上次|刚才|前天)[^,。!?;]{0,4}(?:说|问|办|测|聊|唠|弄|整)(?:到)?(?:哪|一半|半截)"
    "|(?:刚才|方才|头前)(?:问|说|测)[^,。!?;]{0,8},?(?:还|咱|再)?(?:接着|继续)(?:问|说|测|来)"
    "|还是(?:问|测|说|办|接着)[^,。]{0,3}吧|你?昨天说到哪|刚才说到哪"
    "|^(?:好|行|完事?|忙完|打完|接完|回来|来|了|那|嗯|哦|我|咱|你|,)*(?:刚才?)?(?:说|问|唠|聊|整|弄)到(?:哪|啥地方)(?:儿|里)?(?:了|来着|啦)*[?]?$"
    "|(?:我|俺)是(?:昨天|昨儿|上回|上次|前天)[^,。!?;]{0,10}(?:的|那个)|(?:我|俺)?(?:这|那)个?事儿?还在(?:吗|不|么)|(?:昨天|昨儿|前天|上回|上次|刚才)(?:还|话)?没(?:说|唠|聊|答|回|弄|整)完"
    "|^那?(?:我|俺|咱)?家?(?:这|那)?个?(?:侄[女子]|外甥女?|孙[子女]|外孙女?|孩子|闺女|儿子|姑娘|女儿)(?:的|那个?|这个?)事儿?(?:呢|咋[办整]|怎么办)[?]?$"
)
_TALKS = {
    "entrusted": re.compile("委托|托付|托给|照护|手续|(?:看|带|照看)孩子"),
    "eligibility": re.compile("留守|困境|符合|条件|测|算不算"),
    "visit": re.compile("走访|登记"),
}
_LATER = re.compile(
    "(?:剩下的?|余下的?|其余的?|没写完的)[^,。]{0,6}(?:再|回头|晚上|回去)[^,。]{0,2}(?:补|写|记|填|弄)|(?:晚上|回头|回去|一会儿?)再(?:补|记|写|填)"
    f"|{ASKS_AGAIN}"
    "|(?:明个|明儿个?|明天|改天|回头|过后|下回|有空|晚点|(?:周|礼拜|星期)[一二三四五六日天]|过[两几]天)(?:再|接着)(?:说|办|整|弄|聊|问|测|答|来)|[我俺]得(?:去)?睡觉了?"
    "|^(?:(?:不用转|先不转|不转)了?,?)?(?:行|好)?,?先这[么样]着?吧?$|^等[下会]儿?,?(?:来活|忙|有事|开会|上工)"
)
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")
_TAKES_BACK = re.compile(
    r"(?:[,，。;；\s…]|(?<=岁))(?:哦|噢|啊|等等|等下)?(?:不对不对|不对(?!劲|头|外|付)|(?:我)?(?:说|打|记|写)?错了)"
    r"[,，。\s]*(?:应该)?(?:是|叫|改成)?(?P<new>[^,，。\s]\S*.*)$",
    re.DOTALL,
)
_STILL_WRONG = re.compile("^(?:不对|错了|哎呀|是|[,，。 ])+")
_SLIP = re.compile("^[^,，。]{1,8}那是|(?:说|记)(?:秃噜|差|串|错|岔)")
"""不对 广隆那是我老丈人家 这边叫双井村: what is said of the slip itself is not what holds."""
_CHANGES = re.compile("(?<![不没])(?:改|更正|错了|弄错|不对(?!劲|头)|重新)")
_ANSWERING = re.compile("回|联系|打扰|消息|用不着|不用|必要|找我|告诉我|通知|信")
_GRUMBLES = re.compile(
    "^(?:你们?|您|自己|派人)[^,，。]{0,6}(?:查|看|问|去|找|打听)[^,，。]{0,4}$|^(?:问我干啥|问我干嘛|问这干啥|管那么多)"
)


_AGREES_TO_HELP = re.compile(
    "^(?:嗯+|好|行|中|可以|那|好的|行吧)[,，。 ]*(?:那|就|你们?|您)?(?:帮我|给我|替我)?"
    "(?:找|让|请|叫|派)(?:个|一个)?(?:人|主任|儿童主任|村里)"
    "(?![^,，。]*(?:快|赶紧|救|马上))[^,，。]{0,6}(?:看|问|去|管)"
)
"""嗯 你帮我找人看看 takes up what was offered, and says of danger nothing that it is so."""


@dataclass(frozen=True)
class Lead:
    """The yes or no an answer begins with, whether it only agrees, and the words behind it as they were written."""

    kind: str
    agrees: bool
    rest: str


def lead(text: str) -> Lead | None:
    """The yes or no a message begins with. None: neither, or its no belongs to what follows (没有 大人管)."""
    kind, agrees, end = None, False, 0
    for clause in _CLAUSES.finditer(text[:200]):
        said = _kind(clause.group())
        if said is None or (kind is not None and said[0] != kind):
            break
        kind, agrees, end = said[0], said[1] and (agrees or kind is None), clause.end()
    if kind is None:
        return None
    rest = text[end:].strip(" \t\n,，。;；!！、~…")
    if kind == "no" and rest and set(told.read(_bare(text)).signs) - set(told.read(_bare(rest)).signs):
        return None
    agrees = agrees or (kind == "yes" and _AGREES_TO_HELP.match(text) is not None)
    return Lead(kind, agrees, rest)


def _kind(clause: str) -> tuple[str, bool] | None:
    plain = short_answer(clause)
    if plain in ("yes", "no"):
        return plain, only_agrees(clause)
    if plain is None and _whole("agree", clause):
        return "yes", True
    return ("no", False) if plain is None and _whole("safe", clause) else None


def agrees(text: str) -> bool:
    """Whether a whole message only agrees to something, in more words than a short answer."""
    return _whole("agree", text)


def is_safe(text: str) -> bool:
    """Whether a clause of a message says that nothing is happening at this moment."""
    return any(_whole("safe", clause.group()) for clause in _CLAUSES.finditer(text[:200]))


def is_empty(text: str) -> bool:
    """Whether a message has no content of any answer: 刚才说了, 就知道这些, 别烦我."""
    return _all_clauses(text, "empty")


def refuses_reply(text: str) -> bool:
    """Whether a message says that no word back is wanted: 不用回我了."""
    return _whole("no_reply", text) or _all_clauses(text, "no_reply")


def refuses_name(text: str) -> bool:
    """Whether somebody says that he leaves no name, and of nobody else: 我不想留名 都是街坊."""
    plain = normalise(text[:80]).text
    return len(text) <= LONGEST_BACK and _NO_NAME.search(plain) is not None and not told.read(text).signs


def leaves_no_contact(text: str) -> bool:
    """Whether somebody says that he leaves no number: 要我电话？就不留了, 电话不留 你给我号."""
    return len(text) <= LONGEST_TALE and _NO_NUMBER.search(normalise(text).text) is not None


def wants_reply(text: str) -> str | None:
    """Whether a message says that a word back is wanted, "yes" (可以联系我 就用这里回复) or "no"; None: neither."""
    if refuses_reply(text):
        return "no"
    return "yes" if _all_clauses(text, "reply") else None


def contact_wish(text: str) -> str | None:
    """How somebody who told wants to hear: "here" (别打电话 就在这儿说), "no" (不用联系我 我自己查); None: no wish."""
    if refuses_reply(text):
        return "no"
    said = [normalise(one).text for one in (text[:80], *_CLAUSES.findall(text[:80]))]
    return "here" if len(text) <= LONGEST_TALE and any(map(_ONLY_HERE.search, said)) else None


def wants_word_here(text: str) -> bool:
    """Whether somebody who leaves no number agrees to hear of it all the same: 可以联系我 但我电话不想留."""
    said = _CLAUSES.findall(text[:80])
    agreed = any(short_answer(one) == "yes" or _whole("reply", one) for one in said)
    return agreed or contact_wish(text) == "here" or any(map(_HERE.fullmatch, said))


def wants_news(text: str) -> bool:
    """Whether somebody asks to hear of it, whatever else he says: 行 交吧 有信儿告诉我一声."""
    return _NEWS.search(normalise(text[:80]).text) is not None


def looks_himself(text: str) -> bool:
    """Whether somebody means to ask with his code and wants no word: 不留电话 我自己查."""
    return any(_whole("no_reply", one) for one in _CLAUSES.findall(text[:80]))


def begins_a_report(text: str) -> bool:
    """Whether words only say that something is to be told, and nothing of it: 那个啥 我反应个事儿, 报告."""
    return _BEGINS.fullmatch("".join(_CLAUSES.findall(text[:40]))) is not None


def is_about_answering(text: str) -> bool:
    """Whether words speak of writing back at all, so that a no in them refuses it."""
    return _ANSWERING.search(text) is not None


def unsure_first(text: str) -> str | None:
    """What stands behind a first clause that knows no answer (不知道！天天打 → 天天打); None: it knows one."""
    first = _CLAUSES.search(text[:200])
    if first is None or short_answer(first.group()) not in ("unsure", "skip"):
        return None
    return text[first.end() :].strip(" \t\n,，。;；!！?？、~…")


def knows_nothing(text: str) -> bool:
    """Whether somebody knows no answer and only grumbles about the question: 不知道！你们自己去查."""
    rest = unsure_first(text)
    return bool(rest) and (_GRUMBLES.search(str(rest)) is not None or is_empty(str(rest)))


def gives_up(text: str) -> bool:
    """Whether somebody would rather not report, in more words than a short answer: 算了 多一事不如少一事."""
    said = _CLAUSES.findall(text[:200])
    stops = [short_answer(one) == "cancel" or _whole("give_up", one) for one in said]
    reasons = [one for one, stop in zip(said, stops, strict=True) if not stop]
    each = bool(said) and (not reasons or (stops[0] and len(text) <= LONGEST_TALE and all(map(_says_why, reasons))))
    return each or _all_clauses(text, "give_up") or (withdraws(text) and not keeps_it(text))


def _says_why(clause: str) -> bool:
    return why_not.is_only(clause) or why_not.goes_another_way(clause)


def withdraws(text: str) -> bool:
    """Whether somebody takes back what was reported: 我那个举报不想弄了, 撤了吧 算了 不举报了. 怎么撤 asks."""
    plain = normalise(text[:200]).text
    if len(text) > LONGEST_BACK or _HOW.search(plain):
        return False
    if any(_WANTS_IT_BACK.fullmatch(one) for one in _CLAUSES.findall(text)):
        return True
    asks_it = _WITHDRAWS.search(plain) is not None or _TAKES_IT_BACK.search(plain) is not None
    return asks_it and not told.read(text).signs


def keeps_it(text: str) -> bool:
    """Whether somebody leaves a report standing after all: 那先别撤了 补一个."""
    return _KEEPS_IT.search(normalise(text[:60]).text) is not None


def reports_no_more(text: str) -> bool:
    """Whether somebody only says that he reports no more (不举报了): of an earlier report, that takes it back."""
    return len(text) <= LONGEST_BACK and _NO_REPORT.search(normalise(text).text) is not None


def announces_more(text: str) -> bool:
    """Whether somebody only says that he has more to tell: 我再补充一句."""
    return _MORE_TO_COME.fullmatch(normalise(text[:40]).text.strip("。.!！?？吗行不可以")) is not None


def submits(text: str) -> bool:
    """Whether somebody hands over what was told, and tells nothing with it: 交吧, 没了 提交, 赶紧吧 我还有病人."""
    said = _CLAUSES.findall(text[:200])
    hands = any(_whole("submit", one) for one in said) or wants_the_code(text)
    return hands and len(text) <= LONGEST_BACK and not told.read(text).signs and "?" not in normalise(text).text


def no_more(text: str) -> bool:
    """Whether somebody says that there is no more to tell: 行 没别的了, 就这些."""
    each = [one for one in _CLAUSES.findall(text[:200]) if short_answer(one) != "yes"]
    return bool(each) and all(_whole("no_more", one) for one in each)


def calls_now(text: str) -> bool:
    """Whether somebody says that he telephones now, as he was told to: 行我现在打. It is nobody who beats."""
    said = [one for one in _CLAUSES.findall(text[:200]) if short_answer(one) != "yes"]
    return (bool(said) and all(_whole("calling", one) for one in said)) or _whole("calling", text)


def goes_on(text: str) -> bool:
    """Whether somebody who had stopped wants to go on after all: 我还是说吧, 真能匿名啊 那还是报吧."""
    said = _CLAUSES.findall(text[:LONGEST_TALE])
    beside = [one for one in said if not _whole("go_on", one)]
    wanted = len(beside) < len(said) and not any(map(gives_up, beside)) and len("".join(beside)) <= LONGEST_LATER
    return wanted or _whole("go_on", text)


def wants_the_code(text: str) -> bool:
    """Whether somebody has said all and wants the code: 行 就这些 码给我."""
    return len(text) <= LONGEST_LATER and _CODE_WANTED.search(normalise(text).text) is not None


def resumes(text: str) -> bool:
    """Whether somebody comes back to what was left half done: 接着整, 昨天说哪儿了, 我是昨天问孙子的那个老太太."""
    return len(text) <= LONGEST_BACK and _RESUMES.search(normalise(text).text) is not None


def talk_named(text: str) -> str | None:
    """Which talk is meant by who comes back to it, by its noun: 那接着说委托那个事吧; None: none is named."""
    return next((talk for talk, words in _TALKS.items() if words.search(text)), None)


def later(text: str) -> bool:
    """Whether somebody breaks off for now and means to go on another time: 明个再说, 先这么着 改天接着办."""
    return len(text) <= LONGEST_LATER and _LATER.search(normalise(text).text) is not None


def wants_change(text: str) -> bool:
    """Whether a short message says that something before it was wrong."""
    plain = _bare(text)
    return len(plain) <= LONGEST_OPENER and _CHANGES.search(plain) is not None


def taken_back(text: str) -> str | None:
    """What holds instead, where a message corrects itself: 叫小刚 8岁 不对 是9岁 → 9岁."""
    found = _TAKES_BACK.search(text[:400])
    if found is None:
        return None
    new = _STILL_WRONG.sub("", found["new"].strip())
    return without_slips(new)


def without_slips(text: str) -> str:
    """A correction without what it says of the slip itself: 六月份那是去年 今年是二月二 → 今年是二月二."""
    clauses = _CLAUSES.findall(text)
    left = [one for one in clauses if not _SLIP.search(one)]
    return " ".join(left) if left and len(left) < len(clauses) else text


@lru_cache(maxsize=FRESH)
def question(text: str) -> str | None:
    """Key of the question to us that a short message asks: how_long, fee, …, or a text key with a dot; else None."""
    plain = normalise(text[:200]).text
    if not plain or len(plain) > (LONGEST_IN_ENGLISH if plain.isascii() else LONGEST_QUESTION):
        return None
    return next((key for key, pattern in _questions() if not key.startswith(WORRY) and pattern.search(plain)), None)


def worry(text: str) -> str | None:
    """What somebody who tells of a child is unsure of doing (能不能先不报警), whatever else he says. None: nothing."""
    plain = normalise(text[:LONGEST_WORRY]).text
    return next((k.removeprefix(WORRY) for k, said in _questions() if k.startswith(WORRY) and said.search(plain)), None)


def _bare(text: str) -> str:
    return "".join(_CLAUSES.findall(normalise(text[:200]).text))


def _all_clauses(text: str, kind: str) -> bool:
    """Whether every clause is of the kind, or all of them read together."""
    clauses = _CLAUSES.findall(text[:200])
    return bool(clauses) and (all(_whole(kind, one) for one in clauses) or _whole(kind, text))


def _whole(kind: str, text: str) -> bool:
    plain = _bare(text)
    return 0 < len(plain) <= LONGEST_CLAUSE and _phrases(kind).fullmatch(plain) is not None


def _compiled(phrase: str) -> re.Pattern[str]:
    return re.compile(regex(phrase).replace(f"?{re.escape('*')}", "*"))


@cache
def _phrases(kind: str) -> re.Pattern[str]:
    split = (line.partition(":") for line in lines("replies.txt"))
    return re.compile("|".join(f"(?:{_compiled(phrase).pattern})" for name, _, phrase in split if name == kind))


@cache
def _questions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    split = (line.partition(":") for line in lines("questions.txt"))
    return tuple((name.strip(), _compiled(phrase)) for name, _, phrase in split)
