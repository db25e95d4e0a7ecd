"""Words to us that answer nothing and tell nothing: thanks, that we were heard, that nobody is beaten and it was only
asked. Any text is taken; never raises."""

from __future__ import annotations

import re

from bot.reading import danger
from bot.reading.normalise import normalise
from bot.reading.reports import told
from bot.reading.talk.answers import greets, only_agrees, short_answer

THANKS, HEARD = "thanks", "heard"
CAUGHT, TAKEN_AWAY = "caught", "taken_away"
LONGEST = 24
LONGEST_DENIAL, LONGEST_CLAUSE = 40, 14
_CLAUSES = re.compile(r"[^,，。;；!！?？、\s~…]+")
_THANKS = re.compile(
    "(?:[嗯哦啊好行中那太吧]|哎呀?|好的|知道了|真是|真|实在|可|先|非常|十分|特别)*(?:谢谢|谢了|多谢|感谢|麻烦(?:你|您)们?了?|辛苦(?:你|您)?们?了?|(?:让)?(?:你|您)?们?(?:费心|受累)了?|고마워요?|고맙습니다|감사합니다|감사해요|감사)"
    "(?:了|啊|你|您|哈|们|呀|啦|呢|哦|闺女|姑娘|同志|老师|叔叔|阿姨|大姨|大妈|大娘|大爷|大姐姐?|姐姐?|大哥哥?|哥哥?|大妹子|妹子|小伙子?|护童|感谢|谢谢)*"
)
_HEARD = re.compile(
    "(?:[嗯哦噢啊那行好我都]|好的)*(?:知道了?|明白了?|收到了?|了解了?|晓得了|记住了|懂了|[好行中成得妥][嘞勒]|好的|妥妥的|妥了|[Oo][Kk])(?:[啊的哈呀啦])*"
)
_HUMS = re.compile("[嗯恩哦噢啊呃哎唉]+")
_WHO_WRITES = re.compile("我是[^,。]{0,8}(?:主任|督导员|民政所?的?|民政局的?|民政办的?|镇上的?|乡里的?|值班的?)")
_NO_HARM = re.compile(
    "不是(?:说|讲|指)?[^,。!?;]{0,8}(?:挨打|挨揍|被打|打孩子|打[他她]|打人|欺负|出事|有危险|真有)"
    "|没(?:有)?(?:人|谁|孩子|啥人)?(?:挨打|挨揍|被打|打孩子|打[他她]|打人|欺负[他她孩]|出事)"
)

_ONLY_ASKED = re.compile(
    "(?:我|俺|都|就|只|光|这)*(?:是|在|随便)*(?:打听|问问|好奇|咨询|替人问|帮人问|开会用)[^,。]{0,6}|(?:你|您)?(?:可|千万)?(?:别|不要)(?:误会|当真|多想)[^,。]{0,4}"
)

_SHAKEN = re.compile(
    "(?:昨天|昨儿个?|昨个|今天|今儿个?|刚才|那天|这回|当时|真|可|现在|到现在|这会儿|想想|我|俺|我这|都|是|还|给|把|心里|这事儿?|事儿?)*"
    "(?:吓(?:死|完|坏|懵|够呛|得(?:够呛|不轻|一宿没睡|腿都?软|直哆嗦))(?:了|人)?|(?:腿|手)(?:都|还|直|现在还)*(?:软|抖|哆嗦)(?:着|呢|了)?"
    "|后怕|缓不过(?:来|劲儿?)|(?:一宿|一晚上?|整宿)没(?:睡|合眼)(?:着|好)?)(?:了|呢|啊|我了|俺了|的)*"
)
"""Of oneself, when it is over: 昨天给我吓完了, 现在腿还软."""
_FEARS_US = re.compile(
    "(?:别|不要|可别|会不会|会|是不是要?)[^,。!?;]{0,4}(?:报警|叫警察|让警察)?[^,。!?;]{0,3}抓(?:我|俺|走我)|我不是(?:坏人|那种人|故意的?)"
)
_TAKES_AWAY = re.compile(
    "(?:你|你们|民政)[^,。!?;]{0,4}把[^,。!?;]{0,4}(?:孩子|娃|闺女|儿子)[^,。!?;]{0,4}(?:带走|领走|抱走|弄走|接走)"
)
_SORRY = re.compile(
    "(?:刚才|方才|头前|先前|刚刚)?[^,。!?;]{0,3}(?:骂|说|冲|怼|话)(?:了|你|您|糙|重|难听|得)+[^。!?;]{0,4}(?:对不住|对不起|抱歉|不好意思|别见怪|别往心里去|别生气)"
    "|(?:骂人|骂你们?|说话冲|话糙|话重|说话难听)[^。!?;]{0,8}(?:别往心里去|别见怪|别生气|对不住|对不起|别计较)"
    "|(?:对不住|抱歉|别见怪|不好意思)[^。!?;]{0,6}(?:骂|话糙|话重|说话难听|发火)"
)


