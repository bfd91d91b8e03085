"""The alert rules as files for promtool and Prometheus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from .manifests import Object, of_kind


def groups(objects: list[Object]) -> list[Object]:
    return [
        group for item in of_kind(objects, "PrometheusRule") for group in item["spec"]["groups"]
    ]


def rules(objects: list[Object]) -> Iterator[Object]:
    for group in groups(objects):
        yield from group["rules"]


def alerts(objects: list[Object]) -> dict[str, Object]:
    return {rule["alert"]: rule for rule in rules(objects) if "alert" in rule}


def write(objects: list[Object], path: Path, at_once: bool = False) -> None:
    """`at_once`: without the minutes that an alert waits, for tests in real time."""
    found = groups(objects)
    if at_once:
        for group in found:
            for rule in group["rules"]:
                rule.pop("for", None)
                if "keep_firing_for" in rule:
                    rule["keep_firing_for"] = "1s"
    path.write_text(yaml.safe_dump({"groups": found}, sort_keys=False))
