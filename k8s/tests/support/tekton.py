"""Evaluates an EventListener's CEL interceptor and what its bindings make of a request."""

from __future__ import annotations

import re

import cel

from .manifests import Object, the


def _functions(secrets: dict[str, dict[str, str]]) -> dict:
    """What Tekton adds to CEL, see its documentation of CEL expressions."""

    def canonical(header: dict, name: str) -> str:
        matching = [value for key, value in header.items() if key.lower() == name.lower()]
        return matching[0] if matching else ""

    return {
        "canonical": canonical,
        "compareSecret": lambda value, key, name: value == secrets[name][key],
        "truncate": lambda text, length: text[:length],
    }


class Listener:
    """The one trigger of the EventListener in these objects."""

    def __init__(self, objects: list[Object], secrets: dict[str, dict[str, str]]) -> None:
        self.objects = objects
        self.functions = _functions(secrets)
        (self.trigger,) = the(objects, "EventListener")["spec"]["triggers"]
        (interceptor,) = self.trigger["interceptors"]
        self.parameters = {p["name"]: p["value"] for p in interceptor["params"]}

    def _evaluate(self, expression: str, headers: dict[str, str], body: Object) -> object:
        context = cel.Context(variables={"header": headers, "body": body}, functions=self.functions)
        return cel.evaluate(expression, context)

    def accepts(self, headers: dict[str, str], body: Object) -> bool:
        """An expression that cannot be evaluated refuses the request, as in Tekton."""
        try:
            return self._evaluate(self.parameters["filter"], headers, body) is True
        except (KeyError, RuntimeError, TypeError, ValueError):
            return False

    def resource(self, headers: dict[str, str], body: Object) -> Object:
        """The object that the TriggerTemplate makes of an accepted request."""
        extensions = {
            overlay["key"]: self._evaluate(overlay["expression"], headers, body)
            for overlay in self.parameters["overlays"]
        }
        event = {"body": body, "extensions": extensions}
        (reference,) = self.trigger["bindings"]
        binding = the(self.objects, "TriggerBinding", reference["ref"])["spec"]["params"]
        values = {p["name"]: _look_up(p["value"], event) for p in binding}
        template = the(self.objects, "TriggerTemplate", self.trigger["template"]["ref"])["spec"]
        assert {p["name"] for p in template["params"]} == set(values)
        (resource,) = template["resourcetemplates"]
        return _substitute(resource, values)


def _look_up(expression: str, event: Object) -> str:
    match = re.fullmatch(r"\$\(([\w.]+)\)", expression)
    assert match, expression
    value: object = event
    for key in match[1].split("."):
        value = value[key]
    assert isinstance(value, str)
    return value


def _substitute(value: object, parameters: dict[str, str]) -> object:
    if isinstance(value, dict):
        return {key: _substitute(element, parameters) for key, element in value.items()}
    if isinstance(value, list):
        return [_substitute(element, parameters) for element in value]
    if isinstance(value, str):
        return re.sub(r"\$\(tt\.params\.(\w+)\)", lambda match: parameters[match[1]], value)
    return value
