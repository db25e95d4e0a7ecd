"""What a message says beside what it tells: that nobody should hear of it, that the writer himself wants to die, a
question about the report, news of a danger already told, a joke. The words are in `data/lexicon/asides.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from bot.reading import danger, rubbish
from bot.reading.lexicon import Patterns, lines
from bot.reading.normalise import normalise

_SECRECY = re.compile(
    "(?:别|不要|不能|不许|千万别|可别|求你别)(?:跟|和|让|给|告诉|叫|对)?[^,。!?;]{0,6}(?:告诉|知道|说出去|说是我|讲出去|通知|联系|找)"
    "(?:我?[爸妈爹娘爷奶叔舅]|老师|家里|家长|他们?|她们?|别人|任何人|村里|学校|我|$)"
    "|(?:别|不要|不能|不许|千万别|可别)[^,。!?;]{0,5}(?:泄露|泄漏|透露|传出去)"
    "|(?:别|不要|千万别|可别)(?:告诉|(?:跟[^,。!?;]{1,4})?说(?:是我|我))|(?:能|可以|会|帮我|给我)[^,。!?;]{0,3}保密|保密[吗啊吧行]|会不会(?:知道|告诉|说)[^,。!?;]{0,4}(?:是我|我)"
    "|(?:[他她]们?|人家|[他她]家|那家|[他她][爸妈爷奶爹娘姥叔舅姑])(?:要是|要|万一|会不会|一)?(?:知道|晓得)(?:了)?(?:是)?我(?:告|报|说|举报|反映|打)"
    "|(?:不会|会不会|能不能不?|不能)(?:让|叫|给|被)?(?:他们?|她们?|人家|[他她那]家|对方|别人)(?:家|人)*(?:知道|晓得|发现|看见|看到)"
    "|(?:不会|会不会|可别|别)(?:说|讲|告诉[^,。]{0,3})(?:出去)?(?:是)?(?:我|俺)(?:说|报|告|讲)|别写(?:上)?(?:我|俺)的?(?:名|大名|姓)"
    "|(?:你们?|您)[^,。!?;]{0,3}(?:保证|答应)[^,。!?;]{0,3}(?:不说|不告诉|不往外)"
    "|查(?:得|能)?出来?(?:是)?(?:我|俺|谁)(?:说|报|告|举报|反映)"
    "|(?:给|替|帮)(?:我|俺)(?:给)?(?:瞒|保密|兜)(?:着|住)?|瞒(?:着|住)(?:点|我|他们?|他家)|别把(?:我|俺)(?:供|露|说|卖)出"
    "|匿名(?:的话)?(?:就|也|倒)?(?:行|可以|中|成)(?![不吗么?])"
)
_FEW = re.compile(
    "就(?:这|那|我们)?(?:几|两|三)(?:户|家|个人)|就(?:我|俺)(?:一个|自己|家)?(?:知道|看见)|猜(?:到|出|着)|成仇|结仇|一想就知道|除了我没"
)
_OWN_FOLK = re.compile(
    "(?:告诉|跟|和|让|给|对)我(?:妈|爸|爹|娘|爷|奶|姥|后|舅|叔|姑|姨|婶|伯|大爷|大娘|哥)|老师|我家里"
)
_TRUSTED = re.compile(
    "我(?P<who>姑姑|姑|老姑|大姑|姨|老姨|大姨|奶奶|奶|姥姥|姥|爷爷|爷|姥爷|舅舅|舅|叔叔|叔|婶子|婶|大娘|老师|班主任|姐姐|姐|邻居阿姨)"
    "(?:人)?(?:(?:也|就)?(?:在家|在我家|在呢|住(?:在)?(?:前|后|隔壁|对面|旁边|附近|村)|在(?:前|后|东|西|隔壁|对面|旁边)[院屋街趟]?(?:房|家)?住)"
    "|[^,。!?;打骂]{0,4}(?:挺好|对我好|很好|可好)"
    "|好(?=$|[,。 ])|疼我)"
)
_GOES_TO = re.compile(
    "(?:上|去|到|找)我?(?P<who>奶奶|奶|姥姥|姥|爷爷|爷|姥爷|姑姑|姑|老姑|姨|老姨|大姨|舅舅|舅|婶|大娘|老师|邻居)(?:那|家|屋|院)?"
    "[^,。!?;打骂]{0,4}(?:[,， ]*(?:行不|行吗|行不行|可以吗|中不|好不好|成不))[?？]?$"
)
_NEAR_BY = re.compile(
    "我(?P<who>奶奶|奶|姥姥|姥|爷爷|爷|姥爷|姑姑|姑|老姑|姨|老姨|大姨|舅舅|舅|婶|大娘)(?:在|住)[^,。!?;打骂外]{1,5}我(?:能|可以|想|敢|要)?(?:去|上|到|找)(?:她|他)(?:家|那|屋)?"
)
_OWN_FAULT = re.compile(
    "我[^,。!?;]{0,4}(?:做错|错了|不好|不听话|不乖|惹)|(?:我的|怪我|赖我)(?:错|吗|吧|$)|是不是我(?:不|错)"
)
_GOOD_FOLK = (
    "(?:奶奶?|爷爷?|姥姥|姥爷|大娘|大爷|阿姨|婶子?|姨|姑姑?|舅舅?|叔叔?|老师"
    "|邻居|警察(?:叔叔|阿姨)?|民警|大人|妈妈?|她|他|人家)"
)
_WITH_ADULT = re.compile(
    "(?:让|叫|领|带|抱|拉|接)(?:着|了)?我(?:们|俩)?(?:进屋|进门|进去|进来|进了|上她家|去她家|到她家|回家)"
    f"|{_GOOD_FOLK}(?:来|过来)?接我(?:来|回)?了|{_GOOD_FOLK}(?:把我|接我|接到我|给我开门|抱着我|陪着我|搂着我)"
    f"|(?:我|我们|我俩)(?:现在|已经|都)?(?:在|到|进)了?[^,。!?;]{{0,6}}{_GOOD_FOLK}家(?:里|屋)?(?:了|呢|$|[,。 ])"
    f"|{_GOOD_FOLK}(?:来了|到了|过来了|回来了)(?:$|[,。! ])"
)
_NOT_YET = re.compile(
    "(?<!接我)没来|不在|没开|不开|怎么|吗|打我|骂|喝|坏人|后[爸妈]|^(?:他|她|我爸|爸爸)(?:来了|回来了|到了)"
)
_LEAVES = re.compile(
    "^(?:好|行|那|嗯|算了|他回来了|谢谢[你您]?|,|。)*(?:我|俺)?(?:先|得|要)?(?:(?<=先)忙了?|(?<=先)去忙|关了|下了|下线了|挂了|撤了|走了|不聊了|不唠了|不打字了|去忙了|忙去了|干活去了)[啊吧,。!]*$"
    "|^我(?:得|要|该)(?:走|关|下|去)了"
)
_BY_HELP = re.compile(
    "(?:警察|民警|派出所|救护车|120|大夫)[^,。!?;没不又]{0,4}(?:来了|到了)[,。]?(?:孩子|娃|人|把孩子|给孩子|把人)?(?:也|都|已经|给|让[他她]们|让人)*(?:拉走|接走|带走|抬走|抱走|领走)了?(?![他她吗没])"
    "|(?:警察|民警|公安|派出所的?)(?:已经|都|给|刚)*(?:把|给)(?:那个?|这个?|他|她)?(?:男的|女的|人|打人的|[他她]?[爸爹妈娘]|[他她]后[爸妈]|大人)?(?:给)?(?:带|抓|拉|弄)走了(?![吗没])"
    "|(?:让|被|叫)(?:警察|民警|公安|派出所)(?:的人)?(?:给)?(?:带|抓|拉|弄|铐)走了?(?![吗没])"
)
_STOPPED = re.compile("(?<!要)不(?:再)?(?:砸门?|踹门?|撬门?|敲门?|打|骂|喊|追|闹|作|吵|哭)(?:我|他|她|人|孩子)?了")
_CHILD_ALONE = re.compile(
    "(?:我弟|我妹|我哥|我姐|俺弟|俺妹|我俩|俺俩|我们俩|就我|我自己)[^。!?;]{0,12}(?:没(?:有)?大人|大人(?:都)?不在|没人管)"
    "|(?:家里|屋里)没(?:有)?大人[^。!?;]{0,8}(?:我弟|我妹|我俩|俺俩|我们俩|就我|我自己)"
    "|(?:家里|屋里)(?:现在)?就(?:我们俩|我俩|俺俩|我跟?我?(?:弟|妹|哥|姐))|就(?:我们俩|我俩|俺俩)在家"
)
_HITS_ME = re.compile(
    "我(?:爷爷?|奶奶?|姥姥?|姥爷)[^,。!?;]{0,4}(?:晕|昏|倒|摔|不动|叫不醒|没醒|吐)|(?:叔叔|阿姨|[后继][爸妈父母]|我爸|我妈|爸爸|妈妈)[^,。!?;]{0,8}(?:打|抽|踢|踹|掐|扇|揍|削)我(?!家|们家|的|[弟妹哥姐闺儿孙])"
    "|(?:大哥哥|哥哥|叔叔|阿姨|[后继][爸妈父母])[^,。!?;]{0,4}把我(?:关|锁|绑|拉|带)"
)
_OF_A_HOME = re.compile(
    "他家|她家|人家|邻居|孩子|他们|她们|侄|外甥|我弟家|我妹家|我哥家|我姐家|媳妇|对象|老公|丈夫|前夫|婆婆|[打抽踢揍]我(?:闺女|儿子|孙|家)"
)
LONGEST_SAD, LONGEST_BLAME = 24, 40
_MISSES = re.compile(
    "^(?:我|就|好|可|真|很|特别|有点|又|现在|一直|太|,)*(?:想|惦记|念叨)(?:我|俺)?(?:的)?(?:爸爸?|妈妈?|爹|娘|爸妈|奶奶?|姥姥|爷爷?|姥爷|家)(?:了|啊|呀|我|,|爸|妈|和)*$"
    "|^(?:我)?(?:要|找)(?:我)?(?:妈妈?|爸爸?|奶奶?|姥姥)(?:了|啊|呀|呜)*$|^(?:妈妈?|我妈|爸爸?|我爸)(?:啥时候|什么时候|几时|怎么还不|咋还不)(?:能)?回来"
)
_SAD = re.compile(
    "^我(?:今天|最近|就是|很|好|有点|一直)*(?:不高兴|不开心|难受|难过|想哭|想家|孤单|没人陪|睡不着)|^我(?:就是|好|很|特别)*想(?:他们|她们|我爸|我妈|爸妈|爸爸|妈妈)"
    "|(?:我爸我妈|我爸妈|我妈我爸)[^,。]{0,3}(?:走|出去|打工|不在)[^。]{0,4}就我(?:跟|和)?我?(?:爷|奶|姥)|^我(?:爷|奶|姥姥|姥爷)说(?:男|女)?孩子"
    "|^(?:又|晚上|天天|老|总|还是|我)*睡不着[了觉啊]*$|^我(?:妈|爸)[^,。打]{0,6}没给我打(?:过)?电话|^(?:没人欺负我[,。]?)?(?:就是)?没意思$"
)
_SOMEBODY_ELSE = re.compile(
    "老[大二三](?=学|不|说|跟|也|最|昨|今|在|给|发|这|那|天|晚|老)|给[我俺](?:发|留|写|传)[^,。]{0,6}说"
    "|[他她](?!们)|(?:那天|老|总|天天|昨天|前天|上次|刚才|今天|跟我)说|孩子|儿子|女儿|闺女|姑娘|孙|弟|妹|同学|同桌|室友|学生|邻居|媳妇|侄|外甥|娃|丫头|小子|朋友|网友|班里|有人|人家|[男女]生"
    "|(?:微信|短信|信|纸条|本子|日记|遗书|留言|朋友圈|群)(?:里|上)(?:写|说|发|留)"
)
_TO_ME = re.compile(
    "(?:欺负|[打骂揍踢掐吼吓逼嫌恨]|笑话|嘲笑|孤立|排挤|不理|不要|说|讨厌|威胁|瞧不起|看不起|摸|碰|抢)(?:着|了|过|完)?[我俺](?!家|们家|的)"
    "|[我俺](?:老|总|天天|又)?(?:被|让|叫|挨)"
)
"""What others do to the writer."""
_I_WISH = re.compile("(?:^|[ ,，。!！])[我俺](?:真的?|也|都|就|是|好|实在)*(?:不想活|想死|活够|活腻|不如死)")
_QUOTED = re.compile("[说讲写发喊]|留言|电话|短信|微信|给[我俺]")
_OWN = re.compile("[我俺咱]|(?<![A-Za-z])(?:i|me|my|myself)(?![A-Za-z])")
_WISH = re.compile("[想活死要]")
"""What is wished without a subject is wished by who writes (不想活了); what was done (跳楼了) may be anybody's."""
SOME_LETTERS = 4
_CODE = re.compile(r"[A-Za-z0-9 -]*[0-9][A-Za-z0-9 -]*")
_LATIN = re.compile("[A-Za-z]")
_HAN = re.compile("[一-鿿]")
_NEEDS_HELP = re.compile(
    r"(?<![A-Za-z])(?:help|child(?:ren)?|kids?|boy|girl|bab(?:y|ies)|son|daughter|beat(?:s|ing|en)?|hit(?:s|ting)?|hurt(?:s|ing)?|abus\w+"
    r"|danger\w*|student|pupil|herself|himself|afraid|scared|kill\w*|die|dying|bleed\w*|locked|missing|knife|rape\w*|touch\w*|alone|hungry|emergency|police)(?![A-Za-z])",
    re.IGNORECASE,
)
_OLD = re.compile(
    "(?:我|俺)(?:今年|都|这)*"
    "(?:[6-9][0-9]|[六七八九]十[一二三四五六七八九]?)(?:多|来|好几)?(?:岁|了|$|[,。 ]|儿子|闺女)"
)
_A_CHILD = re.compile("孩|娃|孙|外甥|侄|学生|小子|丫头|重孙|留守|困境|岁的")
_LONELY = re.compile(
    "(?:一个人|就我自己|自个儿|老伴[没走不])[^,。]{0,6}(?:过年|过节|没意思|冷清|孤单|没人说话|闷得慌|没人陪)|没人(?:跟|陪)我(?:说话|唠|聊)"
)
_HANGUL = re.compile("[가-힣]")
_ABUSE = re.compile(
    "(?:吃(?:干|闲|白)饭的?|就是(?:个|一个)?摆设|踢皮球|糊弄(?:人|鬼|老百姓)|光说不练|不办人事|不顶用|傻[逼比叉缺子]|煞笔|沙比|沙雕|脑残|智障|弱智|废物|垃圾|人工智障|狗屁|放屁|破玩意|滚蛋|滚吧|滚犊子|(?<!翻)滚$|去死吧|王八蛋|操你|草泥马|他妈的|你妈的|尼玛|nmsl|stupid|idiot|fuck)"
)
_OF_US = re.compile("你|机器|系统|助手|客服|软件|玩意|^(?:垃圾|废物|傻|滚|智障|操|草)|bot|fuck|stupid")
_OF_OTHERS = re.compile("[他她骂叫喊]|说我|孩子|娃|同学|老师|我[爸妈爷奶哥姐]|邻居|家里|我[是就真]")
ALARM, RETURNED, COMING, TOLD, WORTH = "alarm", "returned", "coming", "told", "worth"
AFRAID, WRITTEN, UNWELL, NO_CALL = "afraid", "written", "unwell", "no_call"
SAME, ANOTHER, JOKE, JOURNALIST, CREATURE, GROWN = "same", "another", "joke", "journalist", "creature", "grown"
ANIMAL, FOUND = "animal", "found"
BREATHLESS, JUMPED, SILENT, FAR = "card.breathless", "card.jumped", "card.silent", "card.far"
SCALD, OWN_HANDS, OVER = "card.scald", "own_hands", "over"


