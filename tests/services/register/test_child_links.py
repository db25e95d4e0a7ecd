"""A report and the child on file it is about: linked by who sees both, and not there for anybody else."""

from __future__ import annotations

from bot.services.casework import child_links, reports
from bot.services.register import children
from bot.storage.tables import Child, JournalEntry, Report
from tests.builders import World
from tests.services.cases import HARM, Person, outcome, person, staff_of, tell, told
from tests.services.registered import NEXT_VILLAGE, OTHER_COUNTY_VILLAGE, VILLAGE, filed

OK = (True, None)


def _children(world: World, who: Person, report: str) -> list[str]:
    with world.work() as work:
        return [
            line.name for line in child_links.of_report(work, who.member(work), work.session.get_one(Report, report))
        ]


def _reports(world: World, who: Person, child: str) -> list[str]:
    with world.work() as work:
        return [one.uid for one in child_links.of_child(work, who.member(work), children.row(work, child))]


def test_a_report_is_linked_to_a_child_by_number_or_by_the_only_name_and_each_leads_to_the_other(world: World) -> None:
    people, report = staff_of(world), tell(world, HARM)
    child, sister = filed(world), filed(world, "王小花")
    with world.work() as work:
        number = work.session.get_one(Child, sister).number
    assert outcome(people.director.does(child_links.link, report, " 王小明 ")) == OK
    assert outcome(people.supervisor.does(child_links.link, report, number.lower())) == OK
    assert set(_children(world, people.director, report)) == {"王小明", "王小花"}
    assert _reports(world, people.caseworker, child) == [report]
    assert outcome(people.director.does(child_links.unlink, report, sister)) == OK
    assert (_children(world, people.director, report), _reports(world, people.director, sister)) == (["王小明"], [])
    with world.work() as work:
        kept = [(one.actor, one.act) for one in work.session.query(JournalEntry).filter_by(subject=report)]
    assert (people.director.account, "child linked") in kept
    assert (people.director.account, "child unlinked") in kept


def test_linking_is_refused_with_its_reason(world: World) -> None:
    people, report = staff_of(world), tell(world, HARM)
    child = filed(world)
    for name, area in (("李双", VILLAGE), ("李双", NEXT_VILLAGE), ("张远", OTHER_COUNTY_VILLAGE)):
        filed(world, name, area)
    link, county, elsewhere = child_links.link, people.caseworker, person(world, "child_director", OTHER_COUNTY_VILLAGE)
    refused = (
        ("", "no_child_on_file"),
        ("王", "no_child_on_file"),
        ("李双", "which_child"),
        ("张远", "no_child_on_file"),
    )
    for name, refusal in refused:
        assert outcome(county.does(link, report, name)) == (False, refusal), name
    assert outcome(people.director.does(link, report, "李双")) == OK, "the director sees one of them only"
    assert outcome(county.does(link, report, "王小明")) == OK
    assert outcome(county.does(link, report, "王小明")) == (False, "already")
    assert outcome(elsewhere.does(link, report, "王小明")) == (False, "absent")
    assert outcome(elsewhere.does(child_links.unlink, report, child)) == (False, "absent")


def test_a_name_that_was_told_is_proposed_in_its_village_until_it_is_linked(world: World) -> None:
    people = staff_of(world)
    for name in ("王小明", "王小", "赵六"):
        filed(world, name)
    with world.work() as work:
        report = reports.open_report(work, None, told(HARM, words="王小明又挨打了")).uid

    def proposed() -> list[str]:
        with world.work() as work:
            found = child_links.proposed(work, people.director.member(work), work.session.get_one(Report, report))
            return sorted(line.name for line in found)

    assert proposed() == ["王小", "王小明"]
    people.director.does(child_links.link, report, "王小明")
    assert proposed() == ["王小"]


def test_who_is_named_in_the_report_finds_it_neither_in_the_file_nor_by_the_link(world: World) -> None:
    people, child = staff_of(world), filed(world)
    report = tell(world, HARM, ["child_director"])
    assert outcome(people.supervisor.does(child_links.link, report, "王小明")) == OK
    assert _reports(world, people.director, child) == []
    assert _reports(world, people.supervisor, child) == [report]
    assert outcome(people.director.does(child_links.unlink, report, child)) == (False, "absent")
