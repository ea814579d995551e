"""What changed between two versions, and what follows from the files alone: models, migrations, flags. Pure.

A list that may be cut short says nothing about what is not in it: then nothing is concluded.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.evidence.item import Facts, item, many
from bot.domain.evidence import Evidence, Kind, Standing
from bot.ports import Inquiry


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """One file. `status`: added, modified, removed, renamed; `patch`: the changed lines, None where they were not told.

    `was`: the path that it had before, where it was moved.
    """

    path: str
    status: str
    patch: str | None = None
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """Everything between `base` and `head`. `whole` is False where the system may have told less than there is.

    `authors`: (login, e-mail) of those who wrote the commits.
    """

    base: str
    head: str
    files: tuple[ChangedFile, ...]
    commits: int
    whole: bool
    url: str | None = None
    authors: tuple[tuple[str, str], ...] = ()


_DATA = re.compile(
    r"(?:^|/)(?:migrations?|alembic|versions|db/migrate|flyway|liquibase|schema|prisma)/|(?:^|/)changelog[^/]*\.(?:xml|ya?ml|sql)$"
    r"|(?:^|/)(?:models?|entities|schema)(?:/|\.(?:py|rb|ts|js|kt|java|go|sql|prisma)$)|\.sql$",
    re.IGNORECASE,
)
_FLAG = re.compile(
    r"\b(?:\w*[vV]ariation(?:_detail)?|is_?[eE]nabled|isFeatureEnabled|feature_?[fF]lags?|get_(?:boolean|string|integer|float|object)_value"
    r"|get(?:Boolean|String|Number|Integer|Double|Object)(?:Value|Details)|use(?:Flag|Feature)\w*|flipper)\b"
)
_FLAG_FILE = re.compile(r"(?:^|/)(?:feature[-_]?)?flags?(?:[./]|$)", re.IGNORECASE)
_SHOWN = 3


def data_items(asked: Inquiry, source: str, changed: Changed) -> tuple[Evidence, ...]:
    """Whether models or migrations changed. What they do to the data, and whether they were rehearsed, stays a question."""
    touched = [f.path for f in changed.files if _DATA.search(f.path) or (f.was and _DATA.search(f.was))]
    subject = changed.head
    if touched:
        facts: Facts = {"models_changed": True, "files": len(touched)}
        text = f"since {changed.base}: {_some(touched)}"
        return (
            item(
                asked,
                source,
                Kind.MIGRATION,
                Standing.MISSING,
                url=changed.url,
                subject=subject,
                text=text,
                facts=facts,
            ),
        )
    if not changed.whole:
        text = f"the list of changes since {changed.base} is cut short, so nobody knows"
        return (
            item(asked, source, Kind.MIGRATION, Standing.INCONCLUSIVE, url=changed.url, subject=subject, text=text),
        )
    facts = {"models_changed": False, "data_change": "none"}
    text = f"no model and no migration among {many(len(changed.files), 'file')} since {changed.base}"
    return (
        item(
            asked, source, Kind.MIGRATION, Standing.VERIFIED, url=changed.url, subject=subject, text=text, facts=facts
        ),
    )


def flag_items(asked: Inquiry, source: str, changed: Changed) -> tuple[Evidence, ...]:
    """Whether the change uses feature flags, by its changed lines; nothing is concluded from lines that were not seen."""
    key = asked.service.names.get("flag")
    uses = [f.path for f in changed.files if _uses_flags(f, key)]
    if uses:
        facts: Facts = {"flags_used": True}
        text = f"flags are used in {_some(uses)}"
        return (
            item(
                asked,
                source,
                Kind.FLAGS,
                Standing.MISSING,
                url=changed.url,
                subject=changed.head,
                text=text,
                facts=facts,
            ),
        )
    seen = changed.whole and all(f.patch is not None or f.status in {"removed", "renamed"} for f in changed.files)
    if not seen:
        return ()
    facts = {"flags_used": False}
    text = f"no feature flag in the changed lines since {changed.base}"
    return (
        item(
            asked, source, Kind.FLAGS, Standing.VERIFIED, url=changed.url, subject=changed.head, text=text, facts=facts
        ),
    )


def _uses_flags(file: ChangedFile, key: str | None) -> bool:
    if _FLAG_FILE.search(file.path):
        return True
    lines = (line for line in (file.patch or "").splitlines() if line[:1] in "+-" and line[:3] not in {"+++", "---"})
    return any(_FLAG.search(line) or (key is not None and key in line) for line in lines)


def _some(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    return f"{', '.join(paths[:_SHOWN])}{more}"
