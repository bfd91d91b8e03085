"""Medians and paired ratios out of the record of a run."""

from __future__ import annotations

import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
  median: float
  least: float
  most: float
  pairs: int

  def __str__(self) -> str:
    spread = f" ({number(self.least)} to {number(self.most)})" if self.pairs > 1 else " (1 pair)"
    return number(self.median) + spread


def number(value: float) -> str:
  """Three significant digits, never an exponent."""
  digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else (
    3 if abs(value) >= 0.1 else 4)
  return f"{value:.{digits}f}"


def runs(record: dict, workload: str, contender: str) -> list[dict]:
  """The runs of a contender, by round; empty when there are none."""
  return record["workloads"].get(workload, {}).get("runs", {}).get(contender, [])


def median(record: dict, workload: str, contender: str, field: str = "wall") -> float | None:
  values = [run[field] for run in runs(record, workload, contender) if not run["problem"]]
  return statistics.median(values) if values else None


def peak(record: dict, workload: str, contender: str) -> float | None:
  values = [run["peak_mb"] for run in runs(record, workload, contender) if not run["problem"]]
  return max(values) if values else None


def ratio(record: dict, workload: str, one: str, other: str, at: str = "") -> Ratio | None:
  """One contender's time over another's in the same round, perhaps of another workload."""
  pairs = zip(runs(record, workload, one), runs(record, at or workload, other))
  ratios = [a["wall"] / b["wall"] for a, b in pairs if not a["problem"] and not b["problem"]]
  if not ratios:
    return None
  return Ratio(statistics.median(ratios), min(ratios), max(ratios), len(ratios))


def over_inside(record: dict, workload: str, one: str, other: str) -> Ratio | None:
  """One contender's time over what another one says that its work took, in the same round."""
  inside = record["workloads"].get(workload, {}).get("inside", {}).get(other, [])
  ratios = [run["wall"] / seconds for run, seconds in zip(runs(record, workload, one), inside)
            if not run["problem"]]
  if not ratios:
    return None
  return Ratio(statistics.median(ratios), min(ratios), max(ratios), len(ratios))


def rate(record: dict, workload: str, reader: str, contender: str) -> Ratio | None:
  """The time that a contender took to read a table, as it says, over that of another one's run."""
  inside = record["workloads"].get(workload, {}).get("inside", {}).get(reader, [])
  ratios = [seconds / run["wall"] for seconds, run in zip(inside, runs(record, workload, contender))
            if not run["problem"]]
  if not ratios:
    return None
  return Ratio(statistics.median(ratios), min(ratios), max(ratios), len(ratios))


def limit(record: dict, name: str) -> list[float] | None:
  """The figures of a limit for 1 and 2 threads, the best of the measurements of this run."""
  found = [measured[name] for measured in record["limits"] if name in measured]
  if not found:
    return None
  best = min if name.endswith("_seconds") else max
  return [best(values) for values in zip(*(v if isinstance(v, list) else [v] for v in found))]


def fastest(record: dict, workload: str, contenders: tuple[str, ...]) -> str | None:
  """The contender with the smallest median."""
  times = {name: median(record, workload, name) for name in contenders}
  done = {name: seconds for name, seconds in times.items() if seconds is not None}
  return min(done, key=done.__getitem__) if done else None
