"""Our components in Rasa's own environment; `inside` is what tests/nlu/inside.py found there."""

from __future__ import annotations

from typing import Any

Found = dict[str, Any]


def test_the_memory_drops_the_conversation_nobody_used_for_longest(inside: Found) -> None:
    assert inside["memory"]["crowded"] == ["b", "c", "d"]


def test_the_memory_forgets_after_its_time_and_keeps_no_trace(inside: Found) -> None:
    assert inside["memory"]["forgotten"]
    assert inside["memory"]["left"] == ["long"]


def test_a_talk_of_two_hundred_turns_stays_short_and_keeps_its_state(inside: Found) -> None:
    kept = inside["memory"]
    assert kept["events"] <= 36
    assert (kept["loop"], kept["slot"], kept["asked"]) == ("report_form", "given", "what")
    assert (kept["latest"], kept["action"]) == ("第199句", "action_listen")


def test_a_short_talk_and_a_single_long_turn_are_left_whole(inside: Found) -> None:
    assert inside["short_talk_is_left_alone"]


def test_rasa_loads_all_its_components_without_tensorflow(inside: Found) -> None:
    assert inside["hollow_tensorflow"]["components"] > 20
    assert inside["hollow_tensorflow"]["really_loaded"] == []


def test_a_stand_in_that_comes_too_late_says_so(inside: Found) -> None:
    assert inside["hollow_tensorflow"]["late"] == "TensorFlow was imported before its stand-in"


def test_there_is_no_door_without_a_token(inside: Found) -> None:
    assert not inside["doors"]["opens_without_token"]


def test_a_leading_slash_is_disarmed_even_behind_spaces(inside: Found) -> None:
    assert inside["doors"]["inert"] == ["／greet", "／greet{}", "1/2 你好"]


def test_argument_names_and_annotations_are_those_the_graph_reads(inside: Found) -> None:
    assert inside["graph_traps"] == {"unannotated": [], "train": ["training_data"], "process": ["messages"]}


def test_a_classifier_read_from_its_file_answers_as_before(inside: Found) -> None:
    assert inside["classifier"]["thanks"] == "thank"
    assert inside["classifier"]["same"]


def test_the_model_file_is_plain_arrays(inside: Found) -> None:
    assert inside["classifier"]["files"] == ["learned.npz"]


def test_meaning_is_learned_kept_and_read_again_and_nothing_is_encoded_twice(inside: Found) -> None:
    found = inside["meaning_of_sentences"]
    assert found["counts"]
    assert found["undecided"], "where nothing is familiar no intent is likelier than another"
    assert found["same"]
    assert not found["encoded_twice"]


def test_without_the_encoder_letters_and_sounds_decide_whoever_trained(inside: Found) -> None:
    assert inside["meaning_of_sentences"]["gone_is_never"]


def test_topics_near_in_meaning_are_learned_kept_and_read_again(inside: Found) -> None:
    found = inside["topics_by_meaning"]
    assert found["first"] == ["thanks", "codes"]
    assert found["empty"] == []
    assert found["same"]
    assert found["known"], "what the classifier encoded is not encoded again"


def test_without_the_encoder_no_topic_is_near_in_meaning(inside: Found) -> None:
    found = inside["topics_by_meaning"]
    assert found["gone"] == [[]] * 4
    assert found["never"] == []


def test_nothing_and_rubbish_and_six_thousand_characters_still_get_probabilities(inside: Found) -> None:
    assert inside["classifier"]["sums"] == [1.0, 1.0, 1.0, 1.0]


def test_a_warmer_temperature_is_less_sure(inside: Found) -> None:
    pairs = zip(inside["confidence"]["warm"], inside["confidence"]["cold"], strict=True)
    assert all(warm < cold for warm, cold in pairs)


def test_a_message_read_by_itself_gets_the_scores_of_the_matrix_it_was_learned_with(inside: Found) -> None:
    assert inside["confidence"]["apart_by"] < 1e-5


def test_calibration_works_with_one_voice_and_with_an_intent_only_one_voice_knows(inside: Found) -> None:
    assert 0.02 < inside["confidence"]["lonely"] < 2
    assert 0.02 < inside["confidence"]["one_voice"] < 2


def test_the_classifier_reads_one_script_one_width_and_no_long_numbers(inside: Found) -> None:
    assert inside["reading"]["plain"] == ["谢谢您", "查0", "88", "查询码"]
    assert inside["reading"]["sound"] == "ju bao"
    assert inside["reading"]["longest"] == 200


def test_characters_near_each_other_and_both_ends_of_a_message_are_seen(inside: Found) -> None:
    assert inside["reading"]["apart"] == ["打我", "打啊", "了啊"]
    assert inside["reading"]["answer"] == "^没有$"


def test_the_quicker_check_of_answers_finds_what_rasas_own_finds(inside: Found) -> None:
    checks = inside["answers_of_actions"]
    assert checks["after"] == checks["before"]
    assert checks["after"][0] == "True"
    assert len(set(checks["after"])) > 2
