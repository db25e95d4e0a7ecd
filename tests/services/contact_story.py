"""Families who live through weeks of contact; what must hold of it is in `contact_checker`.

Hours are jumped over, ticks come twice, the service is away for days, the process starts anew. Used by the commit's
tests with a few families and by `python -m tests.measuring.contact_year` with thousands.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select, update

from bot.care import calendar, weeks
from bot.reading.contact import weekly
from bot.services.casework import reports
from bot.services.contact import answers as contact_answers
from bot.services.contact import ladder as contact_ladder
from bot.services.contact import plans as contact_plans
from bot.services.contact import referrals
from bot.services.contact import reminders as contact_reminders
from bot.services.contact import staff as contact_staff
from bot.services.staff import accounts
from bot.services.talk import silence
from bot.services.work import Work
from bot.storage.tables import ContactPlan, Conversation, Outbox
from tests.builders import VILLAGE, World
from tests.conftest import Hands
from tests.services import family as homes

FIRST = datetime(2026, 1, 5, 9, 0, tzinfo=calendar.ZONE)
ABROAD = ("Asia/Shanghai", "Asia/Seoul", "Europe/Rome", "America/New_York")
SEEN_AT_HOME = ("child_speaks", "child_low", "carer_tired", "reported", "cleared")
AT_WORK = ("faithful", "abroad", "differs", "divorced", *SEEN_AT_HOME)
SILENT = ("silent", "busy", "fading", "stops", "evasive", "divorced_silent")
CHARACTERS = (*AT_WORK, *SILENT, "covered", "forbidden", "blocked", "bad_news")
WITH_THE_CHILD = ("child_speaks", "child_low", "reported")
"""Families whose child has joined."""
ORDER = ("father", "mother", "carer", "self")
"""In which the people of a family answer what reached them at the same moment."""
SECRET = "暗号"
IN_TOUCH = ("contact.contact=video", "昨晚视频了，娃挺好", "打过电话了，都挺好")
BAD_NEWS, OWN_PAIN, AT_THE_END = "孩子昨晚说不想活了", "我不想活了", "管不了了想打他"
GRAVE = ("停止", BAD_NEWS, OWN_PAIN, AT_THE_END)
"""What is always said in chat: danger is read there, and 停止 is heard."""
BREAK = 4
"""The week in which some fathers change: fall silent, stop, are gone, bring bad news; from it on a carer who is at the
end says so, and one who saw harm reports it."""
LATER = BREAK + 4
"""The week from which a child in low spirits says what it thinks of."""
SHORTEST = 11
"""Weeks until the checker can say of every father what it wants to: whose silence begins last is at the supervisor."""


@dataclass
class Story:
    """One father (and mother) and one grandmother, what they do, and what the checker is to find."""

    number: int
    home: homes.Family
    character: str
    talks: dict[str, str] = field(default_factory=dict)
    planted: set[str] = field(default_factory=set)
    """The weeks in which something was said that must be found."""
    answered: set[str] = field(default_factory=set)
    low: int = 0
    """How often the child told of low spirits, week after week."""
    report: str = ""
    """What the carer reported of the father, who must not be asked from then on until somebody has decided."""
    decided: datetime | None = None

    @property
    def secret(self) -> str:
        """Words that only one of this family's voices ever says."""
        return f"{SECRET}{self.number}号"


class Arriving(NamedTuple):
    """A question of the week on its way: `at`: when it arrives."""

    id: int
    conversation: str
    at: datetime
    created: datetime


ARRIVING = (Outbox.id, Outbox.conversation, Outbox.not_before, Outbox.created_at)