def after_greeting(text: str) -> str:
    """A message without the clauses it begins with that only greet or say who writes: 你好 我是督导员 哪个村没走访."""
    said = _CLAUSES.findall(text[:LONGEST_DENIAL])
    while len(said) > 1 and (greets(said[0]) or _WHO_WRITES.fullmatch(said[0])):
        said = said[1:]
    return " ".join(said) if len(said) < len(_CLAUSES.findall(text)) else text


def apologises(text: str) -> bool:
    """Whether somebody is sorry for how he spoke to us: 刚才骂你了 对不住啊."""
    return len(text) <= LONGEST and _SORRY.search(normalise(text).text) is not None and not told.read(text).signs


def fears_us(text: str) -> str | None:
    """What a grown-up fears of us: that he is caught (`CAUGHT`, 我不是坏人 你别报警抓我), or that the child is taken
    away (`TAKEN_AWAY`, 你们是不是要把孩子给我带走). None: nothing."""
    if len(text) > LONGEST or told.read(text).signs:
        return None
    plain = normalise(text).text
    return CAUGHT if _FEARS_US.search(plain) else TAKEN_AWAY if _TAKES_AWAY.search(plain) else None


def courtesy(text: str) -> str | None:
    """Whether words only thank us (`THANKS`) or say that we were heard (`HEARD`): 好的 谢谢, 知道了. None: neither."""
    said = _CLAUSES.findall(text) if len(text) <= LONGEST else []
    thanks = [one for one in said if _THANKS.fullmatch(one)]
    heard = [one for one in said if _HEARD.fullmatch(one)]
    rest = [one for one in said if one not in [*thanks, *heard] and not (only_agrees(one) or _HUMS.fullmatch(one))]
    if rest or not (thanks or heard):
        return None
    return THANKS if thanks else HEARD


def shaken(text: str) -> bool:
    """Whether somebody only tells how a day frightened him, with or without thanks: 中 谢谢啊 昨天给我吓完了."""
    said = _CLAUSES.findall(text) if len(text) <= LONGEST_DENIAL else []
    frightened = [one for one in said if _SHAKEN.fullmatch(one)]
    rest = [one for one in said if one not in frightened and not (only_agrees(one) or _HUMS.fullmatch(one))]
    return bool(frightened) and all(_THANKS.fullmatch(one) or _HEARD.fullmatch(one) for one in rest)


def no_harm_meant(text: str) -> bool:
    """Whether somebody sets right that no child is harmed, or that he only asked: 都是打听 不是有孩子挨打 你别误会."""
    said = [normalise(one).text for one in _CLAUSES.findall(text)] if len(text) <= LONGEST_DENIAL else []
    denied = [one for one in said if _NO_HARM.search(one)]
    rest = [one for one in said if one not in denied and not _ONLY_ASKED.fullmatch(one) and short_answer(one) != "no"]
    if rest or not denied or len(max(denied, key=len)) > LONGEST_CLAUSE:
        return False
    return danger.read(text).level == "none" and not told.read(text).signs
