"""What our texts speak of, in a server: rendered objects, and the Jobs and pods of runs."""

from __future__ import annotations

import copy
import functools
import threading
from dataclasses import dataclass, field

from .api_objects import KINDS, Store
from .manifests import Object, overlay, the, with_components

STORED = {kind for kinds in KINDS.values() for kind in kinds.values()}
TIMES = {"startedAt": "2026-11-21T02:00:01Z", "finishedAt": "2026-11-21T02:00:15Z"}
# The interim condition, the final one and its reason, by how a Job ends.
ENDS = {
    "complete": ("SuccessCriteriaMet", "Complete", "CompletionsReached"),
    "drift": ("FailureTarget", "Failed", "PodFailurePolicy"),
    "error": ("FailureTarget", "Failed", "BackoffLimitExceeded"),
    "deadline": ("FailureTarget", "Failed", "DeadlineExceeded"),
}
MESSAGES = {
    "PodFailurePolicy": "Container drift for pod {ns}/{pod} failed with exit code 2 matching "
    "FailJob rule at index 0",
    "BackoffLimitExceeded": "Job has reached the specified backoff limit",
    "DeadlineExceeded": "Job was active longer than specified deadline",
    "CompletionsReached": "Reached expected number of succeeded pods",
}


def condition(kind: str, reason: str, names: dict[str, str]) -> Object:
    return {
        "type": kind,
        "status": "True",
        "reason": reason,
        "message": MESSAGES[reason].format(**names),
        "lastTransitionTime": TIMES["finishedAt"],
    }


@functools.cache
def _rendered() -> list[Object]:
    # The later ones stay: in the namespace `drift-check` the check without shards.
    trees = [with_components("sharded", "retrain-job", "pushgateway")]
    trees += [overlay(name) for name in ("test", "prod", "local", "churn-mlops")]
    return [item for tree in trees for item in tree if item["kind"] in STORED]


@dataclass
class World:
    """`end`: how a Job that is made ends, and the seconds between its two conditions."""

    end: str = "complete"
    pause: float = 0.2
    store: Store = field(default_factory=Store)

    def __post_init__(self) -> None:
        for item in _rendered():
            self.store.put(item)
        self.store.made = self._control

    def job(self, name: str, cronjob: str, end: str = "", namespace: str = "drift-check") -> Object:
        """A Job as the CronJob's controller makes it, and as its own one has ended it."""
        owner = self.store.get("CronJob", namespace, cronjob)
        template = copy.deepcopy(owner["spec"]["jobTemplate"])
        item = {
            "apiVersion": "batch/v1",
            "kind": "Job",
            "metadata": template.get("metadata", {}) | {"name": name, "namespace": namespace},
            "spec": template["spec"],
        }
        item["metadata"]["ownerReferences"] = [
            {
                "apiVersion": "batch/v1", "kind": "CronJob", "name": cronjob, "controller": True,
                "uid": owner["metadata"]["uid"],
            }
        ]  # fmt: skip
        return self._ended(self.store.put(item), end) if end else self.store.put(item)

    def pod(
        self, job: Object, message: str, code: int, log: str = "", suffix: str = "x7k2p"
    ) -> Object:
        """The pod that ended; the template's labels and those that the controllers add."""
        meta, template = job["metadata"], copy.deepcopy(job["spec"]["template"])
        name = f"{meta['name']}-{suffix}"
        state = {
            "terminated": TIMES
            | {
                "exitCode": code,
                "reason": "Completed" if code == 0 else "Error",
                "message": message,
                "containerID": "containerd://0",
            }
        }
        labels = template["metadata"]["labels"] | {
            "batch.kubernetes.io/job-name": meta["name"],
            "batch.kubernetes.io/controller-uid": meta["uid"],
            "job-name": meta["name"],
        }
        if job["spec"].get("completionMode") == "Indexed":
            labels["batch.kubernetes.io/job-completion-index"] = suffix[0]
        container = template["spec"]["containers"][0]
        self.store.logs[name] = log
        return self.store.put(
            {
                "apiVersion": "v1",
                "kind": "Pod",
                "metadata": {"name": name, "namespace": meta["namespace"], "labels": labels},
                "spec": template["spec"] | {"nodeName": "node"},
                "status": {
                    "phase": "Succeeded" if code == 0 else "Failed",
                    "podIP": "10.0.0.1",
                    "containerStatuses": [
                        {
                            "name": container["name"], "image": container["image"],
                            "imageID": "sha256:0", "ready": False, "restartCount": 0,
                            "state": state, "lastState": {},
                        }
                    ],
                },
            }
        )  # fmt: skip

    def _selected(self, job: Object) -> Object:
        labels = {"batch.kubernetes.io/controller-uid": job["metadata"]["uid"]}
        job["spec"]["selector"] = {"matchLabels": labels}
        return job

    def _ended(self, job: Object, end: str) -> Object:
        interim, final, reason = ENDS[end]
        meta = job["metadata"]
        names = {"ns": meta["namespace"], "pod": f"{meta['name']}-x7k2p"}
        conditions = [condition(kind, reason, names) for kind in (interim, final)]
        job = self._selected(copy.deepcopy(job))
        job["status"] = {"startTime": "2026-11-21T02:00:00Z", "conditions": conditions}
        return self.store.put(job)

    def _control(self, job: Object) -> None:
        """Ends a Job that was made: first the interim condition alone, as the controller does."""
        whole = self._ended(job, self.end)
        first = copy.deepcopy(whole)
        first["status"]["conditions"].pop()
        waiting = copy.deepcopy(job)
        waiting["status"] = {"startTime": "2026-11-21T02:00:00Z", "active": 1}
        self.store.put(waiting)
        for delay, state in ((self.pause, first), (2 * self.pause, whole)):
            timer = threading.Timer(delay, self.store.put, [state])
            timer.daemon = True
            timer.start()


def pushgateway_pod(world: World) -> None:
    """What `kubectl logs deployment/...` looks for."""
    deployment = the(with_components("pushgateway"), "Deployment", "drift-check-pushgateway")
    template = copy.deepcopy(deployment["spec"]["template"])
    name = "drift-check-pushgateway-0"
    world.store.logs[name] = 'level=error msg="invalid push"\n'
    world.store.put(
        {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": template["metadata"] | {"name": name, "namespace": "drift-check"},
            "spec": template["spec"],
            "status": {"phase": "Running"},
        }
    )
