"""The Indexed Job of the README that shares the MMD test: valid, and run index by index."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from support import policies, references
from support.binary import FIXTURES, known_flags
from support.manifests import Object, the, with_components
from support.node import Node
from support.shards import CHECK, pod
from test_readme import section

SECTION = section("MMD in shards")
JOB = yaml.safe_load(re.search(r"```yaml\n(.*?)```", SECTION, re.S)[1])
MORE = json.loads(re.search(r"args \+= (\[.*?\])'", SECTION)[1])
NAME, COUNT = JOB["metadata"]["name"], JOB["spec"]["completions"]
BASE = with_components()
TABLE = FIXTURES / "jukebox"


def objects() -> list[Object]:
    """The base, with the Job as one of a CronJob and the check's further arguments."""
    made = [*with_components(), JOB | {"kind": "CronJob", "spec": {"jobTemplate": JOB}}]
    pod(made, CHECK)["containers"][0]["args"] += MORE
    return made


@pytest.fixture
def node(tmp_path: Path) -> Node:
    for folder in ("data", "report"):
        (tmp_path / folder).mkdir()
    shutil.copy(TABLE / "baseline.csv", tmp_path / "data" / "baseline.csv")
    shutil.copy(TABLE / "drifted.csv", tmp_path / "data" / "current.csv")
    return Node(objects(), tmp_path)


@pytest.mark.parametrize("version", ["1.31", "1.37"])
def test_schema(version: str) -> None:
    kubernetes_validate.validate(JOB, version, strict=True)


@pytest.mark.parametrize("check", [*policies.ALL, references.faults], ids=lambda c: c.__name__)
def test_policies_and_references(check: Callable) -> None:
    namespace = the(BASE, "CronJob", CHECK)["metadata"]["namespace"]
    job = JOB | {"metadata": JOB["metadata"] | {"namespace": namespace}}
    assert list(check([*BASE, job])) == []


def test_it_fits_the_check() -> None:
    (own,) = JOB["spec"]["template"]["spec"]["containers"]
    (check,) = pod(BASE, CHECK)["containers"]
    own_args, check_args = own["args"][1:], check["args"] + MORE
    decide = ("--baseline", "--current", "--permutations", "--mmd-", "--seed", "--features")
    chosen = {a for a in own_args if a.startswith(decide)}
    assert chosen == {a for a in check_args if a.startswith(decide)} - {MORE[-1]}
    assert f"--shard={COUNT}" in own_args
    assert own["securityContext"] == check["securityContext"]
    assert {a.split("=")[0] for a in own_args} <= known_flags()


def test_the_report_is_that_of_one_process(node: Node, tmp_path: Path) -> None:
    plain = Node(with_components(), tmp_path)
    assert plain.run(CHECK, "plain").code == 2
    report = tmp_path / "report" / "data_drift_latest.json"
    expected = report.read_bytes()
    report.unlink()

    assert {node.run(NAME, NAME, index).code for index in range(COUNT - 1)} == {0}
    incomplete = node.run(CHECK, "by-hand")
    assert incomplete.code == 65 and f"missing, from 0: {COUNT - 1};" in incomplete.log
    assert not report.exists()
    assert node.run(NAME, NAME, COUNT - 1).code == 0
    assert node.run(CHECK, "by-hand").code == 2
    assert report.read_bytes() == expected


def test_other_data_fail_for_good(node: Node, tmp_path: Path) -> None:
    assert {node.run(NAME, NAME, index).code for index in range(COUNT)} == {0}
    shutil.copy(TABLE / "current.csv", tmp_path / "data" / "current.csv")
    ended = node.run(CHECK, "by-hand")
    assert ended.code == 65 and "rows with SHA-256" in ended.log
    ended = node.run(NAME, NAME, COUNT)
    assert (ended.code, ended.action) == (64, "FailIndex")

