"""RESULTS.md out of the record of a run."""

from __future__ import annotations

import figures
import targets
import workloads as w
from figures import number

LIMITS = (
  ("fma_gflops", "float multiply-adds in registers", "Gflop/s"),
  ("memory_read_gbs", "memory, read", "GB/s"),
  ("memory_copy_gbs", "memory, copied", "GB/s"),
  ("file_read_gbs", "file in the page cache, read()", "GB/s"),
  ("scan_gbs", "commas and line breaks counted in memory", "GB/s"),
  ("kernel_pass_seconds", "one bare kernel pass, 40,000 x 30", "s"),
)


def table(head: list[str], rows: list[list[str]]) -> list[str]:
  return ["| " + " | ".join(cells) + " |" for cells in [head, ["---"] * len(head), *rows]] + [""]


def render(record: dict) -> str:
  lines = ["# Speed and memory against other tools", "",
           "Whole processes, CSV to report, measured in one run by `make bench`.", ""]
  if not record["complete"]:
    lines += ["**This run is not complete.**", ""]
  if record["is_part"]:
    lines += ["A part of the workloads, perhaps with few repetitions.", ""]
  lines += target_lines(record)
  for name, workload in record["workloads"].items():
    lines += parse_lines(workload) if name == "parse" else workload_lines(record, name, workload)
  lines += scaling_lines(record) + profile_lines(record) + limit_lines(record) + program_lines(record)
  lines += machine_lines(record) + METHOD
  return "\n".join(lines).rstrip() + "\n"


def target_lines(record: dict) -> list[str]:
  verdicts = {True: "met", False: "**missed**", None: "not measured"}
  rows = [[t.what, t.aim, t.measured, verdicts[t.is_met]] for t in targets.all_targets(record)
          if t.measured != targets.NOT_RUN or not record["is_part"]]
  return ["## Targets", "",
          "Ratios are drift-check's time over the other's, unless said otherwise.", "",
          *table(["what", "aim", "measured", ""], rows)]


def workload_lines(record: dict, name: str, workload: dict) -> list[str]:
  rows = []
  for contender, runs in workload["runs"].items():
    problems = [run["problem"] for run in runs if run["problem"]]
    done = [run for run in runs if not run["problem"]]
    cells = [contender]
    if done:
      walls = [run["wall"] for run in done]
      ratio = figures.ratio(record, name, w.OURS, contender)
      cells += [number(figures.median(record, name, contender)),
                f"{number(min(walls))} to {number(max(walls))}", str(len(done)),
                number(figures.median(record, name, contender, "cpu")),
                number(figures.peak(record, name, contender)),
                "" if contender == w.OURS else str(ratio or "")]
    else:
      cells += ["", "", "0", "", "", ""]
    notes = [workload["agreement"].get(contender, "") if contender != w.OURS else "",
             workload["obstacles"].get(contender, ""), *sorted(set(problems))]
    rows.append(cells + ["; ".join(filter(None, notes))])
  head = ["", "wall s", "least to most", "runs", "CPU s", "peak MB", "drift-check over it", "note"]
  return [f"## {workload['title'][0].upper()}{workload['title'][1:]}", "", *table(head, rows)]


def parse_lines(workload: dict) -> list[str]:
  rows = []
  for contender in workload["runs"]:
    seconds = workload["inside"].get(contender)
    rows.append([contender, f"{number(min(seconds))} to {number(max(seconds))}" if seconds else
                 "not told by the process"])
  return [f"## {workload['title'][0].upper()}{workload['title'][1:]}", "",
          *table(["", "least to most, s"], rows)]


def scaling_lines(record: dict) -> list[str]:
  seconds, peaks = (targets.by_rows(record, field) for field in ("wall", "peak_mb"))
  least = targets.by_rows(record, "wall", of=min)
  most = targets.by_rows(record, "wall", of=max)
  if seconds is None or peaks is None or least is None or most is None:
    return []
  rows = [[f"{millions},000,000", *map(number, figures)]
          for millions, *figures in zip(record["scaling"], seconds, least, most, peaks)]
  return ["## Scaling: 1,000,000 baseline rows, more and more current ones, 20 columns", "",
          *table(["current rows", "wall s", "least", "most", "peak MB"], rows)]


