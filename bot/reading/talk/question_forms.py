"""What form a message has: whether it asks, asks what holds or is allowed, tells of an own case, or goes on.

Nothing here knows the topics (`policy_questions.py`): these are the words people ask with, whatever they ask.
"""

from __future__ import annotations

import re

from bot.reading.normalise import normalise

READ_CHARACTERS = 120
"""Of a longer message only the beginning is read: a question stands near it, and time must not grow."""
LONGEST_TELLING = 240
"""Of a longer message the end is not looked at for a part that asks."""
NAMES_ONLY = 8
SHORT, A_PART, MOST_PARTS, LEANING, CARRYING = 12, 5, 8, 20, 30
_BETWEEN = re.compile(r"[\s,，。!！?？;；、：:…]+")
_MARKS = re.compile("[,。!?;:、\n 《》]+")
_GOES_ON = re.compile(
    "^(?:那|要是|如果|若是|换成|还有|假如|万一|可|另一|另外|其中)|呢$|也(?:算|行|要|得|能|归|管|一样|可以)[吗么不吧]?$|(?<!再)也[^,。!;]{1,7}[吗么不吧]$"
)
_CARRIES_ON = re.compile(
    "^(?:那(?![个边年天会阵些位家])|要是|如果|若是|换成|假如|万一)[^。!;]*[呢吗么不没吧?]$|^不是[^。!;?]*也(?:算|行|要|得|能|可以)[的了]?[吗么不吧?]+$"
    "|^[我俺他她][^。!;?]{2,14}也(?:算|行|要|得|能|可以|归|用)[^,，。!;?]{0,4}[吗么不吧?]+$"
)
"""那我要是过完年去隔壁县干呢, 不是亲戚 是楼下一个姐姐 也可以的吗: longer, and still read on from what was answered."""
_ONLY_REPLACES = re.compile(
    "^(?:那|要是|如果|若是|换成|还有|假如|万一|可)*(.+?)呢$|^(.+)也(?:算|一样|要|得|归|管)[吗么不吧]?$"
)
_ASKS = re.compile(
    "|".join(
        (
            r"[吗么呢?？]|嘛(?:$|[,。])|[不呗](?:$|[,。])|没有?$|(?:[对是成行]|够了?|不用[^,。]{0,6}|就算[^,。]{0,6})吧|是[^,。]{1,6}不是$",
            r"什么|如何|何[为样时]|多[久长少快早勤]|(?<!好)几(?!(?:天|个月|年|顿|宿)[^,。!;]{0,2}没)|哪|谁|怎|咋|啥|为什么|包括|定义|念念|管不管|作数",
            r"可以|能不|会不|是不是|是否|能否|可否|有没有|还是|算[^,。不]{1,6}不算|够[^,。不]{1,8}不够|(?!太)(?<!现)(..?)[不没]\1|^(?:请问|咨询)",
            r"[给要来报](?:我|个|一个|下)+(?![来回挂]了?(?:一?个)?电话(?!号))[^,。打]{0,4}(?:电话|号码|热线)",
            r"(?:电话|号码|热线)[^,。打]{0,3}[给发](?:我|个|一)",
            r"(?:内容|职能|文号|全称|名称|规定|标准|流程|材料|期限|职责|任务|条件|要求|区别|范围)$",
            r"(?:制度|待遇|活动|目标|原则|依据)$",
            r"请?予以?(?:明确|说明|答复|解释|释明|告知)$|请(?:列明|明确|列举|释明|解释一?下?)|请[^,。]{0,4}答复$|(?:频次|频率|周期|时限|口径|主体|程序|文书|边界|含义|用途|情形|机关|举措|构成|前提)$",
        )
    )
)
_ONLY_NAMES = re.compile("(?!.*(?:[我俺咱你您谢行好对不没]|真|是))[^,。!;]{2,7}的")
_PUTS_A_CASE = re.compile("^(?!.*(?:[早晚夜天刚昨]|没回|[打揍踢骂掐哭喊]))[^,。!;]{1,9}呢$")
_PUTS_IN = re.compile("^(?:那|要是|如果|若是|换成|假如|万一).+呢$|^(?:较|还)?好的呢$")
_GOES_ON_NOW = re.compile(
    "(?<!另一[方个])(?:[在着搁]|正|还没?|才|可|没)(?:(?!谁|啥|什么|哪|咋|怎么|几)[^,。!?;吗])*(?<!的)呢(?=$|[,。!; ])"
)
"""在学校上课呢, 她陪着呢: 呢 says that it goes on and asks nothing; 在国外打工的呢 and 另一方在监狱呢 ask."""
_AT_IT = re.compile("着呢[,。!]?$")
_PART_ASKS = re.compile("..(?:[不呗]|(?<![也都还])没)$|....(?<!还是)(?<!那就)(?<!算)(?<!算了)吧$")
"""给奶奶发工资不 我都带了七年了: spaces are the only marks many write."""
_SUPPOSES = re.compile("^那?(?:要是|如果|假如|换成)[^。!;]{2,30}呢$")
_NEXT_STEP = re.compile("^[^,。!;]{0,3}[劝说管报训批谈罚教][^,。!;]{0,4}[完过了][^,。!;]{0,2}[还也都][^,。!;]{1,8}呢$")
"""劝过了还不听呢 asks what comes next, where 呢 after 还 only says elsewhere that it goes on."""
_WHOSE = re.compile(
    "孩|娃|儿|学生|[爸妈爹娘爷奶姥叔舅姑姨哥姐弟妹]|父|母|人|主任|督导|监护|委托|困境|留守|学校|老师|我|俺|咱"
)
_OF_FAMILY = re.compile("孩|娃|儿子|闺女|[爸妈爹娘爷奶姥叔舅姑姨哥姐弟妹他她我俺咱]|[父母]亲")
_WHERE_WRITTEN = re.compile(
    "法律|法上|方案|文件|规定|政策|条文|上[面头]|里[面头]?|[咋怎]么?|说|写|定|要求|讲|是|有|没|的|了|过|呢|吗|不|这|那|个|上"
)
_NONE_OF_IT = re.compile("(?<!有)没(?:参加|办|搞|组织|上)?过?(?:啥|什么)(?![^,。!;]{0,10}[吗么?？])")
_KNOWS_NOT = re.compile("不知道|不道(?![歉理德])|不清楚|不晓得|[哪谁]知道|不确定|看不出|说不[准好上]")
_ASKS_ALL_THE_SAME = re.compile("[吗呢?？]|怎么|咋|[得该要][^,。]{0,4}[啥哪]|归(?:谁|哪)|谁管|用不用|是不是|算不算")
_RULE = re.compile(
    "|".join(
        (
            "算(?:不|是|啥|哪|什么|数|外出|留守|困境|出去)|算[^,。]{0,8}(?:[吗不呗么没]$|[?？])|还算|哪一?类|几级|断没断",
            "合规|合法|章程|法律|法上|[犯违]法|犯规|违规|规矩|规定|政策|方案|文件|国家|义务|责任|权[利力]|有权|处分|处罚|罚",
            "归(?:哪|谁)|属于|报(?:到|给|告)?(?:哪|谁)|谁(?:先)?管|谁(?:拍板|说了?算|负责|定|评|担责)|(?:得|该|应该)(?:跟|和|向|给)谁",
            "跟谁(?:报|讲|打招呼)|上哪[^,。]{0,2}告|凭[啥什]",
            "够(?:条件|不够|格|杠|[^,。不]{1,8}不够)|[是算]{1,2}[^,。]{1,14}还是[^,。]|多少年|区别|立案|救济|到没到|符合|用不用|还用|要不要|要(?:报|告诉|签|办|带)[^,。]{0,6}吗|必须|非得",
            "能不能|会不会|是否|能否|可否|[让给]不[让给]|[让许准][^,。]{1,4}[不吗呗]$|管不管|该不该|应不应|中不中|行不行|作数|对吧|呗$|受理吗",
            "(?:可以|行|中|成|管用|作数|算数)[吗不]$|是不是(?:就|得|该|都|要|必)",
            "[有没](?:有|啥)[^,。]{0,8}(?:义务|说法|规定|讲究|要求|限制|标准|资格|手续|流程|[利力])",
            "期限|几年|隔多|多勤|(?:多久|多长时间)[^,。]{0,8}一[次趟回]|准数|有(?:这|那|这个|那个)?(?:说道|讲究)(?:没|吗|不)|(?:得|该)(?:多久|几天|隔|多勤|几个?月|多大|几岁|满)",
        )
    )
)
_DISPUTES = re.compile(
    "|".join(
        (
            "(?:[村社学残民单邻老厂]|人家|听)[^,。]{0,5}(?:说|讲|称|让|叫)[^,。]{0,12}(?:不(?:给|归|算|够|行|管|用|让|收|登)|重新|没资格|得|必须|写|签|送)",
            "(?:听说|说是?)[^,。]{0,6}有(?:这么?个?)?(?:说法|政策|规定)|不给(?:登|报|办|上|开|批|认|算|发)|不归|互相推|推来推去|踢皮球",
            "都?说不(?:是|归|关|属)(?:自己|他们|她们|我们|俺们|咱们?)|两[边头][^,。]{0,6}(?:推|不管|不认)",
            "没人(?:告诉|跟|问)|谁也没(?:问|说|告诉)|从来没|(?:一[个次回趟]|半年)都没|说[^,。]{0,14}(?:今年|以后)?就不[^,。]{1,3}了",
            "寻思|以为|想等|等[^,。]{1,10}再(?:说|报)|舍不得|拿不准|犹豫|[不没][^,。]{0,2}(?:懂|明白)|不放心|让[我俺咱](?:们)?(?:写|签|交|出|送)",
        )
    )
)
"""村里说得重新算, 社区不给登记, 从来没人问过孩子, 寻思有他奶看着就行: a rule is in doubt, though nobody asks."""
_AMISS = re.compile(
    "麻将|耍钱|牌九|两[边头]|又(?:那样|这样|回去|犯)|没|不(?!错|急|好意思|用谢)|别|停了|断了|拖|跑了|喝|赌|打(?:麻将|牌)|偷|[逮抓]|网吧|病|残|瘫|[七八九]十|腿脚|半年|[个仨俩]月|礼拜|才|抢|[接带领]走|甩给|扔给"
)
_EXAMPLE = re.compile("[,，。;； ]*(?:比如|例如|比方|打个?比方|好比)[^?？]*$")
_PARTED = re.compile("离[了过]?婚|离了|前(?:夫|妻|婆婆|公公|岳母|岳父|公婆)|判给|抚养权")
_SOMEBODY = re.compile(
    "真人|人工|客服|活人|机器|电话|号码|热线|找[个位]?人|有人|来人|转接|联系(?:[你谁]|一下|方式|上)|1[12]\\d{1,3}"
)
_WANTS_NO_ANSWER = re.compile(
    "呗[。!！~～]*$|还?两说|还不一定|还说不准|还能(?:干|咋|怎么|去|上|有|是|做)|不然呢|还用问|有[啥什]么?办法|能咋[办整]"
)
_OWN_CASE = re.compile(
    "[我俺咱](?:们|俩)*(?:的|那个|这个|上回|上次|上周|前几天|前天|昨天|那天|之前)*[大小二]?(?:家|孩子|娃|儿子|女儿|闺女|姑娘|孙|侄|外甥|弟|妹|举报|报告|反映|报的|那事|两口子)|帮我|我要|登记一下|【"
    "|[我俺](?:自己|本人)[^,。]{0,4}算不算|(?:帮|替|给)(?:我们?)?(?:班|村|屯|学校|学生|一户|这户|这家)[^,。]{0,10}(?:看看|查|问问|测)"
    "|这[个俩]?(?:孩子|娃|丫头|小子|闺女|小[孩嘎])[^,。]{0,4}(?:能不能|能|算不算|还|该不该)?算"
    # Nobody is named: 算不算留守儿童 alone asks for one's own child.
    "|^那?(?:算不算|是不是|算)个?(?:留守|困境)(?:儿童)?[吗么呢吧?？]?$"
)

