"""What is said in a report talk and by who comes back to it, beside what happened: who somebody is, that there is no
danger, a correction, a code, how it stands.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

from bot.reading.normalise import normalise

LONGEST_CORRECTION = 40
_I_AM = re.compile(
    "(?:我|俺|本人)(?:就)?是(?!谁|啥|什么|哪|[说问讲想要指怕觉]|看见|听|不是|因为)"
    "[^,，。;；!！?？\\s]{1,26}(?:[，, ]也是[^,，。;；!！?？\\s]{1,10})?"
)
_NO_DANGER = re.compile(
    "没(?:有)?(?:啥|什么|立即|眼前|即时|马上的?)*(?:的)?危险(?![吗么吧不?？])|(?<![里家边旁])没(?:有)?(?:人|谁)有危险(?![吗么吧不?？])"
    "|危险(?:倒|是|也|就|那|可|啥的|什么的)*(?:没有|没(?=$|[,，。 ]))(?![吗么吧不?？])"
)
_EXPECTS = re.compile(
    "(?:一会儿?|等[会下]儿?|早晚|迟早|还得|又得|马上|晚上|回来|今晚|明天)[^,，。]{0,5}(?:打|揍|削|动手|收拾|抽)|[怕恐][^,，。]{0,4}再"
)
_CLAUSE_ENDS = re.compile(r"[,，。;；!！?？\s]+")
_THEIR_LIFE = re.compile(
    "(?:爸|妈|爹|娘|爷|奶|姥|父母|家里?|他们|两口子)[^,，。]{0,8}(?:跑了|走了|没了|死|去世|过世|离|改嫁|再婚|结婚|瘫|判|进去了|出去打工|外出|打工|搬)"
)
_TELLS_DEED = re.compile("打|骂|揍|削|抽|踢|踹|掐|烫|饿|锁|没人管|不管|摸")
_UNHEARD = (
    "(?:没(?:有)?(?:啥|什么)?(?:动静|声音?|响)儿?|听不[见着到](?:啥|什么)?(?:动静|声音?|响)?儿?"
    "|(?:一点|半点|啥)(?:动静|声音?|响)?儿?(?:都|也)没(?:有)?|(?:不|没再)(?:哭|叫唤|喊|嚎)|静)(?:了|啦|呢|下来了?)"
)
_QUIET = re.compile(
    "(?:(?:就|到)?(?:现在|这会儿?|这阵儿?|眼下|目前|刚才)|又|倒是?|可|也|就|都|突然|忽然|里面|屋里|楼上|楼下|隔壁|对门|那[边屋])*"
    f"{_UNHEARD}(?:也?不(?:知)?道(?:是)?(?:咋|怎么)(?:的|回事|样|整)?(?:了)?|咋回事(?:啊)?|(?:挺|怪)?(?:吓|瘆)人)?"
    "|(?:现在|这会儿?|眼下|目前)(?:又|倒)?没(?:有)?(?:啥|什么)?(?:动静|声音?)儿?"
)
_NOT_HEARD = re.compile(f"{_UNHEARD}|没声儿?了|没人应|没人答应|没动静")
_SEEN = re.compile("快没|躺|倒[在着地了]|抱|怀里|抽|吐|昏|晕|摔|血|喘|呼吸|脸|叫不醒|摇|身上|不动|我跟前|看着他|看着她")
_ON_THE_WAY = re.compile(
    "(?:我|俺|我们)(?:人|现在|还)*在[^,，。]{1,10}(?:往回|赶回|回不去|回去得|得[^,，。]{1,4}(?:天|小时)|赶不回)"
)
_NEAR = re.compile("[我俺]家?(?:(?:的|那个|这个)*邻居|[东西南北前后][院屋]|对门|隔壁|楼上|楼下)")
_OF_KIN = re.compile(
    "[我俺]家?(?:的|亲|那个|这个|大|二|小|老)*(?:侄子|侄女|侄儿|侄|外甥女|外甥|表弟|表妹|堂弟|堂妹)"
    "|[我俺]家?(?:的|亲|大|二|小|老)*(?:姐姐?|妹妹?|弟弟?|哥哥?|小姨子|小舅子|大姑姐|大姑子|小姑子|连桥|嫂子|弟媳|表[姐妹哥弟]|堂[姐妹哥弟])家?的?(?:孩子|娃|儿子|闺女|姑娘|女儿|小子|丫头)"
)
_I_AM_KIN = re.compile(
    "(?:我|俺|本人)(?:就)?是(?:他|她|孩子|娃)(?:的|亲|老|大|二|三|四|五|小|表|堂)*(?:姑姑?|姨姨?|姨妈|舅舅?|舅妈|叔叔?|婶婶?|婶子|大爷|大娘|伯伯?|伯父|姑父|姨父|姐姐?|哥哥?|嫂子)(?![夫家])"
)
_KIN_ELSEWHERE = re.compile(f"(?:{_I_AM_KIN.pattern})[,， ]*(?:人)?(?:现在)?(?:在|搁)[^,，。 村屯镇乡]{{1,6}}$")
_ANOTHER_DAY = re.compile("昨天|昨儿|昨晚|昨夜|前天|前晚|前几天|大前天|上周|上星期|上个?礼拜|上个?月")
_NOW_TOO = re.compile("今|现在|这会|眼下|刚|正|还在|又开始|着呢|呢(?:$|[,，。!！ ])|快|救|马上|立刻|要(?:打|杀|死|来)")
_NO_CHILD = re.compile(
    "(?:没|没有)(?:啥|什么)?(?:小孩|孩子|娃)(?!.{0,3}(?:看|管|照))|不是(?:说)?孩子的?事|跟孩子没关系|(?:就是)?(?:唠唠|随便说说|闲唠)"
)
_ONE_CHILD = re.compile(
    "(?:这|那|个|我家|他家|她家|邻居|[一二两三俩仨])(?:个)?小?(?:孩子|孩|娃|小子|丫头|闺女|学生)|孩子[被让老总在没]|岁"
)
_OF_OTHERS = re.compile(
    "邻居|隔壁|对门|楼[上下](?:那|的|邻|一?家)|人家|同学|同桌|村里有|屯里有|别人家|亲戚家|[他她]们家"
)
_REPORTS = re.compile("反[映应]|举报|报告|报警|求助|救")
_VISIT = re.compile(
    "(?:让|叫|派|找)(?:个|你们的?|工作)?(?:人|人员|主任|儿童主任|督导员)[^,。!?;]{0,3}(?:来|联系|找|给我打|跟我)[^,。!?;吗么]{0,8}$"
)
_LOOK = re.compile(
    "(?:让|叫|请|找|派|麻烦|求)(?:个|一下|下|你们|您们|村里|村上|那|咱)*的?[^,。!?;我他她]{0,4}(?:主任|人|干部|网格员|督导员)[^,。!?;没不]{0,3}(?:去|来|上|到)[^,。!?;]{0,4}(?:看看|看一?眼|瞅瞅|瞅一?眼|看一?趟|瞧瞧|瞧一?眼|走一趟)"
)
_NOT_BUT = re.compile("(?:不是|不叫)(?P<old>[^,。;!?是]{1,12})[,。;! ]*(?:而?是|应该是|叫)(?P<new>[^,。;!?]{1,14})")
_PRONOUN = re.compile("(?:[我俺你您他她它咱]们?|人家|自己|这|那)?(?:孩子)?")
"""In the words told before it stands for many: 不是她 是我儿子 puts no 她 right."""
_CLAUSES = re.compile("[，,。;；!！ ]+")
_EXPLAINS = re.compile(
    "(?:紧?挨着|紧?挨边|隔壁那|离得近|名儿?(?:字)?(?:差不多|像)|[差错]一个字|[说写记整弄听](?:串|混|错|顺嘴)).*"
)
"""How the slip came about: 是青峰村 挨着的俩屯子."""
_NOTHING_YET = re.compile(
    "(?:想|要|来)?(?:报告|反映|举报|说)[^,，。]{0,8}(?:情况|事儿?|孩子|学生)|没(?:有)?(?:啥|什么)?危险|^我是|^我们?村|[你您]好"
)
_LIKE_A_CODE = re.compile("[0-9A-Za-z]{4,}|码|密")
_WRITTEN = re.compile("[0-9A-Za-z]")
_ASKS_HOW = re.compile(
    "查|进度|进展|结果|处理|办|咋样|怎么?样|怎么?说|反映的|举报的|报的|那事|那个事|下文|动静|消息|信儿"
)
LONGEST_AFTER = 24
_AFTER = re.compile(
    "(?:昨[天儿个晚]|前[天儿个]|前几天|头[几两]天|上回|上次|那天)[^,。!?;]{0,10}"
    "(?:(?:咋|怎么)样了?|咋整的?了|(?:去|来)人(?:没|了没|了吗)|有人(?:去|来|管)(?:没|了没|了吗|过没)|管没管|去没去|有(?:信儿?|结果|下文|消息)[没吗])[啊呀呢?]*$"
    "|(?:查|看)(?:一?下|查|看看?)?(?:现在)?(?:是|到)?(?:啥|什么|哪)?(?:进度|进展)(?:了)?[啊呀呢?]*$"
    "|(?:现在|这会儿?)(?:是)?(?:啥|什么)(?:进度|进展)了?[啊呀呢?]*$|(?:现在|都)?到哪一?步了?[啊呀呢?]*$"
    "|(?:办|处理)到哪(?:儿|里)?了[啊呀呢?]*$|进[度展](?:咋|怎么)样了?[啊呀呢?]*$"
)
_ONE = "(?:闺女|儿子|姑娘|小子|丫头|老大|老二|大的|小的|孩子|娃|[他她])"
_WHOM = re.compile(
    f"(?:对|嗯|是|就)?[ ,，]*(?:{_ONE}打了|打了{_ONE}?)[ ,，]+{_ONE}"
    "(?:没打着?|没挨打|(?:现在|这两天|后来|就)?(?:不爱|不咋|不太)(?:说话|吱声))[了。.]*"
)
_ANY_NEWS = re.compile(r"(?<![a-z])any (?:news|update|progress)(?![a-z])", re.IGNORECASE)
_BETTER = re.compile(
    "好多了|好些了|没事了|挺好的?|(?:给|还)(?:孩子|他|她)?(?:带|送|买|拿)了|吃饭了|(?:有人|女的|男的|主任|民警|警察)[^,，。]{0,6}(?:去|来)(?:看)?(?:了|过)"
)
_NAMES_IT = re.compile("(?:叫|名|名字|大名|小名|学名|姓|是)[是叫:：]?$")
_IS_CALLED = re.compile("叫|名|大名|小名|学名|姓")
_MOVED = re.compile(
    "转院|住院|[他她]?(?:姑|姨|舅|叔|奶|姥|爷|妈|爸)[^,。]{0,3}来接|接回|医院|转到|转去|送到|送去|送往|拉到|拉去|搬到|搬去|接走|带到|带去|救护车"
)
_TO_BE_ADDED = re.compile("[,，。 ]*(?:给我|帮我|都|把这个?)?(?:加上|记上|补上|写上|添上)[吧呗]?[。!！]*$")
_AGREED = re.compile("^(?:行|好|中|成)吧")


def i_am(text: str) -> str:
    """Who somebody says he is, in his own words (我是班主任，也是邻居); empty where it is not said."""
    found = _I_AM.search(text)
    return found.group() if found is not None else ""


def near(text: str) -> str:
    """The neighbours somebody tells of, whose parent or teacher he is not: 我家对门; empty: none."""
    found = _NEAR.search(text)
    return found.group() if found is not None else ""


def of_kin(text: str) -> bool:
    """Whether somebody tells of a child of his kin, not his own: 我侄女, 我弟弟的孩子."""
    return _OF_KIN.search(text) is not None


def i_am_kin(text: str) -> str:
    """Which of the child's kin somebody says he is, in his own words (我是她姑); empty where it is not said."""
    found = _I_AM_KIN.search(text)
    return found.group() if found is not None else ""


