"""The alert rules in promtool: syntax, labels, texts and scenarios."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from support import rules
from support.manifests import K8S, overlay, the, with_components

SCENARIOS = sorted((Path(__file__).parent / "scenarios").glob("*.yaml"))
WITH_RULES = ["test", "prod", "churn-mlops", "openshift"]


def promtool(*arguments: object) -> None:
    run = subprocess.run(["promtool", *map(str, arguments)], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("name", WITH_RULES)
def test_syntax(name: str, tmp_path: Path) -> None:
    rules.write(overlay(name), tmp_path / "rules.yaml")
    promtool("check", "rules", "--lint-fatal", tmp_path / "rules.yaml")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.stem)
def test_scenario(scenario: Path, tmp_path: Path) -> None:
    rules.write(with_components("prometheus-rules"), tmp_path / "rules.yaml")
    (tmp_path / scenario.name).write_text(scenario.read_text())
    promtool("test", "rules", tmp_path / scenario.name)


@pytest.mark.parametrize("name", WITH_RULES)
def test_rules_look_at_their_own_namespace(name: str) -> None:
    objects = overlay(name)
    check = "churn-drift-daily" if name == "churn-mlops" else "drift-check"
    namespace = the(objects, "CronJob", check)["metadata"]["namespace"]
    for group in rules.groups(objects):
        for rule in group["rules"]:
            quoted = re.findall(r'"([^"]*)"', rule["expr"])
            assert quoted[0] == namespace, rule["expr"]
            if group["name"] == "drift-check.jobs":
                assert quoted[1] == check, rule["expr"]


ALERTS = rules.alerts(with_components("prometheus-rules"))


@pytest.mark.parametrize("name", ALERTS)
def test_alerts_have_texts_and_a_runbook(name: str) -> None:
    alert = ALERTS[name]
    assert alert["labels"]["severity"] in ("critical", "warning", "info")
    texts = alert["annotations"]
    assert set(texts) == {"summary", "description", "runbook"}
    assert all(text.strip() and "\n" not in text for text in texts.values())
    anchor = re.search(r"k8s/README\.md#(\S+)$", texts["runbook"])
    assert anchor and anchor[1] == name.lower()
    assert f"### {name}\n" in (K8S / "README.md").read_text()
    # What the operator routes by.
    assert "namespace" in alert["expr"] and "sum(" not in alert["expr"]


def test_every_alert_has_a_scenario() -> None:
    text = "".join(path.read_text() for path in SCENARIOS)
    assert [name for name in ALERTS if f"alertname: {name}" not in text] == []
