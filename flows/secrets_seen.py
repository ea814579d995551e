"""Secrets that people paste by accident (P5): cut out before anything is kept or echoed, and named to be rotated."""

import re
from dataclasses import dataclass

REDACTED = "[removed secret]"

_PEM = r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----.*?(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|\Z)"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("private_key", re.compile(_PEM, re.DOTALL)),
    ("aws_key", re.compile(r"(?<![A-Za-z0-9])(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])")),
    ("github_token", re.compile(r"(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{20,})")),
    ("gitlab_token", re.compile(r"(?<![A-Za-z0-9])gl(?:pat|ptt|dt|rt|cbt|soat|ft|imt|agent)-[A-Za-z0-9_.-]{16,}")),
    ("slack_token", re.compile(r"(?<![A-Za-z0-9])(?:xox[abcdeoprs]|xapp)-[A-Za-z0-9.-]{8,}")),
    ("slack_webhook", re.compile(r"https?://hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/_-]{8,}")),
    ("teams_webhook", re.compile(r"https?://[a-z0-9.-]*webhook\.office\.com/[^\s<>|)\]]{8,}")),
    ("google_key", re.compile(r"(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{30,}")),
    ("google_token", re.compile(r"(?<![A-Za-z0-9])ya29\.[A-Za-z0-9_-]{16,}")),
    ("stripe_key", re.compile(r"(?<![A-Za-z0-9])(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}")),
    ("api_key", re.compile(r"(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{20,}")),
    ("npm_token", re.compile(r"(?<![A-Za-z0-9])npm_[A-Za-z0-9]{30,}")),
    ("pypi_token", re.compile(r"(?<![A-Za-z0-9])pypi-[A-Za-z0-9_-]{20,}")),
    ("grafana_token", re.compile(r"(?<![A-Za-z0-9])gl(?:sa|c)_[A-Za-z0-9_+=/]{20,}")),
    ("vault_token", re.compile(r"(?<![A-Za-z0-9])hv[sbr]\.[A-Za-z0-9_-]{20,}")),
    ("jwt", re.compile(r"(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)?")),
    ("bearer", re.compile(r"(?i)(?<![a-z])bearer\s+[a-z0-9._~+/=-]{16,}")),
    ("basic_auth", re.compile(r"(?i)(?<![a-z])authorization\s*[:=]\s*\S+(?:[ \t]+[a-z0-9._~+/=-]{8,})?")),
    ("url_password", re.compile(r"(?<=://)[^\s/@:<>|]*:[^\s/@<>|]+(?=@)")),
    (
        "password",
        re.compile(
            r"(?i)(?<![a-z0-9])(?P<name>[a-z0-9_-]{0,40}?(?:password|passwd|passphrase|pwd|secret"
            r"|api[_-]?key|access[_-]?key|"
            r"private[_-]?key|auth[_-]?token|access[_-]?token|token))[\"']?\s*(?:[:=]+>?\s*|is\s+(?=\S*\d)(?=\S{6}))"
            r"(?:\"[^\"\n]{4,}\"|'[^'\n]{4,}'|(?!\[removed secret)[^\s\"',;]{4,})"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text without its secrets, and the kinds that were found (codes of `talk.secret_kind.*`), each once."""

    text: str
    kinds: tuple[str, ...]


def redact(text: str) -> Cleaned:
    """Cuts every known secret out. A text without secrets comes back as it is."""
    kinds: list[str] = []
    for kind, pattern in _PATTERNS:
        cleaned = pattern.sub(REDACTED, text)
        if cleaned != text:
            kinds.append(kind)
            text = cleaned
    return Cleaned(text, tuple(kinds))
