"""What drift-check is meant to reach, and whether it did in this run."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

import figures
import workloads as w
from figures import number

NOT_RUN = "not run"
C_ROWS, C_PERMUTATIONS, FEW = 40_000, 1_000, 2


@dataclass(frozen=True)
class Target:
  what: str
  aim: str
  measured: str
  is_met: bool | None  # None: not measured


def judge(what: str, bound: float, value: figures.Ratio | float | None, unit: str = "",
          least: bool = False, why: str = NOT_RUN) -> Target:
  aim = f"{'at least' if least else 'at most'} {bound:g}{unit}"
  if value is None:
    return Target(what, aim, why, None)
  middle = value.median if isinstance(value, figures.Ratio) else value
  text = str(value) if isinstance(value, figures.Ratio) else number(value)
  return Target(what, aim, text + unit, middle >= bound if least else middle <= bound)


def all_targets(record: dict) -> list[Target]:
  return [*tests(record), *tables(record), *profiles(record), *scaling(record),
          *program(record)]


def tests(record: dict) -> list[Target]:
  def ratio(workload: str, one: str, other: str) -> figures.Ratio | None:
    return figures.ratio(record, workload, one, other)

  product = record["workloads"].get("mmd-c", {}).get("obstacles", {}).get(w.ROWS_PRODUCT, NOT_RUN)
  return [
    judge("MMD A over the NumPy script", 0.12, ratio("mmd-a", w.OURS, w.WHOLE)),
    judge("MMD A over alibi-detect", 0.005, ratio("mmd-a", w.OURS, w.ALIBI)),
    judge("MMD B over the NumPy script", 0.13, ratio("mmd-b", w.OURS, w.WHOLE)),
    judge("MMD C, single rows, over the own sgemm path", 0.5,
          ratio("mmd-c", w.ROWS, w.ROWS_PRODUCT), why=product),
    judge("MMD C, single rows, over the NumPy script", 0.12, ratio("mmd-c", w.ROWS, w.WHOLE)),
    judge("MMD C, single rows, peak memory", 80, figures.peak(record, "mmd-c", w.ROWS), " MB"),
    judge("MMD C, default (blocks), over the NumPy script", 0.025,
          ratio("mmd-c", w.OURS, w.WHOLE)),
    judge("MMD C, default (blocks), over one bare kernel pass of the round", 1.5,
          figures.over_inside(record, "mmd-c", w.OURS, w.KERNEL_PASS)),
    judge("MMD C, permutation loop, dense-equivalent flops over the multiply-add peak", 1.3,
          over_peak(record), least=True),
  ]


def over_peak(record: dict) -> float | None:
  """A dense product needs 2 N^2 flops for each permutation."""
  many, few = (figures.median(record, "mmd-c", name) for name in (w.ROWS, w.ROWS_FEW))
  peak = figures.limit(record, "fma_gflops")
  if many is None or few is None or peak is None or many <= few:
    return None
  flops = 2 * C_ROWS**2 * (C_PERMUTATIONS - FEW)
  return flops / (many - few) / 1e9 / peak[1]


def tables(record: dict) -> list[Target]:
  targets = []
  for workload, ours, bound, what in (
      ("big", w.OURS, 0.25, "big, CSV to report"),
      ("wide", w.OURS, 0.25, "wide, CSV to report"),
      ("small", w.OURS, 0.04, "small, CSV to report"),
      ("small", w.WITH_MMD, 0.6, "small, everything on with 999 permutations")):
    best = figures.fastest(record, workload, w.EXPERTS)
    ratio = figures.ratio(record, workload, ours, best) if best else None
    rival = f", over {best} (the best script, without MMD)" if best else ""
    targets.append(judge(what + rival, bound, ratio))
  parse = record["workloads"].get("parse")
  inside = parse["inside"] if parse else {}
  reading, polars = (inside.get(name) for name in (w.OURS, w.POLARS_READ))
  why = "this build's log has no seconds_reading_baseline" if parse else NOT_RUN
  whole = figures.median(record, "big", w.OURS)
  # Both tables, each at the rate at which the baseline is read and stored.
  bound = whole / (2 * statistics.median(reading)) if whole and reading else None
  targets.append(judge("big, over parsing and storing both tables", 1.8, bound, why=why))
  targets.append(judge("big, peak memory", 300, figures.peak(record, "big", w.OURS), " MB"))
  ratios = [b / a for a, b in zip(reading or [], polars or [])]
  ratio = figures.Ratio(statistics.median(ratios), min(ratios), max(ratios), len(ratios)) if (
    ratios) else None
  targets.append(judge("parse and store, rate over Polars", 2.5, ratio, least=True, why=why))
  return targets


def profiles(record: dict) -> list[Target]:
  return [
    *(judge(f"{name}, rate over reading the table for a check", 1,
            figures.rate(record, "profile", w.OURS, name), least=True)
      for name in (w.PROFILE, w.PROFILE_EDGES, w.MERGE)),
    judge("profile, peak memory at 10,000,000 rows over 100,000 with --memory-limit 64M, more by",
          10, profile_growth(record), " %"),
  ]


def profile_growth(record: dict) -> float | None:
  """By how much the largest table takes more than the smallest, which is kept exactly."""
  peaks = by_rows(record, "peak_mb", "profile_memory")
  return None if peaks is None else max(0.0, 100 * (peaks[-1] / peaks[0] - 1))


def scaling(record: dict) -> list[Target]:
  return [
    judge("seconds at 3 million rows, off the line through those at 1 and 10 million of the round by",
          10, bend(record), " %"),
    judge("peak memory at 10 million current rows over 1 million, off by", 10, growth(record),
          " %"),
    judge("two threads over one, big", 1.7,
          figures.ratio(record, "big", w.ONE_THREAD, w.OURS), least=True),
    judge("two threads over one, MMD C, single rows", 1.7,
          figures.ratio(record, "mmd-c", w.ROWS_ONE_THREAD, w.ROWS), least=True),
  ]


def by_rows(record: dict, field: str, step: str = "scaling", of=statistics.median
            ) -> list[float] | None:
  values_by_rows = []
  for runs in record.get(step, {}).values():
    values = [run[field] for run in runs if not run["problem"]]
    if not values:
      return None
    values_by_rows.append(of(values))
  return values_by_rows or None


def bend(record: dict) -> float | None:
  """By rounds, whose runs follow each other, and their median: how fast the machine is changes from
  minute to minute by more than what is looked for."""
  rounds = [[run["wall"] for run in runs] for runs in zip(*record.get("scaling", {}).values())
            if not any(run["problem"] for run in runs)]
  if not rounds:
    return None
  return 100 * abs(statistics.median(
    three / (one + (ten - one) * 2 / 9) - 1 for one, three, ten in rounds))


def growth(record: dict) -> float | None:
  peaks = by_rows(record, "peak_mb")
  return None if peaks is None else 100 * abs(peaks[-1] / peaks[0] - 1)


def program(record: dict) -> list[Target]:
  start, stripped = record.get("start", {}), record.get("size", {})
  empty, ours = start.get(w.EMPTY), start.get(w.VERSION)
  late = 1e3 * (ours - empty) if empty is not None and ours is not None else None
  size = (stripped["bytes"] - stripped["blas_bytes"]) / 1e6 if "blas_bytes" in stripped else None
  return [judge(f"{w.VERSION}, over an {w.EMPTY}", 3, late, " ms"),
          judge("size, stripped, Swift runtime inside, without OpenBLAS", 12, size, " MB",
                why=stripped.get("problem", NOT_RUN))]
