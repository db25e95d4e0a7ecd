"""What a parent tells and asks in the talk about 委托照护 beside what was asked: the person, the journey, what the
child wants, whether it changes school, what the person drinks or did, where the matter stands.

Cautious: of what is not plain nothing is read. Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.reading import people
from bot.reading.normalise import normalise
from bot.reading.quantities import number

FATHER = "father"
PROGRESS, WRITTEN, CONTACT, REMINDER = "progress", "written", "contact", "reminder"
NOTICE, OTHER_PARENT, SCHOOL, WHY = "notice", "other_parent", "school", "why"
LONGEST = 120

_MINE = "(?:[我俺咱](?:们)?(?:的)?(?:亲|家|个|大|小|二|老)*)"
_OWN: tuple[tuple[str, str, str], ...] = (
    ("爸妈|父母|爹妈|爹娘", "姥姥姥爷", "爷爷奶奶"),
    ("妈妈?|娘|母亲|老妈", "姥姥", "奶奶"),
    ("爸爸?|爹|父亲|老爸", "姥爷", "爷爷"),
    ("公婆", "爷爷奶奶", "爷爷奶奶"),
    ("婆婆", "奶奶", "奶奶"),
    ("公公", "爷爷", "爷爷"),
    ("丈母娘|岳母", "姥姥", "姥姥"),
    ("老丈人|岳父", "姥爷", "姥爷"),
    ("弟媳妇?|弟妹|嫂子", "舅妈", "婶子"),
    ("弟弟?|老弟", "舅舅", "叔叔"),
    ("哥哥?", "舅舅", "大伯"),
    ("姐姐?|妹妹?|老妹", "小姨", "姑姑"),
)
"""What a parent calls the own people, and what they are to the child: of a mother, of a father."""
_OWN_KIN = tuple((re.compile(f"{_MINE}(?:{words})(?![婿夫])"), ours, theirs) for words, ours, theirs in _OWN)
_OF_CHILD = re.compile(
    "(?:孩子|娃|他|她)?的?[他她]?(?P<who>爷爷奶奶|姥姥姥爷|外公外婆|爷爷|奶奶|姥姥|姥爷|外公|外婆|"
    "[大二三小老]姨|姨妈|[大二三小老]姑|姑姑|姑妈|[大二三小老]舅|舅舅|舅妈"
    "|叔叔|[大二三老]叔|大伯|伯父|伯母|大娘|婶子|婶婶|邻居|干妈|干爸)"
    "|(?:孩子|娃|他|她)的?[他她]?(?P<short>奶|爷|姥|姑|姨|舅|叔)"
)
_SHORT = {"奶": "奶奶", "爷": "爷爷", "姥": "姥姥", "姑": "姑姑", "姨": "姨妈", "舅": "舅舅", "叔": "叔叔"}
_NAME = re.compile(
    "^(?:的?(?:名字|姓名))?(?:叫|是|就是|：|:|,|，| )*(?P<name>[㐀-鿿]{2,3}?)"
    "(?=$|[,，。.;；!！?？ 0-9]|今年|[一二三四五六七八九十]{1,3}岁|没|有|电话|手机|身体|在|的|吧|行|"
    "可以|呢|住|帮|照|带|看|[一二三四五六七八九]十)"
)
_NAMED = re.compile(
    "(?:叫|名字是?|姓名是?)[:： ]*(?P<name>[㐀-鿿]{2,3}?)(?=$|[,，。;；!！?？ 0-9]|今年|"
    "[一二三四五六七八九十]{1,3}岁|没|在|身体)"
)
_YEARS = re.compile(
    "(?<![0-9])(?P<n>[0-9]{2}|[二三四五六七八九]?十[一二三四五六七八九]?)(?![0-9])(?:岁|周岁|了|$|[,，。 ])"
)
_CHILD_YEARS = re.compile("(?:孩子|娃|闺女|儿子|她才|他才)[^,，。姨姑舅叔奶爷姥]{0,3}$")

_CITIES = (
    "首尔|汉城|水原|仁川|釜山|大邱|大田|安山|光州|济州|京畿|东京|大阪|名古屋|横滨|福冈|莫斯科|海参崴|"
    "符拉迪沃斯托克|伯力|纽约|洛杉矶|新加坡|迪拜|平壤|罗先"
    "|韩国|日本|俄罗斯|美国|加拿大|澳大利亚|国外|北京|上海|天津|广州|深圳|东莞|佛山|珠海|杭州|苏州|"
    "无锡|宁波|义乌|温州|南京|青岛|烟台|威海|济南|大连|沈阳|哈尔滨|厦门"
    "|福州|泉州|成都|重庆|武汉|西安|郑州|海南|三亚|新疆|内蒙|长春|吉林市|延吉"
)
_CITY = re.compile(_CITIES)
_PLACE_FIRST = re.compile(
    f"^(?:那?就?)(?:在|去|到|上|还是去|再去)?(?:{_CITIES})(?:那边|这边|市)?(?=$|[,，。;； ]|打工|干活|上班|做|开)"
)
_GOES_TO = re.compile(f"(?:^|[,，。;； ]|我|再|要|得|准备|打算)(?:去|到|上|在)(?:{_CITIES})")
_JOURNEY = re.compile(
    "飞机|航班|机票|火车|高铁|动车|客车|船票|车票|签证|劳务|出国|(?:外出|出去|去[^,。!?;]{1,6}|"
    "在[^,。!?;]{1,6})(?:打工|务工|干活|上班|做[^,。!?;]{1,4})"
    "|(?:下个?月|这个?月|月[初底]|明天|后天|大后天|下(?:周|礼拜|星期)[一二三四五六日天]?|年[前后底]|"
    "正月|初[一二三四五六七八九十]|[0-9一二三四五六七八九十]{1,3}[号日])"
    "[^,。!?;]{0,5}(?:走|去|动身|出发|回去|出门)"
)
_CLAUSES = re.compile("[,，。;；!！]+")
_OF_CHILD_TOO = re.compile("孩子|娃|手续|你好")
_LENGTH = re.compile(
    "(?:半|[一二两三四五六七八九十几0-9]+)(?:年|个?多?月|个?(?:星期|礼拜)|周|天)|到(?:过年|年底|明年|"
    "春节|秋天|五一|十一|月底)|长期|不一定|说不准|看情况|过年(?:就|才)?回"
)
_WORK = re.compile("打工|务工|劳务|干活|上班|厂|工地|饭店|餐馆|保洁|保姆|服务员|建筑|工作签|电子|装修|月嫂|护工")
_NO_JOURNEY = re.compile("孩子去|娃去|过来|不转学|转学")

_CHILD = "(?:孩子|娃|闺女|女儿|儿子|姑娘|丫头|小子|她|他|美善)"
_NOT_ASKED_YET = re.compile(f"(?:还)?没(?:有)?(?:问|跟){_CHILD}?|没问过")
_OBJECTS = re.compile(
    f"{_CHILD}(?![爸爹妈娘]|[前后][夫妻])[^,。!?;]{{0,5}}(?:不愿意?|不乐意|不想|不肯|不干|(?<!同)不同意|哭)"
)
_LEAVES_IT = re.compile(f"{_CHILD}[^,。!?;]{{0,4}}(?:听(?:我|妈|爸|大人)|咋都行|都行|随便|没说啥|不吱声|说不好)")
_AGREES = re.compile(
    f"{_CHILD}[^,。!?;不没]{{0,6}}(?:愿意|乐意|同意|想跟|(?:说|都)[^,。!?;不没]{{0,10}}(?:行|中|可以|"
    f"挺好|没意见|好))(?!(?:不|吗|么|嘛|[?？]))"
)
_WILLING_ASKED = re.compile(f"问(?:问|过|了)?{_CHILD}?[^,。]{{0,3}}(?:愿意|乐意)[不吗么?？]")
_SAME_SCHOOL = re.compile(
    "不(?:用)?转学|没转学|学校(?:也)?不(?:换|变|转|动)|不(?:用)?换学校|(?:还|就|也)(?:是)?(?:在|念|"
    "上|读)[^,。!?;]{0,3}(?:原来|现在|这边|这儿|本地|老学校|原先)"
    "|还(?:在|念)(?:那个|这个)学校|不动地方"
)

_FREE = "(?<![不没戒])(?<!不爱)(?<!不怎么)(?<!不咋)(?<!不太)(?<!从不)(?<!不会)"
_VICE = re.compile(
    f"酗酒|酒鬼|喝大酒|(?:天天|顿顿|成天|整天|见天|老是?|总是?){_FREE}喝(?:酒|多|醉|得?烂醉)?|喝(?:多|"
    f"醉|大)了就|输(?:过|了|掉)(?:房|地|车|楼|钱|家产)|赌债|{_FREE}(?:耍钱|赌钱|赌博|好赌|爱赌)|{_FREE}(?:吸毒|沾毒|溜冰)"
)
_MAY_BE_VICE = re.compile(
    f"{_FREE}喝酒|{_FREE}(?:爱|好|能|愿意|就好)喝|喝(?:点|两口|一点|几口|几杯)|{_FREE}喝多|"
    f"喝[^,。!?;]{{0,3}}有一?点|玩(?:两|几)把|{_FREE}(?:爱|好|常|老)打麻将|{_FREE}打牌"
)
_NO_VICE = re.compile(
    "(?:从来|从|都|也|一口|一点)?(?:不|没)(?:怎么|咋|太|爱|会|再)?(?:喝|赌|耍|沾|碰|吸)|戒(?:了|酒)|滴酒不沾"
)
_HURT = re.compile(
    "(?<![没不])(?:打(?:过|了|伤过?|坏过?)(?:别)?人|打(?:过)?架|跟人(?:打|动手|干仗)|动(?:过)?手|"
    "伤(?:过|了)人|砍(?:过|了)?人|捅(?:过|了)?人)"
)
_GRAVE = re.compile(
    "强奸|猥亵|虐待|拐卖|遗弃|(?<!没)(?<!不)打(?:过|坏过?|伤过?)(?:他家|自己|自家)?(?:孩子|娃|老婆|媳妇)|家暴"
)
_BY_POLICE = re.compile(
    "派出所|公安|警察|拘留|罚(?:过|了)?款?|判(?:过|了|刑)|坐(?:过)?牢|蹲(?:过|了)|进去过|抓(?:过|走|进)|案底"
)
_RECORD = re.compile(
    "(?<!没)(?<!没有)(?:有(?:过)?)(?:案底|前科|记录)|犯(?:过|了)(?:事|法|罪)|拘留过|坐过牢|蹲过|判过|进去过"
)
_NO_RECORD = re.compile(
    "(?:从来|从|也|都)?(?:没|没有|不曾)(?:犯过?|有过?|进去?过|蹲过|留过?|坐过)(?:啥|什么|任何)?(?:事儿?|案底|前科|法|罪|错|局子|监狱|牢)?"
)
_OF_OTHERS = re.compile(
    "(?:孩子|[他她])(?:爸|爹|妈|娘)|老公|前夫|前妻|媳妇(?!妇)|我(?:被|挨)|(?:打|骂|欺负)(?:我|孩子|娃)"
)

_HERE = re.compile("(?:可以吗|行吗|行不|中不|可以不|能行|咋样|合适吗|行么|可以么)")
_CHANGES = re.compile(
    "^那(?:就)?(?:我|俺|孩子|[他她])的?[大小老二三]?(?:姐|妹|妈|爸|哥|弟|嫂|婶|姑|姨|舅|奶|姥)(?![^,。]{0,4}(?:咋|怎么|呢))|换|改(?:成|为|让|找)?|还是(?:让|找|给|请|叫)|(?:那|要不|就|^)(?:就|还是)?(?:让|叫|请|找)|"
    "(?:不用|不让|不找|不托|不给)[^,。!?;]{1,6}了|不是[^,。!?;]{1,6}是"
)
_LIVES_AT = re.compile("(?:住)?在(?P<where>[㐀-鿿]{2,6})(?:住|呢|那边|$|[,，。;； ])")

_ASKS_PROGRESS = re.compile(
    "(?:办|弄|走|进行|整)(?:到|得)?(?:哪|啥|什么|第几|怎么样|咋样)|还[差缺剩](?:啥|什么|哪|几|多少)|"
    "还(?:要|得|有)(?:多少|几|哪些?|啥|什么)(?:步|项|样|手续|没办)"
    "|(?:手续|这就|都)?办(?:完|好|妥|成)了(?:没|吗|么|不|[?？])|到(?:哪|第几)(?:一)?步|(?:啥|"
    "什么)时候能(?:办|弄)(?:完|好|下来)|算办(?:完|好)了"
)
_TOLD_BY_MOUTH = re.compile(
    "口头|打(?:了|过)?(?:个)?电话|电话(?:里|上)?|微信|当面|说(?:了|过|一)|打(?:了|过)?(?:个)?招呼|"
    "吱(?:了)?(?:一)?声|告诉(?:了|过)|跟[^,。!?;]{1,6}说"
)
_RECIPIENT = re.compile("学校|老师|班主任|幼儿园|园里|村(?!子)|居委|社区|屯里|告知")
_ASKS_WEEKLY = re.compile(
    "(?:每|一|半|俩|两|几)个?(?:周|礼拜|星期|月)[^。!?;]{0,12}(?:打|联系|视频|电话|通话)|(?:还得|用不用|要不要|还用|"
    "不用|得不得)(?:另外)?(?:给|跟|和)[^,。!?;]{1,6}(?:打|联系|视频)"
)
_ASKS = re.compile(
    "[吗么呢][?？]?$|[?？]|(?P<x>[行能用要会可是够得算])不(?P=x)|多久|几次|可以了?吧|行了?吧|够了?吧|算不"
)
_ASKS_NOTICE = re.compile(
    "(?:帮(?:我|俺)?|给(?:我|俺)?|替(?:我|俺)?|能|咋|怎么|在哪|哪儿?|上哪)[^。!?;]{0,14}(?:写|弄|出|打印|打|整|发|领|拿)[^。!?;]{0,14}(?:告知|通知书|协议|那个纸|那张纸)"
    "|(?:告知书?|协议书?)[^。!?;]{0,8}(?:咋写|怎么写|在哪|哪儿|给我|发我|打印|模板|样本|有没有)"
)
_ASKS_OTHER_PARENT = re.compile(
    "(?:(?:孩子|娃|他|她){1,3}(?:爸|爹|妈|娘)|前夫|前妻|老公|媳妇|对象)[^。!?;]{0,16}(?:同不同意|同意|答应|知道|点头|签字|管不管|用管|用他|用她|要不要他|用不用他)"
)
_ASKS_SCHOOL = re.compile(
    "(?:学校|转学|念书|上学)[^。!?;]{0,6}(?:咋办|咋整|怎么办|怎么弄)|(?:用不用|用|要不要|得|需要)转学(?:吗|么|不|[?？]|$)"
)
_ASKS_WHY = re.compile(
    "(?:有)?(?:啥|什么|哪)(?:不行|不中|不可以|不合适)|(?:为啥|为什么|凭啥|凭什么|咋|怎么)(?:就)?(?:不行|不让|不能|不可以|不中|不合格)|咋就不(?:行|能|中)|(?:亲|自己)(?:弟|哥|姐|妹|妈|爸|叔|舅)[^。!?;]{0,6}(?:还)?(?:不行|不让|信不过)"
)
_CLEAN = re.compile(
    "(?:啥|什么|任何|一点)(?:坏)?(?:毛病|恶习|嗜好|不良)(?:都|也)?(?:没有?|不沾)|(?:没(?:有)?|无)(?:啥|什么|任何)?(?:坏)?(?:毛病|恶习|嗜好|不良)"
)
_NO_GAMES = re.compile(
    "(?:从来|从|都|也)?(?:不|没)(?:怎么|咋|太|爱|会)?(?:玩|打|摸|碰|沾|耍|搞)(?:过)?(?:两把|几把)?(?:牌|麻将|钱|赌|毒)"
)
_AGE_CORRECTED = re.compile("(?:说|记|写|报|弄)(?:小|大|错|差|少|多)了|不对|错了|属|其实|应该是|哎|对了|不是")
_HEALTHY = re.compile("身体(?:还|也|挺|很|都)*(?:不错|好|硬朗|结实|可以|没毛病)|硬朗")
_ENDS_ASKING = re.compile("[?？]$|(?:吗|么|咋办|咋整|怎么办)$")
_ASKS_REMINDER = re.compile("提醒|(?:问|喊|叫|找)我")
_TIME = re.compile("点|周[一二三四五六日天]|礼拜|星期|早上|中午|晚上|时间|改|换|推迟|提前")


@dataclass(frozen=True)
class Person:
    """Whoever is to look after the child: `relation` to the child, `name`, `years` of age, `place` where he lives;
    empty or None where it was not said."""

    relation: str = ""
    name: str = ""
    years: int | None = None
    place: str = ""


def person(text: str, by: str = "") -> Person:
    """Who is named, and what he is to the child; `by`: who writes, father or mother: 我弟弟 of a mother is 舅舅."""
    said = text[:LONGEST]
    relation, end = _relation(said, by)
    name = ""
    if relation:
        hit = _NAME.match(said[end:])
        name = _a_name(hit["name"]) if hit is not None else ""
    if not name and (called := _NAMED.search(said)) is not None:
        name = _a_name(called["name"])
    clause = _YEARS.search(said)
    years = number(clause["n"]) if clause is not None and not _CHILD_YEARS.search(said[: clause.start()]) else None
    place = _LIVES_AT.search(said) if relation else None
    return Person(relation, name, years if relation or name else None, place["where"] if place is not None else "")


def _relation(said: str, by: str) -> tuple[str, int]:
    """What the person named last is to the child, and where the word for it ends."""
    found: list[tuple[int, int, str]] = []
    for words, of_mother, of_father in _OWN_KIN:
        found += [(hit.start(), hit.end(), of_father if by == FATHER else of_mother) for hit in words.finditer(said)]
    found += [(hit.start(), hit.end(), hit["who"] or _SHORT[hit["short"]]) for hit in _OF_CHILD.finditer(said)]
    found = [one for one in found if not _NOT_HIM.search(said[: one[0]])]
    if not found:
        return "", 0
    _, end, relation = max(found, key=lambda one: (one[1], one[1] - one[0]))
    return relation, end


_NOT_HIM = re.compile("(?:不用|不让|不找|不托|不是|跟|和)$")


def _a_name(said: str | None) -> str:
    """The words if they may be a name: they begin with a surname."""
    return said if said and people.begins_with_surname(said) and not _CITY.fullmatch(said) else ""


def journey(text: str) -> bool:
    """Whether a message tells when, where or for how long a parent leaves: 水原，饭店，签证两年; 晚上九点的飞机."""
    said = normalise(text[:LONGEST]).text
    if _NO_JOURNEY.search(said):
        return False
    told = _JOURNEY.search(said) or _PLACE_FIRST.search(text.strip()) or _GOES_TO.search(text[:LONGEST])
    return told is not None


def of_the_journey(text: str) -> str:
    """The clauses of a message that tell of the journey, or all of it where they do not stand apart."""
    clauses = [one for one in _CLAUSES.split(text.strip()) if one]
    own = [one for one in clauses if not _OF_CHILD_TOO.search(one) and not _ENDS_ASKING.search(one)]
    first = next((place for place, one in enumerate(own) if journey(one)), None)
    return "，".join(own[first:]) if first is not None else text.strip()


def lasts(text: str) -> bool:
    """Whether it is told how long the journey lasts, or until when: 两年, 到年底."""
    return _LENGTH.search(text) is not None


def for_work(text: str) -> bool:
    """Whether a journey is plainly one for work."""
    return _WORK.search(text) is not None


def child_says(text: str) -> str | None:
    """What a parent tells of the child's own will: agrees, objects, unclear, not_asked. None: nothing of it."""
    said = _WILLING_ASKED.sub(" ", normalise(text[:LONGEST]).text)
    if _NOT_ASKED_YET.search(said):
        return "not_asked"
    for value, words in (("objects", _OBJECTS), ("unclear", _LEAVES_IT), ("agrees", _AGREES)):
        if words.search(said):
            return value
    return None


