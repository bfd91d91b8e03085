"""Sharded runs as processes: what the pods of the component `sharded` do, index by index."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from support.binary import BINARY, FIXTURES, partitions
from support.manifests import the, with_components
from support.node import Ended, Node
from support.reports import differences, of_tables
from support.shards import CHECK, SHARDS, pod

OBJECTS = with_components("sharded")
# The names of the check's Jobs.
RUN, YESTERDAY = "drift-check-29391000", "drift-check-29389560"
TABLE = FIXTURES / "jukebox"


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("baseline") / "baseline.profile"
    subprocess.run(
        [BINARY, "profile", TABLE / "baseline.csv", f"--output={path}", "--quiet"], check=True
    )
    return path


@pytest.fixture
def node(tmp_path: Path, baseline: Path) -> Node:
    """The volumes, with the partitions of the drifted table."""
    for folder in ("data/current", "shards", "report", "merged"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(baseline, tmp_path / "data")
    made = Node(OBJECTS, tmp_path)
    write_partitions(made, "drifted")
    return made


def write_partitions(node: Node, table: str) -> None:
    for index, text in enumerate(partitions("jukebox", table, 5)):
        (node.root / "data" / "current" / f"part-{index}.csv").write_text(text)


def start_all(node: Node, run: str) -> list[Ended]:
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda i: node.run(SHARDS, f"shards-{run}", i), range(5)))


def test_a_run_in_which_one_index_fails_first(node: Node, tmp_path: Path) -> None:
    late = tmp_path / "data" / "current" / "part-3.csv"
    text = late.read_text()

    # Yesterday's profiles are all there, and of other data.
    write_partitions(node, "current")
    assert {ended.code for ended in start_all(node, YESTERDAY)} == {0}
    assert node.run(CHECK, YESTERDAY).code == 0
    yesterday = (tmp_path / "report" / "data_drift_latest.json").read_bytes()

    write_partitions(node, "drifted")
    late.unlink()
    waiting = node.run(CHECK, RUN)
    assert (waiting.container, waiting.code, waiting.action) == ("shards", 66, "Ignore")

    ended = start_all(node, RUN)
    assert [(e.code, e.action) for e in ended] == [
        (66, "Count") if index == 3 else (0, "Succeeded") for index in range(5)
    ]
    assert "part-3.csv" in ended[3].log
    folder = tmp_path / "shards" / f"shards-{RUN}"
    assert sorted(path.name for path in folder.iterdir()) == [
        f"shard-{index}.profile" for index in (0, 1, 2, 4)
    ]
    # Four of five are no verdict.
    waiting = node.run(CHECK, RUN)
    assert (waiting.container, waiting.code, waiting.action) == ("shards", 66, "Ignore")
    assert "shard-3.profile" in waiting.log
    assert (tmp_path / "report" / "data_drift_latest.json").read_bytes() == yesterday

    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    late.write_text(text)
    assert node.run(SHARDS, f"shards-{RUN}", 3).code == 0
    after = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert after.keys() - before.keys() == {"shard-3.profile"} and before.items() <= after.items()

    drifted = node.run(CHECK, RUN)
    assert (drifted.container, drifted.code, drifted.action) == ("drift", 2, "FailJob")
    sharded = json.loads((tmp_path / "report" / "data_drift_latest.json").read_text())

    model = the(OBJECTS, "ConfigMap", CHECK)["data"]["DRIFT_MODEL"]
    expected = of_tables(TABLE, tmp_path, f"--model={model}")
    assert sharded.pop("baseline") != expected.pop("baseline")
    assert sharded.pop("current") != expected.pop("current")
    assert differences(expected, sharded) == []
    assert differences(expected, json.loads(yesterday)) != []


def test_a_partition_that_is_no_table_fails_its_index_for_good(node: Node, tmp_path: Path) -> None:
    part = tmp_path / "data" / "current" / "part-1.csv"
    part.write_text(part.read_text() + "1,2\n")
    ended = start_all(node, RUN)
    assert [(e.code, e.action) for e in ended] == [
        (65, "FailIndex") if index == 1 else (0, "Succeeded") for index in range(5)
    ]
    assert node.run(CHECK, RUN).action == "Ignore"


def test_an_index_too_many_fails_for_good(node: Node) -> None:
    ended = node.run(SHARDS, f"shards-{RUN}", 5)
    assert (ended.code, ended.action) == (64, "FailIndex")


def test_a_missing_baseline_is_not_waited_for(node: Node, tmp_path: Path) -> None:
    start_all(node, RUN)
    (tmp_path / "data" / "baseline.profile").unlink()
    ended = node.run(CHECK, RUN)
    assert (ended.container, ended.code, ended.action) == ("drift", 66, "Count")


def test_runs_by_hand_find_each_other(node: Node) -> None:
    assert {ended.code for ended in start_all(node, "by-hand")} == {0}
    assert node.run(CHECK, "by-hand").code == 2


def test_old_profiles_are_removed(tmp_path: Path) -> None:
    """With the machine's own `find`, which has what busybox's has."""
    week = 7 * 86400
    ages = {"shards-old": week + 2 * 86400, "shards-new": week - 3600, "other": 3 * week}
    for name, age in ages.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "shard-0.profile").touch()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    (container,) = pod(OBJECTS, "drift-check-shards-cleanup")["containers"]
    command = container["command"] + container["args"]
    subprocess.run([a.replace("/shards", str(tmp_path)) for a in command], check=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "shards-new"]
