"""Who may have done what is told, and who of our own chain must learn nothing of it.

Values are those of policy reports.yml (`told_facts`). Everything here reads plain text (see `normalise`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.reading.dangers.scope import Scene
from bot.reading.normalise import normalise
from bot.reading.persons.people import Person, find, offices

MYSELF = "我"
"""The word of a doer who writes of himself."""
_BEFORE_DOING = 18
"""Characters before the deed in which its doer is named."""
_DOING = re.compile(
    "[打揍削捶踹敲盯钻踢扇掐拧抽烫咬砍捅摸锁关绑拴捆骂堵抢逼扔撂丢撇搂亲脱扒灌拐卖]|虐待|家暴|动手|欺负|猥亵|性侵|强奸|强暴|糟蹋|祸害|"
    "威胁|恐吓|吓唬|勒索|敲诈|体罚|罚|不管|不养|不要|不给|不让|下药|尾随|跟踪|孤立|取笑|嘲笑|排挤|不上心|嫌弃|侵害|侵犯|骚扰|不闻不问|撒气|包庇|护着|瞒着|克扣|贪污|"
    "干的|弄的|扬言|不肯|不愿|[进来上][她我他孩]|坐|不尽|非礼|偷看|要钱|"
    "起外号|录像|使唤|撵|赶出|酗酒|喝酒|赌|耍钱|不跟|不理|投诉|举报|态度|推来推去|推脱|推卸|没来|笑话|发到|发在|传到|收了?钱|不负责|不办|糊弄|折磨"
)
_ACCUSED = re.compile("投诉|举报|控告|告")
_OWN = re.compile("[我俺]")
_BY_ME = re.compile("(?<![打骂给跟和对找让叫被])[我俺][^,。!?;]{0,5}$")
_I_MYSELF = (
    "(?:^|[,。!?;\n])(?:[今昨前]天|刚才|刚刚|其实|是)?[我俺](?:自己|也|又|就|都|总|老|经常|有时候?|[今昨前]天|刚才?|刚刚|晚上|喝多了?|喝了酒|一?失手|"
    "一(?:生气|着急|来气|上火|气之下|时冲动)|没(?:忍住|控制住|搂住)|控制不[住了]|忍不住|压不住火|气得|气急了|生气|火了|会|给|[动下]手|[拿用][一-鿿]{1,3}|"
    "把(?:孩子|娃|儿子|闺女|女儿|小子|丫头|他|她)(?:给)?)*"
)
"""What stands before a deed that the writer did himself, whoever he is: 我喝多了把闺女, 我没忍住."""
_BEFORE_MINE = re.compile(f"{_I_MYSELF}$")
_MINE = re.compile(
    f"{_I_MYSELF}[打揍扇抽踢掐踹烫捆](?:了|伤|坏|过)+(?:他|她|孩子|娃|儿子|闺女|女儿)(?![爸妈爹娘爷奶姥舅叔家们的电])|"
    "(?<![不说讲])是[我俺](?:自己|失手|喝多了?|没忍住|一时冲动)?[打揍弄踢掐烫扇捆锁推](?:伤|坏)?的(?!电话|1[12][0-9]|报警)|"
    f"{_I_MYSELF}(?:真|就|都)?(?:想|要|恨不得)[打掐弄砍摔]死(?:我家?|这|那)?(?:个)?(?:孩子|娃|儿子|闺女|女儿|小子|丫头)|"
    "(?:举报|冤枉|怀疑|诬陷|投诉)(?:是)?[我俺](?:天天|老|总|是不是)?(?:[打揍掐烫]|虐待)"
)
"""The writer's own deed where no sign is read, and what he is accused of: 是我打的, 有人举报我打孩子."""
_PASSIVE = re.compile(
    "(?:又|总|老|天天|经常|都|也|昨天|今天|在[一-鿿]{1,3}|有)?(?:被|挨|让[一-鿿]{1,4}[打欺]|遭|受|叫人)|(?:今天|昨天|刚才|也)?(?:发现|看见|"
    "看到|听见|听到|反映|告诉|接诊|报警)"
)
_SOMEBODY_ELSE = re.compile("有个|有人|有几个|一个|几个|那个(?:男|女|人|老)")
_TO_WHOM = re.compile("(?:跟|和|向|对|给|告诉|找|问|陪|替|当着|背着|联系|通知|报告|把|将|追着|冲|朝|照)(?:着)?$")
_BLAMED = re.compile("(?:怀疑|估计|可能|八成|应该|肯定|就|好像)?(?:就)?(?:是|让|被)(?:[他她]家?的?|孩子的?)?$")
_DID_IT = re.compile("[打罚弄干整锁掐烫揍踹]的")
_ENTRUSTED = re.compile(
    "受托|受委托|委托|托给|托付|寄养|寄住|代管|代养|照顾|照看|看孩子|带孩子|带着|带的|帮(?:着|忙)?带|放在|住在|住(?=我|他|她)"
)

