"""What the table peers share: PSI and Welch's t from NumPy arrays, and the form of the answer.

Bins are those of drift-check, so that the numbers are the same: ten quantile bins of the baseline;
a value that fills whole bins has one of its own; in a column of at most ten values each frequent
value has; one bin for missing cells. If a bin is empty on one side, all bins get half a count.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 10
LEAST = 10  # rows that a level or a value of a column of few values needs for a bin of its own
LEVELS = 100  # most levels with a bin of their own
THREADS = 2
SHARES = np.linspace(0, 1, BINS + 1)


@dataclass
class Bins:
  edges: NDArray  # interior, ascending; intervals are [left, right)
  atoms: NDArray  # values with a bin of their own, ascending

  def counts(self, below: NDArray, equal: NDArray, rows: int) -> NDArray:
    """From the rows below each edge and those equal to each atom to the rows in each bin."""
    inside = np.diff(np.concatenate(([0], below, [rows])))
    np.subtract.at(inside, np.searchsorted(self.edges, self.atoms, side="right"), equal)
    return np.concatenate((inside, equal))


def bins_of_quantiles(quantiles: NDArray) -> Bins:
  distinct = np.unique(quantiles)
  repeated = quantiles[1:][quantiles[1:] == quantiles[:-1]]
  return Bins(distinct[1:-1], np.unique(repeated))


def bins_of_values(values: NDArray, counts: NDArray) -> Bins:
  return Bins(np.empty(0), values[counts >= LEAST])


def fit(x: NDArray) -> Bins:
  if len(np.unique(x[:1000])) <= BINS:  # most columns need no look at all of their values
    values, counts = np.unique(x, return_counts=True)
    if len(values) <= BINS:
      return bins_of_values(values, counts)
  return bins_of_quantiles(np.quantile(x, SHARES))


def count(x: NDArray, bins: Bins) -> NDArray:
  # Faster than a binary search a value: ten comparisons are ten passes at the speed of memory.
  below = [np.count_nonzero(x < edge) for edge in bins.edges]
  equal = [np.count_nonzero(x == atom) for atom in bins.atoms]
  return bins.counts(np.array(below, int), np.array(equal, int), len(x))


def psi(baseline: NDArray, current: NDArray) -> float:
  used = (baseline > 0) | (current > 0)
  p, q = baseline[used].astype(float), current[used].astype(float)
  if (p == 0).any() or (q == 0).any():
    p, q = p + 0.5, q + 0.5
  p, q = p / p.sum(), q / q.sum()
  return float(np.sum((q - p) * np.log(q / p)))


def welch(n: int, mean_x: float, var_x: float, m: int, mean_y: float, var_y: float):
  """t and its two-sided p; variances have the divisor n - 1."""
  from scipy.special import stdtr  # no more of SciPy: scipy.stats takes a second to load

  a, b = var_x / n, var_y / m
  t = (mean_y - mean_x) / np.sqrt(a + b)
  freedom = (a + b) ** 2 / (a**2 / (n - 1) + b**2 / (m - 1))
  return float(t), float(2 * stdtr(freedom, -abs(t)))


def numeric(x: NDArray, y: NDArray) -> dict[str, float]:
  """PSI, t and p of a column; NaN is a missing cell."""
  rows = len(x), len(y)
  x, y = x[~np.isnan(x)], y[~np.isnan(y)]
  bins = fit(x)
  missing = rows[0] - len(x), rows[1] - len(y)
  t, p = welch(len(x), x.mean(), x.var(ddof=1), len(y), y.mean(), y.var(ddof=1))
  return {"psi": psi(np.append(count(x, bins), missing[0]), np.append(count(y, bins), missing[1])),
          "t": t, "p": p}


def levels(x: dict, y: dict) -> dict[str, float]:
  """PSI of a column of text from its counts; None is a missing cell."""
  x, y = dict(x), dict(y)
  missing = x.pop(None, 0), y.pop(None, 0)
  frequent = sorted((-n, level) for level, n in x.items() if n >= LEAST)[:LEVELS]
  p, q = ([side.get(level, 0) for _, level in frequent] for side in (x, y))
  p += [sum(x.values()) - sum(p), missing[0]]
  q += [sum(y.values()) - sum(q), missing[1]]
  return {"psi": psi(np.array(p), np.array(q))}


def on_threads(work, names: list[str]) -> dict[str, dict[str, float]]:
  """`work` of every column; NumPy lets go of the interpreter in its loops."""
  with ThreadPoolExecutor(THREADS) as pool:
    return dict(zip(names, pool.map(work, names)))


def paths() -> tuple[str, str]:
  return sys.argv[1], sys.argv[2]


def answer(columns: dict[str, dict[str, float]]) -> None:
  json.dump(columns, sys.stdout)