_IN_GENERAL = re.compile(
    "要是|如果|万一|那种|这[种类]|这样的(?:孩子|学生|人家)|当(?:爹妈|爸妈|父母|家长|老师)的|[啥哪]样[^,。]{0,3}[叫算]|什么样[^,。]{0,3}[叫算]"
    "|不(?:好好)?管(?:孩子|娃)的(?:爹妈|爸妈|父母|家长|人)"
    "|^(?:大夫|医生|护士|老师|班主任|校长|学校|医院|村医|园长|幼师|村干部)(?:要是|如果)?(?:[看瞅]见|发现|知道|碰[见上]|遇[见上])"
    "|章程|规定|文件|方案|政策|规矩|都?写了?[吗没]|有[啥没什么]{1,3}(?:特殊|说法|讲究|说道|要求)|[上没]有权|的(?:孩子|娃|学生)[,，]"
)
_LAID_DOWN = re.compile("章程|规定|文件|方案|政策|规矩|法律")
_ONE_CASE = re.compile(
    "我们?[家班]|[俺咱][家孙]|我[孙儿女弟妹侄外姐哥]|邻居|隔壁|对门|楼[上下]|有[个俩一]|[昨今前]天|昨晚|今晚|刚|现在|这会儿?|[0-9一二三四五六七八九十]岁"
    "|[老小](?!师|学|孩|人)[㐀-鿿]家|[他她](?:[爸妈爹娘爷奶叔舅姑姨]|家)|[这那]个?(?:孩子|娃|丫头|小子|学生|男|女)|[两三四五六七八九几][天宿顿]|天天|又|还在|一直"
)
_MAY_BE_ONESELF = re.compile("[我俺咱](?!想问|问|就问)|同学|同桌|朋友|闺蜜|室友|[女男小]孩|女生|男生|亲戚|弟弟|妹妹|孙")
"""Whoever is hurt asks in the name of somebody, or of nobody: 要是有人摸我怎么办, 如果一个女孩被亲戚那个了."""
_PUTS_ON = re.compile("^(?:那|要是|如果|万一|换成)[^。!;]{2,40}(?:呢|吗)$")
_FROM_WHAT_AGE = re.compile("(?:多大|几岁|多少岁|啥岁数|什么年龄)[^,。!?]{0,6}(?:能|可以|才|让|行|算)")


