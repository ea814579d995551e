"""The command line: `python -m bot sandbox | serve | init | teams-package | doctor | health | migrate | audit | …`."""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.domain.errors import BadFile, SecondProcess, TMinusError

_OURS = frozenset({"adapters", "bot", "flows", "migrations"})
_SETUP = "run `make setup`, then take the Python of .venv: `. .venv/bin/activate`"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit status: 0 done, 1 refused or found something, 2 unusable arguments."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=options.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # It tells of each of its plug-ins; which revision is applied is still told.
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)
    try:
        if getattr(options, "env", None) is not None:
            _read(options.env)
        return int(options.run(options))
    except (BadFile, SecondProcess) as error:
        print(f"t-minus: {error}", file=sys.stderr)
        return 1
    except TMinusError as error:
        print(f"t-minus: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in _OURS:
            raise
        print(f"t-minus: {sys.executable} lacks {error.name}; {_SETUP}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="T-Minus, a team's senior release engineer")
    parser.add_argument("--log-level", default="warning", help="debug, info, warning or error")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

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
    sandbox.set_defaults(run=_sandbox)

    serve = commands.add_parser("serve", help="the bot for a company, on its chat platforms; settings: T_MINUS_*")
    serve.set_defaults(run=_serve)

    doctor = commands.add_parser("doctor", help="what is there and what lacks, each with its remedy; changes nothing")
    doctor.add_argument("--json", action="store_true", help="print JSON")
    doctor.set_defaults(run=_doctor)

    health = commands.add_parser("health", help="ask the bot that serves on this machine whether it is alive")
    health.add_argument("--ready", action="store_true", help="whether it does its work, too")
    health.set_defaults(run=_health)

    migrate = commands.add_parser("migrate", help="bring a database to the newest schema")
    migrate.add_argument("--database", default=None, help="database URL; default: T_MINUS_DATABASE_URL")
    migrate.add_argument("--role", default=None, help="PostgreSQL role of the bot: give it what serving needs, no more")
    migrate.set_defaults(run=_migrate)

    package = commands.add_parser("teams-package", help="make the app package of Microsoft Teams from the settings")
    package.add_argument("--output", type=Path, default=Path("t-minus-teams.zip"), help="the zip that is written")
    package.add_argument("--slash", action="store_true", help="commands also begin with a slash (manifest 1.29)")
    package.set_defaults(run=_teams_package)

    for command in (serve, doctor, health, migrate, package):
        command.add_argument(
            "--env", type=Path, default=None, help="file of settings (NAME=value); the environment wins"
        )

    verify = commands.add_parser("verify-go", help="check the GO record that a pipeline got, before it deploys")
    verify.add_argument("record", type=Path, help="file of the record; - for standard input")
    verify.add_argument("--key", type=Path, required=True, help="the public key of the bot (PEM)")
    for name in ("release", "service", "version", "environment", "commit", "digest"):
        verify.add_argument(f"--{name}", default=None, help=f"the {name} that is to be deployed")
    verify.set_defaults(run=_verify_go)

    init = commands.add_parser(
        "init", help="asks a few things, and writes settings, catalogue, policy and a sealing key"
    )
    init.add_argument("--folder", type=Path, default=Path(), help="where; what is there already is never overwritten")
    init.set_defaults(run=_init)

    _record_commands(commands)
    return parser


def _record_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    audit = commands.add_parser("audit", help="check the ledger: chains, seals, and that it folds to the state")
    audit.add_argument("what", choices=("verify",))
    audit.add_argument(
        "--data", type=Path, default=None, help="folder of a sandbox; default: as the settings say, else var"
    )
    audit.add_argument("--database", default=None, help="database URL; default: the SQLite file of the data folder")
    audit.set_defaults(run=_audit)

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
    calendar.set_defaults(run=_calendar)

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
    policy.set_defaults(run=_policy)

    for command in (audit, calendar, policy):
        command.add_argument(
            "--env", type=Path, default=None, help="file of settings (NAME=value); the environment wins"
        )


def _sandbox(options: argparse.Namespace) -> int:
    from bot.app.options import SandboxOptions  # noqa: PLC0415 - each command loads what it needs
    from bot.app.sandbox import run_sandbox  # noqa: PLC0415 - each command loads what it needs

    chosen = SandboxOptions(
        port=options.port,
        data=options.data,
        catalogue=options.catalogue,
        policy=options.policy,
        rubric=options.rubric,
        database=options.database,
        simulated=options.clock == "simulated",
        reset=options.reset,
        evidence=options.sources,
    )
    asyncio.run(run_sandbox(chosen))
    return 0


def _serve(_: argparse.Namespace) -> int:
    from bot.app.serve import run_serve  # noqa: PLC0415 - each command loads what it needs
    from bot.settings import load  # noqa: PLC0415 - each command loads what it needs

    settings = load()
    logging.getLogger().setLevel(settings.log_level.upper())
    # It tells each of its ticks, every two seconds.
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    asyncio.run(run_serve(settings))
    return 0


def _read(path: Path) -> None:
    from bot.settings import read_environment  # noqa: PLC0415 - each command loads what it needs

    read_environment(path, os.environ)


def _init(options: argparse.Namespace) -> int:
    from bot.app.first_files import refuse_existing, what_next, write_first_files  # noqa: PLC0415 - each command loads what it needs
    from bot.app.interview import Interview  # noqa: PLC0415 - each command loads what it needs

    refuse_existing(options.folder)
    answers = Interview(sys.stdin, sys.stdout, patient=sys.stdin.isatty()).run()
    paths = write_first_files(options.folder, answers)
    print("\n" + what_next(paths, answers))
    return 0


def _doctor(options: argparse.Namespace) -> int:
    from bot.app.doctor import examined  # noqa: PLC0415 - each command loads what it needs

    found = asyncio.run(examined())
    print(found.json() if options.json else found.text())
    return 0 if found.well else 1


def _health(options: argparse.Namespace) -> int:
    from adapters.http.health import asked_state  # noqa: PLC0415 - each command loads what it needs
    from bot.settings import load  # noqa: PLC0415 - each command loads what it needs

    settings = load()
    state = asyncio.run(asked_state(settings.own_host, settings.port, "/readyz" if options.ready else "/healthz"))
    print("no answer" if state is None else ", ".join(state.problems) or "ok")
    return 0 if state is not None and state.ready else 1


def _teams_package(options: argparse.Namespace) -> int:
    from bot.app.teams_package import write_package  # noqa: PLC0415 - each command loads what it needs
    from bot.settings import load  # noqa: PLC0415 - each command loads what it needs

    settings = load()
    write_package(options.output, settings.teams_app_id, settings.public_url, slash=options.slash)
    print(f"t-minus: {options.output} is written; upload it in the Teams admin center")
    return 0


def _verify_go(options: argparse.Namespace) -> int:
    from bot.app.verifying import Wanted, verify_go  # noqa: PLC0415 - each command loads what it needs
    from bot.clock import machine_time  # noqa: PLC0415 - each command loads what it needs

    names = ("release", "service", "version", "environment", "commit", "digest")
    expected = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    found = verify_go(Wanted(options.record, options.key, expected), machine_time())
    print(found.text)
    return 0 if found.good else 1


def _migrate(options: argparse.Namespace) -> int:
    from bot.settings import load  # noqa: PLC0415 - each command loads what it needs
    from bot.store.migrate import upgrade  # noqa: PLC0415 - each command loads what it needs
    from bot.store.rights import grant  # noqa: PLC0415 - each command loads what it needs

    url = options.database or load().database
    asyncio.run(upgrade(url))
    print("t-minus: the database is at the newest schema")
    if options.role:
        asyncio.run(grant(url, options.role))
        print(f"t-minus: {options.role} may serve, and cannot change the record")
    return 0


def _audit(options: argparse.Namespace) -> int:
    from bot.app.audit import verify_ledger  # noqa: PLC0415 - each command loads what it needs

    report = asyncio.run(verify_ledger(options.data, options.database))
    print(report.text)
    return 0 if report.sound else 1


def _calendar(options: argparse.Namespace) -> int:
    from bot.app.calendar import CalendarOptions, export_calendar, import_calendar  # noqa: PLC0415 - each command loads what it needs

    chosen = CalendarOptions(
        data=options.data,
        database=options.database,
        catalogue=options.catalogue,
        policy=options.policy,
        file=options.file,
        by=options.by,
        scope=options.scope,
        zone=options.zone,
    )
    if options.what == "import":
        print(asyncio.run(import_calendar(chosen)))
        return 0
    text = asyncio.run(export_calendar(chosen))
    if options.file is None:
        print(text, end="")
    else:
        options.file.write_text(text, encoding="utf-8", newline="")
    return 0


def _policy(options: argparse.Namespace) -> int:
    from bot.app.preview import PreviewOptions, preview  # noqa: PLC0415 - each command loads what it needs

    chosen = PreviewOptions(
        tried=options.new,
        data=options.data,
        database=options.database,
        catalogue=options.catalogue,
        policy=options.policy,
        rubric=options.rubric,
        as_json=options.json,
        every=options.all,
    )
    print(asyncio.run(preview(chosen)))
    return 0
