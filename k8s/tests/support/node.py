"""Pods run as processes: the environment, the expansion and the failure rules of Kubernetes."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .binary import BINARY
from .manifests import Object, the


def expanded(text: str, environment: dict[str, str]) -> str:
    """Kubernetes: $(NAME) where NAME is known, $$ for a dollar, and everything else as it is."""

    def value(match: re.Match) -> str:
        return "$" if match[0] == "$$" else environment.get(match[1], match[0])

    return re.sub(r"\$\$|\$\(([-._A-Za-z0-9]+)\)", value, text)


def action(policy: Object, container: str, code: int) -> str:
    """What the Job controller does about a container's exit code."""
    for rule in policy["rules"]:
        codes = rule.get("onExitCodes")
        if not codes or codes.get("containerName", container) != container:
            continue
        if (code in codes["values"]) == (codes["operator"] == "In"):
            return rule["action"]
    return "Count"


@dataclass(frozen=True)
class Ended:
    """How a pod ended: the container that did not succeed, its code, and what follows."""

    container: str
    code: int
    action: str
    log: str


@dataclass(frozen=True)
class Node:
    """Runs pods; every volume is a folder, by the path that it is mounted at."""

    objects: list[Object]
    root: Path

    def run(self, name: str, run: str, index: int | None = None) -> Ended:
        """A pod of the CronJob `name` and its Job `run`: init containers, then the container."""
        job = the(self.objects, "CronJob", name)["spec"]["jobTemplate"]["spec"]
        spec, policy = job["template"]["spec"], job["podFailurePolicy"]
        for container in spec.get("initContainers", []) + spec["containers"]:
            environment = self._environment(container, run, index)
            arguments = [
                self._moved(expanded(argument, environment), container)
                for argument in container["args"]
            ]
            ended = subprocess.run(
                [BINARY, *arguments],
                capture_output=True,
                text=True,
                timeout=120,
                env=environment | {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": "0"},
            )
            if ended.returncode != 0:
                break
        result = "Succeeded"
        if ended.returncode != 0:
            result = action(policy, container["name"], ended.returncode)
        return Ended(container["name"], ended.returncode, result, ended.stderr)

    def _environment(self, container: Object, run: str, index: int | None) -> dict[str, str]:
        values: dict[str, str] = {}
        for source in container.get("envFrom", []):
            values |= the(self.objects, "ConfigMap", source["configMapRef"]["name"])["data"]
        fields = {
            "metadata.labels['batch.kubernetes.io/job-name']": run,
            "metadata.namespace": "drift-check",
        }
        for variable in container["env"]:
            source = variable["valueFrom"]
            values[variable["name"]] = (
                fields[source["fieldRef"]["fieldPath"]]
                if "fieldRef" in source
                else container["resources"]["limits"]["cpu"]
            )
        return values if index is None else values | {"JOB_COMPLETION_INDEX": str(index)}

    def _moved(self, argument: str, container: Object) -> str:
        head, separator, path = argument.rpartition("=")
        mounts = [mount["mountPath"] for mount in container["volumeMounts"]]
        if not any(path.startswith(f"{mount}/") for mount in mounts):
            assert not path.startswith("/"), f"{argument}: nothing is mounted there"
            return argument
        return f"{head}{separator}{self.root}{path}"
