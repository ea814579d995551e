"""What PRECONDITIONS say of an item that is there: what was found, not only that somebody looked (rules.md, The plan, 3)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from bot.domain.evidence import Kind
from bot.domain.finding import Finding
from bot.domain.plan import Line
from bot.plan.lines import of_finding
from bot.policy.case import Case

_LOOKED: Final = frozenset({"verified", "attested"})
_SAID: Final[Mapping[object, str]] = {True: "yes", False: "no"}


def told(case: Case, kind: Kind, about: Iterable[Finding]) -> Iterator[Line]:
    """A line for each finding of that item; a finding that says only who looked also says what was found."""
    findings = tuple(about)
    live = any(f.code == "monitoring_live" for f in findings)
    for finding in findings:
        if finding.code == "monitoring_verified" and live:
            # That it has data and is quiet says the same, and more.
            continue
        line, state = of_finding(case, finding), finding.code.removeprefix(f"{kind.value}_")
        found = _DETAILS[kind](case) if kind in _DETAILS and state in _LOOKED else None
        yield replace(line, code=f"plan.{kind.value}_{state}", params={**line.params, **found}) if found else line


def _checks(case: Case) -> Mapping[str, str] | None:
    sight, wanted = case.sight(Kind.CI), case.facts.policy.required_checks
    passed = [c.replace("_", " ") for c in wanted if sight.fact(c) == "passed"]
    return {"checks": ", ".join(passed)} if passed else None


def _build(case: Case) -> Mapping[str, str] | None:
    r = case.release
    return {"commit": r.commit, "digest": r.digest} if r.commit and r.digest else None


def _data(case: Case) -> Mapping[str, str] | None:
    sight = case.sight(Kind.MIGRATION)
    done = {name: _SAID.get(sight.fact(name)) for name in ("dry_run", "backup")}
    known = {name: said for name, said in done.items() if said}
    return {"change": case.data_change, **known} if case.data_change and known.keys() == done.keys() else None


def _switches(case: Case) -> Mapping[str, str] | None:
    sight = case.sight(Kind.FLAGS)
    default, switch = sight.fact("default"), sight.fact("kill_switch")
    return {"default": str(default), "switch": str(switch)} if default and switch else None


_DETAILS: Final[Mapping[Kind, Callable[[Case], Mapping[str, str] | None]]] = {
    Kind.CI: _checks,
    Kind.ARTIFACT: _build,
    Kind.MIGRATION: _data,
    Kind.FLAGS: _switches,
}