def on_another_day(text: str) -> bool:
    """Whether all that is told was on a day before: 昨天又打了孩子; not 昨晚打的 现在又打."""
    return _ANOTHER_DAY.search(text) is not None and _NOW_TOO.search(text) is None


def kin_elsewhere(text: str) -> bool:
    """Whether a place named is where kin of the child who writes is, a town far from it: 我是她姑 在长春."""
    return _KIN_ELSEWHERE.search(text) is not None


def of_others(text: str) -> bool:
    """Whether somebody tells of other people's children: 邻居家, 同桌."""
    return _OF_OTHERS.search(text) is not None


def no_child(text: str) -> bool:
    """Whether somebody says that no child is concerned: 我家没小孩, 就是唠唠."""
    return _NO_CHILD.search(text) is not None


def one_child(text: str) -> bool:
    """Whether words speak of one child: 邻居孩子, 那小子."""
    return _ONE_CHILD.search(text) is not None


def wants_to_report(text: str) -> bool:
    """Whether somebody says that he means to report: 我要反映个事."""
    return _REPORTS.search(text) is not None


def wants_visit(text: str) -> bool:
    """Whether somebody who told wants a person to come or call: 行吧 让人来跟我唠唠也行."""
    plain = normalise(text[:80]).text
    return len(text) <= LONGEST_CORRECTION and _VISIT.search(plain) is not None and "?" not in plain


