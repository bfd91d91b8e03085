"""The MMD permutation test of rows in NumPy: float32, both cores busy in BLAS.

The same test as drift-check's: pooled standardisation, median bandwidth (from the same 5,000 rows
when there are more), unbiased statistic, p with +1. Two ways:

whole   the kernel matrix at once, one product K @ Z for all permutations: the usual script
panels  a panel of rows at a time, right of the diagonal only: half the work and little memory
"""

from __future__ import annotations

import argparse
import json
import sys

import numpy as np
from numpy.typing import NDArray

import philox

PANEL = 512  # rows: a panel of 40,000 columns is 80 MB
BANDWIDTH_ROWS = 5_000
TIE = 1e-10


def read(path: str) -> NDArray:
  return np.loadtxt(path, delimiter=",", skiprows=1)


def standardised(pooled: NDArray) -> NDArray:
  return (pooled - pooled.mean(0)) / pooled.std(0, ddof=1)


def squared_distances(a: NDArray, b: NDArray, a_norms: NDArray, b_norms: NDArray) -> NDArray:
  result = a @ b.T
  result *= -2
  result += a_norms[:, None]
  result += b_norms
  return result


def bandwidth(z: NDArray, seed: int) -> float:
  """sigma: the root of half the median squared distance of pairs."""
  rows = z[philox.sample(BANDWIDTH_ROWS, len(z), seed, philox.BANDWIDTH)].astype(np.float32)
  norms = np.einsum("ij,ij->i", rows, rows)
  distances = squared_distances(rows, rows, norms, norms)
  upper = np.concatenate([distances[i, i + 1:] for i in range(len(rows))])
  return float(np.sqrt(np.median(upper) / 2))


def random_memberships(rows: int, chosen: int, permutations: int, seed: int) -> NDArray:
  rng = np.random.default_rng(seed)
  result = np.zeros((rows, permutations), np.float32)
  for p in range(permutations):
    result[rng.choice(rows, chosen, replace=False, shuffle=False), p] = 1
  return result


def sums_of_whole(z: NDArray, gamma: float, members: NDArray) -> tuple[NDArray, NDArray]:
  """The sums of all rows of the kernel matrix, and of its part of the first sample's rows."""
  norms = np.einsum("ij,ij->i", z, z)
  kernel = squared_distances(z, z, norms, norms)
  kernel *= -gamma
  np.exp(kernel, out=kernel)
  np.fill_diagonal(kernel, 0)
  rows = kernel.sum(1, dtype=float)
  product = kernel @ members
  product *= members
  return rows, product.sum(0, dtype=float)


def sums_of_panels(z: NDArray, gamma: float, members: NDArray) -> tuple[NDArray, NDArray]:
  norms = np.einsum("ij,ij->i", z, z)
  rows, quadratic = np.zeros(len(z)), np.zeros(members.shape[1])
  for start in range(0, len(z), PANEL):
    end = min(start + PANEL, len(z))
    kernel = squared_distances(z[start:end], z[start:], norms[start:end], norms[start:])
    kernel *= -gamma
    np.exp(kernel, out=kernel)
    # A pair within the panel is there twice, so it counts half.
    own = kernel[:, :end - start]
    np.fill_diagonal(own, 0)
    own *= 0.5
    rows[start:end] += kernel.sum(1, dtype=float)
    rows[start:] += kernel.sum(0, dtype=float)
    product = kernel @ members[start:]
    product *= members[start:end]
    quadratic += 2 * product.sum(0, dtype=float)
  return rows, quadratic


def main() -> None:
  parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
  parser.add_argument("baseline")
  parser.add_argument("current")
  parser.add_argument("permutations", type=int)
  parser.add_argument("--way", choices=("whole", "panels"), default="whole")
  parser.add_argument("--seed", type=int, default=0)
  parser.add_argument("--same-permutations", action="store_true", help="those of drift-check")
  options = parser.parse_args()
  x, y = read(options.baseline), read(options.current)
  n, m = len(x), len(y)
  z = standardised(np.vstack([x, y]))
  sigma = bandwidth(z, options.seed)
  draw = philox.memberships if options.same_permutations else random_memberships
  members = np.empty((n + m, options.permutations + 1), np.float32)
  members[:, 0] = np.arange(n + m) < n
  members[:, 1:] = draw(n + m, n, options.permutations, options.seed)
  sums = sums_of_whole if options.way == "whole" else sums_of_panels
  rows, q = sums(z.astype(np.float32), 0.5 / sigma**2, members)
  s = np.array([rows @ members[:, p] for p in range(members.shape[1])])
  t = q / (n * (n - 1)) + (rows.sum() - 2 * s + q) / (m * (m - 1)) - 2 * (s - q) / (n * m)
  p = (1 + np.count_nonzero(t[1:] >= t[0] - TIE)) / (1 + options.permutations)
  json.dump({"statistic": t[0], "p": p, "bandwidth": sigma}, sys.stdout)


if __name__ == "__main__":
  main()
