"""Reports of the same rows, from tables and from profiles."""

from __future__ import annotations

import json
import math
import os
import subprocess
from pathlib import Path

from .binary import BINARY


def of_tables(table: Path, folder: Path, *flags: str) -> dict:
    """The report on the drifted table, from the files themselves."""
    report = folder / "tables.json"
    run = subprocess.run(
        [BINARY, f"--baseline={table / 'baseline.csv'}", f"--current={table / 'drifted.csv'}",
         f"--output={report}", "--quiet", *flags],
        env={"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": "0"},
    )  # fmt: skip
    assert run.returncode == 2
    return json.loads(report.read_text())


def differences(one: object, other: object, path: str = "") -> list[str]:
    """Where two reports differ, the second from merged profiles: what is made of moments may differ
    by 1e-12, the rows of several profiles have no number, and the inputs are other files."""
    if ".witness_rows." in path and path.endswith(".row") and other is None:
        return []
    if path == ".inputs":
        return []
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [d for key in one for d in differences(one[key], other[key], f"{path}.{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other))
        return [d for place, pair in pairs for d in differences(*pair, f"{path}.{place}")]
    moments = (
        ".mean_shift." in path
        or path.startswith(".findings.")
        or path.endswith((".mean", ".standard_deviation"))
    )
    if moments and isinstance(one, float) and isinstance(other, float):
        equal = math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)
    else:
        equal = one == other and type(one) is type(other)
    return [] if equal else [f"{path}: {one!r} and {other!r}"]