_KIN = (
    "弟弟?|哥哥?|儿子|女儿|闺女|侄子|侄女|侄|外甥|亲戚|媳妇|老婆|丈夫|男人|爱人|姐姐?|妹妹?|小舅子|大舅子|姐夫|妹夫|亲家|一家子|本家|连襟|"
    "爸爸?|爹|妈妈?|父亲|母亲|叔叔?|[二三四大老小]叔|大伯|二伯|大爷|舅舅?|[大二三老]舅|姑姑?|[大二三老]姑|姑父|姨|[大二三老]姨|姨夫|姨父|婶子?|"
    "爷爷?|奶奶?|姥姥|姥爷|[表堂](?:哥|兄|弟|姐|妹|叔|侄)|亲?兄弟|嫂子|弟媳妇?|后爸|后妈|继父|继母"
)
_WHOSE = "(?:我|俺|他|她|孩子|娃|这家|那家|人家|他家|她家|他们|打人的|这孩子|那孩子)"
_OF_OFFICE = re.compile(f"(?:他|她|的|家|家的){{1,2}}(?:{_KIN})")
_IS_KIN = re.compile(
    f"(?:[一-鿿]{{2,3}}?)??(?:就|也|还|正好|本人|本身)*是(?:{_WHOSE}们?的?亲?(?:{_KIN})|一家的|一伙的|亲戚)"
)
_KIN_DOES = re.compile(f"(?:他|她|的|家|家的){{0,2}}(?:{_KIN})")
_KIN_IS = re.compile(
    f"(?:{_KIN}|打人的|那人|那男的|那个人|他|她|那家|他家)(?:就|也|还|以前|现在)?(?:是|当)(?:我们|俺们|咱们?|本|这个|那个|村里的?|屯里的?|村|屯|社区|的|现任|前)*$"
)
_SHIELDING = re.compile(
    "护着|包庇|袒护|偏袒|压着|压下|捂着|拦着|不让(?:我|俺|他|她|报|说|上报)|收(?:了|过)?(?:他|他家|人家)?钱|一伙|一家的|是亲戚|有亲戚|通气|"
    "睁一只眼|(?<!管)不管(?!怎|咋|多)|没来过|不来|推来推去|推脱|推卸|往外推|推给|不作为|不办|态度|不搭理|不理|骂|敷衍|糊弄|踢皮球|卡着|不给办|不给报|让(?:我|俺|"
    "他|她|大伙)?别|吃回扣|贪|威胁"
)
_NAMED_ONLY = re.compile(
    "(?:没(?:有)?|不是|找|告诉|跟|和|向|给|问|叫来?|报告|联系|通知|请|让|当|选|谁是|哪个是|想见|反映给|上报)$|(?:我|俺|本人)(?:就|也)?是"
    "(?:我们|咱们?|本|这个|村里的?|屯里的?|村|社区的?|新来的|负责|一名|个|的)*$"
)
_COMPLAINED = re.compile("(?:投诉|举报|告|反映)(?:一下|我们|咱们?|俺们?|村里的?|镇里的?|这个|那个|他们|你们|的)*$")
_ASKING = re.compile("[吗么?]$")
_CLAUSE_END = re.compile("[。!?;,]")
_SUFFERED = re.compile("[被挨遭]")
_BLAMED_AS = re.compile("(?:打人的|那人|那男的|那个人|打[我他她]的|打孩子的|他|她)(?:就|也)?是[一-鿿]{0,4}$")

