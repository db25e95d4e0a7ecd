"""Which question a message answers: the one that was asked, if it fits there; else where it belongs."""

from __future__ import annotations

import re

from bot.reading import danger
from bot.reading.measures import numbers_of, quantities
from bot.reading.persons import naming
from bot.reading.reports import asides, reporting, told
from bot.reading.reports.asides import wants_secrecy
from bot.reading.talk import purposes, question_forms, replies
from bot.reading.talk.answers import is_opener, short_answer
from bot.reading.where import places

OWN_WORDS = frozenset({"what", "when", "child_ref", "safe_contact", "reporter_type", "unit"})
"""Questions whose answers are kept in the person's own words."""
FITTED = OWN_WORDS | {"place"}
LONGEST_ASIDE, LONGEST_NAME = 30, 8

_A_TIME = re.compile(
    "[天日月年周点号夜晚早午]|时候|星期|礼拜|久|一直|经常|总|老是|刚|现在|以前|之前|最近|开始|后来|放假|开学|还|过年|前阵|前段|[入开上]冬|[春夏秋冬]|"
    "不了|没再|[0-9]"
)
_NO_TIME = re.compile(
    "[0-9一二三四五六七八九十]年级?[(（]?[0-9一二三四五六七八九十]{1,2}[)）]?班|[天年月][^,，。]{0,2}(?:没|不|只)[^,，。]{0,2}[吃喝睡洗]"
)
_WITH_WHOM = re.compile(
    "(?:我|俺|就|是|现在|平时|都|家里)*(?:跟|和|随|有|就)(?:着|我|俺)?(?:爷爷?|奶奶?|姥姥|姥爷|爸爸?|妈妈?|爷爷奶奶|爷奶|姑姑?|大姨|姨|叔叔?|舅舅?|姐姐?|哥哥?)(?:一起|一块儿?|过|住|俩|们)*"
)
_A_CHILD = re.compile("岁|叫|姓|年级|[0-9一二三四五六七八九十]班|小名|名字|学生")
_ENGLISH_TIME = re.compile(
    "(?<![a-z])(?:since|ago|last|yesterday|today|tonight|now|often|always|every|sometimes|still|(?:day|week|month|year)s?|morning|evening|night)(?![a-z])",
    re.IGNORECASE,
)
_ENGLISH_CHILD = re.compile(
    "(?<![a-z])(?:called|named|name is|aged|years? old|(?:is|about) [0-9]{1,2}|grade|class)(?![a-z])", re.IGNORECASE
)
_GRADE = re.compile("[一二三四五六七八九1-9]年级|[初高][一二三]|(?:男|女)(?:孩|生|的)|小(?:子|小子|丫头|姑娘)")
_A_FLOOR = re.compile("[0-9一二三四五六七八九十]{1,3}(?:楼|单元|栋|号院|组)")
_A_DOER = re.compile(
    "(?:打人|动手|欺负人|施暴|下手)的|(?:主任|书记|村长|支书|会计|干部|校长)(?:他|的|家)?(?:侄|外甥|小舅|亲戚)"
)
_A_SPOT = re.compile(
    "[村屯镇乡县市区里路街院楼门沟河桥山店厂旁边头]|社区|学校|附近|对面|隔壁|后身|跟前|这儿|那儿|这边|那边|这块|那块|疙瘩|旮旯"
    "|家(?=$|[,，。 里后前隔旁对那东西南北住附])"
)
_CLAUSE = re.compile("[^,，。;；!！?？ ]+")
A_CLAUSE, LONGEST_PLACE = 4, 16
"""Of a place that we do not know each clause of more characters names a spot, and the whole is no tale."""
_OF_THE_FAMILY = re.compile(
    "(?:爸妈|爹妈|父母|[他她]爸|[他她]妈|爸爸|妈妈|爹|娘)[^,，。]{0,4}(?:在|走|没|不|打工|离)|跟[^,，。我你]{1,4}(?:过|住)"
)
"""Who tells where parents are, or with whom a child lives, does not say who he is himself."""
_TELLS_ON = re.compile(
    "(?:孩子|娃)(?!的|他|她|姑|姨|舅|叔|伯|婶|老师|邻居|家|爸|妈|爷|奶|姥|班|学校|同学|亲|朋)|(?<!认)没(?:有|人)?[^,，。]"
    "|不(?!是|认识|熟|想|说|方便|告诉|留|知|愿|能|敢|在)|给(?:口|点|了|他|她|孩子)|^(?:早上|中午|晚上|夜里|天天|每天)"
    "|^[他她]?(?:爷爷?|奶奶?|姥姥|姥爷|爸爸?|妈妈?)(?!$|的|家|同|朋|爷|奶|爸|妈|姥|[,， ])"
)
"""What is told of the child or its home does not say who writes: 家里没有炉子, 孩子晚上不敢睡."""
_HOW_TO_CALL = re.compile(
    "(?:别|不要|可以|能|最好|等|晚上|白天|下班|中午)[^,，。]{0,6}(?:打电话|来电话|打我|联系我|发微信|发短信|打过来)"
    "|(?:打电话|来电话|电话)[^,，。]{0,3}[,，。 ]*(?:别|不要|晚上|白天|中午|下班)"
)
_REACHED_BY = re.compile("[0-9]{5}|[幺零一二三四五六七八九洞拐]{7}|电话|微信|短信|手机|[打找叫回]我|联系|[Qq]{2}|@|号")
_LIVES_AT = re.compile(
    "(?:在|住)[^,，。他她我]{1,8}(?:后身|后院|后头|前头|东头|西头|平房|胡同)(?:那|的|住|$|[,， ])"
    "|(?:在|住)[^,，。他她我]{1,8}(?:旁边|边上|对面|隔壁|道边|跟前)(?:那|的|住|$|[,， ])|门牌"
)
_NOT_THERE = re.compile("不在(?:家|跟前|身边)|没吃药|出去(?:喝|打)|睡着了|都睡了|没(?:有)?大人|不敢|听见|[我好]怕")
"""Words that tell who is about or what somebody fears, not where: 他现在不在家 出去喝酒了, 不敢打 他听见."""
_ONLY_YES = re.compile("(?:能|行|可以|好|中|成|嗯|对)+[吧啊的呗了]*")
_OF_ONESELF = re.compile(
    "^(?:我|俺|咱|你|您)(?!们?(?:家|村|屯|班|校|学校|这|那|弟|妹|哥|姐|外甥|侄|孙|孩|儿|闺|娃|丫头|小子|邻居|同学|学生))"
)
_ASKS_BACK = re.compile("还是啥|啥的$|什么意思|啥意思|[吗么]$|[?？]")
LONGEST_TO_US = 40
_TO_US = re.compile(
    "(?:你们?|您)[^,，。]{0,12}(?:[吗么不?？]$|多久|多长|多少天|几天|咋|怎么|啥时候|什么时候|能不能|会不会|管不管)|(?:怎么|咋)(?:告诉|跟|联系)(?:你|您)"
    "|(?:我|俺|学校|老师|医院|村里)[^,，。]{0,6}(?:能不能|可不可以|用不用|要不要|该不该|必须|得不得|是不是(?:得|该|要))[^,，。]{0,16}$"
    "|(?:必须|得|应该|可以|要)[^,，。]{0,6}(?:报|告诉|说)[^,，。]{0,4}[吗么?？]|也得(?:报|告诉|说)[^,，。]{0,4}(?:是吧|吗|对吧|吧)|归(?:谁|哪)|哪个部门|算不算|(?:是|对)吧$"
    "|有没有(?:个)?人(?:能|可以|会)|能(?:给|帮)[^,。]{0,6}(?:办|给|帮|弄|申请|解决)[^,。]{0,2}[点些个]?(?:啥|什么)[^,。]{0,3}[不吗么?]$"
    "|(?:留守|困境|孤儿|违规|违法|违反)[^,，。]{0,3}吧|[给照][^,，。]{0,4}没$"
)
LONGEST_PLAIN = 8
"""Longer words at the question for place or child want a sign that they answer it: old people tell of other things."""
_CONTACT = re.compile("电话|微信|联系|短信|手机|号码|找我|打给|打我|别打|邮|[0-9A-Za-z]{4}|[幺一二三四五六七八九零]{5}")
_WHEN_AND_WHERE = re.compile(
    "(?:我|俺|就|都|也|可以|能|得|等|一般|只有|只能|只|要|在|来|到|上|去|找|每天|天天|平时|下班|下工|放学|周末|礼拜天|[周礼拜星期]+[一二三四五六日天末]"
    "|白天|晚上|中午|上午|下午|早上|早晨|夜里|家里?|村部|学校|单位|店里|门口|[0-9一二两三四五六七八九十]+点半?|以?后|以?前|之后|有空|方便|有人|没空|不行|不方便|的|时候|再|别|行|吧|呢|最好|会|才)+"
)
"""A clause of nothing else says when or where somebody is to be found; 白天邻居给口饭 tells of the child."""
_A_TIME_OR_ROOM = re.compile("白天|晚上|家里|村部|学校|单位|店里")
_NO_CONTACT = re.compile(
    "给[^,，。]{1,6}打(?:了|过|个)*电话|(?:打|接)(?:了|过|完)[^,，。]{0,3}电话|电话打不通|谢谢|派出所"
    "|(?:电话|手机|号码?)(?:也|都|就)?没有?(?=$|[,，。 ])|没(?:有)?(?:电话|手机|号码?)(?=$|[,，。 ])"
)
"""The telephone in them is no way to reach the writer: 好我马上给我妈打电话."""
_A_NAME = re.compile(
    "(?:我|俺|本人)?(?:叫|姓|是|名叫)?([㐀-鿿·]{2,4})(?:[,，、 。:：]*(?:电话|手机)?[是:：]?[0-9 -]{7,20})?"
)
_STATION = re.compile("[一-鿿]{0,8}(?:派出所|公安局|教育局)(?!对面|对过|旁边|隔壁|附近|后|前|边|那|院|家属)")
_POLICE = re.compile("派出所|民警|接警|报了?警|报案|110|接电话的")
LONGEST_ROLE = 12
"""Longer words without a word for what somebody is are not who he is."""


