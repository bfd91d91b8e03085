"""Runs whole processes, one at a time, and keeps what the operating system counted for each."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

THREADS = 2
# Every library that would take all processors is told how many there are.
ENVIRONMENT = {name: str(THREADS) for name in (
  "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS",
  "POLARS_MAX_THREADS", "ARROW_NUM_THREADS", "DRIFT_CHECK_THREADS")}


@dataclass(frozen=True)
class Run:
  """One process. Times in seconds; `problem` says why the figures do not count."""
  wall: float
  cpu: float
  peak_mb: float
  others: float  # processor seconds that other processes took meanwhile
  problem: str = ""


@dataclass(frozen=True)
class Outcome:
  run: Run
  output: str
  errors: str


def pin() -> list[int]:
  """Keeps this process and all it starts on two processors."""
  processors = sorted(os.sched_getaffinity(0))[:THREADS]
  os.sched_setaffinity(0, processors)
  return processors


def busy_seconds(processors: list[int]) -> float:
  """Processor seconds used since the start of the system, by anyone, on these processors."""
  total = 0
  for line in Path("/proc/stat").read_text().splitlines():
    name, *ticks = line.split()
    if name.startswith("cpu") and name[3:].isdigit() and int(name[3:]) in processors:
      user, nice, system, _, _, irq, softirq, steal, *_ = map(int, ticks)
      total += user + nice + system + irq + softirq + steal
  return total / os.sysconf("SC_CLK_TCK")


class Laboratory:
  def __init__(self, launcher: Path, folder: Path) -> None:
    self.launcher = launcher
    self.output, self.errors = folder / "output", folder / "errors"
    self.processors = pin()

  def run(self, command: list[str], limit: float, environment: dict[str, str]) -> Outcome:
    """Starts a command and waits for it, `limit` seconds at most."""
    before = busy_seconds(self.processors)
    launched = subprocess.run(
      [self.launcher, str(limit), self.output, self.errors, *command],
      env=os.environ | ENVIRONMENT | environment, capture_output=True, text=True)
    others = busy_seconds(self.processors) - before
    output = self.output.read_text(errors="replace")
    errors = self.errors.read_text(errors="replace")
    if launched.returncode != 0:
      return Outcome(Run(0, 0, 0, 0, launched.stderr.strip() or "not started"), output, errors)
    usage = json.loads(launched.stdout)
    problem = ""
    if usage["timed_out"]:
      problem = f"ended after {limit:g} s"
    elif usage["exit"] != 0:
      last = (errors.strip().splitlines() or ["no message"])[-1]
      problem = f"exit code {usage['exit']}: {last[:120]}"
    cpu = usage["user"] + usage["system"]
    run = Run(usage["wall"], cpu, usage["peak_mb"], max(0.0, others - cpu), problem)
    return Outcome(run, output, errors)
