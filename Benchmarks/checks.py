"""How far the numbers of a peer are from those of drift-check on the same tables."""

from __future__ import annotations

import json


def inside_seconds(output: str, errors: str) -> float | None:
  """What a process says itself about the time it took to read a table."""
  for line in errors.splitlines():
    if line.startswith("{"):
      fields = json.loads(line)
      if fields.get("event") == "verdict":
        return fields.get("seconds_reading_baseline")
  return json.loads(output).get("seconds") if output.startswith("{") else None


def agreement(report: str, output: str) -> str:
  """A few words; empty when there is nothing that could be compared."""
  if not report or not output.startswith("{"):
    return ""
  ours, theirs = json.loads(report), json.loads(output)
  if theirs.keys() == {"seconds"}:
    return f"{theirs['seconds']:.3f} s of it are the pass"
  if "statistic" in theirs:
    return of_test(ours["mmd"], theirs)
  if ours["features"][0]["name"] in theirs:
    return of_columns(ours["features"], theirs)
  return "other statistics"


def of_test(ours: dict, theirs: dict) -> str:
  gap = abs(ours["statistic"] - theirs["statistic"])
  if "bandwidth" not in theirs:
    return f"own bandwidth, statistic differs by {gap:.0e}"
  return f"statistic differs by {gap:.0e}"


def of_columns(features: list[dict], theirs: dict) -> str:
  psi = max(abs(f["psi"]["value"] - theirs[f["name"]]["psi"]) for f in features)
  tests = [(f["mean_shift"], theirs[f["name"]]) for f in features if f["mean_shift"]]
  t = max(abs(peer["t"] / test["statistic"] - 1) for test, peer in tests)
  p = max(abs(peer["p"] - test["p_value"]) for test, peer in tests)
  return f"PSI differs by {psi:.0e}, t by {t:.0e} of itself, p by {p:.0e}"


def same_permutations(report: str, output: str) -> str:
  """Whether p is equal when the peer is given drift-check's permutations."""
  ours, theirs = json.loads(report)["mmd"]["p_value"], json.loads(output)["p"]
  verdict = "equal" if abs(ours - theirs) < 1e-12 else "**different**"
  return f"with the same permutations p = {ours:.4g} and {theirs:.4g}: {verdict}"
