"""Arrow reads on two threads, NumPy computes on two threads."""

import numpy as np
import pyarrow as pa
from pyarrow import csv

import columns

pa.set_cpu_count(columns.THREADS)
options = csv.ConvertOptions(strings_can_be_null=True)
x, y = (csv.read_csv(path, convert_options=options) for path in columns.paths())


def array(column: pa.ChunkedArray) -> np.ndarray:
  return column.cast(pa.float64()).to_numpy()  # missing cells become NaN


def work(name: str) -> dict[str, float]:
  a, b = x[name], y[name]
  if pa.types.is_string(a.type):
    return columns.levels(*(
      {pair["values"]: pair["counts"] for pair in side.value_counts().to_pylist()}
      for side in (a, b)))
  return columns.numeric(array(a), array(b))


columns.answer(columns.on_threads(work, x.column_names))
