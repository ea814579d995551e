"""What the demo CI, repository and registry answer about a version: pure, from the release, its service and what was set."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from adapters.evidence.demo_item import Facts, item
from bot.domain.evidence import Evidence, Kind, Standing
from bot.ports import Inquiry

Settings = Mapping[str, object]
CHECKS = ("tests", "coverage", "code_analysis", "security_scan")
_SLOT = timedelta(hours=4)
_RUN = timedelta(minutes=12)


def commit_of(service: str, version: str) -> str:
    """The commit of a version: always the same 40 digits."""
    return hashlib.sha256(f"commit:{service}@{version}".encode()).hexdigest()[:40]


def digest_of(service: str, version: str) -> str:
    """The digest of a version's image."""
    return f"sha256:{hashlib.sha256(f'image:{service}@{version}'.encode()).hexdigest()}"


def ci(name: str, asked: Inquiry, settings: Settings) -> tuple[Evidence, ...]:
    """The last run of the pipeline for the commit of the release."""
    version = asked.release.version
    if version is None:
        return (
            item(name, asked, Kind.CI, Standing.MISSING, text="the version is not known, so no run can be looked up"),
        )
    commit = str(settings.get("commit") or _commit(asked, version))
    checks = {check: str(settings.get(check, "passed")) for check in CHECKS}
    status = _status(settings, checks)
    if status == "failed" and "failed" not in checks.values():
        checks["tests"] = "failed"
    run = _number(asked.service.id, commit)
    url = _link(settings.get("url"), f"https://ci.demo.example/{asked.service.id}/runs/{run}")
    if status == "missing":
        text = f"no run for commit {commit[:6]}"
        return (item(name, asked, Kind.CI, Standing.MISSING, subject=commit, text=text),)
    facts: Facts = {**checks}
    report = _link(settings.get("test_report"), f"{url}/tests" if url else "")
    if report and status != "pending":
        facts["test_report"] = report
    ended = None if status == "pending" else _ended(asked, settings)
    standing = {"passed": Standing.VERIFIED, "failed": Standing.FAILED, "pending": Standing.PENDING}[status]
    text = f"run {run}: {status}, commit {commit[:6]}"
    return (item(name, asked, Kind.CI, standing, url=url, subject=commit, dated=ended, text=text, facts=facts),)


def _status(settings: Settings, checks: Mapping[str, str]) -> str:
    said = settings.get("status")
    if said in {"missing", "failed"}:
        return str(said)
    for worse in ("failed", "pending"):
        if worse in checks.values():
            return worse
    return str(said or "passed")


