"""pandas reads, NumPy counts and SciPy tests: what most such scripts do, on two threads."""

import pandas as pd
from pandas.api.types import is_numeric_dtype
from scipy import stats

import columns

x, y = (pd.read_csv(path) for path in columns.paths())


def work(name: str) -> dict[str, float]:
  a, b = x[name], y[name]
  if not is_numeric_dtype(a):
    return columns.levels(*(
      {None if pd.isna(level) else level: n for level, n in side.value_counts(dropna=False).items()}
      for side in (a, b)))
  a, b = a.dropna().to_numpy(float), b.dropna().to_numpy(float)
  bins = columns.fit(a)
  counts = [[*columns.count(side, bins), rows - len(side)]
            for side, rows in ((a, len(x)), (b, len(y)))]
  t, p = stats.ttest_ind(b, a, equal_var=False)
  return {"psi": columns.psi(*map(columns.np.array, counts)), "t": float(t), "p": float(p)}


columns.answer(columns.on_threads(work, list(x.columns)))