_SAYS_WHO = re.compile("[我俺](?:就)?是(?!不是)|我自己|我本人")
_A_NUMBER = re.compile("(?:[1-9]|1[0-7]|[一二三四五六七八九]|十[一二三四五六七]?)(?:岁|了|,|。)*")
"""Alone, where a place or whether there is danger was asked, it is the age that a child tells."""


def bare_age(asked: str, text: str) -> int | None:
    """The age a clause gives as a bare number where the child or the place is asked for: 十二 舒兰的 平安镇."""
    if asked not in ("place", "child_ref"):
        return None
    said = [one for one in _CLAUSE.findall(text) if _A_NUMBER.fullmatch(one)]
    return quantities.number(said[0].strip("岁了")) if len(said) == 1 else None


def names_oneself(text: str) -> bool:
    """Whether words are nothing but a name, or a name and a number, as somebody gives his own."""
    said = _A_NAME.fullmatch(text.strip(" 。.!！"))
    return said is not None and bool(naming.persons(said[1]))


def target(asked: str, text: str) -> str | None:
    """The field under which a message is kept; None: it answers nothing, or only what has a line of its own."""
    if replies.is_empty(text) or (asked == "what" and is_opener(text)):
        return None
    if asked == "what" or numbers_of.only_of_others(text, asked=asked == "safe_contact"):
        return "what"
    if asked in FITTED and _fits(asked, text):
        return asked
    if asked not in FITTED and short_answer(text) is not None:
        return None
    if asked in ("place", "danger_now") and _A_NUMBER.fullmatch(text.strip()):
        return "child_ref"
    return "reporter_type" if reporting.kin_elsewhere(text) else _where_it_belongs(asked, text)


