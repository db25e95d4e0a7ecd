"""An S0 sentence in whatever answer of a family: joining, the weekly questions, 委托照护 from first to last; in the
duties a carer taps through; in what the office writes of a screening and a hearing. Numbers first, a report of the
highest level, and people told at once, as everywhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from bot.care import contact_data
from bot.services.contact import joining, registering
from bot.services.entrusted import arrangements, steps, wishing
from bot.services.talk.opened import whats_open
from bot.storage.crypto import Vault, make_key_file
from bot.storage.database import Database, open_vault
from tests.builders import World
from tests.conftest import Hands, Template
from tests.services import family as homes
from tests.services.cases import Person, person
from tests.services.entrusted.test_entrusted_talk import OPENS, SCREEN, begun, carer_in, heard, push, screened
from tests.services.registered import VILLAGE

OF_GROWN_UPS, OF_A_CHILD = "孩子说他不想活了", "我不想活了"
Begins = Callable[[World], str]


@dataclass(frozen=True)
class Talk:
    """A talk: how it begins, what is answered in turn ("say:" words, "push:" what stands on a button, or a button),
    who says the sentence."""

    begins: Begins
    answers: tuple[str, ...]
    danger: str = OF_GROWN_UPS


def _joined(kind: str, *beside: str, simple: str = "no") -> Begins:
    def begins(world: World) -> str:
        home = homes.make(world, kind, *beside)
        talk = homes.join(world, home, kind, simple=simple)
        world.tap(talk, "flow:contact")
        return talk

    return begins


def _at_the_door(kind: str) -> Begins:
    def begins(world: World) -> str:
        home, talk = homes.make(world, kind), world.citizen()
        world.tap(talk, "flow:join")
        world.say(talk, homes.code_for(world, home, kind))
        return talk

    return begins


def _without_a_code(world: World) -> str:
    talk = world.citizen()
    world.tap(talk, "flow:join")
    return talk


def _registers_the_child(world: World) -> str:
    home = homes.make(world, "father", "self")
    talk = homes.join(world, home, "father")
    world.say(talk, "给孩子也加入")
    return talk


def _entrusts(world: World) -> str:
    home = homes.make(world, "father", "mother")
    talk = homes.join(world, home, "father")
    world.means(talk, "想给孩子办委托照护", "entrusted", OPENS)
    return talk


def _wishes(world: World) -> str:
    talk = world.citizen()
    world.say(talk, "我下个月走 想把闺女放我大姐家 咋弄")
    return talk


def _office(world: World) -> tuple[Person, homes.Family, str]:
    """A director, and a family whose father handed over whom he chose; the arrangement."""
    director = person(world, "child_director", VILLAGE, "王主任")
    home = homes.make(world, "father", "mother", area=VILLAGE)
    homes.join(world, home, "father")
    begun(world, home)
    with world.work() as work:
        return director, home, arrangements.of_child(work, home.child)[0].uid


def _screens(world: World) -> str:
    director, _, uid = _office(world)
    world.tap(director.talk, f"entrusted.review={uid}")
    return director.talk


def _hears_the_child(world: World) -> str:
    director, _, uid = _office(world)
    screened(world, director, uid)
    world.tap(director.talk, f"entrusted.hear={uid}")
    return director.talk


def _begins_for_a_family(world: World) -> str:
    director = person(world, "child_director", VILLAGE, "王主任")
    homes.make(world, "father", area=VILLAGE)
    world.means(director.talk, "登记委托照护", "entrusted", OPENS)
    return director.talk


def _comes_in_as_carer(world: World) -> str:
    director, _, uid = _office(world)
    screened(world, director, uid)
    world.tap(director.talk, f"entrusted.code={uid}")
    code = world.said(director.talk)[-1].text.split("：")[1].split("\n")[0]
    carer = world.citizen()
    world.tap(carer, "flow:bind")
    world.say(carer, code)
    return carer


def _signed(world: World) -> tuple[str, str]:
    director, home, uid = _office(world)
    screened(world, director, uid)
    carer_in(world, director, uid)
    heard(world, director, uid)
    world.tap(home.talks["father"], f"entrusted.signed={uid}")
    return home.talks["father"], uid


def _tells_of_the_notice(world: World) -> str:
    talk, uid = _signed(world)
    world.tap(talk, f"entrusted.school={uid}")
    return talk


def _is_back(world: World) -> str:
    talk, uid = _signed(world)
    world.tap(talk, f"entrusted.back={uid}")
    return talk


def _names_another(world: World) -> str:
    director, home, uid = _office(world)
    screened(world, director, uid, d1="yes")
    world.tap(home.talks["father"], f"entrusted.another={uid}")
    return home.talks["father"]


def _wants_a_call(world: World) -> str:
    talk = world.citizen()
    world.means(talk, "我要办委托照护", "entrusted", OPENS)
    push(world, talk, "直接请儿童主任联系我")
    return talk


JOINS = ("join.consent=yes", "join.called=usual", "join.day=usual")
TALKS = {
    "the week of a father": Talk(
        _joined("father", "carer"),
        ("contact.contact=video", "contact.carer=yes", "contact.how=good", "contact.concern=yes"),
    ),
    "a 没有": Talk(_joined("father", "carer"), ("contact.contact=no", "contact.carer=no")),
    "the fortnight of a carer": Talk(_joined("carer"), ("contact.how=good", "contact.calls=yes", "contact.self=fine")),
    "长辈模式": Talk(
        _joined("carer", simple="yes"),
        ("contact.life=good", "contact.mood=good", "contact.calls=yes", "contact.self=fine"),
    ),
    "who cannot go on": Talk(_joined("carer"), ("say:管不了了想打他",)),
    "the fortnight of a child": Talk(
        _joined("self"), ("contact.mood=so_so", "contact.calls=yes", "contact.safe=no"), OF_A_CHILD
    ),
    "a parent joins": Talk(_at_the_door("mother"), (*JOINS, "join.hour=abroad", "say:不丹")),
    "a carer joins": Talk(_at_the_door("carer"), (*JOINS, "join.hour=19:00")),
    "a child joins": Talk(_at_the_door("self"), JOINS, OF_A_CHILD),
    "nobody has a code": Talk(_without_a_code, ("join.who=ask",)),
    "a guardian registers a child": Talk(_registers_the_child, ()),
    "a father entrusts": Talk(
        _entrusts,
        (
            "say:奶奶",
            "say:李桂兰",
            "say:13900000001",
            "entrusted.reason=work",
            "say:下周一去青岛，到过年",
            "say:我13900000002",
            "say:响水镇中心小学",
            *(f"entrusted.{step}=no" for step in SCREEN),
            "entrusted.full_capacity=yes",
            "entrusted.care_ability=no",
            "entrusted.unfit=go_on",
            "entrusted.child_says=agrees",
        ),
    ),
    "a stranger wants to entrust": Talk(
        _wishes, ("say:我大姐叫许桂兰", "say:去青岛 进厂", "say:孩子八岁", "say:公主岭市响水镇姜家店村")
    ),
    "somebody wants to be called": Talk(_wants_a_call, ("say:公主岭市响水镇姜家店村",)),
    "a father names somebody else": Talk(
        _names_another,
        (
            *("say:姑姑", "say:王丽", "say:13900000009", *(f"entrusted.{step}=no" for step in SCREEN)),
            *("entrusted.full_capacity=yes", "entrusted.care_ability=yes", "entrusted.child_says=agrees"),
        ),
    ),
    "a father tells of the notice": Talk(_tells_of_the_notice, ()),
    "a father is back": Talk(_is_back, ()),
    "a carer reads the duties": Talk(
        _comes_in_as_carer, ("push:看第1条", *("push:明白，下一条",) * 3, "push:都明白，我愿意")
    ),
    "a director screens": Talk(
        _screens,
        (
            "entrusted.good_reason=yes",
            *(f"entrusted.{step}=no" for step in SCREEN),
            *("entrusted.full_capacity=yes", "entrusted.care_ability=yes", "entrusted.special_care_bar=yes"),
            *(f"entrusted.{step}=good" for step in ("morals", "household", "health", "bond")),
            "say:派出所说有传染病",
        ),
    ),
    "a director sees no good reason": Talk(_screens, ("entrusted.good_reason=no",)),
    "a director hears the child": Talk(
        _hears_the_child,
        ("entrusted.able=yes", "say:班主任赵老师", "entrusted.private=yes", "entrusted.opinion=agrees", "say:想妈妈"),
    ),
    "a child that cannot tell": Talk(_hears_the_child, ("entrusted.able=no",)),
    "a director begins for a family": Talk(
        _begins_for_a_family,
        ("say:测试娃", "say:奶奶", "say:李桂兰", "say:13900000001", "entrusted.reason=work", "say:下周一去青岛"),
    ),
}


PLACES = [(name, answered) for name, talk in TALKS.items() for answered in range(len(talk.answers) + 1)]


class Walk:
    """A talk on its way through its questions, once; what may happen at one of them happens to a copy.

    One database is enough for words and what opens; the rows on PostgreSQL are what the tests of reports look at.
    """

    def __init__(self, database: Database, vault: Vault, name: str) -> None:
        self.world, self.talk = World(database, vault, Hands()), TALKS[name]
        self.officers = [self.world.staff("duty_officer", county) for county in ("220182", "220184")]
        self.with_whom = self.talk.begins(self.world)
        self.answered = 0
        self.asked = [self._asked()]

    def on_to(self, answered: int) -> None:
        """Give so many answers in all."""
        for answer in self.talk.answers[self.answered : answered]:
            _answer(self.world, self.with_whom, answer)
            self.asked.append(self._asked())
        self.answered = answered

    def copied(self, database: Database) -> World:
        """The same world as it is now, in another file."""
        ours, theirs = (one.engine.raw_connection() for one in (self.world.database, database))
        ours.driver_connection.backup(theirs.driver_connection)  # type: ignore[union-attr]
        for one in (ours, theirs):
            one.close()
        return World(database, self.world.vault, self.world.now, heard=1000)

    def _asked(self) -> tuple[str, str | None]:
        with self.world.work() as work:
            opened = whats_open(work, self.with_whom)
            return str(opened.flow), opened.asked


Walks = Callable[[str, int], Walk]


@pytest.fixture(scope="module")
def walks(sqlite_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walks]:
    """A talk with so many answers given. Who has given more than that begins anew."""
    folder = tmp_path_factory.mktemp("walks")
    make_key_file(keys := folder / "keys.json")
    known: dict[str, Walk] = {}
    opened: list[Database] = []

    def walked(name: str, answered: int) -> Walk:
        if name not in known or known[name].answered > answered:
            place = folder / f"{len(opened)}.db"
            shutil.copy(sqlite_template.place, place)
            opened.append(sqlite_template.opened(f"sqlite:///{place}"))
            known[name] = Walk(opened[-1], open_vault(opened[-1], keys), name)
        known[name].on_to(answered)
        return known[name]

    yield walked
    for one in opened:
        one.close()


def _answer(world: World, talk: str, answer: str) -> None:
    how, _, what = answer.partition(":")
    if how == "say":
        world.say(talk, what)
    elif how == "push":
        push(world, talk, what)
    else:
        world.tap(talk, answer)


@pytest.mark.parametrize(("name", "answered"), PLACES)
def test_a_word_of_wanting_to_die_is_danger_first_at_every_question(
    walks: Walks, sqlite: Database, name: str, answered: int
) -> None:
    walk = walks(name, answered)
    world, talk = walk.copied(sqlite), walk.with_whom
    before = len(world.said(talk))
    keys = world.say(talk, TALKS[name].danger)
    assert keys[0].startswith("danger."), keys
    first = world.said(talk)[before].text
    assert "12356" in first
    assert "120" in first
    report = world.report()
    assert report.severity == "S0"
    assert report.conversation == talk
    if report.area is not None:  # told, or known of who joined
        told = [key for officer in walk.officers for key in world.pushes(officer)]
        assert [key for key in told if key.startswith("staff.alert")]
    assert world.flow(talk) == "report"


def test_no_question_is_left_out(walks: Walks) -> None:
    """What is asked of families, as the flows themselves list it, is what the test above was asked at."""
    asked = {one for name, talk in TALKS.items() for one in walks(name, len(talk.answers)).asked}
    voices = ("parent", "carer", "simple", "child")
    wanted = {("contact", one.id) for voice in voices for one in contact_data.questions(voice)}
    wanted |= {("contact", "words"), ("contact", "remind")}
    wanted |= {
        ("join", one) for one in (*joining.STEPS, joining.COUNTRY, joining.CLOCK, "code", "who", registering.AGREES)
    }
    wanted |= {("entrusted", one) for order in steps.ORDERS.values() for one in order} | {("entrusted", "unfit")}
    wanted |= {("entrusted", one) for one in wishing.STEPS[wishing.DOING]}
    assert wanted - asked == set()
