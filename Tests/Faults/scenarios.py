"""The commands whose calls are made to fail: small ones, so that every call can be reached."""

import gzip
import os
import random
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("DRIFT_CHECK_BINARY", PROJECT / ".build/release/drift-check"))
FORMATS = PROJECT / "fixtures/formats"
SMALL = ["--threads", "1", "--permutations", "49"]


@dataclass(frozen=True)
class Scenario:
    """A command line, and what it has to leave behind."""

    name: str
    arguments: list[str]
    # Its exit code without a fault.
    code: int = 0
    # Files that it writes: they are there with an older content before, but those in a folder, which
    # has to be made. `link.json` is a symbolic link.
    outputs: list[str] = field(default_factory=list)
    piped: str | None = None
    # Part of the quick loop.
    is_quick: bool = False


def check(name: str, arguments: list[str], **more) -> Scenario:
    more = {"outputs": ["report.json"]} | more
    return Scenario(name, [*arguments, "--output", more["outputs"][0]], **more)


def scenarios(gateway: str) -> list[Scenario]:
    """All of them; a Pushgateway listens at one address, nobody at port 9 (discard)."""
    pair = ["--baseline", "baseline.csv", "--current", "drifted.csv"]
    calm = ["--baseline", "baseline.csv", "--current", "current.csv"]
    push = [*calm, "--no-mmd", "--threads", "1"]
    return [
        check("check", [*pair, *SMALL], is_quick=True, code=2),
        check("check, two threads", [*calm, "--threads", "2", "--permutations", "49"]),
        check("check --no-mmd", [*pair, "--no-mmd", "--threads", "1", "--quiet"], code=2),
        check(
            "check, all outputs",
            [*pair, *SMALL, "--html", "page.html", "--metrics-file", "metrics.txt", "--format", "json",
             "--termination-log", "log.txt", "--log-format", "json"],
            outputs=["report.json", "page.html", "metrics.txt"], code=2),
        check("check, gzip and Zstandard",
              ["--baseline", "arrays.csv.gz", "--current", "current.csv.zst", "--no-mmd", "--threads", "1"],
              is_quick=True),
        check("check, arrays", ["--baseline", "baseline.npy", "--current", "current.npy", *SMALL]),
        check("check, array and pipe", ["--baseline", "baseline.npy", "--current", "-", *SMALL],
              piped="arrays.csv"),
        check("check, baseline from a pipe", ["--baseline", "-", "--current", "current.csv", *SMALL],
              piped="baseline.csv"),
        check("check, /dev/stdin", ["--baseline", "/dev/stdin", "--current", "current.csv", "--no-mmd", *SMALL[:2]],
              piped="baseline.csv"),
        check("check --config, pattern", ["--config", "drift.yaml", "--current", "part-*.csv"]),
        check("check from profiles", ["--baseline", "baseline.profile", "--current", "edges.profile", "--no-mmd"],
              is_quick=True, code=2),
        check("check --mmd-sums", [*pair, *SMALL, "--mmd-sums", "sums-0", "--mmd-sums", "sums-1"], code=2),
        check("push, nobody there", [*push, "--pushgateway", "http://127.0.0.1:9"]),
        check("push", [*push, "--pushgateway", gateway, "--push-basic-auth-file", "secret"]),
        check("push, required", [*push, "--pushgateway", gateway, "--push-required", "--metrics-file", "metrics.txt"],
              outputs=["report.json", "metrics.txt"]),
        check("check, through a link", [*calm, "--no-mmd", "--threads", "1"], outputs=["link.json"]),
        check("check, new folders", [*calm, "--no-mmd", "--threads", "1"], outputs=["new/folder/report.json"]),
        check("profile", ["profile", "baseline.csv", "--threads", "1"], outputs=["new.profile"], is_quick=True),
        check("profile, parts and pipe", ["profile", "part-1.csv", "-", "--threads", "2"], outputs=["new.profile"],
              piped="part-2.csv"),
        check("profile --edges-from", ["profile", "drifted.csv", "--edges-from", "baseline.profile"],
              outputs=["new.profile"]),
        check("merge", ["merge", "part-1.profile", "part-2.profile"], outputs=["new.profile"], is_quick=True),
        check("mmd-shard", ["mmd-shard", *pair, *SMALL, "--shard", "0/2"], outputs=["new.sums"]),
        Scenario("help", ["--help"], is_quick=True),
        Scenario("version", ["--version"]),
        Scenario("completions", ["--generate-completion-script", "bash"]),
        Scenario("manual page", ["--generate-man-page"]),
        Scenario("settings", ["--config", "drift.yaml", "--current", "current.csv", "--print-config"]),
        check("missing file", ["--baseline", "nothing.csv", "--current", "current.csv"], is_quick=True, code=66),
        check("damaged file", ["--baseline", "cut.csv.gz", "--current", "current.csv"], code=65),
        check("bad cell", ["--baseline", "ragged.csv", "--current", "current.csv", "--log-format", "json",
                           "--termination-log", "log.txt"], code=65),
        Scenario("output is an input", ["--baseline", "baseline.csv", "--current", "current.csv", "--no-mmd",
                                        "--output", "input.json"], code=64),
        check("wrong usage", ["--baseline", "baseline.csv", "--permutatoins", "3"], code=64),
        check("wrong configuration", ["--config", "wrong.yaml", "--current", "current.csv"], code=78),
    ]


def table(shift: float, seed: int, rows: int = 60) -> list[str]:
    source = random.Random(seed)
    return [
        f"{source.gauss(shift, 1):.4f},{source.gauss(0, 2):.4f},{source.choice('abc')}" for _ in range(rows)
    ]


def make_inputs(folder: Path) -> None:
    """Writes all inputs; profiles and sums are made by the program itself."""
    header = "alpha,beta,level"
    tables = {"baseline": table(0, 1), "current": table(0, 2), "drifted": table(2, 3)}
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_text("\n".join([header, *rows]) + "\n")
    for number in (1, 2):
        rows = tables["current"][30 * (number - 1):30 * number]
        (folder / f"part-{number}.csv").write_text("\n".join([header, *rows]) + "\n")
    packed = gzip.compress((FORMATS / "baseline.csv").read_bytes(), mtime=0)
    (folder / "arrays.csv.gz").write_bytes(packed)
    (folder / "cut.csv.gz").write_bytes(packed[:-40])
    for name in ("baseline.npy", "current.npy", "current.csv.zst"):
        shutil.copy(FORMATS / name, folder)
    shutil.copy(FORMATS / "current.csv", folder / "arrays.csv")
    (folder / "ragged.csv").write_text(header + "\n1,2,a\n1,2\n")
    (folder / "input.json").symlink_to("current.csv")
    (folder / "secret").write_text("user:password\n")
    (folder / "drift.yaml").write_text(
        "baseline: baseline.csv\nthreads: 1\nno-mmd: true\nfeatures: [alpha, beta]\n")
    (folder / "wrong.yaml").write_text("baseline: baseline.csv\nthreads: many\n")

    def make(*arguments: str) -> None:
        subprocess.run([BINARY, *arguments, "--quiet"], cwd=folder, check=True)

    make("profile", "baseline.csv", "--output", "baseline.profile")
    make("profile", "drifted.csv", "--output", "edges.profile", "--edges-from", "baseline.profile")
    for number in (1, 2):
        make("profile", f"part-{number}.csv", "--output", f"part-{number}.profile")
    for number in (0, 1):
        make("mmd-shard", "--baseline", "baseline.csv", "--current", "drifted.csv", *SMALL,
             "--shard", f"{number}/2", "--output", f"sums-{number}")