def _ended(asked: Inquiry, settings: Settings) -> datetime:
    """When the run ended: it runs with each change and every four hours, so a healthy pipeline is never stale by itself."""
    if settings.get("finished_at"):
        return datetime.fromisoformat(str(settings["finished_at"]))
    if settings.get("age_hours") is not None:
        return asked.now - timedelta(hours=float(str(settings["age_hours"])))
    midnight = asked.now.replace(hour=0, minute=0, second=0, microsecond=0)
    slot = midnight + _SLOT * ((asked.now - midnight) // _SLOT)
    return max(asked.release.created_at - _RUN, slot - _RUN)


def scm(name: str, asked: Inquiry, settings: Settings) -> tuple[Evidence, ...]:
    """Commit and image, merge request and release notes, whether models changed, whether flags are used."""
    version, service = asked.release.version, asked.service.id
    if version is None:
        text = "the version is not known, so nothing can be looked up"
        return tuple(
            item(name, asked, k, Standing.MISSING, text=text) for k in (Kind.ARTIFACT, Kind.CHANGE, Kind.NOTES)
        )
    if settings.get("status") in {"missing", "failed"}:
        text = f"{service} {version} is not in the repository"
        return tuple(
            item(name, asked, k, Standing.MISSING, text=text) for k in (Kind.ARTIFACT, Kind.CHANGE, Kind.NOTES)
        )
    commit = str(settings.get("commit") or _commit(asked, version))
    digest = str(settings.get("digest") or asked.release.digest or _own_digest(asked, version))
    base = f"https://scm.demo.example/{service}"
    facts: Facts = {"commit": commit, "authors": str(settings.get("authors", "ben"))}
    if digest:
        facts["digest"] = digest
    items = [
        item(name, asked, Kind.ARTIFACT, Standing.VERIFIED, url=f"{base}/tree/{version}", subject=commit, facts=facts),
        _page(
            name,
            asked,
            Kind.CHANGE,
            _link(settings.get("merge_request"), f"{base}/merge_requests/{_number(service, commit)}"),
        ),
        _page(name, asked, Kind.NOTES, _link(settings.get("release_notes"), f"{base}/releases/{version}")),
    ]
    return (*items, *_migration(name, asked, settings, commit), *_flags(name, asked, settings))


def _own_digest(asked: Inquiry, version: str) -> str:
    """Made up, where the registry is a demo one too; a real registry beside it knows the digest, and says it itself."""
    registry_of = asked.service.sources.get("registry", "demo-registry")
    return digest_of(asked.service.id, version) if registry_of.startswith("demo-") else ""


def _page(name: str, asked: Inquiry, kind: Kind, url: str) -> Evidence:
    if not url:
        return item(name, asked, kind, Standing.MISSING, text="there is none for this version")
    return item(name, asked, kind, Standing.VERIFIED, url=url, subject=asked.release.version)


def _migration(name: str, asked: Inquiry, settings: Settings, commit: str) -> tuple[Evidence, ...]:
    """A repository sees that models changed, not that a migration was rehearsed: that stays a question."""
    change = str(settings.get("data_change", ""))
    said = settings.get("models_changed", asked.service.data_store is not None)
    changed = bool(said) if not change else change != "none"
    if not changed:
        facts: Facts = {"models_changed": False, "data_change": "none"}
        text = "no model changed since the last version"
        return (item(name, asked, Kind.MIGRATION, Standing.VERIFIED, subject=commit, text=text, facts=facts),)
    if asked.purpose != "plan":
        return ()
    facts = {"models_changed": True, **({"data_change": change} if change else {})}
    text = "models changed since the last version"
    return (item(name, asked, Kind.MIGRATION, Standing.MISSING, subject=commit, text=text, facts=facts),)


def _flags(name: str, asked: Inquiry, settings: Settings) -> tuple[Evidence, ...]:
    used = settings.get("flags_used", bool(asked.service.uses_flags))
    facts: Facts = {"flags_used": bool(used)}
    if not used:
        return (item(name, asked, Kind.FLAGS, Standing.VERIFIED, text="the change uses no feature flag", facts=facts),)
    known = {key: str(settings[key]) for key in ("default", "kill_switch") if settings.get(key)}
    if not known:
        return ()
    return (item(name, asked, Kind.FLAGS, Standing.VERIFIED, text="flag found", facts={**facts, **known}),)


def registry(name: str, asked: Inquiry, settings: Settings) -> tuple[Evidence, ...]:
    """Whether the version to go back to can still be installed (G20)."""
    target = str(settings.get("target") or asked.service.previous_version or _before(asked.release.version))
    if not target:
        text = "no earlier version is known"
        return (item(name, asked, Kind.ROLLBACK_TARGET, Standing.MISSING, text=text),)
    there = settings.get("installable", settings.get("status", "passed") == "passed")
    facts: Facts = {"target": target, "installable": bool(there)}
    text = f"{target} can be installed" if there else f"{target} is not in the registry any more"
    url = f"https://registry.demo.example/{asked.service.id}/{target}"
    standing = Standing.VERIFIED if there else Standing.FAILED
    return (item(name, asked, Kind.ROLLBACK_TARGET, standing, url=url, subject=target, text=text, facts=facts),)


def _before(version: str | None) -> str:
    """The version before: the last number that is not 0, one less."""
    parts = re.split(r"(\d+)", version or "")
    for at in range(len(parts) - 2, 0, -2):
        if int(parts[at]) > 0:
            return "".join((*parts[:at], str(int(parts[at]) - 1), *parts[at + 1 :]))
    return ""


def _commit(asked: Inquiry, version: str) -> str:
    return asked.release.commit or commit_of(asked.service.id, version)


def _number(service: str, commit: str) -> int:
    return int(hashlib.sha256(f"run:{service}@{commit}".encode()).hexdigest()[:4], 16) % 900 + 100


def _link(said: object, own: str) -> str:
    return own if said in {None, "own"} else str(said)
