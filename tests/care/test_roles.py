from __future__ import annotations

import pytest

from bot.care import policy_data, roles

# The matrix of roles.md §3, one line a resource: the scope of each role as read/write, in the order of ROLES.
ROLES = [
    "citizen",
    "child",
    "parent_guardian",
    "entrusted_carer",
    "school_focal",
    "village_committee",
    "child_director",
    "child_supervisor",
    "county_caseworker",
    "county_manager",
    "partner_county",
    "duty_officer",
    "dept_focal",
    "institution",
    "social_worker",
    "volunteer",
    "prefecture",
    "province",
    "prefecture_duty",
    "province_duty",
    "sys_admin",
    "privacy_officer",
]
SCOPES = {
    "自": "own",
    "监": "ward",
    "村": "village",
    "乡": "township",
    "县": "county",
    "协": "partner",
    "派": "assigned",
    "统": "agg",
    "元": "meta",
    "紧": "bg",
}
MATRIX = """
child_basic – 自 监/监 监 – – 村/村 乡/乡 县/县 县 协 紧 派 派 派 – 统 统 紧 紧 – 紧
child_sensitive – – 监/监 – – – 派/派 乡/乡 县/县 紧 紧 紧 – 派 派 – – – – – – 紧
child_hiv – – – – – – – – 派/派 – – – – 派 – – – – – – – –
eligibility_result 自 – 监 – – – 村/村 乡/乡 县/县 县 协 – – – – – 统 统 – – – –
guardianship_assessment – – – – – – 村/村 乡/乡 县/县 县 协 – – – 派/派 – 统 统 – – – –
visit_record – – – – – – 村/村 乡/乡 县 县 协 – – – 派/派 – 统 统 – – – –
visit_summary – 自 监 监 – – 村/村 乡/乡 县 县 – – – – – – – – – – – –
work_log – – – – – – 自/自 乡/自 – 县 – – – – – – – – – – – –
contact_record – 自/自 自/自 自/自 – – 村 乡 派 – – – – – – – – – – – – –
chat_transcript 自 自 自 自 – – – – – – – 紧 – – – – – – – – – 紧
report_content 自/自 自/自 自/自 自/自 自/自 自/自 派/自 派/派 县/县 县 – 县/县 派/派 派 派 – – – 派/派 派/派 – 紧
reporter_identity 自/自 – – – – – – – 紧 – – 紧 – – – – – – – – – 紧
case_plan – – 监 – – – 派/派 乡/乡 县/县 县/县 协 – 派 派/派 派/派 – – – – – – –
referral – – 监 – – – 派/派 乡/乡 县/县 – – – 派/派 派/派 派 – – – – – – –
entrusted_care – – 监/监 监/自 派 村 村/村 乡/乡 县 – – – – – – – – – – – – –
aggregate – – – – – – 村 乡 县 县 – – – – – – 统 统 统 统 – –
configuration – – – – – – – – – 县/县 – – – – – – – 统 – – 元/元 –
audit_log – – – – – – – – – 元 – – – – – – – – – – 元 元
"""
CELLS = [
    (resource, role, cell)
    for resource, *cells in (line.split() for line in MATRIX.strip().splitlines())
    for role, cell in zip(ROLES, cells, strict=True)
]


@pytest.mark.parametrize(("resource", "role", "cell"), CELLS)
def test_a_role_may_do_with_a_resource_what_the_matrix_says(resource: str, role: str, cell: str) -> None:
    read, _, write = cell.partition("/")
    assert roles.may(role, resource, "read") == (() if read == "–" else (SCOPES[read],))
    assert roles.may(role, resource, "write") == ((SCOPES[write],) if write else ())


def test_the_matrix_here_names_every_role_and_every_resource() -> None:
    data = policy_data.read("roles")
    assert {role["id"] for role in data["roles"]} == set(ROLES)
    assert set(data["resources"]) == {resource for resource, _, _ in CELLS}
    assert set(data["scopes"]) - {"none"} == set(SCOPES.values())


@pytest.mark.parametrize(
    ("role", "resource", "mode"),
    [
        ("ghost", "report_content", "read"),
        ("child_director", "ghosts", "read"),
        ("child_director", "report_content", "erase"),
    ],
)
def test_what_the_matrix_does_not_name_is_denied(role: str, resource: str, mode: str) -> None:
    assert roles.may(role, resource, mode) == ()


@pytest.mark.parametrize(
    ("scope", "area", "covered"),
    [
        ("220182", "220182101201", True),
        ("220182101201", "220182101201", True),
        ("22", "220182", True),
        ("220182101201", "220182", False),
        ("220183", "220182101201", False),
        ("", "220182", False),
    ],
)
def test_a_scope_covers_every_code_that_begins_with_it(scope: str, area: str, covered: bool) -> None:
    assert roles.covers(scope, area) is covered


@pytest.mark.parametrize(
    ("role", "area"),
    [
        ("child_director", "220182101201"),
        ("child_supervisor", "220182101"),
        ("duty_officer", "220182"),
        ("prefecture_duty", "2201"),
        ("province_duty", "22"),
        ("social_worker", "220182101"),
        ("social_worker", "220182"),
        ("privacy_officer", "220182"),
    ],
)
def test_an_area_of_the_right_level_is_accepted(role: str, area: str) -> None:
    roles.validate_area(role, area)


@pytest.mark.parametrize(
    ("role", "area", "said"),
    [
        ("child_director", "220182", "child_director needs 12 digits beginning 22"),
        ("child_director", "110101001001", "child_director needs 12 digits beginning 22"),
        ("duty_officer", "22018a", "duty_officer needs 6 digits"),
        ("duty_officer", "２２０１８２", "duty_officer needs 6 digits"),
        ("social_worker", "2201", "social_worker needs 9/6 digits"),
        ("citizen", "22", "citizen has no area"),
        ("director", "22", "no such role: director"),
    ],
)
def test_a_wrong_area_or_role_is_refused_with_what_would_be_right(role: str, area: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        roles.validate_area(role, area)


def test_the_digits_of_an_area_are_those_of_the_hierarchy() -> None:
    for level in policy_data.read("roles")["hierarchy"]:
        assert {roles.area_digits(post) for post in level["posts"]} == {level["area_code_digits"]}


def test_behind_a_target_stand_the_roles_of_the_actor_map() -> None:
    assert roles.actors("county_civil_affairs") == ("county_caseworker", "county_manager", "duty_officer")
    assert roles.actors("police") == ("dept_focal",)
    assert roles.actors("child_director") == ("child_director",)
    assert roles.actors("medical_120") == ()
    assert roles.actors("ghost") == ()