def only_answers(asked: str, text: str) -> bool:
    """Whether words fit a question whose answers are known by what they say (a time, a place), and ask nothing."""
    return asked in ("when", "place") and target(asked, text) == asked and not question_forms.asks(text)


def belongs_elsewhere(asked: str, text: str) -> bool:
    """Whether words tell something, only not what was asked."""
    return target(asked, text) not in (None, asked)


def tells_other_things(asked: str, text: str) -> bool:
    """The same, where nothing is asked back with it; 你好 tells nothing."""
    tells = len(text.strip()) > A_CLAUSE and not is_opener(text) and not question_forms.asks(text)
    return tells and belongs_elsewhere(asked, text)


def _where_it_belongs(asked: str, text: str) -> str | None:
    found = told.read(text)
    if asked != "place" and not found.signs and (_LIVES_AT.search(text) or _only_an_address(text)):
        return "place"
    if _tells_a_place(text) and asked == "safe_contact":
        return "place"
    if asked == "safe_contact" and _only_tells_when(found, text):
        return "when"
    if not found.signs and len(text) <= LONGEST_ASIDE and _HOW_TO_CALL.search(text) and not _NO_CONTACT.search(text):
        return "safe_contact"
    if not found.signs and len(text) <= LONGEST_ASIDE:
        if asked != "child_ref" and _tells_a_child(found, text):
            return "child_ref"
        if found.reporter_type and (found.reporter_type != "child_self" or _SAYS_WHO.search(text)):
            return "reporter_type"  # 她们老骂我 tells who writes, and what happens
        if (
            asked == "child_ref"
            and not _A_CHILD.search(text)
            and (found.still_going == "yes" or _ENGLISH_TIME.search(text))
        ):
            return "when"
        if asked == "reporter_type" and found.when is not None:
            return "when"
    return None if only_answers_others(text) else "what"


