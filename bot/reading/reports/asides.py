"""What a message says beside what it tells: that nobody should hear of it, that the writer himself wants to die, a
question about the report, news of a danger already told, a joke. The words are in `asides.txt` (what a message holds,
by kinds) and `asides_said.txt` (single wordings) of `data/lexicon`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from bot.reading import danger
from bot.reading.lexicon import Patterns, lines
from bot.reading.normalise import normalise
from bot.reading.policy.policy_words import speaks_of_the_plan
from bot.reading.talk import question_forms, rubbish
from bot.reading.wordings import Wordings

_says = Wordings("asides_said.txt")

LONGEST_SAD, LONGEST_BLAME = 24, 40
_OWN = re.compile("[我俺咱]|(?<![A-Za-z])(?:i|me|my|myself)(?![A-Za-z])")
_SWORN = re.compile("(?<=[真太都可好就是还也特老])他(?:妈|娘)的?|他(?:妈|娘)的|特么的?|特娘的?")
"""真他妈不想活了 swears and speaks of nobody's mother."""
_WISH = re.compile("[想活死要]")
"""What is wished without a subject is wished by who writes (不想活了); what was done (跳楼了) may be anybody's."""
SOME_LETTERS = 4
LONGEST_HIMSELF = 40
_CODE = re.compile(r"[A-Za-z0-9 -]*[0-9][A-Za-z0-9 -]*")
_LATIN = re.compile("[A-Za-z]")
_HAN = re.compile("[一-鿿]")
_NEEDS_HELP = re.compile(
    r"(?<![A-Za-z])(?:help|child(?:ren)?|kids?|boy|girl|bab(?:y|ies)|son|daughter|beat(?:s|ing|en)?|hit(?:s|ting)?|hurt(?:s|ing)?|abus\w+"
    r"|danger\w*|student|pupil|herself|himself|afraid|scared|kill\w*|die|dying|bleed\w*|locked|missing|knife|rape\w*|touch\w*|alone|hungry|emergency|police)(?![A-Za-z])",
    re.IGNORECASE,
)
_HANGUL = re.compile("[가-힣]")
ALARM, RETURNED, COMING, TOLD, WORTH = "alarm", "returned", "coming", "told", "worth"
AFRAID, WRITTEN, UNWELL, NO_CALL = "afraid", "written", "unwell", "no_call"
SAME, ANOTHER, JOKE, JOURNALIST, CREATURE, GROWN = "same", "another", "joke", "journalist", "creature", "grown"
ANIMAL, FOUND = "animal", "found"
BREATHLESS, JUMPED, SILENT, FAR = "card.breathless", "card.jumped", "card.silent", "card.far"
SCALD, OWN_HANDS, OVER = "card.scald", "own_hands", "over"
HIDES, DOOR = "card.hides", "card.door"


def of_grown_life(text: str) -> bool:
    """Whether somebody only tells of his own life, with an age no parent of small children has, and of no child:
    我七十三 儿子闺女都在南方."""
    said = normalise(text[:200]).text
    return _says("old", said) and not _says("a_child", said)


def lonely(text: str) -> bool:
    """Whether somebody grown only says that it is lonely around him: 一个人过年没意思."""
    said = normalise(text[:100]).text
    return len(text) <= LONGEST_SAD and _says("lonely", said) and not _says("a_child", said)


def wants_secrecy(text: str) -> bool:
    """Whether somebody asks that another person does not hear of it. Any text is taken; never raises."""
    of_a_rule = speaks_of_the_plan(text) and question_forms.asks(text)  # 别人会不会知道我家是困境家庭
    said = normalise(text[:400]).text.replace("要不要", "该要")  # 家长要不要通知 asks what is owed
    return _says("secrecy", said) and not of_a_rule


def few_could_tell(text: str) -> bool:
    """Whether somebody fears that it can be guessed who told: 村里就这几户, 我俩就成仇了."""
    return _says("few_could_tell", normalise(text[:200]).text)


def of_a_child(text: str) -> bool:
    """Whether a wish for secrecy is a child's: it is parents or grandparents of one's own who are not to know."""
    return _says("own_folk", normalise(text[:400]).text)


def trusted_adult(text: str) -> str | None:
    """Who is good to the child that writes, or near, in its own word: 我姑挺好的 → 姑. None: nobody is named."""
    said = normalise(text[:200]).text
    near = _says.search("trusted", said) or _says.search("goes_to", said)
    hit = near or _says.search("near_by", said.replace(",", ""))
    return hit["who"] if hit else None


