"""The random choices of drift-check in NumPy, so that p-values can be compared number by number.

Philox 4x64-10 (Salmon, Moraes, Dror & Shaw, SC 2011) with key (seed, stream) and counter
(block, 0, 0, purpose).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

PERMUTATION, BANDWIDTH = 1, 4  # purposes
ROUNDS = 10
LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)


def multiply(a: NDArray, b: NDArray | np.uint64) -> tuple[NDArray, NDArray]:
  """The upper and the lower 64 bits of the products."""
  a0, a1, b0, b1 = a & LOW, a >> HALF, b & LOW, b >> HALF
  middle = a1 * b0 + (a0 * b0 >> HALF)
  carry = (middle & LOW) + a0 * b1
  return a1 * b1 + (middle >> HALF) + (carry >> HALF), a * b


def words(seed: int, stream: int, purpose: int, count: int) -> NDArray:
  """The first `count` numbers of 64 bits of a stream."""
  c0 = np.arange((count + 3) // 4, dtype=np.uint64)
  c1, c2, c3 = np.zeros_like(c0), np.zeros_like(c0), np.full_like(c0, purpose)
  for step in range(ROUNDS):
    k0 = np.uint64((seed + step * 0x9E3779B97F4A7C15) % 2**64)
    k1 = np.uint64((stream + step * 0xBB67AE8584CAA73B) % 2**64)
    high0, low0 = multiply(c0, np.uint64(0xD2E7470EE14C6C93))
    high1, low1 = multiply(c2, np.uint64(0xCA5A826395121157))
    c0, c1, c2, c3 = high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0
  return np.stack([c0, c1, c2, c3], axis=1).ravel()[:count]


def sample(size: int, count: int, seed: int, purpose: int) -> NDArray:
  """`size` of the numbers below `count`, ascending: those with the smallest keys."""
  keys = words(seed, 0, purpose, count)
  return np.sort(np.argpartition(keys, size)[:size]) if size < count else np.arange(count)


def memberships(rows: int, chosen: int, permutations: int, seed: int) -> NDArray:
  """rows x permutations, 1 where a row is in the first sample (Knuth's algorithm 3.4.2 S)."""
  result = np.zeros((rows, permutations), np.float32)
  draws = np.empty((rows, permutations), np.uint64)
  for p in range(permutations):
    draws[:, p] = words(seed, p + 1, PERMUTATION, rows)
  needed = np.full(permutations, chosen, np.uint64)
  for row in range(rows):
    is_chosen = multiply(draws[row], np.uint64(rows - row))[0] < needed
    result[row] = is_chosen
    needed -= is_chosen
  return result
