"""The command line: `python -m bot sandbox | serve | init | teams-package | doctor | health | migrate | move | audit | …`."""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bot.arguments import parser
from bot.domain.errors import BadFile, SecondProcess, TMinusError

_OURS = frozenset({"adapters", "bot", "flows", "migrations"})
_SETUP = "run `make setup`, then take the Python of .venv: `. .venv/bin/activate`"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit status: 0 done, 1 refused or found something, 2 unusable arguments."""
    options = parser().parse_args(arguments)
    logging.basicConfig(level=options.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # It tells of each of its plug-ins; which revision is applied is still told.
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)
    try:
        if getattr(options, "env", None) is not None:
            _read(options.env)
        return _RUNS[options.command](options)
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
    print("no answer" if state is None else "\n".join([", ".join(state.problems) or "ok", *state.told]))
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


def _move(options: argparse.Namespace) -> int:
    from bot.app.moving import MoveOptions, move_record  # noqa: PLC0415 - each command loads what it needs

    chosen = MoveOptions(source=options.source, target=options.target, role=options.role)
    print(f"t-minus: {asyncio.run(move_record(chosen))}")
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
        print(f"t-minus: {options.file} is written, freezes in it: {text.count('BEGIN:VEVENT')}")
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


_RUNS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "sandbox": _sandbox,
    "serve": _serve,
    "doctor": _doctor,
    "health": _health,
    "migrate": _migrate,
    "move": _move,
    "teams-package": _teams_package,
    "verify-go": _verify_go,
    "init": _init,
    "audit": _audit,
    "calendar": _calendar,
    "policy": _policy,
}
"""By the name of the command (bot.arguments)."""