def blames_itself(text: str) -> bool:
    """Whether a child asks if it did something wrong: 我是不是做错啥了."""
    return len(text) <= LONGEST_BLAME and _says("own_fault", normalise(text[:100]).text)


def with_adult(text: str) -> bool:
    """Whether a child says that a grown-up is with it now: 她让我进屋了, 王奶奶来了."""
    said = normalise(text[:100]).text
    return _says("with_adult", said) and not _says("not_with_adult", said)


def stranger_at_door(text: str) -> bool:
    """Whether somebody whom nobody knows is at the door of who writes: 有人敲门 是个叔叔, 他还在敲."""
    said = normalise(text[:100]).text
    return _says("at_door", said) and not _says("not_at_door", said)


def taken_along_by_help(text: str) -> bool:
    """Whether police or doctors are there and took the child along, which is no alarm: 警察来了 孩子拉走了."""
    return _says("by_help", normalise(text[:200]).text)


def stopped(text: str) -> bool:
    """Whether somebody says that what was done is not done any more (他不砸门了 睡着了), and nothing else goes on."""
    said = normalise(text[:100]).text
    return _says("stopped", said) and ALARM not in kinds(_says.without("stopped", said, ""))


def tells_as_a_child(text: str) -> bool:
    """Whether a child tells of its home, without a grown-up (我弟吐了 家里没大人) or with one that beats it, or that
    it is bullied: 班里有人总欺负我."""
    said = normalise(text[:200]).text
    if _says("bullied_me", said) and not _says("bullied_by_grown", said):
        return True
    own = _says("child_alone", said) or _says("hits_me", said)
    return own and not _says("of_a_home", said)


def misses(text: str) -> bool:
    """Whether a child says that it misses its parents, and nothing else: 我想我妈, 好想妈妈."""
    return len(text) <= LONGEST_SAD and _says("misses", normalise(text[:100]).text)


def leaves(text: str) -> bool:
    """Whether somebody only says that he has to go now: 我先关了."""
    return len(text) <= LONGEST_SAD and _says("leaves", normalise(text[:100]).text)


def sad_child(text: str) -> bool:
    """Whether somebody only says that he is unhappy or misses those who are away, as children do."""
    return len(text) <= LONGEST_SAD and _says("sad", normalise(text[:100]).text)


def kinds(text: str) -> frozenset[str]:
    """Every kind of `asides.txt` that a message holds. Any text is taken; never raises."""
    said = normalise(text).text
    patterns, names = _lexicon()
    return frozenset(names[at] for at in patterns.worth_trying(said) if patterns.compiled(at).search(said))


def own_pain(text: str) -> bool:
    """Whether words of self-harm are the writer's own: said of himself, and nobody else is spoken of before them."""
    hits = [span for span in danger.read(text).evidence if span[2] == "self_harm"]
    if not hits:
        return False
    start, end, _ = hits[0]
    before = _SWORN.sub("", text[:end])
    if _says("to_me", before) and _says("i_wish", text) and not _says("quoted", before):
        return True  # 我弟老打我 我不想活了
    if _says("somebody_else", before):
        return False
    return says_i(text) or _WISH.search(text[max(0, start - 6) : end]) is not None


def means_himself(text: str) -> bool:
    """Whether somebody says that a pain told before is his own: 不是孩子 是我, 我说的是我自己."""
    return len(text) <= LONGEST_HIMSELF and _says("himself", normalise(text).text)


def tells_of_another(told: Iterable[str]) -> bool:
    """Whether what was told speaks of another person, and not of what others do to the writer: 这孩子最近不爱说话,
    not 同学都欺负我. A child that told the second is spoken to itself when it goes on with 不想活了."""
    told = [*told]
    return any(_says("somebody_else", one) for one in told) and not any(_says("to_me", one) for one in told)


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
    return _says("abuse", normalise(text[:200]).text.lower())


def abuses_us(text: str) -> bool:
    """Whether a message only abuses the assistant: of a child who is called names it says nothing."""
    said = normalise(text[:200]).text.lower()
    return _says("abuse", said) and _says("of_us", said) and not _says("of_others", said)


@cache
def _lexicon() -> tuple[Patterns, tuple[str, ...]]:
    rows = [tuple(part.strip() for part in line.split(" | ", 1)) for line in lines("asides.txt")]
    return Patterns(row[1] for row in rows), tuple(row[0] for row in rows)
