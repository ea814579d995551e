"""The first files of a company, from the answers of the interview: settings, catalogue, policy, and a sealing key."""

import json
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.app.house import DEFAULT_POLICY, DEFAULT_RUBRIC
from bot.app.interview import Answers
from bot.catalog.file import CatalogFile
from bot.clock import machine_time
from bot.domain.errors import BadFile
from bot.messages.words import say

_PRIVATE = 0o600
_SECRETS: Mapping[str, tuple[str, ...]] = {
    "slack": (
        "# T_MINUS_SLACK_BOT_TOKEN_FILE=secrets/slack_bot_token",
        "# T_MINUS_SLACK_SIGNING_SECRET_FILE=secrets/slack_signing_secret",
    ),
    "teams": (
        "# T_MINUS_TEAMS_APP_ID=",
        "# T_MINUS_TEAMS_TENANT=",
        "# T_MINUS_TEAMS_APP_PASSWORD_FILE=secrets/teams_app_password",
    ),
}


def write_first_files(folder: Path, answers: Answers) -> tuple[Path, ...]:
    """Write them; gives their paths. Nothing is overwritten: raises BadFile where one is there already, and then wrote none."""
    files = {
        ".env": _settings(answers),
        "catalogue.yaml": _catalogue(answers),
        "policy.yaml": DEFAULT_POLICY.read_text(encoding="utf-8"),
        "secrets/sealing_key": secrets.token_hex(32) + "\n",
    }
    paths = {folder / name: text for name, text in files.items()}
    refuse_existing(folder)
    _prove(files)
    for path, text in paths.items():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700 if path.parent.name == "secrets" else 0o777)
        path.touch(mode=_PRIVATE if path.parent.name == "secrets" else 0o644, exist_ok=False)
        path.write_text(text, encoding="utf-8")
    return tuple(paths)


def what_next(paths: Sequence[Path], answers: Answers) -> str:
    """What was written, and what only a person can add."""
    told = "".join(say(f"init.next_{platform}") for platform in answers.platforms) + say("init.next_lines")
    return "\n".join([*(say("init.wrote", {"path": str(p)}) for p in paths), say("init.next", {"secrets": told})])


def refuse_existing(folder: Path) -> None:
    """Raises BadFile where one of the files is there already: asked before the first question, too."""
    for name in (".env", "catalogue.yaml", "policy.yaml", "secrets/sealing_key"):
        if (folder / name).exists():
            raise BadFile(say("init.exists", {"path": str(folder / name)}))


def _prove(files: Mapping[str, str]) -> None:
    """What is written can be read: else it is our mistake, and nothing is written."""
    with tempfile.TemporaryDirectory(prefix="t-minus-init-") as scratch:
        for name in ("catalogue.yaml", "policy.yaml"):
            (Path(scratch) / name).write_text(files[name], encoding="utf-8")
        CatalogFile(Path(scratch) / "catalogue.yaml", machine_time, Path(scratch) / "policy.yaml", DEFAULT_RUBRIC)


def _settings(answers: Answers) -> str:
    lines = [
        "# Settings of T-Minus; docs/reference/settings.md lists them all. Paths count from where the bot is started.",
        "T_MINUS_CATALOGUE=catalogue.yaml",
        "T_MINUS_POLICY=policy.yaml",
        "T_MINUS_DATA_DIR=var",
        "T_MINUS_SEALING_KEY_FILE=secrets/sealing_key",
        f"T_MINUS_EMAIL_DOMAINS={','.join(answers.domains)}",
        "# Secrets stand in files of their own. Write each, then take the # away:",
        *(line for platform in answers.platforms for line in _SECRETS[platform]),
    ]
    return "\n".join(lines) + "\n"


def _catalogue(answers: Answers) -> str:
    lines = [
        "# Who and what T-Minus knows; docs/how-to/catalogue.md says what else may stand here. Unknown takes the worst answer.",
        "schema: 1",
        "people:",
    ]
    for person in answers.people:
        fields: dict[str, object] = {"name": person.name}
        fields |= {"email": person.email} if person.email else {}
        fields |= {"accounts": person.accounts} if person.accounts else {}
        lines.append(f"  {person.id}: {_flow(fields)}")
    lines.append("services:")
    everybody = [p.id for p in answers.people]
    for service in answers.services:
        lines += [
            f"  {service.id}:",
            f"    tier: {service.tier}",
            f"    time_zone: {_flow(answers.zone)}",
            f"    team: {_flow(everybody)}",
            "    roles:",
            *(f"      {role.value}: {_flow(list(who))}" for role, who in answers.roles.items()),
            f"    channels: {_flow({'team': [service.team], 'stakeholders': [service.stakeholders]})}",
        ]
    return "\n".join(lines) + "\n"


def _flow(value: object) -> str:
    """JSON is YAML, and quotes whatever was typed."""
    return json.dumps(value, ensure_ascii=False)