def of_grown_life(text: str) -> bool:
    """Whether somebody only tells of his own life, with an age no parent of small children has, and of no child:
    我七十三 儿子闺女都在南方."""
    said = normalise(text[:200]).text
    return _OLD.search(said) is not None and _A_CHILD.search(said) is None


def lonely(text: str) -> bool:
    """Whether somebody grown only says that it is lonely around him: 一个人过年没意思."""
    said = normalise(text[:100]).text
    return len(text) <= LONGEST_SAD and _LONELY.search(said) is not None and _A_CHILD.search(said) is None


def wants_secrecy(text: str) -> bool:
    """Whether somebody asks that another person does not hear of it. Any text is taken; never raises."""
    return _SECRECY.search(normalise(text[:400]).text) is not None


def few_could_tell(text: str) -> bool:
    """Whether somebody fears that it can be guessed who told: 村里就这几户, 我俩就成仇了."""
    return _FEW.search(normalise(text[:200]).text) is not None


def of_a_child(text: str) -> bool:
    """Whether a wish for secrecy is a child's: it is parents or grandparents of one's own who are not to know."""
    return _OWN_FOLK.search(normalise(text[:400]).text) is not None


def trusted_adult(text: str) -> str | None:
    """Who is good to the child that writes, or near, in its own word: 我姑挺好的 → 姑. None: nobody is named."""
    said = normalise(text[:200]).text
    hit = _TRUSTED.search(said) or _GOES_TO.search(said) or _NEAR_BY.search(said.replace(",", ""))
    return hit["who"] if hit else None


