from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.care import clauses, policy_data


def _cited(node: object) -> Iterator[str]:
    """Every id under a `source` key, however deep."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "source" and isinstance(value, list):
                yield from (item for item in value if isinstance(item, str))
            else:
                yield from _cited(value)
    elif isinstance(node, list):
        for item in node:
            yield from _cited(item)


def test_a_clause_of_the_plan_comes_with_its_phrases_and_may_be_quoted() -> None:
    found = clauses.clause("JL-2.1.1")
    assert "不满16周岁的未成年人" in found.phrases[0]
    assert found.source.number == "吉民发〔2024〕2号"
    assert clauses.quotable("JL-2.1.1")


def test_an_article_has_a_status_of_its_own_whatever_its_document_has() -> None:
    assert clauses.source("HOT").status == "PARTLY_VERIFIED"
    assert clauses.source("HOT-110").status == "VERIFIED"
    assert clauses.source("WBF-11").title_zh == "中华人民共和国未成年人保护法"


def test_nothing_unverified_is_ever_quoted() -> None:
    documents = policy_data.read("sources")["sources"]
    items = [item for document in documents for item in (document, *document.get("items", ()))]
    assert {clauses.quotable(item["id"]) for item in items if item["status"] in ("VERIFIED", "PLAN")} == {True}
    assert {clauses.quotable(item["id"]) for item in items if "UNVERIFIED" in item["status"]} == {False}
    assert {clauses.quotable(item["id"]) for item in items if item["status"] == "PARTLY_VERIFIED"} == {False}


@pytest.mark.parametrize("name", ["reports", "parameters", "roles"])
def test_every_source_the_policy_data_cites_can_be_looked_up(name: str) -> None:
    cited = {item for item in _cited(policy_data.read(name))}
    assert cited
    for item in cited:
        assert clauses.source(item).id


def test_an_unknown_id_is_named() -> None:
    for look_up in (clauses.clause, clauses.source, clauses.quotable):
        with pytest.raises(KeyError, match=r"JL-9\.9"):
            look_up("JL-9.9")