def _tells_a_child(found: told.Told, text: str) -> bool:
    named = _A_CHILD.search(text) or _ENGLISH_CHILD.search(text)
    return bool(found.child_ref or found.child_age_years or named) and not _A_DOER.search(text)


def _only_tells_when(found: told.Told, text: str) -> bool:
    """昨晚上的事 tells when it was, 晚上打我电话 when to call."""
    return found.when is not None and _REACHED_BY.search(text) is None


def _tells_a_place(text: str) -> bool:
    text = _STATION.sub("", text)  # where the police sit is no place of the matter
    reading = places.find(text)
    return bool(reading.best or reading.candidates or reading.outside or places.spots(text) or _A_FLOOR.search(text))


def _fits(asked: str, text: str) -> bool:
    found = told.read(text)
    child = found.child_ref or found.child_age_years or found.child_sex != "unknown"
    if asks_us(text) and not (asked == "place" and _tells_a_place(text)):
        return False
    if asked == "place" and (_A_NUMBER.fullmatch(text.strip()) or reporting.kin_elsewhere(text)):
        return False
    if asked == "place":
        beside = found.reporter_type or _tells_a_child(found, text) or _speaks_of_other_things(text, _A_SPOT)
        unlike = found.when is not None or found.signs or danger.read(text).level != "none" or not _names_a_spot(text)
        return _tells_a_place(text) or not (beside or unlike or _NOT_THERE.search(text))
    if asked == "when" and text.isascii():
        return _ENGLISH_TIME.search(text) is not None and not _tells_a_child(found, text)
    if asked == "when":
        timed = found.when is not None or found.still_going == "yes" or _says_when(text)
        of_a_child = child or _A_CHILD.search(text)
        if found.when is not None and reporting.of_their_life(text, found.when, bool(found.signs)):
            return False  # 她妈去年就跑了
        return timed and (found.when is not None or not of_a_child) and not _NO_TIME.search(text)
    if asked == "child_ref":
        goes_on = found.still_going == "yes" and not _A_CHILD.search(text)  # 叫小军 天天晚上都在店里 tells who it is
        other = bool(found.reporter_type or found.signs) or goes_on or only_answers_others(text)
        beside = other or _speaks_of_other_things(text, _A_CHILD) or bool(_ENGLISH_TIME.search(text))
        timed = found.when is not None and not _A_CHILD.search(text)  # 两个月没去了
        doer = _A_DOER.search(text) or _POLICE.search(text)
        return not doer and bool(child or not (beside or timed or _only_an_address(text)))
    if asked == "safe_contact":
        return not found.signs and is_contact(text) and not _only_tells_when(found, text)
    return bool(found.reporter_type) or not _says_nobody(text, found)


