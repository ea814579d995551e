"""Which readiness item a finding is about."""

from collections.abc import Mapping

from bot.domain.evidence import Kind
from bot.domain.finding import Finding

_SUBJECTS: Mapping[str, Kind] = {
    **{kind.value: kind for kind in Kind},
    "freeze": Kind.WINDOW,
    "clash": Kind.WINDOW,
    "incident": Kind.DEPENDENCIES,
    "votes": Kind.APPROVALS,
    "expiry": Kind.APPROVALS,
    "catalogue": Kind.OWNERS,
    "breakglass": Kind.APPROVALS,
}


def kind_of(finding: Finding) -> Kind:
    """The item of a finding; votes and the calendar belong to approvals and window."""
    return _SUBJECTS[finding.subject]