def same_school(text: str) -> bool:
    """Whether the child stays where it goes to school."""
    return _SAME_SCHOOL.search(normalise(text[:LONGEST]).text) is not None


def bars(text: str) -> Mapping[str, str]:
    """What is told of the carer that WBF-22(3) names: d1 (violence) and d2 (vices), "yes" where it is plain, "unknown"
    where staff must look: 朋友来就喝点 is no 酗酒 yet, and is not passed over either."""
    said = normalise(text[:LONGEST]).text
    if _OF_OTHERS.search(said):
        return {}
    found: dict[str, str] = {}
    if _GRAVE.search(said) or (_HURT.search(said) and _BY_POLICE.search(said)):
        found["d1"] = "yes"
    elif _HURT.search(said) or _RECORD.search(_NO_RECORD.sub(" ", said)):
        found["d1"] = "unknown"
    drinks = _NO_VICE.sub(" ", said)
    if _VICE.search(drinks):
        found["d2"] = "yes"
    elif _MAY_BE_VICE.search(drinks) or re.search("喝[多醉]?(?:了|酒)", drinks):
        found["d2"] = "unknown"
    return found


def clean(text: str) -> tuple[str, ...]:
    """Which bars somebody denies of the carer, unasked or all in one breath: 不喝酒不玩牌 没犯过事 → d1, d2."""
    said = normalise(text[:LONGEST]).text
    if bars(text) or _OF_OTHERS.search(said):
        return ()
    vices = (
        _NO_GAMES.search(said) or (_NO_VICE.search(said) and re.search("酒|烟|赌|毒|牌", said)) or _CLEAN.search(said)
    )
    return tuple(name for name, told in (("d1", _NO_RECORD.search(said)), ("d2", vices)) if told)