def profile_lines(record: dict) -> list[str]:
  seconds, peaks = (targets.by_rows(record, field, "profile_memory") for field in (
    "wall", "peak_mb"))
  if seconds is None or peaks is None:
    return []
  rows = [[f"{int(name):,}", number(time), number(peak)]
          for name, time, peak in zip(record["profile_memory"], seconds, peaks)]
  return ["## Profiles of larger and larger tables, 20 columns, `--memory-limit 64M`", "",
          *table(["rows", "wall s", "peak MB"], rows)]


def limit_lines(record: dict) -> list[str]:
  rows = []
  for name, what, unit in LIMITS:
    if found := figures.limit(record, name):
      rows.append([what, unit, *map(number, found), *[""] * (2 - len(found))])
  problems = [measured["problem"] for measured in record["limits"] if "problem" in measured]
  if not rows and not problems:
    return []
  return ["## Limits of this machine in the same run", "",
          *table(["", "", "1 thread", "2 threads"], rows),
          *(f"Not measured: {problem}\n" for problem in problems)]


def program_lines(record: dict) -> list[str]:
  rows = [[name, f"{1e3 * seconds:.2f} ms"] for name, seconds in record.get("start", {}).items()]
  size = record.get("size", {})
  if "bytes" in size:
    rows.append(["size, stripped", f"{size['bytes'] / 1e6:.1f} MB"])
    rows.append(["of that OpenBLAS, for all kinds of processors", f"{size['blas_bytes'] / 1e6:.1f} MB"])
    rows.append(["libraries that it loads", ", ".join(size["libraries"])])
  return ["## The program", "", *table(["", ""], rows)] if rows else []


def machine_lines(record: dict) -> list[str]:
  runs = [run for workload in record["workloads"].values()
          for runs in workload["runs"].values() for run in runs if not run["problem"]]
  wall = sum(run["wall"] for run in runs)
  share = 100 * sum(run["others"] for run in runs) / (2 * wall) if wall else 0
  facts = [f"- {name}: {text}" for name, text in record["machine"].items()]
  facts.append("- versions: " + ", ".join(f"{name} {text}" if not text.startswith(name) else text
                                          for name, text in record["versions"].items() if text))
  facts.append(f"- date: {record['date']}; other processes took {share:.0f} % of the two "
               "processors' time while these ran")
  return ["## Measured on", "", *facts, ""]


METHOD = """## How it was measured

    make bench              # everything, about 25 minutes, 10 GB of memory and 12 GB of disk
    make bench BENCH=quick  # small, A and B with few repetitions

The contenders of a workload run in turn, one round at a time (A B C A B C ...), on the same two
processors. Each has a first run that is not counted, unless it runs only once or twice. Slow
contenders run in fewer rounds. A contender that fails or takes too long is listed with the reason.

Times are those of whole processes, from start to exit, with the files in the page cache. `wall s`
and `CPU s` are medians. `peak MB` is the largest resident size that the operating system saw. A
ratio is the median of the ratios within a round, with the smallest and the largest.

The tables are made by `generate_data.py` with a fixed seed: normal, log-normal, uniform, count and
zero-inflated columns, 3 to 9 significant digits, 1 % of the cells empty (none in the MMD tables).
The scripts in `peers/` compute the same bins, PSI and Welch's t as drift-check, and the NumPy
scripts the same MMD; the notes say by how much the numbers differ. Evidently computes PSI alone,
with its own bins; ummd and alibi-detect choose their own bandwidth. For these three only the time
is compared. "NumPy, whole matrix" is the usual script: one product of the kernel matrix with all
permutations. "Panels" is the fastest script that was found: it does half the work, with a few rows
of the matrix at a time.

The limits of the machine come from C programs in `limits/` that do one thing only; the best of all
repetitions counts. Dense-equivalent flops are those of a matrix product, 2 N^2 for each permutation,
divided by the time of 1,000 permutations minus that of 2.
""".splitlines()