def _only_an_address(text: str) -> bool:
    """Whether words give a division, perhaps with the school in it, and nothing of a child: 朝阳镇，学校叫第四小学."""
    if places.find(text).best is None or re.search("岁|年级|[0-9一二三四五六七八九十]班|姓", text):
        return False
    return all(_A_SPOT.search(one) and not _TELLS_ON.search(one) for one in _CLAUSE.findall(text))


def _says_when(text: str) -> bool:
    """Whether words without a moment we know speak of time where an answer does: at the beginning or the end.

    他爹让他去挑木耳 一天给四十 他爹收着 does not.
    """
    clauses = _CLAUSE.findall(text) or [text]
    return any(_A_TIME.search(one) for one in (clauses[0], clauses[-1]))


def _names_a_spot(text: str) -> bool:
    """Whether words may name a place that we do not know: short, and no clause of them tells of other things."""
    clauses = [one for one in _CLAUSE.findall(text) if len(one) > A_CLAUSE]
    return text.isascii() or (len(text) <= LONGEST_PLACE and all(_A_SPOT.search(one) for one in clauses))


def _says_nobody(text: str, found: told.Told) -> bool:
    """Whether words say nothing of who somebody is: of the child, a question back, a wish, a long tale."""
    child = found.child_ref or found.child_age_years or found.child_sex != "unknown"
    harm = found.signs or danger.read(text).level != "none"
    timed = found.when is not None or found.still_going == "yes"  # 从去年冬天开始的吧
    other = child or harm or timed or only_answers_others(text) or _ASKS_BACK.search(text)
    other = other or (_TELLS_ON.search(text) and not found.reporter_type)
    other = other or (_OF_THE_FAMILY.search(text) and not found.reporter_type) or _HOW_TO_CALL.search(text)
    agrees = _ONLY_YES.fullmatch(text.strip(" ，。")) is not None  # 能 says nobody
    return bool(other) or agrees or wants_secrecy(text) or (len(text) > LONGEST_ROLE and not text.isascii())


def _speaks_of_other_things(text: str, sign: re.Pattern[str]) -> bool:
    """Whether words without this sign of an answer tell of the writer, ask back, or run on: 我今年七十三了眼睛花."""
    if _ASKS_BACK.search(text):
        return True
    if sign.search(text) or text.isascii():
        return False
    return bool(_OF_ONESELF.search(text) or _ASKS_BACK.search(text) or len(text) > LONGEST_PLAIN)


def asks_us(text: str) -> bool:
    """Whether words ask something of us, or what is to be done, and so answer no question: 我能不能先叫他家长来问问."""
    return len(text) <= LONGEST_TO_US and _TO_US.search(text) is not None and question_forms.asks(text)


def only_asks_us(text: str) -> bool:
    """Whether words are nothing but a question to us, of the talk or of those who are to come: 你们的人啥时候来啊."""
    found = told.read(text)
    tells = found.signs or found.child_ref or found.child_age_years or danger.read(text).level != "none"
    if tells or len(text) > LONGEST_TO_US or not question_forms.asks(text):
        return False
    return replies.question(text) is not None or asides.COMING in asides.kinds(text) or asks_us(text)


