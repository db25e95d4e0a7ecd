"""What somebody asks of the check itself, beside what it asks: whether it is settled now, when money comes, whether we
cheat, what it costs, what we do with what is told. And what he tells beside the question that whoever helps him should
know: what the family lives on, owes, was refused, and what ails the one who looks after the child.

Any text is taken; nothing here raises.
"""

from __future__ import annotations

import re

SETTLED, PAID, TRICK, COST, DATA = "settled", "paid", "trick", "cost", "data"
LONGEST = 60
_CLAUSES = re.compile("[,，。;；!！?？\\s]+")
_ENDS = "(?:了|的|是|吧|呗|吗|么|嘛|啊|呀|不|没|没有|呢|啦|喽|意思|[?？。!！ ])*$"
_SETTLED = re.compile(
    "(?:这|那|就|现在|算|是)[^,，。]{0,4}(?:办(?:下来|成|完|好|妥)|认定|认下来|批(?:下来|了|准)|评(?:上|下来)|定(?:下来|了)|通过|登记上|报上)"
    f"{_ENDS}"
    f"|^(?:这|那|就|这样|那这)+(?:就)?(?:行|成|妥|中|完事|可以|好使)了?(?:吧|呗|吗|是吧){_ENDS}"
    "|(?:是不是|就|那|算)[^,，。]{0,8}(?:以后|现在|从今)[^,，。]{0,6}(?:就)?(?:是|算)(?:留守|困境)(?:儿童)?了"
    "|(?:这|那|现在)[^,，。]{0,4}(?:就)?(?:是|算)(?:上)?(?:留守|困境)(?:儿童)?了|认定(?:成|为)[^,，。]{0,4}(?:留守|困境)[^,，。]{0,3}了"
    "|(?:等着|就等|坐等)[^,，。]{0,3}(?:领|拿|来|发|收|到)钱"
)
_NOT_SETTLED = re.compile(
    "残疾证|低保|户口|没办|还没|没批|怎么|咋|哪|谁|多久|多长|啥时候|什么时候|几天|能不能|能办|要办"
)
_PAID = re.compile(
    "(?:啥|什么)(?:时候|前儿|时间)[^,，。]{0,4}(?:发钱|给钱|打钱|来钱|到账|下钱|钱(?:能)?(?:下来|到)|领钱|能领|补助[^,，。]{0,3}(?:下来|发|到))"
    "|(?:钱|补助|补贴|救助金?)(?:啥|什么)时候[^,，。]{0,3}(?:下来|到|给|发|打)|(?:几号|哪天|多久|多咱)[^,，。]{0,3}(?:发钱|给钱|打钱|到账|来钱|领钱)"
    "|钱(?:打|发|给)(?:到|在)?(?:哪|哪个卡|谁)"
)
_TRICK = re.compile(
    "骗(?:人|子|钱|我|俺|局)|诈骗|忽悠|糊弄(?:我|人|俺)|(?:是|不是|是不是)真的(?:吗|么|不|假)|真的?假的|靠不靠谱|靠谱(?:吗|不|么)|正规(?:吗|不|么)|逗(?:我|人)玩"
)
_NOT_OF_US = re.compile(
    "(?:他|她|孩子|娃|爸|妈|老师|邻居|网上|网友|有人|对象|媳妇|老公|亲戚)[^,，。 ]{0,8}(?:骗|忽悠|糊弄)"
    "|被(?:人)?骗|骗(?:走|去|了)"
)
_COST = re.compile(
    "(?:要不要|用不用|得不得|要|用|得)(?:交|花|给)?钱(?:不|吗|么|呢|啊)|要不要(?:交|花|给)?钱|收不收(?:费|钱)|(?:收费|收钱|花钱|交钱)(?:不|吗|么|啊|呢)|(?:要|收|交)多少(?:手续)?费|免费(?:的)?(?:吗|么|不|吧)"
    "|不(?:要|收|用|花|交)(?:交|花)?(?:钱|费)的?(?:吧|吗|么)"
)
_OF_OTHER_COST = re.compile("看病|医院|治|检查|康复|上学|学校|学费|鉴定|体检|咨询|律师|打官司|办证|残疾证")
_DATA = re.compile(
    "(?:套|骗|偷|泄露|泄漏|卖|倒卖|收集|搜集)(?:我|俺|咱|人家|个人)?(?:家|们)?的?(?:个人)?(?:信息|资料|隐私|底细|话)"
    "|(?:拿|要|用|记|留)(?:我|俺|咱)?(?:们|家)?的?这?些?(?:个人)?(?:信息|资料)[^,，。]{0,3}(?:干|做|整)(?:啥|什么|嘛)"
    "|(?:信息|资料|隐私)[^,，。]{0,3}(?:卖|泄|传出|给别人|外传)"
    "|(?:我|俺)(?:说|答|填)的[^,，。]{0,6}(?:给谁看|谁能?看|会不会(?:传|泄|给)|传出去|外传)|(?:会不会|能不能|别)[^,，。]{0,4}(?:泄露|泄漏|外传|传出去)"
)
_BEFORE = re.compile(
    "(?:上回|上次|以前|去年|之前|前年|年前)[^,，。]{0,10}(?:填|报|登记|问|来|写)|填完[^,，。]{0,4}(?:没|石沉)|没(?:个)?(?:信|下文|动静)"
)