def age_corrected(text: str) -> int | None:
    """The age of the person named, put right: 啊对了她43 属猪的 我说小了一岁; None: no age is."""
    said = text[:LONGEST]
    hit = _YEARS.search(said)
    plain = _AGE_CORRECTED.search(normalise(said).text)
    if hit is None or plain is None or _OF_A_CHILD_TOLD.search(said[: hit.start()]):
        return None
    return number(hit["n"])


_OF_A_CHILD_TOLD = re.compile("(?:孩子|娃|闺女|儿子)[^,，。 ]{0,4}$")


def another(text: str) -> bool:
    """Whether a message puts somebody in the place of the person named before: 换姥姥吧, 那我妈可以吗."""
    said = normalise(text[:LONGEST]).text
    return _CHANGES.search(said) is not None or _HERE.search(text[:LONGEST]) is not None


def asks(text: str) -> str | None:
    """What of this talk is asked: PROGRESS, NOTICE (the paper itself), WRITTEN (told by mouth: is that enough?), CONTACT,
    REMINDER, OTHER_PARENT (must he agree?), SCHOOL (must the child change it?), WHY (why not this person?); None: none."""
    said = normalise(text[:LONGEST]).text
    if _ASKS_PROGRESS.search(said):
        return PROGRESS
    if _ASKS_NOTICE.search(said):
        return NOTICE
    if _ASKS_REMINDER.search(said) and _TIME.search(said):
        return REMINDER
    if _RECIPIENT.search(said) and _TOLD_BY_MOUTH.search(said):
        return WRITTEN
    if _ASKS_WEEKLY.search(said) and _ASKS.search(text.strip()):
        return CONTACT
    others = ((OTHER_PARENT, _ASKS_OTHER_PARENT), (SCHOOL, _ASKS_SCHOOL), (WHY, _ASKS_WHY))
    asks_it = _ASKS.search(text.strip()) is not None
    return next((kind for kind, words in others if words.search(said) and (asks_it or kind != OTHER_PARENT)), None)


def healthy(text: str) -> bool:
    """Whether somebody is said to be in good health: 身体不错."""
    return _HEALTHY.search(text[:LONGEST]) is not None


def only_asks(text: str) -> bool:
    """Whether a message is a question and gives no number: 还得给我弟打电话吗."""
    return _ENDS_ASKING.search(text.strip()) is not None and not any(one.isdigit() for one in text)


def tells(text: str) -> bool:
    """Whether a message tells or asks anything of all this."""
    return bool(
        asks(text) or journey(text) or child_says(text) or same_school(text) or bars(text) or person(text).relation
    )
