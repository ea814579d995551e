"""A small cluster: workloads with a controller that lags, rights by token, and every answer held against its schema."""

import copy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import jsonschema
from aiohttp import web

from tests.adapters.evidence.kubernetes.schemas import DEPLOYMENT, REVIEW, ROLLOUT
from tests.adapters.http.site import Recording, serving

READER = "token-of-the-reader"
NAMESPACE = "shop-prod"
_STEPS = [{"setWeight": 10}, {"pause": {}}, {"setWeight": 50}, {"pause": {}}]
_SCHEMAS = {"rollouts": ROLLOUT, "deployments": DEPLOYMENT}
_REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"


@dataclass
class Cluster:
    """`may`: what the reader is allowed beside reading workloads, as "verb resource"."""

    objects: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    may: set[str] = field(default_factory=set)
    recording: Recording = field(default_factory=Recording)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.recording.port}"

    def rollout(self, image: str, **status: object) -> dict[str, Any]:
        """A Rollout that is done with that image."""
        done = {
            "observedGeneration": "1",
            "phase": "Healthy",
            "currentPodHash": "a",
            "stableRS": "a",
            "currentStepIndex": 4,
        }
        spec = {"replicas": 4, "strategy": {"canary": {"steps": _STEPS}}}
        return self._add("rollouts", "argoproj.io/v1alpha1", "Rollout", image, spec, {**done, **status})

    def deployment(self, image: str, **status: object) -> dict[str, Any]:
        """A Deployment that is done with that image."""
        counts = dict.fromkeys(("replicas", "updatedReplicas", "readyReplicas", "availableReplicas"), 4)
        conditions = [
            {"type": "Available", "status": "True"},
            {"type": "Progressing", "status": "True", "reason": "NewReplicaSetAvailable"},
        ]
        done = {"observedGeneration": 1, "conditions": conditions, **counts}
        return self._add("deployments", "apps/v1", "Deployment", image, {"replicas": 4}, {**done, **status})

    def _add(
        self, kind: str, version: str, name: str, image: str, spec: dict[str, Any], status: dict[str, Any]
    ) -> dict[str, Any]:
        containers = [{"name": "app", "image": image}, {"name": "proxy", "image": "envoyproxy/envoy:v1.30.0"}]
        made = {
            "apiVersion": version,
            "kind": name,
            "metadata": {"name": "shop", "namespace": NAMESPACE, "generation": 1},
            "spec": {**spec, "template": {"spec": {"containers": containers}}},
            "status": status,
        }
        self.objects[kind, "shop"] = made
        return made

    def apply(self, kind: str, image: str) -> dict[str, Any]:
        """Ask for another image; the controller has not seen it yet."""
        one = self.objects[kind, "shop"]
        one["spec"]["template"]["spec"]["containers"][0]["image"] = image
        one["metadata"]["generation"] += 1
        return one

    def observe(self, kind: str, **status: object) -> None:
        """The controller has seen it, and says this."""
        one = self.objects[kind, "shop"]
        seen = one["metadata"]["generation"]
        one["status"] |= {"observedGeneration": str(seen) if kind == "rollouts" else seen, **status}

    async def answer(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {READER}":
            return _status(401, "Unauthorized")
        if request.method == "POST" and request.path == _REVIEWS:
            return await self._review(request)
        if request.method not in {"GET", "HEAD"}:
            return _status(403, "Forbidden")
        parts = request.path.split("/")
        kind, name = parts[-2:]
        found = self.objects.get((kind, name)) if f"/namespaces/{NAMESPACE}/" in request.path else None
        if found is None:
            return _status(404, "NotFound")
        jsonschema.validate(found, _SCHEMAS[kind])
        return web.json_response(copy.deepcopy(found))

    async def _review(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        what = asked["spec"]["resourceAttributes"]
        named = "/".join(part for part in (what["resource"], what.get("subresource")) if part)
        said = {**asked, "status": {"allowed": f"{what['verb']} {named}" in self.may}}
        jsonschema.validate(said, REVIEW)
        return web.json_response(said, status=201)


def _status(code: int, reason: str) -> web.Response:
    return web.json_response(
        {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": reason, "code": code}, status=code
    )


@asynccontextmanager
async def clusters() -> AsyncIterator[Cluster]:
    """A cluster that listens."""
    one = Cluster()
    async with serving(one.answer) as recording:
        one.recording = recording
        yield one