def asked(text: str) -> str | None:
    """SETTLED, PAID, TRICK, COST or DATA; None: nothing of that is asked."""
    if len(text) > LONGEST:
        return None
    if _PAID.search(text):
        return PAID
    if _TRICK.search(text) and not _NOT_OF_US.search(text):
        return TRICK
    if _DATA.search(text):
        return DATA
    if _COST.search(text) and not _OF_OTHER_COST.search(text):
        return COST
    settled = any(_SETTLED.search(one) and not _NOT_SETTLED.search(one) for one in _CLAUSES.split(text) if one)
    return SETTLED if settled else None


def tried_before(text: str) -> bool:
    """Whether somebody tells that he handed in a form elsewhere and never heard of it."""
    return _BEFORE.search(text) is not None


_OF_MONEY = re.compile(
    "(?:借|欠|贷|该)(?:了|着|人|的|款|钱|债|饥荒|[^,，。]{0,4}(?:万|千|百|块|钱|债))|饥荒|外债|(?:万|千|百|[0-9])[来多几]?(?:块|元)|一个月[^,，。]{0,6}(?:百|千|块|元|万)"
    "|(?:靠|指|指着|就)(?:我|俺|他|她|这)?[^,，。]{0,6}(?:卖|种|打零工|捡|养|低保|退休金|养老|工资|地|活着|过活|维持)|(?:卖|捡)(?:点|些)?(?:菜|破烂|废品|瓶子|豆腐|苞米)|退休金|养老金|养老钱|工资"
)
_REFUSED = re.compile(
    "(?:低保|救助|补助|特困|申请)[^,，。]{0,10}(?:(?<!还)没批|不批|没给|不给|没办下来|不够格|不合格|没下来|刷下来|退回|卡)|不够格|(?<!还)没批(?:下来)?|说(?:我|俺|我们|俺们)?不够"
)
_AILING = re.compile(
    "(?:我|俺|他|她|爷|奶|姥|老伴|老头|老太太)?[^,，。]{0,4}(?:腰|腿|胳膊|胸|头|心脏|肝|肾|胃|眼睛|血压|血糖|膝盖|后背)[^,，。]{0,3}(?:疼|痛|不好|不行|高|病|花|坏)|血压(?:也|都)?高|高血压|糖尿病|心脏病|脑梗|吃药|住(?:着)?院|手术|做(?:着)?透析"
)
_OF_THE_HOUSE = re.compile("房子?[^,，。]{0,4}(?:漏|塌|破|租|危)|租(?:的)?房|危房|没(?:有)?(?:地|房)(?:种|住)?")
_OF_SCHOOL = re.compile(
    "(?:上课|学习|功课|作业|老师)[^,，。]{0,6}(?:听不清|跟不上|看不清|不好|不愿|落下)|跟不上|助听器|轮椅|拐杖|康复"
)


def tells_of_refusal(clause: str) -> bool:
    """Whether help was asked for and refused (低保去年申请过没批): more than a fact of ours can say."""
    return _REFUSED.search(clause) is not None


_OF_NEED = re.compile(
    "(?:没有?|缺|差|少|买不起|交不起|烧不起)[^,，。]{0,4}(?:棉(?:衣|鞋|袄|裤)|煤|柴|取暖|学费|书本|书包|衣服|鞋|被褥?|被子|米|面|吃的|穿的)"
    "|(?:棉(?:衣|鞋|袄|裤)|煤|柴火?|取暖费?|学费|书本费?|书包|衣服|鞋|被子|伙食费|生活费|药)(?:钱)?[^,，。]{0,5}(?:没有|没买|不够|缺|交不起|买不起|烧不起|没着落|凑不齐)"
)
"""What the child, or the house, is short of: 取暖钱都不够 孩子棉鞋也没有."""
_OF_A_PARENT = re.compile(
    "(?:爸|妈|爹|娘|老公|媳妇)[^,，。]{0,4}(?:不管|不养|不给(?:钱|抚养费|生活费)|不(?:打|寄|邮|拿)钱|不来看)|抚养费[^,，。]{0,4}(?:不给|没给|一分)|钱也不(?:打|给|寄|邮)"
)
"""孩子妈不管: what a parent fails to do."""
_OF_POLICE = re.compile("^(?:也|都|从来|一直)*没(?:有)?(?:报(?:过)?(?:警|案)|(?:上|去)(?:过)?法院|打过?官司|起诉)")
"""没报过警 也没上法院: what whoever verifies a missing parent asks first."""
_KEPT = (_OF_NEED, _OF_POLICE, _OF_A_PARENT, _OF_MONEY, _REFUSED, _AILING, _OF_THE_HOUSE, _OF_SCHOOL)
_ASKS = re.compile("[?？吗么嘛]|多少|咋|怎么|啥|什么|谁|哪|能不能|算不算|够不够|(.)不\\1")


def beside(text: str) -> list[str]:
    """The clauses that tell what the family lives on, owes, was refused or suffers from; a question tells nothing."""
    each = [one for one in _CLAUSES.split(text) if one]
    kept = [one for one in each if not _ASKS.search(one) and any(kind.search(one) for kind in _KEPT)]
    refused = len(text) <= LONGEST and _REFUSED.search(text) is not None and not any(map(_REFUSED.search, each))
    return [*kept, text.strip()] if refused and not _ASKS.search(text) else kept  # 低保申请过 没给 说我有小卖店
