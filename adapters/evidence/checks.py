"""What a pipeline's checks come to: pure, for every CI. What was skipped or cancelled is no pass; nor is no check at all."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from adapters.evidence.item import Facts, many
from bot.domain.evidence import Standing


class Outcome(StrEnum):
    """How a check ended. OTHER: a word that we do not know; it proves nothing."""

    PASSED = "passed"
    FAILED = "failed"
    PENDING = "pending"
    SKIPPED = "skipped"
    NEUTRAL = "neutral"
    CANCELLED = "cancelled"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `app`: who reported it, where the system tells. `may_fail`: the pipeline allows it to fail."""

    name: str
    outcome: Outcome
    at: datetime | None = None
    url: str | None = None
    app: int | None = None
    may_fail: bool = False
    report: bool = False


@dataclass(frozen=True, slots=True)
class Required:
    """A check that has to be there. `app`: by whom; None: by anyone."""

    name: str
    app: int | None = None

    def met_by(self, check: Check) -> bool:
        """True for a check of that name, by that app."""
        return check.name == self.name and self.app in {None, check.app}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The standing of the whole, in words for the plan."""

    standing: Standing
    text: str


GUESSES: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rf"(?<![a-z])(?:{words})(?![a-z])", re.IGNORECASE)
    for name, words in {
        "tests": "tests?|unit|integration|e2e|specs?|pytest|jest|rspec|junit",
        "coverage": "coverage|codecov|coveralls",
        "code_analysis": r"lint|linter|linting|codeql|sonar\w*|static.analysis|code.analysis|semgrep|mypy|eslint|ruff",
        "security_scan": r"security|trivy|snyk|grype|sast|dast|vulnerabilit\w+|dependency.review|osv",
    }.items()
}
"""By which names a check is known where the catalogue names none (`checks`)."""

_REPORT = re.compile(r"(?:test|junit)[ _-]?(?:report|results?)", re.IGNORECASE)
_BAD = (Outcome.FAILED, Outcome.PENDING, Outcome.CANCELLED, Outcome.OTHER, Outcome.SKIPPED, Outcome.NEUTRAL)
_NAMED = 4
SKEW = timedelta(minutes=5)
"""So far two clocks that are right may be apart."""


def verdict(checks: Sequence[Check], required: Sequence[Required] | None) -> Verdict:
    """What they come to. `required` None: nobody could say which have to be there, so each one counts."""
    if not checks:
        return Verdict(Standing.MISSING, "no check ran")
    counting = [c for c in checks if not c.may_fail]
    absent: list[str] = []
    if required:
        counting = [c for c in checks if any(r.met_by(c) for r in required)]
        absent = [r.name for r in required if not any(r.met_by(c) for c in checks)]
    tally = _tally(checks)
    for outcome, standing in ((Outcome.FAILED, Standing.FAILED), (Outcome.PENDING, Standing.PENDING)):
        found = [c for c in counting if c.outcome is outcome]
        if found:
            return Verdict(standing, f"{_names(found)} {outcome.value}; {tally}")
    if absent:
        return Verdict(Standing.MISSING, f"required, and never ran: {', '.join(absent)}; {tally}")
    unproven = [c for c in counting if c.outcome is not Outcome.PASSED]
    idle = {Outcome.SKIPPED, Outcome.NEUTRAL}
    if required and unproven:
        return Verdict(Standing.INCONCLUSIVE, f"required, and did not pass: {_names(unproven)}; {tally}")
    if any(c.outcome not in idle for c in unproven) or not any(c.outcome is Outcome.PASSED for c in counting):
        return Verdict(Standing.INCONCLUSIVE, f"{_names(unproven)} proves nothing; {tally}")
    return Verdict(Standing.VERIFIED, tally)


def in_time(seen: Verdict, ended: datetime | None, now: datetime) -> Verdict:
    """A pass whose age cannot be told would never be too old (G12): it proves nothing, nor does one that is still to come."""
    if seen.standing is not Standing.VERIFIED:
        return seen
    if ended is None:
        return Verdict(Standing.INCONCLUSIVE, f"nothing says when it ended, so it may be old; {seen.text}")
    if ended > now + SKEW:
        said = f"it says that it ended {ended:%Y-%m-%d %H:%M} UTC, and here it is {now:%Y-%m-%d %H:%M} UTC"
        return Verdict(Standing.INCONCLUSIVE, f"{said}: one of the two clocks is wrong; {seen.text}")
    return seen


def facts_of(checks: Sequence[Check], named: Mapping[str, Sequence[str]]) -> Facts:
    """How each check that a policy may require ended: by the names in the catalogue, else by what its name says.

    One of several that did not pass is no pass of the whole. A named one that is not there is absent.
    """
    found: Facts = {}
    for policy_name, names in named.items():
        missing = [n for n in names if not any(c.name == n for c in checks)]
        found[policy_name] = "absent" if missing else _worst(c for c in checks if c.name in names)
    for policy_name, pattern in GUESSES.items():
        like = [c for c in checks if pattern.search(c.name)]
        if policy_name not in found and like:
            found[policy_name] = _worst(like)
    report = next((c for c in checks if c.outcome is Outcome.PASSED and c.url and _is_report(c, named)), None)
    if report is not None and report.url:
        found["test_report"] = report.url
    return found


def newest(checks: Iterable[Check]) -> datetime | None:
    """When the last one ended."""
    return max((c.at for c in checks if c.at is not None), default=None)


def _is_report(check: Check, named: Mapping[str, Sequence[str]]) -> bool:
    if "test_report" in named:
        return check.name in named["test_report"]
    return check.report or bool(_REPORT.search(check.name))


def _worst(checks: Iterable[Check]) -> str:
    outcomes = {c.outcome for c in checks}
    return next((bad.value for bad in _BAD if bad in outcomes), Outcome.PASSED.value)


def _names(checks: Sequence[Check]) -> str:
    names = list(dict.fromkeys(c.name for c in checks))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


def _tally(checks: Sequence[Check]) -> str:
    parts = []
    for outcome in (Outcome.PASSED, *_BAD):
        found = [c for c in checks if c.outcome is outcome]
        if found:
            named = f" ({_names(found)})" if outcome not in {Outcome.PASSED, Outcome.PENDING} else ""
            parts.append(f"{len(found)} {outcome.value}{named}")
    return f"{many(len(checks), 'check')}: {', '.join(parts)}"
