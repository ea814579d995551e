"""A cluster as a source: how far the rollout of this very version is. It only reads, and can prove that it may do no more."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from adapters.evidence.item import Facts, item, unavailable
from adapters.evidence.kubernetes.workload import State, observed, of_deployment, of_rollout, running
from adapters.evidence.place import elsewhere
from adapters.evidence.registry.reference import image_of
from adapters.evidence.rights import bad
from adapters.evidence.sites import bearer, site_of
from adapters.evidence.source_kind import SourceKind
from adapters.http.answers import Seen, Unavailable
from adapters.http.fetch import Remote, Transport
from adapters.http.sites import path_of
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.service import Service
from bot.messages.words import say
from bot.ports import Check, Inquiry
from bot.ports.sources import SourceSettings

_PATHS: Final = {
    "rollout": "/apis/argoproj.io/v1alpha1/namespaces/{}/rollouts/{}",
    "deployment": "/apis/apps/v1/namespaces/{}/deployments/{}",
}
_BROKEN: Final = frozenset({"degraded", "aborted"})
FORBIDDEN: Final = (
    *(
        (verb, group, resource)
        for group, resource in (("apps", "deployments"), ("argoproj.io", "rollouts"), ("", "pods"))
        for verb in ("create", "update", "patch", "delete")
    ),
    ("create", "", "pods/exec"),
    ("create", "", "serviceaccounts/token"),
    ("create", "rbac.authorization.k8s.io", "rolebindings"),
    ("get", "", "secrets"),
    ("list", "", "secrets"),
)
"""What the credential must not allow: verb, group, resource with its part. Whoever may one of the last could take the rest."""


def kubernetes(settings: SourceSettings, transport: Transport) -> "KubernetesSource":
    """The source of those settings. Raises OSError where its certificates cannot be read."""
    remote = transport.remote(site_of(settings, bearer(settings)))
    return KubernetesSource(settings.name, remote, settings.options.get("namespace"))


KIND = SourceKind(
    "kubernetes",
    lambda settings, given: kubernetes(settings, given.transport),
    {"namespace": "the namespace where the catalogue names none"},
)


@dataclass(slots=True)
class KubernetesSource:
    """`namespace`: where the catalogue names none."""

    name: str
    remote: Remote
    namespace: str | None = None

    async def gather(self, inquiry: Inquiry) -> tuple[Evidence, ...]:
        """One item: the rollout, bound to the version or digest of the release."""
        service, other = inquiry.service, elsewhere(inquiry, self.name, Kind.ROLLOUT)
        if other is not None:
            return (other,)
        namespace = service.names.get("namespace") or self.namespace
        if namespace is None:
            text = "the catalogue names no namespace of the service"
            return (item(inquiry, self.name, Kind.ROLLOUT, Standing.MISSING, text=text),)
        kind, answer = await self._found(service, namespace)
        if isinstance(answer, Unavailable):
            return (self._not_seen(inquiry, answer, f"{kind} {namespace}/{_workload(service)}"),)
        data = answer.data if isinstance(answer.data, dict) else {}
        return (self._judged(inquiry, kind, data),)

    async def _found(self, service: Service, namespace: str) -> tuple[str, Seen | Unavailable]:
        """The workload that the service's tool works on; where there is none of that kind, the other one."""
        kinds = ("rollout", "deployment") if service.tool in {"argo-rollouts", None} else ("deployment", "rollout")
        path = path_of(namespace, _workload(service)).split("/")[1:]
        answer: Seen | Unavailable = Unavailable("not_found")
        for kind in kinds:
            answer = await self.remote.json(_PATHS[kind].format(*path))
            if isinstance(answer, Seen) or answer.code != "not_found":
                return kind, answer
        return kinds[0], answer

    def _not_seen(self, asked: Inquiry, answer: Unavailable, what: str) -> Evidence:
        if answer.code == "not_found":
            text = f"there is no {what}, or this credential may not see it"
            return item(asked, self.name, Kind.ROLLOUT, Standing.MISSING, text=text)
        return unavailable(asked, self.name, Kind.ROLLOUT, answer)

    def _judged(self, asked: Inquiry, kind: str, found: dict[str, object]) -> Evidence:
        release, service = asked.release, asked.service
        named = image_of(service.evidence.get("image") or service.names.get("image") or "")
        spec = found.get("spec")
        now = running(
            spec if isinstance(spec, dict) else {},
            release.version,
            release.digest,
            named.repository if named else None,
            service.names.get("container"),
        )
        facts: Facts = {"image": now.image[:200]}
        if now.by:
            facts["compared_by"] = now.by
        subject = release.digest if now.by == "digest" else release.version
        if now.same is None:
            text = f"which version runs cannot be told: {now.image}"
            return item(asked, self.name, Kind.ROLLOUT, Standing.INCONCLUSIVE, text=text, facts=facts)
        if not now.same:
            facts |= {"state": "not_started", "percent": 0}
            text = f"not started: {now.image} is asked for"
            return item(asked, self.name, Kind.ROLLOUT, Standing.VERIFIED, subject=subject, text=text, facts=facts)
        seen = of_rollout(found) if kind == "rollout" else of_deployment(found)
        if not observed(found):
            seen = State(None, "its controller has not seen the new version yet")
        if seen.percent is not None:
            facts["percent"] = seen.percent
        if seen.state is None:
            return item(
                asked, self.name, Kind.ROLLOUT, Standing.INCONCLUSIVE, subject=subject, text=seen.why, facts=facts
            )
        facts["state"] = seen.state
        standing = Standing.FAILED if seen.state in _BROKEN else Standing.VERIFIED
        share = f", {seen.percent} %" if seen.percent is not None else ""
        text = f"{seen.state}{share}: {seen.why}"
        return item(asked, self.name, Kind.ROLLOUT, standing, subject=subject, text=text, facts=facts)

    async def checks(self, services: Sequence[Service]) -> Sequence[Check]:
        """For each namespace that it looks into: the cluster's own word on what this credential may do there."""
        places = {s.names.get("namespace") or self.namespace for s in services} or {self.namespace}
        return [await self._rights(place) for place in sorted(p for p in places if p)]

    async def _rights(self, namespace: str) -> Check:
        found, named = await self.too_much(namespace), {"source": self.name, "place": namespace}
        if isinstance(found, Unavailable):
            return bad("source_rights", {**named, "why": found.detail or found.code})
        if found:
            return bad("source_reads", {**named, "what": ", ".join(found)})
        return Check("source_reads", ok=True, sentence=say("check.source_reads", named))

    async def too_much(self, namespace: str) -> tuple[str, ...] | Unavailable:
        """What the credential may do and should not, by the cluster's own word; () where it can change nothing."""
        found = []
        asked = (self.remote.may(verb, name, group=group, namespace=namespace) for verb, group, name in FORBIDDEN)
        for answer, (verb, _, resource) in zip(await asyncio.gather(*asked), FORBIDDEN, strict=True):
            if isinstance(answer, Unavailable):
                return answer
            status = answer.data.get("status") if isinstance(answer.data, dict) else None
            allowed = status.get("allowed") if isinstance(status, dict) else None
            if not isinstance(allowed, bool):
                return Unavailable("malformed", f"{self.name} does not say what we may do")
            if allowed:
                found.append(f"{verb} {resource}")
        return tuple(found)


def _workload(service: Service) -> str:
    return service.names.get("workload") or service.id
