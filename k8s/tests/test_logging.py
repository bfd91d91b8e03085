"""The collector's settings and the queries fit the log lines that the program writes."""

from __future__ import annotations

import datetime
import json
import re

import pytest
import yaml

from support.binary import check
from support.manifests import K8S

FOLDER = K8S / "components" / "logging"
RULES = yaml.safe_load((FOLDER / "drift-check.rules.yaml").read_text())
QUERIES = [
    line
    for line in (FOLDER / "queries.logql").read_text().splitlines()
    if line and not line.startswith("#")
]
# What the collector adds to a line, and what Loki itself knows.
LABELS = {"namespace", "container", "level", "event"}


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    folder = tmp_path_factory.mktemp("log")
    drifted = check("drifted", folder / "report.json", "--model=jukebox")
    broken = check("missing", folder / "report.json")
    assert (drifted.returncode, broken.returncode) == (2, 66)
    return [json.loads(line) for line in (drifted.stderr + broken.stderr).splitlines()]


def test_every_line_has_what_the_collector_reads(lines: list[dict]) -> None:
    text = (FOLDER / "config.alloy").read_text()
    read = re.search(r"expressions = \{(.*)\}", text)[1]
    assert re.findall(r"(\w+) =", read) == ["ts", "level", "event"]
    for line in lines:
        assert {"ts", "level", "event"} <= set(line)
        assert datetime.datetime.fromisoformat(line["ts"]).tzinfo is not None


def test_labels_have_few_values(lines: list[dict]) -> None:
    assert len({(line["level"], line["event"]) for line in lines}) < 10


@pytest.mark.parametrize("query", QUERIES + [RULES["groups"][0]["rules"][0]["expr"]])
def test_query_fits_the_lines(query: str, lines: list[dict]) -> None:
    selector = re.search(r"\{(container[^}]*)\}", query)[1]
    conditions = dict(re.findall(r'(\w+)="([^"]*)"', selector))
    assert set(conditions) <= LABELS and conditions.pop("container") == "drift"
    matching = [line for line in lines if conditions.items() <= _words(line).items()]
    assert matching, "no line is selected"
    rest = query.replace(selector, "")
    for name, value in re.findall(r'\| (\w+)="([^"]*)"', rest):
        assert value in {line.get(name) for line in matching}
    fields = set(re.findall(r"\{\{\.(\w+)\}\}", rest)) | set(re.findall(r"unwrap (\w+)", rest))
    listed = re.search(r"\| json ([\w, ]+) \|", rest)
    fields |= set(listed[1].split(", ")) if listed else set()
    assert fields <= set().union(*matching)


def _words(line: dict) -> dict[str, str]:
    return {name: value for name, value in line.items() if isinstance(value, str)}


def test_the_file_of_queries_is_whole() -> None:
    text = (FOLDER / "queries.logql").read_text()
    blocks = [block for block in text.split("\n\n") if block.strip()]
    assert len(blocks) == len(QUERIES) and all(block.startswith("#") for block in blocks)


def test_the_collector_takes_the_check_s_pods_only() -> None:
    text = (FOLDER / "config.alloy").read_text()
    labels = "app.kubernetes.io/name=drift-check,app.kubernetes.io/component=check"
    assert f'label = "{labels}"' in text
    assert text.count("{") == text.count("}")
