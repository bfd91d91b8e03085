"""Schemas of custom resources, from the folder named by CRD_SCHEMAS."""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema

from .manifests import Object, label

HOW_TO_GET_THEM = (
    "custom resources: set CRD_SCHEMAS to a folder of files KIND_GROUP_VERSION.json (as in the "
    "CRDs-catalog of datreeio), each the openAPIV3Schema of that version from the project's own "
    "definitions: prometheus-operator (example/prometheus-operator-crd-full), tektoncd/triggers "
    "(config/300-*), argoproj, grafana-operator."
)

# Tekton Pipelines publishes none: it keeps unknown fields and checks in a webhook.
WITHOUT_SCHEMA = {("tekton.dev/v1", "Pipeline")}


def folder() -> Path | None:
    value = os.environ.get("CRD_SCHEMAS")
    return Path(value) if value else None


def is_custom(item: Object) -> bool:
    group = item["apiVersion"].split("/")[0] if "/" in item["apiVersion"] else ""
    return "." in group and not group.endswith(".k8s.io")


def schema(item: Object, schemas: Path) -> Object | None:
    group, version = item["apiVersion"].split("/")
    path = schemas / f"{item['kind'].lower()}_{group}_{version}.json"
    return json.loads(path.read_text()) if path.exists() else None


def errors(item: Object, schemas: Path) -> list[str]:
    found = schema(item, schemas)
    if found is None:
        return [f"{label(item)}: no schema of {item['apiVersion']} {item['kind']}"]
    validator = jsonschema.Draft7Validator(found)
    return [
        f"{label(item)}: {'.'.join(map(str, error.absolute_path))}: {error.message}"
        for error in validator.iter_errors(item)
    ]