def blames_itself(text: str) -> bool:
    """Whether a child asks if it did something wrong: 我是不是做错啥了."""
    return len(text) <= LONGEST_BLAME and _OWN_FAULT.search(normalise(text[:100]).text) is not None


def with_adult(text: str) -> bool:
    """Whether a child says that a grown-up is with it now: 她让我进屋了, 王奶奶来了."""
    said = normalise(text[:100]).text
    return _WITH_ADULT.search(said) is not None and _NOT_YET.search(said) is None


def taken_along_by_help(text: str) -> bool:
    """Whether police or doctors are there and took the child along, which is no alarm: 警察来了 孩子拉走了."""
    return _BY_HELP.search(normalise(text[:200]).text) is not None


def stopped(text: str) -> bool:
    """Whether somebody says that what was done is not done any more (他不砸门了 睡着了), and nothing else goes on."""
    said = normalise(text[:100]).text
    return _STOPPED.search(said) is not None and ALARM not in kinds(_STOPPED.sub("", said))


def tells_as_a_child(text: str) -> bool:
    """Whether a child tells of its own home, without a grown-up (我弟吐了 家里没大人) or with one that beats it."""
    said = normalise(text[:200]).text
    alone = _CHILD_ALONE.search(said) or _HITS_ME.search(said)
    return alone is not None and _OF_A_HOME.search(said) is None


