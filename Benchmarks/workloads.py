"""What is run on which tables: every workload, its contenders, and how often each one runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILD = HERE.parent / ".build"
DATA = BUILD / "bench-data"
BINARY = BUILD / "release/drift-check"
PYTHON = BUILD / "bench-venv/bin/python"
FRAMEWORKS = BUILD / "bench-venv-frameworks/bin/python"
REPORT = DATA / "report.json"

OURS = "drift-check"
ONE_THREAD = "drift-check, 1 thread"
WITH_MMD = "drift-check, MMD with 999 permutations too"
ROWS = "drift-check, single rows"
ROWS_ONE_THREAD = "drift-check, single rows, 1 thread"
ROWS_PRODUCT = "drift-check, single rows by sgemm"
ROWS_FEW = "drift-check, single rows, 2 permutations"
WHOLE = "NumPy, whole matrix"
PANELS = "NumPy, panels of the upper triangle"
ALIBI = "alibi-detect"
KERNEL_PASS = "one bare kernel pass, in C"
PROFILE = "drift-check profile"
PROFILE_EDGES = "drift-check profile --edges-from"
MERGE = "drift-check merge, 4 parts"
VERSION = "drift-check --version"
EMPTY = "empty C program"
POLARS_READ = "Polars read_csv"
EXPERTS = ("Polars + NumPy", "pandas + SciPy", "Arrow + NumPy", "DuckDB")

BIG = ["--rows", "1000000", "--columns", "19", "--text", "--missing", "0.01", "--drift", "0.02"]


@dataclass(frozen=True)
class Contender:
  name: str
  command: list[str]
  rounds: int = 99  # at most
  limit: float = 120  # seconds
  environment: dict[str, str] = field(default_factory=dict)
  needs: str = ""  # text that the binary must hold for this to mean anything
  memory_gb: float = 0  # what must be free


@dataclass(frozen=True)
class Workload:
  name: str
  title: str
  table: str  # the name of its two files
  arguments: list[str]  # of generate_data.py
  contenders: list[Contender]
  rounds: int
  is_quick: bool = False
  permutations: int = 0


def side(table: str, which: str) -> str:
  return str(DATA / f"{table}-{which}.csv")


def ours(table: str, *flags: str, threads: int = 2) -> list[str]:
  return [str(BINARY), "--baseline", side(table, "baseline"), "--current", side(table, "current"),
          "--output", str(REPORT), "--quiet", "--fail-on", "never", "--threads", str(threads),
          *flags]


def peer(script: str, table: str, *flags: str, python: Path = PYTHON) -> list[str]:
  return [str(python), str(HERE / f"peers/{script}.py"), side(table, "baseline"),
          side(table, "current"), *flags]


def experts(table: str, *rounds: int) -> list[Contender]:
  """`rounds` of each at most; the first is the fastest."""
  scripts = ("polars_numpy", "pandas_scipy", "pyarrow_numpy", "duckdb_sql")
  return [Contender(name, peer(script, table), most)
          for name, script, most in zip(EXPERTS, scripts, rounds)]


def evidently(table: str, limit: float = 120) -> Contender:
  command = peer("evidently_psi", table, python=FRAMEWORKS)
  return Contender("Evidently, PSI alone", command, 1, limit)


def numpy_mmd(table: str, permutations: int, rounds: int = 99) -> list[Contender]:
  return [Contender(name, peer("mmd_numpy", table, str(permutations), "--way", way), rounds)
          for name, way in ((WHOLE, "whole"), (PANELS, "panels"))]


def profile_of(table: str, part: str) -> str:
  return str(DATA / f"{table}-{part}.profile")


def profile(table: str, which: str, *flags: str) -> list[str]:
  return [str(BINARY), "profile", side(table, which), "--output", str(DATA / "made.profile"),
          "--quiet", "--threads", "2", *flags]


def profiles(table: str) -> list[Contender]:
  """What is compared with the seconds that a check takes to read the same table."""
  merge = [str(BINARY), "merge", *(profile_of(table, f"part-{part}") for part in range(4)),
           "--output", str(DATA / "made.profile"), "--quiet"]
  return [Contender(OURS, ours(table, "--no-mmd", "--log-format", "json")),
          Contender(PROFILE, profile(table, "baseline")),
          Contender(PROFILE_EDGES, profile(table, "baseline", "--edges-from",
                                           profile_of(table, "part-0"))),
          Contender(MERGE, merge)]


def rows(table: str, permutations: int, threads: int = 2) -> list[str]:
  return ours(table, "--permutations", str(permutations), "--permutation-unit", "rows",
              threads=threads)


def workloads(is_quick: bool) -> list[Workload]:
  small = Workload(
    "small", "small: 5,000 x 30, two files of 1.4 MB", "small",
    ["--rows", "5000", "--columns", "30", "--missing", "0.01", "--drift", "0.02"],
    [Contender(OURS, ours("small", "--no-mmd")),
     Contender(WITH_MMD, ours("small", "--permutations", "999")),
     *experts("small", 99, 5, 5, 5), evidently("small")], rounds=7, is_quick=True)
  big = Workload(
    "big", "big: 1,000,000 x 20, two files of 178 MB", "big", BIG,
    [Contender(OURS, ours("big", "--no-mmd")),
     Contender(ONE_THREAD, ours("big", "--no-mmd", threads=1)),
     *experts("big", 5, 3, 3, 3), evidently("big")], rounds=11)
  wide = Workload(
    "wide", "wide: 20,000 x 1,000, two files of 181 MB", "wide",
    ["--rows", "20000", "--columns", "1000", "--missing", "0.01", "--drift", "0.02"],
    [Contender(OURS, ours("wide", "--no-mmd")), *experts("wide", 99, 3, 3, 1),
     evidently("wide", limit=60)], rounds=5)
  parse = Workload(
    "parse", "parse and store: one table of 178 MB, seconds inside the process",
    "big", BIG,
    [Contender(OURS, ours("big", "--no-mmd", "--log-format", "json")),
     Contender(POLARS_READ, peer("polars_read", "big"))], rounds=5)
  of_profiles = Workload(
    "profile", "profiles: one table of 178 MB, 1,000,000 x 20", "big", BIG, profiles("big"),
    rounds=7)
  a = Workload(
    "mmd-a", "MMD A: 1,000 and 1,000 rows, 30 columns, 100 permutations", "mmd-a",
    ["--rows", "1000", "--columns", "30"],
    [Contender(OURS, rows("mmd-a", 100)), *numpy_mmd("mmd-a", 100),
     Contender("ummd", peer("mmd_ummd", "mmd-a", "100")),
     Contender(ALIBI, peer("mmd_alibi", "mmd-a", "100", python=FRAMEWORKS), 3)],
    rounds=15, is_quick=True, permutations=100)
  b = Workload(
    "mmd-b", "MMD B: 5,000 and 5,000 rows, 30 columns, 500 permutations", "mmd-b",
    ["--rows", "5000", "--columns", "30"],
    [Contender(OURS, rows("mmd-b", 500)), *numpy_mmd("mmd-b", 500),
     Contender("ummd", peer("mmd_ummd", "mmd-b", "500"), 2)],
    rounds=7, is_quick=True, permutations=500)
  whole, panels = numpy_mmd("mmd-c", 1000, rounds=2)
  c = Workload(
    "mmd-c", "MMD C: 20,000 and 20,000 rows, 30 columns, 1,000 permutations", "mmd-c",
    ["--rows", "20000", "--columns", "30"],
    [Contender(OURS, ours("mmd-c", "--permutations", "1000")),
     Contender(KERNEL_PASS, [str(BUILD / "bench-tools/limits"), "kernel-pass"]),
     Contender(ROWS, rows("mmd-c", 1000)),
     Contender(ROWS_FEW, rows("mmd-c", 2)),
     Contender(ROWS_PRODUCT, rows("mmd-c", 1000), 3,
               environment={"DRIFT_PERMUTATION_SUMS": "product"}, needs="DRIFT_PERMUTATION_SUMS"),
     Contender(ROWS_ONE_THREAD, rows("mmd-c", 1000, threads=1)),
     panels, Contender(whole.name, whole.command, 2, limit=180, memory_gb=10)],
    rounds=5, permutations=1000)
  d = Workload(
    "mmd-d", "MMD D: 5,000 and 500 rows, 300 columns, 999 permutations", "mmd-d",
    ["--rows", "5000", "--columns", "300", "--current-rows", "500"],
    [Contender(OURS, rows("mmd-d", 999)), *numpy_mmd("mmd-d", 999)],
    rounds=3, permutations=999)
  everything = [small, big, wide, parse, of_profiles, a, b, c, d]
  return [w for w in everything if w.is_quick] if is_quick else everything
