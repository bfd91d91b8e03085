"""What k8s/README.md says about partitions without Kubernetes, run as it is written there."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from support.binary import BINARY, FIXTURES, partitions
from support.manifests import K8S
from support.reports import differences, of_tables

TABLE = FIXTURES / "jukebox"
TEXT = (K8S / "README.md").read_text().partition("### Without Kubernetes")[2].partition("\n## ")[0]
COMMANDS, SCRIPT = re.findall(r"```sh\n(.*?)```", TEXT, re.S)


def shell(command: str, folder: Path, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", command],
        input=text,
        capture_output=True,
        text=True,
        cwd=folder,
        env={"PATH": f"{BINARY.parent}:{os.environ['PATH']}", "SOURCE_DATE_EPOCH": "0"},
    )


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A folder of a run: the baseline's profile, partitions, no profiles yet."""
    for name in ("current", "profiles"):
        (tmp_path / name).mkdir()
    for index, text in enumerate(partitions("jukebox", "drifted", 5)):
        (tmp_path / "current" / f"part-{index}.csv").write_text(text)
    table = TABLE / "baseline.csv"
    made = shell(f"drift-check profile {table} --output=baseline.profile", tmp_path)
    assert made.returncode == 0, made.stderr
    return tmp_path


def assert_same_report(folder: Path) -> None:
    """Merges and checks as the text says, and compares with the check of the whole files."""
    for command in COMMANDS.splitlines()[1:]:
        ended = shell(command, folder)
        assert ended.returncode == (0 if " merge " in command else 2), ended.stderr
    report = json.loads((folder / "data_drift_latest.json").read_text())
    expected = of_tables(TABLE, folder)
    for side in ("baseline", "current"):
        assert report.pop(side) != expected.pop(side)
    assert differences(expected, report) == []


def test_files(run: Path) -> None:
    ended = shell(COMMANDS.splitlines()[0], run)
    assert ended.returncode == 0, ended.stderr
    assert len(list((run / "profiles").iterdir())) == 5
    assert_same_report(run)


def test_pipes_in_any_order_and_one_of_them_twice(run: Path) -> None:
    (run / "profile-partition").write_text(SCRIPT)
    parts = partitions("jukebox", "drifted", 5)
    for index in (3, 0, 4, 1, 3, 2):
        ended = shell(f"sh profile-partition {run}", run, f"{index}\n{parts[index]}")
        assert ended.returncode == 0, ended.stderr
    assert sorted(path.name for path in (run / "profiles").iterdir()) == [
        f"{index}.profile" for index in range(5)
    ]
    assert_same_report(run)


def test_a_pipe_that_fails_leaves_no_profile(run: Path) -> None:
    (run / "profile-partition").write_text(SCRIPT)
    ended = shell(f"sh profile-partition {run}", run, "0\na,b\n1\n")
    assert ended.returncode == 65
    assert list((run / "profiles").iterdir()) == []


def test_pipes_without_files_and_rows(run: Path) -> None:
    for index, text in enumerate(partitions("jukebox", "drifted", 5)):
        ended = shell(
            "drift-check profile - --categorical=explicit,genre --no-rows --quiet"
            f" --edges-from=baseline.profile --output=profiles/{index}.profile",
            run,
            text,
        )
        assert ended.returncode == 0, ended.stderr
    for command in COMMANDS.splitlines()[1:]:
        assert shell(command, run).returncode == (0 if " merge " in command else 2)
    report = json.loads((run / "data_drift_latest.json").read_text())
    expected = of_tables(TABLE, run, "--no-mmd")
    assert differences(expected["features"], report["features"]) == []
