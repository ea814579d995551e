"""Jenkins as a source: the newest build of the very commit, its stages and its report of tests. UNSTABLE is no pass."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import quote, unquote, urlsplit

from adapters.evidence.checks import Check, Outcome, facts_of, in_time, newest, verdict
from adapters.evidence.item import Facts, item, many, unavailable
from adapters.evidence.pasted import linked, shapes_of
from adapters.evidence.rights import told
from adapters.evidence.sites import basic, site_of
from adapters.evidence.source_kind import SourceKind
from adapters.evidence.told import Json, counted, listed, number, rows, table, words
from adapters.evidence.versions import repository_of
from adapters.http.answers import Seen, Unavailable
from adapters.http.fetch import Remote, Transport
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.link_shapes import Shape
from bot.domain.service import Service
from bot.ports import CatalogReader, Inquiry, SourceSettings
from bot.ports import Check as Line

SHORT = 7
MOST_BUILDS = 50
_BUILD = (
    "number,url,building,result,timestamp,duration,displayName,"
    "actions[lastBuiltRevision[SHA1],remoteUrls,parameters[name,value]]"
)
_RESULTS: Mapping[str, Outcome] = {
    "SUCCESS": Outcome.PASSED,
    "UNSTABLE": Outcome.FAILED,
    "FAILURE": Outcome.FAILED,
    "ABORTED": Outcome.CANCELLED,
    "NOT_BUILT": Outcome.SKIPPED,
}
_STAGES: Mapping[str, Outcome] = {
    "SUCCESS": Outcome.PASSED,
    "FAILED": Outcome.FAILED,
    "UNSTABLE": Outcome.FAILED,
    "IN_PROGRESS": Outcome.PENDING,
    "PAUSED_PENDING_INPUT": Outcome.PENDING,
    "ABORTED": Outcome.CANCELLED,
    "NOT_EXECUTED": Outcome.SKIPPED,
}
_VIEW = re.compile(r"/view/[^/]+")
_SHA = re.compile(r"(?i)[0-9a-f]{40}(?:[0-9a-f]{24})?")


def jenkins(settings: SourceSettings, transport: Transport, catalog: CatalogReader) -> "Jenkins":
    """The source of those settings."""
    headers = basic(settings) if settings.token is not None else dict[str, str]
    return Jenkins(settings.name, transport.remote(site_of(settings, headers)), settings.url, catalog)


KIND = SourceKind("jenkins", lambda settings, given: jenkins(settings, given.transport, given.catalog))


@dataclass(slots=True)
class Jenkins:
    """One Jenkins. `url`: where it stands, with the path in front of all its pages."""

    name: str
    remote: Remote
    url: str
    catalog: CatalogReader

    async def gather(self, inquiry: Inquiry) -> tuple[Evidence, ...]:
        """What it sees of the release."""
        if inquiry.purpose == "link":
            shapes = list(shapes_of(inquiry, self.catalog(), self.name))
            found = await asyncio.gather(*(self._linked(inquiry, shape) for shape in shapes))
            return tuple(replace(one, source=linked(self.name)) for one in found)
        job = job_path(inquiry.service.evidence.get("job", ""))
        if job is None:
            return (self._missing(inquiry, "the catalogue names no job of the service (evidence: job)"),)
        builds = await self._builds(job)
        if isinstance(builds, Unavailable):
            return (self._not_seen(inquiry, builds),)
        commit = inquiry.release.commit
        own = [b for b in builds if _is_of(b, inquiry, commit)]
        if not own and commit is None:
            text = "the commit of the version is not known yet, and no build is named after the version"
            facts: Facts = {"needs": "commit"}
            return (item(inquiry, self.name, Kind.CI, Standing.INCONCLUSIVE, text=text, facts=facts),)
        if not own:
            return (
                self._missing(inquiry, f"none of the last {len(builds)} builds is of commit {str(commit)[:SHORT]}"),
            )
        latest = max(own, key=lambda b: number(b.get("number")))
        return (await self._judged(inquiry, job, latest, len(own)),)

    async def checks(self, services: Sequence[Service]) -> Sequence[Line]:
        """Whether it answers to this user; Jenkins does not tell what a user may do."""
        del services
        answer = await self.remote.json("/whoAmI/api/json", {"tree": "authenticated,anonymous,name"})
        return (told(self.name, "Jenkins", answer, None, ()),)

    async def _builds(self, job: str) -> Sequence[Json] | Unavailable:
        """The last builds of the job; a list with one that has no number says nothing of which is the newest."""
        answer = await self.remote.json(f"{job}/api/json", {"tree": f"builds[{_BUILD}]{{0,{MOST_BUILDS}}}"})
        found = answer if isinstance(answer, Unavailable) else listed(answer.data, "builds")
        if isinstance(found, Unavailable):
            return found
        whole = all(counted(one.get("number")) and isinstance(listed(one, "actions"), list) for one in found)
        return found if whole else Unavailable("malformed", "a build without its number or its actions")

    def _missing(self, asked: Inquiry, text: str) -> Evidence:
        return item(asked, self.name, Kind.CI, Standing.MISSING, text=text)

    def _not_seen(self, asked: Inquiry, answer: Unavailable) -> Evidence:
        if answer.code == "not_found":
            return self._missing(asked, answer.detail)
        return unavailable(asked, self.name, Kind.CI, answer)

    async def _judged(self, asked: Inquiry, job: str, build: Json, tries: int) -> Evidence:
        """The build, its stages and its tests. Both may be absent: plugins tell them."""
        at = f"{job}/{number(build.get('number'))}"
        stages, report = await asyncio.gather(
            self.remote.json(f"{at}/wfapi/describe"),
            self.remote.json(f"{at}/testReport/api/json", {"tree": "failCount,passCount,skipCount"}),
        )
        ended = _ended(build)
        whole = Check(f"build {number(build.get('number'))}", _outcome(build), at=ended, url=words(build.get("url")))
        parts = listed(stages.data, "stages") if isinstance(stages, Seen) else ()
        if isinstance(parts, Unavailable):
            return self._not_seen(asked, parts)
        checks = [
            whole,
            *(Check(words(s.get("name")), _STAGES.get(words(s.get("status")), Outcome.OTHER)) for s in parts),
        ]
        seen = in_time(verdict(checks, None), ended, asked.now)
        facts: Facts = facts_of(checks, asked.service.checks)
        notes = [f"{words(build.get('result')).lower() or 'running'}; {seen.text}"]
        if isinstance(report, Seen):
            failed, passed = (counted(table(report.data).get(name)) for name in ("failCount", "passCount"))
            if failed is not None and passed is not None:
                notes.append(f"{many(passed, 'test')} passed, {failed} failed")
            if failed:
                facts["tests"] = "failed"
            elif passed and failed == 0:
                facts |= {"tests": "passed", "test_report": f"{self.url}{at}/testReport/"}
        if tries > 1:
            facts["attempt"] = tries
            notes.append(f"built {many(tries, 'time')}")
        sha = _sha(build, asked)
        text = f"build {number(build.get('number'))} of commit {(sha or 'UNKNOWN')[:SHORT]}: {'; '.join(notes)}"
        dated = newest(checks) if seen.standing is not Standing.PENDING else None
        return item(
            asked, self.name, Kind.CI, seen.standing,
            url=f"{self.url}{at}/", subject=sha, dated=dated, text=text, facts=facts,
        )  # fmt: skip

    async def _newest(self, asked: Inquiry, job: str, pasted: Json) -> Evidence:
        """A pasted build says no more than the newest one of its commit: that may have failed since."""
        builds = await self._builds(job)
        if isinstance(builds, Unavailable):
            return self._not_seen(asked, builds)
        own = [b for b in builds if _is_of(b, asked, asked.release.commit)]
        latest = max((pasted, *own), key=lambda b: number(b.get("number")))
        return await self._judged(asked, job, latest, max(len(own), 1))

    async def _linked(self, asked: Inquiry, shape: Shape) -> Evidence:
        """A pasted build counts where it is of the job that the catalogue names, and of the commit that is released."""
        found = _place(shape)
        if found is None or found[0] != urlsplit(self.url).path.rstrip("/"):
            return self._missing(asked, "the link does not lead to a build")
        job, which = found[1], found[2]
        own = job_path(asked.service.evidence.get("job", ""))
        if own is not None and not f"{unquote(job)}/".startswith(f"{unquote(own)}/"):
            text = f"it is a build of {_named(job)}; the pipeline of the service is {_named(own)}"
            return item(asked, self.name, Kind.CI, Standing.INCONCLUSIVE, text=text)
        answer = await self.remote.json(f"{job}/{which}/api/json", {"tree": _BUILD})
        if isinstance(answer, Unavailable):
            return self._not_seen(asked, answer)
        build = table(answer.data)
        if not counted(build.get("number")):
            return self._not_seen(asked, Unavailable("malformed", "a build without its number"))
        sha, commit = _sha(build, asked), asked.release.commit
        if _is_of(build, asked, commit) and sha is not None:
            return await self._newest(asked, job, build)
        facts: Facts = {"needs": "commit"} if commit is None else {}
        of = f"commit {sha[:SHORT]}" if sha else "a commit that cannot be told"
        text = f"it is of {of}; the commit that is released is {(commit or 'UNKNOWN')[:SHORT]}"
        return item(asked, self.name, Kind.CI, Standing.INCONCLUSIVE, subject=sha, text=text, facts=facts)


def job_path(said: str) -> str | None:
    """`folder/shop` as /job/folder/job/shop; an address is taken by its path. A `%2F` in a name stays as it is."""
    path = _VIEW.sub("", urlsplit(said).path if "://" in said else said)
    if "/job/" in f"/{path}":
        path = f"/{path}".partition("/job/")[2].replace("/job/", "/")
    parts = [part for part in path.split("/") if part]
    if not parts or any(unquote(part) in {".", ".."} for part in parts):
        return None
    return "".join(f"/job/{quote(part, safe='%')}" for part in parts)


def _place(shape: Shape) -> tuple[str, str, str] | None:
    """(what stands before, the path of the job, the build) of a link."""
    said = shape.fields
    if shape.name == "jenkins.build":
        return said.get("before", ""), _VIEW.sub("", said["jobs"]), said["build"]
    if shape.name == "jenkins.blueocean":
        parts = (*said["pipeline"].split("/"), quote(said["branch"], safe=""))
        return said.get("before", ""), "".join(f"/job/{quote(part, safe='%')}" for part in parts), said["build"]
    return None


def _named(job: str) -> str:
    return unquote(job).replace("/job/", "/").strip("/")


def _is_of(build: Json, asked: Inquiry, commit: str | None) -> bool:
    """By the commit; as long as that is not known, by the name of the build or a parameter that is the version."""
    if commit is not None:
        sha = _sha(build, asked)
        return sha is not None and len(commit) >= SHORT and sha.startswith(commit.casefold())
    version = asked.release.version
    if version is None:
        return False
    given = [p.get("value") for action in rows(build, "actions") for p in rows(action, "parameters")]
    return any(
        said in {version, f"v{version}", asked.release.digest}
        for said in (build.get("displayName"), *given)
        if isinstance(said, str)
    )


def _sha(build: Json, asked: Inquiry) -> str | None:
    """What was checked out. Libraries are checked out too: then it is the one from the service's own repository."""
    built = [a for a in rows(build, "actions") if _SHA.fullmatch(words(table(a.get("lastBuiltRevision")).get("SHA1")))]
    own = repository_of(asked)
    if own is not None and len(built) > 1:
        built = [a for a in built if any(_is_repository(url, own) for url in _urls(a))]
    found = {words(table(a.get("lastBuiltRevision")).get("SHA1")).lower() for a in built}
    return next(iter(found)) if len(found) == 1 else None


def _urls(action: Json) -> list[object]:
    found = action.get("remoteUrls")
    return found if isinstance(found, list) else []


def _is_repository(url: object, slug: str) -> bool:
    plain = str(url).removesuffix("/").removesuffix(".git").casefold()
    return plain.endswith((f"/{slug.casefold()}", f":{slug.casefold()}"))


def _outcome(build: Json) -> Outcome:
    if build.get("building") is not False:
        return Outcome.PENDING
    return _RESULTS.get(words(build.get("result")), Outcome.OTHER)


def _ended(build: Json) -> datetime | None:
    milliseconds = number(build.get("timestamp")) + number(build.get("duration"))
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC) if milliseconds else None
    except (OverflowError, OSError, ValueError):
        return None
