#!/usr/bin/env python3
"""Races drift-check against its peers, whole processes in turn, and writes RESULTS.md.

    make bench              everything, about 25 minutes
    make bench BENCH=quick  the small workloads with few repetitions, about 2 minutes

Each round runs every contender of a workload once, so that a machine that changes its speed does
so for all; ratios are those of runs of one round. What fails or takes too long is reported as such.
Results are written after each workload.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path

import checks
import machine
import results
import steps
import workloads
from measure import Laboratory
from workloads import Contender, Workload

VERIFIED = (100, 500)  # permutations whose draws NumPy can repeat in a few seconds
HERE = Path(__file__).resolve().parent


def arguments() -> argparse.Namespace:
  parser = argparse.ArgumentParser(
    description=__doc__.split("\n\n")[0], formatter_class=argparse.RawDescriptionHelpFormatter)
  parser.add_argument("mode", nargs="?", choices=("full", "quick"), default="full")
  parser.add_argument("--only", metavar="NAMES", default="",
                      help="only these workloads and steps, between commas, such as mmd-a,limits")
  parser.add_argument("--rounds", type=int, help="rounds of each workload, at most")
  parser.add_argument("--output", type=Path, help="the Markdown to write (default: "
                      "Benchmarks/RESULTS.md; for a part .build/bench-part.md)")
  parser.add_argument("--render", action="store_true", help="write it again from the last runs")
  options = parser.parse_args()
  if not workloads.BINARY.is_file():
    parser.error(f"no {workloads.BINARY}; build it with: make build")
  if not workloads.PYTHON.is_file():
    parser.error(f"no {workloads.PYTHON}; make it with: make bench")
  options.is_part = options.mode == "quick" or options.only != ""
  options.output = options.output.resolve() if options.output else (
    workloads.BUILD / "bench-part.md" if options.is_part else HERE / "RESULTS.md")
  options.record = options.output.with_suffix(".json") if options.is_part else (
    workloads.BUILD / "bench-runs.json")
  return options


def obstacle(contender: Contender) -> str:
  """Why a contender cannot run here, if so."""
  if not Path(contender.command[0]).is_file():
    return "not installed"
  if contender.needs and contender.needs.encode() not in workloads.BINARY.read_bytes():
    return f"this build does not know {contender.needs}"
  if machine.free_gb() < contender.memory_gb:
    return f"needs {contender.memory_gb:g} GB of free memory"
  return ""


def race(laboratory: Laboratory, workload: Workload, rounds: int) -> dict:
  """Every contender once a round; one that fails twice is out."""
  steps.generate(workload.table, workload.arguments)
  if workload.name == "profile":
    steps.make_parts(workload.table)
  steps.warm(workload.table)
  runs: dict[str, list] = {c.name: [] for c in workload.contenders}
  outputs: dict[str, str] = {}
  inside: dict[str, list[float]] = {}
  obstacles = {c.name: text for c in workload.contenders if (text := obstacle(c))}
  report = ""
  for turn in range(rounds):
    for contender in workload.contenders:
      name = contender.name
      failed = sum(run["problem"] != "" for run in runs[name])
      if name in obstacles or turn >= contender.rounds or failed == 2:
        continue
      if turn == 0 and min(rounds, contender.rounds) > 2:  # the first run is not counted
        laboratory.run(contender.command, contender.limit, contender.environment)
      outcome = laboratory.run(contender.command, contender.limit, contender.environment)
      runs[name].append(asdict(outcome.run))
      progress(workload, turn, name, outcome.run)
      if outcome.run.problem:
        continue
      outputs[name] = outcome.output
      if name == workloads.OURS:
        report = workloads.REPORT.read_text()
      if workload.name in ("parse", "profile") or name == workloads.KERNEL_PASS:
        seconds = checks.inside_seconds(outcome.output, outcome.errors)
        inside.setdefault(name, []).extend([] if seconds is None else [seconds])
  agreement = {name: checks.agreement(report, output) for name, output in outputs.items()}
  if workload.permutations in VERIFIED and report and workloads.WHOLE in agreement:
    agreement[workloads.WHOLE] += "; " + with_same_permutations(laboratory, workload, report)
  return {"title": workload.title, "runs": runs, "obstacles": obstacles, "inside": inside,
          "agreement": agreement}


def with_same_permutations(laboratory: Laboratory, workload: Workload, report: str) -> str:
  command = workloads.peer("mmd_numpy", workload.table, str(workload.permutations),
                           "--same-permutations")
  same = laboratory.run(command, 120, {})
  return same.run.problem or checks.same_permutations(report, same.output)


def progress(workload: Workload, turn: int, name: str, run) -> None:
  print(f"{workload.name} {turn + 1}: {name}: {run.problem or f'{run.wall:.3f} s'}",
        file=sys.stderr, flush=True)


class Session:
  """The record of one run of this program, kept on disk from step to step."""

  def __init__(self, options: argparse.Namespace) -> None:
    self.options = options
    self.only = set(filter(None, options.only.split(",")))
    self.record = {"is_part": options.is_part, "date": time.strftime("%Y-%m-%d"),
                   "machine": machine.describe(), "versions": machine.versions(),
                   "workloads": {}, "limits": [], "complete": False}

  def wants(self, name: str, in_quick: bool = True) -> bool:
    return name in self.only if self.only else in_quick or self.options.mode == "full"

  def save(self) -> None:
    write(self.options.record, json.dumps(self.record, indent=1))
    write(self.options.output, results.render(self.record))


def write(path: Path, text: str) -> None:
  part = path.with_name(path.name + ".part")
  part.write_text(text)
  part.replace(path)


def run(options: argparse.Namespace) -> None:
  session = Session(options)
  record, is_quick = session.record, options.mode == "quick"
  workloads.DATA.mkdir(parents=True, exist_ok=True)
  steps.compile_tools()
  laboratory = Laboratory(steps.TOOLS / "launch", workloads.DATA)
  if session.wants("size"):
    record["size"] = steps.size()
  if session.wants("start"):
    record["start"] = steps.start(20 if is_quick else 200)
  table = "small" if is_quick else "big"
  plan = [w for w in workloads.workloads(is_quick) if session.wants(w.name)]
  for workload in plan:
    if session.wants("limits") and workload.name in ("small", "mmd-c"):
      data = next(w for w in workloads.workloads(is_quick) if w.table == table)
      steps.generate(table, data.arguments)
      record["limits"].append(steps.limits(laboratory, 3, table))
    most = 3 if is_quick else 99
    rounds = min(workload.rounds, options.rounds or most, most)
    record["workloads"][workload.name] = race(laboratory, workload, rounds)
    session.save()
  if session.wants("scaling", in_quick=False):
    steps.generate("big", workloads.BIG)
    record["scaling"] = steps.scaling(laboratory, min(9, options.rounds or 9))
  if session.wants("profile-memory", in_quick=False):
    record["profile_memory"] = steps.profile_memory(laboratory)
    session.save()
  if session.wants("limits"):
    data = next(w for w in workloads.workloads(is_quick) if w.table == table)
    steps.generate(table, data.arguments)
    record["limits"].append(steps.limits(laboratory, 3, table))
  record["complete"] = True
  session.save()


def main() -> None:
  options = arguments()
  if options.render:
    write(options.output, results.render(json.loads(options.record.read_text())))
  else:
    os.chdir(workloads.BUILD)  # nothing that a peer leaves behind lands in the sources
    run(options)
  print(f"results: {options.output}", file=sys.stderr)


if __name__ == "__main__":
  main()
