"""DuckDB reads, sorts and counts in SQL on two threads; NumPy sees sums and counts alone."""

import duckdb
import numpy as np

import columns

AT_ONCE = 300  # aggregates of one query: all at once takes 17 GB for a thousand columns

base = duckdb.connect(config={"threads": columns.THREADS})
for table, path in zip("xy", columns.paths()):
  base.execute(f"CREATE TABLE {table} AS FROM read_csv('{path}')")
kinds = {name: kind for name, kind, *_ in base.execute("DESCRIBE x").fetchall()}
numeric = [name for name, kind in kinds.items() if kind != "VARCHAR"]


def select(table: str, parts: list[str]) -> list:
  row = []
  for start in range(0, len(parts), AT_ONCE):
    part = ", ".join(parts[start:start + AT_ONCE])
    row += base.execute(f"SELECT {part} FROM {table}").fetchone()
  return row


def moments(table: str) -> dict[str, tuple[int, float, float]]:
  parts = [f"{f}({name})" for name in numeric for f in ("count", "avg", "var_samp")]
  row = select(table, parts)
  return {name: row[3 * i:3 * i + 3] for i, name in enumerate(numeric)}


def values(name: str) -> columns.Bins:
  found = np.array(base.execute(
    f"SELECT {name}, count(*) FROM x WHERE {name} IS NOT NULL GROUP BY 1 ORDER BY 1").fetchall())
  return columns.bins_of_values(*found.T) if len(found) <= columns.BINS else None


def fit() -> dict[str, columns.Bins]:
  shares = list(map(float, columns.SHARES))
  quantiles = select("x", [f"quantile_cont({name}::DOUBLE, {shares})" for name in numeric])
  bins = {}
  for name, found in zip(numeric, map(np.array, quantiles)):
    few = len(np.unique(found)) <= columns.BINS  # else there are more values than bins
    bins[name] = few and values(name) or columns.bins_of_quantiles(found)
  return bins


def counts(table: str, bins: dict[str, columns.Bins], rows: int, present: dict) -> dict:
  parts, ends = [], []
  for name, found in bins.items():
    parts += [f"count(*) FILTER ({name} < {edge!r})" for edge in found.edges.tolist()]
    parts += [f"count(*) FILTER ({name} = {atom!r})" for atom in found.atoms.tolist()]
    ends.append(len(parts))
  row = np.array(select(table, parts))
  result = {}
  for (name, found), part in zip(bins.items(), np.split(row, ends[:-1])):
    below, equal = np.split(part, [len(found.edges)])
    inside = found.counts(below, equal, present[name][0])
    result[name] = np.append(inside, rows - present[name][0])
  return result


def text(name: str) -> dict[str, float]:
  return columns.levels(*(
    dict(base.execute(f"SELECT {name}, count(*) FROM {table} GROUP BY 1").fetchall())
    for table in "xy"))


rows = [select(table, ["count(*)"])[0] for table in "xy"]
found = [moments(table) for table in "xy"]
bins = fit()
p, q = (counts(table, bins, rows[i], found[i]) for i, table in enumerate("xy"))
result = {}
for name in kinds:
  if name not in bins:
    result[name] = text(name)
    continue
  t, probability = columns.welch(*found[0][name], *found[1][name])
  result[name] = {"psi": columns.psi(p[name], q[name]), "t": t, "p": probability}
columns.answer(result)
