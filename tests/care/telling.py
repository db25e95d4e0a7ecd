"""Tellings of every shape for Hypothesis: any subset of the told facts, any allowed value."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.care import policy_data, reports

CHAIN = (
    "child_director",
    "child_supervisor",
    "duty_officer",
    "county_caseworker",
    "prefecture_duty",
    "province_duty",
)
SIGN_IDS = sorted(reports.sign_ids())
TARGETS = sorted(policy_data.read("reports")["routing"])
CONFLICTED = st.lists(st.sampled_from(sorted({*CHAIN, *TARGETS, "school_focal", "parent_guardian"})), unique=True)
CHOICES = (
    "danger_now",
    "reporter_type",
    "unit",
    "child_sex",
    "other_adult_cares",
    "injured_now",
    "harm_tense",
    "suspect_relation",
    "place_known",
)
TELLINGS = st.fixed_dictionaries(
    {"received_at": st.just("2026-11-23T10:00")},
    optional={
        **{fact: st.sampled_from(reports.allowed_values(fact)) for fact in CHOICES},
        "signs": st.lists(st.sampled_from(SIGN_IDS), max_size=6, unique=True),
        "child_age_years": st.one_of(st.just("unknown"), st.integers(0, 17)),
        "conflicted": CONFLICTED,
        "bound": st.lists(st.sampled_from(CHAIN), unique=True),
    },
)
