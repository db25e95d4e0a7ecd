"""What can be shown of the container set-up without an engine or a cluster: its shape, its confinement, no secret."""

from __future__ import annotations

import json
import re
from importlib import resources
from typing import Any

import jsonschema
import kubernetes_validate
import pytest

from bot import shipped
from bot.background import working
from bot.settings import load
from tests.faults.gateway_process import ROOT

OLDEST, NEWEST = "1.33", kubernetes_validate.latest_version()
SECRET = re.compile(r"TOKEN|PASSWORD|SECRET|DATABASE_URL|\bKEY$")
GIVEN = re.compile(r"\$\{\w+(:[?-][^}]*)?\}")
MAX_CONNECTIONS = 100
"""PostgreSQL's own setting, which neither the image nor the package changes."""
KEPT_FOR_OTHERS = 8
"""Three that only an administrator gets, and a backup, a migration, a command line."""
BACKGROUND = working.CONNECTIONS
MINE, RASAS = ("gateway1", "gateway2", "worker1", "worker2", "clock1", "clock2"), ("rasa1", "rasa2")


def compose() -> dict[str, Any]:
    found: dict[str, Any] = shipped.content(ROOT / "deploy" / "compose.yml")
    return found


def cluster() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shipped.content(ROOT / "deploy" / "kubernetes" / "hutong.yml")["items"]
    return found


def containers() -> dict[str, dict[str, Any]]:
    """Every container of the cluster by workload and name."""
    return {
        f"{item['metadata']['name']}/{one['name']}": one
        for item in cluster()
        if item["kind"] in ("Deployment", "StatefulSet")
        for one in item["spec"]["template"]["spec"]["containers"]
    }


def test_the_compose_file_has_the_shape_that_compose_reads() -> None:
    schema = resources.files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    jsonschema.validate(compose(), json.loads(schema.read_text()))


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_every_kubernetes_object_has_the_shape_of_its_kind_and_no_unknown_field(version: str) -> None:
    for item in cluster():
        kubernetes_validate.validate(item, version, strict=True)


def test_a_field_that_kubernetes_does_not_know_is_found() -> None:
    item = next(item for item in cluster() if item["kind"] == "Deployment")
    item["spec"]["replica"] = 3
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(item, NEWEST, strict=True)


def test_all_processes_together_open_no_more_connections_than_postgresql_takes() -> None:
    each = load({}).database_connections
    started = (ROOT / "deploy" / "Procfile.many").read_text().splitlines()
    ours = [line for line in started if "-m bot" in line or "-m actions" in line]
    workers = [line for line in ours if "--roles worker" in line]
    assert len(ours) == len(MINE) + len(RASAS)
    assert len(ours) * each + len(workers) * BACKGROUND <= MAX_CONNECTIONS - KEPT_FOR_OTHERS


def test_no_secret_stands_in_a_manifest() -> None:
    for service in compose()["services"].values():
        for name, value in service.get("environment", {}).items():
            if SECRET.search(name):
                assert GIVEN.search(value), name
    config = next(item for item in cluster() if item["kind"] == "ConfigMap")["data"]
    assert not [name for name in config if SECRET.search(name)]
    assert not [item for item in cluster() if item["kind"] == "Secret"]
    for one in containers().values():
        for variable in one.get("env", []):
            if SECRET.search(variable["name"]):
                assert list(variable["valueFrom"]) == ["secretKeyRef"], variable["name"]


def test_rasa_gets_neither_key_nor_database_nor_bot_token() -> None:
    forbidden = {"HUTONG_DATABASE_URL", "HUTONG_KEY_FILE", "HUTONG_TELEGRAM_TOKEN"}
    for name in RASAS:
        service = compose()["services"][name]
        assert not forbidden & set(service["environment"])
        assert "volumes" not in service
    rasa = containers()["rasa/rasa"]
    assert "envFrom" not in rasa
    assert not forbidden & {variable["name"] for variable in rasa["env"]}
    assert [mount["name"] for mount in rasa["volumeMounts"]] == ["tmp"]


def test_everything_of_ours_is_confined_to_read_only_files_without_privileges() -> None:
    services = compose()["services"]
    for name in (*MINE, *RASAS, "actions1", "actions2"):
        assert services[name]["read_only"] is True, name
        assert services[name]["cap_drop"] == ["ALL"], name
        assert services[name]["security_opt"] == ["no-new-privileges:true"], name
    for name, one in containers().items():
        context = one["securityContext"]
        assert context["readOnlyRootFilesystem"] is True, name
        assert context["allowPrivilegeEscalation"] is False, name
        assert context["capabilities"] == {"drop": ["ALL"]}, name


def test_the_runbook_names_services_that_there_are() -> None:
    runbook = (ROOT / "deploy" / "README.md").read_text()
    named = re.findall(r"docker compose -f deploy/compose\.yml (?:run|exec)(?: -\S+)* (\w+)", runbook)
    assert named
    assert set(named) <= set(compose()["services"])


def test_rasa_has_no_way_out() -> None:
    assert compose()["networks"]["inside"]["internal"] is True
    assert all(compose()["services"][name]["networks"] == ["inside"] for name in RASAS)
    policy = next(item for item in cluster() if item["kind"] == "NetworkPolicy")["spec"]
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    assert {port["port"] for rule in policy["egress"] for port in rule["ports"]} == {53, 5432}


def test_the_image_is_not_made_from_what_lies_in_the_folder_by_chance() -> None:
    left_out = (ROOT / ".dockerignore").read_text().split()
    assert {"var", ".git", ".venv", "deploy/.env"} <= set(left_out)