_PLACES = "村里|村上|屯里|村部|社区里?|居委会|村委会|村里的人|村上的人|镇里|镇上|乡里"
_KEPT_OUT = re.compile(
    "(?:(?<!特)别|不要|(?<!能)不能|不许|千万别|可别|不想|不希望|不愿意?|别再|不用)"
    "(?:让|叫|给|告诉|通知|转给|转到|转|交给|派|找|跟|和|由|报给|发给)[^,。!?;]{0,3}$"
)
_NOT_HIM = re.compile(
    "^[^。!?;]{0,12}(?:不能|别|不要|不可以|不想|不希望)(?:让|叫|由|给|告诉|找|通知|转给|交给)[他她](?:们)?"
    "(?:来|去)?(?:处理|管|办|知道|来|插手|经手|看|接|负责|$)"
)


def left_out(text: str) -> tuple[str, ...]:
    """Roles of our own chain that somebody asks to keep out of it: 别让村主任知道, 村主任是他叔 不能让他处理.

    Whoever sits in the village office is kept out together with the children's director, who sits there, too."""
    found: dict[str, None] = {}
    for _, roles in _kept_out(text):
        found.update(dict.fromkeys(roles))
    return tuple(found)


def office_left_out(text: str) -> str:
    """The first office that is to be kept out, in the person's own word; empty when none is."""
    return next((word for word, _ in _kept_out(text)), "")


def _kept_out(text: str) -> list[tuple[str, tuple[str, ...]]]:
    plain = normalise(text).text
    pattern, role_of = offices()
    either = re.compile(f"(?P<place>{_PLACES})|{pattern.pattern}")
    out: list[tuple[str, tuple[str, ...]]] = []
    for hit in either.finditer(plain):
        if not (_KEPT_OUT.search(plain[: hit.start()]) or _NOT_HIM.match(plain[hit.end() :])):
            continue
        word = hit.group()
        higher = word[0] in "镇乡"
        role = ("child_supervisor" if higher else "village_committee") if hit["place"] else role_of[word]
        out.append((word, ("child_director", role) if role == "village_committee" else (role,)))
    return out


def suspect(scene: Scene, deeds: Iterable[tuple[int, int]], speaker: str | None) -> Person | None:
    """Who may have done the deeds told at these places: the person named last before one of them, or who is blamed
    after it. A neighbour who beats "the child" beats his own (a parent); None when nobody is named."""
    text = scene.text
    people = find(text)
    if mine := _MINE.search(text):
        return _myself(speaker, mine.end())
    for start, end in sorted(deeds):
        doing = [hit.start() for hit in _DOING.finditer(text, start, end)]
        if _ACCUSED.match(text, start):
            doing = [end]
        if doing and _BEFORE_MINE.search(text[: doing[0]]):
            return _myself(speaker, doing[0])
        for deed in doing:
            doer = _named_before(text, people, max(scene.sentence(start, end)[0], deed - _BEFORE_DOING), deed)
            if doer:
                return _as_doer(text, doer, deed)
        after = (one for one in people if one.start >= end)
        blamed = next((one for one in after if _is_blamed(text, end, one)), None)
        if blamed and blamed.start - end <= _BEFORE_DOING and "\n" not in text[end : blamed.start]:
            return _as_doer(text, blamed, blamed.end)
        if doing and speaker in ("guardian", "entrusted_carer") and _BY_ME.search(text[: doing[0]]):
            return _myself(speaker, doing[0])
    return None