def only_of_a_rule(text: str) -> bool:
    """Whether words ask what holds for all who are so, and tell of no child, home or day: 当爹妈的不管 村上有权说不."""
    said = _plainly(text)
    asking = asks(text) or asks_for_rule(text) or "章程" in said
    general = _IN_GENERAL.search(said) is not None
    return asking and general and not (own_case(text) or _ONE_CASE.search(said) or _MAY_BE_ONESELF.search(said))


def of_nobody(text: str) -> bool:
    """Whether words name no child, home or day, nor whoever writes: 妈妈死了爸爸在强制戒毒."""
    said = _plainly(text)
    return not (own_case(text) or _ONE_CASE.search(said) or _MAY_BE_ONESELF.search(said))


_WHETHER = re.compile(
    "(?:能|可以|让|许|准|该|用|得)[^,。]{1,14}(?<!了)(?:不|吗|么)$|(?:行|中|成|可以|[犯违合]法)(?:不|吗|么)$"
    "|能不能|可不可以|[犯合违]不[犯合违]法|用不用|该不该|行不行|让不让"
)


def asks_whether(text: str) -> bool:
    """Whether words ask if something is allowed or has to be: 能自己租房子单住不, 打孩子犯法吗."""
    return _WHETHER.search(_MARKS.sub("", _said(text))) is not None


