"""What is said in the check whether a child counts, beside what it asks: people, a paper, the result, how much is left,
and what somebody asks or tells of it.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Set

from bot.reading.families import check_handing, check_progress
from bot.reading.reports import told
from bot.reading.talk import courtesies
from bot.reading.talk.replies import ASKS_AGAIN

PEOPLE, REVIEW, PAPER, RESULT, THANKS = "people", "review", "paper", "result", "thanks"
TOLD_ALREADY, DUTIES, GOODBYE, SO_FAR = "told_already", "duties", "goodbye", "so_far"
HOW_MUCH_MORE, NOT_WORTH_IT, WHEN, MORE, MONEY = "how_much_more", "not_worth_it", "when", "more", "money"
NOW, WHAT_THEN, LEAVES = "now", "what_then", "leaves"
WHERE_WERE_WE, MISSING, ONE_SENTENCE, NOTED = "where_were_we", "missing", "one_sentence", "noted"
WHERE, PAPERS, WHERE_AND_PAPERS = "where", "papers", "where_and_papers"
SHORT = 24
"""Characters within which such words are all that is meant."""
_DISAGREES = re.compile(
    "不同意|不服|不认可|算错了|不公平|你们?(?:弄|搞)错|(?:觉得|结果|算得|这个?)不[对准]|有问题"
    "|(?:do ?n.?t|do not|dis) ?agree",
    re.I,
)
_DISAGREES_PLAINLY = re.compile("不同意|不服|不认可|算错了|(?:do ?n.?t|do not|dis) ?agree", re.I)
"""Said so outside of a result too; 不对 there corrects what was told."""
_IMPATIENT = re.compile(
    "哪来(?:那么|这么)多|(?:这么|那么|咋这)多(?:问题|事)|问(?:个|起来)?没完|还有(?:几个|"
    "多少)[^,，。]{0,2}(?:问|题)|还(?:要|得)问|没完没了|还有(?:多少|几句|几道)(?:句|道|条|个)?(?:啊|呀|呢|没问)*$|(?:啥|什么)都(?:要)?问"
    "|问(?:得|的|你)?(?:也)?(?:这么|那么|太|忒|咋这么|真)(?:多|细|啰嗦|麻烦)|(?:咋|怎么|咋还)问?(?:这么|那么)多(?!天|年|月|钱|人|孩)"
    "|(?:能不能|能)?少问(?:点|几)|(?:烦死|烦人|真烦|太烦)(?:了|人)?(?=$|[,，。! ！])[^孩娃他她]{0,8}$"
    "|(?:咋|怎么)(?:还|又|老|总)(?:在|要)?问"
    "|磨叽|墨迹|啰嗦|罗嗦|啥时候(?:是个头|问完)|问完[没了吗]|(?:too|so|how) many (?:more )?question|how much longer",
    re.I,
)
_WANTS_RESULT = re.compile(
    "算(?:得)?上不(?:$|[啊呀,，。?？ ])|"
    "(?:够|成|行|中|算|能行|符合)不(?:够|成|行|中|算|能行|符合)格?(?:啊|呀|呢|吧|到底|[?？])*$|"
    "(?<![月年天0-9])够不[?？]?$|够了?没有?(?:啊|呀)?$|够格不|"
    "(?:够了|算了|算留守|算困境|符合|成了)[是吗]?吧|(?:你就说|到底|直接说)[^，。]{0,3}(?:能不能|"
    "算不算|够不够|行不行)|那就是(?:说不准|不算|算)|这[样么]算不算"
    "|(?:行|算|成|够|中|符合|是)还是不(?:行|算|成|够|中|符合|是)|给不给算"
    "|(?<!没)(?<!没有)给(?:我|俺|咱)?[个句点]?(?:结论|准话|准信儿?|痛快话?|说法|话(?=$|[,，。呗吧啊!！ ])|交代)"
    "|到底[^，。]{0,6}(?:算|够|归|成|行|中|是不是)|简单点?说|直接(?:告诉我|说)"
    "|(?:够|符合)不(?:够|符合)(?:条件|资格)|归不归你们?管|能不能(?:行|成|批|算|办|评上|够上)"
    "|能(?:行|成|算上?|批下来|评上)(?:不|吗|么)(?:$|[,，。? ？])"
    "|(?:能|可以)?看出来[^,，。]{0,2}(?:是不是|算不算|够不够)|(?:是不是|算不算)(?:留守|困境)(?:儿童)?不?(?:啊|呀|呢|吧)?$"
    "|(?:^|[,，。 ])(?:那|所以)?(?:最后|最终)?(?:结果|结论)(?:呢|是啥|是什么|咋样|怎么样)"
    "|(?:留守|困境)[^,，。]{0,5}(?:不算|算)了?(?:呗|吧|吗|不)|(?:不算|不够|不符合|不行)(?:呗|是吧|了呗|的意思)"
    "|能(?:给|享受)(?:点|个)?(?:啥|什么)"
)
"""Who wants to hear how it stands, though not everything is asked."""
_NOW = re.compile(
    "^(?:那|我的?|孩子的?)?结果[。!！]*$"
    "|^就(?:这些|这么多|知道这些)了?[,，。 吧]*(?:你|您)?(?:给|帮)(?:我|俺)?(?:看看|算算|判断|出|看)|"
    "(?:^|[,，。 吧了]|先|就|直接|那|能|可以|你|给我|给俺)(?:看看|看|出|给|要|报|来|说)(?:一下|下|个|我|俺|咱)*"
    "(?:目前|现在|眼下|这会儿|到现在|当前|最后|初步)?的?(?:一个|个)?(?:结果|结论)(?![^,，。]{0,4}(?:单|显示|阳性|医院))"
    "|(?:目前|现在|眼下|到现在|到这)(?:的|是|这)?(?:啥|什么|个啥)?(?:结果|结论)"
    "|按(?:现在|目前|眼下|刚才|已经)(?:我)?(?:说|答)?过?的[^,，。]{0,4}(?:给|出|算|看|来)"
)
"""Who wants to see the result as it is, and be asked nothing more: 就看目前的结果, 出结果吧."""
_LOOK_AGAIN = re.compile(
    "^(?:那|你|您|麻烦|请|就|[,，。 ])*(?:再|重新?|从新|另)(?:给|帮)?(?:我|俺|咱)?(?:们|家)?(?:重新)?"
    "(?:看看|看一下|算算|算一下|判断(?:一下)?|测(?:一下|测)|瞅瞅)(?:吧|呗|呢|啊|吗|行不|结果|算不算)*[。!！?？]*$"
)
"""Who wants the result anew after telling what has changed: 低保批下来了 再给看看."""
_WHAT_THEN = re.compile(
    "(?<!不)算(?:上|了|是)(?:了|的话|以后|之后)?[^,，。不]{0,3}(?:会?咋样|会?怎么?样|能?咋的|能怎|有(?:啥|什么)|又能|以后)"
    "|(?:算上|评上|认上|认下来|认定|定下来|办下来|够上)(?:了|以后|之后)?[^,，。]{0,4}(?:有(?:啥|什么|嘛)(?:用|好处|待遇|说法)|咋样|怎样|怎么样|咋的|能得着?(?:啥|什么)|图(?:啥|什么))"
    "|^(?:那|这|算这个|测这个|弄这个|整这个)?(?:有|能有)(?:啥|什么)(?:用|好处)[啊呀呢?？]*$"
)
"""Who asks what follows if it counts: 算上了会咋样, 评上有啥好处."""
_LEAVES = re.compile(
    "^(?:行|好|妥|嗯|嘞|那|知道了|谢谢|多谢|谢了|你|您|的|了|啊|吧|哈|[,，。! ])*"
    "(?:就(?:这样|这么地|到这)|先(?:这样|到这)|没(?:别的|啥|什么)?事了|没了|不用了|再见"
    "|拜拜|回见|挂了|撂了|明白了|知道了|够了)(?:吧|啊|了|哈|谢谢|多谢|你|您|[,，。! ])*$"
)
"""Once the result is given, who says goodbye: 谢谢 就这样."""
_WHEN = "(?:(?:啥|什么)(?:时候|前儿)|哪天|哪月|几号|几月份?|多久|多咱|啥时|何时|多长时间)"
_WHEN_ENOUGH = re.compile(
    f"{_WHEN}[^,，。]{{0,3}}(?:才|就|能)+(?:算|够|满|行|成|符合)|{_WHEN}(?:够|满)|(?:到|等到?)(?:了|得)?{_WHEN}"
    "|还(?:差|得|要)(?:等)?(?:多少天|几天|多久|几个月|多长时间)"
    f"|{_WHEN}(?:再|还能|可以)*来?(?:问|查|测|申请)(?:你|您|一遍|合适)?(?:啊|呢|好)?$"
)
"""Since when it would do: 啥时候能算, 我几月份再来问."""
_ANGRY = re.compile(
    "(?:这|那|我家|俺家|这样|都这样)[^,，。]{0,4}都?(?:不算|不够格?|不符合|不行|不给算)"
    "[^?？]{0,8}(?:要?你们?|政府|国家)[^,，。]{0,3}(?:管|干|有)(?:啥|什么|谁|嘛)"
    "|不够格?[^?？]{0,6}要你们?[^,，。]{0,2}干(?:啥|什么)|那你们(?:到底)?管(?:啥|什么|谁)|这样?都不(?:算|管|行)"
)
"""Who is angry that it does not count."""
_GO_ON = re.compile(
    "^(?:那|就|好|行|中|嗯|了|吧|你|您|[,， ])*(?:再|接着|继续|往下)(?:多)?"
    "(?:问|测|看|来)(?:几个|几句|看|看看|吧|呗|下去)*[。!！]*$"
)
"""Who wants the rest asked, once the result is given: 再问几个."""
_ON_PAPER = re.compile(
    "结果[^,，。我俺咱再]{0,3}(?:拿|带|给)(?![我俺咱])[^,，。我俺咱]{0,6}看|打印|打一[张份]|给[我俺](?:打|印)|[存留]一[张份]|保存|(?<![a-z])print",
    re.I,
)
_WHERE_TO_GO = re.compile(
    "(?:去|上|到|找|奔)(?:哪儿?|哪里|哪旮瘩|谁|哪个部门|啥地方|什么地方)[^,，。]{0,3}(?:办|申请|弄|"
    "报|问|认定|评|整)|(?:在|搁|上|到|去)哪儿?(?:办|申请|报)"
    "|(?:该|得|要|应该)(?:去|上|到)?找(?:谁|哪个|哪里|哪儿|啥人|什么人)|^(?:那|我|俺)*(?:找谁|哪办|哪儿办)(?:啊|呀|呢|去)*[?？]?$|有(?:难处|事|困难)找谁"
    "|(?:去|上|到)哪儿?(?:里|块)?(?:去)?(?:办|申请|弄|问|找)"
)
_WHAT_TO_BRING = re.compile(
    "(?:带|拿|备|准备|交|(?:要|用|需要|得有)(?=(?:点|些)?(?:啥|什么|哪些)(?:材料|手续|证)))(?:点"
    "|些)?(?:啥|什么|哪些|哪几样)(?:材料|手续|东西|证件?|证明)?(?:不|吗|呢|啊|去|$|[,，。 ?])"
)
_THANKS = re.compile("^(?:好的?|行)?[，, ]*(?:谢谢|多谢|谢了|感谢|thank)", re.I)
_THANKS_AND_GOES = re.compile(
    "^(?:明白|整明白|弄明白|妥|先这样|没(?:啥|别的|什么)?事|(?:行|好|成|中)(?=了))了?[,，。 ]*(?:谢谢"
    "|多谢|谢了|感谢)[^,，。？?]{0,5}[。!！]*$"
    "|^(?:妥了|行了|好了)?[,，。 ]*(?:整明白|弄明白|都?明白|清楚)了[,，。! ]*(?:谢谢[你您]?)?$"
)
"""Who has heard enough in the middle, and says goodbye."""
_ASKS_NO_MORE = re.compile(
    "^(?:行|好|中|妥|得|嗯|那|就|先|嘞|了|吧|啊|[,，。 ])*(?:我|俺)?"
    "(?:(?:不|别)(?:再|跟你)?(?:问|麻烦(?:你|您)|打扰)"
    "(?:你|您)?了"
    "|就(?:问|打听)(?:这些|这么多|这个|到这)|(?:没(?:啥|什么|别的)|没有别的)(?:要|想)?问的?了?)[吧啊哈呀]?"
    "(?:[,，。!！ ]*(?:谢|多谢|感谢|麻烦|辛苦)[^,，。？?]{0,8})?[。!！]*$"
)
"""Who wants to be asked, and asks, nothing more: 行了不问了 谢谢你啊孩子."""
_AGREES_WITH_US = re.compile("[行好中妥得嗯恩哦噢啊那就了吧的嘞啦成哎]+")
_OF_SOMETHING_ELSE = re.compile("证|低保|特困|户口|鉴定|救助|学籍|转学|报警|合作医疗|医保|贷款")
"""Where to go for something that has a rule of its own: 残疾证去哪办."""
_COMES_BACK = re.compile(f"{ASKS_AGAIN}|到时候?(?:我)?再来?(?:问|测)")
_INTERRUPTS = re.compile("影响|重新算|从头算|断没断|白算")
_SAID_ALREADY = re.compile(
    "不用(?:再)?从头|别从头|不用重来|(?:都|早|刚才|已经|方才)+(?:我|俺|就|都|跟你|跟您)*(?:说|讲|答)过?了(?!算)"
    "|听没听|(?:你|您)(?:是不是)?没(?:听|记)(?:懂|见|明白|清|住|进去|着)?(?:啊|呀|吗|吧|我)|(?:说|讲|问)了?(?:好几|几|多少|[两三四五])(?:遍|回|次)了?"
)
_DUTIES = re.compile(
    "(?:[这那]|眼下|现在|还差|期间)[^,，。]{0,4}(?:个?月|阵子|段时间|期间|"
    "会儿)[^,，。]{0,6}(?:有[啥什]么?|还?[得该要]|需要)[^,，。]{0,4}(?:做|办|干|注意)"
)
_WORKPLACE = "(?:用人单位|用工单位|用工企业|单位|企业|公司|工厂|厂[子里家]|工地|老板)"
_TO_HAND_OUT = "(?:告知[书单卡]?|宣传[单页卡]?|卡片|张贴|传单|贴的|发的那?[张页])"
_EMPLOYER_CARD = re.compile(
    f"(?:给|发给?|贴在?|拿给)[^,，。]{{0,3}}{_WORKPLACE}[^,，。]{{0,6}}{_TO_HAND_OUT}|"
    f"{_WORKPLACE}[^,，。]{{0,6}}(?:告知[书单卡]|宣传[单页卡])|监护责任(?:告知)?[卡单]"
)
_SAY_IT_AGAIN = re.compile(
    "结果(?:呢|是啥|是什么|再|给)|再说一[遍次]|(?:看|要)(?:一下)?结果|(?:show|see|the) result", re.I
)
_HAS_ENOUGH = re.compile(
    "^(?:(?:别|不)(?:再)?问(?:我|俺)?了|(?:我|俺)?(?:不想(?:再)?(?:答|回答|测|弄|整)了?|不(?:答|测|弄|整)了))[。!！]*$"
)
_HOW_MUCH = re.compile(
    "(?:给|有|发|领)(?:点|些)?(?:补助|补贴|钱)(?:拿)?(?:不|吗|么|没有?|呗)[?？]*$|(?:有没有|能不能有|给不给|能不能(?:给|领|拿))(?:点|些)?(?:补助|补贴|钱)"
    "|(?:给|领|补|发|拿|批|(?<!还)有)[^,，。]{0,4}(?:多少|几百|几个)钱?(?!天|月|年|岁)|一个?月[^,，。]{0,4}(?:多少钱|几百)"
)
_NO_REPORT = re.compile("(?:先|就|那|还是|暂时)?(?:不|别)(?:报|往上报|上报|转|告)(?:了|吧|呢)?(?=$|[,，。 ])")
_REALLY_ASKS = re.compile(
    "[?？吗呢么呗]|(.)不\\1|有没有|啥|咋|哪|谁|多少|多久|多长|几(?=个孩子|岁|种|类|级|条|项|样|百|千|"
    "块|元|钱)|不$|影响|可以|不知道|如果|要是"
    "|(?<![a-z])(?:how|what|when|where|who|why|which|does|can|is it)(?![a-z])",
    re.I,
)
_STATES = re.compile("^(?P<said>(?!那|要是|如果)[^?？吗么]*[吃领拿在有办跟带过住上干活打种念][^?？吗么]*)呢。?$")
"""吃低保呢, 搁家带着呢: 呢 says that it is so."""
_CARERS = (
    "(?:爷爷奶奶|姥姥姥爷|奶奶|爷爷|姥姥|姥爷|外公外婆|外公|外婆|大姑"
    "|小姑|姑姑?|大姨|小姨|姨|舅舅?|叔叔?|大伯|老姑|老姨|老舅)"
)
_NOT_WITH = re.compile(
    f"(?:不(?:是|跟)(?:跟|由|让)?[他她]?{_CARERS}?[^,，。]{{0,4}}|不对|(?:说|记|弄|搞)?错了)[,，。 ]*(?:应该|而"
    f"|其实)?(?:是)?(?:跟|由|让)?[他她]?(?P<who>{_CARERS})(?!不是)(?:带|过|照顾|看|管|养|住|$|[,，。 吧啊呀了])"
    f"|(?:^|[,，。 应该其实])是(?:跟|由)?[他她]?(?P<first>{_CARERS})[^,，。不]{{0,2}}[,，。 ]*不是跟?[他她]?{_CARERS}"
)
_ASKED_WHEN = re.compile("^(?:[他她]爸|[他她]妈)?走多(?:咱|久|长时间|少时间)了?[?？,， ]*")
_OF_ONE = re.compile("^[他她](?![爸妈爹娘爷奶姥舅姑叔姨])")
_ASKS = re.compile(
    "够(?:不够)?(?:得上|上)?(?:留守|困境)(?:儿童)?(?:的)?(?:条件|标准|格)?(?:不|吗|么|没|[?？])|算不算|算(?:是)?(?:留守|困境|孤儿|事实无人)|符不符合|符合(?:条件|不)|够不够|够(?:条件|格)|"
    "能(?:不能)?(?:认定|评上|评(?:留守|困境)|享受|领)|判断孩子|判断一下|自测"
    "|能不能算|能算(?:不|吗|上)|是不是(?:留守|困境)|(?:留守|困境)(?:儿童)?[,， ]*是不是|(?:留守|困境|流守)儿童吗|能申请"
    "|liushou|kunjing|eligib|qualif|left.?behind|any (?:help|benefit|subsid)|entitled"
    "|do(?:es)? (?:my|our|the|this|she|he)[a-z ]{0,24} count"
)
_WHAT_IT_COUNTS_AS = re.compile(
    "算|哪一?[类种样堆]|归[到在]?(?:哪|什么|啥|不归|困境|留守)|[够属占]|享受|待遇|说法|条件|符合|"
    "比照|照顾|困境|留[守首]|孤儿|什么(?:情况|孩子)"
)
_CALLED = re.compile("(?:(?:我|俺|本人)(?:姓|叫|是)|(?:^|[,，。 ])姓)(?P<name>[一-鿿]{1,4})(?=$|[,，。 ])")
_CLAUSES = re.compile("[,，。;；!！?？\\s]+")
_UNCARED = re.compile("(?<!不是)没(?:有)?人(?:管|问|照看|照顾|照料|看)")
_SPEAKERS = {
    "father": "爸|父亲|爹|father|dad",
    "mother": "妈|母亲|娘|mother|mum|mom",
    "paternal": "爷|奶|grand",
    "maternal": "姥|外公|外婆",
    "child": "自己|本人|孩子|我就是",
    "other": "别|亲戚|邻居|老师|主任|姑|姨|舅|叔|伯|哥|姐",
}
_SUPPOSES = re.compile("如果|要是|假如|万一")
"""Once the result is given, who supposes something else wants to hear what that would come to."""
_WISHES = (
    (check_handing.TO_PEOPLE, (True, False), PEOPLE),
    (_DISAGREES_PLAINLY, (True, False), REVIEW),
    (check_progress.IN_ONE_SENTENCE, (True, False), ONE_SENTENCE),
    (check_progress.WHAT_IS_MISSING, (True, False), MISSING),
    (check_progress.WHERE_WERE_WE, (False,), WHERE_WERE_WE),
    (check_progress.EACH_CHILD, (True, False), SO_FAR),
    (check_progress.WHAT_IS_NOTED, (True, False), NOTED),
    (check_progress.TOLD_BEFORE, (False,), TOLD_ALREADY),
    (_ON_PAPER, (True,), PAPER),
    (_SAY_IT_AGAIN, (True,), RESULT),
    (re.compile("^结果[^,，。]{0,3}(?:再|给|呢|说)"), (False,), SO_FAR),
    (_LOOK_AGAIN, (True,), RESULT),
    (_LOOK_AGAIN, (False,), SO_FAR),
    (_NOW, (True,), RESULT),
    (_NOW, (False,), NOW),
    (_LEAVES, (True,), LEAVES),
    (_ASKS_NO_MORE, (True,), LEAVES),
    (_THANKS, (True,), THANKS),
    (_SAID_ALREADY, (False,), TOLD_ALREADY),
    (_DUTIES, (True, False), DUTIES),
    (_THANKS_AND_GOES, (False,), GOODBYE),
    (_ASKS_NO_MORE, (False,), GOODBYE),
    (_GO_ON, (True,), MORE),
    (_ANGRY, (True, False), NOT_WORTH_IT),
    (_WHAT_THEN, (True, False), WHAT_THEN),
    (_WHEN_ENOUGH, (True, False), WHEN),
    (_HOW_MUCH, (True, False), MONEY),
    (_WANTS_RESULT, (True, False), SO_FAR),
    (_IMPATIENT, (True, False), HOW_MUCH_MORE),
)
"""Words, whether they are heard so at the end, before it or both, and what is wished with them."""


def wish(text: str, *, at_the_end: bool) -> str | None:
    """What a message wishes of the check itself: PEOPLE, REVIEW, …; None: nothing of that.

    at_the_end: the result was given, which somebody may want again, on paper, or looked at by a person.
    """
    if at_the_end and _DISAGREES.search(text):
        return REVIEW
    found = _wish(text, at_the_end=at_the_end)
    if found is None and len(text) <= 3 * SHORT and not text.isascii():
        each = (_wish(one, at_the_end=at_the_end) for one in reversed(_CLAUSES.split(text)))
        found = next((one for one in each if one in BESIDE), None)
    return found


def told_beside(text: str) -> str:
    """What a message tells beside what it wishes: 没判过 咋还没完 到底算不算啊 → 没判过. Empty: nothing."""
    each = clauses(text)
    told = [one for one in each if _wish(one, at_the_end=False) is None and courtesies.courtesy(one) is None]
    told = [one for one in told if _GO_ON.match(one) is None]
    told = [one for one in told if not (_AGREES_WITH_US.fullmatch(one) or has_enough(one))]  # 行了 那上哪办, 别问了
    if _wish(text, at_the_end=False) == GOODBYE:
        return ""
    return " ".join(told) if len(told) < len(each) else ""


def clauses(text: str) -> list[str]:
    """The clauses of a message, as commas and spaces part them."""
    return [one for one in _CLAUSES.split(text.strip()) if one]


def _wish(text: str, *, at_the_end: bool) -> str | None:
    if check_handing.goes_oneself(text):
        return LEAVES if at_the_end else GOODBYE
    if (asked := _how_to_apply(text)) is not None:
        return asked
    if len(text) > SHORT * (2 if text.isascii() else 1):
        return NOT_WORTH_IT if len(text) <= 2 * SHORT and _ANGRY.search(text) else None
    if not at_the_end and courtesies.courtesy(text) == courtesies.THANKS and not _THANKS_AND_GOES.search(text):
        return None  # whoever thanks us for a question goes on answering
    found = next((name for words, when, name in _WISHES if at_the_end in when and words.search(text)), None)
    return None if found == SO_FAR and at_the_end and _SUPPOSES.search(text) else found


BESIDE = (
    *(SO_FAR, MONEY, WHERE, PAPERS, WHERE_AND_PAPERS, GOODBYE, TOLD_ALREADY),
    *(WHERE_WERE_WE, MISSING, ONE_SENTENCE, NOTED, MORE),
)
"""What a clause of a longer message wishes that tells something besides."""


def _how_to_apply(text: str) -> str | None:
    """Whether words ask where to go, what to bring, or both: 那我找谁办去 带啥."""
    if len(text) > SHORT or text.isascii() or _OF_SOMETHING_ELSE.search(text):
        return None
    where, papers = _WHERE_TO_GO.search(text), _WHAT_TO_BRING.search(text)
    return WHERE_AND_PAPERS if where and papers else WHERE if where else PAPERS if papers else None


def asks_how_to_apply(text: str) -> str | None:
    """The policy topic of a question where to go (这个去哪办) or what to bring for it (要带啥); None: neither."""
    if len(text) > SHORT:
        return None
    return "apply_where" if _WHERE_TO_GO.search(text) else "materials" if _WHAT_TO_BRING.search(text) else None


def declines_report(text: str) -> bool:
    """Whether somebody does not want it reported, after that was offered: 先不报了 我给老师打个电话."""
    return _NO_REPORT.search(text) is not None


def only_tells(text: str) -> bool:
    """Whether words have nothing of a question but its look: 过年都回来几天, 低保没有."""
    said = " ".join(_STATES.sub(r"\g<said>", one) for one in clauses(text))
    return len(text) <= SHORT and _REALLY_ASKS.search(said) is None


def comes_back(text: str) -> bool:
    """Whether somebody means to ask again when the time has come: 再等俩月我再来问."""
    comes = len(text) <= SHORT and _COMES_BACK.search(text) is not None and "别" not in text
    return comes and _WHEN_ENOUGH.search(text) is None


def asks_what_interrupts(text: str) -> bool:
    """Whether somebody asks if a visit home interrupts the months away: 过年回来一趟影响不."""
    return _INTERRUPTS.search(text) is not None


def asks_duties(text: str) -> bool:
    """Whether somebody asks what parents owe meanwhile, whatever the months come to: 那这俩月我们有啥得做的不."""
    return len(text) <= SHORT and _DUTIES.search(text) is not None


def asks_for_employer_card(text: str) -> bool:
    """Whether somebody wants the notice of parents' duties for a place of work: 给厂里的宣传单, 用人单位告知卡."""
    return len(text) <= SHORT and _EMPLOYER_CARD.search(text) is not None