def only_says_who(text: str) -> bool:
    """Whether words only say who writes: 您好，我是小学三年级的班主任，想咨询一个情况."""
    found = told.read(text)
    tells = found.signs or found.child_ref or found.child_age_years or found.when or danger.read(text).level != "none"
    return found.reporter_type is not None and not tells and len(text) <= LONGEST_TO_US


def plainly(asked: str, text: str) -> bool:
    """Whether words are an answer that our own reading is sure of, so that nobody need be asked what they mean."""
    if short_answer(text) is not None:
        return True
    if danger.read(text).level != "none" or replies.question(text) is not None or asked not in FITTED:
        return False
    if asked == "reporter_type":
        return len(text) <= LONGEST_NAME and bool(told.read(text).reporter_type)
    return asked in ("place", "when") and _fits(asked, text) and only_answers_others(text)


def is_contact(text: str) -> bool:
    """Whether words tell how (not) to reach somebody: 别打家里电话."""
    if _NO_CONTACT.search(text) is not None or replies.leaves_no_contact(text):
        return False  # 我电话不能留: nothing one can be reached by
    if all(one.purpose == purposes.QUESTION for one in purposes.read(text)):
        return False  # 教育局我不知道打哪个电话
    found = (one for one in _CLAUSE.findall(text) if _A_TIME_OR_ROOM.search(one))
    return _CONTACT.search(text) is not None or any(map(_WHEN_AND_WHERE.fullmatch, found))


def place_beside(text: str) -> str:
    """The clauses of a message with several that name a place and ask nothing: 乾安县让字镇的 有人能教教我不 →
    乾安县让字镇的. Empty: there is none."""
    clauses = _CLAUSE.findall(text)
    named = [
        one
        for one in clauses
        if len(one) <= LONGEST_PLACE and places.find(one).best is not None and not question_forms.asks(one)
    ]
    return " ".join(named) if len(named) < len(clauses) else ""


def name_beside(text: str) -> str:
    """The clauses of a message with several that tell which child it is and ask nothing (多久要报？ 孩子叫冯小满; 12岁
    六年级 我算不算必须报的)."""
    clauses = _CLAUSE.findall(text)
    named = [one for one in clauses if _says_which(one) and not question_forms.asks(one)]
    asking = any(map(question_forms.asks_for_rule, clauses)) or any(map(question_forms.asks, clauses))
    return " ".join(named) if asking and len(named) < len(clauses) else ""


def _says_which(clause: str) -> bool:
    found = told.read(clause)
    if found.child_ref or found.signs:
        return found.child_ref is not None
    return len(clause) <= LONGEST_PLAIN and (found.child_age_years is not None or _GRADE.search(clause) is not None)


def only_with_whom(text: str) -> bool:
    """Whether words only say with whom somebody is: 跟爷爷."""
    return _WITH_WHOM.fullmatch(text.strip(" 。.,，!！")) is not None


def is_only_a_place(text: str) -> bool:
    """Whether a message names one place and says nothing else."""
    return places.find(text).best is not None and only_answers_others(text)


def only_answers_others(text: str) -> bool:
    """Whether nothing is left of a message once the place and the moment in it are taken: they have their own lines."""
    found = told.read(text)
    spans = [*places.find(text).spans, *(span for span in (found.when,) if span)]
    left = "".join(char for index, char in enumerate(text) if not any(a <= index < b for a, b in spans))
    return bool(spans) and not any(char.isalnum() for char in left)


def is_only_a_school(text: str) -> bool:
    """Whether a message names a school, perhaps with grade and class, and says nothing else: 大安市一中 初二."""
    return _SCHOOL.fullmatch(text.strip()) is not None


_SCHOOL = re.compile(
    "[一-鿿]{0,12}?(?:第?[一二三四五六七八九十]{1,2}中|中学|小学|学校|中心校)"
    "(?:[,，、\\s]*(?:[初高小][一二三]|[一二三四五六七八九]年级|[0-9一二三四五六七八九十]{1,3}班))*[。.]?"
)
