#!/usr/bin/env python3
"""Measures the power of drift-check and of its peers, on the same seeded rows at the same level.

Prints Markdown: drift-check's best test and the best peer that keeps its level, then every test.
Power is the share of runs with drift whose p-value is at most 0.01, false alarms the same share
without drift; "vs ours" is the power minus that of drift-check's best single test, with the
standard error of the paired difference. p-values are those of one test, not adjusted over tests:
"any" is what drift-check sees as a whole (Bonferroni over its tests of one feature), and "verdict"
its status FAIL, which also asks for an effect of some size.
Needs NumPy and SciPy; Evidently is optional. Same arguments and package versions, same table.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one core for all, and the same rounding

import numpy as np
import scipy
from numpy.typing import NDArray
from scipy import stats
from scipy.spatial.distance import cdist

Sample = NDArray  # rows x columns; numbers, or labels as strings
Draw = Callable[[np.random.Generator, int, bool], Sample]  # generator, rows, drifted
Hits = dict[str, NDArray]  # name of the test -> one truth value a run
PValues = dict[str, float]  # name of the test -> p; a rule without p gives 0 (drift) or 1
EVIDENTLY = importlib.util.find_spec("evidently") is not None  # the optional peer
SIZES = ((300, 300), (1000, 100))
ALPHA = 0.01
PERMUTATIONS = 199  # p <= ALPHA then has the exact level 2 / 200
BINARY = Path(__file__).resolve().parent.parent / ".build/release/drift-check"
OURS = "**drift-check** "
TITLES = {"psi": "PSI", "mean_shift": "mean shift", "new_levels": "new levels"}
RULES = ("any, Bonferroni", "verdict FAIL")  # of drift-check, not counted as a single test


@dataclass(frozen=True)
class Scenario:
  name: str
  kind: str  # "continuous", "zeros", "discrete", "labels" or "table": decides which peers apply
  null: str  # scenarios with the same null share their runs without drift
  draw: Draw


# --- Scenarios ---
def normal(shift: float, columns: int = 1, units: NDArray | float = 1.0, scale: float = 1) -> Draw:
  return lambda rng, rows, drifted: units * rng.normal(
    shift * drifted, scale if drifted else 1, size=(rows, columns))


def student_t3(shift: float, columns: int = 1) -> Draw:
  return lambda rng, rows, drifted: rng.standard_t(3, size=(rows, columns)) + shift * drifted


def discrete(rng: np.random.Generator, rows: int, drifted: bool) -> Sample:
  shares = [0.30, 0.15, 0.30, 0.15, 0.07, 0.03] if drifted else [0.30, 0.25, 0.20, 0.15, 0.07, 0.03]
  return rng.choice(6, size=(rows, 1), p=shares).astype(float)


def zero_inflated(rng: np.random.Generator, rows: int, drifted: bool) -> Sample:
  return np.where(rng.random((rows, 1)) < 0.45 + 0.1 * drifted, 0.0, rng.lognormal(size=(rows, 1)))


def labels(weights: NDArray) -> Draw:
  return lambda rng, rows, drifted: np.where(
    rng.random((rows, 1)) < 0.05 * drifted, "new",
    np.char.mod("level%d", rng.choice(len(weights), size=(rows, 1), p=weights / weights.sum())))


def correlated(rho: float) -> Draw:
  mix = np.eye(10)
  mix[:2, 1] = rho, np.sqrt(1 - rho**2)
  return lambda rng, rows, drifted: rng.normal(size=(rows, 10)) @ (mix if drifted else np.eye(10))


SCENARIOS = (
  Scenario("normal, mean +0.2 SD", "continuous", "normal", normal(0.2)),
  Scenario("normal, mean +0.3 SD", "continuous", "normal", normal(0.3)),
  Scenario("normal, scale x1.3", "continuous", "normal", normal(0, scale=1.3)),
  Scenario("Student t(3), location +0.35", "continuous", "t3", student_t3(0.35)),
  Scenario("six values, 10 % moved from 1 to 2", "discrete", "discrete", discrete),
  Scenario("45 % zeros, 10 % moved to 0", "zeros", "zeros", zero_inflated),
  Scenario("6 levels, 5 % new level", "labels", "few", labels(np.array([40, 25, 15, 10, 6, 4]))),
  Scenario("5,000 levels (Zipf 1.2), 5 % new level", "labels", "zipf",
           labels(np.arange(1, 5001) ** -1.2)),
  Scenario("10 normals, correlation 0 to 0.4 in 2", "table", "table", correlated(0.4)),
  Scenario("10 normals, correlation 0 to 0.8 in 2", "table", "table", correlated(0.8)),
  Scenario("10 normals, mean +0.1 SD in all", "table", "table", normal(0.1, 10)),
  Scenario("10 normals in units 0.01 to 100, +0.1 SD in all", "table", "units",
           normal(0.1, 10, 10.0 ** np.linspace(-2, 2, 10))),
  Scenario("10 Student t(3), location +0.15 in all", "table", "t3 table", student_t3(0.15, 10)),
)


# --- drift-check ---
def write_csv(path: Path, sample: Sample) -> Path:
  header = ",".join(f"c{i}" for i in range(sample.shape[1]))
  np.savetxt(path, sample, fmt="%s", delimiter=",", header=header, comments="")  # exact numbers
  return path


def drift_check(binary: Path, folder: Path, x: Sample, y: Sample, kind: str, run: int) -> PValues:
  table, output = kind == "table", folder / "report.json"
  subprocess.run(
    [binary, "--baseline", write_csv(folder / "x.csv", x), "--current",
     write_csv(folder / "y.csv", y), "--output", output, "--quiet", "--no-progress", "--fail-on",
     "never", "--threads", "1", "--seed", str(run),
     *(["--permutations", str(PERMUTATIONS)] if table else ["--no-mmd"])],
    check=True, stdout=subprocess.DEVNULL)
  report = json.loads(output.read_text())
  field, suffix = ("p_value_adjusted", ", Holm over features") if table else ("p_value", "")
  p: PValues = {}
  for test, title in TITLES.items():
    if values := [feature[test][field] for feature in report["features"] if feature[test]]:
      p[title + suffix] = min(values)
  if table:
    p["MMD"] = report["mmd"]["p_value"]
  else:
    p[RULES[0]] = min(1.0, len(p) * min(p.values()))
  p[RULES[1]] = 0.0 if report["status"] == "FAIL" else 1.0
  return {OURS + name: value for name, value in p.items()}


# --- Peers ---
def column_peers(x: NDArray, y: NDArray, kind: str) -> PValues:
  p: PValues = {}
  if kind != "labels":
    p["Welch t (SciPy)"] = stats.ttest_ind(x, y, equal_var=False).pvalue
    p["Student t (SciPy)"] = stats.ttest_ind(x, y).pvalue
    p["Mann-Whitney U (SciPy)"] = stats.mannwhitneyu(x, y).pvalue
    p["Kolmogorov-Smirnov (SciPy, as in Evidently, alibi-detect)"] = stats.ks_2samp(x, y).pvalue
    p["Cramér-von Mises (SciPy)"] = stats.cramervonmises_2samp(x, y, method="asymptotic").pvalue
    p["Anderson-Darling (SciPy)"] = stats.anderson_ksamp([x, y]).pvalue
  if kind == "continuous":
    p["Epps-Singleton (SciPy)"] = stats.epps_singleton_2samp(x, y).pvalue
  if kind in ("labels", "discrete"):
    counts = stats.contingency.crosstab(np.repeat([0, 1], [len(x), len(y)]), np.append(x, y)).count
    p["chi-squared (SciPy chi2_contingency)"] = stats.chi2_contingency(counts).pvalue
  if kind == "labels":
    p["any level not in the baseline (rule)"] = 1.0 - bool(set(y) - set(x))
  return p


def evidently_peers(x: NDArray, y: NDArray, kind: str) -> PValues:
  import pandas as pd
  from evidently.legacy.calculations.stattests import chi_stat_test, psi_stat_test
  from evidently.legacy.core import ColumnType

  column = ColumnType.Categorical if kind == "labels" else ColumnType.Numerical
  a, b = pd.Series(x), pd.Series(y)
  p = {"PSI >= 0.1 (Evidently)": 1.0 - psi_stat_test(a, b, column, 0.1).drifted}
  if kind in ("labels", "discrete"):
    chi = chi_stat_test(a, b, ColumnType.Categorical, None)
    p["chi-squared, baseline taken as exact (Evidently)"] = chi.drift_score
  return p


def hotelling(x: Sample, y: Sample) -> float:
  n, m, d, gap = len(x), len(y), x.shape[1], x.mean(0) - y.mean(0)
  scatter = (n - 1) * np.cov(x.T) + (m - 1) * np.cov(y.T)
  f = n * m / (n + m) * gap @ np.linalg.solve(scatter, gap) * (n + m - d - 1) / d
  return float(stats.f.sf(f, d, n + m - d - 1))


def permutation_p(kernel: NDArray, members: NDArray, n: int) -> float:
  """p without +1 of the unbiased MMD; column 0 of `members` holds the true split."""
  np.fill_diagonal(kernel, 0)
  m = len(kernel) - n
  rows = kernel.sum(1, dtype=float)
  q = np.einsum("ij,ij->j", members, kernel @ members, dtype=float)
  s = rows @ members
  mmd2 = q / (n * (n - 1)) + (rows.sum() - 2 * s + q) / (m * (m - 1)) - 2 * (s - q) / (n * m)
  return float(np.mean(mmd2[1:] >= mmd2[0]))


def table_peers(x: Sample, y: Sample, rng: np.random.Generator) -> PValues:
  n, pooled = len(x), np.vstack([x, y])
  squared = cdist(pooled, pooled, "sqeuclidean").astype(np.float32)
  members = np.zeros((len(pooled), 1 + PERMUTATIONS), np.float32)
  members[:n, 0] = 1
  for column in range(1, 1 + PERMUTATIONS):
    members[rng.permutation(len(pooled))[:n], column] = 1
  # alibi-detect takes the middle of the n^2 squared distances after the n zeros of the diagonal.
  order = n + (n * n - n) // 2 - 1
  alibi = np.partition(squared[:n, :n].ravel(), order)[order] / 2
  ks = min(stats.ks_2samp(a, b, method="asymp").pvalue for a, b in zip(x.T, y.T))
  return {
    "MMD, alibi-detect formula": permutation_p(np.exp(squared / (-2 * alibi)), members, n),
    "MMD, frouros formula (sigma 1)": permutation_p(np.exp(squared / -2), members, n),
    "energy distance, hyppo formula": permutation_p(-np.sqrt(squared), members, n),
    "Hotelling T2 (formula)": hotelling(x, y),
    "Kolmogorov-Smirnov, Bonferroni (as in alibi-detect)": min(1.0, x.shape[1] * ks),
  }


def peers(x: Sample, y: Sample, kind: str, run: int) -> PValues:
  if kind == "table":
    return table_peers(x, y, np.random.default_rng(run))
  x, y = x[:, 0], y[:, 0]
  return column_peers(x, y, kind) | (evidently_peers(x, y, kind) if EVIDENTLY else {})


# --- Measuring and the tables ---
def measure(scenario: Scenario, size: int, drifted: bool, runs: int, folder: Path,
            options: argparse.Namespace) -> Hits:
  stream = (scenario.name if drifted else scenario.null).encode()
  hits: dict[str, list[bool]] = {}
  for run in range(runs):
    rng = np.random.default_rng([options.seed, size, int(drifted), run, *stream])
    x, y = (scenario.draw(rng, SIZES[size][side], drifted and side == 1) for side in (0, 1))
    p = drift_check(options.binary, folder, x, y, scenario.kind, run)
    for name, value in (p | peers(x, y, scenario.kind, run)).items():
      hits.setdefault(name, []).append(bool(value <= ALPHA))
  return {name: np.array(values) for name, values in hits.items()}


def inflated(alarms: NDArray) -> bool:
  return bool(stats.binom.sf(alarms.sum() - 1, len(alarms), ALPHA) < 0.01)


def percent(hits: NDArray) -> str:
  share = float(hits.mean())
  return f"{100 * share:.1f} ± {100 * np.sqrt(share * (1 - share) / len(hits)):.1f}"


def lead(hits: NDArray, other: NDArray) -> str:
  gap = hits.astype(float) - other
  error = gap.std(ddof=1) / np.sqrt(len(gap))
  text = f"{100 * gap.mean():+.1f} ± {100 * error:.1f}"
  return f"**{text}**" if gap.mean() > 3 * error else text


def arguments() -> argparse.Namespace:
  parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
  parser.add_argument("--runs", type=int, default=200,
                      help="runs with drift; tables have as many without, single features "
                      "three times as many (default: 200)")
  parser.add_argument("--seed", type=int, default=1, help="the seed of all rows (default: 1)")
  parser.add_argument("--only", default="", help="only scenarios whose name contains this text")
  parser.add_argument("--binary", type=Path, default=BINARY, help="the drift-check to run")
  options = parser.parse_args()
  if options.runs < 2 or options.seed < 0:
    parser.error("--runs must be at least 2, --seed at least 0")
  if not options.binary.is_file():
    parser.error(f"no binary at {options.binary}; build it with: swift build -c release")
  options.binary = options.binary.resolve()  # subprocess looks up a bare name in PATH
  return options


def main() -> None:
  options = arguments()
  warnings.simplefilter("ignore")  # clipped p-values of Anderson-Darling, ties
  nulls: dict[tuple[str, int], Hits] = {}
  digest, table = [], []
  with tempfile.TemporaryDirectory() as folder:
    for scenario in (s for s in SCENARIOS if options.only in s.name):
      print(scenario.name, file=sys.stderr)
      rows: dict[str, list[str]] = {}
      for size, (n, m) in enumerate(SIZES):
        key, quiet = (scenario.null, size), options.runs * (1 if scenario.kind == "table" else 3)
        null = nulls.get(key) or measure(scenario, size, False, quiet, Path(folder), options)
        nulls[key] = null
        power = measure(scenario, size, True, options.runs, Path(folder), options)
        best, peer = (max((t for t in power if t.startswith(OURS) == own and not t.endswith(RULES)),
                          key=lambda t: (not inflated(null[t]), power[t].sum()))
                      for own in (True, False))
        digest.append([scenario.name, f"{n}:{m}", best.removeprefix(OURS), percent(power[best])])
        digest[-1] += ["none", "", ""] if inflated(null[peer]) else [
          peer, percent(power[peer]), lead(power[peer], power[best])]
        for test, hits in power.items():
          rows.setdefault(test, [scenario.name, test]).extend(
            [percent(hits), percent(null[test]) + " !" * inflated(null[test]),
             "best" if test == best else lead(hits, power[best])])
      table += rows.values()
  columns = [f"{part} {n}:{m}" for n, m in SIZES for part in ("power", "false alarms", "vs ours")]
  for head, body in ((["drift", "rows", "our best test", "power", "best peer", "power",
                       "peer minus ours"], digest), (["drift", "test", *columns], table)):
    print(*("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *body]), "",
          sep="\n")
  print(f"Per cent ± standard error; level {ALPHA}, {options.runs} runs with drift, seed "
        f"{options.seed}, rows baseline:current. Bold: ahead of drift-check by more than 3 "
        "standard errors. !: more false alarms than the level allows (binomial p < 0.01). "
        f"NumPy {np.__version__}, SciPy {scipy.__version__}."
        + " Not installed, so not compared: evidently." * (not EVIDENTLY))


if __name__ == "__main__":
  main()