def asks(text: str) -> bool:
    """Whether a message asks if a child counts, or what it is entitled to: 俺家这算不算留守."""
    return _ASKS.search(text.lower()) is not None


def asks_what_it_counts_as(text: str) -> bool:
    """Whether words may ask what a family counts as, or what it is entitled to: 这娃归哪类, 享受啥."""
    return _WHAT_IT_COUNTS_AS.search(text) is not None


def has_enough(text: str) -> bool:
    """Whether somebody wants to be asked nothing more: 别问了."""
    return _HAS_ENOUGH.search(text.strip()) is not None


def asks_result(text: str) -> bool:
    """Whether somebody asks for a result that was given: 老大的结果呢, 第一个是啥结果."""
    return len(text) <= SHORT and re.search("结果|结论|算不算|够不够|咋样|怎么样", text) is not None


def corrected_carer(text: str) -> str | None:
    """Who looks after the child instead of whom it was said of: 不是跟爷爷奶奶 是姥姥; None: nothing of that."""
    found = _NOT_WITH.search(text) if len(text) <= SHORT * 2 else None
    return found["first"] or found["who"] if found is not None else None


def since_when(text: str) -> bool:
    """Whether words begin with the question how long somebody is gone, to answer it at once: 走多咱了？去年秋收完."""
    return _ASKED_WHEN.match(text) is not None


