"""`amend R-142 <field> <value>` and `owner R-142 @kai`: changes the plan. Consents bound to the old plan are void then (G8)."""

import re

from bot.domain.builds import is_digest
from bot.domain.commands import Amend
from bot.domain.service import Strategy
from bot.messages import answers
from bot.messages.heard import Heard
from bot.messages.view import View
from flows.context import Context, subject_of, words
from flows.data_words import class_of
from flows.dialog import Done, Reply, Step
from flows.parse_build import find_build, linked_build
from flows.parse_links import MARKED, take_links
from flows.parse_words import Read, environment, find_person, find_strategy
from flows.verb import Group, OnRelease, Verb

_FIELDS = {
    "rollback owner": "rollback_owner", "rollback-owner": "rollback_owner", "rollback_owner": "rollback_owner",
    "data change": "data_change", "data-change": "data_change", "data_change": "data_change", "migration": "data_change",
    "environment": "environment", "env": "environment", "version": "version", "digest": "version", "artifact": "version",
    "image": "version", "owner": "owner", "strategy": "strategy", "rollout": "strategy", "steps": "steps", "canary": "steps",
    "summary": "summary", "text": "summary", "description": "summary",
}  # fmt: skip
_FIELD = re.compile(
    rf"(?is)^\s*(?:the\s+)?({'|'.join(sorted(map(re.escape, _FIELDS), key=len, reverse=True))})\b\s*"
    rf"(?:to\s+|=|:|is\s+)?\s*(.*)$"
)
_TIME = re.compile(r"(?i)^\s*(?:start|start[_ ]at|time|when|date)\b")


def amend(heard: Heard, ctx: Context, view: View) -> Step:
    """One field and its new value, in the words of people."""
    text = words(heard) or subject_of(ctx)
    if _TIME.match(text):
        when = _TIME.sub("", text).strip(" =:") or "15:00"
        return Reply(answers.line("talk.amend_time", {"release": view.release.id, "time": when}))
    found = _FIELD.match(text)
    if found is None or not found.group(2).strip():
        return Reply(
            answers.line(
                "talk.amend_usage",
                {
                    "release": view.release.id,
                    "fields": ", ".join(dict.fromkeys(f.replace("_", " ") for f in _FIELDS.values())),
                },
            )
        )
    name = _FIELDS[found.group(1).lower()]
    return _amended(heard, ctx, view, name, found.group(2).strip(), canary=found.group(1).lower() == "canary")


AMEND = Verb("amend", OnRelease(amend), Group.PLANNING, ("change", "set", "edit"))


def owner(heard: Heard, ctx: Context, view: View) -> Step:
    """The release's owner; `owner R-142 rollback @kai` for the rollback owner."""
    text = words(heard)
    of_rollback = re.match(r"(?i)^\s*(?:of\s+)?(?:the\s+)?rollback\b[\s:]*", text)
    name = "rollback_owner" if of_rollback else "owner"
    text = text[of_rollback.end() :] if of_rollback else text
    if not text:
        return Reply(answers.line("talk.owner_usage", {"release": view.release.id}))
    return _amended(heard, ctx, view, name, text, canary=False)


OWNER = Verb("owner", OnRelease(owner), Group.PLANNING, ("assign",))


def _amended(heard: Heard, ctx: Context, view: View, name: str, text: str, *, canary: bool) -> Step:
    given = text
    if name in {"owner", "rollback_owner"}:
        person = find_person(re.sub(r"(?i)^(?:is|to|=|:)\s+", "", text), ctx.catalog.roster)
        if person is None:
            return Reply(answers.line("talk.person_unknown", {"person": text.lstrip("@")}))
        given = person.id
    elif name == "version":
        build = _build(text, ctx, view)
        if build.trouble == "digest_short":
            return Reply(answers.line("talk.digest_short", build.params))
        given = build.value
    elif name == "environment":
        given = environment(text) or text.split(maxsplit=1)[0].lower()
    elif name == "strategy":
        known = {s.value: s.value for s in Strategy}
        given = known.get(text.lower()) or find_strategy(text).value or text
    elif name == "data_change":
        given = (
            text.lower()
            if text.lower() in {"none", "expand", "locking", "contract", "irreversible"}
            else class_of(text) or text
        )
    elif name == "steps" and canary:
        given = _steps(text, view)
    return Done(Amend(heard.actor, name, given))


def _build(text: str, ctx: Context, view: View) -> Read:
    """A version, a digest, or both, also of a link; a digest alone leaves the version that is there."""
    linked = take_links(text)
    said = find_build(MARKED.sub(" ", linked.text))
    if said.trouble == "digest_short":
        return said
    services = ctx.catalog.services
    mine = services.get(view.release.service)
    build = said if said.value else linked_build(linked.links, mine, None, services, ctx.catalog.owners)
    version = view.release.version
    if build.value.startswith("sha256:") and version and not is_digest(version):
        return Read(f"{version}@{build.value}")
    return (
        build
        if "sha256:" in build.value or linked.links
        else Read(re.sub(r"(?i)^v(?=\d)", "", text.split(maxsplit=1)[0]))
    )


def _steps(text: str, view: View) -> str:
    """`canary 5%`: the first step; the later ones stay."""
    numbers = re.findall(r"\d{1,3}", text)
    if len(numbers) != 1:
        return text
    first = int(numbers[0])
    later = [s for s in view.release.steps if s > first] or [100]
    return ", ".join(str(s) for s in (first, *later))