def wants_look(text: str) -> bool:
    """Whether somebody far away wants a person to look in at home, also as a question: 能不能让王主任去家瞅一眼."""
    return len(text) <= LONGEST_CORRECTION and _LOOK.search(normalise(text[:80]).text) is not None


def expects_it(text: str) -> bool:
    """Whether somebody expects that it begins again, whatever is so now: 没现在打 一会儿就得打."""
    return _EXPECTS.search(text) is not None


def of_their_life(text: str, span: tuple[int, int], harm: bool) -> bool:
    """Whether the moment told is one of the family's life and not of the matter: 她妈去年就跑了, also beside what is
    told of the child. With harm told in the same clause (去年他妈跑了以后就老打) it is the matter's."""
    begins = max((found.end() for found in _CLAUSE_ENDS.finditer(text, 0, span[0])), default=0)
    ends = next((found.start() for found in _CLAUSE_ENDS.finditer(text, span[1])), len(text))
    clause = text[begins:ends]
    return _THEIR_LIFE.search(clause) is not None and not (harm and _TELLS_DEED.search(clause))


def no_danger(text: str) -> bool:
    """Whether somebody says in so many words that there is no danger: 没啥危险. 没危险吧 asks."""
    return _NO_DANGER.search(normalise(text).text) is not None


