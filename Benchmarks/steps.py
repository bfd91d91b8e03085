"""What is not a race of contenders: limits of the machine, scaling, start and size."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import time
import sys
from dataclasses import asdict
from pathlib import Path

import workloads
from measure import Laboratory

HERE = Path(__file__).resolve().parent
TOOLS = workloads.BUILD / "bench-tools"
MILLIONS = (1, 3, 10)
PROFILED = (100_000, 1_000_000, 10_000_000)
PROFILE_MEMORY = "64M"


def compile_tools() -> None:
  """The launcher, the empty program and the limits; with the compiler that comes with Swift."""
  TOOLS.mkdir(parents=True, exist_ok=True)
  compiler = shutil.which("clang") or shutil.which("cc")
  if compiler is None:
    sys.exit("no C compiler; install one with: apt-get install gcc")
  blas = subprocess.run(["pkg-config", "--cflags", "--libs", "openblas"], capture_output=True,
                        text=True, check=True).stdout.split()
  folder = HERE / "limits"
  archive = workloads.BUILD / "archives/libopenblas.a"
  for name, sources, flags in (
      ("launch", ["launch.c"], ["-O2"]), ("empty", ["empty.c"], ["-O2"]),
      ("blas", ["blas.c"], ["-O2", archive, "-lm", "-pthread"]),
      ("limits", ["limits.c", "rates.c", "kernel_pass.c"],
       ["-O3", "-march=native", "-pthread", *blas, "-lm"])):
    subprocess.run([compiler, "-std=gnu17", "-Wall", "-Wextra", "-o", TOOLS / name,
                    *(folder / source for source in sources), *flags], check=True)


def generate(table: str, arguments: list[str]) -> None:
  """Makes the tables that are not there yet, or that were made with other arguments."""
  stamp = workloads.DATA / f"{table}.made-with"
  made_with = json.dumps([arguments, (HERE / "generate_data.py").read_text()])
  if stamp.is_file() and stamp.read_text() == made_with:
    return
  subprocess.run(
    [workloads.PYTHON, HERE / "generate_data.py", "--baseline", workloads.side(table, "baseline"),
     "--current", workloads.side(table, "current"), *arguments], check=True)
  stamp.write_text(made_with)


def warm(table: str) -> None:
  """Files come from the page cache in every run."""
  for which in ("baseline", "current"):
    with open(workloads.side(table, which), "rb") as file:
      while file.read(1 << 24):
        pass


def limits(laboratory: Laboratory, rounds: int, table: str) -> dict:
  outcome = laboratory.run(
    [str(TOOLS / "limits"), str(rounds), workloads.side(table, "baseline")], 120, {})
  return {"problem": outcome.run.problem} if outcome.run.problem else json.loads(outcome.output)


def scaling(laboratory: Laboratory, rounds: int) -> dict:
  """One million rows of baseline against 1, 3 and 10 million current rows."""
  runs: dict[str, list] = {str(millions): [] for millions in MILLIONS}
  files = {millions: workloads.DATA / f"rows-{millions}.csv" for millions in MILLIONS}
  try:
    for millions, path in files.items():
      subprocess.run([workloads.PYTHON, HERE / "generate_data.py", "--current", path,
                      *workloads.BIG, "--current-rows", str(millions * 1_000_000)], check=True)
    os.sync()  # gigabytes that are still being written would slow the runs
    for turn in range(rounds + 1):
      for millions, path in files.items():
        command = workloads.ours("big", "--no-mmd")
        command[command.index("--current") + 1] = str(path)
        run = laboratory.run(command, 120, {}).run
        if turn > 0:  # the first one warms the page cache
          runs[str(millions)].append(asdict(run))
  finally:
    for path in files.values():
      path.unlink(missing_ok=True)
  return runs


def make_parts(table: str) -> None:
  """Profiles of four parts of a table, the later ones by the bins of the first one or their own."""
  with open(workloads.side(table, "baseline"), "rb") as file:
    header, lines = file.readline(), file.readlines()
  for part in range(4):
    path = workloads.DATA / f"{table}-part.csv"
    path.write_bytes(header + b"".join(lines[len(lines) * part // 4:len(lines) * (part + 1) // 4]))
    # The name of the file tells the parts apart.
    named = path.rename(workloads.DATA / f"{table}-part-{part}.csv")
    try:
      subprocess.run([workloads.BINARY, "profile", named, "--output",
                      workloads.profile_of(table, f"part-{part}"), "--quiet"], check=True)
    finally:
      named.unlink()


def profile_memory(laboratory: Laboratory) -> dict:
  """Peak memory of profiles of tables that differ a hundredfold, under a memory limit."""
  runs: dict[str, list] = {str(rows): [] for rows in PROFILED}
  for rows in PROFILED:
    path = workloads.DATA / "profiled-baseline.csv"
    try:
      subprocess.run([workloads.PYTHON, HERE / "generate_data.py", "--current", path,
                      *workloads.BIG, "--current-rows", str(rows)], check=True)
      command = workloads.profile("profiled", "baseline", "--memory-limit", PROFILE_MEMORY)
      for _ in range(2):
        runs[str(rows)].append(asdict(laboratory.run(command, 120, {}).run))
    finally:
      path.unlink(missing_ok=True)
  return runs


def start(rounds: int) -> dict:
  """Seconds of `--version` and of an empty C program, in turn and with nothing between them, as
  one would measure a command that is run again and again."""
  commands = {workloads.VERSION: [str(workloads.BINARY), "--version"],
              workloads.EMPTY: [str(TOOLS / "empty")]}
  seconds: dict[str, list[float]] = {name: [] for name in commands}
  for _ in range(rounds + 10):
    for name, command in commands.items():
      begun = time.perf_counter()
      subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
      seconds[name].append(time.perf_counter() - begun)
  # The first few warm up.
  return {name: statistics.median(values[10:]) for name, values in seconds.items()}


def size() -> dict:
  """The program as it ships, stripped, what of it is OpenBLAS, and the libraries that it loads."""
  bytes_of = {}
  for program in (workloads.BINARY, TOOLS / "blas"):
    stripped = TOOLS / f"{program.name}-stripped"
    subprocess.run(["strip", "-o", stripped, program], check=True)
    bytes_of[program.name] = stripped.stat().st_size
  loaded = libraries(workloads.BINARY)
  if any(name.startswith("libswift") for name in loaded):
    return {"problem": "the Swift runtime is not inside; build with: make build"}
  return {"bytes": bytes_of[workloads.BINARY.name], "blas_bytes": bytes_of["blas"],
          "libraries": loaded}


def libraries(program: Path) -> list[str]:
  lines = subprocess.run(["ldd", program], capture_output=True, text=True).stdout.splitlines()
  return [Path(line.split()[0]).name for line in lines if line.split()]