def _myself(speaker: str | None, at: int) -> Person:
    return Person(MYSELF, {"guardian": "parent", "entrusted_carer": "carer"}.get(speaker or "", "unsure"), at, at)


def _named_before(text: str, people: tuple[Person, ...], first: int, deed: int) -> Person | None:
    """The last person before a deed who may do it; of a suffered deed (被打) only one named as its doer (被他爸打)."""
    suffered = [hit.end() for hit in _SUFFERED.finditer(text, first, min(len(text), deed + 1))]
    if suffered:
        first = suffered[-1]
    named = [one for one in people if first <= one.start and one.end <= deed and _may_do(text, one, deed)]
    return None if not named or _SOMEBODY_ELSE.search(text[named[-1].end : deed]) else named[-1]


def _is_blamed(text: str, end: int, one: Person) -> bool:
    return _BLAMED.search(text[end : one.start]) is not None or _DID_IT.match(text, one.end) is not None


def _may_do(text: str, one: Person, deed: int) -> bool:
    """Not who is beaten (弟弟被打), told of it (跟老师说) or who found it out, nor an official who does not himself."""
    if _PASSIVE.match(text[one.end : one.end + 8]) or _TO_WHOM.search(text[max(0, one.start - 2) : one.start]):
        return False
    if one.group != "staff":
        return True
    kin_of = _OF_OFFICE.match(text, one.end)  # 村长的弟弟
    is_it = _KIN_IS.search(text[max(0, one.start - 14) : one.start])  # 他爸是村长: 他爸 does it
    another = re.search("[他她]", text[one.end + 1 : deed])  # 村干部都知道他打孩子
    return not (kin_of or another or (is_it and not _BLAMED_AS.search(text[: one.start])))


def _as_doer(text: str, one: Person, deed: int) -> Person:
    if one.group == "neighbour":
        of_mine = _OWN.match(text, deed + 1) or _OWN.match(text, deed + 2)
        suffered = re.search("(?:被|让|叫|挨)$", text[max(0, one.start - 2) : one.start])
        return one if of_mine or suffered else Person(one.word, "parent", one.start, one.end)
    entrusted = _ENTRUSTED.search(text[max(0, one.start - 8) : one.start] + text[one.end : one.end + 8])
    if one.group in ("relative", "grandparent") and entrusted:
        return Person(one.word, "carer", one.start, one.end)
    return one


def conflicted(text: str, doer: Person | None, *, complaint: bool) -> tuple[str, ...]:
    """Roles of our own chain that must learn nothing: the doer, whose kin did it or suffered it, who shields him or is
    complained about (policy reports §1.7). Naming an office alone is no conflict: 村里没有儿童主任, 我是儿童主任."""
    roles: dict[str, None] = {}
    pattern, role_of = offices()
    for hit in pattern.finditer(text):
        before, after = text[max(0, hit.start() - 14) : hit.start()], text[hit.end() : hit.end() + 16]
        is_kin = _IS_KIN.match(after)
        if _NAMED_ONLY.search(before) and not (is_kin or _KIN_IS.search(before)):
            continue
        clause = _CLAUSE_END.split(after)[0]
        does = doer is not None and doer.start <= hit.start() < doer.end
        related = is_kin or _KIN_IS.search(before) or _kin_does(clause)
        shields = _SHIELDING.search(clause) and not _ASKING.search(text[hit.end() : hit.end() + len(clause) + 1])
        if does or related or shields or (complaint and _COMPLAINED.search(before)):
            roles[role_of[hit.group()]] = None
    return tuple(roles)


def _kin_does(clause: str) -> bool:
    """村主任他弟打孩子: whose kin the doer is."""
    hit = _KIN_DOES.match(clause)
    return hit is not None and _DOING.search(clause, hit.end()) is not None