def misses(text: str) -> bool:
    """Whether a child says that it misses its parents, and nothing else: 我想我妈, 好想妈妈."""
    return len(text) <= LONGEST_SAD and _MISSES.search(normalise(text[:100]).text) is not None


def leaves(text: str) -> bool:
    """Whether somebody only says that he has to go now: 我先关了."""
    return len(text) <= LONGEST_SAD and _LEAVES.search(normalise(text[:100]).text) is not None


def sad_child(text: str) -> bool:
    """Whether somebody only says that he is unhappy or misses those who are away, as children do."""
    return len(text) <= LONGEST_SAD and _SAD.search(normalise(text[:100]).text) is not None


def kinds(text: str) -> frozenset[str]:
    """Every kind of `asides.txt` that a message holds. Any text is taken; never raises."""
    said = normalise(text).text
    patterns, names = _lexicon()
    return frozenset(names[at] for at in patterns.worth_trying(said) if patterns.compiled(at).search(said))


def own_pain(text: str) -> bool:
    """Whether words of self-harm are the writer's own: said of himself, and nobody else is spoken of before them."""
    hits = [span for span in danger.read(text).evidence if span[2] == "self_harm"]
    if hits and _TO_ME.search(text[: hits[0][1]]) and _I_WISH.search(text) and not _QUOTED.search(text[: hits[0][1]]):
        return True  # 我弟老打我 我不想活了
    if not hits or _SOMEBODY_ELSE.search(text[: hits[0][1]]):
        return False
    return _OWN.search(text.lower()) is not None or _WISH.search(text[hits[0][0] : hits[0][1]]) is not None


