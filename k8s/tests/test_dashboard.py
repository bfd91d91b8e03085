"""The dashboard's JSON. test_loop runs its queries."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from support import dashboard
from support.manifests import overlay, the

SOURCE = {"type": "prometheus", "uid": "${datasource}"}
PANELS = {panel["title"]: panel for panel in dashboard.panels()}


def test_identity() -> None:
    board = dashboard.read()
    assert board["schemaVersion"] == 39
    assert board["uid"] == "drift-check" and board["title"] and board["description"]
    assert "id" not in board
    ids = [panel["id"] for panel in board["panels"]]
    assert len(set(ids)) == len(ids)
    assert len(PANELS) == len(dashboard.panels())


def test_variables() -> None:
    variables = {v["name"]: v for v in dashboard.read()["templating"]["list"]}
    assert list(variables)[0] == "datasource" and variables["datasource"]["type"] == "datasource"
    used = set(re.findall(r"\$\{?(\w+)", dashboard.FILE.read_text())) - {"__all"}
    assert used == set(variables)
    for name in set(variables) - {"datasource"}:
        assert variables[name]["datasource"] == SOURCE


@pytest.mark.parametrize("title", PANELS)
def test_panel(title: str) -> None:
    panel = PANELS[title]
    assert panel["description"].endswith(".")
    assert panel["fieldConfig"]["defaults"]["unit"]
    assert panel["datasource"] == SOURCE
    references = [target["refId"] for target in panel["targets"]]
    assert references and len(set(references)) == len(references)
    for target in panel["targets"]:
        assert target["datasource"] == SOURCE
        assert "$namespace" in target["expr"]


def test_panels_do_not_overlap() -> None:
    taken: dict[tuple[int, int], str] = {}
    for panel in dashboard.read()["panels"]:
        at = panel["gridPos"]
        assert at["x"] + at["w"] <= 24
        for x in range(at["x"], at["x"] + at["w"]):
            for y in range(at["y"], at["y"] + at["h"]):
                assert taken.setdefault((x, y), panel["title"]) == panel["title"]


def test_queries_are_promql(tmp_path: Path) -> None:
    records = [
        {"record": f"query{number}", "expr": query}
        for number, (_, query) in enumerate(dashboard.queries("drift-check"))
    ]
    path = tmp_path / "queries.yaml"
    path.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": records}]}))
    run = subprocess.run(["promtool", "check", "rules", path], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("name", ["test", "prod", "openshift"])
def test_grafana_finds_it(name: str) -> None:
    config = the(overlay(name), "ConfigMap", "drift-check-dashboard")
    assert config["metadata"]["labels"]["grafana_dashboard"] == "1"
    assert config["data"]["drift-check.json"] == dashboard.FILE.read_text()