def from_what_age(text: str) -> bool:
    """Whether an age is asked for from which something may be: 孩子多大可以一个人过夜."""
    return _FROM_WHAT_AGE.search(_said(text)) is not None


_OF_SOME_CHILD = re.compile(
    "谁家|哪家|别人家|要是|如果|假如|万一|以后|往后|[碰遇](?:见|到|上)|(?:看|瞅|发)(?:见|现)(?:了)?(?:有)?(?=孩子|小孩|娃|没人|谁家|哪家)"
    "|(?:孩子|小孩|娃)没人管(?:的)?(?:这种|这样的?)?事"
)
_IN_NEED = re.compile("没(?:有)?人(?:管|照看|照顾|看|养|要)|挨打|挨欺负|受欺负|受气|可怜|难处|被打")
_HOW_TO_TELL = re.compile(
    "(?:跟|和|给|向)(?:你|您)[^,，。]{0,6}(?:说|讲|反映|报|唠)[^,，。]{0,5}(?:好使|有用|管用|行|中|成|能|可以|得)?[^,，。]{0,2}[不吗么没用]"
    "|(?:找|跟|向|给|打)(?:谁|哪)[^,，。]{0,5}|(?:该|应该|得|要)?(?:咋|怎么)(?:办|整|弄|报|反映|说)|打(?:啥|什么|几)|能[^,，。]{0,6}(?:反映|报|说|管)[^,，。]{0,12}[吗不么]"
    "|归谁管|管不管|管吗"
)


