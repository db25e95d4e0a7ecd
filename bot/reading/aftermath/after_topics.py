"""What a message after an emergency is about, told by a few words in any order: help that is late, somebody who goes
away, what may be given to eat, who will know. For whatever no phrase of `afterwards.txt` fits. Never raises."""

from __future__ import annotations

import re
from collections.abc import Collection, Container
from dataclasses import dataclass
from functools import cache

from bot.reading.aftermath import afterwards
from bot.reading.lexicon import lines, regex
from bot.reading.normalise import normalise
from bot.reading.persons import called
from bot.reading.talk import no_answer, purposes, question_forms

ASKS, TELLS, ANY = "asks", "tells", "any"
ARREST_ME = "arrest_me"
WAIT, SILENT, BOT = "wait", "silent", no_answer.BOT
WAYS_OUT = frozenset({"come_out", "go_to"})
"""Whether one may leave the place where one hides: beside it something else is told, too."""
_DOTS = "….。．·・~～-—、 "
"""Of these alone a message of somebody is made who has no words."""
_OF_OTHERS = re.compile("[他她](?:们|爸|妈|爷|奶|姥|后)|[我俺](?:爸|妈|爷|奶|姥)")
OF_US = frozenset({*no_answer.ASKS, *no_answer.OF_THE_TALK} - {no_answer.SLIP})
"""Kinds of no answer that ask of us or of this talk."""
_CHOOSES = re.compile("([㐀-鿿])[不没]\\1|(?<=..)[不没]$")
"""犯不犯法, 警察来了没: a question without a word of one."""
_PARTICLE = re.compile(
    "问[他她]?(?:孩子)?[^,，。!！?？]*[,，]?(?:他|她|孩子)(?=说|不说|不吱|摇头|点头)"  # 问他疼不疼，他说不疼
    "|[呢吧](?=$|[ ,，。.!！])|不咋|不怎么|[谁啥哪]都|什么都"
    "|^(?:没有?){1,3}(?=[ ,，])|哪(?=[敢会能])|没(?:想|说|有)咋[的地样]?|呢(?=不|没)"
    "|(?<=[爸妈爹娘])不(?:知)?道(?:在|上|去)哪|(?<=岁)吧"
    "|叫(?:个|做)?(?:啥|什么)(?=(?:([一-鿿])\\1|小[一-鿿])(?:$|[ ,，。]))"  # 六七岁吧叫啥亮亮
    "|[叫姓](?:啥|什么)名?[我俺]?(?=也?(?:记不|不知|忘|不清楚|说不))|(?<=不知道)[叫姓](?:啥|什么)"
)
_REPEATED = re.escape("*")


@dataclass(frozen=True)
class Topic:
    """One row of `after_topics.txt`."""

    name: str
    form: str
    matters: frozenset[str]
    groups: tuple[re.Pattern[str], ...]
    none_of: re.Pattern[str] | None

    def fits(self, said: str, asks: bool, matters: Collection[str]) -> bool:
        """Whether every group has a word in the text, form and danger are as wanted, and no word is against it."""
        if self.matters and not self.matters & {*matters}:
            return False
        if self.form != ANY and (self.form == ASKS) != asks:
            return False
        if self.none_of is not None and self.none_of.search(said):
            return False
        return all(group.search(said) for group in self.groups)


def asks(text: str) -> bool:
    """Whether a message puts a question, in whatever form; 在外面呢 and 上二年级吧 tell."""
    told = _PARTICLE.sub("", _but_what_tells(text))
    plainly = afterwards.asks(told) or question_forms.asks(told)
    return plainly or _CHOOSES.search(_plain(told).rstrip("。.!！")) is not None


def _but_what_tells(text: str) -> str:
    """The clauses but those that greet, or tell of others or a name in the form of a question: 姐姐在吗, 叫啥亮亮,
    他妈在外头打工呢不在家."""
    every = purposes.read(text)
    left = [one.text for one in every if not _tells(one)]
    return text if len(left) == len(every) else " ".join(left)


def _tells(one: purposes.Clause) -> bool:
    of_others = one.purpose == purposes.FACT and _OF_OTHERS.search(one.text) is not None
    return one.purpose == purposes.COURTESY or of_others or called.soft_name(one.text) is not None


def topics(text: str, matters: Collection[str]) -> tuple[str, ...]:
    """Every topic that a message is about, the one that counts most first; none where it asks of us or of the talk.
    `matters`: what the danger was."""
    found = no_answer.read(text)
    if found is not None and found.kind in OF_US:
        return ()
    if text.strip() and not text.strip(_DOTS):
        return (SILENT,)
    said, asked = _plain(text), asks(text)
    names = [topic.name for topic in _topics() if topic.fits(said, asked, matters)]
    if found is not None and found.kind == no_answer.WAIT:
        names.append(WAIT)
    return tuple(names)


def asked_by_a_child(text: str) -> str | None:
    """What a child asks in fear of what becomes of it: by the phrase, and whether it is taken away itself."""
    return ARREST_ME if ARREST_ME in topics(text, ()) else afterwards.kind(text)


def asks_what_we_are(text: str) -> bool:
    """Whether a message only asks what we are or do: 你们能干啥, 你是真人吗."""
    found = no_answer.read(text)
    return found is not None and found.kind in (no_answer.WHAT_WE_DO, no_answer.BOT) and not found.rest


def asks_if_human(text: str) -> bool:
    """Whether a message asks whether a human answers, or says that none does: 你是真人吗, 不就是机器回复."""
    found = no_answer.read(text)
    return found is not None and found.kind == no_answer.BOT and not found.rest


def of_us(text: str) -> bool:
    """Whether a message asks of us or of this talk (你是真人吗, 还有几个问题): others answer that."""
    found = no_answer.read(text)
    return found is not None and found.kind in OF_US


def tells_one_of(text: str, matters: Collection[str], wanted: Container[str]) -> bool:
    """Whether a message tells news of one of these kinds, in whatever words."""
    return afterwards.kind(text) in wanted or any(one in wanted for one in topics(text, matters))


def _plain(text: str) -> str:
    return normalise(text[: afterwards.LONGEST]).text


@cache
def _topics() -> tuple[Topic, ...]:
    return tuple(_row(line) for line in lines("after_topics.txt"))


def _row(line: str) -> Topic:
    """One row. Raises ValueError naming the line that cannot be read."""
    parts = [part.strip() for part in line.split(" | ")]
    form, _, matters = parts[1].partition(" of ") if len(parts) in (3, 4) else ("", "", "")
    if form not in (ASKS, TELLS, ANY):
        raise ValueError(f"after_topics.txt: topic, form and words wanted in {line!r}")
    groups = tuple(_any_of(group) for group in parts[2].split("&"))
    return Topic(parts[0], form, frozenset(matters.split()), groups, _any_of(parts[3]) if len(parts) == 4 else None)


def _any_of(words: str) -> re.Pattern[str]:
    """One of these patterns; `]*` is a bracket that may come any number of times."""
    return re.compile("|".join(f"(?:{regex(word)})" for word in words.split()).replace(f"?{_REPEATED}", "*"))
