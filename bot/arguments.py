"""What the command line understands: every command, its options, and a sentence of help for each."""

import argparse
from pathlib import Path


def parser() -> argparse.ArgumentParser:
    """What `python -m bot` understands. `command`: which it is to run; `env`: a file of settings to read first, or None."""
    made = argparse.ArgumentParser(prog="python -m bot", description="T-Minus, a team's senior release engineer")
    made.add_argument("--log-level", default="warning", help="debug, info, warning or error")
    commands = made.add_subparsers(required=True, metavar="COMMAND", dest="command")

    sandbox = commands.add_parser("sandbox", help="the whole bot on one machine, with a browser chat")
    sandbox.add_argument("--port", type=int, default=8080, help="port on 127.0.0.1; 0: any free one")
    sandbox.add_argument("--data", type=Path, default=Path("var"), help="folder of everything that it keeps")
    sandbox.add_argument("--catalogue", type=Path, default=None, help="services and people (YAML)")
    sandbox.add_argument("--policy", type=Path, default=None, help="the team's rules (YAML)")
    sandbox.add_argument("--rubric", type=Path, default=None, help="the team's risk score (YAML)")
    sandbox.add_argument("--database", default=None, help="database URL; default: a SQLite file in the data folder")
    sandbox.add_argument("--clock", choices=("simulated", "system"), default="simulated")
    sandbox.add_argument(
        "--sources", type=Path, default=None, help="real sources of evidence, beside the demo ones (YAML)"
    )
    sandbox.add_argument("--reset", action="store_true", help="begin anew: what the data folder keeps is set aside")

    serve = commands.add_parser("serve", help="the bot for a company, on its chat platforms; settings: T_MINUS_*")

    doctor = commands.add_parser("doctor", help="what is there and what lacks, each with its remedy; changes nothing")
    doctor.add_argument("--json", action="store_true", help="print JSON")

    health = commands.add_parser("health", help="ask the bot that serves on this machine whether it is alive")
    health.add_argument("--ready", action="store_true", help="whether it does its work, too")

    migrate = commands.add_parser("migrate", help="bring a database to the newest schema")
    migrate.add_argument("--database", default=None, help="database URL; default: T_MINUS_DATABASE_URL")
    migrate.add_argument("--role", default=None, help="PostgreSQL role of the bot: give it what serving needs, no more")

    move = commands.add_parser(
        "move", help="take everything from the SQLite file to an empty PostgreSQL, and go on there"
    )
    move.add_argument(
        "--from", dest="source", default=None, help="database URL; default: t-minus.db in the data folder"
    )
    move.add_argument("--to", dest="target", default=None, help="database URL; default: T_MINUS_DATABASE_URL")
    move.add_argument("--role", default=None, help="PostgreSQL role of the bot: give it what serving needs, no more")

    package = commands.add_parser("teams-package", help="make the app package of Microsoft Teams from the settings")
    package.add_argument("--output", type=Path, default=Path("t-minus-teams.zip"), help="the zip that is written")
    package.add_argument("--slash", action="store_true", help="commands also begin with a slash (manifest 1.29)")

    for command in (serve, doctor, health, migrate, move, package):
        command.add_argument(
            "--env", type=Path, default=None, help="file of settings (NAME=value); the environment wins"
        )

    verify = commands.add_parser("verify-go", help="check the GO record that a pipeline got, before it deploys")
    verify.add_argument("record", type=Path, help="file of the record; - for standard input")
    verify.add_argument("--key", type=Path, required=True, help="the public key of the bot (PEM)")
    for name in ("release", "service", "version", "environment", "commit", "digest"):
        verify.add_argument(f"--{name}", default=None, help=f"the {name} that is to be deployed")

    init = commands.add_parser(
        "init", help="asks a few things, and writes settings, catalogue, policy and a sealing key"
    )
    init.add_argument("--folder", type=Path, default=Path(), help="where; what is there already is never overwritten")

    _record_commands(commands)
    return made


def _record_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    audit = commands.add_parser("audit", help="check the ledger: chains, seals, and that it folds to the state")
    audit.add_argument("what", choices=("verify",))
    audit.add_argument(
        "--data", type=Path, default=None, help="folder of a sandbox; default: as the settings say, else var"
    )
    audit.add_argument("--database", default=None, help="database URL; default: the SQLite file of the data folder")

    calendar = commands.add_parser("calendar", help="freezes as a calendar file (.ics), in and out")
    calendar.add_argument("what", choices=("import", "export"))
    calendar.add_argument("file", type=Path, nargs="?", default=None, help="the file; an export without one is printed")
    calendar.add_argument("--by", default="", help="who enters them: a person of the catalogue who may freeze")
    calendar.add_argument("--scope", default="", help="service, environment or *, where an event names none")
    calendar.add_argument("--zone", default="UTC", help="zone of times that name none")
    calendar.add_argument(
        "--data", type=Path, default=None, help="folder of a sandbox; default: as the settings say, else var"
    )
    calendar.add_argument("--database", default=None, help="database URL; default: the SQLite file of the data folder")
    calendar.add_argument("--catalogue", type=Path, default=None, help="services and people (YAML)")
    calendar.add_argument("--policy", type=Path, default=None, help="the policy in force; default: as shipped")

    policy = commands.add_parser("policy", help="try a new rubric or policy on past releases; changes nothing")
    policy.add_argument("what", choices=("preview",))
    policy.add_argument("new", type=Path, help="the rubric or policy to try (YAML)")
    policy.add_argument(
        "--data", type=Path, default=None, help="folder of a sandbox; default: as the settings say, else var"
    )
    policy.add_argument("--database", default=None, help="database URL; default: the SQLite file of the data folder")
    policy.add_argument("--catalogue", type=Path, default=None, help="services and people (YAML)")
    policy.add_argument("--policy", type=Path, default=None, help="the policy in force; default: as shipped")
    policy.add_argument("--rubric", type=Path, default=None, help="the rubric in force; default: as shipped")
    policy.add_argument("--all", action="store_true", help="list also releases that would be judged the same")
    policy.add_argument("--json", action="store_true", help="print JSON")

    for command in (audit, calendar, policy):
        command.add_argument(
            "--env", type=Path, default=None, help="file of settings (NAME=value); the environment wins"
        )
