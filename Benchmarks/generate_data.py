"""Writes the tables of one workload, the same bytes for the same arguments and versions.

Columns are normal, log-normal, uniform, counts and zero-inflated numbers in different units, with 3
to 9 significant digits, as tables in use have them. 1 % of the cells of a table with missing cells
are empty. Columns of the current side are shifted by 0 to 6 times DRIFT.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import polars as pl

BLOCK = 1_000_000  # rows that are made and written at a time
DIGITS = (9, 6, 4, 9, 5, 3, 9, 6, 4, 9)
LEVELS = ("north", "south", "east", "west", "centre", "harbour", "airport", "other side")


def numbers(rng: np.random.Generator, column: int, rows: int, drift: float) -> np.ndarray:
  kind, shift = column % 10, drift * (column % 7)
  if kind == 8:
    return np.minimum(rng.poisson(1.5 + shift, rows), 6).astype(float)
  if kind == 9:
    return np.where(rng.random(rows) < 0.3, 0.0, rng.lognormal(shift, 1.0, rows))
  if kind % 3 == 0:
    values = rng.standard_normal(rows) + shift
  elif kind % 3 == 1:
    values = rng.lognormal(shift, 0.5, rows)
  else:
    values = rng.random(rows) + shift
  return values * 10.0 ** (column % 5 - 2)


def table(rng: np.random.Generator, rows: int, options: argparse.Namespace, drift: float):
  columns = {}
  for column in range(options.columns):
    values = pl.Series(numbers(rng, column, rows, drift))
    columns[f"x{column}"] = values.round_sig_figs(DIGITS[column % len(DIGITS)])
  if options.text:
    codes = rng.choice(len(LEVELS), size=rows, p=np.arange(8, 0, -1) / 36)
    columns["place"] = pl.Series(np.array(LEVELS)[codes])
  for name, values in columns.items():
    if options.missing > 0:
      present = rng.random(rows) >= options.missing
      columns[name] = pl.select(pl.when(pl.Series(present)).then(values)).to_series()
  return pl.DataFrame(columns)


def write(path: Path, rows: int, options: argparse.Namespace, side: int) -> None:
  part = path.with_suffix(".part")
  with open(part, "wb") as file:
    for block, start in enumerate(range(0, rows, BLOCK)):
      rng = np.random.default_rng([options.seed, side, block])
      data = table(rng, min(BLOCK, rows - start), options, options.drift * side)
      data.write_csv(file, include_header=block == 0)
  part.rename(path)  # a file with this name is whole


def main() -> None:
  parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
  parser.add_argument("--baseline", type=Path, help="the file of the baseline")
  parser.add_argument("--current", type=Path, help="the file of the current side")
  parser.add_argument("--rows", type=int, required=True)
  parser.add_argument("--current-rows", type=int, help="when it is another number")
  parser.add_argument("--columns", type=int, required=True, help="numeric columns")
  parser.add_argument("--text", action="store_true", help="a column of text beside them")
  parser.add_argument("--missing", type=float, default=0.0, help="the share of empty cells")
  parser.add_argument("--drift", type=float, default=0.0, help="shift of the current side")
  parser.add_argument("--seed", type=int, default=1)
  options = parser.parse_args()
  if options.baseline:
    write(options.baseline, options.rows, options, side=0)
  if options.current:
    write(options.current, options.current_rows or options.rows, options, side=1)


if __name__ == "__main__":
  main()