def asks_how_to_report(text: str) -> bool:
    """Whether words ask how to tell of a child in need, of no child there is: 看见谁家孩子没人管 跟你说好使不. Who
    speaks of one home, one day or himself tells of it."""
    said = _plainly(text)
    general = _OF_SOME_CHILD.search(said) and _IN_NEED.search(said) and _HOW_TO_TELL.search(said)
    return (
        bool(general)
        and len(said) <= READ_CHARACTERS // 3
        and not (_ONE_CASE.search(said) or _MAY_BE_ONESELF.search(said))
    )


def puts_on(text: str) -> bool:
    """Whether words put another case into a rule that was asked for before: 那就他爸一个人在里头 他妈在外地的呢."""
    return _PUTS_ON.search(_plainly(text).rstrip("?？ ")) is not None


def asks(text: str) -> bool:
    """Whether words have the form of a question; 不知道叫啥 says that somebody does not know, and asks nothing."""
    said = _said(text)
    if supposes(text) or _FROM_WHAT_AGE.search(said) or _NEXT_STEP.search(normalise(text[:READ_CHARACTERS]).text):
        return True
    if _KNOWS_NOT.search(said) and not _ASKS_ALL_THE_SAME.search(said):
        return any(_asks_a_rule(part) for part in _BETWEEN.split(said) if not _KNOWS_NOT.search(part))
    return _ASKS.search(said) is not None or any(_PART_ASKS.search(part) for part in text[:READ_CHARACTERS].split())


def _asks_a_rule(part: str) -> bool:
    """Whether one part asks what is laid down: 不知道亲爹妈是谁 自己就养上了 这是啥章程."""
    return _LAID_DOWN.search(part) is not None and _ASKS.search(part) is not None


def asking_parts(text: str, together: int = 2) -> tuple[str, ...]:
    """The parts of a message between marks and spaces that ask, alone and up to `together` in a row; none of one part
    only."""
    parts = [part for part in _BETWEEN.split(text[:LONGEST_TELLING]) if part]
    sizes = range(1, together + 1)
    beside = (" ".join(parts[at : at + size]) for at in range(len(parts)) for size in sizes if at + size <= len(parts))
    asking = [one for one in beside if len(one) >= A_PART and len(parts) > 1 and (asks(one) or asks_for_rule(one))]
    return tuple(asking[-MOST_PARTS:])


def wants_no_answer(text: str) -> bool:
    """Whether words only have the form of a question: 打工 还能干啥, 出去打工去了呗."""
    return _WANTS_NO_ANSWER.search(_said(text).strip()) is not None


def asks_for_rule(text: str) -> bool:
    """Whether words ask what holds or is allowed (算不算, 犯法吗, 用不用, 归哪管), and not what to do or who comes."""
    return _RULE.search(_said(text)) is not None or from_what_age(text)


def disputes(text: str) -> bool:
    """Whether words tell that an office refuses or says something, that nobody did what is due, or what is believed."""
    return _DISPUTES.search(_said(text)) is not None


def amiss(text: str) -> bool:
    """Whether words may tell that something is not as it should be: 一个月没视频, 天天喝大酒, 学校不收."""
    return _AMISS.search(_said(text)) is not None


def of_parting(text: str) -> bool:
    """Whether words speak of parents who parted: 前婆婆把孩子领走了."""
    return _PARTED.search(_said(text)) is not None


def own_case(text: str) -> bool:
    """Whether words speak of the writer's own child, report or wish, and not of what is so in general."""
    return _OWN_CASE.search(_said(text)) is not None


