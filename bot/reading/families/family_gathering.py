"""What is gathered while the pieces of a family's words are walked through; `family.read` is the door."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.reading.families import assistance, away, child_age, grades, school_years
from bot.reading.families.family_words import DOUBT, Value, hits
from bot.reading.measures import quantities
from bot.reading.normalise import Plain
from bot.reading.persons.kin import BOTH, CHILD, FATHER, MATERNAL, ME, MOTHER, OTHER, PATERNAL

Span = tuple[int, int]

_ONCE = re.compile("(?<![年月天岁周期])以前|从前|原先|原来|曾经|早先|早年|当年")
"""以前在外打工, 以前强戒过: what was so once is asked again; 三年以前走的 only says when."""
_SAME = re.compile(
    "^(?:[他她]?(?:妈|爸|爹|娘|媳妇|老婆|老公)?)?[,]?(?:也是|也一样|一样|同样|也在|也去|也出去|"
    "跟他一样|跟她一样|[跟和][我俺](?:一起|在一起))"
)
_NO_MORE = re.compile("(?:也是|也一样|一样|同样|一起|一块儿?|也都是)[这那]?[样的啊呢吧了一]*[,。!?; ]*$")
"""她妈也是, and nothing after it: the same in everything."""
_TAKEN_AS_AWAY = re.compile(
    f"(?:^|[我俺爸妈爹娘])(?:也|都|就)*出来[了有都]*{quantities.NUMBER}?个?[半多]?[年月]|走的|走了|走(?:有|快|都|得)?{quantities.NUMBER}个?[半多]?(?:年|月)|(?:才|就)走|才过?[来去]的|出来的|离家|离开|出去|出门|外出|外面|外地|在外|去的|走$|left|away"
)
_ONLY_WHEN = re.compile("[^,。!?;]{0,4}是(?:大前年|前年|去年|今年)[^,。!?;]{0,6}$")
"""他妈是去年, after 他爸是前年走的: the same is told of her, only when is another."""
_NOT_AWAY_TIME = re.compile(
    "换到|换去|转到|调到|挪到|离婚|离异|去世|死|过世|病逝|没了|结婚|再婚|改嫁|怀孕|生病|得病|瘫|残疾|低保|住院|化疗|透析|上学"
)
_SPENT_HELD = re.compile("判|牢|监狱|服刑|羁押|关押|关了|看守|戒毒|强戒|刑期|逮捕|抓|进去|期限|笆篱子")
_LOST = re.compile(
    "失联|联系不上|联系不到|没联系|没有联系|断了联系|没音信|没消息|没信儿|找不到|找不着|失踪|跑了|下落不明|没影|打不通"
    "|没(?:个|过)?(?:音?信|音讯|动静)|(?:音?信儿?|消息|音讯|动静)(?:都|也)?没(?:有|了)?|没露(?:过)?面|不联系|(?:再没|就没|没)来过(?:电话|信)|(?:再没|就没)来(?:电话|信)|再没(?:回|来)"
)
_LONG_AGO = re.compile("(?:多少|好些|好多|好几|多|不少)年|有年头|自打[^,。!?;]{0,6}就(?:再)?没")
"""多少年没信儿了: more than half a year, whatever the number."""
_OUT_THERE = re.compile("打工|干活|上班|务工|[搁在][外头地边面]{2}")
_POLICE = re.compile("报(?:了)?警|报过警|派出所|公安|回执|立案")
_PROOF = re.compile("回执|证明|立案")
_REVOKED = re.compile("撤销|取消|剥夺")
_DECLARED = {"whereabouts_unknown": "declared_missing", "dead": "declared_dead"}
_BORN = re.compile("生的?|出生|生日|born")
_THIS_YEAR = re.compile("今年|现在|如今|眼下|刚满|[刚才都]$")
_JUST_BEFORE = 5
"""Characters before an age that may say that it is that of today."""
TURNING = (15, 17)
"""Ages told at which the birthday decides soon: the day of birth is worth asking."""


@dataclass(frozen=True)
class Found:
    """One fact with the place of the words it came from. `sure` is False for what is to be asked again."""

    fact: str
    value: Value
    span: Span
    sure: bool = True


@dataclass(frozen=True)
class Piece:
    """A stretch with one subject: `who` it is about, its text and where it begins. `doubted`: it may be another's."""

    who: str | None
    said: str
    start: int
    doubted: bool = False


