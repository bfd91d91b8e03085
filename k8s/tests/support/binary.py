"""The program under test and the data that it is run on."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from .manifests import PROJECT

BINARY = Path(os.environ.get("DRIFT_CHECK", PROJECT / ".build" / "release" / "drift-check"))
FIXTURES = PROJECT / "fixtures"


def check(
    current: str,
    report: Path,
    *flags: str,
    table: str = "jukebox",
    log: str = "json",
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """Checks `fixtures/TABLE/CURRENT.csv` against its baseline."""
    return subprocess.run(
        [
            BINARY,
            f"--baseline={FIXTURES / table / 'baseline.csv'}",
            f"--current={FIXTURES / table / f'{current}.csv'}",
            f"--output={report}",
            f"--log-format={log}",
            "--quiet",
            *flags,
        ],
        capture_output=True,
        text=True,
        timeout=120,
        env={"PATH": os.environ["PATH"], **environment},
    )


def known_flags() -> set[str]:
    text = subprocess.run([BINARY, "--help"], capture_output=True, text=True, check=True).stdout
    return {word.strip(",") for word in text.split() if word.startswith("--")}


def partitions(table: str, current: str, count: int) -> list[str]:
    """`fixtures/TABLE/CURRENT.csv` in parts, each with its header."""
    header, *rows = (FIXTURES / table / f"{current}.csv").read_text().splitlines(keepends=True)
    ends = [len(rows) * place // count for place in range(count + 1)]
    return [header + "".join(rows[first:end]) for first, end in zip(ends, ends[1:])]
