"""Polars reads, NumPy computes on two threads."""

import polars as pl

import columns

x, y = (pl.read_csv(path) for path in columns.paths())


def work(name: str) -> dict[str, float]:
  a, b = x[name], y[name]
  if a.dtype == pl.String:
    return columns.levels(*(dict(side.value_counts().iter_rows()) for side in (a, b)))
  return columns.numeric(*(side.cast(pl.Float64).to_numpy() for side in (a, b)))


columns.answer(columns.on_threads(work, x.columns))