def wants_somebody(text: str) -> bool:
    """Whether words may want a person or a number: 有真人吗, 客服电话. 跟我也要联系的吧 asks what is owed."""
    return _SOMEBODY.search(_said(text)) is not None


def to_us(text: str) -> bool:
    """Whether words speak to us: 你叫什么名字 asks of ourselves and not of the plan."""
    return "你" in _said(text)


def goes_on(text: str) -> bool:
    """Whether a message is short and begins or ends like a question that goes on from an answer."""
    said = _MARKS.sub("", _said(text))
    return len(said) <= SHORT and (_GOES_ON.search(said) is not None or len(said) <= SHORT // 2)


def continues(text: str) -> bool:
    """Whether words say by themselves that they go on from an answer (那…, …呢, 农村的), however short they are."""
    return _GOES_ON.search(_MARKS.sub("", _said(text))) is not None or carries_on(text) or only_names(text)


def carries_on(text: str) -> bool:
    """Whether a question of some length begins and ends like one that goes on from an answer; an example after it is
    left out: 要是一个市里两个区呢 比如户口朝阳区 干活在二道区."""
    said = _plainly(_EXAMPLE.sub("", text)).rstrip(" ")
    return len(_MARKS.sub("", said)) <= CARRYING and _CARRIES_ON.search(said) is not None


def only_replaces(text: str) -> bool:
    """Whether words only put somebody else into the question before (家里穷的呢, 特困的也算吗) and ask nothing new."""
    if _AT_IT.search(_plainly(text)):
        return False  # 有大人照看着呢 tells
    found = _ONLY_REPLACES.search(_MARKS.sub("", _plainly(text)))
    rest = (found[1] or found[2]) if found else ""
    return bool(rest) and len(rest) <= SHORT and _ASKS.search(rest) is None


def puts_an_answer(text: str) -> bool:
    """Whether words that may answer something (好的, 我不报) are put into the rule just told: 那好的呢, 那我不报呢."""
    return only_replaces(text) and _PUTS_IN.search(_MARKS.sub("", _plainly(text))) is not None


def puts_a_case(text: str) -> bool:
    """Whether words are nothing but another case for the rule just told: 孩子失踪了呢, 那死亡呢. 打孩子呢 tells of what
    is being done, 昨晚丢了呢 of a moment."""
    return only_replaces(text) and _PUTS_A_CASE.search(_MARKS.sub("", _plainly(text))) is not None


def only_names(text: str) -> bool:
    """Whether a few words only name another case, and no more (农村的, 涉及寺庙的): after an answer they ask for it."""
    said = _MARKS.sub("", _plainly(text))
    return len(said) <= NAMES_ONLY and _ONLY_NAMES.fullmatch(said) is not None


def leans(text: str) -> bool:
    """Whether a question names nobody and nothing it is about (几天之内得办 定没定天数), so that it leans on what was
    said before it."""
    said = _MARKS.sub("", _said(text))
    return len(said) <= LEANING and _WHOSE.search(said) is None and asks(text)


def names_somebody(text: str) -> bool:
    """Whether words name somebody of a family."""
    return _OF_FAMILY.search(_said(text)) is not None


def supposes(text: str) -> bool:
    """Whether a message only supposes something and asks what then: 要是他还不改呢."""
    return _SUPPOSES.search(normalise(text[:READ_CHARACTERS]).text) is not None


def only_asks_where(part: str) -> bool:
    """Whether a part only asks where it is written (法律咋说的, 方案规定没): it has no topic of its own."""
    return not _WHERE_WRITTEN.sub("", _MARKS.sub("", _plainly(part)))


def _said(text: str) -> str:
    parts = (_without_now(part) for part in text[:READ_CHARACTERS].split())  # spaces are the only marks many write
    return _without_now(_plainly(" ".join(parts)))


def _without_now(said: str) -> str:
    """The words without a 呢 that only says that something goes on: 搁厂里上班呢."""
    return _GOES_ON_NOW.sub(lambda found: found.group()[:-1], said)


def _plainly(text: str) -> str:
    """没参加啥活动 tells of none, and asks nothing."""
    return _NONE_OF_IT.sub("没", normalise(text[:READ_CHARACTERS]).text)
