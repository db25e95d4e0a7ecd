"""The real Rasa server: 38 intents, forms, its door, and what it leaves behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot import shipped, texts
from tests.nlu.rasa_server import ROOT, TOKEN, Server

EXPECTED: dict[str, dict[str, str]] = shipped.content(Path(__file__).parent / "sentences.yml")
CANARY = "金丝雀赵钱孙李"


def _domain() -> dict[str, Any]:
    files = [shipped.content(file) for file in (ROOT / "domain").glob("*.yml")]
    return {
        "intents": [intent for file in files for intent in file.get("intents", [])],
        "keys": [
            part["custom"]["say"] for file in files for parts in file.get("responses", {}).values() for part in parts
        ],
        "slots": {name: slot for file in files for name, slot in file.get("slots", {}).items()},
    }


def test_the_domain_has_the_thirty_eight_intents_once_each() -> None:
    assert len(EXPECTED) == 38
    assert sorted(_domain()["intents"]) == sorted(EXPECTED)


def test_every_key_a_response_says_has_words() -> None:
    assert [key for key in _domain()["keys"] if not texts.known(key)] == []


def test_no_slot_takes_anything_from_a_message_by_itself() -> None:
    slots = _domain()["slots"].values()
    assert all(slot["mappings"] == [{"type": "custom"}] and not slot["influence_conversation"] for slot in slots)


@pytest.mark.parametrize("intent", EXPECTED)
def test_a_clear_sentence_is_understood(rasa: Server, intent: str) -> None:
    assert rasa.parse(EXPECTED[intent]["sentence"])["intent"]["name"] == intent


@pytest.mark.parametrize("intent", EXPECTED)
def test_every_intent_is_answered_or_opens_a_form(rasa: Server, intent: str) -> None:
    sender = f"every.{intent}"
    said = rasa.keys(sender, EXPECTED[intent]["sentence"])
    expected = EXPECTED[intent]
    assert said == ([expected["says"]] if "says" in expected else [])
    assert rasa.actions.of(sender) == ([expected["runs"]] if "runs" in expected else [])


def test_inside_a_form_every_message_goes_to_the_form_once_and_nothing_else_happens(rasa: Server) -> None:
    rasa.say("loop.1", EXPECTED["report_concern"]["sentence"])
    for intent in EXPECTED:
        assert rasa.keys("loop.1", EXPECTED[intent]["sentence"]) == []
    rasa.say("loop.1", "呃")
    assert rasa.actions.of("loop.1") == ["validate_report_form"] * 40


def test_a_form_that_ends_leaves_the_rules_in_charge(rasa: Server) -> None:
    rasa.say("end.1", EXPECTED["check_report_status"]["sentence"])
    rasa.say("end.1", "到此为止")
    assert rasa.keys("end.1", "你好") == ["chat.greet"]
    assert rasa.actions.of("end.1") == ["validate_status_form"] * 2


@pytest.mark.parametrize(
    "intent", ["report_emergency", "check_report_status", "add_report_information", "bind_account"]
)
def test_a_form_may_be_over_with_its_first_message(rasa: Server, intent: str) -> None:
    sender = f"{intent}.at-once"
    assert rasa.keys(sender, EXPECTED[intent]["sentence"]) == []
    assert rasa.actions.of(sender) == [EXPECTED[intent]["runs"]]
    assert rasa.keys(sender, "谢谢") == ["chat.thank"]


def test_a_new_memory_takes_up_the_form_that_our_drafts_know(rasa: Server) -> None:
    assert rasa.keys("back.returning", "你好") == []
    assert rasa.actions.of("back.returning") == ["validate_report_form"]


def test_a_message_nobody_could_understand_is_doubted_not_guessed(rasa: Server) -> None:
    assert rasa.keys("doubt.1", "囧囧囧囧") == []
    assert rasa.actions.of("doubt.1") == ["action_unclear"]
    assert rasa.parse("囧囧囧囧")["intent"]["name"] in EXPECTED


def test_an_action_hears_which_message_it_is_about_and_gets_the_token(rasa: Server) -> None:
    rasa.say("meta.7", EXPECTED["cancel"]["sentence"], message=4711)
    call = next(call for call in rasa.actions.calls if call.sender == "meta.7" and call.action == "action_cancel")
    assert (call.message, call.token) == (4711, TOKEN)


@pytest.mark.parametrize("token", ["", "wrong", TOKEN + "x"])
def test_a_wrong_token_is_refused_before_anything_runs(rasa: Server, token: str) -> None:
    assert rasa.say("thief.1", "你好", token=token).status_code == 401
    assert [call for call in rasa.actions.calls if call.sender == "thief.1"] == []


def test_the_rest_of_rasas_interface_wants_the_token_too(rasa: Server) -> None:
    assert rasa.client.post("/model/parse", json={"text": "你好"}).status_code == 401
    assert rasa.client.get("/conversations/every.greet/tracker").status_code == 401


@pytest.mark.parametrize("body", [[], {"sender": "x"}, {"sender": "", "message": "你好"}, {"sender": 1, "message": 2}])
def test_a_body_that_is_no_message_is_refused(rasa: Server, body: object) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    assert rasa.client.post("/webhooks/rest/webhook", json=body, headers=headers).status_code == 400


@pytest.mark.parametrize(
    "payload", ["/report_concern", '  /report_concern{"what": "given"}', "/restart", "/session_start"]
)
def test_a_direct_intent_from_a_user_is_only_text(rasa: Server, payload: str) -> None:
    sender = f"slash.{abs(hash(payload))}"
    rasa.say(sender, payload)
    heard = {call.text for call in rasa.actions.calls if call.sender == sender and call.text}
    assert "validate_report_form" not in rasa.actions.of(sender)
    assert all(text.startswith("／") for text in heard)


def test_other_sites_get_no_leave_to_read_the_answers(rasa: Server) -> None:
    answer = rasa.client.get("/", headers={"Origin": "https://example.org"})
    assert "access-control-allow-origin" not in answer.headers


def test_it_listens_on_loopback_only(rasa: Server) -> None:
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    listening = [row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{rasa.port:04X}")]
    assert [place.partition(":")[0] for place in listening] == ["0100007F"]


def test_when_an_action_fails_the_answer_is_an_empty_list_which_the_gateway_counts_as_failure(rasa: Server) -> None:
    answer = rasa.say("action.broken", EXPECTED["cancel"]["sentence"])
    assert (answer.status_code, answer.json()) == (200, [])


def test_a_long_talk_never_grows_what_each_turn_carries(rasa: Server) -> None:
    rasa.say("long.1", EXPECTED["report_concern"]["sentence"])
    for _ in range(150):
        rasa.say("long.1", "又打了一回")
    assert max(call.events for call in rasa.actions.calls if call.sender == "long.1") <= 45


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("帮我查【查询码】到哪步了", "report_code", "【查询码】"),
        ("邀请码是【邀请码】绑定一下", "invite_code", "【邀请码】"),
        ("我的电话是【电话】", "phone", "【电话】"),
        ("打这个号13812345678找我", "phone", "13812345678"),
        ("孩子今年八岁半了", "age", "八岁半"),
        ("他上周三没来上学", "date", "上周三"),
        ("这孩子跟着奶奶过", "relation", "奶奶"),
        ("村里困境儿童有几个", "child_category", "困境儿童"),
    ],
)
def test_entities_are_found_where_no_word_boundary_is(rasa: Server, text: str, entity: str, value: str) -> None:
    assert (entity, value) in [(found["entity"], found["value"]) for found in rasa.parse(text)["entities"]]


def test_nothing_said_reaches_a_disk_or_the_screen(rasa: Server) -> None:
    for sender in ("canary.1", "canary.broken"):
        rasa.say(sender, f"孩子叫{CANARY}，总没人管")
    written = [file for file in rasa.workplace.rglob("*") if file.is_file()]
    assert [file for file in written if CANARY in file.read_bytes().decode("utf-8", "replace")] == []
    assert [file for file in written if "home" not in file.relative_to(rasa.workplace).parts] == []
    assert CANARY not in rasa.screen.read_text("utf-8", "replace")


def test_a_message_carries_the_policy_topics_it_is_near_to_in_meaning(rasa: Server) -> None:
    topics = dict(rasa.parse("主任老劝我别在外头漂着 想让我回屯子上班")["policy_topics"])
    assert "return_home" in topics