def without_our_question(text: str) -> str:
    """The words without the question of ours they begin with: 走多咱了？去年秋收完走的 → 去年秋收完走的."""
    return _ASKED_WHEN.sub("", text)


def of_one(text: str) -> bool:
    """Whether words begin with he or she, and mean that one: 她不回来; not 她妈."""
    return _OF_ONE.match(text) is not None


def called(text: str) -> str:
    """What somebody says he is called, empty when he does not: 我姓王, 找主任 → 王."""
    found = _CALLED.search(text)
    return found["name"] if found is not None else ""


_TELLS_OF_OTHER = re.compile(
    "(?<!我是)(?<!是)(?:[他她]|孩子|娃)的?(?:爹|爸爸?|妈妈?|娘|爷爷?|奶奶?|姥姥?|"
    "姥爷)(?![爷爸妈奶姥])[^,。呀啊吧的]{4,}"
)
"""Whose verb follows is no answer to who somebody is."""


def speaker(text: str) -> str | None:
    """Who somebody says to be, as the answer to that question: father, mother, paternal, maternal, child, other."""
    if _TELLS_OF_OTHER.search(text):
        return None  # 他爹一个礼拜来一回电话 tells of the father
    fits = [who for who, words in _SPEAKERS.items() if re.search(words, text.lower())]
    return fits[-1] if "maternal" in fits or "paternal" in fits else fits[0] if fits else None


def worries(text: str, signs: Set[str]) -> bool:
    """Whether a clause says that nobody looks after a child, or tells one of these signs: 没人管没人问，算不算困境."""
    return any(_UNCARED.search(one) is not None or signs & set(told.read(one).signs) for one in _CLAUSES.split(text))