class Gathering:
    """Gathers what is found while the pieces are walked through."""

    def __init__(self, plain: Plain, on: date, home: str | None) -> None:
        self._plain, self._on, self._home = plain, on, home
        self.found: list[Found] = []
        self.precise: list[str] = []
        self.whose_unknown = False
        self.between: tuple[int, int] | None = None
        self._of_now: list[Found] = []
        self._doubted = False

    def _put(self, fact: str, value: Value, start: int, end: int, *, sure: bool = True) -> None:
        sure = sure and not self._doubted
        self.found = [one for one in self.found if one.fact != fact or (one.sure and not sure)]
        if not (any(one.fact == fact for one in self.found)):
            self.found.append(Found(fact, value, self._plain.span(start, max(end, start + 1)), sure))

    def whole(self, said: str, by: str | None) -> None:
        """What is told of the household, whoever is spoken of; 跟我过 tells more when a grandparent says it."""
        for fact, value, start, end, sure in hits(HOME, said, self._plain.soft):
            if fact == "household_assistance" and value in assistance.DECIDING:
                sure = sure and not assistance.only_spoken_of(said, start, self._plain.soft)
            self._put(fact, value, start, end, sure=sure)
        for fact, value, start, end, sure in hits(CARER, said) if by in CARING else ():
            self._put(fact, value, start, end, sure=sure)

    def piece(self, piece: Piece) -> None:
        """Everything one piece tells of its subject; 听说 just before it makes all of it doubtful."""
        before = self._plain.text[max(0, piece.start - 4) : piece.start].rpartition(",")[2]
        past = piece.who not in (CHILD, None) and _ONCE.search(before + piece.said) is not None
        self._doubted = piece.doubted or past or bool(DOUBT.search(before))
        if piece.who in (CHILD, None):
            self._child(piece)
        if piece.who == ME:
            self.whose_unknown |= tells_a_condition(piece.said) or any(True for _ in hits(PARENT, piece.said))
            self.whose_unknown |= bool(away.lengths(piece.said))
        for parent in {BOTH: (FATHER, MOTHER), FATHER: (FATHER,), MOTHER: (MOTHER,)}.get(piece.who or "", ()):
            self._parent(parent, piece)

    def _child(self, piece: Piece) -> None:
        for fact, value, start, end, sure in hits(CHILD, piece.said):
            self._put(fact, value, piece.start + start, piece.start + end, sure=sure)
        if grades.GRADED.search(piece.said) and grades.tells(piece.said) and not self._knows("child_disability"):
            held = piece.who == CHILD and grades.CERTIFIED.match(self._plain.text[piece.start + len(piece.said) :])
            self._put("child_disability", "cert_held", piece.start, piece.start + len(piece.said), sure=bool(held))
        self._age(piece)

    def _age(self, piece: Piece) -> None:
        said = piece.said
        if _BORN.search(said):
            for day in quantities.days(said, self._on):
                if day.first == day.last and child_age.YEAR_OF_BIRTH.search(said):
                    self._put("child_birth_date", day.first.isoformat(), piece.start + day.start, piece.start + day.end)
                    return
            self._put("child_age_years", 0, piece.start, piece.start + len(said), sure=False)
        ages = quantities.ages(said)
        if ages:
            one = ages[0]
            certain = (
                one.certain and one.years is not None and child_age.reached(self._plain.text, piece.start + one.start)
            )
            self._put_age(piece, one.years, one.start, one.end, sure=certain)
            return
        bare = child_age.bare(said, self._plain.text, piece.start) if piece.who == CHILD else None
        if bare is not None and bare.years is not None:
            self._put_age(piece, bare.years, bare.start - piece.start, bare.end - piece.start, sure=bare.certain)
        elif (between := school_years.ages(said)) is not None:
            self.between = between

    def _put_age(self, piece: Piece, years: int | None, start: int, end: int, *, sure: bool) -> None:
        """An age. 大的十二 小的八岁 tells two, and nobody knows which is meant, unless one is that of this year."""
        before = piece.said[max(0, start - _JUST_BEFORE) : start]
        told = next((one for one in self.found if one.fact == "child_age_years" and one.sure), None)
        now = _THIS_YEAR.search(before) is not None
        if told is not None and sure and told.value != years and (told in self._of_now or not now):
            sure = False
            self.found = [one for one in self.found if one is not told or (told in self._of_now and not now)]
        self._put("child_age_years", years or 0, piece.start + start, piece.start + end, sure=sure)
        if sure and now:
            self._of_now += self.found[-1:]
        if sure and years in TURNING:
            self.precise.append("child_birth_date")

    def _parent(self, parent: str, piece: Piece) -> None:
        said, at = piece.said, piece.start
        told = dict[str, Value]()
        for fact, value, start, end, sure in hits(PARENT, said):
            value = _by_court(self._plain.text[max(0, at - 6) : at], str(value))
            if fact == "custody" and f"{parent}_custody" in told:
                continue
            if fact == "away_status" and value == "at_home" and "away_status" in told:
                continue
            told[fact] = value
            self._put(f"{parent}_{fact}", value, at + start, at + end, sure=sure)
        if _SAME.match(said) or re.search("也(?:是|一样|在外|出去|去了?$|都|[在搁](?:那|一块))", said):
            self._copy(parent, wholly=_NO_MORE.search(said) is not None)
        if "监护" in said and _REVOKED.search(self._plain.text[max(0, at - 6) : at]):
            self._put(f"{parent}_guardianship_revoked", "yes", at, at + len(said))
        self._disability(parent, said, at)
        place = away.work_place(said, self._home)
        settled = place == "same_county" or not self._is_away(parent)
        if settled and away.LIVES.search(said) and not _OUT_THERE.search(said):
            place = None  # where a family lives is where nobody works away, whoever was named just before
        if place and (self._is_away(parent) or re.search("在|去|到|上|搁|来的|in ", said)):
            self._put(f"{parent}_work_place", place, at, at + len(said))
            if place in ("abroad", "cross_county") and not self._knows(f"{parent}_away_status"):
                self._put(f"{parent}_away_status", "away_for_work", at, at + len(said), sure=False)
        if place is None and away.denies_place(said):
            self._put(f"{parent}_work_place", "cross_county", at, at + len(said), sure=False)
        self._time(parent, piece)

    def conclude(self) -> None:
        """Who works away, is at home or held is alive; of the dead nothing else is asked."""
        for parent in (FATHER, MOTHER):
            status = next((one for one in self.found if one.fact == f"{parent}_life_status"), None)
            if status is not None and status.sure and status.value in GONE:
                keep = {f"{parent}_life_status"}
                self.found = [one for one in self.found if not one.fact.startswith(parent) or one.fact in keep]
                self.precise = [one for one in self.precise if not one.startswith(parent)]
            elif self._knows(f"{parent}_lost_contact") and not self._tells(parent, "lost_contact", "no"):
                self._vanished(parent)
            elif status is not None and self._only_place_unknown(parent, status):
                self.found.remove(status)
            elif status is None:
                shows = next((one for one in self.found if one.sure and one.fact in _signs_of_life(parent)), None)
                if shows is not None:
                    self.found.append(Found(f"{parent}_life_status", "alive", shows.span))

    def _only_place_unknown(self, parent: str, status: Found) -> bool:
        """搁外头呢 不知道在哪干活: who works somewhere nobody can name has not vanished."""
        works = self._knows(f"{parent}_away_status", sure=False) and _OUT_THERE.search(self._plain.text) is not None
        return status.value == "whereabouts_unknown" and works

    def _vanished(self, parent: str) -> None:
        """Who cannot be found is neither at home nor away for work, as far as anybody knows."""
        shows = next(one for one in self.found if one.fact == f"{parent}_lost_contact")
        if not self._knows(f"{parent}_life_status"):
            self.found = [one for one in self.found if one.fact != f"{parent}_life_status"]
            self.found.append(Found(f"{parent}_life_status", "whereabouts_unknown", shows.span))
        if not self._knows(f"{parent}_away_status"):
            self.found = [one for one in self.found if one.fact != f"{parent}_away_status"]
            self.found.append(Found(f"{parent}_away_status", "unknown", shows.span))

    def _tells(self, parent: str, fact: str, value: Value) -> bool:
        return any(one.fact == f"{parent}_{fact}" and one.value == value for one in self.found)

    def _knows(self, fact: str, *, sure: bool = True) -> bool:
        return any(one.fact == fact and (one.sure or not sure) for one in self.found)

    def _is_away(self, parent: str) -> bool:
        told = [one.value for one in self.found if one.fact == f"{parent}_away_status"]
        return bool(told) and str(told[-1]).startswith("away")

    def _copy(self, parent: str, *, wholly: bool) -> None:
        """她妈也是: what was told of the other parent just before holds of this one too. `wholly` False: 她妈也出去了,
        她妈也是残疾 tells what it is that holds of her, not since when nor of what grade."""
        other = _other(parent)
        for one in list(self.found):
            name = one.fact.replace(f"{other}_", f"{parent}_", 1)
            shared = wholly or one.fact.endswith(("_away_status", "_work_place"))
            if shared and one.fact.startswith(f"{other}_") and not self._knows(name, sure=False):
                self.found.append(Found(name, one.value, one.span, one.sure))
        self.precise += [one.replace(f"{other}_", f"{parent}_", 1) for one in self.precise if one.startswith(other)]

    def _disability(self, parent: str, said: str, at: int) -> None:
        denied, rest = grades.NOT_DISABLED.search(said), grades.NOT_DISABLED.sub("", said)
        if denied and not grades.DISABLED.search(rest):
            for kind in grades.KINDS:
                self._put(f"{parent}_disab_{kind}", "none", at, at + len(said))
        if not grades.tells(rest):
            return
        kinds = [(hit.start(), kind) for kind, words in grades.KINDS.items() for hit in [re.search(words, said)] if hit]
        for start, kind in sorted(kinds):
            grade = grades.beside(said, start, min(kinds)[0])
            sure = grade is not None and not DOUBT.search(said) and not denied
            none = re.search("没(?:有|办|办过)?[^,]{0,3}(?:证|定级|评级|级)", said)
            value = grade or "ungraded"
            self._put(
                f"{parent}_disab_{kind}", value, at + start, at + len(said), sure=sure or (bool(none) and not denied)
            )
        if not kinds and "残" in said:
            self._put(f"{parent}_disab_physical", "ungraded", at, at + len(said), sure=False)

    def _time(self, parent: str, piece: Piece) -> None:
        said, at = piece.said, piece.start
        stays, again = away.home_stays(said), away.left_again(said)
        lengths = away.lengths(said)
        if stays:
            self._put(f"{parent}_home_stays", stays, at, at + len(said))
        if again is not None and stays != "none" and self._knows(f"{parent}_home_stays"):
            self._left_again(parent, piece, stays, said[again:], lengths)
            return
        if stays in ("short_visit", "long_return") or (stays == "none" and not lengths):
            before = away.before_a_visit(said)
            if away.lengths(before) or away.since(before, self._on) != (None, None):
                piece, said, lengths = Piece(piece.who, before, at, piece.doubted), before, away.lengths(before)
            elif not ((lengths or stays == "none") and _TAKEN_AS_AWAY.search(said)):
                return
            lengths = tuple(one for one in lengths if one.months != 0)  # 十一回来过两天 is no time away
        if _SPENT_HELD.search(said) and self._knows(f"{parent}_custody", sure=False):
            self._held(parent, lengths, at)
        elif _LOST.search(said):
            self._lost(parent, piece, lengths)
        elif not _NOT_AWAY_TIME.search(said):
            self._away_time(parent, piece, lengths)

    def _left_again(
        self, parent: str, piece: Piece, stays: str | None, left: str, lengths: tuple[away.Length, ...]
    ) -> None:
        """When they went away anew. 过年回来十天又走了 was a visit, after which nothing begins anew (JL-2.1.2)."""
        said, at = piece.said, piece.start
        if stays == "short_visit" and not away.since(left, self._on)[0]:
            before = away.before_a_visit(said)  # 去年五月去青岛打工 过年回来七天又走了: away since that May
            self._away_time(parent, Piece(piece.who, before, at, piece.doubted), away.lengths(before))
            return
        day, rough = away.since(said, self._on)
        if day is not None:
            self._put(f"{parent}_return_date", day.isoformat(), at, at + len(said))
        elif (last := lengths[-1] if lengths else rough) is not None and last.months is not None:
            self._put(f"{parent}_months_since_return", last.months, at + last.start, at + last.end, sure=last.sure)
            if last.precise:
                self.precise.append(f"{parent}_return_date")

    def _held(self, parent: str, lengths: tuple[away.Length, ...], at: int) -> None:
        for one in lengths:
            if one.months is not None:
                value = "yes" if one.months >= away.NEAR[1] else "no"
                self._put(f"{parent}_custody_6m", value, at + one.start, at + one.end, sure=not one.precise)

    def _lost(self, parent: str, piece: Piece, lengths: tuple[away.Length, ...]) -> None:
        one = next((one for one in away.unheard_of(piece.said, lengths) if one.months is not None), None)
        proof = (
            _PROOF.search(self._plain.text) and _POLICE.search(self._plain.text) and "没报警" not in self._plain.text
        )
        end = piece.start + len(piece.said)
        if one is not None and one.months is not None:
            long = one.months >= away.NEAR[1]
            value = ("ge_6m_proven" if proof else "ge_6m_unproven") if long else "lt_6m"
            self._put(f"{parent}_lost_contact", value, piece.start, end, sure=not one.precise)
        elif _LONG_AGO.search(piece.said):
            self._put(f"{parent}_lost_contact", "ge_6m_proven" if proof else "ge_6m_unproven", piece.start, end)

    def _away_time(self, parent: str, piece: Piece, lengths: tuple[away.Length, ...]) -> None:
        said, at, lengths = piece.said, piece.start, away.of_going(piece.said, lengths)
        if not self._is_away(parent):
            like_the_other = _ONLY_WHEN.match(said.rstrip(",。!?; ")) and self._knows(f"{_other(parent)}_away_months")
            if not (_TAKEN_AS_AWAY.search(said) or like_the_other):
                return
            self._put(f"{parent}_away_status", "away_for_work", at, at + len(said), sure=False)
        day, rough = (None, None) if lengths else away.since(said, self._on)
        if day is not None:
            self._put(f"{parent}_departure_date", day.isoformat(), at, at + len(said))
            return
        one = max(lengths, key=lambda length: length.months or 0) if lengths else rough
        if one is None:
            return
        if one.months is not None:
            self._put(f"{parent}_away_months", one.months, at + one.start, at + one.end, sure=one.sure)
        if one.precise or one.months is None:
            self.precise.append(f"{parent}_departure_date")


def _other(parent: str) -> str:
    return MOTHER if parent == FATHER else FATHER


def tells_a_condition(said: str) -> bool:
    """Whether a stretch tells of a disability or an illness."""
    return grades.tells(said) or any(fact.endswith("illness") for fact, *_ in (*hits(PARENT, said), *hits(CHILD, said)))


def _by_court(before: str, value: str) -> str:
    """法院宣告他爸失踪: what the court declared is more than what is told."""
    return _DECLARED.get(value, value) if "宣告" in before else value


HOME, PARENT, CARER = "home", "parent", "carer"
CARING = (PATERNAL, MATERNAL, OTHER)
"""Speakers who look after a child of somebody else."""
GONE = ("dead", "declared_dead")


@cache
def _signs_of_life(parent: str) -> frozenset[str]:
    kinds = (
        "away_status",
        "away_months",
        "departure_date",
        "custody",
        "illness",
        *(f"disab_{kind}" for kind in grades.KINDS),
    )
    return frozenset(f"{parent}_{kind}" for kind in kinds)