def gone_quiet(text: str) -> bool:
    """Whether a clause only says that nothing is to be heard, and of nobody (现在没动静了): it may be over, or somebody
    lies there. 孩子没动静了 tells of the child, and is no such words."""
    return any(_QUIET.fullmatch(clause) for clause in _CLAUSES.split(text))


def only_unheard(text: str) -> bool:
    """Whether nothing more is heard of somebody, and nothing is seen of him: 那家孩子没声了, 屋里喊也没人应."""
    said = normalise(text).text
    return _NOT_HEARD.search(said) is not None and _SEEN.search(said) is None


def on_the_way_back(text: str) -> bool:
    """Whether a place named is where the writer is, on his way home: 我在延吉呢 正往回赶."""
    return _ON_THE_WAY.search(text) is not None


def not_but(text: str) -> tuple[str, str] | None:
    """What was told and what holds instead, as it was written: 不是初一二班，是初一三班. None: nothing is put right."""
    if len(text) > LONGEST_CORRECTION:
        return None
    plain = normalise(text)
    found = _NOT_BUT.search(plain.text)
    if found is None:
        return None
    old, new = (plain.original[slice(*plain.span(*found.span(part)))].strip() for part in ("old", "new"))
    new = _EXPLAINS.split(_CLAUSES.split(new)[0])[0] or new  # 不是初一二班 是初一三班 打错字了
    return None if _PRONOUN.fullmatch(old) else (old, new)


def told_characters(text: str) -> int:
    """Characters of the clauses that tell something: 你好，我要反映个情况 tells nothing yet."""
    return sum(len(one) for one in _CLAUSES.split(text) if not _NOTHING_YET.search(one))


def like_a_code(text: str) -> bool:
    """Whether words speak of a code, or try one: 码丢了, A3F9."""
    return _LIKE_A_CODE.search(text) is not None


def letters(text: str) -> int:
    """How many figures and Latin letters there are, as in a code that was copied wrong."""
    return len(_WRITTEN.findall(text))


def asks_how_it_stands(text: str) -> bool:
    """Whether words may ask what became of a report: 那事咋样了."""
    return _ASKS_HOW.search(text) is not None


def asks_after_it(text: str) -> bool:
    """Whether somebody asks what became of what he told days ago: 昨天那孩子咋样了, 前天那事儿去人没, any news."""
    asks = _AFTER.search(normalise(text).text) or _ANY_NEWS.search(text)
    return len(text) <= LONGEST_AFTER and asks is not None


def says_whom(text: str) -> bool:
    """Whether words only say which of the children was struck, or how that child has been since: 闺女打了 儿子没打着,
    打了 娃不爱说话. What happens anew (又打了) is none."""
    return _WHOM.fullmatch(text.strip()) is not None


def good_news(text: str) -> bool:
    """Whether somebody tells that it is better, or that help came: 孩子今天好多了, 有个女的去了 给带了棉袄."""
    return _BETTER.search(text) is not None


def speaks_of_taking_back(text: str) -> bool:
    """Whether words speak of taking a report back at all: 撤了会咋样."""
    return "撤" in text


def calls_the_child(text: str, start: int, end: int) -> bool:
    """Whether what stands there only tells how the child spoken of is called: 孩子叫王小明."""
    return _IS_CALLED.match(text[start:end]) is not None or _NAMES_IT.search(text[:start]) is not None


def brought_elsewhere(text: str) -> bool:
    """Whether somebody tells that a child is in another place now, which is no other matter: 送到县医院了."""
    return _MOVED.search(text) is not None


def without_wishes(text: str) -> str:
    """What is to be added to a report, without the words that ask for it: 行吧 他昨晚又喝酒了，给我记上吧."""
    return _TO_BE_ADDED.sub("", _AGREED.sub("", text))