def tells_of_another(told: Iterable[str]) -> bool:
    """Whether what was told speaks of another person, and not of what others do to the writer: 这孩子最近不爱说话,
    not 同学都欺负我. A child that told the second is spoken to itself when it goes on with 不想活了."""
    told = [*told]
    return any(_SOMEBODY_ELSE.search(one) for one in told) and not any(_TO_ME.search(one) for one in told)


def says_i(text: str) -> bool:
    """Whether somebody speaks of himself by a word for it."""
    return _OWN.search(text.lower()) is not None


def in_english(text: str) -> bool:
    """Whether a message is mostly Latin letters and tells of danger or asks for help."""
    latin, han = len(_LATIN.findall(text)), len(_HAN.findall(text))
    return latin > 2 * han and (_NEEDS_HELP.search(text) is not None or danger.read(text).level != "none")


def latin(text: str) -> bool:
    """Whether a message is mostly Latin letters: whoever writes so is answered in English too."""
    letters = len(_LATIN.findall(text))
    written = letters >= SOME_LETTERS and letters > 2 * len(_HAN.findall(text))
    rest = _HAN.sub("", text).strip()
    a_code = _CODE.fullmatch(text.strip()) or (rest.isupper() and _CODE.fullmatch(rest))  # 码是 AAAAA BBBBB 密码1234
    return written and not a_code and not rubbish.is_rubbish(text)


def korean(text: str) -> bool:
    """Whether a message is written in Korean."""
    letters = len(_HANGUL.findall(text))
    return letters >= 2 and letters > len(_HAN.findall(text))


def swears(text: str) -> bool:
    """Whether a message holds a word of abuse, whomever it means."""
    return _ABUSE.search(normalise(text[:200]).text.lower()) is not None


def abuses_us(text: str) -> bool:
    """Whether a message only abuses the assistant: of a child who is called names it says nothing."""
    said = normalise(text[:200]).text.lower()
    return _ABUSE.search(said) is not None and _OF_US.search(said) is not None and not _OF_OTHERS.search(said)


@cache
def _lexicon() -> tuple[Patterns, tuple[str, ...]]:
    rows = [tuple(part.strip() for part in line.split(" | ", 1)) for line in lines("asides.txt")]
    return Patterns(row[1] for row in rows), tuple(row[0] for row in rows)
