"""Alertmanager's own configuration, made of AlertmanagerConfigs the way the operator makes it."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from .manifests import Object, of_kind

Secrets = dict[str, dict[str, str]]


def snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])[A-Z]", lambda match: "_" + match[0], name).lower()


def matcher(item: Object) -> str:
    value = item.get("value", "").replace("\\", "\\\\").replace('"', '\\"')
    return f'{item["name"]}{item.get("matchType", "=")}"{value}"'


def configuration(objects: list[Object], secrets: Secrets) -> Object:
    routes, receivers, inhibitions = [], [{"name": "null"}], []
    for item in of_kind(objects, "AlertmanagerConfig"):
        meta, spec = item["metadata"], item["spec"]
        prefix = f"{meta['namespace']}/{meta['name']}"
        own = f'namespace="{meta["namespace"]}"'
        route = {snake_case(key): value for key, value in spec["route"].items()}
        route["receiver"] = f"{prefix}/{route['receiver']}"
        route["matchers"] = [matcher(m) for m in route["matchers"]] + [own]
        # What the operator adds: only this namespace's alerts, and the global routes see them too.
        route["continue"] = True
        routes.append(route)
        for receiver in spec["receivers"]:
            hooks = [_webhook(hook, secrets) for hook in receiver["webhookConfigs"]]
            receivers.append({"name": f"{prefix}/{receiver['name']}", "webhook_configs": hooks})
        for rule in spec.get("inhibitRules", []):
            inhibitions.append(
                {
                    "source_matchers": [matcher(m) for m in rule["sourceMatch"]] + [own],
                    "target_matchers": [matcher(m) for m in rule["targetMatch"]] + [own],
                    "equal": rule["equal"],
                }
            )
    return {
        "route": {"receiver": "null", "routes": routes},
        "receivers": receivers,
        "inhibit_rules": inhibitions,
    }


def _webhook(hook: Object, secrets: Secrets) -> Object:
    def secret(reference: Object) -> str:
        return secrets[reference["name"]][reference["key"]]

    http = hook.get("httpConfig", {})
    made: Object = {"url": secret(hook["urlSecret"]), "send_resolved": hook["sendResolved"]}
    options: Object = {}
    if "followRedirects" in http:
        options["follow_redirects"] = http["followRedirects"]
    if "authorization" in http:
        options["authorization"] = {
            "type": http["authorization"]["type"],
            "credentials": secret(http["authorization"]["credentials"]),
        }
    return made | {"http_config": options}


def write(objects: list[Object], secrets: Secrets, path: Path, at_once: bool = False) -> None:
    """`at_once`: without the minutes between two notifications, for tests in real time."""
    made = configuration(objects, secrets)
    if at_once:
        for route in made["route"]["routes"]:
            route |= {"group_wait": "0s", "group_interval": "1s"}
    path.write_text(yaml.safe_dump(made, sort_keys=False))