class Year:
    """The simulation. `step`: how far time goes at most between two looks. `talking`: of so many rounds of characters
    one answers in chat, as real families do; the others' answers go straight to the records. ValueError: too little."""

    def __init__(
        self, world: World, hands: Hands, families: int, length: int, seed: int, step: timedelta, talking: int = 1
    ) -> None:
        if families < len(CHARACTERS) or length < SHORTEST:
            raise ValueError(
                f"{families} families and {length} weeks prove nothing: it takes {len(CHARACTERS)} families, one of"
                f" each character, and {SHORTEST} weeks, until the silence that begins last is at the supervisor"
            )
        self.world, self.hands, self.length, self.step, self.talking = world, hands, length, step, talking
        self.draw = random.Random(seed)
        self.counts: Counter[str] = Counter()
        self._done: set[tuple[str, str]] = set()
        self._heard_until, self._waiting = 0, list[Arriving]()
        hands.moment = FIRST
        self.staff = [world.staff("child_director"), world.staff("child_supervisor", VILLAGE[:9])]
        self.stories = [self._story(number) for number in range(families)]
        self._speakers = {
            story.talks[kind]: (story, kind) for story in self.stories for kind in ORDER if kind in story.talks
        }

    def _story(self, number: int) -> Story:
        character = CHARACTERS[number % len(CHARACTERS)]
        self.hands.forward(seconds=7)
        two = character in ("covered", "divorced", "divorced_silent")
        kinds = ["father", *(["mother"] if two else []), "carer", *(["self"] if character in WITH_THE_CHILD else [])]
        story = Story(number, homes.make(self.world, *kinds), character)
        for kind in story.home.people:
            story.talks[kind] = self._joined(story.home, kind)
        with self.world.work() as work:
            for kind in ("father", "mother"):
                if kind in story.talks:
                    plan = plan_of(work, story, kind)
                    plan.zone = ABROAD[number % len(ABROAD)] if character == "abroad" else calendar.ZONE.key
                    plan.allowed = character != "forbidden"
                    plan.apart = character.startswith("divorced")
        return story

    def _joined(self, home: homes.Family, kind: str) -> str:
        """Somebody who came in with a code (test_joining tells how), with a day and hour of their own."""
        talk = self.world.citizen()
        usual = kind not in ("father", "mother")
        chosen = {
            "weekday": 4 if usual else self.draw.choice([4, 1, 2, 5, 7]),
            "clock": "19:00" if usual else self.draw.choice(["07:30", "12:30", "19:00", "20:30"]),
            "zone": calendar.ZONE.key,
            "simple": False,
        }
        with self.world.work() as work:
            contact_plans.reach(work, home.people[kind], talk)
            contact_plans.lay(work, home.people[kind], chosen)
        return talk

    def run(self, lived: Callable[[int], object] = lambda week: None) -> None:
        """Live through it; `lived` hears of every week that is over."""
        end, week = FIRST + timedelta(weeks=self.length), 0
        while self.hands.moment < end:
            self.hands.moment = self._next_moment()
            if (self.hands.moment - FIRST).days // 7 > week:
                week = (self.hands.moment - FIRST).days // 7
                lived(week)
            if self.draw.random() < 0.05:
                self.world.database.engine.dispose()  # the process starts anew
            with self.world.work() as work:
                silence.settle(work)
                referrals.tick(work)
            self._tick()
            if self.draw.random() < 0.1:
                self._tick_again()
            self._people_answer()

    def _tick(self) -> None:
        """As the clock does it: again, until nobody waits."""
        looked_at = contact_ladder.AT_ONCE
        while looked_at == contact_ladder.AT_ONCE:
            counts = homes.tick(self.world)
            looked_at = counts["people"]
            self.counts.update(counts)

    def _next_moment(self) -> datetime:
        """A few minutes after something becomes due, `step` later at most; what is overdue is looked at every hour; now
        and then the service is away for days. Nothing is passed over, or the evening of who is asked last would be."""
        now = self.hands.moment
        if self.draw.random() < 0.01:
            self.counts["away"] += 1
            return now + timedelta(hours=60)
        with self.world.work() as work:
            overdue = work.session.scalar(select(func.min(ContactPlan.next_due)).where(ContactPlan.next_due <= now))
            due = work.session.scalar(select(func.min(ContactPlan.next_due)).where(ContactPlan.next_due > now))
        found = [now + self.step]
        if due is not None:
            found.append(due.astimezone(calendar.ZONE) + timedelta(minutes=self.draw.randint(2, 25)))
        if overdue is not None:
            found.append(now + self.step / 12)
        return min(found)

    def _tick_again(self) -> None:
        """The same tick once more, and one of a machine whose clock is an hour behind: neither does anything."""
        for moment in (self.hands.moment, self.hands.moment - timedelta(hours=1)):
            with self.world.database.begin() as session:
                again = contact_ladder.tick(Work(session, self.world.vault, moment))
            assert again["sent"] == again["rungs"] == 0
        self.counts["again"] += 1

    def _people_answer(self) -> None:
        week = weeks.named(self.hands.moment)
        does = {"father": self._father, "mother": self._mother, "self": self._child}
        asked = [self._speakers[talk] for talk in self._asked()]
        for story, kind in sorted(asked, key=lambda one: (one[0].number, ORDER.index(one[1]))):
            said = (story.talks[kind], week)
            if said not in self._done:
                self._done.add(said)
                does.get(kind, self._at_home)(story, week)

    def _asked(self) -> set[str]:
        """Conversations in which this week's question has arrived since the last look."""
        with self.world.work() as work:
            asked = (Outbox.id > self._heard_until, Outbox.push.is_(True), Outbox.key.startswith("contact.push"))
            self._waiting += map(Arriving._make, work.session.execute(select(*ARRIVING).where(*asked)))
            self._heard_until = max((one.id for one in self._waiting), default=self._heard_until)
            here = [one.id for one in self._waiting if one.at <= work.now and one.created >= weeks.begin(work.now)]
            self._waiting = [one for one in self._waiting if one.at > work.now]
            arrived = Outbox.id.in_(here), Outbox.state.in_(("due", "sent"))
            return set(work.session.scalars(select(Outbox.conversation).where(*arrived)))

    def _father(self, story: Story, week: str) -> None:
        weeks_in = (self.hands.moment - FIRST).days // 7
        for_a_while = story.character in ("fading", "blocked") and weeks_in < BREAK
        if story.character in AT_WORK or for_a_while or (story.character == "silent" and weeks_in == self.length - 2):
            self._do(story, "father", self.draw.choice(IN_TOUCH))
            story.answered.add(week)
        elif story.character == "busy":
            self._do(story, "father", "contact.contact=no")
            self._do(story, "father", f"contact.remind={self.draw.choice(['tonight', 'tomorrow', 'none'])}")
        elif story.character == "evasive":
            self._do(story, "father", self.draw.choice(["contact.how=unsure", "contact.carer=yes", "说不准"]))
        elif story.character == "stops" and weeks_in >= BREAK - 1:
            self._do(story, "father", "停止")
        elif story.character == "bad_news" and weeks_in >= BREAK and not story.planted:
            story.planted.add(week)
            self._do(story, "father", BAD_NEWS)
        elif story.character == "blocked" and weeks_in >= BREAK:
            self._block(story.talks["father"])

    def _mother(self, story: Story, week: str) -> None:
        if story.character in ("covered", "divorced"):
            self._do(story, "mother", "contact.contact=call")
        if story.character == "divorced_silent":
            self._do(story, "mother", "contact.contact=visit")
            self._do(story, "mother", "contact.concern=yes")
            self._do(story, "mother", f"{story.secret}，这话别告诉他爸")

    def _at_home(self, story: Story, week: str) -> None:
        """The grandmother answers when she was asked; in some weeks of some families she says the opposite, or what she
        saw, or that she is at the end."""
        weeks_in = (self.hands.moment - FIRST).days // 7
        if story.character in ("reported", "cleared") and weeks_in >= BREAK:
            self._reported(story)
        if story.character == "carer_tired" and weeks_in >= BREAK and not story.planted:
            story.planted.add(week)
            self._do(story, "carer", AT_THE_END)
        if story.character == "differs" and week in story.answered and weeks_in % 6 == 4:
            self._do(story, "carer", "contact.calls=long")
            story.planted.add(week)
        elif week in story.answered:
            self._do(story, "carer", "contact.calls=yes")
        self._do(story, "carer", f"娃挺好，就是老念叨{story.secret}")

    def _child(self, story: Story, week: str) -> None:
        """The child answers in its own privacy: of calls that did not come, of low spirits, of what only it says."""
        weeks_in = (self.hands.moment - FIRST).days // 7
        says, mood = "yes" if week in story.answered else "", "good"
        if story.character == "child_speaks" and week in story.answered and weeks_in % 6 == 4:
            says = "long"
            story.planted.add(week)
        if story.character == "child_low":
            mood, story.low = "low", story.low + 1
        for answer in (f"mood={mood}", *([f"calls={says}"] if says else []), "safe=no"):
            self._do(story, "self", f"contact.{answer}")
        if story.character == "child_low" and weeks_in >= LATER and not story.planted:
            story.planted.add(week)
            self._do(story, "self", OWN_PAIN)
        elif story.character != "child_low":
            self._do(story, "self", f"心情还行，同桌老念叨{story.secret}")

    def _reported(self, story: Story) -> None:
        """What the carer saw the father do is a report; where it turns out to be nothing, the director says so."""
        with self.world.work() as work:
            if not story.report:
                told = {
                    "facts": {"signs": ["beaten"], "suspect_relation": "guardian"},
                    "words": [["what", f"他爸打的，{story.secret}"]],
                    "area": VILLAGE,
                    "given": {},
                }
                story.report = reports.open_report(work, story.talks["carer"], told).uid
            elif story.character == "cleared" and story.decided is None:
                member = accounts.member(work, self.staff[0])
                assert member is not None
                plan = plan_of(work, story, "father")
                assert contact_staff.decide(work, member, plan, "cleared", "核实过，不是他").allowed
                story.decided = work.now

    def _block(self, talk: str) -> None:
        """The channel says that this chat is gone."""
        with self.world.work() as work:
            work.session.execute(
                update(Outbox).where(Outbox.conversation == talk, Outbox.push.is_(True)).values(state="failed")
            )
            work.session.get_one(Conversation, talk).unreachable_at = work.now

    def _do(self, story: Story, kind: str, words: str) -> None:
        self.counts["answers"] += 1
        if story.number // len(CHARACTERS) % self.talking == 0 or words in GRAVE:
            talk = story.talks[kind]
            self.world.tap(talk, words) if words.startswith("contact.") else self.world.say(talk, words)
            self.counts["answers in chat"] += 1
        else:
            with self.world.work() as work:
                note(work, story, kind, words)


def plan_of(work: Work, story: Story, kind: str) -> ContactPlan:
    """What is planned for somebody of a family."""
    return work.session.scalars(select(ContactPlan).where(ContactPlan.person == story.home.people[kind])).one()


def note(work: Work, story: Story, kind: str, words: str) -> None:
    """Put what somebody taps or says straight into the record of the week, as the talk would have; words of their own
    stand in it sealed, as after 想说说."""
    (plan,) = contact_plans.of_person(work, story.home.people[kind])
    question, _, value = words.removeprefix("contact.").partition("=")
    if question == "remind":
        at = contact_reminders.moment(work, plan, value) if value in contact_reminders.DAYS else None
        contact_plans.keep_record(work, plan).remind_at = at
        contact_plans.look_again([plan], work.now)
        return
    row = contact_plans.keep_record(work, plan)
    told = contact_plans.answers(work, row)
    if value:
        contact_answers.tapped(told, question, value, [])
    else:
        contact_answers.read_in(told, weekly.read(words), plan.voice)
        told["words"] = [*told.get("words", []), words]
    contact_answers.settle(work, plan, row, told)
