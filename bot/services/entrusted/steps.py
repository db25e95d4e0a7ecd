"""The questions of the talk about 委托照护: which come when, what their buttons are, how typed words answer them.

What a family says of the person it chose is kept as told; only what staff find out decides (WBF-22, unknown is not no).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot import texts
from bot.reading.entrusted import entrusted_answers, entrusted_told, entrusting
from bot.reading.persons import carers
from bot.reading.talk import answers as short

YES_NO = ("no", "yes", "unknown")
YES_FIRST = ("yes", "no", "unknown")
GRADES = ("good", "fair", "poor", "unknown")
DISQUALIFIERS = ("d1", "d2", "d3", "d4")
ABLE = ("full_capacity", "care_ability")
BAR = "special_care_bar"
FACTORS = ("morals", "household", "health", "bond")
OPINIONS = ("agrees", "objects", "unclear")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "reason": ("work", "business", "illness", "other_reason"),
    **dict.fromkeys((*DISQUALIFIERS, BAR), YES_NO),
    **dict.fromkeys(ABLE, YES_FIRST),
    **dict.fromkeys(FACTORS, GRADES),
    "child_says": (*OPINIONS, "not_asked"),
    "unfit": ("another", "go_on"),
    "good_reason": ("yes", "no"),
    "able": ("yes", "no"),
    "private": ("yes", "no"),
    "opinion": OPINIONS,
    "send": ("yes", "again", "no"),
    "sure": ("yes", "no"),
}
"""Questions with buttons, and their values; all others are answered in words."""
SURE_WORDS: Mapping[str, Mapping[str, str]] = {
    **{key: {"yes": "yes", "no": "no", "unsure": "unknown", "skip": "unknown"} for key in (*DISQUALIFIERS, BAR, *ABLE)},
    **{key: {"unsure": "unknown", "skip": "unknown"} for key in FACTORS},
    **{key: {"yes": "yes", "no": "no"} for key in ("good_reason", "able", "private", "send", "sure")},
    "child_says": {"yes": "agrees", "no": "objects", "unsure": "unclear", "skip": "not_asked"},
    "opinion": {"yes": "agrees", "no": "objects", "unsure": "unclear"},
}
"""What a short answer means where it is one."""
PERSON = ("carer", "carer_name", "carer_phone")
SCREEN = (*DISQUALIFIERS, *ABLE)
ABOUT = ("reason", "away", "phones", "school")
STAYS = (*ABOUT, "journey", "stays")
"""What was told that holds whoever is to look after the child; what the child says of the one says nothing of another.
"""
HEARING = ("able", "why_not", "listener", "private", "opinion", "child_words")
ORDERS: Mapping[str, tuple[str, ...]] = {
    "family": ("child", *PERSON, *ABOUT, *SCREEN, "child_says", "send"),
    "staff": ("child", *PERSON, *ABOUT, "good_reason", "why_no_reason", *SCREEN, BAR, *FACTORS, "why_bar", "send"),
    "review": ("good_reason", "why_no_reason", *SCREEN, BAR, *FACTORS, "why_bar", "send"),
    "another": (*PERSON, *SCREEN, "child_says", "send"),
    "hear": (*HEARING, "send"),
    "call": ("where", "send"),
    "notice": ("day",),
    "ends": ("sure",),
}
"""Which questions a talk consists of, by what it is for."""
ASKED_BACK = ("carer", "carer_name", "carer_phone", "away", "phones", "school")
"""Questions answered in words, to which a question is no answer."""
MAY_STAY_OPEN = ("carer_phone", "reason", "away", "phones", "school")
"""What staff can still ask for."""
LONGEST = 120
NAME, PHONE = 30, 20


def order(kept: Mapping[str, Any]) -> list[str]:
    """The questions of this talk that apply, by what has been told so far."""
    told = kept["told"]
    return [step for step in ORDERS[kept["doing"]] if _applies(step, told, kept)]


def _applies(step: str, told: Mapping[str, str], kept: Mapping[str, Any]) -> bool:
    if step in ("child", "school"):
        return not kept.get(step)
    if step == "carer_name":
        return bool(told.get("relation")) and not told.get("name")
    if step == "good_reason" and kept.get("reasoned"):
        return False
    if step == "why_no_reason":
        return told.get("good_reason") == "no"
    if told.get("good_reason") == "no" and step not in ("good_reason", "send"):
        return step in ("child", *PERSON, *ABOUT)
    if step == "why_bar":
        return barred(told)
    if step == "why_not":
        return told.get("able") == "no"
    if step in HEARING and step != "able":
        return told.get("able") == "yes"
    return True


def next_step(kept: Mapping[str, Any]) -> str | None:
    """The next open question; None: everything is told."""
    told = kept["told"]
    if kept["doing"] in ("family", "another") and unfit(told) and "unfit" not in told:
        return "unfit"
    return next((step for step in order(kept) if step not in told), None)


def barred(told: Mapping[str, str]) -> bool:
    """Whether something told is a bar of WBF-22(3) or WBF-21, or ability is missing."""
    return any(told.get(one) == "yes" for one in (*DISQUALIFIERS, BAR)) or any(told.get(one) == "no" for one in ABLE)


def unfit(told: Mapping[str, str]) -> bool:
    """Whether what a family tells of the person it chose would be a bar."""
    return barred(told)


def open_points(told: Mapping[str, str]) -> list[str]:
    """What nobody knows yet of the person: not known is not passed."""
    return [one for one in (*SCREEN, BAR) if told.get(one, "unknown") == "unknown"]


def choices(step: str, doing: str) -> list[list[str]]:
    """The buttons of a question; what a talk is for may name them."""
    return [
        [
            label(f"{step}.{doing}", value, step),
            f"entrusted.{step}={value}",
            *(["primary"] if (step, value) == ("send", "yes") else []),
        ]
        for value in CHOICES.get(step, ())
    ]


def label(step: str, value: str, otherwise: str = "") -> str:
    """What stands on a button, and in what is read back."""
    own = (f"entrusted.v.{step}.{value}", f"entrusted.v.{otherwise}.{value}", f"entrusted.v.{value}")
    return texts.phrase(next(key for key in own if texts.known(key)))


def label_named(step: str, text: str) -> str | None:
    """The value whose button says exactly what was typed; None: none does."""
    said = text.strip(" 。.!！~～，,")
    return next((value for value in CHOICES[step] if label(step, value) == said), None)


def read(step: str, text: str) -> str | None:
    """What typed words mean as the answer to a question with buttons; None: they do not say."""
    exact = label_named(step, text)
    if exact is not None:
        return exact
    meant = SURE_WORDS.get(step, {}).get(short.short_answer(text) or "")
    if meant is None and step == "reason":
        return text.strip()[:LONGEST] if entrusted_answers.fits(step, text) else None
    return meant or entrusting.answer(step, text)


def take_words(kept: dict[str, Any], step: str, text: str) -> bool:
    """Keep an answer in words. False: it says nothing that fits, ask again."""
    told, words = kept["told"], text.strip()[:LONGEST]
    if step in MAY_STAY_OPEN and short.short_answer(words) == "skip":
        told[step] = ""
        return True
    if not words or (step in ASKED_BACK and entrusted_told.only_asks(words)) or not entrusted_answers.fits(step, words):
        return False
    if step == "carer":
        return _take_carer(told, words)
    if step == "carer_name":
        read_in = carers.carer(words)  # 奶奶李桂兰 139…: who, and the number with it
        told["carer_name"] = told["name"] = read_in.name or words[:NAME]
        told["carer"] = f"{told.get('relation', '')}{told['name']}"
        if read_in.phone:
            told["carer_phone"] = read_in.phone
    elif step == "carer_phone":
        told["carer_phone"] = _phone(words)
    elif step == "away":
        told["away"] = "；".join(one for one in (told.pop("journey", ""), words) if one)[:LONGEST]
    else:
        told[step] = words
    return True


def _take_carer(told: dict[str, str], words: str) -> bool:
    if carers.alone(words):
        return False
    read_in = carers.carer(words)
    if not read_in.relation and entrusted_told.journey(words):
        return False  # 水原 is where the parent goes, nobody's name
    told["name"], told["relation"] = read_in.name or ("" if read_in.relation else words[:NAME]), read_in.relation
    told["carer"] = words[:NAME]
    if read_in.phone:
        told["carer_phone"] = read_in.phone
    return True


def phone_in(words: str) -> str:
    """The telephone number in words; empty: there is none."""
    return carers.carer(words).phone


def _phone(words: str) -> str:
    found = phone_in(words)
    if found:
        return found
    none = short.short_answer(words) in ("no", "skip", "unsure") or words.startswith(("没", "无"))
    return "" if none else words[:PHONE]
