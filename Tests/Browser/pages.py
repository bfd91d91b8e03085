"""The pages that the browser looks at, written by the program as it was built."""

import csv
import os
import pathlib
import random
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".build" / "browser"
PROGRAM = os.environ.get("DRIFT_CHECK_BINARY", str(ROOT / ".build" / "release" / "drift-check"))

HOSTILE = [
    "</script><script>window.broken=1</script>", "<img src=x onerror=window.broken=1>",
    "\"><svg onload=window.broken=1>", "</style><style>body{display:none}</style>", "' onclick='1",
    "שם עמודה", "right\u202etfel", "🎸 guitar", "long " * 60,
]


def make(name, baseline, current, *flags):
    """Writes a page and returns its address."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    page = FOLDER / f"{name}.html"
    result = subprocess.run(
        [
            PROGRAM, "--baseline", str(baseline), "--current", str(current), "--quiet",
            "--output", str(FOLDER / f"{name}.json"), "--html", str(page), *flags,
        ],
        cwd=ROOT, env={**os.environ, "SOURCE_DATE_EPOCH": "1767225600"}, check=False)
    if result.returncode not in (0, 2):
        raise SystemExit(f"drift-check ended with {result.returncode}")
    return page.as_uri()


def fixture(table, current):
    folder = pathlib.Path("fixtures") / table
    return make(f"{table}-{current}", folder / "baseline.csv", folder / f"{current}.csv")


def table(name, header, rows):
    path = FOLDER / name
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def wide(count=1_000):
    """Many features, a tenth of them drifted."""
    source = random.Random(1)
    header = [f"feature_{index}" for index in range(count)]

    def rows(number, shift):
        return [
            [source.gauss(shift if index % 10 == 0 else 0, 1) for index in range(count)]
            for _ in range(number)
        ]

    return make(
        "wide", table("wide-baseline.csv", header, rows(300, 0)),
        table("wide-current.csv", header, rows(250, 1)), "--permutations", "99")


def hostile():
    """Names and levels that try to be markup, and a column that is gone."""
    source = random.Random(2)

    def rows(number, shift, levels):
        return [
            [source.choice(levels), *(source.gauss(shift, 1) for _ in HOSTILE)]
            for _ in range(number)
        ]

    header = ["levels", *HOSTILE]
    return make(
        "hostile", table("hostile-baseline.csv", header, rows(200, 0, HOSTILE[:4])),
        table("hostile-current.csv", header[:-1], [row[:-1] for row in rows(200, 1, HOSTILE)]),
        "--model", HOSTILE[0])
