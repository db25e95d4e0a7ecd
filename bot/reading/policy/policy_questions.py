"""Which of the policy questions we know a message asks: by its characters, how they sound, and its numbers.

Pure retrieval over what people wrote: nothing is generated. Words of different people for one thing are made one first
(`data/lexicon/policy_words.txt`); 三个月 and 3个月 are the same.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from bot.reading.normalise import FRESH
from bot.reading.policy import staying
from bot.reading.policy.finding import MAYBE, NONE, SURE, Found, Known, Near
from bot.reading.policy.grams import grams_of, weight_of
from bot.reading.policy.policy_words import asks_what_becomes, has, plain, words
from bot.reading.talk.question_forms import (
    LONGEST_TELLING,
    asking_parts,
    asks_for_rule,
    carries_on,
    continues,
    goes_on,
    leans,
    only_asks_where,
    only_replaces,
    to_us,
)

ALIKE, MATCHED = 0.7, 0.35
"""How much their likeness, and the share of a message that a topic knows, count for how near they are."""
WORDS, ANSWER = 2.0, 0.35
"""How much a word given for a topic, and one of its answer, counts beside one of the questions."""
SATURATION, LENGTH = 1.2, 0.5
"""The usual two constants of BM25: how soon a repeated word says no more, and how much a long topic is held back."""
PART = 0.3
"""How much the part of a message that asks counts beside the whole: many tell their life before they ask."""
_TIME_LIMIT = re.compile("之内|以内|内报告|时限|期限")
_DEFINES = re.compile(
    "^[那这]?[他她]?[^,。 ]{0,4}(?:算|是)(?:不算|不是)?(?:个)?(?:留守|困境)(?:儿童|孩子)?[不吗么呢]*$"
    "|(?:留守|困境)(?:儿童)?(?:咋|怎么|怎|如何)(?:个)?算(?:的|法)?[呢啊]?$"
    "|咋回事|怎么回事|啥意思|什么意思|啥玩意|指(?:什么|啥)|(?:啥|什么)叫|什么是|何为|是(?:个)?(?:啥|什么)[呀啊呢]?$"
)
_DEFINITION = re.compile("^什么是|是什么？$|是哪些孩子")
DEFINED = 0.1
"""What a topic gains that says what a thing is, for who asks just that: 事实无人抚养是咋回事."""
_FIGURES = re.compile("[0-9]+[^0-9]")
_NAMES_THE_PLAN = re.compile("方案|文件")
_ASKS_MONEY = re.compile("多少钱|钱")


SURELY_NEAR, NEAR_ENOUGH, FAR = 0.3, 0.2, 0.09
"""Nearness from which the first topic is answered alone, from which it may be the one, and below which nothing is."""
TAKEN, RULED = 0.16, 0.1
"""Nearness that is enough when somebody else takes the message for a policy question, and when its words ask what holds
as well."""
AHEAD = 1.5
"""How much nearer than the second the first must be to be answered alone."""
AGREED = 1.05
"""How much nearer than the second the first must be to be answered alone when letters and meaning find the same first:
of 62 such questions of strangers it was the wrong one three times (1.2: of 25 never)."""
CLEARLY_AHEAD = 1.15
"""How much nearer than the second the first must be, letters and meaning together, to be told alone with the others as
buttons. Three rules where one was asked for are half an answer: of 259 strangers' questions that got several, 136 get
one, and eleven of them lose the right answer to a button (1.4: 37 and none; 1.05: 224 and 28)."""
STILL_NEAR = 0.8
"""How near to the first, letters and meaning together, one must be to be told with it: of 1054 strangers' questions
ten lose the right answer to a button (0.7: none)."""
MEANT, SURELY_MEANT, CONSIDERED = 0.6, 0.3, 40
"""How much nearness in meaning counts beside that in letters; from which nearness in meaning a question that letters
know nothing of is answered with a "may be"; how many of the topics near in letters are weighed with it."""
CLEARLY, MOST = 1.0, 3
"""How much nearer than the second the first must be to what a part of a message asks; how many parts are answered."""
TOLD = 2
"""How many rules are told where one was asked for and we are not sure which; further ones are buttons. Of 65 such
questions of strangers that were near to three, the third was the right one twice."""
INSIDE, FIT = 0.1, 0.5
"""What a topic gains that is about what is open anyway (a report, a check), and how near to the first it must be for
that."""
KNOWN = 0.3
"""Share of what is asked about that the first topic must know when no word of the field is there."""
FOLLOWS, LEANS, STAYS = 0.12, 0.2, 0.3
"""What a topic of the same theme gains when a short question goes on from an answer just given; when it names nothing
it is about; what the topic just answered gains: 多久一次 after 谁来抽查档案 stays with it."""
OF_ITS_OWN, KNOWN_WELL = 3, 0.6
"""How many characters that are no words of asking, and what share of them known to the first topic, say that a question
is about something of its own and goes on from nothing."""
SHARED = 2
"""How many pairs of characters a question for a measure must have from the rule just told to be its own."""
BARE = 1
"""How many characters beside words of asking a question may have that adds nothing to the one before it."""
ELSEWHERE = 0.75
"""How much of its nearness a topic of another theme keeps for words that only put somebody else into the question just
answered (家里穷的呢), or hold no word of the field (得多久之内报)."""
FOLLOWING = 1.25
"""How much nearer than the second the first must be then to be answered alone."""


class Finder:
    """All topics, each with everything people ask about it, ready to be compared with a message."""

    def __init__(self, topics: Mapping[str, Known]) -> None:
        """topics: what is known of each, by id."""
        self._topics = tuple(topics)
        self._once = lru_cache(maxsize=FRESH)(self._rank)
        said = {one: plain(one) for known in topics.values() for one in known.questions}
        self._same = {said[one]: name for name, known in topics.items() for one in known.questions}
        self._answers = {name: plain(known.answer) for name, known in topics.items()}
        self._titles = {name: known.questions[0] for name, known in topics.items()}
        told = [self._told(known, said) for known in topics.values()]
        seen = Counter(gram for grams in told for gram in grams)
        self._unknown = math.log(1 + len(told))
        self._rarity = {gram: math.log(1 + (len(told) - n + 0.5) / (n + 0.5)) for gram, n in seen.items()}
        lengths = [sum(grams.values()) for grams in told]
        usual = sum(lengths) / max(1, len(lengths))
        self._found: dict[str, list[tuple[int, float, float]]] = defaultdict(list)
        for at, (grams, length) in enumerate(zip(told, lengths, strict=True)):
            held = SATURATION * (1 - LENGTH + LENGTH * length / usual)
            look = self._unit(grams)
            for gram, count in grams.items():
                self._found[gram].append((at, look[gram], count * (SATURATION + 1) / (count + held)))

    @staticmethod
    def _told(known: Known, said: Mapping[str, str]) -> dict[str, float]:
        """How often each gram stands in the questions, and more or less for those of the words and the answer.

        said: questions as they are compared.
        """
        grams: dict[str, float] = defaultdict(float)
        for weight, texts in ((1.0, known.questions), (WORDS, known.words), (ANSWER, (known.answer,))):
            for text in texts:
                for gram in grams_of(said[text] if text in said else plain(text)):
                    grams[gram] += weight
        return grams

    def rank(self, text: str, most: int = 5) -> list[Near]:
        """The nearest topics, the nearest first. Any text is taken; never raises."""
        return list(self._once(text[:LONGEST_TELLING], most))

    def _rank(self, text: str, most: int) -> tuple[Near, ...]:
        total = self._near(text)
        parts = [self._near(part) for part in asking_parts(text)]
        if parts:
            total = [(one + PART * max(one, *asked)) / (1 + PART) for one, *asked in zip(total, *parts, strict=True)]
        if _DEFINES.search(text) is not None:
            enough = FIT * max(total, default=0.0)
            total = [
                one + DEFINED if one >= enough and _DEFINITION.search(self._titles[topic]) else one
                for topic, one in zip(self._topics, total, strict=True)
            ]
        same = self._same.get(plain(text))
        if same is not None:
            total[self._topics.index(same)] += 1.0
        first = sorted(range(len(total)), key=lambda at: (-total[at], at))[:most]
        return tuple(Near(self._topics[at], total[at]) for at in first if total[at] > 0)

    def _near(self, text: str) -> list[float]:
        """How near each topic is to words."""
        grams = Counter(grams_of(plain(text)))
        look = self._unit(grams)
        near = [0.0] * len(self._topics)
        most_possible = sum(self._rarity.get(gram, self._unknown) * weight_of(gram) for gram in grams) or 1.0
        for gram, weight in look.items():
            worth = self._rarity.get(gram, self._unknown) * weight_of(gram) / most_possible
            alike, matched = ALIKE * weight, MATCHED * worth
            for at, other, often in self._found.get(gram, ()):
                near[at] += alike * other + matched * often
        return near

    def find(
        self,
        text: str,
        before: str | None = None,
        akin: Iterable[str] = (),
        *,
        taken: bool = False,
        meant: Mapping[str, float] = MappingProxyType({}),
        inside: Collection[str] = (),
    ) -> Found:
        """What a message asks. `before`: the topic just answered here, `akin`: topics of its theme; a short question
        that goes on from it (那奶奶算吗) is read together with it. `taken`: somebody else takes the message for a
        policy question, so that no word of the field is needed where it is near enough. `meant`: how near in meaning
        an encoder finds topics; where we are not sure it has a say in which are the nearest. `inside`: the topics of
        the talk that is open here."""
        if before is not None and (settled := self._settled(text, before, frozenset(akin))) is not None:
            return Found(SURE, (settled,))
        leaning = goes_on(text) or leans(text) or carries_on(text)
        if to_us(text) or not leaning or (before and (self._stands(text) or self._other(text, before, akin, meant))):
            before = None  # words that stand by themselves ask anew, whatever was answered before them
        found = self._by_letters(text, before, akin, taken)
        if found.kind == MAYBE and inside and before is None:
            found = self._by_letters(text, before, akin, taken, inside)
        heads = self._heads(text) if found.kind != NONE and before is None else ()
        if len(heads) > 1:
            topics = tuple(dict.fromkeys((found.topics[0], *heads, *found.topics)))
            return Found(MAYBE, topics[:4], MOST if found.kind == MAYBE else min(MOST, len(heads)))
        if found.kind == SURE or not meant or before is not None:
            same = bool(meant) and found.kind == MAYBE and found.topics[0] == max(meant, key=meant.__getitem__)
            return Found(SURE, found.topics) if same else found
        if found.kind == NONE and not (taken and max(meant.values()) >= SURELY_MEANT):
            return found
        if found.kind == MAYBE and self._agreed(text, meant):
            return Found(SURE, found.topics)
        near = {one.topic: one.nearness for one in self.rank(text, most=CONSIDERED)}
        for topic, score in meant.items():
            if topic in self._titles:
                near[topic] = near.get(topic, 0.0) + MEANT * score
        first = sorted(near, key=lambda topic: -near[topic])[:4]
        ahead = len(first) < 2 or near[first[0]] >= CLEARLY_AHEAD * near[first[1]]
        close = sum(near[one] >= STILL_NEAR * near[first[0]] for one in first[:TOLD])
        return Found(MAYBE, tuple(first), 1 if ahead else close)

    def _settled(self, text: str, before: str, akin: frozenset[str]) -> str | None:
        """The topic that a few words after it surely ask for again, or the one of its theme that asks for the measure
        they ask for; None: they may ask something else."""
        if staying.doubts(text):
            return before
        others, answer = akin - {before}, self._answers[before]
        put = staying.figure(text)
        if put is not None:
            named = staying.names((self._titles[one] for one in others), put[0])
            return before if staying.holds(answer, put[1]) and not named else None
        unit = staying.asked(text)
        if unit is None:
            return None
        if staying.holds(answer, unit) and staying.asks_for(self._titles[before], unit):
            return before
        asking = [one for one in others if staying.asks_for(self._titles[one], unit)]
        near = {one: self._shared(before, one) for one in asking}
        best = max(near, key=lambda one: near[one], default=None)
        if best is not None and near[best] >= SHARED:
            return best
        return before if staying.holds(answer, unit) else None

    def _shared(self, before: str, other: str) -> int:
        """How many pairs of characters that are no words of asking the title of another topic has from one's title and
        answer."""
        said = plain(self._titles[before]) + "/" + self._answers[before]
        parts = words("shell").sub(" ", plain(self._titles[other])).split()
        return len({part[at : at + 2] for part in parts for at in range(len(part) - 1) if part[at : at + 2] in said})

    def _stands(self, text: str) -> bool:
        """Whether words that name nobody, or few, say all the same what they are about: 档案抽查频次."""
        near = self.rank(text, most=2)
        if continues(text) or not near or near[0].nearness < SURELY_NEAR:
            return False
        said = plain(text)
        if len(words("shell").sub("", said)) < OF_ITS_OWN or only_asks_where(text):
            return False
        if _NAMES_THE_PLAN.search(said):
            return True
        ahead = len(near) < 2 or near[0].nearness >= AHEAD * near[1].nearness
        return ahead if not has("field", said) else ahead or self._knows(said, near[0].topic) >= KNOWN_WELL

    def _other(self, text: str, before: str, akin: Iterable[str], meant: Mapping[str, float]) -> bool:
        """Whether letters and meaning find the same topic, clearly the first, of another theme than what was just
        answered: 村里多长时间该去看一回 after who is left behind."""
        near = self.rank(text)
        if not near or not meant or near[0].topic != max(meant, key=lambda topic: meant[topic]):
            return False
        if near[0].topic in (before, *akin) or only_replaces(text) or near[0].nearness < NEAR_ENOUGH:
            return False
        both = sorted((one.nearness + MEANT * meant.get(one.topic, 0.0) for one in near), reverse=True)
        return len(both) < 2 or both[0] >= CLEARLY_AHEAD * both[1]

    def _agreed(self, text: str, meant: Mapping[str, float]) -> bool:
        """Whether letters and meaning find the same topic first, and letters a good deal nearer than the second."""
        first, *others = self.rank(text)
        ahead = not others or first.nearness >= AGREED * others[0].nearness
        return ahead and first.topic == max(meant, key=lambda topic: meant[topic])

    def _heads(self, text: str) -> tuple[str, ...]:
        """The topic of each part that asks something of its own: 困境分几类 一个月给多少钱 wants both."""
        heads = []
        for part in asking_parts(text, together=1):
            if only_asks_where(part):
                continue
            near = self._near(part)
            first, second = sorted(range(len(near)), key=lambda at: -near[at])[:2]
            if near[first] >= SURELY_NEAR and near[first] >= CLEARLY * near[second]:
                heads.append(self._topics[first])
        return tuple(dict.fromkeys(heads))

    def _by_letters(
        self, text: str, before: str | None, akin: Iterable[str], taken: bool, inside: Collection[str] = ()
    ) -> Found:
        near, ahead_by = self.rank(text), AHEAD
        if before is not None:
            if goes_on(text):
                ahead_by = FOLLOWING
            near = self._read_together(text, before, frozenset(akin))
        elif inside:
            near = self._read_inside(near, inside)
        topics = tuple(one.topic for one in near[:4])
        if not near or near[0].nearness < FAR:
            return Found(NONE, topics[:2])
        said = plain(text)
        field, elsewhere = has("field", said), has("elsewhere", said)
        knows = max(self._knows(plain(one), near[0].topic) for one in (text, *asking_parts(text)))
        enough = RULED if asks_for_rule(text) else TAKEN
        ours = field or knows > KNOWN or near[0].nearness > 1.0 or (taken and near[0].nearness >= enough)
        elsewhere = elsewhere and not (before is not None and only_replaces(text))  # 糖尿病呢 after what is grave
        if not ours or (elsewhere and not (field and knows > KNOWN)):
            return Found(NONE, topics[:2])
        ahead = len(near) < 2 or near[0].nearness >= ahead_by * near[1].nearness
        if near[0].nearness >= SURELY_NEAR and ahead:
            return Found(SURE, topics)
        return Found(MAYBE if near[0].nearness >= NEAR_ENOUGH or field or taken else NONE, topics, TOLD)

    @staticmethod
    def _read_inside(alone: list[Near], inside: Collection[str]) -> list[Near]:
        """Topics of what is open come before others that are about as near."""
        fit = [one for one in alone if one.topic in inside and one.nearness >= FIT * alone[0].nearness]
        gained = [Near(one.topic, one.nearness + (INSIDE if one in fit else 0.0)) for one in alone]
        return sorted(gained, key=lambda one: -one.nearness)

    def _read_together(self, text: str, before: str, akin: frozenset[str]) -> list[Near]:
        """The question read alone and as one more word on the topic before it, which may be meant again."""
        more = FOLLOWS if goes_on(text) else LEANS
        replaces = only_replaces(text)
        kept = ELSEWHERE if replaces or not has("field", plain(text)) else 1.0
        stays = 0.0 if replaces else STAYS  # 那困境儿童呢 wants another answer than the one just read
        found = {}
        alone = self.rank(text, most=CONSIDERED)
        stays = STAYS if alone and alone[0].topic == before else stays  # 那喝酒的呢 was told with it in other words
        stays = 0.0 if asks_what_becomes(text) else stays  # 不打会咋样 asks for more than the duty just told
        if before not in {one.topic for one in alone}:
            alone.append(Near(before, 0.0))  # it may be meant again, though these words have nothing of it
        for one in alone:
            near = one.nearness
            if one.topic != before and one.topic not in akin:
                near = kept * (near - 1.0 if near > 1.0 else near)  # 上哪办 stands word for word in many a topic
            found[one.topic] = near + (stays if one.topic == before else 0.0)
        told = self._told_with(text, before, akin) and not asks_what_becomes(text)
        for one in self.rank(self._titles[before] + text, most=8):
            if one.topic == before and told:
                found[before] = max(found[before], one.nearness * 0.6) + STAYS
            elif one.topic != before:
                gained = more if one.topic in akin else 0.0
                found[one.topic] = max(found.get(one.topic, 0.0) + gained, one.nearness * 0.6 + gained)
        return sorted((Near(*one) for one in found.items()), key=lambda one: -one.nearness)

    def _told_with(self, text: str, before: str, akin: frozenset[str]) -> bool:
        """Whether what a question adds (严重的呢) was told with the answer before it, and no akin topic is named after
        that; or it adds nothing but words of asking (得多快)."""
        said = words("shell").sub(" ", _TIME_LIMIT.sub("", plain(text))).split()
        if sum(map(len, said)) <= BARE and not only_replaces(text):
            return not _ASKS_MONEY.search(plain(text))
        pieces = {part[at : at + 2] for part in said for at in range(len(part) - 1)}
        others = (plain(self._titles[one]) for one in akin if one != before)
        asked = plain(text)
        titles = "/".join(one for one in others if all(figure in asked for figure in _FIGURES.findall(one)))
        return any(one in self._answers[before] and one not in titles for one in pieces)

    def _knows(self, said: str, topic: str) -> float:
        """Share, by rarity, of what is asked about (the words of asking left out) that a topic speaks of."""
        parts = [part for part in words("shell").split(said) if part]
        pieces = [part[at : at + 2] for part in parts for at in range(max(1, len(part) - 1))]
        place, whole, known = self._topics.index(topic), 0.0, 0.0
        for piece in pieces:
            worth = self._rarity.get(piece, self._unknown)
            whole += worth
            known += worth if any(at == place for at, _, _ in self._found.get(piece, ())) else 0.0
        return known / whole if whole else 0.0

    def _unit(self, grams: Mapping[str, float]) -> dict[str, float]:
        """Weights of unit length; a gram nobody asked with is as rare as can be."""
        look = {
            gram: math.log(1 + count) * self._rarity.get(gram, self._unknown) * weight_of(gram)
            for gram, count in grams.items()
        }
        length = math.sqrt(sum(weight * weight for weight in look.values())) or 1.0
        return {gram: weight / length for gram, weight in look.items()}
