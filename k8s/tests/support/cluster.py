"""What kube-state-metrics says about a CronJob and its Jobs, as Jobs end with exit codes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


@dataclass
class Cluster:
    """The series of kube-state-metrics 2.14 and newer, in text form."""

    namespace: str
    cronjob: str
    jobs: list[tuple[str, float, int]] = field(default_factory=list)

    def job_ended(self, name: str, exit_code: int, started: float) -> None:
        self.jobs.append((name, started, exit_code))

    def metrics(self) -> str:
        own = f'namespace="{self.namespace}"'
        cron = f'{own},cronjob="{self.cronjob}"'
        lines = [
            f'kube_cronjob_info{{{cron},schedule="0 2 * * *",concurrency_policy="Forbid"}} 1',
            f"kube_cronjob_next_schedule_time{{{cron}}} {time.time() + 3600:.0f}",
            f"kube_cronjob_spec_suspend{{{cron}}} 0",
        ]
        for name, started, exit_code in self.jobs:
            job = f'{own},job_name="{name}"'
            lines += [
                f'kube_job_owner{{{job},owner_kind="CronJob",owner_name="{self.cronjob}",'
                'owner_is_controller="true"} 1',
                # Kubernetes has times in whole seconds.
                f"kube_job_status_start_time{{{job}}} {int(started)}",
            ]
            lines += self._succeeded(job) if exit_code == 0 else self._failed(job, exit_code)
        return "\n".join(lines) + "\n"

    @staticmethod
    def _succeeded(job: str) -> list[str]:
        return [
            f"kube_job_status_failed{{{job}}} 0",
            f'kube_job_complete{{{job},condition="true"}} 1',
            f'kube_job_complete{{{job},condition="false"}} 0',
        ]

    @staticmethod
    def _failed(job: str, exit_code: int) -> list[str]:
        # 2 matches the FailJob rule: the reason PodFailurePolicy, which no label value names.
        known = "" if exit_code == 2 else "BackoffLimitExceeded"
        lines = [f'kube_job_status_failed{{{job},reason=""}} 1'] if not known else []
        return lines + [
            *(
                f'kube_job_status_failed{{{job},reason="{reason}"}} {int(reason == known)}'
                for reason in ("BackoffLimitExceeded", "DeadlineExceeded", "Evicted")
            ),
            f'kube_job_failed{{{job},condition="true"}} 1',
            f'kube_job_failed{{{job},condition="false"}} 0',
        ]
