"""The dashboard's panels and queries."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .manifests import K8S, Object

FILE = K8S / "components" / "grafana-dashboard" / "drift-check.json"


def read() -> Object:
    return json.loads(FILE.read_text())


def panels() -> list[Object]:
    """All panels but the headings."""
    return [panel for panel in read()["panels"] if panel["type"] != "row"]


def queries(namespace: str) -> Iterator[tuple[str, str]]:
    """The title and the query of every target and annotation, as Grafana would send it."""
    values = {"$namespace": namespace, "$model": ".*", "$feature": ".*"}

    def filled(query: str) -> str:
        for name, value in values.items():
            query = query.replace(name, value)
        return query

    for panel in panels():
        for target in panel["targets"]:
            yield f"{panel['title']} {target['refId']}", filled(target["expr"])
    for annotation in read()["annotations"]["list"]:
        yield f"annotation {annotation['name']}", filled(annotation["expr"])
